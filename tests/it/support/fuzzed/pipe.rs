//! Line mode: a sitting and practice that are given bytes.

use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::Keeper;
use nnmom_tutor::repl::{pipe, practise_with_pipe};
use nnmom_tutor::session::Session;

use super::{Impatient, PRINTER, assert_harmless, lesson_by, numbers_behind};

/// The first byte chooses the lesson, or a seed for practice.
pub fn check(bytes: &[u8]) {
    let Some((choice, typed)) = bytes.split_first() else {
        return;
    };
    let (mut out, mut messages) = (Vec::new(), Vec::new());
    let mut rest = typed;
    let all_right = if *choice < 128 {
        let mut session = Session::new_watched(lesson_by(*choice), &Impatient::watch()).unwrap();
        pipe(&mut session, &mut rest, PRINTER, &mut out, &mut messages)
    } else {
        let practice = Practice::new(Keeper::default(), u64::from(*choice), 3);
        practise_with_pipe(practice, &mut rest, PRINTER, &mut out, &mut messages)
    };
    assert_eq!(all_right.unwrap(), messages.is_empty());
    assert_harmless(&String::from_utf8(out).unwrap());
    let messages = String::from_utf8(messages).unwrap();
    assert_harmless(&messages);
    let lines = typed.split(|byte| *byte == b'\n').count();
    let numbers =
        numbers_behind(&messages, "\nline ").chain(numbers_behind(&messages, "line ").take(1));
    assert!(
        numbers
            .into_iter()
            .all(|number| (1..=lines).contains(&number)),
        "{messages}"
    );
}
