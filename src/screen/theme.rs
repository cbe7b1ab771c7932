//! The table of colours as terminal styles.

use ratatui::style::{Color, Modifier, Style};

use crate::explain::Role;
use crate::view::{self, Colour, Palette};

/// A colour as ratatui has it.
pub fn color(colour: Colour) -> Color {
    match colour {
        Colour::Named(index) | Colour::Indexed(index) => Color::Indexed(index),
        Colour::Exact([red, green, blue]) => Color::Rgb(red, green, blue),
    }
}

/// A look as a style.
pub fn style(look: view::Look) -> Style {
    let mut style = Style::new();
    if let Some(colour) = look.colour {
        style = style.fg(color(colour));
    }
    for (wanted, modifier) in [
        (look.bold, Modifier::BOLD),
        (look.italic, Modifier::ITALIC),
        (look.underlined, Modifier::UNDERLINED),
        (look.reversed, Modifier::REVERSED),
    ] {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    style
}

/// The border of a pane, in focus or not.
pub fn border(palette: Palette, focused: bool) -> Style {
    style(if focused {
        palette.focus()
    } else {
        palette.look(Role::Muted)
    })
}

/// The line that comes next.
pub fn current() -> Style {
    Style::new().add_modifier(Modifier::BOLD)
}

/// The title of the screen.
pub fn title() -> Style {
    Style::new().add_modifier(Modifier::REVERSED)
}
