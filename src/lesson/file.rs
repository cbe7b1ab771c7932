//! The lesson file as it is written, before anything is checked.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};

use super::field::Field;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub struct LessonFile {
    pub title: Field<String>,
    pub summary: Field<String>,
    pub model: Field<ModelFile>,
    pub training: Field<TrainingFile>,
    pub pages: Field<Vec<Field<PageFile>>>,
}

/// What is trained: exactly one of the kinds.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ModelFile {
    pub weight: Field<WeightFile>,
    pub surface: Field<SurfaceFile>,
}

/// One scripted weight.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct WeightFile {
    pub name: Field<String>,
    pub start: Field<f64>,
    pub previous_delta: Field<f64>,
    pub gradients: Field<Vec<Field<f64>>>,
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
    pub commands: Field<Vec<Field<String>>>,
    pub text: Field<String>,
}
