//! The floors of the house: imports go down or sideways, never up, and each outside crate has its one place.

use std::fs;
use std::path::{Path, PathBuf};

/// Folders from the ground floor up; a floor's folders know nothing of one another unless they are named together.
const FLOORS: &[&[&str]] = &[
    &["math"],
    &["timeline"],
    &["explain"],
    &["export"],
    &["command"],
    &["exercise"],
    &["lesson"],
    &["record"],
    &["practice"],
    &["session"],
    &["view"],
    &["screen", "repl", "batch"],
];

/// Crates that only these folders may use; where there is none, only the program itself may.
const PLACES: &[(&str, &[&str])] = &[
    ("ratatui", &["screen"]),
    ("crossterm", &["screen"]),
    ("tui_input", &["screen"]),
    ("signal_hook", &["screen"]),
    ("rustix", &["screen"]),
    ("serde_yaml", &["lesson"]),
    ("pulldown_cmark", &["lesson"]),
    ("annotate_snippets", &["lesson"]),
    ("strsim", &["command"]),
    ("csv", &["export", "lesson"]),
    ("rand", &["math"]),
    ("rand_mt", &["math"]),
    ("serde_json", &["export", "record"]),
    ("rustyline", &["repl"]),
    ("etcetera", &[]),
    ("tempfile", &["record"]),
];

fn floor(folder: &str) -> usize {
    FLOORS
        .iter()
        .position(|folders| folders.contains(&folder))
        .unwrap_or_else(|| panic!("src/{folder} stands on no floor: name it in tests/layers.rs"))
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

/// The folders of `src` and the code in each, without comments.
fn folders() -> Vec<(String, Vec<(PathBuf, String)>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let names = fs::read_dir(&root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir());
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
fn imports_go_down_or_stay() {
    for (folder, files) in folders() {
        for (path, code) in files {
            for name in names_after(&code, "crate::") {
                if name == folder || name.is_empty() {
                    continue;
                }
                let (here, there) = (floor(&folder), floor(name));
                assert!(
                    there < here,
                    "{} (floor {here}) uses crate::{name} (floor {there})",
                    path.display()
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
fn every_floor_is_listed_in_the_front_page_of_the_documentation() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for folder in FLOORS.iter().flat_map(|folders| *folders) {
        assert!(
            lib.contains(&format!("[`{folder}`]")),
            "src/lib.rs does not tell of {folder}"
        );
    }
}
