//! Builtins of the engine that may make much of little, called only if what they are going to make is within the account of the run.

use std::sync::Arc;

use anyhow::{Context as _, bail};
use regorus::unstable::{BUILTINS, Expr, Parser, Ref, Rule, RuleHead, Span};
use regorus::{Engine, Source, Value};

use super::super::exponent::endless;
use super::super::fault::Fault;
use super::super::literals::{Spelled, has_point};
use super::super::meter::{MOST_BITS, charge, is_strict, untold, weight};
use super::super::value::json;
use super::{case, count, graph, mended, reckoned};

/// What an element of a list takes.
const ELEMENT: usize = 24;

/// A builtin, how many arguments it takes, and about how many bytes it makes of them.
struct Metered {
    name: &'static str,
    arguments: u8,
    makes: fn(&[Value]) -> usize,
}

const fn metered(name: &'static str, arguments: u8, makes: fn(&[Value]) -> usize) -> Metered {
    Metered { name, arguments, makes }
}

const METERED: &[Metered] = &[
    metered("array.concat", 2, |given| given.iter().map(elements).sum::<usize>() * ELEMENT),
    metered("array.slice", 3, |_| 0),
    metered("base64.encode", 1, |given| 2 * length(&given[0])),
    metered("base64url.encode", 1, |given| 2 * length(&given[0])),
    metered("base64url.encode_no_pad", 1, |given| 2 * length(&given[0])),
    metered("bits.lsh", 2, |given| {
        given[1].as_u64().map_or(0, |bits| if bits > MOST_BITS { usize::MAX } else { bits as usize / 8 })
    }),
    metered("concat", 2, |given| weight(&given[1]) + elements(&given[1]).saturating_mul(length(&given[0]))),
    metered("format_int", 2, |_| 0),
    metered("graph.reachable_paths", 2, |given| graph::paths(&given[0], &given[1]).saturating_mul(ELEMENT)),
    metered("hex.encode", 1, |given| 2 * length(&given[0])),
    metered("indexof", 2, |_| 0),
    metered("indexof_n", 2, |given| ELEMENT * pieces(&given[0], &given[1])),
    metered("json.is_valid", 1, |given| digits(&given[0])),
    metered("json.marshal", 1, |given| 2 * weight(&given[0])),
    metered("json.marshal_with_options", 2, |given| 4 * weight(&given[0])),
    metered("json.patch", 2, |given| given.iter().map(weight).sum()),
    metered("json.unmarshal", 1, |given| digits(&given[0])),
    metered("lower", 1, |given| 3 * length(&given[0])),
    metered("max", 1, |_| 0),
    metered("min", 1, |_| 0),
    metered("net.cidr_contains", 2, |_| 0),
    metered("net.cidr_expand", 1, |given| addresses(&given[0]).saturating_mul(64)),
    metered("net.cidr_is_valid", 1, |_| 0),
    metered("numbers.range_step", 3, |given| steps(given).saturating_mul(ELEMENT)),
    metered("object.union", 2, |given| given.iter().map(weight).sum()),
    metered("object.union_n", 1, |given| weight(&given[0])),
    metered("product", 1, |given| {
        let bits = numbers(&given[0]).map(super::guarded::bits).fold(0, u64::saturating_add);
        if bits > MOST_BITS { usize::MAX } else { bits as usize / 8 }
    }),
    metered("regex.find_all_string_submatch_n", 3, |_| 0),
    metered("regex.find_n", 3, |_| 0),
    metered("regex.is_valid", 1, |_| 0),
    metered("regex.match", 2, |_| 0),
    metered("regex.replace", 3, |given| replaced(&given[0], length(&given[2]).saturating_mul(2))),
    metered("regex.split", 2, |_| 0),
    metered("replace", 3, |given| length(&given[0]) + pieces(&given[0], &given[1]).saturating_mul(length(&given[2]))),
    metered("sort", 1, |given| elements(&given[0]) * ELEMENT),
    metered("split", 2, |given| length(&given[0]) + 2 * ELEMENT * pieces(&given[0], &given[1])),
    metered("strings.replace_n", 2, |given| replaced(&given[1], longest(&given[0]))),
    metered("substring", 3, |_| 0),
    metered("sum", 1, |_| 0),
    metered("time.format", 1, |_| 0),
    metered("time.parse_duration_ns", 1, |_| 0),
    metered("time.parse_ns", 2, |_| 0),
    metered("time.parse_rfc3339_ns", 1, |_| 0),
    metered("to_number", 1, |given| digits(&given[0])),
    metered("upper", 1, |given| 3 * length(&given[0])),
    metered("uuid.parse", 1, |_| 0),
    metered("walk", 1, |given| 8 * weight(&given[0])),
];

/// Puts them in the place of the engine's.
pub(super) fn install(engine: &mut Engine, spelled: &Spelled) -> anyhow::Result<()> {
    let (span, params) = nowhere()?;
    for metered in METERED {
        let (call, _) = *BUILTINS.get(metered.name).with_context(|| format!("there is no builtin {}", metered.name))?;
        let (span, params, spelled) = (span.clone(), Arc::clone(&params), spelled.clone());
        let boxed = Box::new(move |arguments: Vec<Value>| {
            charge((metered.makes)(&arguments))?;
            if metered.name == "to_number" && has_blanks(&arguments[0]) {
                anyhow::ensure!(!is_strict(), "a number has no blanks around it");
                return Ok(Value::Undefined);
            }
            if metered.name.starts_with("indexof") && matches!(&arguments[1], Value::String(part) if part.is_empty()) {
                anyhow::ensure!(!is_strict(), "`indexof` looks for a text that is not empty");
                return Ok(Value::Undefined);
            }
            if metered.name == "strings.replace_n"
                && let Some(text) = count::replaced(&arguments)
            {
                return Ok(text);
            }
            if let Some(text) = case::changed(metered.name, &arguments) {
                return Ok(text);
            }
            let mut arguments = arguments;
            if let Some(answer) = mended::before(metered.name, &mut arguments) {
                return answer;
            }
            if metered.name.starts_with("json.marshal") {
                spelled.check(&arguments[0])?;
                with_point(&arguments[0])?;
                if let Some(named) = with_names(&arguments[0]) {
                    arguments[0] = named;
                }
            }
            let reckoned = match metered.name {
                "sum" => reckoned::sum(&arguments[0]),
                "product" => reckoned::product(&arguments[0]),
                _ => None,
            };
            if let Some(answer) = reckoned {
                return answer;
            }
            match call(&span, &params, &arguments, is_strict()) {
                Err(error) if is_strict() => bail!("{}", said(&error)),
                Err(_) => Ok(Value::Undefined),
                // OPA gives a set.
                Ok(Value::Array(addresses)) if metered.name == "net.cidr_expand" => {
                    Ok(Value::from(addresses.iter().cloned().collect::<std::collections::BTreeSet<Value>>()))
                }
                Ok(Value::String(text)) if metered.name == "format_int" && &*text == "-0" => Ok(Value::from("0")),
                // With an exponent it is no whole number for OPA, even where it is one.
                Ok(number @ Value::Number(_)) if metered.name == "to_number" && has_exponent(&arguments[0]) => {
                    Ok(number.as_f64().map_or(number, Value::from))
                }
                answer => answer.map(|answer| mended::after(metered.name, &arguments, answer)),
            }
        });
        engine.add_extension(metered.name.to_owned(), metered.arguments, boxed)?;
    }
    Ok(())
}

/// A builtin names the place of its arguments when it fails; the engine puts that of the call before it.
pub(super) fn nowhere() -> anyhow::Result<(Span, Arc<[Ref<Expr>]>)> {
    let source = Source::from_contents("builtin".to_owned(), "package builtin\ncall := call(a, b, c)\n".to_owned())?;
    let module = Parser::new(&source)?.parse()?;
    let Some(Rule::Spec { head: RuleHead::Compr { assign: Some(assign), .. }, .. }) =
        module.policy.first().map(|rule| &**rule)
    else {
        bail!("the engine reads an assignment as something else");
    };
    let Expr::Call { span, params, .. } = &*assign.value else { bail!("the engine reads a call as something else") };
    Ok((span.clone(), params.iter().cloned().collect()))
}

/// What went wrong, without the place that is none.
fn said(error: &anyhow::Error) -> String {
    match Fault::of(error, std::time::Duration::ZERO) {
        Fault::Error { message, .. } => message,
        other => other.to_string(),
    }
}

/// The engine writes a whole number without the point that OPA keeps, and others by a text that it reads anew.
fn with_point(value: &Value) -> anyhow::Result<()> {
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Number(number) => {
                anyhow::ensure!(
                    !(number.is_integer() && has_point(value)),
                    "the number {value} has a point or an exponent, which `json.marshal` would keep and this engine does not"
                );
                if let Some(float) = number.as_f64().filter(|_| !number.is_integer())
                    && serde_json::to_value(value).ok().and_then(|read| read.as_f64()) != Some(float)
                {
                    return Err(untold(format!("the number {value} has more digits than `json.marshal` keeps here")));
                }
            }
            Value::Array(items) => open.extend(items.iter()),
            Value::Set(items) => open.extend(items.iter()),
            Value::Object(members) => open.extend(members.iter().flat_map(|(key, value)| [key, value])),
            _ => {}
        }
    }
    Ok(())
}

/// Keys that are no texts as the texts that OPA writes for them, and orders them by; nothing where all are texts.
pub(super) fn with_names(value: &Value) -> Option<Value> {
    let all = |items: Vec<&Value>| {
        let named: Vec<Option<Value>> = items.iter().map(|item| with_names(item)).collect();
        let is_any = named.iter().any(Option::is_some);
        is_any
            .then(|| named.into_iter().zip(items).map(|(named, item)| named.unwrap_or_else(|| item.clone())))
            .map(Iterator::collect::<Vec<Value>>)
    };
    match value {
        Value::Array(items) => all(items.iter().collect()).map(Value::from),
        // It is written as a list, and stands in the order of what it holds.
        Value::Set(items) => all(items.iter_sorted().collect()).map(Value::from),
        Value::Object(members) => {
            let values = all(members.iter_sorted().map(|(_, value)| value).collect());
            let is_named = members.iter().all(|(key, _)| matches!(key, Value::String(_)));
            if is_named && values.is_none() {
                return None;
            }
            let keys = members.iter_sorted().map(|(key, _)| match key {
                Value::String(_) => key.clone(),
                other => Value::from(json(other).to_string()),
            });
            let values = values.unwrap_or_else(|| members.iter_sorted().map(|(_, value)| value.clone()).collect());
            Some(Value::from(keys.zip(values).collect::<std::collections::BTreeMap<Value, Value>>()))
        }
        _ => None,
    }
}

fn has_exponent(value: &Value) -> bool {
    matches!(value, Value::String(text) if text.contains(['e', 'E']))
}

fn length(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        _ => 0,
    }
}

/// The engine takes a text with blanks around its number, OPA does not.
fn has_blanks(value: &Value) -> bool {
    matches!(value, Value::String(text) if text.trim().len() < text.len())
}

fn elements(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.len(),
        Value::Set(items) => items.len(),
        _ => 0,
    }
}

/// Nothing, or everything where a number of a text would be written out without an end.
fn digits(text: &Value) -> usize {
    let Value::String(text) = text else { return 0 };
    if endless(text).is_some() { usize::MAX } else { 0 }
}

/// What a list or set holds.
fn numbers(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Set(items) => Box::new(items.iter()),
        _ => Box::new(std::iter::empty()),
    }
}

/// How often a text is in another, and one more.
fn pieces(text: &Value, part: &Value) -> usize {
    let (Value::String(text), Value::String(part)) = (text, part) else { return 0 };
    if part.is_empty() { text.len() + 1 } else { text.matches(&**part).count() + 1 }
}

/// A text of which every character may become so many bytes.
fn replaced(text: &Value, by: usize) -> usize {
    (length(text) + 1).saturating_mul(by.max(1))
}

fn longest(texts: &Value) -> usize {
    match texts {
        Value::Object(members) => members.iter().map(|(_, text)| length(text)).max().unwrap_or(0),
        _ => 0,
    }
}

/// The addresses of a block; of what is none, nothing.
fn addresses(block: &Value) -> usize {
    let Value::String(text) = block else { return 0 };
    let Some((address, prefix)) = text.split_once('/') else { return 1 };
    let bits: u32 = if address.contains(':') { 128 } else { 32 };
    let free = prefix.parse().ok().and_then(|prefix: u32| bits.checked_sub(prefix));
    free.map_or(0, |free| 1_usize.checked_shl(free).unwrap_or(usize::MAX))
}

fn steps(given: &[Value]) -> usize {
    let [first, last, step] = given else { return 0 };
    let (Ok(first), Ok(last), Ok(step)) = (first.as_i64(), last.as_i64(), step.as_i64()) else { return 0 };
    usize::try_from(first.abs_diff(last) / step.unsigned_abs().max(1)).unwrap_or(usize::MAX)
}
