//! Courses: lessons in their order, those that come with the program or those in a folder.
//!
//! A folder's course is told by its `course.yaml`; without one, it is the folder's lessons by name. Learners' records know
//! a lesson by what its course is called and its name there, wherever the folder lies.

mod list;

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use list::{List, bare, by_name};

use super::checker::Checker;
use super::data::Beside;
use super::field::Field;
use super::file::CourseFile;
use super::{BUILTIN, Builtin, Lesson, LoadError, yaml};
use crate::explain::printable;
use crate::files::{Files, Kind};

/// The file that makes a folder a course.
pub const COURSE_FILE: &str = "course.yaml";
/// So many folders around a lesson's own are asked whether they are its course.
const FURTHEST: usize = 3;

/// Lessons in their order.
#[derive(Debug)]
pub struct Course {
    /// What it is called.
    pub title: String,
    /// Its lessons.
    pub lessons: Vec<Listed>,
    /// Where it lies; `None` for the one that comes with the program.
    folder: Option<PathBuf>,
}

/// A lesson in the list of a course.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The name it can be opened by in its course.
    pub name: String,
    /// What it is called, as far as its file tells.
    pub title: String,
    /// The part of the course that it belongs to.
    pub part: &'static str,
    source: Source,
}

/// Where a lesson of a course comes from.
#[derive(Debug, Clone)]
enum Source {
    Builtin(&'static Builtin),
    File(PathBuf),
}

/// What a lesson is known by in a learner's records.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LessonId {
    /// What its course is called; `None` for the one that comes with the program, and for a lesson in no course.
    pub course: Option<String>,
    /// Its name there; the path of a lesson in no course.
    pub name: String,
}

impl std::fmt::Display for LessonId {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        match &self.course {
            Some(course) => write!(out, "{course}/{}", self.name),
            None => out.write_str(&self.name),
        }
    }
}

impl<T: Into<String>> From<T> for LessonId {
    fn from(name: T) -> Self {
        let (course, name) = (None, name.into());
        Self { course, name }
    }
}

impl Course {
    /// Where it lies; `None` for the one that comes with the program.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The one that comes with the program.
    pub fn builtin() -> Arc<Self> {
        static COURSE: LazyLock<Arc<Course>> = LazyLock::new(|| {
            Arc::new(Course {
                title: "the course".to_owned(),
                lessons: BUILTIN.iter().map(Listed::builtin).collect(),
                folder: None,
            })
        });
        Arc::clone(&COURSE)
    }

    /// The folder of the course that somebody means by a name; `None` where it means a lesson.
    pub fn meant<'a>(files: &dyn Files, name: &'a str) -> Option<&'a Path> {
        let folder = Path::new(name);
        let is_folder = matches!(files.kind(folder), Ok(Kind::Folder));
        let is_lesson = || BUILTIN.iter().any(|builtin| builtin.name == name);
        let is_course = || files.kind(&folder.join(COURSE_FILE)).is_ok() || !is_lesson();
        (is_folder && is_course()).then_some(folder)
    }

    /// The course in a folder. A lesson that its list names twice counts once, and one that is missing cannot be opened:
    /// the others can.
    ///
    /// # Errors
    /// Where its file cannot be read or something else in it is wrong, or there is no lesson.
    pub fn open_in(files: &dyn Files, folder: &Path) -> Result<Arc<Self>, LoadError> {
        Self::read(files, folder, false).map(Arc::new)
    }

    /// The same, for its teacher: a lesson that is missing, or named twice, is an error too.
    ///
    /// # Errors
    /// Everything that is wrong with the list, at once.
    pub fn check_in(files: &dyn Files, folder: &Path) -> Result<Arc<Self>, LoadError> {
        Self::read(files, folder, true).map(Arc::new)
    }

    /// What those who hand in what they have done of it call it.
    pub fn known_as(&self) -> &str {
        if self.is_builtin() {
            "nnmom-tutor"
        } else {
            &self.title
        }
    }

    /// Whether it comes with the program.
    pub fn is_builtin(&self) -> bool {
        self.folder.is_none()
    }

    /// The place of a lesson by its name in the course, with the ending of its file or without.
    pub fn place_of(&self, name: &str) -> Option<usize> {
        let name = if self.is_builtin() { name } else { bare(name) };
        self.lessons.iter().position(|listed| listed.name == name)
    }

    /// What records know a lesson by, at its place.
    pub fn id(&self, place: usize) -> LessonId {
        self.id_of(&self.lessons[place].name)
    }

    /// The same of one called so.
    pub(super) fn id_of(&self, name: &str) -> LessonId {
        LessonId {
            course: (!self.is_builtin()).then(|| self.title.clone()),
            name: name.to_owned(),
        }
    }

    /// Opens a lesson, at its place.
    ///
    /// # Errors
    /// Where it cannot be read, or something in it is wrong.
    pub fn lesson(self: &Arc<Self>, files: &dyn Files, place: usize) -> Result<Lesson, LoadError> {
        let name = match &self.lessons[place].source {
            Source::Builtin(_) => String::new(),
            Source::File(path) => path.display().to_string(),
        };
        self.lesson_as(files, place, &name)
    }

    /// The same, which messages call `name`.
    fn lesson_as(
        self: &Arc<Self>,
        files: &dyn Files,
        place: usize,
        name: &str,
    ) -> Result<Lesson, LoadError> {
        let listed = &self.lessons[place];
        let lesson = match (&listed.source, &self.folder) {
            (Source::File(path), Some(folder)) => Lesson::read_in(files, folder, path, name)?,
            (Source::Builtin(builtin), _) => builtin.load()?,
            (Source::File(path), None) => Lesson::read_in(files, Path::new(""), path, name)?,
        };
        Ok(Lesson {
            name: listed.name.clone(),
            course: Some(Arc::clone(self)),
            ..lesson
        })
    }

    /// The lesson in a file that a course around it has in its list, which messages call `name`; `None` where there is no
    /// such course.
    pub(super) fn around(
        files: &dyn Files,
        path: &Path,
        name: &str,
    ) -> Option<Result<Lesson, LoadError>> {
        let whole = files.whole_name(path);
        let mut folders = whole.ancestors().skip(1).take(FURTHEST);
        folders.find_map(|folder| {
            files.kind(&folder.join(COURSE_FILE)).ok()?;
            let course = Self::open_in(files, folder).ok()?;
            let is_this = |listed: &Listed| match &listed.source {
                Source::File(file) => files.whole_name(file) == whole,
                Source::Builtin(_) => false,
            };
            let place = course.lessons.iter().position(is_this)?;
            Some(course.lesson_as(files, place, name))
        })
    }

    fn read(files: &dyn Files, folder: &Path, strict: bool) -> Result<Self, LoadError> {
        let path = folder.join(COURSE_FILE);
        let (title, listed) = if files.kind(&path).is_ok() {
            let bytes = yaml::read_file(files, &path)?;
            let name = path.display().to_string();
            let source = yaml::decode(&name, &bytes)?;
            let read = yaml::parse(source).and_then(|(value, problems)| {
                let beside = Beside {
                    read: &|_| Err(String::new()),
                    watch: files.watch(),
                };
                let mut checker = Checker::of(source, problems, &beside);
                checker.control_characters(&value);
                let course =
                    checker.course(Field::read(value), &mut List::new(files, folder, strict));
                course
                    .filter(|_| checker.problems.is_empty())
                    .ok_or(checker.problems)
            });
            read.map_err(|problems| LoadError::wrong(&name, source, problems))?
        } else {
            let whole = files.whole_name(folder);
            let name = whole.file_name().unwrap_or(whole.as_os_str());
            (printable(&name.to_string_lossy()), None)
        };
        let lessons = match listed {
            Some(listed) => listed,
            None => by_name(files, folder).map_err(|error| LoadError::no_course(folder, error))?,
        };
        if lessons.is_empty() {
            return Err(LoadError::no_course(folder, "there is no lesson in it"));
        }
        Ok(Self {
            title,
            lessons,
            folder: Some(folder.to_owned()),
        })
    }
}

impl Listed {
    fn builtin(builtin: &'static Builtin) -> Self {
        Self {
            name: builtin.name.to_owned(),
            title: builtin.title().to_owned(),
            part: builtin.part,
            source: Source::Builtin(builtin),
        }
    }

    fn file(files: &dyn Files, name: &str, path: PathBuf) -> Self {
        let source = yaml::read_file(files, &path).unwrap_or_default();
        let title = String::from_utf8_lossy(&source)
            .lines()
            .find_map(|line| serde_yaml::from_str::<String>(line.strip_prefix("title:")?).ok());
        Self {
            title: title.map_or_else(|| name.to_owned(), |title| printable(title.trim())),
            name: name.to_owned(),
            part: "Lessons",
            source: Source::File(path),
        }
    }
}

impl Checker<'_> {
    /// What a course is called, and its lessons where it lists them.
    fn course(
        &mut self,
        file: Field<CourseFile>,
        list: &mut List,
    ) -> Option<(String, Option<Vec<Listed>>)> {
        let file = self.take(file)?;
        let title = self.required("title", file.title);
        let given = file.lessons.is_given();
        let lessons = self.listed("lessons", file.lessons, |checker, name: String| match list
            .entry(&name)
        {
            Ok(listed) => Some(listed),
            Err((message, advice)) => checker.refuse(message, advice),
        });
        let lessons = lessons.map(|lessons| lessons.into_iter().flatten().collect());
        Some((title?, if given { Some(lessons?) } else { None }))
    }
}
