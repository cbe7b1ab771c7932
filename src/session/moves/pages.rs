//! Pages: turning them, preparing the run that each shows, and their text with its live values.

use std::any::Any;
use std::sync::Arc;

use crate::asking::Sights;
use crate::command::{Command, PageChoice, Refusal, refused};
use crate::explain::{Line, Live, Piece, Quantity, Role, Span, Text};
use crate::math::Metrics;
use crate::record::What;
use crate::session::{Done, Outcome, Session, Unfinished, are};
use crate::watch::Halt;

impl Session {
    /// A value for the text of a page: `?` while it has not been shown yet, `…` while the page is being prepared.
    pub fn live(&self, live: Live) -> Span {
        if !self.is_prepared {
            return Span::new("…", Role::Question);
        }
        match live {
            Live::Quantity(quantity) => self.live_quantity(quantity),
            Live::Rule => Span::new(self.record().settings.rule.name(), Role::Strong),
            Live::Parameter => Span::new(self.parameter(), Role::Code),
            Live::Update => Span::new((self.position().update + 1).to_string(), Role::Strong),
            Live::Updates => {
                let count = self.lesson.model.updates().map(|count| count.to_string());
                Span::new(count.unwrap_or_else(|| "any".to_owned()), Role::Strong)
            }
            Live::Weight(index) => {
                let weights = self.timeline().run().state(self.step()).weights;
                Span::new(self.shown(weights[index]), Role::Quantity(Quantity::Before))
            }
            Live::Mse => self.live_figure(|metrics| metrics.mse),
            Live::Accuracy => self.live_figure(|metrics| metrics.accuracy),
        }
    }

    /// A figure over all items; there is none without items, and no accuracy where none can be right.
    fn live_figure(&self, of: fn(Metrics) -> Option<f64>) -> Span {
        let figure = self.metrics().and_then(of);
        let text = figure.map_or_else(|| "nothing".to_owned(), |figure| self.shown(figure));
        Span::new(text, Role::Strong)
    }

    fn live_quantity(&self, quantity: Quantity) -> Span {
        let derivation = self.derivation();
        let Some(text) = derivation.text(quantity, self.digits()) else {
            return Span::new("nothing", Role::Quantity(quantity));
        };
        let is_later = derivation.known_after(quantity) > self.position().lines;
        if is_later || self.subject().gives_away(quantity) {
            Span::new("?", Role::Question)
        } else {
            Span::new(text, Role::Quantity(quantity))
        }
    }

    /// The text of the open page with its live values, without its call.
    pub fn page_body(&self) -> Text {
        let mut text = self.page().text.fill(|live| self.live(live));
        if let Some(line) = self.unfinished_line() {
            text.lines.splice(..0, [line, Line::new()]);
        }
        if let mistake @ [_, ..] = self.mistake() {
            let told = mistake.iter().cloned().chain([Line::new()]);
            text.lines.splice(..0, told);
        }
        text
    }

    /// The text of the open page with its live values, its tables as tables.
    pub fn page_pieces(&self) -> Vec<Piece> {
        self.page().text.pieces(|live| self.live(live))
    }

    /// What the page calls to: its exercise; where that is solved or there is none, at the end of a lesson of the course,
    /// what comes next.
    pub fn page_call(&self) -> Text {
        let next = if self.asks_something() {
            Vec::new()
        } else {
            self.foot()
        };
        let lines: Vec<Line> = self.exercise_line().into_iter().chain(next).collect();
        lines.into()
    }

    /// What comes after that: at the end of a lesson whose page has an exercise to be solved, the next one.
    pub fn page_foot(&self) -> Text {
        let next = if self.asks_something() {
            self.foot()
        } else {
            Vec::new()
        };
        next.into()
    }

    /// The text of the open page with its live values, and its call.
    pub fn page_text(&self) -> Text {
        let mut text = self.page_body();
        for part in [Vec::from_iter(self.exercise_line()), self.foot()] {
            if !part.is_empty() {
                text.lines.push(Line::new());
                text.lines.extend(part);
            }
        }
        text
    }

    pub(in crate::session) fn turn_page(&mut self, choice: PageChoice) -> Done {
        let pages = self.lesson.pages.len();
        let page = match choice {
            PageChoice::Current => self.page_index(),
            PageChoice::Number(number) => number - 1,
            PageChoice::Next if self.page_index() + 1 == pages => return self.open_next(),
            PageChoice::Previous if self.page_index() == 0 => {
                return refused("this is the first page", "Page Down or `page next` goes on");
            }
            PageChoice::Next => self.page_index() + 1,
            PageChoice::Previous => self.page_index() - 1,
        };
        let again = page == self.page_index();
        let branches = self.timeline().branches().len() - 1;
        self.open_page(page)?;
        self.note_place();
        let given_up = branches > 0 && self.timeline().branches().len() == 1;
        let (number, gone) = (page + 1, are(branches, "branch", "branches"));
        Ok(if given_up {
            Outcome::says(format!("The page begins a new run; {gone} given up."))
        } else if again {
            Outcome::says(format!(
                "Page {number} begins again; `show lesson` shows its text."
            ))
        } else {
            Outcome::default()
        })
    }

    /// Notes where the learner is; of what has been tried and lies nowhere, there is nothing to come back to.
    pub(in crate::session) fn note_place(&mut self) {
        if self.lesson.name.is_empty() {
            return;
        }
        self.keeper.note(What::Page {
            lesson: self.lesson.id(),
            page: self.page_index() + 1,
        });
    }

    /// What the open page has not done to its end, in words.
    pub fn unfinished(&self) -> Option<Unfinished> {
        self.walk.unfinished()
    }

    fn unfinished_line(&self) -> Option<Line> {
        let Unfinished {
            command,
            step,
            halt,
        } = self.unfinished()?;
        let commands = &self.page().commands;
        let because = match halt {
            Halt::Spent => "That is more than a page may make when it opens",
            Halt::Stopped => "It was stopped",
        };
        let rest = match commands.len() - command - 1 {
            0 => String::new(),
            _ => "; what the page does after it is left out".to_owned(),
        };
        let words = format!(
            ". {because}: {} made{rest}. Typed here, the same line goes on, shows how far it is, and can be stopped.",
            are(step as usize, "update", "updates")
        );
        let line = Line::new().with("This page asks for ", Role::Advice);
        let line = line.with(commands[command].line.clone(), Role::Code);
        Some(line.with(words, Role::Advice))
    }

    /// Opens a page and runs its commands, all or none; those that take longer than a page may take, and what comes after
    /// them, only in part.
    pub(in crate::session) fn open_page(&mut self, page: usize) -> Result<(), Refusal> {
        let mut opened = self.clone();
        if page != self.page_index() {
            opened.sights = Sights::default();
        }
        opened.walk.turn_to(page);
        opened.player = self.player.afresh();
        let watch = self.watch().clone();
        let seen = (watch.is_at_work()).then(|| Box::new(opened.unprepared()) as Box<dyn Any>);
        let prepare = || watch.within(watch.page(), || opened.do_commands());
        let (done, halt) = watch.opening(seen, prepare);
        if let (command, Some(halt)) = (done?, halt) {
            let step = opened.timeline().run().reached();
            opened.walk.leave_unfinished(Unfinished {
                command,
                step,
                halt,
            });
        }
        let picture = opened.page().picture;
        if let Some(picture) = picture.filter(|picture| opened.check(*picture).is_ok()) {
            opened.looks.bring(picture);
        }
        opened.tape.is_kept();
        opened.note_exercise();
        opened.note_sights();
        *self = opened;
        Ok(())
    }

    /// The same page while it is being prepared: its text, and the run as the lesson begins it. Nobody waits for this one.
    fn unprepared(&self) -> Self {
        let mut page = Self {
            exercises: self.exercises.clone(),
            keeper: self.keeper.clone(),
            looks: self.looks.clone(),
            notation: self.notation.clone().of(&self.lesson),
            player: self.player.afresh(),
            is_prepared: false,
            ..Self::unopened(self.shared_lesson())
        };
        page.walk.turn_to(self.page_index());
        page
    }

    /// Whether the page has been prepared, and its run is where the page wants it.
    pub fn is_prepared(&self) -> bool {
        self.is_prepared
    }

    /// Does a command of the open page. Where it begins again, the runs of the page before are given up.
    pub(in crate::session) fn do_for_page(&mut self, command: &Command) -> Done {
        if *command == Command::Reset {
            self.clear();
            return Ok(Outcome::default());
        }
        self.apply(command)
    }

    /// Does the commands of the open page; the answer is the last that has been begun.
    fn do_commands(&mut self) -> Result<usize, Refusal> {
        let lesson = Arc::clone(&self.lesson);
        let commands = &lesson.pages[self.page_index()].commands;
        for (index, command) in commands.iter().enumerate() {
            let done = self.do_for_page(&command.command);
            if self.watch().is_halted() {
                return Ok(index);
            }
            done.map_err(|refusal| {
                let (number, line) = (self.page_index() + 1, &command.line);
                let message = format!("page {number} cannot do `{line}`: {}", refusal.message);
                Refusal::new(message, refusal.advice)
            })?;
        }
        Ok(commands.len())
    }
}
