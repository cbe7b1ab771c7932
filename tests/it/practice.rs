//! Practice through a pipe: fresh problems, judged as exercises are, kept with the rest of the progress.

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
