//! What fuzzing has kept: every input in `tests/corpus` goes through the target that it was found with.

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::fuzzed::TARGETS;

/// The kept inputs of a target.
fn kept(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let entries = fs::read_dir(folder.join(target)).unwrap();
    entries.map(|entry| entry.unwrap().path()).collect()
}

/// Says which input it is that fails.
struct Named(PathBuf);

impl Drop for Named {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("with {}", self.0.display());
        }
    }
}

#[track_caller]
fn replay(target: &str) {
    let (_, check) = TARGETS.iter().find(|(name, _)| *name == target).unwrap();
    for path in kept(target) {
        let input = fs::read(&path).unwrap();
        let _named = Named(path);
        check(&input);
    }
}

macro_rules! replays {
    ($($target:ident),*) => {
        $(
            #[test]
            fn $target() {
                replay(stringify!($target));
            }
        )*

        #[test]
        fn every_target_is_replayed() {
            assert_eq!(TARGETS.map(|(name, _)| name), [$(stringify!($target)),*]);
        }
    };
}

replays!(
    course, data, expression, history, keys, lesson, lines, pipe, progress, trial
);
