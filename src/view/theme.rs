//! The one table of colours: how every role looks, as plain values for any frontend.

use crate::explain::{NodeQuantity, OfNode, Quantity, Role};

/// Which colours the learner has asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Colours that read well on any background.
    Auto,
    /// Bright colours, for a dark background.
    Dark,
    /// Deep colours, for a light background.
    Light,
    /// No colours.
    Mono,
}

/// How something looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a terminal has these four attributes, each by itself"
)]
pub struct Look {
    /// A colour of the 256-colour palette.
    pub colour: Option<u8>,
    /// Bold letters.
    pub bold: bool,
    /// Italic letters.
    pub italic: bool,
    /// A line below.
    pub underlined: bool,
    /// Letters and background exchanged.
    pub reversed: bool,
}

/// A colour for each background: unknown, dark and light.
#[derive(Debug, Clone, Copy)]
struct Colours {
    auto: u8,
    dark: u8,
    light: u8,
}

const fn colours(auto: u8, dark: u8, light: u8) -> Colours {
    Colours { auto, dark, light }
}

impl Theme {
    /// What the environment suggests, where the learner has not asked for anything: no colours under `NO_COLOR`, the
    /// background that `COLORFGBG` tells of, else colours for any.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) {
            return Self::Mono;
        }
        let background =
            variable("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        match background {
            Some(7 | 9..=15) => Self::Light,
            Some(_) => Self::Dark,
            None => Self::Auto,
        }
    }

    /// How a role looks.
    pub fn look(self, role: Role) -> Look {
        let colours = match role {
            Role::Quantity(quantity) => Some(quantity_colours(quantity)),
            Role::Muted => Some(colours(243, 245, 243)),
            Role::Error => Some(colours(196, 203, 160)),
            Role::Code => Some(colours(30, 116, 23)),
            Role::Plain
            | Role::Question
            | Role::Emphasis
            | Role::Strong
            | Role::StrongEmphasis
            | Role::Heading
            | Role::Quote
            | Role::Advice => None,
        };
        Look {
            colour: colours.and_then(|colours| self.choose(colours)),
            bold: matches!(
                role,
                Role::Strong | Role::StrongEmphasis | Role::Question | Role::Heading | Role::Error
            ),
            italic: matches!(
                role,
                Role::Emphasis | Role::StrongEmphasis | Role::Quote | Role::Advice
            ),
            underlined: matches!(role, Role::Heading | Role::Error),
            reversed: role == Role::Question,
        }
    }

    /// How the border of a pane in focus looks.
    pub fn focus(self) -> Look {
        self.look(Role::Quantity(Quantity::After))
    }

    /// How a branch looks in a plot, by its place among those that are not current.
    pub fn other_branch(self, index: usize) -> Look {
        const OTHERS: [Colours; 4] = [
            colours(243, 245, 243),
            colours(131, 173, 88),
            colours(67, 139, 60),
            colours(65, 108, 64),
        ];
        self.coloured(OTHERS[index % OTHERS.len()])
    }

    /// How the run looks that was there before a setting was turned.
    pub fn ghost(self) -> Look {
        self.coloured(colours(245, 249, 240))
    }

    /// How an answer of a network looks, by its number.
    pub fn answer(self, index: usize) -> Look {
        self.coloured(ANSWERS[index % ANSWERS.len()])
    }

    /// How one of `count` heights looks, from the lowest to the highest.
    pub fn height(self, index: usize, count: usize) -> Look {
        let last = HEIGHTS.len() - 1;
        let place = if count > 1 {
            (index * last + (count - 1) / 2) / (count - 1)
        } else {
            0
        };
        self.coloured(HEIGHTS[place.min(last)])
    }

    fn coloured(self, colours: Colours) -> Look {
        Look {
            colour: self.choose(colours),
            ..Look::default()
        }
    }

    fn choose(self, colours: Colours) -> Option<u8> {
        match self {
            Self::Auto => Some(colours.auto),
            Self::Dark => Some(colours.dark),
            Self::Light => Some(colours.light),
            Self::Mono => None,
        }
    }
}

/// The colours of a network's answers.
const ANSWERS: [Colours; 4] = [
    colours(32, 75, 25),
    colours(166, 215, 130),
    colours(65, 108, 28),
    colours(132, 211, 125),
];

/// The colours of heights, from low and good to high and bad.
const HEIGHTS: [Colours; 6] = [
    colours(65, 72, 22),
    colours(64, 114, 28),
    colours(100, 149, 58),
    colours(166, 185, 94),
    colours(167, 215, 130),
    colours(196, 203, 124),
];

/// The colour of a quantity. The weight has one before, between and after; so has the memory.
fn quantity_colours(quantity: Quantity) -> Colours {
    match quantity {
        Quantity::Before | Quantity::PlainWeight | Quantity::After => colours(32, 75, 25),
        Quantity::Gradient => colours(166, 215, 130),
        Quantity::Delta => colours(64, 114, 28),
        Quantity::MomentumTerm => colours(164, 213, 126),
        Quantity::Memory | Quantity::NewMemory | Quantity::OfRule(_) => colours(99, 147, 56),
        Quantity::Change => colours(100, 185, 58),
        Quantity::LearningRate => colours(30, 80, 23),
        Quantity::Momentum => colours(132, 211, 125),
        Quantity::EffectiveRate => colours(66, 152, 95),
        Quantity::Error | Quantity::Loss => colours(167, 203, 124),
        Quantity::Node(OfNode { quantity, .. }) => match quantity {
            NodeQuantity::Value => colours(31, 117, 24),
            NodeQuantity::Sum => colours(67, 110, 60),
            NodeQuantity::Target => colours(100, 179, 94),
            NodeQuantity::Signal => colours(136, 178, 94),
        },
    }
}
