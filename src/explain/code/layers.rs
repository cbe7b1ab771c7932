//! An error as libraries write it, whole layers at once, and how they find its gradient.

use super::super::{LayerKind, NodeQuantity, OfNode, Quantity};
use super::given::tensor_names;
use super::{Code, Language, ListingLine};
use crate::math::{Activation, Design, ErrorMeasure, LEAST_SHARE, Network, SoftmaxDerivative};

/// What is said of an error that is not the one on the screen.
const NOT_BY_SHARES: &str = "from the sums, since shares are rounded";
/// A share that is less than 1 by no more than this has lost digits that are shown.
const LEAST_TOLD: f64 = 1e-3;

impl Code<'_> {
    /// From what is given to the gradient.
    pub fn layers(&self) -> Vec<ListingLine> {
        let own = self.names.parameter(self.names.parameter);
        let (tensor, place) = own.split_at(own.find('[').unwrap_or(own.len()));
        let mut lines = Vec::new();
        let (forward, back) = match self.model.network() {
            Some(network) => {
                let of = |wanted: NodeQuantity| {
                    self.nodes(|of_node| {
                        of_node.node.layer == LayerKind::Input && of_node.quantity == wanted
                    })
                };
                let (raw, inputs) = (of(NodeQuantity::Raw), of(NodeQuantity::Value));
                if let Some(scaling) = network.items().scaling() {
                    let [center, spread] = scaling.scale().words();
                    lines.push(self.comment("raw, t: from the item", raw));
                    let code = format!("x = (raw - {center}) / {spread}");
                    lines.push(ListingLine::plain(code, inputs));
                } else {
                    lines.push(self.comment("x, t: from the item", inputs));
                }
                self.network(network)
            }
            None => self.surface(),
        };
        let mut found = self.nodes(|of_node| of_node.quantity == NodeQuantity::Signal);
        let by_hand = self.gradient_by_hand();
        if by_hand.is_none() {
            found.push(Quantity::Gradient);
        }
        let (from, signals) = back;
        if self.language == Language::PyTorch {
            lines.extend(forward);
            let signals = signals.map_or(String::new(), |it| format!("({it}).detach()"));
            lines.push(ListingLine::plain(
                format!("{from}.backward({signals})"),
                found,
            ));
        } else {
            lines.push(ListingLine::plain(
                "with tf.GradientTape() as tape:",
                Vec::new(),
            ));
            lines.extend(forward.into_iter().map(ListingLine::indented));
            let signals = signals.map_or(String::new(), |it| format!(", output_gradients={it}"));
            let code = format!("gradient = tape.gradient({from}, {tensor}{signals}){place}");
            lines.push(ListingLine::plain(code, found));
        }
        if let Some(value) = by_hand {
            let name = self.names.quantity(Quantity::Gradient);
            let code = if self.language == Language::PyTorch && place.is_empty() {
                format!("{name}.fill_({value:?})")
            } else {
                format!("{name} = {value:?}")
            };
            let mut line = ListingLine::plain(code + "  ", vec![Quantity::Gradient]);
            line.code = line.code.joined(self.language.comment("set by hand"));
            lines.push(line);
        }
        lines
    }

    /// The gradient where it has been set by hand, so that a library finds another.
    fn gradient_by_hand(&self) -> Option<f64> {
        let gradient = self.derivation.value(Quantity::Gradient)?;
        let is_found = match self.model.surface() {
            Some(surface) => {
                let updates = self.record.updates.iter();
                let point: Vec<f64> = updates.map(|update| update.before).collect();
                let mut downhill = vec![0.0; point.len()];
                surface.downhill(&point, &mut downhill);
                downhill[self.parameter] == self.record.updates[self.parameter].downhill
            }
            None => self.is_computed(Quantity::Gradient),
        };
        (!is_found).then_some(gradient)
    }

    /// Those of the nodes' numbers that the derivation steps over.
    fn nodes(&self, wanted: impl Fn(OfNode) -> bool) -> Vec<Quantity> {
        let quantities = self.derivation.lines.iter().map(|line| line.quantity);
        quantities
            .filter(|quantity| matches!(quantity, Quantity::Node(of_node) if wanted(*of_node)))
            .collect()
    }

    /// The loss of a surface, and what the gradient is found from.
    fn surface(&self) -> (Vec<ListingLine>, (&'static str, Option<&'static str>)) {
        let loss = self.derivation.line(Quantity::Loss);
        let lines = loss.map(|line| {
            let mut code = ListingLine::plain("loss = ", vec![Quantity::Loss]);
            code.code = code.code.joined(self.print(&line.formula));
            code
        });
        (lines.into_iter().collect(), ("loss", None))
    }

    /// Whether a share whose logarithm is in the error is so near to 0 or 1 that little is left of it: libraries take the
    /// error from the sums, where nothing is lost.
    fn loses_shares(&self, design: &Design) -> bool {
        let Some(pass) = &self.record.pass else {
            return false;
        };
        let mut pairs = pass.outputs().iter().zip(pass.targets());
        let of_two = design.output == Activation::Sigmoid;
        design.error == ErrorMeasure::CrossEntropy
            && pairs.any(|(share, target)| {
                let lost = *target > 0.0 && *share < LEAST_SHARE;
                lost || of_two && *target < 1.0 && 1.0 - share < LEAST_TOLD
            })
    }

    /// A network's layers, a line each, and its error; what the gradient is found from, and the signals there where
    /// they are not the error's.
    fn network(
        &self,
        network: &Network,
    ) -> (Vec<ListingLine>, (&'static str, Option<&'static str>)) {
        let design = network.design();
        let outputs = network.layers().len();
        let is_torch = self.language == Language::PyTorch;
        let is_diagonal = design.output == Activation::Softmax
            && design.error == ErrorMeasure::Squared
            && design.softmax_derivative == SoftmaxDerivative::Diagonal;
        // The sums of the outputs have a name where something else than the outputs is made of them.
        let names_sums = is_diagonal || design.error == ErrorMeasure::CrossEntropy;
        let mut lines = Vec::new();
        let mut before = "x".to_owned();
        for layer in 1..=outputs {
            let is_last = layer == outputs;
            let [weights, biases] = tensor_names(network, layer);
            let of = |wanted: &[NodeQuantity]| {
                self.nodes(|of_node| {
                    of_node.node.layer_in(outputs) == layer && wanted.contains(&of_node.quantity)
                })
            };
            let mut computed = vec![NodeQuantity::Sum, NodeQuantity::Value];
            let mut sum = if is_torch {
                format!("{before} @ {weights} + {biases}")
            } else {
                format!("ops.matmul({before}, {weights}) + {biases}")
            };
            if is_last && names_sums {
                lines.push(ListingLine::plain(
                    format!("s = {sum}"),
                    of(&[NodeQuantity::Sum]),
                ));
                "s".clone_into(&mut sum);
                computed.remove(0);
            }
            let function = if is_last {
                design.output
            } else {
                design.hidden
            };
            let value = match function {
                Activation::Identity => sum,
                Activation::Softmax if is_torch => format!("torch.softmax({sum}, dim=0)"),
                Activation::Tanh | Activation::Sigmoid | Activation::Relu | Activation::Softmax => {
                    format!("{}({sum})", self.language.function(function.name()))
                }
            };
            before = match (is_last, outputs) {
                (true, _) => "o".to_owned(),
                (false, 2) => "h".to_owned(),
                (false, _) => format!("h{layer}"),
            };
            lines.push(ListingLine::plain(
                format!("{before} = {value}"),
                of(&computed),
            ));
        }
        let error = match (design.error, design.output, is_torch) {
            (ErrorMeasure::Squared, _, true) => "0.5 * ((t - o) ** 2).sum()",
            (ErrorMeasure::Squared, _, false) => "0.5 * ops.sum((t - o) ** 2)",
            (ErrorMeasure::CrossEntropy, Activation::Softmax, true) => "F.cross_entropy(s, t)",
            (ErrorMeasure::CrossEntropy, Activation::Softmax, false) => {
                "ops.categorical_crossentropy(t, s, from_logits=True)"
            }
            (ErrorMeasure::CrossEntropy, _, true) => {
                "F.binary_cross_entropy_with_logits(s, t, reduction=\"sum\")"
            }
            (ErrorMeasure::CrossEntropy, _, false) => {
                "ops.sum(ops.binary_crossentropy(t, s, from_logits=True))"
            }
        };
        let mut line = ListingLine::plain(format!("E = {error}"), vec![Quantity::Error]);
        if self.loses_shares(design) {
            let comment = self.language.comment(NOT_BY_SHARES);
            line.code = line.code.and("  ").joined(comment);
        }
        lines.push(line);
        let back = if is_diagonal {
            ("s", Some("(1 - o) * o * (o - t)"))
        } else {
            ("E", None)
        };
        (lines, back)
    }
}
