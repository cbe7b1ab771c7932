//! The lesson file as it is written, before anything is checked.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};

use super::exercises::ExerciseFile;
use super::field::Field;

/// Several of something, each of which may be wrong.
pub type List<T> = Vec<Field<T>>;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct LessonFile {
    pub title: Field<String>,
    pub summary: Field<String>,
    pub model: Field<ModelFile>,
    pub training: Field<TrainingFile>,
    pub pages: Field<List<PageFile>>,
}

/// What is trained: exactly one of the kinds.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ModelFile {
    pub weight: Field<WeightFile>,
    pub network: Field<NetworkFile>,
    pub surface: Field<SurfaceFile>,
}

/// One scripted weight.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct WeightFile {
    pub name: Field<String>,
    pub start: Field<f64>,
    pub previous_delta: Field<f64>,
    pub gradients: Field<List<f64>>,
}

/// A network and its data.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct NetworkFile {
    pub layers: Field<List<u64>>,
    pub hidden: Field<String>,
    pub output: Field<String>,
    pub error: Field<String>,
    pub softmax_derivative: Field<String>,
    pub train_biases: Field<bool>,
    pub initial: Field<InitialFile>,
    pub random: Field<RandomFile>,
    pub order: Field<String>,
    pub data: Field<DataFile>,
}

/// The parameters at the start: drawn between two bounds, or given.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct InitialFile {
    pub low: Field<f64>,
    pub high: Field<f64>,
    /// By layer, node it comes from, node it leads to.
    pub weights: Field<List<List<List<f64>>>>,
    /// By layer and node.
    pub biases: Field<List<List<f64>>>,
}

/// Where random numbers come from.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct RandomFile {
    pub generator: Field<String>,
    pub seed: Field<u64>,
}

/// What is learned: rows in the lesson, or a file beside it.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct DataFile {
    pub rows: Field<List<RowFile>>,
    pub file: Field<String>,
    pub test_file: Field<String>,
    pub inputs: Field<List<String>>,
    pub targets: Field<List<String>>,
    pub classes: Field<ClassesFile>,
}

/// One item in the lesson.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct RowFile {
    pub inputs: Field<List<f64>>,
    pub targets: Field<List<f64>>,
}

/// A column that names each item's class, and the order of the classes.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ClassesFile {
    pub column: Field<String>,
    pub order: Field<List<String>>,
}

/// A loss that is a formula.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct SurfaceFile {
    pub loss: Field<LossFile>,
    pub start: Field<Entries<f64>>,
    pub view: Field<Entries<Vec<Field<f64>>>>,
}

/// The text of a formula.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct LossFile(pub String);

/// A mapping whose keys are up to the lesson, in the order in which they are written.
#[derive(Debug)]
pub struct Entries<T>(pub Vec<(String, Field<T>)>);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

struct EntriesVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for EntriesVisitor<T> {
    type Value = Entries<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a mapping")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = access.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

/// How it is trained.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct TrainingFile {
    pub rule: Field<String>,
    pub learning_rate: Field<f64>,
    pub momentum: Field<f64>,
    pub convention: Field<String>,
}

/// One page.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct PageFile {
    pub title: Field<String>,
    pub commands: Field<List<String>>,
    pub text: Field<String>,
    pub exercise: Field<ExerciseFile>,
}
