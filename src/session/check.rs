//! Checking a page's exercise by doing it: for `nnmom-tutor check`.

use super::Session;
use crate::asking::ExerciseStatus;

impl Session {
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
