//! The plane of two inputs, by what the network answers to each of its points.

use super::answers::right_words;
use super::{Answers, Pictured, Plane, Prediction, Subject};
use crate::explain::{Digits, Line, Text, number};

/// More items than these hide the plane.
const MOST_ITEMS: usize = 2_000;
/// From this certainty on an answer counts as certain.
pub const CERTAIN: f64 = 0.8;
/// Heights that are told,
const HEIGHTS: usize = 5;
/// and points of each that are asked about.
const POINTS: usize = 101;

/// The plane of two inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionView {
    pub plane: Plane,
    /// What each answer is called.
    pub names: Vec<String>,
    pub items: Vec<Prediction>,
    pub wrong: usize,
    pub digits: Digits,
    /// What is answered to its points.
    pub answers: Answers,
}

impl DecisionView {
    /// The answer in the middle of each cell of a grid over the plane, row by row from the top, and how certain it is.
    pub fn grid(&self, columns: usize, rows: usize) -> Vec<Option<(usize, f64)>> {
        let middle = |cell: usize, cells: usize| (cell as f64 + 0.5) / cells as f64;
        let points = (0..rows).flat_map(|row| {
            let up = 1.0 - middle(row, rows);
            (0..columns).map(move |column| (middle(column, columns), up))
        });
        let points: Vec<[f64; 2]> = points
            .map(|(across, up)| self.plane.point(across, up))
            .collect();
        self.answers.at_points(&points)
    }
}

impl Pictured for DecisionView {
    fn missing(subject: &Subject) -> Option<&'static str> {
        let network = subject.network()?;
        if network.design().sizes[0] != 2 {
            return Some("only a network with two inputs has a plane of decisions");
        }
        let decides = network.answer(network.items().targets(0)).is_some();
        (!decides).then_some("the outputs of this network are amounts and decide nothing")
    }

    fn of(subject: &Subject) -> Option<Self> {
        let answers = Answers::of(subject)?;
        let network = answers.network();
        let outputs = network.design().sizes.last().copied().unwrap_or(1);
        Some(Self {
            plane: Plane::around(network),
            names: (0..outputs.max(2))
                .map(|answer| answers.name(answer))
                .collect(),
            items: answers.to_items(0..network.items().len().min(MOST_ITEMS)),
            wrong: answers.count_wrong(subject).unwrap_or(0),
            digits: subject.digits,
            answers,
        })
    }

    /// The plane, from top to bottom: which answer where.
    fn words(subject: &Subject) -> Text {
        let Some(answers) = Answers::of(subject) else {
            return Text::default();
        };
        let plane = Plane::around(answers.network());
        let heights = (0..HEIGHTS).rev();
        let across = heights.map(|height| {
            let up = height as f64 / (HEIGHTS - 1) as f64;
            Line::plain(across_sentence(subject, &answers, plane, up))
        });
        let lines = across.chain(answers.wrong_sentences(subject));
        lines.collect::<Vec<_>>().into()
    }

    fn heading(&self) -> String {
        format!("{} wrong", self.wrong)
    }

    /// `3 of 4 right (75%). It is certain of 2 of them.`
    fn verdict(&self) -> Option<Line> {
        let count = self.answers.network().items().len();
        let right = right_words(count - self.wrong.min(count), count, self.digits.decimal());
        let outputs = || self.items.iter().filter_map(|item| item.outputs.as_ref());
        let network = self.answers.network();
        let certain = outputs().filter(|outputs| {
            let certainty = network.certainty(outputs);
            certainty.is_some_and(|certainty| certainty >= CERTAIN)
        });
        // Of very many items not all are asked.
        let certain = (self.items.len() == count).then(|| match certain.count() {
            0 => " It is certain of none.".to_owned(),
            all if all == count => " It is certain of each.".to_owned(),
            some => format!(" It is certain of {some} of them."),
        });
        Some(Line::plain(format!(
            "{right}.{}",
            certain.unwrap_or_default()
        )))
    }
}

/// `Where input 1 is 0.5: 0 up to input 0 = 0.3, then 1.`
fn across_sentence(subject: &Subject, answers: &Answers, plane: Plane, up: f64) -> String {
    let show = |value: f64| number::display(value, subject.digits.few());
    let share = |index: usize| index as f64 / (POINTS - 1) as f64;
    let points: Vec<[f64; 2]> = (0..POINTS).map(|i| plane.point(share(i), up)).collect();
    let said = answers.at_points(&points);
    let said: Vec<Option<usize>> = said.into_iter().map(|said| Some(said?.0)).collect();
    let name = |answer: Option<usize>| answer.map_or_else(String::new, |a| answers.name(a));
    let edges = said.windows(2).enumerate();
    let edges = edges.filter(|(_, pair)| pair[0] != pair[1]);
    let parts = edges.map(|(index, pair)| {
        let edge = plane.point(share(index) / 2.0 + share(index + 1) / 2.0, up)[0];
        format!(" up to input 0 = {}, then {}", show(edge), name(pair[1]))
    });
    let parts: Vec<String> = parts.collect();
    let first = format!("Where input 1 is {}: {}", show(points[0][1]), name(said[0]));
    let end = if parts.is_empty() {
        " everywhere."
    } else {
        "."
    };
    first + &parts.concat() + end
}
