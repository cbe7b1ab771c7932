//! Arithmetic as data: it evaluates, and prints in symbols, in numbers and as code.

use crate::math::portable;
use std::borrow::Cow;
use std::sync::Arc;

use super::expression::{Leaves, write};
use super::number::{self, Digits};
use super::{Line, Quantity, Role, negated};
use crate::math::Numeric;
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
    /// An operation on two operands.
    Binary(Operator, Box<Formula>, Box<Formula>),
    /// A function of the operand.
    Apply(Function, Box<Formula>),
    /// A formula as a lesson writes it.
    Written(Arc<Written>),
}

/// Operations on two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// left + right
    Plus,
    /// left - right
    Minus,
    /// left x right
    Times,
    /// left / right
    Over,
}

impl Operator {
    /// The formula of two operands.
    pub fn of(self, left: Formula, right: Formula) -> Formula {
        Formula::Binary(self, Box::new(left), Box::new(right))
    }

    fn apply(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Plus => left + right,
            Self::Minus => left - right,
            Self::Times => left * right,
            Self::Over => left / right,
        }
    }

    fn text(self, form: Form) -> &'static str {
        match (self, form) {
            (Self::Plus, _) => " + ",
            (Self::Minus, _) => " - ",
            (Self::Times, Form::Code(_) | Form::Rust(_)) => " * ",
            (Self::Times, Form::Symbols | Form::Numbers(_)) => " × ",
            (Self::Over, _) => " / ",
        }
    }

    /// How tightly it binds.
    fn binding(self) -> u8 {
        match self {
            Self::Plus | Self::Minus => 1,
            Self::Times | Self::Over => 2,
        }
    }
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
    fn is_leaf(&self) -> bool {
        matches!(self.expression, Expression::Number(_) | Expression::Name(_))
    }

    fn text(&self, form: Form) -> String {
        let number = |value: f64| match form {
            Form::Numbers(digits) => number::display(value, digits),
            Form::Symbols | Form::Code(_) | Form::Rust(_) => number::display(value, Digits::MOST),
        };
        let name = |variable: &usize| match form {
            Form::Numbers(digits) => number::display(self.values[*variable], digits),
            Form::Symbols | Form::Code(_) | Form::Rust(_) => self.names[*variable].clone(),
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
            Form::Symbols | Form::Numbers(_) | Form::Rust(_) => text,
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
    /// The square root.
    Sqrt,
    /// The operand times itself, so many times.
    Power(u32),
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
            Self::Sqrt => value.sqrt(),
            Self::Power(exponent) => value.power(exponent),
        }
    }

    /// What stands before the operand's parenthesis and after it.
    fn around(self, form: Form) -> (&'static str, Cow<'static, str>) {
        let (before, after) = match (self, form) {
            (Self::Power(exponent), form) => {
                let after = match form {
                    Form::Rust(_) => format!(").powi({exponent})"),
                    Form::Code(_) => format!(")**{exponent}"),
                    Form::Symbols | Form::Numbers(_) => format!(")^{exponent}"),
                };
                return ("(", after.into());
            }
            (Self::Tanh, Form::Rust(_)) => ("(", ").tanh()"),
            (Self::Exp, Form::Rust(_)) => ("(", ").exp()"),
            (Self::Ln, Form::Rust(_)) => ("(", ").ln()"),
            (Self::Relu, Form::Rust(_)) => ("(", ").max(0.0)"),
            (Self::Square, Form::Rust(_)) => ("(", ").powi(2)"),
            (Self::Sqrt, Form::Rust(_)) => ("(", ").sqrt()"),
            (Self::Sqrt, _) => ("sqrt(", ")"),
            (Self::Tanh, _) => ("tanh(", ")"),
            (Self::Exp, _) => ("exp(", ")"),
            (Self::Ln, Form::Code(_)) => ("log(", ")"),
            (Self::Ln, _) => ("ln(", ")"),
            (Self::Relu, _) => ("max(0, ", ")"),
            (Self::Square, Form::Code(_)) => ("(", ")**2"),
            (Self::Square, _) => ("(", ")²"),
        };
        (before, after.into())
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
        Operator::Plus.of(self, right)
    }
}

impl std::ops::Sub for Formula {
    type Output = Self;
    fn sub(self, right: Self) -> Self {
        Operator::Minus.of(self, right)
    }
}

impl std::ops::Mul for Formula {
    type Output = Self;
    fn mul(self, right: Self) -> Self {
        Operator::Times.of(self, right)
    }
}

impl std::ops::Div for Formula {
    type Output = Self;
    fn div(self, right: Self) -> Self {
        Operator::Over.of(self, right)
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
            Self::Binary(operator, left, right) => {
                operator.apply(left.evaluate_with(read), right.evaluate_with(read))
            }
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
        let mut quantities = Vec::new();
        for leaf in self.leaves() {
            if let Self::Quantity(quantity, _) = leaf {
                quantities.push(*quantity);
            }
        }
        quantities
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
            Self::Binary(_, left, right) => {
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
            Self::Binary(Operator::Plus, ..) if self.terms().len() > MOST_TERMS => {
                self.print_long(form, line);
            }
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
            Self::Binary(operator, left, right) => {
                // `3.56 + (-0.027)` is written, and is to the bit, `3.56 - 0.027`.
                let turned = right.turned(form).filter(|_| *operator == Operator::Plus);
                match turned {
                    Some(turned) => self.print_binary(form, line, left, Operator::Minus, &turned),
                    None => self.print_binary(form, line, left, *operator, right),
                }
            }
        }
    }

    fn print_binary(
        &self,
        form: Form,
        line: &mut Line,
        left: &Self,
        operator: Operator,
        right: &Self,
    ) {
        left.print_operand(form, line, left.binding() < self.binding());
        line.push(operator.text(form), Role::Plain);
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
        while let Self::Binary(Operator::Plus, left, right) = rest {
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
            Self::Written(written) if written.is_leaf() => 4,
            Self::Written(_) => 1,
            Self::Binary(operator, ..) => operator.binding(),
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
            Self::Binary(..) | Self::Apply(..) => false,
        }
    }

    /// The same with its sign turned, to the bit, where it would be printed with a minus sign in front.
    fn turned(&self, form: Form) -> Option<Self> {
        match self {
            Self::Binary(Operator::Times, left, right) => {
                Some(left.turned(form)? * (**right).clone())
            }
            Self::Quantity(quantity, value) if self.shows_minus(form) => {
                Some(Self::Quantity(*quantity, -value))
            }
            Self::Named(name, value) if self.shows_minus(form) => {
                Some(Self::Named(Arc::clone(name), -value))
            }
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Negative(_)
            | Self::Binary(..)
            | Self::Apply(..)
            | Self::Written(_) => None,
        }
    }

    /// The formula without the first of its factors that is this one, the outermost first; `None` where it has none.
    pub fn without(&self, factor: &Self) -> Option<Self> {
        match self {
            Self::Binary(Operator::Times, left, right) if **left == *factor => {
                Some((**right).clone())
            }
            Self::Binary(Operator::Times, left, right) if **right == *factor => {
                Some((**left).clone())
            }
            Self::Binary(operator, left, right) => match left.without(factor) {
                Some(left) => Some(operator.of(left, (**right).clone())),
                None => Some(operator.of((**left).clone(), right.without(factor)?)),
            },
            Self::Negative(operand) => Some(-operand.without(factor)?),
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Apply(..)
            | Self::Written(_) => None,
        }
    }

    /// What is left of a sum or difference without the operand that has a quantity in it; `None` where both have, or
    /// neither.
    pub fn apart_from(&self, quantity: Quantity) -> Option<Self> {
        let Self::Binary(operator @ (Operator::Plus | Operator::Minus), left, right) = self else {
            return None;
        };
        let has = |formula: &Self| formula.quantities().contains(&quantity);
        match (has(left), has(right)) {
            (false, true) => Some((**left).clone()),
            (true, false) if *operator == Operator::Minus => Some(negated((**right).clone())),
            (true, false) => Some((**right).clone()),
            (true, true) | (false, false) => None,
        }
    }

    /// Whether the formula is written with a minus sign in front, whatever the values.
    pub(super) fn begins_with_minus(&self) -> bool {
        match self {
            Self::Negative(_) => true,
            Self::Binary(Operator::Times | Operator::Over, left, _) => left.begins_with_minus(),
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Binary(..)
            | Self::Apply(..)
            | Self::Written(_) => false,
        }
    }
}
