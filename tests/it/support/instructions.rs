//! What a page tells its learner to do, read out of its text by one grammar.
//!
//! Keys are the arrows, the names of keys with a capital, a colon that stands alone, and letters: after `press`, or in a
//! chain of instructions (`then Home, f for the other weight, and ↓ again`) where the lesson has no weight of that name.
//! What stands in code is a key, a command of the table, a call of the program, or the name of something; nothing else.
//! A key or command that is followed by what it does (`c shows`, `view surface draws`), and all in a sentence that
//! begins with `If`, is *told of*: it is tried at that place and taken back.

use std::fmt;

use nnmom_tutor::command::{On, begins_a_command, key_label};
use nnmom_tutor::explain::{Quantity, Role, Text};
use nnmom_tutor::math::Rule;

/// What is to be done.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// Presses a key, by its name in the table of keys.
    Press(String),
    /// Types a line.
    Type(String),
    /// Types the last line once more.
    Again,
    /// Types the last line once more, brought back by an arrow.
    Recall,
    /// Calls the program from the shell.
    Call(String),
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Often {
    /// So many times.
    Times(usize),
    /// Until what is promised is there.
    Until,
}

/// One instruction.
#[derive(Debug, Clone, PartialEq)]
pub struct Instruction {
    /// What to do.
    pub act: Act,
    /// How often.
    pub often: Often,
    /// Whether it is only told what would come of it.
    pub is_told: bool,
}

impl fmt::Display for Instruction {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if self.is_told {
            formatter.write_str("(told) ")?;
        }
        match &self.act {
            Act::Press(key) => write!(formatter, "press {key}")?,
            Act::Type(line) => write!(formatter, "type {line}")?,
            Act::Again => formatter.write_str("type it again")?,
            Act::Recall => formatter.write_str("bring the line back")?,
            Act::Call(line) => write!(formatter, "call {line}")?,
        }
        match self.often {
            Often::Times(1) => Ok(()),
            Often::Times(count) => write!(formatter, " ×{count}"),
            Often::Until => formatter.write_str(" until"),
        }
    }
}

/// A piece of a page's text.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A word, or a sign by itself.
    Word(String),
    /// Something in code.
    Code(String),
    /// A sign that ends a word.
    Sign(char),
    /// A line of a block of code.
    Block(String),
    /// The end of a paragraph.
    End,
}

fn tokens(text: &Text) -> Vec<Token> {
    let mut tokens = Vec::new();
    for line in &text.lines {
        let in_code = |role: Role| role == Role::Code;
        if line.text().starts_with("    ") && line.spans.iter().any(|span| in_code(span.role)) {
            tokens.push(Token::Block(line.text().trim().to_owned()));
            continue;
        }
        if !line.text().is_empty() && !tokens.is_empty() && line.indent > 0 {
            tokens.push(Token::End);
        }
        for span in &line.spans {
            if in_code(span.role) {
                tokens.push(Token::Code(span.text.trim().to_owned()));
            } else {
                words(&span.text, &mut tokens);
            }
        }
        // What goes on after a block of code is the same sentence.
        if !line.text().is_empty() && !line.text().trim_end().ends_with([':', ',']) {
            let goes_on = |c: char| c.is_alphanumeric();
            if !line.text().trim_end().ends_with(goes_on) {
                tokens.push(Token::End);
            }
        }
    }
    tokens.push(Token::End);
    tokens
}

fn words(text: &str, tokens: &mut Vec<Token>) {
    // What stands right after other words belongs to them.
    let mut glued = !text.starts_with(' ');
    for mut word in text.split_whitespace() {
        while let Some(rest) = word.strip_prefix(['(', '"']) {
            tokens.push(Token::Sign('('));
            word = rest;
        }
        let bare = word.trim_end_matches([',', '.', ';', ':', '?', '!', ')', '"']);
        let is_glued = std::mem::take(&mut glued);
        if word == ":" && !is_glued {
            tokens.push(Token::Word(word.to_owned()));
            continue;
        }
        if !bare.is_empty() {
            tokens.push(Token::Word(bare.to_owned()));
        }
        tokens.extend(word[bare.len()..].chars().map(Token::Sign));
    }
}

/// The name in the table of what a page calls a key.
fn key(label: &str) -> Option<&'static str> {
    let bindings = nnmom_tutor::command::BINDINGS.iter();
    let of_lesson = bindings.filter(|binding| matches!(binding.on, On::Lesson));
    let mut keys = of_lesson.flat_map(|binding| binding.keys);
    keys.find(|key| key_label(key) == label)
        .copied()
        .or_else(|| ["Enter", "Esc"].into_iter().find(|key| *key == label))
}

fn number(word: &str) -> Option<usize> {
    let words = [
        "once", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let index = words.iter().position(|known| *known == word);
    index.map(|index| index + 1)
}

/// As often as `a few times` is, when a test does it.
const FEW: usize = 3;

/// Reads the instructions of a page.
pub struct Reader<'a> {
    tokens: Vec<Token>,
    at: usize,
    parameters: &'a [String],
    found: Vec<Instruction>,
    /// Whether this sentence has told to do something already.
    chained: bool,
    /// Whether this sentence only says what would be if.
    supposed: bool,
}

/// The instructions of a page's text, in order.
///
/// # Errors
/// Where something that looks like an instruction is none that is known.
pub fn instructions(text: &Text, parameters: &[String]) -> Result<Vec<Instruction>, String> {
    let mut reader = Reader {
        tokens: tokens(text),
        at: 0,
        parameters,
        found: Vec::new(),
        chained: false,
        supposed: false,
    };
    reader.read()?;
    Ok(reader.found)
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), String> {
        let mut starts = true;
        while self.at < self.tokens.len() {
            if starts {
                self.chained = false;
                self.supposed = self.is_word(self.at, &["If"]);
            }
            let token = self.tokens[self.at].clone();
            starts = match &token {
                Token::End | Token::Sign('.' | '?' | '!' | ')') => true,
                Token::Sign('(') => self.is_word(self.at + 1, &["If"]),
                Token::Sign(_) | Token::Word(_) | Token::Code(_) | Token::Block(_) => false,
            };
            self.token(&token)?;
        }
        Ok(())
    }

    fn token(&mut self, token: &Token) -> Result<(), String> {
        let here = self.at;
        self.at += 1;
        match token {
            Token::Code(code) => self.code(here, code),
            Token::Block(line) if begins_a_command(line) => {
                self.add(Act::Type(line.clone()));
                Ok(())
            }
            Token::Word(word) => self.word(here, word),
            Token::Block(_) | Token::Sign(_) | Token::End => Ok(()),
        }
    }

    fn word(&mut self, here: usize, word: &str) -> Result<(), String> {
        let lower = word.to_lowercase();
        if word == ":" {
            return self.colon();
        }
        if lower == "page" && self.is_word(self.at, &["Down", "Up"]) {
            let name = if self.is_word(self.at, &["Down"]) {
                "PageDown"
            } else {
                "PageUp"
            };
            self.at += 1;
            self.add(Act::Press(name.to_owned()));
            return Ok(());
        }
        // `while you type`, `to press`, `each press` tell nobody to do so.
        let is_imperative = !self.follows(here, &["you", "to", "each"]);
        if lower == "type" && is_imperative {
            return self.typing();
        }
        if word == "Do" && self.is_word(self.at, &["that"]) {
            self.at += 1;
            let last = self.found.last().ok_or("there is nothing to do again")?;
            let act = last.act.clone();
            self.add(act);
            return Ok(());
        }
        if lower == "run" && self.follows(here, &["and", "then"]) && !self.has_command() {
            return Err(self.puzzled("says to run without a command"));
        }
        if let Some(name) = key(word).filter(|_| self.is_key(here, word)) {
            if name == "Enter"
                && matches!(
                    self.found.last(),
                    Some(Instruction {
                        act: Act::Type(_),
                        ..
                    })
                )
            {
                return Ok(());
            }
            self.add(Act::Press(name.to_owned()));
            return Ok(());
        }
        if lower == "press" && is_imperative {
            let is_item = match self.tokens.get(self.at) {
                Some(Token::Word(word)) => word == ":" || word == "Page" || key(word).is_some(),
                Some(Token::Code(_)) => true,
                Some(Token::Sign(_) | Token::Block(_) | Token::End) | None => false,
            };
            if !is_item {
                return Err(self.puzzled("says to press what is no key"));
            }
        }
        Ok(())
    }

    /// Whether a word is a key where it stands.
    fn is_key(&self, here: usize, word: &str) -> bool {
        let letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
        if !letter {
            // Brackets and comparisons are keys in code only.
            return word.chars().count() > 1 || "→←↓↑".contains(word);
        }
        if self.follows(here, &["press"]) {
            return true;
        }
        let in_chain = self.follows(here, &["and", "then", "or"])
            || here > 0 && self.tokens[here - 1] == Token::Sign(',');
        let is_weight = self.parameters.iter().any(|name| name == word);
        self.chained && in_chain && !is_weight
    }

    /// A colon that stands alone: the bar, in which something is typed or brought back.
    fn colon(&mut self) -> Result<(), String> {
        if self.is_word(self.at, &["and"]) {
            self.at += 1;
        }
        if self.is_word(self.at, &["↑"]) {
            self.at += 1;
            self.add(Act::Recall);
            return Ok(());
        }
        if self.is_word(self.at, &["type"]) {
            return Ok(());
        }
        Err(self.puzzled("opens the bar for nothing that is known"))
    }

    fn typing(&mut self) -> Result<(), String> {
        if self.is_word(self.at, &["it"]) && self.is_word(self.at + 1, &["again"]) {
            self.at += 2;
            self.add(Act::Again);
            return Ok(());
        }
        let typed = match self.tokens.get(self.at) {
            Some(Token::Code(code) | Token::Block(code)) => begins_a_command(code),
            Some(Token::Sign(':')) => {
                matches!(self.tokens.get(self.at + 1), Some(Token::Block(line)) if begins_a_command(line))
            }
            Some(Token::Word(_) | Token::Sign(_) | Token::End) | None => false,
        };
        if typed {
            Ok(())
        } else {
            Err(self.puzzled("says to type what is no command"))
        }
    }

    fn code(&mut self, here: usize, code: &str) -> Result<(), String> {
        if let Some(key) = key(code) {
            self.add(Act::Press(key.to_owned()));
        } else if begins_a_command(code) {
            self.add(Act::Type(code.to_owned()));
        } else if code.starts_with("nnmom-tutor ") {
            self.add(Act::Call(code.to_owned()));
        } else if !self.is_name(code) {
            return Err(format!("`{code}` is no key, no command and no name"));
        } else if self.follows(here, &["press", "type"]) {
            return Err(format!("`{code}` cannot be pressed or typed"));
        }
        Ok(())
    }

    /// Whether it is the name of a weight, or of several, of a rule, or a field of lessons.
    fn is_name(&self, code: &str) -> bool {
        let several = format!("{code}[");
        let mut parameters = self.parameters.iter();
        parameters.any(|name| name == code || name.starts_with(&several))
            || Quantity::from_name(code).is_some()
            || Rule::ALL.iter().any(|rule| rule.name() == code)
            || code
                .split_once(": ")
                .is_some_and(|(field, _)| field.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
    }

    fn add(&mut self, act: Act) {
        let is_told = self.supposed || self.does_something();
        let often = self.often();
        self.chained = true;
        // The same key named several times over, `↓ ↓ ↓`, is pressed as often.
        let touches = |token: Option<&Token>| matches!(token, Some(Token::Word(_)));
        if let Some(last) = self.found.last_mut()
            && last.act == act
            && matches!(act, Act::Press(_))
            && last.is_told == is_told
            && let (Often::Times(before), Often::Times(more)) = (last.often, often)
            && touches(self.tokens.get(self.at.wrapping_sub(2)))
            && matches!(&self.tokens[self.at - 2], Token::Word(word) if key(word).is_some())
        {
            last.often = Often::Times(before + more);
            return;
        }
        self.found.push(Instruction {
            act,
            often,
            is_told,
        });
    }

    /// `three times`, `once more`, `again and again`, `until ...`, `to update 24`; once, where nothing is said.
    fn often(&mut self) -> Often {
        let word = |at: usize| match self.tokens.get(at) {
            Some(Token::Word(word)) => word.as_str(),
            Some(Token::Sign(',')) => ",",
            Some(Token::Code(_) | Token::Sign(_) | Token::Block(_) | Token::End) | None => "",
        };
        // `press →, three times`
        let counts = number(word(self.at + 1)).is_some() && word(self.at + 2) == "times";
        let comma = usize::from(word(self.at) == "," && counts);
        let at = self.at + comma;
        let [first, second, third] = [word(at), word(at + 1), word(at + 2)];
        let (often, long) = match (first, second, third) {
            ("twice", _, _) => (Often::Times(2), 1),
            ("once", "more", _) => (Often::Times(1), 2),
            ("again", "and", "again") | ("a", "few", "times") => (Often::Times(FEW), 3),
            ("until", _, _) => (Often::Until, 1),
            ("to", "update", _) => (Often::Until, 2),
            (count, "times", _) => match number(count) {
                Some(count) => (Often::Times(count), 2),
                None => (Often::Times(1), 0),
            },
            (_, _, _) => (Often::Times(1), 0),
        };
        self.at += long + comma;
        if long > 0 && self.is_word(self.at, &["more"]) {
            self.at += 1;
        }
        often
    }

    /// Whether the next word says what the key or command before it does.
    fn does_something(&self) -> bool {
        let Some(Token::Word(word)) = self.tokens.get(self.at) else {
            return false;
        };
        let lower = word.chars().all(|c| c.is_ascii_lowercase());
        lower
            && word.ends_with('s')
            && !["as", "is", "this", "times", "less", "us"].contains(&word.as_str())
    }

    fn is_word(&self, at: usize, words: &[&str]) -> bool {
        matches!(self.tokens.get(at), Some(Token::Word(word)) if words.contains(&word.as_str()))
    }

    /// Whether a word stands right before, however it begins.
    fn follows(&self, here: usize, words: &[&str]) -> bool {
        let before = here.checked_sub(1).map(|before| &self.tokens[before]);
        matches!(before, Some(Token::Word(word)) if words.contains(&word.to_lowercase().as_str()))
    }

    /// Whether a command follows in this sentence.
    fn has_command(&self) -> bool {
        let ends = |token: &&Token| !matches!(token, Token::End | Token::Sign('.' | '?' | '!'));
        let mut rest = self.tokens[self.at..].iter().take_while(ends);
        rest.any(
            |token| matches!(token, Token::Code(code) | Token::Block(code) if begins_a_command(code)),
        )
    }

    fn puzzled(&self, what: &str) -> String {
        let from = self.at.saturating_sub(6);
        let till = (self.at + 6).min(self.tokens.len());
        format!("{what}: {:?}", &self.tokens[from..till])
    }
}
