//! What expressions come to for the updates of a run.

use std::rc::Rc;
use std::sync::Arc;

use super::{Phrase, Variable};
use crate::explain::{rough_of, value_of, value_of_update};
use crate::math::expression::Expression;
use crate::math::{Convention, Metrics, Model, Rough};
use crate::timeline::{Holds, LOSS, Record, STEP, Stand, WEIGHTS};

/// Whether an expression is about the time before an update or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Parameters are what the update starts from.
    Before,
    /// Parameters are what it has come to.
    After,
}

/// What names in expressions depend on besides the update.
#[derive(Debug, Clone, Copy)]
pub struct Scope {
    /// The parameter that quantities without a name are about, by its index.
    pub focus: usize,
    /// The sign that gradients are read with.
    pub convention: Convention,
}

impl Scope {
    /// The value of an expression for an update; 1 and 0 for true and false.
    ///
    /// `metrics` are the figures over all items; without them, expressions about them are no numbers.
    pub fn value(
        self,
        phrase: &Phrase,
        record: &Record,
        when: When,
        metrics: Option<Metrics>,
    ) -> f64 {
        let value = |variable: &Variable| self.number(*variable, record, when, metrics);
        phrase.expression.evaluate(&value)
    }

    /// [`Scope::value`] for an update of a run, with how far rounding may have moved it.
    pub fn rough(
        self,
        phrase: &Phrase,
        (model, record): (&Arc<Model>, &Rc<Record>),
        when: When,
        metrics: Option<Metrics>,
    ) -> Rough {
        phrase.expression.rough(&|variable| {
            let Some((quantity, parameter)) = variable.quantity() else {
                return Rough::rounded(self.number(*variable, record, when, metrics));
            };
            let parameter = parameter.unwrap_or(self.focus);
            rough_of(model, record, parameter, self.convention, quantity)
        })
    }

    /// What a name comes to; no number where it has none.
    pub fn number(
        self,
        variable: Variable,
        record: &Record,
        when: When,
        metrics: Option<Metrics>,
    ) -> f64 {
        match (variable, when) {
            (Variable::Step, When::Before) => record.step as f64,
            (Variable::Step, When::After) => (record.step + 1) as f64,
            (Variable::Epoch, _) => (record.epoch + 1) as f64,
            (Variable::Loss, _) => figure(metrics, |metrics| Some(metrics.loss)),
            (Variable::Mse, _) => figure(metrics, |metrics| metrics.mse),
            (Variable::Accuracy, _) => figure(metrics, |metrics| metrics.accuracy),
            (Variable::Parameter(index), When::Before) => record.updates[index].before,
            (Variable::Parameter(index), When::After) => record.updates[index].after,
            (Variable::Quantity(quantity, parameter), _) => value_of(
                record,
                parameter.unwrap_or(self.focus),
                self.convention,
                quantity,
            ),
        }
    }

    /// Whether a condition holds after an update.
    pub fn holds(self, phrase: &Phrase, record: &Record, metrics: Option<Metrics>) -> bool {
        self.value(phrase, record, When::After, metrics) == 1.0
    }
}

/// A condition that runs are to come to which keep no records.
#[derive(Debug)]
pub struct Until<'a> {
    scope: Scope,
    phrase: &'a Phrase,
    model: &'a Model,
}

impl<'a> Until<'a> {
    /// A condition for runs of a model.
    pub fn new(scope: Scope, phrase: &'a Phrase, model: &'a Model) -> Self {
        Self {
            scope,
            phrase,
            model,
        }
    }
}

impl Holds for Until<'_> {
    /// Figures over all items, where it needs them, may be stopped, as in [`Model::metrics_while`]; then it does not.
    fn holds(&self, stand: &Stand, goes_on: &mut dyn FnMut(u64) -> bool) -> bool {
        let Self {
            scope,
            phrase,
            model,
        } = *self;
        let state = stand.state;
        let length = model.epoch_length();
        let ends_epoch = length.is_some_and(|length| state.step.is_multiple_of(length));
        let is_known = ends_epoch && phrase.is_about_metrics();
        let metrics = is_known
            .then(|| model.metrics_while(&state.weights, goes_on))
            .flatten();
        let value = |variable: &Variable| match *variable {
            Variable::Step => state.step as f64,
            Variable::Epoch => (model.epoch_of(state.step.saturating_sub(1)) + 1) as f64,
            Variable::Loss => {
                (stand.loss).unwrap_or_else(|| figure(metrics, |metrics| Some(metrics.loss)))
            }
            Variable::Mse => figure(metrics, |metrics| metrics.mse),
            Variable::Accuracy => figure(metrics, |metrics| metrics.accuracy),
            Variable::Parameter(index) => state.weights[index],
            Variable::Quantity(quantity, parameter) => stand
                .updates
                .get(parameter.unwrap_or(scope.focus))
                .map_or(f64::NAN, |update| {
                    value_of_update(state.settings, update, scope.convention, quantity)
                }),
        };
        phrase.expression.evaluate(&value) == 1.0
    }

    /// Within an epoch there are no figures, and no loss of a network.
    fn is_about_epochs(&self) -> bool {
        self.model.epoch_length().is_some() && self.phrase.is_about_epochs()
    }

    fn formula(&self) -> Option<Expression<usize>> {
        self.model.surface()?;
        self.phrase
            .expression
            .with_names(&|variable| match *variable {
                Variable::Step => Some(Expression::Name(STEP)),
                Variable::Loss => Some(Expression::Name(LOSS)),
                Variable::Parameter(index) => Some(Expression::Name(WEIGHTS + index)),
                // There are no items, and so one epoch and no figures over items.
                Variable::Epoch => Some(Expression::Number(1.0)),
                Variable::Mse | Variable::Accuracy => Some(Expression::Number(f64::NAN)),
                Variable::Quantity(..) => None,
            })
    }
}

/// One of the figures over all items; no number where there is none.
pub(super) fn figure(metrics: Option<Metrics>, of: fn(Metrics) -> Option<f64>) -> f64 {
    metrics.and_then(of).unwrap_or(f64::NAN)
}
