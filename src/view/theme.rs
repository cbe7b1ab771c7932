//! The one table of colours: how every role looks, as plain values for any frontend.

use super::colours::{Colour, Depth, Ground, Shade};
use crate::command::Theme;
use crate::explain::{NodeQuantity, OfNode, Quantity, Role};

/// How something looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a terminal has these four attributes, each by itself"
)]
pub struct Look {
    /// The colour of the letters; `None` for the terminal's own.
    pub colour: Option<Colour>,
    /// Bold letters.
    pub bold: bool,
    /// Italic letters.
    pub italic: bool,
    /// A line below.
    pub underlined: bool,
    /// Letters and background exchanged.
    pub reversed: bool,
}

/// The colours of a theme, as a terminal can show them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    theme: Theme,
    depth: Depth,
}

/// How many bands of grey there are.
pub const BANDS: usize = 5;

impl Palette {
    /// No colours.
    pub const MONO: Self = Self {
        theme: Theme::Mono,
        depth: Depth::Sixteen,
    };

    /// The colours of a theme on a terminal that can show so many, and has such a background.
    pub fn new(theme: Theme, depth: Depth, ground: Ground) -> Self {
        let theme = match (theme, ground) {
            (Theme::Auto, Ground::Dark) => Theme::Dark,
            (Theme::Auto, Ground::Light) => Theme::Light,
            (Theme::Auto | Theme::Dark | Theme::Light | Theme::Mono, _) => theme,
        };
        Self { theme, depth }
    }

    /// Whether there are no colours.
    pub fn is_mono(self) -> bool {
        self.theme == Theme::Mono
    }

    /// How a role looks.
    pub fn look(self, role: Role) -> Look {
        let shade = match role {
            Role::Quantity(quantity) => Some(quantity_shade(quantity)),
            Role::Muted => Some(MUTED),
            Role::Right => Some(RIGHT),
            Role::Wrong | Role::Error => Some(WRONG),
            Role::Code => Some(CODE),
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
            colour: shade.and_then(|shade| self.choose(shade)),
            bold: role.stress().strong,
            italic: role.stress().slanted,
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
        self.shaded(OTHER_RUNS[index % OTHER_RUNS.len()])
    }

    /// How the run before a setting was turned looks behind the one that is.
    pub fn ghost(self) -> Look {
        self.shaded(GHOST)
    }

    /// How an answer of a network looks, by its number.
    pub fn answer(self, index: usize) -> Look {
        self.shaded(ANSWERS[index % ANSWERS.len()])
    }

    /// How one of `count` heights looks, from the lowest to the highest.
    pub fn height(self, index: usize, count: usize) -> Look {
        let last = HEIGHTS.len() - 1;
        let place = if count > 1 {
            (index * last + (count - 1) / 2) / (count - 1)
        } else {
            0
        };
        self.shaded(HEIGHTS[place.min(last)])
    }

    /// The grey of a band of the ground, from the lowest; `None` where the ground has none: where there are few colours
    /// or none, or the background is not known, so that runs might not be seen on it.
    pub fn band(self, index: usize) -> Option<Colour> {
        let bands = match self.theme {
            Theme::Dark => &DARK_BANDS,
            Theme::Light => &LIGHT_BANDS,
            Theme::Auto | Theme::Mono => return None,
        };
        let (exact, indexed) = bands[index.min(BANDS - 1)];
        match self.depth {
            Depth::Sixteen => None,
            Depth::Indexed => Some(Colour::Indexed(indexed)),
            Depth::True => Some(Colour::Exact(exact)),
        }
    }

    fn shaded(self, shade: Shade) -> Look {
        Look {
            colour: self.choose(shade),
            ..Look::default()
        }
    }

    fn choose(self, shade: Shade) -> Option<Colour> {
        let (indexed, named) = match self.theme {
            Theme::Auto => (shade.any, shade.named_for_any()),
            Theme::Dark => (shade.dark, shade.named[0]),
            Theme::Light => (shade.light, shade.named[1]),
            Theme::Mono => return None,
        };
        match self.depth {
            Depth::Sixteen => named.map(Colour::Named),
            // Those of the 256 are what is meant; with more, there is nothing better.
            Depth::Indexed | Depth::True => Some(Colour::Indexed(indexed)),
        }
    }
}

/// The bands on a dark ground, from the lowest: exactly, and the nearest of the 256.
const DARK_BANDS: [([u8; 3], u8); BANDS] = [
    ([0x20, 0x24, 0x2b], 235),
    ([0x2f, 0x38, 0x43], 236),
    ([0x34, 0x3c, 0x47], 237),
    ([0x41, 0x4b, 0x58], 238),
    ([0x48, 0x52, 0x61], 240),
];

/// The bands on a light ground.
const LIGHT_BANDS: [([u8; 3], u8); BANDS] = [
    ([0xf3, 0xf5, 0xf7], 255),
    ([0xe6, 0xe9, 0xed], 254),
    ([0xd8, 0xdd, 0xe3], 253),
    ([0xce, 0xd5, 0xdc], 252),
    ([0xc2, 0xca, 0xd3], 250),
];

const fn shade(any: u8, dark: (u8, Option<u8>), light: (u8, Option<u8>)) -> Shade {
    Shade {
        any,
        dark: dark.0,
        light: light.0,
        named: [dark.1, light.1],
    }
}

/// The sixteen colours by their names; black and white are the letters' own.
mod named {
    pub const RED: Option<u8> = Some(1);
    pub const GREEN: Option<u8> = Some(2);
    pub const YELLOW: Option<u8> = Some(3);
    pub const BLUE: Option<u8> = Some(4);
    pub const MAGENTA: Option<u8> = Some(5);
    pub const CYAN: Option<u8> = Some(6);
    pub const GREY: Option<u8> = Some(8);
    pub const BRIGHT_RED: Option<u8> = Some(9);
    pub const BRIGHT_GREEN: Option<u8> = Some(10);
    pub const BRIGHT_YELLOW: Option<u8> = Some(11);
    pub const BRIGHT_BLUE: Option<u8> = Some(12);
    pub const BRIGHT_MAGENTA: Option<u8> = Some(13);
    pub const BRIGHT_CYAN: Option<u8> = Some(14);
    pub const OWN: Option<u8> = None;
}
use named::{
    BLUE, BRIGHT_BLUE, BRIGHT_CYAN, BRIGHT_GREEN, BRIGHT_MAGENTA, BRIGHT_RED, BRIGHT_YELLOW, CYAN,
    GREEN, GREY, MAGENTA, OWN, RED, YELLOW,
};

const MUTED: Shade = shade(243, (247, OWN), (241, GREY));
const WRONG: Shade = shade(196, (203, BRIGHT_RED), (160, RED));
const RIGHT: Shade = shade(64, (114, BRIGHT_GREEN), (22, GREEN));
const CODE: Shade = shade(30, (116, BRIGHT_CYAN), (23, CYAN));
const GHOST: Shade = shade(243, (249, OWN), (240, GREY));

/// The runs after the first, which has the colour of what is drawn. Told apart on shaded ground, and by their marks too.
const OTHER_RUNS: [Shade; 3] = [
    shade(100, (221, BRIGHT_YELLOW), (94, YELLOW)),
    shade(65, (115, BRIGHT_CYAN), (23, CYAN)),
    shade(131, (181, OWN), (52, OWN)),
];

/// The colours of a network's answers.
const ANSWERS: [Shade; 4] = [
    shade(32, (75, BRIGHT_BLUE), (25, BLUE)),
    shade(166, (215, BRIGHT_YELLOW), (94, YELLOW)),
    shade(65, (108, BRIGHT_GREEN), (22, GREEN)),
    shade(132, (211, BRIGHT_MAGENTA), (125, MAGENTA)),
];

/// The colours of heights, from low and good to high and bad.
const HEIGHTS: [Shade; 6] = [
    shade(65, (72, BRIGHT_GREEN), (22, GREEN)),
    shade(64, (114, BRIGHT_GREEN), (22, GREEN)),
    shade(100, (149, BRIGHT_YELLOW), (58, YELLOW)),
    shade(166, (185, BRIGHT_YELLOW), (94, YELLOW)),
    shade(167, (215, BRIGHT_RED), (88, RED)),
    shade(196, (203, BRIGHT_RED), (124, RED)),
];

/// The colour of a quantity. The weight has one before, between and after; so has the memory.
fn quantity_shade(quantity: Quantity) -> Shade {
    match quantity {
        Quantity::Before | Quantity::PlainWeight | Quantity::After => {
            shade(32, (75, BRIGHT_BLUE), (25, BLUE))
        }
        Quantity::Gradient => shade(166, (215, YELLOW), (94, YELLOW)),
        Quantity::Delta => shade(64, (113, BRIGHT_GREEN), (22, GREEN)),
        Quantity::MomentumTerm => shade(164, (213, BRIGHT_MAGENTA), (91, MAGENTA)),
        Quantity::Memory | Quantity::NewMemory | Quantity::OfRule(_) => {
            shade(99, (141, MAGENTA), (56, MAGENTA))
        }
        Quantity::Change => shade(100, (186, OWN), (58, OWN)),
        Quantity::LearningRate => shade(30, (80, BRIGHT_CYAN), (23, CYAN)),
        Quantity::Momentum => shade(132, (206, BRIGHT_MAGENTA), (125, MAGENTA)),
        Quantity::EffectiveRate => shade(66, (146, OWN), (60, OWN)),
        Quantity::Error | Quantity::Loss => shade(167, (210, BRIGHT_RED), (124, RED)),
        Quantity::Node(OfNode { quantity, .. }) => match quantity {
            NodeQuantity::Value => shade(31, (117, BRIGHT_CYAN), (24, CYAN)),
            NodeQuantity::Raw | NodeQuantity::Sum => shade(67, (110, CYAN), (60, CYAN)),
            NodeQuantity::Target => shade(100, (179, BRIGHT_YELLOW), (94, YELLOW)),
            NodeQuantity::Signal => shade(136, (178, BRIGHT_YELLOW), (94, YELLOW)),
        },
    }
}
