//! Breaking formulas to a width: at an outer operator, never inside brackets that fit a line.

use unicode_width::UnicodeWidthChar;

use super::wrap::columns;
use crate::explain::{Line, Role, Span};

/// A place where a formula may break: before the operator there.
struct Break {
    at: usize,
    /// How deep in brackets; and how firmly it binds.
    rank: (usize, u8),
}

/// A formula in lines of at most `width` columns. Later lines begin with their operator. What has no operator at which it
/// could break stays whole, and is wider.
pub fn break_formula(formula: &Line, width: usize) -> Vec<Line> {
    if columns(formula) <= width {
        return vec![trimmed(formula)];
    }
    let signs: Vec<(char, Role)> = (formula.spans.iter())
        .flat_map(|span| span.text.chars().map(|sign| (sign, span.role)))
        .collect();
    let breaks = breaks(&signs);
    // How many columns there are before each sign, and before the end.
    let mut before = vec![0];
    before.extend(signs.iter().scan(0, |used, (sign, _)| {
        *used += sign.width().unwrap_or(0);
        Some(*used)
    }));
    let mut lines = Vec::new();
    let mut start = 0;
    while before[signs.len()] - before[start] > width {
        let near = breaks.iter().filter(|one| one.at > start);
        let taken = |one: &Break| before[one.at] - before[start];
        let fits = |one: &&Break| taken(one) <= width + 1;
        // A line that is nearly empty helps nobody: better break deeper inside.
        let full = |one: &&Break| taken(one) * 2 >= width;
        let fitting: Vec<&Break> = near.clone().filter(fits).collect();
        let best = (fitting.iter().copied().filter(full))
            .min_by_key(|one| (one.rank, usize::MAX - one.at))
            .or_else(|| fitting.last().copied())
            .or_else(|| near.clone().next());
        let Some(best) = best else { break };
        lines.push(line(&signs[start..best.at]));
        start = best.at;
    }
    lines.push(line(&signs[start..]));
    lines
}

fn breaks(signs: &[(char, Role)]) -> Vec<Break> {
    let mut depth = 0usize;
    let mut breaks = Vec::new();
    for (at, (sign, _)) in signs.iter().enumerate() {
        let sign_at = |at: usize| signs.get(at).map(|(sign, _)| *sign);
        let alone = at > 0 && sign_at(at - 1) == Some(' ') && sign_at(at + 1) == Some(' ');
        match sign {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '+' | '-' if alone => breaks.push(Break {
                at,
                rank: (depth, 0),
            }),
            '×' | '/' | '*' | '·' if alone => breaks.push(Break {
                at,
                rank: (depth, 1),
            }),
            _ => {}
        }
    }
    breaks
}

/// The formula without the blanks at its end.
fn trimmed(formula: &Line) -> Line {
    let mut line = Line::from(formula.spans.clone());
    while let Some(last) = line.spans.last_mut() {
        last.text.truncate(last.text.trim_end_matches(' ').len());
        if !last.text.is_empty() {
            break;
        }
        line.spans.pop();
    }
    line
}

/// The signs as a line, without the blanks at its end.
fn line(signs: &[(char, Role)]) -> Line {
    let end = signs.iter().rposition(|(sign, _)| *sign != ' ');
    let mut line = Line::new();
    for (sign, role) in &signs[..end.map_or(0, |end| end + 1)] {
        match line.spans.last_mut().filter(|span| span.role == *role) {
            Some(span) => span.text.push(*sign),
            None => line.spans.push(Span::new(sign.to_string(), *role)),
        }
    }
    line
}
