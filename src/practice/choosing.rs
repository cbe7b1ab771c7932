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
