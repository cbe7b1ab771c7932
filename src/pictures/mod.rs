//! Floor 5: pictures, the ways of looking at a run.
//!
//! One file for each picture: its data, when it is missing, its title and its sentences. All are made from a
//! `Subject`, and know no sitting. Leaves the painting to the screen, and what the learner asks for to the session.

mod along;
mod answers;
mod decision;
mod errors;
mod history;
mod landscape;
mod lens;
mod line;
mod looks;
mod network;
mod plane;
mod predictions;
mod relief;
mod said;
mod stability;
mod subject;
mod surface;
mod sweep;
mod terms;
mod weights;

pub(crate) use answers::{Answers, Prediction};
pub(crate) use decision::{CERTAIN, DecisionView};
pub(crate) use errors::ErrorsView;
pub use history::HistoryView;
pub(crate) use history::{Series, bounds, plot_sentence, plottable};
pub use landscape::Landscape;
pub use lens::Lens;
pub use line::LineView;
pub(crate) use line::{Bar, Mark};
pub use looks::{HeldAxis, Looks};
pub(crate) use network::{EdgeView, LayerView, NodeNumber, NodeNumbers, NodeView};
pub use network::{NetworkView, OnPath, some_of};
pub use plane::Plane;
pub(crate) use predictions::PredictionsView;
pub use relief::{Drawn, Relief, ReliefCache};
pub use stability::plane_end;
pub(crate) use stability::{StabilityMark, StabilityView};
pub(crate) use subject::Subject;
pub use surface::{ContourView, SurfaceView};
pub(crate) use surface::{CurveView, PathView, seen, seen_sentence};
pub(crate) use sweep::{Cell, SHADES, SweepView};
pub use sweep::{SweepTable, shade};
pub(crate) use terms::{Terms, TermsView};
pub(crate) use weights::{WeightRow, WeightsView, layers, order_words, passes};

use crate::command::{Picture, PictureOf};
use crate::explain::{Line, Text};

/// What is told has a few sentences; longer lists are read on the screen or in a file.
const MOST_LINES: usize = 12;

/// What every picture has.
trait Pictured: Sized {
    /// Why there is no such picture of a subject of its kind.
    fn missing(_: &Subject) -> Option<&'static str> {
        None
    }

    /// Works out what may take long of it, which the runs keep.
    fn prepare(_: &Subject) {}

    /// What is drawn; `None` where there is nothing.
    fn of(subject: &Subject) -> Option<Self>;

    /// The same in sentences.
    fn words(subject: &Subject) -> Text;

    /// What the title says besides the picture's name.
    fn heading(&self) -> String {
        String::new()
    }

    /// What is to be seen in it, in a sentence; `None` where there is nothing yet, or the run itself is what is seen.
    fn verdict(&self) -> Option<Line> {
        None
    }
}

/// Ties each picture to its data.
macro_rules! pictures {
    ($($(#[$about:meta])* $picture:ident($view:ty),)*) => {
        /// The data of a picture.
        #[derive(Debug, Clone, PartialEq)]
        pub enum PictureView {
            $($(#[$about])* $picture($view),)*
        }

        impl PictureView {
            /// Which picture it is.
            pub fn picture(&self) -> Picture {
                match self {
                    $(Self::$picture(_) => Picture::$picture,)*
                }
            }

            /// The title, such as `History · w`.
            pub fn title(&self) -> String {
                let heading = match self {
                    $(Self::$picture(view) => view.heading(),)*
                };
                let name = self.picture().title();
                if heading.is_empty() { name.to_owned() } else { format!("{name} · {heading}") }
            }

            /// What is to be seen in it, in a sentence; `None` where there is nothing yet, or the run itself is what is
            /// seen.
            pub fn verdict(&self) -> Option<Line> {
                match self {
                    $(Self::$picture(view) => view.verdict(),)*
                }
            }
        }

        /// What is drawn as a picture; `None` where there is nothing.
        fn view(picture: Picture, subject: &Subject) -> Option<PictureView> {
            match picture {
                $(Picture::$picture => <$view>::of(subject).map(PictureView::$picture),)*
            }
        }

        /// Works out what may take long of a picture: it is drawn with what there is of that.
        pub fn prepare(picture: Picture, subject: &Subject) {
            match picture {
                $(Picture::$picture => <$view>::prepare(subject),)*
            }
        }

        /// Why there is no such picture of a subject of its kind.
        fn lacking(picture: Picture, subject: &Subject) -> Option<&'static str> {
            match picture {
                $(Picture::$picture => <$view>::missing(subject),)*
            }
        }

        /// A picture in sentences.
        pub fn words(picture: Picture, subject: &Subject) -> Text {
            match picture {
                $(Picture::$picture => <$view>::words(subject),)*
            }
        }
    };
}

pictures! {
    /// Nodes and edges.
    Network(NetworkView),
    /// Every parameter.
    Weights(WeightsView),
    /// Error and accuracy.
    Errors(ErrorsView),
    /// The plane of two inputs.
    Decision(DecisionView),
    /// Item by item.
    Predictions(PredictionsView),
    /// One weight on the number line.
    Line(LineView),
    /// The loss and the ways over it.
    Surface(SurfaceView),
    /// A quantity over the updates.
    History(HistoryView),
    /// Delta beside the momentum term.
    Terms(TermsView),
    /// Where runs settle.
    Stability(StabilityView),
    /// The last sweep.
    Sweep(SweepView),
}

/// Whether the way of a run is drawn in a picture, and so that of its ghost behind it.
pub fn draws_ghost(picture: Picture) -> bool {
    match picture {
        Picture::Errors | Picture::Line | Picture::Surface | Picture::History | Picture::Terms => {
            true
        }
        Picture::Network
        | Picture::Weights
        | Picture::Decision
        | Picture::Predictions
        | Picture::Stability
        | Picture::Sweep => false,
    }
}

/// Why there is no such picture of a subject.
pub fn missing(picture: Picture, subject: &Subject) -> Option<&'static str> {
    let (is_there, otherwise) = match picture.of() {
        PictureOf::Every => (true, ""),
        PictureOf::Swept => (
            subject.swept.is_some(),
            "nothing has been swept yet; `sweep momentum 0..0.9/10 max 100` would do it",
        ),
        PictureOf::Weight => (
            subject.model().weight().is_some(),
            "the number line is for lessons of a single weight; `open momentum` is one",
        ),
        PictureOf::Surface => (
            subject.ground().is_some(),
            "this lesson has no surface; `open ravine` has one",
        ),
        PictureOf::Network | PictureOf::TwoInputs => {
            (subject.network().is_some(), "this lesson has no network")
        }
    };
    if is_there {
        lacking(picture, subject)
    } else {
        Some(otherwise)
    }
}

/// The pictures that there are of a subject, in their order.
pub fn available(subject: &Subject) -> Vec<Picture> {
    let all = Picture::ALL.into_iter();
    all.filter(|picture| missing(*picture, subject).is_none())
        .collect()
}

impl PictureView {
    /// A picture; where there is nothing to be drawn in it, the history.
    pub fn of(picture: Picture, subject: &Subject) -> Self {
        view(picture, subject).unwrap_or_else(|| Self::History(HistoryView::new(subject)))
    }
}
