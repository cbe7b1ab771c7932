//! Checking lessons by running them.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::explain::{Backprop, Digits, Form, Node, NodeQuantity, OfNode, Quantity, plural};
use crate::files::{FileRead, Files, Kind};
use crate::lesson::{COURSE_FILE, Lesson, LoadError, Spot, is_lesson_file};
use crate::math::{Initial, Network};
use crate::session::{Session, Unfinished};
use crate::timeline::Timeline;
use crate::watch::{Halt, Watch};

/// To check an exercise, its page is prepared and its run made several times: it may be so many times as much.
const EXERCISE: u64 = 4;

/// What came of checking a lesson.
#[derive(Debug)]
pub struct Checked {
    /// That it is sound, in words, or what is wrong with it.
    pub outcome: Result<String, LoadError>,
    /// The files that have been read for it, as they were then.
    pub reads: Vec<FileRead>,
}

/// What a name stands for: the lessons and courses in a folder and in the folders in it, by their paths, or else the one of that
/// name. A folder is looked into without those that are hidden and those behind links; `course.yaml` is no lesson.
///
/// # Errors
/// Where a folder cannot be looked into.
pub fn lessons_of(files: &dyn Files, name: &str) -> io::Result<Found> {
    let path = Path::new(name);
    let mut found = Found::default();
    if matches!(files.kind(path), Ok(Kind::Folder)) {
        found.look_into(files, path, &files.whole_name(path))?;
    } else {
        found.lessons.push(name.to_owned());
    }
    Ok(found)
}

/// What there is to check.
#[derive(Debug, Default)]
pub struct Found {
    /// Lessons, by their names or files.
    pub lessons: Vec<String>,
    /// Folders that a `course.yaml` says something about.
    pub courses: Vec<PathBuf>,
}

impl Found {
    /// Adds what is in a folder, whose one name is `whole`.
    fn look_into(&mut self, files: &dyn Files, folder: &Path, whole: &Path) -> io::Result<()> {
        for name in files.names(folder)? {
            if name.starts_with('.') {
                continue;
            }
            let (path, below) = (folder.join(&name), whole.join(&name));
            match files.kind(&path) {
                Ok(Kind::Folder) if files.whole_name(&path) == below => {
                    self.look_into(files, &path, &below)?;
                }
                Ok(Kind::File(_) | Kind::Other) if name == COURSE_FILE => {
                    self.courses.push(folder.to_owned());
                }
                Ok(Kind::File(_) | Kind::Other) if is_lesson_file(&path) => {
                    self.lessons.push(path.to_string_lossy().into_owned());
                }
                Ok(_) | Err(_) => {}
            }
        }
        Ok(())
    }
}

/// Loads a lesson, opens each of its pages, in order and on its own, and solves their exercises; the answer says
/// what has been checked, and in a line each what has been found in its data. Everything that is wrong is told at once,
/// each where it stands. Whoever waits is told at which page it is.
/// It is also wrong where a page takes longer than it may, or somebody stops it.
pub fn check(files: &dyn Files, name: &str, watch: &Watch) -> Checked {
    watch.during(|| match Lesson::open_in(files, name) {
        Ok(lesson) => Checked {
            reads: lesson.reads.clone(),
            outcome: run(&Arc::new(lesson), name, watch),
        },
        Err(error) => Checked {
            reads: error.reads().to_vec(),
            outcome: Err(error),
        },
    })
}

fn run(lesson: &Arc<Lesson>, name: &str, watch: &Watch) -> Result<String, LoadError> {
    let pages = lesson.pages.len();
    let mut walked = Session::unopened_and_watched(Arc::clone(lesson), watch.clone());
    let mut found: Vec<(Spot, String, String)> = Vec::new();
    for page in 0..pages {
        watch.set_place(format!("{name}, page {} of {pages}", page + 1));
        let mut alone = Session::unopened_and_watched(Arc::clone(lesson), watch.clone());
        let (mut here, halt) = watch.within(watch.page(), || alone.check_commands(page));
        if halt == Some(Halt::Stopped) {
            return Err(stopped(name, page + 1));
        }
        for session in [&mut walked, &mut alone] {
            if let Err(complaint) = session.run_line(&format!("page {}", page + 1)) {
                here.push((Spot::Page(page), complaint.message, complaint.advice));
                continue;
            }
            let unfinished = session.unfinished();
            here.extend(unfinished.map(|unfinished| too_long(session, unfinished)));
            match unfinished.map(|unfinished| unfinished.halt) {
                Some(Halt::Stopped) => return Err(stopped(name, page + 1)),
                Some(Halt::Spent) => continue,
                None => {}
            }
            let exercises = lesson.pages[page].exercises.len();
            for nth in 0..exercises {
                let asked = session.clone().asking(nth);
                let (solved, halt) =
                    watch.within(EXERCISE * watch.page(), || asked.check_exercise());
                match halt {
                    None => here.extend(solved.err().into_iter().flatten().map(|fault| {
                        let place = match exercises {
                            1 => format!("the exercise of page {}", page + 1),
                            _ => format!("exercise {} of page {}", nth + 1, page + 1),
                        };
                        (Spot::Exercise(page, nth, fault.place), fault.message, place)
                    })),
                    Some(Halt::Stopped) => return Err(stopped(name, page + 1)),
                    Some(Halt::Spent) => here.push((
                        Spot::Exercise(page, nth, Vec::new()),
                        "checking this makes more updates than a page may make".to_owned(),
                        "a shorter run, or a `solution` that is nearer".to_owned(),
                    )),
                }
            }
        }
        for new in here {
            if !found.contains(&new) {
                found.push(new);
            }
        }
    }
    if !found.is_empty() || !lesson.can_be_shown() {
        return Err(lesson.wrong(name, found));
    }
    let word = plural(pages as u64, "page");
    let title = &lesson.title;
    let sound = format!("{name}: {title} ({pages} {word}) is sound");
    let notes = lesson.notes.iter().map(|note| format!("  {note}"));
    let lines = [sound].into_iter().chain(notes).chain(written_out(lesson));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// The first sum of each layer whose weights are given and could stand the other way round as well: a teacher sees by it
/// which way they are read.
fn written_out(lesson: &Lesson) -> Vec<String> {
    let network = lesson.model.network();
    let given = |network: &&Network| matches!(network.design().initial, Initial::Given(_));
    let Some(network) = network.filter(given) else {
        return Vec::new();
    };
    let mut timeline = Timeline::new(Arc::clone(&lesson.model), lesson.settings);
    // A lesson whose first update cannot be made is none.
    let _ = timeline.run_mut().reach(1);
    let Ok(record) = timeline.run().record(0) else {
        return Vec::new();
    };
    let way = Backprop {
        network,
        record: &record,
        parameter: 0,
        convention: lesson.convention,
    };
    let outputs = network.layers().len();
    let square = network.layers().iter().zip(1..);
    let square = square.filter(|(layer, _)| layer.from == layer.to && layer.to > 1);
    let sum = |layer| {
        let node = Node::new(layer, outputs, 0);
        let quantity = NodeQuantity::Sum;
        let of_node = OfNode { quantity, node };
        let numbers = way
            .formula(Quantity::Node(of_node))
            .print(Form::Numbers(Digits::default()));
        format!(
            "  as its weights are read, {} of the first item is {}",
            of_node.name(),
            numbers.text()
        )
    };
    square.map(|(_, layer)| sum(layer)).collect()
}

fn stopped(name: &str, page: usize) -> LoadError {
    let words = format!("stopped at page {page}; what comes after it is not checked");
    LoadError::stopped(name, &words)
}

/// A command with which a page makes more than a page may make.
fn too_long(session: &Session, unfinished: Unfinished) -> (Spot, String, String) {
    let (page, index) = (session.page_index(), unfinished.command);
    let (line, step) = (&session.page().commands[index].line, unfinished.step);
    let most = session.watch().page() / session.lesson().model.work();
    let message = format!(
        "page {} takes too long to open: `{line}` has come to step {step} when it had made as much as a page may make",
        page + 1
    );
    let advice = format!("about {most} updates of this model in all, for all commands of a page");
    (Spot::Command(page, index), message, advice)
}
