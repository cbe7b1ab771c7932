//! The pane whose picture the learner chooses: a painter for each picture, and what several of them are made of.

mod contours;
mod curve;
mod decision;
mod dots;
mod edges;
mod errors;
mod ghost;
mod ground;
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

use super::paint::{Painter, above, below};
use super::scroll::Extent;
use crate::command::Picture;
use crate::explain::Line;
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

/// Paints the picture; returns how many rows of its table are left below. Where a setting has been turned, what became of
/// both runs is said beneath; otherwise, of a picture of the ground that the run goes over, what it does, whole, where
/// there is room for both.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    screen: &Screen,
    scroll: Option<usize>,
) -> usize {
    let picture = &screen.picture;
    let painted = painted(picture);
    let runs = (screen.turned.as_ref()).filter(|_| draws_ghost(picture.picture()));
    let area = match (runs, &screen.seen) {
        (Some(runs), _) => ghost::draw_legend(frame, area, painter, runs),
        (None, Some(verdict)) if picture.picture() == Picture::Surface => {
            draw_verdict(frame, area, painter, verdict)
        }
        (None, _) => area,
    };
    painted.paint(frame, area, painter, scroll);
    painted.extent(area.height).below(scroll)
}

/// Says what the run does at the foot of an area, whole, where the picture has room above it; the answer is what is left.
fn draw_verdict(frame: &mut Frame, area: Rect, painter: Painter, verdict: &Line) -> Rect {
    /// With fewer rows the picture would not be seen.
    const LEAST: u16 = 10;
    let rows = painter.wrap_line(verdict.clone(), area.width.saturating_sub(2));
    if rows.len() as u16 + LEAST > area.height {
        return area;
    }
    let picture = above(area, rows.len() as u16);
    let place = Rect {
        x: area.x + 1,
        width: area.width.saturating_sub(2),
        ..below(area, picture.height)
    };
    frame.render_widget(painter.lines(&rows), place);
    picture
}

/// What of a picture is in sight in a pane of `height` rows inside its border.
pub fn extent(picture: &PictureView, height: u16) -> Extent {
    painted(picture).extent(height)
}
