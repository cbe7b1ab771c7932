//! How far rounding may have moved the numbers of an update.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::{Material, is_same, part};
use crate::explain::signed;
use crate::explain::{Formula, Quantity};
use crate::math::rules::RulePart;
use crate::math::{Convention, MemoryUnit, Model, Rough, Settings};
use crate::timeline::Record;

/// A number of one parameter's update, with how far rounding may have moved it. No number where the update has none.
pub fn rough_of(
    model: &Arc<Model>,
    record: &Rc<Record>,
    parameter: usize,
    convention: Convention,
    quantity: Quantity,
) -> Rough {
    let all = roughs_of(model, record, parameter, convention, [quantity]);
    all.last().unwrap_or(Rough::rounded(f64::NAN))
}

/// Several of them: what they have in common is found once.
pub fn roughs_of(
    model: &Arc<Model>,
    record: &Rc<Record>,
    parameter: usize,
    convention: Convention,
    quantities: impl IntoIterator<Item = Quantity>,
) -> impl Iterator<Item = Rough> {
    let source = Material::new(model, record, parameter, convention);
    quantities.into_iter().map(move |quantity| {
        if quantity == Quantity::EffectiveRate && !source.has_rate() {
            return Rough::rounded(f64::NAN);
        }
        source.rough(quantity)
    })
}

/// Of a number that rests on more others than these, they are taken to be rounded once.
const MOST_SOURCES: usize = 64;

/// What has been found is no part of what a derivation is: it is neither compared nor shown.
#[derive(Clone, Default)]
pub(super) struct Roughs(RefCell<Vec<(Quantity, Rough)>>);

impl fmt::Debug for Roughs {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("Roughs")
    }
}

impl Material {
    /// A number of the update, with how far rounding may have moved it since the update began: what its formula rests
    /// on is looked at as well, as far back as the signal of its node; not where that is more than [`MOST_SOURCES`].
    pub fn rough(&self, quantity: Quantity) -> Rough {
        let known = |(known, rough): &(Quantity, Rough)| (*known == quantity).then_some(*rough);
        let found = self.roughs.0.borrow().iter().find_map(known);
        found.unwrap_or_else(|| {
            let found = self.find_rough(quantity);
            self.roughs.0.borrow_mut().push((quantity, found));
            found
        })
    }

    fn find_rough(&self, quantity: Quantity) -> Rough {
        if quantity == Quantity::Memory {
            return self.remembered();
        }
        let value = self.value(quantity);
        if let Some(part) = part(quantity).filter(|_| !self.is_left_out(quantity)) {
            let found = self.ruled_rough(part);
            return Rough { value, ..found };
        }
        let formula = self.formula(quantity);
        let is_own = matches!(formula, Formula::Quantity(other, _) if other == quantity);
        if is_own {
            return Rough::rounded(value);
        }
        // Each of many operands may itself be made of as many: a softmax's outputs are.
        let ends = matches!(quantity, Quantity::Node(_)) || formula.has_more_than(MOST_SOURCES);
        let found = formula.rough(&|operand, value| {
            if ends || operand == quantity {
                Rough::rounded(value)
            } else {
                self.rough(operand)
            }
        });
        if !is_same(found.value, value) && self.is_by_hand(quantity, &formula) {
            return Rough::rounded(value);
        }
        Rough { value, ..found }
    }

    /// What the rule's text makes of numbers that rounding may have moved.
    fn ruled_rough(&self, wanted: RulePart) -> Rough {
        let rule = self.rule();
        let given = signed::given_as(rule, self.convention, |quantity| self.rough(quantity));
        // What the text leaves out is 0.
        let mut found = Rough::rounded(0.0);
        rule.update(given, &mut |part, number| {
            if part == wanted {
                found = number;
            }
            number
        });
        found
    }

    /// What is remembered. Which terms have cancelled in it, only earlier updates know; but where this one's gradient is
    /// not told from 0, no more is told of a memory than what such gradients can have added up to.
    fn remembered(&self) -> Rough {
        let Settings {
            rule,
            learning_rate,
            momentum,
            ..
        } = self.record.settings;
        let found = self.rough(Quantity::Gradient);
        let taken = match rule.memory_unit() {
            MemoryUnit::Delta => learning_rate,
            MemoryUnit::Gradient => 1.0,
            MemoryUnit::Square | MemoryUnit::Count => 0.0,
        };
        let mut memory = Rough::rounded(self.value(Quantity::Memory));
        if found.value.abs() <= found.error && (0.0..1.0).contains(&momentum) {
            memory.error += taken * found.error / (1.0 - momentum);
        }
        memory
    }
}
