//! Turning a setting: the whole run is made anew, and the one before stays behind it.

use crate::command::{Assignment, Refusal, refused};
use crate::explain::{Digits, Line, Quantity, Role, number, plural};
use crate::math::Settings;
use crate::session::moves::ended;
use crate::session::{Done, Outcome, Part, Session};
use crate::timeline::{Change, Ghost, Run, Stop};

use super::settings::{Meant, Named};

/// What became of a run, for a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Its settings, where they are not those of the other run.
    pub settings: Line,
    /// The same with symbols for words, where there is little room.
    pub symbols: Line,
    /// How many updates it has made.
    pub updates: u64,
    /// What it has come to; nothing where that is not at hand.
    pub result: Line,
    /// What it does then, in a sentence; nothing where that cannot be said.
    pub behaviour: Line,
}

impl Session {
    pub(in crate::session) fn turn(&mut self, assignment: &Assignment) -> Done {
        let record = self.record();
        let Meant::Run(named) = self.meant(assignment, self.position().update)? else {
            return refused("that is no knob to turn", "`set` changes it from here on");
        };
        let settings = named.change.among(record.settings);
        let run = self.timeline().run();
        let dropped = run.is_changed_midway();
        if settings == record.settings && !dropped {
            return Ok(Outcome::says(named.line(", as it was already.")));
        }
        let place = self.walk.before_turn(run);
        let mark = self.digits().decimal();
        let labels = [
            Named::number(
                Change::LearningRate(settings.learning_rate),
                Quantity::LearningRate,
                settings.learning_rate,
                mark,
            ),
            Named::number(
                Change::Momentum(settings.momentum),
                Quantity::Momentum,
                settings.momentum,
                mark,
            ),
            Named::rule(settings.rule),
        ];
        let labels = labels.map(|named| (named.change, named.label));
        let turned = (self.runs.timeline_mut()).turn(settings, labels, named.change);
        let stop = match turned {
            Ok(stop) => stop,
            Err(Stop::Halted) => {
                return Ok(Outcome::says("Stopped. The run is as it was."));
            }
            Err(stop) => {
                let advice = "a smaller number, or another rule";
                return Err(Refusal::new(stop.to_string(), advice));
            }
        };
        self.runs.keep_settings(settings);
        self.walk.stand_after_turn(self.runs.run(), place);
        self.reach_position();
        let reached = self.timeline().run().reached();
        let mut message = if reached == 0 {
            named.line(" from the start. No update has been made yet: ↓ makes one.")
        } else {
            let updates = plural(reached, "update");
            named.line(&format!(", and the whole run anew: {reached} {updates}."))
        };
        if let Some(stop) = stop {
            message = message.and(format!(" {}", ended(&stop)));
        }
        if dropped {
            message = message.and(" What was changed midway is left to the run before.");
        }
        if matches!(named.change, Change::Momentum(_)) && !settings.rule.remembers() {
            let rule = settings.rule.name();
            message = message.and(format!(
                " The rule {rule} does not use it; `turn rule next` chooses another."
            ));
        }
        let told = self.told_apart();
        let said = Outcome::says(message);
        Ok(if told.is_empty() {
            said
        } else {
            said.and(Part::Turned(told))
        })
    }

    /// What a `turn` would make of the run, without doing it.
    pub(in crate::session) fn preview_turn(
        &self,
        assignment: &Assignment,
    ) -> Result<Line, Refusal> {
        let mut trial = self.clone();
        let Some(turned) = self.try_out(|| trial.turn(assignment)) else {
            return Ok("makes the whole run anew".into());
        };
        turned?;
        let updates = trial.timeline().run().reached();
        if updates == 0 {
            let words = Line::plain("from the start on: update 1 gives the weight ");
            return Ok(trial.with_weight(words, &trial.record()));
        }
        let state = trial.timeline().run().state(updates);
        let value = self.shown(state.weights[self.focus()]);
        let updates = format!(" after {updates} {}", plural(updates, "update"));
        Ok(Line::plain(format!(
            "the whole run anew: {} would become ",
            self.parameter()
        ))
        .with(value, Role::Quantity(Quantity::After))
        .and(updates))
    }

    /// What the run was before a setting was turned becomes a branch.
    pub(in crate::session) fn pin(&mut self, name: Option<&str>) -> Done {
        let Some(ghost) = self.timeline().ghost() else {
            return refused(
                "there is no run from before a turn to keep",
                "`turn momentum up`, or another knob, leaves one behind",
            );
        };
        let wanted = match name {
            Some(name) => {
                self.check_name(name)?;
                name.to_owned()
            }
            None => self.name_of(ghost),
        };
        let index = self.runs.timeline_mut().pin(&wanted, name.is_some());
        let branch = index.map_or(&wanted, |index| &self.timeline().branches()[index].name);
        Ok(Outcome::says(format!(
            "The run from before is kept as the branch {branch}; `switch {branch}` goes to it."
        )))
    }

    /// The settings that have been turned, as it had them.
    fn name_of(&self, ghost: &Ghost) -> String {
        let [_, had] = ghost.settings();
        let has = self.record().settings;
        let mut labels = Vec::new();
        let digits = Digits::usual(self.digits().decimal());
        let number = |value| number::display(value, digits);
        if had.learning_rate != has.learning_rate {
            labels.push(format!("learning_rate={}", number(had.learning_rate)));
        }
        if had.momentum != has.momentum {
            labels.push(format!("momentum={}", number(had.momentum)));
        }
        if had.rule != has.rule {
            labels.push(format!("rule={}", had.rule.name()));
        }
        if labels.is_empty() {
            labels.push("before".to_owned());
        }
        labels.join(",")
    }

    /// What has become of the run, and what had become of it before a setting was turned; `None` where none has been.
    pub fn verdicts(&self) -> Option<[Verdict; 2]> {
        let ghost = self.timeline().ghost()?;
        let reached = ghost.run.reached();
        let now = self.record().settings;
        let had = ghost.settings();
        let before = self
            .memo
            .before((ghost.number(), self.focus(), self.digits()), || {
                let behaviour = self.behaviour_of(&ghost.run, reached).into_iter().next();
                (
                    self.result(&ghost.run, reached),
                    behaviour.unwrap_or_default(),
                )
            });
        Some([
            Verdict {
                settings: self.told_settings([now, now], had, true),
                symbols: self.told_settings([now, now], had, false),
                updates: self.step(),
                result: self.result(self.timeline().run(), self.step()),
                behaviour: self.seen_behaviour().unwrap_or_default(),
            },
            Verdict {
                settings: self.told_settings(had, [now, now], true),
                symbols: self.told_settings(had, [now, now], false),
                updates: reached,
                result: before.0,
                behaviour: before.1,
            },
        ])
    }

    /// The settings of a run at its start and its end, as far as they are not those of another; all where all are.
    fn told_settings(&self, own: [Settings; 2], other: [Settings; 2], in_words: bool) -> Line {
        let number = |value: f64| self.shown(value);
        let alike = own == other;
        let mut line = Line::new();
        let rates = |runs: [Settings; 2]| runs.map(|settings| settings.learning_rate);
        let momenta = |runs: [Settings; 2]| runs.map(|settings| settings.momentum);
        for (quantity, values, others) in [
            (Quantity::LearningRate, rates(own), rates(other)),
            (Quantity::Momentum, momenta(own), momenta(other)),
        ] {
            if alike || values != others {
                let shown = in_turn(values.map(number));
                let name = if in_words {
                    quantity.words(own[1].rule)
                } else {
                    quantity.symbol()
                };
                line = apart(line).and(format!("{name} "));
                line = line.with(shown, Role::Quantity(quantity));
            }
        }
        let (rules, others) = (own.map(|s| s.rule), other.map(|s| s.rule));
        if alike || rules != others {
            let shown = in_turn(rules.map(|rule| rule.name().to_owned()));
            line = apart(line).and("rule ").with(shown, Role::Strong);
        }
        line
    }

    /// `at x = -2.37, y = 0.01, `, on a surface that can be seen.
    fn place_in(&self, run: &Run, step: u64) -> Line {
        let mut line = Line::new();
        let names = self.lesson.model.parameters();
        if self.lesson.model.surface().is_none() || names.len() > 2 || !run.is_at_hand() {
            return line;
        }
        let weights = run.state(step).weights;
        for (index, (name, value)) in names.iter().zip(weights).enumerate() {
            let before = ["at ", ""][index.min(1)];
            line = line.and(format!("{before}{name} = "));
            line = line
                .with(self.shown(value), Role::Quantity(Quantity::After))
                .and(", ");
        }
        line
    }

    /// `loss 0.805`
    fn result(&self, run: &Run, step: u64) -> Line {
        let mut line = Line::new();
        if !run.is_at_hand() {
            return line;
        }
        let state = run.state(step);
        if let Some(surface) = self.lesson.model.surface() {
            let loss = self.shown(surface.loss(&state.weights));
            line = line.and("loss ").with(loss, Role::Quantity(Quantity::Loss));
        } else if let Some(metrics) = run.metrics(step) {
            let (words, error) = match metrics.mse {
                Some(mse) => ("mse ", mse),
                None => ("loss ", metrics.loss),
            };
            let shown = self.shown(error);
            line = line.and(words).with(shown, Role::Quantity(Quantity::Error));
            if let Some(share) = metrics.accuracy {
                line = line.and(format!(
                    ", {} right",
                    number::percent(share, self.digits().decimal())
                ));
            }
        } else {
            let name = match self.lesson.model.parameters() {
                [_] => "weight",
                several => &*several[self.focus()],
            };
            let shown = self.shown(state.weights[self.focus()]);
            line = line.and(format!("{name} "));
            line = line.with(shown, Role::Quantity(Quantity::After));
        }
        match run.record(step).err() {
            Some(stop @ (Stop::Overflow { .. } | Stop::Undefined { .. })) => {
                line.and(format!("; it stops there: {stop}"))
            }
            Some(Stop::End { .. } | Stop::Halted) | None => line,
        }
    }

    /// Both runs in a sentence each, for whoever has no legend.
    pub fn told_apart(&self) -> Vec<Line> {
        let verdicts = self.verdicts().into_iter().flatten();
        let places = [
            Some((self.timeline().run(), self.step())),
            (self.timeline().ghost()).map(|ghost| (&ghost.run, ghost.run.reached())),
        ];
        let places = places
            .map(|place| place.map_or_else(Line::new, |(run, step)| self.place_in(run, step)));
        let told = |((name, verdict), place): ((&str, Verdict), Line)| {
            let words = Line::plain(format!("{name}, with ")).joined(verdict.settings);
            let updates = plural(verdict.updates, "update");
            if verdict.updates == 0 {
                return words.and(": at the start; `step` goes on.");
            }
            let words = words.and(format!(", after {} {updates}", verdict.updates));
            let result = place.joined(verdict.result);
            let words = if result.spans.is_empty() {
                words.and(".")
            } else {
                words.and(": ").joined(result).and(".")
            };
            if verdict.behaviour.spans.is_empty() {
                words
            } else {
                words.and(" ").joined(verdict.behaviour)
            }
        };
        ["Now", "Before"]
            .into_iter()
            .zip(verdicts)
            .zip(places)
            .map(told)
            .collect()
    }
}

/// With a comma after what stands there.
fn apart(line: Line) -> Line {
    if line.spans.is_empty() {
        line
    } else {
        line.and(", ")
    }
}

/// `0.5`, or `0.5, later 0.9`.
fn in_turn([first, last]: [String; 2]) -> String {
    if first == last {
        first
    } else {
        format!("{first}, later {last}")
    }
}
