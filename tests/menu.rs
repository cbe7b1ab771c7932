//! The course menu: what it shows of the learner's progress, and what its keys do.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use nnmom_tutor::lesson::{BUILTIN, Lesson};
use nnmom_tutor::session::{Entry, Logbook, Moment, What};
use nnmom_tutor::tui::{Chooser, Glyphs, Input, Look, MouseWheel, Theme, draw_menu};
use nnmom_tutor::view::{Menu, MenuEntry};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

#[cfg(unix)]
#[path = "support/pty.rs"]
#[allow(dead_code, reason = "only a part of it is needed here")]
mod pty;

/// A learner who has begun two lessons, and read the second of them last.
fn logbook() -> Logbook {
    let mut logbook = Logbook::default();
    for (at, lesson, page) in [(1, "learning-rate", 6), (2, "momentum", 4)] {
        let lesson = lesson.to_owned();
        let what = What::Page { lesson, page };
        let at = Moment(at);
        logbook.note(&Entry { at, what });
    }
    logbook
}

/// A course that does not change with the lessons.
fn course(count: usize) -> Menu {
    let entry = |index: usize| MenuEntry {
        name: BUILTIN[0].name,
        title: format!("{} Lesson number {}", index + 1, index + 1),
        summary: "A summary that says in a line or two what this lesson is about, and why."
            .to_owned(),
        done: match index {
            0 => "page 6 of 6, 2 of 2 exercises solved".to_owned(),
            1 => "page 3 of 7, 1 of 4 exercises solved, with help".to_owned(),
            _ => "not begun".to_owned(),
        },
        page: if index == 1 { 3 } else { 1 },
        opens: "opens it".to_owned(),
    };
    Menu {
        entries: (0..count).map(entry).collect(),
        stopped: 1,
        exercises: (3, 12),
    }
}

fn chooser(menu: Menu, glyphs: Glyphs) -> Chooser {
    let theme = Theme::Dark;
    Chooser::new(menu, Look { theme, glyphs })
}

fn screen(chooser: &mut Chooser, (width, height): (u16, u16)) -> String {
    chooser.resize(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw_menu(frame, chooser)).unwrap();
    terminal.backend().to_string()
}

fn press(chooser: &mut Chooser, code: KeyCode) {
    chooser.update(&Input::Key(KeyEvent::new(code, KeyModifiers::NONE)));
}

#[test]
fn the_menu_at_every_size() {
    for size in [(80, 24), (100, 30), (60, 16), (50, 10)] {
        let mut chooser = chooser(course(9), Glyphs::Unicode);
        let (width, height) = size;
        insta::assert_snapshot!(format!("menu_{width}x{height}"), screen(&mut chooser, size));
    }
    let ascii = screen(&mut chooser(course(9), Glyphs::Ascii), (80, 24));
    assert!(ascii.is_ascii());
    insta::assert_snapshot!("menu_ascii", ascii);
}

#[test]
fn it_begins_where_the_learner_has_stopped() {
    let menu = Menu::of(&logbook());
    let stopped = &menu.entries[menu.stopped];
    assert_eq!((stopped.name, stopped.page), ("momentum", 4));
    assert!(stopped.done.starts_with("page 4 of "), "{}", stopped.done);
    assert_eq!(stopped.opens, "goes on with momentum at page 4");
    let fresh = Menu::of(&Logbook::default());
    assert_eq!((fresh.stopped, fresh.entries.len()), (0, BUILTIN.len()));
    assert!(fresh.entries.iter().all(|entry| entry.done == "not begun"));
}

#[test]
fn a_lesson_that_had_more_pages_once_opens_at_its_last() {
    let mut logbook = logbook();
    let lesson = "momentum".to_owned();
    let what = What::Page { lesson, page: 999 };
    let at = Moment(3);
    logbook.note(&Entry { at, what });
    let menu = Menu::of(&logbook);
    let pages = Lesson::open("momentum").unwrap().pages.len();
    assert_eq!(menu.entries[menu.stopped].page, pages);
}

#[test]
fn keys_choose_and_open() {
    let mut chooser = chooser(course(9), Glyphs::Unicode);
    chooser.resize(Size::new(60, 16));
    for (key, chosen) in [
        (KeyCode::Down, 2),
        (KeyCode::Char('j'), 3),
        (KeyCode::Up, 2),
        (KeyCode::Char('k'), 1),
        (KeyCode::Home, 0),
        (KeyCode::Up, 0),
        (KeyCode::End, 8),
        (KeyCode::Down, 8),
        (KeyCode::Char('g'), 0),
        (KeyCode::Char('G'), 8),
    ] {
        press(&mut chooser, key);
        assert_eq!(chooser.chosen(), chosen, "{key:?}");
    }
    press(&mut chooser, KeyCode::Home);
    press(&mut chooser, KeyCode::PageDown);
    assert!((2..8).contains(&chooser.chosen()), "{}", chooser.chosen());
    press(&mut chooser, KeyCode::PageUp);
    assert_eq!(chooser.chosen(), 0);
    let (column, row) = (5, 5);
    chooser.update(&Input::Wheel(MouseWheel {
        down: true,
        column,
        row,
    }));
    assert_eq!(chooser.chosen(), 1);
    assert!(chooser.take_picked().is_none());
    press(&mut chooser, KeyCode::Enter);
    assert_eq!(chooser.take_picked().unwrap().page, 3);
    assert!(chooser.take_picked().is_none());
    press(&mut chooser, KeyCode::Char('z'));
    assert_eq!(chooser.message(), "The key z does nothing here.");
    assert!(!chooser.wants_to_quit());
    press(&mut chooser, KeyCode::Char('q'));
    assert!(chooser.wants_to_quit());
}

#[test]
fn the_chosen_lesson_is_always_in_sight_whole() {
    for size in [(60, 16), (60, 17), (80, 18), (80, 24)] {
        let mut chooser = chooser(course(15), Glyphs::Unicode);
        for chosen in (2..15).chain((0..14).rev()) {
            let down = chosen > chooser.chosen();
            press(&mut chooser, if down { KeyCode::Down } else { KeyCode::Up });
            assert_eq!(chooser.chosen(), chosen);
            let picture = screen(&mut chooser, size);
            let marked = picture.lines().position(|line| line.contains('▸')).unwrap();
            let below = picture.lines().skip(marked).take(3).collect::<String>();
            assert!(below.contains("A summary"), "{picture}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_tutor_alone_opens_the_menu_and_goes_on_where_one_stopped() {
    let folder = tempfile::TempDir::new().unwrap();
    let state = folder.path().to_str().unwrap();
    let start = || {
        let tutor = env!("CARGO_BIN_EXE_nnmom-tutor");
        let pty = pty::Pty::run(80, 24, pty::command(tutor, &["--state-dir", state]));
        pty.wait_for("The course");
        pty
    };
    let mut first = start();
    first.press("j\r");
    first.wait_for("page 1/");
    // Page Down, and what follows was typed ahead.
    first.press("\x1b[6~\x1b[6~");
    first.wait_for("page 3/");
    first.press("q");
    assert_eq!(first.wait_exit().exit_code(), 0);
    first.assert_given_back();

    let mut second = start();
    second.wait_for("Enter goes on with momentum at page 3.");
    second.press("\r");
    second.wait_for("page 3/");
    second.press("q");
    assert_eq!(second.wait_exit().exit_code(), 0);
    second.assert_given_back();

    let mut third = start();
    third.press("q");
    assert_eq!(third.wait_exit().exit_code(), 0);
    third.assert_given_back();
}
