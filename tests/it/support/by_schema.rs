//! What a value is by a JSON Schema: the keywords of draft 7 that the schema of lessons uses, as
//! <https://json-schema.org/draft-07/json-schema-validation> defines them. Any other keyword is refused.

use regex_lite::Regex;
use serde_json::{Map, Value};

/// What is wrong with a value: where, and by which keyword. Nothing, if it is right.
pub fn mistakes(schema: &Value, value: &Value) -> Vec<String> {
    let mut all = Vec::new();
    look(schema, value, "", &mut all);
    all
}

fn is_right(schema: &Value, value: &Value) -> bool {
    mistakes(schema, value).is_empty()
}

fn look(schema: &Value, value: &Value, at: &str, all: &mut Vec<String>) {
    if let Value::Bool(right) = schema {
        if !right {
            all.push(format!("{at}: nothing may stand here"));
        }
        return;
    }
    let rules = schema.as_object().expect("a schema is a mapping");
    for (keyword, rule) in rules {
        if !holds(keyword, rule, value) {
            all.push(format!("{at}: {keyword}"));
        }
    }
    match value {
        Value::Object(map) => fields(rules, map, at, all),
        Value::Array(items) => {
            if let Some(rule) = rules.get("items") {
                for (index, item) in items.iter().enumerate() {
                    look(rule, item, &format!("{at}/{index}"), all);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The fields of a mapping, each by its own schema or by the one for all others.
fn fields(rules: &Map<String, Value>, map: &Map<String, Value>, at: &str, all: &mut Vec<String>) {
    let known = rules.get("properties");
    for (field, value) in map {
        let own = known.and_then(|known| known.get(field));
        if let Some(rule) = own.or_else(|| rules.get("additionalProperties")) {
            look(rule, value, &format!("{at}/{field}"), all);
        }
    }
}

/// Whether a value is as one keyword says, its fields and items aside. What a keyword does not speak of is right by it.
fn holds(keyword: &str, rule: &Value, value: &Value) -> bool {
    let text = value.as_str();
    let items = value.as_array().map(Vec::len);
    let map = value.as_object();
    match keyword {
        "$schema" | "title" | "description" | "examples" => true,
        "properties" => rule.is_object(),
        "items" | "additionalProperties" => rule.is_object() || rule.is_boolean(),
        "type" => match rule.as_array() {
            Some(names) => names.iter().any(|name| is_a(words(name), value)),
            None => is_a(words(rule), value),
        },
        "enum" => list(rule).contains(value),
        "minimum" => value.as_f64().is_none_or(|number| {
            let least = rule.as_f64().expect("a number");
            number >= least
        }),
        "minLength" => text.is_none_or(|text| text.chars().count() >= count(rule)),
        "pattern" => text.is_none_or(|text| Regex::new(words(rule)).unwrap().is_match(text)),
        "minItems" => items.is_none_or(|items| items >= count(rule)),
        "maxItems" => items.is_none_or(|items| items <= count(rule)),
        "minProperties" => map.is_none_or(|map| map.len() >= count(rule)),
        "maxProperties" => map.is_none_or(|map| map.len() <= count(rule)),
        "required" => map.is_none_or(|map| has_all(map, rule)),
        "dependencies" => map.is_none_or(|map| {
            let rules = rule.as_object().expect("a mapping");
            let of_present = rules.iter().filter(|(field, _)| map.contains_key(*field));
            let mut of_present = of_present.map(|(_, needed)| needed);
            of_present.all(|needed| {
                if needed.is_array() {
                    has_all(map, needed)
                } else {
                    is_right(needed, value)
                }
            })
        }),
        "oneOf" => right_by(rule, value) == 1,
        "anyOf" => right_by(rule, value) > 0,
        "not" => !is_right(rule, value),
        other => panic!("{other} is a keyword that nothing here knows"),
    }
}

/// By how many of these schemas a value is right.
fn right_by(rules: &Value, value: &Value) -> usize {
    let rules = list(rules).iter();
    rules.filter(|rule| is_right(rule, value)).count()
}

fn has_all(map: &Map<String, Value>, fields: &Value) -> bool {
    list(fields)
        .iter()
        .all(|field| map.contains_key(words(field)))
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        other => panic!("{other} is no kind of value"),
    }
}

fn words(rule: &Value) -> &str {
    rule.as_str().expect("a text")
}

fn list(rule: &Value) -> &[Value] {
    rule.as_array().expect("a list")
}

fn count(rule: &Value) -> usize {
    rule.as_u64().expect("a whole number") as usize
}
