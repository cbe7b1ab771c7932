//! Runs with different settings, side by side.

use crate::command::{Comparing, Phrase, Refusal, Variant};
use crate::explain::{Digits, Line, Quantity, Role, number};
use crate::math::Settings;
use crate::session::{Done, Outcome, Session};
use crate::timeline::{Change, Comparison, Course, End, Stand};

/// So many updates runs make at most to come to a condition where no number is given.
const MOST_UPDATES: u64 = 10_000;

/// Branches that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::session) struct Lineup {
    /// The branches and their settings, in order.
    pub runs: Vec<(usize, Settings)>,
    /// What they are to come to.
    until: Option<Phrase>,
}

impl Session {
    pub(in crate::session) fn compare(&mut self, asked: Option<&Comparing>) -> Done {
        let Some(asked) = asked else {
            return self.show_comparison();
        };
        if let Some(most) = asked.most {
            self.may_take(most, asked.variants.len())?;
        }
        let origin = self.timeline().current_index();
        let mut runs = Vec::new();
        for variant in &asked.variants {
            self.runs.timeline_mut().switch_to(origin);
            let index = self.runs.timeline_mut().start_over(&[named(*variant)]);
            runs.push((index, self.timeline().run().state(0).settings));
        }
        self.runs.timeline_mut().switch_to(runs[0].0);
        let compared = Lineup {
            runs,
            until: asked.until.clone(),
        };
        let most = match (&asked.until, asked.most) {
            (_, Some(most)) => most,
            (Some(_), None) => MOST_UPDATES,
            (None, None) => 0,
        };
        let most = self
            .lesson
            .model
            .updates()
            .map_or(most, |all| most.min(all));
        let made = self.courses(&compared, most, |courses| {
            courses.iter().map(|course| course.finish().step).max()
        });
        self.runs.compare(compared);
        self.stand_after(0);
        let step = made.unwrap_or(0);
        let _ = self.runs.run_mut().reach(step);
        let reached = self.timeline().run().reached();
        self.stand_after(reached);
        self.keep_up();
        if most > 0 {
            return self.show_comparison();
        }
        let names: Vec<&str> = (self.runs.compared().iter())
            .flat_map(|compared| &compared.runs)
            .map(|(index, _)| self.timeline().branches()[*index].name.as_str())
            .collect();
        Ok(Outcome::says(format!(
            "{} stand at the start. Forward moves make all of them; `compare` shows their table.",
            names.join(", ")
        )))
    }

    /// Carries every run that is compared as far as the learner has come.
    pub(in crate::session) fn keep_up(&mut self) {
        let step = self.step();
        self.runs.keep_up(step);
    }

    /// Makes the runs again, without their history, and looks at them.
    fn courses<T>(&self, compared: &Lineup, most: u64, look: impl FnOnce(&[Course]) -> T) -> T {
        let model = &self.lesson.model;
        let start = self.timeline().branches()[compared.runs[0].0].run.state(0);
        let settings: Vec<Settings> = compared
            .runs
            .iter()
            .map(|(_, settings)| *settings)
            .collect();
        let mut comparison = Comparison::new(model, &start, &settings);
        let scope = self.scope();
        match &compared.until {
            Some(phrase) => {
                let holds = |stand: &Stand| scope.holds_at(phrase, model, stand);
                comparison.run(most, Some(&holds));
            }
            None => comparison.run(most, None),
        }
        look(comparison.courses())
    }

    fn show_comparison(&self) -> Done {
        let Some(compared) = self.runs.compared() else {
            return Err(Refusal::new(
                "nothing is compared yet",
                "`compare momentum 0 0.5 0.9` begins it",
            ));
        };
        let step = self.step();
        let most = match compared.until {
            Some(_) => MOST_UPDATES.max(step),
            None => step,
        };
        let lines = self.courses(compared, most, |courses| self.table(compared, courses));
        Ok(Outcome::shows("Side by side", lines))
    }

    fn table(&self, compared: &Lineup, courses: &[Course]) -> Vec<Line> {
        let names: Vec<&str> = (compared.runs.iter())
            .map(|(index, _)| self.timeline().branches()[*index].name.as_str())
            .collect();
        let width = names
            .iter()
            .map(|name| name.len())
            .max()
            .unwrap_or(0)
            .max(4);
        let until = compared.until.as_ref();
        let mut lines = Vec::new();
        match until {
            Some(phrase) => lines.push(Line::plain(format!(
                "How many updates until {}:",
                phrase.text
            ))),
            None => lines.push(Line::plain(format!("After {} updates:", self.step()))),
        }
        let head = format!(
            "  {:<width$}  {:>14}  {:>12}  {:>10}  {:>14}",
            "run", "updates", "loss", "overshoots", "largest change"
        );
        lines.push(Line::new().with(head, Role::Muted));
        for (name, course) in names.iter().zip(courses) {
            let outcome = course.finish();
            let updates = match outcome.end {
                End::Reached(step) => step.to_string(),
                End::Unreached if until.is_some() => format!("not in {}", outcome.step),
                End::Unreached => outcome.step.to_string(),
                End::Stopped(_) => format!("stops at {}", outcome.step),
            };
            let short = Digits::new(5).unwrap_or_default();
            let loss = outcome
                .loss
                .map_or_else(|| "-".to_owned(), |loss| number::display(loss, short));
            let largest = number::display(course.largest_change(), short);
            let mut line = Line::plain(format!("  {name:<width$}  "));
            line.push(format!("{updates:>14}"), Role::Strong);
            line.push(format!("  {loss:>12}"), Role::Quantity(Quantity::Loss));
            line.push(format!("  {:>10}", course.overshoots()), Role::Plain);
            line.push(format!("  {largest:>14}"), Role::Quantity(Quantity::Change));
            lines.push(line);
        }
        lines
    }
}

/// A variant as a change, and what a branch is called that has it.
fn named(variant: Variant) -> (Change, String) {
    let show = |value| number::display(value, Digits::default());
    match variant {
        Variant::LearningRate(value) => (
            Change::LearningRate(value),
            format!("learning_rate={}", show(value)),
        ),
        Variant::Momentum(value) => (Change::Momentum(value), format!("momentum={}", show(value))),
        Variant::Rule(rule) => (Change::Rule(rule), format!("rule={}", rule.name())),
    }
}
