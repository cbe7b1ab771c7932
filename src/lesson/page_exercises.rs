//! What a page asks: one exercise or several, which differ, and the commands that a goal is reached by.

use super::checker::Checker;
use super::exercises::ExerciseFile;
use super::field::Field;
use super::file::List;
use super::yaml::Step;
use super::{Code, Page, PageCommand};
use crate::asking::Exercise;
use crate::command::Command;

impl Checker<'_> {
    /// The exercises of a page: one, or a list of them.
    pub(super) fn exercises(
        &mut self,
        one: Field<ExerciseFile>,
        several: Field<List<ExerciseFile>>,
        pages: usize,
    ) -> Option<Vec<Exercise>> {
        if one.is_given() && several.is_given() {
            let message = "a page has `exercise` or `exercises`, and this has both";
            let advice = "put it into the list below `exercises:`, as its first";
            return self.refuse_field("exercise", message, advice);
        }
        if several.is_given() {
            let exercise = |checker: &mut Self, file| {
                checker.as_code(Code::Exercise, |checker| checker.exercise(file, pages))
            };
            return self.listed("exercises", several, exercise);
        }
        let one = self.optional_with("exercise", one, |checker, file| {
            checker.as_code(Code::Exercise, |checker| checker.exercise(file, pages))
        });
        Some(one.into_iter().collect())
    }

    /// Two exercises of a page that ask the same would be one in the record.
    pub(super) fn check_they_differ(&mut self, page: &Page) {
        let mut seen: Vec<String> = Vec::new();
        for (index, exercise) in page.exercises.iter().enumerate() {
            let sign = exercise.digest(&page.command_lines());
            if let Some(first) = seen.iter().position(|known| *known == sign) {
                self.below(Step::key("exercises"), |checker| {
                    checker.below(Step::Index(index), |checker| {
                        let message = format!("this asks the same as exercise {}", first + 1);
                        checker.as_code(Code::Exercise, |checker| {
                            checker.complain(Self::value_span_here, message, "another question");
                        });
                    });
                });
            }
            seen.push(sign);
        }
    }

    /// A command that a goal may be reached by: by learning, and not by setting what is to be learned.
    pub(super) fn of_solution(&mut self, line: String, pages: usize) -> Option<PageCommand> {
        let command = self.command(line, pages)?;
        let what = if let Command::Set(assignment) = &command.command {
            assignment.by_hand()
        } else {
            None
        };
        let Some(what) = what else {
            return Some(command);
        };
        let line = &command.line;
        let message = format!("`{line}` sets {what} by hand, and a goal is reached by learning");
        self.refuse(
            message,
            "the learning rate, the momentum or the rule, such as `set momentum 0.9`",
        )
    }
}
