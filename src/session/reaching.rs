//! Goals: whether the learner's own settings bring a condition about, proved by making the run again.

use super::Session;
use crate::command::Refusal;
use crate::command::{Lookout, Phrase, Reading, Variable, When};
use crate::exercise::Reach;
use crate::explain::expression::{Leaves, write};
use crate::explain::{Line, Quantity, Role, number};
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
        let reading = prepared.reading();
        let run = self.timeline().run();
        let given: Vec<(u64, Change)> = prepared.timeline().run().changes().collect();
        let by_hand: Vec<_> = run
            .changes()
            .filter(|change| !is_setting(change.1) && !given.contains(change))
            .collect();
        let last = run.reached();
        let proof = self.replayed(&allowed(&given, run), last);
        let found = match first_holding(reading, &proof, &reach.condition, last) {
            Holding::After(found) => found,
            Holding::Unsteadily(comparison) => {
                return Err(Refusal::new(
                    format!("it holds at the end, and `{comparison}` has not held all the way"),
                    "what is asked of a setting must hold in every update, from the first",
                ));
            }
            Holding::Never => return Err(self.not_reached(reading, reach, &proof, &by_hand)),
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
            margin: self.margin(reading, &reach.condition, &found),
        })
    }

    /// Whether a run is the one that the settings lead to which `solution` shows.
    fn is_shown_way(&self, prepared: &Self, reach: &Reach, proof: &Run, step: u64) -> bool {
        let mut shown = prepared.clone();
        let way = self.way_to(reach).unwrap_or_default();
        if way.iter().any(|line| shown.do_line(line).is_err()) {
            return false;
        }
        let _ = shown.runs.run_mut().reach(step);
        unchanged(proof, shown.timeline().run(), step)
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

    fn not_reached(
        &self,
        reading: Reading,
        reach: &Reach,
        proof: &Run,
        by_hand: &[(u64, Change)],
    ) -> Refusal {
        let text = &reach.condition.text;
        let own = first_holding(reading, self.timeline().run(), &reach.condition, u64::MAX);
        if matches!(own, Holding::After(_)) && !by_hand.is_empty() {
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
            .map(|found| self.margin(reading, &reach.condition, &found))
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
    fn margin(&self, reading: Reading, condition: &Phrase, found: &Found) -> Vec<Line> {
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
            reading.value(&phrase, &found.record, When::After, found.metrics)
        };
        let show = |value: f64| number::display(value, self.digits());
        let (a, b) = (value(left), value(right));
        let leaves = Leaves {
            number: &number::exact,
            name: &|variable: &Variable| variable.written(self.lesson.model.parameters()),
        };
        let name = format!("{} is ", write(left, &leaves));
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
        let wanted = match operation {
            Binary::Equal if holds => ", as wanted".to_owned(),
            _ => {
                let margin = match operation {
                    _ if holds => "to spare",
                    Binary::Less | Binary::LessOrEqual => "too much",
                    Binary::Greater | Binary::GreaterOrEqual => "missing",
                    _ => "away",
                };
                format!(", wanted {sign} {}: {distance} {margin}", show(b))
            }
        };
        Line::plain(name)
            .with(show(a), Role::Strong)
            .with(wanted, Role::Plain)
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
        let given: Vec<(u64, Change)> = self.timeline().run().changes().collect();
        let last = self.lesson.model.updates().unwrap_or(MOST_UPDATES);
        let run = self.replayed(&given, last);
        let holding = first_holding(self.reading(), &run, &reach.condition, last);
        matches!(holding, Holding::After(_))
    }
}

/// The changes that a goal may be reached with: the settings of the learner's run, and whatever else the page has
/// prepared, even where the learner has taken it back.
fn allowed(given: &[(u64, Change)], run: &Run) -> Vec<(u64, Change)> {
    let prepared = given.iter().copied().filter(|change| !is_setting(change.1));
    let own = run.changes().filter(|change| is_setting(change.1));
    let mut all: Vec<(u64, Change)> = prepared.chain(own).collect();
    all.sort_by_key(|(step, _)| *step);
    all
}

/// Whether a condition holds after an update of a run.
enum Holding {
    /// It does, for the first time after this one.
    After(Box<Found>),
    /// It does, but what this comparison asks of a setting has not held in every update before.
    Unsteadily(String),
    /// It does not.
    Never,
}

/// Looks for the first update of a run after which a condition holds. What it asks of settings must have held in every
/// update up to there.
fn first_holding(reading: Reading, run: &Run, condition: &Phrase, last: u64) -> Holding {
    let mut lookout = Lookout::new(reading, Some(condition.clone()), &[]);
    let mut steady: Vec<(Phrase, bool)> = asked_of_settings(condition)
        .into_iter()
        .map(|comparison| (comparison, true))
        .collect();
    let mut holding = Holding::Never;
    run.walk(0, last, |record, state| {
        let holds = |phrase: &Phrase| reading.holds(phrase, record, None);
        let sees = lookout.sees(run.model(), record, state);
        let unsteady = steady.iter().find(|(phrase, held)| holds(phrase) && !held);
        match unsteady {
            Some((comparison, _)) if sees => {
                holding = Holding::Unsteadily(comparison.text.clone());
            }
            None if sees => {
                holding = Holding::After(Box::new(Found::new(run, record.clone(), state)));
            }
            _ => {}
        }
        for (phrase, held) in &mut steady {
            *held &= holds(phrase);
        }
        matches!(holding, Holding::After(_))
    });
    holding
}

/// The parts of a condition, joined by `and`, that are about the learning rate and the momentum alone.
fn asked_of_settings(condition: &Phrase) -> Vec<Phrase> {
    let is_of_settings = |name: &&Variable| {
        matches!(
            name,
            Variable::Quantity(Quantity::LearningRate | Quantity::Momentum, None)
        )
    };
    let name = |name: &Variable| match name {
        Variable::Quantity(quantity, _) => quantity.name().into_owned(),
        _ => String::new(),
    };
    let leaves = Leaves {
        number: &number::exact,
        name: &name,
    };
    let mut parts = Vec::new();
    conjuncts(&condition.expression, &mut parts);
    parts.retain(|part| {
        let names = part.names();
        !names.is_empty() && names.iter().all(is_of_settings)
    });
    let phrase = |part: &Expression<Variable>| Phrase {
        text: write(part, &leaves),
        expression: part.clone(),
    };
    parts.into_iter().map(phrase).collect()
}

/// What is joined by `and`, from left to right.
fn conjuncts<'a, N>(expression: &'a Expression<N>, parts: &mut Vec<&'a Expression<N>>) {
    if let Expression::Binary(Binary::And, left, right) = expression {
        conjuncts(left, parts);
        conjuncts(right, parts);
    } else {
        parts.push(expression);
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
