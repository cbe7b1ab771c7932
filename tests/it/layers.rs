//! The floors of the house, as the table in `src/lib.rs` has them: imports go down, never up, and each outside crate has
//! its one place.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Crates that only these folders may use; where there is none, only the program itself may.
const PLACES: &[(&str, &[&str])] = &[
    ("ratatui", &["screen", "terminal"]),
    ("crossterm", &["terminal"]),
    ("tui_input", &["screen"]),
    ("signal_hook", &["terminal"]),
    ("rustix", &["terminal"]),
    ("serde_yaml", &["lesson"]),
    ("pulldown_cmark", &["lesson"]),
    ("annotate_snippets", &["lesson"]),
    ("strsim", &["command"]),
    ("csv", &["export"]),
    ("rand", &["math"]),
    ("rand_mt", &["math"]),
    ("multiversion", &["math"]),
    ("serde_json", &["batch", "export", "lesson", "record"]),
    ("rustyline", &["repl"]),
    ("etcetera", &[]),
    ("tempfile", &["files", "record"]),
];

/// What the machine has, and the only folders that may ask it; where there is none, only the program itself may.
const OUTSIDE: &[(&str, &[&str])] = &[
    ("std::env::", &[]),
    ("std::fs", &["files", "record"]),
    ("std::net", &[]),
    ("std::process", &[]),
    ("thread::sleep", &["record", "terminal"]),
    (
        "std::thread",
        &["record", "session", "terminal", "timeline"],
    ),
    ("Instant", &["record", "terminal"]),
    ("SystemTime", &[]),
    ("stdin()", &["terminal"]),
    ("stdout()", &["repl", "terminal"]),
    ("stderr()", &[]),
];

/// Where a folder stands: its floor, and its place within that floor, since a folder there may use those before a "then".
type Place = (usize, usize);

/// The house as the table in `src/lib.rs` has it.
fn house() -> BTreeMap<String, Place> {
    let lib = fs::read_to_string(root().join("lib.rs")).unwrap();
    let rows = lib.lines().filter_map(|line| line.strip_prefix("//! | "));
    let mut house = BTreeMap::new();
    for row in rows.filter(|row| row.starts_with(|c: char| c.is_ascii_digit())) {
        let mut cells = row.split(" | ");
        let floor = cells.next().unwrap().parse().unwrap();
        for (place, folders) in cells.next().unwrap().split(", then ").enumerate() {
            for folder in folders.split(", ") {
                let name = folder.trim_matches(['[', ']', '`']).to_owned();
                let before = house.insert(name, (floor, place));
                assert_eq!(before, None, "{folder} stands twice in src/lib.rs");
            }
        }
    }
    house
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                sources(&path)
            } else {
                vec![path]
            }
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// The folders of the library and the code in each, without comments; what `src/main.rs` declares is the program's.
fn folders() -> Vec<(String, Vec<(PathBuf, String)>)> {
    let program = fs::read_to_string(root().join("main.rs")).unwrap();
    let is_program = |path: &Path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        program.contains(&format!("\nmod {name};"))
    };
    let names = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && !is_program(path));
    names
        .map(|folder| {
            let files = sources(&folder).into_iter().map(|path| {
                let text = fs::read_to_string(&path).unwrap();
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                (path, code.collect::<Vec<_>>().join("\n"))
            });
            (
                folder.file_name().unwrap().to_str().unwrap().to_owned(),
                files.collect(),
            )
        })
        .collect()
}

/// The words that follow `prefix` in the code, as in `crate::view::Screen` or `use crate::{a, b}`.
fn names_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let identifier = |text: &'a str| {
        text.split(|c: char| !c.is_alphanumeric() && c != '_')
            .next()
            .unwrap_or("")
    };
    let mut names = Vec::new();
    for (index, _) in code.match_indices(prefix) {
        let rest = &code[index + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(
                group
                    .split('}')
                    .next()
                    .unwrap_or("")
                    .split(',')
                    .map(|name| identifier(name.trim())),
            ),
            None => names.push(identifier(rest)),
        }
    }
    names
}

#[test]
fn imports_go_down_or_to_what_stands_before_on_the_same_floor() {
    let house = house();
    for (folder, files) in folders() {
        for (path, code) in files {
            for name in names_after(&code, "crate::") {
                if name == folder || name.is_empty() {
                    continue;
                }
                let (here, there) = (house[&folder], house[name]);
                assert!(
                    there.0 < here.0 || (there.0 == here.0 && there.1 < here.1),
                    "{} (floor {}) uses crate::{name} (floor {})",
                    path.display(),
                    here.0,
                    there.0
                );
            }
        }
    }
}

#[test]
fn every_outside_crate_has_its_place() {
    for (folder, files) in folders() {
        for (path, code) in files {
            for (name, allowed) in PLACES {
                let used =
                    code.contains(&format!("{name}::")) && !code.contains(&format!("::{name}::"));
                assert!(
                    !used || allowed.contains(&folder.as_str()),
                    "{} uses {name}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn files_the_clock_and_the_terminal_are_asked_for_in_their_places_alone() {
    for (folder, files) in folders() {
        for (path, code) in files {
            // Tests may use the machine they run on.
            let code = code.split("\nmod tests {").next().unwrap();
            for (name, allowed) in OUTSIDE {
                assert!(
                    !code.contains(name) || allowed.contains(&folder.as_str()),
                    "{} asks the machine for {name}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn every_folder_stands_on_one_floor_and_says_which() {
    let house = house();
    let built: Vec<String> = folders().into_iter().map(|(folder, _)| folder).collect();
    for folder in &built {
        assert!(
            house.contains_key(folder),
            "src/{folder} stands on no floor: give it a place in the table of src/lib.rs"
        );
    }
    for (folder, (floor, _)) in &house {
        assert!(built.contains(folder), "there is no src/{folder}");
        let text = fs::read_to_string(root().join(folder).join("mod.rs")).unwrap();
        assert!(
            text.starts_with(&format!("//! Floor {floor}: ")),
            "src/{folder}/mod.rs does not begin with `//! Floor {floor}: `"
        );
    }
}

/// The lines between a struct's braces.
fn fields<'a>(code: &'a str, name: &str) -> Option<Vec<&'a str>> {
    let (_, rest) = code.split_once(&format!("struct {name} {{\n"))?;
    let (body, _) = rest.split_once("\n}")?;
    Some(body.lines().map(str::trim).collect())
}

#[test]
fn what_a_sitting_is_composed_of_keeps_its_fields_to_itself() {
    let sources: Vec<(PathBuf, String)> = folders()
        .into_iter()
        .filter(|(folder, _)| ["session", "asking", "pictures", "record"].contains(&&**folder))
        .flat_map(|(_, files)| files)
        .collect();
    let session = sources
        .iter()
        .find_map(|(_, code)| fields(code, "Session"))
        .unwrap();
    let mut found = Vec::new();
    for field in session {
        assert!(!field.starts_with("pub"), "Session opens {field}");
        let (_, name) = field.trim_end_matches(',').split_once(": ").unwrap();
        for (path, code) in &sources {
            for inner in fields(code, name).into_iter().flatten() {
                let place = path.display();
                assert!(!inner.starts_with("pub"), "{place}: {name} opens {inner}");
                found.push(name.to_owned());
            }
        }
    }
    for name in ["Walk", "Runs", "Tape", "Looks", "Keeper"] {
        assert!(found.iter().any(|found| found == name), "where is {name}?");
    }
}

#[test]
fn files_side_by_side_are_few() {
    for (folder, files) in folders() {
        let mut beside: BTreeMap<&Path, usize> = BTreeMap::new();
        for (path, _) in &files {
            *beside.entry(path.parent().unwrap()).or_default() += 1;
        }
        let most = beside.into_values().max().unwrap_or(0);
        assert!(
            most <= 20,
            "{most} files stand side by side in src/{folder}"
        );
    }
}

/// What is shown is for people: what a title says, or how a text begins, decides nothing above the floors that read
/// lessons and commands.
#[test]
fn nothing_is_decided_by_reading_shown_text() {
    let deciding = [
        ".title ==",
        ".title !=",
        ".text() ==",
        ".text() !=",
        ".text().starts_with",
        ".text().ends_with",
        ".text().contains",
        "text.starts_with",
        "text.ends_with",
        "text.contains",
        "text.strip_suffix",
    ];
    let frontends = ["session", "view", "screen", "terminal", "repl", "batch"];
    for (folder, files) in folders() {
        for (path, code) in files
            .iter()
            .filter(|_| frontends.contains(&folder.as_str()))
        {
            for way in deciding {
                assert!(!code.contains(way), "{}: `{way}`", path.display());
            }
        }
    }
}

/// Values travel in typed tables; how wide a column is, is up to those who show it.
#[test]
fn columns_are_laid_out_by_frontends_alone() {
    let telling = [
        "exercise", "asking", "lesson", "record", "practice", "session",
    ];
    for (folder, files) in folders() {
        for (path, code) in files.iter().filter(|_| telling.contains(&folder.as_str())) {
            assert!(!code.contains(":>"), "{} lays out columns", path.display());
        }
    }
}
