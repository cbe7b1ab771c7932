//! Delta beside the momentum term, a pair of bars for each update.
//!
//! ```text
//!  █ Δ delta +0.02   ┃ μm momentum term +0.11   update 9
//!  0.4   ┃
//!      █ ┃ ▄┃ ╻
//!    0 █┃█┃█┃─┃┬┬┬┬
//! -0.1         ▀
//!      3 4 5 6
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;

use super::{Painted, ghost};
use crate::explain::{Quantity, Role, number};
use crate::math::Rough;
use crate::pictures::{Terms, TermsView};
use crate::screen::render::paint::Painter;

/// Columns of an update: two bars and a gap.
const PAIR: u16 = 3;

/// The characters of a bar: whole cells, a half above the line, a half below it.
struct Bar {
    quantity: Quantity,
    whole: &'static str,
    up: &'static str,
    down: &'static str,
}

const BARS: [Bar; 2] = [
    Bar {
        quantity: Quantity::Delta,
        whole: "█",
        up: "▄",
        down: "▀",
    },
    Bar {
        quantity: Quantity::MomentumTerm,
        whole: "┃",
        up: "╻",
        down: "╹",
    },
];

impl Painted for TermsView {
    /// Draws the last updates that fit.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let Some(last) = self.updates.last() else {
            let text = " No update is complete yet. ↓ completes one.";
            return frame.render_widget(painter.aside(text), area);
        };
        let heading = Rect { height: 1, ..area };
        let legend = legend(painter, self, *last, area.width);
        frame.render_widget(Paragraph::new(legend), heading);
        let digits = self.digits.few();
        // Room for the widest label that there can be.
        let label = 10;
        if area.height < 6 || area.width < label + 2 * PAIR {
            return;
        }
        let bars = Rect {
            x: area.x + label + 1,
            y: area.y + 1,
            width: area.width - label - 2,
            height: area.height - 2,
        };
        let fits = usize::from(bars.width / PAIR);
        let shown = &self.updates[self.updates.len().saturating_sub(fits)..];
        let first = shown.first().map_or(0, |terms| terms.update);
        let ghost = self.ghost.iter().filter(|terms| terms.update >= first);
        let scale = Scale::new(shown.iter().chain(ghost.clone()), bars.height - 1);
        let zero = bars.y + scale.rows[0];
        let muted = painter.muted();
        let buffer = frame.buffer_mut();
        let width = usize::from(label);
        let [up, down] = scale.rows;
        let ends = [
            (bars.y, up > 0, f64::from(up) * scale.unit),
            (bars.bottom() - 1, down > 0, -f64::from(down) * scale.unit),
            (zero, true, 0.0),
        ];
        for (row, there, value) in ends {
            if there {
                let text = number::display(value, digits);
                buffer.set_string(area.x, row, format!("{text:>width$}"), muted);
            }
        }
        for x in bars.left()..bars.right() {
            buffer[(x, zero)].set_symbol("─").set_style(muted);
        }
        for (index, terms) in shown.iter().enumerate() {
            let x = bars.x + index as u16 * PAIR;
            for (offset, bar) in BARS.iter().enumerate() {
                let value = value(terms, bar.quantity).value;
                let style = painter.style(Role::Quantity(bar.quantity));
                draw_bar(buffer, (x + offset as u16, zero), bar, &scale, value, style);
            }
            let text = terms.update.to_string();
            let every = (text.len() as u64 + 1).div_ceil(u64::from(PAIR)).max(1);
            let every = if every > 1 { 5 } else { 1 };
            if terms.update.is_multiple_of(every) && x + text.len() as u16 <= bars.right() {
                buffer.set_string(x, bars.bottom(), text, muted);
            }
        }
        // How far the same bars went before a setting was turned.
        let faint = ghost::style(painter);
        for terms in ghost {
            let x = bars.x + (terms.update - first) as u16 * PAIR;
            for (offset, bar) in BARS.iter().enumerate() {
                let value = value(terms, bar.quantity).value;
                let rows = scale.halves(value).div_ceil(2);
                let y = if value > 0.0 {
                    zero - rows
                } else {
                    zero + rows
                };
                let cell = &mut buffer[(x + offset as u16, y)];
                cell.set_symbol(ghost::MARK).set_style(faint);
            }
        }
    }
}

fn value(terms: &Terms, quantity: Quantity) -> Rough {
    if quantity == Quantity::Delta {
        terms.delta
    } else {
        terms.momentum_term
    }
}

/// `█ Δ delta +0.02   ┃ μm momentum term +0.11   update 9`; in a narrow pane with shorter words, for no number is cut.
fn legend(painter: Painter, view: &TermsView, last: Terms, width: u16) -> TuiLine<'static> {
    let fits = |line: &TuiLine| line.width() <= usize::from(width);
    let legend = |term: &str| {
        let entries = [(" ", "delta"), ("   ", term)];
        let spans = BARS.iter().zip(entries).map(|(bar, (gap, words))| {
            let shown = number::display_rough_signed(value(&last, bar.quantity), view.digits.few());
            let symbol = bar.quantity.symbol();
            let text = painter.text(&format!("{gap}{} {symbol} {words} {shown}", bar.whole));
            TuiSpan::styled(text, painter.style(Role::Quantity(bar.quantity)))
        });
        spans.collect::<TuiLine>()
    };
    let whole = legend("momentum term");
    let short = legend("term");
    let mut line = if fits(&whole) { whole } else { short };
    let update = painter.text(&format!("  update {}", last.update));
    line.push_span(TuiSpan::styled(update, painter.muted()));
    if !fits(&line) {
        line.spans.pop();
    }
    line
}

/// How high bars are.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Scale {
    /// What a row stands for.
    unit: f64,
    /// How many rows there are above the line, and below it.
    rows: [u16; 2],
}

impl Scale {
    /// The scale on which all updates fit so many rows.
    fn new<'a>(updates: impl Iterator<Item = &'a Terms>, rows: u16) -> Self {
        let values = updates.flat_map(|t| [t.delta.value, t.momentum_term.value]);
        let [low, high] = values.fold([0.0_f64; 2], |[low, high], value| {
            [low.min(value), high.max(value)]
        });
        let (below, all) = (-low, high - low);
        if all <= 0.0 || !all.is_finite() {
            return Self {
                unit: 1.0,
                rows: [rows, 0],
            };
        }
        let least = u16::from(high > 0.0);
        let most = rows - u16::from(below > 0.0);
        let up = ((high / all * f64::from(rows)).round() as u16).clamp(least.min(most), most);
        let down = rows - up;
        let unit = |size: f64, rows: u16| {
            if rows == 0 {
                0.0
            } else {
                size / f64::from(rows)
            }
        };
        Self {
            unit: unit(high, up).max(unit(below, down)),
            rows: [up, down],
        }
    }

    /// How many half rows high a value is.
    fn halves(&self, value: f64) -> u16 {
        (2.0 * value.abs() / self.unit).round() as u16
    }
}

/// Draws a bar from the line up or down. One that is too small for half a row leaves a tick on the line.
fn draw_bar(
    buffer: &mut ratatui::buffer::Buffer,
    (x, zero): (u16, u16),
    bar: &Bar,
    scale: &Scale,
    value: f64,
    style: Style,
) {
    let halves = scale.halves(value);
    if halves == 0 {
        if value != 0.0 {
            let tick = if value > 0.0 { "┴" } else { "┬" };
            buffer[(x, zero)].set_symbol(tick).set_style(style);
        }
        return;
    }
    for row in 1..=halves.div_ceil(2) {
        let half = row == halves.div_ceil(2) && halves % 2 == 1;
        let symbol = match (half, value > 0.0) {
            (false, _) => bar.whole,
            (true, true) => bar.up,
            (true, false) => bar.down,
        };
        let y = if value > 0.0 { zero - row } else { zero + row };
        buffer[(x, y)].set_symbol(symbol).set_style(style);
    }
}
