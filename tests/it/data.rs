//! Data as they are found: how cells are written, what is missing, how inputs are scaled, the order of the items, classes
//! on one output, and memory to start from.

use nnmom_tutor::explain::{OfNode, Quantity};
use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::Items;
use nnmom_tutor::session::Session;

use crate::support::program::{text, tutor};
use crate::support::sittings::{folder, run, said, told, written};

/// A lesson with a network that learns `t` from `a` and `b` of a file.
fn lesson_of(file: &str, data: &str) -> Lesson {
    let files = Memory::default();
    files.put("data.csv", file.as_bytes());
    files.put("test.csv", b"a,b,t\n5,7,1\n");
    let source = format!(
        "title: T\nmodel:\n  network:\n    layers: [2, 2, 1]\n    output: sigmoid\n    \
         initial: {{low: -0.5, high: 0.5}}\n    data: {{file: data.csv, inputs: [a, b], {data}}}\n\
         training: {{learning_rate: 0.5, momentum: 0.5}}\npages: [{{title: P, text: P}}]\n"
    );
    let lesson = Lesson::parse_in(&files, "lesson.yaml", source.as_bytes());
    lesson.unwrap_or_else(|error| panic!("{error}"))
}

fn items(lesson: &Lesson) -> &Items {
    lesson.model.network().unwrap().items()
}

/// A lesson with a network of these fields.
fn network(fields: &str) -> Session {
    let source = format!(
        "title: T\nmodel:\n  network: {{{fields}}}\ntraining: {{learning_rate: 0.5, momentum: 0.5}}\n\
         pages: [{{title: P, text: P}}]\n"
    );
    Session::new(written(&source)).unwrap()
}

const PLAIN: &str = "a,b,t\n1.5,2,0.5\n-3,0.25,1\n";

#[test]
fn cells_may_be_parted_by_semicolons_or_tabs_and_decimals_by_a_comma() {
    let plain = lesson_of(PLAIN, "targets: [t]");
    assert!(plain.notes.is_empty());
    let comma = |text: &str| text.replace(',', ";").replace('.', ",");
    for (file, data, note) in [
        (PLAIN.replace(',', ";"), "", Some("semicolons")),
        (PLAIN.replace(',', "\t"), "", Some("tabs")),
        (
            format!("sep=;\n{}", PLAIN.replace(',', ";")),
            "",
            Some("semicolons"),
        ),
        (PLAIN.replace(',', ";"), "separator: ';', ", None),
        (PLAIN.replace(',', "\t"), "separator: tab, ", None),
        (PLAIN.replace(',', "\t"), "separator: \"\\t\", ", None),
        (comma(PLAIN), "decimal: ',', ", Some("semicolons")),
        (
            "a,b,t\n\"1,5\",2,\"0,5\"\n-3,\"0,25\",1\n".to_owned(),
            "decimal: ',', ",
            None,
        ),
    ] {
        let lesson = lesson_of(&file, &format!("{data}targets: [t]"));
        assert_eq!(items(&lesson), items(&plain), "{file:?}");
        let notes = note
            .map(|words| format!("data.csv: {words} separate the cells, as its first line shows."));
        assert_eq!(lesson.notes, Vec::from_iter(notes), "{file:?}");
    }
}

/// A sign that stands in a name decides nothing while another parts the names that are wanted.
#[test]
fn a_separator_is_guessed_only_where_nothing_else_fits() {
    let named = lesson_of("a,b;c,b,t\n1,9,2,0.5\n", "targets: [t]");
    assert_eq!(items(&named).inputs(0), [1.0, 2.0]);
    let named = lesson_of("a;b,c;b;t\n1;9;2;0.5\n", "targets: [t]");
    assert_eq!(items(&named).inputs(0), [1.0, 2.0]);
}

#[test]
fn rows_that_miss_something_are_left_out_and_counted() {
    let file = "a,b,t,c\n1,2,0.5,\nNA,2,1,\n3,,1,\n\n4,5,?,\n6,7,1,NA\n";
    let lesson = lesson_of(file, "targets: [t], missing: skip");
    assert_eq!(
        lesson.notes,
        ["data.csv: 3 of 5 rows left out, in which something is missing: lines 3, 4 and 6."]
    );
    // Items are counted among those that are left; what is missing elsewhere does not matter.
    assert_eq!(items(&lesson).len(), 2);
    assert_eq!(items(&lesson).inputs(1), [6.0, 7.0]);
    let many: String = (0..20).map(|_| "1,,1\n").collect();
    let lesson = lesson_of(
        &format!("a,b,t\n1,2,1\n{many}"),
        "targets: [t], missing: skip",
    );
    assert!(
        lesson.notes[0].ends_with("20 of 21 rows left out, in which something is missing: lines 3, 4, 5, 6, 7, 8, 9, 10 and 12 more."),
        "{}",
        lesson.notes[0]
    );
}

#[test]
fn check_and_show_say_what_was_found_in_the_data() {
    let folder = folder();
    let path = folder.path().join("lesson.yaml");
    std::fs::write(
        folder.path().join("data.csv"),
        "a;b;t\n1;2;0.5\n1;;0.5\n1;3;0.5\n",
    )
    .unwrap();
    std::fs::write(
        &path,
        "title: T\nmodel: {network: {layers: [2, 1], output: sigmoid, data: {file: data.csv, inputs: [a, b], \
         targets: [t], missing: skip, scale: range}}}\ntraining: {learning_rate: 0.5}\npages: [{title: P, text: P}]\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let output = tutor(&["check", path]).output().unwrap();
    let said_by_check = text(&output.stdout).replace(path, "LESSON");
    let expected = [
        "data.csv: semicolons separate the cells, as its first line shows.",
        "data.csv: 1 of 3 rows left out, in which something is missing: line 3.",
        "The column `a` is 1 in every training item: scaled it is 0, and tells nothing.",
    ];
    assert_eq!(
        said_by_check,
        format!("LESSON: T (1 page) is sound\n  {}\n", expected.join("\n  "))
    );
    let mut session = Session::new(Lesson::open(path).unwrap().into()).unwrap();
    let shown = said(&mut session, "show");
    assert!(expected.iter().all(|note| shown.contains(note)), "{shown}");
}

#[test]
fn inputs_are_scaled_as_the_training_items_want_it_and_test_items_with_them() {
    let file = "a,b,t\n1,4,0\n2,4,1\n3,4,1\n";
    let standard = lesson_of(file, "test_file: test.csv, targets: [t], scale: standard");
    let deviation = (2.0_f64 / 3.0).sqrt();
    let design = standard.model.network().unwrap().design();
    assert_eq!(design.items.inputs(0), [-1.0 / deviation, 0.0]);
    assert_eq!(design.items.inputs(1), [0.0, 0.0]);
    assert_eq!(design.items.raw_inputs(2), [3.0, 4.0]);
    assert_eq!(design.test_items.inputs(0), [3.0 / deviation, 3.0]);
    assert_eq!(
        standard.notes,
        ["The column `b` is 4 in every training item: scaled it is 0, and tells nothing."]
    );
    let range = lesson_of(file, "test_file: test.csv, targets: [t], scale: range");
    let design = range.model.network().unwrap().design();
    assert_eq!(design.items.inputs(1), [0.5, 0.0]);
    assert_eq!(design.test_items.inputs(0), [2.0, 3.0]);
    let none = lesson_of(file, "targets: [t], scale: none");
    assert!(items(&none).scaling().is_none());
}

/// Sums of a tenth are not exact: the mean of equal numbers must not differ from them.
#[test]
fn a_constant_column_is_never_divided_by_what_rounding_leaves() {
    let rows = "0.1,1,1\n0.1,2,0\n".repeat(50);
    for scale in ["standard", "range"] {
        let lesson = lesson_of(
            &format!("a,b,t\n{rows}"),
            &format!("targets: [t], scale: {scale}"),
        );
        let all = items(&lesson);
        assert!((0..all.len()).all(|item| all.inputs(item)[0] == 0.0));
    }
}

#[test]
fn the_raw_and_the_scaled_number_have_a_line_each() {
    for (scale, formula, numbers) in [
        (
            "standard",
            "(raw0 - mean0) / deviation0",
            "(1 - 2) / 0.816497",
        ),
        ("range", "(raw0 - smallest0) / range0", "(1 - 1) / 2"),
    ] {
        let file = "a,b,t\n1,4,0\n2,5,1\n3,4,1\n";
        let lesson = lesson_of(file, &format!("targets: [t], scale: {scale}"));
        let mut session = Session::new(lesson.into()).unwrap();
        run(&mut session, &["focus ih[0,1]", "step"]);
        let derivation = session.derivation();
        let of = |name| Quantity::Node(OfNode::from_name(name).unwrap());
        let [raw, scaled] = [&derivation.lines[0], &derivation.lines[1]];
        assert_eq!((raw.quantity, raw.value), (of("input_raw[0]"), 1.0));
        assert_eq!(scaled.quantity, of("input[0]"));
        assert!(raw.is_given() && !scaled.is_given());
        let network = session.lesson().model.network().unwrap();
        assert_eq!(
            scaled.formula.evaluate().to_bits(),
            network.items().inputs(0)[0].to_bits()
        );
        let why = said(&mut session, "why input[0]");
        assert!(why.contains(formula) && why.contains(numbers), "{why}");
        assert!(why.contains("raw input 0 raw0 = 1"), "{why}");
        let why = said(&mut session, "why gradient");
        assert!(why.contains(formula), "{why}");
        let why = said(&mut session, "why input_raw[0]");
        assert!(
            why.contains("What the item has, before it is scaled."),
            "{why}"
        );
    }
}

/// A number that is not there is refused as any other.
#[test]
fn without_scaling_there_is_no_raw_input() {
    let mut session = Session::new(lesson_of(PLAIN, "targets: [t]").into()).unwrap();
    run(&mut session, &["focus ih[0,1]", "step"]);
    let told = said(&mut session, "why input_raw[0]");
    assert!(told.starts_with("! "), "{told}");
    assert!(!said(&mut session, "why gradient").contains("raw"));
}

#[test]
fn a_scaled_input_can_be_predicted() {
    let lesson = lesson_of("a,b,t\n1,4,0\n2,5,1\n3,4,1\n", "targets: [t], scale: range");
    let mut session = Session::new(lesson.into()).unwrap();
    run(
        &mut session,
        &["focus ih[1,0]", "predict on", "next", "next"],
    );
    let told = said(&mut session, "0.25");
    assert!(told.contains("You said 0.25"), "{told}");
}

#[test]
fn a_trace_has_the_raw_inputs_beside_the_scaled_ones() {
    let folder = folder();
    let path = folder.path().join("lesson.yaml");
    std::fs::write(
        folder.path().join("data.csv"),
        "a,b,t\n,4,0\n2,5,1\n4,4,1\n",
    )
    .unwrap();
    std::fs::write(
        &path,
        "title: T\nmodel: {network: {layers: [2, 1], output: sigmoid, order: [1, 0], data: {file: data.csv, \
         inputs: [a, b], targets: [t], missing: skip, scale: range}}}\ntraining: {learning_rate: 0.5}\n\
         pages: [{title: P, text: P}]\n",
    )
    .unwrap();
    let path = path.to_str().unwrap();
    let output = tutor(&["trace", path, "--format", "jsonl"])
        .output()
        .unwrap();
    let lines = text(&output.stdout);
    let first = lines.lines().next().unwrap();
    assert!(first.contains("\"item\":1"), "{first}");
    assert!(first.contains("\"raw_inputs\":[4.0,4.0]"), "{first}");
    assert!(first.contains("\"inputs\":[1.0,0.0]"), "{first}");
}

#[test]
fn items_come_in_a_given_order_in_every_epoch() {
    let rows =
        "{inputs: [1], targets: [1]}, {inputs: [2], targets: [0]}, {inputs: [3], targets: [1]}";
    let mut session = network(&format!(
        "layers: [1, 1], output: sigmoid, order: [2, 0, 1], data: {{rows: [{rows}]}}"
    ));
    let mut seen = Vec::new();
    for _ in 0..7 {
        run(&mut session, &["step"]);
        seen.push(session.record().item.unwrap());
    }
    assert_eq!(seen, [2, 0, 1, 2, 0, 1, 2]);
    // Also where many are made at once, and back again.
    run(&mut session, &["step 3000", "back 3000"]);
    assert_eq!(session.record().item, Some(2));
    run(&mut session, &["back"]);
    assert_eq!(session.record().item, Some(1));
}

#[test]
fn two_classes_share_one_output() {
    for (output, low) in [("sigmoid", 0.0), ("tanh", -1.0)] {
        let files = Memory::default();
        files.put("data.csv", b"a,kind\n1,yes\n-1,no\n2,yes\n");
        let source = format!(
            "title: T\nmodel: {{network: {{layers: [1, 1], output: {output}, data: {{file: data.csv, inputs: [a], \
             classes: {{column: kind, order: [no, yes]}}}}}}}}\ntraining: {{learning_rate: 0.5}}\n\
             pages: [{{title: P, text: P}}]\n"
        );
        let lesson = Lesson::parse_in(&files, "lesson.yaml", source.as_bytes()).unwrap();
        let targets: Vec<f64> = (0..3).map(|item| items(&lesson).targets(item)[0]).collect();
        assert_eq!(targets, [1.0, low, 1.0]);
        let mut session = Session::new(lesson.into()).unwrap();
        run(&mut session, &["epoch 20"]);
        assert_eq!(session.metrics().unwrap().accuracy, Some(1.0));
        let shown = told(&session.run_line("show predictions").unwrap());
        assert!(shown.contains("which say yes: right"), "{shown}");
    }
}

#[test]
fn classes_may_be_numbers_and_are_compared_as_such() {
    let file = "a,b,t\n1,2,1.0\n1,2,2\n1,2,-1\n";
    let classes = "classes: {column: t, order: [1, -1.0, 2]}";
    let files = Memory::default();
    files.put("data.csv", file.as_bytes());
    let source = format!(
        "title: T\nmodel: {{network: {{layers: [2, 3], data: {{file: data.csv, inputs: [a, b], {classes}}}}}}}\n\
         training: {{learning_rate: 0.5}}\npages: [{{title: P, text: P}}]\n"
    );
    let lesson = Lesson::parse_in(&files, "lesson.yaml", source.as_bytes()).unwrap();
    let of = |item| items(&lesson).targets(item).to_vec();
    assert_eq!(of(0), [1.0, 0.0, 0.0]);
    assert_eq!(of(1), [0.0, 0.0, 1.0]);
    assert_eq!(of(2), [0.0, 1.0, 0.0]);
    assert_eq!(
        lesson.model.network().unwrap().design().classes,
        ["1", "-1.0", "2"]
    );
}

const ROWS: &str = "data: {rows: [{inputs: [1, 2], targets: [1]}]}";

#[test]
fn a_run_begins_with_the_memory_that_the_lesson_gives() {
    let given = "previous_delta: {\"ih[0,0]\": 0.1, \"ob[0]\": -0.2}";
    let fields = format!("layers: [2, 2, 1], output: sigmoid, {given}, {ROWS}");
    // Whatever unit a rule remembers in, the first momentum term is momentum x previous delta.
    for rule in ["article", "heavy-ball", "pytorch", "averaged"] {
        let mut session = network(&fields);
        run(&mut session, &[&format!("set rule {rule}"), "step"]);
        let names = session.lesson().model.parameters();
        for (name, update) in names.iter().zip(&session.record().updates) {
            let delta = match name.as_str() {
                "ih[0,0]" => 0.1,
                "ob[0]" => -0.2,
                _ => 0.0,
            };
            assert!(
                (update.momentum_term - 0.5 * delta).abs() < 1e-15,
                "{rule} {name}"
            );
        }
    }
    // The memory of PyTorch's rule is a gradient.
    let mut session = network(&fields);
    run(&mut session, &["set rule pytorch", "focus ih[0,0]", "step"]);
    assert_eq!(
        session.derivation().value(Quantity::Memory),
        Some(0.1 / 0.5)
    );
}

#[test]
fn a_number_is_remembered_by_all_that_are_trained() {
    let fields = format!(
        "layers: [2, 1], output: sigmoid, train_biases: false, previous_delta: 0.1, {ROWS}"
    );
    let mut session = network(&fields);
    run(&mut session, &["step"]);
    let terms: Vec<f64> = session
        .record()
        .updates
        .iter()
        .map(|u| u.momentum_term)
        .collect();
    assert_eq!(terms, [0.05, 0.05, 0.0]);
    assert_eq!(session.lesson().model.previous_delta(), [0.1, 0.1, 0.0]);
}

#[test]
fn the_variables_of_a_surface_remember_too() {
    let source = |previous: &str| {
        format!(
            "title: T\nmodel: {{surface: {{loss: x^2 + y^2, start: {{x: 1, y: 2}}, previous_delta: {previous}}}}}\n\
             training: {{learning_rate: 0.1, momentum: 0.5}}\npages: [{{title: P, text: P}}]\n"
        )
    };
    for (previous, expected) in [("{y: 0.2}", [0.8, 1.7]), ("0.2", [0.9, 1.7])] {
        let mut session = Session::new(written(&source(previous))).unwrap();
        run(&mut session, &["step"]);
        let after: Vec<f64> = session.record().updates.iter().map(|u| u.after).collect();
        assert!(
            after
                .iter()
                .zip(expected)
                .all(|(a, b)| (a - b).abs() < 1e-12),
            "{after:?}"
        );
        // Begun again, it is remembered again.
        run(&mut session, &["reset", "step"]);
        let again: Vec<f64> = session.record().updates.iter().map(|u| u.after).collect();
        assert_eq!(again, after);
    }
}

/// The plane of decisions has the units of the data, and what is answered there is what scaled points are answered.
#[test]
fn pictures_show_inputs_in_the_units_of_the_data() {
    let file = "a,b,t\n100,4,0\n200,5,0\n300,4,1\n";
    let scaled = lesson_of(file, "targets: [t], scale: standard");
    let mut session = Session::new(scaled.into()).unwrap();
    run(&mut session, &["epoch 400"]);
    let shown = told(&session.run_line("show predictions").unwrap());
    assert!(shown.contains("Item 0: inputs 100, 4; target 0"), "{shown}");
    let shown = told(&session.run_line("show decision").unwrap());
    let highest = shown.lines().next().unwrap();
    assert!(
        highest.starts_with("Where input 1 is 5.17: 0 up to input 0 = 3"),
        "{shown}"
    );
    // Of points that were not scaled, all would be answered alike.
    assert_eq!(shown.matches(", then 1.").count(), 5, "{shown}");
    assert_eq!(session.metrics().unwrap().accuracy, Some(1.0));
}
