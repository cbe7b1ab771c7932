//! Error and accuracy over the epochs, above one another or side by side.
//!
//! ```text
//!  mse 0.0709                      accuracy ● 93.3%  test ○ 96.7%
//! 0.6 ┤●                           1.0 ┤      ⣀⠤⠤⠒⠒⠉⠉●
//!     │ ⠑⢄⡀                            │ ⣀⠔⠊
//! 0.0 ┤   ⠈⠉⠒⠒⠒⠒⠒●                 0.3 ┤●
//!     └┬──────────┬                    └┬───────────┬
//!      0          50 epochs             0           50 epochs
//! ```

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::widgets::Paragraph;

use super::Painted;
use super::history::{curves, draw_legend};
use super::plot::{self, Curve, Plot};
use crate::command::Spacing;
use crate::explain::{
    Decimal, LayerKind, Line, Node, NodeQuantity, OfNode, Quantity, Role, number,
};
use crate::pictures::{ErrorsView, bounds};
use crate::screen::render::paint::{Painter, above};

/// From this width on two plots fit side by side, unless there is height for both.
const SIDE_BY_SIDE: u16 = 60;
/// From this height on two plots fit above one another.
const ABOVE: u16 = 18;
/// With fewer rows, one plot and the heading of the other fit.
const BOTH: u16 = 12;

/// Accuracy has the colour of what outputs are compared with.
const ACCURACY: Quantity = Quantity::Node(OfNode {
    quantity: NodeQuantity::Target,
    node: Node {
        layer: LayerKind::Output,
        index: 0,
    },
});

impl Painted for ErrorsView {
    fn least(&self) -> Size {
        Size::new(46, 9)
    }

    /// Draws both plots and, where there are several branches, a legend.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let Some(error) = self.error_now() else {
            let text = " The error has not been shown yet.";
            return frame.render_widget(painter.aside(text), area);
        };
        let legend = u16::from(self.errors.len() > 1);
        let plots = above(area, legend);
        let shown = number::display(error, self.digits.few());
        let heading = Line::plain(format!(" {} ", self.error_name))
            .with(shown, Role::Quantity(Quantity::Error));
        let beside = plots.height < ABOVE && plots.width >= SIDE_BY_SIDE;
        let halves = [Constraint::Fill(1); 2];
        let places = match (self.accuracies.is_empty(), beside) {
            (true, _) => vec![plots],
            (false, true) => Layout::horizontal(halves).split(plots).to_vec(),
            (false, false) if plots.height < BOTH => {
                let heading = Constraint::Length(1);
                let places = [Constraint::Fill(1), heading];
                Layout::vertical(places).split(plots).to_vec()
            }
            (false, false) => Layout::vertical(halves).split(plots).to_vec(),
        };
        let errors = curves(painter, &self.errors, Quantity::Error);
        draw_plot(
            frame,
            places[0],
            painter,
            (&heading, self.digits.decimal()),
            (errors, &self.ghosts[0]),
        );
        if let Some(place) = places.get(1) {
            let mut all = curves(painter, &self.accuracies, ACCURACY);
            if !self.test.is_empty() {
                let test = Curve {
                    points: self.test.clone(),
                    style: painter.style(Role::Strong),
                    mark: "○",
                    name: String::new(),
                };
                all.insert(0, test);
            }
            let heading = accuracy_heading(self);
            draw_plot(
                frame,
                *place,
                painter,
                (&heading, self.digits.decimal()),
                (all, &self.ghosts[1]),
            );
        }
        if legend > 0 {
            draw_legend(frame, area, painter, &self.errors, Quantity::Error);
        }
    }
}

/// ` accuracy ● 93.3%  test ○ 96.7%`
fn accuracy_heading(view: &ErrorsView) -> Line {
    let mut line = Line::plain(" accuracy");
    if let Some(share) = view.now.and_then(|now| now.accuracy) {
        line.push(
            format!(" ● {}", number::percent(share, view.digits.decimal())),
            Role::Quantity(ACCURACY),
        );
    }
    if let Some(share) = view.now.and_then(|now| now.test_accuracy) {
        line.push("  test", Role::Plain);
        line.push(
            format!(" ○ {}", number::percent(share, view.digits.decimal())),
            Role::Strong,
        );
    }
    line
}

fn draw_plot(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    (heading, mark): (&Line, Decimal),
    (curves, ghost): (Vec<Curve>, &[(f64, f64)]),
) {
    let ([_, end], up) = bounds(curves.iter().flat_map(|curve| &curve.points).chain(ghost));
    let [top, rest] = Layout::vertical([Constraint::Length(1), Constraint::Min(0)]).areas(area);
    let unit = painter.text("epochs");
    frame.render_widget(Paragraph::new(painter.line(heading)), top);
    let plot = Plot {
        ghost,
        curves,
        end,
        up,
        spacing: Spacing::Linear,
        mark,
    };
    if plot::draw(frame, rest, painter, &plot) {
        let width = unit.len() as u16;
        let x = top.right().saturating_sub(width + 1);
        let used = painter.width(heading) as u16 + top.x;
        if x > used + 1 {
            let buffer = frame.buffer_mut();
            buffer.set_string(x, top.y, unit, painter.muted());
        }
    }
}
