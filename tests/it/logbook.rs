//! What is kept of a learner, and when.

use nnmom_tutor::exercise::{Skill, Tried};
use nnmom_tutor::record::{DAY, Entry, Logbook, Moment, Standing, What};
use nnmom_tutor::session::{Library, course, where_stopped};

fn tried(results: &[(Tried, u64, &str)]) -> Standing {
    let mut logbook = Logbook::default();
    let skill = Skill::all().next().unwrap();
    for (result, day, variant) in results {
        logbook.note(&Entry {
            at: Moment(day * DAY),
            what: What::Tried {
                skill: skill.name(),
                variant: (*variant).to_owned(),
                result: *result,
            },
        });
    }
    logbook.standing(skill)
}

#[test]
fn a_skill_is_mastered_on_two_days_or_with_three_sets_of_numbers() {
    use Tried::{Aided, Missed, Right};
    for (results, standing) in [
        (&[(Right, 1, "a")][..], Standing::Learning),
        (&[(Right, 1, "a"), (Right, 1, "b")], Standing::Learning),
        (
            &[(Right, 1, "a"), (Right, 1, "a"), (Right, 1, "a")],
            Standing::Learning,
        ),
        (
            &[(Right, 1, "a"), (Right, 1, "b"), (Right, 1, "c")],
            Standing::Mastered,
        ),
        (&[(Right, 1, "a"), (Right, 2, "a")], Standing::Mastered),
        (&[(Right, 1, "a"), (Aided, 2, "a")], Standing::Learning),
        (&[(Aided, 1, "a"), (Aided, 2, "b")], Standing::Learning),
        (&[(Missed, 1, "a")], Standing::Missed),
        (
            &[(Right, 1, "a"), (Right, 2, "a"), (Missed, 3, "b")],
            Standing::Missed,
        ),
        (
            &[(Missed, 1, "a"), (Right, 1, "b"), (Right, 2, "c")],
            Standing::Mastered,
        ),
    ] {
        assert_eq!(tried(results), standing, "{results:?}");
    }
}

#[test]
fn what_has_been_solved_without_help_stays_so() {
    let mut logbook = Logbook::default();
    let mut answer = |seconds, solved| {
        logbook.note(&Entry {
            at: Moment(seconds),
            what: What::Answer {
                lesson: "momentum".into(),
                page: 4,
                question: "q".to_owned(),
                solved,
                slip: None,
            },
        });
        let log = logbook.exercise(&"momentum".into(), 4, "q").unwrap();
        (log.solved, log.aided, log.attempts, log.last.0)
    };
    assert_eq!(answer(1, None), (false, false, 1, 1));
    assert_eq!(answer(2, Some(true)), (true, true, 2, 2));
    assert_eq!(answer(3, Some(false)), (true, false, 3, 3));
    assert_eq!(answer(4, Some(true)), (true, false, 4, 4));
    assert_eq!(answer(5, None), (true, false, 5, 5));
    assert!(logbook.exercise(&"momentum".into(), 4, "another").is_none());
    assert_eq!(logbook.lessons["momentum"].page, 4);
}

#[test]
fn the_lesson_read_last_is_known_and_everything_can_be_forgotten() {
    let mut logbook = Logbook::default();
    for (at, lesson) in [(1, "momentum"), (3, "learning-rate"), (2, "ravine")] {
        logbook.note(&Entry {
            at: Moment(at),
            what: What::Page {
                lesson: lesson.into(),
                page: 2,
            },
        });
    }
    let course = course(&Library::default(), &logbook);
    assert_eq!(
        course[where_stopped(&course, &logbook)].name,
        "learning-rate"
    );
    logbook.note(&Entry {
        at: Moment(4),
        what: What::Reset,
    });
    assert_eq!(logbook, Logbook::default());
}

/// The moment that a text in a file tells of.
fn read(text: &str) -> Option<Moment> {
    serde_json::from_value(text.into()).ok()
}

#[test]
fn moments_are_written_as_the_calendar_has_them() {
    let last = Moment::after(u64::MAX);
    for (seconds, text) in [
        (0, "1970-01-01T00:00:00Z"),
        (951_782_400, "2000-02-29T00:00:00Z"),
        (1_000_000_000, "2001-09-09T01:46:40Z"),
        (1_234_567_890, "2009-02-13T23:31:30Z"),
        (4_107_542_399, "2100-02-28T23:59:59Z"),
        (4_107_542_400, "2100-03-01T00:00:00Z"),
        (last.0, "9999-12-31T23:59:59Z"),
    ] {
        assert_eq!(Moment(seconds).to_string(), text);
        assert_eq!(read(text), Some(Moment(seconds)));
    }
}

#[test]
fn every_day_is_read_back() {
    let last = Moment::after(u64::MAX);
    for day in (0..3_000_000).step_by(97) {
        let moment = Moment(day * DAY % last.0);
        assert_eq!(read(&moment.to_string()), Some(moment));
    }
}

#[test]
fn what_is_no_moment_is_not_read() {
    for text in [
        "",
        "yesterday",
        "2026-13-01T00:00:00Z",
        "2026-11-23",
        "2026-11-23T24:00:00Z",
        "1969-12-31T00:00:00Z",
        "2026-11-23T21:40:44",
    ] {
        assert_eq!(read(text), None, "{text}");
    }
}
