//! The package list of cargo-auditable: zlib-compressed JSON in a section of its own.

mod hidden;
mod inflate;
mod list;

use model::ProblemKind;
use object::{Object, ObjectSection};

use super::{CLAIMS, container};
use crate::fault_log::FaultLog;
use crate::{Detector, Evidence, Input, Parsed};

const NAME: &str = "cargo-auditable";

/// The section's name in every container; in Mach-O it is in the segment `__DATA`.
const SECTION: &str = ".dep-v0";

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Both, claims: CLAIMS, parse };

/// Reads the list of the first machine that has one: the others were built from the same source.
fn parse(input: &Input<'_>) -> Parsed {
    // A damaged container is reported once, by the reader of Go build information, which looks at the whole file.
    let Ok(files) = container::open(input.bytes) else { return Parsed::default() };
    let section = files.iter().find_map(|file| file.section_by_name(SECTION)).map(|section| section.data());
    let Some(data) = section.or_else(|| files.iter().find_map(hidden::find).map(Ok)) else { return Parsed::default() };
    let mut faults = FaultLog::new(input.origin);
    let packages = match data {
        Ok(data) => match inflate::inflate(data) {
            Ok(json) => list::packages(&json, &input.origin.location(), &mut faults),
            Err(fault) => {
                faults.error(fault.kind, None, format!("the package list of cargo-auditable {}", fault.reason));
                Vec::new()
            }
        },
        Err(_) => {
            let message = "the package list of cargo-auditable lies outside of the file: it is cut short";
            faults.error(ProblemKind::Truncated, None, message);
            Vec::new()
        }
    };
    Parsed { packages, problems: faults.into_problems(), ..Parsed::default() }
}
