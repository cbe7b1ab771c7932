//! Drawing: one small file for each part of the screen. Everything here takes shared references.

mod bar;
mod code;
mod history;
mod lesson;
mod menu;
mod paint;
mod reading;
mod status;
mod update;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;

use super::app::{App, Front, Pane};
use super::layout::{Areas, Mode, SMALLEST};
use crate::view::Screen;
use paint::Painter;

pub use menu::{draw_menu, lessons_in_sight};
pub use reading::overflow as reading_overflow;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App) {
    let look = app.look();
    let painter = Painter { look };
    let size = Size::new(frame.area().width, frame.area().height);
    match Areas::new(size, app.focus()) {
        Some(areas) => draw_areas(frame, app, painter, &areas),
        None => draw_too_small(frame, painter),
    }
    look.glyphs.finish(frame.buffer_mut());
}

fn draw_areas(frame: &mut Frame, app: &App, painter: Painter, areas: &Areas) {
    let screen = Screen::of(app.session());
    status::draw_title(frame, areas.title, painter, &screen);
    for (pane, area) in &areas.panes {
        let block = painter.block(
            pane_title(*pane, &screen, areas.mode, painter),
            is_focused(app, *pane, areas.mode),
        );
        let inner = block.inner(*area);
        let rest = match pane {
            Pane::Lesson => lesson::draw(frame, inner, painter, &screen, app.scroll(Pane::Lesson)),
            Pane::Code => code::draw(frame, inner, painter, &screen.code, app.scroll(Pane::Code)),
            Pane::Update => update::draw(
                frame,
                inner,
                painter,
                &screen.update,
                app.scroll(Pane::Update),
            ),
            Pane::History => {
                history::draw(frame, inner, painter, &screen.history);
                0
            }
        };
        frame.render_widget(
            painter.with_more(block, rest, is_focused(app, *pane, areas.mode)),
            *area,
        );
    }
    status::draw_status(frame, areas.status, painter, &screen);
    match app.front() {
        Front::Panes if app.message().spans.is_empty() => {
            status::draw_hints(frame, areas.foot, painter, screen.solved.is_some());
        }
        Front::Panes => bar::draw_message(frame, areas, painter, app.message()),
        Front::Bar(line) => bar::draw(frame, areas, painter, line, app.session()),
        Front::Reading(output, scroll) => {
            reading::draw(frame, areas, painter, output, *scroll);
            status::draw_reading_hints(frame, areas.foot, painter);
        }
    }
}

/// How many lines of a pane's content do not fit into `area`, its border included.
pub fn overflow(app: &App, pane: Pane, area: Rect) -> usize {
    let screen = Screen::of(app.session());
    let painter = Painter { look: app.look() };
    let (width, height) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    let lines = match pane {
        Pane::Lesson => lesson::lines(&screen, painter, width).len(),
        Pane::Code => code::lines(&screen.code, painter, width).len(),
        Pane::Update => update::lines(&screen.update, width, height, painter).len(),
        Pane::History => 0,
    };
    lines.saturating_sub(usize::from(height))
}

fn is_focused(app: &App, pane: Pane, mode: Mode) -> bool {
    app.focus() == pane
        || (mode == Mode::Stacked && pane != Pane::Update && app.focus() == Pane::Update)
}

/// The title in a pane's border. Where panes share a place, the others are named beside it.
fn pane_title(pane: Pane, screen: &Screen, mode: Mode, painter: Painter) -> TuiLine<'static> {
    let title = match pane {
        Pane::Lesson => match screen.solved {
            Some(true) => format!("{} · solved", screen.page_title),
            _ => screen.page_title.clone(),
        },
        Pane::Code => format!("Code · {}", screen.code.language),
        Pane::Update => screen.update.heading.clone(),
        Pane::History => format!("History · {}", screen.history.parameter),
    };
    let mut spans = vec![TuiSpan::styled(
        format!(" {} ", painter.text(&title)),
        ratatui::style::Style::reset().add_modifier(Modifier::BOLD),
    )];
    let shares = match mode {
        Mode::Wide => false,
        Mode::Stacked => pane != Pane::Update,
        Mode::Single => true,
    };
    if shares {
        let others = Pane::ALL.into_iter().filter(|other| *other != pane);
        let others = others.filter(|other| mode == Mode::Single || *other != Pane::Update);
        let names: Vec<&str> = others.map(Pane::title).collect();
        let text = painter.text(&format!("· Tab: {} ", names.join(", ")));
        spans.push(TuiSpan::styled(text, painter.muted()));
    }
    TuiLine::from(spans)
}

fn draw_too_small(frame: &mut Frame, painter: Painter) {
    let area = frame.area();
    let text = format!(
        "The tutor needs {} x {} characters; this window has {} x {}. Make it larger, or press q to leave.",
        SMALLEST.width, SMALLEST.height, area.width, area.height
    );
    let paragraph = Paragraph::new(painter.text(&text)).wrap(ratatui::widgets::Wrap { trim: true });
    frame.render_widget(paragraph, area);
}
