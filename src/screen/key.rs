//! A key of the keyboard, and the name that the tables of keys know it by, such as `Shift-Down`.

use std::str::FromStr;

/// A key as it is pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// Which key it is.
    pub code: KeyCode,
    /// Whether Ctrl is held.
    pub ctrl: bool,
    /// Whether Alt is held.
    pub alt: bool,
    /// Whether Shift is held.
    pub shift: bool,
}

/// Which key it is, whatever is held with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they say what is printed on the keys")]
pub enum KeyCode {
    /// A key that writes a character.
    Char(char),
    /// A key with a number.
    F(u8),
    Backspace,
    Enter,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    Tab,
    BackTab,
    Delete,
    Insert,
    Esc,
}

/// The keys that are called as they are written in [`KeyCode`].
const PRINTED: [KeyCode; 15] = {
    use KeyCode::{
        BackTab, Backspace, Delete, Down, End, Enter, Esc, Home, Insert, Left, PageDown, PageUp,
        Right, Tab, Up,
    };
    [
        Backspace, Enter, Left, Right, Up, Down, Home, End, PageUp, PageDown, Tab, BackTab, Delete,
        Insert, Esc,
    ]
};

impl From<KeyCode> for Key {
    fn from(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
            shift: false,
        }
    }
}

impl Key {
    /// The name by which the tables of keys know it: `n`, `Space`, `F2`, `Shift-Down`, `Ctrl-C`, `Alt-x`.
    pub fn name(self) -> String {
        let name = if self.code == KeyCode::Char(' ') {
            "Space".to_owned()
        } else if let KeyCode::Char(character) = self.code {
            let upper = character.to_ascii_uppercase();
            (if self.ctrl { upper } else { character }).to_string()
        } else if let KeyCode::F(number) = self.code {
            format!("F{number}")
        } else {
            format!("{:?}", self.code)
        };
        let alt = if self.alt { "Alt-" } else { "" };
        // Shift is heard in the character, and in `BackTab`.
        let tells_shift = name.chars().count() == 1;
        let held = if self.code == KeyCode::BackTab {
            ""
        } else if self.ctrl {
            "Ctrl-"
        } else if self.shift && !tells_shift {
            "Shift-"
        } else {
            ""
        };
        format!("{alt}{held}{name}")
    }
}

/// No key is called that.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no key is called `{0}`")]
pub struct NoSuchKey(String);

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(name: &str) -> Result<Self, NoSuchKey> {
        let strip = |name, held| match str::strip_prefix(name, held) {
            Some(rest) => (rest, true),
            None => (name, false),
        };
        let (rest, alt) = strip(name, "Alt-");
        let (rest, ctrl) = strip(rest, "Ctrl-");
        let (rest, shift) = strip(rest, "Shift-");
        let mut characters = rest.chars();
        let number = || rest.strip_prefix('F')?.parse().ok().map(KeyCode::F);
        let printed = || PRINTED.into_iter().find(|code| format!("{code:?}") == rest);
        let code = match (characters.next(), characters.next()) {
            (Some(character), None) if ctrl => Some(KeyCode::Char(character.to_ascii_lowercase())),
            (Some(character), None) => Some(KeyCode::Char(character)),
            _ if rest == "Space" => Some(KeyCode::Char(' ')),
            _ => number().or_else(printed),
        };
        let code = code.ok_or_else(|| NoSuchKey(name.to_owned()))?;
        Ok(Self {
            code,
            ctrl,
            alt,
            shift,
        })
    }
}
