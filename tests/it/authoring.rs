//! What helps those who write lessons: a lesson to begin with, its schema, and checks of files and folders, for people
//! and for other programs.

use std::fs;
use std::path::Path;

use nnmom_tutor::batch::lessons_of;
use nnmom_tutor::explain::{Line, Quantity, Role};
use nnmom_tutor::files::{Disk, Memory};
use nnmom_tutor::lesson::{Lesson, SCHEMA_FILE, Starter, schema};
use nnmom_tutor::session::Session;
use serde_json::{Value, json};

use crate::support::program::{piped, text, tutor};
use crate::support::sittings::{broken, folder, run as run_lines, said, written};

/// What a program says, what it says beside, and its exit code.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let output = piped(tutor(arguments).current_dir(folder), "");
    (
        text(&output.stdout),
        text(&output.stderr),
        output.status.code(),
    )
}

// ---- A lesson to begin with ----

#[test]
fn a_new_lesson_is_sound_has_two_exercises_and_the_schema_beside_it() {
    for (option, starter) in [
        (None, Starter::Weight),
        (Some("--weight"), Starter::Weight),
        (Some("--surface"), Starter::Surface),
        (Some("--network"), Starter::Network),
    ] {
        let folder = folder();
        let arguments = [&["new", "mine.yaml"], option.as_slice()].concat();
        let (said, beside, code) = run(folder.path(), &arguments);
        assert_eq!((&*beside, code), ("", Some(0)), "{option:?}");
        for told in [
            "mine.yaml is written",
            "lesson.schema.json lies beside it",
            "  nnmom-tutor mine.yaml\n",
            "  nnmom-tutor check mine.yaml\n",
            "  nnmom-tutor check --watch mine.yaml\n",
        ] {
            assert!(said.contains(told), "{told}: {said}");
        }
        let written = fs::read_to_string(folder.path().join("mine.yaml")).unwrap();
        assert_eq!(written, starter.source());
        assert_eq!(written.matches("exercise:").count(), 2);
        let beside = fs::read_to_string(folder.path().join(SCHEMA_FILE)).unwrap();
        assert_eq!(beside, schema());
        assert_eq!(run(folder.path(), &["schema"]).0, beside);
        let (said, beside, code) = run(folder.path(), &["check", "mine.yaml"]);
        assert_eq!(code, Some(0), "{beside}");
        assert!(
            said.starts_with("mine.yaml: My first") && said.ends_with("(2 pages) is sound\n"),
            "{said}"
        );
    }
}

/// What a page tells of an update, it tells of the one that its question asks about, and nothing of it is open.
#[test]
fn the_pages_of_a_new_lesson_show_what_their_questions_ask_about() {
    let mut asked = 0;
    for starter in [Starter::Weight, Starter::Surface, Starter::Network] {
        let lesson = written(starter.source());
        for page in 1..=lesson.pages.len() {
            let mut session = Session::new(lesson.clone()).unwrap();
            run_lines(&mut session, &[&format!("page {page}")]);
            let text = session.page_body();
            let is_open = |line: &Line| line.spans.iter().any(|span| span.role == Role::Question);
            assert!(!text.lines.iter().any(is_open), "{}", text.text());
            let question = said(&mut session, "exercise");
            let spans = text.lines.iter().flat_map(|line| &line.spans);
            for span in spans {
                let Role::Quantity(quantity @ (Quantity::Before | Quantity::Gradient)) = span.role
                else {
                    continue;
                };
                // The other variable of a surface is not in the question.
                if question.contains("Given") && span.text != "2" {
                    assert!(question.contains(&span.text), "{quantity:?}: {question}");
                    asked += 1;
                }
            }
        }
    }
    assert!(asked >= 5, "{asked}");
}

#[test]
fn new_writes_over_nothing_and_makes_lessons_only() {
    let folder = folder();
    fs::write(folder.path().join("mine.yaml"), "title: Mine\n").unwrap();
    fs::write(folder.path().join(SCHEMA_FILE), "{}\n").unwrap();
    let (_, said, code) = run(folder.path(), &["new", "mine.yaml"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("there is a file mine.yaml already"), "{said}");
    assert_eq!(
        fs::read_to_string(folder.path().join("mine.yaml")).unwrap(),
        "title: Mine\n"
    );
    let (_, said, code) = run(folder.path(), &["new", "mine"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("ends in .yaml, such as `nnmom-tutor new mine.yaml`"),
        "{said}"
    );
    let (said, _, code) = run(folder.path(), &["new", "my own.yaml"]);
    assert_eq!(code, Some(0));
    assert!(
        said.contains("another program's, and is left as it is"),
        "{said}"
    );
    assert!(
        said.contains("  nnmom-tutor check 'my own.yaml'\n"),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join(SCHEMA_FILE)).unwrap(),
        "{}\n"
    );
    let (_, said, code) = run(folder.path(), &["new", "nowhere/mine.yaml"]);
    assert_eq!(code, Some(1));
    assert!(
        said.contains("nowhere/mine.yaml cannot be written"),
        "{said}"
    );
    // A schema of another version becomes this one's.
    let old = schema().replace("\"minLength\": 1", "\"minLength\": 2");
    fs::write(folder.path().join(SCHEMA_FILE), old).unwrap();
    run(folder.path(), &["new", "third.yml"]);
    assert_eq!(
        fs::read_to_string(folder.path().join(SCHEMA_FILE)).unwrap(),
        schema()
    );
}

// ---- Checks ----

/// A folder with two sound lessons, one that is wrong in two places, and much that is no lesson.
fn lessons() -> tempfile::TempDir {
    let folder = folder();
    let put = |name: &str, source: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source).unwrap();
    };
    put("all/b.yaml", Starter::Weight.source());
    put("all/deeper/c.yml", Starter::Weight.source());
    let wrong = Starter::Weight
        .source()
        .replace("rule: heavy-ball", "rule: heavy");
    put(
        "all/a.yaml",
        &wrong.replace(
            "    text: |\n      The weight is now",
            "    txt: |\n      The weight is now",
        ),
    );
    for name in [".hidden.yaml", ".git/x.yaml", "data.csv", "notes.md"] {
        put(&format!("all/{name}"), "nonsense");
    }
    put("all/course.yaml", "title: All of them\n");
    put("empty/notes.md", "");
    folder
}

#[test]
fn a_folder_stands_for_the_lessons_in_it_and_everything_is_told_at_once() {
    let folder = lessons();
    let (said, wrong, code) = run(folder.path(), &["check", "all", "momentum", "missing.yaml"]);
    assert_eq!(code, Some(1));
    let sound: Vec<&str> = said
        .lines()
        .map(|line| line.split(':').next().unwrap())
        .collect();
    assert_eq!(sound, ["all/b.yaml", "all/deeper/c.yml", "momentum"]);
    for told in [
        "all/a.yaml:15:9",
        "all/a.yaml:34:5",
        "there is no lesson file `missing.yaml`",
    ] {
        assert!(wrong.contains(told), "{told}: {wrong}");
    }
    assert!(!wrong.contains("nonsense"), "{wrong}");
    let (_, wrong, code) = run(folder.path(), &["check", "empty"]);
    assert_eq!(code, Some(1));
    assert_eq!(
        wrong,
        "error: there is no lesson in the folder empty; a file whose name ends in .yaml\n"
    );
}

#[test]
#[cfg(unix)]
fn a_link_that_leads_in_circles_is_not_followed() {
    let folder = lessons();
    std::os::unix::fs::symlink("..", folder.path().join("all/deeper/up")).unwrap();
    let name = folder.path().join("all");
    let found = lessons_of(&Disk::default(), name.to_str().unwrap()).unwrap();
    assert_eq!(found.lessons.len(), 3, "{found:?}");
}

#[test]
fn folders_in_memory_are_looked_into_as_well() {
    let files = Memory::default();
    for path in [
        "all/b.yaml",
        "all/a.yaml",
        "all/deeper/notes.md",
        "other/c.yaml",
    ] {
        files.put(path, "title: x");
    }
    let found = lessons_of(&files, "other/c.yaml").unwrap();
    assert_eq!(found.lessons, ["other/c.yaml"]);
    let found = lessons_of(&files, "all").unwrap();
    assert_eq!(found.lessons, ["all/a.yaml", "all/b.yaml"]);
}

#[test]
fn the_list_of_a_course_is_checked_with_its_lessons() {
    let folder = tempfile::tempdir().unwrap();
    let sound = fs::read("lessons/momentum.yaml").unwrap();
    fs::write(folder.path().join("one.yaml"), sound).unwrap();
    let list = "title: A week\nlessons: [one, two, one]\n";
    fs::write(folder.path().join("course.yaml"), list).unwrap();
    let (said, wrong, code) = run(folder.path(), &["check", "."]);
    assert_eq!(code, Some(1));
    assert!(said.contains("one.yaml: "), "{said}");
    assert!(wrong.contains("course.yaml:2:"), "{wrong}");
    assert!(wrong.contains("`two`"), "{wrong}");
    let (lines, _) = findings(folder.path(), &["."]);
    let lines_of: Vec<_> = lines
        .iter()
        .filter_map(|line| line["line"].as_u64())
        .collect();
    assert_eq!(lines_of, [2, 2], "{lines:#?}");
    fs::write(
        folder.path().join("course.yaml"),
        "title: A week\nlessons: [one]\n",
    )
    .unwrap();
    assert_eq!(run(folder.path(), &["check", "."]).2, Some(0));
}

/// The lines of JSON that a check of these prints, and its exit code.
fn findings(folder: &Path, arguments: &[&str]) -> (Vec<Value>, Option<i32>) {
    let arguments = [&["check", "--format", "json"], arguments].concat();
    let (said, beside, code) = run(folder, &arguments);
    assert_eq!(beside, "");
    let read = |line: &str| serde_json::from_str(line).unwrap();
    (said.lines().map(read).collect(), code)
}

#[test]
fn other_programs_are_told_in_lines_of_json() {
    let folder = lessons();
    let (lines, code) = findings(folder.path(), &["all", "missing.yaml"]);
    assert_eq!(code, Some(1));
    let [rule, field, missing, summary] = lines.as_slice() else {
        panic!("{lines:#?}");
    };
    assert_eq!(
        *rule,
        json!({
            "file": "all/a.yaml",
            "line": 15,
            "column": 9,
            "code": "unknown-name",
            "message": "there is no rule `heavy`",
            "help": "did you mean `heavy-ball`?",
        })
    );
    assert_eq!(
        (&field["code"], &field["line"], &field["help"]),
        (
            &json!("unknown-field"),
            &json!(34),
            &json!("did you mean `text`?")
        )
    );
    assert_eq!(
        (&missing["code"], &missing["line"], &missing["column"]),
        (&json!("unreadable"), &Value::Null, &Value::Null)
    );
    assert_eq!(*summary, json!({"lessons": 4, "sound": 2, "findings": 3}));
    let (lines, code) = findings(folder.path(), &["all/b.yaml"]);
    assert_eq!(
        (lines, code),
        (
            vec![json!({"lessons": 1, "sound": 1, "findings": 0})],
            Some(0)
        )
    );
}

#[test]
fn the_teachers_guide_shows_what_other_programs_are_told() {
    let folder = folder();
    let wrong = Starter::Weight
        .source()
        .replace("rule: heavy-ball", "rule: heavy");
    fs::write(folder.path().join("my-lesson.yaml"), wrong).unwrap();
    let arguments = ["check", "--format", "json", "my-lesson.yaml"];
    let (said, _, _) = run(folder.path(), &arguments);
    let guide = include_str!("../../lessons/README.md");
    assert!(guide.contains(&format!("```json\n{said}```")), "{said}");
}

#[test]
fn the_lessons_inside_the_program_cannot_be_watched() {
    let (_, said, code) = run(folder().path(), &["check", "--watch"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("--watch needs a lesson file or a folder"),
        "{said}"
    );
}

#[test]
fn what_running_a_lesson_finds_has_its_place_and_its_code() {
    let folder = folder();
    let wrong = Starter::Weight
        .source()
        .replace("[reset, step, next]", "[reset, step 9]");
    let wrong = wrong.replace(
        "Two things are added",
        "It becomes 2.345. Two things are added",
    );
    fs::write(folder.path().join("mine.yaml"), wrong).unwrap();
    let (lines, _) = findings(folder.path(), &["mine.yaml"]);
    let codes: Vec<&str> = lines
        .iter()
        .filter_map(|line| line["code"].as_str())
        .collect();
    assert!(codes.contains(&"page"), "{lines:#?}");
    assert_eq!(lines[0]["line"], 33);
}

/// The line and column of each finding are those that a person is shown.
#[test]
fn places_are_the_same_in_words_and_in_json() {
    for (path, error) in broken() {
        let name = path.to_str().unwrap();
        let words = error.to_string();
        let shown = words.lines().filter_map(|line| {
            let place = line.trim_start().strip_prefix("--> ")?.strip_prefix(name)?;
            let (line, column) = place.strip_prefix(':')?.split_once(':')?;
            Some(Some((line.parse().ok()?, column.parse().ok()?)))
        });
        let shown: Vec<Option<(usize, usize)>> = shown.collect();
        let told = error
            .findings()
            .iter()
            .filter(|finding| finding.place.is_some());
        let told: Vec<_> = told.map(|finding| finding.place).collect();
        assert_eq!(told, shown, "{words}");
    }
}

#[cfg(unix)]
#[test]
fn watched_lessons_are_checked_again_when_they_change_until_ctrl_c() {
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    let folder = folder();
    let path = folder.path().join("mine.yaml");
    let put = |path: &Path, source: &str| {
        let beside = path.with_extension("new");
        fs::write(&beside, source).unwrap();
        fs::rename(beside, path).unwrap();
    };
    put(&path, Starter::Weight.source());
    let mut pty = Pty::run(
        200,
        60,
        command(
            TUTOR,
            &["check", "--watch", folder.path().to_str().unwrap()],
        ),
    );
    pty.wait_for("is sound");
    pty.wait_for("Waiting for changes; Ctrl-C ends it.");
    put(
        &path,
        &Starter::Weight
            .source()
            .replace("rule: heavy-ball", "rule: heavy"),
    );
    pty.wait_for("there is no rule `heavy`");
    pty.wait_for("mine.yaml has changed:");
    let other = folder.path().join("other.yaml");
    put(&other, Starter::Weight.source());
    pty.wait_for("other.yaml has changed:");
    put(&path, Starter::Weight.source());
    pty.wait_until("both are sound", |screen| {
        let text = screen.contents();
        let last = text.rsplit("has changed:").next().unwrap_or_default();
        last.matches("is sound").count() == 2
    });
    pty.press("\x03");
    assert!(!pty.wait_exit().success());
    pty.assert_given_back();
}

/// Numbers of a lesson are written as the program prints them, fractions too.
#[test]
fn a_fraction_is_a_number_of_a_lesson() {
    let lesson = written(
        "title: t\nmodel:\n  weight: {start: 2/3, gradients: [1/3, -1 / 4, 1e-3], previous_delta: 1/10}\ntraining: {learning_rate: 1/2, momentum: 3/4}\n",
    );
    let mut session = Session::new(lesson).unwrap();
    run_lines(&mut session, &["step"]);
    let record = session.record();
    assert_eq!(record.settings.learning_rate, 0.5);
    let update = record.updates[0];
    assert_eq!(update.before, 2.0 / 3.0);
    assert_eq!(update.downhill, 1.0 / 3.0);
    assert_eq!(update.memory[0], 0.1);
    let surface = "title: t\nmodel:\n  surface: {loss: x^2, start: {x: 2/3}, previous_delta: {x: 1/10}, view: {x: [-1/2, 8]}}\ntraining: {learning_rate: 1/10}\n";
    let surface = written(surface);
    assert_eq!(surface.model.parameters(), ["x"]);
    for wrong in ["1/0", "1/2/3", "/2", "half"] {
        let source = format!(
            "title: t\nmodel: {{weight: {{start: {wrong}, gradients: [1]}}}}\ntraining: {{learning_rate: 1}}\n"
        );
        assert!(
            Lesson::parse("t.yaml", source.as_bytes()).is_err(),
            "{wrong}"
        );
    }
}
