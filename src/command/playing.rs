//! What `play` can be told: how fast, in what, and until when.

use super::arguments::{Arguments, Names};
use super::readers::{expression_names, names_of, owned};
use super::{Command, Complaint, Phrase, Unit, Vocabulary};

/// What is to be played, and how.
#[derive(Debug, Clone, PartialEq)]
pub enum Playing {
    /// The run goes on by itself; while it does, it pauses.
    Go(Played),
    /// Twice as fast from here on.
    Faster,
    /// Half as fast.
    Slower,
}

/// How a run is played; what is not said is chosen so that it can be followed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Played {
    /// How fast.
    pub speed: Option<Speed>,
    /// In single updates, or in whole epochs.
    pub unit: Option<Unit>,
    /// Where it is to stop.
    pub until: Option<Phrase>,
}

/// How many updates, or epochs, are played in a second: a power of two, from 1/2 on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Speed(u32);

impl Speed {
    /// One in two seconds.
    pub const SLOWEST: Self = Self(0);
    /// 4096 a second.
    pub const FASTEST: Self = Self(13);

    /// The speed at which so many take about 8 seconds: no more than 11.3 of them, and no less than 5.7, where the
    /// slowest and the fastest allow it.
    pub fn for_all(count: u64) -> Self {
        /// 8 seconds, times the root of 2, in halves: what takes longer is played twice as fast.
        const LONGEST: f64 = 8.0 * std::f64::consts::SQRT_2 / 2.0;
        let takes_long = |speed: &u32| count as f64 > LONGEST * (1_u64 << speed) as f64;
        let slower = (Self::SLOWEST.0..Self::FASTEST.0).take_while(takes_long);
        Self(slower.count() as u32)
    }

    /// That of a word, such as `8`, `1/2` or `0.5`.
    fn read(text: &str) -> Option<Self> {
        let all = (Self::SLOWEST.0..=Self::FASTEST.0).map(Self);
        let halves = || text.parse().is_ok_and(|number: f64| number == 0.5);
        let mut named = all.filter(|speed| match speed.0 {
            0 => text == "1/2" || text == "½" || halves(),
            _ => text == speed.words(),
        });
        named.next()
    }

    /// How many a second.
    pub fn per_second(self) -> f64 {
        f64::from(1_u32 << self.0) / 2.0
    }

    /// The next faster one; nothing after the fastest.
    pub fn faster(self) -> Option<Self> {
        (self < Self::FASTEST).then_some(Self(self.0 + 1))
    }

    /// The next slower one; nothing before the slowest.
    pub fn slower(self) -> Option<Self> {
        (self > Self::SLOWEST).then(|| Self(self.0 - 1))
    }

    /// Whether it is more than one a second.
    pub fn is_several(self) -> bool {
        self.per_second() > 1.0
    }

    /// `8`, or `1/2`.
    pub fn words(self) -> String {
        match self {
            Self::SLOWEST => "1/2".to_owned(),
            Self(doublings) => (1_u32 << (doublings - 1)).to_string(),
        }
    }
}

/// What can be played at a time.
const UNITS: Names<Unit> = &[
    ("items", Unit::Update),
    ("updates", Unit::Update),
    ("epochs", Unit::Epoch),
    ("item", Unit::Update),
    ("update", Unit::Update),
    ("epoch", Unit::Epoch),
];

pub(super) fn parse_play(arguments: &mut Arguments) -> Result<Command, Complaint> {
    const ADVICE: &str = "such as `play 8`, `play 2 epochs`, `play until loss < 0.01`";
    let mut played = Played::default();
    while let Some(word) = arguments.next_word() {
        let begins = played == Played::default();
        match word.text {
            "faster" if begins => return Ok(Command::Play(Playing::Faster)),
            "slower" if begins => return Ok(Command::Play(Playing::Slower)),
            "until" => {
                played.until = Some(arguments.condition()?);
                break;
            }
            _ if played.unit.is_none() && word.among(UNITS).is_some() => {
                played.unit = word.among(UNITS);
            }
            text if begins && text.starts_with(|c: char| c.is_ascii_digit() || c == '½') => {
                let speeds = "speeds double, from 1/2, 1, 2, 4, 8 to 4096 a second";
                let speed = word.read(Speed::read, "`{}` is none of the speeds", speeds)?;
                played.speed = Some(speed);
            }
            text => {
                let message = format!("`play` has no use for `{text}`");
                return Err(word.complaint(message, ADVICE));
            }
        }
    }
    Ok(Command::Play(Playing::Go(played)))
}

pub(super) fn suggest_play(typed: &[&str], vocabulary: &Vocabulary) -> Vec<String> {
    if typed.contains(&"until") {
        return expression_names(vocabulary);
    }
    let units = names_of(&UNITS[..3]);
    match typed {
        [] => [owned(["until", "faster", "slower"]), units].concat(),
        _ => [owned(["until"]), units].concat(),
    }
}
