//! Reading an expression: precedence climbing, with a limit on depth.

mod mistaken;

use std::ops::Range;

use super::otherwise;
use super::token::{self, Decimal, Token};
use super::{Binary, Comparison, Expression, Kind, Mistake, Unary};

/// Deeper nesting than this is refused, so that no text can exhaust the stack.
const DEEPEST: usize = 64;
/// Longer texts than this are refused.
const LONGEST: usize = 4096;

/// What is advised where nothing better can be said.
pub const EXAMPLES: &str = "for example `lr/2` or `step > 10 and delta < 0.01`";

/// What a number can be typed as.
const NUMBERS: &str =
    "a number such as 0.25, a fraction such as `1/4`, or an expression such as `0.2 + 0.5*0.1`";

/// How tightly `not` binds: between `and` and comparisons.
const NOT: u8 = 3;
/// How tightly a minus sign before an operand binds: between `*` and `^`.
const MINUS: u8 = 7;

/// Says what a name stands for, given the name and its bytes in the text.
pub type Names<'a, N> = dyn Fn(&str, Range<usize>) -> Result<N, Mistake> + 'a;

/// Whether a word means something in every expression, so that nothing else can be called so.
pub fn is_word(name: &str) -> bool {
    let name = token::plain(name);
    let mut words = functions().chain(["and", "or", "not", "pi"]);
    words.any(|word| word == name)
}

/// The names of all functions.
pub(super) fn functions() -> impl Iterator<Item = &'static str> {
    let ones = Unary::FUNCTIONS.iter().map(|(name, _)| *name);
    ones.chain(Binary::FUNCTIONS.iter().map(|(name, _)| *name))
}

fn called<T: Copy>(functions: &[(&str, T)], name: &str) -> Option<T> {
    let found = functions.iter().find(|(known, _)| *known == name);
    found.map(|(_, operation)| *operation)
}

/// Reads a whole text. `name` says what a name stands for, given the name and its bytes in the text.
///
/// # Errors
/// Where the text is no expression, or `name` does not know a name.
pub fn parse<N>(text: &str, name: &Names<N>) -> Result<Expression<N>, Mistake> {
    parse_in(Decimal::Point, text, name)
}

/// [`parse`] of a text whose decimals begin with a mark.
///
/// # Errors
/// The same.
pub fn parse_in<N>(mark: Decimal, text: &str, name: &Names<N>) -> Result<Expression<N>, Mistake> {
    if text.len() > LONGEST {
        let message = format!("an expression has at most {LONGEST} characters");
        return Err(Mistake::new(LONGEST..text.len(), message, "a shorter one"));
    }
    let unclear = token::middle_dot(text).or_else(|| otherwise::foreign_number(text));
    if let Some(mistake) = unclear {
        return Err(mistake);
    }
    let plain = token::plain(text);
    parse_plain(mark, &plain, name).map_err(|mistake| {
        let span = token::original(text, &mistake.span);
        let quoted = |text: Option<&str>| format!("`{}`", text.unwrap_or_default());
        let (read, written) = (plain.get(mistake.span), text.get(span.clone()));
        Mistake {
            message: mistake.message.replace(&quoted(read), &quoted(written)),
            span,
            ..mistake
        }
    })
}

fn parse_plain<N>(mark: Decimal, text: &str, name: &Names<N>) -> Result<Expression<N>, Mistake> {
    let mut parser = Parser::new(mark, text, name)?;
    let (expression, _) = parser.expression(0)?;
    match parser.token {
        Token::End => Ok(expression),
        Token::Number(_) | Token::Name(_) | Token::Sign(_) => {
            Err(parser.unexpected("the expression is complete before this"))
        }
    }
}

/// The number that an expression without names comes to.
///
/// # Errors
/// Where it is none, or comes to no finite number.
pub fn constant(text: &str) -> Result<f64, Mistake> {
    constant_in(Decimal::Point, text)
}

/// [`constant`] of a text whose decimals begin with a mark.
///
/// # Errors
/// The same.
pub fn constant_in(mark: Decimal, text: &str) -> Result<f64, Mistake> {
    let expression = parse_in::<()>(mark, text, &|name, span| {
        let message = format!("a number is needed here, and `{name}` is a name");
        Err(Mistake::new(span, message, NUMBERS))
    })?;
    let value = expression.evaluate(&|()| f64::NAN);
    if expression.kind() == Kind::Number && value.is_finite() {
        return Ok(value);
    }
    let message = format!("`{text}` comes to no number");
    Err(Mistake::new(0..text.len(), message, NUMBERS))
}

struct Parser<'a, N> {
    mark: Decimal,
    text: &'a str,
    name: &'a Names<'a, N>,
    token: Token<'a>,
    span: Range<usize>,
    depth: usize,
}

/// An expression and the bytes it was read from.
type Read<N> = (Expression<N>, Range<usize>);

impl<'a, N> Parser<'a, N> {
    fn new(mark: Decimal, text: &'a str, name: &'a Names<'a, N>) -> Result<Self, Mistake> {
        let (token, span) = token::next(text, 0, mark)?;
        Ok(Self {
            mark,
            text,
            name,
            token,
            span,
            depth: 0,
        })
    }

    fn advance(&mut self) -> Result<(), Mistake> {
        if self.token != Token::End {
            (self.token, self.span) = token::next(self.text, self.span.end, self.mark)?;
        }
        Ok(())
    }

    fn unexpected(&self, message: &str) -> Mistake {
        let of_point = self.mark == Decimal::Point && self.token == Token::Sign(",");
        let comma = of_point.then_some(self.span.start);
        let comma = comma.and_then(|at| token::comma(self.text, at));
        comma.unwrap_or_else(|| Mistake::new(self.span.clone(), message, EXAMPLES))
    }

    /// Everything whose operators bind at least as tightly as `least`.
    fn expression(&mut self, least: u8) -> Result<Read<N>, Mistake> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.unexpected("the expression is nested too deeply here"));
        }
        let mut left = self.operand()?;
        if let Some(mistake) = self.beside(&left.1) {
            return Err(mistake);
        }
        while let Some((operation, left_binding, right_binding)) = self.operator() {
            if left_binding < least {
                break;
            }
            let sign = self.span.clone();
            self.advance()?;
            let right = self.expression(right_binding)?;
            left = combine(operation, left, right, sign)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    /// The operator at hand, how tightly it binds to its left, and what its right side must bind at least.
    fn operator(&self) -> Option<(Binary, u8, u8)> {
        let (operation, binding) = match self.token {
            Token::Name("or") => (Binary::Or, 1),
            Token::Name("and") => (Binary::And, 2),
            Token::Sign("+") => (Binary::Add, 5),
            Token::Sign("-") => (Binary::Subtract, 5),
            Token::Sign("*") => (Binary::Multiply, 6),
            Token::Sign("/") => (Binary::Divide, 6),
            // To the right: the right side may be another power, and a minus sign of its own.
            Token::Sign("^") => return Some((Binary::Power, 8, MINUS)),
            Token::Sign(sign) => {
                let mut all = Comparison::ALL.into_iter();
                (Binary::Compare(all.find(|one| one.name() == sign)?), 4)
            }
            Token::Number(_) | Token::Name(_) | Token::End => return None,
        };
        Some((operation, binding, binding + 1))
    }

    fn operand(&mut self) -> Result<Read<N>, Mistake> {
        let span = self.span.clone();
        match self.token {
            Token::Number(value) => {
                self.advance()?;
                Ok((Expression::Number(value), span))
            }
            Token::Sign("-") => self.prefix(Unary::Negative, MINUS, Kind::Number),
            Token::Sign("+") => {
                self.advance()?;
                self.expression(MINUS)
            }
            Token::Name("not") => self.prefix(Unary::Not, NOT, Kind::Truth),
            Token::Sign("(") => {
                self.advance()?;
                let (inner, _) = self.expression(0)?;
                let end = self.close()?;
                Ok((inner, span.start..end))
            }
            Token::Name("pi") => {
                self.advance()?;
                Ok((Expression::Number(std::f64::consts::PI), span))
            }
            Token::Name(name) if name != "and" && name != "or" => {
                self.advance()?;
                if self.token == Token::Sign("(") {
                    return self.call(name, span);
                }
                match (self.name)(name, span.clone()) {
                    Ok(value) => Ok((Expression::Name(value), span)),
                    Err(mistake) => Err(self.meant_by(name, span).unwrap_or(mistake)),
                }
            }
            Token::End => Err(self.unexpected("a number or a name is missing here")),
            Token::Name(_) | Token::Sign(_) => {
                Err(self.unexpected("a number or a name should stand here"))
            }
        }
    }

    fn prefix(&mut self, operation: Unary, least: u8, kind: Kind) -> Result<Read<N>, Mistake> {
        let start = self.span.start;
        self.advance()?;
        let operand = self.expression(least)?;
        expect(&operand, kind)?;
        let end = operand.1.end;
        let expression = Expression::Unary(operation, Box::new(operand.0));
        Ok((expression, start..end))
    }

    fn call(&mut self, name: &str, span: Range<usize>) -> Result<Read<N>, Mistake> {
        let unary = called(&Unary::FUNCTIONS, name);
        let binary = called(&Binary::FUNCTIONS, name);
        if unary.is_none() && binary.is_none() {
            return Err(self.no_function(name, span));
        }
        self.advance()?;
        let first = self.argument()?;
        let expression = match (unary, binary) {
            (Some(operation), _) => Expression::Unary(operation, Box::new(first)),
            (None, operation) => {
                if !self.parts_arguments() {
                    return Err(self.single_argument(name, span));
                }
                let operation = operation.unwrap_or(Binary::Min);
                let mut all = first;
                while self.parts_arguments() {
                    self.advance()?;
                    let next = Box::new(self.argument()?);
                    all = Expression::Binary(operation, Box::new(all), next);
                }
                all
            }
        };
        let end = self.close()?;
        Ok((expression, span.start..end))
    }

    /// Whether the sign at hand parts what a function takes. Where decimals begin with a comma, one that stands in no
    /// number does so too.
    fn parts_arguments(&self) -> bool {
        let semicolon = self.mark == Decimal::Comma && self.token == Token::Sign(";");
        semicolon || self.token == Token::Sign(",")
    }

    fn argument(&mut self) -> Result<Expression<N>, Mistake> {
        let argument = self.expression(0)?;
        expect(&argument, Kind::Number)?;
        Ok(argument.0)
    }

    fn close(&mut self) -> Result<usize, Mistake> {
        if self.token != Token::Sign(")") {
            return Err(self.unexpected("a closing parenthesis is missing here"));
        }
        let end = self.span.end;
        self.advance()?;
        Ok(end)
    }
}

/// Joins two expressions, where the operation can take them.
fn combine<N>(
    operation: Binary,
    left: Read<N>,
    right: Read<N>,
    sign: Range<usize>,
) -> Result<Read<N>, Mistake> {
    if matches!(operation, Binary::Compare(_)) && left.0.kind() == Kind::Truth {
        let advice = "join them with `and`: `0 < w and w < 1`";
        return Err(Mistake::new(sign, "comparisons cannot be chained", advice));
    }
    let kind = if operation.joins_truths() {
        Kind::Truth
    } else {
        Kind::Number
    };
    expect(&left, kind)?;
    expect(&right, kind)?;
    let span = left.1.start..right.1.end;
    let expression = Expression::Binary(operation, Box::new(left.0), Box::new(right.0));
    Ok((expression, span))
}

/// Complains where an operand is a truth and should be a number, or the reverse.
fn expect<N>((operand, span): &Read<N>, kind: Kind) -> Result<(), Mistake> {
    if operand.kind() == kind {
        return Ok(());
    }
    let (message, advice) = match kind {
        Kind::Truth => (
            "this is a number, and a comparison is needed",
            "a comparison, such as `w > 4`",
        ),
        Kind::Number => (
            "this is true or false, and a number is needed",
            "a number; `and` joins comparisons",
        ),
    };
    Err(Mistake::new(span.clone(), message, advice))
}
