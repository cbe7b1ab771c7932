//! The update as program code, printed from the same formulas as the derivation.

use std::rc::Rc;
use std::sync::Arc;

use super::{
    Derivation, Form, Formula, Language, LayerKind, Leaf, Line, NodeQuantity, OfNode, OfRule,
    Operator, Quantity, Role,
};
use crate::math::{Activation, Convention, ErrorMeasure, Model, Network};
use crate::timeline::Record;

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
        if let Some(network) = model.network().filter(|_| language.is_library()) {
            lines.extend(printer.layers(network, &derivation));
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
        let mut lines = self.lines.iter();
        lines.position(|line| line.computes.contains(&quantity))
    }
}

/// What is added last: `b` of `a + b`.
fn last_operand(formula: &Formula) -> Formula {
    if let Formula::Binary(Operator::Plus, _, right) = formula {
        (**right).clone()
    } else {
        formula.clone()
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
            let (quantity, formula) = (line.quantity, &line.formula);
            let is_the_models = matches!(
                quantity,
                Quantity::Gradient | Quantity::Error | Quantity::Loss | Quantity::Node(_)
            );
            if is_the_models && self.language.is_library() {
                continue;
            }
            if line.is_given() {
                if matches!(quantity, Quantity::Node(_)) {
                    let name = (self.identifier)(Leaf::Quantity(quantity));
                    lines.push(self.comment(&format!("{name}: from the item"), vec![quantity]));
                }
            } else if quantity == Quantity::MomentumTerm && !term_is_named {
                pending.push((quantity, formula.clone()));
            } else if matches!(quantity, Quantity::PlainWeight | Quantity::After) {
                let (mut computes, added) = match pending.pop() {
                    Some((term, formula)) => (vec![term], formula),
                    None => (Vec::new(), last_operand(formula)),
                };
                computes.push(quantity);
                lines.push(self.statement(Line::new(), quantity, " += ", &added, computes));
            } else {
                lines.push(self.assign(quantity, formula));
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
                Activation::Softmax if self.language == Language::PyTorch => {
                    format!("{library}.softmax({sum}, dim=0)")
                }
                Activation::Tanh | Activation::Sigmoid | Activation::Relu | Activation::Softmax => {
                    format!("{library}.{}({sum})", function.name())
                }
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
        let is_kept = matches!(
            quantity,
            Quantity::NewMemory | Quantity::OfRule(OfRule::Kept(_))
        );
        let declares = self.language == Language::Rust && !is_kept;
        let start = Line::plain(if declares { "let " } else { "" });
        self.statement(start, quantity, " = ", formula, vec![quantity])
    }

    fn statement(
        &self,
        mut code: Line,
        quantity: Quantity,
        operator: &str,
        formula: &Formula,
        computes: Vec<Quantity>,
    ) -> ListingLine {
        let name = (self.identifier)(Leaf::Quantity(quantity));
        code = code.with(name, Role::Quantity(quantity)).and(operator);
        let form = match self.language {
            Language::Rust => Form::Rust(self.identifier),
            Language::Python | Language::PyTorch | Language::Keras => Form::Code(self.identifier),
        };
        code.spans.extend(formula.print(form).spans);
        if self.language == Language::Rust {
            code.push(";", Role::Plain);
        }
        ListingLine { code, computes }
    }
}
