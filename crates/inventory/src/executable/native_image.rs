//! Java programs compiled ahead of time: GraalVM's native image keeps an inventory, compressed CycloneDX, between its symbols `sbom` and
//! `sbom_length` (GraalVM documentation, "Embedding a Software Bill of Materials").

use std::io::Read;

use flate2::read::GzDecoder;
use memchr::memmem;
use model::ProblemKind;
use object::{BinaryFormat, ExportTarget, File, NameOrOrdinal, Object, ObjectSection, ObjectSegment, ObjectSymbol};

use super::{CLAIMS, container};
use crate::fault_log::FaultLog;
use crate::sbom::read_sbom;
use crate::{Detector, Evidence, Input, Parsed};

const NAME: &str = "native-image";
const SYMBOL: &[u8] = b"sbom";
const LENGTH: &[u8] = b"sbom_length";

/// Inventories of large programs are below 1 MiB.
const MAX_JSON: u64 = 64 << 20;

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Both, claims: CLAIMS, parse };

fn parse(input: &Input<'_>) -> Parsed {
    // A damaged container is reported once, by the reader of Go build information.
    let Ok(files) = container::open(input.bytes) else { return Parsed::default() };
    let Some((file, start, length)) = files.iter().find_map(symbols) else { return Parsed::default() };
    let mut faults = FaultLog::new(input.origin);
    match inventory(file, start, length) {
        Ok(json) => {
            let mut parsed = read_sbom(&Input { bytes: &json, ..*input });
            for package in &mut parsed.packages {
                package.found_by = NAME.into();
                // Lines of an inventory that nobody can open lead nowhere.
                package.locations = vec![input.origin.location()];
            }
            return parsed;
        }
        Err((kind, reason)) => faults.error(kind, None, format!("the inventory of a native image {reason}")),
    }
    Parsed { problems: faults.into_problems(), ..Parsed::default() }
}

/// Addresses of the inventory and of its length; symbols of Mach-O begin with an underscore.
fn symbols<'f, 'b>(file: &'f File<'b>) -> Option<(&'f File<'b>, u64, u64)> {
    if file.format() == BinaryFormat::Elf && !names_length(file) {
        return None;
    }
    let exported = |name: &[u8]| {
        let mut exports = file.exports().ok()?.filter_map(Result::ok);
        exports.find_map(|export| match (export.name(), export.target()) {
            (NameOrOrdinal::Name(found), ExportTarget::Address { address }) if is(found, name) => Some(address),
            _ => None,
        })
    };
    let address = |name: &[u8]| {
        let mut all = file.dynamic_symbols().chain(file.symbols());
        all.find(|symbol| symbol.name_bytes().is_ok_and(|found| is(found, name))).map(|symbol| symbol.address())
    };
    let find = |name| address(name).or_else(|| exported(name));
    Some((file, find(SYMBOL)?, find(LENGTH)?))
}

/// Of the names of an ELF file's symbols; most programs have thousands and not this one.
pub(super) fn names_length(file: &File<'_>) -> bool {
    let names = [".dynstr", ".strtab"].into_iter().filter_map(|table| file.section_by_name(table)?.data().ok());
    names.into_iter().any(|names| memmem::find(names, LENGTH).is_some())
}

fn is(found: &[u8], name: &[u8]) -> bool {
    found == name || found.strip_prefix(b"_") == Some(name)
}

fn inventory(file: &File<'_>, start: u64, length: u64) -> Result<Vec<u8>, (ProblemKind, String)> {
    let cut = || (ProblemKind::Truncated, "lies outside of the file: it is not read".to_owned());
    let size = memory(file, length, 8).and_then(|bytes| bytes.first_chunk::<8>().copied()).ok_or_else(cut)?;
    let size = if file.is_little_endian() { u64::from_le_bytes(size) } else { u64::from_be_bytes(size) };
    let data = memory(file, start, size).ok_or_else(cut)?;
    let mut json = Vec::new();
    match GzDecoder::new(data).take(MAX_JSON + 1).read_to_end(&mut json) {
        Ok(_) if json.len() as u64 <= MAX_JSON => Ok(json),
        Ok(_) => Err((ProblemKind::Limit, format!("inflates to more than {} MiB: it is not read", MAX_JSON >> 20))),
        Err(error) => Err((ProblemKind::Compression, format!("cannot be inflated: {error}"))),
    }
}

/// Bytes that the file maps at an address.
fn memory<'b>(file: &File<'b>, address: u64, size: u64) -> Option<&'b [u8]> {
    file.segments().find_map(|segment| segment.data_range(address, size).ok().flatten())
}
