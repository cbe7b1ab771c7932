//! Asking without a sitting: a scene made of a run alone, and what a page asks, worked out once.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::asking::{
    AnswerOption, Attempt, Choose, Exercise, ExerciseStatus, Lead, Mark, Order, Question, Scene,
    Sights, Stage, Task, facts, letter,
};
use nnmom_tutor::command::{Complaint, Scope};
use nnmom_tutor::exercise::{Asked, Tried};
use nnmom_tutor::explain::{Derivation, Digits, Document, Line, Live, Node, Quantity, Role, Span};
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Convention, Settings};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{Run, Timeline};

const LESSON: &str = include_str!("../exercises.yaml");

/// A run at its start, of which a lesson's exercise is asked. It has no commands, no pages and no record.
struct Bare {
    lesson: Lesson,
    timeline: Timeline,
    exercise: Exercise,
    sights: Sights,
    task: OnceCell<Option<Rc<Task>>>,
    /// How often the run has been made again.
    replays: Rc<Cell<u32>>,
}

impl Bare {
    fn new(page: usize, replays: &Rc<Cell<u32>>) -> Self {
        let lesson = Lesson::parse("test.yaml", LESSON.as_bytes()).unwrap();
        let mut timeline = Timeline::new(lesson.model.clone(), lesson.settings);
        timeline.run_mut().reach(1).unwrap();
        let exercise = lesson.pages[page].exercises[0].clone();
        Self {
            lesson,
            timeline,
            exercise,
            sights: Sights::default(),
            task: OnceCell::new(),
            replays: Rc::clone(replays),
        }
    }

    fn answered(&self, attempt: &mut Attempt, answer: &str) -> (Mark, String) {
        let exercise = self.exercise.clone();
        let judgement = exercise.judge(self, attempt, Some(answer)).unwrap();
        (judgement.mark, words(&judgement.feedback.lines))
    }
}

fn words(lines: &[Line]) -> String {
    let lines: Vec<String> = lines.iter().map(Line::text).collect();
    lines.join("\n")
}

impl Scene for Bare {
    fn task(&self) -> Option<Rc<Task>> {
        let posed = || self.exercise.question.kind().posed(self).map(Rc::new);
        self.task.get_or_init(posed).clone()
    }

    fn live(&self, _: Live) -> Span {
        Span::new("?", Role::Question)
    }

    fn digits(&self) -> Digits {
        Digits::default()
    }

    fn has_shown(&self, quantity: Option<Quantity>, value: f64) -> bool {
        self.sights.has(quantity, value)
    }

    fn seed(&self, times: u64) -> u64 {
        times
    }
}

impl Stage for Bare {
    fn run(&self) -> &Run {
        self.timeline.run()
    }

    fn settings(&self) -> Settings {
        self.lesson.settings
    }

    fn scope(&self) -> Scope {
        Scope {
            focus: 0,
            convention: Convention::Add,
        }
    }

    fn derivation(&self) -> Rc<Derivation> {
        let record = self.run().record(0).unwrap();
        let model = &self.lesson.model;
        Rc::new(Derivation::new(model, &record, 0, Convention::Add))
    }

    fn shown(&self) -> (u64, usize) {
        (0, 0)
    }

    fn prepared(&self) -> Option<Box<dyn Stage>> {
        self.replays.set(self.replays.get() + 1);
        let bare = Self::new(0, &self.replays);
        Some(Box::new(Self {
            exercise: self.exercise.clone(),
            ..bare
        }))
    }

    fn after(&self, _: &[String]) -> Result<Box<dyn Stage>, Complaint> {
        unreachable!("this scene knows no commands")
    }
}

#[test]
fn a_question_is_asked_judged_and_helped_with_on_a_run_alone() {
    let mut bare = Bare::new(0, &Rc::default());
    let mut attempt = Attempt::default();
    let asked = bare.exercise.ask(&bare, &attempt).unwrap();
    assert!(words(&asked.lines).starts_with("What is the new weight?\nGiven: learning rate 0.01,"));
    // 3.587 is the weight without the momentum term.
    let (mark, said) = bare.answered(&mut attempt, "3.587");
    assert!(matches!(mark, Mark::Wrong { slips, near: false } if slips.len() == 1));
    assert!(said.starts_with("Not yet: "), "{said}");
    let hint = bare.exercise.hint(&bare, &mut attempt).unwrap();
    assert!(words(&hint.lines).starts_with("Hint 1 of 4: "));
    assert_eq!(hint.next, None);
    let (mark, _) = bare.answered(&mut attempt, "3.6");
    assert_eq!(mark, Mark::MoreDigits { least: 3 });
    let (mark, said) = bare.answered(&mut attempt, "3.609");
    assert!(matches!(mark, Mark::Right { rounded: false, .. }));
    assert!(said.ends_with("Solved, with help."), "{said}");
    assert_eq!(attempt.status(), ExerciseStatus::Solved { aided: true });
    // What has been on the screen is no prediction.
    let derivation = bare.derivation();
    bare.sights.note(0, &derivation, derivation.lines.len());
    let (mark, _) = bare.answered(&mut Attempt::default(), "3.609");
    assert!(matches!(mark, Mark::Right { seen: true, .. }));
}

#[test]
fn an_answer_that_has_been_told_is_asked_for_afresh_and_the_record_is_told_so() {
    let bare = Bare::new(0, &Rc::default());
    let mut attempt = Attempt::default();
    let told = bare.exercise.solution(&bare, &mut attempt).unwrap();
    let next = told.next.unwrap();
    assert_eq!(next.lead, Lead::OtherNumbers);
    let fresh = attempt.fresh.clone().unwrap().task;
    assert_eq!(fresh.lines(), next.lines);
    let right = fresh.key(&[]).unwrap().right;
    let judgement = bare
        .exercise
        .judge(&bare, &mut attempt, Some(&format!("{right:.6}")));
    let judgement = judgement.unwrap();
    assert!(judgement.solves());
    let (skill, result) = judgement.skill.unwrap();
    assert_eq!((skill.asked, result), (fresh.asked.unwrap(), Tried::Aided));
}

#[test]
fn what_is_asked_is_worked_out_once_and_asking_about_it_makes_no_run_again() {
    for (page, answer, runs) in [(0, "42", 1), (1, "42", 1), (2, "a", 0), (3, "c a b d", 0)] {
        let replays = Rc::default();
        let bare = Bare::new(page, &replays);
        let mut attempt = Attempt::default();
        for _ in 0..5 {
            bare.exercise.ask(&bare, &attempt).unwrap();
            bare.answered(&mut attempt, answer);
            bare.exercise.hint(&bare, &mut attempt).unwrap();
        }
        assert_eq!(replays.get(), runs, "page {page}");
    }
}

#[test]
fn a_sitting_keeps_what_its_page_asks() {
    let lesson = Lesson::parse("test.yaml", LESSON.as_bytes()).unwrap();
    let mut session = Session::new(Arc::new(lesson)).unwrap();
    let first = session.task().unwrap();
    for line in [
        "exercise",
        "hint",
        "step",
        "set momentum 0.9",
        "answer 42",
        "goto end",
    ] {
        session.run_line(line).unwrap();
        session.waiting();
        assert!(Rc::ptr_eq(&first, &session.task().unwrap()), "{line}");
    }
    // More digits are given with more on the screen.
    session.run_line("set digits 9").unwrap();
    assert_eq!(session.task().unwrap().facts.digits.get(), 9);
    session.run_line("page 2").unwrap();
    assert!(session.task().unwrap().expect.is_some());
}

/// A network with softmax outputs and either error measure, whose signals depend on all outputs or on one.
fn shares(error: &str) -> String {
    format!(
        "title: Shares
model:
  network:
    layers: [2, 3, 2, 3]
    hidden: relu
    error: {error}
    initial: {{low: -0.9, high: 0.9}}
    random: {{seed: 4}}
    data:
      rows: [{{inputs: [0.3, -0.8], targets: [0, 1, 0]}}]
training: {{learning_rate: 0.1, momentum: 0.5}}
pages: [{{title: One, text: One.}}]
"
    )
}

#[test]
fn formulas_of_nodes_come_to_the_engines_numbers_bit_for_bit() {
    let builtin = ["one-item", "xor", "iris"].map(|name| Lesson::open(name).unwrap());
    let written = ["squared", "cross-entropy"]
        .map(|error| Lesson::parse("t.yaml", shares(error).as_bytes()).unwrap());
    for lesson in builtin.into_iter().chain(written) {
        let name = lesson.name.clone();
        let mut session = Session::new(Arc::new(lesson)).unwrap();
        for line in ["step 3", "set convention subtract", "step"] {
            session.run_line(line).unwrap();
        }
        let record = session.record();
        let model = Arc::clone(session.timeline().run().model());
        let network = model.network().unwrap();
        for (parameter, name_of_parameter) in model.parameters().iter().enumerate() {
            session
                .run_line(&format!("focus {name_of_parameter}"))
                .unwrap();
            let derivation = session.derivation();
            let place = network.place(parameter);
            let node = Node::new(place.layer, network.layers().len(), place.to);
            let asked = Asked::all();
            for asked in asked.filter(|asked| asked.is_before_delta()) {
                let quantity = match asked {
                    Asked::Quantity(quantity) => quantity,
                    Asked::Sum | Asked::Value | Asked::Signal => asked.of_node(node).unwrap(),
                };
                let facts = facts(&session, &record, parameter, Some(asked), None);
                let right = facts.right(asked).unwrap();
                let engine = derivation.value(quantity).unwrap();
                assert_eq!(right.evaluate(), engine, "{name} {parameter} {asked:?}");
            }
        }
    }
}

#[test]
fn the_right_option_has_another_letter_each_turn() {
    let option = |is_right| AnswerOption {
        text: Document::default(),
        is_right,
        say: Document::default(),
    };
    for (right, count) in [(0, 2), (1, 3), (3, 4)] {
        let choose = Choose {
            ask: Document::default(),
            options: (0..count).map(|index| option(index == right)).collect(),
        };
        assert_eq!(choose.right(0).0, right);
        for turn in 1..20 {
            assert_ne!(choose.right(turn).0, choose.right(turn - 1).0);
            let answer = letter(choose.right(turn).0).to_string();
            assert!(choose.picked(&answer, turn).unwrap().is_right);
        }
    }
}

fn order(lines: &[&str]) -> Exercise {
    Exercise {
        question: Question::Order(Order {
            ask: None,
            lines: lines.iter().map(|line| (*line).to_owned()).collect(),
        }),
        hints: Vec::new(),
        explain: None,
    }
}

/// The lines, what they are asked as, and a run to ask it on.
fn bare_order(lines: &[&str]) -> (Order, Bare) {
    let exercise = order(lines);
    let Question::Order(order) = exercise.question.clone() else {
        unreachable!("it is an order");
    };
    let bare = Bare::new(0, &Rc::default());
    (order, Bare { exercise, ..bare })
}

fn on_turn(turns: u64) -> Attempt {
    let attempt = Attempt::default();
    Attempt { turns, ..attempt }
}

#[test]
fn lines_are_shuffled_and_the_computed_answer_is_right() {
    for lines in [&["one", "two"][..], &["a", "b", "c", "d"], &["x", "x", "y"]] {
        let (order, bare) = bare_order(lines);
        for turn in 0..5 {
            let (mark, _) = bare.answered(&mut on_turn(turn), &order.answer(turn));
            assert!(matches!(mark, Mark::Right { .. }), "{lines:?}");
            let shown = order.shown(turn);
            let shown = shown.iter().map(|line| &order.lines[*line]);
            assert!(shown.ne(&order.lines), "{lines:?}");
        }
    }
}

#[test]
fn an_order_is_judged_from_the_top() {
    let (order, bare) = bare_order(&["a", "b", "c"]);
    let answer = order.answer(0);
    let joined = answer.replace(' ', "").to_uppercase();
    for right in [answer.replace(' ', ","), answer.replace(' ', ") "), joined] {
        let (mark, _) = bare.answered(&mut on_turn(0), &right);
        assert!(matches!(mark, Mark::Right { .. }), "{right}");
    }
    let letters: Vec<&str> = answer.split(' ').collect();
    let swapped = [letters[0], letters[2], letters[1]].concat();
    let (mark, said) = bare.answered(&mut on_turn(0), &swapped);
    assert!(matches!(mark, Mark::Wrong { .. }));
    assert_eq!(
        said,
        "Not yet: the first line is right, the one after is not."
    );
    for unclear in ["a b", "a a b", "a b c d", "1 2 3", ""] {
        let judged = (bare.exercise).judge(&bare, &mut on_turn(0), Some(unclear));
        assert!(judged.is_err(), "{unclear}");
    }
}

#[test]
fn each_turn_shows_lines_in_another_order() {
    let (order, _) = bare_order(&["a", "b", "c", "d"]);
    for turn in 1..20 {
        assert_ne!(order.shown(turn), order.shown(turn - 1));
        assert_ne!(order.answer(turn), order.answer(turn - 1));
    }
}

#[test]
fn another_question_or_another_run_has_another_sign() {
    let digest = order(&["a", "b"]).digest(&["reset"]);
    assert_eq!(digest, order(&["a", "b"]).digest(&["reset"]));
    assert_ne!(digest, order(&["a", "b"]).digest(&["step"]));
    assert_ne!(digest, order(&["a", "c"]).digest(&["reset"]));
    assert_ne!(digest, order(&["ab"]).digest(&["reset"]));
    assert_eq!(digest.len(), 16);
}
