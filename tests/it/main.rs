//! Every integration test, in one program: what they share stands once, in `support`.

// What is expected is worked out by the functions of the standard library, within the rounding that they may differ by.
#![allow(clippy::disallowed_methods)]

mod arithmetic;
mod asking;
mod behaviour;
mod bits;
mod broken_lessons;
mod command_line;
mod course;
mod derivations;
mod documents;
mod exercises;
mod expressions;
mod files;
mod formats;
mod in_memory;
mod landscapes;
mod layers;
mod lessons;
mod line_mode;
mod menu;
mod misconceptions;
mod networks;
mod pictures;
mod practice;
mod practice_screen;
mod progress;
mod rules;
mod screens;
mod sessions;
mod sizes;
mod stability;
mod support;
mod surfaces;
mod sweeps;
mod terminal;
mod transcripts;
mod ways_in;
