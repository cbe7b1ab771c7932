//! The lines typed before, kept in the state folder.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};

/// The name of the file in the state folder.
pub const HISTORY_FILE: &str = "history.txt";

/// Where the tutor keeps its state: the folder asked for, or the platform's own. `None` where there is no home.
pub fn state_folder(asked: Option<&Path>) -> Option<PathBuf> {
    if let Some(folder) = asked {
        return Some(folder.to_owned());
    }
    let strategy = choose_base_strategy().ok()?;
    let state = strategy.state_dir().unwrap_or_else(|| strategy.data_dir());
    Some(state.join("nnmom-tutor"))
}
