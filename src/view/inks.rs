//! Colours of a page that is light or dark as its reader has it: each is one name, with two looks.

use std::fmt::Write;

use super::{Colour, Depth, Ground, Palette, Theme};
use crate::explain::Role;

/// The colours that a page has used so far.
#[derive(Debug, Clone, Default)]
pub struct Inks(Vec<[String; 2]>);

impl Inks {
    /// What stands for a colour that is this on light paper, and that on dark; `None` where that is the letters' own.
    pub fn of(&mut self, light: Option<Colour>, dark: Option<Colour>) -> Option<String> {
        let both = [light?.hex()?, dark?.hex()?];
        let known = self.0.iter().position(|ink| *ink == both);
        let place = known.unwrap_or_else(|| {
            self.0.push(both);
            self.0.len() - 1
        });
        Some(format!("var(--ink{place})"))
    }

    /// What stands for the colour of a role.
    pub fn of_role(&mut self, role: Role) -> Option<String> {
        let [light, dark] = [Theme::Light, Theme::Dark].map(|theme| {
            Palette::new(theme, Depth::True, Ground::Unknown)
                .look(role)
                .colour
        });
        self.of(light, dark)
    }

    /// The rules that give each its looks; paper is light.
    pub fn style(&self) -> String {
        let all = |which: usize| {
            let mut rules = String::new();
            for (place, ink) in self.0.iter().enumerate() {
                // Writing to a string cannot fail.
                let _ = write!(rules, " --ink{place}: {};", ink[which]);
            }
            rules
        };
        let (light, dark) = (all(0), all(1));
        format!(
            ":root {{{light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{{dark} }} }}\n"
        )
    }
}
