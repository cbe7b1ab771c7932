//! The JSON Schema of lesson files, by which editors complete and check a lesson while it is written.
//!
//! Its shape is that of the forms in `file` and `exercises`; what else is to be said of their fields stands here, and of
//! exercises beside their forms.

use serde_json::{Map, Value, json};

use super::expected::Expected;
use super::file::LessonFile;
use crate::command::Picture;
use crate::math::{
    Activation, Convention, ErrorMeasure, Generator, Named, Rule, SoftmaxDerivative, Surface,
};

/// What the file with the schema is called, beside the lessons that name it.
pub const SCHEMA_FILE: &str = "lesson.schema.json";

const PREVIOUS_DELTA: &str = "What is remembered at the start, for all or by name. Without it: 0.";

/// The JSON Schema of a lesson file, as it is written to a file of its own.
pub fn schema() -> String {
    let mut schema = LessonFile::schema();
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    format!("{:#}\n", in_order(schema))
}

/// A field of a form, and its shape.
pub(super) type FieldSchema<'a> = (&'a str, fn() -> Value);

/// The schema of a form with these fields.
pub(super) fn form(name: &str, fields: &[FieldSchema]) -> Value {
    let mut facts = facts(name);
    let mut of_field = |(field, schema): &FieldSchema| {
        let named = json!({"title": field.replace('_', " ")});
        let known = with(with(named, schema()), facts[*field].take());
        (String::from(*field), known)
    };
    let properties: Map<String, Value> = fields.iter().map(&mut of_field).collect();
    let object = json!({
        "type": "object",
        "additionalProperties": false,
        "properties": properties,
    });
    with(object, facts[""].take())
}

/// The schema of a list of such items. Where nothing stands, there are none.
pub(super) fn list(items: &Value) -> Value {
    json!({"type": ["array", "null"], "items": items})
}

/// The schema of a mapping of the variables of a surface to such values. Where nothing stands, there are none.
pub(super) fn by_variable(values: &Value) -> Value {
    json!({
        "type": ["object", "null"],
        "minProperties": 1,
        "maxProperties": Surface::MOST_VARIABLES,
        "additionalProperties": values,
    })
}

/// A schema with more said of it.
fn with(mut schema: Value, more: Value) -> Value {
    if let (Value::Object(all), Value::Object(more)) = (&mut schema, more) {
        all.extend(more);
    }
    schema
}

/// The same with its keys by the alphabet, whatever keeps them.
fn in_order(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let mut entries: Vec<_> = map.into_iter().collect();
            entries.sort_by(|(one, _), (other, _)| one.cmp(other));
            let entries = entries.into_iter();
            Value::Object(entries.map(|(key, value)| (key, in_order(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(in_order).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// The names of all of them.
fn names<T: Named>(all: &[T]) -> Vec<&'static str> {
    all.iter().map(|one| one.name()).collect()
}

/// Exactly one of some fields.
pub(super) fn one_of(fields: &[&str]) -> Value {
    (fields.iter().map(|field| json!({"required": [field]}))).collect()
}

/// What is to be said of each field of a form beside its shape; of the form itself under the empty name.
fn facts(form: &str) -> Value {
    match form {
        "LessonFile" => json!({
            "": {
                "title": "A lesson of nnmom-tutor",
                "description": "What is trained and how, and the pages that a learner reads.",
                "required": ["title", "model", "training"],
            },
            "title": {"description": "What the lesson is called.", "minLength": 1, "examples": ["My first lesson"]},
            "summary": {"description": "What a learner will know after it, in a line.", "minLength": 1},
            "decimal": {
                "description": "The sign before the decimals of numbers that learners read and type. Without it: a point.",
                "enum": [".", ","],
            },
            "model": {"description": "What is trained: one weight, a surface or a network."},
            "training": {"description": "How it is trained."},
            "pages": {"description": "What the learner reads, in order.", "minItems": 1},
        }),
        "ModelFile" | "WeightFile" | "SurfaceFile" => model_facts(form),
        "NetworkFile" | "InitialFile" | "RandomFile" => network_facts(form),
        "DataFile" | "RowFile" | "ClassesFile" => data_facts(form),
        "TrainingFile" => json!({
            "": {"title": "Settings", "required": ["learning_rate"]},
            "rule": {
                "description": "How an update is computed. Without it: article.",
                "enum": names(&Rule::ALL),
            },
            "learning_rate": {"description": "The learning rate, 0 or more.", "minimum": 0, "examples": [0.01]},
            "momentum": {"description": "The momentum, 0 or more. Without it: 0.", "minimum": 0, "examples": [0.5, 0.9]},
            "convention": {
                "description": "add: gradients point downhill and are added; subtract: they are dE/dw. Without it: add.",
                "enum": names(&Convention::ALL),
            },
        }),
        "PageFile" => json!({
            "": {
                "title": "A page",
                "required": ["title", "text"],
                "not": {"required": ["exercise", "exercises"]},
            },
            "title": {"description": "What the page is called.", "minLength": 1},
            "commands": {
                "description": "What is done when the page opens, as it would be typed. Begin with `reset`.",
                "examples": [["reset", "step 2"]],
            },
            "picture": {
                "description": "The picture that the page shows large.",
                "enum": Picture::ALL.map(Picture::name),
            },
            "text": {
                "description": "What the learner reads, in Markdown. `{before}` shows the weight as it is on the screen.",
                "minLength": 1,
            },
            "exercise": {"description": "What the learner is asked."},
            "exercises": {"description": "What the learner is asked, one after another."},
        }),
        _ => super::exercises::facts(form),
    }
}

fn model_facts(form: &str) -> Value {
    match form {
        "ModelFile" => json!({
            "": {"title": "What is trained", "minProperties": 1, "maxProperties": 1},
            "weight": {"description": "One weight, with a gradient for each update."},
            "surface": {"description": "A loss that is a formula; its slopes are worked out."},
            "network": {"description": "A network and its data."},
        }),
        "WeightFile" => json!({
            "": {"title": "One weight", "required": ["start", "gradients"]},
            "name": {
                "description": "How commands and code call the weight. Without it: w.",
                "examples": ["w", "ihWeights[i,j]"],
            },
            "start": {"description": "The weight before the first update.", "examples": [3.56]},
            "previous_delta": {
                "description": "What is remembered at the start. Without it: 0.",
                "examples": [0.044],
            },
            "gradients": {
                "description": "One for each update; the run ends after the last.",
                "minItems": 1,
                "examples": [[2.7, 2.2]],
            },
            "loss": {
                "description": "A loss that has these gradients, to be drawn.",
                "examples": ["(w-4)^2"],
            },
        }),
        _ => json!({
            "": {"title": "A surface", "required": ["loss", "start"]},
            "loss": {
                "description": "The formula of the loss.",
                "examples": ["0.05*x^2 + 1.5*y^2", "x^4 - 3*x^2 + x"],
            },
            "start": {
                "description": "Each variable of the loss, and where it starts.",
                "examples": [{"x": -9, "y": 2}],
            },
            "previous_delta": {"description": PREVIOUS_DELTA},
            "view": {
                "description": "The lowest and the highest number that is shown of a variable.",
                "examples": [{"x": [-10, 10], "y": [-3, 3]}],
                "additionalProperties": {
                    "type": "array",
                    "items": f64::schema(),
                    "minItems": 2,
                    "maxItems": 2,
                },
                "minProperties": 0,
            },
        }),
    }
}

fn network_facts(form: &str) -> Value {
    match form {
        "NetworkFile" => json!({
            "": {"title": "A network", "required": ["layers", "data"]},
            "layers": {
                "description": "How many inputs, hidden nodes (none, or several layers of them) and outputs.",
                "items": {"type": "integer", "minimum": 1},
                "minItems": 2,
                "examples": [[2, 3, 1], [4, 5, 3]],
            },
            "hidden": {
                "description": "What hidden nodes do with their sum. Without it: tanh.",
                "enum": names(&Activation::HIDDEN),
            },
            "output": {
                "description": "What output nodes do with their sum. Without it: softmax.",
                "enum": names(&Activation::OUTPUT),
            },
            "error": {
                "description": "What is made small. Without it: squared, half the sum of squares.",
                "enum": names(&ErrorMeasure::ALL),
            },
            "softmax_derivative": {
                "description": "full: the true gradient of softmax and squared error; diagonal: without the cross terms. Without it: full.",
                "enum": names(&SoftmaxDerivative::ALL),
            },
            "train_biases": {"description": "Whether biases change. Without it: true."},
            "initial": {"description": "The weights and biases at the start. Without it: drawn between -0.01 and 0.01."},
            "random": {"description": "Where drawn numbers come from."},
            "order": {
                "description": "The order of the items: as they are written, shuffled anew before each epoch, or a list of them. Without it: sequential.",
                "anyOf": [{"enum": ["sequential", "shuffled"]}, {"type": "array"}],
            },
            "previous_delta": {"description": PREVIOUS_DELTA},
            "data": {"description": "What is learned: rows here, or a file beside the lesson."},
        }),
        "InitialFile" => json!({
            "": {
                "title": "The start",
                "oneOf": [
                    {"required": ["low", "high"]},
                    {"required": ["weights", "biases"]},
                ],
                "examples": [{"low": -0.5, "high": 0.5}],
            },
            "low": {"description": "They are drawn from here on."},
            "high": {"description": "They are drawn up to here."},
            "weights": {"description": "By layer, node it comes from, node it leads to."},
            "biases": {"description": "By layer and node."},
        }),
        _ => json!({
            "": {"title": "Random numbers", "examples": [{"generator": "python", "seed": 3}]},
            "generator": {
                "description": "chacha, or python for the numbers of Python's random. Without it: chacha.",
                "enum": names(&Generator::ALL),
            },
            "seed": {"description": "Another seed draws other numbers. Without it: 0."},
        }),
    }
}

fn data_facts(form: &str) -> Value {
    match form {
        "DataFile" => json!({
            "": {
                "title": "Data",
                "oneOf": one_of(&["rows", "file"]),
                "dependencies": {
                    "file": {"required": ["inputs"], "oneOf": one_of(&["targets", "classes"])},
                    "test_file": ["file"],
                    "inputs": ["file"],
                    "targets": ["file"],
                    "classes": ["file"],
                },
            },
            "rows": {"description": "The items.", "minItems": 1},
            "file": {
                "description": "A file of comma-separated values beside the lesson; its first line names the columns.",
                "examples": ["data/iris-train.csv"],
            },
            "separator": {"description": "What stands between the cells of files. Without it: guessed.", "examples": [";"]},
            "decimal": {"description": "The sign before decimals in files. Without it: a point.", "enum": [".", ","]},
            "missing": {
                "description": "Rows that miss something are refused, or left out and counted. Without it: refuse.",
                "enum": ["refuse", "skip"],
            },
            "scale": {
                "description": "How inputs are scaled, by the training rows. Without it: none.",
                "enum": ["none", "standard", "range"],
            },
            "test_file": {"description": "Another such file, which is never trained with."},
            "inputs": {"description": "The column of each input."},
            "targets": {"description": "The column of each output's target, where targets are amounts."},
            "classes": {"description": "The column that names an item's class, where targets are classes."},
        }),
        "RowFile" => json!({
            "": {
                "title": "An item",
                "required": ["inputs", "targets"],
                "examples": [{"inputs": [0, 1], "targets": [1]}],
            },
            "inputs": {"description": "A number for each input."},
            "targets": {"description": "A number for each output."},
        }),
        _ => json!({
            "": {
                "title": "Classes",
                "required": ["column", "order"],
                "examples": [{"column": "species", "order": ["setosa", "versicolor"]}],
            },
            "column": {"description": "The column that names an item's class.", "minLength": 1},
            "order": {"description": "The classes, in the order of the outputs."},
        }),
    }
}
