//! The update as program code, printed from the same formulas as the derivation, and what it starts from.

mod given;
mod language;
mod layers;
mod names;

use std::rc::Rc;
use std::sync::Arc;

pub use language::Language;

use super::{
    Derivation, DerivationLine, Form, Formula, Leaf, Line, OfRule, Operator, Quantity, Role,
};
use crate::math::Model;
use crate::timeline::Record;
use names::Names;

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

impl ListingLine {
    fn plain(code: impl Into<String>, computes: Vec<Quantity>) -> Self {
        let code = Line::plain(code);
        Self { code, computes }
    }

    /// The line further in, in a block of Python.
    fn indented(mut self) -> Self {
        self.code = Line::plain("    ").joined(self.code);
        self
    }
}

impl Listing {
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

/// What a listing is made from.
pub struct Code<'a> {
    language: Language,
    names: Names<'a>,
    model: &'a Model,
    record: &'a Record,
    parameter: usize,
    derivation: Rc<Derivation>,
}

impl<'a> Code<'a> {
    /// The code of one parameter's update, in `language`. `derivation` is that of the update in the lesson's convention.
    pub fn new(
        model: &'a Arc<Model>,
        record: &'a Rc<Record>,
        parameter: usize,
        derivation: &Rc<Derivation>,
        language: Language,
    ) -> Self {
        let convention = language.convention(derivation.convention);
        let derived = || Rc::new(Derivation::new(model, record, parameter, convention));
        Self {
            language,
            names: Names {
                language,
                model,
                rule: record.settings.rule,
                parameter: &model.parameters()[parameter],
            },
            model,
            record,
            parameter,
            derivation: if convention == derivation.convention {
                Rc::clone(derivation)
            } else {
                derived()
            },
        }
    }

    /// The code by itself.
    pub fn listing(&self) -> Listing {
        Listing {
            lines: self.lines(),
        }
    }

    /// The same with what it starts from before it: a program that runs, and comes to the numbers of the update.
    pub fn program(&self) -> Vec<Line> {
        let lines = self.lines();
        let given = self.given(&lines).into_iter().map(Line::plain);
        std::iter::once(self.language.comment("given"))
            .chain(given)
            .chain([self.language.comment("the update")])
            .chain(lines.into_iter().map(|line| line.code))
            .collect()
    }

    fn lines(&self) -> Vec<ListingLine> {
        let mut lines = Vec::new();
        let finds = self.finds_gradient();
        if finds && self.language.is_library() {
            lines.extend(self.layers());
        }
        if let Some(comment) = self.language.library_comment(self.derivation.rule) {
            lines.push(self.comment(comment, Vec::new()));
        }
        if !finds || (!self.language.is_library() && !self.is_computed(Quantity::Gradient)) {
            lines.push(self.comment(self.gradient_comment(), vec![Quantity::Gradient]));
        }
        let update = self.update();
        if self.language == Language::PyTorch {
            lines.push(ListingLine::plain("with torch.no_grad():", Vec::new()));
            lines.extend(update.into_iter().map(ListingLine::indented));
        } else {
            lines.extend(update);
        }
        lines
    }

    /// Whether the model has an error, whose gradient a library can find.
    fn finds_gradient(&self) -> bool {
        self.model.network().is_some() || self.model.surface().is_some()
    }

    fn is_computed(&self, quantity: Quantity) -> bool {
        let line = self.derivation.line(quantity);
        line.is_some_and(|line| !line.is_given())
    }

    /// Where a gradient comes from that is not computed here.
    fn gradient_comment(&self) -> &'static str {
        match self.language {
            _ if self.finds_gradient() => "the gradient: given",
            Language::Python | Language::Rust => "the gradient: from back-propagation",
            Language::PyTorch => "loss.backward() has filled w.grad",
            Language::Keras => "gradient = tape.gradient(loss, w)",
        }
    }

    /// The lines of the derivation that have a statement of their own: libraries find what comes before the update.
    fn derived(&self) -> impl Iterator<Item = &DerivationLine> {
        self.derivation.lines.iter().filter(|line| {
            let is_the_models = matches!(
                line.quantity,
                Quantity::Gradient | Quantity::Error | Quantity::Loss | Quantity::Node(_)
            );
            !(is_the_models && self.language.is_library())
        })
    }

    /// The lines of an update, each from the formula of its number.
    fn update(&self) -> Vec<ListingLine> {
        // A term that is used again needs a name; one that is used once is added where it stands.
        let term_is_named = self
            .derivation
            .line(Quantity::NewMemory)
            .is_some_and(|line| line.formula.quantities().contains(&Quantity::MomentumTerm));
        let mut lines = Vec::new();
        let mut pending = Vec::new();
        for line in self.derived() {
            let (quantity, formula) = (line.quantity, &line.formula);
            if line.is_given() {
                if matches!(quantity, Quantity::Node(_)) {
                    let name = self.names.quantity(quantity);
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
                lines.push(self.add(&added, computes));
            } else {
                lines.push(self.assign(quantity, formula));
            }
        }
        lines
    }

    fn comment(&self, text: &str, computes: Vec<Quantity>) -> ListingLine {
        let code = self.language.comment(text);
        ListingLine { code, computes }
    }

    fn print(&self, formula: &Formula) -> Line {
        let name = |leaf: Leaf| self.names.of(leaf);
        formula.print(Form::Code(self.language, &name))
    }

    fn ending(&self) -> &'static str {
        if self.language == Language::Rust {
            ";"
        } else {
            ""
        }
    }

    /// `name = formula`; in Rust declared there, unless it is kept, or one of several in an array.
    fn assign(&self, quantity: Quantity, formula: &Formula) -> ListingLine {
        let is_there = matches!(
            quantity,
            Quantity::NewMemory | Quantity::OfRule(OfRule::Kept(_)) | Quantity::Node(_)
        );
        let declares = self.language == Language::Rust && !is_there;
        let name = self.names.quantity(quantity);
        let code = Line::plain(if declares { "let " } else { "" })
            .with(name, Role::Quantity(quantity))
            .and(" = ")
            .joined(self.print(formula))
            .and(self.ending());
        let computes = vec![quantity];
        ListingLine { code, computes }
    }

    /// Adds to the weight.
    fn add(&self, added: &Formula, computes: Vec<Quantity>) -> ListingLine {
        let name = self.names.quantity(Quantity::Before);
        let role = Role::Quantity(computes[computes.len() - 1]);
        let is_variable = self.language == Language::Keras;
        let code = if is_variable && name.contains('[') {
            let before = Formula::Quantity(Quantity::Before, 0.0);
            let sum = self.print(&(before + added.clone()));
            Line::new()
                .with(name, role)
                .and(".assign(")
                .joined(sum)
                .and(")")
        } else if is_variable {
            let added = self.print(added);
            Line::new()
                .with(name, role)
                .and(".assign_add(")
                .joined(added)
                .and(")")
        } else {
            let added = self.print(added);
            Line::new()
                .with(name, role)
                .and(" += ")
                .joined(added)
                .and(self.ending())
        };
        ListingLine { code, computes }
    }
}
