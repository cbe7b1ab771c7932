//! Doing a command: which part of a sitting does which.

use super::outcome::{Done, Outcome, Part};
use super::{Session, course, moves};
use crate::command::{self, Command, Refusal, ScreenAction, ShowTopic};

impl Session {
    /// Does a command.
    ///
    /// # Errors
    /// Where it cannot be done; nothing is changed.
    pub fn apply(&mut self, command: &Command) -> Result<Outcome, Refusal> {
        let outcome = self.carry_out(command)?;
        if !command.goes_on_turning() {
            self.runs.timeline_mut().end_turning();
        }
        Ok(outcome)
    }

    fn carry_out(&mut self, command: &Command) -> Done {
        match command {
            Command::Next(count) => self.next(*count),
            Command::Epoch(_) if self.lesson.model.epoch_length().is_none() => {
                Err(moves::no_epochs())
            }
            Command::Step(1) if self.predicts() => Ok(match self.stop_to_predict() {
                Some(stop) => self.step_to(stop),
                None => self.make_journey(command)?,
            }),
            Command::Step(_) | Command::Epoch(_) | Command::Run(..) => self.make_journey(command),
            Command::Back(count, unit) => self.back(*count, *unit),
            Command::Goto(place) => self.go_to(*place),
            Command::Play(playing) => self.play(playing),
            Command::Reset => self.reset(),
            Command::Set(assignment) => self.set(assignment),
            Command::Turn(assignment) => self.turn(assignment),
            Command::Pin(name) => self.pin(name.as_deref()),
            Command::Show(topic) => self.show(*topic),
            Command::Screen(action) => {
                if let ScreenAction::Copy(Some(ShowTopic::Picture(picture))) = action {
                    self.check_words(*picture)?;
                }
                Ok(Part::Screen(*action).into())
            }
            Command::Focus(aim) => Ok(self.focus_on(*aim)),
            Command::Gradcheck => self.gradcheck(),
            Command::Compare(asked) => self.compare(asked.as_ref()),
            Command::Sweep(sweeping) => self.sweep(sweeping),
            Command::Stability => Ok(self.stability()),
            Command::Picture(choice) => self.choose_picture(*choice),
            Command::Sort(column, rising) => self.sort(*column, *rising),
            Command::Filter(filter) => self.filter(filter),
            Command::Zoom(zoom) => self.zoom(*zoom),
            Command::Pan(pan) => self.pan(*pan),
            Command::Plot(plotting) => self.plot(*plotting),
            Command::Why(asked) => self.why(asked),
            Command::Code(choice) => Ok(self.notation.choose_language(*choice)),
            Command::Branches => Ok(self.list_branches()),
            Command::Switch(name) => self.switch(name),
            Command::Rename(old, new) => self.rename(old.as_deref(), new),
            Command::Diff(first, second) => self.diff(first, second.as_deref()),
            Command::Watch(phrase) => self.add_watch(phrase.as_ref()),
            Command::Unwatch => Ok(self.marks.unwatch()),
            Command::Break(phrase) => self.marks.add_break(phrase),
            Command::Breaks => Ok(self.marks.list_breaks()),
            Command::Unbreak(number) => self.marks.remove_break(*number),
            Command::Export(file, replace) => self.export(file, *replace),
            Command::Snapshot(file, replace) => self.snapshot(file, *replace),
            Command::Save(file, replace) => {
                let saved = self.save(file, *replace)?;
                self.tape.is_kept();
                Ok(saved)
            }
            Command::Write(file, replace) => self.write_lesson(file, *replace),
            Command::Source(file) => self.source(file),
            Command::Page(choice) => self.turn_page(*choice),
            Command::Open(name) => self.open(name),
            Command::Lessons => {
                let lessons = course(&self.library(), self.keeper.logbook());
                Ok(Part::Lessons(lessons).into())
            }
            Command::Exercise => self.open_exercise(),
            Command::Answer(answer) => self.answer(answer.as_deref()),
            Command::Hint => self.hint(),
            Command::Solution => self.solution(),
            Command::Progress(action) => self.progress(action),
            Command::Predict(on) => Ok(self.set_predict(*on)),
            Command::Help(None) => Ok(Outcome::shows("Commands", command::commands_help())),
            Command::Help(Some(row)) => Ok(Outcome::shows(row.name, command::row_help(row))),
            Command::Keys => Ok(Part::Keys.into()),
            Command::Quit(leaving) => Ok(Part::Leave(*leaving).into()),
        }
    }

    fn make_journey(&mut self, command: &Command) -> Done {
        match self.journey(command) {
            Some(journey) => self.travel(journey),
            None => Ok(Outcome::default()),
        }
    }
}
