//! The update on the screen: its lines, shown, asked and still to come.

use crate::explain::{Derivation, DerivationLine, Form, Line, Quantity, Role, number, way_of};
use crate::session::{Said, Session};
use crate::view::Heading;

/// The derivation as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateView {
    /// Which update of which parameter.
    pub heading: Heading,
    /// The weight and the memory that the update starts from.
    pub given: Line,
    /// The lines.
    pub rows: Vec<UpdateRow>,
    /// The lines as they are once all are shown: what they need then is theirs from the start.
    pub ahead: Vec<UpdateRow>,
    /// What each of them will mean.
    pub meanings: Vec<Line>,
    /// Whether the line that comes next is asked for before it is shown.
    pub asks: bool,
    /// What the last line shown means, or at first what to do.
    pub meaning: Line,
    /// What is kept in sight beside every update.
    pub watched: Vec<Line>,
    /// What theory says will become of the run.
    pub expected: Vec<Line>,
    /// What the whole update comes to, once it is complete.
    pub result: Option<Line>,
}

/// One line of the derivation.
#[derive(Debug, Clone, PartialEq)]
pub struct UpdateRow {
    /// The symbol of the quantity.
    pub symbol: String,
    /// Its words.
    pub words: String,
    /// Its arithmetic, with the numbers filled in; empty while it is still to come.
    pub formula: Line,
    /// Its value, as far as it may be seen.
    pub value: Value,
    /// Whether the formula comes to the value in the digits that are shown: `=`, or else `≈`.
    pub adds_up: bool,
    /// Whether it is the line that comes next.
    pub next: bool,
    /// What it is about.
    pub role: Role,
}

/// How much of a value may be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// It has been shown.
    Shown(String),
    /// It is the next to be shown: a question.
    Asked,
    /// It comes later.
    Later,
}

impl UpdateView {
    pub(super) fn of(session: &Session, derivation: &Derivation) -> Self {
        let position = session.position();
        let ahead: Vec<UpdateRow> = (derivation.lines.iter())
            .map(|line| complete(session, derivation, line))
            .collect();
        let row = |(index, row): (usize, &UpdateRow)| {
            let given = derivation.lines[index].is_given();
            row.clone().seen(index, position.lines, given)
        };
        Self {
            heading: heading(session),
            given: given(session, derivation),
            rows: ahead.iter().enumerate().map(row).collect(),
            meanings: (derivation.lines.iter())
                .map(|line| meaning(line, None))
                .collect(),
            meaning: match position.lines.checked_sub(1) {
                Some(last) => meaning(&derivation.lines[last], session.said()),
                None => Line::plain("Press → to see the next line. What do you expect?"),
            },
            asks: session.asks_for_line(),
            watched: session.watched(),
            expected: session
                .behaviour()
                .split_off(usize::from(session.seen_behaviour().is_some())),
            result: session.is_complete().then(|| result(session, derivation)),
            ahead,
        }
    }
}

impl UpdateView {
    /// The line that comes next, where the update has one.
    pub fn next(&self) -> Option<&UpdateRow> {
        self.rows.iter().find(|row| row.next)
    }
}

impl UpdateRow {
    /// What may be seen of it, its place being `index`, once so many lines have been shown.
    fn seen(mut self, index: usize, shown: usize, given: bool) -> Self {
        self.next = index == shown;
        if index == shown && !given {
            self.value = Value::Asked;
        } else if index > shown && !given {
            self.value = Value::Later;
            self.formula = Line::new();
        }
        self
    }
}

/// A line as it is once it is shown.
fn complete(session: &Session, derivation: &Derivation, line: &DerivationLine) -> UpdateRow {
    UpdateRow {
        symbol: line.symbol().into_owned(),
        words: line.quantity.words(derivation.rule).into_owned(),
        formula: match (line.is_given(), line.formula.is_leaf()) {
            (true, _) => Line::new().with("given", Role::Muted),
            (_, true) => line
                .formula
                .print(Form::Symbols(session.digits().decimal())),
            _ => line.numbers(session.digits()),
        },
        value: Value::Shown(session.shown(line.shown())),
        adds_up: line.adds_up(session.digits()),
        next: false,
        role: line.role(),
    }
}

/// `Update 121 · ih[0,3], from input 0 to hidden node 3 · epoch 2, item 57`
fn heading(session: &Session) -> Heading {
    let (record, parameter) = (session.record(), session.parameter());
    let least = format!("Update {}", record.step + 1);
    let short = format!("{least} · {parameter}");
    if let (Some(number), Some(network)) = (record.item, session.lesson().model.network()) {
        let item = format!("epoch {}, item {number}", record.epoch + 1);
        let way = way_of(network, session.focus());
        let forms = [
            format!("{short}, {way} · {item}"),
            format!("{short} · {item}"),
        ];
        return Heading::of(forms.into_iter().chain([short, least]));
    }
    // The lines have a name of their own for it.
    let symbol = Quantity::Before.symbol();
    let named = (symbol != parameter).then(|| format!("{least} · {symbol} = {parameter}"));
    Heading::of(named.into_iter().chain([short, least]))
}

/// `Δ: the plain step ...`, so that it is clear which line is meant; before it what was predicted.
fn meaning(line: &DerivationLine, said: Option<&Said>) -> Line {
    let compared = said.map(|said| {
        let words = if said.right {
            "Right, you said"
        } else {
            "You said"
        };
        format!("{words} {}. ", said.text)
    });
    Line::new()
        .with(format!("{}: ", line.symbol()), line.role())
        .with(compared.unwrap_or_default(), Role::Strong)
        .with(line.meaning, Role::Plain)
}

/// `from w 3.56, previous delta m 0.044`
fn given(session: &Session, derivation: &Derivation) -> Line {
    let mut line = Line::new();
    for quantity in [Quantity::Before, Quantity::Memory] {
        if let Some(shown) = derivation.text(quantity, session.digits()) {
            let words = if quantity == Quantity::Before {
                "from".into()
            } else {
                quantity.words(derivation.rule)
            };
            let separator = if line.spans.is_empty() { "" } else { ", " };
            let shown = format!("{} {shown}", quantity.symbol());
            line = line
                .and(format!("{separator}{words} "))
                .with(shown, Role::Quantity(quantity));
        }
    }
    line
}

/// `change +0.049   effective rate 0.0181481`
fn result(session: &Session, derivation: &Derivation) -> Line {
    let mut line = Line::new();
    if let Some(change) = derivation.rough(Quantity::Change) {
        let shown = number::display_rough_signed(change, session.digits());
        line.push(format!("change {shown}"), Role::Quantity(Quantity::Change));
    }
    if let Some(rate) = derivation.telling_rate(session.digits()) {
        let told = format!("effective rate {rate}");
        let role = Role::Quantity(Quantity::EffectiveRate);
        line = line.and("   ").with(told, role);
    }
    line
}
