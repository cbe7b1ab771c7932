//! The table of colours as terminal styles.

use ratatui::style::{Color, Modifier, Style};

use crate::explain::Role;
use crate::view::{self, Theme};

/// A look as a style.
pub fn style(look: view::Look) -> Style {
    let mut style = Style::new();
    if let Some(colour) = look.colour {
        style = style.fg(Color::Indexed(colour));
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
pub fn border(theme: Theme, focused: bool) -> Style {
    style(if focused {
        theme.focus()
    } else {
        theme.look(Role::Muted)
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
