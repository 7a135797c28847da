//! Of `time.*` what the engine does otherwise than OPA: months that are shorter than the day, days and weeks in durations, texts that go on
//! behind what is read.

use std::fmt::Write as _;

use anyhow::Context as _;
use regorus::Value;

use super::super::meter::is_strict;

const NANOSECONDS_OF_DAY: i128 = 86_400_000_000_000;

/// A day that a month does not have is one of the next.
pub(super) fn add_date(given: &[Value]) -> anyhow::Result<Value> {
    let added = || {
        let [at, years, months, days] = given else { anyhow::bail!("`time.add_date` takes four numbers") };
        let whole = |value: &Value| match value {
            Value::Number(number) => number.as_i64().context("a date is made of whole numbers"),
            _ => anyhow::bail!("a date is made of numbers"),
        };
        let at = i128::from(whole(at)?);
        let (day, time) = (at.div_euclid(NANOSECONDS_OF_DAY), at.rem_euclid(NANOSECONDS_OF_DAY));
        let (year, month, day) = date(day);
        let months = i128::from(whole(months)?) + month - 1 + 12 * (i128::from(whole(years)?) + year);
        let first = days_to(months.div_euclid(12), months.rem_euclid(12) + 1);
        let sum = (first + day - 1 + i128::from(whole(days)?)) * NANOSECONDS_OF_DAY + time;
        i64::try_from(sum).map(Value::from).context("time outside of valid range")
    };
    answer(added())
}

/// Days from 1970 to the first of a month.
fn days_to(year: i128, month: i128) -> i128 {
    // Years begin in March, so that a day of February comes last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era = year.div_euclid(400);
    let year = year.rem_euclid(400);
    era * 146_097 + year * 365 + year / 4 - year / 100 + (153 * month + 2) / 5 - 719_468
}

/// Year, month and day of a day from 1970 on.
fn date(day: i128) -> (i128, i128, i128) {
    let mut year = 1970 + day.div_euclid(366);
    while days_to(year, 1) > day {
        year -= 1;
    }
    while days_to(year + 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days_to(year, *month) <= day).unwrap_or(1);
    (year, month, day - days_to(year, month) + 1)
}

/// A duration in which days, weeks and years are hours.
pub(super) fn in_hours(duration: &str) -> Option<String> {
    if !duration.contains(['d', 'w', 'y']) {
        return None;
    }
    let mut out = String::new();
    let mut rest = duration;
    while !rest.is_empty() {
        let number = rest.find(|c: char| c.is_ascii_alphabetic() || !c.is_ascii())?;
        let unit = rest[number..].find(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
        let (segment, behind) = rest.split_at(unit.map_or(rest.len(), |unit| number + unit));
        let hours = match &segment[number..] {
            "d" => 24.0,
            "w" => 168.0,
            "y" => 8760.0,
            _ => 0.0,
        };
        if hours > 0.0 {
            let unsigned = segment[..number].trim_start_matches(['-', '+']);
            let sign = &segment[..number - unsigned.len()];
            let _ = write!(out, "{sign}{}h", unsigned.parse::<f64>().ok()? * hours);
        } else {
            out += segment;
        }
        rest = behind;
    }
    Some(out)
}

/// Whether a time is written as RFC 3339 has it, with the letters in capitals and seconds that a minute has.
pub(super) fn is_rfc3339(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.get(10) == Some(&b'T') && !bytes.ends_with(b"z") && bytes.get(17).is_none_or(|tens| *tens < b'6')
}

/// A time with the fraction of its second that is not zero, given without one.
pub(super) fn with_fraction(text: &str, nanoseconds: i64) -> String {
    let fraction = format!("{:09}", nanoseconds.rem_euclid(1_000_000_000));
    let fraction = fraction.trim_end_matches('0');
    match (fraction, text.split_at_checked(19)) {
        ("", _) | (_, None) => text.to_owned(),
        (fraction, Some((time, zone))) => format!("{time}.{fraction}{zone}"),
    }
}

/// What is wrong has no answer, and is said: see `Program::ask`.
fn answer(answer: anyhow::Result<Value>) -> anyhow::Result<Value> {
    match answer {
        Err(_) if !is_strict() => Ok(Value::Undefined),
        answer => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_there_and_back() {
        for day in (-800_000..800_000).step_by(97) {
            let (year, month, of_month) = date(day);
            assert_eq!(days_to(year, month) + of_month - 1, day);
            assert!((1..=31).contains(&of_month), "{year} {month} {of_month}");
        }
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(-1), (1969, 12, 31));
    }
}
