//! Going between branches and comparing them.

use crate::command::{Refusal, advise, refused};
use crate::explain::{Line, Quantity, Role, number, plural};
use crate::math::Rough;
use crate::session::{Block, Done, Outcome, Session, Table, TableCell, TableColumn, Tree};
use crate::timeline::{Branch, Change, State};
use crate::watch::What;

/// Longer names would leave no room for anything else, in characters.
const LONGEST_NAME: usize = 40;

/// More branches than these nobody tells apart.
const MOST_BRANCHES: usize = 1_000;
/// So many changes a branch may have,
const MOST_CHANGES: usize = 10_000;
/// and so many all of them together, since a branch has those of the one that it was started from.
const MOST_OF_ALL: usize = 10 * MOST_CHANGES;

impl Session {
    /// Refuses to start so many branches where there is no room for them.
    pub(in crate::session) fn has_room_for(&self, more: usize) -> Result<(), Refusal> {
        let branches = self.timeline().branches();
        if branches.len() + more > MOST_BRANCHES {
            return Err(self.no_room(&format!("{MOST_BRANCHES} branches")));
        }
        let changes = |branch: &Branch| branch.run.changes().count();
        let all: usize = branches.iter().map(changes).sum();
        if all + more * changes(self.timeline().current()) > MOST_OF_ALL {
            return Err(self.no_room(&format!("{MOST_OF_ALL} changes, in all branches")));
        }
        Ok(())
    }

    /// Refuses a change where there have been as many as there may be.
    pub(in crate::session) fn has_room_for_change(
        &self,
        step: u64,
        change: Change,
    ) -> Result<(), Refusal> {
        if self.timeline().run().changes().count() >= MOST_CHANGES {
            return Err(self.no_room(&format!("{MOST_CHANGES} changes in a branch")));
        }
        let more = usize::from(self.timeline().would_fork(step, change));
        self.has_room_for(more)
    }

    fn no_room(&self, what: &str) -> Refusal {
        let page = self.page_index() + 1;
        let advice = format!("`page {page}` opens the page anew, with one branch");
        Refusal::new(
            format!("there may be {what}, and there are as many"),
            advice,
        )
    }

    pub(in crate::session) fn switch(&mut self, name: &str) -> Done {
        if self.branch_called(name)? == self.timeline().current_index() {
            return Ok(Outcome::says(format!("This is the branch {name} already.")));
        }
        let (before, walk) = (self.timeline().current_index(), self.walk.clone());
        self.runs.timeline_mut().switch(name);
        self.walk.go_over_to(self.runs.run());
        self.look_back(walk)
            .inspect_err(|_| self.runs.timeline_mut().switch_to(before))?;
        Ok(Outcome::says(format!("This is the branch {name}.")))
    }

    pub(in crate::session) fn rename(&mut self, old: Option<&str>, new: &str) -> Done {
        let index = match old {
            Some(old) => self.branch_called(old)?,
            None => self.timeline().current_index(),
        };
        self.check_name(new)?;
        let old = self.runs.timeline_mut().rename(index, new);
        Ok(Outcome::says(format!(
            "The branch {old} is called {new} now."
        )))
    }

    /// Refuses a name that a branch cannot be given.
    pub(super) fn check_name(&self, new: &str) -> Result<(), Refusal> {
        if new.chars().count() > LONGEST_NAME {
            let message = format!("a branch's name has {LONGEST_NAME} characters at most");
            return refused(message, "a shorter one, such as `rename faster`");
        }
        let is_taken = |branch: &Branch| branch.name == new;
        if self.timeline().branches().iter().any(is_taken) {
            let message = format!("there is a branch `{new}` already");
            return refused(message, "a name that no other branch has");
        }
        Ok(())
    }

    fn branch_called(&self, name: &str) -> Result<usize, Refusal> {
        let branches = self.timeline().branches();
        let found = branches.iter().position(|branch| branch.name == name);
        found.ok_or_else(|| {
            let names = branches.iter().map(|branch| branch.name.as_str());
            Refusal::new(format!("there is no branch `{name}`"), advise(name, names))
        })
    }

    /// The tree of branches, each below the one it was started from.
    pub(in crate::session) fn list_branches(&self) -> Outcome {
        let hint = "`switch NAME` goes to another one, `diff NAME` compares.";
        let mut hints = vec![Line::new(), Line::new().with(hint, Role::Muted)];
        if let Some([_, before]) = self.verdicts() {
            let ghost = Line::plain("The run from before a knob was turned, with ");
            let ghost = ghost
                .joined(before.settings)
                .and(": `pin` makes it a branch.");
            hints.insert(0, ghost);
        }
        Outcome::reads(
            "Branches",
            vec![Block::Tree(self.tree(0)), Block::Lines(hints)],
        )
    }

    fn tree(&self, index: usize) -> Tree {
        let branches = self.timeline().branches();
        let branch = &branches[index];
        let reached = branch.run.reached();
        let updates = format!("  {reached} {}", plural(reached, "update"));
        let name = branch.name.clone();
        let mut line = Line::new().with(name, Role::Strong).and(updates);
        if let Some(origin) = branch.origin {
            let parent = &branches[origin.branch].name;
            let parting = format!(", parted from {parent} after step {}", origin.step);
            line.push(parting, Role::Muted);
        }
        let parted = |other: &usize| {
            let origin = branches[*other].origin;
            origin.is_some_and(|origin| origin.branch == index)
        };
        Tree {
            line,
            is_current: index == self.timeline().current_index(),
            children: (0..branches.len())
                .filter(parted)
                .map(|child| self.tree(child))
                .collect(),
        }
    }

    /// Through which step two branches have the same weights, what is different first, and both side by side from
    /// there on.
    pub(in crate::session) fn diff(&self, first: &str, second: Option<&str>) -> Done {
        let branches = self.timeline().branches();
        let first_index = self.branch_called(first)?;
        let second_index = second.map_or(Ok(self.timeline().current_index()), |name| {
            self.branch_called(name)
        })?;
        let (a, b) = (&branches[first_index], &branches[second_index]);
        let last = a.run.reached().min(b.run.reached());
        let shared = self.timeline().shared_steps(first_index, second_index);
        let watch = self.watch();
        let _goal = watch.toward(shared, Some(last), What::Comparisons);
        // Both states are copied, and two more updates made for their numbers.
        let work = 16 * self.lesson.model.work();
        let goes_on = |step: &u64| watch.goes_on(work, *step);
        let differ = |&step: &u64| {
            a.run.state(step) != b.run.state(step) || a.run.record(step) != b.run.record(step)
        };
        let parted = (shared..=last).take_while(goes_on).find(differ);
        self.unless_halted()?;
        let title = format!("{} and {}", a.name, b.name);
        let Some(parted) = parted else {
            let updates = plural(last, "update");
            let text = format!("They are the same as far as both have come: {last} {updates}.");
            return Ok(Outcome::shows(title, vec![Line::plain(text)]));
        };
        let weights_differ = |&step: &u64| a.run.state(step).weights != b.run.state(step).weights;
        let weights_part = (parted..=last).take_while(goes_on).find(weights_differ);
        self.unless_halted()?;
        let same = weights_part.map_or(Some(last), |step| step.checked_sub(1));
        let agreement = match same {
            None => "The weights differ from the start.".to_owned(),
            Some(step) if weights_part.is_none() => {
                format!("All weights are the same through step {step}, as far as both have come.")
            }
            Some(step) => format!("All weights are the same through step {step}."),
        };
        let agreement = Line::plain(agreement);
        let parting = Block::Lines(vec![agreement, self.parting(a, b, parted), Line::new()]);
        let table = Block::Table(self.side_by_side(a, b, same.unwrap_or(0), last));
        Ok(Outcome::reads(title, vec![parting, table]))
    }

    /// What is different at the step where two branches part.
    fn parting(&self, a: &Branch, b: &Branch, step: u64) -> Line {
        let (x, y) = (a.run.state(step), b.run.state(step));
        let kept = |state: &State, place| (state.weights[place], state.memories.of(place));
        let differs = |place: &usize| kept(&x, *place) != kept(&y, *place);
        let names = self.lesson.model.parameters();
        let place = std::iter::once(self.focus())
            .chain(0..names.len())
            .find(differs);
        let place = place.unwrap_or(self.focus());
        let of = |what: &str| match names.len() {
            1 => what.to_owned(),
            _ => format!("{what} of {}", names[place]),
        };
        let numbers = |state: &State| {
            let (weight, memories) = kept(state, place);
            [
                ("learning rate".to_owned(), state.settings.learning_rate),
                ("momentum".to_owned(), state.settings.momentum),
                (of("weight"), weight),
                (of("memory"), memories[0].value),
            ]
        };
        let mut different = Vec::new();
        if x.settings.rule != y.settings.rule {
            let [a, b] = [&x, &y].map(|state| state.settings.rule.name());
            different.push(format!("rule {a} and {b}"));
        }
        for ((what, a), (_, b)) in numbers(&x).into_iter().zip(numbers(&y)) {
            if a != b {
                let shown = [a, b].map(|value| self.shown(value));
                let alike = shown[0] == shown[1];
                let [a, b] = if alike {
                    [a, b].map(|value| number::exact_in(value, self.digits().decimal()))
                } else {
                    shown
                };
                different.push(format!("{what} {a} and {b}"));
            }
        }
        if x.schedule != y.schedule {
            different.push("the order of the items".to_owned());
        }
        if different.is_empty() {
            different.push("the gradient".to_owned());
        }
        let different = different.join(", ");
        Line::plain(format!(
            "The first difference is after step {step}: {different}."
        ))
    }

    fn side_by_side(&self, a: &Branch, b: &Branch, from: u64, last: u64) -> Table {
        /// More rows than this are read in a file.
        const MOST: u64 = 20;
        let weight = |branch: &Branch, step| branch.run.state(step).weights[self.focus()];
        let row = |step: u64| {
            let [x, y] = [a, b].map(|branch| Rough::rounded(weight(branch, step)));
            let difference = y.with(x, |y, x| y - x);
            let numbers = [x, y, difference].map(|value| TableCell::Number(value, self.digits()));
            [vec![TableCell::Count(step)], numbers.into()].concat()
        };
        let room = a.name.len().max(b.name.len()).max(10);
        let column = |name: &str, quantity| TableColumn::new(name, Role::Quantity(quantity), room);
        Table {
            columns: vec![
                TableColumn::new("step", Role::Plain, 4),
                column(&a.name, Quantity::After),
                column(&b.name, Quantity::After),
                column("difference", Quantity::Change),
            ],
            rows: (from..=last.min(from.saturating_add(MOST)))
                .map(row)
                .collect(),
        }
    }
}
