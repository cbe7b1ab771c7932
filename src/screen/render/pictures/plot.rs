//! Curves between two axes.
//!
//! ```text
//! 3.61 ┤        ⣀⠤⠒⠉●
//!      │  ⣀⠤⠒⠉
//! 3.56 ●⠊
//!      └┬───────────┬
//!       0           1
//! ```

use crate::math::portable::{log10, power_of_ten};
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::canvas::{Canvas, Line as CanvasLine, Points};
use unicode_width::UnicodeWidthStr;

use super::dots::cell_of;
use super::ghost;
use super::legend::{entry, fitted};
use crate::command::Spacing;
use crate::explain::{Decimal, Digits, number};
use crate::screen::render::paint::Painter;

/// What is drawn: over a whole number of something from 0 to `end`, heights from `up[0]` to `up[1]` and a little more.
pub struct Plot<'a> {
    /// The run before a setting was turned, which lies below all of them; without points where there is none.
    pub ghost: &'a [(f64, f64)],
    /// The later ones lie over the earlier.
    pub curves: Vec<Curve>,
    /// Where the axis below ends.
    pub end: f64,
    /// The smallest and the largest height.
    pub up: [f64; 2],
    /// Whether heights are what they are, or powers of ten.
    pub spacing: Spacing,
    /// What the decimals of its labels begin with.
    pub mark: Decimal,
}

/// Points and the line through them.
pub struct Curve {
    /// (across, up), from left to right.
    pub points: Vec<(f64, f64)>,
    pub style: Style,
    /// What marks its points where they are few, and its last one.
    pub mark: &'static str,
    /// What it is called beside its end; empty where that is said elsewhere.
    pub name: String,
}

/// More marks than this hide the line between them.
const MOST_MARKS: usize = 12;

/// Draws the plot with its axes; `false` where there is no room for it, or nothing to draw.
pub fn draw(frame: &mut Frame, area: Rect, painter: Painter, plot: &Plot) -> bool {
    let [low, high] = plot.up;
    if area.height < 4 || area.width < 24 || low > high {
        return false;
    }
    let end = plot.end.max(1.0);
    let count = (area.height - 2) / 3;
    let ticks = match plot.spacing {
        Spacing::Linear => Ticks::new(low, high, count, plot.mark),
        Spacing::Log => Ticks::powers(low, high, count, plot.mark),
    };
    let widths = ticks.labels.iter().map(|label| label.width());
    let label_width = widths.max().unwrap_or(0) as u16;
    let names = plot.curves.iter().map(|curve| curve.name.width());
    let names = match names.max().unwrap_or(0) as u16 {
        0 => 0,
        // A mark before them, and blanks around it.
        widest => (widest + 2).min(area.width / 3),
    };
    let inside = Rect {
        x: area.x + label_width + 2,
        y: area.y,
        width: area.width.saturating_sub(label_width + 4 + names),
        height: area.height - 2,
    };
    if inside.width < 8 {
        return false;
    }
    draw_values(frame, area, inside, painter, &ticks);
    draw_steps(frame, inside, painter, end);
    let across = Scale {
        low: 0.0,
        high: end,
    };
    let place = |(step, height): &(f64, f64)| [across.share(*step), ticks.scale.share(*height)];
    let way: Vec<[f64; 2]> = plot.ghost.iter().map(place).collect();
    ghost::draw_way(frame.buffer_mut(), inside, painter, &way);
    for curve in &plot.curves {
        draw_curve(frame, inside, painter, curve, (across, ticks.scale));
    }
    let ends = plot.curves.iter().filter_map(|curve| curve.points.last());
    ghost::draw_end(frame.buffer_mut(), inside, painter, &way, ends.map(place));
    draw_names(frame, (inside, names), painter, plot, (across, ticks.scale));
    true
}

/// The name of each curve beside its end, or as near to that as there is a free row; the last curve chooses first.
fn draw_names(
    frame: &mut Frame,
    (plot, width): (Rect, u16),
    painter: Painter,
    shown: &Plot,
    scales: (Scale, Scale),
) {
    let mut free: Vec<u16> = plot.rows().map(|row| row.y).collect();
    let named = shown
        .curves
        .iter()
        .rev()
        .filter(|curve| !curve.name.is_empty());
    for curve in named.filter(|_| width > 2) {
        let Some((step, value)) = curve.points.last() else {
            continue;
        };
        let place = [scales.0.share(*step), scales.1.share(*value)];
        let (_, end) = cell_of(plot, painter, place);
        let nearest = (0..free.len()).min_by_key(|row| free[*row].abs_diff(end));
        if let Some(nearest) = nearest {
            let row = free.remove(nearest);
            let text = entry(painter, curve.mark, &curve.name, curve.style);
            let text = fitted(&text, usize::from(width));
            frame
                .buffer_mut()
                .set_line(plot.right() + 1, row, &text, width);
        }
    }
}

fn draw_curve(
    frame: &mut Frame,
    plot: Rect,
    painter: Painter,
    curve: &Curve,
    scales: (Scale, Scale),
) {
    let style = curve.style;
    let colour = style.fg.unwrap_or_default();
    let place = |(step, value): &(f64, f64)| (scales.0.share(*step), scales.1.share(*value));
    let points: Vec<(f64, f64)> = curve.points.iter().map(place).collect();
    let canvas = Canvas::default()
        .marker(painter.look.glyphs.marker())
        .x_bounds([0.0, 1.0])
        .y_bounds([0.0, 1.0])
        .paint(|context| {
            for pair in points.windows(2) {
                let [(x1, y1), (x2, y2)] = [pair[0], pair[1]];
                context.draw(&CanvasLine::new(x1, y1, x2, y2, colour));
            }
            context.draw(&Points::new(&points, colour));
        });
    // A canvas clears what is under it, so the lines of several branches are laid over one another cell by cell.
    let mut layer = ratatui::buffer::Buffer::empty(plot);
    ratatui::widgets::Widget::render(canvas, plot, &mut layer);
    let buffer = frame.buffer_mut();
    for position in plot.positions() {
        let cell = &layer[position];
        if cell.symbol() != " " && cell.symbol() != "\u{2800}" {
            buffer[position].set_symbol(cell.symbol()).set_style(style);
        }
    }
    // All points of a short run are marked, and the last of any.
    let first = if points.len() <= MOST_MARKS {
        0
    } else {
        points.len() - 1
    };
    for (across, up) in &points[first..] {
        let position = cell_of(plot, painter, [*across, *up]);
        buffer[position].set_symbol(curve.mark).set_style(style);
    }
}

/// A range of values that is drawn from edge to edge.
#[derive(Debug, Clone, Copy)]
struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// Where a value stands between the edges, from 0 to 1; whatever the values, this is a number.
    fn share(self, value: f64) -> f64 {
        // Halves, since the whole range may be more than a double can hold.
        let share = (value / 2.0 - self.low / 2.0) / (self.high / 2.0 - self.low / 2.0);
        if share.is_nan() {
            0.5
        } else {
            share.clamp(0.0, 1.0)
        }
    }
}

/// Ranges wider than this come too near to the largest double for round numbers.
const LARGEST_RANGE: f64 = 1e300;

/// Values that are marked on the axis.
struct Ticks {
    scale: Scale,
    values: Vec<f64>,
    labels: Vec<String>,
}

impl Ticks {
    /// Marks at powers of ten, where heights are their exponents.
    fn powers(low: f64, high: f64, count: u16, mark: Decimal) -> Self {
        let (first, last) = (low.floor(), high.ceil().max(low.floor() + 1.0));
        let stride = ((last - first) / f64::from(count.max(1))).ceil().max(1.0);
        let steps = ((last - first) / stride) as u32;
        let steps = (0..=steps).map(f64::from);
        let values: Vec<f64> = steps.map(|step| first + step * stride).collect();
        let one = Digits::usual(mark).exactly(1);
        let label = |power: &f64| number::display(power_of_ten(*power as i32), one);
        Self {
            labels: values.iter().map(label).collect(),
            values,
            scale: Scale {
                low: first,
                high: last,
            },
        }
    }

    /// Some room around `low` to `high`, with round values marked in it: about `count`, and at least two.
    fn new(low: f64, high: f64, count: u16, mark: Decimal) -> Self {
        let largest = low.abs().max(high.abs());
        // Of a weight that hardly moves, something around it is shown.
        let least = if high > low {
            largest * 1e-12
        } else {
            largest.max(1.0) * 0.02
        };
        let spread = (high - low).max(least).max(f64::MIN_POSITIVE * 1e20);
        let scale = Scale {
            low: low - 0.08 * spread,
            high: high + 0.08 * spread,
        };
        let values = if scale.high - scale.low < LARGEST_RANGE {
            round_values(scale, count)
        } else {
            // Beyond what a double can hold there are no round values; the ends have to do.
            vec![low, high]
        };
        let unit = values[1] - values[0];
        let labels = number::display_aligned(&values, digits_for(unit, largest).with(mark));
        Self {
            scale: if scale.low.is_finite() && scale.high.is_finite() {
                scale
            } else {
                Scale { low, high }
            },
            values,
            labels,
        }
    }
}

/// Round values inside a scale: about `count`, and at least two.
fn round_values(scale: Scale, count: u16) -> Vec<f64> {
    let mut unit = round_above((scale.high - scale.low) / f64::from(count.max(1)));
    loop {
        let (first, last) = ((scale.low / unit).ceil(), (scale.high / unit).floor());
        if last > first {
            let steps = (last - first).min(100.0) as u32;
            let steps = (0..=steps).map(f64::from);
            return steps.map(|step| (first + step) * unit).collect();
        }
        unit = round_above(unit * 0.4);
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not below `value`.
fn round_above(value: f64) -> f64 {
    let power = power_of_ten(log10(value).floor() as i32);
    let digit = [1.0, 2.0, 5.0]
        .into_iter()
        .find(|digit| digit * power >= value * 0.999_999);
    digit.unwrap_or(10.0) * power
}

/// As many digits as tell values apart that are `unit` from one another.
fn digits_for(unit: f64, largest: f64) -> Digits {
    let needed = log10(largest / unit).floor() + 2.0;
    let [fewest, most] = [*Digits::RANGE.start(), *Digits::RANGE.end()];
    let count = needed.clamp(f64::from(fewest), f64::from(most)) as u8;
    Digits::new(count).unwrap_or_default()
}

/// The axis of values, with its labels to the left.
fn draw_values(frame: &mut Frame, area: Rect, plot: Rect, painter: Painter, ticks: &Ticks) {
    let axis = plot.x - 1;
    let muted = painter.muted();
    let buffer = frame.buffer_mut();
    for row in plot.top()..plot.bottom() {
        buffer[(axis, row)].set_symbol("│").set_style(muted);
    }
    let width = usize::from(axis - area.x - 1);
    for (value, label) in ticks.values.iter().zip(&ticks.labels) {
        let (_, row) = cell_of(plot, painter, [0.0, ticks.scale.share(*value)]);
        buffer[(axis, row)].set_symbol("┤");
        buffer.set_string(area.x, row, format!("{label:>width$}"), muted);
    }
}

/// The axis of updates below, with as many labels as fit.
fn draw_steps(frame: &mut Frame, plot: Rect, painter: Painter, steps: f64) {
    let axis = plot.bottom();
    let muted = painter.muted();
    let buffer = frame.buffer_mut();
    buffer[(plot.x - 1, axis)].set_symbol("└").set_style(muted);
    for column in plot.left()..plot.right() {
        buffer[(column, axis)].set_symbol("─").set_style(muted);
    }
    let widest = number::display(steps, Digits::default()).len() as u16 + 3;
    let room = f64::from((plot.width / widest).max(1));
    let stride = round_above(steps / room).max(1.0);
    let mut step = 0.0;
    while step <= steps {
        let (column, _) = cell_of(plot, painter, [step / steps, 0.0]);
        buffer[(column, axis)].set_symbol("┬");
        let label = number::display(step, Digits::default());
        let start = column
            .saturating_sub(label.len() as u16 / 2)
            .min(plot.right() - label.len() as u16 + 1);
        buffer.set_string(start, axis + 1, label, muted);
        step += stride;
    }
}
