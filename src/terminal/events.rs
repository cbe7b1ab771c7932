//! What comes in: keys, the mouse wheel, resizing and signals, in one queue.

use std::io;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{
    self, Event as Reported, KeyCode as Code, KeyEvent, KeyEventKind, KeyModifiers, MouseEvent,
    MouseEventKind,
};

use super::signals;
use crate::command::Way;
use crate::screen::{Input, Key, KeyCode, MouseWheel};
use crate::view::Ground;

/// Something that has come in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "there are no signals"))]
pub enum Event {
    /// What the learner has done.
    Input(Input),
    /// The terminal has another size, or the like: draw again.
    Redraw,
    /// A signal asks the program to end.
    Terminate(i32),
    /// A signal asks the program to stop until it is resumed.
    Suspend,
    /// A file of the lesson that is open has changed.
    Changed,
    /// The terminal has told its background.
    Background(Ground),
    /// The program has been resumed.
    Resumed,
    /// There will be no more input.
    Lost,
}

/// Starts listening to the terminal and to signals. Others may send events, too.
///
/// # Errors
/// Where signals cannot be listened to, or there are no threads.
pub fn listen() -> io::Result<(Sender<Event>, Receiver<Event>)> {
    let (sender, receiver) = channel();
    signals::listen(sender.clone())?;
    let others = sender.clone();
    thread::Builder::new().spawn(move || listen_to_terminal(&sender))?;
    Ok((others, receiver))
}

fn listen_to_terminal(sender: &Sender<Event>) {
    let mut ear = Ear {
        begun: Instant::now(),
        esc: None,
    };
    loop {
        let Ok(heard) = hear(&mut ear) else {
            let _ = sender.send(Event::Lost);
            return;
        };
        let keys = heard.keys.into_iter().flat_map(apart);
        let told = heard.background.map(Event::Background);
        for event in keys.filter_map(translate).chain(told) {
            if sender.send(event).is_err() {
                return;
            }
        }
    }
}

/// So long an Esc is waited with that may be the beginning of something longer: what it does is to be seen 16 ms after it
/// was pressed.
const PATIENCE: Duration = Duration::from_millis(5);

/// The parts of what is sent as several bytes are not further apart, and the keys of a hand are. What comes so soon after
/// an Esc that was not waited with any longer belongs to it.
const APART: Duration = Duration::from_millis(25);

/// So soon after the beginning the terminal answers what it is asked, and then there is time for an Esc as well.
const ANSWERING: Duration = Duration::from_secs(2);

/// When things have come in.
struct Ear {
    /// When it was begun to listen.
    begun: Instant,
    /// When an Esc was passed on that nothing had followed.
    esc: Option<Instant>,
}

impl Ear {
    /// So long an Esc is waited with.
    fn patience(&self) -> Duration {
        let answers = self.begun.elapsed() < ANSWERING;
        if answers { APART } else { PATIENCE }
    }
}

/// What has come next.
struct Heard {
    keys: Vec<Reported>,
    /// The terminal's answer to the question for its background.
    background: Option<Ground>,
}

/// Waits for what comes next. An answer of the terminal comes as if it were typed: it is put together, and none of it is
/// a key.
fn hear(ear: &mut Ear) -> io::Result<Heard> {
    let mut keys = hear_key(ear)?;
    if !begins_answer(&keys) {
        let background = None;
        return Ok(Heard { keys, background });
    }
    let mut others = Vec::new();
    let mut answer = String::new();
    let mut whole = false;
    while !whole && is_background(&answer) && event::poll(APART)? {
        let next = event::read()?;
        let Some(key) = next.as_key_press_event() else {
            others.push(next);
            continue;
        };
        let after_esc = keys.last().and_then(Reported::as_key_press_event);
        let after_esc = after_esc.is_some_and(|key| key.code == Code::Esc);
        keys.push(next);
        match (key.code, key.modifiers) {
            (Code::Char('\\'), KeyModifiers::ALT) | (Code::Char('g'), KeyModifiers::CONTROL) => {
                whole = true;
            }
            (Code::Char('\\'), _) if after_esc => whole = true,
            (Code::Esc, _) => {}
            (Code::Char(character), _) => answer.push(character),
            // What nobody sends in an answer.
            (_, _) => answer.push(' '),
        }
    }
    let told = answer.strip_prefix(BACKGROUND);
    let background = told.filter(|_| whole).and_then(Ground::answered);
    if told.is_none() {
        others.splice(0..0, keys);
    }
    let keys = others;
    Ok(Heard { keys, background })
}

/// How the answer begins that tells the background, after what begins every such answer.
const BACKGROUND: &str = "11;";

/// Whether keys are `ESC ]`, in one piece or in two.
fn begins_answer(heard: &[Reported]) -> bool {
    let keys: Vec<KeyEvent> = (heard.iter())
        .filter_map(Reported::as_key_press_event)
        .collect();
    match keys[..] {
        [key] => key.code == Code::Char(']') && key.modifiers == KeyModifiers::ALT,
        [esc, key] => esc.code == Code::Esc && key.code == Code::Char(']'),
        _ => false,
    }
}

/// Whether what has come so far may be an answer that tells the background.
fn is_background(answer: &str) -> bool {
    /// More is in none.
    const LONGEST: usize = 40;
    let begun = answer.len().min(BACKGROUND.len());
    answer.len() <= LONGEST
        && answer.is_ascii()
        && answer[..begun] == BACKGROUND[..begun]
        && !answer.contains(' ')
}

/// Waits for a key. Of one whose first byte has been passed on as an Esc there is only the rest.
fn hear_key(ear: &mut Ear) -> io::Result<Vec<Reported>> {
    let first = event::read()?;
    let code = first.as_key_press_event().map(|key| key.code);
    let esc = ear.esc.take();
    let follows = esc.is_some_and(|passed_on| passed_on.elapsed() < APART);
    let is_rest = follows && matches!(code, Some(Code::Char('[' | 'O' | ']')));
    let mut heard = vec![first];
    if is_rest {
        heard.insert(0, Reported::Key(Code::Esc.into()));
    } else if code == Some(Code::Esc) {
        if !event::poll(ear.patience())? {
            ear.esc = Some(Instant::now());
            return Ok(heard);
        }
        heard.push(event::read()?);
    } else {
        return Ok(heard);
    }
    if begins_answer(&heard) {
        return Ok(heard);
    }
    let last = |heard: &[Reported]| heard.last().and_then(Reported::as_key_press_event);
    let goes_on = |key: KeyEvent| matches!(key.code, Code::Char('[' | 'O'));
    if last(&heard).is_some_and(goes_on) && event::poll(APART)? {
        heard.push(event::read()?);
    }
    if let Some(code) = last(&heard)
        .filter(|_| heard.len() == 3)
        .and_then(|key| arrow(key.code))
    {
        return Ok(vec![Reported::Key(code.into())]);
    }
    // Its Esc has been passed on.
    heard.drain(..usize::from(is_rest));
    Ok(heard)
}

/// The key whose last byte is read as such a character.
fn arrow(last: Code) -> Option<Code> {
    let keys = [
        ('A', Code::Up),
        ('B', Code::Down),
        ('C', Code::Right),
        ('D', Code::Left),
        ('H', Code::Home),
        ('F', Code::End),
        ('Z', Code::BackTab),
    ];
    let found = keys.iter().find(|(byte, _)| last == Code::Char(*byte));
    found.map(|(_, code)| *code)
}

/// Esc and a key that have arrived together, which cannot be told from the key held with Alt, as two.
fn apart(reported: Reported) -> Vec<Reported> {
    let Reported::Key(key) = reported else {
        return vec![reported];
    };
    let both = key.modifiers & (KeyModifiers::ALT | KeyModifiers::CONTROL) == KeyModifiers::ALT;
    if !both || !matches!(key.code, Code::Char(_) | Code::Enter | Code::Esc) {
        return vec![reported];
    }
    let modifiers = key.modifiers - KeyModifiers::ALT;
    let alone = Reported::Key(KeyEvent { modifiers, ..key });
    vec![Reported::Key(Code::Esc.into()), alone]
}

fn translate(reported: Reported) -> Option<Event> {
    match reported {
        Reported::Key(reported) if is_control(reported, 'l') => Some(Event::Redraw),
        Reported::Key(reported) => key(reported).map(Input::Key).map(Event::Input),
        Reported::Paste(text) => Some(Event::Input(Input::Paste(text))),
        // On Unix a signal tells it: crossterm listens only once it reads, and misses what comes before.
        Reported::Resize(..) if cfg!(not(unix)) => Some(Event::Redraw),
        Reported::Mouse(mouse) => wheel(mouse).map(Input::Wheel).map(Event::Input),
        Reported::Resize(..) | Reported::FocusGained | Reported::FocusLost => None,
    }
}

/// Whether a key is this letter with Ctrl alone.
fn is_control(key: KeyEvent, letter: char) -> bool {
    key.kind != KeyEventKind::Release
        && key.code == Code::Char(letter)
        && key.modifiers == KeyModifiers::CONTROL
}

/// The key that is pressed; a key let go is none.
#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn key(reported: KeyEvent) -> Option<Key> {
    let code = match reported.code {
        _ if reported.kind == KeyEventKind::Release => return None,
        // Some terminals send these bytes for the keys, and some programs to whom a line feed ends a line.
        _ if is_control(reported, 'h') => return Some(KeyCode::Backspace.into()),
        _ if is_control(reported, 'j') => return Some(KeyCode::Enter.into()),
        Code::Char(character) => KeyCode::Char(character),
        Code::F(number) => KeyCode::F(number),
        Code::Backspace => KeyCode::Backspace,
        Code::Enter => KeyCode::Enter,
        Code::Left => KeyCode::Left,
        Code::Right => KeyCode::Right,
        Code::Up => KeyCode::Up,
        Code::Down => KeyCode::Down,
        Code::Home => KeyCode::Home,
        Code::End => KeyCode::End,
        Code::PageUp => KeyCode::PageUp,
        Code::PageDown => KeyCode::PageDown,
        Code::Tab => KeyCode::Tab,
        Code::BackTab => KeyCode::BackTab,
        Code::Delete => KeyCode::Delete,
        Code::Insert => KeyCode::Insert,
        Code::Esc => KeyCode::Esc,
        // Terminals tell of other keys only where they are asked to.
        _ => return None,
    };
    let held = |modifier| reported.modifiers.contains(modifier);
    // Some terminals tell of AltGr as of Ctrl and Alt together, with the character that it writes.
    let alt_gr = held(KeyModifiers::CONTROL | KeyModifiers::ALT)
        && matches!(code, KeyCode::Char(c) if !c.is_ascii_alphanumeric() && c != ' ');
    Some(Key {
        code,
        ctrl: held(KeyModifiers::CONTROL) && !alt_gr,
        alt: held(KeyModifiers::ALT) && !alt_gr,
        shift: held(KeyModifiers::SHIFT),
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "a foreign enum")]
fn wheel(mouse: MouseEvent) -> Option<MouseWheel> {
    let way = match mouse.kind {
        MouseEventKind::ScrollDown => Way::Down,
        MouseEventKind::ScrollUp => Way::Up,
        _ => return None,
    };
    Some(MouseWheel {
        way,
        column: mouse.column,
        row: mouse.row,
    })
}
