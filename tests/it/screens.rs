//! The full screen at several moments, each pinned at one size and cut down to what the moment is about.
//! That every other size holds what it must is in `sizes.rs`.

use crate::support::screens::{
    SMALLEST, STACKED, WIDE, app, colours, drawn, enter, pane, press, screen, shown, turn_wheel,
    window, write,
};
use crate::support::sittings::written;

use nnmom_tutor::command::Way;
use nnmom_tutor::screen::{App, FullScreen, Glyphs, Look, Pane, Theme};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Medium, Sheet};
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier};

/// A sitting without colours.
fn mono(glyphs: Glyphs) -> App {
    let theme = Theme::Mono;
    let session = app("momentum", &[]).session().clone();
    App::new(session, Look::new(theme, glyphs))
}

/// The lowest rows of the screen, where lines are typed.
fn bar(app: &mut App) -> String {
    let screen = screen(app, STACKED);
    let rows: Vec<&str> = screen.lines().collect();
    rows[rows.len() - 2..].join("\n")
}

// ---- Whole screens ----

#[test]
fn the_momentum_lesson_opens() {
    let mut app = app("momentum", &[]);
    insta::assert_snapshot!("opens", screen(&mut app, WIDE));
}

#[test]
fn the_new_weight_is_asked() {
    let mut app = app("momentum", &[]);
    press(&mut app, "PageDown Right Right Right Right");
    insta::assert_snapshot!("asks", screen(&mut app, STACKED));
}

#[test]
fn one_pane_at_a_time_fits_the_smallest_screen() {
    let mut app = app("momentum", &[]);
    app.resize(Size::new(60, 16));
    press(&mut app, "PageDown");
    insta::assert_snapshot!("smallest_lesson", screen(&mut app, SMALLEST));
    press(&mut app, "Right Right");
    insta::assert_snapshot!("smallest_update", screen(&mut app, SMALLEST));
}

#[test]
fn below_the_smallest_size_more_room_is_asked_for() {
    let mut app = app("momentum", &[]);
    insta::assert_snapshot!("too_small", screen(&mut app, (50, 10)));
}

#[test]
fn ascii_terminals_get_ascii_only() {
    for size in [STACKED, WIDE, (160, 45)] {
        let (mut ascii, mut unicode) = (mono(Glyphs::Ascii), app("momentum", &[]));
        for keys in ["PageDown Down", "Home m Down", "w", "Esc ?", "Esc"] {
            press(&mut ascii, keys);
            press(&mut unicode, keys);
            assert_ascii(&screen(&mut ascii, size), &screen(&mut unicode, size));
        }
        write(&mut ascii, ":set ");
        write(&mut unicode, ":set ");
        assert_ascii(&screen(&mut ascii, size), &screen(&mut unicode, size));
    }
    let mut app = mono(Glyphs::Ascii);
    press(&mut app, "PageDown Down");
    insta::assert_snapshot!("ascii", screen(&mut app, WIDE));
}

/// What has no likeness in ASCII becomes a question mark: there must be no more of them than are meant.
#[track_caller]
fn assert_ascii(picture: &str, unicode: &str) {
    assert!(picture.is_ascii(), "{picture}");
    let questions = |picture: &str| picture.matches('?').count();
    assert!(questions(picture) <= questions(unicode), "{picture}");
}

// ---- Colours ----

/// The colour of every character, a letter for each: what is the same colour is the same quantity.
#[test]
fn a_quantity_has_one_colour_everywhere() {
    let mut app = app("momentum", &[]);
    press(&mut app, "PageDown Down");
    let buffer = drawn(&mut app, WIDE);
    insta::assert_snapshot!("colours", colours(&buffer, buffer.area));
}

#[test]
fn without_colours_nothing_is_coloured_and_the_line_that_comes_next_still_stands_out() {
    let mut app = mono(Glyphs::Unicode);
    press(&mut app, "PageDown Right Right");
    let cells = drawn(&mut app, WIDE).content;
    assert!(cells.iter().all(|cell| cell.fg == Color::Reset));
    assert!(
        cells
            .iter()
            .any(|cell| cell.symbol() == "▸" && cell.modifier.contains(Modifier::BOLD))
    );
}

// ---- Panes ----

#[test]
fn two_rules_lie_over_one_another() {
    let mut app = app("momentum", &["page 5"]);
    press(&mut app, "Home m Down Down Down Tab");
    insta::assert_snapshot!("two_rules", pane(&mut app, Pane::Picture, WIDE));
}

#[test]
fn another_learning_rate_is_compared() {
    let mut app = app("learning-rate", &["page 4"]);
    press(&mut app, "} } }");
    insta::assert_snapshot!("two_rates", pane(&mut app, Pane::Picture, WIDE));
}

#[test]
fn the_code_is_shown_in_another_language() {
    let mut app = app("momentum", &[]);
    press(&mut app, "PageDown Right Right c Tab");
    assert_eq!(app.focus(), Pane::Code);
    insta::assert_snapshot!("code_pytorch", pane(&mut app, Pane::Code, STACKED));
}

#[test]
fn a_pane_can_be_brought_into_view_by_its_name() {
    let mut typed = app("momentum", &[]);
    press(&mut typed, "PageDown Down");
    enter(&mut typed, "view line");
    let mut tabbed = app("momentum", &[]);
    press(&mut tabbed, "PageDown Down Tab Tab");
    assert_eq!(screen(&mut typed, STACKED), screen(&mut tabbed, STACKED));
}

#[test]
fn the_history_has_its_own_place_on_a_small_screen() {
    let mut app = app("momentum", &["page 4"]);
    press(&mut app, "End Tab Tab v");
    insta::assert_snapshot!("history", pane(&mut app, Pane::Picture, STACKED));
}

#[test]
fn a_formula_that_leaves_no_room_gets_a_line_of_its_own() {
    let mut app = app("momentum", &["page 2", "set rule nesterov"]);
    app.resize(Size::new(60, 16));
    press(&mut app, "Right Right Right Right Right");
    insta::assert_snapshot!("nesterov", pane(&mut app, Pane::Update, WIDE));
    let roomy = pane(&mut app, Pane::Update, SMALLEST);
    let next = roomy.lines().find(|row| row.contains('▸')).unwrap();
    assert!(
        next.contains("0.5 × 0.044 + 0.027 ") && next.contains("= ?"),
        "{roomy}"
    );
}

// ---- The bar, and windows in front of the panes ----

#[test]
fn the_bar_previews_marks_and_completes() {
    let mut app = app("momentum", &[]);
    press(&mut app, "PageDown Right Right");
    write(&mut app, ":set momentum 0.9");
    insta::assert_snapshot!("bar_preview", bar(&mut app));
    press(&mut app, "Esc");
    enter(&mut app, "set momentm 0.9");
    insta::assert_snapshot!("bar_error", bar(&mut app));
    press(&mut app, "Esc");
    write(&mut app, ":set r");
    press(&mut app, "Tab Tab");
    insta::assert_snapshot!("bar_completion", bar(&mut app));
}

/// Row for row as it is written, as far as it has room; the words themselves are in the transcripts.
#[test]
fn what_is_read_is_what_has_been_said() {
    for line in [
        "why after",
        "keys",
        "help",
        "help set",
        "show",
        "branches",
        "progress",
    ] {
        let mut app = app("momentum", &["page 2", "step"]);
        let outcome = app.session().clone().run_line(line).unwrap();
        let said = Sheet::all(&outcome, Medium::Screen).unwrap();
        enter(&mut app, line);
        for size in [WIDE, STACKED] {
            let read = window(&mut app, size);
            let rows: Vec<&str> = read.lines().collect();
            assert!(rows[0].contains(&format!(" {} ", said.title)), "{read}");
            let inside = &rows[1..rows.len() - 1];
            let words = |text: &str| -> Vec<String> {
                text.split_whitespace().map(str::to_owned).collect()
            };
            let seen: Vec<String> = inside
                .iter()
                .flat_map(|row| words(row.trim_matches('┃')))
                .collect();
            let all = words(&said.text.text());
            assert!(all.starts_with(&seen), "{line}:\n{read}");
            let has_more = rows[rows.len() - 1].contains("more line");
            assert!(has_more || seen == all, "{line}:\n{read}");
        }
    }
}

// ---- Moving about ----

#[test]
fn going_back_draws_the_very_screen_that_was_there() {
    let mut app = app("momentum", &[]);
    press(&mut app, "PageDown Right");
    let before = screen(&mut app, WIDE);
    press(&mut app, "Right Right Right Right Right Right Right");
    press(&mut app, "Left Left Left Left Left Left Left");
    // What was said when the page was turned has gone.
    let without_foot = |screen: &str| {
        screen
            .lines()
            .take(29)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(without_foot(&screen(&mut app, WIDE)), without_foot(&before));
}

#[test]
fn the_wheel_scrolls_the_pane_it_is_over_and_moves_nothing() {
    let mut app = app("momentum", &["page 7"]);
    app.resize(Size::new(60, 16));
    let position = app.session().position();
    let top = screen(&mut app, SMALLEST);
    let turn = |app: &mut App, way: Way| turn_wheel(app, way, (10, 9));
    turn(&mut app, Way::Down);
    let scrolled = screen(&mut app, SMALLEST);
    assert_ne!(scrolled, top);
    for _ in 0..20 {
        turn(&mut app, Way::Down);
    }
    let end = screen(&mut app, SMALLEST);
    turn(&mut app, Way::Up);
    let near_the_end = screen(&mut app, SMALLEST);
    for _ in 0..20 {
        turn(&mut app, Way::Up);
    }
    assert_ne!(
        near_the_end, end,
        "the end is as far as it goes, and one turn back is felt at once"
    );
    assert_eq!(screen(&mut app, SMALLEST), top);
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
        let mut app = crate::support::screens::shown(Session::new(written(&source)).unwrap());
        press(&mut app, "Down Down");
        enter(&mut app, "set digits 15");
        for size in [STACKED, WIDE, (160, 45)] {
            let picture = screen(&mut app, size);
            assert!(
                !picture.contains("NaN") && !picture.contains("inf"),
                "{picture}"
            );
        }
    }
}

// ---- Copying ----

#[test]
fn every_pane_can_be_copied_and_is_shown_as_it_was_copied() {
    for (lesson, name, says) in [
        ("momentum", "lesson", "The plain step"),
        ("momentum", "update", "rule none"),
        ("momentum", "code", "delta = "),
        ("momentum", "history", ""),
        ("ravine", "surface", ""),
        ("xor", "network", ""),
        ("xor", "weights", "ih[0,0]"),
    ] {
        let mut app = app(lesson, &["step", &format!("copy {name}")]);
        let copied = app.take_copied().unwrap();
        assert!(copied.contains(says), "{name}: {copied}");
        assert!(
            !copied.contains(['│', '┌', '─', '\u{1b}']),
            "{name}: {copied}"
        );
        assert_eq!(app.take_copied(), None, "once");
        let seen = window(&mut app, WIDE);
        let second = copied.lines().nth(1).unwrap().trim();
        assert!(
            seen.contains(&second[..second.len().min(30)]),
            "{name}: {seen}"
        );
        let lines = copied.lines().count();
        let foot = screen(&mut app, WIDE);
        assert!(
            foot.contains(&format!("{lines} line")) && foot.contains("on the clipboard"),
            "{foot}"
        );
    }
}

#[test]
fn the_key_copies_the_pane_in_focus_or_what_is_read() {
    let mut app = app("momentum", &["step"]);
    press(&mut app, "C");
    assert!(app.take_copied().unwrap().starts_with("The plain step\n"));
    press(&mut app, "Esc");
    enter(&mut app, "view update");
    press(&mut app, "C");
    assert!(app.take_copied().unwrap().starts_with("State\n"));
    press(&mut app, "Esc w C");
    let copied = app.take_copied().unwrap();
    assert!(copied.contains("3.56 + 0.027"), "{copied}");
    press(&mut app, "Esc");
    enter(&mut app, "copy netwerk");
    assert_eq!(app.take_copied(), None);
    assert!(screen(&mut app, WIDE).contains("did you mean `network`?"));
    press(&mut app, "Esc");
    enter(&mut app, "copy network");
    assert_eq!(app.take_copied(), None, "this lesson has no network");
}

#[test]
fn no_more_is_copied_than_a_terminal_takes() {
    let paragraph = format!("      {}\n\n", "word ".repeat(200));
    let source = format!(
        "title: Long\nmodel: {{weight: {{start: 1, gradients: [1]}}}}\ntraining: {{learning_rate: 1}}\npages:\n  - title: Long\n    text: |\n{}",
        paragraph.repeat(100)
    );
    let mut app = shown(Session::new(written(&source)).unwrap());
    enter(&mut app, "copy lesson");
    let copied = app.take_copied().unwrap();
    assert!(
        copied.len() <= 64 << 10 && copied.len() > 50 << 10,
        "{}",
        copied.len()
    );
    assert!(copied.ends_with('\n'));
    let seen = screen(&mut app, WIDE);
    assert!(
        seen.contains("The first ") && seen.contains("on the clipboard"),
        "{seen}"
    );
}
