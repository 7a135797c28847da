//! ELF, PE and Mach-O files as sections and segments, whatever their machine.

use model::ProblemKind;
use object::read::macho::{FatArch, MachOFatFile32, MachOFatFile64};
use object::{File, FileKind, Object, ObjectSegment};

/// How many first bytes [`begins_executable`] wants.
pub(super) const HEAD: usize = 8;

/// Universal binaries have two or three machines.
const MAX_MACHINES: usize = 16;

/// A file that begins like an executable and cannot be read as one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Damage {
    pub(super) kind: ProblemKind,
    pub(super) reason: String,
}

/// True for the first bytes of an ELF, PE or Mach-O file.
pub(crate) fn begins_executable(head: &[u8]) -> bool {
    match head {
        [0x7f, b'E', b'L', b'F', ..] | [b'M', b'Z', ..] => true,
        [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] | [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..] => true,
        // The number of machines; in a Java class the same place holds its version, which starts at 45.
        [0xca, 0xfe, 0xba, 0xbe | 0xbf, 0, 0, 0, machines, ..] => usize::from(*machines) <= MAX_MACHINES,
        _ => false,
    }
}

/// Opens a file for each machine it is for; none when it is no executable of today.
pub(super) fn open(bytes: &[u8]) -> Result<Vec<File<'_>>, Damage> {
    if !begins_executable(bytes) || is_dos_program(bytes) {
        return Ok(Vec::new());
    }
    let files = match FileKind::parse(bytes).map_err(|error| damage(bytes, error))? {
        FileKind::Elf32 | FileKind::Elf64 | FileKind::Pe32 | FileKind::Pe64 | FileKind::MachO32 | FileKind::MachO64 => {
            vec![File::parse(bytes).map_err(|error| damage(bytes, error))?]
        }
        FileKind::MachOFat32 => {
            machines(bytes, MachOFatFile32::parse(bytes).map_err(|error| damage(bytes, error))?.arches())?
        }
        FileKind::MachOFat64 => {
            machines(bytes, MachOFatFile64::parse(bytes).map_err(|error| damage(bytes, error))?.arches())?
        }
        _ => Vec::new(),
    };
    match files.iter().any(|file| is_cut(file, bytes)) {
        true => Err(Damage { kind: ProblemKind::Truncated, reason: "it ends before its last segment".to_owned() }),
        false => Ok(files),
    }
}

/// What a program may write to when it runs, as it lies in the file. Linkers put there what they fill in last.
pub(super) fn writable<'b>(file: &File<'b>) -> impl Iterator<Item = (u64, &'b [u8])> {
    let segments = file.segments().filter(|segment| segment.permissions().writable());
    segments.filter_map(|segment| Some((segment.address(), segment.data().ok()?)))
}

fn machines<'a, Fat: FatArch>(bytes: &'a [u8], arches: &[Fat]) -> Result<Vec<File<'a>>, Damage> {
    let arches = arches.iter().take(MAX_MACHINES);
    arches.map(|arch| arch.data(bytes).and_then(File::parse).map_err(|error| damage(bytes, error))).collect()
}

/// Segments of one machine of a universal binary lie inside the whole file, so this asks the least.
fn is_cut(file: &File<'_>, bytes: &[u8]) -> bool {
    file.segments().any(|segment| {
        let (start, length) = segment.file_range();
        start.saturating_add(length) > bytes.len() as u64
    })
}

fn damage(bytes: &[u8], error: object::Error) -> Damage {
    let kind = if ends_early(bytes) { ProblemKind::Truncated } else { ProblemKind::Shape };
    Damage { kind, reason: error.to_string().to_ascii_lowercase() }
}

/// A DOS program, or a file too short to say more: neither has anything for us. A PE file begins like one and says at
/// 0x3c where it goes on.
fn is_dos_program(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"MZ") {
        return false;
    }
    let next = word(bytes, 0x3c, false).map(|at| at as usize);
    let relocations = bytes.get(0x18).copied().unwrap_or_default();
    match next {
        Some(at) if at >= bytes.len() => relocations < 0x40,
        Some(at) => !bytes[at..].starts_with(b"PE"),
        None => true,
    }
}

/// True when a header points past the end.
fn ends_early(bytes: &[u8]) -> bool {
    match bytes {
        [0x7f, b'E', b'L', b'F', class, data, ..] => {
            let big = *data == 2;
            let sections = match class {
                1 => word(bytes, 0x20, big).map(u64::from),
                _ => long(bytes, 0x28, big),
            };
            bytes.len() < 0x34 || sections.is_none_or(|at| at >= bytes.len() as u64)
        }
        [b'M', b'Z', ..] => word(bytes, 0x3c, false).is_none_or(|at| u64::from(at) + 0x100 > bytes.len() as u64),
        _ => bytes.len() < 0x20,
    }
}

fn word(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let four = *bytes.get(at..)?.first_chunk::<4>()?;
    Some(if big { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) })
}

fn long(bytes: &[u8], at: usize, big: bool) -> Option<u64> {
    let eight = *bytes.get(at..)?.first_chunk::<8>()?;
    Some(if big { u64::from_be_bytes(eight) } else { u64::from_le_bytes(eight) })
}
