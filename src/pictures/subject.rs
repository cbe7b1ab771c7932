//! What pictures are made from: the runs, how much of them is shown, and how the learner looks at them.

use std::rc::Rc;
use std::sync::Arc;

use super::{Landscape, Looks, SweepTable};
use crate::explain::{Derivation, Digits, Line, OfNode, Quantity, Role, number};
use crate::math::{Convention, Metrics, Model, Network, Surface, eigen};
use crate::timeline::{Branch, Record, Run, Timeline};
use crate::watch::What;

/// Everything that a picture may show of a sitting.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    pub timeline: &'a Timeline,
    /// The update on the screen,
    pub record: Rc<Record>,
    /// its derivation for the parameter in focus,
    pub derivation: Rc<Derivation>,
    /// and how many lines of that have been shown.
    pub lines: usize,
    /// The parameter in focus, by its index.
    pub focus: usize,
    /// The sign that gradients are shown with.
    pub convention: Convention,
    /// How many digits are shown.
    pub digits: Digits,
    /// The quantity that the page asks for, while it has not been answered: it is not given away.
    pub asked: Vec<Quantity>,
    /// Where the minima of the surface are, where there is one.
    pub landscape: Option<&'a Landscape>,
    pub swept: Option<&'a Arc<SweepTable>>,
    /// The branches that go forward together with the current one.
    pub rivals: Vec<usize>,
    /// What the learner has chosen to look at.
    pub looks: &'a Looks,
}

impl<'a> Subject<'a> {
    pub fn branches(&self) -> &'a [Branch] {
        self.timeline.branches()
    }

    /// The run of the current branch.
    pub fn run(&self) -> &'a Run {
        self.timeline.run()
    }

    /// The run as it was before a setting was turned, where it can be drawn.
    pub fn ghost(&self) -> Option<&'a Run> {
        let ghost = self.timeline.ghost()?;
        Some(&ghost.run).filter(|run| run.is_at_hand())
    }

    /// What is trained.
    pub fn model(&self) -> &'a Arc<Model> {
        self.run().model()
    }

    /// The network, where it is one.
    pub fn network(&self) -> Option<&'a Network> {
        self.model().network()
    }

    /// The surface, where it is one.
    pub fn surface(&self) -> Option<&'a Surface> {
        self.model().surface()
    }

    /// The loss that runs are drawn on, where there is one.
    pub fn ground(&self) -> Option<&'a Surface> {
        self.model().ground()
    }

    pub fn parameters(&self) -> &'a [String] {
        self.model().parameters()
    }

    /// The name of the parameter in focus.
    pub fn parameter(&self) -> &'a str {
        &self.parameters()[self.focus]
    }

    /// Whether every line of the update on the screen has been shown.
    pub fn is_complete(&self) -> bool {
        self.lines == self.derivation.lines.len()
    }

    /// How many updates are complete.
    pub fn step(&self) -> u64 {
        self.record.step + u64::from(self.is_complete())
    }

    /// How many updates of a branch are shown: what comes after on the current one has been seen, but not yet again.
    pub fn shown_steps(&self, branch: usize) -> u64 {
        let reached = self.branches()[branch].run.reached();
        if branch == self.timeline.current_index() {
            self.step()
        } else if self.rivals.contains(&branch) {
            reached.min(self.step())
        } else {
            reached
        }
    }

    /// The last step of a branch at which figures over all items may be shown: of a single item, the error is a line
    /// of the update. `None` where there is none yet.
    pub fn last_sample(&self, branch: usize) -> Option<u64> {
        if branch != self.timeline.current_index() {
            return Some(self.shown_steps(branch));
        }
        let hidden = self.derivation.known_after(Quantity::Error) > self.lines;
        if self.model().epoch_length() == Some(1) && (hidden || self.is_complete()) {
            self.step().checked_sub(1)
        } else {
            Some(self.step())
        }
    }

    /// The figures over all items of a branch by its steps, as far as they may be seen.
    pub fn figures(&self, branch: usize) -> Vec<(u64, Metrics)> {
        figures_of(&self.branches()[branch].run, self.last_sample(branch))
    }

    /// Those of the run before a setting was turned; none where there is none.
    pub fn figures_of_ghost(&self) -> Vec<(u64, Metrics)> {
        self.ghost()
            .map_or_else(Vec::new, |run| figures_of(run, Some(run.reached())))
    }

    /// Works out the figures of all that is drawn, which the runs keep.
    pub fn prepare_figures(&self) {
        self.figures_of_ghost();
        for branch in self.drawn_branches() {
            self.figures(branch);
        }
    }

    /// The branches by their places, the current one last, so that it is drawn over the others. Of very many on a large
    /// network, those that were started first are not drawn until they are gone to; nor is one that has made no update.
    pub fn drawn_branches(&self) -> impl Iterator<Item = usize> + use<'a> {
        let current = self.timeline.current_index();
        let branches = self.branches().iter().enumerate();
        let others = branches.filter(move |(index, branch)| {
            *index != current && branch.run.is_at_hand() && branch.run.reached() > 0
        });
        others.map(|(index, _)| index).chain([current])
    }

    /// The name of a branch as a heading; nothing where there is only one.
    pub fn branch_heading(&self, branch: usize) -> Option<Line> {
        let branches = self.branches();
        let current = branch == self.timeline.current_index();
        let which = if current { " (the current branch)" } else { "" };
        let heading = format!("{}{which}", branches[branch].name);
        (branches.len() > 1).then(|| Line::new().with(heading, Role::Strong))
    }

    /// The curvatures of the surface where the run stands, along its own axes; none without a surface.
    pub fn curvatures(&self) -> Vec<f64> {
        self.curvatures_at(&self.run().state(self.step()).weights)
    }

    /// The same at a place.
    pub fn curvatures_at(&self, weights: &[f64]) -> Vec<f64> {
        let axes = self
            .surface()
            .map_or_else(Vec::new, |surface| eigen(&surface.hessian(weights)));
        axes.iter().map(|axis| axis.value).collect()
    }

    /// A number as the learner has it shown.
    pub fn show(&self, value: f64) -> String {
        number::display(value, self.digits)
    }

    /// Whether a quantity would tell the answer of the page's question: it is what is asked for, or is computed and
    /// shown with the same number.
    pub fn gives_away(&self, quantity: Quantity) -> bool {
        let shown = |quantity| self.derivation.text(quantity, self.digits);
        self.asked.iter().any(|asked| {
            let computed = self.derivation.known_after(quantity) > 0;
            quantity == *asked || (computed && shown(quantity) == shown(*asked))
        })
    }

    /// Whether a number of a node is kept back. What has no line of its own is shown when the update is complete.
    pub fn keeps_back(&self, of_node: OfNode) -> bool {
        let quantity = Quantity::Node(of_node);
        let mut lines = self.derivation.lines.iter();
        let shown = if lines.any(|line| line.quantity == quantity) {
            self.derivation.known_after(quantity) <= self.lines
        } else {
            self.is_complete()
        };
        !shown && self.gives_away(quantity)
    }
}

/// The figures over all items of a run up to its `last` sample.
fn figures_of(run: &Run, last: Option<u64>) -> Vec<(u64, Metrics)> {
    let samples = last.map_or_else(Vec::new, |last| run.samples(last));
    let watch = run.watch();
    let _goal = watch.toward(0, Some(samples.len() as u64), What::Figures);
    let figure = |(place, step)| {
        let metrics = run.metrics(step);
        watch.goes_on(0, place as u64 + 1);
        Some((step, metrics?))
    };
    watch.briefly(|| samples.into_iter().enumerate().filter_map(figure).collect())
}
