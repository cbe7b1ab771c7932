//! What whoever hears a sitting, or types it, is told: where they are, what can be done, which run is first.

use nnmom_tutor::view::whereabouts;

use crate::support::program::{piped, tutor};
use crate::support::sittings::{at_page, run, said, sitting, written};

use nnmom_tutor::command::Preview;
use nnmom_tutor::session::Session;

#[test]
fn a_comparison_tells_first_which_run_is_first_and_then_each_in_a_sentence() {
    let mut session = sitting("why-momentum");
    let told = said(
        &mut session,
        "compare momentum 0 0.8 until loss < 0.001 max 300",
    );
    let lines: Vec<&str> = told
        .lines()
        .skip_while(|line| *line != "Side by side")
        .collect();
    assert_eq!(
        lines[1..4],
        [
            "momentum=0.8 is first: loss < 0.001 after 24 updates.",
            "momentum=0: 206 updates; after 206 the loss is 0.0009831; never crossed its lowest place; largest change 1.2.",
            "momentum=0.8: 24 updates; after 206 the loss is 9.8807e-20; crossed its lowest place 6 times along x and 55 times along y; largest change 1.44.",
        ]
    );
    let explained = "Overshoots: how often a weight has crossed its lowest place";
    assert!(told.contains(explained), "{told}");
    // Where none gets there, none is first.
    let told = said(
        &mut session,
        "compare momentum 0 0.1 until loss < 1e-9 max 9",
    );
    assert!(told.contains("None of them gets to loss < 1e-9."), "{told}");
    assert!(told.contains("not there after 9 updates"), "{told}");
}

#[test]
fn an_empty_line_tells_where_one_is_and_what_can_be_done_there_and_does_nothing() {
    let mut session = sitting("learning-rate");
    run(&mut session, &["page 2", "next"]);
    let told = whereabouts(&session).text();
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(
        lines,
        [
            "You are at update 1 of 1, line 2 of 3; 0 updates are complete.",
            "Type exercise to answer: this page asks for the new weight.",
            "Type next to show w double prime, new weight.",
            "Type why to hear why Δ, delta is this number.",
            "Type page next to go on to page 3, The same in code; the question stays open.",
        ]
    );
    // While a question is open, it says how that is answered.
    run(&mut session, &["exercise"]);
    let told = whereabouts(&session).text();
    assert!(
        told.contains("A question is open. Type `answer` and the number"),
        "{told}"
    );

    // After the last update there is no other to make.
    run(&mut session, &["page 1", "step"]);
    let told = whereabouts(&session).text();
    assert!(
        told.contains("Type goto start to go back to the start"),
        "{told}"
    );
    assert!(!told.contains("next update"), "{told}");

    let output = piped(&mut tutor(&["learning-rate", "--repl"]), "\n  \nnext\n");
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said.matches("You are at update 1 of 1, line 0 of 3")
            .count(),
        2,
        "{said}"
    );
    assert!(output.status.success());
    // In a script an empty line is a space between others.
    let output = piped(&mut tutor(&["learning-rate", "-c", "next\n\nnext"]), "");
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(!said.contains("You are at"), "{said}");
}

#[test]
fn keys_begin_in_line_mode_with_what_can_be_done_and_leave_out_what_only_a_screen_has() {
    let mut session = sitting("momentum");
    let told = said(&mut session, "keys");
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "Here and now");
    assert_eq!(lines[2], "Type next to show g, gradient.");
    for of_screen in ["Tab", "mouse", "scroll", "sleep", "whole screen"] {
        assert!(!told.contains(of_screen), "{of_screen}: {told}");
    }
    assert!(told.contains("raise the momentum"), "{told}");
    assert!(lines.len() < 45, "{}", lines.len());
}

#[test]
fn a_page_gives_its_keys_by_name_and_its_lines_as_they_are_typed() {
    let mut session = sitting("learning-rate");
    let told = said(&mut session, "page 5");
    assert!(told.contains("    set convention subtract\n"), "{told}");
    let told = said(&mut session, "page 4");
    assert!(
        told.contains("press } (closing brace) or O three times"),
        "{told}"
    );
    // And each of them does it.
    run(&mut session, &["page 1"]);
    for key in ["}", "O", "o", "down", "space", "page down"] {
        assert!(session.clone().run_line(key).is_ok(), "{key}");
    }
}

#[test]
fn hints_among_options_name_them_by_their_words() {
    let mut session = at_page("why-momentum", 1);
    run(&mut session, &["exercise"]);
    let hints: Vec<String> = (0..3).map(|_| said(&mut session, "hint")).collect();
    assert!(
        hints[2].contains("It is this one: It forgets each step."),
        "{hints:#?}"
    );
    assert!(hints[2].contains("Now you, in another order"), "{hints:#?}");
}

#[test]
fn while_a_number_is_asked_for_no_preview_tells_it() {
    let mut session = at_page("momentum", 2);
    let previewed = |session: &Session, line: &str| match session.preview(line) {
        Preview::Effect(line) => line.text(),
        other @ (Preview::Nothing | Preview::Complaint(_)) => panic!("{other:?}"),
    };
    for line in ["set momentum 0.9", "turn momentum 0.9"] {
        assert!(previewed(&session, line).contains("3.6266"), "{line}");
    }
    run(&mut session, &["exercise"]);
    for line in ["set momentum 0.9", "turn momentum 0.9"] {
        let told = previewed(&session, line);
        assert!(!told.contains("3.6") && told.contains("question"), "{told}");
    }
    // A goal is no number: trying is the way to it.
    let mut session = at_page("learning-rate", 4);
    run(&mut session, &["exercise"]);
    assert!(previewed(&session, "turn learning_rate 0.06").contains("3.722"));
}

#[test]
fn an_expression_is_asked_for_in_words_and_in_the_lessons_own_where_they_stay_true() {
    let lesson = |ask: &str| {
        written(&format!(
            "\
title: Words
model:
  weight: {{start: 3.56, gradients: [2.7, 1.5]}}
training: {{rule: none, learning_rate: 0.01}}
pages:
  - title: One
    text: Hello.
    exercise:
      number:
        ask: \"{ask}\"
        expect: after + learning_rate*(-1.4)
"
        ))
    };
    let again = |ask: &str| {
        let mut session = Session::new(lesson(ask)).unwrap();
        run(&mut session, &["exercise"]);
        said(&mut session, "solution")
    };
    // Its 0.01 is the rate of this run and no other.
    let told = again("The next gradient is -1.4, the rate 0.01. Where does it end?");
    assert!(
        told.contains("New weight + learning rate × (-1.4) = 3.587"),
        "{told}"
    );
    assert!(
        told.contains("What does this come to: new weight + learning rate × (-1.4)?"),
        "{told}"
    );
    let told = again("The next gradient is -1.4, the rate {learning_rate}. Where does it end?");
    let question = told
        .lines()
        .find(|line| line.starts_with("The next gradient"));
    let question = question.unwrap_or_else(|| panic!("{told}"));
    assert!(!question.contains("0.01."), "{question}");
    let rate = question.split("the rate ").nth(1).unwrap();
    let rate = rate.split(". Where").next().unwrap();
    assert!(told.contains(&format!("learning rate {rate}")), "{told}");
}

#[test]
fn a_knob_turned_before_any_update_says_that_none_has_been_made() {
    let mut session = sitting("learning-rate");
    let told = said(&mut session, "turn learning_rate up");
    assert!(
        told.contains("No update has been made yet: Down makes one."),
        "{told}"
    );
    run(
        &mut session,
        &["page 4", "reset", "exercise", "turn learning_rate 0.06"],
    );
    let told = said(&mut session, "answer");
    assert!(told.contains("make updates with Down"), "{told}");
    // Momentum is not spoken of in a lesson that has none.
    let asked = said(&mut session, "exercise");
    assert!(
        asked.contains("Change the learning rate, and make the run."),
        "{asked}"
    );
}

/// From page to question to page, as the screen goes on with the key; while an answer is waited for it answers nothing, and
/// to a goal it says that it is done.
#[test]
fn enter_as_a_word_goes_on_as_the_key_does() {
    let lines = "enter\nenter\nb\nEnter\npage 3\nenter\nenter\nhome\nset momentum 0.8\nstep 40\npress enter\nreturn\n";
    let told = piped(&mut tutor(&["why-momentum"]), lines);
    let [out, wrong] = [&told.stdout, &told.stderr].map(|it| String::from_utf8_lossy(it));
    let places: Vec<usize> = [
        "What makes it so slow?",
        "A question is open.",
        "Right.",
        "Type enter to go on to page 2: Which arrives first?",
        "Page 2 of 4: Which arrives first?",
        "Page 3 of 4: Too much",
        "Get the loss below 0.01",
        "Reached.",
        "Page 4 of 4: What has been added",
    ]
    .iter()
    .map(|part| {
        out.find(part)
            .unwrap_or_else(|| panic!("{part}\n{out}\n{wrong}"))
    })
    .collect();
    assert!(places.is_sorted(), "{out}");
    let complaint = "none of the 40 updates made leads there";
    assert!(
        out.contains(complaint) || wrong.contains(complaint),
        "{out}{wrong}"
    );
}

/// Its update is away on the screen, and so are its lines, and what is expected by a theory that comes later.
#[test]
fn a_page_about_a_picture_tells_no_update_line_by_line() {
    let mut session = sitting("why-momentum");
    let here = whereabouts(&session).text();
    assert!(here.starts_with("You are at the start"), "{here}");
    assert!(
        here.contains("Type step to make the next update."),
        "{here}"
    );
    assert!(!here.contains("line 0"), "{here}");
    let told = said(&mut session, "play");
    assert!(told.contains("You are after update 227."), "{told}");
    assert!(!told.contains("η × L"), "{told}");
    run(&mut session, &["open ravine"]);
    assert!(said(&mut session, "step 20").contains("η × L"));
}

#[test]
fn a_key_with_something_behind_it_says_what_works() {
    let mut session = sitting("momentum");
    session.run_line("goto 3").unwrap();
    let complaint = session.run_line("] 5").unwrap_err();
    assert_eq!(
        complaint.message,
        "`]` is a key, and nothing comes after it"
    );
    assert_eq!(
        complaint.advice,
        "`]` alone does what `turn momentum up` does, and `]; ]` does it twice"
    );
    session.run_line("]; ]").unwrap();
    assert_eq!(session.shown(session.record().settings.momentum), "0.7");
}
