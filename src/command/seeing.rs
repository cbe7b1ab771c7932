//! How a picture is looked at: from how near, from where, and what is drawn over the updates.

use super::arguments::{Arguments, Names};
use super::{Choice, Command, Complaint, advise};
use crate::explain::Quantity;

/// From how near the surface is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zoom {
    /// From nearer.
    In,
    /// From further away.
    Out,
    /// All of it again.
    Reset,
}

pub(super) const ZOOMS: Names<Zoom> =
    &[("in", Zoom::In), ("out", Zoom::Out), ("reset", Zoom::Reset)];

/// Which way the eye goes over the surface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pan {
    /// To smaller values of the first variable.
    Left,
    /// To larger values of the first variable.
    Right,
    /// To larger values of the second variable.
    Up,
    /// To smaller values of the second variable.
    Down,
}

pub(super) const PANS: Names<Pan> = &[
    ("left", Pan::Left),
    ("right", Pan::Right),
    ("up", Pan::Up),
    ("down", Pan::Down),
];

/// What is drawn over the updates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Plotted {
    /// The parameter in focus.
    #[default]
    Weight,
    /// The loss, over all items or of the surface.
    Loss,
    /// A quantity of the updates of the parameter in focus.
    Term(Quantity),
}

impl Plotted {
    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let terms = Quantity::plotted().map(Self::Term);
        [Self::Weight, Self::Loss].into_iter().chain(terms)
    }

    /// The name that commands know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Weight => "weight",
            Self::Loss => "loss",
            Self::Term(quantity) => quantity.key(),
        }
    }

    /// The quantity of an update that it is, or whose colour it has.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::Weight => Quantity::After,
            Self::Loss => Quantity::Loss,
            Self::Term(quantity) => quantity,
        }
    }
}

/// How the heights of a plot are spaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spacing {
    /// Evenly.
    #[default]
    Linear,
    /// Each power of ten as high as the next.
    Log,
}

/// What `plot` changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plotting {
    /// What is drawn.
    What(Choice<Plotted>),
    /// How the heights are spaced; `None` for the other way.
    Spacing(Option<Spacing>),
}

pub(super) fn parse_zoom(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need("which way to zoom", "`zoom in`, `zoom out` or `zoom reset`")?;
    let advice = advise(word.text, ZOOMS.iter().map(|(name, _)| *name));
    let zoom = word.one_of(ZOOMS, "`{}` is no way to zoom", advice);
    zoom.map(Command::Zoom)
}

pub(super) fn parse_pan(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need("which way to move", "`pan left`, `right`, `up` or `down`")?;
    let advice = advise(word.text, PANS.iter().map(|(name, _)| *name));
    let pan = word.one_of(PANS, "`{}` is no way to move", advice);
    pan.map(Command::Pan)
}

pub(super) fn parse_plot(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let names = plot_names();
    let word = arguments.need("what to plot", &format!("one of {}", names.join(", ")))?;
    let plotting = |text: &str| match text {
        "linear" => Some(Plotting::Spacing(Some(Spacing::Linear))),
        "log" => Some(Plotting::Spacing(Some(Spacing::Log))),
        "scale" => Some(Plotting::Spacing(None)),
        "next" => Some(Plotting::What(Choice::Next)),
        "previous" => Some(Plotting::What(Choice::Previous)),
        name => {
            let what = Plotted::all().find(|what| what.name() == name);
            what.map(|what| Plotting::What(Choice::This(what)))
        }
    };
    let plotting = word.read(plotting, "`{}` cannot be plotted", advise(word.text, names));
    plotting.map(Command::Plot)
}

pub(super) fn plot_names() -> Vec<&'static str> {
    let others = ["next", "previous", "log", "linear", "scale"];
    Plotted::all().map(Plotted::name).chain(others).collect()
}
