//! Runs that are compared, as a race: how much of its way each has done, and which is ahead.

use super::Session;
use crate::explain::behaviour::distance;
use crate::explain::{Digits, Line, Role, number};
use crate::math::Update;
use crate::timeline::Run;

/// Runs side by side, the current one among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Race {
    /// What they are to come to, in a few words.
    pub goal: String,
    /// The runs, in the order in which they were named.
    pub runs: Vec<Racer>,
    /// Which is ahead, in a sentence; empty where that cannot be said.
    pub told: Line,
}

/// One of the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Racer {
    /// Its branch, by its place.
    pub branch: usize,
    /// Its place among the runs that pictures draw.
    pub drawn: usize,
    /// Whether it is the current one.
    pub current: bool,
    /// The name of that.
    pub name: String,
    /// Which share of its way is done, from 0 to 1.
    pub done: f64,
    /// How much is left, or how far it is, in a few words.
    pub left: String,
    /// How long its last step was, where runs go over a surface.
    step: Option<f64>,
}

impl Session {
    /// How the runs stand that are compared; `None` where none are, or there is no way whose share could be told.
    pub fn race(&self) -> Option<Race> {
        let rivals = self.rivals();
        if rivals.is_empty() {
            return None;
        }
        let compared = self.runs.compared()?.runs.iter();
        let runs = compared.map(|(branch, _)| self.racer(*branch, &rivals));
        let runs = runs.collect::<Option<Vec<Racer>>>()?;
        let goal = match (self.common_goal(), self.lesson.model.surface()) {
            (Some(phrase), _) => phrase.text.clone(),
            (None, Some(_)) => "the lowest minimum".to_owned(),
            (None, None) => "all items right".to_owned(),
        };
        Some(Race {
            goal,
            told: told(&runs, self.digits()),
            runs,
        })
    }

    fn racer(&self, branch: usize, rivals: &[usize]) -> Option<Racer> {
        let of = &self.timeline().branches()[branch];
        let step = self.step().min(of.run.reached());
        let (done, left, length) = if self.lesson.model.surface().is_some() {
            self.way_down(&of.run, step)?
        } else {
            let length = self.lesson.model.epoch_length()?;
            let metrics = of.run.metrics(step - step % length)?;
            let right = metrics.accuracy?;
            (
                right,
                format!("{} right", number::percent(right, self.digits().decimal())),
                None,
            )
        };
        // Before its first update a run is not drawn; then it has the look that it will have.
        let drawn = self
            .subject()
            .drawn_branches()
            .position(|one| one == branch);
        let among = rivals.iter().position(|one| *one == branch);
        Some(Racer {
            branch,
            drawn: drawn.or(among).unwrap_or(0),
            current: branch == self.timeline().current_index(),
            name: of.name.clone(),
            done: done.clamp(0.0, 1.0),
            left,
            step: length,
        })
    }

    /// Which share of the way to the lowest minimum is done, what is left of it, and how long the last step was.
    fn way_down(&self, run: &Run, step: u64) -> Option<(f64, String, Option<f64>)> {
        let minimum = &self.landscape()?.minima.first()?.point;
        let now = run.state(step).weights;
        let all = distance(minimum, &run.state(0).weights);
        let left = distance(minimum, &now);
        let last = step
            .checked_sub(1)
            .and_then(|update| run.record(update).ok());
        let length = last.map(|record| {
            let changes = record.updates.iter().map(Update::change);
            changes.map(|change| change * change).sum::<f64>().sqrt()
        });
        let done = if all > 0.0 { 1.0 - left / all } else { 1.0 };
        Some((
            done,
            format!("{} to go", short(left, self.digits())),
            length,
        ))
    }
}

/// Which run is ahead of which: what both words and numbers tell.
fn told(runs: &[Racer], digits: Digits) -> Line {
    let mut order: Vec<&Racer> = runs.iter().collect();
    order.sort_by(|one, other| other.done.total_cmp(&one.done));
    let [first, .., last] = &order[..] else {
        return Line::new();
    };
    if first.left == last.left {
        return Line::plain(format!("They are level: {} each.", first.left));
    }
    // Of those that are level, none is ahead.
    let level = order.iter().filter(|racer| racer.left == first.left);
    let names: Vec<&str> = level.map(|racer| &*racer.name).collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    let line = Line::new().with(crate::explain::series(&names, "and"), Role::Strong);
    let line = line.and(format!(
        " {are} ahead with {}; {}: {}.",
        first.left, last.name, last.left
    ));
    match (first.step, last.step) {
        (Some(one), Some(other)) if names.len() == 1 => line.and(format!(
            " Last steps: {} and {}.",
            short(one, digits),
            short(other, digits)
        )),
        _ => line,
    }
}

fn short(value: f64, digits: Digits) -> String {
    number::display(value, digits.exactly(2))
}
