//! The pictures of a run on the full screen, at three sizes and in ASCII.

use crate::support::keys::press;
use crate::support::pictures as support_pictures;

use nnmom_tutor::screen::{App, Glyphs, Pane};
use ratatui::layout::Size;
use support_pictures::{SIZES, app, colours, drawn, screen, shot};

fn snapshot(name: &str, lesson: &str, lines: &[&str]) {
    shot(name, lesson, lines, |name, picture| {
        insta::assert_snapshot!(name, picture);
    });
}

#[test]
fn the_network_on_its_way_forward() {
    snapshot("network_forward", "iris", &["next 3", "view network"]);
}

#[test]
fn the_network_while_signals_go_back() {
    snapshot(
        "network_back",
        "iris",
        &["goto 600", "next 13", "view network"],
    );
}

#[test]
fn a_network_with_more_nodes_than_rows() {
    snapshot(
        "network_large",
        concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/wide.yaml"),
        &["view network"],
    );
}

#[test]
fn every_weight() {
    snapshot("weights", "iris", &["step", "view weights"]);
    snapshot(
        "weights_sorted",
        "iris",
        &[
            "goto 600",
            "set rule heavy-ball",
            "step 5",
            "view weights",
            "sort momentum_term",
            "filter h",
        ],
    );
    snapshot("weights_before", "iris", &["next 5", "view weights"]);
}

#[test]
fn error_and_accuracy() {
    snapshot(
        "errors",
        "iris",
        &[
            "goto 1200",
            "goto 240",
            "set rule article",
            "step 1200",
            "view errors",
        ],
    );
    snapshot("errors_of_one_item", "one-item", &["view errors"]);
}

#[test]
fn the_plane_of_decisions() {
    let lines = &["goto 600", "view decision"];
    snapshot("decision", "xor", lines);
    let terminal = drawn(&mut app("xor", Glyphs::Unicode, lines), (80, 24));
    insta::assert_snapshot!("decision_colours", colours(terminal.backend().buffer(), 13));
}

#[test]
fn every_prediction() {
    snapshot("predictions", "iris", &["goto 600", "view predictions"]);
    snapshot("predictions_asked", "xor", &["view predictions"]);
}

/// The way of the parameter in focus has a colour of its own, and another one for signals.
#[test]
fn the_path_is_lit() {
    for (name, lines) in [
        ("network_forward_colours", ["next 3", "view network"]),
        ("network_back_colours", ["next 13", "view network"]),
    ] {
        let terminal = drawn(&mut app("iris", Glyphs::Unicode, &lines), (80, 24));
        insta::assert_snapshot!(name, colours(terminal.backend().buffer(), 13));
    }
}

#[test]
fn the_keys_of_a_picture_are_its_own() {
    let mut app = app("iris", Glyphs::Unicode, &["step"]);
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

#[test]
fn wrong_predictions_are_gone_to_one_after_another() {
    let mut app = app("iris", Glyphs::Unicode, &["goto 600", "view predictions"]);
    drawn(&mut app, (80, 24));
    let mut seen = Vec::new();
    for _ in 0..60 {
        press(&mut app, "!");
        seen.push(app.scroll(Pane::Picture));
    }
    let mut wrong = seen[..40].to_vec();
    wrong.sort_unstable();
    wrong.dedup();
    assert_eq!(wrong.len(), 40, "each of them once");
    assert_eq!(seen[40], seen[0], "and then again from the first");
}

/// However far an update has been stepped, the line that comes next is in sight, and so is what the last one meant.
#[test]
fn the_line_that_comes_next_is_in_sight() {
    for size in SIZES.into_iter().chain([(60, 16)]) {
        let mut app = app("iris", Glyphs::Unicode, &[]);
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

/// A number that is a line still to come is not on the screen.
#[test]
fn the_network_gives_nothing_away() {
    let mut app = app("iris", Glyphs::Unicode, &["view network"]);
    let value = |app: &App| app.session().record().pass.as_ref().unwrap().values(1)[0];
    let text = format!("h0 {:.4}", value(&app));
    for _ in 0..2 {
        assert!(!screen(&mut app, (160, 45)).contains(&text[..9]));
        press(&mut app, "Right");
    }
    press(&mut app, "Right");
    assert!(screen(&mut app, (160, 45)).contains(&text[..9]), "{text}");
}

#[test]
fn every_picture_can_be_drawn_at_every_size() {
    for (lesson, pictures) in [
        (
            "iris",
            &["network", "weights", "errors", "predictions", "history"][..],
        ),
        (
            "xor",
            &["network", "weights", "errors", "decision", "predictions"],
        ),
        (
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/wide.yaml"),
            &["network", "weights", "predictions"],
        ),
    ] {
        for picture in pictures {
            let line = format!("view {picture}");
            let mut app = app(lesson, Glyphs::Unicode, &["step 3", &line]);
            for width in (60..200).step_by(7) {
                for height in [16, 17, 19, 22, 24, 31, 60] {
                    screen(&mut app, (width, height));
                }
            }
        }
    }
}
