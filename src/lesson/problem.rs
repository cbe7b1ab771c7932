//! What can be wrong with a lesson, and how it is said.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::BUILTIN;
use super::tree::is_control;
use crate::command::closest;

/// So many problems are told at once; by then something else is the matter.
pub const MOST_PROBLEMS: usize = 20;

/// One thing that is wrong, where it stands, and what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The bytes of the file that are meant.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What would be right, shown under the place.
    pub advice: String,
}

/// Why there is no lesson.
#[derive(Debug, thiserror::Error)]
pub struct LoadError {
    message: String,
}

impl fmt::Display for LoadError {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl LoadError {
    /// A message in which nothing from a file, or from its name, does something to the terminal.
    fn new(message: &str) -> Self {
        let acts = |character| matches!(character, '\t' | '\r') || is_control(character);
        Self {
            message: message.replace(acts, "\u{fffd}"),
        }
    }

    /// Neither a file nor a lesson of the program is called so.
    pub(super) fn missing(name: &str) -> Self {
        let names = || BUILTIN.iter().map(|lesson| lesson.name);
        let stem = name.trim_end_matches(".yaml");
        let stem = stem.rsplit(['/', '\\']).next().unwrap_or(stem);
        let advice = match closest(stem, names()) {
            Some(name) => format!("did you mean the built-in lesson `{name}`?"),
            None => format!(
                "the built-in lessons are {}",
                names().collect::<Vec<_>>().join(", ")
            ),
        };
        Self::new(&format!(
            "error: there is no lesson file `{name}`; {advice}"
        ))
    }

    /// The file cannot be read at all.
    pub(super) fn unreadable(name: &str, reason: impl fmt::Display) -> Self {
        Self::new(&format!(
            "error: the lesson {name} cannot be read: {reason}"
        ))
    }

    /// The file can be read and is wrong.
    pub(super) fn wrong(name: &str, source: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.span.start);
        let mut reports: Vec<String> = problems
            .iter()
            .take(MOST_PROBLEMS)
            .map(|problem| report(name, source, problem))
            .collect();
        if problems.len() > MOST_PROBLEMS {
            reports.push(format!(
                "There is more: these are {MOST_PROBLEMS} of the problems."
            ));
        }
        Self::new(&reports.join("\n\n"))
    }
}

/// The problem with its line and a caret, as compilers show it.
fn report(name: &str, source: &str, problem: &Problem) -> String {
    let start = problem.span.start.min(source.len());
    let end = problem.span.end.clamp(start, source.len());
    let annotation = AnnotationKind::Primary
        .span(start..end)
        .label(&problem.advice);
    let snippet = Snippet::source(source).path(name).annotation(annotation);
    let group = Level::ERROR
        .primary_title(&problem.message)
        .element(snippet);
    Renderer::plain().render(&[group])
}
