//! Interpreters, servers and libraries that nobody packaged: told by their file name, with the version that stands in their
//! own bytes (what `X --version` prints), or in the file their makers lay beside them.
//!
//! A file that an operating-system package owns is listed with its owner; the distribution's advisories judge it then.

mod java;
mod mark;
mod name;
mod release;
mod table;
#[cfg(test)]
mod tests;
mod version;

use model::{PackageState, ProblemKind, Scope};

pub(crate) use self::java::{LIBRARY as JAVA_LIBRARY, RELEASE as JAVA_RELEASE};
pub(crate) use self::mark::BESIDE;
pub(crate) use self::release::DETECTOR as RELEASE;
use self::table::{FINGERPRINTS, Fingerprint};
use crate::bounds::quote;
use crate::executable::{CLAIMS, begins_executable};
use crate::package_list::{Naming, PackageList};
use crate::{Detector, Evidence, Input, Parsed};

pub(crate) const FINGERPRINT: Detector =
    Detector { name: "binary-fingerprint", evidence: Evidence::Installed, claims: CLAIMS, parse };

/// The texts beside which the version of a program of this name, in small letters, is looked for; none for most. `None` where
/// it is looked for anywhere, or beside zeros.
pub(crate) fn literals(name: &str) -> Option<Vec<Vec<u8>>> {
    let rows = FINGERPRINTS.iter().filter(|row| name::is_one_of(row, name));
    let literals: Vec<Vec<u8>> =
        rows.flat_map(|row| row.marks).map(|mark| mark.literal(name)).collect::<Option<_>>()?;
    let is_told_from_zeros = literals.iter().all(|literal| !literal.contains(&0));
    is_told_from_zeros.then(|| literals.into_iter().filter(|literal| !literal.is_empty()).collect())
}

fn parse(input: &Input<'_>) -> Parsed {
    let name = input.origin.path.file_name();
    let Some(name) = std::str::from_utf8(name).ok().filter(|_| begins_executable(input.bytes)) else {
        return Parsed::default();
    };
    let name = name.to_ascii_lowercase();
    let known: Vec<&Fingerprint> = FINGERPRINTS.iter().filter(|row| name::is_one_of(row, &name)).collect();
    if known.is_empty() {
        return Parsed::default();
    }
    let mut list = PackageList::of_binary(input, FINGERPRINT.name);
    for row in &known {
        let found = row.marks.iter().find_map(|mark| mark.find(input.bytes, row.grammar, &name));
        if let Some(version) = found {
            add(row, &version, &mut list);
        }
    }
    // Where there is a library too, the program is often a few lines that start it.
    if let Some(row) =
        known.first().filter(|_| list.packages.is_empty() && known.iter().all(|row| row.has_no_library()))
    {
        let message = format!(
            "`{}` is named like {}, but no version of it stands inside: it is not listed",
            quote(&name),
            row.name
        );
        list.faults.note(ProblemKind::Version, None, message);
    }
    list.finish()
}

fn add(row: &Fingerprint, found: &mark::Found, list: &mut PackageList<'_>) {
    let naming = Naming { purl_type: row.purl_type, separator: None };
    let Some(at) = list.add_whole_file(naming, row.name, Some(&found.version)) else { return };
    list.packages[at].scope = Scope::Runtime;
    if found.is_inferred {
        list.packages[at].state = PackageState::Inferred;
    }
}
