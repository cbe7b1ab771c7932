//! How the screen is shared: panes get what their contents need, a picture page shows its picture large, and `z` gives the
//! whole screen to one pane.

use nnmom_tutor::command::Picture;
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::screen::Pane;
use nnmom_tutor::session::Session;

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
            let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                !asks || words.contains("press x") || words.contains("Press x"),
                "{text}"
            );
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
