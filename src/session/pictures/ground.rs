//! The surface under a run: what part of it is seen, its contours, and the ways that have been gone over it.

use std::cell::RefCell;
use std::rc::Rc;

use super::lens::Lens;
use crate::command::Refusal;
use crate::command::{Pan, Picture, Zoom};
use crate::explain::{Digits, Line, number};
use crate::math::contour::{Grid, Segment};
use crate::math::{Interval, Surface};
use crate::session::{Outcome, Session};

/// Lines of equal loss.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contours {
    /// The losses, rising.
    pub levels: Vec<f64>,
    /// The pieces of each of their lines.
    pub lines: Vec<Vec<Segment>>,
}

impl Contours {
    /// At most `count` lines over a window, from a grid of so many points.
    fn new(surface: &Surface, wanted: &Wanted) -> Self {
        let grid = Grid::sample(surface, wanted.window, wanted.columns, wanted.rows);
        let levels = round_levels(&grid.levels(wanted.count));
        let lines = levels.iter().map(|level| grid.contour(*level)).collect();
        Self { levels, lines }
    }
}

/// What contours depend on.
#[derive(Debug, Clone, PartialEq)]
struct Wanted {
    window: [Interval; 2],
    columns: usize,
    rows: usize,
    count: usize,
}

/// The contours that were asked for last: they are the same from frame to frame, however the run goes on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContourCache(Rc<RefCell<Option<Kept>>>);

/// What was asked for, and the answer.
type Kept = (Wanted, Rc<Contours>);

impl ContourCache {
    /// At most `count` lines of a surface over a window, from a grid of so many points.
    pub fn contours(
        &self,
        surface: &Surface,
        window: [Interval; 2],
        (columns, rows): (usize, usize),
        count: usize,
    ) -> Rc<Contours> {
        let wanted = Wanted {
            window,
            columns,
            rows,
            count,
        };
        let mut kept = self.0.borrow_mut();
        match &*kept {
            Some((known, contours)) if *known == wanted => Rc::clone(contours),
            _ => {
                let contours = Rc::new(Contours::new(surface, &wanted));
                *kept = Some((wanted, Rc::clone(&contours)));
                contours
            }
        }
    }
}

/// Levels with two digits, which read well in a legend; of two that come to the same, one.
fn round_levels(levels: &[f64]) -> Vec<f64> {
    let two = Digits::new(2).unwrap_or_default();
    let round = |level: &f64| number::parse(&number::display(*level, two)).unwrap_or(*level);
    let mut rounded: Vec<f64> = levels.iter().map(round).collect();
    rounded.dedup();
    if rounded.len() == levels.len() && rounded.is_sorted() {
        rounded
    } else {
        // Far from 0, two digits do not tell them apart.
        levels.to_vec()
    }
}

impl Session {
    /// The part of the surface that is looked at, variable by variable; `None` without a surface.
    pub fn seen(&self) -> Option<Vec<Interval>> {
        let whole = &self.landscape()?.window;
        let seen =
            |(variable, whole): (usize, &Interval)| self.looks.lens.seen(*whole, variable.min(1));
        Some(whole.iter().enumerate().map(seen).collect())
    }

    /// The contours that were asked for last.
    pub fn contour_cache(&self) -> &ContourCache {
        &self.looks.contours
    }

    /// The parameters before the first update of a branch and after those that have been made, at most about `most`
    /// of them, by updates made. The current branch is followed as far as it is on the screen.
    pub fn path(&self, branch: usize, most: usize) -> Vec<(u64, Vec<f64>)> {
        let run = &self.timeline().branches()[branch].run;
        run.along(self.shown_steps(branch), most, <[f64]>::to_vec)
    }

    /// How many updates of a branch are shown: what comes after on the current one has been seen, but not yet again.
    pub fn shown_steps(&self, branch: usize) -> u64 {
        if branch == self.timeline().current_index() {
            self.step()
        } else {
            self.timeline().branches()[branch].run.reached()
        }
    }

    pub(in crate::session) fn zoom(&mut self, zoom: Zoom) -> Result<Outcome, Refusal> {
        self.check(Picture::Surface)?;
        let steps = match zoom {
            Zoom::In => 1,
            Zoom::Out => -1,
            Zoom::Reset => {
                self.looks.lens = Lens::default();
                return Ok(self.tell_seen());
            }
        };
        let Some(lens) = self.looks.lens.nearer(steps) else {
            return Err(Refusal::new(
                "that is as far as it goes",
                "`zoom reset` shows all of the surface",
            ));
        };
        self.looks.lens = lens;
        Ok(self.tell_seen())
    }

    pub(in crate::session) fn pan(&mut self, pan: Pan) -> Result<Outcome, Refusal> {
        self.check(Picture::Surface)?;
        let (variable, moves) = match pan {
            Pan::Left => (0, -1.0),
            Pan::Right => (0, 1.0),
            Pan::Up => (1, 1.0),
            Pan::Down => (1, -1.0),
        };
        if variable >= self.lesson.model.parameters().len() {
            return Err(Refusal::new(
                "the height of a curve is always seen whole",
                "`pan left` and `pan right` go along it",
            ));
        }
        self.looks.lens = self.looks.lens.moved(variable, moves);
        Ok(self.tell_seen())
    }

    fn tell_seen(&self) -> Outcome {
        Outcome::says(Line::plain(self.seen_sentence()))
    }

    /// `The picture shows x from -10 to 10, y from -3 to 3.`
    pub(super) fn seen_sentence(&self) -> String {
        let few = Digits::new(4).unwrap_or_default();
        let names = self.lesson.model.parameters().iter();
        let ranges: Vec<String> = names
            .zip(self.seen().unwrap_or_default())
            .map(|(name, seen)| {
                let [low, high] = [seen.low, seen.high].map(|end| number::display(end, few));
                format!("{name} from {low} to {high}")
            })
            .collect();
        format!("The picture shows {}.", ranges.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_rounded_where_they_stay_apart() {
        assert_eq!(round_levels(&[0.4183, 1.672, 12.34]), [0.42, 1.7, 12.0]);
        assert_eq!(round_levels(&[100.1, 100.2]), [100.1, 100.2]);
        assert!(round_levels(&[]).is_empty());
    }
}
