//! What is wrong where something that is often written is none of this language: what was meant, written as it can be
//! read here.

use std::ops::Range;

use super::{MINUS, Parser, functions};
use crate::math::expression::token::{Decimal, Token};
use crate::math::expression::{Mistake, otherwise};

impl<'a, N> Parser<'a, N> {
    /// What is wrong where a function takes several numbers and has been given one.
    pub(super) fn single_argument(&self, name: &str, span: Range<usize>) -> Mistake {
        let given =
            self.text[span.end..self.span.start.min(self.text.len())].trim_start_matches('(');
        let two = given
            .trim()
            .split_once(',')
            .filter(|_| self.mark == Decimal::Comma);
        if let Some((first, second)) = two {
            let message = format!(
                "`{name}` takes several numbers, and `{given}` is one: decimals begin with a comma here"
            );
            let advice = format!("`{name}({first}; {second})`");
            return Mistake::new(span.start..self.span.end, message, advice);
        }
        let between = match self.mark {
            Decimal::Point => "commas",
            Decimal::Comma => "semicolons",
        };
        self.unexpected(&format!(
            "`{name}` takes several numbers, with {between} between"
        ))
    }

    fn is_known(&self, name: &str) -> bool {
        (self.name)(name, 0..name.len()).is_ok()
    }

    /// What is wrong with a name that stands for nothing, where that is written otherwise: a function, a constant, several
    /// names side by side. What stands behind it has been read.
    pub(super) fn meant_by(&mut self, name: &str, span: Range<usize>) -> Option<Mistake> {
        if functions().any(|function| function == name) {
            let message = format!("what `{name}` is taken of stands in parentheses");
            return Some(Mistake::new(span, message, self.in_parentheses(name)));
        }
        if otherwise::is_known_constant(name) {
            let raised = self.token == Token::Sign("^");
            let power = raised.then(|| {
                let power = self.advance().and_then(|()| self.expression(MINUS));
                power.map_or("x", |(_, span)| &self.text[span])
            });
            return otherwise::constant(name, span, power);
        }
        let apart = otherwise::side_by_side(name, &|name| self.is_known(name))?;
        let message = format!("there is no `{name}`");
        let advice = format!("names side by side are one name; did you mean `{apart}`?");
        Some(Mistake::new(span, message, advice))
    }

    /// What is wrong with something that is called as a function, and is none.
    pub(super) fn no_function(&self, name: &str, span: Range<usize>) -> Mistake {
        let group = self.group();
        let is_known = |name: &str| self.is_known(name);
        let product =
            |factor: &str, rest: &str| format!("a product is written with *: `{factor}*{rest}`");
        if is_known(name) {
            let message = format!("`{name}` is no function");
            return Mistake::new(span, message, product(name, group));
        }
        let operand = group
            .trim_start_matches('(')
            .strip_suffix(')')
            .unwrap_or("x");
        let message = format!("there is no function `{name}`");
        let advice = if let Some(instead) = otherwise::instead_of_function(name, operand) {
            format!("`{instead}`")
        } else if let Some(length) = otherwise::name_before_function(name, &is_known) {
            let (factor, function) = name.split_at(length);
            product(factor, &format!("{function}{group}"))
        } else {
            let names: Vec<&str> = functions().collect();
            format!("one of {}; a product is written with *", names.join(", "))
        };
        Mistake::new(span, message, advice)
    }

    /// What is wrong where an operand begins right behind another, with no sign between them.
    pub(super) fn beside(&self, left: &Range<usize>) -> Option<Mistake> {
        let touches = left.end == self.span.start;
        let is_meant = match self.token {
            Token::Number(_) | Token::Sign("(") => true,
            Token::Name("and" | "or" | "not") | Token::End | Token::Sign(_) => false,
            Token::Name(name) => {
                touches || self.is_known(name) || functions().any(|function| function == name)
            }
        };
        if !is_meant {
            return None;
        }
        let (left, right) = (&self.text[left.clone()], self.group());
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let advice = if digits(left) && digits(right) {
            format!("one number has no blanks in it: `{left}{right}`; a product is written with *")
        } else {
            format!("a product is written with *: `{left}*{right}`")
        };
        let message = format!("a sign is missing between `{left}` and `{right}`");
        Some(Mistake::new(self.span.clone(), message, advice))
    }

    /// The text of the operand that begins here: a number, a name, or what stands in parentheses, a function before them.
    fn group(&self) -> &'a str {
        let rest = &self.text[self.span.start..];
        let token = self.span.end.min(self.text.len()) - self.span.start;
        let opens = rest[..token] == *"(" || rest[token..].starts_with('(');
        let mut depth = 0_usize;
        let closes = rest.char_indices().find(|(_, character)| {
            depth += usize::from(*character == '(');
            let closes = *character == ')' && depth == 1;
            depth -= usize::from(*character == ')' && depth > 0);
            closes
        });
        &rest[..closes.filter(|_| opens).map_or(token, |(at, _)| at + 1)]
    }

    /// A function, of the number or name at hand; raised to a power where that stands before it, as in `sin^2(x)`.
    fn in_parentheses(&mut self, function: &str) -> String {
        let mut power = "";
        if self.token == Token::Sign("^") {
            let raised = self.advance().is_ok().then(|| self.span.clone());
            power = raised.map_or("", |span| {
                &self.text[span.start - 1..span.end.min(self.text.len())]
            });
            if self.advance().is_err() {
                power = "";
            }
        }
        let operand = match self.token {
            Token::Number(_) | Token::Name(_) | Token::Sign("(") => self.group(),
            Token::Sign(_) | Token::End => "4",
        };
        let operand = operand
            .strip_prefix('(')
            .and_then(|inner| inner.strip_suffix(')'))
            .unwrap_or(operand);
        format!("`{function}({operand}){power}`")
    }
}
