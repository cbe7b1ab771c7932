//! The words and signs of an expression, and the characters that are taken for them.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use super::{Mistake, otherwise};
use crate::math::named;

named! {
    /// What decimals begin with, as numbers are written and read.
    #[derive(PartialOrd, Ord, Default)]
    Decimal {
        /// `0.5`; several numbers are parted by commas: `max(0.5, 1)`.
        #[default]
        Point = ".",
        /// `0,5`; several numbers are parted by semicolons: `max(0,5; 1)`. A point is understood as well.
        Comma = ",",
    }
}

impl Decimal {
    /// The sign.
    pub fn sign(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }

    /// What parts several numbers.
    pub fn between(self) -> &'static str {
        match self {
            Self::Point => ",",
            Self::Comma => ";",
        }
    }
}

/// A word or sign.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// A number.
    Number(f64),
    /// A name, with what stands in brackets right behind it: `w`, `ih[0,3]`, `delta[ih[0,3]]`.
    Name(&'a str),
    /// An operator, a parenthesis or a comma.
    Sign(&'static str),
    /// The end of the text.
    End,
}

/// Characters that look like something that can be typed, or stand for it, and what that is.
const LOOK_ALIKES: [(&str, &str); 19] = [
    ("−‐‑‒–—―˗﹣", "-"),
    ("×·⋅∙•∗✕✖", "*"),
    ("÷∕⁄", "/"),
    ("≤⩽", "<="),
    ("≥⩾", ">="),
    ("≠", "!="),
    ("π", "pi"),
    ("√", "sqrt "),
    ("½", "(1/2)"),
    ("⅓", "(1/3)"),
    ("⅔", "(2/3)"),
    ("¼", "(1/4)"),
    ("¾", "(3/4)"),
    ("⅛", "(1/8)"),
    ("µ", "μ"),
    ("∆", "Δ"),
    ("∑", "Σ"),
    ("'’", "′"),
    // What cannot be seen.
    ("\u{200b}\u{200e}\u{200f}\u{2060}\u{feff}", ""),
];

/// What stands above a line, in the order of what it is on the line.
const SUPERSCRIPTS: (&str, &str) = ("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-");

/// Dots that some write between factors, and others before decimals.
const MIDDLE_DOTS: [char; 4] = ['·', '⋅', '∙', '•'];

/// An expression or a number as it would be typed on any keyboard.
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains('\'') {
        return text.into();
    }
    translated(text, |_, _| {}).into()
}

/// The bytes of `text` that some bytes of it as [`plain`] has it come from.
pub fn original(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut found: Option<Range<usize>> = None;
    let end = translated(text, |from, to| {
        if to.start < span.end && span.start < to.end {
            let start = found.take().map_or(from.start, |found| found.start);
            found = Some(start..from.end);
        }
    });
    // What is missing at the end is marked behind it.
    found.unwrap_or_else(|| text.len()..text.len() + (span.end.max(end.len() + 1) - end.len()))
}

/// [`plain`]; `each` is told which bytes of the text have become which.
fn translated(text: &str, mut each: impl FnMut(Range<usize>, Range<usize>)) -> String {
    /// The full width forms, and how far they are from what they look like.
    const FULL_WIDTH: RangeInclusive<char> = '！'..='～';
    const DISTANCE: u32 = '！' as u32 - '!' as u32;
    let mut plain = String::with_capacity(text.len());
    let mut is_raised = false;
    for (start, character) in text.char_indices() {
        let begins = plain.len();
        let raised = (SUPERSCRIPTS.0.chars().position(|c| c == character))
            .and_then(|place| SUPERSCRIPTS.1.get(place..=place));
        let like = LOOK_ALIKES.iter().find(|row| row.0.contains(character));
        match (raised, like) {
            (Some(raised), _) => {
                plain.push_str(["^", ""][usize::from(is_raised)]);
                plain.push_str(raised);
            }
            (None, Some((_, like))) => plain.push_str(like),
            (None, None) if FULL_WIDTH.contains(&character) => {
                plain.extend(char::from_u32(character as u32 - DISTANCE));
            }
            (None, None) => plain.push(character),
        }
        is_raised = raised.is_some();
        each(start..start + character.len_utf8(), begins..plain.len());
    }
    plain
}

/// The last side of an equation, which is what it comes to; a text that is none is its own last side.
pub fn last_side(text: &str) -> &str {
    let is_sign = |c: char| matches!(c, '=' | '＝' | '≈');
    let text = text.trim_end().trim_end_matches(is_sign);
    let splits = |(index, sign): &(usize, &str)| {
        let after = &text[index + sign.len()..];
        !after.starts_with('=') && !text[..*index].ends_with(['<', '>', '!', '='])
    };
    let last = text.rmatch_indices(is_sign).find(splits);
    last.map_or(text, |(index, sign)| &text[index + sign.len()..])
}

/// What is wrong with a dot between two whole numbers: some read it as a product and others as decimals.
pub fn middle_dot(text: &str) -> Option<Mistake> {
    let digits = |c: char| {
        let read = plain(c.encode_utf8(&mut [0; 4])).into_owned();
        read.len() == 1 && read.starts_with(|c: char| c.is_ascii_digit() || c == '.')
    };
    text.match_indices(MIDDLE_DOTS).find_map(|(index, dot)| {
        let after = index + dot.len();
        let start = text[..index].trim_end_matches(digits).len();
        let end = text.len() - text[after..].trim_start_matches(digits).len();
        let (whole, rest) = (plain(&text[start..index]), plain(&text[after..end]));
        let has_point = whole.contains('.') || rest.contains('.');
        let is_unclear = !whole.is_empty() && !rest.is_empty() && !has_point;
        is_unclear.then(|| Mistake {
            span: start..end,
            message: format!("`{whole}{dot}{rest}` can be read as a decimal and as a product"),
            advice: format!("`{whole}.{rest}` or `{whole}*{rest}`"),
        })
    })
}

/// What is wrong with a comma at this byte, where it stands in a number.
pub fn comma(text: &str, at: usize) -> Option<Mistake> {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let start = text[..at].trim_end_matches(of_number).len();
    let end = text.len() - text[at..].trim_start_matches(of_number).len();
    let number = text[start..end].trim_end_matches(',');
    let is_inside = start < at && at + 1 < end && !number.contains(",,");
    is_inside.then(|| Mistake {
        span: start..end,
        message: format!("`{number}` has a comma, and decimals begin with a point"),
        advice: match (number.split_once('.'), number.replace(',', ".")) {
            (None, point) if point.parse::<f64>().is_ok() => format!("`{point}`"),
            (Some((whole, rest)), _) if !whole.contains(',') && rest.contains(',') => {
                let decimal = number.replace('.', "").replace(',', ".");
                format!("thousands have no point: `{decimal}`")
            }
            (..) => format!("thousands have none: `{}`", number.replace(',', "")),
        },
    })
}

/// Signs, longer ones first.
const SIGNS: [(&str, &str); 17] = [
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("**", "^"),
    ("+", "+"),
    ("-", "-"),
    ("*", "*"),
    ("/", "/"),
    ("^", "^"),
    ("<", "<"),
    (">", ">"),
    ("=", "=="),
    ("(", "("),
    (")", ")"),
    (",", ","),
    (";", ";"),
];

/// The token at the start of `text` (after spaces), and its bytes.
pub fn next(text: &str, from: usize, mark: Decimal) -> Result<(Token<'_>, Range<usize>), Mistake> {
    let start = from + text[from..].len() - text[from..].trim_start().len();
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return Ok((Token::End, start..start + 1));
    };
    if first.is_ascii_digit() || first == '.' {
        return number(rest, start, mark);
    }
    if first.is_alphabetic() || first == '_' {
        let length = name_length(rest);
        return Ok((Token::Name(&rest[..length]), start..start + length));
    }
    let found = SIGNS.iter().find(|(written, _)| rest.starts_with(written));
    let (written, sign) = found.ok_or_else(|| {
        let message = format!("`{first}` has no meaning in an expression");
        let usual = "numbers, names, + - * / ^ ( ), and comparisons such as <";
        let advice = otherwise::instead_of(first).unwrap_or(usual);
        Mistake::new(start..start + first.len_utf8(), message, advice)
    })?;
    Ok((Token::Sign(sign), start..start + written.len()))
}

fn number(rest: &str, start: usize, mark: Decimal) -> Result<(Token<'_>, Range<usize>), Mistake> {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let begins_decimals = |at: usize| {
        let comma = mark == Decimal::Comma && rest[at..].starts_with(',') && digits(at + 1) > 0;
        comma || rest[at..].starts_with('.')
    };
    let mut length = digits(0);
    if begins_decimals(length) {
        length += 1;
        length += digits(length);
        let again = rest[length..].starts_with(['.', ',']) && digits(length + 1) > 0;
        if mark == Decimal::Comma && again {
            return Err(two_marks(rest, start));
        }
    }
    if rest[length..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    let span = start..start + length;
    if length == 1 && rest.starts_with('.') && rest[1..].starts_with(char::is_alphabetic) {
        let name = &rest[1..=name_length(&rest[1..])];
        let message = "a point stands in numbers only";
        let advice = format!("functions stand alone, such as `exp(x)`: `{name}`");
        return Err(Mistake::new(span, message, advice));
    }
    match rest[..length].replace(',', ".").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((Token::Number(value), span)),
        _ => {
            let message = format!("`{}` is no finite number", &rest[..length]);
            Err(Mistake::new(span, message, "a number such as 0.5 or 1e-3"))
        }
    }
}

/// What is wrong with a number that has more marks than the one before its decimals.
fn two_marks(rest: &str, start: usize) -> Mistake {
    let of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let number = &rest[..rest.find(|c| !of_number(c)).unwrap_or(rest.len())];
    let number = number.trim_end_matches(['.', ',']);
    let last = number.rfind(['.', ',']).unwrap_or(0);
    let (whole, decimals) = number.split_at(last);
    let same = number.matches(&decimals[..1]).count() > 1;
    let whole = whole.replace(['.', ','], "");
    let between = if same { "" } else { "," };
    Mistake {
        span: start..start + number.len(),
        message: format!("`{number}` has several marks, and only decimals begin with one"),
        advice: format!("thousands have none: `{whole}{between}{}`", &decimals[1..]),
    }
}

/// The length of a name with its brackets. Brackets that are not closed are not part of it.
fn name_length(rest: &str) -> usize {
    let word = rest
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '′' | '″'))
        .unwrap_or(rest.len());
    let mut depth = 0_usize;
    for (index, character) in rest[word..].char_indices() {
        match character {
            '[' => depth += 1,
            ']' if depth > 0 => depth -= 1,
            _ if depth == 0 => return word,
            _ => continue,
        }
        if depth == 0 {
            return word + index + 1;
        }
    }
    word
}
