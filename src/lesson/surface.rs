//! Lessons whose model is a surface: the formula, its variables, where they start and what is shown of them.

use unicode_width::UnicodeWidthStr;

use super::checker::Checker;
use super::expected::{Expected, Leaf};
use serde_json::Value as Json;

use super::field::Field;
use super::file::{Entries, List, LossFile, SurfaceFile};
use super::yaml::{Step, key_span};
use super::{Code, schema};
use crate::command;
use crate::math::expression::{self, Expression, Kind, Mistake};
use crate::math::{Interval, Surface};

/// The most characters of a variable's name, so that it fits beside its numbers.
const LONGEST_NAME: usize = 24;
/// Names that conditions and commands read otherwise.
pub(super) const TAKEN: [&str; 8] = [
    "step",
    "epoch",
    "loss",
    "mse",
    "accuracy",
    "test_accuracy",
    "until",
    "nan",
];

impl Expected for LossFile {
    const WHAT: &'static str = "a formula";
    const EXAMPLE: &'static str = "a formula with a variable in it, such as 0.05*x^2";

    fn schema() -> Json {
        String::schema()
    }
}

impl Expected for Entries<f64> {
    const WHAT: &'static str = "a mapping";
    const EXAMPLE: &'static str = "a number for each variable, such as `{x: -9, y: 2}`";

    fn schema() -> Json {
        schema::by_variable(&f64::schema())
    }
}

impl Expected for Entries<List<f64>> {
    const WHAT: &'static str = "a mapping";
    const EXAMPLE: &'static str = "a range for each variable, such as `{x: [-10, 10]}`";

    fn schema() -> Json {
        schema::by_variable(&List::<f64>::schema())
    }
}

impl Checker<'_> {
    pub(super) fn surface(&mut self, file: SurfaceFile) -> Option<Surface> {
        let start = self.required_with("start", file.start, Self::start);
        let named = |start: &Vec<_>| {
            start
                .iter()
                .map(|(name, _): &(String, _)| name.clone())
                .collect()
        };
        let names: Option<Vec<String>> = start.as_ref().map(named);
        self.parameters.extend(names.iter().flatten().cloned());
        self.metrics = &["loss"];
        let loss = self.required_with("loss", file.loss, |checker, LossFile(text)| {
            let names = names.as_deref();
            let read = |checker: &mut Self| checker.loss(&text, names);
            let expression = checker.as_code(Code::Formula, read)?;
            Some((text, expression))
        });
        let previous = self.given_or(
            None,
            "previous_delta",
            file.previous_delta,
            |checker, file| {
                let names = names.as_deref().unwrap_or(&[]);
                checker.previous_delta(file, names, &|_| true).map(Some)
            },
        );
        let view = self.given_or(Vec::new(), "view", file.view, |checker, view| {
            checker.view(view, names.as_deref())
        });
        let (names, start): (_, Option<Vec<f64>>) = (names?, start.map(numbers)?);
        let ((text, expression), view, start) = (loss?, view?, start?);
        self.all_variables_count(&expression, &names)?;
        let shown = |name: &String| {
            let found = view.iter().find(|(shown, _)| shown == name);
            found.map(|(_, interval)| *interval)
        };
        let view = names.iter().map(shown).collect();
        let mut surface = Surface::new(text, expression, names, start, view);
        if let Some(previous) = previous? {
            surface = surface.with_previous_delta(previous);
        }
        self.begins_somewhere(&surface)?;
        Some(surface)
    }

    /// Every variable with the number it starts from, as far as that is one.
    fn start(&mut self, Entries(entries): Entries<f64>) -> Option<Vec<(String, Option<f64>)>> {
        let count = entries.len();
        if count == 0 {
            return self.refuse("`start` names no variable", Entries::<f64>::EXAMPLE);
        }
        if count > Surface::MOST_VARIABLES {
            let most = Surface::MOST_VARIABLES;
            let message = format!("a surface has {most} variables at most, and these are {count}");
            self.complain(Self::key_span_here, message, "fewer variables");
            return None;
        }
        let variable = |(name, value): (String, Field<f64>)| {
            self.below(Step::key(&name), |checker| {
                let wrong = wrong_name(&name);
                let is_wrong = wrong.is_some();
                if let Some(message) = wrong {
                    checker.complain(Self::key_span_here, message, other_name(&name));
                }
                let value = checker
                    .take(value)
                    .and_then(|value| f64::check(checker, value));
                (!is_wrong).then_some((name, value))
            })
        };
        let variables: Vec<_> = entries.into_iter().map(variable).collect();
        variables.into_iter().collect()
    }

    /// The formula over the variables, by their index. Where these are not known, it is only read.
    fn loss(&mut self, text: &str, names: Option<&[String]>) -> Option<Expression<usize>> {
        let index = |name: &str, span| match names {
            None => Ok(0),
            Some(names) => {
                let found = names.iter().position(|known| known == name);
                found.ok_or_else(|| {
                    let message = format!("`{name}` has no value to start from");
                    Mistake::new(span, message, missing_start(name, names))
                })
            }
        };
        match expression::parse_in(self.decimal, text, &index) {
            Ok(expression) if expression.kind() == Kind::Truth => {
                let message = "the loss is a number, and this is true or false";
                self.refuse(message, "a formula such as x^2")
            }
            Ok(expression) => Some(expression),
            Err(mistake) => {
                let advice = advice(text, &mistake);
                let place = |checker: &Self| checker.part_of_value(text, mistake.span);
                self.complain(place, mistake.message, advice);
                None
            }
        }
    }

    /// Complains about variables that are not in the formula, since they would never change.
    fn all_variables_count(&mut self, loss: &Expression<usize>, names: &[String]) -> Option<()> {
        let used = loss.names();
        let mut fine = Some(());
        for (index, name) in names.iter().enumerate() {
            if !used.contains(&&index) {
                let message = format!("`{name}` does not stand in the loss");
                self.below(Step::key("start"), |checker| {
                    let place = |checker: &Self| checker.place(name, key_span);
                    checker.complain(place, message, "leave it out, or use it in `loss`");
                });
                fine = None;
            }
        }
        fine
    }

    /// The range to be shown of each variable that has one.
    fn view(
        &mut self,
        Entries(entries): Entries<List<f64>>,
        names: Option<&[String]>,
    ) -> Option<Vec<(String, Interval)>> {
        let shown = |(name, range): (String, Field<List<f64>>)| {
            let known = names.is_none_or(|names| names.contains(&name));
            self.below(Step::key(&name), |checker| {
                if !known {
                    let near = nearest(&name, names.unwrap_or(&[]));
                    let message = format!("there is no variable `{name}`");
                    checker.complain(Self::key_span_here, message, near);
                }
                let interval = checker.range(range);
                known.then_some(name).zip(interval)
            })
        };
        let view: Vec<_> = entries.into_iter().map(shown).collect();
        view.into_iter().collect()
    }

    fn range(&mut self, range: Field<List<f64>>) -> Option<Interval> {
        let example = "the lowest and the highest number, such as `[-10, 10]`";
        let items = match range {
            Field::Wrong(_) => Vec::new(),
            Field::Absent | Field::Good { .. } => self.take(range)?,
        };
        if items.len() != 2 {
            let message = format!("{} must be a list of two numbers", self.name());
            return self.refuse(message, example);
        }
        let ends = self.items(items, f64::check)?;
        let (low, high) = (ends[0], ends[1]);
        let interval = Interval { low, high };
        if low < high && interval.width().is_finite() {
            return Some(interval);
        }
        let message = if low < high {
            "this range is wider than any number"
        } else {
            "this range ends before it begins"
        };
        self.refuse(message, example)
    }

    /// The loss and its slope must be numbers where runs start.
    fn begins_somewhere(&mut self, surface: &Surface) -> Option<()> {
        let mut downhill = vec![0.0; surface.names().len()];
        let loss = surface.downhill(surface.start(), &mut downhill);
        let message = if !loss.is_finite() {
            "the loss is no finite number at the start".to_owned()
        } else if let Some(index) = downhill.iter().position(|slope| !slope.is_finite()) {
            let name = &surface.names()[index];
            format!("the loss has no finite slope in `{name}` at the start")
        } else {
            return Some(());
        };
        self.refuse_field("start", message, "another place to start from")
    }
}

/// What would work instead of a mistake in a formula.
pub(super) fn advice(text: &str, mistake: &Mistake) -> String {
    if mistake.advice != expression::EXAMPLES {
        return mistake.advice.clone();
    }
    let factor = |next: char| next.is_alphanumeric() || next == '(';
    if text[mistake.span.start..].starts_with(factor) {
        "a product is written with *, as in 2*x".to_owned()
    } else {
        "for example 0.05*x^2 + 1.5*y^2".to_owned()
    }
}

/// The numbers of all variables, where all have one.
fn numbers(start: Vec<(String, Option<f64>)>) -> Option<Vec<f64>> {
    start.into_iter().map(|(_, value)| value).collect()
}

fn missing_start(name: &str, names: &[String]) -> String {
    let add = format!("add `{name}: 1` to `start`");
    match nearest_of(name, names) {
        Some(near) => format!("did you mean `{near}`? Or {add}"),
        None => format!("{add}; a product is written with *"),
    }
}

/// The variable that was probably meant, or all of them.
pub(super) fn nearest(name: &str, names: &[String]) -> String {
    match nearest_of(name, names) {
        Some(near) => format!("did you mean `{near}`?"),
        None if names.len() == 1 => format!("the variable is {}", names[0]),
        None => format!("the variables are {}", names.join(", ")),
    }
}

/// The variable that was probably meant. All names of one letter are as near to one another.
fn nearest_of<'a>(name: &str, names: &'a [String]) -> Option<&'a str> {
    let long = name.chars().count() > 2;
    long.then(|| command::closest(name, names.iter().map(String::as_str)))?
}

/// What to call a variable instead.
pub(super) fn other_name(name: &str) -> String {
    let own = "a name such as `x` or `w1`";
    match expression::constant(name) {
        Err(mistake) if expression::is_constant(name) => {
            format!("{own} for a variable; {}", mistake.advice)
        }
        Ok(_) | Err(_) => own.to_owned(),
    }
}

/// What is wrong with the name of a variable, if anything is.
pub(super) fn wrong_name(name: &str) -> Option<String> {
    let word = name.split('[').next().unwrap_or(name);
    let taken = |name: &str| {
        expression::is_word(name)
            || expression::is_constant(name)
            || command::is_setting(name)
            || TAKEN.contains(&name)
    };
    if taken(name) || taken(word) {
        return Some(format!(
            "`{name}` already means something else in formulas or commands"
        ));
    }
    if name.width() > LONGEST_NAME {
        return Some(format!(
            "a variable's name has {LONGEST_NAME} characters at most, to fit beside its numbers"
        ));
    }
    let typed = |read: &str, _| Ok(read == name);
    let is_name = matches!(expression::parse(name, &typed), Ok(Expression::Name(true)));
    let has_signs = name.contains(|c: char| c.is_whitespace() || "#;'\"".contains(c));
    (!is_name || has_signs).then(|| {
        "a variable's name is one word of letters, digits and `_`, and begins with a letter"
            .to_owned()
    })
}
