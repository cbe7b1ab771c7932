//! Lines in a sitting: done, refused, previewed, completed; and the script of it all.

use std::rc::Rc;

use nnmom_tutor::command::{Complaint, Preview, script_lines};
use nnmom_tutor::files::Memory;
use nnmom_tutor::record::{Keeper, Logbook, MemoryShelf, Moment};
use nnmom_tutor::repl::marked;
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Screen, Seen, introduce, narrate};

use super::{Impatient, PRINTER, assert_harmless, assert_inside, bounded, lesson_by};

/// So many lines are enough.
const MOST_LINES: usize = 20;

/// The first byte chooses the lesson.
pub fn check(bytes: &[u8]) {
    let Some((choice, lines)) = bytes.split_first() else {
        return;
    };
    let begun = |watch| {
        let keeper = Keeper::open(Some(Rc::new(MemoryShelf::default())), Moment::default);
        let session = Session::new_watched(lesson_by(*choice), &watch).unwrap();
        session
            .keeping(keeper)
            .with_files(Rc::new(Memory::default()))
    };
    let mut session = begun(Impatient::watch());
    let lines = String::from_utf8_lossy(lines);
    let mut before = state(&session);
    for line in lines.split('\n').take(MOST_LINES) {
        match do_line(&mut session, line, &before) {
            Some(after) => before = after,
            None => break,
        }
    }
    let mut out = Vec::new();
    PRINTER.print(&introduce(&session), &mut out).unwrap();
    assert_harmless(&String::from_utf8(out).unwrap());
    let script = session.script().expect("a few lines are no long script");
    assert_harmless(&script);
    let mut again = begun(bounded());
    for (_, line) in script_lines(&script) {
        if let Err(complaint) = again.run_line(line) {
            panic!("{script}: {line}: {complaint}");
        }
    }
    assert_eq!(again.script().as_ref(), Some(&script));
    let stands = |session: &Session| {
        (
            session.page_index(),
            session.position(),
            session.derivation(),
        )
    };
    assert_eq!(stands(&again), stands(&session), "{script}");
}

/// What a learner could tell two sittings apart by.
type State = (Option<String>, Screen, Logbook);

fn state(session: &Session) -> State {
    let logbook = session.keeper().logbook().clone();
    (session.script(), Screen::of(session), logbook)
}

/// Does a line in a sitting that stands so; the answer is how it stands then, or none where the line leaves.
fn do_line(session: &mut Session, line: &str, before: &State) -> Option<State> {
    if let Preview::Complaint(complaint) = session.preview(line) {
        assert_told(line, &complaint);
    }
    let start = session.complete(line).start;
    assert!(line.get(..start).is_some(), "{line:?}: {start}");

    let seen = Seen::of(session);
    let outcome = session.run_line(line);
    let after = state(session);
    match outcome {
        Ok(outcome) => {
            let mut out = Vec::new();
            let told = narrate(&seen, session, &outcome);
            PRINTER.print(&told, &mut out).unwrap();
            assert_harmless(&String::from_utf8(out).unwrap());
            outcome.leaving().is_none().then_some(after)
        }
        Err(complaint) => {
            assert_told(line, &complaint);
            // Of several commands, those before the one that fails are done.
            let single = script_lines(line).count() == 1;
            assert!(
                !single || after == *before,
                "{line:?} is refused and has changed something"
            );
            Some(after)
        }
    }
}

fn assert_told(line: &str, complaint: &Complaint) {
    assert_inside(line, &complaint.span);
    assert!(!complaint.message.is_empty());
    assert_harmless(&marked(line, complaint));
}
