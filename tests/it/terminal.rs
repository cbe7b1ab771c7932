//! The program in a terminal: what is on the screen after which keys, and that the terminal is given back.
#![cfg(unix)]

use crate::support::pty;

use std::io;
use std::process::{Command, Stdio};

use nnmom_tutor::terminal::Terminal;
use portable_pty::CommandBuilder;
use pty::{Pty, command, leave};

use crate::support::program::TUTOR;
const LESSON: &str = "lessons/momentum.yaml";

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const RIGHT: &str = "\x1b[C";
const LEFT: &str = "\x1b[D";
const PAGE_DOWN: &str = "\x1b[6~";
const ENTER: &str = "\r";
const ESCAPE: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_Z: &str = "\x1a";

/// The lesson of the article in a window of 100 x 30.
fn tutor() -> Pty {
    tutor_with(&[], &[])
}

/// The same with more arguments and environment variables.
fn tutor_with(arguments: &[&str], variables: &[(&str, &str)]) -> Pty {
    let mut command = command(TUTOR, &[LESSON]);
    command.args(arguments);
    for (name, value) in variables {
        command.env(name, value);
    }
    let pty = Pty::run(100, 30, command);
    pty.wait_for("q quit");
    pty
}

/// The page of the lesson that asks for the weight with momentum.
fn tutor_at_second_update() -> Pty {
    let pty = tutor_with(&["--page", "2"], &[]);
    pty.wait_for("page 2 of ");
    pty
}

/// The line of the update that ends with the new weight, with single blanks.
#[track_caller]
fn new_weight(pty: &Pty) -> String {
    let line = pty.line("new weight  ");
    let words: Vec<&str> = line.split_whitespace().collect();
    words.join(" ")
}

fn shell(script: &str) -> CommandBuilder {
    let mut shell = command("/bin/sh", &["-c", script]);
    shell.env("TUTOR", TUTOR);
    shell
}

mod lesson {
    use base64::prelude::{BASE64_STANDARD, Engine};

    use super::*;

    #[test]
    fn the_article_can_be_followed_from_the_plain_update_to_another_momentum() {
        let pty = tutor();
        pty.press(PAGE_DOWN);
        pty.wait_for("page 2 of ");
        pty.press(&RIGHT.repeat(4));
        pty.wait_for("line 4/6");
        assert!(new_weight(&pty).contains("3.587 + 0.022 = ?"));
        assert!(!pty.text().contains("3.609"));
        pty.press(RIGHT);
        pty.wait_for("line 5/6");
        assert!(new_weight(&pty).contains("3.587 + 0.022 = 3.609"));
        pty.press(":set momentum 0.9");
        pty.press(ENTER);
        pty.wait_for("0.9 × 0.044");
        assert!(new_weight(&pty).contains("3.587 + 0.0396 = 3.6266"));
        pty.press(LEFT);
        pty.wait_for("line 4/6");
        assert!(new_weight(&pty).contains("3.587 + 0.0396 = ?"));
        leave(pty);
    }

    #[test]
    fn a_run_plays_by_itself_until_something_happens_or_somebody_pauses_it() {
        let pty = tutor();
        pty.press(":play 1/2\r");
        pty.wait_for("▶ playing   1/2 update a second");
        pty.press(" ");
        pty.wait_for("Paused ");
        pty.press(":play 64\r");
        pty.wait_for("Stopped after update 5: ihWeights[i,j] has turned back");
        pty.wait_for("step 5/6");
        leave(pty);
    }

    #[test]
    fn where_the_environment_wants_no_motion_the_stop_is_there_at_once() {
        let pty = tutor_with(&[], &[("NNMOM_MOTION", "off")]);
        pty.press(" ");
        pty.wait_for("Stopped after update 5: ihWeights[i,j] has turned back");
        leave(pty);
    }

    #[test]
    fn the_terminal_is_given_back_while_a_run_plays() {
        let playing = || {
            let pty = tutor();
            pty.press(":play 1/2\r");
            pty.wait_for("▶ playing");
            pty
        };
        leave(playing());
        let mut pty = playing();
        pty.signal("TERM");
        pty.wait_exit();
        pty.assert_given_back();
    }

    #[test]
    fn escape_and_a_key_that_arrive_together_are_both_obeyed() {
        let pty = tutor();
        pty.press(":");
        pty.wait_for("Enter runs");
        pty.press("\x1bj");
        pty.wait_for("step 1/6");
        leave(pty);
    }

    #[test]
    fn an_arrow_that_arrives_in_parts_is_an_arrow() {
        let pty = tutor();
        for (part, rest) in [("\x1b", "[B"), ("\x1b[", "B")] {
            pty.press(part);
            std::thread::sleep(std::time::Duration::from_millis(5));
            pty.press(rest);
        }
        pty.wait_for("step 2/6");
        leave(pty);
    }

    #[test]
    fn a_line_feed_is_enter_and_the_byte_of_ctrl_h_is_backspace() {
        let pty = tutor();
        pty.press(":stepx\x08\n");
        pty.wait_for("step 1/6");
        leave(pty);
    }

    #[test]
    fn ctrl_l_draws_all_of_it_again() {
        let pty = tutor();
        let before = pty.raw().len();
        pty.press("\x0c");
        pty.press(":");
        pty.wait_for("Enter runs");
        let drawn = String::from_utf8_lossy(&pty.raw()[before..]).into_owned();
        assert!(drawn.contains("Neural network momentum"), "{drawn:?}");
        pty.press(ESCAPE);
        leave(pty);
    }

    #[test]
    fn the_wheel_does_not_become_arrows_and_frames_are_shown_whole() {
        let pty = tutor();
        pty.press("\x1bOQ");
        pty.wait_for("The mouse is the terminal's");
        let shown = String::from_utf8_lossy(&pty.raw()).into_owned();
        assert!(shown.contains("\x1b[?1007l") && !shown.contains("\x1b[?1007h"));
        let frames = shown.matches("\x1b[?2026h").count();
        assert!(frames > 1);
        assert_eq!(shown.matches("\x1b[?2026l").count(), frames);
        leave(pty);
    }

    /// What the terminal has been asked to put onto its clipboard last.
    fn clipboard(pty: &Pty) -> String {
        let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
        let (_, sent) = raw.rsplit_once("\x1b]52;c;").expect("something is copied");
        let (sent, _) = sent.split_once("\x1b\\").expect("an end");
        String::from_utf8(BASE64_STANDARD.decode(sent).unwrap()).unwrap()
    }

    #[test]
    fn what_a_pane_says_is_copied_to_the_terminal_and_shown_without_borders() {
        let pty = tutor();
        pty.press(":copy update\r");
        pty.wait_for("on the clipboard");
        let copied = clipboard(&pty);
        assert!(
            copied.starts_with("State\n") && copied.contains("rule "),
            "{copied}"
        );
        assert!(
            !copied.contains('│') && !copied.contains('\x1b'),
            "{copied}"
        );
        pty.press(ESCAPE);
        pty.wait_for("q quit");
        // The pane in focus, by its key.
        pty.press("C");
        pty.wait_for("on the clipboard");
        assert!(
            clipboard(&pty).starts_with("The plain step\n"),
            "{}",
            clipboard(&pty)
        );
        pty.press(ESCAPE);
        pty.wait_for("q quit");
        leave(pty);
    }

    #[test]
    fn the_third_level_of_a_keyboard_writes_its_character() {
        let pty = tutor();
        // AltGr as terminals tell of it that have no name for it: Ctrl and Alt with the character.
        pty.press("\x1b[93;7u");
        pty.wait_for("momentum 0.6 from");
        pty.press(":");
        pty.wait_for("Enter runs");
        pty.press("\x1b[91;7u\x1b[126;7u\x1b[8364;7u");
        pty.wait_for("› [~€");
        pty.press(ESCAPE);
        pty.wait_for("q quit");
        leave(pty);
    }

    #[test]
    fn without_momentum_the_weight_comes_to_3_587() {
        let pty = tutor();
        pty.press(DOWN);
        pty.wait_for("step 1/6");
        assert!(new_weight(&pty).contains("3.56 + 0.027 = 3.587"));
        leave(pty);
    }

    #[test]
    fn one_key_completes_the_update_to_3_609() {
        let pty = tutor_at_second_update();
        pty.press(DOWN);
        pty.wait_for("step 1/6");
        assert!(new_weight(&pty).contains("3.587 + 0.022 = 3.609"));
        leave(pty);
    }

    #[test]
    fn a_command_says_what_it_would_do_before_it_is_entered() {
        let pty = tutor_at_second_update();
        pty.press(DOWN);
        pty.wait_for("3.609");
        pty.press(UP);
        pty.wait_for("line 0/6");
        pty.press(":set momentum 0.9");
        pty.wait_for("3.6266");
        assert!(pty.line("step 0/6").contains("momentum 0.5"));
        pty.press(ESCAPE);
        pty.wait_until("no command bar", |screen| {
            !screen.contents().contains("3.6266")
        });
        leave(pty);
    }

    #[test]
    fn a_knob_makes_the_run_anew_and_its_ghost_can_be_kept() {
        let pty = tutor_with(&["--page", "5"], &[]);
        pty.wait_for("step 3/6");
        pty.press("]");
        pty.wait_for("◌ before momentum 0.5: weight 3.6485");
        pty.wait_for("● now    momentum 0.6: weight 3.6534");
        pty.press("]");
        pty.wait_for("● now    momentum 0.7");
        pty.wait_for("◌ before momentum 0.5: weight 3.6485");
        pty.press("P");
        pty.wait_for("is kept as the branch momentum=0.5");
        assert!(!pty.text().contains("◌ before"), "{}", pty.text());
        leave(pty);
    }

    #[test]
    fn going_back_by_line_and_by_update_brings_back_the_same_screen() {
        let pty = tutor_at_second_update();
        let first = pty.text();
        pty.press(RIGHT);
        pty.wait_for("line 1/6");
        pty.press(RIGHT);
        pty.wait_for("line 2/6");
        pty.press(LEFT);
        pty.wait_for("line 1/6");
        pty.press(LEFT);
        pty.wait_for_exactly(&first);
        pty.press(DOWN);
        pty.wait_for("step 1/6");
        pty.press(UP);
        pty.wait_for_exactly(&first);
        leave(pty);
    }
}

mod size {
    use super::*;

    /// Waits for a frame of the present size: the hints stand in the last row of every size that is large enough.
    #[track_caller]
    fn wait_for_hints_in_last_row(pty: &Pty, columns: u16, rows: u16) {
        pty.wait_until("the hints in the last row", |screen| {
            let (height, width) = screen.size();
            assert_eq!((width.get(), height.get()), (columns, rows));
            let mut lines = screen.rows(0, columns);
            lines.nth(usize::from(rows) - 1).is_some_and(|line| {
                line.contains("? help") && screen.contents().contains("page 2 of 7")
            })
        });
    }

    #[test]
    fn the_screen_follows_the_size_of_the_window() {
        let pty = tutor_at_second_update();
        pty.press(&RIGHT.repeat(5));
        pty.wait_for("line 5/6");

        pty.resize(80, 24);
        wait_for_hints_in_last_row(&pty, 80, 24);
        assert!(new_weight(&pty).contains("= 3.609"));
        assert!(!pty.text().contains("Code · Python"));

        pty.resize(60, 16);
        wait_for_hints_in_last_row(&pty, 60, 16);
        assert!(!pty.text().contains("new weight  "));
        pty.press("\t");
        pty.wait_for("new weight  ");
        assert!(new_weight(&pty).contains("= 3.609"));

        pty.resize(50, 10);
        pty.wait_for("needs 60 x 16 characters");
        assert!(pty.text().contains("has 50 x 10"));

        pty.resize(160, 45);
        wait_for_hints_in_last_row(&pty, 160, 45);
        assert!(new_weight(&pty).contains("= 3.609"));
        for pane in ["Update 1", "Code · Python", "Number line"] {
            assert!(pty.text().contains(pane), "{pane}");
        }

        pty.resize(100, 30);
        wait_for_hints_in_last_row(&pty, 100, 30);
        leave(pty);
    }

    #[test]
    fn a_window_that_is_dragged_about_ends_with_the_right_screen() {
        let pty = tutor_at_second_update();
        let first = pty.text();
        for change in 0..200 {
            pty.resize(20 + change * 7 % 150, 3 + change * 5 % 50);
        }
        pty.resize(100, 30);
        pty.wait_for_exactly(&first);
        leave(pty);
    }

    #[test]
    fn a_window_of_one_character_is_survived() {
        let pty = tutor();
        let first = pty.text();
        pty.resize(1, 1);
        pty.press(RIGHT);
        pty.press(LEFT);
        pty.resize(100, 30);
        pty.wait_for_exactly(&first);
        leave(pty);
    }
}

mod end {
    use super::*;

    #[test]
    fn a_terminal_that_is_not_given_back_is_noticed() {
        let mut pty = tutor();
        pty.signal("KILL");
        let status = pty.wait_exit();
        assert!(
            status
                .signal()
                .is_some_and(|signal| signal.starts_with("Killed"))
        );
        let taken = [
            "the alternate screen",
            "a hidden cursor",
            "bracketed paste",
            "the mouse",
            "raw input",
        ];
        assert_eq!(pty.taken(), taken);
    }

    #[test]
    fn keys_that_leave_give_the_terminal_back() {
        for key in ["q", CTRL_C] {
            let mut pty = tutor();
            pty.press(key);
            let status = pty.wait_exit();
            assert_eq!((status.exit_code(), status.signal()), (0, None), "{key:?}");
            pty.assert_given_back();
        }
    }

    #[test]
    fn signals_end_the_program_once_the_terminal_is_given_back() {
        for (name, meaning) in [
            ("INT", "Interrupt"),
            ("TERM", "Terminated"),
            ("HUP", "Hangup"),
        ] {
            let mut pty = tutor();
            pty.signal(name);
            let status = pty.wait_exit();
            let signal = status.signal().unwrap_or("none");
            assert!(signal.starts_with(meaning), "{name}: {status:?}");
            pty.assert_given_back();
        }
    }

    #[test]
    fn closing_the_window_ends_the_program_without_a_panic() {
        let mut pty = tutor();
        pty.hang_up();
        let status = pty.wait_exit();
        // Whichever comes first: the signal, or an output that fails.
        let hung_up = status
            .signal()
            .is_some_and(|signal| signal.starts_with("Hangup"));
        assert!(hung_up || status.exit_code() == 1, "{status:?}");
    }

    /// Run by the next test, in a terminal of its own.
    #[test]
    #[ignore = "it panics on purpose"]
    fn panics_with_the_terminal_taken() {
        if std::env::var_os("NNMOM_TUTOR_PANIC").is_some() {
            let _terminal = Terminal::enter().unwrap();
            panic!("this can be read");
        }
    }

    #[test]
    fn a_panic_gives_the_terminal_back_and_can_be_read() {
        let program = std::env::current_exe().unwrap();
        let arguments = [
            "--exact",
            "terminal::end::panics_with_the_terminal_taken",
            "--nocapture",
            "--ignored",
        ];
        let mut command = command(program.to_str().unwrap(), &arguments);
        command.env("NNMOM_TUTOR_PANIC", "1");
        let mut pty = Pty::run(100, 30, command);
        assert_eq!(pty.wait_exit().exit_code(), 101);
        pty.assert_given_back();
        assert!(pty.text().contains("panicked at"), "{}", pty.text());
        assert!(pty.text().contains("this can be read"), "{}", pty.text());
        // Whoever writes next writes below.
        let message = pty.text();
        let message = message
            .lines()
            .position(|line| line.contains("this can be read"));
        assert!(pty.cursor_row() > message.unwrap(), "{}", pty.text());
        assert!(pty.text().contains("test result: FAILED"), "{}", pty.text());
    }
}

mod sleep {
    use super::*;

    /// Checks that the program has stopped with the terminal given back, wakes it, and checks that all is as before.
    #[track_caller]
    fn wake(pty: Pty, before: &str) {
        pty.wait_until("the normal screen", |screen| !screen.alternate_screen());
        pty.wait_stopped();
        pty.assert_given_back();
        pty.signal("CONT");
        pty.wait_for_exactly(before);
        pty.press(RIGHT);
        pty.wait_for("line 2/6");
        pty.press(LEFT);
        pty.wait_for_exactly(before);
        leave(pty);
    }

    fn tutor_at_first_line() -> Pty {
        let pty = tutor_at_second_update();
        pty.press(RIGHT);
        pty.wait_for("line 1/6");
        pty
    }

    #[test]
    fn a_key_stops_the_program_and_waking_it_brings_back_the_screen() {
        let pty = tutor_at_first_line();
        let before = pty.text();
        pty.press(CTRL_Z);
        wake(pty, &before);
    }

    #[test]
    fn a_signal_stops_the_program_and_waking_it_brings_back_the_screen() {
        let pty = tutor_at_first_line();
        let before = pty.text();
        pty.signal("TSTP");
        wake(pty, &before);
    }

    #[test]
    fn the_program_may_stop_and_wake_again_and_again() {
        let pty = tutor_at_first_line();
        let before = pty.text();
        for _ in 0..3 {
            pty.press(CTRL_Z);
            pty.wait_until("the normal screen", |screen| !screen.alternate_screen());
            pty.wait_stopped();
            pty.assert_given_back();
            pty.signal("CONT");
            pty.wait_for_exactly(&before);
        }
        leave(pty);
    }

    #[test]
    fn a_window_resized_meanwhile_is_drawn_at_its_new_size() {
        let pty = tutor_at_first_line();
        let before = pty.text();
        pty.press(CTRL_Z);
        pty.wait_stopped();
        pty.resize(80, 24);
        pty.signal("CONT");
        pty.wait_for("Tab: Code");
        pty.resize(100, 30);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    /// `SIGSTOP` cannot be caught, so the terminal is not given back; the shell then sets it as it likes.
    #[test]
    fn a_terminal_changed_while_the_program_was_stopped_is_taken_again() {
        let pty = tutor_at_first_line();
        let before = pty.text();
        pty.signal("STOP");
        pty.wait_stopped();
        pty.set_line_by_line();
        pty.signal("CONT");
        pty.press(RIGHT);
        pty.wait_for("line 2/6");
        pty.press(LEFT);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn the_shell_gets_the_terminal_and_fg_brings_the_program_back() {
        let mut shell = command("/bin/sh", &["-i"]);
        shell.env("PS1", "shell> ");
        shell.env("TUTOR", TUTOR);
        shell.env("HISTFILE", "/dev/null");
        let mut pty = Pty::run(100, 30, shell);
        wait_for_prompt(&pty);
        pty.press("$TUTOR lessons/momentum.yaml\n");
        pty.wait_for("page 1 of ");
        pty.press(RIGHT);
        pty.wait_for("line 1/3");
        let before = pty.text();
        pty.press(CTRL_Z);
        wait_for_prompt(&pty);
        pty.press("fg\n");
        pty.wait_for_exactly(&before);
        pty.press("q");
        wait_for_prompt(&pty);
        pty.press("exit $((5 + $?))\n");
        assert_eq!(pty.wait_exit().exit_code(), 5);
        pty.assert_given_back();
    }

    /// Waits until the shell has the terminal and waits for a command.
    #[track_caller]
    fn wait_for_prompt(pty: &Pty) {
        pty.wait_until("a prompt", |screen| {
            !screen.alternate_screen() && screen.contents().trim_end().ends_with("shell>")
        });
    }
}

mod without_terminal {
    use super::*;

    /// What stands at the end of a terminal that never showed a full screen.
    #[track_caller]
    fn run_without_full_screen(script: &str) -> String {
        let mut pty = Pty::run(200, 60, shell(script));
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
        let raw = String::from_utf8(pty.raw()).unwrap();
        assert!(!raw.contains("\x1b[?1049h"), "{raw}");
        assert!(!raw.contains("panicked"), "{raw}");
        pty.text()
    }

    #[test]
    fn input_that_is_no_terminal_is_taken_as_commands() {
        let text =
            run_without_full_screen("echo step | $TUTOR lessons/momentum.yaml; echo status $?");
        assert!(text.contains("3.587"), "{text}");
        assert!(text.ends_with("status 0"), "{text}");
    }

    #[test]
    fn output_that_is_no_terminal_gets_no_escape_sequences() {
        let mut command = Command::new(TUTOR);
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = command.arg(LESSON).stdin(Stdio::null()).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(String::from_utf8_lossy(&output.stdout).contains("learning rate"));
        assert!(!output.stdout.contains(&0x1b));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }

    #[test]
    fn a_terminal_that_can_only_print_gets_lines_without_escape_sequences() {
        let mut command = command(TUTOR, &[LESSON]);
        command.env("TERM", "dumb");
        let mut pty = Pty::run(120, 30, command);
        pty.wait_for("line 0/3>");
        pty.press("step\n");
        pty.wait_for("line 3/3>");
        assert!(pty.text().contains("3.587"), "{}", pty.text());
        pty.press("quit\n");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
        assert!(!pty.raw().contains(&0x1b));
    }

    #[test]
    fn a_reader_who_has_seen_enough_is_no_error() {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(TUTOR);
        command.args(["trace", "momentum"]).stdout(writer);
        let output = command.stderr(Stdio::piped()).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
        assert_eq!(output.status.code(), Some(0));
    }

    #[test]
    fn the_head_of_a_trace_can_be_taken() {
        let script = "{ \"$TUTOR\" trace momentum; echo \"status $?\" >&2; } | head -n 1";
        let mut command = Command::new("/bin/sh");
        let output = command.args(["-c", script]).env("TUTOR", TUTOR).output();
        let output = output.unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout).lines().count(), 1);
        assert_eq!(String::from_utf8_lossy(&output.stderr), "status 0\n");
    }
}

mod input {
    use super::*;

    #[test]
    fn pasted_lines_go_to_the_command_bar_and_are_not_run() {
        let pty = tutor_at_second_update();
        let before = pty.text();
        pty.press("\x1b[200~\nset momentum 0.9\nq\nquit\rq\x1b[201~");
        pty.wait_for("› set momentum 0.9; q; quit; q");
        assert!(pty.line("step 0/6").contains("momentum 0.5"));
        pty.press(ESCAPE);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn a_long_paste_is_one_paste() {
        let pty = tutor_at_second_update();
        let before = pty.text();
        let lines = "q quit q\n".repeat(2_000);
        pty.press(&format!("\x1b[200~set momentum 0.9\n{lines}\x1b[201~"));
        pty.wait_for("fewer than 4096 characters");
        assert!(pty.line("step 0/6").contains("momentum 0.5"));
        pty.press(ESCAPE);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn many_keys_at_once_are_all_heard() {
        // More than is read at once: 1024 bytes.
        let pty = tutor_at_second_update();
        let before = pty.text();
        pty.press(&[RIGHT, LEFT].concat().repeat(400));
        pty.press(RIGHT);
        pty.wait_for("line 1/6");
        pty.press(LEFT);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn the_wheel_scrolls_the_text_and_leaves_the_update_alone() {
        let pty = Pty::run(100, 30, command(TUTOR, &["tests/support/long.yaml"]));
        pty.wait_for("q quit");
        let before = pty.text();
        let progress = pty.line("step 0/2   line 0/");
        assert!(before.contains("item 1 "));
        pty.press(&"\x1b[<65;10;5M".repeat(100));
        pty.wait_for("item 60");
        assert_eq!(pty.line("step 0/2   line 0/"), progress);
        pty.press(&"\x1b[<64;10;5M".repeat(100));
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn the_wheel_over_text_that_is_all_in_sight_does_nothing() {
        let pty = tutor_at_second_update();
        let before = pty.text();
        for wheel in ["\x1b[<65;10;5M", "\x1b[<64;80;5M"] {
            pty.press(wheel);
        }
        // Inputs are handled in order: when the bar is open, the wheel has been turned.
        pty.press(":");
        pty.wait_for("›");
        pty.press(ESCAPE);
        pty.wait_for_exactly(&before);
        leave(pty);
    }

    #[test]
    fn the_mouse_can_be_left_to_the_terminal() {
        let pty = tutor();
        pty.press("\x1bOQ");
        pty.wait_until("no mouse", |screen| {
            screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        pty.press("\x1bOQ");
        pty.wait_for("The wheel scrolls again");
        leave(pty);
    }
}

mod bar {
    use super::*;

    /// Waits until the bar has this line in it.
    #[track_caller]
    fn wait_for_bar(pty: &Pty, line: &str) {
        pty.wait_until(&format!("the bar with {line:?}"), |screen| {
            let text = screen.contents();
            let bar = text.lines().find_map(|row| row.strip_prefix("› "));
            bar.is_some_and(|typed| typed.trim_end() == line.trim_end())
        });
    }

    /// Checks that this is the oldest line: Up stays at it.
    #[track_caller]
    fn assert_no_more(pty: &Pty, oldest: &str) {
        // What is typed after it shows that the key has been heard.
        pty.press(&format!("{UP}x"));
        wait_for_bar(pty, &format!("{oldest}x"));
        pty.press("\x7f");
        wait_for_bar(pty, oldest);
    }

    /// Waits until there is no bar.
    #[track_caller]
    fn wait_for_no_bar(pty: &Pty) {
        pty.wait_until("no bar", |screen| {
            !screen.contents().lines().any(|row| row.starts_with("› "))
        });
    }

    #[test]
    fn tab_completes_commands_settings_and_parameters() {
        let pty = tutor_at_second_update();
        pty.press(":swi\t");
        wait_for_bar(&pty, "switch");
        pty.press("m\t");
        wait_for_bar(&pty, "switch main");
        pty.press(ESCAPE);
        wait_for_no_bar(&pty);
        pty.press(":set ih\t");
        wait_for_bar(&pty, "set ihWeights[i,j]");
        // The word is complete: a value follows at once.
        pty.press("4");
        wait_for_bar(&pty, "set ihWeights[i,j] 4");
        pty.press(ENTER);
        wait_for_no_bar(&pty);
        pty.wait_for("from w 4,");
        leave(pty);
    }

    #[test]
    fn tab_again_tries_one_candidate_after_another() {
        let pty = tutor_at_second_update();
        pty.press(":set mom\t");
        wait_for_bar(&pty, "set momentum");
        pty.press(&"\x7f".repeat("set momentum ".len()));
        pty.press("view \t");
        pty.wait_for("lesson  update  code  network");
        wait_for_bar(&pty, "view");
        for (candidate, key) in [
            ("lesson", "\t"),
            ("update", "\t"),
            ("code", "\t"),
            ("update", "\x1b[Z"),
        ] {
            pty.press(key);
            wait_for_bar(&pty, &format!("view {candidate}"));
            pty.wait_for(&format!("[{candidate}]"));
        }
        pty.press(&"\t".repeat(17));
        wait_for_bar(&pty, "view lesson");
        pty.press(ESCAPE);
        wait_for_no_bar(&pty);
        leave(pty);
    }

    #[test]
    fn lessons_are_completed_and_opened() {
        let pty = tutor_at_second_update();
        pty.press(":open lea\t");
        wait_for_bar(&pty, "open learning-rate");
        pty.wait_for("opens the lesson learning-rate");
        pty.press(ENTER);
        pty.wait_for("page 1 of 5");
        pty.wait_for("The learning rate");
        leave(pty);
    }

    #[test]
    fn a_wrong_line_stays_with_the_word_marked_and_nothing_has_changed() {
        let pty = tutor_at_second_update();
        let before = pty.text();
        for (line, word, advice) in [
            ("set momentm 0.9", "momentm", "did you mean `momentum`?"),
            ("sett momentum 0.9", "sett", "did you mean `set`?"),
            ("goto 99", "goto 99", "6 gradients"),
            ("set rule heavy", "heavy", "heavy-ball"),
            (
                "open momentm",
                "open momentm",
                "did you mean the built-in lesson `momentum`?",
            ),
        ] {
            pty.press(&format!(":{line}"));
            wait_for_bar(&pty, line);
            // While it is being typed it is unfinished and not wrong.
            assert_eq!(pty.underlined(4), "", "{line}");
            pty.press(ENTER);
            pty.wait_until("the mark", |screen| {
                let (rows, columns) = screen.size();
                let cells = (0..rows.get()).flat_map(|row| {
                    (0..columns.get()).filter_map(move |column| screen.cell(row, column))
                });
                let marked: String = cells
                    .filter(|cell| cell.underline() && cell.bold())
                    .map(vt100::Cell::contents)
                    .collect();
                marked.ends_with(&word.replace(' ', "")) || marked.ends_with(word)
            });
            wait_for_bar(&pty, line);
            assert_eq!(pty.underlined(4), word, "{line}");
            assert!(pty.text().contains(advice), "{line}: {}", pty.text());
            // The next key takes the mark away.
            pty.press("x");
            wait_for_bar(&pty, &format!("{line}x"));
            assert_eq!(pty.underlined(4), "");
            pty.press(ESCAPE);
            pty.wait_for_exactly(&before);
        }
        leave(pty);
    }

    #[test]
    fn up_recalls_earlier_lines_and_down_comes_back_to_what_was_being_typed() {
        let pty = tutor_at_second_update();
        for (line, seen) in [
            ("step", "step 1/6"),
            ("back", "step 0/6"),
            ("step", "step 1/6"),
        ] {
            pty.press(&format!(":{line}{ENTER}"));
            wait_for_no_bar(&pty);
            pty.wait_for(seen);
        }
        pty.press(":set mo");
        wait_for_bar(&pty, "set mo");
        for line in ["step", "back"] {
            pty.press(UP);
            wait_for_bar(&pty, line);
        }
        assert_no_more(&pty, "back");
        pty.press(DOWN);
        wait_for_bar(&pty, "step");
        pty.press(DOWN);
        wait_for_bar(&pty, "set mo");
        pty.press(&format!("{UP}{UP}{ENTER}"));
        pty.wait_for("step 0/6");
        wait_for_no_bar(&pty);
        leave(pty);
    }

    #[test]
    fn a_wrong_line_is_left_for_those_before_it_and_found_again() {
        let pty = tutor_at_second_update();
        for line in ["step", "back"] {
            pty.press(&format!(":{line}{ENTER}"));
            wait_for_no_bar(&pty);
        }
        pty.press(":");
        for line in ["back", "step"] {
            pty.press(UP);
            wait_for_bar(&pty, line);
        }
        pty.press(&format!("p{ENTER}"));
        pty.wait_for("did you mean `step`?");
        for (key, line) in [(UP, "back"), (UP, "step"), (DOWN, "back"), (DOWN, "stepp")] {
            pty.press(key);
            wait_for_bar(&pty, line);
        }
        pty.press(ESCAPE);
        wait_for_no_bar(&pty);
        leave(pty);
    }

    #[test]
    fn lines_are_still_known_in_the_next_sitting_here_and_in_line_mode() {
        let folder = tempfile::tempdir().unwrap();
        let state = ["--state-dir", folder.path().to_str().unwrap()];
        let pty = tutor_with(&state, &[]);
        for line in ["set lr 0.02", "set lr 0.01", "set lr 0.02"] {
            pty.press(&format!(":{line}{ENTER}"));
            wait_for_no_bar(&pty);
        }
        pty.press(&format!(":nonsense{ENTER}"));
        pty.wait_for("there is no command");
        pty.press(ESCAPE);
        wait_for_no_bar(&pty);
        leave(pty);

        let pty = tutor_with(&state, &[]);
        pty.press(":");
        for line in ["nonsense", "set lr 0.02", "set lr 0.01"] {
            pty.press(UP);
            wait_for_bar(&pty, line);
        }
        assert_no_more(&pty, "set lr 0.01");
        pty.press(ESCAPE);
        wait_for_no_bar(&pty);
        leave(pty);

        let mut command = command(TUTOR, &["momentum", "--repl"]);
        command.args(state);
        let mut pty = Pty::run(100, 60, command);
        pty.wait_for("line 0/3>");
        pty.press(UP);
        pty.wait_for("line 0/3> nonsense");
        pty.press("\x15quit\r");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }

    #[test]
    fn escape_closes_it_and_nothing_has_been_done() {
        let pty = tutor_at_second_update();
        let before = pty.text();
        for keys in [":", ":step", ":set \t", ":\x1b[A"] {
            pty.press(keys);
            pty.wait_for("›");
            pty.press(ESCAPE);
            pty.wait_for_exactly(&before);
        }
        leave(pty);
    }

    #[test]
    fn what_keys_do_to_the_screen_can_be_typed() {
        let pty = tutor_at_second_update();
        pty.press(":mouse off");
        pty.press(ENTER);
        pty.wait_until("no mouse", |screen| {
            screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        pty.press(":mouse on");
        pty.press(ENTER);
        pty.wait_until("the mouse", |screen| {
            screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None
        });
        pty.press(RIGHT);
        pty.wait_for("line 1/6");
        let before = pty.text();
        pty.press(":sleep");
        pty.press(ENTER);
        pty.wait_until("the normal screen", |screen| !screen.alternate_screen());
        pty.wait_stopped();
        pty.assert_given_back();
        pty.signal("CONT");
        pty.wait_for_exactly(&before);
        leave(pty);
    }
}

mod look {
    use super::*;

    /// Visits a few screens, and gives the text of each.
    fn visit(pty: &Pty) -> Vec<String> {
        let mut screens = vec![pty.text()];
        for (keys, text) in [
            (PAGE_DOWN, "page 2 of "),
            (RIGHT, "line 1/6"),
            (DOWN, "step 1/6"),
            ("w", "Why?"),
            (ESCAPE, "q quit"),
            ("?", "Here and now"),
            (ESCAPE, "q quit"),
            (":set momentum 0.9", "set momentum 0.9"),
            (ENTER, "momentum 0.9  rule"),
        ] {
            pty.press(keys);
            pty.wait_for(text);
            screens.push(pty.text());
        }
        screens
    }

    /// The numbers of every `ESC [ … m` that set a colour.
    fn colours(raw: &[u8]) -> Vec<String> {
        let raw = String::from_utf8_lossy(raw);
        let sequences = raw.split("\x1b[").skip(1);
        let styles = sequences.filter_map(|sequence| {
            let end = sequence.find(|letter: char| letter.is_ascii_alphabetic())?;
            sequence[end..].starts_with('m').then(|| &sequence[..end])
        });
        let numbers = styles.flat_map(|style| style.split([';', ':']));
        let colours = numbers.filter(|number| {
            let number = number.parse().unwrap_or(0);
            matches!(number, 30..=38 | 40..=48 | 90..=97 | 100..=107)
        });
        colours.map(str::to_owned).collect()
    }

    #[test]
    fn ascii_means_ascii() {
        let pty = tutor_with(&["--ascii"], &[]);
        for screen in visit(&pty) {
            assert!(screen.is_ascii(), "{screen}");
        }
        leave(pty);
    }

    #[test]
    fn without_colours_no_colour_is_written() {
        let pty = tutor();
        visit(&pty);
        assert!(!colours(&pty.raw()).is_empty());
        leave(pty);

        let pty = tutor_with(&[], &[("NO_COLOR", "1")]);
        visit(&pty);
        assert_eq!(colours(&pty.raw()), [""; 0]);
        leave(pty);
    }
}

/// A whole network in a real window.
mod network {
    use super::*;

    /// The article's own program, in a window of 100 x 30.
    fn iris() -> Pty {
        let pty = Pty::run(100, 30, command(TUTOR, &["lessons/iris.yaml"]));
        pty.wait_for("q quit");
        pty
    }

    #[test]
    fn an_update_is_followed_from_the_inputs_to_the_new_weight() {
        let pty = iris();
        pty.wait_for("epoch 1, item 75");
        pty.press(RIGHT);
        pty.wait_for("x0: What the item puts in.");
        pty.press(&RIGHT.repeat(2));
        pty.wait_for("line 3/20");
        assert!(pty.text().contains("tanh(-0.0241323)"), "{}", pty.text());
        assert!(pty.text().contains("[o0 ?]"), "an output is not given away");
        pty.press(DOWN);
        pty.wait_for("step 1 ");
        assert!(pty.text().contains("o0 0.3"), "{}", pty.text());
        pty.press("f");
        pty.wait_for("Update 1 · ih[0,1]");
        // Ctrl and an arrow go from edge to edge.
        pty.press("\x1b[1;5B");
        pty.wait_for("Update 1 · ih[1,1]");
        pty.press("\x1b[1;5C");
        pty.wait_for("Update 1 · ih[1,2]");
        leave(pty);
    }

    #[test]
    fn epochs_pictures_and_conditions() {
        let pty = iris();
        pty.press("e");
        pty.wait_for("step 120 ");
        pty.press("v");
        pty.wait_for("Weights");
        pty.press("v");
        pty.wait_for("accuracy");
        pty.press(":run until mse < 0.1 max 100000\r");
        pty.wait_for("mse < 0.1 holds.");
        pty.press("v");
        pty.wait_for("Predictions");
        pty.press(":gradcheck\r");
        pty.wait_for("Gradients of update");
        pty.press("q");
        pty.wait_until("the panes again", |screen| {
            !screen.contents().contains("Gradients of update")
        });
        leave(pty);
    }

    #[test]
    fn a_long_run_keeps_the_screen_live_and_stops_on_escape() {
        let pty = iris();
        pty.press(":run max 900000000\r");
        pty.wait_for("of 900000000 updates made. Esc stops.");
        let first = pty.text();
        pty.wait_until("progress", |screen| screen.contents() != first);
        pty.resize(90, 28);
        pty.wait_until("the new size", |screen| {
            screen.contents().contains("Esc stops.")
        });
        pty.press(ESCAPE);
        pty.wait_for("Stopped: ");
        pty.press(":back 5 updates\r");
        pty.wait_until("a line of the run", |screen| {
            !screen.contents().contains("Stopped")
        });
        leave(pty);
    }

    /// The byte of Esc begins other keys as well, and stops nothing then.
    #[test]
    fn arrows_that_arrive_in_parts_do_not_stop_a_run() {
        let pty = iris();
        pty.press(":run max 900000000\r");
        pty.wait_for("of 900000000 updates made. Esc stops.");
        for part in [ESCAPE, "[B"].repeat(20) {
            pty.press(part);
        }
        let told = pty.text();
        pty.wait_until("progress", |screen| screen.contents() != told);
        let text = pty.text();
        assert!(text.contains("updates made. Esc stops."), "{text}");
        pty.press(ESCAPE);
        pty.wait_for("Stopped: ");
        leave(pty);
    }

    #[test]
    fn a_first_page_that_takes_long_is_seen_while_it_is_prepared_and_can_be_stopped() {
        let open = || {
            let pty = Pty::run(300, 100, command(TUTOR, &["tests/support/prepared.yaml"]));
            pty.wait_for("of 20000000 updates made. Esc stops.");
            assert!(pty.text().contains("The run is far along when you come."));
            pty
        };
        let pty = open();
        pty.press(ESCAPE);
        pty.wait_for("It was stopped");
        // What is typed then is done.
        pty.press(":focus y\r");
        pty.wait_for("= y ");
        leave(pty);
        leave(open());
    }

    /// Waits until so many updates are complete, as the screen says.
    #[track_caller]
    fn wait_for_step(pty: &Pty, step: u64) {
        let words = format!("step {step}");
        pty.wait_until(&words, |screen| {
            let all = screen.contents();
            let mut places = all.match_indices(&words);
            places.any(|(place, _)| {
                let next = all[place + words.len()..].chars().next();
                next.is_none_or(|next| !next.is_ascii_digit())
            })
        });
    }

    #[test]
    fn while_a_page_is_prepared_help_is_read_and_lines_are_typed_and_done_afterwards() {
        let open = || {
            let pty = Pty::run(100, 30, command(TUTOR, &["tests/support/prepared.yaml"]));
            pty.wait_for("of 20000000 updates made. Esc stops.");
            pty
        };
        let pty = open();
        pty.press("?");
        pty.wait_for("Here and now");
        pty.press(ESCAPE);
        pty.wait_for("Esc stops.");
        pty.press(":goto 7x");
        pty.wait_for("› goto 7x");
        pty.resize(90, 28);
        pty.wait_until("the new size", |screen| {
            let all = screen.contents();
            let (first, others) = all.split_once('\n').unwrap_or_default();
            first.contains("updates made") && others.lines().any(|row| row.starts_with("› goto 7x"))
        });
        pty.press("\x7f");
        pty.press(ENTER);
        pty.wait_for("goto 7 is done when the page is ready.");
        pty.press(ESCAPE);
        pty.wait_for("It was stopped");
        wait_for_step(&pty, 7);
        leave(pty);
        // What leaves the page does so at once.
        for keys in [PAGE_DOWN, ":page 2\r"] {
            let pty = open();
            pty.press(keys);
            pty.wait_for("Nothing is prepared here.");
            leave(pty);
        }
        let pty = open();
        pty.press("\x1b[H");
        pty.wait_for("the same line goes on");
        wait_for_step(&pty, 0);
        leave(pty);
    }

    #[test]
    fn a_long_run_can_be_left() {
        let pty = iris();
        pty.press(":run max 900000000\r");
        pty.wait_for("Esc stops.");
        leave(pty);
        let mut pty = iris();
        pty.press(":goto 900000000\r");
        pty.wait_for("Esc stops.");
        pty.signal("TERM");
        pty.wait_exit();
        pty.assert_given_back();
    }

    #[test]
    fn whatever_takes_long_is_stopped_by_escape_and_by_an_interrupt() {
        for (line, key) in [
            ("next 900000000000000", ESCAPE),
            ("step; goto 9000000000; set momentum 0", CTRL_C),
            ("compare momentum 0 0.9 max 900000000000", ESCAPE),
            (
                "set momentum 0.1; sweep momentum 0..0.9/10 max 900000000000",
                CTRL_C,
            ),
        ] {
            let pty = iris();
            pty.press(&format!(":{line}\r"));
            pty.wait_for(" made. Esc stops.");
            pty.press(key);
            pty.wait_for("Stopped");
            // What is typed then is done.
            pty.press(":focus ob[0]\r");
            pty.wait_for(" ob[0]");
            leave(pty);
        }
    }

    #[test]
    fn a_sweep_tells_how_far_it_is_and_can_be_given_up() {
        let pty = iris();
        pty.press(":sweep momentum 0..0.9/10 learning_rate 0.01..0.1/10 max 1000000\r");
        pty.wait_for("of 100 runs and ");
        pty.wait_for(" updates made. Esc stops.");
        pty.press(ESCAPE);
        pty.wait_for("The sweep is given up");
        pty.press(":sweep momentum 0..0.9/3 max 240\r");
        pty.wait_for("3 runs made.");
        pty.wait_for("Sweep");
        leave(pty);
    }
}
