//! From lesson to lesson: what the foot of a last page says, and where `page next` leads.

use nnmom_tutor::asking::Exercise;
use nnmom_tutor::command::Preview;
use nnmom_tutor::exercise::Skill;
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::record::{Keeper, Moment};
use nnmom_tutor::screen::Pane;
use nnmom_tutor::session::Session;

use crate::support::program::{piped, text, tutor};
use crate::support::screens::{SMALLEST, STACKED, WIDE, pane, press, screen, shown};
use crate::support::sittings::{at_page, lesson, of_the_tests, run};

/// A sitting at the last page of a lesson.
fn at_end(name: &str) -> Session {
    let lesson = lesson(name);
    let last = format!("page {}", lesson.pages.len());
    let keeper = Keeper::open(None, || Moment(0));
    let mut session = Session::new(lesson).unwrap().keeping(keeper);
    run(&mut session, &[&last]);
    session
}

fn foot(session: &Session) -> String {
    let (call, foot) = (session.page_call().text(), session.page_foot().text());
    if !foot.is_empty() {
        return foot;
    }
    let asks = call.contains("press x.") && !session.page().exercises.is_empty();
    let mut lines = call.lines().skip(usize::from(asks));
    lines.by_ref().collect::<Vec<_>>().join("\n")
}

#[test]
fn every_lesson_of_the_course_leads_to_the_next() {
    for pair in BUILTIN.windows(2) {
        let mut session = at_end(pair[0].name);
        let next = pair[1].load().unwrap().title;
        let expected = format!("Next in the course: {next}. Page Down opens it.");
        assert!(foot(&session).ends_with(&expected), "{}", foot(&session));
        let outcome = session.run_line("page next").unwrap();
        assert!(outcome.opens());
        assert_eq!(session.lesson().name, pair[1].name);
        assert_eq!(session.page_index(), 0);
        let message = outcome.message().text();
        let back = format!("`open {}` goes back.", pair[0].name);
        assert!(
            message.contains(&next) && message.contains(&back),
            "{message}"
        );
        let log = &session.keeper().logbook().lessons;
        assert_eq!(log[pair[1].name].page, 1, "it is noted as begun");
    }
}

#[test]
fn only_the_last_page_has_a_foot() {
    let mut session = at_end("momentum");
    session.run_line("page previous").unwrap();
    assert_eq!(foot(&session), "");
    assert!(!session.leads_to_next_lesson());
}

#[test]
fn the_last_lesson_ends_the_course_and_tells_of_practice() {
    let mut session = at_end(BUILTIN.last().unwrap().name);
    assert!(foot(&session).contains("This is the end of the course. Practice goes on"));
    let complaint = session.run_line("page next").unwrap_err();
    assert_eq!(complaint.message, "this is the last page of the course");
    assert!(
        complaint.advice.contains("practice"),
        "{}",
        complaint.advice
    );
}

#[test]
fn a_lesson_of_the_learners_own_ends_with_its_last_page() {
    let mut session = at_end(&of_the_tests("long"));
    assert_eq!(foot(&session), "");
    let complaint = session.run_line("page next").unwrap_err();
    assert_eq!(complaint.message, "this is the last page");
}

#[test]
fn the_foot_counts_the_exercises_that_are_not_solved() {
    let mut session = at_end("learning-rate");
    let answers = [
        (2, "answer 3.587"),
        (3, "answer 3.573"),
        (4, "goto start; set learning_rate 0.06; step; answer"),
        (5, "answer a"),
    ];
    for (solved, (page, answer)) in answers.into_iter().enumerate() {
        let words = match answers.len() - solved {
            1 => "1 exercise of this lesson is not solved yet.\nNext".to_owned(),
            count => format!("{count} exercises of this lesson are not solved yet.\nNext"),
        };
        assert!(foot(&session).starts_with(&words), "{}", foot(&session));
        let line = format!("page {page}; {answer}; page 5");
        session.run_line(&line).unwrap();
    }
    let finished = "✓ Finished: 4 of 4. Next: Neural network momentum.";
    assert!(foot(&session).starts_with(finished), "{}", foot(&session));
}

#[test]
fn a_saved_script_says_which_lesson_it_goes_on_with() {
    let mut session = at_end("learning-rate");
    session.run_line("page next; step").unwrap();
    let script = session.script().unwrap();
    let lines: Vec<&str> = script
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert_eq!(lines, ["open momentum", "step"], "{script}");
}

#[test]
fn the_line_that_opens_the_next_lesson_says_so_before_it_is_entered() {
    let session = at_end("learning-rate");
    let Preview::Effect(effect) = session.preview("page next") else {
        panic!("it does something");
    };
    assert_eq!(effect.text(), "opens the lesson momentum");
    assert_eq!(session.lesson().name, "learning-rate");
}

#[test]
fn the_last_page_on_the_screen() {
    let mut app = shown(at_end("two-kinds-of-momentum"));
    insta::assert_snapshot!("last_page", pane(&mut app, Pane::Lesson, SMALLEST));
    for size in [SMALLEST, STACKED, WIDE] {
        let picture = screen(&mut app, size);
        assert!(picture.contains("PgDn next lesson"), "{picture}");
        // Where there is no room for it below the text, it comes after it.
        let is_told = |picture: &str| picture.contains("Next in the course: Too small");
        assert!(
            is_told(&picture) || picture.contains("more lines: J"),
            "{picture}"
        );
        for _ in 0..20 {
            press(&mut app, "J");
        }
        let picture = screen(&mut app, size);
        assert!(is_told(&picture), "{picture}");
        for _ in 0..20 {
            press(&mut app, "K");
        }
    }
}

#[test]
fn page_down_opens_the_next_lesson_at_its_first_page() {
    let mut app = shown(at_end("learning-rate"));
    press(&mut app, "PageDown");
    assert_eq!(app.session().lesson().name, "momentum");
    let message = app.message().text();
    assert!(
        message.contains("`open learning-rate` goes back."),
        "{message}"
    );
    press(&mut app, "PageDown");
    assert_eq!(app.session().page_index(), 1);
    assert!(screen(&mut app, STACKED).contains("PgDn page"));
}

#[cfg(unix)]
mod program {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    #[test]
    fn one_goes_on_by_page_down_and_the_menu_knows_where_one_is() {
        let state = tempfile::TempDir::new().unwrap();
        let folder = state.path().to_str().unwrap();
        let mut pty = Pty::run(80, 24, command(TUTOR, &["--state-dir", folder]));
        pty.wait_for("the course");
        pty.press("\r");
        pty.wait_for("page 1 of 4");
        pty.press(&"\x1b[6~".repeat(4));
        pty.wait_for("The next lesson begins: The learning rate.");
        pty.press("q");
        pty.wait_for("Back from learning-rate: page 1 of ");
        pty.press("k");
        pty.wait_for("Enter goes on with page 4 of");
        pty.press("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
    }

    #[test]
    fn line_mode_and_scripts_go_on_as_well() {
        let commands = "page 5; page next; step";
        let output = piped(&mut tutor(&["learning-rate", "-c", commands]), "");
        let text = text(&output.stdout);
        assert!(output.status.success());
        for part in [
            "Next in the course: Neural network momentum.",
            "The next lesson begins: Neural network momentum.",
            "Page 1 of 7",
            "3.587",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}

/// The kind of exercise that each page of a lesson has.
fn kinds(name: &str) -> Vec<Option<&'static str>> {
    let lesson = lesson(name);
    let exercises = lesson.pages.iter().map(|page| page.exercises.first());
    let kind = |exercise: Option<&Exercise>| Some(exercise?.question.kind().name());
    exercises.map(kind).collect()
}

#[test]
fn every_lesson_has_three_to_six_exercises_a_prediction_and_a_goal_among_them() {
    for builtin in BUILTIN {
        let kinds: Vec<&str> = kinds(builtin.name).into_iter().flatten().collect();
        let most = if builtin.name == "review" { 10 } else { 6 };
        let name = builtin.name;
        assert!((3..=most).contains(&kinds.len()), "{name}: {kinds:?}");
        for needed in ["predict", "reach"] {
            assert!(kinds.contains(&needed), "{name}: {kinds:?}");
        }
        let different: std::collections::BTreeSet<&str> = kinds.iter().copied().collect();
        assert!(different.len() >= 3, "{name}: {kinds:?}");
    }
}

/// What the article claims, and what it leaves unsaid; by the lesson and the page that asks about it.
const ASKED_ABOUT: [(&str, &str, usize, &str); 16] = [
    (
        "one item, then every weight is updated",
        "iris",
        2,
        "choose",
    ),
    (
        "weight += learning rate x gradient",
        "learning-rate",
        2,
        "predict",
    ),
    (
        "a small rate is slow but sure",
        "too-small-too-large",
        2,
        "choose",
    ),
    (
        "a large rate overshoots",
        "too-small-too-large",
        3,
        "predict",
    ),
    (
        "a second step with the previous delta",
        "momentum",
        2,
        "predict",
    ),
    ("faster, with less risk of swinging", "ravine", 5, "reach"),
    (
        "no reason to stay in the global minimum",
        "local-minima",
        5,
        "reach",
    ),
    (
        "momentum fades near convergence",
        "fading-momentum",
        3,
        "predict",
    ),
    (
        "a learning rate for each weight",
        "adaptive-rate",
        4,
        "number",
    ),
    (
        "a free parameter, by trial and error",
        "choosing-momentum",
        5,
        "reach",
    ),
    ("unsaid: it remembers delta only", "momentum", 3, "predict"),
    (
        "unsaid: classical momentum reaches further",
        "two-kinds-of-momentum",
        7,
        "reach",
    ),
    (
        "unsaid: PyTorch and Keras part when the rate changes",
        "two-kinds-of-momentum",
        4,
        "predict",
    ),
    (
        "unsaid: Nesterov's momentum is made of the new velocity",
        "two-kinds-of-momentum",
        5,
        "predict",
    ),
    (
        "unsaid: above 0.5 the article's rule narrows the safe range",
        "safe-rates",
        4,
        "number",
    ),
    (
        "unsaid: adding and subtracting are one step",
        "learning-rate",
        5,
        "choose",
    ),
];

#[test]
fn every_claim_of_the_article_and_what_it_leaves_unsaid_is_asked_about() {
    for (claim, lesson, page, kind) in ASKED_ABOUT {
        assert_eq!(
            kinds(lesson)[page - 1],
            Some(kind),
            "{claim}: {lesson} {page}"
        );
    }
}

/// Where a learner has met what practice asks: the lesson, the page, and words that stand on it.
const TAUGHT: [(&str, &str, usize, &str); 24] = [
    (
        "none",
        "momentum",
        1,
        "Without momentum an update has one step",
    ),
    (
        "article",
        "two-kinds-of-momentum",
        1,
        "the article keeps the last delta",
    ),
    (
        "heavy-ball",
        "momentum",
        5,
        "heavy-ball, the classical rule",
    ),
    (
        "nesterov",
        "two-kinds-of-momentum",
        5,
        "made of the new velocity",
    ),
    (
        "pytorch",
        "two-kinds-of-momentum",
        3,
        "PyTorch adds up gradients in a buffer",
    ),
    (
        "averaged",
        "two-kinds-of-momentum",
        6,
        "keeps an average of gradients",
    ),
    (
        "output sigmoid",
        "one-item",
        4,
        "the slope of the sigmoid there",
    ),
    (
        "output tanh",
        "xor",
        5,
        "The slope of tanh is (1 - value) × (1 + value)",
    ),
    (
        "output cross-entropy",
        "one-item",
        4,
        "the signal of an output is target - output",
    ),
    (
        "hidden sigmoid",
        "one-item",
        6,
        "Times the slope of its own sigmoid",
    ),
    (
        "hidden tanh",
        "xor",
        5,
        "The slope of tanh is (1 - value) × (1 + value)",
    ),
    ("delta", "learning-rate", 2, "This is delta"),
    ("plain_weight", "momentum", 2, "First the plain step"),
    (
        "momentum_term",
        "momentum",
        3,
        "How large is its momentum term",
    ),
    ("after", "learning-rate", 2, "That makes the new weight"),
    ("new_memory", "momentum", 3, "What is kept for next time"),
    ("change", "momentum", 3, "the whole change"),
    (
        "effective_rate",
        "momentum",
        3,
        "0.049 / 2.7 ≈ 0.0181, the effective rate",
    ),
    ("sum", "one-item", 2, "This is its sum"),
    ("value", "one-item", 2, "this is the node's value"),
    ("signal", "one-item", 4, "Their product is the signal"),
    (
        "gradient",
        "one-item",
        5,
        "the signal where it ends, times what it carries",
    ),
    ("add", "learning-rate", 5, "This gradient points downhill"),
    ("subtract", "one-item", 4, "wherever gradients are dE/dw"),
];

#[test]
fn practice_asks_only_what_a_page_teaches() {
    for (taught, name, page, words) in TAUGHT {
        let text = at_page(name, page).page_text().text();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(words), "{taught}: {name} {page}: {text}");
    }
    let is_taught = |wanted: &str| TAUGHT.iter().any(|(taught, ..)| *taught == wanted);
    for skill in Skill::all() {
        for part in [
            &skill.topic.name(),
            &*skill.asked.name(),
            skill.convention.name(),
        ] {
            assert!(is_taught(part), "{part} of {}", skill.name());
        }
    }
}

#[test]
fn the_title_is_that_of_the_lesson() {
    for builtin in BUILTIN {
        assert_eq!(builtin.title(), builtin.load().unwrap().title);
    }
}
