//! The pane whose picture the learner chooses: a painter for each picture, and what several of them are made of.

mod contours;
mod curve;
mod decision;
mod dots;
mod errors;
mod ghost;
mod ground;
mod history;
mod legend;
mod line;
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
pub use history::{mark, series_style};

use super::paint::{Painter, above, below, beyond};
use super::scroll::Extent;
use crate::command::Picture;
use crate::explain::Line;
use crate::pictures::{PictureView, draws_ghost};
use crate::screen::layout::Need;
use crate::session::Verdict;

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
        PictureView::Line(view) => view,
        PictureView::Surface(view) => view,
        PictureView::History(view) => view,
        PictureView::Terms(view) => view,
        PictureView::Stability(view) => view,
        PictureView::Sweep(view) => view,
    }
}

/// A picture and what is to be seen in it, in a sentence.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub picture: &'a PictureView,
    pub verdict: Option<&'a Line>,
    /// What became of the run and what had before a setting was turned.
    pub turned: Option<&'a [Verdict; 2]>,
}

impl Told<'_> {
    /// The rows of the verdict at a width, where the picture has enough rows beside them.
    fn rows(self, painter: Painter, size: Size) -> Vec<Line> {
        // With fewer rows the picture would not be seen.
        let least = if self.picture.picture() == Picture::Surface {
            10
        } else {
            6
        };
        let width = size.width.saturating_sub(2);
        let wrapped = |verdict: &Line| painter.wrap_line(verdict.clone(), width);
        let rows = self.verdict.map(wrapped).unwrap_or_default();
        if rows.len() + least <= usize::from(size.height) {
            rows
        } else {
            Vec::new()
        }
    }

    /// Paints it, and what is to be seen in it beneath, whole; returns how many rows of its table are left below.
    pub fn draw(
        self,
        frame: &mut Frame,
        area: Rect,
        painter: Painter,
        scroll: Option<usize>,
    ) -> usize {
        let painted = painted(self.picture);
        let runs = (self.turned).filter(|_| draws_ghost(self.picture.picture()));
        let picture = match runs {
            Some(runs) => ghost::draw_legend(frame, area, painter, runs),
            None => self.draw_verdict(frame, area, painter),
        };
        painted.paint(frame, picture, painter, scroll);
        painted.extent(picture.height).below(scroll)
    }

    /// Says what is to be seen at the foot of an area; the answer is what is left above.
    fn draw_verdict(self, frame: &mut Frame, area: Rect, painter: Painter) -> Rect {
        let rows = self.rows(painter, area.as_size());
        let picture = above(area, rows.len() as u16);
        let place = Rect {
            width: area.width.saturating_sub(2),
            ..beyond(below(area, picture.height), 1)
        };
        frame.render_widget(painter.lines(&rows), place.intersection(area));
        picture
    }

    /// What of it is in sight in a pane of a size inside its border.
    pub fn extent(self, painter: Painter, size: Size) -> Extent {
        let rows = self.rows(painter, size).len() as u16;
        painted(self.picture).extent(size.height - rows)
    }
}

/// The least columns and rows in which something is to be seen of a picture.
pub fn least(picture: &PictureView) -> Size {
    painted(picture).least()
}

/// The rows that a picture needs: the least, and of a table all.
pub fn need(picture: &PictureView) -> Need {
    let least = least(picture).height;
    let extent = painted(picture).extent(least);
    let around = usize::from(least).saturating_sub(extent.height);
    let all = u16::try_from(extent.lines + around).unwrap_or(u16::MAX / 2);
    Need::of(least, all.max(least).min(u16::MAX / 2))
}
