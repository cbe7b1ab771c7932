//! Every parameter, and what the update on the screen does to it.

use std::rc::Rc;
use std::sync::Arc;

use crate::command::Column;
use crate::explain::{Digits, Quantity, value_of};
use crate::math::{Convention, Model};
use crate::session::Session;
use crate::timeline::Record;

/// The table of weights. Rows are made when they are asked for: there may be very many.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightsView {
    /// The parameters that are shown, in their order.
    pub order: Vec<usize>,
    /// The row of the parameter in focus, where it is shown.
    pub focus: Option<usize>,
    /// The column that the table is sorted by, and whether the smallest come first.
    pub sorting: (Column, bool),
    /// What the names must have in them; empty where all are shown.
    pub filter: String,
    /// How many parameters there are.
    pub count: usize,
    /// Whether what the update does may be seen.
    pub complete: bool,
    /// How many digits a number has at most.
    pub digits: Digits,
    /// The widest name, in characters.
    pub widest_name: usize,
    model: Arc<Model>,
    record: Rc<Record>,
    convention: Convention,
}

/// A row of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightRow {
    /// The parameter.
    pub name: String,
    /// Its numbers in the order of the columns after the name; `None` for those that may not be seen or are none.
    pub numbers: [Option<f64>; 6],
}

/// The quantities of the columns after the name.
pub const NUMBERS: [(Column, Quantity); 6] = [
    (Column::Before, Quantity::Before),
    (Column::Gradient, Quantity::Gradient),
    (Column::Delta, Quantity::Delta),
    (Column::MomentumTerm, Quantity::MomentumTerm),
    (Column::Change, Quantity::Change),
    (Column::EffectiveRate, Quantity::EffectiveRate),
];

impl WeightsView {
    pub(super) fn of(session: &Session) -> Self {
        let order = session.weight_order();
        let names = session.lesson().model.parameters();
        Self {
            focus: order.iter().position(|index| *index == session.focus()),
            sorting: session.sorting(),
            filter: session.filtering().to_owned(),
            count: names.len(),
            complete: session.is_complete(),
            digits: session.digits(),
            widest_name: names.iter().map(String::len).max().unwrap_or(0),
            model: Arc::clone(session.timeline().run().model()),
            record: session.record(),
            convention: session.convention(),
            order,
        }
    }

    /// A row of the table.
    pub fn row(&self, row: usize) -> WeightRow {
        let index = self.order[row];
        let number = |(column, quantity)| {
            let shown = self.complete || column == Column::Before;
            let value = value_of(&self.record, index, self.convention, quantity);
            Some(value).filter(|value| shown && !value.is_nan())
        };
        WeightRow {
            name: self.model.parameters()[index].clone(),
            numbers: NUMBERS.map(number),
        }
    }
}
