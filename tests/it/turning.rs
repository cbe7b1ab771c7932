//! Turning a setting: the whole run anew, and the run before as a ghost.

use nnmom_tutor::command::Preview;
use nnmom_tutor::screen::{Glyphs, Pane, Snapshot, svg};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::Run;
use nnmom_tutor::watch::Halt;

use crate::support::screens::{SMALLEST, WIDE, app, app_with, enter, look, pane, press, screen};
use crate::support::sittings::{folder, lesson, run, said, sitting, unopened};
use crate::support::waiting::stopping_after;

/// A parameter after every update of a run.
fn way(run: &Run) -> Vec<f64> {
    let weight = |step| run.state(step).weights[0];
    (0..=run.reached()).map(weight).collect()
}

fn way_of(commands: &[&str]) -> Vec<f64> {
    let mut session = unopened("ravine");
    run(&mut session, commands);
    way(session.timeline().run())
}

fn ghost(session: &Session) -> Option<Vec<f64>> {
    let ghost = session.timeline().ghost()?;
    Some(way(&ghost.run))
}

#[test]
fn a_turn_makes_the_whole_run_anew_and_leaves_the_run_before_as_one_ghost() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 12", "turn momentum up"]);
    let now = way(session.timeline().run());
    assert_eq!(now, way_of(&["set momentum 0.6", "step 12"]));
    assert_eq!(ghost(&session), Some(way_of(&["step 12"])));
    assert_eq!(
        (session.step(), session.timeline().branches().len()),
        (12, 1)
    );
    // However often it is turned, the ghost is the run before the first turn.
    run(
        &mut session,
        &["turn momentum up", "turn lr down", "turn rule article"],
    );
    let now = way(session.timeline().run());
    let same = [
        "set momentum 0.7",
        "set lr 0.2",
        "set rule article",
        "step 12",
    ];
    assert_eq!(now, way_of(&same));
    assert_eq!(ghost(&session), Some(way_of(&["step 12"])));
}

#[test]
fn turning_back_gives_the_old_run_bit_for_bit() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 12", "next 2"]);
    let (before, place) = (way(session.timeline().run()), session.position());
    run(&mut session, &["turn momentum up", "turn momentum down"]);
    assert_eq!(
        (way(session.timeline().run()), session.position()),
        (before, place)
    );
    assert_eq!(session.timeline().run().changes().count(), 0);
}

#[test]
fn a_turn_that_comes_less_far_is_taken_back_to_where_the_learner_was() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 400"]);
    let (before, place) = (way(session.timeline().run()), session.position());
    let words = said(&mut session, "turn lr 50");
    assert!(words.contains("The run stops here"), "{words}");
    assert!(session.step() < 400);
    run(&mut session, &["turn lr 0.3"]);
    assert_eq!(
        (way(session.timeline().run()), session.position()),
        (before, place)
    );
}

#[test]
fn lines_that_are_shown_stay_shown_with_their_new_numbers() {
    let mut session = unopened("momentum");
    run(&mut session, &["step", "next 3"]);
    let place = session.position();
    let words = said(&mut session, "turn lr up");
    assert_eq!(session.position(), place);
    assert!(words.contains("delta is 0.02 × 2.2"), "{words}");
}

#[test]
fn what_is_set_midway_holds_from_there_on_and_is_left_to_the_ghost_by_a_turn() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 5", "set momentum 0.9", "step 5"]);
    let midway = way(session.timeline().run());
    assert_eq!(midway[..=5], way_of(&["step 5"])[..]);
    let words = said(&mut session, "turn lr 0.2");
    assert!(
        words.contains("What was changed midway is left to the run before."),
        "{words}"
    );
    let throughout = way_of(&["set momentum 0.9", "set lr 0.2", "step 10"]);
    assert_eq!(way(session.timeline().run()), throughout);
    assert_eq!(ghost(&session), Some(midway));
    let [_, before] = session.verdicts().unwrap();
    assert!(
        before.settings.text().contains("0.3"),
        "{}",
        before.settings.text()
    );
}

#[test]
fn a_series_of_turns_ends_where_the_learner_goes_on_or_sets_something() {
    for ends in ["step", "next", "set lr 0.25", "goto 15", "goto start; next"] {
        let mut session = unopened("ravine");
        run(
            &mut session,
            &["step 12", "turn momentum 0.8", ends, "turn momentum 0.7"],
        );
        let ghost = session.timeline().ghost().unwrap();
        assert_eq!(ghost.settings()[0].momentum, 0.8, "{ends}");
    }
    for stays in [
        "back",
        "goto start",
        "show weights",
        "focus y",
        "view history",
    ] {
        let mut session = unopened("ravine");
        run(
            &mut session,
            &["step 12", "turn momentum 0.8", stays, "turn momentum 0.7"],
        );
        let ghost = session.timeline().ghost().unwrap();
        assert_eq!(ghost.settings()[0].momentum, 0.5, "{stays}");
    }
    let mut session = sitting("ravine");
    run(&mut session, &["step 12", "turn momentum 0.8", "page 2"]);
    assert!(session.timeline().ghost().is_none());
}

#[test]
fn both_runs_are_told_with_their_settings_and_what_became_of_them() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 20"]);
    let words = said(&mut session, "turn momentum 0.75");
    let now = "Now, with momentum μ 0.75, after 20 updates: at x = -";
    let before = "Before, with momentum μ 0.5, after 20 updates: at x = -";
    let [now, before] = [now, before].map(|told| told.replace(" μ", ""));
    assert!(words.contains(&now) && words.contains(&before), "{words}");
    let [now, before] = session.verdicts().unwrap();
    assert!(!now.behaviour.text().is_empty() && !before.behaviour.text().is_empty());
    let mut session = unopened("xor");
    run(&mut session, &["epoch 3"]);
    let words = said(&mut session, "turn lr up");
    assert!(
        words.contains("mse ") && words.contains("% right"),
        "{words}"
    );
}

#[test]
fn pin_makes_the_ghost_a_branch() {
    let mut session = unopened("ravine");
    assert!(session.run_line("pin").is_err());
    run(&mut session, &["step 12", "turn momentum 0.8"]);
    let words = said(&mut session, "branches");
    assert!(words.contains("`pin` makes it a branch"), "{words}");
    let before = ghost(&session).unwrap();
    assert!(session.run_line("pin main").is_err());
    run(&mut session, &["pin"]);
    let timeline = session.timeline();
    assert!(timeline.ghost().is_none());
    let [main, pinned] = timeline.branches() else {
        panic!("two branches");
    };
    assert_eq!((&*main.name, &*pinned.name), ("main", "momentum=0.5"));
    assert_eq!(
        (timeline.current_index(), way(&pinned.run)),
        (0, before.clone())
    );
    // It can be gone to, gone on with, and compared.
    let words = said(&mut session, "diff momentum=0.5");
    assert!(words.contains("momentum 0.5 and 0.8"), "{words}");
    run(
        &mut session,
        &[
            "turn momentum 0.9",
            "pin fast",
            "switch momentum=0.5",
            "step",
        ],
    );
    assert_eq!(way(session.timeline().run())[..=12], before[..]);
    assert_eq!(session.timeline().branches()[2].name, "fast");
}

#[test]
fn in_a_comparison_the_current_run_is_turned_and_its_row_says_so() {
    let mut session = unopened("ravine");
    run(
        &mut session,
        &["compare momentum 0.5 0.9", "step 8", "turn momentum 0.6"],
    );
    let names: Vec<_> = session
        .timeline()
        .branches()
        .iter()
        .map(|branch| &*branch.name)
        .collect();
    assert_eq!(names, ["main", "momentum=0.6", "momentum=0.9"]);
    let table = said(&mut session, "compare");
    assert!(
        table.contains("momentum=0.6") && !table.contains("momentum=0.5"),
        "{table}"
    );
    run(&mut session, &["step 2"]);
    let reached = session.timeline().branches()[1..]
        .iter()
        .map(|branch| branch.run.reached());
    assert_eq!(reached.collect::<Vec<_>>(), [10, 10]);
}

#[test]
fn what_cannot_be_turned_is_refused_and_changes_nothing() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 12", "turn momentum 0.999"]);
    let before = way(session.timeline().run());
    for (line, advice) in [
        ("turn seed 3", "`set seed`"),
        ("turn x 3", "`set x`"),
        ("turn momntum up", "did you mean `momentum`?"),
        ("turn momentum up", "any number from 0 up"),
        ("turn lr -1", "0 or more"),
        ("turn lr 1e308", "a smaller number"),
    ] {
        let complaint = session.run_line(line).unwrap_err();
        assert!(
            complaint.advice.contains(advice),
            "{line}: {}",
            complaint.advice
        );
        assert_eq!(way(session.timeline().run()), before, "{line}");
    }
    assert!(said(&mut session, "turn momentum 0.999").contains("as it was already"));
}

#[test]
fn a_script_that_was_saved_turns_as_the_sitting_did() {
    let place = folder();
    let file = place.path().join("turned.txt");
    let file = file.display();
    let mut session = sitting("ravine");
    run(
        &mut session,
        &[
            "step 12",
            "turn momentum up",
            "turn momentum up",
            "pin",
            &format!("save {file}"),
        ],
    );
    let mut again = sitting("ravine");
    run(&mut again, &[&format!("source {file}")]);
    for (one, other) in session
        .timeline()
        .branches()
        .iter()
        .zip(again.timeline().branches())
    {
        assert_eq!((&one.name, way(&one.run)), (&other.name, way(&other.run)));
    }
    assert_eq!(again.timeline().branches().len(), 2);
}

#[test]
fn the_ghost_is_drawn_in_every_picture_of_a_run_and_both_are_told_below_it() {
    for (lesson, lines, picture, ghosts) in [
        ("ravine", "step 20", "history", 2),
        ("ravine", "step 20", "surface", 2),
        ("ravine", "step 20", "terms", 9),
        ("local-minima", "step 2", "surface", 2),
        ("momentum", "step 3", "history", 2),
        ("momentum", "step 1", "line", 2),
        ("iris", "step 240", "history", 2),
        ("iris", "step 240", "errors", 2),
    ] {
        let view = format!("view {picture}");
        for (glyphs, mark, now, before) in [
            (Glyphs::Unicode, '◌', "● now ", "◌ before "),
            (Glyphs::Ascii, '0', "* now ", "0 before "),
        ] {
            let mut app = app_with(lesson, glyphs, &[lines, &view]);
            let place = format!("{picture} of {lesson}");
            assert!(
                !pane(&mut app, Pane::Picture, WIDE).contains(now),
                "{place}"
            );
            press(&mut app, "}");
            let size = if picture == "surface" {
                (160, 45)
            } else {
                WIDE
            };
            let seen = pane(&mut app, Pane::Picture, size);
            assert!(
                seen.contains(now) && seen.contains(before),
                "{place}:\n{seen}"
            );
            assert!(seen.matches(mark).count() >= ghosts, "{place}:\n{seen}");
        }
    }
    let mut iris = app("iris", &["step 240", "view network"]);
    press(&mut iris, "]");
    assert!(!pane(&mut iris, Pane::Picture, WIDE).contains("before"));
}

#[test]
fn what_the_run_does_now_is_said_once_beside_a_ghost() {
    for size in [WIDE, (160, 45)] {
        let mut app = app("why-momentum", &["page 3"]);
        press(&mut app, "] ] ] ] ] ] ] ] ] ]");
        let seen = screen(&mut app, size);
        assert_eq!(seen.matches("Oscillating.").count(), 1, "{seen}");
        assert_eq!(seen.matches("Converging.").count(), 1, "{seen}");
        assert!(seen.contains("● now    momentum 0.95"), "{seen}");
    }
}

#[test]
fn a_knob_turned_on_a_ravine() {
    let mut app = app("ravine", &["page 7", "view history"]);
    press(&mut app, "] ]");
    let seen = screen(&mut app, WIDE);
    let head = seen.lines().nth(1).unwrap();
    assert!(
        head.contains(" 0.7 ") && head.contains(" step 30 "),
        "{seen}"
    );
    let told: Vec<&str> = seen.lines().skip(WIDE.1 as usize - 2).collect();
    let picture = pane(&mut app, Pane::Picture, WIDE);
    insta::assert_snapshot!(format!("{picture}{}", told.join("\n")));
}

#[test]
fn the_ghost_is_in_a_picture_that_is_written_to_a_file() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 20", "turn momentum 0.8"]);
    let snapshot = Snapshot {
        size: WIDE.into(),
        look: look(Glyphs::Unicode),
    };
    let drawn = svg(&session, Some("history"), snapshot).unwrap();
    assert!(
        drawn.matches('◌').count() == 2 && drawn.contains("before"),
        "{drawn}"
    );
}

/// The labels beside the axis of a history.
fn labels(pane: &str) -> Vec<&str> {
    let labelled = pane.lines().filter_map(|row| row.split_once('┤'));
    labelled.map(|(label, _)| label).collect()
}

#[test]
fn the_axes_of_the_history_grow_while_a_knob_is_turned_and_do_not_shrink() {
    let mut app = app("ravine", &["focus y", "step 20", "view history"]);
    let before = pane(&mut app, Pane::Picture, WIDE);
    press(&mut app, "]");
    let small = pane(&mut app, Pane::Picture, WIDE);
    enter(&mut app, "turn lr 0.9");
    let wild = pane(&mut app, Pane::Picture, WIDE);
    assert_ne!(labels(&wild), labels(&small));
    enter(&mut app, "turn lr 0.3");
    let again = pane(&mut app, Pane::Picture, WIDE);
    assert_eq!(labels(&again), labels(&wild));
    assert_ne!(again, small);
    // A new series has axes of its own.
    enter(&mut app, "step");
    press(&mut app, "[");
    let anew = pane(&mut app, Pane::Picture, WIDE);
    assert_ne!(labels(&anew), labels(&wild), "{before}");
}

#[test]
fn where_no_picture_is_in_sight_the_message_says_what_became_of_both_runs() {
    let mut app = app("ravine", &["step 20"]);
    screen(&mut app, SMALLEST);
    press(&mut app, "]");
    let seen = screen(&mut app, SMALLEST);
    let words: Vec<&str> = seen.split_whitespace().collect();
    let seen = words.join(" ");
    for words in [
        "anew: 20 updates.",
        "Now, with momentum 0.6",
        "Before, with momentum 0.5",
    ] {
        assert!(seen.contains(words), "{words}:\n{seen}");
    }
    // Where the legend stands below the picture, it is not told twice.
    let seen = screen(&mut app, WIDE);
    assert!(
        seen.contains("◌ before") && !seen.contains("Before, with"),
        "{seen}"
    );
}

#[test]
fn what_a_turn_would_do_is_said_before_it_is_done() {
    let mut session = unopened("ravine");
    run(&mut session, &["step 12"]);
    let before = way(session.timeline().run());
    let preview = |session: &Session, line: &str| match session.preview(line) {
        Preview::Effect(line) => line.text(),
        other @ (Preview::Nothing | Preview::Complaint(_)) => format!("{other:?}"),
    };
    let told = preview(&session, "turn momentum 0.6");
    assert_eq!(
        (way(session.timeline().run()), ghost(&session)),
        (before, None)
    );
    run(&mut session, &["turn momentum 0.6"]);
    let comes_to = session.shown(session.timeline().run().state(12).weights[0]);
    assert_eq!(
        told,
        format!("the whole run anew: x would become {comes_to} after 12 updates")
    );
    let at_start = unopened("momentum");
    let told = preview(&at_start, "turn lr 0.1");
    assert!(
        told.starts_with("from the start on: update 1 gives the weight 3."),
        "{told}"
    );
    assert!(preview(&session, "turn momntum up").contains("did you mean"));
}

#[test]
fn a_knob_that_is_turned_at_the_start_leaves_no_ghost() {
    let mut session = unopened("ravine");
    let words = said(&mut session, "turn momentum up");
    assert!(words.contains("momentum 0.6 from the start."), "{words}");
    assert!(!words.contains("Before"), "{words}");
    assert!(session.timeline().ghost().is_none() && session.verdicts().is_none());
}

#[test]
fn a_turn_of_a_long_run_can_be_stopped_and_then_changes_nothing() {
    let lines = ["goto 100000", "turn momentum 0.6", "step"];
    let after_lines = |looks: usize| {
        let (watch, seen) = stopping_after(looks);
        let mut session = Session::new_watched(lesson("ravine"), &watch).unwrap();
        run(&mut session, &lines);
        (session, seen)
    };
    let (_, seen) = after_lines(usize::MAX);
    let looks = seen.borrow().len();
    // Somebody waits for the next turn, and stops it soon after it has begun.
    let (mut session, seen) = after_lines(looks + 2);
    let state = |session: &Session| {
        let timeline = session.timeline();
        let ghost = timeline
            .ghost()
            .map(|ghost| (ghost.number(), ghost.run.reached()));
        let last = timeline.run().state(timeline.run().reached());
        (session.position(), ghost, last, session.script().unwrap())
    };
    let before = state(&session);
    let words = said(&mut session, "turn momentum 0.7");
    assert_eq!(session.watch().ended(), Some(Halt::Stopped));
    assert!(words.contains("Stopped. The run is as it was."), "{words}");
    assert!(
        seen.borrow()[looks + 1].contains(" updates made"),
        "{seen:?}"
    );
    assert_eq!(state(&session), before);
}
