//! The exercises of a lesson file: as they are written, what editors are told of them, and what can be wrong with each.
//!
//! ```yaml
//! exercise:
//!   predict: {quantity: after}
//!   hints: [Which two products are added to the weight?]
//!   explain: Delta first, then the momentum term.
//! ```

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use super::checker::Checker;
use super::expected::Leaf;
use super::field::Field;
use super::file::{Form, List, forms};
use super::yaml::Step;
use super::{Code, schema};
use crate::asking::{
    AnswerOption, Choose, Exercise, MOST_LETTERS, Mistake, Number, Order, Predict, Question, Reach,
    letter,
};
use crate::command::{self, Phrase, advise};
use crate::exercise::Asked;
use crate::explain::{Document, LayerKind, Node, OfNode, Quantity, Role, Span};
use crate::math::expression::Kind;

forms! {
    /// An exercise: exactly one of the kinds, and what helps with it.
    ExerciseFile("a field such as `predict:`", "`predict: {quantity: after}`, indented below") {
        predict: PredictFile,
        number: NumberFile,
        choose: ChooseFile,
        order: OrderFile,
        reach: String,
        solution: List<String>,
        hints: List<String>,
        explain: String,
    }

    /// A number of the update that comes next.
    PredictFile("fields such as `quantity: after`", "`{quantity: after}`") {
        quantity: String,
        parameter: String,
        ask: String,
        mistakes: List<MistakeFile>,
    }

    /// A number that an expression comes to.
    NumberFile("fields such as `ask: ...`", "`ask:` and `expect:`, indented below") {
        ask: String,
        expect: String,
        mistakes: List<MistakeFile>,
    }

    /// A wrong answer that is foreseen.
    MistakeFile("fields such as `answer: delta`", "`- answer: ...` with `say: ...` below it") {
        answer: String,
        say: String,
    }

    /// One of several options.
    ChooseFile("fields such as `ask: ...`", "`ask:` and `options:`, indented below") {
        ask: String,
        options: List<OptionFile>,
    }

    /// An option.
    OptionFile("fields such as `text: ...`", "`- text: ...` with `say: ...` below it") {
        text: String,
        right: bool,
        say: String,
    }

    /// Lines to be put in order.
    OrderFile("fields such as `lines: [...]`", "`lines:` and the lines in their right order, indented below") {
        ask: String,
        lines: List<String>,
    }
}

/// What is to be said of each field of these forms beside its shape: see [`schema::form`].
pub(super) fn facts(form: &str) -> Json {
    let mistakes = "Wrong answers that are foreseen, and what is said to each.";
    match form {
        "ExerciseFile" => json!({
            "": {
                "title": "An exercise",
                "oneOf": schema::one_of(&KINDS),
                "dependencies": {"solution": ["reach"]},
            },
            "predict": {"description": "A number of the update that comes next."},
            "number": {"description": "A number that an expression comes to."},
            "choose": {"description": "One of several options."},
            "order": {"description": "Lines to be put in order."},
            "reach": {
                "description": "A condition that the learner's own settings must bring about.",
                "examples": ["loss < 0.01 and step <= 40"],
            },
            "solution": {
                "description": "Commands that bring it about.",
                "examples": [["set momentum 0.9", "step 40"]],
            },
            "hints": {"description": "What helps, read one by one. Without them, they are made from the numbers."},
            "explain": {"description": "What is said to a right answer: why it is right.", "minLength": 1},
        }),
        "PredictFile" => json!({
            "": {"title": "Predict", "required": ["quantity"]},
            "quantity": {
                "description": "Which number; of a network also a node's, such as output[0].",
                "examples": Asked::all().map(Asked::name).collect::<Vec<_>>(),
            },
            "parameter": {"description": "Of another weight than the one in focus.", "examples": ["ho[0,0]"]},
            "ask": {"description": "The question. Without it, the program's own words.", "minLength": 1},
            "mistakes": {"description": mistakes},
        }),
        "NumberFile" => json!({
            "": {"title": "Number", "required": ["ask", "expect"]},
            "ask": {"description": "The question.", "minLength": 1},
            "expect": {
                "description": "The answer, as an expression over quantities.",
                "examples": ["change/gradient"],
            },
            "mistakes": {"description": mistakes},
        }),
        "MistakeFile" => json!({
            "": {"title": "A wrong answer", "required": ["answer", "say"]},
            "answer": {
                "description": "What it comes to, as an expression over quantities.",
                "examples": ["before + gradient"],
            },
            "say": {"description": "What the learner is told.", "minLength": 1},
        }),
        "ChooseFile" => json!({
            "": {"title": "Choose", "required": ["ask", "options"]},
            "ask": {"description": "The question.", "minLength": 1},
            "options": {"description": "What there is to choose from.", "minItems": 2, "maxItems": 26},
        }),
        "OptionFile" => json!({
            "": {"title": "An option", "required": ["text", "say"]},
            "text": {"description": "The option.", "minLength": 1},
            "right": {"description": "Whether it is right. Without it: false."},
            "say": {"description": "What the learner is told who picks it.", "minLength": 1},
        }),
        "OrderFile" => json!({
            "": {"title": "Order", "required": ["lines"]},
            "ask": {"description": "The question. Without it, the program's own words.", "minLength": 1},
            "lines": {"description": "The lines in their right order.", "minItems": 2, "maxItems": 26},
        }),
        _ => Json::Null,
    }
}

/// The kinds of exercises.
const KINDS: [&str; 5] = ["predict", "number", "choose", "order", "reach"];
const ADVICE: &str = "one of `predict`, `number`, `choose`, `order` and `reach`";

impl Checker<'_> {
    /// The exercise of a page; `None` where something is wrong with it and has been noted.
    pub(super) fn exercise(&mut self, file: ExerciseFile, pages: usize) -> Option<Exercise> {
        let idle_solution = file.solution.is_given() && !file.reach.is_given();
        let kinds = self.given_kinds(&file);
        let solution = self.listed("solution", file.solution, |checker, line| {
            checker.of_solution(line, pages)
        });
        if idle_solution {
            let message = "only `reach` has a `solution`: every other answer is computed";
            self.refuse_field::<()>("solution", message, "take it out");
        }
        let predict = self.optional_with("predict", file.predict, Self::predict);
        let number = self.optional_with("number", file.number, Self::number_question);
        let choose = self.optional_with("choose", file.choose, Self::choose);
        let order = self.optional_with("order", file.order, Self::order);
        let reach = self.optional_with("reach", file.reach, |checker, text| {
            let condition = checker.phrase(&text, Kind::Truth)?;
            Some(Question::Reach(Reach {
                condition,
                solution: solution?.into_iter().map(|command| command.line).collect(),
            }))
        });
        let hints = self.listed("hints", file.hints, |checker, hint| {
            Some(checker.document(&hint))
        });
        let explain = self.optional_text("explain", file.explain);
        let question = predict.or(number).or(choose).or(order).or(reach)?;
        let exercise = Exercise {
            question,
            hints: hints?,
            explain,
        };
        (kinds == 1).then_some(exercise)
    }

    /// How many kinds an exercise has, which must be one.
    fn given_kinds(&mut self, file: &ExerciseFile) -> usize {
        let names = file.given(&KINDS);
        match names.as_slice() {
            [_] => {}
            [] if KINDS.iter().any(|name| self.is_meant(name)) => {}
            [] => self.complain(Self::key_span_here, "this exercise asks nothing", ADVICE),
            [first, second, ..] => {
                let message =
                    format!("an exercise asks one thing, and this has `{first}` and `{second}`");
                self.refuse_field::<()>(
                    second,
                    message,
                    "`exercises:` with a list, one entry for each question",
                );
            }
        }
        names.len()
    }

    fn predict(&mut self, file: PredictFile) -> Option<Question> {
        let asked = self.required_with("quantity", file.quantity, |checker, name| {
            checker.asked(&name)
        });
        let parameter = self.optional_with("parameter", file.parameter, |checker, name| {
            checker.parameter(&name)
        });
        let ask = self.optional_text("ask", file.ask);
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
                return self.refuse(message, "a quantity of the update, such as `after`");
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
        self.refuse(message, advice)
    }

    fn parameter(&mut self, name: &str) -> Option<usize> {
        let found = self.parameters.iter().position(|known| known == name);
        found.or_else(|| {
            let advice = advise(name, self.parameters.iter().map(String::as_str));
            self.refuse(format!("there is no parameter `{name}`"), advice)
        })
    }

    fn number_question(&mut self, file: NumberFile) -> Option<Question> {
        let ask = self.text("ask", file.ask);
        let expect = self.required_with("expect", file.expect, |checker, text| {
            let phrase = checker.phrase(&text, Kind::Number)?;
            if phrase.expression.names().is_empty() {
                return checker.refuse(
                    "this answer does not depend on the run, and so cannot be computed from it",
                    "an expression over quantities, such as `change/gradient`",
                );
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

    fn mistakes(&mut self, field: Field<List<MistakeFile>>) -> Option<Vec<Mistake>> {
        self.listed("mistakes", field, |checker, file| {
            let answer = checker.required_with("answer", file.answer, |checker, text| {
                checker.phrase(&text, Kind::Number)
            });
            let say = checker.text("say", file.say);
            Some(Mistake {
                answer: answer?,
                say: say?,
            })
        })
    }

    fn choose(&mut self, file: ChooseFile) -> Option<Question> {
        let ask = self.text("ask", file.ask);
        let options = self.required_with("options", file.options, |checker, items| {
            let count = items.len();
            let options = checker.items(items, Self::option)?;
            let mut seen = HashMap::new();
            for (index, option) in options.iter().enumerate() {
                let first = *seen.entry(said(&option.text)).or_insert(index);
                if first < index {
                    let letter = letter(first);
                    checker.below(Step::Index(index), |checker| {
                        let message = format!("this option says the same as option {letter}");
                        checker.refuse_field::<()>(
                            "text",
                            message,
                            "another text, or one option less",
                        );
                    });
                }
            }
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

    fn option(&mut self, file: OptionFile) -> Option<AnswerOption> {
        let text = self.text("text", file.text);
        let is_right = self.given_or(false, "right", file.right, bool::check);
        let say = self.text("say", file.say);
        Some(AnswerOption {
            text: text?,
            is_right: is_right?,
            say: say?,
        })
    }

    fn order(&mut self, file: OrderFile) -> Option<Question> {
        let ask = self.optional_text("ask", file.ask);
        let lines = self.required_with("lines", file.lines, |checker, items| {
            let lines = checker.items(items, |_, line| Some(line.trim_end().to_owned()))?;
            let different = lines.iter().any(|line| *line != lines[0]);
            let message = if !different {
                "there is nothing to put in order: two different lines are needed"
            } else if lines.len() > MOST_LETTERS {
                "there are more lines than letters"
            } else {
                return Some(lines);
            };
            let advice = "2 to 26 lines, in their right order";
            checker.complain(Self::key_span_here, message, advice);
            None
        });
        Some(Question::Order(Order { ask, lines: lines? }))
    }

    /// An expression that comes to what is wanted.
    fn phrase(&mut self, text: &str, kind: Kind) -> Option<Phrase> {
        match command::phrase(text, kind, &self.vocabulary(0)) {
            Ok(phrase) => Some(phrase),
            Err(complaint) => self.as_code(Code::Formula, |checker| {
                checker.refuse_part(text, complaint)
            }),
        }
    }
}

/// What a text says, however its words are set.
fn said(text: &Document) -> String {
    let text = text
        .fill(|live| Span::new(format!("{{{live:?}}}"), Role::Plain))
        .text();
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
