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

    /// How it is written: `step`, `after`, `delta[ih[0,1]]`.
    pub fn written(self, parameters: &[String]) -> String {
        match self {
            Self::Step => "step".to_owned(),
            Self::Epoch => "epoch".to_owned(),
            Self::Loss => "loss".to_owned(),
            Self::Mse => "mse".to_owned(),
            Self::Accuracy => "accuracy".to_owned(),
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

/// Figures that not every lesson has.
const METRICS: [(&str, Variable); 3] = [
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
        let expression = expression::parse(text, &|name, span| variable(name, span, vocabulary))?;
        Ok(Self {
            text: text.to_owned(),
            expression,
        })
    }

    /// Whether it has figures over all items in it.
    pub fn is_about_metrics(&self) -> bool {
        let about = |variable: &&Variable| {
            matches!(
                variable,
                Variable::Loss | Variable::Mse | Variable::Accuracy
            )
        };
        self.expression.names().iter().any(about)
    }

    /// Whether it changes with epochs and not within them.
    pub fn is_about_epochs(&self) -> bool {
        let about = |variable: &&Variable| {
            matches!(
                variable,
                Variable::Epoch | Variable::Loss | Variable::Mse | Variable::Accuracy
            )
        };
        self.expression.names().iter().all(about)
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
        .chain(vocabulary.metrics.iter().map(|name| (*name).to_owned()))
        .collect()
}

/// `4, 5 and 3`
fn listed(numbers: &[usize]) -> String {
    let texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    match texts.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
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
    if let Some((_, metric)) = METRICS.into_iter().find(|(metric, _)| *metric == name)
        && vocabulary.metrics.contains(&name)
    {
        return Ok(metric);
    }
    let word = name.split('[').next().unwrap_or(name);
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
                    listed(vocabulary.layers)
                ),
            })
        };
    }
    let inner = name[word.len()..].strip_prefix('[');
    let inner = inner.and_then(|inner| inner.strip_suffix(']'));
    let Some(quantity) = Quantity::meant(word) else {
        let advice = if METRICS.iter().any(|(metric, _)| *metric == name) {
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
