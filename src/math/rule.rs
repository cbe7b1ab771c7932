//! The six update rules.

use super::{Memory, MemoryUnit};

/// How a weight is changed by a gradient and by what is remembered of earlier updates.
///
/// With downhill gradient `d`, learning rate `eta`, momentum `mu` and memory `m`:
///
/// | rule | delta | momentum term | new memory |
/// |---|---|---|---|
/// | `None` | eta d | 0 | nothing |
/// | `Article` | eta d | mu m | delta |
/// | `HeavyBall` | eta d | mu m | delta + momentum term |
/// | `Nesterov` | eta d | mu (mu m + delta) | mu m + delta |
/// | `PyTorch` | eta d | eta mu m | mu m + d |
/// | `Averaged` | eta (1 - mu) d | eta mu m | mu m + (1 - mu) d |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Plain gradient descent.
    None,
    /// McCaffrey, "Neural Network Momentum" (2017): remembers only learning rate x gradient, one update back.
    Article,
    /// Classical momentum: Polyak (1964); Rumelhart, Hinton and Williams (1986).
    HeavyBall,
    /// Nesterov momentum: Sutskever et al. (2013), in the form that Keras and PyTorch use.
    Nesterov,
    /// `torch.optim.SGD` with dampening 0: a buffer of gradients, multiplied by the learning rate when used.
    PyTorch,
    /// A moving average of gradients, as in the first moment of Adam: Kingma and Ba (2015).
    Averaged,
}

impl Rule {
    /// Every rule, in the order in which they are listed and cycled through.
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Article,
        Self::HeavyBall,
        Self::Nesterov,
        Self::PyTorch,
        Self::Averaged,
    ];

    /// The name used in lessons and commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Article => "article",
            Self::HeavyBall => "heavy-ball",
            Self::Nesterov => "nesterov",
            Self::PyTorch => "pytorch",
            Self::Averaged => "averaged",
        }
    }

    /// Whether the rule keeps anything from one update to the next.
    pub fn remembers(self) -> bool {
        self != Self::None
    }

    /// The unit the rule keeps its memory in. Plain descent keeps none; it leaves one in delta units untouched.
    pub fn memory_unit(self) -> MemoryUnit {
        match self {
            Self::None | Self::Article | Self::HeavyBall | Self::Nesterov => MemoryUnit::Delta,
            Self::PyTorch | Self::Averaged => MemoryUnit::Gradient,
        }
    }
}

/// What the learner may turn: the rule and its two coefficients.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// The update rule in force.
    pub rule: Rule,
    /// eta, in weight units per unit of gradient; 0 or more.
    pub learning_rate: f64,
    /// mu, a pure number; 0 or more, and below 1 for any run that is to settle.
    pub momentum: f64,
}

impl Settings {
    /// One update of every parameter in place, each as [`Settings::update`] makes it; memories are in the rule's unit.
    #[inline]
    pub fn update_all(&self, weights: &mut [f64], memories: &mut [f64], downhill: &[f64]) {
        // One loop for each rule, in which the compiler knows the rule.
        match self.rule {
            Rule::None => update_each(self.with(Rule::None), weights, memories, downhill),
            Rule::Article => update_each(self.with(Rule::Article), weights, memories, downhill),
            Rule::HeavyBall => update_each(self.with(Rule::HeavyBall), weights, memories, downhill),
            Rule::Nesterov => update_each(self.with(Rule::Nesterov), weights, memories, downhill),
            Rule::PyTorch => update_each(self.with(Rule::PyTorch), weights, memories, downhill),
            Rule::Averaged => update_each(self.with(Rule::Averaged), weights, memories, downhill),
        }
    }

    #[inline]
    fn with(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }

    /// One update of one parameter: the table of [`Rule`], with `after = (before + delta) + momentum_term`.
    ///
    /// `downhill` is `-dE/dw`. Products are taken from left to right as the table writes them, so that a
    /// derivation shown to a learner evaluates to the same bits. Results may overflow; see [`Update::overflow`].
    #[inline]
    pub fn update(&self, before: f64, downhill: f64, memory: Memory) -> Update {
        let Self {
            rule,
            learning_rate: eta,
            momentum: mu,
        } = *self;
        let m = memory.read(rule, eta);
        let delta = match rule {
            Rule::Averaged => eta * (1.0 - mu) * downhill,
            _ => eta * downhill,
        };
        let momentum_term = match rule {
            Rule::None => 0.0,
            Rule::Article | Rule::HeavyBall => mu * m,
            Rule::Nesterov => mu * (mu * m + delta),
            Rule::PyTorch | Rule::Averaged => eta * mu * m,
        };
        let new_memory = match rule {
            Rule::None => 0.0,
            Rule::Article => delta,
            Rule::HeavyBall => delta + momentum_term,
            Rule::Nesterov => mu * m + delta,
            Rule::PyTorch => mu * m + downhill,
            Rule::Averaged => mu * m + (1.0 - mu) * downhill,
        };
        let plain = before + delta;
        Update {
            before,
            downhill,
            memory: m,
            delta,
            plain,
            momentum_term,
            after: plain + momentum_term,
            new_memory,
        }
    }
}

#[inline]
fn update_each(settings: Settings, weights: &mut [f64], memories: &mut [f64], downhill: &[f64]) {
    let unit = settings.rule.memory_unit();
    for ((weight, memory), downhill) in weights.iter_mut().zip(memories).zip(downhill) {
        let kept = Memory {
            value: *memory,
            unit,
        };
        let update = settings.update(*weight, *downhill, kept);
        *weight = update.after;
        *memory = update.new_memory;
    }
}

/// Everything one update did to one parameter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Update {
    /// The parameter before the update.
    pub before: f64,
    /// The downhill gradient, `-dE/dw`.
    pub downhill: f64,
    /// The memory the update used, in the unit of its rule.
    pub memory: f64,
    /// The plain step.
    pub delta: f64,
    /// `before + delta`: the parameter after the plain step.
    pub plain: f64,
    /// What the memory contributes.
    pub momentum_term: f64,
    /// `plain + momentum_term`.
    pub after: f64,
    /// What is kept for the next update, in the unit of the rule.
    pub new_memory: f64,
}

impl Update {
    /// delta + momentum term.
    pub fn change(&self) -> f64 {
        self.delta + self.momentum_term
    }

    /// change / downhill gradient: the learning rate that plain descent would have needed for the same change.
    /// `None` where the gradient is 0, or so small that the quotient is no number.
    pub fn effective_rate(&self) -> Option<f64> {
        let rate = self.change() / self.downhill;
        (self.downhill != 0.0 && rate.is_finite()).then_some(rate)
    }

    /// The first of the update's numbers that has grown past what a double can hold, by its field name.
    pub fn overflow(&self) -> Option<&'static str> {
        [
            ("gradient", self.downhill),
            ("memory", self.memory),
            ("delta", self.delta),
            ("momentum_term", self.momentum_term),
            ("change", self.change()),
            ("after", self.after),
            ("memory", self.new_memory),
        ]
        .into_iter()
        .find_map(|(name, value)| (!value.is_finite()).then_some(name))
    }
}
