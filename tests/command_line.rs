//! The command line: traces, checks, and what wrong usage is told.

use std::fs;

use assert_cmd::Command;

fn tutor(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("nnmom-tutor").unwrap();
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // No folder can be made there: what a person who runs the tests has learnt is theirs.
        .env("XDG_STATE_HOME", "/dev/null")
        .args(arguments);
    command
}

/// What a command prints, its messages and its exit code.
fn transcript(arguments: &[&str]) -> String {
    let output = tutor(arguments).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let status = output.status.code().unwrap();
    format!(
        "{}--- messages ---\n{}--- exit {status} ---\n",
        text(&output.stdout),
        text(&output.stderr)
    )
}

#[test]
fn the_trace_has_exactly_the_columns_of_the_design() {
    let output = tutor(&["trace", "lessons/momentum.yaml", "--format", "csv"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text.lines().next().unwrap(),
        "step,epoch,item,parameter,before,gradient,delta,momentum_term,change,after,effective_rate,loss"
    );
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut previous = 3.56_f64;
    for (index, row) in reader.records().enumerate() {
        let row = row.unwrap();
        let number = |column: usize| row[column].parse::<f64>().unwrap();
        assert_eq!(row[0].parse::<usize>().unwrap(), index + 1);
        assert_eq!(
            (&row[1], &row[2], &row[3], &row[11]),
            ("1", "", "ihWeights[i,j]", "")
        );
        assert_eq!(
            number(4).to_bits(),
            previous.to_bits(),
            "every digit of a double is there"
        );
        assert_eq!(number(9), (number(4) + number(6)) + number(7));
        assert_eq!(number(8), number(6) + number(7));
        previous = number(9);
    }
}

#[test]
fn jsonl_has_one_object_for_each_update() {
    let output = tutor(&["trace", "momentum", "--format", "jsonl", "--steps", "2"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let objects: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1]["step"], 2);
    assert_eq!(objects[0]["updates"][0]["after"], 3.609);
    assert_eq!(objects[0]["updates"][0]["loss"], serde_json::Value::Null);
}

#[test]
fn the_four_formats() {
    for format in ["table", "csv", "jsonl", "markdown"] {
        let text = transcript(&["trace", "momentum", "--format", format]);
        insta::assert_snapshot!(format!("trace_{format}"), text);
    }
}

#[test]
fn a_gradient_of_zero_has_no_effective_rate() {
    let text = transcript(&[
        "trace",
        "momentum",
        "--format",
        "csv",
        "--steps",
        "1",
        "--set",
        "gradient=0",
    ]);
    assert!(
        text.contains("\n1,1,,\"ihWeights[i,j]\",3.56,0,0,0.022,0.022,3.582,,\n"),
        "{text}"
    );
}

#[test]
fn the_convention_turns_gradients_and_nothing_else() {
    let rows = |arguments: &[&str]| {
        let output = tutor(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let added = rows(&["trace", "momentum", "--format", "csv"]);
    let subtracted = rows(&[
        "trace",
        "momentum",
        "--format",
        "csv",
        "--set",
        "convention=subtract",
    ]);
    for (added, subtracted) in added.lines().zip(subtracted.lines()).skip(1) {
        let cells = |line: &str| {
            line.replace("\"ihWeights[i,j]\"", "w")
                .split(',')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let (added, subtracted) = (cells(added), cells(subtracted));
        assert_eq!(
            added[5].parse::<f64>().unwrap(),
            -subtracted[5].parse::<f64>().unwrap()
        );
        assert_eq!(added[6..], subtracted[6..]);
    }
}

#[test]
fn transcripts_of_wrong_usage() {
    for (name, arguments) in [
        ("no_such_lesson", &["momentun"][..]),
        (
            "no_such_parameter",
            &["trace", "momentum", "--parameter", "w"],
        ),
        ("bad_setting", &["trace", "momentum", "--set", "momentun=1"]),
        (
            "setting_without_value",
            &["trace", "momentum", "--set", "momentum"],
        ),
        ("no_such_page", &["momentum", "--page", "99"]),
        ("no_terminal", &["momentum"]),
        ("too_many_steps", &["trace", "momentum", "--steps", "7"]),
        ("folder", &["trace", "lessons"]),
        ("lessons", &["lessons"]),
        ("check", &["check"]),
    ] {
        insta::assert_snapshot!(format!("usage_{name}"), transcript(arguments));
    }
}

#[test]
fn help_names_everything_that_works() {
    insta::assert_snapshot!("help", transcript(&["--help"]));
    insta::assert_snapshot!("help_trace", transcript(&["trace", "--help"]));
}

#[test]
fn check_fails_for_a_broken_lesson_and_names_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.yaml");
    fs::write(&path, "title: x\nmodel: {weight: {start: 1}}\n").unwrap();
    let output = tutor(&["check", "momentum", path.to_str().unwrap()])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let messages = String::from_utf8(output.stderr).unwrap();
    assert!(messages.contains("broken.yaml:2:9"), "{messages}");
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .contains("momentum: "),
        "the others are checked all the same"
    );
}

#[test]
fn check_runs_the_commands_of_every_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.yaml");
    let source = include_str!("../lessons/momentum.yaml").replace("step 3]", "goto 99]");
    fs::write(&path, source).unwrap();
    let output = tutor(&["check", path.to_str().unwrap()]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8(output.stderr)
            .unwrap()
            .contains("page 5 cannot do `goto 99`")
    );
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("trace.csv");
    let arguments = [
        "trace",
        "momentum",
        "--format",
        "csv",
        "--output",
        path.to_str().unwrap(),
    ];
    tutor(&arguments).assert().success().stdout("");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written.lines().count(), 7);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    let missing = folder.path().join("no/such/folder.csv");
    tutor(&["trace", "momentum", "--output", missing.to_str().unwrap()])
        .assert()
        .code(1);
}

#[test]
fn a_built_in_lesson_opens_from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    tutor(&["trace", "momentum"])
        .current_dir(folder.path())
        .assert()
        .success();
}
