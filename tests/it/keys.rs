//! Keys: the tables that say what they do, and the keys themselves.

use nnmom_tutor::command::{
    BINDINGS, Binding, Command, Deed, Home, Occasion, On, PRACTICE_WORDS, Picture, Vocabulary,
    deed, hints, parse, practised,
};
use nnmom_tutor::screen::{Key, KeyCode};

/// Every place that has keys.
fn places() -> impl Iterator<Item = On> {
    let mut places: Vec<On> = BINDINGS.iter().map(|binding| binding.on).collect();
    places.dedup();
    places.into_iter()
}

#[test]
fn every_line_that_a_key_stands_for_parses() {
    for binding in BINDINGS {
        let is_line = matches!(binding.deed, Deed::Command(_));
        assert_eq!(binding.deed.command().is_some(), is_line, "{binding:?}");
    }
}

#[test]
fn in_a_lesson_only_the_bar_is_no_command() {
    let of_lesson = |on| matches!(on, On::Lesson | On::Picture(_));
    let others: Vec<&Binding> = BINDINGS
        .iter()
        .filter(|b| of_lesson(b.on) && b.deed.command().is_none())
        .collect();
    assert!(matches!(others.as_slice(), [bar] if bar.keys == [":"]));
}

#[test]
fn every_hint_names_a_key_of_its_row() {
    for binding in BINDINGS {
        if let Some(hint) = binding.hint {
            assert!(binding.keys.contains(&hint.key), "{binding:?}");
        }
    }
}

#[test]
fn hints_suit_the_occasion() {
    let all = Occasion {
        exercise: true,
        leads_to: Home::Menu,
        last_page: true,
    };
    let words = |occasion| -> Vec<&str> {
        let hints = hints(On::Lesson, occasion).into_iter();
        hints.map(|(_, words)| words).collect()
    };
    let (usual, all) = (words(Occasion::default()), words(all));
    for (word, instead) in [("quit", "menu"), ("page", "next lesson")] {
        assert!(usual.contains(&word) && !usual.contains(&instead));
        assert!(all.contains(&instead) && !all.contains(&word));
    }
    assert!(!usual.contains(&"exercise"));
    assert_eq!(all[..4], ["line", "update", "back", "exercise"]);
    let momentum = |hint: &(Vec<&str>, &str)| *hint == (vec!["[", "]"], "μ");
    assert!(hints(On::Lesson, Occasion::default()).iter().any(momentum));
}

#[test]
fn a_picture_in_focus_has_its_keys_before_all_others() {
    let does = |on| deed("Left", on);
    assert_eq!(does(On::Lesson), Some(Deed::Command("back line")));
    let surface = On::Picture(Picture::Surface);
    assert_eq!(does(surface), Some(Deed::Command("back line")));
    let sweep = On::Picture(Picture::Sweep);
    assert_eq!(does(sweep), Some(Deed::Command("sweep left")));
}

#[test]
fn no_key_does_two_things_in_one_place() {
    for on in places() {
        let bindings = BINDINGS.iter().filter(|binding| binding.on == on);
        let keys: Vec<&str> = bindings.flat_map(|binding| binding.keys).copied().collect();
        let mut unique = keys.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), keys.len(), "{on:?}");
    }
}

#[test]
fn no_key_of_practice_is_needed_to_type_a_number() {
    let practice = BINDINGS.iter().filter(|binding| binding.on == On::Practice);
    for key in practice.flat_map(|binding| binding.keys) {
        let types = key.chars().count() == 1;
        assert!(!types || deed(key, On::Typing) == Some(Deed::Edit), "{key}");
    }
}

#[test]
fn every_word_and_every_key_stands_for_a_command() {
    let parsed = |line| parse(line, &Vocabulary::default()).unwrap().unwrap();
    for (deed, word, about) in PRACTICE_WORDS {
        assert_eq!(practised(&parsed(word)), Some((*deed, *about)));
    }
    for binding in BINDINGS {
        let here = matches!(binding.on, On::Practice | On::Typing | On::Summary);
        let command = binding.deed.command().filter(|_| here);
        let of_screen = matches!(command, Some(Command::Screen(_)) | None);
        assert!(
            of_screen || command.is_some_and(|command| practised(&command).is_some()),
            "{binding:?}"
        );
    }
}

#[test]
fn every_key_of_the_tables_is_one_that_can_be_pressed() {
    let bound = BINDINGS.iter().flat_map(|binding| binding.keys);
    for name in bound.chain(&["Alt-x", "Alt-Ctrl-Left", "-", "Ctrl--"]) {
        assert_eq!(name.parse::<Key>().unwrap().name(), *name);
    }
}

#[test]
fn a_character_tells_by_itself_that_shift_is_held() {
    let held = |code| Key {
        shift: true,
        ..Key::from(code)
    };
    assert_eq!(held(KeyCode::Char('F')).name(), "F");
    assert_eq!(held(KeyCode::BackTab).name(), "BackTab");
    assert_eq!(held(KeyCode::Char(' ')).name(), "Shift-Space");
}

#[test]
fn what_is_no_key_is_said_to_be_none() {
    for name in ["", "Down-Shift", "Fx", "space"] {
        let said = name.parse::<Key>().unwrap_err().to_string();
        assert!(said.contains(&format!("`{name}`")), "{said}");
    }
}
