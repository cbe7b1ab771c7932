//! Going somewhere: along the run, to another page, to another lesson.

mod again;
mod journey;
mod lessons;
mod lines;
mod pages;
mod play;
mod player;
mod playing;

pub(super) use again::Mistaken;
pub use again::ReadAgain;
pub(super) use lines::{advice, ended, no_epochs, refuse};
pub(super) use player::Player;
