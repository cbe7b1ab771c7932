//! Names the commit that the program is built from, for `--version`.
//!
//! It is read from git where the project is a repository, else from what `cargo package` notes in its archive, else from
//! `NNMOM_TUTOR_COMMIT` in the environment. Without any of them the version stands alone.

use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What `cargo package` has noted.
const NOTED: &str = ".cargo_vcs_info.json";
/// Who builds without git may give the commit here.
const GIVEN: &str = "NNMOM_TUTOR_COMMIT";
/// What goes into the program. What else differs from the commit does not matter.
const BUILT_FROM: [&str; 5] = ["src", "lessons", "Cargo.toml", "Cargo.lock", "build.rs"];

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-env-changed={GIVEN}");
    let version = env!("CARGO_PKG_VERSION");
    let named = (of_git().or_else(of_archive)).or_else(|| short(&env::var(GIVEN).ok()?));
    let named = named.map_or_else(String::new, |commit| format!(" ({commit})"));
    println!("cargo:rustc-env=NNMOM_TUTOR_VERSION={version}{named}");
}

/// The commit of the repository, and what the program may have beside it. A build for use is made again when anything
/// changes that it is built from, and so can tell. A build for developing, which is made many times a day, is not: it
/// says what it is.
fn of_git() -> Option<String> {
    if !Path::new(".git").exists() {
        return None;
    }
    let branch = git(&["rev-parse", "--symbolic-full-name", "HEAD"]).unwrap_or_default();
    for file in ["logs/HEAD", "HEAD", "packed-refs", branch.trim()] {
        watch(git(&["rev-parse", "--git-path", file])?.trim());
    }
    let commit = short(&git(&["rev-parse", "HEAD"])?)?;
    if env::var("PROFILE").as_deref() != Ok("release") {
        return Some(format!("{commit}, debug"));
    }
    for path in BUILT_FROM {
        watch(path);
    }
    let changed = git(&[&["status", "--porcelain", "--"], &BUILT_FROM[..]].concat())?;
    Some(commit + if changed.is_empty() { "" } else { ", changed" })
}

/// The commit that an archive is of.
fn of_archive() -> Option<String> {
    let noted = fs::read_to_string(NOTED).ok()?;
    watch(NOTED);
    let commit = short(noted.split("\"sha1\": \"").nth(1)?)?;
    let changed = noted.contains("\"dirty\": true");
    Some(commit + if changed { ", changed" } else { "" })
}

/// As much of a commit's name as tells it from others; `None` where it is none.
fn short(commit: &str) -> Option<String> {
    let commit = commit.trim().get(..9)?;
    let is_name = commit.chars().all(|c| c.is_ascii_hexdigit());
    is_name.then(|| commit.to_owned())
}

/// Builds again once a file changes. What is not there would be missed at each build.
fn watch(path: &str) {
    if Path::new(path).is_file() || Path::new(path).is_dir() {
        println!("cargo:rerun-if-changed={path}");
    }
}

/// What git answers; `None` where there is no git, or it refuses.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let answer = output.status.success().then_some(output.stdout)?;
    String::from_utf8(answer).ok()
}
