//! Where things lie in a picture: what is seen of a surface, of a plane, and of a layer with many nodes.

use nnmom_tutor::math::Interval;
use nnmom_tutor::pictures::{Lens, Plane, some_of};

const WHOLE: Interval = Interval {
    low: -10.0,
    high: 10.0,
};

#[test]
fn two_steps_nearer_show_half_as_much_around_the_middle() {
    let lens = Lens::default().nearer(2).unwrap();
    assert_eq!(
        (lens.seen(WHOLE, 0).low, lens.seen(WHOLE, 0).high),
        (-5.0, 5.0)
    );
    let back = lens.nearer(-2).unwrap();
    assert_eq!(back.seen(WHOLE, 1), WHOLE);
}

#[test]
fn a_move_goes_on_by_a_quarter_of_what_is_seen() {
    let lens = Lens::default().nearer(2).unwrap().moved(0, 1.0);
    assert_eq!(
        (lens.seen(WHOLE, 0).low, lens.seen(WHOLE, 0).high),
        (-2.5, 7.5)
    );
    assert_eq!(
        (lens.seen(WHOLE, 1).low, lens.seen(WHOLE, 1).high),
        (-5.0, 5.0)
    );
}

#[test]
fn there_is_an_end_to_both_ways() {
    let mut lens = Lens::default();
    while let Some(nearer) = lens.nearer(1) {
        lens = nearer;
    }
    let seen = lens.seen(WHOLE, 0);
    assert!(seen.low < seen.high, "{seen:?}");
    assert!(Lens::default().nearer(-100).is_none());
}

#[test]
fn a_point_is_found_again_by_its_shares() {
    let plane = Plane {
        across: [-1.0, 3.0],
        up: [0.0, 10.0],
    };
    assert_eq!(plane.point(0.5, 0.25), [1.0, 2.5]);
    assert_eq!(plane.shares([1.0, 2.5]), [0.5, 0.25]);
    let wide = Plane {
        across: [f64::MIN, f64::MAX],
        up: [f64::MIN, f64::MAX],
    };
    assert_eq!(wide.shares([0.0, f64::MAX]), [0.5, 1.0]);
}

#[test]
fn the_first_and_the_last_are_drawn_and_what_must_be() {
    assert_eq!(some_of(3, 5, &[]), [0, 1, 2]);
    assert_eq!(some_of(100, 4, &[]), [0, 1, 2, 99]);
    assert_eq!(some_of(100, 4, &[50]), [0, 1, 50, 99]);
    assert_eq!(some_of(100, 2, &[50]), [50, 99]);
    assert_eq!(some_of(100, 1, &[50]), [50]);
    assert_eq!(some_of(100, 3, &[99]), [0, 1, 99]);
}
