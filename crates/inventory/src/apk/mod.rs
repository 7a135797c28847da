//! Alpine packages that are installed: apk's database `installed`.

mod entry;
mod record;
mod relation;
#[cfg(test)]
mod tests;

use model::{LineIndex, ProblemKind};

use self::entry::Entry;
use self::record::Records;
use crate::bounds::MAX_PACKAGES;
use crate::fault_log::FaultLog;
use crate::ownership::Ownership;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "apk";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[
        Claim::new(Pattern::Path("lib/apk/db/installed")),
        // Where it is once `/usr` is merged.
        Claim::new(Pattern::Path("usr/lib/apk/db/installed")),
    ],
    parse,
};

/// Reads all records; each broken one is a problem, the others stay.
fn parse(input: &Input<'_>) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    let mut ownership = Ownership::like(&input.origin.path);
    let mut records = Records::new(input.bytes);
    let mut entries: Vec<Entry<'_>> = Vec::new();
    while let Some(record) = records.next(&mut faults) {
        if entries.len() >= MAX_PACKAGES {
            let message = format!("more than {MAX_PACKAGES} packages: from this line on nothing is read");
            faults.error(ProblemKind::Limit, Some(record.start()), message);
            break;
        }
        if let Some(entry) = Entry::read(&record, &mut faults) {
            record.files(|folder, name| ownership.add_in(entries.len(), folder, name));
            entries.push(entry);
        }
    }
    let lines = LineIndex::new(input.bytes);
    if !input.bytes.is_empty() && !input.bytes.ends_with(b"\n") {
        let message = "the package database does not end in a line break: it is cut short and packages may be missing";
        faults.error(ProblemKind::Truncated, Some(lines.lines()), message);
    }
    let dependencies = relation::resolve(&entries, &mut faults);
    let packages = entries.iter().zip(dependencies).map(|(entry, dependencies)| {
        let mut package = entry.package();
        package.dependencies = dependencies;
        package.locations = lines.line_span(entry.line).map(|span| input.origin.at(span)).into_iter().collect();
        package
    });
    let owned_files = ownership.finish(&mut faults);
    Parsed { packages: packages.collect(), owned_files, problems: faults.into_problems(), os: None }
}
