//! What the learner asks to look at: which picture, and how.

use crate::command::{
    Choice, Column, Filter, Pan, Picture, Plotting, Refusal, ScreenAction, ShowTopic, Zoom, advise,
    refused,
};
use crate::explain::Line;
use crate::math::Interval;
use crate::pictures::{
    self, Lens, Subject, layers, order_words, passes, plot_sentence, plottable, seen_sentence,
};
use crate::session::{Done, Outcome, Part, Session, chosen};

impl Session {
    /// What pictures are made from.
    pub fn subject(&self) -> Subject<'_> {
        Subject {
            timeline: self.timeline(),
            record: self.record(),
            derivation: self.derivation(),
            lines: self.position().lines,
            focus: self.focus(),
            convention: self.convention(),
            digits: self.digits(),
            asked: self.secrets(),
            landscape: self.landscape(),
            swept: self.runs.swept(),
            rivals: self.rivals(),
            looks: &self.looks,
        }
    }

    /// The picture that the run is looked at in.
    pub fn picture(&self) -> Picture {
        let chosen = self.looks.picture();
        chosen.unwrap_or_else(|| self.pictures()[0])
    }

    /// Computes what the picture needs that may take long, while somebody waits who can stop it. It is drawn with what
    /// there is of it; after a command that has been stopped, nothing more is waited for.
    pub fn make_picture_ready(&self) {
        let watch = self.watch();
        if watch.ended().is_none() {
            watch.during(|| pictures::prepare(self.picture(), &self.subject()));
        }
    }

    /// The pictures that the lesson has, in their order.
    pub fn pictures(&self) -> Vec<Picture> {
        pictures::available(&self.subject())
    }

    /// Which column the table of weights is sorted by, and whether the smallest come first.
    pub fn sorting(&self) -> (Column, bool) {
        self.looks.sorting()
    }

    /// What the names in the table of weights must have in them; empty where all are shown.
    pub fn filtering(&self) -> &str {
        self.looks.filter()
    }

    /// The part of the surface that is looked at, variable by variable; `None` without a surface.
    pub fn seen(&self) -> Option<Vec<Interval>> {
        pictures::seen(&self.subject())
    }

    /// Refuses a picture that the lesson has not.
    pub(in crate::session) fn check(&self, picture: Picture) -> Result<(), Refusal> {
        let subject = self.subject();
        let Some(message) = pictures::missing(picture, &subject) else {
            return Ok(());
        };
        let has = pictures::available(&subject).into_iter();
        let names: Vec<&str> = has.map(Picture::name).collect();
        let has = match names.as_slice() {
            [only] => format!("the picture it has is `{only}`"),
            several => advise("", several.iter().copied()),
        };
        refused(message, has)
    }

    /// Refuses to tell of a picture that the lesson has not; of its weights every lesson can tell.
    pub(in crate::session) fn check_words(&self, picture: Picture) -> Result<(), Refusal> {
        if picture == Picture::Weights {
            return Ok(());
        }
        self.check(picture)
    }

    pub(in crate::session) fn bring(&mut self, picture: Picture) -> Part {
        self.looks.bring(picture);
        Part::Screen(ScreenAction::View(Choice::This(ShowTopic::Picture(
            picture,
        ))))
    }

    pub(in crate::session) fn choose_picture(&mut self, choice: Choice<Picture>) -> Done {
        let all = self.pictures();
        let picture = chosen(choice, &all, self.picture());
        self.check(picture)?;
        let again = all.len() == 1 && !matches!(choice, Choice::This(_));
        let only = || format!("{} is the only picture of this lesson.", picture.title());
        let view = self.bring(picture);
        Ok(Outcome::maybe(again.then(only)).and(view))
    }

    pub(in crate::session) fn sort(&mut self, column: Choice<Column>, rising: bool) -> Done {
        self.check(Picture::Weights)?;
        let all: Vec<Column> = Column::all().collect();
        let column = chosen(column, &all, self.sorting().0);
        self.looks.sort(column, rising);
        let later = if column.is_of_update() && !self.is_complete() {
            ", once the update is complete"
        } else {
            ""
        };
        Ok(Outcome::says(format!(
            "The table of weights is {}{later}.",
            order_words(self.sorting())
        )))
    }

    pub(in crate::session) fn filter(&mut self, filter: &Filter) -> Done {
        self.check(Picture::Weights)?;
        let names = self.lesson.model.parameters();
        let text = match filter {
            Filter::Off => String::new(),
            Filter::Next => self.next_layer(),
            Filter::Text(text) => text.clone(),
        };
        let count = names.iter().filter(|name| passes(name, &text)).count();
        if count == 0 {
            let message = format!("no parameter has `{text}` in its name");
            let layers = layers(names);
            return refused(message, advise(&text, layers.iter().map(String::as_str)));
        }
        let message = if text.is_empty() {
            format!("The table of weights shows all {count} parameters.")
        } else {
            format!("The table of weights shows {count} with `{text}` in their names.")
        };
        self.looks.show_only(text);
        Ok(Outcome::says(message))
    }

    /// The layer after the one that is shown, and after the last nothing in particular.
    fn next_layer(&self) -> String {
        let layers = layers(self.lesson.model.parameters());
        let current = layers.iter().position(|layer| layer == self.filtering());
        let next = current.map_or(0, |current| current + 1);
        layers.get(next).cloned().unwrap_or_default()
    }

    pub(in crate::session) fn plot(&mut self, plotting: Plotting) -> Done {
        match plotting {
            Plotting::What(choice) => {
                let all = plottable(&self.subject());
                let what = chosen(choice, &all, self.looks.plotted());
                if !all.contains(&what) {
                    return refused(
                        "the gradients of this lesson are given, and it has no loss",
                        "`plot weight` or `plot gradient`, for example",
                    );
                }
                self.looks.plot(what);
            }
            Plotting::Spacing(spacing) => self.looks.space(spacing),
        }
        let view = self.bring(Picture::History);
        let message = Line::plain(plot_sentence(&self.subject()));
        Ok(Outcome::says(message).and(view))
    }

    pub(in crate::session) fn zoom(&mut self, zoom: Zoom) -> Done {
        self.check(Picture::Surface)?;
        let lens = self.looks.lens();
        let lens = match zoom {
            Zoom::In => lens.nearer(1),
            Zoom::Out => lens.nearer(-1),
            Zoom::Reset => Some(Lens::default()),
        };
        let Some(lens) = lens else {
            let advice = "`zoom reset` shows all of the surface";
            return refused("that is as far as it goes", advice);
        };
        self.looks.look_through(lens);
        Ok(self.tell_seen())
    }

    pub(in crate::session) fn pan(&mut self, pan: Pan) -> Done {
        self.check(Picture::Surface)?;
        let (variable, moves) = match pan {
            Pan::Left => (0, -1.0),
            Pan::Right => (0, 1.0),
            Pan::Up => (1, 1.0),
            Pan::Down => (1, -1.0),
        };
        if variable >= self.lesson.model.parameters().len() {
            return refused(
                "the height of a curve is always seen whole",
                "`pan left` and `pan right` go along it",
            );
        }
        self.looks
            .look_through(self.looks.lens().moved(variable, moves));
        Ok(self.tell_seen())
    }

    fn tell_seen(&self) -> Outcome {
        Outcome::says(seen_sentence(&self.subject()))
    }
}
