//! `sprintf` as OPA has it, which is Go's: the engine knows few flags, and prints some formats without their argument.
//!
//! OPA gives Go an integer, a float, or a text: all that is neither number nor string is a text, as a term.

use regorus::Value;

use super::super::literals::has_point;
use super::number;
use super::text::{escaped, quoted, term};

/// The widest and most precise that is written; OPA has no limit, and no policy needs more.
const WIDEST: usize = 4096;

pub(super) fn call(arguments: &[Value]) -> anyhow::Result<Value> {
    let [Value::String(format), Value::Array(values)] = arguments else { return Ok(Value::Undefined) };
    let arguments: Vec<Argument> = values.iter().map(Argument::of).collect();
    let mut printing = Printing { arguments: &arguments, next: 0, is_reordered: false, out: String::new() };
    let mut rest = format.chars();
    while let Some(character) = rest.next() {
        if character == '%' {
            printing.directive(&mut rest)?;
        } else {
            printing.out.push(character);
        }
    }
    printing.extra()?;
    Ok(Value::String(printing.out.into()))
}

enum Argument {
    Integer {
        is_negative: bool,
        magnitude: u128,
    },
    /// One too large for the other, in decimal.
    Large(String),
    Float(f64),
    Text(String),
}

#[derive(Default, Clone, Copy)]
struct Directive {
    minus: bool,
    plus: bool,
    space: bool,
    sharp: bool,
    zero: bool,
    width: Option<usize>,
    precision: Option<usize>,
}

struct Printing<'a> {
    arguments: &'a [Argument],
    next: usize,
    is_reordered: bool,
    out: String,
}

impl Argument {
    fn of(value: &Value) -> Argument {
        match value {
            Value::String(text) => Argument::Text(text.to_string()),
            Value::Number(number) if has_point(value) => Argument::Float(number.as_f64().unwrap_or(f64::NAN)),
            Value::Number(number) => match number.as_i128() {
                Some(integer) if number.is_integer() => {
                    Argument::Integer { is_negative: integer < 0, magnitude: integer.unsigned_abs() }
                }
                _ if number.is_integer() => Argument::Large(number.format_decimal()),
                _ => Argument::Float(number.as_f64().unwrap_or(f64::NAN)),
            },
            other => Argument::Text(term(other)),
        }
    }

    fn type_name(&self) -> &'static str {
        match self {
            Argument::Integer { magnitude, .. } if *magnitude <= i64::MAX as u128 => "int64",
            Argument::Integer { .. } | Argument::Large(_) => "*big.Int",
            Argument::Float(_) => "float64",
            Argument::Text(_) => "string",
        }
    }
}

impl Printing<'_> {
    /// What follows a `%`: flags, width, precision, verb.
    fn directive(&mut self, rest: &mut std::str::Chars<'_>) -> anyhow::Result<()> {
        let mut directive = Directive::default();
        let mut ahead = rest.clone();
        while let Some(flag) = ahead.next().filter(|flag| "+-# 0".contains(*flag)) {
            match flag {
                '-' => directive.minus = true,
                '+' => directive.plus = true,
                ' ' => directive.space = true,
                '#' => directive.sharp = true,
                _ => directive.zero = true,
            }
            *rest = ahead.clone();
        }
        self.index(rest);
        directive.width = self.count(rest);
        let mut ahead = rest.clone();
        if ahead.next() == Some('.') {
            *rest = ahead;
            self.index(rest);
            directive.precision = Some(self.count(rest).unwrap_or(0));
        }
        self.index(rest);
        let Some(verb) = rest.next() else {
            self.out += "%!(NOVERB)";
            return Ok(());
        };
        if verb == '%' {
            self.out.push('%');
            return Ok(());
        }
        let Some(argument) = self.arguments.get(self.next) else {
            self.out += &format!("%!{verb}(MISSING)");
            return Ok(());
        };
        self.next += 1;
        self.out += &formatted(argument, directive, verb)?;
        Ok(())
    }

    /// `[2]`: the argument to take next, counted from 1.
    fn index(&mut self, rest: &mut std::str::Chars<'_>) {
        let text = rest.as_str();
        let Some(inner) = text.strip_prefix('[').and_then(|text| text.split_once(']')) else { return };
        if let Some(place) = inner.0.parse::<usize>().ok().and_then(|number| number.checked_sub(1)) {
            self.next = place;
            self.is_reordered = true;
            *rest = inner.1.chars();
        }
    }

    /// Digits, or `*` for the next argument.
    fn count(&mut self, rest: &mut std::str::Chars<'_>) -> Option<usize> {
        let text = rest.as_str();
        if let Some(after) = text.strip_prefix('*') {
            *rest = after.chars();
            let argument = self.arguments.get(self.next);
            self.next += 1;
            return match argument {
                Some(Argument::Integer { magnitude, .. }) => Some((*magnitude).min(WIDEST as u128) as usize),
                _ => None,
            };
        }
        let digits = text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
        *rest = text[digits..].chars();
        (digits > 0).then(|| text[..digits].parse().unwrap_or(WIDEST).min(WIDEST))
    }

    /// Arguments that no directive took.
    fn extra(&mut self) -> anyhow::Result<()> {
        let left = self.arguments.get(self.next..).unwrap_or_default();
        if self.is_reordered || left.is_empty() {
            return Ok(());
        }
        let shown: anyhow::Result<Vec<String>> = left
            .iter()
            .map(|argument| Ok(format!("{}={}", argument.type_name(), formatted(argument, Directive::default(), 'v')?)))
            .collect();
        self.out += &format!("%!(EXTRA {})", shown?.join(", "));
        Ok(())
    }
}

fn formatted(argument: &Argument, directive: Directive, verb: char) -> anyhow::Result<String> {
    if verb == 'T' {
        return Ok(padded(&cut(argument.type_name(), directive), "", directive));
    }
    let done = match argument {
        Argument::Integer { is_negative, magnitude } => integer(*is_negative, *magnitude, directive, verb),
        Argument::Large(decimal) => matches!(verb, 'd' | 'v').then(|| padded(decimal, "", directive)),
        Argument::Float(value) => float(*value, directive, verb)?,
        Argument::Text(text) => string(text, directive, verb),
    };
    match done {
        Some(text) => Ok(text),
        // What Go writes for a verb that does not fit.
        None => Ok(format!("%!{verb}({}={})", argument.type_name(), formatted(argument, directive, 'v')?)),
    }
}

fn integer(is_negative: bool, magnitude: u128, directive: Directive, verb: char) -> Option<String> {
    let least = directive.precision.unwrap_or(1);
    let (base, prefix) = match verb {
        'd' | 'v' => (10, ""),
        'b' => (2, if directive.sharp { "0b" } else { "" }),
        'o' => (8, if directive.sharp { "0" } else { "" }),
        'O' => (8, "0o"),
        'x' => (16, if directive.sharp { "0x" } else { "" }),
        'X' => (16, if directive.sharp { "0X" } else { "" }),
        'c' | 'q' | 'U' => {
            let character =
                u32::try_from(magnitude).ok().filter(|_| !is_negative).and_then(char::from_u32).unwrap_or('\u{fffd}');
            let text = match verb {
                'c' => character.to_string(),
                'q' => format!("'{}'", escaped(character, '\'')),
                _ => format!("U+{}", number::integer(magnitude, 16, 4).to_uppercase()),
            };
            return Some(padded(&text, "", Directive { zero: false, ..directive }));
        }
        _ => return None,
    };
    let digits = number::integer(magnitude, base, least);
    let digits = if verb == 'X' { digits.to_uppercase() } else { digits };
    // A precision says how many digits there are, and zeros for the width are not wanted then.
    let directive = Directive { zero: directive.zero && directive.precision.is_none(), ..directive };
    Some(padded(&digits, &format!("{}{prefix}", sign(is_negative, directive)), directive))
}

fn float(value: f64, directive: Directive, verb: char) -> anyhow::Result<Option<String>> {
    let magnitude = value.abs();
    let digits = match verb {
        'f' | 'F' => number::fixed(magnitude, directive.precision.unwrap_or(6)),
        'e' | 'E' => number::scientific(magnitude, directive.precision.unwrap_or(6)),
        'g' | 'G' | 'v' => number::general(magnitude, directive.precision),
        'x' | 'X' | 'b' => {
            anyhow::bail!("sprintf: `%{verb}` of a number with a fraction is not written here; use `%v`")
        }
        _ => return Ok(None),
    };
    let digits = if matches!(verb, 'E' | 'G') { digits.to_uppercase() } else { digits };
    Ok(Some(padded(&digits, sign(value.is_sign_negative(), directive), directive)))
}

fn string(text: &str, directive: Directive, verb: char) -> Option<String> {
    let done = match verb {
        'v' if directive.sharp => quoted(text),
        's' | 'v' => cut(text, directive),
        'q' => quoted(&cut(text, directive)),
        'x' => text.bytes().map(|byte| format!("{byte:02x}")).collect(),
        'X' => text.bytes().map(|byte| format!("{byte:02X}")).collect(),
        _ => return None,
    };
    Some(padded(&done, "", directive))
}

fn cut(text: &str, directive: Directive) -> String {
    text.chars().take(directive.precision.unwrap_or(usize::MAX)).collect()
}

fn sign(is_negative: bool, directive: Directive) -> &'static str {
    match (is_negative, directive.plus, directive.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

/// Fills up to the width: zeros between sign and digits, blanks before or behind.
fn padded(text: &str, sign: &str, directive: Directive) -> String {
    let missing = directive.width.unwrap_or(0).saturating_sub(text.chars().count() + sign.len());
    match (directive.minus, directive.zero) {
        (true, _) => format!("{sign}{text}{}", " ".repeat(missing)),
        (_, true) => format!("{sign}{}{text}", "0".repeat(missing)),
        _ => format!("{}{sign}{text}", " ".repeat(missing)),
    }
}
