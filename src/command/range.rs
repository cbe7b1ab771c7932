//! Ranges of numbers as they are typed: `0..0.95/20` is twenty numbers from 0 to 0.95, both included.

use std::ops::Range;

use super::Complaint;
use super::arguments::{Word, whole};
use crate::math::Interval;
use crate::math::expression::{Decimal, constant_in};

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
    pub fn read(mark: Decimal, text: &str) -> Result<Self, Complaint> {
        let Some(dots) = text.find("..") else {
            let message = format!("`{text}` is no range of numbers");
            return Err(Complaint::new(0..text.len(), message, ADVICE));
        };
        let last = dots + "..".len();
        let Some(stroke) = text[last..].rfind('/').map(|index| last + index) else {
            let message = format!("`{text}` does not say how many numbers");
            let advice = format!("{text}/20 is twenty numbers, both ends included");
            return Err(Complaint::new(0..text.len(), message, &advice));
        };
        let number = |span: Range<usize>| {
            let part = &text[span.clone()];
            match constant_in(mark, part) {
                Ok(value) if value >= 0.0 => Ok(value),
                Ok(_) => {
                    let message = format!("{part} is below 0");
                    Err(Complaint::new(span, message, "numbers of 0 or more"))
                }
                Err(_) if part.is_empty() => {
                    let message = format!("`{text}` has a number too few");
                    Err(Complaint::new(0..text.len(), message, ADVICE))
                }
                Err(mistake) => {
                    let word = Word { text: part, span };
                    Err(word.mistaken(mistake))
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
        let read: usize = whole(&text[count.clone()]).ok_or_else(few)?;
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
