//! Files: exporting the run, saving the sitting as a script, running a script.

use std::io;
use std::path::Path;

use super::outcome::Said;
use super::{Done, Outcome, Part, Script, Session};
use crate::command::{Complaint, Refusal, refused, script_lines};
use crate::explain::printable;
use crate::export::{Format, Trace, endings};
use crate::files::{Files, Fill};

const MOST_BYTES: u64 = 4 << 20;

impl Session {
    /// Writes the current branch as far as the learner has come.
    pub(super) fn export(&self, file: &str, replace: bool) -> Done {
        let path = &*self.files.typed(file);
        let format = Format::of_file(path).ok_or_else(|| {
            Refusal::new(
                format!("what `{file}` should hold is not clear"),
                concat!("a name that ends with ", endings!()),
            )
        })?;
        let run = self.timeline().run();
        let mut trace = Trace {
            run,
            steps: self.step(),
            parameters: (0..run.model().parameters().len()).collect(),
            convention: self.convention(),
        };
        self.write_file(path, replace, &mut |out| format.write(&mut trace, out))
    }

    pub(super) fn snapshot(&self, file: &str, replace: bool) -> Done {
        let Some(artist) = self.artist else {
            return refused(
                "nobody can draw the screen here",
                "`nnmom-tutor picture LESSON --output FILE.svg` draws it",
            );
        };
        let path = &*self.files.typed(file);
        if path.extension().is_none_or(|extension| extension != "svg") {
            return refused(
                format!("`{file}` is no name for a picture"),
                "a name that ends with .svg",
            );
        }
        let svg = artist(self);
        self.write_file(path, replace, &mut |out| out.write_all(svg.as_bytes()))
    }

    /// Writes everything done so far as a script that comes to the same state.
    pub(super) fn save(&self, file: &str, replace: bool) -> Done {
        let Some(script) = self.script() else {
            return refused(
                "more lines have been done than a script may have",
                "`export` writes the run itself; `open` begins a new sitting, which can be saved",
            );
        };
        self.write_file(&self.files.typed(file), replace, &mut |out| {
            out.write_all(script.as_bytes())
        })
    }

    /// Everything done so far, as a script.
    ///
    /// `None` where it has grown longer than a script may be.
    pub fn script(&self) -> Option<String> {
        let lines = self.tape.lines()?.iter().map(|line| format!("{line}\n"));
        let title = printable(&self.lesson.title);
        Some(format!(
            "# A sitting with the lesson \"{title}\".\n{}",
            lines.collect::<String>()
        ))
    }

    /// Writes what is set now as a lesson, and beside it the data that it reads.
    pub(super) fn write_lesson(&self, file: &str, replace: bool) -> Done {
        let path = &*self.files.typed(file);
        let run = self.timeline().run();
        let step = self.step();
        let written = self
            .lesson
            .set_now(&*self.files, run, step, self.convention())?;
        let mut said = String::new();
        let mut copied = Vec::new();
        for (name, bytes) in &written.data {
            let place = path.with_file_name(name);
            if !self.files.is_taken(&place) {
                copied.push((name, place, bytes));
                continue;
            }
            let same = self.files.read(&place, bytes.len() as u64 + 1);
            if same.is_ok_and(|there| there == *bytes) {
                said = format!("{said} It reads {name}, which lies beside it.");
                continue;
            }
            let message = format!(
                "it needs its data beside it, and `{}` is another file",
                place.display()
            );
            return refused(message, "a lesson file in another folder");
        }
        self.has_place_for(path, replace)?;
        for (name, place, bytes) in copied {
            self.write_file(&place, false, &mut |out| out.write_all(bytes))?;
            said = format!("{said} Its data, {name}, are copied beside it.");
        }
        let done = self.write_file(path, replace, &mut |out| {
            out.write_all(written.text.as_bytes())
        })?;
        let left_out = written
            .left_out
            .iter()
            .map(|sentence| format!(" {sentence}"));
        let said = format!(
            "{said} `nnmom-tutor {file}` opens it.{}",
            left_out.collect::<String>()
        );
        Ok(done.and(Outcome::says(said.trim_start().to_owned())))
    }

    /// Whether a file may be written: there is none of that name, or it may be written over.
    fn has_place_for(&self, path: &Path, replace: bool) -> Result<(), Refusal> {
        if replace || !self.files.is_taken(path) {
            return Ok(());
        }
        let message = format!("there is a file `{}` already", path.display());
        refused(
            message,
            "another name, or `replace` at the end of the line to write over it",
        )
    }

    fn write_file(&self, path: &Path, replace: bool, fill: Fill) -> Done {
        self.has_place_for(path, replace)?;
        let name = path.display();
        match self.files.write(path, fill) {
            Ok(()) => Ok(Outcome::says(format!("Written to {name}."))),
            Err(error) => refused(
                format!("`{name}` cannot be written: {error}"),
                "a place that you may write to",
            ),
        }
    }

    /// Runs the commands in a file, all or none; where somebody stops them, as far as they have come.
    pub(super) fn source(&mut self, file: &str) -> Done {
        if self.tape.is_in_script() {
            // Where it fails, so does the script around it, and all is as it was before that.
            return self.run_script(file);
        }
        let mut trial = self.clone();
        let done = trial.run_script(file)?;
        *self = trial;
        Ok(done)
    }

    fn run_script(&mut self, file: &str) -> Done {
        if !self.tape.enter_script() {
            return refused(
                "scripts call one another too deeply",
                "a script that does not run itself",
            );
        }
        let done = self.do_script(file);
        self.tape.leave_script();
        done
    }

    fn do_script(&mut self, file: &str) -> Done {
        let script = read_script(&*self.files, &self.files.typed(file)).map_err(|error| {
            Refusal::new(
                format!("`{file}` cannot be read: {error}"),
                "the name of a text file",
            )
        })?;
        let mut said = Said::default();
        let mut stopped = None;
        for (number, line) in script_lines(&script) {
            let outcome = self.do_line(line);
            stopped = self.watch().is_halted().then_some(number);
            let mut leaves = false;
            // What was made up to there is kept.
            if stopped.is_none() || outcome.is_ok() {
                let placed = |complaint| placed(complaint, file, number, line);
                let outcome = outcome.map_err(placed)?;
                leaves = outcome.leaving().is_some();
                said.add(outcome);
            }
            if stopped.is_some() || leaves {
                break;
            }
        }
        let done = said.into_outcome();
        let said = Outcome::says(match stopped {
            Some(line) => {
                format!("{file} was stopped in line {line}; what comes after is not done.")
            }
            None => format!("{file} has been run."),
        });
        // A single sentence is not worth a page of its own.
        if let [] | [Part::Reply(_)] = done.to_read().as_slice() {
            return Ok(said.and(done));
        }
        Ok(said.and(Part::Script(Script {
            file: file.to_owned(),
            parts: done.parts,
        })))
    }
}

/// Which line of which script is wrong, and what about it. Where scripts have run one another, the innermost place says
/// it all.
fn placed(complaint: Complaint, file: &str, number: usize, line: &str) -> Refusal {
    let mut message = complaint.message;
    if !complaint.is_placed {
        message = format!("{file}:{number}: `{}`: {message}", line.trim());
    }
    Refusal {
        is_placed: true,
        ..Refusal::new(message, complaint.advice)
    }
}

/// The text of a script.
///
/// # Errors
/// Where it cannot be read, is too long or is no text.
pub fn read_script(files: &dyn Files, path: &Path) -> io::Result<String> {
    let bytes = files.read(path, MOST_BYTES + 1)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(io::Error::other("it is longer than any script should be"));
    }
    let script = io::read_to_string(bytes.as_slice())?;
    Ok(script.trim_start_matches('\u{feff}').to_owned())
}
