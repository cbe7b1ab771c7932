//! How fast the parts of the tutor are. Run with `cargo bench`.

use std::hint::black_box;
use std::io;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::ItemsCount;
use nnmom_tutor::batch::{self, Request};
use nnmom_tutor::command::{Picture, PictureOf, Scope, Until};
use nnmom_tutor::export::Format;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::expression::{self, Binary, Comparison, Expression, Mistake};
use nnmom_tutor::math::portable;
use nnmom_tutor::math::{
    Convention, Design, Generator, Initial, ItemOrder, Items, Memory, Model, Network, Rule,
    ScriptedWeight, Settings, Surface,
};
use nnmom_tutor::screen::{App, FullScreen, Glyphs, Input, KeyCode, Look};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{
    Axis, Condition, Finish, Holds, LOSS, Needs, Probe, Sight, Stand, State, Sweep, Swept,
    Timeline, Trial, train,
};
use nnmom_tutor::view::Theme;
use nnmom_tutor::watch::Watch;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

#[path = "../tests/it/support/networks.rs"]
mod networks;

use networks::articles;

fn main() {
    divan::main();
}

fn lesson() -> Arc<Lesson> {
    Arc::new(Lesson::open("momentum").expect("a built-in lesson"))
}

/// Loading and checking a lesson file.
#[divan::bench]
fn load_lesson() -> Lesson {
    Lesson::open(black_box("momentum")).expect("a built-in lesson")
}

/// A whole trace, without the process around it.
#[divan::bench]
fn trace(bencher: Bencher) {
    let lesson = lesson();
    let request = Request {
        steps: None,
        parameters: Vec::new(),
        format: Format::named("csv").unwrap(),
    };
    bencher.bench(|| {
        batch::trace(
            Session::unopened(Arc::clone(&lesson)),
            &request,
            &mut io::sink(),
        )
    });
}

/// One update of one weight.
#[divan::bench(args = [Rule::Article, Rule::Nesterov])]
fn update(bencher: Bencher, rule: Rule) {
    let settings = Settings::new(rule, 0.01, 0.5);
    bencher.bench(|| {
        black_box(settings).update(
            black_box(3.56),
            black_box(2.7),
            &[Memory::of_delta(black_box(0.044))],
        )
    });
}

/// The names of the pictures that such lessons have.
fn pictures(of: &[PictureOf]) -> Vec<&'static str> {
    let all = Picture::ALL.into_iter();
    let names = all.filter(|picture| of.contains(&picture.of()));
    let anew = of.contains(&PictureOf::Surface).then_some("surface anew");
    names.map(Picture::name).chain(anew).collect()
}

/// One frame of the Iris lesson after fifty epochs at 200x60, with each picture of the run.
#[divan::bench(args = pictures(&[PictureOf::Network, PictureOf::Every]))]
fn picture_frame(bencher: Bencher, picture: &str) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let lesson = Arc::new(Lesson::open("iris").expect("a built-in lesson"));
    let mut session = Session::new(lesson).expect("the first page opens");
    for line in [
        "goto 6000",
        "goto 1200",
        "set lr 0.1",
        "step 4800",
        "next 9",
    ] {
        session.run_line(line).expect("a line that can be done");
    }
    let line = format!("view {picture}");
    session.run_line(&line).expect("a picture of the lesson");
    let mut app = App::new(session, look);
    app.resize(Size::new(200, 60));
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    bencher.bench_local(|| terminal.draw(|frame| app.draw(frame)).map(drop));
}

/// One frame at 200x60 of pictures that the Iris lesson has not, or that are larger in others.
#[divan::bench(args = ["tests/support/wide.yaml network", "xor decision", "xor history"])]
fn other_frame(bencher: Bencher, which: &str) {
    let (lesson, picture) = which.split_once(' ').expect("a lesson and a picture");
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let lesson = Arc::new(Lesson::open(lesson).expect("a lesson"));
    let mut session = Session::new(lesson).expect("the first page opens");
    for line in [
        "goto 600",
        "set momentum 0.5",
        "goto 900",
        &format!("view {picture}"),
    ] {
        // One that cannot be done leaves the run where it is.
        let _ = session.run_line(line);
    }
    let mut app = App::new(session, look);
    app.resize(Size::new(200, 60));
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    bencher.bench_local(|| terminal.draw(|frame| app.draw(frame)).map(drop));
}

/// One frame of the ravine lesson at 200x60 after two hundred updates of four branches, with each picture of it. Of the
/// first frame after a change of the window the contours are found as well.
#[divan::bench(args = pictures(&[PictureOf::Surface, PictureOf::Every, PictureOf::Swept]))]
fn surface_frame(bencher: Bencher, picture: &str) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let lesson = Arc::new(Lesson::open("lessons/ravine.yaml").expect("a lesson"));
    let mut session = Session::new(lesson).expect("the first page opens");
    let (name, anew) = match picture.split_once(' ') {
        Some((name, _)) => (name, true),
        None => (picture, false),
    };
    let view = format!("view {name}");
    for line in [
        "compare momentum 0 0.5 0.9 max 200",
        "sweep momentum 0..0.9/40 learning_rate 0.05..1/40 max 10",
        &view,
    ] {
        session.run_line(line).expect("a line that can be done");
    }
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    let mut app = App::new(session.clone(), look);
    app.resize(Size::new(200, 60));
    let mut inwards = true;
    bencher.bench_local(|| {
        if anew {
            let line = if inwards { "zoom in" } else { "zoom out" };
            inwards = !inwards;
            session.run_line(line).expect("there is more to see");
            app = App::new(session.clone(), look);
            app.resize(Size::new(200, 60));
        }
        terminal.draw(|frame| app.draw(frame)).map(drop)
    });
}

/// From the key of a knob to the frame at 200x60, on 10,000 updates of Iris.
#[divan::bench(args = pictures(&[PictureOf::Network, PictureOf::Every]))]
fn knob_to_frame(bencher: Bencher, picture: &str) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let lesson = Arc::new(Lesson::open("iris").expect("a built-in lesson"));
    let mut session = Session::new(lesson).expect("the first page opens");
    for line in ["goto 10000", &*format!("view {picture}")] {
        session.run_line(line).expect("a line that can be done");
    }
    let mut app = App::new(session, look);
    app.resize(Size::new(200, 60));
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    let mut keys = [']', '['].into_iter().cycle();
    bencher.bench_local(|| {
        let key = keys.next().expect("there is always another");
        app.update(&Input::Key(KeyCode::Char(key).into()));
        terminal.draw(|frame| app.draw(frame)).map(drop)
    });
}

/// One frame, drawn whole, at each size.
#[divan::bench(args = [(80, 24), (100, 30), (200, 60), (300, 100)])]
fn frame(bencher: Bencher, (width, height): (u16, u16)) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let mut app = App::new(Session::new(lesson()).expect("the first page opens"), look);
    app.resize(Size::new(width, height));
    let mut terminal =
        Terminal::new(TestBackend::new(width, height)).expect("a test backend never fails");
    bencher.bench_local(|| terminal.draw(|frame| app.draw(frame)).map(drop));
}

/// A run of so many updates, made.
fn long_run(updates: u64) -> Timeline {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.0,
        downhill: (0..updates).map(|i| portable::sin(i as f64)).collect(),
        loss: None,
    });
    let settings = Settings::new(Rule::HeavyBall, 0.01, 0.9);
    let mut timeline = Timeline::new(Arc::new(model), settings);
    timeline
        .run_mut()
        .reach(updates)
        .expect("every update can be made");
    timeline
}

/// Going to a random update of a long run: from the nearest checkpoint, by making the updates after it again.
#[divan::bench(args = [100_000, 10_000_000])]
fn goto_random(bencher: Bencher, updates: u64) {
    let timeline = long_run(updates);
    let mut step = 1;
    bencher.bench_local(|| {
        step = (step * 48_271 + 11) % updates;
        timeline.run().state(black_box(step))
    });
}

/// A sitting with the Iris lesson after ten million updates.
fn long_sitting() -> Session {
    let lesson = Arc::new(Lesson::open("iris").expect("a built-in lesson"));
    let mut session = Session::unopened(lesson);
    session
        .run_line("goto 10000000")
        .expect("every update can be made");
    session
}

/// Going to a random update of ten million and drawing the screen there.
#[divan::bench]
fn goto_and_frame_of_ten_million(bencher: Bencher) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let mut session = long_sitting();
    let mut step: u64 = 1;
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    bencher.bench_local(|| {
        step = (step * 48_271 + 11) % 10_000_000;
        session
            .run_line(&format!("goto {step}"))
            .expect("it has been reached");
        let mut app = App::new(session.clone(), look);
        app.resize(Size::new(200, 60));
        terminal.draw(|frame| app.draw(frame)).map(drop)
    });
}

/// Updates that are timed together.
const ONLINE: u64 = 120_000;

/// Online updates of the Iris network, as `run` makes them.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn iris_updates(bencher: Bencher) {
    let lesson = Lesson::open("iris").expect("a built-in lesson");
    let settings = Settings {
        rule: Rule::Article,
        momentum: 0.75,
        ..lesson.settings
    };
    bencher.counter(ItemsCount::new(ONLINE)).bench_local(|| {
        let mut state = State::start(&lesson.model, settings, None);
        assert!(train(&lesson.model, &mut state, ONLINE));
        state.weights[0]
    });
}

/// Nodes of the networks whose updates are timed, inputs first.
const SIZES: [&[usize]; 3] = [&[64, 30, 10], &[784, 30, 10], &[50; 10]];

/// Online updates of larger networks: a thousand of them. `benches/counterparts/network.c` does the same in C,
/// on numbers of its own.
#[divan::bench(args = SIZES.map(Sizes), sample_count = 20, sample_size = 1)]
fn network_updates(bencher: Bencher, sizes: &Sizes) {
    const UPDATES: u64 = 1_000;
    let model = large_network(sizes.0);
    let settings = Settings::new(Rule::Article, 0.05, 0.75);
    let start = State::start(&model, settings, None);
    bencher.counter(ItemsCount::new(UPDATES)).bench_local(|| {
        let mut state = start.clone();
        assert!(train(&model, &mut state, UPDATES));
        state.weights[0]
    });
}

/// Nodes of each layer, as they are named in a table.
struct Sizes(&'static [usize]);

impl std::fmt::Display for Sizes {
    fn fmt(&self, formatter: &mut std::fmt::Formatter) -> std::fmt::Result {
        let nodes: Vec<String> = self.0.iter().map(usize::to_string).collect();
        formatter.write_str(&nodes.join("-"))
    }
}

/// A network of the functions of the Iris lesson with drawn items and weights.
fn large_network(sizes: &[usize]) -> Model {
    let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
    let mut stream = Generator::Python.stream(3);
    let mut items = Items::new(inputs, outputs);
    for item in 0..100 {
        let drawn: Vec<f64> = (0..inputs).map(|_| stream.unit()).collect();
        let one_hot = |place: usize| f64::from(u8::from(place == item % outputs));
        let targets: Vec<f64> = (0..outputs).map(one_hot).collect();
        items.push(&drawn, &targets);
    }
    let mut weights = Vec::new();
    for pair in sizes.windows(2) {
        let bound = 1.0 / (pair[0] as f64).sqrt();
        weights.extend((0..pair[0] * pair[1]).map(|_| bound * (2.0 * stream.unit() - 1.0)));
        weights.extend(vec![0.0; pair[1]]);
    }
    Model::Network(Box::new(Network::new(Design {
        initial: Initial::Given(weights),
        order: ItemOrder::Sequential,
        ..articles(sizes, items)
    })))
}

/// The same updates, made and kept by a sitting that looks at each of them for a condition that never holds.
#[divan::bench(args = CONDITIONS, sample_count = 20, sample_size = 1)]
fn run_until(bencher: Bencher, condition: &str) {
    let lesson = Arc::new(Lesson::open("iris").expect("a built-in lesson"));
    let mut session = Session::unopened(lesson);
    session
        .run_line("set momentum 0.75")
        .expect("the lesson starts with another");
    let line = match condition {
        "" => format!("step {ONLINE}"),
        condition => format!("run until {condition} max {ONLINE}"),
    };
    bencher.counter(ItemsCount::new(ONLINE)).bench_local(|| {
        let mut session = session.clone();
        session.run_line(&line).expect("every update can be made");
        session.step()
    });
}

/// The same of larger networks, and plain runs of them: as a sitting makes and keeps them.
#[divan::bench(args = SIZES.map(Sizes), consts = [false, true], sample_count = 20, sample_size = 1)]
fn large_run<const LOOKS: bool>(bencher: Bencher, sizes: &Sizes) {
    const UPDATES: u64 = 1_000;
    let model = Arc::new(large_network(sizes.0));
    let settings = Settings::new(Rule::Article, 0.05, 0.75);
    timed_run::<LOOKS>(bencher, &model, settings, UPDATES);
}

/// And on surfaces.
#[divan::bench(args = SURFACES, consts = [false, true], sample_count = 20, sample_size = 1)]
fn surface_run<const LOOKS: bool>(bencher: Bencher, text: &str) {
    timed_run::<LOOKS>(bencher, &Arc::new(surface(text)), slow(), ONLINE / 10);
}

fn timed_run<const LOOKS: bool>(
    bencher: Bencher,
    model: &Arc<Model>,
    settings: Settings,
    updates: u64,
) {
    bencher.counter(ItemsCount::new(updates)).bench_local(|| {
        let mut timeline = Timeline::new(Arc::clone(model), settings);
        if LOOKS {
            let mut beyond = Beyond(Needs {
                weights: vec![0],
                ..Needs::default()
            });
            timeline.run_mut().go_looking(0, updates, &mut beyond);
        } else {
            timeline.run_mut().reach(updates).expect("it can be made");
        }
        assert_eq!(timeline.run().reached(), updates);
    });
}

/// Waits for a weight that is beyond all that it comes to.
struct Beyond(Needs);

impl Probe for Beyond {
    fn needs(&self) -> &Needs {
        &self.0
    }

    fn counts(&self) -> bool {
        false
    }

    fn note(&self, sight: &Sight, numbers: &mut Vec<f64>) {
        numbers.push(sight.weights[0]);
    }

    fn is_enough(&mut self, _: u64, numbers: &[f64], _: Option<&[f64]>) -> bool {
        numbers[0] > 1e9
    }
}

/// None; on a weight, on a number of an update, on the error of an item, and on figures over all items.
const CONDITIONS: [&str; 5] = [
    "",
    "ih[0,0] > 1e9",
    "delta[ih[0,0]] > 1e9",
    "error < 0",
    "mse < 0",
];

/// A sweep of 8 runs of the Iris network on all cores, of so many updates together; until their error is low, where it
/// never is, or without anything to come to.
#[divan::bench(args = [false, true], sample_count = 10, sample_size = 1)]
fn sweep_network(bencher: Bencher, waits: bool) {
    let lesson = Lesson::open("iris").expect("a built-in lesson");
    let sweep = Sweep {
        start: State::start(&lesson.model, lesson.settings, None),
        axes: vec![Axis {
            swept: Swept::LearningRate,
            values: (1..=8).map(|n| 0.01 * f64::from(n)).collect(),
        }],
        most: ONLINE / 8,
    };
    let session = Session::unopened(Arc::new(lesson));
    let phrase = session.condition("mse < 0").expect("a condition");
    let model = &session.lesson().model;
    let scope = Scope {
        focus: 0,
        convention: Convention::Add,
    };
    let until = Until::new(scope, &phrase, model);
    bencher
        .counter(ItemsCount::new(ONLINE))
        .bench_local(|| -> Option<Vec<Finish>> {
            let condition: Option<&Condition> = if waits { Some(&until) } else { None };
            sweep.run(model, condition, &Watch::default())
        });
}

/// The same updates in a loop written by hand for this one network, with its sizes known to the compiler.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn iris_updates_by_hand(bencher: Bencher) {
    let lesson = Lesson::open("iris").expect("a built-in lesson");
    let network = lesson.model.network().expect("a network");
    let by_hand = by_hand::Iris::new(network);
    bencher
        .counter(ItemsCount::new(ONLINE))
        .bench_local(|| by_hand.clone().train(ONLINE, 0.05, 0.75));
}

/// A 4-5-3 network with tanh and softmax, and nothing else.
#[expect(
    clippy::needless_range_loop,
    reason = "loops over indices, as one writes them by hand"
)]
mod by_hand {
    use nnmom_tutor::math::{Generator, Network, Stream};

    #[derive(Clone)]
    pub struct Iris {
        items: Vec<([f64; 4], [f64; 3])>,
        order: Vec<usize>,
        stream: Stream,
        ih: [[f64; 5]; 4],
        hb: [f64; 5],
        ho: [[f64; 3]; 5],
        ob: [f64; 3],
    }

    impl Iris {
        pub fn new(network: &Network) -> Self {
            let items = network.items();
            let item = |item| {
                let inputs = items.inputs(item).try_into().expect("four inputs");
                (
                    inputs,
                    items.targets(item).try_into().expect("three targets"),
                )
            };
            let mut stream = Generator::Python.stream(3);
            let mut draw = || 0.02 * stream.unit() - 0.01;
            Self {
                items: (0..items.len()).map(item).collect(),
                order: (0..items.len()).collect(),
                ih: std::array::from_fn(|_| std::array::from_fn(|_| draw())),
                hb: std::array::from_fn(|_| draw()),
                ho: std::array::from_fn(|_| std::array::from_fn(|_| draw())),
                ob: std::array::from_fn(|_| draw()),
                stream,
            }
        }

        pub fn train(mut self, updates: u64, rate: f64, momentum: f64) -> f64 {
            let (mut ih, mut hb) = ([[0.0; 5]; 4], [0.0; 5]);
            let (mut ho, mut ob) = ([[0.0; 3]; 5], [0.0; 3]);
            let step = |weight: &mut f64, previous: &mut f64, gradient: f64| {
                let delta = rate * gradient;
                *weight = (*weight + delta) + momentum * *previous;
                *previous = delta;
            };
            for update in 0..updates as usize {
                let place = update % self.order.len();
                if place == 0 {
                    self.stream.shuffle(&mut self.order);
                }
                let (x, t) = &self.items[self.order[place]];
                let mut h = [0.0; 5];
                for (x, row) in x.iter().zip(&self.ih) {
                    for j in 0..5 {
                        h[j] += x * row[j];
                    }
                }
                for j in 0..5 {
                    h[j] = super::portable::tanh(h[j] + self.hb[j]);
                }
                let mut o = [0.0; 3];
                for (h, row) in h.iter().zip(&self.ho) {
                    for k in 0..3 {
                        o[k] += h * row[k];
                    }
                }
                for k in 0..3 {
                    o[k] += self.ob[k];
                }
                let largest = o[0].max(o[1]).max(o[2]);
                let mut total = 0.0;
                for o in &mut o {
                    *o = super::portable::exp(*o - largest);
                    total += *o;
                }
                let signals: [f64; 3] = std::array::from_fn(|k| {
                    let o = o[k] / total;
                    (1.0 - o) * o * (t[k] - o)
                });
                let back: [f64; 5] = std::array::from_fn(|j| {
                    let pairs = signals.iter().zip(&self.ho[j]);
                    let sum = pairs.fold(0.0, |sum, (signal, weight)| sum + signal * weight);
                    (1.0 - h[j]) * (1.0 + h[j]) * sum
                });
                for i in 0..4 {
                    for j in 0..5 {
                        step(&mut self.ih[i][j], &mut ih[i][j], back[j] * x[i]);
                    }
                }
                for j in 0..5 {
                    step(&mut self.hb[j], &mut hb[j], back[j]);
                    for k in 0..3 {
                        step(&mut self.ho[j][k], &mut ho[j][k], signals[k] * h[j]);
                    }
                }
                for k in 0..3 {
                    step(&mut self.ob[k], &mut ob[k], signals[k]);
                }
            }
            self.ih[0][0]
        }
    }
}

/// Making ten million updates, with their checkpoints.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn make_ten_million_updates() -> Timeline {
    long_run(10_000_000)
}

/// A surface over x and y.
fn surface(text: &str) -> Model {
    let names = ["x", "y"].map(str::to_owned);
    let index = |name: &str, span| {
        let index = names.iter().position(|known| known == name);
        index.ok_or_else(|| Mistake {
            span,
            message: name.to_owned(),
            advice: String::new(),
        })
    };
    let expression = expression::parse(text, &index).expect("a formula");
    let start = vec![-1.2, 1.0];
    let view = vec![None, None];
    let surface = Surface::new(text, expression, names.to_vec(), start, view);
    Model::Surface(Box::new(surface))
}

/// Formulas of a ravine, of a banana-shaped valley and of waves.
const SURFACES: [&str; 3] = [
    "0.05*x^2 + 1.5*y^2",
    "(1 - x)^2 + 100*(y - x^2)^2",
    "x^4 - 2*x^2 + sin(3*x) + y^2",
];

/// A thousand updates of a surface, at full speed.
#[divan::bench(args = SURFACES)]
fn surface_thousand_updates(bencher: Bencher, text: &str) {
    let model = surface(text);
    let start = State::start(&model, slow(), None);
    bencher.bench(|| {
        let mut state = start.clone();
        assert!(train(&model, &mut state, 1_000));
        state.weights[0]
    });
}

/// A thousand updates of a surface, each of them looked at.
#[divan::bench(args = SURFACES)]
fn surface_thousand_trial_updates(bencher: Bencher, text: &str) {
    let model = surface(text);
    let start = State::start(&model, slow(), None);
    bencher.bench(|| {
        let mut trial = Trial::new(&model, start.clone());
        for _ in 0..1_000 {
            trial.update().expect("it can be made");
        }
        trial.loss(&mut |_| true)
    });
}

fn slow() -> Settings {
    Settings::new(Rule::HeavyBall, 1e-4, 0.9)
}

/// Ten million updates of a run that has long converged, as `run` makes them.
#[divan::bench(args = SURFACES, sample_count = 5, sample_size = 1)]
fn converged_updates(bencher: Bencher, text: &str) {
    const UPDATES: u64 = 10_000_000;
    let mut timeline = Timeline::new(Arc::new(surface(text)), slow());
    timeline.run_mut().reach(UPDATES).expect("it can be made");
    bencher.counter(ItemsCount::new(UPDATES)).bench_local(|| {
        let mut timeline = timeline.clone();
        let run = timeline.run_mut();
        run.reach(2 * UPDATES).expect("it can be made");
    });
}

/// A sweep of 40 x 40 runs of 1,000 updates each, on all cores.
#[divan::bench(args = SURFACES, sample_count = 20, sample_size = 1)]
fn sweep_40x40(bencher: Bencher, text: &str) {
    let model = surface(text);
    let sweep = square_sweep(&model);
    bencher.bench(|| sweep.run(&model, None, &Watch::default()));
}

/// The same until their loss is low, which it never is.
#[divan::bench(args = SURFACES, sample_count = 20, sample_size = 1)]
fn sweep_40x40_until(bencher: Bencher, text: &str) {
    let model = surface(text);
    let sweep = square_sweep(&model);
    bencher.bench(|| sweep.run(&model, Some(&Below(-1e9)), &Watch::default()));
}

fn square_sweep(model: &Model) -> Sweep {
    let values = |most: f64| (1..=40).map(|n| most * f64::from(n) / 40.0).collect();
    Sweep {
        start: State::start(model, slow(), None),
        axes: vec![
            Axis {
                swept: Swept::LearningRate,
                values: values(1e-3),
            },
            Axis {
                swept: Swept::Momentum,
                values: values(0.95),
            },
        ],
        most: 1_000,
    }
}

/// A loss below this.
struct Below(f64);

impl Holds for Below {
    fn holds(&self, stand: &Stand, _: &mut dyn FnMut(u64) -> bool) -> bool {
        stand.loss.is_some_and(|loss| loss < self.0)
    }

    fn formula(&self) -> Option<Expression<usize>> {
        Some(Expression::Binary(
            Binary::Compare(Comparison::Less),
            Box::new(Expression::Name(LOSS)),
            Box::new(Expression::Number(self.0)),
        ))
    }
}

/// From a key in the bar to the frame at 200x60: in a lesson as it opens, and on a page that has prepared millions of
/// updates.
#[divan::bench(args = ["iris", "tests/support/prepared.yaml"])]
fn typed_to_frame(bencher: Bencher, lesson: &str) {
    let look = Look::new(Theme::Dark, Glyphs::Unicode);
    let lesson = Arc::new(Lesson::open(lesson).expect("a lesson"));
    let mut app = App::new(Session::new(lesson).expect("the first page opens"), look);
    app.resize(Size::new(200, 60));
    let mut terminal =
        Terminal::new(TestBackend::new(200, 60)).expect("a test backend never fails");
    let mut type_key = |app: &mut App, key: KeyCode| {
        app.update(&Input::Key(key.into()));
        terminal.draw(|frame| app.draw(frame)).map(drop)
    };
    for character in ":goto 100000000".chars() {
        let _ = type_key(&mut app, KeyCode::Char(character));
    }
    let mut keys = [KeyCode::Backspace, KeyCode::Char('0')].into_iter().cycle();
    bencher.bench_local(|| type_key(&mut app, keys.next().expect("there is always another")));
}

/// The whole program from its start until words of its first screen have come through a pseudo-terminal: the last ones,
/// or those that say how far its page is.
#[cfg(unix)]
#[divan::bench(args = [
    ("momentum", 100, 30, "quit"),
    ("momentum", 300, 100, "quit"),
    ("tests/support/prepared.yaml", 300, 100, "stops."),
])]
fn first_screen(bencher: Bencher, (lesson, cols, rows, last): (&str, u16, u16, &str)) {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read;
    use std::sync::mpsc::channel;
    use std::time::{Duration, Instant};

    /// What has not come by then never does.
    const PATIENCE: Duration = Duration::from_secs(10);

    let size = PtySize {
        rows,
        cols,
        ..PtySize::default()
    };
    bencher.bench_local(|| {
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_nnmom-tutor"));
        command.arg(lesson);
        // Without a folder it would begin in that of whoever runs this, and there is no such lesson.
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env("TERM", "xterm-256color");
        // Nothing is kept there.
        command.env("XDG_STATE_HOME", "/dev/null");
        let child = pair.slave.spawn_command(command).expect("the tutor starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let running = Running(child, pair.master);
        drop(pair.slave);
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            // It ends with the tutor.
            while let Ok(length @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..length].to_vec()).is_err() {
                    return;
                }
            }
        });
        let (begun, mut seen) = (Instant::now(), Vec::new());
        while !seen
            .windows(last.len())
            .any(|bytes| bytes == last.as_bytes())
        {
            let left = PATIENCE.saturating_sub(begun.elapsed());
            let Ok(bytes) = output.recv_timeout(left) else {
                let seen = String::from_utf8_lossy(&seen);
                panic!("{last:?} never comes of {lesson} at {cols}x{rows}; this has: {seen}");
            };
            seen.extend(bytes);
        }
        // It is ended when the measurement is over.
        running
    });
}

/// A tutor in a pseudo-terminal, ended when it is dropped.
#[cfg(unix)]
struct Running(
    Box<dyn portable_pty::Child + Send + Sync>,
    #[expect(
        dead_code,
        reason = "the terminal has to stay open as long as the tutor runs"
    )]
    Box<dyn portable_pty::MasterPty + Send>,
);

#[cfg(unix)]
impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().expect("the tutor can be ended");
        self.0.wait().expect("the tutor has ended");
    }
}
