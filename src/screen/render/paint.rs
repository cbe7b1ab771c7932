//! From text with roles to text with styles.

use ratatui::layout::Alignment;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Block;
use unicode_width::UnicodeWidthStr;

use crate::explain::{Line, Role, Text};
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
        theme::style(self.look.theme.look(role))
    }

    /// The style of less important things.
    pub fn muted(self) -> Style {
        self.style(Role::Muted)
    }

    /// A line, painted.
    pub fn line(self, line: &Line) -> TuiLine<'static> {
        let spans = line.spans.iter();
        TuiLine::from(
            spans
                .map(|span| TuiSpan::styled(self.text(&span.text), self.style(span.role)))
                .collect::<Vec<_>>(),
        )
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
            .border_style(theme::border(self.look.theme, focused))
            .title(title)
    }

    /// The border with a sentence in its lower left corner, as much of it as leaves room for the mark beside it.
    pub fn with_note(self, block: Block<'static>, note: &str, width: u16) -> Block<'static> {
        /// Columns of the mark that says how many lines are out of sight.
        const MARK: usize = 26;
        let room = usize::from(width).saturating_sub(MARK + 2);
        let text = shortened(&self.text(note), room);
        let style = self.style(Role::Strong);
        block.title_bottom(TuiLine::styled(format!(" {text} "), style))
    }

    /// The border with a mark that says how many lines are out of sight below, and how to see them.
    pub fn with_more(self, block: Block<'static>, below: usize, focused: bool) -> Block<'static> {
        let more = self.more(below, if focused { "J" } else { "Tab, J" });
        match more {
            Some(more) => block.title_bottom(more),
            None => block,
        }
    }

    /// The mark that says how many lines are out of sight below, where there are any, and which keys show them.
    pub fn more(self, below: usize, keys: &str) -> Option<TuiLine<'static>> {
        let lines = if below == 1 { "line" } else { "lines" };
        let text = self.text(&format!(" ▼ {below} more {lines}: {keys} "));
        (below > 0).then(|| TuiLine::styled(text, self.muted()).alignment(Alignment::Right))
    }
}
