//! What can be wrong with a lesson, and how it is said.

use std::fmt;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::BUILTIN;
use super::tree::is_control;
use crate::command::{closest, shortened};
use crate::explain::{acts, shown};
use crate::math::expression::Mistake;

/// So many problems are told at once; by then something else is the matter.
pub const MOST_PROBLEMS: usize = 20;

/// One thing that is wrong with a file, and what would be right, shown under the place.
pub type Problem = Mistake;

/// Why there is no lesson.
#[derive(Debug, thiserror::Error)]
pub struct LoadError {
    message: String,
    /// The same in a line, and what would work.
    brief: (String, String),
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl LoadError {
    /// What is in the way, and what would work, in a line each, for where the whole message has no room.
    pub fn brief(&self) -> (&str, &str) {
        (&self.brief.0, &self.brief.1)
    }

    /// A message in which nothing from a file, or from its name, does something to the terminal.
    fn new(message: &str, brief: &str, advice: &str) -> Self {
        let harms = |c| c != '\n' && (acts(c) || is_control(c));
        let harmless = |text: &str| text.replace(harms, "\u{fffd}");
        let line = |text: &str| shortened(&harmless(text)).replace('\n', " ");
        Self {
            message: harmless(message),
            brief: (line(brief), line(advice)),
        }
    }

    /// Neither a file nor a lesson of the program is called so.
    pub(super) fn missing(name: &str) -> Self {
        let names = || BUILTIN.iter().map(|lesson| lesson.name);
        let stem = name.trim_end_matches(".yaml");
        let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
        let near = closest(stem, names());
        let near = near.map(|name| format!("did you mean the built-in lesson `{name}`?"));
        let (advice, brief) = near.map_or_else(
            || {
                let names = names().collect::<Vec<_>>().join(", ");
                let brief = "`lessons` lists those that are built in";
                (
                    format!("the built-in lessons are {names}"),
                    brief.to_owned(),
                )
            },
            |near| (near.clone(), near),
        );
        let message = format!("there is no lesson file `{}`", shown(name));
        Self::new(&format!("error: {message}; {advice}"), &message, &brief)
    }

    /// The file cannot be read at all.
    pub(super) fn unreadable(name: &str, reason: impl fmt::Display) -> Self {
        let message = format!("the lesson {} cannot be read: {reason}", shown(name));
        let advice = "the name of a lesson, or of its file";
        Self::new(&format!("error: {message}"), &message, advice)
    }

    /// There is no course in a folder.
    pub(super) fn no_course(folder: &Path, reason: impl fmt::Display) -> Self {
        let folder = folder.display().to_string();
        let message = format!("the folder {} is no course: {reason}", shown(&folder));
        let advice = "a folder with lessons in it, whose order `course.yaml` may tell";
        Self::new(&format!("error: {message}; {advice}"), &message, advice)
    }

    /// The file can be read and is wrong.
    pub(super) fn wrong(name: &str, source: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.span.start);
        let told = problems.iter().take(MOST_PROBLEMS);
        let mut reports: Vec<String> = told.map(|problem| report(name, source, problem)).collect();
        if problems.len() > MOST_PROBLEMS {
            let more = format!("There is more: these are {MOST_PROBLEMS} of the problems.");
            reports.push(more);
        }
        let count = match problems.len() {
            1 => "a problem".to_owned(),
            several => format!("{several} problems"),
        };
        let brief = format!("the lesson {name} has {count} in it");
        let advice = "`nnmom-tutor check FILE` tells what is wrong, and where";
        Self::new(&reports.join("\n\n"), &brief, advice)
    }
}

/// The problem with its line and a caret, as compilers show it.
pub(super) fn report(name: &str, source: &str, problem: &Problem) -> String {
    // Behind the last line end there is no line that could be shown.
    let last = source.strip_suffix('\n').unwrap_or(source);
    let last = last.strip_suffix('\r').unwrap_or(last).len();
    // A character may have several bytes, and a mark stands between characters.
    let boundary = |from: usize| (from..last).find(|at| source.is_char_boundary(*at));
    let start = boundary(problem.span.start).unwrap_or(last);
    let end = boundary(problem.span.end).unwrap_or(last).max(start);
    let [message, advice] = [&problem.message, &problem.advice].map(|text| shown(text));
    let annotation = AnnotationKind::Primary.span(start..end).label(&advice);
    let snippet = Snippet::source(source).path(name).annotation(annotation);
    let group = Level::ERROR.primary_title(&message).element(snippet);
    Renderer::plain().render(&[group])
}
