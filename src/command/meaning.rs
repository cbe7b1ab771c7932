//! What the learner can ask for, and what that does to a sitting: this decides which commands are saved, which may stand
//! in a lesson, and which are tried while they are being typed. How a command is said stands in its row of the table.

use super::{
    Aim, Assignment, Choice, Column, Comparing, Destination, Filter, Leaving, PageChoice, Pan,
    Phrase, Picture, Playing, Plotting, Predicting, ProgressAction, Row, ScreenAction, ShowTopic,
    Subject, Sweeping, Unit, Zoom,
};
use crate::explain::Language;

/// Longer moves than this are not tried while they are being typed.
const MOST_TRIED: u64 = 100;

/// Something the learner asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Show so many lines more.
    Next(u64),
    /// Complete so many updates.
    Step(u64),
    /// Complete so many epochs.
    Epoch(u64),
    /// Go back so many lines or updates; without a unit, in the one of the last move forward.
    Back(u64, Option<Unit>),
    /// Go to a place in the run.
    Goto(Destination),
    /// Make updates until a condition holds, a breakpoint is met, or so many have been made.
    Run(Option<Phrase>, Option<u64>),
    /// Let the run go on by itself, or pause it.
    Play(Playing),
    /// Start the run again with the lesson's own settings.
    Reset,
    /// Change something.
    Set(Assignment),
    /// Make the whole run anew with another learning rate, momentum or rule.
    Turn(Assignment),
    /// Make what the run was before a setting was turned a branch, by this name.
    Pin(Option<String>),
    /// Show something in words.
    Show(ShowTopic),
    /// Do something to the screen.
    Screen(ScreenAction),
    /// Look at another parameter.
    Focus(Aim),
    /// Compare the gradients with finite differences.
    Gradcheck,
    /// Look at the run in a picture.
    Picture(Choice<Picture>),
    /// Put the table of weights in the order of a column; whether the smallest come first.
    Sort(Choice<Column>, bool),
    /// Show only some rows of the table of weights.
    Filter(Filter),
    /// Look at the surface from nearer or further away.
    Zoom(Zoom),
    /// Look at another part of the surface.
    Pan(Pan),
    /// Choose what is drawn over the updates, and how.
    Plot(Plotting),
    /// Explain a number.
    Why(Subject),
    /// Show the code in a language.
    Code(Choice<Language>),
    /// Keep an expression in sight; without one, list those that are.
    Watch(Option<Phrase>),
    /// Watch nothing any more.
    Unwatch,
    /// Stop runs where a condition becomes true.
    Break(Phrase),
    /// List the breakpoints.
    Breaks,
    /// Give up breakpoint number so and so, from 1.
    Unbreak(usize),
    /// List the branches.
    Branches,
    /// Go to another branch.
    Switch(String),
    /// Give a branch another name; without the first, the current one.
    Rename(Option<String>, String),
    /// Compare two branches; without the second, the first with the current one.
    Diff(String, Option<String>),
    /// Put runs with other settings side by side; without any, show the table of those that are.
    Compare(Option<Comparing>),
    /// Make a run for every value of a setting or two.
    Sweep(Sweeping),
    /// Show which learning rates and momenta settle.
    Stability,
    /// Open a page.
    Page(PageChoice),
    /// Open another lesson, by its name or its file.
    Open(String),
    /// List the lessons that come with the program.
    Lessons,
    /// Open the page's exercise.
    Exercise,
    /// Answer it, or predict the line that comes next; a goal is answered without a value.
    Answer(Option<String>),
    /// Show the next hint.
    Hint,
    /// Show the answer.
    Solution,
    /// Tell of the learner's progress in all lessons, or forget it.
    Progress(ProgressAction),
    /// Ask for lines before they are shown, or no more.
    Predict(Predicting),
    /// Write the run so far to a file; over an old one only where told.
    Export(String, bool),
    /// Write a snapshot of the screen; over an old one only where told.
    Snapshot(String, bool),
    /// Write the sitting as a script; over an old one only where told.
    Save(String, bool),
    /// Write what is set now as a lesson file; over an old one only where told.
    Write(String, bool),
    /// Run a script.
    Source(String),
    /// Explain the commands, or one of them.
    Help(Option<&'static Row>),
    /// List the keys.
    Keys,
    /// Leave.
    Quit(Leaving),
}

/// What a command does to a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// It tells or shows something, and leaves all as it is.
    Looks,
    /// It goes to another place of the run, which may take a while.
    Moves,
    /// It changes a setting, a value, or what is kept of the runs.
    Changes,
    /// It is about the page's exercise, or about predicting.
    Learns,
    /// It opens a page.
    Turns,
    /// It begins another sitting.
    Opens,
    /// It reads or writes a file of the learner's: one that is named, or the record of progress.
    Files,
    /// It is about the screen and not about the sitting.
    Screen,
    /// It ends the sitting.
    Leaves,
}

impl Command {
    /// What it does to a sitting.
    pub fn effect(&self) -> Effect {
        match self {
            Self::Show(_)
            | Self::Why(_)
            | Self::Gradcheck
            | Self::Stability
            | Self::Compare(None)
            | Self::Sweep(Sweeping::Show)
            | Self::Watch(None)
            | Self::Breaks
            | Self::Branches
            | Self::Diff(..)
            | Self::Lessons
            | Self::Help(_)
            | Self::Keys
            | Self::Screen(ScreenAction::View(Choice::This(_))) => Effect::Looks,
            Self::Next(_)
            | Self::Step(_)
            | Self::Epoch(_)
            | Self::Back(..)
            | Self::Goto(_)
            | Self::Run(..)
            | Self::Play(Playing::Go(_)) => Effect::Moves,
            Self::Screen(_)
            | Self::Set(Assignment::Theme(_) | Assignment::Motion(_))
            | Self::Play(Playing::Faster | Playing::Slower) => Effect::Screen,
            Self::Reset
            | Self::Set(_)
            | Self::Turn(_)
            | Self::Pin(_)
            | Self::Code(_)
            | Self::Compare(Some(_))
            | Self::Sweep(Sweeping::Open | Sweeping::Move { .. } | Sweeping::Begin { .. })
            | Self::Focus(_)
            | Self::Picture(_)
            | Self::Sort(..)
            | Self::Filter(_)
            | Self::Zoom(_)
            | Self::Pan(_)
            | Self::Plot(_)
            | Self::Watch(Some(_))
            | Self::Unwatch
            | Self::Break(_)
            | Self::Unbreak(_)
            | Self::Switch(_)
            | Self::Rename(..) => Effect::Changes,
            Self::Exercise | Self::Answer(_) | Self::Hint | Self::Solution | Self::Predict(_) => {
                Effect::Learns
            }
            Self::Page(_) => Effect::Turns,
            Self::Open(_) => Effect::Opens,
            Self::Export(..)
            | Self::Snapshot(..)
            | Self::Save(..)
            | Self::Write(..)
            | Self::Source(_)
            | Self::Progress(_) => Effect::Files,
            Self::Quit(_) => Effect::Leaves,
        }
    }

    /// Whether a script needs it to come to the same state. Of a script that has been run, each command counts by
    /// itself.
    pub fn is_saved(&self) -> bool {
        match self.effect() {
            Effect::Moves | Effect::Changes | Effect::Learns | Effect::Turns | Effect::Opens => {
                true
            }
            Effect::Looks | Effect::Files | Effect::Screen | Effect::Leaves => false,
        }
    }

    /// Whether it makes something that somebody would not want to lose: another run, a long one, several.
    pub fn makes(&self) -> bool {
        matches!(
            self,
            Self::Set(_)
                | Self::Turn(_)
                | Self::Compare(Some(_))
                | Self::Run(..)
                | Self::Epoch(_)
                | Self::Goto(Destination::Step(_))
                | Self::Step(2..)
                | Self::Sweep(Sweeping::Begin { .. } | Sweeping::Open)
        )
    }

    /// Whether a series of turns goes on after it: it leaves the run and the learner's way over it as they are, or goes
    /// back.
    pub fn goes_on_turning(&self) -> bool {
        match self.effect() {
            Effect::Moves => matches!(self, Self::Back(..) | Self::Goto(Destination::Start)),
            Effect::Changes => !matches!(
                self,
                Self::Set(_) | Self::Reset | Self::Switch(_) | Self::Compare(_) | Self::Sweep(_)
            ),
            Effect::Looks | Effect::Learns | Effect::Files | Effect::Screen | Effect::Leaves => {
                true
            }
            Effect::Turns | Effect::Opens => false,
        }
    }

    /// Whether a page of a lesson may do it when it opens.
    pub fn suits_a_page(&self) -> bool {
        match self.effect() {
            // Where it stops depends on what the learner has solved; and it is theirs to start.
            Effect::Moves => !matches!(self, Self::Play(_)),
            Effect::Looks | Effect::Changes => true,
            Effect::Learns
            | Effect::Turns
            | Effect::Opens
            | Effect::Files
            | Effect::Screen
            | Effect::Leaves => false,
        }
    }

    /// Whether a run that is played goes on while it is done.
    pub fn leaves_playing(&self) -> bool {
        let looks = |action: &ScreenAction| *action != ScreenAction::Sleep;
        matches!(
            self,
            Self::Play(_)
                | Self::Picture(_)
                | Self::Focus(_)
                | Self::Sort(..)
                | Self::Filter(_)
                | Self::Zoom(_)
                | Self::Pan(_)
                | Self::Plot(_)
        ) || matches!(self, Self::Screen(action) if looks(action))
    }

    /// Whether it may be done for trial while a line is being typed: it takes no time and touches no file.
    pub fn can_be_tried(&self) -> bool {
        match self.effect() {
            Effect::Moves => matches!(
                self,
                Self::Next(count) | Self::Step(count) | Self::Back(count, _) if *count <= MOST_TRIED
            ),
            Effect::Looks | Effect::Changes => !matches!(self, Self::Compare(_) | Self::Sweep(_)),
            Effect::Learns | Effect::Turns | Effect::Screen | Effect::Leaves => true,
            Effect::Opens | Effect::Files => false,
        }
    }

    /// What it will do, where that can be said without trying it.
    pub fn promise(&self) -> Option<String> {
        if let Self::Help(Some(row)) = self {
            Some(row.about.to_owned())
        } else if let Self::Run(..) = self {
            Some("makes updates until it is told to stop".to_owned())
        } else if let Self::Play(playing) = self {
            let does = match playing {
                Playing::Go(_) => "lets the run go on by itself",
                Playing::Faster => "plays it twice as fast",
                Playing::Slower => "plays it half as fast",
            };
            Some(does.to_owned())
        } else if let Self::Export(file, _)
        | Self::Snapshot(file, _)
        | Self::Save(file, _)
        | Self::Write(file, _) = self
        {
            Some(format!("writes the file {file}"))
        } else if let Self::Open(name) = self {
            Some(format!("opens the lesson {name}"))
        } else if let Self::Source(file) = self {
            Some(format!("runs the commands in {file}"))
        } else {
            None
        }
    }
}
