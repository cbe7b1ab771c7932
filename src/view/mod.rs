//! Floor 7: what a frontend needs to draw, as plain values.
//!
//! Owns the choice of what is shown of a sitting and in which words. Knows nothing of sizes, colours or terminals.

mod ascii;
mod colours;
mod formula;
mod heading;
mod inks;
mod instructed;
mod menu;
mod narration;
mod now;
mod onward;
mod sheet;
mod spoken;
mod theme;
mod update;
mod wrap;

pub use crate::command::Theme;
pub use ascii::ascii;
pub use colours::{Colour, Depth, Ground, usual_theme};
pub use formula::break_formula;
pub use heading::Heading;
pub use inks::Inks;
pub use instructed::instructed;
pub use menu::{Menu, MenuEntry, State};
pub use narration::{Seen, introduce, narrate, prompt, tell_of_change, whereabouts};
pub use now::{Doing, here_and_now};
pub use onward::{Onward, meant_by_enter};
pub use sheet::{Medium, Sheet, course_list};
pub use spoken::in_words;
pub use theme::{BANDS, Look, Palette};
pub use update::{UpdateRow, UpdateView, Value};
pub use wrap::{beginning, columns, wrap, wrap_line};

use crate::command::Picture;
use crate::explain::{Line, Listing, Quantity, Role, Text};
use crate::pictures::PictureView;
use crate::session::{ExerciseStatus, Race, Session, Verdict};

/// Everything on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Screen {
    /// The lesson's title.
    pub title: String,
    /// The number of the open page, from 1, and how many there are.
    pub page: (usize, usize),
    /// How many of the lesson's exercises have been solved, of how many; `None` where it has none.
    pub exercises: Option<(usize, usize)>,
    /// Whether the open page's exercise has been solved; `None` where it has none.
    pub solved: Option<bool>,
    /// The line of the lesson's file in which there is a mistake since it was changed.
    pub mistake: Option<String>,
    /// The open page's title.
    pub page_title: String,
    /// Whether going on from this page opens the next lesson.
    pub last_page: bool,
    /// The open page's text, still to be wrapped.
    pub text: Text,
    /// What stays in sight below it: its call to the exercise, or where that is solved what comes next.
    pub call: Text,
    /// What comes after that: the next lesson, while the page still asks for something.
    pub foot: Text,
    /// The code, and which of its lines comes next.
    pub code: CodeView,
    /// The update.
    pub update: UpdateView,
    /// The picture of the run.
    pub picture: PictureView,
    /// Whether the open page is one that shows its picture large, its update and code away until they are asked for.
    pub picture_page: bool,
    /// The picture that comes next, where there are several.
    pub next_picture: Option<Picture>,
    /// Rule and coefficients.
    pub parameters: Vec<Setting>,
    /// How many updates are complete, of how many; and how many lines of the update have been shown, of how many.
    pub progress: Progress,
    /// The name of the current branch, where there are several.
    pub branch: Option<String>,
    /// What the run has been seen to do, in a sentence; not what theory says will become of it.
    pub seen: Option<Line>,
    /// What has become of the run and what had before a setting was turned, where one has been.
    pub turned: Option<[Verdict; 2]>,
    /// How fast it plays, while it does: `8 updates a second`.
    pub playing: Option<String>,
    /// How the runs stand that are compared.
    pub race: Option<Race>,
    /// What is to be seen in the picture, in a sentence.
    pub verdict: Option<Line>,
    /// Whether something is ever said of what the run does.
    pub tells: bool,
}

/// The code of the update.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeView {
    /// The language, as its makers write it.
    pub language: &'static str,
    /// The code.
    pub listing: Listing,
    /// The line that computes what comes next, by its place in the listing; `None` when the update is complete.
    pub current: Option<usize>,
}

/// One setting, such as `η learning rate 0.01`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The symbol, or for a setting that has none its name.
    pub symbol: String,
    /// The words.
    pub words: String,
    /// The value.
    pub value: String,
    /// What it is about.
    pub role: Role,
}

/// How far the learner has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Updates that are complete.
    pub step: u64,
    /// How many there are, where they run out.
    pub steps: Option<u64>,
    /// Lines of the update that have been shown.
    pub line: usize,
    /// How many it has.
    pub lines: usize,
}

impl Screen {
    /// What is said of the run in a row of its own: how it stands among those that it is compared with, or what it does.
    pub fn verdict_on_run(&self) -> Option<&Line> {
        let race = self.race.as_ref().map(|race| &race.told);
        race.filter(|told| !told.spans.is_empty())
            .or(self.seen.as_ref())
    }

    /// What is to be drawn of a sitting.
    pub fn of(session: &Session) -> Self {
        let lesson = session.lesson();
        let derivation = session.derivation();
        let position = session.position();
        let (listing, tally) = (session.listing(), session.tally());
        let next = derivation.lines.get(position.lines);
        let picture = PictureView::of(session.picture(), &session.subject());
        let seen = session.seen_behaviour();
        Self {
            verdict: picture.verdict(),
            title: lesson.title.clone(),
            page: (session.page_index() + 1, lesson.pages.len()),
            exercises: (tally.all > 0).then_some((tally.solved, tally.all)),
            solved: (session.exercise_status(session.page_index()))
                .map(|status| matches!(status, ExerciseStatus::Solved { .. })),
            last_page: session.leads_to_next_lesson(),
            mistake: (!session.mistake().is_empty()).then(|| {
                let line = session.mistake_line();
                line.map_or("file".to_owned(), |line| format!("line {line}"))
            }),
            page_title: session.page().title.clone(),
            text: instructed(session.page_body().lines, Medium::Screen).into(),
            call: instructed(session.page_call().lines, Medium::Screen).into(),
            foot: instructed(session.page_foot().lines, Medium::Screen).into(),
            code: CodeView {
                language: session.language().title(),
                current: next.and_then(|line| listing.line_of(line.quantity)),
                listing,
            },
            update: UpdateView::of(session, &derivation),
            picture,
            picture_page: session.page().picture.is_some(),
            next_picture: next_picture(session),
            parameters: settings(session),
            progress: Progress {
                step: session.step(),
                steps: lesson.model.updates(),
                line: position.lines,
                lines: derivation.lines.len(),
            },
            branch: (session.timeline().branches().len() > 1)
                .then(|| session.timeline().current().name.clone()),
            seen,
            turned: session.verdicts(),
            playing: session.pace(),
            race: session.race(),
            tells: lesson.model.surface().is_some(),
        }
    }
}

/// The picture after the one that is shown.
fn next_picture(session: &Session) -> Option<Picture> {
    let all = session.pictures();
    let index = all
        .iter()
        .position(|picture| *picture == session.picture())?;
    (all.len() > 1).then(|| all[(index + 1) % all.len()])
}

fn settings(session: &Session) -> Vec<Setting> {
    let settings = session.record().settings;
    let coefficient = |quantity: Quantity, value: f64| Setting {
        symbol: quantity.symbol().into_owned(),
        words: quantity.words(settings.rule).into_owned(),
        value: session.shown(value),
        role: Role::Quantity(quantity),
    };
    let named = |words: &'static str, value: &str| Setting {
        symbol: String::new(),
        words: words.to_owned(),
        value: value.to_owned(),
        role: Role::Strong,
    };
    let mut list = vec![coefficient(Quantity::LearningRate, settings.learning_rate)];
    if settings.rule.remembers() {
        list.push(coefficient(Quantity::Momentum, settings.momentum));
    }
    list.push(named("rule", settings.rule.name()));
    if session.convention() != session.lesson().convention {
        list.push(named("convention", session.convention().name()));
    }
    list
}
