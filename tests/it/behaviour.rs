//! What is said of runs, held against what they do.

use std::collections::BTreeMap;

use nnmom_tutor::explain::{Digits, number};
use nnmom_tutor::math::{Rule, Surface};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::Trial;

use crate::support::depth::cases;
use crate::support::sittings::{run, said, written};

/// A sitting on a surface of this loss.
fn on(loss: &str, start: &str, settings: &str) -> Session {
    let lesson = written(&format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss}\n    start: {start}\n\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    ));
    let mut session = Session::new(lesson).unwrap();
    run(&mut session, &[settings]);
    session
}

/// What is said of a run: what it does, and what theory expects.
fn words(session: &Session) -> [String; 2] {
    let lines = session.behaviour();
    [0, 1].map(|index| {
        lines
            .get(index)
            .map_or_else(String::new, nnmom_tutor::explain::Line::text)
    })
}

/// What is said of a run on a surface after lines.
#[track_caller]
fn after(loss: &str, start: &str, lines: &str) -> [String; 2] {
    words(&on(loss, start, lines))
}

const RAVINE: (&str, &str) = ("0.05*x^2 + 1.5*y^2", "{x: -4.5, y: 2}");
const TWO_VALLEYS: &str = "(x^2 - 1)^2 + 0.2*x";

#[test]
fn plain_descent_crawls_converges_oscillates_and_diverges_as_the_rate_grows() {
    let (loss, start) = RAVINE;
    let plain = |rate: &str, updates: u32| {
        let lines = format!("set rule none; set learning_rate {rate}; step {updates}");
        after(loss, start, &lines)[0].clone()
    };
    assert_eq!(plain("0.1", 5), "");
    assert_eq!(
        plain("0.0005", 30),
        "Crawling. The next 300 updates each lower the loss by less than 1%."
    );
    assert_eq!(
        plain("0.2", 10),
        "Converging. Over the next 100 updates the loss falls from 0.676 to 0.0119."
    );
    assert_eq!(
        plain("0.6", 10),
        "Oscillating. Over the next 100 updates y goes back and forth, less and less; x does not turn."
    );
    assert_eq!(
        plain("2/3", 30),
        "Oscillating. Over the next 300 updates y goes back and forth, as far each time; x does not turn."
    );
    assert_eq!(
        plain("0.7", 20),
        "Diverging. Over the next 200 updates the loss and the changes of y grow."
    );
}

#[test]
fn what_is_left_of_the_way_is_measured_to_the_only_minimum() {
    let crawls = |loss: &str| {
        let lines = "set rule none; set learning_rate 0.0005; step 40";
        after(loss, "{x: 3, y: 4}", lines)[0].clone()
    };
    // Of a distance of 5, x keeps (1 - 0.0005 × 2)^40 = 0.961 of itself, y as much.
    assert_eq!(
        crawls("x^2 + y^2"),
        "Crawling. After 40 updates 4.8 of 5 are left; the next 400 updates each lower the loss by less than 1%."
    );
    // Which of two minima the way leads to is not asked.
    let two = crawls("(x^2 - 1)^2/40 + y^2/90");
    assert_eq!(
        two,
        "Crawling. The next 400 updates each lower the loss by less than 1%."
    );
}

#[test]
fn the_ends_of_a_span_are_rounded_away_from_each_other() {
    let few = Digits::new(3).unwrap();
    for (low, high, shown) in [
        (1.2345, 4.5612, ["1.23", "4.57"]),
        (-0.98765, 0.98765, ["-0.988", "0.988"]),
        (-4.5612, -1.2345, ["-4.57", "-1.23"]),
        (2.0, 3.0, ["2", "3"]),
        (0.0, 9.994e-4, ["0", "0.001"]),
        (1234.6, 99_999.2, ["1234", "100000"]),
        (1.23456e12, 1.23456e12, ["1.23e12", "1.24e12"]),
        (-1.23456e-9, 9.999e-9, ["-1.24e-9", "1e-8"]),
    ] {
        assert_eq!(number::display_ends(low, high, few), shown);
        let commas = few.with(number::Decimal::Comma);
        let shown = shown.map(|text| text.replace('.', ","));
        assert_eq!(number::display_ends(low, high, commas), shown);
    }
}

#[test]
fn a_run_comes_to_rest_in_a_minimum_that_has_a_name() {
    let rest = |start| {
        let lines = "set rule heavy-ball; set learning_rate 0.05; set momentum 0.5; step 400";
        after(TWO_VALLEYS, start, lines)[0].clone()
    };
    assert_eq!(
        rest("{x: -1.5}"),
        "At rest in the lowest minimum, at x = -1.024."
    );
    assert_eq!(
        rest("{x: 1.5}"),
        "At rest in the minimum at x = 0.9740.".replace("0.9740", "0.974")
    );
}

#[test]
fn what_is_no_minimum_is_no_rest_in_one() {
    let edge = after("(x^2 - 1)^2", "{x: 0}", "set rule none; step 10");
    assert_eq!(
        edge[0],
        "At rest on an edge. There is no slope here, but it is lower beside it."
    );
    for (loss, start) in [
        ("1e-9*w^2", "{w: 1}"),
        ("tanh(w)^2", "{w: 20}"),
        ("w^3", "{w: 1e-7}"),
        ("1/(1 + exp(-w))", "{w: -40}"),
    ] {
        let seen = &after(loss, start, "step 20")[0];
        assert_eq!(
            seen,
            "Hardly moving. Over the next 200 updates nothing changes by more than a millionth. A minimum it is not \
             known to be.",
            "{loss}"
        );
    }
}

#[test]
fn a_steady_swing_does_not_shrink() {
    let mut session = crate::support::sittings::at_page("fading-momentum", 5);
    for updates in [10, 40] {
        run(&mut session, &[&format!("goto {updates}")]);
        let [seen, theory] = words(&session);
        assert!(
            seen.contains("as far each time"),
            "{updates}: {seen} {theory}"
        );
    }
}

/// With a momentum of 1 nothing is lost. The updates meet the turns now nearer, now less near; that is no shrinking.
#[test]
fn a_swing_that_the_updates_meet_here_and_there_does_not_shrink() {
    let [seen, expected] = after(
        "w^2/2",
        "{w: 1}",
        "set rule heavy-ball; set mu 0.9; step 10; set mu 1; step 10",
    );
    assert!(
        seen.starts_with("Oscillating. ") && seen.contains(" between "),
        "{seen}"
    );
    assert!(
        expected.ends_with("neither settles nor grows."),
        "{expected}"
    );
}

/// However slow it is, what lies between the ends settles; and where the digits do not show that, it is said.
#[test]
fn beside_an_edge_is_not_on_it() {
    let expected = |rate: &str| {
        let lines = format!("set rule none; set lr {rate}; step 10");
        after("w^2/2", "{w: 1}", &lines)[1].clone()
    };
    assert_eq!(
        expected("1e-15"),
        "η × L = 1e-15 × 1 = 1e-15 is below 2: it settles without swinging."
    );
    assert!(expected("1.99999999").starts_with(
        "η × L = 2 × 1 = 2 is just below 2: it settles, swinging, in the long run a hundred times nearer"
    ));
    assert_eq!(
        expected("2.00000001"),
        "η × L = 2 × 1 = 2 is just above 2: in the long run it grows."
    );
}

#[test]
fn exactly_at_the_edge_nothing_settles_or_grows() {
    let mut session = crate::support::sittings::at_page("safe-rates", 5);
    run(&mut session, &["set lr 8/3; step 40"]);
    let [seen, theory] = words(&session);
    assert!(!seen.starts_with("Diverging"), "{seen} {theory}");
    assert!(theory.ends_with("neither settles nor grows."), "{theory}");
    run(
        &mut session,
        &["page 2; set rule heavy-ball; set lr 3; step 40"],
    );
    let [seen, theory] = words(&session);
    assert!(!seen.starts_with("Diverging"), "{seen} {theory}");
    assert!(theory.contains("neither settles nor grows"), "{theory}");
}

#[test]
fn at_a_double_root_of_minus_one_it_grows_steadily() {
    let lines = "set rule article; set momentum 1/3; set learning_rate 3; step 40";
    let [seen, theory] = after("w^2/2", "{w: 1}", lines);
    assert_eq!(
        seen,
        "Diverging. Over the next 400 updates the loss and the changes grow."
    );
    assert_eq!(
        theory,
        "η × L = 3 × 1 = 3: in the long run it grows, by as much with every update."
    );
}

#[test]
fn a_changed_setting_leaves_nothing_stale() {
    let mut session = crate::support::sittings::at_page("too-small-too-large", 6);
    run(
        &mut session,
        &["step 3; set lr 1.1; step 20; set lr 0.3; step 15"],
    );
    let [seen, theory] = words(&session);
    assert!(seen.starts_with("Converging"), "{seen} {theory}");
    assert!(theory.contains("settles without swinging"), "{theory}");
}

#[test]
fn what_falls_away_is_told_axis_by_axis() {
    let [seen, theory] = after(
        "x^2 - y^2",
        "{x: 1, y: 0.001}",
        "set rule none; set lr 0.1; step 10",
    );
    assert!(seen.starts_with("Falling"), "{seen}");
    assert_eq!(
        theory,
        "Along x, η × L = 0.1 × 2 = 0.2 is below 2: it settles without swinging. Along y, it runs down a ridge, in \
         the long run further with every update."
    );
    let [_, theory] = after(RAVINE.0, RAVINE.1, "set rule none; set lr 0.6; step 10");
    assert_eq!(
        theory,
        "Along x, η × L = 0.6 × 0.1 = 0.06 is below 2: it settles without swinging, in the long run a hundred times \
         nearer with every 75 updates. Along y, η × L = 0.6 × 3 = 1.8 is below 2: it settles, swinging."
    );
}

#[test]
fn momentum_carries_a_run_out_of_its_valley_and_uphill() {
    let ball = "set rule heavy-ball; set lr 0.01; set momentum 0.9; step 30";
    assert_eq!(
        after(TWO_VALLEYS, "{x: 1.8}", ball)[0],
        "It has left the valley of the minimum at x = 0.974 for that of the lowest minimum, at x = -1.024."
    );
    let heavy = "set rule heavy-ball; set lr 0.0001; set momentum 0.999; step 180";
    let [seen, _] = after("x^2", "{x: 4}", heavy);
    assert!(seen.starts_with("Climbing. The next "), "{seen}");
}

#[test]
fn theory_knows_every_momentum() {
    let said_of = |lines: &str| {
        let mut session = on("w^2/2", "{w: 1}", lines);
        said(&mut session, "stability")
    };
    // Exactly critical: (1 - sqrt 0.81)^2 = 0.01.
    let critical = said_of("set rule heavy-ball; set momentum 0.81; set lr 0.01");
    assert!(
        critical.contains("= 0.01: settles without swinging"),
        "{critical}"
    );
    for rule in ["heavy-ball", "pytorch", "averaged"] {
        let nothing = said_of(&format!("set rule {rule}; set momentum 1.1; set lr 0.01"));
        assert!(nothing.contains("no learning rate settles"), "{nothing}");
        assert!(!nothing.contains("fastest"), "{nothing}");
    }
    let [_, theory] = after(
        "x^2/2",
        "{x: 1}",
        "set rule heavy-ball; set momentum 1.1; step 10",
    );
    assert_eq!(
        theory,
        "With a momentum of 1.1 no learning rate settles under this rule; in the long run it grows."
    );
    let [_, theory] = after("x^2", "{x: 1}", "set rule none; set lr 0.4; step 10");
    assert_eq!(
        theory,
        "η × L = 0.4 × 2 = 0.8 is below 2: it settles without swinging, in the long run a hundred times nearer with \
         every 3 updates."
    );
    let seen = &after("x^2 - log(x)", "{x: 3}", "set rule none; step 20")[0];
    assert!(
        seen.starts_with("Converging. Over the next 200 updates the loss falls by "),
        "{seen}"
    );
    let [_, theory] = after("x^4", "{x: 1}", "set rule none; set lr 0.01; step 10");
    assert!(
        theory.starts_with("On a parabola as curved as it is here, η × L = "),
        "{theory}"
    );
}

/// What grows up to a bound, and what comes nearer and then stays where it is, is told as that.
#[test]
fn what_grows_or_falls_for_a_while_neither_diverges_nor_converges() {
    let [seen, theory] = after(
        "w^2/2",
        "{w: 1}",
        "set rule averaged; set momentum 0.9; set lr 38; step 12",
    );
    assert_eq!(
        seen,
        "Oscillating. Over the next 120 updates w goes back and forth, further and further."
    );
    assert!(theory.ends_with("neither settles nor grows."), "{theory}");
    let coasting = "set rule heavy-ball; set mu 0.5; step 6; set lr 0; step 3";
    let [seen, theory] = after("w^2/2", "{w: 1}", coasting);
    assert!(seen.starts_with("Falling. "), "{seen}");
    assert!(theory.ends_with("neither settles nor grows."), "{theory}");
    let soon = "set rule none; set lr 0.0101; step 12";
    let [seen, theory] = after("x^2 + 100*y^2", "{x: 1, y: 1e-20}", soon);
    assert!(seen.starts_with("Falling. "), "{seen}");
    assert!(theory.contains("in the long run it grows"), "{theory}");
    // A swing between two places that it comes to: its curvature there is beyond the edge, and it does not fly off.
    let [seen, _] = after(
        "(w^2-1)^2",
        "{w: 0.99}",
        "set rule none; set lr 0.26; step 12",
    );
    assert!(seen.starts_with("Oscillating. "), "{seen}");
}

/// Numbers that look random, the same in every run of the tests.
struct Draw(u64);

impl Draw {
    /// Steele et al. (2014), `splitmix64`.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }
}

/// A surface with numbers of its own, and whether it is quadratic.
fn surface(draw: &mut Draw) -> (String, bool, bool) {
    let mut size = |low: f64, high: f64| draw.between(low.ln(), high.ln()).exp();
    let (a, b) = (size(0.01, 5.0), size(0.01, 5.0));
    let mix = draw.between(-0.9, 0.9) * 2.0 * (a * b).sqrt();
    let c = draw.between(-1.0, 1.0);
    match draw.below(18) {
        0 | 1 => (format!("{a}*x^2"), true, false),
        2 => (format!("{a}*(x - 3)^2 + {c}"), true, false),
        3 | 4 => (format!("{a}*x^2 + {b}*y^2"), true, true),
        5 | 6 => (format!("{a}*x^2 + {b}*y^2 + ({mix})*x*y"), true, true),
        7 => (format!("{a}*x^2 - {b}*y^2"), true, true),
        8 => (format!("{a}*x*y + ({c})*x"), true, true),
        9 => (format!("{a}*x^2 + ({c})*y"), true, true),
        10 => (format!("tanh({a}*x)^2"), false, false),
        11 => (format!("(x^2 - 4)^2/16 + ({c})*x"), false, false),
        12 => (format!("x^3/3 + {b}*x^2/9"), false, false),
        13 => (format!("1/(1 + exp(-{a}*x))"), false, false),
        14 => (format!("{a}*abs(x) + {b}*y^2"), false, true),
        15 => (format!("(1 - x)^2 + {b}*(y - x^2)^2"), false, true),
        16 => (
            format!("sqrt(1 + {a}*x^2) + exp({c}*y)/4 + y^2/50"),
            false,
            true,
        ),
        _ => (format!("sin({a}*x) + cos({b}*y) + x^2/40"), false, true),
    }
}

/// What a run does after a sentence has been said of it: its places and losses, the first of them those of the sentence.
struct After {
    places: Vec<Vec<f64>>,
    losses: Vec<f64>,
}

impl After {
    /// Of a run from a step on; as far as it goes, if it ends before so many updates.
    fn of(session: &Session, from: u64, updates: u64) -> Self {
        let model = &session.lesson().model;
        let mut trial = Trial::new(model, session.timeline().run().state(from));
        let mut after = Self {
            places: Vec::new(),
            losses: Vec::new(),
        };
        for _ in 0..=updates {
            let stand = trial.stand();
            after.places.push(stand.state.weights.clone());
            after.losses.extend(stand.loss);
            if trial.update().is_err() {
                break;
            }
        }
        after
    }

    /// No more of it than so many updates.
    fn first(&self, updates: usize) -> Self {
        let count = self.losses.len().min(updates + 1);
        Self {
            places: self.places[..count].to_vec(),
            losses: self.losses[..count].to_vec(),
        }
    }

    fn changes(&self, variable: usize) -> Vec<f64> {
        let pairs = self.places.windows(2);
        pairs
            .map(|pair| pair[1][variable] - pair[0][variable])
            .collect()
    }

    /// The places at which a variable turns.
    fn turns(&self, variable: usize) -> Vec<f64> {
        let changes = self.changes(variable);
        let moving: Vec<usize> = (0..changes.len())
            .filter(|at| changes[*at] != 0.0)
            .collect();
        let turn = |pair: &[usize]| {
            (changes[pair[0]].signum() != changes[pair[1]].signum())
                .then(|| self.places[pair[1]][variable])
        };
        moving.windows(2).filter_map(turn).collect()
    }
}

fn most(numbers: &[f64]) -> f64 {
    numbers
        .iter()
        .fold(f64::NEG_INFINITY, |most, number| most.max(number.abs()))
}

/// The number behind a word.
fn number_behind(sentence: &str, word: &str) -> f64 {
    let rest = &sentence[sentence.find(word).unwrap() + word.len()..];
    let number = rest.trim_start().split([' ', ',', ';']).next().unwrap();
    number
        .trim_end_matches('.')
        .replace('−', "-")
        .parse()
        .unwrap_or_else(|_| panic!("{sentence}: {number}"))
}

fn names() -> [&'static str; 2] {
    ["x", "y"]
}

/// What is wrong with the swings that are told.
fn swings_otherwise(rest: &str, after: &After) -> Option<String> {
    let mut wrong = Vec::new();
    for clause in rest.split("updates ").nth(1).unwrap().split(';') {
        for (variable, name) in names().into_iter().enumerate().take(after.places[0].len()) {
            let subject = clause
                .split(" go")
                .next()
                .unwrap()
                .split(" do")
                .next()
                .unwrap();
            if !subject
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == name)
            {
                continue;
            }
            let turns = after.turns(variable);
            if clause.contains("not turn") {
                wrong.extend((!turns.is_empty()).then(|| format!("{name} turns")));
                continue;
            }
            if turns.len() < 3 {
                wrong.push(format!("{name} turns {} times", turns.len()));
                continue;
            }
            let spans: Vec<f64> = turns.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let (early, late) = spans.split_at(spans.len() / 2);
            let (early, late) = (most(early), most(late));
            let holds = if clause.contains("less and less") {
                late < early
            } else if clause.contains("as far") {
                (late - early).abs() <= 2e-6 * early
            } else if clause.contains("further") {
                late > early
            } else {
                let low = number_behind(clause, "between");
                let high = number_behind(clause.split("between").nth(1).unwrap(), "and");
                let room = 1e-12 * low.abs().max(high.abs());
                let inside = |turn: &f64| *turn >= low - room && *turn <= high + room;
                turns.iter().all(inside)
            };
            wrong.extend((!holds).then(|| format!("{clause}: {early} {late}")));
        }
    }
    (!wrong.is_empty()).then(|| wrong.join(", "))
}

/// Whether the loss and the changes that are named grow.
fn grows(rest: &str, after: &After) -> bool {
    let losses = &after.losses;
    let (early, late) = losses.split_at(losses.len() / 2);
    let loss = late.iter().fold(f64::MIN, |a, b| a.max(*b))
        > early.iter().fold(f64::MIN, |a, b| a.max(*b));
    let mut grow = true;
    for variable in 0..after.places[0].len() {
        let named = !rest.contains("changes of") || {
            let of = rest.split("changes of").nth(1).unwrap();
            of.split(|c: char| !c.is_alphanumeric())
                .any(|word| word == names()[variable])
        };
        let changes = after.changes(variable);
        let (early, late) = changes.split_at(changes.len() / 2);
        grow &= !named || most(late) > most(early);
    }
    loss && grow
}

/// Whether it stays where it is, and that is lower than what is around.
fn rests(kind: &str, surface: &Surface, after: &After) -> bool {
    let here = &after.places[0];
    let stays = after.places.iter().all(|place| {
        let mut both = place.iter().zip(here);
        both.all(|(a, b)| (a - b).abs() <= 2e-6 * b.abs().max(1.0))
    });
    let higher = (0..here.len()).all(|variable| {
        [-1.0, 1.0].iter().all(|sign| {
            let mut beside = here.clone();
            beside[variable] += sign * 2e-4 * here[variable].abs().max(1.0);
            surface.loss(&beside) > after.losses[0]
        })
    });
    stays && (higher || kind.contains("edge"))
}

/// Whether a variable comes further than a millionth of where it is.
fn moves(after: &After) -> bool {
    (0..after.places[0].len()).any(|variable| {
        let here = after.places[0][variable];
        let far = |place: &Vec<f64>| (place[variable] - here).abs() > 1.01e-6 * here.abs().max(1.0);
        after.places.iter().any(far)
    })
}

/// Why a sentence about what a run does is contradicted by what it did; `None` where it is not.
fn contradiction(sentence: &str, surface: &Surface, after: &After) -> Option<String> {
    let (kind, rest) = sentence.split_once(". ").unwrap_or((sentence, ""));
    let losses = &after.losses;
    let made = losses.len() - 1;
    let ahead = || number_behind(sentence, "next") as usize;
    let says = |holds: bool, why: &str| (!holds).then(|| why.to_owned());
    match kind {
        _ if kind.starts_with("It has left") => None,
        _ if kind.starts_with("It ends here") => says(made == 0, "it goes on"),
        _ if kind.starts_with("At rest") => says(
            rests(kind, surface, after),
            "it moves, or it is lower beside it",
        ),
        "Hardly moving" => says(!moves(after), "it moves"),
        "Diverging" if rest.contains("too large") => says(
            made == number_behind(sentence, "After") as usize,
            "it goes on",
        ),
        "Leaving" => says(
            made == number_behind(sentence, "After") as usize,
            "it goes on",
        ),
        "Diverging" => says(grows(rest, after) && made == ahead(), "it does not grow"),
        "Oscillating" => swings_otherwise(rest, after),
        "Climbing" => {
            let many = if rest.contains("next update raises") {
                1
            } else {
                ahead()
            };
            says(
                losses.windows(2).take(many).all(|pair| pair[1] > pair[0]),
                "it does not rise",
            )
        }
        "Crawling" => {
            let slow = |pair: &[f64]| {
                let fall = pair[0] - pair[1];
                fall >= -1e-9 * pair[0].abs() && fall <= 0.01 * pair[0].abs()
            };
            says(losses.windows(2).all(slow), "it does not crawl")
        }
        "Converging" | "Falling" if rest.contains("Over the next") => {
            let few = Digits::default().few();
            let near = |said, loss| number::parse(&number::display(loss, few)) == Some(said);
            let end = if rest.contains("stays") { " at" } else { " to" };
            let mut holds = if rest.contains("next to nothing") {
                losses[made] < 1e-6 * losses[0]
            } else {
                near(number_behind(sentence, end), losses[made])
            };
            if rest.contains("from") {
                holds &= near(number_behind(sentence, "from"), losses[0]);
            } else if rest.contains("falls by") {
                holds &= near(
                    number_behind(sentence, "falls by"),
                    losses[0] - losses[made],
                );
            }
            holds &= losses[made] <= losses[0] + 1e-12 * losses[0].abs();
            if !rest.contains("rises") {
                holds &= losses
                    .windows(2)
                    .all(|pair| pair[1] <= pair[0] + 1e-9 * losses[0].abs());
            }
            says(holds && made == ahead(), "the loss does not fall like that")
        }
        "Falling" => {
            let many = if rest.contains("next update lowers") {
                1
            } else {
                ahead()
            };
            says(
                losses.windows(2).take(many).all(|pair| pair[1] < pair[0]),
                "the loss does not fall",
            )
        }
        "Wandering" => {
            let (low, high) = (
                number_behind(sentence, "between"),
                number_behind(sentence.split("between").nth(1).unwrap(), "and"),
            );
            let room = 1e-12 * low.abs().max(high.abs());
            says(
                losses
                    .iter()
                    .all(|loss| *loss >= low - room && *loss <= high + room),
                "it leaves them",
            )
        }
        other => Some(format!("nobody knows what {other} means")),
    }
}

/// Thousands of runs, on each of which something is said, which then go on ten times as long.
#[test]
fn nothing_that_is_said_of_a_run_is_contradicted_by_what_comes() {
    let asked = std::env::var("BEHAVIOUR_SURFACES").ok();
    let surfaces = asked.map_or(u64::from(cases(100)), |number| number.parse().unwrap());
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let (mut quadratic, mut told, mut wrong) = (0, 0, Vec::new());
    for seed in 0..surfaces {
        let mut draw = Draw(seed);
        let (loss, is_quadratic, two) = surface(&mut draw);
        let start = if two { "{x: 1, y: 1}" } else { "{x: 1}" };
        let mut session = on(&loss, start, "set rule none");
        for _ in 0..20 {
            let mut lines = vec![
                "page 1".to_owned(),
                format!("set rule {}", draw.of(&Rule::ALL).name()),
            ];
            lines.push(format!(
                "set momentum {}",
                draw.of(&[0.0, 0.25, 0.5, 0.75, 0.9, 0.99, 1.0, 0.3])
            ));
            let curvature = {
                let surface = session.lesson().model.surface().unwrap();
                surface.hessian(&[0.3, 0.7][..=usize::from(two)])[0][0]
                    .abs()
                    .clamp(0.05, 20.0)
            };
            let product = match draw.below(4) {
                0 => draw.of(&[2.0, 1.0, 3.0, 8.0 / 3.0, 4.0 / 3.0, 1.5]),
                1 => draw.between(0.0, 0.1),
                _ => draw.between(0.05, 3.5),
            };
            lines.push(format!("set learning_rate {}", product / curvature));
            let place = draw.of(&[0.1, 1.0, 3.0, 10.0, -2.0]);
            lines.push(format!("set x {place}"));
            if two {
                lines.push(format!("set y {}", draw.of(&[0.0, 1.0, -3.0, 0.001])));
            }
            let updates = draw.of(&[6, 7, 8, 10, 12, 30]);
            lines.push(format!("step {updates}"));
            if draw.below(3) == 0 {
                lines.push(format!(
                    "set learning_rate {}",
                    draw.between(0.05, 3.0) / curvature
                ));
                lines.push(format!("step {}", draw.below(12) + 1));
            }
            for line in &lines {
                let _ = session.run_line(line);
            }
            let step = session.step();
            if step < 6 {
                continue;
            }
            let [seen, theory] = words(&session);
            quadratic += u32::from(is_quadratic);
            told += u32::from(is_quadratic && !seen.is_empty());
            let surface = session.lesson().model.surface().unwrap().clone();
            let longer = After::of(&session, step, (10 * step).max(300));
            let after = longer.first(10 * step as usize);
            if !seen.is_empty() {
                let kind = seen.split(". ").next().unwrap();
                let kind = if kind.len() > 16 { &kind[..16] } else { kind };
                *counts.entry(kind.to_owned()).or_default() += 1;
                if let Some(why) = contradiction(&seen, &surface, &after) {
                    wrong.push(format!(
                        "{seed} {loss}\n  {}\n  {seen}\n  {why}",
                        lines.join("; ")
                    ));
                }
            }
            for sentence in theory
                .split_inclusive(". ")
                .filter(|sentence| !sentence.is_empty())
            {
                *counts.entry("theory".to_owned()).or_default() += 1;
                if let Some(why) = contradiction_of_theory(sentence, &surface, &longer) {
                    wrong.push(format!(
                        "{seed} {loss}\n  {}\n  {sentence}\n  {why}",
                        lines.join("; ")
                    ));
                }
            }
        }
    }
    println!("{counts:?}, on quadratics {told} of {quadratic}");
    assert!(
        wrong.is_empty(),
        "{} of {counts:?}\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    assert!(told * 100 >= quadratic * 95, "{told} of {quadratic}");
}

/// Why a sentence of theory is contradicted by a run on a quadratic surface, which goes on until it can be seen.
fn contradiction_of_theory(sentence: &str, surface: &Surface, after: &After) -> Option<String> {
    if sentence.starts_with("On a parabola") || sentence.contains("curved downward here") {
        return None;
    }
    let variables = surface.names().len();
    let sentence = sentence.to_lowercase();
    let variable = match (variables, sentence.strip_prefix("along ")) {
        (1, _) => 0,
        (_, Some(rest)) if rest.starts_with("x,") => 0,
        (_, Some(rest)) if rest.starts_with("y,") => 1,
        // The axes of a slanted valley: no variable shows one of them alone.
        _ => return None,
    };
    // How far from the minimum along the variable: its slope there.
    let slope = |place: &Vec<f64>| {
        let mut downhill = vec![0.0; variables];
        surface.downhill(place, &mut downhill);
        downhill[variable].abs()
    };
    let sizes: Vec<f64> = after.places.iter().map(slope).collect();
    let (early, late) = sizes.split_at(sizes.len() / 2);
    let (early, late) = (most(early), most(late));
    // A run that another axis ends soon has no time to show what it does along this one.
    if sizes.len() < 200 {
        return None;
    }
    let settles = sentence.contains("settles")
        && !sentence.contains("neither")
        && !sentence.contains("no learning rate");
    let holds = if settles {
        late < early || early < 1e-9
    } else if sentence.contains("neither settles nor grows") {
        (late - early).abs() <= 2e-2 * early
    } else if sentence.contains("grows") || sentence.contains("further with every update") {
        late > early
    } else {
        true
    };
    (!holds).then(|| format!("{early} {late}"))
}
