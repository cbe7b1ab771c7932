//! A task with other numbers.

use super::{Drawn, Mistake, Numbers, Task, is_of_update, value_with};
use crate::asking::number_words::asked_again;
use crate::command::Phrase;
use crate::exercise::{Asked, Dice, Misconception, variant};
use crate::explain::Quantity;

/// So many draws are tried for an expression that comes to something.
const TRIES: u64 = 20;

impl Task {
    /// The same question about other numbers, for telling slips apart or after the last hint; `None` where the
    /// question has no numbers that could be others.
    pub fn with_other_numbers(
        &self,
        mistakes: &[Mistake],
        apart: &[&Misconception],
        seed: u64,
    ) -> Option<Self> {
        let (facts, numbers) = match (&self.numbers, &self.expect, self.asked) {
            (Numbers::OfSkill(skill), ..) => (skill.problem(apart, seed), self.numbers.clone()),
            (_, Some(expect), None) if !is_of_update(expect) => {
                let draw = |further: u64| self.drawn(expect, mistakes, seed ^ (further << 40));
                let comes_to_something = |drawn: &Vec<_>| {
                    let value = value_with(drawn, expect);
                    value.is_finite() && value != 0.0
                };
                let drawn = (0..TRIES).map(draw).find(comes_to_something)?;
                (self.facts.clone(), Numbers::Drawn(drawn))
            }
            (_, _, asked) => {
                let asked = asked.unwrap_or(Asked::Quantity(Quantity::After));
                self.facts.right(asked)?;
                let facts = variant(&self.facts, asked, apart, seed);
                let parameter = facts.node.as_ref().and(self.parameter_name());
                (facts, Numbers::OfFacts { parameter })
            }
        };
        let again = self.ask_again.as_ref().zip(self.expect.as_ref());
        let ask = again
            .filter(|_| matches!(numbers, Numbers::OfFacts { .. }))
            .and_then(|(ask, expect)| asked_again(ask, expect, &facts));
        Some(Self {
            facts,
            numbers,
            ask: ask.unwrap_or_default(),
            ..self.clone()
        })
    }

    /// Other numbers for every name of an expression and of the mistakes that are foreseen with it.
    fn drawn(&self, expect: &Phrase, mistakes: &[Mistake], seed: u64) -> Vec<Drawn> {
        let mut dice = Dice(seed);
        let phrases = std::iter::once(expect).chain(mistakes.iter().map(|one| &one.answer));
        let mut drawn: Vec<Drawn> = Vec::new();
        for variable in phrases.flat_map(|phrase| phrase.expression.names()) {
            if drawn.iter().all(|(known, ..)| known != variable) {
                let value = dice.hundredths();
                drawn.push((*variable, self.name_of(*variable), value));
            }
        }
        drawn
    }
}
