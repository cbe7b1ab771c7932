//! The numbers that not every rule has: its further settings, and what it remembers beside a first number.

use std::borrow::Cow;

use super::Quantity;
use crate::math::{MOST_MEMORIES, Rule};

/// A number that only some rules have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OfRule {
    /// A setting, by its name.
    Setting(&'static str),
    /// What is remembered of earlier updates, by its place among the rule's memories: 1 is the second.
    Memory(usize),
    /// What is remembered for the next update, likewise.
    Kept(usize),
}

impl OfRule {
    /// Those of a rule that an update starts from.
    pub fn given(rule: Rule) -> impl Iterator<Item = Self> {
        let settings = rule.row().further.iter();
        let settings = settings.map(|further| Self::Setting(further.name));
        settings.chain((1..rule.memories().len()).map(Self::Memory))
    }

    /// Those of a rule that are kept for the next update.
    pub fn kept(rule: Rule) -> impl Iterator<Item = Self> {
        (1..rule.memories().len()).map(Self::Kept)
    }

    /// All of a rule.
    pub fn all(rule: Rule) -> impl Iterator<Item = Self> {
        Self::given(rule).chain(Self::kept(rule))
    }

    /// Whether an update by a rule has it.
    pub fn is_of(self, rule: Rule) -> bool {
        Self::all(rule).any(|own| own == self)
    }

    /// The number called `name`, where any rule has it.
    pub fn from_name(name: &str) -> Option<Self> {
        let mut all = Rule::ALL.into_iter().flat_map(Self::all);
        all.find(|own| own.name() == name)
    }

    /// The name used in lessons and commands.
    pub fn name(self) -> Cow<'static, str> {
        match self {
            Self::Setting(name) => name.into(),
            Self::Memory(place) => format!("memory_{}", place + 1).into(),
            Self::Kept(place) => format!("new_memory_{}", place + 1).into(),
        }
    }

    /// The symbol shown beside the words.
    pub fn symbol(self) -> &'static str {
        const SYMBOLS: [[&str; 2]; MOST_MEMORIES] = [["m", "m′"], ["v", "v′"], ["t", "t′"]];
        match self {
            Self::Setting(name) => name,
            Self::Memory(place) => SYMBOLS[place][0],
            Self::Kept(place) => SYMBOLS[place][1],
        }
    }

    /// The words under `rule`: a memory is called by what it holds.
    pub fn words(self, rule: Rule) -> Cow<'static, str> {
        let memory = |place: usize| rule.memories().get(place).map_or("memory", |row| row.words);
        match self {
            Self::Setting(name) => name.into(),
            Self::Memory(place) => memory(place).into(),
            Self::Kept(place) => format!("{}, kept for next", memory(place)).into(),
        }
    }

    /// What it means in an update by `rule`.
    pub fn meaning(self, rule: Rule) -> &'static str {
        let rows = rule.memories();
        match self {
            Self::Setting(_) => "You choose it.",
            Self::Memory(place) => rows.get(place).map_or("", |row| row.before),
            Self::Kept(place) => rows.get(place).map_or("", |row| row.kept),
        }
    }
}

impl Quantity {
    /// What a rule remembers of earlier updates, by its place among the rule's memories.
    pub fn memory(place: usize) -> Self {
        match place {
            0 => Self::Memory,
            place => Self::OfRule(OfRule::Memory(place)),
        }
    }

    /// What the update before has kept a memory as; `None` for what is no memory.
    pub(super) fn kept_as(self) -> Option<Self> {
        if let Self::OfRule(OfRule::Memory(place)) = self {
            return Some(Self::kept(place));
        }
        (self == Self::Memory).then_some(Self::NewMemory)
    }

    /// What a rule keeps for the next update, by its place among the rule's memories.
    pub fn kept(place: usize) -> Self {
        match place {
            0 => Self::NewMemory,
            place => Self::OfRule(OfRule::Kept(place)),
        }
    }
}
