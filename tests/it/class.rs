//! What a learner hands in, and what a class has handed in as one table.

use std::fs;
use std::path::Path;

use nnmom_tutor::batch::Class;
use nnmom_tutor::export;
use nnmom_tutor::files::Disk;
use tempfile::TempDir;

use super::own_course::course;
use crate::support::program::{text, tutor};

/// What the program writes to standard output and to standard error, and its exit code.
fn done(arguments: &[&str]) -> (String, String, i32) {
    let output = tutor(arguments).output().unwrap();
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().unwrap(),
    )
}

/// A learner with a state of their own who does these lines in a lesson, and hands in.
fn hands_in(lesson: &str, commands: &str, more: &[&str]) -> String {
    let state = TempDir::new().unwrap();
    let state = state.path().to_str().unwrap();
    let (_, said, code) = done(&[lesson, "-c", commands, "--state-dir", state]);
    assert_eq!(code, 0, "{said}");
    let (json, said, code) = done(
        &[
            &["progress", "--format", "json", "--state-dir", state],
            more,
        ]
        .concat(),
    );
    assert_eq!((code, said.as_str()), (0, ""));
    json
}

#[test]
fn what_is_handed_in_tells_of_the_course_worked_on_last_and_of_nobody_unless_asked_to() {
    let folder = TempDir::new().unwrap();
    let course = course(folder.path());
    let lesson = course.join("one.yaml");
    // The learning rate is left out, and then it is right.
    let json = hands_in(lesson.to_str().unwrap(), "answer 3; answer 1.2", &[]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    let keys: Vec<&str> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(keys, ["course", "lessons", "name", "skills"]);
    assert!(value["name"].is_null());
    assert_eq!(value["course"], "Momentum 101");
    let lesson = &value["lessons"][0];
    assert_eq!(
        (&lesson["lesson"], &lesson["page"]),
        (&"one".into(), &1.into())
    );
    let exercise = &lesson["exercises"][0];
    assert_eq!(
        (&exercise["page"], &exercise["attempts"]),
        (&1.into(), &2.into())
    );
    assert_eq!(
        (&exercise["solved"], &exercise["aided"]),
        (&true.into(), &false.into())
    );
    assert_eq!(
        exercise["slips"].as_object().unwrap().len(),
        1,
        "{exercise}"
    );
    let inside = folder.path().to_str().unwrap();
    assert!(!json.contains(inside), "it has a path in it: {json}");
}

#[test]
fn a_name_is_given_and_a_course_can_be_asked_for() {
    let folder = TempDir::new().unwrap();
    let course = course(folder.path());
    let json = hands_in("momentum", "page 2", &["--name", "Ada"]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&value["name"], &value["course"]),
        (&"Ada".into(), &"nnmom-tutor".into())
    );
    assert_eq!(value["lessons"][0]["lesson"], "momentum");
    let json = hands_in("momentum", "page 2", &[course.to_str().unwrap()]);
    let value: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["course"], "Momentum 101");
    assert_eq!(value["lessons"], serde_json::json!([]));
    assert_eq!(done(&["progress", "--name", "Ada"]).2, 2);
    assert_eq!(done(&["progress", "--format", "json", "--name", " "]).2, 2);
    assert_eq!(
        done(&["progress", "--format", "json", "no/such/folder"]).2,
        2
    );
}

/// A folder in which two learners have handed in.
fn class() -> (TempDir, TempDir) {
    let (home, class) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let course = course(home.path());
    let lesson = course.join("one.yaml");
    let lesson = lesson.to_str().unwrap();
    let write = |name: &str, json: String| fs::write(class.path().join(name), json).unwrap();
    write(
        "b.json",
        hands_in(lesson, "answer 3; answer 1.2; open two", &["--name", "Bé"]),
    );
    write("a.json", hands_in(lesson, "answer 3", &[]));
    (home, class)
}

fn table(folder: &Path, format: &str) -> (String, String, i32) {
    done(&["class", folder.to_str().unwrap(), "--format", format])
}

#[test]
fn a_class_is_one_table_of_who_is_where() {
    let (_home, class) = class();
    let (csv, said, code) = table(class.path(), "csv");
    assert_eq!((said.as_str(), code), ("", 0));
    let mut lines = csv.lines();
    assert_eq!(
        lines.next(),
        Some("name,lesson,page,solved,aided,attempts,commonest slip,last seen")
    );
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    let heads: Vec<&[&str]> = rows.iter().map(|row| &row[..6]).collect();
    assert_eq!(
        heads,
        [
            ["(a.json)", "one", "1", "0", "0", "1"],
            ["Bé", "one", "1", "1", "0", "2"],
            ["Bé", "two", "1", "0", "0", "0"],
        ]
    );
    assert!(!rows[0][6].is_empty() && rows[0][6] == rows[1][6] && rows[2][6].is_empty());
    assert!(rows.iter().all(|row| row[7].starts_with("20")), "{csv}");
    let (read, _, _) = table(class.path(), "table");
    let slip = rows[0][6];
    assert!(
        read.contains(&format!("Slips: {slip} (2 times, 2 learners).")),
        "{read}"
    );
    let place = |line: usize, word: &str| {
        let line = read.lines().nth(line).unwrap();
        line[..line.find(word).unwrap()].chars().count()
    };
    for (line, lesson) in [(1, "one"), (2, "one"), (3, "two")] {
        assert_eq!(place(line, lesson), place(0, "lesson"), "{read}");
    }
    let (html, _, _) = table(class.path(), "html");
    assert!(
        html.starts_with("<!DOCTYPE html>") && html.contains("<td>Bé</td><td>one</td>"),
        "{html}"
    );
}

#[test]
fn what_is_broken_foreign_a_copy_or_hostile_is_named_and_left_out() {
    let (_home, class) = class();
    let write = |name: &str, bytes: &[u8]| fs::write(class.path().join(name), bytes).unwrap();
    let b = fs::read(class.path().join("b.json")).unwrap();
    write("a copy of b.json", &b);
    write("cut.json", &b[..b.len() / 2]);
    write("notes.txt", b"nothing of it");
    write("empty.json", b"");
    write("other.json", br#"{"name": "x", "grades": [1, 2]}"#);
    write("deep.json", "[".repeat(100_000).as_bytes());
    write("huge.json", &vec![b' '; (4 << 20) + 1]);
    write("binary.json", &[0, 255, 254, 7]);
    write("numbers.json", br#"{"name": null, "course": "c", "lessons": [{"lesson": "l", "page": -1, "exercises": []}]}"#);
    write(".DS_Store", b"of a system");
    fs::create_dir(class.path().join("folder")).unwrap();
    let again = String::from_utf8(b).unwrap();
    let again = again.replace("\"attempts\": 2", "\"attempts\": 9");
    write("again.json", again.as_bytes());
    let (csv, said, code) = table(class.path(), "csv");
    assert_eq!(code, 0, "{said}");
    for name in [
        "b.json is left out: it is the same as a copy of b.json",
        "cut.json is left out",
        "notes.txt is left out: it is not what `nnmom-tutor progress --format json` writes",
        "empty.json is left out",
        "other.json is left out",
        "deep.json is left out",
        "huge.json is left out: it is larger than 4 MiB",
        "binary.json is left out",
        "numbers.json is left out",
        "folder is left out: it is a folder",
        "is by Bé too",
    ] {
        assert!(said.contains(name), "{name}: {said}");
    }
    assert!(!said.contains("DS_Store"), "{said}");
    assert_eq!(csv.lines().count(), 4, "{csv}");
}

#[test]
fn nothing_in_a_file_does_anything_to_a_terminal_a_browser_or_a_spreadsheet() {
    let folder = TempDir::new().unwrap();
    let names = [
        "=HYPERLINK(\"http://x\")",
        "<script>alert(1)</script>",
        "a\u{1b}[31mb\u{202e}\nc",
        "@SUM(A1)",
        &"x".repeat(10_000),
    ];
    for (place, name) in names.iter().enumerate() {
        let hand_in = serde_json::json!({
            "name": name, "course": "c",
            "lessons": [{"lesson": "+1|<b>", "page": u64::MAX, "exercises": [
                {"page": 1, "attempts": u64::MAX, "solved": true, "aided": true, "slips": {"-<i>": u64::MAX}},
                {"page": 1, "attempts": u64::MAX, "solved": true, "aided": true, "slips": {"-<i>": 5}},
            ]}],
        });
        fs::write(
            folder.path().join(format!("{place}.json")),
            hand_in.to_string(),
        )
        .unwrap();
    }
    let mut class = Class::read(&Disk::default(), folder.path()).unwrap();
    assert!(class.skipped.is_empty(), "{:?}", class.skipped);
    let mut csv = Vec::new();
    export::CSV.write(&mut class, &mut csv).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    for cell in reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
    {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell}"
        );
        assert!(cell.chars().count() < 80, "{cell}");
    }
    let mut shown = Vec::new();
    export::TABLE.write(&mut class, &mut shown).unwrap();
    let shown = String::from_utf8(shown).unwrap();
    assert!(
        !shown.contains(['\u{1b}', '\u{202e}']) && shown.lines().count() == 6,
        "{shown}"
    );
    let page = class.page("<class>").unwrap();
    for marks in ["<script", "<b>", "<i>", "<class>", "\u{1b}"] {
        assert!(!page.contains(marks), "{marks}");
    }
    assert!(page.contains("&lt;script&gt;"));
}

#[test]
fn a_folder_without_any_or_that_is_not_there_is_told() {
    let folder = TempDir::new().unwrap();
    let (out, said, code) = table(folder.path(), "csv");
    assert_eq!((out.as_str(), code), ("", 1));
    assert!(said.contains("has been handed in"), "{said}");
    let (_, said, code) = table(&folder.path().join("gone"), "table");
    assert_eq!(code, 2, "{said}");
}
