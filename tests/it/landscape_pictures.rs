//! The pictures of a run on a surface, and those that every run has, on the full screen.

use crate::support::keys::press;
use crate::support::pictures as support_pictures;

use nnmom_tutor::screen::{Glyphs, Pane};
use support_pictures::{app, colours, drawn, enter, screen, shot};

const RAVINE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/ravine.yaml");
const CURVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/curve.yaml");
const VALLEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/valleys.yaml");
const COMPARE: &str = "compare momentum 0 0.5 0.9 max 30";
const SWEEP: &str =
    "sweep momentum 0..0.95/20 learning_rate 0.05..1.3/26 until loss < 0.001 max 2000";

fn snapshot(name: &str, lesson: &str, lines: &[&str]) {
    shot(name, lesson, lines, |name, picture| {
        insta::assert_snapshot!(name, picture);
    });
}

fn snapshot_colours(name: &str, lesson: &str, lines: &[&str]) {
    let terminal = drawn(&mut app(lesson, Glyphs::Unicode, lines), (80, 24));
    insta::assert_snapshot!(name, colours(terminal.backend().buffer(), 13));
}

#[test]
fn contours_with_one_path() {
    snapshot("contours", RAVINE, &["step 12", "view surface"]);
}

#[test]
fn contours_with_several_paths() {
    let lines = &[COMPARE, "view surface"];
    snapshot("contours_branches", RAVINE, lines);
    snapshot_colours("contours_colours", RAVINE, lines);
}

#[test]
fn places_outside_are_pointed_at() {
    let lines = &[COMPARE, "view surface", "zoom in", "zoom in", "pan right"];
    snapshot("contours_outside", RAVINE, lines);
}

#[test]
fn a_ball_on_a_curve() {
    snapshot("curve_asked", CURVE, &["step 3", "next 4", "view surface"]);
    let complete = &["step 4", "view surface"];
    snapshot("curve_complete", CURVE, complete);
    snapshot_colours("curve_colours", CURVE, complete);
    snapshot("curve_valleys", VALLEYS, &["step 5", "view surface"]);
}

#[test]
fn delta_beside_the_momentum_term() {
    let lines = &["focus y", "set momentum 0.8", "step 30", "view terms"];
    snapshot("terms", RAVINE, lines);
    snapshot_colours("terms_colours", RAVINE, lines);
    snapshot("terms_of_a_network", "iris", &["step 40", "view terms"]);
    snapshot("terms_too_early", CURVE, &["view terms"]);
}

#[test]
fn where_runs_settle() {
    let lines = &["set momentum 0.6", "view stability"];
    snapshot("stability", RAVINE, lines);
    snapshot_colours("stability_colours", RAVINE, lines);
    snapshot("stability_beyond", RAVINE, &["set lr 9", "view stability"]);
    snapshot("stability_unknown", "momentum", &["view stability"]);
}

#[test]
fn a_sweep_comes_into_view() {
    snapshot("sweep_field", RAVINE, &[SWEEP]);
    snapshot_colours("sweep_colours", RAVINE, &[SWEEP]);
    let line = "sweep momentum 0..0.9/10 max 20";
    snapshot("sweep_of_one_setting", RAVINE, &[line]);
}

#[test]
fn any_quantity_over_the_updates() {
    let lines = &[COMPARE, "plot loss", "plot log"];
    snapshot("history_of_the_loss", RAVINE, lines);
    snapshot("history_of_changes", RAVINE, &[COMPARE, "plot change"]);
    snapshot("history_of_a_network", "iris", &["step 300", "plot loss"]);
}

#[test]
fn the_keys_of_a_sweep_read_and_open_its_cells() {
    let mut app = app(RAVINE, Glyphs::Unicode, &["step 2", SWEEP]);
    assert_eq!(app.focus(), Pane::Picture);
    let cursor = |app: &nnmom_tutor::screen::App| app.session().swept().unwrap().cursor;
    let before = cursor(&app);
    press(&mut app, "Up");
    press(&mut app, "Left");
    assert_eq!(cursor(&app), before + 26 - 1);
    assert_eq!(app.session().step(), 2, "the run stays where it is");
    press(&mut app, "Enter");
    let label = app.session().swept().unwrap().label(cursor(&app));
    assert_eq!(app.session().timeline().current().name, label);
}

#[test]
fn the_keys_of_a_surface_move_the_eye() {
    let mut app = app(RAVINE, Glyphs::Unicode, &["view surface"]);
    let seen = |app: &nnmom_tutor::screen::App| app.session().seen().unwrap();
    let whole = seen(&app);
    for key in "++LK".chars() {
        press(&mut app, &key.to_string());
    }
    let near = seen(&app);
    assert!((near[0].width() - whole[0].width() / 2.0).abs() < 1e-9);
    assert!(near[0].low > whole[0].low && near[1].low > whole[1].low);
    press(&mut app, "0");
    assert_eq!(seen(&app), whole);
    enter(&mut app, "view update");
    press(&mut app, "+");
    assert_eq!(seen(&app), whole, "the surface is not in focus");
}

#[test]
fn a_surface_of_three_variables_says_so() {
    let three = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/three.yaml");
    let mut app = app(three, Glyphs::Unicode, &["view surface"]);
    let picture = screen(&mut app, (100, 30));
    assert!(picture.contains("a surface of more than two variables cannot be drawn"));
    assert_eq!(app.session().picture().name(), "history");
}

/// What comes of lines that are still to be stepped over is not drawn.
#[test]
fn a_curve_gives_nothing_away() {
    let mut app = app(CURVE, Glyphs::Unicode, &["view surface"]);
    let arrows = |app: &mut nnmom_tutor::screen::App| screen(app, (80, 24)).matches("▶").count();
    // The legend has one arrow for each of the two.
    assert_eq!(arrows(&mut app), 2);
    enter(&mut app, "next 3");
    assert_eq!(arrows(&mut app), 3, "delta is known");
    enter(&mut app, "step");
    assert_eq!(arrows(&mut app), 3, "there is no memory yet");
    enter(&mut app, "step");
    assert_eq!(arrows(&mut app), 4);
}

#[test]
fn the_behaviour_is_in_sight_at_80x24_whatever_is_scrolled() {
    let mut app = app(RAVINE, Glyphs::Unicode, &["set lr 0.95", "step 12"]);
    for _ in 0..8 {
        let picture = screen(&mut app, (80, 24));
        assert_eq!(picture.matches("Oscillating: y").count(), 1, "{picture}");
        press(&mut app, "Right");
    }
}

#[test]
fn every_picture_can_be_drawn_at_every_size() {
    for lesson in [RAVINE, CURVE, VALLEYS] {
        for picture in ["surface", "terms", "stability", "history", "sweep"] {
            let view = format!("view {picture}");
            let sweep = "sweep momentum 0..0.95/30 learning_rate 0.05..1.3/90 max 20";
            let mut app = app(lesson, Glyphs::Unicode, &[COMPARE, sweep, &view]);
            for width in (60..200).step_by(13) {
                for height in [16, 17, 19, 22, 24, 31, 60] {
                    screen(&mut app, (width, height));
                }
            }
        }
    }
}

#[test]
fn a_run_that_flies_off_is_drawn_all_the_same() {
    for lesson in [RAVINE, CURVE, VALLEYS] {
        for picture in ["surface", "terms", "stability", "history"] {
            let view = format!("view {picture}");
            let lines = ["set lr 30", "run max 3000", &view, "plot log", &view];
            for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
                screen(&mut app(lesson, glyphs, &lines), (80, 24));
            }
        }
    }
}
