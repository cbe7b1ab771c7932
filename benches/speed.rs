//! How fast the parts of the tutor are. Run with `cargo bench`.

use std::hint::black_box;
use std::io;
use std::sync::Arc;

use divan::Bencher;
use nnmom_tutor::batch::{self, Request};
use nnmom_tutor::explain::Format;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::{Memory, Model, Rule, ScriptedWeight, Settings};
use nnmom_tutor::session::Session;
use nnmom_tutor::timeline::Timeline;
use nnmom_tutor::tui::{App, Glyphs, Look, draw};
use nnmom_tutor::view::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

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
        format: Format::Csv,
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
    let settings = Settings {
        rule,
        learning_rate: 0.01,
        momentum: 0.5,
    };
    bencher.bench(|| {
        black_box(settings).update(
            black_box(3.56),
            black_box(2.7),
            Memory::of_delta(black_box(0.044)),
        )
    });
}

/// One frame of the Iris lesson after fifty epochs at 200x60, with each picture of the run.
#[divan::bench(args = ["network", "weights", "errors", "predictions", "history"])]
fn picture_frame(bencher: Bencher, picture: &str) {
    let look = Look {
        theme: Theme::Dark,
        glyphs: Glyphs::Unicode,
    };
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
    bencher.bench_local(|| terminal.draw(|frame| draw(frame, &app)).map(drop));
}

/// One frame, drawn whole, at each size.
#[divan::bench(args = [(80, 24), (100, 30), (200, 60), (300, 100)])]
fn frame(bencher: Bencher, (width, height): (u16, u16)) {
    let look = Look {
        theme: Theme::Dark,
        glyphs: Glyphs::Unicode,
    };
    let mut app = App::new(Session::new(lesson()).expect("the first page opens"), look);
    app.resize(Size::new(width, height));
    let mut terminal =
        Terminal::new(TestBackend::new(width, height)).expect("a test backend never fails");
    bencher.bench_local(|| terminal.draw(|frame| draw(frame, &app)).map(drop));
}

/// A run of so many updates, made.
fn long_run(updates: u64) -> Timeline {
    let model = Model::Weight(ScriptedWeight {
        name: "w".to_owned(),
        start: 1.0,
        previous_delta: 0.0,
        downhill: (0..updates).map(|i| (i as f64).sin()).collect(),
    });
    let settings = Settings {
        rule: Rule::HeavyBall,
        learning_rate: 0.01,
        momentum: 0.9,
    };
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

/// Making ten million updates, with their checkpoints.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn make_ten_million_updates() -> Timeline {
    long_run(10_000_000)
}

/// The whole program from its start until the last words of its first screen have come through a pseudo-terminal.
#[cfg(unix)]
#[divan::bench]
fn first_screen(bencher: Bencher) {
    use portable_pty::{CommandBuilder, PtySize, native_pty_system};
    use std::io::Read;

    let size = PtySize {
        rows: 30,
        cols: 100,
        ..PtySize::default()
    };
    bencher.bench_local(|| {
        let pair = native_pty_system()
            .openpty(size)
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_nnmom-tutor"));
        command.arg("momentum");
        command.env("TERM", "xterm-256color");
        let child = pair.slave.spawn_command(command).expect("the tutor starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
        while !seen.windows(4).any(|bytes| bytes == b"quit") {
            let length = reader.read(&mut buffer).expect("output");
            seen.extend_from_slice(&buffer[..length]);
        }
        // It is ended when the measurement is over.
        Running(child, pair.master)
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
