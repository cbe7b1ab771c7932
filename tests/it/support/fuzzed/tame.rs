//! Numbers that are not too large: commands that take long are not what is looked for.
//!
//! Whoever bounds the work of a sitting can drop this, and let the numbers through.

/// The most digits of a whole number.
const DIGITS: usize = 3;

/// A text in which no number makes commands long: whole numbers have three digits at most, behind a slash one, and a
/// run makes so many updates at most.
pub fn tamed(text: &str) -> String {
    let mut tamer = Tamer::default();
    let text: String = text.chars().filter(|c| tamer.lets_through(*c)).collect();
    let parts = text.split_inclusive([';', '\n', '\r']).map(|part| {
        let (line, end) = part.split_at(part.trim_end_matches([';', '\n', '\r']).len());
        let words = line.split('#').next().unwrap_or_default();
        let runs = words
            .split_whitespace()
            .next()
            .is_some_and(|first| first.to_lowercase().starts_with("ru"));
        if runs && !words.contains("max") {
            format!("{words} max 500{end}")
        } else {
            part.to_owned()
        }
    });
    parts.collect()
}

/// Lets characters through as long as the numbers that they make are small.
#[derive(Default)]
pub struct Tamer {
    /// How many digits have come one after another, and how many may.
    digits: usize,
    may: usize,
    last: char,
}

impl Tamer {
    /// Whether a character may stand behind those before it.
    pub fn lets_through(&mut self, character: char) -> bool {
        if character.is_numeric() {
            if self.digits == 0 {
                self.may = match self.last {
                    '/' | '\u{f7}' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => 1,
                    // Behind a point they are small, whatever they are.
                    '.' => 20,
                    _ => DIGITS,
                };
            }
            self.digits += 1;
            return self.digits <= self.may;
        }
        // `0..1` is no fraction.
        let twice = character == '.' && self.last == '.';
        self.last = if twice { ' ' } else { character };
        self.digits = 0;
        true
    }
}
