//! The ways into a sitting: the full screen, line mode, scripts and pipes; the course menu, and practice.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::sync::Arc;

use anyhow::Context;
use nnmom_tutor::command::{Complaint, advise};
use nnmom_tutor::explain::printable;
use nnmom_tutor::files::Disk;
use nnmom_tutor::lesson::{BUILTIN, Course, Lesson, Untried, Wanted};
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{HandIn, TypedLines};
use nnmom_tutor::repl::{self, Failed, Printer, Prompt};
use nnmom_tutor::screen::{self, OpenLesson, Snapshot, Wish};
use nnmom_tutor::session::{self, Library, Session};
use nnmom_tutor::terminal;
use nnmom_tutor::view::{self, Seen};
use nnmom_tutor::watch::{Halt, Watch};

use crate::cli::{self, Cli, Manner, Sitting, Try};
use crate::surroundings::{
    files, is_dumb, is_terminal, keeper, moving, printer, shelf, usual_look,
};
use crate::{Failure, STOPPED, exit, misused, tell, waiting, wrong_usage};

/// Opens a lesson in the way that the arguments and the terminal ask for, or the course.
pub fn sit_down(cli: &Cli) -> Result<ExitCode, Failure> {
    let (sitting, manner) = (&cli.sitting, &cli.manner);
    let files = Disk::default();
    let name = cli.lesson.as_deref();
    let folder = name.and_then(|name| Course::meant(&files, name));
    if let (Some(name), None) = (name, folder) {
        return attend(sitting, manner, |watch| unopened(name, watch));
    }
    let library = library(folder)?;
    let needing = [
        ("-c", sitting.commands.is_some()),
        ("--script", sitting.script.is_some()),
        ("--set", !sitting.set.is_empty()),
        ("--page", sitting.page.is_some()),
    ];
    if let Some((option, _)) = needing.iter().find(|(_, given)| *given) {
        let example = example(folder, &library);
        return Err(misused(format!(
            "{option} needs a lesson before it, such as `nnmom-tutor {example} {option} ...`"
        )));
    }
    if sitting.repl || is_dumb() || !is_terminal() {
        list_lessons(manner, folder)
    } else {
        choose(manner, library)
    }
}

/// Opens what somebody wants to try.
pub fn try_out(arguments: &Try, manner: &Manner) -> Result<ExitCode, Failure> {
    let known = ["--start", "--target", "--hidden", "--weight", "--gradients"];
    if let Some(option) = arguments.what.iter().find(|word| word.starts_with("--")) {
        let advice = advise(option, known);
        return Err(misused(format!("there is no option `{option}`: {advice}")));
    }
    attend(&arguments.sitting, manner, |watch| {
        tried(&arguments.into(), watch).map_err(wrong_usage)
    })
}

/// Sits down with what is opened, of which no page has been, in the way that the arguments and the terminal ask for.
fn attend(
    asked: &Sitting,
    manner: &Manner,
    open: impl FnOnce(&Watch) -> Result<Session, Failure>,
) -> Result<ExitCode, Failure> {
    let (terminal, dumb) = (is_terminal(), is_dumb());
    let talks = terminal && asked.script.is_none() && asked.commands.is_none();
    if talks && !asked.repl && !dumb {
        return sit_at_screen(asked, manner, open);
    }
    let prompt = talks.then(Prompt::new);
    let prompt = prompt.transpose()?;
    let watch = waiting::watch(talks);
    let session = match opened(&watch, open)? {
        Some(session) => session.keeping(keeper(manner)),
        None => return Ok(ExitCode::from(STOPPED)),
    };
    let mut session = session.opened().map_err(wrong_usage)?;
    if let Some(page) = asked.page {
        run_argument(&mut session, &format!("page {page}"))?;
    }
    let opened = watch.ended();
    apply_settings(&mut session, &asked.set)?;
    // A script begins where its page has been prepared.
    if opened.is_some() && !talks {
        tell("Stopped while the page was opened; nothing after it is done.")?;
        return Ok(ExitCode::from(STOPPED));
    }

    let look = manner.look(usual_look(session.keeper()));
    let printer = printer(look);
    if let Some(notice) = session.take_notice() {
        tell(format!("note: {notice}"))?;
    }
    if let Some((name, text)) = script(asked)? {
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
    if let Some(prompt) = prompt {
        let typed = TypedLines::load(shelf(manner));
        terminal::guard_lines();
        repl::converse(prompt, session, printer, typed, terminal::read_line)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Opens something, which somebody may stop; `None` where that has been done, and said.
fn opened(
    watch: &Watch,
    open: impl FnOnce(&Watch) -> Result<Session, Failure>,
) -> Result<Option<Session>, Failure> {
    let session = watch.during(|| open(watch));
    if watch.ended() == Some(Halt::Stopped) {
        tell("Stopped while it was read.")?;
        return Ok(None);
    }
    Ok(Some(moving(session?)))
}

/// Opens something on the full screen, which is there while its first page is prepared.
fn sit_at_screen(
    asked: &Sitting,
    manner: &Manner,
    open: impl FnOnce(&Watch) -> Result<Session, Failure>,
) -> Result<ExitCode, Failure> {
    // Before there is a screen, what takes long is told of in a line.
    let watch = waiting::watch(false);
    let session = match opened(&watch, open)? {
        Some(session) => session.keeping(keeper(manner)),
        None => return Ok(ExitCode::from(STOPPED)),
    };
    let look = manner.look(usual_look(session.keeper()));
    let typed = TypedLines::load(shelf(manner));
    let prepare = |session: Session| {
        let mut session = session.opened().map_err(wrong_usage)?;
        if let Some(page) = asked.page {
            run_argument(&mut session, &format!("page {page}"))?;
        }
        apply_settings(&mut session, &asked.set)?;
        Ok(session)
    };
    let left = terminal::run(session, look, typed, opener(&watch), prepare);
    left.context("the terminal")?.map(|()| ExitCode::SUCCESS)
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

/// The script that the arguments give, in a file or in full, and the name that messages call it by.
fn script(asked: &Sitting) -> Result<Option<(String, String)>, Failure> {
    if let Some(commands) = &asked.commands {
        return Ok(Some(("-c".to_owned(), commands.clone())));
    }
    let Some(path) = &asked.script else {
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

/// A lesson, by its name or file, for somebody who waits for its data.
pub fn read(name: &str, watch: &Watch) -> Result<Lesson, Failure> {
    let lesson = watch.during(|| Lesson::open_in(&files(watch), name));
    lesson.map_err(wrong_usage)
}

/// A sitting with a lesson, by its name or file.
pub fn open(name: &str, watch: &Watch) -> Result<Session, Failure> {
    unopened(name, watch)?.opened().map_err(wrong_usage)
}

/// The same in which no page has been opened.
fn unopened(name: &str, watch: &Watch) -> Result<Session, Failure> {
    Ok(sitting_with(read(name, watch)?, watch))
}

/// A sitting with what somebody wants to try, in which no page has been opened.
fn tried(wanted: &Wanted, watch: &Watch) -> Result<Session, Untried> {
    let lesson = Lesson::tried(&files(watch), wanted)?;
    Ok(sitting_with(lesson, watch))
}

fn sitting_with(lesson: Lesson, watch: &Watch) -> Session {
    let session = Session::unopened_and_watched(Arc::new(lesson), watch.clone());
    session.drawn_by(draw).with_files(Rc::new(files(watch)))
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
fn choose(manner: &Manner, library: Library) -> Result<ExitCode, Failure> {
    let keeper = keeper(manner);
    let typed = TypedLines::load(shelf(manner));
    let look = manner.look(usual_look(&keeper));
    let watch = Watch::default();
    let open = opener(&watch);
    terminal::run_menu(library, keeper, look, typed, open, &watch).context("the terminal")?;
    Ok(ExitCode::SUCCESS)
}

/// Opens lessons for a screen, and what is tried.
fn opener(watch: &Watch) -> OpenLesson {
    let watch = watch.clone();
    Box::new(move |library, wish, keeper| {
        let whole = |reason: String| Complaint::new(0..0, reason, "");
        let read = || -> Result<(Session, Option<usize>), Complaint> {
            Ok(match wish {
                Wish::Lesson(place, page) => {
                    let lesson = library.lesson(place);
                    let lesson = lesson.map_err(|error| whole(format!("{}.", error.brief().0)))?;
                    (sitting_with(lesson, &watch), Some(page))
                }
                Wish::Own(line) => {
                    let wrong = |untried: Untried| {
                        let mistake = untried.in_line(line);
                        Complaint::new(mistake.span, mistake.message, mistake.advice)
                    };
                    (tried(&Wanted::parse(line), &watch).map_err(wrong)?, None)
                }
            })
        };
        let (session, page) = watch.during(read)?;
        let session = session.opened().map_err(|refusal| whole(refusal.message))?;
        let mut session = moving(session).keeping(keeper);
        if let Some(page) = page {
            session.run_line(&format!("page {page}"))?;
        }
        Ok(session)
    })
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
    if folder.is_none() {
        say(
            "Something of your own at once: `nnmom-tutor try 'x^2+10*y^2'`, or `nnmom-tutor try data.csv`.",
        )?;
    }
    Ok(ExitCode::SUCCESS)
}
