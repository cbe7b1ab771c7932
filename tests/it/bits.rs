//! The same bits on every machine: of each portable function at a thousand places, and of Iris after 1, 10 and 50 epochs.
//!
//! What is pinned was computed once; a machine on which a test fails would show its learner other last digits.

use std::hash::Hasher;
use std::sync::Arc;

use fnv::FnvHasher;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::portable;
use nnmom_tutor::timeline::Timeline;

/// The FNV-1a hash of some numbers' bits, 64 bits wide.
fn digest(numbers: impl IntoIterator<Item = f64>) -> u64 {
    let mut hasher = FnvHasher::default();
    for number in numbers {
        hasher.write(&number.to_bits().to_le_bytes());
    }
    hasher.finish()
}

/// A thousand places from `low` to `high`, none of them at a round distance from the next.
fn places(low: f64, high: f64) -> impl Iterator<Item = f64> {
    // The golden ratio's fractional parts fill an interval evenly, and only exact operations are used.
    (0..1000).map(move |i| {
        let share = (f64::from(i) * 0.618_033_988_749_894_9).fract();
        low + (high - low) * share
    })
}

#[test]
fn every_function_has_the_same_bits_at_a_thousand_places() {
    type Case = (&'static str, fn(f64) -> f64, f64, f64, u64);
    let cases: [Case; 9] = [
        ("exp", portable::exp, -30.0, 30.0, 0x5b12_5276_dc16_622e),
        (
            "exp far out",
            portable::exp,
            -745.0,
            709.0,
            0x5fc2_01d9_7b54_5d8e,
        ),
        ("ln", portable::ln, 1e-300, 50.0, 0x78ae_f999_b8bd_becc),
        ("log10", portable::log10, 1e-9, 1e6, 0x9973_23e2_1b15_11bc),
        ("sin", portable::sin, -50.0, 50.0, 0xfb50_3a30_4884_031b),
        ("cos", portable::cos, -50.0, 50.0, 0x9839_3802_9719_9cfb),
        ("tanh", portable::tanh, -20.0, 20.0, 0xf9bb_c405_35a7_ac6d),
        (
            "hypot",
            |a| portable::hypot(a, 1.0),
            -3.0,
            3.0,
            0xe499_02ae_5cda_1693,
        ),
        (
            "power",
            |a| portable::power(a, 2.4),
            0.0,
            30.0,
            0x2fc6_85d8_c88d_45f7,
        ),
    ];
    let wrong: Vec<String> = cases
        .iter()
        .map(|(name, function, low, high, pinned)| {
            let found = digest(places(*low, *high).map(function));
            (name, found, pinned)
        })
        .filter(|(_, found, pinned)| found != *pinned)
        .map(|(name, found, _)| format!("{name}: {found:#018x}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(digest([]), 0xcbf2_9ce4_8422_2325);
}

/// The functions are right, and not only the same: within two units in the last place of what is known to more digits.
#[test]
fn every_function_is_right() {
    for (found, known) in [
        (portable::exp(1.0), std::f64::consts::E),
        (portable::ln(2.0), std::f64::consts::LN_2),
        (portable::ln(10.0), std::f64::consts::LN_10),
        (portable::log10(2.0), std::f64::consts::LOG10_2),
        (portable::sin(std::f64::consts::FRAC_PI_6), 0.5),
        (portable::cos(std::f64::consts::FRAC_PI_3), 0.5),
        (portable::tanh(0.5), 0.462_117_157_260_009_76),
        (portable::hypot(1.0, 1.0), std::f64::consts::SQRT_2),
        (portable::power(2.0, 0.5), std::f64::consts::SQRT_2),
        (portable::power(1.1, 3.0), 1.331),
        (portable::power(1.1, 4.0), 1.4641),
        (portable::power_of_ten(-300), 1e-300),
    ] {
        assert!(
            (found - known).abs() <= 2.0 * f64::EPSILON * known,
            "{found} {known}"
        );
    }
}

#[test]
fn iris_has_the_same_bits_after_1_10_and_50_epochs() {
    let lesson = Arc::new(Lesson::open("iris").unwrap());
    let mut timeline = Timeline::new(Arc::clone(&lesson.model), lesson.settings);
    let mut found = Vec::new();
    for epochs in [1, 10, 50] {
        let step = epochs * lesson.model.epoch_length().unwrap();
        timeline.run_mut().reach(step).unwrap();
        let state = timeline.run().state(step);
        let metrics = lesson.model.metrics(&state.weights).unwrap();
        let figures = [
            metrics.loss,
            metrics.mse.unwrap(),
            metrics.accuracy.unwrap(),
        ];
        found.push((epochs, digest(state.weights.iter().copied().chain(figures))));
    }
    assert_eq!(
        found,
        [
            (1, 0x7e84_8056_f38d_b38b),
            (10, 0xdd45_e234_2b91_b5fe),
            (50, 0xeb90_dbbd_bb3a_aa1f)
        ]
    );
}
