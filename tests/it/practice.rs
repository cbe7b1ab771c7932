//! Practice through a pipe: fresh problems, judged as exercises are, kept with the rest of the progress.

use nnmom_tutor::asking::FeedbackKind;
use nnmom_tutor::command::{PRACTICE_WORDS, Preview};
use nnmom_tutor::explain::{Line, Text};
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, Moment};

use std::path::Path;
use std::process::Output;

use crate::support::program::{piped, text, tutor};
use crate::support::sittings::folder;

fn practice(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = tutor(&["practice", "--state-dir"]);
    piped(command.arg(folder).args(arguments), input)
}

#[test]
fn a_round_in_words() {
    let folder = folder();
    let input = "hint\n42\nhint\nhint\nhint\nnext\nset lr 3\nexercise\nnext\nquit\nnever read\n";
    let output = practice(folder.path(), &["--seed", "3", "--count", "4"], input);
    assert_eq!(output.status.code(), Some(1), "one line meant nothing");
    insta::assert_snapshot!(
        "round",
        text(&output.stdout) + "--- messages ---\n" + &text(&output.stderr)
    );
    let kept = std::fs::read_to_string(folder.path().join("progress.json")).unwrap();
    assert!(kept.contains("\"missed\""), "{kept}");
}

#[test]
fn the_end_of_the_input_is_the_end_of_the_round() {
    let folder = folder();
    let output = practice(folder.path(), &["--seed", "3"], "");
    assert!(text(&output.stdout).ends_with("Summary\nNo problem has been finished.\n"));
    assert_eq!(output.status.code(), Some(0));
    assert!(!folder.path().join("progress.json").exists());
}

#[test]
fn wrong_numbers_of_problems_are_wrong_usage() {
    let folder = folder();
    for count in ["0", "1001", "-1", "many"] {
        let output = practice(folder.path(), &["--count", count], "");
        assert_eq!(output.status.code(), Some(2), "{count}");
    }
}

fn round() -> Practice {
    Practice::new(Keeper::open(None, || Moment(0)), 3, 4)
}

#[test]
fn a_wrong_line_has_its_word_marked() {
    for (line, word) in [
        ("0.2 + x", "x"),
        ("answer 1 + gradient", "gradient"),
        ("  3 * * 2 # so", "*"),
        ("hnt", "hnt"),
    ] {
        let complaint = round().reply(line).unwrap_err();
        assert_eq!(&line[complaint.span], word, "{line}");
    }
}

#[test]
fn what_a_line_would_do_is_told_and_what_an_answer_is_worth_is_not() {
    for (line, effect) in [
        ("hint", "the next hint; the last is the answer"),
        ("2.4", ""),
        ("1/4", ""),
        ("answer 3", ""),
    ] {
        let Preview::Effect(line) = Practice::preview(line) else {
            panic!("{line} does something");
        };
        assert_eq!(line.text(), effect);
    }
    assert_eq!(Practice::preview(" "), Preview::Nothing);
    for line in ["set lr 3", "hin t", "2 +"] {
        assert!(
            matches!(Practice::preview(line), Preview::Complaint(_)),
            "{line}"
        );
    }
}

#[test]
fn only_words_of_practice_complete_a_line() {
    let words = |line: &str| {
        let completion = Practice::complete(line);
        let candidates = completion.candidates.into_iter();
        candidates.map(|c| c.word).collect::<Vec<_>>()
    };
    assert_eq!(words("s"), ["solution"]);
    assert_eq!(words("h"), ["hint", "help"]);
    assert!(words("hint ").is_empty());
    assert!(words("help se").is_empty());
    let all: Vec<&str> = PRACTICE_WORDS.iter().map(|(_, word, _)| *word).collect();
    assert_eq!(words(""), all);
}

#[test]
fn beside_the_problem_stands_what_is_said_and_nothing_of_the_problem() {
    let mut practice = round();
    let text = |lines: Vec<Line>| Text::from(lines).text();
    let opening = practice.opening().text().text();
    assert!(
        opening.starts_with("Practice\nType the answer"),
        "{opening}"
    );
    let example = text(practice.example());
    assert!(example.starts_with("First, one"), "{example}");
    assert!(opening.contains(&example), "{opening}");
    let beside = |practice: &mut Practice, line: &str| {
        let feedback = practice.reply(line).unwrap().feedback.unwrap();
        (text(feedback.beside()), text(feedback.text()))
    };
    let (said, _) = beside(&mut practice, "solution");
    assert!(said.ends_with("Now you, with other numbers."), "{said}");
    assert_eq!(
        said.matches("Given").count(),
        1,
        "of the problem that is solved: {said}"
    );
    practice.reply("next").unwrap();
    assert!(!practice.example().is_empty(), "a worked example stays");
    let (said, all) = beside(&mut practice, "42");
    assert_eq!(said, all);
}

#[test]
fn a_screen_is_told_what_waits_and_which_hint_comes() {
    let mut practice = round();
    let waiting = practice.waiting();
    assert_eq!(Text::from(waiting.lines), practice.problem());
    assert!(waiting.quantity.is_some());
    let (first, count) = practice.hint_to_come();
    assert_eq!(first, 1);
    for next in 2..=count {
        practice.reply("hint").unwrap();
        assert_eq!(practice.hint_to_come(), (next, count));
    }
    // The last is the answer, after which other numbers are asked for.
    practice.reply("hint").unwrap();
    assert_eq!(practice.hint_to_come().0, 1);
}

#[test]
fn what_is_said_is_a_judgement_a_hint_or_the_solution() {
    let kind = |lines: &[&str]| {
        let mut practice = round();
        let said = lines.iter().map(|line| practice.reply(line).unwrap());
        said.last().unwrap().feedback.map(|said| said.kind)
    };
    assert_eq!(kind(&["42"]), Some(FeedbackKind::NotYet));
    assert_eq!(kind(&["hint"]), Some(FeedbackKind::Hint));
    assert_eq!(kind(&["solution"]), Some(FeedbackKind::Solution));
    assert_eq!(kind(&["hint"; 4]), Some(FeedbackKind::Solution));
    assert_eq!(kind(&["help"]), None);
    assert_eq!(kind(&["next"]), None);
}

#[test]
fn the_same_seed_asks_the_same() {
    let asked = |seed| {
        let keeper = Keeper::open(None, || Moment(0));
        Practice::new(keeper, seed, 1).problem()
    };
    assert_eq!(asked(1), asked(1));
    assert_ne!(asked(1), asked(2));
}
