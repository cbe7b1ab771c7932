//! The outcomes of a sweep, and what each cell has come to in words.

use crate::command::Phrase;
use crate::explain::{Digits, Line, Quantity, Role, number, plural};
use crate::timeline::{self, Axis, End, Sweep, Swept};

/// The outcomes of a sweep.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepTable {
    /// What was swept: one setting or two. The first goes down the rows, the second along them.
    pub sweep: Sweep,
    /// What the runs were to come to.
    pub until: Option<String>,
    /// One for each cell, row by row.
    pub outcomes: Vec<timeline::Finish>,
    /// The cell that is read.
    pub cursor: usize,
    /// How numbers are shown.
    pub digits: Digits,
}

impl SweepTable {
    /// The outcomes of a sweep, with the best of them read.
    pub fn new(
        sweep: Sweep,
        until: Option<&Phrase>,
        outcomes: Vec<timeline::Finish>,
        digits: Digits,
    ) -> Self {
        let cursor = best(&outcomes);
        Self {
            sweep,
            until: until.map(|phrase| phrase.text.clone()),
            outcomes,
            cursor,
            digits,
        }
    }

    /// How many rows and columns there are.
    pub fn size(&self) -> (usize, usize) {
        match self.sweep.axes.as_slice() {
            [rows, columns] => (rows.values.len(), columns.values.len()),
            [rows] => (rows.values.len(), 1),
            _ => (0, 0),
        }
    }

    /// A number as the label of a cell has it.
    pub fn show(&self, value: f64) -> String {
        number::display(value, self.digits.exactly(5))
    }

    /// `momentum=0.5,learning_rate=0.1`
    pub fn label(&self, cell: usize) -> String {
        let settings = self.sweep.settings(cell);
        let labels = self.sweep.axes.iter().map(|axis| {
            let value = match axis.swept {
                Swept::LearningRate => settings.learning_rate,
                Swept::Momentum => settings.momentum,
            };
            format!("{}={}", axis.swept.name(), self.show(value))
        });
        labels.collect::<Vec<_>>().join(",")
    }

    /// Whether one run can be better than another: by reaching what it was to come to, or by its loss.
    pub fn ranks(&self) -> bool {
        self.until.is_some() || self.outcomes.iter().any(|outcome| outcome.loss.is_some())
    }

    /// What a cell has come to, in words.
    pub fn words(&self, cell: usize) -> String {
        let outcome = self.outcomes[cell];
        let loss = outcome
            .loss
            .map_or_else(String::new, |loss| format!(", loss {}", self.show(loss)));
        let label = self.label(cell);
        match outcome.end {
            End::Reached(step) => format!("{label}: reached after {step} updates{loss}"),
            End::Unreached if self.until.is_some() => {
                format!("{label}: not reached in {} updates{loss}", outcome.step)
            }
            End::Unreached => format!("{label}: {} updates{loss}", outcome.step),
            End::Stopped(stop) => {
                format!("{label}: {}, stopped at step {}", stop.word(), outcome.step)
            }
        }
    }

    /// What the cell that is read has come to, as one says it:
    /// `Best of 140: momentum 0.6 with learning rate 0.7, there after 17 updates, loss 0.00012.`
    pub fn said(&self) -> String {
        let (cell, few) = (self.cursor, self.digits.exactly(3));
        let outcome = self.outcomes[cell];
        let settings = self.sweep.settings(cell);
        let named = self.sweep.axes.iter().map(|axis| match axis.swept {
            Swept::LearningRate => {
                format!(
                    "learning rate {}",
                    number::display(settings.learning_rate, few)
                )
            }
            Swept::Momentum => format!("momentum {}", number::display(settings.momentum, few)),
        });
        let named: Vec<String> = named.collect();
        let updates = |step: u64| format!("{step} {}", plural(step, "update"));
        let end = match outcome.end {
            End::Reached(step) => format!("there after {}", updates(step)),
            End::Unreached if self.until.is_some() => {
                format!("not there in {}", updates(outcome.step))
            }
            End::Unreached => updates(outcome.step),
            End::Stopped(stop) => {
                format!("{}, stopped after {}", stop.word(), updates(outcome.step))
            }
        };
        let loss = outcome
            .loss
            .filter(|_| !matches!(outcome.end, End::Stopped(_)));
        let loss = loss.map(|loss| format!(", loss {}", number::display(loss, few)));
        let which = if self.ranks() && cell == best(&self.outcomes) {
            format!("Best of {}", self.outcomes.len())
        } else {
            "Read".to_owned()
        };
        let (named, loss) = (named.join(" with "), loss.unwrap_or_default());
        format!("{which}: {named}, {end}{loss}.")
    }

    /// A table in words, a line for each row.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = vec![Line::plain(match &self.until {
            Some(until) => format!(
                "Updates until {until}, {} at most; - is not reached, x has stopped before.",
                self.sweep.most
            ),
            None if self.ranks() => format!(
                "Loss after {} updates; x has stopped before.",
                self.sweep.most
            ),
            None => format!(
                "Updates of each run, {} at most; no run has a loss to compare.",
                self.sweep.most
            ),
        })];
        let (rows, columns) = self.size();
        if columns == 1 {
            lines.extend((0..rows).map(|row| Line::plain(format!("  {}", self.words(row)))));
            return lines;
        }
        let [down, along] = self.sweep.axes.as_slice() else {
            return lines;
        };
        let corner = format!("{} \\ {}", name(down), name(along));
        let heads = along
            .values
            .iter()
            .map(|value| number::display(*value, self.digits.exactly(3)));
        let heads: Vec<String> = heads.map(|head| format!("{head:>9}")).collect();
        let head = format!("{corner:>14}{}", heads.concat());
        lines.push(Line::new().with(head, Role::Muted));
        for row in (0..rows).rev() {
            let mut line = Line::plain(format!(
                "{:>14}",
                number::display(down.values[row], self.digits.exactly(3))
            ));
            for column in 0..columns {
                let cell = row * columns + column;
                let role = if cell == self.cursor {
                    Role::Strong
                } else {
                    Role::Quantity(Quantity::Loss)
                };
                line.push(format!("{:>9}", self.cell_text(cell)), role);
            }
            lines.push(line);
        }
        lines.push(Line::plain(format!("Read: {}.", self.words(self.cursor))));
        lines
    }

    /// The text of a cell in a table.
    pub fn cell_text(&self, cell: usize) -> String {
        let outcome = self.outcomes[cell];
        match (outcome.end, &self.until) {
            (End::Reached(step), _) => step.to_string(),
            (End::Stopped(_), _) => "x".to_owned(),
            (End::Unreached, Some(_)) => "-".to_owned(),
            (End::Unreached, None) => outcome.loss.map_or_else(
                || "-".to_owned(),
                |loss| number::display(loss, self.digits.exactly(3)),
            ),
        }
    }
}

/// The cell that has come to what it was to soonest; of none, that with the lowest loss.
fn best(outcomes: &[timeline::Finish]) -> usize {
    let rank = |cell: &usize| match outcomes[*cell].end {
        End::Reached(step) => (0, step as f64),
        End::Unreached => (1, outcomes[*cell].loss.unwrap_or(f64::INFINITY)),
        End::Stopped(_) => (2, 0.0),
    };
    let better = |a: &usize, b: &usize| {
        let ((a, x), (b, y)) = (rank(a), rank(b));
        a.cmp(&b).then(x.total_cmp(&y))
    };
    (0..outcomes.len()).min_by(better).unwrap_or(0)
}

fn name(axis: &Axis) -> &'static str {
    match axis.swept {
        Swept::LearningRate => "rate",
        Swept::Momentum => "momentum",
    }
}
