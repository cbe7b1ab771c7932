//! A number as somebody has typed it: its value, and how precisely it was said.

use crate::command::{Refusal, meant_by, offset};
use crate::explain::number;
use crate::math::expression::{self, Decimal, Mistake};
use crate::math::portable::power_of_ten;

/// What an expression counts for: it is computed from numbers that are shown with six digits.
const DIGITS_OF_EXPRESSIONS: u8 = 5;
/// Nobody needs more digits than this to be understood.
pub const MOST_DIGITS: u8 = 10;

/// A typed number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Typed {
    /// Its value.
    pub value: f64,
    /// Half a unit of the last digit given: what was meant lies within so much of the value.
    pub half: f64,
    /// How many significant digits were given; zeros in front do not count, zeros at the end do.
    pub digits: u8,
    /// Whether it was typed as an expression, such as `1/3`.
    pub is_expression: bool,
}

impl Typed {
    /// [`Typed::read_in`] with decimals that begin with a point.
    ///
    /// # Errors
    /// The same.
    pub fn read(typed: &str) -> Result<Self, Mistake> {
        Self::read_in(Decimal::Point, typed)
    }

    /// Reads a number, a fraction or an expression without names, with decimals that begin with `mark`; of an equation, its
    /// last side.
    ///
    /// # Errors
    /// Where it is none of these, or comes to no finite number.
    pub fn read_in(mark: Decimal, typed: &str) -> Result<Self, Mistake> {
        let text = expression::last_side(typed).trim();
        if let Some(value) = number::parse_in(mark, text) {
            let (digits, exponent) = precision(&expression::plain(text));
            // A plain 0 means nothing at all, and not half of the way to 1.
            let plain_zero = value == 0.0 && !text.contains(['.', ',']);
            return Ok(Self {
                value,
                half: if plain_zero {
                    0.0
                } else {
                    0.5 * power_of_ten(exponent)
                },
                digits,
                is_expression: false,
            });
        }
        let start = offset(typed, text);
        let value = expression::constant_in(mark, text).map_err(|mistake| {
            let meant = meant_by(text, |text| expression::constant_in(mark, text).is_ok());
            let advice = meant.map(|(why, meant)| format!("{why}; did you mean `{meant}`?"));
            Mistake {
                span: mistake.span.start + start..mistake.span.end + start,
                advice: advice.unwrap_or(mistake.advice),
                ..mistake
            }
        })?;
        Ok(Self {
            value,
            half: half_unit(value, DIGITS_OF_EXPRESSIONS),
            digits: DIGITS_OF_EXPRESSIONS,
            is_expression: true,
        })
    }

    /// Whether `value` is what was meant, as far as it was said.
    pub fn agrees(&self, value: f64) -> bool {
        // A tie counts for both sides, whichever way the machine has rounded it.
        let slack = 1e-9 * self.half + 4.0 * f64::EPSILON * value.abs();
        (self.value - value).abs() <= self.half + slack
    }
}

/// `value` rounded to so many significant digits, as somebody would type it who gives exactly as many.
pub fn rounded(value: f64, digits: u8) -> String {
    let scientific = format!("{value:.*e}", usize::from(digits.max(1) - 1));
    let exponent = exponent_of(&scientific);
    let decimals = i32::from(digits) - 1 - exponent;
    if (-4..=15).contains(&exponent) && decimals >= 0 {
        format!("{value:.*}", decimals as usize)
    } else {
        scientific
    }
}

/// Half a unit of the last of so many significant digits of `value`.
fn half_unit(value: f64, digits: u8) -> f64 {
    let scientific = format!("{value:.*e}", usize::from(digits - 1));
    0.5 * power_of_ten(exponent_of(&scientific) - i32::from(digits) + 1)
}

fn exponent_of(scientific: &str) -> i32 {
    let exponent = scientific.split_once('e').map_or("0", |(_, after)| after);
    exponent.parse().unwrap_or(0)
}

/// How many significant digits a decimal has, and the power of ten of its last one.
fn precision(text: &str) -> (u8, i32) {
    let text = text.to_lowercase();
    let text = text.trim_start_matches(['+', '-']);
    let (mantissa, exponent) = match text.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, clamped(exponent)),
        None => (text, 0),
    };
    let decimals = mantissa
        .split_once(['.', ','])
        .map_or(0, |(_, after)| after.len());
    let decimals = i32::try_from(decimals).unwrap_or(MOST_EXPONENT);
    let all: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let significant = all.trim_start_matches('0').len().max(1);
    let digits = u8::try_from(significant).unwrap_or(u8::MAX);
    (digits, exponent - decimals.min(MOST_EXPONENT))
}

/// No number of double precision has an exponent of this size.
const MOST_EXPONENT: i32 = 1000;

/// An exponent as it was typed, as far as that matters.
fn clamped(exponent: &str) -> i32 {
    let sign = if exponent.starts_with('-') { -1 } else { 1 };
    let exponent: i32 = exponent.parse().unwrap_or(sign * MOST_EXPONENT);
    exponent.clamp(-MOST_EXPONENT, MOST_EXPONENT)
}

/// Reads an answer that is a number.
///
/// # Errors
/// Where it is none.
pub fn typed(mark: Decimal, text: &str) -> Result<Typed, Refusal> {
    Typed::read_in(mark, text).map_err(|mistake| Refusal::new(mistake.message, mistake.advice))
}

/// Refuses an answer that is not there.
pub fn missing(advice: &str) -> Refusal {
    Refusal::new("the answer is missing", advice)
}
