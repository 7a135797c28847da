//! Finds and decodes the blob: a magic, and then a version and a module list, inline or behind pointers.

use memchr::memmem;
use model::ProblemKind;
use object::{File, Object, ObjectSection, ObjectSegment};

use super::super::container;
use super::Fault;

/// What an executable says of its Go build.
pub(super) enum Found {
    /// It is no Go program, or one that says nothing.
    Nothing,
    /// It says this.
    Information(Information),
    /// It says something that cannot be read.
    Malformed(Fault),
}

/// What the linker wrote.
pub(super) struct Information {
    /// `go1.22.1`, as `go version` prints it.
    pub(super) version: String,
    /// The module list as `go version -m` prints it; empty for a program built without modules.
    pub(super) modules: Result<String, Fault>,
}

/// A piece of memory.
#[derive(Clone, Copy)]
struct Piece<'a> {
    address: u64,
    data: &'a [u8],
    /// The linker's own section or writable data: a magic here is no accident.
    expected: bool,
}

// Written in two pieces, or every program that contains this reader would seem to have one more blob.
const MAGIC: [&[u8]; 2] = [b"\xff Go", b" buildinf:"];
const MAGIC_LENGTH: usize = 14;
/// Blobs begin at multiples of this address.
const ALIGNMENT: u64 = 16;
/// Magic, pointer size, flags and padding.
const HEADER: usize = 32;
const SECTIONS: [&str; 2] = [".go.buildinfo", "__go_buildinfo"];
/// Module lists of the largest programs are below 1 MiB.
const MAX_TEXT: u64 = 16 << 20;

/// Looks where the linker puts it, then in writable segments, for section names can be stripped: as `go version` does.
pub(super) fn find(file: &File<'_>) -> Found {
    let sections = SECTIONS
        .iter()
        .filter_map(|name| file.section_by_name(name))
        .filter_map(|section| Some(Piece { address: section.address(), data: section.data().ok()?, expected: true }));
    let writable = container::writable(file).map(|(address, data)| Piece { address, data, expected: true });
    let memory = || {
        let segments = file.segments();
        segments.filter_map(|segment| {
            Some(Piece { address: segment.address(), data: segment.data().ok()?, expected: true })
        })
    };
    first(sections.chain(writable), &memory().collect::<Vec<_>>())
}

/// The sections where the linker puts it.
pub(in super::super) fn sections<'a>(file: &File<'a>) -> impl Iterator<Item = &'a [u8]> {
    SECTIONS.iter().filter_map(|name| file.section_by_name(name)?.data().ok())
}

/// Whether something here tells of its build by pointers, which lead to other places.
pub(in super::super) fn leads_on(data: &[u8]) -> bool {
    memmem::find_iter(data, MAGIC[0]).any(|at| {
        let blob = &data[at..];
        let is_inline = blob.get(MAGIC_LENGTH + 1).is_some_and(|flags| flags & 2 != 0);
        blob[MAGIC[0].len()..].starts_with(MAGIC[1]) && !is_inline
    })
}

/// Looks in every aligned place of a file whose headers cannot be read; pointers lead nowhere then.
pub(super) fn find_anywhere(bytes: &[u8]) -> Found {
    first(std::iter::once(Piece { address: 0, data: bytes, expected: false }), &[])
}

/// The first blob that can be read, else the first that names its version, else the first fault in an expected place.
fn first<'a>(pieces: impl Iterator<Item = Piece<'a>>, memory: &[Piece<'a>]) -> Found {
    let mut found = Found::Nothing;
    for piece in pieces {
        for blob in blobs(piece) {
            match decode(blob, memory) {
                Ok(information) if information.modules.is_ok() => return Found::Information(information),
                Ok(information) if !matches!(found, Found::Information(_)) => found = Found::Information(information),
                Err(fault) if piece.expected && matches!(found, Found::Nothing) => found = Found::Malformed(fault),
                Ok(_) | Err(_) => {}
            }
        }
    }
    found
}

/// Every aligned place that begins with the magic, to the end of the piece.
fn blobs(piece: Piece<'_>) -> impl Iterator<Item = &[u8]> {
    let is_aligned = move |at: &usize| piece.address.wrapping_add(*at as u64).is_multiple_of(ALIGNMENT);
    let starts = memmem::find_iter(piece.data, MAGIC[0]).filter(is_aligned);
    starts.map(|at| &piece.data[at..]).filter(|rest| rest[MAGIC[0].len()..].starts_with(MAGIC[1]))
}

fn decode(blob: &[u8], memory: &[Piece<'_>]) -> Result<Information, Fault> {
    let (Some(header), Some(body)) = (blob.get(..HEADER), blob.get(HEADER..)) else {
        return Err(truncated("ends in its header"));
    };
    let (pointer_size, flags) = (header[MAGIC_LENGTH], header[MAGIC_LENGTH + 1]);
    let (version, modules) = if flags & 2 != 0 {
        let (version, rest) = inline(body)?;
        (version, inline(rest).map(|(modules, _)| modules))
    } else {
        let pointers = Pointers { size: usize::from(pointer_size), big_endian: flags & 1 != 0, memory };
        pointers.both(&blob[ALIGNMENT as usize..])?
    };
    let version = text(version)?;
    if !version.contains("go") && !version.starts_with("devel") {
        return Err(shape("names no version of Go"));
    }
    Ok(Information { version, modules: modules.and_then(without_sentinels).and_then(text) })
}

/// A length as a varint, then the bytes (Go 1.18 and later).
fn inline(body: &[u8]) -> Result<(&[u8], &[u8]), Fault> {
    let mut length: u64 = 0;
    for (at, byte) in body.iter().take(10).enumerate() {
        length |= u64::from(byte & 0x7f).checked_shl(7 * at as u32).unwrap_or(u64::MAX);
        if byte & 0x80 == 0 {
            let rest = &body[at + 1..];
            return rest.split_at_checked(bounded(length)?).ok_or_else(|| truncated("ends in the middle of a text"));
        }
    }
    Err(truncated("has a text without a length"))
}

/// Pointers to string headers (before Go 1.18).
struct Pointers<'a> {
    size: usize,
    big_endian: bool,
    memory: &'a [Piece<'a>],
}

/// The toolchain's version, and the list of modules or why it cannot be read.
type Texts<'a> = (&'a [u8], Result<&'a [u8], Fault>);

impl<'a> Pointers<'a> {
    /// The version, and the module list if its pointer leads somewhere; a program without modules has none.
    fn both(&self, pointers: &[u8]) -> Result<Texts<'a>, Fault> {
        if self.size != 4 && self.size != 8 {
            return Err(shape("has an impossible pointer size"));
        }
        let version = self.string(self.number(pointers)?)?;
        let modules = match self.number(&pointers[self.size..])? {
            0 => Ok(&[][..]),
            address => self.string(address),
        };
        Ok((version, modules))
    }

    /// A string header is a pointer and a length.
    fn string(&self, address: u64) -> Result<&'a [u8], Fault> {
        let header = self.at(address, 2 * self.size)?;
        let length = bounded(self.number(&header[self.size..])?)?;
        if length == 0 { Ok(&[]) } else { self.at(self.number(header)?, length) }
    }

    fn at(&self, address: u64, length: usize) -> Result<&'a [u8], Fault> {
        let found = self.memory.iter().find_map(|piece| {
            let start = usize::try_from(address.checked_sub(piece.address)?).ok()?;
            piece.data.get(start..)?.get(..length)
        });
        found.ok_or_else(|| shape("has a pointer that leads out of the program"))
    }

    fn number(&self, bytes: &[u8]) -> Result<u64, Fault> {
        let bytes = bytes.get(..self.size).ok_or_else(|| truncated("ends in a pointer"))?;
        let fold = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        Ok(if self.big_endian { bytes.iter().fold(0, fold) } else { bytes.iter().rev().fold(0, fold) })
    }
}

/// The linker puts 16 marker bytes on either side of the module list.
fn without_sentinels(modules: &[u8]) -> Result<&[u8], Fault> {
    match modules.len().checked_sub(17) {
        _ if modules.is_empty() => Ok(modules),
        Some(last) if last >= 16 && modules[last] == b'\n' => Ok(&modules[16..=last]),
        _ => Err(shape("has a module list without its end marks")),
    }
}

fn bounded(length: u64) -> Result<usize, Fault> {
    match usize::try_from(length) {
        Ok(short) if length <= MAX_TEXT => Ok(short),
        _ => Err(Fault { kind: ProblemKind::Limit, reason: format!("claims a text of {length} bytes") }),
    }
}

fn text(bytes: &[u8]) -> Result<String, Fault> {
    String::from_utf8(bytes.to_vec()).map_err(|_| shape("is not UTF-8"))
}

fn shape(reason: &str) -> Fault {
    Fault { kind: ProblemKind::Shape, reason: reason.to_owned() }
}

fn truncated(reason: &str) -> Fault {
    Fault { kind: ProblemKind::Truncated, reason: reason.to_owned() }
}
