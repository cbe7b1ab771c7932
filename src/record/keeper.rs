//! Keeping the logbook in a file, from one sitting to the next.
//!
//! The file is read, added to and written anew under a lock, beside its place and then renamed: two tutors at once
//! lose nothing, and one that is killed leaves the file as it was before or after its last entry. What is in the way
//! is told once and stops nobody.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::logbook::{Entry, Logbook, VERSION, What};
use super::moment::{Clock, Moment};

/// The name of the file in the state folder.
pub const PROGRESS_FILE: &str = "progress.json";
/// What is locked while the file is read and written; the file itself is replaced.
const LOCK_FILE: &str = "progress.lock";
/// Where a file goes that cannot be read.
const DAMAGED_FILE: &str = "progress.damaged";
/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;
/// So long another tutor may have the lock before this one goes on without.
const PATIENCE: Duration = Duration::from_secs(1);

/// Keeps a learner's logbook, in a file or for as long as the program runs.
#[derive(Debug, Clone)]
pub struct Keeper {
    logbook: Rc<Logbook>,
    /// What has happened and is not in the file yet.
    pending: Vec<Entry>,
    folder: Option<PathBuf>,
    clock: Clock,
    /// How long another tutor is waited for: not at all once that has been in vain.
    patience: Duration,
    /// What is to be told, and what has been told last.
    notice: Option<String>,
    told: Option<String>,
}

/// What a file holds.
enum Held {
    Logbook(Logbook),
    /// It is of a version that is not known yet.
    Newer,
    /// It is no logbook, for this reason.
    Damaged(String),
}

/// Why nothing can be kept.
enum Hindrance {
    Newer,
    Io(io::Error),
}

impl From<io::Error> for Hindrance {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Default for Keeper {
    fn default() -> Self {
        Self::open(None, Moment::now)
    }
}

impl Keeper {
    /// The logbook that is kept in `folder`; without one it is kept in memory only. Times are those of `clock`.
    pub fn open(folder: Option<&Path>, clock: Clock) -> Self {
        let mut keeper = Self {
            logbook: Rc::default(),
            pending: Vec::new(),
            folder: folder.map(Path::to_owned),
            clock,
            patience: PATIENCE,
            notice: None,
            told: None,
        };
        keeper.refresh();
        keeper
    }

    /// What the learner has done so far.
    pub fn logbook(&self) -> &Logbook {
        &self.logbook
    }

    /// The moment it is.
    pub fn now(&self) -> Moment {
        (self.clock)()
    }

    /// Takes note of what has happened. It is in the file after [`Keeper::keep`].
    pub fn note(&mut self, what: What) {
        let entry = Entry {
            at: self.now(),
            what,
        };
        Rc::make_mut(&mut self.logbook).note(&entry);
        self.pending.push(entry);
    }

    /// Writes what has happened to the file. What cannot be written now is tried again the next time.
    pub fn keep(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let Some(folder) = self.folder.clone() else {
            self.pending.clear();
            return;
        };
        match self.merge(&folder) {
            Ok(logbook) => {
                self.logbook = Rc::new(logbook);
                self.pending.clear();
            }
            Err(hindrance) => self.tell(hindered(&folder, &hindrance)),
        }
    }

    /// Reads what other tutors have written meanwhile.
    pub fn refresh(&mut self) {
        let Some(folder) = self.folder.clone() else {
            return;
        };
        match read(&folder.join(PROGRESS_FILE)) {
            Ok(Some(Held::Logbook(logbook))) => self.logbook = Rc::new(self.with_pending(logbook)),
            Ok(Some(Held::Newer)) => self.tell(hindered(&folder, &Hindrance::Newer)),
            // Whoever has the lock may have put something better there by now.
            Ok(Some(Held::Damaged(_))) => {
                let read = self.lock(&folder).map_err(Hindrance::Io);
                match read.and_then(|_lock| self.read_or_set_aside(&folder)) {
                    Ok(logbook) => self.logbook = Rc::new(self.with_pending(logbook)),
                    Err(hindrance) => self.tell(hindered(&folder, &hindrance)),
                }
            }
            Ok(None) => {}
            Err(error) => self.tell(hindered(&folder, &Hindrance::Io(error))),
        }
    }

    /// What there is to tell about the file; asking clears it.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Adds to the file what has happened; the logbook that is in it then.
    fn merge(&mut self, folder: &Path) -> Result<Logbook, Hindrance> {
        fs::create_dir_all(folder)?;
        let _lock = self.lock(folder)?;
        let logbook = self.read_or_set_aside(folder)?;
        let logbook = self.with_pending(logbook);
        write(&folder.join(PROGRESS_FILE), &logbook)?;
        Ok(logbook)
    }

    /// Waits for the lock of the folder in which the file really lies.
    fn lock(&mut self, folder: &Path) -> io::Result<File> {
        let place = resolved(&folder.join(PROGRESS_FILE));
        let lock = lock(&place.with_file_name(LOCK_FILE), self.patience);
        self.patience = match lock {
            Ok(_) => PATIENCE,
            Err(_) => Duration::ZERO,
        };
        lock
    }

    fn with_pending(&self, mut logbook: Logbook) -> Logbook {
        for entry in &self.pending {
            logbook.note(entry);
        }
        logbook
    }

    /// The logbook in the file; a new one where there is none, or where what is there had to be set aside.
    fn read_or_set_aside(&mut self, folder: &Path) -> Result<Logbook, Hindrance> {
        let file = folder.join(PROGRESS_FILE);
        match read(&file)? {
            None => Ok(Logbook::default()),
            Some(Held::Logbook(logbook)) => Ok(logbook),
            Some(Held::Newer) => Err(Hindrance::Newer),
            Some(Held::Damaged(reason)) => {
                let aside = free_name(folder);
                fs::rename(&file, &aside)?;
                self.tell(format!(
                    "{PROGRESS_FILE} cannot be read: {reason}. It is {} now, and a new one begins.",
                    aside.display()
                ));
                Ok(Logbook::default())
            }
        }
    }

    /// Has something told, unless it was told last.
    fn tell(&mut self, notice: String) {
        if self.told.as_ref() != Some(&notice) {
            self.told = Some(notice.clone());
            self.notice = Some(notice);
        }
    }
}

fn hindered(folder: &Path, hindrance: &Hindrance) -> String {
    let file = folder.join(PROGRESS_FILE);
    match hindrance {
        Hindrance::Newer => format!(
            "{} is of a newer nnmom-tutor. It stays as it is, and progress is not kept.",
            file.display()
        ),
        Hindrance::Io(error) => format!("Progress is not kept in {}: {error}.", file.display()),
    }
}

/// What a file holds; `None` where there is no file.
fn read(path: &Path) -> io::Result<Option<Held>> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if is_missing(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    // A pipe would be waited for.
    if !metadata.is_file() {
        return Ok(Some(Held::Damaged("it is no ordinary file".to_owned())));
    }
    let mut bytes = Vec::new();
    File::open(path)?
        .take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Ok(Some(Held::Damaged("it is too long".to_owned())));
    }
    Ok(Some(understood(&bytes)))
}

/// Whether there is no such file, nor a folder that it could be in.
fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn understood(bytes: &[u8]) -> Held {
    let value: serde_json::Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return Held::Damaged(error.to_string()),
    };
    let version = value.get("version").and_then(serde_json::Value::as_f64);
    match version {
        Some(version) if version > VERSION as f64 => Held::Newer,
        Some(version) if version == VERSION as f64 => serde_json::from_value(value)
            .map_or_else(|error| Held::Damaged(error.to_string()), Held::Logbook),
        _ => Held::Damaged("it does not say its version".to_owned()),
    }
}

/// Writes the file beside its place and moves it there, with the permissions that it had. Whoever calls has the lock.
/// A link is followed.
fn write(path: &Path, logbook: &Logbook) -> io::Result<()> {
    let place = resolved(path);
    let beside = place.with_extension("json.new");
    let mut text = serde_json::to_string_pretty(logbook).map_err(io::Error::other)?;
    text.push('\n');
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
            Err(io::Error::other(format!(
                "{name} there is no ordinary file"
            )))
        }
        _ => Ok(()),
    }
}

/// Waits for a lock, which is given up when the answer is dropped, and when the program ends in any way.
fn lock(path: &Path, patience: Duration) -> io::Result<File> {
    only_ordinary(path)?;
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
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

/// A name for what is set aside that nothing has yet.
fn free_name(folder: &Path) -> PathBuf {
    let numbered = (2..).map(|number| folder.join(format!("{DAMAGED_FILE}-{number}")));
    let names = std::iter::once(folder.join(DAMAGED_FILE)).chain(numbered);
    let free = |path: &PathBuf| path.symlink_metadata().is_err();
    // There are more numbers than files.
    names.into_iter().find(free).unwrap_or_default()
}
