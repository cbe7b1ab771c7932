//! Files on the disk.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::{Files, Fill, Kind, NO_ORDINARY_FILE, Stamp};
use crate::watch::Watch;

/// The files of the disk. Paths are those of the program, or begin in a folder.
#[derive(Debug, Clone, Default)]
pub struct Disk {
    folder: PathBuf,
    home: Option<PathBuf>,
    watch: Watch,
}

impl Disk {
    /// The same, where paths begin in a folder.
    pub fn within(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            ..Self::default()
        }
    }

    /// The same for somebody who waits for what is made of them.
    #[must_use]
    pub fn watched(self, watch: Watch) -> Self {
        Self { watch, ..self }
    }

    /// The same, where `~` and `$HOME` stand for a folder in the paths that somebody types.
    #[must_use]
    pub fn at_home(self, home: Option<PathBuf>) -> Self {
        Self { home, ..self }
    }

    fn place(&self, path: &Path) -> PathBuf {
        self.folder.join(path)
    }
}

impl Files for Disk {
    fn kind(&self, path: &Path) -> io::Result<Kind> {
        let metadata = self.place(path).metadata()?;
        Ok(if metadata.is_file() {
            Kind::File(metadata.len())
        } else if metadata.is_dir() {
            Kind::Folder
        } else {
            Kind::Other
        })
    }

    fn is_taken(&self, path: &Path) -> bool {
        self.place(path).symlink_metadata().is_ok()
    }

    fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        // A pipe would be waited for, and a device may do anything.
        if self.kind(path)? == Kind::Other {
            return Err(io::Error::other(NO_ORDINARY_FILE));
        }
        let mut bytes = Vec::new();
        let file = File::open(self.place(path))?;
        file.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn stamp(&self, path: &Path) -> Option<Stamp> {
        let metadata = self.place(path).metadata().ok()?;
        let written = metadata.modified().ok();
        let written = written.and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let written = written.map_or(0, |since| since.as_nanos());
        #[cfg(unix)]
        let (changed, which) = {
            use std::os::unix::fs::MetadataExt;
            let seconds = u128::from(metadata.ctime().unsigned_abs());
            let rest = u128::from(metadata.ctime_nsec().unsigned_abs());
            (seconds * 1_000_000_000 + rest, metadata.ino())
        };
        #[cfg(not(unix))]
        let (changed, which) = (0, 0);
        Some(Stamp {
            bytes: metadata.len(),
            times: [written, changed],
            which,
        })
    }

    fn names(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(Path::new(".").join(self.place(folder)))?;
        let name =
            |entry: io::Result<fs::DirEntry>| Ok(entry?.file_name().to_string_lossy().into());
        let mut names: Vec<String> = entries.map(name).collect::<io::Result<_>>()?;
        names.sort_unstable();
        Ok(names)
    }

    fn write(&self, path: &Path, fill: Fill) -> io::Result<()> {
        write_whole(&self.place(path), fill)
    }

    fn watch(&self) -> Watch {
        self.watch.clone()
    }

    fn typed(&self, path: &str) -> PathBuf {
        let below = |home: &str| Some(path.strip_prefix(home)?.trim_start_matches('/'));
        let below = ["~/", "$HOME/"].into_iter().find_map(below);
        let home = self.home.as_ref().zip(below);
        home.map_or_else(|| path.into(), |(home, below)| home.join(below))
    }

    fn whole_name(&self, path: &Path) -> PathBuf {
        // The folder that the program runs in has no name that could be looked up.
        let place = Path::new(".").join(self.place(path));
        place.canonicalize().unwrap_or(place)
    }
}

/// Writes a file beside its place and moves it there once it is complete, with the permissions of the one it
/// replaces. A link is followed.
///
/// # Errors
/// Where it cannot be written, or what is there is no ordinary file. What was there before is still there.
pub fn write_whole<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    let place = fs::canonicalize(path).unwrap_or_else(|_| beyond_link(path));
    let old = fs::metadata(&place).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        return Err(io::Error::other(NO_ORDINARY_FILE));
    }
    let folder = place
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = beside(folder)?;
    let mut out = BufWriter::new(file.as_file_mut());
    let written = write(&mut out)?;
    out.flush()?;
    drop(out);
    if let Some(old) = old {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.persist(&place)?;
    Ok(written)
}

/// Where a link leads to whose end is not there yet; any other path is itself.
fn beyond_link(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(Path::new(""));
    fs::read_link(path).map_or_else(|_| path.to_owned(), |end| folder.join(end))
}

/// A new file in a folder, with the permissions that any new file gets.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".nnmom-tutor-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    // The name that was tried means nothing to anybody.
    builder.tempfile_in(folder).map_err(|error| {
        let text = error.to_string();
        let reason = text.split(" at path ").next().unwrap_or_default();
        io::Error::new(error.kind(), reason)
    })
}
