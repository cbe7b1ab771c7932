//! Arithmetic as data: it evaluates, and prints in symbols, in numbers and as code.

use crate::math::portable;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use super::expression::{Leaves, write, write_code};
use super::number::{self, Digits};
use super::{Language, Line, Quantity, Role, negated};
use crate::math::expression::Expression;
use crate::math::{Numeric, Rough, operators};

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
    /// More than a few terms, added from left to right; see [`Formula::sum`].
    Sum(Vec<Formula>),
    /// A function of the operand.
    Apply(Function, Box<Formula>),
    /// A formula as a lesson writes it.
    Written(Arc<Written>),
    /// 0, since the parameter is not trained.
    Untrained,
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
            (Self::Times, Form::Code(..)) => " * ",
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
            Form::Symbols => number::display(value, Digits::MOST),
            Form::Code(language, _) => language.constant(value),
        };
        let name = |variable: &usize| {
            let (own, value) = (&self.names[*variable], self.values[*variable]);
            Leaf::Named(own).text(value, form)
        };
        let (number, name) = (&number, &name);
        let leaves = Leaves { number, name };
        match form {
            Form::Code(language, _) => write_code(&self.expression, &leaves, language),
            Form::Symbols | Form::Numbers(_) => write(&self.expression, &leaves),
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
            Self::Relu if value > 0.0 => value,
            Self::Relu => 0.0,
            Self::Square => value * value,
            Self::Sqrt => value.sqrt(),
            Self::Power(exponent) => value.power(exponent),
        }
    }

    /// What stands before the operand's parenthesis and after it.
    fn around(self, form: Form) -> (Cow<'static, str>, Cow<'static, str>) {
        let (before, after): (Cow<str>, Cow<str>) = match (self, form) {
            (_, Form::Code(language, _)) => return language.around(self),
            (Self::Tanh, _) => ("tanh(".into(), ")".into()),
            (Self::Exp, _) => ("exp(".into(), ")".into()),
            (Self::Ln, _) => ("ln(".into(), ")".into()),
            (Self::Relu, _) => ("max(0, ".into(), ")".into()),
            (Self::Square, _) => ("(".into(), ")²".into()),
            (Self::Sqrt, _) => ("sqrt(".into(), ")".into()),
            (Self::Power(exponent), _) => ("(".into(), format!(")^{exponent}").into()),
        };
        (before, after)
    }
}

/// What the leaves of a printed formula look like.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// `η × g`
    Symbols,
    /// `0.01 × 2.7`
    Numbers(Digits),
    /// `learnRate * grad`: names from a function, the rest as a language has it.
    Code(Language, &'a dyn Fn(Leaf) -> String),
}

/// What a leaf of a formula stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Leaf<'a> {
    /// A quantity.
    Quantity(Quantity),
    /// Something with a name of its own.
    Named(&'a str),
}

impl Leaf<'_> {
    fn text(self, value: f64, form: Form) -> String {
        match (form, self) {
            (Form::Symbols, Self::Quantity(quantity)) => quantity.symbol().into_owned(),
            (Form::Symbols, Self::Named(own)) => own.to_owned(),
            (Form::Numbers(digits), _) => number::display(value, digits),
            (Form::Code(_, name), leaf) => name(leaf),
        }
    }
}

/// Of a longer sum, only the first terms and the last are printed.
const MOST_TERMS: usize = 9;
/// So many of the first terms,
const FIRST_TERMS: usize = 4;
/// and so many of the last.
const LAST_TERMS: usize = 2;

/// The text between the places where one text has 0 and the other 1, the rest being the same; the whole text where
/// they differ otherwise.
fn counted<'a>(zero: &'a str, one: &str) -> Vec<&'a str> {
    let mut pattern = Vec::new();
    let mut begin = 0;
    if zero.len() == one.len() {
        for (index, (a, b)) in zero.bytes().zip(one.bytes()).enumerate() {
            if (a, b) == (b'0', b'1') {
                pattern.push(&zero[begin..index]);
                begin = index + 1;
            }
        }
    }
    pattern.push(&zero[begin..]);
    pattern
}

operators! { Formula:
    Add, add = |left, right| left.plus(right);
    Sub, sub = |left, right| Operator::Minus.of(left, right);
    Mul, mul = |left, right| Operator::Times.of(left, right);
    Div, div = |left, right| Operator::Over.of(left, right);
}

impl std::ops::Neg for Formula {
    type Output = Self;
    fn neg(self) -> Self {
        Self::Negative(Box::new(self))
    }
}

impl Formula {
    /// Terms added from left to right. A node of a wide layer adds up tens of thousands: kept as operands of operands,
    /// they would lie deeper than a program can go.
    pub fn sum(terms: Vec<Self>) -> Self {
        if terms.len() > MOST_TERMS {
            return Self::Sum(terms);
        }
        let sum = terms.into_iter().reduce(|sum, term| sum + term);
        sum.unwrap_or(Self::Constant(0.0))
    }

    fn plus(self, right: Self) -> Self {
        if let Self::Sum(mut terms) = self {
            terms.push(right);
            return Self::Sum(terms);
        }
        Operator::Plus.of(self, right)
    }

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
            Self::Untrained => 0.0,
            Self::Negative(operand) => -operand.evaluate_with(read),
            Self::Binary(operator, left, right) => {
                operator.apply(left.evaluate_with(read), right.evaluate_with(read))
            }
            Self::Sum(terms) => {
                let values = terms.iter().map(|term| term.evaluate_with(read));
                values.reduce(|sum, value| sum + value).unwrap_or(0.0)
            }
        }
    }

    /// The value, with how far rounding may have moved it; `leaf` says it of a quantity.
    pub fn rough(&self, leaf: &dyn Fn(Quantity, f64) -> Rough) -> Rough {
        match self {
            Self::Quantity(quantity, value) => leaf(*quantity, *value),
            Self::Named(_, value) | Self::Constant(value) => Rough::rounded(*value),
            Self::Untrained => Rough::rounded(0.0),
            Self::Apply(function, operand) => operand.rough(leaf).map(|a| function.of(a)),
            Self::Written(written) => {
                let value = |variable: &usize| Rough::rounded(written.values[*variable]);
                written.expression.rough(&value)
            }
            Self::Negative(operand) => operand.rough(leaf).map(|a| -a),
            Self::Binary(operator, left, right) => {
                let right = right.rough(leaf);
                left.rough(leaf).with(right, |a, b| operator.apply(a, b))
            }
            Self::Sum(terms) => {
                let values = terms.iter().map(|term| term.rough(leaf));
                let sum = values.reduce(|sum, value| sum.with(value, |a, b| a + b));
                sum.unwrap_or(Rough::rounded(0.0))
            }
        }
    }

    /// The same with 0 for some quantities.
    pub(super) fn without_noise(&self, noise: &[Quantity]) -> Self {
        let inner = |operand: &Self| Box::new(operand.without_noise(noise));
        match self {
            Self::Quantity(quantity, _) if noise.contains(quantity) => {
                Self::Quantity(*quantity, 0.0)
            }
            Self::Negative(operand) => Self::Negative(inner(operand)),
            Self::Apply(function, operand) => Self::Apply(*function, inner(operand)),
            Self::Binary(operator, left, right) => {
                Self::Binary(*operator, inner(left), inner(right))
            }
            Self::Sum(terms) => {
                Self::Sum(terms.iter().map(|term| term.without_noise(noise)).collect())
            }
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Written(_)
            | Self::Untrained => self.clone(),
        }
    }

    /// Whether the numbers as they are displayed come to the value as it is displayed. Each of them is rounded, so
    /// they need not.
    pub fn adds_up(&self, digits: Digits) -> bool {
        let shown = |value: f64| number::display(value, digits);
        let read = |value: f64| number::parse(&shown(value)).unwrap_or(value);
        shown(self.evaluate_with(&read)) == shown(self.evaluate())
    }

    /// The numbers filled in and what they come to, `≈` where the rounded numbers do not add up, or where rounding is
    /// all that is left; of a leaf, what it comes to alone.
    pub fn arithmetic(&self, value: Rough, role: Role, digits: Digits) -> Line {
        let result = Line::new().with(number::display(value.shown(), digits), role);
        if *self == Self::Untrained {
            return result.and(", not trained");
        }
        if self.is_leaf() {
            return result;
        }
        let adds_up = !value.is_noise() && self.adds_up(digits);
        let numbers = self.print(Form::Numbers(digits));
        let line = numbers.and(if adds_up { " = " } else { " ≈ " });
        line.joined(result)
    }

    /// Whether the formula is one quantity or number, with nothing to compute.
    pub fn is_leaf(&self) -> bool {
        matches!(
            self,
            Self::Quantity(..) | Self::Named(..) | Self::Constant(_) | Self::Untrained
        )
    }

    /// The quantities in the formula, from left to right, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        self.leaves()
            .into_iter()
            .filter_map(Self::quantity)
            .collect()
    }

    /// Those of them whose numbers are seen where the formula is printed: a long sum is, without its middle.
    pub fn shown_quantities(&self) -> Vec<Quantity> {
        let shown = self.leaves_of(Self::shown_terms);
        shown.into_iter().filter_map(Self::quantity).collect()
    }

    fn quantity(&self) -> Option<Quantity> {
        if let Self::Quantity(quantity, _) = self {
            return Some(*quantity);
        }
        None
    }

    /// What has a name in the formula, from left to right, each once.
    pub fn leaves(&self) -> Vec<&Self> {
        self.leaves_of(|terms| [terms, &[]])
    }

    /// The first terms of a long sum, and the last.
    fn shown_terms(terms: &[Self]) -> [&[Self]; 2] {
        let (first, rest) = terms.split_at(FIRST_TERMS.min(terms.len()));
        [first, &rest[rest.len().saturating_sub(LAST_TERMS)..]]
    }

    /// What has a name in the formula; in those terms of long sums that are chosen.
    fn leaves_of(&self, chosen: fn(&[Self]) -> [&[Self]; 2]) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut known = HashSet::new();
        let mut rest = vec![self];
        while let Some(next) = rest.pop() {
            let (leaf, value) = match next {
                Self::Quantity(quantity, value) => (Leaf::Quantity(*quantity), value),
                Self::Named(own, value) => (Leaf::Named(own), value),
                Self::Constant(_) | Self::Untrained | Self::Written(_) => continue,
                Self::Negative(operand) | Self::Apply(_, operand) => {
                    rest.push(operand);
                    continue;
                }
                Self::Binary(_, left, right) => {
                    rest.extend([&**right, &**left]);
                    continue;
                }
                Self::Sum(terms) => {
                    rest.extend(chosen(terms).into_iter().flatten().rev());
                    continue;
                }
            };
            if known.insert((leaf, value.to_bits())) {
                found.push(next);
            }
        }
        found
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
                let text = Leaf::Quantity(*quantity).text(*value, form);
                line.push(text, Role::Quantity(*quantity));
            }
            Self::Named(own, value) => {
                let text = Leaf::Named(own).text(*value, form);
                line.push(text, Role::Quantity(Quantity::Before));
            }
            Self::Apply(function, operand) => {
                let (before, after) = function.around(form);
                line.push(before, Role::Plain);
                operand.print_into(form, line);
                line.push(after, Role::Plain);
            }
            Self::Written(written) => line.push(written.text(form), Role::Plain),
            Self::Sum(terms) => match form {
                Form::Code(language, _) => Self::print_sum(terms, form, line, language),
                Form::Symbols | Form::Numbers(_) => Self::print_long(terms, form, line),
            },
            Self::Untrained => match form {
                Form::Symbols | Form::Numbers(_) => line.push("not trained", Role::Plain),
                Form::Code(..) => Self::Constant(0.0).print_into(form, line),
            },
            Self::Constant(value) => {
                let text = match form {
                    Form::Code(language, _) => language.constant(*value),
                    Form::Symbols | Form::Numbers(_) => number::display(*value, Digits::default()),
                };
                line.push(text, Role::Plain);
            }
            Self::Negative(operand) => {
                line.push("-", Role::Plain);
                self.print_after(form, line, operand);
            }
            Self::Binary(operator, left, right) => {
                // `3.56 + (-0.027)` is written, and is to the bit, `3.56 - 0.027`.
                let turned = right.turned(form).filter(|_| *operator == Operator::Plus);
                let (operator, right) = match &turned {
                    Some(turned) => (Operator::Minus, turned),
                    None => (*operator, &**right),
                };
                left.print_operand(form, line, left.binding() < self.binding());
                line.push(operator.text(form), Role::Plain);
                self.print_after(form, line, right);
            }
        }
    }

    /// An operand that stands behind the operator.
    fn print_after(&self, form: Form, line: &mut Line, operand: &Self) {
        let loose = operand.binding() <= self.binding();
        operand.print_operand(form, line, loose || operand.shows_minus(form));
    }

    /// A long sum as code: terms that differ in a place they count up are added in a loop.
    fn print_sum(terms: &[Self], form: Form, line: &mut Line, language: Language) {
        let texts = terms.iter().map(|term| {
            let mut text = Line::new();
            term.print_operand(form, &mut text, term.binding() <= 1);
            text.text()
        });
        let texts: Vec<String> = texts.collect();
        let pattern = counted(&texts[0], &texts[1]);
        let fits = |(index, text): &(usize, &String)| **text == pattern.join(&index.to_string());
        let count = texts.iter().enumerate().take_while(fits).count();
        let sum = (count > LAST_TERMS).then(|| language.sum(&pattern.join("k"), count));
        let alone = &texts[if sum.is_some() { count } else { 0 }..];
        let all: Vec<&str> = sum.iter().chain(alone).map(String::as_str).collect();
        line.push(all.join(" + "), Role::Plain);
    }

    /// A long sum, without its middle.
    fn print_long(terms: &[Self], form: Form, line: &mut Line) {
        let [first, last] = Self::shown_terms(terms);
        let left_out = terms.len() - first.len() - last.len();
        for (index, term) in first.iter().chain(last).enumerate() {
            if index == first.len() {
                line.push(format!(" + … {left_out} more …"), Role::Muted);
            }
            let turned = term.turned(form).filter(|_| index > 0);
            if index > 0 {
                line.push(if turned.is_some() { " - " } else { " + " }, Role::Plain);
            }
            let term = turned.as_ref().unwrap_or(term);
            term.print_operand(form, line, term.binding() <= 1);
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
            Self::Sum(_) => Operator::Plus.binding(),
            Self::Negative(_) => 3,
            Self::Quantity(..)
            | Self::Named(..)
            | Self::Constant(_)
            | Self::Untrained
            | Self::Apply(..) => 4,
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
            Self::Binary(..) | Self::Sum(_) | Self::Apply(..) | Self::Untrained => false,
        }
    }

    /// The same with its sign turned, to the bit, where it would be printed with a minus sign in front.
    fn turned(&self, form: Form) -> Option<Self> {
        if let Self::Binary(Operator::Times, left, right) = self {
            return Some(left.turned(form)? * (**right).clone());
        }
        if !self.is_leaf() || !self.shows_minus(form) {
            return None;
        }
        let mut turned = self.clone();
        let (Self::Quantity(_, value) | Self::Named(_, value)) = &mut turned else {
            return None;
        };
        *value = -*value;
        Some(turned)
    }

    /// The formula without the first of its factors that is this one, the outermost first; `None` where it has none.
    pub fn without(&self, factor: &Self) -> Option<Self> {
        if let Self::Negative(operand) = self {
            return Some(-operand.without(factor)?);
        }
        if let Self::Sum(terms) = self {
            let mut less = terms.iter().map(|term| term.without(factor));
            let place = less.position(|term| term.is_some())?;
            let mut terms = terms.clone();
            terms[place] = terms[place].without(factor)?;
            return Some(Self::Sum(terms));
        }
        let Self::Binary(operator, left, right) = self else {
            return None;
        };
        let product = *operator == Operator::Times;
        if product && **left == *factor {
            Some((**right).clone())
        } else if product && **right == *factor {
            Some((**left).clone())
        } else if let Some(left) = left.without(factor) {
            Some(operator.of(left, (**right).clone()))
        } else {
            let right = right.without(factor)?;
            Some(operator.of((**left).clone(), right))
        }
    }

    /// What is left of a sum or difference without the operand that has a quantity in it; `None` where both have, or
    /// neither.
    pub fn apart_from(&self, quantity: Quantity) -> Option<Self> {
        // Wide sums are those of nodes, which are made of many quantities of a kind.
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
        if let Self::Binary(Operator::Times | Operator::Over, left, _) = self {
            return left.begins_with_minus();
        }
        matches!(self, Self::Negative(_))
    }
}
