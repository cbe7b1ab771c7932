//! Pictures of the screen as SVG files, which look the same whatever draws them.

use std::collections::BTreeSet;

use nnmom_tutor::screen::{Snapshot, svg};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::Colour;
use ratatui::style::{Color, Modifier};

use crate::looks::rgb;
use crate::support::screens::{WIDE, drawn, screen, shown};
use crate::support::sittings::{run, sitting, written};

/// The width and height of a character, where the first begins, and from the top of a row to where letters stand.
const CELL: (f64, f64) = (9.0, 18.0);
const MARGIN: f64 = 8.0;
const BASELINE: f64 = 14.0;

/// A piece of an SVG: where it begins, how wide and how high it is, and what it says.
struct Piece {
    column: usize,
    row: usize,
    /// In characters.
    width: usize,
    words: String,
}

fn number(element: &str, attribute: &str) -> f64 {
    let (_, rest) = element.split_once(&format!(" {attribute}=\"")).unwrap();
    rest.split('"').next().unwrap().parse().unwrap()
}

/// So many of a measure, which must be whole.
#[track_caller]
fn whole(length: f64, measure: f64) -> usize {
    let count = (length / measure).round();
    assert!((length - count * measure).abs() < 0.06, "{length}");
    count as usize
}

/// Every piece of text.
fn pieces(svg: &str) -> Vec<Piece> {
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    texts
        .map(|text| {
            let (_, words) = text.split_once('>').unwrap();
            let words = words.strip_suffix("</text>").unwrap();
            let words = [("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
                .iter()
                .fold(words.to_owned(), |words, (from, to)| {
                    words.replace(from, to)
                });
            Piece {
                column: whole(number(text, "x") - MARGIN, CELL.0),
                row: whole(number(text, "y") - MARGIN - BASELINE, CELL.1),
                width: whole(number(text, "textLength"), CELL.0),
                words,
            }
        })
        .collect()
}

/// Every dot: its column and row, and its bit among the eight of a cell.
fn dots(svg: &str) -> Vec<(usize, usize, u8)> {
    let paths = svg.lines().filter(|line| line.starts_with("<path"));
    let strokes = paths.flat_map(|path| {
        let (_, strokes) = path.split_once("d=\"M").unwrap();
        strokes.trim_end_matches("\"/>").split('M')
    });
    strokes
        .map(|stroke| {
            let (place, width) = stroke.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let [x, y, width] = [x, y, width].map(|number| number.parse::<f64>().unwrap());
            // From its middle to the margin, in cells.
            let (x, y) = ((x + width / 2.0 - MARGIN) / CELL.0, (y - MARGIN) / CELL.1);
            let (column, row) = ((x.fract() * 2.0) as usize, (y.fract() * 4.0) as usize);
            let bits = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
            (x as usize, y as usize, bits[row][column])
        })
        .collect()
}

/// The text of the screen as the pieces make it up.
fn made_up(pieces: &[Piece], dots: &[(usize, usize, u8)]) -> String {
    let mut rows = vec![vec![" ".to_owned(); usize::from(WIDE.0)]; usize::from(WIDE.1)];
    for (column, row, bit) in dots {
        let cell = &mut rows[*row][*column];
        let dots = cell.chars().next().filter(|dots| *dots != ' ');
        let dots = dots.map_or(0x2800, u32::from) | u32::from(*bit);
        *cell = char::from_u32(dots).unwrap().to_string();
    }
    for piece in pieces {
        let row = &mut rows[piece.row];
        if piece.words.is_ascii() {
            for (cell, letter) in row[piece.column..].iter_mut().zip(piece.words.chars()) {
                *cell = letter.to_string();
            }
        } else {
            row[piece.column].clone_from(&piece.words);
            row[piece.column + 1..piece.column + piece.width].fill(String::new());
        }
    }
    let lines = rows
        .iter()
        .map(|row| row.concat().trim_end().to_owned() + "\n");
    lines.collect()
}

/// Sittings with frames, plots and dots, with letters of two columns, and with marks on letters.
fn sittings() -> Vec<Session> {
    let other = include_str!("../../lessons/momentum.yaml")
        .replace("title: ", "title: 動量 <&> é e\u{301} 🐢 ");
    let mut sittings = vec![
        sitting("momentum"),
        sitting("ravine"),
        sitting("iris"),
        Session::new(written(&other)).unwrap(),
    ];
    for session in &mut sittings {
        run(session, &["step 1", "next 2", "rename a\u{ffff}b"]);
    }
    sittings
}

#[test]
fn what_is_not_ascii_stands_by_itself_in_its_column() {
    for session in sittings() {
        let svg = svg(&session, None, Snapshot::default()).unwrap();
        let pieces = pieces(&svg);
        for piece in pieces.iter().filter(|piece| !piece.words.is_ascii()) {
            let letters = piece.words.chars().filter(|letter| *letter != '\u{301}');
            assert_eq!(letters.count(), 1, "{}", piece.words);
            let wide = piece.words.starts_with(['動', '量', '🐢']);
            assert_eq!(piece.width, if wide { 2 } else { 1 }, "{}", piece.words);
        }
        for piece in pieces.iter().filter(|piece| piece.words.is_ascii()) {
            assert_eq!(piece.width, piece.words.len());
        }
        let seen = screen(&mut shown(session), WIDE).replace('\u{ffff}', "\u{fffd}");
        let seen = seen.replace('\u{2800}', " ");
        assert_eq!(made_up(&pieces, &dots(&svg)), seen);
    }
}

#[test]
fn nothing_reaches_beyond_the_frame() {
    for session in sittings() {
        let svg = svg(&session, None, Snapshot::default()).unwrap();
        for piece in pieces(&svg) {
            assert!(piece.column + piece.width <= usize::from(WIDE.0));
            assert!(piece.row < usize::from(WIDE.1));
        }
        let rectangles = svg.lines().filter(|line| line.starts_with("<rect x="));
        for rectangle in rectangles {
            let right = number(rectangle, "x") + number(rectangle, "width");
            let bottom = number(rectangle, "y") + number(rectangle, "height");
            let least = MARGIN - 0.06;
            assert!(number(rectangle, "x") >= least && number(rectangle, "y") >= least);
            assert!(
                right <= MARGIN + f64::from(WIDE.0) * CELL.0 + 0.11,
                "{rectangle}"
            );
            assert!(
                bottom <= MARGIN + f64::from(WIDE.1) * CELL.1 + 0.11,
                "{rectangle}"
            );
        }
    }
}

#[test]
fn a_font_that_is_one_comes_first() {
    let svg = svg(&sitting("momentum"), None, Snapshot::default()).unwrap();
    let (_, fonts) = svg.split_once("font-family=\"").unwrap();
    assert!(fonts.starts_with("'DejaVu Sans Mono', "), "{fonts:.40}");
}

/// The colours of the cells are those of the 256-colour palette, and no others are written.
#[test]
fn colours_are_those_of_the_cells() {
    let session = sitting("iris");
    let svg = svg(&session, None, Snapshot::default()).unwrap();
    let buffer = drawn(&mut shown(session), WIDE);
    let inked = buffer.content.iter().filter(|cell| cell.symbol() != " ");
    let mut expected = BTreeSet::new();
    for cell in inked {
        if cell.modifier.contains(Modifier::REVERSED) {
            // The paper's own.
            expected.insert("#18181b".to_owned());
        } else if let Color::Indexed(index) = cell.fg {
            let [red, green, blue] = rgb(Colour::Indexed(index)).map(|level| level as u8);
            expected.insert(format!("#{red:02x}{green:02x}{blue:02x}"));
        }
    }
    let texts = svg.lines().filter(|line| line.starts_with("<text"));
    let found: BTreeSet<String> = texts
        .filter_map(|text| text.split_once(" fill=\"")?.1.get(..7))
        .map(str::to_owned)
        .collect();
    assert_eq!(found, expected);
    assert!(found.len() > 4, "{found:?}");
}
