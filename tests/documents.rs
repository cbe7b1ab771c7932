//! What the documents say is true today.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use nnmom_tutor::command::TABLE;
use nnmom_tutor::explain::Live;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::Rule;
use nnmom_tutor::session::Session;
use nnmom_tutor::tui::{Shot, svg};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

#[test]
fn the_readme_lists_the_commands_of_the_table() {
    let row = |row: &nnmom_tutor::command::Row| {
        let usage = row.usage().replace('|', "\\|");
        format!("| `{usage}` | {} |\n", row.about)
    };
    let rows: Vec<String> = TABLE.iter().map(row).collect();
    let readme = read("README.md");
    let listed = readme
        .split("<!-- commands -->\n")
        .nth(1)
        .and_then(|rest| rest.split("<!-- end").next());
    assert_eq!(listed.unwrap(), rows.concat());
}

#[test]
fn the_readme_opens_with_two_commands_and_a_picture_that_exists() {
    let readme = read("README.md");
    let lines: Vec<&str> = readme.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines[1].trim(),
        "cargo run --release -- lessons/momentum.yaml"
    );
    assert_eq!(lines[2].trim(), "cargo test");
    let picture = lines[3].split(['(', ')']).nth(1).unwrap();
    assert!(
        Path::new(env!("CARGO_MANIFEST_DIR")).join(picture).exists(),
        "{picture}"
    );
}

#[test]
fn the_readme_names_every_rule() {
    let readme = read("README.md");
    for rule in Rule::ALL {
        assert!(
            readme.contains(&format!("| `{}` |", rule.name())),
            "{}",
            rule.name()
        );
    }
}

#[test]
fn the_lesson_in_the_teachers_guide_is_sound_and_every_live_value_is_listed() {
    let guide = read("lessons/README.md");
    let example = guide
        .split("```yaml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    Lesson::parse("example.yaml", example.as_bytes()).unwrap();
    for name in Live::names() {
        assert!(guide.contains(&format!("`{{{name}}}`")), "{name}");
    }
}

/// A picture of the documents, and what it shows.
struct Drawn {
    file: &'static str,
    lesson: &'static str,
    commands: &'static str,
    view: Option<&'static str>,
    size: (u16, u16),
}

/// Every picture in docs/.
const PICTURES: &[Drawn] = &[
    Drawn {
        file: "docs/screen.svg",
        lesson: "momentum",
        commands: "page 2; next 4",
        view: None,
        size: (100, 30),
    },
    Drawn {
        file: "docs/network.svg",
        lesson: "iris",
        commands: "page 1; goto 240; next 15; focus ih[0,3]",
        view: None,
        size: (120, 34),
    },
];

/// The pictures are what `nnmom-tutor picture` draws today. `UPDATE_PICTURES=1 cargo test --test documents` draws
/// them again.
#[test]
fn the_pictures_are_current() {
    for picture in PICTURES {
        let lesson = Lesson::open(picture.lesson).unwrap();
        let mut session = Session::new(Arc::new(lesson)).unwrap();
        session.run_line(picture.commands).unwrap();
        let shot = Shot {
            size: picture.size.into(),
            ..Shot::default()
        };
        let drawn = svg(&session, picture.view, shot).unwrap();
        if std::env::var_os("UPDATE_PICTURES").is_some() {
            fs::write(
                Path::new(env!("CARGO_MANIFEST_DIR")).join(picture.file),
                &drawn,
            )
            .unwrap();
        }
        assert!(
            drawn == read(picture.file),
            "{} is out of date; UPDATE_PICTURES=1 cargo test --test documents draws it again",
            picture.file
        );
        assert!(read("README.md").contains(picture.file), "{}", picture.file);
    }
}
