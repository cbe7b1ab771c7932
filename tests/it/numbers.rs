//! Numbers as text and back.

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::Digits;
use nnmom_tutor::explain::number::{
    display, display_aligned, display_signed, exact, parse, percent,
};
use proptest::prelude::*;

fn shown(value: f64) -> String {
    display(value, Digits::default())
}

#[test]
fn numbers_print_as_a_person_would_write_them() {
    for (value, text) in [
        (3.56 + 0.01 * 2.70, "3.587"),
        (3.56 + 0.01 * 2.70 + 0.5 * 0.044, "3.609"),
        (0.000_012, "0.000012"),
        (1.2e-9, "1.2e-9"),
        (-0.0, "0"),
        (0.1 + 0.2, "0.3"),
        (-2.16, "-2.16"),
        (1.0 / 3.0, "0.333333"),
        (1_234_567.8, "1234568"),
        (999_999.9, "1000000"),
        (999_999_999.9, "1e9"),
        (1e100, "1e100"),
        (100.0, "100"),
    ] {
        assert_eq!(shown(value), text);
    }
    assert_eq!(
        display(0.751_365_069_55, Digits::new(9).unwrap()),
        "0.75136507"
    );
    let axis = display_aligned(&[3.5, 3.55, 4.0], Digits::default());
    assert_eq!(axis, ["3.50", "3.55", "4.00"]);
    assert_eq!(display_signed(0.049, Digits::default()), "+0.049");
}

#[test]
fn percentages_have_one_digit_and_only_all_is_all() {
    for (share, text) in [
        (113.0 / 120.0, "94.2%"),
        (0.95, "95%"),
        (1.0, "100%"),
        (0.0, "0%"),
        (9_999.0 / 10_000.0, "99.9%"),
        (1.0 / 10_000.0, "0.1%"),
    ] {
        assert_eq!(percent(share, Decimal::Point), text);
    }
}

#[test]
fn what_is_no_finite_number_is_not_read() {
    for text in [
        "", "inf", "nan", "0x10", "1e999", "1_000", "1 2", "--1", "e", "infinity",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
    assert_eq!(parse("\u{2212}2.5"), Some(-2.5));
    assert_eq!(parse(".5"), Some(0.5));
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_displayed_value(
        value in any::<f64>().prop_filter("finite", |v| v.is_finite()),
        count in Digits::RANGE,
    ) {
        let digits = Digits::new(count).unwrap();
        let text = display(value, digits);
        // The largest doubles may round up to a decimal beyond the range; there is nothing to read back.
        if let Some(read) = parse(&text) {
            prop_assert_eq!(display(read, digits), text);
        } else {
            prop_assert!(value.abs() > 1e307, "{}", text);
        }
    }

    #[test]
    fn exact_text_is_the_same_double(value in any::<f64>().prop_filter("finite", |v| v.is_finite())) {
        prop_assert_eq!(parse(&exact(value)).map(f64::to_bits), Some(value.to_bits()));
    }
}

#[test]
fn numbers_that_lie_close_together_have_as_many_digits_as_tell_them_apart() {
    let shown = |values: [f64; 2]| {
        let digits = Digits::default().apart(values);
        values.map(|value| display(value, digits))
    };
    assert_eq!(shown([3.56, 3.587]), ["3.56", "3.587"]);
    assert_eq!(shown([3.6274, 3.6266]), ["3.6274", "3.6266"]);
    assert_eq!(shown([10.05, 0.001_234_56]), ["10.1", "0.00123"]);
    assert_eq!(shown([2.0, 2.0]), ["2", "2"]);
    assert_eq!(shown([f64::NAN, 1.234_56]), ["NaN", "1.23"]);
}
