//! Something of one's own: `try`, lessons without pages, and `lesson FILE`, which writes what is set.

use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use nnmom_tutor::command::Complaint;
use nnmom_tutor::explain::{Digits, number};
use nnmom_tutor::files::{Files, Memory};
use nnmom_tutor::lesson::{BUILTIN, Lesson, Wanted};
use nnmom_tutor::record::{Keeper, TypedLines};
use nnmom_tutor::screen::{Glyphs, OpenLesson, Stage, Wish};
use nnmom_tutor::session::{Library, Session};
use nnmom_tutor::timeline::State;
use nnmom_tutor::watch::Watch;

use crate::support::program::{text, tutor};
use crate::support::screens::{STACKED, WIDE, press, screen, write};
use crate::support::sittings::{check, folder, run, said};

/// Flowers, and other data as they are found.
fn data() -> Memory {
    let files = Memory::default();
    let iris = include_str!("../../lessons/data/iris-train.csv");
    files.put("iris.csv", iris);
    files.put(
        "semicolons.csv",
        "age;weight;buys\n30;60,5;yes\n41;71,5;no\n52;80,5;no\n29;;yes\n33;66,2;yes\n",
    );
    files.put(
        "numbers.csv",
        "id,a,b,class\n1,0.5,20,0\n2,0.1,31,1\n3,0.9,19,0\n4,0.4,35,1\n5,0.3,30,1\n6,0.8,22,0\n",
    );
    files.put(
        "prices.csv",
        "area,town,price\n50,Oslo,150.5\n70,Rome,210.25\n90,Rome,270\n120,Oslo,350\n",
    );
    files
}

#[track_caller]
fn tried_in(files: &Memory, line: &str) -> Session {
    let lesson =
        Lesson::tried(files, &Wanted::parse(line)).unwrap_or_else(|error| panic!("{error}"));
    let session = Session::new(Arc::new(lesson)).unwrap();
    session.with_files(Rc::new(files.clone()))
}

#[track_caller]
fn tried(line: &str) -> Session {
    tried_in(&data(), line)
}

/// The text of the page.
fn page(session: &mut Session) -> String {
    said(session, "show lesson")
}

/// What the next update depends on, after so many updates from the lesson's start; fewer where it has no more.
fn state(session: &Session, step: u64) -> State {
    let mut timeline = session.timeline().clone();
    let run = timeline.run_mut();
    let _ = run.reach(step);
    run.state(run.reached().min(step))
}

/// Whether two sittings have the same run, bit for bit.
#[track_caller]
fn assert_same_run(session: &Session, again: &Session, what: &str) {
    let steps = session.lesson().model.epoch_length().unwrap_or(30) + 2;
    for step in [0, 1, steps] {
        let (a, b) = (state(session, step), state(again, step));
        let bits = |state: &State| {
            state
                .weights
                .iter()
                .map(|weight| weight.to_bits())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            bits(&a),
            bits(&b),
            "{what}: the weights after {step} updates"
        );
        assert_eq!((a.step, a.settings), (b.step, b.settings), "{what}");
    }
}

/// Writes a lesson and opens it.
#[track_caller]
fn written(session: &mut Session, files: &Memory) -> Session {
    run(session, &["lesson mine/own.yaml replace"]);
    let report = check(files, "mine/own.yaml", &Watch::default());
    assert!(report.is_ok(), "{report:?}");
    let lesson = Lesson::open_in(files, "mine/own.yaml").unwrap();
    Session::new(Arc::new(lesson)).unwrap()
}

#[test]
fn what_is_written_of_every_lesson_has_its_run_bit_for_bit() {
    for builtin in BUILTIN {
        let files = Memory::default();
        let lesson = Arc::new(builtin.load().unwrap());
        let mut session = Session::unopened(lesson).with_files(Rc::new(files.clone()));
        let again = written(&mut session, &files);
        assert_same_run(&session, &again, builtin.name);
        run(
            &mut session,
            &[
                "set learning_rate 0.0123",
                "set momentum 1/3",
                "set rule pytorch",
            ],
        );
        let again = written(&mut session, &files);
        assert_same_run(&session, &again, builtin.name);
    }
}

#[test]
fn what_is_written_of_a_trial_has_its_run_bit_for_bit() {
    let trials: [(&str, &[&str]); 8] = [
        ("x^2+10*y^2 start x=-9,y=2", &[]),
        (
            "x^2+10*y^2 start x=-9,y=2",
            &[
                "set x 0.1+0.2",
                "set previous_delta 0.3",
                "set rule nesterov",
            ],
        ),
        ("(w-4)^2", &["set momentum 0.9"]),
        (
            "weight 3.56 gradients 2.7,2.2",
            &["set previous_delta 0.044", "set w 1/3"],
        ),
        (
            "weight 3.56 gradients 2.7,2.2",
            &["set convention subtract", "set gradient 7", "step"],
        ),
        ("iris.csv", &["set seed 5", "set rule averaged"]),
        ("iris.csv target sepal_length hidden 0", &["set lr 0.001"]),
        ("semicolons.csv", &[]),
    ];
    for (line, commands) in trials {
        let files = data();
        let mut session = tried_in(&files, line);
        run(&mut session, commands);
        let again = written(&mut session, &files);
        assert_same_run(&session, &again, line);
    }
}

#[test]
fn what_is_written_is_written_again_as_it_is() {
    let files = data();
    for line in ["x^2+10*y^2", "iris.csv", "weight 1 gradients 1,2"] {
        let mut again =
            written(&mut tried_in(&files, line), &files).with_files(Rc::new(files.clone()));
        let fields = |name: &str| {
            let bytes = files.read(Path::new(name), u64::MAX).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            text.split_once('\n').unwrap().1.to_owned()
        };
        let first = fields("mine/own.yaml");
        run(&mut again, &["lesson mine/second.yaml replace"]);
        assert_eq!(first, fields("mine/second.yaml"));
    }
}

#[test]
fn a_lesson_that_is_written_says_what_its_fields_are_for() {
    let files = data();
    let mut session = tried_in(&files, "numbers.csv");
    let told = said(&mut session, "lesson own.yaml");
    insta::assert_snapshot!("told", told);
    let bytes = files.read(Path::new("own.yaml"), u64::MAX).unwrap();
    insta::assert_snapshot!("written", String::from_utf8(bytes).unwrap());
}

#[test]
fn the_page_at_the_end_of_the_file_works_once_its_signs_are_taken_away() {
    for line in ["x^2+10*y^2", "numbers.csv", "weight 3.56 gradients 2.7,2.2"] {
        let files = data();
        written(&mut tried_in(&files, line), &files);
        let bytes = files.read(Path::new("mine/own.yaml"), u64::MAX).unwrap();
        let source = String::from_utf8(bytes).unwrap();
        let (fields, page) = source.split_once("# pages:").unwrap();
        let page = page.replace("\n# ", "\n");
        files.put("mine/own.yaml", format!("{fields}pages:{page}"));
        let report = check(&files, "mine/own.yaml", &Watch::default());
        assert!(
            report
                .as_ref()
                .is_ok_and(|report| report.contains("1 page")),
            "{report:?}"
        );
    }
}

#[test]
fn data_are_copied_beside_the_lesson_that_needs_them() {
    let files = data();
    let mut session = tried_in(&files, "iris.csv");
    let told = said(&mut session, "lesson mine/own.yaml");
    assert!(
        told.contains("Its data, iris.csv, are copied beside it."),
        "{told}"
    );
    let read = |name: &str| files.read(Path::new(name), u64::MAX).unwrap();
    assert_eq!(read("iris.csv"), read("mine/iris.csv"));
    let told = said(&mut session, "lesson mine/second.yaml");
    assert!(
        told.contains("It reads iris.csv, which lies beside it."),
        "{told}"
    );

    files.put("other/iris.csv", "something else");
    let told = said(&mut session, "lesson other/own.yaml");
    assert!(told.contains("`other/iris.csv` is another file"), "{told}");
    assert!(!files.is_taken(Path::new("other/own.yaml")));

    files.put("iris.csv", "a,b\n1,2\n");
    let told = said(&mut session, "lesson mine/third.yaml");
    assert!(told.starts_with("! "), "{told}");
}

#[test]
fn what_a_lesson_cannot_say_of_a_run_is_told() {
    let files = data();
    let mut session = tried_in(&files, "x^2+10*y^2");
    run(&mut session, &["step 3", "set lr 0.01", "set y 7", "step"]);
    let told = said(&mut session, "lesson own.yaml");
    assert!(
        told.contains("The settings of now hold from its first update on"),
        "{told}"
    );
    assert!(told.contains("y before update 4"), "{told}");

    let mut session = tried_in(&files, "iris.csv");
    run(&mut session, &["set ih[0,0] 0.5"]);
    let told = said(&mut session, "lesson own2.yaml");
    assert!(told.contains("Its items come in another order"), "{told}");
}

#[test]
fn a_name_that_is_no_lesson_file_is_asked_about() {
    let mut session = tried("x^2");
    let wrong = said(&mut session, "lesson momentum");
    assert!(wrong.contains("did you mean `open momentum`?"), "{wrong}");
    let wrong = said(&mut session, "lesson");
    assert!(
        wrong.contains("mine.yaml") && wrong.contains("`lessons`"),
        "{wrong}"
    );
    run(&mut session, &["lesson own.yaml"]);
    let wrong = said(&mut session, "lesson own.yaml");
    assert!(
        wrong.contains("`replace` at the end of the line"),
        "{wrong}"
    );
}

#[test]
fn a_lesson_without_pages_opens_with_one_made_from_its_model() {
    let source = "title: Mine\nmodel:\n  surface: {loss: x^2, start: {x: 3}}\ntraining: {learning_rate: 0.25}\n";
    let files = Memory::default();
    files.put("mine.yaml", source);
    assert!(check(&files, "mine.yaml", &Watch::default()).is_ok());
    let lesson = Lesson::open_in(&files, "mine.yaml").unwrap();
    let mut session = Session::new(Arc::new(lesson)).unwrap();
    insta::assert_snapshot!("without_pages", page(&mut session));
}

/// The rates that are chosen bring the loss down, and the run comes nowhere near to flying off.
#[test]
fn the_rate_that_is_chosen_settles() {
    let formulas = [
        "x^2",
        "x^2+10*y^2",
        "x^2+10*y^2 start x=-9,y=2",
        "(w-4)^2",
        "(x-1000)^2",
        "1e-6*x^2",
        "1e6*x^2+y^2",
        "(1-x)^2+100*(y-x^2)^2",
        "x^4-3*x^2+x",
        "-cos(x)",
        "x^2+y^2+z^2+(x-z)^2",
        "log(x)+1/x",
        "sqrt(1+x^2)",
        "exp(x)-2*x start x=6",
        "x^4 start x=100",
        "abs(x)",
        "x*y+x^2+y^2",
    ];
    for formula in formulas {
        let session = tried(formula);
        let surface = session.lesson().model.surface().unwrap().clone();
        let mut timeline = session.timeline().clone();
        let run = timeline.run_mut();
        run.reach(3000)
            .unwrap_or_else(|stop| panic!("{formula}: {stop}"));
        let loss = |step| surface.loss(&run.state(step).weights);
        assert!(
            loss(3000) < loss(0),
            "{formula}: {} {}",
            loss(0),
            loss(3000)
        );
        assert!(
            loss(3000) <= loss(1500) * (1.0 + 1e-6) + 1e-3,
            "{formula} swings for ever"
        );
    }
}

/// What stands in a text between two others.
#[track_caller]
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = text
        .split_once(before)
        .unwrap_or_else(|| panic!("{before}: {text}"));
    rest.split_once(after)
        .unwrap_or_else(|| panic!("{after}: {text}"))
        .0
}

#[test]
fn what_is_said_of_the_rate_is_what_happens() {
    for formula in [
        "x^4",
        "sqrt(x)",
        "sqrt(abs(x))",
        "tanh(x)",
        "abs(x)",
        "3*abs(x)+abs(y)",
        "max(0,x)",
        "1e-300*x^2",
        "1e308*x^2",
        "x^1000",
        "(1-x)^2+100*(y-x^2)^2",
        "x^2+sin(10*x)",
        "x^2*y^2",
    ] {
        let mut session = tried(formula);
        let page = page(&mut session);
        let surface = session.lesson().model.surface().unwrap().clone();
        let losses = [0, 1000].map(|step| surface.loss(&state(&session, step).weights));
        let [before, after] = losses.map(|loss| number::display(loss, Digits::default().few()));
        let said = between(&page, "1000 updates bring the loss from ", ".\n");
        assert_eq!(said, format!("{before} to {after}"), "{formula}: {page}");
        if page.contains("no curvature") {
            let far = between(&page, "the first update goes ", ". ");
            let [start, first] = [0, 1].map(|step| state(&session, step).weights);
            let ways = start.iter().zip(&first).map(|(a, b)| (a - b).abs());
            let way = ways.fold(0.0, f64::max);
            assert_eq!(
                far,
                number::display(way, Digits::default().few()),
                "{formula}"
            );
        }
    }
}

#[test]
fn a_bowl_settles_below_the_rate_that_is_said_and_not_above() {
    for formula in [
        "x^2+10*y^2",
        "3.5*x^2",
        "x^2+x*y+y^2",
        "0.3*(x-2)^2+0.01*y^2",
        "7/3*x^2",
    ] {
        let mut session = tried(formula);
        let page = page(&mut session);
        let said = between(&page, "Below ", " the run settles");
        let edge = number::parse(said.trim_start_matches("about ")).unwrap();
        let surface = session.lesson().model.surface().unwrap().clone();
        let mut loss = |rate: f64| {
            run(
                &mut session,
                &["reset", &format!("set learning_rate {rate}"), "step 2000"],
            );
            let run = session.timeline().run();
            surface.loss(&run.state(run.reached().min(2000)).weights)
        };
        let about = if said.contains("about") { 0.99 } else { 0.999 };
        assert!(loss(edge * about) < 1e-2, "{formula}: {page}");
        assert!(loss(edge * 1.01) > 1e3, "{formula}: {page}");
    }
}

#[test]
fn what_is_chosen_for_a_formula_is_said() {
    insta::assert_snapshot!("formula", page(&mut tried("x^2+10*y^2")));
    let endless = page(&mut tried("-x^2"));
    assert!(endless.contains("may go down without end"), "{endless}");
    let given = page(&mut tried("x^2+10*y^2 start x=-9,y=2"));
    assert!(!given.contains("none was given"), "{given}");
    let far = page(&mut tried("(w-4)^2"));
    assert!(far.contains("the picture shows w from 1.5 to 4.5"), "{far}");
}

#[test]
fn what_is_chosen_for_a_weight_is_said() {
    insta::assert_snapshot!("weight", page(&mut tried("weight 3.56 gradients 2.7,2.2")));
}

#[test]
fn what_is_chosen_for_data_is_said() {
    insta::assert_snapshot!("words", page(&mut tried("iris.csv")));
    insta::assert_snapshot!("semicolons", page(&mut tried("semicolons.csv")));
    insta::assert_snapshot!("numbers", page(&mut tried("numbers.csv")));
    insta::assert_snapshot!("amounts", page(&mut tried("prices.csv hidden 3,2")));
}

#[test]
fn a_column_that_counts_the_rows_is_learned_from_where_there_is_no_other() {
    let files = data();
    files.put("line.csv", "x,y\n1,3.5\n2,5.5\n3,7\n4,9.5\n");
    files.put("two.csv", "x,z,y\n1,8,3.5\n2,3,5.5\n3,4,7\n4,1,9.5\n");
    let line = page(&mut tried_in(&files, "line.csv"));
    assert!(
        line.contains("inputs x, scaled") && !line.contains("left out"),
        "{line}"
    );
    let two = page(&mut tried_in(&files, "two.csv"));
    assert!(
        two.contains("Columns left out: x (it counts the rows)"),
        "{two}"
    );
}

/// Fisher's flowers, with nothing said but the name of the file.
#[test]
fn flowers_are_learned_without_a_setting() {
    let mut session = tried("iris.csv");
    run(&mut session, &["epoch 20"]);
    let run = session.timeline().run();
    let metrics = session
        .lesson()
        .model
        .metrics(&run.state(20 * 120).weights)
        .unwrap();
    assert!(metrics.accuracy.unwrap() > 0.95, "{metrics:?}");
}

/// What is wrong, in a line, and what would work: with exit code 2 and nothing on standard output.
#[test]
fn what_cannot_be_tried_is_said_with_what_would_work() {
    let folder = folder();
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let one = file("one.csv", "x\n1\n2\n");
    let nameless = file("nameless.csv", "5.1,3.5,a\n4.9,3.0,b\n");
    let empty = file("empty.csv", "");
    let only = file("only.csv", "x,y\n");
    let ragged = file("ragged.csv", "x,y\n1,2\n3\n");
    let twice = file("twice.csv", "x,x\n1,2\n");
    let texts = file("texts.csv", "name,city\na,b\nc,d\ne,f\n");
    let same = file("same.csv", "x,y\n1,2\n3,2\n");
    let sheet = file("sheet.xlsx", "PK");
    let fine = file("fine.csv", "x,y\n1,2\n3,4\n");
    let here = folder.path().to_str().unwrap().to_owned();
    let control = file("control.csv", "x\u{1b}[2J,y\n1,2\n2,3\n4,5\n");
    let nothing = file("gaps.csv", "x,y\nNA,1\n1,NA\nNA,2\n3,NA\n");
    let percent = file("percent.csv", "x,y\n1%,2\n2%,3\n3%,4\n");
    let cases: [(&[&str], &str); 41] = [
        (&[&control], "a control character (U+001B)"),
        (&[&nothing], "no row is left"),
        (&[&percent], "left out: `x` (words such as `1%`)"),
        (
            &["x^2/0"],
            "no place was found where this is a finite number",
        ),
        (&["x^2", "--start", "x=1,x=2"], "`x` has a number already"),
        (
            &["x+y", "--start", ""],
            "`x` and `y` have no number to start from",
        ),
        (
            &["--weight", "1e999", "--gradients", "1"],
            "a number, such as --weight 3.56",
        ),
        (&[], "there is nothing to try: a formula such as"),
        (&["--start", "x=1"], "there is nothing to try"),
        (&["e^x"], "Euler's number to the power of x is `exp(x)`"),
        (&["5"], "there is no variable in this: it is 5 everywhere"),
        (&["2x"], "a product is written with *: `2*x`"),
        (&["x^2+xy+y^2"], "a product is written with *: x*y"),
        (&["x > 2"], "this is true or false, and a loss is a number"),
        (&["sin(x"], "a closing parenthesis is missing"),
        (&["x^2+y", "--start", "x=1"], "--start x=1,y=1"),
        (
            &["x^2", "--start", "z=1"],
            "there is no variable `z` in the formula",
        ),
        (&["x^2", "--start", "x=two"], "`two` is a name"),
        (&["x^2", "--start", "5"], "such as x=1"),
        (
            &["log(x)", "--start", "x=-1"],
            "this is no finite number at x = -1",
        ),
        (&["log(x)", "--start", "x=-1"], "--start x=2"),
        (
            &["sqrt(x)", "--start", "x=0"],
            "this has no finite slope at x = 0",
        ),
        (
            &["a+b+c+d+h+i+j+k+l"],
            "a surface has 8 variables at most, and these are 9",
        ),
        (&["loss^2"], "`loss` already means something else"),
        (
            &["x^2", "--target", "y"],
            "--target does not go with a formula",
        ),
        (&["--weight", "3"], "--weight needs --gradients beside it"),
        (
            &["--gradients", "3"],
            "--gradients needs --weight beside it",
        ),
        (&["--weight", "3", "--gradients", "a"], "`a` is a name"),
        (&["nothing.csv"], "there is no file `nothing.csv`"),
        (&[&here], "is a folder: the name of a file in it"),
        (&[&one], "one.csv has one column"),
        (
            &[&nameless],
            "a first line that names the columns, such as x1,x2,y",
        ),
        (&[&empty], "empty.csv is empty"),
        (&[&only], "has a line of names and no row below it"),
        (&[&ragged], "line 3 has 1 cell, and the line of names has 2"),
        (&[&twice], "two columns are called `x` in line 1"),
        (&[&texts], "has no column that could be learned"),
        (&[&same, "--target", "y"], "is the same in every row"),
        (&[&sheet], "save it as CSV"),
        (&[&fine, "--target", "yy"], "has no column `yy`"),
        (
            &[&fine, "--hidden", "many"],
            "--hidden many is no number of hidden nodes",
        ),
    ];
    for (arguments, expected) in cases {
        let arguments = [&["try"], arguments].concat();
        let output = tutor(&arguments).output().unwrap();
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
        assert!(
            told.starts_with("error: ") && output.stdout.is_empty(),
            "{told}"
        );
    }
}

#[test]
fn the_whole_tutor_is_there_for_what_is_tried() {
    let done = |arguments: &[&str]| {
        let output = tutor(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        text(&output.stdout)
    };
    let told = done(&[
        "try",
        "--set",
        "lr=0.1",
        "x^2",
        "--start",
        "x=1",
        "-c",
        "step; show",
    ]);
    assert!(told.contains("the weight went from 1 to 0.8"), "{told}");
    let told = done(&[
        "--set", "mu=0", "try", "-x^2", "--start", "x=-1/2", "-c", "step",
    ]);
    assert!(told.contains("from -0.5 to"), "{told}");
    let told = done(&[
        "try",
        "--weight",
        "-3",
        "--gradients",
        "-2.7,2.2",
        "-c",
        "step",
    ]);
    assert!(told.contains("-0.027"), "{told}");
    let told = done(&[
        "try",
        "lessons/data/iris-train.csv",
        "--repl",
        "-c",
        "epoch",
    ]);
    assert!(told.contains("120 updates were made"), "{told}");
    let told = done(&["try", "--help"]);
    assert!(told.contains("nnmom-tutor try data.csv"), "{told}");
}

fn opener() -> OpenLesson {
    Box::new(|_, wish, keeper| {
        let Wish::Own(line) = wish else {
            return Err(Complaint::new(0..0, "not here", ""));
        };
        let lesson = Lesson::tried(&data(), &Wanted::parse(line)).map_err(|untried| {
            let mistake = untried.in_line(line);
            Complaint::new(mistake.span, mistake.message, mistake.advice)
        })?;
        Ok(Session::new(Arc::new(lesson)).unwrap().keeping(keeper))
    })
}

#[test]
fn the_menus_last_entry_asks_for_something_of_ones_own() {
    let look = crate::support::screens::look(Glyphs::Unicode);
    let mut stage = Stage::menu(
        Library::default(),
        Keeper::default(),
        look,
        TypedLines::default(),
        opener(),
    );
    press(&mut stage, "End");
    assert!(screen(&mut stage, WIDE).contains("▸   t Something of your own"));
    press(&mut stage, "Enter");
    insta::assert_snapshot!("asked_for", screen(&mut stage, STACKED));
    write(&mut stage, "x^2+10*z^2 start x=1");
    press(&mut stage, "Enter");
    let told = screen(&mut stage, WIDE);
    assert!(told.contains("`z` has no number to start from"), "{told}");
    write(&mut stage, ",z=1");
    press(&mut stage, "Enter");
    let opened = screen(&mut stage, WIDE);
    assert!(
        opened.contains("1, z = 1.") && opened.contains("x^2+10*z^2"),
        "{opened}"
    );
    press(&mut stage, "q");
    let back = screen(&mut stage, WIDE);
    assert!(
        back.contains("Back from x^2+10*z^2.") && back.contains("▸   t"),
        "{back}"
    );
    press(&mut stage, "t Esc Up");
    assert!(screen(&mut stage, WIDE).contains("▸   p"));
}

#[test]
fn a_line_of_the_menu_is_read_as_the_command_line_is() {
    let wanted = |line| Wanted::parse(line);
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(
        wanted("'x^2 + 10*y^2' --start x=-9, y=2"),
        Wanted {
            what: some("x^2 + 10*y^2"),
            start: some("x=-9, y=2"),
            ..Wanted::default()
        }
    );
    assert_eq!(
        wanted("my data.csv target=price hidden 8,4 --target=the price"),
        Wanted {
            what: some("my data.csv target=price"),
            target: some("the price"),
            hidden: some("8,4"),
            ..Wanted::default()
        }
    );
    assert_eq!(
        wanted("weight 3.56 gradients 2.7, 2.2"),
        Wanted {
            weight: some("3.56"),
            gradients: some("2.7, 2.2"),
            ..Wanted::default()
        }
    );
    assert_eq!(wanted("  "), Wanted::default());
}
