//! What must hold of any input: the bodies of the fuzz targets, which `fuzz/` runs on endless made-up inputs and
//! `tests/it/corpus.rs` on those that are kept.
//!
//! A target takes bytes, and panics where something does not hold. Everything is in memory: the library needs neither
//! a terminal nor a disk for it.

mod course;
mod data;
mod expression;
mod history;
mod keys;
mod lesson;
mod lines;
mod pipe;
mod progress;
mod trial;

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::repl::Printer;
use nnmom_tutor::watch::{Progress, Watch, Watcher};

/// Checks what must hold of an input.
type Check = fn(&[u8]);

/// Every target, by the name that it has in `fuzz/fuzz_targets` and `tests/corpus`.
pub const TARGETS: [(&str, Check); 10] = [
    ("course", course::check),
    ("data", data::check),
    ("expression", expression::check),
    ("history", history::check),
    ("keys", keys::check),
    ("lesson", lesson::check),
    ("lines", lines::check),
    ("pipe", pipe::check),
    ("progress", progress::check),
    ("trial", trial::check),
];

/// A lesson of each kind of model: a weight, a surface, a network, and one with a question of every kind.
static LESSONS: LazyLock<[Arc<Lesson>; 4]> = LazyLock::new(|| {
    [
        include_str!("../../../../lessons/momentum.yaml"),
        include_str!("../../../../lessons/ravine.yaml"),
        include_str!("../../../../lessons/xor.yaml"),
        include_str!("../../../exercises.yaml"),
    ]
    .map(|source| Arc::new(in_memory("lesson.yaml", source.as_bytes()).unwrap()))
});

/// As lines are printed where nothing understands colours.
const PRINTER: Printer = Printer::plain(false);

/// One of the lessons, chosen by a byte.
fn lesson_by(choice: u8) -> Arc<Lesson> {
    Arc::clone(&LESSONS[usize::from(choice) % LESSONS.len()])
}

/// Somebody who waits for a while and then stops what takes long, on whatever is done.
struct Impatient {
    looks: u32,
}

impl Impatient {
    /// So often they look at the work of one line.
    const LOOKS: u32 = 4;

    /// Waits for all that is watched with this handle.
    fn watch() -> Watch {
        let watch = bounded();
        watch.set_watcher(Box::new(Self { looks: 0 }));
        watch
    }
}

impl Watcher for Impatient {
    fn begin(&mut self) {
        self.looks = 0;
    }

    fn look(&mut self, _progress: &Progress) -> bool {
        self.looks += 1;
        self.looks < Self::LOOKS
    }

    fn end(&mut self) {}
}

/// A handle with which pages do little when they open.
fn bounded() -> Watch {
    let watch = Watch::default();
    watch.bound_pages(1 << 20);
    watch
}

/// Reads a lesson that has no files beside it.
fn in_memory(name: &str, source: &[u8]) -> Result<Lesson, nnmom_tutor::lesson::LoadError> {
    Lesson::parse_in(&nnmom_tutor::files::Memory::default(), name, source)
}

/// Nothing in a text is obeyed by a terminal, but for the ends of its lines.
#[track_caller]
fn assert_harmless(text: &str) {
    let turns = |c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let obeyed = text
        .chars()
        .find(|c| *c != '\n' && (c.is_control() || turns(*c)));
    assert_eq!(obeyed, None, "{text:?}");
}

/// What is said to be wrong lies in the text that is wrong; what is missing, right behind it.
#[track_caller]
fn assert_inside(text: &str, span: &Range<usize>) {
    let end = span.end.min(text.len());
    let is_inside = text.get(span.start..end).is_some() && span.end <= end + 1;
    assert!(is_inside, "{span:?} of {text:?}");
}

/// Every number behind a word in a message: `line 3`.
fn numbers_behind<'a>(message: &'a str, word: &'a str) -> impl Iterator<Item = usize> + 'a {
    message.split(word).skip(1).filter_map(|rest| {
        let end = rest
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(rest.len());
        rest[..end].parse().ok()
    })
}
