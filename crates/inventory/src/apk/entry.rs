//! From a record to a package.

use model::{License, Package, PackageState, ProblemKind, Purl, SourcePackage};

use super::NAME;
use super::record::{Line, Record};
use crate::bounds::check_word;
use crate::fault_log::FaultLog;

/// An installed package, still borrowed from the file.
pub(super) struct Entry<'a> {
    /// 1-based line of its name.
    pub(super) line: u32,
    pub(super) name: &'a str,
    pub(super) depends: Option<&'a str>,
    pub(super) provides: Option<&'a str>,
    origin: Option<&'a str>,
    version: &'a str,
    license: Option<&'a str>,
    purl: Purl,
    state: PackageState,
}

impl<'a> Entry<'a> {
    /// Reads one; `None` when it cannot be read, which is a problem then.
    pub(super) fn read(record: &Record<'a>, faults: &mut FaultLog<'_>) -> Option<Entry<'a>> {
        let name = required(record, b'P', "a package without a name (`P:`)", faults)?;
        let version = required(record, b'V', &format!("package `{name}` has no version (`V:`)"), faults)?;
        let architecture = word(record, b'A', faults);
        let line = record.line(b'P').map_or(record.start(), |line| line.number);
        let purl = Purl::new("apk", None, name, Some(version))
            .and_then(|purl| purl.with_qualifier("arch", architecture.unwrap_or_default()))
            .map_err(|error| {
                faults.error(ProblemKind::Shape, Some(line), format!("package `{name}` is not read: {error}"));
            })
            .ok()?;
        Some(Entry {
            line,
            name,
            depends: optional(record, b'D', faults),
            provides: optional(record, b'p', faults),
            origin: word(record, b'o', faults),
            version,
            license: optional(record, b'L', faults),
            purl,
            state: state(record, name, faults),
        })
    }

    /// The package, without location and dependencies.
    pub(super) fn package(&self) -> Package {
        let mut package = Package::new(self.name, self.purl.clone(), NAME);
        let origin = self.origin.unwrap_or(self.name);
        package.source = Some(Box::new(SourcePackage { name: origin.to_owned(), version: self.version.to_owned() }));
        package.license = self.license.and_then(License::stated);
        package.state = self.state;
        package
    }
}

/// apk marks a package whose files (`f`), script (`s`) or attributes (`x`) could not all be written.
fn state(record: &Record<'_>, name: &str, faults: &mut FaultLog<'_>) -> PackageState {
    match record.line(b'f') {
        Some(line) if line.value.iter().any(|flag| matches!(flag, b'f' | b's')) => {
            let message = format!("package `{name}` is marked broken: its files may be there only in part");
            faults.note(ProblemKind::Shape, Some(line.number), message);
            PackageState::HalfInstalled
        }
        _ => PackageState::Installed,
    }
}

/// A line without which there is no package; `fault` says what is missing.
fn required<'a>(record: &Record<'a>, key: u8, fault: &str, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    match record.line(key) {
        Some(line) if !line.value.trim_ascii().is_empty() => checked(line, faults),
        found => {
            let number = found.map_or(record.start(), |line| line.number);
            faults.error(ProblemKind::Shape, Some(number), format!("{fault}: it is not read"));
            None
        }
    }
}

/// A short line that need not be there.
fn word<'a>(record: &Record<'a>, key: u8, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    checked(record.line(key)?, faults).filter(|text| !text.is_empty())
}

fn checked<'a>(line: Line<'a>, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let text = text(line, faults)?;
    let report = |fault| {
        let message = format!("the `{}:` line {fault} and is not read", line.key as char);
        faults.error(ProblemKind::Shape, Some(line.number), message);
    };
    check_word(text).map_err(report).ok()
}

fn optional<'a>(record: &Record<'a>, key: u8, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let line = record.line(key)?;
    text(line, faults).filter(|text| !text.is_empty())
}

fn text<'a>(line: Line<'a>, faults: &mut FaultLog<'_>) -> Option<&'a str> {
    let text = std::str::from_utf8(line.value.trim_ascii()).ok();
    if text.is_none() {
        let message = format!("the `{}:` line is not UTF-8 and is not read", line.key as char);
        faults.error(ProblemKind::Encoding, Some(line.number), message);
    }
    text
}
