//! The loss as a curve of one variable or as contours of two.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::{Painted, contours, curve};
use crate::pictures::SurfaceView;
use crate::screen::render::paint::Painter;

impl Painted for SurfaceView {
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, _: Option<usize>) {
        match self {
            Self::Curve(view) => curve::draw(frame, area, painter, view),
            Self::Contours(view) => contours::draw(frame, area, painter, view),
        }
    }
}
