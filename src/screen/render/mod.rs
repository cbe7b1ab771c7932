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
mod rules;
mod scroll;
mod status;
mod underway;
mod update;
mod wrapped;

use ratatui::Frame;
use ratatui::layout::{Rect, Size};
use ratatui::widgets::{Clear, Paragraph};

use super::app::{App, Front, Pane, place_of};
use super::bar::Bar;
use super::layout::{self, Areas, Mode, Need, Plan, SMALLEST};
use crate::command::{Deed, On, key_for};
use crate::explain::{Line, Role};
use crate::screen::FullScreen;
use crate::view::{Heading, Screen, Value};
use paint::{Painter, below, beyond, more};
use panel::Laid;
use wrapped::Wrapped;

pub use menu::{draw_menu, entries_in_sight, help_overflow};
pub use pictures::{BITS, EMPTY};
pub use practice::{draw_practice, practice_overflow, practice_page};
pub use reading::overflow as reading_overflow;
pub use scroll::Extent;
pub use underway::draw_underway;
pub(in crate::screen) use underway::{draw_progress, stoppable};

/// So many lines of code are in sight at least.
const LEAST_CODE: u16 = 3;

/// Draws the whole screen.
pub fn draw(frame: &mut Frame, app: &App) {
    with_room(frame, app, "q", |frame, painter| {
        let screen = Screen::of(app.session());
        let wrapped = Wrapped::new(&screen, painter);
        if let Some(areas) = places(app, &wrapped) {
            draw_areas(frame, app, &wrapped, &areas);
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
    let painter = Painter { look: app.look() };
    let screen = Screen::of(app.session());
    let wrapped = Wrapped::new(&screen, painter);
    draw_pane(frame, app, &wrapped, (app.focus(), frame.area()), &[]);
    painter.look.glyphs.finish(frame.buffer_mut());
}

/// Where everything is at the moment.
pub fn areas(app: &App) -> Option<Areas> {
    let painter = Painter { look: app.look() };
    places(app, &Wrapped::new(&Screen::of(app.session()), painter))
}

/// Where the question stands, while one does.
pub fn question_place(app: &App) -> Option<Rect> {
    app.panel()?;
    areas(app)?.pane(Pane::Lesson)
}

/// The place of the number of the line that comes next, where that line is in sight and its number is not.
pub fn foretold_place(app: &App) -> Option<Rect> {
    let painter = Painter { look: app.look() };
    let screen = Screen::of(app.session());
    let wrapped = Wrapped::new(&screen, painter);
    foretold(app, &wrapped, &places(app, &wrapped)?)
}

fn foretold(app: &App, wrapped: &Wrapped, areas: &Areas) -> Option<Rect> {
    let area = layout::inside(areas.pane(Pane::Update)?);
    let scroll = app.scrolled_to(Pane::Update);
    let next = wrapped.screen.update.next();
    next.filter(|row| row.value == Value::Asked)?;
    update::field(area, wrapped, scroll)
}

/// The places of the panes that are in sight; a question stands in that of the text.
fn places(app: &App, wrapped: &Wrapped) -> Option<Areas> {
    planned(app, wrapped, Areas::new)
}

/// What the places of everything come from.
pub fn with_plan<T>(app: &App, done: impl FnOnce(&Plan) -> T) -> T {
    let painter = Painter { look: app.look() };
    let screen = Screen::of(app.session());
    planned(app, &Wrapped::new(&screen, painter), done)
}

fn planned<T>(app: &App, wrapped: &Wrapped, done: impl FnOnce(&Plan) -> T) -> T {
    let Wrapped {
        screen, painter, ..
    } = *wrapped;
    let size = app.common().size;
    let columns = size.width.saturating_sub(2);
    let foot = match app.front() {
        Front::Panes if screen.playing.is_some() => 1,
        Front::Panes | Front::Asking(_) => bar::message_rows(painter, app.message(), columns),
        Front::Bar(_) | Front::Foretelling(_) | Front::Reading(_) => 1,
    };
    done(&Plan {
        size,
        focus: app.focus(),
        whole: app.is_whole(),
        picture_page: screen.picture_page,
        asks: app.panel().is_some(),
        need: &|pane, width| match app.panel() {
            Some(panel) if pane == Pane::Lesson => panel::need(panel, painter, width),
            Some(_) | None => need(wrapped, pane, width),
        },
        picture_width: pictures::least(&screen.picture).width,
        verdict: &|width| verdict(screen, painter, width).len() as u16,
        kept: u16::from(screen.tells),
        foot,
    })
}

/// The rows that a pane needs below its heading.
fn need(wrapped: &Wrapped, pane: Pane, width: u16) -> Need {
    match pane {
        Pane::Lesson => lesson::need(wrapped, width),
        Pane::Code => Need::of(LEAST_CODE, wrapped.code(width).len() as u16),
        Pane::Update => update::need(wrapped, width),
        Pane::Picture => pictures::need(&wrapped.screen.picture),
    }
}

/// What the run does, in lines of `width`.
fn verdict(screen: &Screen, painter: Painter, width: u16) -> Vec<Line> {
    let told = screen.verdict_on_run().map(|line| {
        let strong = Line::new().with(line.text(), Role::Strong);
        painter.wrap_line(strong, width)
    });
    told.unwrap_or_default()
}

/// Draws a pane: its heading, with notes beside what is out of sight, and what is in it.
fn draw_pane(
    frame: &mut Frame,
    app: &App,
    wrapped: &Wrapped,
    (pane, area): (Pane, Rect),
    notes: &[Heading],
) {
    let Wrapped {
        screen, painter, ..
    } = *wrapped;
    let focused = app.focus() == pane;
    let scroll = app.scrolled_to(pane);
    let inner = layout::inside(area);
    let rest = match pane {
        Pane::Lesson => lesson::draw(frame, inner, wrapped, scroll),
        Pane::Code => code::draw(frame, inner, wrapped, scroll),
        Pane::Update => update::draw(frame, inner, wrapped, scroll),
        Pane::Picture => {
            let inner = match &screen.race {
                Some(race) => {
                    playing::draw_race(frame, inner, painter, race, screen.turned.is_some())
                }
                None => inner,
            };
            told(screen).draw(frame, inner, painter, scroll)
        }
    };
    let mark = more(rest, if focused { "J" } else { "Tab, J" });
    let notes: Vec<Heading> = mark.into_iter().chain(notes.iter().cloned()).collect();
    let row = Rect { height: 1, ..area };
    rules::draw_heading(
        frame,
        row,
        painter,
        &pane_heading(pane, screen),
        &notes,
        focused,
    );
}

fn draw_areas(frame: &mut Frame, app: &App, wrapped: &Wrapped, areas: &Areas) {
    let Wrapped {
        screen, painter, ..
    } = *wrapped;
    let asked = app.panel();
    status::draw_title(frame, areas.title, painter, screen);
    status::draw_status(frame, areas.status, painter, screen);
    for &(pane, area) in &areas.panes {
        match asked {
            Some(panel) if pane == Pane::Lesson => {
                let preview = |line: &str| app.preview_answer(line);
                Laid::new(panel, area, painter).draw(frame, panel, painter, preview);
            }
            // What the keys of other panes do waits for the answer.
            Some(_) => draw_pane(frame, app, wrapped, (pane, area), &[]),
            None => {
                let notes = notes(pane, screen, areas);
                draw_pane(frame, app, wrapped, (pane, area), &notes);
            }
        }
    }
    let told = verdict(screen, painter, areas.verdict.width.saturating_sub(2));
    let (mut across, mut place) = (Vec::new(), areas.verdict);
    if usize::from(place.height) > told.len().max(1) {
        let row = Rect { height: 1, ..place };
        rules::draw_rule(frame, row, painter, false);
        across.push(row.y);
        place = below(place, 1);
    }
    frame.render_widget(painter.lines(&told), beyond(place, 1));
    if let Some(divider) = areas.divider {
        let rows = |is_left: bool| -> Vec<u16> {
            let panes = areas.panes.iter().map(|(_, area)| *area);
            panes
                .filter(|area| area.width == areas.body.width || (area.x < divider.x) == is_left)
                .map(|area| area.y)
                .chain(across.iter().copied())
                .collect()
        };
        rules::draw_divider(frame, divider, painter, &rows(true), &rows(false));
    }
    let field = foretold(app, wrapped, areas);
    let asks = screen.update.asks && asked.is_none() && screen.playing.is_none();
    if let (Front::Panes, true, Some(place)) = (app.front(), asks, field) {
        frame.set_cursor_position(place.as_position());
    }
    match app.front() {
        Front::Panes => {
            if let Some(pace) = &screen.playing {
                playing::draw(frame, areas.foot, painter, pace, app.occasion());
            } else if app.message().spans.is_empty() && asks {
                bar::draw_message(frame, areas, painter, &now_you(screen));
            } else if app.message().spans.is_empty() {
                let picture = (app.focus() == Pane::Picture).then(|| screen.picture.picture());
                let on = picture.map_or(On::Lesson, On::Picture);
                status::draw_hints(frame, areas.foot, painter, on, app.occasion());
            } else {
                bar::draw_message(frame, areas, painter, &app.told_in(areas));
            }
        }
        Front::Asking(panel) if app.message().spans.is_empty() => {
            let on = place_of(&panel.waits);
            status::draw_hints(frame, areas.foot, painter, on, app.occasion());
        }
        Front::Asking(_) => bar::draw_message(frame, areas, painter, app.message()),
        Front::Foretelling(line) => {
            if let Some(place) = field {
                draw_foretold(frame, app, (areas, place), painter, line);
            } else {
                bar::draw(frame, areas, painter, line, |text| app.preview(text));
            }
        }
        Front::Bar(line) => {
            bar::draw(frame, areas, painter, line, |text| app.preview(text));
        }
        Front::Reading(window) => {
            reading::draw(frame, areas, painter, window);
            if window.told.spans.is_empty() {
                status::draw_hints(frame, areas.foot, painter, On::Reading, app.occasion());
            } else {
                bar::draw_message(frame, areas, painter, &window.told);
            }
        }
    }
}

/// `Now you: w″, new weight. Type the number; → shows it without.`
fn now_you(screen: &Screen) -> Line {
    let shows = key_for(Deed::Command("next"), On::Lesson);
    let line = Line::plain("Now you: ");
    let line = screen.update.next().into_iter().fold(line, |line, row| {
        line.with(row.symbol.clone(), row.role)
            .and(format!(", {}", row.words))
    });
    line.and(format!(". Type the number; {shows} shows it without."))
}

/// What of a pane is in sight in `area`, its heading included.
pub fn extent(app: &App, pane: Pane, area: Rect) -> Extent {
    let screen = Screen::of(app.session());
    let painter = Painter { look: app.look() };
    let wrapped = Wrapped::new(&screen, painter);
    let Rect { width, height, .. } = layout::inside(area);
    match pane {
        Pane::Lesson => lesson::Lines::new(&wrapped, width, height).extent(),
        Pane::Code => code::extent(&wrapped.code(width), height),
        Pane::Update => update::Lines::new(&wrapped, width, height).extent(height),
        Pane::Picture => told(&screen).extent(painter, Size { width, height }),
    }
}

/// Draws the number that is foretold in its place, and at the foot what it would do.
fn draw_foretold(
    frame: &mut Frame,
    app: &App,
    (areas, place): (&Areas, Rect),
    painter: Painter,
    line: &Bar,
) {
    let aside = line.aside(|text| app.preview(text));
    let [compares, closes] = [Deed::Enter, Deed::Close].map(|deed| key_for(deed, On::Bar));
    let idle = format!("{compares} compares it with the line, {closes} leaves it");
    bar::draw_beside(frame, areas, painter, &aside, &idle);
    frame.render_widget(Clear, place);
    bar::draw_line(frame, place, painter, &Line::new(), line, &aside);
}

/// How far the words of the question can be scrolled, and what is said to answers; `None` where there is none.
pub fn panel_overflow(app: &App) -> Option<(usize, usize)> {
    let painter = Painter { look: app.look() };
    let (panel, place) = (app.panel()?, app.question_place()?);
    Some(Laid::new(panel, place, painter).overflow())
}

fn told(screen: &Screen) -> pictures::Told<'_> {
    pictures::Told {
        picture: &screen.picture,
        verdict: screen.verdict.as_ref(),
        turned: screen.turned.as_ref(),
    }
}

fn pane_heading(pane: Pane, screen: &Screen) -> Heading {
    match pane {
        Pane::Lesson => {
            let title = screen.page_title.clone();
            let solved = (screen.solved == Some(true)).then(|| format!("{title} · solved"));
            Heading::of(solved.into_iter().chain([title]))
        }
        Pane::Code => Heading::of([
            format!("Code · {}", screen.code.language),
            "Code".to_owned(),
        ]),
        Pane::Update => screen.update.heading.clone(),
        Pane::Picture => {
            let name = screen.picture.picture().title().to_owned();
            Heading::of([screen.picture.title(), name])
        }
    }
}

/// What is said at the end of a pane's heading: which picture comes next; which panes are away, and how to see them.
fn notes(pane: Pane, screen: &Screen, areas: &Areas) -> Vec<Heading> {
    let mut notes = Vec::new();
    if let Some(next) = screen.next_picture.filter(|_| pane == Pane::Picture) {
        let forms = [format!("v: {}", next.title()), "v".to_owned()];
        notes.push(Heading::of(forms));
    }
    let last = areas.panes.last().is_some_and(|(last, _)| *last == pane);
    let is_away = |pane: &Pane| areas.pane(*pane).is_none();
    if last && areas.mode != Mode::Whole {
        let away = Pane::ALL.into_iter().filter(is_away);
        let names: Vec<&str> = away
            .map(|pane| match pane {
                Pane::Lesson => "Lesson",
                Pane::Code => "Code",
                Pane::Update => "Update",
                Pane::Picture => screen.picture.picture().title(),
            })
            .collect();
        if !names.is_empty() {
            let forms = [format!("Tab: {}", names.join(", ")), "Tab".to_owned()];
            notes.push(Heading::of(forms));
        }
    }
    notes
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
