//! Files, texts and machines that mean no good, and what does not get through.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::program::{piped, text, tutor};
use crate::support::sittings::folder;

/// What is said to these arguments, on both outputs, and the exit code.
fn said(arguments: &[&str]) -> (String, Option<i32>) {
    let output = piped(&mut tutor(arguments), "");
    let said = text(&output.stdout) + &text(&output.stderr);
    (said, output.status.code())
}

/// A path in a folder, as an argument.
fn place(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// A named pipe that nobody writes to or reads from.
fn pipe(folder: &TempDir, name: &str) -> String {
    let path = place(folder, name);
    let made = Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    path
}

mod lessons_and_files {
    use super::*;

    /// A lesson that learns from this file.
    fn lesson(file: &Path) -> String {
        format!(
            "title: A thief\nmodel:\n  network:\n    layers: [1, 1]\n    output: sigmoid\n    error: squared\n    initial: {{low: -0.5, high: 0.5}}\n    random: {{generator: python, seed: 3}}\n    data:\n      file: {}\n      inputs: [a]\n      targets: [b]\ntraining:\n  rule: none\n  learning_rate: 0.1\n  momentum: 0\npages:\n  - title: A page\n    text: A text.\n",
            file.display()
        )
    }

    #[test]
    fn a_lesson_reads_its_folder_and_nothing_else() {
        let all = folder();
        let own = all.path().join("own");
        fs::create_dir_all(own.join("data")).unwrap();
        let secret = all.path().join("secret.csv");
        fs::write(&secret, "a,b\n1,hunter2\n").unwrap();
        fs::write(own.join("data/sound.csv"), "a,b\n1,0.5\n").unwrap();
        symlink(&secret, own.join("link.csv")).unwrap();
        symlink(all.path(), own.join("links")).unwrap();
        symlink(own.join("data/sound.csv"), own.join("within.csv")).unwrap();
        let checked = |file: &Path| {
            let path = own.join("lesson.yaml");
            fs::write(&path, lesson(file)).unwrap();
            // From elsewhere, and from the folder itself.
            let (elsewhere, code) = said(&["check", path.to_str().unwrap()]);
            let mut beside = tutor(&["check", "lesson.yaml"]);
            let beside = piped(beside.current_dir(&own), "");
            assert_eq!(beside.status.code(), code, "{}", text(&beside.stderr));
            (elsewhere, code == Some(0))
        };
        for file in ["data/sound.csv", "./data/sound.csv", "within.csv"] {
            let (said, is_sound) = checked(Path::new(file));
            assert!(is_sound, "{said}");
        }
        for file in [
            secret.as_path(),
            Path::new("../secret.csv"),
            Path::new("data/../../secret.csv"),
            Path::new("link.csv"),
            Path::new("links/secret.csv"),
            Path::new("/proc/self/environ"),
            Path::new("/dev/stdin"),
        ] {
            let (said, is_sound) = checked(file);
            assert!(!is_sound);
            assert!(said.contains("it is not in the lesson's folder"), "{said}");
            assert!(
                !said.contains("hunter2") && !said.contains("PATH="),
                "{said}"
            );
        }
        let (said, _) = checked(Path::new("data/none.csv"));
        assert!(
            said.contains("there is no such file beside the lesson"),
            "{said}"
        );
    }

    #[test]
    fn what_is_no_ordinary_file_is_never_opened() {
        let folder = folder();
        let pipe = pipe(&folder, "pipe.yaml");
        let picture = super::pipe(&folder, "pipe.svg");
        let lesson_file = place(&folder, "lesson.yaml");
        fs::write(&lesson_file, lesson(Path::new("pipe.yaml"))).unwrap();
        let [source, save, export] = [
            format!("source {pipe}"),
            format!("save {pipe} replace"),
            format!("export {pipe}.csv replace"),
        ];
        symlink("pipe.yaml", format!("{pipe}.csv")).unwrap();
        for arguments in [
            &["check", &pipe] as &[&str],
            &["check", &lesson_file],
            &[&pipe],
            &["momentum", "--script", &pipe],
            &["momentum", "--script", "/dev/zero"],
            &["momentum", "-c", &source],
            &["momentum", "-c", &save],
            &["momentum", "-c", &export],
            &["trace", "momentum", "--output", &pipe],
            &["trace", "momentum", "--output", "/dev/null"],
            &["picture", "momentum", "--output", &picture],
        ] {
            let (said, code) = said(arguments);
            assert!(matches!(code, Some(1 | 2)), "{arguments:?}: {said}");
            assert!(said.contains("no ordinary file"), "{arguments:?}: {said}");
        }
    }
}

mod signals {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// Ways in, and what is on the screen once they wait for something.
    const WAYS: [(&[&str], &str); 4] = [
        (&["momentum", "--repl"], "line 0/3>"),
        (&["practice", "--repl", "--seed", "3"], "> "),
        (&["momentum"], "page 1/"),
        (&["practice", "--seed", "3"], "Problem 1"),
    ];

    #[test]
    fn whatever_ends_it_and_whenever_the_terminal_is_given_back() {
        for (way, (arguments, shown)) in WAYS.iter().enumerate() {
            for turn in 0..25 {
                let mut pty = Pty::run(80, 24, command(TUTOR, arguments));
                pty.wait_for(shown);
                // Some are in the midst of something.
                for _ in 0..turn {
                    pty.press("show\r");
                }
                pty.signal(["TERM", "HUP", "QUIT"][(way + turn) % 3]);
                assert!(pty.wait_exit().signal().is_some(), "{arguments:?}");
                pty.assert_given_back();
            }
        }
    }

    #[test]
    fn stopped_in_the_background_it_still_ends_when_it_is_told_to() {
        let folder = folder();
        let file = place(&folder, "process");
        let mut shell = command("/bin/sh", &["-i"]);
        shell.env("PS1", "shell> ");
        shell.env("TUTOR", TUTOR);
        shell.env("FILE", &file);
        let mut pty = Pty::run(100, 30, shell);
        pty.wait_for("shell>");
        for (way, number) in [("", 1), ("--repl", 2)] {
            let run = r#"sh -c 'echo $$ > "$FILE"; exec "$TUTOR" momentum "#;
            pty.press(&format!("{run}{way}'\n"));
            pty.wait_for("age 1");
            // It is not asked, and nothing is given back.
            let stop = format!("kill -STOP {}", fs::read_to_string(&file).unwrap());
            assert!(
                Command::new("sh")
                    .args(["-c", &stop])
                    .status()
                    .unwrap()
                    .success()
            );
            // The shell writes on the screen that has not been given back, which has no frames.
            while !pty.raw().ends_with(b"shell> ") {
                std::thread::yield_now();
            }
            let end =
                "kill -TERM %1; kill -CONT %1; e=147; while [ $e = 147 ]; do wait %1; e=$?; done";
            pty.press(&format!("{end}; echo \"end {number} is $e.\"\n"));
            pty.wait_for(&format!("end {number} is 143."));
        }
        pty.press("exit 0\n");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }
}

mod refusals {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// More than there can be: no thread gets it.
    const STACK: &str = "140737488355328";

    #[test]
    fn a_machine_that_has_no_threads_left_makes_sweeps_all_the_same() {
        let sweep = ["sweep", "momentum", "momentum=0..0.9/5"];
        let refused = piped(tutor(&sweep).env("RUST_MIN_STACK", STACK), "");
        assert_eq!(refused, piped(&mut tutor(&sweep), ""));
        assert!(refused.status.success());
    }

    #[test]
    fn a_full_screen_without_threads_says_so_and_line_mode_goes_on() {
        let run = |arguments: &[&str]| {
            let mut tutor = command(TUTOR, arguments);
            tutor.env("RUST_MIN_STACK", STACK);
            Pty::run(100, 30, tutor)
        };
        let mut full = run(&["momentum"]);
        assert_eq!(full.wait_exit().exit_code(), 1);
        full.assert_given_back();
        assert!(
            full.text().starts_with("error: the terminal: "),
            "{}",
            full.text()
        );
        let mut lines = run(&["momentum", "--repl"]);
        lines.wait_for("line 0/3>");
        lines.press("quit\r");
        assert_eq!(lines.wait_exit().exit_code(), 0);
        lines.assert_given_back();
    }
}
