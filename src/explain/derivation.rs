//! One update of one parameter, line by line, as data.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use super::material::Material;
use super::{Digits, Form, Formula, Line, OfRule, Quantity, Role, backprop, number};
use crate::math::rules::RulePart;
use crate::math::{Convention, Model, Rough, Rule};
use crate::timeline::Record;

/// The derivation of one update of one parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// The rule that the update follows.
    pub rule: Rule,
    /// The sign that gradients are shown with.
    pub convention: Convention,
    /// The lines that are stepped over, in order.
    pub lines: Vec<DerivationLine>,
    /// Everything else that can be asked about is derived when it is.
    source: Material,
}

/// One line: a quantity, how it is computed, and what comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct DerivationLine {
    /// What the line computes.
    pub quantity: Quantity,
    /// How. Evaluating it gives `value`, bit for bit; a leaf is given and not computed.
    pub formula: Formula,
    /// The number, as the update has it.
    pub value: f64,
    /// The quantities of the line that are only what rounding has left of terms that cancel. They are shown as 0.
    pub noise: Vec<Quantity>,
    /// What the line means, in a sentence.
    pub meaning: &'static str,
}

impl DerivationLine {
    /// Whether the number is there before the update, rather than computed by it.
    pub fn is_given(&self) -> bool {
        matches!(self.formula, Formula::Quantity(quantity, _) if quantity == self.quantity)
    }

    /// The numbers filled in and what they come to: `0.01 × 2.7 = 0.027`, `≈` where the rounded numbers do not add
    /// up, or the value alone where there is nothing to compute.
    pub fn arithmetic(&self, digits: Digits) -> Line {
        let rounding = f64::from(u8::from(self.is_noise()));
        let value = Rough {
            value: self.value,
            error: rounding * self.value.abs(),
        };
        let formula = self.formula.without_noise(&self.noise);
        formula.arithmetic(value, self.role(), digits)
    }

    /// The formula with the numbers filled in.
    pub fn numbers(&self, digits: Digits) -> Line {
        let formula = self.formula.without_noise(&self.noise);
        formula.print(Form::Numbers(digits))
    }

    /// Whether the numbers as they are displayed come to the one that is displayed.
    pub fn adds_up(&self, digits: Digits) -> bool {
        !self.is_noise() && self.formula.without_noise(&self.noise).adds_up(digits)
    }

    /// The number as it is shown: 0 where it is smaller than the rounding of the terms that it is made of.
    pub fn shown(&self) -> f64 {
        if self.is_noise() { 0.0 } else { self.value }
    }

    fn is_noise(&self) -> bool {
        self.noise.contains(&self.quantity)
    }

    /// The symbol of the quantity.
    pub fn symbol(&self) -> Cow<'static, str> {
        self.quantity.symbol()
    }

    /// The role that gives the line its colour.
    pub fn role(&self) -> Role {
        Role::Quantity(self.quantity)
    }
}

impl Derivation {
    /// The derivation of one parameter's part of an update.
    pub fn new(
        model: &Arc<Model>,
        record: &Rc<Record>,
        parameter: usize,
        convention: Convention,
    ) -> Self {
        let source = Material::new(model, record, parameter, convention);
        let stepped = stepped(model, record.settings.rule, parameter);
        Self {
            rule: record.settings.rule,
            convention,
            lines: stepped.into_iter().map(|q| source.line(q)).collect(),
            source,
        }
    }

    /// Whether this is the derivation of a parameter's part of this very record.
    pub fn is_of(&self, record: &Rc<Record>, parameter: usize, convention: Convention) -> bool {
        self.source.is_of(record, parameter, convention)
    }

    /// The line of a quantity, whether it is one that is stepped over or not. `None` where the update has no such
    /// number: no memory under plain descent, no effective rate for a gradient of 0, no nodes without a network.
    pub fn line(&self, quantity: Quantity) -> Option<DerivationLine> {
        let stepped = self.lines.iter().find(|line| line.quantity == quantity);
        stepped.cloned().or_else(|| self.source.beside(quantity))
    }

    /// Whether the number of a line is worth predicting: terms join in it, it is not halfway to the new weight, and no
    /// line above is the same of another node.
    pub fn is_worth_predicting(&self, line: usize) -> bool {
        let quantity = self.lines[line].quantity;
        let alike = |above: &DerivationLine| above.quantity.is_like(quantity);
        self.lines[line].formula.joins_terms()
            && quantity != Quantity::PlainWeight
            && !self.lines[..line].iter().any(alike)
    }

    /// The value of a quantity.
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        self.has(quantity).then(|| self.source.value(quantity))
    }

    /// The value of a quantity as it is shown: `≈ 0` where only rounding is left of it.
    pub fn text(&self, quantity: Quantity, digits: Digits) -> Option<String> {
        let number = self.rough(quantity)?;
        Some(number::display_rough(number, digits))
    }

    /// The effective rate, where it tells more than the learning rate: there is one, and the rule remembers something.
    pub fn telling_rate(&self, digits: Digits) -> Option<String> {
        let rate = self.text(Quantity::EffectiveRate, digits);
        rate.filter(|_| self.rule.remembers())
    }

    /// The value of a quantity, with how far rounding may have moved it.
    pub fn rough(&self, quantity: Quantity) -> Option<Rough> {
        self.has(quantity).then(|| self.source.rough(quantity))
    }

    fn has(&self, quantity: Quantity) -> bool {
        let stepped = self.lines.iter().any(|line| line.quantity == quantity);
        stepped || self.source.exists(quantity)
    }

    /// Every quantity that an update of this model can have, in the order in which they are computed.
    pub fn in_order(&self) -> Vec<Quantity> {
        let is_given = |quantity: &Quantity| *quantity != Quantity::Delta;
        let given = Quantity::ALL.into_iter().take_while(is_given);
        let computed = Quantity::ALL.into_iter().skip_while(is_given);
        let network = self.source.model().network().into_iter();
        let nodes = network.flat_map(|network| super::node::all_of(network).map(Quantity::Node));
        nodes
            .chain(Quantity::BESIDES)
            .chain(OfRule::given(self.rule).map(Quantity::OfRule))
            .chain(given)
            .chain(OfRule::kept(self.rule).map(Quantity::OfRule))
            .chain(computed)
            .collect()
    }

    /// How many lines must have been stepped over before the quantity may be shown; 0 for what is given.
    pub fn known_after(&self, quantity: Quantity) -> usize {
        self.known_in(quantity, &mut HashMap::new())
    }

    /// The same, where it is known of some quantities already: nodes share what they rest on.
    fn known_in(&self, quantity: Quantity, known: &mut HashMap<Quantity, usize>) -> usize {
        if let Some(after) = known.get(&quantity) {
            return *after;
        }
        let after = match self.lines.iter().position(|l| l.quantity == quantity) {
            Some(index) if self.lines[index].is_given() => 0,
            Some(index) => index + 1,
            None => {
                let operands = self.source.operands(quantity).into_iter();
                let after = operands.map(|operand| self.known_in(operand, known));
                after.max().unwrap_or(0)
            }
        };
        known.insert(quantity, after);
        after
    }
}

/// The quantities that an update of a parameter steps over, in order: those of the rule in the order of its text.
pub fn stepped(model: &Model, rule: Rule, parameter: usize) -> Vec<Quantity> {
    let mut quantities = match model.network() {
        Some(network) => backprop::stepped(network, network.place(parameter)),
        None if model.surface().is_some() => vec![Quantity::Loss],
        None => Vec::new(),
    };
    quantities.push(Quantity::Gradient);
    let has_term = rule.has_momentum_term();
    for part in rule.parts() {
        quantities.extend(match part {
            RulePart::Delta if has_term => &[Quantity::Delta, Quantity::PlainWeight][..],
            RulePart::Delta => &[Quantity::Delta, Quantity::After],
            RulePart::MomentumTerm => &[Quantity::MomentumTerm, Quantity::After],
            RulePart::Kept(_) => &[],
        });
        if let RulePart::Kept(place) = part {
            quantities.push(Quantity::kept(place));
        }
    }
    quantities
}
