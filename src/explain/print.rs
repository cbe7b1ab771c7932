//! A formula as text: as symbols, as numbers, as code.

use std::borrow::Cow;

use super::expression::{Leaves, write_code, write_readably};
use super::formula::LAST_TERMS;
use super::number::{self, Decimal, Digits};
use super::{Formula, Function, Language, Line, Operator, Quantity, Role, Written};
use crate::math::Rough;

/// What the leaves of a printed formula look like.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// `η × g`
    Symbols(Decimal),
    /// `0.01 × 2.7`
    Numbers(Digits),
    /// `learnRate * grad`: names from a function, the rest as a language has it.
    Code(Language, &'a dyn Fn(Leaf) -> String),
}

impl Form<'_> {
    /// What decimals begin with.
    fn decimal(self) -> Decimal {
        match self {
            Self::Symbols(mark) => mark,
            Self::Numbers(digits) => digits.decimal(),
            Self::Code(..) => Decimal::Point,
        }
    }
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
            (Form::Symbols(_), Self::Quantity(quantity)) => quantity.symbol().into_owned(),
            (Form::Symbols(_), Self::Named(own)) => own.to_owned(),
            (Form::Numbers(digits), _) => number::display(value, digits),
            (Form::Code(_, name), leaf) => name(leaf),
        }
    }
}

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

impl Operator {
    fn text(self, form: Form) -> &'static str {
        match (self, form) {
            (Self::Plus, _) => " + ",
            (Self::Minus, _) => " - ",
            (Self::Times, Form::Code(..)) => " * ",
            (Self::Times, Form::Symbols(_) | Form::Numbers(_)) => " × ",
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

impl Written {
    fn text(&self, form: Form) -> String {
        let number = |value: f64| match form {
            Form::Numbers(digits) => number::display(value, digits),
            Form::Symbols(mark) => number::display(value, Digits::MOST.with(mark)),
            Form::Code(language, _) => language.constant(value),
        };
        let name = |variable: &usize| {
            let (own, value) = (&self.names[*variable], self.values[*variable]);
            Leaf::Named(own).text(value, form)
        };
        let (number, name) = (&number, &name);
        let mark = form.decimal();
        let leaves = Leaves {
            number,
            name,
            decimal: mark,
        };
        match form {
            Form::Code(language, _) => write_code(&self.expression, &leaves, language),
            Form::Symbols(_) | Form::Numbers(_) => write_readably(&self.expression, &leaves),
        }
    }
}

impl Function {
    /// What stands before the operand's parenthesis and after it.
    fn around(self, form: Form) -> (Cow<'static, str>, Cow<'static, str>) {
        let (before, after): (Cow<str>, Cow<str>) = match (self, form) {
            (_, Form::Code(language, _)) => return language.around(self),
            (Self::Tanh, _) => ("tanh(".into(), ")".into()),
            (Self::Exp, _) => ("exp(".into(), ")".into()),
            (Self::Ln, _) => ("ln(".into(), ")".into()),
            (Self::Relu, _) => (
                format!("max(0{} ", form.decimal().between()).into(),
                ")".into(),
            ),
            (Self::Square, _) => ("(".into(), ")²".into()),
            (Self::Sqrt, _) => ("sqrt(".into(), ")".into()),
            (Self::Power(exponent), _) => ("(".into(), format!(")^{exponent}").into()),
        };
        (before, after)
    }
}

impl Formula {
    /// Whether the numbers as they are displayed come to the value as it is displayed. Each of them is rounded, so
    /// they need not.
    pub fn adds_up(&self, digits: Digits) -> bool {
        let shown = |value: f64| number::display(value, digits);
        let rounded = |value| number::rounded(value, digits);
        shown(self.evaluate_with(&rounded)) == shown(self.evaluate())
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
                Form::Symbols(_) | Form::Numbers(_) => Self::print_long(terms, form, line),
            },
            Self::Untrained => match form {
                Form::Symbols(_) | Form::Numbers(_) => line.push("not trained", Role::Plain),
                Form::Code(..) => Self::Constant(0.0).print_into(form, line),
            },
            Self::Constant(value) => {
                let text = match form {
                    Form::Code(language, _) => language.constant(*value),
                    Form::Symbols(_) | Form::Numbers(_) => {
                        number::display(*value, Digits::usual(form.decimal()))
                    }
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
}
