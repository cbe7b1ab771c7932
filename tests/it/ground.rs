//! The ground under the runs of a surface: bands of grey or lines, the ways on it, arrows at the ball, the verdict below.

use std::collections::BTreeSet;

use nnmom_tutor::pictures::Drawn;
use nnmom_tutor::screen::{App, Glyphs, Look, Pane, Theme};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{BANDS, Colour, Depth, Ground, Palette};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;

use crate::support::screens::{app, drawn, enter, look, pane, place, screen, shown};
use crate::support::sittings::{contours, run, written};

/// Room for a picture and all that is said of it.
const LARGE: (u16, u16) = (160, 45);

fn surface(loss: &str, start: &str, settings: &str) -> Session {
    Session::unopened(written(&format!(
        "title: T\nmodel:\n  surface:\n    loss: {loss}\n    start: {start}\ntraining:\n  {settings}\n\
         pages:\n  - title: One\n    text: Hello.\n"
    )))
}

fn ravine(settings: &str) -> Session {
    surface("0.05*x^2 + 1.5*y^2", "{x: -9, y: 2}", settings)
}

const HEAVY: &str = "rule: heavy-ball\n  learning_rate: 0.2\n  momentum: 0.8";

/// The picture of a sitting in some look, and where it is.
fn painted(session: Session, look: Look) -> (Buffer, Rect) {
    let mut app = App::new(session, look);
    enter(&mut app, "view surface");
    let buffer = drawn(&mut app, LARGE);
    let area = place(&app, Pane::Picture);
    (buffer, area)
}

fn backgrounds(buffer: &Buffer, area: Rect) -> BTreeSet<String> {
    let cells = area.positions().map(|position| &buffer[position]);
    cells
        .filter(|cell| cell.bg != Color::Reset)
        .map(|cell| format!("{:?}", cell.bg))
        .collect()
}

fn bands(theme: Theme, depth: Depth) -> BTreeSet<String> {
    let palette = Palette::new(theme, depth, Ground::Unknown);
    let band = |index| match palette.band(index).expect("it has bands") {
        Colour::Exact([red, green, blue]) => format!("{:?}", Color::Rgb(red, green, blue)),
        Colour::Indexed(index) => format!("{:?}", Color::Indexed(index)),
        Colour::Named(_) => panic!("sixteen colours have no greys"),
    };
    (0..BANDS).map(band).collect()
}

#[test]
fn the_loss_is_in_bands_of_what_greys_the_terminal_has() {
    for theme in [Theme::Dark, Theme::Light] {
        for depth in [Depth::Indexed, Depth::True] {
            let look = Look {
                depth,
                ..Look::new(theme, Glyphs::Unicode)
            };
            let (buffer, area) = painted(ravine(HEAVY), look);
            assert_eq!(backgrounds(&buffer, area), bands(theme, depth));
        }
    }
}

/// Without greys, lines of equal loss with their numbers say it, whatever the reason.
#[test]
fn without_greys_there_are_lines_with_numbers() {
    let sixteen = Look {
        depth: Depth::Sixteen,
        ..Look::new(Theme::Dark, Glyphs::Unicode)
    };
    for look in [
        Look::new(Theme::Mono, Glyphs::Unicode),
        Look::new(Theme::Auto, Glyphs::Unicode),
        Look::new(Theme::Dark, Glyphs::Ascii),
        sixteen,
    ] {
        let mut app = App::new(ravine(HEAVY), look);
        enter(&mut app, "view surface");
        let picture = pane(&mut app, Pane::Picture, LARGE);
        assert!(
            picture.contains("1 loss ") && picture.contains("3 loss "),
            "{picture}"
        );
        let buffer = drawn(&mut app, LARGE);
        assert!(backgrounds(&buffer, place(&app, Pane::Picture)).is_empty());
    }
}

/// Uphill, each half of a cell is in the band of the one before or in a higher one; where there is no loss, in none.
#[test]
fn bands_rise_with_the_loss() {
    let view = contours(&surface("x + 0*y", "{x: 1, y: 1}", "learning_rate: 0.1"));
    let relief = view.relief(view.window, (40, 10), 4, Drawn::Bands);
    assert_eq!(relief.bands.len(), 40 * 20);
    for row in relief.bands.chunks(40) {
        assert!(
            row.is_sorted() && row[0] == Some(0) && row[39] == Some(4),
            "{row:?}"
        );
    }
    let view = contours(&surface(
        "log(x) + y^2",
        "{x: 0.2, y: 1}",
        "learning_rate: 0.01",
    ));
    let mut window = view.window;
    window[0].low = -window[0].high;
    let relief = view.relief(window, (40, 10), 4, Drawn::Bands);
    for row in relief.bands.chunks(40) {
        let (without, with) = row.split_at(20);
        assert!(without.iter().all(Option::is_none) && with.iter().all(Option::is_some));
    }
}

#[test]
fn each_run_has_a_mark_and_a_colour_of_its_own() {
    let mut session = ravine(HEAVY);
    run(&mut session, &["compare momentum 0 0.5 0.8 0.9 max 20"]);
    let (buffer, area) = painted(session, look(Glyphs::Unicode));
    let marked = |mark: &str| -> BTreeSet<String> {
        let cells = area.positions().map(|position| &buffer[position]);
        let marks = cells.filter(|cell| cell.symbol() == mark);
        marks.map(|cell| format!("{:?}", cell.fg)).collect()
    };
    let colours: Vec<BTreeSet<String>> = ["●", "▲", "■", "◆"].map(marked).into();
    assert!(
        colours.iter().all(|colours| colours.len() == 1),
        "{colours:?}"
    );
    let different: BTreeSet<_> = colours.iter().collect();
    assert_eq!(different.len(), 4, "{colours:?}");
}

/// Delta leads from the ball, the momentum term from where delta ends, and both together to where the ball will be.
#[test]
fn the_arrows_lead_to_where_the_ball_will_be() {
    let mut session = ravine(HEAVY);
    run(&mut session, &["step 7"]);
    let view = contours(&session);
    let ball = *view.paths[0].points.last().unwrap();
    let (delta, term) = (view.delta.unwrap(), view.term.unwrap());
    run(&mut session, &["step"]);
    let next = *contours(&session).paths[0].points.last().unwrap();
    for variable in 0..2 {
        let led = ball[variable] + delta[variable] + term[variable];
        assert!((led - next[variable]).abs() < 1e-12, "{led} {next:?}");
    }
}

/// What is short is drawn longer, so many times; what is long as it is; what is nothing has no arrow.
#[test]
fn a_short_step_is_drawn_longer_and_says_so() {
    let seen = |settings: &str, lines: &[&str]| {
        let mut session = ravine(settings);
        run(&mut session, lines);
        let mut app = shown(session);
        enter(&mut app, "view surface");
        pane(&mut app, Pane::Picture, LARGE)
    };
    let creeping = seen("rule: none\n  learning_rate: 0.2", &["step 20"]);
    assert!(creeping.contains("─▶ step × "), "{creeping}");
    assert!(!creeping.contains("═▶"), "{creeping}");
    let striding = seen("rule: none\n  learning_rate: 8", &[]);
    assert!(!striding.contains("step × "), "{striding}");
    let pushed = seen(HEAVY, &["step 9"]);
    assert!(pushed.contains("μm momentum term"), "{pushed}");
}

/// While the page asks for something of the next update, the arrows keep it.
#[test]
fn arrows_give_no_answer_away() {
    let mut app = app("ravine", &["view surface"]);
    let session = |app: &App| contours(app.session()).delta;
    assert_eq!(session(&app), None, "the page asks where update 1 puts y");
    enter(&mut app, "next 3");
    assert!(session(&app).is_some() && contours(app.session()).term.is_none());
}

#[test]
fn each_minimum_of_a_curve_is_named() {
    let session = surface("(x^2 - 4)^2 + x", "{x: 3}", "learning_rate: 0.01");
    let mut app = shown(session);
    enter(&mut app, "view surface");
    let picture = pane(&mut app, Pane::Picture, LARGE);
    for named in ["deepest -2.03", "minimum 1.97"] {
        assert!(picture.contains(named), "{named}: {picture}");
    }
}

/// What the run does is said beneath, word for word, where the picture has room for it.
#[test]
fn the_verdict_is_whole_beneath_the_picture() {
    for settings in [HEAVY, "rule: none\n  learning_rate: 0.02"] {
        let mut session = ravine(settings);
        run(&mut session, &["step 8"]);
        let verdict = session.seen_behaviour().unwrap().text();
        let mut app = shown(session);
        enter(&mut app, "view surface");
        let picture = screen(&mut app, LARGE);
        let inside = picture.lines().map(|row| row.trim_matches(['┃', '│', ' ']));
        let said = inside.collect::<Vec<_>>().join(" ");
        assert!(said.contains(&verdict), "{verdict}\n{picture}");
    }
}
