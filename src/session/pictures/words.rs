//! What each picture shows, in sentences.

use super::{Answers, NodeNumbers, Plane, Prediction, answer_name};
use crate::command::Picture;
use crate::explain::plural;
use crate::explain::{Line, Node, NodeQuantity, OfNode, Quantity, Role, Text, number, value_of};
use crate::math::{Metrics, Network, Place};
use crate::session::Session;

/// Longer lists are read on the screen or in a file.
const MOST_LINES: usize = 40;

impl Session {
    /// A picture in words.
    pub(in crate::session) fn picture_text(&self, picture: Picture) -> Text {
        match picture {
            Picture::History => self.history_text(),
            Picture::Network => self.network_text(),
            Picture::Weights if self.is_complete() && self.lesson.model.network().is_some() => {
                self.updated_weights_text()
            }
            Picture::Weights => self.weights_text(),
            Picture::Errors => self.errors_text(),
            Picture::Decision => self.decision_text(),
            Picture::Predictions => self.predictions_text(),
            Picture::Surface => self.surface_text(),
            Picture::Terms => self.terms_text(),
            Picture::Stability => self.stability_text(),
            Picture::Sweep => self
                .swept()
                .map_or_else(Text::default, |table| table.lines().into()),
        }
    }

    fn show_number(&self, value: f64) -> String {
        number::display(value, self.digits())
    }

    fn network_text(&self) -> Text {
        let Some(numbers) = NodeNumbers::of(self) else {
            return Text::default();
        };
        let network = numbers.network();
        let sizes = &network.design().sizes;
        let outputs = sizes.len() - 1;
        let mut lines = vec![Line::plain(design_sentence(network))];
        if let Some(place) = self.item_sentence() {
            lines.push(Line::plain(place));
        }
        lines.push(self.focus_sentence(network));
        let node = |layer, index| Node::new(layer, outputs, index);
        let mut told = |quantity, layer: usize, value: &dyn Fn(usize) -> Option<f64>| {
            for index in 0..sizes[layer].min(MOST_LINES) {
                let of_node = OfNode {
                    quantity,
                    node: node(layer, index),
                };
                lines.push(self.node_sentence(of_node, value(index)));
            }
            if sizes[layer] > MOST_LINES {
                let more = sizes[layer] - MOST_LINES;
                lines.push(Line::plain(format!("and {more} more in this layer")));
            }
        };
        for layer in 0..=outputs {
            told(NodeQuantity::Value, layer, &|index| {
                numbers.value(layer, index)
            });
        }
        told(NodeQuantity::Target, outputs, &|index| {
            numbers.target(index)
        });
        for layer in (1..=outputs).rev() {
            told(NodeQuantity::Signal, layer, &|index| {
                numbers.signal(layer, index)
            });
        }
        lines.into()
    }

    /// `Update 121 learns from item 57, in epoch 2.`
    fn item_sentence(&self) -> Option<String> {
        let record = self.record();
        let item = record.item?;
        Some(format!(
            "Update {} learns from item {item}, in epoch {}.",
            record.step + 1,
            record.epoch + 1
        ))
    }

    /// `In focus is ih[0,3] = -0.005, the weight from input 0 to hidden node 3.`
    fn focus_sentence(&self, network: &Network) -> Line {
        let Place { layer, from, to } = network.place(self.focus());
        let outputs = network.layers().len();
        let node_words = |layer: usize, index: usize| match layer {
            0 => format!("input {index}"),
            layer if layer == outputs => format!("output {index}"),
            _ if outputs == 2 => format!("hidden node {index}"),
            layer => format!("hidden-{layer} node {index}"),
        };
        let which = match from {
            Some(from) => format!(
                "the weight from {} to {}",
                node_words(layer - 1, from),
                node_words(layer, to)
            ),
            None => format!("the bias of {}", node_words(layer, to)),
        };
        let before = self.record().updates[self.focus()].before;
        Line::plain(format!("In focus is {} = ", self.parameter()))
            .with(self.show_number(before), Role::Quantity(Quantity::Before))
            .with(format!(", {which}."), Role::Plain)
    }

    fn node_sentence(&self, of_node: OfNode, value: Option<f64>) -> Line {
        let words = of_node.words();
        match value {
            Some(value) => Line::plain(format!("{words} is ")).with(
                self.show_number(value),
                Role::Quantity(Quantity::Node(of_node)),
            ),
            None => Line::plain(format!("{words} has not been shown yet")),
        }
    }

    /// What the update has done to each parameter of the table, in its order.
    fn updated_weights_text(&self) -> Text {
        let record = self.record();
        let order = self.weight_order();
        let update = record.step + 1;
        let shown = match self.filtering() {
            "" => String::new(),
            text => format!("names with `{text}`, "),
        };
        let mut lines = vec![Line::plain(format!(
            "Update {update}, {shown}{}:",
            self.order_words()
        ))];
        for index in order.iter().take(MOST_LINES) {
            lines.push(self.update_sentence(*index));
        }
        if order.len() > MOST_LINES {
            lines.push(Line::plain(format!(
                "and {} more; `filter` and a part of a name narrows the list",
                order.len() - MOST_LINES
            )));
        }
        lines.into()
    }

    /// `ih[0,0] went from -0.005 to 0.044: gradient 0.98, delta 0.049, ...`
    fn update_sentence(&self, index: usize) -> Line {
        let record = self.record();
        let names = self.lesson.model.parameters();
        let mut line = Line::plain(format!("{} went", names[index]));
        for (words, quantity) in [
            (" from ", Quantity::Before),
            (" to ", Quantity::After),
            (": gradient ", Quantity::Gradient),
            (", delta ", Quantity::Delta),
            (", momentum term ", Quantity::MomentumTerm),
            (", change ", Quantity::Change),
            (", effective rate ", Quantity::EffectiveRate),
        ] {
            let value = value_of(&record, index, self.convention(), quantity);
            let shown = if value.is_nan() {
                "none".to_owned()
            } else {
                self.show_number(value)
            };
            line.push(words, Role::Plain);
            line.push(shown, Role::Quantity(quantity));
        }
        line
    }

    /// Error and accuracy, epoch by epoch as far as there is room, branch by branch.
    fn errors_text(&self) -> Text {
        /// Longer lists say nothing more.
        const MOST: usize = 20;
        let timeline = self.timeline();
        let branches = timeline.branches();
        let mut lines = Vec::new();
        for (index, branch) in branches.iter().enumerate() {
            let current = index == timeline.current_index();
            if branches.len() > 1 {
                let which = if current { " (the current branch)" } else { "" };
                lines.push(Line::new().with(format!("{}{which}", branch.name), Role::Strong));
            }
            let Some(last) = self.last_sample(index) else {
                lines.push(Line::plain("The error has not been shown yet."));
                continue;
            };
            let samples = branch.run.samples(last);
            let apart = samples.len().div_ceil(MOST).max(1);
            let (end, before) = samples.split_last().unwrap_or((&0, &[]));
            for step in before.iter().step_by(apart).chain([end]) {
                if let Some(metrics) = branch.run.metrics(*step) {
                    lines.push(self.metrics_sentence(*step, &metrics));
                }
            }
        }
        lines.into()
    }

    /// The last step of a branch at which figures over all items may be shown: of a single item, the error is a line
    /// of the update. `None` where there is none yet.
    pub fn last_sample(&self, branch: usize) -> Option<u64> {
        let timeline = self.timeline();
        if branch != timeline.current_index() {
            return Some(timeline.branches()[branch].run.reached());
        }
        let items = self.lesson.model.epoch_length();
        let hidden = self.derivation().known_after(Quantity::Error) > self.position().lines;
        let step = self.step();
        if items == Some(1) && (hidden || self.is_complete()) {
            step.checked_sub(1)
        } else {
            Some(step)
        }
    }

    /// `after 3 epochs: mse 0.25, accuracy 0.93, accuracy on test items 0.97`
    fn metrics_sentence(&self, step: u64, metrics: &Metrics) -> Line {
        let length = self.lesson.model.epoch_length().unwrap_or(1);
        let (count, word) = if step.is_multiple_of(length) {
            (step / length, "epoch")
        } else {
            (step, "update")
        };
        let mut line = Line::plain(format!("after {count} {}: mse ", plural(count, word)));
        line.push(
            self.show_number(metrics.mse.unwrap_or(f64::NAN)),
            Role::Quantity(Quantity::Error),
        );
        line.push(
            format!(", loss {}", self.show_number(metrics.loss)),
            Role::Plain,
        );
        for (words, share) in [
            ("accuracy", metrics.accuracy),
            ("accuracy on test items", metrics.test_accuracy),
        ] {
            if let Some(share) = share {
                let shown = self.show_number(share);
                line.push(format!(", {words} {shown}"), Role::Plain);
            }
        }
        line
    }

    /// The plane, from top to bottom: which answer where.
    fn decision_text(&self) -> Text {
        /// Heights that are told.
        const HEIGHTS: usize = 5;
        let Some(answers) = Answers::of(self) else {
            return Text::default();
        };
        let plane = Plane::around(answers.network());
        let mut lines = Vec::new();
        for height in (0..HEIGHTS).rev() {
            let up = height as f64 / (HEIGHTS - 1) as f64;
            lines.push(Line::plain(self.across_sentence(&answers, plane, up)));
        }
        lines.extend(self.wrong_sentences(&answers));
        lines.into()
    }

    /// `Where input 1 is 0.5: 0 up to input 0 = 0.3, then 1.`
    fn across_sentence(&self, answers: &Answers, plane: Plane, up: f64) -> String {
        /// Points that are asked about.
        const POINTS: usize = 101;
        let show = |value: f64| number::display(value, self.digits().at_most(3));
        let share = |index: usize| index as f64 / (POINTS - 1) as f64;
        let points: Vec<[f64; 2]> = (0..POINTS).map(|i| plane.point(share(i), up)).collect();
        let said = answers.at_points(&points);
        let name = |answer: Option<usize>| {
            answer.map_or_else(String::new, |a| answer_name(answers.network(), a))
        };
        let edges = said.windows(2).enumerate();
        let edges = edges.filter(|(_, pair)| pair[0] != pair[1]);
        let parts = edges.map(|(index, pair)| {
            let edge = plane.point(share(index) / 2.0 + share(index + 1) / 2.0, up)[0];
            format!(" up to input 0 = {}, then {}", show(edge), name(pair[1]))
        });
        let parts: Vec<String> = parts.collect();
        let first = format!("Where input 1 is {}: {}", show(points[0][1]), name(said[0]));
        let end = if parts.is_empty() {
            " everywhere."
        } else {
            "."
        };
        first + &parts.concat() + end
    }

    fn predictions_text(&self) -> Text {
        let Some(answers) = Answers::of(self) else {
            return Text::default();
        };
        let count = answers.network().items().len();
        let mut lines = self.wrong_sentences(&answers);
        if count <= MOST_LINES {
            lines.clear();
            lines.push(Line::plain(self.count_sentence(&answers)));
            let all = answers.to_items(0..count);
            lines.extend(all.iter().map(|p| self.prediction_sentence(&answers, p)));
        } else if let Some(item) = answers.current() {
            let current = answers.to_items(item..item + 1);
            let sentences = current
                .iter()
                .map(|p| self.prediction_sentence(&answers, p));
            let title = Line::plain("The item of the update on the screen:");
            let wrong = Line::plain("Those that are answered wrong:");
            let first = std::iter::once(title).chain(sentences).chain([wrong]);
            lines.splice(1..1, first);
        }
        lines.into()
    }

    fn count_sentence(&self, answers: &Answers) -> String {
        let count = answers.network().items().len();
        let wrong = self.count_wrong(answers);
        match wrong {
            None => format!(
                "{count} {}; outputs are amounts, and none is right or wrong.",
                plural(count as u64, "item")
            ),
            Some(wrong) => {
                let when = if self.is_complete() {
                    "after"
                } else {
                    "before"
                };
                format!(
                    "{count} {}, {wrong} of them answered wrong with the weights as they are {when} update {}.",
                    plural(count as u64, "item"),
                    self.position().update + 1
                )
            }
        }
    }

    /// How many items are answered wrong; `None` where outputs are amounts.
    pub fn count_wrong(&self, answers: &Answers) -> Option<usize> {
        let metrics = self.timeline().run().metrics(self.step())?;
        let count = answers.network().items().len();
        let right = metrics.accuracy? * count as f64;
        Some(count - right.round() as usize)
    }

    /// The items that are answered wrong, as many as can be listened to.
    fn wrong_sentences(&self, answers: &Answers) -> Vec<Line> {
        let mut lines = vec![Line::plain(self.count_sentence(answers))];
        let mut wrong = Vec::new();
        let mut first = 0;
        while let Some(item) = answers.next_wrong(first).filter(|item| *item >= first)
            && wrong.len() < MOST_LINES
        {
            wrong.extend(answers.to_items(item..item + 1));
            first = item + 1;
        }
        lines.extend(wrong.iter().map(|p| self.prediction_sentence(answers, p)));
        lines
    }

    /// `Item 3, inputs 1 and 1, target 0: output 0.62, which says 1: wrong.`
    fn prediction_sentence(&self, answers: &Answers, prediction: &Prediction) -> Line {
        let network = answers.network();
        let list = |values: &[f64]| {
            let shown: Vec<String> = values.iter().map(|v| self.show_number(*v)).collect();
            shown.join(", ")
        };
        let name = |answer: usize| answer_name(network, answer);
        let targets = match prediction.meant.filter(|_| prediction.targets.len() > 1) {
            Some(meant) => format!("target {}", name(meant)),
            None => format!("target {}", list(&prediction.targets)),
        };
        let outputs = match (&prediction.outputs, prediction.said) {
            (None, _) => "the outputs have not been shown yet".to_owned(),
            (Some(outputs), None) => format!("outputs {}", list(outputs)),
            (Some(outputs), Some(said)) => {
                let judged = if prediction.is_wrong() {
                    "wrong"
                } else {
                    "right"
                };
                format!(
                    "outputs {}, which say {}: {judged}",
                    list(outputs),
                    name(said)
                )
            }
        };
        let (item, inputs) = (prediction.item, list(&prediction.inputs));
        Line::plain(format!(
            "Item {item}: inputs {inputs}; {targets}; {outputs}."
        ))
    }
}

/// `A network with 4 inputs, 5 hidden nodes (tanh) and 3 outputs (softmax).`
fn design_sentence(network: &Network) -> String {
    let design = network.design();
    let [inputs, hidden @ .., outputs] = design.sizes.as_slice() else {
        return String::new();
    };
    let count = |count: usize, word: &str| format!("{count} {}", plural(count as u64, word));
    let mut parts = vec![count(*inputs, "input")];
    for nodes in hidden {
        let words = count(*nodes, "hidden node");
        parts.push(format!("{words} ({})", design.hidden.name()));
    }
    let outputs = count(*outputs, "output");
    format!(
        "A network with {} and {outputs} ({}).",
        parts.join(", "),
        design.output.name()
    )
}
