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
    pub fn lesson(file: &Path) -> String {
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
        (&["momentum"], "page 1 of "),
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
            let began = std::time::Instant::now();
            while !pty.raw().ends_with(b"shell> ") {
                assert!(began.elapsed().as_secs() < 60, "the shell does not ask");
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

mod texts {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// Clears a screen, rings, colours by one character, deletes, and turns text around in every way.
    const HOSTILE: &str = "a\u{1b}[66G\u{7}\u{9b}31m\u{7f}\u{85}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}z";

    /// What of a text would be obeyed.
    fn obeyed(text: &str) -> Vec<char> {
        let hostile =
            |c: &char| HOSTILE[1..].trim_end_matches('z').contains(*c) && !c.is_ascii_graphic();
        text.chars().filter(hostile).collect()
    }

    #[track_caller]
    fn assert_harmless(way: &[&str], output: &std::process::Output) {
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(said.contains("31m"), "{way:?} does not show it: {said}");
        assert_eq!(obeyed(&said), [], "{way:?}: {said:?}");
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_out_by_any_argument() {
        let folder = folder();
        let hostile = place(&folder, HOSTILE);
        let file = format!("{hostile}.yaml");
        fs::write(&hostile, "stepp z\n").unwrap();
        fs::write(&file, include_str!("../../lessons/momentum.yaml")).unwrap();
        let broken = format!("{hostile}.broken.yaml");
        fs::write(&broken, format!("title: \"\\e[2Jz\"\n{HOSTILE}: z\n")).unwrap();
        let state = format!("{hostile}.state");
        fs::create_dir(&state).unwrap();
        fs::write(format!("{state}/progress.json"), "{\"version\": 99}").unwrap();
        let [set, value, axis] = [
            format!("{HOSTILE}=1"),
            format!("momentum={HOSTILE}"),
            format!("{HOSTILE}=0..1/3"),
        ];
        let [option, output, picture] = [
            format!("--{HOSTILE}"),
            format!("{hostile}/{HOSTILE}.csv"),
            format!("{hostile}/{HOSTILE}.svg"),
        ];
        for way in [
            &[HOSTILE] as &[&str],
            &["check", HOSTILE],
            &["check", &broken],
            &["check", &file],
            &["trace", HOSTILE],
            &["run", HOSTILE],
            &["sweep", HOSTILE, "momentum=0..1/3"],
            &["momentum", "--set", &set],
            &["momentum", "--set", &value],
            &["momentum", "--set", HOSTILE],
            &["sweep", "momentum", &axis],
            &["sweep", "momentum", "momentum=0..1/3", "--until", HOSTILE],
            &["run", "xor", "--until", HOSTILE],
            &["trace", "momentum", "--parameter", HOSTILE],
            &["trace", "momentum", "--output", &output],
            &["trace", "momentum", "--format", HOSTILE],
            &["momentum", "--theme", HOSTILE],
            &["momentum", &option],
            &["momentum", "--page", HOSTILE],
            &["picture", "momentum", "--output", &picture],
            &["picture", "momentum", "--output", HOSTILE],
            &[
                "picture",
                "momentum",
                "--view",
                HOSTILE,
                "--output",
                "/none/a.svg",
            ],
            &["momentum", "--script", &hostile],
            &["momentum", "--script", HOSTILE],
            &["lessons", "--state-dir", &state],
            &["momentum", "--state-dir", &hostile, "-c", "page 2; show z"],
        ] {
            assert_harmless(way, &piped(&mut tutor(way), ""));
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_out_by_any_line() {
        let folder = folder();
        let hostile = place(&folder, HOSTILE);
        fs::write(&hostile, format!("show {HOSTILE}\n")).unwrap();
        let lines = [
            HOSTILE.to_owned(),
            format!("set {HOSTILE} 1"),
            format!("set momentum {HOSTILE}"),
            format!("open {HOSTILE}"),
            format!("source {hostile}"),
            format!("source {HOSTILE}"),
            format!("save {hostile}"),
            format!("save {hostile}/z"),
            format!("save {hostile} replace"),
            format!("export {hostile}/z.csv"),
            format!("snapshot {hostile}/z.svg"),
            format!("rename {HOSTILE}"),
            format!("switch {HOSTILE}"),
            format!("compare learning_rate {HOSTILE} z"),
            format!("sweep {HOSTILE} 0..1/3"),
            format!("answer {HOSTILE}"),
            format!("help {HOSTILE}"),
            format!("run until {HOSTILE}"),
            format!("why {HOSTILE}"),
        ];
        for line in &lines {
            assert_harmless(&[line], &piped(&mut tutor(&["momentum"]), line));
            assert_harmless(
                &["-c", line],
                &piped(&mut tutor(&["momentum", "-c", line]), ""),
            );
            let practised = piped(&mut tutor(&["practice", "--seed", "3"]), line);
            assert_harmless(&["practice", line], &practised);
        }
    }

    #[test]
    fn nothing_that_a_terminal_obeys_gets_out_of_what_is_kept() {
        let folder = folder();
        let state = folder.path().to_str().unwrap();
        let said = |arguments: &[&str]| {
            let output = piped(tutor(arguments).args(["--state-dir", state]), "");
            text(&output.stdout) + &text(&output.stderr)
        };
        let lesson = place(&folder, &format!("{HOSTILE}.yaml"));
        fs::write(
            &lesson,
            include_str!("../../lessons/momentum.yaml").replace("title: ", "title: My "),
        )
        .unwrap();
        said(&[&lesson, "-c", "page 2"]);
        let progress = said(&["momentum", "-c", "progress"]);
        assert!(
            progress.contains("z.yaml") && obeyed(&progress).is_empty(),
            "{progress:?}"
        );
        // On both kinds of screen: typed before, and named by a file.
        for way in ["--repl", "--theme=dark"] {
            fs::write(place(&folder, "history.txt"), format!("show {HOSTILE}\n")).unwrap();
            let mut pty = Pty::run(
                100,
                30,
                command(TUTOR, &[&lesson, way, "--state-dir", state]),
            );
            pty.wait_for("age 1");
            pty.press(if way == "--repl" { "" } else { ":" });
            pty.press("\x1b[A");
            pty.wait_for("show a");
            pty.press(&format!("\x15save {}/\t\t", place(&folder, "")));
            pty.signal("TERM");
            pty.wait_exit();
            let written = String::from_utf8_lossy(&pty.raw()).into_owned();
            let turns: Vec<char> = obeyed(&written)
                .into_iter()
                .filter(|c| !c.is_ascii_control())
                .collect();
            assert_eq!(turns, [], "{way}");
            assert!(!written.contains("[66G\u{7}"), "{way}");
        }
    }

    #[test]
    fn a_title_does_not_become_commands_of_a_saved_script() {
        let folder = folder();
        let lesson = place(&folder, "lesson.yaml");
        let source = include_str!("../../lessons/momentum.yaml");
        let title = source
            .lines()
            .find(|line| line.starts_with("title: "))
            .unwrap();
        fs::write(&lesson, source.replace(title, "title: \"a\\nquit\\rb\"")).unwrap();
        let script = place(&folder, "script");
        let saved = piped(
            &mut tutor(&[&lesson, "-c", &format!("step; save {script}")]),
            "",
        );
        let written = fs::read_to_string(&script);
        // A lesson may be refused for such a title; where it is not, the title stays a comment.
        match written {
            Ok(script) => assert_eq!(script, "# A sitting with the lesson \"a quit b\".\nstep\n"),
            Err(_) => assert!(
                text(&saved.stderr).contains("title"),
                "{}",
                text(&saved.stderr)
            ),
        }
    }
}

mod limits {
    use super::*;
    use crate::support::program::TUTOR;

    fn shell(script: &str, folder: &TempDir) -> std::process::Output {
        let mut shell = Command::new("sh");
        shell
            .args(["-c", script])
            .current_dir(folder)
            .env("TUTOR", TUTOR);
        piped(shell.env("XDG_STATE_HOME", "/dev/null"), "")
    }

    #[test]
    fn a_full_disk_is_told() {
        let folder = folder();
        for way in [
            "--help",
            "--version",
            "check --help",
            "lessons",
            "trace momentum",
            "check",
            "momentum -c step",
        ] {
            let output = shell(&format!("\"$TUTOR\" {way} > /dev/full"), &folder);
            let said = text(&output.stderr);
            assert_eq!(
                (output.status.code(), said.starts_with("error: ")),
                (Some(1), true),
                "{way}: {said}"
            );
        }
    }

    #[test]
    fn a_file_that_may_not_grow_is_told_and_nothing_is_left() {
        let folder = folder();
        for way in [
            "trace momentum --output file.csv",
            "momentum -c 'step; save file.txt'",
            "picture momentum --output file.svg",
        ] {
            let output = shell(&format!("ulimit -f 0; \"$TUTOR\" {way}"), &folder);
            let said = text(&output.stderr);
            assert_eq!(output.status.code(), Some(1), "{way}: {said}");
            assert!(said.contains("cannot be written"), "{said}");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{way}");
        }
    }

    #[test]
    fn a_line_without_end_is_not_waited_for() {
        let folder = folder();
        for way in ["momentum", "practice"] {
            let output = shell(&format!("\"$TUTOR\" {way} < /dev/zero"), &folder);
            assert_eq!(output.status.code(), Some(1));
            let said = text(&output.stderr);
            assert!(said.starts_with("line 1: it is longer than any"), "{said}");
        }
    }

    #[test]
    fn a_line_of_data_without_end_is_not_read() {
        let folder = folder();
        let endless = "a,".repeat(1 << 20);
        for (data, line) in [(endless.clone(), 1), (format!("a,b\n1,0.5\n{endless}"), 3)] {
            fs::write(folder.path().join("data.csv"), data).unwrap();
            let lesson = lessons_and_files::lesson(Path::new("data.csv"));
            fs::write(folder.path().join("lesson.yaml"), lesson).unwrap();
            let (said, _) = said(&["check", &place(&folder, "lesson.yaml")]);
            assert!(
                said.contains(&format!("data.csv: line {line} is longer than 1 MiB")),
                "{said}"
            );
        }
    }
}
