//! What the learner has chosen to look at.

use super::{ContourCache, Lens};
use crate::command::{Column, Picture, Plotted, Spacing};

/// Which picture is looked at, and how each of them is.
#[derive(Debug, Clone, Default)]
pub struct Looks {
    /// The picture; `None` for the one that suits the lesson best.
    pub picture: Option<Picture>,
    /// The column that the table of weights is sorted by, and whether the smallest come first.
    pub sorting: (Column, bool),
    /// What the names in that table must have in them; empty where all are shown.
    pub filter: String,
    /// From where the surface is looked at.
    pub lens: Lens,
    /// What the history draws,
    pub plotted: Plotted,
    /// and on which scale.
    pub spacing: Spacing,
    /// The contours of the surface as they were drawn last.
    pub(super) contours: ContourCache,
}
