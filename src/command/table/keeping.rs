//! Files.

use super::{Completes, Row};
use crate::command::Command;
use crate::command::readers::{nothing, parse_file, parse_lesson};
use crate::export::endings;

pub(super) const ROWS: &[Row] = &[
    Row {
        name: "export",
        arguments: "FILE [replace]",
        about: concat!("write the branch so far to a file: ", endings!()),
        detail: "The rows are those of `nnmom-tutor trace`. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["export run.csv", "export run.md replace"],
        completes: Completes::File(nothing),
        parse: |arguments| parse_file(arguments, Command::Export),
        ..Row::BLANK
    },
    Row {
        name: "picture",
        arguments: "FILE [replace]",
        about: "write the screen as a picture with its colours: .svg",
        detail: "`nnmom-tutor picture` draws other sizes, and one view alone. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["picture screen.svg", "picture screen.svg replace"],
        completes: Completes::File(nothing),
        parse: |arguments| parse_file(arguments, Command::Snapshot),
        ..Row::BLANK
    },
    Row {
        name: "save",
        arguments: "FILE [replace]",
        about: "write everything done so far as a script",
        detail: "`nnmom-tutor LESSON --script FILE` comes to the same state, bit for bit. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["save mine.txt", "save mine.txt replace"],
        completes: Completes::File(nothing),
        parse: |arguments| parse_file(arguments, Command::Save),
        ..Row::BLANK
    },
    Row {
        name: "lesson",
        arguments: "FILE.yaml [replace]",
        about: "write what is set now as a lesson file: model, start, settings",
        detail: "The file says what each field is for, and the data that it reads are copied beside it. `nnmom-tutor FILE.yaml` opens it. A file that is there is kept, unless the line ends with `replace`.",
        examples: &["lesson mine.yaml", "lesson mine.yaml replace"],
        completes: Completes::File(nothing),
        parse: parse_lesson,
        ..Row::BLANK
    },
    Row {
        name: "source",
        arguments: "FILE",
        about: "run the commands in a file",
        detail: "One command on a line, or several with semicolons between them; # begins a comment. If one of them fails, none of them has been done.",
        examples: &["source mine.txt"],
        completes: Completes::File(nothing),
        parse: |arguments| {
            let path = arguments.need_rest("the name of a file", "a file with commands in it")?;
            Ok(Command::Source(path.text.to_owned()))
        },
        ..Row::BLANK
    },
];
