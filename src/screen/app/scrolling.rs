//! Which pane is in focus, and what of it is in sight.

use super::{App, Front, Pane, slot};
use crate::command::Way;
use crate::explain::Line;
use crate::pictures::PictureView;
use crate::screen::input::MouseWheel;
use crate::screen::layout::Mode;
use crate::screen::render::{self, Extent};
use crate::view::Screen;

/// So many lines are scrolled at once by the wheel, and by keys in front of the panes.
pub const SCROLL: usize = 3;

impl App {
    pub(super) fn turn_focus(&mut self, by: usize) {
        let mode = self.mode();
        let index = slot(self.focus) + by;
        self.focus = Pane::ALL[index % Pane::ALL.len()];
        // The update is always in sight above the others, and may have nothing to scroll.
        if mode == Some(Mode::Stacked)
            && self.focus == Pane::Update
            && self.extent(Pane::Update).is_none_or(|e| e.most() == 0)
        {
            self.focus = Pane::ALL[(index + by) % Pane::ALL.len()];
        }
    }

    pub(super) fn wheel(&mut self, wheel: MouseWheel) {
        if let Front::Reading(_) = self.front {
            self.scroll_reading(wheel.way);
        } else if self
            .question_place()
            .is_some_and(|place| place.contains((wheel.column, wheel.row).into()))
        {
            self.scroll_said(wheel.way);
        } else if let Some(pane) = self
            .areas()
            .and_then(|areas| areas.pane_at(wheel.column, wheel.row))
        {
            self.scroll_pane(pane, wheel.way, SCROLL);
        }
    }

    pub(super) fn scroll_pane(&mut self, pane: Pane, way: Way, lines: usize) {
        if let Some(extent) = self.extent(pane) {
            let scroll = &mut self.scrolls[slot(pane)];
            let top = extent.top(*scroll);
            *scroll = Some(scrolled(top, way, lines, extent.most()));
        }
    }

    /// What of a pane is in sight, where it is on the screen.
    fn extent(&self, pane: Pane) -> Option<Extent> {
        let area = self.areas()?.pane(pane)?;
        Some(render::extent(self, pane, area))
    }

    /// Scrolls to the next item that is answered wrong, where the predictions are in sight.
    pub(super) fn scroll_to_wrong(&mut self) {
        let PictureView::Predictions(view) = Screen::of(&self.session).picture else {
            self.message = Line::plain(
                "Right and wrong answers are among the predictions; `view predictions` shows them.",
            );
            return;
        };
        let Some(extent) = self.extent(Pane::Picture) else {
            return;
        };
        let scroll = &mut self.scrolls[slot(Pane::Picture)];
        let first = scroll.map_or_else(|| extent.top(None), |scroll| scroll + 1);
        let watch = self.session.watch();
        match watch.during(|| view.answers.next_wrong(first, watch)) {
            Some(item) => *scroll = Some(item),
            None if watch.ended().is_some() => self.message = Line::plain("Stopped."),
            None => self.message = Line::plain("No item is answered wrong."),
        }
    }
}

/// Where `lines` more come to, from 0 to `most`.
pub fn scrolled(scroll: usize, way: Way, lines: usize, most: usize) -> usize {
    let wanted = match way {
        Way::Down => scroll.saturating_add(lines),
        Way::Up => scroll.min(most).saturating_sub(lines),
    };
    wanted.min(most)
}
