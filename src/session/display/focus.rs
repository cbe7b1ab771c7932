//! Which parameter is looked at.

use crate::command::Aim;
use crate::explain::{Line, Role};
use crate::math::{Network, Place};
use crate::session::{Outcome, Session};

impl Session {
    /// Looks at another parameter. What has been shown of the update stays shown, as far as both have it.
    pub(in crate::session) fn focus_on(&mut self, aim: Aim) -> Outcome {
        let parameter = self.aimed_at(aim);
        self.walk.look_at(self.runs.run(), parameter);
        let this = Line::plain("This is ").with(self.parameter(), Role::Code);
        Outcome::says(this.and("."))
    }

    fn aimed_at(&self, aim: Aim) -> usize {
        let count = self.lesson.model.parameters().len();
        match (aim, self.lesson.model.network()) {
            (Aim::Parameter(parameter), _) => parameter,
            (Aim::Next, _) | (Aim::Down | Aim::Right, None) => (self.focus() + 1) % count,
            (Aim::Previous, _) | (Aim::Up | Aim::Left, None) => (self.focus() + count - 1) % count,
            (Aim::Up, Some(network)) => self.beside(network, above),
            (Aim::Down, Some(network)) => self.beside(network, below),
            (Aim::Left, Some(network)) => self.beside(network, left_of),
            (Aim::Right, Some(network)) => self.beside(network, right_of),
        }
    }

    /// The parameter at a place beside the one that is looked at.
    fn beside(&self, network: &Network, beside: fn(&Network, Place) -> Place) -> usize {
        network.parameter_at(beside(network, network.place(self.focus())))
    }
}

/// The weight above, which comes from the node before; above the first stands the bias.
fn above(network: &Network, place: Place) -> Place {
    rows_below(network, place, network.layers()[place.layer - 1].from)
}

/// The weight below, which comes from the node after; below the last stands the bias.
fn below(network: &Network, place: Place) -> Place {
    rows_below(network, place, 1)
}

fn rows_below(network: &Network, place: Place, rows: usize) -> Place {
    let count = network.layers()[place.layer - 1].from;
    let row = (place.from.unwrap_or(count) + rows) % (count + 1);
    Place {
        from: (row < count).then_some(row),
        ..place
    }
}

/// The weight to the node after, and after the last to the first of the next layer.
fn right_of(network: &Network, place: Place) -> Place {
    let layers = network.layers();
    if place.to + 1 < layers[place.layer - 1].to {
        let to = place.to + 1;
        return Place { to, ..place };
    }
    let next = place.layer % layers.len() + 1;
    Place {
        layer: next,
        from: Some(row_in(network, place, next)),
        to: 0,
    }
}

/// The weight to the node before, and before the first to the last of the layer before.
fn left_of(network: &Network, place: Place) -> Place {
    let layers = network.layers();
    if place.to > 0 {
        let to = place.to - 1;
        return Place { to, ..place };
    }
    let before = (place.layer + layers.len() - 2) % layers.len() + 1;
    Place {
        layer: before,
        from: Some(row_in(network, place, before)),
        to: layers[before - 1].to - 1,
    }
}

/// The row of a place in another layer, as far as that has so many.
fn row_in(network: &Network, place: Place, layer: usize) -> usize {
    let layers = network.layers();
    let row = place.from.unwrap_or(layers[place.layer - 1].from);
    row.min(layers[layer - 1].from - 1)
}
