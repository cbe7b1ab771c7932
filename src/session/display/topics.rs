//! Looking and asking: answers in words.

use crate::command::ShowTopic;
use crate::explain::{Line, Quantity, Role, Text, capital, number, plural, rough_of};
use crate::math::Rough;
use crate::pictures;
use crate::session::{Block, Done, Part, Reading, Session};

impl Session {
    pub(in crate::session) fn show(&self, topic: ShowTopic) -> Done {
        if let ShowTopic::Picture(picture) = topic {
            self.check_words(picture)?;
        }
        let words = self.words(topic);
        self.unless_halted()?;
        Ok(Part::Reading(words).into())
    }

    /// A topic in words.
    pub fn words(&self, topic: ShowTopic) -> Reading {
        let (title, text) = match topic {
            ShowTopic::State => ("State".to_owned(), self.state_text()),
            ShowTopic::Gradients => ("Gradients".to_owned(), self.gradients_text()),
            ShowTopic::Picture(picture) => (
                picture.title().to_owned(),
                pictures::words(picture, &self.subject()),
            ),
            ShowTopic::Code => (
                format!("Code · {}", self.language().title()),
                self.program().into(),
            ),
            ShowTopic::Lesson => {
                let (title, text) = (self.page().title.clone(), self.page_text());
                let blocks = vec![Block::Instructions(text.lines)];
                return Reading { title, blocks };
            }
        };
        Reading::new(title, text)
    }

    fn state_text(&self) -> Text {
        let record = self.record();
        let derivation = self.derivation();
        let settings = record.settings;
        let told = |quantity: Quantity, shown| {
            let words = format!("{} {} = ", quantity.words(settings.rule), quantity.symbol());
            Line::plain(words).with(shown, Role::Quantity(quantity))
        };
        let named = |what: &str, name: &str| Line::plain(what).with(name, Role::Strong);
        let (place, step) = (capital(&self.place()), self.step());
        let updates = plural(step, "update");
        let mut lines = vec![
            Line::plain(format!("{place}, {step} {updates} complete.")),
            named("rule ", settings.rule.name()),
            told(Quantity::LearningRate, self.shown(settings.learning_rate)),
            told(Quantity::Momentum, self.shown(settings.momentum)),
            named("convention ", self.convention().name()),
            named("branch ", &self.timeline().current().name),
        ];
        if self.lesson.model.parameters().len() > 1 {
            lines.push(Line::plain("parameter ").with(self.parameter(), Role::Code));
        }
        lines.extend(self.metrics_line());
        if self.lesson.model.network().is_some() {
            lines.extend(self.seen_behaviour());
        }
        lines.extend(
            self.lesson
                .notes
                .iter()
                .map(|note| Line::plain(note.clone())),
        );
        lines.push(Line::new());
        for quantity in [Quantity::Before, Quantity::Memory] {
            let shown = derivation.text(quantity, self.digits());
            lines.extend(shown.map(|shown| told(quantity, shown)));
        }
        for line in &derivation.lines[..self.position().lines] {
            let words = line.quantity.words(settings.rule);
            let name = Line::plain(format!("{words} {} = ", line.symbol()));
            lines.push(name.joined(line.arithmetic(self.digits())));
        }
        if self.is_complete() {
            let rate = derivation.telling_rate(self.digits());
            lines.extend(rate.map(|rate| told(Quantity::EffectiveRate, rate)));
        }
        lines.into()
    }

    /// `Over all items: mean error 0.125, mse 0.25, 95% right; 100% of the test items.`
    pub fn metrics_line(&self) -> Option<Line> {
        let metrics = self.metrics()?;
        let show = |value| self.shown(value);
        let Some(mse) = metrics.mse else {
            let surface = self.lesson.model.surface();
            let weights = self.timeline().run().state(self.step()).weights;
            let loss = surface.map_or(Rough::rounded(metrics.loss), |surface| {
                surface.rough_loss(&weights)
            });
            let shown = number::display_rough(loss, self.digits());
            return Some(Line::plain(format!("The loss is {shown}.")));
        };
        let share = |words: &str, accuracy: Option<f64>, after: &str| {
            accuracy.map_or_else(String::new, |share| {
                format!(
                    "{words} {}{after}",
                    number::percent(share, self.digits().decimal())
                )
            })
        };
        let text = format!(
            "Over all items: mean error {}, mse {}{}{}.",
            show(metrics.loss),
            show(mse),
            share(",", metrics.accuracy, " right"),
            share("; of the test items", metrics.test_accuracy, "")
        );
        Some(Line::plain(text))
    }

    /// The gradients of the updates made so far and of the one on the screen.
    fn gradients_text(&self) -> Text {
        /// Longer lists say nothing more.
        const MOST: u64 = 40;
        let last = self.position().update;
        let first = last.saturating_sub(MOST - 1);
        let line = |update: u64| {
            let record = self.record_of(update).ok()?;
            let gradient = rough_of(
                &self.lesson.model,
                &record,
                self.focus(),
                self.convention(),
                Quantity::Gradient,
            );
            let shown = number::display_rough(gradient, self.digits());
            Some(
                Line::plain(format!("update {}: ", update + 1))
                    .with(shown, Role::Quantity(Quantity::Gradient)),
            )
        };
        (first..=last).filter_map(line).collect::<Vec<_>>().into()
    }
}
