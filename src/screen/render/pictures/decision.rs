//! The plane of two inputs, by the answer to each of its points: the fuller, the more certain it is. Letters on it say
//! which answer; items lie in it as marks.
//!
//! ```text
//!  1.2 ▓▓1▓▓▒▒░··░▒▓▓0▓   0 1 says so: ▓ certain, · unsure
//!      ▓(1)▓▒░··░▒▓(0)▓   (0) (1) items, ! wrong
//! -0.2 ▓▓▓▓▓▒░···░▒▓▓▓▓
//!     -0.2          1.2
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
use crate::pictures::{CERTAIN, DecisionView, Prediction};
use crate::screen::render::paint::Painter;
use crate::screen::{Glyphs, theme};

/// So many numbers may be computed for a frame.
const MOST_EFFORT: usize = 60_000;
/// However large the network is, an answer covers no more than this many columns and rows.
const LARGEST_SIDE: u16 = 16;

impl Painted for DecisionView {
    /// Draws the plane between its axes, and a legend below.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let show = |value: f64| number::display(value, self.digits.few());
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

/// How full the ground is, from unsure to certain, so that it is told without colours.
fn fills(glyphs: Glyphs) -> [&'static str; 4] {
    match glyphs {
        Glyphs::Unicode => ["·", "░", "▒", "▓"],
        Glyphs::Ascii => [".", ":", "+", "%"],
    }
}

/// The sign of an answer that is so certain.
fn fill(certainty: f64, glyphs: Glyphs) -> &'static str {
    /// Up to there an answer is unsure, and so on.
    const BOUNDS: [f64; 3] = [0.25, 0.5, CERTAIN];
    let level = BOUNDS.iter().filter(|bound| certainty >= **bound).count();
    fills(glyphs)[level]
}

/// Whether a cell has the letter of its answer: now and then, so that a region is told without colours.
fn is_lettered(column: u16, row: u16) -> bool {
    let shift = if (row / 3).is_multiple_of(2) { 3 } else { 8 };
    row % 3 == 1 && column % 10 == shift
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
        let (x, y) = (position.x - plane.x, position.y - plane.y);
        let (column, row) = (x / side, y / side);
        let answer = answers[usize::from(row) * usize::from(columns) + usize::from(column)];
        if let Some((answer, certainty)) = answer {
            let cell = &mut buffer[position];
            cell.set_style(answer_style(painter, answer));
            if is_lettered(x, y) {
                cell.set_char(digit(answer));
            } else {
                cell.set_symbol(fill(certainty, painter.look.glyphs));
            }
        }
    }
}

/// An item by its right answer, in brackets: `(1)`, and `!1!` where the network says another.
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
    // A letter of the ground would be read together with it.
    for (near, further) in [(x.wrapping_sub(2), x.wrapping_sub(3)), (x + 2, x + 3)] {
        let inside = |x: u16| (plane.left()..plane.right()).contains(&x);
        if inside(near) && inside(further) && is_lettered(near - plane.x, y - plane.y) {
            buffer[(near, y)] = buffer[(further, y)].clone();
        }
    }
    let strong = on_top(painter.style(Role::Strong));
    // Where items lie near one another, their answers are what is seen.
    let mut beside = |x: Option<u16>, sign: &str| {
        let inside = x.filter(|x| (plane.left()..plane.right()).contains(x));
        if let Some(cell) = inside.map(|x| &mut buffer[(x, y)])
            && !cell.modifier.contains(Modifier::BOLD)
        {
            cell.set_symbol(sign).set_style(strong);
        }
    };
    let [before, after] = if wrong { ["!", "!"] } else { ["(", ")"] };
    beside(x.checked_sub(1), if current { "▸" } else { before });
    beside(Some(x + 1), after);
    buffer[(x, y)].set_char(digit(meant)).set_style(style);
}

/// ` 0 Setosa  1 Virginica  ▓ certain, · unsure  (0) item, !0! wrong, ▸ this one`: an item by what is right
fn draw_legend(frame: &mut Frame, row: Rect, painter: Painter, view: &DecisionView) {
    let mut line = TuiLine::default();
    for (answer, name) in view.names.iter().enumerate() {
        let digit = digit(answer).to_string();
        let text = if *name == digit {
            format!(" {digit}")
        } else {
            format!(" {digit} {name} ")
        };
        line.push_span(TuiSpan::styled(text, answer_style(painter, answer)));
    }
    let fills = fills(painter.look.glyphs);
    for text in [
        &format!("  {} certain, {} unsure", fills[3], fills[0]),
        "  (0) item, !0! wrong",
        ", ▸ this one",
    ] {
        let text = painter.text(text);
        if line.width() + text.width() <= usize::from(row.width) {
            line.push_span(TuiSpan::styled(text, painter.muted()));
        }
    }
    frame.render_widget(Paragraph::new(line), row);
}
