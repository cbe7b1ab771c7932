//! Numbers that are only what rounding has left of terms that cancel: they are told as 0 wherever they are text, and
//! stay what they are in files.

use nnmom_tutor::explain::{Digits, Quantity};
use nnmom_tutor::math::Rule;
use nnmom_tutor::session::Session;

use crate::support::screens::{screen, shown};
use crate::support::sittings::{run, said, told, written};

/// A sitting in a valley whose slope is 0 where its terms cancel, after lines.
fn at_rest(rule: Rule, lines: &[&str]) -> Session {
    let source = format!(
        "title: T\nmodel:\n  surface:\n    loss: (w-0.3)^2 + 0.1*w\n    start: {{w: 2}}\n\
         training: {{rule: {}, learning_rate: 0.3, momentum: 0.3}}\npages:\n  - {{title: P, text: P}}\n",
        rule.name()
    );
    let mut session = Session::new(written(&source)).unwrap();
    run(&mut session, lines);
    session
}

/// A gradient whose terms cancel to less than their rounding is shown as 0, and so is what follows from it; the numbers
/// themselves, and traces, stay what they are.
#[test]
fn what_rounding_leaves_of_terms_that_cancel_is_shown_as_0() {
    let mut session = at_rest(Rule::HeavyBall, &["goto 90", "step"]);
    let derivation = session.derivation();
    let line = |quantity| derivation.line(quantity).unwrap();
    let text = |quantity| line(quantity).arithmetic(Digits::default()).text();
    assert_eq!(text(Quantity::Gradient), "-(2 × (0.25 - 0.3) + 0.1) ≈ 0");
    assert_eq!(text(Quantity::Delta), "0.3 × 0 ≈ 0");
    assert_eq!(text(Quantity::PlainWeight), "0.25 + 0 = 0.25");
    assert!(derivation.line(Quantity::EffectiveRate).is_none());
    let downhill = session.record().updates[0].downhill;
    assert_eq!(line(Quantity::Gradient).value, downhill);
    assert!(downhill != 0.0 && downhill.abs() < 1e-15);
    // So it is in expressions, in words, and on the screen.
    let watched = said(&mut session, "watch gradient");
    assert_eq!(watched, "gradient ≈ 0");
    let checked = told(&session.run_line("gradcheck").unwrap());
    assert!(checked.contains("≈ 0"), "{checked}");
    let terms = told(&session.run_line("show terms").unwrap());
    assert!(terms.contains("delta ≈ 0"), "{terms}");
    let seen = screen(&mut shown(session.clone()), (120, 40));
    assert!(seen.contains("≈ 0"), "{seen}");
    let gradients = told(&session.run_line("show gradients").unwrap());
    let shown: Vec<&str> = gradients.lines().collect();
    assert!(shown.last().unwrap().ends_with(": ≈ 0"), "{gradients}");
    assert!(
        shown.iter().any(|line| line.ends_with("e-15")),
        "{gradients}"
    );
}

/// Numbers that are small because they are, and not by cancelling, are shown.
#[test]
fn small_numbers_are_no_noise() {
    for (loss, start) in [
        ("w^2", "1e-30"),
        ("1e-20*(w-4)^2", "5"),
        ("(w-4)^2", "4.00000000000001"),
    ] {
        let source = format!(
            "title: T\nmodel:\n  surface:\n    loss: {loss}\n    start: {{w: {start}}}\n\
             training: {{rule: article, learning_rate: 0.3}}\npages:\n  - {{title: P, text: P}}\n"
        );
        let mut session = Session::new(written(&source)).unwrap();
        run(&mut session, &["step"]);
        for line in &session.derivation().lines {
            assert!(line.noise.is_empty(), "{loss} {:?}", line.quantity);
        }
    }
}

#[test]
fn what_is_shown_as_0_is_answered_with_0() {
    let question = |asks: &str| {
        format!(
            "title: T\nmodel:\n  surface:\n    loss: (w-0.3)^2 + 0.1*w\n    start: {{w: 2}}\n\
             training: {{rule: heavy-ball, learning_rate: 0.3, momentum: 0.3}}\npages:\n  - title: P\n    text: P\n\
             \x20   commands: [goto 91]\n    exercise: {{{asks}}}\n"
        )
    };
    for asks in [
        "predict: {quantity: gradient}",
        "number: {ask: How steep?, expect: gradient}",
    ] {
        let mut session = Session::new(written(&question(asks))).unwrap();
        let judged = said(&mut session, "answer 0");
        assert!(judged.contains("Right."), "{asks}: {judged}");
        let judged = said(&mut session, "answer 0.001");
        assert!(!judged.contains("Right"), "{asks}: {judged}");
    }
}

#[test]
fn a_memory_of_gradients_that_are_only_rounding_is_shown_as_0() {
    for rule in [
        Rule::Article,
        Rule::HeavyBall,
        Rule::Nesterov,
        Rule::PyTorch,
    ] {
        let mut session = at_rest(rule, &["goto 90", "step"]);
        let derivation = session.derivation();
        let digits = Digits::default();
        let memory = session.record().updates[0].memory[0];
        assert!(memory != 0.0 && memory.abs() < 1e-14, "{rule:?} {memory}");
        for quantity in [
            Quantity::Memory,
            Quantity::MomentumTerm,
            Quantity::NewMemory,
        ] {
            let text = derivation.text(quantity, digits).unwrap();
            assert_eq!(text, "≈ 0", "{rule:?} {quantity:?}");
        }
        let term = derivation.line(Quantity::MomentumTerm).unwrap();
        let shown = term.arithmetic(digits).text();
        assert!(shown.ends_with(" ≈ 0") && !shown.contains("e-"), "{shown}");
        assert_eq!(
            said(&mut session, "watch previous_delta"),
            "previous_delta ≈ 0"
        );
        let taken_apart = told(&session.run_line("why change").unwrap());
        assert!(!taken_apart.contains("e-1"), "{rule:?}: {taken_apart}");
    }
}

/// On the way to rest what is remembered is small, and is what it is.
#[test]
fn a_memory_is_no_noise_before_the_run_is_at_rest() {
    let mut session = at_rest(Rule::HeavyBall, &["step 20"]);
    for _ in 0..10 {
        run(&mut session, &["step"]);
        let derivation = session.derivation();
        let rough = derivation.rough(Quantity::Memory).unwrap();
        assert!(!rough.is_noise(), "{rough:?}");
    }
    run(&mut session, &["goto 90", "set previous_delta 1e-9"]);
    let text = session
        .derivation()
        .text(Quantity::Memory, Digits::default());
    assert_eq!(text.as_deref(), Some("1e-9"));
}

#[test]
fn a_loss_that_is_only_rounding_is_told_as_0() {
    let source = "title: T\nmodel:\n  surface:\n    loss: w^2 - 0.2*w + 0.01\n    start: {w: 2}\n\
        training: {rule: none, learning_rate: 0.3}\npages:\n  - {title: P, text: P}\n";
    let mut session = Session::new(written(source)).unwrap();
    run(&mut session, &["goto 60"]);
    let surface = session.lesson().model.surface().unwrap();
    let weights = session.timeline().run().state(60).weights;
    let exact = surface.loss(&weights);
    assert!(exact != 0.0 && exact.abs() < 1e-16, "{exact}");
    assert!(surface.rough_loss(&weights).is_noise());
    let state = told(&session.run_line("show state").unwrap());
    assert!(state.contains("The loss is ≈ 0."), "{state}");
    let surface = told(&session.run_line("show surface").unwrap());
    assert!(surface.contains("loss ≈ 0"), "{surface}");
    let compared = told(&session.run_line("compare momentum 0 0.5 max 60").unwrap());
    let row = compared.lines().find(|line| line.contains("momentum=0 "));
    assert!(row.unwrap().contains("≈ 0"), "{compared}");
    // Where it is small and no rounding, it is told.
    run(&mut session, &["goto 5"]);
    let state = told(&session.run_line("show state").unwrap());
    assert!(!state.contains('≈'), "{state}");
}

/// A weight that has cancelled to nothing, wherever it is told.
#[test]
fn a_weight_that_is_only_rounding_is_told_as_0() {
    let mut session = weight("0.3", "[-1, -2, 1, 1]");
    run(&mut session, &["step 2"]);
    let after = session.record().updates[0].after;
    assert!(after != 0.0 && after.abs() < 1e-16, "{after}");
    let seen = screen(&mut shown(session.clone()), (120, 40));
    assert!(seen.contains("≈ 0"), "{seen}");
    let state = told(&session.run_line("show state").unwrap());
    assert!(state.contains("= 0.2 - 0.2 ≈ 0"), "{state}");
    let set = said(&mut session, "set rule heavy-ball");
    assert!(set.contains("Update 2 would have given ≈ 0."), "{set}");
}

#[test]
fn a_difference_of_branches_that_is_only_rounding_is_told_as_0() {
    let mut session = weight("0.1", "[1, 1, 1]");
    run(
        &mut session,
        &[
            "step 2",
            "goto 1",
            "set learning_rate 0.09999999999999996",
            "step",
        ],
    );
    let diff = told(&session.run_line("diff main").unwrap());
    let last = diff.lines().last().unwrap();
    let cells: Vec<&str> = last.split_whitespace().collect();
    assert_eq!(cells, ["2", "0.3", "0.3", "≈", "0"], "{diff}");
}

/// 0.1 × 3 is 0.30000000000000004, which is 0.3 but for rounding: the item is learned.
#[test]
fn signals_of_what_is_learned_are_told_as_0_in_every_table() {
    let source = "title: T\nmodel:\n  network:\n    layers: [1, 1]\n    output: identity\n    error: squared\n    \
         train_biases: false\n    initial: {weights: [[[0.1]]], biases: [[0]]}\n    data:\n      rows:\n        \
         - {inputs: [3], targets: [0.3]}\ntraining: {rule: heavy-ball, learning_rate: 0.1, momentum: 0.5}\n\
         pages:\n  - {title: P, text: P}\n";
    let mut session = Session::new(written(source)).unwrap();
    run(&mut session, &["step"]);
    assert!(session.record().updates[0].downhill != 0.0);
    let weights = told(&session.run_line("show weights").unwrap());
    for cell in ["gradient ≈ 0", "delta ≈ 0", "change ≈ 0"] {
        assert!(weights.contains(cell), "{cell}: {weights}");
    }
    let network = told(&session.run_line("show network").unwrap());
    assert!(
        network.contains("signal") && network.contains("≈ 0"),
        "{network}"
    );
    for picture in ["weights", "network"] {
        run(&mut session, &[&format!("view {picture}")]);
        let seen = screen(&mut shown(session.clone()), (120, 40));
        assert!(seen.contains("≈ 0"), "{picture}: {seen}");
        assert!(!seen.contains("e-1"), "{picture}: {seen}");
    }
}

fn weight(start: &str, gradients: &str) -> Session {
    let source = format!(
        "title: T\nmodel: {{weight: {{name: w, start: {start}, gradients: {gradients}}}}}\n\
         training: {{rule: none, learning_rate: 0.1}}\npages:\n  - {{title: P, text: P}}\n"
    );
    Session::new(written(&source)).unwrap()
}
