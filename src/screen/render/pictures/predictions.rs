//! The table of predictions, item by item.
//!
//! ```text
//!   item    inputs           target      outputs         answer
//! ▸   57    5.1 3.5 1.4 0.2  setosa      0.98 0.01 0.01  setosa
//!     58 !  6.0 2.9 4.5 1.5  versicolor  0.01 0.41 0.58  virginica  wrong
//! ```

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
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
    fn least(&self) -> Size {
        Size::new(46, 9)
    }

    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, scroll: Option<usize>) {
        let seen = self.extent(area.height).seen(scroll);
        let rows = self.answers.to_items(seen);
        let width = usize::from(area.width);
        let (shape, texts) = Shape::new(self, &rows, width);
        let mut lines = vec![painter.line(&heading(shape))];
        for (row, texts) in rows.iter().zip(texts) {
            let line = row_line(self, row, texts, shape, width);
            lines.push(painter.row(&line, self.answers.current == Some(row.item)));
        }
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// What of the table is in sight: the item of the update.
    fn extent(&self, height: u16) -> Extent {
        let current = self.answers.current.map_or(0..0, |item| item..item + 1);
        Extent::new(self.count, height.saturating_sub(1)).following(current)
    }
}

/// The columns after the item's number.
const TITLES: [&str; 4] = ["inputs", "target", "outputs", "answer"];

/// How the columns fit a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    digits: Digits,
    /// How many of the inputs have room, and how many of the outputs.
    most: [usize; 2],
    widths: [usize; TITLES.len()],
}

/// What stands in the columns of a row.
type Texts = [String; TITLES.len()];

impl Shape {
    /// The shape in which rows fit a width, and what stands in each of them then.
    fn new(view: &PredictionsView, rows: &[Prediction], width: usize) -> (Self, Vec<Texts>) {
        let sizes = &view.answers.network().design().sizes;
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let names = (0..outputs.max(2)).map(|answer| view.answers.name(answer).width());
        let names = view
            .wrong
            .map_or(0, |_| names.fold(TITLES[3].len(), usize::max) + 2);
        let mut shape = Self {
            digits: view.digits.few(),
            most: [inputs, outputs],
            widths: [0, 0, 0, names],
        };
        let mut texts = shape.measure(view, rows);
        if shape.width() > width {
            shape.digits = view.digits.at_most(2);
            texts = shape.measure(view, rows);
        }
        for which in 0..shape.most.len() {
            while shape.width() > width && shape.most[which] > 1 {
                shape.most[which] -= 1;
                texts = shape.measure(view, rows);
            }
        }
        (shape, texts)
    }

    /// Makes the columns of numbers as wide as what is in them. That of the answer has room for each of them.
    fn measure(&mut self, view: &PredictionsView, rows: &[Prediction]) -> Vec<Texts> {
        let texts: Vec<Texts> = rows.iter().map(|row| self.texts(view, row)).collect();
        for column in 0..3 {
            let widths = texts.iter().map(|texts| texts[column].width());
            self.widths[column] = widths.fold(TITLES[column].len(), usize::max) + 2;
        }
        texts
    }

    fn width(self) -> usize {
        ITEM + self.widths.iter().sum::<usize>()
    }

    /// Numbers side by side, the first `most` of them.
    fn list(self, values: &[f64], most: usize) -> String {
        let shown = values.iter().take(most);
        let shown = shown.map(|value| number::display(*value, self.digits));
        let more = (values.len() > most).then(|| "…".to_owned());
        shown.chain(more).collect::<Vec<_>>().join(" ")
    }

    fn texts(self, view: &PredictionsView, row: &Prediction) -> Texts {
        let [inputs, outputs] = self.most;
        let name = |answer| view.answers.name(answer);
        let targets = || self.list(&row.targets, outputs);
        let shown = row.outputs.as_ref();
        [
            self.list(&row.inputs, inputs),
            row.meant.map_or_else(targets, name),
            shown.map_or_else(|| "?".to_owned(), |shown| self.list(shown, outputs)),
            row.said.map_or_else(String::new, name),
        ]
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
    for (title, width) in TITLES.iter().zip(shape.widths) {
        if width > 0 {
            line.push(format!("{title:<width$}"), Role::Muted);
        }
    }
    line
}

fn row_line(
    view: &PredictionsView,
    row: &Prediction,
    texts: Texts,
    shape: Shape,
    width: usize,
) -> Line {
    let current = view.answers.current == Some(row.item);
    let mark = if current { "▸" } else { " " };
    let wrong = if row.is_wrong() { "!" } else { " " };
    let item = format!("{mark}{:>4} ", row.item);
    let mut line = Line::plain(item).with(wrong, Role::Error);
    line.push("  ", Role::Plain);
    let outputs = row.outputs.as_ref().map_or(Role::Question, |_| OUTPUT);
    let answer = if row.is_wrong() { Role::Error } else { OUTPUT };
    let roles = [INPUT, TARGET, outputs, answer];
    for (index, text) in texts.into_iter().enumerate() {
        let padding = shape.widths[index].saturating_sub(text.width());
        line.push(text, roles[index]);
        line.push(" ".repeat(padding), Role::Plain);
    }
    if row.is_wrong() && width >= shape.width() + WRONG.len() {
        line.push(WRONG, Role::Error);
    }
    line
}
