//! Formulas as other programs and textbooks have them: what is meant, and how it is written here.

use std::ops::Range;

use super::Mistake;
use super::parse::functions;

/// Functions that are made of others here, or called otherwise: `#` stands for what they are taken of, and `@` for it as
/// a factor.
const FUNCTIONS: [(&[&str], &str); 22] = [
    (&["tan", "tg"], "sin(#)/cos(#)"),
    (&["cot", "ctg"], "cos(#)/sin(#)"),
    (&["sec"], "1/cos(#)"),
    (&["csc"], "1/sin(#)"),
    (&["sen", "sinus"], "sin(#)"),
    (&["cosinus"], "cos(#)"),
    (&["sinh"], "(exp(#)-exp(-@))/2"),
    (&["cosh"], "(exp(#)+exp(-@))/2"),
    (&["th"], "tanh(#)"),
    (&["log10", "lg"], "log(#)/log(10)"),
    (&["log2", "ld", "lb"], "log(#)/log(2)"),
    (&["log1p"], "log(1+#)"),
    (&["expm1"], "exp(#)-1"),
    (&["e", "exponential"], "exp(#)"),
    (&["sqr", "square", "pow", "power"], "@^2"),
    (&["cbrt"], "sign(#)*abs(#)^(1/3)"),
    (&["root"], "sqrt(#)"),
    (&["fabs", "absolute", "norm"], "abs(#)"),
    (&["sgn", "signum"], "sign(#)"),
    (&["sigmoid", "logistic", "expit"], "1/(1+exp(-@))"),
    (&["relu"], "max(0, #)"),
    (&["softplus"], "log(1+exp(#))"),
];

/// Constants that are written otherwise here: what each is, and how.
const CONSTANTS: [(&[&str], &str, &str); 5] = [
    (&["e", "E", "euler"], "Euler's number", EULER),
    (&["PI", "Pi"], "pi", "pi"),
    (&["tau"], "a whole turn", "2*pi"),
    (&["phi"], "the golden ratio", "(1+sqrt(5))/2"),
    (
        &["inf", "infinity"],
        "the nearest to it that is a number",
        "1e300",
    ),
];
const EULER: &str = "exp(1)";

/// Signs that mean something elsewhere, and what is written instead.
const SIGNS: [(&str, &str); 9] = [
    ("|", "the absolute value of x is `abs(x)`"),
    ("[]{}", "only round parentheses, as in `(x+1)*2`"),
    (
        "\\",
        "LaTeX is not read here: `a/b`, `sqrt(x)` and `x^2` are formulas",
    ),
    ("$", "the formula alone, without dollars"),
    ("%", "a share is a decimal: 5% is `0.05`"),
    ("&", "both at once are `and`, as in `x > 1 and y < 2`"),
    ("!", "a product of whole numbers, such as `3*2*1`"),
    (":", "a quotient is written with `/`"),
    ("°", "angles are in radians: 180 degrees are `pi`"),
];

/// Signs that elsewhere part thousands, and one that begins decimals.
const THOUSANDS: [char; 9] = [
    '\'', '’', '‘', '′', '_', '٬', '\u{a0}', '\u{2009}', '\u{202f}',
];
const ARABIC_POINT: char = '٫';
/// The zeros of other scripts, each before its one to nine.
const ZEROS: [char; 4] = ['٠', '۰', '०', '০'];

/// What is written instead of a sign that means nothing here.
pub(super) fn instead_of(sign: char) -> Option<&'static str> {
    let found = SIGNS.iter().find(|(signs, _)| signs.contains(sign));
    found.map(|(_, advice)| *advice)
}

/// The digit that a character is, in whatever script.
fn digit(character: char) -> Option<char> {
    let place = |zero: &char| (character as u32).checked_sub(*zero as u32);
    let mut digits = std::iter::once('0').chain(ZEROS);
    let found = digits.find_map(|zero| place(&zero).filter(|place| *place < 10))?;
    char::from_digit(found, 10)
}

/// What is wrong with the first number of a text that has marks in it, or digits, which are written otherwise here.
pub fn foreign_number(text: &str) -> Option<Mistake> {
    let is_mark = |c: char| c == ARABIC_POINT || THOUSANDS.contains(&c);
    let of_number = |c: char| digit(c).is_some() || is_mark(c) || matches!(c, '.' | ',');
    let mut rest = 0;
    while let Some(found) = text[rest..].find(|c| digit(c).is_some()) {
        let start = rest + found;
        let length = text[start..].find(|c| !of_number(c));
        let number = &text[start..length.map_or(text.len(), |length| start + length)];
        let number = number.trim_end_matches(|c| digit(c).is_none());
        let end = start + number.len();
        // A digit of a name such as `w1` is no number.
        let in_name = text[..start].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let marks = number
            .find(is_mark)
            .and_then(|at| number[at..].chars().next());
        let is_foreign = number.contains(|c: char| !c.is_ascii() && digit(c).is_some());
        rest = end;
        // What parts thousands stands before three digits.
        let groups = number.split(|c| THOUSANDS.contains(&c)).skip(1);
        let digits = |group: &str| group.chars().take_while(|c| digit(*c).is_some()).count();
        let is_odd = groups.map(digits).any(|count| count != 3);
        if in_name || is_odd || (marks.is_none() && !is_foreign) {
            continue;
        }
        let read = |c: char| match c {
            ARABIC_POINT => Some('.'),
            mark if is_mark(mark) => None,
            other => Some(digit(other).unwrap_or(other)),
        };
        let written: String = number.chars().filter_map(read).collect();
        let message = match marks {
            Some(ARABIC_POINT) => format!("`{number}` has the Arabic decimal mark `٫` in it"),
            Some(mark) if mark.is_whitespace() => {
                format!("`{number}` has a blank in it that parts thousands")
            }
            Some(mark) => format!("`{number}` has a mark `{mark}` in it that parts thousands"),
            None => format!("`{number}` has other digits than 0 to 9"),
        };
        return Some(Mistake::new(start..end, message, format!("`{written}`")));
    }
    None
}

/// What is written instead of a function of this name, which is taken of `operand`.
pub(super) fn instead_of_function(name: &str, operand: &str) -> Option<String> {
    let name = name.to_lowercase();
    if let ("pow" | "power", Some((base, exponent))) = (&*name, operand.split_once(',')) {
        return Some(format!(
            "{}^{}",
            factor(base.trim()),
            factor(exponent.trim())
        ));
    }
    let known = functions().find(|known| *known == name);
    let other = FUNCTIONS.iter().find(|(names, _)| names.contains(&&*name));
    match (known, other) {
        (Some(known), _) => Some(format!("{known}({operand})")),
        (None, Some((_, template))) => Some(
            template
                .replace('#', operand)
                .replace('@', &factor(operand)),
        ),
        (None, None) => None,
    }
}

/// An operand that another operation stands beside.
fn factor(operand: &str) -> String {
    let is_simple = operand
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_'));
    let own = is_simple || bare(operand) != operand;
    if own {
        operand.to_owned()
    } else {
        format!("({operand})")
    }
}

/// A text without the parentheses around all of it.
fn bare(text: &str) -> &str {
    let inner = text
        .strip_prefix('(')
        .and_then(|text| text.strip_suffix(')'));
    let closes_early = |inner: &&str| {
        let mut depth = 0_i32;
        inner.chars().any(|c| {
            depth += i32::from(c == '(') - i32::from(c == ')');
            depth < 0
        })
    };
    inner.filter(|inner| !closes_early(inner)).unwrap_or(text)
}

/// Constants whose letters are also in use for variables.
const ALSO_VARIABLES: [&str; 2] = ["tau", "phi"];

pub(super) fn is_known_constant(name: &str) -> bool {
    CONSTANTS.iter().any(|(names, ..)| names.contains(&name))
}

/// Whether a name is so much a constant's that nobody would take it for a variable, though it is written otherwise here.
pub fn is_constant(name: &str) -> bool {
    is_known_constant(name) && !ALSO_VARIABLES.contains(&name)
}

/// What is wrong with the name of a constant that is written otherwise, which may be raised to a power.
pub(super) fn constant(name: &str, span: Range<usize>, power: Option<&str>) -> Option<Mistake> {
    let (_, what, written) = CONSTANTS.iter().find(|(names, ..)| names.contains(&name))?;
    let message = format!("`{name}` has no meaning in a formula");
    let advice = match power {
        Some(power) if *written == EULER => {
            let power = bare(power);
            format!("Euler's number to the power of {power} is `exp({power})`")
        }
        Some(_) | None => format!("{what} is `{written}`"),
    };
    Some(Mistake::new(span, message, advice))
}

/// Names and functions written side by side as one word, such as `xy` and `sinx`, as they are written here.
pub(super) fn side_by_side(word: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
    /// Nobody writes more of them so.
    const LONGEST: usize = 12;
    if word.chars().count() > LONGEST || word.contains('[') {
        return None;
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if digits.len() < word.len() && is_known(digits) {
        return Some(format!(
            "{digits}^{}` or `{digits}*{0}",
            &word[digits.len()..]
        ));
    }
    let places: Vec<usize> = word.char_indices().skip(1).map(|(at, _)| at).collect();
    let mut splits = places.into_iter().rev().map(|at| word.split_at(at));
    splits.find_map(|(first, rest)| {
        let last = if rest == "e" && !is_known(rest) {
            Some(EULER.to_owned())
        } else if is_known(rest) || rest == "pi" {
            Some(rest.to_owned())
        } else {
            side_by_side(rest, is_known)
        };
        let is_function = functions().any(|function| function == first);
        if is_function {
            return last.map(|operand| format!("{first}({operand})"));
        }
        (is_known(first) || first == "pi").then_some(())?;
        last.map(|last| format!("{first}*{last}"))
    })
}

/// A name with a function right behind it, such as `xsin`: how much of it is the name.
pub(super) fn name_before_function(word: &str, is_known: &dyn Fn(&str) -> bool) -> Option<usize> {
    let ends = |function: &str| word.strip_suffix(function).filter(|name| is_known(name));
    functions().filter_map(ends).map(str::len).max()
}
