//! A quantity over the updates, one line for each branch.
//!
//! ```text
//! 3.61 ┤        ⣀⠤⠒⠉● main
//!      │  ⣀⠤⠒⠉
//! 3.56 ●⠊            ▲ momentum=0
//!      └┬───────────┬
//!       0           1
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::plot::{self, Curve, Plot};
use super::{Painted, last_row};
use crate::command::Spacing;
use crate::explain::{Quantity, Role};
use crate::pictures::{HistoryView, Series};
use crate::screen::render::paint::{Painter, above};
use crate::screen::theme;

/// From this width on there is room for names beside a plot.
const NAMED: u16 = 60;

/// Curves with the names of their branches, where those are `wanted`.
fn named(mut curves: Vec<Curve>, series: &[Series], wanted: bool) -> Vec<Curve> {
    for (curve, series) in curves.iter_mut().zip(series).filter(|_| wanted) {
        curve.name.clone_from(&series.name);
    }
    curves
}

impl Painted for HistoryView {
    /// Draws the plot with its axes and, where there are several branches, their names.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let several = self.series.len() > 1;
        // Names stand at the ends where there is room for all of them, else in a row below.
        let at_ends = several && area.width >= NAMED && self.series.len() + 4 <= area.height.into();
        let legend_rows = u16::from(several && !at_ends);
        let (last_step, up) = self.ends;
        let quantity = self.plotted.quantity();
        let plot = Plot {
            ghost: &self.ghost,
            curves: named(
                curves(painter, &self.series, quantity),
                &self.series,
                at_ends,
            ),
            end: self
                .planned
                .map_or(last_step, |planned| last_step.max(planned as f64)),
            up,
            spacing: self.spacing,
            mark: self.digits.decimal(),
        };
        let rest = above(area, legend_rows);
        if plot.curves.iter().all(|curve| curve.points.is_empty()) {
            let text = match self.spacing {
                Spacing::Linear => " Nothing to draw yet: ↓ completes an update.",
                Spacing::Log => " Nothing above 0 to draw yet: ↓ completes an update.",
            };
            return frame.render_widget(painter.aside(text), area);
        }
        if plot::draw(frame, rest, painter, &plot) && legend_rows > 0 {
            draw_legend(frame, area, painter, &self.series, quantity);
        }
    }
}

/// The style of a branch's line: that of what is drawn, or one of those for branches that are not current.
pub fn series_style(painter: Painter, index: usize, current: bool, quantity: Quantity) -> Style {
    if current {
        painter.style(Role::Quantity(quantity))
    } else {
        theme::style(painter.look.palette().other_branch(index))
    }
}

/// The mark of a branch's points, by its place among those that are not current.
pub fn mark(index: usize, current: bool) -> &'static str {
    const OTHERS: [&str; 3] = ["▲", "■", "◆"];
    if current {
        "●"
    } else {
        OTHERS[index % OTHERS.len()]
    }
}

/// The lines of branches, in the order in which they are drawn.
pub fn curves(painter: Painter, series: &[Series], quantity: Quantity) -> Vec<Curve> {
    let curve = |(index, series): (usize, &Series)| Curve {
        points: series.points.clone(),
        style: series_style(painter, index, series.current, quantity),
        mark: mark(index, series.current),
        name: String::new(),
    };
    series.iter().enumerate().map(curve).collect()
}

/// `● main  ▲ momentum=0.9`, as many as fit in the last row of an area.
pub fn draw_legend(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    branches: &[Series],
    quantity: Quantity,
) {
    let mut line = TuiLine::default();
    let mut used = 0;
    for (index, Series { name, current, .. }) in branches.iter().enumerate().rev() {
        let style = series_style(painter, index, *current, quantity);
        let text = painter.text(&format!(" {} {name} ", mark(index, *current)));
        used += text.width();
        if used > usize::from(area.width) {
            break;
        }
        line.push_span(TuiSpan::styled(text, style));
    }
    frame.render_widget(Paragraph::new(line), last_row(area));
}
