//! What the lines of a derivation are made from: an update of one parameter, and what each of its numbers rests on.

mod roughs;

use std::rc::Rc;
use std::sync::Arc;

use roughs::Roughs;
pub use roughs::{rough_of, roughs_of};

use super::backprop::Backprop;
use super::signed::{self, Signed};
use super::value::Numbers;
use super::{DerivationLine, Formula, OfRule, Quantity, Written};
use crate::math::expression::Expression;
use crate::math::rules::RulePart;
use crate::math::{Convention, Model, Rough, Rule, Update};
use crate::timeline::Record;

/// Whether a formula comes to a number. A surface's gradient is found by other operations than its written derivative
/// has, so the last digits may differ.
fn is_same(computed: f64, value: f64) -> bool {
    computed == value || (computed - value).abs() <= 1e-9 * value.abs().max(1e-300)
}

/// What the lines are made from.
#[derive(Debug, Clone)]
pub(super) struct Material {
    model: Arc<Model>,
    record: Rc<Record>,
    parameter: usize,
    convention: Convention,
    /// What has been found of how far rounding may have moved its numbers: lines have many of them in common.
    roughs: Roughs,
}

impl PartialEq for Material {
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.record, &other.record) || self.record == other.record;
        same && (self.parameter, self.convention) == (other.parameter, other.convention)
    }
}

impl Material {
    pub fn new(
        model: &Arc<Model>,
        record: &Rc<Record>,
        parameter: usize,
        convention: Convention,
    ) -> Self {
        Self {
            model: Arc::clone(model),
            record: Rc::clone(record),
            parameter,
            convention,
            roughs: Roughs::default(),
        }
    }

    /// Whether it is a parameter's part of this very record.
    pub fn is_of(&self, record: &Rc<Record>, parameter: usize, convention: Convention) -> bool {
        Rc::ptr_eq(&self.record, record)
            && (self.parameter, self.convention) == (parameter, convention)
    }

    pub fn model(&self) -> &Model {
        &self.model
    }

    fn rule(&self) -> Rule {
        self.record.settings.rule
    }

    fn update(&self) -> &Update {
        &self.record.updates[self.parameter]
    }

    pub fn line(&self, quantity: Quantity) -> DerivationLine {
        let value = self.value(quantity);
        let formula = self.formula(quantity);
        // A gradient that was set by hand is not what back-propagation has found.
        let by_hand = self.is_by_hand(quantity, &formula);
        let formula = if by_hand {
            self.leaf(quantity)
        } else {
            formula
        };
        let mut noise = formula.shown_quantities();
        noise.push(quantity);
        noise.retain(|quantity| self.rough(*quantity).is_noise());
        DerivationLine {
            quantity,
            formula,
            value,
            noise,
            meaning: self.meaning(quantity, by_hand),
        }
    }

    fn is_by_hand(&self, quantity: Quantity, formula: &Formula) -> bool {
        let value = self.value(quantity);
        quantity == Quantity::Gradient && !is_same(formula.evaluate(), value) && {
            let found = formula.rough(&|_, value| Rough::rounded(value));
            (found.value - value).abs() > found.error
        }
    }

    /// Whether a number is 0 only because the parameter is not trained.
    fn is_left_out(&self, quantity: Quantity) -> bool {
        use Quantity::{Delta, NewMemory, OfRule as Own};
        matches!(quantity, Delta | NewMemory | Own(OfRule::Kept(_)))
            && !self.model.is_trained(self.parameter)
    }

    fn meaning(&self, quantity: Quantity, by_hand: bool) -> &'static str {
        if by_hand {
            return "It was set by hand.";
        }
        if self.is_left_out(quantity) {
            return if quantity == Quantity::Delta {
                "This network's biases are not trained: nothing is added."
            } else {
                "What is not trained remembers nothing."
            };
        }
        if quantity == Quantity::Gradient && self.model.surface().is_some() {
            return match self.convention {
                Convention::Add => "The slope of the surface here, turned: it points downhill.",
                Convention::Subtract => "The slope of the surface here: it points uphill.",
            };
        }
        self.with_backprop(|backprop| backprop.meaning(quantity))
            .flatten()
            .unwrap_or_else(|| meaning(quantity, self.rule(), self.convention))
    }

    /// Whether there is an effective rate: a gradient that is 0, or only rounding, has none.
    fn has_rate(&self) -> bool {
        let known = self.update().effective_rate().is_some();
        known && !self.rough(Quantity::Gradient).is_noise()
    }

    pub fn beside(&self, quantity: Quantity) -> Option<DerivationLine> {
        self.exists(quantity).then(|| self.line(quantity))
    }

    /// What a quantity that no line is about is computed from; nothing where it is given, or the update has it not.
    pub fn operands(&self, quantity: Quantity) -> Vec<Quantity> {
        if !self.exists(quantity) {
            return Vec::new();
        }
        let formula = self.formula(quantity);
        if self.is_by_hand(quantity, &formula) {
            return Vec::new();
        }
        let mut operands = formula.quantities();
        operands.retain(|operand| *operand != quantity);
        operands
    }

    pub fn exists(&self, quantity: Quantity) -> bool {
        match quantity {
            Quantity::EffectiveRate => self.has_rate(),
            Quantity::Memory | Quantity::NewMemory => self.rule().remembers(),
            Quantity::OfRule(own) => own.is_of(self.rule()),
            Quantity::MomentumTerm => self.rule().has_momentum_term(),
            Quantity::PlainWeight => false,
            Quantity::Error | Quantity::Loss | Quantity::Node(_) => !self.value(quantity).is_nan(),
            Quantity::LearningRate
            | Quantity::Momentum
            | Quantity::Before
            | Quantity::Gradient
            | Quantity::Delta
            | Quantity::After
            | Quantity::Change => true,
        }
    }

    pub fn value(&self, quantity: Quantity) -> f64 {
        Numbers::of(&self.record, self.parameter, self.convention).value(quantity)
    }

    /// Asks what derives a network's own numbers, where there is a network.
    fn with_backprop<T>(&self, ask: impl FnOnce(&Backprop) -> T) -> Option<T> {
        let network = self.model.network()?;
        Some(ask(&Backprop {
            network,
            record: &self.record,
            parameter: self.parameter,
            convention: self.convention,
        }))
    }

    /// A surface's loss or gradient as its formula has it; `None` where that is too long to be read.
    fn written(&self, quantity: Quantity) -> Option<Formula> {
        let surface = self.model.surface()?;
        let formula = |expression: Expression<usize>| {
            let values = self.record.updates.iter().map(|update| update.before);
            Formula::Written(Arc::new(Written {
                expression,
                names: surface.names().to_vec(),
                values: values.collect(),
            }))
        };
        if quantity == Quantity::Loss {
            return Some(formula(surface.expression().clone()));
        }
        let slope = formula(surface.slope(self.parameter)?);
        Some(match self.convention {
            Convention::Add => -slope,
            Convention::Subtract => slope,
        })
    }

    fn leaf(&self, quantity: Quantity) -> Formula {
        Formula::Quantity(quantity, self.value(quantity))
    }

    /// How a quantity is computed: by the rule's text, by back-propagation, or by its definition.
    fn formula(&self, quantity: Quantity) -> Formula {
        use Quantity::{After, Before, Change, Delta, Gradient, MomentumTerm, PlainWeight};
        let leaf = |quantity| self.leaf(quantity);
        let has_term = || self.rule().has_momentum_term();
        if self.is_left_out(quantity) {
            return Formula::Untrained;
        }
        match quantity {
            Gradient | Quantity::Loss if self.model.surface().is_some() => {
                self.written(quantity).unwrap_or_else(|| leaf(quantity))
            }
            Gradient | Quantity::Error | Quantity::Node(_) => self
                .with_backprop(|backprop| backprop.formula(quantity))
                .unwrap_or_else(|| leaf(quantity)),
            Delta | MomentumTerm | Quantity::NewMemory | Quantity::OfRule(OfRule::Kept(_)) => {
                part(quantity).map_or_else(|| leaf(quantity), |part| self.ruled(part))
            }
            After if has_term() => leaf(PlainWeight) + leaf(MomentumTerm),
            PlainWeight | After => leaf(Before) + leaf(Delta),
            Change if has_term() => leaf(Delta) + leaf(MomentumTerm),
            Change => leaf(Delta),
            Quantity::EffectiveRate => match self.convention {
                Convention::Add => leaf(Change) / leaf(Gradient),
                Convention::Subtract => leaf(Change) / -leaf(Gradient),
            },
            Quantity::LearningRate
            | Quantity::Momentum
            | Before
            | Quantity::Memory
            | Quantity::OfRule(OfRule::Setting(_) | OfRule::Memory(_))
            | Quantity::Loss => leaf(quantity),
        }
    }

    /// What the rule's text writes for one of its numbers, the others called by their names.
    fn ruled(&self, wanted: RulePart) -> Formula {
        let (rule, convention) = (self.rule(), self.convention);
        let given = signed::given(rule, convention, |quantity| self.value(quantity));
        let mut found = None;
        rule.update(given, &mut |part, number: Signed| {
            if part == wanted {
                found = Some(number.clone());
            }
            match part {
                RulePart::Delta => self.leaf(Quantity::Delta).into(),
                RulePart::MomentumTerm => self.leaf(Quantity::MomentumTerm).into(),
                RulePart::Kept(place) => {
                    let kept = self.leaf(Quantity::kept(place)).into();
                    signed::as_written(rule, place, kept, convention)
                }
            }
        });
        let found = found.unwrap_or(Signed::LEFT_OUT);
        match wanted {
            RulePart::Delta | RulePart::MomentumTerm => found.written(),
            RulePart::Kept(slot) => signed::as_written(rule, slot, found, convention).written(),
        }
    }
}

/// The number of a rule's text that a quantity is.
fn part(quantity: Quantity) -> Option<RulePart> {
    match quantity {
        Quantity::Delta => Some(RulePart::Delta),
        Quantity::MomentumTerm => Some(RulePart::MomentumTerm),
        Quantity::NewMemory => Some(RulePart::Kept(0)),
        Quantity::OfRule(OfRule::Kept(place)) => Some(RulePart::Kept(place)),
        Quantity::LearningRate
        | Quantity::Momentum
        | Quantity::Before
        | Quantity::Gradient
        | Quantity::PlainWeight
        | Quantity::Memory
        | Quantity::After
        | Quantity::Change
        | Quantity::EffectiveRate
        | Quantity::Error
        | Quantity::Loss
        | Quantity::OfRule(OfRule::Setting(_) | OfRule::Memory(_))
        | Quantity::Node(_) => None,
    }
}

/// What a quantity means in an update by `rule`, where no more is known of it.
fn meaning(quantity: Quantity, rule: Rule, convention: Convention) -> &'static str {
    let row = rule.row();
    let memory = row.memories.first();
    match quantity {
        Quantity::LearningRate => "How much of each gradient is taken. You choose it.",
        Quantity::Momentum => "How much of what is remembered is used again. You choose it.",
        Quantity::Before => "Where the update starts.",
        Quantity::Gradient => match convention {
            Convention::Add => "Which way is downhill, and how steep. The lesson gives it.",
            Convention::Subtract => {
                "Which way is uphill (dE/dw), and how steep. The lesson gives it."
            }
        },
        Quantity::Delta => row.delta,
        Quantity::PlainWeight => "First the plain step: delta is added to the weight.",
        Quantity::Memory => memory.map_or("", |memory| memory.before),
        Quantity::MomentumTerm => row.momentum_term,
        Quantity::After if rule.has_momentum_term() => {
            "Then the momentum step: this is where the next update starts."
        }
        Quantity::After => "The new weight. The next update starts from it.",
        Quantity::NewMemory => memory.map_or("", |memory| memory.kept),
        Quantity::Change => "Everything that was added to the weight.",
        Quantity::EffectiveRate => {
            "The rate that plain descent would have needed for the same change."
        }
        Quantity::Loss => "How high the surface is here. Lower is better.",
        Quantity::OfRule(own) => own.meaning(rule),
        Quantity::Error | Quantity::Node(_) => "",
    }
}
