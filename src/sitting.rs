//! The ways into a sitting: the full screen, line mode, scripts and pipes; the course menu, and practice.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Context;
use nnmom_tutor::command::Complaint;
use nnmom_tutor::explain::printable;
use nnmom_tutor::files::Disk;
use nnmom_tutor::lesson::{BUILTIN, Course, Lesson};
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Folder, HandIn, Keeper, Moment, Shelf, TypedLines};
use nnmom_tutor::repl::{self, Failed, Printer, Prompt};
use nnmom_tutor::screen::{self, Glyphs, Look, OpenLesson, Snapshot};
use nnmom_tutor::session::{self, Library, Session};
use nnmom_tutor::terminal;
use nnmom_tutor::view::{self, Depth, Ground, Palette, Seen, usual_theme};
use nnmom_tutor::watch::Watch;

use crate::cli::{self, Cli, Manner};
use crate::{Failure, STOPPED, exit, misused, tell, waiting, wrong_usage};

/// Opens a lesson in the way that the arguments and the terminal ask for.
pub fn sit_down(cli: &Cli) -> Result<ExitCode, Failure> {
    let files = Disk::default();
    let name = cli.lesson.as_deref();
    let folder = name.and_then(|name| Course::meant(&files, name));
    let (Some(name), None) = (name, folder) else {
        let library = library(folder)?;
        let needing = [
            ("-c", cli.commands.is_some()),
            ("--script", cli.script.is_some()),
            ("--set", !cli.set.is_empty()),
            ("--page", cli.page.is_some()),
        ];
        if let Some((option, _)) = needing.iter().find(|(_, given)| *given) {
            let example = example(folder, &library);
            return Err(misused(format!(
                "{option} needs a lesson before it, such as `nnmom-tutor {example} {option} ...`"
            )));
        }
        return if cli.repl || is_dumb() || !is_terminal() {
            list_lessons(&cli.manner, folder)
        } else {
            choose(cli, library)
        };
    };
    let (terminal, dumb) = (is_terminal(), is_dumb());
    let talks = terminal && cli.script.is_none() && cli.commands.is_none();
    let prompt = (talks && (cli.repl || dumb)).then(Prompt::new);
    let prompt = prompt.transpose()?;
    let watch = waiting::watch(talks);
    let mut session = moving(open(name, &watch)?).keeping(keeper(&cli.manner));
    if let Some(page) = cli.page {
        run_argument(&mut session, &format!("page {page}"))?;
    }
    let opened = watch.ended();
    apply_settings(&mut session, &cli.set)?;
    // A script begins where its page has been prepared.
    if opened.is_some() && !talks {
        tell("Stopped while the page was opened; nothing after it is done.")?;
        return Ok(ExitCode::from(STOPPED));
    }

    let look = cli.manner.look(usual_look(session.keeper()));
    let printer = printer(look);
    let full_screen = talks && prompt.is_none();
    if !full_screen && let Some(notice) = session.take_notice() {
        tell(format!("note: {notice}"))?;
    }
    if let Some((name, text)) = script(cli)? {
        let mut out = io::stdout().lock();
        return match repl::run_script(&mut session, &name, &text, printer, &mut out) {
            Err(stopped @ Failed::Stopped { .. }) => {
                tell(stopped)?;
                Ok(ExitCode::from(STOPPED))
            }
            done => Ok(done.map(|()| ExitCode::SUCCESS)?),
        };
    }
    if !terminal {
        return converse_with_pipe(&mut session, printer);
    }
    let typed = TypedLines::load(shelf(&cli.manner));
    if let Some(prompt) = prompt {
        terminal::guard_lines();
        repl::converse(prompt, session, printer, typed, terminal::read_line)?;
        return Ok(ExitCode::SUCCESS);
    }
    terminal::run(session, look, typed, opener(&watch)).context("the terminal")?;
    Ok(ExitCode::SUCCESS)
}

/// The course in a folder, or the one that comes with the program.
pub fn library(folder: Option<&Path>) -> Result<Library, Failure> {
    let Some(folder) = folder else {
        return Ok(Library::default());
    };
    let files = Rc::new(Disk::default());
    let course = Course::open_in(&*files, folder).map_err(wrong_usage)?;
    Ok(Library { course, files })
}

/// A lesson of a course as it is named on the command line.
fn example(folder: Option<&Path>, library: &Library) -> String {
    folder.map_or_else(
        || "momentum".to_owned(),
        |folder| {
            folder
                .join(&library.course.lessons[0].name)
                .display()
                .to_string()
        },
    )
}

/// A sitting in which nothing moves, where the environment says so.
fn moving(session: Session) -> Session {
    match variable("NNMOM_MOTION").as_deref() {
        Some("off") => session.without_motion(),
        Some(_) | None => session,
    }
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

/// How a screen looks where the command line says nothing of it, for a learner whose tastes are kept so.
fn usual_look(keeper: &Keeper) -> Look {
    let chosen = keeper.logbook().tastes.theme();
    let theme = chosen.unwrap_or_else(|| usual_theme(variable));
    Look {
        depth: Depth::from_environment(variable).unwrap_or_default(),
        ground: Ground::from_environment(variable),
        ..Look::new(theme, Glyphs::from_environment(variable))
    }
}

/// How lines are to look: without colours where nothing understands them.
fn printer(look: Look) -> Printer {
    let plain = is_dumb() || !io::stdout().is_terminal();
    Printer {
        palette: if plain { Palette::MONO } else { look.palette() },
        ascii: look.glyphs == Glyphs::Ascii,
    }
}

/// Asks fresh problems.
pub fn practise(arguments: &cli::Practice, manner: &Manner) -> Result<ExitCode, Failure> {
    let keeper = keeper(manner);
    let seed = arguments.seed.unwrap_or(keeper.now().0);
    let look = manner.look(usual_look(&keeper));
    let practice = Practice::new(keeper, seed, arguments.count as usize);
    let printer = printer(look);
    if is_terminal() && !arguments.repl && !is_dumb() {
        terminal::run_practice(practice, look).context("the terminal")?;
        return Ok(ExitCode::SUCCESS);
    }
    if is_terminal() {
        terminal::guard_lines();
        repl::practise(practice, printer, terminal::read_line)?;
        return Ok(ExitCode::SUCCESS);
    }
    let (mut input, mut out, mut messages) =
        (io::stdin().lock(), io::stdout().lock(), io::stderr());
    let all_right =
        repl::practise_with_pipe(practice, &mut input, printer, &mut out, &mut messages)?;
    Ok(exit(all_right))
}

/// What keeps the learner's progress, in the folder asked for or the platform's own.
fn keeper(manner: &Manner) -> Keeper {
    Keeper::open(shelf(manner), now)
}

/// Where the learner's records lie: in the folder asked for or the platform's own. `None` where there is no home.
fn shelf(manner: &Manner) -> Option<Rc<dyn Shelf>> {
    manner.state_folder().as_deref().map(Folder::shelf)
}

/// The moment it is by the clock of the machine.
fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    Moment::after(since.map_or(0, |since| since.as_secs()))
}

/// The script that the arguments give, in a file or in full, and the name that messages call it by.
fn script(cli: &Cli) -> Result<Option<(String, String)>, Failure> {
    if let Some(commands) = &cli.commands {
        return Ok(Some(("-c".to_owned(), commands.clone())));
    }
    let Some(path) = &cli.script else {
        return Ok(None);
    };
    let name = path.display().to_string();
    let text = session::read_script(&Disk::default(), path)
        .with_context(|| format!("the script {name} cannot be read"));
    Ok(Some((name, text.map_err(wrong_usage)?)))
}

fn converse_with_pipe(session: &mut Session, printer: Printer) -> Result<ExitCode, Failure> {
    let (mut input, mut out, mut messages) =
        (io::stdin().lock(), io::stdout().lock(), io::stderr());
    printer.print(&view::introduce(session), &mut out)?;
    let all_right = repl::pipe(session, &mut input, printer, &mut out, &mut messages)?;
    Ok(if session.watch().ended().is_some() {
        ExitCode::from(STOPPED)
    } else {
        exit(all_right)
    })
}

/// A sitting with a lesson, by its name or file.
pub fn open(name: &str, watch: &Watch) -> Result<Session, Failure> {
    sitting(Lesson::open(name).map_err(wrong_usage)?, watch)
}

/// A sitting with a lesson.
fn sitting(lesson: Lesson, watch: &Watch) -> Result<Session, Failure> {
    let session = Session::new_watched(Arc::new(lesson), watch).map_err(wrong_usage)?;
    let files = Disk::default().at_home(std::env::home_dir());
    Ok(session.drawn_by(draw).with_files(Rc::new(files)))
}

/// What would make several commands of a line, or end it.
const SEVERAL: [char; 3] = [';', '\n', '#'];

/// Applies `--set NAME=VALUE` arguments as the command `set` would.
pub fn apply_settings(session: &mut Session, settings: &[String]) -> Result<(), Failure> {
    for setting in settings {
        let Some((name, value)) = setting.split_once('=') else {
            return Err(misused(format!(
                "--set {setting}: a value is missing; for example --set momentum=0.9"
            )));
        };
        if setting.contains(SEVERAL) {
            return Err(misused(format!(
                "--set {setting}: it is one name and one value; for example --set momentum=0.9"
            )));
        }
        run_argument(session, &format!("set {name} {value}"))?;
    }
    Ok(())
}

/// Does what an argument of the command line asks of a sitting.
pub fn run_argument(session: &mut Session, line: &str) -> Result<(), Failure> {
    let result = session.run_line(line);
    result
        .map(drop)
        .map_err(|complaint| not_done(line, &complaint))
}

/// What is wrong with a line that an argument has been made into.
pub fn not_done(line: &str, complaint: &Complaint) -> Failure {
    misused(format!("`{line}`: {}", complaint.with_advice()))
}

/// Lets the learner choose a lesson of a course.
fn choose(cli: &Cli, library: Library) -> Result<ExitCode, Failure> {
    let keeper = keeper(&cli.manner);
    let typed = TypedLines::load(shelf(&cli.manner));
    let look = cli.manner.look(usual_look(&keeper));
    let watch = Watch::default();
    let open = opener(&watch);
    terminal::run_menu(library, keeper, look, typed, open, &watch).context("the terminal")?;
    Ok(ExitCode::SUCCESS)
}

/// Opens lessons for a screen.
fn opener(watch: &Watch) -> OpenLesson {
    let watch = watch.clone();
    Box::new(move |library, place, page, keeper| {
        let lesson = library.lesson(place);
        let lesson = lesson.map_err(|error| format!("{}.", error.brief().0))?;
        open_at(lesson, page, keeper, &watch)
    })
}

/// Opens a lesson at a page, for a screen that says why where it cannot.
fn open_at(lesson: Lesson, page: usize, keeper: Keeper, watch: &Watch) -> Result<Session, String> {
    let session = sitting(lesson, watch).map_err(|failure| format!("{:#}", failure.error))?;
    let mut session = moving(session).keeping(keeper);
    let turned = session.run_line(&format!("page {page}"));
    turned.map_err(|complaint| complaint.to_string())?;
    Ok(session)
}

/// The screen of a sitting as a picture, in the usual size.
fn draw(session: &Session) -> String {
    screen::svg(session, None, Snapshot::default()).unwrap_or_default()
}

/// What a learner hands in: what they have done of the course in a folder, or of the one they worked on last.
pub fn hand_in(
    folder: Option<&Path>,
    name: Option<String>,
    manner: &Manner,
) -> Result<HandIn, Failure> {
    let library = folder.map(|folder| library(Some(folder))).transpose()?;
    Ok(session::hand_in(
        library.as_ref(),
        keeper(manner).logbook(),
        name,
    ))
}

/// Tells of the learner's progress, or forgets it, as the command of a sitting does.
pub fn tell_progress(words: &[String], manner: &Manner) -> Result<ExitCode, Failure> {
    let line = [&["progress".to_owned()], words].concat().join(" ");
    if line.contains(SEVERAL) {
        return Err(misused(format!(
            "`{line}`: the name of a lesson has no `;` or `#` in it"
        )));
    }
    let mut session = open(BUILTIN[0].name, &Watch::default())?.keeping(keeper(manner));
    let before = Seen::of(&session);
    let outcome = session.run_line(&line);
    let outcome = outcome.map_err(|complaint| not_done(&line, &complaint))?;
    let text = view::narrate(&before, &session, &outcome);
    printer(manner.look(usual_look(session.keeper()))).print(&text, &mut io::stdout().lock())?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the course in a folder, or the one that comes with the program, and what has been done of it.
pub fn list_lessons(manner: &Manner, folder: Option<&Path>) -> Result<ExitCode, Failure> {
    let library = library(folder)?;
    let mut out = io::stdout().lock();
    let mut keeper = keeper(manner);
    if let Some(notice) = keeper.take_notice() {
        tell(format!("note: {notice}"))?;
    }
    let mut say = |line: &str| writeln!(out, "{}", manner.written(&printable(line)));
    say(&match folder {
        Some(_) => format!("{}: its lessons, in order", library.course.title),
        None => "Lessons, in the order of the course:".to_owned(),
    })?;
    say("")?;
    for line in view::course_list(&session::course(&library, keeper.logbook())) {
        say(&line.text())?;
    }
    say("")?;
    say(&match folder {
        Some(_) => format!(
            "Open one by its name, as in `nnmom-tutor {}`.",
            example(folder, &library)
        ),
        None => {
            "Open one with `nnmom-tutor NAME`, or your own with `nnmom-tutor FILE.yaml`.".to_owned()
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
