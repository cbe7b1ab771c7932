//! Floor 3: lessons as teachers write them.
//!
//! Owns the YAML file, everything that can be wrong with it and how that is said, and the lessons that come with
//! the program. A [`Lesson`] that exists is sound: its commands parse, its live values exist, its numbers are finite.

mod builtin;
mod checker;
mod code;
mod course;
mod data;
mod exercises;
mod expected;
mod field;
mod file;
mod markdown;
mod network;
mod page_exercises;
mod problem;
mod sandbox;
mod schema;
mod starter;
mod surface;
mod validate;
mod weight;
mod write;
mod yaml;

use std::cell::RefCell;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use builtin::{BUILTIN, Builtin};
pub use code::Code;
pub use course::{COURSE_FILE, Course, LessonId, Listed};
pub use problem::{Finding, LoadError, Problem};
pub use sandbox::{Untried, Wanted};
pub use schema::{SCHEMA_FILE, schema};
pub use starter::{Starter, is_lesson_file};
pub use write::SetNow;

use crate::asking::{Exercise, Piece};
use crate::command::{Command, Picture};
use crate::explain::{Decimal, Document};
#[cfg(feature = "files")]
use crate::files::Disk;
use crate::files::{FileRead, Files, Kind};
use crate::math::{Convention, Model, Settings};
use data::Beside;
use yaml::{Step, key_span, value_span};

/// The largest lesson file, in bytes.
pub const MOST_BYTES: usize = 256 << 10;

/// One lesson.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// What it is known by: its name in its course, or else the path of its file.
    pub name: String,
    /// The course that it belongs to; `None` for a lesson in none.
    pub course: Option<Arc<Course>>,
    /// The folder of its file, where it has one.
    folder: Option<PathBuf>,
    /// What the lesson is called.
    pub title: String,
    /// What it is about, in a line; may be empty.
    pub summary: String,
    /// What is trained.
    pub model: Arc<Model>,
    /// The settings the run starts with.
    pub settings: Settings,
    /// The sign that the lesson's gradients are written with.
    pub convention: Convention,
    /// What decimals begin with, where numbers are shown and typed.
    pub decimal: Decimal,
    /// What has been found out about its data, or left out of them, and is not written in the lesson: a sentence each.
    pub notes: Vec<String>,
    /// What the learner reads, in order; at least one.
    pub pages: Vec<Page>,
    /// What of its words a terminal cannot show where it belongs.
    unshown: Vec<Problem>,
    /// The files that it has been read from, its own first, as they were then; none of a lesson that comes with the
    /// program.
    pub reads: Vec<FileRead>,
    /// The file as it is written.
    source: Arc<str>,
}

/// Something in a lesson that can be wrong though the lesson can be read; pages and commands by their index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// What is trained.
    Model,
    /// A page.
    Page(usize),
    /// Something in one of the exercises of a page, by their indices, or all of it.
    Exercise(usize, usize, Vec<Piece>),
    /// A command of a page.
    Command(usize, usize),
    /// The picture of a page.
    Picture(usize),
}

impl Spot {
    fn code(&self) -> Code {
        match self {
            Self::Page(_) | Self::Command(..) | Self::Picture(_) => Code::Page,
            Self::Exercise(..) => Code::Exercise,
            Self::Model => Code::Value,
        }
    }

    /// The way to it in the file; `listed` says of a page whether its exercises are written as a list.
    fn path(&self, listed: impl Fn(usize) -> bool) -> Vec<Step> {
        let page = |page| [Step::key("pages"), Step::Index(page)];
        let step = |piece: &Piece| match piece {
            Piece::Field(name) => Step::key(name),
            Piece::Item(index) => Step::Index(*index),
        };
        match *self {
            Self::Model => vec![Step::key("model")],
            Self::Page(index) => [&page(index)[..], &[Step::key("title")]].concat(),
            Self::Exercise(index, nth, ref pieces) => {
                let pieces: Vec<Step> = pieces.iter().map(step).collect();
                let exercise = if listed(index) {
                    vec![Step::key("exercises"), Step::Index(nth)]
                } else {
                    vec![Step::key("exercise")]
                };
                [&page(index)[..], &exercise, &pieces].concat()
            }
            Self::Picture(index) => [&page(index)[..], &[Step::key("picture")]].concat(),
            Self::Command(index, command) => {
                let commands = [Step::key("commands"), Step::Index(command)];
                [&page(index)[..], &commands].concat()
            }
        }
    }
}

/// One page of a lesson.
#[derive(Debug, Clone)]
pub struct Page {
    /// What the page is called.
    pub title: String,
    /// What is done when the page opens.
    pub commands: Vec<PageCommand>,
    /// The picture that the page shows large, its update and code away until they are asked for.
    pub picture: Option<Picture>,
    /// What the learner reads.
    pub text: Document,
    /// What the learner is asked, one after another.
    pub exercises: Vec<Exercise>,
    /// Whether they are written as a list.
    pub listed: bool,
}

impl Page {
    /// The lines of what is done when it opens.
    pub(crate) fn command_lines(&self) -> Vec<&str> {
        let lines = self.commands.iter();
        lines.map(|command| command.line.as_str()).collect()
    }
}

/// A command that a page runs when it opens.
#[derive(Debug, Clone)]
pub struct PageCommand {
    /// The command.
    pub command: Command,
    /// The line as the lesson has it.
    pub line: String,
}

impl Lesson {
    /// Opens a lesson by path, which may leave `.yaml` out, or, where there is no such file, by the name of one that comes
    /// with the program.
    ///
    /// # Errors
    /// Where there is neither, the file cannot be read, or something in it is wrong.
    pub fn open_in(files: &dyn Files, name: &str) -> Result<Self, LoadError> {
        let builtin = BUILTIN.iter().find(|lesson| lesson.name == name);
        let path = Path::new(name);
        let is_folder = matches!(files.kind(path), Ok(Kind::Folder));
        match (found(files, path), builtin) {
            // A name means what it says before it means the same with an ending, or a folder.
            (Some(found), Some(builtin)) if is_folder || found != path => builtin.load(),
            (Some(found), _) => Self::open_file(files, &found, name),
            (None, Some(builtin)) => builtin.load(),
            (None, None) => Err(LoadError::missing(name).after(vec![FileRead::of(files, path)])),
        }
    }

    /// Opens another lesson, whose name is looked for in the course of this one and beside it first.
    ///
    /// # Errors
    /// Those of [`Lesson::open_in`].
    pub fn open_from(&self, files: &dyn Files, name: &str) -> Result<Self, LoadError> {
        let own = self.course.as_ref().filter(|course| !course.is_builtin());
        if let Some((course, place)) = own.and_then(|own| Some((own, own.place_of(name)?))) {
            return course.lesson(files, place);
        }
        let beside = self.folder.as_ref().map(|folder| folder.join(name));
        if let Some(path) = beside.and_then(|path| found(files, &path)) {
            return Self::open_file(files, &path, &path.display().to_string());
        }
        Self::open_in(files, &files.typed(name).to_string_lossy())
    }

    /// Opens the lesson in a file, which messages call `name`.
    ///
    /// # Errors
    /// Where it cannot be read, or something in it is wrong.
    pub fn open_file(files: &dyn Files, path: &Path, name: &str) -> Result<Self, LoadError> {
        if let Some(lesson) = Course::around(files, path, name) {
            return lesson;
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut lesson = Self::read_in(files, folder, path, name)?;
        let copied = (BUILTIN.iter()).find(|builtin| *builtin.source == *lesson.source);
        // A copy of one that comes with the program is that one.
        lesson.course = copied.map(|_| Course::builtin());
        lesson.name = match copied {
            Some(builtin) => builtin.name.to_owned(),
            None => files.whole_name(path).to_string_lossy().into_owned(),
        };
        Ok(lesson)
    }

    /// Reads the lesson in a file, which messages call `name`, and takes note of what it reads. The files that it names
    /// lie in the folder `around` it.
    fn read_in(
        files: &dyn Files,
        around: &Path,
        path: &Path,
        name: &str,
    ) -> Result<Self, LoadError> {
        let folder = path.parent().unwrap_or(Path::new(""));
        let reads = RefCell::new(vec![FileRead::of(files, path)]);
        let read = |file: &str| {
            let beside = FileRead::of(files, &folder.join(file));
            reads.borrow_mut().push(beside);
            data::read_file(files, around, folder, file)
        };
        let opened = yaml::read_file(files, path);
        let beside = Beside {
            read: &read,
            watch: files.watch(),
        };
        let opened = opened.and_then(|bytes| Self::parse_with(name, &bytes, &beside));
        let reads = reads.take();
        match opened {
            Ok(lesson) => Ok(Self {
                reads,
                folder: Some(folder.to_owned()),
                ..lesson
            }),
            Err(error) => Err(error.after(reads)),
        }
    }

    /// What a learner's records know it by.
    pub fn id(&self) -> LessonId {
        match &self.course {
            Some(course) => course.id_of(&self.name),
            None => self.name.clone().into(),
        }
    }

    /// Reads a lesson from the bytes of its file; `name` is its path, and what messages call it. Files that it names
    /// lie in its folder.
    ///
    /// # Errors
    /// Everything that is wrong with it, at once.
    pub fn parse_in(files: &dyn Files, name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        let folder = Path::new(name).parent().unwrap_or(Path::new(""));
        let read = |file: &str| data::read_file(files, folder, folder, file);
        let beside = Beside {
            read: &read,
            watch: files.watch(),
        };
        Self::parse_with(name, bytes, &beside)
    }

    /// The same as [`Lesson::open_in`], on the disk.
    ///
    /// # Errors
    /// The same.
    #[cfg(feature = "files")]
    pub fn open(name: &str) -> Result<Self, LoadError> {
        Self::open_in(&Disk::default(), name)
    }

    /// The same as [`Lesson::parse_in`], on the disk.
    ///
    /// # Errors
    /// The same.
    #[cfg(feature = "files")]
    pub fn parse(name: &str, bytes: &[u8]) -> Result<Self, LoadError> {
        Self::parse_in(&Disk::default(), name, bytes)
    }

    fn parse_with(name: &str, bytes: &[u8], beside: &Beside) -> Result<Self, LoadError> {
        let source = yaml::decode(name, bytes)?;
        let parsed = yaml::parse(source)
            .and_then(|(value, problems)| validate::lesson(source, value, problems, beside));
        let mut lesson = parsed.map_err(|problems| {
            let blanks = yaml::no_break_spaces(source, &problems);
            let problems = if blanks.is_empty() { problems } else { blanks };
            LoadError::wrong(name, source, problems)
        })?;
        name.clone_into(&mut lesson.name);
        Ok(lesson)
    }

    /// Whether a terminal can show all of its words where they belong.
    pub fn can_be_shown(&self) -> bool {
        self.unshown.is_empty()
    }

    /// What running the lesson has found, and what of it cannot be shown, each with what would be right, in its file, which messages call `name`.
    pub fn wrong(&self, name: &str, found: Vec<(Spot, String, String)>) -> LoadError {
        let problem = |(spot, message, advice): (Spot, String, String)| {
            Problem::new(self.span(&spot), message, advice).of(spot.code())
        };
        let found = found.into_iter().map(problem);
        let problems = self.unshown.iter().cloned().chain(found).collect();
        LoadError::wrong(name, &self.source, problems).after(self.reads.clone())
    }

    /// Where another version of the lesson has one of its pages, by their indices: where one has its title, the nearest by
    /// number else.
    pub fn page_in(&self, other: &Self, page: usize) -> usize {
        let is_this = |found: &Page| found.title == self.pages[page].title;
        let same = other.pages.get(page).is_some_and(is_this).then_some(page);
        let found = same.or_else(|| other.pages.iter().position(is_this));
        found.unwrap_or(page.min(other.pages.len() - 1))
    }

    /// Whether it is written as another is, to the letter.
    pub fn is_written_as(&self, other: &Self) -> bool {
        self.source == other.source
    }

    /// Where something stands in the file.
    fn span(&self, spot: &Spot) -> Range<usize> {
        let listed = |page: usize| self.pages.get(page).is_some_and(|page| page.listed);
        match spot.path(listed).as_slice() {
            path @ [.., Step::Index(_)] => value_span(&self.source, path),
            path => key_span(&self.source, path),
        }
    }

    /// The line of the file in which something stands, from 1.
    pub fn line_of(&self, spot: &Spot) -> usize {
        let before = &self.source[..self.span(spot).start.min(self.source.len())];
        before.matches('\n').count() + 1
    }

    /// The sign of a question, by the index of its page and its own; `None` where there is none. Another question, or
    /// the same about another run, has another.
    pub fn question(&self, page: usize, nth: usize) -> Option<String> {
        let page = self.pages.get(page)?;
        Some(page.exercises.get(nth)?.digest(&page.command_lines()))
    }

    /// Where every question stands: the index of its page, and its own.
    pub fn questions(&self) -> impl Iterator<Item = (usize, usize)> {
        let pages = self.pages.iter().enumerate();
        pages.flat_map(|(page, of)| (0..of.exercises.len()).map(move |nth| (page, nth)))
    }
}

/// The file that a path means, which may leave its ending out; `None` where there is none.
fn found(files: &dyn Files, path: &Path) -> Option<PathBuf> {
    let mut ended = path.as_os_str().to_owned();
    ended.push(".yaml");
    let mut both = [path.to_owned(), ended.into()].into_iter();
    both.find(|path| files.kind(path).is_ok())
}
