//! What teachers are told about lessons that are wrong: each file of `broken/` has its message in `snapshots/`.
//! Beside them, what no file in the project can show (bytes that are no text, folders), and that nothing a file
//! holds makes the loader panic or wait.

use std::fs;
use std::path::Path;

use nnmom_tutor::files::{Disk, Memory};
use nnmom_tutor::lesson::{Lesson, MOST_BYTES};
use nnmom_tutor::watch::Watch;
use proptest::prelude::*;

use crate::support::depth::in_full;
use crate::support::sittings::{broken, check};

const SOUND: &str = include_str!("../../lessons/momentum.yaml");

/// The message about a lesson that must be wrong.
fn message(name: &str, bytes: &[u8]) -> String {
    match Lesson::parse(name, bytes) {
        Ok(_) => panic!("{name} is accepted"),
        Err(error) => error.to_string(),
    }
}

/// The lines and columns of `name` that a message points at.
fn places(message: &str, name: &str) -> Vec<(usize, usize)> {
    let place = |line: &str| {
        let place = line.trim_start().strip_prefix("--> ")?.strip_prefix(name)?;
        let (line, column) = place.strip_prefix(':')?.split_once(':')?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    message.lines().filter_map(place).collect()
}

/// Opens a lesson as the program would; its path is `LESSON` in the message.
fn open(path: &Path) -> Result<Lesson, String> {
    let path = path.to_str().unwrap();
    Lesson::open(path).map_err(|error| error.to_string().replace(path, "LESSON"))
}

/// Opens a file of these bytes.
fn open_bytes(bytes: &[u8]) -> Result<Lesson, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lesson.yaml");
    fs::write(&path, bytes).unwrap();
    open(&path)
}

// ---- Lessons with something wrong in them ----

#[test]
fn every_broken_lesson_is_told_what_is_wrong_and_where() {
    for (path, error) in broken() {
        let file = path.file_name().unwrap().to_str().unwrap();
        let name = format!("broken/{file}");
        let message = error.to_string().replace(path.to_str().unwrap(), &name);
        let places = places(&message, &name);
        assert!(!places.is_empty(), "{message}");
        assert!(places.iter().all(|&(line, column)| line > 0 && column > 0));
        assert!(!message.to_lowercase().contains("invalid"), "{message}");
        insta::assert_snapshot!(format!("message@{file}"), message);
    }
}

#[test]
fn several_problems_are_told_in_the_order_of_the_file() {
    let source = include_bytes!("../broken/many-problems.yaml");
    let places = places(&message("lesson.yaml", source), "lesson.yaml");
    assert!(places.len() >= 5);
    assert!(places.is_sorted());
}

#[test]
fn no_more_than_twenty_problems_are_told() {
    let message = message("x", include_bytes!("../broken/twenty-five-problems.yaml"));
    assert_eq!(places(&message, "x").len(), 20);
    assert!(message.ends_with("There is more: these are 20 of the problems."));
}

// ---- Files that are not read as YAML at all ----

#[test]
fn a_file_may_have_256_kib_and_no_more() {
    let filled = |length: usize| format!("{SOUND}{}", "#".repeat(length - SOUND.len()));
    assert!(open_bytes(filled(MOST_BYTES).as_bytes()).is_ok());
    assert_eq!(
        open_bytes(filled(MOST_BYTES + 1).as_bytes()).unwrap_err(),
        "error: the lesson LESSON cannot be read: it is larger than 256 KiB, the most that a lesson may have"
    );
}

#[test]
fn utf_16_is_named_as_such() {
    let little: Vec<u8> = "\u{feff}title: Broken"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let big: Vec<u8> = "\u{feff}title: Broken"
        .encode_utf16()
        .flat_map(u16::to_be_bytes)
        .collect();
    for bytes in [little, big] {
        assert_eq!(
            open_bytes(&bytes).unwrap_err(),
            "error: the lesson LESSON cannot be read: it is written in UTF-16; save it as UTF-8"
        );
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_told_by_their_line() {
    assert_eq!(
        open_bytes(b"# A lesson.\ntitle: Gr\xf6\xdfe\n").unwrap_err(),
        "error: the lesson LESSON cannot be read: line 2 is not UTF-8 text; save the file as UTF-8"
    );
}

#[test]
fn a_byte_order_mark_is_read_over() {
    let lesson = open_bytes(format!("\u{feff}{SOUND}").as_bytes()).unwrap();
    assert_eq!(lesson.title, "Neural network momentum");
    let wrong = format!("\u{feff}{}", SOUND.replace("rule: article", "rule: artful"));
    let message = message("x", wrong.as_bytes());
    let line = SOUND.lines().position(|line| line == "  rule: article");
    assert_eq!(places(&message, "x"), [(line.unwrap() + 1, 9)]);
}

#[test]
fn line_ends_of_windows_change_nothing() {
    let windows = |source: &str| source.replace('\n', "\r\n");
    let lesson = open_bytes(windows(SOUND).as_bytes()).unwrap();
    let plain = Lesson::parse("x", SOUND.as_bytes()).unwrap();
    assert_eq!(lesson.settings, plain.settings);
    assert_eq!(lesson.pages.len(), plain.pages.len());
    for (page, plain) in lesson.pages.iter().zip(&plain.pages) {
        assert_eq!(page.text, plain.text);
    }
    let wrong = include_str!("../broken/many-problems.yaml");
    assert_eq!(
        message("x", windows(wrong).as_bytes()),
        message("x", wrong.as_bytes())
    );
}

#[test]
fn a_folder_is_no_lesson() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        open(folder.path()).unwrap_err(),
        "error: the lesson LESSON cannot be read: it is a folder; name a .yaml file in it"
    );
}

#[test]
fn a_missing_file_is_told_with_the_nearest_lesson() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        open(&folder.path().join("momentun.yaml")).unwrap_err(),
        "error: there is no lesson file `LESSON`; did you mean the built-in lesson `momentum`?"
    );
}

#[test]
fn a_missing_file_with_no_lesson_near_is_told_with_all_of_them() {
    let folder = tempfile::tempdir().unwrap();
    let message = open(&folder.path().join("zebra.yaml")).unwrap_err();
    let beginning = "error: there is no lesson file `LESSON`; the built-in lessons are ";
    let names = message.strip_prefix(beginning).unwrap();
    assert!(names.split(", ").any(|name| name == "momentum"));
}

#[test]
fn no_name_of_a_file_does_something_to_the_terminal() {
    let message = Lesson::open("\u{1b}[31mred\u{9b}0m.yaml").unwrap_err();
    assert!(
        message
            .to_string()
            .contains("`[U+001B][31mred[U+009B]0m.yaml`")
    );
}

// ---- Numbers and comments as YAML 1.2 has them ----

#[test]
fn whole_numbers_are_those_of_yaml_1_2() {
    let written = [
        ("007", 7.0),
        ("-007", -7.0),
        ("+12", 12.0),
        ("0x10", 16.0),
        ("0o17", 15.0),
    ];
    for (text, value) in written {
        let source = SOUND.replacen("start: 3.56", &format!("start: {text}"), 1);
        let lesson = Lesson::parse("x", source.as_bytes()).unwrap();
        assert_eq!(lesson.model.start(None).0, [value], "{text}");
    }
}

#[test]
fn texts_that_look_like_other_numbers_or_have_remarks_are_texts() {
    for (title, read) in [
        ("0b101", "0b101"),
        ("\"See #1\"", "See #1"),
        ("One # the first", "One"),
        ("C#", "C#"),
    ] {
        let source = SOUND.replacen(
            "title: Neural network momentum",
            &format!("title: {title}"),
            1,
        );
        assert_eq!(Lesson::parse("x", source.as_bytes()).unwrap().title, read);
    }
}

#[test]
fn a_no_break_space_in_a_text_is_no_mistake() {
    let source = SOUND.replacen("network momentum", "network\u{a0}momentum", 1);
    let lesson = Lesson::parse("x", source.as_bytes()).unwrap();
    assert_eq!(lesson.title, "Neural network\u{a0}momentum");
}

// ---- Whatever a file holds ----

/// Repeats `unit` to the largest file there may be. That this ends is the test.
fn largest_of(unit: &str) -> String {
    let share = if in_full() { 1 } else { 8 };
    unit.repeat(MOST_BYTES / share / unit.len())
}

#[test]
fn no_repetition_makes_the_loader_wait() {
    for unit in [
        "[", "]", "{a: ", "- ", "? ", ": ", "&a ", "*a ", "! ", "\"", "'", "a ", "\n", "\t", "#",
        "---\n", "a: 1\n", "- a\n", "\u{7}", "\r", "é",
    ] {
        let message = message("x", largest_of(unit).as_bytes());
        assert!(!places(&message, "x").is_empty(), "{unit:?}: {message}");
    }
}

#[test]
fn no_number_of_fields_makes_the_loader_wait() {
    let fields: Vec<String> = (0..20_000).map(|index| format!("k{index}: 1")).collect();
    let message = message("x", fields.join("\n").as_bytes());
    assert_eq!(places(&message, "x").len(), 20);
}

#[test]
fn no_number_of_wrong_items_makes_the_loader_wait() {
    let share = if in_full() { 1 } else { 8 };
    for item in ["rest, ", "\"\\a\", "] {
        let begin = format!(
            "{}\n  - title: Long\n    text: x\n    commands: [",
            SOUND.trim_end()
        );
        let items = item.repeat((MOST_BYTES / share - begin.len() - 2) / item.len());
        let source = format!("{begin}{items}]\n");
        assert_eq!(
            places(&message("x", source.as_bytes()), "x").len(),
            20,
            "{item}"
        );
    }
}

#[test]
fn long_lessons_that_are_sound_are_read_without_looking_for_places() {
    let page = "\n  - title: More\n    commands: [reset]\n    text: Some more of {before}.";
    let pages = (MOST_BYTES - SOUND.len()) / page.len();
    let source = format!("{}{}\n", SOUND.trim_end(), page.repeat(pages));
    let lesson = Lesson::parse("x", source.as_bytes()).unwrap();
    assert!(lesson.pages.len() > pages);
}

#[test]
fn aliases_cannot_fill_the_memory() {
    let source = format!(
        "a: &a [{}]\nb: [{}]\n",
        "x,".repeat(60_000),
        "*a,".repeat(40_000)
    );
    let message = message("x", source.as_bytes());
    assert_eq!(places(&message, "x"), [(2, 5)], "{message}");
}

/// What is done to a range of bytes.
#[derive(Debug, Clone)]
enum Change {
    Delete,
    Double,
    Replace(Vec<u8>),
}

fn changes() -> impl Strategy<Value = Vec<(usize, usize, Change)>> {
    let signs = proptest::sample::select(vec![
        "{", "}", "[", "]", ": ", "- ", "\n", "\n  ", "\"", "'", "#", "&a ", "*a", "!t ", "|", ">",
        "\t", "---\n", "<<", "~", "é", "→", "\\x41", "1e999", ".nan", "`", "**", "\r", "\0",
    ]);
    let change = prop_oneof![
        Just(Change::Delete),
        Just(Change::Double),
        signs.prop_map(|sign| Change::Replace(sign.as_bytes().to_vec())),
        proptest::collection::vec(any::<u8>(), 0..8).prop_map(Change::Replace),
    ];
    proptest::collection::vec((0..SOUND.len(), 0..40_usize, change), 1..6)
}

fn changed(changes: Vec<(usize, usize, Change)>) -> Vec<u8> {
    let mut bytes = SOUND.as_bytes().to_vec();
    for (start, length, change) in changes {
        let start = start.min(bytes.len());
        let end = (start + length).min(bytes.len());
        let replacement = match change {
            Change::Delete => Vec::new(),
            Change::Double => bytes[start..end].repeat(2),
            Change::Replace(replacement) => replacement,
        };
        bytes.splice(start..end, replacement);
    }
    bytes
}

/// Reads a lesson, which may be right or wrong as long as something is said of it.
fn read(bytes: &[u8]) -> Result<(), TestCaseError> {
    if let Err(error) = Lesson::parse("x", bytes) {
        let message = error.to_string();
        prop_assert!(message.starts_with("error: "), "{message}");
        let control = |character: char| character.is_control() && character != '\n';
        prop_assert!(!message.contains(control), "{message:?}");
    }
    Ok(())
}

proptest! {
    #[test]
    fn changed_lessons_are_read_or_told_what_is_wrong(changes in changes()) {
        read(&changed(changes))?;
    }

    #[test]
    fn random_text_is_read_or_told_what_is_wrong(text in "(\\PC|[\\[\\]{}:,&*!|>'\"%@`#?\\n -]){0,200}") {
        read(text.as_bytes())?;
    }

    #[test]
    fn random_bytes_are_read_or_told_what_is_wrong(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        read(&bytes)?;
    }
}

#[test]
fn of_weights_that_could_stand_either_way_a_sum_is_written_out() {
    let sound = |name: &str| check(&Disk::default(), name, &Watch::default()).unwrap();
    let told = sound("one-item");
    let sums: Vec<&str> = told.lines().skip(1).map(str::trim).collect();
    assert_eq!(
        sums[0],
        "as its weights are read, hidden_sum[0] of the first item is 0.05 × 0.15 + 0.1 × 0.2 + 0.35"
    );
    assert_eq!(sums.len(), 2, "{told}");
    // Weights that are drawn stand no way round, and others cannot be turned.
    let drawn = "layers: [2, 2]\n    initial: {low: -1, high: 1}";
    let oblong = "layers: [2, 1]\n    initial: {weights: [[[0.1], [0.2]]], biases: [[0]]}";
    let square =
        "layers: [2, 2]\n    initial: {weights: [[[0.1, 0.3], [0.2, 0.4]]], biases: [[0, 0]]}";
    for (network, targets, lines) in [
        (drawn, "[0, 1]", 1),
        (oblong, "[0]", 1),
        (square, "[0, 1]", 2),
    ] {
        let files = Memory::default();
        let lesson = format!(
            "title: T\nmodel:\n  network:\n    {network}\n    output: sigmoid\n    data:\n      rows:\n        \
             - {{inputs: [1, 2], targets: {targets}}}\ntraining: {{learning_rate: 0.1}}\npages:\n  - {{title: P, text: T}}\n"
        );
        files.put("small.yaml", lesson);
        let told = check(&files, "small.yaml", &Watch::default()).unwrap();
        assert_eq!(told.lines().count(), lines, "{told}");
    }
}
