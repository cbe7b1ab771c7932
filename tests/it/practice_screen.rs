//! Practice in the full screen: what its keys do, how it looks, and that the real program gives the terminal back.

use nnmom_tutor::asking::FeedbackKind;
use nnmom_tutor::command::{Leaving, Way};
use nnmom_tutor::explain::Line;
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, Moment};
use nnmom_tutor::screen::{FullScreen, Glyphs, Input, Practising, Stage};
use ratatui::layout::Size;

use crate::support::screens::{
    SMALLEST, STACKED, answer, app, look, press, screen, turn_wheel, write,
};

fn practice(count: usize) -> Practice {
    Practice::new(Keeper::open(None, || Moment(0)), 3, count)
}

/// What the current problem comes to, as the solution tells it.
fn right_answer(practice: &Practice) -> String {
    let solution = practice.clone().reply("solution").unwrap().text();
    let answer = solution
        .lines
        .iter()
        .take_while(|line| !line.spans.is_empty());
    let line = answer.last().unwrap().text();
    let number = line.rsplit(' ').next().unwrap();
    number.trim_end_matches('.').to_owned()
}

fn with_glyphs(count: usize, glyphs: Glyphs) -> Practising {
    Practising::new(practice(count), look(glyphs))
}

fn practising(count: usize) -> Practising {
    with_glyphs(count, Glyphs::Unicode)
}

/// Answers right, and goes on.
fn solve(practising: &mut Practising) {
    let right = right_answer(practising.practice());
    answer(practising, &right);
    press(practising, "Enter");
}

/// What is read in front of all, the summary, or what is said below the problem.
fn said(practising: &Practising) -> String {
    if let Some(window) = practising.window().or(practising.summary()) {
        return window.sheet.text.text();
    }
    let said = practising.panel().said.iter().flat_map(|(_, lines)| lines);
    let lines: Vec<String> = said.map(Line::text).collect();
    lines.join("\n")
}

/// What kind of thing is said below the problem.
fn kind(practising: &Practising) -> Option<FeedbackKind> {
    practising.panel().said.as_ref().map(|(kind, _)| *kind)
}

/// The row of the screen in which the answer stands.
fn field(practising: &mut Practising, size: (u16, u16)) -> usize {
    let picture = screen(practising, size);
    // Behind the name of what is asked for.
    let is_field = |row: &str| row.split_whitespace().nth(1) == Some("=");
    let row = picture.lines().position(is_field);
    row.unwrap_or_else(|| panic!("{picture}"))
}

#[test]
fn a_round_begins() {
    insta::assert_snapshot!("begins", screen(&mut practising(10), STACKED));
}

#[test]
fn a_slip_is_named_and_a_hint_is_given() {
    let mut practising = practising(10);
    solve(&mut practising);
    press(&mut practising, "F5");
    press(&mut practising, "F3");
    solve(&mut practising);
    answer(&mut practising, "7.25");
    insta::assert_snapshot!("wrong", screen(&mut practising, STACKED));
}

#[test]
fn a_line_that_means_nothing_stays_with_its_word_marked() {
    let mut practising = practising(10);
    answer(&mut practising, "0.2 + gradient");
    assert_eq!(practising.typed_text(), "0.2 + gradient");
    let row = field(&mut practising, STACKED);
    let picture = screen(&mut practising, STACKED);
    let rows: Vec<&str> = picture.lines().collect();
    insta::assert_snapshot!("mistake", rows[row..row + 2].join("\n"));
}

#[test]
fn a_round_ends_with_a_summary() {
    let mut practising = practising(4);
    solve(&mut practising);
    press(&mut practising, "F3");
    solve(&mut practising);
    answer(&mut practising, "next");
    assert!(!practising.is_over());
    solve(&mut practising);
    assert!(practising.is_over());
    assert_eq!(practising.tally(), [2, 1, 1]);
    insta::assert_snapshot!("summary", screen(&mut practising, STACKED));
}

#[test]
fn ascii_and_a_window_that_is_too_small() {
    let mut practising = with_glyphs(10, Glyphs::Ascii);
    solve(&mut practising);
    press(&mut practising, "F3");
    let picture = screen(&mut practising, STACKED);
    assert!(picture.is_ascii(), "{picture}");
    let rows: Vec<&str> = picture.lines().collect();
    insta::assert_snapshot!("ascii", rows[rows.len() - 5..].join("\n"));
    insta::assert_snapshot!("too_small", screen(&mut practising, (50, 10)));
}

#[test]
fn many_problems_have_their_current_one_in_sight() {
    let mut practising = practising(1000);
    for _ in 0..600 {
        press(&mut practising, "F5");
    }
    let picture = screen(&mut practising, STACKED);
    let strip = picture.lines().find(|line| line.contains('▸')).unwrap();
    assert!(strip.contains("○ ▸ ·"), "{strip}");
}

#[test]
fn the_problem_holds_its_field_and_what_is_said_to_answers() {
    let mut practising = practising(3);
    let first = practising.practice().problem();
    let row = field(&mut practising, STACKED);
    answer(&mut practising, "42");
    assert_eq!(kind(&practising), Some(FeedbackKind::NotYet));
    assert_eq!(practising.typed_text(), "", "a wrong answer is cleared");
    let picture = screen(&mut practising, STACKED);
    assert!(picture.contains("your last answer: 42"), "{picture}");
    assert_eq!(said(&practising).matches("Given").count(), 0);
    press(&mut practising, "F3");
    assert_eq!(kind(&practising), Some(FeedbackKind::Hint));
    let right = right_answer(practising.practice());
    answer(&mut practising, &right);
    // All of it stands where it stood until the learner goes on.
    let picture = screen(&mut practising, STACKED);
    let words: Vec<String> = first.lines.iter().map(Line::text).collect();
    let panel: Vec<String> = (practising.panel().words.iter().map(Line::text)).collect();
    assert_eq!(panel, words);
    let answered = picture.lines().nth(row).unwrap();
    assert!(answered.ends_with(&format!("= {right}")), "{picture}");
    assert!(picture.contains("✓ Right"), "{picture}");
    assert!(
        picture.contains("▸ Enter goes on to problem 2."),
        "{picture}"
    );
    assert!(picture.contains("problem 1 of 3"), "{picture}");
    // Nothing can be typed, and no key leaves the next problem out before it is seen.
    press(&mut practising, "7 F5 F3 F4");
    assert_eq!(
        screen(&mut practising, STACKED).lines().nth(row),
        Some(answered)
    );
    assert_eq!(practising.tally(), [0, 1, 0]);
    press(&mut practising, "Enter");
    assert!(screen(&mut practising, STACKED).contains("problem 2 of 3"));
    assert_ne!(practising.practice().problem(), first);
    assert_eq!(practising.panel().title, "Problem 2 of 3");
    press(&mut practising, "F4");
    assert_eq!(kind(&practising), Some(FeedbackKind::Solution));
    assert_eq!(practising.panel().title, "Problem 2 of 3 · other numbers");
    solve(&mut practising);
    assert_eq!(practising.panel().title, "Problem 3 of 3");
    assert!(!practising.is_over());
    let right = right_answer(practising.practice());
    answer(&mut practising, &right);
    assert!(screen(&mut practising, STACKED).contains("▸ Enter goes on to the summary"));
    assert!(!practising.is_over(), "the last answer is read first");
    press(&mut practising, "Enter");
    assert!(practising.is_over());
}

#[test]
fn the_field_stands_still_while_a_problem_is_asked() {
    for size in [STACKED, (100, 30), SMALLEST, (160, 45)] {
        let mut practising = practising(3);
        let row = field(&mut practising, size);
        for keys in ["4 2 Enter", "F3", "F3", "x"] {
            press(&mut practising, keys);
            assert_eq!(field(&mut practising, size), row, "{size:?} {keys}");
        }
        press(&mut practising, "Esc");
        let right = right_answer(practising.practice());
        answer(&mut practising, &right);
        assert_eq!(field(&mut practising, size), row, "{size:?}");
    }
}

#[test]
fn typing_is_never_lost_but_by_the_end_of_its_problem() {
    let mut practising = practising(3);
    write(&mut practising, "0.25");
    press(&mut practising, "F3");
    assert!(said(&practising).starts_with("Hint 1"));
    assert_eq!(practising.typed_text(), "0.25");
    write(&mut practising, "?");
    assert_eq!(practising.typed_text(), "0.25?", "a sign like any other");
    press(&mut practising, "Backspace");
    press(&mut practising, "F5");
    assert_eq!(practising.typed_text(), "");
    write(&mut practising, "1");
    press(&mut practising, "Esc");
    assert_eq!((practising.typed_text(), practising.leaving()), ("", None));
    answer(&mut practising, "42");
    press(&mut practising, "Up");
    assert_eq!(practising.typed_text(), "42", "it can be recalled");
    press(&mut practising, "Esc");
    practising.update(&Input::Paste("0.125\n".to_owned()));
    assert_eq!(practising.typed_text(), "0.125");
}

#[test]
fn words_complete_and_keys_stand_for_them() {
    let mut practising = practising(3);
    write(&mut practising, "so");
    press(&mut practising, "Tab");
    assert_eq!(practising.typed_text(), "solution ");
    press(&mut practising, "Enter");
    assert_eq!(kind(&practising), Some(FeedbackKind::Solution));
    for (key, wanted) in [
        ("F3", FeedbackKind::Hint),
        ("F4", FeedbackKind::Solution),
        ("F3", FeedbackKind::Hint),
    ] {
        press(&mut practising, key);
        assert_eq!(kind(&practising), Some(wanted));
    }
    for key in ["?", "F1"] {
        write(&mut practising, "0.5");
        press(&mut practising, "F1");
        let help = said(&practising);
        for word in ["hint", "solution", "next", "quit", "Esc"] {
            assert!(help.contains(word), "{key}: {help}");
        }
        press(&mut practising, "Esc");
        assert!(practising.window().is_none());
        assert_eq!(practising.typed_text(), "0.5", "what is typed stays");
        press(&mut practising, "Esc");
    }
    press(&mut practising, "?");
    assert!(practising.window().is_some());
    press(&mut practising, "Esc F5");
    assert!(said(&practising).starts_with("Problem 1 is left out."));
    assert_eq!(practising.panel().title, "Problem 2 of 3");
    press(&mut practising, "F2");
    assert!(!practising.takes_mouse());
    answer(&mut practising, "mouse on");
    assert!(practising.takes_mouse());
    press(&mut practising, "Ctrl-Z");
    assert!(practising.wants_to_suspend() && !practising.wants_to_suspend());
    answer(&mut practising, "scroll down");
    assert_eq!(practising.typed_text(), "scroll down", "it is for lessons");
}

#[test]
fn what_is_said_scrolls() {
    let mut practising = practising(3);
    practising.resize(Size::new(60, 16));
    let scroll = |practising: &Practising| practising.panel().scroll;
    assert_eq!(scroll(&practising), 0, "a worked example");
    press(&mut practising, "PageDown");
    let page = scroll(&practising);
    assert!(page > 0);
    turn_wheel(&mut practising, Way::Up, (5, 5));
    assert!(scroll(&practising) < page);
    for _ in 0..50 {
        turn_wheel(&mut practising, Way::Down, (5, 5));
    }
    let last = said(&practising).lines().last().unwrap().to_owned();
    assert!(screen(&mut practising, SMALLEST).contains(&last), "{last}");
    press(&mut practising, "F1");
    for _ in 0..50 {
        press(&mut practising, "PageDown");
    }
    assert!(screen(&mut practising, SMALLEST).contains("leave the tutor"));
}

#[test]
fn escape_ends_the_round_and_control_c_leaves() {
    let mut fresh = practising(3);
    press(&mut fresh, "Esc");
    assert_eq!(fresh.leaving(), Some(Leaving::Here), "nothing to sum up");

    let mut begun = practising(3);
    press(&mut begun, "F5");
    press(&mut begun, "Esc");
    assert!(begun.is_over() && begun.leaving().is_none());
    assert!(said(&begun).contains("1 problem: 1 left out."));
    press(&mut begun, "Esc");
    assert_eq!(begun.leaving(), Some(Leaving::Here));

    for keys in ["Ctrl-C", "F5 Esc Ctrl-C"] {
        let mut kept = practising(3);
        press(&mut kept, keys);
        assert_eq!(
            kept.leaving(),
            Some(Leaving::Tutor),
            "{keys}: nothing is lost"
        );
    }
}

#[test]
fn control_c_asks_before_a_round_or_what_is_typed_is_thrown_away() {
    for keys in ["1", "F5", "F3"] {
        let mut begun = practising(3);
        press(&mut begun, keys);
        let before = screen(&mut begun, (80, 24));
        press(&mut begun, "Ctrl-C");
        let asked = screen(&mut begun, SMALLEST);
        let words: Vec<&str> = asked
            .split(['┃', ' ', '\n'])
            .filter(|word| !word.is_empty())
            .collect();
        assert!(begun.leaving().is_none(), "{keys}");
        assert!(asked.contains("Leave the tutor?"), "{asked}");
        assert!(
            words
                .join(" ")
                .contains("any other key leaves all as it is."),
            "{asked}"
        );
        // It does nothing else, whatever it means elsewhere.
        for other in ["Esc", "1", "Enter", "F5", "n"] {
            press(&mut begun, other);
            assert_eq!(screen(&mut begun, (80, 24)), before, "{keys} {other}");
            press(&mut begun, "Ctrl-C");
        }
        press(&mut begun, "Ctrl-C");
        assert_eq!(begun.leaving(), Some(Leaving::Tutor), "{keys}");
        let mut agreed = practising(3);
        press(&mut agreed, keys);
        press(&mut agreed, "Ctrl-C y");
        assert_eq!(agreed.leaving(), Some(Leaving::Tutor), "{keys}");
    }
}

#[test]
fn control_c_asks_before_what_was_made_in_the_lesson_below_is_thrown_away() {
    for (line, asks) in [("set momentum 0.9", true), ("step", false)] {
        let below = app("momentum", &[line, "lessons"]);
        let mut stage = Stage::sitting(below, Box::new(|_, wish, _| panic!("{wish:?}")));
        // The menu takes the screen with the next key.
        press(&mut stage, "Shift-Down p");
        assert!(screen(&mut stage, STACKED).contains("problem 1 of 10"));
        press(&mut stage, "Ctrl-C");
        assert_eq!(stage.wants_to_quit(), !asks, "{line}");
        if asks {
            let asked = screen(&mut stage, STACKED);
            assert!(
                asked.contains("The runs and branches of the lesson"),
                "{asked}"
            );
            press(&mut stage, "Ctrl-C");
            assert_eq!(stage.leaving(), Some(Leaving::Tutor));
        }
    }
}

#[test]
fn another_round_begins_with_enter_and_asks_something_else() {
    let mut practising = practising(1);
    practising.resize(Size::new(100, 30));
    let first = practising.practice().problem();
    solve(&mut practising);
    assert!(practising.is_over());
    write(&mut practising, "x");
    assert!(practising.is_over(), "nothing is typed here");
    press(&mut practising, "Enter");
    assert!(!practising.is_over());
    assert_ne!(practising.practice().problem(), first);
    assert_eq!(practising.tally(), [0, 0, 0]);
    solve(&mut practising);
    press(&mut practising, "q");
    assert_eq!(practising.leaving(), Some(Leaving::Here));
}

#[cfg(unix)]
mod program {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// The program asks what [`practice`] asks.
    fn tutor(count: &str, arguments: &[&str]) -> Pty {
        let mut command = command(TUTOR, &["practice", "--seed", "3", "--count", count]);
        command.args(arguments);
        Pty::run(80, 24, command)
    }

    #[test]
    fn a_round_is_played_to_its_end_and_another_is_begun() {
        let mut pty = tutor("3", &[]);
        let mut known = practice(3);
        for number in 1..=3 {
            pty.wait_for(&format!("problem {number} of 3"));
            let answer = right_answer(&known);
            pty.press(&format!("{answer}\r"));
            pty.wait_for("▸ Enter goes on to");
            pty.press("\r");
            known.reply(&answer).unwrap();
        }
        pty.wait_for("3 problems: 3 right at once.");
        pty.press("\r");
        pty.wait_for("problem 1 of 3");
        pty.press("hint\r");
        pty.wait_for("Hint 1 of");
        pty.press("next\r");
        pty.wait_for("problem 2 of 3");
        pty.press("\x1b");
        pty.wait_for("1 problem: 1 left out.");
        pty.press("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
    }

    #[test]
    fn the_terminal_is_given_back_by_control_c_and_by_signals() {
        let mut pty = tutor("3", &[]);
        pty.wait_for("problem 1 of 3");
        pty.press("0.2\x03");
        pty.wait_for("Leave the tutor?");
        pty.press("\x03");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
        for signal in ["TERM", "HUP", "INT"] {
            let mut pty = tutor("3", &[]);
            pty.wait_for("problem 1 of 3");
            pty.press("0.2");
            pty.wait_for(" = 0.2");
            pty.signal(signal);
            assert_ne!(pty.wait_exit().exit_code(), 0, "{signal}");
            pty.assert_given_back();
        }
    }

    #[test]
    fn it_sleeps_and_wakes_with_what_was_typed() {
        let mut pty = tutor("3", &[]);
        pty.wait_for("problem 1 of 3");
        pty.press("0.25");
        pty.wait_for(" = 0.25");
        let before = pty.text();
        pty.press("\x1a");
        pty.wait_until("the normal screen", |screen| !screen.alternate_screen());
        pty.wait_stopped();
        pty.assert_given_back();
        pty.signal("CONT");
        pty.wait_for_exactly(&before);
        pty.press("\x03");
        pty.wait_for("Leave the tutor?");
        pty.press("\x03");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }

    #[test]
    fn line_mode_is_there_for_who_asks_for_it_and_for_a_dumb_terminal() {
        let mut dumb = command(TUTOR, &["practice", "--count", "1"]);
        dumb.env("TERM", "dumb");
        let dumb = Pty::run(80, 24, dumb);
        for mut pty in [tutor("1", &["--repl"]), dumb] {
            pty.wait_for("problem 1/1>");
            assert!(!pty.text().contains("F3"));
            pty.press("quit\r");
            assert_eq!(pty.wait_exit().exit_code(), 0);
        }
    }
}

#[test]
fn no_window_is_too_narrow_for_keys() {
    for width in 0..24 {
        for height in 0..8 {
            let mut practising = practising(1);
            practising.resize(Size::new(width, height));
            for keys in ["PageDown", "Shift-Down", "PageUp", "F3", "PageDown"] {
                press(&mut practising, keys);
            }
            turn_wheel(&mut practising, Way::Down, (0, 0));
        }
    }
}
