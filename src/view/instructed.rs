//! What a lesson tells to press or to type, as it is given where it is read.
//!
//! On a screen plain letters are keys, so a command is shown with the colon that opens the bar for it: `:step 3`. In
//! lines it is typed as it stands. A sign that some keyboards have no key of its own for is followed by a letter that
//! does the same, once in a text.

use super::Medium;
use super::spoken::spoken;
use crate::command::{begins_a_command, letter_for};
use crate::explain::{Line, Role, Span};

/// Lines of a lesson, with keys and commands as they are given in a medium.
pub fn instructed(lines: Vec<Line>, medium: Medium) -> Vec<Line> {
    let mut told: Vec<String> = Vec::new();
    let mut instructed = |line: Line| {
        let mut given = Line {
            spans: Vec::new(),
            ..line
        };
        for span in line.spans {
            let letter = (span.role == Role::Code)
                .then(|| letter_for(&span.text))
                .flatten();
            match letter.filter(|_| !told.contains(&span.text)) {
                Some(letter) => {
                    told.push(span.text.clone());
                    given.spans.extend(with_letter(span, letter, medium));
                }
                None => given.spans.push(in_medium(span, medium)),
            }
        }
        match medium {
            Medium::Screen => given,
            Medium::Words => spoken(given),
        }
    };
    lines.into_iter().map(&mut instructed).collect()
}

/// `] (or o)`, and in words `] (closing bracket) or o`.
fn with_letter(sign: Span, letter: &str, medium: Medium) -> [Span; 2] {
    let words = match medium {
        Medium::Screen => format!(" (or {letter})"),
        Medium::Words => format!(" or {letter}"),
    };
    [sign, Span::new(words, Role::Plain)]
}

fn in_medium(mut span: Span, medium: Medium) -> Span {
    if medium == Medium::Screen && span.role == Role::Code && begins_a_command(&span.text) {
        span.text.insert(0, ':');
    }
    span
}
