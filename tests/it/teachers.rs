//! Lessons that teachers have written from published worked examples, each with the digits that are printed there.

use nnmom_tutor::explain::{OfNode, Quantity, number};
use nnmom_tutor::session::Session;

use crate::support::sittings::{lesson, run, said, sitting, unopened};

fn of_teachers(name: &str) -> String {
    format!("{}/tests/teachers/{name}.yaml", env!("CARGO_MANIFEST_DIR"))
}

/// A number as it is printed with so many decimals.
fn printed(value: f64, decimals: usize) -> String {
    format!("{value:.decimals$}")
}

/// What a node of the update on the screen has.
fn node(session: &Session, name: &str) -> f64 {
    let of_node = OfNode::from_name(name).unwrap();
    let derivation = session.derivation();
    derivation.value(Quantity::Node(of_node)).unwrap()
}

/// Every parameter after the update on the screen.
fn after(session: &Session) -> Vec<(String, f64)> {
    let names = session.lesson().model.parameters().iter().cloned();
    let updates = session.record().updates.clone();
    names.zip(updates.iter().map(|u| u.after)).collect()
}

fn parameter(session: &Session, name: &str) -> f64 {
    let all = after(session);
    all.iter().find(|(known, _)| known == name).unwrap().1
}

/// Han, Kamber, Pei: Data Mining, chapter 9: inputs 1 0 1, target 1, learning rate 0.9.
#[test]
fn han_and_kamber_s_sample_calculation() {
    let mut session = sitting(&of_teachers("han-kamber"));
    run(&mut session, &["step"]);
    for (name, decimals, digits) in [
        ("hidden_sum[0]", 1, "-0.7"),
        ("hidden_sum[1]", 1, "0.1"),
        ("output_sum[0]", 3, "-0.105"),
        ("hidden[0]", 3, "0.332"),
        ("hidden[1]", 3, "0.525"),
        ("output[0]", 3, "0.474"),
        ("hidden_signal[1]", 4, "-0.0065"),
        ("hidden_signal[0]", 4, "-0.0087"),
    ] {
        assert_eq!(printed(node(&session, name), decimals), digits, "{name}");
    }
    // The page works with the output as it has printed it: 0.474 x (1 - 0.474) x (1 - 0.474) = 0.1311, where all digits
    // come to 0.13117.
    assert_eq!(printed(0.474 * (1.0 - 0.474) * (1.0 - 0.474), 4), "0.1311");
    assert_eq!(printed(node(&session, "output_signal[0]"), 3), "0.131");
    for (name, digits) in [
        ("ho[0,0]", "-0.261"),
        ("ho[1,0]", "-0.138"),
        ("ih[0,0]", "0.192"),
        ("ih[0,1]", "-0.306"),
        ("ih[1,0]", "0.400"),
        ("ih[1,1]", "0.100"),
        ("ih[2,0]", "-0.508"),
        ("ih[2,1]", "0.194"),
        ("ob[0]", "0.218"),
        ("hb[1]", "0.194"),
        ("hb[0]", "-0.408"),
    ] {
        assert_eq!(printed(parameter(&session, name), 3), digits, "{name}");
    }
}

/// Jason Brownlee, "Linear Regression Tutorial Using Gradient Descent for Machine Learning": five points, four rounds. It is
/// the lesson of a first author: its pages show both parameters and a figure over all items.
#[test]
fn brownlee_s_line_through_five_points() {
    let mut session = sitting(&of_teachers("regression"));
    for (b0, b1) in [
        ("0.0100000000", "0.0100000000"),
        ("0.0397000000", "0.0694000000"),
        ("0.0665270000", "0.1767080000"),
        ("0.0805604900", "0.2188084700"),
        ("0.1188144616", "0.4100783280"),
    ] {
        run(&mut session, &["step"]);
        assert_eq!(printed(parameter(&session, "b1[0]"), 10), b0);
        assert_eq!(printed(parameter(&session, "w1[0,0]"), 10), b1);
    }
    run(&mut session, &["page 2"]);
    assert_eq!(printed(parameter(&session, "b1[0]"), 10), "0.2308974910");
    assert_eq!(printed(parameter(&session, "w1[0,0]"), 10), "0.7904386102");
    let page = session.page_body().text();
    for told in ["b0              0.230897", "b1              0.790439"] {
        assert!(page.contains(told), "{page}");
    }
    // The root of the mean squared error is printed as 0.720626401.
    let said = said(&mut session, "exercise; answer 0.7206");
    assert!(said.contains("root of mse, 0.519302"), "{said}");
    assert!(
        said.contains("sqrt(mse) = sqrt(0.519302) = 0.720626"),
        "{said}"
    );
    let mut session = sitting(&of_teachers("regression"));
    run(&mut session, &["page 2"]);
    for nth in 0..2 {
        session.clone().asking(nth).check_exercise().unwrap();
    }
}

/// A way that is found ends where the goal is reached, and says so in the goal's own words.
#[test]
fn a_way_that_the_program_finds_ends_where_the_goal_is_reached() {
    let mut session = sitting(&of_teachers("regression"));
    run(&mut session, &["page 2"]);
    let mut session = session.asking(1);
    let told = said(&mut session, "exercise; solution");
    assert!(
        told.contains("; run until mse < 0.5 and epoch <= 4"),
        "{told}"
    );
}

/// The output of Nielsen's neuron after so many updates.
fn output(session: &mut Session, updates: u64) -> f64 {
    run(session, &["reset", &format!("step {}", updates + 1)]);
    node(session, "output[0]")
}

/// Nielsen, chapter 3: from 0.82 to 0.09 in 300 epochs, and from 0.98 to 0.20, after a long while of next to nothing.
#[test]
fn nielsen_s_neuron_learns_slowly_where_it_is_most_wrong() {
    let mut session = unopened(&of_teachers("nielsen"));
    assert_eq!(printed(output(&mut session, 0), 2), "0.82");
    assert_eq!(printed(output(&mut session, 300), 2), "0.09");

    let source = std::fs::read_to_string(of_teachers("nielsen")).unwrap();
    let badly = source.replace("[[[0.6]]], biases: [[0.9]]", "[[[2.0]]], biases: [[2.0]]");
    let begun = |source: &str| {
        let lesson = nnmom_tutor::lesson::Lesson::parse("test.yaml", source.as_bytes()).unwrap();
        Session::unopened(lesson.into())
    };
    let mut session = begun(&badly);
    assert_eq!(printed(output(&mut session, 0), 2), "0.98");
    assert_eq!(printed(output(&mut session, 300), 2), "0.20");
    assert!(
        output(&mut session, 150) > 0.9,
        "the curve is flat at first"
    );

    // With cross-entropy the first step is the larger, the more wrong the neuron is.
    let entropy = |source: &str| {
        let source = source
            .replace("squared", "cross-entropy")
            .replace("0.15", "0.005");
        let mut session = begun(&source);
        output(&mut session, 0) - output(&mut session, 1)
    };
    let steps = |source: &str| {
        let mut session = begun(source);
        output(&mut session, 0) - output(&mut session, 1)
    };
    let weight = |source: &str| {
        let mut session = begun(
            &source
                .replace("squared", "cross-entropy")
                .replace("0.15", "0.005"),
        );
        run(&mut session, &["step"]);
        session.record().updates[0].change().abs()
    };
    assert!(steps(&badly) < steps(&source) && weight(&badly) > weight(&source));
    assert!(entropy(&badly) > 0.0);
}

/// Dive into Deep Learning, 12.6: `epoch 20, x1: ..., x2: ...` of its four runs.
#[test]
fn dive_into_deep_learning_s_ellipse() {
    for (rate, momentum, x1, x2) in [
        ("0.4", "0", "-0.943467", "-0.000073"),
        ("0.6", "0", "-0.387814", "-1673.365109"),
        ("0.6", "0.5", "0.007188", "0.002553"),
        ("0.6", "0.25", "-0.126340", "-0.186632"),
    ] {
        let mut session = unopened(&of_teachers("ellipse"));
        let settings = [format!("set lr {rate}"), format!("set momentum {momentum}")];
        run(&mut session, &[&settings[0], &settings[1], "step 20"]);
        let place = ["x1", "x2"].map(|name| printed(parameter(&session, name), 6));
        assert_eq!(place, [x1, x2], "{rate} {momentum}");
    }
}

/// By hand: a first step of 0.5 is remembered, so 0 + 0.8 + 0.45 = 1.25, then 1.25 + 0.55 + 1.125 = 2.925, ...
#[test]
fn a_parabola_with_momentum_and_memory_to_start_from() {
    let mut session = sitting(&of_teachers("parabola"));
    for expected in ["1.25", "2.925", "4.6475"] {
        run(&mut session, &["step"]);
        let value = parameter(&session, "x");
        assert_eq!(number::display(value, session.digits()), expected);
    }
}

#[test]
fn banknotes_are_told_apart_by_one_output() {
    let mut session = sitting(&of_teachers("banknotes"));
    let lesson = session.lesson();
    assert_eq!(
        lesson.notes,
        ["data/banknotes.csv: semicolons separate the cells, as its first line shows."]
    );
    let network = lesson.model.network().unwrap();
    assert_eq!(network.design().classes, ["0", "1"]);
    assert_eq!(network.items().len(), 53);
    assert_eq!(
        network.items().raw_inputs(0),
        [3.6216, 8.6661, -2.8073, -0.44699]
    );
    let told = said(&mut session, "epoch 30");
    assert!(
        told.contains("100% right") || told.contains("98.1% right"),
        "{told}"
    );
}

#[test]
fn penguins_without_measurements_are_left_out_and_counted() {
    let session = sitting(&of_teachers("penguins"));
    assert_eq!(
        session.lesson().notes,
        [
            "data/penguins.csv: 2 of 60 rows left out, in which something is missing: lines 3 and 49."
        ]
    );
    let items = session.lesson().model.network().unwrap().items();
    assert_eq!(items.len(), 58);
    assert_eq!(items.raw_inputs(1), [38.9, 17.8, 181.0, 3625.0]);
}

/// What is on the first screen of a teacher who has not thought of scales: four hidden nodes, everything at an end.
const HIDDEN: [(&str, &str); 2] = [
    ("layers: [4, 3]", "layers: [4, 5, 3]"),
    ("{low: 0, high: 0}", "{low: -0.5, high: 0.5}"),
];

fn penguins(changes: &[(&str, &str)]) -> Session {
    let mut source = std::fs::read_to_string(of_teachers("penguins")).unwrap();
    for (from, to) in HIDDEN.iter().chain(changes) {
        assert!(source.contains(from));
        source = source.replace(from, to);
    }
    let lesson = nnmom_tutor::lesson::Lesson::parse(&of_teachers("x"), source.as_bytes());
    Session::new(lesson.unwrap_or_else(|error| panic!("{error}")).into()).unwrap()
}

#[test]
fn a_low_accuracy_that_comes_from_inputs_as_they_are_gets_a_word() {
    let mut session = penguins(&[("scale: standard", "scale: none")]);
    assert!(
        session.seen_behaviour().is_none(),
        "nothing has been trained"
    );
    let told = said(&mut session, "epoch 20");
    let word = session.seen_behaviour().expect("it is said").text();
    assert!(told.contains(&word), "{told}");
    let (sum, value) = word
        .strip_prefix("tanh of ")
        .unwrap()
        .split_once(" is ")
        .unwrap();
    let value = value.strip_suffix(": scale the inputs?").unwrap();
    let value: f64 = value.parse().unwrap();
    // What it says of tanh is so, and of a node that there is.
    assert_eq!(value, sum.parse::<f64>().unwrap().signum());
    let shown = said(&mut session, "show");
    assert!(shown.contains(&word), "{shown}");

    let mut scaled = penguins(&[]);
    let told = said(&mut scaled, "epoch 20");
    assert!(scaled.seen_behaviour().is_none(), "{told}");
    let accuracy = |session: &Session| session.metrics().unwrap().accuracy.unwrap();
    assert!(accuracy(&session) < 0.9 && accuracy(&scaled) > 0.95);
}

#[test]
fn nothing_is_said_of_scales_where_they_are_not_the_matter() {
    // Large weights put the nodes at an end, scaled inputs would not help.
    let large = [
        ("scale: standard", "scale: none"),
        ("{low: -0.5, high: 0.5}", "{low: -90, high: 90}"),
    ];
    let mut session = penguins(&large);
    said(&mut session, "epoch 1");
    assert!(session.seen_behaviour().is_none());
    // An identity has no ends.
    let linear = [
        ("scale: standard", "scale: none"),
        ("output: softmax", "hidden: identity\n    output: softmax"),
    ];
    let mut session = penguins(&linear);
    said(&mut session, "epoch 1");
    assert!(session.seen_behaviour().is_none());
    // The course's own lessons.
    for name in ["xor", "iris"] {
        let mut session = Session::unopened(lesson(name));
        said(&mut session, "epoch 5");
        assert!(session.seen_behaviour().is_none(), "{name}");
    }
}
