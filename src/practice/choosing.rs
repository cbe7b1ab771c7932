//! What practice asks for next, chosen from what a learner has missed, has not seen lately, or has not met yet.

use crate::exercise::{Dice, Skill, Topic};
use crate::record::{Logbook, Moment, Standing};

/// A skill is due again when it has not been tried for so many days.
pub const DAYS_UNTIL_DUE: u64 = 2;
/// Of ten problems about so many are on skills that were missed last time, where there are any.
const TICKETS_OF_MISSED: usize = 5;
/// About so many on skills that are due or new.
const TICKETS_OF_DUE: usize = 4;
/// About so many on skills that have been tried lately.
const TICKETS_OF_SEEN: usize = 1;

/// The skill to ask for next: drawn from those that were missed last time, those that are due or new, and the rest.
/// No rule and no kind of node comes twice in a row.
pub(super) fn chosen(
    logbook: &Logbook,
    now: Moment,
    before: Option<Topic>,
    dice: &mut Dice,
) -> Skill {
    let mut groups: [(usize, Vec<Skill>); 3] = [
        (TICKETS_OF_MISSED, Vec::new()),
        (TICKETS_OF_DUE, Vec::new()),
        (TICKETS_OF_SEEN, Vec::new()),
    ];
    let topics = introduced(logbook);
    for skill in Skill::all() {
        if Some(skill.topic) != before && topics.contains(&skill.topic) {
            groups[group(logbook, now, skill)].1.push(skill);
        }
    }
    let tickets = groups.iter().filter(|(_, skills)| !skills.is_empty());
    let mut ticket = dice.below(tickets.map(|(count, _)| count).sum());
    for (count, skills) in groups.iter().filter(|(_, skills)| !skills.is_empty()) {
        if ticket < *count {
            return skills[dice.below(skills.len())];
        }
        ticket -= count;
    }
    unreachable!("there are skills for every topic, so a ticket is always drawn")
}

/// The topics that problems are about: those that have been tried, and of the others the next two rules and the next
/// kind of node. So a beginner meets them one after another, in the order of the course.
fn introduced(logbook: &Logbook) -> Vec<Topic> {
    let tried = |topic: &Topic| {
        let mut skills = Skill::all();
        skills.any(|skill| skill.topic == *topic && logbook.skill(skill).is_some())
    };
    let (mut topics, new): (Vec<Topic>, Vec<Topic>) = Topic::all().partition(tried);
    let is_rule = |topic: &&Topic| matches!(topic, Topic::Rule(_));
    topics.extend(new.iter().filter(is_rule).take(2));
    topics.extend(new.iter().filter(|topic| !is_rule(topic)).take(1));
    topics
}

/// How many skills are mastered, of how many that are practised.
pub fn skills_mastered(logbook: &Logbook) -> (usize, usize) {
    let mastered = |skill: &Skill| logbook.standing(*skill) == Standing::Mastered;
    (Skill::all().filter(mastered).count(), Skill::all().count())
}

/// Whether a skill was missed last time (0), is due or new (1), or has been tried lately (2).
fn group(logbook: &Logbook, now: Moment, skill: Skill) -> usize {
    if logbook.standing(skill) == Standing::Missed {
        0
    } else if (logbook.skill(skill)).is_some_and(|log| now.days_since(log.last) < DAYS_UNTIL_DUE) {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exercise::Tried;
    use crate::math::Rule;
    use crate::record::DAY;
    use crate::record::{Entry, What};

    const NOW: Moment = Moment(100 * DAY);

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

    fn drawn(logbook: &Logbook, times: usize) -> Vec<Skill> {
        let mut dice = Dice(1);
        let mut before = None;
        let mut draw = || {
            let skill = chosen(logbook, NOW, before, &mut dice);
            before = Some(skill.topic);
            skill
        };
        (0..times).map(|_| draw()).collect()
    }

    /// A logbook of somebody who has tried every topic, long ago.
    fn experienced() -> Logbook {
        let mut logbook = Logbook::default();
        for topic in Topic::all() {
            let mut skills = Skill::all();
            let first = skills.find(|skill| skill.topic == topic).unwrap();
            log(&mut logbook, first, Tried::Aided, 50);
        }
        logbook
    }

    #[test]
    fn rules_conventions_and_quantities_are_mixed() {
        let skills = drawn(&experienced(), 3000);
        assert!(skills.windows(2).all(|pair| pair[0].topic != pair[1].topic));
        for skill in Skill::all() {
            assert!(skills.contains(&skill), "{}", skill.name());
        }
    }

    #[test]
    fn a_beginner_meets_topics_one_after_another() {
        let mut logbook = Logbook::default();
        let mut all: Vec<Topic> = Topic::all().collect();
        for _ in 0..all.len() {
            let topics = introduced(&logbook);
            let skills = drawn(&logbook, 200);
            assert!(skills.iter().all(|skill| topics.contains(&skill.topic)));
            let next = all.iter().position(|topic| topics.contains(topic)).unwrap();
            let met = all.remove(next);
            let mut skills = Skill::all();
            let skill = skills.find(|skill| skill.topic == met).unwrap();
            log(&mut logbook, skill, Tried::Right, 0);
        }
        assert_eq!(introduced(&logbook).len(), Topic::all().count());
        let first = introduced(&Logbook::default());
        let rules = [Rule::None, Rule::Article].map(Topic::Rule);
        assert_eq!(first[..2], rules);
        assert_eq!(first.len(), 3);
    }

    #[test]
    fn what_was_missed_comes_often_and_what_was_seen_lately_comes_seldom() {
        let all: Vec<Skill> = Skill::all().collect();
        let (missed, seen) = (all[0], all[10]);
        assert_ne!(missed.topic, seen.topic);
        let mut logbook = experienced();
        log(&mut logbook, missed, Tried::Missed, 30);
        log(&mut logbook, seen, Tried::Right, 1);
        let skills = drawn(&logbook, 1000);
        let count = |wanted: Skill| skills.iter().filter(|skill| **skill == wanted).count();
        assert!(count(missed) > 200, "{}", count(missed));
        assert!(count(seen) < 150, "{}", count(seen));
        assert_eq!(group(&logbook, NOW, missed), 0);
        assert_eq!(group(&logbook, NOW, seen), 2);
        log(&mut logbook, missed, Tried::Right, 0);
        assert_eq!(group(&logbook, NOW, missed), 2, "it is no longer missed");
    }

    #[test]
    fn a_skill_is_due_again_after_two_days() {
        let skill = Skill::all().nth(3).unwrap();
        for (days, expected) in [(0, 2), (1, 2), (2, 1), (9, 1)] {
            let mut logbook = Logbook::default();
            log(&mut logbook, skill, Tried::Right, days);
            assert_eq!(group(&logbook, NOW, skill), expected, "{days}");
        }
    }
}
