//! Modules that are locked by Deno: `deno.lock`, versions 2 to 5 (Deno manual, "Integrity checking and lock files").

mod packages;
mod remote;
#[cfg(test)]
mod tests;

use model::Family;

use self::packages::{Registry, asked, entries};
use crate::locked::list_all;
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern, json};

const NAME: &str = "deno-lock";
const NPM: Naming = Naming { purl_type: "npm", separator: Some('/') };
/// No type is registered for Deno's own registry; this is the one that is proposed.
const JSR: Naming = Naming { purl_type: "jsr", separator: Some('/') };

/// Versions of the format that are known here.
const KNOWN: [&str; 4] = ["2", "3", "4", "5"];

pub(crate) const DETECTOR: Detector =
    Detector { name: NAME, evidence: Evidence::Locked, claims: &[Claim::new(Pattern::Name("deno.lock"))], parse };

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (root, fault) = json::read(list.text());
    let is_broken = fault.is_some();
    list.report(fault);
    match root.get("version") {
        // Version 1 was a bare table of addresses and sums.
        None if !is_broken => remote::add(&root, &mut list),
        None => {}
        version => list.check_version(version, &KNOWN),
    }
    let requests = asked(&root);
    for (registry, naming, family) in [(Registry::Npm, NPM, Some(Family::Npm)), (Registry::Jsr, JSR, None)] {
        let entries = entries(&root, registry, &mut list);
        list_all(&entries, &requests.of(registry), naming, family, &mut list);
    }
    if let Some(remotes) = root.get("remote") {
        remote::add(remotes, &mut list);
    }
    list.finish()
}
