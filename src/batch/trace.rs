//! The trace of a lesson's run, for the command line.

use std::io::{self, Write};

use crate::export::{Format, Trace};
use crate::session::Session;
use crate::timeline::Stop;

/// What is to be traced.
#[derive(Debug, Clone)]
pub struct Request {
    /// How many updates; to the end of the script, or one epoch, where none is given.
    pub steps: Option<u64>,
    /// The parameters, by index; all where none is given.
    pub parameters: Vec<usize>,
    /// How it is written.
    pub format: &'static Format,
}

/// Updates that are traced of a run without an end.
const STEPS: u64 = 20;

/// Writes the trace of a sitting's run from its start. The answer says why it is shorter than asked for, where it is.
///
/// # Errors
/// Where `out` cannot be written to.
pub fn trace(session: Session, request: &Request, out: &mut dyn Write) -> io::Result<Option<Stop>> {
    let model = &session.lesson().model;
    let usual = model.updates().or(model.epoch_length());
    let steps = request.steps.or(usual).unwrap_or(STEPS);
    let watch = session.watch().clone();
    watch.during(|| write(session, request, steps, out))
}

fn write(
    mut session: Session,
    request: &Request,
    steps: u64,
    out: &mut dyn Write,
) -> io::Result<Option<Stop>> {
    let stopped = session.carry_on(steps);
    if stopped == Some(Stop::Halted) {
        return Ok(stopped);
    }
    let run = session.timeline().run();
    let mut parameters = request.parameters.clone();
    if parameters.is_empty() {
        parameters.extend(0..run.model().parameters().len());
    }
    let mut trace = Trace {
        run,
        steps: run.reached().min(steps),
        parameters,
        convention: session.convention(),
    };
    request.format.write(&mut trace, out)?;
    Ok(stopped)
}
