//! Whether gradients are what they should be: back-propagated ones beside those found by trying.

use crate::command::refused;
use crate::explain::{Decimal, Line, Quantity, Role, number, rough_of};
use crate::math::gradcheck::{Compared, compare};
use crate::math::{Activation, ErrorMeasure, Network, Rough, SoftmaxDerivative};
use crate::session::{Block, Done, Outcome, Session, Table, TableCell, TableColumn};
use crate::timeline::Record;

const MOST_COMPARED: usize = 1000;
const MOST_LISTED: usize = 12;

impl Session {
    /// Back-propagated gradients beside those found by trying.
    pub(in crate::session) fn gradcheck(&self) -> Done {
        let record = self.record();
        let weights: Vec<f64> = record.updates.iter().map(|update| update.before).collect();
        let model = &self.lesson.model;
        let watch = self.watch();
        let found = compare(
            model,
            record.item,
            &weights,
            record.step,
            MOST_COMPARED,
            watch,
        );
        self.unless_halted()?;
        let Some(mut found) = found else {
            return refused(
                "this lesson's gradients are given, so there is no error whose slope could be tried",
                "a lesson on a network, such as `open one-item`",
            );
        };
        found.sort_by(|a, b| b.difference().total_cmp(&a.difference()));
        let all = (0..model.parameters().len())
            .filter(|&parameter| model.is_trained(parameter))
            .count();
        let head = Line::plain(format!(
            "{} of {all} gradients compared with (E(w + h) - E(w - h)) / 2h; the largest differences first:",
            found.len()
        ));
        let cross = model
            .network()
            .filter(|network| leaves_out_cross_terms(network));
        let verdict = match cross {
            Some(network) => self.cross_terms(network, &record),
            None => vec![Line::plain(verdict(&found, self.digits().decimal()))],
        };
        let blocks = vec![
            Block::Lines(vec![head]),
            Block::Table(self.compared(&found)),
            Block::Lines(verdict),
        ];
        let title = format!("Gradients of update {}, checked", record.step + 1);
        Ok(Outcome::reads(title, blocks))
    }

    fn compared(&self, found: &[Compared]) -> Table {
        let (record, digits) = (self.record(), self.digits());
        let computed = |parameter| {
            let (model, convention) = (&self.lesson.model, self.convention());
            rough_of(model, &record, parameter, convention, Quantity::Gradient)
        };
        let tried = |compared: &Compared| Rough {
            value: self.convention().flip(compared.tried),
            error: compared.rounding,
        };
        let row = |compared: &Compared| {
            let name = &self.lesson.model.parameters()[compared.parameter];
            vec![
                TableCell::Name(name.clone()),
                TableCell::Number(computed(compared.parameter), digits),
                TableCell::Number(tried(compared), digits),
                TableCell::Size(compared.difference(), digits.decimal()),
            ]
        };
        Table {
            columns: vec![
                TableColumn::new("parameter", Role::Code, 10),
                TableColumn::new("computed", Role::Quantity(Quantity::Gradient), 13),
                TableColumn::new("tried", Role::Quantity(Quantity::Gradient), 13),
                TableColumn::new("difference", Role::Plain, 11),
            ],
            rows: found.iter().take(MOST_LISTED).map(row).collect(),
        }
    }

    /// What the diagonal derivative of softmax leaves out, output by output.
    fn cross_terms(&self, network: &Network, record: &Record) -> Vec<Line> {
        let Some(pass) = &record.pass else {
            return Vec::new();
        };
        let show = |value: f64| self.shown(self.convention().flip(value));
        let mut lines: Vec<Line> = vec![
            "They differ, and not by rounding: this lesson uses the article's derivative of softmax.".into(),
            "A softmax output depends on every sum, not only on its own. The article keeps o (1 - o) (t - o) and leaves out how the others move. Left out, by output:".into(),
        ];
        let pairs = || pass.outputs().iter().zip(pass.targets()).enumerate();
        for (k, (output, target)) in pairs().take(MOST_LISTED) {
            let others = pairs().filter(|(other, _)| *other != k);
            let shared: f64 = others.map(|(_, (o, t))| (t - o) * o).sum();
            let kept = network.design().output.slope(*output) * (target - output);
            let left_out = -output * shared;
            let parts = format!("; kept {}, left out {}", show(kept), show(left_out));
            lines.push(
                Line::plain(format!("  o{k}: the true signal is "))
                    .with(show(kept + left_out), Role::Strong)
                    .and(parts),
            );
        }
        lines.push(Line::plain(
            "It still points downhill often enough to learn. `softmax_derivative: full` in the lesson is the true one.",
        ));
        lines
    }
}

/// Whether the network's derivative is the article's.
fn leaves_out_cross_terms(network: &Network) -> bool {
    let design = network.design();
    design.output == Activation::Softmax
        && design.error == ErrorMeasure::Squared
        && design.softmax_derivative == SoftmaxDerivative::Diagonal
}

fn verdict(found: &[Compared], mark: Decimal) -> String {
    let size = |compared: &Compared| compared.tried.abs().max(compared.computed.abs());
    let largest = found.iter().map(size).fold(0.0, f64::max);
    let Some(worst) = found.first().map(Compared::difference) else {
        return "Nothing is trained.".to_owned();
    };
    let shown = number::size(worst, mark);
    // Differences of doubles are good to about ten digits; a kink between the two trials costs more.
    if worst <= 1e-7 * largest.max(1e-3) {
        format!("They agree: the largest difference is {shown}, which is rounding.")
    } else {
        format!(
            "They differ by up to {shown}. Near a kink, as relu has at 0, trying is not reliable."
        )
    }
}
