//! Which part of something longer than its pane is in sight.

use std::ops::Range;

/// Something that may be longer than its pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extent {
    /// How many lines there are.
    pub lines: usize,
    /// How many of them can be seen.
    pub height: usize,
    /// Those that matter most: they are in sight until the learner scrolls.
    pub follow: Range<usize>,
}

impl Extent {
    /// Something of which the beginning matters most.
    pub fn new(lines: usize, height: u16) -> Self {
        Self {
            lines,
            height: usize::from(height),
            follow: 0..0,
        }
    }

    /// The same with other lines that matter most.
    #[must_use]
    pub fn following(self, follow: Range<usize>) -> Self {
        Self { follow, ..self }
    }

    /// How far it can be scrolled.
    pub fn most(&self) -> usize {
        self.lines.saturating_sub(self.height)
    }

    /// The first line in sight. `scroll` is where the learner has scrolled to, `None` where they have not.
    pub fn top(&self, scroll: Option<usize>) -> usize {
        let top = scroll.unwrap_or_else(|| {
            // A line more, so that it is seen how it goes on.
            let least = (self.follow.end + 1).saturating_sub(self.height);
            least.min(self.follow.start)
        });
        top.min(self.most())
    }

    /// The lines in sight.
    pub fn seen(&self, scroll: Option<usize>) -> Range<usize> {
        let top = self.top(scroll);
        top..self.lines.min(top + self.height)
    }

    /// How many lines are out of sight below.
    pub fn below(&self, scroll: Option<usize>) -> usize {
        self.lines - self.seen(scroll).end
    }
}
