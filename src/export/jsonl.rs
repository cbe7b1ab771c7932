//! JSON Lines: an object for each record, with the depth that it has.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{Cell, Column, Format, Record, Rows};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    ending: Some("jsonl"),
    about: "One JSON object for each RECORD, exact",
    writer: write,
};

fn write(rows: &mut dyn Rows, out: &mut dyn Write) -> io::Result<()> {
    let columns = rows.columns();
    rows.each(&mut |record| {
        serde_json::to_writer(&mut *out, &Object { columns, record })?;
        writeln!(out)
    })
}

/// A record under its columns.
struct Object<'a> {
    columns: &'a [Column],
    record: &'a Record<'a>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let columns = self.columns;
        match self.record {
            Record::Row(cells) => Named { columns, cells }.serialize(serializer),
            Record::Group { shared, name, rows } => {
                let rows: Vec<_> = (rows.iter())
                    .map(|cells| Named { columns, cells })
                    .collect();
                let mut map = serializer.serialize_map(None)?;
                for (name, value) in shared {
                    map.serialize_entry(name, value)?;
                }
                map.serialize_entry(name, &rows)?;
                map.end()
            }
        }
    }
}

/// A row under its columns.
struct Named<'a> {
    columns: &'a [Column],
    cells: &'a [Cell<'a>],
}

impl Serialize for Named<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let names = self.columns.iter().map(|column| column.name);
        serializer.collect_map(names.zip(self.cells))
    }
}
