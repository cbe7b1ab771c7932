//! Networks that are made without a lesson.

use nnmom_tutor::math::{
    Activation, Design, ErrorMeasure, Generator, Initial, ItemOrder, Items, SoftmaxDerivative,
};

/// What the article's program does with some items, through layers of these sizes: tanh and softmax, squared errors,
/// weights drawn from -0.01 to 0.01, items in an order that is drawn.
pub fn articles(sizes: &[usize], items: Items) -> Design {
    let (inputs, outputs) = (sizes[0], sizes[sizes.len() - 1]);
    Design {
        sizes: sizes.to_vec(),
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
        order: ItemOrder::Shuffled,
        items,
        test_items: Items::new(inputs, outputs),
        classes: Vec::new(),
    }
}
