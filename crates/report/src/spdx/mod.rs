//! SPDX 2.3 JSON: packages, what contains them, what they need.

mod package;
#[cfg(test)]
mod tests;

use std::io;

use model::Report;
use serde_json::{Value, json};

use crate::bom::{self, Inventory};
use crate::{Options, age, foreign, naming};

const DOCUMENT: &str = "SPDXRef-DOCUMENT";

/// Writes one document that describes every target.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let inventories = bom::of(report);
    let mut packages = Vec::new();
    let mut relationships = Vec::new();
    for (at, inventory) in inventories.iter().enumerate() {
        packages.push(package::of_target(inventory.target, &target_id(at)));
        relationships.push(relationship(DOCUMENT, "DESCRIBES", &target_id(at)));
        write_components(at, inventory, &mut packages, &mut relationships);
    }
    let names: Vec<String> =
        report.targets.iter().take(3).map(|target| foreign::line(&naming::stable_name(target))).collect();
    let name = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
    let mut document = json!({
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": DOCUMENT,
        "name": name,
        "documentNamespace": "",
        "creationInfo": {
            // The format knows no fractions of seconds.
            "created": format!("{}Z", &report.evaluated_at.to_string()[..19]),
            "creators": [format!("Tool: {}-{}", foreign::line(&report.tool.name), foreign::line(&report.tool.version))],
        },
        "packages": packages,
        "relationships": relationships,
    });
    if let Some(age) = age::of_data(report) {
        document["creationInfo"]["comment"] = format!("judged with {age}").into();
    }
    document["documentNamespace"] = format!("urn:uuid:{}", bom::uuid(&document.to_string())).into();
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

fn write_components(at: usize, inventory: &Inventory<'_>, packages: &mut Vec<Value>, relationships: &mut Vec<Value>) {
    if let Some(os) = &inventory.target.os {
        let id = format!("{}-os", target_id(at));
        packages.push(package::of_os(os, &id));
        relationships.push(relationship(&target_id(at), "CONTAINS", &id));
    }
    let id = |place: usize| format!("{}-package-{place}", target_id(at));
    for (place, found) in inventory.components.iter().enumerate() {
        packages.push(package::of_component(found, &id(place)));
        relationships.push(relationship(&target_id(at), "CONTAINS", &id(place)));
    }
    let place = |purl| inventory.components.binary_search_by(|found| found.package.purl().cmp(purl)).ok();
    for (from, to) in &inventory.edges {
        if let (Some(from), Some(to)) = (place(from), place(to)) {
            relationships.push(relationship(&id(from), "DEPENDS_ON", &id(to)));
        }
    }
}

fn target_id(at: usize) -> String {
    format!("SPDXRef-target-{at}")
}

fn relationship(from: &str, kind: &str, to: &str) -> Value {
    json!({"spdxElementId": from, "relationshipType": kind, "relatedSpdxElement": to})
}
