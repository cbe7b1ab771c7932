//! The numbers of a network's nodes, as far as they have been shown.

use crate::explain::{Known, Node, NodeQuantity, OfNode, Quantity, rough_of};
use crate::math::{Network, Pass, Rough};
use crate::pictures::Subject;

/// The numbers of the update on the screen, node by node; what is still to be stepped over is kept back.
#[derive(Debug, Clone)]
pub struct NodeNumbers<'a> {
    subject: &'a Subject<'a>,
    network: &'a Network,
    known: Known,
}

impl<'a> NodeNumbers<'a> {
    /// Those of a subject with a network; `None` of any other.
    pub fn of(subject: &'a Subject<'a>) -> Option<Self> {
        let network = subject.network()?;
        Some(Self {
            subject,
            network,
            known: Known::new(network, &subject.derivation),
        })
    }

    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// Whether signals are on their way back: the next line is one of them, or the gradient that is made of one.
    pub fn goes_back(&self) -> bool {
        let next = self.subject.derivation.lines.get(self.subject.lines);
        next.is_some_and(|line| {
            line.quantity == Quantity::Gradient
                || matches!(line.quantity, Quantity::Node(of) if of.quantity == NodeQuantity::Signal)
        })
    }

    /// The value of a node; layer 0 holds the inputs. `None` while it has not been shown.
    pub fn value(&self, layer: usize, index: usize) -> Option<Rough> {
        let known = self.known.value(layer, index);
        let pass = self.pass(NodeQuantity::Value, layer, index, known)?;
        pass.values(layer).get(index).copied().map(Rough::rounded)
    }

    /// The signal of a node from layer 1 on, in the convention in force. `None` while it has not been shown.
    pub fn signal(&self, layer: usize, index: usize) -> Option<Rough> {
        let known = (layer > 0).then(|| self.known.signal(layer, index))?;
        self.pass(NodeQuantity::Signal, layer, index, known)?;
        let subject = self.subject;
        let node = Node::new(layer, self.network.layers().len(), index);
        let quantity = Quantity::Node(OfNode {
            quantity: NodeQuantity::Signal,
            node,
        });
        let (model, convention) = (subject.model(), subject.convention);
        let number = rough_of(model, &subject.record, subject.focus, convention, quantity);
        (!number.value.is_nan()).then_some(number)
    }

    /// The item's way through the network, where a number of a node has been shown, which is `known` after so many
    /// lines, and the page does not ask for it.
    fn pass(
        &self,
        quantity: NodeQuantity,
        layer: usize,
        index: usize,
        known: usize,
    ) -> Option<&Pass> {
        let node = Node::new(layer, self.network.layers().len(), index);
        let asked = || self.subject.keeps_back(OfNode { quantity, node });
        let pass = self.subject.record.pass.as_ref();
        pass.filter(|_| known <= self.subject.lines && !asked())
    }

    /// The target of an output.
    pub fn target(&self, index: usize) -> Option<f64> {
        let record = &self.subject.record;
        record.pass.as_ref()?.targets().get(index).copied()
    }
}
