//! Goals: whether the learner's own settings bring a condition about, proved by making the run again.

use super::running::{Lookout, Moment, Reading};
use super::{Refusal, Session};
use crate::command::{Phrase, Variable};
use crate::exercise::Reach;
use crate::explain::{Line, Role, number};
use crate::math::Metrics;
use crate::math::expression::{Binary, Expression};
use crate::timeline::{Change, Record, Run, State, Timeline};

/// So many updates are looked at where a run has no end.
const MOST_UPDATES: u64 = 20_000;

/// A goal that has been reached: after which update, and what the numbers were.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reached {
    /// After so many updates.
    pub step: u64,
    /// By how much each comparison holds.
    pub margin: Vec<Line>,
}

/// An update after which a condition has been looked at.
struct Found {
    record: Record,
    /// Figures over all items after it.
    metrics: Option<Metrics>,
}

impl Found {
    fn new(run: &Run, record: Record, state: &State) -> Self {
        Self {
            record,
            metrics: run.model().metrics(&state.weights),
        }
    }
}

impl Session {
    /// Makes the learner's run again, with the settings that have been changed and nothing else, and looks where the
    /// condition holds. Where a way has been shown, that one does not count.
    pub(super) fn prove(&self, reach: &Reach, way_shown: bool) -> Result<Reached, Refusal> {
        let Some(prepared) = self.prepared() else {
            return Err(Refusal::new(
                "this page cannot be prepared again",
                "another page",
            ));
        };
        let run = self.timeline.run();
        let given: Vec<(u64, Change)> = prepared.timeline.run().changes().collect();
        let (allowed, by_hand): (Vec<_>, Vec<_>) = run
            .changes()
            .partition(|change| is_setting(change.1) || given.contains(change));
        let last = run.reached();
        let proof = self.replayed(&allowed, last);
        let found = self.first_holding(&proof, &reach.condition, last);
        let Some(found) = found else {
            return Err(self.not_reached(reach, &proof, &by_hand));
        };
        let step = found.record.step + 1;
        if unchanged(&proof, &self.replayed(&given, last), step) {
            return Err(Refusal::new(
                "it holds here, but nothing has been changed",
                "change the learning rate, the momentum or the rule, and make the run",
            ));
        }
        if way_shown && self.is_shown_way(&prepared, reach, &proof, step) {
            return Err(Refusal::new(
                "that is the way that has been shown",
                "find another: a different learning rate, momentum or rule",
            ));
        }
        Ok(Reached {
            step,
            margin: self.margin(&reach.condition, &found),
        })
    }

    /// Whether a run is the one that the settings lead to which `solution` shows.
    fn is_shown_way(&self, prepared: &Self, reach: &Reach, proof: &Run, step: u64) -> bool {
        let mut shown = prepared.clone();
        let way = self.way_to(reach).unwrap_or_default();
        if way.iter().any(|line| shown.do_line(line).is_err()) {
            return false;
        }
        let _ = shown.timeline.run_mut().reach(step);
        unchanged(proof, shown.timeline.run(), step)
    }

    /// A run from its start with these changes, as far as it goes up to `last`.
    fn replayed(&self, changes: &[(u64, Change)], last: u64) -> Run {
        let mut timeline = Timeline::new(self.lesson.model.clone(), self.lesson.settings);
        for (step, change) in changes {
            if *step > last || timeline.run_mut().reach(*step).is_err() {
                break;
            }
            timeline.change(*step, *change, "");
        }
        // Where it stops before, there is nothing more to look at.
        let _ = timeline.run_mut().reach(last);
        timeline.run().clone()
    }

    /// The first update of a run after which a condition holds.
    fn first_holding(&self, run: &Run, condition: &Phrase, last: u64) -> Option<Found> {
        let mut lookout = Lookout::fresh(self.reading(), condition.clone());
        let mut found = None;
        run.walk(0, last, |record, state| {
            if lookout.sees(run.model(), record, state) {
                found = Some(Found::new(run, record.clone(), state));
            }
            found.is_some()
        });
        found
    }

    fn not_reached(&self, reach: &Reach, proof: &Run, by_hand: &[(u64, Change)]) -> Refusal {
        let text = &reach.condition.text;
        let in_own_run = self
            .first_holding(self.timeline.run(), &reach.condition, u64::MAX)
            .is_some();
        if in_own_run && !by_hand.is_empty() {
            return Refusal::new(
                "it holds only because a number has been set by hand",
                "reach it with the learning rate, the momentum and the rule alone",
            );
        }
        let reached = proof.reached();
        if reached == 0 {
            return Refusal::new(
                format!("{text} cannot hold yet: no update has been made"),
                "change a setting, then `step`, `run` or `goto end`, then `answer`",
            );
        }
        let last = reached
            .checked_sub(1)
            .and_then(|step| proof.record(step).ok());
        let margins: Vec<String> = last
            .map(|record| Found::new(proof, (*record).clone(), &proof.state(reached)))
            .map(|found| self.margin(&reach.condition, &found))
            .unwrap_or_default()
            .iter()
            .map(Line::text)
            .collect();
        Refusal::new(
            format!("{text} does not hold after any of the {reached} updates made"),
            format!("at the last one: {}", margins.join("; ")),
        )
    }

    /// Each comparison of a condition with its numbers, and by how much it holds or fails.
    fn margin(&self, condition: &Phrase, found: &Found) -> Vec<Line> {
        let reading = self.reading();
        let mut lines = Vec::new();
        comparisons(&condition.expression, &mut |operation, left, right| {
            lines.push(self.comparison(reading, found, operation, left, right));
        });
        lines
    }

    fn comparison(
        &self,
        reading: Reading,
        found: &Found,
        operation: Binary,
        left: &Expression<Variable>,
        right: &Expression<Variable>,
    ) -> Line {
        let value = |expression: &Expression<Variable>| {
            let phrase = Phrase {
                text: String::new(),
                expression: expression.clone(),
            };
            reading.value(&phrase, &found.record, Moment::After, found.metrics)
        };
        let show = |value: f64| number::display(value, self.digits);
        let (a, b) = (value(left), value(right));
        let name = match left {
            Expression::Name(variable) => format!("{} is ", self.variable_name(*variable)),
            _ => String::new(),
        };
        let sign = match operation {
            Binary::Less => "<",
            Binary::LessOrEqual => "<=",
            Binary::Greater => ">",
            Binary::GreaterOrEqual => ">=",
            Binary::Equal => "==",
            _ => "!=",
        };
        let distance = show((a - b).abs());
        let holds = match operation {
            Binary::Less => a < b,
            Binary::LessOrEqual => a <= b,
            Binary::Greater => a > b,
            Binary::GreaterOrEqual => a >= b,
            Binary::Equal => a == b,
            _ => a != b,
        };
        let margin = if holds { "to spare" } else { "missing" };
        Line::plain(name).with(show(a), Role::Strong).with(
            format!(", wanted {sign} {}: {distance} {margin}", show(b)),
            Role::Plain,
        )
    }

    /// Settings that bring a goal about: the lesson's own commands, or else the first that a search finds.
    pub(super) fn way_to(&self, reach: &Reach) -> Option<Vec<String>> {
        if !reach.solution.is_empty() {
            return Some(reach.solution.clone());
        }
        let prepared = self.prepared()?;
        let end = self.lesson.model.updates().unwrap_or(MOST_UPDATES / 10);
        let rules = crate::math::Rule::ALL.map(|rule| Some(format!("set rule {}", rule.name())));
        for rule in std::iter::once(None).chain(rules) {
            for rate in [
                None,
                Some(0.02),
                Some(0.05),
                Some(0.1),
                Some(0.2),
                Some(0.5),
                Some(0.005),
                Some(0.001),
            ] {
                for momentum in [
                    None,
                    Some(0.5),
                    Some(0.9),
                    Some(0.8),
                    Some(0.7),
                    Some(0.3),
                    Some(0.99),
                    Some(0.0),
                ] {
                    let mut lines = vec!["goto start".to_owned()];
                    lines.extend(rule.clone());
                    lines.extend(rate.map(|rate| format!("set learning_rate {rate}")));
                    lines.extend(momentum.map(|momentum| format!("set momentum {momentum}")));
                    lines.push(format!("goto {end}"));
                    if prepared.reaches_by(reach, &lines) {
                        return Some(lines);
                    }
                }
            }
        }
        None
    }

    /// Whether these lines, after the page has been prepared, bring a goal about.
    pub(super) fn reaches_by(&self, reach: &Reach, lines: &[String]) -> bool {
        let mut trial = self.clone();
        lines.iter().all(|line| trial.do_line(line).is_ok()) && trial.prove(reach, false).is_ok()
    }

    /// Whether a goal holds in the run as the page prepares it, without any change.
    pub(super) fn reached_unchanged(&self, reach: &Reach) -> bool {
        let given: Vec<(u64, Change)> = self.timeline.run().changes().collect();
        let last = self.lesson.model.updates().unwrap_or(MOST_UPDATES);
        let run = self.replayed(&given, last);
        self.first_holding(&run, &reach.condition, last).is_some()
    }
}

/// Whether a change is one of those that a goal is to be reached with.
fn is_setting(change: Change) -> bool {
    matches!(
        change,
        Change::LearningRate(_) | Change::Momentum(_) | Change::Rule(_)
    )
}

/// Whether two runs are the same up to a step.
fn unchanged(a: &Run, b: &Run, step: u64) -> bool {
    step <= b.reached() && (0..=step).all(|step| a.state(step).weights == b.state(step).weights)
}

/// Calls `with` for every comparison in a condition, from left to right.
fn comparisons<N>(
    expression: &Expression<N>,
    with: &mut impl FnMut(Binary, &Expression<N>, &Expression<N>),
) {
    match expression {
        Expression::Unary(_, operand) => comparisons(operand, with),
        Expression::Binary(Binary::And | Binary::Or, left, right) => {
            comparisons(left, with);
            comparisons(right, with);
        }
        Expression::Binary(operation, left, right) => with(*operation, left, right),
        Expression::Number(_) | Expression::Name(_) => {}
    }
}
