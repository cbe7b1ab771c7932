//! A lookout for the files of the lesson that is open: a thread that looks at them a few times a second.
//!
//! Looking works everywhere: on file systems that tell of no changes, and with editors that write a new file in the
//! place of the old one, of which what was watched would be gone.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

use super::events::Event;
use crate::files::{Disk, FileRead, Watched};

/// So long between two looks. A change is told after two, well within 300 ms.
const BETWEEN_LOOKS: Duration = Duration::from_millis(60);

/// Tells of changes.
pub struct Lookout {
    files: Sender<Vec<FileRead>>,
    /// The files that are looked at.
    looked_at: Vec<FileRead>,
}

impl Lookout {
    /// A lookout that looks at nothing yet.
    ///
    /// # Errors
    /// Where there are no threads.
    pub fn begin(events: Sender<Event>) -> io::Result<Self> {
        let (files, asked) = channel();
        thread::Builder::new().spawn(move || look_out(&asked, &events))?;
        Ok(Self {
            files,
            looked_at: Vec::new(),
        })
    }

    /// Looks at these files from now on, as they were when they were read, until one of them has changed.
    pub fn look_out_for(&mut self, reads: &[FileRead]) {
        if self.looked_at != reads {
            reads.clone_into(&mut self.looked_at);
            // Where nobody looks any more, changes are not told of.
            let _ = self.files.send(reads.to_vec());
        }
    }
}

fn look_out(asked: &Receiver<Vec<FileRead>>, events: &Sender<Event>) {
    let disk = Disk::default();
    let mut watched = Watched::default();
    loop {
        let next = if watched.is_empty() {
            asked.recv().map_err(RecvTimeoutError::from)
        } else {
            asked.recv_timeout(BETWEEN_LOOKS)
        };
        match next {
            Ok(reads) => watched = Watched::new(reads),
            Err(RecvTimeoutError::Disconnected) => return,
            Err(RecvTimeoutError::Timeout) => {
                if watched.look(&disk).is_some() {
                    watched = Watched::default();
                    if events.send(Event::Changed).is_err() {
                        return;
                    }
                }
            }
        }
    }
}
