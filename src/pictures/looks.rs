//! What the learner has chosen to look at.

use super::{Lens, ReliefCache};
use crate::command::{Column, Picture, Plotted, Spacing};

/// Which picture is looked at, and how each of them is.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    picture: Option<Picture>,
    sort: Column,
    rising: bool,
    filter: String,
    lens: Lens,
    reliefs: ReliefCache,
    plotted: Plotted,
    spacing: Spacing,
}

impl Looks {
    /// The picture; `None` for the one that suits the lesson best.
    pub fn picture(&self) -> Option<Picture> {
        self.picture
    }

    /// The column that the table of weights is sorted by, and whether the smallest come first.
    pub fn sorting(&self) -> (Column, bool) {
        (self.sort, self.rising)
    }

    /// What the names in that table must have in them; empty where all are shown.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// From where the surface is looked at.
    pub fn lens(&self) -> Lens {
        self.lens
    }

    /// How high the surface is, as it was drawn last.
    pub fn reliefs(&self) -> &ReliefCache {
        &self.reliefs
    }

    /// What the history draws.
    pub fn plotted(&self) -> Plotted {
        self.plotted
    }

    /// On which scale the history draws it.
    pub fn spacing(&self) -> Spacing {
        self.spacing
    }

    /// Looks at a picture.
    pub fn bring(&mut self, picture: Picture) {
        self.picture = Some(picture);
    }

    /// Sorts the table of weights.
    pub fn sort(&mut self, column: Column, rising: bool) {
        (self.sort, self.rising) = (column, rising);
    }

    /// Shows the weights with `text` in their names; with an empty one all of them.
    pub fn show_only(&mut self, text: String) {
        self.filter = text;
    }

    /// Looks at the surface through another lens.
    pub fn look_through(&mut self, lens: Lens) {
        self.lens = lens;
    }

    /// Draws something else over the updates.
    pub fn plot(&mut self, plotted: Plotted) {
        self.plotted = plotted;
    }

    /// Spaces the heights of the history; `None` for the other way.
    pub fn space(&mut self, spacing: Option<Spacing>) {
        self.spacing = spacing.unwrap_or(match self.spacing {
            Spacing::Linear => Spacing::Log,
            Spacing::Log => Spacing::Linear,
        });
    }
}
