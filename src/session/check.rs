//! Checking a page's exercise by doing it: for `nnmom-tutor check`.

use std::sync::Arc;

use super::Session;
use crate::asking::{ExerciseStatus, Fault, Proof, Question};
use crate::command::{Command, Destination, Phrase};
use crate::lesson::Spot;
use crate::timeline::Stop;

/// So many updates a learner may well make on a surface beyond those that a page has made.
const AHEAD: u64 = 100;

impl Session {
    /// What is wrong with the commands of a page, each with what would be right: one stops short of what it says, or
    /// the run comes to no number.
    pub fn check_commands(&self, page: usize) -> Vec<(Spot, String, String)> {
        let mut session =
            Self::unopened_and_watched(Arc::clone(&self.lesson), self.watch().clone());
        session.walk.turn_to(page);
        let mut found = Vec::new();
        for (index, command) in self.lesson.pages[page].commands.iter().enumerate() {
            let last = session.promised(&command.command);
            let short = if let Command::Next(count) = &command.command {
                session.walk.next(session.runs.run_mut(), *count)
            } else {
                let done = session.do_for_page(&command.command);
                done.map(|_| None).map_err(|_| Stop::Halted)
            };
            let Ok(short) = short else { return found };
            if session.watch().is_halted() {
                return found;
            }
            let (line, step, run) = (&command.line, session.step(), session.runs.run());
            let stop = run.record(run.reached()).err();
            let told = if let Some(stop) = short {
                Some(format!("`{line}` stops at step {step}: {stop}"))
            } else if let (Some(last), Some(stop)) = (last.filter(|last| step < *last), stop) {
                Some(format!("`{line}` stops at step {step} of {last}: {stop}"))
            } else {
                let never = session.never_held(&command.command);
                never.map(|phrase| {
                    format!(
                        "`{line}` ends at step {step}, and {} never held",
                        phrase.text
                    )
                })
            };
            if let Some(message) = told {
                let advice = format!("`goto {step}`, or settings with which it goes on");
                found.push((Spot::Command(page, index), message, advice));
            }
        }
        let picture = self.lesson.pages[page].picture;
        if let Some(Err(refusal)) = picture.map(|picture| session.check(picture)) {
            found.push((Spot::Picture(page), refusal.message, refusal.advice));
        }
        if self.lesson.model.surface().is_some() && found.is_empty() {
            let mut run = session.runs.run().clone();
            if let Err(stop @ Stop::Undefined { .. }) = run.reach(session.step() + AHEAD) {
                let message = format!("the run of this page comes to no number: {stop}");
                let advice = "another start, or a smaller learning rate or momentum";
                found.push((Spot::Page(page), message, advice.to_owned()));
            }
        }
        found
    }

    /// How many updates there are after a command that says so.
    fn promised(&self, command: &Command) -> Option<u64> {
        let step = self.step();
        if let Command::Step(count) = command {
            Some(step.saturating_add(*count))
        } else if let Command::Epoch(count) = command {
            let length = self.lesson.model.epoch_length()?;
            Some(
                (step / length)
                    .saturating_add(*count)
                    .saturating_mul(length),
            )
        } else if let Command::Goto(Destination::Step(place)) = command {
            Some(*place)
        } else if let Command::Run(None, Some(most)) = command {
            Some(step.saturating_add(*most))
        } else {
            None
        }
    }

    /// The condition of a command that has run until it holds, where it does not.
    fn never_held<'a>(&self, command: &'a Command) -> Option<&'a Phrase> {
        let Command::Run(Some(until), _) = command else {
            return None;
        };
        let holds = self.lookout(Some(until.clone()), false).until_holds();
        (holds.is_none() && self.marks.breaks().is_empty()).then_some(until)
    }

    /// The question that is asked now, or comes next.
    pub fn current_question(&self) -> Option<&Question> {
        self.current_exercise().map(|exercise| &exercise.question)
    }

    /// What solves it; nothing where the page asks nothing.
    ///
    /// # Errors
    /// What is wrong with the exercise.
    pub fn answered(&self) -> Result<Proof, Vec<Fault>> {
        let exercise = self.current_exercise();
        exercise.map_or_else(|| Ok(Proof::default()), |exercise| exercise.check(self))
    }

    /// Solves the open page's current exercise as a learner would who knows the answer; what it is called, or `None` where
    /// the page has none.
    ///
    /// # Errors
    /// Everything that is wrong with it: it cannot be asked or solved, is solved from the start, a wrong answer cannot be
    /// told from the right one, or a hint tells the answer before its time.
    pub fn check_exercise(&self) -> Result<Option<&'static str>, Vec<Fault>> {
        let Some(exercise) = self.current_exercise() else {
            return Ok(None);
        };
        let whole = |message: &str| vec![Fault::whole(message)];
        let (page, nth) = self.current_place();
        let solved = |session: &Self| {
            let status = session.question_status((page, nth));
            matches!(status, ExerciseStatus::Solved { .. })
        };
        if solved(self) {
            return Err(whole("the exercise is solved from the start"));
        }
        let mut session = (self.prepared()).ok_or_else(|| whole("the page cannot be prepared"))?;
        let text = self.page().text.fill(|live| self.live(live)).text();
        let told = exercise.check_hints(self, &text);
        let proof = match exercise.check(self) {
            Ok(proof) if told.is_empty() => proof,
            Ok(_) => return Err(told),
            Err(faults) => return Err([faults, told].concat()),
        };
        for (index, line) in proof.lines.iter().enumerate() {
            session.do_line(line).map_err(|complaint| {
                let message = format!("its solution cannot do `{line}`: {complaint}");
                vec![Fault::item("solution", index, message)]
            })?;
        }
        let answer = proof.answer;
        session
            .do_line(&format!("answer {answer}"))
            .map_err(|complaint| {
                let (message, advice) = (complaint.message, complaint.advice);
                whole(&format!("its answer is not taken: {message}; {advice}"))
            })?;
        if solved(&session) {
            Ok(Some(exercise.question.kind().name()))
        } else {
            Err(whole(&format!(
                "the computed answer {answer} does not solve it"
            )))
        }
    }
}
