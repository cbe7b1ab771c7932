//! The numbers of a network's nodes, as far as they have been shown.

use crate::explain::{Known, Node, NodeQuantity, OfNode, Quantity};
use crate::math::Network;
use crate::session::Session;

/// The numbers of the update on the screen, node by node; what is still to be stepped over is kept back.
#[derive(Debug, Clone)]
pub struct NodeNumbers<'a> {
    session: &'a Session,
    network: &'a Network,
    known: Known,
    shown: usize,
    goes_back: bool,
}

impl<'a> NodeNumbers<'a> {
    /// Those of a sitting with a network; `None` of any other.
    pub fn of(session: &'a Session) -> Option<Self> {
        let network = session.lesson().model.network()?;
        let derivation = session.derivation();
        let shown = session.position().lines;
        let next = derivation.lines.get(shown).map(|line| line.quantity);
        Some(Self {
            session,
            network,
            known: Known::new(network, &derivation),
            shown,
            goes_back: match next {
                Some(Quantity::Gradient) => true,
                Some(Quantity::Node(of_node)) => of_node.quantity == NodeQuantity::Signal,
                _ => false,
            },
        })
    }

    /// The network.
    pub fn network(&self) -> &'a Network {
        self.network
    }

    /// Whether signals are on their way back: the next line is one of them, or the gradient that is made of one.
    pub fn goes_back(&self) -> bool {
        self.goes_back
    }

    /// The value of a node; layer 0 holds the inputs. `None` while it has not been shown.
    pub fn value(&self, layer: usize, index: usize) -> Option<f64> {
        let shown = self.known.value(layer, index) <= self.shown
            && !self.is_asked(NodeQuantity::Value, layer, index);
        let record = self.session.record();
        let pass = record.pass.as_ref().filter(|_| shown)?;
        pass.values(layer).get(index).copied()
    }

    /// The signal of a node from layer 1 on, in the convention in force. `None` while it has not been shown.
    pub fn signal(&self, layer: usize, index: usize) -> Option<f64> {
        let shown = layer > 0
            && self.known.signal(layer, index) <= self.shown
            && !self.is_asked(NodeQuantity::Signal, layer, index);
        let record = self.session.record();
        let pass = record.pass.as_ref().filter(|_| shown)?;
        let downhill = pass.signals(layer).get(index).copied()?;
        Some(self.session.convention().flip(downhill))
    }

    /// Whether the page asks for a number of a node, and has not been answered yet.
    fn is_asked(&self, quantity: NodeQuantity, layer: usize, index: usize) -> bool {
        let node = Node::new(layer, self.network.layers().len(), index);
        let quantity = Quantity::Node(OfNode { quantity, node });
        !self.session.is_shown(quantity) && self.session.would_tell(quantity)
    }

    /// The target of an output.
    pub fn target(&self, index: usize) -> Option<f64> {
        let record = self.session.record();
        record.pass.as_ref()?.targets().get(index).copied()
    }
}
