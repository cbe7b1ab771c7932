//! A file of data as a lesson.

use super::{Chosen, Untried, Wanted};
use crate::files::Files;

pub(super) fn chosen(_: &dyn Files, path: &str, _: &Wanted) -> Result<Chosen, Untried> {
    Err(Untried::whole(path, "later"))
}
