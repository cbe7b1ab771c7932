//! Ranges of numbers as they are typed: `0..0.95/20` is twenty numbers from 0 to 0.95, both included.

use std::ops::Range;

use super::Complaint;
use crate::explain::number;
use crate::math::Interval;

/// The most numbers of a range.
const MOST: usize = 1000;
/// What a range looks like.
const ADVICE: &str = "FIRST..LAST/COUNT, such as 0..0.95/20";

/// Numbers that are spaced evenly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spaced {
    /// The first and the last.
    pub interval: Interval,
    /// How many they are; at least two.
    pub count: usize,
}

impl Spaced {
    /// The numbers, in order.
    pub fn values(&self) -> Vec<f64> {
        (0..self.count)
            .map(|index| self.interval.at(index, self.count))
            .collect()
    }

    /// Reads a range of numbers that are 0 or more.
    ///
    /// # Errors
    /// Where the text is no such range; the complaint marks its bytes.
    pub fn read(text: &str) -> Result<Self, Complaint> {
        let Some(dots) = text.find("..") else {
            let message = format!("`{text}` is no range of numbers");
            return Err(Complaint::new(0..text.len(), message, ADVICE));
        };
        let last = dots + "..".len();
        let Some(stroke) = text[last..].find('/').map(|index| last + index) else {
            let message = format!("`{text}` does not say how many numbers");
            let advice = format!("{text}/20 is twenty numbers, both ends included");
            return Err(Complaint::new(0..text.len(), message, &advice));
        };
        let number = |span: Range<usize>| {
            let part = &text[span.clone()];
            match number::parse(part) {
                Some(value) if value >= 0.0 => Ok(value),
                Some(_) => {
                    let message = format!("{part} is below 0");
                    Err(Complaint::new(span, message, "numbers of 0 or more"))
                }
                None if part.is_empty() => {
                    let message = format!("`{text}` has a number too few");
                    Err(Complaint::new(0..text.len(), message, ADVICE))
                }
                None => {
                    let message = format!("`{part}` is no number");
                    Err(Complaint::new(span, message, ADVICE))
                }
            }
        };
        let (low, high) = (number(0..dots)?, number(last..stroke)?);
        let count = stroke + 1..text.len();
        let few = || {
            let message = format!("`{}` is no count of numbers", &text[count.clone()]);
            let advice = format!("a whole number from 2 to {MOST}");
            Complaint::new(count.clone(), message, &advice)
        };
        let read: usize = text[count.clone()].parse().map_err(|_| few())?;
        if !(2..=MOST).contains(&read) {
            return Err(few());
        }
        if low >= high {
            let message = "this range ends before it begins".to_owned();
            return Err(Complaint::new(0..stroke, message, "the lower number first"));
        }
        Ok(Self {
            interval: Interval { low, high },
            count: read,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_includes_both_ends() {
        let range = Spaced::read("0..0.95/20").unwrap();
        let values = range.values();
        assert_eq!((values.len(), values[0], values[19]), (20, 0.0, 0.95));
        assert_eq!(Spaced::read("1e-3..1e-2/2").unwrap().values(), [1e-3, 1e-2]);
        assert_eq!(Spaced::read("0...5/3").unwrap().values(), [0.0, 0.25, 0.5]);
    }

    #[test]
    fn mistakes_mark_the_place() {
        for (text, span, message) in [
            ("0.5", 0..3, "`0.5` is no range of numbers"),
            ("0..0.5", 0..6, "`0..0.5` does not say how many numbers"),
            ("0..0.5/x", 7..8, "`x` is no count of numbers"),
            ("0..0.5/1", 7..8, "`1` is no count of numbers"),
            ("0..0.5/1001", 7..11, "`1001` is no count of numbers"),
            ("0..0.5/", 7..7, "`` is no count of numbers"),
            ("a..0.5/3", 0..1, "`a` is no number"),
            ("0..b/3", 3..4, "`b` is no number"),
            ("..b/3", 0..5, "`..b/3` has a number too few"),
            ("-1..1/3", 0..2, "-1 is below 0"),
            ("1..0/3", 0..4, "this range ends before it begins"),
            ("1..1/3", 0..4, "this range ends before it begins"),
        ] {
            let complaint = Spaced::read(text).unwrap_err();
            assert_eq!(
                (complaint.span, complaint.message.as_str()),
                (span, message)
            );
        }
    }
}
