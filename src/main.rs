//! The command line of the tutor: reads arguments, calls the library, turns errors into exit codes.

mod cli;

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use nnmom_tutor::batch::{self, Ended, Length, Request, RunRequest};
use nnmom_tutor::lesson::{BUILTIN, Lesson};
use nnmom_tutor::repl::{self, Printer};
use nnmom_tutor::session::{self, Begun, Keeper, Moment, Practice, Session, SweepJob, TypedLines};
use nnmom_tutor::tui::{self, Chooser, Glyphs, Look, Shot};
use nnmom_tutor::view::{self, Menu, Theme};

use cli::{Cli, Picture, Run, Subcommand, Sweep, Trace};

/// A command, check or write has failed.
const FAILED: u8 = 1;
/// Wrong usage, or a lesson that cannot be read.
const WRONG_USAGE: u8 = 2;

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

fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match &cli.command {
        Some(Subcommand::Trace(arguments)) => trace(arguments),
        Some(Subcommand::Run(arguments)) => run(arguments),
        Some(Subcommand::Picture(arguments)) => picture(arguments),
        Some(Subcommand::Sweep(arguments)) => sweep(arguments),
        Some(Subcommand::Check { lessons }) => check(lessons),
        Some(Subcommand::Lessons(arguments)) => list_lessons(arguments.state_dir.as_deref()),
        Some(Subcommand::Practice(arguments)) => practise(arguments),
        None => sit_down(&cli),
    };
    match result {
        Ok(code) => code,
        // Whoever was reading has seen enough.
        Err(failure) if is_broken_pipe(&failure.error) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = format!("{:#}", failure.error);
            let prefix = if text.starts_with("error") {
                ""
            } else {
                "error: "
            };
            // Where even the message cannot be written, the exit code has to do.
            let _ = writeln!(io::stderr(), "{prefix}{text}");
            ExitCode::from(failure.code)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let broken = |error: &io::Error| error.kind() == io::ErrorKind::BrokenPipe;
    match error.downcast_ref::<repl::Failed>() {
        Some(repl::Failed::Write(error)) => broken(error),
        _ => error.downcast_ref::<io::Error>().is_some_and(broken),
    }
}

/// Opens a lesson in the way that the arguments and the terminal ask for.
fn sit_down(cli: &Cli) -> Result<ExitCode, Failure> {
    let Some(name) = &cli.lesson else {
        let needing = [
            ("-c", cli.commands.is_some()),
            ("--script", cli.script.is_some()),
            ("--set", !cli.set.is_empty()),
            ("--page", cli.page.is_some()),
        ];
        if let Some((option, _)) = needing.iter().find(|(_, given)| *given) {
            return Err(wrong_usage(anyhow::anyhow!(
                "{option} needs a lesson before it, such as `nnmom-tutor momentum {option} ...`"
            )));
        }
        let only_look = cli.repl || is_dumb();
        return if only_look || !is_terminal() {
            list_lessons(cli.state_dir.as_deref())
        } else {
            choose(cli)
        };
    };
    let mut session = open(name)?.keeping(keeper(cli.state_dir.as_deref()));
    if let Some(page) = cli.page {
        run_argument(&mut session, &format!("page {page}"))?;
    }
    apply_settings(&mut session, &cli.set)?;

    let (terminal, dumb) = (is_terminal(), is_dumb());
    let look = look(cli.theme, cli.ascii);
    let printer = printer(look);
    let full_screen =
        terminal && !cli.repl && !dumb && cli.script.is_none() && cli.commands.is_none();
    if !full_screen && let Some(notice) = session.take_notice() {
        writeln!(io::stderr(), "note: {notice}")?;
    }
    if let Some(script) = script(cli)? {
        return run_script(&mut session, &script, printer);
    }
    if !terminal {
        return converse_with_pipe(&mut session, printer);
    }
    let typed = TypedLines::load(cli.state_folder().as_deref());
    if cli.repl || dumb {
        repl::converse(session, printer, typed)?;
        return Ok(ExitCode::SUCCESS);
    }
    tui::run(session, look, typed).context("the terminal")?;
    Ok(ExitCode::SUCCESS)
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Whether there is somebody at a terminal.
fn is_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Whether the terminal can only print.
fn is_dumb() -> bool {
    variable("TERM").is_some_and(|term| term == "dumb")
}

/// How a screen is to look.
fn look(theme: Option<cli::Theme>, ascii: bool) -> Look {
    Look {
        theme: theme.map_or_else(|| Theme::from_environment(variable), Into::into),
        glyphs: if ascii {
            Glyphs::Ascii
        } else {
            Glyphs::from_environment(variable)
        },
    }
}

/// How lines are to look: without colours where nothing understands them.
fn printer(look: Look) -> Printer {
    let plain = is_dumb() || !io::stdout().is_terminal();
    Printer {
        theme: if plain { Theme::Mono } else { look.theme },
        ascii: look.glyphs == Glyphs::Ascii,
    }
}

/// Asks fresh problems.
fn practise(arguments: &cli::Practice) -> Result<ExitCode, Failure> {
    let keeper = keeper(arguments.state_dir.as_deref());
    let seed = arguments.seed.unwrap_or(keeper.now().0);
    let practice = Practice::new(keeper, seed, arguments.count as usize);
    let printer = printer(look(arguments.theme, arguments.ascii));
    if is_terminal() {
        repl::practise(practice, printer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (mut input, mut out, mut messages) =
        (io::stdin().lock(), io::stdout().lock(), io::stderr());
    let all_right =
        repl::practise_with_pipe(practice, &mut input, printer, &mut out, &mut messages)?;
    Ok(if all_right {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILED)
    })
}

/// What keeps the learner's progress, in the folder asked for or the platform's own.
fn keeper(state_dir: Option<&Path>) -> Keeper {
    Keeper::open(cli::state_folder(state_dir).as_deref(), Moment::now)
}

/// A script and the name that messages call it by.
struct Script {
    name: String,
    text: String,
}

/// The script that the arguments give, in a file or in full.
fn script(cli: &Cli) -> Result<Option<Script>, Failure> {
    if let Some(commands) = &cli.commands {
        return Ok(Some(Script {
            name: "-c".to_owned(),
            text: commands.clone(),
        }));
    }
    let Some(path) = &cli.script else {
        return Ok(None);
    };
    let name = path.display().to_string();
    let text =
        session::read_script(path).with_context(|| format!("the script {name} cannot be read"));
    Ok(Some(Script {
        name,
        text: text.map_err(wrong_usage)?,
    }))
}

fn run_script(
    session: &mut Session,
    script: &Script,
    printer: Printer,
) -> Result<ExitCode, Failure> {
    repl::run_script(
        session,
        &script.name,
        &script.text,
        printer,
        &mut io::stdout().lock(),
    )?;
    Ok(ExitCode::SUCCESS)
}

fn converse_with_pipe(session: &mut Session, printer: Printer) -> Result<ExitCode, Failure> {
    let (mut input, mut out, mut messages) =
        (io::stdin().lock(), io::stdout().lock(), io::stderr());
    printer.print(&view::introduce(session), &mut out)?;
    let all_right = repl::pipe(session, &mut input, printer, &mut out, &mut messages)?;
    Ok(if all_right {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(FAILED)
    })
}

fn open(name: &str) -> Result<Session, Failure> {
    let lesson = Lesson::open(name).map_err(wrong_usage)?;
    let session = Session::new(Arc::new(lesson)).map_err(wrong_usage)?;
    Ok(session.drawn_by(draw))
}

/// Applies `--set NAME=VALUE` arguments as the command `set` would.
fn apply_settings(session: &mut Session, settings: &[String]) -> Result<(), Failure> {
    for setting in settings {
        let Some((name, value)) = setting.split_once('=') else {
            let error = anyhow::anyhow!(
                "--set {setting}: a value is missing; for example --set momentum=0.9"
            );
            return Err(wrong_usage(error));
        };
        if setting.contains([';', '\n', '#']) {
            return Err(wrong_usage(anyhow::anyhow!(
                "--set {setting}: it is one name and one value; for example --set momentum=0.9"
            )));
        }
        run_argument(session, &format!("set {name} {value}"))?;
    }
    Ok(())
}

fn run_argument(session: &mut Session, line: &str) -> Result<(), Failure> {
    let result = session.run_line(line);
    result.map(drop).map_err(|complaint| {
        wrong_usage(anyhow::anyhow!(
            "`{line}`: {}: {}",
            complaint.message,
            complaint.advice
        ))
    })
}

fn trace(arguments: &Trace) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(Lesson::open(&arguments.lesson).map_err(wrong_usage)?);
    let mut session = Session::unopened(Arc::clone(&lesson));
    apply_settings(&mut session, &arguments.set)?;
    let parameters = arguments
        .parameter
        .iter()
        .map(|name| parameter(&lesson, name));
    if let Some(output) = &arguments.output
        && let (Ok(a), Ok(b)) = (
            output.canonicalize(),
            std::fs::canonicalize(&arguments.lesson),
        )
        && a == b
    {
        return Err(wrong_usage(anyhow::anyhow!(
            "--output {} is the lesson itself; name another file",
            output.display()
        )));
    }
    let request = Request {
        steps: arguments.steps,
        parameters: parameters.collect::<Result<_, _>>()?,
        format: arguments.format.into(),
    };
    let stop = match &arguments.output {
        None => batch::trace(session, &request, &mut BufWriter::new(io::stdout().lock()))?,
        Some(path) => session::write_whole(path, |out| batch::trace(session, &request, out))
            .with_context(|| format!("{} cannot be written", path.display()))?,
    };
    if let Some(stop) = stop {
        writeln!(io::stderr(), "note: {stop}")?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run(arguments: &Run) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(Lesson::open(&arguments.lesson).map_err(wrong_usage)?);
    if arguments.epochs.is_some() && lesson.model.epoch_length().is_none() {
        return Err(wrong_usage(anyhow::anyhow!(
            "--epochs: {} has no epochs, since it has no items; --steps says how many updates",
            arguments.lesson
        )));
    }
    let mut session = Session::unopened(lesson);
    apply_settings(&mut session, &arguments.set)?;
    let until = arguments.until.as_ref().map(|text| {
        session.condition(text).map_err(|complaint| {
            wrong_usage(anyhow::anyhow!(
                "--until '{text}': {}: {}",
                complaint.message,
                complaint.advice
            ))
        })
    });
    let request = RunRequest {
        length: (arguments.epochs.map(Length::Epochs)).or(arguments.steps.map(Length::Steps)),
        until: until.transpose()?,
        every: arguments.every,
        format: arguments.format.into(),
    };
    let ended = batch::run(&session, &request, &mut BufWriter::new(io::stdout().lock()))?;
    match (ended, &arguments.until) {
        (Ended::Stopped(stop), _) => writeln!(io::stderr(), "note: {stop}")?,
        (Ended::Length, Some(until)) => writeln!(io::stderr(), "note: {until} never held")?,
        _ => {}
    }
    Ok(ExitCode::SUCCESS)
}

fn sweep(arguments: &Sweep) -> Result<ExitCode, Failure> {
    let lesson = Arc::new(Lesson::open(&arguments.lesson).map_err(wrong_usage)?);
    let mut session = Session::unopened(lesson);
    apply_settings(&mut session, &arguments.set)?;
    let until = (arguments.until.as_ref()).map(|until| format!(" until {until}"));
    let most = arguments.max.map(|most| format!(" max {most}"));
    let axes = arguments.axes.join(" ");
    let [until, most] = [until, most].map(Option::unwrap_or_default);
    let line = format!("sweep {axes}{until}{most}");
    let begun = session.begin(&line).map_err(|complaint| {
        wrong_usage(anyhow::anyhow!(
            "`{line}`: {}: {}",
            complaint.message,
            complaint.advice
        ))
    })?;
    let Begun::Sweep(job) = begun else {
        return Err(wrong_usage(anyhow::anyhow!(
            "`{line}` is no sweep; for example momentum=0..0.95/20"
        )));
    };
    show_progress(&job);
    let Some(table) = job.wait() else {
        return Err(anyhow::anyhow!("the sweep was given up").into());
    };
    let mut out = BufWriter::new(io::stdout().lock());
    batch::write_sweep(&table, arguments.format.into(), &mut out)?;
    Ok(ExitCode::SUCCESS)
}

/// A bar on standard error, where that is a terminal, until the job is over.
fn show_progress(job: &SweepJob) {
    let (_, all) = job.progress();
    let bar = indicatif::ProgressBar::new(all as u64);
    while !job.is_over() {
        bar.set_position(job.progress().0 as u64);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    bar.finish_and_clear();
}

fn picture(arguments: &Picture) -> Result<ExitCode, Failure> {
    let path = &arguments.output;
    if path.extension().is_none_or(|extension| extension != "svg") {
        return Err(wrong_usage(anyhow::anyhow!(
            "--output {}: a picture's file name ends in .svg",
            path.display()
        )));
    }
    let mut session = open(&arguments.lesson)?;
    if let Some(commands) = &arguments.commands {
        run_argument(&mut session, commands).map_err(|failure| failure.error)?;
    }
    let shot = Shot {
        size: arguments.size.into(),
        theme: arguments.theme.into(),
    };
    let svg = tui::svg(&session, arguments.view.as_deref(), shot)
        .map_err(|reason| wrong_usage(anyhow::anyhow!("--view: {reason}")))?;
    session::write_whole(path, |out| out.write_all(svg.as_bytes()))
        .with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// The screen of a sitting as a picture, in the usual size.
fn draw(session: &Session) -> String {
    tui::svg(session, None, Shot::default()).unwrap_or_default()
}

/// The index of a parameter.
fn parameter(lesson: &Lesson, name: &str) -> Result<usize, Failure> {
    let names = lesson.model.parameters();
    names.iter().position(|known| known == name).ok_or_else(|| {
        let advice = nnmom_tutor::command::advise(name, names.iter().map(String::as_str));
        wrong_usage(anyhow::anyhow!("there is no parameter `{name}`; {advice}"))
    })
}

fn check(lessons: &[String]) -> Result<ExitCode, Failure> {
    let builtin: Vec<String> = BUILTIN
        .iter()
        .map(|lesson| lesson.name.to_owned())
        .collect();
    let names = if lessons.is_empty() {
        &builtin
    } else {
        lessons
    };
    let mut out = io::stdout().lock();
    let mut code = ExitCode::SUCCESS;
    for name in names {
        match batch::check(name) {
            Ok(report) => writeln!(out, "{report}")?,
            Err(problem) => {
                writeln!(io::stderr(), "{problem}")?;
                code = ExitCode::from(FAILED);
            }
        }
    }
    Ok(code)
}

/// Lets the learner choose a lesson of the course.
fn choose(cli: &Cli) -> Result<ExitCode, Failure> {
    let folder = cli.state_folder();
    let mut keeper = keeper(cli.state_dir.as_deref());
    let notice = keeper.take_notice();
    let menu = Chooser::new(Menu::of(keeper.logbook()), look(cli.theme, cli.ascii)).saying(notice);
    let typed = TypedLines::load(folder.as_deref());
    let open = move |name: &str, page: usize| {
        let lesson = Lesson::open(name).map_err(|error| error.to_string())?;
        let session = Session::new(Arc::new(lesson)).map_err(|refusal| refusal.to_string())?;
        let session = session.drawn_by(draw);
        let mut session = session.keeping(keeper.clone());
        let turned = session.run_line(&format!("page {page}"));
        turned.map_err(|complaint| complaint.to_string())?;
        Ok(session)
    };
    tui::run_menu(menu, typed, Box::new(open)).context("the terminal")?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the course, and what has been done of it.
fn list_lessons(state_dir: Option<&Path>) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    let mut keeper = keeper(state_dir);
    if let Some(notice) = keeper.take_notice() {
        writeln!(io::stderr(), "note: {notice}")?;
    }
    writeln!(out, "Lessons, in the order of the course:\n")?;
    for line in session::course_list(keeper.logbook()) {
        writeln!(out, "{}", line.text())?;
    }
    writeln!(
        out,
        "\nOpen one with `nnmom-tutor NAME`, or your own with `nnmom-tutor FILE.yaml`."
    )?;
    Ok(ExitCode::SUCCESS)
}
