//! The update as program code, printed from the same formulas as the derivation.

use std::rc::Rc;
use std::sync::Arc;

use super::{
    Derivation, Form, Formula, LayerKind, Leaf, Line, NodeQuantity, OfNode, Quantity, Role,
};
use crate::math::{Activation, Convention, ErrorMeasure, Model, Network, Rule};
use crate::timeline::Record;

/// A programming language, or a library's way of writing the update.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// The article's Python.
    #[default]
    Python,
    /// Python with `PyTorch` tensors.
    PyTorch,
    /// Python with Keras variables.
    Keras,
    /// Rust.
    Rust,
}

/// The code of one update.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// The lines, in order.
    pub lines: Vec<ListingLine>,
}

/// One line of code.
#[derive(Debug, Clone, PartialEq)]
pub struct ListingLine {
    /// The code, its names in the roles of their quantities.
    pub code: Line,
    /// The quantities that the line computes; none for a comment.
    pub computes: Vec<Quantity>,
}

impl Language {
    /// Every language, in the order in which they are cycled through.
    pub const ALL: [Self; 4] = [Self::Python, Self::PyTorch, Self::Keras, Self::Rust];

    /// The name used in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::PyTorch => "pytorch",
            Self::Keras => "keras",
            Self::Rust => "rust",
        }
    }

    /// The name as its makers write it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Python => "Python",
            Self::PyTorch => "PyTorch",
            Self::Keras => "Keras",
            Self::Rust => "Rust",
        }
    }

    /// The libraries compute dE/dw, so their code subtracts; the article's follows the lesson.
    fn convention(self, lesson: Convention) -> Convention {
        match self {
            Self::Python | Self::Rust => lesson,
            Self::PyTorch | Self::Keras => Convention::Subtract,
        }
    }

    fn comment(self, text: &str) -> Line {
        let mark = if self == Self::Rust { "//" } else { "#" };
        Line::new().with(format!("{mark} {text}"), Role::Muted)
    }

    /// What stands around the line that makes the gradient.
    fn gradient_comment(self) -> &'static str {
        match self {
            Self::Python | Self::Rust => "the gradient: from back-propagation",
            Self::PyTorch => "loss.backward() has filled w.grad",
            Self::Keras => "gradient = tape.gradient(loss, w)",
        }
    }

    /// What the rule is called in the library, where it is.
    fn library_comment(self, rule: Rule) -> Option<&'static str> {
        let [pytorch, keras] = rule.row().libraries;
        match self {
            Self::PyTorch => Some(pytorch),
            Self::Keras => Some(keras),
            Self::Python | Self::Rust => None,
        }
    }

    /// The name of a leaf in the code of a parameter's update.
    fn identifier(self, leaf: Leaf, rule: Rule, parameter: &str) -> String {
        match leaf {
            Leaf::Named(other) => self.parameter(other),
            Leaf::Quantity(Quantity::Node(of_node)) => self.node(of_node),
            Leaf::Quantity(quantity) => self.quantity(quantity, rule, parameter),
        }
    }

    /// The name of a quantity.
    fn quantity(self, quantity: Quantity, rule: Rule, parameter: &str) -> String {
        let own = self.parameter(parameter);
        let name = match quantity {
            Quantity::LearningRate => match self {
                Self::Python => "learnRate",
                Self::PyTorch => "lr",
                Self::Keras | Self::Rust => "learning_rate",
            },
            Quantity::Gradient => match self {
                Self::Python => return article_name(&own, "Grads", "grad"),
                Self::PyTorch => return format!("{own}.grad"),
                Self::Keras | Self::Rust => "gradient",
            },
            Quantity::Before | Quantity::PlainWeight | Quantity::After => return own,
            Quantity::Memory | Quantity::NewMemory
                if self == Self::Python && rule == Rule::Article =>
            {
                return article_name(&own, "PrevDelta", "prevDelta");
            }
            Quantity::Memory | Quantity::NewMemory => {
                let first = rule.memories().first();
                first.map_or("memory", |row| row.code)
            }
            Quantity::Momentum
            | Quantity::Delta
            | Quantity::MomentumTerm
            | Quantity::Change
            | Quantity::EffectiveRate
            | Quantity::Error
            | Quantity::Loss
            | Quantity::Node(_) => return quantity.name().into_owned(),
        };
        name.to_owned()
    }

    /// The name of a parameter: in Python as the article has it, and of a network's weight where it lies elsewhere.
    fn parameter(self, name: &str) -> String {
        let of_network = is_network_name(name);
        match self {
            Self::Python => ["ih", "ho"]
                .into_iter()
                .find_map(|layer| name.strip_prefix(layer).map(|rest| (layer, rest)))
                .filter(|(_, rest)| rest.starts_with('['))
                .map(|(layer, rest)| format!("{layer}Weights{rest}"))
                .or_else(|| {
                    name.strip_prefix("hb[")
                        .map(|rest| format!("hBiases[{rest}"))
                })
                .or_else(|| {
                    name.strip_prefix("ob[")
                        .map(|rest| format!("oBiases[{rest}"))
                })
                .unwrap_or_else(|| name.to_owned()),
            Self::Rust if of_network => name.replace(',', "]["),
            Self::PyTorch | Self::Keras | Self::Rust if !of_network => "w".to_owned(),
            _ => name.to_owned(),
        }
    }

    /// The name of what a node has: in Python the article's.
    fn node(self, of_node: OfNode) -> String {
        let OfNode { quantity, node } = of_node;
        if self != Self::Python {
            return of_node.name();
        }
        let layer = match node.layer {
            LayerKind::Input => "i".to_owned(),
            LayerKind::OnlyHidden => "h".to_owned(),
            LayerKind::Hidden(layer) => format!("h{layer}"),
            LayerKind::Output => "o".to_owned(),
        };
        let index = node.index;
        match quantity {
            NodeQuantity::Value => format!("{layer}Nodes[{index}]"),
            NodeQuantity::Sum => format!("{layer}Sums[{index}]"),
            NodeQuantity::Signal => format!("{layer}Signals[{index}]"),
            NodeQuantity::Target => format!("tValues[{index}]"),
        }
    }

    /// Whether the language's way is to write whole layers at once.
    fn is_library(self) -> bool {
        matches!(self, Self::PyTorch | Self::Keras)
    }
}

/// Whether a parameter is called as those of networks are: `ih[0,1]`, `ob[2]`, `w1[0,1]`, `b3[0]`.
fn is_network_name(name: &str) -> bool {
    let Some((layer, rest)) = name.split_once('[') else {
        return false;
    };
    let numbered = |letter: char| {
        layer
            .strip_prefix(letter)
            .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
    };
    let index = rest.trim_end_matches(']');
    let numbers = index
        .split(',')
        .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    numbers && (["ih", "hb", "ho", "ob"].contains(&layer) || numbered('w') || numbered('b'))
}

/// `ihWeights[i,j]` has its gradients in `ihGrads[i,j]`; a weight of any other name has its own in `grad`.
fn article_name(parameter: &str, of_weights: &str, otherwise: &str) -> String {
    match ["Weights", "Biases"]
        .into_iter()
        .find(|word| parameter.contains(word))
    {
        Some("Biases") => parameter.replacen("Biases", &format!("b{of_weights}"), 1),
        Some(word) => parameter.replacen(word, of_weights, 1),
        None => otherwise.to_owned(),
    }
}

impl Listing {
    /// The code of one parameter's update, in `language`.
    pub fn new(
        model: &Arc<Model>,
        record: &Rc<Record>,
        parameter: usize,
        lesson: Convention,
        language: Language,
    ) -> Self {
        let convention = language.convention(lesson);
        let derivation = Derivation::new(model, record, parameter, convention);
        let name = &model.parameters()[parameter];
        let rule = derivation.rule;
        let identifier = |leaf: Leaf| language.identifier(leaf, rule, name);
        let printer = Printer {
            language,
            identifier: &identifier,
        };
        let mut lines = Vec::new();
        match model.network() {
            Some(network) if language.is_library() => {
                lines.extend(printer.layers(network, &derivation));
            }
            _ => {}
        }
        if let Some(comment) = language.library_comment(rule) {
            lines.push(printer.comment(comment, Vec::new()));
        }
        let derived = derivation
            .line(Quantity::Gradient)
            .is_some_and(|line| !line.is_given());
        if !derived {
            lines.push(printer.comment(language.gradient_comment(), vec![Quantity::Gradient]));
        }
        lines.extend(printer.update(&derivation));
        Self { lines }
    }

    /// The line that computes a quantity, by its place in the listing.
    pub fn line_of(&self, quantity: Quantity) -> Option<usize> {
        self.lines
            .iter()
            .position(|line| line.computes.contains(&quantity))
    }
}

/// What is added last: `b` of `a + b`.
fn last_operand(formula: &Formula) -> Formula {
    match formula {
        Formula::Sum(_, right) => (**right).clone(),
        other => other.clone(),
    }
}

struct Printer<'a> {
    language: Language,
    identifier: &'a dyn Fn(Leaf) -> String,
}

impl Printer<'_> {
    /// The lines of an update, each from the formula of its number.
    fn update(&self, derivation: &Derivation) -> Vec<ListingLine> {
        // A term that is used again needs a name; one that is used once is added where it stands.
        let term_is_named = derivation
            .line(Quantity::NewMemory)
            .is_some_and(|line| line.formula.quantities().contains(&Quantity::MomentumTerm));
        let mut lines = Vec::new();
        let mut pending = Vec::new();
        for line in &derivation.lines {
            let quantity = line.quantity;
            let formula = &line.formula;
            match quantity {
                Quantity::Gradient | Quantity::Error | Quantity::Loss | Quantity::Node(_)
                    if self.language.is_library() => {}
                Quantity::Gradient if line.is_given() => {}
                Quantity::Node(_) if line.is_given() => {
                    let text = format!(
                        "{}: from the item",
                        (self.identifier)(Leaf::Quantity(quantity))
                    );
                    lines.push(self.comment(&text, vec![quantity]));
                }
                Quantity::Gradient
                | Quantity::Error
                | Quantity::Loss
                | Quantity::Node(_)
                | Quantity::Delta
                | Quantity::NewMemory => lines.push(self.assign(quantity, formula)),
                Quantity::MomentumTerm if term_is_named => {
                    lines.push(self.assign(quantity, formula));
                }
                Quantity::MomentumTerm => pending.push((quantity, formula.clone())),
                _ => {
                    let (mut computes, added) = match pending.pop() {
                        Some((term, formula)) => (vec![term], formula),
                        None => (Vec::new(), last_operand(formula)),
                    };
                    computes.push(quantity);
                    lines.push(self.increase(quantity, &added, computes));
                }
            }
        }
        lines
    }

    /// A network's layers as libraries write them, a line each.
    fn layers(&self, network: &Network, derivation: &Derivation) -> Vec<ListingLine> {
        let design = network.design();
        let outputs = network.layers().len();
        let computed = |wanted: &dyn Fn(OfNode) -> bool| -> Vec<Quantity> {
            let quantities = derivation.lines.iter().map(|line| line.quantity);
            quantities
                .filter(|quantity| matches!(quantity, Quantity::Node(of_node) if wanted(*of_node)))
                .collect()
        };
        let library = if self.language == Language::PyTorch {
            "torch"
        } else {
            "keras.ops"
        };
        let node = |layer: usize| match (layer, outputs) {
            (0, _) => "x".to_owned(),
            (layer, outputs) if layer == outputs => "o".to_owned(),
            (_, 2) => "h".to_owned(),
            (layer, _) => format!("h{layer}"),
        };
        let code = |text: String, computes| ListingLine {
            code: Line::plain(text),
            computes,
        };
        let inputs = computed(&|of_node| of_node.node.layer == LayerKind::Input);
        let mut lines = vec![self.comment("x, t: from the item", inputs)];
        for layer in 1..=outputs {
            let (weight, bias) = match (outputs, layer) {
                (2, 1) => ("ih".to_owned(), "hb".to_owned()),
                (2, _) => ("ho".to_owned(), "ob".to_owned()),
                _ => (format!("w{layer}"), format!("b{layer}")),
            };
            let function = if layer == outputs {
                design.output
            } else {
                design.hidden
            };
            let sum = format!("{} @ {weight} + {bias}", node(layer - 1));
            let value = match function {
                Activation::Identity => sum,
                other => format!("{library}.{}({sum})", other.name()),
            };
            let value = match (self.language, function) {
                (Language::PyTorch, Activation::Softmax) => value.replace(')', ", dim=0)"),
                _ => value,
            };
            let computes = computed(&|of_node| {
                of_node.node.layer_in(outputs) == layer
                    && matches!(of_node.quantity, NodeQuantity::Sum | NodeQuantity::Value)
            });
            lines.push(code(format!("{} = {value}", node(layer)), computes));
        }
        let error = match design.error {
            ErrorMeasure::Squared => "E = 0.5 * ((t - o) ** 2).sum()".to_owned(),
            ErrorMeasure::CrossEntropy if design.output == Activation::Softmax => {
                format!("E = -(t * {library}.log(o)).sum()")
            }
            ErrorMeasure::CrossEntropy => {
                format!("E = -(t * {library}.log(o) + (1 - t) * {library}.log(1 - o)).sum()")
            }
        };
        lines.push(code(error, vec![Quantity::Error]));
        let signals = computed(&|of_node| of_node.quantity == NodeQuantity::Signal);
        let back = if self.language == Language::PyTorch {
            "E.backward()"
        } else {
            "gradients = tape.gradient(E, weights)"
        };
        lines.push(code(back.to_owned(), signals));
        lines
    }

    fn comment(&self, text: &str, computes: Vec<Quantity>) -> ListingLine {
        ListingLine {
            code: self.language.comment(text),
            computes,
        }
    }

    fn assign(&self, quantity: Quantity, formula: &Formula) -> ListingLine {
        let declares = self.language == Language::Rust && quantity != Quantity::NewMemory;
        let start = Line::plain(if declares { "let " } else { "" });
        self.statement(start, quantity, " = ", formula, vec![quantity])
    }

    fn increase(
        &self,
        quantity: Quantity,
        added: &Formula,
        computes: Vec<Quantity>,
    ) -> ListingLine {
        self.statement(Line::new(), quantity, " += ", added, computes)
    }

    fn statement(
        &self,
        mut code: Line,
        quantity: Quantity,
        operator: &str,
        formula: &Formula,
        computes: Vec<Quantity>,
    ) -> ListingLine {
        code.push(
            (self.identifier)(Leaf::Quantity(quantity)),
            Role::Quantity(quantity),
        );
        code.push(operator, Role::Plain);
        let form = match self.language {
            Language::Rust => Form::Rust(self.identifier),
            _ => Form::Code(self.identifier),
        };
        code.spans.extend(formula.print(form).spans);
        if self.language == Language::Rust {
            code.push(";", Role::Plain);
        }
        ListingLine { code, computes }
    }
}
