//! What is practised: every skill has a name, problems and a worked way to the answer.

use std::collections::BTreeSet;

use nnmom_tutor::exercise::{Key, Skill, Topic, steps, worked};
use nnmom_tutor::math::{Convention, Rule};

#[test]
fn plain_descent_has_two_skills_and_a_rule_that_remembers_seven() {
    let of = |rule: Rule| {
        let skills = Skill::all();
        let own = skills.filter(|skill| {
            skill.topic == Topic::Rule(rule) && skill.convention == Convention::Add
        });
        own.map(|skill| skill.asked.name().into_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(Rule::None), ["delta", "after"]);
    assert_eq!(
        of(Rule::HeavyBall),
        [
            "delta",
            "plain_weight",
            "momentum_term",
            "after",
            "new_memory",
            "change",
            "effective_rate"
        ]
    );
}

#[test]
fn a_network_has_skills_for_every_kind_of_node() {
    let names: Vec<String> = Skill::all()
        .filter(|skill| matches!(skill.topic, Topic::Node(_)))
        .map(Skill::name)
        .collect();
    for name in [
        "output sigmoid signal add",
        "output cross-entropy gradient subtract",
        "hidden tanh sum add",
        "hidden tanh value add",
        "hidden sigmoid signal subtract",
    ] {
        assert!(names.iter().any(|known| known == name), "{names:?}");
    }
    assert!(!names.iter().any(|name| name == "hidden tanh sum subtract"));
}

#[test]
fn names_are_different_and_problems_have_answers_that_slips_do_not_hit() {
    let skills: Vec<Skill> = Skill::all().collect();
    let names: BTreeSet<String> = skills.iter().map(|skill| skill.name()).collect();
    assert_eq!(names.len(), skills.len());
    for skill in skills {
        for seed in 0..3 {
            let facts = skill.problem(&[], seed);
            assert_eq!(facts, skill.problem(&[], seed));
            assert_eq!(Skill::of(&facts, skill.asked), Some(skill));
            let key = Key::of(&facts, skill.asked).unwrap();
            assert!(key.right.is_finite());
            assert!(key.digits_needed() <= 5, "{} {seed}", skill.name());
        }
    }
}

#[test]
fn every_skill_has_a_worked_example_that_ends_with_its_answer() {
    for skill in Skill::all() {
        for seed in 0..5 {
            let facts = skill.problem(&[], seed);
            let lines = worked(&facts, skill.asked);
            let last = lines.last().unwrap();
            let right = facts.right(skill.asked).unwrap().evaluate();
            let close = (last.value - right).abs() <= 1e-12 * right.abs();
            assert!(close, "{}: {} {right}", skill.name(), last.value);
            for line in &lines {
                assert_eq!(line.formula.evaluate(), line.value, "{}", skill.name());
            }
        }
    }
}

#[test]
fn the_steps_to_a_new_weight_are_the_lines_before_it_and_none_is_the_answer() {
    let named = |name: &str, convention: &str| {
        let name = format!("{name} {convention}");
        let mut all = Skill::all();
        all.find(|skill| skill.name() == name).unwrap()
    };
    let names = |skill: Skill| -> Vec<String> {
        let lines = steps(&skill.problem(&[], 1), skill.asked);
        lines
            .iter()
            .map(|line| line.quantity.name().into_owned())
            .collect()
    };
    assert_eq!(
        names(named("article after", "add")),
        ["delta", "plain_weight", "momentum_term"]
    );
    assert_eq!(
        names(named("heavy-ball effective_rate", "subtract")),
        ["delta", "momentum_term", "change"]
    );
    assert_eq!(names(named("article new_memory", "add")), [""; 0]);
    assert_eq!(
        names(named("hidden tanh gradient", "add")),
        ["hidden_signal[0]"]
    );
}
