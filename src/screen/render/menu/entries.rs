//! The rows of the menu: a lesson each, practice, and something of one's own.

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use unicode_width::UnicodeWidthStr;

use super::{Course, OWN_TITLE, PRACTICE_TITLE, WITH_BARS, WITH_WORDS};
use crate::explain::Role;
use crate::screen::render::paint::shortened;
use crate::screen::theme;
use crate::view::{MenuEntry, State};

impl Course<'_> {
    pub(super) fn row(&self, index: usize, entry: &MenuEntry) -> TuiLine<'static> {
        let stopped = self.chooser.menu().stopped == index;
        let sign = match entry.state {
            State::Finished => "✓",
            State::Begun => "◐",
            State::New => " ",
        };
        let (page, pages) = entry.page;
        let place = format!("page {page} of {pages}");
        let words = match entry.state {
            _ if pages == 0 => "cannot be opened".to_owned(),
            State::Finished => "finished".to_owned(),
            State::New if stopped => "begin here".to_owned(),
            State::New => String::new(),
            State::Begun if stopped && self.width >= WITH_WORDS => {
                format!("go on here: {place}")
            }
            State::Begun if stopped => "go on here".to_owned(),
            State::Begun => place,
        };
        let (solved, all) = entry.solved;
        let counted = match all {
            0 => String::new(),
            all => format!("{solved} of {all}"),
        };
        let number = format!("{:>2}", index + 1);
        let chosen = index == self.chooser.chosen();
        self.columns(
            [sign, &number, &entry.title],
            chosen,
            Some(entry.solved),
            &counted,
            &words,
        )
    }

    pub(super) fn practice(&self) -> TuiLine<'static> {
        let (mastered, all) = self.chooser.menu().skills;
        let counted = format!("{mastered} of {all}");
        let row = [" ", " p", PRACTICE_TITLE];
        let words = if self.width >= WITH_WORDS {
            "skills mastered"
        } else {
            "skills"
        };
        let chosen = self.chooser.chooses_practice();
        self.columns(row, chosen, Some((mastered, all)), &counted, words)
    }

    pub(super) fn own(&self) -> TuiLine<'static> {
        let row = [" ", " t", OWN_TITLE];
        let words = if self.width >= WITH_WORDS {
            "x^2+10*y^2, data.csv"
        } else {
            ""
        };
        self.columns(row, self.chooser.chooses_own(), None, "", words)
    }

    /// A row in its columns; the chosen one stands out.
    fn columns(
        &self,
        [sign, number, title]: [&str; 3],
        chosen: bool,
        solved: Option<(usize, usize)>,
        counted: &str,
        words: &str,
    ) -> TuiLine<'static> {
        let painter = self.painter;
        let entries = &self.chooser.menu().entries;
        let titles = entries
            .iter()
            .map(|entry| painter.text(&entry.title).width());
        let room = titles.max().unwrap_or(0).max(OWN_TITLE.len());
        let room = room.min(usize::from(self.width).saturating_sub(18));
        let title = shortened(&painter.text(title), room);
        let gap = " ".repeat(room - title.width().min(room));
        let mark = if chosen { "▸" } else { " " };
        let head = painter.text(&format!(" {mark}{sign} {number} {title}{gap}  "));
        let mut line = TuiLine::from(head);
        if self.width >= WITH_BARS {
            let width = if self.width >= WITH_WORDS { 12 } else { 8 };
            let bar = solved.map_or_else(
                || " ".repeat(width).into(),
                |solved| self.bar(solved, width),
            );
            line.spans.extend(bar.spans);
            line.push_span("  ");
        }
        let style = solved.map_or_else(Style::default, |_| painter.muted());
        line.push_span(TuiSpan::styled(format!("{counted:<8}"), style));
        if self.width >= WITH_BARS {
            line.push_span(TuiSpan::raw(format!(" {}", painter.text(words))));
        }
        if chosen {
            line = line.patch_style(theme::current());
            for span in &mut line.spans {
                span.style = span.style.add_modifier(Modifier::REVERSED);
            }
            let rest = usize::from(self.width).saturating_sub(line.width());
            let reversed = theme::current().add_modifier(Modifier::REVERSED);
            line.push_span(TuiSpan::styled(" ".repeat(rest), reversed));
        }
        line
    }

    /// `━━━━────────`, so much of it as is done.
    pub(super) fn bar(&self, (done, all): (usize, usize), width: usize) -> TuiLine<'static> {
        let full = (done * width).checked_div(all).unwrap_or(0);
        // What has been begun is seen to be.
        let full = full.max(usize::from(done > 0));
        let [strong, muted] = [Role::Strong, Role::Muted].map(|role| self.painter.style(role));
        let of = |sign: &str, count: usize| self.painter.text(&sign.repeat(count));
        TuiLine::from(vec![
            TuiSpan::styled(of("━", full), strong),
            TuiSpan::styled(of("─", width - full.min(width)), muted),
        ])
    }
}
