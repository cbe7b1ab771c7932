//! `nnmom-tutor class`: what the learners of a class have handed in, in one table.
//!
//! The files come from many hands. What is no such file is named and left out, and nothing in one does anything to a
//! terminal, a browser or a spreadsheet.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;

use crate::exercise::Misconception;
use crate::explain::{begun, plural, printable};
use crate::export::{Cell, Column, Record, Rows, Sink, html};
use crate::files::{Files, read_at_most};
use crate::record::{HandIn, LessonDone, Moment};

/// The largest file that is read, in bytes.
const MOST_BYTES: u64 = 4 << 20;
/// So many of the slips that the class has made are told.
const MOST_SLIPS: usize = 5;

const COLUMNS: [Column; 8] = [
    Column::text("name"),
    Column::text("lesson"),
    Column::number("page"),
    Column::number("solved"),
    Column::number("aided"),
    Column::number("attempts"),
    Column::text("commonest slip"),
    Column::text("last seen"),
];

/// A class: a row for each lesson that a learner has begun.
#[derive(Debug, Default)]
pub struct Class {
    rows: Vec<Row>,
    /// The slips of all: how often each has been made, and by whom.
    slips: BTreeMap<String, (u64, BTreeSet<String>)>,
    /// What has been left out, and why.
    pub skipped: Vec<String>,
}

/// What a learner has done of a lesson.
#[derive(Debug, Default)]
struct Row {
    name: String,
    lesson: String,
    /// The page, and how many exercises have been solved, how many of them with help, in how many answers.
    counts: [u64; 4],
    slip: String,
    last: String,
}

/// A file that has been read.
struct Read {
    file: String,
    bytes: Vec<u8>,
    hand_in: HandIn,
}

impl Class {
    /// Reads all files of a folder.
    ///
    /// # Errors
    /// Where there is no such folder.
    pub fn read(files: &dyn Files, folder: &Path) -> io::Result<Self> {
        let mut class = Self::default();
        let mut read: Vec<Read> = Vec::new();
        for file in files.names(folder)? {
            // Some systems put such files into every folder.
            if file.starts_with('.') {
                continue;
            }
            match understood(files, &folder.join(&file)) {
                Ok((bytes, hand_in)) => read.push(Read {
                    file,
                    bytes,
                    hand_in,
                }),
                Err(reason) => class.skip(&file, &reason),
            }
        }
        let read = class.without_duplicates(read);
        let courses: BTreeSet<&str> = read.iter().map(|one| one.hand_in.course.as_str()).collect();
        let several = courses.len() > 1;
        for one in &read {
            class.add(one, several);
        }
        (class.rows).sort_by_key(|row| (row.name.to_lowercase(), row.name.clone()));
        Ok(class)
    }

    /// Whether there is nobody in it.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The slips that have been made most often, in a sentence; `None` where there are none.
    pub fn slips(&self) -> Option<String> {
        let mut slips: Vec<_> = self.slips.iter().collect();
        slips.sort_by_key(|(_, (times, by))| std::cmp::Reverse((by.len(), *times)));
        let told = slips.into_iter().take(MOST_SLIPS);
        let told = told.map(|(slip, (times, by))| {
            let (learners, often) = (by.len() as u64, plural(*times, "time"));
            format!(
                "{slip} ({times} {often}, {learners} {})",
                plural(learners, "learner")
            )
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("Slips: {}.", told.join("; ")))
    }

    /// The table as a page for a browser.
    ///
    /// # Errors
    /// Never: the rows are there.
    pub fn page(&mut self, title: &str) -> io::Result<String> {
        let slips = self.slips();
        let slips = slips.map(|slips| format!("<p>{}</p>\n", html::escaped(&slips)));
        let title = format!("Class · {}", short(title));
        let table = html::table("How far each learner has come, lesson by lesson", self)?;
        let heading = format!("<h1>{}</h1>\n", html::escaped(&title));
        let style = "body { max-width: 70rem; }\ntd:last-child { white-space: nowrap; }\n";
        Ok(html::page(
            &title,
            style,
            &(heading + &table + &slips.unwrap_or_default()),
        ))
    }

    fn skip(&mut self, file: &str, reason: &str) {
        self.skipped
            .push(format!("{} is left out: {reason}", short(file)));
    }

    /// The files without those that hold what another holds, or that the same learner has handed in earlier.
    fn without_duplicates(&mut self, read: Vec<Read>) -> Vec<Read> {
        let mut kept: Vec<Read> = Vec::new();
        let mut by_bytes: HashMap<Vec<u8>, String> = HashMap::new();
        let mut by_name: HashMap<(String, String), usize> = HashMap::new();
        for one in read {
            if let Some(first) = by_bytes.get(&one.bytes) {
                self.skip(&one.file, &format!("it is the same as {}", short(first)));
                continue;
            }
            by_bytes.insert(one.bytes.clone(), one.file.clone());
            let Some(name) = one
                .hand_in
                .name
                .clone()
                .filter(|name| !name.trim().is_empty())
            else {
                kept.push(one);
                continue;
            };
            let key = (name.clone(), one.hand_in.course.clone());
            let Some(place) = by_name.get(&key).copied() else {
                by_name.insert(key, kept.len());
                kept.push(one);
                continue;
            };
            let newer = last_seen(&one.hand_in) > last_seen(&kept[place].hand_in);
            let older = if newer {
                std::mem::replace(&mut kept[place], one)
            } else {
                one
            };
            let (name, other) = (short(&name), short(&kept[place].file));
            self.skip(
                &older.file,
                &format!("{other} is by {name} too, and later; where these are two learners, each needs a name of their own"),
            );
        }
        kept
    }

    fn add(&mut self, read: &Read, several: bool) {
        let HandIn {
            name,
            course,
            lessons,
            ..
        } = &read.hand_in;
        let name = name
            .as_deref()
            .map(short)
            .filter(|name| !name.trim().is_empty());
        // Whoever gives no name is told from others by their file.
        let name = name.unwrap_or_else(|| format!("({})", short(&read.file)));
        if lessons.is_empty() {
            self.rows.push(Row {
                name: name.clone(),
                ..Row::default()
            });
        }
        for lesson in lessons {
            let own = short(&lesson.lesson);
            let title = if several {
                format!("{}: {own}", short(course))
            } else {
                own
            };
            let slips = slips_of(lesson);
            for (slip, times) in &slips {
                let (all, by) = self.slips.entry(slip.clone()).or_default();
                *all = all.saturating_add(*times);
                by.insert(name.clone());
            }
            let commonest = slips.into_iter().rev().max_by_key(|(_, times)| *times);
            let solved = lesson.exercises.iter().filter(|exercise| exercise.solved);
            let aided = solved.clone().filter(|exercise| exercise.aided);
            let attempts = lesson.exercises.iter().map(|exercise| exercise.attempts);
            self.rows.push(Row {
                name: name.clone(),
                lesson: title,
                counts: [
                    lesson.page,
                    solved.count() as u64,
                    aided.count() as u64,
                    attempts.fold(0, u64::saturating_add),
                ],
                slip: commonest.map_or_else(String::new, |(slip, _)| slip),
                last: lesson.last.map_or_else(String::new, Moment::date),
            });
        }
    }
}

impl Rows for Class {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink<'_>) -> io::Result<()> {
        self.rows.iter().try_for_each(|row| {
            let [page, solved, aided, attempts] = row.counts.map(Cell::Count);
            let page = if row.lesson.is_empty() {
                Cell::Empty
            } else {
                page
            };
            let [name, lesson, slip, last] =
                [&row.name, &row.lesson, &row.slip, &row.last].map(|text| Cell::Text(text));
            write(Record::Row(vec![
                name, lesson, page, solved, aided, attempts, slip, last,
            ]))
        })
    }

    fn shows_empty(&self) -> bool {
        true
    }
}

/// What a file holds; the error is a reason in words.
fn understood(files: &dyn Files, path: &Path) -> Result<(Vec<u8>, HandIn), String> {
    let bytes = read_at_most(files, path, MOST_BYTES).map_err(|error| error.to_string())?;
    let hand_in = HandIn::read(&bytes)?;
    Ok((bytes, hand_in))
}

fn last_seen(hand_in: &HandIn) -> Option<Moment> {
    hand_in
        .lessons
        .iter()
        .filter_map(|lesson| lesson.last)
        .max()
}

/// The slips in a lesson by what they are, and how often each has been made.
fn slips_of(lesson: &LessonDone) -> BTreeMap<String, u64> {
    let mut slips: BTreeMap<String, u64> = BTreeMap::new();
    let all = lesson.exercises.iter().flat_map(|exercise| &exercise.slips);
    for (slug, times) in all {
        let title =
            Misconception::named(slug).map_or_else(|| short(slug), |slip| slip.title.to_owned());
        let sum = slips.entry(title).or_default();
        *sum = sum.saturating_add(*times);
    }
    slips
}

/// A text from a file on one line, and no longer than there is room for.
fn short(text: &str) -> String {
    begun(&printable(text))
}
