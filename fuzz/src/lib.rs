//! The fuzz targets of nnmom-tutor. What they check stands with the tests, which replay what is kept of their inputs.

#[path = "../../tests/it/support/fuzzed/mod.rs"]
mod fuzzed;

/// Checks what must hold of an input of a target.
///
/// # Panics
/// Where it does not hold, or there is no such target.
pub fn check(target: &str, input: &[u8]) {
    let (_, check) = fuzzed::TARGETS
        .iter()
        .find(|(name, _)| *name == target)
        .expect("a target of that name");
    check(input);
}
