//! Skills: what a learner can do by heart, and fresh problems for each.

use std::sync::LazyLock;

use super::asked::Asked;
use super::facts::{Facts, GIVEN};
use super::misconception::Misconception;
use super::variant::variant;
use crate::explain::{
    Incoming, LayerKind, Line, Node, NodeFacts, Outgoing, Quantity, Role, Source, number,
};
use crate::math::{Activation, Convention, Rule, Settings};

/// Computing one number: a quantity of an update by one rule, or what comes before an update in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skill {
    /// What it belongs to.
    pub topic: Topic,
    /// What is computed.
    pub asked: Asked,
    /// The sign that gradients and signals are written with.
    pub convention: Convention,
}

/// What became of trying a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// The answer was right, and nothing had helped.
    Right,
    /// The answer was right, after hints or after a wrong one.
    Aided,
    /// The answer was wrong in a way that tells of the skill.
    Missed,
}

/// What a skill belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Updates by a rule.
    Rule(Rule),
    /// A node of a network.
    Node(NodeKind),
}

/// A kind of node that back-propagation treats alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// An output with this function, and squared error.
    Output(Activation),
    /// An output whose error measure is cross-entropy.
    CrossEntropy,
    /// A hidden node with this function.
    Hidden(Activation),
}

/// Every skill; which numbers take any work is found out once.
static ALL: LazyLock<Vec<Skill>> = LazyLock::new(Skill::found);

impl NodeKind {
    /// Every kind that is practised.
    pub const ALL: [Self; 5] = [
        Self::Output(Activation::Sigmoid),
        Self::Output(Activation::Tanh),
        Self::CrossEntropy,
        Self::Hidden(Activation::Sigmoid),
        Self::Hidden(Activation::Tanh),
    ];

    fn of(node: &NodeFacts) -> Option<Self> {
        let kind = match node.source.as_ref()? {
            Source::Output { .. } => Self::Output(node.activation),
            Source::Straight { .. } => Self::CrossEntropy,
            Source::Hidden { .. } => Self::Hidden(node.activation),
            Source::Shares { .. } => return None,
        };
        Self::ALL.contains(&kind).then_some(kind)
    }

    /// `output sigmoid`, for records.
    fn name(self) -> String {
        match self {
            Self::Output(activation) => format!("output {}", activation.name()),
            Self::CrossEntropy => "output cross-entropy".to_owned(),
            Self::Hidden(activation) => format!("hidden {}", activation.name()),
        }
    }

    /// `a sigmoid output with squared error`, as it is said in a problem.
    pub fn words(self) -> String {
        match self {
            Self::Output(activation) => {
                format!("an output node with {}, squared error", activation.name())
            }
            Self::CrossEntropy => "an output node with sigmoid, cross-entropy error".to_owned(),
            Self::Hidden(activation) => format!("a hidden node with {}", activation.name()),
        }
    }

    fn activation(self) -> Activation {
        match self {
            Self::Output(activation) | Self::Hidden(activation) => activation,
            Self::CrossEntropy => Activation::Sigmoid,
        }
    }
}

impl Topic {
    /// Every topic, rules first.
    pub fn all() -> impl Iterator<Item = Self> {
        let rules = Rule::ALL.into_iter().map(Self::Rule);
        rules.chain(NodeKind::ALL.into_iter().map(Self::Node))
    }

    /// The name used in records, and beside a skill: `article`, `output sigmoid`.
    pub fn name(self) -> String {
        match self {
            Self::Rule(rule) => rule.name().to_owned(),
            Self::Node(kind) => kind.name(),
        }
    }
}

impl Skill {
    /// What a problem is about: `Rule heavy-ball; the gradient points downhill.`
    pub fn about(self) -> Line {
        let head = match self.topic {
            Topic::Rule(rule) => Line::plain("Rule ").with(rule.name(), Role::Strong),
            Topic::Node(kind) => Line::plain("In a network: ").with(kind.words(), Role::Strong),
        };
        let sign = match (self.asked, self.convention) {
            (Asked::Sum | Asked::Value, _) => "",
            (Asked::Signal, Convention::Add) => "; signals point downhill, target - output",
            (Asked::Signal, Convention::Subtract) => "; signals point uphill, output - target",
            (Asked::Quantity(_), Convention::Add) => "; the gradient points downhill",
            (Asked::Quantity(_), Convention::Subtract) => {
                "; the gradient is dE/dw, which points uphill"
            }
        };
        head.with(format!("{sign}."), Role::Plain)
    }

    /// Every skill, topic by topic: each number that the topic has and that has to be computed.
    pub fn all() -> impl Iterator<Item = Self> {
        ALL.iter().copied()
    }

    fn found() -> Vec<Self> {
        let mut skills = Vec::new();
        for topic in Topic::all() {
            for convention in Convention::ALL {
                let skill = |asked| Self {
                    topic,
                    asked,
                    convention,
                };
                skills.extend(topic.asked(convention).into_iter().map(skill));
            }
        }
        skills.retain(|skill| skill.is_work());
        skills
    }

    /// The skill that a question needs; `None` where it is no skill that is practised.
    pub fn of(facts: &Facts, asked: Asked) -> Option<Self> {
        let topic = if asked.is_before_delta() {
            Topic::Node(kind_of(facts, asked)?)
        } else {
            Topic::Rule(facts.settings.rule)
        };
        let convention = match asked {
            // Nothing points anywhere yet.
            Asked::Sum | Asked::Value => Convention::Add,
            Asked::Signal | Asked::Quantity(_) => facts.convention,
        };
        let skill = Self {
            topic,
            asked,
            convention,
        };
        ALL.contains(&skill).then_some(skill)
    }

    /// The name used in records: `article after add`, `hidden tanh signal subtract`.
    pub fn name(self) -> String {
        let (topic, asked) = (self.topic.name(), self.asked.name());
        format!("{topic} {asked} {}", self.convention.name())
    }

    /// The words beside the topic's name: `new weight`; with gradients dE/dw that is said too.
    pub fn words(self) -> String {
        let words = match (self.topic, self.asked) {
            (Topic::Rule(rule), Asked::Quantity(quantity)) => quantity.words(rule).into_owned(),
            (_, asked) => asked.name().into_owned(),
        };
        match self.convention {
            Convention::Add => words,
            Convention::Subtract => format!("{words} from dE/dw"),
        }
    }

    /// The numbers of a fresh problem, the same for the same seed. Answers of `apart` differ, as far as possible.
    pub fn problem(self, apart: &[&Misconception], seed: u64) -> Facts {
        variant(&self.template(), self.asked, apart, seed)
    }

    /// Whether it takes any work: the update has the number, and it is not one of those given, whatever these are.
    fn is_work(self) -> bool {
        let facts = self.template();
        let Some(right) = facts.right(self.asked) else {
            return false;
        };
        let Topic::Rule(rule) = self.topic else {
            return true;
        };
        let answer = number::display(right.evaluate(), facts.digits);
        // Without a momentum term the plain weight is the new weight.
        let twins = [Quantity::PlainWeight, Quantity::Change].map(Asked::Quantity);
        let is_twin = !rule.remembers() && twins.contains(&self.asked);
        let mut given = GIVEN.into_iter().filter_map(|one| facts.given(one));
        !is_twin && !given.any(|value| number::display(value, facts.digits) == answer)
    }

    /// Numbers of no two of which anything like another can be made.
    fn template(self) -> Facts {
        let (rule, node) = match self.topic {
            Topic::Rule(rule) => (rule, None),
            Topic::Node(kind) => (Rule::None, Some(template_of(kind))),
        };
        let settings = Settings::new(rule, 0.03, 0.7);
        Facts {
            memory: [0.19, 0.0, 0.0],
            node,
            ..Facts::new(settings, self.convention, &settings.update(1.37, 2.3, &[]))
        }
    }
}

impl Topic {
    /// What is asked about it with gradients written in a convention.
    fn asked(self, convention: Convention) -> Vec<Asked> {
        match (self, convention) {
            (Self::Rule(_), _) => {
                let all = Asked::all();
                all.filter(|asked| !asked.is_before_delta()).collect()
            }
            (Self::Node(NodeKind::Hidden(_)), Convention::Add) => vec![
                Asked::Sum,
                Asked::Value,
                Asked::Signal,
                Asked::Quantity(Quantity::Gradient),
            ],
            (Self::Node(_), _) => vec![Asked::Signal, Asked::Quantity(Quantity::Gradient)],
        }
    }
}

/// The kind of node that a question is about.
fn kind_of(facts: &Facts, asked: Asked) -> Option<NodeKind> {
    let node = facts.node.as_ref()?;
    match asked {
        // Sums and values are the same in every layer; they are practised on hidden nodes.
        Asked::Sum | Asked::Value => {
            let kind = NodeKind::Hidden(node.activation);
            NodeKind::ALL.contains(&kind).then_some(kind)
        }
        Asked::Signal | Asked::Quantity(_) => NodeKind::of(node),
    }
}

/// A node of a kind, in a network with two nodes in each layer.
fn template_of(kind: NodeKind) -> NodeFacts {
    let node = |layer, index| Node { layer, index };
    let (hidden, before) = match kind {
        NodeKind::Hidden(_) => (true, LayerKind::Input),
        NodeKind::Output(_) | NodeKind::CrossEntropy => (false, LayerKind::OnlyHidden),
    };
    let outgoing = |index: u32, signal, weight| Outgoing {
        to: node(LayerKind::Output, index),
        signal,
        name: format!("ho[0,{index}]").into(),
        weight,
        new_weight: None,
    };
    let incoming = |index: u32, value, weight| Incoming {
        from: node(LayerKind::Input, index),
        value,
        name: format!("ih[{index},0]").into(),
        weight,
    };
    let target = 1.0;
    NodeFacts {
        node: if hidden {
            node(LayerKind::OnlyHidden, 0)
        } else {
            node(LayerKind::Output, 0)
        },
        activation: kind.activation(),
        incoming: vec![incoming(0, 0.7, 0.31), incoming(1, 0.45, -0.62)],
        bias: Some(("hb[0]".into(), 0.23)),
        sum: 0.83,
        value: 0.697,
        layer_sums: Vec::new(),
        source: Some(match kind {
            NodeKind::Output(_) => Source::Output { target },
            NodeKind::CrossEntropy => Source::Straight { target },
            NodeKind::Hidden(_) => Source::Hidden {
                outgoing: vec![outgoing(0, 0.137, 0.43), outgoing(1, -0.053, 0.91)],
            },
        }),
        carried: Some((node(before, 1), 0.37)),
        other_carried: Some((node(before, 0), 0.59)),
    }
}
