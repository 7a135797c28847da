//! JSON Lines, and files that are one JSON value.

use std::fmt;
use std::io::{BufRead, Read as _};

use serde::de::{Deserializer as _, SeqAccess, Visitor};
use serde_json::Value;

use super::stream::{Line, read_line};
use super::{Place, Receiver};
use crate::build::{BuildError, Limits};
use crate::threat;

/// A record a line.
pub(crate) fn read_lines(
    stream: &mut dyn BufRead,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    read_each_line(stream, place, limits, receiver, |receiver, line, place| receiver.osv(line, place))
}

/// Gives every line to `take`. Empty ones are passed over.
pub(crate) fn read_each_line<R: Receiver>(
    stream: &mut dyn BufRead,
    place: &Place,
    limits: &Limits,
    receiver: &mut R,
    take: impl Fn(&mut R, &[u8], &Place) -> Result<(), BuildError>,
) -> Result<(), BuildError> {
    let mut line = Vec::new();
    for number in 1u32.. {
        let place = place.at_line(number);
        match read_line(stream, limits.record_bytes, &mut line) {
            Ok(Line::End) => break,
            Ok(Line::TooLong) => receiver.fault(too_long(limits), &place)?,
            Ok(Line::Whole) if line.trim_ascii().is_empty() => {}
            Ok(Line::Whole) => take(receiver, &line, &place)?,
            Err(error) => return receiver.fault(format!("the rest of the file cannot be read: {error}"), &place),
        }
    }
    Ok(())
}

/// One record, an array of records, or, in spite of the name, a record a line.
pub(crate) fn read_document(
    stream: &mut dyn BufRead,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    let bytes = match hold(stream, limits) {
        Ok(bytes) => bytes,
        Err(message) => return receiver.fault(message, place),
    };
    if threat::is_kev(&bytes) {
        return receiver.kev(&bytes, place);
    }
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return read_array(&bytes, place, receiver);
    }
    if is_lines(&bytes) {
        return read_lines(&mut &bytes[..], place, limits, receiver);
    }
    if bytes.len() as u64 > limits.record_bytes {
        return receiver.fault(too_long(limits), place);
    }
    receiver.osv(&bytes, place)
}

/// A table of predictions.
pub(crate) fn read_table(
    stream: &mut dyn BufRead,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    let text =
        hold(stream, limits).and_then(|bytes| String::from_utf8(bytes).map_err(|_| "the file is not UTF-8".to_owned()));
    match text {
        Ok(text) => receiver.epss(&text, place),
        Err(message) => receiver.fault(message, place),
    }
}

/// The whole stream, or why it cannot be had.
fn hold(stream: &mut dyn BufRead, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    match stream.take(limits.held_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => Err(format!("the file cannot be read: {error}")),
        Ok(count) if count as u64 > limits.held_bytes => {
            Err(format!("the file is longer than the limit of {} bytes", limits.held_bytes))
        }
        Ok(_) => Ok(bytes),
    }
}

fn read_array(bytes: &[u8], place: &Place, receiver: &mut impl Receiver) -> Result<(), BuildError> {
    let mut elements = Elements { place, receiver, stopped: None };
    let outcome = serde_json::Deserializer::from_slice(bytes).deserialize_seq(&mut elements);
    let Elements { stopped, .. } = elements;
    match (stopped, outcome) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => {
            let line = u32::try_from(error.line()).unwrap_or(u32::MAX).max(1);
            receiver.fault(format!("the rest of the array cannot be read: {error}"), &place.at_line(line))
        }
    }
}

/// Hands on one element after another, so that an array is never held as values.
struct Elements<'a, R> {
    place: &'a Place,
    receiver: &'a mut R,
    /// Why the receiver wanted no more.
    stopped: Option<BuildError>,
}

impl<'de, R: Receiver> Visitor<'de> for &mut Elements<'_, R> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of OSV records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(value) = list.next_element::<Value>()? {
            if let Err(error) = self.receiver.osv_value(value, self.place) {
                self.stopped = Some(error);
                return Err(serde::de::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// True where the first line is a whole object and another follows.
fn is_lines(bytes: &[u8]) -> bool {
    let Some(end) = bytes.iter().position(|byte| *byte == b'\n') else { return false };
    let (first, rest) = bytes.split_at(end);
    first.trim_ascii_end().ends_with(b"}")
        && rest.trim_ascii_start().starts_with(b"{")
        && serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()
}

fn too_long(limits: &Limits) -> String {
    format!("the record is longer than the limit of {} bytes", limits.record_bytes)
}
