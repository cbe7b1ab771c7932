//! The run as it was before a setting was turned: its faint way behind the others, and both runs in a legend below.
//!
//! ```text
//!  ● now    momentum 0.75: loss 0.03
//!  ◌ before momentum 0.5: loss 0.97. Converging. ...
//! ```
//!
//! What the run does now stands in the row for that, and not here too.

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::dots::{Dots, cell_of};
use crate::explain::{Line, Role, plural};
use crate::screen::render::paint::{Painter, above};
use crate::screen::theme;
use crate::session::Verdict;

/// The mark of its last point.
pub const MARK: &str = "◌";
/// Of so many dots of its way, one is drawn.
const SPARSE: i32 = 4;

/// How it looks.
pub fn style(painter: Painter) -> Style {
    theme::style(painter.look.palette().ghost())
}

/// Draws its way through places in shares of an area, which lies below all others.
pub fn draw_way(buffer: &mut Buffer, area: Rect, painter: Painter, places: &[[f64; 2]]) {
    let style = style(painter);
    let mut dots = Dots::new(area, painter);
    dots.sparsely_through(places, 0, SPARSE);
    dots.stamp(buffer, |_| (style, '.'));
}

/// Marks the last of its places, where that is inside and no run has come to the same one: `ends` are theirs.
pub fn draw_end(
    buffer: &mut Buffer,
    area: Rect,
    painter: Painter,
    places: &[[f64; 2]],
    ends: impl Iterator<Item = [f64; 2]>,
) {
    let inside = |place: &&[f64; 2]| place.iter().all(|share| (0.0..=1.0).contains(share));
    let Some(last) = places.last().filter(inside) else {
        return;
    };
    let cell = cell_of(area, painter, *last);
    if ends
        .into_iter()
        .all(|end| cell_of(area, painter, end) != cell)
    {
        buffer[cell].set_symbol(MARK).set_style(style(painter));
    }
}

/// Where the settings of a run begin, in columns from the left edge: behind its mark and its name, and behind its mark alone.
const INDENTS: [usize; 2] = [10, 3];

/// The legend of both runs at a width: with what the ghost did where that takes no more than `most` rows, else without;
/// with symbols where a row is not enough for each, and with marks alone where that is not enough either.
fn rows(painter: Painter, runs: &[Verdict; 2], width: u16, most: u16) -> Vec<Line> {
    let counts_apart = runs[0].updates != runs[1].updates;
    let whole = |in_words: bool, with_behaviour: bool, indent: usize| -> Vec<Line> {
        let told = runs
            .iter()
            .zip([("●", "now", Role::Strong), (MARK, "before", Role::Muted)])
            .enumerate();
        let rows = told.flat_map(|(index, (run, (mark, name, role)))| {
            let settings = if in_words {
                &run.settings
            } else {
                &run.symbols
            };
            let mut words = settings.clone();
            if counts_apart {
                let updates = plural(run.updates, "update");
                words = words.and(format!(", {} {updates}", run.updates));
            }
            if !run.result.spans.is_empty() {
                words = words.and(": ").joined(run.result.clone());
            }
            if with_behaviour && index > 0 && !run.behaviour.spans.is_empty() {
                words = words.and(". ").joined(run.behaviour.clone());
            }
            let words = painter.wrap_line(words, width.saturating_sub(indent as u16));
            let name = if indent == INDENTS[0] { name } else { "" };
            let head = painter.text(&format!(" {mark} {name}"));
            words.into_iter().enumerate().map(move |(index, words)| {
                let head = if index == 0 { &*head } else { "" };
                Line::new()
                    .with(format!("{head:indent$}"), role)
                    .joined(words)
            })
        });
        rows.collect()
    };
    let [named, marked] = INDENTS;
    let all = whole(true, true, named);
    if all.len() <= usize::from(most) {
        return all;
    }
    let shorter = [whole(true, false, named), whole(false, false, named)];
    let fits = |rows: &Vec<Line>| rows.len() <= runs.len();
    let found = shorter.into_iter().find(fits);
    found.unwrap_or_else(|| whole(false, false, marked))
}

/// Draws the legend of both runs at the foot of an area; the answer is what is left above it.
pub fn draw_legend(frame: &mut Frame, area: Rect, painter: Painter, runs: &[Verdict; 2]) -> Rect {
    let rows = rows(painter, runs, area.width, area.height / 3);
    let height = (rows.len() as u16).min(area.height);
    let rest = above(area, height);
    let place = Rect {
        y: rest.bottom(),
        height,
        ..area
    };
    frame.render_widget(painter.lines(&rows), place);
    rest
}
