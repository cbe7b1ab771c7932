//! Watching a run for conditions.

use super::scope::figure;
use super::{Phrase, Scope, Variable, When};
use crate::explain::{Quantity, value_in_sight};
use crate::math::expression::Expression;
use crate::math::{Metrics, Model};
use crate::timeline::{Needs, Probe, Record, Sight, State};
use crate::watch::Watch;

/// Watches a run for conditions.
#[derive(Debug, Clone)]
pub struct Lookout {
    scope: Scope,
    until: Option<Phrase>,
    /// Whether that holds at the start.
    until_holds: bool,
    /// The breakpoints, and whether each held after the update before: they stop a run where they become true.
    breaks: Vec<(Phrase, bool)>,
    /// Figures over all items, as they were after the last epoch.
    metrics: Option<Metrics>,
    /// Whoever may stop them.
    watch: Watch,
    /// What has been seen.
    pub seen: Option<String>,
}

impl Lookout {
    /// Watches a run from its start for a condition and for breakpoints.
    pub fn new(scope: Scope, until: Option<Phrase>, breaks: &[Phrase], watch: &Watch) -> Self {
        Self {
            scope,
            until,
            until_holds: false,
            breaks: breaks
                .iter()
                .cloned()
                .map(|phrase| (phrase, false))
                .collect(),
            metrics: None,
            watch: watch.clone(),
            seen: None,
        }
    }

    /// The same from a run's last update on: what holds after it is no news.
    #[must_use]
    pub fn going_on(mut self, last: Option<&Record>, metrics: Option<Metrics>) -> Self {
        self.metrics = metrics;
        if let Some(record) = last {
            let holds = |phrase: &Phrase| self.scope.holds(phrase, record, metrics);
            self.until_holds = self.until.as_ref().is_some_and(holds);
            for (phrase, held) in &mut self.breaks {
                *held = self.scope.holds(phrase, record, metrics);
            }
        }
        self
    }

    /// Whether it needs the figures over all items.
    pub fn needs_metrics(&self) -> bool {
        self.phrases().any(Phrase::is_about_metrics)
    }

    fn phrases(&self) -> impl Iterator<Item = &Phrase> {
        self.until
            .iter()
            .chain(self.breaks.iter().map(|(phrase, _)| phrase))
    }

    /// The condition, where it holds at the start.
    pub fn until_holds(&self) -> Option<String> {
        let until = self.until.as_ref().filter(|_| self.until_holds);
        until.map(|phrase| phrase.text.clone())
    }

    /// Whether there is anything to look for.
    pub fn looks(&self) -> bool {
        self.phrases().next().is_some()
    }

    /// Whether what it looks for can come about within an epoch.
    pub fn looks_at_updates(&self, model: &Model) -> bool {
        let by_update =
            |phrase: &Phrase| !phrase.is_about_epochs() || model.epoch_length().is_none();
        self.phrases().any(by_update)
    }

    /// Whether an update is one to stop after.
    pub fn sees(&mut self, model: &Model, record: &Record, state: &State) -> bool {
        let length = model.epoch_length();
        let ends_epoch = length.is_none_or(|length| state.step.is_multiple_of(length));
        if ends_epoch && self.needs_metrics() {
            self.metrics = model.metrics_watched(&state.weights, &self.watch);
        }
        let (scope, metrics) = (self.scope, self.metrics);
        self.finds(|_, phrase| {
            let number =
                |variable: &Variable| scope.number(*variable, record, When::After, metrics);
            phrase.expression.evaluate(&number) == 1.0
        })
    }

    /// The same of the last update of an epoch, where that is all that it looks at; the state is the one it has led to.
    pub fn sees_epoch(&mut self, model: &Model, state: &State) -> bool {
        let weights = self.needs_metrics().then_some(&state.weights[..]);
        self.on(model).is_enough(state.step, &[], weights)
    }

    /// Whether it has been found: which phrases hold after an update is told by their place among the breakpoints, where
    /// that to run until comes after these.
    fn finds(&mut self, holds: impl Fn(usize, &Phrase) -> bool) -> bool {
        for (index, (phrase, held)) in self.breaks.iter_mut().enumerate() {
            let holds = holds(index, phrase);
            if holds && !*held {
                self.seen = Some(format!("Breakpoint {}: {} holds.", index + 1, phrase.text));
            }
            *held = holds;
        }
        let last = self.breaks.len();
        if let Some(until) = self.until.as_ref().filter(|until| holds(last, until)) {
            self.seen = Some(format!("{} holds.", until.text));
        }
        self.seen.is_some()
    }

    /// The same lookout on a run of a model, for [`Run::go_looking`](crate::timeline::Run::go_looking): it looks at what
    /// its conditions are about.
    ///
    /// # Panics
    /// Never: all is noted that its conditions are about.
    pub fn on<'a>(&'a mut self, model: &'a Model) -> OnRun<'a> {
        let (mut noted, mut counts) = (Vec::<Variable>::new(), false);
        let mut needs = Needs {
            epochs: self.needs_metrics(),
            ..Needs::default()
        };
        let names = self.phrases().flat_map(|phrase| phrase.expression.names());
        for variable in names {
            match *variable {
                Variable::Step | Variable::Epoch => {
                    counts = true;
                    continue;
                }
                Variable::Mse | Variable::Accuracy => continue,
                Variable::Loss => match model.surface() {
                    None => continue,
                    Some(surface) => needs.weights = (0..surface.names().len()).collect(),
                },
                Variable::Parameter(index) => {
                    if !needs.weights.contains(&index) {
                        needs.weights.push(index);
                    }
                }
                Variable::Quantity(quantity, parameter) => {
                    needs.error |= matches!(quantity, Quantity::Error | Quantity::Loss);
                    needs.way |= matches!(quantity, Quantity::Node(_));
                    let parameter = parameter.unwrap_or(self.scope.focus);
                    if !needs.updates.contains(&parameter) {
                        needs.updates.push(parameter);
                    }
                }
            }
            if !noted.contains(variable) {
                noted.push(*variable);
            }
        }
        let supply = |variable: &Variable| {
            let place = noted.iter().position(|noted| noted == variable);
            Some(Expression::Name(match *variable {
                Variable::Step => Supply::Step,
                Variable::Epoch => Supply::Epoch,
                Variable::Mse => Supply::Mse,
                Variable::Accuracy => Supply::Accuracy,
                Variable::Loss => place.map_or(Supply::Loss, Supply::Noted),
                Variable::Parameter(_) | Variable::Quantity(..) => Supply::Noted(place?),
            }))
        };
        let phrases = self.breaks.iter().map(|(phrase, _)| phrase);
        let phrases = phrases.chain(&self.until);
        let phrase = |phrase: &Phrase| phrase.expression.with_names(&supply);
        OnRun {
            phrases: (phrases.map(phrase).map(|it| it.expect("all is noted"))).collect(),
            lookout: self,
            model,
            noted,
            needs,
            counts,
        }
    }
}

/// Where the number of a name in a condition comes from.
#[derive(Debug, Clone, Copy)]
enum Supply {
    Step,
    Epoch,
    /// Figures over all items.
    Loss,
    Mse,
    Accuracy,
    /// By its place among what is noted.
    Noted(usize),
}

/// A lookout on a run of a model.
#[derive(Debug)]
pub struct OnRun<'a> {
    lookout: &'a mut Lookout,
    model: &'a Model,
    /// What is noted of every update.
    noted: Vec<Variable>,
    needs: Needs,
    /// The conditions, the breakpoints first.
    phrases: Vec<Expression<Supply>>,
    /// Whether they are about how many updates have been made.
    counts: bool,
}

impl Probe for OnRun<'_> {
    fn needs(&self) -> &Needs {
        &self.needs
    }

    fn counts(&self) -> bool {
        self.counts
    }

    fn note(&self, sight: &Sight, numbers: &mut Vec<f64>) {
        let Scope { focus, convention } = self.lookout.scope;
        for variable in &self.noted {
            numbers.push(match *variable {
                Variable::Loss => {
                    let surface = self.model.surface();
                    surface.map_or(f64::NAN, |surface| surface.loss(sight.weights))
                }
                Variable::Parameter(index) => {
                    let place = place(&self.needs.weights, index);
                    place.map_or(f64::NAN, |place| sight.weights[place])
                }
                Variable::Quantity(quantity, parameter) => {
                    let parameter = parameter.unwrap_or(focus);
                    let place = place(&self.needs.updates, parameter);
                    place.map_or(f64::NAN, |place| {
                        value_in_sight(sight, place, convention, quantity)
                    })
                }
                Variable::Step | Variable::Epoch | Variable::Mse | Variable::Accuracy => f64::NAN,
            });
        }
    }

    fn is_enough(&mut self, step: u64, numbers: &[f64], weights: Option<&[f64]>) -> bool {
        let Self {
            lookout,
            model,
            phrases,
            ..
        } = self;
        if let Some(weights) = weights {
            lookout.metrics = model.metrics_watched(weights, &lookout.watch);
        }
        let metrics = lookout.metrics;
        let value = |supply: &Supply| match *supply {
            Supply::Step => step as f64,
            Supply::Epoch => (model.epoch_of(step - 1) + 1) as f64,
            Supply::Loss => figure(metrics, |metrics| Some(metrics.loss)),
            Supply::Mse => figure(metrics, |metrics| metrics.mse),
            Supply::Accuracy => figure(metrics, |metrics| metrics.accuracy),
            Supply::Noted(place) => numbers[place],
        };
        lookout.finds(|place, _| phrases[place].evaluate(&value) == 1.0)
    }
}

/// Where a parameter stands among those that are looked at.
fn place(looked_at: &[usize], parameter: usize) -> Option<usize> {
    looked_at.iter().position(|index| *index == parameter)
}
