//! The formats of rows: every one of them, over rows that are hard to write.

use std::cell::Cell as Shared;
use std::io::{self, Write};
use std::rc::Rc;

use nnmom_tutor::command::TABLE;
use nnmom_tutor::export::{Cell, Column, FORMATS, Format, Record, Rows, Sink, Value};

const COLUMNS: [Column; 4] = [
    Column::text("name"),
    Column::number("count"),
    Column::number("nothing"),
    Column::number("value"),
];

/// A row alone, and two in a group; one column of all says nothing.
struct Hard;

fn row(name: &str, count: u64, value: Option<f64>) -> Vec<Cell<'_>> {
    let count = Cell::Count(count);
    vec![Cell::Text(name), count, Cell::Empty, Cell::optional(value)]
}

impl Rows for Hard {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink) -> io::Result<()> {
        write(Record::Row(row("a,\"b\"", 1, Some(0.1 + 0.2))))?;
        write(Record::Group {
            shared: vec![
                ("count", Value::Cell(Cell::Count(2))),
                ("inputs", Value::numbers([1.0, -0.0])),
                ("node", Value::Fields(vec![("sum", Value::numbers([]))])),
            ],
            name: "rows",
            rows: vec![row("c|d", 2, None), row("é", 2, Some(1e-9))],
        })
    }
}

fn written(format: &str) -> String {
    let mut out = Vec::new();
    let format = Format::named(format).unwrap();
    format.write(&mut Hard, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_table_aligns_and_leaves_out_what_says_nothing() {
    assert_eq!(
        written("table"),
        "name   count  value\n\
         a,\"b\"      1    0.3\n\
         c|d        2\n\
         é          2   1e-9\n"
    );
}

#[test]
fn csv_quotes_and_is_exact() {
    assert_eq!(
        written("csv"),
        "name,count,nothing,value\n\
         \"a,\"\"b\"\"\",1,,0.30000000000000004\n\
         c|d,2,,\n\
         é,2,,1e-9\n"
    );
}

#[test]
fn json_lines_keep_what_the_rows_of_a_group_share() {
    assert_eq!(
        written("jsonl"),
        "{\"name\":\"a,\\\"b\\\"\",\"count\":1,\"nothing\":null,\"value\":0.30000000000000004}\n\
         {\"count\":2,\"inputs\":[1.0,-0.0],\"node\":{\"sum\":[]},\"rows\":[\
         {\"name\":\"c|d\",\"count\":2,\"nothing\":null,\"value\":null},\
         {\"name\":\"é\",\"count\":2,\"nothing\":null,\"value\":1e-9}]}\n"
    );
}

#[test]
fn markdown_escapes_bars_and_says_where_texts_stand() {
    assert_eq!(
        written("markdown"),
        "| name  | count | value |\n\
         | :---- | ----: | ----: |\n\
         | a,\"b\" |     1 |   0.3 |\n\
         | c\\|d  |     2 |       |\n\
         | é     |     2 |  1e-9 |\n"
    );
}

#[test]
fn formats_are_found_by_their_names_and_by_files() {
    for format in FORMATS {
        assert_eq!(Format::named(format.name).unwrap().name, format.name);
        if let Some(ending) = format.ending {
            let path = format!("some/run.{ending}");
            assert_eq!(Format::of_file(path.as_ref()).unwrap().name, format.name);
        }
    }
    assert!(Format::named("nothing").is_none());
}

/// Rows that look at what has been written of those before them.
struct Slow(Rc<Shared<usize>>);

impl Rows for Slow {
    fn columns(&self) -> &'static [Column] {
        &COLUMNS
    }

    fn each(&mut self, write: Sink) -> io::Result<()> {
        let before = self.0.get();
        write(Record::Row(row("first", 1, None)))?;
        assert!(self.0.get() > before, "the first row is kept back");
        write(Record::Row(row("second", 2, None)))
    }

    fn are_slow(&self) -> bool {
        true
    }
}

/// Counts the bytes that reach it.
struct Counting(Rc<Shared<usize>>);

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn rows_that_take_time_are_seen_as_they_come() {
    // The rows of a Markdown table wait for its widest cell.
    for format in FORMATS.iter().filter(|format| format.name != "markdown") {
        let count = Rc::new(Shared::new(0));
        let mut out = Counting(Rc::clone(&count));
        format.write(&mut Slow(count), &mut out).unwrap();
    }
}

#[test]
fn help_names_the_endings_of_the_formats() {
    let endings = FORMATS.iter().filter_map(|format| format.ending);
    let endings: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
    let (last, first) = endings.split_last().unwrap();
    let told = format!(": {} or {last}", first.join(", "));
    let row = TABLE.iter().find(|row| row.name == "export").unwrap();
    assert!(row.about.ends_with(&told), "{}", row.about);
}
