//! A lesson whose file changes while it is open is read again: the learner stays where they are, a mistake leaves the
//! lesson as it was, and it goes when it is mended.

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::asking::ExerciseStatus;
use nnmom_tutor::files::{Disk, FileRead, Files, Memory, Watched};
use nnmom_tutor::lesson::{Lesson, Starter};
use nnmom_tutor::screen::{App, FullScreen, Key, Pane};
use nnmom_tutor::session::{ReadAgain, Session};

use crate::support::screens::{
    SMALLEST, STACKED, WIDE, enter, pane, press, screen, shown, write as type_in,
};
use crate::support::sittings::{folder, run};

const NAME: &str = "mine/lesson.yaml";

/// A sitting with a lesson in a file, in which these lines have been typed.
fn sitting(files: &Memory, source: &str, lines: &[&str]) -> Session {
    files.put(NAME, source);
    let lesson = Lesson::open_in(files, NAME).unwrap_or_else(|error| panic!("{error}"));
    let mut session = Session::new(Arc::new(lesson)).unwrap();
    session = session.with_files(Rc::new(files.clone()));
    run(&mut session, lines);
    session
}

fn weight() -> &'static str {
    Starter::Weight.source()
}

/// The file becomes this, and is read again.
#[track_caller]
fn change(files: &Memory, session: &mut Session, source: &str) -> ReadAgain {
    files.put(NAME, source);
    session.read_again().expect("there is something to say")
}

#[track_caller]
fn replaced(source: &str, old: &str, new: &str) -> String {
    assert!(source.contains(old), "{old}");
    source.replace(old, new)
}

#[test]
fn another_text_leaves_the_run_where_it_is() {
    let files = Memory::default();
    let lines = ["page 2", "set momentum 0.9", "step", "next 2"];
    let mut session = sitting(&files, weight(), &lines);
    let place = (session.position(), session.record());
    assert_eq!(session.read_again(), None);
    let source = replaced(weight(), "Where will the weight be", "And where is it");
    let again = change(&files, &mut session, &source);
    assert_eq!(again.said.text(), "lesson.yaml has been read again.");
    assert!(!again.begins_anew && again.reads_otherwise);
    assert!(session.page_text().text().contains("And where is it"));
    assert_eq!((session.position(), session.record()), place);
    assert_eq!(session.record().settings.momentum, 0.9);
    assert_eq!(session.read_again(), None, "it is said once");
}

#[test]
fn the_page_is_found_again_by_its_title() {
    let files = Memory::default();
    let mut session = sitting(&files, weight(), &["page 2", "next"]);
    let first = "pages:\n  - title: Before all\n    text: Read this.\n";
    let again = change(&files, &mut session, &replaced(weight(), "pages:\n", first));
    assert!(!again.begins_anew);
    assert_eq!(session.page_index(), 2);
    assert_eq!(session.page().title, "Now with momentum");
    assert_eq!(session.position().lines, 2);
    // Where it is gone, the page of the same number is opened, or the last.
    let cut = weight().split("  - title: Now with").next().unwrap();
    change(&files, &mut session, cut);
    assert_eq!(session.page_index(), 0);
}

#[test]
fn another_model_or_another_training_begins_anew_on_the_same_page() {
    for (old, new, said) in [
        (
            "0.9]",
            "0.8]",
            "What is trained has changed, so the run begins anew.",
        ),
        (
            "momentum: 0.5\n",
            "momentum: 0.6\n",
            "The training has changed, so the run begins anew.",
        ),
        (
            "convention: add ",
            "convention: subtract ",
            "has changed, so the run begins anew.",
        ),
        (
            "[reset, step, next]",
            "[reset, step 2, next]",
            "The page prepares another run, so it begins anew.",
        ),
    ] {
        let files = Memory::default();
        let mut session = sitting(&files, weight(), &["page 2", "step"]);
        let again = change(&files, &mut session, &replaced(weight(), old, new));
        let told = again.said.text();
        assert!(again.begins_anew && told.ends_with(said), "{new}: {told}");
        let step = if new.contains("step 2") { 2 } else { 1 };
        assert_eq!((session.page_index(), session.step()), (1, step), "{new}");
    }
}

#[test]
fn branches_that_are_given_up_are_said_to_be() {
    let files = Memory::default();
    let mut session = sitting(&files, weight(), &["step 2", "goto 1", "set momentum 0.9"]);
    let again = change(&files, &mut session, &replaced(weight(), "0.9]", "0.8]"));
    assert!(
        again.said.text().ends_with("; one branch is given up."),
        "{}",
        again.said.text()
    );
}

#[test]
fn a_mistake_leaves_the_lesson_as_it_was_and_goes_when_it_is_mended() {
    let files = Memory::default();
    let mut session = sitting(&files, weight(), &["page 2", "next 2"]);
    let place = (session.position(), session.record());
    let wrong = replaced(
        weight(),
        "    text: |\n      The weight is now",
        "    txt: |\n      The weight is now",
    );
    let again = change(&files, &mut session, &wrong);
    assert_eq!(
        again.said.text(),
        "There is a mistake in lesson.yaml in line 34; the lesson is as it was before."
    );
    let text = session.page_text().text();
    assert!(
        text.starts_with("Mistake in lesson.yaml, line 34, column 5: there is no field `txt` in page 2: did you mean `text`?"),
        "{text}"
    );
    assert!(text.contains("The weight is now"), "{text}");
    assert_eq!((session.position(), session.record()), place);
    // It blocks nothing, and another mistake takes its place.
    run(&mut session, &["next", "page 1", "page 2", "next"]);
    assert_eq!(session.read_again(), None);
    let other = replaced(&wrong, "rule: heavy-ball", "rule: heavy");
    change(&files, &mut session, &other);
    let text = session.page_text().text();
    assert!(text.contains("line 15, column"), "{text}");
    assert!(text.contains("There are 2 in all"), "{text}");
    let again = change(&files, &mut session, weight());
    assert_eq!(again.said.text(), "lesson.yaml is as it was before.");
    assert!(session.mistake().is_empty());
    assert!(session.page_text().text().starts_with("The weight is now"));
    assert_eq!(session.position().lines, 2);
}

#[test]
fn a_page_that_cannot_be_opened_is_a_mistake_with_its_place() {
    let files = Memory::default();
    let mut session = sitting(&files, weight(), &["page 2"]);
    let again = change(
        &files,
        &mut session,
        &replaced(weight(), "[reset, step, next]", "[reset, goto 9]"),
    );
    assert!(!again.begins_anew);
    let text = session.page_text().text();
    assert!(text.contains("page 2 cannot do `goto 9`"), "{text}");
    assert_eq!(session.page().commands.len(), 3);
    assert_eq!(session.page().commands[1].line, "step");
}

/// A network that learns the rows of a file.
fn with_data() -> String {
    let source = Starter::Network.source();
    let (before, rest) = source.split_once("      rows:").unwrap();
    let (_, after) = rest.split_once("\ntraining:").unwrap();
    let file = "      file: two.csv\n      inputs: [a, b]\n      targets: [c]\n";
    format!("{before}{file}\ntraining:{after}")
}

#[test]
fn the_data_file_is_watched_too() {
    let files = Memory::default();
    let data = Path::new("mine/two.csv");
    files.put(data, "a,b,c\n0,1,1\n1,1,0\n");
    let mut session = sitting(&files, &with_data(), &["step 2"]);
    assert_eq!(session.reads().len(), 2);
    files.put(data, "a,b,c\n0,1,1\n1,1,0\n0,0,0\n");
    let again = session.read_again().unwrap();
    assert!(
        again
            .said
            .text()
            .ends_with("What is trained has changed, so the run begins anew.")
    );
    assert_eq!(session.lesson().model.epoch_length(), Some(3));
    // One that is not there is waited for.
    change(
        &files,
        &mut session,
        &replaced(&with_data(), "two.csv", "three.csv"),
    );
    let text = session.page_text().text();
    assert!(
        text.contains("there is no such file beside the lesson"),
        "{text}"
    );
    files.put("mine/three.csv", "a,b,c\n0,1,1\n");
    assert!(session.read_again().unwrap().begins_anew);
    assert!(session.mistake().is_empty());
    assert_eq!(session.lesson().model.epoch_length(), Some(1));
}

#[test]
fn what_has_been_answered_stays_answered_while_it_is_asked() {
    let files = Memory::default();
    let mut session = sitting(&files, weight(), &["exercise", "answer 0.15", "page 2"]);
    let solved = Some(ExerciseStatus::Solved { aided: false });
    assert_eq!(session.exercise_status(0), solved);
    let first = "pages:\n  - title: Before all\n    text: Read this.\n";
    change(&files, &mut session, &replaced(weight(), "pages:\n", first));
    assert_eq!(session.exercise_status(1), solved);
    let other = replaced(weight(), "{quantity: delta}", "{quantity: gradient}");
    let other = replaced(
        &other,
        "predict: {quantity: gradient}",
        "number: {ask: Twice delta?, expect: 2*delta}",
    );
    change(&files, &mut session, &other);
    assert_eq!(
        session.exercise_status(0),
        Some(ExerciseStatus::Unsolved { hints: 0 })
    );
}

// ---- On the screen ----

/// The file becomes this, and the screen is told.
fn change_on(files: &Memory, app: &mut App, source: &str) {
    files.put(NAME, source);
    app.read_again();
}

#[test]
fn the_screen_says_what_is_wrong_and_where_at_every_size() {
    let files = Memory::default();
    let mut app = shown(sitting(&files, weight(), &[]));
    change_on(
        &files,
        &mut app,
        &replaced(weight(), "title: Now", "titel: Now"),
    );
    let seen = screen(&mut app, WIDE);
    let (head, foot) = (seen.lines().next().unwrap(), seen.lines().last().unwrap());
    assert!(foot.contains("There is a mistake in lesson.yaml in line 32"));
    let page = pane(&mut app, Pane::Lesson, WIDE);
    insta::assert_snapshot!("reloading_mistake", format!("{head}\n{page}{foot}"));
    // Keys do what they do, and the place stays in sight, also where the text is not.
    press(&mut app, "Down");
    for size in [WIDE, STACKED, SMALLEST] {
        let seen = screen(&mut app, size);
        assert!(seen.lines().next().unwrap().contains("✗ line 32"), "{seen}");
    }
    assert_eq!(app.session().step(), 1);
    change_on(&files, &mut app, weight());
    let seen = screen(&mut app, WIDE);
    assert!(
        !seen.contains('✗') && seen.contains("lesson.yaml is as it was before."),
        "{seen}"
    );
}

#[test]
fn an_answer_that_is_being_typed_stays_while_its_question_does() {
    let files = Memory::default();
    let mut app = shown(sitting(&files, weight(), &[]));
    press(&mut app, "x");
    type_in(&mut app, "0.1");
    let source = replaced(weight(), "Work it out, then press", "Think, then press");
    change_on(&files, &mut app, &source);
    assert!(app.panel().is_some());
    press(&mut app, "5 Enter");
    assert_eq!(
        app.session().exercise_status(0),
        Some(ExerciseStatus::Solved { aided: false })
    );
    // Another question is not the one that is being answered.
    let mut app = shown(sitting(&files, weight(), &[]));
    press(&mut app, "x");
    change_on(
        &files,
        &mut app,
        &replaced(weight(), "{quantity: delta}", "{quantity: after}"),
    );
    assert!(app.panel().is_none());
    // A mistake does not disturb whoever answers.
    press(&mut app, "x");
    change_on(&files, &mut app, "title: [");
    assert!(app.panel().is_some());
}

#[test]
fn a_line_in_the_bar_stays_and_a_run_that_begins_anew_is_seen_from_its_start() {
    let files = Memory::default();
    let mut app = shown(sitting(&files, weight(), &["step 2"]));
    enter(&mut app, "view history");
    app.update(&nnmom_tutor::screen::Input::Key(
        ":".parse::<Key>().unwrap(),
    ));
    type_in(&mut app, "set momentum 0.");
    change_on(&files, &mut app, &replaced(weight(), "0.9]", "0.8, 0.7]"));
    type_in(&mut app, "7");
    press(&mut app, "Enter");
    assert_eq!(
        (
            app.session().step(),
            app.session().record().settings.momentum
        ),
        (0, 0.7)
    );
}

// ---- Noticing ----

/// How many looks it takes until a change is told of.
fn looks(watched: &mut Watched, files: &dyn Files) -> Option<u32> {
    (1..20).find(|_| watched.look(files).is_some())
}

#[test]
fn a_change_is_told_of_at_the_second_look_and_half_a_file_is_not() {
    let folder = folder();
    let path = folder.path().join("lesson.yaml");
    fs::write(&path, "one").unwrap();
    let files = Disk::default();
    let mut watched = Watched::new(vec![FileRead::of(&files, &path)]);
    assert_eq!(looks(&mut watched, &files), None);
    // Written in the place of the old one.
    let other = folder.path().join("other");
    fs::write(&other, "two").unwrap();
    fs::rename(&other, &path).unwrap();
    assert_eq!(looks(&mut watched, &files), Some(2));
    // Written bit by bit.
    let mut watched = Watched::new(vec![FileRead::of(&files, &path)]);
    for text in ["", "t", "th", "three"] {
        fs::write(&path, text).unwrap();
        assert!(watched.look(&files).is_none(), "{text}");
    }
    assert_eq!(looks(&mut watched, &files), Some(1));
}

#[test]
fn a_file_that_is_gone_for_a_moment_has_not_changed() {
    let files = Memory::default();
    files.put("a", "one");
    let elsewhere = Memory::default();
    let read = FileRead::of(&files, Path::new("a"));
    let mut watched = Watched::new(vec![read.clone()]);
    assert!((0..4).all(|_| watched.look(&elsewhere).is_none()));
    assert!(watched.look(&files).is_none());
    let mut watched = Watched::new(vec![read]);
    assert_eq!(looks(&mut watched, &elsewhere), Some(7));
}

#[test]
fn a_file_that_comes_to_be_has_changed() {
    let files = Memory::default();
    let mut watched = Watched::new(vec![FileRead::of(&files, Path::new("data.csv"))]);
    assert_eq!(looks(&mut watched, &files), None);
    files.put("data.csv", "a,b\n");
    assert_eq!(looks(&mut watched, &files), Some(2));
}

// ---- The program in a terminal ----

#[cfg(unix)]
mod in_a_terminal {
    use super::*;
    use crate::support::line::LineMode;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// Writes a file as editors do: another beside it takes its place.
    fn put(path: &Path, source: &str) {
        let beside = path.with_extension("new");
        fs::write(&beside, source).unwrap();
        fs::rename(beside, path).unwrap();
    }

    #[test]
    fn a_lesson_that_is_saved_is_read_again_while_it_is_open() {
        let folder = folder();
        let path = folder.path().join("mine.yaml");
        put(&path, weight());
        let mut pty = Pty::run(100, 30, command(TUTOR, &[path.to_str().unwrap()]));
        pty.wait_for("The weight is 2,");
        pty.press("\x1b[B");
        pty.wait_for("step 1/3");
        put(
            &path,
            &replaced(weight(), "The weight is **", "It weighs **"),
        );
        pty.wait_for("It weighs 2,");
        pty.wait_for("mine.yaml has been read again.");
        pty.wait_for("step 1/3");
        put(
            &path,
            &replaced(weight(), "learning_rate: 0.1\n", "learning_rat: 0.1\n"),
        );
        pty.wait_for("✗ line 16");
        pty.wait_for("field `learning_rat` in `training`");
        pty.wait_for("It weighs 2,");
        // Written over, byte by byte in the same file.
        fs::write(&path, weight()).unwrap();
        pty.wait_for("The weight is 2,");
        pty.wait_until("no mistake", |screen| !screen.contents().contains('✗'));
        pty.press("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
    }

    #[test]
    fn line_mode_reads_it_again_before_the_next_prompt() {
        let folder = folder();
        let path = folder.path().join("mine.yaml");
        put(&path, weight());
        let mut tutor = command(TUTOR, &[path.to_str().unwrap(), "--repl"]);
        tutor.env("XDG_STATE_HOME", folder.path());
        let tutor = LineMode::run(tutor);
        put(
            &path,
            &replaced(weight(), "rule: heavy-ball", "rule: heavy"),
        );
        tutor.enter("next");
        let said = tutor.pty.text();
        assert!(
            said.contains("There is a mistake in mine.yaml in line 15"),
            "{said}"
        );
        assert!(
            said.contains("Mistake in mine.yaml, line 15, column"),
            "{said}"
        );
        tutor.enter("next");
        assert_eq!(tutor.pty.text().matches("There is a mistake").count(), 1);
        put(
            &path,
            &replaced(weight(), "The weight is **", "It weighs **"),
        );
        tutor.enter("next");
        let said = tutor.pty.text();
        assert!(said.contains("mine.yaml has been read again."), "{said}");
        assert!(said.contains("It weighs 2"), "{said}");
        tutor.leave();
    }
}
