//! Headings: words that have longer and shorter forms.

use unicode_width::UnicodeWidthStr;

use super::wrap::beginning;

/// What stands over something, the longest form first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    forms: Vec<String>,
}

impl Heading {
    /// A heading with these forms, from the longest to the shortest.
    pub fn of(forms: impl IntoIterator<Item = String>) -> Self {
        Self {
            forms: forms.into_iter().collect(),
        }
    }

    /// The longest form.
    pub fn whole(&self) -> &str {
        self.forms.first().map_or("", String::as_str)
    }

    /// How many columns the shortest form takes.
    pub fn least(&self) -> usize {
        self.forms
            .iter()
            .map(|form| form.width())
            .min()
            .unwrap_or(0)
    }

    /// The same in other characters.
    #[must_use]
    pub fn map(&self, text: impl Fn(&str) -> String) -> Self {
        Self::of(self.forms.iter().map(|form| text(form)))
    }

    /// The longest form that has room in so many columns; of the shortest as many words as have.
    pub fn fitted(&self, room: usize) -> String {
        let fits = |form: &&String| form.width() <= room;
        if let Some(form) = self.forms.iter().find(fits) {
            return form.clone();
        }
        let last = self.forms.last().map_or("", String::as_str);
        let mut words = beginning(last, room);
        words.truncate(words.trim_end_matches([' ', '·', ',']).len());
        words
    }
}
