//! Every integration test, in one program: what they share stands once, in `support`.

// What is expected is worked out by the functions of the standard library, within the rounding that they may differ by.
#![allow(clippy::disallowed_methods)]

#[path = "../../src/arguments.rs"]
mod arguments;
mod arithmetic;
mod as_written;
mod asking;
mod authoring;
mod behaviour;
mod bits;
mod broken_lessons;
mod by_ear;
mod class;
/// The program's arguments, as it describes them itself.
#[path = "../../src/cli/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the program uses the rest of it")]
mod cli;
mod command_line;
mod commands;
mod conditions;
mod corpus;
mod counterparts;
mod course;
mod data;
mod derivations;
mod documents;
mod drawings;
mod exercises;
mod expressions;
mod files;
mod formats;
mod formulas;
mod geometry;
mod grading;
mod ground;
mod guided;
mod handout;
mod hostile;
mod in_memory;
mod installed;
mod instructions;
mod keys;
mod landscapes;
mod lanes;
mod languages;
mod layers;
mod layout;
mod lessons;
mod line_mode;
mod listings;
mod logbook;
mod looks;
mod menu;
mod misconceptions;
mod narrow;
mod networks;
mod numbers;
mod onlooking;
mod outputs;
mod own_course;
mod pictures;
mod playing;
mod practice;
mod practice_screen;
mod progress;
mod random;
mod reloading;
mod rounding;
mod rounds;
mod rules;
mod sandbox;
mod schema;
mod screens;
mod sessions;
mod sizes;
mod skills;
mod stability;
mod support;
mod surfaces;
mod svg;
mod sweeps;
mod teachers;
mod terminal;
mod themes;
mod timeline;
mod told;
mod transcripts;
mod turning;
mod typed_lines;
mod waiting;
mod ways_in;
mod wide_networks;
mod wrapping;
