//! Progress: kept from one sitting to the next, whatever happens to the tutor or its file.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use nnmom_tutor::exercise::Skill;
use nnmom_tutor::files::Disk;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::record::{Clock, DAY, Folder, Keeper, Logbook, Moment, PROGRESS_FILE, Standing};
use nnmom_tutor::session::{ExerciseStatus, Session};
use nnmom_tutor::view::{Medium, Sheet};
use tempfile::TempDir;

use crate::support::program::{TUTOR, text, tutor};
use crate::support::sittings::{EXERCISES, lesson, said as answered};

const MONDAY: Clock = || Moment(20_000 * DAY);
const TUESDAY: Clock = || Moment(20_001 * DAY);

fn session(folder: &Path, clock: Clock) -> Session {
    let lesson = lesson(EXERCISES);
    Session::new(lesson)
        .unwrap()
        .keeping(Keeper::open(Some(Folder::shelf(folder)), clock))
        .with_files(Rc::new(Disk::default()))
}

/// What is said to a line: its message and what is to be read.
fn said(session: &mut Session, line: &str) -> String {
    let outcome = session.run_line(line).unwrap();
    let sheet = Sheet::all(&outcome, Medium::Words).unwrap_or_default();
    format!("{}\n{}", outcome.message().text(), sheet.text.text())
}

fn logbook(folder: &Path) -> Logbook {
    let text = fs::read_to_string(folder.join(PROGRESS_FILE)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// How many answers the file knows of.
fn attempts(folder: &Path) -> u64 {
    let logbook = logbook(folder);
    let logs = logbook.lessons.values().flat_map(|log| &log.exercises);
    logs.map(|log| log.attempts).sum()
}

#[test]
fn what_has_been_solved_is_known_in_the_next_sitting() {
    let folder = TempDir::new().unwrap();
    let mut first = session(folder.path(), MONDAY);
    said(&mut first, "answer 3.582");
    said(&mut first, "answer 3.609");
    said(&mut first, "page 3");
    assert_eq!(first.tally().solved, 1);

    let second = session(folder.path(), TUESDAY);
    let unaided = ExerciseStatus::Solved { aided: false };
    assert_eq!(second.exercise_status(0), Some(unaided));
    assert_eq!(
        second.exercise_status(2),
        Some(ExerciseStatus::Unsolved { hints: 0 })
    );
    assert_eq!((second.tally().solved, second.tally().all), (1, 5));
    let logbook = logbook(folder.path());
    let lesson = logbook.lessons.values().next().unwrap();
    assert_eq!((lesson.page, lesson.last), (3, MONDAY()));
    assert_eq!(lesson.exercises[0].attempts, 2);
}

#[test]
fn the_file_can_be_read_by_people() {
    let folder = TempDir::new().unwrap();
    let mut first = session(folder.path(), MONDAY);
    said(&mut first, "answer 3.582");
    said(&mut first, "page 3");
    said(&mut first, "answer b");
    let text = fs::read_to_string(folder.path().join(PROGRESS_FILE)).unwrap();
    insta::assert_snapshot!("file", text.replace(EXERCISES, "exercises.yaml"));
}

#[test]
fn a_question_that_has_changed_is_no_longer_solved() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("lesson.yaml");
    let source = fs::read_to_string(EXERCISES).unwrap();
    let open = || {
        let lesson = Lesson::open(file.to_str().unwrap()).unwrap();
        let session = Session::new(Arc::new(lesson)).unwrap();
        session.keeping(Keeper::open(Some(Folder::shelf(folder.path())), MONDAY))
    };
    fs::write(&file, &source).unwrap();
    said(&mut open(), "answer 3.609");
    assert_eq!(open().tally().solved, 1);
    fs::write(&file, source.replace("half** of", "a half** of")).unwrap();
    assert_eq!(open().tally().solved, 1, "its explanation is another");
    fs::write(&file, source.replace("quantity: after", "quantity: change")).unwrap();
    assert_eq!(open().tally().solved, 0, "its question is another");
}

#[test]
fn a_copy_of_a_built_in_lesson_is_that_lesson() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/momentum.yaml");
    assert_eq!(Lesson::open(path).unwrap().name, "momentum");
    assert_eq!(Lesson::open("momentum").unwrap().name, "momentum");
    assert!(Path::new(&Lesson::open(EXERCISES).unwrap().name).is_absolute());
}

#[test]
fn a_skill_is_shown_by_exercises_on_two_days() {
    let folder = TempDir::new().unwrap();
    let standing = || {
        let logbook = logbook(folder.path());
        let is = |skill: &Skill| skill.name() == "article after add";
        logbook.standing(Skill::all().into_iter().find(is).unwrap())
    };
    let mut monday = session(folder.path(), MONDAY);
    said(&mut monday, "answer 3.582");
    assert_eq!(standing(), Standing::Missed);
    said(&mut monday, "answer 3.609");
    assert_eq!(standing(), Standing::Missed, "the slip had been named");
    let mut later = session(folder.path(), MONDAY);
    said(&mut later, "exercise");
    said(&mut later, "answer 3.609");
    assert_eq!(standing(), Standing::Learning);
    let mut tuesday = session(folder.path(), TUESDAY);
    said(&mut tuesday, "exercise");
    said(&mut tuesday, "answer 3.609");
    assert_eq!(standing(), Standing::Mastered);
}

#[test]
fn what_is_tried_while_typing_or_undone_is_not_kept() {
    let folder = TempDir::new().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    let _ = sitting.preview("answer 3.609; page 3; next");
    let script = folder.path().join("script.txt");
    fs::write(&script, "answer 3.609\nnonsense\n").unwrap();
    let line = format!("source {}", script.display());
    assert!(sitting.run_line(&line).is_err());
    said(&mut sitting, "next");
    assert!(!folder.path().join(PROGRESS_FILE).exists());
    fs::write(&script, "answer 3.609\n").unwrap();
    said(&mut sitting, &line);
    assert_eq!(attempts(folder.path()), 1);
}

#[test]
fn forgetting_asks_first() {
    let folder = TempDir::new().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    said(&mut sitting, "answer 3.609");
    let question = said(&mut sitting, "progress reset");
    assert!(question.contains("progress reset yes"), "{question}");
    assert_eq!(attempts(folder.path()), 1);
    said(&mut sitting, "progress reset yes");
    assert_eq!(logbook(folder.path()), Logbook::default());
    assert_eq!(
        sitting.exercise_status(0),
        Some(ExerciseStatus::Unsolved { hints: 0 })
    );
}

#[test]
fn two_sittings_at_once_lose_nothing_and_each_sees_the_other() {
    let folder = TempDir::new().unwrap();
    let mut first = session(folder.path(), MONDAY);
    let mut second = session(folder.path(), TUESDAY);
    said(&mut first, "answer 3.609");
    said(&mut second, "page 3");
    said(&mut second, "answer b");
    said(&mut first, "page 2");
    assert_eq!(attempts(folder.path()), 2);
    assert_eq!(first.tally().solved, 2);
    assert!(said(&mut second, "progress").contains("page 2"));
}

/// What a damaged file may hold.
fn damage() -> Vec<Vec<u8>> {
    let whole = br#"{"version": 1, "lessons": {}, "skills": {}}"#;
    let mut all: Vec<Vec<u8>> = (0..whole.len()).map(|end| whole[..end].to_vec()).collect();
    for text in [
        "[]",
        "null",
        "{}",
        r#"{"version": 0}"#,
        r#"{"version": "1"}"#,
        r#"{"version": 1, "lessons": []}"#,
        r#"{"version": 1, "skills": {"x": {"tries": -1}}}"#,
        r#"{"version": 1, "lessons": {"x": {"page": 1, "last": "yesterday"}}}"#,
        "\u{0}\u{0}\u{0}",
    ] {
        all.push(text.as_bytes().to_vec());
    }
    all.push(vec![0xff, 0xfe]);
    all.push("[".repeat(100_000).into_bytes());
    all
}

#[test]
fn a_damaged_file_is_set_aside_and_a_new_one_begun() {
    for bytes in damage() {
        let folder = TempDir::new().unwrap();
        let place = |name: &str| folder.path().join(name);
        fs::write(place(PROGRESS_FILE), &bytes).unwrap();
        fs::write(place("progress.damaged"), "an older one").unwrap();
        let mut sitting = session(folder.path(), MONDAY);
        let notice = sitting.take_notice().unwrap();
        assert!(notice.contains("progress.damaged-2"), "{notice}");
        assert_eq!(fs::read(place("progress.damaged-2")).unwrap(), bytes);
        let older = fs::read_to_string(place("progress.damaged")).unwrap();
        assert_eq!(older, "an older one");
        said(&mut sitting, "answer 3.609");
        assert_eq!(attempts(folder.path()), 1);
    }
}

#[test]
fn a_byte_order_mark_is_no_damage() {
    let folder = TempDir::new().unwrap();
    said(&mut session(folder.path(), MONDAY), "answer 3.582");
    let path = folder.path().join(PROGRESS_FILE);
    let kept = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("\u{feff}{kept}")).unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    assert_eq!(sitting.take_notice(), None);
    said(&mut sitting, "answer 3.609");
    assert_eq!(attempts(folder.path()), 2);
    assert!(!folder.path().join("progress.damaged").exists());
}

#[test]
fn a_file_that_is_damaged_during_a_sitting_is_set_aside_too() {
    let folder = TempDir::new().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    said(&mut sitting, "answer 3.582");
    fs::write(folder.path().join(PROGRESS_FILE), "oh").unwrap();
    let told = said(&mut sitting, "answer 3.609");
    assert!(told.contains("cannot be read"), "{told}");
    assert_eq!(attempts(folder.path()), 1);
    assert!(folder.path().join("progress.damaged").exists());
}

#[test]
fn a_file_of_a_newer_version_stays_as_it_is() {
    let folder = TempDir::new().unwrap();
    let newer = r#"{"version": 2, "tomorrow": true}"#;
    fs::write(folder.path().join(PROGRESS_FILE), newer).unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    let notice = sitting.take_notice().unwrap();
    assert!(notice.contains("newer"), "{notice}");
    let told = said(&mut sitting, "answer 3.609");
    assert!(!told.contains("newer"), "it is told once: {told}");
    assert_eq!(sitting.tally().solved, 1, "it counts in this sitting");
    let text = fs::read_to_string(folder.path().join(PROGRESS_FILE)).unwrap();
    assert_eq!(text, newer);
}

#[test]
fn where_nothing_can_be_written_that_is_told_once_and_all_goes_on() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("a-file");
    fs::write(&file, "").unwrap();
    let mut sitting = session(&file.join("state"), MONDAY);
    assert_eq!(sitting.take_notice(), None);
    let told = said(&mut sitting, "answer 3.582");
    assert!(told.contains("Progress is not kept in"), "{told}");
    let told = said(&mut sitting, "answer 3.609");
    assert!(!told.contains("not kept"), "{told}");
    assert_eq!(sitting.tally().solved, 1);
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_read_only_is_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = TempDir::new().unwrap();
    said(&mut session(folder.path(), MONDAY), "answer 3.609");
    let before = fs::read(folder.path().join(PROGRESS_FILE)).unwrap();
    let mode = |bits| fs::set_permissions(folder.path(), fs::Permissions::from_mode(bits)).unwrap();
    mode(0o500);
    let privileged = fs::write(folder.path().join("probe"), "").is_ok();
    let mut sitting = session(folder.path(), MONDAY);
    assert_eq!(sitting.tally().solved, 1);
    said(&mut sitting, "page 3");
    let told = said(&mut sitting, "answer b");
    mode(0o700);
    // Whoever may do everything is not kept out by a mode.
    if !privileged {
        let after = fs::read(folder.path().join(PROGRESS_FILE)).unwrap();
        assert_eq!(before, after);
    }
    assert!(told.contains("Right."), "{told}");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_set_aside_and_a_link_is_followed() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join(PROGRESS_FILE);
    fs::create_dir_all(file.join("precious")).unwrap();
    said(&mut session(folder.path(), MONDAY), "answer 3.609");
    assert_eq!(attempts(folder.path()), 1);
    assert!(folder.path().join("progress.damaged/precious").exists());

    let elsewhere = folder.path().join("elsewhere.json");
    fs::rename(&file, &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &file).unwrap();
    said(&mut session(folder.path(), MONDAY), "page 2");
    assert!(file.symlink_metadata().unwrap().is_symlink());
    assert!(
        fs::read_to_string(&elsewhere)
            .unwrap()
            .contains("\"page\": 2")
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_yet_is_followed_and_permissions_are_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = TempDir::new().unwrap();
    let (state, other) = (folder.path().join("state"), folder.path().join("other"));
    fs::create_dir_all(&state).unwrap();
    fs::create_dir_all(&other).unwrap();
    let file = other.join("p.json");
    symlink("../other/p.json", state.join(PROGRESS_FILE)).unwrap();
    said(&mut session(&state, MONDAY), "page 2");
    assert!(state.join(PROGRESS_FILE).is_symlink());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    said(&mut session(&state, MONDAY), "page 3");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(
        other.join("progress.lock").exists(),
        "the lock is where the file is"
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_in_place_of_a_file_holds_nobody_up() {
    for name in ["progress.lock", "progress.json.new", PROGRESS_FILE] {
        let folder = TempDir::new().unwrap();
        let pipe = folder.path().join(name);
        assert!(
            Command::new("mkfifo")
                .arg(&pipe)
                .status()
                .unwrap()
                .success()
        );
        let mut session = session(folder.path(), MONDAY);
        let told = said(&mut session, "answer 3.609");
        assert!(told.contains("no ordinary file"), "{name}: {told}");
        assert!(told.contains("Right."), "{name}: {told}");
    }
}

#[test]
fn a_clock_that_was_ahead_once_does_not_keep_a_lesson_the_last() {
    const AHEAD: Moment = Moment(100_000 * DAY);
    let folder = TempDir::new().unwrap();
    said(&mut session(folder.path(), || AHEAD), "page 2");
    let mut later = session(folder.path(), MONDAY);
    later.run_line("open ravine").unwrap();
    assert_eq!(logbook(folder.path()).lessons[EXERCISES].last, AHEAD);
    said(&mut session(folder.path(), MONDAY), "page 3");
    later.run_line("page 2").unwrap();
    let last = &logbook(folder.path()).lessons;
    assert!(last.values().all(|log| log.last < AHEAD));
}

/// A tutor that reads lines from a pipe.
struct Piped {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Piped {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(TUTOR)
            .args([EXERCISES, "--state-dir"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    fn type_line(&mut self, line: &str) -> bool {
        let input = self.child.stdin.as_mut().unwrap();
        writeln!(input, "{line}")
            .and_then(|()| input.flush())
            .is_ok()
    }

    /// Reads up to a line that begins so; `false` where the tutor has ended before.
    fn reads(&mut self, start: &str) -> bool {
        let mut line = String::new();
        loop {
            line.clear();
            if self.out.read_line(&mut line).unwrap_or(0) == 0 {
                return false;
            }
            if line.starts_with(start) && line.ends_with('\n') {
                return true;
            }
        }
    }
}

/// What the tutor says about a wrong choice.
const WRONG: &str = "Not yet.";

#[test]
fn a_tutor_that_is_killed_loses_no_answer_that_it_has_judged() {
    let folder = TempDir::new().unwrap();
    let mut judged = 0;
    let mut dice = 7_u64;
    let mut beginning = Duration::ZERO;
    for round in 0..25 {
        let start = Instant::now();
        let mut tutor = Piped::start(folder.path());
        tutor.type_line("page 3");
        // Every fifth is killed while it begins and the others while they judge, however long a tutor takes to begin
        // on this computer now.
        if round % 5 < 4 {
            assert!(tutor.type_line("answer a") && tutor.reads(WRONG));
            judged += 1;
            beginning = start.elapsed();
        }
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let moment = beginning * ((dice >> 33) % 1_000) as u32 / 1_000;
        let process = tutor.child.id().to_string();
        let killer = thread::spawn(move || {
            thread::sleep(moment);
            let killed = Command::new("kill").args(["-9", &process]).status();
            assert!(killed.unwrap().success());
        });
        while tutor.type_line("answer a") {
            if !tutor.reads(WRONG) {
                break;
            }
            judged += 1;
        }
        killer.join().unwrap();
        tutor.child.wait().unwrap();
        let known = attempts(folder.path());
        assert!(known >= judged, "round {round}: {known} of {judged}");
        // One may have been kept and not been told any more.
        assert!(known <= judged + 1, "round {round}: {known} of {judged}");
        judged = known;
    }
    let names = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.retain(|name| name != "progress.json.new");
    names.sort();
    assert_eq!(names, ["progress.json", "progress.lock"]);
}

#[test]
fn tutors_at_once_keep_all_their_answers() {
    const EACH: u64 = 40;
    let folder = TempDir::new().unwrap();
    let work = |page: &'static str| {
        let mut tutor = Piped::start(folder.path());
        thread::spawn(move || {
            tutor.type_line(page);
            for _ in 0..EACH {
                assert!(tutor.type_line("answer a") && tutor.reads("Not yet"));
            }
            drop(tutor.child.stdin.take());
            tutor.child.wait().unwrap();
        })
    };
    let workers = [work("page 3"), work("page 3"), work("page 3")];
    for worker in workers {
        worker.join().unwrap();
    }
    assert_eq!(attempts(folder.path()), 3 * EACH);
}

/// The entry of a lesson in the file, as it is written there.
fn entry(folder: &Path, lesson: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(PROGRESS_FILE)).unwrap();
    let start = text.find(&format!("    \"{lesson}\": {{"))?;
    let end = text[start..].find("\n    }").unwrap();
    Some(text[start..start + end].to_owned())
}

#[test]
fn one_lesson_is_forgotten_and_the_others_stay_as_they_are() {
    let folder = TempDir::new().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    for line in [
        "answer 3.609",
        "open xor",
        "page 2",
        "open iris",
        "page 3",
        "open momentum",
    ] {
        said(&mut sitting, line);
    }
    let own = folder.path().join("mine.yaml");
    fs::copy("tests/exercises.yaml", &own).unwrap();
    said(&mut sitting, &format!("open {}", own.display()));
    let skills = logbook(folder.path()).skills;
    let kept = ["momentum", "iris"].map(|name| entry(folder.path(), name));
    assert!(kept.iter().all(Option::is_some) && entry(folder.path(), "xor").is_some());

    let question = answered(&mut sitting, "progress reset xor");
    assert!(question.contains("Forget the lesson xor?"), "{question}");
    assert!(question.contains("progress reset xor yes"), "{question}");
    assert!(entry(folder.path(), "xor").is_some(), "it asks first");
    let told = said(&mut sitting, "progress reset xor yes");
    assert!(told.starts_with("The lesson xor is forgotten"), "{told}");
    assert_eq!(entry(folder.path(), "xor"), None);
    assert_eq!(
        ["momentum", "iris"].map(|name| entry(folder.path(), name)),
        kept
    );
    assert_eq!(logbook(folder.path()).skills, skills);

    // One's own by the name of its file, wherever that lies.
    let told = said(&mut sitting, "progress reset mine.yaml yes");
    assert!(told.contains("mine.yaml is forgotten"), "{told}");
    for (line, told) in [
        ("progress reset xor", "Nothing is kept of the lesson xor."),
        (
            "progress reset xor yes",
            "Nothing is kept of the lesson xor.",
        ),
        (
            "progress reset momentun yes",
            "! there is no lesson `momentun` in your progress: did you mean `momentum`?",
        ),
        (
            "progress forget xor",
            "! `progress` has no use for `forget`",
        ),
    ] {
        let said = answered(&mut sitting, line);
        assert!(said.starts_with(told), "{said}");
    }
    assert_eq!(
        ["momentum", "iris"].map(|name| entry(folder.path(), name)),
        kept
    );
}

#[test]
fn the_lesson_that_is_open_begins_anew_once_it_is_forgotten() {
    let folder = TempDir::new().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    said(&mut sitting, "answer 3.609");
    said(&mut sitting, "progress reset exercises.yaml yes");
    assert_eq!(
        sitting.exercise_status(0),
        Some(ExerciseStatus::Unsolved { hints: 0 })
    );
}

#[test]
fn progress_is_told_and_forgotten_from_the_command_line() {
    let folder = TempDir::new().unwrap();
    let state = folder.path().to_str().unwrap();
    let mut sitting = session(folder.path(), MONDAY);
    for line in ["open momentum", "page 2", "open xor", "page 2"] {
        said(&mut sitting, line);
    }
    let momentum = entry(folder.path(), "momentum");
    let done = |words: &[&str]| {
        let output = tutor(&[&["--state-dir", state, "progress"], words].concat()).output();
        let output = output.unwrap();
        (
            output.status.code().unwrap(),
            text(&output.stdout) + &text(&output.stderr),
        )
    };
    assert!(done(&[]).1.contains("Lessons"));
    let (code, said) = done(&["reset", "xor"]);
    assert!(
        code == 0 && said.contains("progress reset xor yes"),
        "{said}"
    );
    assert!(entry(folder.path(), "xor").is_some());
    let (code, said) = done(&["reset", "xro", "yes"]);
    assert!(code == 2 && said.contains("did you mean `xor`?"), "{said}");
    assert_eq!(done(&["reset", "x; progress reset yes"]).0, 2);
    let (code, said) = done(&["reset", "xor", "yes"]);
    assert!(
        code == 0 && said.contains("The lesson xor is forgotten"),
        "{said}"
    );
    assert_eq!(entry(folder.path(), "xor"), None);
    assert_eq!(entry(folder.path(), "momentum"), momentum);
    assert_eq!(done(&["reset", "yes"]).0, 0);
    assert_eq!(entry(folder.path(), "momentum"), None);
}
