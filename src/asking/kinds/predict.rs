//! A number of the update that comes next. Asked afresh, it has other numbers.

use super::{ASKS_ELSE, Kind, Proof, Question, foresee_alike, words};
use crate::asking::fault::Fault;
use crate::asking::numbers::{self, Wanted};
use crate::asking::scene::{Stage, is_shown};
use crate::asking::task::{Mistake, Task};
use crate::exercise::Asked;
use crate::explain::{Document, Node, Quantity};
use crate::math::Rule;

/// A number of the update that comes next.
#[derive(Debug, Clone, PartialEq)]
pub struct Predict {
    /// Which number.
    pub asked: Asked,
    /// Of which parameter, by its index; `None` for the one in focus.
    pub parameter: Option<usize>,
    /// Of which node, where it is a number of one; `None` for the node that the parameter leads to.
    pub node: Option<Node>,
    /// The question in the lesson's words.
    pub ask: Option<Document>,
    /// Wrong answers that the lesson foresees.
    pub mistakes: Vec<Mistake>,
}

impl Kind for Predict {
    fn name(&self) -> &'static str {
        "predict"
    }

    fn wanted(&self, rule: Rule) -> String {
        self.asked.words(rule)
    }

    fn described(&self) -> Vec<String> {
        let of_node = self.node.and_then(|node| self.asked.of_node(node));
        let quantity = of_node.map_or_else(|| self.asked.name(), Quantity::name);
        vec![
            quantity.into_owned(),
            (self.parameter).map_or_else(String::new, |index| index.to_string()),
            self.ask.as_ref().map_or_else(String::new, words),
        ]
    }

    fn differs(&self, other: &Question) -> Option<&'static str> {
        let is_same = matches!(other, Question::Predict(other)
            if (self.asked, self.parameter, self.node) == (other.asked, other.parameter, other.node)
                && foresee_alike(&self.mistakes, &other.mistakes));
        (!is_same).then_some(ASKS_ELSE)
    }

    fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    fn secret(&self, stage: &dyn Stage) -> Option<Quantity> {
        if let Asked::Quantity(quantity) = self.asked {
            return Some(quantity);
        }
        let parameter = self.parameter.unwrap_or(stage.scope().focus);
        let network = stage.run().model().network()?;
        let led_to = || Node::of_parameter(network, parameter);
        self.asked.of_node(self.node.unwrap_or_else(led_to))
    }

    fn update(&self, stage: &dyn Stage) -> Option<u64> {
        let (update, _) = stage.shown();
        Some(update + u64::from(is_shown(stage, self.secret(stage)?)))
    }

    fn posed(&self, stage: &dyn Stage) -> Option<Task> {
        let stage = &*stage.prepared()?;
        let wanted = Wanted {
            asked: Some(self.asked),
            parameter: self.parameter,
            node: self.node,
            ask: self.ask.as_ref(),
            ..Wanted::default()
        };
        Some(Task {
            shown_as: self.secret(stage),
            ..wanted.posed(stage, self.update(stage)?)?
        })
    }

    /// What is asked for must not be given.
    fn check(&self, stage: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        let task = numbers::first(stage)?;
        if task.facts.right(self.asked).is_some() {
            return numbers::check(&task, &self.mistakes, "quantity");
        }
        let words = task.facts.words(self.asked);
        let given = match self.asked {
            Asked::Quantity(quantity) => numbers::is_given(&task, quantity),
            Asked::Sum | Asked::Value | Asked::Signal => false,
        };
        let message = if given {
            format!("{words} is given, so there is nothing to predict")
        } else {
            format!("the update does not have {words}")
        };
        let mut faults = vec![Fault::field("quantity", message)];
        faults.extend(numbers::mistakes_at_fault(&task, &self.mistakes));
        Err(faults)
    }
}
