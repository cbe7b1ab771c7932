//! Where the layers of a network stand, and which of their nodes have room.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use crate::explain::{Digits, number};
use crate::math::Rough;
use crate::pictures::{LayerView, NetworkView, NodeNumber, NodeView, some_of};
use crate::screen::render::paint::Painter;

/// Where a layer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub layer: usize,
    pub x: u16,
    pub width: u16,
    pub detail: Detail,
}

impl Column {
    pub fn end(&self) -> u16 {
        self.x + self.width
    }
}

/// How much is said of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    pub digits: Digits,
    /// Whether outputs have their targets beside them.
    pub targets: bool,
    /// Whether value and signal stand side by side, rather than one in the place of the other.
    pub both: bool,
}

/// The layers that are drawn and where: as much of them as there is room for, and never less than the first, the last
/// and those about the path.
pub fn columns(area: Rect, painter: Painter, view: &NetworkView) -> Vec<Column> {
    let all: Vec<usize> = (0..view.layers.len()).collect();
    let detail = |digits: u8, targets: bool, both: bool| Detail {
        digits: view.digits.at_most(digits),
        targets,
        both,
    };
    let least = detail(2, false, false);
    for (detail, gap) in [
        (detail(3, true, true), 12),
        (detail(3, true, false), 12),
        (detail(3, true, false), 9),
        (detail(3, false, false), 8),
        (least, 4),
    ] {
        if let Some(columns) = placed(&all, area, painter, view, detail, gap) {
            return columns;
        }
    }
    let last = view.layers.len() - 1;
    let lit = |layer: &usize| view.layers[*layer].nodes.iter().any(|node| node.lit);
    let first_lit = all.iter().copied().find(lit).unwrap_or(0);
    let mut few: Vec<usize> = vec![first_lit, (first_lit + 1).min(last), last];
    few.dedup();
    while !few.is_empty() {
        if let Some(columns) = placed(&few, area, painter, view, least, 2) {
            return columns;
        }
        few.pop();
    }
    Vec::new()
}

/// These layers from the left edge to the right, where at least `gap` columns are left between them.
fn placed(
    layers: &[usize],
    area: Rect,
    painter: Painter,
    view: &NetworkView,
    detail: Detail,
    gap: u16,
) -> Option<Vec<Column>> {
    let rows = area.height.saturating_sub(2);
    let width = |layer: &usize| layer_width(&view.layers[*layer], painter, rows, detail);
    let widths: Vec<u16> = layers.iter().map(width).collect();
    let used: u16 = widths.iter().sum();
    let gaps = (layers.len() - 1).max(1) as u16;
    let free = area.width.checked_sub(used)?;
    if layers.len() > 1 && free / gaps < gap {
        return None;
    }
    let mut before = 0;
    let mut columns = Vec::new();
    for (index, (layer, width)) in layers.iter().zip(widths).enumerate() {
        let x = area.x + before + free * index as u16 / gaps;
        columns.push(Column {
            layer: *layer,
            x,
            width,
            detail,
        });
        before += width;
    }
    Some(columns)
}

/// The columns that a layer takes, whatever of it has been shown.
fn layer_width(layer: &LayerView, painter: Painter, rows: u16, detail: Detail) -> u16 {
    // A sign, `0.0` and the digits; what is wider makes the column so.
    let hidden = usize::from(detail.digits.get()) + 4;
    // Inputs are there from the start, and no room has to be kept for what they will be.
    let given = layer.nodes.iter().all(|node| node.signal.is_none());
    let least = if given { 0 } else { hidden };
    let number_width = |number: &NodeNumber| {
        let shown = number
            .value
            .map(|value| number::display_rough(value, detail.digits));
        let value = shown.map_or(hidden, |shown| shown.width().max(least));
        painter.text(&number.symbol).width() + 1 + value
    };
    let node_width = |node: &NodeView| {
        let value = number_width(&node.value);
        let signal = node.signal.as_ref().map_or(0, number_width);
        let both = if detail.both && signal > 0 {
            value + 2 + signal
        } else {
            value.max(signal)
        };
        let target = node.target.as_ref().filter(|_| detail.targets);
        both + target.map_or(0, |target| {
            number_width(target).min(target_width(target, detail)) + 2
        })
    };
    let nodes = layer.nodes.iter().map(node_width).max().unwrap_or(0);
    let more = if layer.count > usize::from(rows) {
        painter.text(&more_text(layer.count)).width()
    } else {
        0
    };
    (nodes + 2).max(more) as u16
}

fn target_width(target: &NodeNumber, detail: Detail) -> usize {
    let value = target.value.unwrap_or(Rough::rounded(0.0));
    target.symbol.width() + 1 + number::display_rough(value, detail.digits).width()
}

/// What stands in a row of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Slot<'a> {
    Node(&'a NodeView),
    /// So many nodes are left out.
    More(usize),
}

pub fn more_text(count: usize) -> String {
    format!(" … {count} more")
}

/// As many nodes of a layer as have room, and how many are left out between them.
pub fn slots(layer: &LayerView, rows: u16) -> Vec<Slot<'_>> {
    let rows = usize::from(rows);
    let whole = layer.nodes.len() == layer.count && layer.count <= rows;
    let lit = layer.nodes.iter().enumerate().filter(|(_, node)| node.lit);
    let mut must: Vec<usize> = lit.map(|(place, _)| place).collect();
    if must.len() == layer.nodes.len() {
        must.clear();
    }
    let most = if whole { rows } else { rows.saturating_sub(1) };
    let mut kept = some_of(layer.nodes.len(), most, &must);
    loop {
        let slots = with_gaps(layer, &kept);
        if slots.len() <= rows || kept.len() <= 1 {
            return slots;
        }
        // A node of the beginning makes room for another gap.
        let spare = kept
            .iter()
            .rposition(|place| !must.contains(place) && *place + 1 < layer.nodes.len());
        kept.remove(spare.unwrap_or(0));
    }
}

fn with_gaps<'a>(layer: &'a LayerView, kept: &[usize]) -> Vec<Slot<'a>> {
    let mut slots = Vec::new();
    let mut next = 0;
    for place in kept {
        let node = &layer.nodes[*place];
        if node.index > next {
            slots.push(Slot::More(node.index - next));
        }
        slots.push(Slot::Node(node));
        next = node.index + 1;
    }
    if next < layer.count {
        slots.push(Slot::More(layer.count - next));
    }
    slots
}

/// The row of one of several slots that share a height evenly.
pub fn row_of(index: usize, count: usize, height: u16) -> u16 {
    let height = usize::from(height);
    ((2 * index + 1) * height / (2 * count.max(1))).min(height.saturating_sub(1)) as u16
}
