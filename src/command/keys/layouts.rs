//! Keyboards on which the keys write other letters than those that are printed on most: the tutor's words and keys are
//! Latin, and who has another layout in force, or Caps Lock, is told so.

use super::{On, row};
use crate::explain::capital;

/// The keys of a keyboard, row by row, without Shift and with it.
const LATIN: (&str, &str) = (
    "`qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    "~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?",
);

/// What the same keys write in other layouts. Where a letter stands on two keyboards, the first is told.
const LAYOUTS: [(&str, &str); 3] = [
    ("Russian", "ёйцукенгшщзхъфывапролджэячсмитьбю."),
    ("Ukrainian", "ґйцукенгшщзхїфівапролджєячсмитьбю."),
    ("Greek", "`;ςερτυθιοπ[]ασδφγηξκλ΄'ζχψωβνμ,./"),
];

/// What was meant by something typed, as `is_meant` knows it, and why it came out otherwise; `None` where neither
/// another layout nor Caps Lock is the reason.
pub fn meant_by(typed: &str, is_meant: impl Fn(&str) -> bool) -> Option<(String, String)> {
    let shouts = typed.contains(char::is_uppercase) && !typed.contains(char::is_lowercase);
    let small = |text: &str| Some(text.to_lowercase()).filter(|text| shouts && is_meant(text));
    if let Some(meant) = small(typed) {
        return Some(("Caps Lock seems to be on".to_owned(), meant));
    }
    LAYOUTS.iter().find_map(|(name, keys)| {
        let latin = latin(typed, keys)?;
        let why = format!("the keyboard seems to be {name}");
        let shouted = || Some((format!("{why}, with Caps Lock on"), small(&latin)?));
        let meant = is_meant(&latin).then(|| (why.clone(), latin.clone()));
        meant.or_else(shouted)
    })
}

/// What the keys that have written a text write in Latin, where all of it is from such keys and some of it foreign.
fn latin(typed: &str, keys: &str) -> Option<String> {
    // What is ASCII through and through is looked up nowhere: most of what is typed is.
    if typed.is_ascii() {
        return None;
    }
    let latin = |character: char| {
        if character.is_ascii() {
            return Some(character);
        }
        let place = |wanted: char| keys.chars().position(|key| key == wanted);
        let small = character.to_lowercase().next()?;
        match (place(character), place(small)) {
            (Some(place), _) => LATIN.0.chars().nth(place),
            (None, Some(place)) => LATIN.1.chars().nth(place),
            (None, None) => None,
        }
    };
    let latin: Option<String> = typed.chars().map(latin).collect();
    latin
}

/// What is said to a key that does nothing in a place, by its name, where another layout or Caps Lock is the reason.
pub fn meant_key(name: &str, on: On) -> Option<String> {
    let bound = |key: &str| row(on, |binding| binding.keys.contains(&key));
    if name.chars().count() != 1 || bound(name).is_some() {
        return None;
    }
    let (why, key) = meant_by(name, |key| bound(key).is_some())?;
    let about = bound(&key)?.about;
    let why = capital(&why);
    Some(format!(
        "{why}: {name} is no key here, and {key} is there to {about}."
    ))
}
