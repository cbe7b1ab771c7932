//! Which lessons a course has: those that its file names, or the files that lie in its folder.

use std::path::{Component, Path};

use super::{COURSE_FILE, Listed};
use crate::command::closest;
use crate::files::{Files, Kind, inside};
use crate::lesson::BUILTIN;

/// How the names of lesson files end.
const ENDINGS: [&str; 2] = ["yaml", "yml"];
/// So many lessons has a course at most: each of them is read for its menu.
const MOST_LESSONS: usize = 500;

/// What is wrong with an entry of a list, and what would be right.
type Wrong = (String, String);

/// A list of lessons as it is read from a course's file.
pub struct List<'a> {
    files: &'a dyn Files,
    folder: &'a Path,
    strict: bool,
    seen: Vec<String>,
    /// The lessons that lie in the folder, once somebody has asked for them.
    beside: Option<Vec<String>>,
}

impl<'a> List<'a> {
    pub fn new(files: &'a dyn Files, folder: &'a Path, strict: bool) -> Self {
        Self {
            files,
            folder,
            strict,
            seen: Vec::new(),
            beside: None,
        }
    }

    /// The lesson that an entry names; `None` where it counts for nothing.
    pub fn entry(&mut self, written: &str) -> Result<Option<Listed>, Wrong> {
        let Some(name) = plain(written) else {
            let message = format!("`{written}` is not in the course's folder");
            return Err((
                message,
                "a lesson in this folder, or in one below it".to_owned(),
            ));
        };
        let name = bare(&name).to_owned();
        if self.seen.contains(&name) {
            let twice = (
                format!("the lesson `{name}` stands twice"),
                "once is enough".to_owned(),
            );
            return if self.strict { Err(twice) } else { Ok(None) };
        }
        if self.seen.len() == MOST_LESSONS {
            let message = format!("a course has {MOST_LESSONS} lessons at most");
            return Err((
                message,
                "several courses, each in a folder of its own".to_owned(),
            ));
        }
        self.seen.push(name.clone());
        for ending in ENDINGS {
            let path = format!("{name}.{ending}");
            match inside(self.files, self.folder, self.folder, Path::new(&path)) {
                Ok(Some(_)) => {
                    let path = self.folder.join(path);
                    return Ok(Some(Listed::file(self.files, &name, path)));
                }
                Ok(None) => {
                    let message = format!("`{written}` leads out of the course's folder");
                    return Err((message, "a file of its own".to_owned()));
                }
                Err(_) => {}
            }
        }
        if let Some(builtin) = BUILTIN.iter().find(|builtin| builtin.name == name) {
            return Ok(Some(Listed::builtin(builtin)));
        }
        if self.strict {
            let (files, folder) = (self.files, self.folder);
            let found = || lesson_files(files, folder).unwrap_or_default();
            let beside = self.beside.get_or_insert_with(found);
            let known = beside.iter().map(|file| bare(file));
            let known = known.chain(BUILTIN.iter().map(|builtin| builtin.name));
            let near = closest(&name, known).map(|near| format!("did you mean `{near}`?"));
            let advice =
                near.unwrap_or_else(|| "the name of a lesson's file beside this one".to_owned());
            return Err((format!("there is no lesson `{written}` here"), advice));
        }
        let path = self.folder.join(format!("{name}.{}", ENDINGS[0]));
        Ok(Some(Listed::file(self.files, &name, path)))
    }
}

/// The names of the lesson files that lie in a folder, in order.
fn lesson_files(files: &dyn Files, folder: &Path) -> std::io::Result<Vec<String>> {
    let is_lesson = |file: &String| {
        let is_file = || matches!(files.kind(&folder.join(file)), Ok(Kind::File(_)));
        bare(file) != file && file != COURSE_FILE && !file.starts_with('.') && is_file()
    };
    let is_inside =
        |file: &String| matches!(inside(files, folder, folder, Path::new(file)), Ok(Some(_)));
    let found = files.names(folder)?.into_iter().filter(is_lesson);
    let mut lessons: Vec<String> = found.filter(is_inside).collect();
    lessons.dedup_by(|one, other| bare(one) == bare(other));
    Ok(lessons)
}

/// The lessons that lie in a folder, by their names.
pub fn by_name(files: &dyn Files, folder: &Path) -> Result<Vec<Listed>, String> {
    let found = lesson_files(files, folder).map_err(|error| error.to_string())?;
    if found.len() > MOST_LESSONS {
        let count = found.len();
        return Err(format!(
            "{count} lessons are in it, and {MOST_LESSONS} are the most"
        ));
    }
    let listed = |file: &String| Listed::file(files, bare(file), folder.join(file));
    Ok(found.iter().map(listed).collect())
}

/// A name without the ending of lesson files.
pub fn bare(name: &str) -> &str {
    let ending = |ending: &&str| name.strip_suffix(*ending)?.strip_suffix('.');
    let found = ENDINGS.iter().find_map(ending);
    found.filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// A path below a folder in its plain form; `None` where it leads out of it.
fn plain(written: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(written).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_string_lossy()),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}
