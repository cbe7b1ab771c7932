//! The pane whose picture the learner chooses: a painter for each picture, and what several of them are made of.

mod arrows;
mod contours;
mod curve;
mod decision;
mod dots;
mod edges;
mod errors;
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
use crate::pictures::PictureView;

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

/// Paints a picture; returns how many rows of its table are left below. What the run does is said beneath a picture of
/// the ground that it goes over, whole, where there is room for both.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    (picture, verdict): (&PictureView, Option<&Line>),
    scroll: Option<usize>,
) -> usize {
    /// With fewer rows the picture would not be seen.
    const LEAST: u16 = 10;
    let painted = painted(picture);
    let said = verdict.filter(|_| picture.picture() == Picture::Surface);
    let said = said.map(|verdict| painter.wrap_line(verdict.clone(), area.width.saturating_sub(2)));
    let said = said.filter(|rows| rows.len() as u16 + LEAST <= area.height);
    let area = said.map_or(area, |rows| {
        let picture = above(area, rows.len() as u16);
        let place = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            ..below(area, picture.height)
        };
        frame.render_widget(painter.lines(&rows), place);
        picture
    });
    painted.paint(frame, area, painter, scroll);
    painted.extent(area.height).below(scroll)
}

/// What of a picture is in sight in a pane of `height` rows inside its border.
pub fn extent(picture: &PictureView, height: u16) -> Extent {
    painted(picture).extent(height)
}
