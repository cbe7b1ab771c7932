//! Checking a page's exercise by doing it: for `nnmom-tutor check`.

use std::sync::Arc;

use super::Session;
use crate::asking::ExerciseStatus;
use crate::command::{Command, Destination};
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
            if session.do_for_page(&command.command).is_err() || session.watch().is_halted() {
                return found;
            }
            let step = session.step();
            let stop = session
                .runs
                .run()
                .record(session.runs.run().reached())
                .err();
            if let (Some(last), Some(stop)) = (last.filter(|last| step < *last), stop) {
                let line = &command.line;
                let message = format!("`{line}` stops at step {step} of {last}: {stop}");
                let advice = format!("`goto {step}`, or settings with which it goes on");
                found.push((Spot::Command(page, index), message, advice));
            }
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
        } else {
            None
        }
    }

    /// Solves the open page's exercise as a learner would who knows the answer; what it is called, or `None` where
    /// the page has none.
    ///
    /// # Errors
    /// What is wrong with it: it cannot be asked or solved, is solved from the start, a wrong answer cannot be told
    /// from the right one, or a hint tells the answer before its time.
    pub fn check_exercise(&self) -> Result<Option<&'static str>, String> {
        let Some(exercise) = &self.page().exercise else {
            return Ok(None);
        };
        let solved = |session: &Self| {
            let status = session.exercise_status(session.page_index());
            matches!(status, Some(ExerciseStatus::Solved { .. }))
        };
        if solved(self) {
            return Err("the exercise is solved from the start".to_owned());
        }
        let mut session = self.prepared().ok_or("the page cannot be prepared")?;
        let proof = exercise.check(self)?;
        for line in &proof.lines {
            session
                .do_line(line)
                .map_err(|complaint| format!("its solution cannot do `{line}`: {complaint}"))?;
        }
        let page = self.page().text.fill(|live| self.live(live)).text();
        exercise.check_hints(self, &page)?;
        let answer = proof.answer;
        session
            .do_line(&format!("answer {answer}"))
            .map_err(|complaint| {
                format!(
                    "its answer is not taken: {}; {}",
                    complaint.message, complaint.advice
                )
            })?;
        if solved(&session) {
            Ok(Some(exercise.question.kind().name()))
        } else {
            Err(format!("the computed answer {answer} does not solve it"))
        }
    }
}
