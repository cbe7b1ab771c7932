//! Goals: whether the learner's own settings bring a condition about, proved by making the run again.

use super::scene::Stage;
use crate::command::{Lookout, Phrase, Refusal, Scope, Variable, When};
use crate::explain::expression::{Leaves, write};
use crate::explain::{Decimal, Line, Quantity, Role, number, plural};
use crate::math::Metrics;
use crate::math::expression::{Binary, Comparison, Expression};
use crate::timeline::{Change, Record, Run, State, Timeline};

/// So many updates are looked at where a run has no end.
pub(super) const MOST_UPDATES: u64 = 20_000;

/// A goal that has been reached: after which update, and what the numbers were.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached {
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
            metrics: run.metrics_at(state),
        }
    }
}

/// Makes the learner's run again, with the settings that have been changed and nothing else, and looks where the
/// condition holds. Where a `way` has been shown, that one does not count.
pub(super) fn prove(
    stage: &dyn Stage,
    prepared: &dyn Stage,
    condition: &Phrase,
    way: Option<&[String]>,
) -> Result<Reached, Refusal> {
    let scope = (prepared.scope(), stage.digits().decimal());
    let run = stage.run();
    let given: Vec<(u64, Change)> = prepared.run().changes().collect();
    let last = run.reached();
    let proof = replayed(stage, &allowed(&given, run), last);
    let found = match first_holding(scope, &proof, condition, last) {
        Holding::After(found) => found,
        Holding::Unsteadily(comparison) => {
            return Err(Refusal::new(
                format!("it holds at the end, and `{comparison}` has not held all the way"),
                "what is asked of a setting must hold in every update, from the first",
            ));
        }
        Holding::Never => return Err(not_reached(stage, scope, condition, &proof, &given)),
    };
    let step = found.record.step + 1;
    if unchanged(&proof, &replayed(stage, &given, last), step) {
        return Err(Refusal::new(
            "it holds here, but nothing has been changed",
            "change the learning rate, the momentum or the rule, and make the run",
        ));
    }
    if way.is_some_and(|way| is_shown_way(prepared, way, &proof, step)) {
        return Err(Refusal::new(
            "that is the way that has been shown",
            "find another: a different learning rate, momentum or rule",
        ));
    }
    Ok(Reached {
        step,
        margin: margin(stage, scope.0, condition, &found),
    })
}

/// Whether a run is the one that these lines lead to.
fn is_shown_way(prepared: &dyn Stage, way: &[String], proof: &Run, step: u64) -> bool {
    let Ok(shown) = prepared.after(way) else {
        return false;
    };
    let mut shown = shown.run().clone();
    let _ = shown.reach(step);
    unchanged(proof, &shown, step)
}

/// A run from its start with these changes, as far as it goes up to `last`.
fn replayed(stage: &dyn Stage, changes: &[(u64, Change)], last: u64) -> Run {
    let own = stage.run();
    let watch = own.watch().clone();
    let mut timeline = Timeline::watched(own.model().clone(), stage.settings(), watch);
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
    stage: &dyn Stage,
    scope: (Scope, Decimal),
    condition: &Phrase,
    proof: &Run,
    given: &[(u64, Change)],
) -> Refusal {
    let own = first_holding(scope, stage.run(), condition, u64::MAX);
    let mut changes = stage.run().changes();
    let by_hand = changes.any(|change| !change.1.is_setting() && !given.contains(&change));
    if matches!(own, Holding::After(_)) && by_hand {
        return Refusal::new(
            "it holds only because a number has been set by hand",
            "reach it with the learning rate, the momentum and the rule alone",
        );
    }
    let reached = proof.reached();
    if reached == 0 {
        return Refusal::new(
            "no update has been made yet, so nothing can hold",
            "change a setting, then make updates with ↓, then answer again",
        );
    }
    let last = proof.record(reached - 1).into_iter();
    let found = last.map(|record| Found::new(proof, (*record).clone(), &proof.state(reached)));
    let margins = found.flat_map(|found| margin(stage, scope.0, condition, &found));
    let margins: Vec<String> = margins.map(|line| line.text()).collect();
    Refusal::new(
        format!(
            "none of the {reached} {} made leads there",
            plural(reached, "update")
        ),
        format!("at the last one: {}", margins.join("; ")),
    )
}

/// Each comparison of a condition with its numbers, and by how much it holds or fails.
fn margin(stage: &dyn Stage, scope: Scope, condition: &Phrase, found: &Found) -> Vec<Line> {
    let mut lines = Vec::new();
    let mark = stage.digits().decimal();
    comparisons(&condition.expression, &mut |comparison, left, right| {
        let value = |expression: &Expression<Variable>| {
            let phrase = Phrase {
                text: String::new(),
                expression: expression.clone(),
            };
            scope.value(&phrase, &found.record, When::After, found.metrics)
        };
        let leaves = Leaves {
            number: &|value| number::exact_in(value, mark),
            name: &|variable: &Variable| variable.written(stage.run().model().parameters()),
            decimal: mark,
        };
        let show = |value: f64| number::display(value, stage.digits());
        let (a, b) = (value(left), value(right));
        let fails_by = match comparison {
            Comparison::Less | Comparison::LessOrEqual => "too much",
            Comparison::Greater | Comparison::GreaterOrEqual => "missing",
            Comparison::Equal | Comparison::NotEqual => "away",
        };
        let holds = comparison.holds(a, b);
        let wanted = if comparison == Comparison::Equal && holds {
            ", as wanted".to_owned()
        } else {
            let (sign, distance) = (comparison.name(), show((a - b).abs()));
            let by = if holds { "to spare" } else { fails_by };
            format!(", wanted {sign} {}: {distance} {by}", show(b))
        };
        let name = Line::plain(format!("{} is ", write(left, &leaves)));
        lines.push((name.with(show(a), Role::Strong)).with(wanted, Role::Plain));
    });
    lines
}

/// Whether a condition holds in the run as it is, without any change.
pub(super) fn holds_unchanged(stage: &dyn Stage, condition: &Phrase) -> bool {
    let given: Vec<(u64, Change)> = stage.run().changes().collect();
    let last = stage.run().model().updates().unwrap_or(MOST_UPDATES);
    let run = replayed(stage, &given, last);
    let holding = first_holding(
        (stage.scope(), stage.digits().decimal()),
        &run,
        condition,
        last,
    );
    matches!(holding, Holding::After(_))
}

/// The changes that a goal may be reached with: the settings of the learner's run, and whatever else the page has
/// prepared, even where the learner has taken it back.
fn allowed(given: &[(u64, Change)], run: &Run) -> Vec<(u64, Change)> {
    let prepared = given
        .iter()
        .copied()
        .filter(|change| !change.1.is_setting());
    let own = run.changes().filter(|change| change.1.is_setting());
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
fn first_holding(
    (scope, mark): (Scope, Decimal),
    run: &Run,
    condition: &Phrase,
    last: u64,
) -> Holding {
    let mut lookout = Lookout::new(scope, Some(condition.clone()), &[], run.watch());
    let mut steady: Vec<(Phrase, bool)> = asked_of_settings(condition, mark)
        .into_iter()
        .map(|comparison| (comparison, true))
        .collect();
    let mut holding = Holding::Never;
    run.walk(0, last, |record, state| {
        let holds = |phrase: &Phrase| scope.holds(phrase, record, None);
        let sees = lookout.sees(run.model(), record, state);
        let unsteady = steady.iter().find(|(phrase, held)| holds(phrase) && !held);
        if sees {
            holding = match unsteady {
                Some((comparison, _)) => Holding::Unsteadily(comparison.text.clone()),
                None => Holding::After(Box::new(Found::new(run, record.clone(), state))),
            };
        }
        for (phrase, held) in &mut steady {
            *held &= holds(phrase);
        }
        matches!(holding, Holding::After(_))
    });
    holding
}

/// The parts of a condition, joined by `and`, that are about the learning rate and the momentum alone.
fn asked_of_settings(condition: &Phrase, mark: Decimal) -> Vec<Phrase> {
    let is_of_settings = |name: &&Variable| {
        matches!(
            name,
            Variable::Quantity(Quantity::LearningRate | Quantity::Momentum, None)
        )
    };
    let name = |name: &Variable| {
        let quantity = name.quantity();
        quantity.map_or_else(String::new, |(quantity, _)| quantity.name().into_owned())
    };
    let leaves = Leaves {
        number: &|value| number::exact_in(value, mark),
        name: &name,
        decimal: mark,
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

/// Whether two runs are the same up to a step; of no meaning where it is stopped.
fn unchanged(a: &Run, b: &Run, step: u64) -> bool {
    let (watch, work) = (a.watch(), 2 * a.model().work());
    let same = |step| a.state(step).weights == b.state(step).weights;
    step <= b.reached() && (0..=step).all(|step| watch.goes_on(work, step) && same(step))
}

/// Calls `with` for every comparison in a condition, from left to right.
fn comparisons<N>(
    expression: &Expression<N>,
    with: &mut impl FnMut(Comparison, &Expression<N>, &Expression<N>),
) {
    match expression {
        Expression::Unary(_, operand) => comparisons(operand, with),
        Expression::Binary(Binary::Compare(comparison), left, right) => {
            with(*comparison, left, right);
        }
        Expression::Binary(_, left, right) => {
            comparisons(left, with);
            comparisons(right, with);
        }
        Expression::Number(_) | Expression::Name(_) => {}
    }
}
