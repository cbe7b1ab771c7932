//! Networks: published figures, gradients, and speed's two ways to the same bits.

use std::sync::Arc;

use nnmom_tutor::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, Items, Model, Network, Order, Rule,
    Settings, SoftmaxDerivative,
};
use nnmom_tutor::timeline::{State, Timeline, Trainer};

fn iris(rows: &str) -> Items {
    let mut items = Items::new(4, 3);
    for line in rows.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let inputs: Vec<f64> = cells[..4].iter().map(|c| c.parse().unwrap()).collect();
        let classes = ["setosa", "versicolor", "virginica"];
        let targets = classes.map(|class| f64::from(u8::from(class == cells[4])));
        items.push(&inputs, &targets);
    }
    items
}

fn iris_network() -> Network {
    Network::new(Design {
        sizes: vec![4, 5, 3],
        hidden: Activation::Tanh,
        output: Activation::Softmax,
        error: ErrorMeasure::Squared,
        softmax_derivative: SoftmaxDerivative::Diagonal,
        train_biases: true,
        initial: Initial::Drawn {
            low: -0.01,
            high: 0.01,
        },
        generator: Generator::Python,
        seed: 3,
        order: Order::Shuffled,
        items: iris(include_str!("../lessons/data/iris-train.csv")),
        test_items: iris(include_str!("../lessons/data/iris-test.csv")),
        classes: Vec::new(),
    })
}

const PLAIN: Settings = Settings {
    rule: Rule::None,
    learning_rate: 0.05,
    momentum: 0.0,
};

#[test]
fn the_articles_program_on_iris() {
    let model = Model::Network(Box::new(iris_network()));
    let mut trainer = Trainer::new(&model, State::start(&model, PLAIN, None));
    let mut printed = Vec::new();
    for epoch in [10, 20, 30, 40, 50] {
        assert!(trainer.reach(epoch * 120));
        let metrics = model.metrics(trainer.weights()).unwrap();
        printed.push(format!("{:.4}", metrics.mse.unwrap()));
    }
    assert_eq!(printed, ["0.2500", "0.0990", "0.1005", "0.0595", "0.0709"]);
    let metrics = model.metrics(trainer.weights()).unwrap();
    assert_eq!(format!("{:.4}", metrics.accuracy.unwrap()), "0.9333");
    assert_eq!(format!("{:.4}", metrics.test_accuracy.unwrap()), "0.9667");
}

#[test]
fn long_stretches_and_single_updates_come_to_the_same_bits() {
    for rule in Rule::ALL {
        let model = Arc::new(Model::Network(Box::new(iris_network())));
        let settings = Settings {
            rule,
            momentum: 0.75,
            ..PLAIN
        };
        let mut trainer = Trainer::new(&model, State::start(&model, settings, None));
        assert!(trainer.reach(1000));
        let state = trainer.into_state();
        let mut timeline = Timeline::new(Arc::clone(&model), settings);
        timeline.run_mut().reach_until(1000, |_, _| false).unwrap();
        assert_eq!(timeline.run().state(1000), state, "{}", rule.name());
        let half = timeline.run().state(487);
        let mut trainer = Trainer::new(&model, half);
        assert!(trainer.reach(1000));
        assert_eq!(trainer.into_state(), state, "{}", rule.name());
    }
}
