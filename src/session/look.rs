//! Looking and asking: answers in words.

use super::motion::plural;
use super::{Outcome, Refusal, Session};
use crate::command::{Topic, advise};
use crate::explain::{
    Derivation, Form, Line, Quantity, Role, Share, Text, number, shares_of_memory, why,
};
use crate::math::{MemoryUnit, Rule};

impl Session {
    pub(super) fn show(&self, topic: Topic) -> Outcome {
        match topic {
            Topic::State => Outcome::shows("State", self.state_text()),
            Topic::Weights => Outcome::shows("Weights", self.weights_text()),
            Topic::Gradients => Outcome::shows("Gradients", self.gradients_text()),
            Topic::History => Outcome::shows("History", self.history_text()),
            Topic::Code => Outcome::shows(
                format!("Code · {}", self.language.title()),
                self.code_text(),
            ),
            Topic::Lesson => Outcome::shows(self.page().title.clone(), self.page_text()),
        }
    }

    pub(super) fn why(&self, quantity: Option<Quantity>) -> Result<Outcome, Refusal> {
        let derivation = self.derivation();
        let shown = self.position.lines.max(1);
        let quantity = quantity.unwrap_or(derivation.lines[shown - 1].quantity);
        let words = quantity.words(derivation.rule);
        if derivation.known_after(quantity) > self.position.lines {
            let message = format!("the {words} has not been shown yet");
            return Err(Refusal::new(message, "→ or `next` shows the next line"));
        }
        let Some(mut text) = why(&derivation, quantity, self.digits) else {
            let has = Quantity::ALL
                .into_iter()
                .filter(|quantity| derivation.line(*quantity).is_some());
            let names: Vec<&str> = has.map(Quantity::name).collect();
            return Err(Refusal::new(
                format!("this update has no {words}"),
                advise("", names),
            ));
        };
        if matches!(quantity, Quantity::MomentumTerm | Quantity::Memory) {
            text.lines.extend(self.memory_text(&derivation).lines);
        }
        let title = format!(
            "Why? {}, update {}",
            capital(words),
            self.position.update + 1
        );
        Ok(Outcome::shows(title, text))
    }

    /// The memory of the update on the screen, taken apart into what earlier updates have put into it.
    fn memory_text(&self, derivation: &Derivation) -> Text {
        /// Parts that are listed; what is older is summed up in words.
        const MOST: usize = 10;
        let earlier = (0..self.position.update)
            .rev()
            .map_while(|update| self.record_of(update).ok());
        let shares = shares_of_memory(earlier, self.focus, MOST);
        let rule = derivation.rule;
        let words = Quantity::Memory.words(rule);
        let head = match (shares.is_empty(), rule) {
            (true, _) => format!("The {words} is what the run started with."),
            (false, Rule::Article) => {
                format!("The {words} reaches one update back, and no further:")
            }
            (false, _) => {
                format!("The {words} reaches back through every update, each weighing less:")
            }
        };
        let mut lines = vec![Line::new(), Line::plain(head)];
        for share in &shares {
            lines.push(self.share_line(share));
        }
        if shares.len() == MOST {
            lines.push(Line::new().with("  and so on, less and less.", Role::Muted));
        }
        lines.into()
    }

    /// `  0.25 × 0.022   delta of update 2`
    fn share_line(&self, share: &Share) -> Line {
        let show = |value| number::display(value, self.digits);
        let Some(update) = share.update else {
            let product = format!("  {} × {}", show(share.weight), show(share.source));
            return Line::plain(format!("{product:<24} remembered before the first update"));
        };
        let unit = self.record_of(update).map_or(MemoryUnit::Delta, |record| {
            record.settings.rule.memory_unit()
        });
        let (quantity, source) = match unit {
            MemoryUnit::Delta => (Quantity::Delta, share.source),
            MemoryUnit::Gradient => (Quantity::Gradient, self.convention.flip(share.source)),
        };
        let product = format!("{} × {}", show(share.weight), show(source));
        let words = quantity.words(Rule::Article);
        Line::plain("  ")
            .with(format!("{product:<22}"), Role::Quantity(quantity))
            .with(format!(" {words} of update {}", update + 1), Role::Plain)
    }

    fn code_text(&self) -> Text {
        let listing = self.listing();
        listing
            .lines
            .into_iter()
            .map(|line| line.code)
            .collect::<Vec<_>>()
            .into()
    }

    /// The weight before the first update and after every one that is complete.
    fn history_text(&self) -> Text {
        /// Longer lists are read in a file.
        const MOST: u64 = 40;
        let last = self.step();
        let first = last.saturating_sub(MOST);
        let branch = self.timeline.current_index();
        let line = |step: u64| {
            let weight = number::display(self.weight_after(branch, step), self.digits);
            Line::plain(format!("after {step} {}: ", plural(step, "update")))
                .with(weight, Role::Quantity(Quantity::After))
        };
        (first..=last).map(line).collect::<Vec<_>>().into()
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
                let adds_up = line.formula.adds_up(self.digits);
                text.push(if adds_up { " = " } else { " ≈ " }, Role::Plain);
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
