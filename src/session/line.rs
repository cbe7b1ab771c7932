//! Typed lines: understanding and doing them, what they would do, how they can go on.

use super::outcome::Said;
use super::{Answering, Library, Outcome, Position, Session};
use crate::asking::picked;
use crate::command::{
    self, Command, Complaint, Destination, Effect, Preview, Refusal, Vocabulary, complaint, offset,
};
use crate::explain::{Line, Role};
use crate::lesson::BUILTIN;

/// So many times less than a page may do is done at each key while a line is being typed.
const TRIALS: u64 = 64;
/// and never more than this, so that a frame need not wait for it.
const MOST_TRIAL: u64 = 1 << 21;

impl Session {
    /// Understands a line and does it, and keeps what the learner has got done by it. An empty line does nothing; of
    /// several commands with semicolons between them, each is done by itself.
    ///
    /// # Errors
    /// Where a command is not understood or cannot be done; it has changed nothing, and those after it are not done.
    pub fn run_line(&mut self, line: &str) -> Result<Outcome, Complaint> {
        let watch = self.watch().clone();
        let outcome = watch.during(|| self.do_line(line));
        // Before anything is said: what has been said to count must not be lost.
        self.keeper.keep();
        let outcome = outcome?;
        Ok(outcome.and(Outcome::maybe(self.take_notice())))
    }

    /// Does a line without keeping anything yet.
    pub(super) fn do_line(&mut self, line: &str) -> Result<Outcome, Complaint> {
        let parts: Vec<&str> = command::script_lines(line).map(|(_, part)| part).collect();
        match parts.as_slice() {
            [] => Ok(Outcome::default()),
            [only] => self.run_part(line, only),
            several => self.run_parts(line, several),
        }
    }

    fn run_part(&mut self, line: &str, part: &str) -> Result<Outcome, Complaint> {
        let shift = |complaint: Complaint| complaint.shifted(offset(line, part));
        let Some(command) = self.parse_part(line, part)? else {
            return Ok(Outcome::default());
        };
        if !command.leaves_playing() {
            self.pause();
        }
        let before = self.position();
        let opens = self.would_open(&command);
        let outcome = self
            .apply(&command)
            .map_err(|refusal| shift(complaint(part, refusal)))?;
        // Said so, it does the same from wherever a script is run, and whatever has been asked there.
        match (&command, opens) {
            (_, Some(name)) => {
                let line = format!("open {name}");
                self.settle(&line, &Command::Open(name.clone()), before);
            }
            (Command::Answer(Some(text)), None) => {
                self.settle(&format!("answer {text}"), &command, before);
            }
            (_, None) => self.settle(part, &command, before),
        }
        Ok(outcome)
    }

    /// What is to be done after every command, by which the learner has come from `before` to where they are.
    pub(super) fn settle(&mut self, part: &str, command: &Command, before: Position) {
        self.keep_up();
        let (step, halted) = (self.step(), self.watch().is_halted());
        if halted && command.effect() == Effect::Moves {
            let there = Command::Goto(Destination::Step(step));
            self.tape.note(&format!("goto {step}"), &there);
        } else if matches!(command, Command::Play(_)) {
            // Where it has led is noted when it stops.
        } else if !halted || command.effect() != Effect::Changes {
            self.tape.note(part, command);
        }
        self.note_sights();
        // Who goes on with the run while lines are predicted has left the question.
        if self.predicts() && self.position() != before {
            self.exercises.leave();
        }
    }

    pub(super) fn parse_part(&self, line: &str, part: &str) -> Result<Option<Command>, Complaint> {
        self.understand(part)
            .map_err(|complaint| complaint.shifted(offset(line, part)))
    }

    /// What a part of a line means; while a number is asked for, a number is the answer, and among options a letter.
    fn understand(&self, part: &str) -> Result<Option<Command>, Complaint> {
        let text = command::without_comment(part).trim();
        let is_option = || match self.answering() {
            Some(Answering::Letters(count) | Answering::Choice(count)) => {
                picked(text, count).is_some()
            }
            None | Some(Answering::Number | Answering::Done) => false,
        };
        if self.takes_numbers() && (command::begins_a_number(text) || is_option()) {
            return Ok(Some(Command::Answer(Some(text.to_owned()))));
        }
        self.parse(part)
    }

    /// Does several commands of a line, one after another up to the first that cannot be done or that leaves, as a
    /// script does. Everything they have to say is said.
    fn run_parts(&mut self, line: &str, parts: &[&str]) -> Result<Outcome, Complaint> {
        let animates = self.player.animate(false);
        let done = self.run_one_by_one(line, parts);
        self.player.animate(animates);
        done
    }

    fn run_one_by_one(&mut self, line: &str, parts: &[&str]) -> Result<Outcome, Complaint> {
        let mut said = Said::default();
        for (index, part) in parts.iter().enumerate() {
            let outcome = self.run_part(line, part)?;
            let leaves = outcome.leaving().is_some();
            said.add(outcome);
            if leaves {
                break;
            }
            if self.watch().is_halted() {
                let rest = index + 1 < parts.len();
                let left = rest.then(|| "The rest of the line is not done.".to_owned());
                return Ok(said.into_outcome().and(Outcome::maybe(left)));
            }
        }
        Ok(said.into_outcome())
    }

    /// The commands of a line.
    ///
    /// # Errors
    /// Where one of them is not understood.
    pub fn commands_of(&self, line: &str) -> Result<Vec<Command>, Complaint> {
        let parts = command::script_lines(line);
        let commands = parts.filter_map(|(_, part)| self.parse_part(line, part).transpose());
        commands.collect()
    }

    /// What a line would do: its last command, after the others. Of a page that is not prepared, only that is told which
    /// does not depend on its run.
    pub fn preview(&self, line: &str) -> Preview {
        if !self.is_prepared {
            return match self.commands_of(line) {
                Ok(commands) => {
                    let promise = commands.last().and_then(Command::promise);
                    promise.map_or(Preview::Nothing, |words| Preview::Effect(words.into()))
                }
                Err(complaint) => Preview::Complaint(complaint),
            };
        }
        let parts: Vec<&str> = command::script_lines(line).map(|(_, part)| part).collect();
        let Some((last, before)) = parts.split_last() else {
            return Preview::Nothing;
        };
        if before.is_empty() {
            return self.preview_part(line, last);
        }
        if !before.iter().all(|part| {
            self.parse(part)
                .is_ok_and(|command| command.is_some_and(|c| c.can_be_tried()))
        }) {
            return Preview::Nothing;
        }
        let mut trial = self.clone();
        match self.try_out(|| trial.run_parts(line, before)) {
            None => Preview::Nothing,
            Some(Ok(_)) => trial.preview_part(line, last),
            Some(Err(complaint)) => Preview::Complaint(complaint),
        }
    }

    /// Does something for trial while a line is being typed; `None` where it takes longer than that.
    pub(super) fn try_out<T>(&self, trial: impl FnOnce() -> T) -> Option<T> {
        let most = (self.watch().page() / TRIALS).min(MOST_TRIAL);
        let (tried, halt) = self.watch().within(most, trial);
        halt.is_none().then_some(tried)
    }

    fn preview_part(&self, line: &str, part: &str) -> Preview {
        let complain =
            |complaint: Complaint| Preview::Complaint(complaint.shifted(offset(line, part)));
        match self.understand(part) {
            Ok(None) => Preview::Nothing,
            Err(complaint) => complain(complaint),
            Ok(Some(command)) => match self.preview_command(&command) {
                Ok(effect) => Preview::Effect(effect),
                Err(refusal) => complain(complaint(part, refusal)),
            },
        }
    }

    /// Whether a question is open that something typed or chosen answers, and nothing done.
    fn asks_for_an_answer(&self) -> bool {
        (self.answering()).is_some_and(|answers| answers != Answering::Done)
    }

    /// The ways in which the last command of a line can go on.
    pub fn complete(&self, line: &str) -> command::Completion {
        let start = command::last_part(line);
        let mut completion =
            self.with_vocabulary(|vocabulary| command::complete(&line[start..], vocabulary));
        completion.start += start;
        completion
    }

    fn parse(&self, line: &str) -> Result<Option<Command>, Complaint> {
        self.with_vocabulary(|vocabulary| command::parse(line, vocabulary))
    }

    fn with_vocabulary<T>(&self, use_it: impl FnOnce(&Vocabulary) -> T) -> T {
        let branches = self.timeline().branches();
        let names: Vec<&str> = branches.iter().map(|branch| branch.name.as_str()).collect();
        let Library { course, .. } = self.library();
        let own = course.lessons.iter().map(|lesson| lesson.name.as_str());
        let others = BUILTIN.iter().map(|lesson| lesson.name);
        let others = others.filter(|name| course.place_of(name).is_none());
        let lessons: Vec<&str> = own.chain(others).collect();
        use_it(&Vocabulary {
            parameters: self.lesson.model.parameters(),
            branches: &names,
            pages: self.lesson.pages.len(),
            layers: self.lesson.model.layers(),
            metrics: self.lesson.model.metric_names(),
            lessons: &lessons,
            decimal: self.lesson.decimal,
        })
    }

    /// What a command would do, for the line being typed.
    fn preview_command(&self, command: &Command) -> Result<Line, Refusal> {
        let opens = self.would_open(command);
        let opens = opens.map(Command::Open);
        let command = opens.as_ref().unwrap_or(command);
        let preview = if let Command::Set(assignment) = command {
            Some(self.preview_set(assignment))
        } else if let Command::Turn(assignment) = command {
            Some(self.preview_turn(assignment))
        } else {
            None
        };
        if let Some(preview) = preview {
            let told = preview?;
            // What is asked is not told by the way.
            let tells = told
                .spans
                .iter()
                .any(|span| matches!(span.role, Role::Quantity(_)));
            return Ok(if tells && self.asks_for_an_answer() {
                "changes the run; what it comes to is not told while a question is open".into()
            } else {
                told
            });
        }
        let goes = match command.effect() {
            Effect::Moves | Effect::Turns => command.can_be_tried(),
            Effect::Changes => matches!(command, Command::Switch(_)),
            // What an answer is worth is not told before it is given.
            Effect::Learns
            | Effect::Looks
            | Effect::Opens
            | Effect::Files
            | Effect::Screen
            | Effect::Leaves => false,
        };
        if !goes {
            return Ok(command.promise().map_or_else(Line::new, Line::plain));
        }
        let mut trial = self.clone();
        if self.try_out(|| trial.apply(command)).transpose()?.is_none() {
            return Ok(Line::new());
        }
        let moved = (trial.position(), trial.page_index()) != (self.position(), self.page_index());
        let place = moved.then(|| Line::plain(format!("to {}", trial.place())));
        Ok(place.unwrap_or_default())
    }
}
