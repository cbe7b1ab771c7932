//! Line mode, as a person at a terminal meets it.
#![cfg(unix)]

use crate::support::line as support_line;
use crate::support::pty;

use std::fs;
use std::path::Path;

use nnmom_tutor::record::{Folder, HISTORY_FILE, TypedLines};
use pty::{Pty, command};
use support_line::LineMode;

use crate::support::sittings::{folder, run, said, sitting};

use crate::support::program::TUTOR;

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const TAB: &str = "\t";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_U: &str = "\x15";

/// The lines that the next sitting will remember.
fn remembered(folder: &Path) -> Vec<String> {
    TypedLines::load(Some(Folder::shelf(folder)))
        .lines()
        .to_vec()
}

/// Presses Up again and again, and waits for each of these lines.
#[track_caller]
fn recall(tutor: &LineMode, lines: &[&str]) {
    for line in lines {
        tutor.pty.press(UP);
        tutor
            .pty
            .wait_until(&format!("the line {line:?}"), |screen| {
                typed(screen).is_some_and(|typed| typed.split("   → ").next() == Some(line))
            });
    }
}

/// Checks that this is the oldest line: Up stays at it.
#[track_caller]
fn assert_no_more(tutor: &LineMode, oldest: &str) {
    // What is typed after it shows that the key has been heard.
    tutor.pty.press(&format!("{UP}x"));
    wait_for_line(tutor, &format!("{oldest}x"));
}

/// What stands after the last prompt.
fn typed(screen: &vt100::Screen) -> Option<String> {
    let text = screen.contents();
    let last = text.trim_end().lines().next_back().unwrap_or("");
    let (_, typed) = last.split_once('>')?;
    Some(typed.trim().to_owned())
}

/// Waits until what stands after the prompt is exactly this.
#[track_caller]
fn wait_for_line(tutor: &LineMode, line: &str) {
    tutor
        .pty
        .wait_until(&format!("the line {line:?}"), |screen| {
            typed(screen).as_deref() == Some(line)
        });
}

mod talk {
    use super::*;

    #[test]
    fn it_opens_with_the_lesson_and_where_one_is() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        let text = tutor.pty.text();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "Neural network momentum");
        assert_eq!(lines[3], "Page 1 of 7: The plain step");
        assert!(text.contains("Type next for a line"), "{text}");
        assert_eq!(
            lines[lines.len() - 1].trim_end(),
            "page 1/7, update 1, line 0/3>"
        );
        tutor.leave();
    }

    #[test]
    fn next_is_answered_with_a_sentence() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.enter("next");
        let text = tutor.pty.text();
        assert!(
            text.contains(
                "line 0/3> next\nLine 1 of 3: gradient is 2.7. Which way is downhill, and how steep. The lesson gives it.\n\
                 Next: what is the delta, 0.01 × 2.7?\npage 1/7, update 1, line 1/3>"
            ),
            "{text}"
        );
        tutor.leave();
    }

    #[test]
    fn a_wrong_line_is_marked_and_one_goes_on() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.enter("set momentun 0.9");
        let text = tutor.pty.text();
        assert!(
            text.contains(
                "there is no `momentun` to set\n  set momentun 0.9\n  The second word, `momentun`: did you mean `momentum`?\n"
            ),
            "{text}"
        );
        tutor.enter("step");
        tutor.leave();
    }

    #[test]
    fn who_types_ahead_is_heard() {
        let folder = folder();
        let mut tutor = LineMode::start(folder.path());
        tutor.pty.press("next\rnext\rshow weights\rquit\r");
        assert_eq!(tutor.pty.wait_exit().exit_code(), 0);
        let text = tutor.pty.text();
        for said in ["Line 1 of 3", "Line 2 of 3", "After 0 updates"] {
            assert!(text.contains(said), "{text}");
        }
    }

    #[test]
    fn several_lines_that_are_pasted_are_done_one_after_another_when_entered() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press("\x1b[200~next\r\nstepp\r\nnext\x1b[201~");
        tutor.pty.wait_for("stepp\nnext");
        assert!(!tutor.pty.text().contains("Line 1 of 3"));
        tutor.press("\r");
        let text = tutor.pty.text();
        assert!(text.contains("Line 1 of 3: gradient is 2.7"), "{text}");
        assert!(text.contains("\n  stepp\n  did you mean `step`?"), "{text}");
        assert!(
            text.ends_with("line 1/3>"),
            "a wrong line ends them: {text}"
        );
        tutor.leave();
    }

    #[test]
    fn while_a_change_is_typed_its_effect_is_shown_and_nothing_is_done() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.enter("page 2");
        tutor.pty.press("set momentum 0.9");
        tutor
            .pty
            .wait_for("set momentum 0.9   → update 1 gives the weight 3.6266.");
        tutor.press(&format!("{CTRL_U}show\r"));
        let text = tutor.pty.text();
        assert!(text.contains("\nmomentum μ = 0.5\n"), "{text}");
        assert!(
            !text.contains("→ update 1 gives"),
            "the hint is gone: {text}"
        );
        tutor.leave();
    }
}

mod completion {
    use super::*;

    #[test]
    fn tab_completes_what_is_clear() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press(&format!("swi{TAB}"));
        wait_for_line(&tutor, "switch");
        tutor.pty.press(&format!(" {TAB}"));
        tutor.pty.wait_for("> switch main");
        tutor.press(&format!("{CTRL_U}\r"));
        tutor.pty.press(&format!("set rule hea{TAB}"));
        tutor.pty.wait_for("> set rule heavy-ball");
        tutor.press("\r");
        tutor.pty.wait_for("rule heavy-ball from update 1 on.");
        tutor.leave();
    }

    #[test]
    fn tab_twice_lists_what_is_not() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press(&format!("s{TAB}{TAB}"));
        tutor.pty.wait_until("every candidate", |screen| {
            let text = screen.contents();
            let rest = text.rsplit("line 0/3> s").next().unwrap_or("").to_owned();
            let text_before = text.clone();
            let all = text + &rest;
            // The list comes first and the line again after it: only then is it done.
            let line_is_back = text_before.matches("line 0/3> s").count() == 2;
            line_is_back
                && ["step", "start", "set", "show", "switch", "save", "source"]
                    .iter()
                    .all(|word| {
                        all.lines()
                            .any(|line| line.split_whitespace().any(|w| w == *word))
                    })
        });
        tutor.press(&format!("{CTRL_U}\r"));
        tutor.leave();
    }
}

mod lessons {
    use super::*;

    #[test]
    fn tab_names_the_lessons_of_the_program_and_then_files() {
        let folder = folder();
        fs::write(folder.path().join("lean.yaml"), "").unwrap();
        let mut command = LineMode::command(folder.path());
        command.cwd(folder.path());
        let tutor = LineMode::run(command);
        tutor.pty.press(&format!("open le{TAB}"));
        wait_for_line(&tutor, "open lea   → opens the lesson lea");
        tutor.pty.press(&format!("{TAB}{TAB}"));
        tutor
            .pty
            .wait_until("the lesson and then the file", |screen| {
                let text = screen.contents();
                let place = |word: &str| {
                    text.find(&format!("{word} "))
                        .or(text.find(&format!("{word}\n")))
                };
                matches!((place("learning-rate"), place("lean.yaml")), (Some(a), Some(b)) if a < b)
                    && typed(screen).is_some_and(|typed| typed.starts_with("open lea"))
            });
        tutor.pty.press(&format!("r{TAB}"));
        wait_for_line(
            &tutor,
            "open learning-rate   → opens the lesson learning-rate",
        );
        tutor.press("\r");
        let text = tutor.pty.text();
        assert!(text.contains("\nThe learning rate\n"), "{text}");
        assert!(text.ends_with("page 1/5, update 1, line 0/3>"), "{text}");
        tutor.leave();
    }

    #[test]
    fn a_lesson_that_is_not_there_is_told_and_nothing_has_changed() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.enter("next");
        tutor.enter("open momentm");
        let text = tutor.pty.text();
        assert!(
            text.contains(
                "there is no lesson file `momentm`\n  open momentm\n  did you mean the built-in lesson \
                 `momentum`?\npage 1/7, update 1, line 1/3>"
            ),
            "{text}"
        );
        tutor.leave();
    }
}

mod history {
    use super::*;

    #[test]
    fn up_recalls_the_lines_before() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.enter("next");
        tutor.enter("show weights");
        tutor.pty.press(UP);
        wait_for_line(&tutor, "show weights");
        tutor.pty.press(UP);
        tutor.pty.wait_for("line 1/3> next");
        tutor.pty.press(DOWN);
        wait_for_line(&tutor, "show weights");
        tutor.press("\r");
        assert_eq!(tutor.pty.text().matches("\nAfter 0 updates:\n").count(), 2);
        tutor.leave();
    }

    #[test]
    fn a_line_typed_again_is_recalled_once() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        for line in ["next", "show weights", "next", "back", "show weights"] {
            tutor.enter(line);
        }
        recall(&tutor, &["show weights", "back", "next"]);
        assert_no_more(&tutor, "next");
        tutor.press(&format!("{CTRL_U}\r"));
        tutor.leave();
        assert_eq!(
            remembered(folder.path()),
            ["next", "back", "show weights", "quit"]
        );
    }

    #[test]
    fn lines_are_still_known_after_leaving_and_starting_again() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        for line in [
            "next",
            "step",
            "step",
            "show weights",
            "  step",
            "nonsense",
            "",
        ] {
            tutor.enter(line);
        }
        tutor.leave();

        let tutor = LineMode::start(folder.path());
        let lines = ["quit", "nonsense", "step", "show weights", "next"];
        recall(&tutor, &lines);
        assert_no_more(&tutor, "next");
        tutor.press(&format!("{CTRL_U}quit now\r"));
        tutor.leave();
        assert_eq!(
            remembered(folder.path()),
            [
                "next",
                "show weights",
                "step",
                "nonsense",
                "quit now",
                "quit"
            ]
        );
    }

    #[test]
    fn two_tutors_at_once_both_remember() {
        let folder = folder();
        let first = LineMode::start(folder.path());
        let second = LineMode::start(folder.path());
        first.enter("next");
        second.enter("step");
        first.enter("show");
        first.leave();
        second.leave();
        assert_eq!(remembered(folder.path()), ["next", "step", "show", "quit"]);
    }

    #[test]
    fn lines_that_are_pasted_together_are_recalled_together() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press("\x1b[200~next\r\nshow weights\x1b[201~");
        tutor.pty.wait_for("next\nshow weights");
        tutor.press("\r");
        recall(&tutor, &["next; show weights"]);
        tutor.press("\r");
        let text = tutor.pty.text();
        assert_eq!(text.matches("\nAfter 0 updates:\n").count(), 2, "{text}");
        tutor.leave();
    }

    #[test]
    fn lines_are_kept_however_one_leaves() {
        let folder = folder();
        let mut tutor = LineMode::start(folder.path());
        tutor.enter("step");
        tutor.pty.press(CTRL_D);
        tutor.pty.wait_exit();
        assert_eq!(remembered(folder.path()), ["step"]);
    }

    #[test]
    fn a_state_folder_that_is_not_there_is_made() {
        let folder = folder();
        let state = folder.path().join("deep").join("state");
        let tutor = LineMode::start(&state);
        tutor.enter("step");
        tutor.leave();
        assert_eq!(remembered(&state), ["step", "quit"]);
    }

    #[test]
    fn a_history_that_is_none_does_not_keep_the_tutor_from_starting() {
        for junk in [
            &b"\xff\xfe\x00\x80\n\xc3"[..],
            b"#V2\n\xff\n",
            b"",
            b"\0\0\0",
        ] {
            let folder = folder();
            fs::write(folder.path().join(HISTORY_FILE), junk).unwrap();
            let tutor = LineMode::start(folder.path());
            tutor.enter("step");
            tutor.leave();
            let lines = remembered(folder.path());
            assert!(
                lines.ends_with(&["step".to_owned(), "quit".to_owned()]),
                "{lines:?}"
            );
        }
    }

    #[test]
    fn a_folder_in_the_place_of_the_history_does_not_keep_the_tutor_from_starting() {
        let folder = folder();
        let place = folder.path().join(HISTORY_FILE);
        fs::create_dir(&place).unwrap();
        fs::write(place.join("precious"), "kept").unwrap();
        for _ in 0..2 {
            let tutor = LineMode::start(folder.path());
            tutor.enter("step");
            tutor.leave();
        }
        let kept = fs::read_to_string(place.join("precious"));
        assert_eq!(kept.unwrap(), "kept");
    }

    #[test]
    fn a_state_folder_that_cannot_be_made_does_not_keep_the_tutor_from_starting() {
        let folder = folder();
        let file = folder.path().join("file");
        fs::write(&file, "mine").unwrap();
        let tutor = LineMode::start(&file.join("state"));
        tutor.enter("step");
        tutor.leave();
        assert_eq!(fs::read_to_string(file).unwrap(), "mine");
    }
}

mod end {
    use super::*;

    #[test]
    fn ctrl_c_gives_up_the_line_and_goes_on() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press("step 2");
        wait_for_line(&tutor, "step 2   → to update 2 of 6, line 3 of 3");
        tutor.press(CTRL_C);
        wait_for_line(&tutor, "");
        tutor.enter("show");
        let text = tutor.pty.text();
        assert!(text.contains("0 updates complete"), "{text}");
        tutor.leave();
    }

    /// A run without an end, on a terminal.
    #[test]
    fn ctrl_c_stops_what_takes_long_and_nothing_remains_of_its_progress() {
        let folder = folder();
        let script = folder.path().join("long.txt");
        std::fs::write(&script, "step\ngoto 9000000000\nset momentum 0.5\n").unwrap();
        let source = format!("source {}", script.display());
        for line in ["goto 9000000000", "step; run max 9000000000; step", &source] {
            // A network: a run on a surface that has converged is soon at any update.
            let tutor = LineMode::run(command(TUTOR, &["iris", "--repl"]));
            tutor.pty.press(&format!("{line}\r"));
            tutor.pty.wait_for(" updates made. Ctrl-C stops.");
            tutor.press(CTRL_C);
            let text = tutor.pty.text();
            assert!(
                text.contains("topped") && !text.contains("Ctrl-C stops."),
                "{text}"
            );
            // The line after it is read and done, and what came behind it in the script is not.
            tutor.enter("show state");
            let text = tutor.pty.text();
            assert!(text.contains("\nmomentum μ = 0\n"), "{text}");
            tutor.leave();
        }
    }

    #[test]
    fn ctrl_c_stops_a_script_and_what_is_made_for_files() {
        let folder = folder();
        let script = folder.path().join("long.txt");
        std::fs::write(&script, "step\ngoto 9000000000\nset momentum 0\n").unwrap();
        let script = script.to_str().unwrap();
        let tutor = env!("CARGO_BIN_EXE_nnmom-tutor");
        // A network: a run on a surface that has converged is soon at any update.
        let mut pty = Pty::run(120, 60, command(tutor, &["iris", "--script", script]));
        pty.wait_for(" updates made. Ctrl-C stops.");
        pty.press(CTRL_C);
        assert_eq!(pty.wait_exit().exit_code(), 130);
        pty.assert_given_back();
        let told = pty.text();
        assert!(told.contains("Stopped: "), "{told}");
        assert!(
            told.contains("long.txt:2: stopped; what comes after it is not done"),
            "{told}"
        );
        assert!(!told.contains("Ctrl-C stops."), "{told}");

        let long = [
            "run",
            "iris",
            "--steps",
            "9000000000",
            "--every",
            "9000000000",
        ];
        let mut pty = Pty::run(120, 60, command(tutor, &long));
        pty.wait_for(" of 9000000000 updates made. Ctrl-C stops.");
        pty.press(CTRL_C);
        assert_eq!(pty.wait_exit().exit_code(), 130);
        assert!(pty.text().contains("Stopped by Ctrl-C."), "{}", pty.text());
    }

    #[test]
    fn ctrl_d_leaves() {
        let folder = folder();
        let mut tutor = LineMode::start(folder.path());
        tutor.pty.press(CTRL_D);
        assert_eq!(tutor.pty.wait_exit().exit_code(), 0);
        tutor.pty.assert_given_back();
    }

    #[test]
    fn ctrl_d_after_something_typed_does_not_leave() {
        let folder = folder();
        let tutor = LineMode::start(folder.path());
        tutor.pty.press("step");
        tutor.pty.wait_for("> step");
        tutor.pty.press(CTRL_D);
        tutor.press("\r");
        assert!(tutor.pty.text().contains("Update 1 is complete"));
        tutor.leave();
    }

    #[test]
    fn while_a_line_is_typed_the_terminal_is_raw_and_afterwards_it_is_given_back() {
        let folder = folder();
        let mut tutor = LineMode::start(folder.path());
        assert!(tutor.pty.taken().contains(&"raw input"));
        tutor.enter("next");
        tutor.pty.press("quit\r");
        assert_eq!(tutor.pty.wait_exit().exit_code(), 0);
        tutor.pty.assert_given_back();
    }
}

mod look {
    use super::*;

    /// A short sitting, and every byte that it has written.
    fn bytes(variables: &[(&str, &str)]) -> Vec<u8> {
        let folder = folder();
        let mut command = LineMode::command(folder.path());
        for (name, value) in variables {
            command.env(name, value);
        }
        let mut tutor = LineMode::run(command);
        tutor.enter("step");
        tutor.enter("set momentum 0.9");
        tutor.enter("branches");
        tutor.pty.press("quit\r");
        assert_eq!(tutor.pty.wait_exit().exit_code(), 0);
        tutor.pty.raw()
    }

    /// The numbers of every `ESC [ … m` in it.
    fn styles(bytes: &[u8]) -> Vec<String> {
        let text = String::from_utf8_lossy(bytes);
        let sequences = text.split("\x1b[").skip(1);
        let styles = sequences.filter_map(|sequence| {
            let end = sequence.find(|letter: char| letter.is_ascii_alphabetic())?;
            sequence[end..]
                .starts_with('m')
                .then(|| sequence[..end].to_owned())
        });
        styles.collect()
    }

    #[test]
    fn where_colours_are_welcome_there_are_some() {
        assert!(
            styles(&bytes(&[]))
                .iter()
                .any(|style| style.contains("38;5;"))
        );
    }

    #[test]
    fn without_colours_there_is_no_colour_code() {
        let none: [&str; 0] = [];
        assert_eq!(styles(&bytes(&[("NO_COLOR", "1")])), none);
    }

    #[test]
    fn a_dumb_terminal_gets_line_mode_by_itself_and_nothing_but_text() {
        let folder = folder();
        let mut command = command(TUTOR, &["momentum"]);
        command.env("TERM", "dumb");
        command.env("XDG_STATE_HOME", folder.path());
        command.env("HOME", folder.path());
        let mut pty = Pty::run(120, 60, command);
        pty.wait_for("line 0/3>");
        pty.press("step\n");
        pty.wait_for("line 3/3>");
        pty.press("quit\n");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
        assert!(!pty.raw().contains(&0x1b));
    }
}

#[test]
fn copy_prints_what_a_pane_says() {
    let mut session = sitting("momentum");
    run(&mut session, &["step"]);
    for (copy, show) in [
        ("copy update", "show"),
        ("copy", "show"),
        ("copy code", "show code"),
        ("copy history", "show history"),
    ] {
        let copied = said(&mut session, copy);
        assert_eq!(copied, said(&mut session, show), "{copy}");
        assert!(!copied.contains('\u{1b}'));
    }
}
