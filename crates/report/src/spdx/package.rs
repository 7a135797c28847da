//! Packages: targets, operating systems, components.

use model::{Checksum, Os, Target, TargetKind};
use serde_json::{Value, json};

use crate::bom::Component;
use crate::{foreign, naming};

/// Places that a package's source information names.
const MOST_PLACES: usize = 20;
/// What the format has for facts that nobody looked for.
const UNSAID: &str = "NOASSERTION";

pub(super) fn of_target(target: &Target, id: &str) -> Value {
    let purpose = match target.kind {
        TargetKind::Image => "CONTAINER",
        TargetKind::Rootfs => "OPERATING_SYSTEM",
        TargetKind::File => "FILE",
        TargetKind::Directory => "SOURCE",
        TargetKind::Sbom | TargetKind::Purl => "OTHER",
    };
    let version = target.digest.map(|digest| digest.to_string());
    package(id, &naming::stable_name(target), version.as_deref(), purpose)
}

pub(super) fn of_os(os: &Os, id: &str) -> Value {
    package(id, &os.id, os.version.as_deref(), "OPERATING_SYSTEM")
}

pub(super) fn of_component(found: &Component<'_>, id: &str) -> Value {
    let mut written = package(id, &found.package.name, found.package.version.as_deref(), "LIBRARY");
    let mut places: Vec<String> = found.places.iter().map(|place| place.path.to_string()).collect();
    places.sort();
    places.dedup();
    let more = places.len().saturating_sub(MOST_PLACES);
    places.truncate(MOST_PLACES);
    if more > 0 {
        places.push(format!("{more} more"));
    }
    let by = foreign::line(&found.package.found_by);
    written["sourceInfo"] =
        if places.is_empty() { format!("found by {by}") } else { format!("found by {by} in {}", places.join(", ")) }
            .into();
    if let Some(license) = &found.package.license {
        match license.expression().filter(|expression| is_self_contained(expression)) {
            Some(expression) => written["licenseDeclared"] = expression.into(),
            // What is no expression of the format makes the document invalid where one is expected.
            None => {
                let stated = foreign::line(license.as_str());
                written["licenseComments"] = format!("The evidence states: {stated}").into();
            }
        }
    }
    if !found.package.checksums.is_empty() {
        written["checksums"] = found.package.checksums.iter().map(checksum).collect();
    }
    written["externalRefs"] = json!([{
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": found.package.purl().to_string(),
    }]);
    written
}

/// A reference to the text of a licence needs that text in the document.
fn is_self_contained(expression: &str) -> bool {
    !expression.contains("LicenseRef-") && !expression.contains("DocumentRef-")
}

fn checksum(checksum: &Checksum) -> Value {
    json!({"algorithm": checksum.algorithm().name().to_uppercase(), "checksumValue": checksum.hex()})
}

fn package(id: &str, name: &str, version: Option<&str>, purpose: &str) -> Value {
    let name = foreign::line(name);
    let mut package = json!({
        "SPDXID": id,
        "name": if name.is_empty() { UNSAID.to_owned() } else { name },
        "downloadLocation": UNSAID,
        "filesAnalyzed": false,
        "licenseConcluded": UNSAID,
        "licenseDeclared": UNSAID,
        "copyrightText": UNSAID,
        "primaryPackagePurpose": purpose,
    });
    if let Some(version) = version.map(foreign::line).filter(|version| !version.is_empty()) {
        package["versionInfo"] = version.into();
    }
    package
}
