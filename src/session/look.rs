//! Looking and asking: answers in words.

use super::motion::plural;
use super::{Outcome, Refusal, Session};
use crate::command::{Topic, advise};
use crate::explain::{Form, Line, Quantity, Role, Text, number, why};

impl Session {
    pub(super) fn show(&self, topic: Topic) -> Outcome {
        match topic {
            Topic::State => Outcome::shows("State", self.state_text()),
            Topic::Weights => Outcome::shows("Weights", self.weights_text()),
            Topic::Gradients => Outcome::shows("Gradients", self.gradients_text()),
            Topic::Lesson => Outcome::shows(self.page().title.clone(), self.page_text()),
        }
    }

    pub(super) fn why(&self, quantity: Option<Quantity>) -> Result<Outcome, Refusal> {
        let derivation = self.derivation();
        let shown = self.position.lines.max(1);
        let quantity = quantity.unwrap_or(derivation.lines[shown - 1].quantity);
        if derivation.known_after(quantity) > self.position.lines {
            let words = quantity.words(derivation.rule);
            return Err(Refusal::new(
                format!("the {words} has not been shown yet"),
                "→ or `next` shows the next line",
            ));
        }
        let words = capital(quantity.words(derivation.rule));
        let title = format!("Why? {words}, update {}", self.position.update + 1);
        why(&derivation, quantity, self.digits)
            .map(|text| Outcome::shows(title, text))
            .ok_or_else(|| {
                let has = Quantity::ALL
                    .into_iter()
                    .filter(|quantity| derivation.line(*quantity).is_some());
                let names: Vec<&str> = has.map(Quantity::name).collect();
                let message = format!("this update has no {}", quantity.words(derivation.rule));
                Refusal::new(message, advise("", names))
            })
    }

    fn state_text(&self) -> Text {
        let record = self.record();
        let derivation = self.derivation();
        let settings = record.settings;
        let show = |value| number::display(value, self.digits);
        let place = self.place();
        let mut lines = vec![
            Line::plain(format!(
                "{}, {} {} complete.",
                capital(&place),
                self.step(),
                plural(self.step(), "update")
            )),
            Line::plain("rule ").with(settings.rule.name(), Role::Strong),
        ];
        for (quantity, value) in [
            (Quantity::LearningRate, settings.learning_rate),
            (Quantity::Momentum, settings.momentum),
        ] {
            let words = format!("{} {} = ", quantity.words(settings.rule), quantity.symbol());
            lines.push(Line::plain(words).with(show(value), Role::Quantity(quantity)));
        }
        lines.push(Line::plain("convention ").with(self.convention.name(), Role::Strong));
        lines.push(Line::plain("branch ").with(self.timeline.current().name.clone(), Role::Strong));
        lines.push(Line::new());
        for quantity in [Quantity::Before, Quantity::Memory] {
            if let Some(value) = derivation.value(quantity) {
                let words = format!("{} {} = ", quantity.words(settings.rule), quantity.symbol());
                lines.push(Line::plain(words).with(show(value), Role::Quantity(quantity)));
            }
        }
        for line in &derivation.lines[..self.position.lines] {
            let mut text = Line::plain(format!(
                "{} {} = ",
                line.quantity.words(settings.rule),
                line.symbol()
            ));
            if !line.formula.is_leaf() {
                text.spans
                    .extend(line.formula.print(Form::Numbers(self.digits)).spans);
                text.push(" = ", Role::Plain);
            }
            text.push(show(line.value), line.role());
            lines.push(text);
        }
        lines.into()
    }

    fn weights_text(&self) -> Text {
        let state = self.timeline.run().state(self.step());
        let rows = self.lesson.model.parameters().iter().zip(&state.weights);
        let line = |(name, value): (&String, &f64)| {
            let shown = number::display(*value, self.digits);
            Line::plain(format!("{name} = ")).with(shown, Role::Quantity(Quantity::Before))
        };
        let step = self.step();
        let head = Line::plain(format!("After {step} {}:", plural(step, "update")));
        std::iter::once(head)
            .chain(rows.map(line))
            .collect::<Vec<_>>()
            .into()
    }

    /// The gradients of the updates made so far and of the one on the screen.
    fn gradients_text(&self) -> Text {
        /// Longer lists say nothing more.
        const MOST: u64 = 40;
        let last = self.position.update;
        let first = last.saturating_sub(MOST - 1);
        let line = |update: u64| {
            let record = self.record_of(update).ok()?;
            let gradient = self.convention.flip(record.updates[self.focus].downhill);
            let shown = number::display(gradient, self.digits);
            Some(
                Line::plain(format!("update {}: ", update + 1))
                    .with(shown, Role::Quantity(Quantity::Gradient)),
            )
        };
        (first..=last).filter_map(line).collect::<Vec<_>>().into()
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}
