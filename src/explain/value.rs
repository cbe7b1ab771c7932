//! The numbers of one parameter's update, as they are written.

use super::{NodeQuantity, OfRule, Quantity};
use crate::math::{Convention, Pass, Settings, Slots, Update};
use crate::timeline::{Record, Sight};

/// The value of one quantity of one update, without deriving the others. A quantity that the update has not is
/// no number.
pub fn value_of(
    record: &Record,
    parameter: usize,
    convention: Convention,
    quantity: Quantity,
) -> f64 {
    Numbers::of(record, parameter, convention).value(quantity)
}

/// The value of one quantity of one update, where nothing else is known of it than the update itself.
pub fn value_of_update(
    settings: Settings,
    update: &Update,
    convention: Convention,
    quantity: Quantity,
) -> f64 {
    let numbers = Numbers {
        settings: &settings,
        update,
        error: None,
        pass: None,
        convention,
    };
    numbers.value(quantity)
}

/// The value of one quantity of an update that is looked at, of the parameter with this place among those that are.
pub fn value_in_sight(
    sight: &Sight,
    place: usize,
    convention: Convention,
    quantity: Quantity,
) -> f64 {
    let numbers = Numbers {
        settings: sight.settings,
        update: &sight.updates[place],
        error: sight.error,
        pass: sight.pass,
        convention,
    };
    numbers.value(quantity)
}

/// The numbers of one parameter's update.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    settings: &'a Settings,
    update: &'a Update,
    error: Option<f64>,
    pass: Option<&'a Pass>,
    convention: Convention,
}

impl<'a> Numbers<'a> {
    pub fn of(record: &'a Record, parameter: usize, convention: Convention) -> Self {
        Self {
            settings: &record.settings,
            update: &record.updates[parameter],
            error: record.error,
            pass: record.pass.as_ref(),
            convention,
        }
    }

    pub fn value(self, quantity: Quantity) -> f64 {
        let Self {
            settings, update, ..
        } = self;
        match quantity {
            Quantity::LearningRate => settings.learning_rate,
            Quantity::Momentum => settings.momentum,
            Quantity::Before => update.before,
            Quantity::Gradient => self.convention.flip(update.downhill),
            Quantity::Delta => update.delta,
            Quantity::PlainWeight => update.plain,
            Quantity::Memory => self.written(0, update.memory),
            Quantity::MomentumTerm => update.momentum_term,
            Quantity::After => update.after,
            Quantity::NewMemory => self.written(0, update.new_memory),
            Quantity::Change => update.change(),
            Quantity::EffectiveRate => update.effective_rate().unwrap_or(f64::NAN),
            Quantity::Error if self.pass.is_none() => f64::NAN,
            Quantity::Loss if self.pass.is_some() => f64::NAN,
            Quantity::Error | Quantity::Loss => self.error.unwrap_or(f64::NAN),
            Quantity::OfRule(OfRule::Setting(name)) => settings.further_called(name),
            Quantity::OfRule(OfRule::Memory(place)) => self.written(place, update.memory),
            Quantity::OfRule(OfRule::Kept(place)) => self.written(place, update.new_memory),
            Quantity::Node(of_node) => {
                let found = self.pass.and_then(|pass| of_node.value_in(pass));
                let value = found.unwrap_or(f64::NAN);
                match of_node.quantity {
                    NodeQuantity::Signal => self.convention.flip(value),
                    NodeQuantity::Raw
                    | NodeQuantity::Value
                    | NodeQuantity::Sum
                    | NodeQuantity::Target => value,
                }
            }
        }
    }

    /// A buffer of gradients is written with the sign of gradients; deltas are always what is added.
    fn written(self, place: usize, memory: Slots) -> f64 {
        let rule = self.settings.rule;
        rule.written(place, memory[place], self.convention)
    }
}
