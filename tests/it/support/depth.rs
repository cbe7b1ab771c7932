//! How many made-up cases tests look at.

/// So many times fewer where nobody asks for all of them.
const SHARE: u32 = 8;

/// Whether all cases are looked at, as before a change lands; elsewhere a part of them is enough to see most mistakes.
pub fn in_full() -> bool {
    std::env::var_os("TESTS_IN_FULL").is_some()
}

/// So many cases, or a part of them.
pub fn cases(all: u32) -> u32 {
    if in_full() { all } else { all.div_ceil(SHARE) }
}
