//! Runs with different settings, side by side.

use crate::command::{Comparing, Phrase, Until, refused};
use crate::explain::{Line, Quantity, Role, number, plural, series};
use crate::math::{Rough, Settings};
use crate::session::{Block, Done, Outcome, Session, Table, TableCell, TableColumn};
use crate::timeline::{Comparison, Course, End, Finish};
use crate::watch::What;

/// So many updates runs make at most to come to a condition where no number is given.
const MOST_UPDATES: u64 = 10_000;

/// Branches that are compared.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::session) struct Lineup {
    /// The branches and their settings, in order.
    pub runs: Vec<(usize, Settings)>,
    /// What they are to come to.
    until: Option<Phrase>,
    /// After so many updates at the latest.
    most: u64,
}

impl Session {
    pub(in crate::session) fn compare(&mut self, asked: Option<&Comparing>) -> Done {
        let Some(asked) = asked else {
            return self.show_comparison();
        };
        self.has_room_for(asked.settings.len())?;
        let origin = self.timeline().current_index();
        let (branches, walk) = (self.timeline().branches().len(), self.walk.clone());
        let mut runs = Vec::new();
        for setting in asked.settings.clone() {
            self.runs.timeline_mut().switch_to(origin);
            let index = self.runs.timeline_mut().start_over(&[setting]);
            runs.push((index, self.timeline().run().state(0).settings));
        }
        self.runs.timeline_mut().switch_to(runs[0].0);
        let compared = Lineup {
            runs,
            until: asked.until.clone(),
            most: asked.most.unwrap_or(match asked.until {
                Some(_) => MOST_UPDATES,
                None => 0,
            }),
        };
        let most = compared.most;
        let most = (self.lesson.model.updates()).map_or(most, |all| most.min(all));
        let watch = self.watch().clone();
        let goal = watch.toward(0, Some(most), What::Updates);
        let made = self.courses(&compared, most, |courses| {
            courses.iter().map(Course::step).max()
        });
        let before = self.runs.compare(Some(compared));
        self.stand_after(0);
        let step = made.unwrap_or(0);
        let _ = self.runs.run_mut().reach(step);
        let reached = self.timeline().run().reached();
        self.stand_after(reached);
        self.keep_up();
        drop(goal);
        if watch.is_halted() {
            self.runs.timeline_mut().give_up_after(branches, origin);
            self.runs.compare(before);
            self.walk = walk;
            return Ok(Outcome::says(
                "Stopped. The runs are not compared, and all is as it was.",
            ));
        }
        if most > 0 {
            return self.show_comparison();
        }
        let names: Vec<&str> = (self.runs.compared().iter())
            .flat_map(|compared| &compared.runs)
            .map(|(index, _)| self.timeline().branches()[*index].name.as_str())
            .collect();
        Ok(Outcome::says(format!(
            "{} stand at the start. Forward moves make all of them; `compare` shows their table.",
            names.join(", ")
        )))
    }

    /// The branches that go along with the current one; none where that is not compared.
    pub(in crate::session) fn rivals(&self) -> Vec<usize> {
        let current = self.timeline().current_index();
        let runs = self
            .runs
            .compared()
            .map_or(&[][..], |compared| &compared.runs);
        let branches = runs.iter().map(|(index, _)| *index);
        let is_in = branches.clone().any(|index| index == current);
        branches
            .filter(|index| is_in && *index != current)
            .collect()
    }

    /// What the runs that are compared are to come to, where the current one is among them.
    pub(in crate::session) fn common_goal(&self) -> Option<&Phrase> {
        let compared = self.runs.compared().filter(|_| !self.rivals().is_empty())?;
        compared.until.as_ref()
    }

    /// Carries every run that is compared as far as the learner has come.
    pub(in crate::session) fn keep_up(&mut self) {
        let step = self.step();
        self.runs.keep_up(step);
    }

    /// Makes the runs again, without their history, and looks at them.
    fn courses<T>(&self, compared: &Lineup, most: u64, look: impl FnOnce(&[Course]) -> T) -> T {
        let model = &self.lesson.model;
        let start = self.timeline().branches()[compared.runs[0].0].run.state(0);
        let settings = compared.runs.iter().map(|(_, settings)| *settings);
        let settings: Vec<Settings> = settings.collect();
        let mut comparison = Comparison::new(model, &start, &settings);
        let scope = self.scope();
        match &compared.until {
            Some(phrase) => {
                let until = Until::new(scope, phrase, model);
                comparison.run(model, most, Some(&until), self.watch());
            }
            None => comparison.run(model, most, None, self.watch()),
        }
        look(comparison.courses())
    }

    fn show_comparison(&self) -> Done {
        let Some(compared) = self.runs.compared() else {
            return refused(
                "nothing is compared yet",
                "`compare momentum 0 0.5 0.9` begins it",
            );
        };
        let step = self.step();
        let most = match compared.until {
            Some(_) => compared.most.max(step),
            None => step,
        };
        let (said, last) = self.courses(compared, most, |courses| {
            let last = courses.iter().map(Course::step).max().unwrap_or(0);
            let came = self.came(compared, courses);
            let until = compared.until.as_ref();
            let told = came.iter().map(|one| self.told(one, until.is_some(), last));
            let told: Vec<Line> = told.collect();
            let first = until.map(|until| which_is_first(&came, &until.text));
            let table = self.table(compared, &came);
            ((first, told, table), last)
        });
        self.unless_halted()?;
        let head = match &compared.until {
            Some(phrase) => format!(
                "How many updates until {}, and the rest after {last}:",
                phrase.text
            ),
            None => format!("After {step} updates:"),
        };
        let (first, told, table) = said;
        let overshoots = (self.lesson.model.surface().is_some()).then(|| {
            Line::new().with(
                "Overshoots: how often a weight has crossed its lowest place, to the other side.",
                Role::Muted,
            )
        });
        let blocks = vec![
            Block::Lines(first.into_iter().collect()),
            Block::Told(told),
            Block::Lines(vec![Line::plain(head)]),
            Block::Table(table),
            Block::Lines(overshoots.into_iter().collect()),
        ];
        Ok(Outcome::reads("Side by side", blocks))
    }

    /// What each run has come to.
    fn came<'a>(&'a self, compared: &Lineup, courses: &'a [Course<'a>]) -> Vec<Came<'a>> {
        let model = &self.lesson.model;
        let came = |((branch, _), course): (&(usize, Settings), &'a Course<'a>)| {
            let mut goes_on = |items| self.watch().goes_on(items * model.work(), 0);
            let finish = self.watch().part(|| course.finish(&mut goes_on));
            Came {
                name: &self.timeline().branches()[*branch].name,
                loss: finish.loss.map(|loss| course.rough_loss(model, loss)),
                finish,
                course,
            }
        };
        compared.runs.iter().zip(courses).map(came).collect()
    }

    fn table(&self, compared: &Lineup, came: &[Came]) -> Table {
        let short = self.digits().exactly(5);
        let number = |value| TableCell::Number(value, short);
        let row = |one: &Came| {
            let updates = match one.finish.end {
                End::Reached(step) => TableCell::Count(step),
                End::Unreached if compared.until.is_some() => TableCell::NotIn(one.finish.step),
                End::Unreached => TableCell::Count(one.finish.step),
                End::Stopped(_) => TableCell::StopsAt(one.finish.step),
            };
            vec![
                TableCell::Name(one.name.to_owned()),
                updates,
                one.loss.map_or(TableCell::Nothing, number),
                self.overshoots(one.course),
                number(Rough::rounded(one.course.largest_change())),
            ]
        };
        Table {
            columns: vec![
                TableColumn::new("run", Role::Plain, 4),
                TableColumn::new("updates", Role::Strong, 14),
                TableColumn::new("loss", Role::Quantity(Quantity::Loss), 12),
                TableColumn::new("overshoots", Role::Plain, 10),
                TableColumn::new("largest change", Role::Quantity(Quantity::Change), 14),
            ],
            rows: came.iter().map(row).collect(),
        }
    }

    /// A row of the table in a sentence: `momentum=0: 206 updates; after 206 the loss is 0.0009831; it has crossed its
    /// lowest place 6 times along x and 55 times along y; its largest change was 1.2.`
    fn told(&self, one: &Came, aims: bool, last: u64) -> Line {
        let counted = |count: u64, word: &str| format!("{count} {}", plural(count, word));
        let mut parts = vec![match one.finish.end {
            End::Reached(step) => counted(step, "update"),
            End::Unreached if !aims => counted(one.finish.step, "update"),
            End::Unreached => format!("not there after {}", counted(one.finish.step, "update")),
            End::Stopped(_) => format!("it stops after {}", counted(one.finish.step, "update")),
        }];
        if let Some(loss) = one.loss {
            let loss = number::display_rough(loss, self.digits().exactly(5));
            parts.push(format!(
                "after {} the loss is {loss}",
                last.min(one.finish.step)
            ));
        }
        let counts = one.course.overshoots();
        let along = self.lesson.model.parameters().iter().zip(counts);
        let along = along.filter(|(_, count)| **count > 0);
        let along = along.map(|(name, count)| format!("{} along {name}", counted(*count, "time")));
        let along: Vec<String> = along.collect();
        if !counts.is_empty() {
            parts.push(if along.is_empty() {
                "never crossed its lowest place".to_owned()
            } else {
                format!("crossed its lowest place {}", series(along, "and"))
            });
        }
        let largest = Rough::rounded(one.course.largest_change());
        let largest = number::display_rough(largest, self.digits().exactly(5));
        parts.push(format!("largest change {largest}"));
        Line::plain(format!("{}: {}.", one.name, parts.join("; ")))
    }

    /// How often each weight has crossed its minimum; one number where it is the same for all.
    fn overshoots(&self, course: &Course) -> TableCell {
        let counts = course.overshoots();
        match counts.first() {
            None => TableCell::Nothing,
            Some(first) if counts.iter().all(|count| count == first) => TableCell::Count(*first),
            Some(_) => {
                let names = self.lesson.model.parameters().iter();
                TableCell::Counts(names.cloned().zip(counts.iter().copied()).collect())
            }
        }
    }
}

/// What a run has come to beside others.
struct Came<'a> {
    /// Its branch.
    name: &'a str,
    course: &'a Course<'a>,
    finish: Finish,
    loss: Option<Rough>,
}

/// `momentum=0.8 is first: loss < 0.001 after 24 updates.`
fn which_is_first(came: &[Came], until: &str) -> Line {
    let reached = came.iter().filter_map(|one| match one.finish.end {
        End::Reached(step) => Some((step, one.name)),
        End::Unreached | End::Stopped(_) => None,
    });
    let reached: Vec<(u64, &str)> = reached.collect();
    let Some(least) = reached.iter().map(|(step, _)| *step).min() else {
        return Line::plain(format!("None of them gets to {until}."));
    };
    let first = reached.iter().filter(|(step, _)| *step == least);
    let names: Vec<&str> = first.map(|(_, name)| *name).collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    let line = Line::new().with(series(&names, "and"), Role::Strong);
    line.and(format!(
        " {are} first: {until} after {least} {}.",
        plural(least, "update")
    ))
}
