//! The pictures that a lesson's run can be looked at in, one row for each, and how their tables are put in order.

use super::arguments::{Arguments, choice};
use super::{Choice, Command, Complaint, advise};
use crate::explain::Quantity;

/// What is to be known of a picture before it is drawn.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The name that commands know it by.
    name: &'static str,
    title: &'static str,
    /// The lessons that have it.
    of: PictureOf,
    /// Whether it is a list, among whose rows one looks.
    lists: bool,
}

/// The lessons that have a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureOf {
    /// All.
    Every,
    /// Those in which something has been swept.
    Swept,
    /// Those of one weight whose gradients are given.
    Weight,
    /// Those on a surface.
    Surface,
    /// Those about a network.
    Network,
    /// Those about a network with two inputs.
    TwoInputs,
}

fn row(name: &'static str, title: &'static str, of: PictureOf, lists: bool) -> Row {
    Row {
        name,
        title,
        of,
        lists,
    }
}

/// Makes [`Picture`] of its rows.
macro_rules! pictures {
    ($($(#[$about:meta])* $picture:ident = $row:expr,)*) => {
        /// A picture of the run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Picture {
            $($(#[$about])* $picture,)*
        }

        impl Picture {
            /// Every picture, in the order in which they are gone through.
            pub const ALL: [Self; [$(stringify!($picture)),*].len()] = [$(Self::$picture),*];

            fn row(self) -> Row {
                match self {
                    $(Self::$picture => $row,)*
                }
            }
        }
    };
}

pictures! {
    /// Nodes and edges, with the numbers of the item.
    Network = row("network", "Network", PictureOf::Network, false),
    /// Every parameter and what the update does to it.
    Weights = row("weights", "Weights", PictureOf::Network, true),
    /// Error and accuracy over the epochs.
    Errors = row("errors", "Errors", PictureOf::Network, true),
    /// The plane of two inputs, by the answer to each point.
    Decision = row("decision", "Decision", PictureOf::TwoInputs, false),
    /// The answer to every item.
    Predictions = row("predictions", "Predictions", PictureOf::Network, true),
    /// One weight on the number line, with the arrows of its update.
    Line = row("line", "Number line", PictureOf::Weight, false),
    /// The loss as a curve or as contours, with the way that each run has gone.
    Surface = row("surface", "Surface", PictureOf::Surface, false),
    /// A parameter over the updates, on every branch.
    History = row("history", "History", PictureOf::Every, false),
    /// Delta beside the momentum term, update by update.
    Terms = row("terms", "Terms", PictureOf::Every, true),
    /// Which learning rates and momenta settle, and where this run stands.
    Stability = row("stability", "Stability", PictureOf::Every, false),
    /// The last sweep, cell by cell.
    Sweep = row("sweep", "Sweep", PictureOf::Swept, false),
}

impl Picture {
    /// The name that commands know it by.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// The name as a title.
    pub fn title(self) -> &'static str {
        self.row().title
    }

    /// The lessons that have it.
    pub fn of(self) -> PictureOf {
        self.row().of
    }

    /// Where its own keys do what they do: `in the picture surface`, `among the weights`.
    pub fn place(self) -> String {
        let within = if self.row().lists {
            "among the"
        } else {
            "in the picture"
        };
        format!("{within} {}", self.name())
    }

    /// Every picture by the lessons that have it, as help names them.
    pub fn listed() -> String {
        let names = |of: PictureOf| {
            let pictures = Self::ALL.into_iter().filter(|picture| picture.of() == of);
            pictures.map(Self::name).collect::<Vec<_>>().join(", ")
        };
        format!(
            "{}, {} once there is one, of a single weight {}, of surfaces {}, and of networks {}, and {} where there are two inputs",
            names(PictureOf::Every),
            names(PictureOf::Swept),
            names(PictureOf::Weight),
            names(PictureOf::Surface),
            names(PictureOf::Network),
            names(PictureOf::TwoInputs)
        )
    }
}

/// A column of the table of weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Column {
    /// The parameter, in the order of the lesson.
    #[default]
    Name,
    /// What an update does to it.
    Quantity(Quantity),
}

impl Column {
    /// Every column, from left to right.
    pub fn all() -> impl Iterator<Item = Self> {
        let quantities = Quantity::columns().map(Self::Quantity);
        std::iter::once(Self::Name).chain(quantities)
    }

    /// The name that commands know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Quantity(quantity) => quantity.key(),
        }
    }

    /// Whether it is not known before the update is complete.
    pub fn is_of_update(self) -> bool {
        match self {
            Self::Name => false,
            Self::Quantity(quantity) => quantity != Quantity::Before,
        }
    }
}

/// Which rows of a table are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    Off,
    /// Those of the next layer of parameters; after the last, all of them.
    Next,
    /// Those whose name has this text in it.
    Text(String),
}

pub(super) fn parse_picture(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let Some(word) = arguments.next_word() else {
        return Ok(Command::Picture(Choice::Next));
    };
    let ways = [("next", Choice::Next), ("previous", Choice::Previous)];
    let otherwise = "`{}` is no way to go through the pictures";
    let advice =
        "`view picture next` or `view picture previous`; one by its name is `view history`";
    let way = word.one_of(&ways, otherwise, advice);
    way.map(Command::Picture)
}

pub(super) fn picture_called(name: &str) -> Option<Picture> {
    Picture::ALL
        .into_iter()
        .find(|picture| picture.name() == name)
}

pub(super) fn parse_sort(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let all: Vec<Column> = Column::all().collect();
    let names: Vec<&str> = Column::all().map(Column::name).collect();
    let advice = format!("one of {}", names.join(", "));
    let word = arguments.need("the column to sort by", &advice)?;
    let column = choice(&word, "column", &all, Column::name)?;
    let order = arguments.next_word().map(|word| {
        let orders = [("up", true), ("down", false)];
        let advice = advise(word.text, ["up", "down"]);
        word.one_of(&orders, "`{}` is no order to sort in", advice)
    });
    Ok(Command::Sort(column, order.transpose()?.unwrap_or(false)))
}

pub(super) fn parse_filter(arguments: &mut Arguments) -> Result<Command, Complaint> {
    let word = arguments.need_rest(
        "what to look for",
        "a part of the names, such as `filter ho`; `filter off` shows all",
    )?;
    Ok(Command::Filter(match word.text {
        "off" => Filter::Off,
        "next" => Filter::Next,
        text => Filter::Text(text.to_owned()),
    }))
}
