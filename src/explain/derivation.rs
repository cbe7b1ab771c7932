//! One update of one parameter, line by line, as data.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use super::backprop::Backprop;
use super::{Digits, Form, Formula, Line, NodeQuantity, Quantity, Role, Written, backprop, number};
use crate::math::expression::Expression;
use crate::math::{Convention, Model, Pass, Rule, Settings, Update};
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
    source: Source,
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
        let mut line = Line::new();
        if !self.formula.is_leaf() {
            line = self.formula.print(Form::Numbers(digits));
            line.push(
                if self.formula.adds_up(digits) {
                    " = "
                } else {
                    " ≈ "
                },
                Role::Plain,
            );
        }
        line.with(number::display(self.value, digits), self.role())
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
        let source = Source {
            model: Arc::clone(model),
            record: Rc::clone(record),
            parameter,
            convention,
        };
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
        let source = &self.source;
        Rc::ptr_eq(&source.record, record)
            && (source.parameter, source.convention) == (parameter, convention)
    }

    /// The line of a quantity, whether it is one that is stepped over or not. `None` where the update has no such
    /// number: no memory under plain descent, no effective rate for a gradient of 0, no nodes without a network.
    pub fn line(&self, quantity: Quantity) -> Option<DerivationLine> {
        let stepped = self.lines.iter().find(|line| line.quantity == quantity);
        stepped.cloned().or_else(|| self.source.beside(quantity))
    }

    /// The value of a quantity.
    pub fn value(&self, quantity: Quantity) -> Option<f64> {
        self.line(quantity).map(|line| line.value)
    }

    /// Every quantity that an update of this model can have, in the order in which they are computed.
    pub fn in_order(&self) -> Vec<Quantity> {
        let network = self.source.model.network().into_iter();
        let nodes = network.flat_map(|network| super::node::all_of(network).map(Quantity::Node));
        nodes
            .chain(Quantity::BESIDES)
            .chain(Quantity::ALL)
            .collect()
    }

    /// How many lines must have been stepped over before the quantity may be shown; 0 for what is given.
    pub fn known_after(&self, quantity: Quantity) -> usize {
        if let Some(index) = self.lines.iter().position(|line| line.quantity == quantity) {
            let given = self.lines[index].is_given();
            return if given { 0 } else { index + 1 };
        }
        let Some(line) = self.line(quantity).filter(|line| !line.is_given()) else {
            return 0;
        };
        let operands = line.formula.quantities().into_iter();
        operands
            .map(|operand| self.known_after(operand))
            .max()
            .unwrap_or(0)
    }
}

/// The quantities that an update of a parameter steps over, in order.
pub fn stepped(model: &Model, rule: Rule, parameter: usize) -> Vec<Quantity> {
    use Quantity::{After, Delta, Gradient, MomentumTerm, NewMemory, PlainWeight};
    let mut quantities = match model.network() {
        Some(network) => backprop::stepped(network, network.place(parameter)),
        None if model.surface().is_some() => vec![Quantity::Loss],
        None => Vec::new(),
    };
    quantities.extend(if rule.remembers() {
        &[Gradient, Delta, PlainWeight, MomentumTerm, After, NewMemory][..]
    } else {
        &[Gradient, Delta, After]
    });
    quantities
}

/// Whether a formula comes to a number. A surface's gradient is found by other operations than its written derivative
/// has, so the last digits may differ.
fn is_same(computed: f64, value: f64) -> bool {
    computed == value || (computed - value).abs() <= 1e-9 * value.abs().max(1e-300)
}

/// The value of one quantity of one update, without deriving the others. A quantity that the update has not is
/// no number.
pub fn value_of(
    record: &Record,
    parameter: usize,
    convention: Convention,
    quantity: Quantity,
) -> f64 {
    Numbers::of(record, parameter, convention).value(quantity)
}

/// The value of one quantity of one update, where nothing else is known of it than the update itself.
pub fn value_of_update(
    settings: Settings,
    update: &Update,
    convention: Convention,
    quantity: Quantity,
) -> f64 {
    let numbers = Numbers {
        settings,
        update,
        error: None,
        pass: None,
        convention,
    };
    numbers.value(quantity)
}

/// The numbers of one parameter's update.
#[derive(Clone, Copy)]
struct Numbers<'a> {
    settings: Settings,
    update: &'a Update,
    error: Option<f64>,
    pass: Option<&'a Pass>,
    convention: Convention,
}

impl<'a> Numbers<'a> {
    fn of(record: &'a Record, parameter: usize, convention: Convention) -> Self {
        Self {
            settings: record.settings,
            update: &record.updates[parameter],
            error: record.error,
            pass: record.pass.as_ref(),
            convention,
        }
    }

    fn value(self, quantity: Quantity) -> f64 {
        let Self {
            settings, update, ..
        } = self;
        match quantity {
            Quantity::LearningRate => settings.learning_rate,
            Quantity::Momentum => settings.momentum,
            Quantity::Before => update.before,
            Quantity::Gradient => self.convention.flip(update.downhill),
            Quantity::Delta => update.delta,
            Quantity::PlainWeight => update.plain,
            Quantity::Memory => self.written(update.memory),
            Quantity::MomentumTerm => update.momentum_term,
            Quantity::After => update.after,
            Quantity::NewMemory => self.written(update.new_memory),
            Quantity::Change => update.change(),
            Quantity::EffectiveRate => update.effective_rate().unwrap_or(f64::NAN),
            Quantity::Error if self.pass.is_none() => f64::NAN,
            Quantity::Loss if self.pass.is_some() => f64::NAN,
            Quantity::Error | Quantity::Loss => self.error.unwrap_or(f64::NAN),
            Quantity::Node(of_node) => {
                let found = self.pass.and_then(|pass| of_node.value_in(pass));
                let value = found.unwrap_or(f64::NAN);
                match of_node.quantity {
                    NodeQuantity::Signal => self.convention.flip(value),
                    _ => value,
                }
            }
        }
    }

    /// A buffer of gradients is written with the sign of gradients; deltas are always what is added.
    fn written(self, memory: f64) -> f64 {
        match self.settings.rule {
            Rule::PyTorch | Rule::Averaged => self.convention.flip(memory),
            _ => memory,
        }
    }
}

/// What the lines are made from.
#[derive(Debug, Clone)]
struct Source {
    model: Arc<Model>,
    record: Rc<Record>,
    parameter: usize,
    convention: Convention,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        let same = Rc::ptr_eq(&self.record, &other.record) || self.record == other.record;
        same && (self.parameter, self.convention) == (other.parameter, other.convention)
    }
}

impl Source {
    fn rule(&self) -> Rule {
        self.record.settings.rule
    }

    fn update(&self) -> &Update {
        &self.record.updates[self.parameter]
    }

    fn line(&self, quantity: Quantity) -> DerivationLine {
        let value = self.value(quantity);
        let formula = self.formula(quantity);
        // A gradient that was set by hand is not what back-propagation has found.
        let by_hand = quantity == Quantity::Gradient && !is_same(formula.evaluate(), value);
        DerivationLine {
            quantity,
            formula: if by_hand {
                self.leaf(quantity)
            } else {
                formula
            },
            value,
            meaning: match quantity {
                Quantity::Gradient if by_hand => "It was set by hand.",
                Quantity::Gradient if self.model.surface().is_some() => match self.convention {
                    Convention::Add => "The slope of the surface here, turned: it points downhill.",
                    Convention::Subtract => "The slope of the surface here: it points uphill.",
                },
                Quantity::Gradient | Quantity::Error | Quantity::Node(_) => self
                    .with_backprop(|backprop| backprop.meaning(quantity))
                    .unwrap_or_else(|| self.meaning(quantity)),
                _ => self.meaning(quantity),
            },
        }
    }

    fn meaning(&self, quantity: Quantity) -> &'static str {
        meaning(quantity, self.rule(), self.convention)
    }

    fn beside(&self, quantity: Quantity) -> Option<DerivationLine> {
        let exists = match quantity {
            Quantity::EffectiveRate => self.update().effective_rate().is_some(),
            Quantity::Memory | Quantity::MomentumTerm | Quantity::NewMemory => {
                self.rule().remembers()
            }
            Quantity::PlainWeight => false,
            Quantity::Error | Quantity::Loss | Quantity::Node(_) => !self.value(quantity).is_nan(),
            _ => true,
        };
        exists.then(|| self.line(quantity))
    }

    fn value(&self, quantity: Quantity) -> f64 {
        Numbers::of(&self.record, self.parameter, self.convention).value(quantity)
    }

    /// Asks what derives a network's own numbers, where there is a network.
    fn with_backprop<T>(&self, ask: impl FnOnce(&Backprop) -> T) -> Option<T> {
        let network = self.model.network()?;
        Some(ask(&Backprop {
            network,
            record: &self.record,
            place: network.place(self.parameter),
            convention: self.convention,
            value: &|quantity| self.value(quantity),
        }))
    }

    /// A surface's loss or gradient as its formula has it; `None` where that is too long to be read.
    fn written(&self, quantity: Quantity) -> Option<Formula> {
        let surface = self.model.surface()?;
        let formula = |expression: Expression<usize>| {
            let values = self.record.updates.iter().map(|update| update.before);
            Formula::Written(Arc::new(Written {
                expression,
                names: surface.names().to_vec(),
                values: values.collect(),
            }))
        };
        if quantity == Quantity::Loss {
            return Some(formula(surface.expression().clone()));
        }
        let slope = formula(surface.slope(self.parameter)?);
        Some(match self.convention {
            Convention::Add => -slope,
            Convention::Subtract => slope,
        })
    }

    fn leaf(&self, quantity: Quantity) -> Formula {
        Formula::Quantity(quantity, self.value(quantity))
    }

    /// The learning rate with the sign that makes a step of a gradient: `η` where deltas are added, `-η` where the
    /// gradient points uphill.
    fn signed_rate(&self) -> Formula {
        match self.convention {
            Convention::Add => self.leaf(Quantity::LearningRate),
            Convention::Subtract => -self.leaf(Quantity::LearningRate),
        }
    }

    /// The table of [`Rule`], as formulas. The operations stand in the order in which `Settings::update` makes them.
    fn formula(&self, quantity: Quantity) -> Formula {
        use Quantity::{Before, Delta, Gradient, Memory, Momentum, MomentumTerm, PlainWeight};
        let leaf = |quantity| self.leaf(quantity);
        let left_over = || Formula::Constant(1.0) - leaf(Momentum);
        match (quantity, self.rule()) {
            (Quantity::Gradient | Quantity::Loss, _) if self.model.surface().is_some() => {
                self.written(quantity).unwrap_or_else(|| leaf(quantity))
            }
            (Quantity::Gradient | Quantity::Error | Quantity::Node(_), _) => self
                .with_backprop(|backprop| backprop.formula(quantity))
                .unwrap_or_else(|| leaf(quantity)),
            (Delta, Rule::Averaged) => self.signed_rate() * left_over() * leaf(Gradient),
            (Delta, _) => self.signed_rate() * leaf(Gradient),
            (PlainWeight, _) | (Quantity::After, Rule::None) => leaf(Before) + leaf(Delta),
            (MomentumTerm, Rule::Article | Rule::HeavyBall) => leaf(Momentum) * leaf(Memory),
            (MomentumTerm, Rule::Nesterov) => {
                leaf(Momentum) * (leaf(Momentum) * leaf(Memory) + leaf(Delta))
            }
            (MomentumTerm, Rule::PyTorch | Rule::Averaged) => {
                self.signed_rate() * leaf(Momentum) * leaf(Memory)
            }
            (Quantity::After, _) => leaf(PlainWeight) + leaf(MomentumTerm),
            (Quantity::NewMemory, Rule::Article) | (Quantity::Change, Rule::None) => leaf(Delta),
            (Quantity::NewMemory, Rule::HeavyBall) | (Quantity::Change, _) => {
                leaf(Delta) + leaf(MomentumTerm)
            }
            (Quantity::NewMemory, Rule::Nesterov) => leaf(Momentum) * leaf(Memory) + leaf(Delta),
            (Quantity::NewMemory, Rule::PyTorch) => leaf(Momentum) * leaf(Memory) + leaf(Gradient),
            (Quantity::NewMemory, Rule::Averaged) => {
                leaf(Momentum) * leaf(Memory) + left_over() * leaf(Gradient)
            }
            (Quantity::EffectiveRate, _) => match self.convention {
                Convention::Add => leaf(Quantity::Change) / leaf(Gradient),
                Convention::Subtract => leaf(Quantity::Change) / -leaf(Gradient),
            },
            _ => leaf(quantity),
        }
    }
}

fn meaning(quantity: Quantity, rule: Rule, convention: Convention) -> &'static str {
    match (quantity, rule) {
        (Quantity::LearningRate, _) => "How much of each gradient is taken. You choose it.",
        (Quantity::Momentum, _) => "How much of what is remembered is used again. You choose it.",
        (Quantity::Before, _) => "Where the update starts.",
        (Quantity::Gradient, _) => match convention {
            Convention::Add => "Which way is downhill, and how steep. The lesson gives it.",
            Convention::Subtract => {
                "Which way is uphill (dE/dw), and how steep. The lesson gives it."
            }
        },
        (Quantity::Delta, Rule::Averaged) => {
            "The plain step: only the share 1 - momentum of the gradient is taken."
        }
        (Quantity::Delta, _) => "The plain step: the learning rate times the gradient.",
        (Quantity::PlainWeight, _) => "First the plain step: delta is added to the weight.",
        (Quantity::Memory, Rule::None | Rule::Article) => {
            "The delta of the update before this one."
        }
        (Quantity::Memory, Rule::HeavyBall) => "The whole change of the update before this one.",
        (Quantity::Memory, Rule::Nesterov) => "The speed gathered by the updates before this one.",
        (Quantity::Memory, Rule::PyTorch) => {
            "The earlier gradients, added up, older ones counting less."
        }
        (Quantity::Memory, Rule::Averaged) => "The moving average of the earlier gradients.",
        (Quantity::MomentumTerm, Rule::Article) => "A part of the previous delta, used once more.",
        (Quantity::MomentumTerm, Rule::Nesterov) => {
            "A part of the speed as it will be after this step: a look ahead."
        }
        (Quantity::MomentumTerm, Rule::PyTorch | Rule::Averaged) => {
            "A part of the remembered gradients, times today's learning rate."
        }
        (Quantity::MomentumTerm, _) => "A part of the whole previous change, used once more.",
        (Quantity::After, Rule::None) => "The new weight. The next update starts from it.",
        (Quantity::After, _) => "Then the momentum step: this is where the next update starts.",
        (Quantity::NewMemory, Rule::None | Rule::Article) => {
            "For the next update: this delta only, without the momentum term."
        }
        (Quantity::NewMemory, Rule::HeavyBall) => "For the next update: the whole change.",
        (Quantity::NewMemory, Rule::Nesterov) => "For the next update: the speed.",
        (Quantity::NewMemory, Rule::PyTorch) => {
            "For the next update: the gradients, older ones fading."
        }
        (Quantity::NewMemory, Rule::Averaged) => {
            "For the next update: the average with this gradient in it."
        }
        (Quantity::Change, _) => "Everything that was added to the weight.",
        (Quantity::EffectiveRate, _) => {
            "The rate that plain descent would have needed for the same change."
        }
        (Quantity::Loss, _) => "How high the surface is here. Lower is better.",
        (Quantity::Error | Quantity::Node(_), _) => "",
    }
}
