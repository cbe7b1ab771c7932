//! Floor 6: a learner's sitting with one lesson.
//!
//! Owns what is done for each command, and what a command would do. A command either succeeds or changes nothing. Knows
//! nothing of keys, screens or terminals.
//!
//! A [`Session`] is composed of small structs that keep their fields to themselves: where the learner is (`walk`), the
//! runs, what they are watched for (`marks`), how numbers are written (`notation`), the lines done so far (`tape`), what
//! has been worked out (`memo`). Its commands are `impl` blocks by what they are about: `moves/` goes somewhere,
//! `changes/` changes the run or makes several, `display/` tells and shows, `files` and `progress` keep.

mod apply;
mod changes;
mod check;
mod display;
mod exercises;
mod files;
mod learner;
mod line;
mod marks;
mod memo;
mod moves;
mod notation;
mod outcome;
mod phrases;
mod predictions;
mod race;
mod runs;
mod scene;
mod table;
mod tape;
mod walk;

use std::rc::Rc;
use std::sync::Arc;

pub use files::read_script;
pub use learner::{CourseLesson, Library, Tally, course, hand_in, where_stopped};
pub use moves::ReadAgain;
pub use outcome::{Block, Confirmation, Outcome, Part, Reading, Script, Told, Tree};
pub use predictions::Said;
pub use race::{Race, Racer};
pub use table::{Table, TableCell, TableColumn};
pub use walk::{Position, Unfinished};

use changes::Lineup;
pub use changes::Verdict;
use exercises::Exercises;
use marks::Marks;
use memo::Memo;
use moves::{Mistaken, Player};
use notation::Notation;
use outcome::Done;
use predictions::Predictions;
use runs::Runs;
use tape::Tape;
use walk::Walk;

use crate::asking::Sights;
pub use crate::asking::{Answering, ExerciseStatus, Feedback, Waiting};
use crate::command::{self, Refusal, refused};
use crate::explain::{Code, Derivation, Digits, Language, Line, Listing, number};
use crate::files::{Files, Memory};
use crate::lesson::{Lesson, Page};
use crate::math::Convention;
use crate::pictures::Looks;
use crate::record::Keeper;
use crate::timeline::{Record, Stop, Timeline};
use crate::watch::{Halt, Watch};

/// A sitting.
#[derive(Debug, Clone)]
pub struct Session {
    lesson: Arc<Lesson>,
    runs: Runs,
    walk: Walk,
    /// Breakpoints and watches.
    marks: Marks,
    notation: Notation,
    /// Every line done so far that has changed anything.
    tape: Tape,
    /// What has been worked out and is asked for again.
    memo: Memo,
    /// Draws the screen, where somebody can.
    artist: Option<Artist>,
    /// What it reads and writes.
    files: Rc<dyn Files>,
    /// What is being asked, and what has been answered.
    exercises: Exercises,
    predictions: Predictions,
    /// The numbers that have been shown.
    sights: Sights,
    /// How the run is looked at.
    looks: Looks,
    /// Keeps what the learner has done, from one sitting to the next.
    keeper: Keeper,
    player: Player,
    /// What is wrong with the lesson's file since it was changed, where anything is.
    mistaken: Option<Mistaken>,
    /// Whether the open page has been prepared: its run is where the page wants it.
    is_prepared: bool,
}

/// Draws a sitting as an SVG.
pub type Artist = fn(&Session) -> String;

impl Session {
    /// A sitting at the start of `lesson`, with its first page open.
    ///
    /// # Errors
    /// Where a command of the page cannot be done.
    pub fn new(lesson: Arc<Lesson>) -> Result<Self, Refusal> {
        Self::new_watched(lesson, &Watch::default())
    }

    /// The same, for somebody who waits for what takes long.
    ///
    /// # Errors
    /// Where a command of the page cannot be done.
    pub fn new_watched(lesson: Arc<Lesson>, watch: &Watch) -> Result<Self, Refusal> {
        Self::unopened_and_watched(lesson, watch.clone()).opened()
    }

    /// The same sitting with its first page open.
    ///
    /// # Errors
    /// Where a command of the page cannot be done.
    pub fn opened(mut self) -> Result<Self, Refusal> {
        let watch = self.watch().clone();
        watch.during(|| self.open_page(0))?;
        Ok(self)
    }

    /// A sitting in which no page has been opened: the run as the lesson's `training` has it.
    pub fn unopened(lesson: Arc<Lesson>) -> Self {
        Self::unopened_and_watched(lesson, Watch::default())
    }

    /// The same, for somebody who waits for what takes long.
    pub fn unopened_and_watched(lesson: Arc<Lesson>, watch: Watch) -> Self {
        Self {
            runs: Runs::of(&lesson, watch),
            walk: Walk::new(),
            marks: Marks::default(),
            notation: Notation::default().of(&lesson),
            tape: Tape::default(),
            memo: Memo::default(),
            artist: None,
            files: Rc::new(Memory::default()),
            exercises: Exercises::default(),
            predictions: Predictions::default(),
            sights: Sights::default(),
            looks: Looks::default(),
            keeper: Keeper::default(),
            player: Player::default(),
            mistaken: None,
            is_prepared: true,
            lesson,
        }
    }

    /// The same with somebody who can draw its screen.
    #[must_use]
    pub fn drawn_by(self, artist: Artist) -> Self {
        Self {
            artist: Some(artist),
            ..self
        }
    }

    /// Who waits for what takes long.
    pub fn watch(&self) -> &Watch {
        self.runs.watch()
    }

    /// Whether the learner has made anything on this page that nothing keeps.
    pub fn has_unkept(&self) -> bool {
        self.tape.has_unkept()
    }

    /// Whether a command has come to its end, so that something can be made of it.
    ///
    /// # Errors
    /// Where it has been stopped.
    fn unless_halted(&self) -> Result<(), Refusal> {
        match self.watch().halt() {
            None => Ok(()),
            Some(Halt::Stopped) => refused("it was stopped", "nothing of it is kept"),
            Some(Halt::Spent) => refused("it takes too long", "fewer updates"),
        }
    }

    /// The same with files to read and to write; before, there are only those that it writes itself, in memory.
    #[must_use]
    pub fn with_files(self, files: Rc<dyn Files>) -> Self {
        Self { files, ..self }
    }

    /// The same sitting, whose progress is kept by `keeper`.
    #[must_use]
    pub fn keeping(self, keeper: Keeper) -> Self {
        Self { keeper, ..self }
    }

    /// Goes on with a keeper that knows more: of what was done elsewhere while this sitting was waiting.
    pub fn keep_with(&mut self, keeper: Keeper) {
        self.keeper = keeper;
    }

    /// What keeps the learner's progress.
    pub fn keeper(&self) -> &Keeper {
        &self.keeper
    }

    /// What there is to tell about keeping progress; asking clears it.
    pub fn take_notice(&mut self) -> Option<String> {
        self.keeper.take_notice()
    }

    /// The lesson.
    pub fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The same, for another sitting with it.
    pub fn shared_lesson(&self) -> Arc<Lesson> {
        Arc::clone(&self.lesson)
    }

    /// The index of the open page.
    pub fn page_index(&self) -> usize {
        self.walk.page()
    }

    /// The open page.
    pub fn page(&self) -> &Page {
        &self.lesson.pages[self.page_index()]
    }

    /// The runs.
    pub fn timeline(&self) -> &Timeline {
        self.runs.timeline()
    }

    /// The update on the screen and how much of it has been shown.
    pub fn position(&self) -> Position {
        self.walk.position()
    }

    /// How many updates are complete.
    pub fn step(&self) -> u64 {
        self.walk.step(self.runs.run())
    }

    /// Whether every line of the update on the screen has been shown.
    pub fn is_complete(&self) -> bool {
        self.walk.is_complete(self.runs.run())
    }

    /// How many digits are shown.
    pub fn digits(&self) -> Digits {
        self.notation.digits()
    }

    /// A number in as many digits as are shown.
    pub fn shown(&self, value: f64) -> String {
        number::display(value, self.digits())
    }

    /// The language of the code.
    pub fn language(&self) -> Language {
        self.notation.language()
    }

    /// The sign that gradients are shown with.
    pub fn convention(&self) -> Convention {
        self.notation.convention()
    }

    /// The parameter whose update is shown, by its index.
    pub fn focus(&self) -> usize {
        self.walk.focus()
    }

    /// The name of the parameter whose update is shown.
    pub fn parameter(&self) -> &str {
        &self.lesson.model.parameters()[self.focus()]
    }

    /// The update on the screen.
    ///
    /// # Panics
    /// Never: the loader checks that the first update can be made, and every move and change checks its own.
    pub fn record(&self) -> Rc<Record> {
        self.record_of(self.position().update)
            .expect("the update on the screen can be made")
    }

    /// The derivation of an update that has been made; `None` of any other.
    pub fn derivation_of(&self, update: u64) -> Option<Derivation> {
        let made = update < self.timeline().run().reached();
        let record = made.then(|| self.record_of(update).ok()).flatten()?;
        let model = self.timeline().run().model();
        Some(Derivation::new(
            model,
            &record,
            self.focus(),
            self.convention(),
        ))
    }

    /// The derivation on the screen.
    pub fn derivation(&self) -> Rc<Derivation> {
        let model = self.timeline().run().model();
        self.memo
            .derivation(model, &self.record(), self.focus(), self.convention())
    }

    /// The code of the update on the screen.
    pub fn listing(&self) -> Listing {
        self.code(&self.record()).listing()
    }

    /// The same with what it starts from: a program that runs.
    pub fn program(&self) -> Vec<Line> {
        self.code(&self.record()).program()
    }

    fn code<'a>(&'a self, record: &'a Rc<Record>) -> Code<'a> {
        let model = self.timeline().run().model();
        Code::new(
            model,
            record,
            self.focus(),
            &self.derivation(),
            self.language(),
        )
    }

    /// Where the learner is, in words.
    pub fn place(&self) -> String {
        let Position { update, lines } = self.position();
        let updates = self.lesson.model.updates();
        let of_updates = updates.map_or_else(String::new, |n| format!(" of {n}"));
        let (update, of_lines) = (update + 1, self.derivation().lines.len());
        let record = self.record();
        let of_item = record.item.map_or_else(String::new, |item| {
            format!(", epoch {}, item {item}", record.epoch + 1)
        });
        format!("update {update}{of_updates}{of_item}, line {lines} of {of_lines}")
    }

    fn reset(&mut self) -> Done {
        if !self.timeline().is_untouched() {
            self.has_room_for(1)?;
        }
        let parted = self.runs.begin_branch();
        self.stand_at_start();
        let said = Line::plain("The run starts again with the lesson's own settings.");
        Ok(Outcome::says(said.joined(parted.unwrap_or_default())))
    }

    /// Gives up every branch and begins again, as pages do.
    fn clear(&mut self) {
        self.runs.begin_again(&self.lesson);
        self.memo.forget_before();
        self.stand_at_start();
    }

    fn stand_at_start(&mut self) {
        self.walk.begin_again();
        self.notation = (self.notation.clone()).of(&self.lesson);
    }

    fn record_of(&self, update: u64) -> Result<Rc<Record>, Stop> {
        self.timeline().run().record(update)
    }
}

/// `one branch is`, `3 branches are`.
fn are(count: usize, one: &str, several: &str) -> String {
    if count == 1 {
        format!("one {one} is")
    } else {
        format!("{count} {several} are")
    }
}

/// The value a choice stands for.
fn chosen<T: Copy + PartialEq>(choice: command::Choice<T>, all: &[T], current: T) -> T {
    let index = all.iter().position(|value| *value == current).unwrap_or(0);
    match choice {
        command::Choice::This(value) => value,
        command::Choice::Next => all[(index + 1) % all.len()],
        command::Choice::Previous => all[(index + all.len() - 1) % all.len()],
    }
}
