//! The three sums and products that training spends its time on, over a matrix that lies row by row.
//!
//! Layers of up to eight nodes have loops of their own, whose width the compiler knows. The order of additions is the
//! same in all of them, so the results are the same bits.

/// Calls a function with the width of its rows as a constant; one for any width where it is none of the small ones.
macro_rules! by_width {
    ($width:expr, $known:ident, $any:ident, $arguments:tt) => {
        match $width {
            1 => $known::<1> $arguments,
            2 => $known::<2> $arguments,
            3 => $known::<3> $arguments,
            4 => $known::<4> $arguments,
            5 => $known::<5> $arguments,
            6 => $known::<6> $arguments,
            7 => $known::<7> $arguments,
            8 => $known::<8> $arguments,
            _ => $any $arguments,
        }
    };
}

/// `sums[j]` = values[0] m[0, j] + values[1] m[1, j] + ... + biases[j], added from left to right.
pub fn weigh(values: &[f64], matrix: &[f64], biases: &[f64], sums: &mut [f64]) {
    by_width!(
        sums.len(),
        weigh_known,
        weigh_any,
        (values, matrix, biases, sums)
    );
}

fn weigh_any(values: &[f64], matrix: &[f64], biases: &[f64], sums: &mut [f64]) {
    sums.fill(0.0);
    for (value, row) in values.iter().zip(matrix.chunks_exact(sums.len())) {
        for (sum, weight) in sums.iter_mut().zip(row) {
            *sum += value * weight;
        }
    }
    for (sum, bias) in sums.iter_mut().zip(biases) {
        *sum += bias;
    }
}

#[inline]
pub(super) fn weigh_known<const WIDTH: usize>(
    values: &[f64],
    matrix: &[f64],
    biases: &[f64],
    sums: &mut [f64],
) {
    let mut totals = [0.0; WIDTH];
    for (value, row) in values.iter().zip(matrix.as_chunks::<WIDTH>().0) {
        for (total, weight) in totals.iter_mut().zip(row) {
            *total += value * weight;
        }
    }
    for (bias, (sum, total)) in biases.iter().zip(sums.iter_mut().zip(totals)) {
        *sum = total + bias;
    }
}

/// `sums[i]` = signals[0] m[i, 0] + signals[1] m[i, 1] + ..., added from left to right.
pub fn gather(signals: &[f64], matrix: &[f64], sums: &mut [f64]) {
    by_width!(
        signals.len(),
        gather_known,
        gather_any,
        (signals, matrix, sums)
    );
}

fn gather_any(signals: &[f64], matrix: &[f64], sums: &mut [f64]) {
    for (sum, row) in sums.iter_mut().zip(matrix.chunks_exact(signals.len())) {
        let pairs = signals.iter().zip(row);
        *sum = pairs.fold(0.0, |sum, (signal, weight)| sum + signal * weight);
    }
}

#[inline]
pub(super) fn gather_known<const WIDTH: usize>(signals: &[f64], matrix: &[f64], sums: &mut [f64]) {
    let Some(signals) = signals.first_chunk::<WIDTH>() else {
        return;
    };
    for (sum, row) in sums.iter_mut().zip(matrix.as_chunks::<WIDTH>().0) {
        let pairs = signals.iter().zip(row);
        *sum = pairs.fold(0.0, |sum, (signal, weight)| sum + signal * weight);
    }
}

/// `matrix[i, j]` = signals[j] values[i].
pub fn spread(values: &[f64], signals: &[f64], matrix: &mut [f64]) {
    by_width!(
        signals.len(),
        spread_known,
        spread_any,
        (values, signals, matrix)
    );
}

fn spread_any(values: &[f64], signals: &[f64], matrix: &mut [f64]) {
    for (value, row) in values.iter().zip(matrix.chunks_exact_mut(signals.len())) {
        for (product, signal) in row.iter_mut().zip(signals) {
            *product = signal * value;
        }
    }
}

#[inline]
fn spread_known<const WIDTH: usize>(values: &[f64], signals: &[f64], matrix: &mut [f64]) {
    let Some(signals) = signals.first_chunk::<WIDTH>() else {
        return;
    };
    for (value, row) in values.iter().zip(matrix.as_chunks_mut::<WIDTH>().0) {
        for (product, signal) in row.iter_mut().zip(signals) {
            *product = signal * value;
        }
    }
}
