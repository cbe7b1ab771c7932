//! The lesson file as it is written, before anything is checked.

use serde::Deserialize;

use super::exercises::ExerciseFile;
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
    pub exercise: Field<ExerciseFile>,
}
