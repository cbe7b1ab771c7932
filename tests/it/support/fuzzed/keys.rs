//! Keys, pastes and the wheel on the full screen, at odd sizes.

use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::command::{Complaint, Way};
use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::{Lesson, Untried, Wanted};
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, MemoryShelf, Moment, TypedLines};
use nnmom_tutor::screen::{
    App, FullScreen, Glyphs, Input, Key, KeyCode, Look, MouseWheel, OpenLesson, Practising,
    Snapshot, Stage, Theme, Wish, svg,
};
use nnmom_tutor::session::{Library, Session};
use ratatui::layout::Size;
use ratatui::{Terminal, backend::TestBackend};
use unicode_width::UnicodeWidthStr;

use super::{Impatient, assert_harmless, lesson_by};

/// So many inputs are enough.
const MOST_INPUTS: usize = 120;
/// A frame is drawn after so many inputs.
const BETWEEN_FRAMES: usize = 12;

/// The keys that the bytes from 0x80 on stand for.
const KEYS: [&str; 40] = [
    "Left",
    "Right",
    "Up",
    "Down",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "BackTab",
    "Delete",
    "Insert",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "F9",
    "F10",
    "F11",
    "F12",
    "Shift-Left",
    "Shift-Right",
    "Shift-Up",
    "Shift-Down",
    "Shift-Home",
    "Shift-End",
    "Ctrl-Left",
    "Ctrl-Right",
    "Alt-x",
    "Alt-Left",
    "Alt-Enter",
    "Ctrl-Home",
    "Ctrl-End",
    "Shift-Tab",
    "Shift-Enter",
    "Ctrl-Up",
    "Ctrl-Down",
];

/// The first byte chooses what is on the screen, the next two how large it is, and every other is what is done:
/// a character, Enter, Tab, Backspace and Esc as terminals send them, a key of [`KEYS`], and from 0xb0 on a
/// character of any kind, a size, the wheel or a paste.
pub fn check(bytes: &[u8]) {
    let [choice, width, height, done @ ..] = bytes else {
        return;
    };
    let mut stage = stage(*choice);
    let mut size = size(*width, *height);
    stage.resize(size);
    let mut bytes = done.iter().copied();
    let mut number = 0;
    while let Some(byte) = bytes.next()
        && number < MOST_INPUTS
        && !stage.wants_to_quit()
    {
        number += 1;
        let mut next = || bytes.next().unwrap_or(b'1');
        match byte {
            0xb0..0xc0 => {
                size = self::size(next(), next());
                stage.resize(size);
            }
            0xc0..0xd0 => {
                let way = [Way::Up, Way::Down][usize::from(byte % 2)];
                let (column, row) = (next().into(), next().into());
                stage.update(&Input::Wheel(MouseWheel { way, column, row }));
            }
            0xd0..0xe0 => {
                let pasted: Vec<u8> = bytes.by_ref().take_while(|byte| *byte != 0xd0).collect();
                let pasted = String::from_utf8_lossy(&pasted).into_owned();
                stage.update(&Input::Paste(pasted));
            }
            _ => {
                if let Some(key) = key(byte, next) {
                    stage.update(&Input::Key(key));
                }
            }
        }
        if number % BETWEEN_FRAMES == 0 {
            draw(&stage, size);
        }
    }
    draw(&stage, size);
}

fn size(width: u8, height: u8) -> Size {
    Size::new(1 + u16::from(width) % 180, 1 + u16::from(height) % 60)
}

/// The key that a byte stands for, with those after it.
fn key(byte: u8, mut next: impl FnMut() -> u8) -> Option<Key> {
    let code = match byte {
        b'\r' | b'\n' => KeyCode::Enter,
        b'\t' => KeyCode::Tab,
        0x1b => KeyCode::Esc,
        0x7f => KeyCode::Backspace,
        0..0x1b => {
            let ctrl = Key::from(KeyCode::Char((b'`' + byte).into()));
            return Some(Key { ctrl: true, ..ctrl });
        }
        0x1c..0x20 => return None,
        0x20..0x7f => KeyCode::Char(byte.into()),
        0x80..0xb0 => return KEYS[usize::from(byte - 0x80) % KEYS.len()].parse().ok(),
        _ => {
            let number = u32::from_be_bytes([0, byte % 4, next(), next()]);
            KeyCode::Char(char::from_u32(number)?)
        }
    };
    Some(code.into())
}

/// The course menu, practice, or a sitting with a lesson.
fn stage(choice: u8) -> Stage {
    let glyphs = if choice >= 128 {
        Glyphs::Ascii
    } else {
        Glyphs::Unicode
    };
    let look = Look::new(Theme::Dark, glyphs);
    let keeper = Keeper::open(Some(Rc::new(MemoryShelf::default())), Moment::default);
    match choice % 8 {
        0 => Stage::menu(
            Library::default(),
            keeper,
            look,
            TypedLines::default(),
            open(),
        ),
        1 => Stage::practice(Practising::new(Practice::new(keeper, 7, 2), look)),
        choice => {
            let session = sitting(lesson_by(choice), keeper).unwrap();
            Stage::sitting(App::new(session, look), open())
        }
    }
}

fn open() -> OpenLesson {
    Box::new(|library, wish, keeper| {
        let whole = |reason: String| Complaint::new(0..0, reason, "");
        let (lesson, page) = match wish {
            Wish::Lesson(place, page) => {
                let lesson = library.lesson(place);
                (lesson.map_err(|error| whole(error.to_string()))?, page)
            }
            Wish::Own(line) => {
                let tried = Lesson::tried(&Memory::default(), &Wanted::parse(line));
                let wrong = |untried: Untried| {
                    let mistake = untried.in_line(line);
                    Complaint::new(mistake.span, mistake.message, mistake.advice)
                };
                (tried.map_err(wrong)?, 1)
            }
        };
        let mut session = sitting(Arc::new(lesson), keeper).map_err(whole)?;
        session.run_line(&format!("page {page}"))?;
        Ok(session)
    })
}

fn sitting(lesson: Arc<Lesson>, keeper: Keeper) -> Result<Session, String> {
    let session =
        Session::new_watched(lesson, &Impatient::watch()).map_err(|refusal| refusal.message)?;
    let session = session
        .keeping(keeper)
        .with_files(Rc::new(Memory::default()));
    Ok(session.drawn_by(|session| {
        let svg = svg(session, None, Snapshot::default()).unwrap();
        assert_harmless(&svg);
        svg
    }))
}

/// Draws a frame in which nothing is obeyed by a terminal and nothing reaches beyond the edge.
fn draw(stage: &Stage, size: Size) {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).unwrap();
    terminal.draw(|frame| stage.draw(frame)).unwrap();
    let buffer = terminal.backend().buffer();
    let mut row = String::new();
    for (x, y) in buffer.area.positions().map(Into::into) {
        let symbol = buffer[(x, y)].symbol();
        assert!(
            usize::from(x) + symbol.width() <= usize::from(size.width),
            "{symbol:?} at {x}, {y}"
        );
        row += symbol;
    }
    assert_harmless(&row);
    assert!(!row.contains('\n'));
}
