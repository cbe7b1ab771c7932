//! A sitting on the screen, and what is seen of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::screen::{App, Glyphs, Look, Theme, draw};
use nnmom_tutor::session::Session;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;

use super::keys::{press, write};

/// The sizes at which everything is looked at.
pub const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];

/// A sitting on the screen in which these lines have been typed.
pub fn app(lesson: &str, glyphs: Glyphs, lines: &[&str]) -> App {
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

pub fn enter(app: &mut App, line: &str) {
    write(app, ":");
    write(app, line);
    press(app, "Enter");
}

pub fn drawn(app: &mut App, (width, height): (u16, u16)) -> Terminal<TestBackend> {
    app.resize(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| draw(frame, app)).unwrap();
    terminal
}

pub fn screen(app: &mut App, size: (u16, u16)) -> String {
    drawn(app, size).backend().to_string()
}

/// Hands a moment at every size, and the smallest of them in ASCII, to `take` under their names.
pub fn shot(name: &str, lesson: &str, lines: &[&str], mut take: impl FnMut(String, String)) {
    for size in SIZES {
        let picture = screen(&mut app(lesson, Glyphs::Unicode, lines), size);
        let ascii = screen(&mut app(lesson, Glyphs::Ascii, lines), size);
        assert!(ascii.is_ascii(), "{ascii}");
        let questions = |picture: &str| picture.matches('?').count();
        assert!(questions(&ascii) <= questions(&picture), "{ascii}");
        take(format!("{name}_{}x{}", size.0, size.1), picture);
        if size == SIZES[0] {
            take(format!("{name}_ascii"), ascii);
        }
    }
}

/// The colours of a part of the screen, a letter for each, below the characters themselves.
pub fn colours(buffer: &Buffer, top: u16) -> String {
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
