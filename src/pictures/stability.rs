//! The plane of learning rate x curvature and momentum: where runs settle, and where this one stands.

use super::{Pictured, Subject};
use crate::explain::behaviour::motion_words;
use crate::explain::{Digits, Line, Quantity, Role, Text, capital, number};
use crate::math::stability::{Motion, is_known, motion, oscillates_above, stable_range};
use crate::math::{Rule, Settings};

/// More curvatures than these are not told apart.
const MOST_MARKS: usize = 8;
/// However far away a mark is, the regions stay in sight.
const FURTHEST: f64 = 12.0;

/// The plane.
#[derive(Debug, Clone, PartialEq)]
pub struct StabilityView {
    /// The rule, the learning rate and the momentum of the next update.
    pub settings: Settings,
    /// Where this run stands: a mark for each upward curvature of the surface, the largest first.
    pub marks: Vec<StabilityMark>,
    /// Where the run stood before a setting was turned: η × L and the momentum, for each curvature; nothing where it had
    /// another rule, whose plane is another.
    pub ghost: Vec<[f64; 2]>,
    /// Whether the curvatures are known.
    pub has_surface: bool,
    /// Where the plane ends to the right; it begins at 0.
    pub end: f64,
    /// How many digits a number has at most.
    pub digits: Digits,
}

/// Where a run stands along one axis of the surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StabilityMark {
    /// L.
    pub curvature: f64,
    /// eta L.
    pub product: f64,
    /// What that means.
    pub motion: Motion,
}

impl StabilityView {
    /// The momentum that counts: without a memory there is none.
    pub fn momentum(&self) -> f64 {
        momentum_of(self.settings)
    }

    /// What becomes of runs at a point of the plane.
    pub fn motion_at(&self, product: f64, momentum: f64) -> Motion {
        motion(self.settings.rule, product, momentum)
    }

    /// Critical damping: the value of eta L above which runs swing.
    pub fn critical_at(&self, momentum: f64) -> f64 {
        oscillates_above(self.settings.rule, momentum)
    }
}

impl Pictured for StabilityView {
    fn missing(subject: &Subject) -> Option<&'static str> {
        let is_known = is_known(subject.record.settings.rule);
        (!is_known)
            .then_some("what a rule that is not linear does on a parabola is not known beforehand")
    }

    fn of(subject: &Subject) -> Option<Self> {
        let settings = subject.record.settings;
        let curvatures = valleys(subject.curvatures());
        let mark = |curvature: f64| {
            let product = settings.learning_rate * curvature;
            StabilityMark {
                curvature,
                product,
                motion: motion(settings.rule, product, settings.momentum),
            }
        };
        let marks: Vec<StabilityMark> = curvatures.into_iter().map(mark).collect();
        let ghost = ghost(subject);
        let products = marks.iter().map(|mark| mark.product);
        let furthest = products
            .chain(ghost.iter().map(|place| place[0]))
            .fold(0.0, f64::max);
        Some(Self {
            end: plane_end(settings.rule).max((1.1 * furthest).min(FURTHEST)),
            marks,
            ghost,
            settings,
            has_surface: subject.surface().is_some(),
            digits: subject.digits,
        })
    }

    /// The bounds of the learning rate, and where this run stands among them.
    fn words(subject: &Subject) -> Text {
        if let Some(message) = Self::missing(subject) {
            return Text::from(vec![Line::plain(format!("{}.", capital(message)))]);
        }
        let settings = subject.record.settings;
        let (rule, mu) = (settings.rule, settings.momentum);
        let show = |value| subject.show(value);
        let mut lines = vec![
            Line::plain(
                "On a parabola of curvature L an update multiplies the distance to the minimum by a factor; it settles where that is below 1. What counts is η × L.",
            ),
            Line::plain("rule ").with(rule.name(), Role::Strong).with(
                if rule.remembers() {
                    format!(", momentum {}", show(mu))
                } else {
                    String::new()
                },
                Role::Plain,
            ),
        ];
        let stable = stable_range(rule, mu);
        lines.push(match stable {
            None => Line::plain("With this momentum no learning rate settles."),
            Some((from, to)) if from > 0.0 => Line::plain(format!(
                "It settles for η × L between {} and {}.",
                show(from),
                show(to)
            )),
            Some((_, to)) => Line::plain(format!("It settles for η × L below {}.", show(to))),
        });
        let swings = oscillates_above(rule, mu);
        if stable.is_some_and(|(from, _)| swings > from) {
            lines.push(Line::plain(format!(
                "It swings from side to side above {}; there, at critical damping, it settles fastest without swinging.",
                show(swings)
            )));
        } else if swings.is_finite() {
            lines.push(Line::plain(format!(
                "It swings from side to side above {}.",
                show(swings)
            )));
        }
        lines.push(Line::new());
        match subject.surface() {
            Some(_) => {
                lines.push(Line::plain("This run, for each curvature of the surface where it stands:"));
                for curvature in subject.curvatures() {
                    let q = settings.learning_rate * curvature;
                    let words = if curvature <= 0.0 {
                        "no valley in this direction"
                    } else {
                        motion_words(motion(rule, q, mu))
                    };
                    let product = format!(
                        "  η × L = {} × {} = {}",
                        show(settings.learning_rate),
                        show(curvature),
                        show(q)
                    );
                    lines.push(
                        Line::new()
                            .with(product, Role::Quantity(Quantity::LearningRate))
                            .with(format!(": {words}"), Role::Plain),
                    );
                }
                lines.push(Line::plain(
                    "It holds for quadratic surfaces everywhere, for others near this place.",
                ));
            }
            None => lines.push(Line::plain(
                "This lesson has no surface, so its curvatures are not known; `open ravine` has one.",
            )),
        }
        Text::from(lines)
    }

    fn heading(&self) -> String {
        self.settings.rule.name().to_owned()
    }

    /// `Settles, swinging: η × L is 0.9, and from 3.2 on it grows.`
    fn verdict(&self) -> Option<Line> {
        let show = |value| number::display(value, self.digits.few());
        let stable = stable_range(self.settings.rule, self.settings.momentum);
        let bounds = match stable {
            None => "no η × L settles with this momentum".to_owned(),
            Some((from, to)) if from > 0.0 => {
                format!("between {} and {} it settles", show(from), show(to))
            }
            Some((_, to)) if to.is_finite() => format!("from {} on it grows", show(to)),
            Some(_) => "it settles at any".to_owned(),
        };
        let steepest = self.marks.first();
        Some(Line::plain(match steepest {
            Some(mark) => {
                let words = capital(motion_words(mark.motion));
                let (product, which) = (
                    show(mark.product),
                    ["", " at most"][usize::from(self.marks.len() > 1)],
                );
                format!("{words}: η × L is {product}{which}; {bounds}.")
            }
            None if self.has_surface => {
                "No valley here: it curves upwards in no direction.".to_owned()
            }
            None => format!("In general: {bounds}."),
        }))
    }
}

/// The upward curvatures, the largest first.
fn valleys(mut curvatures: Vec<f64>) -> Vec<f64> {
    curvatures.retain(|curvature| *curvature > 0.0);
    curvatures.sort_by(|a, b| b.total_cmp(a));
    curvatures.truncate(MOST_MARKS);
    curvatures
}

fn momentum_of(settings: Settings) -> f64 {
    if settings.rule.remembers() {
        settings.momentum
    } else {
        0.0
    }
}

/// Where the run stood before a setting was turned, at its last place.
fn ghost(subject: &Subject) -> Vec<[f64; 2]> {
    let ghost = subject.timeline.ghost().zip(subject.ghost());
    let rule = subject.record.settings.rule;
    let places = ghost.map(|(ghost, run)| {
        let [_, had] = ghost.settings();
        let end = run.state(run.reached()).weights;
        let curvatures = valleys(subject.curvatures_at(&end)).into_iter();
        let place = |curvature| [had.learning_rate * curvature, momentum_of(had)];
        let same = had.rule == rule;
        curvatures.filter(|_| same).map(place).collect()
    });
    places.unwrap_or_default()
}

/// Where the plane of a rule ends (in learning rate x curvature) so that all of the region in which runs settle is seen,
/// where it has an end.
pub fn plane_end(rule: Rule) -> f64 {
    /// `averaged` settles at any learning rate where the momentum is near enough to 1.
    const MOST: f64 = 8.0;
    let momenta = (0..100).map(|hundredths| f64::from(hundredths) / 100.0);
    let ends = momenta.filter_map(|momentum| stable_range(rule, momentum));
    let furthest = ends.fold(0.0_f64, |most, (_, to)| most.max(to));
    (1.15 * furthest).min(MOST)
}
