//! Handouts: a lesson or a course on a page of its own, with answers or without.

use std::fs;

use nnmom_tutor::batch::{Paper, handout};
use nnmom_tutor::lesson::{BUILTIN, Lesson};
use nnmom_tutor::session::Session;
use nnmom_tutor::watch::Watch;
use tempfile::TempDir;

use super::own_course::course;
use crate::support::depth::cases;
use crate::support::program::{text, tutor};
use crate::support::sittings::{EXERCISES, lesson, written};

/// A lesson of every kind of text and of a question that asks for a line of the update.
const SMALL: &str = "title: A <small> lesson\nsummary: One weight & one update.\nmodel:\n  weight: {start: 3.56, previous_delta: 0.044, gradients: [2.70]}\ntraining: {learning_rate: 0.01, momentum: 0.5}\npages:\n- title: It moves\n  commands: [reset, step]\n  text: |\n    The weight was **{before}**, and `w` is {after} now.\n\n    - first | one\n    - *second*\n\n    # A heading\n\n        code_with(stars * here)\n- title: Your turn\n  commands: [reset, next 2]\n  text: Delta is {delta}.\n  exercises:\n  - predict: {quantity: after}\n    explain: Both are added.\n  - choose:\n      ask: Which is larger?\n      options:\n      - {text: delta <b>, right: true, say: Yes it is.}\n      - {text: momentum, say: No.}\n";

fn of(source: &std::sync::Arc<Lesson>, paper: Paper, answers: bool) -> String {
    let lesson = Lesson::clone(source);
    let title = lesson.title.clone();
    handout(&title, vec![lesson], paper, answers, &Watch::default()).unwrap()
}

/// What a page says, without its marks, and with what is said of pictures.
fn words(html: &str) -> String {
    let body = html.split("<body>").nth(1).unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        let (mark, words) = piece.split_once('>').unwrap_or(("", piece));
        if let Some((_, label)) = mark.split_once("aria-label=\"") {
            text.push_str(label.split('"').next().unwrap());
        }
        text.push(' ');
        text.push_str(words);
    }
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    let text = text.replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page with its words left out, so that its marks, its numbers and its signs are left.
fn marks(html: &str) -> String {
    let (mut left, mut is_mark, mut is_word) = (String::new(), false, false);
    for c in html.chars() {
        is_mark |= c == '<';
        let goes_on = is_word && c == ' ';
        let begins = !is_mark && c.is_alphabetic();
        if begins && !is_word {
            left.push('…');
        } else if !begins && !goes_on {
            left.push(c);
        }
        is_word = begins || goes_on;
        is_mark &= c != '>';
    }
    left
}

/// The letters and digits of a text, one after another.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Looks at a page as a parser of XML does: every mark is closed in its order, and nothing stands open.
fn assert_well_formed(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let body = html.strip_prefix("<!DOCTYPE html>\n").unwrap();
    let without_style = |text: &str| {
        let (before, rest) = text.split_once("<style>").unwrap();
        let (_, after) = rest.split_once("</style>").unwrap();
        format!("{before}{after}")
    };
    let body = without_style(body);
    for piece in body.split('<').skip(1) {
        let (mark, words) = piece.split_once('>').unwrap_or_else(|| panic!("{piece}"));
        assert!(!words.contains('>'), "{words}");
        for entity in words.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;"];
            assert!(
                known.iter().any(|known| entity.starts_with(known)),
                "&{entity}"
            );
        }
        assert_eq!(mark.matches('"').count() % 2, 0, "{mark}");
        let name = mark.split([' ', '\n']).next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{mark}");
        } else if !mark.ends_with('/') && name != "meta" {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn a_small_lesson_without_answers_and_with_them() {
    let lesson = written(SMALL);
    for (name, answers) in [("small", false), ("small_with_answers", true)] {
        let markdown = of(&lesson, Paper::Markdown, answers);
        let picture = |line: &&str| !line.starts_with("[picture-");
        let read: Vec<&str> = markdown.lines().filter(picture).collect();
        insta::assert_snapshot!(name, read.join("\n"));
        let html = of(&lesson, Paper::Html, answers);
        assert_well_formed(&html);
        let mut pictures = html.split_once("<body>").unwrap().1.split("<figure>");
        let mut page = pictures.next().unwrap().to_owned();
        for picture in pictures {
            page += "<figure/>";
            page += picture.split_once("</figure>").unwrap().1;
        }
        // Both papers say the same, beside what is said of pictures and of room that is left; so the marks of this
        // one are pinned without its words.
        let parts = read.split(|line| line.starts_with("!["));
        let said = parts
            .enumerate()
            .flat_map(|(nth, part)| &part[nth.min(1) * 2..]);
        let said = said.filter(|line| !line.starts_with("Answer: "));
        let unlabelled = page.replace("aria-label", "label");
        assert_eq!(
            letters(&words(&format!("<body>{unlabelled}"))),
            letters(&said.copied().collect::<String>())
        );
        insta::assert_snapshot!(format!("{name}_html"), marks(&page));
    }
}

#[test]
fn no_word_of_a_lesson_becomes_a_mark_of_the_page() {
    let source = "title: '<script>alert(1)</script> *a* [b](c)'
summary: '</title> & | `d`'
model: {weight: {start: 1, gradients: [2]}}
training: {learning_rate: 0.5}
pages:
  - title: '<img src=x onerror=alert(1)> # e'
    text: |
      <b>f</b> &lt; [g](javascript:alert(1))

      \\- no list

      2024\\. a year

      +3 and `h|i` and

      1\\) one
    exercise:
      order: {ask: '- <script>', lines: ['<script>|a', 'b = `c`', 'd']}
";
    let lesson = std::sync::Arc::new(Lesson::parse("a.yaml", source.as_bytes()).unwrap());
    let html = of(&lesson, Paper::Html, true);
    assert_well_formed(&html);
    for mark in ["<script", "<img", "<b>", "<a ", "href"] {
        assert!(!html.contains(mark), "{mark}: {html}");
    }
    let markdown = of(&lesson, Paper::Markdown, true);
    let words = markdown.split("\n[picture-1]:").next().unwrap();
    for mark in ["\n- ", "\n2024. ", "\n+3", "\n1) ", "\n<", " <", "h\\|i"] {
        assert!(!words.contains(mark), "{mark:?}: {words}");
    }
    for shown in [
        "\n\\- no list",
        "\n2024\\. a year",
        "\n\\+3 and `h|i` and",
        "\n1\\) one",
    ] {
        assert!(words.contains(shown), "{shown:?}: {words}");
    }
}

#[test]
fn an_update_that_is_asked_for_is_left_free_and_worked_with_the_answers() {
    let lesson = written(SMALL);
    let asked = of(&lesson, Paper::Html, false);
    let page = words(
        asked
            .split("2. Your turn")
            .nth(1)
            .unwrap()
            .split_once("<table>")
            .map(|(_, rest)| rest)
            .map(|rest| format!("<body>{rest}"))
            .as_deref()
            .unwrap(),
    );
    assert!(page.contains("0.027") && !page.contains("3.609"), "{page}");
    assert!(
        page.contains("to be filled in") && page.contains("room for the answer"),
        "{page}"
    );
    let told = of(&lesson, Paper::Html, true);
    let page = words(&format!(
        "<body>{}",
        told.split("2. Your turn").nth(1).unwrap()
    ));
    for part in [
        "3.587 + 0.022 = 3.609",
        "Both are added.",
        "It is this one: delta <b> Yes it is.",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    assert!(!page.contains("to be filled in"), "{page}");
}

/// What every handout of a lesson must be.
fn assert_sound(name: &str) {
    let lesson = lesson(name);
    let html = of(&lesson, Paper::Html, false);
    assert_well_formed(&html);
    for outside in ["<script", "href=", "src=", "@import", "url("] {
        assert!(!html.contains(outside), "{name}: {outside}");
    }
    let elsewhere =
        html.matches("http").count() - html.matches("http://www.w3.org/2000/svg").count();
    assert_eq!(elsewhere, 0, "{name}");
    let asked = words(&html);
    let told = words(&of(&lesson, Paper::Html, true));
    let read = of(&lesson, Paper::Markdown, false);
    assert!(!read.contains("<svg"), "{name}");
    let sections: Vec<&str> = html.split("\n<section>\n").skip(1).collect();
    assert_eq!(sections.len(), lesson.pages.len(), "{name}");
    let flat = |text: &str| text.split_whitespace().collect::<String>();
    let [asked, told] = [flat(&asked), flat(&told)];
    let mut number = 0;
    for (page, nth) in lesson.questions() {
        number += 1;
        let mut session = Session::new(lesson.clone()).unwrap();
        session.run_line(&format!("page {}", page + 1)).unwrap();
        let session = session.asking(nth);
        let question = session.question().unwrap().lines;
        let question = flat(
            &question
                .iter()
                .map(|line| line.text() + " ")
                .collect::<String>(),
        );
        let place = format!("{name}, page {}: {question}", page + 1);
        assert!(
            asked.contains(&format!("Question{number}{question}")),
            "{place}"
        );
        let way = session.answer_with_way().unwrap();
        let last = flat(&way.iter().map(|line| line.text() + " ").collect::<String>());
        assert!(told.contains(&last), "{place}: {last}");
        // On its own page, neither the text nor the update nor a picture tells it.
        let here = words(&format!("<body>{}", sections[page]));
        assert!(!flat(&here).contains(&last), "{place}: {last}");
        if let Some(answer) = session.answer_in_number().filter(|answer| answer.len() > 3) {
            let stands = here
                .split(|c: char| !c.is_ascii_digit() && c != '.')
                .any(|word| word.trim_end_matches('.') == answer);
            let said = session.page_text().text();
            assert!(
                !stands || said.contains(&answer),
                "{place}: {answer} in {here}"
            );
        }
    }
}

#[test]
fn no_handout_reaches_out_tells_an_answer_or_leaves_a_question_out() {
    let names = BUILTIN
        .iter()
        .map(|builtin| builtin.name)
        .chain([EXERCISES]);
    let names: Vec<&str> = names.collect();
    let count = cases(names.len() as u32) as usize;
    let apart = names.len().div_ceil(count.max(1));
    for name in names.iter().step_by(apart) {
        assert_sound(name);
    }
}

#[test]
fn a_course_is_one_page_with_its_lessons_in_order() {
    let folder = TempDir::new().unwrap();
    let place = course(folder.path());
    let place = place.to_str().unwrap();
    let write = |name: &str, more: &[&str]| {
        let file = folder.path().join(name);
        let output = tutor(
            &[
                &["handout", place, "--output", file.to_str().unwrap()],
                more,
            ]
            .concat(),
        )
        .output()
        .unwrap();
        (
            output.status.code().unwrap(),
            text(&output.stderr),
            fs::read_to_string(file).unwrap_or_default(),
        )
    };
    let (code, said, html) = write("out.html", &[]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert_well_formed(&html);
    let read = words(&html);
    let order = ["Momentum 101", "1. Zero", "2. One: the first", "3. Two"];
    let places: Vec<_> = order
        .iter()
        .map(|title| read.find(title).unwrap())
        .collect();
    assert!(places.is_sorted(), "{read}");
    let (code, _, markdown) = write("out.md", &["--answers"]);
    assert_eq!(code, 0);
    assert!(
        markdown.contains("## 2. One: the first") && markdown.contains("**Answer**"),
        "{markdown}"
    );
    let (code, said, _) = write("out.pdf", &[]);
    assert_eq!(code, 2);
    assert!(said.contains("ends in .html or .md"), "{said}");
    fs::write(
        folder.path().join("momentum-101/two.yaml"),
        "title: Broken\n",
    )
    .unwrap();
    let (code, said, _) = write("other.html", &[]);
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("`model` is missing"), "{said}");
}

/// A table of a page is a table on paper, too, with its numbers in it.
#[test]
fn a_table_of_a_page_is_a_table_of_the_handout() {
    let source = SMALL.replace(
        "    - first | one\n",
        "    | step | weight |\n    |------|-------:|\n    | a\\|b | {after} |\n\n    - first | one\n",
    );
    let lesson = written(&source);
    let html = of(&lesson, Paper::Html, false);
    assert_well_formed(&html);
    assert!(
        html.contains("<th style=\"text-align:right\"><strong>weight</strong></th>"),
        "{html}"
    );
    assert!(html.contains(">a|b</td>"), "{html}");
    let markdown = of(&lesson, Paper::Markdown, false);
    assert!(
        markdown.contains("| **step** | **weight** |\n| --- | --: |\n| a\\|b | 3.609 |\n\n"),
        "{markdown}"
    );
}
