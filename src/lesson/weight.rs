//! Lessons whose model is one weight, and the loss that its gradients may be drawn on.

use std::ops::Range;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::Code;
use super::checker::Checker;
use super::expected::Leaf;
use super::file::{LossFile, WeightFile};
use super::yaml::{Step, value_span};
use crate::command;
use crate::explain::{Digits, number};
use crate::math::expression::{self, Kind, Mistake};
use crate::math::portable::power_of_ten;
use crate::math::{Convention, Model, ScriptedWeight, Settings, Surface};
use crate::timeline::Timeline;

/// What a weight is called in its loss, whatever its name.
const SHORT: &str = "w";

impl Checker<'_> {
    /// The weight, its gradients still in the lesson's convention.
    pub(super) fn weight(&mut self, file: WeightFile) -> Option<ScriptedWeight> {
        let name = self.optional_with("name", file.name, |_, name| Some(name));
        let name = name.unwrap_or_else(|| SHORT.to_owned());
        self.check_parameter_name(&name);
        self.parameters.push(name.clone());
        let start = self.required("start", file.start);
        let previous_delta = self.optional("previous_delta", file.previous_delta);
        let gradients = self.required_with("gradients", file.gradients, |checker, items| {
            let advice = "one number for each update, such as `[2.70]`";
            checker.filled("gradients", items.len(), advice)?;
            checker.items(items, f64::check)
        });
        let loss = self.given_or(None, "loss", file.loss, |checker, LossFile(text)| {
            let start = start?;
            let read = |checker: &mut Self| checker.drawn_on(&text, &name, start);
            let surface = checker.as_code(Code::Formula, read)?;
            Some(Some(Box::new(surface)))
        });
        Some(ScriptedWeight {
            name,
            start: start?,
            previous_delta: previous_delta.unwrap_or(0.0),
            downhill: gradients?,
            loss: loss?,
        })
    }

    /// The loss over the weight, which is called `w` in it, or by its name.
    fn drawn_on(&mut self, text: &str, name: &str, start: f64) -> Option<Surface> {
        let known = |found: &str, span| {
            let is_weight = found == SHORT || found == name;
            let otherwise = || Mistake::new(span, format!("`{found}` is not the weight"), ADVICE);
            is_weight.then_some(0).ok_or_else(otherwise)
        };
        let read = match expression::parse_in(self.decimal, text, &known) {
            Ok(read) if read.kind() == Kind::Truth => {
                return self.refuse("the loss is a number, and this is true or false", ADVICE);
            }
            Ok(read) if read.names().is_empty() => {
                return self.refuse("the weight does not stand in its loss", ADVICE);
            }
            Ok(read) => read,
            Err(mistake) => {
                let place = |checker: &Self| checker.part_of_value(text, mistake.span);
                self.complain(place, mistake.message, mistake.advice);
                return None;
            }
        };
        let names = vec![name.to_owned()];
        Some(Surface::new(text, read, names, vec![start], vec![None]))
    }

    /// Each gradient must be the loss's where its update starts, to the digits that are given.
    pub(super) fn check_gradients(
        &mut self,
        model: &Arc<Model>,
        settings: Settings,
        convention: Convention,
    ) {
        let Some((weight, loss)) = model.weight().zip(model.ground()) else {
            return;
        };
        let mut timeline = Timeline::new(Arc::clone(model), settings);
        let mut starts = Vec::new();
        let updates = weight.downhill.len() as u64;
        timeline.run_mut().go(0, updates, |record, _| {
            starts.push(record.updates[0].before);
            false
        });
        for (index, (start, given)) in starts.into_iter().zip(&weight.downhill).enumerate() {
            let mut slope = [0.0];
            loss.downhill(&[start], &mut slope);
            let path = [
                Step::key("model"),
                Step::key("weight"),
                Step::key("gradients"),
                Step::Index(index),
            ];
            let place = value_span(self.source, &path);
            let unit = last_digit(&self.source[place.clone()]);
            if (slope[0] - given).abs() <= 0.5 * unit * (1.0 + 1e-6) + 1e-12 * given.abs() {
                continue;
            }
            let shown = |value| number::display(value, Digits::default());
            let right = convention.flip((slope[0] / unit).round() * unit);
            let advice = if right.is_finite() {
                format!("{}, or another `loss`", shown(right))
            } else {
                "another `loss`: this one has no finite slope there".to_owned()
            };
            let message = format!(
                "the loss has another gradient here: update {} starts at {}",
                index + 1,
                shown(start)
            );
            let place = move |_: &Self| -> Range<usize> { place };
            self.complain(place, message, advice);
            // Where one is wrong, those after it start elsewhere.
            return;
        }
    }

    fn check_parameter_name(&mut self, name: &str) {
        let message = if name.is_empty()
            || name.contains(|c: char| c.is_whitespace() || "#;'\"".contains(c))
        {
            "a weight's name is one word, without quotes or `#`, since it is typed in commands"
                .to_owned()
        } else if command::is_setting(name) {
            format!("`{name}` is already the name of a setting or quantity")
        } else if expression::is_word(name)
            || expression::is_constant(name)
            || super::surface::TAKEN.contains(&name)
        {
            format!("`{name}` already means something else in formulas or commands")
        } else if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            "a weight's name begins with a letter, so that it is told from a number".to_owned()
        } else if name.width() > 24 {
            "a weight's name has 24 characters at most, to fit beside its numbers".to_owned()
        } else {
            return;
        };
        self.refuse_field::<()>("name", message, "a name such as `w` or `ihWeights[i,j]`");
    }
}

/// What works as a weight's loss.
const ADVICE: &str = "a formula with the weight in it, called `w`, such as (w-4)^2";

/// What a one in the last digit of a number stands for, as it is written: 0.01 of `2.70`, 10 of `1e1`, next to nothing of `1/3`.
fn last_digit(written: &str) -> f64 {
    let sign = |c: char| c.is_ascii_digit() || "+-.eE".contains(c);
    let end = written.find(|c| !sign(c)).unwrap_or(written.len());
    if written[end..].trim_start().starts_with('/') {
        // A fraction is exact.
        return power_of_ten(-15);
    }
    let number = &written[..end];
    let (digits, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let decimals = digits.split_once('.').map_or("", |(_, decimals)| decimals);
    let decimals: i32 = decimals.chars().map(|_| 1).sum();
    let exponent: i32 = exponent.parse().unwrap_or(0);
    power_of_ten(exponent.saturating_sub(decimals))
}
