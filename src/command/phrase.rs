//! Expressions in commands: what their names stand for.

use std::ops::Range;

use super::{Vocabulary, advise, closest};
use crate::explain::Quantity;
use crate::math::expression::{self, Expression, Mistake};

/// What a name in a command's expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// How many updates are complete.
    Step,
    /// Which pass over all items this is, from 1.
    Epoch,
    /// A parameter.
    Parameter(usize),
    /// A quantity of an update, of a parameter or of the one in focus.
    Quantity(Quantity, Option<usize>),
}

/// An expression as it was typed, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// What it means.
    pub expression: Expression<Variable>,
}

/// Quantities that only models with data or a surface have.
const NOT_HERE: [&str; 3] = ["loss", "mse", "accuracy"];

impl Phrase {
    /// Understands a text.
    ///
    /// # Errors
    /// Where it is no expression, or has a name in it that the lesson does not know.
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Self, Mistake> {
        let expression = expression::parse(text, &|name, span| variable(name, span, vocabulary))?;
        Ok(Self {
            text: text.to_owned(),
            expression,
        })
    }
}

/// Every name that an expression may have in it.
pub fn names(vocabulary: &Vocabulary) -> Vec<String> {
    let quantities = Quantity::ALL
        .into_iter()
        .map(|quantity| quantity.name().into_owned());
    let own = vocabulary.parameters.iter().cloned();
    own.chain(quantities)
        .chain(["step".to_owned(), "epoch".to_owned()])
        .collect()
}

fn variable(name: &str, span: Range<usize>, vocabulary: &Vocabulary) -> Result<Variable, Mistake> {
    if let Some(index) = vocabulary.parameter(name) {
        return Ok(Variable::Parameter(index));
    }
    match name {
        "step" => return Ok(Variable::Step),
        "epoch" => return Ok(Variable::Epoch),
        _ => {}
    }
    let (word, inner) = match name.split_once('[') {
        Some((word, inner)) => (word, inner.strip_suffix(']')),
        None => (name, None),
    };
    let Some(quantity) = Quantity::from_name(word) else {
        let advice = if NOT_HERE.contains(&name) {
            "this lesson has none: its gradients are given, not computed from an error".to_owned()
        } else {
            let names = names(vocabulary);
            closest(name, names.iter().map(String::as_str)).map_or_else(
                || "a number, or a name such as learning_rate, delta, change or step".to_owned(),
                |near| format!("did you mean `{near}`?"),
            )
        };
        return Err(Mistake {
            span,
            message: format!("there is no `{name}`"),
            advice,
        });
    };
    let Some(inner) = inner else {
        return Ok(Variable::Quantity(quantity, None));
    };
    match vocabulary.parameter(inner) {
        Some(index) => Ok(Variable::Quantity(quantity, Some(index))),
        None => Err(Mistake {
            span,
            message: format!("there is no parameter `{inner}`"),
            advice: advise(inner, vocabulary.parameters.iter().map(String::as_str)),
        }),
    }
}
