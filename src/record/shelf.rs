//! Where a learner's records lie: by their names, on a shelf.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::io;
use std::rc::Rc;

/// What lies on a shelf under a name.
#[derive(Debug)]
pub enum Lying {
    /// Nothing.
    Nothing,
    /// Something that cannot be read, such as a folder or a pipe.
    Unreadable,
    /// A file.
    File {
        /// As much of its end as was asked for.
        end: Vec<u8>,
        /// Whether there is more before that.
        cut: bool,
    },
}

/// Holds others off a shelf until it is dropped.
pub type Hold = Box<dyn Any>;

/// A place for records.
pub trait Shelf: Debug {
    /// What lies there, the last `most` bytes of it.
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, name: &str, most: u64) -> io::Result<Lying>;

    /// Holds off others who would change what lies there under a name, once they are done.
    ///
    /// # Errors
    /// Where they do not get done, or it cannot be done.
    fn hold(&self, name: &str) -> io::Result<Hold>;

    /// Puts a text in the place of what lies there, whole or not at all. Whoever calls holds off others.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn put(&self, name: &str, text: &str) -> io::Result<()>;

    /// Adds a line at the end of what lies there, together with others who do.
    ///
    /// # Errors
    /// Where it cannot be written.
    fn add(&self, name: &str, line: &str) -> io::Result<()>;

    /// Moves what lies there to a name that nothing has yet, which begins with `aside`; the answer says where it is.
    ///
    /// # Errors
    /// Where it cannot be moved.
    fn set_aside(&self, name: &str, aside: &str) -> io::Result<String>;

    /// A name with its place, for messages.
    fn place(&self, name: &str) -> String;
}

/// A shelf in memory, empty at first. A clone is the same shelf.
#[derive(Debug, Clone, Default)]
pub struct MemoryShelf(Rc<RefCell<BTreeMap<String, String>>>);

impl Shelf for MemoryShelf {
    fn read(&self, name: &str, most: u64) -> io::Result<Lying> {
        let lying = self.0.borrow();
        let Some(text) = lying.get(name) else {
            return Ok(Lying::Nothing);
        };
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let before = text.len().saturating_sub(most);
        Ok(Lying::File {
            end: text.as_bytes()[before..].to_vec(),
            cut: before > 0,
        })
    }

    fn hold(&self, _: &str) -> io::Result<Hold> {
        Ok(Box::new(()))
    }

    fn put(&self, name: &str, text: &str) -> io::Result<()> {
        self.0.borrow_mut().insert(name.to_owned(), text.to_owned());
        Ok(())
    }

    fn add(&self, name: &str, line: &str) -> io::Result<()> {
        let mut lying = self.0.borrow_mut();
        let text = lying.entry(name.to_owned()).or_default();
        text.push_str(line);
        text.push('\n');
        Ok(())
    }

    fn set_aside(&self, name: &str, aside: &str) -> io::Result<String> {
        let mut lying = self.0.borrow_mut();
        let text = lying.remove(name).ok_or(io::ErrorKind::NotFound)?;
        lying.insert(aside.to_owned(), text);
        Ok(aside.to_owned())
    }

    fn place(&self, name: &str) -> String {
        name.to_owned()
    }
}
