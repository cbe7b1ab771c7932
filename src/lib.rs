//! x
pub mod explain;
pub mod math;
pub mod timeline;
