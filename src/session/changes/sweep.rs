//! Many runs, one for each value of a setting or two.

use crate::command::{Picture, Refusal, Spaced, Sweeping, Until};
use crate::explain::{Digits, Line};
use crate::pictures::SweepTable;
use crate::session::{Done, Outcome, Session};
use crate::timeline::{Axis, Change, Sweep, Swept};

/// So many updates a run makes at most where no number is given.
const MOST_UPDATES: u64 = 1000;

impl Session {
    /// The last sweep.
    pub fn swept(&self) -> Option<&SweepTable> {
        self.runs.swept().map(AsRef::as_ref)
    }

    pub(in crate::session) fn sweep(&mut self, sweeping: &Sweeping) -> Done {
        match sweeping {
            Sweeping::Begin { axes, until, most } => {
                let sweep = self.sweep_of(axes, *most);
                let (model, scope, watch) = (&self.lesson.model, self.scope(), self.watch());
                let made = match until {
                    Some(phrase) => {
                        let until = Until::new(scope, phrase, model);
                        sweep.run(model, Some(&until), watch)
                    }
                    None => sweep.run(model, None, watch),
                };
                Ok(match made {
                    Some(made) => self.keep_sweep(SweepTable::new(
                        sweep,
                        until.as_ref(),
                        made,
                        Digits::usual(self.digits().decimal()),
                    )),
                    None => {
                        Outcome::says("Stopped. The sweep is given up, and nothing of it is shown.")
                    }
                })
            }
            Sweeping::Show => Ok(Outcome::shows("Sweep", self.last_sweep()?.lines())),
            Sweeping::Move { across, up } => self.move_cursor(*across, *up),
            Sweeping::Open => self.open_cell(),
        }
    }

    /// The sweep that is asked for, from the start of the current branch.
    fn sweep_of(&self, axes: &[(Swept, Spaced)], most: Option<u64>) -> Sweep {
        let most = most.unwrap_or(MOST_UPDATES);
        let axis = |(swept, spaced): &(Swept, Spaced)| Axis {
            swept: *swept,
            values: spaced.values(),
        };
        Sweep {
            start: self.timeline().run().state(0),
            axes: axes.iter().map(axis).collect(),
            most: (self.lesson.model.updates()).map_or(most, |all| most.min(all)),
        }
    }

    fn keep_sweep(&mut self, table: SweepTable) -> Outcome {
        let best = if table.ranks() {
            format!("The best: {}.", table.words(table.cursor))
        } else {
            "None has a loss to compare; `until` says what they are to come to.".to_owned()
        };
        let message = Line::plain(format!("{} runs made. {best}", table.outcomes.len()));
        self.runs.keep_sweep(table);
        let view = self.bring(Picture::Sweep);
        Outcome::says(message).and(view)
    }

    fn last_sweep(&self) -> Result<&SweepTable, Refusal> {
        self.swept().ok_or_else(|| {
            Refusal::new(
                "nothing has been swept yet",
                "`sweep momentum 0..0.95/20 max 100` begins it",
            )
        })
    }

    fn move_cursor(&mut self, across: i32, up: i32) -> Done {
        let table = self.last_sweep()?;
        let (rows, columns) = table.size();
        let moved = |place: usize, by: i32, count: usize| {
            place.saturating_add_signed(by as isize).min(count - 1)
        };
        let (row, column) = (table.cursor / columns, table.cursor % columns);
        let cursor = moved(row, up, rows) * columns + moved(column, across, columns);
        let table = SweepTable {
            cursor,
            ..table.clone()
        };
        let words = format!("{}.", table.words(cursor));
        self.runs.keep_sweep(table);
        Ok(Outcome::says(words))
    }

    /// Opens the cell that is read as a branch, at its start.
    fn open_cell(&mut self) -> Done {
        let table = self.last_sweep()?;
        let settings = table.sweep.settings(table.cursor);
        let changes: Vec<(Change, String)> = (table.sweep.axes.iter())
            .map(|axis| {
                let (change, value) = match axis.swept {
                    Swept::LearningRate => {
                        let rate = settings.learning_rate;
                        (Change::LearningRate(rate), rate)
                    }
                    Swept::Momentum => (Change::Momentum(settings.momentum), settings.momentum),
                };
                let shown = table.show(value);
                (change, format!("{}={shown}", axis.swept.name()))
            })
            .collect();
        self.has_room_for(1)?;
        self.runs.timeline_mut().start_over(&changes);
        self.stand_after(0);
        let name = &self.timeline().current().name;
        Ok(Outcome::says(format!(
            "This is a new branch, {name}, at its start."
        )))
    }
}
