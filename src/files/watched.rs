//! Noticing that files have changed since they were read: they are looked at again and again, since not every file
//! system tells of changes, and editors write in many ways.

use std::path::{Path, PathBuf};

use super::{Files, Stamp};

/// A file has been left alone when it is the same for so many looks more.
const STILL: u32 = 1;
/// An editor that writes by renaming may leave nothing under the name for a moment: so many looks.
const GONE: u32 = 6;

/// A file, and what it was when it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRead {
    path: PathBuf,
    stamp: Option<Stamp>,
}

impl FileRead {
    /// A file that is about to be read.
    pub fn of(files: &dyn Files, path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            stamp: files.stamp(path),
        }
    }

    /// The path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it has changed since.
    pub fn has_changed(&self, files: &dyn Files) -> bool {
        files.stamp(&self.path) != self.stamp
    }
}

/// Files that are looked at now and then.
#[derive(Debug, Default)]
pub struct Watched {
    reads: Vec<FileRead>,
    /// What they were at the last look, where that was something else than when they were read, and for how many looks.
    changed: Option<(Vec<Option<Stamp>>, u32)>,
}

impl Watched {
    /// Files as they were read.
    pub fn new(reads: Vec<FileRead>) -> Self {
        Self {
            reads,
            changed: None,
        }
    }

    /// Whether there is anything to look at.
    pub fn is_empty(&self) -> bool {
        self.reads.is_empty()
    }

    /// Looks at them: the path of one that has changed since it was read, once all of them are left alone. It is to be
    /// called a few times a second.
    pub fn look(&mut self, files: &dyn Files) -> Option<&Path> {
        let now: Vec<_> = (self.reads.iter())
            .map(|read| files.stamp(&read.path))
            .collect();
        let mut all = self.reads.iter().zip(&now);
        let Some((changed, _)) = all.find(|(read, now)| read.stamp != **now) else {
            self.changed = None;
            return None;
        };
        let is_gone =
            |(read, now): (&FileRead, &Option<Stamp>)| now.is_none() && read.stamp.is_some();
        let needed = if self.reads.iter().zip(&now).any(is_gone) {
            GONE
        } else {
            STILL
        };
        let still = match &self.changed {
            Some((before, looks)) if *before == now => looks + 1,
            Some(_) | None => 0,
        };
        self.changed = Some((now, still));
        (still >= needed).then_some(&changed.path)
    }
}
