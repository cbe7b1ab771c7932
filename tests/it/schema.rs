//! The JSON Schema of lessons says what the loader says, as far as a schema can.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use nnmom_tutor::lesson::{Code, Lesson, LoadError, Starter, schema};
use serde_json::{Map, Value};

use crate::support::depth::in_full;
use crate::support::sittings::broken;

/// The kinds of mistakes that a schema can say, and editors mark by it.
const SAID: &[Code] = &[
    Code::UnknownField,
    Code::MissingField,
    Code::WrongKind,
    Code::UnknownName,
];

/// The kinds that it cannot say, and why.
const BEYOND: &[(Code, &str)] = &[
    (Code::Unreadable, "the file has to be there"),
    (
        Code::Yaml,
        "it has to be read before anything is said of its fields",
    ),
    (
        Code::DuplicateField,
        "of two fields of a name, readers of YAML keep one",
    ),
    (
        Code::Value,
        "most values go with others: layers with rows, `low` with `high`",
    ),
    (Code::Formula, "a formula is a text"),
    (Code::Command, "a command is a text"),
    (Code::LiveValue, "it stands within a text"),
    (Code::Data, "another file has to be read"),
    (Code::Exercise, "it has to be asked and solved"),
    (Code::Page, "it has to be opened"),
    (Code::More, "it is no mistake by itself"),
    (Code::Stopped, "it is no mistake at all"),
];

/// Lessons with mistakes of the first kinds that it cannot say all the same, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "binary-number",
        "readers of YAML differ about what is a number",
    ),
    ("hexadecimal-number", "the same"),
];

fn validator() -> Validator {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    jsonschema::draft7::new(&schema).unwrap()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The lessons in a folder.
fn lessons_in(folder: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let is_lesson = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "yaml");
    let mut paths: Vec<PathBuf> = paths.filter(is_lesson).collect();
    paths.sort();
    paths
}

/// A lesson as editors understand it.
fn read(source: &str) -> Option<Value> {
    serde_yaml::from_str(source).ok()
}

#[track_caller]
fn assert_accepted(validator: &Validator, name: &str, source: &str) {
    let value = read(source).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn every_lesson_is_right_by_the_schema_and_names_it() {
    let validator = validator();
    for path in lessons_in("lessons") {
        let source = fs::read_to_string(&path).unwrap();
        let name = path.display().to_string();
        assert_accepted(&validator, &name, &source);
        let modeline = "# yaml-language-server: $schema=lesson.schema.json\n";
        assert!(source.starts_with(modeline), "{name}");
    }
    for starter in Starter::ALL {
        assert_accepted(&validator, &format!("{starter:?}"), starter.source());
    }
}

#[test]
fn what_is_wrong_by_its_shape_is_wrong_by_the_schema() {
    let validator = validator();
    let mut seen = BTreeSet::new();
    let mut unsaid = Vec::new();
    for (path, error) in broken() {
        let source = fs::read_to_string(path).unwrap_or_default();
        let name = path.file_name().unwrap().to_str().unwrap();
        let codes: Vec<Code> = error
            .findings()
            .iter()
            .map(|finding| finding.code)
            .collect();
        seen.extend(codes.iter().map(|code| code.name()));
        let said = codes.iter().all(|code| SAID.contains(code));
        let excepted = EXCEPTIONS.iter().any(|(part, _)| name.contains(part));
        if let Some(value) = read(&source).filter(|_| said && !excepted)
            && validator.is_valid(&value)
        {
            unsaid.push(format!("{name}: {error}"));
        }
    }
    assert!(unsaid.is_empty(), "{}", unsaid.join("\n"));
    for code in SAID {
        assert!(
            seen.contains(code.name()),
            "{code:?} is in no broken lesson"
        );
    }
}

#[test]
fn each_kind_of_mistake_is_one_that_a_schema_says_or_does_not() {
    for code in Code::ALL {
        let beyond = BEYOND.iter().any(|(known, _)| known == code);
        assert_ne!(SAID.contains(code), beyond, "{code:?}");
    }
}

/// Each kind of finding is told of somewhere, and so none of the codes is idle.
#[test]
fn each_code_is_found_in_some_lesson() {
    let mut seen = BTreeSet::new();
    let mut note = |error: &LoadError| {
        seen.extend(error.findings().iter().map(|finding| finding.code.name()));
    };
    for (_, error) in broken() {
        note(error);
    }
    note(&Lesson::open("nowhere.yaml").unwrap_err());
    note(&LoadError::stopped("momentum", "stopped at page 1"));
    let idle: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !seen.contains(code.name()))
        .collect();
    assert!(idle.is_empty(), "{idle:?}");
}

/// The values in a lesson by the way to each.
fn ways(value: &Value, way: &str, all: &mut Vec<String>) {
    all.push(way.to_owned());
    match value {
        Value::Object(map) => {
            for (key, item) in map {
                let key = key.replace('~', "~0").replace('/', "~1");
                ways(item, &format!("{way}/{key}"), all);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                ways(item, &format!("{way}/{index}"), all);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The same lesson with one thing in it changed, in each way in which that can be done.
fn changed(lesson: &Value, way: &str) -> Vec<Value> {
    let others = [
        Value::Null,
        true.into(),
        (-1).into(),
        7.into(),
        0.5.into(),
        "words".into(),
        "1/2".into(),
        Value::Array(Vec::new()),
        Value::Object(Map::new()),
    ];
    let mut all: Vec<Value> = Vec::new();
    for other in others {
        let mut lesson = lesson.clone();
        *lesson.pointer_mut(way).unwrap() = other;
        all.push(lesson);
    }
    let (parent, key) = way.rsplit_once('/').unwrap_or(("", ""));
    let mut without = lesson.clone();
    if let Some(Value::Object(map)) = without.pointer_mut(parent)
        && let Some(value) = map.remove(key)
    {
        all.push(without.clone());
        let map = without
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap();
        map.insert(format!("{key}x"), value);
        all.push(without);
    }
    all
}

/// Changes lessons in one place each: what the schema refuses the loader refuses, and what the loader refuses for its
/// shape the schema refuses.
#[test]
fn the_schema_and_the_loader_agree_on_lessons_with_something_changed() {
    let validator = validator();
    let starters = Starter::ALL.iter().map(|one| one.source().to_owned());
    let mut lessons = vec![root().join("tests/exercises.yaml")];
    if in_full() {
        lessons.extend(lessons_in("lessons"));
    }
    let lessons = lessons.iter().map(|path| fs::read_to_string(path).unwrap());
    let sources = starters.chain(lessons);
    let (mut refused, mut count) = (0, 0);
    let mut seen = BTreeSet::new();
    let mut unlike = Vec::new();
    for source in sources {
        let lesson = read(&source).unwrap();
        let mut all = Vec::new();
        ways(&lesson, "", &mut all);
        // Of the items of lists, which one it is matters little.
        all.retain(|way| seen.insert(way.replace(|c: char| c.is_ascii_digit(), "")));
        for way in all {
            for other in changed(&lesson, &way) {
                let text = serde_json::to_string_pretty(&other).unwrap();
                let name = "lessons/changed.yaml";
                let by_schema = validator.is_valid(&other);
                let by_loader = Lesson::parse(name, text.as_bytes());
                count += 1;
                match by_loader {
                    Ok(_) if by_schema => {}
                    Ok(_) => unlike.push(format!(
                        "the schema alone refuses {}: {way}",
                        other.pointer(&way).unwrap_or(&Value::Null)
                    )),
                    Err(error) => {
                        refused += 1;
                        let said = |code: &Code| SAID.contains(code);
                        let mut codes = error.findings().iter().map(|finding| finding.code);
                        if by_schema && codes.all(|code| said(&code)) {
                            unlike.push(format!("by the schema it is right: {way}: {error}"));
                        }
                    }
                }
            }
        }
    }
    unlike.dedup();
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
    assert!(count > 800 && refused > count / 2, "{refused} of {count}");
}

/// An editor shows what a field is for: a description of each, and examples or names of many.
#[test]
fn every_field_has_its_description() {
    let schema: Value = serde_json::from_str(&schema()).unwrap();
    let mut all = Vec::new();
    ways(&schema, "", &mut all);
    let is_field = |way: &&String| {
        let parent = way.rsplit_once('/').map_or("", |(parent, _)| parent);
        parent.ends_with("/properties")
    };
    let fields: Vec<&String> = all.iter().filter(is_field).collect();
    assert!(fields.len() > 50, "{fields:?}");
    for field in fields {
        let described = schema.pointer(&format!("{field}/description"));
        assert!(described.is_some(), "{field} has no description");
    }
    assert_eq!(
        schema["properties"]["training"]["properties"]["rule"]["enum"][1],
        "article"
    );
}
