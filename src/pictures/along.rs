//! What a number does along a run, in a few sentences.

use crate::explain::{Line, Role, plural};

/// So few values are told one by one.
pub(super) const FEW: usize = 6;
/// Of more, so many of the last.
pub(super) const LAST: usize = 3;
/// So many turns are told one by one.
const MOST_TURNS: usize = 3;
/// Of the way from its lowest to its highest place, what is less than this part is no turn.
const LEAST: f64 = 1e-6;

/// A number along a run.
pub(super) struct Along<'a> {
    /// What it is called: `w`, `loss`.
    pub what: &'a str,
    /// Where it is what it is: `after 3 updates`.
    pub place: &'a dyn Fn(u64) -> String,
    /// The number as it is shown.
    pub show: &'a dyn Fn(f64) -> String,
    pub role: Role,
    /// By updates.
    pub values: &'a [(u64, f64)],
}

impl Along<'_> {
    /// Every value where they are few; otherwise from where to where it goes, where it turns, and the last of them.
    pub fn sentences(&self) -> Vec<Line> {
        let values = self.values;
        if values.len() <= FEW {
            return values.iter().map(|value| self.sentence(value)).collect();
        }
        let (first, last) = (&values[0], &values[values.len() - 1]);
        let way = self.numbered(Line::plain(format!("{} goes from ", self.what)), first);
        let mut lines = vec![self.numbered(way.and(" to "), last).and(".")];
        if values.windows(2).any(|pair| pair[1].0 > pair[0].0 + 1) {
            let text = format!("{} places on its way are looked at.", values.len());
            lines.push(Line::plain(text));
        }
        lines.extend(self.turning());
        lines.push(Line::plain("The last of them:"));
        let last = &values[values.len() - LAST..];
        lines.extend(last.iter().map(|value| self.sentence(value)));
        lines
    }

    /// `w after 3 updates: 3.61`
    fn sentence(&self, (step, value): &(u64, f64)) -> Line {
        let place = (self.place)(*step);
        Line::plain(format!("{} {place}: ", self.what)).with((self.show)(*value), self.role)
    }

    /// `3.61 after 3 updates`
    fn numbered(&self, line: Line, (step, value): &(u64, f64)) -> Line {
        let place = (self.place)(*step);
        line.with((self.show)(*value), self.role)
            .and(format!(" {place}"))
    }

    /// Where it turns back, or that it does not.
    fn turning(&self) -> Option<Line> {
        let by_size = |pair: &&(u64, f64), other: &&(u64, f64)| pair.1.total_cmp(&other.1);
        let lowest = self.values.iter().min_by(by_size)?;
        let highest = self.values.iter().max_by(by_size)?;
        let range = highest.1 - lowest.1;
        if range == 0.0 {
            return Some(Line::plain("It stays as it is."));
        }
        let (turns, way) = turns(self.values, LEAST * range);
        let line = match turns.as_slice() {
            [] if way > 0.0 => Line::plain("It rises all the way."),
            [] => Line::plain("It falls all the way."),
            few if few.len() <= MOST_TURNS => {
                let mut line = Line::plain("It turns at ");
                for (index, turn) in few.iter().enumerate() {
                    let between = ["", ", then at "][usize::from(index > 0)];
                    line = self.numbered(line.and(between), &self.values[*turn]);
                }
                line.and(".")
            }
            many => {
                let count = many.len() as u64;
                let times = plural(count, "time");
                let line = Line::plain(format!("It turns {count} {times}; it is highest, "));
                let line = self.numbered(line, highest).and(", and lowest, ");
                self.numbered(line, lowest).and(".")
            }
        };
        let wiggles = self.values.windows(2).any(|pair| {
            let moved = pair[1].1 - pair[0].1;
            turns.is_empty() && moved * way < 0.0
        });
        Some(if wiggles {
            line.and(" (It wavers by less than a millionth of that.)")
        } else {
            line
        })
    }
}

/// The places at which values turn back by more than the least, and which way they go at first: 1 up, -1 down.
fn turns(values: &[(u64, f64)], least: f64) -> (Vec<usize>, f64) {
    let (mut turns, mut extreme, mut way, mut first) = (Vec::new(), 0, 0.0, 0.0);
    for (index, (_, value)) in values.iter().enumerate() {
        let moved = value - values[extreme].1;
        if way == 0.0 {
            if moved.abs() > least {
                way = moved.signum();
                first = way;
                extreme = index;
            }
        } else if moved * way >= 0.0 {
            extreme = index;
        } else if moved.abs() > least {
            turns.push(extreme);
            way = -way;
            extreme = index;
        }
    }
    (turns, first)
}
