//! Debian packages that are installed: dpkg's `status`, and the `status.d` folder of distroless images.

mod entry;
mod owned;
mod relation;
mod stanza;
#[cfg(test)]
mod tests;

use model::{LineIndex, ProblemKind};

use self::entry::Entry;
use self::stanza::Stanzas;
use crate::fault_log::FaultLog;
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const INFO: &str = "var/lib/dpkg/info";
const STATUS_D: &str = "var/lib/dpkg/status.d";

/// A database written as dpkg writes its own.
pub(crate) struct Flavour {
    /// The detector that reads it.
    pub(crate) found_by: &'static str,
    /// The type of its package URLs.
    pub(crate) purl_type: &'static str,
}

const DPKG: Flavour = Flavour { found_by: "dpkg", purl_type: "deb" };

pub(crate) const DETECTOR: Detector = Detector {
    name: DPKG.found_by,
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Path("var/lib/dpkg/status")).with(&[Companion::In { folder: INFO, suffix: ".list" }]),
        Claim::new(Pattern::In(STATUS_D)).with(&[Companion::In { folder: STATUS_D, suffix: ".md5sums" }]),
    ],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    // status.d has the checksums of a package beside its stanza.
    if input.origin.path.file_name().ends_with(b".md5sums") {
        return Parsed::default();
    }
    read(input, &DPKG)
}

/// Reads all stanzas; each broken one is a problem, the others stay.
pub(crate) fn read(input: &Input<'_>, flavour: &Flavour) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    let lines = LineIndex::new(input.bytes);
    let mut stanzas = Stanzas::new(input.bytes);
    let mut entries: Vec<Entry<'_>> = Vec::new();
    while let Some(stanza) = stanzas.next(&mut faults) {
        entries.extend(Entry::read(&stanza, flavour, &mut faults));
    }
    if is_cut(input) {
        let message = "the package database does not end in a line break: it is cut short and packages may be missing";
        faults.error(ProblemKind::Truncated, Some(lines.lines()), message);
    }
    let dependencies = relation::resolve(&entries);
    let owned_files = owned::files(input, &entries, &mut faults);
    let packages = entries.iter().zip(dependencies).map(|(entry, dependencies)| {
        let mut package = entry.package(flavour);
        package.dependencies = dependencies;
        package.locations = lines.line_span(entry.line).map(|span| input.origin.at(span)).into_iter().collect();
        package
    });
    Parsed { packages: packages.collect(), owned_files, problems: faults.into_problems(), os: None }
}

/// dpkg itself refuses a database without its last line break. A single stanza is written by image builders,
/// which do not care.
fn is_cut(input: &Input<'_>) -> bool {
    let is_database = input.origin.path.file_name() == b"status";
    is_database && !input.bytes.is_empty() && !input.bytes.ends_with(b"\n")
}
