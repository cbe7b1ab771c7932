//! Lines of dots: eight dots in a cell, or in ASCII one. What lies outside is left out.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

use crate::screen::Glyphs;
use crate::screen::render::paint::Painter;

/// The bit of each dot of a cell, row by row; the first cell of the braille characters has none.
pub const BITS: [[u8; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
/// The braille character without a dot.
pub const EMPTY: u32 = 0x2800;

/// An area of dots. A place in it is given in shares of the way across and up, each from 0 to 1.
pub struct Dots {
    area: Rect,
    painter: Painter,
    /// The dots of each cell, and the pen that was there last.
    cells: Vec<(u8, u8)>,
}

impl Dots {
    /// An area without any dots.
    pub fn new(area: Rect, painter: Painter) -> Self {
        Self {
            area,
            painter,
            cells: vec![(0, 0); area.area() as usize],
        }
    }

    /// A line between two places, of which every dot is drawn, or only every second or third.
    pub fn line(&mut self, [from, to]: [[f64; 2]; 2], pen: u8, every: usize) {
        let Some([from, to]) = clipped(from, to) else {
            return;
        };
        let Self { area, painter, .. } = *self;
        let (from, to) = (dot_of(area, painter, from), dot_of(area, painter, to));
        let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs());
        for step in (0..=steps).step_by(every) {
            let part = |a: i32, b: i32| {
                a + (f64::from((b - a) * step) / f64::from(steps.max(1))).round() as i32
            };
            self.set(part(from.0, to.0), part(from.1, to.1), pen);
        }
    }

    fn set(&mut self, x: i32, y: i32, pen: u8) {
        let [columns, rows] = self.painter.look.glyphs.dots().map(i32::from);
        let cell = (y / rows) * i32::from(self.area.width) + x / columns;
        if let Some((dots, last)) = self.cells.get_mut(cell as usize) {
            *dots |= BITS[(y % rows) as usize][(x % columns) as usize];
            *last = pen;
        }
    }

    /// A line from each place to the next.
    pub fn through(&mut self, places: &[[f64; 2]], pen: u8) {
        for pair in places.windows(2) {
            self.line([pair[0], pair[1]], pen, 1);
        }
    }

    /// A line from each place to the next, of whose dots those are drawn that the texture says.
    pub fn way(&mut self, places: &[[f64; 2]], pen: u8, texture: Texture) {
        let mut drawn = 0;
        for pair in places.windows(2) {
            let Some([from, to]) = clipped(pair[0], pair[1]) else {
                continue;
            };
            let (from, to) = (
                dot_of(self.area, self.painter, from),
                dot_of(self.area, self.painter, to),
            );
            let steps = (to.0 - from.0).abs().max((to.1 - from.1).abs());
            let part = |a: i32, b: i32, step: i32| {
                a + (f64::from((b - a) * step) / f64::from(steps.max(1))).round() as i32
            };
            // The last dot is the first of the next line.
            for step in 0..steps.max(1) {
                if texture.has(drawn) {
                    self.set(part(from.0, to.0, step), part(from.1, to.1, step), pen);
                }
                drawn += 1;
            }
        }
    }

    /// Puts the dots over what is there. `look` says how a pen looks, and which character it has in ASCII.
    pub fn stamp(&self, buffer: &mut Buffer, look: impl Fn(u8) -> (Style, char)) {
        for (position, (dots, pen)) in self.area.positions().zip(&self.cells) {
            if *dots == 0 {
                continue;
            }
            let (style, ascii) = look(*pen);
            let symbol = match self.painter.look.glyphs {
                Glyphs::Unicode => char::from_u32(EMPTY + u32::from(*dots)).unwrap_or(' '),
                Glyphs::Ascii => ascii,
            };
            buffer[position].set_char(symbol).set_style(style);
        }
    }
}

/// Which dots of a line are drawn, so that lines are told apart without colours.
#[derive(Debug, Clone, Copy)]
pub struct Texture(&'static [bool]);

impl Texture {
    /// All.
    pub const SOLID: Self = Self(&[true]);

    /// That of a run, by its place among those that are not current.
    pub fn of_run(index: usize, current: bool) -> Self {
        const OTHERS: [Texture; 3] = [
            Texture(&[true, false]),
            Texture(&[true, false, false]),
            Texture(&[true, true, true, true, false, false, true, false, false]),
        ];
        if current {
            Self::SOLID
        } else {
            OTHERS[index % OTHERS.len()]
        }
    }

    fn has(self, dot: usize) -> bool {
        self.0[dot % self.0.len()]
    }
}

/// The part of a line within the unit square, by Liang and Barsky (1984); `None` where there is none.
fn clipped(from: [f64; 2], to: [f64; 2]) -> Option<[[f64; 2]; 2]> {
    let (mut start, mut end) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let (place, way) = (from[axis], to[axis] - from[axis]);
        if !place.is_finite() || !way.is_finite() {
            return None;
        }
        if way == 0.0 {
            if !(0.0..=1.0).contains(&place) {
                return None;
            }
            continue;
        }
        let (a, b) = (-place / way, (1.0 - place) / way);
        start = start.max(a.min(b));
        end = end.min(a.max(b));
    }
    let at = |part: f64| {
        [0, 1].map(|axis| (from[axis] + part * (to[axis] - from[axis])).clamp(0.0, 1.0))
    };
    (start <= end).then(|| [at(start), at(end)])
}

/// The dot of a place in shares of an area, from its left and its top; of a place outside the nearest at the edge.
fn dot_of(area: Rect, painter: Painter, [across, up]: [f64; 2]) -> (i32, i32) {
    let [columns, rows] = painter.look.glyphs.dots();
    let place = |share: f64, cells: u16, dots: u16| {
        (share.clamp(0.0, 1.0) * f64::from(i32::from(cells * dots) - 1)).round() as i32
    };
    (
        place(across, area.width, columns),
        place(1.0 - up, area.height, rows),
    )
}

/// The cell of a place in shares of an area, as the dots choose it.
pub fn cell_of(area: Rect, painter: Painter, place: [f64; 2]) -> (u16, u16) {
    let [columns, rows] = painter.look.glyphs.dots();
    let (x, y) = dot_of(area, painter, place);
    (area.x + x as u16 / columns, area.y + y as u16 / rows)
}

/// A `+` at the place of a minimum, where that is inside.
pub fn draw_minimum(
    buffer: &mut Buffer,
    plane: Rect,
    painter: Painter,
    place: [f64; 2],
    style: Style,
) {
    if arrow(place).is_none() {
        let cell = &mut buffer[cell_of(plane, painter, place)];
        cell.set_symbol("+").set_style(style);
    }
}

/// The look of a mark that lies over whatever is there, on the ground that is there.
pub fn on_top(style: Style) -> Style {
    let over = Style {
        bg: None,
        ..Style::reset()
    };
    over.patch(style).add_modifier(Modifier::BOLD)
}

/// The sign that stands at the edge for a place outside; `None` for one inside.
pub fn arrow([across, up]: [f64; 2]) -> Option<&'static str> {
    /// What is rounded away is inside.
    const EDGE: std::ops::RangeInclusive<f64> = -1e-9..=1.0 + 1e-9;
    if EDGE.contains(&across) && EDGE.contains(&up) {
        return None;
    }
    // The side that it is further away from.
    let beyond = |share: f64| (share - 0.5).abs();
    Some(if beyond(across) >= beyond(up) {
        if across < 0.5 { "◁" } else { "▷" }
    } else if up < 0.5 {
        "▽"
    } else {
        "△"
    })
}
