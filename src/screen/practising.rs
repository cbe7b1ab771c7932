//! The state of the practice screen, and what each input does to it.

use ratatui::Frame;

use super::app::scrolled;
use super::bar::{Answer, Aside, Bar};
use super::{Common, FullScreen, Input, Key, Look, render};
use crate::asking::FeedbackKind;
use crate::command::{
    BINDINGS, Binding, Command, Deed, Leaving, On, Reach, ScreenAction, Way, deed, key_label,
    meant_key,
};
use crate::explain::{Line, Role, Text, capital};
use crate::practice::{Ending, Practice, Reply};
use crate::record::TypedLines;
use crate::session::{Confirmation, Part};
use crate::view::{Medium, Sheet};

/// So many lines are scrolled at once.
const SCROLL: usize = 3;

/// Practice on the full screen.
#[derive(Debug)]
pub struct Practising {
    practice: Practice,
    /// The current problem as it was asked first.
    asked: Text,
    bar: Bar,
    /// What has been typed in this round.
    typed: TypedLines,
    /// What was said last, and how far it has been scrolled.
    said: Sheet,
    scroll: usize,
    /// How far a problem has been scrolled that is too long for its place.
    problem_scroll: usize,
    over: bool,
    /// What is said to a key that does nothing after a round, or which keys answer what is asked; mostly nothing.
    told: String,
    /// What is said while it is asked whether to leave.
    asks: Option<Sheet>,
    /// Whether a lesson lies below with something in it that nothing keeps.
    over_unkept: bool,
    common: Common,
}

/// Asked before a key throws away what is not kept.
fn leave(over_unkept: bool) -> Confirmation {
    Confirmation {
        about: if over_unkept {
            "Your answers are kept. The runs and branches of the lesson that is open are not, nor how this round has gone so far."
        } else {
            "Your answers are kept. What is typed, and how this round has gone so far, are not."
        },
        ..super::app::leave()
    }
}

impl Practising {
    /// A round that begins.
    pub fn new(mut practice: Practice, look: Look) -> Self {
        let opening = practice.opening();
        Self {
            asked: practice.problem(),
            practice,
            bar: Bar::default(),
            typed: TypedLines::default(),
            said: Sheet {
                title: opening.title.unwrap_or_default().to_owned(),
                text: opening.beside(),
            },
            scroll: 0,
            problem_scroll: 0,
            over: false,
            told: String::new(),
            asks: None,
            over_unkept: false,
            common: Common::new(look),
        }
    }

    /// The same over a lesson in which there may be something that nothing keeps.
    #[must_use]
    pub(super) fn over(self, over_unkept: bool) -> Self {
        Self {
            over_unkept,
            ..self
        }
    }

    /// Whether leaving the tutor would throw something away.
    fn has_unkept(&self) -> bool {
        let in_round = self.practice.is_begun() || !self.bar.text().trim().is_empty();
        self.over_unkept || (in_round && !self.over)
    }

    /// The round.
    pub fn practice(&self) -> &Practice {
        &self.practice
    }

    /// The line being typed.
    pub fn bar(&self) -> &Bar {
        &self.bar
    }

    /// What stands beside the line being typed.
    pub fn aside(&self) -> Aside<'_> {
        self.bar.aside(Practice::preview)
    }

    /// What was said last, or what is asked before all is left.
    pub fn said(&self) -> &Sheet {
        self.asks.as_ref().unwrap_or(&self.said)
    }

    /// What is said to a key that does nothing after a round, or which keys answer what is asked; mostly nothing.
    pub fn told(&self) -> &str {
        &self.told
    }

    /// How far what was said has been scrolled, in lines.
    pub fn scroll(&self) -> usize {
        self.scroll
    }

    /// How far the problem has been scrolled, in lines.
    pub fn problem_scroll(&self) -> usize {
        self.problem_scroll
    }

    /// Whether the problem is asked with other numbers than at first.
    pub fn has_other_numbers(&self) -> bool {
        self.asked != self.practice.problem()
    }

    /// Whether the round is over and its summary is being read.
    pub fn is_over(&self) -> bool {
        self.over
    }

    /// Does what a key stands for; the one that leaves asks first where something would be lost. Pressed once more, or
    /// agreed to, it leaves; any other key leaves all as it is.
    fn key(&mut self, key: Key) {
        let name = key.name();
        let leaves = deed(&name, On::Practice).and_then(Deed::command)
            == Some(Command::Quit(Leaving::Tutor));
        if self.asks.take().is_some() {
            self.told.clear();
            if leaves || deed(&name, On::Confirmation) == Some(Deed::Agree) {
                self.common.leaving = Some(Leaving::Tutor);
            }
        } else if leaves && self.has_unkept() {
            let asked = Part::Confirmation(leave(self.over_unkept));
            self.asks = Sheet::all(&asked.into(), Medium::Screen);
            // Which keys answer stands where it is in sight however small the screen is.
            let way = self.asks.as_mut().and_then(|asks| asks.text.lines.pop());
            self.told = way.map_or_else(String::new, |way| way.text());
        } else if self.over {
            self.summary_key(key);
        } else {
            self.round_key(key);
        }
    }

    fn round_key(&mut self, key: Key) {
        let typing = !self.bar.text().is_empty();
        let on = if typing { On::Typing } else { On::Practice };
        match deed(&key.name(), on) {
            Some(Deed::Close) => self.bar = Bar::default(),
            Some(Deed::Move(_, way)) => self.scroll_said(way, self.page()),
            Some(Deed::MoveProblem(way)) => self.scroll_problem(way),
            Some(Deed::Command(line)) => self.key_line(line),
            None
            | Some(
                Deed::OpenBar(_)
                | Deed::Enter
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Edit
                | Deed::Agree
                | Deed::Practise
                | Deed::Try,
            ) => self.type_key(key),
        }
    }

    fn type_key(&mut self, key: Key) {
        let answer = self.bar.key(key, self.typed.lines(), Practice::complete);
        if let Answer::Enter(line) = answer {
            self.enter(&line);
        }
    }

    /// Does what a key stands for. What has been typed stays, but for the problem that it was an answer to.
    fn key_line(&mut self, line: &str) {
        let number = self.practice.number();
        let done = self.reply(line) && (self.over || self.practice.number() != number);
        if done || self.bar.text().is_empty() {
            self.bar = Bar::default();
        }
    }

    /// Does a line that has been entered. A wrong one stays, with what is wrong.
    fn enter(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        self.typed.add(line);
        if self.reply(line) {
            self.bar = Bar::default();
        }
    }

    /// Does a line and takes what is said; the answer is whether it could be done.
    fn reply(&mut self, line: &str) -> bool {
        let meant = Practice::understand(line).ok().flatten();
        let (number, _) = self.practice.number();
        let finished = self.practice.endings().count();
        if let Some(Command::Screen(action @ (ScreenAction::Sleep | ScreenAction::Mouse(_)))) =
            meant
        {
            self.act(action);
            return true;
        }
        // There is nothing to sum up before anything has been finished.
        if let Some(Command::Quit(leaving)) = meant
            && (finished == 0 || leaving == Leaving::Tutor)
        {
            self.common.leaving = Some(leaving);
            return true;
        }
        let reply = self.practice.reply(line);
        let reply = reply.map_err(|complaint| self.bar.complain(complaint));
        reply.is_ok_and(|reply| {
            let finished = self.practice.endings().count() > finished;
            self.over = reply.is_over();
            self.take(&reply, meant.as_ref(), finished.then_some(number));
            true
        })
    }

    /// Shows what was said to a line. `finished` is the number of the problem that it was the end of.
    fn take(&mut self, reply: &Reply, meant: Option<&Command>, finished: Option<usize>) {
        let mut said = reply.beside();
        if finished.is_some() {
            self.asked = self.practice.problem();
            self.problem_scroll = 0;
        }
        let skipped = finished.is_some() && reply.feedback.is_none();
        if said.lines.is_empty() && !skipped {
            return;
        }
        if let Some(number) = finished.filter(|_| skipped && !self.over) {
            let next = format!("Problem {number} is left out. Above is the next.");
            said.lines.insert(0, Line::plain(next));
        }
        if !reply.help.is_empty() {
            said.lines.extend(keys());
        }
        let title = match (reply.feedback.as_ref().map(|said| said.kind), meant) {
            (
                Some(FeedbackKind::Right | FeedbackKind::NotYet),
                Some(Command::Answer(Some(answer))),
            ) => {
                format!("your answer: {answer}")
            }
            (Some(FeedbackKind::Right | FeedbackKind::NotYet), _) => "your answer".to_owned(),
            (Some(FeedbackKind::Hint), _) => "hint".to_owned(),
            (Some(FeedbackKind::Solution), _) => "solution".to_owned(),
            (None, _) if skipped => "left out".to_owned(),
            (None, _) if self.over => "the round is over".to_owned(),
            (None, _) => "help".to_owned(),
        };
        let title = match finished {
            Some(number) => format!("Problem {number} · {title}"),
            None => capital(&title),
        };
        self.said = Sheet { title, text: said };
        self.scroll = 0;
    }

    fn summary_key(&mut self, key: Key) {
        let name = key.name();
        self.told = meant_key(&name, On::Summary).unwrap_or_default();
        match deed(&name, On::Summary) {
            Some(Deed::Enter) => {
                *self = Self {
                    common: self.common.clone(),
                    over_unkept: self.over_unkept,
                    ..Self::new(self.practice.another(), self.common.look)
                };
            }
            Some(Deed::Move(Reach::Line, way)) => self.scroll_said(way, 1),
            Some(Deed::Move(Reach::Page | Reach::All, way)) => self.scroll_said(way, self.page()),
            Some(deed @ Deed::Command(_)) => {
                if let Some(Command::Quit(leaving)) = deed.command() {
                    self.common.leaving = Some(leaving);
                } else if let Some(Command::Screen(action)) = deed.command() {
                    self.act(action);
                }
            }
            None
            | Some(
                Deed::OpenBar(_)
                | Deed::MoveProblem(_)
                | Deed::Complete(_)
                | Deed::Recall(_)
                | Deed::Close
                | Deed::Edit
                | Deed::Agree
                | Deed::Practise
                | Deed::Try,
            ) => {}
        }
    }

    /// Does what a command asks of the screen, as far as there is anything of it here.
    fn act(&mut self, action: ScreenAction) {
        match action {
            ScreenAction::Sleep => self.common.suspends = true,
            ScreenAction::Mouse(taken) => self.common.take_mouse(taken),
            ScreenAction::View(_)
            | ScreenAction::Whole
            | ScreenAction::Scroll(..)
            | ScreenAction::ScrollToWrong
            | ScreenAction::Theme(_)
            | ScreenAction::Copy(_) => {}
        }
    }

    /// As many lines as are seen at once of what was said.
    fn page(&self) -> usize {
        let extent = render::said_extent(self, self.common.size);
        extent.height.saturating_sub(1).max(1)
    }

    fn scroll_said(&mut self, way: Way, lines: usize) {
        let most = render::said_extent(self, self.common.size).most();
        self.scroll = scrolled(self.scroll, way, lines, most);
    }

    fn scroll_problem(&mut self, way: Way) {
        let most = render::problem_extent(self, self.common.size).most();
        self.problem_scroll = scrolled(self.problem_scroll, way, 1, most);
    }

    /// How many problems have been right at once, right in the end, and left out.
    pub fn tally(&self) -> [usize; 3] {
        [Ending::Unaided, Ending::Later, Ending::Skipped].map(|wanted| {
            let endings = self.practice.endings();
            endings.filter(|ending| *ending == wanted).count()
        })
    }
}

impl FullScreen for Practising {
    fn common(&self) -> &Common {
        &self.common
    }

    fn common_mut(&mut self) -> &mut Common {
        &mut self.common
    }

    fn update(&mut self, input: &Input) {
        match input {
            Input::Key(key) => self.key(*key),
            Input::Wheel(wheel) => self.scroll_said(wheel.way, SCROLL),
            Input::Paste(text) if !self.over && self.asks.is_none() => self.bar.paste_line(text),
            Input::Paste(_) => {}
        }
    }

    fn draw(&self, frame: &mut Frame) {
        render::draw_practice(frame, self);
    }
}

/// Every key of a round, what it does, and the word that does it too. Keys that do the same share a row.
fn keys() -> Vec<Line> {
    let mut rows: Vec<(Vec<&str>, &str, Deed)> = Vec::new();
    let told = |binding: &&Binding| binding.on == On::Practice && !binding.about.is_empty();
    for binding in BINDINGS.iter().filter(told) {
        let keys = binding.keys.iter().map(|key| key_label(key));
        match rows.last_mut() {
            Some((known, about, _)) if *about == binding.about => known.extend(keys),
            _ => rows.push((keys.collect(), binding.about, binding.deed)),
        }
    }
    let row = |(keys, about, deed): (Vec<&str>, &str, Deed)| {
        let mut line = Line::new().with(format!("{:<12}", keys.join("  ")), Role::Code);
        line.push(about, Role::Plain);
        if let Deed::Command(word) = deed {
            line.push(format!("  ({word})"), Role::Muted);
        }
        line.indent = 12;
        line
    };
    std::iter::once(Line::new())
        .chain(rows.into_iter().map(row))
        .collect()
}
