//! `units.parse` and `units.parse_bytes` as OPA does them: which units there are, and what becomes of fractions.

use anyhow::{Context as _, bail};
use regorus::Value;

use super::super::meter::{is_strict, round, untold};
use super::real::Real;

/// Digits behind the point that OPA keeps of an amount.
const PLACES: u32 = 10;
/// Digits of an exponent from which on OPA reads no number.
const MOST_EXPONENT: usize = 6;

/// What a unit stands for.
#[derive(Clone, Copy)]
enum Unit {
    Times(u128),
    /// A thousandth, which OPA has as the nearest number of 53 bits.
    Milli,
}

pub(super) fn parse(given: &[Value]) -> anyhow::Result<Value> {
    answer(given, |text| {
        let (number, unit) = split(text)?;
        let mut letters = unit.chars();
        let unit: String = letters.next().into_iter().chain(letters.as_str().to_lowercase().chars()).collect();
        let unit = match unit.as_str() {
            "m" => Unit::Milli,
            "M" => Unit::Times(10_u128.pow(6)),
            unit => Unit::Times(scale(&unit.to_lowercase())?),
        };
        amount(number, unit)
    })
}

pub(super) fn parse_bytes(given: &[Value]) -> anyhow::Result<Value> {
    answer(given, |text| {
        let text = text.to_lowercase();
        let (number, unit) = split(&text)?;
        let unit = match unit {
            "" => "",
            _ => unit.strip_suffix('b').filter(|rest| !rest.is_empty()).unwrap_or(unit),
        };
        let unit = u64::try_from(scale(unit)?)?;
        is_number(number)?;
        let number = Real::of_text(number).ok_or_else(long)?;
        let unit = Real::of(&Value::from(unit)).ok_or_else(long)?;
        number.times(unit).whole().map(Value::from).ok_or_else(long)
    })
}

/// The number that a text begins with, and what follows it.
fn split(text: &str) -> anyhow::Result<(&str, &str)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is_sign = |at: usize| matches!(bytes.get(at), Some(b'+' | b'-'));
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' | b'.' | b'+' | b'-' => {}
            b'e' | b'E' if is_digit(at + 1) || is_sign(at + 1) => {
                at += usize::from(is_sign(at + 1));
                let digits = bytes[at + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                anyhow::ensure!(digits <= MOST_EXPONENT, "exponent too large");
            }
            _ => break,
        }
        at += 1;
    }
    anyhow::ensure!(at > 0, "no amount provided");
    Ok(text.split_at(at))
}

/// A power of a thousand or of 1024, of a unit in small letters.
fn scale(unit: &str) -> anyhow::Result<u128> {
    let (letter, base) = match unit.strip_suffix('i') {
        Some(letter) => (letter, 1024_u128),
        None => (unit, 1000),
    };
    let power = match letter {
        "" if base == 1000 => 0,
        "k" => 1,
        "m" => 2,
        "g" => 3,
        "t" => 4,
        "p" => 5,
        "e" => 6,
        _ => bail!("unit {unit} not recognized"),
    };
    Ok(base.pow(power))
}

/// An amount, exactly if it is whole, else rounded to ten places.
fn amount(number: &str, unit: Unit) -> anyhow::Result<Value> {
    let (is_negative, digits, power) = decimal(number)?;
    let (digits, places) = match unit {
        Unit::Times(scale) => (digits.checked_mul(scale).ok_or_else(long)?, -power),
        Unit::Milli => (digits, 3 - power),
    };
    if places <= 0 {
        let whole = 10_u128.checked_pow(places.unsigned_abs()).and_then(|tens| digits.checked_mul(tens));
        let whole = whole.and_then(|whole| i128::try_from(whole).ok()).ok_or_else(long)?;
        return match unit {
            // It is not exactly a thousandth, and so the amount is not whole.
            Unit::Milli => Ok(printed(whole as f64, is_negative)),
            Unit::Times(_) => Ok(Value::from(if is_negative { -whole } else { whole })),
        };
    }
    let tens = 10_u128.checked_pow(places.unsigned_abs()).ok_or_else(long)?;
    if matches!(unit, Unit::Times(_)) && digits % tens == 0 {
        let whole = i128::try_from(digits / tens)?;
        return Ok(Value::from(if is_negative { -whole } else { whole }));
    }
    let rounded = match places.unsigned_abs().checked_sub(PLACES) {
        None | Some(0) => digits,
        Some(cut) => {
            let cut = 10_u128.pow(cut);
            digits / cut + u128::from(digits % cut >= cut.div_ceil(2))
        }
    };
    let number: f64 = format!("{rounded}e-{}", places.unsigned_abs().min(PLACES)).parse()?;
    Ok(printed(number, is_negative))
}

/// A number with ten places, which the engine would print otherwise.
fn printed(magnitude: f64, is_negative: bool) -> Value {
    let number = if is_negative { -magnitude } else { magnitude };
    round(number);
    Value::from(number)
}

/// A decimal: its sign, its digits, and the power of ten that they are to be multiplied with.
fn decimal(number: &str) -> anyhow::Result<(bool, u128, i32)> {
    let (is_negative, number) = is_number(number)?;
    let (mantissa, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}").parse().map_err(|_| long())?;
    let power: i32 = power.parse()?;
    Ok((is_negative, digits, power.checked_sub(i32::try_from(fraction.len())?).ok_or_else(long)?))
}

/// Whether a text is one, its sign, and the rest.
fn is_number(number: &str) -> anyhow::Result<(bool, &str)> {
    let unsigned = number.strip_prefix(['+', '-']).unwrap_or(number);
    let (mantissa, power) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = are_digits(whole)
        && are_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && !power.is_empty()
        && are_digits(power);
    is_number.then(|| (number.starts_with('-'), unsigned)).context("could not parse amount to a number")
}

/// What is wrong has no answer, and is said: see `Program::ask`.
fn answer(given: &[Value], read: impl Fn(&str) -> anyhow::Result<Value>) -> anyhow::Result<Value> {
    let text = match given {
        [Value::String(text)] => Ok(text.replace('"', "")),
        _ => Err(anyhow::anyhow!("an amount is a text")),
    };
    let answer = text.and_then(|text| {
        anyhow::ensure!(!text.contains(' '), "spaces not allowed in resource strings");
        read(&text)
    });
    match answer {
        Err(error) if !is_strict() && !error.is::<Long>() => Ok(Value::Undefined),
        answer => answer,
    }
}

/// An amount of more digits than are reckoned with here.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Long(String);

fn long() -> anyhow::Error {
    let why = "an amount has more digits than are reckoned with here";
    Long(untold(why.to_owned()).to_string()).into()
}
