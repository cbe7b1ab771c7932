//! There are many ways to say a command, and all of them mean the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};

use nnmom_tutor::command::{BINDINGS, Binding, Deed, On, Picture};
use nnmom_tutor::files::{Files, Memory};
use nnmom_tutor::repl::{self, Printer};
use nnmom_tutor::screen::{App, FullScreen, Pane};
use nnmom_tutor::session::Session;

#[cfg(unix)]
use crate::support::line::LineMode;
use crate::support::program::{self, piped, text};
use crate::support::screens::{self, enter, press};
use crate::support::sittings::{folder, of_the_tests, run, sitting, written};

/// Lines that have keys as well.
const WITH_KEYS: &[&str] = &[
    "next",
    "next",
    "turn momentum up",
    "step",
    "turn rule next",
    "step",
    "next",
    "back line",
    "back update",
    "turn learning_rate up",
    "turn learning_rate down",
    "code next",
    "step",
    "goto start",
    "goto end",
    "back update",
    "turn rule previous",
    "turn momentum down",
    "pin",
    "back update",
];

/// Lines that have to be typed.
const TYPED: &[&str] = &[
    "set lr lr*2   # twice as much",
    "set digits 12",
    "  step 2",
    "goto 1",
    "set momentum=1/3",
    "set gradient -gradient",
    "break delta < 0",
    "s 3",
    "rename other",
    "set convention subtract",
    "switch main",
    "watch change/gradient",
    "run until step = 4",
];

/// What a sitting is asked for at its end.
const QUESTIONS: [&str; 5] = ["show", "branches", "show history", "breaks", "watch"];

/// The state of a sitting: what it exports, and what it answers to each question.
#[derive(Debug, PartialEq)]
struct State {
    csv: String,
    answers: Vec<String>,
}

/// Does lines in a sitting, and gives what is written.
fn does(session: &mut Session, script: &str) -> String {
    let printer = Printer::plain(false);
    let mut out = Vec::new();
    repl::run_script(session, "lines", script, printer, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// The state of a sitting that is at hand.
fn state(session: &Session) -> State {
    let files = Memory::default();
    let mut session = session.clone().with_files(Rc::new(files.clone()));
    does(&mut session, "export run.csv");
    let csv = files.read(Path::new("run.csv"), u64::MAX).unwrap();
    State {
        csv: String::from_utf8(csv).unwrap(),
        answers: QUESTIONS.map(|line| does(&mut session, line)).to_vec(),
    }
}

/// The state that typing lines one after another comes to.
fn expected(lines: &[&str]) -> State {
    let mut session = sitting("momentum");
    run(&mut session, lines);
    state(&session)
}

/// The lines of a script that does `lines`, exports to `path` and asks every question.
fn script(lines: &[&str], path: &Path) -> Vec<String> {
    let lines = lines.iter().map(|line| (*line).to_owned());
    let export = format!("export {}", path.display());
    lines
        .chain([export])
        .chain(QUESTIONS.map(str::to_owned))
        .collect()
}

/// A folder that is not there yet, for the state of one run.
fn new_folder() -> PathBuf {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let name = format!("ways-in-{}-{count}", std::process::id());
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Runs the tutor with the article's lesson, these arguments and this input.
fn tutor(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut command = program::tutor(&["momentum"]);
    command.args(arguments).env("XDG_STATE_HOME", new_folder());
    piped(&mut command, input)
}

/// Checks that a program that has done a [`script`] was in the state expected at its end.
#[track_caller]
fn assert_ends_in(output: &Output, path: &Path, expected: &State) {
    let (out, messages) = (text(&output.stdout), text(&output.stderr));
    assert_eq!((messages.as_str(), output.status.code()), ("", Some(0)));
    assert_eq!(fs::read_to_string(path).unwrap(), expected.csv);
    assert!(
        out.ends_with(&expected.answers.concat()),
        "{out}\ndoes not end with\n{}",
        expected.answers.concat()
    );
}

mod same_state {
    use super::*;

    #[test]
    fn the_lines_do_something() {
        let start = expected(&[]);
        for lines in [WITH_KEYS, TYPED] {
            for count in 0..lines.len() {
                let (before, after) = (expected(&lines[..count]), expected(&lines[..=count]));
                // No answer shows the language, and these numbers are short.
                let quiet = ["code next", "set digits 12"].contains(&lines[count]);
                assert!(quiet || before != after, "{}", lines[count]);
            }
            assert_ne!(expected(lines), start);
        }
    }

    #[test]
    fn by_keys_of_the_full_screen() {
        let mut app = app();
        for line in WITH_KEYS {
            press(&mut app, key_for(line));
        }
        assert_eq!(state(app.session()), expected(WITH_KEYS));
    }

    #[test]
    fn by_the_bar_of_the_full_screen() {
        for lines in [WITH_KEYS, TYPED] {
            let mut app = app();
            for line in lines {
                enter(&mut app, line);
            }
            assert_eq!(state(app.session()), expected(lines));
        }
    }

    #[cfg(unix)]
    #[test]
    fn by_lines_of_line_mode() {
        for lines in [WITH_KEYS, TYPED] {
            let folder = folder();
            let path = folder.path().join("run.csv");
            let expected = expected(lines);
            let tutor = LineMode::start(folder.path());
            for line in lines {
                tutor.enter(line);
            }
            tutor.enter(&format!("export {}", path.display()));
            for (question, answer) in QUESTIONS.iter().zip(&expected.answers) {
                tutor.enter(question);
                let answer: Vec<&str> = answer.lines().map(str::trim_end).collect();
                let answer = format!("> {question}\n{}\n", answer.join("\n"));
                let screen = tutor.pty.text();
                assert!(screen.contains(&answer), "{answer}\nis not in\n{screen}");
            }
            assert_eq!(fs::read_to_string(path).unwrap(), expected.csv);
            tutor.leave();
        }
    }

    #[test]
    fn by_a_script() {
        for lines in [WITH_KEYS, TYPED] {
            for end in ["\n", "\r\n", ";\n"] {
                let folder = folder();
                let path = folder.path().join("run.csv");
                let file = folder.path().join("script.txt");
                let text: Vec<String> = script(lines, &path)
                    .iter()
                    .map(|line| line.split('#').next().unwrap_or("").to_owned() + end)
                    .collect();
                fs::write(&file, text.concat()).unwrap();
                let output = tutor(&["--script", file.to_str().unwrap()], "");
                assert_ends_in(&output, &path, &expected(lines));
            }
        }
    }

    #[test]
    fn by_commands_on_the_command_line() {
        let folder = folder();
        let path = folder.path().join("run.csv");
        let commands = script(WITH_KEYS, &path).join("; ");
        let output = tutor(&["-c", &commands], "");
        assert_ends_in(&output, &path, &expected(WITH_KEYS));

        let path = folder.path().join("typed.csv");
        let commands = script(TYPED, &path).join("\n");
        let output = tutor(&["-c", &commands], "");
        assert_ends_in(&output, &path, &expected(TYPED));
    }

    #[test]
    fn by_a_pipe() {
        for lines in [WITH_KEYS, TYPED] {
            for (start, end) in [("", "\n"), ("\u{feff}", "\r\n")] {
                let folder = folder();
                let path = folder.path().join("run.csv");
                let input = start.to_owned() + &script(lines, &path).join(end);
                let output = tutor(&[], &input);
                assert_ends_in(&output, &path, &expected(lines));
            }
        }
    }

    #[test]
    fn by_the_commands_of_a_lesson() {
        for lines in [WITH_KEYS, TYPED] {
            let commands: Vec<String> = ["reset", "set rule none"]
                .iter()
                .chain(lines)
                .map(|line| format!("'{line}'"))
                .collect();
            let source = include_str!("../../lessons/momentum.yaml").replace(
                "commands: [reset, set rule none]",
                &format!("commands: [{}]", commands.join(", ")),
            );
            let session = Session::new(written(&source)).unwrap();
            assert_eq!(state(&session), expected(lines));
        }
    }

    #[test]
    fn another_lesson_can_be_opened_everywhere() {
        let lines = ["step 2", "open learning-rate", "set lr 0.05", "step"];
        let expected = expected(&lines);
        let mut app = app();
        for line in lines {
            enter(&mut app, line);
        }
        assert_eq!(state(app.session()), expected);

        let folder = folder();
        let path = folder.path().join("run.csv");
        let script = script(&lines, &path);
        assert_ends_in(&tutor(&["-c", &script.join("; ")], ""), &path, &expected);
        fs::remove_file(&path).unwrap();
        let output = tutor(&[], script.join("\n"));
        assert_ends_in(&output, &path, &expected);
        assert!(text(&output.stdout).contains("Page 1 of 5: One weight, one gradient"));
        fs::remove_file(&path).unwrap();
        let file = folder.path().join("script.txt");
        fs::write(&file, script.join("\n")).unwrap();
        let output = tutor(&["--script", file.to_str().unwrap()], "");
        assert_ends_in(&output, &path, &expected);
    }

    #[test]
    fn by_settings_on_the_command_line() {
        let folder = folder();
        let path = folder.path().join("run.csv");
        let commands = script(&["step 3"], &path).join("; ");
        let output = tutor(
            &[
                "--page",
                "2",
                "--set",
                "momentum=0.9",
                "--set",
                "lr=lr/2",
                "-c",
                &commands,
            ],
            "",
        );
        let lines = ["page 2", "set momentum 0.9", "set lr lr/2", "step 3"];
        assert_ends_in(&output, &path, &expected(&lines));
    }
}

mod keys {
    use super::*;

    #[test]
    fn every_key_does_what_its_line_does() {
        for binding in BINDINGS {
            let Deed::Command(line) = binding.deed else {
                continue;
            };
            for key in binding.keys {
                let mut app = app();
                let focus = if let On::Picture(picture) = binding.on {
                    Some(picture)
                } else if binding.on == On::Lesson {
                    None
                } else {
                    continue;
                };
                let picture = focus.map(|picture| format!("view {}", picture.name()));
                let lines = match (focus, &picture) {
                    (Some(Picture::Surface), Some(view)) => ["open ravine", "step 2", view],
                    (Some(Picture::Sweep), _) => {
                        ["open ravine", "step 2", "sweep momentum 0..0.9/3 max 5"]
                    }
                    (_, Some(view)) => ["open iris", "step 2", view],
                    _ => ["page 2", "step 2", "next 2"],
                };
                for line in lines {
                    enter(&mut app, line);
                }
                let mut session = app.session().clone();
                let outcome = match session.run_line(line) {
                    Ok(outcome) => outcome,
                    // What this lesson has not, such as epochs: the key says so.
                    Err(complaint) => {
                        press(&mut app, key);
                        assert!(app.message().text().contains(&complaint.message), "{key}");
                        continue;
                    }
                };
                press(&mut app, key);
                // What would be lost is asked about, and the same key agrees.
                if line == "quit tutor" && app.session().has_unkept() {
                    assert_eq!(app.leaving(), None, "{key}");
                    press(&mut app, key);
                }
                assert_eq!(state(app.session()), state(&session), "{key} and {line}");
                assert_eq!(app.session().page_index(), session.page_index());
                assert_eq!(app.session().language(), session.language());
                if outcome.actions().next().is_none() {
                    assert_eq!(app.message(), &outcome.message());
                }
                assert_eq!(app.leaving(), outcome.leaving());
            }
        }
    }
}

/// What a key does to the screen, the line that is typed for it does too.
mod screen {
    use super::*;
    use ratatui::layout::Size;

    /// Everything of the screen that a key may change, on a small one, where there is something to scroll.
    fn seen(app: &mut App) -> String {
        let scrolls = Pane::ALL.map(|pane| app.scrolled_to(pane).unwrap_or(0));
        let (message, mouse) = (app.message().text(), app.takes_mouse());
        let sleeps = app.wants_to_suspend();
        format!("{:?} {scrolls:?} {message} {mouse} {sleeps}", app.focus())
    }

    fn small_app() -> App {
        let mut app = app();
        app.resize(Size::new(60, 16));
        enter(&mut app, &format!("open {}", of_the_tests("long")));
        enter(&mut app, "scroll down 9");
        app
    }

    #[test]
    fn every_key_can_be_typed() {
        for binding in BINDINGS {
            let (Deed::Command(line), On::Lesson | On::Picture(_)) = (binding.deed, binding.on)
            else {
                continue;
            };
            let small_app = || {
                let mut app = small_app();
                if let On::Picture(picture) = binding.on {
                    enter(&mut app, "open iris");
                    enter(&mut app, &format!("view {}", picture.name()));
                }
                app
            };
            let mut typed = small_app();
            if typed.session().clone().run_line(line).is_err() {
                // A wrong line stays in the bar, and a key has none.
                continue;
            }
            enter(&mut typed, line);
            let typed = seen(&mut typed);
            for key in binding.keys {
                let mut pressed = small_app();
                press(&mut pressed, key);
                assert_eq!(seen(&mut pressed), typed, "{key} and {line}");
            }
        }
    }

    #[test]
    fn panes_are_gone_through_and_come_back() {
        let mut app = small_app();
        let mut panes = vec![app.focus()];
        for _ in 0..4 {
            enter(&mut app, "view next");
            panes.push(app.focus());
        }
        let [first, rest @ ..] = &panes[..] else {
            unreachable!()
        };
        assert_eq!(rest.last(), Some(first));
        assert!(Pane::ALL.iter().all(|pane| rest.contains(pane)));
        enter(&mut app, "view previous");
        assert_eq!(app.focus(), panes[3]);
        enter(&mut app, "view lesson; view next; view next");
        assert_eq!(app.focus(), Pane::Code, "one after another");
    }

    #[test]
    fn so_many_lines_are_scrolled_and_no_more_than_there_are() {
        let mut app = small_app();
        let scrolled = |app: &mut App, line: &str| {
            enter(app, line);
            app.scrolled_to(Pane::Lesson).unwrap_or(0)
        };
        assert_eq!(scrolled(&mut app, "scroll up"), 6);
        assert_eq!(scrolled(&mut app, "scroll up 6"), 0);
        assert_eq!(scrolled(&mut app, "scroll down"), 3);
        assert_eq!(scrolled(&mut app, "scroll down 2"), 5);
        assert_eq!(scrolled(&mut app, "scroll up 1"), 4);
        let end = scrolled(&mut app, "scroll down 18446744073709551615");
        assert!((20..500).contains(&end), "{end}");
        assert_eq!(scrolled(&mut app, "scroll up 18446744073709551615"), 0);
    }

    #[test]
    fn the_mouse_is_taken_and_left() {
        let mut app = app();
        for (line, taken) in [
            ("mouse on", true),
            ("mouse off", false),
            ("mouse off", false),
            ("mouse", true),
            ("mouse", false),
        ] {
            enter(&mut app, line);
            assert_eq!(app.takes_mouse(), taken, "{line}");
        }
    }

    #[test]
    fn sleep_is_asked_for_once() {
        let mut app = app();
        enter(&mut app, "sleep");
        assert!(app.wants_to_suspend());
        assert!(!app.wants_to_suspend());
    }

    #[test]
    fn another_lesson_is_seen_from_its_beginning() {
        let mut app = small_app();
        enter(&mut app, "view history");
        enter(&mut app, "open learning-rate");
        assert_eq!(app.session().lesson().title, "The learning rate");
        assert_eq!(
            (app.focus(), app.scrolled_to(Pane::Lesson).unwrap_or(0)),
            (Pane::Lesson, 0)
        );
    }
}

fn app() -> App {
    screens::app("momentum", &[])
}

/// The first key that stands for a line.
fn key_for(line: &str) -> &'static str {
    let does = |binding: &&Binding| matches!(binding.deed, Deed::Command(known) if known == line);
    let binding = BINDINGS.iter().find(does);
    binding.unwrap_or_else(|| panic!("{line} has no key")).keys[0]
}

mod exit_status {
    use super::*;

    /// What stands in a file that is run as a script.
    fn tutor_with_script(text: &str) -> (Output, String) {
        let folder = folder();
        let file = folder.path().join("script.txt");
        fs::write(&file, text).unwrap();
        let name = file.to_str().unwrap();
        (tutor(&["--script", name], ""), name.to_owned())
    }

    const FIRST: &str = "Update 1 is complete";
    const SECOND: &str = "Update 2 is complete";

    #[test]
    fn a_script_stops_at_the_first_error_and_names_the_place() {
        let (output, name) = tutor_with_script("# wrong\nstep\nstepp; step\nstep\n");
        let out = text(&output.stdout);
        assert!(out.contains(FIRST) && !out.contains(SECOND), "{out}");
        assert_eq!(
            text(&output.stderr),
            format!(
                "error: {name}:3: there is no command `stepp`\n  stepp\n  did you mean `step`?\n"
            )
        );
        assert_eq!(output.status.code(), Some(1));
    }

    #[test]
    fn commands_on_the_command_line_stop_at_the_first_error_and_name_the_place() {
        let output = tutor(&["-c", "step; set momentum fast; step"], "");
        let out = text(&output.stdout);
        assert!(out.contains(FIRST) && !out.contains(SECOND), "{out}");
        let messages = text(&output.stderr);
        assert!(
            messages.starts_with("error: -c:1: there is no `fast`\n"),
            "{messages}"
        );
        assert_eq!(output.status.code(), Some(1));
    }

    #[test]
    fn a_pipe_goes_on_after_an_error_and_tells_at_the_end() {
        let output = tutor(&[], "step\nstepp\n\nset lr -1\nstep\n");
        let out = text(&output.stdout);
        assert!(out.contains(FIRST) && out.contains(SECOND), "{out}");
        assert_eq!(
            text(&output.stderr),
            "line 2: there is no command `stepp`\n  stepp\n  did you mean `step`?\n\
             line 4: the learning rate cannot be below 0\n  set lr -1\n  0 or more; to turn a gradient's \
             sign around, use `set convention`\n"
        );
        assert_eq!(output.status.code(), Some(1));
    }

    #[test]
    fn quit_ends_each_with_0_and_leaves_the_rest_undone() {
        let commands = "step\nquit\nnonsense\nstep\n";
        let (by_script, _) = tutor_with_script(commands);
        for output in [
            by_script,
            tutor(&["-c", commands], ""),
            tutor(&[], commands),
        ] {
            let out = text(&output.stdout);
            assert!(out.contains(FIRST) && !out.contains(SECOND), "{out}");
            assert_eq!(text(&output.stderr), "");
            assert_eq!(output.status.code(), Some(0));
        }
    }

    #[test]
    fn a_pipe_that_had_an_error_before_it_was_left_tells() {
        let output = tutor(&[], "nonsense\nquit\n");
        assert_eq!(output.status.code(), Some(1));
    }

    #[test]
    fn nothing_to_do_is_no_error() {
        for output in [tutor_with_script("").0, tutor(&["-c", ""], "step")] {
            assert_eq!(
                (text(&output.stdout), output.status.code()),
                (String::new(), Some(0))
            );
        }
        assert_eq!(tutor(&[], "").status.code(), Some(0));
    }

    #[test]
    fn a_script_that_cannot_be_read_is_wrong_usage() {
        let folder = folder();
        let missing = folder.path().join("missing.txt");
        let binary = folder.path().join("binary.txt");
        fs::write(&binary, [0xff, 0xfe, 0]).unwrap();
        for path in [missing, binary, folder.path().to_owned()] {
            let output = tutor(&["--script", path.to_str().unwrap()], "");
            let messages = text(&output.stderr);
            let start = format!("error: the script {} cannot be read: ", path.display());
            assert!(messages.starts_with(&start), "{messages}");
            assert_eq!(output.status.code(), Some(2));
        }
    }

    #[test]
    fn a_pipe_with_bytes_that_are_no_text_goes_on() {
        let output = tutor(&[], b"\xff\xfe\0\nstep\n");
        assert!(text(&output.stdout).contains(FIRST));
        assert!(text(&output.stderr).starts_with("line 1: there is no command "));
        assert_eq!(output.status.code(), Some(1));
    }
}
