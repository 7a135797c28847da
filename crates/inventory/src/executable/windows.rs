//! What a Windows program says of itself: the version resource of PE files (Microsoft, "VS_VERSIONINFO structure").
//!
//! Nobody checks these words, and libraries of .NET have better ones beside them: they are told only where nothing else names the file.

use model::PackageState;
use object::read::pe::{PeFile32, PeFile64, ResourceDirectoryEntryData};
use object::{FileKind, LittleEndian};

use super::LIMIT;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "windows-version";
const NAMING: Naming = Naming { purl_type: "generic", separator: None };

/// The resource that holds versions.
const RT_VERSION: u16 = 16;
/// A resource of versions is some hundred bytes long.
const MAX_RESOURCE: usize = 64 << 10;

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Installed, claims: WINDOWS, parse };

const WINDOWS: &[Claim] =
    &[Claim::new(Pattern::Magic { head: 2, test: is_pe }).limit(LIMIT).with(&[Companion::SiblingMatches(is_deps)])];

fn is_pe(head: &[u8]) -> bool {
    head.starts_with(b"MZ")
}

fn is_deps(path: &str) -> bool {
    path.ends_with(".deps.json")
}

/// Faults of the container are told by the reader of Go build information; a broken resource names nothing.
fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::of_binary(input, NAME);
    // What lies beside a list of .NET is named by it.
    if !input.companions.is_empty() {
        return list.finish();
    }
    let Some(resource) = resource(input.bytes) else { return list.finish() };
    let text = utf16(&resource);
    let field = |name: &str| value(&text, name).filter(|value| !value.is_empty());
    let version = field("ProductVersion").or_else(|| field("FileVersion"));
    if let (Some(name), Some(version)) = (field("ProductName"), version.as_deref().and_then(first_word))
        && let Some(at) = list.add_whole_file(NAMING, &name, Some(&version))
    {
        list.packages[at].state = PackageState::Inferred;
    }
    list.finish()
}

fn first_word(version: &str) -> Option<String> {
    // `1.2.3.4 (build)` and `1, 2, 3, 4` are both written.
    let joined = version.replace(", ", ".");
    joined.split_whitespace().next().map(str::to_owned)
}

fn resource(bytes: &[u8]) -> Option<Vec<u8>> {
    match FileKind::parse(bytes).ok()? {
        FileKind::Pe32 => {
            let file = PeFile32::parse(bytes).ok()?;
            let directory = file.data_directories().resource_directory(bytes, &file.section_table()).ok()??;
            find(&directory, &|address, size| memory(file.section_table().pe_data_at(bytes, address)?, size))
        }
        FileKind::Pe64 => {
            let file = PeFile64::parse(bytes).ok()?;
            let directory = file.data_directories().resource_directory(bytes, &file.section_table()).ok()??;
            find(&directory, &|address, size| memory(file.section_table().pe_data_at(bytes, address)?, size))
        }
        _ => None,
    }
}

fn memory(data: &[u8], size: u32) -> Option<Vec<u8>> {
    data.get(..usize::try_from(size).ok()?.min(MAX_RESOURCE)).map(<[u8]>::to_vec)
}

/// The first language of the first resource of versions.
fn find(
    directory: &object::read::pe::ResourceDirectory<'_>,
    memory: &dyn Fn(u32, u32) -> Option<Vec<u8>>,
) -> Option<Vec<u8>> {
    let root = directory.root().ok()?;
    let versions = root.entries.iter().find(|entry| entry.name_or_id().id() == Some(RT_VERSION))?;
    let mut table = versions.data(*directory).ok()?.table()?;
    for _ in 0..2 {
        match table.entries.first()?.data(*directory).ok()? {
            ResourceDirectoryEntryData::Table(below) => table = below,
            ResourceDirectoryEntryData::Data(data) => {
                return memory(data.offset_to_data.get(LittleEndian), data.size.get(LittleEndian));
            }
        }
    }
    None
}

/// The resource as text; names and values are strings that end in a zero.
fn utf16(bytes: &[u8]) -> String {
    let units = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
}

/// What stands behind a name and the zeros that fill up to the next double word.
fn value(text: &str, name: &str) -> Option<String> {
    let at = text.find(&format!("{name}\0"))? + name.len();
    let rest = text[at..].trim_start_matches('\0');
    Some(rest.split('\0').next()?.trim().to_owned()).filter(|value| !value.chars().any(char::is_control))
}
