//! Lines of equal loss over a surface.

use std::cell::RefCell;
use std::rc::Rc;

use crate::explain::{Digits, number};
use crate::math::contour::{Grid, Segment};
use crate::math::{Interval, Surface};

/// Lines of equal loss.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Contours {
    /// The losses, rising.
    pub levels: Vec<f64>,
    /// The pieces of each of their lines.
    pub lines: Vec<Vec<Segment>>,
}

impl Contours {
    fn new(surface: &Surface, wanted: &Wanted) -> Self {
        let (window, (columns, rows), count) = *wanted;
        let grid = Grid::sample(surface, window, columns, rows);
        let levels = round_levels(&grid.levels(count));
        let lines = levels.iter().map(|level| grid.contour(*level)).collect();
        Self { levels, lines }
    }
}

/// What contours depend on: the window, the columns and rows of the grid, and how many lines there are at most.
type Wanted = ([Interval; 2], (usize, usize), usize);

/// The contours that were asked for last: they are the same from frame to frame, however the run goes on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ContourCache(Rc<RefCell<Option<Kept>>>);

/// What was asked for, and the answer.
type Kept = (Wanted, Rc<Contours>);

impl ContourCache {
    /// The contours of a surface.
    pub(super) fn contours(&self, surface: &Surface, wanted: Wanted) -> Rc<Contours> {
        let kept = self.0.take().filter(|(known, _)| *known == wanted);
        let made = || Rc::new(Contours::new(surface, &wanted));
        let contours = kept.map_or_else(made, |(_, contours)| contours);
        self.0.replace(Some((wanted, Rc::clone(&contours))));
        contours
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
