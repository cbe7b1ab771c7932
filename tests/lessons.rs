//! The lessons that come with the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use nnmom_tutor::batch;
use nnmom_tutor::explain::{Digits, Quantity, number};
use nnmom_tutor::lesson::{BUILTIN, Lesson};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::wrap;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons")
}

fn session(name: &str, page: usize) -> Session {
    let mut session = Session::new(Arc::new(Lesson::open(name).unwrap())).unwrap();
    session.run_line(&format!("page {page}")).unwrap();
    session
}

/// The new weight after some commands, as the screen shows it.
fn weight(session: &mut Session, lines: &[&str]) -> String {
    for line in lines {
        session.run_line(line).unwrap();
    }
    number::display(
        session.derivation().value(Quantity::After).unwrap(),
        Digits::default(),
    )
}

#[test]
fn every_lesson_file_is_built_in_and_sound() {
    let files: BTreeSet<String> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    let builtin: BTreeSet<String> = BUILTIN
        .iter()
        .map(|lesson| lesson.name.to_owned())
        .collect();
    assert_eq!(files, builtin);
    for name in builtin {
        batch::check(&name).unwrap();
    }
}

#[test]
fn every_page_is_short_and_plain() {
    for builtin in BUILTIN {
        let lesson = Lesson::open(builtin.name).unwrap();
        assert!(!lesson.summary.is_empty());
        for number in 1..=lesson.pages.len() {
            let session = session(builtin.name, number);
            let text = session.page_text();
            let lines = wrap(&text, 78).len();
            let title = &session.page().title;
            assert!(
                lines <= 12,
                "{} page {number}, {title}: {lines} lines at 80 columns",
                builtin.name
            );
            let words = text.text().to_lowercase();
            for word in ["simply", "obviously", "just ", "of course", "trivial"] {
                assert!(
                    !words.contains(word),
                    "{} page {number} says {word:?}",
                    builtin.name
                );
            }
        }
    }
}

#[test]
fn the_learning_rate_lesson_comes_to_the_numbers_it_names() {
    assert_eq!(weight(&mut session("learning-rate", 3), &["step"]), "3.587");
    assert_eq!(
        weight(
            &mut session("learning-rate", 5),
            &["set gradient 2.78", "step"]
        ),
        "3.5878"
    );
    let mut subtracting = session("learning-rate", 6);
    assert_eq!(
        weight(&mut subtracting, &["set convention subtract"]),
        "3.587"
    );
    assert_eq!(
        subtracting.derivation().value(Quantity::Gradient),
        Some(-2.7)
    );
    let mut faster = session("learning-rate", 4);
    let raised = weight(
        &mut faster,
        &[
            "set learning_rate up",
            "set learning_rate up",
            "set learning_rate up",
        ],
    );
    assert_eq!(faster.record().settings.learning_rate, 0.1);
    assert_eq!(raised, "3.83");
    assert_eq!(
        faster.timeline().branches().len(),
        2,
        "the run with 0.01 stays"
    );
}

#[test]
fn the_momentum_lesson_comes_to_the_numbers_it_names() {
    assert_eq!(weight(&mut session("momentum", 1), &["step"]), "3.587");
    assert_eq!(weight(&mut session("momentum", 2), &["step"]), "3.609");
    assert_eq!(
        weight(&mut session("momentum", 6), &["set gradient 2.78", "step"]),
        "3.6098"
    );
    assert_eq!(
        weight(&mut session("momentum", 7), &["set momentum 0.9", "step"]),
        "3.6266"
    );

    let mut kinds = session("momentum", 5);
    assert_eq!(weight(&mut kinds, &[]), "3.6485");
    assert_eq!(
        weight(&mut kinds, &["goto start", "set rule next", "step 2"]),
        "3.6225"
    );
    assert_eq!(weight(&mut kinds, &["step"]), "3.65525");
    assert_eq!(weight(&mut kinds, &["switch main", "goto 2"]), "3.6225");
}

/// From E = x^2/2 at x = 1: two updates with rate 0.1, then rate 0.01 and one more. By hand: Keras remembers a change
/// of -0.18, so 0.72 - 0.0072 - 0.162; PyTorch a buffer of 1.8, so 0.72 - 0.0072 - 0.0162.
#[test]
fn keras_and_pytorch_part_when_the_learning_rate_changes() {
    let mut session = session("two-kinds-of-momentum", 4);
    assert_eq!(weight(&mut session, &["step"]), "0.6966");
    assert_eq!(weight(&mut session, &["switch keras"]), "0.5508");
    let diff = session
        .run_line("diff keras pytorch")
        .unwrap()
        .output
        .unwrap()
        .text
        .text();
    assert!(diff.contains("0.5508") && diff.contains("0.6966"), "{diff}");
}

fn kept(session: &Session) -> String {
    number::display(
        session.derivation().value(Quantity::NewMemory).unwrap(),
        Digits::default(),
    )
}

#[test]
fn the_lesson_on_memories_comes_to_the_numbers_it_names() {
    let mut classical = session("two-kinds-of-momentum", 2);
    assert_eq!(weight(&mut classical, &[]), "0.72");
    assert_eq!(kept(&classical), "-0.18");
    assert_ne!(
        weight(&mut classical, &["step"]),
        weight(&mut classical, &["switch main"])
    );
    let mut buffer = session("two-kinds-of-momentum", 3);
    assert_eq!(kept(&buffer), "1.8");
    let pytorch = weight(&mut buffer, &["step"]);
    assert_eq!(pytorch, weight(&mut buffer, &["switch keras"]));
}

#[test]
fn in_update_5_the_gradient_is_negative_and_the_momentum_term_is_not() {
    let mut session = session("momentum", 4);
    session.run_line("step 5").unwrap();
    let derivation = session.derivation();
    assert!(derivation.value(Quantity::Gradient).unwrap() < 0.0);
    assert!(derivation.value(Quantity::MomentumTerm).unwrap() > 0.0);
}
