//! JSON Lines: an object for each record, with the depth that it has.

use std::io::{self, Write};

use super::{Cell, Column, Format, Record, Rows, Value};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    ending: Some("jsonl"),
    about: "One JSON object for each RECORD, exact",
    writer: write,
};

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let columns = rows.columns();
    rows.each(&mut |record| {
        serde_json::to_writer(&mut *out, &object(columns, record))?;
        writeln!(out)
    })
}

fn object<'a>(columns: &[Column], record: Record<'a>) -> Value<'a> {
    let object = |row: Vec<Cell<'a>>| {
        let names = columns.iter().map(|column| column.name);
        Value::Fields(names.zip(row.into_iter().map(Value::Cell)).collect())
    };
    match record {
        Record::Row(row) => object(row),
        Record::Group { shared, name, rows } => {
            let mut fields = shared;
            fields.push((name, Value::List(rows.into_iter().map(object).collect())));
            Value::Fields(fields)
        }
    }
}
