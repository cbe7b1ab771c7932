//! Expressions written out: as they are typed, `0.1*x^2`, for reading, `0.1 × (-9)²`, or as code.

use super::Language;
use crate::math::expression::{Binary, Decimal, Expression, Unary};

/// How the leaves of a written expression look.
pub struct Leaves<'a, N> {
    /// The text of a number.
    pub number: &'a dyn Fn(f64) -> String,
    /// The text of a name, which may be a number.
    pub name: &'a dyn Fn(&N) -> String,
    /// What decimals begin with, and so what parts the arguments of functions.
    pub decimal: Decimal,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Typed,
    Read,
    Code(Language),
}

impl Form {
    fn language(self) -> Option<Language> {
        match self {
            Self::Code(language) => Some(language),
            Self::Typed | Self::Read => None,
        }
    }
}

/// A text, and how tightly its outermost operation binds.
struct Bound {
    text: String,
    binding: u8,
}

const NOT: u8 = 3;
const ADD: u8 = 5;
const MULTIPLY: u8 = 6;
const NEGATIVE: u8 = 7;
const POWER: u8 = 8;
/// Numbers, names and functions.
const WHOLE: u8 = 9;

/// An expression as it would be typed, with no more parentheses than it needs. What begins with a minus sign has
/// them after an operator: `0.1*(-9)`.
///
/// With numbers written exactly, the text reads back as an expression of the same value, bit for bit.
pub fn write<N>(expression: &Expression<N>, leaves: &Leaves<N>) -> String {
    written(expression, leaves, Form::Typed).text
}

/// An expression for reading, with signs as in a formula: `0.1 × (-9)²`. It reads back, too.
pub fn write_readably<N>(expression: &Expression<N>, leaves: &Leaves<N>) -> String {
    written(expression, leaves, Form::Read).text
}

/// An expression as code: with the functions of a language, and its powers.
pub fn write_code<N>(expression: &Expression<N>, leaves: &Leaves<N>, language: Language) -> String {
    written(expression, leaves, Form::Code(language)).text
}

fn written<N>(expression: &Expression<N>, leaves: &Leaves<N>, form: Form) -> Bound {
    let language = form.language();
    let call = |name: &str, arguments: &[&Expression<N>]| {
        let is_number = arguments.iter().all(|a| a.names().is_empty());
        if is_number && language.is_some_and(Language::is_library) {
            // Their functions take no plain numbers.
            return leaf((leaves.number)(expression.evaluate(&|_| f64::NAN)));
        }
        let texts = arguments.iter().map(|argument| {
            let text = written(argument, leaves, form).text;
            match language {
                Some(language) if argument.names().is_empty() => language.tensor(text),
                _ => text,
            }
        });
        let name = language.map_or(name.to_owned(), |language| language.function(name));
        let text = format!(
            "{name}({})",
            texts
                .collect::<Vec<_>>()
                .join(&format!("{} ", leaves.decimal.between()))
        );
        Bound {
            text,
            binding: WHOLE,
        }
    };
    let written = |operand| written(operand, leaves, form);
    match expression {
        Expression::Number(value) => leaf((leaves.number)(*value)),
        Expression::Name(name) => leaf((leaves.name)(name)),
        Expression::Unary(Unary::Negative, operand) => Bound {
            text: format!("-{}", after(written(operand), NEGATIVE)),
            binding: NEGATIVE,
        },
        Expression::Unary(Unary::Not, operand) => Bound {
            text: format!("not {}", before(written(operand), NOT)),
            binding: NOT,
        },
        Expression::Unary(operation, operand) => {
            call(name_of(&Unary::FUNCTIONS, *operation), &[&**operand])
        }
        Expression::Binary(Binary::Power, left, right) if language == Some(Language::Rust) => {
            let base = written(left).text;
            leaf(match whole(right) {
                Some(whole) => format!("f64::powi({base}, {whole})"),
                None => format!("f64::powf({base}, {})", written(right).text),
            })
        }
        Expression::Binary(operation, left, right) => match sign(*operation, form) {
            None => call(
                name_of(&Binary::FUNCTIONS, *operation),
                &[&**left, &**right],
            ),
            Some((sign, binding)) => {
                let (a, b) = (written(left), written(right));
                let text = match binding {
                    POWER if form == Form::Read => raised(a, b),
                    // To the right: the exponent may be another power, and the base may not.
                    POWER => format!("{}{sign}{}", before(a, POWER + 1), after(b, NEGATIVE)),
                    _ => format!("{}{sign}{}", before(a, binding), after(b, binding + 1)),
                };
                Bound { text, binding }
            }
        },
    }
}

/// The whole number that an expression is written as, where it is one.
fn whole<N>(expression: &Expression<N>) -> Option<i32> {
    match expression {
        Expression::Number(value) if value.fract() == 0.0 && value.abs() <= f64::from(i32::MAX) => {
            Some(*value as i32)
        }
        Expression::Unary(Unary::Negative, operand) => whole(operand)
            .filter(|whole| *whole >= 0)
            .map(|whole| -whole),
        Expression::Number(_)
        | Expression::Name(_)
        | Expression::Unary(..)
        | Expression::Binary(..) => None,
    }
}

/// Whether what is written of an expression begins with the name of a function.
pub fn begins_with_function<N>(expression: &Expression<N>) -> bool {
    match expression {
        Expression::Number(_) | Expression::Name(_) => false,
        Expression::Unary(operation, _) => {
            Unary::FUNCTIONS.iter().any(|(_, known)| known == operation)
        }
        Expression::Binary(operation, left, _) => {
            let is_function = Binary::FUNCTIONS
                .iter()
                .any(|(_, known)| known == operation);
            is_function || begins_with_function(left)
        }
    }
}

/// A base with its exponent, as a raised digit where it is one from 2 on.
fn raised(base: Bound, exponent: Bound) -> String {
    const RAISED: [char; 8] = ['²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    // A power of ten in a number would take the exponent for itself.
    let is_number = base.text.starts_with(|first: char| first.is_ascii_digit());
    let base = if is_number && base.text.contains('e') && base.binding == WHOLE {
        format!("({})", base.text)
    } else {
        before(base, POWER + 1)
    };
    let digit: Option<usize> = exponent.text.parse().ok();
    match digit.and_then(|digit| RAISED.get(digit.checked_sub(2)?)) {
        Some(digit) => format!("{base}{digit}"),
        None => format!("{base}^{}", after(exponent, NEGATIVE)),
    }
}

fn leaf(text: String) -> Bound {
    let binding = if text.starts_with('-') {
        NEGATIVE
    } else {
        WHOLE
    };
    Bound { text, binding }
}

/// An operand that begins what is written, in parentheses where it binds less tightly than it has to.
fn before(operand: Bound, least: u8) -> String {
    if operand.binding < least {
        format!("({})", operand.text)
    } else {
        operand.text
    }
}

/// An operand behind an operator.
fn after(operand: Bound, least: u8) -> String {
    let least = if operand.text.starts_with('-') {
        u8::MAX
    } else {
        least
    };
    before(operand, least)
}

fn name_of<T: Copy + PartialEq>(functions: &[(&'static str, T)], operation: T) -> &'static str {
    let found = functions.iter().find(|(_, known)| *known == operation);
    found.map_or("", |(name, _)| name)
}

/// The sign of an operation with the spaces around it, and how tightly it binds; `None` for functions.
fn sign(operation: Binary, form: Form) -> Option<(String, u8)> {
    let (sign, binding) = match operation {
        Binary::Or => (" or ", 1),
        Binary::And => (" and ", 2),
        Binary::Compare(comparison) => return Some((format!(" {} ", comparison.name()), 4)),
        Binary::Add => (" + ", ADD),
        Binary::Subtract => (" - ", ADD),
        Binary::Multiply if form == Form::Read => (" × ", MULTIPLY),
        Binary::Divide if form == Form::Read => (" / ", MULTIPLY),
        Binary::Multiply => ("*", MULTIPLY),
        Binary::Divide => ("/", MULTIPLY),
        Binary::Power if form.language().is_some() => ("**", POWER),
        Binary::Power => ("^", POWER),
        Binary::Min | Binary::Max => return None,
    };
    Some((sign.to_owned(), binding))
}
