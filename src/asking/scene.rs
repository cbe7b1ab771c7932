//! What a question is asked on: a lesson's sitting, a round of practice and a test can each be one.

use std::rc::Rc;

use super::task::Task;
use crate::command::{Complaint, Scope};
use crate::exercise::{Asked, Facts, SlopeFacts};
use crate::explain::{
    Backprop, Derivation, Digits, Document, Line, Live, Node, NodeFacts, NodeQuantity, OfNode,
    Quantity, Role, Span,
};
use crate::math::Settings;
use crate::timeline::{Record, Run};

/// What every question needs of those who ask it.
pub trait Scene {
    /// The number that is asked for, with the numbers that it was asked with first; worked out once, and kept.
    /// `None` where no number is asked for, or the run has no such update.
    fn task(&self) -> Option<Rc<Task>>;

    /// A value in a text, as it is shown at the moment.
    fn live(&self, live: Live) -> Span;

    /// How many digits are shown.
    fn digits(&self) -> Digits;

    /// Whether a number has been on the screen; of one quantity or of any.
    fn has_shown(&self, quantity: Option<Quantity>, value: f64) -> bool;

    /// A seed for other numbers, which have been drawn so many times.
    fn seed(&self, times: u64) -> u64;
}

/// A scene with a run: questions can be made from it, and goals tried on it.
pub trait Stage: Scene {
    /// The run.
    fn run(&self) -> &Run;

    /// The settings that the run begins with, before any change.
    fn settings(&self) -> Settings;

    /// How numbers of the run are read: of which parameter, with which sign.
    fn scope(&self) -> Scope;

    /// The update on the screen, line by line.
    fn derivation(&self) -> Rc<Derivation>;

    /// Which update that is, and how many of its lines are shown.
    fn shown(&self) -> (u64, usize);

    /// The stage as the page prepares it, whatever has been changed since: this makes the page's run again.
    fn prepared(&self) -> Option<Box<dyn Stage>>;

    /// The stage after these command lines.
    ///
    /// # Errors
    /// Where one of them cannot be done.
    fn after(&self, lines: &[String]) -> Result<Box<dyn Stage>, Complaint>;
}

/// A text of the lesson with the values of a task's update, shown or not.
pub(super) fn filled(scene: &dyn Scene, text: &Document, task: Option<&Task>) -> Vec<Line> {
    let derivation = task.and_then(Task::derivation);
    let value = |live| {
        let (Live::Quantity(quantity), Some(derivation)) = (live, &derivation) else {
            return scene.live(live);
        };
        let shown = derivation.text(quantity, scene.digits());
        let shown = shown.unwrap_or_else(|| "nothing".to_owned());
        Span::new(shown, Role::Quantity(quantity))
    };
    text.fill(value).lines
}

/// Whether every line of the update on the screen is shown.
pub(super) fn is_complete(stage: &dyn Stage) -> bool {
    stage.shown().1 == stage.derivation().lines.len()
}

/// Whether the update on the screen has shown a quantity. What has no line of its own in it, such as a number of
/// another node, counts as shown when the update is complete.
pub fn is_shown(stage: &dyn Stage, quantity: Quantity) -> bool {
    let derivation = stage.derivation();
    let mut lines = derivation.lines.iter();
    let is_line = lines.any(|line| line.quantity == quantity);
    if matches!(quantity, Quantity::Node(_)) && !is_line {
        return is_complete(stage);
    }
    derivation.known_after(quantity) <= stage.shown().1
}

/// An update of the stage's run, carried on to it where it has not been reached.
pub(super) fn record(stage: &dyn Stage, update: u64) -> Option<Rc<Record>> {
    let run = stage.run();
    if update <= run.reached() {
        return run.record(update).ok();
    }
    let mut run = run.clone();
    run.reach(update).ok()?;
    run.record(update).ok()
}

/// The facts of one parameter's update, with what a slip may take for them; of a network, those of the node that the
/// question is about.
pub fn facts(
    stage: &dyn Stage,
    record: &Rc<Record>,
    parameter: usize,
    asked: Option<Asked>,
    node: Option<Node>,
) -> Facts {
    let convention = stage.scope().convention;
    let mut facts = Facts::new(record.settings, convention, &record.updates[parameter]);
    // What is given must be enough to work with, however few digits the screen shows.
    facts.digits = stage.digits().at_least_usual();
    let rule = record.settings.rule;
    let before = (record.step.checked_sub(1)).and_then(|step| stage.run().record(step).ok());
    if let Some(before) = before.filter(|before| before.settings.rule == rule) {
        let update = before.updates[parameter];
        // Nobody takes nothing for something remembered.
        let older = rule.remembers().then_some(update.memory[0]);
        facts.older_memory = older.filter(|memory| *memory != 0.0);
        facts.previous_delta = Some(update.delta);
        facts.previous_change = Some(update.change());
    }
    if let Some(asked) = asked.filter(|asked| asked.is_before_delta()) {
        facts.node = node_facts(stage, record, parameter, asked, node);
        facts.slope = slope(stage, record, parameter);
    }
    let others = record.updates.len();
    if others > 1 {
        facts.other_weight = Some(record.updates[(parameter + 1) % others].before);
    }
    facts
}

/// The node that a question is about: `node`, or else the one that the parameter leads to; with what the question
/// needs, and no more. `None` without a network, and where the question has no such number.
fn node_facts(
    stage: &dyn Stage,
    record: &Record,
    parameter: usize,
    asked: Asked,
    node: Option<Node>,
) -> Option<NodeFacts> {
    let network = stage.run().model().network()?;
    let quantity = match asked {
        Asked::Sum => NodeQuantity::Sum,
        Asked::Value => NodeQuantity::Value,
        Asked::Signal | Asked::Quantity(_) => NodeQuantity::Signal,
    };
    let node = node.unwrap_or_else(|| Node::of_parameter(network, parameter));
    let backprop = Backprop {
        network,
        record,
        parameter,
        convention: stage.scope().convention,
    };
    backprop.around(OfNode { quantity, node })
}

/// Where the gradient of a surface comes from; `None` without one, and where its formula is too long to be read.
fn slope(stage: &dyn Stage, record: &Rc<Record>, parameter: usize) -> Option<SlopeFacts> {
    let model = stage.run().model();
    let surface = model.surface()?;
    let derivation = Derivation::new(model, record, parameter, stage.scope().convention);
    let line = derivation.line(Quantity::Gradient)?;
    (!line.is_given()).then_some(SlopeFacts {
        surface: surface.text().to_owned(),
        gradient: line.formula,
        height: record.error,
    })
}
