//! Text broken into lines.

use nnmom_tutor::explain::{Line, Role, Text};
use nnmom_tutor::view::wrap;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

fn wrapped(line: Line, width: usize) -> Vec<String> {
    wrap(&Text::from(vec![line]), width)
        .iter()
        .map(Line::text)
        .collect()
}

#[test]
fn lines_break_at_spaces_and_keep_their_indent() {
    let mut line = Line::plain("• the weight is ")
        .with("3.56", Role::Strong)
        .with(", and so on", Role::Plain);
    line.indent = 2;
    assert_eq!(
        wrapped(line, 16),
        ["• the weight is", "  3.56, and so", "  on"]
    );
}

#[test]
fn a_word_wider_than_the_line_is_cut() {
    assert_eq!(
        wrapped(Line::plain("ab cdefghij k"), 4),
        ["ab", "cdef", "ghij", "k"]
    );
}

proptest! {
    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide(text in "[a-z0-9. ×]{0,60}", width in 1_usize..30, indent in 0_usize..5) {
        let mut line = Line::plain(text.clone());
        line.indent = indent;
        let lines = wrapped(line, width);
        for line in &lines {
            prop_assert!(line.width() <= width, "{line:?} is wider than {width}");
        }
        let without_spaces = |text: &str| text.replace(' ', "");
        prop_assert_eq!(without_spaces(&lines.concat()), without_spaces(&text));
    }
}
