//! The update rules against published numbers and against each other.

use nnmom_tutor::math::{Memory, MemoryUnit, Rule, Settings, Update};
use proptest::prelude::*;

fn settings(rule: Rule, learning_rate: f64, momentum: f64) -> Settings {
    Settings::new(rule, learning_rate, momentum)
}

/// The updates of a run that starts at `start` with nothing remembered.
fn run(settings: Settings, start: f64, downhill: &[f64]) -> Vec<Update> {
    let mut weight = start;
    let mut memory = Memory::of_delta(0.0);
    let step = |downhill: &f64| {
        let update = settings.update(weight, *downhill, &[memory]);
        weight = update.after;
        memory = Memory {
            value: update.new_memory[0],
            unit: settings.rule.memory_unit(),
        };
        update
    };
    downhill.iter().map(step).collect()
}

/// Close as far as rounding allows: the same quantity computed in another order.
fn close(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-12 * scale.max(1.0)
}

fn rule() -> impl Strategy<Value = Rule> {
    proptest::sample::select(Rule::ALL.to_vec())
}

fn downhill() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-100.0..100.0_f64, 3..30)
}

#[test]
fn the_articles_plain_update_gives_3_587() {
    let update = settings(Rule::None, 0.01, 0.5).update(3.56, 2.70, &[Memory::of_delta(0.044)]);
    assert_eq!(format!("{:.3}", update.after), "3.587");
    let update = settings(Rule::None, 0.01, 0.5).update(3.56, 2.78, &[Memory::of_delta(0.044)]);
    assert_eq!(format!("{:.4}", update.after), "3.5878");
}

#[test]
fn the_articles_second_update_gives_3_609() {
    let update = settings(Rule::Article, 0.01, 0.50).update(3.56, 2.70, &[Memory::of_delta(0.044)]);
    assert_eq!(format!("{:.3}", update.delta), "0.027");
    assert_eq!(format!("{:.3}", update.plain), "3.587");
    assert_eq!(format!("{:.3}", update.momentum_term), "0.022");
    assert_eq!(format!("{:.3}", update.after), "3.609");
    assert_eq!(update.new_memory[0], update.delta);
}

/// Willamette University, CS449: E = w^2 from w = 10 with rate 0.8, where dE/dw = 2w.
#[test]
fn a_parabola_with_and_without_momentum() {
    let walk = |settings: Settings| {
        let mut weights = vec![10.0];
        let mut memory = Memory::of_delta(0.0);
        for _ in 0..3 {
            let weight = weights[weights.len() - 1];
            let update = settings.update(weight, -2.0 * weight, &[memory]);
            weights.push(update.after);
            memory = Memory::of_delta(update.new_memory[0]);
        }
        weights
            .iter()
            .map(|weight| format!("{weight:.2}"))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        walk(settings(Rule::None, 0.8, 0.0)),
        ["10.00", "-6.00", "3.60", "-2.16"]
    );
    assert_eq!(
        walk(settings(Rule::HeavyBall, 0.8, 0.1)),
        ["10.00", "-6.00", "2.00", "-0.40"]
    );
}

/// The article's rule moves at most 1 + mu times the plain step, classical momentum up to 1 / (1 - mu) times.
#[test]
fn under_a_constant_gradient_the_article_reaches_one_step_back_and_classical_momentum_all() {
    let gradients = vec![1.0; 400];
    let last = |rule| run(settings(rule, 0.1, 0.9), 0.0, &gradients)[399].change();
    assert!(close(last(Rule::Article), 0.1 * 1.9, 1.0));
    assert!(close(last(Rule::HeavyBall), 0.1 / (1.0 - 0.9), 1.0));
}

/// From E = x^2/2 at x = 1: two updates with rate 0.1, then rate 0.01 and one more.
#[test]
fn pytorch_and_heavy_ball_part_when_the_learning_rate_changes() {
    let third = |rule: Rule| {
        let (mut x, mut memory) = (1.0, Memory::of_delta(0.0));
        for learning_rate in [0.1, 0.1, 0.01] {
            let update = settings(rule, learning_rate, 0.9).update(x, -x, &[memory]);
            x = update.after;
            memory = Memory {
                value: update.new_memory[0],
                unit: rule.memory_unit(),
            };
        }
        x
    };
    // By hand: 1, 0.9, 0.72; then -0.0072 with -0.162 remembered, or with a buffer of 1.8 at rate 0.01.
    assert!(close(
        third(Rule::HeavyBall),
        0.72 - 0.0072 - 0.9 * 0.18,
        1.0
    ));
    assert!(close(
        third(Rule::PyTorch),
        0.72 - 0.0072 - 0.01 * 0.9 * 1.8,
        1.0
    ));
}

#[test]
fn choosing_another_rule_and_returning_loses_nothing() {
    let read = |memory, rule, rate| Memory::read_all(&[memory], rule, rate)[0];
    let memory = Memory::of_delta(0.044);
    assert_eq!(read(memory, Rule::PyTorch, 0.01), 0.044 / 0.01);
    assert_eq!(read(memory, Rule::Article, 0.01), 0.044);
    let buffer = Memory {
        value: 4.4,
        unit: MemoryUnit::Gradient,
    };
    assert_eq!(read(buffer, Rule::HeavyBall, 0.01), 4.4 * 0.01);
    assert_eq!(read(Memory::of_delta(1.0), Rule::Averaged, 0.0), 0.0);
}

#[test]
fn numbers_that_outgrow_a_double_are_named() {
    let update = settings(Rule::Article, 1e200, 0.5).update(1.0, 1e200, &[Memory::of_delta(0.0)]);
    assert_eq!(update.overflow(), Some("delta"));
    let update = settings(Rule::Article, 0.1, 0.5).update(1.0, 1.0, &[Memory::of_delta(0.0)]);
    assert_eq!(update.overflow(), None);
}

proptest! {
    #[test]
    fn after_is_before_plus_delta_plus_momentum_term(
        rule in rule(), eta in 0.0..10.0_f64, mu in 0.0..2.0_f64,
        before in -1e3..1e3_f64, downhill in -1e3..1e3_f64, memory in -1e3..1e3_f64,
    ) {
        let update = settings(rule, eta, mu).update(before, downhill, &[Memory::of_delta(memory)]);
        prop_assert_eq!(update.after, (before + update.delta) + update.momentum_term);
        prop_assert_eq!(update.change(), update.delta + update.momentum_term);
        if let Some(rate) = update.effective_rate() {
            prop_assert_eq!(rate, update.change() / downhill);
        }
    }

    #[test]
    fn article_and_heavy_ball_agree_for_two_updates_and_differ_at_the_third(
        eta in 0.01..1.0_f64, mu in 0.01..0.99_f64, downhill in prop::collection::vec(0.5..10.0_f64, 3),
    ) {
        let article = run(settings(Rule::Article, eta, mu), 1.0, &downhill);
        let classical = run(settings(Rule::HeavyBall, eta, mu), 1.0, &downhill);
        prop_assert_eq!(article[0].after, classical[0].after);
        prop_assert_eq!(article[1].after, classical[1].after);
        prop_assert_ne!(article[2].after, classical[2].after);
        // They differ by what momentum added at the second update, times the momentum.
        let extra = mu * article[1].momentum_term;
        prop_assert!(close(classical[2].after - article[2].after, extra, 100.0));
    }

    #[test]
    fn without_momentum_every_rule_is_plain_descent(rule in rule(), eta in 0.0..1.0_f64, downhill in downhill()) {
        let plain = run(settings(Rule::None, eta, 0.0), 0.5, &downhill);
        let other = run(settings(rule, eta, 0.0), 0.5, &downhill);
        for (plain, other) in plain.iter().zip(&other) {
            prop_assert_eq!(plain.after, other.after);
        }
    }

    #[test]
    fn pytorch_equals_heavy_ball_while_the_learning_rate_stays(
        eta in 1e-3..1.0_f64, mu in 0.0..0.95_f64, downhill in downhill(),
    ) {
        let buffer = run(settings(Rule::PyTorch, eta, mu), 0.5, &downhill);
        let velocity = run(settings(Rule::HeavyBall, eta, mu), 0.5, &downhill);
        for (buffer, velocity) in buffer.iter().zip(&velocity) {
            prop_assert!(close(buffer.after, velocity.after, 1e5));
        }
    }

    /// Nesterov's velocity is heavy-ball's; what is added is one look further ahead: mu v' + delta.
    #[test]
    fn nesterov_looks_one_step_ahead_of_heavy_ball(
        eta in 1e-3..1.0_f64, mu in 0.0..0.95_f64, downhill in downhill(),
    ) {
        let ahead = run(settings(Rule::Nesterov, eta, mu), 0.5, &downhill);
        let ball = run(settings(Rule::HeavyBall, eta, mu), 0.5, &downhill);
        for (ahead, ball) in ahead.iter().zip(&ball) {
            prop_assert!(close(ahead.new_memory[0], ball.new_memory[0], 1e5));
            prop_assert!(close(ahead.change(), mu * ball.new_memory[0] + ball.delta, 1e5));
        }
    }

    /// The moving average of a constant gradient g after n updates is (1 - mu^n) g.
    #[test]
    fn the_average_of_a_constant_gradient_approaches_it(mu in 0.0..0.95_f64, gradient in -10.0..10.0_f64, n in 1_u8..60) {
        let updates = run(settings(Rule::Averaged, 0.1, mu), 0.0, &vec![gradient; n.into()]);
        let expected = (1.0 - mu.powi(i32::from(n))) * gradient;
        prop_assert!(close(updates[usize::from(n) - 1].new_memory[0], expected, 10.0));
        prop_assert!(close(updates[usize::from(n) - 1].change(), 0.1 * expected, 10.0));
    }

    /// A rule that is changed midway goes on from the same momentum term, where both rules would use it alike.
    #[test]
    fn memory_is_carried_over_in_the_new_rules_unit(eta in 1e-3..1.0_f64, mu in 0.0..1.0_f64, m in -10.0..10.0_f64) {
        let article = settings(Rule::Article, eta, mu).update(1.0, 1.0, &[Memory::of_delta(m)]);
        let buffer = settings(Rule::PyTorch, eta, mu).update(1.0, 1.0, &[Memory::of_delta(m)]);
        prop_assert!(close(article.momentum_term, buffer.momentum_term, 10.0));
    }
}
