//! The full screen at three sizes and several moments, as pictures made of text.

use std::sync::Arc;

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::screen::{App, Glyphs, Input, Look, MouseWheel, Theme, draw};
use nnmom_tutor::session::Session;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::style::Modifier;

use crate::support::keys::{self, write};

const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];

fn app_with(lesson: &str, look: Look) -> App {
    App::new(
        Session::new(Arc::new(Lesson::open(lesson).unwrap())).unwrap(),
        look,
    )
}

fn app(lesson: &str) -> App {
    let look = Look {
        theme: Theme::Dark,
        glyphs: Glyphs::Unicode,
    };
    app_with(lesson, look)
}

/// Presses keys: names of keys, or `:text` for a line typed in the bar and left there.
fn press(app: &mut App, keys: &[&str]) {
    for key in keys {
        match key.strip_prefix(':') {
            Some(text) if !text.is_empty() => write(app, key),
            _ => keys::press(app, key),
        }
    }
}

fn terminal(app: &mut App, (width, height): (u16, u16)) -> Terminal<TestBackend> {
    app.resize(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, app)).unwrap();
    terminal
}

fn screen(app: &mut App, size: (u16, u16)) -> String {
    terminal(app, size).backend().to_string()
}

/// Snapshots one moment at every size.
fn snapshot(moment: &str, mut app: App) {
    for (width, height) in SIZES {
        let picture = screen(&mut app, (width, height));
        insta::assert_snapshot!(format!("{moment}_{width}x{height}"), picture);
    }
}

#[test]
fn the_momentum_lesson_opens() {
    snapshot("momentum_opens", app("momentum"));
}

#[test]
fn the_new_weight_is_asked() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Right", "Right", "Right", "Right"]);
    snapshot("momentum_asks", app);
}

#[test]
fn the_update_is_complete() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Down"]);
    snapshot("momentum_complete", app);
}

#[test]
fn two_rules_lie_over_one_another() {
    let mut app = app("momentum");
    press(
        &mut app,
        &[
            ":page 5", "Enter", "Home", "m", "Down", "Down", "Down", "Tab",
        ],
    );
    snapshot("momentum_branches", app);
}

#[test]
fn the_learning_rate_lesson_opens() {
    snapshot("learning_rate_opens", app("learning-rate"));
}

#[test]
fn another_learning_rate_is_compared() {
    let mut app = app("learning-rate");
    press(&mut app, &[":page 4", "Enter", "}", "}", "}"]);
    snapshot("learning_rate_changed", app);
}

#[test]
fn the_code_is_shown_in_another_language() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Right", "Right", "c", "Tab", "Tab"]);
    insta::assert_snapshot!("code_pytorch_80x24", screen(&mut app, (80, 24)));
}

#[test]
fn a_pane_can_be_brought_into_view_by_its_name() {
    let mut typed = app("momentum");
    press(&mut typed, &["PageDown", "Down", ":view history", "Enter"]);
    let mut tabbed = app("momentum");
    press(&mut tabbed, &["PageDown", "Down", "Tab", "Tab"]);
    assert_eq!(screen(&mut typed, (80, 24)), screen(&mut tabbed, (80, 24)));
}

#[test]
fn the_history_has_its_own_place_on_a_small_screen() {
    let mut app = app("momentum");
    press(&mut app, &[":page 4", "Enter", "End", "Tab", "Tab"]);
    insta::assert_snapshot!("history_80x24", screen(&mut app, (80, 24)));
}

#[test]
fn one_pane_at_a_time_fits_the_smallest_screen() {
    let mut app = app("momentum");
    app.resize(Size::new(60, 16));
    press(&mut app, &["PageDown"]);
    insta::assert_snapshot!("smallest_lesson", screen(&mut app, (60, 16)));
    press(&mut app, &["Right", "Right"]);
    insta::assert_snapshot!("smallest_update", screen(&mut app, (60, 16)));
}

#[test]
fn below_the_smallest_size_more_room_is_asked_for() {
    let mut app = app("momentum");
    insta::assert_snapshot!("too_small", screen(&mut app, (50, 10)));
}

#[test]
fn a_formula_that_leaves_no_room_gets_a_line_of_its_own() {
    let mut app = app("momentum");
    press(
        &mut app,
        &[
            "PageDown",
            ":set rule nesterov",
            "Enter",
            "Right",
            "Right",
            "Right",
            "Right",
        ],
    );
    insta::assert_snapshot!("nesterov_60x16", {
        app.resize(Size::new(60, 16));
        press(&mut app, &["Right"]);
        screen(&mut app, (60, 16))
    });
    insta::assert_snapshot!("nesterov_100x30", screen(&mut app, (100, 30)));
}

#[test]
fn the_bar_previews_marks_and_completes() {
    let mut app = app("momentum");
    press(
        &mut app,
        &["PageDown", "Right", "Right", ":set momentum 0.9"],
    );
    insta::assert_snapshot!("bar_preview", screen(&mut app, (80, 24)));
    press(&mut app, &["Esc", ":set momentm 0.9", "Enter"]);
    insta::assert_snapshot!("bar_error", screen(&mut app, (80, 24)));
    press(&mut app, &["Esc", ":set r", "Tab", "Tab"]);
    insta::assert_snapshot!("bar_completion", screen(&mut app, (80, 24)));
}

#[test]
fn answers_are_read_in_front_of_the_panes() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Down", ":why after", "Enter"]);
    insta::assert_snapshot!("why_100x30", screen(&mut app, (100, 30)));
    press(&mut app, &["Esc", "?"]);
    insta::assert_snapshot!("keys_100x30", screen(&mut app, (100, 30)));
    press(&mut app, &["Esc", ":help", "Enter"]);
    insta::assert_snapshot!("help_100x30", screen(&mut app, (100, 30)));
    press(&mut app, &["Esc", ":help set", "Enter"]);
    insta::assert_snapshot!("help_set_80x24", screen(&mut app, (80, 24)));
    press(&mut app, &["Esc", ":show", "Enter"]);
    insta::assert_snapshot!("show_80x24", screen(&mut app, (80, 24)));
}

#[test]
fn ascii_terminals_get_ascii_only() {
    let look = Look {
        theme: Theme::Mono,
        glyphs: Glyphs::Ascii,
    };
    for size in SIZES {
        let (mut ascii, mut unicode) = (app_with("momentum", look), app("momentum"));
        for keys in [
            &["PageDown", "Down"][..],
            &["Home", "m", "Down"],
            &["w"],
            &["Esc", "?"],
            &["Esc", ":set "],
        ] {
            press(&mut ascii, keys);
            press(&mut unicode, keys);
            let picture = screen(&mut ascii, size);
            assert!(picture.is_ascii(), "{picture}");
            // What has no likeness in ASCII becomes a question mark: there must be no more of them than are meant.
            let questions = |picture: &str| picture.matches('?').count();
            assert!(
                questions(&picture) <= questions(&screen(&mut unicode, size)),
                "{picture}"
            );
        }
    }
    let mut app = app_with("momentum", look);
    press(&mut app, &["PageDown", "Down"]);
    insta::assert_snapshot!("ascii_100x30", screen(&mut app, (100, 30)));
}

/// The colour of every character of the update, a letter for each: what is the same colour is the same quantity.
#[test]
fn a_quantity_has_one_colour_everywhere() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Down"]);
    let terminal = terminal(&mut app, (100, 30));
    let buffer = terminal.backend().buffer();
    let mut letters = std::collections::BTreeMap::new();
    let mut picture = String::new();
    for row in 0..buffer.area.height {
        for column in 0..buffer.area.width {
            let cell = &buffer[(column, row)];
            let next = char::from(b'a' + letters.len() as u8);
            let letter = if cell.symbol() == " " {
                ' '
            } else {
                *letters.entry(format!("{:?}", cell.fg)).or_insert(next)
            };
            picture.push(letter);
        }
        picture.push('\n');
    }
    let legend = letters
        .iter()
        .map(|(colour, letter)| format!("{letter}: {colour}"));
    let legend: Vec<String> = legend.collect();
    insta::assert_snapshot!("colours_100x30", picture + &legend.join("\n"));
}

#[test]
fn without_colours_nothing_is_coloured_and_the_line_that_comes_next_still_stands_out() {
    let look = Look {
        theme: Theme::Mono,
        glyphs: Glyphs::Unicode,
    };
    let mut app = app_with("momentum", look);
    press(&mut app, &["PageDown", "Right", "Right"]);
    let terminal = terminal(&mut app, (100, 30));
    let cells = &terminal.backend().buffer().content;
    assert!(
        cells
            .iter()
            .all(|cell| cell.fg == ratatui::style::Color::Reset)
    );
    assert!(
        cells
            .iter()
            .any(|cell| cell.symbol() == "▸" && cell.modifier.contains(Modifier::BOLD))
    );
}

#[test]
fn going_back_draws_the_very_screen_that_was_there() {
    let mut app = app("momentum");
    press(&mut app, &["PageDown", "Right"]);
    let before = screen(&mut app, (100, 30));
    press(
        &mut app,
        &[
            "Right", "Right", "Right", "Right", "Right", "Right", "Right",
        ],
    );
    press(
        &mut app,
        &["Left", "Left", "Left", "Left", "Left", "Left", "Left"],
    );
    assert_eq!(
        screen(&mut app, (100, 30)),
        before.replace(
            "Page 2 of 7: A second update",
            "                            "
        )
    );
}

#[test]
fn the_wheel_scrolls_the_pane_it_is_over_and_moves_nothing() {
    let mut app = app("momentum");
    press(&mut app, &[":page 5", "Enter"]);
    app.resize(Size::new(60, 16));
    let position = app.session().position();
    let top = screen(&mut app, (60, 16));
    let wheel = |down| {
        Input::Wheel(MouseWheel {
            down,
            column: 10,
            row: 5,
        })
    };
    app.update(&wheel(true));
    let scrolled = screen(&mut app, (60, 16));
    assert_ne!(scrolled, top);
    for _ in 0..20 {
        app.update(&wheel(true));
    }
    app.update(&wheel(false));
    let near_the_end = screen(&mut app, (60, 16));
    for _ in 0..20 {
        app.update(&wheel(false));
    }
    assert_ne!(
        near_the_end, scrolled,
        "the end is as far as it goes, and one turn back is felt at once"
    );
    assert_eq!(screen(&mut app, (60, 16)), top);
    assert_eq!(app.session().position(), position);
}

/// Weights at the edges of what a double can hold: there is always a plot, and it is drawn in the end.
#[test]
fn any_finite_weight_can_be_drawn() {
    for (start, gradient, rate) in [
        ("1.797e308", "1", "1"),
        ("-1.7e308", "1", "1.7e308"),
        ("-1e308", "1.79e308", "1"),
        ("0", "5e-324", "1"),
        ("1e-300", "1e-310", "1e-5"),
        ("1e15", "1e-3", "1"),
        ("0", "0", "0"),
        ("-1e300", "1e300", "1.5"),
    ] {
        let source = format!(
            "title: t\nmodel: {{weight: {{name: w, start: {start}, gradients: [{gradient}, {gradient}]}}}}\n\
             training: {{rule: none, learning_rate: {rate}}}\npages: [{{title: p, text: x}}]\n"
        );
        let lesson = Lesson::parse("edge.yaml", source.as_bytes()).unwrap();
        let look = app("momentum").look();
        let mut app = App::new(Session::new(Arc::new(lesson)).unwrap(), look);
        press(&mut app, &["Down", "Down", ":set digits 15", "Enter"]);
        for size in SIZES {
            let picture = screen(&mut app, size);
            assert!(
                !picture.contains("NaN") && !picture.contains("inf"),
                "{picture}"
            );
        }
    }
}

/// A long formula in many digits is wrapped, and no number in it is cut.
#[test]
fn no_number_is_cut_however_many_digits_it_has() {
    let source = "title: t\nmodel: {weight: {name: w, start: 1.23456789012345, gradients: [9.87654321098765, 1]}}\n\
                  training: {rule: nesterov, learning_rate: 0.0000111111111111111, momentum: 0.123456789012345}\n\
                  pages: [{title: p, text: x}]\n";
    let lesson = Lesson::parse("digits.yaml", source.as_bytes()).unwrap();
    let look = app("momentum").look();
    let mut app = App::new(Session::new(Arc::new(lesson)).unwrap(), look);
    app.resize(Size::new(60, 16));
    press(&mut app, &[":set digits 15", "Enter", "Down", "Down"]);
    for size in [(60, 16), (80, 24), (100, 30)] {
        let picture = screen(&mut app, size);
        let whole = [
            "0.0000111111111111111",
            "0.123456789012345",
            "0.000109739369010974",
        ];
        for number in whole.iter().filter(|number| picture.contains(&number[..8])) {
            let cut = picture.matches(&number[..8]).count() - picture.matches(number).count();
            assert_eq!(cut, 0, "{number} is cut at {size:?}\n{picture}");
        }
    }
}

/// Every size from the smallest to the largest, at every moment: nothing panics, and no number is cut.
#[test]
fn every_size_can_be_drawn() {
    for width in (1..60)
        .step_by(14)
        .chain((60..170).step_by(6))
        .chain([71, 72, 99, 100, 300])
    {
        for height in [1, 15, 16, 21, 22, 24, 30, 100] {
            let mut app = app("momentum");
            app.resize(Size::new(width, height));
            press(&mut app, &[":page 2", "Enter", "Down"]);
            let picture = screen(&mut app, (width, height));
            if width >= 60 && height >= 16 {
                assert!(picture.contains("= 3.609"), "{width}x{height}\n{picture}");
            }
            press(&mut app, &[":set digits 15", "Enter", "m", "Down", "w"]);
            screen(&mut app, (width, height));
        }
    }
}
