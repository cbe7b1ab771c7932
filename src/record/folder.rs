//! A folder of the disk as a shelf.
//!
//! A file is written beside its place and then renamed: a tutor that is killed leaves it as it was before or after.
//! Links are followed.

use std::cell::Cell;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::shelf::{Hold, Lying, Shelf};

/// So long another tutor may hold off this one before it goes on without.
const PATIENCE: Duration = Duration::from_secs(1);

/// A folder with files in it; neither need be there yet.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    /// How long another tutor is waited for: not at all once that has been in vain.
    patience: Cell<Duration>,
}

impl Folder {
    /// The shelf that a folder is.
    pub fn shelf(path: &Path) -> Rc<dyn Shelf> {
        Rc::new(Self {
            path: path.to_owned(),
            patience: Cell::new(PATIENCE),
        })
    }
}

impl Shelf for Folder {
    fn read(&self, name: &str, most: u64) -> io::Result<Lying> {
        let path = self.path.join(name);
        let metadata = match fs::metadata(&path) {
            Ok(metadata) => metadata,
            Err(error) if is_missing(&error) => return Ok(Lying::Nothing),
            Err(error) => return Err(error),
        };
        // A pipe would be waited for.
        if !metadata.is_file() {
            return Ok(Lying::Unreadable);
        }
        let mut file = File::open(path)?;
        let before = file.metadata()?.len().saturating_sub(most);
        file.seek(SeekFrom::Start(before))?;
        let mut end = Vec::new();
        file.take(most).read_to_end(&mut end)?;
        Ok(Lying::File {
            end,
            cut: before > 0,
        })
    }

    fn hold(&self, name: &str) -> io::Result<Hold> {
        fs::create_dir_all(&self.path)?;
        // In the folder in which the file really lies.
        let place = resolved(&self.path.join(name));
        let name = Path::new(name).with_extension("lock");
        let lock = lock(&place.with_file_name(name), self.patience.get());
        self.patience.set(match lock {
            Ok(_) => PATIENCE,
            Err(_) => Duration::ZERO,
        });
        Ok(Box::new(lock?))
    }

    fn put(&self, name: &str, text: &str) -> io::Result<()> {
        let place = resolved(&self.path.join(name));
        let mut beside = place.clone().into_os_string();
        beside.push(".new");
        let beside = PathBuf::from(beside);
        only_ordinary(&beside)?;
        let mut file = File::create(&beside)?;
        if let Ok(before) = fs::metadata(&place) {
            file.set_permissions(before.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        // The name must not be in its place before the words are.
        file.sync_data()?;
        fs::rename(&beside, &place)
    }

    fn add(&self, name: &str, line: &str) -> io::Result<()> {
        fs::create_dir_all(&self.path)?;
        let path = self.path.join(name);
        only_ordinary(&path)?;
        let mut options = OpenOptions::new();
        let mut file = options.read(true).append(true).create(true).open(path)?;
        // The last line may have been cut off.
        let start = if ends_a_line(&mut file)? { "" } else { "\n" };
        // In one piece: another tutor may be writing too.
        file.write_all(format!("{start}{line}\n").as_bytes())
    }

    fn set_aside(&self, name: &str, aside: &str) -> io::Result<String> {
        let aside = free_name(&self.path.join(aside));
        fs::rename(self.path.join(name), &aside)?;
        Ok(aside.display().to_string())
    }

    fn place(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }
}

/// Whether there is no such file, nor a folder that it could be in.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Where a file really lies, or will lie: links are followed, whether there is anything at their end or not.
fn resolved(path: &Path) -> PathBuf {
    /// A chain of links that is longer leads nowhere.
    const MOST_LINKS: usize = 40;
    let mut place = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(target) = fs::read_link(&place) else {
            break;
        };
        let folder = place.parent().unwrap_or(Path::new(""));
        place = folder.join(target);
    }
    let folder = place.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, place.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => place,
    }
}

/// Refuses what is there and no ordinary file: a pipe would be waited for.
fn only_ordinary(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => {
            let name = path.file_name().unwrap_or_default().display();
            let words = format!("{name} there is no ordinary file");
            Err(io::Error::other(words))
        }
        _ => Ok(()),
    }
}

/// Waits for a lock, which is given up when the answer is dropped, and when the program ends in any way.
fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    only_ordinary(path)?;
    let mut options = OpenOptions::new();
    let options = options.write(true).create(true).truncate(false);
    let file = options.open(path)?;
    let begun = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if begun.elapsed() < patience => {
                sleep(Duration::from_millis(2));
            }
            Err(TryLockError::WouldBlock) => {
                return Err(io::Error::other("another tutor is holding it"));
            }
        }
    }
}

/// A path, or the same with a number where there is something already.
fn free_name(path: &Path) -> PathBuf {
    let numbered = (2..).map(|number| PathBuf::from(format!("{}-{number}", path.display())));
    let names = std::iter::once(path.to_owned()).chain(numbered);
    let free = |path: &PathBuf| path.symlink_metadata().is_err();
    // There are more numbers than files.
    names.into_iter().find(free).unwrap_or_default()
}

/// Whether whatever is added to a file begins a line.
fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
