//! What holds of pictures whatever they are of: their parts, on surfaces and networks that are made for it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use nnmom_tutor::command::{Column, Picture};
use nnmom_tutor::explain::{Quantity, number};
use nnmom_tutor::math::Rule;
use nnmom_tutor::math::portable::log10;
use nnmom_tutor::pictures::{
    ContourView, Drawn, HistoryView, LineView, NetworkView, OnPath, PictureView, Plane, SurfaceView,
};
use nnmom_tutor::screen::{App, Glyphs, Pane};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::Screen;
use proptest::prelude::*;
use ratatui::layout::Position;
use ratatui::style::Modifier;

use crate::support::screens::{
    SMALLEST, STACKED, WIDE, app, app_with, drawn, enter, look, pane, place, press, screen, shown,
    text,
};
use crate::support::sittings::{at_page, contours, of_the_tests, run, written};

// ---- Lessons ----

/// A sitting with a lesson that trains `model`.
fn training(model: &str) -> Session {
    Session::unopened(written(&format!(
        "title: T\nmodel:\n{model}training:\n  learning_rate: 0.1\n  momentum: 0.5\n\
         pages:\n  - title: One\n    text: Hello.\n"
    )))
}

fn on_surface(loss: &str, start: [f64; 2], [x, y]: [f64; 2]) -> Session {
    let start = format!("{{x: {}, y: {}}}", start[0], start[1]);
    let view = format!("{{x: [-{x}, {x}], y: [-{y}, {y}]}}");
    training(&format!(
        "  surface:\n    loss: {loss}\n    start: {start}\n    view: {view}\n"
    ))
}

/// A network with drawn weights, and a row for each of these inputs.
fn with_network(layers: &[usize], initial: &str, rows: &[Vec<f64>]) -> Session {
    let targets = vec![0.5; layers[layers.len() - 1]];
    let mut model = format!(
        "  network:\n    layers: {layers:?}\n    output: identity\n    initial: {initial}\n    \
         data:\n      rows:\n"
    );
    for inputs in rows {
        writeln!(
            model,
            "        - {{inputs: {inputs:?}, targets: {targets:?}}}"
        )
        .unwrap();
    }
    training(&model)
}

fn history(session: &Session) -> HistoryView {
    let picture = PictureView::of(Picture::History, &session.subject());
    let PictureView::History(view) = picture else {
        panic!("{picture:?}");
    };
    view
}

fn line(session: &Session) -> LineView {
    let picture = PictureView::of(Picture::Line, &session.subject());
    let PictureView::Line(view) = picture else {
        panic!("{picture:?}");
    };
    view
}

fn network(session: &Session) -> NetworkView {
    let picture = PictureView::of(Picture::Network, &session.subject());
    let PictureView::Network(view) = picture else {
        panic!("{picture:?}");
    };
    view
}

// ---- Surfaces ----

#[test]
fn a_circle_is_a_circle_and_nothing_that_is_asked_for_is_left_out() {
    let view = contours(&on_surface("x^2 + y^2", [1.0, 1.0], [1.0, 1.0]));
    for (columns, rows) in [(40, 10), (20, 20), (60, 15), (30, 15)] {
        let [x, y] = view.fit(columns, rows);
        let across = x.width() / f64::from(columns);
        let up = y.width() / f64::from(2 * rows);
        assert!((across - up).abs() < 1e-12, "{columns}x{rows}");
        assert!(x.low <= -1.0 && x.high >= 1.0 && y.low <= -1.0 && y.high >= 1.0);
    }
}

#[test]
fn what_cannot_be_compared_has_scales_of_its_own() {
    let view = contours(&on_surface("x^2 + y^2", [1.0, 1.0], [1.0, 1000.0]));
    assert_eq!(view.fit(40, 10), view.window);
}

#[test]
fn contours_are_found_once() {
    let session = on_surface("x^2 + y^2", [1.0, 1.0], [1.0, 1.0]);
    let view = contours(&session);
    let find =
        |view: &ContourView, columns| view.relief(view.window, (columns, 10), 4, Drawn::Lines);
    let first = find(&view, 40);
    let again = find(&contours(&session), 40);
    assert!(std::rc::Rc::ptr_eq(&first, &again), "from frame to frame");
    assert!(!std::rc::Rc::ptr_eq(&first, &find(&view, 41)));
}

/// Far from 0, two digits do not tell levels apart.
#[test]
fn levels_read_well_where_they_stay_apart() {
    for (loss, rounded) in [("x^2 + y^2", true), ("100 + x^2/9 + y^2/9", false)] {
        let view = contours(&on_surface(loss, [1.0, 1.0], [1.0, 1.0]));
        for count in 3..=8 {
            let levels = &view
                .relief(view.window, (40, 10), count, Drawn::Bands)
                .levels;
            assert!((1..=count).contains(&levels.len()) && levels.is_sorted());
            let different: BTreeSet<u64> = levels.iter().map(|level| level.to_bits()).collect();
            assert_eq!(different.len(), levels.len(), "{loss}: {levels:?}");
            let digits = |level: &f64| level.to_string().trim_start_matches(['0', '.']).len();
            let reads_well = levels.iter().all(|level| digits(level) <= 3);
            assert_eq!(reads_well, rounded, "{loss}: {levels:?}");
        }
    }
}

/// A line of equal loss that goes straight up has its sign once in every row; one that lies level has it in every
/// column, one beside another.
#[test]
fn a_line_goes_from_edge_to_edge() {
    for (loss, upright) in [("x + 0*y", true), ("y + 0*x", false)] {
        let session = on_surface(loss, [9.0, 9.0], [1.0, 1.0]);
        let mut app = App::new(session, look(Glyphs::Ascii));
        enter(&mut app, "view surface");
        let picture = pane(&mut app, Pane::Picture, STACKED);
        let rows: Vec<Vec<char>> = picture.lines().map(|row| row.chars().collect()).collect();
        // Without the frame, the labels to the left and below, and the legend to the right.
        let places = |row: &Vec<char>| -> Vec<usize> {
            let inside = row.iter().enumerate().skip(6).take(44);
            let signs = inside.filter(|(_, sign)| **sign == '2');
            signs.map(|(column, _)| column).collect()
        };
        let is_axis = |row: &str| row.contains('x') && !row.contains("===");
        let axis = picture.lines().position(is_axis).unwrap();
        let mut found: Vec<_> = rows[1..axis].iter().map(places).collect();
        if upright {
            assert_eq!(found[0].len(), 1, "{picture}");
        } else {
            found.retain(|places| !places.is_empty());
            assert_eq!(found.len(), 1, "{picture}");
            let [first, .., last] = found[0][..] else {
                panic!("{picture}");
            };
            assert_eq!(found[0], (first..=last).collect::<Vec<_>>(), "{picture}");
            assert!(last > first + 30, "{picture}");
        }
        assert!(found.iter().all(|places| *places == found[0]), "{picture}");
    }
}

#[test]
fn a_place_outside_has_an_arrow_towards_it() {
    for (start, arrow) in [
        ([5.0, 0.5], "▷"),
        ([-5.0, 0.5], "◁"),
        ([0.5, 5.0], "△"),
        ([0.5, -5.0], "▽"),
        ([4.0, -9.0], "▽"),
    ] {
        let mut app = shown(on_surface("x^2 + y^2", start, [1.0, 1.0]));
        enter(&mut app, "view surface");
        let picture = pane(&mut app, Pane::Picture, WIDE);
        for other in ["▷", "◁", "△", "▽"] {
            let count = usize::from(other == arrow);
            assert_eq!(
                picture.matches(other).count(),
                count,
                "{start:?}:\n{picture}"
            );
        }
    }
}

/// The name of a branch that has no room ends where one of its settings does.
#[test]
fn a_long_name_is_not_cut_inside_a_number() {
    let name = "momentum=0.45,learning_rate=0.0125";
    let sweep = "sweep momentum 0..0.9/3 learning_rate 0.0125..0.2/2 max 20";
    let mut app = app("ravine", &[sweep]);
    while app
        .session()
        .swept()
        .unwrap()
        .label(app.session().swept().unwrap().cursor)
        != name
    {
        press(&mut app, "Down Left");
    }
    press(&mut app, "Enter");
    enter(&mut app, "view surface");
    let mut cut = 0;
    for width in 60..160 {
        let picture = pane(&mut app, Pane::Picture, (width, 30));
        for row in picture.lines().filter_map(|row| row.split("● ").nth(1)) {
            let shown = row.split("...").next().unwrap_or_default();
            if row.contains("...") && !shown.is_empty() {
                cut += 1;
                let rest = name
                    .strip_prefix(shown)
                    .unwrap_or_else(|| panic!("{picture}"));
                assert!(rest.starts_with([',', '=']), "{picture}");
            }
        }
    }
    assert!(cut > 0, "somewhere there is no room");
}

// ---- The number line ----

proptest! {
    /// Each arrow starts where the last one has ended, the last ends at the new weight, and all updates have one scale,
    /// in which each of them fits. Only what has been shown is there.
    #[test]
    fn the_arrows_of_an_update_lead_from_the_weight_to_the_new_one(
        gradients in prop::collection::vec(-9.0..9.0_f64, 1..9),
        rule in prop::sample::select(Rule::ALL.to_vec()),
        memory in -2.0..2.0_f64,
    ) {
        let mut session = training(&format!(
            "  weight:\n    start: 0.5\n    previous_delta: {memory}\n    gradients: {gradients:?}\n"
        ));
        run(&mut session, &[&format!("set rule {}", rule.name())]);
        let whole = line(&session).reach;
        for _ in 0..gradients.len() {
            let mut shown = 0;
            loop {
                let view = line(&session);
                prop_assert!(view.arrows.len() >= shown);
                shown = view.arrows.len();
                prop_assert_eq!(view.reach, whole);
                for mark in view.marks() {
                    let from = mark.at - view.before.at;
                    prop_assert!((-whole[0] - 1e-9..=whole[1] + 1e-9).contains(&from));
                }
                if session.is_complete() {
                    break;
                }
                run(&mut session, &["next"]);
            }
            let view = line(&session);
            let record = session.record();
            let last = view.arrows.last().unwrap();
            prop_assert_eq!(last.to.at, record.updates[0].after);
            prop_assert!(view.marks().all(|mark| mark.number.is_some()));
            prop_assert_eq!(view.arrows.len(), 1 + usize::from(rule.has_momentum_term()));
            if !run_on(&mut session) {
                break;
            }
        }
    }
}

/// Shows the first line of the next update; `false` where there is none.
fn run_on(session: &mut Session) -> bool {
    session.run_line("next").is_ok()
}

#[test]
fn the_number_line_keeps_back_what_has_not_been_shown() {
    let mut session = at_page("momentum", 2);
    assert_eq!(session.picture(), Picture::Line);
    let numbers = |session: &Session| {
        let view = line(session);
        let numbers: Vec<String> = view.marks().map(|mark| mark.label().to_owned()).collect();
        numbers.join(" ")
    };
    let mut seen = vec![numbers(&session)];
    for _ in 0..5 {
        run(&mut session, &["next"]);
        seen.push(numbers(&session));
    }
    let shown = [
        "3.56",
        "3.56",
        "3.56 ?",
        "3.56 3.587",
        "3.56 3.587 ?",
        "3.56 3.587 3.609",
    ];
    assert_eq!(seen, shown);
}

#[test]
fn a_knob_leaves_the_scale_and_the_end_that_was() {
    let mut session = at_page("learning-rate", 4);
    let before = line(&session);
    let end = before.arrows[0].to.at;
    run(&mut session, &["turn learning_rate 0.001"]);
    let after = line(&session);
    assert_eq!((after.reach, after.ghost), (before.reach, Some(end)));
    assert!(after.arrows[0].to.at < end);
}

/// The digits that a gradient is given with are those that must be right: of the third list, no decimals.
#[test]
fn a_weight_whose_gradients_are_those_of_a_loss_is_drawn_on_its_curve() {
    for (gradients, convention) in [
        ("[2, 1.6, 1.08]", "add"),
        ("[-2.0, -1.60, -1.1]", "subtract"),
        ("[+2, 2e0, 0.1e1]", "add"),
    ] {
        let mut session = Session::unopened(written(&format!(
            "title: T\nmodel:\n  weight:\n    name: ih[0,0]\n    start: 3\n    gradients: {gradients}\n    \
             loss: (w-4)^2\ntraining:\n  learning_rate: 0.1\n  momentum: 0.5\n  convention: {convention}\n\
             pages:\n  - title: One\n    text: Hello.\n"
        )));
        let all = [Picture::Line, Picture::Surface, Picture::History];
        assert_eq!(session.pictures()[..3], all);
        run(&mut session, &["view surface", "next 4"]);
        let picture = PictureView::of(Picture::Surface, &session.subject());
        let PictureView::Surface(SurfaceView::Curve(view)) = picture else {
            panic!("{picture:?}");
        };
        assert_eq!((view.before, view.loss(3.0)), (3.0, 1.0));
        assert_eq!(view.minima, [[4.0, 0.0]]);
        assert!((view.delta.unwrap() - 0.2).abs() < 1e-12);
        let told = screen(&mut shown(session.clone()), WIDE);
        assert!(told.contains("minimum"), "{told}");
        // It trains nothing, and stands in no line.
        assert!(
            !session
                .derivation()
                .lines
                .iter()
                .any(|line| line.quantity == Quantity::Loss)
        );
    }
}

// ---- Histories ----

proptest! {
    /// On a log scale sizes count, and 0 has no place.
    #[test]
    fn a_log_scale_draws_the_logarithms_of_sizes(
        gradients in prop::collection::vec(prop_oneof![Just(0.0), -9.0..9.0_f64], 1..12),
    ) {
        let mut session = training(&format!(
            "  weight:\n    start: 0.5\n    gradients: {gradients:?}\n"
        ));
        run(&mut session, &["goto end", "plot gradient", "plot linear"]);
        let linear = history(&session).series.remove(0).points;
        prop_assert_eq!(linear.len(), gradients.len());
        run(&mut session, &["plot log"]);
        let log = history(&session).series.remove(0).points;
        let sizes = linear.iter().filter(|(_, value)| *value != 0.0);
        let sizes: Vec<(f64, f64)> = sizes.map(|(step, v)| (*step, log10(v.abs()))).collect();
        prop_assert_eq!(log, sizes);
    }
}

/// Of a log scale, the labels are powers of ten, evenly apart and the larger the higher.
#[test]
fn a_log_scale_is_marked_at_powers_of_ten() {
    for (lesson, lines) in [
        ("ravine", &["run max 40", "plot loss"][..]),
        ("ravine", &["run max 900", "plot loss"]),
        ("xor", &["step 9", "plot gradient"]),
        (&of_the_tests("curve"), &["step 3", "plot change"]),
    ] {
        let mut app = app(lesson, lines);
        enter(&mut app, "plot log");
        let picture = pane(&mut app, Pane::Picture, WIDE);
        let labels = picture.lines().filter_map(|row| row.split_once('┤'));
        let labels: Vec<f64> = labels
            .map(|(label, _)| number::parse(label.trim_start_matches(['│', '┃']).trim()).unwrap())
            .map(log10)
            .collect();
        assert!(labels.len() >= 2, "{picture}");
        let apart = labels[0] - labels[1];
        assert!(apart >= 1.0 - 1e-9, "{picture}");
        for pair in labels.windows(2) {
            assert!((pair[0] - pair[1] - apart).abs() < 1e-9, "{picture}");
        }
        let whole = |power: &f64| (power - power.round()).abs() < 1e-9;
        assert!(labels.iter().all(whole), "{picture}");
    }
}

/// Bars fill the picture, upwards or downwards, and stay in it.
#[test]
fn the_longest_bar_fills_its_side() {
    for (lesson, focus) in [
        ("ravine", "focus x"),
        ("ravine", "focus y"),
        ("momentum", "focus w"),
    ] {
        for updates in 1..9 {
            let step = format!("step {updates}");
            let mut app = app(lesson, &[focus, &step, "view terms"]);
            let picture = pane(&mut app, Pane::Picture, STACKED);
            let rows = picture.lines().map(|row| row.trim_matches(['┃', '│']));
            let rows: Vec<&str> = rows.collect();
            let has_bar = |row: &str| row.contains(['█', '▄', '▀', '┃', '╻', '╹']);
            // Below the bars stand the numbers of their updates, and then what is to be seen.
            let numbers = |row: &&str| {
                let row = row.trim();
                !row.is_empty() && row.chars().all(|c| c.is_ascii_digit() || c == ' ')
            };
            let numbers = rows.iter().rposition(numbers).unwrap();
            let ends = [rows[2], rows[numbers - 1]];
            assert!(ends.into_iter().any(has_bar), "{picture}");
        }
    }
}

// ---- Networks ----

proptest! {
    /// The path leads from a parameter to every output: what can be reached from the node that it leads to is lit.
    #[test]
    fn the_path_leads_from_the_parameter_to_every_output(
        layers in prop::collection::vec(1..4_usize, 3..5),
        seed in any::<prop::sample::Index>(),
    ) {
        let rows = vec![vec![0.5; layers[0]]];
        let mut session = with_network(&layers, "{low: -1, high: 1}", &rows);
        let names = session.subject().parameters().to_vec();
        run(&mut session, &[&format!("focus {}", names[seed.index(names.len())])]);
        let subject = session.subject();
        let place = subject.network().unwrap().place(subject.focus);
        let view = network(&session);
        let mut reached = BTreeSet::from([(place.layer, place.to)]);
        for edge in &view.edges {
            if reached.contains(&(edge.layer, edge.from)) {
                reached.insert((edge.layer + 1, edge.to));
            }
            let (from, to) = ((edge.layer, edge.from), (edge.layer + 1, edge.to));
            let is_it = place.from == Some(edge.from) && to == (place.layer, place.to);
            let path = match (is_it, reached.contains(&from)) {
                (true, _) => OnPath::Focus,
                (false, true) => OnPath::On,
                (false, false) => OnPath::Off,
            };
            prop_assert_eq!(edge.path, path);
        }
        for (layer, nodes) in view.layers.iter().enumerate() {
            for node in &nodes.nodes {
                let carries = layer + 1 == place.layer && place.from == Some(node.index);
                prop_assert_eq!(node.lit, carries || reached.contains(&(layer, node.index)));
            }
        }
    }

    /// There is room around the items, however far apart they are.
    #[test]
    fn there_is_room_around_the_items(
        mut rows in prop::collection::vec(prop::collection::vec(-1e300..1e300_f64, 2), 1..5),
    ) {
        // The first update must be possible.
        rows.insert(0, vec![0.5, -3.0]);
        let session = with_network(&[2, 1], "{low: -1, high: 1}", &rows);
        let plane = Plane::around(session.subject().network().unwrap());
        for (input, [low, high]) in [plane.across, plane.up].into_iter().enumerate() {
            prop_assert!(low.is_finite() && high.is_finite());
            prop_assert!(rows.iter().all(|row| low < row[input] && row[input] < high));
        }
    }
}

#[test]
fn the_room_around_items_is_a_sixth_and_some_around_one() {
    let around = |inputs: [f64; 2]| {
        let rows = [0.0, inputs[0], inputs[1]].map(|input| vec![input, 3.0]);
        let session = with_network(&[2, 1], "{low: -1, high: 1}", &rows);
        Plane::around(session.subject().network().unwrap())
    };
    assert_eq!(around([0.0, 6.0]).across, [-1.0, 7.0]);
    assert_eq!(around([0.0, 6.0]).up, [1.5, 4.5]);
    assert_eq!(around([0.0, 0.0]).across, [-0.5, 0.5]);
    let [low, high] = around([f64::MIN, f64::MAX]).across;
    assert!(low.is_finite() && high.is_finite());
}

/// Each weight in focus is a line of its own sign, without a gap, over all others: above 0 or below, large or not.
#[test]
fn sign_and_size_can_be_seen_without_colours() {
    let weights =
        "{weights: [[[0.9, -0.8, 0.1, -0.2], [0.2, 0.9, -0.9, 0.3]]], biases: [[0, 0, 0, 0]]}";
    for (name, sign) in [
        ("ih[0,0]", '#'),
        ("ih[0,1]", '='),
        ("ih[0,2]", '+'),
        ("ih[0,3]", '-'),
        ("ih[1,0]", '+'),
        ("ih[1,3]", '+'),
    ] {
        let session = with_network(&[2, 4], weights, &[vec![1.0, 1.0]]);
        let names = session.subject().parameters().to_vec();
        let name = names.iter().find(|known| known[2..] == name[2..]).unwrap();
        let mut app = App::new(session, look(Glyphs::Ascii));
        enter(&mut app, &format!("focus {name}"));
        enter(&mut app, "view network");
        let picture = pane(&mut app, Pane::Picture, WIDE);
        let rows: Vec<Vec<char>> = picture.lines().map(|row| row.chars().collect()).collect();
        let body = &rows[1..rows.len() - 2];
        let column = |x: usize| {
            body.iter()
                .filter(move |row| row.get(x) == Some(&sign))
                .count()
        };
        // Between the nodes there is nothing but the lines.
        let dotted = |x: &usize| {
            body.iter()
                .any(|row| row.get(*x) == Some(&'.') && row.get(*x + 1) == Some(&'.'))
        };
        let between: Vec<usize> = (0..100).filter(dotted).collect();
        let (first, last) = (between[0], between[between.len() - 1]);
        assert!(last > first + 8, "{picture}");
        let covered = (first..=last).filter(|x| column(*x) > 0).count();
        // The weight stands in the middle of its line.
        assert!(covered + 8 > last - first, "{name} {sign}:\n{picture}");
    }
}

/// What has no room to be followed is begun and counted: nothing crosses the space between two nodes but the way of the
/// parameter in focus.
#[test]
fn strokes_that_cannot_be_followed_are_begun_and_counted() {
    let wide = of_the_tests("wide");
    for (lesson, words) in [
        ("iris", "31 more edges, only begun: v lists every weight"),
        (&wide, "more edges, only begun: v lists every weight"),
    ] {
        let lines = &["next 3", "view network"];
        for glyphs in [Glyphs::Unicode, Glyphs::Ascii] {
            let mut app = app_with(lesson, glyphs, lines);
            let picture = pane(&mut app, Pane::Picture, (160, 45));
            assert!(picture.contains(words), "{picture}");
            let nodes = picture.lines().filter(|row| row.contains("x1 "));
            for row in nodes {
                let between = row.split("h1 ").next().unwrap();
                assert!(between.contains("     "), "{picture}");
            }
        }
    }
    let mut app = app("xor", &["view network"]);
    let picture = pane(&mut app, Pane::Picture, (160, 45));
    assert!(
        !picture.contains("more edges"),
        "all of them fit: {picture}"
    );
    // With a long name there, the count stays.
    for width in (60..160).step_by(9) {
        let mut app = app_with("iris", Glyphs::Unicode, &["view network"]);
        let picture = pane(&mut app, Pane::Picture, (width, 40));
        assert!(picture.contains(" more edges"), "{picture}");
    }
}

/// The ground is the fuller the more certain the answer, at every depth of colours, and letters tell which it is.
#[test]
fn the_plane_is_shaded_by_certainty() {
    for (glyphs, certain, unsure) in [(Glyphs::Unicode, '▓', '·'), (Glyphs::Ascii, '%', '.')] {
        let counts = |lines: &[&str]| {
            let mut app = app_with("xor", glyphs, lines);
            enter(&mut app, "view decision");
            let picture = pane(&mut app, Pane::Picture, (160, 45));
            let inside: Vec<String> = picture
                .lines()
                .skip(1)
                .take_while(|row| !row.contains("x0"))
                .map(|row| row.chars().skip(10).take(60).collect())
                .collect();
            [certain, unsure, '0', '1'].map(|sign| {
                let signs = |row: &String| row.matches(sign).count();
                inside.iter().map(signs).sum::<usize>()
            })
        };
        let untrained = counts(&[]);
        assert_eq!(untrained[0], 0, "nothing is certain yet");
        assert!(untrained[1] > 0);
        let trained = counts(&["set lr 0.3", "goto 8000"]);
        assert!(trained[0] > trained[1] && trained[1] > 0, "{trained:?}");
        assert!(trained[2] > 4 && trained[3] > 4, "{trained:?}");
    }
}

/// What is to be seen in a picture stands beneath it, whole, in numbers as a person would say them.
#[test]
fn every_picture_says_what_is_to_be_seen_in_it() {
    let ravine = &[
        "compare momentum 0 0.5 0.9 max 30",
        "sweep momentum 0..0.9/10 max 20",
    ];
    for (lesson, lines, pictures) in [
        (
            "iris",
            &["goto 600", "next 13"][..],
            &[
                "network",
                "weights",
                "errors",
                "predictions",
                "history",
                "terms",
            ][..],
        ),
        (
            "iris",
            &["step 5"],
            &[
                "network",
                "weights",
                "errors",
                "predictions",
                "history",
                "terms",
            ],
        ),
        (
            "xor",
            &["goto 700"],
            &["network", "decision", "predictions", "history"],
        ),
        (
            "ravine",
            ravine,
            &["history", "terms", "stability", "sweep"],
        ),
        (
            "ravine",
            &["set lr 5", "step 9"],
            &["history", "terms", "stability"],
        ),
        (
            "momentum",
            &["step 2"],
            &["line", "history", "terms", "stability"],
        ),
    ] {
        let mut app = app(lesson, lines);
        for name in pictures {
            enter(&mut app, &format!("view {name}"));
            let verdict = Screen::of(app.session()).verdict;
            let verdict = verdict.unwrap_or_else(|| panic!("{lesson} {name}")).text();
            let numbers = verdict.split(|c: char| !c.is_ascii_digit() && c != '.');
            for number in numbers.filter(|number| number.trim_matches('.').contains('.')) {
                let digits = number.trim_end_matches('.').replace('.', "");
                // Runs that end close together have as many as tell them apart.
                let most = if *name == "history" { 6 } else { 3 };
                assert!(digits.trim_start_matches('0').len() <= most, "{verdict}");
            }
            for size in [WIDE, (160, 45)] {
                let picture = pane(&mut app, Pane::Picture, size);
                let rows = picture.lines().map(|row| row.trim_matches(['┃', '│', ' ']));
                let words = rows.collect::<Vec<_>>().join(" ");
                assert!(words.contains(&verdict), "{verdict}\n{picture}");
            }
        }
    }
}

#[test]
fn runs_have_their_names_at_their_ends() {
    let mut app = app(
        "ravine",
        &["compare momentum 0 0.5 0.9 0.7 max 30", "plot loss"],
    );
    let picture = pane(&mut app, Pane::Picture, (160, 45));
    let plot: Vec<&str> = picture
        .lines()
        .take_while(|row| !row.contains('└'))
        .collect();
    for name in [
        "● momentum=0",
        "▲ momentum=0.5",
        "■ momentum=0.9",
        "◆ momentum=0.7",
    ] {
        let named: Vec<&&str> = plot
            .iter()
            .filter(|row| row.trim_end().ends_with(name))
            .collect();
        assert_eq!(named.len(), 1, "{name}: {picture}");
    }
}

#[test]
fn the_column_that_is_sorted_by_is_always_drawn() {
    for column in Column::all().filter(|column| *column != Column::Name) {
        let mut app = app(
            "iris",
            &["step", "view weights", &format!("sort {}", column.name())],
        );
        for width in (60..160).step_by(7) {
            let picture = pane(&mut app, Pane::Picture, (width, 24));
            let heading = picture.lines().nth(1).unwrap();
            assert!(heading.contains('▼'), "{}:\n{picture}", column.name());
        }
    }
}

/// Wherever one reads in a sweep, the row and the column of the cell are in sight.
#[test]
fn what_is_read_is_among_what_is_seen() {
    let sweep = "sweep momentum 0..0.95/20 learning_rate 0.05..1.3/40 max 3";
    let mut app = app_with("ravine", Glyphs::Unicode, &[sweep]);
    for keys in ["Up", "Left", "Down Right", "Left Left"] {
        for _ in 0..25 {
            press(&mut app, keys);
            let buffer = drawn(&mut app, SMALLEST);
            let picture = place(&app, Pane::Picture);
            let is_read = |at: &Position| buffer[*at].modifier.contains(Modifier::REVERSED);
            let read: Vec<Position> = picture.positions().filter(is_read).collect();
            let [cell] = read[..] else {
                panic!("{}", text(&buffer, picture));
            };
            assert_eq!(buffer[(picture.x + 1, cell.y)].symbol(), "▸");
        }
    }
}
