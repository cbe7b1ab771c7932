//! The languages that updates are written in, and how each writes numbers, functions and comments.

use std::borrow::Cow;

use super::super::number::{self, Digits};
use super::super::{Function, Line, Role};
use crate::math::{Convention, LEAST_SHARE, Rule};

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

    /// The sign of its gradients. The libraries compute dE/dw, so their code subtracts; the article's follows the
    /// lesson.
    pub fn convention(self, lesson: Convention) -> Convention {
        match self {
            Self::Python | Self::Rust => lesson,
            Self::PyTorch | Self::Keras => Convention::Subtract,
        }
    }

    /// Whether the language's way is to write whole layers at once, and to have gradients found.
    pub fn is_library(self) -> bool {
        matches!(self, Self::PyTorch | Self::Keras)
    }

    /// What the rule is called in the library, where it is.
    pub(super) fn library_comment(self, rule: Rule) -> Option<&'static str> {
        let [pytorch, keras] = rule.row().libraries;
        match self {
            Self::PyTorch => Some(pytorch),
            Self::Keras => Some(keras),
            Self::Python | Self::Rust => None,
        }
    }

    pub(super) fn comment(self, text: &str) -> Line {
        let mark = if self == Self::Rust { "//" } else { "#" };
        Line::new().with(format!("{mark} {text}"), Role::Muted)
    }

    /// A number that stands in a formula.
    pub(in super::super) fn constant(self, value: f64) -> String {
        let text = number::display(value, Digits::MOST);
        if self == Self::Rust && !text.contains(['.', 'e']) {
            text + ".0"
        } else {
            text
        }
    }

    /// A function over numbers, or tensors, that lessons know by this name.
    pub(in super::super) fn function(self, name: &str) -> String {
        let name = match (self, name) {
            (Self::Rust, "sign") => return name.to_owned(),
            (Self::Rust, "log") => "ln",
            (Self::PyTorch | Self::Keras, "min") => "minimum",
            (Self::PyTorch | Self::Keras, "max") => "maximum",
            (_, name) => name,
        };
        match self {
            Self::Python => name.to_owned(),
            Self::PyTorch => format!("torch.{name}"),
            Self::Keras => format!("ops.{name}"),
            Self::Rust => format!("f64::{name}"),
        }
    }

    /// A plain number where a function takes tensors.
    pub(in super::super) fn tensor(self, number: String) -> String {
        if self == Self::PyTorch {
            format!("torch.tensor({number})")
        } else {
            number
        }
    }

    /// What stands before the operand of a function in formulas, and after it.
    pub(in super::super) fn around(
        self,
        function: Function,
    ) -> (Cow<'static, str>, Cow<'static, str>) {
        let call = |name: &str| (format!("{}(", self.function(name)).into(), ")".into());
        let power = |exponent: u32| match self {
            Self::Rust => ("f64::powi(".into(), format!(", {exponent})").into()),
            Self::Python | Self::PyTorch | Self::Keras => {
                ("(".into(), format!(")**{exponent}").into())
            }
        };
        let larger = |than: String| format!("{}({than}, ", self.function("max"));
        match function {
            Function::Tanh => call("tanh"),
            Function::Exp => call("exp"),
            Function::Sqrt => call("sqrt"),
            Function::Relu => (larger(self.constant(0.0)).into(), ")".into()),
            Function::Ln => {
                let least = larger(self.constant(LEAST_SHARE));
                (
                    format!("{}({least}", self.function("log")).into(),
                    "))".into(),
                )
            }
            Function::Square => power(2),
            Function::Power(exponent) => power(exponent),
        }
    }

    /// A sum over `k` from 0 up to, and without, `count`.
    pub(in super::super) fn sum(self, term: &str, count: usize) -> String {
        match self {
            Self::Rust => format!("(0..{count}).map(|k| {term}).sum::<f64>()"),
            Self::Python | Self::PyTorch | Self::Keras => {
                format!("sum({term} for k in range({count}))")
            }
        }
    }

    /// Whether a word means something else: it belongs to the language, or to what listings are made of.
    pub(super) fn has_taken(self, word: &str) -> bool {
        const PYTHON: &str = " and as assert async await break class continue def del elif else except finally for \
            from global if import in is lambda nonlocal not or pass raise return try while with yield False None True \
            learnRate grad prevDelta torch keras ops tf tape sum range ";
        const RUST: &str = " _ as async await break const continue crate dyn else enum extern false fn for gen if impl \
            in let loop match mod move mut pub ref return self static struct super trait true type unsafe use where \
            while abstract become box do final macro override priv try typeof unsized virtual yield Self f64 ";
        let taken = if self == Self::Rust { RUST } else { PYTHON };
        taken.split_whitespace().any(|one| one == word)
            || Rule::ALL
                .into_iter()
                .flat_map(Rule::memories)
                .any(|memory| memory.code == word)
    }
}
