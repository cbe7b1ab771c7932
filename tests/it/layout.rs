//! How the screen is shared: panes get what their contents need, a picture page shows its picture large, and `z` gives the
//! whole screen to one pane.

use nnmom_tutor::command::Picture;
use nnmom_tutor::session::Session;

use crate::support::sittings::{run, written};

/// A lesson whose second page is a picture page.
const PICTURES: &str = r"
title: A ball
model:
  surface:
    loss: 0.05*x^2 + 1.5*y^2
    start: {x: -9, y: 2}
training: {rule: none, learning_rate: 0.2}
pages:
  - {title: In numbers, text: The numbers of it.}
  - title: From above
    commands: [reset]
    picture: surface
    text: |
      A ball in a ravine, seen from above.
      Press Space.
  - {title: Over time, picture: history, text: The same over time.}
";

fn ball() -> Session {
    Session::new(written(PICTURES)).unwrap()
}

// ---- Picture pages ----

#[test]
fn a_picture_page_opens_with_its_picture_and_the_next_page_with_its_own() {
    let mut session = ball();
    run(&mut session, &["view terms", "page 2"]);
    assert_eq!(session.picture(), Picture::Surface);
    run(&mut session, &["view terms"]);
    assert_eq!(
        session.picture(),
        Picture::Terms,
        "it is looked at by choice"
    );
    run(&mut session, &["page 3"]);
    assert_eq!(session.picture(), Picture::History);
    run(&mut session, &["page 1"]);
    assert_eq!(
        session.picture(),
        Picture::History,
        "a page without one leaves it"
    );
}
