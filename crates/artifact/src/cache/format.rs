//! The bytes of an entry.
//!
//! ```text
//! MAGIC, key (32 bytes), part (1 byte)
//! any number of records, each a tag and what belongs to it:
//!   entry   kind | sparse << 4, shared (of the last name), rest of the name, link, size, mode, offset, content offset
//!   bytes   length, so many bytes of the content of the entry before, in order
//!   place   layer, entry and size, before the bytes of a second pass; 0 and 0 before what was made of an image
//!   given   of the content of the entry before, the rest was given to who keeps what came of it (see `Part::Results`)
//!   sum     of the content of the entry before (16 bytes), after what is kept of that content
//!   end     bytes of content, number of records before, number of `given` among them
//! SHA-256 of everything before (32 bytes)
//! ```
//!
//! Numbers are LEB128; texts and bytes have their length before them.

use std::io::{self, BufRead, Read};

use crate::tar::Kind;

pub(super) const MAGIC: &[u8; 8] = b"pcullis1";
pub(super) const HEAD: usize = MAGIC.len() + 32 + 1;
pub(super) const SUM: usize = 32;

/// What a record begins with. Entries are told by their kind, below 16.
pub(super) const SPARSE: u8 = 0x10;
pub(super) const BYTES: u8 = 0x40;
pub(super) const PLACE: u8 = 0x41;
pub(super) const END: u8 = 0x42;
pub(super) const GIVEN: u8 = 0x43;
pub(super) const CONTENT_SUM: u8 = 0x44;

/// The longest name, link or piece of content one record holds; the writer keeps to it.
pub(super) const LONGEST: u64 = 4 << 20;

/// The kinds, by the number they are written as.
const KINDS: [Kind; 7] =
    [Kind::File, Kind::HardLink, Kind::SymbolicLink, Kind::Folder, Kind::Device, Kind::Pipe, Kind::Other];

pub(super) fn number_of(kind: Kind) -> u8 {
    let at = KINDS.iter().position(|known| *known == kind).expect("all kinds are listed");
    u8::try_from(at).expect("there are seven")
}

pub(super) fn kind_of(tag: u8) -> Option<Kind> {
    KINDS.get(usize::from(tag & 0x0f)).copied()
}

/// Adds a number.
pub(super) fn put_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Adds bytes and, before them, their length.
pub(super) fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_number(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

pub(super) fn read_number(source: &mut impl BufRead) -> io::Result<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let byte = read_byte(source)?;
        let bits = u64::from(byte & 0x7f);
        if bits << shift >> shift != bits {
            return Err(damaged("a number is too large"));
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(damaged("a number does not end"))
}

pub(super) fn read_byte(source: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    source.read_exact(&mut byte)?;
    Ok(byte[0])
}

/// A length that a record may have.
pub(super) fn read_length(source: &mut impl BufRead) -> io::Result<u64> {
    let length = read_number(source)?;
    if length > LONGEST { Err(damaged("a record is too long")) } else { Ok(length) }
}

/// Appends bytes that have their length before them.
pub(super) fn read_bytes(source: &mut impl BufRead, into: &mut Vec<u8>) -> io::Result<()> {
    let length = read_length(source)?;
    // Grows with what really comes.
    if source.take(length).read_to_end(into)? as u64 == length { Ok(()) } else { Err(damaged("a record is cut off")) }
}

pub(super) fn damaged(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
