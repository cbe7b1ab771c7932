//! Floor 8: the full screen, as a machine without a terminal. Inputs come in, the state changes, a frame is drawn into
//! a buffer; drawing changes nothing.
//!
//! Owns panes, keys and their names, and colours. Knows ratatui's widgets, but no terminal, no files and no clock.

mod app;
mod bar;
mod column;
mod full;
mod glyphs;
mod input;
mod key;
mod layout;
mod menu;
mod panel;
mod practising;
mod render;
mod stage;
mod svg;
mod theme;

pub use crate::view::Theme;
use crate::view::{Depth, Ground, Palette};
pub(crate) use app::Window;
pub use app::{App, Meantime, Meanwhile, Pace, Pane, meanwhile};
pub use full::{Common, FullScreen};
pub use glyphs::Glyphs;
pub use input::{Input, MouseWheel};
pub use key::{Key, KeyCode, NoSuchKey};
pub use layout::{Areas, Mode, Need, Plan};
pub use menu::{Chooser, Picked};
pub use practising::Practising;
pub use render::{Extent, draw_underway, with_plan};
pub use stage::{OpenLesson, Stage, Wish};
pub use svg::{Snapshot, figure, still, svg};

/// How the screen is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// The colours that are asked for.
    pub theme: Theme,
    /// How many colours the terminal can show,
    pub depth: Depth,
    /// and on which background.
    pub ground: Ground,
    /// The characters.
    pub glyphs: Glyphs,
}

impl Look {
    /// In the colours of a theme, of the 256 that most terminals have, and in these characters.
    pub fn new(theme: Theme, glyphs: Glyphs) -> Self {
        Self {
            theme,
            depth: Depth::default(),
            ground: Ground::default(),
            glyphs,
        }
    }

    /// The colours.
    pub fn palette(self) -> Palette {
        Palette::new(self.theme, self.depth, self.ground)
    }
}
