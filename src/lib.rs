//! x
pub mod command;
pub mod explain;
pub mod lesson;
pub mod math;
pub mod session;
pub mod timeline;
pub mod view;
