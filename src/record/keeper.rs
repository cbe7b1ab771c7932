//! Keeping the logbook in a file, from one sitting to the next.
//!
//! The file is read, added to and written anew while others are held off: two tutors at once lose nothing. What is in
//! the way is told once and stops nobody.

use std::fmt::Display;
use std::io;
use std::rc::Rc;

use super::logbook::{Entry, Logbook, VERSION, What};
use super::moment::{Clock, Moment};
use super::shelf::{Lying, Shelf};

/// The name of the file on its shelf.
pub const PROGRESS_FILE: &str = "progress.json";
/// Where a file goes that cannot be read.
const DAMAGED_FILE: &str = "progress.damaged";
/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 16 << 20;

/// Keeps a learner's logbook, in a file or for as long as the program runs.
#[derive(Debug, Clone)]
pub struct Keeper {
    logbook: Rc<Logbook>,
    /// What has happened and is not in the file yet.
    pending: Vec<Entry>,
    shelf: Option<Rc<dyn Shelf>>,
    clock: Clock,
    /// What is to be told, and what has been told last.
    notice: Option<String>,
    told: Option<String>,
}

/// Why nothing can be kept in a file.
enum Hindrance {
    /// It is of a version that is not known yet.
    Newer,
    /// It is no logbook, for this reason.
    Damaged(String),
    Io(io::Error),
}

impl From<io::Error> for Hindrance {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Default for Keeper {
    fn default() -> Self {
        Self::open(None, Moment::default)
    }
}

impl Keeper {
    /// The logbook that lies on a shelf; without one it is only as long-lived as its keeper. Times are those of `clock`.
    pub fn open(shelf: Option<Rc<dyn Shelf>>, clock: Clock) -> Self {
        let mut keeper = Self {
            logbook: Rc::default(),
            pending: Vec::new(),
            shelf,
            clock,
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
        let Some(shelf) = self.shelf.clone() else {
            self.pending.clear();
            return;
        };
        match self.merge(&*shelf) {
            Ok(logbook) => {
                self.logbook = Rc::new(logbook);
                self.pending.clear();
            }
            Err(hindrance) => self.tell(hindered(&*shelf, &hindrance)),
        }
    }

    /// Reads what other tutors have written meanwhile.
    pub fn refresh(&mut self) {
        let Some(shelf) = self.shelf.clone() else {
            return;
        };
        let mut found = read(&*shelf);
        if let Err(Hindrance::Damaged(_)) = found {
            // Whoever is holding it may have put something better there by now.
            let held = shelf.hold(PROGRESS_FILE).map_err(Hindrance::Io);
            found = held.and_then(|_held| self.read_or_set_aside(&*shelf).map(Some));
        }
        match found {
            Ok(Some(logbook)) => self.logbook = Rc::new(self.with_pending(logbook)),
            Ok(None) => {}
            Err(hindrance) => self.tell(hindered(&*shelf, &hindrance)),
        }
    }

    /// What there is to tell about the file; asking clears it.
    pub fn take_notice(&mut self) -> Option<String> {
        self.notice.take()
    }

    /// Adds to the file what has happened; the logbook that is in it then.
    fn merge(&mut self, shelf: &dyn Shelf) -> Result<Logbook, Hindrance> {
        let _held = shelf.hold(PROGRESS_FILE)?;
        let logbook = self.read_or_set_aside(shelf)?;
        let logbook = self.with_pending(logbook);
        let text = serde_json::to_string_pretty(&logbook).map_err(io::Error::other)?;
        shelf.put(PROGRESS_FILE, &(text + "\n"))?;
        Ok(logbook)
    }

    fn with_pending(&self, mut logbook: Logbook) -> Logbook {
        for entry in &self.pending {
            logbook.note(entry);
        }
        logbook
    }

    /// The logbook in the file; a new one where there is none, or where what is there had to be set aside.
    fn read_or_set_aside(&mut self, shelf: &dyn Shelf) -> Result<Logbook, Hindrance> {
        let found = read(shelf);
        if let Err(Hindrance::Damaged(reason)) = &found {
            let aside = shelf.set_aside(PROGRESS_FILE, DAMAGED_FILE)?;
            self.tell(format!(
                "{PROGRESS_FILE} cannot be read: {reason}. It is {aside} now, and a new one begins."
            ));
            return Ok(Logbook::default());
        }
        Ok(found?.unwrap_or_default())
    }

    /// Has something told, unless it was told last.
    fn tell(&mut self, notice: String) {
        if self.told.as_ref() != Some(&notice) {
            self.told = Some(notice.clone());
            self.notice = Some(notice);
        }
    }
}

fn hindered(shelf: &dyn Shelf, hindrance: &Hindrance) -> String {
    let file = shelf.place(PROGRESS_FILE);
    let reason: &dyn Display = match hindrance {
        Hindrance::Newer => {
            return format!(
                "{file} is of a newer nnmom-tutor. It stays as it is, and progress is not kept."
            );
        }
        Hindrance::Damaged(reason) => reason,
        Hindrance::Io(error) => error,
    };
    format!("Progress is not kept in {file}: {reason}.")
}

/// What the file holds; `None` where there is no file.
fn read(shelf: &dyn Shelf) -> Result<Option<Logbook>, Hindrance> {
    let damaged = |reason: &str| Err(Hindrance::Damaged(reason.to_owned()));
    match shelf.read(PROGRESS_FILE, MOST_BYTES)? {
        Lying::Nothing => Ok(None),
        Lying::Unreadable => damaged("it is no ordinary file"),
        Lying::File { cut: true, .. } => damaged("it is too long"),
        Lying::File { end, cut: false } => understood(&end).map(Some),
    }
}

fn understood(bytes: &[u8]) -> Result<Logbook, Hindrance> {
    // Some editors put a byte-order mark before what they save.
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    let damaged = |error: serde_json::Error| Hindrance::Damaged(error.to_string());
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(damaged)?;
    match value.get("version").and_then(serde_json::Value::as_f64) {
        Some(version) if version > VERSION as f64 => Err(Hindrance::Newer),
        Some(version) if version == VERSION as f64 => {
            serde_json::from_value(value).map_err(damaged)
        }
        _ => Err(Hindrance::Damaged("it does not say its version".to_owned())),
    }
}
