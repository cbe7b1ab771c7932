//! Words for signs that are seen and not spoken.

use crate::explain::Line;

/// The line with the names of keys for their signs: `Press Down` for `Press ↓`.
pub(super) fn spoken(mut line: Line) -> Line {
    for span in &mut line.spans {
        span.text = in_words(&span.text);
    }
    line
}

/// The line with the names of the arrow keys for their signs; in code there are none.
pub(super) fn arrows_spoken(mut line: Line) -> Line {
    for span in &mut line.spans {
        for (sign, name) in [('→', "Right"), ('←', "Left"), ('↑', "Up"), ('↓', "Down")] {
            span.text = span.text.replace(sign, name);
        }
    }
    line
}

/// An arrow between numbers leads from one to the other; any other stands for a key, as a bracket by itself does.
pub fn in_words(text: &str) -> String {
    let mut out = String::new();
    for (at, character) in text.char_indices() {
        let (before, after) = (&text[..at], &text[at + character.len_utf8()..]);
        let stands_alone = !before.ends_with(|c: char| !c.is_whitespace() && c != '(')
            && !after.starts_with(|c: char| c.is_alphanumeric() || "`\"'".contains(c));
        let leads = before.trim_end().ends_with(|c: char| c.is_ascii_digit())
            && after
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || c == '-');
        match character {
            '▸' if before.trim_end().ends_with("mark") => {
                out.truncate(out.trim_end().len());
            }
            '▸' => out += "the mark",
            '″' => out += " double prime",
            '′' => out += " prime",
            '→' if leads => out += "to",
            '→' => out += "Right",
            '←' => out += "Left",
            '↑' => out += "Up",
            '↓' => out += "Down",
            '[' if stands_alone => out += "[ (opening bracket)",
            ']' if stands_alone => out += "] (closing bracket)",
            '{' if stands_alone => out += "{ (opening brace)",
            '}' if stands_alone => out += "} (closing brace)",
            other => out.push(other),
        }
    }
    out
}
