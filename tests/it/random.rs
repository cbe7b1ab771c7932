//! The numbers that are drawn: what a seed gives is what it always gave.

use nnmom_tutor::math::Generator;

fn draws(generator: Generator, seed: u64) -> [f64; 3] {
    let mut stream = generator.stream(seed);
    [stream.unit(), stream.unit(), stream.unit()]
}

#[test]
fn pythons_generator_draws_what_python_draws() {
    // python3 -c 'import random; random.seed(3); print([random.random() for _ in range(3)])'
    assert_eq!(
        draws(Generator::Python, 3),
        [
            0.237_964_627_091_891_37,
            0.544_229_225_295_951_9,
            0.369_955_166_548_079_25
        ]
    );
    let mut stream = Generator::Python.stream(3);
    let mut order: Vec<u32> = (0..10).collect();
    (0..3).for_each(|_| {
        stream.unit();
    });
    stream.shuffle(&mut order);
    assert_eq!(order, [8, 5, 6, 2, 3, 0, 4, 1, 7, 9]);
}

#[test]
fn large_seeds_are_read_as_python_reads_them() {
    // random.seed(0) and random.seed(2**40 + 7)
    assert_eq!(draws(Generator::Python, 0)[0], 0.844_421_851_525_048_1);
    let large = (1 << 40) + 7;
    assert_eq!(draws(Generator::Python, large)[0], 0.613_703_777_993_651_1);
}

#[test]
fn chacha_draws_stay_what_they_are() {
    assert_eq!(
        draws(Generator::ChaCha, 1),
        [
            0.402_485_663_664_848_06,
            0.080_383_708_929_781_97,
            0.596_560_180_934_854_9
        ]
    );
}
