//! Every parameter, and what the update on the screen does to it.

use std::rc::Rc;
use std::sync::Arc;

use super::{MOST_LINES, Pictured, Subject};
use crate::command::Column;
use crate::explain::{
    Digits, Line, Quantity, Role, Text, number, plural, rough_of, roughs_of, value_of,
};
use crate::math::{Convention, Model, Rough};
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
    pub count: usize,
    /// Whether what the update does may be seen.
    pub complete: bool,
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
    pub name: String,
    /// Its numbers in the order of the columns after the name, as they are shown; `None` for those that may not be
    /// seen or are none.
    pub numbers: Vec<Option<Rough>>,
}

impl WeightsView {
    /// A row of the table.
    pub fn row(&self, row: usize) -> WeightRow {
        let index = self.order[row];
        let shown = |quantity: &Quantity| self.complete || *quantity == Quantity::Before;
        let (of, columns) = (&self.record, Quantity::columns().filter(shown));
        let known = roughs_of(&self.model, of, index, self.convention, columns);
        let mut numbers: Vec<Option<Rough>> = known
            .map(|number| Some(number).filter(|number| !number.value.is_nan()))
            .collect();
        // The weight before comes first; what the update does to it may be still to come.
        numbers.resize(Quantity::columns().count(), None);
        WeightRow {
            name: self.model.parameters()[index].clone(),
            numbers,
        }
    }
}

impl Pictured for WeightsView {
    fn of(subject: &Subject) -> Option<Self> {
        let order = order(subject);
        let names = subject.parameters();
        Some(Self {
            focus: order.iter().position(|index| *index == subject.focus),
            sorting: subject.looks.sorting(),
            filter: subject.looks.filter().to_owned(),
            count: names.len(),
            complete: subject.is_complete(),
            digits: subject.digits,
            widest_name: names.iter().map(String::len).max().unwrap_or(0),
            model: Arc::clone(subject.model()),
            record: Rc::clone(&subject.record),
            convention: subject.convention,
            order,
        })
    }

    /// What the update has done to each parameter of the table, in its order; before it is complete, and of what is no
    /// network, what the parameters are.
    fn words(subject: &Subject) -> Text {
        if !subject.is_complete() || subject.network().is_none() {
            return current(subject);
        }
        let order = order(subject);
        let shown = match subject.looks.filter() {
            "" => String::new(),
            text => format!("names with `{text}`, "),
        };
        let (update, sorted) = (
            subject.record.step + 1,
            order_words(subject.looks.sorting()),
        );
        let mut lines = vec![Line::plain(format!("Update {update}, {shown}{sorted}:"))];
        let update = |index: &usize| update_sentence(subject, *index);
        tell(&mut lines, &order, &update);
        lines.into()
    }

    fn heading(&self) -> String {
        if self.filter.is_empty() {
            self.count.to_string()
        } else {
            format!("{} of {}", self.order.len(), self.count)
        }
    }

    /// `Changed most: ho[1,2], by +0.0074, to -0.00118.`
    fn verdict(&self) -> Option<Line> {
        if !self.complete {
            return Some(Line::plain("Not changed yet: this update is on its way."));
        }
        let updates = &self.record.updates;
        let by_size = |a: &usize, b: &usize| {
            let size = |index: &usize| (updates[*index].after - updates[*index].before).abs();
            size(a).total_cmp(&size(b))
        };
        let index = (0..updates.len()).max_by(by_size)?;
        let (model, convention) = (&self.model, self.convention);
        let change = rough_of(model, &self.record, index, convention, Quantity::Change).shown();
        let (name, digits) = (&self.model.parameters()[index], self.digits.few());
        let by = number::display_signed(change, digits);
        let after = number::display(self.record.updates[index].after, digits);
        Some(if change == 0.0 {
            Line::plain("This update changes nothing to speak of.")
        } else {
            Line::plain(format!("Changed most: {name}, by {by}, to {after}."))
        })
    }
}

/// The parameters that the table shows, in its order. What the update does to them has no order before it is complete.
fn order(subject: &Subject) -> Vec<usize> {
    let names = subject.parameters();
    let shown = |index: &usize| passes(&names[*index], subject.looks.filter());
    let mut order: Vec<usize> = (0..names.len()).filter(shown).collect();
    let (column, rising) = subject.looks.sorting();
    let known = subject.is_complete() || !column.is_of_update();
    match column {
        Column::Quantity(quantity) if known => order.sort_by(|a, b| {
            let size = |index: &usize| {
                let value = value_of(&subject.record, *index, subject.convention, quantity);
                // What an update has not is no number, and comes after all others.
                match (value.is_nan(), rising) {
                    (true, _) => f64::INFINITY,
                    (false, true) => value.abs(),
                    (false, false) => -value.abs(),
                }
            };
            size(a).total_cmp(&size(b))
        }),
        Column::Name | Column::Quantity(_) if rising => order.reverse(),
        Column::Name | Column::Quantity(_) => {}
    }
    order
}

/// `sorted by change, the largest first`
pub fn order_words((column, rising): (Column, bool)) -> String {
    match (column, rising) {
        (Column::Name, false) => "in the order of the lesson".to_owned(),
        (Column::Name, true) => "in the order of the lesson, from its end".to_owned(),
        (Column::Quantity(quantity), false) => {
            format!("sorted by {}, the largest first", quantity.label())
        }
        (Column::Quantity(quantity), true) => {
            format!("sorted by {}, the smallest first", quantity.label())
        }
    }
}

/// Whether a parameter of this name is shown.
pub fn passes(name: &str, filter: &str) -> bool {
    name.to_lowercase().contains(&filter.to_lowercase())
}

/// What the names of each layer of parameters begin with: `ih[`, `hb[` and so on.
pub fn layers(parameters: &[String]) -> Vec<String> {
    let mut layers: Vec<String> = Vec::new();
    for name in parameters {
        let layer = name.split_inclusive('[').next().unwrap_or(name);
        if layers.last().is_none_or(|last| last != layer) {
            layers.push(layer.to_owned());
        }
    }
    layers
}

fn current(subject: &Subject) -> Text {
    let step = subject.step();
    let state = subject.run().state(step);
    let line = |index: &usize| {
        let name = &subject.parameters()[*index];
        let role = Role::Quantity(Quantity::Before);
        Line::plain(format!("{name} = ")).with(subject.show(state.weights[*index]), role)
    };
    let head = format!("After {step} {}:", plural(step, "update"));
    let mut lines = vec![Line::plain(head)];
    tell(&mut lines, &order(subject), &line);
    lines.into()
}

/// Some of the parameters in their order, and how many more there are.
fn tell(lines: &mut Vec<Line>, order: &[usize], sentence: &dyn Fn(&usize) -> Line) {
    lines.extend(order.iter().take(MOST_LINES).map(sentence));
    if order.len() > MOST_LINES {
        lines.push(Line::plain(format!(
            "and {} more; `filter` and a part of a name narrows the list",
            order.len() - MOST_LINES
        )));
    }
}

/// `ih[0,0] went from -0.005 to 0.044: gradient 0.98, delta 0.049, ...`
fn update_sentence(subject: &Subject, index: usize) -> Line {
    let mut line = Line::plain(format!("{} went", subject.parameters()[index]));
    let mut tell = |words: String, quantity: Quantity| {
        let (model, record) = (subject.model(), &subject.record);
        let number = rough_of(model, record, index, subject.convention, quantity);
        let shown = if number.value.is_nan() {
            "none".to_owned()
        } else {
            number::display_rough(number, subject.digits)
        };
        line.push(words, Role::Plain);
        line.push(shown, Role::Quantity(quantity));
    };
    tell(" from ".to_owned(), Quantity::Before);
    tell(" to ".to_owned(), Quantity::After);
    let mut separator = ":";
    for quantity in Quantity::columns().filter(|quantity| *quantity != Quantity::Before) {
        tell(format!("{separator} {} ", quantity.label()), quantity);
        separator = ",";
    }
    line
}
