//! The pane whose picture the learner chooses.

use ratatui::Frame;
use ratatui::layout::Rect;

use super::paint::Painter;
use super::scroll::Extent;
use super::{
    contours, curve, decision, errors, history, network, predictions, stability, sweep, terms,
    weights,
};
use crate::view::{PictureView, SurfaceView};

/// Draws the picture; returns how many lines of its table are left below.
pub fn draw(
    frame: &mut Frame,
    area: Rect,
    painter: Painter,
    picture: &PictureView,
    scroll: Option<usize>,
) -> usize {
    match picture {
        PictureView::History(view) => history::draw(frame, area, painter, view),
        PictureView::Network(view) => network::draw(frame, area, painter, view),
        PictureView::Errors(view) => errors::draw(frame, area, painter, view),
        PictureView::Decision(view) => decision::draw(frame, area, painter, view),
        PictureView::Surface(SurfaceView::Curve(view)) => curve::draw(frame, area, painter, view),
        PictureView::Surface(SurfaceView::Contours(view)) => {
            contours::draw(frame, area, painter, view);
        }
        PictureView::Terms(view) => terms::draw(frame, area, painter, view),
        PictureView::Stability(view) => stability::draw(frame, area, painter, view),
        PictureView::Sweep(view) => sweep::draw(frame, area, painter, view),
        PictureView::Weights(view) => return weights::draw(frame, area, painter, view, scroll),
        PictureView::Predictions(view) => {
            return predictions::draw(frame, area, painter, view, scroll);
        }
    }
    0
}

/// What of the picture is in sight in a pane of `height` rows inside its border.
pub fn extent(picture: &PictureView, height: u16) -> Extent {
    match picture {
        PictureView::Weights(view) => weights::extent(view, height),
        PictureView::Predictions(view) => predictions::extent(view, height),
        _ => Extent::new(0, height),
    }
}

/// The title in the pane's border.
pub fn title(picture: &PictureView) -> String {
    let name = picture.picture().title();
    match picture {
        PictureView::History(view) => format!("{name} · {}", view.heading()),
        PictureView::Network(view) if view.goes_back => {
            format!("{name} · {} · signals go back", view.parameter)
        }
        PictureView::Network(view) => format!("{name} · {}", view.parameter),
        PictureView::Weights(view) if !view.filter.is_empty() => {
            format!("{name} · {} of {}", view.order.len(), view.count)
        }
        PictureView::Weights(view) => format!("{name} · {}", view.count),
        PictureView::Terms(view) => format!("{name} · {}", view.parameter),
        PictureView::Stability(view) => format!("{name} · {}", view.settings.rule.name()),
        PictureView::Errors(_) | PictureView::Surface(_) | PictureView::Sweep(_) => name.to_owned(),
        PictureView::Decision(view) => format!("{name} · {} wrong", view.wrong),
        PictureView::Predictions(view) => match view.wrong {
            Some(wrong) => format!("{name} · {wrong} of {} wrong", view.count),
            None => format!("{name} · {}", view.count),
        },
    }
}
