//! How the screen is shared: panes get what their contents need, a picture page shows its picture large, and `z` gives the
//! whole screen to one pane.

use std::cell::RefCell;
use std::collections::HashMap;

use nnmom_tutor::command::Picture;
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::screen::{Areas, Mode, Need, Pane, Plan, with_plan};
use nnmom_tutor::session::Session;
use ratatui::layout::{Rect, Size};

use crate::support::depth::in_full;
use crate::support::screens::{STACKED, WIDE, app, enter, pane, press, screen, shown};
use crate::support::sittings::{run, sitting, written};

/// A lesson whose second page is a picture page.
const PICTURES: &str = r"
title: A ball
model:
  surface:
    loss: 0.05*x^2 + 1.5*y^2
    start: {x: -9, y: 2}
training: {rule: none, learning_rate: 0.2}
pages:
  - {title: In numbers, text: The numbers of it.}
  - title: From above
    commands: [reset]
    picture: surface
    text: |
      A ball in a ravine, seen from above.
      Press Space.
  - {title: Over time, picture: history, text: The same over time.}
";

fn ball() -> Session {
    Session::new(written(PICTURES)).unwrap()
}

// ---- Picture pages ----

#[test]
fn a_picture_page_opens_with_its_picture_and_the_next_page_with_its_own() {
    let mut session = ball();
    run(&mut session, &["view terms", "page 2"]);
    assert_eq!(session.picture(), Picture::Surface);
    run(&mut session, &["view terms"]);
    assert_eq!(
        session.picture(),
        Picture::Terms,
        "it is looked at by choice"
    );
    run(&mut session, &["page 3"]);
    assert_eq!(session.picture(), Picture::History);
    run(&mut session, &["page 1"]);
    assert_eq!(
        session.picture(),
        Picture::History,
        "a page without one leaves it"
    );
}

#[test]
fn a_picture_page_has_its_update_and_code_away_until_they_are_asked_for() {
    for size in [STACKED, WIDE, (160, 45)] {
        let mut app = shown(ball());
        enter(&mut app, "page 2");
        screen(&mut app, size);
        let seen = |app: &nnmom_tutor::screen::App| -> Vec<Pane> {
            let areas = app.areas().unwrap();
            areas.panes.iter().map(|(pane, _)| *pane).collect()
        };
        assert_eq!(seen(&app), [Pane::Lesson, Pane::Picture], "{size:?}");
        let picture = app.areas().unwrap().pane(Pane::Picture).unwrap();
        assert!(picture.width == size.0 && picture.height * 2 > size.1);
        press(&mut app, "Tab");
        assert!(seen(&app).contains(&Pane::Update), "{size:?}");
        enter(&mut app, "view surface");
        assert_eq!(seen(&app), [Pane::Lesson, Pane::Picture], "{size:?}");
    }
}

#[test]
fn on_a_picture_page_updates_are_made_and_taken_back_whole() {
    let mut app = shown(ball());
    enter(&mut app, "page 2");
    let at = |app: &nnmom_tutor::screen::App| (app.session().step(), app.session().is_complete());
    assert!(screen(&mut app, WIDE).contains("→ ↓ update"));
    press(&mut app, "Right Right");
    assert_eq!(at(&app), (2, true));
    press(&mut app, "Left");
    assert_eq!(at(&app), (1, true));
    press(&mut app, "Tab");
    assert!(
        screen(&mut app, WIDE).contains("→ line"),
        "its lines are in sight now"
    );
    press(&mut app, "Right");
    assert_eq!(app.session().position().lines, 1);
}

// ---- By need ----

#[test]
fn each_page_of_the_course_fits_with_its_call_at_100_by_30() {
    for builtin in BUILTIN {
        let mut app = shown(sitting(builtin.name));
        for page in 1..=app.session().lesson().pages.len() {
            enter(&mut app, &format!("page {page}"));
            let text = pane(&mut app, Pane::Lesson, WIDE);
            assert!(!text.contains('▼'), "{} {page}\n{text}", builtin.name);
            let asks = !app.session().page().exercises.is_empty();
            let words: Vec<&str> = text.split_whitespace().collect();
            assert!(
                !asks || words.join(" ").to_lowercase().contains("press x"),
                "{text}"
            );
        }
    }
}

/// But for their last pages, which tell what comes next as well.
#[test]
fn the_first_lessons_pages_fit_with_their_call_at_80_by_24() {
    for (lesson, pages) in [("why-momentum", 3), ("learning-rate", 4), ("momentum", 6)] {
        for page in 1..=pages {
            let mut app = app(lesson, &[&format!("page {page}")]);
            let whole = screen(&mut app, STACKED);
            assert!(!whole.contains('▼'), "{lesson} {page}\n{whole}");
        }
    }
}

#[test]
fn why_an_answer_is_right_is_in_sight_whole_and_so_is_what_enter_does() {
    for (lesson, page, answer, why, onward) in [
        (
            "why-momentum",
            1,
            "b",
            "shorter than the one before.",
            "to page 2",
        ),
        (
            "learning-rate",
            3,
            "3.573",
            "moves the weight down.",
            "to page 4",
        ),
        (
            "momentum",
            5,
            "c",
            "how far back each reaches.",
            "to page 6",
        ),
        ("momentum", 6, "3.6005", "and press ↓.", "to page 7"),
    ] {
        for size in [STACKED, WIDE] {
            let mut app = app(lesson, &[&format!("page {page}")]);
            screen(&mut app, size);
            press(&mut app, "x");
            crate::support::screens::answer(&mut app, answer);
            let said = pane(&mut app, Pane::Lesson, size);
            let words: Vec<&str> = said.split_whitespace().collect();
            let words = words.join(" ");
            assert!(words.contains("✓ Right."), "{said}");
            assert!(words.contains(why) && words.contains(onward), "{said}");
        }
    }
}

#[test]
fn the_whole_update_of_iris_is_in_sight_at_160_by_45() {
    let mut app = app("iris", &["page 2", "step"]);
    let update = pane(&mut app, Pane::Update, (160, 45));
    assert!(!update.contains('▼'), "{update}");
    for part in [
        "from w -0.00524071",
        "hidden sum 0",
        "kept for next",
        "change +0.000547086",
    ] {
        assert!(update.contains(part), "{part}\n{update}");
    }
}

#[test]
fn the_first_row_names_the_branch_where_there_are_several() {
    let mut app = app("momentum", &["page 2"]);
    let first = |app: &mut nnmom_tutor::screen::App| {
        let whole = screen(app, WIDE);
        whole.lines().next().unwrap().trim_end().to_owned()
    };
    let row = first(&mut app);
    assert!(row.ends_with("  page 2 of 7   questions 0 of 6"), "{row}");
    enter(&mut app, "compare momentum 0 0.5 max 3");
    let row = first(&mut app);
    assert!(row.ends_with("questions 0 of 6   ● momentum=0"), "{row}");
}

#[test]
fn the_heading_of_an_update_says_where_its_parameter_lies_as_far_as_there_is_room() {
    for (lesson, focus, size, heading) in [
        (
            "iris",
            "ih[0,3]",
            (160, 45),
            "· ih[0,3], from input 0 to hidden node 3 · epoch 1, item 75 ─",
        ),
        (
            "iris",
            "hb[1]",
            (160, 45),
            "· hb[1], the bias of hidden node 1 · epoch 1",
        ),
        (
            "iris",
            "ih[0,3]",
            WIDE,
            "─ Update 1 · ih[0,3] · epoch 1, item 75 ─",
        ),
        ("momentum", "", STACKED, "─ Update 1 · w = ihWeights[i,j] ─"),
        ("ravine", "y", WIDE, "─ Update 1 · w = y ─"),
    ] {
        let mut app = app(lesson, &[&format!("focus {focus}")]);
        let whole = screen(&mut app, size);
        assert!(whole.contains(heading), "{whole}");
    }
}

/// From when it is asked until it is answered, a question's field and what is said stand where they stood, and no line of
/// the update makes room for it where there is some.
#[test]
fn a_question_stands_still_beside_the_whole_update() {
    for size in [STACKED, WIDE, (160, 45)] {
        let mut app = app("momentum", &["page 2", "next 4"]);
        press(&mut app, "x");
        let asked = screen(&mut app, size);
        let place = app.question_place().unwrap();
        for line in [
            "from w 3.56",
            "Δ  delta",
            "▸ w″ new weight",
            "m′ kept for next",
        ] {
            assert!(asked.contains(line), "{line}\n{asked}");
        }
        for answer in ["3.587", "3.609"] {
            crate::support::screens::answer(&mut app, answer);
            screen(&mut app, size);
            assert_eq!(app.question_place(), Some(place), "{size:?} {answer}");
        }
    }
}

/// While it plays, the run is to be seen large, wherever Tab was.
#[test]
fn what_plays_is_in_sight() {
    for size in [(60, 16), STACKED, WIDE] {
        let mut app = app("ravine", &[]);
        screen(&mut app, size);
        press(&mut app, "Space");
        let whole = screen(&mut app, size);
        let picture = app.areas().unwrap().pane(Pane::Picture);
        let picture = picture.unwrap_or_else(|| panic!("{whole}"));
        assert!(picture.width > 50 && picture.height >= 6, "{whole}");
        assert!(whole.contains("▶ playing"), "{whole}");
    }
}

#[test]
fn z_gives_the_pane_in_focus_the_whole_screen_and_gives_it_back() {
    let mut app = app("momentum", &["page 2", "next 3", "view history"]);
    let before = screen(&mut app, WIDE);
    press(&mut app, "z");
    let whole = screen(&mut app, WIDE);
    let areas = app.areas().unwrap();
    assert_eq!(areas.panes, [(Pane::Picture, areas.body)]);
    assert!(whole.contains("z back to the page"), "{whole}");
    enter(&mut app, "view whole");
    assert_eq!(screen(&mut app, WIDE), before);
    press(&mut app, "z PageDown");
    assert!(!app.is_whole(), "a page opens with all its panes");
}

// ---- At every size ----

/// Widths and heights, at which the ways to share the screen change and between.
const WIDTHS: [u16; 10] = [60, 71, 72, 80, 99, 100, 118, 160, 200, 240];
const HEIGHTS: [u16; 20] = [
    16, 17, 18, 20, 21, 22, 23, 24, 25, 27, 28, 30, 33, 36, 40, 45, 50, 55, 60, 80,
];

/// The sizes, of which the first are as different as all of them.
fn sizes() -> Vec<Size> {
    let all = 0..WIDTHS.len() * HEIGHTS.len();
    let size = |place: usize| {
        let place = place * 73 % (WIDTHS.len() * HEIGHTS.len());
        Size::new(WIDTHS[place % 10], HEIGHTS[place / 10])
    };
    all.map(size).collect()
}

/// Each page as it opens, with its update complete, and asked for its answer, whichever pane is in focus, as a page of
/// numbers and as a picture page.
#[test]
fn at_every_size_no_pane_is_cut_beside_empty_rows() {
    let sizes = sizes();
    // Where nobody asks for all of them, each page has one of its moments at a few sizes, and all pages have all sizes.
    let some = if in_full() { sizes.len() } else { 8 };
    let mut begin = 0;
    for builtin in BUILTIN {
        let mut app = shown(sitting(builtin.name));
        for page in 1..=app.session().lesson().pages.len() {
            let moments = ["", "step", "exercise"];
            let moments = if in_full() {
                &moments[..]
            } else {
                &moments[page % 3..][..1]
            };
            for line in moments {
                enter(&mut app, &format!("page {page}"));
                enter(&mut app, line);
                let told = format!("{} {page} {line}", builtin.name);
                let sizes = sizes.iter().cycle().skip(begin).take(some);
                with_plan(&app, |plan| {
                    let needs = RefCell::new(HashMap::new());
                    let need = |pane: Pane, width: u16| -> Need {
                        let known = needs.borrow().get(&(pane, width)).copied();
                        known.unwrap_or_else(|| {
                            let need = (plan.need)(pane, width);
                            needs.borrow_mut().insert((pane, width), need);
                            need
                        })
                    };
                    let plan = Plan {
                        need: &need,
                        ..*plan
                    };
                    for size in sizes {
                        check_each_focus(&plan, *size, &told);
                    }
                });
                begin = (begin + some) % 200;
                press(&mut app, "Esc");
            }
        }
    }
}

#[track_caller]
fn check_each_focus(plan: &Plan, size: Size, told: &str) {
    for focus in Pane::ALL {
        for picture_page in [false, true] {
            let plan = Plan {
                size,
                focus,
                picture_page,
                ..*plan
            };
            let told = format!("{told}, {size}, {focus:?}, {picture_page}");
            check(&plan, &Areas::new(&plan).unwrap(), &told);
        }
    }
}

/// The rows of a pane below its heading that nothing fills, and those that are out of sight. A picture has more to show in
/// more rows; it needs the least of them.
fn share(plan: &Plan, (pane, area): (Pane, Rect)) -> (u16, u16) {
    let (rows, need) = (area.height - 1, (plan.need)(pane, area.width - 2));
    let whole = match pane {
        Pane::Picture if plan.focus == pane => rows.max(need.least),
        Pane::Picture => need.least,
        Pane::Lesson | Pane::Update | Pane::Code => need.whole,
    };
    (rows.saturating_sub(whole), whole.saturating_sub(rows))
}

/// Panes fill the screen side by side; what the run does is whole, the line that comes next and the question are in sight.
/// Of two panes that lie one above the other neither is cut while the other has empty rows. The update is not cut beside
/// empty rows in the other column, unless its picture has no place there beside the whole text.
#[track_caller]
fn check(plan: &Plan, areas: &Areas, told: &str) {
    let all: Vec<Rect> = (areas.panes.iter().map(|(_, area)| *area))
        .chain(areas.divider)
        .chain([areas.verdict])
        .filter(|area| area.height > 0)
        .collect();
    let cells: u32 = all.iter().map(|area| area.area()).sum();
    assert_eq!(cells, areas.body.area(), "{told} {areas:?}");
    for (index, area) in all.iter().enumerate() {
        assert_eq!(areas.body.intersection(*area), *area, "{told} {areas:?}");
        let overlaps = all[..index].iter().any(|other| other.intersects(*area));
        assert!(!overlaps, "{told} {areas:?}");
    }
    let said = (plan.verdict)(plan.size.width - 2);
    assert!(areas.verdict.height >= said, "{told} {areas:?}");
    let free = areas.body.height - areas.verdict.height - 2;
    let in_sight = |pane: Pane, most: u16| {
        let area = areas.pane(pane).unwrap_or_default();
        let least = (plan.need)(pane, area.width.saturating_sub(2)).least;
        assert!(area.height > least.min(most), "{pane:?} {told} {areas:?}");
    };
    if plan.asks {
        in_sight(Pane::Lesson, free * 2 / 3);
    }
    let large = areas.panes.iter().all(|(pane, _)| *pane != Pane::Update);
    if large {
        assert!(plan.picture_page, "{told} {areas:?}");
    } else {
        in_sight(Pane::Update, free / 3);
    }
    for &above in &areas.panes {
        for &below in &areas.panes {
            let apart = above.1.right() <= below.1.x || below.1.right() <= above.1.x;
            if apart || above.1.y >= below.1.y || areas.mode == Mode::Picture {
                continue;
            }
            let beside = areas.panes.iter().filter(|(_, area)| {
                area.y == above.1.y && area.x < below.1.right() && below.1.x < area.right()
            });
            let above = beside.map(|pane| share(plan, *pane));
            let (empty, cut) = above.fold((u16::MAX, 0), |(empty, cut), it| {
                (empty.min(it.0), cut.max(it.1))
            });
            let below = share(plan, below);
            let wasted = (empty > 0 && below.1 > 0) || (below.0 > 0 && cut > 0);
            assert!(!wasted, "{told} {areas:?}");
        }
    }
    if areas.mode == Mode::Wide {
        check_columns(plan, areas, told);
    }
}

#[track_caller]
fn check_columns(plan: &Plan, areas: &Areas, told: &str) {
    let divider = areas.divider.unwrap();
    let left = areas.panes.iter().filter(|(_, area)| area.x < divider.x);
    let left = left.filter(|(pane, _)| *pane != Pane::Picture);
    let empty: u16 = left.map(|pane| share(plan, *pane).0).sum();
    let update = areas.pane(Pane::Update).unwrap();
    let (_, cut) = share(plan, (Pane::Update, update));
    if empty > 0 && cut > 0 {
        let need = |pane| (plan.need)(pane, divider.x - 2);
        let text = need(Pane::Lesson);
        let text = if plan.asks { text.least } else { text.whole };
        let both = text + need(Pane::Picture).least + 2;
        assert!(both > divider.height, "{told} {areas:?}");
    }
}
