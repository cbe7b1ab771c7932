//! The plane of two inputs, by the answer to each of its points; items lie in it as marks.
//!
//! ```text
//!  1.2 ····░░░░░░░░   · 0  ░ 1
//!      ··1░░░░░0!░░   0 1 items, ! wrong
//! -0.2 ·····░░░░░░░
//!     -0.2      1.2
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::dots::on_top;
use super::{Painted, last_row};
use crate::explain::{Role, number};
use crate::pictures::{DecisionView, Prediction};
use crate::screen::render::paint::Painter;
use crate::screen::{Glyphs, theme};

/// So many numbers may be computed for a frame.
const MOST_EFFORT: usize = 60_000;
/// However large the network is, an answer covers no more than this many columns and rows.
const LARGEST_SIDE: u16 = 16;

impl Painted for DecisionView {
    /// Draws the plane between its axes, and a legend below.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let show = |value: f64| number::display(value, self.digits.at_most(3));
        let heights = self.plane.up.map(show);
        let label = heights.iter().map(String::len).max().unwrap_or(0) as u16;
        if area.height < 5 || area.width < label + 12 {
            return;
        }
        let plane = Rect {
            x: area.x + label + 2,
            y: area.y,
            width: area.width - label - 3,
            height: area.height - 2,
        };
        draw_answers(frame, plane, painter, self);
        for item in &self.items {
            draw_item(frame, plane, painter, self, item);
        }
        let muted = painter.muted();
        let buffer = frame.buffer_mut();
        let width = usize::from(label);
        for (row, text) in [(plane.bottom() - 1, &heights[0]), (plane.y, &heights[1])] {
            buffer.set_string(area.x, row, format!(" {text:>width$}"), muted);
        }
        if plane.height > 2 {
            let row = plane.y + plane.height / 2;
            buffer.set_string(area.x, row, format!(" {:>width$}", "x1"), muted);
        }
        let [left, right] = self.plane.across.map(show);
        let below = plane.bottom();
        buffer.set_string(plane.x, below, &left, muted);
        buffer.set_string(plane.x + plane.width / 2, below, "x0", muted);
        let end = plane.right().saturating_sub(right.len() as u16);
        buffer.set_string(end, below, &right, muted);
        draw_legend(frame, last_row(area), painter, self);
    }
}

/// What stands for an answer among the items.
fn digit(answer: usize) -> char {
    char::from_digit(answer as u32 % 36, 36).unwrap_or('?')
}

/// The sign of an answer, so that it is told without colours.
fn sign(answer: usize, glyphs: Glyphs) -> &'static str {
    const UNICODE: [&str; 4] = ["·", "░", "▒", "▓"];
    const ASCII: [&str; 4] = [".", ":", "%", "+"];
    match glyphs {
        Glyphs::Unicode => UNICODE[answer % 4],
        Glyphs::Ascii => ASCII[answer % 4],
    }
}

fn answer_style(painter: Painter, answer: usize) -> Style {
    theme::style(painter.look.palette().answer(answer))
}

fn draw_answers(frame: &mut Frame, plane: Rect, painter: Painter, view: &DecisionView) {
    let wanted = plane.area() as usize * view.answers.network().names().len();
    // Of a large network fewer points are asked about.
    let mut sides = 1..LARGEST_SIDE;
    let side = sides.find(|side| wanted / usize::from(side * side) <= MOST_EFFORT);
    let side = side.unwrap_or(LARGEST_SIDE);
    let (columns, rows) = (plane.width.div_ceil(side), plane.height.div_ceil(side));
    let answers = view.grid(usize::from(columns), usize::from(rows));
    let buffer = frame.buffer_mut();
    for position in plane.positions() {
        let (column, row) = ((position.x - plane.x) / side, (position.y - plane.y) / side);
        let answer = answers[usize::from(row) * usize::from(columns) + usize::from(column)];
        if let Some(answer) = answer {
            buffer[position]
                .set_symbol(sign(answer, painter.look.glyphs))
                .set_style(answer_style(painter, answer));
        }
    }
}

/// The right answer of an item, with `!` behind it where the network says another.
fn draw_item(
    frame: &mut Frame,
    plane: Rect,
    painter: Painter,
    view: &DecisionView,
    item: &Prediction,
) {
    let ([x, y], Some(meant)) = (&item.inputs[..], item.meant) else {
        return;
    };
    let [across, up] = view.plane.shares([*x, *y]);
    let (wrong, current) = (item.is_wrong(), view.answers.current == Some(item.item));
    let place = |share: f64, cells: u16| {
        ((share * f64::from(cells)).floor().max(0.0) as u16).min(cells - 1)
    };
    let x = plane.x + place(across, plane.width);
    let y = plane.y + place(1.0 - up, plane.height);
    let mut style = on_top(answer_style(painter, meant));
    if wrong {
        style = style.add_modifier(Modifier::REVERSED);
    }
    if current {
        style = style.add_modifier(Modifier::UNDERLINED);
    }
    let buffer = frame.buffer_mut();
    buffer[(x, y)].set_char(digit(meant)).set_style(style);
    if wrong && x + 1 < plane.right() {
        buffer[(x + 1, y)].set_symbol("!").set_style(style);
    }
    if current && x > plane.x {
        let style = painter.style(Role::Strong);
        buffer[(x - 1, y)].set_symbol("▸").set_style(style);
    }
}

/// `· 0  ░ 1   items by their right answer: 0 1, ! wrong, ▸ this one`
fn draw_legend(frame: &mut Frame, row: Rect, painter: Painter, view: &DecisionView) {
    let mut line = TuiLine::default();
    for (answer, name) in view.names.iter().enumerate() {
        let (digit, sign) = (digit(answer), sign(answer, painter.look.glyphs));
        let text = if *name == digit.to_string() {
            format!(" {sign} {name} ")
        } else {
            format!(" {sign} {digit} {name} ")
        };
        line.push_span(TuiSpan::styled(text, answer_style(painter, answer)));
    }
    for text in [
        " ! wrong",
        "  ▸ this item",
        "  digits: items with their right answer",
    ] {
        let text = painter.text(text);
        if line.width() + text.width() <= usize::from(row.width) {
            line.push_span(TuiSpan::styled(text, painter.muted()));
        }
    }
    frame.render_widget(Paragraph::new(line), row);
}
