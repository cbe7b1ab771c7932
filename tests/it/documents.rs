//! What the documents say is true today.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use nnmom_tutor::command::{BINDINGS, Binding, On, Picture, TABLE, key_label};
use nnmom_tutor::explain::Live;
use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::{Code, Course, Lesson, schema};
use nnmom_tutor::math::Rule;
use nnmom_tutor::screen::{Snapshot, svg};
use nnmom_tutor::session::Session;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A document is this. With `UPDATE_DOCUMENTS=1` it is written so.
#[track_caller]
fn assert_is(path: &str, expected: &str) {
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(root().join(path), expected).unwrap();
    }
    assert!(
        read(path) == expected,
        "{path} is out of date; UPDATE_DOCUMENTS=1 cargo test --test it documents writes it anew"
    );
}

/// What stands in a document between a mark and its end is this.
#[track_caller]
fn assert_lists(document: &str, mark: &str, expected: &str) {
    let (begin, end) = (
        format!("<!-- {mark} -->\n"),
        format!("<!-- end of {mark} -->"),
    );
    let text = read(document);
    let (before, rest) = text.split_once(&begin).unwrap();
    let (_, after) = rest.split_once(&end).unwrap();
    assert_is(document, &format!("{before}{begin}{expected}{end}{after}"));
}

#[track_caller]
fn assert_readme_lists(mark: &str, expected: &str) {
    assert_lists("README.md", mark, expected);
}

#[test]
fn the_teachers_guide_lists_the_codes_of_findings() {
    let row = |code: &Code| format!("| `{}` | {} |\n", code.name(), code.about());
    let rows: String = Code::ALL.iter().map(row).collect();
    assert_lists(
        "lessons/README.md",
        "codes",
        &format!("| code | what is wrong |\n|---|---|\n{rows}"),
    );
}

#[test]
fn the_readme_lists_the_pictures() {
    assert_readme_lists("pictures", &format!("{}\n", Picture::listed()));
}

#[test]
fn the_readme_lists_the_keys_of_a_lesson() {
    let row = |binding: &Binding| {
        let keys = binding
            .keys
            .iter()
            .map(|key| format!("`{}`", key_label(key)));
        let keys: Vec<String> = keys.collect();
        format!("| {} | {} |\n", keys.join(" "), binding.about)
    };
    let of_lesson = BINDINGS.iter().filter(|binding| binding.on == On::Lesson);
    let rows: String = of_lesson.map(row).collect();
    assert_readme_lists("keys", &format!("| key | does |\n|---|---|\n{rows}"));
}

#[test]
fn the_readme_lists_the_commands_of_the_table() {
    let row = |row: &nnmom_tutor::command::Row| {
        let usage = row.usage().replace('|', "\\|");
        format!("| `{usage}` | {} |\n", row.about)
    };
    let rows: String = TABLE.iter().map(row).collect();
    assert_readme_lists("commands", &rows);
}

/// The paths that a document names, in code or as links. A star or `NAME` stands for any name.
fn paths(text: &str) -> Vec<String> {
    let code = text.split('`').skip(1).step_by(2);
    let links = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let is_path = |piece: &&str| {
        let known = [".rs", ".md", ".toml", ".yaml", ".svg"];
        let named = piece.contains('/') || known.iter().any(|ending| piece.ends_with(ending));
        named && !piece.contains(char::is_whitespace) && !piece.contains("://")
    };
    (code.chain(links).filter(is_path))
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_path_in_the_documents_for_contributors_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        for path in paths(&read(document)) {
            let is_certain = |part: &&str| !part.contains('*') && !part.contains("NAME");
            let certain: Vec<&str> = path.split('/').take_while(is_certain).collect();
            let place = root().join(certain.join("/"));
            // `cargo package` leaves out what is a package of its own.
            let is_left_out = certain[0] == "fuzz" && root().join(".cargo_vcs_info.json").exists();
            assert!(
                place.exists() || is_left_out || certain == ["dist", "out"],
                "{document} names {path}, which is not there"
            );
        }
    }
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
    assert!(root().join(picture).exists(), "{picture}");
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
fn the_schema_beside_the_lessons_is_the_one_that_is_printed() {
    assert_is("lessons/lesson.schema.json", &schema());
}

/// The blocks of YAML in the teachers' guide.
fn examples() -> Vec<String> {
    let guide = read("lessons/README.md");
    let blocks = guide.split("```yaml\n").skip(1);
    let block = |rest: &str| rest.split("```").next().unwrap().to_owned();
    blocks.map(block).collect()
}

#[test]
fn the_lessons_in_the_teachers_guide_are_sound_and_every_live_value_is_listed() {
    let examples = examples();
    let whole =
        (examples.iter()).filter(|text| text.starts_with("title:") && text.contains("model:"));
    let sound = |text: &String| {
        let lesson = Lesson::parse("example.yaml", text.as_bytes()).unwrap();
        let session = Session::new(Arc::new(lesson)).unwrap();
        session.check_exercise().unwrap();
    };
    assert_eq!(whole.map(sound).count(), 3);
    let guide = read("lessons/README.md");
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
        lesson: "why-momentum",
        commands: "page 2; step 12",
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

/// The pictures are what `nnmom-tutor picture` draws today.
#[test]
fn the_pictures_are_current() {
    for picture in PICTURES {
        let lesson = Lesson::open(picture.lesson).unwrap();
        let mut session = Session::new(Arc::new(lesson)).unwrap();
        session.run_line(picture.commands).unwrap();
        let snapshot = Snapshot {
            size: picture.size.into(),
            ..Snapshot::default()
        };
        assert_is(
            picture.file,
            &svg(&session, picture.view, snapshot).unwrap(),
        );
        assert!(read("README.md").contains(picture.file), "{}", picture.file);
    }
}

#[test]
fn the_exercises_in_the_teachers_guide_can_be_solved() {
    let examples = examples();
    let mut kinds = Vec::new();
    for exercise in examples.iter().filter(|text| text.starts_with("exercise:")) {
        let indented = exercise.replace('\n', "\n    ");
        let source = format!("{}    {indented}", examples[0]);
        let lesson = Lesson::parse("example.yaml", source.as_bytes()).unwrap();
        let session = Session::new(Arc::new(lesson)).unwrap();
        kinds.extend(session.check_exercise().unwrap());
    }
    assert_eq!(kinds, ["predict", "number", "choose", "order", "reach"]);
    let several = (examples.iter()).find(|text| text.starts_with("exercises:"));
    let indented = several.unwrap().replace('\n', "\n    ");
    let lesson = Lesson::parse(
        "example.yaml",
        format!("{}    {indented}", examples[0]).as_bytes(),
    );
    let session = Session::new(Arc::new(lesson.unwrap())).unwrap();
    for nth in 0..2 {
        let asked = session.clone().asking(nth);
        assert_eq!(asked.check_exercise().unwrap(), Some("predict"));
    }
}

#[test]
fn the_course_in_the_teachers_guide_is_sound_once_its_lessons_are_there() {
    let examples = examples();
    let course = examples
        .iter()
        .find(|text| text.contains("\nlessons:"))
        .unwrap();
    let files = Memory::default();
    files.put("course.yaml", course.as_str());
    for lesson in ["monday.yaml", "week-1/tuesday.yaml"] {
        files.put(lesson, examples[0].as_str());
    }
    let course = Course::check_in(&files, Path::new("")).unwrap_or_else(|error| panic!("{error}"));
    let names: Vec<&str> = course
        .lessons
        .iter()
        .map(|lesson| lesson.name.as_str())
        .collect();
    assert_eq!(names, ["monday", "week-1/tuesday", "ravine"]);
}

#[test]
fn a_table_as_a_spreadsheet_writes_it_is_read_with_the_fields_of_the_teachers_guide() {
    let examples = examples();
    let data = examples.iter().find(|text| text.contains("flats.csv"));
    let source = format!(
        "title: Flats\nmodel:\n  network:\n    layers: [3, 1]\n    output: identity\n{}training: {{learning_rate: 0.1}}\n",
        data.unwrap()
    );
    let files = Memory::default();
    files.put("flats.yaml", source);
    files.put(
        "flats.csv",
        "size;rooms;age;rent\n52,5;2;30;610\n74;3;;890\n38,5;1;40;455\n",
    );
    let lesson = Lesson::open_in(&files, "flats.yaml").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(lesson.model.epoch_length(), Some(2));
}

#[test]
fn the_data_in_the_teachers_guide_is_that_of_a_lesson() {
    let examples = examples();
    let data = examples
        .iter()
        .find(|text| text.contains("data/iris-train.csv"));
    assert!(read("lessons/iris.yaml").contains(data.unwrap().as_str()));
}
