//! Sums over a matrix whose rows are filled up with zeros to whole blocks of eight.
//!
//! Every sum is added up in the order in which [`super::rows`] adds it, so the results are the same bits. What is wide
//! enough is compiled a second and a third time for processors with wider registers, and chosen when it runs; products
//! and sums are rounded one by one in all of them.

use multiversion::multiversion;

/// The numbers of a block.
pub const BLOCK: usize = 8;
/// Columns that are added up in registers at once, in blocks.
const TILE: usize = 4;

type Block = [f64; BLOCK];

/// `sums[j]` = values[0] m[0, j] + values[1] m[1, j] + ..., added from left to right; a row is as long as `sums`.
#[multiversion(targets("x86_64+avx512f+avx512vl", "x86_64+avx2"))]
pub fn weigh(values: &[f64], matrix: &[f64], sums: &mut [f64]) {
    let (matrix, sums) = (matrix.as_chunks().0, sums.as_chunks_mut().0);
    let blocks = sums.len();
    for (tile, sums) in sums.chunks_mut(TILE).enumerate() {
        let matrix = &matrix[tile * TILE..];
        match sums.len() {
            1 => weigh_tile::<1>(values, matrix, blocks, sums),
            2 => weigh_tile::<2>(values, matrix, blocks, sums),
            3 => weigh_tile::<3>(values, matrix, blocks, sums),
            _ => weigh_tile::<TILE>(values, matrix, blocks, sums),
        }
    }
}

/// The sums of so many columns of blocks, the first of the matrix; a row has `blocks`.
#[expect(
    clippy::inline_always,
    reason = "what is not inlined is compiled once, for any processor"
)]
#[inline(always)]
fn weigh_tile<const WIDTH: usize>(
    values: &[f64],
    matrix: &[Block],
    blocks: usize,
    sums: &mut [Block],
) {
    let mut totals = [[0.0; BLOCK]; WIDTH];
    for (value, row) in values.iter().zip(matrix.chunks(blocks)) {
        if let Some(row) = row.first_chunk::<WIDTH>() {
            for (totals, weights) in totals.iter_mut().zip(row) {
                for (total, weight) in totals.iter_mut().zip(weights) {
                    *total += value * weight;
                }
            }
        }
    }
    sums.copy_from_slice(&totals);
}

/// `sums[i]` = signals[0] m[i, 0] + signals[1] m[i, 1] + ..., added from left to right; a row is as long as `signals`.
///
/// Eight rows are added up abreast, each in its order. A zero that fills up a row is added with the rest: to a sum that
/// has begun at 0 it changes no bit.
pub fn gather(signals: &[f64], matrix: &[f64], sums: &mut [f64]) {
    let rows = sums.len();
    let (signals, matrix) = (signals.as_chunks().0, matrix.as_chunks().0);
    let blocks = signals.len();
    let mut first = 0;
    while first < rows {
        // The last eight may have rows in them that are done already.
        let start = first.min(rows.saturating_sub(BLOCK));
        let matrix = &matrix[start * blocks..];
        match sums[start..].first_chunk_mut::<BLOCK>() {
            Some(sums) => gather_rows(signals, matrix, sums),
            None => {
                for (sum, row) in sums.iter_mut().zip(matrix.chunks(blocks)) {
                    gather_rows(signals, row, std::array::from_mut(sum));
                }
            }
        }
        first = start + BLOCK;
    }
}

#[inline]
fn gather_rows<const ROWS: usize>(signals: &[Block], matrix: &[Block], sums: &mut [f64; ROWS]) {
    let blocks = signals.len();
    let mut totals = [0.0; ROWS];
    for (place, signals) in signals.iter().enumerate() {
        let rows: [&Block; ROWS] = std::array::from_fn(|row| &matrix[row * blocks + place]);
        for (column, signal) in signals.iter().enumerate() {
            for (total, row) in totals.iter_mut().zip(rows) {
                *total += signal * row[column];
            }
        }
    }
    *sums = totals;
}
