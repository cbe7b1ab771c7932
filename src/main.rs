//! The command line of the tutor: reads arguments, calls the library, turns errors into exit codes.

mod arguments;
mod authoring;
mod cli;
mod shell;
mod sitting;
mod surroundings;
mod waiting;

use std::fmt;
use std::fs::canonicalize;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use nnmom_tutor::batch::{self, Ended, Length, Paper, Request, RunRequest};
use nnmom_tutor::command::{Complaint, advise};
use nnmom_tutor::explain::{printable, shown};
use nnmom_tutor::export;
use nnmom_tutor::files::{Disk, write_whole};
use nnmom_tutor::lesson::{Course, Lesson, LoadError, Untried};
use nnmom_tutor::repl;
use nnmom_tutor::screen::{self, Snapshot};
use nnmom_tutor::session::{Library, Session};
use nnmom_tutor::terminal;
use nnmom_tutor::timeline::Stop;
use nnmom_tutor::watch::{Halt, Watch};

use cli::{
    Class, ClassFormat, Cli, Handout, Manner, Picture, Progress, ProgressFormat, Run, Subcommand,
    Sweep, Trace,
};
use sitting::{
    apply_settings, hand_in, library, list_lessons, open, practise, read, run_argument, sit_down,
    tell_progress, try_out,
};

/// A command, check or write has failed.
const FAILED: u8 = 1;
/// Wrong usage, or a lesson that cannot be read.
const WRONG_USAGE: u8 = 2;
/// Ctrl-C has stopped it: what shells say of a program that the signal ends.
const STOPPED: u8 = 130;

/// An error and the exit code it leads to.
struct Failure {
    code: u8,
    error: anyhow::Error,
}

impl<E: Into<anyhow::Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self {
            code: FAILED,
            error: error.into(),
        }
    }
}

fn wrong_usage(error: impl Into<anyhow::Error>) -> Failure {
    Failure {
        code: WRONG_USAGE,
        error: error.into(),
    }
}

/// What is wrong with the arguments, and what would work.
fn misused(words: impl fmt::Display) -> Failure {
    wrong_usage(anyhow::Error::msg(shown(&words.to_string())))
}

/// The exit code of something that may have gone wrong, which has been said.
fn exit(all_right: bool) -> ExitCode {
    ExitCode::from(if all_right { 0 } else { FAILED })
}

fn main() -> ExitCode {
    terminal::outlive_full_files();
    match Cli::read(std::env::args_os()).map_or_else(|error| answer(&error), |cli| obey(&cli)) {
        Ok(code) => code,
        // Whoever was reading has seen enough.
        Err(failure) if is_broken_pipe(&failure.error) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = format!("{:#}", failure.error);
            // What is wrong with a lesson is said in full.
            let in_full = failure.error.is::<LoadError>() || failure.error.is::<Untried>();
            let prefix = if in_full { "" } else { "error: " };
            // Where even the message cannot be written, the exit code has to do.
            let _ = tell(format!("{prefix}{text}"));
            ExitCode::from(failure.code)
        }
    }
}

fn obey(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Some(Subcommand::Trace(arguments)) => watched(|watch| trace(arguments, watch)),
        Some(Subcommand::Run(arguments)) => watched(|watch| run(arguments, watch)),
        Some(Subcommand::Picture(arguments)) => {
            watched(|watch| picture(arguments, &cli.manner, watch))
        }
        Some(Subcommand::Sweep(arguments)) => watched(|watch| sweep(arguments, &cli.manner, watch)),
        Some(Subcommand::Check(arguments)) => {
            watched(|watch| authoring::check(arguments, &cli.manner, watch))
        }
        Some(Subcommand::New(arguments)) => authoring::write_new(arguments),
        Some(Subcommand::Schema) => authoring::print_schema(),
        Some(Subcommand::Try(arguments)) => try_out(arguments, &cli.manner),
        Some(Subcommand::Lessons) => list_lessons(&cli.manner, None),
        Some(Subcommand::Progress(arguments)) => progress(arguments, &cli.manner),
        Some(Subcommand::Handout(arguments)) => watched(|watch| handout(arguments, watch)),
        Some(Subcommand::Class(arguments)) => class(arguments, &cli.manner),
        Some(Subcommand::Practice(arguments)) => practise(arguments, &cli.manner),
        Some(Subcommand::Completions { shell }) => shell::print_completions(*shell),
        Some(Subcommand::Man) => shell::print_man(),
        None => sit_down(cli),
    }
}

/// Does something that may take long, which Ctrl-C stops.
fn watched(work: impl FnOnce(&Watch) -> Result<ExitCode, Failure>) -> Result<ExitCode, Failure> {
    let watch = waiting::watch(false);
    let done = work(&watch);
    if watch.ended() != Some(Halt::Stopped) {
        return done;
    }
    if let Err(Failure { error, .. }) = done {
        tell(format!("{error:#}"))?;
    }
    tell("Stopped by Ctrl-C.")?;
    Ok(ExitCode::from(STOPPED))
}

/// Shows help or the version, or what is wrong with the arguments.
fn answer(error: &clap::Error) -> Result<ExitCode, Failure> {
    if error.use_stderr() {
        let said = error.render().to_string();
        let lines: Vec<String> = said.lines().map(shown).collect();
        tell(lines.join("\n"))?;
        return Ok(ExitCode::from(WRONG_USAGE));
    }
    error.print()?;
    io::stdout().flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Says something beside the output; the terminal obeys nothing that is quoted in it.
fn tell(words: impl fmt::Display) -> io::Result<()> {
    let words = words.to_string();
    let lines: Vec<String> = words.trim_end().lines().map(printable).collect();
    writeln!(io::stderr(), "{}", lines.join("\n"))
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    if let Some(repl::Failed::Write(error)) = error.downcast_ref() {
        return broken(error);
    }
    error.downcast_ref().is_some_and(broken)
}

fn trace(arguments: &Trace, watch: &Watch) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(read(&arguments.lesson, watch)?);
    let mut session = Session::unopened_and_watched(Arc::clone(&lesson), watch.clone());
    apply_settings(&mut session, &arguments.set)?;
    let parameters = (arguments.parameter.iter()).map(|name| parameter(&lesson, name));
    if let Some(output) = &arguments.output
        && let (Ok(a), Ok(b)) = (output.canonicalize(), canonicalize(&arguments.lesson))
        && a == b
    {
        let output = output.display();
        return Err(misused(format!(
            "--output {output} is the lesson itself; name another file"
        )));
    }
    let request = Request {
        steps: arguments.steps,
        parameters: parameters.collect::<Result<_, _>>()?,
        format: arguments.format,
    };
    let stop = match &arguments.output {
        None => batch::trace(session, &request, &mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => write_whole(path, |out| batch::trace(session, &request, out))
            .with_context(|| format!("{} cannot be written", path.display()))?,
    };
    if let Some(stop) = stop.filter(|stop| *stop != Stop::Halted) {
        tell(format!("note: {stop}"))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run(arguments: &Run, watch: &Watch) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(read(&arguments.lesson, watch)?);
    if arguments.epochs.is_some() && lesson.model.epoch_length().is_none() {
        return Err(misused(format!(
            "--epochs: {} has no epochs, since it has no items; --steps says how many updates",
            arguments.lesson
        )));
    }
    let mut session = Session::unopened_and_watched(lesson, watch.clone());
    apply_settings(&mut session, &arguments.set)?;
    let until = arguments.until.as_ref().map(|text| {
        let wrong = |complaint: Complaint| {
            misused(format!("--until '{text}': {}", complaint.with_advice()))
        };
        session.condition(text).map_err(wrong)
    });
    let request = RunRequest {
        length: (arguments.epochs.map(Length::Epochs)).or(arguments.steps.map(Length::Steps)),
        until: until.transpose()?,
        every: arguments.every,
        format: arguments.format,
    };
    // Each row is seen as soon as it is there.
    let ended = batch::run(&session, &request, &mut io::stdout().lock())?;
    match (ended, &arguments.until) {
        (Ended::Length, None) | (Ended::Until | Ended::Stopped(Stop::Halted), _) => {}
        (Ended::Stopped(stop), _) => tell(format!("note: {stop}"))?,
        (Ended::Length, Some(until)) => tell(format!("note: {until} never held"))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn sweep(arguments: &Sweep, manner: &Manner, watch: &Watch) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(read(&arguments.lesson, watch)?);
    let mut session = Session::unopened_and_watched(lesson, watch.clone());
    apply_settings(&mut session, &arguments.set)?;
    let until = (arguments.until.as_ref()).map(|until| format!(" until {until}"));
    let most = arguments.max.map(|most| format!(" max {most}"));
    let axes = arguments.axes.join(" ");
    let [until, most] = [until, most].map(Option::unwrap_or_default);
    let line = format!("sweep {axes}{until}{most}");
    run_argument(&mut session, &line)?;
    if watch.ended().is_some() {
        return Ok(ExitCode::SUCCESS);
    }
    let Some(table) = session.swept() else {
        return Err(misused(format!(
            "`{line}` is no sweep; for example momentum=0..0.95/20"
        )));
    };
    let mut text = Vec::new();
    (arguments.format).write(&mut batch::SweepRows(table), &mut text)?;
    io::stdout().write_all(manner.written(&String::from_utf8_lossy(&text)).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

fn picture(arguments: &Picture, manner: &Manner, watch: &Watch) -> Result<ExitCode, Failure> {
    let path = &arguments.output;
    if path.extension().is_none_or(|extension| extension != "svg") {
        let path = path.display();
        return Err(misused(format!(
            "--output {path}: a picture's file name ends in .svg"
        )));
    }
    let mut session = open(&arguments.lesson, watch)?;
    if watch.ended().is_some() {
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(commands) = &arguments.commands {
        run_argument(&mut session, commands).map_err(|failure| failure.error)?;
    }
    if watch.ended().is_some() {
        return Ok(ExitCode::SUCCESS);
    }
    let snapshot = Snapshot {
        size: arguments.size.into(),
        look: manner.look(Snapshot::default().look),
    };
    let svg = screen::svg(&session, arguments.view.as_deref(), snapshot)
        .map_err(|reason| misused(format!("--view: {reason}")))?;
    write_whole(path, |out| out.write_all(svg.as_bytes()))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Writes a lesson, or all of a course, as one page.
fn handout(arguments: &Handout, watch: &Watch) -> Result<ExitCode, Failure> {
    let path = arguments.output.display();
    let paper = Paper::of_file(&arguments.output).ok_or_else(|| {
        misused(format!(
            "--output {path}: a handout's file name ends in .html or .md"
        ))
    })?;
    let folder = Course::meant(&Disk::default(), &arguments.lesson);
    let (title, lessons) = if let Some(folder) = folder {
        let Library { course, files } = library(Some(folder))?;
        let lessons = (0..course.lessons.len()).map(|place| course.lesson(&*files, place));
        let lessons: Result<_, _> = lessons.collect();
        (course.title.clone(), lessons.map_err(wrong_usage)?)
    } else {
        let lesson = read(&arguments.lesson, watch)?;
        (lesson.title.clone(), vec![lesson])
    };
    let text = batch::handout(&title, lessons, paper, arguments.answers, watch);
    let text = text.map_err(|reason| anyhow::anyhow!(shown(&reason)))?;
    write_whole(&arguments.output, |out| out.write_all(text.as_bytes()))
        .with_context(|| format!("{path} cannot be written"))?;
    Ok(ExitCode::SUCCESS)
}

/// Tells what a learner has done, or writes what they hand in.
fn progress(arguments: &Progress, manner: &Manner) -> Result<ExitCode, Failure> {
    let name = arguments
        .name
        .as_deref()
        .map(|name| printable(name).trim().to_owned());
    if name.as_ref().is_some_and(String::is_empty) {
        return Err(misused("--name: it is empty; for example --name Ada"));
    }
    match arguments.format {
        ProgressFormat::Words if name.is_some() => Err(misused(
            "--name is for what is handed in: `progress --format json --name WHO`",
        )),
        ProgressFormat::Words => tell_progress(&arguments.words, manner),
        ProgressFormat::Json => {
            let folder = match arguments.words.as_slice() {
                [] => None,
                [folder] => Some(Path::new(folder)),
                [_, ..] => {
                    return Err(misused(
                        "`progress --format json` takes one folder, that of a course",
                    ));
                }
            };
            let done = hand_in(folder, name, manner)?;
            writeln!(io::stdout(), "{}", done.written())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Tells what a class has handed in; names what is left out.
fn class(arguments: &Class, manner: &Manner) -> Result<ExitCode, Failure> {
    let folder = arguments.folder.display().to_string();
    let read = batch::Class::read(&Disk::default(), &arguments.folder);
    let mut class = read.map_err(|error| misused(format!("{folder} cannot be read: {error}")))?;
    for skipped in &class.skipped {
        tell(format!("note: {skipped}"))?;
    }
    if class.is_empty() {
        return Err(anyhow::anyhow!(
            "nothing in {} has been handed in; `nnmom-tutor progress --format json --name WHO` writes such a file",
            shown(&folder)
        )
        .into());
    }
    let mut text = Vec::new();
    match arguments.format {
        ClassFormat::Table => {
            export::TABLE.write(&mut class, &mut text)?;
            text.extend(
                class
                    .slips()
                    .map_or_else(String::new, |slips| format!("\n{slips}\n"))
                    .bytes(),
            );
        }
        ClassFormat::Csv => export::CSV.write(&mut class, &mut text)?,
        ClassFormat::Html => text.extend(class.page(&folder)?.bytes()),
    }
    let text = String::from_utf8_lossy(&text);
    let text = match arguments.format {
        ClassFormat::Table => manner.written(&text),
        ClassFormat::Csv | ClassFormat::Html => text.into_owned(),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The index of a parameter.
fn parameter(lesson: &Lesson, name: &str) -> Result<usize, Failure> {
    let names = lesson.model.parameters();
    names.iter().position(|known| known == name).ok_or_else(|| {
        let advice = advise(name, names.iter().map(String::as_str));
        misused(format!("there is no parameter `{name}`; {advice}"))
    })
}
