//! Exercises in a sitting: asked of the prepared state, judged, hinted at, proved.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nnmom_tutor::asking::Fault;
use nnmom_tutor::explain::Role;
use nnmom_tutor::files::Disk;
use nnmom_tutor::session::{ExerciseStatus, Session};
use nnmom_tutor::watch::Watch;

use crate::support::depth::in_full;
use crate::support::sittings::{lesson, run, said, sitting, written};
use crate::transcripts::shortened;

const LESSON: &str = include_str!("../exercises.yaml");

fn session(page: usize) -> Session {
    let mut session = Session::new(written(LESSON)).unwrap();
    run(&mut session, &[&format!("page {page}")]);
    session
}

/// Lines, and what is said to each.
fn transcript(session: &mut Session, lines: &[&str]) -> String {
    let mut answered = |line: &&str| format!("> {line}\n{}", shortened(&said(session, line)));
    lines.iter().map(&mut answered).collect()
}

fn status(session: &Session) -> ExerciseStatus {
    session.exercise_status(session.page_index()).unwrap()
}

const UNAIDED: ExerciseStatus = ExerciseStatus::Solved { aided: false };
const AIDED: ExerciseStatus = ExerciseStatus::Solved { aided: true };

#[test]
fn every_exercise_of_the_lesson_passes_its_check() {
    let kinds: Vec<_> = (1..=6).map(|page| session(page).check_exercise()).collect();
    let kind = |name| Ok(Some(name));
    assert_eq!(
        kinds,
        [
            kind("predict"),
            kind("number"),
            kind("choose"),
            kind("order"),
            kind("reach"),
            Ok(None)
        ]
    );
}

#[test]
fn a_conversation_about_a_number() {
    let mut session = session(1);
    let lines = [
        "exercise",
        "answer 3.6",
        "3.587",
        "answer 6.282",
        "answer 42",
        "answer 3.608",
        "answer x",
        "answer",
        "hint",
        "3.61",
        "answer 3.609",
        "exercise",
    ];
    let text = transcript(&mut session, &lines);
    insta::assert_snapshot!("number", text);
}

#[test]
fn what_is_predicted_stays_a_question_on_the_page() {
    let mut session = session(1);
    let page = |session: &Session| session.page_text().text();
    said(&mut session, "step");
    assert!(
        page(&session).contains("is ?, the change 0.049"),
        "{}",
        page(&session)
    );
    session.run_line("back 6 lines").unwrap();
    said(&mut session, "answer 3.609");
    assert_eq!(status(&session), AIDED, "it has been on the screen");
    said(&mut session, "step");
    assert!(
        page(&session).contains("is 3.609, the change 0.049"),
        "{}",
        page(&session)
    );
}

#[test]
fn an_answer_that_stands_on_the_screen_is_aided() {
    let mut session = session(1);
    said(&mut session, "step");
    assert!(said(&mut session, "answer 3.609").contains("on the screen"));
    assert_eq!(status(&session), AIDED);
}

#[test]
fn an_answer_that_has_been_on_the_screen_is_aided_wherever_one_has_gone_since() {
    for lines in [
        &["step 2"][..],
        &["step", "next"],
        &["step", "goto start"],
        &["step", "page 1"],
    ] {
        let mut session = session(1);
        for line in lines {
            said(&mut session, line);
        }
        assert!(said(&mut session, "answer 3.609").contains("on the screen"));
        assert_eq!(status(&session), AIDED, "{lines:?}");
    }
    let mut session = session(2);
    said(&mut session, "step");
    said(&mut session, "answer 0.0181481");
    assert_eq!(status(&session), AIDED);
}

#[test]
fn the_answer_is_about_the_prepared_state() {
    let mut session = session(1);
    said(&mut session, "set momentum 0.9");
    assert!(said(&mut session, "answer 3.609").starts_with("Exercise\nRight."));
    assert_eq!(status(&session), UNAIDED);
}

#[test]
fn the_last_hint_is_the_answer_and_then_the_numbers_change() {
    let mut session = session(1);
    let mut text = String::new();
    for _ in 0..4 {
        text += &said(&mut session, "hint");
        text += "\n";
    }
    insta::assert_snapshot!("hints", text);
    let again = said(&mut session, "answer 3.609");
    assert!(
        again.contains("was right for the numbers before"),
        "{again}"
    );
    assert_eq!(status(&session), ExerciseStatus::Unsolved { hints: 0 });
    let fresh = text.rsplit("Given: ").next().unwrap();
    let number = |words: &str| -> f64 {
        let rest = fresh.split(words).nth(1).unwrap().trim();
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        rest[..end].trim_end_matches('.').parse().unwrap()
    };
    let after = number("weight before")
        + number("learning rate") * number("gradient")
        + number(" momentum") * number("previous delta");
    let answer = said(&mut session, &format!("answer {after:.6}"));
    assert!(answer.contains("Right"), "{answer}");
    assert_eq!(status(&session), AIDED);
}

#[test]
fn after_the_way_has_been_shown_another_is_asked_for() {
    let mut session = session(5);
    let told = said(&mut session, "solution");
    assert!(told.contains("Now find another way"), "{told}");
    let way = told.lines().find(|line| line.starts_with("This does it: "));
    let way = way.unwrap().trim_start_matches("This does it: ");
    said(&mut session, way);
    let refused = said(&mut session, "answer");
    assert!(refused.contains("the way that has been shown"), "{refused}");
    assert_eq!(status(&session), ExerciseStatus::Unsolved { hints: 0 });
    for line in ["goto start", "set learning_rate 0.07", "goto end"] {
        said(&mut session, line);
    }
    let reached = said(&mut session, "answer");
    assert!(reached.contains("Reached."), "{reached}");
    assert_eq!(status(&session), AIDED);
}

#[test]
fn two_slips_with_one_answer_are_told_apart_by_other_numbers() {
    // Twice 0.022 is the memory: momentum times this delta and a forgotten factor are 0.022 here.
    let source = LESSON
        .replace("previous_delta: 0.044", "previous_delta: 0.0135")
        .replace("{quantity: after}", "{quantity: momentum_term}");
    let mut session = Session::new(written(&source)).unwrap();
    let text = said(&mut session, "answer 0.0135");
    assert!(text.contains("Two different slips"), "{text}");
    assert!(
        text.contains("Another question shows which it is."),
        "{text}"
    );
    assert!(session.awaits_answer());
    let fresh = text.rsplit("Given: ").next().unwrap().to_owned();
    let rest = fresh.split("previous delta ").nth(1).unwrap();
    let memory = rest[..rest.find(['\n']).unwrap_or(rest.len())].trim_end_matches('.');
    let named = said(&mut session, &format!("answer {memory}"));
    assert!(
        named.contains("the momentum's factor is missing"),
        "{named}"
    );
}

#[test]
fn an_expression_a_choice_and_an_order() {
    let mut session = session(2);
    let text = transcript(
        &mut session,
        &[
            "x",
            "answer 55.1",
            "answer 1",
            "hint",
            "answer 0.0181",
            "page 3",
            "x",
            "answer a",
            "answer d",
            "hint",
            "hint",
            "answer b",
            "answer a",
            "page 4",
            "x",
            "answer a b",
            "answer a b c d",
            "hint",
            "solution",
            "answer c b d a",
            "answer d c a b",
            "page 6",
            "x",
            "answer 1",
            "hint",
        ],
    );
    insta::assert_snapshot!("others", text);
}

#[test]
fn a_goal_is_proved_by_making_the_run_again() {
    let mut session = session(5);
    let text = transcript(
        &mut session,
        &[
            "x",
            "answer",
            "goto end",
            "answer",
            "goto start",
            "set ihWeights[i,j] 4",
            "step",
            "answer",
            "page 5",
            "set momentum 0.5",
            "step 6",
            "answer",
            "goto start",
            "set learning_rate 0.05",
            "goto end",
            "answer",
        ],
    );
    insta::assert_snapshot!("goal", text);
    assert_eq!(status(&session), UNAIDED);
}

#[test]
fn a_goal_that_holds_without_a_change_is_refused() {
    let source = LESSON.replace(
        "ihWeights[i,j] > 3.75 and step <= 6",
        "ihWeights[i,j] > 3.6",
    );
    let mut session = Session::new(written(&source)).unwrap();
    said(&mut session, "page 5");
    said(&mut session, "step 2");
    let text = said(&mut session, "answer");
    assert!(text.contains("nothing has been changed"), "{text}");
    assert_eq!(
        session.check_exercise(),
        Err(vec![
            Fault::whole("`ihWeights[i,j] > 3.6` holds without any change").within("reach")
        ])
    );
}

#[test]
fn lines_are_predicted_before_they_are_shown() {
    let mut session = session(6);
    said(&mut session, "reset");
    let text = transcript(
        &mut session,
        &[
            "0.027",
            "predict on",
            "0.027",
            "next",
            "answer 3.6",
            "0.022",
            "3.609",
            "predict off",
            "0.027",
        ],
    );
    insta::assert_snapshot!("predict", text);
}

#[test]
fn it_asks_where_terms_join_and_for_no_product_no_copy_and_no_half_way() {
    let asked = |name: &str, lines: &[&str]| -> Vec<String> {
        let mut session = sitting(name);
        for line in lines.iter().chain(&["goto start", "predict on"]) {
            said(&mut session, line);
        }
        let mut asked = Vec::new();
        while !session.is_complete() {
            if session.asks_for_line() {
                let line = &session.derivation().lines[session.position().lines];
                asked.push(line.quantity.name().into_owned());
            }
            said(&mut session, "next");
        }
        asked
    };
    // A weight: learning rate times gradient, momentum times memory and a copy are not asked for.
    assert_eq!(asked("momentum", &["set momentum 0"]), ["after"]);
    assert_eq!(asked("momentum", &["set momentum 0.5"]), ["after"]);
    // What heavy-ball keeps are two terms; what nesterov adds is joined in brackets.
    let heavy = ["set rule heavy-ball", "set momentum 0.5"];
    assert_eq!(asked("ravine", &heavy), ["after", "new_memory"]);
    let nesterov = ["set rule nesterov", "set momentum 0.5"];
    assert_eq!(
        asked("ravine", &nesterov),
        ["momentum_term", "after", "new_memory"]
    );
    // The slope of a ravine is a product, that of two valleys is not; the loss stands in the first line.
    assert_eq!(asked("ravine", &["set rule none"]), ["after"]);
    assert_eq!(
        asked("local-minima", &["set momentum 0"]),
        ["gradient", "after"]
    );
    // Of three output sums, shares and signals, the first; no tanh of one number.
    assert_eq!(
        asked("iris", &["set momentum 0.5"]),
        [
            "hidden_sum[0]",
            "output_sum[0]",
            "output[0]",
            "error",
            "output_signal[0]",
            "hidden_signal[0]",
            "after",
        ]
    );
    // Nor a sigmoid of one, which is written with a sum.
    assert_eq!(
        asked("one-item", &["set momentum 0"]),
        ["output_sum[0]", "error", "output_signal[0]", "after"]
    );
}

#[test]
fn while_it_asks_an_update_stops_at_the_first_line_that_is_asked_for() {
    let mut session = sitting("momentum");
    for line in ["page 2", "goto start", "predict on", "step"] {
        said(&mut session, line);
    }
    assert!(session.asks_for_line());
    assert_eq!((session.step(), session.position().lines), (0, 4));
    said(&mut session, "step");
    assert_eq!(session.step(), 1, "who wants to see the rest sees it");
    said(&mut session, "step");
    assert!(session.asks_for_line());
    said(&mut session, "predict off");
    assert!(!session.asks_for_line());
}

#[test]
fn worked_examples_fade_from_the_last_line_on() {
    let mut session = session(6);
    said(&mut session, "reset");
    let text = transcript(
        &mut session,
        &[
            "predict fade",
            "step",
            "step",
            "0.022",
            "step",
            "0.015",
            "0.011",
            "step",
            "step",
            "step",
            "next",
            "step",
            "predict fade",
            "step",
            "step",
            "predict off",
        ],
    );
    insta::assert_snapshot!("fade", text);
}

#[test]
fn a_prediction_counts_for_its_skill_unless_it_has_been_seen() {
    let mut session = session(6);
    let standing = |session: &Session, name: &str| {
        let log = &session.keeper().logbook().skills;
        log.get(name).map(|log| (log.right.len(), log.tries))
    };
    said(&mut session, "predict on");
    said(&mut session, "0.027");
    assert_eq!(standing(&session, "article delta add"), Some((1, 1)));
    said(&mut session, "back line");
    said(&mut session, "0.027");
    assert_eq!(standing(&session, "article delta add"), Some((1, 1)));
    // A slip of arithmetic and too few digits tell nothing; a wrong idea does.
    said(&mut session, "answer 3.5871");
    assert_eq!(standing(&session, "article plain_weight add"), None);
    said(&mut session, "0.044");
    assert_eq!(
        standing(&session, "article momentum_term add"),
        Some((0, 1))
    );
}

#[test]
fn every_line_of_every_kind_of_lesson_can_be_predicted() {
    for name in [
        "one-item",
        "xor",
        "iris",
        "ravine",
        "local-minima",
        "momentum",
    ] {
        let mut session = sitting(name);
        for line in ["set rule nesterov", "goto start", "predict on"] {
            said(&mut session, line);
        }
        let lines = session.derivation().lines.clone();
        for line in lines.iter().filter(|line| !line.is_given()) {
            let text = said(&mut session, &format!("answer {:?}*1", line.value));
            assert!(text.contains(": right."), "{name}: {text}");
        }
        let mut wrong = sitting(name);
        said(&mut wrong, "goto start");
        said(&mut wrong, "predict on");
        let text = said(&mut wrong, "answer 12345");
        assert!(text.contains("You said 12345; "), "{name}: {text}");
    }
}

#[test]
fn who_goes_on_while_predicting_has_left_the_question() {
    let mut session = session(1);
    for line in ["exercise", "predict on"] {
        said(&mut session, line);
    }
    assert!(said(&mut session, "0.027").contains("delta is 0.027: right."));
    said(&mut session, "exercise");
    said(&mut session, "next");
    assert!(said(&mut session, "answer 0.022").contains("momentum term is 0.022: right."));
    assert_eq!(status(&session), ExerciseStatus::Unsolved { hints: 0 });
}

#[test]
fn with_few_digits_on_the_screen_a_prediction_may_have_as_few() {
    let mut session = session(6);
    for line in ["set digits 2", "predict on", "answer 0.027"] {
        said(&mut session, line);
    }
    assert!(said(&mut session, "answer 3.627").contains("right"));
}

#[test]
fn a_saved_sitting_has_its_answers() {
    let mut session = session(1);
    for line in [
        "exercise",
        "hint",
        "3.609",
        "page 6",
        "predict on",
        "next",
        "0.027",
    ] {
        session.run_line(line).unwrap();
    }
    let mut again = Session::new(written(LESSON)).unwrap();
    for line in session.script().unwrap().lines() {
        again.run_line(line).unwrap();
    }
    assert_eq!(again.exercise_status(0), Some(AIDED));
    assert_eq!(again.position(), session.position());
}

#[test]
fn nothing_is_told_while_a_line_is_being_typed() {
    let mut session = session(1);
    session.run_line("exercise").unwrap();
    for line in ["answer 3.609", "3.609", "hint", "solution"] {
        let preview = format!("{:?}", session.preview(line));
        assert!(!preview.contains("3.609"), "{preview}");
    }
    let text = session.page_text();
    assert!(
        text.lines[0]
            .spans
            .iter()
            .any(|span| span.role == Role::Question)
    );
}

#[test]
fn exercises_that_cannot_be_done_are_found_by_the_check() {
    let problem = |from: &str, to: &str, page: usize| {
        let source = LESSON.replace(from, to);
        assert_ne!(source, LESSON, "{from}");
        let mut session = Session::new(written(&source)).unwrap();
        session.run_line(&format!("page {page}")).unwrap();
        let faults = session.check_exercise().unwrap_err();
        let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
        messages.join("\n")
    };
    assert!(problem("{quantity: after}", "{quantity: gradient}", 1).contains("given"));
    assert!(
        problem(
            "[Divide one by the other., ",
            "[\"It is {effective_rate}.\", ",
            2
        )
        .contains("hint 1 tells")
    );
    assert!(problem("> 3.75", "> 4000", 5).contains("solution"));
    let mistake = "answer: gradient/change";
    for (answer, reason) in [
        ("change/gradient", "is the right answer"),
        ("change/gradient*1", "is the right answer"),
        ("log(0-1)", "comes to no number"),
    ] {
        assert!(problem(mistake, &format!("answer: {answer}"), 2).contains(reason));
    }
    assert!(problem("expect: change/gradient", "expect: before", 2).contains("given"));
    let page = "text: The new weight is {after}, ";
    assert!(problem(page, "text: It becomes 3.61. ", 1).contains("the page tells the answer"));
    let ask = "How much of the gradient of {gradient} has been taken?";
    assert!(problem(ask, "Is it 0.0181?", 2).contains("question has its answer in it"));
    assert!(
        problem("\"The change is {change}.\"", "\"It is 0.0181.\"", 2).contains("hint 2 tells")
    );
}

#[test]
fn check_solves_every_exercise_of_a_file() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/exercises.yaml");
    assert!(
        crate::support::sittings::check(&Disk::default(), path, &Watch::default())
            .unwrap()
            .contains("6 pages")
    );
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.yaml");
    let source = LESSON.replace("{quantity: after}", "{quantity: gradient}");
    std::fs::write(&broken, source).unwrap();
    let error = crate::support::sittings::check(
        &Disk::default(),
        broken.to_str().unwrap(),
        &Watch::default(),
    )
    .unwrap_err();
    assert!(
        error.contains("the gradient is given") && error.contains("the exercise of page 1"),
        "{error}"
    );
}

/// A question about a network with the lesson's commands, as it is asked.
fn asked_of(name: &str, page: usize) -> String {
    let mut session = sitting(name);
    said(&mut session, &format!("page {page}"));
    said(&mut session, "exercise")
}

#[test]
fn a_question_about_back_propagation_gives_what_the_answer_is_made_of() {
    let weight = asked_of("one-item", 5);
    let given = "Given: output 0 = 0.751365, target 0 = 0.01, hidden value 1 = 0.596884, output sum 0 = 1.10591.";
    assert!(weight.contains(given), "{weight}");
    let hidden = asked_of("one-item", 6);
    assert!(
        hidden.contains("output signal 1 = 0.0380982, ho[1,1] = 0.55, hidden sum 1 = "),
        "{hidden}"
    );
    for question in [weight, hidden] {
        assert!(!question.contains("gradient -"), "{question}");
    }
    let of_nodes = asked_of("one-item", 2);
    assert!(!of_nodes.contains("Given"), "{of_nodes}");
}

#[test]
fn figures_and_nodes_may_be_asked_about() {
    let lesson = lesson("one-item");
    let mut session = Session::new(lesson).unwrap();
    said(&mut session, "page 10");
    said(&mut session, "set learning_rate 1");
    said(&mut session, "run until loss < 0.01");
    assert!(said(&mut session, "answer").contains("Reached"));
    said(&mut session, "page 2");
    let told = said(&mut session, "answer 0.0425");
    assert!(told.contains("The bias is missing"), "{told}");
    let right = said(&mut session, "answer 0.3925");
    assert!(
        right.contains(" = 0.05 × 0.25 + 0.1 × 0.3 + 0.35 = 0.3925."),
        "{right}"
    );
}

/// A lesson on a surface with one exercise.
fn on_a_surface(commands: &str, exercise: &str) -> Session {
    let source = format!(
        "title: Surface
model:
  surface: {{loss: 0.1*x^2 + y^2, start: {{x: 10, y: 1}}}}
training: {{rule: none, learning_rate: 0.1}}
pages:
  - title: One
    commands: [{commands}]
    text: One.
    exercise: {exercise}
"
    );
    Session::new(written(&source)).unwrap()
}

fn does_all(session: &mut Session, lines: &[&str]) -> String {
    let mut last = String::new();
    for line in lines {
        last = said(session, line);
    }
    last
}

#[test]
fn a_goal_is_judged_with_the_signs_and_the_parameter_of_its_page() {
    for cheat in ["set convention subtract", "focus y"] {
        let reach = "{reach: gradient > 1.5 and abs(change) < 0.6 and step <= 5, solution: [set learning_rate 9.9, step 5]}";
        let mut session = on_a_surface("reset, focus x", reach);
        let lines = ["set learning_rate 0.25", cheat, "step 5", "answer"];
        let text = does_all(&mut session, &lines);
        assert!(text.contains("Not yet"), "{cheat}: {text}");
    }
}

#[test]
fn what_a_page_has_prepared_cannot_be_thrown_away() {
    let reach = "{reach: x > 9.5, solution: [set learning_rate 5]}";
    for cheat in ["reset", "set x 11"] {
        let mut session = on_a_surface("reset, set x 9", reach);
        let lines = [cheat, "set learning_rate 0.01", "step", "answer"];
        let text = does_all(&mut session, &lines);
        assert!(text.contains("Not yet"), "{cheat}: {text}");
    }
}

#[test]
fn what_a_goal_asks_of_a_setting_must_hold_all_the_way() {
    let reach = "{reach: loss < 0.01 and learning_rate >= 0.8, solution: [goto start, set learning_rate 0.9, step 200]}";
    let mut session = on_a_surface("reset", reach);
    let cheat = [
        "set learning_rate 0.5",
        "step 100",
        "set learning_rate 0.8",
        "step",
        "answer",
    ];
    let text = does_all(&mut session, &cheat);
    assert!(
        text.contains("`learning_rate >= 0.8` has not held all the way"),
        "{text}"
    );
    let fair = ["goto start", "set learning_rate 0.8", "step 100", "answer"];
    let text = does_all(&mut session, &fair);
    assert!(text.contains("Reached."), "{text}");
}

#[test]
fn what_a_goal_asks_of_settings_is_taken_as_it_is_joined() {
    let solution = "solution: [goto start, set learning_rate 0.9, step 200]";
    let not = format!("{{reach: loss < 0.01 and not (learning_rate < 0.8), {solution}}}");
    let mut session = on_a_surface("reset", &not);
    let cheat = [
        "set learning_rate 0.5",
        "step 100",
        "set learning_rate 0.8",
        "step",
        "answer",
    ];
    let text = does_all(&mut session, &cheat);
    assert!(text.contains("has not held all the way"), "{text}");
    let or =
        format!("{{reach: loss < 0.01 and (learning_rate <= 0.6 or momentum >= 0.5), {solution}}}");
    let mut session = on_a_surface("reset", &or);
    let fair = [
        "set learning_rate 0.55",
        "step 5",
        "set momentum 0.5",
        "step 100",
        "answer",
    ];
    let text = does_all(&mut session, &fair);
    assert!(text.contains("Reached."), "{text}");
}

#[test]
fn a_number_that_only_looks_like_the_answer_has_not_told_it() {
    let mut session = sitting("adaptive-rate");
    does_all(&mut session, &["page 2", "answer 0"]);
    assert_eq!(status(&session), UNAIDED);
}

#[test]
fn a_gradient_on_a_surface_can_be_predicted() {
    let predict = "{predict: {quantity: gradient, parameter: x}}";
    let mut session = on_a_surface("reset, focus x", predict);
    assert_eq!(session.check_exercise(), Ok(Some("predict")));
    let text = transcript(
        &mut session,
        &[
            "exercise",
            "2",
            "answer 11",
            "hint",
            "hint",
            "hint",
            "hint",
            "-2",
        ],
    );
    insta::assert_snapshot!("gradient_on_a_surface", text);
}

#[test]
fn mistakes_about_other_parameters_are_left_out_where_the_numbers_are_others() {
    for answer in ["y + change", "momentum*delta[y]", "y", "step"] {
        let predict = format!(
            "{{predict: {{quantity: after, mistakes: [{{answer: '{answer}', say: No.}}]}}}}"
        );
        let mut session = on_a_surface("reset, focus x, step", &predict);
        let text = does_all(&mut session, &["solution", "answer 1.5"]);
        assert!(!text.starts_with('!'), "{answer}: {text}");
    }
}

#[test]
fn every_exercise_of_the_course_can_be_solved_after_its_solution_has_been_shown() {
    let mut kinds = BTreeMap::new();
    for builtin in nnmom_tutor::lesson::BUILTIN {
        let lesson = Arc::new(builtin.load().unwrap());
        let mut here = BTreeSet::new();
        for (page, asked) in (1..).zip(&lesson.pages) {
            let Some(exercise) = asked.exercises.first() else {
                continue;
            };
            let kind = exercise.question.kind().name();
            *kinds.entry(kind).or_insert(0) += 1;
            // One of each kind in a lesson, where not all are looked at.
            if !here.insert(kind) && !in_full() {
                continue;
            }
            let mut session = Session::unopened(Arc::clone(&lesson));
            said(&mut session, &format!("page {page}"));
            assert_eq!(session.check_exercise(), Ok(Some(kind)));
            let told = said(&mut session, "solution");
            let again = match kind {
                "reach" => told.contains("Now find another way"),
                "choose" => told.contains("Now you, in another order:"),
                "order" => told.contains("Now you. The lines have other letters:"),
                _ => told.contains("Now you, with other numbers:") && told.contains("Given: "),
            };
            assert!(again, "{} {page}: {told}", builtin.name);
            if kind == "reach" {
                continue;
            }
            let wrong = said(&mut session, "answer 123.456");
            assert!(!wrong.contains("Right"), "{} {page}: {wrong}", builtin.name);
            // What the solution of the question in its other form says is right.
            let solution = said(&mut session.clone(), "solution");
            let line = solution.lines().nth(1).unwrap().trim_end_matches('.');
            let answer = match kind {
                "predict" | "number" => line.rsplit(' ').next().unwrap(),
                "choose" => {
                    // It is named by its words, and has a letter where the question is asked again.
                    let right = line.trim_start_matches("It is this one: ");
                    let is_right =
                        |option: &&str| option.get(3..).is_some_and(|text| text.starts_with(right));
                    let asked = told.rsplit("Now you").next().unwrap();
                    asked.lines().find(is_right).unwrap().get(..1).unwrap()
                }
                _ => line.trim_start_matches("It is "),
            };
            let right = said(&mut session, &format!("answer {answer}"));
            assert!(
                right.contains("Right"),
                "{} {page}: {answer}: {right}",
                builtin.name
            );
            assert_eq!(status(&session), AIDED);
        }
    }
    assert_eq!(kinds.len(), 5, "{kinds:?}");
}

#[test]
fn opening_the_lesson_again_does_not_wash_help_away() {
    let mut session = sitting("momentum");
    does_all(
        &mut session,
        &["page 2", "hint", "open ravine", "open momentum", "page 2"],
    );
    assert_eq!(status(&session), ExerciseStatus::Unsolved { hints: 1 });
    does_all(&mut session, &["answer 3.609"]);
    assert_eq!(status(&session), AIDED);
}

mod full_screen {
    use super::*;
    use crate::support::screens::{self, STACKED, answer, enter, pane, press, question, shown};
    use nnmom_tutor::explain::Text;
    use nnmom_tutor::screen::{App, FullScreen, Pane};
    use nnmom_tutor::session::Part;

    fn app(page: usize) -> App {
        shown(session(page))
    }

    fn screen(app: &mut App) -> String {
        screens::screen(app, STACKED)
    }

    fn words(text: &str) -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The words of the question in its place, one after another, on a screen with room for all of them.
    fn words_read(app: &mut App) -> String {
        words(&question(app, (160, 60)))
            .replace(['✗', '✓'], "")
            .replace("  ", " ")
    }

    /// Opens a page's exercise and gives answers, or enters lines where it waits for something to be done. What is said
    /// to each must be read in full, beside the question as long as something is asked, and then what comes next.
    fn converse(page: usize, asked: &str, lines: &[&str]) -> App {
        let mut app = app(page);
        press(&mut app, "x");
        let seen = words_read(&mut app);
        assert!(seen.contains(asked), "{seen}");
        for line in lines {
            let mut session = app.session().clone();
            let outcome = session.run_line(line).unwrap();
            let said = outcome.parts.iter().find_map(|part| match part {
                Part::Feedback(feedback) => Some(Text::from(feedback.beside()).text()),
                Part::Reply(_)
                | Part::Reading(_)
                | Part::Question(_)
                | Part::Keys
                | Part::Lessons(_)
                | Part::Confirmation(_)
                | Part::Script(_)
                | Part::Turned(_)
                | Part::Played(_)
                | Part::Screen(_)
                | Part::Opened
                | Part::Leave(_) => None,
            });
            let said = words(&said.unwrap());
            if asked.starts_with("Get") {
                enter(&mut app, line);
            } else {
                answer(&mut app, line);
            }
            let seen = words_read(&mut app);
            assert!(seen.contains(&said), "{said}\nis not in\n{seen}");
            assert!(seen.contains(asked), "{seen}");
            let is_solved = matches!(status(&session), ExerciseStatus::Solved { .. });
            assert_eq!(is_solved, seen.contains("▸ Enter goes on"), "{seen}");
        }
        app
    }

    #[test]
    fn x_opens_the_exercise_and_its_field_answers() {
        let mut app = app(1);
        press(&mut app, "x");
        insta::assert_snapshot!("a_question_asked", question(&mut app, STACKED));
        // What is asked stays where it stands, and below it stands what is said to an answer.
        let asked = question(&mut app, STACKED);
        let said = |app: &mut App| {
            let seen = question(app, STACKED);
            let places = seen.match_indices("\n   w″ =").map(|(at, _)| at);
            let (above, below) = seen.split_at(places.last().unwrap());
            let words = |text: &str| text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
            assert!(words(&asked).starts_with(&words(above)), "{seen}");
            below.trim_start_matches('\n').to_owned()
        };
        answer(&mut app, "3.587");
        insta::assert_snapshot!("a_wrong_answer", said(&mut app));
        answer(&mut app, "3.609");
        assert!(
            question(&mut app, STACKED)
                .lines()
                .next()
                .unwrap()
                .contains("✓ solved")
        );
        insta::assert_snapshot!("a_right_answer", said(&mut app));
        press(&mut app, "Enter");
        assert_eq!(app.session().page_index(), 1, "Enter goes on");
        press(&mut app, "PageUp");
        assert_eq!(status(app.session()), UNAIDED);
    }

    #[test]
    fn beside_a_question_the_whole_update_stays_where_it_is() {
        for size in [STACKED, (100, 30), (160, 45)] {
            let mut app = app(1);
            press(&mut app, "x");
            let asked = pane(&mut app, Pane::Update, size);
            for line in ["from w 3.56", "g  gradient", "m′ kept for next"] {
                assert!(asked.contains(line), "{size:?}: {asked}");
            }
            let places = |app: &App| (screens::place(app, Pane::Update), app.question_place());
            let before = places(&app);
            for text in ["3.587", "3.609"] {
                answer(&mut app, text);
                let seen = screens::screen(&mut app, size);
                assert_eq!(places(&app), before, "{text} at {size:?}");
                let meets = size.0 < 100 || seen.lines().nth(2).unwrap().contains("━┬─ Update 1");
                assert!(meets, "{seen}");
            }
        }
    }

    #[test]
    fn what_is_said_to_each_answer_is_read_in_full_beside_the_question() {
        let number = ["answer 55.1", "answer 1", "hint", "answer 0.0181"];
        converse(2, "How much of the gradient", &number);
        let choice = "What does the article remember?";
        converse(3, choice, &["answer a", "answer b"]);
        let order = ["answer c a b d", "answer c b d a"];
        converse(4, "Put these lines in order.", &order);
        let goal = "Get ihWeights[i,j] above 3.75 in 6 updates or fewer.";
        converse(5, goal, &["answer"]);
        let way = "goto start; set lr 0.05; goto end; answer";
        let mut missed = converse(5, goal, &["set momentum 0.6; goto end; answer"]);
        insta::assert_snapshot!("a_goal_missed", question(&mut missed, STACKED));
        converse(5, goal, &["set momentum 0.6; goto end; answer", way]);
        converse(1, "What is the new weight?", &["solution", "answer 1"]);
    }

    #[test]
    fn help_can_be_typed_while_a_question_is_read() {
        let mut app = app(1);
        answer(&mut app, "xhint");
        let first = screen(&mut app);
        assert!(
            first.contains("Hint 1 of 4") && first.contains("F3 hint (2 of 4)"),
            "{first}"
        );
        press(&mut app, "F3");
        let second = screen(&mut app);
        assert!(
            second.contains("Hint 2 of 4") && second.contains("F3 hint (3 of 4)"),
            "{second}"
        );
        answer(&mut app, "answer 3.609");
        assert_eq!(status(app.session()), AIDED);
    }

    #[test]
    fn a_worked_example_that_fades_asks_for_its_last_line() {
        let mut app = app(6);
        enter(&mut app, "predict fade");
        press(&mut app, "Down Down");
        // All lines but the last are shown.
        let last = |app: &mut App| {
            let seen = pane(app, Pane::Update, STACKED);
            let before = seen.lines().position(|row| row.contains("m′ ")).unwrap();
            let rows: Vec<&str> = seen.lines().collect();
            assert!(rows[before - 1].contains("w″") && rows[before - 1].ends_with("= 3.6445"));
            rows[before..].join("\n")
        };
        insta::assert_snapshot!("fade_asked", last(&mut app));
        answer(&mut app, "0.022");
        insta::assert_snapshot!("fade_right", last(&mut app));
        press(&mut app, "}");
        assert!(
            !screen(&mut app).contains("you said"),
            "it was about another number"
        );
    }

    #[test]
    fn the_screen_counts_exercises_and_tells_of_the_key() {
        let mut app = app(1);
        let first = screen(&mut app);
        assert!(first.contains("questions 0 of 5"), "{first}");
        assert!(first.contains(" x exercise "), "{first}");
        enter(&mut app, "answer 3.609");
        press(&mut app, "Esc");
        let solved = screen(&mut app);
        assert!(solved.contains("questions 1 of 5"), "{solved}");
        assert!(solved.contains("Predict · solved"), "{solved}");
        enter(&mut app, "page 6");
        let without = screen(&mut app);
        assert!(!without.contains(" x exercise "), "{without}");
    }

    #[test]
    fn forgetting_everything_takes_a_y() {
        let mut app = app(1);
        enter(&mut app, "answer 3.609");
        press(&mut app, "Esc");
        for (key, solved) in [("n", 1), ("q", 1), ("y", 0)] {
            enter(&mut app, "progress reset");
            assert!(screen(&mut app).contains("Press y to forget everything"));
            press(&mut app, key);
            assert_eq!(app.session().tally().solved, solved, "{key}");
            assert!(!app.wants_to_quit());
        }
        assert!(app.message().text().starts_with("Everything is forgotten"));
    }

    #[test]
    fn a_line_that_is_asked_for_waits_in_its_place() {
        let mut app = app(6);
        enter(&mut app, "predict on");
        press(&mut app, "Down");
        for (width, height) in [STACKED, (100, 30), (160, 45), (62, 17)] {
            let waiting = screens::screen(&mut app, (width, height));
            assert!(waiting.contains("Now you: w″, new weight."), "{waiting}");
        }
        screens::write(&mut app, "3.587+");
        let typed = pane(&mut app, Pane::Update, STACKED);
        assert!(typed.contains("= 3.587+"), "{typed}");
        // What cannot be compared stays there, with what is wrong.
        press(&mut app, "Enter");
        let wrong = screen(&mut app);
        assert!(
            wrong.contains("= 3.587+") && wrong.contains("a number or a name is missing"),
            "{wrong}"
        );
        answer(&mut app, "0.022");
        let shown = pane(&mut app, Pane::Update, STACKED);
        assert!(
            shown.contains("= 3.609") && shown.contains("Right"),
            "{shown}"
        );
    }

    #[test]
    fn a_number_begins_a_prediction() {
        let mut app = app(6);
        enter(&mut app, "predict on");
        answer(&mut app, "0.027");
        assert!(
            app.message().text().starts_with("You said 0.027"),
            "{}",
            app.message().text()
        );
    }
}
