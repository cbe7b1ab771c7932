//! A sitting: moves and changes, and that nothing is ever lost or half done.

use std::sync::Arc;

use nnmom_tutor::command::Preview;
use nnmom_tutor::command::{Group, Row, TABLE};
use nnmom_tutor::explain::Quantity;
use nnmom_tutor::session::{Position, Session};
use proptest::prelude::*;

use crate::support::depth::{cases, in_full};
use crate::support::sittings::{folder, lesson, run, said, sitting, told, unopened, written};

fn session() -> Session {
    unopened("momentum")
}

fn after(session: &Session) -> f64 {
    session.derivation().value(Quantity::After).unwrap()
}

fn shown(session: &Session) -> String {
    format!("{after:.4}", after = after(session))
}

/// Everything that a learner could tell two sittings apart by.
fn fingerprint(session: &Session) -> String {
    let branches: Vec<_> = session
        .timeline()
        .branches()
        .iter()
        .map(|branch| &branch.name)
        .collect();
    format!(
        "{:?} {:?} {branches:?} {:?}",
        session.position(),
        session.derivation(),
        session.page_text()
    )
}

#[test]
fn lines_and_updates_are_walked_forward_and_back() {
    let mut session = session();
    run(&mut session, &["next", "next"]);
    assert_eq!(
        session.position(),
        Position {
            update: 0,
            lines: 2
        }
    );
    run(&mut session, &["step"]);
    assert_eq!((session.step(), session.position().lines), (1, 6));
    run(&mut session, &["next"]);
    assert_eq!(
        session.position(),
        Position {
            update: 1,
            lines: 1
        }
    );
    run(&mut session, &["back"]);
    assert_eq!(
        session.position(),
        Position {
            update: 0,
            lines: 6
        }
    );
    run(&mut session, &["goto 4", "back update"]);
    assert_eq!(session.step(), 3);
    run(&mut session, &["back 2 updates"]);
    assert_eq!(session.step(), 1);
    run(&mut session, &["end"]);
    assert_eq!(session.step(), 6);
    run(&mut session, &["start"]);
    assert_eq!(
        session.position(),
        Position {
            update: 0,
            lines: 0
        }
    );
}

#[test]
fn back_goes_the_way_one_came() {
    let mut session = session();
    run(&mut session, &["step 2", "back"]);
    assert_eq!(session.step(), 1);
    run(&mut session, &["next", "back"]);
    assert_eq!((session.step(), session.position().lines), (1, 6));
}

#[test]
fn going_back_line_by_line_from_the_end_reaches_the_start() {
    let mut session = session();
    run(&mut session, &["end", "back 36 lines"]);
    assert_eq!(
        session.position(),
        Position {
            update: 0,
            lines: 0
        }
    );
    assert!(session.run_line("back").is_err());
}

#[test]
fn a_change_holds_for_the_update_that_is_not_complete() {
    let mut session = session();
    run(&mut session, &["next 5", "set momentum 0.9"]);
    assert_eq!(shown(&session), "3.6266");
    assert_eq!(session.timeline().branches().len(), 1);
}

#[test]
fn after_a_complete_update_a_change_holds_from_the_next_and_tells_what_would_have_been() {
    let mut session = session();
    run(&mut session, &["step"]);
    let outcome = session.run_line("set momentum 0.9").unwrap();
    assert!(
        outcome
            .message()
            .text()
            .contains("Update 1 would have given 3.6266"),
        "{}",
        outcome.message().text()
    );
    assert_eq!(
        session.position(),
        Position {
            update: 1,
            lines: 0
        }
    );
    run(&mut session, &["goto 1"]);
    assert_eq!(shown(&session), "3.6090", "what is done is done");
    run(&mut session, &["step"]);
    assert_eq!(session.record().settings.momentum, 0.9);
}

#[test]
fn at_the_end_of_the_script_a_change_makes_the_last_update_again_on_a_branch() {
    let mut session = session();
    run(&mut session, &["end"]);
    let end = after(&session);
    run(&mut session, &["set momentum 0.9"]);
    assert_ne!(after(&session), end);
    assert_eq!(session.timeline().current().name, "momentum=0.9");
    run(&mut session, &["switch main"]);
    assert_eq!(after(&session), end);
}

#[test]
fn a_change_in_the_past_keeps_what_was() {
    let mut session = session();
    run(&mut session, &["end"]);
    let end = after(&session);
    run(&mut session, &["goto 2", "set lr 0.1", "end"]);
    assert_ne!(after(&session), end);
    run(&mut session, &["switch main", "end"]);
    assert_eq!(after(&session), end);
}

/// The names of all branches, and the current one.
fn branches(session: &Session) -> (Vec<&str>, &str) {
    let branches = session.timeline().branches().iter();
    let names = branches.map(|branch| branch.name.as_str()).collect();
    (names, &session.timeline().current().name)
}

#[test]
fn a_reset_begins_a_branch_and_loses_none() {
    let mut session = session();
    let start = session.derivation();
    run(
        &mut session,
        &["set momentum 0.9", "step 2", "set lr 0.02", "step"],
    );
    let before = (session.position(), session.derivation());
    let said = said(&mut session, "reset");
    assert!(
        said.contains("This is a new branch, reset; the run before is kept."),
        "{said}"
    );
    assert_eq!(branches(&session), (vec!["main", "reset"], "reset"));
    assert_eq!(
        session.derivation(),
        start,
        "the lesson's own settings, without what was set at the start"
    );
    let listed = told(&session.run_line("branches").unwrap());
    assert!(
        listed.contains("main  3 updates") && listed.contains("reset  0 updates, parted from main"),
        "{listed}"
    );

    // Nothing has been done on it: there is nothing to begin again.
    run(&mut session, &["next", "back", "reset", "r"]);
    assert_eq!(branches(&session), (vec!["main", "reset"], "reset"));
    // What is changed on it gives it its name, and what is done on it is kept as well.
    run(&mut session, &["set rule none", "step", "r"]);
    assert_eq!(
        branches(&session),
        (vec!["main", "rule=none", "reset"], "reset")
    );
    run(&mut session, &["step", "reset", "step", "switch main"]);
    assert_eq!(
        branches(&session),
        (vec!["main", "rule=none", "reset", "reset~2"], "main")
    );
    run(&mut session, &["goto 3"]);
    assert_eq!((session.position(), session.derivation()), before);
    let told = told(&session.run_line("diff reset main").unwrap());
    assert!(
        told.contains("The first difference is after step 0: momentum"),
        "{told}"
    );
}

#[test]
fn there_are_as_many_branches_as_there_may_be() {
    let mut session = sitting("momentum");
    for _ in 1..1_000 {
        run(&mut session, &["step", "reset"]);
    }
    run(&mut session, &["step 2"]);
    for line in ["reset", "compare momentum 0 0.9"] {
        let refused = session.run_line(line).unwrap_err();
        assert_eq!(
            refused.message,
            "there may be 1000 branches, and there are as many"
        );
        assert_eq!(
            refused.advice,
            "`page 1` opens the page anew, with one branch"
        );
    }
    assert_eq!(session.timeline().branches().len(), 1_000);
    // What needs no branch goes on.
    run(
        &mut session,
        &["set momentum 0.3", "page 1", "step", "reset"],
    );
    assert_eq!(branches(&session).0, ["main", "reset"]);
}

#[test]
fn breakpoints_and_watches_have_an_end() {
    let mut session = sitting("momentum");
    for number in 0..100 {
        run(
            &mut session,
            &[&format!("break w > {number}; watch w + {number}")],
        );
    }
    let message = |session: &mut Session, line| session.run_line(line).unwrap_err().message;
    assert_eq!(
        message(&mut session, "break w > 1"),
        "there are 100 breakpoints, and no more may be"
    );
    assert_eq!(
        message(&mut session, "watch w*2"),
        "100 expressions are watched, and no more may be"
    );
    run(&mut session, &["watch w + 1", "unbreak 1", "break w > 5"]);
}

#[test]
fn what_many_commands_say_has_an_end() {
    let rows = |count: usize| {
        let mut session = sitting("momentum");
        let outcome = session.run_line(&"show state;".repeat(count)).unwrap();
        (outcome.parts.len(), outcome.message().text())
    };
    let (few, all) = rows(50);
    assert_eq!(few, 50);
    assert!(!all.contains("left out"), "{all}");
    let (many, cut) = rows(4_000);
    let (more, _) = rows(8_000);
    assert_eq!(many, more);
    let left = 4_000 - (many - 1);
    let said = format!("That is more than can be read: {left} later messages left out.");
    assert!(cut.contains(&said), "{cut}");
}

#[test]
fn runs_that_are_compared_are_kept_by_a_reset() {
    let mut session = session();
    run(
        &mut session,
        &["compare momentum 0 0.9", "step 2", "reset", "step"],
    );
    let names = ["main", "momentum=0", "momentum=0.9", "reset"];
    assert_eq!(branches(&session), (names.to_vec(), "reset"));
    assert!(told(&session.run_line("compare").unwrap()).contains("momentum=0.9"));
}

#[test]
fn only_opening_a_page_gives_up_branches() {
    let mut session = sitting("momentum");
    run(&mut session, &["step", "reset", "step", "reset"]);
    assert_eq!(session.timeline().branches().len(), 3);
    let said = said(&mut session, "page 2");
    assert!(
        said.starts_with("The page begins a new run; 2 branches are given up."),
        "{said}"
    );
    assert_eq!(branches(&session), (vec!["main"], "main"));
}

#[test]
fn a_sitting_with_resets_can_be_saved_and_made_again() {
    let mut session = sitting("momentum");
    let folder = folder();
    let file = folder.path().join("saved.nnm");
    run(
        &mut session,
        &[
            "step 2",
            "reset",
            "set momentum 0.9",
            "step",
            "reset",
            "next 2",
        ],
    );
    run(&mut session, &[&format!("save {}", file.display())]);
    let mut again = sitting("momentum");
    run(&mut again, &[&format!("source {}", file.display())]);
    assert_eq!(fingerprint(&again), fingerprint(&session));
}

#[test]
fn the_rule_can_be_turned_round_without_a_trace() {
    let mut session = session();
    run(&mut session, &["next 2"]);
    let before = session.derivation();
    for _ in 0..6 {
        run(&mut session, &["set rule next"]);
    }
    assert_eq!(session.derivation(), before);
}

#[test]
fn keys_turn_momentum_and_rate_in_sensible_steps() {
    let mut session = session();
    let momentum = |session: &Session| session.record().settings.momentum;
    let rate = |session: &Session| session.record().settings.learning_rate;
    run(&mut session, &["set momentum up"]);
    assert_eq!(momentum(&session), 0.6);
    run(&mut session, &["set momentum 0.93", "set momentum down"]);
    assert_eq!(momentum(&session), 0.9);
    run(&mut session, &["set momentum 0"]);
    assert!(session.run_line("set momentum down").is_err());
    run(&mut session, &["set lr up", "set lr up", "set lr up"]);
    assert_eq!(rate(&session), 0.1);
    run(&mut session, &["set lr 0.03", "set lr down"]);
    assert_eq!(rate(&session), 0.02);
}

#[test]
fn what_would_outgrow_the_machine_is_refused_and_changes_nothing() {
    let mut session = session();
    run(&mut session, &["next"]);
    let before = fingerprint(&session);
    let complaint = session.run_line("set lr 1e308").unwrap_err();
    assert!(
        complaint.message.contains("too large"),
        "{}",
        complaint.message
    );
    assert_eq!(fingerprint(&session), before);
}

#[test]
fn an_update_that_would_overflow_is_not_entered() {
    let mut session = session();
    run(&mut session, &["set gradient 1e-300", "set lr 1e308"]);
    let complaint = session
        .run_line("step 5")
        .map(|outcome| outcome.message().text());
    assert!(complaint.unwrap().contains("update 2 is not made"));
    assert_eq!(session.step(), 1);
    assert!(session.run_line("next").is_err());
}

#[test]
fn numbers_in_the_text_wait_until_they_have_been_shown() {
    let source =
        include_str!("../../lessons/momentum.yaml").replace("= **3.609**.", "= **{after}**.");
    let mut session = Session::new(written(&source)).unwrap();
    run(&mut session, &["page 3", "back 2 lines"]);
    assert!(
        session.page_text().text().contains("= ?."),
        "{}",
        session.page_text().text()
    );
    run(&mut session, &["next"]);
    assert!(session.page_text().text().contains("= 3.609."));
}

#[test]
fn previews_say_what_would_happen_and_do_nothing() {
    let mut session = session();
    run(&mut session, &["next 2"]);
    let before = fingerprint(&session);
    let preview = |line: &str| match session.preview(line) {
        Preview::Effect(line) => line.text(),
        other @ (Preview::Nothing | Preview::Complaint(_)) => format!("{other:?}"),
    };
    assert_eq!(
        preview("set momentum 0.9"),
        "update 1 gives the weight 3.6266."
    );
    assert_eq!(preview("step"), "to update 1 of 6, line 6 of 6");
    assert!(preview("set convention subtract").contains("no weight changes"));
    assert_eq!(session.preview(""), Preview::Nothing);
    assert!(matches!(
        session.preview("set momentun 1"),
        Preview::Complaint(_)
    ));
    assert_eq!(fingerprint(&session), before);
}

#[test]
fn a_page_that_cannot_be_opened_leaves_everything_as_it_was() {
    let source = include_str!("../../lessons/momentum.yaml").replace("step 3]", "step 3, goto 99]");
    let mut session = Session::new(written(&source)).unwrap();
    let before = fingerprint(&session);
    let complaint = session.run_line("page 5").unwrap_err();
    assert!(
        complaint.message.contains("goto 99"),
        "{}",
        complaint.message
    );
    assert_eq!(fingerprint(&session), before);
}

#[test]
fn every_command_can_be_asked_about() {
    let mut session = session();
    for row in TABLE.iter() {
        let outcome = session.run_line(&format!("help {}", row.name)).unwrap();
        assert!(told(&outcome).contains(row.name));
    }
    let all = told(&session.run_line("help").unwrap());
    for row in TABLE.iter() {
        assert!(
            all.contains(&row.usage()),
            "{} is not in the list",
            row.name
        );
    }
}

/// The weight of a lesson goes by `w` whatever its name, bare and in brackets.
#[test]
fn the_only_weight_is_known_as_w_everywhere() {
    for name in ["learning-rate", "momentum", "two-kinds-of-momentum"] {
        let lesson = lesson(name);
        for line in [
            "set lr lr/2",
            "run until abs(delta[w]) < 1e-4 max 500",
            "break after[w] > 4",
            "watch change/gradient",
            "set w w/2",
            "why delta[w]",
            "why before w",
        ] {
            let mut session = Session::unopened(Arc::clone(&lesson));
            run(&mut session, &["next 2", line]);
        }
        let mut session = Session::unopened(lesson);
        run(&mut session, &["step"]);
        assert_eq!(session.run_line("why w"), session.run_line("why after"));
    }
}

#[test]
fn why_goes_back_beyond_the_update() {
    let mut session = session();
    run(&mut session, &["step 3"]);
    let mut why = |quantity: &str| {
        let outcome = session.run_line(&format!("why {quantity}")).unwrap();
        told(&outcome)
    };
    assert!(why("before").contains("The update before came to it: 3.631 + 0.0135 = 3.6445."));
    let memory = why("previous_delta");
    assert!(
        memory.contains("The update before kept it: 0.01 × 2.2 = 0.022."),
        "{memory}"
    );
    let term = why("momentum_term");
    assert!(
        term.contains("0.5 × 0.022") && term.contains("delta of update 2: 0.01 × 2.2"),
        "{term}"
    );
    assert!(term.contains("  = 0.011"), "{term}");
}

#[test]
fn a_difference_too_small_to_show_is_still_told() {
    let mut session = session();
    run(
        &mut session,
        &["step 3", "goto 1", "set lr lr*(1+1e-9)", "end"],
    );
    let text = told(&session.run_line("diff main").unwrap());
    assert!(
        text.contains("difference is after step 1: learning rate 0.01 and 0.010000000010000001."),
        "{text}"
    );
}

/// From a zero start the article's rule and the classical one agree for two updates.
#[test]
fn branches_are_told_apart_where_their_weights_part() {
    let mut session = sitting("two-kinds-of-momentum");
    run(
        &mut session,
        &["reset", "compare rule article heavy-ball max 4"],
    );
    let text = told(&session.run_line("diff rule=heavy-ball").unwrap());
    for part in [
        "All weights are the same through step 2.\n",
        "The first difference is after step 0: rule heavy-ball and article.\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

#[test]
fn what_is_different_is_named_whichever_weight_is_looked_at() {
    let mut session = sitting("ravine");
    run(&mut session, &["step 3", "goto 1", "set y 1", "step"]);
    let text = told(&session.run_line("diff main").unwrap());
    for part in [
        "same through step 0.\n",
        "after step 1: weight of y 0.2 and 1.\n",
    ] {
        assert!(text.contains(part), "{text}");
    }
}

mod opening {
    use super::*;
    use nnmom_tutor::explain::{Digits, Language};
    use std::fs;

    #[test]
    fn another_lesson_begins_a_new_sitting_and_numbers_look_as_they_did() {
        let mut session = session();
        let lines = [
            "set digits 9",
            "code rust",
            "set convention subtract",
            "break step > 2",
            "watch delta",
            "step 3",
        ];
        run(&mut session, &lines);
        let outcome = session.run_line("open learning-rate").unwrap();
        assert!(outcome.opens());
        let mut fresh = sitting("learning-rate");
        run(&mut fresh, &["set digits 9", "code rust"]);
        assert_eq!(fingerprint(&session), fingerprint(&fresh));
        assert_eq!(session.lesson().title, fresh.lesson().title);
        assert_eq!(session.convention(), fresh.convention());
        assert_eq!(Some(session.digits()), Digits::new(9));
        assert_eq!(session.language(), Language::Rust);
        for line in ["breaks", "watch", "branches", "show"] {
            assert_eq!(session.run_line(line), fresh.run_line(line), "{line}");
        }
    }

    #[test]
    fn what_is_saved_begins_with_the_lesson_that_is_open() {
        let mut session = session();
        run(
            &mut session,
            &["step 3", "open learning-rate", "next", "next"],
        );
        let lines = |session: &Session| -> Vec<String> {
            session
                .script()
                .unwrap()
                .lines()
                .skip(1)
                .map(str::to_owned)
                .collect()
        };
        assert!(
            session
                .script()
                .unwrap()
                .starts_with("# A sitting with the lesson \"The learning rate\".")
        );
        assert_eq!(lines(&session), ["open learning-rate", "next 2"]);
        run(
            &mut session,
            &["set digits 9", "code keras", "open momentum"],
        );
        let saved = lines(&session);
        assert_eq!(saved, ["set digits 9", "code keras", "open momentum"]);

        let mut replayed = super::session();
        for line in &saved {
            run(&mut replayed, &[line]);
        }
        assert_eq!(lines(&replayed), saved);
        assert_eq!(fingerprint(&replayed), fingerprint(&session));
        assert_eq!(replayed.digits(), session.digits());
        assert_eq!(replayed.language(), session.language());
    }

    #[test]
    fn a_lesson_that_cannot_be_opened_changes_nothing_and_is_told_in_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name).display().to_string();
        let first_page = include_str!("../../lessons/momentum.yaml").replacen(
            "commands: [reset, set rule none]",
            "commands: [goto 99]",
            1,
        );
        for (name, text) in [
            ("broken.yaml", "title: Broken\nmodell: 1\n"),
            ("page.yaml", first_page.as_str()),
        ] {
            fs::write(place(name), text).unwrap();
        }
        let mut session = session();
        run(&mut session, &["step 2", "set lr 0.1"]);
        let before = (fingerprint(&session), session.script());
        for (name, message, advice) in [
            (
                "momentm".to_owned(),
                "there is no lesson file",
                "`momentum`?",
            ),
            (
                place("broken.yaml"),
                "has 2 problems",
                "`nnmom-tutor check FILE`",
            ),
            (place("page.yaml"), "page 1 cannot do `goto 99`", ""),
            (place(""), "it is a folder", ""),
            ("x".repeat(5000), "there is no lesson file", "`lessons`"),
        ] {
            let complaint = session.run_line(&format!("open {name}")).unwrap_err();
            assert!(complaint.message.contains(message), "{}", complaint.message);
            assert!(complaint.advice.contains(advice), "{}", complaint.advice);
            let length = complaint.message.len() + complaint.advice.len();
            assert!(length < 240, "{complaint:?}");
            assert!(!complaint.message.contains('\n'));
            assert_eq!((fingerprint(&session), session.script()), before);
        }
    }

    #[test]
    fn a_lesson_is_not_read_while_its_name_is_being_typed() {
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("broken.yaml");
        fs::write(&broken, "nonsense").unwrap();
        for name in [broken.to_str().unwrap(), "missing"] {
            let Preview::Effect(effect) = session().preview(&format!("open {name}")) else {
                panic!("{name}");
            };
            assert_eq!(effect.text(), format!("opens the lesson {name}"));
            let preview = session().preview(&format!("open {name}; step"));
            assert_eq!(preview, Preview::Nothing);
        }
    }

    #[test]
    fn scripts_may_open_lessons_and_still_know_that_they_are_scripts() {
        let folder = tempfile::tempdir().unwrap();
        let script = |name: &str, text: &str| {
            let path = folder.path().join(name).display().to_string();
            fs::write(&path, text).unwrap();
            path
        };
        let good = script("good.txt", "step\nopen learning-rate\nnext");
        let mut session = session();
        assert!(session.run_line(&format!("source {good}")).unwrap().opens());
        assert_eq!(session.lesson().title, "The learning rate");
        assert_eq!(session.position().lines, 1);

        let before = (fingerprint(&session), session.script());
        let wrong = script("wrong.txt", "open momentum\nnonsense");
        let endless = folder.path().join("endless.txt").display().to_string();
        script("endless.txt", &format!("open momentum\nsource {endless}"));
        for path in [wrong, endless] {
            assert!(session.run_line(&format!("source {path}")).is_err());
            assert_eq!((fingerprint(&session), session.script()), before);
        }
    }

    #[test]
    fn lessons_are_listed_with_their_summaries() {
        let outcome = session().run_line("lessons").unwrap();
        let text = told(&outcome);
        for builtin in nnmom_tutor::lesson::BUILTIN {
            let summary = builtin.load().unwrap().summary;
            let line = text
                .lines()
                .find(|line| line.trim_start().starts_with(builtin.name));
            assert!(line.unwrap().ends_with(&summary), "{text}");
        }
        assert!(text.contains("`open NAME`"));
    }
}

/// Lines such as a learner might type, right and wrong.
fn line() -> impl Strategy<Value = String> {
    // Commands about files are tried where they do no harm, in files.rs; another lesson has another start.
    let known = TABLE
        .iter()
        .filter(|row| row.group != Group::Keep && row.name != "open")
        .flat_map(Row::examples)
        .map(|line| (*line).to_owned());
    let words = "(next|step|back|goto|set|show|why|code|switch|page|reset|start|end|run|break|watch|unbreak|rename|diff)";
    prop_oneof![
        4 => proptest::sample::select(known.collect::<Vec<_>>()),
        2 => proptest::string::string_regex(&format!("{words} (lr|mu|momentum|rule|w|[0-9]{{1,3}}|gradient|up)? ?(-?[0-9.e]{{1,6}}|up|down|next)?")).unwrap(),
        1 => "\\PC{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(300)))]

    #[test]
    fn any_commands_and_then_the_start_give_the_start(lines in prop::collection::vec(line(), 0..25)) {
        let mut session = session();
        let start = session.derivation();
        for line in &lines {
            let before = fingerprint(&session);
            // Of several commands, those before the one that fails are done.
            let single = !line.contains(';');
            if session.run_line(line).is_err() && single {
                prop_assert_eq!(fingerprint(&session), before, "`{}` failed and changed something", line);
            }
            session.preview(line);
            session.complete(line);
        }
        session.run_line("reset").unwrap();
        prop_assert_eq!(session.derivation(), start);
    }

    #[test]
    fn going_back_and_forth_changes_no_number(lines in prop::collection::vec(line(), 0..15), back in 1_u64..40) {
        let mut session = session();
        for line in &lines {
            let _ = session.run_line(line);
        }
        let (position, before) = (session.position(), session.derivation());
        let _ = session.run_line(&format!("back {back} lines"));
        let _ = session.run_line("start");
        // Walk forward to where it was, by updates and then by lines; no update before has been looked at otherwise.
        if position.update > 0 {
            session.run_line(&format!("goto {}", position.update)).unwrap();
        }
        if position.lines > 0 {
            session.run_line(&format!("next {}", position.lines)).unwrap();
            prop_assert_eq!(session.position(), position);
            prop_assert_eq!(session.derivation(), before);
        }
    }

    #[test]
    fn back_after_step_is_the_identity(lines in prop::collection::vec(line(), 0..10)) {
        let mut session = session();
        for line in &lines {
            let _ = session.run_line(line);
        }
        session.run_line("unbreak 1").ok();
        let step = session.step();
        session.run_line(&format!("goto {step}")).ok();
        let before = (session.step(), session.derivation());
        if session.run_line("step").is_ok() {
            session.run_line("back").unwrap();
            prop_assert_eq!((session.step(), session.derivation()), before);
        }
    }
}

/// A number below each that is asked for, always in the same order.
fn numbers() -> impl FnMut(usize) -> usize {
    let mut seed = 1_u64;
    move |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    }
}

#[test]
fn whatever_is_done_to_the_largest_network_its_runs_keep_to_one_budget() {
    let text = "title: Wide\nmodel:\n  network:\n    layers: [1, 33300, 1]\n    output: identity\n    data:\n      \
        rows:\n        - {inputs: [1], targets: [0]}\n        - {inputs: [0], targets: [1]}\ntraining:\n  \
        {learning_rate: 0.0001, rule: heavy-ball}\npages:\n  - title: A page\n    text: Nothing.\n";
    let mut session = Session::new(written(text)).unwrap();
    let lines = [
        "goto 5",
        "goto 12",
        "step 3",
        "goto 1",
        "back 2 updates",
        "set momentum 0.3",
        "set momentum 0.6",
        "set rule averaged",
        "turn momentum up",
        "turn rule next",
        "pin",
        "switch main",
        "reset",
        "compare momentum 0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 max 2",
        "compare rule averaged heavy-ball",
        "sweep momentum 0..0.5/2 max 1",
    ];
    let mut random = numbers();
    let (mut done, mut most) = (0, 0);
    let all = if in_full() { 60 } else { 30 };
    for _ in 0..all {
        let line = lines[random(lines.len())];
        done += usize::from(session.run_line(line).is_ok());
        let bytes = session.timeline().bytes();
        assert!(bytes <= 64 << 20, "{line}: {bytes}");
        most = most.max(bytes);
    }
    // There was something to keep within it.
    assert!(done > all / 2 && most > 24 << 20, "{done}, {most}");
}

#[test]
fn hostile_lines_without_end_do_no_harm() {
    let mut session = session();
    let mut random = numbers();
    let pieces = [
        "set ",
        "momentum ",
        "lr ",
        "1e999",
        "-",
        "9".repeat(400).as_str(),
        " ",
        "\t",
        "\0",
        "é",
        "\u{202e}",
        "#",
        "rule ",
        "next ",
        "back ",
        "goto ",
        "18446744073709551615",
        "why ",
        "ihWeights[i,j] ",
        "nan",
        "page ",
        "(",
        "\"",
        "step ",
        "run ",
        "until ",
        "max ",
        "break ",
        "watch ",
        "unbreak ",
        "diff ",
        "rename ",
        "delta[w]",
        " < ",
        " and ",
        "^",
        "*",
        ";",
        "0 ",
        "-1 ",
        "previous_delta ",
        "digits ",
        "switch ",
        "main",
        "set gradient 0",
        "up",
        "down",
        ".",
        "e",
    ]
    .map(str::to_owned);
    for _ in 0..cases(100_000) {
        let line: String = (0..=random(6))
            .map(|_| pieces[random(pieces.len())].as_str())
            .collect();
        let _ = session.run_line(&line);
        if random(50) == 0 {
            session.preview(&line);
            session.complete(&line);
            // It gives up the branches that have been made.
            session.run_line("page 1").unwrap();
        }
    }
    session.derivation();
}

/// What has been done grows without end, and what is kept of it does not: it is no more than a script may be.
#[test]
fn more_lines_than_a_script_may_have_are_not_kept() {
    let mut session = sitting("momentum");
    let blanks = " ".repeat(1 << 16);
    for place in 0..64 {
        assert!(session.script().is_some(), "{place}");
        run(
            &mut session,
            &[&format!("set momentum {blanks}0.{}", place + 1)],
        );
    }
    assert!(session.script().is_none());
    let complaint = session.run_line("save lines.txt").unwrap_err();
    assert!(
        complaint.message.contains("more lines"),
        "{}",
        complaint.message
    );
}
