//! The page's question: keys while it is asked, and what comes after it.

use super::{App, Front};
use crate::asking::{Answering, FeedbackKind, picked};
use crate::command::{
    self, Command, Complaint, Completion, Deed, On, Preview, Vocabulary, Way, begins_a_number,
    deed, key_for, meant_by,
};
use crate::explain::{Digits, Line};
use crate::screen::bar::{Answer, Bar};
use crate::screen::panel::{Panel, Posed, Waits};
use crate::screen::render;
use crate::screen::{Key, KeyCode};
use crate::session::{Outcome, Part, Told};
use crate::view::{Medium, Onward, Sheet, instructed};

/// What is understood in a question's field besides answers.
const WORDS: [&str; 6] = ["answer", "hint", "solution", "skip", "quit", "exit"];

impl App {
    /// The question in its place, also while something else lies over it.
    pub fn panel(&self) -> Option<&Panel> {
        match &self.front {
            Front::Asking(panel) => Some(panel),
            Front::Panes | Front::Bar(_) | Front::Foretelling(_) | Front::Reading(_) => {
                self.behind.as_deref()
            }
        }
    }

    /// Puts the question into its place, where an outcome ends with one or with what is said to an answer; `line` is
    /// what it is the outcome of.
    pub(super) fn take_question(&mut self, outcome: &Outcome, line: &str) -> bool {
        let front = std::mem::take(&mut self.front);
        let (before, front) = match front {
            Front::Asking(panel) => (Some(panel), Front::Panes),
            Front::Panes | Front::Bar(_) | Front::Foretelling(_) | Front::Reading(_) => {
                (self.behind.take(), front)
            }
        };
        let panel = self.panel_of(outcome, before.as_deref(), line);
        let is_new = panel.is_some();
        match (panel, before) {
            (Some(panel), _) => self.front = Front::Asking(Box::new(panel)),
            (None, Some(before)) if self.still_asks(&before) => self.front = Front::Asking(before),
            (None, _) => self.front = front,
        }
        is_new
    }

    /// Whether a question that was in its place stays there after something else has been done.
    fn still_asks(&self, panel: &Panel) -> bool {
        !panel.is_answered() && self.session.awaits_answer()
    }

    fn panel_of(&self, outcome: &Outcome, before: Option<&Panel>, line: &str) -> Option<Panel> {
        let is_read = |part: &&Part| part.told() == Told::Read;
        let parts: Vec<&Part> = outcome.parts.iter().filter(is_read).collect();
        let (last, others) = parts.split_last()?;
        let said = if let Part::Feedback(feedback) = last {
            let said = instructed(feedback.beside(), Medium::Screen);
            Some((feedback.kind, said))
        } else if let Part::Question(_) = last {
            None
        } else {
            return None;
        };
        let mut waiting = self.session.question()?;
        waiting.lines = instructed(waiting.lines, Medium::Screen);
        let others = others.iter().map(|part| (*part).clone()).collect();
        let others = Sheet::all(&Outcome { parts: others }, Medium::Screen);
        let said = match (others.map(Sheet::under_heading), said) {
            (None, said) => said,
            (Some(lines), None) => Some((FeedbackKind::Hint, lines)),
            (Some(lines), Some((kind, said))) => Some((kind, [lines, said].concat())),
        };
        let answer = match command::parse(line, &Vocabulary::default()) {
            Ok(Some(Command::Answer(answer))) => answer,
            Ok(_) | Err(_) => None,
        };
        let (number, count) = self.session.question_number();
        let posed = Posed {
            title: format!("Question {number} of {count}"),
            waiting,
            digits: Digits::usual(self.session.digits().decimal()),
            asks: self.session.awaits_answer(),
            said,
            line,
            answer,
            hint: self.session.hint_to_come(),
            onward: Onward::of(&self.session).text(),
        };
        Some(Panel::new(posed, before))
    }

    /// Puts the question that waits into its place, with this begun in its field.
    pub(super) fn begin_answer(&mut self, text: &str) {
        let asked = self.session.waiting().map(Part::Question);
        if self.take_question(&Outcome::of(asked), "")
            && let Front::Asking(panel) = &mut self.front
            && let Some(field) = panel.field_mut()
        {
            field.bar = Bar::with_text(text);
        }
    }

    /// Whether the learner goes on with Enter: to what the page asks, or to what comes after the page.
    pub(super) fn go_on(&mut self) {
        self.front = Front::Panes;
        if let Some(line) = Onward::of(&self.session).line() {
            self.do_line(line);
        }
    }

    pub(super) fn panel_key(&mut self, key: Key) {
        let Front::Asking(panel) = &self.front else {
            return;
        };
        let (name, on) = (key.name(), place_of(&panel.waits));
        let is_typed = on == On::Question;
        match deed(&name, on) {
            Some(Deed::Close) => self.front = Front::Panes,
            Some(Deed::Enter) => match panel.waits {
                Waits::Typed(_) => self.enter_answer(),
                Waits::Done => self.do_line("answer"),
                Waits::Nothing(_) => self.go_on(),
            },
            Some(Deed::Move(_, way)) => self.scroll_panel(way),
            Some(Deed::MoveProblem(way)) => self.scroll_words(way),
            Some(deed) if deed.command() == Some(Command::Keys) => self.show_help(),
            Some(Deed::Command(line)) if is_typed => self.help_with(line),
            Some(Deed::Command(line)) if helps(line) => self.do_line(line),
            None | Some(Deed::Edit(_) | Deed::Take(_)) if is_typed => self.type_into_field(key),
            // With nothing to type in, the other keys do what they do on the page; a colon does so at all times.
            None | Some(Deed::Command(_) | Deed::OpenBar(_) | Deed::Edit(_) | Deed::Take(_)) => {
                if let Front::Asking(panel) = std::mem::take(&mut self.front) {
                    self.behind = Some(panel).filter(|panel| !panel.is_answered());
                }
                self.pane_key(key);
                self.uncover();
            }
        }
    }

    /// The question comes back into its place once nothing lies over it.
    pub(super) fn uncover(&mut self) {
        if matches!(self.front, Front::Panes)
            && let Some(panel) = self.behind.take_if(|_| true)
            && self.still_asks(&panel)
        {
            self.front = Front::Asking(panel);
        }
    }

    fn type_into_field(&mut self, key: Key) {
        let Front::Asking(panel) = &mut self.front else {
            return;
        };
        match panel.type_key(key, self.typed.lines(), complete) {
            Answer::Typing => {}
            // What has been rubbed out leaves an empty field.
            Answer::Close if key.code == KeyCode::Backspace => {}
            Answer::Close => self.front = Front::Panes,
            Answer::Enter(_) => self.enter_answer(),
        }
    }

    /// Does what a key stands for while an answer may be half typed.
    fn help_with(&mut self, line: &str) {
        match self.run(line) {
            Ok(outcome) => self.take(&outcome, line),
            Err(complaint) => self.complain_in_field(complaint),
        }
    }

    fn complain_in_field(&mut self, complaint: Complaint) {
        if let Front::Asking(panel) = &mut self.front {
            panel.complain(complaint);
        }
    }

    /// Gives what stands in the field. An answer is judged, and the field is empty again; what is none stays, with what
    /// is wrong.
    fn enter_answer(&mut self) {
        let Front::Asking(panel) = &mut self.front else {
            return;
        };
        let Some(line) = panel.entered() else {
            return;
        };
        match line.trim() {
            "skip" if self.session.skip_question() => return self.do_line("exercise"),
            "skip" => {
                self.front = Front::Panes;
                let key = key_for(Deed::Command("exercise"), On::Lesson);
                let message = format!("The question is left for later; {key} asks it again.");
                self.message = Line::plain(message);
                return;
            }
            _ => self.typed.add(&line),
        }
        let Some(answers) = self.session.answering() else {
            return;
        };
        let meant = understand(answers, &line);
        let outcome = meant.and_then(|meant| Ok((self.run(&meant)?, meant)));
        match outcome {
            Ok((outcome, meant)) => self.take(&outcome, &meant),
            Err(complaint) => self.complain_in_field(complaint),
        }
    }

    /// Shows the line of the update that has been answered: the page says it, too.
    pub(super) fn show_answered(&mut self) {
        let answered = matches!(&self.front, Front::Asking(panel)
            if panel.is_answered() && matches!(panel.said, Some((FeedbackKind::Right, _))));
        if let Some(lines) = answered.then(|| self.session.lines_to_answer()).flatten() {
            // Where the line cannot be shown, the answer is right all the same.
            let _ = self.run(&format!("next {lines}"));
        }
    }

    /// What an answer that is being typed would do.
    pub(in crate::screen) fn preview_answer(&self, line: &str) -> Preview {
        let Some(answers) = self.session.answering() else {
            return Preview::Nothing;
        };
        match understand(answers, line) {
            Ok(line) => self.session.preview(&line),
            // A word has to begin somehow.
            Err(_) if WORDS.iter().any(|word| word.starts_with(line.trim())) => Preview::Nothing,
            Err(complaint) => Preview::Complaint(complaint),
        }
    }

    /// Scrolls what is said; where all of it is in sight, the page is turned.
    fn scroll_panel(&mut self, way: Way) {
        if render::panel_overflow(self).is_none_or(|(_, most)| most > 0) {
            return self.scroll_said(way);
        }
        self.front = Front::Panes;
        self.do_line(match way {
            Way::Down => "page next",
            Way::Up => "page previous",
        });
    }

    /// Scrolls what is said.
    pub(super) fn scroll_said(&mut self, way: Way) {
        let overflow = render::panel_overflow(self);
        if let (Front::Asking(panel), Some((_, most))) = (&mut self.front, overflow) {
            panel.scroll_said(way, most);
        }
    }

    pub(super) fn scroll_words(&mut self, way: Way) {
        let overflow = render::panel_overflow(self);
        if let (Front::Asking(panel), Some((most, _))) = (&mut self.front, overflow) {
            panel.scroll_words(way, most);
        }
    }
}

/// Where keys count while a question waits for this.
pub(in crate::screen) fn place_of(waits: &Waits) -> On {
    match waits {
        Waits::Typed(_) => On::Question,
        Waits::Done => On::Goal,
        Waits::Nothing(_) => On::Answered,
    }
}

/// Whether a command line helps with a question.
fn helps(line: &str) -> bool {
    let command = command::parse(line, &Vocabulary::default());
    matches!(command, Ok(Some(Command::Hint | Command::Solution)))
}

/// The ways in which a line in the field can go on.
fn complete(line: &str) -> Completion {
    let mut completion = command::complete(line, &Vocabulary::default());
    (completion.candidates).retain(|candidate| WORDS.contains(&&*candidate.word));
    completion
}

/// The command line that a line in the field stands for. Words are no commands in it, but for those that help and those
/// that leave.
///
/// # Errors
/// Where it can be no answer.
fn understand(answers: Answering, line: &str) -> Result<String, Complaint> {
    understood(answers, line).map_err(|complaint| {
        complaint.told(meant_by(line.trim(), |line| {
            understood(answers, line).is_ok()
        }))
    })
}

fn understood(answers: Answering, line: &str) -> Result<String, Complaint> {
    let text = line.trim();
    let is_one = command::script_lines(line).count() == 1;
    let command = command::parse(line, &Vocabulary::default()).ok().flatten();
    let helps = matches!(
        command,
        Some(Command::Answer(_) | Command::Hint | Command::Solution | Command::Quit(_))
    );
    let (is_answer, asks) = match answers {
        Answering::Number => (begins_a_number(text), "a number"),
        Answering::Choice(count) => {
            let short = text.is_ascii() && text.len() < 3;
            (short || picked(text, count).is_some(), "a letter")
        }
        Answering::Letters(count) => {
            let mut letters = text.split([' ', ',']).filter(|word| !word.is_empty());
            (letters.all(|word| picked(word, count).is_some()), "letters")
        }
        Answering::Done => (false, ""),
    };
    // `a` is short for `answer`, but among letters it is one of them.
    let is_letter = text.chars().count() == 1 && is_answer;
    if text.is_empty() || is_one && helps && !is_letter {
        Ok(line.to_owned())
    } else if is_one && is_answer {
        Ok(format!("answer {text}"))
    } else {
        let word = line.len() - line.trim_start().len()..line.trim_end().len();
        let hint = key_for(Deed::Command("hint"), On::Question);
        let advice = format!("type {asks}; {hint} gives a hint");
        Err(Complaint::new(word, "this is no answer", advice))
    }
}
