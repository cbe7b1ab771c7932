//! Random draws that come out the same on every machine.

use rand::rngs::ChaCha8Rng;
use rand::{Rng, SeedableRng};
use rand_mt::Mt;

use super::named;

named! {
    /// Where random numbers come from.
    #[derive(Default)]
    Generator {
        /// The Mersenne Twister as Python's module `random` seeds and reads it, so that Python programs can be repeated.
        Python = "python",
        /// The `ChaCha` stream cipher with 8 rounds, as the crate rand seeds it with `seed_from_u64`.
        #[default]
        ChaCha = "chacha",
    }
}

impl Generator {
    /// A stream of draws from `seed` on.
    pub fn stream(self, seed: u64) -> Stream {
        match self {
            Self::ChaCha => Stream::ChaCha(Box::new(ChaCha8Rng::seed_from_u64(seed))),
            Self::Python => Stream::Python(Box::new(Mt::new_with_key(python_key(seed)))),
        }
    }
}

/// Python seeds with the 32-bit digits of the number, lowest first; zero has one digit.
fn python_key(seed: u64) -> impl Iterator<Item = u32> + Clone {
    let digits = [seed as u32, (seed >> 32) as u32];
    let count = if digits[1] == 0 { 1 } else { 2 };
    digits.into_iter().take(count)
}

/// A stream of random draws.
#[derive(Debug)]
pub enum Stream {
    /// See [`Generator::ChaCha`].
    ChaCha(Box<ChaCha8Rng>),
    /// See [`Generator::Python`].
    Python(Box<Mt>),
}

impl Clone for Stream {
    fn clone(&self) -> Self {
        match self {
            Self::ChaCha(random) => {
                let state = random.serialize_state();
                Self::ChaCha(Box::new(ChaCha8Rng::deserialize_state(&state)))
            }
            Self::Python(random) => Self::Python(random.clone()),
        }
    }
}

impl Stream {
    /// A number in [0, 1), of 53 random bits: every one is a multiple of 2^-53.
    pub fn unit(&mut self) -> f64 {
        /// 2^53
        const DENOMINATOR: f64 = 9_007_199_254_740_992.0;
        match self {
            Self::ChaCha(random) => (random.next_u64() >> 11) as f64 / DENOMINATOR,
            // Python's `random.random()`: 27 bits of one draw above 26 bits of the next.
            Self::Python(random) => {
                let (high, low) = (random.next_u32() >> 5, random.next_u32() >> 6);
                (f64::from(high) * 67_108_864.0 + f64::from(low)) / DENOMINATOR
            }
        }
    }

    /// A whole number below `bound`, each as likely: as many bits as `bound` has are drawn, again until they are
    /// below it, as Python does.
    ///
    /// # Panics
    /// Where `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "nothing is below 0");
        let surplus = bound.leading_zeros();
        loop {
            let drawn = self.bits() >> surplus;
            if drawn < bound {
                return drawn;
            }
        }
    }

    /// Puts items into a random order: Python's `random.shuffle`, from the last place down to the second.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    fn bits(&mut self) -> u32 {
        match self {
            Self::ChaCha(random) => random.next_u32(),
            Self::Python(random) => random.next_u32(),
        }
    }
}
