//! The network: a column of nodes for each layer, and the edges between them.
//!
//! ```text
//!  inputs         hidden tanh       outputs softmax
//! [x0 6]  ⠤⠤⠤⠤⠤  [h0 -0.0241] ⠤⠤⠤⠤ [o0 ?] → 1
//!  x1 3.4 ⠂     ⠂ h1 0.0349 ⠂    ⠂ [o1 ?] → 0
//!  ⠂⠂ 28 more edges, only begun: v lists every weight
//! ```

mod columns;
mod edges;

use std::cmp::Ordering;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::Line as TuiLine;
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::Painted;
use super::legend::{self, entry};
use crate::explain::{Line, Quantity, Role, number, plural};
use crate::pictures::{EdgeView, NetworkView, NodeNumber, NodeView, OnPath};
use crate::screen::Glyphs;
use crate::screen::render::paint::{Painter, below};
use columns::{Column, Detail, Slot, columns, more_text, row_of, slots};
use edges::Edge;

/// Between two layers the eye follows one stroke in so many rows,
const ROWS_OF_A_STROKE: u16 = 2;
/// and no more than so many.
const MOST_FOLLOWED: u16 = 8;
/// Of the edges that are only begun, the largest are: so many for each row.
const BEGUN_IN_A_ROW: usize = 2;

impl Painted for NetworkView {
    fn least(&self) -> Size {
        Size::new(46, 9)
    }

    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        let heading = u16::from(area.height > 5);
        let legend = u16::from(area.height > 6) + u16::from(area.height > 12);
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
        let mut whole = 0;
        for (index, pair) in columns.windows(2).enumerate() {
            let between = Rect {
                x: pair[0].end() + 1,
                width: pair[1].x.saturating_sub(pair[0].end() + 2),
                ..body
            };
            let between_slots = (&slots[index][..], &slots[index + 1][..]);
            if pair[0].layer + 1 == pair[1].layer {
                let edges = edges_between(self, pair[0].layer, between_slots, body.height, painter);
                whole += edges.iter().filter(|edge| edge.whole).count();
                edges::draw(frame.buffer_mut(), between, painter.look.glyphs, &edges);
                draw_weight(frame, between, painter, self, between_slots, pair[0].layer);
            } else {
                draw_left_out(frame, between, painter, pair[1].layer - pair[0].layer - 1);
            }
        }
        if legend > 0 {
            let place = below(area, area.height - legend);
            draw_legend(frame, place, painter, self, self.edge_count() - whole);
        }
    }
}

fn draw_heading(
    frame: &mut Frame,
    (y, right): (u16, u16),
    painter: Painter,
    view: &NetworkView,
    column: &Column,
) {
    let layer = &view.layers[column.layer];
    let whole = (layer.function).map(|function| format!("{} {function}", layer.name));
    // What the nodes make of their sums is said where there is room for it.
    let room = usize::from(column.width) + 3;
    let fitting = whole.as_deref().filter(|whole| whole.width() <= room);
    let text = fitting.unwrap_or(layer.name);
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
    let rows = |edge: &EdgeView| {
        let from = row_of_node(slots.0, edge.from, height)?;
        Some((from, row_of_node(slots.1, edge.to, height)?))
    };
    let of_layer = view.edges.iter().filter(|edge| edge.layer == layer);
    let mut edges: Vec<(&EdgeView, (u16, u16))> = of_layer
        .filter_map(|edge| Some((edge, rows(edge)?)))
        .collect();
    edges.sort_by(|(a, _), (b, _)| {
        let rank = |edge: &EdgeView| (edge.path, edge.share);
        rank(b).partial_cmp(&rank(a)).unwrap_or(Ordering::Equal)
    });
    // What leaves one node never crosses itself, and is followed however much it is.
    let lit_ones = || edges.iter().filter(|(edge, _)| edge.path != OnPath::Off);
    let first = lit_ones().next().map(|(edge, _)| edge.from);
    let is_fan = lit_ones().all(|(edge, _)| Some(edge.from) == first);
    let followed = usize::from((height / ROWS_OF_A_STROKE).clamp(1, MOST_FOLLOWED));
    let others = edges.len() - lit_ones().count();
    let whole = |place: usize, path: OnPath| match path {
        OnPath::Focus => true,
        OnPath::On => is_fan || place < followed,
        OnPath::Off => others <= followed && (is_fan || edges.len() <= followed),
    };
    let most = usize::from(height) * BEGUN_IN_A_ROW;
    (edges.iter().enumerate())
        .map(|(place, (edge, rows))| Edge {
            rows: *rows,
            negative: edge.weight < 0.0,
            share: edge.share,
            whole: whole(place, edge.path),
            path: edge.path,
            style: match edge.path {
                OnPath::Off => painter.muted(),
                OnPath::On => painter.style(lit),
                OnPath::Focus => painter.style(lit).add_modifier(Modifier::BOLD),
            },
        })
        .enumerate()
        .filter(|(place, edge)| edge.whole || *place < most)
        .map(|(_, edge)| edge)
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
    let text = format!(" {} ", number::display(edge.weight, view.digits.few()));
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
    let words = plural(layers as u64, "layer");
    let texts = [format!("… {layers} {words} …"), format!("+{layers}")];
    let fits = |text: &String| text.width() <= usize::from(between.width);
    if let Some(text) = texts.map(|text| painter.text(&text)).into_iter().find(fits) {
        let x = between.x + (between.width - text.width() as u16) / 2;
        let row = between.y + between.height / 2;
        frame.buffer_mut().set_string(x, row, text, painter.muted());
    }
}

/// What the lines mean, and how many others there are.
fn draw_legend(frame: &mut Frame, area: Rect, painter: Painter, view: &NetworkView, others: usize) {
    let signs = match painter.look.glyphs {
        Glyphs::Unicode => ["⠤⠤", "⠤⠀⠤", "⣤⣤", "⠂⠂"],
        Glyphs::Ascii => ["+", "-", "# =", ". ,"],
    };
    let muted = painter.muted();
    let path = format!("[ ] way of {}", view.parameter);
    let words = [
        (signs[1], "below 0"),
        (signs[2], "large"),
        (signs[0], "above 0"),
    ];
    let words = words.map(|(sign, words)| entry(painter, sign, words, muted));
    let mut entries = vec![TuiLine::styled(painter.text(&path), muted)];
    entries.extend(words);
    let edges = plural(others as u64, "edge");
    let more = [
        format!("{others} more {edges}, only begun: v lists every weight"),
        format!("{others} more {edges}, only begun"),
        format!("{others} more"),
    ];
    let mut more = more
        .iter()
        .map(|words| entry(painter, signs[3], words, muted));
    let more = more.find(|entry| entry.width() < usize::from(area.width));
    let more = more.filter(|_| others > 0);
    let [width, height] = [area.width, area.height].map(usize::from);
    let rows = if height > 1 {
        // What is left out has a row of its own.
        let mut rows = legend::rows(&entries, width, height - 1);
        rows.extend(legend::rows(
            &more.into_iter().collect::<Vec<_>>(),
            width,
            1,
        ));
        rows
    } else {
        entries.splice(0..0, more);
        legend::rows(&entries, width, height)
    };
    frame.render_widget(Paragraph::new(rows), area);
}
