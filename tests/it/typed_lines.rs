//! The lines typed before, in a file that several tutors share.

use std::fs;
use std::path::Path;
use std::rc::Rc;

use nnmom_tutor::record::{Folder, HISTORY_FILE, MemoryShelf, TypedLines};
use tempfile::TempDir;

use crate::support::sittings::folder;

/// So many lines are remembered.
const MOST_LINES: usize = 1000;
/// So much is read of a file, from its end, in bytes.
const MOST_BYTES: usize = 4 << 20;

fn loaded(folder: &TempDir) -> TypedLines {
    TypedLines::load(Some(Folder::shelf(folder.path())))
}

fn typed(folder: &TempDir, lines: &[&str]) -> TypedLines {
    let mut typed = loaded(folder);
    for line in lines {
        typed.add(line);
    }
    typed
}

#[test]
fn a_line_typed_again_moves_to_the_end_here_and_after_a_restart() {
    let folder = folder();
    let lines = ["next", "step", "next", "show", "  step ", "", "step"];
    let kept = ["next", "show", "step"];
    assert_eq!(typed(&folder, &lines).lines(), kept);
    assert_eq!(loaded(&folder).lines(), kept);
}

#[test]
fn two_tutors_at_once_both_add_their_lines() {
    let folder = folder();
    let (mut first, mut second) = (loaded(&folder), loaded(&folder));
    first.add("next");
    second.add("step");
    first.add("show");
    second.add("next");
    assert_eq!(first.lines(), ["next", "show"]);
    assert_eq!(loaded(&folder).lines(), ["step", "show", "next"]);
}

#[test]
fn the_file_is_written_anew_once_it_has_grown_and_nothing_of_another_tutor_is_lost() {
    let folder = folder();
    let mut other = loaded(&folder);
    let mut typed = loaded(&folder);
    other.add("of the other");
    for _ in 0..MOST_LINES {
        typed.add("next");
        typed.add("step");
    }
    let file = folder.path().join(HISTORY_FILE);
    let length = |file: &Path| fs::read_to_string(file).unwrap().lines().count();
    assert_eq!(length(&file), 2 * MOST_LINES + 1);
    typed.add("show");
    let text = fs::read_to_string(&file).unwrap();
    assert_eq!(text, "of the other\nnext\nstep\nshow\n");
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "nothing is left beside it and its lock");
}

#[test]
fn only_the_latest_lines_are_remembered() {
    let folder = folder();
    let mut typed = loaded(&folder);
    for number in 0..MOST_LINES + 5 {
        typed.add(&format!("goto {number}"));
    }
    assert_eq!(typed.lines().len(), MOST_LINES);
    assert_eq!(typed.lines()[0], "goto 5");
    assert_eq!(loaded(&folder).lines(), typed.lines());
}

#[test]
fn several_lines_become_one_that_does_the_same() {
    let folder = folder();
    let typed = typed(&folder, &["next # shows\r\nstep\n\nshow\u{1b}[2J"]);
    assert_eq!(typed.lines(), ["next; step; show [2J"]);
    assert_eq!(loaded(&folder).lines(), typed.lines());
}

#[test]
fn what_is_no_text_is_left_out_and_the_rest_is_read() {
    for (bytes, kept) in [
        (&b"\xff\xfe\x00\x80\n\xc3"[..], &["step"][..]),
        (b"next\n\xff\nshow", &["next", "show", "step"]),
        (b"\0\0\0", &["step"]),
        (b"next\r\nshow\r\n", &["next", "show", "step"]),
        (b"step\nnext\n", &["next", "step"]),
    ] {
        let folder = folder();
        fs::write(folder.path().join(HISTORY_FILE), bytes).unwrap();
        assert_eq!(typed(&folder, &["step"]).lines(), kept, "{bytes:?}");
        assert_eq!(loaded(&folder).lines(), kept, "{bytes:?}");
    }
}

#[test]
fn a_file_beyond_all_measure_is_read_from_its_end() {
    let folder = folder();
    let mut bytes = vec![b'x'; MOST_BYTES];
    bytes.extend_from_slice(b"\nnext\nstep\n");
    fs::write(folder.path().join(HISTORY_FILE), bytes).unwrap();
    assert_eq!(loaded(&folder).lines(), ["next", "step"]);
}

#[test]
fn where_no_file_can_be_lines_are_remembered_all_the_same() {
    let folder = folder();
    let inside = folder.path().join(HISTORY_FILE).join("precious");
    fs::create_dir_all(&inside).unwrap();
    assert_eq!(typed(&folder, &["next", "step"]).lines(), ["next", "step"]);
    assert!(inside.exists());
    let nowhere = folder.path().join(HISTORY_FILE).join("precious/no/folder");
    let nowhere = || TypedLines::load(Some(Folder::shelf(&nowhere)));
    nowhere().add("next");
    assert_eq!(nowhere().lines(), ["next"]);
    let memory = MemoryShelf::default();
    let in_memory = || TypedLines::load(Some(Rc::new(memory.clone())));
    in_memory().add("next");
    assert_eq!(in_memory().lines(), ["next"]);
    let mut homeless = TypedLines::load(None);
    homeless.add("next");
    assert_eq!(homeless.lines(), ["next"]);
}
