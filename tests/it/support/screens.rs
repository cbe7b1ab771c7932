//! A screen of the tutor without a terminal: keys by their names, and what is seen of it as text.

use std::collections::BTreeMap;

use nnmom_tutor::command::Way;
use nnmom_tutor::screen::{App, FullScreen, Glyphs, Input, KeyCode, Look, MouseWheel, Pane, Theme};
use nnmom_tutor::session::Session;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use ratatui::{Terminal, backend::TestBackend};
use unicode_width::UnicodeWidthStr;

use super::sittings::sitting;

/// The size at which each screen is pinned. At [`STACKED`] and at [`SMALLEST`] the panes take turns.
pub const WIDE: (u16, u16) = (100, 30);
/// The update above, another pane below.
pub const STACKED: (u16, u16) = (80, 24);
/// One pane at a time.
pub const SMALLEST: (u16, u16) = (60, 16);

// ---- Opening ----

/// Dark, with these glyphs.
pub fn look(glyphs: Glyphs) -> Look {
    Look::new(Theme::Dark, glyphs)
}

/// A sitting on the screen.
pub fn shown(session: Session) -> App {
    App::new(session, look(Glyphs::Unicode))
}

/// A lesson on the screen, by its name or its path, in which these lines have been typed.
pub fn app(lesson: &str, lines: &[&str]) -> App {
    app_with(lesson, Glyphs::Unicode, lines)
}

/// The same with other glyphs.
pub fn app_with(lesson: &str, glyphs: Glyphs, lines: &[&str]) -> App {
    let mut app = App::new(sitting(lesson), look(glyphs));
    for line in lines {
        enter(&mut app, line);
    }
    app
}

// ---- Keys ----

/// Presses keys one after another, by the names that the table of keys has for them: `Shift-Down`, `Ctrl-C`, `n`.
#[track_caller]
pub fn press(screen: &mut impl FullScreen, keys: &str) {
    for name in keys.split(' ') {
        screen.update(&Input::Key(name.parse().unwrap()));
    }
}

/// Types a text, letter by letter.
pub fn write(screen: &mut impl FullScreen, text: &str) {
    for character in text.chars() {
        screen.update(&Input::Key(KeyCode::Char(character).into()));
    }
}

/// Types a text and enters it.
pub fn answer(screen: &mut impl FullScreen, text: &str) {
    write(screen, text);
    press(screen, "Enter");
}

/// Types a line in the bar and enters it.
pub fn enter(app: &mut App, line: &str) {
    write(app, ":");
    answer(app, line);
}

/// Turns the wheel over a place.
pub fn turn_wheel(screen: &mut impl FullScreen, way: Way, (column, row): (u16, u16)) {
    screen.update(&Input::Wheel(MouseWheel { way, column, row }));
}

// ---- What is seen ----

/// The cells of the screen at a size.
pub fn drawn(screen: &mut impl FullScreen, (width, height): (u16, u16)) -> Buffer {
    screen.resize(Size::new(width, height));
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    terminal.draw(|frame| screen.draw(frame)).unwrap();
    terminal.backend().buffer().clone()
}

/// The whole screen as text.
pub fn screen(screen: &mut impl FullScreen, size: (u16, u16)) -> String {
    let buffer = drawn(screen, size);
    text(&buffer, buffer.area)
}

/// The text in a part of the screen, without the blanks at the ends of its lines.
pub fn text(buffer: &Buffer, area: Rect) -> String {
    let mut text = String::new();
    for y in area.rows().map(|row| row.y) {
        let mut line = String::new();
        let mut x = area.x;
        while x < area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            // What is two columns wide hides the cell after it.
            x += (symbol.width() as u16).max(1);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// One pane with its frame; it must be in sight at this size.
pub fn pane(app: &mut App, pane: Pane, size: (u16, u16)) -> String {
    let buffer = drawn(app, size);
    text(&buffer, place(app, pane))
}

/// Where a pane is.
#[track_caller]
pub fn place(app: &App, pane: Pane) -> Rect {
    let areas = app.areas().expect("the screen is large enough");
    areas.pane(pane).expect("the pane is in sight")
}

/// The window in front of the panes, with its frame.
#[track_caller]
pub fn window(app: &mut App, size: (u16, u16)) -> String {
    let buffer = drawn(app, size);
    let areas = app.areas().expect("the screen is large enough");
    let is_pane = |frame: &Rect| areas.panes.iter().any(|(_, area)| area == frame);
    let front = frames(&buffer).into_iter().find(|frame| !is_pane(frame));
    let all = || text(&buffer, buffer.area);
    text(
        &buffer,
        front.unwrap_or_else(|| panic!("no window is in front:\n{}", all())),
    )
}

/// Every frame whose four sides are on the screen, whole.
pub fn frames(buffer: &Buffer) -> Vec<Rect> {
    let corners = buffer.area.positions();
    corners
        .filter_map(|corner| {
            ["┌┐└┘│", "┏┓┗┛┃"].iter().find_map(|signs| {
                let signs: Vec<String> = signs.chars().map(String::from).collect();
                let is = |x: u16, y: u16, sign: usize| buffer[(x, y)].symbol() == signs[sign];
                if !is(corner.x, corner.y, 0) {
                    return None;
                }
                let right = (corner.x + 1..buffer.area.width).find(|&x| is(x, corner.y, 1))?;
                let sides = |y: &u16| is(corner.x, *y, 4) && is(right, *y, 4);
                let inside = (corner.y + 1..buffer.area.height).take_while(sides).count() as u16;
                let bottom = corner.y + 1 + inside;
                let closed =
                    bottom < buffer.area.height && is(corner.x, bottom, 2) && is(right, bottom, 3);
                closed.then(|| Rect::new(corner.x, corner.y, right - corner.x + 1, inside + 2))
            })
        })
        .collect()
}

/// The colours of a part of the screen, a letter for each.
pub fn colours(buffer: &Buffer, area: Rect) -> String {
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let mut picture = String::new();
    for row in area.rows() {
        for position in row.positions() {
            let cell = &buffer[position];
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
