//! A course of one's own: a folder of lessons with its menu, its order and its progress, wherever it lies.

use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::files::{Disk, Memory};
use nnmom_tutor::lesson::{BUILTIN, Course, Lesson};
use nnmom_tutor::record::{Folder, Keeper, Moment};
use nnmom_tutor::screen::Chooser;
use nnmom_tutor::session::{Library, Session};
use nnmom_tutor::view::{Menu, State};
use tempfile::TempDir;

use crate::support::program::{piped, text, tutor};
use crate::support::screens::{STACKED, look, screen};
use crate::support::sittings::{run, said};

/// A lesson of one page, which asks for the new weight: 0.1 × 2 more than `start`.
pub fn small(title: &str, start: &str) -> String {
    format!(
        "title: {title}\nsummary: A weight and an update.\nmodel:\n  weight: {{start: {start}, gradients: [2]}}\ntraining: {{learning_rate: 0.1}}\npages:\n- title: Your turn\n  text: The weight is **{{before}}**.\n  exercise:\n    predict: {{quantity: after}}\n"
    )
}

/// A folder with three lessons, whose order is not that of their names.
pub fn course(folder: &Path) -> std::path::PathBuf {
    let course = folder.join("momentum-101");
    fs::create_dir_all(&course).unwrap();
    let write = |name: &str, text: &str| fs::write(course.join(name), text).unwrap();
    write("zero.yaml", &small("Zero", "0"));
    write(
        "one.yaml",
        &small("One: the first", "1").replace("One: the first", "\"One: the first\""),
    );
    write("two.yaml", &small("Two", "2"));
    write(
        "course.yaml",
        "title: Momentum 101\nlessons: [zero, one.yaml, two]\n",
    );
    course
}

fn opened(path: &Path) -> Session {
    let lesson = Lesson::open(path.to_str().unwrap()).unwrap_or_else(|error| panic!("{error}"));
    let session = Session::new(Arc::new(lesson)).unwrap();
    session.with_files(Rc::new(Disk::default()))
}

fn kept(path: &Path, state: &Path) -> Session {
    let keeper = Keeper::open(Some(Folder::shelf(state)), || Moment(86_400));
    opened(path).keeping(keeper)
}

fn library(folder: &Path) -> Library {
    let files = Rc::new(Disk::default());
    let course = Course::open_in(&*files, folder).unwrap_or_else(|error| panic!("{error}"));
    Library { course, files }
}

#[test]
fn each_lesson_leads_to_the_next_in_the_order_of_the_course() {
    let folder = TempDir::new().unwrap();
    let course = course(folder.path());
    let mut session = opened(&course.join("zero.yaml"));
    assert!(said(&mut session, "page next").contains("The next lesson begins: One: the first."));
    assert_eq!(session.lesson().title, "One: the first");
    run(&mut session, &["page next"]);
    assert_eq!(session.lesson().title, "Two");
    let complaint = session.run_line("page next").unwrap_err();
    assert_eq!(complaint.message, "this is the last page of the course");
}

#[test]
fn names_are_looked_for_in_the_course_first_and_then_among_those_of_the_program() {
    let folder = TempDir::new().unwrap();
    let course = course(folder.path());
    fs::write(course.join("momentum.yaml"), small("Ours", "7")).unwrap();
    let mut session = opened(&course.join("zero.yaml"));
    for (name, title) in [
        ("two", "Two"),
        ("one.yaml", "One: the first"),
        ("momentum", "Ours"),
    ] {
        run(&mut session, &[&format!("open {name}")]);
        assert_eq!(session.lesson().title, title);
    }
    run(&mut session, &["open ravine"]);
    assert_eq!(session.lesson().name, "ravine");
    assert_eq!(
        Lesson::open("momentum").unwrap().title,
        "Neural network momentum"
    );
}

#[test]
fn beside_a_lesson_in_no_course_names_are_looked_for_as_well() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    fs::remove_file(place.join("course.yaml")).unwrap();
    let mut session = opened(&place.join("zero.yaml"));
    assert!(session.lesson().course.is_none());
    run(&mut session, &["open two"]);
    assert_eq!(session.lesson().title, "Two");
}

#[test]
fn without_a_file_of_its_own_a_folder_is_its_lessons_by_name() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    fs::remove_file(place.join("course.yaml")).unwrap();
    fs::write(place.join("notes.txt"), "no lesson").unwrap();
    let library = library(&place);
    let names: Vec<&str> = (library.course.lessons.iter())
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(names, ["one", "two", "zero"]);
    assert_eq!(library.course.title, "momentum-101");
    let mut session = Session::new(Arc::new(library.lesson(0).unwrap())).unwrap();
    session = session.with_files(Rc::new(Disk::default()));
    run(&mut session, &["page next"]);
    assert_eq!(session.lesson().title, "Two");
}

#[test]
fn progress_stays_when_the_folder_moves_and_is_the_courses_own() {
    let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let first = course(folder.path());
    run(
        &mut kept(&first.join("one.yaml"), state.path()),
        &["answer 1.2"],
    );
    let moved = folder.path().join("elsewhere");
    fs::rename(&first, &moved).unwrap();
    let session = kept(&moved.join("one.yaml"), state.path());
    assert_eq!((session.tally().solved, session.tally().all), (1, 1));
    // Another course with a lesson of that name knows nothing of it.
    let other = course(&folder.path().join("other"));
    fs::write(
        other.join("course.yaml"),
        "title: Another\nlessons: [one]\n",
    )
    .unwrap();
    assert_eq!(
        kept(&other.join("one.yaml"), state.path()).tally().solved,
        0
    );

    let keeper = Keeper::open(Some(Folder::shelf(state.path())), Moment::default);
    let menu = Menu::of(&library(&moved), keeper.logbook());
    let states: Vec<State> = menu.entries.iter().map(|entry| entry.state).collect();
    assert_eq!(states, [State::New, State::Finished, State::New]);
    let builtin = Menu::of(&Library::default(), keeper.logbook());
    assert!(
        builtin
            .entries
            .iter()
            .all(|entry| entry.state == State::New)
    );
    let mut session = kept(&moved.join("one.yaml"), state.path());
    assert!(said(&mut session, "progress").contains("Momentum 101/one: page 1, 1 exercise solved"));
    let told = said(&mut session, "progress reset one yes");
    assert!(
        told.starts_with("The lesson Momentum 101/one is forgotten"),
        "{told}"
    );
    assert_eq!(
        kept(&moved.join("one.yaml"), state.path()).tally().solved,
        0
    );
}

#[test]
fn progress_that_was_kept_before_there_were_courses_counts_on() {
    let state = TempDir::new().unwrap();
    let log = r#"{"version": 1, "lessons": {"momentum": {"page": 4, "last": "2026-11-23T21:40:44Z", "exercises": []}}, "skills": {}}"#;
    fs::write(state.path().join("progress.json"), log).unwrap();
    let keeper = Keeper::open(Some(Folder::shelf(state.path())), Moment::default);
    let menu = Menu::of(&Library::default(), keeper.logbook());
    let entry = menu
        .entries
        .iter()
        .find(|entry| entry.name == "momentum")
        .unwrap();
    assert_eq!((entry.state, entry.page.0), (State::Begun, 4));
}

#[test]
fn a_folders_menu_says_what_it_is_and_which_lesson_cannot_be_opened() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    fs::write(place.join("one.yaml"), "title: One\nnonsense: 1\n").unwrap();
    fs::write(
        place.join("course.yaml"),
        "title: Momentum 101\nlessons: [zero, one, zero, gone, ravine]\n",
    )
    .unwrap();
    let menu = Menu::of(&library(&place), Keeper::default().logbook());
    let mut chooser = Chooser::new(menu, look(nnmom_tutor::screen::Glyphs::Unicode));
    let picture = screen(&mut chooser, STACKED);
    assert!(picture.contains("nnmom-tutor · Momentum 101"), "{picture}");
    for row in ["1 Zero", "2 One", "3 gone", "4 Ravine"] {
        let found = picture.to_lowercase().contains(&row.to_lowercase());
        assert!(found || row.starts_with('4'), "{row}: {picture}");
    }
    assert_eq!(picture.matches("cannot be opened").count(), 2, "{picture}");
}

#[test]
fn its_teacher_is_told_of_lessons_that_are_missing_twice_or_outside_each_in_its_place() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    fs::write(folder.path().join("outside.yaml"), small("Outside", "3")).unwrap();
    let list =
        "title: Momentum 101\nlessons:\n- zero\n- on\n- two\n- zero.yaml\n- ../outside.yaml\n";
    fs::write(place.join("course.yaml"), list).unwrap();
    let error = Course::check_in(&Disk::default(), &place)
        .unwrap_err()
        .to_string();
    for told in [
        "course.yaml:4:3",
        "there is no lesson `on` here",
        "did you mean `one`?",
        "course.yaml:6:3",
        "the lesson `zero` stands twice",
        "course.yaml:7:3",
        "`../outside.yaml` is not in the course's folder",
    ] {
        assert!(error.contains(told), "{told}: {error}");
    }
    fs::write(
        place.join("course.yaml"),
        "title: Right\nlessons: [zero, two]\n",
    )
    .unwrap();
    assert_eq!(
        Course::check_in(&Disk::default(), &place)
            .unwrap()
            .lessons
            .len(),
        2
    );
}

#[test]
fn a_course_of_ten_thousand_lessons_is_refused_at_once() {
    let files = Memory::default();
    let names: Vec<String> = (0..10_000).map(|number| format!("l{number}")).collect();
    let list = names.join(", ");
    files.put(
        "listed/course.yaml",
        format!("title: A\nlessons: [{list}]\n"),
    );
    for name in &names[..600] {
        for folder in ["listed", "plain"] {
            files.put(&format!("{folder}/{name}.yaml"), small("One", "1"));
        }
    }
    let wrong = |folder: &str, strict: bool| {
        let open = if strict {
            Course::check_in
        } else {
            Course::open_in
        };
        open(&files, Path::new(folder)).unwrap_err().to_string()
    };
    for strict in [false, true] {
        let told = wrong("listed", strict);
        assert!(told.contains("a course has 500 lessons at most"), "{told}");
        let told = wrong("plain", strict);
        assert!(
            told.contains("600 lessons are in it, and 500 are the most"),
            "{told}"
        );
    }
}

#[test]
fn what_is_wrong_with_a_courses_file_is_said_as_of_lessons() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    for (list, told) in [
        ("lessons: [zero]\n", "`title` is missing"),
        ("title: A\nlesons: [zero]\n", "there is no field `lesons`"),
        ("title: A\nlessons: zero\n", "`lessons` must be a list"),
        ("title: A\nlessons: []\n", "there is no lesson in it"),
        (
            "title: \"A\\u001b[31m\"\nlessons: [zero]\n",
            "control character",
        ),
        ("[", "course.yaml"),
    ] {
        fs::write(place.join("course.yaml"), list).unwrap();
        let error = Course::open_in(&Disk::default(), &place)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains(told) && !error.contains('\u{1b}'),
            "{told}: {error}"
        );
        let output = tutor(&[place.to_str().unwrap()]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
    }
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let error = Course::open_in(&Disk::default(), &empty)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("is no course: there is no lesson in it"),
        "{error}"
    );
}

/// A lesson of a network whose data lie at this path.
fn on_data(file: &str) -> String {
    format!(
        "title: Data\nmodel:\n  network:\n    layers: [1, 1]\n    output: identity\n    initial: {{low: -1, high: 1}}\n    data: {{file: {file}, inputs: [x], targets: [y]}}\ntraining: {{learning_rate: 0.1}}\npages:\n- title: A\n  text: A\n"
    )
}

#[test]
fn a_lesson_of_a_course_reads_files_in_the_courses_folder_and_no_others() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    let (week, data) = (place.join("week-1"), place.join("data"));
    for folder in [&week, &data] {
        fs::create_dir(folder).unwrap();
    }
    fs::write(data.join("d.csv"), "x,y\n1,2\n").unwrap();
    fs::write(folder.path().join("d.csv"), "x,y\n1,2\n").unwrap();
    let lesson = week.join("a.yaml");
    let listed = "title: Momentum 101\nlessons: [zero, week-1/a]\n";
    let open = |file: &str, list: &str| {
        fs::write(&lesson, on_data(file)).unwrap();
        fs::write(place.join("course.yaml"), list).unwrap();
        Lesson::open(lesson.to_str().unwrap()).map_err(|error| error.to_string())
    };
    let member = open("../data/d.csv", listed).unwrap();
    assert_eq!(member.name, "week-1/a");
    for outside in ["../../d.csv", "/etc/passwd", "../data/../../d.csv"] {
        let error = open(outside, listed).unwrap_err();
        assert!(
            error.contains("it is not in the course's folder"),
            "{error}"
        );
    }
    let error = open("../data/d.csv", "title: A\nlessons: [zero]\n").unwrap_err();
    assert!(
        error.contains("it is not in the lesson's folder"),
        "{error}"
    );
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../../d.csv", data.join("link.csv")).unwrap();
        std::os::unix::fs::symlink("d.csv", data.join("near.csv")).unwrap();
        let error = open("../data/link.csv", listed).unwrap_err();
        assert!(
            error.contains("it is not in the course's folder"),
            "{error}"
        );
        open("../data/near.csv", listed).unwrap();
    }
}

#[test]
fn a_course_may_have_lessons_of_the_program_in_it_and_lie_in_memory() {
    let files = Memory::default();
    files.put("c/course.yaml", "title: Mixed\nlessons: [a, momentum]\n");
    files.put("c/a.yaml", small("A", "1"));
    let course = Course::open_in(&files, Path::new("c")).unwrap();
    let library = Library {
        course,
        files: Rc::new(files),
    };
    let lesson = library.lesson(1).unwrap();
    assert_eq!(
        (lesson.id().to_string(), lesson.title.as_str()),
        ("Mixed/momentum".to_owned(), "Neural network momentum")
    );
    assert_eq!(
        BUILTIN
            .iter()
            .find(|one| one.name == "momentum")
            .unwrap()
            .load()
            .unwrap()
            .id()
            .to_string(),
        "momentum"
    );
}

mod program {
    use super::*;

    #[test]
    fn without_a_terminal_a_folder_is_listed_and_what_needs_a_lesson_says_so() {
        let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let place = course(folder.path());
        let (place, state) = (place.to_str().unwrap(), state.path().to_str().unwrap());
        let output = piped(&mut tutor(&[place, "--state-dir", state]), "");
        let listed = text(&output.stdout);
        assert!(output.status.success());
        assert!(
            listed.starts_with("Momentum 101: its lessons, in order"),
            "{listed}"
        );
        assert!(listed.find("zero") < listed.find("one"), "{listed}");
        let one = format!("{place}/zero");
        assert!(listed.contains(&one), "{listed}");
        let output = tutor(&[&one, "-c", "answer 0.2", "--state-dir", state])
            .output()
            .unwrap();
        assert!(
            text(&output.stdout).contains("Right"),
            "{}",
            text(&output.stdout)
        );
        let output = tutor(&[place, "-c", "step"]).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let said = text(&output.stderr);
        assert!(
            said.contains("-c needs a lesson before it") && said.contains(&one),
            "{said}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn its_menu_opens_its_lessons_and_knows_where_one_is() {
        use crate::support::program::TUTOR;
        use crate::support::pty::{Pty, command};
        let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let place = course(folder.path());
        let (place, state) = (place.to_str().unwrap(), state.path().to_str().unwrap());
        let mut pty = Pty::run(80, 24, command(TUTOR, &[place, "--state-dir", state]));
        pty.wait_for("Momentum 101");
        pty.press("\r");
        pty.wait_for("page 1 of 1");
        pty.press("\x1b[6~");
        pty.wait_for("The next lesson begins: One: the first.");
        pty.press("q");
        pty.wait_for("Back from one: page 1 of 1");
        pty.wait_for("Momentum 101");
        pty.press("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }
}
