//! Floor 9: the real terminal. What it reports becomes the screen's own keys and the program's signals; the screen is
//! drawn until the learner leaves.
//!
//! The only place that knows crossterm. Whatever happens, the terminal is given back as it was found.

mod desk;
mod device;
mod events;
mod files;
mod signals;

use std::convert::Infallible;
use std::io;
use std::rc::Rc;
use std::time::Instant;

pub use device::{Terminal, columns};
pub use signals::{Interrupts, guard_lines, outlive_full_files, read_line};

use crate::practice::Practice;
use crate::record::{Keeper, TypedLines};
use crate::screen::{App, FullScreen, Look, OpenLesson, Practising, Stage};
use crate::session::{Library, Session};
use crate::watch::Watch;
use desk::{AtDesk, Desk};
use events::Event;
use signals::Stopping;

/// Runs the full screen until the learner leaves. `prepare` opens the first page of a sitting in which none has been
/// opened; where that takes long, its text is seen meanwhile, and how far it is. `typed` has the lines of sittings before,
/// and gets the new; `open` opens another lesson, by its name, at a page.
///
/// # Errors
/// Where the terminal cannot be used, and inside that where the sitting cannot be prepared. The terminal has been given
/// back by then.
pub fn run<E>(
    session: Session,
    look: Look,
    typed: TypedLines,
    open: OpenLesson,
    prepare: impl FnOnce(Session) -> Result<Session, E>,
) -> io::Result<Result<(), E>> {
    let watch = session.watch().clone();
    play(look, &watch, || {
        let app = App::new(prepare(session)?, look).recalling(typed);
        Ok(Stage::sitting(app, open))
    })
}

/// Runs the full screen from the menu of a course on, for a learner whose progress is kept by `keeper`. The lessons that it
/// opens have this `watch`.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run_menu(
    library: Library,
    keeper: Keeper,
    look: Look,
    typed: TypedLines,
    open: OpenLesson,
    watch: &Watch,
) -> io::Result<()> {
    let Ok(()) = play(look, watch, || {
        Ok::<_, Infallible>(Stage::menu(library, keeper, look, typed, open))
    })?;
    Ok(())
}

/// Practises in the full screen until the learner leaves.
///
/// # Errors
/// Where the terminal cannot be used. It has been given back by then.
pub fn run_practice(practice: Practice, look: Look) -> io::Result<()> {
    let practising = Practising::new(practice, look);
    let Ok(()) = play(look, &Watch::default(), || {
        Ok::<_, Infallible>(Stage::practice(practising))
    })?;
    Ok(())
}

/// Goes on from what is begun with until the learner leaves. Where something takes long, the terminal is asked meanwhile.
fn play<E>(
    look: Look,
    watch: &Watch,
    begin: impl FnOnce() -> Result<Stage, E>,
) -> io::Result<Result<(), E>> {
    let desk = Rc::new(Desk::new(look)?);
    watch.set_watcher(Box::new(AtDesk::new(Rc::clone(&desk))));
    let left = begin().map(|stage| attend(stage, &desk));
    desk.await_background();
    watch.forget_watcher();
    // Whatever else holds on to it, the terminal is given back by now.
    device::give_back();
    let left = match left {
        Ok(left) => left?,
        Err(failed) => return Ok(Err(failed)),
    };
    match (left, signals::ending()) {
        (Leaving::Asked, _) | (Leaving::Signalled, None) => Ok(Ok(())),
        (Leaving::Signalled, Some(signal)) => signals::die_of(signal).map(Ok),
    }
}

/// Why the full screen is left.
enum Leaving {
    Asked,
    Signalled,
}

fn attend(mut stage: Stage, desk: &Desk) -> io::Result<Leaving> {
    // When it was told last how much time has gone by.
    let mut told = Instant::now();
    let (mut changed, mut asks) = (true, true);
    loop {
        if std::mem::take(&mut changed) {
            desk.draw(&mut stage)?;
            if std::mem::take(&mut asks) {
                desk.ask_background()?;
            }
        }
        desk.look_out_for(stage.reads());
        let wakes_in = stage.wakes_in();
        let mut next = desk.wait(wakes_in.map(|time| time.saturating_sub(told.elapsed())))?;
        let gone = told.elapsed();
        if wakes_in.is_none() {
            told = Instant::now();
        } else if wakes_in.is_some_and(|time| gone >= time) && next.is_none() {
            changed = stage.tick(gone);
            told = Instant::now();
        }
        changed |= next.is_some();
        // Whatever has come in meanwhile is handled before the next frame is drawn.
        while let Some(event) = next {
            if signals::ending().is_some() {
                return Ok(Leaving::Signalled);
            }
            match event {
                Event::Lost => return Ok(Leaving::Asked),
                Event::Input(input) => stage.update(&input),
                Event::Changed => stage.read_again(),
                Event::Background(ground) => {
                    stage.stand_on(ground);
                    desk.obey(&event)?;
                }
                Event::Suspend | Event::Resumed | Event::Redraw | Event::Terminate(_) => {
                    desk.obey(&event)?;
                }
            }
            if let Some(text) = stage.take_copied() {
                desk.copy(&text)?;
            }
            if stage.wants_to_suspend() {
                desk.suspend(Stopping::Foreground)?;
            }
            if stage.wants_to_quit() {
                return Ok(Leaving::Asked);
            }
            next = desk.next();
        }
    }
}
