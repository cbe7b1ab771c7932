//! Files in memory.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{Files, Fill, Kind, Stamp};

/// Files in memory, none at first. A clone shares them.
#[derive(Debug, Clone, Default)]
pub struct Memory(Rc<RefCell<BTreeMap<PathBuf, Vec<u8>>>>);

impl Memory {
    /// Puts a file there.
    pub fn put(&self, path: impl Into<PathBuf>, bytes: impl Into<Vec<u8>>) {
        self.0.borrow_mut().insert(path.into(), bytes.into());
    }
}

impl Files for Memory {
    fn kind(&self, path: &Path) -> io::Result<Kind> {
        let files = self.0.borrow();
        if let Some(bytes) = files.get(path) {
            return Ok(Kind::File(bytes.len() as u64));
        }
        let mut below = files.keys().filter(|file| file.starts_with(path));
        let folder = below.next().map(|_| Kind::Folder);
        Ok(folder.ok_or(io::ErrorKind::NotFound)?)
    }

    fn is_taken(&self, path: &Path) -> bool {
        self.0.borrow().contains_key(path)
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let files = self.0.borrow();
        let bytes = files.get(path).ok_or(io::ErrorKind::NotFound)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(bytes[..bytes.len().min(most)].to_vec())
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let files = self.0.borrow();
        let bytes = files.get(path)?;
        let mut hasher = fnv::FnvHasher::default();
        hasher.write(bytes);
        Some(Stamp {
            bytes: bytes.len() as u64,
            times: [0; 2],
            which: hasher.finish(),
        })
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let files = self.0.borrow();
        let below = files
            .keys()
            .filter_map(|file| file.strip_prefix(folder).ok());
        let mut names: Vec<String> = below
            .filter_map(|file| Some(file.iter().next()?.to_string_lossy().into()))
            .collect();
        names.dedup();
        Ok(names)
    }

    fn write(&self, path: &Path, fill: Fill) -> io::Result<()> {
        let mut bytes = Vec::new();
        fill(&mut bytes)?;
        self.put(path, bytes);
        Ok(())
    }

    fn whole_name(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }
}
