//! From text with roles to text with styles.

use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::{Block, Paragraph};
use unicode_width::UnicodeWidthStr;

use crate::explain::{Line, Role, Span, Text};
use crate::screen::{Look, theme};

/// The text, cut at a word where it does not fit.
pub fn shortened(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for word in text.split_inclusive(' ') {
        if short.width() + word.width() + 3 > room {
            break;
        }
        short.push_str(word);
    }
    short.trim_end().to_owned() + "..."
}

/// What is left of an area beyond its first columns.
pub fn beyond(area: Rect, columns: u16) -> Rect {
    Rect {
        x: area.x + columns.min(area.width),
        width: area.width.saturating_sub(columns),
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

/// What is left of an area below its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    Rect {
        y: area.y + rows.min(area.height),
        height: area.height.saturating_sub(rows),
        ..area
    }
}

/// What the mark that says how many lines are out of sight leaves of a border, in columns.
fn room_for_note(width: u16) -> usize {
    const MARK: usize = 26;
    usize::from(width).saturating_sub(MARK + 2)
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
    pub fn wrap_line(self, line: Line, width: u16) -> Vec<Line> {
        self.wrap(&Text::from(vec![line]), width)
    }

    /// Lines wrapped to a width in the characters of the terminal.
    pub fn wrap(self, text: &Text, width: u16) -> Vec<Line> {
        let mut text = text.clone();
        for span in text.lines.iter_mut().flat_map(|line| &mut line.spans) {
            span.text = self.text(&span.text);
        }
        crate::view::wrap(&text, usize::from(width))
    }

    /// How many columns a line takes.
    pub fn width(self, line: &Line) -> usize {
        self.text(&line.text()).width()
    }

    /// A pane's border with its title.
    pub fn block(self, title: TuiLine<'static>, focused: bool) -> Block<'static> {
        Block::bordered()
            .border_set(self.look.glyphs.border(focused))
            .border_style(theme::border(self.look.palette(), focused))
            .title(title)
    }

    /// The border with a sentence in its lower left corner, as much of it as leaves room for the mark beside it.
    pub fn with_note(self, block: Block<'static>, note: &str, width: u16) -> Block<'static> {
        let text = shortened(&self.text(note), room_for_note(width));
        let style = self.style(Role::Strong);
        block.title_bottom(TuiLine::styled(format!(" {text} "), style))
    }

    /// Whether a sentence is whole in the border of a pane of `width`.
    pub fn has_room_for_note(self, note: &str, width: u16) -> bool {
        self.text(note).width() <= room_for_note(width)
    }

    /// The border with a mark that says how many lines are out of sight below, and how to see them.
    pub fn with_more(self, block: Block<'static>, below: usize, focused: bool) -> Block<'static> {
        match self.more(below, if focused { "J" } else { "Tab, J" }) {
            Some(more) => block.title_bottom(more),
            None => block,
        }
    }

    /// The mark that says how many lines are out of sight below, where there are any, and which keys show them.
    pub fn more(self, below: usize, keys: &str) -> Option<TuiLine<'static>> {
        let lines = if below == 1 { "line" } else { "lines" };
        let text = self.text(&format!(" ▼ {below} more {lines}: {keys} "));
        (below > 0).then(|| TuiLine::styled(text, self.muted()).right_aligned())
    }
}
