//! The rows around the panes: title above; settings, progress and keys below.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

use super::paint::Painter;
use crate::command::{Occasion, On, hints, key_label};
use crate::explain::Role;
use crate::screen::theme;
use crate::view::{Heading, Screen, Setting};

/// ` Neural network momentum            page 2 of 5   questions 1 of 3   ● main`
pub fn draw_title(frame: &mut Frame, area: Rect, painter: Painter, screen: &Screen) {
    let (page, pages) = screen.page;
    let exercises = screen.exercises.map_or_else(String::new, |(solved, all)| {
        format!("   questions {solved} of {all}")
    });
    let branch = screen.branch.as_ref();
    let branch = branch.map_or_else(String::new, |name| format!("   ● {name}"));
    let mistake = screen.mistake.as_ref();
    let mistake = mistake.map_or_else(String::new, |place| format!("✗ {place}   "));
    let right = |rest: &str| painter.text(&format!("{mistake}page {page} of {pages}{rest} "));
    let mut all = right(&format!("{exercises}{branch}"));
    // Where it does not all fit, a mistake is what matters.
    if !mistake.is_empty() && all.width() >= usize::from(area.width) {
        all = right("");
    }
    let right = all;
    let room = usize::from(area.width).saturating_sub(right.width() + 2);
    let title = format!(
        " {}",
        Heading::of([painter.text(&screen.title)]).fitted(room)
    );
    let line = spread(&title.into(), &right.into(), area.width);
    frame.render_widget(Paragraph::new(line).style(theme::title()), area);
}

/// ` η 0.01   μ 0.5   rule article          step 0/1   line 4/6`
pub fn draw_status(frame: &mut Frame, area: Rect, painter: Painter, screen: &Screen) {
    let progress = screen.progress;
    let steps = progress
        .steps
        .map_or_else(String::new, |steps| format!("/{steps}"));
    let right = format!(
        "step {}{steps}   line {}/{} ",
        progress.step, progress.line, progress.lines
    );
    let room = usize::from(area.width).saturating_sub(right.len() + 2);
    let all = screen.parameters.len();
    let shapes = [
        (true, all),
        (false, all),
        (false, 2),
        (false, 1),
        (false, 0),
    ];
    let mut lines = shapes
        .into_iter()
        .map(|(words, most)| settings(&screen.parameters[..most.min(all)], painter, words));
    let fitting = lines.find(|line| line.width() <= room);
    let mut line = fitting.unwrap_or_default();
    let gap = usize::from(area.width).saturating_sub(line.width() + right.width());
    line.push_span(" ".repeat(gap));
    line.push_span(right);
    frame.render_widget(Paragraph::new(line), area);
}

/// The settings, with their words or, where there is no room for them, with their symbols only.
fn settings(list: &[Setting], painter: Painter, words: bool) -> TuiLine<'static> {
    let mut line = TuiLine::default();
    for setting in list {
        let symbol = painter.text(&setting.symbol);
        let name = match (words || setting.symbol.is_empty(), symbol.trim()) {
            (true, "") => setting.words.clone(),
            (true, symbol) => format!("{symbol} {}", setting.words),
            (false, symbol) => symbol.to_owned(),
        };
        line.push_span(TuiSpan::raw(format!(" {name} ")));
        let style = painter.style(setting.role).add_modifier(Modifier::BOLD);
        line.push_span(TuiSpan::styled(setting.value.clone(), style));
        line.push_span(" ");
    }
    line
}

/// ` → line  ↓ update  ← back ...`, as much as fits: what the keys do here.
pub fn draw_hints(frame: &mut Frame, area: Rect, painter: Painter, on: On, occasion: Occasion) {
    let mut line = TuiLine::default();
    let mut used = 0;
    for (keys, words) in hints(on, occasion) {
        let labels: Vec<&str> = keys.into_iter().map(key_label).collect();
        let (keys, words) = (painter.text(&labels.join(" ")), painter.text(&words));
        used += keys.width() + words.width() + 3;
        if used > usize::from(area.width) {
            break;
        }
        let strong = painter.style(Role::Strong);
        line.push_span(TuiSpan::styled(format!(" {keys}"), strong));
        line.push_span(TuiSpan::styled(format!(" {words} "), painter.muted()));
    }
    frame.render_widget(Paragraph::new(line), area);
}

/// Two texts, one at each end of a row.
pub fn spread<'a>(left: &TuiSpan<'a>, right: &TuiSpan<'a>, width: u16) -> TuiLine<'a> {
    let gap = usize::from(width).saturating_sub(left.width() + right.width());
    TuiLine::from(vec![left.clone(), " ".repeat(gap).into(), right.clone()])
}
