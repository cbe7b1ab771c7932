//! The one way from a number to text and back.

use std::fmt::Write;

use crate::math::Rough;
pub use crate::math::expression::Decimal;
use crate::math::expression::plain;
use crate::math::portable::log10;

/// How a number is shown: with how many significant digits, 1 to 15, beyond which a double has no more to tell; and what
/// its decimals begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    count: u8,
    mark: Decimal,
}

impl Digits {
    /// The fewest and the most digits that can be shown.
    pub const RANGE: std::ops::RangeInclusive<u8> = 1..=15;

    /// As many digits as can be shown.
    pub const MOST: Self = Self {
        count: *Self::RANGE.end(),
        mark: Decimal::Point,
    };

    /// `count` significant digits, or `None` outside [`Digits::RANGE`]; decimals begin with a point.
    pub fn new(count: u8) -> Option<Self> {
        let mark = Decimal::Point;
        (Self::RANGE.contains(&count)).then_some(Self { count, mark })
    }

    /// As many digits as usual, with decimals that begin with `mark`.
    pub fn usual(mark: Decimal) -> Self {
        Self::default().with(mark)
    }

    /// These digits, with decimals that begin with `mark`.
    #[must_use]
    pub fn with(self, mark: Decimal) -> Self {
        Self { mark, ..self }
    }

    /// What decimals begin with.
    pub fn decimal(self) -> Decimal {
        self.mark
    }

    /// So many digits, as near as there can be, with the same mark.
    #[must_use]
    pub fn exactly(self, count: u8) -> Self {
        let count = count.clamp(*Self::RANGE.start(), *Self::RANGE.end());
        Self { count, ..self }
    }

    /// These digits, or fewer where they are more than `count`.
    #[must_use]
    pub fn at_most(self, count: u8) -> Self {
        self.exactly(self.count.min(count))
    }

    /// These digits, or more where they are fewer than usual.
    #[must_use]
    pub fn at_least_usual(self) -> Self {
        self.exactly(self.count.max(Self::default().count))
    }

    /// These digits, or as many as a person would say of a number in a picture or a table: three.
    #[must_use]
    pub fn few(self) -> Self {
        self.at_most(3)
    }

    /// These digits, or as many as it takes to tell numbers apart with three digits of how far apart they are: of 3.56 and
    /// 3.587 five.
    #[must_use]
    pub fn apart(self, values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values
            .into_iter()
            .filter(|value| value.is_finite())
            .collect();
        values.sort_by(f64::total_cmp);
        let gaps = values.windows(2).map(|pair| pair[1] - pair[0]);
        let gap = gaps.filter(|gap| *gap > 0.0).reduce(f64::min);
        let largest = values
            .iter()
            .fold(0.0, |most: f64, value| most.max(value.abs()));
        let Some(gap) = gap else {
            return self.few();
        };
        let place = |value: f64| log10(value).floor() as i32;
        let needed = (place(largest) - place(gap)).saturating_add(3);
        self.at_most(needed.clamp(3, i32::from(*Self::RANGE.end())) as u8)
    }

    /// The number of digits.
    pub fn get(self) -> u8 {
        self.count
    }
}

impl Default for Digits {
    fn default() -> Self {
        let mark = Decimal::Point;
        Self { count: 6, mark }
    }
}

/// Powers of ten from this one down are written with an exponent: 0.000012, but 1.2e-6.
const SMALLEST_PLAIN: i32 = -5;
/// What may stand before the digits of the smallest of them.
const LEADING_ZEROS: &str = "0.0000";
/// Whole parts up to this many digits are written out, however few digits are asked for: 1234568, but 1.23457e9.
const LONGEST_WHOLE: i32 = 9;

/// A number as a person would write it: at most `digits` significant digits, no zeros at the end, an exponent only
/// where the zeros would outweigh the digits. 3.5869999999999997 is `3.587`.
///
/// What is printed reads back as the same displayed value: `display(parse(display(x))) == display(x)`.
pub fn display(value: f64, digits: Digits) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let (digits, mark) = (i32::from(digits.get()), digits.decimal());
    let mut text = String::with_capacity(24);
    write!(text, "{value:.*e}", (digits - 1) as usize).expect("a string takes all that is written");
    let exponent = text.rfind('e').map_or(0, |at| {
        let exponent = text[at + 1..].parse().unwrap_or(0);
        text.truncate(at);
        exponent
    });
    if (SMALLEST_PLAIN..digits).contains(&exponent) {
        place(&mut text, exponent);
        drop_trailing_zeros(&mut text);
    } else if (digits..LONGEST_WHOLE).contains(&exponent) {
        return format!("{value:.0}");
    } else {
        drop_trailing_zeros(&mut text);
        text.push('e');
        text.push_str(&exponent.to_string());
    }
    marked(text, mark)
}

/// The number that [`display`] shows.
pub fn rounded(value: f64, digits: Digits) -> f64 {
    parse_in(digits.decimal(), &display(value, digits)).unwrap_or(value)
}

/// The digits of a number as Rust writes them, with the mark before its decimals.
fn marked(digits: String, mark: Decimal) -> String {
    match mark {
        Decimal::Point => digits,
        Decimal::Comma => digits.replacen('.', ",", 1),
    }
}

/// Two ends as [`display`] has them, rounded away from each other: what lies between the two lies between these, too.
pub fn display_ends(low: f64, high: f64, digits: Digits) -> [String; 2] {
    [(low, -1.0), (high, 1.0)].map(|(value, way)| {
        let shown = rounded(value, digits);
        if (value - shown) * way <= 0.0 {
            return display(value, digits);
        }
        let exponent = log10(value.abs()).floor() as i32;
        let place = exponent - i32::from(digits.get()) + 1;
        let place = if exponent < LONGEST_WHOLE {
            place.min(0)
        } else {
            place
        };
        let unit = parse(&format!("1e{place}")).unwrap_or(0.0);
        display(shown + way * unit, digits)
    })
}

/// Puts the point of a mantissa such as `-3.587` where an exponent has it: among its digits or before them.
fn place(mantissa: &mut String, exponent: i32) {
    let first = usize::from(mantissa.starts_with('-'));
    if mantissa.len() > first + 1 {
        mantissa.remove(first + 1);
    }
    match usize::try_from(exponent) {
        Ok(exponent) if first + 1 + exponent < mantissa.len() => {
            mantissa.insert(first + 1 + exponent, '.');
        }
        Ok(_) => {}
        Err(_) => mantissa.insert_str(first, &LEADING_ZEROS[..=exponent.unsigned_abs() as usize]),
    }
}

/// [`display`] of a number as far as its rounding leaves any of it: `≈ 0` where it may as well be 0.
pub fn display_rough(number: Rough, digits: Digits) -> String {
    if number.is_noise() {
        format!("≈ {}", display(0.0, digits))
    } else {
        display(number.value, digits)
    }
}

/// [`display_rough`] with a sign in front of positive numbers too.
pub fn display_rough_signed(number: Rough, digits: Digits) -> String {
    if number.is_noise() {
        display_rough(number, digits)
    } else {
        display_signed(number.value, digits)
    }
}

/// [`display`] with a sign in front of positive numbers too.
pub fn display_signed(value: f64, digits: Digits) -> String {
    let text = display(value, digits);
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// How large a difference is, as a power of ten with two digits: `1.3e-9`.
pub fn size(value: f64, mark: Decimal) -> String {
    marked(format!("{value:.1e}"), mark)
}

/// A share as a percentage, with one digit behind the point: 0.941667 is `94.2%`. Only all is 100%, only nothing 0%.
pub fn percent(share: f64, mark: Decimal) -> String {
    let rounded = (1000.0 * share).round() / 10.0;
    let shown = if share < 1.0 {
        rounded.min(99.9)
    } else {
        rounded
    };
    let shown = if share > 0.0 { shown.max(0.1) } else { shown };
    format!("{}%", display(shown, Digits::usual(mark)))
}

/// How many decimals [`display`] shows of a number.
pub fn decimals(value: f64, digits: Digits) -> usize {
    let shown = display(value, digits);
    let parts = shown.split_once(digits.decimal().sign());
    parts.map_or(0, |(_, decimals)| decimals.len())
}

/// Numbers for the marks of an axis: [`display`] with zeros at the end, so that all have as many decimals.
pub fn display_aligned(values: &[f64], digits: Digits) -> Vec<String> {
    let mut texts: Vec<String> = values.iter().map(|value| display(*value, digits)).collect();
    if texts.iter().all(|text| !text.contains('e')) {
        let each = values.iter().map(|value| decimals(*value, digits));
        let most = each.clone().max().unwrap_or(0);
        for (text, decimals) in texts.iter_mut().zip(each) {
            let missing = most - decimals;
            if missing == most && most > 0 {
                text.push(digits.decimal().sign());
            }
            text.push_str(&"0".repeat(missing));
        }
    }
    texts
}

/// The shortest text that reads back as the same double, for files.
pub fn exact(value: f64) -> String {
    exact_in(value, Decimal::Point)
}

/// The same, with decimals that begin with `mark`, for lines that can be typed.
pub fn exact_in(value: f64, mark: Decimal) -> String {
    let mut text = format!("{value:?}");
    if text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    marked(text, mark)
}

/// Reads a finite number: an optional sign, digits with a point, an optional exponent. What looks like its
/// characters is read as well, so that anything printed can be typed back.
pub fn parse(text: &str) -> Option<f64> {
    parse_in(Decimal::Point, text)
}

/// [`parse`] of a number whose decimals begin with `mark`; a point is understood as well.
pub fn parse_in(mark: Decimal, text: &str) -> Option<f64> {
    let text = plain(text);
    let looks_like_one = text
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c) || c == mark.sign());
    let decimals = text
        .split_once(',')
        .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()));
    let text = match decimals {
        Some((whole, rest)) if mark == Decimal::Comma => format!("{whole}.{rest}").into(),
        Some(_) | None => text,
    };
    text.parse()
        .ok()
        .filter(|value: &f64| looks_like_one && value.is_finite())
}

fn drop_trailing_zeros(text: &mut String) {
    if text.contains('.') {
        let kept = text.trim_end_matches('0').trim_end_matches('.').len();
        text.truncate(kept);
    }
}
