//! Drawing: one small file for each part of the screen. Everything here takes shared references.

mod bar;
mod code;
mod lesson;
mod menu;
mod paint;
mod panel;
mod pictures;
mod playing;
mod practice;
mod reading;
mod scroll;
mod status;
mod underway;
mod update;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line as TuiLine, Span as TuiSpan};
use ratatui::widgets::Paragraph;

use super::app::{App, Front, Pane, place_of};
use super::layout::{Areas, Mode, SMALLEST};
use crate::command::{Occasion, On};
use crate::screen::FullScreen;
use crate::view::Screen;
use paint::Painter;
use panel::Laid;

pub use menu::{draw_menu, entries_in_sight, help_overflow};
pub use pictures::{BITS, EMPTY};
pub use practice::{draw_practice, problem_extent, said_extent};
pub use reading::overflow as reading_overflow;
pub use scroll::Extent;
pub use underway::draw_underway;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App) {
    with_room(frame, app, "q", |frame, painter| {
        if let Some(areas) = app.areas_on(frame.area().as_size()) {
            draw_areas(frame, app, painter, &areas);
        }
    });
}

/// Draws a screen where there is room for it. Where there is none, `key` leaves.
fn with_room(
    frame: &mut Frame,
    screen: &impl FullScreen,
    key: &str,
    draw: impl FnOnce(&mut Frame, Painter),
) {
    let look = screen.look();
    let area = frame.area();
    if area.width < SMALLEST.width || area.height < SMALLEST.height {
        draw_too_small(frame, Painter { look }, key);
    } else {
        draw(frame, Painter { look });
    }
    look.glyphs.finish(frame.buffer_mut());
}

/// Draws the pane in focus and nothing else.
pub fn draw_alone(frame: &mut Frame, app: &App) {
    let look = app.look();
    let panes = [(app.focus(), frame.area())];
    let screen = Screen::of(app.session());
    draw_panes(frame, app, Painter { look }, &screen, Mode::Wide, &panes);
    look.glyphs.finish(frame.buffer_mut());
}

fn draw_panes(
    frame: &mut Frame,
    app: &App,
    painter: Painter,
    screen: &Screen,
    mode: Mode,
    panes: &[(Pane, Rect)],
) {
    for (pane, area) in panes {
        let focused = app.focus() == *pane;
        let mut block = painter.block(pane_title(*pane, screen, mode, painter), focused);
        let inner = block.inner(*area);
        let scroll = app.scrolled_to(*pane);
        let rest = match pane {
            Pane::Lesson => {
                let rest = lesson::draw(frame, inner, painter, screen, scroll);
                // What comes next is said at the edge of its pane where it is out of sight in it.
                if let Some(next) = screen.next_in_course.as_ref().filter(|_| rest > 0) {
                    block = painter.with_note(block, next, area.width);
                }
                rest
            }
            Pane::Code => code::draw(frame, inner, painter, &screen.code, scroll),
            Pane::Update => {
                let (rest, in_sight) = update::draw(frame, inner, painter, screen, scroll);
                // So is what the run is doing.
                if let Some(seen) = screen.seen.as_ref().filter(|_| !in_sight) {
                    block = painter.with_note(block, &seen.text(), area.width);
                }
                rest
            }
            Pane::Picture => {
                let inner = match &screen.race {
                    Some(race) => playing::draw_race(frame, inner, painter, race),
                    None => inner,
                };
                told(screen).draw(frame, inner, painter, scroll)
            }
        };
        frame.render_widget(painter.with_more(block, rest, focused), *area);
    }
}

fn draw_areas(frame: &mut Frame, app: &App, painter: Painter, areas: &Areas) {
    let screen = Screen::of(app.session());
    status::draw_title(frame, areas.title, painter, &screen);
    draw_panes(frame, app, painter, &screen, areas.mode, &areas.panes);
    status::draw_status(frame, areas.status, painter, &screen);
    let place = app.question_place_on(frame.area().as_size());
    if let (Some(panel), Some(place)) = (app.panel(), place) {
        let preview = |line: &str| app.preview_answer(line);
        Laid::new(panel, place, painter).draw(frame, panel, painter, preview);
    }
    match app.front() {
        Front::Panes if let Some(pace) = &screen.playing => {
            playing::draw(frame, areas.foot, painter, pace);
        }
        Front::Panes if app.message().spans.is_empty() => {
            let picture = (app.focus() == Pane::Picture).then(|| screen.picture.picture());
            let on = picture.map_or(On::Lesson, On::Picture);
            status::draw_hints(frame, areas.foot, painter, on, app.occasion());
        }
        Front::Panes => bar::draw_message(frame, areas, painter, &app.told_in(areas)),
        Front::Asking(panel) if app.message().spans.is_empty() => {
            let on = place_of(&panel.waits);
            status::draw_hints(frame, areas.foot, painter, on, app.occasion());
        }
        Front::Asking(_) => bar::draw_message(frame, areas, painter, app.message()),
        Front::Bar(line) => {
            bar::draw(frame, areas, painter, line, |text| app.preview(text));
        }
        Front::Reading(window) => {
            reading::draw(frame, areas, painter, window);
            if window.told.spans.is_empty() {
                status::draw_hints(frame, areas.foot, painter, On::Reading, Occasion::default());
            } else {
                bar::draw_message(frame, areas, painter, &window.told);
            }
        }
    }
}

/// How far the words of the question can be scrolled, and what is said to answers; `None` where there is none.
pub fn panel_overflow(app: &App) -> Option<(usize, usize)> {
    let painter = Painter { look: app.look() };
    let (panel, place) = (app.panel()?, app.question_place()?);
    Some(Laid::new(panel, place, painter).overflow())
}

/// What of a pane is in sight in `area`, its border included.
pub fn extent(app: &App, pane: Pane, area: Rect) -> Extent {
    let screen = Screen::of(app.session());
    let painter = Painter { look: app.look() };
    let (width, height) = (area.width.saturating_sub(2), area.height.saturating_sub(2));
    match pane {
        Pane::Lesson => Extent::new(lesson::lines(&screen, painter, width).len(), height),
        Pane::Code => code::extent(&code::lines(&screen.code, painter, width), height),
        Pane::Update => update::Lines::new(&screen, width, height, painter).extent(height),
        Pane::Picture => told(&screen).extent(painter, Size { width, height }),
    }
}

fn told(screen: &Screen) -> pictures::Told<'_> {
    pictures::Told {
        picture: &screen.picture,
        verdict: screen.verdict.as_ref(),
        turned: screen.turned.as_ref(),
    }
}

fn pane_name(pane: Pane, screen: &Screen) -> &'static str {
    match pane {
        Pane::Lesson => "Lesson",
        Pane::Code => "Code",
        Pane::Update => "Update",
        Pane::Picture => screen.picture.picture().title(),
    }
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
        Pane::Picture => screen.picture.title(),
    };
    let mut line = heading(painter, &title);
    let muted = |text: String| TuiSpan::styled(painter.text(&text), painter.muted());
    if let Some(next) = screen.next_picture.filter(|_| pane == Pane::Picture) {
        line.push_span(muted(format!("· v: {} ", next.title())));
    }
    let shares = match mode {
        Mode::Wide => false,
        Mode::Stacked => pane != Pane::Update,
        Mode::Single => true,
    };
    if shares {
        let others = Pane::ALL.into_iter().filter(|other| *other != pane);
        let others = others.filter(|other| mode == Mode::Single || *other != Pane::Update);
        let names: Vec<&str> = others.map(|pane| pane_name(pane, screen)).collect();
        line.push_span(muted(format!("· Tab: {} ", names.join(", "))));
    }
    line
}

/// A title in a border.
fn heading(painter: Painter, title: &str) -> TuiLine<'static> {
    let style = Style::reset().add_modifier(Modifier::BOLD);
    TuiLine::from(TuiSpan::styled(format!(" {} ", painter.text(title)), style))
}

/// The notice on a screen that is too small. `key` leaves.
fn draw_too_small(frame: &mut Frame, painter: Painter, key: &str) {
    let area = frame.area();
    let text = format!(
        "The tutor needs {} x {} characters; this window has {} x {}. Make it larger, or press {key} to leave.",
        SMALLEST.width, SMALLEST.height, area.width, area.height
    );
    let paragraph = Paragraph::new(painter.text(&text)).wrap(ratatui::widgets::Wrap { trim: true });
    frame.render_widget(paragraph, area);
}
