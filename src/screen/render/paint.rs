//! From text with roles to text with styles.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Block, Paragraph};
use unicode_width::UnicodeWidthStr;

use crate::explain::{Line, Role, Span, Text, plural};
use crate::screen::{Glyphs, Look, theme};
use crate::view::{self, Heading, beginning};

/// The text, cut at a word where it does not fit.
pub fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    beginning(text, room.saturating_sub(3)) + "..."
}

/// What is left of an area beyond its first columns.
pub fn beyond(area: Rect, columns: u16) -> Rect {
    Rect {
        x: area.x + columns.min(area.width),
        width: area.width.saturating_sub(columns),
        ..area
    }
}

/// What is left of an area below its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    Rect {
        y: area.y + rows.min(area.height),
        height: area.height.saturating_sub(rows),
        ..area
    }
}

/// What is left of an area above its last rows.
pub fn above(area: Rect, rows: u16) -> Rect {
    Rect {
        height: area.height.saturating_sub(rows),
        ..area
    }
}

/// Knows how everything looks.
#[derive(Debug, Clone, Copy)]
pub struct Painter {
    /// Theme and characters.
    pub look: Look,
}

impl Painter {
    /// Text in the characters of the terminal.
    pub fn text(self, text: &str) -> String {
        self.look.glyphs.text(text)
    }

    /// The style of a role.
    pub fn style(self, role: Role) -> Style {
        theme::style(self.look.palette().look(role))
    }

    /// The style of less important things.
    pub fn muted(self) -> Style {
        self.style(Role::Muted)
    }

    /// A line, painted.
    pub fn line(self, line: &Line) -> TuiLine<'static> {
        let span = |span: &Span| TuiSpan::styled(self.text(&span.text), self.style(span.role));
        line.spans.iter().map(span).collect()
    }

    /// A row of a table, painted; the current one stands out.
    pub fn row(self, line: &Line, current: bool) -> TuiLine<'static> {
        let painted = self.line(line);
        if current {
            painted.patch_style(theme::current())
        } else {
            painted
        }
    }

    /// Lines, painted.
    pub fn lines<'a>(self, lines: impl IntoIterator<Item = &'a Line>) -> Paragraph<'static> {
        let painted: Vec<TuiLine> = lines.into_iter().map(|line| self.line(line)).collect();
        Paragraph::new(painted)
    }

    /// A line of less important words.
    pub fn aside(self, text: &str) -> Paragraph<'static> {
        Paragraph::new(self.text(text)).style(self.muted())
    }

    /// A line wrapped to a width in the characters of the terminal.
    pub fn wrap_line(self, mut line: Line, width: u16) -> Vec<Line> {
        self.write(&mut line);
        view::wrap_line(line, usize::from(width))
    }

    /// Lines wrapped to a width in the characters of the terminal.
    pub fn wrap(self, text: &Text, width: u16) -> Vec<Line> {
        let lines = text.lines.iter().cloned();
        lines.flat_map(|line| self.wrap_line(line, width)).collect()
    }

    /// Puts a line into the characters of the terminal.
    pub fn write(self, line: &mut Line) {
        if self.look.glyphs == Glyphs::Ascii {
            for span in &mut line.spans {
                span.text = self.text(&span.text);
            }
        }
    }

    /// How many columns a line takes.
    pub fn width(self, line: &Line) -> usize {
        match self.look.glyphs {
            Glyphs::Unicode => view::columns(line),
            Glyphs::Ascii => self.text(&line.text()).width(),
        }
    }

    /// A pane's border with its title.
    pub fn block(self, title: TuiLine<'static>, focused: bool) -> Block<'static> {
        Block::bordered()
            .border_set(self.look.glyphs.border(focused))
            .border_style(theme::border(self.look.palette(), focused))
            .title(title)
    }

    /// The border with a mark that says how many lines are out of sight below, and how to see them.
    pub fn with_more(self, block: Block<'static>, below: usize, focused: bool) -> Block<'static> {
        match self.mark(below, if focused { "J" } else { "Tab, J" }) {
            Some(mark) => block.title_bottom(mark),
            None => block,
        }
    }

    /// That mark, for a border.
    pub fn mark(self, below: usize, keys: &str) -> Option<TuiLine<'static>> {
        let more = more(below, keys)?;
        let text = self.text(&format!(" {} ", more.whole()));
        Some(TuiLine::styled(text, self.muted()).right_aligned())
    }
}

/// The mark that says how many lines are out of sight below, where there are any, and which keys show them.
pub fn more(below: usize, keys: &str) -> Option<Heading> {
    let lines = plural(below as u64, "line");
    let forms = [
        format!("▼ {below} more {lines}: {keys}"),
        format!("▼ {below}"),
    ];
    (below > 0).then(|| Heading::of(forms))
}
