//! The one way from a number to text and back.

/// How many significant digits are shown: 1 to 15, beyond which a double has no more to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digits(u8);

impl Digits {
    /// The fewest and the most digits that can be shown.
    pub const RANGE: std::ops::RangeInclusive<u8> = 1..=15;

    /// As many digits as can be shown.
    pub const MOST: Self = Self(15);

    /// `count` significant digits, or `None` outside [`Digits::RANGE`].
    pub fn new(count: u8) -> Option<Self> {
        Self::RANGE.contains(&count).then_some(Self(count))
    }

    /// These digits, or fewer where they are more than `count`.
    #[must_use]
    pub fn at_most(self, count: u8) -> Self {
        Self(self.0.min(count.max(*Self::RANGE.start())))
    }

    /// The number of digits.
    pub fn get(self) -> u8 {
        self.0
    }
}

impl Default for Digits {
    fn default() -> Self {
        Self(6)
    }
}

/// Powers of ten from this one down are written with an exponent: 0.000012, but 1.2e-6.
const SMALLEST_PLAIN: i32 = -5;
/// Whole parts up to this many digits are written out, however few digits are asked for: 1234568, but 1.23457e9.
const LONGEST_WHOLE: i32 = 9;

/// A number as a person would write it: at most `digits` significant digits, no zeros at the end, an exponent only
/// where the zeros would outweigh the digits. 3.5869999999999997 is `3.587`.
///
/// What is printed reads back as the same displayed value: `display(parse(display(x))) == display(x)`.
pub fn display(value: f64, digits: Digits) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if !value.is_finite() {
        return value.to_string();
    }
    let digits = i32::from(digits.get());
    let scientific = format!("{value:.*e}", (digits - 1) as usize);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (SMALLEST_PLAIN..digits.max(LONGEST_WHOLE)).contains(&exponent) {
        let decimals = (digits - 1 - exponent).max(0) as usize;
        without_trailing_zeros(&format!("{value:.decimals$}")).to_owned()
    } else {
        format!("{}e{exponent}", without_trailing_zeros(mantissa))
    }
}

/// [`display`] with a sign in front of positive numbers too.
pub fn display_signed(value: f64, digits: Digits) -> String {
    let text = display(value, digits);
    if value > 0.0 {
        format!("+{text}")
    } else {
        text
    }
}

/// Numbers for the marks of an axis: [`display`] with zeros at the end, so that all have as many decimals.
pub fn display_aligned(values: &[f64], digits: Digits) -> Vec<String> {
    let mut texts: Vec<String> = values.iter().map(|value| display(*value, digits)).collect();
    let decimals = |text: &str| {
        text.split_once('.')
            .map_or(0, |(_, decimals)| decimals.len())
    };
    if texts.iter().all(|text| !text.contains('e')) {
        let most = texts.iter().map(|text| decimals(text)).max().unwrap_or(0);
        for text in &mut texts {
            let missing = most - decimals(text);
            if missing == most && most > 0 {
                text.push('.');
            }
            text.push_str(&"0".repeat(missing));
        }
    }
    texts
}

/// The shortest text that reads back as the same double, for files.
pub fn exact(value: f64) -> String {
    let text = format!("{value:?}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// Reads a finite number: an optional sign, digits with a point, an optional exponent. The typographic minus sign
/// is read as well, so that anything printed can be typed back.
pub fn parse(text: &str) -> Option<f64> {
    let text = text.replace('\u{2212}', "-");
    let looks_like_one = text
        .chars()
        .all(|c| c.is_ascii_digit() || "+-.eE".contains(c));
    text.parse()
        .ok()
        .filter(|value: &f64| looks_like_one && value.is_finite())
}

fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
}
