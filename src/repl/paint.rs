//! Text with roles, as lines of a terminal or of a file.

use std::fmt::Write as _;
use std::io::{self, Write};

use crate::explain::{Line, Role, Text, printable};
use crate::view::{Colour, Depth, Ground, Look, Palette, Theme, ascii};

/// Writes text for people: coloured where that helps.
#[derive(Debug, Clone, Copy)]
pub struct Printer {
    /// The colours; without any, everything else that only a terminal understands is left out too.
    palette: Palette,
    /// How many the terminal can show and on which background, where it shows any.
    shows: Option<(Depth, Ground)>,
    /// Whether only ASCII may be written.
    ascii: bool,
}

impl Printer {
    /// Writes without colours, whatever theme is asked for: nothing understands them.
    pub const fn plain(ascii: bool) -> Self {
        Self {
            palette: Palette::MONO,
            shows: None,
            ascii,
        }
    }

    /// Writes in the colours of a theme, for a terminal that can show so many on such a background.
    pub fn coloured(theme: Theme, shows: (Depth, Ground), ascii: bool) -> Self {
        let mut printer = Self {
            shows: Some(shows),
            ..Self::plain(ascii)
        };
        printer.take_theme(theme);
        printer
    }

    /// Goes on in the colours of another theme, where there are any.
    pub fn take_theme(&mut self, theme: Theme) {
        if let Some((depth, ground)) = self.shows {
            self.palette = Palette::new(theme, depth, ground);
        }
    }

    /// Writes lines, each ended.
    ///
    /// # Errors
    /// Where `out` cannot be written to.
    pub fn print(self, text: &Text, out: &mut dyn Write) -> io::Result<()> {
        for line in &text.lines {
            writeln!(out, "{}", self.line(line))?;
        }
        out.flush()
    }

    /// A line as it is written.
    pub fn line(self, line: &Line) -> String {
        let spans = line.spans.iter();
        spans
            .map(|span| self.paint(&span.text, span.role))
            .collect()
    }

    /// A piece of text as it is written; the terminal obeys nothing in it but its colours.
    pub fn paint(self, text: &str, role: Role) -> String {
        let text = printable(text);
        let text = if self.ascii { ascii(&text) } else { text };
        let codes = codes(self.palette.look(role));
        if self.palette.is_mono() || codes.is_empty() {
            text
        } else {
            format!("\x1b[{codes}m{text}\x1b[0m")
        }
    }
}

/// The numbers of the terminal's escape sequence for a look.
fn codes(look: Look) -> String {
    let mut codes = String::new();
    let flags = [
        (look.bold, 1),
        (look.italic, 3),
        (look.underlined, 4),
        (look.reversed, 7),
    ];
    for (_, code) in flags.into_iter().filter(|(wanted, _)| *wanted) {
        let _ = write!(codes, "{code};");
    }
    if let Some(colour) = look.colour {
        let _ = match colour {
            Colour::Named(index @ 0..8) => write!(codes, "{};", 30 + index),
            Colour::Named(index) => write!(codes, "{};", 82 + index),
            Colour::Indexed(index) => write!(codes, "38;5;{index};"),
            Colour::Exact([red, green, blue]) => write!(codes, "38;2;{red};{green};{blue};"),
        };
    }
    codes.pop();
    codes
}
