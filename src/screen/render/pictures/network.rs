//! The network: a column of nodes for each layer, and the edges between them.
//!
//! ```text
//!  inputs         hidden tanh       outputs softmax
//! [x0 6]  ⠤⠤⠤⠤⠤  [h0 -0.0241] ⠤⠤⠤⠤ [o0 ?] → 1
//!  x1 3.4 ⠂⠂⠂⠂    h1 0.0349         [o1 ?] → 0
//! ```

use std::cmp::Ordering;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::edges::{self, Edge};
use super::{Painted, last_row};
use crate::explain::{Digits, Line, Quantity, Role, number};
use crate::math::Rough;
use crate::pictures::{EdgeView, LayerView, NetworkView, NodeNumber, NodeView, OnPath, some_of};
use crate::screen::Glyphs;
use crate::screen::render::paint::Painter;

/// So many edges have room for each row; of more, those of the path are drawn and then the largest.
const EDGES_IN_A_ROW: usize = 2;

impl Painted for NetworkView {
    fn least(&self) -> Size {
        Size::new(46, 9)
    }

    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let heading = u16::from(area.height > 5);
        let legend = u16::from(area.height > 6);
        let body = Rect {
            y: area.y + heading,
            height: area.height - heading - legend,
            ..area
        };
        let columns = columns(area, painter, self);
        let slots_of = |column: &Column| slots(&self.layers[column.layer], body.height);
        let slots: Vec<Vec<Slot>> = columns.iter().map(slots_of).collect();
        for (column, slots) in columns.iter().zip(&slots) {
            if heading > 0 {
                draw_heading(frame, (area.y, area.right()), painter, self, column);
            }
            for (index, slot) in slots.iter().enumerate() {
                let row = body.y + row_of(index, slots.len(), body.height);
                draw_slot(frame, (column, row), painter, self, slot);
            }
        }
        for (index, pair) in columns.windows(2).enumerate() {
            let between = Rect {
                x: pair[0].end() + 1,
                width: pair[1].x.saturating_sub(pair[0].end() + 2),
                ..body
            };
            let between_slots = (&slots[index][..], &slots[index + 1][..]);
            if pair[0].layer + 1 == pair[1].layer {
                let edges = edges_between(self, pair[0].layer, between_slots, body.height, painter);
                edges::draw(frame.buffer_mut(), between, painter.look.glyphs, &edges);
                draw_weight(frame, between, painter, self, between_slots, pair[0].layer);
            } else {
                draw_left_out(frame, between, painter, pair[1].layer - pair[0].layer - 1);
            }
        }
        if legend > 0 {
            draw_legend(frame, last_row(area), painter, self);
        }
    }
}

/// Where a layer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    layer: usize,
    x: u16,
    width: u16,
    detail: Detail,
}

impl Column {
    fn end(&self) -> u16 {
        self.x + self.width
    }
}

/// How much is said of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Detail {
    digits: Digits,
    /// Whether outputs have their targets beside them.
    targets: bool,
    /// Whether value and signal stand side by side, rather than one in the place of the other.
    both: bool,
}

/// The layers that are drawn and where: as much of them as there is room for, and never less than the first, the last
/// and those about the path.
fn columns(area: Rect, painter: Painter, view: &NetworkView) -> Vec<Column> {
    let all: Vec<usize> = (0..view.layers.len()).collect();
    let detail = |digits: u8, targets: bool, both: bool| Detail {
        digits: view.digits.at_most(digits),
        targets,
        both,
    };
    let least = detail(2, false, false);
    for (detail, gap) in [
        (detail(6, true, true), 14),
        (detail(4, true, true), 12),
        (detail(4, true, false), 12),
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
enum Slot<'a> {
    Node(&'a NodeView),
    /// So many nodes are left out.
    More(usize),
}

fn more_text(count: usize) -> String {
    format!(" … {count} more")
}

/// As many nodes of a layer as have room, and how many are left out between them.
fn slots(layer: &LayerView, rows: u16) -> Vec<Slot<'_>> {
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
fn row_of(index: usize, count: usize, height: u16) -> u16 {
    let height = usize::from(height);
    ((2 * index + 1) * height / (2 * count.max(1))).min(height.saturating_sub(1)) as u16
}

fn draw_heading(
    frame: &mut Frame,
    (y, right): (u16, u16),
    painter: Painter,
    view: &NetworkView,
    column: &Column,
) {
    let title = &view.layers[column.layer].title;
    // What the nodes make of their sums is said where there is room for it.
    let room = usize::from(column.width) + 3;
    let short = title.split(' ').next().unwrap_or(title);
    let text = if title.width() <= room { title } else { short };
    let x = (column.x + 1).min(right.saturating_sub(text.width() as u16 + 1));
    frame.buffer_mut().set_string(x, y, text, painter.muted());
}

fn draw_slot(
    frame: &mut Frame,
    (column, row): (&Column, u16),
    painter: Painter,
    view: &NetworkView,
    slot: &Slot,
) {
    let line = match slot {
        Slot::More(count) => TuiLine::styled(painter.text(&more_text(*count)), painter.muted()),
        Slot::Node(node) => {
            let line = painter.line(&node_line(node, view, column.detail));
            line.patch_style(if node.lit {
                Modifier::BOLD
            } else {
                Modifier::empty()
            })
        }
    };
    let buffer = frame.buffer_mut();
    buffer.set_line(column.x, row, &line, column.width);
}

/// ` x1 3.4`, `[h0 -0.0241]`, `[o0 ?  t0 1]`
fn node_line(node: &NodeView, view: &NetworkView, detail: Detail) -> Line {
    let mut line = Line::plain(if node.lit { "[" } else { " " });
    let mut add = |number: &NodeNumber, separator: &str| {
        line.push(format!("{separator}{} ", number.symbol), number.role);
        match number.value {
            Some(value) => line.push(number::display_rough(value, detail.digits), number.role),
            None => line.push("?", Role::Question),
        }
    };
    match &node.signal {
        Some(signal) if detail.both => {
            add(&node.value, "");
            add(signal, "  ");
        }
        Some(signal) if view.goes_back => add(signal, ""),
        _ => add(&node.value, ""),
    }
    if let Some(target) = node.target.as_ref().filter(|_| detail.targets) {
        add(target, "  ");
    }
    line.with(if node.lit { "]" } else { "" }, Role::Plain)
}

/// The edges between the nodes that are drawn of a layer and of the one after it.
fn edges_between(
    view: &NetworkView,
    layer: usize,
    slots: (&[Slot], &[Slot]),
    height: u16,
    painter: Painter,
) -> Vec<Edge> {
    let lit = if view.goes_back {
        let numbers = view.layers[layer + 1].nodes.first();
        let signal = numbers.and_then(|node| node.signal.as_ref());
        signal.map_or(Role::Strong, |signal| signal.role)
    } else {
        Role::Quantity(Quantity::Before)
    };
    let mut edges: Vec<&EdgeView> = view.edges.iter().filter(|e| e.layer == layer).collect();
    edges.sort_by(|a, b| {
        let rank = |edge: &EdgeView| (edge.path, edge.weight.abs());
        rank(b).partial_cmp(&rank(a)).unwrap_or(Ordering::Equal)
    });
    edges
        .into_iter()
        .filter_map(|edge| {
            let from = row_of_node(slots.0, edge.from, height)?;
            let to = row_of_node(slots.1, edge.to, height)?;
            let style = match edge.path {
                OnPath::Off => painter.muted(),
                OnPath::On => painter.style(lit),
                OnPath::Focus => painter.style(lit).add_modifier(Modifier::BOLD),
            };
            Some(Edge {
                rows: (from, to),
                negative: edge.weight < 0.0,
                large: edge.large && edge.path != OnPath::Off,
                path: edge.path,
                style,
            })
        })
        .take(usize::from(height) * EDGES_IN_A_ROW)
        .collect()
}

fn row_of_node(slots: &[Slot], index: usize, height: u16) -> Option<u16> {
    let is_it = |slot: &Slot| matches!(slot, Slot::Node(node) if node.index == index);
    let found = slots.iter().position(is_it)?;
    Some(row_of(found, slots.len(), height))
}

/// The weight in focus, in the middle of its edge where there is room for it.
fn draw_weight(
    frame: &mut Frame,
    between: Rect,
    painter: Painter,
    view: &NetworkView,
    slots: (&[Slot], &[Slot]),
    layer: usize,
) {
    let focus = view.edges.iter().find(|edge| edge.path == OnPath::Focus);
    let Some(edge) = focus.filter(|edge| edge.layer == layer) else {
        return;
    };
    let from = row_of_node(slots.0, edge.from, between.height);
    let to = row_of_node(slots.1, edge.to, between.height);
    let (Some(from), Some(to)) = (from, to) else {
        return;
    };
    let text = format!(" {} ", number::display(edge.weight, view.digits.at_most(3)));
    let width = text.width() as u16;
    if width + 4 <= between.width {
        let style = painter.style(Role::Quantity(Quantity::Before)).bold();
        let row = between.y + u16::midpoint(from, to);
        let x = between.x + (between.width - width) / 2;
        frame.buffer_mut().set_string(x, row, text, style);
    }
}

/// Says between two layers that there are others, as far as there is room.
fn draw_left_out(frame: &mut Frame, between: Rect, painter: Painter, layers: usize) {
    let words = if layers == 1 { "layer" } else { "layers" };
    let texts = [format!("… {layers} {words} …"), format!("+{layers}")];
    let fits = |text: &String| text.width() <= usize::from(between.width);
    if let Some(text) = texts.map(|text| painter.text(&text)).into_iter().find(fits) {
        let x = between.x + (between.width - text.width() as u16) / 2;
        let row = between.y + between.height / 2;
        frame.buffer_mut().set_string(x, row, text, painter.muted());
    }
}

/// What the lines mean.
fn draw_legend(frame: &mut Frame, row: Rect, painter: Painter, view: &NetworkView) {
    let lit = format!("[ ] way of {}", view.parameter);
    let text = match painter.look.glyphs {
        Glyphs::Unicode => format!(" ⠤⠤⠤ weight above 0  ⠤⠀⠤ below 0  ⣤⣤ large  {lit}"),
        Glyphs::Ascii => format!(" + above 0  - below 0  # = large  . others  {lit}"),
    };
    let short = match painter.look.glyphs {
        Glyphs::Unicode => " ⠤⠤⠤ above 0  ⠤⠀⠤ below 0  ⣤⣤ large",
        Glyphs::Ascii => " + above 0  - below 0  # = large",
    };
    let fits = text.width() <= usize::from(row.width);
    let text = if fits { text } else { short.to_owned() };
    frame.render_widget(Paragraph::new(TuiSpan::styled(text, painter.muted())), row);
}
