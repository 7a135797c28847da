//! The build information the Go linker writes: the toolchain's version and every module that was linked in.

mod blob;
mod flags;
mod modules;
mod toolchain;

use model::ProblemKind;

use self::blob::Found;
pub(super) use self::blob::{leads_on, sections};
use super::CLAIMS;
use super::container::{self, Damage};
use crate::fault_log::FaultLog;
use crate::{Detector, Evidence, Input, Parsed};

const NAME: &str = "go-build-info";

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Both, claims: CLAIMS, parse };

/// Reads the information of the first machine that has some: the others were built from the same source.
fn parse(input: &Input<'_>) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    let found = match container::open(input.bytes) {
        Ok(files) => files.iter().map(blob::find).find(|found| !matches!(found, Found::Nothing)),
        Err(damage) => {
            report(&damage, &mut faults);
            // A loader needs less of the headers than we do: such a file may still run.
            Some(blob::find_anywhere(input.bytes))
        }
    };
    let mut packages = Vec::new();
    match found {
        Some(Found::Information(information)) => {
            let location = input.origin.location();
            match information.modules {
                Ok(modules) => packages.extend(modules::packages(&modules, &location, &mut faults)),
                Err(fault) => fault.report(&mut faults),
            }
            packages.extend(toolchain::package(&information.version, &location, &mut faults));
        }
        Some(Found::Malformed(fault)) => fault.report(&mut faults),
        Some(Found::Nothing) | None => {}
    }
    Parsed { packages, problems: faults.into_problems(), ..Parsed::default() }
}

fn report(damage: &Damage, faults: &mut FaultLog<'_>) {
    let message = format!("this executable is damaged and a package list in it may be missed: {}", damage.reason);
    faults.error(damage.kind, None, message);
}

/// Why information that is there could not be read.
#[derive(Debug)]
struct Fault {
    kind: ProblemKind,
    reason: String,
}

impl Fault {
    fn report(&self, faults: &mut FaultLog<'_>) {
        faults.error(self.kind, None, format!("the build information of this Go program {}", self.reason));
    }
}
