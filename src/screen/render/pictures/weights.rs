//! The table of weights.
//!
//! ```text
//!   name       before  gradient    delta  mom.term   change▼  eff.rate
//! ▸ ih[0,0]  -0.00524    0.0171  0.00085         0  0.00085    0.05
//!   ih[0,1]  -0.00869   -0.0120  -0.0006         0  -0.0006    0.05
//! ```

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::Painted;
use crate::command::Column;
use crate::explain::{Digits, Line, Quantity, Role, number, padded};
use crate::pictures::{WeightRow, WeightsView};
use crate::screen::render::paint::Painter;
use crate::screen::render::scroll::Extent;

const MARK: usize = 2;
/// In a wider pane the columns stay near one another.
const WIDEST_GAP: usize = 3;

impl Painted for WeightsView {
    fn least(&self) -> Size {
        Size::new(46, 9)
    }

    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, scroll: Option<usize>) {
        let seen = self.extent(area.height).seen(scroll);
        let cells: Vec<WeightRow> = seen.clone().map(|row| self.row(row)).collect();
        let shape = Shape::new(self, &cells, area.width);
        let mut lines = vec![painter.line(&heading(self, shape))];
        for (row, cells) in seen.zip(&cells) {
            let line = row_line(self, row, cells, shape);
            lines.push(painter.row(&line, self.focus == Some(row)));
        }
        frame.render_widget(Paragraph::new(lines), area);
    }

    /// What of the table is in sight: the parameter in focus.
    fn extent(&self, height: u16) -> Extent {
        let focus = self.focus.map_or(0..0, |row| row..row + 1);
        Extent::new(self.order.len(), height.saturating_sub(1)).following(focus)
    }
}

/// How the columns fit a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Shape {
    digits: Digits,
    name: usize,
    /// Of a column of numbers, with the space before it.
    column: usize,
    /// How many columns of numbers have room.
    columns: usize,
}

impl Shape {
    /// As many columns as have room, the first ones.
    fn new(view: &WeightsView, rows: &[WeightRow], width: u16) -> Self {
        let name = view.widest_name.max(4);
        let room = usize::from(width).saturating_sub(MARK + name);
        let count = Quantity::columns().count();
        let digits = view.digits.few();
        let widest = widest(rows, digits, view.sorting.0) + 1;
        Self {
            digits,
            name,
            column: widest.max((room / count).min(widest + WIDEST_GAP)),
            columns: (room / widest).min(count),
        }
    }

    /// The columns that are drawn: the first ones, and the last of them in favour of the one that is sorted by.
    fn kept(self, sorted: Column) -> Vec<(usize, Quantity)> {
        let mut kept: Vec<(usize, Quantity)> = Quantity::columns().enumerate().collect();
        let is_sorted = |(_, quantity): &(usize, Quantity)| Column::Quantity(*quantity) == sorted;
        let wanted = kept.iter().copied().find(is_sorted);
        kept.sort_by_key(|(_, quantity)| quantity.column().1);
        kept.truncate(self.columns);
        kept.sort_by_key(|(place, _)| *place);
        if let Some(wanted) = wanted.filter(|wanted| !kept.contains(wanted)) {
            kept.pop();
            kept.push(wanted);
            kept.sort_by_key(|(place, _)| *place);
        }
        kept
    }
}

/// The widest number or heading; numbers that have not been shown are taken to be as wide as most are.
fn widest(rows: &[WeightRow], digits: Digits, sorted: Column) -> usize {
    let numbers = rows.iter().flat_map(|row| &row.numbers);
    let widths = numbers
        .flatten()
        .map(|number| number::display_rough(*number, digits).width());
    let titles = Quantity::columns().map(|quantity| {
        quantity.column().0.len() + usize::from(Column::Quantity(quantity) == sorted)
    });
    let most = titles.chain(widths).max().unwrap_or(0);
    most.max(usize::from(digits.get()).max(4) + 6 - 2 * usize::from(digits.get() < 4))
}

fn heading(view: &WeightsView, shape: Shape) -> Line {
    let (sorted, rising) = view.sorting;
    let sign = if rising { "▲" } else { "▼" };
    let name = format!("  {:<width$}", "name", width = shape.name);
    let mut line = Line::new().with(name, Role::Muted);
    for (_, quantity) in shape.kept(sorted) {
        let title = quantity.column().0;
        let is_sorted = sorted == Column::Quantity(quantity);
        let text = format!("{title}{}", if is_sorted { sign } else { "" });
        let text = format!("{text:>width$}", width = shape.column);
        line.push(text, Role::Quantity(quantity));
    }
    line
}

fn row_line(view: &WeightsView, row: usize, cells: &WeightRow, shape: Shape) -> Line {
    let mark = ["  ", "▸ "][usize::from(view.focus == Some(row))];
    let name = format!("{mark}{}", padded(&cells.name, shape.name, false));
    let mut line = Line::plain(name);
    for (place, quantity) in shape.kept(view.sorting.0) {
        let shown = cells.numbers[place].map(|number| number::display_rough(number, shape.digits));
        let text = shown.unwrap_or_default();
        let padding = shape.column.saturating_sub(text.width());
        line.push(" ".repeat(padding), Role::Plain);
        line.push(text, Role::Quantity(quantity));
    }
    line
}
