//! Derivatives of expressions, exact and written out, and expressions as text.

use nnmom_tutor::explain::Decimal;
use nnmom_tutor::explain::expression::{Leaves, write};
use nnmom_tutor::explain::{Digits, number};
use nnmom_tutor::math::expression::{Binary, Expression, Mistake, Program, Unary, parse};
use proptest::prelude::*;

use crate::support::depth::cases;

const NAMES: [&str; 3] = ["x", "y", "z"];

fn read(text: &str) -> Expression<usize> {
    let name = |name: &str, span| {
        let index = NAMES.iter().position(|known| *known == name);
        index.ok_or_else(|| Mistake {
            span,
            message: format!("no {name}"),
            advice: String::new(),
        })
    };
    parse(text, &name).unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
}

fn text(expression: &Expression<usize>) -> String {
    write(
        expression,
        &Leaves {
            number: &number::exact,
            decimal: Decimal::Point,
            name: &|index| NAMES[*index].to_owned(),
        },
    )
}

fn value(expression: &Expression<usize>, point: &[f64]) -> f64 {
    expression.evaluate(&|index| point[*index])
}

fn slopes(expression: &Expression<usize>, point: [f64; 3]) -> [f64; 3] {
    let mut slopes = [0.0; 3];
    Program::new(expression, 3).slopes(&point, &mut slopes);
    slopes
}

/// Equal but for rounding in numbers about so large.
fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.max(1.0)
}

#[test]
fn derivatives_read_as_a_teacher_would_write_them() {
    for (expression, derivative) in [
        ("0.05*x^2", "0.1*x"),
        ("0.05*x^2 + 1.5*y^2", "0.1*x"),
        ("x^2/2", "x"),
        ("3*x", "3"),
        ("x*y", "y"),
        ("3*y", "0"),
        ("x*x", "2*x"),
        ("x^3 - 3*x", "3*x^2 - 3"),
        ("-x^2", "-2*x"),
        ("(x^2 - 1)^2", "4*(x^2 - 1)*x"),
        (
            "(1 - x)^2 + 100*(y - x^2)^2",
            "-2*(1 - x) - 400*(y - x^2)*x",
        ),
        ("sin(3*x)", "3*cos(3*x)"),
        ("cos(x)", "-sin(x)"),
        ("exp(-x)", "-exp(-x)"),
        ("log(x)", "1/x"),
        ("1/x", "-1/x^2"),
        ("sqrt(x^2 + y^2)", "x/sqrt(x^2 + y^2)"),
        ("abs(x)", "sign(x)"),
        ("tanh(x)", "1 - tanh(x)^2"),
        ("y/x", "-y/x^2"),
        ("x^y", "y*x^(y - 1)"),
        ("x^-1", "-x^(-2)"),
    ] {
        assert_eq!(
            text(&read(expression).derivative(&0)),
            derivative,
            "{expression}"
        );
    }
}

#[test]
fn slopes_at_a_point_are_those_worked_out_by_hand() {
    for (expression, point, expected) in [
        ("0.05*x^2 + 1.5*y^2", [-9.0, 2.0], [-0.9, 6.0]),
        ("x^2", [-3.0, 0.0], [-6.0, 0.0]),
        ("x^3", [-2.0, 0.0], [12.0, 0.0]),
        ("x^-1", [-2.0, 0.0], [-0.25, 0.0]),
        ("x^y", [2.0, 3.0], [12.0, 8.0 * 2.0_f64.ln()]),
        ("x/y", [1.0, 2.0], [0.5, -0.25]),
        ("log(x*y)", [2.0, 4.0], [0.5, 0.25]),
        ("sqrt(x) + exp(y)", [4.0, 0.0], [0.25, 1.0]),
        ("max(x, y) + 3*min(x, y)", [1.0, 2.0], [3.0, 1.0]),
        ("tanh(x)*cos(y)", [0.0, 0.0], [1.0, 0.0]),
    ] {
        let found = slopes(&read(expression), [point[0], point[1], 0.0]);
        for (found, expected) in found.iter().zip(expected) {
            assert!(
                close(*found, expected, 1.0),
                "{expression}: {found} {expected}"
            );
        }
    }
}

#[test]
fn kinks_have_the_slopes_that_are_promised() {
    for (expression, slope) in [
        ("abs(x)", 0.0),
        ("max(x, -x)", 0.0),
        ("min(x, 3*x)", 2.0),
        ("max(x, 3*x)", 2.0),
        ("sign(x)", 0.0),
        ("sqrt(x^2)", 0.0),
        ("sqrt(x)", f64::INFINITY),
        ("x^2", 0.0),
        ("x^1", 1.0),
        ("x^0", 0.0),
        ("x^1.5", 0.0),
        ("0^(x + 1)", 0.0),
    ] {
        let found = slopes(&read(expression), [0.0; 3])[0];
        assert!(found == slope, "{expression}: {found}");
    }
}

#[test]
fn second_derivatives_are_those_worked_out_by_hand() {
    let rosenbrock = Program::new(&read("(1 - x)^2 + 100*(y - x^2)^2"), 2);
    assert_eq!(
        rosenbrock.curvatures(&[-1.0, 2.0]),
        [[2.0 - 400.0 * 2.0 + 1200.0, 400.0], [400.0, 200.0]]
    );
    let mixed = Program::new(&read("x^3*y + sin(y) + x/y"), 2).curvatures(&[2.0, 1.0]);
    let expected = [[12.0, 12.0 - 1.0], [12.0 - 1.0, -(1.0_f64.sin()) + 4.0]];
    for (row, expected) in mixed.iter().zip(expected) {
        for (found, expected) in row.iter().zip(expected) {
            assert!(close(*found, expected, 10.0), "{found} {expected}");
        }
    }
}

#[test]
fn the_deepest_expression_that_can_be_read_can_be_compiled() {
    for (open, close, levels) in [
        ("1+(x*", ")", 31),
        ("max(1, ", ")", 62),
        ("x^", "", 62),
        ("(", ")", 62),
    ] {
        let deep = format!("{}x{}", open.repeat(levels), close.repeat(levels));
        let expression = read(&deep);
        let program = Program::new(&expression, 1);
        assert_eq!(
            program.value(&[1.0]).to_bits(),
            value(&expression, &[1.0]).to_bits()
        );
    }
}

#[test]
fn expressions_are_written_with_as_few_parentheses_as_they_need() {
    for written in [
        "0.05*x^2 + 1.5*y^2",
        "-2^2",
        "(-2)^2",
        "2^3^2",
        "(2^3)^2",
        "2^(-1)",
        "x - (y - z)",
        "x - y - z",
        "x/(y*z)",
        "x*y/z",
        "(x + y)*z",
        "-(x + y)",
        "-x*y",
        "x*(-y)",
        "max(x, y + 1)*abs(x)",
        "x < 1 and (y > 2 or not x == y)",
        "1e-300*x",
    ] {
        assert_eq!(text(&read(written)), written);
    }
    assert_eq!(text(&read("x + ((y*z))")), "x + y*z");
    assert_eq!(text(&read("x - -2")), "x - (-2)");
}

#[test]
fn numbers_are_filled_in() {
    let filled = write(
        &read("0.05*x^2").derivative(&0),
        &Leaves {
            number: &|value| number::display(value, Digits::default()),
            decimal: Decimal::Point,
            name: &|_| "-9".to_owned(),
        },
    );
    assert_eq!(filled, "0.1*(-9)");
    let squared = write(
        &read("x^2"),
        &Leaves {
            number: &number::exact,
            decimal: Decimal::Point,
            name: &|_| "-9".to_owned(),
        },
    );
    assert_eq!(squared, "(-9)^2");
}

fn expression() -> impl Strategy<Value = Expression<usize>> {
    let leaf = prop_oneof![
        (-4.0..4.0_f64).prop_map(Expression::Number),
        (0..4_i32).prop_map(|value| Expression::Number(f64::from(value))),
        (0..3_usize).prop_map(Expression::Name),
        (0..3_usize).prop_map(Expression::Name),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        let unary = prop::sample::select(vec![
            Unary::Negative,
            Unary::Abs,
            Unary::Sqrt,
            Unary::Exp,
            Unary::Log,
            Unary::Sin,
            Unary::Cos,
            Unary::Tanh,
        ]);
        let binary = prop::sample::select(vec![
            Binary::Add,
            Binary::Subtract,
            Binary::Multiply,
            Binary::Divide,
            Binary::Power,
            Binary::Min,
            Binary::Max,
        ]);
        let whole = (-3..5_i32).prop_map(|n| Expression::Number(f64::from(n)));
        prop_oneof![
            (unary, inner.clone())
                .prop_map(|(operation, a)| Expression::Unary(operation, a.into())),
            (binary, inner.clone(), inner.clone())
                .prop_map(|(operation, a, b)| Expression::Binary(operation, a.into(), b.into())),
            (inner, whole).prop_map(|(a, b)| Expression::Binary(Binary::Power, a.into(), b.into())),
        ]
    })
}

fn point() -> impl Strategy<Value = [f64; 3]> {
    [-3.0..3.0_f64, -3.0..3.0_f64, -3.0..3.0_f64]
}

/// The largest number on the way to a value: how much rounding there can be.
fn scale(expression: &Expression<usize>, point: &[f64]) -> f64 {
    let own = value(expression, point).abs();
    let parts = match expression {
        Expression::Unary(_, a) => scale(a, point),
        Expression::Binary(_, a, b) => scale(a, point).max(scale(b, point)),
        Expression::Number(_) | Expression::Name(_) => 0.0,
    };
    if own.is_nan() {
        f64::INFINITY
    } else {
        own.max(parts)
    }
}

/// Numbers of the two sides of a point, so far apart, or `None` where the values around it are not smooth.
fn central_difference(of: impl Fn(f64) -> f64, width: f64) -> f64 {
    (8.0 * (of(width) - of(-width)) - (of(2.0 * width) - of(-2.0 * width))) / (12.0 * width)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(2000)))]

    #[test]
    fn what_is_written_reads_back_as_the_same_value(expression in expression(), point in point()) {
        let again = read(&text(&expression));
        let (before, after) = (value(&expression, &point), value(&again, &point));
        prop_assert!(before.to_bits() == after.to_bits() || before.is_nan() && after.is_nan());
        prop_assert_eq!(text(&again), text(&expression));
    }

    #[test]
    fn programs_have_the_values_of_their_expressions(expression in expression(), point in point()) {
        let program = Program::new(&expression, 3);
        let expected = value(&expression, &point);
        let mut slopes = [0.0; 3];
        for found in [program.value(&point), program.slopes(&point, &mut slopes)] {
            prop_assert!(found.to_bits() == expected.to_bits() || found.is_nan() && expected.is_nan());
        }
    }

    #[test]
    fn the_written_derivative_is_the_exact_one(expression in expression(), point in point()) {
        let exact = slopes(&expression, point);
        for (index, exact) in exact.into_iter().enumerate() {
            let derivative = expression.derivative(&index);
            let rounding = scale(&derivative, &point).max(scale(&expression, &point));
            let found = value(&derivative, &point);
            if rounding < 1e6 && exact.is_finite() {
                prop_assert!(close(found, exact, rounding * rounding), "{found} {exact} {}", text(&derivative));
            }
        }
    }

    #[test]
    fn slopes_are_those_of_differences(expression in expression(), point in point()) {
        let exact = slopes(&expression, point);
        for (index, exact) in exact.into_iter().enumerate() {
            let moved = |by: f64| {
                let mut moved = point;
                moved[index] += by;
                value(&expression, &moved)
            };
            let (coarse, fine) = (central_difference(moved, 1e-3), central_difference(moved, 5e-4));
            // Where both widths agree there is no kink and no pole near.
            let tolerance = 1e-6 * (1.0 + fine.abs());
            if (coarse - fine).abs() < 0.1 * tolerance && scale(&expression, &point) < 1e4 {
                prop_assert!((exact - fine).abs() < tolerance, "{exact} {fine} {}", text(&expression));
            }
        }
    }

    #[test]
    fn second_derivatives_are_slopes_of_slopes(expression in expression(), point in point()) {
        let curvatures = Program::new(&expression, 3).curvatures(&point);
        for (index, curvatures) in curvatures.iter().enumerate() {
            let derivative = expression.derivative(&index);
            let exact = slopes(&derivative, point);
            let rounding = scale(&derivative, &point).max(scale(&expression, &point));
            for (exact, found) in exact.into_iter().zip(curvatures) {
                // Written derivatives have edges where exact ones have none.
                if rounding < 1e3 && exact.is_finite() && found.is_finite() && exact.abs() < 1e3 {
                    prop_assert!(close(*found, exact, 1e3 * rounding), "{found} {exact} {}", text(&expression));
                }
            }
        }
    }
}

fn parsed(text: &str) -> Result<Expression<f64>, Mistake> {
    parse(text, &|name, span| match name {
        "x" => Ok(3.0),
        "ih[0,3]" => Ok(5.0),
        "delta[ih[0,3]]" => Ok(7.0),
        _ => Err(Mistake {
            span,
            message: format!("no {name}"),
            advice: String::new(),
        }),
    })
}

fn number_of(text: &str) -> f64 {
    parsed(text)
        .unwrap_or_else(|mistake| panic!("{text}: {mistake}"))
        .evaluate(&|value| *value)
}

#[test]
fn arithmetic_has_its_ordinary_meaning() {
    for (text, expected) in [
        ("-2^2", -4.0),
        ("2^3^2", 512.0),
        ("2^-1", 0.5),
        ("1/3", 1.0 / 3.0),
        ("1e-3*2", 0.002),
        ("2 - 3 - 4", -5.0),
        ("8 / 4 / 2", 1.0),
        ("-x^2 + 2*x", -3.0),
        ("(1 + 2) * 3", 9.0),
        ("--2", 2.0),
        ("2 × 3 − 1", 5.0),
        ("abs(-3) + max(1, 2) + sqrt(16)", 9.0),
        ("ih[0,3] * delta[ih[0,3]]", 35.0),
        ("1 < 2 and not 3 < 2 or 1 > 2", 1.0),
        ("1 <= 1 and 2 != 3", 1.0),
        ("1 = 2", 0.0),
        (".5 + 5.", 5.5),
        ("2e", f64::NAN),
    ] {
        if expected.is_nan() {
            assert!(parsed(text).is_err(), "{text}");
        } else {
            assert_eq!(number_of(text), expected, "{text}");
        }
    }
}

#[test]
fn mistakes_mark_the_place() {
    for (text, span) in [
        ("1 +", 3..4),
        ("1 + y", 4..5),
        ("2 x", 2..3),
        ("(1 + 2", 6..7),
        ("1 < 2 < 3", 6..7),
        ("1 and 2 > 1", 0..1),
        ("(1 < 2) + 1", 0..7),
        ("foo(1)", 0..3),
        ("1e999", 0..5),
        ("3 $ 4", 2..3),
        ("", 0..1),
    ] {
        assert_eq!(parsed(text).unwrap_err().span, span, "{text}");
    }
    assert!(parsed(&"(".repeat(500)).is_err());
    assert!(parsed(&"-".repeat(3000)).is_err());
    assert!(parsed(&"1+".repeat(3000)).is_err());
}

proptest! {
    #[test]
    fn no_text_does_harm(text in "\\PC{0,60}") {
        let _ = parsed(&text);
    }

    #[test]
    fn no_sequence_of_tokens_does_harm(tokens in prop::collection::vec(
        prop::sample::select(vec!["1", "x", "(", ")", "+", "-", "^", "<", "and", "not", "abs", ",", "[", "]", "."]), 0..40)) {
        let _ = parsed(&tokens.concat());
        let _ = parsed(&tokens.join(" "));
    }
}
