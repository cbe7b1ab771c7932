//! The quantities of an update: one row for each, with its names, symbol and words, and where it can be seen.

use std::borrow::Cow;

use Usage::{Asked, Plotted, Shown};

use super::{Node, OfNode, OfRule};
use crate::math::Rule;

const NONE: &[&str] = &[];

/// What is to be known of a quantity.
#[derive(Debug, Clone, Copy)]
struct Row {
    /// The name used in lessons and commands.
    name: &'static str,
    symbol: &'static str,
    words: &'static str,
    /// Short or older names that are understood as well.
    aliases: &'static [&'static str],
    usage: Usage,
    /// The title of its column in the table of weights, short enough for a narrow one, and its rank: where there is
    /// no room for all, those of a lower rank stay.
    column: Option<(&'static str, u8)>,
}

/// What is done with a quantity besides showing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Usage {
    /// Nothing.
    Shown,
    /// A question may ask for it.
    Asked,
    /// The same, and it can be drawn over the updates.
    Plotted,
}

fn row(
    name: &'static str,
    symbol: &'static str,
    words: &'static str,
    aliases: &'static [&'static str],
    usage: Usage,
    column: Option<(&'static str, u8)>,
) -> Row {
    Row {
        name,
        symbol,
        words,
        aliases,
        usage,
        column,
    }
}

/// Makes [`Quantity`] of its rows.
macro_rules! quantities {
    (
        update { $($(#[$about:meta])* $update:ident = $row:expr,)* }
        besides { $($(#[$also:meta])* $besides:ident = $other:expr,)* }
    ) => {
        /// A number of an update that can be shown, asked about and predicted.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Quantity {
            $($(#[$about])* $update,)*
            $($(#[$also])* $besides,)*
            /// Something that not every rule has.
            OfRule(OfRule),
            /// Something about a node of a network.
            Node(OfNode),
        }

        impl Quantity {
            /// Every quantity of a parameter's update, in its order.
            pub const ALL: [Self; [$(stringify!($update)),*].len()] = [$(Self::$update),*];
            /// Those of a whole update. A network has others besides: what its nodes have.
            pub const BESIDES: [Self; [$(stringify!($besides)),*].len()] = [$(Self::$besides),*];

            fn row(self) -> Row {
                match self {
                    $(Self::$update => $row,)*
                    $(Self::$besides => $other,)*
                    Self::OfRule(_) => row("of_rule", "", "number of a rule", NONE, Shown, None),
                    Self::Node(_) => row("node", "", "number of a node", NONE, Shown, None),
                }
            }

            /// The name used in lessons and commands.
            pub fn name(self) -> Cow<'static, str> {
                match self {
                    $(| Self::$update)* $(| Self::$besides)* => self.key().into(),
                    Self::OfRule(own) => own.name(),
                    Self::Node(of_node) => of_node.name().into(),
                }
            }

            /// The symbol shown beside the words.
            pub fn symbol(self) -> Cow<'static, str> {
                match self {
                    $(| Self::$update)* $(| Self::$besides)* => self.row().symbol.into(),
                    Self::OfRule(own) => own.symbol().into(),
                    Self::Node(of_node) => of_node.symbol().into(),
                }
            }

            /// The words of the quantity under `rule`: a memory is called by what it holds.
            pub fn words(self, rule: Rule) -> Cow<'static, str> {
                match self {
                    $(| Self::$update)* $(| Self::$besides)* => {
                        let memory = (self == Self::Memory).then(|| rule.memory_words());
                        memory.unwrap_or(self.row().words).into()
                    }
                    Self::OfRule(own) => own.words(rule),
                    Self::Node(of_node) => of_node.words().into(),
                }
            }
        }
    };
}

quantities! {
    update {
        /// The learning rate.
        LearningRate = row("learning_rate", "η", "learning rate", &["lr", "eta"], Shown, None),
        /// The momentum coefficient.
        Momentum = row("momentum", "μ", "momentum", &["mu"], Shown, None),
        /// The weight before the update.
        Before = row("before", "w", "weight before", NONE, Shown, Some(("before", 0))),
        /// The gradient, in the lesson's convention.
        Gradient = row("gradient", "g", "gradient", &["g"], Plotted, Some(("gradient", 2))),
        /// The plain step.
        Delta = row("delta", "Δ", "delta", NONE, Plotted, Some(("delta", 3))),
        /// The weight after the plain step, before the momentum term.
        PlainWeight = row("plain_weight", "w′", "plain weight", NONE, Asked, None),
        /// What is remembered of earlier updates.
        Memory = row("previous_delta", "m", "memory", &["memory"], Shown, None),
        /// What the memory adds.
        MomentumTerm = row("momentum_term", "μm", "momentum term", NONE, Plotted, Some(("mom.term", 4))),
        /// The weight after the update.
        After = row("after", "w″", "new weight", NONE, Asked, None),
        /// What is remembered for the next update.
        NewMemory = row("new_memory", "m′", "kept for next", NONE, Asked, None),
        /// Delta + momentum term.
        Change = row("change", "c", "change", NONE, Plotted, Some(("change", 1))),
        /// Change / downhill gradient.
        EffectiveRate = row("effective_rate", "r", "effective rate", NONE, Plotted, Some(("eff.rate", 5))),
    }
    besides {
        /// E of the item, before the update.
        Error = row("error", "E", "error", NONE, Shown, None),
        /// The height of a surface, before the update.
        Loss = row("loss", "E", "loss", NONE, Shown, None),
    }
}

impl Quantity {
    /// Every quantity that has a name of its own.
    pub fn named() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().chain(Self::BESIDES)
    }

    /// The columns of the table of weights after the name, from left to right.
    pub fn columns() -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(|quantity| quantity.row().column.is_some())
    }

    /// Those that can be drawn over the updates, besides the weight and the loss.
    pub fn plotted() -> impl Iterator<Item = Self> {
        let all = Self::ALL.into_iter();
        all.filter(|quantity| quantity.row().usage == Plotted)
    }

    /// Whether a question may ask for it.
    pub fn is_asked(self) -> bool {
        self.row().usage != Shown
    }

    /// The title of its column, and its rank: where there is no room for all columns, those of a lower rank stay.
    pub fn column(self) -> (&'static str, u8) {
        self.row().column.unwrap_or(("", u8::MAX))
    }

    /// The name; for numbers of nodes, what they are called together.
    pub fn key(self) -> &'static str {
        self.row().name
    }

    /// The name with blanks.
    pub fn label(self) -> String {
        self.name().replace('_', " ")
    }

    /// The quantity called `name`, or known by it as a short name.
    pub fn from_name(name: &str) -> Option<Self> {
        let known =
            |quantity: &Self| quantity.key() == name || quantity.row().aliases.contains(&name);
        Self::named()
            .find(known)
            .or_else(|| OfRule::from_name(name).map(Self::OfRule))
            .or_else(|| OfNode::from_name(name).map(Self::Node))
    }

    /// The quantity that somebody means by a name or by its symbol: `lr`, `η`, `Σh0`.
    pub fn meant(typed: &str) -> Option<Self> {
        let typed = &*crate::math::expression::plain(typed);
        let is_symbol = |quantity: &Self| quantity.symbol() == typed;
        let of_rules = Rule::ALL
            .into_iter()
            .flat_map(OfRule::all)
            .map(Self::OfRule);
        Self::from_name(typed)
            .or_else(|| Self::named().chain(of_rules).find(is_symbol))
            .or_else(|| OfNode::from_symbol(typed).map(Self::Node))
    }

    /// Whether the updates of a model have it that has these layers of nodes and these figures over all items.
    pub fn is_had(self, layers: &[usize], metrics: &[&str]) -> bool {
        if let Self::Node(of_node) = self {
            return of_node.node.is_in(layers);
        }
        let is_without = (self == Self::Error && layers.is_empty())
            || (self == Self::Loss && metrics.is_empty());
        !is_without
    }

    /// The node that it is a number of.
    pub fn node(self) -> Option<Node> {
        let Self::Node(of_node) = self else {
            return None;
        };
        Some(of_node.node)
    }

    /// Whether both are the same of nodes of one layer.
    pub fn is_like(self, other: Self) -> bool {
        let (Self::Node(one), Self::Node(other)) = (self, other) else {
            return false;
        };
        one.quantity == other.quantity && one.node.layer == other.node.layer
    }
}
