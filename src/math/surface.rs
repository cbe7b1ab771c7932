//! A loss that is a formula: `0.05*x^2 + 1.5*y^2`.

use super::expression::{Expression, Program};
use super::{Apart, Rough};

/// The numbers from `low` to `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Interval {
    /// How far it is from one end to the other.
    pub fn width(self) -> f64 {
        self.high - self.low
    }

    /// Whether a number lies in it.
    pub fn contains(self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// Of `count` numbers that are spaced evenly and include both ends, the one of this index; the only one is the
    /// lower end.
    pub fn at(self, index: usize, count: usize) -> f64 {
        if index == 0 {
            self.low
        } else if index + 1 >= count {
            self.high
        } else {
            self.low + self.width() * (index as f64 / (count - 1) as f64)
        }
    }

    /// The smallest interval in which this one and a number are.
    #[must_use]
    pub fn with(self, value: f64) -> Self {
        Self {
            low: self.low.min(value),
            high: self.high.max(value),
        }
    }
}

/// Longer formulas than this many numbers, names and operations have derivatives that nobody would read.
const MOST_PARTS: usize = 200;

/// A loss over one to eight variables. The parameters that are trained are the variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    text: String,
    expression: Expression<usize>,
    program: Program,
    apart: Vec<Apart>,
    names: Vec<String>,
    start: Vec<f64>,
    view: Vec<Option<Interval>>,
    previous_delta: Vec<f64>,
}

impl Surface {
    /// The most variables a surface can have.
    pub const MOST_VARIABLES: usize = Program::MOST_VARIABLES;

    /// The surface of an expression, in which a name is the index of a variable; `text` is how it was written.
    /// Every variable has a name, a value to start from and, where the lesson gives one, a range to be shown.
    ///
    /// # Panics
    /// Where there is no variable, there are more than [`Surface::MOST_VARIABLES`], the lists differ in length or
    /// the expression has other variables.
    pub fn new(
        text: impl Into<String>,
        expression: Expression<usize>,
        names: Vec<String>,
        start: Vec<f64>,
        view: Vec<Option<Interval>>,
    ) -> Self {
        assert!(!names.is_empty(), "a surface has a variable");
        assert!(names.len() == start.len() && names.len() == view.len());
        Self {
            text: text.into(),
            program: Program::new(&expression, names.len()),
            apart: Apart::groups(&expression, names.len()),
            expression,
            names,
            start,
            view,
            previous_delta: Vec::new(),
        }
    }

    /// The same with something that every variable remembers before the first update, in delta units.
    ///
    /// # Panics
    /// Where there is not one for each variable.
    #[must_use]
    pub fn with_previous_delta(mut self, previous_delta: Vec<f64>) -> Self {
        assert_eq!(previous_delta.len(), self.names.len());
        self.previous_delta = previous_delta;
        self
    }

    /// About how many numbers are computed for its slopes: for each operation its value and its slopes.
    pub(super) fn work(&self) -> usize {
        self.expression.parts() * (1 + self.names.len())
    }

    /// The formula as it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The formula.
    pub fn expression(&self) -> &Expression<usize> {
        &self.expression
    }

    /// The names of the variables.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Where runs start.
    pub fn start(&self) -> &[f64] {
        &self.start
    }

    /// What every variable remembers before the first update, in delta units; empty where that is 0 for all.
    pub fn previous_delta(&self) -> &[f64] {
        &self.previous_delta
    }

    /// What the lesson wants to be shown of each variable.
    pub fn view(&self) -> &[Option<Interval>] {
        &self.view
    }

    /// The loss at a point; not finite where it is none.
    pub fn loss(&self, point: &[f64]) -> f64 {
        self.program.value(point)
    }

    /// The loss at a point, with how far rounding may have moved it.
    pub fn rough_loss(&self, point: &[f64]) -> Rough {
        let of_variable = |variable: &usize| Rough::rounded(point[*variable]);
        Rough {
            value: self.loss(point),
            ..self.expression.rough(&of_variable)
        }
    }

    /// Writes the downhill gradient -dE/dw at a point; the answer is the loss there. Where the loss is not finite,
    /// the gradient is no number. Nothing is allocated.
    ///
    /// # Panics
    /// Where `point` or `downhill` has not one number for each variable.
    #[inline]
    pub fn downhill(&self, point: &[f64], downhill: &mut [f64]) -> f64 {
        let loss = self.program.slopes(point, downhill);
        for slope in downhill {
            // 0 - slope and not -slope: a flat place has the gradient 0, not -0.
            *slope = if loss.is_finite() {
                0.0 - *slope
            } else {
                f64::NAN
            };
        }
        loss
    }

    /// The variables in groups that have nothing to do with one another.
    pub fn apart(&self) -> &[Apart] {
        &self.apart
    }

    /// The second derivatives of the loss at a point: a symmetric matrix, row by row and variable by variable.
    pub fn hessian(&self, point: &[f64]) -> Vec<Vec<f64>> {
        self.program.curvatures(point)
    }

    /// Whether the formula is written as a polynomial of degree 2 or less, so that its curvatures are the same
    /// everywhere.
    pub fn is_quadratic(&self) -> bool {
        self.expression.degree().is_some_and(|degree| degree <= 2)
    }

    /// dE/dw for one variable, written out; `None` where the formula is so long that nobody would read it.
    pub fn slope(&self, variable: usize) -> Option<Expression<usize>> {
        let short = self.expression.parts() <= MOST_PARTS;
        short.then(|| self.expression.derivative(&variable))
    }
}
