//! Expressions in commands: what their names stand for.

use std::ops::Range;

use super::readers::owned;
use super::{Vocabulary, advise, meant};
use crate::explain::{Quantity, series};
use crate::math::expression::{self, Expression, Mistake};

/// What a name in a command's expression stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variable {
    /// How many updates are complete.
    Step,
    /// Which pass over all items this is, from 1.
    Epoch,
    /// The mean error over all items.
    Loss,
    /// The mean over items of the sum of (t - o)^2.
    Mse,
    /// The share of items that are right.
    Accuracy,
    /// A parameter.
    Parameter(usize),
    /// A quantity of an update, of a parameter or of the one in focus.
    Quantity(Quantity, Option<usize>),
}

impl Variable {
    /// The quantity, and of which parameter where that is said.
    pub fn quantity(self) -> Option<(Quantity, Option<usize>)> {
        let Self::Quantity(quantity, parameter) = self else {
            return None;
        };
        Some((quantity, parameter))
    }

    /// Whether it is a figure over all items, which not every lesson has.
    fn is_metric(self) -> bool {
        matches!(self, Self::Loss | Self::Mse | Self::Accuracy)
    }

    /// How it is written: `step`, `after`, `delta[ih[0,1]]`.
    pub fn written(self, parameters: &[String]) -> String {
        match self {
            Self::Step | Self::Epoch | Self::Loss | Self::Mse | Self::Accuracy => {
                let named = NAMES.iter().find(|(_, variable)| *variable == self);
                named.map_or(String::new(), |(name, _)| (*name).to_owned())
            }
            Self::Parameter(index) => parameters[index].clone(),
            Self::Quantity(quantity, None) => quantity.name().into_owned(),
            Self::Quantity(quantity, Some(index)) => {
                format!("{}[{}]", quantity.name(), parameters[index])
            }
        }
    }
}

/// An expression as it was typed, understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// The text.
    pub text: String,
    /// What it means.
    pub expression: Expression<Variable>,
}

/// What is neither a parameter nor a quantity.
const NAMES: [(&str, Variable); 5] = [
    ("step", Variable::Step),
    ("epoch", Variable::Epoch),
    ("loss", Variable::Loss),
    ("mse", Variable::Mse),
    ("accuracy", Variable::Accuracy),
];

impl Phrase {
    /// Understands a text.
    ///
    /// # Errors
    /// Where it is no expression, or has a name in it that the lesson does not know.
    pub fn read(text: &str, vocabulary: &Vocabulary) -> Result<Self, Mistake> {
        let expression = expression::parse_in(vocabulary.decimal, text, &|name, span| {
            variable(name, span, vocabulary)
        })?;
        Ok(Self {
            text: text.to_owned(),
            expression,
        })
    }

    /// Whether it has figures over all items in it.
    pub fn is_about_metrics(&self) -> bool {
        let mut names = self.expression.names().into_iter();
        names.any(|variable| variable.is_metric())
    }

    /// Whether it changes with epochs and not within them.
    pub fn is_about_epochs(&self) -> bool {
        let mut names = self.expression.names().into_iter();
        names.all(|variable| variable.is_metric() || *variable == Variable::Epoch)
    }
}

/// Every name that an expression may have in it.
pub fn names(vocabulary: &Vocabulary) -> Vec<String> {
    let quantities = owned(Quantity::ALL.map(Quantity::name));
    let others = owned(["step", "epoch"].iter().chain(vocabulary.metrics));
    [vocabulary.parameters, &quantities, &others].concat()
}

/// What a lesson has in the place of figures or nodes that it has not.
fn of_this_model(vocabulary: &Vocabulary) -> String {
    let weight = vocabulary.parameters.first().map_or("w", String::as_str);
    match vocabulary.metrics {
        [] => format!(
            "this lesson has none: its gradients are given, not computed from an error; a goal is about the weight, such as `{weight} > 3.6`"
        ),
        [only] => format!("this lesson has no items: a goal is about `{only}` or `{weight}`"),
        _ => "this lesson has no such node".to_owned(),
    }
}

fn variable(name: &str, span: Range<usize>, vocabulary: &Vocabulary) -> Result<Variable, Mistake> {
    if let Some(index) = vocabulary.parameter(name) {
        return Ok(Variable::Parameter(index));
    }
    let named = NAMES.into_iter().find(|(known, _)| *known == name);
    if let Some((_, variable)) = named
        && (!variable.is_metric() || vocabulary.metrics.contains(&name))
    {
        return Ok(variable);
    }
    if let Some(Quantity::Node(of_node)) = Quantity::meant(name)
        && !vocabulary.layers.is_empty()
    {
        return if of_node.node.is_in(vocabulary.layers) {
            Ok(Variable::Quantity(Quantity::Node(of_node), None))
        } else {
            Err(Mistake {
                span,
                message: format!("there is no `{name}`"),
                advice: format!(
                    "the layers have {} nodes, counted from 0",
                    series(vocabulary.layers, "and")
                ),
            })
        };
    }
    let (word, inner) = match name.split_once('[') {
        Some((word, inner)) => (word, inner.strip_suffix(']')),
        None => (name, None),
    };
    let Some(quantity) = Quantity::meant(word) else {
        let of_network = matches!(Quantity::meant(name), Some(Quantity::Node(_)));
        let advice = if named.is_some() || of_network {
            of_this_model(vocabulary)
        } else {
            let names = names(vocabulary);
            meant(name, names.iter().map(String::as_str)).unwrap_or_else(|| {
                "a number, or a name such as learning_rate, delta, change or step".to_owned()
            })
        };
        return Err(Mistake {
            span,
            message: format!("there is no `{name}`"),
            advice,
        });
    };
    let knows_model = !vocabulary.parameters.is_empty();
    if knows_model && !quantity.is_had(vocabulary.layers, vocabulary.metrics) {
        let message = format!("there is no `{name}`");
        return Err(Mistake::new(span, message, of_this_model(vocabulary)));
    }
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
