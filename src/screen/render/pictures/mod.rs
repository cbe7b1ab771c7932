//! The pane whose picture the learner chooses: a painter for each picture, and what several of them are made of.

mod contours;
mod curve;
mod decision;
mod dots;
mod edges;
mod errors;
mod ghost;
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
use ratatui::layout::Rect;

pub use dots::{BITS, EMPTY};

use super::paint::Painter;
use super::scroll::Extent;
use crate::pictures::{PictureView, draws_ghost};
use crate::view::Screen;

/// What can be painted in the pane.
trait Painted {
    /// Paints it inside an area. `scroll` is where the learner has scrolled to, `None` where they have not.
    fn paint(&self, frame: &mut Frame, area: Rect, painter: Painter, scroll: Option<usize>);

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

/// Paints the picture and, where a setting has been turned, what became of both runs below it; returns how many rows of its table are left below.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    screen: &Screen,
    scroll: Option<usize>,
) -> usize {
    let painted = painted(&screen.picture);
    let runs = (screen.turned.as_ref()).filter(|_| draws_ghost(screen.picture.picture()));
    let area = match runs {
        Some(runs) => ghost::draw_legend(frame, area, painter, runs),
        None => area,
    };
    painted.paint(frame, area, painter, scroll);
    painted.extent(area.height).below(scroll)
}

/// What of a picture is in sight in a pane of `height` rows inside its border.
pub fn extent(picture: &PictureView, height: u16) -> Extent {
    painted(picture).extent(height)
}
