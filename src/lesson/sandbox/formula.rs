//! A formula as a lesson: its variables, where they start, and a rate with which the run settles.

use serde_yaml::{Mapping, Value};

use super::rate::{self, round_down, slopes};
use super::{Chosen, RULE, Untried, classical, fields, places, say, training};
use crate::command::offset;
use crate::lesson::surface::{advice, nearest, other_name, wrong_name};
use crate::math::expression::{self, Expression, Kind, Mistake, constant};
use crate::math::{Interval, Minimum, Surface, bottom, minima, region, window};

/// What the formula is called in messages.
const NAME: &str = "the formula";
/// Where the first variable is tried to start, in this order,
const STARTS: [f64; 9] = [2.0, 1.0, 0.5, 3.0, 0.1, 10.0, -1.0, -0.5, -3.0];
/// and how many times as far the others: apart, so that no sum or difference of them vanishes.
const APART: [f64; Surface::MOST_VARIABLES] = [1.0, 0.5, 1.5, 0.75, 1.25, 0.6, 1.75, 0.4];
/// The lesson of a formula.
pub(super) fn chosen(text: &str, start: Option<&str>) -> Result<Chosen, Untried> {
    // An equation says what its last side is: `E = x^2`.
    let text = expression::last_side(text).trim();
    let formula = read(text)?;
    let names = variables(text, &formula, start.is_some())?;
    let given = start.map(|start| given(start, &names)).transpose()?;
    let surface = begun(text, &formula, &names, given.as_deref())?;
    let lowest = bottom(&surface);
    let (rate, why) = rate::of_surface(&surface, lowest.as_ref());
    let mut notes = Vec::new();
    if start.is_none() {
        let typed: Vec<String> = (names.iter().zip(surface.start()))
            .map(|(name, value)| format!("{name}={}", say(*value)))
            .collect();
        notes.push(format!(
            "**start {}**, since none was given. `--start {}` with other numbers begins elsewhere.",
            places(&names, surface.start()),
            typed.join(",")
        ));
    }
    notes.push(why);
    notes.push(classical());
    let view = view(&surface, lowest.as_ref());
    notes.push(seen(&surface, view.as_deref()));
    let starts = names.iter().zip(surface.start());
    let starts: Mapping = starts
        .map(|(name, value)| (name.as_str().into(), (*value).into()))
        .collect();
    let mut model = fields([("loss", text.into()), ("start", starts.into())]);
    if let Some(view) = view {
        let ranges = names.iter().zip(view);
        let ranges: Mapping = ranges
            .map(|(name, range)| {
                let ends = [range.low, range.high].map(Value::from).to_vec();
                (name.as_str().into(), ends.into())
            })
            .collect();
        model.insert("view".into(), ranges.into());
    }
    Ok(Chosen {
        title: text.to_owned(),
        model: fields([("surface", model.into())]),
        training: training(RULE, rate),
        notes,
        folder: None,
    })
}

/// A formula whose names are texts.
fn read(text: &str) -> Result<Expression<String>, Untried> {
    let any = |name: &str, span| {
        if expression::is_constant(name) {
            let message = format!("`{name}` would be a variable here");
            return Err(Mistake::new(span, message, "a name such as x or w1"));
        }
        Ok(name.to_owned())
    };
    let wrong = |message: &str, advice: &str| {
        Untried::part(NAME, text, Mistake::new(0..text.len(), message, advice))
    };
    match expression::parse(text, &any) {
        Err(mistake) => {
            let advice = advice(text, &mistake);
            Err(Untried::part(NAME, text, Mistake { advice, ..mistake }))
        }
        Ok(formula) if formula.kind() == Kind::Truth => Err(wrong(
            "this is true or false, and a loss is a number",
            "a formula such as x^2",
        )),
        Ok(formula) if formula.names().is_empty() => {
            let value = say(formula.evaluate(&|_| f64::NAN));
            let message = format!(
                "there is no variable in this: it is {value} everywhere, and nothing can be trained"
            );
            Err(wrong(
                &message,
                "a formula with a variable in it, such as x^2",
            ))
        }
        Ok(formula) => Ok(formula),
    }
}

/// The variables, in the order in which they stand. Where they are not given beside it, what is probably meant otherwise
/// is not taken for one.
fn variables(
    text: &str,
    formula: &Expression<String>,
    are_given: bool,
) -> Result<Vec<String>, Untried> {
    let mut names: Vec<String> = Vec::new();
    for name in formula.names() {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let at = |name: &str, message: String, advice: String| {
        let start = text.find(name).unwrap_or(0);
        let mistake = Mistake::new(start..start + name.len(), message, advice);
        Untried::part(NAME, text, mistake)
    };
    for name in &names {
        if let Some(message) = wrong_name(name) {
            return Err(at(name, message, other_name(name)));
        }
        if are_given {
            continue;
        }
        let letters: Vec<String> = name.chars().map(String::from).collect();
        if letters.len() > 1 && letters.iter().all(|letter| names.contains(letter)) {
            let message = format!("`{name}` would be a variable of its own here");
            let advice = format!("a product is written with *: {}", letters.join("*"));
            return Err(at(name, message, advice));
        }
    }
    let (count, most) = (names.len(), Surface::MOST_VARIABLES);
    if count > most {
        let message = format!("a surface has {most} variables at most, and these are {count}");
        let advice = format!("fewer than {}", names.join(", "));
        return Err(at(&names[most], message, advice));
    }
    Ok(names)
}

/// Where the variables start, in their order: `x=-9,y=2`.
fn given(text: &str, names: &[String]) -> Result<Vec<f64>, Untried> {
    let name = "--start";
    let wrong = |part: &str, message: String, advice: String| {
        let at = offset(text, part);
        Untried::part(
            name,
            text,
            Mistake::new(at..at + part.len(), message, advice),
        )
    };
    let mut found: Vec<Option<f64>> = vec![None; names.len()];
    let parts = text.split([',', ';']).map(str::trim);
    for part in parts.filter(|part| !part.is_empty()) {
        let example = format!(
            "a number for each variable, such as {}=1",
            names.join("=1,")
        );
        let Some((variable, value)) = part.split_once('=') else {
            return Err(wrong(
                part,
                format!("`{part}` is no variable with its number"),
                example,
            ));
        };
        let (variable, value) = (variable.trim(), value.trim());
        let Some(index) = names.iter().position(|name| name == variable) else {
            let message = format!("there is no variable `{variable}` in the formula");
            return Err(wrong(variable, message, nearest(variable, names)));
        };
        if found[index].is_some() {
            let message = format!("`{variable}` has a number already");
            return Err(wrong(
                part,
                message,
                "one number for each variable".to_owned(),
            ));
        }
        let number = constant(value);
        found[index] = Some(number.map_err(|mistake| wrong(value, mistake.message, example))?);
    }
    let missing: Vec<&str> = (names.iter().zip(&found))
        .filter(|(_, value)| value.is_none())
        .map(|(name, _)| name.as_str())
        .collect();
    if missing.is_empty() {
        return Ok(found.into_iter().flatten().collect());
    }
    let begun = text.trim().trim_end_matches([',', ';']);
    let comma = if begun.is_empty() { "" } else { "," };
    let advice = format!("--start {begun}{comma}{}=1", missing.join("=1,"));
    let have = if missing.len() == 1 { "has" } else { "have" };
    let message = format!(
        "`{}` {have} no number to start from",
        missing.join("` and `")
    );
    let end = text.len();
    Err(Untried::part(
        name,
        text,
        Mistake::new(end..end, message, advice),
    ))
}

/// The surface with a start: the one that is given, or else the first of some with a slope along every variable.
fn begun(
    text: &str,
    formula: &Expression<String>,
    names: &[String],
    given: Option<&[f64]>,
) -> Result<Surface, Untried> {
    let index = |name: &str, span| {
        let place = names.iter().position(|known| known == name);
        place.ok_or_else(|| Mistake::new(span, "this is no variable", ""))
    };
    let read = expression::parse(text, &index);
    let read = read.map_err(|mistake| Untried::part(NAME, text, mistake))?;
    debug_assert_eq!(formula.kind(), read.kind());
    let at = |start: Vec<f64>| {
        let views = vec![None; names.len()];
        Surface::new(text, read.clone(), names.to_vec(), start, views)
    };
    let tried = || {
        STARTS.map(|first| {
            at(APART[..names.len()]
                .iter()
                .map(|apart| first * apart)
                .collect())
        })
    };
    let is_finite = |surface: &Surface| slopes(surface).is_some();
    let leads = |surface: &Surface| slopes(surface).is_some_and(|slopes| !slopes.contains(&0.0));
    let moves = |surface: &Surface| {
        slopes(surface).is_some_and(|slopes| slopes.iter().any(|slope| *slope != 0.0))
    };
    let found = || {
        let all = tried();
        let mut best = all.iter().find(|surface| leads(surface));
        best = best.or_else(|| all.iter().find(|surface| moves(surface)));
        best.cloned()
    };
    let Some(given) = given else {
        return found().ok_or_else(|| {
            let (message, advice) = if tried().iter().any(is_finite) {
                let advice = format!("--start {}=1 says where to begin", names.join("=1,"));
                (
                    "no place was found where this has a slope that leads down",
                    advice,
                )
            } else {
                let advice =
                    "a formula that has a value and slopes; is there a division by 0 in it?";
                (
                    "no place was found where this is a finite number",
                    advice.to_owned(),
                )
            };
            Untried::part(NAME, text, Mistake::new(0..text.len(), message, advice))
        });
    };
    let surface = at(given.to_vec());
    if is_finite(&surface) {
        return Ok(surface);
    }
    let here = places(names, given);
    let loss = surface.loss(given);
    let message = if loss.is_finite() {
        format!("this has no finite slope at {here}")
    } else {
        format!("this is no finite number at {here}")
    };
    let advice = found().map_or_else(
        || "another place to start from".to_owned(),
        |other| {
            let starts: Vec<String> = (names.iter().zip(other.start()))
                .map(|(name, value)| format!("{name}={}", say(*value)))
                .collect();
            format!("another start, such as --start {}", starts.join(","))
        },
    );
    Err(Untried::part(
        NAME,
        text,
        Mistake::new(0..text.len(), message, advice),
    ))
}

/// The ranges of a picture in which the start and the bottom are, where it would not show both by itself.
fn view(surface: &Surface, lowest: Option<&Minimum>) -> Option<Vec<Interval>> {
    let lowest = lowest.filter(|_| surface.names().len() <= 2)?;
    let shown = shown(surface);
    if lowest
        .point
        .iter()
        .zip(&shown)
        .all(|(place, range)| range.contains(*place))
    {
        return None;
    }
    let ends = surface.start().iter().zip(&lowest.point);
    let widest = ends
        .clone()
        .map(|(start, end)| (start - end).abs())
        .fold(0.0, f64::max);
    let room = round_down(0.4 * widest);
    let range = |(start, end): (&f64, &f64)| Interval {
        low: (start.min(*end) / room).floor() * room - room,
        high: (start.max(*end) / room).ceil() * room + room,
    };
    Some(ends.map(range).collect())
}

/// What the picture shows by itself.
fn shown(surface: &Surface) -> Vec<Interval> {
    let minima = minima(surface, &region(surface));
    window(surface, &minima, &[surface.start()])
}

/// What there is to see.
fn seen(surface: &Surface, view: Option<&[Interval]>) -> String {
    let names = surface.names();
    if names.len() > 2 {
        let count = names.len();
        return format!(
            "With {count} variables there is no picture of the surface: `v` goes through those of the run."
        );
    }
    let (ranges, more) = match view {
        Some(view) => (view.to_vec(), ""),
        None => (shown(surface), ", and more where the run goes further"),
    };
    let ranges: Vec<String> = (names.iter().zip(&ranges))
        .map(|(name, range)| format!("{name} from {} to {}", say(range.low), say(range.high)))
        .collect();
    format!(
        "**the picture** shows {}{more}; `+` and `-` zoom in it.",
        ranges.join(" and ")
    )
}
