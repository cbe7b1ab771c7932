//! Characters for terminals that have only ASCII.

use ratatui::buffer::Buffer;
use ratatui::symbols::Marker;
use ratatui::symbols::border::{self, Set};

use crate::view::ascii;

/// Which characters may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Glyphs {
    /// Lines, arrows, Greek letters, braille dots.
    Unicode,
    /// The 95 printable characters of ASCII.
    Ascii,
}

const ASCII_BORDER: Set = Set {
    top_left: "+",
    top_right: "+",
    bottom_left: "+",
    bottom_right: "+",
    vertical_left: "|",
    vertical_right: "|",
    horizontal_top: "-",
    horizontal_bottom: "-",
};

impl Glyphs {
    /// What the environment suggests: ASCII where the locale says that it is not UTF-8, or on the Linux console,
    /// which lacks most of the characters.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(|name| variable(name).filter(|v| !v.is_empty()));
        let unicode_locale = locale.is_none_or(|locale| {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        let term = variable("TERM");
        let console = term.is_some_and(|term| term == "linux" || term.starts_with("vt"));
        if unicode_locale && !console {
            Self::Unicode
        } else {
            Self::Ascii
        }
    }

    /// The text in these characters. Its width may change, so this comes before any layout.
    pub fn text(self, text: &str) -> String {
        match self {
            Self::Unicode => text.to_owned(),
            Self::Ascii => ascii(text),
        }
    }

    /// The border of a pane.
    pub fn border(self, strong: bool) -> Set<'static> {
        match (self, strong) {
            (Self::Unicode, false) => border::PLAIN,
            (Self::Unicode, true) => border::THICK,
            (Self::Ascii, _) => ASCII_BORDER,
        }
    }

    /// The line over a pane, and the one between panes.
    pub fn rule(self, strong: bool) -> (&'static str, &'static str) {
        match (self, strong) {
            (Self::Unicode, false) => ("─", "│"),
            (Self::Unicode, true) => ("━", "│"),
            (Self::Ascii, false) => ("-", "|"),
            (Self::Ascii, true) => ("=", "|"),
        }
    }

    /// Where lines meet: whether one goes on to the left, to the right, up and down.
    pub fn junction(self, [left, right, up, down]: [bool; 4]) -> &'static str {
        match (self, left, right, up, down) {
            (Self::Ascii, false, false, _, _) => "|",
            (Self::Ascii, _, _, _, _) => "+",
            (_, false, false, _, _) => "│",
            (_, true, true, true, true) => "┼",
            (_, true, true, true, false) => "┴",
            (_, true, true, false, true) => "┬",
            (_, true, true, false, false) => "─",
            (_, true, false, true, _) => "┤",
            (_, true, false, false, _) => "┐",
            (_, false, true, true, _) => "├",
            (_, false, true, false, _) => "┌",
        }
    }

    /// The dots of a plot.
    pub fn marker(self) -> Marker {
        match self {
            Self::Unicode => Marker::Braille,
            Self::Ascii => Marker::Dot,
        }
    }

    /// How many dots of a plot stand in a cell, across and down.
    pub fn dots(self) -> [u16; 2] {
        match self {
            Self::Unicode => [2, 4],
            Self::Ascii => [1, 1],
        }
    }

    /// Replaces what is left of other characters on a finished frame, cell by cell.
    pub fn finish(self, buffer: &mut Buffer) {
        if self == Self::Unicode {
            return;
        }
        for cell in &mut buffer.content {
            // What takes more than a cell in ASCII is text, and was replaced before the layout.
            let replacement = match cell.symbol() {
                symbol if symbol.is_ascii() => continue,
                "•" | "·" => ".".to_owned(),
                symbol => Some(ascii(symbol))
                    .filter(|text| text.len() == 1)
                    .unwrap_or("?".to_owned()),
            };
            cell.set_symbol(&replacement);
        }
    }
}
