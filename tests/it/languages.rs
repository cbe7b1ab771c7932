//! Lessons in other languages: numbers with a comma that can be typed back, wide letters and accents in their columns,
//! and two languages that are one lesson.

use std::fs;

use nnmom_tutor::batch::same;
use nnmom_tutor::command::{Picture, ShowTopic};
use nnmom_tutor::explain::{Decimal, Digits, Line, Role, number};
use nnmom_tutor::files::Disk;
use nnmom_tutor::screen::Pane;
use nnmom_tutor::view::{Medium, Sheet, wrap};
use nnmom_tutor::watch::Watch;
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::support::depth::cases;
use crate::support::program::tutor;
use crate::support::screens::{
    SMALLEST, STACKED, WIDE, app, enter, pane, press, question, screen, shown,
};
use crate::support::sittings::{at_page, folder, run, said, sitting, written};

const GERMAN: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/translated/momentum-de.yaml"
);
const ENGLISH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/momentum.yaml");

/// The first number with a point in a text, where there is one.
fn pointed(text: &str) -> Option<&str> {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let places = text.match_indices('.').map(|(at, _)| at);
    let mut inside = places.filter(|at| {
        digit(text[..*at].chars().next_back()) && digit(text[at + 1..].chars().next())
    });
    inside
        .next()
        .map(|at| text[..at].rsplit(' ').next().unwrap_or_default())
}

/// What is said about two lesson files.
fn compared(one: &str, other: &str) -> Result<String, String> {
    same(&Disk::default(), [one, other], &Watch::default())
}

// ---- Decimals that begin with a comma ----

#[test]
fn a_sitting_in_german_is_told_with_commas() {
    let mut session = sitting(GERMAN);
    let mut told = String::new();
    for line in [
        "show lesson",
        "set rule article",
        "set momentum 0,9",
        "step",
        "why after",
        "set learning_rate max(0,005; 0,01)",
        "set learning_rate 0.02",
        "set learning_rate max(0,5)",
        "set learning_rate 1.234,5",
        "set ihWeights[i,j] 3’000",
        "compare momentum 0,5 0,9",
        "run until w > 3,6",
        "sweep momentum 0..0,9/3",
        "page 3",
        "exercise",
        "answer 0,0245",
        "0,0135",
        "page 6",
        "exercise",
        "hint",
        "hint",
        "solution",
        "page 7",
        "exercise",
        "answer",
        "hint",
        "hint",
        "show code",
    ] {
        let said = match session.clone().run_line(line) {
            Ok(_) => said(&mut session, line),
            Err(complaint) => complaint.with_advice(),
        };
        told.push_str(&["> ", line, "\n", &said, "\n"].concat());
    }
    insta::assert_snapshot!("said_in_german", told);
}

#[test]
fn no_picture_and_no_page_shows_a_number_with_a_point() {
    let pages = 7;
    for page in 1..=pages {
        let mut session = at_page(GERMAN, page);
        run(&mut session, &["step", "why", "stability"]);
        for picture in Picture::ALL {
            let topic = ShowTopic::Picture(picture);
            let told = Sheet::of(&session.words(topic), Medium::Words).text.text();
            assert_eq!(pointed(&told), None, "{picture:?} on page {page}: {told}");
        }
        let mut app = shown(session);
        for key in ["v", "v", "v", "v", "v", "v"] {
            press(&mut app, key);
            let seen = screen(&mut app, WIDE);
            // Code keeps its points.
            let seen: String = (seen.lines())
                .filter(|line| !line.contains("learnRate"))
                .map(|line| line.to_owned() + "\n")
                .collect();
            assert_eq!(pointed(&seen), None, "page {page}\n{seen}");
        }
    }
}

#[test]
fn the_screen_of_a_lesson_in_german() {
    let mut app = app(GERMAN, &["page 2", "step"]);
    enter(&mut app, "set momentum 0,9");
    let seen = screen(&mut app, WIDE);
    let rows: Vec<&str> = seen.lines().collect();
    let (head, foot) = (rows[..2].join("\n"), rows[rows.len() - 1]);
    for (numbers, place) in [
        (&["0,01", "0,9"][..], head.as_str()),
        (&["0,9", "3,6266"], foot),
        (
            &["3,609", "0,027", "2,2"],
            &pane(&mut app, Pane::Update, WIDE),
        ),
        (&["3,609", "0,027"], &pane(&mut app, Pane::Picture, WIDE)),
    ] {
        for number in numbers {
            assert!(place.contains(number), "{number}: {seen}");
        }
    }
    let page = pane(&mut app, Pane::Lesson, WIDE);
    let table = page.lines().skip_while(|line| !line.contains("Größe"));
    let table: Vec<&str> = table.take_while(|line| line.len() > 1).collect();
    insta::assert_snapshot!("table_in_german", table.join("\n"));
}

#[test]
fn a_lesson_on_a_surface_shows_commas_everywhere() {
    let source = "title: Fläche\ndecimal: \",\"\nmodel:\n  surface:\n    loss: 0,05*x^2 + max(1,5*y^2; 0)\n    start: {x: -9, y: 2.5}\ntraining: {learning_rate: 0.1, momentum: 0.5}\npages:\n  - title: Eins\n    commands: [reset, step 3]\n    text: Der Verlust ist {loss}.\n";
    let mut session = nnmom_tutor::session::Session::new(written(source)).unwrap();
    for line in [
        "show lesson",
        "step 5",
        "stability",
        "sweep momentum 0..0,9/4 learning_rate 0,01..0,5/4 max 50",
        "why gradient",
        "gradcheck",
        "show surface",
        "show stability",
        "show history",
        "show sweep",
    ] {
        let told = said(&mut session, line);
        assert_eq!(pointed(&told), None, "{line}: {told}");
    }
    let mut app = shown(session);
    for _ in 0..6 {
        press(&mut app, "v");
        let seen = screen(&mut app, WIDE);
        let seen: String = (seen.lines())
            .filter(|line| !line.contains(" * ") && !line.contains('='))
            .map(|line| line.to_owned() + "\n")
            .collect();
        assert_eq!(pointed(&seen), None, "{seen}");
    }
}

#[test]
fn files_and_code_keep_points() {
    let folder = folder();
    let path = folder.path().join("run.csv");
    let mut session = at_page(GERMAN, 2);
    run(
        &mut session,
        &["step 2", &format!("export {}", path.display())],
    );
    let written = fs::read_to_string(path).unwrap();
    assert!(written.contains("3.56,2.7,0.027"), "{written}");
    let code = said(&mut session, "show code");
    assert!(code.contains("0.01") && !code.contains("0,01"), "{code}");
}

#[test]
fn what_is_answered_with_a_point_is_understood_as_well() {
    for answer in [
        "3,609",
        "3.609",
        "3,56 + 0,01*2,7 + 0,5*0,044",
        "max(3,609; 1)",
    ] {
        let mut session = at_page(GERMAN, 2);
        run(&mut session, &["exercise"]);
        let told = said(&mut session, &format!("answer {answer}"));
        assert!(told.contains("Right."), "{answer}: {told}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]

    #[test]
    fn a_number_with_a_comma_reads_back_as_it_is_displayed(
        value in any::<f64>().prop_filter("finite", |value| value.is_finite()),
        count in 1..=15_u8,
    ) {
        let digits = Digits::new(count).unwrap().with(Decimal::Comma);
        let shown = number::display(value, digits);
        prop_assert!(!shown.contains('.'), "{}", shown);
        let read = number::parse_in(Decimal::Comma, &shown).unwrap();
        prop_assert_eq!(number::display(read, digits), shown);
        let exact = number::exact_in(value, Decimal::Comma);
        prop_assert_eq!(number::parse_in(Decimal::Comma, &exact), Some(value));
    }
}

// ---- Wide letters, accents and signs of several characters ----

/// Pieces of text of every width, and numbers among them.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zäöüß]{1,12}",
        "[あ-ん一-龥]{1,10}",
        Just("e\u{301}te\u{301}".to_owned()),
        Just("👍🏽".to_owned()),
        Just("、。".to_owned()),
        Just("（重み）".to_owned()),
        "-?[0-9]{1,4},[0-9]{1,5}",
        Just(" ".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(256)))]

    #[test]
    fn lines_fit_whatever_is_written_and_lose_nothing(
        pieces in proptest::collection::vec(piece(), 1..30),
        width in 12..60_usize,
    ) {
        let mut line = Line::new();
        for (index, piece) in pieces.iter().enumerate() {
            line.push(piece.clone(), [Role::Plain, Role::Strong][index % 2]);
        }
        let whole = line.text();
        let lines = wrap(&vec![line].into(), width);
        let mut written = String::new();
        for line in &lines {
            let text = line.text();
            prop_assert!(text.width() <= width, "{} is wider than {}", text, width);
            written += &text;
        }
        let bare = |text: &str| text.replace(' ', "");
        prop_assert_eq!(bare(&written), bare(&whole));
        // No sign of several characters is cut.
        let all: Vec<&str> = whole.graphemes(true).filter(|g| *g != " ").collect();
        let cut: Vec<String> = lines
            .iter()
            .flat_map(|line| line.text().graphemes(true).map(str::to_owned).collect::<Vec<_>>())
            .filter(|g| g != " ")
            .collect();
        prop_assert_eq!(cut, all);
    }

    #[test]
    fn no_number_among_wide_letters_is_cut(
        before in "[あ-ん]{0,40}",
        number in "[0-9]{1,3},[0-9]{1,6}",
        after in "[あ-ん]{0,40}",
        width in 12..40_usize,
    ) {
        let line = Line::plain(before).with(number.clone(), Role::Strong).and(after);
        let lines = wrap(&vec![line].into(), width);
        prop_assert!(lines.iter().any(|line| line.text().contains(&number)));
    }
}

const WIDE_LETTERS: &str = "title: 運動量の入門と練習のための長い題名がここにあります\nsummary: 重みが一つ。更新が三回。\nmodel:\n  weight: {name: 重み, start: 3.56, gradients: [2.7, 2.2, 1.5]}\ntraining: {learning_rate: 0.01, momentum: 0.5}\npages:\n  - title: 最初のページ\n    text: |\n      重みは{before}です。勾配は{gradient}、学習率は{learning_rate}です。次の更新で重みはいくつになりますか。éte\u{301} 👍🏽\n\n      | 記号 | 値 | sign |\n      |:-----|---:|:----:|\n      | 重み | {before} | w |\n      | g | {gradient} | 勾配勾配 |\n    exercise:\n      predict: {quantity: after, ask: 更新の後で重みはいくつになりますか。}\n";

#[test]
fn columns_stand_below_one_another_whatever_is_in_them() {
    let session = nnmom_tutor::session::Session::new(written(WIDE_LETTERS)).unwrap();
    let text = session.page_text();
    let rows: Vec<String> = (text.lines.iter().map(Line::text))
        .skip_while(|line| !line.starts_with("記号"))
        .take(4)
        .collect();
    // The second column ends, and the third begins, at the same places in every row.
    let ends: Vec<usize> = ["値", "─────────────", "3.56", "2.7"]
        .iter()
        .zip(&rows)
        .map(|(cell, row)| {
            let at = row.rfind(cell).map(|at| row[..at + cell.len()].width());
            at.unwrap_or_else(|| row.find("  ").map_or(0, |at| row[..at].width()))
        })
        .collect();
    assert_eq!(ends[0], ends[2], "{rows:#?}");
    assert_eq!(ends[2], ends[3], "{rows:#?}");
    insta::assert_snapshot!("table_with_wide_letters", rows.join("\n"));
}

#[test]
fn wide_letters_stay_within_their_panes_at_every_size() {
    for size in [SMALLEST, STACKED, WIDE, (140, 40)] {
        let mut app = shown(nnmom_tutor::session::Session::new(written(WIDE_LETTERS)).unwrap());
        for keys in ["Right", "x", "Esc", "v", "v", "Tab"] {
            press(&mut app, keys);
            let seen = screen(&mut app, size);
            for line in seen.lines() {
                assert!(
                    line.width() <= size.0.into(),
                    "{line:?} at {size:?}\n{seen}"
                );
            }
        }
    }
    let mut app = shown(nnmom_tutor::session::Session::new(written(WIDE_LETTERS)).unwrap());
    press(&mut app, "x");
    let seen = screen(&mut app, WIDE);
    let rows: Vec<&str> = seen.lines().collect();
    let heads = format!("{}\n{}\n", rows[0], rows[2]);
    let question = question(&mut app, WIDE);
    let asked: Vec<&str> = question.trim_end().lines().collect();
    let (words, field) = (asked[1], asked[asked.len() - 1]);
    let picture = pane(&mut app, Pane::Picture, WIDE);
    let seen = format!("{heads}{words}\n{field}\n{picture}");
    insta::assert_snapshot!("wide_letters_asked", seen);
}

// ---- Two languages, one lesson ----

#[test]
fn the_lesson_in_german_is_the_one_in_english() {
    let told = compared(ENGLISH, GERMAN).unwrap();
    assert!(
        told.ends_with("are the same: 7 pages, 6 exercises, every run and every answer"),
        "{told}"
    );
}

#[test]
fn whatever_differs_between_two_languages_is_told_in_its_place() {
    let folder = folder();
    let german = fs::read_to_string(GERMAN).unwrap();
    let mut all = String::new();
    for (from, to) in [
        ("learning_rate: 0.01", "learning_rate: 0.02"),
        ("commands: [reset, step 4]", "commands: [reset, step 3]"),
        ("quantity: change", "quantity: delta"),
        ("            right: true\n", ""),
        ("3,75 and step <= 6", "3,7 and step <= 6"),
        (
            "expect: before + delta + momentum*delta",
            "expect: before + delta + momentum*delta/2",
        ),
        (
            "    commands: [reset, set rule none]\n",
            "    commands: [reset, set rule none]\n    picture: line\n",
        ),
        ("gradients: [2.70, 2.20,", "gradients: [2.70, 2.10,"),
    ] {
        let changed = german.replacen(from, to, 1);
        assert_ne!(changed, german, "{from}");
        // A choice needs a right option.
        let changed = if to.is_empty() {
            changed.replacen(
                "          - text: nach der zweiten\n",
                "          - text: nach der zweiten\n            right: true\n",
                1,
            )
        } else {
            changed
        };
        let path = folder.path().join("other.yaml");
        fs::write(&path, changed).unwrap();
        let told = compared(ENGLISH, path.to_str().unwrap()).unwrap_err();
        let told = told.replace(path.to_str().unwrap(), "other.yaml");
        let heading = format!("=== {to:?} for {from:?}\n");
        all.push_str(&heading);
        all.push_str(&told.replace(ENGLISH, "momentum.yaml"));
        all.push_str("\n\n");
    }
    insta::assert_snapshot!("differences_between_two_languages", all);
}

#[test]
fn whether_two_files_are_the_same_is_in_the_exit_status() {
    let code = |arguments: &[&str]| tutor(arguments).output().unwrap().status.code();
    assert_eq!(code(&["check", "--same", ENGLISH, GERMAN]), Some(0));
    let other = concat!(env!("CARGO_MANIFEST_DIR"), "/lessons/ravine.yaml");
    assert_eq!(code(&["check", "--same", ENGLISH, other]), Some(1));
    assert_eq!(code(&["check", "--same", ENGLISH]), Some(2));
}
