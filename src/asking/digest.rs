//! A short sign for a question, by which it is known again: another question on the same page has another.

use std::hash::Hasher;

use fnv::FnvHasher;

use super::exercise::Exercise;

impl Exercise {
    /// The sign of the question, as asked after these commands: sixteen hexadecimal digits, the same on every machine
    /// and in every version. Hints and explanations may change without another sign.
    pub fn digest(&self, commands: &[&str]) -> String {
        let mut parts: Vec<String> = commands.iter().map(|line| (*line).to_owned()).collect();
        let kind = self.question.kind();
        parts.push(kind.name().to_owned());
        parts.extend(kind.described());
        let mut hasher = FnvHasher::default();
        // What separates two parts must not be able to stand in them.
        hasher.write(parts.join("\0").as_bytes());
        format!("{:016x}", hasher.finish())
    }
}
