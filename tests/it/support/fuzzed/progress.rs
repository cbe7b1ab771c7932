//! The file of a learner's progress, and a sitting and practice that go on from it.

use std::rc::Rc;

use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, Lying, MemoryShelf, Moment, PROGRESS_FILE, Shelf};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Seen, narrate};

use super::{PRINTER, assert_harmless, lesson_by};

pub fn check(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let shelf = MemoryShelf::default();
    shelf.put(PROGRESS_FILE, &text).unwrap();
    let open = || Keeper::open(Some(Rc::new(shelf.clone())), || Moment(9_000_000));
    let mut keeper = open();
    // It is read, it is of a newer program and stays, or it is set aside and nothing of it is lost.
    let known = if let Some(notice) = keeper.take_notice() {
        let aside = lies(&shelf, "progress.damaged");
        assert_eq!(
            aside.or_else(|| lies(&shelf, PROGRESS_FILE)).as_deref(),
            Some(&*text),
            "{notice}"
        );
        false
    } else {
        true
    };
    let lesson = lesson_by(bytes.len() as u8);
    let mut session = Session::new(lesson).unwrap().keeping(keeper);
    let mut said = String::new();
    // To read the course for its list takes long, and to choose problems by the skills that are known.
    let logbook = session.keeper().logbook();
    let (listed, practised) = (!logbook.lessons.is_empty(), !logbook.skills.is_empty());
    for line in ["progress", "lessons", "page 2", "exercise", "answer 1"] {
        if line == "lessons" && !listed {
            continue;
        }
        let before = Seen::of(&session);
        if let Ok(outcome) = session.run_line(line) {
            said += &printed(&narrate(&before, &session, &outcome));
        }
    }
    assert_harmless(&said);
    let kept = session.keeper().logbook();
    let again = open();
    if known {
        assert_eq!(again.logbook(), kept);
        assert_eq!(kept.lessons[&session.lesson().name].page, 2);
    }
    if !practised {
        return;
    }
    let mut practice = Practice::new(again, bytes.len() as u64, 2);
    let mut said = printed(&practice.opening().text());
    for line in ["0.1", "hint", "solution", "skip"] {
        if let Ok(reply) = practice.reply(line) {
            said += &printed(&reply.text());
        }
    }
    assert_harmless(&(said + &printed(&practice.summary())));
}

fn printed(text: &nnmom_tutor::explain::Text) -> String {
    let mut out = Vec::new();
    PRINTER.print(text, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What lies on a shelf under a name.
fn lies(shelf: &MemoryShelf, name: &str) -> Option<String> {
    match shelf.read(name, u64::MAX).unwrap() {
        Lying::Nothing | Lying::Unreadable => None,
        Lying::File { end, .. } => Some(String::from_utf8(end).unwrap()),
    }
}
