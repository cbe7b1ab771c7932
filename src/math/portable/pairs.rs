//! tanh and exp of many numbers at once, eight by eight and two by two: the bits of [`super::tanh`] and [`super::exp`].
//!
//! The same additions and multiplications in the same order, on both numbers of a pair and without a branch on either, so
//! that none is mispredicted and the processor works on several pairs at a time. What `libm` decides by branches is
//! selected with masks; where a number lies so near to one of its borders that this could go the other way, or is so
//! large that other formulas hold, `libm` itself is called.
//!
//! The formulas and their constants are those of FreeBSD's `s_tanh.c`, `s_expm1.c` and `e_exp.c`, as musl and `libm` have
//! them, of which the notice says:
//!
//! > Copyright (C) 1993, 2004 by Sun Microsystems, Inc. All rights reserved. Permission to use, copy, modify, and
//! > distribute this software is freely granted, provided that this notice is preserved.

#![expect(
    clippy::inline_always,
    reason = "a pair is compiled together; where a layer's width is known, its values stay in registers"
)]
#![expect(
    clippy::needless_bitwise_bool,
    reason = "the other operator would be a branch"
)]

use multiversion::multiversion;

/// ln 2 in two parts, the first with so few bits that small multiples of it are exact; and 1 / ln 2.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
const INVERSE_LN2: f64 = f64::from_bits(0x3ff7_1547_652b_82fe);

/// The polynomial of `expm1`, in half the square of what is left after whole multiples of ln 2.
const Q: [f64; 5] = [
    f64::from_bits(0xbfa1_1111_1111_10f4),
    f64::from_bits(0x3f5a_01a0_19fe_5585),
    f64::from_bits(0xbf14_ce19_9eaa_dbb7),
    f64::from_bits(0x3ed0_cfca_86e6_5239),
    f64::from_bits(0xbe8a_fdb7_6e09_c32d),
];

/// The polynomial of `exp`, in the square of it.
const P: [f64; 5] = [
    f64::from_bits(0x3fc5_5555_5555_553e),
    f64::from_bits(0xbf66_c16c_16be_bd93),
    f64::from_bits(0x3f11_566a_af25_de2c),
    f64::from_bits(0xbebb_bd41_c5d2_6bf1),
    f64::from_bits(0x3e66_3769_72be_a4d0),
];

/// 2^52: from here to 2^53 doubles are the whole numbers.
const WHOLE: f64 = 4_503_599_627_370_496.0;
/// No number that is rounded may be farther from a whole one.
const CLEAR: f64 = 0.499_999;
const SIGN: u64 = 1 << 63;

/// Writes the hyperbolic tangent of each number.
#[inline(always)]
pub fn tanh_all(numbers: &[f64], values: &mut [f64]) {
    let (eights, numbers) = numbers.as_chunks();
    let (values_of_eights, values) = values.as_chunks_mut();
    if !eights.is_empty() {
        tanh_eights(eights, values_of_eights);
    }
    let (pairs, rest) = numbers.as_chunks::<2>();
    let (values, last) = values.as_chunks_mut();
    for (pair, values) in pairs.iter().zip(values) {
        *values = tanh_pair(pair[0], pair[1]).into();
    }
    if let ([number], [value]) = (rest, last) {
        (*value, _) = tanh_pair(*number, 0.0);
    }
}

/// Turns each number a into e^-a.
#[inline(always)]
pub fn exp_negative_all(numbers: &mut [f64]) {
    let (eights, numbers) = numbers.as_chunks_mut();
    if !eights.is_empty() {
        exp_negative_eights(eights);
    }
    let (pairs, rest) = numbers.as_chunks_mut::<2>();
    for pair in pairs {
        *pair = exp_negative_pair(pair[0], pair[1]).into();
    }
    if let [last] = rest {
        (*last, _) = exp_negative_pair(*last, 0.0);
    }
}

type Eight = [f64; 8];

// Compiled a second and a third time for processors with wider registers, and chosen when they run.

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn tanh_eights(eights: &[Eight], values: &mut [Eight]) {
    for (numbers, values) in eights.iter().zip(values) {
        *values = eight(numbers, tanh, super::tanh);
    }
}

#[multiversion(targets("x86_64+avx512f+avx512vl+avx512dq", "x86_64+avx2"))]
fn exp_negative_eights(eights: &mut [Eight]) {
    for numbers in eights {
        *numbers = eight(numbers, exp_negative, |number| super::exp(-number));
    }
}

/// The values of eight numbers, with care where the fast way does not hold for one of them.
#[inline(always)]
fn eight(
    numbers: &Eight,
    fast: impl Fn(f64) -> (f64, bool),
    careful: impl Fn(f64) -> f64,
) -> Eight {
    let (mut values, mut all_hold) = (*numbers, true);
    for value in &mut values {
        let (found, holds) = fast(*value);
        *value = found;
        all_hold &= holds;
    }
    if all_hold {
        values
    } else {
        numbers.map(careful)
    }
}

// Each stands alone, so that it is compiled once and for both numbers together. Numbers and answers are in registers: of two
// that have just been written one by one, a processor waits for both before it reads them as a pair.

#[inline(never)]
fn tanh_pair(first: f64, second: f64) -> (f64, f64) {
    let ((a, a_holds), (b, b_holds)) = (tanh(first), tanh(second));
    if a_holds & b_holds {
        (a, b)
    } else {
        carefully(super::tanh, first, second)
    }
}

#[inline(never)]
fn exp_negative_pair(first: f64, second: f64) -> (f64, f64) {
    let ((a, a_holds), (b, b_holds)) = (exp_negative(first), exp_negative(second));
    if a_holds & b_holds {
        (a, b)
    } else {
        carefully(|number| super::exp(-number), first, second)
    }
}

#[cold]
#[inline(never)]
fn carefully(function: fn(f64) -> f64, first: f64, second: f64) -> (f64, f64) {
    (function(first), function(second))
}

/// All bits where it holds, and none where it does not.
#[inline(always)]
fn mask(holds: bool) -> u64 {
    if holds { u64::MAX } else { 0 }
}

/// The number where the mask has all bits, and 0 where it has none.
#[inline(always)]
fn kept(mask: u64, number: f64) -> f64 {
    f64::from_bits(number.to_bits() & mask)
}

/// One of two numbers: the first where the mask has all bits.
#[inline(always)]
fn chosen(mask: u64, first: f64, second: f64) -> f64 {
    f64::from_bits((first.to_bits() & mask) | (second.to_bits() & !mask))
}

/// The bits of 2^k, for a whole k from -1022 to 1023.
#[inline(always)]
fn power_of_two(k: f64) -> u64 {
    (k + (WHOLE + 1023.0)).to_bits() << 52
}

/// t / (t + 2) with t = e^2a - 1 for a number a above 0; 1 - 2 / (t + 2) where that loses less, and with t = e^-2a - 1
/// the same with the other sign. The answer has the sign of the number.
///
/// Where k is 1, 0 or -1, `libm` has formulas of their own for e^2a - 1. They differ from the general one in powers of two
/// alone, and in additions of 0: neither changes a digit.
#[inline(always)]
fn tanh(number: f64) -> (f64, bool) {
    let sign = number.to_bits() & SIGN;
    let size = f64::from_bits(number.to_bits() ^ sign);
    // ln(5/3) / 2 and ln(3) / 2, as far as their upper halves tell.
    let is_near = mask(size <= f64::from_bits(0x3fd0_58ae_ffff_ffff));
    let is_far = mask(size > f64::from_bits(0x3fe1_93ea_ffff_ffff));
    // How often ln 2 is in 2a: what `libm` rounds by halves and borders is the nearest whole number, except near a half.
    let times = size * (2.0 * INVERSE_LN2);
    let k = (times + WHOLE) - WHOLE;
    let holds = ((times - k).abs() < CLEAR) & (size <= 20.0);
    let flip = is_near & SIGN;
    let k = f64::from_bits(k.to_bits() ^ flip);
    let twice = f64::from_bits((2.0 * size).to_bits() ^ flip);
    let high = twice - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let x = high - low;
    let lost = (high - x) - low;

    // Halves are taken of the constants: a division by a power of two changes no digit.
    let square = x * x;
    let inner = Q[3] / 16.0 + square * (Q[4] / 32.0);
    let inner = Q[1] / 4.0 + square * (Q[2] / 8.0 + square * inner);
    let series = 1.0 + square * (Q[0] / 2.0 + square * inner);
    let rest = 3.0 - series * (0.5 * x);
    let half_square = 0.5 * square;
    let error = half_square * ((series - rest) / (6.0 - x * rest));
    let error = (x * (error - lost) - lost) - half_square;

    // e^2a - 1 = 2^k (x - error + 1 - 2^-k); from k = 20 on, 2^-k is added to the error.
    let power = power_of_two(k);
    let inverse = f64::from_bits((2046_u64 << 52).wrapping_sub(power));
    let is_large = mask(k >= 20.0);
    let rest = 1.0 - kept(!is_large, inverse);
    let t = ((x - (error + kept(is_large, inverse))) + rest) * f64::from_bits(power);

    let quotient = chosen(is_far, 2.0, t) / (t + 2.0);
    let value = kept(is_far, 1.0) - quotient;
    (f64::from_bits((value.to_bits() & !SIGN) | sign), holds)
}

/// 2^k e^x with e^x = 1 + (x c / (2 - c) - low + high), where x = high - low is what is left of a number after k times ln 2.
#[inline(always)]
fn exp_negative(negative: f64) -> (f64, bool) {
    let number = -negative;
    let size = number.abs();
    let times = number * INVERSE_LN2;
    // Half of it again, so that it holds below 0 as well.
    let k = (times + 1.5 * WHOLE) - 1.5 * WHOLE;
    let holds = ((times - k).abs() < CLEAR) & (size <= 708.0);
    let high = number - k * LN2_HIGH;
    let low = k * LN2_LOW;
    let x = high - low;
    let square = x * x;
    let inner = P[2] + square * (P[3] + square * P[4]);
    let c = x - square * (P[0] + square * (P[1] + square * inner));
    let rest = x * c / (2.0 - c) - low + high;
    // Up to 2^-28, as far as its upper half tells, the number itself is added.
    let is_tiny = mask(size <= f64::from_bits(0x3e30_0000_ffff_ffff));
    let value = 1.0 + chosen(is_tiny, number, rest);
    (value * f64::from_bits(power_of_two(k)), holds)
}
