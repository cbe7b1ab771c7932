//! Moments of the calendar: when something was answered, and on which day.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A moment, in seconds since the beginning of 1970, universal time. Written as `2026-11-23T21:40:44Z`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub u64);

/// Tells what time it is.
pub type Clock = fn() -> Moment;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// A day, in seconds.
pub const DAY: u64 = 24 * HOUR;
/// The last moment that four digits of a year can tell.
const LAST: u64 = 253_402_300_799;

impl Moment {
    /// The moment so many seconds after the beginning of 1970, or the last that can be told.
    pub fn after(seconds: u64) -> Self {
        Self(seconds.min(LAST))
    }

    /// The day, counted from the first of 1970, by universal time.
    pub fn day(self) -> u64 {
        self.0 / DAY
    }

    /// So many whole days lie between an earlier moment and this one.
    pub fn days_since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0) / DAY
    }

    /// The day as it is written: `2026-11-23`.
    pub fn date(self) -> String {
        let (year, month, day) = civil(self.day());
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Reads what [`Moment`] writes.
    fn parse(text: &str) -> Option<Self> {
        let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
        let [year, month, day] = numbers(date, '-')?;
        let [hour, minute, second] = numbers(time, ':')?;
        let possible = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && hour < 24
            && minute < 60
            && second < 60;
        let days = || days_before(year, month, day);
        possible.then(|| Self(days() * DAY + hour * HOUR + minute * MINUTE + second))
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        let rest = self.0 % DAY;
        let (hour, minute, second) = (rest / HOUR, rest % HOUR / MINUTE, rest % MINUTE);
        write!(out, "{}T{hour:02}:{minute:02}:{second:02}Z", self.date())
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format!("`{text}` is no moment")))
    }
}

fn numbers(text: &str, separator: char) -> Option<[u64; 3]> {
    let parts: Option<Vec<u64>> = text
        .split(separator)
        .map(|part| part.parse().ok())
        .collect();
    parts?.try_into().ok()
}

/// Year, month and day so many days after the first of 1970, by the Gregorian calendar.
///
/// Years begin in March here, so that the day a leap year has more is their last (Hinnant, "chrono-compatible
/// low-level date algorithms").
fn civil(days: u64) -> (u64, u64, u64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

/// How many days lie between the first of 1970 and a day: the way back of [`civil`].
fn days_before(year: u64, month: u64, day: u64) -> u64 {
    let year = year - u64::from(month <= 2);
    let (era, year_of_era) = (year / 400, year % 400);
    let from_march = if month > 2 { month - 3 } else { month + 9 };
    let of_year = (153 * from_march + 2) / 5 + day - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
    era * 146_097 + of_era - 719_468
}
