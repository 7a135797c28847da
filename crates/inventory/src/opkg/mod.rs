//! OpenWrt packages that are installed: opkg's `status`, which is written like dpkg's (opkg, `libopkg/pkg.c`).
//!
//! The purl specification registers no type for opkg; `opkg` is what OSV-Scalibr calls it, and tells its packages from dpkg's.

#[cfg(test)]
mod tests;

use crate::dpkg::{self, Flavour};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const OPKG: Flavour = Flavour { found_by: "opkg", purl_type: "opkg" };

/// Where the database is on a system that runs from flash, and elsewhere.
macro_rules! claims {
    ($($folder:literal)*) => {
        &[$(
            Claim::new(Pattern::Path(concat!($folder, "/status")))
                .with(&[Companion::In { folder: concat!($folder, "/info"), suffix: ".list" }]),
        )*]
    };
}

pub(crate) const DETECTOR: Detector = Detector {
    name: OPKG.found_by,
    evidence: Evidence::Installed,
    claims: claims!("usr/lib/opkg" "var/lib/opkg"),
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    dpkg::read(input, &OPKG)
}
