//! What `benches/compare` sets beside ours runs, and its networks come to the weights of ours. Where there is no C compiler,
//! nothing is compared.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Rule, Settings};
use nnmom_tutor::timeline::{State, train};

use crate::support::program::text;
use crate::support::sittings::{folder, lesson, written};

/// The counterparts in C.
fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/counterparts");
    let paths = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let is_c = |path: &PathBuf| path.extension() == Some(OsStr::new("c"));
    paths.filter(is_c).collect()
}

/// Whether there is a C compiler. It is said where there is none.
fn compiles() -> bool {
    let found = Command::new("cc").arg("--version").output().is_ok();
    if !found {
        eprintln!("skipped: there is no cc");
    }
    found
}

/// Compiles a counterpart, without a warning, and tells what it prints.
#[track_caller]
fn printed(source: &Path, arguments: &[String]) -> String {
    let folder = folder();
    let program = folder.path().join("program");
    let mut cc = Command::new("cc");
    cc.args([
        "-O1",
        "-ffp-contract=off",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-o",
    ]);
    let made = cc.arg(&program).arg(source).arg("-lm").output().unwrap();
    assert!(made.status.success(), "{}", text(&made.stderr));
    let output = Command::new(&program).args(arguments).output().unwrap();
    assert!(
        output.status.success(),
        "{}: {}",
        source.display(),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// The draws of `network.c`.
struct Draws(u64);

impl Draws {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / 9_007_199_254_740_992.0
    }
}

/// The lesson with the network, the weights and the items of `network.c`.
fn network(sizes: &[usize]) -> String {
    let mut draws = Draws(3);
    let classes = *sizes.last().unwrap();
    let item = |item: usize| {
        let inputs: Vec<f64> = (0..sizes[0]).map(|_| draws.next()).collect();
        let targets: Vec<usize> = (0..classes)
            .map(|class| usize::from(item % classes == class))
            .collect();
        format!("{{inputs: {inputs:?}, targets: {targets:?}}}")
    };
    let rows: Vec<String> = (0..100).map(item).collect();
    let mut layer = |pair: &[usize]| {
        let bound = 1.0 / (pair[0] as f64).sqrt();
        let mut row = || -> Vec<f64> {
            (0..pair[1])
                .map(|_| bound * (2.0 * draws.next() - 1.0))
                .collect()
        };
        (0..pair[0]).map(|_| row()).collect()
    };
    let weights: Vec<Vec<Vec<f64>>> = sizes.windows(2).map(&mut layer).collect();
    let biases: Vec<Vec<f64>> = sizes[1..].iter().map(|size| vec![0.0; *size]).collect();
    format!(
        "title: T\nmodel:\n  network:\n    layers: {sizes:?}\n    hidden: tanh\n    output: softmax\n    \
         error: squared\n    softmax_derivative: diagonal\n    order: sequential\n    \
         initial: {{weights: {weights:?}, biases: {biases:?}}}\n    data:\n      rows: [{}]\n\
         training: {{rule: article, learning_rate: 0.05, momentum: 0.75}}\npages: [{{title: P, text: T}}]\n",
        rows.join(", ")
    )
}

/// What `network.c` says of so many updates, and ours make.
fn compare_networks(source: &Path) -> String {
    let mut said = String::new();
    for sizes in [&[4, 3, 2][..], &[3, 5, 4, 2]] {
        let ours = trained(&written(&network(sizes)), 0.75, 250);
        let mut arguments = vec!["-n".to_owned(), "250".to_owned()];
        arguments.extend(sizes.iter().map(ToString::to_string));
        said = printed(source, &arguments);
        let first = said.rsplit(' ').next().unwrap();
        assert_near(first.trim_end_matches([')', '\n']), ours[0]);
    }
    said
}

/// The same of `iris.c`, which says every weight and bias.
fn compare_iris(source: &Path) -> String {
    let ours = trained(&lesson("iris"), 0.75, 6_000);
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/data/iris-train.csv");
    let said = printed(source, &[data, "6000", "1", "0.75"].map(str::to_owned));
    let weights: Vec<&str> = said
        .lines()
        .skip(1)
        .map(|line| line.rsplit(' ').next().unwrap())
        .collect();
    assert_eq!(weights.len(), ours.len(), "{said}");
    for (theirs, ours) in weights.iter().zip(ours) {
        assert_near(theirs, ours);
    }
    said
}

/// The weights after so many updates.
fn trained(lesson: &Lesson, momentum: f64, updates: u64) -> Vec<f64> {
    let settings = Settings {
        rule: Rule::Article,
        momentum,
        ..lesson.settings
    };
    let mut state = State::start(&lesson.model, settings, None);
    assert!(train(&lesson.model, &mut state, updates));
    state.weights.clone()
}

/// The last bits are those of the system's exp and tanh.
#[track_caller]
fn assert_near(theirs: &str, ours: f64) {
    let value: f64 = theirs.parse().unwrap();
    assert!((value - ours).abs() < 1e-9, "{theirs} in C, {ours} here");
}

/// `benches/compare` reads of each how long it takes: a number and its unit.
#[test]
fn counterparts_in_c_run_and_their_networks_come_to_the_weights_of_ours() {
    if !compiles() {
        return;
    }
    let sources = sources();
    assert_eq!(sources.len(), 3);
    for source in sources {
        let said = match source.file_stem().and_then(OsStr::to_str) {
            Some("network") => compare_networks(&source),
            Some("iris") => compare_iris(&source),
            _ => printed(&source, &[]),
        };
        let words: Vec<&str> = said.split_whitespace().collect();
        let is_time = |pair: &[&str]| {
            let unit = pair[1].trim_end_matches(',');
            ["ns", "us", "ms"].contains(&unit) && pair[0].parse::<f64>().is_ok()
        };
        assert!(
            words.windows(2).any(is_time),
            "{}: {said}",
            source.display()
        );
    }
}
