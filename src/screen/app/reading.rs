//! Keys while something longer is being read, in front of the panes.

use super::scrolling::{SCROLL, scrolled};
use super::{App, Bar, Front};
use crate::asking::letter;
use crate::command::{
    self, Command, Complaint, Completion, Deed, On, Preview, Vocabulary, Way, begins_a_number,
    deed, key_for, meant_by, meant_key,
};
use crate::explain::{Line, Role};
use crate::screen::render;
use crate::screen::{Key, KeyCode};
use crate::session::{Answering, Outcome, Part, Session, Waiting};
use crate::view::{Medium, Sheet};

/// A text in front of the panes.
#[derive(Debug)]
pub struct Window {
    pub sheet: Sheet,
    /// By how many lines it is scrolled.
    pub scroll: usize,
    /// What is said at the foot of the screen instead of the keys; mostly nothing.
    pub told: Line,
    asks: Asks,
}

/// What a text asks the learner.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asks {
    Nothing,
    /// The page's exercise.
    Exercise,
    /// Whether this command is to be done, which `y` agrees to.
    Whether(String),
}

impl Window {
    /// What there is to read of an outcome. A question that waits for its answer stays in sight.
    pub(super) fn of(outcome: &Outcome, session: &Session) -> Option<Self> {
        let mut sheet = Sheet::all(outcome, Medium::Screen)?;
        let asks = outcome.parts.iter().fold(Asks::Nothing, Asks::and);
        if let Some(waiting) = session.waiting().filter(|_| asks == Asks::Exercise) {
            let lines = &mut sheet.text.lines;
            let mut parts = outcome.parts.iter();
            if parts.all(|part| part.asks() != Some(&waiting.lines)) {
                lines.push(Line::new());
                lines.extend_from_slice(&waiting.lines);
            }
            lines.extend([Line::new(), Line::new().with(keys(&waiting), Role::Muted)]);
        }
        Some(Self {
            asks,
            ..Self::showing(sheet, Line::new())
        })
    }

    /// A text that asks nothing, and what is said below it.
    pub(super) fn showing(sheet: Sheet, told: Line) -> Self {
        Self {
            sheet,
            scroll: 0,
            told,
            asks: Asks::Nothing,
        }
    }
}

impl Asks {
    /// What is asked once a part has been read after others.
    fn and(self, part: &Part) -> Self {
        match part {
            Part::Question(_) | Part::Feedback(_) => Self::Exercise,
            Part::Confirmation(asked) => Self::Whether(asked.command.clone()),
            Part::Reply(_)
            | Part::Reading(_)
            | Part::Lessons(_)
            | Part::Script(_)
            | Part::Turned(_)
            | Part::Played(_)
            | Part::Screen(_)
            | Part::Opened
            | Part::Leave(_) => self,
        }
    }
}

/// The field of a question that waits for a number or letters. Words are no commands in it, but for those that help and
/// those that leave.
pub(super) struct Field<'a> {
    session: &'a Session,
    answers: Answering,
}

impl<'a> Field<'a> {
    /// What is understood in it besides answers.
    const WORDS: [&'static str; 6] = ["answer", "hint", "solution", "skip", "quit", "exit"];

    /// The field of the question in a window, where there is one.
    pub(super) fn of(window: &Window, session: &'a Session) -> Option<Self> {
        let answers = session.answering()?;
        let is_typed = window.asks == Asks::Exercise && answers != Answering::Done;
        is_typed.then_some(Self { session, answers })
    }

    /// The command line that a line in the field stands for.
    ///
    /// # Errors
    /// Where it can be no answer.
    pub(super) fn understand(&self, line: &str) -> Result<String, Complaint> {
        self.understood(line).map_err(|complaint| {
            complaint.told(meant_by(line.trim(), |line| self.understood(line).is_ok()))
        })
    }

    fn understood(&self, line: &str) -> Result<String, Complaint> {
        let text = line.trim();
        let is_one = command::script_lines(line).count() == 1;
        let command = command::parse(line, &Vocabulary::default()).ok().flatten();
        let helps = matches!(
            command,
            Some(Command::Answer(_) | Command::Hint | Command::Solution | Command::Quit(_))
        );
        let (answers, asks) = match self.answers {
            Answering::Number => (begins_a_number(text), "a number"),
            Answering::Letters(count) => {
                let mut letters = text.split([' ', ',']).filter(|word| !word.is_empty());
                let is_option = |word: &str| (0..count).any(|n| letter(n).to_string() == word);
                (letters.all(is_option), "a letter")
            }
            Answering::Done => (false, ""),
        };
        if text.is_empty() || is_one && helps {
            Ok(line.to_owned())
        } else if is_one && answers {
            Ok(format!("answer {text}"))
        } else {
            let word = line.len() - line.trim_start().len()..line.trim_end().len();
            let hint = key_for(Deed::Command("hint"), On::Question);
            let advice = format!("type {asks}; {hint} gives a hint");
            Err(Complaint::new(word, "this is no answer", advice))
        }
    }

    /// The ways in which a line in the field can go on.
    pub(super) fn complete(line: &str) -> Completion {
        let mut completion = command::complete(line, &Vocabulary::default());
        (completion.candidates).retain(|candidate| Self::WORDS.contains(&&*candidate.word));
        completion
    }

    /// What a line in the field would do.
    pub(super) fn preview(&self, line: &str) -> Preview {
        match self.understand(line) {
            Ok(line) => self.session.preview(&line),
            // A word has to begin somehow.
            Err(_) if Self::WORDS.iter().any(|word| word.starts_with(line.trim())) => {
                Preview::Nothing
            }
            Err(complaint) => Preview::Complaint(complaint),
        }
    }
}

/// The keys that answer a question.
fn keys(waiting: &Waiting) -> String {
    let key = |deed| key_for(deed, On::Question);
    let enter = key(Deed::Enter);
    let answer = match waiting.answers {
        Answering::Number | Answering::Letters(_) => format!("Type the answer and press {enter}."),
        Answering::Done => format!("Press {enter} when it is done."),
    };
    let [hint, solution, close] = [
        Deed::Command("hint"),
        Deed::Command("solution"),
        Deed::Close,
    ]
    .map(key);
    format!("{answer} {hint} hint, {solution} solution, {close} back to the lesson.")
}

impl App {
    pub(super) fn reading_key(&mut self, key: Key) {
        let waiting = self.read_question();
        if let Some(answer) = waiting.as_ref().and_then(|waiting| begun(key, waiting)) {
            self.answer(&answer);
            return;
        }
        // A word is begun, and nobody wants its letters to be keys.
        if is_letter(key) && self.reads_field() {
            self.answer(&key.name());
            return;
        }
        let whether = self.asks_whether();
        let on = match (&waiting, &whether) {
            (Some(_), _) => On::Question,
            (None, Some(_)) => On::Confirmation,
            (None, None) => On::Reading,
        };
        // Asked whether to leave, the key that has asked for it agrees.
        let again = deed(&key.name(), On::Lesson).filter(
            |deed| matches!(deed, Deed::Command(command) if whether.as_deref() == Some(*command)),
        );
        let told = meant_key(&key.name(), on).filter(|_| again.is_none());
        if let Front::Reading(window) = &mut self.front {
            window.told = told.clone().map_or_else(Line::new, Line::plain);
        }
        // What is read stays, whatever the key was meant for.
        if told.is_some() {
            return;
        }
        let is_done = waiting.is_some_and(|waiting| waiting.answers == Answering::Done);
        match again.map_or_else(|| deed(&key.name(), on), |_| Some(Deed::Agree)) {
            Some(Deed::Move(_, way)) => self.scroll_reading(way),
            Some(Deed::Enter) if is_done => self.do_line("answer"),
            Some(Deed::Enter) => self.answer("answer "),
            Some(Deed::OpenBar(text)) => self.answer(text),
            Some(Deed::Command(line)) => self.do_line(line),
            Some(Deed::Agree) => {
                self.front = Front::Panes;
                self.do_line(&whether.unwrap_or_default());
            }
            Some(Deed::Close) => self.front = Front::Panes,
            None
            | Some(
                Deed::MoveProblem(_)
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Edit
                | Deed::Practise,
            ) => {
                self.front = Front::Panes;
                // Whatever a character does elsewhere, where it is asked whether to go on it means no.
                if whether.is_none() || !is_character(key) {
                    self.pane_key(key);
                }
            }
        }
    }

    /// The question's field, while something is typed into it.
    pub(super) fn field(&self) -> Option<Field<'_>> {
        Field::of(self.behind()?, &self.session)
    }

    /// Whether the question that is being read is answered in a field.
    fn reads_field(&self) -> bool {
        matches!(&self.front, Front::Reading(window) if Field::of(window, &self.session).is_some())
    }

    /// The question that is being read and waits for an answer.
    pub(super) fn read_question(&self) -> Option<Waiting> {
        let reads = matches!(&self.front, Front::Reading(window) if window.asks == Asks::Exercise);
        reads.then(|| self.session.waiting())?
    }

    /// The command that can be agreed to, where it is asked for.
    fn asks_whether(&self) -> Option<String> {
        match &self.front {
            Front::Reading(Window {
                asks: Asks::Whether(command),
                ..
            }) => Some(command.clone()),
            Front::Panes | Front::Bar(_) | Front::Reading(_) => None,
        }
    }

    /// Begins an answer to what is being read, which stays in sight.
    pub(super) fn answer(&mut self, text: &str) {
        let bar = Front::Bar(Bar::with_text(text));
        if let Front::Reading(window) = std::mem::replace(&mut self.front, bar) {
            self.behind = Some(window);
        }
    }

    pub(super) fn scroll_reading(&mut self, way: Way) {
        if let Front::Reading(window) = &mut self.front {
            let most = render::reading_overflow(&window.sheet, self.common.size, self.common.look);
            window.scroll = scrolled(window.scroll, way, SCROLL, most);
        }
    }
}

/// The answer that a key begins, where it is a character that one can begin with.
fn begun(key: Key, waiting: &Waiting) -> Option<String> {
    let KeyCode::Char(character) = key.code else {
        return None;
    };
    let begins = match waiting.answers {
        Answering::Number => begins_a_number(&character.to_string()),
        Answering::Letters(count) => (0..count).any(|place| letter(place) == character),
        Answering::Done => false,
    };
    (begins && is_character(key)).then(|| format!("answer {character}"))
}

fn is_letter(key: Key) -> bool {
    matches!(key.code, KeyCode::Char(letter) if letter.is_alphabetic()) && !key.ctrl
}

fn is_character(key: Key) -> bool {
    matches!(key.code, KeyCode::Char(_)) && !key.ctrl
}
