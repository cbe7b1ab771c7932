//! The words of a command line, read one after another.

use std::ops::Range;
use std::str::FromStr;

use super::phrase::Phrase;
use super::{Amount, Choice, Complaint, Row, Vocabulary, advise};
use crate::explain::begun;
use crate::math::expression::{Kind, Mistake, last_side, plain};

/// One word and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    pub text: &'a str,
    pub span: Range<usize>,
}

/// Words and what each is the name of.
pub type Names<'a, T> = &'a [(&'a str, T)];

impl<'a> Word<'a> {
    /// A part of a line.
    pub fn within(line: &str, text: &'a str) -> Self {
        let start = offset(line, text);
        Self {
            text,
            span: start..start + text.len(),
        }
    }

    /// What the word is the name of.
    pub fn among<T: Copy>(&self, names: Names<T>) -> Option<T> {
        let named = names.iter().find(|(name, _)| *name == self.text);
        named.map(|(_, value)| *value)
    }

    /// The same; `otherwise` says what is wrong with a word that is none of them, for which `{}` stands.
    pub fn one_of<T: Copy>(
        &self,
        names: Names<T>,
        otherwise: &str,
        advice: impl Into<String>,
    ) -> Result<T, Complaint> {
        self.read(|_| self.among(names), otherwise, advice)
    }

    /// What the word is understood as; `otherwise` likewise.
    pub fn read<T>(
        &self,
        understood: impl FnOnce(&str) -> Option<T>,
        otherwise: &str,
        advice: impl Into<String>,
    ) -> Result<T, Complaint> {
        let message = || otherwise.replace("{}", self.text);
        understood(self.text).ok_or_else(|| self.complaint(message(), advice))
    }

    pub fn complaint(&self, message: impl Into<String>, advice: impl Into<String>) -> Complaint {
        Complaint::new(self.span.clone(), shortened(&message.into()), advice)
    }

    /// What is wrong with it as an expression.
    pub fn mistaken(&self, mistake: Mistake) -> Complaint {
        Complaint::new(mistake.span, shortened(&mistake.message), mistake.advice)
            .shifted(self.span.start)
    }
}

/// A whole number.
pub fn whole<T: FromStr>(text: &str) -> Option<T> {
    plain(text).parse().ok()
}

/// A message that quotes something endless, cut to what can be read at a glance.
pub fn shortened(message: &str) -> String {
    let words: Vec<String> = message.split(' ').map(begun).collect();
    words.join(" ")
}

/// The part of a line before its comment. `#` at the start of a word begins one.
pub fn without_comment(line: &str) -> &str {
    let starts_word = |index: usize| {
        line[..index]
            .chars()
            .next_back()
            .is_none_or(char::is_whitespace)
    };
    let comment = line
        .match_indices('#')
        .map(|(index, _)| index)
        .find(|index| starts_word(*index));
    &line[..comment.unwrap_or(line.len())]
}

/// Where a part of a line begins in it, in bytes.
pub fn offset(line: &str, part: &str) -> usize {
    part.as_ptr().addr().saturating_sub(line.as_ptr().addr())
}

/// The words of a line, without its comment.
pub fn words(line: &str) -> impl Iterator<Item = Word<'_>> {
    let words = without_comment(line).split_whitespace();
    words.map(move |text| Word::within(line, text))
}

/// What is left of a line while it is being understood.
pub struct Arguments<'a> {
    /// The names that may be mentioned.
    pub vocabulary: &'a Vocabulary<'a>,
    line: &'a str,
    /// Where what is left begins.
    position: usize,
}

impl<'a> Arguments<'a> {
    pub fn new(line: &'a str, vocabulary: &'a Vocabulary<'a>) -> Self {
        Self {
            vocabulary,
            line: without_comment(line),
            position: 0,
        }
    }

    pub fn next_word(&mut self) -> Option<Word<'a>> {
        let word = self.peek()?;
        self.position = word.span.end;
        Some(word)
    }

    pub fn peek(&self) -> Option<Word<'a>> {
        let text = self.line[self.position..].split_whitespace().next()?;
        Some(Word::within(self.line, text))
    }

    /// Everything that is left, where there is anything.
    pub fn rest(&mut self) -> Option<Word<'a>> {
        let text = self.line[self.position..].trim();
        self.position = self.line.len();
        (!text.is_empty()).then(|| Word::within(self.line, text))
    }

    /// Takes `word` off the end of what is left, where it stands there.
    pub fn take_last(&mut self, word: &str) -> bool {
        let rest = self.line[self.position..].trim_end();
        let taken = rest
            .strip_suffix(word)
            .filter(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        if let Some(before) = taken {
            self.line = &self.line[..self.position + before.len()];
        }
        taken.is_some()
    }

    /// Takes `word N` off the end of what is left, where it stands there.
    pub fn take_last_count(&mut self, word: &str) -> Result<Option<u64>, Complaint> {
        let mut rest = self.line[self.position..].split_whitespace();
        let (Some(number), Some(name)) = (rest.next_back(), rest.next_back()) else {
            return Ok(None);
        };
        if name != word {
            return Ok(None);
        }
        let count = count(&Word::within(self.line, number))?;
        self.line = &self.line[..offset(self.line, name)];
        Ok(Some(count))
    }

    /// The next word, which must be there; `what` says what is expected.
    pub fn need(&mut self, what: &str, advice: &str) -> Result<Word<'a>, Complaint> {
        let missing = self.missing(what, advice);
        self.next_word().ok_or(missing)
    }

    /// The next word, without an `=` that may stand between it and a value.
    pub fn need_name(&mut self, what: &str, advice: &str) -> Result<Word<'a>, Complaint> {
        let word = self.need(what, advice)?;
        let length = word
            .text
            .find('=')
            .filter(|length| *length > 0)
            .unwrap_or(word.text.len());
        self.position = word.span.start + length;
        let rest = self.line[self.position..].trim_start();
        if let Some(value) = rest
            .strip_prefix('=')
            .filter(|value| !value.starts_with('='))
        {
            self.position = self.line.len() - value.len();
        }
        Ok(Word::within(self.line, &word.text[..length]))
    }

    fn missing(&self, what: &str, advice: &str) -> Complaint {
        let end = self.line.trim_end().len();
        Complaint::new(end..end + 1, format!("{what} is missing here"), advice)
    }

    /// Everything that is left, which must be there.
    pub fn need_rest(&mut self, what: &str, advice: &str) -> Result<Word<'a>, Complaint> {
        let missing = self.missing(what, advice);
        self.rest().ok_or(missing)
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

    /// What the next word is the name of, `usual` where there is none; see [`Word::one_of`].
    pub fn one_of<T: Copy>(
        &mut self,
        usual: T,
        names: Names<T>,
        otherwise: &str,
        advice: &str,
    ) -> Result<T, Complaint> {
        self.next_word()
            .map_or(Ok(usual), |word| word.one_of(names, otherwise, advice))
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

    /// All that is left, as an expression that comes to a number; of an equation, its last side.
    pub fn number(&mut self, what: &str) -> Result<Phrase, Complaint> {
        let advice = "a number such as 0.5, or an expression such as `lr/2`";
        let mut rest = self.need_rest(&format!("a value for {what}"), advice)?;
        let last = last_side(rest.text).trim();
        let start = rest.span.start + offset(rest.text, last);
        (rest.text, rest.span) = (last, start..start + last.len());
        phrase(&rest, Kind::Number, self.vocabulary)
    }

    /// All that is left, as a condition.
    pub fn condition(&mut self) -> Result<Phrase, Complaint> {
        let rest = self.need_rest(
            "a condition",
            "a comparison, such as `step > 10` or `delta < 0.001`",
        )?;
        phrase(&rest, Kind::Truth, self.vocabulary)
    }

    /// A number, or `up` or `down`.
    pub fn amount(&mut self, what: &str) -> Result<Amount, Complaint> {
        let amount = match self.peek().map_or("", |word| word.text) {
            "up" => Amount::Up,
            "down" => Amount::Down,
            _ => return self.number(what).map(Amount::Value),
        };
        self.next_word();
        Ok(amount)
    }
}

/// An expression that comes to what is wanted.
pub fn phrase(words: &Word, kind: Kind, vocabulary: &Vocabulary) -> Result<Phrase, Complaint> {
    let phrase = Phrase::read(words.text, vocabulary);
    let phrase = phrase.map_err(|mistake| words.mistaken(mistake))?;
    if phrase.expression.kind() == kind {
        return Ok(phrase);
    }
    Err(match kind {
        Kind::Number => words.complaint(
            "this is true or false, and a number is needed",
            "a number, such as 0.5",
        ),
        Kind::Truth => words.complaint(
            "this is a number, and a condition is needed",
            "a comparison, such as `step > 10` or `delta < 0.001`",
        ),
    })
}

/// One of several names, or `next` or `previous`.
pub fn choice<T: Copy>(
    word: &Word,
    what: &str,
    all: &[T],
    name: impl Fn(T) -> &'static str,
) -> Result<Choice<T>, Complaint> {
    let found = |text: &str| match text {
        "next" => Some(Choice::Next),
        "previous" => Some(Choice::Previous),
        _ => {
            let found = all.iter().find(|value| name(**value) == text);
            found.copied().map(Choice::This)
        }
    };
    let names = all.iter().map(|value| name(*value));
    let otherwise = format!("there is no {what} `{{}}`");
    word.read(found, &otherwise, advise(word.text, names))
}

/// A count of 1 or more.
pub fn count(word: &Word) -> Result<u64, Complaint> {
    let count = |text: &str| whole(text).filter(|&n| n > 0);
    word.read(
        count,
        "`{}` is no count",
        "a whole number from 1, such as 3",
    )
}
