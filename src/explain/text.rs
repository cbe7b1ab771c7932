//! Text whose pieces say what they are, so that each frontend can decide how that looks.

use unicode_width::UnicodeWidthStr;

use super::Quantity;

/// What a piece of text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Ordinary words.
    Plain,
    /// A number or word that belongs to a quantity.
    Quantity(Quantity),
    /// Emphasised words.
    Emphasis,
    /// Strongly emphasised words.
    Strong,
    /// Strongly emphasised words among emphasised ones, or the other way round.
    StrongEmphasis,
    /// A heading.
    Heading,
    /// Code, or something to type.
    Code,
    /// A quotation.
    Quote,
    /// Less important.
    Muted,
    /// A number that has not been shown yet.
    Question,
    /// The sign of an answer that is right.
    Right,
    /// That of one that is not.
    Wrong,
    /// Something that went wrong.
    Error,
    /// What would work instead.
    Advice,
}

/// How a piece of text stands out by its letters, whatever their colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stress {
    /// Whether they are bold.
    pub strong: bool,
    /// Whether they slant.
    pub slanted: bool,
}

impl Role {
    /// How it stands out by its letters.
    pub fn stress(self) -> Stress {
        let (strong, slanted) = match self {
            Self::Plain | Self::Quantity(_) | Self::Code | Self::Muted => (false, false),
            Self::Strong
            | Self::Heading
            | Self::Question
            | Self::Right
            | Self::Wrong
            | Self::Error => (true, false),
            Self::Emphasis | Self::Quote | Self::Advice => (false, true),
            Self::StrongEmphasis => (true, true),
        };
        Stress { strong, slanted }
    }
}

/// A piece of text in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub text: String,
    /// What they are about.
    pub role: Role,
}

impl Span {
    /// A piece of text in `role`.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
        }
    }
}

/// Pieces of text that belong on one line, or in one paragraph to be wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// The pieces, in order.
    pub spans: Vec<Span>,
    /// How far wrapped lines are indented, in columns.
    pub indent: usize,
}

impl Line {
    /// An empty line.
    pub fn new() -> Self {
        Self::default()
    }

    /// A line of ordinary words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self::new().and(text)
    }

    /// The line with more ordinary words.
    #[must_use]
    pub fn and(self, text: impl Into<String>) -> Self {
        self.with(text, Role::Plain)
    }

    /// The line with one more piece.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, role: Role) -> Self {
        self.push(text, role);
        self
    }

    /// The line with another after it.
    #[must_use]
    pub fn joined(mut self, other: Self) -> Self {
        self.spans.extend(other.spans);
        self
    }

    /// Adds a piece.
    pub fn push(&mut self, text: impl Into<String>, role: Role) {
        self.spans.push(Span::new(text, role));
    }

    /// The words without their roles.
    pub fn text(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }
}

impl From<&str> for Line {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        Self::plain(text)
    }
}

impl From<Vec<Span>> for Line {
    fn from(spans: Vec<Span>) -> Self {
        Self { spans, indent: 0 }
    }
}

/// Several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The lines, in order.
    pub lines: Vec<Line>,
}

impl Text {
    /// The words without their roles, one line each.
    pub fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(Line::text).collect();
        lines.join("\n")
    }
}

impl From<Vec<Line>> for Text {
    fn from(lines: Vec<Line>) -> Self {
        Self { lines }
    }
}

/// A sentence's beginning in capitals; a Greek letter is a symbol, and stays what it is.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(symbol @ 'α'..='ω') => symbol.to_string() + chars.as_str(),
        first => first
            .into_iter()
            .flat_map(char::to_uppercase)
            .chain(chars)
            .collect(),
    }
}

/// A text with blanks behind it, or before it where it stands to the right, to so many columns of a terminal.
pub fn padded(text: &str, columns: usize, to_the_right: bool) -> String {
    let blanks = " ".repeat(columns.saturating_sub(text.width()));
    if to_the_right {
        blanks + text
    } else {
        text.to_owned() + &blanks
    }
}

/// `update` or `updates`.
pub fn plural(count: u64, word: &str) -> String {
    match count {
        1 => word.to_owned(),
        _ if word.ends_with('s') => format!("{word}es"),
        _ => format!("{word}s"),
    }
}

/// `4, 5 and 3`, `gradient, delta or change`: the last joined by `word`.
pub fn series(things: impl IntoIterator<Item: ToString>, word: &str) -> String {
    let texts: Vec<String> = things.into_iter().map(|thing| thing.to_string()).collect();
    match texts.split_last() {
        Some((last, others)) if !others.is_empty() => {
            format!("{} {word} {last}", others.join(", "))
        }
        _ => texts.concat(),
    }
}

/// Whether a terminal obeys a character instead of showing it: controls, and what turns the direction of text.
pub fn acts(character: char) -> bool {
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    );
    character.is_control() || turns
}

/// A text as far as it can be read at a glance.
pub fn begun(text: &str) -> String {
    /// Longer words than any that is meant.
    const LONGEST: usize = 60;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A line that may be anybody's, with blanks for all that a terminal would obey.
pub fn printable(text: &str) -> String {
    text.replace(acts, " ")
}
