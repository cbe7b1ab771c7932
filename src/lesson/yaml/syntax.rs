//! What the YAML reader's complaints mean, in words that help someone who has never read its specification.
//!
//! The reader has about thirty complaints. Those that a lesson is likely to meet have a row in [`EXPLANATIONS`].

use std::ops::Range;

use super::locate::{byte_index, byte_of_line_and_column};
use crate::lesson::Problem;

/// What the tree says of a value with a YAML tag.
pub const TAGGED: &str = "tagged value";
/// What the tree says where aliases have made it larger than its file.
pub const UNFOLDED: &str = "unfolds to too much";
/// What the tree expects as a key.
const FIELD_NAME: &str = "expected a string";

/// What is wrong with the name of an anchor, and what would work.
pub const ANCHOR: (&str, &str) = (
    "a YAML anchor, `&name`, has letters, digits, `-` and `_` only",
    "a text that begins with `&` needs quotes",
);

/// A complaint of the reader: its words, the place where it gave up, and the place where it began what it gave up.
struct Complaint<'a> {
    source: &'a str,
    words: String,
    at: usize,
    begun: usize,
}

type Explain = fn(&Complaint) -> Problem;

/// Part of the reader's complaint, and what makes a problem of it. The first that fits counts.
const EXPLANATIONS: [(&str, Explain); 32] = [
    (TAGGED, tag),
    (UNFOLDED, unfolded),
    (FIELD_NAME, field_name),
    ("repetition limit", unfolded),
    ("recursion limit", too_deep),
    ("unknown anchor", unknown_alias),
    ("more than one document", second_document),
    ("cannot start any token", strange_beginning),
    ("expected alphabetic or numeric", alias_sign),
    ("a tab character", tab),
    ("mapping keys are not allowed", strange_beginning),
    ("mapping values are not allowed", second_colon),
    ("block sequence entries", list_on_line),
    ("could not find expected ':'", no_field),
    ("non-alphabetical", directive),
    ("<document start>", between_documents),
    ("found unexpected", open_quote),
    ("unknown escape", escape),
    ("hexadecimal", escape),
    ("escape code", escape),
    ("comment or line break", block_header),
    ("indentation indicator", block_header),
    ("tag URI", tag),
    ("expected '>'", tag),
    ("tag handle", tag),
    ("invalid value", tag),
    ("directive", directive),
    ("incompatible YAML", directive),
    ("expected node content", missing_item),
    ("did not find expected ','", open_bracket),
    ("did not find expected key", misfit),
    ("did not find expected '-'", misfit),
];

/// Says why the YAML of `source` cannot be read.
pub fn explain(source: &str, error: &serde_yaml::Error) -> Problem {
    let words = error.to_string();
    let complaint = Complaint {
        source,
        at: byte_index(source, error.location()),
        begun: byte_of_line_and_column(source, last_place(&words)),
        words,
    };
    let mut rows = EXPLANATIONS.iter();
    let row = rows.find(|(part, _)| complaint.words.contains(part));
    row.map_or(unexplained as Explain, |(_, explain)| *explain)(&complaint)
}

/// The line and column that the words of an error end with; those of the file's beginning are left out there.
fn last_place(words: &str) -> (usize, usize) {
    let place = || {
        let (_, place) = words.rsplit_once(" at line ")?;
        let (line, column) = place.split_once(" column ")?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    place().unwrap_or((1, 1))
}

impl Complaint<'_> {
    /// The problem is the character at which the reader gave up.
    fn here(&self, message: impl Into<String>, advice: &str) -> Problem {
        Problem::new(self.character(self.at), message, advice)
    }

    /// What stands before `at` on its line.
    fn before(&self) -> &str {
        self.source[..self.at].rsplit('\n').next().unwrap_or("")
    }

    /// One character.
    fn character(&self, at: usize) -> Range<usize> {
        let length = self.source[at..].chars().next().map_or(0, char::len_utf8);
        at..at + length
    }

    /// From `at` to the next space.
    fn word(&self, at: usize) -> Range<usize> {
        let rest = &self.source[at..];
        at..at + rest.find(char::is_whitespace).unwrap_or(rest.len())
    }

    /// From `at` to the end of its line.
    fn rest_of_line(&self, at: usize) -> Range<usize> {
        at..at + self.source[at..].lines().next().unwrap_or("").len()
    }
}

fn unexplained(complaint: &Complaint) -> Problem {
    let words = complaint.words.split(" at line ").next().unwrap_or("");
    complaint.here(
        format!(
            "this is not YAML: {}",
            words.replace("invalid", "unexpected")
        ),
        "it cannot be read from here on; look at the indentation and quotes just before",
    )
}

fn tag(complaint: &Complaint) -> Problem {
    Problem::new(
        complaint.word(complaint.at),
        "this is a YAML tag, and a lesson has no use for tags",
        "take it out; a text that begins with `!` needs quotes",
    )
}

fn directive(complaint: &Complaint) -> Problem {
    let line = complaint.at - complaint.before().len();
    Problem::new(
        complaint.rest_of_line(line),
        "this line is for programs that read YAML, and a lesson has no use for it",
        "take it out; a text that begins with `%` needs quotes",
    )
}

fn unfolded(complaint: &Complaint) -> Problem {
    let alias = [": *", "- *", "[*", ", *"]
        .iter()
        .filter_map(|before| Some(complaint.source.find(before)? + before.len() - 1))
        .min();
    Problem::new(
        complaint.character(alias.unwrap_or(complaint.at)),
        "the aliases of this file, such as this one, stand for more than a lesson can hold",
        "write out what is needed, without `&` and `*`",
    )
}

fn field_name(complaint: &Complaint) -> Problem {
    complaint.here(
        "a list or mapping stands where a field should have its name",
        "a field is `name: value`; a text that begins with a bracket needs quotes",
    )
}

fn too_deep(complaint: &Complaint) -> Problem {
    let itself = complaint.source[complaint.at..].starts_with('&');
    let advice = if itself {
        "a `*name` cannot stand inside its own `&name`"
    } else {
        "no lesson needs so many levels; take some out"
    };
    Problem::new(
        complaint.word(complaint.at),
        "this goes too deep to be read",
        advice,
    )
}

fn unknown_alias(complaint: &Complaint) -> Problem {
    let span = complaint.word(complaint.at);
    let alias = &complaint.source[span.clone()];
    Problem::new(
        span,
        format!("`{alias}` stands for nothing"),
        "in quotes it is text",
    )
}

/// Something that a file cannot go on with, behind the end of what it holds.
fn between_documents(complaint: &Complaint) -> Problem {
    let line = complaint.at - complaint.before().len();
    if complaint.source[line..].starts_with('%') {
        directive(complaint)
    } else {
        second_document(complaint)
    }
}

fn second_document(complaint: &Complaint) -> Problem {
    let Some(start) = second_separator(complaint.source) else {
        return Problem::new(
            complaint.character(0),
            "the file goes on after its lesson has ended",
            "a lesson is `title: ...` and the other fields, without quotes or brackets around them",
        );
    };
    Problem::new(
        complaint.word(start),
        "a second document begins here, and a file holds one lesson",
        "take this line out, or keep the second lesson in a file of its own",
    )
}

/// The first `---` with something before it.
fn second_separator(source: &str) -> Option<usize> {
    let mut begun = false;
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let separates = line.starts_with("---");
        if begun && separates {
            return Some(start);
        }
        begun |= separates || !(line.trim().is_empty() || line.starts_with(['#', '%']));
        start += line.len();
    }
    None
}

fn strange_beginning(complaint: &Complaint) -> Problem {
    let span = complaint.character(complaint.at);
    let sign = match &complaint.source[span.clone()] {
        "\t" => return tab(complaint),
        "`" => "a backtick".to_owned(),
        sign => format!("`{sign}`"),
    };
    let message = format!("a text without quotes cannot begin with {sign}");
    Problem::new(
        span,
        message,
        "put the text in quotes, or on a line of its own below `text: |`",
    )
}

fn tab(complaint: &Complaint) -> Problem {
    complaint.here(
        "a tab stands where a lesson wants spaces",
        "indent with spaces",
    )
}

fn alias_sign(complaint: &Complaint) -> Problem {
    let start = complaint.before().rfind([' ', '[', '{']);
    let line = complaint.at - complaint.before().len();
    strange_beginning(&Complaint {
        at: line + start.map_or(0, |start| start + 1),
        words: String::new(),
        ..*complaint
    })
}

fn second_colon(complaint: &Complaint) -> Problem {
    let before = complaint.before();
    if before.contains(": ") {
        return Problem::new(
            complaint.character(complaint.at),
            "a text without quotes cannot have a colon and a space in it",
            "put quotes around the text",
        );
    }
    if let Some(begun) = neighbour_without_colon(complaint) {
        return no_field(&Complaint {
            begun,
            words: String::new(),
            ..*complaint
        });
    }
    let start = complaint.at - before.trim_start().len();
    Problem::new(
        start..complaint.at,
        "this field does not fit the line before it",
        "each field is `name: value`, with a space after the colon, and begins below its neighbours",
    )
}

/// The line before, where it begins at the same column and is no field.
fn neighbour_without_colon(complaint: &Complaint) -> Option<usize> {
    let before = complaint.before();
    let line = complaint.source[..complaint.at - before.len()].strip_suffix('\n')?;
    let line = line.rsplit('\n').next()?;
    let indentation = |text: &str| text.len() - text.trim_start().len();
    let field = line.contains(": ") || line.trim_end().ends_with(':');
    let neighbour = indentation(line) == indentation(before) && !field;
    neighbour.then(|| complaint.at - before.len() - 1 - line.trim_start().len())
}

fn list_on_line(complaint: &Complaint) -> Problem {
    complaint.here(
        "a list with `- ` cannot begin here",
        "begin a new line for each `- `; a text that begins with `- ` needs quotes",
    )
}

fn no_field(complaint: &Complaint) -> Problem {
    Problem::new(
        complaint.rest_of_line(complaint.begun),
        "this line is no field, and not part of a text",
        "a field is `name: value`; the lines of a text stand deeper than its field",
    )
}

fn open_quote(complaint: &Complaint) -> Problem {
    Problem::new(
        complaint.character(complaint.begun),
        "this quote is never closed",
        "close it at the end of the text",
    )
}

fn escape(complaint: &Complaint) -> Problem {
    let at_backslash = complaint.source[complaint.at..].starts_with('\\');
    let backslash = complaint.before().rfind('\\').filter(|_| !at_backslash);
    let line = complaint.at - complaint.before().len();
    let start = backslash.map_or(complaint.at, |index| line + index);
    Problem::new(
        complaint.character(start),
        "a backslash in double quotes begins an escape, and there is none like this",
        "use single quotes, or write the backslash twice",
    )
}

fn missing_item(complaint: &Complaint) -> Problem {
    complaint.here(
        "something is missing before this",
        "take out what is too many, or put the text in quotes",
    )
}

fn block_header(complaint: &Complaint) -> Problem {
    Problem::new(
        complaint.rest_of_line(complaint.at),
        "after `|` or `>` the text begins on the next line",
        "begin a new line here; a text that begins with `|` or `>` needs quotes",
    )
}

fn open_bracket(complaint: &Complaint) -> Problem {
    if complaint.source[complaint.at..].starts_with(':') && complaint.before().trim().is_empty() {
        return Problem::new(
            complaint.character(complaint.at),
            "this colon stands on another line than the name before it",
            "a field's name and its colon on one line",
        );
    }
    if let Some(problem) = anchor(complaint).or_else(|| goes_on(complaint)) {
        return problem;
    }
    if complaint.source[complaint.at..].starts_with(':') && complaint.before().contains(": ") {
        return complaint.here(
            "a second colon stands here, in what belongs to the first",
            "a comma between two fields; a text with a colon in it needs quotes",
        );
    }
    let span = complaint.character(complaint.begun);
    let open = &complaint.source[span.clone()];
    let close = if open == "{" { "}" } else { "]" };
    let message = format!("this `{open}` is not closed by a `{close}`");
    let advice =
        format!("`{close}` closes it; an item that has brackets or commas in it needs quotes");
    Problem::new(span, message, advice)
}

/// Something follows where the thing before it had ended.
fn misfit(complaint: &Complaint) -> Problem {
    anchor(complaint)
        .or_else(|| goes_on(complaint))
        .unwrap_or_else(|| {
            Problem::new(
                complaint.word(complaint.at),
                "this line does not fit the lines before it",
                "lines that belong together begin at the same column: fields, the `-` of a list, a text",
            )
        })
}

/// Something behind a closing quote or bracket, where that ends a text or an item.
fn goes_on(complaint: &Complaint) -> Option<Problem> {
    let span = complaint.word(complaint.at);
    let before = complaint.before().trim_end();
    if complaint.source[span.clone()].starts_with(['}', ']']) {
        return None;
    }
    if before.ends_with(['"', '\'']) {
        Some(Problem::new(
            span,
            "the text goes on after its closing quote",
            "put quotes around all of it, or look for a quote that is missing before",
        ))
    } else if before.ends_with(['}', ']']) {
        Some(Problem::new(
            span,
            "the text goes on after a closing bracket",
            "put all of it in quotes, since it begins with a bracket",
        ))
    } else {
        None
    }
}

/// A name behind `&` that the reader has stopped in.
fn anchor(complaint: &Complaint) -> Option<Problem> {
    let before = complaint.before();
    let word = before.rsplit([' ', '[', '{', ',']).next()?;
    let ends = complaint.source[complaint.at..].starts_with(char::is_whitespace);
    (word.starts_with('&') && !ends).then(|| complaint.here(ANCHOR.0, ANCHOR.1))
}
