//! Choosing colours: the terminal's own background, and the learner's wish, kept from one sitting to the next.

use nnmom_tutor::command::Theme;
use nnmom_tutor::record::{Folder, Keeper, Moment, PROGRESS_FILE};
use nnmom_tutor::repl::{self, Printer};
use nnmom_tutor::session::Session;
use nnmom_tutor::view::{Depth, Ground};

use crate::support::sittings::{folder, lesson, said, sitting};

#[test]
fn a_terminal_tells_its_background_in_hexadecimal_shares() {
    for (answer, expected) in [
        ("rgb:0000/0000/0000", Ground::Dark),
        ("rgb:ffff/ffff/ffff", Ground::Light),
        ("rgb:FFFF/FFFF/FFFF", Ground::Light),
        ("rgb:f/f/f", Ground::Light),
        ("rgb:1c/1c/1c", Ground::Dark),
        ("rgba:fdfd/f6f6/e3e3/ffff", Ground::Light),
        // Solarized, dark and light.
        ("rgb:0000/2b2b/3636", Ground::Dark),
        ("rgb:fdfd/f6f6/e3e3", Ground::Light),
        // As bright as a grey: blue is dark for the eye, and yellow light.
        ("rgb:0000/0000/ffff", Ground::Dark),
        ("rgb:ffff/ffff/0000", Ground::Light),
    ] {
        assert_eq!(Ground::answered(answer), Some(expected), "{answer}");
    }
    for nonsense in [
        "",
        "rgb:",
        "rgb:ff/ff",
        "rgb:ff/ff/xx",
        "rgb:fffff/0/0",
        "#ffffff",
        "rgb://",
    ] {
        assert_eq!(Ground::answered(nonsense), None, "{nonsense}");
    }
}

#[test]
fn a_theme_is_set_by_its_name() {
    let mut session = sitting("momentum");
    let told = said(&mut session, "set theme light");
    assert!(
        told.starts_with("The theme is light: deep colours"),
        "{told}"
    );
    assert!(
        told.contains("holds at once where lines have colours"),
        "{told}"
    );
    let wrong = said(&mut session, "set theme lihgt");
    assert!(wrong.contains("there is no theme `lihgt`"), "{wrong}");
    assert!(wrong.contains("did you mean `light`?"), "{wrong}");
    assert!(said(&mut session, "set theme").contains("auto, dark, light or mono"));
}

/// What a script prints after its first line, in these colours.
fn printed(printer: Printer, script: &str) -> String {
    let mut out = Vec::new();
    repl::run_script(&mut sitting("momentum"), "lines", script, printer, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn in_line_mode_a_theme_holds_from_the_line_on_that_sets_it() {
    let shows = (Depth::Indexed, Ground::Unknown);
    let [dark, light] =
        [Theme::Dark, Theme::Light].map(|theme| Printer::coloured(theme, shows, false));
    let line = "page 2; next 2; show state";
    let [in_dark, in_light] = [dark, light].map(|printer| printed(printer, line));
    assert_ne!(in_dark, in_light);
    let turned = printed(dark, &format!("set theme light; {line}"));
    assert!(turned.ends_with(&in_light), "{turned}");
    let plain = printed(dark, &format!("set theme mono; {line}"));
    assert!(!plain.contains('\x1b'), "{plain}");
    // What nothing understands is not written, whatever is asked for.
    let piped = printed(Printer::plain(false), &format!("set theme light; {line}"));
    assert!(!piped.contains('\x1b'), "{piped}");
}

/// It is the learner's and not the lesson's: it stays where progress is forgotten, and a file with one that nobody knows
/// is no worse for it.
#[test]
fn a_theme_is_kept_for_the_next_sitting() {
    let folder = folder();
    let keeper = || Keeper::open(Some(Folder::shelf(folder.path())), Moment::default);
    let theme = || keeper().logbook().tastes.theme();
    let mut session = Session::new(lesson("momentum")).unwrap().keeping(keeper());
    assert_eq!(theme(), None);
    said(&mut session, "set theme dark");
    assert_eq!(theme(), Some(Theme::Dark));
    said(&mut session, "progress reset");
    said(&mut session, "progress reset yes");
    assert_eq!(theme(), Some(Theme::Dark));
    let file = folder.path().join(PROGRESS_FILE);
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("\"dark\""), "{text}");
    std::fs::write(&file, text.replace("\"dark\"", "\"paisley\"")).unwrap();
    assert_eq!(theme(), None);
    assert_eq!(keeper().take_notice(), None);
}

#[cfg(unix)]
mod in_a_terminal {
    use vt100::Color;

    use crate::support::program::TUTOR;
    use crate::support::pty::{Pty, command, leave};

    use super::*;

    /// The learning rate on a light and on a dark background, and on any.
    const LIGHT: Color = Color::Idx(23);
    const DARK: Color = Color::Idx(80);
    const ANY: Color = Color::Idx(30);

    fn tutor(arguments: &[&str], variables: &[(&str, &str)]) -> Pty {
        let mut command = command(TUTOR, &["momentum"]);
        command.args(arguments);
        for (name, value) in variables {
            command.env(name, value);
        }
        let pty = Pty::run(100, 30, command);
        pty.wait_for("q quit");
        pty
    }

    #[track_caller]
    fn wait_for_colour(pty: &Pty, colour: Color) {
        pty.wait_until(&format!("{colour:?}"), |screen| {
            let mut columns = 0..100;
            columns.any(|column| {
                let cell = screen.cell(1, column);
                cell.is_some_and(|cell| cell.fgcolor() == colour)
            })
        });
    }

    /// It is drawn before anything is asked.
    #[test]
    fn the_background_is_asked_after_the_first_frame() {
        let pty = tutor(&[], &[]);
        wait_for_colour(&pty, ANY);
        pty.press("j");
        pty.wait_for("step 1/6");
        let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
        let asked = raw.find("\x1b]11;?").expect("it is asked");
        assert_eq!(raw.matches("\x1b]11;?").count(), 1);
        assert!(raw[..asked].contains("quit"), "drawn before");
        leave(pty);
    }

    /// However the answer comes in, none of it is a key: nothing is opened, and nothing is done.
    #[test]
    fn the_answer_recolours_the_screen_and_is_no_key() {
        for parts in [
            &["\x1b]11;rgb:ffff/ffff/ffff\x1b\\"][..],
            &["\x1b]11;rgb:FFFF/FFFF/FFFF\x07"],
            &["\x1b", "]11;rgb:ff", "ff/ffff/ffff\x1b", "\\"],
        ] {
            let pty = tutor(&[], &[]);
            let before = pty.text();
            for part in parts {
                pty.press(part);
                std::thread::sleep(std::time::Duration::from_millis(3));
            }
            wait_for_colour(&pty, LIGHT);
            assert_eq!(pty.text(), before, "{parts:?}");
            pty.press("\x1b[B");
            pty.wait_for("step 1/6");
            leave(pty);
        }
    }

    /// What looks like the beginning of an answer and is none is what it always was: Esc and the keys after it.
    #[test]
    fn keys_that_are_no_answer_are_obeyed() {
        let pty = tutor(&[], &[]);
        pty.press("\x1b]j");
        pty.wait_for("step 1/6");
        pty.press("\x1b]11;rgb:0000/0000/0000\x07");
        wait_for_colour(&pty, DARK);
        pty.wait_for("step 1/6");
        leave(pty);
    }

    #[test]
    fn what_the_learner_chooses_is_drawn_at_once_and_the_next_time() {
        let folder = folder();
        let state = ["--state-dir", folder.path().to_str().unwrap()];
        let pty = tutor(&state, &[]);
        pty.press(":set theme dark\r");
        wait_for_colour(&pty, DARK);
        leave(pty);
        let pty = tutor(&state, &[("NO_COLOR", "1")]);
        wait_for_colour(&pty, DARK);
        // An answer changes nothing where colours have been chosen.
        pty.press("\x1b]11;rgb:ffff/ffff/ffff\x07j");
        pty.wait_for("step 1/6");
        wait_for_colour(&pty, DARK);
        pty.press(":set theme auto\r");
        wait_for_colour(&pty, LIGHT);
        leave(pty);
        let pty = tutor(&["--theme", "mono"], &[]);
        assert!(!String::from_utf8_lossy(&pty.raw()).contains("38;5;"));
        leave(pty);
    }
}
