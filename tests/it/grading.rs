//! Numbers as they are typed, and how they are judged.

use nnmom_tutor::exercise::{Key, Typed, Verdict, Why, Wrong, rounded};
use nnmom_tutor::explain::Decimal;

fn key(right: f64, wrong: &[f64]) -> Key {
    let wrong = wrong.iter().enumerate().map(|(index, answer)| Wrong {
        answer: *answer,
        why: Why::Foreseen(index),
    });
    Key {
        right,
        wrong: wrong.collect(),
    }
}

fn judged(key: &Key, text: &str) -> Verdict {
    key.judge(&Typed::read(text).unwrap())
}

const RIGHT: Verdict = Verdict::Right { rounded: false };

const ROUNDED: Verdict = Verdict::Right { rounded: true };

#[test]
fn the_articles_answer_is_judged_by_its_digits() {
    let key = key(3.56 + 0.01 * 2.70 + 0.5 * 0.044, &[3.587, 6.282, 3.582]);
    for text in ["3.609", "3.6090", "3.587 + 0.5*0.044", "3.560 + 0.049"] {
        assert_eq!(judged(&key, text), RIGHT, "{text}");
    }
    assert_eq!(judged(&key, "3.61"), ROUNDED);
    assert_eq!(judged(&key, "3.6"), Verdict::MoreDigits { least: 3 });
    let plain = Verdict::Wrong {
        fits: vec![Why::Foreseen(0)],
        near: false,
    };
    assert_eq!(judged(&key, "3.587"), plain);
    assert_eq!(judged(&key, "3.59"), plain);
    // One digit names no slip, unless it is all of one.
    let nameless = Verdict::Wrong {
        fits: Vec::new(),
        near: false,
    };
    assert_eq!(judged(&key, "6"), nameless);
}

#[test]
fn digits_that_tell_nothing_apart_are_not_enough() {
    let key = key(3.609, &[3.6087]);
    assert_eq!(key.digits_needed(), 5);
    assert_eq!(judged(&key, "3.61"), Verdict::MoreDigits { least: 5 });
    assert_eq!(judged(&key, "3.609"), Verdict::MoreDigits { least: 5 });
    assert_eq!(judged(&key, "3.6090"), RIGHT);
}

#[test]
fn a_text_tells_the_answer_where_a_number_in_it_would_be_taken_for_it() {
    let key = key(3.609, &[3.587]);
    for text in ["it is 3.609.", "3.61, about", "3.6090e0!", "(3.609)"] {
        assert!(key.is_told_by(text, Decimal::Point), "{text}");
    }
    for text in ["3.587 + 0.022", "3.6", "update 3 of 609", "4", ""] {
        assert!(!key.is_told_by(text, Decimal::Point), "{text}");
    }
}

#[test]
fn arithmetic_with_numbers_as_they_are_shown_is_right() {
    // Half of 0.49751859, which is shown as 0.497519.
    let key = key(0.248_759_295, &[0.497_518_59]);
    assert_eq!(judged(&key, "0.2487595"), ROUNDED);
    let near = Verdict::Wrong {
        fits: Vec::new(),
        near: true,
    };
    assert_eq!(judged(&key, "0.2487605"), near);
}

#[test]
fn exact_answers_may_be_short() {
    assert_eq!(judged(&key(0.02, &[0.044]), "0.02"), RIGHT);
    assert_eq!(judged(&key(0.0, &[1.0, 0.04]), "0"), RIGHT);
    assert_eq!(judged(&key(1.0 / 3.0, &[]), "1/3"), RIGHT);
}

#[test]
fn a_slip_of_arithmetic_is_seen_as_one() {
    let verdict = judged(&key(3.609, &[3.587]), "3.6091");
    assert_eq!(
        verdict,
        Verdict::Wrong {
            fits: Vec::new(),
            near: true
        }
    );
}

#[test]
fn precision_is_what_was_typed() {
    for (text, digits, half) in [
        ("3.61", 3, 0.005),
        ("3.609", 4, 0.0005),
        ("3.6090", 5, 0.000_05),
        ("0.02", 1, 0.005),
        ("-0.020", 2, 0.0005),
        ("1.5e-3", 2, 0.000_05),
        ("10", 2, 0.5),
        ("0", 1, 0.0),
        ("0.0", 1, 0.05),
        ("0.555e-2147483648", 3, 0.0),
        ("1e-99999999999", 1, 0.0),
        ("\u{2212}.5", 1, 0.05),
    ] {
        let typed = Typed::read(text).unwrap();
        assert_eq!(typed.digits, digits, "{text}");
        assert!((typed.half - half).abs() < 1e-12, "{text}: {}", typed.half);
    }
}

#[test]
fn fractions_and_expressions_are_numbers() {
    assert_eq!(Typed::read("1/3").unwrap().value, 1.0 / 3.0);
    let typed = Typed::read("3.587 + 0.5*0.044").unwrap();
    assert!(typed.is_expression && typed.agrees(3.609));
    let comma = Typed::read("3,609").unwrap_err();
    assert!(comma.message.contains("comma") && comma.advice == "`3.609`");
    for text in ["w + 1", "1 < 2", "1/0", "", "3.6 0", "three"] {
        assert!(Typed::read(text).is_err(), "{text}");
    }
}

#[test]
fn rounded_numbers_have_the_digits_asked_for() {
    for (value, digits, text) in [
        (3.609, 3, "3.61"),
        (3.609, 6, "3.60900"),
        (-0.0271, 2, "-0.027"),
        (9.999, 3, "10.0"),
        (1234.5, 3, "1.23e3"),
        (0.0, 3, "0.00"),
    ] {
        assert_eq!(rounded(value, digits), text);
    }
    assert_eq!(Typed::read(&rounded(9.999, 3)).unwrap().digits, 3);
}
