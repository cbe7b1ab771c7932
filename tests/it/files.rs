//! Files: what is exported, saved and run again, and that nothing is overwritten or half done.

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::batch::{self, Request};
use nnmom_tutor::command::{Complaint, Group, Row, TABLE, script_lines};
use nnmom_tutor::export::Format;
use nnmom_tutor::files::{Memory, write_whole};
use nnmom_tutor::repl::{self, Printer};
use nnmom_tutor::session::{self, Session};
use nnmom_tutor::view::{Medium, Sheet};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support::depth::cases;
use crate::support::sittings::{folder, lesson, run, told, unopened};

/// A sitting with the article's lesson and the settings of its `training`.
fn session() -> Session {
    unopened("momentum")
}

/// A path in a folder, as it is typed.
fn place(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

/// A file with this in it, and its path as it is typed.
fn file(folder: &TempDir, name: &str, text: impl AsRef<[u8]>) -> String {
    let path = place(folder, name);
    fs::write(&path, text).unwrap();
    path
}

fn names_in(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// What a line shows, done in a copy of the sitting.
fn shows(session: &Session, line: &str) -> String {
    let outcome = session.clone().run_line(line).unwrap();
    told(&outcome)
}

/// Every state of every branch, every setting, and everything else that a learner could tell two sittings apart by.
fn fingerprint(session: &Session) -> String {
    let branches = session.timeline().branches().iter();
    let runs: Vec<_> = branches
        .map(|branch| {
            let states = (0..=branch.run.reached()).map(|step| branch.run.state(step));
            let bits: Vec<_> = states
                .map(|state| {
                    let weights = state.weights.iter().map(|weight| weight.to_bits());
                    let memories =
                        (0..state.weights.len()).flat_map(|index| state.memories.of(index));
                    let memories = memories.map(|memory| (memory.value.to_bits(), memory.unit));
                    let settings = state.settings;
                    (
                        weights.collect::<Vec<_>>(),
                        memories.collect::<Vec<_>>(),
                        settings.rule,
                        settings.learning_rate.to_bits(),
                        settings.momentum.to_bits(),
                    )
                })
                .collect();
            (&branch.name, branch.origin, bits)
        })
        .collect();
    let mut one_back = session.clone();
    let back = one_back.run_line("back").is_ok();
    format!(
        "{runs:?}\n{}\n{:?}\n{:?}\n{:?} {:?} {:?} {}\npage {}\n{}\n{}\nback: {back} {:?}",
        session.timeline().current_index(),
        session.position(),
        session.derivation(),
        session.convention(),
        session.digits(),
        session.language(),
        session.parameter(),
        session.page_index(),
        shows(session, "breaks"),
        shows(session, "watch"),
        one_back.position(),
    )
}

/// Runs a script in a sitting, as `--script` does.
fn replay(session: &mut Session, name: &str, script: &str) -> Result<String, String> {
    let printer = Printer::plain(false);
    let mut out = Vec::new();
    repl::run_script(session, name, script, printer, &mut out)
        .map(|()| String::from_utf8(out).unwrap())
        .map_err(|failed| failed.to_string())
}

/// Runs a line that must fail, and checks that it has changed nothing.
#[track_caller]
fn refused(session: &mut Session, line: &str) -> Complaint {
    let before = fingerprint(session);
    let complaint = session.run_line(line).expect_err(line);
    assert_eq!(fingerprint(session), before, "`{line}` changed something");
    complaint
}

mod export {
    use super::*;

    const FORMATS: [(&str, &str); 3] = [("csv", "csv"), ("jsonl", "jsonl"), ("md", "markdown")];

    /// What `trace` writes.
    fn trace(changes: &[&str], steps: u64, format: &str) -> String {
        let mut session = session();
        run(&mut session, changes);
        let request = Request {
            steps: Some(steps),
            parameters: Vec::new(),
            format: Format::named(format).unwrap(),
        };
        let mut out = Vec::new();
        assert_eq!(batch::trace(session, &request, &mut out).unwrap(), None);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn it_writes_what_trace_writes_for_the_same_steps() {
        let folder = folder();
        for (ending, format) in FORMATS {
            for step in 0..=6 {
                let path = place(&folder, &format!("{step}.{ending}"));
                let mut session = session();
                run(
                    &mut session,
                    &[&format!("goto {step}"), &format!("export {path}")],
                );
                let written = fs::read_to_string(&path).unwrap();
                assert_eq!(written, trace(&[], step, format), "{ending}, {step} steps");
            }
        }
    }

    #[test]
    fn it_writes_the_settings_and_the_convention_in_force() {
        let folder = folder();
        for (ending, format) in FORMATS {
            for change in [
                "set momentum 0.9",
                "set rule pytorch",
                "set convention subtract",
            ] {
                let path = place(&folder, "run.") + ending;
                let mut session = session();
                run(
                    &mut session,
                    &[change, "end", &format!("export {path} replace")],
                );
                let written = fs::read_to_string(&path).unwrap();
                assert_eq!(
                    written,
                    trace(&[change], 6, format),
                    "{ending} after {change}"
                );
                assert_ne!(
                    written,
                    trace(&[], 6, format),
                    "{change} makes a difference"
                );
            }
        }
    }

    #[test]
    fn an_update_that_is_not_complete_is_left_out() {
        let folder = folder();
        let path = place(&folder, "run.csv");
        let mut session = session();
        run(
            &mut session,
            &["step 2", "next 5", &format!("export {path}")],
        );
        assert_eq!(fs::read_to_string(path).unwrap(), trace(&[], 2, "csv"));
    }

    #[test]
    fn it_writes_the_current_branch_up_to_where_one_is() {
        let folder = folder();
        let (main, other) = (place(&folder, "main.csv"), place(&folder, "other.csv"));
        let mut session = session();
        run(
            &mut session,
            &["end", "goto 0", "set momentum 0.9", "step 3"],
        );
        run(&mut session, &[&format!("export {other}"), "switch main"]);
        run(&mut session, &[&format!("export {main}")]);
        assert_eq!(fs::read_to_string(main).unwrap(), trace(&[], 3, "csv"));
        assert_eq!(
            fs::read_to_string(other).unwrap(),
            trace(&["set momentum 0.9"], 3, "csv")
        );
    }

    #[test]
    fn a_file_is_replaced_only_when_asked_for() {
        let folder = folder();
        let path = file(&folder, "run.csv", "mine");
        let mut session = session();
        run(&mut session, &["step"]);
        let complaint = refused(&mut session, &format!("export {path}"));
        assert_eq!(
            complaint.message,
            format!("there is a file `{path}` already")
        );
        assert!(complaint.advice.contains("replace"), "{}", complaint.advice);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        run(&mut session, &[&format!("export {path} replace")]);
        assert_eq!(fs::read_to_string(&path).unwrap(), trace(&[], 1, "csv"));
        assert_eq!(names_in(&folder), ["run.csv"], "nothing is left beside it");
    }

    #[test]
    fn what_a_file_should_hold_must_be_clear_from_its_name() {
        let folder = folder();
        let mut session = session();
        for name in ["run", "run.xlsx", "run.CSV.txt", ".csv", "csv"] {
            let path = place(&folder, name);
            let complaint = refused(&mut session, &format!("export {path}"));
            assert_eq!(
                complaint.message,
                format!("what `{path}` should hold is not clear")
            );
            assert_eq!(
                complaint.advice,
                "a name that ends with .csv, .jsonl or .md"
            );
        }
        assert!(names_in(&folder).is_empty());
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_told() {
        let folder = folder();
        file(&folder, "file", "");
        fs::create_dir(folder.path().join("folder.csv")).unwrap();
        let mut session = session();
        for name in ["missing/run.csv", "file/run.csv", "folder.csv"] {
            let path = place(&folder, name);
            let complaint = refused(&mut session, &format!("export {path} replace"));
            let start = format!("`{path}` cannot be written: ");
            assert!(
                complaint.message.starts_with(&start),
                "{}",
                complaint.message
            );
        }
        assert_eq!(
            names_in(&folder),
            ["file", "folder.csv"],
            "nothing is left beside them"
        );
    }

    #[test]
    fn a_name_may_have_blanks_in_it() {
        let folder = folder();
        let path = place(&folder, "my first run.csv");
        let mut session = session();
        run(&mut session, &[&format!("export {path}")]);
        run(
            &mut session,
            &[&format!("export   {path}   replace  # again")],
        );
        assert_eq!(names_in(&folder), ["my first run.csv"]);
    }

    #[test]
    fn before_the_first_update_there_are_only_columns() {
        let folder = folder();
        let (csv, md) = (place(&folder, "run.csv"), place(&folder, "run.md"));
        run(
            &mut session(),
            &[&format!("export {csv}"), &format!("export {md}")],
        );
        let columns = "step,epoch,item,parameter,before,gradient,delta,momentum_term,change,after,effective_rate,loss";
        assert_eq!(fs::read_to_string(csv).unwrap(), format!("{columns}\n"));
        assert_eq!(
            fs::read_to_string(md).unwrap().lines().next(),
            Some(format!("| {} |", columns.replace(',', " | ")).as_str())
        );
    }

    #[cfg(unix)]
    #[test]
    fn it_may_be_read_by_whoever_may_read_other_new_files() {
        use std::os::unix::fs::PermissionsExt;
        let folder = folder();
        let mode = |path: &str| fs::metadata(path).unwrap().permissions().mode();
        let (path, other) = (place(&folder, "run.csv"), file(&folder, "other", ""));
        run(&mut session(), &[&format!("export {path}")]);
        assert_eq!(mode(&path), mode(&other));
    }
}

mod save {
    use super::*;

    #[test]
    fn a_saved_sitting_reads_like_what_was_typed() {
        let mut session = session();
        run(
            &mut session,
            &[
                "n",
                "next 2 # two more",
                "  next",
                "why",
                "set momentum=0.9",
                "show",
                "step",
                "help set",
            ],
        );
        assert_eq!(
            session.script().unwrap(),
            "# A sitting with the lesson \"Neural network momentum\".\n\
             next 4\n\
             set momentum=0.9\n\
             step\n"
        );
    }

    #[test]
    fn what_another_lesson_takes_over_is_saved_before_it() {
        let mut session = session();
        let lines = ["set digits 3", "code rust", "predict on", "open momentum"];
        run(&mut session, &lines);
        run(&mut session, &["answer 0.25"]);
        let script = session.script().unwrap();
        let saved: Vec<&str> = script.lines().skip(1).collect();
        assert_eq!(saved, [&lines[..], &["answer 0.25"]].concat());
    }

    #[test]
    fn what_failed_is_not_saved() {
        let mut session = session();
        run(&mut session, &["end"]);
        refused(&mut session, "step");
        refused(&mut session, "set momentum -1");
        refused(&mut session, "nonsense");
        assert!(session.script().unwrap().ends_with("\nend\n"));
        assert_eq!(session.script().unwrap().lines().count(), 2);
    }

    #[test]
    fn a_file_is_replaced_only_when_asked_for() {
        let folder = folder();
        let path = file(&folder, "mine.txt", "mine");
        let mut session = session();
        run(&mut session, &["step"]);
        let complaint = refused(&mut session, &format!("save {path}"));
        assert_eq!(
            complaint.message,
            format!("there is a file `{path}` already")
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        run(&mut session, &[&format!("save {path} replace")]);
        assert_eq!(
            fs::read_to_string(&path).unwrap(),
            session.script().unwrap()
        );
    }

    #[test]
    fn a_place_that_cannot_be_written_to_is_told() {
        let folder = folder();
        let path = place(&folder, "missing/mine.txt");
        let complaint = refused(&mut session(), &format!("save {path}"));
        assert!(
            complaint
                .message
                .starts_with(&format!("`{path}` cannot be written: "))
        );
        assert!(names_in(&folder).is_empty());
    }

    /// Lines such as a learner might type, right and wrong; none about files, and none that leaves.
    fn line() -> impl Strategy<Value = String> {
        let known = TABLE
            .iter()
            .filter(|row| row.group != Group::Keep && row.name != "quit")
            .flat_map(Row::examples)
            .map(|line| (*line).to_owned())
            .collect::<Vec<_>>();
        let moves = "(next|step|back|back line|back update|run max|goto|page) [1-7]";
        let settings = "set (lr|mu|rule|gradient|memory|w|digits|convention)[ =](up|down|next|previous|0|0\\.1|1/3|lr/2|-gradient|mu|9e3|heavy-ball|pytorch|subtract|12)";
        let conditions = "(break|run until|watch) (delta|gradient|w|step|change|momentum_term)( < 0.02| > 2 and epoch = 1)?( # why not)?";
        let branches = "(rename|switch|rename main|switch) (main|[a-c]|é#|x;y|-|momentum=0.9)";
        let from = |pattern: &str| proptest::string::string_regex(pattern).unwrap();
        prop_oneof![
            3 => proptest::sample::select(known),
            4 => from(moves),
            4 => from(settings),
            2 => from(conditions),
            2 => from(branches),
            1 => from("unbreak [1-3]"),
            1 => "\\PC{0,20}",
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(cases(400)))]

        #[test]
        fn a_saved_sitting_comes_to_the_same_state_bit_for_bit(
            name in proptest::sample::select(&["momentum", "two-kinds-of-momentum", "learning-rate"][..]),
            lines in prop::collection::vec(line(), 0..30),
        ) {
            let (files, path) = (Memory::default(), "sitting.txt");
            let lesson = lesson(name);
            let begin = || Session::new(Arc::clone(&lesson)).unwrap().with_files(Rc::new(files.clone()));
            let mut session = begin();
            for line in &lines {
                let _ = session.run_line(line);
            }
            run(&mut session, &[&format!("save {path}")]);
            let script = session::read_script(&files, Path::new(path)).unwrap();

            let mut replayed = begin();
            prop_assert_eq!(replay(&mut replayed, path, &script).err(), None, "{}", script);
            prop_assert_eq!(fingerprint(&replayed), fingerprint(&session), "{}", script);
            prop_assert_eq!(replayed.script(), session.script());

            let mut sourced = begin();
            run(&mut sourced, &[&format!("source {path}")]);
            prop_assert_eq!(fingerprint(&sourced), fingerprint(&session), "{}", script);
        }
    }

    /// A number alone, or a letter, answers what is asked: in a script it says so itself, as nothing need be asked there.
    #[test]
    fn an_answer_without_its_command_is_saved_with_it() {
        let mut session = session();
        run(&mut session, &["page next"]);
        refused(&mut session, "answer b");
        run(&mut session, &["step; 02"]);
        let script = session.script().unwrap();
        assert!(
            script.ends_with("\npage next\nstep\nanswer 02\n"),
            "{script}"
        );
        let mut again = super::session();
        for (_, line) in script_lines(&script) {
            again.run_line(line).unwrap();
        }
        assert_eq!(fingerprint(&again), fingerprint(&session));
        assert_eq!(again.script(), session.script());
    }

    #[test]
    fn a_branch_is_not_given_a_name_that_a_script_could_not_say() {
        let mut session = session();
        // A semicolon ends the command, wherever it stands, so no name can have one.
        for name in [";", "a\u{1b}[31m", "\u{7}"] {
            refused(&mut session, &format!("rename {name}"));
            refused(&mut session, &format!("rename main {name}"));
            assert_eq!(session.timeline().current().name, "main");
        }
    }
}

mod source {
    use super::*;

    /// Runs a script with this in it, and gives the sitting after it.
    #[track_caller]
    fn sourced(script: impl AsRef<[u8]>) -> Session {
        let folder = folder();
        let path = file(&folder, "script.txt", script);
        let mut session = session();
        run(&mut session, &[&format!("source {path}")]);
        session
    }

    #[track_caller]
    fn assert_same(session: &Session, lines: &[&str]) {
        let mut typed = super::session();
        run(&mut typed, lines);
        assert_eq!(fingerprint(session), fingerprint(&typed));
    }

    #[test]
    fn it_does_what_typing_the_lines_does() {
        let session = sourced("step\nset momentum 0.9\nnext 3\n");
        assert_same(&session, &["step", "set momentum 0.9", "next 3"]);
    }

    #[test]
    fn comments_semicolons_and_empty_lines_are_understood() {
        let session = sourced(
            "# a sitting\n\n  step; set momentum 0.9 ;; next # ; nonsense\n\t\n;\n#\nnext 2 #not this",
        );
        assert_same(&session, &["step", "set momentum 0.9", "next", "next 2"]);
    }

    #[test]
    fn windows_line_ends_and_a_byte_order_mark_are_no_trouble() {
        let session = sourced("\u{feff}step\r\nset momentum 0.9\r\nnext 3\r\n");
        assert_same(&session, &["step", "set momentum 0.9", "next 3"]);
    }

    #[test]
    fn a_script_without_commands_does_nothing() {
        for script in ["", "\n", "\u{feff}", "# nothing", ";;;"] {
            assert_same(&sourced(script), &[]);
        }
    }

    #[test]
    fn what_it_has_said_is_shown() {
        let folder = folder();
        let path = file(&folder, "script.txt", "set momentum 0.9\nstep\nwhy delta");
        let outcome = session().run_line(&format!("source {path}")).unwrap();
        assert_eq!(outcome.message().text(), format!("{path} has been run."));
        let text = told(&outcome);
        assert!(text.starts_with("momentum 0.9 from update 1 on."), "{text}");
        assert!(text.contains("0.027"), "{text}");
    }

    #[test]
    fn the_only_thing_it_has_said_is_shown_too() {
        let folder = folder();
        let path = file(&folder, "script.txt", "set momentum 0.9");
        let outcome = session().run_line(&format!("source {path}")).unwrap();
        assert_eq!(
            outcome.message().text(),
            format!("{path} has been run. momentum 0.9 from update 1 on.")
        );
        assert_eq!(Sheet::all(&outcome, Medium::Words), None);
    }

    #[test]
    fn a_wrong_script_changes_nothing_and_names_the_place() {
        let folder = folder();
        let mut session = session();
        run(&mut session, &["step", "break step = 2"]);
        for (script, line, wrong) in [
            ("step\n\nstepp\nstep", 3, "`stepp`"),
            ("set momentum 0.9; set lr nonsense; step", 1, "`nonsense`"),
            (
                "# ok\nend\nrename other\nstep\n",
                4,
                "the lesson has 6 gradients",
            ),
            ("watch delta\r\nunbreak 2\r\n", 2, "no breakpoint 2"),
            ("page 2\nset momentum -1\n", 2, "cannot be below 0"),
        ] {
            let path = file(&folder, "script.txt", script);
            let saved = session.script();
            let complaint = refused(&mut session, &format!("source {path}"));
            let message = complaint.message;
            assert!(
                message.starts_with(&format!("{path}:{line}: ")),
                "{message}"
            );
            assert!(message.contains(wrong), "{message}");
            assert_eq!(session.script(), saved);
        }
    }

    #[test]
    fn scripts_may_run_scripts() {
        let folder = folder();
        let inner = file(&folder, "inner.txt", "set momentum 0.9\nstep");
        let outer = file(
            &folder,
            "outer.txt",
            format!("step\nsource {inner}\nnext 2"),
        );
        let mut session = session();
        run(&mut session, &[&format!("source {outer}")]);
        let lines = ["step", "set momentum 0.9", "step", "next 2"];
        assert_same(&session, &lines);
        assert_eq!(
            session
                .script()
                .unwrap()
                .lines()
                .skip(1)
                .collect::<Vec<_>>(),
            lines,
            "the lines are saved, and not where they came from"
        );
    }

    #[test]
    fn a_wrong_script_in_a_script_changes_nothing_and_names_the_innermost_place() {
        let folder = folder();
        let inner = file(&folder, "inner.txt", "step\nstepp");
        let outer = file(&folder, "outer.txt", format!("step\nsource {inner}"));
        let complaint = refused(&mut session(), &format!("source {outer}"));
        assert_eq!(
            complaint.message,
            format!("{inner}:2: `stepp`: there is no command `stepp`")
        );
    }

    #[test]
    fn a_script_in_a_script_that_is_not_there_is_named_with_the_line_that_wants_it() {
        let folder = folder();
        let missing = place(&folder, "missing.txt");
        let outer = file(&folder, "outer.txt", format!("step\nsource {missing}"));
        let message = refused(&mut session(), &format!("source {outer}")).message;
        let start = format!("{outer}:2: `source {missing}`: `{missing}` cannot be read: ");
        assert!(message.starts_with(&start), "{message}");
    }

    #[test]
    fn a_script_that_runs_itself_is_refused() {
        let folder = folder();
        let path = place(&folder, "script.txt");
        fs::write(&path, format!("next\nsource {path}")).unwrap();
        let message = refused(&mut session(), &format!("source {path}")).message;
        assert_eq!(
            message,
            format!("{path}:2: `source {path}`: scripts call one another too deeply")
        );
    }

    #[test]
    fn scripts_that_run_one_another_are_refused() {
        let folder = folder();
        let (a, b) = (place(&folder, "a.txt"), place(&folder, "b.txt"));
        fs::write(&a, format!("source {b}")).unwrap();
        fs::write(&b, format!("source {a}")).unwrap();
        let message = refused(&mut session(), &format!("source {a}")).message;
        assert!(
            message.ends_with("scripts call one another too deeply"),
            "{message}"
        );
    }

    #[test]
    fn after_scripts_have_failed_others_can_still_be_run() {
        let folder = folder();
        let path = place(&folder, "script.txt");
        fs::write(&path, format!("source {path}")).unwrap();
        let good = file(&folder, "good.txt", "step");
        let mut session = session();
        for _ in 0..20 {
            refused(&mut session, &format!("source {path}"));
            run(&mut session, &[&format!("source {good}"), "back"]);
        }
    }

    #[test]
    fn what_is_no_script_is_told() {
        let folder = folder();
        let binary = file(&folder, "binary", [0x7f, b'E', b'L', b'F', 0xff, 0xfe, 0]);
        let long = file(&folder, "long", "# é\n".repeat(1 << 20));
        let missing = place(&folder, "missing");
        let directory = folder.path().to_str().unwrap().to_owned();
        for path in [&binary, &long, &missing, &directory] {
            let complaint = refused(&mut session(), &format!("source {path}"));
            let start = format!("`{path}` cannot be read: ");
            assert!(
                complaint.message.starts_with(&start),
                "{}",
                complaint.message
            );
        }
        let message = refused(&mut session(), &format!("source {long}")).message;
        assert!(
            message.ends_with("longer than any script should be"),
            "{message}"
        );
    }

    #[test]
    fn text_with_control_characters_is_a_wrong_command() {
        let folder = folder();
        let path = file(&folder, "script.txt", "step\n\0\u{1b}[31m\n");
        let message = refused(&mut session(), &format!("source {path}")).message;
        assert!(message.starts_with(&format!("{path}:2: ")), "{message:?}");
        assert!(!message.contains(char::is_control), "{message:?}");
    }

    #[test]
    fn a_script_may_leave() {
        let folder = folder();
        let path = file(&folder, "script.txt", "step\nquit\nstep\n");
        let mut session = session();
        let outcome = session.run_line(&format!("source {path}")).unwrap();
        assert!(outcome.leaving().is_some());
        assert_eq!(session.step(), 1);
    }
}

mod script {
    use super::*;

    #[test]
    fn it_stops_at_the_first_wrong_line_and_keeps_what_was_done_before() {
        let mut session = session();
        let failed =
            replay(&mut session, "mine.txt", "step\r\nset momentun 1\r\nstep").unwrap_err();
        assert_eq!(
            failed,
            "mine.txt:2: there is no `momentun` to set\n  set momentun 1\n  The second word, `momentun`: did you mean `momentum`?"
        );
        assert_eq!(session.step(), 1);
    }

    #[test]
    fn one_that_leaves_is_done_then() {
        let mut session = session();
        replay(&mut session, "mine.txt", "step; quit; nonsense").unwrap();
        assert_eq!(session.step(), 1);
    }
}

#[test]
fn a_file_that_cannot_be_completed_leaves_the_old_one() {
    let folder = folder();
    let path = PathBuf::from(file(&folder, "run.csv", "old"));
    let failed = write_whole(&path, |out| {
        out.write_all(b"half of the new")?;
        Err::<(), _>(std::io::Error::other("no more"))
    });
    assert_eq!(failed.unwrap_err().to_string(), "no more");
    assert_eq!(fs::read_to_string(&path).unwrap(), "old");
    assert_eq!(names_in(&folder), ["run.csv"]);
}
