//! The guided flow: a page asks, an answer is judged where it was typed, and Enter goes on.

use crate::support::sittings::{check, folder, run, said, written};

use std::sync::Arc;

use nnmom_tutor::files::Disk;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::session::{ExerciseStatus, Session};
use nnmom_tutor::watch::Watch;

/// A lesson whose first page asks two questions, and whose second asks none.
const TWO: &str = "\
title: Two questions
model:
  weight:
    start: 3.56
    previous_delta: 0.044
    gradients: [2.7, 1.5]
training:
  learning_rate: 0.01
  momentum: 0.5
pages:
  - title: Both
    text: Delta, and then the new weight.
    exercises:
      - predict: {quantity: delta}
      - predict: {quantity: after}
  - title: None
    text: Nothing is asked here.
";

fn two() -> Arc<Lesson> {
    written(TWO)
}

// ---- Several questions on a page ----

#[test]
fn the_questions_of_a_page_are_asked_in_their_order() {
    let mut session = Session::new(two()).unwrap();
    let page = session.page_text().text();
    assert!(page.contains("asks 2 questions, first for delta"), "{page}");
    assert!(said(&mut session, "exercise").contains("What is delta?"));
    run(&mut session, &["answer 0.027"]);
    assert_eq!(session.tally().solved, 1);
    let open = Some(ExerciseStatus::Unsolved { hints: 0 });
    assert_eq!(session.exercise_status(0), open);
    let page = session.page_text().text();
    assert!(page.contains("Next it asks for the new weight"), "{page}");
    let asked = said(&mut session, "exercise");
    assert!(asked.contains("What is the new weight?"), "{asked}");
    run(&mut session, &["3.609"]);
    let solved = Some(ExerciseStatus::Solved { aided: false });
    assert_eq!(session.exercise_status(0), solved);
    assert_eq!((session.tally().solved, session.tally().all), (2, 2));
    // Asked again, it begins with the first.
    assert!(said(&mut session, "exercise").contains("What is delta?"));
}

#[test]
fn each_of_several_questions_has_hints_and_other_numbers_of_its_own() {
    let mut session = Session::new(two()).unwrap();
    run(&mut session, &["hint", "hint"]);
    assert_eq!(
        session.exercise_status(0),
        Some(ExerciseStatus::Unsolved { hints: 2 })
    );
    assert!(session.skip_question());
    let asked = said(&mut session, "exercise");
    assert!(asked.contains("What is the new weight?"), "{asked}");
    assert!(said(&mut session, "hint").contains("Hint 1 of"));
    run(&mut session, &["answer 3.609"]);
    let solved = Some(ExerciseStatus::Solved { aided: true });
    assert_ne!(
        session.exercise_status(0),
        solved,
        "the first is still open"
    );
    run(&mut session, &["exercise", "answer 0.027"]);
    assert_eq!(session.exercise_status(0), solved);
    assert!(!session.skip_question());
}

#[test]
fn a_number_that_is_asked_for_is_nowhere_on_the_screen_whichever_question_it_is() {
    let mut session = Session::new(two()).unwrap();
    run(&mut session, &["answer 0.027"]);
    assert_eq!(session.subject().asked.len(), 1, "the second is kept back");
    run(&mut session, &["exercise", "answer 3.609"]);
    assert!(session.subject().asked.is_empty());
}

#[test]
fn every_question_of_a_page_is_checked() {
    let folder = folder();
    let path = folder.path().join("two.yaml");
    let name = path.to_string_lossy().into_owned();
    std::fs::write(&path, TWO).unwrap();
    let files = Disk::default();
    let checked = || check(&files, &name, &Watch::default());
    assert!(checked().is_ok());
    let hint = "- predict: {quantity: after}\n        hints: [It is 3.609.]";
    let told = TWO.replace("- predict: {quantity: after}", hint);
    std::fs::write(&path, told).unwrap();
    let wrong = checked().unwrap_err();
    assert!(wrong.contains("two.yaml:16:17"), "{wrong}");
    assert!(wrong.contains("hint 1 tells the answer"), "{wrong}");
}

// ---- A page that is opened ----

#[test]
fn a_page_that_is_opened_shows_no_bare_answers_of_yesterday() {
    use crate::support::screens::{answer, press, question, screen, shown, write};
    use nnmom_tutor::record::{Keeper, MemoryShelf, Moment};
    use std::rc::Rc;

    const SIZES: [(u16, u16); 3] = [(80, 24), (100, 30), (160, 45)];
    let shelf = Rc::new(MemoryShelf::default());
    let open = || {
        let keeper = Keeper::open(Some(shelf.clone()), || Moment(0));
        let lesson = TWO.replace("    text: Delta", "    commands: [reset]\n    text: Delta");
        shown(Session::new(written(&lesson)).unwrap().keeping(keeper))
    };
    let mut yesterday = open();
    answer(&mut yesterday, "x3.587");
    for text in ["0.027", "3.609"] {
        answer(&mut yesterday, text);
        assert!(screen(&mut yesterday, SIZES[1]).contains(text));
        press(&mut yesterday, "Enter");
    }
    assert_eq!(yesterday.session().page_index(), 1);
    assert_eq!(yesterday.session().tally().solved, 2);
    // Neither where the page is opened again today nor where it is turned back to.
    press(&mut yesterday, "PageUp");
    let mut today = open();
    assert_eq!(today.session().tally().solved, 2, "what is done is known");
    for app in [&mut yesterday, &mut today] {
        if app.session().page_index() > 0 {
            press(app, "PageUp");
        }
        for ask in ["", "x"] {
            write(app, ask);
            for size in SIZES {
                let seen = screen(app, size);
                for told in [
                    "0.027",
                    "3.609",
                    "3.587",
                    "✓ Right",
                    "✗",
                    "your last answer",
                ] {
                    assert!(!seen.contains(told), "{told} at {size:?}:\n{seen}");
                }
            }
        }
        assert!(question(app, SIZES[1]).contains("a number, or 3.5 + 0.1"));
    }
}

// ---- Help ----

#[test]
fn what_changes_only_what_is_looked_at_stands_under_look() {
    use crate::support::screens::{press, screen, shown};

    let mut app = shown(Session::new(two()).unwrap());
    press(&mut app, "?");
    let help = screen(&mut app, (160, 70));
    let place = |text: &str| help.find(text).unwrap_or_else(|| panic!("{text}: {help}"));
    let look = &help[place("Look")..place("Elsewhere")];
    for about in [
        "look at the next parameter",
        "look at the weight from the node above",
        "look at the weight to the node after",
        "show the next picture",
        "show the code in the next language",
    ] {
        assert!(look.contains(about), "{about}: {help}");
    }
}

// ---- Goals in words ----

#[test]
fn goals_are_said_in_words_where_the_words_are_sure_with_the_condition_beside_where_it_says_more() {
    let asked = |condition: &str| {
        let source = "\
title: Goal
model:
  surface: {loss: 0.05*x^2 + 1.5*y^2, start: {x: -9, y: 2}}
training: {learning_rate: 0.1}
pages:
  - title: One
    text: Hello.
    exercise:
      reach: ";
        let mut session = Session::new(written(&format!("{source}{condition}\n"))).unwrap();
        let said = said(&mut session, "exercise");
        said.lines().nth(1).unwrap().to_owned()
    };
    for (condition, words) in [
        (
            "loss < 0.001 and step <= 17",
            "Get the loss below 0.001 in 17 updates or fewer.",
        ),
        (
            "loss < 0.001 and step < 30 and learning_rate <= 0.3 and momentum = 0.9",
            "Get the loss below 0.001 in fewer than 30 updates, with a learning rate of 0.3 or less and a momentum of 0.9.",
        ),
        (
            "0.5 > loss and step >= 1",
            "Get the loss below 0.5 after 1 update or more.",
        ),
        (
            "abs(y) <= 0.1 and abs(change[y]) < 0.2",
            "Get y at most 0.1 away from 0 and the change of y less than 0.2 away from 0.",
        ),
    ] {
        assert_eq!(asked(condition), format!("{words} ({condition})"));
    }
    // Of one thing alone the words are as short as the condition.
    assert_eq!(
        asked("x > 1.5 and x <= 2"),
        "Get x above 1.5 and to 2 or less."
    );
    // What would be doubtful is said as it is written.
    for condition in [
        "loss < 0.001 or step > 17",
        "not (loss > 1)",
        "x + y < 1",
        "loss < y",
        "loss < 1 and step <= 2.5",
        "learning_rate > 0.2",
        "x != 1",
    ] {
        assert_eq!(asked(condition), format!("Bring this about: {condition}."));
    }
}

// ---- On a terminal ----

#[cfg(unix)]
mod terminal {
    use super::*;
    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command};

    /// Three pages: the first asks which of several is right, the second for a number, the third nothing.
    const THREE: &str = "\
title: Three pages
model:
  weight:
    start: 3.56
    previous_delta: 0.044
    gradients: [2.7, 1.5]
training:
  learning_rate: 0.01
  momentum: 0.5
pages:
  - title: Which
    text: How many steps has an update with momentum?
    exercise:
      choose:
        ask: How many?
        options:
          - {text: One., say: That is without momentum.}
          - {text: Two., right: true, say: The second is the momentum term.}
  - title: How large
    commands: [reset]
    text: Press the arrow four times.
    exercise:
      predict: {quantity: after}
  - title: Read
    text: Nothing is asked here.
";

    /// The row of the screen in which a text stands.
    #[track_caller]
    fn row(screen: &str, text: &str) -> usize {
        let row = screen.lines().position(|row| row.contains(text));
        row.unwrap_or_else(|| panic!("{text} is not in\n{screen}"))
    }

    #[test]
    fn from_opening_a_lesson_to_its_third_page_with_a_wrong_and_a_right_answer() {
        let folder = folder();
        let path = folder.path().join("three.yaml");
        std::fs::write(&path, THREE).unwrap();
        let mut command = command(TUTOR, &[path.to_str().unwrap()]);
        command.args(["--state-dir", folder.path().to_str().unwrap()]);
        let mut pty = Pty::run(80, 24, command);
        pty.wait_for("asks for one of several answers");
        // Enter goes to what the page asks.
        pty.press("\r");
        pty.wait_for("a or b");
        pty.press("x\r");
        pty.wait_for("there is no option `x`: choose a or b (1 to 2 do, too)");
        pty.press("1\r");
        pty.wait_for("✗ Not yet.");
        let wrong = pty.text();
        assert_eq!(
            wrong.matches("Two.").count(),
            1,
            "choices stand once: {wrong}"
        );
        assert!(wrong.contains("› ") && !wrong.contains("› 1"), "{wrong}");
        pty.press("b\r");
        pty.wait_for("▸ Enter goes on to page 2: How large.");
        pty.press("\r");
        pty.wait_for("page 2 of ");
        pty.press("llll\r");
        pty.wait_for("a number, or 3.5 + 0.1");
        let asked = pty.text();
        pty.press("3.587\r");
        pty.wait_for("✗ Not yet: the momentum term is missing.");
        pty.wait_for("your last answer: 3.587");
        // Question and field stand where they stood, and so does every line of the update.
        let wrong = pty.text();
        for line in 2..row(&asked, "a number, or") {
            assert_eq!(asked.lines().nth(line), wrong.lines().nth(line), "{wrong}");
        }
        pty.press("3.56 + 0.027 + 0.022\r");
        pty.wait_for("✓ Right.");
        let right = pty.text();
        for text in ["What is the new weight?", "w″ =", "Question 1 of 1"] {
            assert_eq!(row(&asked, text), row(&right, text), "{right}");
        }
        assert_eq!(row(&wrong, "✗ Not yet"), row(&right, "✓ Right."));
        let shown = right.lines().nth(row(&right, "w″ new weight")).unwrap();
        assert!(
            shown.contains("= 3.609"),
            "the answer is filled in: {right}"
        );
        assert!(
            right.contains("▸ Enter goes on to page 3: Read."),
            "{right}"
        );
        pty.press("\r");
        pty.wait_for("page 3 of ");
        pty.wait_for("Nothing is asked here.");
        pty.press("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        pty.assert_given_back();
    }
}
