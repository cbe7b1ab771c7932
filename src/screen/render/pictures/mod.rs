//! The pane whose picture the learner chooses: a painter for each picture, and what several of them are made of.

mod contours;
mod curve;
mod decision;
mod dots;
mod edges;
mod errors;
mod history;
mod legend;
mod network;
mod plane;
mod plot;
mod predictions;
mod stability;
mod surface;
mod sweep;
mod terms;
mod weights;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};

pub use dots::{BITS, EMPTY};

use super::paint::Painter;
use super::scroll::Extent;
use crate::pictures::PictureView;
use crate::screen::layout::Need;

/// What can be painted in the pane.
trait Painted {
    /// Paints it inside an area. `scroll` is where the learner has scrolled to, `None` where they have not.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, scroll: Option<usize>);

    /// The least columns and rows in which something is to be seen of it.
    fn least(&self) -> Size {
        Size::new(28, 9)
    }

    /// What of its rows is in sight in a pane of `height` rows inside its border; most pictures have none.
    fn extent(&self, height: u16) -> Extent {
        Extent::new(0, height)
    }
}

/// The last row of an area.
fn last_row(area: Rect) -> Rect {
    area.rows().next_back().unwrap_or(area)
}

fn painted(picture: &PictureView) -> &dyn Painted {
    match picture {
        PictureView::Network(view) => view,
        PictureView::Weights(view) => view,
        PictureView::Errors(view) => view,
        PictureView::Decision(view) => view,
        PictureView::Predictions(view) => view,
        PictureView::Surface(view) => view,
        PictureView::History(view) => view,
        PictureView::Terms(view) => view,
        PictureView::Stability(view) => view,
        PictureView::Sweep(view) => view,
    }
}

/// Paints a picture; returns how many rows of its table are left below.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    picture: &PictureView,
    scroll: Option<usize>,
) -> usize {
    let painted = painted(picture);
    painted.paint(frame, area, painter, scroll);
    painted.extent(area.height).below(scroll)
}

/// What of a picture is in sight in a pane of `height` rows inside its border.
pub fn extent(picture: &PictureView, height: u16) -> Extent {
    painted(picture).extent(height)
}

/// The least columns and rows in which something is to be seen of a picture.
pub fn least(picture: &PictureView) -> Size {
    painted(picture).least()
}

/// The rows that a picture needs: the least, and of a table all.
pub fn need(picture: &PictureView) -> Need {
    let least = least(picture).height;
    let extent = extent(picture, least);
    let around = usize::from(least).saturating_sub(extent.height);
    let all = u16::try_from(extent.lines + around).unwrap_or(u16::MAX / 2);
    Need::of(least, all.max(least).min(u16::MAX / 2))
}
