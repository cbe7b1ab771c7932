//! The plane of two inputs, by what the network answers to each of its points.

use crate::explain::Digits;
use crate::math::Network;
use crate::session::{Answers, Plane, Session, answer_name};

/// The plane of two inputs.
#[derive(Debug, Clone, PartialEq)]
pub struct DecisionView {
    /// The part of it that is drawn.
    pub plane: Plane,
    /// What each answer is called.
    pub names: Vec<String>,
    /// The items in it.
    pub items: Vec<Mark>,
    /// How many of them are answered wrong.
    pub wrong: usize,
    /// How many digits a number has at most.
    pub digits: Digits,
    answers: Answers,
}

/// An item in the plane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Its inputs.
    pub point: [f64; 2],
    /// The right answer.
    pub meant: usize,
    /// Whether the network's answer is wrong.
    pub wrong: bool,
    /// Whether the update on the screen learns from it.
    pub current: bool,
}

/// More items than these hide the plane.
const MOST_ITEMS: usize = 2_000;

impl DecisionView {
    pub(super) fn of(session: &Session) -> Option<Self> {
        let answers = Answers::of(session)?;
        let network = answers.network();
        let count = network.items().len().min(MOST_ITEMS);
        let mark = |prediction: crate::session::Prediction| {
            Some(Mark {
                point: [*prediction.inputs.first()?, *prediction.inputs.get(1)?],
                meant: prediction.meant?,
                wrong: prediction.is_wrong(),
                current: answers.current() == Some(prediction.item),
            })
        };
        let items: Vec<Mark> = answers
            .to_items(0..count)
            .into_iter()
            .filter_map(mark)
            .collect();
        Some(Self {
            plane: Plane::around(network),
            names: names(network),
            wrong: session.count_wrong(&answers).unwrap_or(0),
            items,
            digits: session.digits(),
            answers,
        })
    }

    /// The answer in the middle of each cell of a grid over the plane, row by row from the top.
    pub fn grid(&self, columns: usize, rows: usize) -> Vec<Option<usize>> {
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

    /// How many numbers one answer takes to be found.
    pub fn effort(&self) -> usize {
        self.answers.network().names().len()
    }
}

fn names(network: &Network) -> Vec<String> {
    let outputs = network.design().sizes.last().copied().unwrap_or(1);
    (0..outputs.max(2))
        .map(|answer| answer_name(network, answer))
        .collect()
}
