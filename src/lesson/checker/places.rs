//! Where in a file the checker is, as bytes and in words.

use std::ops::Range;

use super::Checker;
use crate::lesson::yaml::{Step, key_span, value_span};

impl Checker<'_> {
    /// The place of a field of what is being looked at.
    pub(in crate::lesson) fn place(
        &self,
        field: &str,
        find: fn(&str, &[Step]) -> Range<usize>,
    ) -> Range<usize> {
        find(self.source, &self.path_to(field))
    }

    pub(super) fn path_to(&self, field: &str) -> Vec<Step> {
        [&self.path[..], &[Step::key(field)]].concat()
    }

    /// The place of what is being looked at, by its key where it has one.
    pub(in crate::lesson) fn key_span_here(&self) -> Range<usize> {
        match self.path.last() {
            Some(Step::Key(..)) => key_span(self.source, &self.path),
            Some(Step::Index(_)) | None => self.value_span_here(),
        }
    }

    pub(in crate::lesson) fn value_span_here(&self) -> Range<usize> {
        value_span(self.source, &self.path)
    }

    /// `field`, or the item's place in its list, for messages.
    pub(in crate::lesson) fn name(&self) -> String {
        match self.path.as_slice() {
            [] => "the file".to_owned(),
            [.., Step::Key(name, _)] => format!("`{name}`"),
            path => {
                let is_index = |step: &&Step| matches!(step, Step::Index(_));
                let items = path.iter().rev().take_while(is_index).count();
                let (above, items) = path.split_at(path.len() - items);
                let list = above.last().map_or_else(String::new, Step::name);
                let items = items
                    .iter()
                    .rev()
                    .map(|item| format!("{} of ", item.name()));
                format!("{}`{list}`", items.collect::<String>())
            }
        }
    }

    /// " in `training`", " in page 2", or nothing at the top.
    pub(in crate::lesson) fn place_name(&self) -> String {
        match self.path.as_slice() {
            [] => String::new(),
            [.., Step::Key(list, _), Step::Index(index)] if list == "pages" => {
                format!(" in page {}", index + 1)
            }
            [.., Step::Index(_)] => format!(" in {}", self.name()),
            [.., last] => format!(" in `{}`", last.name()),
        }
    }
}
