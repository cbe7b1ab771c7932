//! What people type and paste is read as they write it, wherever it can stand.

use nnmom_tutor::command::begins_a_number;
use nnmom_tutor::exercise::Typed;
use nnmom_tutor::math::expression::{constant, last_side};

use nnmom_tutor::repl::marked;
use nnmom_tutor::screen::{App, FullScreen, Input};

use crate::support::program::{text, tutor};
use crate::support::screens::{STACKED, WIDE, answer, app, press, question, screen, shown, write};
use crate::support::sittings::{EXERCISES, at_page, folder, run, said, sitting};

/// Two lines say the same, and what is said is no complaint.
#[track_caller]
fn same(lesson: &str, written: &str, plain: &str) {
    let said = |line: &str| {
        let mut session = sitting(lesson);
        let said = said(&mut session, line);
        assert!(!said.starts_with('!'), "{line}: {said}");
        let phrase = line
            .trim_start_matches("run until ")
            .trim_start_matches("watch ");
        let phrase = phrase.trim_end_matches(" max 2");
        (said.replace(phrase, "it"), session.step(), session.place())
    };
    assert_eq!(said(written), said(plain), "{written}");
}

#[test]
fn numbers_are_read_as_they_are_written_and_copied() {
    for (written, value) in [
        ("−2.5", -2.5),
        ("–2.5", -2.5),
        ("‑2.5", -2.5),
        ("1e−3", 1e-3),
        ("３．６", 3.6),
        ("－３．６", -3.6),
        ("２＋３", 5.0),
        ("0.5×3", 1.5),
        ("0.5·3", 1.5),
        ("2 · 3", 6.0),
        ("0.5⋅3", 1.5),
        ("3÷4", 0.75),
        ("3⁄4", 0.75),
        ("½", 0.5),
        ("¾^2", 0.5625),
        ("3²", 9.0),
        ("10⁻³", 1e-3),
        ("2¹⁰", 1024.0),
        ("2×10⁻³", 2e-3),
        ("√(9)", 3.0),
        ("2*π", std::f64::consts::TAU),
        ("\u{feff}3.609\u{200b}", 3.609),
    ] {
        let read = constant(written).unwrap_or_else(|mistake| panic!("{written}: {mistake}"));
        assert!((read - value).abs() < 1e-15, "{written}: {read}");
        assert_eq!(Typed::read(written).unwrap().value, read, "{written}");
        assert!(
            begins_a_number(written) || written.starts_with('√'),
            "{written}"
        );
    }
}

#[test]
fn how_precisely_a_number_is_said_does_not_depend_on_how_it_is_written() {
    for (written, plain) in [
        ("−３．６０", "-3.60"),
        ("1.20e−3", "1.20e-3"),
        ("≈ 3.6", "3.6"),
    ] {
        assert_eq!(Typed::read(written), Typed::read(plain), "{written}");
    }
}

#[test]
fn of_an_equation_the_last_side_counts() {
    for (written, last) in [
        ("= 3.609", "3.609"),
        ("≈3.609", "3.609"),
        ("w = 3.56 + 0.049 = 3.609", "3.609"),
        ("3.56 + 0.049 =", "3.56 + 0.049"),
        ("w″ ≈ 3.609", "3.609"),
        ("＝３", "３"),
        ("step <= 4", "step <= 4"),
        ("a == b", "a == b"),
        ("a != b", "a != b"),
        ("3.609", "3.609"),
    ] {
        assert_eq!(last_side(written).trim(), last, "{written}");
    }
    for answer in [
        "= 3.609",
        "≈ 3.609",
        "Δ = 3.609",
        "momentum_term = 0.3",
        "w'' = 3.6",
        "x = 3",
    ] {
        let is_of_a_quantity = !answer.starts_with('x') && !answer.contains("''");
        assert_eq!(begins_a_number(answer), is_of_a_quantity, "{answer}");
    }
    for command in [
        "set momentum = 0.5",
        "run until step = 4",
        "watch",
        "s = x",
        "= up",
    ] {
        assert!(!begins_a_number(command), "{command}");
    }
    same(
        "momentum",
        "set momentum = 0.4 + 0.5 = 0.9",
        "set momentum 0.9",
    );
    same("momentum", "set η ≈ ½", "set lr 0.5");
    let mistake = Typed::read("w = 3 + x").unwrap_err();
    assert_eq!(&"w = 3 + x"[mistake.span], "x");
}

#[test]
fn settings_conditions_and_ranges_take_what_numbers_and_expressions_take() {
    for (written, plain) in [
        ("set μ 0.9", "set momentum 0.9"),
        ("set µ ½", "set momentum 0.5"),
        ("set g −2.70", "set gradient -2.70"),
        ("set weight 3×½", "set weight 3*0.5"),
        ("step ２", "step 2"),
        ("goto ２", "goto 2"),
        ("compare μ 0 ½ 0.9", "compare momentum 0 0.5 0.9"),
        ("compare η 1e−3 10⁻²", "compare lr 0.001 0.01"),
        ("run until Δ ≤ −1 max 2", "run until delta <= -1 max 2"),
        ("run until step ≠ 0", "run until step != 0"),
        ("watch Δ÷g", "watch delta/gradient"),
        ("watch w²", "watch w^2"),
    ] {
        same("momentum", written, plain);
    }
    same("xor", "watch Σh0", "watch hidden_sum[0]");
    same("xor", "watch δo0×t0", "watch output_signal[0]*target[0]");
    same(
        "iris",
        "sweep μ=0..½/3 max 2",
        "sweep momentum 0..0.5/3 max 2",
    );
}

#[test]
fn what_can_be_read_in_two_ways_is_told_and_never_taken() {
    let mut session = sitting("momentum");
    for (line, told) in [
        (
            "set lr 3·609",
            "! `3·609` can be read as a decimal and as a product: `3.609` or `3*609`",
        ),
        (
            "set lr ２·５",
            "! `2·5` can be read as a decimal and as a product: `2.5` or `2*5`",
        ),
        (
            "set lr 0,5",
            "! `0,5` has a comma, and decimals begin with a point: `0.5`",
        ),
        (
            "run until delta < 0,01",
            "! `0,01` has a comma, and decimals begin with a point: `0.01`",
        ),
        (
            "compare momentum 0,5 0,9",
            "! `0,5` has a comma, and decimals begin with a point: `0.5`",
        ),
        (
            "sweep momentum 0..0,9/4",
            "! `0,9` has a comma, and decimals begin with a point: `0.9`",
        ),
        (
            "set lr sqrt(0,5)",
            "! `0,5` has a comma, and decimals begin with a point: `0.5`",
        ),
        (
            "set lr 1,234.5",
            "! `1,234.5` has a comma, and decimals begin with a point: thousands have none: `1234.5`",
        ),
        (
            "set lr 1.234,5",
            "! `1.234,5` has a comma, and decimals begin with a point: thousands have no point: `1234.5`",
        ),
        (
            "set lr max(1,,2)",
            "! a number or a name should stand here: for example `lr/2` or `step > 10 and delta < 0.01`",
        ),
        (
            "set lr sqrt 4",
            "! what `sqrt` is taken of stands in parentheses: `sqrt(4)`",
        ),
        (
            "set lr √4",
            "! what `√` is taken of stands in parentheses: `sqrt(4)`",
        ),
        (
            "set lr 2'",
            "! `'` has no meaning in an expression: numbers, names, + - * / ^ ( ), and comparisons such as <",
        ),
    ] {
        assert_eq!(said(&mut session, line), told, "{line}");
    }
}

#[test]
fn a_mistake_is_marked_in_the_text_as_it_was_typed() {
    for (text, marked) in [
        ("½ + ¾x", "x"),
        ("1 × × 2", "×"),
        ("３．６ § 4", "§"),
        ("½ ½", "½"),
    ] {
        assert_eq!(&text[constant(text).unwrap_err().span], marked, "{text}");
    }
    assert_eq!(constant("½ ×").unwrap_err().span, 5..6);
}

#[test]
fn the_least_and_the_most_are_of_any_count_and_hide_nothing() {
    for (text, value) in [
        ("max(1, 2, 3)", 3.0),
        ("min(4, 3, 2, 5)", 2.0),
        ("max(min(1, 2), -3)", 1.0),
    ] {
        assert_eq!(constant(text), Ok(value), "{text}");
    }
    for text in [
        "max(sqrt(-1), 2)",
        "min(2, sqrt(-1))",
        "max(1, sqrt(-1), 2)",
    ] {
        let message = constant(text).unwrap_err().message;
        assert_eq!(message, format!("`{text}` comes to no number"));
    }
}

/// A lesson on the screen whose page asks something, with the question in front.
fn asked(page: usize) -> App {
    let mut app = shown(at_page(EXERCISES, page));
    press(&mut app, "x");
    app
}

fn foot(app: &mut App) -> String {
    let screen = screen(app, WIDE);
    let lines: Vec<&str> = screen.trim_end().lines().collect();
    lines[lines.len() - 3..].join("\n")
}

#[test]
fn words_are_no_commands_where_a_question_is_answered() {
    for word in [
        "next",
        "jump",
        "keep",
        "step",
        "epoch",
        "reset",
        "Next",
        "Δ",
        "was",
        "0.5; step",
        "answer 1; step",
    ] {
        let mut app = asked(2);
        let before = app.session().position();
        write(&mut app, word);
        press(&mut app, "Enter");
        let said = question(&mut app, STACKED);
        assert!(
            said.contains("type a number; F3 gives a hint"),
            "{word}: {said}"
        );
        assert_eq!(app.session().position(), before, "{word}");
    }
    let mut app = asked(3);
    write(&mut app, "x");
    press(&mut app, "Enter");
    let said = question(&mut app, STACKED);
    assert!(said.contains("there is no option `x`: choose a"), "{said}");
}

#[test]
fn the_words_that_help_and_those_that_leave_are_understood_where_a_question_is_answered() {
    for word in ["hint", "solution"] {
        let mut app = asked(2);
        answer(&mut app, word);
        let said = question(&mut app, WIDE);
        assert!(
            said.contains("Hint 1") || said.contains("Now you"),
            "{said}"
        );
        assert!(foot(&mut app).contains("F3 hint"), "{word}");
    }
    let mut app = asked(2);
    answer(&mut app, "skip");
    assert!(foot(&mut app).contains("left for later"));
    let mut app = asked(2);
    answer(&mut app, "exit");
    assert!(app.wants_to_quit());
    let mut app = asked(2);
    answer(&mut app, "quit");
    assert!(app.wants_to_quit());
    let mut app = asked(2);
    write(&mut app, "0.5");
    press(&mut app, "Enter");
    assert!(question(&mut app, WIDE).contains("0.5 is not it"));
}

#[test]
fn a_letter_that_names_an_option_answers_in_line_mode() {
    let mut session = at_page(EXERCISES, 3);
    run(&mut session, &["exercise"]);
    assert!(said(&mut session, "a").contains("classical momentum"));
    assert!(
        said(&mut session, "show").contains("update"),
        "words are commands"
    );
    let mut session = at_page(EXERCISES, 2);
    run(&mut session, &["exercise"]);
    assert!(said(&mut session, "exit").is_empty());
}

#[test]
fn lines_that_are_pasted_are_seen_first_and_then_done_in_order() {
    for end in ["\r", "\n", "\r\n"] {
        let mut app = app("momentum", &[]);
        let lines = [
            "set momentum\t0.9  # more",
            "",
            "# nothing",
            "step 2",
            "step",
        ];
        app.update(&Input::Paste(lines.join(end) + end));
        assert_eq!(app.session().step(), 0, "nothing is done unseen");
        let foot = foot(&mut app);
        assert!(foot.contains("set momentum 0.9; step 2; step"), "{foot}");
        press(&mut app, "Enter");
        assert_eq!(app.session().step(), 3);
    }
}

#[test]
fn an_answer_that_is_pasted_is_not_given_before_it_is_seen() {
    let mut app = asked(2);
    app.update(&Input::Paste("0.5\r\n0.6\n".to_owned()));
    let asked = question(&mut app, STACKED);
    assert!(
        asked
            .lines()
            .any(|line| line.trim_start().starts_with("› 0.5 ")),
        "{asked}"
    );
    assert_eq!(app.session().tally().attempts, 0);
}

#[test]
fn what_is_pasted_and_too_long_is_refused_whole() {
    let mut app = app("momentum", &[]);
    write(&mut app, ":step");
    app.update(&Input::Paste(format!("{}\n", "2".repeat(4092))));
    assert!(foot(&mut app).contains("fewer than 4096 characters"));
    press(&mut app, "Enter");
    assert_eq!(app.session().step(), 1, "only what stands there is done");

    app.update(&Input::Paste("goto 1\n".repeat(511) + "goto 5\n"));
    press(&mut app, "Enter");
    assert_eq!(app.session().step(), 5, "what has room is done");
}

#[test]
fn a_line_whose_end_has_no_room_is_not_done() {
    let mut app = app("momentum", &[]);
    write(&mut app, ":step ");
    app.update(&Input::Paste(format!("#{}", "-".repeat(4088))));
    write(&mut app, "too long");
    press(&mut app, "Enter");
    assert!(foot(&mut app).contains("fewer than 4096 characters"));
    assert_eq!(app.session().step(), 0);
}

#[test]
fn home_is_understood_where_no_shell_has_said_where_it_is() {
    let home = folder();
    let lines = "step; export ~/one.csv; export $HOME/two.csv; save ~/it.nnm; source $HOME/it.nnm";
    let mut tutor = tutor(&["momentum", "-c", lines]);
    let said = tutor.env("HOME", home.path()).output().unwrap();
    assert!(said.status.success(), "{}", text(&said.stderr));
    for name in ["one.csv", "two.csv", "it.nnm"] {
        assert!(home.path().join(name).is_file(), "{name}");
    }
}

#[test]
fn a_message_says_what_cannot_be_seen_and_shows_all_else_as_it_was_typed() {
    let mut session = sitting("momentum");
    for (line, told) in [
        ("set lr 2'", "`'` has no meaning in an expression"),
        ("set lr 2’", "`’` has no meaning in an expression"),
        ("set lr \"2\"", "`\"` has no meaning in an expression"),
        ("set lr 2\\3", "`\\` has no meaning in an expression"),
        (
            "set lr 2\u{301}",
            "`[the mark U+0301]` has no meaning in an expression",
        ),
        ("set lr ＄2", "`＄` has no meaning in an expression"),
        ("set lr 2 日", "the expression is complete before this"),
        (
            "step\u{200b}",
            "there is no command `step[zero-width space]`",
        ),
        ("st\u{ad}ep", "there is no command `st[soft hyphen]ep`"),
        ("caf\u{e9}", "there is no command `caf\u{e9}`"),
        ("cafe\u{301}", "there is no command `cafe\u{301}`"),
        ("\u{1b}step", "there is no command `[U+001B]step`"),
        ("\u{202e}step", "there is no command `[U+202E]step`"),
        (
            "focus w\u{2060}x",
            "there is no parameter `w[word joiner]x`",
        ),
        (
            "view it\u{200d}",
            "there is no view `it[zero-width joiner]`",
        ),
    ] {
        let said = said(&mut session, line);
        assert!(said.starts_with(&format!("! {told}")), "{line}: {said}");
    }
    // Blanks of every kind part words, as people mean them.
    for line in [
        "set\u{a0}lr\u{a0}0.5",
        "set\tlr\t0.5",
        "set\u{3000}lr\u{202f}0.5",
    ] {
        same("momentum", line, "set lr 0.5");
    }
}

#[test]
fn the_word_that_is_meant_is_told_by_its_place_and_as_it_is_written() {
    for (line, place) in [
        ("step\tx", "The second word, `x`: "),
        ("step 日本 ", "The second word, `日本`: "),
        ("日本 x", "The first word, `日本`: "),
        ("rename a b \u{a0}c", "The fourth word, `c`: "),
        ("set lr 2\u{301}", "The third word, `2\u{301}`: "),
        ("set lr (e\u{301}\u{302}", "`e"),
        ("set lr ½ ×", "At the end: "),
        ("👩‍💻 x", "The first word, `👩‍💻`: "),
    ] {
        let complaint = sitting("momentum").run_line(line).unwrap_err();
        let text = marked(line, &complaint);
        let told = text.lines().nth(2).unwrap().trim_start();
        assert!(told.starts_with(place), "{text}");
    }
}

#[test]
fn the_bar_marks_a_sign_with_what_it_stands_on() {
    let mut app = app("momentum", &[]);
    app.update(&Input::Paste("set lr 2\u{301}".to_owned()));
    press(&mut app, "Enter");
    let foot = foot(&mut app);
    assert!(
        foot.contains("2\u{301}") && foot.contains("[the mark U+0301]"),
        "{foot}"
    );
}

#[test]
fn what_the_command_line_quotes_is_shown_so_too() {
    for (arguments, told) in [
        (
            &["momentum", "--set", "mo\u{200b}mo=1"][..],
            "mo[zero-width space]mo",
        ),
        (
            &["trace", "momentum", "--parameter", "w\u{301}\u{200b}"],
            "w\u{301}[zero-width space]",
        ),
        (
            &["trace", "momentum", "--for\u{ad}mat", "csv"],
            "--for[soft hyphen]mat",
        ),
    ] {
        let said = text(&tutor(arguments).output().unwrap().stderr);
        assert!(said.contains(told), "{said}");
    }
}
