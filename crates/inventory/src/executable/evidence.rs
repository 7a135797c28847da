//! Which parts of a large ELF file its readers look at. All others are code and data, most of the file, and need not be at hand.

use std::io::{Read, Seek};
use std::ops::Range;

use memchr::memmem;
use object::elf::{FileHeader32, FileHeader64, PF_W, PT_LOAD};
use object::read::elf::{FileHeader, ProgramHeader, SectionHeader};
use object::read::{ReadCache, ReadCacheOps};
use object::{Endianness, ReadRef};

use super::{bundle, container, go, native_image, occurrences};
use crate::runtime::{BESIDE, literals};

/// The headers, and where packers leave their mark.
const HEAD: u64 = 4096;

/// A linker makes some dozens.
const MOST_SECTIONS: u32 = 4096;

/// Sections that are asked for by name, and the names of symbols.
const SECTIONS: [&[u8]; 5] = [b".go.buildinfo", b"__go_buildinfo", b".dep-v0", b".dynstr", b".strtab"];

/// The stretches of a file that [`crate::detectors`] of executables look at: with zeros in place of all others they say the same,
/// if [`suffices`] says so of the result. A program whose version stands beside a text is searched for that text here. `None` where the whole is wanted.
pub fn evidence_in(file: impl Read + Seek, name: &[u8]) -> Option<Vec<Range<u64>>> {
    let name = std::str::from_utf8(name).unwrap_or_default().to_ascii_lowercase();
    let literals = literals(&name)?;
    let cache = ReadCache::new(file);
    let mut wanted = of_program(&cache)?;
    if !literals.is_empty() {
        wanted.extend(occurrences::beside(&mut cache.into_inner(), &literals, BESIDE)?);
    }
    Some(wanted)
}

/// Whether readers see in these bytes, parts of a file with zeros between them, what they would see in the whole: not where the
/// headers are damaged, for then they look everywhere, nor where what is there leads on to what is not.
pub fn suffices(bytes: &[u8]) -> bool {
    let Ok(files) = container::open(bytes) else { return false };
    files.iter().all(|file| {
        let leads_on = |data: &[u8]| go::leads_on(data) || memmem::find(data, &bundle::MARK).is_some();
        !native_image::names_length(file)
            && !container::writable(file).any(|(_, data)| leads_on(data))
            && !go::sections(file).any(leads_on)
    })
}

fn of_program<R: ReadCacheOps>(file: &ReadCache<R>) -> Option<Vec<Range<u64>>> {
    let magic: &[u8] = file.read_bytes_at(0, 5).ok()?;
    match magic {
        [0x7f, b'E', b'L', b'F', 1] => of_elf(FileHeader32::<Endianness>::parse(file).ok()?, file),
        [0x7f, b'E', b'L', b'F', 2] => of_elf(FileHeader64::<Endianness>::parse(file).ok()?, file),
        _ => None,
    }
}

fn of_elf<'d, H: FileHeader<Endian = Endianness>, R: ReadRef<'d>>(header: &'d H, file: R) -> Option<Vec<Range<u64>>> {
    let endian = header.endian().ok()?;
    // Without sections everything that is loaded is searched; with very many the list itself is much of the file.
    if !(1..=MOST_SECTIONS).contains(&header.shnum(endian, file).ok()?) {
        return None;
    }
    let sections = header.sections(endian, file).ok()?;
    let stretch = |start: u64, length: u64| start..start.saturating_add(length);
    let mut wanted = vec![stretch(0, HEAD)];
    let segments = header.program_headers(endian, file).ok()?;
    let (segment_size, section_size) = (u64::from(header.e_phentsize(endian)), u64::from(header.e_shentsize(endian)));
    wanted.push(stretch(header.e_phoff(endian).into(), segments.len() as u64 * segment_size));
    wanted.push(stretch(header.e_shoff(endian).into(), sections.len() as u64 * section_size));
    for segment in segments {
        if segment.p_type(endian) == PT_LOAD && segment.p_flags(endian).contains(PF_W) {
            wanted.push(stretch(segment.p_offset(endian).into(), segment.p_filesz(endian).into()));
        }
    }
    let names = header.section_strings_index(endian, file).ok()?;
    for (at, section) in sections.enumerate() {
        let is_named = sections.section_name(endian, section).is_ok_and(|name| SECTIONS.contains(&name));
        if is_named || at == names {
            wanted.push(stretch(section.sh_offset(endian).into(), section.sh_size(endian).into()));
        }
    }
    Some(wanted)
}
