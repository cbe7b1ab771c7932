//! Arithmetic as data: it evaluates, and prints in symbols, in numbers and as code.

use super::number::{self, Digits};
use super::{Line, Quantity, Role};

/// A formula whose leaves are quantities with their values.
#[derive(Debug, Clone, PartialEq)]
pub enum Formula {
    /// A quantity and its value.
    Quantity(Quantity, f64),
    /// A number that stands in the formula itself.
    Constant(f64),
    /// The operand with its sign turned.
    Negative(Box<Formula>),
    /// left + right
    Sum(Box<Formula>, Box<Formula>),
    /// left - right
    Difference(Box<Formula>, Box<Formula>),
    /// left x right
    Product(Box<Formula>, Box<Formula>),
    /// left / right
    Quotient(Box<Formula>, Box<Formula>),
}

/// What the leaves of a printed formula look like.
#[derive(Clone, Copy)]
pub enum Form<'a> {
    /// `η × g`
    Symbols,
    /// `0.01 × 2.7`
    Numbers(Digits),
    /// `learnRate * grad`: names from a function, operators as programs write them.
    Code(&'a dyn Fn(Quantity) -> String),
}

impl std::ops::Add for Formula {
    type Output = Self;
    fn add(self, right: Self) -> Self {
        Self::Sum(Box::new(self), Box::new(right))
    }
}

impl std::ops::Sub for Formula {
    type Output = Self;
    fn sub(self, right: Self) -> Self {
        Self::Difference(Box::new(self), Box::new(right))
    }
}

impl std::ops::Mul for Formula {
    type Output = Self;
    fn mul(self, right: Self) -> Self {
        Self::Product(Box::new(self), Box::new(right))
    }
}

impl std::ops::Div for Formula {
    type Output = Self;
    fn div(self, right: Self) -> Self {
        Self::Quotient(Box::new(self), Box::new(right))
    }
}

impl std::ops::Neg for Formula {
    type Output = Self;
    fn neg(self) -> Self {
        Self::Negative(Box::new(self))
    }
}

impl Formula {
    /// The value, computed in double precision in the order in which the formula is written.
    pub fn evaluate(&self) -> f64 {
        self.evaluate_with(&|value| value)
    }

    /// The value, with every number replaced by what `read` makes of it.
    fn evaluate_with(&self, read: &dyn Fn(f64) -> f64) -> f64 {
        match self {
            Self::Quantity(_, value) | Self::Constant(value) => read(*value),
            Self::Negative(operand) => -operand.evaluate_with(read),
            Self::Sum(left, right) => left.evaluate_with(read) + right.evaluate_with(read),
            Self::Difference(left, right) => left.evaluate_with(read) - right.evaluate_with(read),
            Self::Product(left, right) => left.evaluate_with(read) * right.evaluate_with(read),
            Self::Quotient(left, right) => left.evaluate_with(read) / right.evaluate_with(read),
        }
    }

    /// Whether the numbers as they are displayed come to the value as it is displayed. Each of them is rounded, so
    /// they need not.
    pub fn adds_up(&self, digits: Digits) -> bool {
        let shown = |value: f64| number::display(value, digits);
        let read = |value: f64| number::parse(&shown(value)).unwrap_or(value);
        shown(self.evaluate_with(&read)) == shown(self.evaluate())
    }

    /// Whether the formula is one quantity or number, with nothing to compute.
    pub fn is_leaf(&self) -> bool {
        matches!(self, Self::Quantity(..) | Self::Constant(_))
    }

    /// The quantities in the formula, from left to right, each once.
    pub fn quantities(&self) -> Vec<Quantity> {
        let mut found = Vec::new();
        self.collect(&mut found);
        found
    }

    fn collect(&self, found: &mut Vec<Quantity>) {
        match self {
            Self::Quantity(quantity, _) if !found.contains(quantity) => found.push(*quantity),
            Self::Quantity(..) | Self::Constant(_) => {}
            Self::Negative(operand) => operand.collect(found),
            Self::Sum(left, right)
            | Self::Difference(left, right)
            | Self::Product(left, right)
            | Self::Quotient(left, right) => {
                left.collect(found);
                right.collect(found);
            }
        }
    }

    /// The formula as text, every leaf in the role of its quantity.
    pub fn print(&self, form: Form) -> Line {
        let mut line = Line::new();
        self.print_into(form, &mut line);
        line
    }

    fn print_into(&self, form: Form, line: &mut Line) {
        match self {
            Self::Quantity(quantity, value) => {
                let text = match form {
                    Form::Symbols => quantity.symbol().to_owned(),
                    Form::Numbers(digits) => number::display(*value, digits),
                    Form::Code(name) => name(*quantity),
                };
                line.push(text, Role::Quantity(*quantity));
            }
            Self::Constant(value) => {
                line.push(number::display(*value, Digits::default()), Role::Plain);
            }
            Self::Negative(operand) => {
                line.push("-", Role::Plain);
                operand.print_operand(
                    form,
                    line,
                    operand.binding() <= self.binding() || operand.shows_minus(form),
                );
            }
            Self::Sum(left, right) => match right.negative_leaf(form) {
                // `3.56 + (-0.027)` is written, and is to the bit, `3.56 - 0.027`.
                Some(turned) => self.print_binary(form, line, left, " - ", &turned),
                None => self.print_binary(form, line, left, " + ", right),
            },
            Self::Difference(left, right) => self.print_binary(form, line, left, " - ", right),
            Self::Product(left, right) => {
                let times = if matches!(form, Form::Code(_)) {
                    " * "
                } else {
                    " × "
                };
                self.print_binary(form, line, left, times, right);
            }
            Self::Quotient(left, right) => self.print_binary(form, line, left, " / ", right),
        }
    }

    fn print_binary(&self, form: Form, line: &mut Line, left: &Self, operator: &str, right: &Self) {
        left.print_operand(form, line, left.binding() < self.binding());
        line.push(operator, Role::Plain);
        right.print_operand(
            form,
            line,
            right.binding() <= self.binding() || right.shows_minus(form),
        );
    }

    fn print_operand(&self, form: Form, line: &mut Line, parentheses: bool) {
        if parentheses {
            line.push("(", Role::Plain);
        }
        self.print_into(form, line);
        if parentheses {
            line.push(")", Role::Plain);
        }
    }

    /// How tightly the outermost operation binds.
    fn binding(&self) -> u8 {
        match self {
            Self::Sum(..) | Self::Difference(..) => 1,
            Self::Product(..) | Self::Quotient(..) => 2,
            Self::Negative(_) => 3,
            Self::Quantity(..) | Self::Constant(_) => 4,
        }
    }

    /// Whether the printed operand begins with a minus sign and so needs parentheses after an operator.
    fn shows_minus(&self, form: Form) -> bool {
        match self {
            Self::Negative(_) => true,
            Self::Quantity(_, value) => matches!(form, Form::Numbers(_)) && *value < 0.0,
            Self::Constant(value) => *value < 0.0,
            _ => false,
        }
    }

    /// The same leaf with its sign turned, where it would be printed with a minus sign.
    fn negative_leaf(&self, form: Form) -> Option<Self> {
        match self {
            Self::Quantity(quantity, value) if self.shows_minus(form) => {
                Some(Self::Quantity(*quantity, -value))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(value: f64) -> Formula {
        Formula::Quantity(Quantity::Delta, value)
    }

    fn printed(formula: &Formula) -> String {
        formula.print(Form::Numbers(Digits::default())).text()
    }

    #[test]
    fn parentheses_stand_where_the_arithmetic_needs_them() {
        assert_eq!(
            printed(&(leaf(2.0) * (leaf(3.0) * leaf(4.0) + leaf(5.0)))),
            "2 × (3 × 4 + 5)"
        );
        assert_eq!(
            printed(&(leaf(1.0) + (leaf(2.0) + leaf(3.0)))),
            "1 + (2 + 3)"
        );
        assert_eq!(
            printed(&((Formula::Constant(1.0) - leaf(0.9)) * leaf(2.0))),
            "(1 - 0.9) × 2"
        );
    }

    #[test]
    fn rounded_numbers_are_known_not_to_add_up() {
        let digits = Digits::new(2).unwrap();
        assert!((leaf(3.56) + leaf(0.027)).adds_up(Digits::default()));
        assert!(
            !(leaf(1.04) + leaf(1.04)).adds_up(digits),
            "1 + 1 is not 2.1"
        );
    }

    #[test]
    fn negative_numbers_read_naturally() {
        assert_eq!(printed(&(leaf(3.56) + leaf(-0.027))), "3.56 - 0.027");
        assert_eq!(printed(&(leaf(0.01) * leaf(-2.7))), "0.01 × (-2.7)");
        assert_eq!(printed(&(-leaf(0.01) * leaf(-2.7))), "-0.01 × (-2.7)");
        assert_eq!(printed(&-leaf(-2.0)), "-(-2)");
        assert_eq!(printed(&(leaf(1.0) - leaf(-2.0))), "1 - (-2)");
    }
}
