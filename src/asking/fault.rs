//! What is wrong with an exercise, and where in it.

/// A step down into an exercise as a lesson has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// A field.
    Field(&'static str),
    /// An item of a list.
    Item(usize),
}

/// Something wrong with an exercise.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// The way down to what is meant; none for the whole exercise.
    pub place: Vec<Piece>,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// Something wrong with the whole exercise.
    pub fn whole(message: impl Into<String>) -> Self {
        Self::of(&[], message)
    }

    /// Something wrong with a field.
    pub fn field(name: &'static str, message: impl Into<String>) -> Self {
        Self::of(&[Piece::Field(name)], message)
    }

    /// Something wrong with an item of a list.
    pub fn item(name: &'static str, index: usize, message: impl Into<String>) -> Self {
        Self::of(&[Piece::Field(name), Piece::Item(index)], message)
    }

    fn of(place: &[Piece], message: impl Into<String>) -> Self {
        Self {
            place: place.to_vec(),
            message: message.into(),
        }
    }

    /// The same, seen from a step further up.
    #[must_use]
    pub fn within(mut self, field: &'static str) -> Self {
        self.place.insert(0, Piece::Field(field));
        self
    }
}
