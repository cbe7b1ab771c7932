//! Variables of a surface that have nothing to do with one another: in `0.05*x^2 + 1.5*y^2` the slope by `x` is the same
//! wherever `y` is.

use super::expression::{Binary, Expression, Program};

/// Terms up to here can be added, as many as there are, without the sum being lost.
const LARGE: f64 = 1e300;

/// Some variables, with the terms of a sum that have these in them and no others.
#[derive(Debug, Clone, PartialEq)]
pub struct Apart {
    variables: Vec<usize>,
    /// Whether each is added, or subtracted, and the term over these variables.
    terms: Vec<(bool, Program)>,
}

/// Terms, with whether each is added, and the variables that they have in them.
#[derive(Default)]
struct Together<'a> {
    variables: Vec<usize>,
    terms: Vec<(bool, &'a Expression<usize>)>,
}

impl Apart {
    /// The variables of an expression over so many, in as many groups as there are.
    pub(super) fn groups(expression: &Expression<usize>, variables: usize) -> Vec<Self> {
        let one = |variable| Together {
            variables: vec![variable],
            terms: Vec::new(),
        };
        let mut groups: Vec<Together> = (0..variables).map(one).collect();
        let mut are_small = true;
        for (adds, term) in terms(expression) {
            let names = term.names();
            if names.is_empty() {
                are_small &= term.evaluate(&|_| f64::NAN).abs() < LARGE;
                continue;
            }
            let has = |group: &Together| names.iter().any(|name| group.variables.contains(name));
            let (of_term, others): (Vec<_>, Vec<_>) = groups.into_iter().partition(has);
            groups = others;
            let mut joined = Together::default();
            for group in of_term {
                joined.variables.extend(group.variables);
                joined.terms.extend(group.terms);
            }
            joined.terms.push((adds, term));
            groups.push(joined);
        }
        if groups.len() == 1 || !are_small {
            let all = Program::new(expression, variables);
            return vec![Self {
                variables: (0..variables).collect(),
                terms: vec![(true, all)],
            }];
        }
        groups.into_iter().map(Self::of).collect()
    }

    fn of(together: Together) -> Self {
        let Together { variables, terms } = together;
        let own = |variable: &usize| {
            let place = variables.iter().position(|one| one == variable);
            place.map(Expression::Name)
        };
        let program = |(adds, term): &(bool, &Expression<usize>)| {
            let own = term.with_names(&own).expect("it has these variables");
            (*adds, Program::new(&own, variables.len()))
        };
        Self {
            terms: terms.iter().map(program).collect(),
            variables,
        }
    }

    /// The variables, by their indices.
    pub fn variables(&self) -> &[usize] {
        &self.variables
    }

    /// Writes the downhill gradient by these variables at a point of theirs, to the bit what
    /// [`super::Surface::downhill`] gives. `false` where a term is so large, or no number, that the loss may be none.
    ///
    /// # Panics
    /// Where `point` or `downhill` has not one number for each of the variables.
    #[inline]
    pub fn downhill(&self, point: &[f64], downhill: &mut [f64]) -> bool {
        let are_small = if let [(true, term)] = &self.terms[..] {
            term.slopes(point, downhill).abs() < LARGE
        } else {
            self.slopes(point, downhill)
        };
        for slope in downhill {
            *slope = 0.0 - *slope;
        }
        are_small
    }

    /// The slopes of all terms together.
    fn slopes(&self, point: &[f64], slopes: &mut [f64]) -> bool {
        let mut room = [0.0; Program::MOST_VARIABLES];
        let of_term = &mut room[..slopes.len()];
        let mut are_small = true;
        slopes.fill(0.0);
        for (adds, term) in &self.terms {
            are_small &= term.slopes(point, of_term).abs() < LARGE;
            for (sum, slope) in slopes.iter_mut().zip(&*of_term) {
                *sum = if *adds { *sum + slope } else { *sum - slope };
            }
        }
        are_small
    }
}

/// The terms of a sum as it is written, from left to right, with whether each is added.
fn terms(expression: &Expression<usize>) -> Vec<(bool, &Expression<usize>)> {
    let (mut terms, mut rest) = (Vec::new(), expression);
    while let Expression::Binary(operation @ (Binary::Add | Binary::Subtract), left, right) = rest {
        terms.push((*operation == Binary::Add, &**right));
        rest = left;
    }
    terms.push((true, rest));
    terms.reverse();
    terms
}
