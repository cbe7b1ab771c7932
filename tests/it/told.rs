//! Pictures in words, for whoever does not see them: a few sentences, whatever the run, and all of them true.

use nnmom_tutor::command::{Picture, ShowTopic};
use nnmom_tutor::lesson::BUILTIN;
use nnmom_tutor::repl::marked;
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Medium, Sheet, in_words};

use crate::support::sittings::{of_the_tests, run, sitting};

/// What is said of a picture; nothing where there is no such picture.
fn told(session: &Session, picture: Picture) -> Option<String> {
    let mut tried = session.clone();
    tried.run_line(&format!("view {}", picture.name())).ok()?;
    let words = session.words(ShowTopic::Picture(picture));
    let lines = Sheet::of(&words, Medium::Words).under_heading();
    let lines: Vec<String> = lines
        .iter()
        .skip(1)
        .map(nnmom_tutor::explain::Line::text)
        .collect();
    Some(lines.join("\n"))
}

#[test]
fn no_picture_is_told_by_its_values() {
    for builtin in BUILTIN {
        let mut session = sitting(builtin.name);
        for line in ["step", "step 400"] {
            let _ = session.run_line(line);
            for picture in Picture::ALL {
                let lines = told(&session, picture).map_or(0, |told| told.lines().count());
                let most = if picture == Picture::Network { 40 } else { 18 };
                assert!(
                    lines <= most,
                    "{} {line} {}: {lines}",
                    builtin.name,
                    picture.name()
                );
            }
        }
    }
}

#[test]
fn a_run_is_told_from_where_to_where_and_where_it_turns() {
    let mut session = sitting("ravine");
    run(
        &mut session,
        &[
            "set momentum 0",
            "set learning_rate 0.1",
            "goto 50",
            "plot weight",
            "focus x",
        ],
    );
    let x = |step: i32| -9.0 * 0.99_f64.powi(step);
    assert_eq!(
        told(&session, Picture::History).unwrap(),
        format!(
            "x goes from -9 after 0 updates to {} after 50 updates.\nIt rises all the way.\nThe last of them:\n\
             x after 48 updates: {}\nx after 49 updates: {}\nx after 50 updates: {}",
            six(x(50)),
            six(x(48)),
            six(x(49)),
            six(x(50))
        )
    );
    // With momentum it swings: each turn is one at which its change has another sign than the one before.
    run(
        &mut session,
        &[
            "page 1",
            "set momentum 0.9",
            "set rule heavy-ball",
            "set learning_rate 0.5",
            "goto 12",
            "focus y",
        ],
    );
    let run_ = session.timeline().run();
    let y: Vec<f64> = (0..=12).map(|step| run_.state(step).weights[1]).collect();
    let moved: Vec<f64> = y.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let turns = moved
        .windows(2)
        .filter(|pair| pair[0] * pair[1] < 0.0)
        .count();
    let told = told(&session, Picture::History).unwrap();
    assert!(turns > 3, "{y:?}");
    assert!(
        told.contains(&format!("It turns {turns} times; it is highest, ")),
        "{told}"
    );
    let highest = y.iter().copied().fold(f64::MIN, f64::max);
    assert!(
        told.contains(&format!("highest, {} after", six(highest))),
        "{told}"
    );
}

/// A number in six digits, as it is shown.
fn six(value: f64) -> String {
    nnmom_tutor::explain::number::display(value, nnmom_tutor::explain::Digits::default())
}

#[test]
fn of_a_long_run_it_is_said_how_much_is_looked_at() {
    let mut session = sitting(&of_the_tests("curve"));
    run(
        &mut session,
        &["set learning_rate 1e-6", "goto 200000", "plot loss"],
    );
    let told = told(&session, Picture::History).unwrap();
    assert!(told.contains(" places on its way are looked at."), "{told}");
}

#[test]
fn terms_are_told_by_the_ways_they_go() {
    let mut session = sitting("ravine");
    run(
        &mut session,
        &[
            "set momentum 0.5",
            "set rule heavy-ball",
            "set learning_rate 0.1",
            "goto 50",
            "focus x",
        ],
    );
    let told = told(&session, Picture::Terms).unwrap();
    assert!(
        told.starts_with(
            "Of the last 50 updates of x the momentum term goes the way of the delta in 49; in 1 one of the \
             two is 0.\nThe last of them:\nupdate 48: delta +"
        ),
        "{told}"
    );
    assert_eq!(told.lines().count(), 5);
}

#[test]
fn keys_have_their_names_and_arrows_between_numbers_lead_from_one_to_the_other() {
    for (seen, spoken) in [
        ("Press ↓ twice, then ←.", "Press Down twice, then Left."),
        ("3.56 → 3.587 → 3.609", "3.56 to 3.587 to 3.609"),
        ("Press ] (or `}`)", "Press ] (closing bracket) (or `}`)"),
        ("ih[0,0] and [2, 3]", "ih[0,0] and [2, 3]"),
    ] {
        assert_eq!(in_words(seen), spoken);
    }
}

#[test]
fn the_place_of_a_mistake_is_told_in_words() {
    let mut session = sitting("momentum");
    let mut place = |line: &str| {
        let complaint = session.run_line(line).unwrap_err();
        let told = marked(line, &complaint);
        assert!(!told.contains('^'), "{told}");
        told.lines().nth(2).unwrap().to_owned()
    };
    assert_eq!(
        place("set mometum 0.5"),
        "  The second word, `mometum`: did you mean `momentum`?"
    );
    assert_eq!(place("stepp"), "  did you mean `step`?");
    assert!(place("set momentum").starts_with("  At the end: "));
    assert!(place("set momentum 0.5+fast").starts_with("  `fast` in the third word: "));
    let long = format!("break {}fast", "step > 1 and ".repeat(5));
    assert!(
        place(&long).starts_with("  The 22nd word, `fast`: "),
        "{}",
        place(&long)
    );
}
