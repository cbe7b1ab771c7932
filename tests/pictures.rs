//! The pictures of a run on the full screen, at three sizes and in ASCII.

use std::collections::BTreeMap;
use std::sync::Arc;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::session::Session;
use nnmom_tutor::tui::{App, Glyphs, Input, Look, Pane, Theme, draw};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];

/// A sitting on the screen in which these lines have been typed.
fn app(lesson: &str, glyphs: Glyphs, lines: &[&str]) -> App {
    let look = Look {
        theme: Theme::Dark,
        glyphs,
    };
    let lesson = Lesson::open(lesson).unwrap();
    let mut app = App::new(Session::new(Arc::new(lesson)).unwrap(), look);
    for line in lines {
        enter(&mut app, line);
    }
    app
}

fn press(app: &mut App, code: KeyCode) {
    app.update(&Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
    while app.is_travelling() {
        app.travel();
    }
}

fn enter(app: &mut App, line: &str) {
    for character in ":".chars().chain(line.chars()) {
        press(app, KeyCode::Char(character));
    }
    press(app, KeyCode::Enter);
}

fn drawn(app: &mut App, (width, height): (u16, u16)) -> Terminal<TestBackend> {
    app.resize(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, app)).unwrap();
    terminal
}

fn screen(app: &mut App, size: (u16, u16)) -> String {
    drawn(app, size).backend().to_string()
}

/// Snapshots a moment at every size, and the smallest of them in ASCII.
fn snapshot(name: &str, lesson: &str, lines: &[&str]) {
    for size in SIZES {
        let picture = screen(&mut app(lesson, Glyphs::Unicode, lines), size);
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), picture);
        let ascii = screen(&mut app(lesson, Glyphs::Ascii, lines), size);
        assert!(ascii.is_ascii(), "{ascii}");
        let questions = |picture: &str| picture.matches('?').count();
        assert!(questions(&ascii) <= questions(&picture), "{ascii}");
        if size == SIZES[0] {
            insta::assert_snapshot!(format!("{name}_ascii"), ascii);
        }
    }
}

/// The colours of a part of the screen, a letter for each, below the characters themselves.
fn colours(buffer: &Buffer, top: u16) -> String {
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut picture = String::new();
    for row in top..buffer.area.height {
        for column in 0..buffer.area.width {
            let cell = &buffer[(column, row)];
            let next = char::from(b'a' + letters.len() as u8);
            picture.push(match cell.symbol() {
                " " => ' ',
                _ => *letters.entry(format!("{:?}", cell.fg)).or_insert(next),
            });
        }
        picture.push('\n');
    }
    let legend = letters
        .iter()
        .map(|(colour, letter)| format!("{letter}: {colour}\n"));
    picture + &legend.collect::<String>()
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
        "tests/support/wide.yaml",
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
    press(&mut app, KeyCode::Char('s'));
    assert_eq!(sorting(&app), "name", "the table is not in focus");
    press(&mut app, KeyCode::Char('v'));
    assert_eq!(app.session().picture().name(), "weights");
    assert_eq!(app.focus(), Pane::Picture);
    press(&mut app, KeyCode::Char('s'));
    assert_eq!(sorting(&app), "before");
    press(&mut app, KeyCode::Char('/'));
    assert_eq!(app.session().filtering(), "ih[");
    press(&mut app, KeyCode::Char('V'));
    assert_eq!(app.session().picture().name(), "network");
}

#[test]
fn wrong_predictions_are_gone_to_one_after_another() {
    let mut app = app("iris", Glyphs::Unicode, &["goto 600", "view predictions"]);
    drawn(&mut app, (80, 24));
    let mut seen = Vec::new();
    for _ in 0..60 {
        press(&mut app, KeyCode::Char('!'));
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
            press(&mut app, KeyCode::Right);
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
        press(&mut app, KeyCode::Right);
    }
    press(&mut app, KeyCode::Right);
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
            "tests/support/wide.yaml",
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
