//! How things look: the contrast of every colour, and a likeness in ASCII of every symbol.

use nnmom_tutor::explain::{Quantity, Role};
use nnmom_tutor::math::portable;
use nnmom_tutor::screen::Glyphs;
use nnmom_tutor::view::{Look, Theme};

/// The red, green and blue of a colour of the 256-colour palette, from its cube and its greys.
pub fn rgb(index: u8) -> [f64; 3] {
    let level = |step: u8| {
        if step == 0 {
            0.0
        } else {
            55.0 + 40.0 * f64::from(step)
        }
    };
    match index {
        16..=231 => {
            let cube = index - 16;
            [level(cube / 36), level(cube / 6 % 6), level(cube % 6)]
        }
        232.. => [8.0 + 10.0 * f64::from(index - 232); 3],
        _ => panic!("the first 16 colours differ from terminal to terminal"),
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

/// Holds that a colour stands out from the background that it is for.
fn reads_well(what: &str, look: impl Fn(Theme) -> Look) {
    let (dark, light) = ([24.0, 24.0, 27.0], [255.0; 3]);
    for (theme, background, least) in [
        (Theme::Dark, dark, 4.5),
        (Theme::Light, light, 4.5),
        (Theme::Auto, dark, 3.5),
        (Theme::Auto, light, 3.5),
    ] {
        let colour = look(theme).colour;
        let index = colour.unwrap_or_else(|| panic!("{what} has no colour"));
        let ratio = contrast(rgb(index), background);
        assert!(
            ratio >= least,
            "{what} under {theme:?} has a contrast of {ratio:.2}"
        );
    }
}

#[test]
fn every_colour_reads_well_on_its_background() {
    let roles = Quantity::ALL.into_iter().map(Role::Quantity);
    for role in roles.chain([Role::Muted, Role::Error, Role::Code]) {
        reads_well(&format!("{role:?}"), |theme| theme.look(role));
    }
}

#[test]
fn answers_and_heights_read_well_too() {
    for index in 0..12 {
        reads_well(&format!("answer {index}"), |theme| theme.answer(index));
        reads_well(&format!("height {index}"), |theme| theme.height(index, 12));
    }
}

#[test]
fn heights_go_from_the_first_colour_to_the_last() {
    let colour = |index, count| Theme::Dark.height(index, count).colour;
    let (green, red) = (Some(72), Some(203));
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
        let colour = |quantity| theme.look(Role::Quantity(quantity)).colour;
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

#[test]
fn no_colour_leaves_only_modifiers() {
    for quantity in Quantity::ALL {
        assert_eq!(Theme::Mono.look(Role::Quantity(quantity)).colour, None);
    }
    assert_eq!(
        Theme::from_environment(|name| (name == "NO_COLOR").then(|| "1".to_owned())),
        Theme::Mono
    );
}

fn chosen(variables: &[(&str, &str)]) -> Glyphs {
    Glyphs::from_environment(|name| {
        let found = variables.iter().find(|(variable, _)| *variable == name);
        found.map(|(_, value)| (*value).to_owned())
    })
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
