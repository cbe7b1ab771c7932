//! A run that plays: what stops it, how fast it goes, what is seen meanwhile, and what is kept of it.

use std::rc::Rc;
use std::time::Duration;

use nnmom_tutor::command::Speed;
use nnmom_tutor::record::{Keeper, MemoryShelf, Moment};
use nnmom_tutor::screen::{App, FullScreen, Pace, Pane};
use nnmom_tutor::session::Session;

use crate::support::screens::{WIDE, app, pane, press, screen, write};
use crate::support::sittings::{run, said, sitting, unopened, unopened_of, written};

/// A lesson on a surface without momentum.
fn on(loss: &str, start: &str, rate: &str, lines: &[&str]) -> Session {
    let source = format!(
        "title: T\nmodel:\n  surface:\n    loss: \"{loss}\"\n    start: {start}\ntraining:\n  rule: heavy-ball\n  learning_rate: {rate}\npages:\n  - title: One\n    text: Text.\n"
    );
    unopened_of(&written(&source), lines)
}

/// A parameter after each update of the current run.
fn way(session: &Session, parameter: usize) -> Vec<f64> {
    let run = session.timeline().run();
    (0..=run.reached())
        .map(|step| run.state(step).weights[parameter])
        .collect()
}

/// The sentence that says why it has stopped.
#[track_caller]
fn stopped(session: &mut Session, line: &str) -> String {
    let told = said(session, line);
    let first = told.lines().next().expect("something is said").to_owned();
    assert!(first.starts_with("Stopped "), "{told}");
    first
}

// ---- What stops it ----

mod milestones {
    use super::*;

    #[test]
    fn a_turn_is_where_a_change_has_another_sign_than_the_one_before() {
        // w is multiplied by 1 - 0.75 × 2 = -0.5 in each update.
        let mut session = on("w^2", "{w: 4}", "0.75", &[]);
        assert_eq!(
            stopped(&mut session, "play"),
            "Stopped after update 1: it has passed the minimum at w = 0. Space or `play` goes on."
        );
        assert_eq!(
            stopped(&mut session, "play"),
            "Stopped after update 2: w has turned back and goes up. Space or `play` goes on."
        );
        assert_eq!(way(&session, 0), [4.0, -2.0, 1.0]);
        // Later turns are no news.
        let told = stopped(&mut session, "play");
        assert!(told.contains("it has arrived"), "{told}");
    }

    #[test]
    fn a_given_gradient_turns_a_weight_and_the_last_ends_the_run() {
        let mut session = unopened("momentum");
        let told = stopped(&mut session, "play");
        let way = way(&session, 0);
        let turn = way
            .windows(3)
            .position(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0);
        assert_eq!(session.step(), turn.unwrap() as u64 + 2);
        assert!(told.contains("has turned back and goes down"), "{told}");
        let told = stopped(&mut session, "play");
        assert!(
            told.contains("after update 6. The run stops here: the lesson has 6 gradients"),
            "{told}"
        );
        assert!(said(&mut session, "play").starts_with("! the lesson has 6 gradients"));
    }

    #[test]
    fn two_variables_turn_each_in_their_time() {
        let mut session = unopened("ravine");
        let told = stopped(&mut session, "play");
        let (x, y) = (way(&session, 0), way(&session, 1));
        assert!(told.contains("y has turned back and goes up"), "{told}");
        let turns = |way: &[f64]| {
            way.windows(3)
                .filter(|w| (w[1] - w[0]) * (w[2] - w[1]) < 0.0)
                .count()
        };
        assert_eq!((turns(&x), turns(&y)), (0, 1));
    }

    #[test]
    fn it_arrives_where_a_hundredth_of_the_way_is_left_and_stays_there() {
        // Each update leaves 0.8 of the distance.
        let mut session = on("(w-1)^2", "{w: 5}", "0.1", &[]);
        let told = stopped(&mut session, "play");
        let first = (1..99).find(|step| 0.8_f64.powi(*step) < 0.01).unwrap() as u64;
        assert_eq!(session.step(), first);
        assert!(
            told.contains("it has arrived at the minimum at w = 1: less than a hundredth"),
            "{told}"
        );
        assert!(told.contains("over the next 210 updates"), "{told}");
        let told = stopped(&mut session, "play");
        assert!(
            told.contains("it is at rest in the minimum at w = 1"),
            "{told}"
        );
        let rest = session.step();
        run(&mut session, &["step 200"]);
        let way = way(&session, 0);
        let still = |step: u64| (way[step as usize] - way[rest as usize]).abs() <= 1e-6;
        assert!((rest..rest + 200).all(still));
        assert!(said(&mut session, "play").starts_with("! the run is at rest"));
    }

    #[test]
    fn who_only_comes_by_has_not_arrived_but_passed() {
        let lines = ["set momentum 0.95"];
        let mut session = on("x^2 + 1.3*y^2", "{x: 3, y: 3}", "0.01", &lines);
        let mut passed = None;
        for _ in 0..6 {
            let told = stopped(&mut session, "play");
            if let Some((_, near)) =
                told.split_once("it has passed the minimum at x = 0, y = 0: it came as near as ")
            {
                passed = Some((
                    session.step() as usize,
                    near.split(',').next().unwrap().parse::<f64>().unwrap(),
                ));
                break;
            }
        }
        let (x, y) = (way(&session, 0), way(&session, 1));
        let far = |step: usize| x[step].hypot(y[step]);
        let (step, near) = passed.expect("it comes by");
        assert!(far(step) > far(step - 1) && far(step - 1) < far(step - 2));
        assert!((far(step - 1) - near).abs() < 0.05 * near);
        assert!(near < 0.1 * far(0));
    }

    #[test]
    fn a_valley_is_left_where_downhill_leads_to_another_minimum() {
        let lines = ["set momentum 0.9"];
        let mut session = on("w^4 - 8*w^2 + 3*w", "{w: 3.5}", "0.01", &lines);
        let mut told = Vec::new();
        for _ in 0..8 {
            told.push((session.step(), said(&mut session, "play")));
            if told.last().unwrap().1.contains("has left the valley") {
                break;
            }
        }
        let way = way(&session, 0);
        let step = session.step() as usize;
        // The hilltop between the minima is where the slope 4 w^3 - 16 w + 3 is 0.
        let hilltop = 0.189_4;
        let sides = [way[step - 1], way[step]].map(|w| w > hilltop);
        assert_eq!(sides, [true, false], "{told:?}");
        assert!(way[..step].iter().all(|w| *w > hilltop));
        // It is the valley of the lowest of them.
        assert!(
            told.last()
                .unwrap()
                .1
                .contains("for that of the lowest minimum, at w = -2.0"),
            "{told:?}"
        );
    }

    #[test]
    fn divergence_stops_it_long_before_numbers_end() {
        let mut session = on("w^2", "{w: 1}", "1.05", &[]);
        let mut told = String::new();
        while !told.contains("diverges") {
            told = stopped(&mut session, "play");
        }
        assert!(
            told.contains("it diverges: over the next 60 updates the loss and the changes grow"),
            "{told}"
        );
        assert_eq!(session.step(), 6);
        let way = way(&session, 0);
        assert!(way.windows(2).all(|w| w[1].abs() > w[0].abs()));
        let mut session = on("w^4", "{w: 5}", "1", &[]);
        let mut told = String::new();
        while !told.contains("too large") {
            told = stopped(&mut session, "play");
        }
        assert!(
            told.contains("Use a smaller learning rate or momentum") || told.contains("diverges")
        );
    }

    #[test]
    fn breakpoints_stop_it_and_a_condition_goes_on_over_turns() {
        let mut session = on("w^2", "{w: 4}", "0.75", &["break abs(w) < 0.3"]);
        let told = stopped(&mut session, "play until abs(w) < 0.1");
        assert!(told.contains("Breakpoint 1: abs(w) < 0.3 holds"), "{told}");
        assert_eq!(session.step(), 4);
        let mut session = on("w^2", "{w: 4}", "0.75", &[]);
        let told = said(&mut session, "play until abs(w) < 0.1");
        assert!(
            told.starts_with("Stopped after update 6: abs(w) < 0.1 holds. Space"),
            "{told}"
        );
        assert!(
            told.contains("After update 1: it has passed the minimum at w = 0."),
            "{told}"
        );
        assert!(
            told.contains("After update 2: w has turned back and goes up."),
            "{told}"
        );
        let again = said(&mut session, "play until abs(w) < 0.1");
        assert!(again.starts_with("abs(w) < 0.1 holds already."), "{again}");
    }

    #[test]
    fn it_waits_before_the_update_that_the_page_asks_about() {
        let source = "title: T\nmodel:\n  weight:\n    start: 1\n    gradients: [1, 1, 1, 1, 1]\ntraining:\n  rule: article\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Text.\n    commands: [reset, step 3]\n    exercise:\n      predict: {quantity: after}\n";
        let mut session = Session::new(written(source)).unwrap();
        run(&mut session, &["goto start"]);
        let told = stopped(&mut session, "play");
        assert!(
            told.contains(
                "after update 3: the page asks about the next update; x or `exercise` asks"
            ),
            "{told}"
        );
        assert_eq!(session.step(), 3);
        // Past it, it goes on.
        let told = stopped(&mut session, "play");
        assert!(
            told.contains("after update 5. The run stops here"),
            "{told}"
        );
    }

    #[test]
    fn a_network_plays_its_first_items_and_then_epochs() {
        let mut session = unopened("xor");
        let told = stopped(&mut session, "play");
        assert!(
            told.starts_with(
                "Stopped after update 4: the epoch is complete. Space or `play` goes on by epochs."
            ),
            "{told}"
        );
        let told = stopped(&mut session, "play");
        assert!(told.starts_with("Stopped after epoch "), "{told}");
        let mut session = unopened("iris");
        let told = stopped(&mut session, "play");
        let epoch = session.step() / 120;
        assert_eq!(session.step() % 120, 0);
        let run = session.timeline().run();
        let loss = |epoch: u64| run.metrics(epoch * 120).unwrap().loss;
        assert!(
            told.contains("the mean error over all items is higher than an epoch ago"),
            "{told}"
        );
        assert!(loss(epoch) > loss(epoch - 1));
        assert!((1..epoch).all(|epoch| loss(epoch) <= loss(epoch - 1)));
        assert!(
            said(&mut unopened("ravine"), "play 2 epochs")
                .starts_with("! this lesson has no epochs")
        );
    }
}

// ---- How fast ----

#[test]
fn speeds_double_and_a_whole_run_takes_about_eight_seconds() {
    let speed = |count| Speed::for_all(count);
    assert_eq!(speed(4).words(), "1/2");
    assert_eq!(speed(6).words(), "1");
    assert_eq!(speed(64).words(), "8");
    assert_eq!(speed(u64::MAX), Speed::FASTEST);
    for count in 8..20_000 {
        let seconds = count as f64 / speed(count).per_second();
        assert!((5.6..11.4).contains(&seconds), "{count}: {seconds}");
    }
    let mut all = vec![Speed::SLOWEST];
    all.extend(std::iter::successors(Speed::SLOWEST.faster(), |speed| {
        speed.faster()
    }));
    assert_eq!(*all.last().unwrap(), Speed::FASTEST);
    assert!(
        all.windows(2)
            .all(|pair| pair[1].per_second() == 2.0 * pair[0].per_second())
    );
    assert!(all.windows(2).all(|pair| pair[1].slower() == Some(pair[0])));
    assert_eq!(Speed::SLOWEST.slower(), None);
}

#[test]
fn no_frame_is_shorter_than_a_thirtieth_of_a_second_and_no_update_is_lost() {
    for (speed, frames) in [(64_u64, 30), (800, 30), (40_000, 30)] {
        let speed = Speed::for_all(speed);
        let mut pace = Pace::new();
        let (mut time, mut made, mut drawn) = (Duration::ZERO, 0, 0);
        while time < Duration::from_secs(8) {
            let wait = pace.wait(speed);
            assert!(wait >= Duration::from_nanos(33_333_333));
            time += wait;
            let due = pace.after(wait, speed);
            assert!(due > 0, "nothing is drawn for nothing");
            made += due;
            drawn += 1;
        }
        let expected = 8.0 * speed.per_second();
        assert!(
            (made as f64 - expected).abs() <= 0.02 * expected + 2.0,
            "{made} of {expected}"
        );
        assert!(drawn <= 8 * frames + 1);
    }
}

// ---- What is seen ----

/// Lets time go by as the terminal does, up to the first frame at which something holds.
#[track_caller]
fn play_until(app: &mut App, what: &str, holds: impl Fn(&mut App) -> bool) {
    for _ in 0..5_000 {
        if holds(app) {
            return;
        }
        let Some(wait) = app.wakes_in() else { break };
        app.tick(wait);
    }
    assert!(holds(app), "{what}:\n{}", screen(app, WIDE));
}

#[test]
fn space_plays_and_pauses_and_an_idle_screen_waits_for_nothing() {
    let mut app = app("ravine", &["page 1"]);
    assert_eq!(
        (app.wakes_in(), app.tick(Duration::from_secs(9))),
        (None, false)
    );
    press(&mut app, "Space");
    assert!(screen(&mut app, WIDE).contains("▶ playing"));
    play_until(&mut app, "two updates", |app| app.session().step() == 2);
    press(&mut app, "Space");
    assert_eq!(app.wakes_in(), None);
    assert_eq!(
        app.message().text(),
        "Paused after update 2. Space or `play` goes on."
    );
    press(&mut app, "Space");
    play_until(&mut app, "a stop", |app| app.wakes_in().is_none());
    let told = app.message().text();
    assert!(
        told.starts_with("Stopped after update 3: y has turned back"),
        "{told}"
    );
    // What has been played is what has been stepped.
    assert_eq!(way(app.session(), 0), {
        let mut other = sitting("ravine");
        run(&mut other, &["page 1", "step 3"]);
        way(&other, 0)
    });
}

#[test]
fn the_speed_is_changed_while_it_plays_and_any_other_command_pauses() {
    let mut app = app("too-small-too-large", &["play 4"]);
    let text = |app: &mut App| screen(app, WIDE);
    assert!(text(&mut app).contains("▶ playing   4 updates a second"));
    press(&mut app, ".");
    assert!(text(&mut app).contains("▶ playing   8 updates a second"));
    press(&mut app, ", , , ,");
    assert!(text(&mut app).contains("▶ playing   1/2 update a second"));
    // What only looks leaves it playing.
    press(&mut app, "J Tab BackTab v V f");
    assert!(app.wakes_in().is_some());
    play_until(&mut app, "an update", |app| app.session().step() == 1);
    for keys in ["Right", "Down", ":", "?", "w", "]", "Esc", "Ctrl-C"] {
        press(&mut app, keys);
        assert_eq!(app.wakes_in(), None, "{keys}");
        assert!(app.leaving().is_none(), "{keys}");
        if matches!(keys, ":" | "?" | "w") {
            press(&mut app, "Esc");
        }
        press(&mut app, "Space");
        assert!(app.wakes_in().is_some(), "{keys}: {}", app.message().text());
    }
    // One step more is made of where it was.
    let step = app.session().step();
    press(&mut app, "Down");
    assert_eq!(app.session().step(), step + 1);
}

#[test]
fn a_playing_run_shows_how_fast_it_goes() {
    let mut app = app("ravine", &["page 3", "play 8"]);
    play_until(&mut app, "two updates", |app| app.session().step() == 2);
    let seen = screen(&mut app, WIDE);
    assert!(seen.lines().nth(1).unwrap().contains(" step 2 "), "{seen}");
    assert!(
        pane(&mut app, Pane::Update, WIDE).contains("= -8.4681"),
        "{seen}"
    );
    let foot = seen.lines().last().unwrap();
    let picture = pane(&mut app, Pane::Picture, WIDE);
    insta::assert_snapshot!("a_playing_run", format!("{picture}{foot}"));
}

#[test]
fn where_there_is_one_pane_it_is_the_picture_that_is_seen_playing() {
    let mut app = app("ravine", &[]);
    screen(&mut app, (60, 16));
    assert_eq!(app.focus(), Pane::Lesson);
    press(&mut app, "Space");
    assert_eq!(app.focus(), Pane::Picture);
}

#[test]
fn at_a_question_letters_are_typed_and_while_it_plays_the_point_is_a_key() {
    let mut app = app("ravine", &["predict on", "play 1"]);
    press(&mut app, ".");
    assert!(screen(&mut app, WIDE).contains("2 updates a second"));
    press(&mut app, "Space");
    write(&mut app, ".5");
    assert!(screen(&mut app, WIDE).contains("= .5"));
}

// ---- Races ----

const RACE: &str = "compare momentum 0 0.5 until loss < 0.001 max 1";

#[test]
fn runs_that_are_compared_go_together_and_each_arrival_is_told() {
    let mut session = unopened("ravine");
    run(&mut session, &[RACE, "goto start"]);
    let first = stopped(&mut session, "play");
    assert!(
        first.contains("momentum=0.5: loss < 0.001 holds"),
        "{first}"
    );
    let race = session.race().expect("a race");
    let step = session.step();
    assert!(
        race.runs
            .iter()
            .all(|racer| { session.timeline().branches()[racer.branch].run.reached() >= step })
    );
    let [slow, fast] = &race.runs[..] else {
        panic!("two runs")
    };
    assert!(fast.done > slow.done);
    assert!(
        race.told.text().starts_with("momentum=0.5 is ahead with "),
        "{}",
        race.told.text()
    );
    let second = stopped(&mut session, "play");
    assert!(
        second.contains("momentum=0: loss < 0.001 holds"),
        "{second}"
    );
    // They are the steps that the table has.
    let table = said(&mut session, "compare");
    assert!(
        table.contains(&step.to_string()) && table.contains(&session.step().to_string()),
        "{table}"
    );
}

#[test]
fn a_race_is_drawn_where_there_is_room() {
    let mut app = app("ravine", &["page 1", RACE, "goto start", "play 8"]);
    play_until(&mut app, "ten updates", |app| app.session().step() == 10);
    let shown = screen(&mut app, (160, 45));
    assert!(
        shown.contains("─ Way done ─") && shown.contains("goal: loss < 0.001"),
        "{shown}"
    );
    assert!(shown.contains("to go") && shown.contains("━━"), "{shown}");
    // Gone back, the others go back too.
    press(&mut app, "Home");
    let shown = screen(&mut app, (160, 45));
    assert!(shown.contains("They are level: 9.2 to go each."), "{shown}");
}

// ---- What is kept ----

#[test]
fn motion_off_is_kept_and_shows_the_end_at_once() {
    let shelf = Rc::new(MemoryShelf::default());
    let keeper = || Keeper::open(Some(shelf.clone()), Moment::default);
    let open = || sitting("ravine").keeping(keeper());
    let mut session = open();
    assert!(session.motion());
    assert!(said(&mut session, "set motion off").starts_with("Motion is off"));
    let mut app = crate::support::screens::shown(open());
    assert!(!app.session().motion());
    press(&mut app, "Space");
    assert_eq!((app.wakes_in(), app.session().step()), (None, 3));
    let told = app.message().text();
    assert!(
        told.starts_with("Stopped after update 3: y has turned back"),
        "{told}"
    );
    // Progress that is forgotten leaves it as it is, and it can be set again.
    run(&mut session, &["progress reset yes"]);
    assert!(!open().motion());
    run(&mut session, &["set motion on"]);
    assert!(open().motion() && !open().without_motion().motion());
    assert!(said(&mut session, "set motion slow").contains("motion is on or off"));
}

#[test]
fn a_script_leads_to_where_it_was_played_to() {
    let mut session = unopened("ravine");
    run(&mut session, &["play", "set motion off", "play faster"]);
    let script = session.script().unwrap();
    assert!(script.ends_with("\".\nstep 3\n"), "{script}");
}

#[test]
fn words_that_play_cannot_use_are_told_what_works() {
    let mut session = unopened("ravine");
    for (line, told) in [
        ("play 10", "`10` is none of the speeds: speeds double"),
        ("play quickly", "`play` has no use for `quickly`"),
        ("play until", "a condition is missing here"),
        ("play 8 faster", "`play` has no use for `faster`"),
    ] {
        let said = said(&mut session, line);
        assert!(said.contains(told), "{line}: {said}");
        assert_eq!(session.step(), 0);
    }
}
