//! From a stanza to a package.

use model::{Package, PackageState, ProblemKind, Purl, SourcePackage};

use super::Flavour;
use super::stanza::{Field, Stanza};
use crate::fault_log::FaultLog;

/// An installed package, still borrowed from the file.
pub(super) struct Entry<'a> {
    /// 1-based line of its `Package` field.
    pub(super) line: u32,
    pub(super) name: &'a str,
    pub(super) architecture: Option<&'a str>,
    /// `Pre-Depends` and `Depends`.
    pub(super) depends: [Option<&'a [u8]>; 2],
    pub(super) provides: Option<&'a [u8]>,
    purl: Purl,
    source: SourcePackage,
    state: PackageState,
}

/// What the last word of `Status` says.
enum Presence {
    Installed,
    Half(String),
    Absent,
}

impl<'a> Entry<'a> {
    /// Reads one; `None` when nothing of the package is on disk, or when it cannot be read, which is a problem then.
    pub(super) fn read(stanza: &Stanza<'a>, flavour: &Flavour, faults: &mut FaultLog<'_>) -> Option<Entry<'a>> {
        let presence = presence(stanza, faults);
        if matches!(presence, Presence::Absent) {
            return None;
        }
        let at = stanza.field("package").map_or(stanza.line(), |field| field.line);
        let name = required(stanza, "package", "a package without a name", faults)?;
        let version = required(stanza, "version", &format!("package `{name}` has no version"), faults)?;
        let architecture = optional(stanza, "architecture", faults);
        let source = source(name, version, optional(stanza, "source", faults), at, faults);
        let purl = Purl::new(flavour.purl_type, None, name, Some(version))
            .and_then(|purl| purl.with_qualifier("arch", architecture.unwrap_or_default()))
            .map_err(|error| {
                faults.error(ProblemKind::Shape, Some(at), format!("package `{name}` is not read: {error}"));
            })
            .ok()?;
        Some(Entry {
            line: at,
            name,
            architecture,
            depends: ["pre-depends", "depends"].map(|field| stanza.field(field).map(|field| field.raw)),
            provides: stanza.field("provides").map(|field| field.raw),
            purl,
            source,
            state: state(presence, name, at, faults),
        })
    }

    /// The package, without location and dependencies.
    pub(super) fn package(&self, flavour: &Flavour) -> Package {
        let mut package = Package::new(self.name, self.purl.clone(), flavour.found_by);
        package.source = Some(Box::new(self.source.clone()));
        package.state = self.state;
        package
    }
}

/// Image builders leave `Status` out; a word we do not know is taken as installed, for that is the side that is looked at.
fn presence(stanza: &Stanza<'_>, faults: &mut FaultLog<'_>) -> Presence {
    let Some(field) = stanza.field("status") else { return Presence::Installed };
    let words: Vec<&[u8]> = field.raw.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).collect();
    match words.as_slice() {
        [_, _, b"installed" | b"triggers-pending" | b"triggers-awaited"] => Presence::Installed,
        [_, _, b"not-installed" | b"config-files"] => Presence::Absent,
        [_, _, half @ (b"half-installed" | b"half-configured" | b"unpacked")] => Presence::Half(printable(half)),
        _ => {
            let status = printable(field.raw.trim_ascii());
            let message = format!("unknown package status `{status}`: the package is taken as installed");
            faults.warning(ProblemKind::Shape, Some(field.line), message);
            Presence::Installed
        }
    }
}

fn state(presence: Presence, name: &str, line: u32, faults: &mut FaultLog<'_>) -> PackageState {
    match presence {
        Presence::Half(word) => {
            let message = format!("package `{name}` is {word}: its files may be there only in part");
            faults.note(ProblemKind::Shape, Some(line), message);
            PackageState::HalfInstalled
        }
        Presence::Installed | Presence::Absent => PackageState::Installed,
    }
}

/// `openssl`, or `openssl (3.0.1-1)` where the versions differ, as they do after a rebuild (`+b1`).
fn source(name: &str, version: &str, field: Option<&str>, line: u32, faults: &mut FaultLog<'_>) -> SourcePackage {
    let field = field.unwrap_or(name);
    let end = field.find(|character: char| character.is_whitespace() || character == '(').unwrap_or(field.len());
    let (source, rest) = (&field[..end], field[end..].trim());
    let inner = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')).map(str::trim);
    if inner.is_none_or(str::is_empty) && !rest.is_empty() {
        let message =
            format!("package `{name}` has a malformed source version `{rest}`: its own version stands for it");
        faults.warning(ProblemKind::Shape, Some(line), message);
    }
    let version = inner.filter(|inner| !inner.is_empty()).unwrap_or(version);
    SourcePackage { name: source.to_owned(), version: version.to_owned() }
}

/// A field without which there is no package; `fault` says what is missing.
fn required<'a>(stanza: &Stanza<'a>, name: &str, fault: &str, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let field = stanza.field(name);
    match field.and_then(|field| field.line_value()) {
        Some(value) => text(value, name, field, faults),
        None => {
            let line = field.map_or(stanza.line(), |field| field.line);
            faults.error(ProblemKind::Shape, Some(line), format!("{fault}: it is not read"));
            None
        }
    }
}

fn optional<'a>(stanza: &Stanza<'a>, name: &str, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let field = stanza.field(name)?;
    text(field.line_value()?, name, Some(field), faults)
}

fn text<'a>(value: &'a [u8], name: &str, field: Option<Field<'_>>, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let text = std::str::from_utf8(value).ok();
    if text.is_none() {
        let message = format!("the `{name}` field is not UTF-8 and is not read");
        faults.error(ProblemKind::Encoding, field.map(|field| field.line), message);
    }
    text
}

fn printable(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}
