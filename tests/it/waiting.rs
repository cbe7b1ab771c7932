//! Long work: whoever waits is told how far it is and can stop it, whatever has asked for it; what a page asks for when
//! it opens has a bound.

use std::any::Any;
use std::cell::RefCell;
use std::fs;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use nnmom_tutor::command::Preview;
use nnmom_tutor::explain::Line;
use nnmom_tutor::files::{Disk, Memory};
use nnmom_tutor::lesson::{Lesson, Spot, Wanted};
use nnmom_tutor::pictures::PictureView;
use nnmom_tutor::screen::{
    App, Glyphs, Input, Look, Meantime, Meanwhile, Theme, draw_underway, meanwhile,
};
use nnmom_tutor::session::{Part, Session};
use nnmom_tutor::view::Screen;
use nnmom_tutor::watch::{FRAME, Halt, Progress, SLICE, Telling, Watch, Watcher, What};
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::{Terminal, backend::TestBackend};

use crate::support::program::{piped, text, tutor};
use crate::support::screens;
use crate::support::sittings::{folder, lesson, said, written};
use crate::support::waiting::{Looks, stopping_after};

/// A run without an end.
const RAVINE: &str = "ravine";

/// A sitting that somebody waits for who stops at this look.
fn watched(name: &str, looks: usize) -> (Session, Looks) {
    let (watch, seen) = stopping_after(looks);
    let session = Session::new_watched(lesson(name), &watch).unwrap();
    (session.with_files(Rc::new(Disk::default())), seen)
}

/// The short messages to a line.
fn message(session: &mut Session, line: &str) -> String {
    session.run_line(line).unwrap().message().text()
}

/// A lesson whose second page asks for this when it opens.
fn asking_for(commands: &str, exercise: &str) -> String {
    format!(
        "title: Long\nmodel:\n  surface:\n    loss: 0.05*x^2 + 1.5*y^2\n    start: {{x: -9, y: 2}}\n\
         training: {{learning_rate: 0.0003}}\npages:\n  - title: One\n    text: Hello.\n  - title: Two\n    \
         commands:\n{commands}    text: Hello again.\n{exercise}"
    )
}

#[test]
fn how_far_it_is_is_told_thirty_times_a_second_at_most_and_never_the_same_twice() {
    let unsaid = Duration::from_millis(200);
    let mut telling = Telling::new(unsaid, FRAME);
    let mut progress = Progress::default();
    // It is looked every six milliseconds, for ten seconds.
    let clock = (0..=10_000).step_by(6).map(Duration::from_millis);
    let mut told = Vec::new();
    for since in clock {
        progress.made += 1;
        if telling.is_due(since, &progress) {
            told.push(since);
        }
    }
    assert!(told[0] >= unsaid, "{told:?}");
    assert!((200..=300).contains(&told.len()), "{}", told.len());
    // What stands still is told once more at most, and again where it has been lost.
    let later = Duration::from_secs(11)..;
    let again = |telling: &mut Telling, progress: &Progress| {
        let looks = (0..1_000).map(|look| later.start + look * FRAME);
        looks
            .filter(|since| telling.is_due(*since, progress))
            .count()
    };
    assert!(again(&mut telling, &progress) <= 1);
    assert_eq!(again(&mut telling, &progress), 0);
    telling.lose();
    assert_eq!(again(&mut telling, &progress), 1);
}

#[test]
fn a_line_that_is_typed_is_tried_no_further_than_a_frame_waits_for() {
    // The whole run would be made anew: what it comes to is foretold where that is quick.
    let mut session = Session::new(lesson(RAVINE)).unwrap();
    let most = (1 << 21) / session.lesson().model.work();
    let mut foretold = |updates: u64| {
        session.run_line(&format!("goto {updates}")).unwrap();
        match session.preview("turn momentum 0.25") {
            Preview::Effect(effect) => effect.text(),
            Preview::Nothing | Preview::Complaint(_) => String::new(),
        }
    };
    assert!(foretold(most / 2).contains("would become"));
    assert_eq!(foretold(most * 2), "makes the whole run anew");
}

#[test]
fn a_way_that_has_come_to_its_end_is_not_stopped_any_more() {
    for line in ["goto", "run until loss < 0 max"] {
        let (mut session, seen) = watched(RAVINE, 1);
        // The first look is after the last of them.
        let updates = SLICE.div_ceil(session.lesson().model.work());
        let told = message(&mut session, &format!("{line} {updates}"));
        assert_eq!(
            (seen.borrow().len(), session.step()),
            (1, updates),
            "{line}"
        );
        assert!(!told.contains("Stopped"), "{told}");
    }
}

#[test]
fn a_long_way_is_stopped_where_it_is() {
    for line in [
        "goto 9000000000",
        "step 18446744073709551615",
        "run max 1000000000",
        "run until loss < 0 max 1000000000",
        "next 18446744073709551615",
        "epoch 100000000",
    ] {
        let has_items = line.starts_with("epoch");
        let (mut session, seen) = watched(if has_items { "iris" } else { RAVINE }, 3);
        let told = message(&mut session, line);
        assert_eq!(session.watch().ended(), Some(Halt::Stopped), "{line}");
        assert_eq!(seen.borrow().len(), 3, "{line}");
        assert!(seen.borrow()[2].contains(" updates made"), "{seen:?}");
        let step = session.step();
        assert!(step > 0, "{line}: {told}");
        assert!(told.starts_with(&format!("Stopped: {step} ")), "{told}");
        // As a script it comes to the same place.
        let script = session.script().unwrap();
        assert!(script.ends_with(&format!("goto {step}\n")), "{script}");
        // All goes on from there.
        session.run_line("back 3 updates").unwrap();
        assert_eq!(session.step(), step - 3);
        assert_eq!(session.watch().ended(), None);
    }
}

#[test]
fn what_nobody_stops_is_as_it_was_without_anybody() {
    let lines = [
        "goto 30000",
        "run until loss < 1e-9 max 40000",
        "next 70001",
    ];
    let (mut session, _) = watched(RAVINE, usize::MAX);
    let mut alone = Session::new(lesson(RAVINE)).unwrap();
    for line in lines {
        assert_eq!(session.run_line(line), alone.run_line(line));
        assert_eq!(session.position(), alone.position());
        assert_eq!(session.record(), alone.record());
    }
}

#[test]
fn the_rest_of_a_line_or_a_script_is_not_done_and_that_is_said() {
    let folder = folder();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (mut session, _) = watched(RAVINE, 2);
    let told = message(&mut session, "step; goto 900000000; set momentum 0.1; step");
    assert!(
        told.ends_with("The rest of the line is not done."),
        "{told}"
    );
    assert_eq!(session.record().settings.momentum, 0.5);

    let inner = file("inner.txt", "step\ngoto 900000000\nset momentum 0.1\n");
    let outer = file("outer.txt", &format!("source {inner}\nset momentum 0.2\n"));
    let (mut session, _) = watched(RAVINE, 2);
    let told = said(&mut session, &format!("source {outer}"));
    assert!(
        told.contains(&format!("{outer} was stopped in line 1")),
        "{told}"
    );
    assert!(
        told.contains(&format!("{inner} was stopped in line 2")),
        "{told}"
    );
    // What was made up to there is kept, and nothing after it is done.
    assert!(session.step() > 100);
    assert_eq!(session.record().settings.momentum, 0.5);
    let step = session.step();
    assert!(
        session
            .script()
            .unwrap()
            .ends_with(&format!("goto {step}\n"))
    );
    // The depth of scripts is what it was.
    assert!(session.run_line(&format!("source {inner}")).is_ok());
}

#[test]
fn a_stopped_sweep_or_comparison_shows_nothing_and_changes_nothing() {
    for line in [
        "sweep momentum 0..0.95/100 learning_rate 0.001..0.1/100 max 1000000",
        "compare momentum 0 0.5 0.9 max 1000000000",
        "compare momentum 0 0.5 0.9 until loss < 0 max 1000000000",
    ] {
        let (mut session, seen) = watched(RAVINE, 3);
        session.run_line("goto 5").unwrap();
        let before = session.script();
        let outcome = session.run_line(line).unwrap();
        assert!(outcome.message().text().starts_with("Stopped. "), "{line}");
        assert!(seen.borrow().len() >= 3);
        assert!(session.swept().is_none());
        assert_eq!(session.timeline().branches().len(), 1, "{line}");
        assert_eq!((session.step(), session.script()), (5, before));
        assert!(session.run_line("compare").is_err());
    }
}

#[test]
fn runs_that_are_compared_stay_together_when_they_are_stopped() {
    let (mut session, _) = watched(RAVINE, 4);
    session.run_line("compare momentum 0 0.5").unwrap();
    session.run_line("goto 900000000").unwrap();
    let step = session.step();
    let reached: Vec<u64> = session.timeline().branches()[1..]
        .iter()
        .map(|branch| branch.run.reached())
        .collect();
    assert_eq!(reached.len(), 2);
    assert!(
        reached.iter().all(|other| other.abs_diff(step) < 3_000),
        "{reached:?} {step}"
    );
}

#[test]
fn looking_is_stopped_as_well() {
    // Two branches that never part are looked at from end to end.
    let (watch, seen) = stopping_after(usize::MAX);
    let mut session = Session::new_watched(lesson(RAVINE), &watch).unwrap();
    for line in [
        "goto 20000",
        "goto 1",
        "set momentum 0.4",
        "set momentum 0.5",
        "goto 20000",
    ] {
        session.run_line(line).unwrap();
    }
    let looks = seen.borrow().len();
    session.run_line("diff main").unwrap();
    assert!(seen.borrow().len() > looks);
    assert!(seen.borrow().last().unwrap().contains(" comparisons made"));
    watch.set_watcher(Box::new(Never));
    let complaint = session.run_line("diff main").unwrap_err();
    assert!(complaint.message.contains("stopped"), "{complaint:?}");
}

/// A network of so many weights that few updates of it are long.
fn large() -> Arc<Lesson> {
    let inputs: Vec<String> = (0..10).map(|index| index.to_string()).collect();
    let row = inputs.join(", ");
    written(&format!(
        "title: Large\nmodel:\n  network:\n    layers: [10, 600, 10]\n    hidden: tanh\n    output: identity\n    \
         initial: {{low: -0.1, high: 0.1}}\n    random: {{seed: 1}}\n    data:\n      rows:\n        - {{inputs: \
         [{row}], targets: [{row}]}}\ntraining: {{rule: heavy-ball, learning_rate: 0.01, momentum: 0.9}}\npages:\n  - title: One\n    text: Hello.\n"
    ))
}

#[test]
fn a_number_of_a_large_network_is_taken_apart_or_tried_until_it_is_stopped() {
    let large = large();
    for line in ["gradcheck", "why momentum_term"] {
        let (watch, seen) = stopping_after(usize::MAX);
        let mut session = Session::new_watched(Arc::clone(&large), &watch).unwrap();
        session.run_line("goto 14").unwrap();
        let (looks, before) = (seen.borrow().len(), session.script());
        session.run_line(line).unwrap();
        assert!(seen.borrow().len() > looks + 1, "{line}: {seen:?}");
        watch.set_watcher(Box::new(Never));
        let complaint = session.run_line(line).unwrap_err();
        assert!(
            complaint.message.contains("stopped"),
            "{line}: {complaint:?}"
        );
        assert_eq!((session.step(), session.script()), (14, before), "{line}");
        watch.forget_watcher();
        assert!(session.run_line(line).is_ok(), "{line}");
    }
}

/// A network with so many items that one look at all of them is long.
fn many_items() -> Arc<Lesson> {
    let files = Memory::default();
    let rows = (0..8_000).map(|row| format!("{},{},0\n", row % 7, row % 11));
    files.put("data.csv", "a,b,t\n".to_owned() + &rows.collect::<String>());
    let source = "title: Many\nmodel:\n  network:\n    layers: [2, 8, 1]\n    hidden: tanh\n    output: sigmoid\n    \
                  initial: {low: -0.1, high: 0.1}\n    random: {seed: 1}\n    data: {file: data.csv, inputs: [a, b], \
                  targets: [t]}\ntraining: {learning_rate: 0.01}\npages:\n  - title: One\n    text: Hello.\n";
    Arc::new(Lesson::parse_in(&files, "many.yaml", source.as_bytes()).unwrap())
}

#[test]
fn a_look_at_all_items_is_stopped_before_its_end() {
    let large = many_items();
    let updates = 8_000 * large.model.work() / SLICE;
    for line in [
        "run until mse < 0 max 8000",
        "break mse < 0; run max 8000",
        "sweep momentum 0..0.5/2 until mse < 0 max 8000",
        "compare momentum 0 0.5 until mse < 0 max 8000",
    ] {
        // The updates are made, and the figures after them are half way.
        let runs = 1 + u64::from(!line.contains("run"));
        let stops = usize::try_from(runs * updates + updates / 2).unwrap();
        let (watch, seen) = stopping_after(stops);
        let mut session = Session::new_watched(Arc::clone(&large), &watch).unwrap();
        let told = message(&mut session, line);
        assert!(told.contains("topped"), "{line}: {told}");
        assert_eq!(watch.ended(), Some(Halt::Stopped), "{line}");
        assert_eq!(seen.borrow().len(), stops, "{line}");
    }
    let mut session = Session::new(large).unwrap();
    session.run_line("goto 1000; view predictions").unwrap();
    let PictureView::Predictions(view) = Screen::of(&session).picture else {
        panic!("predictions are in sight");
    };
    let watch = session.watch();
    let look = || watch.during(|| view.answers.next_wrong(0, watch));
    watch.set_watcher(Box::new(Never));
    assert_eq!((look(), watch.ended()), (None, Some(Halt::Stopped)));
    watch.forget_watcher();
    assert_eq!((look(), watch.ended()), (None, None));
}

#[test]
fn data_that_are_read_and_tried_are_told_of_and_stopped() {
    let folder = folder();
    let path = folder.path().join("rows.csv");
    let rows = (0..3_000).map(|row| format!("{},{},{}.5\n", row % 7, row % 11, row % 5));
    fs::write(&path, "a,b,t\n".to_owned() + &rows.collect::<String>()).unwrap();
    let wanted = Wanted {
        what: Some(path.to_str().unwrap().to_owned()),
        ..Wanted::default()
    };
    let try_with = |looks: usize| {
        let (watch, seen) = stopping_after(looks);
        let files = Disk::default().watched(watch.clone());
        let tried = watch.during(|| Lesson::tried(&files, &wanted));
        let seen = seen.take();
        (
            tried.map_err(|untried| untried.to_string()),
            watch.ended(),
            seen,
        )
    };
    let (lesson, ended, seen) = try_with(usize::MAX);
    let lesson = lesson.unwrap();
    assert_eq!(ended, None);
    assert!(seen[0].ends_with(" rows read"), "{seen:?}");
    let rates = |look: &String| look.ends_with("of 12 learning rates tried");
    let first = seen.iter().position(rates).unwrap();
    assert!(seen[first..].iter().all(rates), "{seen:?}");
    for looks in [1, first, first + 1] {
        let (tried, ended, _) = try_with(looks);
        let reason = tried.unwrap_err();
        assert!(reason.contains("was stopped"), "{reason}");
        assert_eq!(ended, Some(Halt::Stopped), "{looks}");
    }
    // A lesson whose data are read again goes on as it is.
    let (watch, _) = stopping_after(1);
    let lesson_file = folder.path().join("mine.yaml");
    let text = "title: Mine\nmodel:\n  network:\n    layers: [2, 2, 1]\n    output: identity\n    initial: {low: -0.1, \
        high: 0.1}\n    random: {seed: 1}\n    data: {file: rows.csv, inputs: [a, b], targets: [t]}\n\
        training: {learning_rate: 0.01}\n";
    fs::write(&lesson_file, text).unwrap();
    let files = Rc::new(Disk::default().watched(watch.clone()));
    let name = lesson_file.to_str().unwrap();
    let opened = Arc::new(Lesson::open_in(&Disk::default(), name).unwrap());
    let mut session = Session::new_watched(opened, &watch)
        .unwrap()
        .with_files(files);
    fs::write(&lesson_file, text.replace("Mine", "Yours")).unwrap();
    let again = session.read_again().unwrap();
    assert_eq!(
        again.said.text(),
        "mine.yaml has not been read to its end, as it was stopped; the lesson is as it was before."
    );
    assert_eq!(session.lesson().title, "Mine");
    assert!(lesson.model.network().is_some());
}

#[test]
fn going_back_and_switching_are_stopped_where_they_are_long() {
    let mut session = Session::new(large()).unwrap();
    for line in [
        "set learning_rate 1e-5",
        "goto 400",
        "goto 399",
        "set learning_rate 1e-6",
        "goto 400",
    ] {
        session.run_line(line).unwrap();
    }
    for line in ["back 195", "switch main"] {
        let (before, script) = (session.position(), session.script());
        session.watch().set_watcher(Box::new(Never));
        let complaint = session.run_line(line).unwrap_err();
        assert!(
            complaint.message.contains("stopped"),
            "{line}: {complaint:?}"
        );
        assert_eq!(session.watch().ended(), Some(Halt::Stopped), "{line}");
        assert_eq!(
            (session.position(), session.script()),
            (before, script),
            "{line}"
        );
        session.watch().forget_watcher();
        assert!(session.run_line(line).is_ok(), "{line}");
    }
}

/// Somebody who waits for nothing.
struct Never;

impl Watcher for Never {
    fn begin(&mut self) {}

    fn look(&mut self, _: &Progress) -> bool {
        false
    }

    fn end(&mut self) {}
}

mod pages {
    use super::*;

    /// What the page asks for, when it opens.
    const LONG: &str = "      - set momentum 0.5\n      - run max 1000000000\n      - step\n";

    #[test]
    fn a_page_that_is_stopped_says_so_and_stays_usable() {
        let (watch, _) = stopping_after(3);
        let mut session = Session::new_watched(written(&asking_for(LONG, "")), &watch).unwrap();
        session.run_line("page 2").unwrap();
        let unfinished = session.unfinished().unwrap();
        assert_eq!((unfinished.command, unfinished.halt), (1, Halt::Stopped));
        let page = session.page_text().text();
        let step = unfinished.step;
        assert!(
            page.starts_with(&format!(
                "This page asks for run max 1000000000. It was stopped: {step} updates are made; what the page does \
                 after it is left out."
            )),
            "{page}"
        );
        assert_eq!((session.page_index(), session.step() > 0), (1, true));
        session.run_line("step").unwrap();
        session.run_line("page 1").unwrap();
        assert_eq!(session.unfinished(), None);
        assert!(!session.page_text().text().contains("asks for"));
    }

    #[test]
    fn a_question_on_a_page_that_is_stopped_is_not_half_asked() {
        let exercise = "    exercise:\n      predict: {quantity: after}\n";
        let (watch, _) = stopping_after(usize::MAX);
        let long = "      - goto 20000\n";
        let source = asking_for(long, exercise);
        let mut session = Session::new_watched(written(&source), &watch).unwrap();
        session.run_line("page 2").unwrap();
        assert_eq!(session.unfinished(), None);
        watch.set_watcher(Box::new(Never));
        let complaint = session.run_line("exercise").unwrap_err();
        assert!(complaint.message.contains("stopped"), "{complaint:?}");
        assert!(!session.awaits_answer());
        // Asked again, and not stopped, it is asked.
        watch.forget_watcher();
        let outcome = session.run_line("exercise").unwrap();
        assert!(matches!(outcome.parts[0], Part::Question(_)));
    }

    #[test]
    fn a_bound_counts_what_is_in_it_and_ends_with_it() {
        let watch = Watch::default();
        let (inner, halt) = watch.within(10, || {
            assert!(watch.goes_on(4, 0));
            let ((), halt) = watch.within(5, || assert!(!watch.goes_on(6, 0)));
            assert_eq!(halt, Some(Halt::Spent));
            watch.goes_on(1, 0)
        });
        assert_eq!((inner, halt), (true, None));
        let ((), halt) = watch.within(3, || assert!(!watch.goes_on(4, 0)));
        assert_eq!(halt, Some(Halt::Spent));
        assert!(!watch.is_halted());
    }

    #[test]
    fn check_says_where_a_page_takes_too_long() {
        let folder = folder();
        let path = folder.path().join("long.yaml");
        // Formulas of many parts are as much work as many updates.
        let commands = "      - reset\n      - step 3\n";
        let terms: Vec<String> = (0..400).map(|_| "sin(x)".to_owned()).collect();
        let source = asking_for(commands, "").replace("0.05*x^2", &terms.join(" + "));
        fs::write(&path, &source).unwrap();
        let name = path.to_str().unwrap();
        let checked =
            |watch: &Watch| crate::support::sittings::check(&Disk::default(), name, watch);
        assert!(
            checked(&Watch::default()).is_ok(),
            "{:?}",
            checked(&Watch::default())
        );
        fs::write(&path, source.replace("step 3", "run max 1000000000")).unwrap();
        // The first page is looked at as well, but that is soon over.
        let (watch, seen) = stopping_after(60);
        let error = checked(&watch).unwrap_err();
        assert_eq!(
            error,
            format!("{name}: stopped at page 2; what comes after it is not checked")
        );
        let place = format!("{name}, page 2 of 2: ");
        assert!(seen.borrow()[59].starts_with(&place), "{seen:?}");
        // With a bound that does not take its time to be reached.
        let watch = Watch::default();
        watch.bound_pages(1 << 20);
        let error = checked(&watch).unwrap_err();
        for told in [
            "long.yaml:13:",
            "run max 1000000000",
            "page 2 takes too long to open",
            "updates of this model",
        ] {
            assert!(error.contains(told), "{told}: {error}");
        }
    }

    /// What pages may do in these tests, which the usual bound would make slow.
    const BOUND: u64 = 1 << 20;

    fn bounded() -> Watch {
        let watch = Watch::default();
        assert_eq!(watch.page(), nnmom_tutor::watch::PAGE);
        watch.bound_pages(BOUND);
        watch
    }

    #[test]
    fn a_page_makes_as_much_as_it_may_and_says_so() {
        let lesson = written(&asking_for(LONG, ""));
        let mut session = Session::new_watched(Arc::clone(&lesson), &bounded()).unwrap();
        session.run_line("page 2").unwrap();
        let unfinished = session.unfinished().unwrap();
        assert_eq!((unfinished.command, unfinished.halt), (1, Halt::Spent));
        let made = unfinished.step * lesson.model.work();
        assert!((BOUND..=BOUND + SLICE).contains(&made), "{made}");
        assert_eq!(session.step(), unfinished.step);
        let page = session.page_text().text();
        assert!(page.contains("more than a page may make"), "{page}");
        // What is typed has no bound: it goes on from there.
        session.run_line("step 100000").unwrap();
        assert_eq!(session.step(), unfinished.step + 100_000);
    }

    #[test]
    fn what_is_typed_is_tried_for_a_moment_only() {
        let session = Session::new_watched(lesson(RAVINE), &bounded()).unwrap();
        let effect = |line: &str| session.preview(line);
        assert!(matches!(effect("step 10; next 90"), Preview::Effect(_)));
        assert_eq!(
            effect("step 100; next 900000"),
            Preview::Effect(Line::new())
        );
        assert_eq!(effect("step 900000; next"), Preview::Nothing);
        // Nothing is halted by it, and nothing has moved.
        assert!(!session.watch().is_halted());
        assert_eq!(session.step(), 0);
    }
}

mod screen {
    use super::*;

    fn look() -> Look {
        Look::new(Theme::Dark, Glyphs::Unicode)
    }

    #[test]
    fn how_far_it_is_stands_at_the_foot_of_the_screen_as_it_was() {
        let progress = Progress {
            made: 1_200,
            all: Some(9_000_000_000),
            what: What::Updates,
            ..Progress::default()
        };
        let mut app = screens::app(RAVINE, &[]);
        let behind = screens::drawn(&mut app, screens::WIDE);
        for (width, height) in [screens::WIDE, (60, 16), (20, 4)] {
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            let draw =
                |frame: &mut ratatui::Frame| draw_underway(frame, &behind, &progress, look());
            terminal.draw(draw).unwrap();
            let buffer: &Buffer = terminal.backend().buffer();
            let seen = screens::text(buffer, buffer.area);
            let words: Vec<&str> = seen.split_whitespace().collect();
            let foot = "1200 of 9000000000 updates made. Esc stops.";
            assert!(words.join(" ").ends_with(foot), "{seen}");
            assert!(height < 16 || seen.contains("A ravine"), "{seen}");
        }
    }

    #[test]
    fn escape_and_interrupt_stop_and_keys_that_leave_leave() {
        let does = |name: &str| meanwhile(name.parse().unwrap());
        assert_eq!(["Esc", "Ctrl-C"].map(does), [Meanwhile::Stops; 2]);
        assert_eq!(does("q"), Meanwhile::Leaves);
        assert_eq!(["n", "Down", "r", "x"].map(does), [Meanwhile::Nothing; 4]);
    }

    /// A page while it is being prepared, as somebody gets it who looks at the work.
    fn unprepared() -> Meantime {
        #[derive(Default)]
        struct Taking(Rc<RefCell<Vec<Box<dyn Any>>>>);

        impl Watcher for Taking {
            fn begin(&mut self) {}

            fn look(&mut self, _: &Progress) -> bool {
                true
            }

            fn end(&mut self) {}

            fn opens(&mut self, page: Option<Box<dyn Any>>) {
                self.0.borrow_mut().extend(page);
            }
        }

        let (watch, taking) = (Watch::default(), Taking::default());
        let pages = Rc::clone(&taking.0);
        watch.set_watcher(Box::new(taking));
        let source = asking_for("      - goto 2000\n", "");
        let source = source.replace("Hello again.", "At {x} after {update}.");
        let mut session = Session::new_watched(written(&source), &watch).unwrap();
        session.run_line("page 2").unwrap();
        assert!(session.is_prepared());
        let page = pages.borrow_mut().pop().unwrap();
        let page = page.downcast::<Session>().unwrap();
        assert_eq!(
            (page.page_index(), page.step(), page.is_prepared()),
            (1, 0, false)
        );
        assert_eq!(page.preview("set momentum 0.9"), Preview::Nothing);
        assert!(matches!(page.preview("sett"), Preview::Complaint(_)));
        let (width, height) = screens::WIDE;
        Meantime::new(*page, look(), Size::new(width, height))
    }

    /// What comes of keys, one after another, and what is kept of them.
    fn meantime(keys: &[&str]) -> (Meanwhile, Vec<Input>) {
        let mut page = unprepared();
        let mut does = Meanwhile::Nothing;
        for key in keys {
            let parsed = key.parse().map(Input::Key);
            does = page.take(&parsed.unwrap_or_else(|_| Input::Paste((*key).to_owned())));
        }
        (does, page.into_kept())
    }

    fn key(name: &str) -> Input {
        Input::Key(name.parse().unwrap())
    }

    #[test]
    fn a_page_that_is_prepared_is_read_and_shows_none_of_its_numbers_yet() {
        let (page, (width, height)) = (unprepared(), screens::WIDE);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        let progress = Progress::default();
        terminal
            .draw(|frame| page.draw(frame, Some(&progress)))
            .unwrap();
        let buffer: &Buffer = terminal.backend().buffer();
        let seen = screens::text(buffer, buffer.area);
        assert!(seen.contains("At … after …."), "{seen}");
        assert!(seen.contains("0 updates made. Esc stops."), "{seen}");
    }

    #[test]
    fn keys_that_go_elsewhere_stop_a_page_that_is_prepared_and_are_done_then() {
        for keys in ["PageDown", "PageUp", "Home", "g", "r", "q"] {
            assert_eq!(
                meantime(&[keys]),
                (Meanwhile::Leaves, vec![key(keys)]),
                "{keys}"
            );
        }
        for keys in ["Esc", "Ctrl-C"] {
            assert_eq!(meantime(&[keys]), (Meanwhile::Stops, vec![]), "{keys}");
        }
        for keys in ["n", "Down", "x", "Enter", "]", "Space"] {
            assert_eq!(meantime(&[keys]), (Meanwhile::Nothing, vec![]), "{keys}");
        }
        // What lies over the page is closed first.
        for over in ["?", ":"] {
            assert_eq!(meantime(&[over, "Esc"]), (Meanwhile::Shows, vec![]));
            assert_eq!(meantime(&[over, "Esc", "Esc"]).0, Meanwhile::Stops);
        }
    }

    #[test]
    fn what_is_typed_at_a_page_that_is_prepared_is_typed_at_it_once_more_when_it_is_ready() {
        let line = |text: &str| vec![key(":"), Input::Paste(text.to_owned())];
        let entered = |text: &str| [line(text), vec![key("Enter")]].concat();
        let shown = |kept| (Meanwhile::Shows, kept);
        assert_eq!(meantime(&["?"]), shown(vec![key("?")]));
        assert_eq!(meantime(&["Tab"]), shown(vec![key("Tab")]));
        assert_eq!(
            meantime(&[":", "goto 12", "Left"]),
            shown([line("goto 12"), vec![key("Left")]].concat())
        );
        assert_eq!(
            meantime(&[":", "goto 12", "Enter"]),
            shown(entered("goto 12"))
        );
        assert_eq!(
            meantime(&[":", "goto 12; page 1", "Enter"]),
            (Meanwhile::Leaves, entered("goto 12; page 1"))
        );
        // A wrong one stays, with what is wrong.
        assert_eq!(
            meantime(&[":", "gotto 12", "Enter"]),
            shown(line("gotto 12"))
        );
        assert_eq!(meantime(&[":", "Enter"]), shown(vec![]));
    }

    #[test]
    fn a_line_of_the_bar_and_a_pasted_one_are_stopped() {
        for line in ["goto 900000000", "step; goto 900000000; show"] {
            let (session, _) = watched(RAVINE, 3);
            let mut app = App::new(session, look());
            screens::enter(&mut app, line);
            let told = app.message().text();
            assert!(told.contains("Stopped: "), "{told}");
            assert!(app.session().step() > 0);
        }
    }

    mod leaving {
        use super::*;
        use nnmom_tutor::screen::FullScreen;

        #[test]
        fn it_is_asked_before_what_is_not_kept_is_thrown_away() {
            for line in [
                "set momentum 0.9",
                "run max 5",
                "compare momentum 0 0.9 max 5",
            ] {
                let mut app = screens::app(RAVINE, &[line]);
                screens::press(&mut app, "Ctrl-C");
                assert!(!app.wants_to_quit(), "{line}");
                let asked = screens::window(&mut app, screens::WIDE);
                assert!(asked.contains("Leave the tutor?"), "{asked}");
                // Another key leaves all as it is, and it is asked again.
                screens::press(&mut app, "Esc");
                screens::press(&mut app, "Ctrl-C");
                assert!(!app.wants_to_quit());
                screens::press(&mut app, "Ctrl-C");
                assert!(app.wants_to_quit(), "{line}");
                let mut app = screens::app(RAVINE, &[line]);
                screens::press(&mut app, "Ctrl-C y");
                assert!(app.wants_to_quit());
            }
        }

        #[test]
        fn nothing_is_asked_where_nothing_is_lost() {
            let folder = folder();
            let file = folder.path().join("mine.txt");
            let save = format!("save {}", file.display());
            for lines in [
                &[][..],
                &["step", "next 3", "back"],
                &["set momentum 0.9", "page next"],
                &["set momentum 0.9", &save],
            ] {
                let mut app = screens::app(RAVINE, lines);
                screens::press(&mut app, "Ctrl-C");
                assert!(app.wants_to_quit(), "{lines:?}");
            }
        }
    }
}

mod program {
    use super::*;

    #[test]
    fn no_progress_is_written_where_there_is_no_terminal() {
        let output = piped(&mut tutor(&["iris"]), "epoch 40\nquit\n");
        assert_eq!(text(&output.stderr), "");
        assert!(!text(&output.stdout).contains("Ctrl-C"));
    }

    #[test]
    fn the_help_says_how_it_ends_when_it_is_stopped() {
        let help = text(&piped(&mut tutor(&["--help"]), "").stdout);
        assert!(help.contains("130 stopped by Ctrl-C"), "{help}");
    }
}

#[test]
fn a_wrong_command_is_shown_where_it_stands() {
    let found = (
        Spot::Command(0, 1),
        "it is long".to_owned(),
        "shorter".to_owned(),
    );
    let lesson = Lesson::open_in(&Disk::default(), RAVINE).unwrap();
    let told = lesson.wrong(RAVINE, vec![found]).to_string();
    assert!(told.contains("[reset, focus x]"), "{told}");
}
