//! The file of lines typed before, and lines that are typed now.

use std::collections::BTreeSet;
use std::rc::Rc;

use nnmom_tutor::record::{HISTORY_FILE, MemoryShelf, Shelf, TypedLines};

use super::assert_harmless;

/// So many lines are remembered, of so many characters at most.
const MOST_LINES: usize = 1000;
const LONGEST: usize = 1000;

/// The file, and what is typed then, parted by a form feed.
pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (file, typed) = text.split_once('\u{c}').unwrap_or((&text, "step"));
    let shelf = MemoryShelf::default();
    shelf.put(HISTORY_FILE, file).unwrap();
    let load = || TypedLines::load(Some(Rc::new(shelf.clone()) as Rc<dyn Shelf>));
    let mut lines = load();
    assert_sound(&lines);
    for line in typed.split('\u{c}') {
        lines.add(line);
        assert_sound(&lines);
    }
    // A file whose last line has no end takes the next line into it.
    if file.is_empty() || file.ends_with('\n') {
        assert_eq!(load().lines(), lines.lines());
    }
    assert_eq!(load().lines(), load().lines());
}

fn assert_sound(typed: &TypedLines) {
    let lines = typed.lines();
    assert!(lines.len() <= MOST_LINES);
    assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len());
    for line in lines {
        assert_harmless(line);
        assert!(!line.trim().is_empty() && !line.contains('\n'));
        assert!(line.chars().count() <= LONGEST);
    }
}
