//! A goal in words: `Get the loss below 0.001 in 17 updates or fewer.`

use crate::command::{Phrase, Variable};
use crate::explain::{Decimal, Quantity, number, plural, series};
use crate::math::Rule;
use crate::math::expression::{Binary, Comparison, Expression, Unary};

/// What a condition asks for, part by part.
#[derive(Default)]
struct Parts {
    /// What is to be brought about, each with its subject.
    wanted: Vec<(String, String)>,
    /// By when.
    within: Vec<String>,
    /// With which settings.
    with: Vec<String>,
    /// What decimals begin with.
    mark: Decimal,
}

/// What a condition asks for, in words; `None` where they would be doubtful: of anything but comparisons of single
/// numbers, joined by `and`, and of settings alone.
pub(super) fn goal_words(
    condition: &Phrase,
    parameters: &[String],
    rule: Rule,
    mark: Decimal,
) -> Option<String> {
    let mut parts = Parts {
        mark,
        ..Parts::default()
    };
    parts.read(&condition.expression, parameters, rule)?;
    let Parts {
        wanted,
        within,
        with,
        ..
    } = parts;
    if wanted.is_empty() || within.len() > 1 {
        return None;
    }
    let mut told: Vec<String> = Vec::new();
    for (index, (subject, aim)) in wanted.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &wanted[before].0);
        told.push(if before == Some(subject) {
            aim.clone()
        } else {
            format!("{subject} {aim}")
        });
    }
    let within = within
        .iter()
        .fold(String::new(), |told, within| told + " " + within);
    let with = match with.as_slice() {
        [] => String::new(),
        with => format!(", with {}", series(with, "and")),
    };
    Some(format!("Get {}{within}{with}.", series(&told, "and")))
}

impl Parts {
    fn read(
        &mut self,
        expression: &Expression<Variable>,
        parameters: &[String],
        rule: Rule,
    ) -> Option<()> {
        let Expression::Binary(operation, left, right) = expression else {
            return None;
        };
        let (comparison, what, than) = match operation {
            Binary::And => {
                self.read(left, parameters, rule)?;
                return self.read(right, parameters, rule);
            }
            Binary::Compare(comparison) if right.names().is_empty() => (*comparison, left, right),
            Binary::Compare(comparison) if left.names().is_empty() => {
                (turned(*comparison), right, left)
            }
            Binary::Add
            | Binary::Subtract
            | Binary::Multiply
            | Binary::Divide
            | Binary::Power
            | Binary::Min
            | Binary::Max
            | Binary::Compare(_)
            | Binary::Or => return None,
        };
        let value = than.evaluate(&|_| f64::NAN);
        if !value.is_finite() {
            return None;
        }
        let shown = number::exact_in(value, self.mark);
        match &**what {
            Expression::Name(Variable::Step) => {
                self.within.push(within(comparison, value, "update")?);
            }
            Expression::Name(Variable::Epoch) => {
                self.within.push(within(comparison, value, "epoch")?);
            }
            Expression::Name(Variable::Quantity(
                setting @ (Quantity::LearningRate | Quantity::Momentum),
                _,
            )) => {
                let words = setting.words(rule);
                self.with
                    .push(format!("a {words} {}", of_setting(comparison, &shown)?));
            }
            Expression::Name(name) => {
                let aim = aim(comparison, &shown)?;
                self.wanted.push((subject(*name, parameters, rule)?, aim));
            }
            Expression::Unary(Unary::Abs, inner) => {
                let Expression::Name(name) = **inner else {
                    return None;
                };
                let aim = format!("{} away from 0", distance(comparison, &shown)?);
                self.wanted.push((subject(name, parameters, rule)?, aim));
            }
            Expression::Number(_) | Expression::Unary(..) | Expression::Binary(..) => return None,
        }
        Some(())
    }
}

/// The comparison seen from the other side.
fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::LessOrEqual => Comparison::GreaterOrEqual,
        Comparison::Greater => Comparison::Less,
        Comparison::GreaterOrEqual => Comparison::LessOrEqual,
        same @ (Comparison::Equal | Comparison::NotEqual) => same,
    }
}

/// What is to become so: `the loss`, `w`, `the change of y`.
fn subject(name: Variable, parameters: &[String], rule: Rule) -> Option<String> {
    Some(match name {
        Variable::Loss => "the loss".to_owned(),
        Variable::Mse => "the mean squared error".to_owned(),
        Variable::Accuracy => "the share of right answers".to_owned(),
        Variable::Parameter(index) => parameters.get(index)?.clone(),
        Variable::Quantity(quantity, parameter) => {
            let of = parameter.and_then(|index| parameters.get(index));
            let of = of.map_or_else(String::new, |name| format!(" of {name}"));
            format!("the {}{of}", quantity.words(rule))
        }
        Variable::Step | Variable::Epoch => return None,
    })
}

fn aim(comparison: Comparison, value: &str) -> Option<String> {
    Some(match comparison {
        Comparison::Less => format!("below {value}"),
        Comparison::LessOrEqual => format!("to {value} or less"),
        Comparison::Greater => format!("above {value}"),
        Comparison::GreaterOrEqual => format!("to {value} or more"),
        Comparison::Equal => format!("to exactly {value}"),
        Comparison::NotEqual => return None,
    })
}

fn distance(comparison: Comparison, value: &str) -> Option<String> {
    Some(match comparison {
        Comparison::Less => format!("less than {value}"),
        Comparison::LessOrEqual => format!("at most {value}"),
        Comparison::Greater => format!("more than {value}"),
        Comparison::GreaterOrEqual => format!("at least {value}"),
        Comparison::Equal => format!("exactly {value}"),
        Comparison::NotEqual => return None,
    })
}

fn of_setting(comparison: Comparison, value: &str) -> Option<String> {
    Some(match comparison {
        Comparison::Less => format!("below {value}"),
        Comparison::LessOrEqual => format!("of {value} or less"),
        Comparison::Greater => format!("above {value}"),
        Comparison::GreaterOrEqual => format!("of {value} or more"),
        Comparison::Equal => format!("of {value}"),
        Comparison::NotEqual => return None,
    })
}

/// By when, in updates or epochs, which are counted in whole numbers.
fn within(comparison: Comparison, value: f64, unit: &str) -> Option<String> {
    if value.fract() != 0.0 || value < 1.0 {
        return None;
    }
    let (count, units) = (number::exact(value), plural(value as u64, unit));
    Some(match comparison {
        Comparison::Less => format!("in fewer than {count} {units}"),
        Comparison::LessOrEqual => format!("in {count} {units} or fewer"),
        Comparison::Greater => format!("after more than {count} {units}"),
        Comparison::GreaterOrEqual => format!("after {count} {units} or more"),
        Comparison::Equal => format!("after exactly {count} {units}"),
        Comparison::NotEqual => return None,
    })
}
