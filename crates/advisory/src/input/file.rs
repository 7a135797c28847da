//! One file, by its name and its first bytes.

use std::fs::File;
use std::io::{BufRead, Read as _};
use std::path::Path;

use super::name::{Form, form_of};
use super::{Place, Receiver, archive, json, name, stream};
use crate::build::{BuildError, Limits};

/// Reads one file.
pub(crate) fn read(path: &Path, limits: &Limits, receiver: &mut impl Receiver) -> Result<(), BuildError> {
    let place = Place::of(path);
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) => return receiver.fault(format!("the file cannot be opened: {error}"), &place),
    };
    let form = form_of(&name::file_name(path));
    if form == Some(Form::Zip) && is_plain_zip(&file) {
        return archive::read(file, &place, limits, receiver);
    }
    match stream::unpack(file, limits.file_bytes) {
        Ok(mut stream) => read_stream(&mut *stream, form, &place, limits, receiver),
        Err(error) => receiver.fault(format!("the file cannot be read: {error}"), &place),
    }
}

/// Reads an unpacked stream; without a promised form it is told from the first bytes.
pub(crate) fn read_stream(
    stream: &mut dyn BufRead,
    form: Option<Form>,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    match form {
        Some(Form::JsonLines) => json::read_lines(stream, place, limits, receiver),
        Some(Form::Json) => json::read_document(stream, place, limits, receiver),
        Some(Form::Lifetimes) => json::read_each_line(stream, place, limits, receiver, |receiver, line, place| {
            receiver.lifetimes(line, place)
        }),
        Some(Form::Csv) => json::read_table(stream, place, limits, receiver),
        Some(Form::Zip) => read_packed_archive(stream, place, limits, receiver),
        None => match stream.fill_buf() {
            Ok(start) if start.starts_with(b"PK") => read_packed_archive(stream, place, limits, receiver),
            Ok(_) => json::read_document(stream, place, limits, receiver),
            Err(error) => receiver.fault(format!("the file cannot be read: {error}"), place),
        },
    }
}

/// An archive that is itself packed has to be held to be read: its list of entries is at its end.
fn read_packed_archive(
    stream: &mut dyn BufRead,
    place: &Place,
    limits: &Limits,
    receiver: &mut impl Receiver,
) -> Result<(), BuildError> {
    let mut bytes = Vec::new();
    match stream.take(limits.held_bytes.saturating_add(1)).read_to_end(&mut bytes) {
        Err(error) => receiver.fault(format!("the archive cannot be read: {error}"), place),
        Ok(count) if count as u64 > limits.held_bytes => {
            let message = format!("the archive is longer than the limit of {} bytes when unpacked", limits.held_bytes);
            receiver.fault(message, place)
        }
        Ok(_) => archive::read(std::io::Cursor::new(bytes), place, limits, receiver),
    }
}

fn is_plain_zip(mut file: &File) -> bool {
    let mut magic = [0; 2];
    let read = file.read_exact(&mut magic);
    std::io::Seek::rewind(&mut file).is_ok() && read.is_ok() && magic == *b"PK"
}
