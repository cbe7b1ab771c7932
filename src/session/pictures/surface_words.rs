//! What the pictures of a surface and of the terms of its updates show, in sentences.

use crate::explain::plural;
use crate::explain::{Digits, Line, Quantity, Role, Text, number};
use crate::session::Session;

/// Of more updates the last are told.
const MOST: u64 = 20;

impl Session {
    /// The formula, its minima, and where each branch stands.
    pub(super) fn surface_text(&self) -> Text {
        let (Some(surface), Some(landscape)) = (self.lesson.model.surface(), self.landscape())
        else {
            return Text::default();
        };
        let mut lines = vec![
            Line::plain("The loss is ").with(surface.text(), Role::Code),
            Line::plain(self.seen_sentence()),
        ];
        if landscape.minima.is_empty() {
            lines.push(Line::plain("No minimum has been found there."));
        }
        for (index, minimum) in landscape.minima.iter().enumerate() {
            let which = match (index, landscape.minima.len()) {
                (_, 1) => "The minimum is",
                (0, _) => "The lowest minimum is",
                _ => "Another is",
            };
            let place = self.place_words(&minimum.point);
            let loss = number::display(minimum.loss, self.digits());
            lines.push(
                Line::plain(format!("{which} at {place}, where the loss is "))
                    .with(loss, Role::Quantity(Quantity::Loss)),
            );
        }
        for (index, branch) in self.timeline().branches().iter().enumerate() {
            let steps = self.shown_steps(index);
            let weights = branch.run.state(steps).weights;
            let words = format!(
                "{}: after {steps} {} at {}, loss ",
                branch.name,
                plural(steps, "update"),
                self.place_words(&weights)
            );
            let loss = number::display(surface.loss(&weights), self.digits());
            lines.push(Line::plain(words).with(loss, Role::Quantity(Quantity::Loss)));
        }
        lines.extend(self.last_terms());
        lines.into()
    }

    /// `x = -9, y = 2`
    fn place_words(&self, point: &[f64]) -> String {
        let names = self.lesson.model.parameters().iter();
        let places: Vec<String> = names
            .zip(point)
            .map(|(name, value)| format!("{name} = {}", number::display(*value, self.digits())))
            .collect();
        places.join(", ")
    }

    /// What the last complete update has added, of a surface of one variable.
    fn last_terms(&self) -> Option<Line> {
        let only = self.lesson.model.parameters().len() == 1;
        let (update, delta, term) = self.terms(1).pop().filter(|_| only)?;
        let shown = |value| number::display_signed(value, self.digits());
        Some(
            Line::plain(format!("Update {update} went by delta "))
                .with(shown(delta), Role::Quantity(Quantity::Delta))
                .with(" and momentum term ", Role::Plain)
                .with(shown(term), Role::Quantity(Quantity::MomentumTerm)),
        )
    }

    /// Of the last updates that are complete, at most `most`: the number, the delta and the momentum term of the
    /// parameter in focus.
    pub fn terms(&self, most: u64) -> Vec<(u64, f64, f64)> {
        let last = self.step();
        let mut terms = Vec::new();
        self.timeline()
            .run()
            .walk(last.saturating_sub(most), last, |record, _| {
                let update = record.updates[self.focus()];
                terms.push((record.step + 1, update.delta, update.momentum_term));
                false
            });
        terms
    }

    /// Delta and momentum term, update by update.
    pub(super) fn terms_text(&self) -> Text {
        let few = Digits::new(3).unwrap_or_default();
        let line = |(update, delta, term): (u64, f64, f64)| {
            let show = |value| number::display_signed(value, self.digits());
            let mut line = Line::plain(format!("update {update}: delta "))
                .with(show(delta), Role::Quantity(Quantity::Delta))
                .with(", momentum term ", Role::Plain)
                .with(show(term), Role::Quantity(Quantity::MomentumTerm));
            if delta != 0.0 && term != 0.0 {
                let times = number::display((term / delta).abs(), few);
                let way = if (term > 0.0) == (delta > 0.0) {
                    "the same way"
                } else {
                    "the other way"
                };
                line.push(format!(" ({times} times the delta, {way})"), Role::Muted);
            }
            line
        };
        let mut lines: Vec<Line> = self.terms(MOST).into_iter().map(line).collect();
        if lines.is_empty() {
            lines.push(Line::plain(
                "No update is complete yet; `step` completes one.",
            ));
        } else {
            let head = format!("What each update adds to {}:", self.parameter());
            lines.insert(0, Line::plain(head));
        }
        lines.into()
    }
}
