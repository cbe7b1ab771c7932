//! The table of predictions, item by item.
//!
//! ```text
//!   item    inputs           target      outputs         answer
//! ▸   57    5.1 3.5 1.4 0.2  setosa      0.98 0.01 0.01  setosa
//!     58 !  6.0 2.9 4.5 1.5  versicolor  0.01 0.41 0.58  virginica  wrong
//! ```

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::Painted;
use crate::explain::{Digits, LayerKind, Line, Node, NodeQuantity, OfNode, Quantity, Role, number};
use crate::pictures::{Prediction, PredictionsView};
use crate::screen::render::paint::Painter;
use crate::screen::render::scroll::Extent;

/// Columns of the item's number with the mark before it.
const ITEM: usize = 9;
/// What stands behind a wrong answer where there is room for it.
const WRONG: &str = "wrong";

impl Painted for PredictionsView {
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, scroll: Option<usize>) {
        let seen = self.extent(area.height).seen(scroll);
        let rows = self.rows(seen);
        let width = usize::from(area.width);
        let shape = Shape::new(self, &rows, width);
        let mut lines = vec![painter.line(&heading(shape))];
        for row in &rows {
            let line = row_line(self, row, shape, width);
            lines.push(painter.row(&line, self.current == Some(row.item)));
        }
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// What of the table is in sight: the item of the update.
    fn extent(&self, height: u16) -> Extent {
        let current = self.current.map_or(0..0, |item| item..item + 1);
        Extent::new(self.count, height.saturating_sub(1)).following(current)
    }
}

/// How the columns fit a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    digits: Digits,
    inputs: usize,
    /// How many of the inputs have room.
    most_inputs: usize,
    target: usize,
    outputs: usize,
    /// How many of the outputs have room.
    most_outputs: usize,
    answer: usize,
}

impl Shape {
    fn new(view: &PredictionsView, rows: &[Prediction], width: usize) -> Self {
        let (inputs, outputs) = view.widths();
        let names = (0..outputs.max(2)).map(|answer| view.name(answer).width());
        let answer = if view.wrong.is_some() {
            names.max().unwrap_or(0).max(6) + 2
        } else {
            0
        };
        let mut shape = Self {
            digits: view.digits.at_most(3),
            inputs: 0,
            most_inputs: inputs,
            target: 0,
            outputs: 0,
            most_outputs: outputs,
            answer,
        };
        for count in [4, 3, 2] {
            shape.digits = view.digits.at_most(count);
            shape.measure(view, rows);
            if shape.width() <= width {
                return shape;
            }
        }
        while shape.width() > width && shape.most_inputs > 1 {
            shape.most_inputs -= 1;
            shape.measure(view, rows);
        }
        while shape.width() > width && shape.most_outputs > 1 {
            shape.most_outputs -= 1;
            shape.measure(view, rows);
        }
        shape
    }

    fn measure(&mut self, view: &PredictionsView, rows: &[Prediction]) {
        let widest = |text: &dyn Fn(&Prediction) -> String, title: &str| {
            let widths = rows.iter().map(|row| text(row).width());
            widths.max().unwrap_or(0).max(title.len()) + 2
        };
        let shape = *self;
        self.inputs = widest(&|row| shape.list(&row.inputs, shape.most_inputs), "inputs");
        self.target = widest(&|row| shape.target_text(view, row), "target");
        self.outputs = widest(&|row| shape.outputs_text(row), "outputs");
    }

    fn width(self) -> usize {
        ITEM + self.inputs + self.target + self.outputs + self.answer
    }

    /// Numbers side by side, the first `most` of them.
    fn list(self, values: &[f64], most: usize) -> String {
        let shown = values.iter().take(most);
        let shown = shown.map(|value| number::display(*value, self.digits));
        let more = (values.len() > most).then(|| "…".to_owned());
        shown.chain(more).collect::<Vec<_>>().join(" ")
    }

    fn outputs_text(self, row: &Prediction) -> String {
        match &row.outputs {
            Some(outputs) => self.list(outputs, self.most_outputs),
            None => "?".to_owned(),
        }
    }

    fn target_text(self, view: &PredictionsView, row: &Prediction) -> String {
        match row.meant {
            Some(meant) => view.name(meant),
            None => self.list(&row.targets, self.most_outputs),
        }
    }
}

const fn of(quantity: NodeQuantity, layer: LayerKind) -> Role {
    let node = Node { layer, index: 0 };
    Role::Quantity(Quantity::Node(OfNode { quantity, node }))
}

const INPUT: Role = of(NodeQuantity::Sum, LayerKind::Input);
const TARGET: Role = of(NodeQuantity::Target, LayerKind::Output);
const OUTPUT: Role = of(NodeQuantity::Value, LayerKind::Output);

fn heading(shape: Shape) -> Line {
    let mut line = Line::new().with(format!("{:<ITEM$}", "  item"), Role::Muted);
    for (title, width) in [
        ("inputs", shape.inputs),
        ("target", shape.target),
        ("outputs", shape.outputs),
        ("answer", shape.answer),
    ] {
        if width > 0 {
            line.push(format!("{title:<width$}"), Role::Muted);
        }
    }
    line
}

fn row_line(view: &PredictionsView, row: &Prediction, shape: Shape, width: usize) -> Line {
    let current = view.current == Some(row.item);
    let mark = if current { "▸" } else { " " };
    let wrong = if row.is_wrong() { "!" } else { " " };
    let item = format!("{mark}{:>4} ", row.item);
    let mut line = Line::plain(item).with(wrong, Role::Error);
    line.push("  ", Role::Plain);
    let mut cell = |text: String, width: usize, role: Role| {
        let padding = width.saturating_sub(text.width());
        line.push(text, role);
        line.push(" ".repeat(padding), Role::Plain);
    };
    let inputs = shape.list(&row.inputs, shape.most_inputs);
    cell(inputs, shape.inputs, INPUT);
    cell(shape.target_text(view, row), shape.target, TARGET);
    let outputs = row.outputs.as_ref().map_or(Role::Question, |_| OUTPUT);
    cell(shape.outputs_text(row), shape.outputs, outputs);
    if let Some(said) = row.said {
        let role = if row.is_wrong() { Role::Error } else { OUTPUT };
        cell(view.name(said), shape.answer, role);
    }
    if row.is_wrong() && width >= shape.width() + WRONG.len() {
        line.push(WRONG, Role::Error);
    }
    line
}
