//! Floor 0: the files that lessons are read from and that a sitting reads and writes, wherever whoever runs the tutor
//! has them: on the disk, or in memory.
//!
//! What they hold is for others to know. What is kept of a learner has a shelf of its own, in `record`.

#[cfg(feature = "files")]
mod disk;
mod memory;
mod watched;

use std::fmt::Debug;
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

#[cfg(feature = "files")]
pub use disk::{Disk, write_whole};
pub use memory::Memory;
pub use watched::{FileRead, Watched};

use crate::watch::Watch;

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

/// What tells what lies at a path from what lay there before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// How many bytes it has.
    bytes: u64,
    /// When it was written, and when anything of it was changed, in nanoseconds, where that is known.
    times: [u128; 2],
    /// Which file it is; one that is renamed to this name is another.
    which: u64,
}

/// What is said of what is neither read nor written to.
pub const NO_ORDINARY_FILE: &str = "it is no ordinary file";

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

    /// What tells the file or folder from what lay at the path before; `None` where nothing lies there.
    fn stamp(&self, path: &Path) -> Option<Stamp>;

    /// The names of what lies in a folder, in order.
    ///
    /// # Errors
    /// Where it cannot be looked into.
    fn names(&self, folder: &Path) -> io::Result<Vec<String>>;

    /// Writes a file whole or not at all, in the place of the one that was there.
    ///
    /// # Errors
    /// Where it cannot be written, or `fill` fails. What was there before is still there.
    fn write(&self, path: &Path, fill: Fill) -> io::Result<()>;

    /// The one name of a file that has several.
    fn whole_name(&self, path: &Path) -> PathBuf;

    /// Who waits for what is made of them, where somebody does.
    fn watch(&self) -> Watch {
        Watch::default()
    }

    /// The path that somebody types, who may leave it to a shell where home is.
    fn typed(&self, path: &str) -> PathBuf {
        path.into()
    }
}

/// The bytes of an ordinary file, which has so many at most.
///
/// # Errors
/// Where it is no such file, is larger, or cannot be read.
pub fn read_at_most(files: &dyn Files, path: &Path, most: u64) -> io::Result<Vec<u8>> {
    match files.kind(path)? {
        Kind::Folder => Err(io::Error::other("it is a folder")),
        Kind::Other => Err(io::Error::other(NO_ORDINARY_FILE)),
        Kind::File(bytes) if bytes > most => {
            let words = format!("it is larger than {} MiB", most >> 20);
            Err(io::Error::other(words))
        }
        Kind::File(_) => files.read(path, most),
    }
}

/// Where a file lies that is named from a folder; `None` where it is outside of `around`, which is that folder or one
/// around it, if only at the end of a link.
///
/// # Errors
/// Where there is nothing by that name.
pub fn inside(
    files: &dyn Files,
    around: &Path,
    folder: &Path,
    name: &Path,
) -> io::Result<Option<PathBuf>> {
    let Some(path) = folder.strip_prefix(around).ok().and_then(|way| {
        let mut path = way.to_owned();
        for part in name.components() {
            match part {
                Component::Normal(part) => path.push(part),
                Component::CurDir => {}
                Component::ParentDir if path.pop() => {}
                Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(around.join(path))
    }) else {
        return Ok(None);
    };
    files.kind(&path)?;
    let place = files.whole_name(&path);
    Ok(place.starts_with(files.whole_name(around)).then_some(place))
}
