//! Fields that may be absent or wrong without spoiling their neighbours.

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;
use serde_yaml::Value;

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
    /// Whether anything was found.
    pub fn is_given(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::read(Value::deserialize(deserializer)?))
    }
}

impl<T: DeserializeOwned> Field<T> {
    /// Takes a value for a `T`, or for something wrong.
    pub fn read(value: Value) -> Self {
        let fields = known_fields::<T>();
        let mapping = value.as_mapping();
        // A list would do for a struct as far as serde is concerned; a lesson has mappings only.
        if fields.is_some() && mapping.is_none() {
            return Self::Wrong(value);
        }
        let unknown = match (fields, mapping) {
            (Some(fields), Some(mapping)) => mapping
                .keys()
                .filter_map(Value::as_str)
                .filter(|key| !fields.contains(key))
                .map(str::to_owned)
                .collect(),
            _ => Vec::new(),
        };
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

/// The fields of a struct, as its derived `Deserialize` knows them; `None` for anything else.
pub fn known_fields<T: DeserializeOwned>() -> Option<&'static [&'static str]> {
    let mut fields = None;
    // It always fails; what it asks for on the way is the answer.
    let _ = T::deserialize(Probe(&mut fields));
    fields
}

/// A deserializer that only listens to what is asked of it.
struct Probe<'a>(&'a mut Option<&'static [&'static str]>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(Error::custom("nothing is read"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Self::Error> {
        *self.0 = Some(fields);
        Err(Error::custom("nothing is read"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
