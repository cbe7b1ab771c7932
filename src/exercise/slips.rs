//! The misconceptions about an update proper, from delta on, and the arithmetic of each.
//!
//! With weight w, downhill gradient d, rate eta, momentum mu, memory m, delta D and momentum term T of the rule in
//! force; the right answers are D, T, D + T and w + D + T.

use super::asked::Asked;
use super::facts::Facts;
use super::misconception::{Misconception, Slip};
use super::recipe::{Ingredients, Recipe, signed};
use crate::explain::{Formula, Operator, Quantity, negated, number};
use crate::math::MemoryUnit;
use crate::math::portable::power_of_ten;
use crate::math::rules::RulePart;

const DELTA: Asked = Asked::Quantity(Quantity::Delta);
const PLAIN: Asked = Asked::Quantity(Quantity::PlainWeight);
const TERM: Asked = Asked::Quantity(Quantity::MomentumTerm);
const CHANGE: Asked = Asked::Quantity(Quantity::Change);
const AFTER: Asked = Asked::Quantity(Quantity::After);
const RATE: Asked = Asked::Quantity(Quantity::EffectiveRate);
const KEPT: Asked = Asked::Quantity(Quantity::NewMemory);

/// Every misconception about it. No two of them give the same answer to the same question whatever the numbers.
pub(super) static TABLE: &[Misconception] = &[
    Misconception {
        slug: "forgot-learning-rate",
        title: "the learning rate is missing",
        says: "You have used the whole gradient. Only a small part of it is taken: the learning rate times the gradient.",
        next: "Multiply the gradient by the learning rate first, and go on from there.",
        asked: &[DELTA, PLAIN, TERM, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Given(|_, from| from.rate.take().map(drop)),
    },
    Misconception {
        slug: "forgot-momentum-term",
        title: "the momentum term is missing",
        says: "That is the plain step, before the momentum term. With momentum something is added a second time.",
        next: "Work out the momentum term as well, and add it.",
        asked: &[CHANGE, AFTER, RATE],
        slip: Slip::Recipe(|_, recipe| recipe.term.take().map(drop)),
    },
    Misconception {
        slug: "only-momentum-term",
        title: "delta is missing",
        says: "You have used the momentum term alone. The plain step of this update comes first.",
        next: "Work out delta, the learning rate times the gradient, and add both.",
        asked: &[CHANGE, AFTER, RATE],
        slip: Slip::Recipe(|_, recipe| {
            recipe.delta = recipe.term.take()?;
            Some(())
        }),
    },
    Misconception {
        slug: "sign-flipped",
        title: "the sign is turned",
        says: "You have gone the other way: every step has its sign turned.",
        next: "Look at the sign that the gradient is written with. Is what you have found added here, or subtracted?",
        asked: &[DELTA, PLAIN, TERM, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Recipe(|_, recipe| {
            recipe.delta = negated(recipe.delta.clone());
            recipe.term = recipe.term.take().map(negated);
            recipe.kept = recipe.kept.take().map(negated);
            Some(())
        }),
    },
    Misconception {
        slug: "delta-sign-flipped",
        title: "the sign of delta is turned",
        says: "The momentum term is as it should be, but delta has its sign turned.",
        next: "Work out delta again, and mind the sign of the gradient.",
        asked: &[CHANGE, AFTER, RATE],
        slip: Slip::Recipe(|facts, recipe| {
            recipe.delta = negated(recipe.delta.clone());
            moved_term(facts).map(drop)
        }),
    },
    Misconception {
        slug: "rates-swapped",
        title: "learning rate and momentum are swapped",
        says: "You have taken the momentum for the learning rate, and the learning rate for the momentum.",
        next: "The learning rate belongs to this update's gradient, the momentum to what is remembered.",
        asked: &[DELTA, PLAIN, TERM, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Given(|facts, from| {
            let rate = from.rate.replace(from.momentum.clone());
            from.momentum = rate?;
            facts.settings.rule.remembers().then_some(())
        }),
    },
    Misconception {
        slug: "rate-on-momentum-too",
        title: "the learning rate is used twice",
        says: "You have multiplied the momentum term by the learning rate too. The rate is in the memory already.",
        next: "Multiply what is remembered by the momentum, and by nothing else.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| {
            remembers_steps(facts)?;
            Some(from.rate? * Recipe::right(facts).term?)
        }),
    },
    Misconception {
        slug: "rate-left-out-of-momentum",
        title: "the momentum term lacks the learning rate",
        says: "This rule remembers gradients, and a gradient becomes a step only when it is multiplied by the learning rate.",
        next: "Multiply the momentum term by the learning rate as well.",
        asked: &[CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| {
            remembers_gradients(facts)?;
            Some(signed(facts, from.momentum * from.memory))
        }),
    },
    Misconception {
        slug: "momentum-times-gradient",
        title: "momentum times this gradient",
        says: "You have multiplied the momentum by this update's gradient.",
        next: "Momentum is about the past: multiply it by what is remembered of earlier updates.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| Some(in_steps(facts, from.momentum * from.gradient))),
    },
    Misconception {
        slug: "momentum-times-weight",
        title: "momentum times the weight",
        says: "You have multiplied the momentum by the weight.",
        next: "Momentum is about steps, not places: multiply it by what is remembered of earlier updates.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|_, from| Some(from.momentum * from.before)),
    },
    Misconception {
        slug: "momentum-times-this-delta",
        title: "momentum times this delta",
        says: "You have multiplied the momentum by the delta of this update.",
        next: "Momentum is about the past: multiply it by what is remembered of earlier updates.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| {
            remembers_steps(facts)?;
            Some(from.momentum * Recipe::right(facts).delta)
        }),
    },
    Misconception {
        slug: "forgot-momentum-factor",
        title: "the momentum's factor is missing",
        says: "You have used all of what is remembered. Only a part of it is used again: the momentum times the memory.",
        next: "Multiply what is remembered by the momentum.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| {
            let term = Recipe::right(facts).term?;
            term.without(&from.momentum)
        }),
    },
    Misconception {
        slug: "look-ahead-left-out",
        title: "the look ahead is missing",
        says: "You have used the velocity as it was before this update. Nesterov's rule uses it as it will be.",
        next: "Work out the new velocity first, momentum times the old one plus delta. Multiply that by the momentum.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Term(|facts, from| {
            let term = Recipe::right(facts).term?;
            let looks_ahead = term.quantities().contains(&Quantity::Gradient);
            looks_ahead.then(|| in_steps(facts, from.momentum * from.memory))
        }),
    },
    Misconception {
        slug: "remembered-whole-change",
        title: "the whole change is remembered",
        says: "You have remembered the whole change. This rule remembers something else.",
        next: "Read what the rule keeps for the next update, on the last line of an update.",
        asked: &[TERM, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Formula(|facts, asked| {
            let right = Recipe::right(facts);
            let change = right.change();
            let keeps_something_else = right.kept.as_ref() != Some(&change);
            remembers_steps(facts).filter(|()| keeps_something_else)?;
            if asked == KEPT {
                return Some(change);
            }
            remembering(facts, facts.previous_change?, asked)
        }),
    },
    Misconception {
        slug: "remembered-this-step-only",
        title: "only the last step is remembered",
        says: "You have remembered the last update alone. This rule also keeps a part of all that went before.",
        next: "Add the part that comes from the memory to what is kept.",
        asked: &[TERM, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Formula(|facts, asked| {
            let this_step = Recipe::right(facts).kept?.apart_from(Quantity::Memory)?;
            if asked == KEPT {
                return Some(this_step);
            }
            remembers_steps(facts)?;
            remembering(facts, facts.previous_delta?, asked)
        }),
    },
    Misconception {
        slug: "kept-old-memory",
        title: "the old memory is kept",
        says: "You have kept what was remembered before. Every update leaves something new to remember.",
        next: "Ask what this update has found: that is in what is kept.",
        asked: &[KEPT],
        slip: Slip::Formula(|facts, _| {
            let remembers = facts.settings.rule.remembers();
            remembers.then(|| Ingredients::of(facts).memory)
        }),
    },
    Misconception {
        slug: "averaged",
        title: "a share of the gradient is taken",
        says: "You have multiplied delta by 1 - momentum, as a moving average does. This rule takes all of delta.",
        next: "Leave out the factor 1 - momentum.",
        asked: &[DELTA, PLAIN, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Written(|facts, part, formula| match (part, formula) {
            (RulePart::Delta, Formula::Binary(Operator::Times, rate, gradient))
                if facts.settings.rule.remembers() =>
            {
                *rate * share(facts) * *gradient
            }
            (RulePart::Delta | RulePart::MomentumTerm | RulePart::Kept(_), formula) => formula,
        }),
    },
    Misconception {
        slug: "share-left-out",
        title: "the share of the average is missing",
        says: "You have taken all of the gradient. In a moving average, only the share 1 - momentum of it comes in.",
        next: "Multiply by 1 - momentum as well.",
        asked: &[DELTA, PLAIN, CHANGE, AFTER, RATE, KEPT],
        slip: Slip::Written(|facts, _, formula| formula.without(&share(facts)).unwrap_or(formula)),
    },
    Misconception {
        slug: "older-memory",
        title: "an older memory is used",
        says: "You have used what was remembered one update earlier. It has been replaced since.",
        next: "Use what the update before this one has left.",
        asked: &[TERM, CHANGE, AFTER, RATE],
        slip: Slip::Formula(|facts, asked| remembering(facts, facts.older_memory?, asked)),
    },
    Misconception {
        slug: "wrong-weight",
        title: "added to another weight",
        says: "The change is right, but you have added it to another weight.",
        next: "Look at the name of the weight that is asked about, and start from its value.",
        asked: &[PLAIN, AFTER],
        slip: Slip::Given(|facts, from| {
            from.before = Formula::Quantity(Quantity::Before, facts.other_weight?);
            Some(())
        }),
    },
    Misconception {
        slug: "gave-change",
        title: "that is the change",
        says: "That is the change, delta and momentum term together. Something else was asked for.",
        next: "You are close: say what becomes of it.",
        asked: &[TERM, AFTER, RATE],
        slip: Slip::Formula(|facts, asked| {
            if asked != RATE {
                moved_term(facts)?;
            }
            Some(Recipe::right(facts).change())
        }),
    },
    Misconception {
        slug: "gave-delta",
        title: "that is delta",
        says: "That is delta, the plain step of this update. Something else was asked for.",
        next: "You are close: say what becomes of it.",
        asked: &[PLAIN, TERM, AFTER, RATE],
        slip: Slip::Formula(|facts, asked| {
            if asked == RATE {
                moved_term(facts)?;
            }
            Some(Recipe::right(facts).delta)
        }),
    },
    Misconception {
        slug: "no-update",
        title: "that is the weight before",
        says: "That is where the update starts. Something is added to it.",
        next: "Work out what this update adds, and add it.",
        asked: &[PLAIN, AFTER],
        slip: Slip::Formula(|facts, _| Some(Ingredients::of(facts).before)),
    },
    Misconception {
        slug: "gave-weight",
        title: "that is the new weight",
        says: "That is the new weight. What was asked for is a step, not a place.",
        next: "Leave out the weight that the update started from.",
        asked: &[CHANGE, KEPT],
        slip: Slip::Formula(|facts, _| Some(Recipe::right(facts).after())),
    },
    Misconception {
        slug: "gave-plain-weight",
        title: "that is the weight after the plain step",
        says: "That is the weight after the plain step. What was asked for is the step itself.",
        next: "Leave out the weight that the update started from.",
        asked: &[DELTA],
        slip: Slip::Formula(|facts, _| Some(Recipe::right(facts).plain())),
    },
    Misconception {
        slug: "quotient-upside-down",
        title: "the quotient is upside down",
        says: "You have divided the gradient by the change.",
        next: "The effective rate says how much of the gradient was taken: divide the change by the gradient.",
        asked: &[RATE],
        slip: Slip::Formula(|facts, _| {
            let right = Recipe::right(facts);
            Some(right.downhill.clone() / right.change())
        }),
    },
    Misconception {
        slug: "rounded-early",
        title: "rounded too early",
        says: "You have rounded delta or the momentum term before adding, and the rounding has grown into the result.",
        next: "Keep all digits until the end, and round once.",
        asked: &[CHANGE, AFTER],
        slip: Slip::Formula(rounded_early),
    },
];

/// The share of a gradient that a moving average takes.
fn share(facts: &Facts) -> Formula {
    Formula::Constant(1.0) - Ingredients::of(facts).momentum
}

/// The momentum term, where it moves the weight at all: without it, two slips may be one.
fn moved_term(facts: &Facts) -> Option<Formula> {
    let term = Recipe::right(facts).term?;
    (term.evaluate() != 0.0).then_some(term)
}

/// What is asked for, from another memory, downhill and in the unit of the rule.
fn remembering(facts: &Facts, memory: f64, asked: Asked) -> Option<Formula> {
    let mut from = Ingredients::of(facts);
    from.memory = Formula::Quantity(Quantity::Memory, facts.written(memory));
    Recipe::made_of(facts, &from).formula(asked)
}

fn remembers_steps(facts: &Facts) -> Option<()> {
    (facts.settings.rule.memory_unit() == MemoryUnit::Delta).then_some(())
}

fn remembers_gradients(facts: &Facts) -> Option<()> {
    (facts.settings.rule.memory_unit() == MemoryUnit::Gradient).then_some(())
}

/// A gradient's part in a momentum term: times the learning rate where the rule multiplies its memory by it.
fn in_steps(facts: &Facts, gradient: Formula) -> Formula {
    match (remembers_gradients(facts), Ingredients::of(facts).rate) {
        (Some(()), Some(rate)) => signed(facts, rate * gradient),
        (Some(()), None) | (None, _) => signed(facts, gradient),
    }
}

/// The change or the new weight from delta and momentum term with as many decimals as the weight shows. It counts
/// only where three digits of the result show the difference: rounding less than that is no slip.
fn rounded_early(facts: &Facts, asked: Asked) -> Option<Formula> {
    let decimals = number::decimals(facts.before, facts.digits).clamp(2, 4);
    let power = power_of_ten(i32::try_from(decimals).unwrap_or(4));
    let round = |value: f64| (value * power).round() / power;
    let right = Recipe::right(facts);
    let delta = Formula::Quantity(Quantity::Delta, round(right.delta.evaluate()));
    let term = round(moved_term(facts)?.evaluate());
    let recipe = Recipe {
        delta,
        term: Some(Formula::Quantity(Quantity::MomentumTerm, term)),
        ..right.clone()
    };
    let [formula, exact] = [recipe, right].map(|recipe| {
        if asked == CHANGE {
            recipe.change()
        } else {
            recipe.after()
        }
    });
    let (rounded, exact) = (formula.evaluate(), exact.evaluate());
    let shows = (rounded - exact).abs() > 0.011 * rounded.abs().max(exact.abs());
    shows.then_some(formula)
}
