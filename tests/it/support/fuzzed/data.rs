//! Data files of networks, as a lesson reads them.

use std::fmt::Write as _;

use nnmom_tutor::explain::number;
use nnmom_tutor::files::Memory;
use nnmom_tutor::lesson::{Lesson, LoadError};
use nnmom_tutor::math::Items;

use super::{assert_harmless, numbers_behind};

/// What the first byte chooses: amounts or classes,
const COLUMNS: [&str; 2] = [
    "targets: [t]",
    "classes: {column: kind, order: [x, y, 'a, b']}",
];

/// and how the file is read. The first two read it as it is written by programs.
const STYLES: [&str; 6] = [
    "",
    ", missing: skip",
    ", separator: ';', decimal: ','",
    ", separator: tab, missing: skip, scale: standard",
    ", scale: range",
    ", scale: standard, missing: skip",
];

pub fn check(bytes: &[u8]) {
    let Some((choice, file)) = bytes.split_first() else {
        return;
    };
    let of_classes = usize::from(choice % 2);
    let style = usize::from(choice / 2) % STYLES.len();
    match read(file, COLUMNS[of_classes], STYLES[style]) {
        Err(error) => assert_told(&error, file),
        Ok(lesson) => {
            let items = lesson.model.network().unwrap().items();
            assert!(!items.is_empty() && items.len() <= file.len());
            let inputs = (0..items.len()).flat_map(|item| items.inputs(item));
            assert!(inputs.clone().all(|input| input.is_finite()));
            if of_classes == 0 && style < 2 {
                let again = read(written(items).as_bytes(), COLUMNS[0], STYLES[0]).unwrap();
                assert_eq!(again.model.network().unwrap().items(), items);
            }
        }
    }
}

fn read(file: &[u8], columns: &str, style: &str) -> Result<Lesson, LoadError> {
    let outputs = if columns == COLUMNS[0] { 1 } else { 3 };
    let source = format!(
        "title: A\nmodel:\n  network:\n    layers: [2, 1, {outputs}]\n    output: identity\n    data: {{file: data.csv, inputs: [a, b], {columns}{style}}}\ntraining:\n  learning_rate: 0.5\npages:\n  - {{title: A, text: A.}}\n"
    );
    let files = Memory::default();
    files.put("data.csv", file);
    Lesson::parse_in(&files, "lesson.yaml", source.as_bytes())
}

/// What is wrong is said of the file, in a line that it has.
fn assert_told(error: &LoadError, file: &[u8]) {
    let told = error.to_string();
    assert_harmless(&told);
    let ends = file.iter().filter(|byte| b"\r\n".contains(byte)).count();
    for number in numbers_behind(&told, "data.csv: line ") {
        assert!((1..=ends + 1).contains(&number), "{told}");
    }
}

/// Items as a file that reads back as the same.
fn written(items: &Items) -> String {
    let mut file = "b,t,a\r\n".to_owned();
    for item in 0..items.len() {
        let (inputs, targets) = (items.inputs(item), items.targets(item));
        let cells = [inputs[1], targets[0], inputs[0]].map(number::exact);
        write!(file, "\"{}\", {} ,{}\r\n", cells[0], cells[1], cells[2]).unwrap();
    }
    file
}
