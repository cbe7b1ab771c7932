//! What theory says of a run: along each axis of the surface, by [`crate::math::stability`].
//!
//! Every sentence is about the parabola of a curvature that is named. On a quadratic surface that is the surface
//! itself, and the sentence is about the run; elsewhere it says that it is about a parabola.

use super::motion_words;
use crate::explain::capital;
use crate::explain::number::{self, Digits};
use crate::math::portable::ln;
use crate::math::stability::{Motion, is_known, motion, spectral_radius, stable_range};
use crate::math::{Settings, Surface, eigen};
use crate::timeline::State;

/// The smallest share of the steepest curvature that is told from none, and of the longest way that is told from none.
const LEAST: f64 = 1e-12;

/// What theory says of the next updates along one axis of the surface.
#[derive(Debug, Clone, PartialEq)]
pub struct Outlook {
    /// The variable that the axis belongs to; `None` where it belongs to several.
    pub variable: Option<usize>,
    /// L, the curvature along the axis.
    pub curvature: f64,
    /// eta L.
    pub product: f64,
    /// The factor by which the distance to the minimum changes with an update, in the long run.
    pub factor: f64,
    /// What that means.
    pub motion: Motion,
}

impl Outlook {
    /// That along an axis of a curvature.
    pub fn new(settings: Settings, variable: Option<usize>, curvature: f64) -> Self {
        let Settings {
            rule,
            learning_rate,
            momentum,
            ..
        } = settings;
        let product = learning_rate * curvature;
        Self {
            variable,
            curvature,
            product,
            factor: spectral_radius(rule, product, momentum),
            motion: motion(rule, product, momentum),
        }
    }

    /// How many updates make the distance a hundredth of what it is, in the long run; `None` where it does not
    /// shrink, or by less than is told from nothing.
    pub fn updates_to_a_hundredth(&self) -> Option<f64> {
        let shrinks = matches!(self.motion, Motion::Approaching | Motion::Oscillating);
        let is_told = shrinks && self.factor < 1.0 - LEAST;
        // Where the factor is 0, one update is enough.
        let count = (ln(0.01) / ln(self.factor)).ceil().max(1.0);
        is_told.then_some(count)
    }

    /// `η × L = 0.8 × 2.875 = 2.3 is above 2: in the long run it grows`
    fn words(&self, settings: Settings, digits: Digits) -> String {
        let shown = |value| number::display(value, digits);
        let product = format!(
            "η × L = {} × {} = {}",
            shown(settings.learning_rate),
            shown(self.curvature),
            shown(self.product)
        );
        // Where the digits that are shown do not tell them apart.
        let just = |to| ["", "just "][usize::from(shown(to) == shown(self.product))];
        let words = motion_words(self.motion);
        let stable = stable_range(settings.rule, settings.momentum);
        match (self.motion, stable) {
            (Motion::Diverging, None) => format!(
                "with a momentum of {} no learning rate settles under this rule; in the long run it {words}",
                shown(settings.momentum)
            ),
            (Motion::Diverging, Some((from, _))) if self.product <= from => {
                format!(
                    "{product} is not above {}: in the long run it {words}",
                    shown(from)
                )
            }
            (Motion::Diverging, Some((_, to))) => {
                format!(
                    "{product} is {}above {}: in the long run it {words}",
                    just(to),
                    shown(to)
                )
            }
            (Motion::Approaching | Motion::Oscillating, Some((_, to))) => {
                format!("{product} is {}below {}: it {words}", just(to), shown(to))
            }
            (
                Motion::Approaching
                | Motion::Oscillating
                | Motion::Lasting
                | Motion::Coasting
                | Motion::Growing,
                _,
            ) => format!("{product}: in the long run it {words}"),
        }
    }
}

/// An axis along which there is no minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bottomless {
    /// It is curved downward, and the run stands exactly where it is highest.
    OnRidge,
    /// It is curved downward.
    OffRidge,
    /// It is not curved, but slopes.
    Sloping,
}

impl Bottomless {
    /// What is said of a run along it, on a quadratic surface or on another.
    fn words(self, is_quadratic: bool) -> Option<&'static str> {
        match (self, is_quadratic) {
            (Self::OnRidge, true) => {
                Some("it stands on a ridge: the slightest push would send it down")
            }
            (Self::OffRidge, true) => {
                Some("it runs down a ridge, in the long run further with every update")
            }
            (Self::OnRidge | Self::OffRidge, false) => Some("it is curved downward here"),
            (Self::Sloping, true) => {
                Some("the slope is the same everywhere: it runs on without an end")
            }
            (Self::Sloping, false) => None,
        }
    }
}

/// What theory says of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Theory {
    settings: Settings,
    /// Along each axis with a motion of its own, the one where it settles last first.
    along: Vec<Outlook>,
    /// Along an axis of each other kind, which variable it belongs to.
    others: Vec<(Bottomless, Option<usize>)>,
    is_quadratic: bool,
    variables: usize,
}

impl Theory {
    /// What theory says of a run on a surface from a state on; `None` where it says nothing: the rule is not linear.
    pub fn of(surface: &Surface, state: &State) -> Option<Self> {
        let settings = state.settings;
        if !is_known(settings.rule) {
            return None;
        }
        let is_quadratic = surface.is_quadratic();
        let axes = eigen(&surface.hessian(&state.weights));
        let steepest = axes
            .iter()
            .fold(0.0_f64, |most, axis| most.max(axis.value.abs()));
        let mut downhill = vec![0.0; state.weights.len()];
        surface.downhill(&state.weights, &mut downhill);
        let memories = state
            .memories
            .read_all(settings.rule, settings.learning_rate);
        let along = |numbers: &mut dyn Iterator<Item = f64>, direction: &[f64]| -> f64 {
            numbers
                .zip(direction)
                .map(|(number, part)| number * part)
                .sum()
        };
        let slopes = downhill
            .iter()
            .fold(0.0_f64, |most, slope| most.max(slope.abs()));
        let each = (memories.len() / state.weights.len().max(1)).max(1);
        // Whether gradients count at all: with a rate of 0, or an average that takes in none, they do not.
        let is_driven = Outlook::new(settings, None, -1.0).motion == Motion::Diverging;
        let mut theory = Self {
            settings,
            along: Vec::new(),
            others: Vec::new(),
            is_quadratic,
            variables: state.weights.len(),
        };
        for axis in &axes {
            let slope = along(&mut downhill.iter().copied(), &axis.direction);
            let memory = along(&mut memories.iter().copied().step_by(each), &axis.direction);
            let is_moving = slope != 0.0 || memory != 0.0;
            let variable = variable(&axis.direction);
            let outlook = Outlook::new(settings, variable, axis.value);
            let is_flat = axis.value == 0.0 || axis.value.abs() <= LEAST * steepest;
            let falls = axis.value < 0.0 && outlook.motion == Motion::Diverging;
            if is_flat {
                if slope.abs() > LEAST * slopes && is_driven {
                    theory.others.push((Bottomless::Sloping, variable));
                }
            } else if falls && is_moving {
                theory.others.push((Bottomless::OffRidge, variable));
            } else if falls {
                theory.others.push((Bottomless::OnRidge, variable));
            } else if is_moving || !is_quadratic {
                theory.along.push(outlook);
            }
        }
        theory.along.sort_by(|a, b| b.factor.total_cmp(&a.factor));
        Some(theory)
    }

    /// Whether it holds for the run itself that nothing comes to rest but in the minimum: every axis settles.
    pub(super) fn settles(&self) -> bool {
        let settles =
            |axis: &Outlook| matches!(axis.motion, Motion::Approaching | Motion::Oscillating);
        self.is_quadratic && self.others.is_empty() && self.along.iter().all(settles)
    }

    /// Whether it holds for the run itself that nothing grows without an end.
    pub(super) fn is_bounded(&self) -> bool {
        let is_bounded = |axis: &Outlook| match axis.motion {
            Motion::Approaching | Motion::Oscillating | Motion::Lasting => true,
            Motion::Coasting | Motion::Growing | Motion::Diverging => false,
        };
        self.is_quadratic && self.others.is_empty() && self.along.iter().all(is_bounded)
    }

    /// A sentence for each kind of motion that there is; empty where there is nothing to say.
    pub fn words(&self, digits: Digits, name: &dyn Fn(usize) -> String) -> String {
        let along = |variable: Option<usize>, otherwise: String| match (self.variables, variable) {
            (1, _) => String::new(),
            (_, Some(variable)) => format!("along {}, ", name(variable)),
            (_, None) => otherwise,
        };
        let mut told: Vec<Motion> = Vec::new();
        let mut sentences: Vec<String> = Vec::new();
        for outlook in &self.along {
            if !told.contains(&outlook.motion) {
                told.push(outlook.motion);
                let axis = number::display(outlook.curvature, digits);
                let place = along(outlook.variable, format!("along the axis of L = {axis}, "));
                sentences.push(place + &outlook.words(self.settings, digits));
            }
        }
        if let Some(first) = sentences.first_mut() {
            *first += &self.pace(digits);
        }
        if !self.is_quadratic && !sentences.is_empty() {
            let said = sentences.join("; ");
            sentences = vec![format!("on a parabola as curved as it is here, {said}")];
        }
        let others = self.others.iter().filter_map(|(kind, variable)| {
            let place = along(*variable, "along one axis, ".to_owned());
            Some(place + kind.words(self.is_quadratic)?)
        });
        sentences.extend(others);
        let sentence = |words: &String| capital(words) + ".";
        sentences.iter().map(sentence).collect::<Vec<_>>().join(" ")
    }

    /// How long the slowest axis takes, where all of them settle.
    fn pace(&self, digits: Digits) -> String {
        let slowest = self.along.first().and_then(Outlook::updates_to_a_hundredth);
        match slowest.filter(|_| self.others.is_empty()) {
            None => String::new(),
            Some(1.0) => ", a hundred times nearer with every update".to_owned(),
            Some(updates) => format!(
                ", in the long run a hundred times nearer with every {} updates",
                number::display(updates, Digits::usual(digits.decimal()))
            ),
        }
    }
}

/// The variable whose axis a direction is.
fn variable(direction: &[f64]) -> Option<usize> {
    direction.iter().position(|part| part.abs() > 1.0 - 1e-9)
}
