//! Changing settings and values, for good or to see what would happen.

use std::rc::Rc;

use crate::command::{
    Amount, Assignment, Choice, Phrase, Refusal, ScreenAction, Theme, When, refused,
};
use crate::explain::{Decimal, Digits, Line, Quantity, Role, number, rough_of};
use crate::math::{Convention, Rule};
use crate::record::What;
use crate::session::moves::{advice, refuse};
use crate::session::{Done, Outcome, Part, Position, Session, chosen};
use crate::timeline::{Change, Record, Stop};

/// A change, what it is called in words, and the name of the branch it may start.
pub(super) struct Named {
    pub change: Change,
    quantity: Option<Quantity>,
    words: String,
    pub label: String,
}

/// What a `set` is about.
pub(super) enum Meant {
    Digits(Digits),
    Convention(Choice<Convention>),
    Seed(u64),
    Theme(Theme),
    Motion(bool),
    /// Something of the run.
    Run(Named),
}

/// What a theme is for.
fn about_theme(theme: Theme) -> &'static str {
    match theme {
        Theme::Auto => "colours for the background that the terminal has",
        Theme::Dark => "bright colours, for a dark background",
        Theme::Light => "deep colours, for a light background",
        Theme::Mono => "no colours",
    }
}

impl Session {
    pub(in crate::session) fn set(&mut self, assignment: &Assignment) -> Done {
        match self.meant(assignment, self.change_step())? {
            Meant::Digits(digits) => Ok(self.notation.show_digits(digits)),
            Meant::Convention(choice) => Ok(self.notation.choose_convention(choice)),
            Meant::Seed(seed) => self.set_seed(seed),
            Meant::Theme(theme) => Ok(self.set_theme(theme)),
            Meant::Motion(on) => Ok(self.set_motion(on)),
            Meant::Run(named) => self.change(&named),
        }
    }

    /// Has the screen drawn in other colours, now and the next time.
    fn set_theme(&mut self, theme: Theme) -> Outcome {
        self.keeper.note(What::Theme { theme });
        let words = format!("The theme is {}: {}.", theme.name(), about_theme(theme));
        Outcome::says(words).and(Part::Screen(ScreenAction::Theme(theme)))
    }

    /// Draws the weights and the order of the items anew, which takes the run back to its start.
    fn set_seed(&mut self, seed: u64) -> Done {
        if !self.lesson.model.is_drawn() {
            return refused(
                "nothing in this lesson is drawn by chance",
                "`set` and the name of a weight gives it another value",
            );
        }
        let change = Change::Seed(seed);
        self.try_change(0, change)?;
        self.has_room_for_change(0, change)?;
        let branch = self.runs.change(0, change, &format!("seed={seed}"));
        self.stand_after(0);
        let message = Line::plain(format!(
            "The weights are drawn anew from seed {seed}; the run is at its start."
        ));
        Ok(Outcome::says(message.joined(branch.unwrap_or_default())))
    }

    fn change(&mut self, named: &Named) -> Done {
        let step = self.change_step();
        self.try_change(step, named.change)?;
        self.has_room_for_change(step, named.change)?;
        let complete = self.is_complete();
        let hindsight = self.hindsight(step, named.change);
        let Some(branch) = self.runs.change(step, named.change, &named.label) else {
            return Ok(Outcome::says(named.line(", as it was already.")));
        };
        if step > self.position().update {
            self.walk.stand_at(Position {
                update: step,
                lines: 0,
            });
        } else {
            self.walk.show_as_before(self.runs.run(), complete);
        }
        self.reach_position();
        let message = named.line(&format!(" from update {} on.", step + 1));
        let mut message = message.joined(branch).joined(hindsight);
        if matches!(named.change, Change::Momentum(_)) && !self.record().settings.rule.remembers() {
            message =
                message.and(" The rule none does not use it; `set rule next` chooses another.");
        }
        Ok(Outcome::says(message))
    }

    /// What a `set` would make of the weight, without doing it.
    pub(in crate::session) fn preview_set(&self, assignment: &Assignment) -> Result<Line, Refusal> {
        let named = match self.meant(assignment, self.change_step())? {
            Meant::Digits(digits) => {
                let after = number::display(self.record().updates[self.focus()].before, digits);
                return Ok(Line::plain(format!("the weight would show as {after}")));
            }
            Meant::Convention(_) => {
                return Ok("the gradient's sign would turn; no weight changes".into());
            }
            Meant::Seed(_) => return Ok("draws the weights anew, and starts again".into()),
            Meant::Theme(theme) => return Ok(about_theme(theme).into()),
            Meant::Motion(true) => return Ok("what is played is seen moving".into()),
            Meant::Motion(false) => return Ok("what is played is seen at its end".into()),
            Meant::Run(named) => named,
        };
        let step = self.change_step();
        let record = self.try_change(step, named.change)?;
        let words = Line::plain(format!("update {} gives the weight ", step + 1));
        let hindsight = self.hindsight(step, named.change);
        Ok(self.with_weight(words, &Rc::new(record)).joined(hindsight))
    }

    /// What a change that holds from `step` on would have made of the update on the screen, where that comes before.
    fn hindsight(&self, step: u64, change: Change) -> Line {
        let update = self.position().update;
        let trial = self.timeline().run().trial(update, change).ok();
        trial
            .filter(|_| update < step && change.is_setting())
            .map(|record| {
                let words = Line::plain(format!(" Update {} would have given ", update + 1));
                self.with_weight(words, &Rc::new(record))
            })
            .unwrap_or_default()
    }

    /// Words that lead to what an update makes of the weight.
    pub(super) fn with_weight(&self, words: Line, record: &Rc<Record>) -> Line {
        let (model, convention) = (&self.lesson.model, self.convention());
        let after = rough_of(model, record, self.focus(), convention, Quantity::After);
        let shown = number::display_rough(after, self.digits());
        let role = Role::Quantity(Quantity::After);
        words.with(shown, role).and(".")
    }

    /// The step at which a change is made: at the update on the screen while that is not complete, or no other
    /// follows; else at the next.
    fn change_step(&self) -> u64 {
        let Position { update, .. } = self.position();
        let updates = self.lesson.model.updates();
        let another = updates.is_none_or(|updates| update + 1 < updates);
        if self.is_complete() && another {
            update + 1
        } else {
            update
        }
    }

    /// The next update with a change; refused where its numbers would outgrow the machine's.
    fn try_change(&self, step: u64, change: Change) -> Result<Record, Refusal> {
        self.timeline().run().trial(step, change).map_err(|stop| {
            let advice = match stop {
                Stop::Overflow { .. } => "a smaller number",
                Stop::Undefined { .. } => "another number",
                Stop::End { .. } | Stop::Halted => advice(&stop),
            };
            Refusal::new(stop.to_string(), advice)
        })
    }

    /// What an assignment means for the update after so many.
    pub(super) fn meant(&self, assignment: &Assignment, step: u64) -> Result<Meant, Refusal> {
        let settings = self.timeline().run().state(step).settings;
        let (parameter, mark) = (self.focus(), self.digits().decimal());
        Ok(Meant::Run(match assignment {
            Assignment::LearningRate(amount) => {
                let value = self.amount(amount, step, settings.learning_rate, &LEARNING_RATE)?;
                Named::number(
                    Change::LearningRate(value),
                    Quantity::LearningRate,
                    value,
                    mark,
                )
            }
            Assignment::Momentum(amount) => {
                let value = self.amount(amount, step, settings.momentum, &MOMENTUM)?;
                Named::number(Change::Momentum(value), Quantity::Momentum, value, mark)
            }
            Assignment::Rule(choice) => {
                let rule = chosen(*choice, &Rule::ALL, settings.rule);
                Named::rule(rule)
            }
            Assignment::Gradient(phrase) => {
                let gradient = self.number(phrase, step)?;
                let downhill = self.convention().flip(gradient);
                let change = Change::Gradient {
                    parameter,
                    downhill,
                };
                Named::number(change, Quantity::Gradient, gradient, mark)
            }
            Assignment::PreviousDelta(phrase) => {
                if !self.lesson.model.is_trained(parameter) {
                    let message =
                        format!("{} is not trained and remembers nothing", self.parameter());
                    return Err(Refusal::new(
                        message,
                        "`focus` and the name of a weight first",
                    ));
                }
                let value = self.number(phrase, step)?;
                let change = Change::PreviousDelta { parameter, value };
                Named::number(change, Quantity::Memory, value, mark)
            }
            Assignment::Parameter(parameter, phrase) => {
                let (parameter, value) = (*parameter, self.number(phrase, step)?);
                let name = &self.lesson.model.parameters()[parameter];
                let change = Change::Parameter { parameter, value };
                let value = number::display(value, Digits::usual(mark));
                Named::new(change, Some(Quantity::Before), name, &value)
            }
            Assignment::Digits(digits) => return Ok(Meant::Digits(*digits)),
            Assignment::Convention(choice) => return Ok(Meant::Convention(*choice)),
            Assignment::Seed(seed) => return Ok(Meant::Seed(*seed)),
            Assignment::Theme(theme) => return Ok(Meant::Theme(*theme)),
            Assignment::Motion(on) => return Ok(Meant::Motion(*on)),
        }))
    }

    /// What an expression comes to for the update that a change would be made to.
    fn number(&self, phrase: &Phrase, step: u64) -> Result<f64, Refusal> {
        let value = if phrase.expression.names().is_empty() {
            phrase.expression.evaluate(&|_| f64::NAN)
        } else {
            let record = self.record_of(step).map_err(|stop| refuse(&stop))?;
            let metrics = self.metrics_for(phrase);
            self.scope().value(phrase, &record, When::Before, metrics)
        };
        if value.is_finite() {
            Ok(value)
        } else {
            let message = format!("{} is no finite number here", phrase.text);
            refused(message, "an expression whose every part can be computed")
        }
    }

    /// A value that must not be below 0, or the next on a ladder.
    fn amount(
        &self,
        amount: &Amount,
        step: u64,
        current: f64,
        ladder: &Ladder,
    ) -> Result<f64, Refusal> {
        let edge = |bound: &str, last: f64| {
            let last = self.shown(last);
            let message = format!(
                "`up` and `down` take the {} no {bound} than {last}",
                ladder.name
            );
            Refusal::new(message, "any number from 0 up can be typed in its place")
        };
        let mut values = ladder.values.iter().copied();
        match amount {
            Amount::Up => (values.find(|value| *value > current))
                .ok_or_else(|| edge("higher", ladder.values[ladder.values.len() - 1])),
            Amount::Down => (values.rfind(|value| *value < current))
                .ok_or_else(|| edge("lower", ladder.values[0])),
            Amount::Value(phrase) => {
                let value = self.number(phrase, step)?;
                if value < 0.0 {
                    let message = format!("the {} cannot be below 0", ladder.name);
                    let advice =
                        "0 or more; to turn a gradient's sign around, use `set convention`";
                    return refused(message, advice);
                }
                Ok(value)
            }
        }
    }
}

impl Named {
    fn new(change: Change, quantity: Option<Quantity>, name: &str, value: &str) -> Self {
        Self {
            change,
            quantity,
            words: format!("{} {value}", name.replace('_', " ")),
            label: format!("{name}={value}"),
        }
    }

    pub fn rule(rule: Rule) -> Self {
        Self::new(Change::Rule(rule), None, "rule", rule.name())
    }

    pub fn number(change: Change, quantity: Quantity, value: f64, mark: Decimal) -> Self {
        Self::new(
            change,
            Some(quantity),
            &quantity.name(),
            &number::display(value, Digits::usual(mark)),
        )
    }

    pub fn line(&self, rest: &str) -> Line {
        let role = self.quantity.map_or(Role::Strong, Role::Quantity);
        Line::new().with(self.words.clone(), role).and(rest)
    }
}

/// The values that `up` and `down` stop at.
struct Ladder {
    name: &'static str,
    /// In rising order.
    values: &'static [f64],
}

/// Beyond the last of these momenta, nothing is ever forgotten.
const MOMENTUM: Ladder = Ladder {
    name: "momentum",
    values: &[
        0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999,
    ],
};

/// 1, 2 and 5 in every power of ten.
const LEARNING_RATE: Ladder = Ladder {
    name: "learning rate",
    values: &[
        1e-6, 2e-6, 5e-6, 1e-5, 2e-5, 5e-5, 1e-4, 2e-4, 5e-4, 1e-3, 2e-3, 5e-3, 0.01, 0.02, 0.05,
        0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0,
    ],
};
