//! What teachers need who write lessons: a lesson to begin with, its schema, and whether lessons are sound.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::thread;
use std::time::Duration;

use anyhow::Context;
use nnmom_tutor::batch::{self, Checked, Found, Summary};
use nnmom_tutor::explain::printable;
use nnmom_tutor::files::{Disk, FileRead, Files, Watched, write_whole};
use nnmom_tutor::lesson::{
    BUILTIN, COURSE_FILE, Code, Course, Finding, SCHEMA_FILE, is_lesson_file, schema,
};
use nnmom_tutor::watch::Watch;

use crate::cli::{Check, CheckFormat, Manner, New};
use crate::{FAILED, Failure, exit, misused, tell};

/// So long between two looks at lessons that are checked again and again.
const BETWEEN_LOOKS: Duration = Duration::from_millis(150);

/// Prints the JSON Schema of lessons.
pub fn print_schema() -> Result<ExitCode, Failure> {
    io::stdout().lock().write_all(schema().as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a lesson to begin with, and the schema beside it.
pub fn write_new(arguments: &New) -> Result<ExitCode, Failure> {
    let path = &arguments.file;
    let name = printable(&path.display().to_string());
    if !is_lesson_file(path) {
        return Err(misused(format!(
            "the name of a lesson's file ends in .yaml, such as `nnmom-tutor new {}`",
            path.with_extension("yaml").display()
        )));
    }
    if Disk::default().is_taken(path) {
        let message = format!("there is a file {name} already; it is left as it is. Another name?");
        return Err(Failure {
            code: FAILED,
            error: anyhow::Error::msg(message),
        });
    }
    write(path, arguments.starter().source())?;
    let said = put_schema(&path.with_file_name(SCHEMA_FILE))?;
    let typed = quoted(&name);
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{name} is written, a small lesson to begin with; {said}."
    )?;
    writeln!(out, "\nWhat to do next:\n")?;
    for (line, does) in [
        (
            "nnmom-tutor ",
            "open it; each time you save it in your editor, it is read again",
        ),
        (
            "nnmom-tutor check ",
            "is it sound? If not: what is wrong, and where",
        ),
        (
            "nnmom-tutor check --watch ",
            "the same each time you save it",
        ),
    ] {
        writeln!(out, "  {line}{typed}\n      {does}")?;
    }
    let advice = "\nEditors that know YAML schemas complete the fields of a lesson and mark what is wrong: Visual Studio Code \
        with the extension \"YAML\", Helix, Neovim and others with yaml-language-server.";
    writeln!(out, "{advice}")?;
    Ok(ExitCode::SUCCESS)
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    write_whole(path, |out| out.write_all(text.as_bytes()))
        .with_context(|| format!("{} cannot be written", path.display()))
}

/// Puts the schema beside a lesson, where nobody else's lies there, and says so.
fn put_schema(path: &Path) -> anyhow::Result<String> {
    let (schema, before) = (schema(), std::fs::read_to_string(path).ok());
    let is_ours = |text: &str| text.contains("A lesson of nnmom-tutor");
    Ok(match before.as_deref() {
        Some(text) if text == schema => format!("{SCHEMA_FILE} is there already"),
        Some(text) if !is_ours(text) => {
            format!("{SCHEMA_FILE} beside it is another program's, and is left as it is")
        }
        Some(_) => {
            write(path, &schema)?;
            format!("{SCHEMA_FILE} beside it is now that of this version")
        }
        None => {
            write(path, &schema)?;
            format!("{SCHEMA_FILE} lies beside it")
        }
    })
}

/// A name as it is typed to a shell.
fn quoted(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if name.chars().all(plain) {
        return name.to_owned();
    }
    format!("'{}'", name.replace('\'', "'\\''"))
}

/// Checks lessons; with `--watch`, again and again.
pub fn check(arguments: &Check, manner: &Manner, watch: &Watch) -> Result<ExitCode, Failure> {
    if arguments.watch && arguments.lessons.is_empty() {
        return Err(misused(
            "--watch needs a lesson file or a folder: the lessons inside the program do not change",
        ));
    }
    if arguments.same {
        return check_same(&arguments.lessons, manner, watch);
    }
    let asked = Asked { arguments, manner };
    loop {
        let (done, reads, lessons) = asked.check(watch)?;
        if !arguments.watch || watch.ended().is_some() {
            return Ok(done);
        }
        let changed = asked.wait(reads, &lessons);
        asked.say(&format!("\n{} has changed:\n", printable(&changed)))?;
    }
}

/// Proves that two files are one lesson in two languages, or tells where they differ.
fn check_same(lessons: &[String], manner: &Manner, watch: &Watch) -> Result<ExitCode, Failure> {
    let [one, other] = lessons else {
        return Err(misused(
            "--same needs two lesson files, such as `nnmom-tutor check --same A.yaml B.yaml`",
        ));
    };
    let compared = batch::same(&Disk::default(), [one, other], watch);
    let same = compared.is_ok();
    match compared {
        Ok(report) => {
            let mut out = io::stdout().lock();
            for line in report.lines() {
                writeln!(out, "{}", manner.written(&printable(line)))?;
            }
        }
        Err(problem) => tell(problem)?,
    }
    Ok(exit(same))
}

/// What is to be checked, and how it is said.
struct Asked<'a> {
    arguments: &'a Check,
    manner: &'a Manner,
}

impl Asked<'_> {
    /// What the arguments stand for, and what is wrong with the arguments.
    fn found(&self) -> (Found, Vec<Finding>) {
        let mut found = Found::default();
        let mut wrong = Vec::new();
        for name in &self.arguments.lessons {
            match batch::lessons_of(&Disk::default(), name) {
                Ok(more) if more.lessons.is_empty() && more.courses.is_empty() => {
                    let message = format!("there is no lesson in the folder {name}");
                    let advice = "a file whose name ends in .yaml";
                    wrong.push(Finding::whole(name, Code::Unreadable, &message, advice));
                }
                Ok(more) => {
                    found.lessons.extend(more.lessons);
                    found.courses.extend(more.courses);
                }
                Err(error) => {
                    let message = format!("the folder {name} cannot be looked into: {error}");
                    let advice = "a folder that you may read";
                    wrong.push(Finding::whole(name, Code::Unreadable, &message, advice));
                }
            }
        }
        if self.arguments.lessons.is_empty() {
            let lessons = &mut found.lessons;
            lessons.extend(BUILTIN.iter().map(|lesson| lesson.name.to_owned()));
        }
        (found, wrong)
    }

    /// Checks all of them once: the exit code, the files that have been read, and the lessons.
    fn check(&self, watch: &Watch) -> Result<(ExitCode, Vec<FileRead>, Vec<String>), Failure> {
        let (Found { lessons, courses }, wrong) = self.found();
        let mut summary = Summary::default();
        let mut reads = Vec::new();
        for finding in &wrong {
            self.tell(
                std::slice::from_ref(finding),
                &format!("error: {}; {}", finding.message, finding.help),
            )?;
            summary.findings += 1;
        }
        for folder in &courses {
            reads.push(FileRead::of(&Disk::default(), &folder.join(COURSE_FILE)));
            if let Err(error) = Course::check_in(&Disk::default(), folder) {
                summary.findings += error.findings().len();
                self.tell(error.findings(), &error.to_string())?;
            }
        }
        for name in &lessons {
            let Checked {
                outcome,
                reads: read,
            } = batch::check(&Disk::default(), name, watch);
            summary.lessons += 1;
            reads.extend(read);
            match outcome {
                Ok(said) => {
                    summary.sound += 1;
                    for line in said.lines() {
                        self.say(&self.manner.written(&printable(line)))?;
                    }
                }
                Err(error) => {
                    summary.findings += error.findings().len();
                    self.tell(error.findings(), &error.to_string())?;
                }
            }
            if watch.ended().is_some() {
                break;
            }
        }
        match self.arguments.format {
            CheckFormat::Json => {
                let mut out = io::stdout().lock();
                summary.write(&mut out)?;
                out.flush()?;
            }
            CheckFormat::Text if self.arguments.watch => {
                tell("Waiting for changes; Ctrl-C ends it.")?;
            }
            CheckFormat::Text => {}
        }
        Ok((exit(summary.findings == 0), reads, lessons))
    }

    /// Says something where a person reads it.
    fn say(&self, words: &str) -> Result<(), Failure> {
        if self.arguments.format == CheckFormat::Text {
            writeln!(io::stdout().lock(), "{words}")?;
        }
        Ok(())
    }

    /// Tells what is wrong with a lesson.
    fn tell(&self, findings: &[Finding], words: &str) -> Result<(), Failure> {
        match self.arguments.format {
            CheckFormat::Text => tell(words)?,
            CheckFormat::Json => {
                let mut out = io::stdout().lock();
                for finding in findings {
                    batch::write_finding(finding, &mut out)?;
                }
            }
        }
        Ok(())
    }

    /// Waits until a file has changed that has been read, or there are other lessons: what has changed. Ctrl-C ends the
    /// program meanwhile, as it does any that waits.
    fn wait(&self, reads: Vec<FileRead>, lessons: &[String]) -> String {
        let mut watched = Watched::new(reads);
        loop {
            thread::sleep(BETWEEN_LOOKS);
            if let Some(path) = watched.look(&Disk::default()) {
                return path.display().to_string();
            }
            let (Found { lessons: now, .. }, _) = self.found();
            let new = now.iter().find(|name| !lessons.contains(name));
            let gone = || lessons.iter().find(|name| !now.contains(name));
            if let Some(name) = new.or_else(gone) {
                return name.clone();
            }
        }
    }
}
