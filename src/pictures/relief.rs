//! How high a surface is: lines of equal loss, or the bands between them.

use std::cell::RefCell;
use std::rc::Rc;

use crate::explain::{Digits, number};
use crate::math::contour::{Grid, Segment};
use crate::math::{Interval, Surface};

/// What a surface is drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drawn {
    /// Lines of equal loss.
    Lines,
    /// Bands between such lines.
    Bands,
}

/// How high a surface is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Relief {
    /// The losses that part bands, rising.
    pub levels: Vec<f64>,
    /// The pieces of each of their lines, where lines are drawn.
    pub lines: Vec<Vec<Segment>>,
    /// Where bands are drawn, how many levels lie below each half of a cell: from left to right in rows, two for each of
    /// the cells', from the bottom. `None` where there is no loss.
    pub bands: Vec<Option<u8>>,
}

impl Relief {
    fn new(surface: &Surface, wanted: &Wanted) -> Self {
        let ([x, y], (columns, rows), count, drawn) = *wanted;
        // Two points for the height of a cell, one for its width: the squares between them are squares on the screen.
        let (columns, rows) = (usize::from(columns), 2 * usize::from(rows));
        match drawn {
            Drawn::Lines => {
                let grid = Grid::sample(surface, [x, y], columns + 1, rows + 1);
                let levels = round_levels(&grid.levels(count));
                let lines = levels.iter().map(|level| grid.contour(*level)).collect();
                Self {
                    levels,
                    lines,
                    bands: Vec::new(),
                }
            }
            Drawn::Bands => {
                let grid = Grid::sample(surface, middles([x, y], [columns, rows]), columns, rows);
                let levels = round_levels(&grid.levels(count));
                let band = |loss: &f64| {
                    let below = levels.iter().filter(|level| *level <= loss).count();
                    loss.is_finite().then_some(below as u8)
                };
                let bands = grid.losses.iter().map(band).collect();
                Self {
                    levels,
                    lines: Vec::new(),
                    bands,
                }
            }
        }
    }
}

/// From the middle of the first of so many parts to the middle of the last.
fn middles(window: [Interval; 2], parts: [usize; 2]) -> [Interval; 2] {
    [0, 1].map(|axis| {
        let (whole, half) = (window[axis], 0.5 / parts[axis] as f64);
        Interval {
            low: whole.low + half * whole.width(),
            high: whole.high - half * whole.width(),
        }
    })
}

/// What it depends on: the window, the columns and rows of cells, how many levels there are at most, and what is drawn.
type Wanted = ([Interval; 2], (u16, u16), usize, Drawn);

/// What was asked for last: it is the same from frame to frame, however the run goes on.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReliefCache(Rc<RefCell<Option<Kept>>>);

/// What was asked for, and the answer.
type Kept = (Wanted, Rc<Relief>);

impl ReliefCache {
    /// How high a surface is.
    pub(super) fn relief(&self, surface: &Surface, wanted: Wanted) -> Rc<Relief> {
        let kept = self.0.take().filter(|(known, _)| *known == wanted);
        let made = || Rc::new(Relief::new(surface, &wanted));
        let relief = kept.map_or_else(made, |(_, relief)| relief);
        self.0.replace(Some((wanted, Rc::clone(&relief))));
        relief
    }
}

/// Levels with two digits, which read well in a legend; of two that come to the same, one.
fn round_levels(levels: &[f64]) -> Vec<f64> {
    let two = Digits::new(2).unwrap_or_default();
    let round = |level: &f64| number::rounded(*level, two);
    let mut rounded: Vec<f64> = levels.iter().map(round).collect();
    rounded.dedup();
    if rounded.len() == levels.len() && rounded.is_sorted() {
        rounded
    } else {
        // Far from 0, two digits do not tell them apart.
        levels.to_vec()
    }
}
