//! What can be wrong with a lesson, and how it is said.

use std::fmt;
use std::ops::Range;
use std::path::Path;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::yaml::is_control;
use super::{BUILTIN, Code};
use crate::command::{closest, shortened};
use crate::explain::{acts, shown};
use crate::files::FileRead;

/// So many problems are told at once; by then something else is the matter.
pub const MOST_PROBLEMS: usize = 20;

/// One thing that is wrong with a file, and what would be right, shown under the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the file that are meant.
    pub span: Range<usize>,
    /// What kind of thing it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub advice: String,
}

impl Problem {
    /// What is wrong with some bytes of a file, which are not the YAML that they should be.
    pub fn new(span: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self {
            span,
            code: Code::Yaml,
            message: message.into(),
            advice: advice.into(),
        }
    }

    /// The same, of another kind.
    #[must_use]
    pub fn of(self, code: Code) -> Self {
        Self { code, ..self }
    }
}

/// One thing that is wrong with a lesson, as other programs are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What messages call the lesson: its path, or its name.
    pub file: String,
    /// The line and the column, each from 1, the column in characters; `None` where it has no place.
    pub place: Option<(usize, usize)>,
    /// What kind of thing it is.
    pub code: Code,
    /// What is wrong.
    pub message: String,
    /// What would work.
    pub help: String,
}

impl Finding {
    /// Something that is wrong with the whole of a file.
    pub fn whole(file: &str, code: Code, message: &str, help: &str) -> Self {
        Self {
            file: shown(file),
            place: None,
            code,
            message: shown(message),
            help: shown(help),
        }
    }
}

/// Why there is no lesson.
#[derive(Debug, thiserror::Error)]
pub struct LoadError {
    message: String,
    /// The same in a line, and what would work.
    brief: (String, String),
    findings: Vec<Finding>,
    reads: Vec<FileRead>,
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

    /// Everything that is wrong, in the order of the file.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The files that have been read, or looked for, as they were then.
    pub fn reads(&self) -> &[FileRead] {
        &self.reads
    }

    /// The same, after these files had been read.
    pub(super) fn after(self, reads: Vec<FileRead>) -> Self {
        Self { reads, ..self }
    }

    /// Somebody has stopped the check of a lesson, as these words say.
    pub fn stopped(name: &str, words: &str) -> Self {
        let finding = Finding::whole(name, Code::Stopped, words, "check it again");
        Self::new(&format!("{name}: {words}"), words, "", vec![finding])
    }

    /// A message in which nothing from a file, or from its name, does something to the terminal.
    fn new(message: &str, brief: &str, advice: &str, findings: Vec<Finding>) -> Self {
        let line = |text: &str| shortened(&harmless(text)).replace('\n', " ");
        Self {
            message: harmless(message),
            brief: (line(brief), line(advice)),
            findings,
            reads: Vec::new(),
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
        let finding = Finding::whole(name, Code::Unreadable, &message, &advice);
        let whole = format!("error: {message}; {advice}");
        Self::new(&whole, &message, &brief, vec![finding])
    }

    /// The file cannot be read at all.
    pub(super) fn unreadable(name: &str, reason: impl fmt::Display) -> Self {
        let message = format!("the lesson {} cannot be read: {reason}", shown(name));
        let advice = "the name of a lesson, or of its file";
        let finding = Finding::whole(name, Code::Unreadable, &message, advice);
        let whole = format!("error: {message}");
        Self::new(&whole, &message, advice, vec![finding])
    }

    /// There is no course in a folder.
    pub(super) fn no_course(folder: &Path, reason: impl fmt::Display) -> Self {
        let folder = folder.display().to_string();
        let message = format!("the folder {} is no course: {reason}", shown(&folder));
        let advice = "a folder with lessons in it, whose order `course.yaml` may tell";
        let finding = Finding::whole(&folder, Code::Unreadable, &message, advice);
        let whole = format!("error: {message}; {advice}");
        Self::new(&whole, &message, advice, vec![finding])
    }

    /// The file can be read and is wrong.
    pub(super) fn wrong(name: &str, source: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.span.start);
        let told = || problems.iter().take(MOST_PROBLEMS);
        let mut findings: Vec<Finding> = told()
            .map(|problem| Finding {
                place: Some(place(source, problem)),
                ..Finding::whole(name, problem.code, &problem.message, &problem.advice)
            })
            .collect();
        let mut reports: Vec<String> = told()
            .map(|problem| report(name, source, problem))
            .collect();
        if problems.len() > MOST_PROBLEMS {
            let more = format!("There is more: these are {MOST_PROBLEMS} of the problems.");
            let advice = "mend these, and check it again";
            findings.push(Finding::whole(name, Code::More, &more, advice));
            reports.push(more);
        }
        let count = match problems.len() {
            1 => "a problem".to_owned(),
            several => format!("{several} problems"),
        };
        let brief = format!("the lesson {name} has {count} in it");
        let advice = "`nnmom-tutor check FILE` tells what is wrong, and where";
        Self::new(&reports.join("\n\n"), &brief, advice, findings)
    }
}

/// A message without what would do something to the terminal.
pub(super) fn harmless(message: &str) -> String {
    let harms = |c| c != '\n' && (acts(c) || is_control(c));
    message.replace(harms, "\u{fffd}")
}

/// The bytes that a problem is shown under.
fn seen(source: &str, span: &Range<usize>) -> Range<usize> {
    // Behind the last line end there is no line that could be shown.
    let last = source.strip_suffix('\n').unwrap_or(source);
    let last = last.strip_suffix('\r').unwrap_or(last).len();
    // A character may have several bytes, and a mark stands between characters.
    let boundary = |from: usize| (from..last).find(|at| source.is_char_boundary(*at));
    let start = boundary(span.start).unwrap_or(last);
    start..boundary(span.end).unwrap_or(last).max(start)
}

/// The line and the column of a problem, each from 1.
fn place(source: &str, problem: &Problem) -> (usize, usize) {
    let before = &source[..seen(source, &problem.span).start];
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}

/// The problem with its line and a caret, as compilers show it.
pub(super) fn report(name: &str, source: &str, problem: &Problem) -> String {
    let span = seen(source, &problem.span);
    let [message, advice] = [&problem.message, &problem.advice].map(|text| shown(text));
    let annotation = AnnotationKind::Primary.span(span).label(&advice);
    let snippet = Snippet::source(source).path(name).annotation(annotation);
    let group = Level::ERROR.primary_title(&message).element(snippet);
    Renderer::plain().render(&[group])
}
