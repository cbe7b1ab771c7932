//! What is installed beside the program: completions, the manual page; and which commit `--version` names.

use std::fs;
use std::path::Path;
use std::process::Command;

use clap::{Arg, CommandFactory};
use nnmom_tutor::lesson::BUILTIN;

use crate::cli::Cli;
use crate::support::program::{piped, text, tutor};

const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

/// What a command prints, which must succeed.
#[track_caller]
fn printed(arguments: &[&str]) -> String {
    let output = tutor(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(text(&output.stderr), "");
    text(&output.stdout)
}

/// Every subcommand, and every option as it is typed, of the program itself first.
fn declared() -> Vec<(String, Vec<String>)> {
    let mut program = Cli::command();
    program.build();
    let typed = |option: &Arg| match option.get_long() {
        Some(long) => format!("--{long}"),
        None => format!("-{}", option.get_short().unwrap()),
    };
    let subcommands = program.get_subcommands();
    let subcommands = subcommands.filter(|known| known.get_name() != "help");
    let all = std::iter::once(&program).chain(subcommands);
    all.map(|command| {
        let options = command
            .get_arguments()
            .filter(|known| !known.is_positional());
        (command.get_name().to_owned(), options.map(typed).collect())
    })
    .collect()
}

/// What stands between two marks.
fn between<'a>(whole: &'a str, begin: &str, end: &str) -> &'a str {
    let (_, rest) = whole
        .split_once(begin)
        .unwrap_or_else(|| panic!("no {begin:?}"));
    rest.split(end).next().unwrap()
}

/// What a shell prints that has read a script and a line more; `None` where there is no such shell.
fn shell(program: &str, script: &str, line: &str) -> Option<String> {
    Command::new(program).arg("--version").output().ok()?;
    let output = piped(&mut Command::new(program), format!("{script}\n{line}\n"));
    assert_eq!(text(&output.stderr), "", "{program}");
    Some(text(&output.stdout))
}

/// The words that bash offers for the last of these.
fn offered(script: &str, typed: &[&str]) -> Option<Vec<String>> {
    let words = typed.iter().map(|word| format!("'{word}'"));
    let words: Vec<String> = words.collect();
    let [.., before, last] = typed else {
        panic!("the program and a word");
    };
    let ask = format!(
        "COMP_WORDS=({}); COMP_CWORD={}; _nnmom__tutor nnmom-tutor '{last}' '{before}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
        words.join(" "),
        typed.len() - 1
    );
    let said = shell("bash", script, &ask)?;
    Some(said.lines().map(str::to_owned).collect())
}

#[test]
fn every_shell_is_told_of_every_subcommand_and_option_and_lesson() {
    for shell in SHELLS {
        let script = printed(&["completions", shell]);
        for (command, options) in declared() {
            assert!(script.contains(&command), "{shell}: {command}");
            for option in options {
                // fish is told of options without their dashes.
                let told = match (shell, option.strip_prefix("--")) {
                    ("fish", Some(name)) => format!("-l {name}"),
                    ("fish", None) => format!("-s {}", &option[1..]),
                    _ => option.clone(),
                };
                assert!(script.contains(&told), "{shell}: {command} {option}");
            }
        }
        for lesson in BUILTIN {
            assert!(script.contains(lesson.name), "{shell}: {}", lesson.name);
        }
    }
}

#[test]
fn bash_offers_what_can_stand_there() {
    let script = printed(&["completions", "bash"]);
    let Some(first) = offered(&script, &["nnmom-tutor", ""]) else {
        return;
    };
    for (command, options) in &declared()[1..] {
        assert!(first.contains(command), "{command}");
        let offered = offered(&script, &["nnmom-tutor", command, "--"]).unwrap();
        for option in options.iter().filter(|option| option.starts_with("--")) {
            assert!(offered.contains(option), "{command}: {offered:?}");
        }
    }
    let offers = |typed: &[&str], expected: &[&str]| {
        assert_eq!(offered(&script, typed).unwrap(), expected, "{typed:?}");
    };
    offers(&["nnmom-tutor", "mom"], &["momentum"]);
    offers(&["nnmom-tutor", "trace", "rav"], &["ravine"]);
    offers(&["nnmom-tutor", "trace", "--format", "j"], &["jsonl"]);
    offers(&["nnmom-tutor", "momentum", "--pa"], &["--page"]);
    offers(&["nnmom-tutor", "completions", "f"], &["fish"]);
}

#[test]
fn scripts_are_read_by_the_shells_that_are_here() {
    let ends = [
        ("bash", "type -t _nnmom__tutor"),
        (
            "fish",
            "complete -C 'nnmom-tutor compl' | string replace -r '\\s.*' ''",
        ),
    ];
    for ((name, end), read) in ends.into_iter().zip(["function", "completions"]) {
        let script = printed(&["completions", name]);
        if let Some(said) = shell(name, &script, end) {
            assert_eq!(said.trim_end(), read, "{name}");
        }
    }
}

#[test]
fn the_manual_page_has_every_subcommand_with_its_options() {
    let page = printed(&["man"]).replace("\\-", "-");
    assert!(page.contains("\n.TH nnmom-tutor 1"), "{page}");
    for (command, options) in declared() {
        let part = if command == "nnmom-tutor" {
            between(&page, ".SH OPTIONS", "\n.SH ")
        } else {
            between(&page, &format!(".SS \"nnmom-tutor {command}\""), "\n.S")
        };
        // What all take is said once.
        let of_all = ["--theme", "--ascii", "--state-dir", "--help"];
        for option in options {
            let is_said = part.contains(&format!("\\fB{option}\\fR"));
            let once = of_all.contains(&option.as_str());
            assert!(is_said || once, "{command} {option}: {part}");
        }
    }
    for option in ["--theme", "--ascii", "--state-dir", "--help"] {
        assert!(page.contains(&format!("\\fB{option}\\fR")), "{option}");
    }
}

/// As `man` shows it, where there is one: no warning, and no line that begins as a request of its language does.
#[test]
fn man_shows_the_page() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("nnmom-tutor.1");
    fs::write(&place, printed(&["man"])).unwrap();
    let mut man = Command::new("man");
    man.args(["--warnings", "-l"])
        .arg(&place)
        .env("MANWIDTH", "100");
    // A mark in place of a program says that manual pages have been left out of a machine.
    let Ok(shown) = man.output() else { return };
    let shown = (text(&shown.stdout), text(&shown.stderr));
    if !shown.0.contains("NAME") {
        return;
    }
    assert_eq!(shown.1, "");
    for words in [
        "nnmom-tutor sweep",
        "--state-dir <DIR>",
        "nnmom-tutor momentum -c 'step; why'",
        "solve five fresh problems",
    ] {
        assert!(shown.0.contains(words), "{words}: {}", shown.0);
    }
    assert!(
        !shown
            .0
            .lines()
            .any(|line| line.trim_start().starts_with('.'))
    );
}

/// The commit that the sources are of, where that can be known.
fn commit() -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if let Ok(noted) = fs::read_to_string(root.join(".cargo_vcs_info.json")) {
        return Some(between(&noted, "\"sha1\": \"", "\"").to_owned());
    }
    if !root.join(".git").exists() {
        return None;
    }
    let git = Command::new("git")
        .args(["rev-parse", "HEAD"])
        .current_dir(root)
        .output()
        .ok()?;
    (git.status.success()).then(|| text(&git.stdout).trim().to_owned())
}

#[test]
fn the_version_names_the_commit() {
    let said = printed(&["--version"]);
    let version = format!("nnmom-tutor {}", env!("CARGO_PKG_VERSION"));
    let Some(commit) = commit() else {
        assert!(said.starts_with(&version), "{said}");
        return;
    };
    let rest = said.trim_end().strip_prefix(&version).unwrap();
    let named = rest.trim_matches([' ', '(', ')']).split(", ").next();
    assert_eq!(named, Some(&commit[..9]), "{said}");
}
