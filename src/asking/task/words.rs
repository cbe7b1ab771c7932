//! A task in words: what is asked, what is given, what of the way is done already; and its expression with the numbers.

use super::{Numbers, Task, of_change};
use crate::asking::number_words::number_words;
use crate::command::{Phrase, Variable};
use crate::exercise::{self, Asked};
use crate::explain::expression::{Leaves, begins_with_function, write_readably};
use crate::explain::{Line, Quantity, Role, capital, number};
use crate::math::expression::Expression;

impl Task {
    /// The question in words, with what is given and what of the way is done already.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines = self.asking();
        lines.extend(exercise::given(self.told(), self.key(&[]).as_ref()));
        let steps = self.steps();
        if !steps.is_empty() {
            lines.push(Line::plain("This much is done:"));
            let printed = |line| exercise::printed(line, &self.facts);
            lines.extend(steps.iter().map(printed));
        }
        lines
    }

    /// What is asked, without what is given.
    pub fn asking(&self) -> Vec<Line> {
        let mut lines = self.ask.clone();
        if lines.is_empty() {
            if let Numbers::OfSkill(skill) = &self.numbers {
                lines.push(skill.about());
            }
            lines.push(Line::plain(self.question()));
            lines.extend(self.about());
        }
        lines
    }

    /// What is given, as a list in words: nothing for a question about nodes in the lesson's own words.
    pub fn told(&self) -> Option<Line> {
        if let Numbers::Drawn(drawn) = &self.numbers {
            let expect = self.expect.as_ref()?;
            let names = expect.expression.names();
            let asked = drawn
                .iter()
                .filter(|(variable, ..)| names.contains(&variable));
            let told = asked.map(|(_, name, value)| {
                let shown = number::display(*value, self.facts.digits);
                Line::plain(format!("{name} = ")).with(shown, Role::Strong)
            });
            return Some(exercise::listed(told));
        }
        let Some(expect) = self.expect.as_ref().filter(|_| self.asked.is_none()) else {
            return self.asked.map(|asked| self.facts.told(asked));
        };
        let names = expect.expression.names().into_iter();
        let quantities: Vec<Quantity> = names.filter_map(of_change).collect();
        if quantities.is_empty() {
            return None;
        }
        Some(self.facts.told_for(&quantities))
    }

    /// Which of several parameters the question is about.
    fn about(&self) -> Option<Line> {
        let name = match self.asked? {
            Asked::Quantity(_) => self.parameter_name()?,
            Asked::Sum | Asked::Value | Asked::Signal => return None,
        };
        let about = Line::plain("It is about ").with(name, Role::Code);
        Some(about.with(".", Role::Plain))
    }

    /// `What is the new weight?`
    fn question(&self) -> String {
        match (self.asked, &self.expect) {
            (Some(asked), _) => exercise::question(&self.facts, asked),
            (None, Some(expect)) => {
                format!("What does this come to: {}?", self.in_words(expect))
            }
            (None, None) => String::new(),
        }
    }

    fn in_words(&self, expect: &Phrase) -> String {
        let rule = self.facts.settings.rule;
        let mark = self.facts.digits.decimal();
        number_words(expect, rule, mark, |name| self.name_of(name))
    }

    /// The expression with its numbers and its value, for answers that no formula of an update explains:
    /// `Change / gradient = 0.049 / 2.7 = 0.0181481`.
    pub fn expression(&self) -> Option<Line> {
        let expect = self.expect.as_ref().filter(|_| self.asked.is_none())?;
        let show = |value| number::display(value, self.facts.digits);
        let value_of = |name: &Variable| {
            self.value(&Phrase {
                text: String::new(),
                expression: Expression::Name(*name),
            })
        };
        let words = self.in_words(expect);
        // The name of a function is written as it is typed.
        let words = if begins_with_function(&expect.expression) {
            words
        } else {
            capital(&words)
        };
        let mut line = Line::new().with(words, Role::Code).with(" = ", Role::Plain);
        let known = |name: &&Variable| value_of(name).is_finite();
        let alone = matches!(expect.expression, Expression::Name(_));
        if !alone && expect.expression.names().iter().all(known) {
            let filled = Leaves {
                decimal: self.facts.digits.decimal(),
                number: &show,
                name: &|name| show(value_of(name)),
            };
            line.push(write_readably(&expect.expression, &filled), Role::Plain);
            line.push(" = ", Role::Plain);
        }
        line.push(show(self.value(expect)), Role::Strong);
        Some(line.with(".", Role::Plain))
    }
}
