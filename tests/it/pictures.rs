//! The pictures of a run on the full screen: each at one size, and one of each kind in ASCII and in its colours.

use crate::support::screens::{
    SMALLEST, STACKED, WIDE, app, app_with, colours, drawn, enter, pane, place, press, screen,
};
use crate::support::sittings::of_the_tests;

use nnmom_tutor::screen::{App, FullScreen, Glyphs, Pane};
use ratatui::layout::Size;

const COMPARE: &str = "compare momentum 0 0.5 0.9 max 30";
const SWEEP: &str =
    "sweep momentum 0..0.95/20 learning_rate 0.05..1.3/26 until loss < 0.001 max 2000";

/// Pins a picture, and holds that ASCII has a likeness for all of it.
fn snapshot(name: &str, lesson: &str, lines: &[&str]) {
    let mut app = app(lesson, lines);
    insta::assert_snapshot!(name, pane(&mut app, Pane::Picture, WIDE));
    let picture = pane(&mut app, Pane::Picture, STACKED);
    let ascii = in_ascii(lesson, lines);
    assert!(ascii.is_ascii(), "{ascii}");
    let questions = |picture: &str| picture.matches('?').count();
    assert!(questions(&ascii) <= questions(&picture), "{ascii}");
}

fn in_ascii(lesson: &str, lines: &[&str]) -> String {
    let mut app = app_with(lesson, Glyphs::Ascii, lines);
    pane(&mut app, Pane::Picture, STACKED)
}

/// Pins the likeness of a picture in ASCII.
fn snapshot_ascii(name: &str, lesson: &str, lines: &[&str]) {
    insta::assert_snapshot!(format!("{name}_ascii"), in_ascii(lesson, lines));
}

/// Pins what of a picture has the same colour.
fn snapshot_colours(name: &str, lesson: &str, lines: &[&str]) {
    let mut app = app(lesson, lines);
    let buffer = drawn(&mut app, STACKED);
    let picture = colours(&buffer, place(&app, Pane::Picture));
    insta::assert_snapshot!(format!("{name}_colours"), picture);
}

/// What a network, its data and its training look like.
mod of_a_network {
    use super::*;

    const FORWARD: &[&str] = &["next 3", "view network"];

    #[test]
    fn the_network_on_its_way_forward() {
        snapshot("network_forward", "iris", FORWARD);
        snapshot_ascii("network_forward", "iris", FORWARD);
    }

    /// The way of the parameter in focus has a colour of its own, and another one for signals.
    #[test]
    fn the_path_is_lit() {
        snapshot_colours("network_forward", "iris", FORWARD);
        snapshot_colours("network_back", "iris", &["next 13", "view network"]);
    }

    #[test]
    fn the_network_while_signals_go_back() {
        let lines = &["goto 600", "next 13", "view network"];
        snapshot("network_back", "iris", lines);
    }

    #[test]
    fn a_network_with_more_nodes_than_rows() {
        let wide = of_the_tests("wide");
        snapshot("network_large", &wide, &["view network"]);
    }

    #[test]
    fn every_weight() {
        let all = &["step", "view weights"];
        snapshot("weights", "iris", all);
        snapshot_ascii("weights", "iris", all);
        let sorted = &[
            "goto 600",
            "set rule heavy-ball",
            "step 5",
            "view weights",
            "sort momentum_term",
            "filter h",
        ];
        snapshot("weights_sorted", "iris", sorted);
        snapshot("weights_before", "iris", &["next 5", "view weights"]);
    }

    #[test]
    fn error_and_accuracy() {
        let lines = &[
            "goto 1200",
            "goto 240",
            "set rule article",
            "step 1200",
            "view errors",
        ];
        snapshot("errors", "iris", lines);
        snapshot_ascii("errors", "iris", lines);
        snapshot("errors_of_one_item", "one-item", &["view errors"]);
    }

    #[test]
    fn the_plane_of_decisions() {
        let lines = &["goto 600", "view decision"];
        snapshot("decision", "xor", lines);
        snapshot_ascii("decision", "xor", lines);
        snapshot_colours("decision", "xor", lines);
    }

    #[test]
    fn every_prediction() {
        let lines = &["goto 600", "view predictions"];
        snapshot("predictions", "iris", lines);
        snapshot_ascii("predictions", "iris", lines);
        snapshot("predictions_asked", "xor", &["view predictions"]);
    }

    /// A number that is a line still to come is not on the screen.
    #[test]
    fn the_network_gives_nothing_away() {
        let mut app = app("iris", &["view network"]);
        let value = |app: &App| app.session().record().pass.as_ref().unwrap().values(1)[0];
        let text = format!("h0 {:.4}", value(&app));
        for _ in 0..2 {
            assert!(!screen(&mut app, (160, 45)).contains(&text[..9]));
            press(&mut app, "Right");
        }
        press(&mut app, "Right");
        assert!(screen(&mut app, (160, 45)).contains(&text[..9]), "{text}");
    }

    /// However far an update has been stepped, what comes next is asked, and what the last line meant is told.
    #[test]
    fn what_comes_next_and_what_the_last_line_meant_are_in_sight() {
        for size in [STACKED, WIDE, (160, 45), SMALLEST] {
            let mut app = app("iris", &[]);
            app.resize(Size::new(size.0, size.1));
            for line in 0..20 {
                let picture = screen(&mut app, size);
                let asked = picture
                    .lines()
                    .any(|row| row.contains("= ?") || row.contains("  ?"));
                assert!(
                    line == 0 || (picture.contains('▸') && asked),
                    "{line}:\n{picture}"
                );
                press(&mut app, "Right");
            }
            let picture = screen(&mut app, size);
            assert!(picture.contains("m′: "), "{picture}");
        }
    }

    #[test]
    fn wrong_predictions_are_gone_to_one_after_another() {
        let mut app = app("iris", &["goto 600", "view predictions"]);
        drawn(&mut app, STACKED);
        let mut seen = Vec::new();
        for _ in 0..60 {
            press(&mut app, "!");
            seen.push(app.scrolled_to(Pane::Picture).unwrap_or(0));
        }
        let mut wrong = seen[..40].to_vec();
        wrong.sort_unstable();
        wrong.dedup();
        assert_eq!(wrong.len(), 40, "each of them once");
        assert_eq!(seen[40], seen[0], "and then again from the first");
    }

    #[test]
    fn the_keys_of_a_picture_are_its_own() {
        let mut app = app("iris", &["step"]);
        let sorting = |app: &App| app.session().sorting().0.name();
        press(&mut app, "s");
        assert_eq!(sorting(&app), "name", "the table is not in focus");
        press(&mut app, "v");
        assert_eq!(app.session().picture().name(), "weights");
        assert_eq!(app.focus(), Pane::Picture);
        press(&mut app, "s");
        assert_eq!(sorting(&app), "before");
        press(&mut app, "/");
        assert_eq!(app.session().filtering(), "ih[");
        press(&mut app, "V");
        assert_eq!(app.session().picture().name(), "network");
    }
}

/// What a run on a surface looks like, and what every run has.
mod of_a_surface {
    use super::*;

    #[test]
    fn contours_with_one_path() {
        let lines = &["step 12", "view surface"];
        snapshot("contours", "ravine", lines);
        snapshot_ascii("contours", "ravine", lines);
    }

    #[test]
    fn contours_with_several_paths() {
        let lines = &[COMPARE, "view surface"];
        snapshot("contours_branches", "ravine", lines);
        snapshot_colours("contours", "ravine", lines);
    }

    #[test]
    fn places_outside_are_pointed_at() {
        let lines = &[COMPARE, "view surface", "zoom in", "zoom in", "pan right"];
        snapshot("contours_outside", "ravine", lines);
    }

    #[test]
    fn a_ball_on_a_curve() {
        let (curve, valleys) = (of_the_tests("curve"), of_the_tests("valleys"));
        snapshot("curve_asked", &curve, &["step 3", "next 4", "view surface"]);
        let complete = &["step 4", "view surface"];
        snapshot("curve_complete", &curve, complete);
        snapshot_ascii("curve_complete", &curve, complete);
        snapshot_colours("curve", &curve, complete);
        snapshot("curve_valleys", &valleys, &["step 5", "view surface"]);
    }

    #[test]
    fn a_weight_on_the_number_line() {
        let lines = &["page 2", "next 4"];
        snapshot("line", "momentum", lines);
        snapshot_ascii("line", "momentum", lines);
        snapshot_colours("line", "momentum", lines);
        snapshot("line_back", "momentum", &["page 2", "step 5"]);
    }

    #[test]
    fn delta_beside_the_momentum_term() {
        let lines = &["focus y", "set momentum 0.8", "step 30", "view terms"];
        snapshot("terms", "ravine", lines);
        snapshot_ascii("terms", "ravine", lines);
        snapshot_colours("terms", "ravine", lines);
        snapshot("terms_of_a_network", "iris", &["step 40", "view terms"]);
        snapshot("terms_too_early", &of_the_tests("curve"), &["view terms"]);
    }

    #[test]
    fn where_runs_settle() {
        let lines = &["set momentum 0.6", "view stability"];
        snapshot("stability", "ravine", lines);
        snapshot_ascii("stability", "ravine", lines);
        snapshot_colours("stability", "ravine", lines);
        let beyond = &["set lr 9", "view stability"];
        snapshot("stability_beyond", "ravine", beyond);
        snapshot("stability_unknown", "momentum", &["view stability"]);
    }

    #[test]
    fn a_sweep_comes_into_view() {
        snapshot("sweep_field", "ravine", &[SWEEP]);
        snapshot_ascii("sweep_field", "ravine", &[SWEEP]);
        snapshot_colours("sweep", "ravine", &[SWEEP]);
        let line = "sweep momentum 0..0.9/10 max 20";
        snapshot("sweep_of_one_setting", "ravine", &[line]);
    }

    #[test]
    fn any_quantity_over_the_updates() {
        let lines = &[COMPARE, "plot loss", "plot log"];
        snapshot("history_of_the_loss", "ravine", lines);
        snapshot_ascii("history_of_the_loss", "ravine", lines);
        snapshot("history_of_changes", "ravine", &[COMPARE, "plot change"]);
        snapshot("history_of_a_network", "iris", &["step 300", "plot loss"]);
    }

    #[test]
    fn the_keys_of_a_sweep_read_and_open_its_cells() {
        let mut app = app("ravine", &["step 2", SWEEP]);
        assert_eq!(app.focus(), Pane::Picture);
        let cursor = |app: &App| app.session().swept().unwrap().cursor;
        let before = cursor(&app);
        press(&mut app, "Up Left");
        assert_eq!(cursor(&app), before + 26 - 1);
        assert_eq!(app.session().step(), 2, "the run stays where it is");
        press(&mut app, "Enter");
        let label = app.session().swept().unwrap().label(cursor(&app));
        assert_eq!(app.session().timeline().current().name, label);
    }

    #[test]
    fn the_keys_of_a_surface_move_the_eye() {
        let mut app = app("ravine", &["view surface"]);
        let seen = |app: &App| app.session().seen().unwrap();
        let whole = seen(&app);
        press(&mut app, "+ + L K");
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
        let mut app = app(&of_the_tests("three"), &["view surface"]);
        let picture = screen(&mut app, WIDE);
        assert!(picture.contains("a surface of more than two variables cannot be drawn"));
        assert_eq!(app.session().picture().name(), "history");
    }

    /// What comes of lines that are still to be stepped over is not drawn.
    #[test]
    fn a_curve_gives_nothing_away() {
        let mut app = app(&of_the_tests("curve"), &["view surface"]);
        let arrows = |app: &mut App| screen(app, STACKED).matches("▶").count();
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
        let mut app = app("ravine", &["set lr 0.95", "step 12"]);
        for _ in 0..8 {
            let picture = screen(&mut app, STACKED);
            assert_eq!(picture.matches("Oscillating. ").count(), 1, "{picture}");
            press(&mut app, "Right");
        }
    }

    #[test]
    fn a_run_that_flies_off_is_drawn_all_the_same() {
        for lesson in ["ravine", &of_the_tests("curve"), &of_the_tests("valleys")] {
            for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
                let mut app = app_with(lesson, glyphs, &["set lr 30", "run max 3000"]);
                for picture in ["surface", "terms", "stability", "history"] {
                    for scale in ["plot linear", "plot log"] {
                        enter(&mut app, scale);
                        enter(&mut app, &format!("view {picture}"));
                        screen(&mut app, STACKED);
                    }
                }
            }
        }
    }
}
