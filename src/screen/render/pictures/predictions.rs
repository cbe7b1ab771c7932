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
        for (row, texts) in rows.iter().zip(&texts) {
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
    /// How many of the inputs have room, and how many of the outputs.
    most: [usize; 2],
    widths: [usize; TITLES.len()],
}

/// What stands in the columns of a row: each of its numbers, or a word.
type Texts = [Vec<String>; TITLES.len()];

impl Shape {
    /// The shape in which rows fit a width, and what stands in each of them then.
    fn new(view: &PredictionsView, rows: &[Prediction], width: usize) -> (Self, Vec<Texts>) {
        let sizes = &view.answers.network().design().sizes;
        let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
        let names = (0..outputs.max(2)).map(|answer| view.answers.name(answer).width());
        let names = view
            .wrong
            .map_or(0, |_| names.fold(TITLES[3].len(), usize::max) + 2);
        // No number takes fewer than two columns.
        let most = [inputs, outputs].map(|count| count.min(width / 2).max(1));
        let mut shape = Self {
            most,
            widths: [0, 0, 0, names],
        };
        let mut texts = Vec::new();
        let mut lists = Vec::new();
        for digits in [view.digits.few(), view.digits.at_most(2)] {
            let written = rows.iter().map(|row| written(view, row, digits, most));
            texts = written.collect();
            lists = Lists::of(&texts);
            shape.measure(&lists);
            if shape.width() <= width {
                break;
            }
        }
        for which in 0..shape.most.len() {
            while shape.width() > width && shape.most[which] > 1 {
                shape.most[which] -= 1;
                shape.measure(&lists);
            }
        }
        (shape, texts)
    }

    /// Makes the columns of numbers as wide as what is in them. That of the answer has room for each of them.
    fn measure(&mut self, lists: &[Lists]) {
        for (column, lists) in lists.iter().enumerate() {
            self.widths[column] = lists.width(self.most(column)).max(TITLES[column].len()) + 2;
        }
    }

    /// How many numbers of a column have room.
    fn most(self, column: usize) -> usize {
        let [inputs, outputs] = self.most;
        if column == 0 { inputs } else { outputs }
    }

    fn width(self) -> usize {
        ITEM + self.widths.iter().sum::<usize>()
    }

    /// Numbers side by side, as many of them as have room.
    fn list(self, column: usize, texts: &[String]) -> String {
        let most = self.most(column);
        if most < texts.len() {
            format!("{} {MORE}", texts[..most].join(" "))
        } else {
            texts.join(" ")
        }
    }
}

/// How wide the lists of a column are, row by row: up to each of their texts, with a blank after it.
struct Lists(Vec<Vec<usize>>);

impl Lists {
    /// Those of the columns of numbers.
    fn of(rows: &[Texts]) -> Vec<Self> {
        let up_to_each = |texts: &Vec<String>| {
            let widths = texts.iter().scan(0, |sum, text| {
                *sum += text.width() + 1;
                Some(*sum)
            });
            widths.collect()
        };
        let column = |column| {
            let widths = rows.iter().map(|texts: &Texts| up_to_each(&texts[column]));
            Self(widths.collect())
        };
        (0..3).map(column).collect()
    }

    /// The widest of them with `most` of their texts.
    fn width(&self, most: usize) -> usize {
        let widths = self.0.iter().map(|widths| match widths.get(most) {
            Some(_) => widths[most - 1] + MORE.width(),
            None => widths.last().map_or(0, |all| all - 1),
        });
        widths.max().unwrap_or(0)
    }
}

/// What stands where not all numbers have room.
const MORE: &str = "…";

/// All that could stand in a row, and one number more where there are more.
fn written(view: &PredictionsView, row: &Prediction, digits: Digits, most: [usize; 2]) -> Texts {
    let name = |answer| vec![view.answers.name(answer)];
    let numbers = |values: &[f64], most: usize| {
        let texts = values.iter().take(most + 1);
        let texts = texts.map(|value| number::display(*value, digits));
        texts.collect::<Vec<_>>()
    };
    let [inputs, outputs] = most;
    let shown = row.outputs.as_deref();
    [
        numbers(&row.inputs, inputs),
        row.meant
            .map_or_else(|| numbers(&row.targets, outputs), name),
        shown.map_or_else(|| vec!["?".to_owned()], |shown| numbers(shown, outputs)),
        row.said.map_or_else(Vec::new, name),
    ]
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
    texts: &Texts,
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
    for (index, texts) in texts.iter().enumerate() {
        let text = shape.list(index, texts);
        let padding = shape.widths[index].saturating_sub(text.width());
        line.push(text, roles[index]);
        line.push(" ".repeat(padding), Role::Plain);
    }
    if row.is_wrong() && width >= shape.width() + WRONG.len() {
        line.push(WRONG, Role::Error);
    }
    line
}
