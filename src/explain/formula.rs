//! Arithmetic as data: it evaluates, and prints in symbols, in numbers and as code.

use crate::math::portable;
use std::sync::Arc;

use super::expression::{Leaves, write};
use super::number::{self, Digits};
use super::{Line, Quantity, Role};
use crate::math::expression::Expression;

/// A formula whose leaves are quantities with their values.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A quantity and its value.
    Quantity(Quantity, f64),
    /// Something with a name of its own, such as another weight, and its value.
    Named(Arc<str>, f64),
    /// A number that stands in the formula itself.
    Constant(f64),
    /// The operand with its sign turned.
    Negative(Box<Formula>),
    /// left + right
    Sum(Box<Formula>, Box<Formula>),
    /// left - right
    Difference(Box<Formula>, Box<Formula>),
    /// left x right
    Product(Box<Formula>, Box<Formula>),
    /// left / right
    Quotient(Box<Formula>, Box<Formula>),
    /// A function of the operand.
    Apply(Function, Box<Formula>),
    /// A formula as a lesson writes it.
    Written(Arc<Written>),
}

/// A formula as a lesson writes it, over variables with values.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The formula; names are places in the lists.
    pub expression: Expression<usize>,
    /// The names of the variables.
    pub names: Vec<String>,
    /// Their values.
    pub values: Vec<f64>,
}

impl Written {
    fn text(&self, form: Form) -> String {
        let number = |value: f64| match form {
            Form::Numbers(digits) => number::display(value, digits),
            _ => number::display(value, Digits::MOST),
        };
        let name = |variable: &usize| match form {
            Form::Numbers(digits) => number::display(self.values[*variable], digits),
            _ => self.names[*variable].clone(),
        };
        let text = write(
            &self.expression,
            &Leaves {
                number: &number,
                name: &name,
            },
        );
        match form {
            Form::Code(_) => text.replace('^', "**"),
            _ => text,
        }
    }
}

/// Functions in formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// The hyperbolic tangent.
    Tanh,
    /// e to the power of the operand.
    Exp,
    /// The natural logarithm, as [`crate::math::ln`] takes it.
    Ln,
    /// The operand where it is positive, else 0.
    Relu,
    /// The operand times itself.
    Square,
}

impl Function {
    fn of(self, value: f64) -> f64 {
        match self {
            Self::Tanh => portable::tanh(value),
            Self::Exp => portable::exp(value),
            Self::Ln => crate::math::ln(value),
            Self::Relu => {
                if value > 0.0 {
                    value
                } else {
                    0.0
                }
            }
            Self::Square => value * value,
        }
    }

    /// What stands before the operand's parenthesis and after it.
    fn around(self, form: Form) -> (&'static str, &'static str) {
        match (self, form) {
            (Self::Tanh, Form::Rust(_)) => ("(", ").tanh()"),
            (Self::Exp, Form::Rust(_)) => ("(", ").exp()"),
            (Self::Ln, Form::Rust(_)) => ("(", ").ln()"),
            (Self::Relu, Form::Rust(_)) => ("(", ").max(0.0)"),
            (Self::Square, Form::Rust(_)) => ("(", ").powi(2)"),
            (Self::Tanh, _) => ("tanh(", ")"),
            (Self::Exp, _) => ("exp(", ")"),
            (Self::Ln, Form::Code(_)) => ("log(", ")"),
            (Self::Ln, _) => ("ln(", ")"),
            (Self::Relu, _) => ("max(0, ", ")"),
            (Self::Square, Form::Code(_)) => ("(", ")**2"),
            (Self::Square, _) => ("(", ")²"),
        }
    }
}

/// What the leaves of a printed formula look like.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// `η × g`
    Symbols,
    /// `0.01 × 2.7`
    Numbers(Digits),
    /// `learnRate * grad`: names from a function, operators as programs write them.
    Code(&'a dyn Fn(Leaf) -> String),
    /// The same in Rust, where functions are methods and whole numbers have a point.
    Rust(&'a dyn Fn(Leaf) -> String),
}

/// What a leaf of a formula stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaf<'a> {
    /// A quantity.
    Quantity(Quantity),
    /// Something with a name of its own.
    Named(&'a str),
}

/// Of a longer sum, only the first terms and the last are printed.
const MOST_TERMS: usize = 9;
/// So many of the first terms,
const FIRST_TERMS: usize = 4;
/// and so many of the last.
const LAST_TERMS: usize = 2;

impl std::ops::Add for Formula {
    type Output = Self;
    fn add(self, right: Self) -> Self {
        Self::Sum(Box::new(self), Box::new(right))
    }
}

impl std::ops::Sub for Formula {
    type Output = Self;
    fn sub(self, right: Self) -> Self {
        Self::Difference(Box::new(self), Box::new(right))
    }
}

impl std::ops::Mul for Formula {
    type Output = Self;
    fn mul(self, right: Self) -> Self {
        Self::Product(Box::new(self), Box::new(right))
    }
}

impl std::ops::Div for Formula {
    type Output = Self;
    fn div(self, right: Self) -> Self {
        Self::Quotient(Box::new(self), Box::new(right))
    }
}

impl std::ops::Neg for Formula {
    type Output = Self;
    fn neg(self) -> Self {
        Self::Negative(Box::new(self))
    }
}

impl Formula {
    /// The value, computed in double precision in the order in which the formula is written.
    pub fn evaluate(&self) -> f64 {
        self.evaluate_with(&|value| value)
    }

    /// The value, with every number replaced by what `read` makes of it.
    fn evaluate_with(&self, read: &dyn Fn(f64) -> f64) -> f64 {
        match self {
            Self::Quantity(_, value) | Self::Named(_, value) | Self::Constant(value) => {
                read(*value)
            }
            Self::Apply(function, operand) => function.of(operand.evaluate_with(read)),
            Self::Written(written) => written
                .expression
                .evaluate(&|variable| read(written.values[*variable])),
            Self::Negative(operand) => -operand.evaluate_with(read),
            Self::Sum(left, right) => left.evaluate_with(read) + right.evaluate_with(read),
            Self::Difference(left, right) => left.evaluate_with(read) - right.evaluate_with(read),
            Self::Product(left, right) => left.evaluate_with(read) * right.evaluate_with(read),
            Self::Quotient(left, right) => left.evaluate_with(read) / right.evaluate_with(read),
        }
    }

    /// Whether the numbers as they are displayed come to the value as it is displayed. Each of them is rounded, so
    /// they need not.
    pub fn adds_up(&self, digits: Digits) -> bool {
        let shown = |value: f64| number::display(value, digits);
        let read = |value: f64| number::parse(&shown(value)).unwrap_or(value);
        shown(self.evaluate_with(&read)) == shown(self.evaluate())
    }

    /// Whether the formula is one quantity or number, with nothing to compute.
    pub fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_)
        )
    }

    /// The quantities in the formula, from left to right, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        let quantity = |leaf: &Self| match leaf {
            Self::Quantity(quantity, _) => Some(*quantity),
            _ => None,
        };
        self.leaves().into_iter().filter_map(quantity).collect()
    }

    /// What has a name in the formula, from left to right, each once.
    pub fn leaves(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Self>) {
        match self {
            Self::Quantity(..) | Self::Named(..) if !found.contains(&self) => found.push(self),
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_) | Self::Written(_) => {}
            Self::Negative(operand) | Self::Apply(_, operand) => operand.collect(found),
            Self::Sum(left, right)
            | Self::Difference(left, right)
            | Self::Product(left, right)
            | Self::Quotient(left, right) => {
                left.collect(found);
                right.collect(found);
            }
        }
    }

    /// The formula as text, every leaf in the role of its quantity.
    pub fn print(&self, form: Form) -> Line {
        let mut line = Line::new();
        self.print_into(form, &mut line);
        line
    }

    fn print_into(&self, form: Form, line: &mut Line) {
        match self {
            Self::Quantity(quantity, value) => {
                let text = match form {
                    Form::Symbols => quantity.symbol().into_owned(),
                    Form::Numbers(digits) => number::display(*value, digits),
                    Form::Code(name) | Form::Rust(name) => name(Leaf::Quantity(*quantity)),
                };
                line.push(text, Role::Quantity(*quantity));
            }
            Self::Named(own, value) => {
                let text = match form {
                    Form::Symbols => own.to_string(),
                    Form::Numbers(digits) => number::display(*value, digits),
                    Form::Code(name) | Form::Rust(name) => name(Leaf::Named(own)),
                };
                line.push(text, Role::Quantity(Quantity::Before));
            }
            Self::Apply(function, operand) => {
                let (before, after) = function.around(form);
                line.push(before, Role::Plain);
                operand.print_into(form, line);
                line.push(after, Role::Plain);
            }
            Self::Written(written) => line.push(written.text(form), Role::Plain),
            Self::Sum(..) if self.terms().len() > MOST_TERMS => self.print_long(form, line),
            Self::Constant(value) => {
                let mut text = number::display(*value, Digits::default());
                if matches!(form, Form::Rust(_)) && !text.contains(['.', 'e']) {
                    text.push_str(".0");
                }
                line.push(text, Role::Plain);
            }
            Self::Negative(operand) => {
                line.push("-", Role::Plain);
                operand.print_operand(
                    form,
                    line,
                    operand.binding() <= self.binding() || operand.shows_minus(form),
                );
            }
            Self::Sum(left, right) => match right.turned(form) {
                // `3.56 + (-0.027)` is written, and is to the bit, `3.56 - 0.027`.
                Some(turned) => self.print_binary(form, line, left, " - ", &turned),
                None => self.print_binary(form, line, left, " + ", right),
            },
            Self::Difference(left, right) => self.print_binary(form, line, left, " - ", right),
            Self::Product(left, right) => {
                let times = if matches!(form, Form::Code(_) | Form::Rust(_)) {
                    " * "
                } else {
                    " × "
                };
                self.print_binary(form, line, left, times, right);
            }
            Self::Quotient(left, right) => self.print_binary(form, line, left, " / ", right),
        }
    }

    fn print_binary(&self, form: Form, line: &mut Line, left: &Self, operator: &str, right: &Self) {
        left.print_operand(form, line, left.binding() < self.binding());
        line.push(operator, Role::Plain);
        right.print_operand(
            form,
            line,
            right.binding() <= self.binding() || right.shows_minus(form),
        );
    }

    /// The terms of a sum, from left to right.
    fn terms(&self) -> Vec<&Self> {
        let mut terms = Vec::new();
        let mut rest = self;
        while let Self::Sum(left, right) = rest {
            terms.push(&**right);
            rest = left;
        }
        terms.push(rest);
        terms.reverse();
        terms
    }

    /// A long sum, without its middle.
    fn print_long(&self, form: Form, line: &mut Line) {
        let terms = self.terms();
        let last = terms.len() - LAST_TERMS;
        for (index, term) in terms.iter().enumerate() {
            if index == FIRST_TERMS {
                let left_out = format!(" + … {} more …", last - FIRST_TERMS);
                line.push(left_out, Role::Muted);
            }
            if !(FIRST_TERMS..last).contains(&index) {
                let turned = term.turned(form).filter(|_| index > 0);
                if index > 0 {
                    line.push(if turned.is_some() { " - " } else { " + " }, Role::Plain);
                }
                let term = turned.as_ref().unwrap_or(term);
                term.print_operand(form, line, term.binding() <= 1);
            }
        }
    }

    fn print_operand(&self, form: Form, line: &mut Line, parentheses: bool) {
        if parentheses {
            line.push("(", Role::Plain);
        }
        self.print_into(form, line);
        if parentheses {
            line.push(")", Role::Plain);
        }
    }

    /// How tightly the outermost operation binds.
    fn binding(&self) -> u8 {
        match self {
            Self::Sum(..) | Self::Difference(..) => 1,
            Self::Written(written) => match written.expression {
                Expression::Number(_) | Expression::Name(_) => 4,
                _ => 1,
            },
            Self::Product(..) | Self::Quotient(..) => 2,
            Self::Negative(_) => 3,
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_) | Self::Apply(..) => 4,
        }
    }

    /// Whether the printed operand begins with a minus sign and so needs parentheses after an operator.
    fn shows_minus(&self, form: Form) -> bool {
        match self {
            Self::Negative(_) => true,
            Self::Written(written) => written.text(form).starts_with('-'),
            Self::Quantity(_, value) | Self::Named(_, value) => {
                matches!(form, Form::Numbers(_)) && *value < 0.0
            }
            Self::Constant(value) => *value < 0.0,
            _ => false,
        }
    }

    /// The same with its sign turned, to the bit, where it would be printed with a minus sign in front.
    fn turned(&self, form: Form) -> Option<Self> {
        match self {
            Self::Product(left, right) => {
                let left = left.turned(form)?;
                Some(Self::Product(Box::new(left), right.clone()))
            }
            Self::Quantity(quantity, value) if self.shows_minus(form) => {
                Some(Self::Quantity(*quantity, -value))
            }
            Self::Named(name, value) if self.shows_minus(form) => {
                Some(Self::Named(Arc::clone(name), -value))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(value: f64) -> Formula {
        Formula::Quantity(Quantity::Delta, value)
    }

    fn printed(formula: &Formula) -> String {
        formula.print(Form::Numbers(Digits::default())).text()
    }

    #[test]
    fn parentheses_stand_where_the_arithmetic_needs_them() {
        assert_eq!(
            printed(&(leaf(2.0) * (leaf(3.0) * leaf(4.0) + leaf(5.0)))),
            "2 × (3 × 4 + 5)"
        );
        assert_eq!(
            printed(&(leaf(1.0) + (leaf(2.0) + leaf(3.0)))),
            "1 + (2 + 3)"
        );
        assert_eq!(
            printed(&((Formula::Constant(1.0) - leaf(0.9)) * leaf(2.0))),
            "(1 - 0.9) × 2"
        );
    }

    #[test]
    fn rounded_numbers_are_known_not_to_add_up() {
        let digits = Digits::new(2).unwrap();
        assert!((leaf(3.56) + leaf(0.027)).adds_up(Digits::default()));
        assert!(
            !(leaf(1.04) + leaf(1.04)).adds_up(digits),
            "1 + 1 is not 2.1"
        );
    }

    #[test]
    fn negative_numbers_read_naturally() {
        assert_eq!(printed(&(leaf(3.56) + leaf(-0.027))), "3.56 - 0.027");
        assert_eq!(printed(&(leaf(0.01) * leaf(-2.7))), "0.01 × (-2.7)");
        assert_eq!(printed(&(-leaf(0.01) * leaf(-2.7))), "-0.01 × (-2.7)");
        assert_eq!(printed(&-leaf(-2.0)), "-(-2)");
        assert_eq!(printed(&(leaf(1.0) - leaf(-2.0))), "1 - (-2)");
    }
}
