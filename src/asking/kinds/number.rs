//! A number that an expression comes to. Asked afresh, it has other numbers.

use super::{ASKS_ELSE, Kind, Proof, Question, foresee_alike, words};
use crate::asking::fault::Fault;
use crate::asking::numbers::{self, Wanted};
use crate::asking::scene::{Stage, is_complete};
use crate::asking::task::{Mistake, Task};
use crate::command::{Phrase, Variable};
use crate::exercise::Asked;
use crate::explain::Document;
use crate::math::expression::Expression;

/// A number that an expression comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// The question.
    pub ask: Document,
    /// What the answer is.
    pub expect: Phrase,
    /// Wrong answers that the lesson foresees.
    pub mistakes: Vec<Mistake>,
}

impl Number {
    /// The name that the expression is, where it is one, and whether it is of the parameter in focus.
    fn name(&self) -> Option<Variable> {
        match self.expect.expression {
            Expression::Name(variable) => Some(variable),
            Expression::Number(_) | Expression::Unary(..) | Expression::Binary(..) => None,
        }
    }
}

impl Kind for Number {
    fn name(&self) -> &'static str {
        "number"
    }

    fn described(&self) -> Vec<String> {
        vec![words(&self.ask), self.expect.text.clone()]
    }

    fn differs(&self, other: &Question) -> Option<&'static str> {
        let is_same = matches!(other, Question::Number(other)
            if self.expect.expression == other.expect.expression
                && foresee_alike(&self.mistakes, &other.mistakes));
        (!is_same).then_some(ASKS_ELSE)
    }

    fn mistakes(&self) -> &[Mistake] {
        &self.mistakes
    }

    fn update(&self, stage: &dyn Stage) -> Option<u64> {
        let (update, _) = stage.shown();
        Some(update + u64::from(is_complete(stage)))
    }

    fn posed(&self, stage: &dyn Stage) -> Option<Task> {
        self.posed_here(&*stage.prepared()?)
    }

    /// What a number is asked for must not be a name whose number stands there already.
    fn check(&self, stage: &dyn Stage) -> Result<Proof, Vec<Fault>> {
        let task = numbers::first(stage)?;
        let text = &self.expect.text;
        let given = match self.name() {
            Some(Variable::Quantity(quantity, _)) => numbers::is_given(&task, quantity),
            Some(Variable::Parameter(_) | Variable::Step | Variable::Epoch) => true,
            Some(Variable::Loss | Variable::Mse | Variable::Accuracy) | None => false,
        };
        let idle = if given {
            Some(format!("{text} is given, so there is nothing to compute"))
        } else if self.is_always_zero(stage) {
            Some(format!(
                "`{text}` is always 0, so there is nothing to compute"
            ))
        } else {
            None
        };
        let Some(message) = idle else {
            return numbers::check(&task, &self.mistakes, "expect");
        };
        let mut faults = vec![Fault::field("expect", message)];
        faults.extend(numbers::mistakes_at_fault(&task, &self.mistakes));
        Err(faults)
    }
}

impl Number {
    /// Whether the answer is 0 here, at the next updates and with other settings too.
    fn is_always_zero(&self, stage: &dyn Stage) -> bool {
        /// Ways to other numbers of the same run.
        const WAYS: [&[&str]; 6] = [
            &[],
            &["step"],
            &["step 2"],
            &["set momentum 0.37"],
            &["set learning_rate 0.0123"],
            &["set momentum 0.37", "step 2"],
        ];
        let values = WAYS.iter().filter_map(|lines| {
            let lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
            let stage = stage.after(&lines).ok()?;
            Some(self.posed_here(&*stage)?.key(&[])?.right)
        });
        let values: Vec<f64> = values.collect();
        !values.is_empty() && values.iter().all(|value| value.abs() < 1e-12)
    }

    /// The number it asks for, of the run as it is.
    fn posed_here(&self, stage: &dyn Stage) -> Option<Task> {
        let quantity = self.name().and_then(Variable::quantity);
        let in_focus = quantity.filter(|(_, parameter)| parameter.is_none());
        let asked = in_focus.and_then(|(quantity, _)| Asked::of(quantity));
        let node = quantity.and_then(|(quantity, _)| quantity.node());
        let wanted = Wanted {
            asked,
            expect: Some(self.expect.clone()),
            node,
            ask: Some(&self.ask),
            ..Wanted::default()
        };
        wanted.posed(stage, self.update(stage)?)
    }
}
