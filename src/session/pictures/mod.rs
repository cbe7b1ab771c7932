//! How a sitting's run is looked at: which picture, and in what order its table stands.

mod answers;
mod curves;
mod ground;
mod lens;
mod nodes;
mod plane;
mod surface_words;
mod words;

pub use answers::{Answers, Prediction, answer_name};
pub use ground::{ContourCache, Contours};
pub use nodes::NodeNumbers;
pub use plane::Plane;

use super::{Outcome, Part, Session, chosen};
use crate::command::Refusal;
use crate::command::{
    Choice, Column, Filter, Picture, Plotted, ScreenAction, Spacing, Topic, advise,
};
use crate::explain::{Line, Quantity, value_of};
use crate::math::Surface;

/// What the learner has chosen to look at.
#[derive(Debug, Clone, Default)]
pub(super) struct Looks {
    /// The picture; `None` for the one that suits the lesson best.
    picture: Option<Picture>,
    /// The column that the table of weights is sorted by,
    sort: Column,
    /// and whether the smallest come first.
    rising: bool,
    /// What the names in that table must have in them.
    filter: String,
    /// From where the surface is looked at,
    lens: lens::Lens,
    /// and its contours as they were drawn last.
    contours: ContourCache,
    /// What the history draws,
    plotted: Plotted,
    /// and on which scale.
    spacing: Spacing,
}

impl Session {
    /// The picture that the run is looked at in.
    pub fn picture(&self) -> Picture {
        let chosen = self.looks.picture;
        chosen.unwrap_or_else(|| self.pictures()[0])
    }

    /// The pictures that the lesson has, in their order.
    pub fn pictures(&self) -> Vec<Picture> {
        let all = Picture::ALL.into_iter();
        all.filter(|picture| self.missing(*picture).is_none())
            .collect()
    }

    /// Why the lesson has no such picture.
    fn missing(&self, picture: Picture) -> Option<&'static str> {
        let sizes = self.lesson.model.network().map(|n| &n.design().sizes);
        match (picture, sizes) {
            (Picture::Decision, Some(sizes)) if sizes[0] != 2 => {
                Some("only a network with two inputs has a plane of decisions")
            }
            (Picture::Decision, Some(_)) if !self.answers_something() => {
                Some("the outputs of this network are amounts and decide nothing")
            }
            (Picture::Sweep, _) if self.swept().is_some() => None,
            (Picture::Sweep, _) => {
                Some("nothing has been swept yet; `sweep momentum 0..0.9/10 max 100` would do it")
            }
            (Picture::Surface, _) => match self.lesson.model.surface().map(Surface::names) {
                Some([_] | [_, _]) => None,
                Some(_) => Some("a surface of more than two variables cannot be drawn"),
                None => Some("this lesson has no surface; `open ravine` has one"),
            },
            (Picture::History | Picture::Terms | Picture::Stability, _) | (_, Some(_)) => None,
            (_, None) => Some("this lesson has no network"),
        }
    }

    fn answers_something(&self) -> bool {
        let network = self.lesson.model.network();
        network.is_some_and(|network| network.answer(network.items().targets(0)).is_some())
    }

    /// Refuses a picture that the lesson has not.
    pub(super) fn check(&self, picture: Picture) -> Result<(), Refusal> {
        let Some(message) = self.missing(picture) else {
            return Ok(());
        };
        let names = self.pictures().into_iter().map(Picture::name);
        let names: Vec<&str> = names.collect();
        let has = match names.as_slice() {
            [only] => format!("the picture it has is `{only}`"),
            several => advise("", several.iter().copied()),
        };
        Err(Refusal::new(message, has))
    }

    /// Refuses to tell of a picture that the lesson has not; of its weights every lesson can tell.
    pub(super) fn check_words(&self, picture: Picture) -> Result<(), Refusal> {
        match picture {
            Picture::Weights => Ok(()),
            other => self.check(other),
        }
    }

    /// Looks at the run in a picture that it has.
    pub(super) fn bring(&mut self, picture: Picture) {
        self.looks.picture = Some(picture);
    }

    pub(super) fn choose_picture(&mut self, choice: Choice<Picture>) -> Result<Outcome, Refusal> {
        let all = self.pictures();
        let picture = chosen(choice, &all, self.picture());
        self.check(picture)?;
        let again = all.len() == 1 && !matches!(choice, Choice::This(_));
        self.looks.picture = Some(picture);
        let only = || format!("{} is the only picture of this lesson.", picture.title());
        let view = ScreenAction::View(Choice::This(Topic::Picture(picture)));
        Ok(Outcome::maybe(again.then(only)).and(Part::Screen(view)))
    }

    /// Which column the table of weights is sorted by, and whether the smallest come first.
    pub fn sorting(&self) -> (Column, bool) {
        (self.looks.sort, self.looks.rising)
    }

    /// What the names in the table of weights must have in them; empty where all are shown.
    pub fn filtering(&self) -> &str {
        &self.looks.filter
    }

    pub(super) fn sort(
        &mut self,
        column: Choice<Column>,
        rising: bool,
    ) -> Result<Outcome, Refusal> {
        self.check(Picture::Weights)?;
        let column = chosen(column, &Column::ALL, self.looks.sort);
        (self.looks.sort, self.looks.rising) = (column, rising);
        let order = self.order_words();
        let hidden = !matches!(column, Column::Name | Column::Before) && !self.is_complete();
        let later = if hidden {
            ", once the update is complete"
        } else {
            ""
        };
        Ok(Outcome::says(Line::plain(format!(
            "The table of weights is {order}{later}."
        ))))
    }

    /// `sorted by change, the largest first`
    fn order_words(&self) -> String {
        match (self.looks.sort, self.looks.rising) {
            (Column::Name, false) => "in the order of the lesson".to_owned(),
            (Column::Name, true) => "in the order of the lesson, from its end".to_owned(),
            (column, false) => format!("sorted by {}, the largest first", column.words()),
            (column, true) => format!("sorted by {}, the smallest first", column.words()),
        }
    }

    pub(super) fn filter(&mut self, filter: &Filter) -> Result<Outcome, Refusal> {
        self.check(Picture::Weights)?;
        let text = match filter {
            Filter::Off => String::new(),
            Filter::Next => self.next_layer(),
            Filter::Text(text) => text.clone(),
        };
        let names = self.lesson.model.parameters();
        let count = names.iter().filter(|name| passes(name, &text)).count();
        if count == 0 {
            let message = format!("no parameter has `{text}` in its name");
            let layers = self.layer_names();
            return Err(Refusal::new(
                message,
                advise(&text, layers.iter().map(String::as_str)),
            ));
        }
        let message = if text.is_empty() {
            format!("The table of weights shows all {count} parameters.")
        } else {
            format!("The table of weights shows {count} with `{text}` in their names.")
        };
        self.looks.filter = text;
        Ok(Outcome::says(Line::plain(message)))
    }

    /// What the names of each layer of parameters begin with: `ih[`, `hb[` and so on.
    fn layer_names(&self) -> Vec<String> {
        let mut layers: Vec<String> = Vec::new();
        for name in self.lesson.model.parameters() {
            let layer = name.split_inclusive('[').next().unwrap_or(name);
            if layers.last().is_none_or(|last| last != layer) {
                layers.push(layer.to_owned());
            }
        }
        layers
    }

    /// The layer after the one that is shown, and after the last nothing in particular.
    fn next_layer(&self) -> String {
        let layers = self.layer_names();
        let current = layers.iter().position(|layer| *layer == self.looks.filter);
        let next = current.map_or(0, |current| current + 1);
        layers.get(next).cloned().unwrap_or_default()
    }

    /// The parameters that the table of weights shows, in its order. What the update does to them has no order before
    /// it is complete.
    pub fn weight_order(&self) -> Vec<usize> {
        let names = self.lesson.model.parameters();
        let shown = |index: &usize| passes(&names[*index], &self.looks.filter);
        let mut order: Vec<usize> = (0..names.len()).filter(shown).collect();
        let record = self.record();
        let quantity = match self.looks.sort {
            Column::Name => None,
            Column::Before => Some(Quantity::Before),
            _ if !self.is_complete() => None,
            Column::Gradient => Some(Quantity::Gradient),
            Column::Delta => Some(Quantity::Delta),
            Column::MomentumTerm => Some(Quantity::MomentumTerm),
            Column::Change => Some(Quantity::Change),
            Column::EffectiveRate => Some(Quantity::EffectiveRate),
        };
        let rising = self.looks.rising;
        match quantity {
            None if rising => order.reverse(),
            None => {}
            Some(quantity) => order.sort_by(|a, b| {
                let size = |index: &usize| {
                    let value = value_of(&record, *index, self.convention(), quantity);
                    // What an update has not is no number, and comes after all others.
                    match (value.is_nan(), rising) {
                        (true, _) => f64::INFINITY,
                        (false, true) => value.abs(),
                        (false, false) => -value.abs(),
                    }
                };
                size(a).total_cmp(&size(b))
            }),
        }
        order
    }
}

fn passes(name: &str, filter: &str) -> bool {
    name.to_lowercase().contains(&filter.to_lowercase())
}
