//! The command line: traces, checks, and what wrong usage is told.

use std::fs;

use clap::{Arg, Command, CommandFactory};
use nnmom_tutor::lesson::BUILTIN;

use crate::cli::Cli;
use crate::support::depth::in_full;
use crate::support::program::{text, tutor};
use crate::transcripts::shortened;

/// What a command prints, its messages and its exit code.
fn transcript(arguments: &[&str]) -> String {
    let output = tutor(arguments).output().unwrap();
    let status = output.status.code().unwrap();
    format!(
        "{}--- messages ---\n{}--- exit {status} ---\n",
        shortened(&text(&output.stdout)),
        text(&output.stderr)
    )
}

/// What a command prints, which must succeed.
#[track_caller]
fn run(arguments: &[&str]) -> String {
    let output = tutor(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
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
        (
            "setting_that_is_a_command",
            &["trace", "momentum", "--set", "momentum=0.1; quit"],
        ),
        ("commands_without_lesson", &["-c", "show"]),
        ("settings_without_lesson", &["--set", "momentum=0.9"]),
        (
            "picture_over_a_lesson",
            &["picture", "momentum", "--output", "momentum.yaml"],
        ),
        (
            "picture_of_a_wrong_command",
            &["picture", "momentum", "-c", "stap", "--output", "x.svg"],
        ),
        ("no_such_page", &["momentum", "--page", "99"]),
        ("no_terminal", &["momentum"]),
        ("too_many_steps", &["trace", "momentum", "--steps", "7"]),
        ("folder", &["trace", "lessons"]),
        ("lessons", &["lessons"]),
    ] {
        insta::assert_snapshot!(format!("usage_{name}"), transcript(arguments));
    }
}

/// So every lesson of the course is sound, its live values and its exercises too.
#[test]
fn check_reads_every_lesson_of_the_course_and_finds_nothing_wrong() {
    // All of them are what `check` without a name reads; that takes its time.
    let (few, all) = (["check", "momentum", "ravine"], ["check"]);
    let told = transcript(if in_full() { &all } else { &few });
    if in_full() {
        insta::assert_snapshot!("usage_check", told);
    }
    for builtin in BUILTIN {
        if !in_full() && !few.contains(&builtin.name) {
            continue;
        }
        let sound = |line: &str| line.starts_with(builtin.name) && line.ends_with(" is sound");
        assert!(told.lines().any(sound), "{}", builtin.name);
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
    let source = include_str!("../../lessons/momentum.yaml").replace("step 3]", "goto 99]");
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
    assert_eq!(run(&arguments), "");
    let written = fs::read_to_string(&path).unwrap();
    assert_eq!(written.lines().count(), 7);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );
    let missing = folder.path().join("no/such/folder.csv");
    let arguments = ["trace", "momentum", "--output", missing.to_str().unwrap()];
    let status = tutor(&arguments).output().unwrap().status;
    assert_eq!(status.code(), Some(1));
}

#[test]
fn a_built_in_lesson_opens_from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = tutor(&["trace", "momentum"]);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

/// A network's run: the article's figures, at every tenth epoch and at the end.
#[test]
fn run_prints_how_the_error_falls() {
    let output = run(&["run", "iris", "--every", "20", "--set", "momentum=0"]);
    insta::assert_snapshot!("run_iris", output);
    let csv = run(&[
        "run",
        "lessons/iris.yaml",
        "--epochs",
        "30",
        "--every",
        "30",
        "--format",
        "csv",
    ]);
    assert!(
        csv.starts_with("step,epoch,loss,mse,accuracy,test_accuracy\n3600,30,"),
        "{csv}"
    );
    let until = run(&[
        "run",
        "iris",
        "--until",
        "mse < 0.06",
        "--every",
        "1000",
        "--epochs",
        "99",
    ]);
    insta::assert_snapshot!("run_until", until);
    let jsonl = run(&["run", "one-item", "--steps", "2", "--format", "jsonl"]);
    insta::assert_snapshot!("run_jsonl", jsonl);
}

/// The last update of a trace leaves the weights from which `run` computes its figures.
#[test]
fn trace_has_the_item_the_error_and_every_node() {
    let csv = run(&[
        "trace",
        "iris",
        "--steps",
        "1",
        "--parameter",
        "ih[0,0]",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!("trace_iris_csv", csv);
    let jsonl = run(&[
        "trace",
        "one-item",
        "--steps",
        "1",
        "--parameter",
        "ho[0,0]",
        "--format",
        "jsonl",
    ]);
    insta::assert_snapshot!("trace_network_jsonl", jsonl);
}

#[test]
fn sweep_prints_a_table_or_a_row_for_each_run() {
    let table = run(&[
        "sweep",
        "ravine",
        "momentum=0..0.9/4",
        "learning_rate=0.1..0.7/4",
        "--until",
        "loss < 0.01",
    ]);
    insta::assert_snapshot!("sweep_table", table);
    let csv = run(&[
        "sweep",
        "ravine",
        "momentum=0..0.9/3",
        "--max",
        "20",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!("sweep_csv", csv);
}

#[test]
fn picture_draws_the_screen_and_one_view() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.svg");
    let alone = folder.path().join("alone.svg");
    run(&[
        "picture",
        "momentum",
        "-c",
        "page 2; next 4",
        "--output",
        whole.to_str().unwrap(),
    ]);
    let whole = std::fs::read_to_string(whole).unwrap();
    assert!(whole.starts_with("<svg ") && whole.ends_with("</svg>\n"));
    for words in ["momentum term", "3.587", "ihWeights[i,j]"] {
        assert!(whole.contains(words), "{words}");
    }
    run(&[
        "picture",
        "iris",
        "--view",
        "weights",
        "--size",
        "80x20",
        "--theme",
        "light",
        "--output",
        alone.to_str().unwrap(),
    ]);
    let alone = std::fs::read_to_string(alone).unwrap();
    assert!(alone.contains("ih[0,1]") && alone.contains("#ffffff"));
    assert!(
        !alone.contains("Four inputs"),
        "the lesson's text is another view"
    );
    // The command does the same.
    let typed = folder.path().join("typed.svg");
    let line = format!("page 2; next 4; picture {}", typed.display());
    run(&["momentum", "-c", &line]);
    assert_eq!(std::fs::read_to_string(typed).unwrap(), whole);
}

/// Exact numbers in `trace` and `run` are the same bits after the same number of updates.
#[test]
fn trace_and_run_agree_bit_for_bit() {
    let steps = "500";
    let trace = run(&["trace", "iris", "--steps", steps, "--format", "csv"]);
    let mut weights = std::collections::BTreeMap::new();
    let mut reader = csv::Reader::from_reader(trace.as_bytes());
    for row in reader.records() {
        let row = row.unwrap();
        weights.insert(row[3].to_owned(), row[9].to_owned());
    }
    // The loss that `run` prints, computed again from the weights that `trace` has left.
    let lines: Vec<String> = weights
        .iter()
        .map(|(name, value)| format!("set {name} {value}"))
        .collect();
    let script = format!("{}; watch loss", lines.join("; "));
    let shown = run(&["iris", "-c", &format!("set digits 15; {script}")]);
    let printed = run(&[
        "run", "iris", "--steps", steps, "--every", "1000", "--format", "jsonl",
    ]);
    let row: serde_json::Value =
        serde_json::from_str(printed.lines().next_back().unwrap()).unwrap();
    let loss = row["loss"].as_f64().unwrap();
    let last = shown
        .lines()
        .rfind(|line| line.starts_with("loss = "))
        .unwrap();
    let watched: f64 = last.trim_start_matches("loss = ").parse().unwrap();
    assert!(
        (loss - watched).abs() <= 1e-15 * loss,
        "{loss} and {watched}"
    );
}

/// The program's arguments, as it describes them, with all that it adds itself.
fn described() -> Command {
    let mut program = Cli::command();
    program.build();
    program
}

/// What an argument takes: one of its words, or something of its kind.
fn example(argument: &Arg) -> String {
    if let Some(word) = argument.get_possible_values().first() {
        return word.get_name().to_owned();
    }
    let name = argument.get_value_names().map_or("", |names| &names[0]);
    let examples = [
        ("N", "2"),
        ("P", "w"),
        ("NAME=VALUE", "momentum=0.9"),
        ("SETTING=RANGE", "momentum=0..0.9/10"),
        ("CONDITION", "loss < 0.01"),
        ("COMMANDS", "step; trace"),
        ("WIDTHxHEIGHT", "80x24"),
        ("FILE", "practice"),
        ("DIR", "/tmp/run"),
        ("NAME", "network"),
        ("LESSON", "momentum"),
        ("x=-9,y=2", "x=-9,y=2"),
        ("2.7,2.2", "2.7,2.2"),
        ("COLUMN", "y"),
        ("NUMBER", "3.56"),
        ("FOLDER", "handed-in"),
        ("WHO", "Ada"),
    ];
    let found = examples.iter().find(|(kind, _)| *kind == name);
    let (_, example) = found.unwrap_or_else(|| panic!("what is an example of a {name}?"));
    (*example).to_owned()
}

/// An option, with its value where it takes one, in the ways in which it can be written.
fn written(option: &Arg) -> Vec<Vec<String>> {
    let value = option.get_action().takes_values().then(|| example(option));
    let name = option.get_long().map(|long| format!("--{long}"));
    let name = name.unwrap_or_else(|| format!("-{}", option.get_short().unwrap()));
    match value {
        None => vec![vec![name]],
        Some(value) if name.starts_with("--") => {
            vec![vec![format!("{name}={value}")], vec![name, value]]
        }
        Some(value) => vec![vec![format!("{name}{value}")], vec![name, value]],
    }
}

/// What the program understands of arguments, or what it says to them.
fn understood(arguments: &[String]) -> String {
    let arguments = std::iter::once("nnmom-tutor").chain(arguments.iter().map(String::as_str));
    match Cli::read(arguments.map(Into::into)) {
        Ok(read) => format!("{read:?}"),
        Err(said) => said.to_string(),
    }
}

#[test]
fn every_option_that_a_subcommand_takes_stands_before_it_or_after_it() {
    let mut seen = 0;
    for command in described().get_subcommands() {
        if command.get_name() == "help" {
            continue;
        }
        let name = vec![command.get_name().to_owned()];
        let needed = command
            .get_arguments()
            .filter(|known| known.is_required_set());
        let needed: Vec<String> = needed
            .flat_map(|known| {
                if known.is_positional() {
                    vec![example(known)]
                } else {
                    written(known)[1].clone()
                }
            })
            .collect();
        let options = command
            .get_arguments()
            .filter(|known| !known.is_positional());
        for option in options.filter(|option| !option.is_required_set()) {
            for written in written(option) {
                let after = understood(&[&name[..], &needed, &written].concat());
                for order in [
                    [&written[..], &name, &needed].concat(),
                    [&name[..], &written, &needed].concat(),
                ] {
                    assert_eq!(understood(&order), after, "{order:?}");
                }
                assert!(!after.starts_with("error"), "{written:?}: {after}");
                seen += 1;
            }
        }
    }
    assert!(seen > 60, "{seen}");
}

#[test]
fn the_look_and_the_state_folder_are_taken_by_all() {
    for command in described().get_subcommands() {
        for option in ["theme", "ascii", "state-dir"] {
            let mut known = command.get_arguments();
            let is_taken = known.any(|known| known.get_long() == Some(option));
            assert!(
                is_taken || command.get_name() == "help",
                "{command} --{option}"
            );
        }
    }
}

#[test]
fn options_before_a_subcommand_do_what_they_do_after_it() {
    let after = run(&[
        "trace",
        "momentum",
        "--format",
        "csv",
        "--steps",
        "1",
        "--set",
        "momentum=0",
    ]);
    for order in [
        [
            "--format",
            "csv",
            "--steps",
            "1",
            "--set",
            "momentum=0",
            "trace",
            "momentum",
        ],
        [
            "--steps",
            "1",
            "trace",
            "--format",
            "csv",
            "momentum",
            "--set",
            "momentum=0",
        ],
    ] {
        assert_eq!(run(&order), after);
    }
    let said = transcript(&["--page", "2", "trace", "momentum"]);
    assert!(
        said.contains("unexpected argument '--page'") && said.contains("trace"),
        "{said}"
    );
    assert!(run(&["--version", "trace"]).starts_with("nnmom-tutor "));
    assert!(run(&["--help", "trace"]).contains("--parameter"));
}

#[test]
fn only_ascii_is_written_where_it_is_asked_for() {
    for arguments in [
        &["--ascii", "lessons"][..],
        &[
            "--ascii",
            "sweep",
            "momentum",
            "momentum=0..0.9/4",
            "lr=0.01..0.1/3",
        ],
        &[
            "--ascii",
            "picture",
            "momentum",
            "--output",
            "/dev/null.svg",
        ],
        &["check", "momentum", "--ascii"],
    ] {
        let output = tutor(arguments).output().unwrap();
        assert!(output.stdout.is_ascii(), "{}", text(&output.stdout));
    }
}
