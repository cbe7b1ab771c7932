//! A listing runs as it stands behind the lines that the program gives it, and comes to the numbers on the screen.

use std::io::Write;
use std::process::{Command, Stdio};

use nnmom_tutor::explain::{Derivation, Language, NodeQuantity, Quantity};
use nnmom_tutor::math::{Convention, Rule};
use nnmom_tutor::session::Session;

use crate::support::depth::in_full;
use crate::support::sittings::{folder, lesson, unopened_of, written};

/// A listing with what it starts from, that says after each of its statements what has come out.
struct Program {
    about: String,
    code: String,
    expected: Vec<(String, f64)>,
    /// How far off a number may be, as a share of it: functions differ in their last bits, and gradients that are
    /// found in another order. Where there is neither, every bit is the same.
    tolerance: f64,
}

impl Program {
    fn new(session: &Session, about: &str) -> Self {
        let language = session.language();
        let listing = session.listing();
        let convention = language.convention(session.convention());
        let model = session.timeline().run().model();
        let derivation = Derivation::new(model, &session.record(), session.focus(), convention);
        let program = session.program();
        let given = program.len() - listing.lines.len();
        let mut lines: Vec<String> = program[..given]
            .iter()
            .map(nnmom_tutor::explain::Line::text)
            .collect();
        let mut expected = Vec::new();
        for (line, shown) in listing.lines.iter().zip(&program[given..]) {
            assert_eq!(line.code.text(), shown.text());
            lines.push(shown.text());
            // What is said to be another number than the screen's is none of those that are compared.
            let is_another = shown
                .text()
                .ends_with("from the sums, since shares are rounded");
            let outcomes = outcomes(&shown.text(), &line.computes, language);
            for (name, quantity) in outcomes.into_iter().filter(|_| !is_another) {
                let indent = " ".repeat(shown.text().len() - shown.text().trim_start().len());
                lines.push(match language {
                    Language::Rust => format!("seen.push({name});"),
                    Language::Python | Language::PyTorch | Language::Keras => {
                        format!("{indent}seen.append(float({name}))")
                    }
                });
                expected.push((name, derivation.value(quantity).unwrap()));
            }
        }
        // What a listing computes it uses: it is not given the same number under another name. A gradient that has
        // been set by hand uses nothing, and of a parameter that is not trained nothing uses it.
        let is_trained = session.lesson().model.is_trained(session.focus());
        let is_by_hand = about.contains("set gradient");
        for (index, line) in listing.lines.iter().enumerate() {
            let is_used = |name: &str| {
                let mut later = listing.lines[index + 1..].iter();
                later.any(|line| line.code.text().contains(name))
            };
            for (name, quantity) in outcomes(&line.code.text(), &line.computes, language) {
                let is_for_later = if let Quantity::Node(_) = quantity {
                    !is_by_hand
                } else {
                    quantity == Quantity::Gradient && is_trained
                };
                assert!(
                    language.is_library() || !is_for_later || is_used(&name),
                    "{about}: {name}"
                );
            }
        }
        Self {
            about: format!("{about}, {}", language.title()),
            code: lines.join("\n"),
            expected,
            tolerance: if model.network().is_some() || model.surface().is_some() {
                1e-12
            } else {
                0.0
            },
        }
    }

    #[track_caller]
    fn check(&self, seen: &[f64]) {
        assert_eq!(
            seen.len(),
            self.expected.len(),
            "{}\n{}",
            self.about,
            self.code
        );
        for ((name, expected), seen) in self.expected.iter().zip(seen) {
            assert!(
                (seen - expected).abs() <= self.tolerance * expected.abs().max(1e-2),
                "{}: {name} is {expected} on the screen, and {seen} here:\n{}",
                self.about,
                self.code
            );
        }
    }
}

/// What can be looked at after a line of code, and which number of the update it is.
fn outcomes(code: &str, computes: &[Quantity], language: Language) -> Vec<(String, Quantity)> {
    let code = code.trim_start().trim_start_matches("let ");
    let operators = [" = ", " += ", ".assign(", ".assign_add(", ".fill_("];
    let ends = operators.iter().filter_map(|operator| code.find(operator));
    let Some(end) = ends.min().filter(|_| !code.starts_with(['#', '/'])) else {
        return Vec::new();
    };
    let name = &code[..end];
    // Libraries compute whole layers: their sums in `s`, their values in all others.
    let wanted = if name == "s" {
        NodeQuantity::Sum
    } else {
        NodeQuantity::Value
    };
    let each = computes.iter().filter_map(|quantity| {
        if let (Quantity::Node(of_node), true) = (quantity, language.is_library()) {
            let is_there = of_node.quantity == wanted;
            return is_there.then(|| (format!("{name}[{}]", of_node.node.index), *quantity));
        }
        // A term is added where it stands.
        let is_added = *quantity == Quantity::MomentumTerm && computes.len() > 1;
        (!is_added).then(|| (name.to_owned(), *quantity))
    });
    each.collect()
}

/// Runs Python programs in one process.
fn run_python(python: &str, programs: &[Program]) {
    let runner = "import json, sys
def run(code):
    names = {'seen': []}
    try:
        exec(code, names)
    except Exception as error:
        return repr(error).replace('\\n', ' ')
    return repr(names['seen'])
for code in json.load(sys.stdin):
    print(run(code))";
    let mut child = Command::new(python)
        .args(["-c", runner])
        .env("TF_CPP_MIN_LOG_LEVEL", "3")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{python}: {error}"));
    let codes: Vec<&str> = programs
        .iter()
        .map(|program| program.code.as_str())
        .collect();
    let mut input = child.stdin.take().unwrap();
    input
        .write_all(serde_json::to_string(&codes).unwrap().as_bytes())
        .unwrap();
    drop(input);
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    check_all(programs, &String::from_utf8(output.stdout).unwrap());
}

/// Compares what programs have printed, a list on a line for each.
#[track_caller]
fn check_all(programs: &[Program], printed: &str) {
    assert_eq!(printed.lines().count(), programs.len());
    for (program, line) in programs.iter().zip(printed.lines()) {
        let list = line.trim_matches(['[', ']']).split(", ");
        let seen: Result<Vec<f64>, _> = list.map(str::parse).collect();
        let seen = seen
            .unwrap_or_else(|error| panic!("{}: {line}: {error}\n{}", program.about, program.code));
        program.check(&seen);
    }
}

/// Compiles Rust programs, a function each, and runs them.
fn run_rust(programs: &[Program]) {
    let folder = folder();
    let function = |(index, program): (usize, &Program)| {
        let code = &program.code;
        format!(
            "fn program_{index}() -> Vec<f64> {{\nlet mut seen = Vec::new();\n{code}\nseen\n}}\n"
        )
    };
    let functions: String = programs.iter().enumerate().map(function).collect();
    let call = |index| format!("println!(\"{{:?}}\", program_{index}());\n");
    let calls: String = (0..programs.len()).map(call).collect();
    let source = format!("#![allow(warnings)]\n{functions}fn main() {{\n{calls}}}\n");
    let (path, program) = (
        folder.path().join("listings.rs"),
        folder.path().join("listings"),
    );
    std::fs::write(&path, source).unwrap();
    let rustc = Command::new("rustc")
        .args(["--edition", "2024", "-o"])
        .args([&program, &path])
        .output()
        .unwrap();
    assert!(
        rustc.status.success(),
        "{}",
        String::from_utf8_lossy(&rustc.stderr)
    );
    let output = Command::new(&program).output().unwrap();
    check_all(programs, &String::from_utf8(output.stdout).unwrap());
}

/// Listings in a language of every rule and sign, of every kind of model, early in a run and late, and after what
/// may be changed by hand. What has to be compiled is looked at in one of these moments for each rule, sign and
/// parameter, another one each time; where not all cases are looked at, of the parameters too.
fn programs(language: Language) -> Vec<Program> {
    let moments = [
        "start",
        "step 3",
        "step 40; set lr lr*1.5; set mu 0.3; step 2",
        "step 3; set gradient 0.75",
    ];
    let at_once = if language == Language::Rust || !in_full() {
        1
    } else {
        moments.len()
    };
    let mut turns = moments.iter().cycle();
    let mut programs = Vec::new();
    for (name, source, parameters) in models() {
        let lesson = written(&source);
        // What nodes make of their sums has nothing to do with the rule.
        let is_one_of_many = name.starts_with("hidden");
        let mut others = parameters.iter().cycle();
        let rules = Rule::ALL.into_iter();
        let signed = rules.flat_map(|rule| Convention::ALL.map(|convention| (rule, convention)));
        for (rule, convention) in signed {
            if is_one_of_many && rule != Rule::Article {
                continue;
            }
            let settings = format!(
                "set rule {}; set convention {}",
                rule.name(),
                convention.name()
            );
            let some = if in_full() { parameters.len() } else { 1 };
            let looks = (0..some)
                .map(|_| *others.next().unwrap())
                .flat_map(|parameter| [parameter].repeat(at_once));
            for (parameter, moment) in looks.zip(&mut turns) {
                let (before, by_hand) = moment.split_once("; set gradient").unwrap_or((moment, ""));
                let mut line = format!("{settings}; {before}; focus {parameter}");
                if !by_hand.is_empty() {
                    line.push_str("; set gradient");
                    line.push_str(by_hand);
                }
                let code = format!("code {}", language.name());
                let session = unopened_of(&lesson, &[&line, &code]);
                programs.push(Program::new(&session, &format!("{name}, {line}")));
            }
        }
    }
    programs
}

/// Lessons over every kind of model, with the parameters to look at.
#[expect(clippy::too_many_lines, reason = "a table")]
fn models() -> Vec<(String, String, Vec<&'static str>)> {
    let lesson = |model: &str| {
        format!(
            "title: T\nmodel:\n  {model}\ntraining:\n  learning_rate: 0.1\n  momentum: 0.6\npages:\n  - {{title: P, text: T}}\n"
        )
    };
    let mut models = Vec::new();
    let gradients: Vec<String> = (0..60).map(|k| format!("{}.25", (k * 7) % 5 - 2)).collect();
    for name in [
        "ihWeights[i,j]",
        "w",
        "lambda",
        "fn",
        "buffer",
        "θ",
        "a+b",
        "v[2]",
    ] {
        let model = format!(
            "weight: {{name: '{name}', start: 3.56, previous_delta: 0.044, gradients: [{}]}}",
            gradients.join(", ")
        );
        models.push((name.to_owned(), lesson(&model), vec!["next"]));
    }
    let long: Vec<String> = (1..80).map(|k| format!("(x - {k})^2/{k}000")).collect();
    for (loss, start, parameters) in [
        ("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}", vec!["x", "y"]),
        ("-w^2 + w^4/7 + 2^w", "{w: 1.5}", vec!["w"]),
        (
            "exp(-x^2) + log(y^2 + 2)*sin(x) + sqrt(x^2 + 1)*cos(y) + x^-2",
            "{x: 1.2, y: -0.5}",
            vec!["x", "y"],
        ),
        (
            "min(x, y) + max(x, 1/3)*y + abs(y)^1.5 + sign(x)*y + sqrt(2)*x^3/9 + tanh(y)",
            "{x: 1.25, y: -0.5}",
            vec!["x", "y"],
        ),
        (
            "lambda^2 + 3*fn^2 + learnRate^4/4",
            "{lambda: 1, fn: 2, learnRate: 0.5}",
            vec!["lambda", "fn", "learnRate"],
        ),
        ("w[0]^2 + w[1]^2*3", "{'w[0]': 1, 'w[1]': 2}", vec!["w[1]"]),
        (&long.join(" + "), "{x: 400}", vec!["x"]),
    ] {
        let model = format!("surface: {{loss: \"{loss}\", start: {start}}}");
        models.push((loss.chars().take(60).collect(), lesson(&model), parameters));
    }
    let network = |layers: &str, rest: &str, rows: &[&str]| {
        let rows = rows.join(", ");
        let initial = "initial: {low: -0.9, high: 0.9}, random: {seed: 5}";
        lesson(&format!(
            "network: {{layers: {layers}, {rest}, {initial}, data: {{rows: [{rows}]}}}}"
        ))
    };
    for hidden in ["tanh", "sigmoid", "relu", "identity"] {
        for output in [
            "softmax, error: squared, softmax_derivative: diagonal",
            "softmax, error: squared, softmax_derivative: full",
            "softmax, error: cross-entropy",
            "sigmoid, error: squared",
            "sigmoid, error: cross-entropy",
            "tanh, error: squared",
            "identity, error: squared",
        ] {
            let rest = format!("hidden: {hidden}, output: {output}");
            let rows = [
                "{inputs: [0.5, -1], targets: [1, 0]}",
                "{inputs: [-0.25, 2], targets: [0, 1]}",
            ];
            models.push((
                rest.clone(),
                network("[2, 3, 2]", &rest, &rows),
                vec!["ih[0,1]", "hb[2]", "ho[1,0]", "ob[1]"],
            ));
        }
    }
    // Sums of -800 and of 800, whose powers of e are beyond the largest number.
    for (hidden, output) in [
        ("sigmoid", "sigmoid"),
        ("tanh", "softmax"),
        ("relu", "softmax, error: cross-entropy"),
        ("sigmoid", "tanh"),
        ("sigmoid", "sigmoid, error: cross-entropy"),
    ] {
        let rest = format!("hidden: {hidden}, output: {output}");
        let initial =
            "initial: {weights: [[[-800, 800]], [[1, -1], [800, -800]]], biases: [[0, 0], [0, 0]]}";
        let model = format!(
            "network: {{layers: [1, 2, 2], {rest}, {initial}, data: {{rows: [{{inputs: [1], targets: [0, 1]}}]}}}}"
        );
        let name = format!("{rest}, far from 0");
        models.push((name, lesson(&model), vec!["ih[0,0]", "ho[1,0]"]));
    }
    // Inputs as they were found stand before the scaled ones.
    for (scale, layers) in [("standard", "[2, 3, 2]"), ("range", "[2, 2]")] {
        let rows = "{inputs: [0.5, 250], targets: [1, 0]}, {inputs: [-0.25, 250], targets: [0, 1]}, \
                    {inputs: [3, 250], targets: [0, 1]}";
        let model = format!(
            "network: {{layers: {layers}, output: sigmoid, initial: {{low: -0.5, high: 0.5}}, \
             data: {{scale: {scale}, rows: [{rows}]}}}}"
        );
        let parameters = match layers {
            "[2, 2]" => vec!["w1[0,1]", "w1[1,0]", "b1[0]"],
            _ => vec!["ih[0,1]", "ih[1,0]", "ho[1,0]"],
        };
        models.push((format!("scaled, {scale}"), lesson(&model), parameters));
    }
    let wide = format!(
        "{{inputs: [{}], targets: [{}1]}}",
        ["0.5"; 12].join(", "),
        "0, ".repeat(10)
    );
    for (name, layers, rest, row, parameters) in [
        (
            "deep",
            "[1, 2, 2, 2]",
            "hidden: tanh, output: sigmoid",
            "{inputs: [1], targets: [0, 1]}",
            vec!["w1[0,1]", "b2[0]", "w3[1,1]"],
        ),
        (
            "flat",
            "[2, 1]",
            "output: sigmoid, error: cross-entropy",
            "{inputs: [1, 2], targets: [1]}",
            vec!["w1[1,0]", "b1[0]"],
        ),
        (
            "wide",
            "[12, 11, 11]",
            "hidden: tanh, output: softmax, error: cross-entropy",
            &wide,
            vec!["ih[3,10]", "ho[10,2]"],
        ),
        (
            "untrained",
            "[2, 2, 2]",
            "hidden: tanh, output: softmax, train_biases: false",
            "{inputs: [1, 2], targets: [1, 0]}",
            vec!["hb[1]", "ob[0]", "ih[0,0]"],
        ),
    ] {
        models.push((name.to_owned(), network(layers, rest, &[row]), parameters));
    }
    models
}

#[test]
fn python_listings_run_with_the_standard_library_alone() {
    run_python("python3", &programs(Language::Python));
}

#[test]
fn rust_listings_compile_and_run() {
    run_rust(&programs(Language::Rust));
}

/// Needs a Python that has them: see `tests/frameworks`.
#[test]
#[ignore = "PyTorch and Keras are not everywhere"]
fn listings_run_in_pytorch_and_keras() {
    let python = std::env::var("FRAMEWORKS_PYTHON").expect("FRAMEWORKS_PYTHON names a Python");
    for language in [Language::PyTorch, Language::Keras] {
        let programs = programs(language);
        run_python(&python, &programs);
        println!("{} {} listings ran.", programs.len(), language.title());
    }
}

/// The lessons of the course, too: what a learner sees first.
#[test]
fn the_listings_of_the_course_run() {
    let mut programs = [Vec::new(), Vec::new()];
    for name in [
        "why-momentum",
        "learning-rate",
        "momentum",
        "ravine",
        "one-item",
        "xor",
        "iris",
    ] {
        for (language, programs) in [Language::Python, Language::Rust].iter().zip(&mut programs) {
            let mut session = unopened_of(&lesson(name), &[&format!("code {}", language.name())]);
            programs.push(Program::new(&session, name));
            session.run_line("step").unwrap();
            programs.push(Program::new(&session, name));
        }
    }
    run_python("python3", &programs[0]);
    run_rust(&programs[1]);
}
