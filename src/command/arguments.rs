//! The words of a command line, read one after another.

use std::ops::Range;

use super::{Amount, Choice, Complaint, Row, Vocabulary, advise};
use crate::explain::number;

/// One word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// The word itself.
    pub text: &'a str,
    /// Its bytes in the line.
    pub span: Range<usize>,
}

impl Word<'_> {
    /// A complaint about this word.
    pub fn complaint(&self, message: impl Into<String>, advice: impl Into<String>) -> Complaint {
        Complaint {
            span: self.span.clone(),
            message: message.into(),
            advice: advice.into(),
        }
    }
}

/// Splits a line into words; `#` at the start of a word begins a comment.
pub fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let mut position = 0;
    std::iter::from_fn(move || {
        let start = position + line[position..].find(|c: char| !c.is_whitespace())?;
        if line[start..].starts_with('#') {
            return None;
        }
        let end = line[start..]
            .find(char::is_whitespace)
            .map_or(line.len(), |length| start + length);
        position = end;
        Some(Word {
            text: &line[start..end],
            span: start..end,
        })
    })
}

/// What is left of a line while it is being understood.
pub struct Arguments<'a> {
    /// The names that may be mentioned.
    pub vocabulary: &'a Vocabulary<'a>,
    words: std::vec::IntoIter<Word<'a>>,
    /// Where the next word would stand.
    end: usize,
}

impl<'a> Arguments<'a> {
    /// All the words of `line`.
    pub fn new(line: &'a str, vocabulary: &'a Vocabulary<'a>) -> Self {
        let words: Vec<_> = words(line).collect();
        Self {
            vocabulary,
            end: words.last().map_or(0, |word| word.span.end),
            words: words.into_iter(),
        }
    }

    /// The next word, where there is one.
    pub fn next_word(&mut self) -> Option<Word<'a>> {
        self.words.next()
    }

    /// The next word, which must be there; `what` says what is expected.
    pub fn need(&mut self, what: &str, advice: &str) -> Result<Word<'a>, Complaint> {
        let end = self.end;
        self.next_word().ok_or_else(|| Complaint {
            span: end..end + 1,
            message: format!("{what} is missing here"),
            advice: advice.to_owned(),
        })
    }

    /// Complains about words that are left over.
    pub fn finish(&mut self, row: &Row) -> Result<(), Complaint> {
        match self.next_word() {
            None => Ok(()),
            Some(word) => Err(word.complaint(
                format!("`{}` has no use for `{}`", row.name, word.text),
                format!("it is used like this: {}", row.usage()),
            )),
        }
    }

    /// A count, 1 where none is given.
    pub fn count(&mut self) -> Result<u64, Complaint> {
        self.next_word().map_or(Ok(1), |word| count(&word))
    }

    /// One of several names, with `next` and `previous` for those that have an order.
    pub fn choice<T: Copy>(
        &mut self,
        what: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
    ) -> Result<Choice<T>, Complaint> {
        let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        let word = self.need(
            &format!("the {what}"),
            &format!("one of {}", names.join(", ")),
        )?;
        choice(&word, what, all, name)
    }

    /// A finite number.
    pub fn number(&mut self, what: &str) -> Result<f64, Complaint> {
        let word = self.need(
            &format!("a number for {what}"),
            "a number, such as 0.5 or 1e-3",
        )?;
        number(&word, what)
    }

    /// A number that is 0 or more, or `up` or `down`.
    pub fn amount(&mut self, what: &str) -> Result<Amount, Complaint> {
        let word = self.need(
            &format!("a number for {what}"),
            "a number, such as 0.5, or `up` or `down`",
        )?;
        match word.text {
            "up" => return Ok(Amount::Up),
            "down" => return Ok(Amount::Down),
            _ => {}
        }
        let value = number(&word, what)?;
        if value < 0.0 {
            return Err(word.complaint(
                format!("the {what} cannot be below 0"),
                "0 or more; to turn a gradient's sign around, use `set convention`",
            ));
        }
        Ok(Amount::Value(value))
    }
}

/// A finite number; `what` says of what.
pub fn number(word: &Word, what: &str) -> Result<f64, Complaint> {
    number::parse(word.text).ok_or_else(|| {
        word.complaint(
            format!("`{}` is no number that {what} could be", word.text),
            "a number, such as 0.5 or 1e-3",
        )
    })
}

/// One of several names, or `next` or `previous`.
pub fn choice<T: Copy>(
    word: &Word,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Choice<T>, Complaint> {
    match word.text {
        "next" => return Ok(Choice::Next),
        "previous" => return Ok(Choice::Previous),
        _ => {}
    }
    let found = all.iter().find(|value| name(**value) == word.text);
    found.map(|value| Choice::This(*value)).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|value| name(*value)).collect();
        word.complaint(
            format!("there is no {what} `{}`", word.text),
            advise(word.text, names),
        )
    })
}

/// A count of 1 or more.
pub fn count(word: &Word) -> Result<u64, Complaint> {
    let parsed = word.text.parse().ok().filter(|&n| n > 0);
    parsed.ok_or_else(|| {
        word.complaint(
            format!("`{}` is no count", word.text),
            "a whole number from 1, such as 3",
        )
    })
}
