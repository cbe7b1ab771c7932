//! Keys: the tables that say what they do, and the keys themselves.

use nnmom_tutor::command::{
    BINDINGS, Binding, Command, Deed, Editing, Home, Occasion, On, PRACTICE_WORDS, Picture,
    Vocabulary, deed, hints, key_label, keys_help, meant_key, parse, practised,
};
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, Moment};
use nnmom_tutor::screen::{App, Chooser, FullScreen, Glyphs, Key, KeyCode, Practising};
use nnmom_tutor::session::Library;
use nnmom_tutor::view::Menu;

use crate::support::screens::{STACKED, app, enter, look, press, screen, shown, write};
use crate::support::sittings::{EXERCISES, at_page};

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
fn in_a_lesson_only_the_bar_and_going_on_are_no_commands() {
    let of_lesson = |on| matches!(on, On::Lesson | On::Picture(_));
    let others: Vec<&Binding> = BINDINGS
        .iter()
        .filter(|b| of_lesson(b.on) && b.deed.command().is_none())
        .collect();
    assert!(matches!(others.as_slice(), [on, bar] if on.keys == ["Enter"] && bar.keys == [":"]));
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
        ghost: true,
        whole: false,
        picture: false,
        exercise: true,
        leads_to: Home::Menu,
        last_page: true,
        copies: false,
        hint: None,
    };
    let words = |occasion| -> Vec<String> {
        let hints = hints(On::Lesson, occasion).into_iter();
        hints.map(|(_, words)| words.into_owned()).collect()
    };
    let (usual, all) = (words(Occasion::default()), words(all));
    for (word, instead) in [("quit", "menu"), ("page", "next lesson")] {
        let has = |words: &[String], word| words.iter().any(|other| other == word);
        assert!(has(&usual, word) && !has(&usual, instead));
        assert!(has(&all, instead) && !has(&all, word));
    }
    assert!(!usual.iter().any(|word| word == "exercise"));
    assert_eq!(all[..4], ["line", "update", "back", "exercise"]);
    let mut usual = hints(On::Lesson, Occasion::default()).into_iter();
    assert!(usual.any(|(keys, word)| keys == ["[", "]"] && word == "μ"));
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
        assert!(
            !types || deed(key, On::Typing) == Some(Deed::Edit(Editing::Write)),
            "{key}"
        );
    }
}

#[test]
fn every_word_and_every_key_stands_for_a_command() {
    let parsed = |line| parse(line, &Vocabulary::default()).unwrap().unwrap();
    for (deed, word, about) in PRACTICE_WORDS {
        assert_eq!(practised(&parsed(word)), Some((*deed, *about)));
    }
    for binding in BINDINGS {
        let here = matches!(
            binding.on,
            On::Practice | On::Typing | On::Solved | On::Summary
        );
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

/// What keyboards write without a third level and without dead keys, besides letters and digits.
const DIRECT: [(&str, &str); 3] = [
    ("German", "äöüÄÖÜß!\"§$%&/()=?+*#'-_.:,;<>°"),
    ("French", "éèçàùµ&\"'(-_)=°+$£*%,;:!?./§<>²"),
    ("Spanish", "ñÑçÇ!\"·$%&/()=?¿¡'+*-_.:,;<>ºª"),
];

/// Whether every keyboard has a key, without a third level and without composing.
fn is_direct(key: &str) -> bool {
    let mut characters = key.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return !is_function_key(key);
    };
    let has = |written: &str| character.is_ascii_alphanumeric() || written.contains(character);
    DIRECT.iter().all(|(_, written)| has(written))
}

fn is_function_key(key: &str) -> bool {
    matches!(key.parse::<Key>().unwrap().code, KeyCode::F(_))
}

#[test]
fn every_key_that_a_keyboard_cannot_reach_has_another() {
    for character in ["[", "]", "{", "}", "~", "\\", "@", "^", "`", "´", "|", "F1"] {
        assert!(!is_direct(character), "{character}");
    }
    for binding in BINDINGS {
        let by_word = binding.keys.iter().all(|key| is_function_key(key));
        let direct = binding.keys.iter().any(|key| is_direct(key));
        assert!(direct || by_word, "{binding:?}");
    }
}

#[test]
fn every_function_key_has_another_way_and_help_shows_it() {
    let help_of_keys = keys_help(false).text();
    let mut round = Practice::new(Keeper::open(None, || Moment(0)), 3, 1);
    let mut practising = Practising::new(round.clone(), look(Glyphs::Unicode));
    press(&mut practising, "F1");
    let help_of_practice = practising.window().unwrap().sheet.text.text();
    let rows = BINDINGS.iter();
    for binding in rows.filter(|row| row.keys.iter().any(|key| is_function_key(key))) {
        let other = binding.keys.iter().copied().find(|key| is_direct(key));
        let (help, word) = match (binding.on, binding.deed) {
            (On::Lesson | On::Question | On::Goal | On::Answered, Deed::Command(word)) => {
                (&help_of_keys, word)
            }
            (On::Practice, Deed::Command(word)) => (&help_of_practice, word),
            // A round is over, and the same has been told before.
            (On::Solved | On::Summary, Deed::Command("mouse"))
            | (On::Solved, Deed::Command("help"))
            | (On::Reading, Deed::Close)
            | (On::Menu, Deed::Command("keys")) => {
                assert!(other.is_some(), "{binding:?}");
                continue;
            }
            _ => panic!("where does help tell of {binding:?}?"),
        };
        let mut lines = help.lines();
        let line = lines.find(|line| line.trim_start().starts_with(key_label(binding.keys[0])));
        let line = line.unwrap_or_else(|| panic!("{binding:?}: {help}"));
        let another = other.is_some_and(|key| line.contains(key));
        assert!(another || line.contains(&format!("({word})")), "{line}");
        if binding.on == On::Practice && word != "mouse" {
            assert!(round.reply(word).is_ok(), "{word}");
        }
    }
    // Where a question is answered, the words are understood.
    let mut app = shown(at_page(EXERCISES, 2));
    for word in ["hint", "solution"] {
        press(&mut app, "x");
        write(&mut app, word);
        press(&mut app, "Enter");
        assert!(screen(&mut app, STACKED).contains("F3 hint"), "{word}");
        press(&mut app, "Esc");
    }
}

#[test]
fn momentum_and_rate_have_keys_on_every_keyboard() {
    for (keys, others) in [("]", "o"), ("[", "i"), ("}", "O"), ("{", "I")].map(|pair| pair) {
        let after = |key: &str| {
            let mut app = app("momentum", &["set momentum 0.5", "set lr 0.02"]);
            press(&mut app, key);
            let settings = app.session().record().settings;
            (settings.momentum, settings.learning_rate)
        };
        assert_eq!(after(keys), after(others));
        assert_ne!(after(keys), (0.5, 0.02));
    }
}

fn lesson() -> App {
    app("momentum", &[])
}

#[test]
fn a_letter_does_the_same_pressed_on_the_screen_and_typed_in_line_mode() {
    let keys = BINDINGS.iter().filter(|binding| binding.on == On::Lesson);
    let letters = keys.flat_map(|binding| binding.keys.iter().map(move |key| (*key, binding.deed)));
    let mut compared = 0;
    for (key, does) in letters.filter(|(key, _)| key.len() == 1) {
        let Deed::Command(line) = does else { continue };
        let typed = parse(key, &Vocabulary::default()).unwrap();
        assert_eq!(typed, does.command(), "{key} is {line}");
        compared += 1;
    }
    assert!(compared > 30, "{compared}");
    // In front of a goal no letter means anything else.
    for letter in ('a'..='z').map(|letter| letter.to_string()) {
        assert_eq!(
            deed(&letter, On::Goal),
            deed(&letter, On::Lesson),
            "{letter}"
        );
    }
}

#[test]
fn another_layout_and_caps_lock_are_told_on_every_screen_and_nothing_is_done() {
    // Each letter lies where the Latin key is.
    for (letter, key) in [
        ("т", "n"),
        ("ы", "s"),
        ("ц", "w"),
        ("Ж", ":"),
        ("ς", "w"),
        ("ν", "n"),
        ("Ы", "S"),
    ] {
        let on = if key.eq_ignore_ascii_case("s") {
            On::Picture(Picture::Weights)
        } else {
            On::Lesson
        };
        let told = meant_key(letter, on).unwrap();
        assert!(
            told.contains(&format!("{letter} is no key here, and {key} is there to")),
            "{told}"
        );
    }
    for key in ["n", "G", "C", "?", "é", "日", "Ctrl-C", "Space"] {
        assert_eq!(meant_key(key, On::Lesson), None, "{key}");
    }

    let mut app = lesson();
    press(&mut app, "т");
    assert_eq!(
        app.message().text(),
        "The keyboard seems to be Russian: т is no key here, and n is there to show the next line."
    );
    press(&mut app, "N");
    assert_eq!(
        app.message().text(),
        "Caps Lock seems to be on: N is no key here, and n is there to show the next line."
    );
    press(&mut app, "Т");
    assert!(
        app.message()
            .text()
            .contains("Russian, with Caps Lock on: Т is no key here, and n")
    );
    assert_eq!(app.session().position().lines, 0, "nothing is done");

    // What is read stays open, and a question whether is neither agreed to nor declined.
    enter(&mut app, "progress reset");
    press(&mut app, "н");
    let seen = screen(&mut app, STACKED);
    assert!(
        seen.contains("Press y to forget") && seen.contains("and y is there to agree"),
        "{seen}"
    );
    press(&mut app, "n");
    enter(&mut app, "why");
    press(&mut app, "й");
    let seen = screen(&mut app, STACKED);
    assert!(seen.contains("and q is there to close"), "{seen}");
    press(&mut app, "q");
    assert!(!app.wants_to_quit());
}

#[test]
fn another_layout_and_caps_lock_are_told_where_a_line_is_typed() {
    for (typed, told) in [
        (
            "ыеуз",
            "the keyboard seems to be Russian; did you mean `step`?",
        ),
        (
            "ыуе ьщьутегь 0",
            "the keyboard seems to be Russian; did you mean `set momentum 0`?",
        ),
        (
            "στεπ 3",
            "the keyboard seems to be Greek; did you mean `step 3`?",
        ),
        ("STEP 3", "Caps Lock seems to be on; did you mean `step 3`?"),
        (
            "ЫЕУЗ",
            "the keyboard seems to be Russian, with Caps Lock on; did you mean `step`?",
        ),
        (
            "іеуз",
            "the keyboard seems to be Ukrainian; did you mean `step`?",
        ),
    ] {
        let mut app = lesson();
        enter(&mut app, typed);
        let seen = screen(&mut app, (120, 30));
        assert!(seen.contains(told), "{typed}: {seen}");
        assert_eq!(app.session().step(), 0);
    }
    // The tutor's own symbols are Greek letters.
    let mut app = lesson();
    enter(&mut app, "η 0.5");
    assert!(screen(&mut app, (120, 30)).contains("`set η` and a value changes it"));
    // A question's field, for a number, a word and a letter.
    for (page, typed, told) in [
        (2, "0ю5", "seems to be Russian; did you mean `0.5`?"),
        (2, "рште", "seems to be Russian; did you mean `hint`?"),
        (3, "и", "seems to be Russian; did you mean `b`?"),
    ] {
        let mut app = shown(at_page(EXERCISES, page));
        press(&mut app, "x");
        write(&mut app, typed);
        press(&mut app, "Enter");
        let seen = screen(&mut app, STACKED);
        let words: Vec<&str> = seen.split_whitespace().collect();
        assert!(words.join(" ").contains(told), "{typed}: {seen}");
    }
    let practice = Practice::new(Keeper::open(None, || Moment(0)), 3, 1);
    let mut practising = Practising::new(practice, look(Glyphs::Unicode));
    write(&mut practising, "рште");
    let seen = screen(&mut practising, (120, 30));
    assert!(seen.contains("did you mean `hint`?"), "{seen}");
    press(&mut practising, "Esc F5 й");
    assert!(practising.is_over());
    let seen = screen(&mut practising, STACKED);
    assert!(
        seen.contains("Russian: й is no key here, and q is there to leave."),
        "{seen}"
    );

    let menu = Menu::of(&Library::default(), Keeper::default().logbook());
    let mut chooser = Chooser::new(menu, look(Glyphs::Unicode));
    press(&mut chooser, "з");
    let seen = screen(&mut chooser, (130, 30));
    assert!(
        seen.contains("and p is there to begin a round of practice."),
        "{seen}"
    );
    press(&mut chooser, "P");
    assert!(screen(&mut chooser, (100, 30)).contains("Caps Lock seems to be on"));
    assert!(chooser.take_picked().is_none());
}
