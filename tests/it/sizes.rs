//! What holds of every screen at every size, whatever is on it: panes lie whole within their frames, beside one another;
//! nothing is cut inside a number; the line that comes next and what the run does are in sight. Of the menu and of
//! practice: what is chosen or asked is in sight, and what is not is counted.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use nnmom_tutor::command::Picture;
use nnmom_tutor::explain::Text;
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{Keeper, Logbook, Moment};
use nnmom_tutor::screen::{App, Chooser, Extent, FullScreen, Glyphs, Pane, Practising};
use nnmom_tutor::session::{Library, Session};
use nnmom_tutor::view::{self, Menu};
use ratatui::layout::Rect;

use crate::support::depth::in_full;
use crate::support::screens::{app, drawn, enter, look, pane, press, screen, shown, text};
use crate::support::sittings::{of_the_tests, sitting, written};

/// Sizes at which panes take turns, share the screen or all have a place; just where that changes, and odd ones.
const SIZES: [(u16, u16); 12] = [
    (60, 16),
    (61, 17),
    (71, 40),
    (72, 22),
    (80, 24),
    (99, 31),
    (100, 24),
    (100, 30),
    (103, 27),
    (131, 38),
    (160, 45),
    (233, 61),
];

/// Checks what is on the screen at a size, with each pane in focus where not all of them are in sight.
#[track_caller]
fn check(app: &mut App, size: (u16, u16)) {
    check_all(app, &[size]);
}

/// The same at several sizes.
#[track_caller]
fn check_all(app: &mut App, sizes: &[(u16, u16)]) {
    let known = known_numbers(app);
    // Where there is more room the same is drawn, whichever size is looked at and whichever pane is in focus.
    let roomy = OnceCell::new();
    for size in sizes {
        check_with(app, *size, &known, &roomy);
    }
}

#[track_caller]
fn check_with(
    app: &mut App,
    size: (u16, u16),
    known: &BTreeSet<String>,
    roomy: &OnceCell<BTreeSet<String>>,
) {
    let mut seen = Vec::new();
    while seen.len() < Pane::ALL.len() {
        let buffer = drawn(app, size);
        let whole = text(&buffer, buffer.area);
        let areas = app.areas().expect("the screen is large enough");
        for (_, area) in &areas.panes {
            let row = text(&buffer, Rect { height: 1, ..*area });
            assert!(
                row.starts_with(['─', '━']),
                "no line over {area:?}:\n{whole}"
            );
            assert!(row.trim_end().ends_with(['─', '━']), "{area:?}:\n{whole}");
        }
        let panes = areas.panes.iter().map(|(_, area)| *area);
        let all = panes.chain(areas.divider).chain([areas.verdict]);
        let cells: u32 = all.map(Rect::area).sum();
        assert_eq!(areas.body.area(), cells, "panes have no gaps:\n{whole}");
        let verdict = words(&text(&buffer, areas.verdict));
        let screen = view::Screen::of(app.session());
        let told = screen.verdict_on_run();
        let told = told.map_or_else(String::new, |told| words(&told.text()));
        assert_eq!(verdict, told, "{whole}");
        for (pane, area) in &areas.panes {
            if seen.contains(pane) {
                continue;
            }
            seen.push(*pane);
            let inside = inner(*area);
            match pane {
                Pane::Lesson | Pane::Code => {
                    assert_whole(known, &text(&buffer, inside), &whole);
                }
                Pane::Update => {
                    assert_whole(known, &text(&buffer, inside), &whole);
                    assert_in_sight(app, &text(&buffer, *area), &whole);
                }
                Pane::Picture => {
                    let roomy = || roomy.get_or_init(|| with_more_room(app));
                    assert_none_cut(roomy, &text(&buffer, inside), inside.width, &whole);
                }
            }
        }
        for row in [areas.title, areas.status] {
            assert_whole(known, &text(&buffer, row), &whole);
        }
        press(app, "Tab");
    }
}

/// What is below a heading.
fn inner(area: Rect) -> Rect {
    Rect::new(area.x + 1, area.y + 1, area.width - 2, area.height - 1)
}

/// Every number that the view of a moment holds, its picture apart.
fn known_numbers(app: &App) -> BTreeSet<String> {
    let view = view::Screen::of(app.session());
    let head = (&view.title, view.page, view.exercises, &view.branch);
    let body = (
        &view.text,
        &view.call,
        &view.foot,
        &view.code,
        &view.update,
        &view.seen,
    );
    let settings = (&view.parameters, view.progress);
    numbers(&format!("{head:?} {body:?} {settings:?}"))
}

/// The numbers in a text, as they stand there. What begins with a letter is a name and no number.
fn numbers(text: &str) -> BTreeSet<String> {
    let is_part = |character: char| character.is_alphanumeric() || "._-".contains(character);
    let parts = text.split(|character| !is_part(character));
    let trimmed = parts.map(|part| {
        part.trim_start_matches(['-', '.'])
            .trim_end_matches(['-', '.'])
    });
    trimmed
        .filter(|part| part.starts_with(|first: char| first.is_ascii_digit()))
        .map(str::to_owned)
        .collect()
}

/// Holds that each number in sight is one that the view holds, and no piece of one.
#[track_caller]
fn assert_whole(known: &BTreeSet<String>, text: &str, whole: &str) {
    for number in numbers(text) {
        assert!(known.contains(&number), "{number} is cut:\n{whole}");
    }
}

/// Holds that a number at which a picture meets its frame is no piece of one that it shows where there is more room.
#[track_caller]
fn assert_none_cut<'a>(
    roomy: impl Fn() -> &'a BTreeSet<String>,
    picture: &str,
    width: u16,
    whole: &str,
) {
    for row in picture.lines() {
        let last = row.rsplit(' ').next().unwrap_or_default();
        if row.chars().count() < usize::from(width) || last.ends_with(']') {
            continue;
        }
        let roomy = roomy();
        for number in numbers(last).difference(roomy) {
            let of = roomy.iter().find(|of| is_piece(number, of));
            assert_eq!(of, None, "{number} is cut:\n{whole}");
        }
    }
    assert!(
        !picture.contains("NaN") && !picture.contains("inf"),
        "{whole}"
    );
}

/// Whether a number is the beginning of another one, and not that one in fewer digits.
fn is_piece(number: &str, of: &str) -> bool {
    let decimals = number
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let value: f64 = of.parse().unwrap_or(f64::NAN);
    of.len() > number.len() && of.starts_with(number) && format!("{value:.decimals$}") != number
}

#[test]
fn pieces_of_numbers_are_told_from_rounded_ones() {
    assert!(is_piece("0.66", "0.669") && is_piece("1", "1.7e-9") && is_piece("3.", "3.5"));
    assert!(!is_piece("0.67", "0.669") && !is_piece("0.66", "0.662") && !is_piece("2", "2"));
    let known = numbers("from 3.56 to -0.07, h1 of [2] and 1e-9.");
    assert_eq!(
        known.into_iter().collect::<Vec<_>>(),
        ["0.07", "1e-9", "2", "3.56"]
    );
}

/// The numbers in a picture where there is more room for it.
fn with_more_room(app: &App) -> BTreeSet<String> {
    let mut roomy = shown(app.session().clone());
    let sizes = [(99, 60), (160, 60), (300, 100)];
    let mut picture = |size| {
        enter(&mut roomy, "view picture");
        numbers(&pane(&mut roomy, Pane::Picture, size))
    };
    sizes.into_iter().flat_map(&mut picture).collect()
}

/// Holds that the line which comes next is in sight, and what the run does.
#[track_caller]
fn assert_in_sight(app: &App, update: &str, whole: &str) {
    let view = view::Screen::of(app.session());
    if view.update.rows.iter().any(|row| row.next) {
        let marked = update.lines().any(|line| line.contains('▸'));
        assert!(marked, "which line comes next?\n{whole}");
        assert!(update.contains('?') || !update.contains('='), "{whole}");
    }
}

/// The words of a part of the screen, without the lines of its frame.
fn words(text: &str) -> String {
    let is_frame = |character: char| "─━│┃┌┐└┘┏┓┗┛┣┫┴".contains(character);
    let words = text.split(|character: char| character.is_whitespace() || is_frame(character));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

// ---- Moments ----

/// Every page of every lesson, a few lines into its update and at the update's end.
#[test]
fn every_page_of_the_course() {
    let mut count = 0;
    for builtin in BUILTIN {
        let mut app = shown(sitting(builtin.name));
        for page in 1..=app.session().lesson().pages.len() {
            enter(&mut app, &format!("page {page}"));
            let lines = ["next 3", "step"];
            // One of the two in turn, where not all are looked at.
            let some = if in_full() {
                &lines[..]
            } else {
                &lines[page % 2..][..1]
            };
            for line in some {
                enter(&mut app, line);
                press(&mut app, "Esc");
                check(&mut app, SIZES[count % SIZES.len()]);
                count += 5;
            }
        }
    }
}

/// Every picture that a run has.
#[test]
fn every_picture() {
    let mut count = 0;
    let every = if in_full() { 3 } else { 6 };
    let compare = "compare momentum 0 0.5 0.9 max 30";
    let sweep = "sweep momentum 0..0.95/30 learning_rate 0.05..1.3/90 max 20";
    for (lesson, lines) in [
        ("iris", &["step 3", "next 5"][..]),
        ("xor", &["goto 600", "next 30"]),
        (&of_the_tests("wide"), &["step 3", "set digits 15"]),
        ("ravine", &[compare, sweep, "next 3"]),
        (&of_the_tests("curve"), &[compare, sweep, "next 5"]),
        (&of_the_tests("valleys"), &[compare, sweep, "step"]),
    ] {
        let mut app = app(lesson, lines);
        for picture in Picture::ALL {
            press(&mut app, "Esc");
            enter(&mut app, &format!("view {}", picture.name()));
            if app.session().picture() == picture {
                press(&mut app, "Esc");
                let sizes = SIZES.into_iter().skip(count % every).step_by(every);
                check_all(&mut app, &sizes.collect::<Vec<_>>());
                count += 1;
            }
        }
    }
}

/// Many digits and long formulas, line by line.
#[test]
fn every_line_in_fifteen_digits() {
    for (rule, lesson) in [
        ("nesterov", "momentum"),
        ("averaged", "ravine"),
        ("article", "iris"),
    ] {
        let rule = format!("set rule {rule}");
        let mut app = app(
            lesson,
            &[&rule, "set momentum 1/3", "set digits 15", "step"],
        );
        for line in 0..20 {
            press(&mut app, "Esc Right");
            check(&mut app, SIZES[line % SIZES.len()]);
        }
    }
}

/// What a run is doing is told to its last word beside the line that comes next, however long the words are.
#[test]
fn the_longest_verdicts() {
    let lesson = written(
        r"
title: Two valleys
model:
  surface:
    loss: 0.25*outputs_and_their_biases^4 - 2*outputs_and_their_biases^2 + 0.1*outputs_and_their_biases + (hidden_and_their_weights + 0.3331)^2
    start: {outputs_and_their_biases: 3.5, hidden_and_their_weights: 1}
training: {rule: article, learning_rate: 0.09, momentum: 0.8}
pages: [{title: Two valleys, text: Which one will it settle in?}]
",
    );
    let mut app = shown(Session::new(lesson).unwrap());
    let mut longest = 0;
    for line in ["step 6", "step 6", "set digits 15", "step 3"] {
        enter(&mut app, line);
        for line in 0..7 {
            press(&mut app, "Esc Right");
            let verdict = app.session().seen_behaviour().unwrap().text();
            longest = longest.max(verdict.len());
            check_all(&mut app, &[SIZES[line], SIZES[line + 5]]);
        }
    }
    assert!(longest > 200, "{longest}");
}

/// The menu with each of its places chosen: what is seen is whole, and of what is not it is told how many there are.
#[test]
fn every_place_of_the_menu() {
    let menu = Menu::of(&Library::default(), &Logbook::default());
    let mut titles: Vec<&str> = menu.entries.iter().map(|e| e.title.as_str()).collect();
    titles.push("Mixed problems");
    titles.push("Something of your own");
    for size in SIZES {
        let mut chooser = Chooser::new(menu.clone(), look(Glyphs::Unicode));
        for (place, title) in titles.iter().enumerate() {
            let whole = screen(&mut chooser, size);
            let seen = words(&whole);
            let marked = whole.lines().find(|row| row.starts_with(" ▸")).unwrap();
            assert!(marked.contains(title), "{title}\n{whole}");
            if let Some(entry) = menu.entries.get(place) {
                assert!(seen.contains(&words(&entry.summary)), "{whole}");
                assert!(seen.contains(&words(&entry.opens)), "{whole}");
            }
            let told = seen.split(" more").map(|before| before.rsplit(' ').next());
            let told = told.filter_map(|count| count?.parse::<usize>().ok());
            let row = |title: &&&str| {
                let mut rows = whole.lines().filter(|row| !row.starts_with('─'));
                rows.any(|row| format!("{row} ").contains(&format!(" {title} ")))
            };
            let in_sight = titles.iter().filter(row).count();
            assert_eq!(in_sight + told.sum::<usize>(), titles.len(), "{whole}");
            press(&mut chooser, "Down");
        }
    }
}

/// Problems, what is said to answers, and the summary: told whole, or with a mark that says which key shows the rest.
#[test]
fn every_moment_of_practice() {
    let practice = Practice::new(Keeper::open(None, || Moment(0)), 3, 12);
    let mut practising = Practising::new(practice, look(Glyphs::Unicode));
    let mut sizes = SIZES.iter().cycle();
    while !practising.is_over() {
        for keys in ["4 2 Enter", "F3", "F1", "Esc F3", "F4", "F5"] {
            for size in sizes.by_ref().take(5) {
                check_practice(&mut practising, *size);
            }
            press(&mut practising, keys);
        }
    }
    for size in SIZES {
        check_practice(&mut practising, size);
    }
}

#[track_caller]
fn check_practice(practising: &mut Practising, size: (u16, u16)) {
    let whole = screen(practising, size);
    let panel = practising.panel();
    let read = practising.window().or(practising.summary());
    let said = panel
        .said
        .as_ref()
        .map_or(Vec::new(), |said| said.1.clone());
    let said = read.map_or(Text::from(said), |window| window.sheet.text.clone());
    let problem = words(&Text::from(panel.words.clone()).text());
    let said = words(&said.text());
    let seen = words(&whole);
    let asked = read.is_some() || seen.contains(&problem) || whole.contains(": Shift-↓");
    assert!(asked, "{problem}\n{whole}");
    let more = [": PgDn", ": J"].iter().any(|mark| whole.contains(mark));
    assert!(seen.contains(&said) || more, "{said}\n{whole}");
    let (number, count) = practising.practice().number();
    let (title, takes) = (&panel.title, panel.field().map_or("", |field| &field.takes));
    let known = format!("{problem} {said} {title} {takes} {number} {count} 42");
    let mut known = numbers(&known);
    known.extend((0..=count).map(|tally| tally.to_string()));
    let rows = whole.lines().filter_map(|row| row.split('▼').next());
    assert_whole(&known, &rows.collect::<Vec<_>>().join("\n"), &whole);
}

/// A number of many digits is whole wherever it stands, and the new weight is there at every size.
#[test]
fn the_new_weight_is_in_sight_from_the_smallest_size_on() {
    for width in (1..60)
        .step_by(14)
        .chain((60..170).step_by(6))
        .chain([71, 72, 99, 100, 300])
    {
        for height in [1, 15, 16, 21, 22, 24, 30, 100] {
            let mut app = app("momentum", &[]);
            app.resize(ratatui::layout::Size::new(width, height));
            enter(&mut app, "page 2");
            press(&mut app, "Down");
            let picture = screen(&mut app, (width, height));
            if width >= 60 && height >= 16 {
                assert!(picture.contains("= 3.609"), "{width}x{height}\n{picture}");
            }
        }
    }
}

#[test]
fn what_matters_is_in_sight_until_the_learner_scrolls() {
    let extent = Extent::new(20, 5);
    assert_eq!(extent.seen(None), 0..5);
    assert_eq!(extent.clone().following(3..4).seen(None), 0..5);
    assert_eq!(extent.clone().following(4..5).seen(None), 1..6);
    assert_eq!(extent.clone().following(19..20).seen(None), 15..20);
    assert_eq!(extent.clone().following(7..15).seen(None), 7..12);
    assert_eq!(extent.clone().following(7..15).seen(Some(1)), 1..6);
    assert_eq!(extent.seen(Some(99)), 15..20);
    assert_eq!((extent.most(), extent.below(Some(3))), (15, 12));
}

#[test]
fn what_fits_is_seen_whole() {
    let extent = Extent::new(3, 5).following(2..3);
    assert_eq!((extent.seen(None), extent.below(None)), (0..3, 0));
}
