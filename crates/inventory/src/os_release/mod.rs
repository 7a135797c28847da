//! Which operating system this is: os-release(5), and what there was before it.

mod assignment;
mod older;
#[cfg(test)]
mod tests;

use model::{Os, ProblemKind};

use self::assignment::{Line, read_line};
use crate::distribution::has_advisories;
use crate::fault_log::FaultLog;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

/// Real files have less than 2 KiB.
const LIMIT: u64 = 1 << 20;

pub(crate) const DETECTOR: Detector = Detector { name: "os-release", evidence: Evidence::Both, claims: &CLAIMS, parse };

const CLAIMS: [Claim; 2 + older::FILES.len()] = {
    let mut claims = [Claim::new(Pattern::Path("etc/os-release")).limit(LIMIT); 2 + older::FILES.len()];
    claims[1].pattern = Pattern::Path("usr/lib/os-release");
    let mut at = 0;
    while at < older::FILES.len() {
        claims[2 + at].pattern = Pattern::Path(older::FILES[at]);
        at += 1;
    }
    claims
};

/// The values this room reads; the last assignment of a name counts, as in a shell.
#[derive(Default)]
struct Values {
    id: String,
    version: String,
    codename: String,
    like: String,
    name: String,
}

/// What the older files say counts where there is no os-release: they complain of nothing.
fn parse(input: &Input<'_>) -> Parsed {
    match std::str::from_utf8(input.origin.path.file_name()) {
        Ok(name) if name != "os-release" => {
            Parsed { os: older::read(name, &String::from_utf8_lossy(input.bytes)), ..Parsed::default() }
        }
        _ => read(input),
    }
}

/// Reads the assignments; a line that is none is a problem and the others stay.
fn read(input: &Input<'_>) -> Parsed {
    let mut faults = FaultLog::new(input.origin);
    let mut values = Values::default();
    for (number, line) in (1..).zip(input.bytes.split(|byte| *byte == b'\n')) {
        match read_line(&String::from_utf8_lossy(line)) {
            Line::Nothing => {}
            Line::Assignment { name, value, fault } => {
                values.set(&name, value);
                if let Some(fault) = fault {
                    faults.warning(ProblemKind::Syntax, Some(number), format!("the value of `{name}` {fault}"));
                }
            }
            Line::Garbage => {
                let message = "this line is no `NAME=value` assignment and is ignored";
                faults.warning(ProblemKind::Syntax, Some(number), message);
            }
        }
    }
    let os = values.into_os();
    describe_gaps(os.as_ref(), &mut faults);
    Parsed { os, problems: faults.into_problems(), ..Parsed::default() }
}

/// Says what will not be matched because of this file.
fn describe_gaps(os: Option<&Os>, faults: &mut FaultLog<'_>) {
    let Some(os) = os else {
        let message = "no `ID`: the operating system is not known and its packages cannot be matched with advisories";
        return faults.warning(ProblemKind::UnknownOs, None, message);
    };
    if !has_advisories(os) {
        let message = format!("`{}` is no distribution we have advisories for: its packages are not matched", os.id);
        faults.warning(ProblemKind::UnknownOs, None, message);
    } else if os.version.is_none() {
        let message =
            format!("no `VERSION_ID`: which release of `{}` this is, and so which advisories, is not known", os.id);
        faults.warning(ProblemKind::UnknownOs, None, message);
    }
}

impl Values {
    fn set(&mut self, name: &str, value: String) {
        match name {
            "ID" => self.id = value.trim().to_ascii_lowercase(),
            "VERSION_ID" => self.version = value,
            "VERSION_CODENAME" => self.codename = value,
            "ID_LIKE" => self.like = value,
            "PRETTY_NAME" => self.name = value,
            _ => {}
        }
    }

    fn into_os(self) -> Option<Os> {
        Some(Os {
            id: present(self.id)?,
            version: present(self.version),
            codename: present(self.codename),
            like: self.like.split_whitespace().map(str::to_ascii_lowercase).collect(),
            name: present(self.name),
        })
    }
}

fn present(value: String) -> Option<String> {
    Some(value).filter(|value| !value.trim().is_empty())
}
