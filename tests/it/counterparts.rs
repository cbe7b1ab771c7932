//! What `benches/compare` sets beside ours does what ours does. Where there is no C compiler, nothing is compared.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use nnmom_tutor::timeline::{State, train};

use crate::support::program::text;
use crate::support::sittings::{folder, written};

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
fn printed(source: &Path, arguments: &[&str]) -> String {
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
        "{source:?}: {}",
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

#[test]
fn a_network_in_c_comes_to_the_weights_of_ours() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/counterparts/network.c");
    if !compiles() {
        return;
    }
    for sizes in [&[4, 3, 2][..], &[3, 5, 4, 2]] {
        let lesson = written(&network(sizes));
        let mut state = State::start(&lesson.model, lesson.settings, None);
        assert!(train(&lesson.model, &mut state, 250));
        let mut arguments = vec!["-n".to_owned(), "250".to_owned()];
        arguments.extend(sizes.iter().map(ToString::to_string));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let said = printed(&source, &arguments);
        let weight = said
            .rsplit(' ')
            .next()
            .unwrap()
            .trim_end_matches([')', '\n']);
        let weight: f64 = weight.parse().unwrap();
        // The last bits are those of the system's exp and tanh.
        assert!(
            (weight - state.weights[0]).abs() < 1e-12,
            "{said}: {}",
            state.weights[0]
        );
    }
}

/// `benches/compare` reads a time in microseconds an update, or in milliseconds.
#[test]
fn every_counterpart_in_c_says_how_long_it_takes() {
    if !compiles() {
        return;
    }
    for source in sources() {
        let arguments = match source.file_stem().and_then(OsStr::to_str) {
            Some("network") => &["-n", "100", "4", "3", "2"][..],
            _ => &[],
        };
        let said = printed(&source, arguments);
        let words: Vec<&str> = said.split_whitespace().collect();
        let is_time = |pair: &[&str]| {
            let unit = pair[1].trim_end_matches(',');
            ["us", "ms"].contains(&unit) && pair[0].parse::<f64>().is_ok()
        };
        assert!(words.windows(2).any(is_time), "{source:?}: {said}");
    }
}
