//! What a terminal can show: how many colours, on which background.

use crate::command::Theme;

/// A colour as a terminal is asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Colour {
    /// One of the sixteen that every terminal has its own idea of.
    Named(u8),
    /// One of the palette of 256.
    Indexed(u8),
    /// Red, green and blue.
    Exact([u8; 3]),
}

impl Colour {
    /// The colour as it is written in pages and pictures, `#5fafff`; those that every terminal has its own idea of have none.
    pub fn hex(self) -> Option<String> {
        let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
        let [red, green, blue] = match self {
            Self::Exact(exact) => exact,
            Self::Indexed(index @ 16..=231) => {
                let cube = index - 16;
                [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
            }
            Self::Indexed(index @ 232..) => [8 + 10 * (index - 232); 3],
            Self::Indexed(_) | Self::Named(_) => return None,
        };
        Some(format!("#{red:02x}{green:02x}{blue:02x}"))
    }
}

/// How many colours a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Sixteen by name.
    Sixteen,
    /// The palette of 256.
    #[default]
    Indexed,
    /// Any, in 24 bits.
    True,
}

impl Depth {
    /// What the environment says of the terminal; `None` where it shows none.
    ///
    /// `COLORTERM` is not carried over every connection, so some are known by their name. GNU screen would take colours
    /// in 24 bits for something else, whatever the terminal around it has said.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let given = |name| variable(name).filter(|value: &String| !value.is_empty());
        let term = given("TERM");
        let Some(term) = term.as_deref() else {
            // A console of Windows says nothing and shows the 256.
            return Some(if cfg!(windows) {
                Self::Indexed
            } else {
                Self::Sixteen
            });
        };
        let begins = |names: &[&str]| names.iter().any(|name| term.starts_with(name));
        let many = term.contains("256color");
        if term == "dumb" || (begins(&["vt1", "vt2"]) && !term.contains("color")) {
            return None;
        }
        if begins(&["screen"]) && given("TMUX").is_none() {
            return Some(if many { Self::Indexed } else { Self::Sixteen });
        }
        let says_so = given("COLORTERM").is_some_and(|says| {
            let says = says.to_lowercase();
            says == "truecolor" || says == "24bit"
        });
        let known = term.ends_with("-direct")
            || begins(&[
                "xterm-kitty",
                "xterm-ghostty",
                "alacritty",
                "foot",
                "wezterm",
                "contour",
            ])
            || given("WT_SESSION").is_some();
        Some(if says_so || known {
            Self::True
        } else if many {
            Self::Indexed
        } else {
            Self::Sixteen
        })
    }
}

/// The theme where the learner has not asked for any: no colours under `NO_COLOR` or on a terminal without any, else those
/// for its background.
pub fn usual_theme(variable: impl Fn(&str) -> Option<String>) -> Theme {
    let unwanted = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
    if unwanted || Depth::from_environment(&variable).is_none() {
        Theme::Mono
    } else {
        Theme::Auto
    }
}

/// The background of a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ground {
    /// Nobody has said.
    #[default]
    Unknown,
    /// Letters are lighter than it.
    Dark,
    /// Letters are darker than it.
    Light,
}

impl Ground {
    /// The one that `COLORFGBG` tells of.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let background =
            variable("COLORFGBG").and_then(|value| value.rsplit(';').next()?.parse::<u8>().ok());
        match background {
            Some(7 | 9..=15) => Self::Light,
            Some(_) => Self::Dark,
            None => Self::Unknown,
        }
    }

    /// The one that a terminal has answered when it was asked for its background: `rgb:1c1c/1c1c/1c1c`, with one to four
    /// digits for each; `None` for any other answer.
    pub fn answered(answer: &str) -> Option<Self> {
        let levels = answer
            .strip_prefix("rgb:")
            .or(answer.strip_prefix("rgba:"))?;
        let share = |digits: &str| {
            let most = 16_u32.checked_pow(digits.len() as u32)?.checked_sub(1)?;
            let level = u32::from_str_radix(digits, 16).ok()?;
            (digits.len() <= 4 && most > 0).then(|| f64::from(level) / f64::from(most))
        };
        let shares: Vec<f64> = levels.split('/').map(share).collect::<Option<_>>()?;
        match shares[..] {
            [red, green, blue] | [red, green, blue, _] => Some(Self::of([red, green, blue])),
            _ => None,
        }
    }

    /// That of red, green and blue, each from 0 to 1: as it is nearer to white or to black for the eye.
    fn of([red, green, blue]: [f64; 3]) -> Self {
        let linear = |share: f64| share * share;
        let light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        // Where the contrast with black and with white is the same.
        if light > 0.179 {
            Self::Light
        } else {
            Self::Dark
        }
    }
}

/// What one thing is coloured with, wherever.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shade {
    /// Of the 256: readable on any background,
    pub any: u8,
    /// on a dark one,
    pub dark: u8,
    /// and on a light one.
    pub light: u8,
    /// Of the sixteen, on a dark and on a light background; `None` for the letters' own.
    pub named: [Option<u8>; 2],
}

impl Shade {
    /// Of the sixteen, on any background: the bright ones are lost on white.
    pub fn named_for_any(self) -> Option<u8> {
        self.named[1]
    }
}
