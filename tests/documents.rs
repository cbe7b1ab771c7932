//! What the documents say is true today.

use std::fs;
use std::path::Path;

use nnmom_tutor::command::TABLE;
use nnmom_tutor::explain::Live;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::Rule;

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
