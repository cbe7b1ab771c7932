//! The text of a lesson page: blocks of words with live values among them.

use unicode_width::UnicodeWidthStr;

use super::{Line, Quantity, Role, Span, Text};

/// A value that a page shows live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// A quantity of the update on the screen.
    Quantity(Quantity),
    /// The name of the update rule.
    Rule,
    /// The name of the parameter.
    Parameter,
    /// The number of the update on the screen, from 1.
    Update,
    /// How many updates there are.
    Updates,
    /// Where a parameter stands after the updates that are complete, by its index.
    Weight(usize),
    /// The mean squared error over all items, after those updates.
    Mse,
    /// The share of the items that are right, after those updates.
    Accuracy,
}

impl Live {
    /// The value that `{name}` stands for in a page of a lesson with these parameters.
    pub fn from_name(name: &str, parameters: &[String]) -> Option<Self> {
        match name {
            "rule" => Some(Self::Rule),
            "parameter" => Some(Self::Parameter),
            "update" => Some(Self::Update),
            "updates" => Some(Self::Updates),
            "mse" => Some(Self::Mse),
            "accuracy" => Some(Self::Accuracy),
            _ => Quantity::from_name(name).map(Self::Quantity).or_else(|| {
                let index = parameters.iter().position(|parameter| parameter == name);
                index.map(Self::Weight)
            }),
        }
    }

    /// Every name that may stand between braces beside those of parameters, for advice.
    pub fn names() -> impl Iterator<Item = String> {
        let others = ["rule", "parameter", "update", "updates", "mse", "accuracy"];
        Quantity::named()
            .map(|quantity| quantity.name().into_owned())
            .chain(others.map(str::to_owned))
    }
}

/// A run of words, or a live value.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words in a role.
    Words(Span),
    /// A value of the update on the screen.
    Value(Live),
}

/// A paragraph, a heading, an item of a list, a quotation or a line of code.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What the block's first line begins with, such as `• ` or `1. `; later lines are indented as far.
    pub marker: String,
    /// The words.
    pub content: Vec<Inline>,
    /// Whether an empty line stands before it.
    pub apart: bool,
    /// A table, in the place of words.
    pub table: Option<Table>,
}

/// A table of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// How each column's cells stand in it.
    pub columns: Vec<Stand>,
    /// The rows, the first of them the columns' titles; a cell has words.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// How what is in a cell stands where the column is wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// To the left.
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
}

/// A part of a text whose live values are filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Paragraphs, with empty lines between those that stand apart.
    Lines(Vec<Line>),
    /// A table.
    Table {
        /// How each column's cells stand in it.
        columns: Vec<Stand>,
        /// The cells of each row, the first of them the columns' titles.
        rows: Vec<Vec<Line>>,
    },
}

/// Between the columns of a table.
const GAP: &str = "  ";

impl Table {
    /// The cells of each row.
    fn filled(&self, value: &dyn Fn(Live) -> Span) -> Vec<Vec<Line>> {
        let cell = |cell: &Vec<Inline>| Line::from(filled(cell, value));
        let row = |row: &Vec<Vec<Inline>>| row.iter().map(cell).collect();
        self.rows.iter().map(row).collect()
    }

    /// The rows, each column as wide as its widest cell, below the titles a rule.
    fn lines(&self, value: &dyn Fn(Live) -> Span) -> Vec<Line> {
        let rows = self.filled(value);
        let widest = |column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            let widths = cells.map(|cell: &Line| cell.text().width());
            widths.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(widest).collect();
        let mut lines: Vec<Line> = (rows.iter()).map(|row| self.line(row, &widths)).collect();
        let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
        let below = lines.len().min(1);
        lines.insert(below, Line::new().with(rule.join(GAP), Role::Muted));
        lines
    }

    fn line(&self, row: &[Line], widths: &[usize]) -> Line {
        let mut line = Line::new();
        for ((cell, stand), width) in row.iter().zip(&self.columns).zip(widths) {
            let room = width - cell.text().width();
            let before = match stand {
                Stand::Left => 0,
                Stand::Middle => room / 2,
                Stand::Right => room,
            };
            line.push(" ".repeat(before), Role::Plain);
            line = line.joined(cell.clone());
            line.push(" ".repeat(room - before), Role::Plain);
            line.push(GAP, Role::Plain);
        }
        let is_blank = |span: &mut Span| span.text.trim().is_empty();
        while line.spans.pop_if(is_blank).is_some() {}
        line
    }
}

/// Words with live values filled in.
fn filled(content: &[Inline], value: &dyn Fn(Live) -> Span) -> Vec<Span> {
    let span = |inline: &Inline| match inline {
        Inline::Words(span) => span.clone(),
        Inline::Value(wanted) => value(*wanted),
    };
    content.iter().map(span).collect()
}

/// The text of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The blocks, in order.
    pub blocks: Vec<Block>,
}

impl Document {
    /// The values that it shows live, in their order.
    pub fn values(&self) -> impl Iterator<Item = Live> {
        let cells = self.blocks.iter().flat_map(|block| {
            let rows = block
                .table
                .iter()
                .flat_map(|table| table.rows.iter().flatten());
            std::iter::once(&block.content).chain(rows)
        });
        cells.flatten().filter_map(|inline| match inline {
            Inline::Value(live) => Some(*live),
            Inline::Words(_) => None,
        })
    }

    /// The text with its live values filled in by `value`, its tables as tables.
    pub fn pieces(&self, value: impl Fn(Live) -> Span) -> Vec<Piece> {
        // One in a list stands there as lines.
        let table = |block: &Block| block.table.clone().filter(|_| block.marker.is_empty());
        let groups = (self.blocks)
            .chunk_by(|before, after| table(before).is_none() && table(after).is_none());
        let piece = |group: &[Block]| match group.first().and_then(table) {
            Some(table) => {
                let rows = table.filled(&value);
                let columns = table.columns;
                Piece::Table { columns, rows }
            }
            None => {
                let blocks = group.to_vec();
                Piece::Lines(Self { blocks }.fill(&value).lines)
            }
        };
        groups.map(piece).collect()
    }

    /// The text with its live values filled in by `value`. Each line is a paragraph, still to be wrapped.
    pub fn fill(&self, value: impl Fn(Live) -> Span) -> Text {
        let mut lines = Vec::new();
        for block in &self.blocks {
            if block.apart && !lines.is_empty() {
                lines.push(Line::new());
            }
            let indent = block.marker.width();
            let marked = |marker: &str, line: Line| {
                let marker = Some(Span::new(marker, Role::Muted)).filter(|_| !marker.is_empty());
                let spans = marker.into_iter().chain(line.spans).collect();
                Line { spans, indent }
            };
            match &block.table {
                None => {
                    let words = filled(&block.content, &value).into();
                    lines.push(marked(&block.marker, words));
                }
                Some(table) => {
                    let blank = " ".repeat(indent);
                    let markers = std::iter::once(&block.marker).chain(std::iter::repeat(&blank));
                    let rows = table.lines(&value).into_iter().zip(markers);
                    lines.extend(rows.map(|(row, marker)| marked(marker, row)));
                }
            }
        }
        lines.into()
    }
}
