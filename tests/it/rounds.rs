//! Rounds of practice: what they ask for next, how worked examples fade, what an answer is worth.

use nnmom_tutor::exercise::{Skill, Topic, Tried, applicable, rounded, steps};
use nnmom_tutor::math::Rule;
use nnmom_tutor::practice::Practice;
use nnmom_tutor::record::{
    DAY, Entry, Keeper, Logbook, MemoryShelf, Moment, PROGRESS_FILE, Shelf, SkillLog, Standing,
    What,
};
use proptest::prelude::*;
use std::rc::Rc;

use crate::support::depth::cases;

const NOW: Moment = Moment(100 * DAY);

fn round(seed: u64, count: usize) -> Practice {
    Practice::new(Keeper::open(None, || NOW), seed, count)
}

fn right_answer(practice: &Practice) -> String {
    let key = practice.task().key(&[]).unwrap();
    rounded(key.right, key.digits_needed())
}

fn log(logbook: &mut Logbook, skill: Skill, result: Tried, days_ago: u64) {
    logbook.note(&Entry {
        at: Moment(NOW.0 - days_ago * DAY),
        what: What::Tried {
            skill: skill.name(),
            variant: "seed 1".to_owned(),
            result,
        },
    });
}

/// The skills of a round in which every problem is left out, which teaches the logbook nothing.
fn drawn(logbook: &Logbook, seed: u64, count: usize) -> Vec<Skill> {
    let shelf = MemoryShelf::default();
    let text = serde_json::to_string(logbook).unwrap();
    shelf.put(PROGRESS_FILE, &text).unwrap();
    let keeper = Keeper::open(Some(Rc::new(shelf)), || NOW);
    assert_eq!(keeper.logbook(), logbook);
    let mut practice = Practice::new(keeper, seed, count);
    let mut draw = || {
        let skill = practice.skill();
        practice.reply("next").unwrap();
        skill
    };
    (0..count).map(|_| draw()).collect()
}

/// How often a skill is asked for in 250 problems.
fn times(skill: Skill, logbook: &Logbook) -> usize {
    let skills = drawn(logbook, 1, 250);
    skills.iter().filter(|drawn| **drawn == skill).count()
}

fn first_of(topic: Topic) -> Skill {
    Skill::all().find(|skill| skill.topic == topic).unwrap()
}

/// A logbook of somebody who has tried every topic, long ago.
fn experienced() -> Logbook {
    let mut logbook = Logbook::default();
    for topic in Topic::all() {
        log(&mut logbook, first_of(topic), Tried::Aided, 50);
    }
    logbook
}

#[test]
fn rules_conventions_and_quantities_are_mixed() {
    let mut seen = Vec::new();
    for seed in 1..=3 {
        let skills = drawn(&experienced(), seed, 500);
        assert!(skills.windows(2).all(|pair| pair[0].topic != pair[1].topic));
        seen.extend(skills);
    }
    for skill in Skill::all() {
        assert!(seen.contains(&skill), "{}", skill.name());
    }
}

/// The topics that a round asks about, in the order of the course.
fn topics(logbook: &Logbook) -> Vec<Topic> {
    let skills = drawn(logbook, 1, 120);
    let asked = |topic: &Topic| skills.iter().any(|skill| skill.topic == *topic);
    Topic::all().filter(asked).collect()
}

/// Neither in the next round of a sitting nor in the first of the next one; a file of before says nothing of it.
#[test]
fn what_was_left_out_is_not_asked_again_in_the_next_sitting() {
    let shelf: Rc<dyn Shelf> = Rc::new(MemoryShelf::default());
    let sitting = || Practice::new(Keeper::open(Some(Rc::clone(&shelf)), || NOW), 7, 4);
    let mut first = sitting();
    let mut seen = Vec::new();
    for line in ["next", "next", "quit"] {
        seen.push(first.problem().text());
        first.reply(line).unwrap();
    }
    assert_eq!(first.keeper().logbook().skipped.len(), 3);
    let mut second = sitting();
    for _ in 0..4 {
        assert!(!seen.contains(&second.problem().text()));
        second.reply("next").unwrap();
    }
    let old: Logbook = serde_json::from_str(r#"{"version": 1}"#).unwrap();
    assert_eq!(old, Logbook::default());
    assert!(!serde_json::to_string(&old).unwrap().contains("skipped"));
}

#[test]
fn a_beginner_meets_topics_one_after_another() {
    let mut logbook = Logbook::default();
    let first = topics(&logbook);
    assert_eq!(first[..2], [Rule::None, Rule::Article].map(Topic::Rule));
    assert_eq!(first.len(), 3);
    let all: Vec<Topic> = Topic::all().collect();
    let mut met: Vec<Topic> = Vec::new();
    for _ in &all {
        let asked = topics(&logbook);
        let new = asked.iter().filter(|topic| !met.contains(topic));
        let next: Vec<Topic> = new.copied().collect();
        assert!(next.len() <= 3 && asked.len() == met.len() + next.len());
        met.push(next[0]);
        log(&mut logbook, first_of(next[0]), Tried::Right, 0);
    }
    assert_eq!(topics(&logbook), all);
}

#[test]
fn what_was_missed_comes_often_and_what_was_seen_lately_comes_seldom() {
    let all: Vec<Skill> = Skill::all().collect();
    let (missed, seen) = (all[0], all[10]);
    assert_ne!(missed.topic, seen.topic);
    let mut logbook = experienced();
    log(&mut logbook, missed, Tried::Missed, 30);
    log(&mut logbook, seen, Tried::Right, 1);
    assert!(times(missed, &logbook) > 50);
    assert!(times(seen, &logbook) < 38);
    log(&mut logbook, missed, Tried::Right, 0);
    assert!(times(missed, &logbook) < 38, "it is no longer missed");
}

#[test]
fn a_skill_is_due_again_after_two_days() {
    let skill = Skill::all().nth(3).unwrap();
    let all = [(1, false), (2, true), (0, false), (9, true)];
    for (days, is_due) in all.into_iter().take(cases(4).max(2) as usize) {
        let mut logbook = Logbook::default();
        for other in Skill::all() {
            let days = if other == skill { days } else { 0 };
            log(&mut logbook, other, Tried::Right, days);
        }
        assert_eq!(times(skill, &logbook) > 50, is_due, "{days}");
    }
}

#[test]
fn worked_examples_fade() {
    let mut practice = round(5, 40);
    let mut has_example = practice.opening().problem.unwrap().example;
    let mut seen: Vec<Topic> = Vec::new();
    for _ in 1..40 {
        let (skill, task) = (practice.skill(), practice.task());
        let done = seen.iter().filter(|topic| **topic == skill.topic).count();
        let all = steps(&task.facts, skill.asked).len();
        let shown = task.steps().len();
        assert_eq!(has_example.is_empty(), done > 0);
        assert_eq!(shown, [all, all / 2].get(done).copied().unwrap_or(0));
        seen.push(skill.topic);
        let right = |practice: &Practice| {
            let log: Option<&SkillLog> = practice.keeper().logbook().skill(skill);
            log.map_or(0, |log| log.right.len())
        };
        let before = right(&practice);
        let reply = practice.reply(&right_answer(&practice)).unwrap();
        has_example = reply.problem.unwrap().example;
        let counts = right(&practice) > before;
        assert_eq!(counts, shown == 0, "what is shown is help");
    }
    let often = |topic: &Topic| seen.iter().filter(|other| *other == topic).count() > 2;
    assert!(seen.iter().any(often));
}

#[test]
fn every_problem_is_solved_by_its_answer_and_counts_for_its_skill() {
    let mut practice = round(5, 200);
    for number in 1..=200 {
        assert_eq!(practice.prompt(), format!("problem {number}/200> "));
        let answer = right_answer(&practice);
        let reply = practice.reply(&answer).unwrap();
        let text = reply.text().text();
        assert!(text.starts_with("Right"), "{answer}: {text}");
        assert_eq!(reply.is_over(), number == 200);
    }
    let summary = practice.summary().text();
    assert!(
        summary.contains("200 problems: 200 right at once."),
        "{summary}"
    );
    assert!(summary.contains("Mastered: "), "{summary}");
    assert!(!summary.contains("again"), "{summary}");
}

#[test]
fn a_wrong_answer_is_named_and_where_several_slips_fit_another_question_decides() {
    let (mut named, mut told_apart) = (0, 0);
    for seed in 0..100 {
        let mut practice = round(seed, 1);
        let task = practice.task();
        for (misconception, answer) in applicable(&task.facts, practice.skill().asked) {
            let typed = rounded(answer, 6);
            let reply = practice.clone().reply(&typed).unwrap();
            named += usize::from(reply.text().text().contains(misconception.title));
            // So few digits may say several things.
            let typed = rounded(answer, 2);
            let reply = practice.clone().reply(&typed).unwrap();
            if reply.text().text().contains("Another question") {
                told_apart += 1;
                practice.reply(&typed).unwrap();
                let back = practice.reply(&right_answer(&practice)).unwrap();
                assert!(back.text().text().contains("first question again"));
                assert_eq!(practice.task().facts, task.facts);
                let end = practice.reply(&right_answer(&practice)).unwrap();
                assert!(end.is_over() && end.text().text().contains("1 right in the end"));
                break;
            }
        }
    }
    assert!(named > 500 && told_apart > 0, "{named}, {told_apart}");
}

#[test]
fn help_makes_a_right_answer_count_for_less() {
    for line in ["hint", "solution"] {
        let mut practice = round(1, 1);
        practice.reply(line).unwrap();
        let end = practice.reply(&right_answer(&practice)).unwrap();
        assert!(end.text().text().contains("1 right in the end"));
        let logbook = practice.keeper().logbook();
        assert_eq!(logbook.standing(practice.skill()), Standing::Learning);
        assert!(logbook.skill(practice.skill()).unwrap().right.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(40)))]

    /// Whatever the seeds, and whether the next round begins at once or in another sitting, as long as answers are
    /// kept.
    #[test]
    fn numbers_do_not_come_back_in_the_next_round(
        seed in any::<u64>(), apart in 0..12_u64, anew in any::<bool>(),
    ) {
        let shelf = Rc::new(MemoryShelf::default());
        let keeper = || Keeper::open(Some(shelf.clone()), || NOW);
        let mut practice = Practice::new(keeper(), seed, 10);
        let mut before: Vec<String> = Vec::new();
        for round in 0..3 {
            let mut told = Vec::new();
            for _ in 0..10 {
                told.push(practice.task().facts.told(practice.skill().asked).text());
                practice.reply(&right_answer(&practice)).unwrap();
            }
            prop_assert!(told.iter().all(|words| !before.contains(words)), "{told:?} after {before:?}");
            before = told;
            practice = if anew {
                Practice::new(keeper(), seed.wrapping_add(apart * (round + 1)), 10)
            } else {
                practice.another()
            };
        }
    }
}
