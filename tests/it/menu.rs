//! The course menu: what it shows of the learner's progress, and what its keys do.

use nnmom_tutor::command::{Leaving, Way};
use nnmom_tutor::exercise::Tried;
use nnmom_tutor::lesson::{BUILTIN, Lesson};
use nnmom_tutor::record::{Entry, Logbook, Moment, What};
use nnmom_tutor::screen::{Chooser, FullScreen, Glyphs, Picked};
use nnmom_tutor::session::Library;
use nnmom_tutor::view::{Menu, MenuEntry, State};
use ratatui::layout::Size;

use crate::support::screens::{SMALLEST, STACKED, WIDE, look, press, screen, turn_wheel};

/// A learner who has begun two lessons, and read the second of them last.
fn logbook() -> Logbook {
    let mut logbook = Logbook::default();
    for (at, lesson, page) in [(1, "learning-rate", 5), (2, "momentum", 4)] {
        let lesson = lesson.into();
        let what = What::Page { lesson, page };
        let at = Moment(at);
        logbook.note(&Entry { at, what });
    }
    logbook
}

/// A course that does not change with the lessons.
fn course(count: usize) -> Menu {
    let entry = |index: usize| MenuEntry {
        name: BUILTIN[0].name.to_owned(),
        id: BUILTIN[0].name.into(),
        part: ["The beginning", "The rest"][usize::from(index > 3)],
        title: format!("Lesson number {}", index + 1),
        summary: "A summary that says in a line or two what this lesson is about, and why."
            .to_owned(),
        state: [State::Finished, State::Begun, State::New][index.min(2)],
        solved: [(2, 2), (1, 4), (0, 3)][index.min(2)],
        done: "page 6 of 6, 2 of 2 exercises solved".to_owned(),
        page: if index == 1 { (3, 7) } else { (1, 6) },
        opens: "Enter opens it.".to_owned(),
    };
    Menu {
        title: "the course".to_owned(),
        entries: (0..count).map(entry).collect(),
        stopped: 1,
        exercises: (3, 12),
        skills: (3, 86),
    }
}

fn chooser(menu: Menu, glyphs: Glyphs) -> Chooser {
    Chooser::new(menu, look(glyphs))
}

#[test]
fn the_menu_on_the_screen() {
    let mut unicode = chooser(course(9), Glyphs::Unicode);
    insta::assert_snapshot!("menu", screen(&mut unicode, WIDE));
    insta::assert_snapshot!("too_small", screen(&mut unicode, (50, 10)));
    let ascii = screen(&mut chooser(course(9), Glyphs::Ascii), SMALLEST);
    assert!(ascii.is_ascii());
    insta::assert_snapshot!("ascii", ascii);
}

#[test]
fn it_begins_where_the_learner_has_stopped() {
    let menu = Menu::of(&Library::default(), &logbook());
    let stopped = &menu.entries[menu.stopped];
    assert_eq!((stopped.name.as_str(), stopped.page.0), ("momentum", 4));
    assert_eq!(stopped.state, State::Begun);
    assert!(stopped.done.starts_with("page 4 of "), "{}", stopped.done);
    let goes_on = "Enter goes on with page 4 of ";
    assert!(stopped.opens.starts_with(goes_on), "{}", stopped.opens);
    let fresh = Menu::of(&Library::default(), &Logbook::default());
    assert_eq!((fresh.stopped, fresh.entries.len()), (0, BUILTIN.len()));
    assert!(fresh.entries.iter().all(|entry| entry.state == State::New));
}

#[test]
fn a_lesson_that_had_more_pages_once_opens_at_its_last() {
    let mut logbook = logbook();
    let lesson = "momentum".into();
    let what = What::Page { lesson, page: 999 };
    let at = Moment(3);
    logbook.note(&Entry { at, what });
    let menu = Menu::of(&Library::default(), &logbook);
    let pages = Lesson::open("momentum").unwrap().pages.len();
    assert_eq!(menu.entries[menu.stopped].page, (pages, pages));
}

#[test]
fn keys_choose_and_open() {
    let mut chooser = chooser(course(9), Glyphs::Unicode);
    chooser.resize(Size::new(60, 16));
    for (key, chosen) in [
        ("Down", 2),
        ("j", 3),
        ("Up", 2),
        ("k", 1),
        ("Home", 0),
        ("Up", 0),
        ("End", 10),
        ("Down", 10),
        ("Up", 9),
        ("g", 0),
        ("G", 10),
    ] {
        press(&mut chooser, key);
        assert_eq!(chooser.chosen(), chosen, "{key}");
    }
    press(&mut chooser, "Home");
    press(&mut chooser, "PageDown");
    assert!((2..8).contains(&chooser.chosen()), "{}", chooser.chosen());
    press(&mut chooser, "PageUp");
    assert_eq!(chooser.chosen(), 0);
    turn_wheel(&mut chooser, Way::Down, (5, 5));
    assert_eq!(chooser.chosen(), 1);
    assert!(chooser.take_picked().is_none());
    press(&mut chooser, "Enter");
    let picked = chooser.take_picked();
    assert!(matches!(picked, Some(Picked::Lesson(1, entry)) if entry.page.0 == 3));
    assert!(chooser.take_picked().is_none());
    press(&mut chooser, "z");
    assert_eq!(
        chooser.message(),
        "z does nothing here. Enter open, ↓ ↑ choose, p practice.",
        "it is said what does something"
    );
    assert!(!chooser.wants_to_quit());
    press(&mut chooser, "q");
    assert!(chooser.wants_to_quit());
}

#[test]
fn practice_comes_after_the_lessons_and_has_a_key_of_its_own() {
    let mut chooser = chooser(course(9), Glyphs::Unicode);
    press(&mut chooser, "End Up");
    assert!(chooser.chooses_practice());
    insta::assert_snapshot!("practice", screen(&mut chooser, SMALLEST));
    press(&mut chooser, "Enter");
    assert_eq!(chooser.take_picked(), Some(Picked::Practice));
    press(&mut chooser, "Home");
    press(&mut chooser, "p");
    assert_eq!(chooser.take_picked(), Some(Picked::Practice));
}

#[test]
fn the_menu_counts_the_skills_that_are_mastered() {
    let mut logbook = logbook();
    let (mastered, all) = Menu::of(&Library::default(), &logbook).skills;
    assert!(mastered == 0 && all > 50, "{mastered} of {all}");
    for seed in 1..=3 {
        let what = What::Tried {
            skill: "article after add".to_owned(),
            variant: format!("seed {seed}"),
            result: Tried::Right,
        };
        let at = Moment(seed);
        logbook.note(&Entry { at, what });
    }
    assert_eq!(Menu::of(&Library::default(), &logbook).skills, (1, all));
    assert_eq!(
        Menu::of(&Library::default(), &logbook).practised(),
        format!("1 of {all} skills mastered")
    );
}

#[test]
fn the_whole_course_is_seen_at_once_and_the_chosen_lesson_on_small_screens_too() {
    for size in [(60, 16), (60, 17), (80, 18), (80, 24), WIDE] {
        let mut chooser = chooser(course(15), Glyphs::Unicode);
        for chosen in (2..15).chain((0..14).rev()) {
            let down = chosen > chooser.chosen();
            press(&mut chooser, if down { "Down" } else { "Up" });
            assert_eq!(chooser.chosen(), chosen);
            let picture = screen(&mut chooser, size);
            let marked = format!("{:>2} Lesson number {} ", chosen + 1, chosen + 1);
            let mut rows = picture.lines();
            let row = rows.find(|row| row.contains(" ▸")).unwrap();
            assert!(row.contains(&marked), "{picture}");
            assert!(picture.contains("A summary"), "{picture}");
            assert!(picture.contains("Enter opens it."), "{picture}");
            if size.1 >= 24 {
                let all = picture.matches("Lesson number").count();
                // Once in the list, and the chosen one below.
                assert_eq!(all, 16, "{picture}");
            }
        }
    }
}

#[test]
fn a_finished_lesson_is_ticked_and_the_next_one_is_where_one_goes_on() {
    let mut logbook = logbook();
    let lesson = Lesson::open("learning-rate").unwrap();
    for (page, nth) in lesson.questions() {
        let what = What::Answer {
            lesson: "learning-rate".into(),
            page: page + 1,
            question: lesson.question(page, nth).unwrap(),
            solved: Some(false),
            slip: None,
        };
        let at = Moment(9);
        logbook.note(&Entry { at, what });
    }
    let menu = Menu::of(&Library::default(), &logbook);
    assert_eq!(
        (menu.finished(), menu.entries[1].state),
        (1, State::Finished)
    );
    assert_eq!(
        menu.entries[menu.stopped].name, "momentum",
        "the first open one after it"
    );
    let picture = screen(&mut chooser(menu, Glyphs::Unicode), WIDE);
    let row = |title: &str| {
        let mut rows = picture.lines();
        rows.find(|row| row.contains(title)).unwrap().to_owned()
    };
    let finished = row("2 The learning rate");
    assert!(
        finished.starts_with("  ✓") && finished.ends_with("finished"),
        "{finished}"
    );
    assert!(finished.contains("━━━━━━━━━━━━  4 of 4"), "{finished}");
    let here = row("3 Neural network momentum");
    assert!(
        here.starts_with(" ▸◐") && here.contains("go on here: page 4 of"),
        "{here}"
    );
}

#[test]
fn help_in_the_menu_says_first_what_can_be_done_there() {
    let mut chooser = chooser(course(9), Glyphs::Unicode);
    press(&mut chooser, "?");
    insta::assert_snapshot!("help", screen(&mut chooser, STACKED));
    press(&mut chooser, "Down Up Esc");
    assert!(chooser.help().is_none() && !chooser.wants_to_quit());
    press(&mut chooser, "? Ctrl-C");
    assert_eq!(chooser.leaving(), Some(Leaving::Tutor));
}

#[test]
fn what_leaving_leads_to_is_said() {
    let mut home = chooser(course(9), Glyphs::Unicode);
    assert!(screen(&mut home, STACKED).contains(" q quit "));
    let mut over = chooser(course(9), Glyphs::Unicode).over("A lesson");
    let picture = screen(&mut over, STACKED);
    assert!(picture.contains(" q back "), "{picture}");
    assert!(picture.contains("A lesson stays open as it is; Esc goes back to it."));
    press(&mut over, "Esc");
    assert_eq!(over.leaving(), Some(Leaving::Here));
    let mut home = chooser(course(9), Glyphs::Unicode);
    press(&mut home, "Ctrl-C");
    assert_eq!(home.leaving(), Some(Leaving::Tutor));
}

#[test]
fn a_lesson_is_chosen_by_its_name() {
    let menu = Menu::of(&Library::default(), &logbook());
    let place = menu.entries.iter().position(|entry| entry.name == "ravine");
    let chooser = chooser(menu, Glyphs::Unicode);
    assert_eq!(Some(chooser.choosing(&"ravine".into()).chosen()), place);
}

#[cfg(unix)]
mod program {
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    const PAGE_DOWN: &str = "\x1b[6~";
    const CTRL_C: &str = "\x03";

    fn tutor(state: &tempfile::TempDir, arguments: &[&str]) -> Pty {
        let mut command = command(TUTOR, arguments);
        command.args(["--state-dir", state.path().to_str().unwrap()]);
        Pty::run(80, 24, command)
    }

    fn menu(state: &tempfile::TempDir) -> Pty {
        let pty = tutor(state, &[]);
        pty.wait_for("the course");
        pty
    }

    /// Presses keys after which the program is to end.
    #[track_caller]
    fn end(mut pty: Pty, keys: &str) {
        pty.press(keys);
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
    }

    #[test]
    fn a_lesson_is_left_for_the_menu_and_goes_on_where_one_stopped() {
        let state = tempfile::TempDir::new().unwrap();
        let first = menu(&state);
        first.press("jj\r");
        first.wait_for("page 1 of ");
        first.wait_for(" q menu ");
        // What follows was typed ahead.
        first.press(&PAGE_DOWN.repeat(2));
        first.wait_for("page 3 of ");
        first.press("q");
        first.wait_for("Back from momentum: page 3 of ");
        first.press("k");
        first.wait_for("Enter begins with page 1 of");
        first.press("\r");
        first.wait_for("page 1 of ");
        first.press(":quit\r");
        first.wait_for("Back from learning-rate: page 1 of ");
        first.press("j\r");
        first.wait_for("page 3 of ");
        end(first, CTRL_C);

        let second = menu(&state);
        second.wait_for("Enter goes on with page 3 of");
        end(second, "q");
    }

    #[test]
    fn a_long_way_and_a_sweep_are_left_for_the_menu_as_well() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = menu(&state);
        // The lesson on irises: a run on a surface that has converged is soon at any update.
        pty.press(&format!("{}\r", "j".repeat(12)));
        pty.wait_for(" q menu ");
        for line in [
            "run until loss < 0 max 4000000",
            "sweep momentum 0..0.9/10 learning_rate 0.01..0.1/10 max 1000000",
        ] {
            pty.press(&format!(":{line}\r"));
            pty.wait_for("made. Esc stops.");
            pty.press("q");
            pty.wait_for("Back from iris");
            pty.press("\r");
            pty.wait_for(" q menu ");
        }
        end(pty, CTRL_C);
    }

    #[test]
    fn what_was_typed_in_one_lesson_is_known_in_the_next() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = menu(&state);
        pty.press("\r:set momentum 0.7\r");
        pty.wait_for("momentum 0.7");
        pty.press("q");
        pty.wait_for("Back from");
        pty.press("j\r:\x1b[A");
        pty.wait_for("› set momentum 0.7");
        // Escape and a key at once would be one key with Alt.
        pty.press("\x1b");
        pty.wait_for(" q menu ");
        end(pty, CTRL_C);
    }

    #[test]
    fn a_lesson_opened_on_the_command_line_is_left_for_the_shell() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = tutor(&state, &["momentum"]);
        pty.wait_for("q quit");
        end(pty, "q");
    }

    #[test]
    fn lessons_shows_the_menu_over_the_lesson_which_stays_as_it_is() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = tutor(&state, &["momentum", "--page", "2"]);
        pty.wait_for("page 2 of ");
        pty.press("n");
        pty.wait_for("line 1/6");
        let before = pty.text();
        for back in ["\x1b", "q", "\r"] {
            pty.press(":lessons\r");
            pty.wait_for("stays open as it is; Esc goes back to it.");
            pty.press(back);
            pty.wait_for_exactly(&before);
        }
        pty.press(":lessons\r");
        pty.wait_for("the course");
        pty.press("k\r");
        pty.wait_for(" q menu ");
        pty.wait_for("page 1 of ");
        pty.press("q");
        pty.wait_for("Back from learning-rate");
        end(pty, "q");
    }

    #[test]
    fn practice_begins_in_the_menu_and_ends_there() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = menu(&state);
        pty.press("p");
        pty.wait_for("problem 1 of 10");
        pty.press("next\r");
        pty.wait_for("problem 2 of 10");
        pty.press("\x1b");
        pty.wait_for(" q menu ");
        pty.press("q");
        pty.wait_for("Back from practice: 0 of ");
        pty.wait_for("▸   p Mixed");
        pty.press("\r");
        pty.wait_for("problem 1 of 10");
        pty.press("\x1b");
        pty.wait_for("▸   p Mixed");
        pty.press("p");
        pty.wait_for("problem 1 of 10");
        end(pty, CTRL_C);
    }

    #[test]
    fn practice_over_a_lesson_leads_back_to_the_lesson() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = tutor(&state, &["momentum", "--page", "2"]);
        pty.wait_for("page 2 of ");
        let before = pty.text();
        pty.press(":lessons\r");
        pty.wait_for("stays open");
        pty.press("p");
        pty.wait_for("problem 1 of 10");
        pty.press("\x1b");
        pty.wait_for(" q back ");
        pty.press("q");
        pty.wait_for_exactly(&before);
        end(pty, "q");
    }

    #[test]
    fn from_the_menu_over_a_lesson_control_c_leaves_the_tutor() {
        let state = tempfile::TempDir::new().unwrap();
        let pty = tutor(&state, &["momentum"]);
        pty.wait_for("q quit");
        pty.press(":lessons\r");
        pty.wait_for("the course");
        end(pty, CTRL_C);
    }

    #[test]
    fn without_a_folder_practice_over_a_lesson_is_not_forgotten() {
        let mut command = command(TUTOR, &["momentum"]);
        command.args(["--state-dir", "/dev/null"]);
        let pty = Pty::run(80, 24, command);
        pty.wait_for("q quit");
        pty.press(":lessons\r");
        pty.wait_for("stays open");
        pty.press("p");
        pty.wait_for("problem 1 of 10");
        pty.press("987654\r");
        pty.wait_for("your last answer: 987654");
        pty.press("\x1b");
        pty.wait_for(" q back ");
        pty.press("q");
        pty.wait_for("q quit");
        pty.press(":progress\r");
        pty.wait_for("Missed last time");
        pty.press("q");
        pty.wait_for("q quit");
        end(pty, "q");
    }

    #[test]
    fn without_a_folder_the_menu_still_knows_what_was_done() {
        let pty = Pty::run(80, 24, command(TUTOR, &["--state-dir", "/dev/null"]));
        pty.wait_for("the course");
        pty.press("\r");
        pty.wait_for("page 1 of ");
        pty.press(&PAGE_DOWN.repeat(2));
        pty.wait_for("page 3 of ");
        pty.press("q");
        pty.wait_for("page 3 of ");
        end(pty, "q");
    }
}
