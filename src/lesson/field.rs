//! Fields that may be absent or wrong without spoiling their neighbours.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_yaml::Value;

use super::expected::Expected;

/// The most characters of a wrong text that are said again.
const LONGEST_TEXT: usize = 40;

/// What was found under a key.
#[derive(Debug, Default)]
pub enum Field<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// A value of the right shape.
    Good {
        /// The value.
        value: T,
        /// Keys in it that have no place there.
        unknown: Vec<String>,
    },
    /// Something else.
    Wrong(Value),
}

impl<T> Field<T> {
    /// The value, where it has the right shape.
    pub fn good(&self) -> Option<&T> {
        if let Self::Good { value, .. } = self {
            Some(value)
        } else {
            None
        }
    }

    /// Whether anything was found.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

impl<'de, T: Expected + DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(Value::deserialize(deserializer)?))
    }
}

impl<T: Expected + DeserializeOwned> Field<T> {
    /// Takes a value for a `T`, or for something wrong.
    pub fn read(value: Value) -> Self {
        let value = T::as_written(value);
        let mut unknown = Vec::new();
        if let Some(fields) = T::FIELDS {
            // A list would do for a struct as far as serde is concerned; a lesson has mappings only.
            let Some(mapping) = value.as_mapping() else {
                return Self::Wrong(value);
            };
            let keys = mapping.keys().filter_map(Value::as_str);
            unknown.extend(keys.filter(|key| !fields.contains(key)).map(str::to_owned));
        }
        match T::deserialize(value.clone()) {
            Ok(value) => Self::Good { value, unknown },
            Err(_) => Self::Wrong(value),
        }
    }
}

/// A value as a person would name it.
pub fn scalar_text(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) => format!("the text \"{}\"", shortened(value)),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "a mapping".to_owned(),
        Value::Tagged(_) => "a tagged value".to_owned(),
    }
}

/// The beginning of a text, on one line.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or("");
    let mut beginning: String = line.chars().take(LONGEST_TEXT).collect();
    if beginning.len() < text.trim_end().len() {
        beginning.push('…');
    }
    beginning
}
