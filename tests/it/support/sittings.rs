//! Lessons and sittings without a screen, and what is said in them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, LazyLock, Mutex};

use nnmom_tutor::batch;
use nnmom_tutor::command::Picture;
use nnmom_tutor::files::{Disk, Files};
use nnmom_tutor::lesson::{Lesson, LoadError};
use nnmom_tutor::pictures::{ContourView, PictureView, SurfaceView};
use nnmom_tutor::session::{Outcome, Session};
use nnmom_tutor::view::{Medium, Seen, Sheet, narrate};
use nnmom_tutor::watch::Watch;
use tempfile::TempDir;

/// A lesson with an exercise of every kind.
pub const EXERCISES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/exercises.yaml");

/// The path of a lesson that only tests use.
pub fn of_the_tests(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support");
    format!("{}/{name}.yaml", folder.display())
}

/// The lessons in `tests/broken` by their paths, and what `check` says of each: found out once for all tests.
pub fn broken() -> &'static [(PathBuf, LoadError)] {
    static BROKEN: LazyLock<Vec<(PathBuf, LoadError)>> = LazyLock::new(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
        let paths = fs::read_dir(folder).unwrap();
        let paths = paths.map(|entry| entry.unwrap().path());
        let lessons = paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml"));
        let wrong = |path: PathBuf| {
            let name = path.to_str().unwrap();
            let checked = batch::check(&Disk::default(), name, &Watch::default());
            (path.clone(), checked.outcome.unwrap_err())
        };
        lessons.map(wrong).collect()
    });
    &BROKEN
}

/// What `check` says of a lesson: that it is sound, or what is wrong with it.
pub fn check(files: &dyn Files, name: &str, watch: &Watch) -> Result<String, String> {
    let checked = batch::check(files, name, watch);
    checked.outcome.map_err(|error| error.to_string())
}

/// A folder that is gone with the test.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// A lesson by its name or its path. One that only tests use is read once for all of them.
#[track_caller]
pub fn lesson(name: &str) -> Arc<Lesson> {
    static READ: Mutex<BTreeMap<String, Arc<Lesson>>> = Mutex::new(BTreeMap::new());
    let open = || Arc::new(Lesson::open(name).unwrap_or_else(|error| panic!("{error}")));
    if !name.starts_with(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/")) {
        return open();
    }
    let read = READ.lock().unwrap().get(name).cloned();
    read.unwrap_or_else(|| {
        let lesson = open();
        READ.lock()
            .unwrap()
            .insert(name.to_owned(), Arc::clone(&lesson));
        lesson
    })
}

/// A lesson of this text.
#[track_caller]
pub fn written(source: &str) -> Arc<Lesson> {
    let lesson = Lesson::parse("test.yaml", source.as_bytes());
    Arc::new(lesson.unwrap_or_else(|error| panic!("{error}")))
}

/// A sitting at the first page of a lesson.
#[track_caller]
pub fn sitting(name: &str) -> Session {
    Session::new(lesson(name))
        .unwrap()
        .with_files(Rc::new(Disk::default()))
}

/// A sitting with the settings of the lesson's `training`, without what its first page does.
#[track_caller]
pub fn unopened(name: &str) -> Session {
    Session::unopened(lesson(name)).with_files(Rc::new(Disk::default()))
}

/// A sitting at a page of a lesson, counted from 1.
#[track_caller]
pub fn at_page(name: &str, page: usize) -> Session {
    let mut session = sitting(name);
    run(&mut session, &[&format!("page {page}")]);
    session
}

/// Does lines that must be right.
#[track_caller]
pub fn run(session: &mut Session, lines: &[&str]) {
    for line in lines {
        if let Err(complaint) = session.run_line(line) {
            panic!("{line}: {complaint}");
        }
    }
}

/// What there is to read of an outcome, in words.
pub fn told(outcome: &Outcome) -> String {
    let sheet = Sheet::all(outcome, Medium::Words).expect("there is something to read");
    sheet.text.text()
}

/// What is said in line mode to a line.
pub fn said(session: &mut Session, line: &str) -> String {
    let before = Seen::of(session);
    match session.run_line(line) {
        Ok(outcome) => narrate(&before, session, &outcome).text(),
        Err(complaint) => format!("! {}: {}", complaint.message, complaint.advice),
    }
}

/// A sitting with a lesson, without what its first page does, after some lines.
#[track_caller]
pub fn unopened_of(lesson: &Arc<Lesson>, lines: &[&str]) -> Session {
    let mut session = Session::unopened(Arc::clone(lesson));
    run(&mut session, lines);
    session
}

/// The surface of a sitting from above, as its picture has it.
#[track_caller]
pub fn contours(session: &Session) -> ContourView {
    let picture = PictureView::of(Picture::Surface, &session.subject());
    let PictureView::Surface(SurfaceView::Contours(view)) = picture else {
        panic!("{picture:?}");
    };
    view
}
