//! The same bits on every machine: of each portable function at a thousand places, and of Iris after 1, 10 and 50 epochs.
//!
//! What is pinned was computed once; a machine on which a test fails would show its learner other last digits.

use std::hash::Hasher;
use std::sync::Arc;

use fnv::FnvHasher;
use nnmom_tutor::lesson::Lesson;
use nnmom_tutor::math::portable;
use nnmom_tutor::timeline::Timeline;
use proptest::prelude::*;

use crate::support::depth::cases;

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

/// tanh and e^-a of each number, found for many numbers at once.
fn at_once(numbers: &[f64]) -> [Vec<f64>; 2] {
    let mut tanh = vec![0.0; numbers.len()];
    portable::tanh_all(numbers, &mut tanh);
    let mut exp = numbers.to_vec();
    portable::exp_negative_all(&mut exp);
    [tanh, exp]
}

/// Whether they are those of one number after another; where there is no number, one is as good as another.
fn are_the_same_at_once(numbers: &[f64]) -> bool {
    let same = |a: f64, b: f64| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
    let [tanh, exp] = at_once(numbers);
    let mut all = numbers.iter().zip(tanh.iter().zip(&exp));
    all.all(|(number, (tanh, exp))| {
        same(portable::tanh(*number), *tanh) && same(portable::exp(-number), *exp)
    })
}

/// Around every number at which a formula of tanh or exp takes the place of another, and every half of ln 2 that a whole
/// multiple is taken at: on both sides, one number after the other, and in steps that grow.
#[test]
fn many_at_once_have_the_same_bits_around_every_border() {
    let borders = [
        0.0, 1e-310, 2.2e-308, 1e-17, 5.6e-17, 1.9e-9, 3.7e-9, 6.76, 19.0, 19.4, 20.0, 22.0, 354.2,
        708.0, 708.4, 709.8, 745.1, 746.0, 1e300,
    ];
    let upper_halves: [u64; 9] = [
        0x3c90_0000,
        0x3e30_0000,
        0x3fd0_58ae,
        0x3fd6_2e42,
        0x3fe1_93ea,
        0x3ff0_a2b2,
        0x4034_0000,
        0x4043_687a,
        0x4086_232b,
    ];
    let halves = (1..2200).map(|i| f64::from(i) * std::f64::consts::LN_2 / 4.0);
    let borders = borders.into_iter().chain([f64::INFINITY]).chain(halves);
    let borders = borders.map(f64::to_bits);
    let upper = upper_halves
        .into_iter()
        .flat_map(|half| [half << 32, (half + 1) << 32]);
    let steps = (0..24).chain((5..45).map(|power| 1_u64 << power));
    let steps: Vec<u64> = steps.collect();
    for border in borders.chain(upper) {
        let around = steps.iter().flat_map(|step| {
            let bits = [border.saturating_sub(*step), border.saturating_add(*step)];
            bits.map(f64::from_bits).map(|number| [number, -number])
        });
        let around: Vec<f64> = around.flatten().collect();
        assert!(
            are_the_same_at_once(&around),
            "around {:e}",
            f64::from_bits(border)
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(4000)))]

    /// However many there are, and whatever stands beside them.
    #[test]
    fn many_at_once_have_the_same_bits(
        numbers in prop::collection::vec(
            prop_oneof![-1.0..1.0_f64, -25.0..25.0_f64, -800.0..800.0_f64, any::<f64>()],
            0..20,
        )
    ) {
        prop_assert!(are_the_same_at_once(&numbers), "{numbers:?}");
    }
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
