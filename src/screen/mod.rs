//! Floor 8: the full screen, as a machine without a terminal. Inputs come in, the state changes, a frame is drawn into
//! a buffer; drawing changes nothing.
//!
//! Owns panes, keys and their names, and colours. Knows ratatui's widgets, but no terminal, no files and no clock.

mod app;
mod bar;
mod full;
mod glyphs;
mod input;
mod key;
mod layout;
mod menu;
mod practising;
mod render;
mod stage;
mod svg;
mod theme;

pub use crate::view::Theme;
pub(crate) use app::Window;
pub use app::{App, Pane};
pub use full::{Common, FullScreen};
pub use glyphs::Glyphs;
pub use input::{Input, MouseWheel};
pub use key::{Key, KeyCode, NoSuchKey};
pub use menu::{Chooser, Picked};
pub use practising::Practising;
pub use render::Extent;
pub use stage::{OpenLesson, Stage};
pub use svg::{Snapshot, svg};

/// How the screen is to look.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// The characters.
    pub glyphs: Glyphs,
}
