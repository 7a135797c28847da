//! The YAML of an annotation as JSON: core-schema scalars, no anchors.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde_json::{Map, Value};

/// Levels of collections.
const DEEPEST: usize = 32;

/// Reads one document; an error comes with its 1-based line.
pub(super) fn read(text: &str) -> Result<Value, (u32, String)> {
    let mut open: Vec<Open> = Vec::new();
    let mut root = Value::Null;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| (error.marker().line() as u32, error.info().to_owned()))?;
        let line = span.start.line() as u32;
        let done = match event {
            Event::Scalar(text, style, ..) => Some(scalar(&text, style)),
            Event::Alias(_) => return Err((line, "aliases are not read here".to_owned())),
            Event::SequenceStart(..) | Event::MappingStart(..) => {
                if open.len() == DEEPEST {
                    return Err((line, format!("values nest deeper than {DEEPEST}")));
                }
                open.push(if matches!(event, Event::SequenceStart(..)) {
                    Open::Sequence(Vec::new())
                } else {
                    Open::Mapping(Map::new(), None)
                });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(Open::close),
            Event::DocumentEnd => break,
            _ => None,
        };
        if let Some(value) = done {
            match open.last_mut() {
                Some(parent) => parent.take(value),
                None => root = value,
            }
        }
    }
    Ok(root)
}

enum Open {
    Sequence(Vec<Value>),
    Mapping(Map<String, Value>, Option<String>),
}

impl Open {
    fn take(&mut self, value: Value) {
        match self {
            Open::Sequence(items) => items.push(value),
            Open::Mapping(members, key) => match key.take() {
                Some(key) => {
                    members.insert(key, value);
                }
                None => *key = Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
            },
        }
    }

    fn close(self) -> Value {
        match self {
            Open::Sequence(items) => Value::Array(items),
            Open::Mapping(members, _) => Value::Object(members),
        }
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return text.into();
    }
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => true.into(),
        "false" | "False" | "FALSE" => false.into(),
        // A version such as 1.10 must stay a text; numbers mean nothing to an annotation.
        other => other.parse::<i64>().map_or_else(|_| other.into(), Value::from),
    }
}
