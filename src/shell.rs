//! What a shell is told of the program: completions, and the page that `man` shows. Both are made from the arguments as
//! `cli` declares them.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::builder::PossibleValuesParser;
use clap::{Command, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};
use nnmom_tutor::lesson::BUILTIN;

use crate::Failure;
use crate::cli::Cli;

/// Prints the completions for a shell.
pub fn print_completions(shell: Shell) -> Result<ExitCode, Failure> {
    let mut script = Vec::new();
    generate(shell, &mut with_lessons(shell), "nnmom-tutor", &mut script);
    // clap_complete 4.6 calls a program with a hyphen by two names in bash, and then offers nothing after a subcommand.
    let script = String::from_utf8_lossy(&script).replace("nnmom__subcmd__tutor", "nnmom__tutor");
    io::stdout().lock().write_all(script.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The program's arguments, with the built-in lessons where a shell is to offer them: as the first word everywhere, and
/// after a subcommand in bash, which still offers files where no such name fits.
fn with_lessons(shell: Shell) -> Command {
    let names = || PossibleValuesParser::new(BUILTIN.iter().map(|lesson| lesson.name));
    let program = Cli::command().mut_subcommands(|subcommand| {
        let takes_lesson = (subcommand.get_positionals())
            .any(|known| ["lesson", "lessons"].contains(&known.get_id().as_str()));
        if !takes_lesson || shell != Shell::Bash {
            return subcommand;
        }
        subcommand.mut_args(|known| match known.get_id().as_str() {
            "lesson" | "lessons" => known.value_parser(names()),
            _ => known,
        })
    });
    let options: Vec<_> = (program.get_opts())
        .filter(|option| !option.is_global_set())
        .cloned()
        .collect();
    let lessons = BUILTIN.iter().map(|lesson| {
        let begun = Command::new(lesson.name).about(lesson.title());
        begun.args(&options)
    });
    program.disable_help_subcommand(true).subcommands(lessons)
}

/// Prints the manual page.
pub fn print_man() -> Result<ExitCode, Failure> {
    let mut page = Vec::new();
    write_man(&mut page)?;
    io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}

/// One page for all: the program, and below it every subcommand with what it alone takes.
fn write_man(out: &mut Vec<u8>) -> io::Result<()> {
    let mut program = Cli::command().disable_help_subcommand(true);
    program.build();
    let page = Man::new(program.clone());
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_options_section(out)?;
    heading("SH", "SUBCOMMANDS").to_writer(out)?;
    for subcommand in program.get_subcommands() {
        let name = subcommand.get_bin_name().unwrap_or_default();
        heading("SS", name).to_writer(out)?;
        let own = subcommand.clone().mut_args(|known| {
            let is_own = !known.is_global_set() && known.get_id() != "help";
            known.hide(!is_own)
        });
        let notes = notes(&own);
        let (part, mut text) = (Man::new(own), Vec::new());
        part.render_description_section(&mut text)?;
        part.render_synopsis_section(&mut text)?;
        part.render_options_section(&mut text)?;
        out.extend(without_headings(&text).bytes());
        notes.to_writer(out)?;
    }
    heading("SH", "NOTES").to_writer(out)?;
    notes(&program).to_writer(out)
}

/// What is said below the options. An indented line is something to type and, after more blanks, what it does.
fn notes(command: &Command) -> Roff {
    let mut notes = Roff::new();
    let text = command.get_after_help().map(ToString::to_string);
    for line in text.iter().flat_map(|text| text.lines()) {
        if let Some(example) = line.strip_prefix("  ") {
            let (typed, does) = example.split_once("  ").unwrap_or((example, ""));
            notes.control("TP", []);
            notes.text([bold(typed)]).text([roman(does.trim_start())]);
        } else if !line.is_empty() {
            notes.control("PP", []).text([roman(line)]);
        }
    }
    notes
}

fn heading(size: &str, text: &str) -> Roff {
    let mut heading = Roff::new();
    heading.control(size, [text]);
    heading
}

/// The same with paragraphs in the place of sections.
fn without_headings(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let line = |line: &str| {
        let line = if line.starts_with(".SH ") {
            ".PP"
        } else {
            line
        };
        format!("{line}\n")
    };
    text.lines().map(line).collect()
}
