//! The words and signs of an expression.

use std::ops::Range;

use super::Mistake;

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

/// Signs, longer ones first. Typographic signs are read as well, so that what is printed can be typed back.
const SIGNS: [(&str, &str); 21] = [
    ("<=", "<="),
    (">=", ">="),
    ("==", "=="),
    ("!=", "!="),
    ("**", "^"),
    ("≤", "<="),
    ("≥", ">="),
    ("×", "*"),
    ("·", "*"),
    ("−", "-"),
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
];

/// The token at the start of `text` (after spaces), and its bytes.
pub fn next(text: &str, from: usize) -> Result<(Token<'_>, Range<usize>), Mistake> {
    let start = from + text[from..].len() - text[from..].trim_start().len();
    let rest = &text[start..];
    let Some(first) = rest.chars().next() else {
        return Ok((Token::End, start..start + 1));
    };
    if first.is_ascii_digit() || first == '.' {
        return number(rest, start);
    }
    if first.is_alphabetic() || first == '_' {
        let length = name_length(rest);
        return Ok((Token::Name(&rest[..length]), start..start + length));
    }
    let found = SIGNS.iter().find(|(written, _)| rest.starts_with(written));
    let (written, sign) = found.ok_or_else(|| {
        let message = format!("`{}` has no meaning in an expression", first.escape_debug());
        let advice = "numbers, names, + - * / ^ ( ), and comparisons such as <";
        Mistake::new(start..start + first.len_utf8(), message, advice)
    })?;
    Ok((Token::Sign(sign), start..start + written.len()))
}

fn number(rest: &str, start: usize) -> Result<(Token<'_>, Range<usize>), Mistake> {
    let digits = |from: usize| rest[from..].bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(0);
    if rest[length..].starts_with('.') {
        length += 1;
        length += digits(length);
    }
    if rest[length..].starts_with(['e', 'E']) {
        let sign = usize::from(rest[length + 1..].starts_with(['+', '-']));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    let span = start..start + length;
    match rest[..length].parse::<f64>() {
        Ok(value) if value.is_finite() => Ok((Token::Number(value), span)),
        _ => {
            let message = format!("`{}` is no finite number", &rest[..length]);
            Err(Mistake::new(span, message, "a number such as 0.5 or 1e-3"))
        }
    }
}

/// The length of a name with its brackets. Brackets that are not closed are not part of it.
fn name_length(rest: &str) -> usize {
    let word = rest
        .find(|c: char| !c.is_alphanumeric() && c != '_')
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
