//! Floor 0: the files that lessons are read from and that a sitting reads and writes, wherever whoever runs the tutor
//! has them: on the disk, or in memory.
//!
//! What they hold is for others to know. What is kept of a learner has a shelf of its own, in `record`.

#[cfg(feature = "files")]
mod disk;
mod memory;

use std::fmt::Debug;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[cfg(feature = "files")]
pub use disk::{Disk, write_whole};
pub use memory::Memory;

/// The path that somebody types, who may leave it to a shell where home is: `~/run.csv`, `$HOME/run.csv`.
pub fn typed_path(typed: &str) -> PathBuf {
    let below = |home: &str| Some(typed.strip_prefix(home)?.trim_start_matches('/'));
    let below_home = ["~/", "$HOME/"].into_iter().find_map(below);
    let home = below_home.and_then(|below| Some(std::env::home_dir()?.join(below)));
    home.unwrap_or_else(|| typed.into())
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An ordinary file of so many bytes.
    File(u64),
    /// A folder.
    Folder,
    /// A pipe, a device or the like.
    Other,
}

/// Writes what a file is to hold.
pub type Fill<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// Files by their paths. Links are followed.
pub trait Files: Debug {
    /// What lies at a path.
    ///
    /// # Errors
    /// Where nothing does, or it may not be looked at.
    fn kind(&self, path: &Path) -> io::Result<Kind>;

    /// Whether a name is taken, if only by a link that leads nowhere.
    fn is_taken(&self, path: &Path) -> bool;

    /// The bytes of a file, so many at most.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>>;

    /// Writes a file whole or not at all, in the place of the one that was there.
    ///
    /// # Errors
    /// Where it cannot be written, or `fill` fails. What was there before is still there.
    fn write(&self, path: &Path, fill: Fill) -> io::Result<()>;

    /// The one name of a file that has several.
    fn whole_name(&self, path: &Path) -> PathBuf;
}
