//! `nnmom-tutor handout`: a lesson or a course to be read without the tutor, on paper or in a browser.
//!
//! A `Handout` is what stands in it, as typed parts; `html` and `markdown` write it. Without answers nothing in it
//! tells them: a line of an update that a question asks for is left free.

mod html;
mod markdown;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::command::ShowTopic;
use crate::explain::{DerivationLine, Line, Piece};
use crate::lesson::Lesson;
use crate::pictures::PictureView;
use crate::screen::{self, Look, Snapshot};
use crate::session::Session;
use crate::view::{Inks, Medium, Screen, Sheet, Theme, UpdateRow, UpdateView};
use crate::watch::{Halt, Watch};

/// The size of a picture, in characters.
const PICTURE: (u16, u16) = (64, 18);

/// A lesson or a course to be read.
#[derive(Debug)]
pub(super) struct Handout {
    /// What the lesson or the course is called.
    title: String,
    /// Its lessons; a single one for a lesson.
    lessons: Vec<Chapter>,
}

/// A lesson.
#[derive(Debug)]
struct Chapter {
    title: String,
    summary: String,
    pages: Vec<Sheaf>,
}

/// A page.
#[derive(Debug)]
struct Sheaf {
    title: String,
    parts: Vec<Part>,
}

/// What stands on a page.
#[derive(Debug, PartialEq)]
enum Part {
    Text(Piece),
    Update(Worked),
    Figure(Figure),
    Question(Question),
}

/// An update, line by line.
#[derive(Debug, PartialEq)]
struct Worked {
    heading: String,
    given: Line,
    rows: Vec<UpdateRow>,
    result: Option<Line>,
}

/// A picture, which tells in words what is to be seen in it.
#[derive(Debug, PartialEq)]
struct Figure {
    title: String,
    /// What it is of.
    caption: Line,
    svg: String,
}

/// A question.
#[derive(Debug, PartialEq)]
struct Question {
    /// Which of the lesson, from 1.
    number: usize,
    lines: Vec<Line>,
    /// The answer with its way, where it is to be told.
    answer: Option<Vec<Line>>,
}

/// Draws a view of a sitting, which these words tell of.
type Draw<'a> = &'a mut dyn FnMut(&Session, &str, &str) -> Result<String, String>;

/// The ways in which a handout is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// A page for a browser, which can be printed.
    Html,
    /// Markdown.
    Markdown,
}

impl Paper {
    /// The one that a file holds, by the ending of its name.
    pub fn of_file(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()? {
            "html" | "htm" => Some(Self::Html),
            "md" => Some(Self::Markdown),
            _ => None,
        }
    }
}

/// Writes a handout of lessons under a title, with answers or without.
///
/// # Errors
/// Where a page cannot be opened, or somebody stops it; in words.
pub fn handout(
    title: &str,
    lessons: Vec<Lesson>,
    paper: Paper,
    answers: bool,
    watch: &Watch,
) -> Result<String, String> {
    let mut inks = Inks::default();
    let light = Snapshot {
        size: PICTURE.into(),
        look: Look {
            theme: Theme::Light,
            ..Snapshot::default().look
        },
    };
    let mut draw = |session: &Session, view: &str, words: &str| match paper {
        Paper::Html => screen::figure(session, view, PICTURE.into(), words, &mut inks),
        Paper::Markdown => screen::svg(session, Some(view), light),
    };
    let handout = watch.during(|| Handout::of(title, lessons, answers, watch, &mut draw))?;
    Ok(match paper {
        Paper::Html => html::written(&handout, inks),
        Paper::Markdown => markdown::written(&handout),
    })
}

impl Handout {
    fn of(
        title: &str,
        lessons: Vec<Lesson>,
        answers: bool,
        watch: &Watch,
        draw: Draw,
    ) -> Result<Self, String> {
        let chapter = |lesson| Chapter::of(&Arc::new(lesson), answers, watch, draw);
        Ok(Self {
            title: title.to_owned(),
            lessons: lessons.into_iter().map(chapter).collect::<Result<_, _>>()?,
        })
    }
}

impl Chapter {
    fn of(lesson: &Arc<Lesson>, answers: bool, watch: &Watch, draw: Draw) -> Result<Self, String> {
        let mut sittings = Vec::new();
        for page in 1..=lesson.pages.len() {
            watch.set_place(format!(
                "{}, page {page} of {}",
                lesson.name,
                lesson.pages.len()
            ));
            let mut session = Session::unopened_and_watched(Arc::clone(lesson), watch.clone());
            let opened = session.run_line(&format!("page {page}"));
            opened.map_err(|complaint| complaint.to_string())?;
            if watch.halt() == Some(Halt::Stopped) {
                return Err("it was stopped; nothing is written".to_owned());
            }
            sittings.push(session);
        }
        let questions = |session: &Session| {
            let session = session.clone();
            (0..session.page().exercises.len()).map(move |nth| session.clone().asking(nth))
        };
        let asked = sittings.iter().flat_map(questions);
        let secrets: BTreeSet<String> =
            asked.filter_map(|asked| asked.answer_in_number()).collect();
        let mut number = 0;
        let mut pages: Vec<Sheaf> = Vec::new();
        for session in &sittings {
            let mut parts: Vec<Part> = session.page_pieces().into_iter().map(Part::Text).collect();
            let screen = Screen::of(session);
            let shown = [
                (!screen.picture_page)
                    .then(|| Part::Update(Worked::of(screen.update, session, answers, &secrets))),
                Some(Part::Figure(Figure::of(session, &screen.picture, draw)?)),
            ];
            // What has not changed since the page before need not be seen again.
            let before = pages.last().map_or(&[][..], |page| &page.parts);
            parts.extend(
                shown
                    .into_iter()
                    .flatten()
                    .filter(|part| !before.contains(part)),
            );
            for asked in questions(session) {
                number += 1;
                parts.push(Part::Question(Question::of(&asked, number, answers)?));
            }
            let title = session.page().title.clone();
            pages.push(Sheaf { title, parts });
        }
        Ok(Self {
            title: lesson.title.clone(),
            summary: lesson.summary.clone(),
            pages,
        })
    }
}

impl Worked {
    /// The update as the page opens with it; the whole of it where that tells no answer, or answers are told.
    fn of(view: UpdateView, session: &Session, answers: bool, secrets: &BTreeSet<String>) -> Self {
        let derivation = session.derivation();
        let mut ahead = derivation.lines.iter().skip(session.position().lines);
        let tells = |line: &DerivationLine| {
            !line.is_given() && secrets.contains(&session.shown(line.shown()))
        };
        let asks = !session.page().exercises.is_empty();
        let is_free = !asks && !ahead.any(tells);
        Self {
            heading: view.heading.whole().to_owned(),
            given: view.given,
            rows: if answers || is_free {
                view.ahead
            } else {
                view.rows
            },
            result: view.result,
        }
    }
}

impl Figure {
    fn of(session: &Session, view: &PictureView, draw: Draw) -> Result<Self, String> {
        let (picture, title) = (view.picture(), view.title());
        let reading = session.words(ShowTopic::Picture(picture));
        let words = Sheet::of(&reading, Medium::Words).text;
        let svg = draw(
            session,
            picture.name(),
            &format!("{title}. {}", words.text().replace('\n', " ")),
        )?;
        Ok(Self {
            title,
            caption: words.lines.into_iter().next().unwrap_or_default(),
            svg,
        })
    }
}

impl Question {
    fn of(asked: &Session, number: usize, answers: bool) -> Result<Self, String> {
        let question = asked.question();
        let answer = answers.then(|| asked.answer_with_way()).transpose();
        Ok(Self {
            number,
            lines: question.map_or_else(Vec::new, |question| question.lines),
            answer: answer.map_err(|refusal| refusal.message)?,
        })
    }
}
