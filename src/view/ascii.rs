//! Text for terminals that have only ASCII.

/// The text in ASCII. Its width may change, so this comes before any layout.
pub fn ascii(text: &str) -> String {
    // The one symbol of two letters would run together: `mu m` and not `mum`.
    text.replace("μm", "μ m").chars().map(ascii_text).collect()
}

/// A character in words.
fn ascii_text(character: char) -> String {
    if let Some(power) = "²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == character) {
        return format!("^{}", power + 2);
    }
    let text = match character {
        'η' => "eta",
        'μ' => "mu",
        'Δ' | '□' => "D",
        'Σ' => "S",
        'δ' => "d",
        '″' => "''",
        '→' => "->",
        '←' => "<-",
        '↑' => "Up",
        '↓' => "Down",
        '–' | '—' | '−' | '·' | '─' | '┄' => "-",
        '′' | '‘' | '’' => "'",
        '“' | '”' => "\"",
        '…' => "...",
        '≈' => "~",
        '≤' => "<=",
        '≥' => ">=",
        '×' | '•' | '●' | '✓' => "*",
        '○' => "o",
        '◇' | '◆' => "V",
        '◌' => "0",
        '▼' | '▽' | '▾' => "v",
        '▲' | '△' | '▴' => "^",
        '▸' | '›' | '▶' | '▷' => ">",
        '◀' | '◁' => "<",
        '↗' | '↙' => "/",
        '↖' | '↘' => "\\",
        '✗' => "x",
        '│' | '┃' | '┤' | '├' | '╻' | '╹' | '╞' | '╡' => "|",
        '◐' | '┌' | '┐' | '└' | '┘' | '┬' | '┴' | '┼' | '╘' | '╛' => "+",
        '═' | '━' => "=",
        '█' | '▄' | '▀' | '■' => "#",
        '░' => ":",
        other if other.is_ascii() => return other.to_string(),
        _ => "?",
    };
    text.to_owned()
}
