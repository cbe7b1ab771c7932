//! How things look: the contrast of every colour, and a likeness in ASCII of every symbol.

use nnmom_tutor::explain::{Quantity, Role};
use nnmom_tutor::math::portable;
use nnmom_tutor::screen::Glyphs;
use nnmom_tutor::view::{BANDS, Colour, Depth, Ground, Look, Palette, Theme, usual_theme};

/// The red, green and blue of a colour, of the palette of 256 from its cube and its greys.
pub fn rgb(colour: Colour) -> [f64; 3] {
    let level = |step: u8| {
        if step == 0 {
            0.0
        } else {
            55.0 + 40.0 * f64::from(step)
        }
    };
    match colour {
        Colour::Exact(levels) => levels.map(f64::from),
        Colour::Indexed(index @ 16..=231) => {
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        Colour::Indexed(index @ 232..) => [8.0 + 10.0 * f64::from(index - 232); 3],
        Colour::Indexed(_) | Colour::Named(_) => {
            panic!("the first 16 colours differ from terminal to terminal")
        }
    }
}

/// The contrast ratio of the Web Content Accessibility Guidelines 2.1.
fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let luminance = |colour: [f64; 3]| {
        let linear = colour.map(|value| {
            let value = value / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                portable::power((value + 0.055) / 1.055, 2.4)
            }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// What terminals have as their backgrounds, and the lowest band of the ground of a surface.
const DARK: [[f64; 3]; 3] = [[0.0; 3], [24.0, 24.0, 27.0], [32.0, 36.0, 43.0]];
const LIGHT: [[f64; 3]; 2] = [[255.0; 3], [243.0, 245.0, 247.0]];

/// With more than sixteen colours.
const DEPTHS: [Depth; 2] = [Depth::Indexed, Depth::True];

fn palette(theme: Theme, depth: Depth) -> Palette {
    Palette::new(theme, depth, Ground::Unknown)
}

/// Holds that a colour stands out from the backgrounds that it is for. No colour stands out that much from black and
/// from white.
fn reads_well(what: &str, look: impl Fn(Palette) -> Look) {
    let both = [DARK[1], LIGHT[0]];
    for (theme, grounds, least) in [
        (Theme::Dark, &DARK[..], 4.5),
        (Theme::Light, &LIGHT[..], 4.5),
        (Theme::Auto, &both[..], 3.5),
    ] {
        for depth in DEPTHS {
            let colour = look(palette(theme, depth)).colour;
            let colour = colour.unwrap_or_else(|| panic!("{what} has no colour"));
            for ground in grounds {
                let ratio = contrast(rgb(colour), *ground);
                assert!(
                    ratio >= least,
                    "{what} under {theme:?} has a contrast of {ratio:.2} on {ground:?}"
                );
            }
        }
    }
}

#[test]
fn every_colour_reads_well_on_its_background() {
    let roles = Quantity::ALL.into_iter().map(Role::Quantity);
    for role in roles.chain([
        Role::Muted,
        Role::Right,
        Role::Wrong,
        Role::Error,
        Role::Code,
    ]) {
        reads_well(&format!("{role:?}"), |palette| palette.look(role));
    }
    reads_well("the ghost", Palette::ghost);
}

#[test]
fn answers_heights_and_runs_read_well_too() {
    for index in 0..12 {
        reads_well(&format!("answer {index}"), |palette| palette.answer(index));
        reads_well(&format!("height {index}"), |palette| {
            palette.height(index, 12)
        });
        reads_well(&format!("run {index}"), |palette| {
            palette.other_branch(index)
        });
    }
}

/// Runs and arrows are told from the ground that they lie on, whichever band it is, and bands from one another.
#[test]
fn what_lies_on_the_bands_is_told_from_them() {
    for theme in [Theme::Dark, Theme::Light] {
        for depth in DEPTHS {
            let palette = palette(theme, depth);
            let bands: Vec<[f64; 3]> = (0..BANDS)
                .map(|band| rgb(palette.band(band).unwrap()))
                .collect();
            let quantity = |quantity| palette.look(Role::Quantity(quantity));
            let mut lying = vec![
                quantity(Quantity::After),
                quantity(Quantity::Delta),
                quantity(Quantity::MomentumTerm),
                palette.ghost(),
            ];
            lying.extend((0..3).map(|index| palette.other_branch(index)));
            for look in lying {
                let colour = look.colour.unwrap();
                for band in &bands {
                    let ratio = contrast(rgb(colour), *band);
                    assert!(
                        ratio >= 3.0,
                        "{theme:?} {depth:?} {colour:?} on {band:?}: {ratio:.2}"
                    );
                }
            }
            for pair in bands.windows(2) {
                assert!(contrast(pair[0], pair[1]) > 1.03, "{theme:?} {depth:?}");
            }
        }
    }
}

#[test]
fn ground_has_no_bands_where_nothing_could_be_told_from_them() {
    let band = |theme, depth, ground| Palette::new(theme, depth, ground).band(0);
    assert_eq!(band(Theme::Mono, Depth::True, Ground::Dark), None);
    assert_eq!(band(Theme::Dark, Depth::Sixteen, Ground::Dark), None);
    assert_eq!(band(Theme::Auto, Depth::True, Ground::Unknown), None);
    let found = band(Theme::Auto, Depth::True, Ground::Light);
    assert!(found.is_some() && found == band(Theme::Light, Depth::True, Ground::Unknown));
}

#[test]
fn heights_go_from_the_first_colour_to_the_last() {
    let dark = palette(Theme::Dark, Depth::Indexed);
    let colour = |index, count| dark.height(index, count).colour;
    let (green, red) = (Some(Colour::Indexed(72)), Some(Colour::Indexed(203)));
    assert_eq!(colour(0, 4), green);
    assert_eq!(colour(3, 4), red);
    assert_eq!(colour(0, 1), green);
}

#[test]
fn quantities_have_colours_of_their_own() {
    use Quantity::{
        After, Change, Delta, EffectiveRate, Gradient, LearningRate, Memory, Momentum, MomentumTerm,
    };

    for theme in [Theme::Auto, Theme::Dark, Theme::Light] {
        let colour = |quantity| {
            let palette = palette(theme, Depth::Indexed);
            palette.look(Role::Quantity(quantity)).colour
        };
        let distinct = [
            After,
            Change,
            Delta,
            EffectiveRate,
            Gradient,
            LearningRate,
            Memory,
            Momentum,
            MomentumTerm,
        ];
        for (index, quantity) in distinct.iter().enumerate() {
            for other in &distinct[index + 1..] {
                assert_ne!(
                    colour(*quantity),
                    colour(*other),
                    "{quantity:?} and {other:?}"
                );
            }
        }
    }
}

/// Of the sixteen only the names are sure: a bright one is for a dark background, and none is asked for as an index.
#[test]
fn sixteen_colours_are_chosen_by_their_names() {
    for quantity in Quantity::ALL {
        for (theme, bright) in [
            (Theme::Dark, true),
            (Theme::Light, false),
            (Theme::Auto, false),
        ] {
            let look = palette(theme, Depth::Sixteen).look(Role::Quantity(quantity));
            match look.colour {
                Some(Colour::Named(index)) => {
                    assert!(
                        (1..=14).contains(&index) && (bright || index <= 8),
                        "{index}"
                    );
                }
                Some(other) => panic!("{other:?}"),
                None => {}
            }
        }
    }
}

#[test]
fn no_colour_leaves_only_modifiers() {
    for quantity in Quantity::ALL {
        let look = palette(Theme::Mono, Depth::True).look(Role::Quantity(quantity));
        assert_eq!(look.colour, None);
    }
    for mono in [
        &[("NO_COLOR", "1"), ("TERM", "xterm")][..],
        &[("TERM", "dumb")],
    ] {
        assert_eq!(usual_theme(of(mono)), Theme::Mono);
    }
    let empty = [("NO_COLOR", ""), ("TERM", "xterm"), ("COLORFGBG", "0;15")];
    assert_eq!(usual_theme(of(&empty)), Theme::Auto);
    assert_eq!(Ground::from_environment(of(&empty)), Ground::Light);
    let dark = [("COLORFGBG", "15;default;0")];
    assert_eq!(Ground::from_environment(of(&dark)), Ground::Dark);
    assert_eq!(Ground::from_environment(of(&[])), Ground::Unknown);
}

#[test]
fn the_terminal_says_how_many_colours_it_has() {
    const X: (&str, &str) = ("TERM", "xterm-256color");
    for (variables, expected) in [
        (&[("TERM", "dumb")][..], None),
        (&[("TERM", "vt100")], None),
        (&[("TERM", "linux")], Some(Depth::Sixteen)),
        (&[("TERM", "xterm")], Some(Depth::Sixteen)),
        (&[X], Some(Depth::Indexed)),
        (&[X, ("COLORTERM", "yes")], Some(Depth::Indexed)),
        (&[X, ("COLORTERM", "TrueColor")], Some(Depth::True)),
        (
            &[("TERM", "xterm"), ("COLORTERM", "24bit")],
            Some(Depth::True),
        ),
        (&[("TERM", "xterm-kitty")], Some(Depth::True)),
        (&[("TERM", "xterm-direct")], Some(Depth::True)),
        // GNU screen does not know colours in 24 bits; tmux, which may call itself so, does.
        (
            &[
                ("TERM", "screen.xterm-256color"),
                ("COLORTERM", "truecolor"),
            ],
            Some(Depth::Indexed),
        ),
        (
            &[
                ("TERM", "screen"),
                ("COLORTERM", "truecolor"),
                ("TMUX", "/tmp/tmux"),
            ],
            Some(Depth::True),
        ),
    ] {
        assert_eq!(
            Depth::from_environment(of(variables)),
            expected,
            "{variables:?}"
        );
    }
}

/// These variables and no others.
fn of(variables: &[(&str, &str)]) -> impl Fn(&str) -> Option<String> {
    |name| {
        let found = variables.iter().find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    }
}

fn chosen(variables: &[(&str, &str)]) -> Glyphs {
    Glyphs::from_environment(of(variables))
}

#[test]
fn the_locale_and_the_console_decide() {
    assert_eq!(chosen(&[]), Glyphs::Unicode);
    assert_eq!(chosen(&[("LANG", "de_DE.UTF-8")]), Glyphs::Unicode);
    assert_eq!(chosen(&[("LANG", "C")]), Glyphs::Ascii);
    assert_eq!(
        chosen(&[("LC_ALL", "C.utf8"), ("LANG", "C")]),
        Glyphs::Unicode
    );
    assert_eq!(
        chosen(&[("TERM", "linux"), ("LANG", "C.UTF-8")]),
        Glyphs::Ascii
    );
}

#[test]
fn every_symbol_has_an_ascii_form() {
    for quantity in Quantity::ALL {
        let text = Glyphs::Ascii.text(&quantity.symbol());
        assert!(text.is_ascii() && !text.contains('?'), "{text}");
    }
}
