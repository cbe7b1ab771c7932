//! The exercises of a lesson file: as they are written, and what can be wrong with them.
//!
//! ```yaml
//! exercise:
//!   predict: {quantity: after}
//!   hints: [Which two products are added to the weight?]
//!   explain: Delta first, then the momentum term.
//! ```

use serde::Deserialize;

use super::checker::{Checker, Expected, Leaf};
use super::field::Field;
use crate::asking::{
    Choice, Choose, Exercise, MOST_LETTERS, Mistake, Number, Order, Predict, Question, Reach,
};
use crate::command::{self, Complaint, Phrase, advise};
use crate::exercise::Asked;
use crate::explain::{Document, LayerKind, Node, OfNode, Quantity};
use crate::math::expression::Kind;

/// An exercise: exactly one of the kinds, and what helps with it.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ExerciseFile {
    predict: Field<PredictFile>,
    number: Field<NumberFile>,
    choose: Field<ChooseFile>,
    order: Field<OrderFile>,
    reach: Field<String>,
    solution: Field<Vec<Field<String>>>,
    hints: Field<Vec<Field<String>>>,
    explain: Field<String>,
}

/// A number of the update that comes next.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct PredictFile {
    quantity: Field<String>,
    parameter: Field<String>,
    ask: Field<String>,
    mistakes: Field<Vec<Field<MistakeFile>>>,
}

/// A number that an expression comes to.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct NumberFile {
    ask: Field<String>,
    expect: Field<String>,
    mistakes: Field<Vec<Field<MistakeFile>>>,
}

/// A wrong answer that is foreseen.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct MistakeFile {
    answer: Field<String>,
    say: Field<String>,
}

/// One of several options.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct ChooseFile {
    ask: Field<String>,
    options: Field<Vec<Field<OptionFile>>>,
}

/// An option.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct OptionFile {
    text: Field<String>,
    right: Field<bool>,
    say: Field<String>,
}

/// Lines to be put in order.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct OrderFile {
    ask: Field<String>,
    lines: Field<Vec<Field<String>>>,
}

impl Expected for ExerciseFile {
    const WHAT: &'static str = "a field such as `predict:`";
    const EXAMPLE: &'static str = "`predict: {quantity: after}`, indented below";
}

impl Expected for PredictFile {
    const WHAT: &'static str = "fields such as `quantity: after`";
    const EXAMPLE: &'static str = "`{quantity: after}`";
}

impl Expected for NumberFile {
    const WHAT: &'static str = "fields such as `ask: ...`";
    const EXAMPLE: &'static str = "`ask:` and `expect:`, indented below";
}

impl Expected for MistakeFile {
    const WHAT: &'static str = "fields such as `answer: delta`";
    const EXAMPLE: &'static str = "`- answer: ...` with `say: ...` below it";
}

impl Expected for ChooseFile {
    const WHAT: &'static str = "fields such as `ask: ...`";
    const EXAMPLE: &'static str = "`ask:` and `options:`, indented below";
}

impl Expected for OptionFile {
    const WHAT: &'static str = "fields such as `text: ...`";
    const EXAMPLE: &'static str = "`- text: ...` with `say: ...` below it";
}

impl Expected for OrderFile {
    const WHAT: &'static str = "fields such as `lines: [...]`";
    const EXAMPLE: &'static str = "`lines:` and the lines in their right order, indented below";
}

/// The kinds of exercises, for advice.
const KINDS: &str = "one of `predict`, `number`, `choose`, `order` and `reach`";

impl Checker<'_> {
    /// The exercise of a page; `None` where there is none, or something is wrong with it and has been noted.
    pub(super) fn exercise(
        &mut self,
        field: Field<ExerciseFile>,
        pages: usize,
    ) -> Option<Exercise> {
        self.part("exercise", field, |checker, file| {
            checker.exercise_here(file, pages)
        })
    }

    fn exercise_here(&mut self, file: ExerciseFile, pages: usize) -> Option<Exercise> {
        let reaches = !matches!(file.reach, Field::Absent);
        let solves = !matches!(file.solution, Field::Absent);
        let kinds = self.given_kinds(&file);
        let solution = self.solution(file.solution, pages);
        if solves && !reaches {
            let message = "only `reach` has a `solution`: every other answer is computed";
            self.wrong_value("solution", message.to_owned(), "take it out");
        }
        let predict = self.part("predict", file.predict, Self::predict);
        let number = self.part("number", file.number, Self::number_question);
        let choose = self.part("choose", file.choose, Self::choose);
        let order = self.part("order", file.order, Self::order);
        let reach = self.part("reach", file.reach, |checker, text| {
            let condition = checker.phrase(&text, Kind::Truth)?;
            let solution = solution.clone()?;
            Some(Question::Reach(Reach {
                condition,
                solution,
            }))
        });
        let hints = self.texts("hints", file.hints);
        let explain = self.text("explain", file.explain);
        let question = predict.or(number).or(choose).or(order).or(reach)?;
        Some(Exercise {
            question,
            hints: hints?,
            explain,
        })
        .filter(|_| kinds == 1)
    }

    /// How many kinds an exercise has, which must be one.
    fn given_kinds(&mut self, file: &ExerciseFile) -> usize {
        let given = [
            ("predict", !matches!(file.predict, Field::Absent)),
            ("number", !matches!(file.number, Field::Absent)),
            ("choose", !matches!(file.choose, Field::Absent)),
            ("order", !matches!(file.order, Field::Absent)),
            ("reach", !matches!(file.reach, Field::Absent)),
        ];
        let names: Vec<&str> = given
            .into_iter()
            .filter_map(|(name, given)| given.then_some(name))
            .collect();
        match names.as_slice() {
            [_] => {}
            [] if given.iter().any(|(name, _)| self.is_meant(name)) => {}
            [] => self.complain(Self::key_span_here, "this exercise asks nothing", KINDS),
            [first, second, ..] => {
                let message =
                    format!("an exercise asks one thing, and this has `{first}` and `{second}`");
                self.wrong_value(second, message, "a page of its own for each question");
            }
        }
        names.len()
    }

    fn predict(&mut self, file: PredictFile) -> Option<Question> {
        let asked = self.required_with("quantity", file.quantity, |checker, name| {
            checker.asked(&name)
        });
        let parameter = self.part("parameter", file.parameter, |checker, name: String| {
            checker.parameter(&name)
        });
        let ask = self.text("ask", file.ask);
        let mistakes = self.mistakes(file.mistakes);
        let (asked, node) = asked?;
        Some(Question::Predict(Predict {
            asked,
            parameter,
            node,
            ask,
            mistakes: mistakes?,
        }))
    }

    /// What can be predicted by this name, and of which node, where the name has one.
    fn asked(&mut self, name: &str) -> Option<(Asked, Option<Node>)> {
        if let Some(asked) = Asked::from_name(name) {
            if asked.is_of_node() && self.layers.is_empty() && !self.parameters.is_empty() {
                let message = format!("`{name}` is of a node, and this lesson has no network");
                let advice = "a quantity of the update, such as `after`";
                self.complain(Self::value_span_here, message, advice);
                return None;
            }
            return Some((asked, None));
        }
        let of_node = OfNode::from_name(name).filter(|of| of.node.is_in(&self.layers));
        let asked = of_node.and_then(|of| Asked::of(Quantity::Node(of)));
        let computed = of_node.filter(|of| of.node.layer != LayerKind::Input);
        if let (Some(asked), Some(of_node)) = (asked, computed) {
            return Some((asked, Some(of_node.node)));
        }
        let names: Vec<_> = Asked::all().map(Asked::name).collect();
        let (message, advice) = match of_node {
            Some(_) => (
                format!("`{name}` is given, so there is nothing to predict"),
                "what is computed from it, such as `hidden_sum[0]` or `output[0]`".to_owned(),
            ),
            None => (
                format!("`{name}` cannot be predicted"),
                advise(name, names.iter().map(AsRef::as_ref)),
            ),
        };
        self.complain(Self::value_span_here, message, advice);
        None
    }

    fn parameter(&mut self, name: &str) -> Option<usize> {
        let found = self.parameters.iter().position(|known| known == name);
        if found.is_none() {
            let known = self.parameters.clone();
            self.complain(
                Self::value_span_here,
                format!("there is no parameter `{name}`"),
                advise(name, known.iter().map(String::as_str)),
            );
        }
        found
    }

    fn number_question(&mut self, file: NumberFile) -> Option<Question> {
        let ask = self.needed_text("ask", file.ask);
        let expect = self.required_with("expect", file.expect, |checker, text| {
            let phrase = checker.phrase(&text, Kind::Number)?;
            if phrase.expression.names().is_empty() {
                let message =
                    "this answer does not depend on the run, and so cannot be computed from it";
                let advice = "an expression over quantities, such as `change/gradient`";
                checker.complain(Self::value_span_here, message, advice);
                return None;
            }
            Some(phrase)
        });
        let mistakes = self.mistakes(file.mistakes);
        Some(Question::Number(Number {
            ask: ask?,
            expect: expect?,
            mistakes: mistakes?,
        }))
    }

    fn mistakes(&mut self, field: Field<Vec<Field<MistakeFile>>>) -> Option<Vec<Mistake>> {
        if matches!(field, Field::Absent) {
            return Some(Vec::new());
        }
        self.required_with("mistakes", field, |checker, items| {
            checker.items(items, |checker, item| {
                let file = checker.take(item)?;
                let answer = checker.required_with("answer", file.answer, |checker, text| {
                    checker.phrase(&text, Kind::Number)
                });
                let say = checker.needed_text("say", file.say);
                Some(Mistake {
                    answer: answer?,
                    say: say?,
                })
            })
        })
    }

    fn choose(&mut self, file: ChooseFile) -> Option<Question> {
        let ask = self.needed_text("ask", file.ask);
        let options = self.required_with("options", file.options, |checker, items| {
            let count = items.len();
            let options = checker.items(items, Self::option)?;
            let right = options.iter().filter(|option| option.is_right).count();
            let wrong = match (count, right) {
                (0 | 1, _) => Some((
                    "a choice needs two options at least",
                    "another `- text: ...`",
                )),
                (_, 0) => Some((
                    "none of these options is right",
                    "`right: true` in one of them",
                )),
                (_, right) if right == count => Some((
                    "all of these options are right",
                    "take `right: true` out of one of them",
                )),
                (count, _) if count > MOST_LETTERS => {
                    Some(("there are more options than letters", "26 options at most"))
                }
                _ => None,
            };
            match wrong {
                Some((message, advice)) => {
                    checker.complain(Self::key_span_here, message, advice);
                    None
                }
                None => Some(options),
            }
        });
        Some(Question::Choose(Choose {
            ask: ask?,
            options: options?,
        }))
    }

    fn option(&mut self, item: Field<OptionFile>) -> Option<Choice> {
        let file = self.take(item)?;
        let text = self.needed_text("text", file.text);
        let is_right = self.part_or("right", file.right, false, Leaf::check);
        let say = self.needed_text("say", file.say);
        Some(Choice {
            text: text?,
            is_right: is_right?,
            say: say?,
        })
    }

    fn order(&mut self, file: OrderFile) -> Option<Question> {
        let ask = self.text("ask", file.ask);
        let lines = self.required_with("lines", file.lines, |checker, items| {
            let lines = checker.items(items, |checker, item| {
                checker.take(item).map(|line| line.trim_end().to_owned())
            })?;
            let different = lines.iter().any(|line| *line != lines[0]);
            let message = if !different {
                "there is nothing to put in order: two different lines are needed"
            } else if lines.len() > MOST_LETTERS {
                "there are more lines than letters"
            } else {
                return Some(lines);
            };
            checker.complain(
                Self::key_span_here,
                message,
                "2 to 26 lines, in their right order",
            );
            None
        });
        Some(Question::Order(Order { ask, lines: lines? }))
    }

    /// The lines that reach a goal, as the lesson has them.
    fn solution(&mut self, field: Field<Vec<Field<String>>>, pages: usize) -> Option<Vec<String>> {
        if matches!(field, Field::Absent) {
            return Some(Vec::new());
        }
        let commands = self.required_with("solution", field, |checker, items| {
            checker.items(items, |checker, item| {
                let line = checker.take(item)?;
                checker.command(line, pages)
            })
        })?;
        Some(commands.into_iter().map(|command| command.line).collect())
    }

    /// An expression that comes to what is wanted.
    fn phrase(&mut self, text: &str, kind: Kind) -> Option<Phrase> {
        match command::phrase(text, kind, &self.vocabulary(0)) {
            Ok(phrase) => Some(phrase),
            Err(Complaint {
                span,
                message,
                advice,
                ..
            }) => {
                self.complain(|checker| checker.part_of_value(text, span), message, advice);
                None
            }
        }
    }

    /// A text that need not be there.
    fn text(&mut self, name: &str, field: Field<String>) -> Option<Document> {
        self.part(name, field, |checker, text| {
            Some(checker.document_here(&text))
        })
    }

    fn needed_text(&mut self, name: &str, field: Field<String>) -> Option<Document> {
        self.required_with(name, field, |checker, text| {
            Some(checker.document_here(&text))
        })
    }

    fn texts(&mut self, name: &str, field: Field<Vec<Field<String>>>) -> Option<Vec<Document>> {
        if matches!(field, Field::Absent) {
            return Some(Vec::new());
        }
        self.required_with(name, field, |checker, items| {
            checker.items(items, |checker, item| {
                let text: String = checker.take(item)?;
                Some(checker.document_here(&text))
            })
        })
    }

    fn document_here(&mut self, text: &str) -> Document {
        self.document_in(text, Self::value_span_here)
    }
}
