//! Conditions that runs are watched for: looked at in stretches and update by update, they stop a run at the same place.

use std::sync::Arc;

use nnmom_tutor::batch::{self, Ended, RunRequest};
use nnmom_tutor::command::{Lookout, Phrase, Scope, Until, Variable};
use nnmom_tutor::explain::Quantity;
use nnmom_tutor::export::Format;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::expression::{Binary, Comparison, Expression, Unary};
use nnmom_tutor::math::{Convention, Model, Rule, ScriptedWeight, Settings, portable};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::{
    Axis, Change, End, Finish, Holds, Stand, State, Stop, Sweep, Swept, Timeline, Trial,
};
use nnmom_tutor::watch::{Halt, Watch};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::networks::any_network;
use crate::support::depth::cases;
use crate::support::waiting::stopping_after;

pub fn surface(loss: &str) -> Model {
    let source = format!(
        "title: A surface\nmodel:\n  surface:\n    loss: {loss}\n    start: {{x: 3, y: 2}}\n\
         training:\n  learning_rate: 0.1\npages:\n  - title: One\n    text: Hello.\n"
    );
    let model = Lesson::parse("x", source.as_bytes()).unwrap().model;
    Arc::into_inner(model).unwrap()
}

fn weight() -> Model {
    Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.1,
        downhill: (0..2200).map(|i| portable::sin(f64::from(i))).collect(),
        loss: None,
    })
}

fn any_model() -> impl Strategy<Value = Model> {
    let network = any_network().prop_map(|(network, _)| Model::Network(Box::new(network)));
    let others = prop::sample::select(vec![
        surface("0.05*x^2 + 1.5*y^2"),
        surface("x - log(x) + y^2"),
        // Where x is below 0 this has slopes, and is no number.
        surface("x^2 + 0*log(x) + y^2"),
        weight(),
    ]);
    prop_oneof![3 => network, 1 => others]
}

/// Learning rates of which the large ones carry numbers beyond their limits, at once or after a while.
fn any_settings() -> impl Strategy<Value = Settings> {
    let rates = prop::sample::select(vec![0.01, 0.1, 0.5, 1.9, 3.0, 1e70, 1e150, 1e306]);
    let rules = prop::sample::select(Rule::ALL.to_vec());
    let momenta = prop::sample::select(vec![0.0, 0.5, 0.9, 1.0]);
    (rules, rates, momenta).prop_map(|(rule, rate, momentum)| Settings::new(rule, rate, momentum))
}

/// Everything that a condition may be about.
fn variables(model: &Model) -> Vec<Variable> {
    let mut all = vec![Variable::Step, Variable::Epoch];
    let figures = [Variable::Loss, Variable::Mse, Variable::Accuracy];
    all.extend(&figures[..model.metric_names().len()]);
    let parameters = model.parameters().len();
    all.extend((0..parameters).map(Variable::Parameter));
    for quantity in Quantity::named() {
        all.push(Variable::Quantity(quantity, None));
        all.push(Variable::Quantity(quantity, Some(parameters - 1)));
    }
    for symbol in ["x0", "Σo0", "o0", "δo0", "t0", "h0", "δh1.0"] {
        all.push(Variable::Quantity(Quantity::meant(symbol).unwrap(), None));
    }
    all
}

const SCOPE: Scope = Scope {
    focus: 0,
    convention: Convention::Subtract,
};

/// A comparison of something that a condition may be about with what it comes to at some update.
#[derive(Debug, Clone)]
struct Compared {
    variable: Index,
    comparison: Comparison,
    update: Index,
    is_denied: bool,
}

fn compared() -> impl Strategy<Value = Compared> {
    let comparisons = prop::sample::select(Comparison::ALL.to_vec());
    (any::<Index>(), comparisons, any::<Index>(), any::<bool>()).prop_map(
        |(variable, comparison, update, is_denied)| Compared {
            variable,
            comparison,
            update,
            is_denied,
        },
    )
}

/// Comparisons, each joined to the one before by `and` or `or`.
type Condition = Vec<(Compared, bool)>;

fn conditions(most: usize) -> impl Strategy<Value = Vec<Condition>> {
    let condition = prop::collection::vec((compared(), any::<bool>()), 1..3);
    prop::collection::vec(condition, 0..=most)
}

/// The condition, for a run that has been made.
fn phrase(condition: &Condition, run: &nnmom_tutor::timeline::Run) -> Phrase {
    let model = run.model();
    let one = |compared: &Compared| {
        let all = variables(model);
        let variable = all[compared.variable.index(all.len())];
        let update = compared.update.index(run.reached().max(1) as usize) as u64;
        let value = run.record(update).map_or(0.5, |record| {
            let metrics = model.metrics(&run.state(update).weights);
            let when = nnmom_tutor::command::When::After;
            SCOPE.number(variable, &record, when, metrics)
        });
        let value = if value.is_finite() { value } else { 0.5 };
        let sides = [Expression::Name(variable), Expression::Number(value)].map(Box::new);
        let [left, right] = sides;
        let holds = Expression::Binary(Binary::Compare(compared.comparison), left, right);
        if compared.is_denied {
            Expression::Unary(Unary::Not, Box::new(holds))
        } else {
            holds
        }
    };
    let joined = condition
        .iter()
        .map(|(compared, ands)| (one(compared), ands));
    let (expression, _) = joined
        .reduce(|(left, _), (right, ands)| {
            let join = if *ands { Binary::And } else { Binary::Or };
            (
                Expression::Binary(join, Box::new(left), Box::new(right)),
                ands,
            )
        })
        .unwrap();
    Phrase {
        text: format!("{expression:?}"),
        expression,
    }
}

/// A condition on how many updates there are, which never comes to hold.
fn never_by_step() -> Phrase {
    let sides = [Expression::Name(Variable::Step), Expression::Number(1e15)].map(Box::new);
    let [left, right] = sides;
    Phrase {
        text: "step > 1e15".to_owned(),
        expression: Expression::Binary(Binary::Compare(Comparison::Greater), left, right),
    }
}

fn any_change() -> impl Strategy<Value = Change> {
    let parameter = Just(0_usize);
    let number = -2.0..2.0_f64;
    prop_oneof![
        (0.0..1.0_f64).prop_map(Change::LearningRate),
        prop::sample::select(vec![1e20, 1e70, 1e306]).prop_map(Change::LearningRate),
        (0.0..1.0_f64).prop_map(Change::Momentum),
        prop::sample::select(Rule::ALL.to_vec()).prop_map(Change::Rule),
        (parameter, number.clone()).prop_map(|(parameter, downhill)| Change::Gradient {
            parameter,
            downhill
        }),
        (parameter, number.clone())
            .prop_map(|(parameter, value)| Change::PreviousDelta { parameter, value }),
        (parameter, number).prop_map(|(parameter, value)| Change::Parameter { parameter, value }),
    ]
}

/// A run that is watched: where it starts, what is changed on the way, from where to where it is looked at, and how much
/// work that may be.
#[derive(Debug, Clone)]
struct Case {
    model: Model,
    settings: Settings,
    changes: Vec<(u64, Change)>,
    made: u64,
    from: Index,
    last: u64,
    bound: Option<u64>,
    until: Vec<Condition>,
    breaks: Vec<Condition>,
}

fn any_case() -> impl Strategy<Value = Case> {
    let changes = prop::collection::vec((0..2_000_u64, any_change()), 0..4);
    let ways = (0..2_500_u64, any::<Index>(), 0..3_000_u64);
    let bound = prop::option::of(0..3_000_u64);
    (
        any_model(),
        any_settings(),
        changes,
        ways,
        bound,
        conditions(1),
        conditions(2),
    )
        .prop_map(
            |(model, settings, mut changes, (made, from, last), bound, until, breaks)| {
                changes.sort_by_key(|(step, _)| *step);
                Case {
                    model,
                    settings,
                    changes,
                    made,
                    from,
                    last,
                    bound,
                    until,
                    breaks,
                }
            },
        )
}

/// One stop after another: where it is, why, what has been seen and why the work has ended.
type Stops = Vec<(u64, Option<Stop>, Option<String>, Option<Halt>)>;

impl Case {
    /// The run as far as it goes by itself, and no further than so.
    fn timeline(&self, last: u64, watch: &Watch) -> Timeline {
        let model = Arc::new(self.model.clone());
        let mut timeline = Timeline::watched(model, self.settings, watch.clone());
        for (step, change) in self.changes.iter().filter(|(step, _)| *step <= last) {
            if timeline.run_mut().reach(*step).is_ok() {
                timeline.change(*step, *change, "change");
            }
        }
        let _ = timeline.run_mut().reach(self.made.min(last));
        timeline
    }

    /// Goes over the run and on, some times after one another, and looks at each update by itself where it is `careful`.
    fn go(&self, is_careful: bool) -> (Stops, Timeline) {
        let watch = Watch::default();
        let mut timeline = self.timeline(u64::MAX, &watch);
        let run = timeline.run();
        let read = |condition| phrase(condition, run);
        let until = self.until.first().map(read);
        let mut breaks: Vec<Phrase> = self.breaks.iter().map(read).collect();
        // Rounds of a run that goes round in a circle are left out where nothing counts updates, and are no work then.
        breaks.extend(self.bound.map(|_| never_by_step()));
        let mut lookout = Lookout::new(SCOPE, until, &breaks, &watch);
        let mut at = self.from.index(run.reached() as usize + 1) as u64;
        let bound = self.bound.map(|updates| updates * self.model.work());
        let mut stops = Vec::new();
        for _ in 0..6 {
            let run = timeline.run_mut();
            let model = Arc::clone(run.model());
            let mut go = || {
                if is_careful {
                    let see = |record: &_, state: &_| lookout.sees(&model, record, state);
                    run.go(at, self.last, see)
                } else {
                    run.go_looking(at, self.last, &mut lookout.on(&model))
                }
            };
            let (reached, stop) = watch.during(|| match bound {
                Some(bound) => watch.within(bound, go).0,
                None => go(),
            });
            at = reached;
            stops.push((at, stop, lookout.seen.take(), watch.ended()));
        }
        (stops, timeline)
    }
}

/// What a run that goes round in a circle comes to is looked at for no more than two rounds, and stops it where it would
/// have been stopped; where it counts how many updates there have been, it is looked at for ever.
#[test]
fn a_run_that_goes_round_stops_where_it_would_have_been_stopped() {
    const LAST: u64 = 12_000;
    const MANY: u64 = 1_000_000_000_000;
    for (loss, rule, rate, momentum) in [
        ("0.5*x^2 + 0*y", Rule::None, 0.9, 0.0),
        ("0.5*x^2 + 0*y", Rule::HeavyBall, 0.9, 0.1),
        ("0.5*x^2 + 0.75*y^2", Rule::HeavyBall, 0.5, 0.5),
        ("abs(x) + y^2", Rule::None, 0.25, 0.0),
    ] {
        let model = surface(loss);
        let settings = Settings::new(rule, rate, momentum);
        let mut run = Timeline::new(Arc::new(model.clone()), settings);
        run.run_mut().reach(LAST).unwrap();
        let at = |step: u64| run.run().state(step).weights[0];
        let x = Variable::Parameter(0);
        let compare = |variable, comparison, number| {
            let sides = [Expression::Name(variable), Expression::Number(number)].map(Box::new);
            let [left, right] = sides;
            let expression = Expression::Binary(Binary::Compare(comparison), left, right);
            let text = format!("{expression:?}");
            Phrase { expression, text }
        };
        let never = compare(x, Comparison::Greater, 1e9);
        let late = compare(Variable::Step, Comparison::GreaterOrEqual, 11_111.0);
        // Up and down at each round, where it has more than one place.
        let [one, other] =
            [LAST, LAST - 1].map(|step| compare(x, Comparison::LessOrEqual, at(step)));
        for (until, breaks) in [
            (Some(never.clone()), vec![]),
            (Some(late), vec![one.clone()]),
            (Some(never.clone()), vec![one.clone(), other.clone()]),
            (Some(one), vec![]),
            (None, vec![other]),
        ] {
            let stops = |is_careful: bool| {
                let watch = Watch::default();
                let mut timeline = Timeline::new(Arc::new(model.clone()), settings);
                let mut lookout = Lookout::new(SCOPE, until.clone(), &breaks, &watch);
                let (mut stops, mut at) = (Vec::new(), 0);
                for _ in 0..20 {
                    let run = timeline.run_mut();
                    let (reached, stop) = if is_careful {
                        let see = |record: &_, state: &_| lookout.sees(&model, record, state);
                        run.go(at, LAST, see)
                    } else {
                        run.go_looking(at, LAST, &mut lookout.on(&model))
                    };
                    at = reached;
                    stops.push((at, stop, lookout.seen.take()));
                    // What a later one finds is far behind the beginning of the circle.
                    let far = (at + 9_000).min(LAST);
                    timeline.run_mut().reach(far).unwrap();
                    at = far;
                }
                (stops, timeline.run().state(LAST))
            };
            assert_eq!(
                stops(true),
                stops(false),
                "{loss} {rule:?} {until:?} {breaks:?}"
            );
        }
        // Nobody could wait for as many as these.
        let watch = Watch::default();
        let mut timeline = Timeline::new(Arc::new(model.clone()), settings);
        let mut lookout = Lookout::new(SCOPE, Some(never), &[], &watch);
        let gone = timeline
            .run_mut()
            .go_looking(0, MANY, &mut lookout.on(&model));
        assert_eq!(gone, (MANY, None), "{loss} {rule:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(480)))]

    /// The same stops, the same numbers, the same states kept.
    #[test]
    fn stretches_and_single_updates_stop_at_the_same_place(case in any_case()) {
        let (careful, fast) = (case.go(true), case.go(false));
        prop_assert_eq!(careful.0, fast.0);
        let [careful, fast] = [careful.1, fast.1];
        let [careful, fast] = [careful.run(), fast.run()];
        let reached = careful.reached();
        prop_assert_eq!(reached, fast.reached());
        prop_assert_eq!(careful.bytes(), fast.bytes());
        prop_assert!(careful.landmarks(reached).eq(fast.landmarks(reached)));
        prop_assert_eq!(careful.state(reached), fast.state(reached));
        // An update that cannot be made has left nothing behind.
        let mut again = case.timeline(reached, &Watch::default());
        again.run_mut().reach(reached).unwrap();
        prop_assert_eq!(again.run().state(reached), fast.state(reached));
        // Some numbers of a record may be none, and such are not equal to themselves.
        for step in [reached.saturating_sub(1), reached] {
            let [careful, fast] = [careful, fast].map(|run| format!("{:?}", run.record(step)));
            prop_assert_eq!(careful, fast);
        }
    }

    /// The same without a history, in stretches that no checkpoint ends.
    #[test]
    fn a_state_goes_on_in_stretches_as_update_by_update(case in any_case()) {
        let watch = Watch::default();
        let timeline = case.timeline(u64::MAX, &watch);
        let run = timeline.run();
        let read = |condition| phrase(condition, run);
        let breaks: Vec<Phrase> = case.until.iter().chain(&case.breaks).map(read).collect();
        let [mut careful, mut fast] = [0; 2].map(|_| run.state(0));
        let [mut seeing, mut looking] = [0; 2].map(|_| Lookout::new(SCOPE, None, &breaks, &watch));
        let model = run.model();
        for _ in 0..6 {
            let mut found = Ok(false);
            while careful.step < case.last && found == Ok(false) {
                found = run.advance(&mut careful).map(|record| seeing.sees(model, &record, &careful));
            }
            prop_assert_eq!(&run.onward_looking(&mut fast, case.last, &mut looking.on(model)), &found);
            prop_assert_eq!(seeing.seen.take(), looking.seen.take());
            prop_assert_eq!(&careful, &fast);
        }
    }

    /// A cell of a network's sweep comes to what single updates come to, whatever it is to come to.
    #[test]
    fn networks_are_swept_as_update_by_update(
        (network, _) in any_network(), settings in any_settings(), until in conditions(1), most in 0..900_u64,
    ) {
        let model = Arc::new(Model::Network(Box::new(network)));
        let mut timeline = Timeline::new(Arc::clone(&model), settings);
        let _ = timeline.run_mut().reach(most);
        let until = until.first().map(|condition| phrase(condition, timeline.run()));
        let until = until.as_ref().map(|phrase| Until::new(SCOPE, phrase, &model));
        let start = timeline.run().state(0);
        let mut goes_on = |_| true;
        let mut careful = Trial::new(&model, start.clone());
        let end = loop {
            if careful.stand().state.step >= most {
                break End::Unreached;
            }
            if let Err(stop) = careful.update() {
                break End::Stopped(stop);
            }
            if until.as_ref().is_some_and(|until| until.holds(&careful.stand(), &mut goes_on)) {
                break End::Reached(careful.stand().state.step);
            }
        };
        let careful = Finish {
            end,
            step: careful.stand().state.step,
            loss: careful.loss(&mut goes_on),
        };
        let mut counted = 0;
        let fast = Trial::new(&model, start).run(
            most,
            until.as_ref().map(|until| until as &dyn Holds),
            &mut |made| { counted += made; true },
        );
        prop_assert_eq!(fast, Some(careful));
        prop_assert_eq!(counted, careful.step);
    }
}

fn iris() -> (Arc<Model>, Settings) {
    let lesson = Lesson::open("iris").unwrap();
    (lesson.model, lesson.settings)
}

fn less_than(variable: Variable, number: f64) -> Phrase {
    let sides = [Expression::Name(variable), Expression::Number(number)].map(Box::new);
    let [left, right] = sides;
    Phrase {
        text: format!("{variable:?} < {number}"),
        expression: Expression::Binary(Binary::Compare(Comparison::Less), left, right),
    }
}

/// Whoever waits is told as often, and stops a run after the same update, within a stretch.
#[test]
fn looking_at_updates_is_told_of_and_stopped_as_before() {
    let (model, settings) = iris();
    let gradient = Variable::Quantity(Quantity::Gradient, None);
    let until = [
        less_than(Variable::Parameter(3), -1e9),
        less_than(Variable::Quantity(Quantity::Error, None), -1.0),
        less_than(Variable::Mse, 0.0),
    ];
    for until in until {
        for looks in [1, 3, 7] {
            let go = |is_careful: bool| {
                let (watch, seen) = stopping_after(looks);
                let mut timeline = Timeline::watched(Arc::clone(&model), settings, watch.clone());
                let breaks = [less_than(gradient, f64::NEG_INFINITY)];
                let mut lookout = Lookout::new(SCOPE, Some(until.clone()), &breaks, &watch);
                let run = timeline.run_mut();
                let stopped = watch.during(|| {
                    if is_careful {
                        let see = |record: &_, state: &_| lookout.sees(&model, record, state);
                        run.go(0, 1_000_000, see)
                    } else {
                        run.go_looking(0, 1_000_000, &mut lookout.on(&model))
                    }
                });
                let state = timeline.run().state(stopped.0);
                (stopped, state, seen.take())
            };
            let (careful, fast) = (go(true), go(false));
            assert_eq!(fast.0.1, Some(Stop::Halted));
            assert_eq!(careful, fast, "{} after {looks}", until.text);
        }
    }
}

/// Of a scaled input both numbers can be waited for.
#[test]
fn conditions_see_inputs_as_they_were_found() {
    let files = nnmom_tutor::files::Memory::default();
    files.put("data.csv", "a,t\n1,0\n2,1\n6,0\n".to_owned());
    let source = "title: Scaled\nmodel:\n  network:\n    layers: [1, 2, 1]\n    hidden: tanh\n    output: sigmoid\n    \
                  initial: {low: -0.1, high: 0.1}\n    random: {seed: 1}\n    data: {file: data.csv, inputs: [a], \
                  targets: [t], scale: range}\ntraining: {learning_rate: 0.01}\npages:\n  - title: One\n    text: Hello.\n";
    let lesson = Lesson::parse_in(&files, "scaled.yaml", source.as_bytes()).unwrap();
    let mut session = Session::unopened(Arc::new(lesson));
    session.run_line("goto 3000").unwrap();
    session
        .run_line("run until input_raw[0] == 6 and input[0] == 1 and step > 3100")
        .unwrap();
    assert_eq!(session.step(), 3102);
    let record = session.record();
    assert_eq!(record.pass.as_ref().unwrap().raw(), [6.0]);
}

/// Every cell of a network's sweep is the run it stands for, and whoever waits is told of them.
#[test]
fn a_sweep_of_a_network_is_bounded_and_stopped_as_any() {
    let (model, settings) = iris();
    let sweep = |most| Sweep {
        start: State::start(&model, settings, None),
        axes: vec![Axis {
            swept: Swept::LearningRate,
            values: vec![0.01, 0.05, 0.1, 0.5],
        }],
        most,
    };
    let (watch, seen) = stopping_after(3);
    let endless = || sweep(u64::MAX).run(&model, None, &watch);
    assert_eq!(watch.during(endless), None);
    assert_eq!(seen.borrow().len(), 3);
    let told = &seen.borrow()[2];
    assert!(told.contains(" of 4 runs and "), "{told}");
    watch.forget_watcher();

    let length = model.epoch_length().unwrap();
    let items = 4 * (length + 30);
    let until = less_than(Variable::Mse, 0.0);
    let until = Until::new(SCOPE, &until, &model);
    for (condition, epochs) in [(None, 0), (Some(&until as &dyn Holds), 3)] {
        let most = 3 * length + 7;
        // Figures over all items are as much work as so many updates, where they are so many that somebody is asked.
        let asked = (nnmom_tutor::watch::SLICE / model.parameters().len() as u64) < items;
        let figures = if asked { epochs * items } else { 0 };
        let work = (4 * most + figures) * model.work();
        for threads in [1, 2] {
            let run = || sweep(most).run_on(threads, &model, condition, &watch);
            let (made, halt) = watch.during(|| watch.within(work, run));
            assert_eq!((made.is_some(), halt), (true, None));
            let (made, halt) = watch.during(|| watch.within(work - 1, run));
            assert_eq!((made, halt), (None, Some(Halt::Spent)));
        }
    }
}

/// A condition that is about epochs is looked at where it can change: after the first update of each and after the last.
#[test]
fn what_is_about_epochs_is_seen_at_both_of_their_ends() {
    let (model, settings) = iris();
    let start = State::start(&model, settings, None);
    let run = |phrase: &Phrase| {
        let until = Until::new(SCOPE, phrase, &model);
        assert!(until.is_about_epochs());
        let made = Trial::new(&model, start.clone()).run(5_000, Some(&until), &mut |_| true);
        let asked_always =
            |stand: &Stand, goes_on: &mut dyn FnMut(u64) -> bool| until.holds(stand, goes_on);
        let all = Trial::new(&model, start.clone()).run(5_000, Some(&asked_always), &mut |_| true);
        assert_eq!(made, all);
        made.unwrap().end
    };
    assert_eq!(run(&less_than(Variable::Mse, 0.2)), End::Reached(1_560));
    let later = less_than(Variable::Epoch, 3.0);
    let not = |phrase: Phrase| Phrase {
        text: format!("not {}", phrase.text),
        expression: Expression::Unary(Unary::Not, Box::new(phrase.expression)),
    };
    assert_eq!(run(&not(later)), End::Reached(241));
    // Before the first epoch ends there are no figures, and nothing is less than none.
    assert_eq!(run(&not(less_than(Variable::Mse, 0.2))), End::Reached(1));
    assert_eq!(run(&less_than(Variable::Mse, -1.0)), End::Unreached);
}

/// `run --until` stops where `run until` does, between two rows as well.
#[test]
fn a_run_without_history_stops_where_a_sitting_does() {
    let lesson = Arc::new(Lesson::open("iris").unwrap());
    for condition in [
        "abs(ih[0,0]) > 0.05 and step > 400",
        "gradient[ob[2]] < -0.1 and step > 700",
        "error < 0.001",
    ] {
        let mut session = Session::unopened(Arc::clone(&lesson));
        let request = RunRequest {
            length: None,
            until: Some(session.condition(condition).unwrap()),
            every: 3,
            format: Format::named("csv").unwrap(),
        };
        let mut rows = Vec::new();
        let ended = batch::run(&session, &request, &mut rows).unwrap();
        assert_eq!(ended, Ended::Until, "{condition}");
        let rows = String::from_utf8(rows).unwrap();
        let last = rows.lines().next_back().unwrap();
        session.run_line(&format!("run until {condition}")).unwrap();
        assert!(
            last.starts_with(&format!("{},", session.step())),
            "{condition}: {last}"
        );
    }
}
