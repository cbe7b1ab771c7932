//! The lesson file as it is written, before anything is checked; its exercises stand with their checks.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer};
use serde_json::{Value as Json, json};
use serde_yaml::{Mapping, Value};

use super::exercises::ExerciseFile;
use super::expected::Expected;
use super::field::Field;

/// Several of something, each of which may be wrong.
pub type List<T> = Vec<Field<T>>;

/// Fields that belong together.
pub trait Form {
    /// Those of some fields that are given.
    fn given(&self, among: &[&'static str]) -> Vec<&'static str>;
}

/// The forms of the file: the fields of each, any of which may be absent or wrong; what it must be, and an example of
/// it, for messages. Where it has `ALTERNATIVES`, one field is enough.
macro_rules! forms {
    ($($(#[$about:meta])*
    $form:ident($what:literal, $example:literal $(, $alternatives:ident)?) {
        $($(#[$detail:meta])* $field:ident: $kind:ty,)*
    })*) => {$(
        $(#[$about])*
        #[derive(Debug, serde::Deserialize, Default)]
        #[serde(default)]
        pub struct $form {
            $($(#[$detail])* pub $field: crate::lesson::field::Field<$kind>,)*
        }

        impl crate::lesson::file::Form for $form {
            fn given(&self, among: &[&'static str]) -> Vec<&'static str> {
                let fields = [$((stringify!($field), self.$field.is_given())),*];
                let is_given = |name: &&str| fields.contains(&(*name, true));
                among.iter().copied().filter(is_given).collect()
            }
        }

        impl crate::lesson::expected::Expected for $form {
            const WHAT: &'static str = $what;
            const EXAMPLE: &'static str = $example;
            const FIELDS: Option<&'static [&'static str]> = Some(&[$(stringify!($field)),*]);
            $(const $alternatives: bool = true;)?

            fn schema() -> serde_json::Value {
                crate::lesson::schema::form(
                    stringify!($form),
                    &[$((stringify!($field), <$kind as crate::lesson::expected::Expected>::schema)),*],
                )
            }
        }
    )*};
}
pub(super) use forms;

forms! {
    /// The whole file.
    LessonFile("fields such as `title: ...`", "a lesson begins with `title: ...`") {
        title: String,
        summary: String,
        decimal: String,
        model: ModelFile,
        training: TrainingFile,
        pages: List<PageFile>,
    }

    /// The file of a course.
    CourseFile("fields such as `title: ...`", "`title: ...` and `lessons: [...]`") {
        title: String,
        lessons: List<String>,
    }

    /// What is trained: exactly one of the kinds.
    ModelFile("a field such as `weight:`", "`weight:` or `network:` with its fields indented below", ALTERNATIVES) {
        weight: WeightFile,
        network: NetworkFile,
        surface: SurfaceFile,
    }

    /// One scripted weight.
    WeightFile("fields such as `start: 0.5`", "`start:` and `gradients:`, indented below") {
        name: String,
        start: f64,
        previous_delta: f64,
        gradients: List<f64>,
        /// What the gradients are the slopes of.
        loss: LossFile,
    }

    /// A network and its data.
    NetworkFile("fields such as `layers: [2, 3, 1]`", "`layers:`, `data:` and others, indented below") {
        layers: List<u64>,
        hidden: String,
        output: String,
        error: String,
        softmax_derivative: String,
        train_biases: bool,
        initial: InitialFile,
        random: RandomFile,
        order: ItemOrderFile,
        /// What is remembered before the first update.
        previous_delta: PreviousFile,
        data: DataFile,
    }

    /// The parameters at the start: drawn between two bounds, or given.
    InitialFile("fields such as `low: -0.5`", "`{low: -0.5, high: 0.5}`, or `weights:` and `biases:`") {
        low: f64,
        high: f64,
        /// By layer, node it comes from, node it leads to.
        weights: List<List<List<f64>>>,
        /// By layer and node.
        biases: List<List<f64>>,
    }

    /// Where random numbers come from.
    RandomFile("fields such as `seed: 3`", "`{generator: python, seed: 3}`") {
        generator: String,
        seed: u64,
    }

    /// What is learned: rows in the lesson, or a file beside it.
    DataFile("fields such as `rows:` or `file:`", "`rows:` or `file:`, indented below") {
        rows: List<RowFile>,
        file: String,
        test_file: String,
        inputs: List<String>,
        targets: List<String>,
        classes: ClassesFile,
        /// What stands between the cells of files.
        separator: String,
        /// The sign before the decimals in files.
        decimal: String,
        /// What becomes of rows of files that miss something.
        missing: String,
        /// How inputs are scaled.
        scale: String,
    }

    /// One item in the lesson.
    RowFile("`inputs:` and `targets:`", "`{inputs: [0, 1], targets: [1]}`") {
        inputs: List<f64>,
        targets: List<f64>,
    }

    /// A column that names each item's class, and the order of the classes.
    ClassesFile("`column:` and `order:`", "`{column: species, order: [setosa, versicolor]}`") {
        column: String,
        order: List<LabelFile>,
    }

    /// A loss that is a formula.
    SurfaceFile("fields such as `loss: x^2`", "`loss:` and `start:`, indented below") {
        loss: LossFile,
        start: Entries<f64>,
        /// What is remembered before the first update.
        previous_delta: PreviousFile,
        view: Entries<List<f64>>,
    }

    /// How it is trained.
    TrainingFile("fields such as `learning_rate: 0.01`", "`learning_rate:` and other settings, indented below") {
        rule: String,
        learning_rate: f64,
        momentum: f64,
        convention: String,
    }

    /// One page.
    PageFile("fields such as `title: ...`", "`- title: ...` with `text: ...` below it") {
        title: String,
        commands: List<String>,
        picture: String,
        text: String,
        exercise: ExerciseFile,
        exercises: List<ExerciseFile>,
    }
}

/// The text of a formula.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct LossFile(pub String);

/// A mapping whose keys are up to the lesson, in the order in which they are written.
#[derive(Debug)]
pub struct Entries<T>(pub Vec<(String, Field<T>)>);

impl<'de, T: Expected + DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entry = |(key, value): (Value, Value)| {
            let name = key.as_str().unwrap_or_default().to_owned();
            (name, Field::read(value))
        };
        let mapping = Mapping::deserialize(deserializer)?;
        Ok(Self(mapping.into_iter().map(entry).collect()))
    }
}

/// The order of the items: a name, or the items by their places.
#[derive(Debug)]
pub enum ItemOrderFile {
    /// A name.
    Named(String),
    /// Places in the data.
    Items(List<u64>),
}

impl<'de> Deserialize<'de> for ItemOrderFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.is_sequence() {
            List::deserialize(value).map(Self::Items)
        } else {
            String::deserialize(value).map(Self::Named)
        }
        .map_err(serde::de::Error::custom)
    }
}

impl Expected for ItemOrderFile {
    const WHAT: &'static str = "`sequential`, `shuffled` or a list of items";
    const EXAMPLE: &'static str = "`shuffled`, or a list such as `[2, 0, 1]`";

    fn schema() -> Json {
        json!({"type": ["string", "array"], "items": {"type": "integer", "minimum": 0}})
    }
}

/// Memory to start from: the same for all parameters, or by their names.
#[derive(Debug)]
pub enum PreviousFile {
    /// The same for all.
    All(f64),
    /// By name.
    Each(Entries<f64>),
}

impl<'de> Deserialize<'de> for PreviousFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if value.is_mapping() {
            Entries::deserialize(value).map(Self::Each)
        } else {
            f64::deserialize(f64::as_written(value)).map(Self::All)
        }
        .map_err(serde::de::Error::custom)
    }
}

impl Expected for PreviousFile {
    const WHAT: &'static str = "a number, or a number for each parameter";
    const EXAMPLE: &'static str = "`0.1` for all of them, or `{x: 0.1}` by their names";

    fn schema() -> Json {
        json!({"type": ["number", "string", "object"], "pattern": f64::schema()["pattern"], "additionalProperties": f64::schema()})
    }
}

/// What a class is called in the data: a word or a number.
#[derive(Debug)]
pub struct LabelFile(pub String);

impl<'de> Deserialize<'de> for LabelFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = match Value::deserialize(deserializer)? {
            Value::String(text) => text,
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Sequence(_) | Value::Mapping(_) | Value::Tagged(_) => {
                return Err(serde::de::Error::custom(Self::WHAT));
            }
        };
        Ok(Self(text))
    }
}

impl Expected for LabelFile {
    const WHAT: &'static str = "the name of a class";
    const EXAMPLE: &'static str = "a word or a number, as the data have it";
    const FILLING: &'static str =
        "a word or a number, as the data have it; a word `null` stands in quotes";

    fn schema() -> Json {
        json!({"type": ["string", "number", "boolean"]})
    }
}
