//! What is looked at and told, none of which changes a run: pictures and topics, the parameter in focus, `why`, what a run
//! is doing, whether its gradients are right.

mod behaviour;
mod focus;
mod gradients;
mod looks;
mod topics;
mod why;
