//! The command language: its table, what a line means, how it can go on.

use nnmom_tutor::command::{Command, Spaced, TABLE, Vocabulary, complete, names_a_file, parse};
use nnmom_tutor::explain::Decimal;

/// The words that are suggested behind a line.
fn words_after(line: &str, vocabulary: &Vocabulary) -> Vec<String> {
    let candidates = complete(&format!("{line} "), vocabulary).candidates;
    candidates
        .into_iter()
        .map(|candidate| candidate.word)
        .collect()
}

#[test]
fn every_example_parses_to_its_own_row() {
    let vocabulary = Vocabulary {
        pages: 3,
        ..Vocabulary::default()
    };
    for row in TABLE.iter() {
        for example in row.examples() {
            let word = example.split_whitespace().next().unwrap();
            let help = parse(&format!("help {word}"), &vocabulary).unwrap();
            assert_eq!(help, Some(Command::Help(Some(row))));
            assert!(parse(example, &vocabulary).unwrap().is_some(), "{example}");
        }
    }
}

#[test]
fn names_are_told_apart() {
    for (index, row) in TABLE.iter().enumerate() {
        for other in &TABLE[index + 1..] {
            assert_ne!(row.name, other.name);
            assert!(
                row.short.is_empty() || row.short != other.short,
                "{}",
                row.short
            );
        }
    }
}

#[test]
fn every_suggested_word_is_understood() {
    let parameters = ["w".to_owned()];
    let vocabulary = Vocabulary {
        parameters: &parameters,
        branches: &["main"],
        pages: 2,
        lessons: &["momentum"],
        ..Vocabulary::default()
    };
    for row in TABLE
        .iter()
        .filter(|row| !matches!(row.name, "set" | "turn"))
    {
        for word in words_after(row.name, &vocabulary) {
            let line = match (row.name, word.as_str()) {
                ("run", "until") => "run until step > 1".to_owned(),
                ("run", _) => "run max 1".to_owned(),
                ("play", "until") => "play until step > 1".to_owned(),
                ("break", word) => format!("break {word} > 1"),
                ("compare", "rule") => "compare rule none article".to_owned(),
                ("compare", word) => format!("compare {word} 0 1"),
                ("sweep", "momentum" | "learning_rate") => format!("sweep {word} 0..1/2"),
                (name, word) => format!("{name} {word}"),
            };
            assert!(parse(&line, &vocabulary).is_ok(), "{line}");
        }
    }
    for command in ["set", "turn"] {
        for name in words_after(command, &vocabulary) {
            let values = words_after(&format!("{command} {name}"), &vocabulary);
            let numbers = vec!["1".to_owned()];
            for value in if values.is_empty() { numbers } else { values } {
                let line = format!("{command} {name} {value}");
                assert!(parse(&line, &vocabulary).is_ok(), "{line}");
            }
        }
    }
}

fn is(line: &str, asked: fn(&Command) -> bool) -> bool {
    let vocabulary = Vocabulary {
        pages: 3,
        ..Vocabulary::default()
    };
    asked(&parse(line, &vocabulary).unwrap().unwrap())
}

#[test]
fn what_only_looks_is_not_saved_and_what_changes_is() {
    for line in ["why", "watch", "lessons", "view code", "scroll down"] {
        assert!(!is(line, Command::is_saved), "{line}");
    }
    for line in [
        "watch off",
        "watch step",
        "page 2",
        "open momentum",
        "next",
        "view errors",
    ] {
        assert!(is(line, Command::is_saved), "{line}");
    }
}

#[test]
fn a_page_keeps_to_its_own_lesson() {
    for line in [
        "page 1",
        "open momentum",
        "quit",
        "save x",
        "source x",
        "sleep",
        "progress",
        "progress reset yes",
    ] {
        assert!(!is(line, Command::suits_a_page), "{line}");
    }
    for line in ["reset", "set lr 1", "step 3", "show", "break step > 1"] {
        assert!(is(line, Command::suits_a_page), "{line}");
    }
}

#[test]
fn what_takes_time_or_touches_files_is_not_tried() {
    for line in ["step 101", "goto 3", "run", "open momentum", "export x.csv"] {
        assert!(!is(line, Command::can_be_tried), "{line}");
    }
    for line in ["step 100", "set lr 1", "switch main", "why"] {
        assert!(is(line, Command::can_be_tried), "{line}");
    }
}

fn words_for(line: &str) -> Vec<String> {
    let parameters = ["ihWeights[i,j]".to_owned()];
    let vocabulary = Vocabulary {
        parameters: &parameters,
        branches: &["main"],
        pages: 1,
        lessons: &["learning-rate", "momentum"],
        ..Vocabulary::default()
    };
    let candidates = complete(line, &vocabulary).candidates;
    candidates
        .into_iter()
        .map(|candidate| candidate.word)
        .collect()
}

#[test]
fn commands_names_and_values_are_completed() {
    assert_eq!(words_for("st"), ["step", "start", "stability"]);
    assert_eq!(words_for("set mo"), ["momentum", "motion"]);
    assert_eq!(words_for("set ih"), ["ihWeights[i,j]"]);
    assert_eq!(words_for("set rule he"), ["heavy-ball"]);
    assert_eq!(words_for("switch "), ["main"]);
    assert_eq!(words_for("open "), ["learning-rate", "momentum"]);
    assert_eq!(words_for("open mo"), ["momentum"]);
    assert_eq!(words_for("scroll d"), ["down"]);
    assert!(words_for("open my mo").is_empty());
    assert!(words_for("scroll down ").is_empty());
    assert!(words_for("set momentum 0.9 ").is_empty());
    assert!(words_for("nonsense ").is_empty());
    assert_eq!(words_for("run un"), ["until"]);
    assert_eq!(words_for("run until abs(del"), ["delta"]);
    assert_eq!(words_for("watch change/grad"), ["gradient"]);
}

#[test]
fn files_are_named_after_the_commands_that_take_them() {
    for line in ["save ", "source mi", "export my run", "open ", "open ./"] {
        assert!(names_a_file(line), "{line}");
    }
    for line in ["save", "open", "page ", "lessons ", "nonsense ", ""] {
        assert!(!names_a_file(line), "{line}");
    }
}

#[test]
fn the_common_beginning_is_found() {
    assert_eq!(complete("st", &Vocabulary::default()).common(), "st");
    assert_eq!(complete("swi", &Vocabulary::default()).common(), "switch");
    assert_eq!(complete("xyz", &Vocabulary::default()).common(), "");
}

#[test]
fn a_range_includes_both_ends() {
    let range = Spaced::read(Decimal::Point, "0..0.95/20").unwrap();
    let values = range.values();
    assert_eq!((values.len(), values[0], values[19]), (20, 0.0, 0.95));
    assert_eq!(
        Spaced::read(Decimal::Point, "1e-3..1e-2/2")
            .unwrap()
            .values(),
        [1e-3, 1e-2]
    );
    assert_eq!(
        Spaced::read(Decimal::Point, "0...5/3").unwrap().values(),
        [0.0, 0.25, 0.5]
    );
}

#[test]
fn mistakes_mark_the_place() {
    for (text, span, message) in [
        ("0.5", 0..3, "`0.5` is no range of numbers"),
        ("0..0.5", 0..6, "`0..0.5` does not say how many numbers"),
        ("0..0.5/x", 7..8, "`x` is no count of numbers"),
        ("0..0.5/1", 7..8, "`1` is no count of numbers"),
        ("0..0.5/1001", 7..11, "`1001` is no count of numbers"),
        ("0..0.5/", 7..7, "`` is no count of numbers"),
        (
            "a..0.5/3",
            0..1,
            "a number is needed here, and `a` is a name",
        ),
        ("0..b/3", 3..4, "a number is needed here, and `b` is a name"),
        ("..b/3", 0..5, "`..b/3` has a number too few"),
        ("-1..1/3", 0..2, "-1 is below 0"),
        ("1..0/3", 0..4, "this range ends before it begins"),
        ("1..1/3", 0..4, "this range ends before it begins"),
    ] {
        let complaint = Spaced::read(Decimal::Point, text).unwrap_err();
        assert_eq!(
            (complaint.span, complaint.message.as_str()),
            (span, message)
        );
    }
}
