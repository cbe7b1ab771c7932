//! The update as program code, printed from the same formulas as the derivation.

use super::{Derivation, Form, Formula, Line, Quantity, Role};
use crate::math::{Convention, Rule};
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
        match (self, rule) {
            (Self::PyTorch, Rule::None) => Some("torch.optim.SGD([w], lr)"),
            (Self::PyTorch, Rule::PyTorch) => Some("torch.optim.SGD([w], lr, momentum)"),
            (Self::PyTorch, Rule::HeavyBall) => {
                Some("torch.optim.SGD([w], lr, momentum), while lr stays")
            }
            (Self::PyTorch, Rule::Nesterov) => {
                Some("torch.optim.SGD(..., nesterov=True), while lr stays")
            }
            (Self::Keras, Rule::None) => Some("keras.optimizers.SGD(learning_rate)"),
            (Self::Keras, Rule::HeavyBall) => Some("keras.optimizers.SGD(learning_rate, momentum)"),
            (Self::Keras, Rule::PyTorch) => Some("keras.optimizers.SGD, while learning_rate stays"),
            (Self::Keras, Rule::Nesterov) => Some("keras.optimizers.SGD(..., nesterov=True)"),
            (Self::PyTorch | Self::Keras, Rule::Article) => {
                Some("no optimizer of the library: by hand")
            }
            (Self::PyTorch | Self::Keras, Rule::Averaged) => Some("the first half of Adam"),
            (Self::Python | Self::Rust, _) => None,
        }
    }

    /// The name of a quantity in the code.
    fn identifier(self, quantity: Quantity, rule: Rule, parameter: &str) -> String {
        let memory = match rule {
            Rule::None | Rule::Article => "prev_delta",
            Rule::HeavyBall => "prev_change",
            Rule::Nesterov => "velocity",
            Rule::PyTorch => "buffer",
            Rule::Averaged => "average",
        };
        let name = match quantity {
            Quantity::LearningRate => match self {
                Self::Python => "learnRate",
                Self::PyTorch => "lr",
                Self::Keras | Self::Rust => "learning_rate",
            },
            Quantity::Gradient => match self {
                Self::Python => return article_name(parameter, "Grads", "grad"),
                Self::PyTorch => "w.grad",
                Self::Keras | Self::Rust => "gradient",
            },
            Quantity::Before | Quantity::PlainWeight | Quantity::After => match self {
                Self::Python => parameter,
                Self::PyTorch | Self::Keras | Self::Rust => "w",
            },
            Quantity::Memory | Quantity::NewMemory => match (self, rule) {
                (Self::Python, Rule::None | Rule::Article) => {
                    return article_name(parameter, "PrevDelta", "prevDelta");
                }
                _ => memory,
            },
            other => other.name(),
        };
        name.to_owned()
    }
}

/// `ihWeights[i,j]` has its gradients in `ihGrads[i,j]`; a weight of any other name has its own in `grad`.
fn article_name(parameter: &str, of_weights: &str, otherwise: &str) -> String {
    if parameter.contains("Weights") {
        parameter.replacen("Weights", of_weights, 1)
    } else {
        otherwise.to_owned()
    }
}

impl Listing {
    /// The code of one parameter's update, in `language`.
    pub fn new(
        record: &Record,
        parameter: usize,
        name: &str,
        lesson: Convention,
        language: Language,
    ) -> Self {
        let derivation = Derivation::new(record, parameter, language.convention(lesson));
        let rule = derivation.rule;
        let identifier = |quantity| language.identifier(quantity, rule, name);
        let printer = Printer {
            language,
            identifier: &identifier,
        };
        let mut lines = Vec::new();
        if let Some(comment) = language.library_comment(rule) {
            lines.push(printer.comment(comment, Vec::new()));
        }
        lines.push(printer.comment(language.gradient_comment(), vec![Quantity::Gradient]));
        // A term that is used again needs a name; one that is used once is added where it stands.
        let term_is_named = derivation
            .line(Quantity::NewMemory)
            .is_some_and(|line| line.formula.quantities().contains(&Quantity::MomentumTerm));
        let mut pending = Vec::new();
        for line in &derivation.lines {
            let quantity = line.quantity;
            let formula = &line.formula;
            match quantity {
                Quantity::Gradient => {}
                Quantity::Delta | Quantity::NewMemory => {
                    lines.push(printer.assign(quantity, formula));
                }
                Quantity::MomentumTerm if term_is_named => {
                    lines.push(printer.assign(quantity, formula));
                }
                Quantity::MomentumTerm => pending.push((quantity, formula.clone())),
                _ => {
                    let (mut computes, added) = match pending.pop() {
                        Some((term, formula)) => (vec![term], formula),
                        None => (Vec::new(), last_operand(formula)),
                    };
                    computes.push(quantity);
                    lines.push(printer.increase(quantity, &added, computes));
                }
            }
        }
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
    identifier: &'a dyn Fn(Quantity) -> String,
}

impl Printer<'_> {
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
        code.push((self.identifier)(quantity), Role::Quantity(quantity));
        code.push(operator, Role::Plain);
        code.spans
            .extend(formula.print(Form::Code(self.identifier)).spans);
        if self.language == Language::Rust {
            code.push(";", Role::Plain);
        }
        ListingLine { code, computes }
    }
}
