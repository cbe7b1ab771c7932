//! A short sign for a question, by which it is known again: another question on the same page has another.

use super::exercise::Exercise;

/// Where FNV-1a begins (Fowler, Noll, Vo).
const START: u64 = 0xcbf2_9ce4_8422_2325;
/// What it multiplies by.
const FACTOR: u64 = 0x0000_0100_0000_01b3;

impl Exercise {
    /// The sign of the question, as asked after these commands: sixteen hexadecimal digits, the same on every machine
    /// and in every version. Hints and explanations may change without another sign.
    pub fn digest(&self, commands: &[&str]) -> String {
        let mut parts: Vec<String> = commands.iter().map(|line| (*line).to_owned()).collect();
        let kind = self.question.kind();
        parts.push(kind.name().to_owned());
        parts.extend(kind.described());
        // What separates two parts must not be able to stand in them.
        format!("{:016x}", fnv(&parts.join("\0")))
    }
}

fn fnv(text: &str) -> u64 {
    text.bytes().fold(START, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(FACTOR)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv_gives_its_published_values() {
        assert_eq!(fnv(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv("foobar"), 0x8594_4171_f739_67e8);
    }
}
