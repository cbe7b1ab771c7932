//! A condition that the learner's settings must bring about. Asked afresh, the settings must be others.

use super::{ASKS_ELSE, Answering, Judged, Kind, Proof, Question};
use crate::asking::attempt::Attempt;
use crate::asking::fault::Fault;
use crate::asking::goal::{MOST_UPDATES, holds_unchanged, prove};
use crate::asking::goal_words::goal_words;
use crate::asking::judgement::{Judgement, Lead, Next};
use crate::asking::scene::Stage;
use crate::command::{Phrase, Refusal};
use crate::explain::{Line, Role, capital, number, plural};
use crate::math::Rule;

/// Where no settings are found that solve it.
const NO_WAY: &str = "no settings have been found that reach it; add `solution: [...]`";

/// A condition that the learner's settings must bring about.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The condition; it must hold after some update.
    pub condition: Phrase,
    /// Command lines that bring it about, for `solution`; without them some are looked for.
    pub solution: Vec<String>,
}

/// The learning rates that a search tries, after the one that is there.
const RATES: [f64; 7] = [0.02, 0.05, 0.1, 0.2, 0.5, 0.005, 0.001];
/// And the momenta.
const MOMENTA: [f64; 7] = [0.5, 0.9, 0.8, 0.7, 0.3, 0.99, 0.0];

impl Reach {
    /// Settings that bring the goal about: the lesson's own commands, or else the first that a search finds, unless
    /// somebody stops it.
    fn way(&self, prepared: &dyn Stage) -> Option<Vec<String>> {
        if !self.solution.is_empty() {
            return Some(self.solution.clone());
        }
        let shown = |value| number::exact_in(value, prepared.digits().decimal());
        let end = prepared.run().model().updates();
        let end = end.unwrap_or(MOST_UPDATES / 10);
        for rule in or_as_it_is(Rule::ALL) {
            for rate in or_as_it_is(RATES) {
                for momentum in or_as_it_is(MOMENTA) {
                    let mut lines = vec!["goto start".to_owned()];
                    lines.extend(rule.map(|rule| format!("set rule {}", rule.name())));
                    lines.extend(rate.map(|rate| format!("set learning_rate {}", shown(rate))));
                    lines.extend(
                        momentum.map(|momentum| format!("set momentum {}", shown(momentum))),
                    );
                    lines.push(format!("goto {end}"));
                    let reached = self.is_reached_by(prepared, &lines);
                    if prepared.run().watch().is_halted() {
                        return None;
                    }
                    if reached {
                        return Some(self.told_shortly(prepared, lines));
                    }
                }
            }
        }
        None
    }

    /// A way that ends with a long run, so that the run ends where the goal is reached, if it comes to that in this way, too.
    fn told_shortly(&self, prepared: &dyn Stage, lines: Vec<String>) -> Vec<String> {
        let mut shorter = lines.clone();
        shorter.pop();
        shorter.push(format!("run until {}", self.condition.text));
        if self.is_reached_by(prepared, &shorter) {
            shorter
        } else {
            lines
        }
    }

    /// Whether these lines, after the page has been prepared, bring the goal about.
    fn is_reached_by(&self, prepared: &dyn Stage, lines: &[String]) -> bool {
        let trial = prepared.after(lines);
        trial.is_ok_and(|trial| prove(&*trial, prepared, &self.condition, None).is_ok())
    }
}

/// These values, after none of them.
fn or_as_it_is<T: Copy, const COUNT: usize>(values: [T; COUNT]) -> impl Iterator<Item = Option<T>> {
    std::iter::once(None).chain(values.map(Some))
}

fn prepared(stage: &dyn Stage) -> Result<Box<dyn Stage>, Refusal> {
    let refusal = || Refusal::new("this page cannot be prepared again", "another page");
    stage.prepared().ok_or_else(refusal)
}

impl Kind for Reach {
    fn name(&self) -> &'static str {
        "reach"
    }

    fn wanted(&self, _: Rule) -> String {
        "settings that reach a goal".to_owned()
    }

    fn described(&self) -> Vec<String> {
        vec![self.condition.text.clone()]
    }

    fn differs(&self, other: &Question) -> Option<&'static str> {
        let is_same = matches!(other, Question::Reach(other)
            if self.condition.expression == other.condition.expression);
        (!is_same).then_some(ASKS_ELSE)
    }

    fn answers(&self) -> Answering {
        Answering::Done
    }

    fn how_to_answer(&self) -> &'static str {
        "When it is done, type `answer`. `hint` helps."
    }

    fn ask(&self, stage: &dyn Stage, _: &Attempt) -> Result<Vec<Line>, Refusal> {
        let parameters = stage.run().model().parameters();
        let words = goal_words(
            &self.condition,
            parameters,
            stage.settings().rule,
            stage.digits().decimal(),
        );
        let condition = || Line::new().with(self.condition.text.clone(), Role::Code);
        // Of one thing alone the words are as short as the condition.
        let mut names = self.condition.expression.names();
        names.dedup();
        let goal = match words {
            Some(words) if names.len() == 1 => Line::plain(words),
            Some(words) => Line::plain(format!("{words} ("))
                .joined(condition())
                .and(")"),
            None => Line::plain("Bring this about: ")
                .joined(condition())
                .and("."),
        };
        let settings = stage.settings();
        // Where the lesson has no momentum yet, it is not spoken of.
        let knobs = if settings.rule.remembers() || settings.momentum != 0.0 {
            "the learning rate, the momentum or the rule"
        } else {
            "the learning rate"
        };
        Ok(vec![
            goal,
            Line::plain(format!("Change {knobs}, and make the run.")),
        ])
    }

    fn judge(&self, stage: &dyn Stage, attempt: &mut Attempt, _: Option<&str>) -> Judged {
        let proof = prepared(stage).and_then(|prepared| {
            let shown = attempt.way_shown.then(|| self.way(&*prepared));
            let shown = shown.map(Option::unwrap_or_default);
            prove(stage, &*prepared, &self.condition, shown.as_deref())
        });
        Ok(match proof {
            Err(Refusal {
                message, advice, ..
            }) => Judgement::wrong(vec![
                Line::plain(format!("Not yet: {message}.")),
                Line::plain(format!("{}.", capital(&advice))),
            ]),
            Ok(reached) => {
                let mut lines = vec![
                    Line::new().with("Reached.", Role::Strong),
                    Line::plain(format!(
                        "Made again from its start with your settings, the run has it after {} {}.",
                        reached.step,
                        plural(reached.step, "update")
                    )),
                ];
                lines.extend(reached.margin);
                Judgement::right(lines)
            }
        })
    }

    fn hints(&self, stage: &dyn Stage, _: &Attempt) -> Result<Vec<Vec<Line>>, Refusal> {
        let first = Line::plain(
            "Change one setting at a time, make the run, and look whether the numbers come nearer.",
        );
        let way = (stage.prepared()).and_then(|prepared| self.way(&*prepared));
        let last = match way.map(|lines| lines.join("; ")) {
            Some(way) => Line::plain("This does it: ").with(way, Role::Code),
            None => Line::plain("Nothing has been found that does it."),
        };
        Ok(vec![vec![first], vec![last]])
    }

    fn afresh(&self, _: &dyn Stage, attempt: &mut Attempt) -> Option<Next> {
        attempt.way_shown = true;
        Some(Next {
            lead: Lead::OtherSettings,
            lines: Vec::new(),
        })
    }

    fn check(&self, stage: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        let prepared = prepared(stage).map_err(|refusal| vec![Fault::whole(refusal.message)])?;
        if holds_unchanged(&*prepared, &self.condition) {
            let goal = &self.condition.text;
            return Err(vec![Fault::whole(format!(
                "`{goal}` holds without any change"
            ))]);
        }
        let lines = (self.way(&*prepared)).ok_or_else(|| vec![Fault::whole(NO_WAY)])?;
        if !self.solution.is_empty()
            && let Ok(trial) = prepared.after(&lines)
            && let Err(why) = prove(&*trial, &*prepared, &self.condition, None)
        {
            let (what, more) = (why.message, why.advice);
            let message = format!("its solution does not reach the goal: {what}; {more}");
            return Err(vec![Fault::field("solution", message)]);
        }
        Ok(Proof {
            lines,
            answer: String::new(),
        })
    }
}
