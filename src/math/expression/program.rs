//! Expressions made ready for being evaluated, and differentiated, millions of times.

use super::dual::{Differentiable, Dual, Jet, differentiate_power};
use super::{Binary, Expression, Unary};

/// One step of a program: it takes its operands from a stack and puts its result there.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Operation {
    Number(f64),
    Variable(usize),
    Unary(Unary),
    Binary(Binary),
    /// To the power of a number.
    Power(f64),
}

/// An expression over numbered variables as a sequence of operations on a small stack. Parts without variables are
/// evaluated beforehand. Its value is that of [`Expression::evaluate`], bit for bit.
#[derive(Debug, Clone, PartialEq)]
pub struct Program {
    operations: Vec<Operation>,
    /// The most numbers that are on the stack.
    depth: usize,
    variables: usize,
}

/// A stack that ordinary expressions do with.
const SHALLOW: usize = 8;
/// A stack that every expression does with that can be read: each level of nesting leaves one number on it.
const DEEP: usize = 72;

impl Program {
    /// The most variables there can be.
    pub const MOST_VARIABLES: usize = 8;

    /// A program for an expression over so many variables.
    ///
    /// # Panics
    /// Where there are more than [`Program::MOST_VARIABLES`], the expression has others, or it is nested more deeply
    /// than any that can be read.
    pub fn new(expression: &Expression<usize>, variables: usize) -> Self {
        assert!(variables <= Self::MOST_VARIABLES);
        assert!(expression.names().iter().all(|name| **name < variables));
        let mut program = Self {
            operations: Vec::new(),
            depth: 0,
            variables,
        };
        program.compile(expression, 0);
        assert!(program.depth <= DEEP, "deeper than what can be read");
        program
    }

    /// Adds the operations of an expression; `below` numbers are on the stack. The answer is its value where it is
    /// always the same.
    fn compile(&mut self, expression: &Expression<usize>, below: usize) -> Option<f64> {
        self.depth = self.depth.max(below + 1);
        let first = self.operations.len();
        let (operation, value) = match expression {
            Expression::Number(value) => (Operation::Number(*value), Some(*value)),
            Expression::Name(index) => (Operation::Variable(*index), None),
            Expression::Unary(unary, operand) => {
                let a = self.compile(operand, below);
                (Operation::Unary(*unary), a.map(|a| unary.apply(a)))
            }
            Expression::Binary(binary, left, right) => {
                let a = self.compile(left, below);
                let before_right = self.operations.len();
                let b = self.compile(right, below + 1);
                match (binary, a, b) {
                    (_, Some(a), Some(b)) => (Operation::Binary(*binary), Some(binary.apply(a, b))),
                    (Binary::Power, None, Some(exponent)) => {
                        self.operations.truncate(before_right);
                        (Operation::Power(exponent), None)
                    }
                    (_, None, _) | (_, _, None) => (Operation::Binary(*binary), None),
                }
            }
        };
        match value {
            Some(value) => {
                self.operations.truncate(first);
                self.operations.push(Operation::Number(value));
            }
            None => self.operations.push(operation),
        }
        value
    }

    /// The value at a point.
    pub fn value(&self, point: &[f64]) -> f64 {
        self.run::<Dual<0>>(point).value()
    }

    /// The value at a point; its derivative by each variable is written to `slopes`. Nothing is allocated.
    ///
    /// # Panics
    /// Where `point` or `slopes` has not one number for each variable.
    #[inline]
    pub fn slopes(&self, point: &[f64], slopes: &mut [f64]) -> f64 {
        match self.variables {
            0 | 1 => self.slopes_of::<1>(point, slopes),
            2 => self.slopes_of::<2>(point, slopes),
            3 | 4 => self.slopes_of::<4>(point, slopes),
            _ => self.slopes_of::<8>(point, slopes),
        }
    }

    fn slopes_of<const N: usize>(&self, point: &[f64], slopes: &mut [f64]) -> f64 {
        let result = self.run::<Dual<N>>(point);
        slopes.copy_from_slice(&result.slopes[..self.variables]);
        result.value()
    }

    /// The second derivatives at a point: row by row, by one variable and then by another. The matrix is symmetric.
    ///
    /// # Panics
    /// Where `point` has not one number for each variable.
    pub fn curvatures(&self, point: &[f64]) -> Vec<Vec<f64>> {
        match self.variables {
            0 | 1 => self.curvatures_of::<1>(point),
            2 => self.curvatures_of::<2>(point),
            3 | 4 => self.curvatures_of::<4>(point),
            _ => self.curvatures_of::<8>(point),
        }
    }

    fn curvatures_of<const N: usize>(&self, point: &[f64]) -> Vec<Vec<f64>> {
        let result = self.run::<Jet<N>>(point);
        let rows = result.curvatures.iter().take(self.variables);
        rows.map(|row| row[..self.variables].to_vec()).collect()
    }

    #[inline]
    fn run<T: Differentiable>(&self, point: &[f64]) -> T {
        if self.depth <= SHALLOW {
            self.run_on_stack::<T, SHALLOW>(point)
        } else {
            self.run_on_stack::<T, DEEP>(point)
        }
    }

    #[inline]
    fn run_on_stack<T: Differentiable, const DEPTH: usize>(&self, point: &[f64]) -> T {
        let mut stack = [T::constant(0.0); DEPTH];
        let mut next = 0;
        for operation in &self.operations {
            match *operation {
                Operation::Number(value) => {
                    stack[next] = T::constant(value);
                    next += 1;
                }
                Operation::Variable(index) => {
                    stack[next] = T::variable(point[index], index);
                    next += 1;
                }
                Operation::Unary(unary) => stack[next - 1] = unary.differentiate(stack[next - 1]),
                Operation::Power(exponent) => {
                    stack[next - 1] = differentiate_power(stack[next - 1], exponent);
                }
                Operation::Binary(binary) => {
                    next -= 1;
                    stack[next - 1] = binary.differentiate(stack[next - 1], stack[next]);
                }
            }
        }
        stack[0]
    }
}
