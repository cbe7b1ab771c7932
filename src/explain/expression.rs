//! Expressions written out: in symbols, `0.1*x`, or with numbers filled in, `0.1*(-9)`.

use crate::math::expression::{Binary, Expression, Unary};

/// How the leaves of a written expression look.
pub struct Leaves<'a, N> {
    /// The text of a number.
    pub number: &'a dyn Fn(f64) -> String,
    /// The text of a name, which may be a number.
    pub name: &'a dyn Fn(&N) -> String,
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
    written(expression, leaves).text
}

fn written<N>(expression: &Expression<N>, leaves: &Leaves<N>) -> Bound {
    match expression {
        Expression::Number(value) => leaf((leaves.number)(*value)),
        Expression::Name(name) => leaf((leaves.name)(name)),
        Expression::Unary(Unary::Negative, operand) => Bound {
            text: format!("-{}", after(written(operand, leaves), NEGATIVE)),
            binding: NEGATIVE,
        },
        Expression::Unary(Unary::Not, operand) => Bound {
            text: format!("not {}", before(written(operand, leaves), NOT)),
            binding: NOT,
        },
        Expression::Unary(operation, operand) => {
            let name = name_of(&Unary::FUNCTIONS, *operation);
            function(format!("{name}({})", write(operand, leaves)))
        }
        Expression::Binary(operation, left, right) => {
            let (a, b) = (written(left, leaves), written(right, leaves));
            match sign(*operation) {
                None => {
                    let name = name_of(&Binary::FUNCTIONS, *operation);
                    function(format!("{name}({}, {})", a.text, b.text))
                }
                Some((sign, binding)) => Bound {
                    text: match binding {
                        // To the right: the exponent may be another power, and the base may not.
                        POWER => format!("{}{sign}{}", before(a, POWER + 1), after(b, NEGATIVE)),
                        _ => format!("{}{sign}{}", before(a, binding), after(b, binding + 1)),
                    },
                    binding,
                },
            }
        }
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

fn function(text: String) -> Bound {
    let binding = WHOLE;
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
fn sign(operation: Binary) -> Option<(String, u8)> {
    let (sign, binding) = match operation {
        Binary::Or => (" or ", 1),
        Binary::And => (" and ", 2),
        Binary::Compare(comparison) => return Some((format!(" {} ", comparison.name()), 4)),
        Binary::Add => (" + ", ADD),
        Binary::Subtract => (" - ", ADD),
        Binary::Multiply => ("*", MULTIPLY),
        Binary::Divide => ("/", MULTIPLY),
        Binary::Power => ("^", POWER),
        Binary::Min | Binary::Max => return None,
    };
    Some((sign.to_owned(), binding))
}
