//! What a surface looks like: a curve of one variable, lines of equal loss of two.

use super::{Interval, Surface};
use crate::math::portable::power;

/// The losses at the points of a grid.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// The first variable, from left to right.
    pub x: Interval,
    /// The second variable, from bottom to top.
    pub y: Interval,
    /// How many points lie side by side; at least two.
    pub columns: usize,
    /// How many points lie one above another; at least two.
    pub rows: usize,
    /// The losses, row by row, from the bottom; not finite where there is none.
    pub losses: Vec<f64>,
}

/// A piece of a line, from one point to another.
pub type Segment = [[f64; 2]; 2];

/// The losses of a surface of one variable at points that are spaced evenly, each with its point.
pub fn curve(surface: &Surface, x: Interval, count: usize) -> Vec<[f64; 2]> {
    let point = |index| {
        let x = x.at(index, count);
        [x, surface.loss(&[x])]
    };
    (0..count).map(point).collect()
}

impl Grid {
    /// The losses of a surface of two variables over a window; both ends of each interval are among the points.
    ///
    /// # Panics
    /// Where the surface has not two variables, or there are fewer than two columns or rows.
    pub fn sample(surface: &Surface, [x, y]: [Interval; 2], columns: usize, rows: usize) -> Self {
        assert_eq!(surface.names().len(), 2, "a grid has two sides");
        assert!(columns >= 2 && rows >= 2);
        let cell = |index: usize| {
            surface.loss(&[x.at(index % columns, columns), y.at(index / columns, rows)])
        };
        Self {
            x,
            y,
            columns,
            rows,
            losses: (0..columns * rows).map(cell).collect(),
        }
    }

    /// The loss at a point of the grid.
    pub fn loss(&self, column: usize, row: usize) -> f64 {
        self.losses[row * self.columns + column]
    }

    /// At most `count` levels for contour lines, rising. Level k of n encloses about the share (k / (n + 1))^2 of
    /// the grid, so that lines lie side by side evenly in a bowl or a ravine, however steep it is: their distance
    /// from the lowest place grows by as much from each to the next.
    pub fn levels(&self, count: usize) -> Vec<f64> {
        /// So many losses say as much of their spread as all do.
        const ENOUGH: usize = 4096;
        // Not one below another.
        let mut stride = self.losses.len() / ENOUGH + 1;
        stride += usize::from(stride > 1 && self.columns.is_multiple_of(stride));
        let losses = self.losses.iter().copied().step_by(stride);
        let mut sorted: Vec<f64> = losses.filter(|loss| loss.is_finite()).collect();
        sorted.sort_unstable_by(f64::total_cmp);
        let Some((lowest, last)) = sorted.first().zip(sorted.len().checked_sub(1)) else {
            return Vec::new();
        };
        let level = |number: usize| {
            let share = power(number as f64 / (count + 1) as f64, 2.0);
            let place = share * last as f64;
            let (below, part) = (place.floor(), place.fract());
            let (low, high) = (sorted[below as usize], sorted[place.ceil() as usize]);
            low + part * (high - low)
        };
        let levels = (1..=count).map(level);
        let mut levels: Vec<f64> = levels.filter(|level| level > lowest).collect();
        levels.dedup();
        levels
    }

    /// The line of equal loss at a level, in pieces, by marching squares (Lorensen and Cline 1987, in the plane): one
    /// piece or two for each square of four points that the line goes through.
    pub fn contour(&self, level: f64) -> Vec<Segment> {
        let squares = (0..self.rows - 1)
            .flat_map(|row| (0..self.columns - 1).map(move |column| (column, row)));
        let segments = squares.flat_map(|(column, row)| self.square(column, row, level));
        segments.collect()
    }

    /// The pieces of a line within one square, given by its lower left point.
    fn square(&self, column: usize, row: usize, level: f64) -> Vec<Segment> {
        // Around the square, so that each corner and the next are the ends of an edge.
        let corners = [
            (column, row),
            (column + 1, row),
            (column + 1, row + 1),
            (column, row + 1),
        ];
        let losses = corners.map(|(column, row)| self.loss(column, row));
        // Most squares lie on one side of the line.
        let is_below = losses.map(|loss| loss < level);
        if is_below == [is_below[0]; 4] || losses.iter().any(|loss| !loss.is_finite()) {
            return Vec::new();
        }
        let crossing = |edge: usize| {
            let (a, b) = (losses[edge], losses[(edge + 1) % 4]);
            let part = (level - a) / (b - a);
            let ends = [corners[edge], corners[(edge + 1) % 4]].map(|corner| self.place(corner));
            let between = |axis: usize| ends[0][axis] + part * (ends[1][axis] - ends[0][axis]);
            ((a < level) != (b < level)).then(|| [between(0), between(1)])
        };
        let crossings: Vec<[f64; 2]> = (0..4).filter_map(crossing).collect();
        match crossings[..] {
            [from, to] => vec![[from, to]],
            // A saddle: the middle tells which corners belong together.
            [a, b, c, d] => {
                let middle = losses.iter().sum::<f64>() / 4.0;
                if (middle < level) == (losses[0] < level) {
                    vec![[a, b], [c, d]]
                } else {
                    vec![[d, a], [b, c]]
                }
            }
            _ => Vec::new(),
        }
    }

    fn place(&self, (column, row): (usize, usize)) -> [f64; 2] {
        [self.x.at(column, self.columns), self.y.at(row, self.rows)]
    }
}
