//! Expressions made ready for being differentiated at many places at once.
//!
//! A [`Tape`] is the value of an expression and its derivative by each variable, written out as a list of single
//! operations, each of which is done on [`WIDTH`] places before the next one: the compiler makes vector instructions of
//! it, and finding out what is to be done costs little.
//!
//! Derivatives are taken forwards, by the same formulas and in the same order as [`super::Program`] takes them, with two
//! differences. What does not depend on a variable has no slope by it, instead of one that is 0. And a slope of 0 is
//! multiplied by what it is multiplied by: where that is infinite, the result is no number, while a program leaves it 0.
//! So a slope that is a number is the slope of the program, but for the sign of a 0, which nobody sees; where it is no
//! number, the program has to be asked.

use super::dual::{logarithm, smaller, term, times};
use super::{Binary, Expression, Unary};
use crate::math::portable::power;

/// So many places there are.
pub const WIDTH: usize = 16;

/// A number for each place.
pub type Lanes = [f64; WIDTH];

/// An operation on numbers that are there, which makes another.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Operation {
    Unary(Unary),
    Binary(Binary),
    /// To the power of a number.
    Power(f64),
    /// How much of a change of the base comes out of a power.
    PowerByBase,
    /// How much of a change of the exponent does.
    PowerByExponent,
    /// How much of a change of the first of two numbers comes out of the smaller,
    SmallerByFirst,
    /// and of the second.
    SmallerBySecond,
}

/// The place of a number: variables first, then all that is made of them, in the order in which it is made.
type Register = usize;

/// One step of a tape; an operation on one operand has it twice.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    operation: Operation,
    a: Register,
    b: Register,
    into: Register,
}

/// A derivative as it is known before anything is computed.
#[derive(Debug, Clone, Copy)]
enum Slope {
    Zero,
    One,
    At(Register),
}

/// How much of an inner change comes out of an operation.
#[derive(Debug, Clone, Copy)]
enum Factor {
    One,
    MinusOne,
    At(Register),
}

/// A part of an expression: where its value is, and its slope by each variable.
struct Part {
    value: Register,
    slopes: Vec<Slope>,
}

impl Part {
    /// One whose slopes are not asked for.
    fn flat(value: Register) -> Self {
        let slopes = Vec::new();
        Self { value, slopes }
    }
}

/// An expression over numbered variables with its downhill slopes, as a list of operations.
#[derive(Debug, Clone, PartialEq)]
pub struct Tape {
    /// What each register holds beforehand: the constants, and 0.
    registers: Vec<f64>,
    steps: Vec<Step>,
    value: Register,
    /// 0 minus each slope, and no number where the value is not finite.
    downhill: Vec<Register>,
}

impl Tape {
    /// The value of an expression over so many variables, and its downhill slopes.
    pub fn new(expression: &Expression<usize>, variables: usize) -> Self {
        let mut tape = Self::empty(variables);
        let part = tape.part(expression, variables);
        tape.value = part.value;
        // 0, or no number.
        let base = tape.binary(Binary::Subtract, part.value, part.value);
        for slope in part.slopes {
            let slope = tape.register(slope);
            let downhill = tape.binary(Binary::Subtract, base, slope);
            tape.downhill.push(downhill);
        }
        tape
    }

    /// The value of an expression over so many variables, without its slopes.
    pub fn of_value(expression: &Expression<usize>, variables: usize) -> Self {
        let mut tape = Self::empty(variables);
        tape.value = tape.part(expression, 0).value;
        tape
    }

    fn empty(variables: usize) -> Self {
        Self {
            registers: vec![0.0; variables],
            steps: Vec::new(),
            value: 0,
            downhill: Vec::new(),
        }
    }

    /// Room for the numbers, in which the constants are; the variables come first.
    pub fn room(&self) -> Vec<Lanes> {
        let registers = self.registers.iter();
        registers.map(|number| [*number; WIDTH]).collect()
    }

    /// Where the value is.
    pub fn value(&self) -> usize {
        self.value
    }

    /// Where the downhill slope by each variable is.
    pub fn downhill(&self) -> &[usize] {
        &self.downhill
    }

    fn make(&mut self, operation: Operation, a: Register, b: Register) -> Register {
        let into = self.constant(0.0);
        self.steps.push(Step {
            operation,
            a,
            b,
            into,
        });
        into
    }

    fn constant(&mut self, value: f64) -> Register {
        self.registers.push(value);
        self.registers.len() - 1
    }

    fn unary(&mut self, unary: Unary, a: Register) -> Register {
        self.make(Operation::Unary(unary), a, a)
    }

    fn binary(&mut self, binary: Binary, a: Register, b: Register) -> Register {
        self.make(Operation::Binary(binary), a, b)
    }

    fn multiply(&mut self, a: Register, b: Register) -> Register {
        self.binary(Binary::Multiply, a, b)
    }

    /// The small whole powers are products, as in [`power`].
    fn power(&mut self, a: Register, exponent: f64) -> Register {
        if exponent == 2.0 {
            self.multiply(a, a)
        } else if exponent == 3.0 {
            let square = self.multiply(a, a);
            self.multiply(square, a)
        } else if exponent == 4.0 {
            let square = self.multiply(a, a);
            self.multiply(square, square)
        } else {
            self.make(Operation::Power(exponent), a, a)
        }
    }

    fn register(&mut self, slope: Slope) -> Register {
        match slope {
            Slope::Zero => self.constant(0.0),
            Slope::One => self.constant(1.0),
            Slope::At(register) => register,
        }
    }

    /// The operations of an expression, with its slopes by the first so many variables.
    fn part(&mut self, expression: &Expression<usize>, slopes: usize) -> Part {
        let flat = |value| Part {
            value,
            slopes: vec![Slope::Zero; slopes],
        };
        if expression.names().is_empty() {
            let value = expression.evaluate(&|_| f64::NAN);
            return flat(self.constant(value));
        }
        match expression {
            Expression::Number(value) => flat(self.constant(*value)),
            Expression::Name(index) => {
                let mut part = flat(*index);
                if let Some(slope) = part.slopes.get_mut(*index) {
                    *slope = Slope::One;
                }
                part
            }
            Expression::Unary(unary, operand) => {
                let operand = self.part(operand, slopes);
                self.unary_part(*unary, &operand)
            }
            Expression::Binary(Binary::Power, base, exponent) if exponent.names().is_empty() => {
                let exponent = exponent.evaluate(&|_| f64::NAN);
                let base = self.part(base, slopes);
                self.power_part(&base, exponent)
            }
            Expression::Binary(binary, left, right) => {
                let left = self.part(left, slopes);
                let right = self.part(right, slopes);
                self.binary_part(*binary, &left, &right)
            }
        }
    }

    fn unary_part(&mut self, unary: Unary, operand: &Part) -> Part {
        let a = operand.value;
        let value = self.unary(unary, a);
        if operand.slopes.is_empty() {
            return Part::flat(value);
        }
        let factor = match unary {
            Unary::Negative => Factor::MinusOne,
            Unary::Not | Unary::Sign => Factor::At(self.constant(0.0)),
            Unary::Abs => Factor::At(self.unary(Unary::Sign, a)),
            Unary::Sqrt => {
                let half = self.constant(0.5);
                Factor::At(self.binary(Binary::Divide, half, value))
            }
            Unary::Exp => Factor::At(value),
            Unary::Log => {
                let one = self.constant(1.0);
                Factor::At(self.binary(Binary::Divide, one, a))
            }
            Unary::Sin => Factor::At(self.unary(Unary::Cos, a)),
            Unary::Cos => {
                let sine = self.unary(Unary::Sin, a);
                Factor::At(self.unary(Unary::Negative, sine))
            }
            Unary::Tanh => {
                let (one, square) = (self.constant(1.0), self.multiply(value, value));
                Factor::At(self.binary(Binary::Subtract, one, square))
            }
        };
        self.changed(value, operand, factor)
    }

    fn power_part(&mut self, base: &Part, n: f64) -> Part {
        let value = self.power(base.value, n);
        if base.slopes.is_empty() {
            return Part::flat(value);
        }
        // As `term` has it for n a^(n - 1).
        let factor = if n == 0.0 || n == 1.0 {
            self.constant(n)
        } else {
            let n_times = self.constant(n);
            let power = if n == 2.0 {
                base.value
            } else {
                self.power(base.value, n - 1.0)
            };
            self.multiply(n_times, power)
        };
        self.changed(value, base, Factor::At(factor))
    }

    fn binary_part(&mut self, binary: Binary, left: &Part, right: &Part) -> Part {
        let (a, b) = (left.value, right.value);
        let value = self.binary(binary, a, b);
        if left.slopes.is_empty() {
            return Part::flat(value);
        }
        let factors = match binary {
            Binary::Add => [Factor::One, Factor::One],
            Binary::Subtract => [Factor::One, Factor::MinusOne],
            Binary::Multiply => [Factor::At(b), Factor::At(a)],
            Binary::Divide => {
                let one = self.constant(1.0);
                let by_a = self.binary(Binary::Divide, one, b);
                let negative = self.unary(Unary::Negative, value);
                let by_b = self.binary(Binary::Divide, negative, b);
                [Factor::At(by_a), Factor::At(by_b)]
            }
            Binary::Power => [
                Factor::At(self.make(Operation::PowerByBase, a, b)),
                Factor::At(self.make(Operation::PowerByExponent, a, b)),
            ],
            Binary::Min => [
                Factor::At(self.make(Operation::SmallerByFirst, a, b)),
                Factor::At(self.make(Operation::SmallerBySecond, a, b)),
            ],
            Binary::Max => {
                let a = self.unary(Unary::Negative, a);
                let b = self.unary(Unary::Negative, b);
                [
                    Factor::At(self.make(Operation::SmallerByFirst, a, b)),
                    Factor::At(self.make(Operation::SmallerBySecond, a, b)),
                ]
            }
            Binary::Compare(_) | Binary::And | Binary::Or => {
                let zero = self.constant(0.0);
                [Factor::At(zero), Factor::At(zero)]
            }
        };
        let pairs = left.slopes.iter().zip(&right.slopes);
        let slopes = pairs
            .map(|(left, right)| self.sum(factors, [*left, *right]))
            .collect();
        Part { value, slopes }
    }

    fn changed(&mut self, value: Register, operand: &Part, factor: Factor) -> Part {
        let slopes = operand.slopes.iter();
        let slopes = slopes.map(|slope| self.product(factor, *slope)).collect();
        Part { value, slopes }
    }

    fn product(&mut self, factor: Factor, slope: Slope) -> Slope {
        match (factor, slope) {
            (_, Slope::Zero) => Slope::Zero,
            (Factor::One, slope) => slope,
            (Factor::At(factor), Slope::One) => Slope::At(factor),
            (Factor::MinusOne, slope) => {
                let slope = self.register(slope);
                Slope::At(self.unary(Unary::Negative, slope))
            }
            (Factor::At(factor), Slope::At(slope)) => Slope::At(self.multiply(factor, slope)),
        }
    }

    fn sum(&mut self, [by_a, by_b]: [Factor; 2], [a, b]: [Slope; 2]) -> Slope {
        let a = self.product(by_a, a);
        if let (Slope::One | Slope::At(_), Factor::MinusOne, Slope::One | Slope::At(_)) =
            (a, by_b, b)
        {
            let (a, b) = (self.register(a), self.register(b));
            return Slope::At(self.binary(Binary::Subtract, a, b));
        }
        let b = self.product(by_b, b);
        match (a, b) {
            (Slope::Zero, slope) | (slope, Slope::Zero) => slope,
            (Slope::One | Slope::At(_), Slope::One | Slope::At(_)) => {
                let (a, b) = (self.register(a), self.register(b));
                Slope::At(self.binary(Binary::Add, a, b))
            }
        }
    }

    /// Computes everything from the variables.
    ///
    /// # Panics
    /// Where it is not the room of this tape.
    pub fn run(&self, room: &mut [Lanes]) {
        for step in &self.steps {
            let (made, rest) = room.split_at_mut(step.into);
            step.operation
                .run(&made[step.a], &made[step.b], &mut rest[0]);
        }
    }
}

impl Operation {
    #[inline]
    fn run(self, a: &Lanes, b: &Lanes, into: &mut Lanes) {
        match self {
            Self::Unary(Unary::Negative) => one(a, into, |a| -a),
            Self::Unary(Unary::Abs) => one(a, into, f64::abs),
            Self::Unary(Unary::Sqrt) => one(a, into, f64::sqrt),
            Self::Unary(unary) => one(a, into, |a| unary.apply(a)),
            Self::Binary(Binary::Add) => two(a, b, into, |a, b| a + b),
            Self::Binary(Binary::Subtract) => two(a, b, into, |a, b| a - b),
            Self::Binary(Binary::Multiply) => two(a, b, into, |a, b| a * b),
            Self::Binary(Binary::Divide) => two(a, b, into, |a, b| a / b),
            Self::Binary(binary) => two(a, b, into, |a, b| binary.apply(a, b)),
            Self::Power(exponent) => one(a, into, |a| power(a, exponent)),
            Self::PowerByBase => two(a, b, into, |a, b| term(b, a, b - 1.0)),
            Self::PowerByExponent => {
                two(a, b, into, |a, b| times(logarithm(a, b), power(a, b)));
            }
            Self::SmallerByFirst => two(a, b, into, |a, b| smaller(a, b)[0]),
            Self::SmallerBySecond => two(a, b, into, |a, b| smaller(a, b)[1]),
        }
    }
}

#[inline]
fn one(a: &Lanes, into: &mut Lanes, operation: impl Fn(f64) -> f64) {
    for (into, a) in into.iter_mut().zip(a) {
        *into = operation(*a);
    }
}

#[inline]
fn two(a: &Lanes, b: &Lanes, into: &mut Lanes, operation: impl Fn(f64, f64) -> f64) {
    for ((into, a), b) in into.iter_mut().zip(a).zip(b) {
        *into = operation(*a, *b);
    }
}
