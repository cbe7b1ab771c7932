//! The eigenvalues of small symmetric matrices: the curvatures of a surface along its own axes.
use crate::math::portable::hypot;

/// So many sweeps of rotations are made at most; a handful is enough for eight rows.
const MOST_SWEEPS: usize = 64;

/// An eigenvalue and its direction, of length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigen {
    /// The curvature along the direction.
    pub value: f64,
    /// The direction, one number for each row.
    pub direction: Vec<f64>,
}

/// The eigenvalues of a symmetric matrix with their directions, the largest first, by Jacobi's rotations (1846).
/// Empty where a number of the matrix is not finite.
///
/// # Panics
/// Where the matrix is not square.
pub fn eigen(matrix: &[Vec<f64>]) -> Vec<Eigen> {
    let count = matrix.len();
    assert!(matrix.iter().all(|row| row.len() == count), "it is square");
    if matrix.iter().flatten().any(|number| !number.is_finite()) {
        return Vec::new();
    }
    let mut matrix = matrix.to_vec();
    let mut directions: Vec<Vec<f64>> = (0..count).map(|row| unit(row, count)).collect();
    for _ in 0..MOST_SWEEPS {
        let mut rotated = false;
        for row in 0..count {
            for column in row + 1..count {
                rotated |= rotate(&mut matrix, &mut directions, row, column);
            }
        }
        if !rotated {
            break;
        }
    }
    let found = directions.into_iter().enumerate();
    let mut found: Vec<Eigen> = found
        .map(|(index, direction)| Eigen {
            value: matrix[index][index],
            direction,
        })
        .collect();
    found.sort_by(|a, b| b.value.total_cmp(&a.value));
    found
}

fn unit(row: usize, count: usize) -> Vec<f64> {
    let number = |column: usize| f64::from(u8::from(column == row));
    (0..count).map(number).collect()
}

/// Turns two axes so that they no longer mix; `false` where they do not.
fn rotate(matrix: &mut [Vec<f64>], directions: &mut [Vec<f64>], p: usize, q: usize) -> bool {
    let mixed = matrix[p][q];
    let (a, b) = (matrix[p][p], matrix[q][q]);
    if mixed.abs() <= f64::EPSILON * 0.5 * (a.abs() * b.abs()).sqrt()
        || mixed.abs() < f64::MIN_POSITIVE
    {
        matrix[p][q] = 0.0;
        matrix[q][p] = 0.0;
        return false;
    }
    // The smaller of the two angles that do it: its tangent solves t^2 + 2 t theta = 1.
    let theta = (b - a) / (2.0 * mixed);
    let tangent = theta.signum() / (theta.abs() + hypot(theta, 1.0));
    let cosine = 1.0 / hypot(tangent, 1.0);
    let sine = tangent * cosine;
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turned(row[p], row[q], sine, cosine);
    }
    turn_rows(matrix, p, q, sine, cosine);
    matrix[p][q] = 0.0;
    matrix[q][p] = 0.0;
    turn_rows(directions, p, q, sine, cosine);
    true
}

fn turn_rows(rows: &mut [Vec<f64>], p: usize, q: usize, sine: f64, cosine: f64) {
    if let Ok([first, second]) = rows.get_disjoint_mut([p, q]) {
        for (a, b) in first.iter_mut().zip(second) {
            (*a, *b) = turned(*a, *b, sine, cosine);
        }
    }
}

fn turned(a: f64, b: f64, sine: f64, cosine: f64) -> (f64, f64) {
    (cosine * a - sine * b, sine * a + cosine * b)
}
