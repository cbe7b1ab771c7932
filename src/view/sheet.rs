//! What there is to read of an outcome, as text under a title.

use unicode_width::UnicodeWidthStr;

use super::instructed;
use crate::command::keys_help;
use crate::explain::{Line, Role, Text, number, padded};
use crate::session::{Block, CourseLesson, Outcome, Part, Reading, Table, TableCell, Tree};

/// Text under a title.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// What it is.
    pub title: String,
    /// What it says.
    pub text: Text,
}

/// How a text reaches the learner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// In words alone, which may be read aloud; what is to be done next is typed.
    Words,
    /// On a screen, which draws, and has keys and a menu.
    Screen,
}

impl Sheet {
    fn new(title: impl Into<String>, lines: Vec<Line>) -> Self {
        Self {
            title: title.into(),
            text: lines.into(),
        }
    }

    /// A reading as text.
    pub fn of(reading: &Reading, medium: Medium) -> Self {
        let mut lines = Vec::new();
        for block in &reading.blocks {
            match block {
                Block::Lines(text) => lines.extend(text.iter().cloned()),
                Block::Told(text) if medium == Medium::Words => lines.extend(text.iter().cloned()),
                Block::Told(_) => {}
                Block::Instructions(text) => lines.extend(instructed(text.clone(), medium)),
                Block::Table(table) => lines.extend(tabulated(table)),
                Block::Tree(tree) => grow(tree, medium, "", "", &mut lines),
            }
        }
        Self::new(reading.title.clone(), lines)
    }

    /// All that there is to read of an outcome, one thing after another; `None` where there is nothing.
    pub fn all(outcome: &Outcome, medium: Medium) -> Option<Self> {
        let sheets = outcome.parts.iter().filter_map(|part| sheet(part, medium));
        sheets.reduce(|mut first, next| {
            first.text.lines.push(Line::new());
            first.text.lines.extend(next.under_heading());
            first
        })
    }

    /// The title as a heading, and the text below.
    pub fn under_heading(self) -> Vec<Line> {
        let title = Line::new().with(self.title, Role::Heading);
        std::iter::once(title).chain(self.text.lines).collect()
    }
}

/// What there is to read of one part.
fn sheet(part: &Part, medium: Medium) -> Option<Sheet> {
    match part {
        Part::Reading(reading) => Some(Sheet::of(reading, medium)),
        Part::Question(question) => {
            let mut lines = instructed(question.lines.clone(), medium);
            // How a line is typed is for those who type lines.
            if medium == Medium::Words {
                let how = Line::new().with(question.how_to_answer, Role::Muted);
                lines.extend([Line::new(), how]);
            }
            Some(Sheet::new("Exercise", lines))
        }
        Part::Feedback(feedback) => {
            Some(Sheet::new("Exercise", instructed(feedback.text(), medium)))
        }
        // In words it begins with where one is, which is not known here.
        Part::Keys => {
            (medium == Medium::Screen).then(|| Sheet::new("Keys", keys_help(false).lines))
        }
        Part::Lessons(course) => (medium == Medium::Words).then(|| {
            let mut lines = course_list(course);
            let hint = "`open NAME` opens one, `open FILE` a lesson of your own.";
            lines.extend([Line::new(), Line::new().with(hint, Role::Muted)]);
            Sheet::new("Lessons, in the order of the course", lines)
        }),
        Part::Confirmation(asked) => {
            let way = match medium {
                Medium::Words => Line::plain("Type ")
                    .with(asked.command.clone(), Role::Code)
                    .with(" to do it.", Role::Plain),
                Medium::Screen => Line::plain(format!(
                    "Press y to {}; any other key leaves all as it is.",
                    asked.deed
                )),
            };
            Some(Sheet::new(
                asked.title.clone(),
                vec![Line::plain(asked.about), way],
            ))
        }
        Part::Script(script) => {
            let lines = script.parts.iter().flat_map(|part| {
                if let Part::Reply(line) = part {
                    return vec![line.clone()];
                }
                sheet(part, medium).map_or_else(Vec::new, Sheet::under_heading)
            });
            Some(Sheet::new(script.file.clone(), lines.collect()))
        }
        Part::Turned(lines) => (medium == Medium::Words).then(|| Sheet::new("Runs", lines.clone())),
        Part::Played(lines) => {
            let is_told = medium == Medium::Words && !lines.is_empty();
            is_told.then(|| Sheet::new("On the way", lines.clone()))
        }
        Part::Reply(_) | Part::Screen(_) | Part::Opened | Part::Leave(_) => None,
    }
}

/// A tree, drawn or told; its branches are `fork`ed off what stands above, and what is below them is indented.
fn grow(tree: &Tree, medium: Medium, fork: &str, indent: &str, lines: &mut Vec<Line>) {
    let (mark, fork_on, fork_last, through) = match (medium, tree.is_current) {
        (Medium::Words, true) => ("current branch ", "  ", "  ", "  "),
        (Medium::Words, false) => ("branch ", "  ", "  ", "  "),
        (Medium::Screen, true) => ("● ", "├─ ", "└─ ", "│  "),
        (Medium::Screen, false) => ("○ ", "├─ ", "└─ ", "│  "),
    };
    let line = Line::new().with(fork, Role::Muted).with(mark, Role::Plain);
    lines.push(line.joined(tree.line.clone()));
    for (place, child) in tree.children.iter().enumerate() {
        let last = place + 1 == tree.children.len();
        let fork = format!("{indent}{}", if last { fork_last } else { fork_on });
        let indent = format!("{indent}{}", if last { "   " } else { through });
        grow(child, medium, &fork, &indent, lines);
    }
}

/// A table whose columns are as wide as it takes: names begin on the left, numbers end on the right.
fn tabulated(table: &Table) -> Vec<Line> {
    let heads: Vec<String> = (table.columns.iter())
        .map(|column| column.name.clone())
        .collect();
    let texts: Vec<Vec<String>> = (table.rows.iter())
        .map(|row| row.iter().map(cell_text).collect())
        .collect();
    let padded = |row: &[String], place: usize| {
        let all = texts.iter().chain([&heads]);
        let widest = all.map(|row| row[place].width()).max().unwrap_or(0);
        let room = widest.max(table.columns[place].room);
        let (text, space) = (&row[place], " ".repeat(room - row[place].width()));
        let names = (table.rows.iter()).all(|row| matches!(row[place], TableCell::Name(_)));
        if names {
            format!("  {text}{space}")
        } else {
            format!("  {space}{text}")
        }
    };
    let head = (0..heads.len()).map(|place| padded(&heads, place));
    let head = Line::new().with(head.collect::<String>(), Role::Muted);
    let line = |row: &Vec<String>| {
        let columns = table.columns.iter().enumerate();
        columns.fold(Line::new(), |line, (place, column)| {
            line.with(padded(row, place), column.role)
        })
    };
    std::iter::once(head)
        .chain(texts.iter().map(line))
        .collect()
}

fn cell_text(cell: &TableCell) -> String {
    match cell {
        TableCell::Nothing => "-".to_owned(),
        TableCell::Name(name) => name.clone(),
        TableCell::Count(count) => count.to_string(),
        TableCell::Counts(counts) => {
            let each = counts.iter().map(|(name, count)| format!("{name} {count}"));
            each.collect::<Vec<_>>().join(", ")
        }
        TableCell::NotIn(updates) => format!("not in {updates}"),
        TableCell::StopsAt(updates) => format!("stops at {updates}"),
        TableCell::Number(number, digits) => number::display_rough(*number, *digits),
        TableCell::Size(value, mark) => number::size(*value, *mark),
    }
}

/// The course as a list: each lesson's name, what it is about, and what has been done of it.
pub fn course_list(course: &[CourseLesson]) -> Vec<Line> {
    let column = course.iter().map(|lesson| lesson.name.len()).max();
    let column = column.unwrap_or(0) + 2;
    let entry = |lesson: &CourseLesson| {
        let mut line = Line::plain("  ");
        line.push(padded(&lesson.name, column, false), Role::Code);
        line.push(lesson.summary.clone(), Role::Plain);
        if lesson.page.is_some() {
            line.push(format!(" ({})", lesson.done()), Role::Muted);
        }
        line.indent = column + 2;
        line
    };
    course.iter().map(entry).collect()
}
