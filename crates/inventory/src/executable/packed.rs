//! Executables that a packer compressed: nothing of what they were built of can be read, and that must not look like nothing.

use memchr::memmem;
use model::ProblemKind;
use object::{Object, ObjectSection};

use super::{CLAIMS, container};
use crate::fault_log::FaultLog;
use crate::{Detector, Evidence, Input, Parsed};

pub(crate) const DETECTOR: Detector =
    Detector { name: "packed-executable", evidence: Evidence::Both, claims: CLAIMS, parse };

/// UPX writes it behind the headers of ELF and Mach-O.
const UPX_MAGIC: &[u8] = b"UPX!";
/// Headers end before this; a magic behind it belongs to a program that knows of UPX.
const HEADERS: usize = 4096;
/// Sections that packers leave in PE files.
const SECTIONS: [(&str, &str); 5] =
    [("UPX0", "UPX"), ("UPX1", "UPX"), (".UPX0", "UPX"), (".MPRESS1", "MPRESS"), (".aspack", "ASPack")];

fn parse(input: &Input<'_>) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    if let Some(packer) = packer(input.bytes) {
        let message = format!("this executable is packed by {packer}: what it was built of cannot be seen");
        faults.warning(ProblemKind::Unsupported, None, message);
    }
    Parsed { problems: faults.into_problems(), ..Parsed::default() }
}

fn packer(bytes: &[u8]) -> Option<&'static str> {
    if !container::begins_executable(bytes) {
        return None;
    }
    let is_windows = bytes.starts_with(b"MZ");
    if !is_windows && memmem::find(&bytes[..bytes.len().min(HEADERS)], UPX_MAGIC).is_some() {
        return Some("UPX");
    }
    let files = container::open(bytes).ok().filter(|_| is_windows)?;
    let sections = files.iter().flat_map(|file| file.sections());
    let names = sections.filter_map(|section| section.name().ok().map(str::to_owned));
    let packers = names.filter_map(|name| SECTIONS.iter().find(|(section, _)| *section == name));
    packers.map(|(_, packer)| *packer).next()
}
