//! The loss as a curve of one variable or as contours of two, and the way that every run has gone over it.

use std::rc::Rc;
use std::sync::Arc;

use super::{Drawn, Pictured, Relief, ReliefCache, Subject, Terms};
use crate::explain::{Digits, Line, Quantity, Role, Text, number, plural};
use crate::math::contour::curve;
use crate::math::{Interval, Model, Surface, Update, window};
use crate::timeline::Run;

/// At most so many points are drawn of a path.
const MOST_POINTS: usize = 500;
/// Both variables have one scale unless one of them would be shown this many times as far as is asked.
const MOST_STRETCH: f64 = 3.0;

/// A surface of one variable or of two.
#[derive(Debug, Clone, PartialEq)]
pub enum SurfaceView {
    /// A curve.
    Curve(CurveView),
    /// Contours.
    Contours(ContourView),
}

/// What a path is: a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct PathView {
    pub name: String,
    pub current: bool,
    /// Where it has been, from its start on: the two variables, or the variable and the loss.
    pub points: Vec<[f64; 2]>,
}

/// The loss over one variable.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveView {
    pub name: String,
    /// What of it is seen.
    pub window: Interval,
    /// The way of every branch, the current one last.
    pub paths: Vec<PathView>,
    /// The way of the run before a setting was turned; without points where there is none.
    pub ghost: Vec<[f64; 2]>,
    /// The place that the arrows start from.
    pub before: f64,
    /// The slope dE/dw there, once it has been shown.
    pub slope: Option<f64>,
    /// How far the plain step goes, once it has been shown.
    pub delta: Option<f64>,
    /// How far the momentum term goes after it, once it has been shown.
    pub term: Option<f64>,
    /// Whether the rule has a momentum term.
    pub remembers: bool,
    pub minima: Vec<[f64; 2]>,
    pub digits: Digits,
    model: Arc<Model>,
}

/// The loss over two variables.
#[derive(Debug, Clone, PartialEq)]
pub struct ContourView {
    /// The variables.
    pub names: [String; 2],
    /// What of them is asked for.
    pub window: [Interval; 2],
    /// The way of every branch, the current one last.
    pub paths: Vec<PathView>,
    /// The way of the run before a setting was turned; without points where there is none.
    pub ghost: Vec<[f64; 2]>,
    /// Where the minima are, the lowest first.
    pub minima: Vec<[f64; 2]>,
    /// How far the plain step leads from where the ball is, once that may be seen,
    pub delta: Option<[f64; 2]>,
    /// and how far the momentum term leads on from there, where the rule has one.
    pub term: Option<[f64; 2]>,
    /// How many digits a number has at most.
    pub digits: Digits,
    model: Arc<Model>,
    cache: ReliefCache,
}

impl Pictured for SurfaceView {
    fn missing(subject: &Subject) -> Option<&'static str> {
        let many = subject.ground()?.names().len() > 2;
        many.then_some("a surface of more than two variables cannot be drawn")
    }

    fn of(subject: &Subject) -> Option<Self> {
        let surface = subject.ground()?;
        match (surface.names(), &seen(subject)?[..]) {
            ([name], [window]) => Some(Self::Curve(CurveView::of(subject, surface, name, *window))),
            ([x, y], [across, up]) => {
                let [delta, term] = terms_ahead(subject);
                Some(Self::Contours(ContourView {
                    names: [x.clone(), y.clone()],
                    window: [*across, *up],
                    paths: paths(subject, |point| [point[0], point[1]]),
                    ghost: ghost(subject, |point| [point[0], point[1]]),
                    minima: minima(subject, |point, _| [point[0], point[1]]),
                    delta,
                    term,
                    digits: subject.digits,
                    model: Arc::clone(subject.model()),
                    cache: subject.looks.reliefs().clone(),
                }))
            }
            _ => None,
        }
    }

    /// The formula, its minima, and where each branch stands.
    fn words(subject: &Subject) -> Text {
        let (Some(surface), Some(landscape)) = (subject.ground(), subject.landscape) else {
            return Text::default();
        };
        let mut lines = vec![
            Line::plain("The loss is ").with(surface.text(), Role::Code),
            Line::plain(seen_sentence(subject)),
        ];
        if landscape.minima.is_empty() {
            lines.push(Line::plain("No minimum has been found there."));
        }
        for (index, minimum) in landscape.minima.iter().enumerate() {
            let which = match (index, landscape.minima.len()) {
                (_, 1) => "The minimum is",
                (0, _) => "The lowest minimum is",
                _ => "Another is",
            };
            let place = place_words(subject, &minimum.point);
            let loss = surface.rough_loss(&minimum.point);
            let loss = number::display_rough(loss, subject.digits);
            lines.push(
                Line::plain(format!("{which} at {place}, where the loss is "))
                    .with(loss, Role::Quantity(Quantity::Loss)),
            );
        }
        for (index, branch) in subject.branches().iter().enumerate() {
            let steps = subject.shown_steps(index);
            let weights = branch.run.state(steps).weights;
            let words = format!(
                "{}: after {steps} {} at {}, loss ",
                branch.name,
                plural(steps, "update"),
                place_words(subject, &weights)
            );
            let loss = number::display_rough(surface.rough_loss(&weights), subject.digits);
            lines.push(Line::plain(words).with(loss, Role::Quantity(Quantity::Loss)));
        }
        lines.extend(last_terms(subject));
        lines.into()
    }
}

/// The part of the surface that is looked at, variable by variable; `None` without a surface.
pub fn seen(subject: &Subject) -> Option<Vec<Interval>> {
    let lens = subject.looks.lens();
    let (surface, landscape) = (subject.ground()?, subject.landscape?);
    let whole = if surface.view().iter().all(Option::is_some) {
        window::<[f64; 0]>(surface, &[], &[])
    } else {
        window(surface, &landscape.minima, &places(subject))
    };
    let whole = whole.into_iter().enumerate();
    Some(
        whole
            .map(|(variable, whole)| lens.seen(whole, variable.min(1)))
            .collect(),
    )
}

/// Where every run that is drawn has been, also further than is shown again: so the window does not move while the
/// learner goes back and forth.
fn places(subject: &Subject) -> Vec<Vec<f64>> {
    let drawn = subject.drawn_branches();
    let runs = drawn.map(|index| &subject.branches()[index].run);
    let ghost = subject.timeline.ghost().map(|ghost| &ghost.run);
    let all = runs.chain(ghost).flat_map(|run| {
        let places = run.along(run.reached(), MOST_POINTS, <[f64]>::to_vec);
        places.into_iter().map(|(_, place)| place)
    });
    all.collect()
}

/// Delta and the momentum term of the update that starts where the ball is, each along both variables: of one that has
/// begun, as far as they have been shown; of the next, both: arrows tell no number.
fn terms_ahead(subject: &Subject) -> [Option<[f64; 2]>; 2] {
    let (record, [knows_delta, knows_term]) = if subject.is_complete() {
        let next = subject.run().record(subject.step());
        (next.ok(), [true; 2])
    } else {
        let shown = |quantity| subject.derivation.known_after(quantity) <= subject.lines;
        let known = [Quantity::Delta, Quantity::MomentumTerm].map(shown);
        (Some(Rc::clone(&subject.record)), known)
    };
    let Some(record) = record else {
        return [None; 2];
    };
    let of = |part: fn(&Update) -> f64| [0, 1].map(|variable| part(&record.updates[variable]));
    let remembers = record.settings.rule.remembers();
    [
        knows_delta.then(|| of(|update| update.delta)),
        (knows_term && remembers).then(|| of(|update| update.momentum_term)),
    ]
}

/// `The picture shows x from -10 to 10, y from -3 to 3.`
pub fn seen_sentence(subject: &Subject) -> String {
    let few = subject.digits.exactly(4);
    let names = subject.parameters().iter();
    let ranges: Vec<String> = names
        .zip(seen(subject).unwrap_or_default())
        .map(|(name, seen)| {
            let [low, high] = [seen.low, seen.high].map(|end| number::display(end, few));
            format!("{name} from {low} to {high}")
        })
        .collect();
    format!("The picture shows {}.", ranges.join(", "))
}

/// `x = -9, y = 2`
fn place_words(subject: &Subject, point: &[f64]) -> String {
    let names = subject.parameters().iter();
    let places: Vec<String> = names
        .zip(point)
        .map(|(name, value)| format!("{name} = {}", subject.show(*value)))
        .collect();
    places.join(", ")
}

/// What the last complete update has added, of a surface of one variable.
fn last_terms(subject: &Subject) -> Option<Line> {
    let only = subject.parameters().len() == 1;
    let last = Terms::last(subject, 1).pop().filter(|_| only)?;
    let shown = |number| number::display_rough_signed(number, subject.digits);
    Some(
        Line::plain(format!("Update {} went by delta ", last.update))
            .with(shown(last.delta), Role::Quantity(Quantity::Delta))
            .with(" and momentum term ", Role::Plain)
            .with(
                shown(last.momentum_term),
                Role::Quantity(Quantity::MomentumTerm),
            ),
    )
}

fn minima(subject: &Subject, place: impl Fn(&[f64], f64) -> [f64; 2]) -> Vec<[f64; 2]> {
    let minima = subject.landscape.into_iter().flat_map(|l| &l.minima);
    minima
        .map(|minimum| place(&minimum.point, minimum.loss))
        .collect()
}

/// The way of every branch: where it has been before the first update and after those that are shown.
fn paths(subject: &Subject, place: impl Fn(&[f64]) -> [f64; 2]) -> Vec<PathView> {
    let path = |index: usize| {
        let branch = &subject.branches()[index];
        PathView {
            name: branch.name.clone(),
            current: index == subject.timeline.current_index(),
            points: way(&branch.run, subject.shown_steps(index), &place),
        }
    };
    subject.drawn_branches().map(path).collect()
}

/// The way of the run before a setting was turned.
fn ghost(subject: &Subject, place: impl Fn(&[f64]) -> [f64; 2]) -> Vec<[f64; 2]> {
    let run = subject.ghost();
    run.map_or_else(Vec::new, |run| way(run, run.reached(), place))
}

fn way(run: &Run, last: u64, place: impl Fn(&[f64]) -> [f64; 2]) -> Vec<[f64; 2]> {
    let points = run.along(last, MOST_POINTS, place);
    points.into_iter().map(|(_, point)| point).collect()
}

impl CurveView {
    fn of(subject: &Subject, surface: &Surface, name: &str, window: Interval) -> Self {
        let derivation = &subject.derivation;
        let known = |quantity| {
            let value = derivation.value(quantity)?;
            (derivation.known_after(quantity) <= subject.lines).then_some(value)
        };
        let before = subject.record.updates[0].before;
        // That of the curve: a gradient that is given may be rounded, and is not made anew where a setting is turned.
        let mut downhill = [0.0];
        surface.downhill(&[before], &mut downhill);
        Self {
            name: name.to_owned(),
            window,
            paths: paths(subject, |point| [point[0], surface.loss(point)]),
            ghost: ghost(subject, |point| [point[0], surface.loss(point)]),
            before,
            slope: known(Quantity::Gradient).map(|_| -downhill[0]),
            delta: known(Quantity::Delta),
            term: known(Quantity::MomentumTerm),
            remembers: derivation.rule.remembers(),
            minima: minima(subject, |point, loss| [point[0], loss]),
            digits: subject.digits,
            model: Arc::clone(subject.model()),
        }
    }

    /// So many points of the curve, from the left end of the window to the right.
    pub fn curve(&self, count: usize) -> Vec<[f64; 2]> {
        let surface = self.model.ground();
        surface.map_or_else(Vec::new, |surface| curve(surface, self.window, count))
    }

    /// The heights that are worth looking at: those of the curve between the minima and the places where runs have
    /// been, and a little more. Further away a curve may be so high that all of them would look flat.
    pub fn heights(&self, points: &[[f64; 2]]) -> Option<[f64; 2]> {
        /// Room above, as a share of the height.
        const ABOVE: f64 = 0.15;
        let places = self.paths.iter().flat_map(|path| &path.points);
        let places = places
            .chain(&self.ghost)
            .chain(&self.minima)
            .map(|place| place[0]);
        let inside = places.filter(|place| self.window.contains(*place));
        let ends = inside.fold(None::<Interval>, |ends, place| {
            let only = Interval {
                low: place,
                high: place,
            };
            Some(ends.map_or(only, |ends| ends.with(place)))
        });
        let finite = || points.iter().filter(|point| point[1].is_finite());
        let lowest = finite().map(|point| point[1]).reduce(f64::min)?;
        // A minimum lies between two points of the curve, and a little lower.
        let minima = self.minima.iter();
        let seen = minima.filter(|minimum| self.window.contains(minimum[0]));
        let lowest = seen.map(|minimum| minimum[1]).fold(lowest, f64::min);
        // A point further on either side, so that the ends are between points.
        let spacing = self.window.width() / points.len().max(2) as f64;
        let near = |place: f64| {
            ends.is_some_and(|ends| (ends.low - spacing..=ends.high + spacing).contains(&place))
        };
        let highest = |all: bool| {
            let seen = finite().filter(move |point| all || near(point[0]));
            seen.map(|point| point[1]).reduce(f64::max)
        };
        let enough = |high: &f64| *high > lowest;
        let top = highest(false)
            .filter(enough)
            .map(|high| high + ABOVE * (high - lowest));
        let most = highest(true).filter(enough).unwrap_or(lowest + 1.0);
        Some([lowest, top.unwrap_or(most).min(most)])
    }

    /// Where the ball was before it came to `now`: where the update on the screen has started, or the one before it.
    /// `earlier` are its places up to now.
    pub fn previous(&self, now: f64, earlier: &[[f64; 2]]) -> Option<[f64; 2]> {
        if self.before == now {
            earlier.last().copied()
        } else {
            Some([self.before, self.loss(self.before)])
        }
    }

    /// The loss at a place.
    pub fn loss(&self, place: f64) -> f64 {
        self.model.ground().map_or(f64::NAN, |s| s.loss(&[place]))
    }
}

impl ContourView {
    /// What is drawn in an area of so many cells, each twice as high as wide: all that is asked for, and as much more
    /// of one variable as gives both one scale, where that is not too much.
    pub fn fit(&self, columns: u16, rows: u16) -> [Interval; 2] {
        let [x, y] = self.window;
        let (width, height) = (f64::from(columns), 2.0 * f64::from(rows));
        // How many times as far as asked one variable is shown if both have the scale of the other.
        let stretch = (y.width() / height) * (width / x.width());
        if stretch > 1.0 && stretch <= MOST_STRETCH {
            [widened(x, stretch), y]
        } else if (1.0 / MOST_STRETCH..1.0).contains(&stretch) {
            [x, widened(y, 1.0 / stretch)]
        } else {
            [x, y]
        }
    }

    /// How high it is over a window, by at most `count` levels, for an area of so many cells.
    pub fn relief(
        &self,
        window: [Interval; 2],
        cells: (u16, u16),
        count: usize,
        drawn: Drawn,
    ) -> Rc<Relief> {
        match self.model.ground() {
            Some(surface) => self.cache.relief(surface, (window, cells, count, drawn)),
            None => Rc::default(),
        }
    }

    /// Whether a step of one length is as long on the screen in either direction, in a window for so many cells.
    pub fn has_one_scale([x, y]: [Interval; 2], (columns, rows): (u16, u16)) -> bool {
        let across = x.width() / f64::from(columns);
        let up = y.width() / (2.0 * f64::from(rows));
        (across / up - 1.0).abs() < 1e-6
    }
}

/// An interval that is so many times as wide, around the same middle.
fn widened(interval: Interval, times: f64) -> Interval {
    let more = interval.width() * (times - 1.0) / 2.0;
    Interval {
        low: interval.low - more,
        high: interval.high + more,
    }
}
