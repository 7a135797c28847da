//! CycloneDX 1.6 JSON: components, what they need, and the vulnerabilities that were found in them.
//!
//! 1.6 and not the newest: it is what receivers and regulators ask for, and a file of a later version is refused whole.

mod component;
#[cfg(test)]
mod tests;
mod vulnerability;

use std::collections::{BTreeMap, HashSet};
use std::io;

use model::{AdvisoryData, Purl, Report};
use serde_json::{Value, json};

use crate::bom::{self, Inventory};
use crate::{Options, foreign};

const SCHEMA: &str = "http://cyclonedx.org/schema/bom-1.6.schema.json";

/// Names components in a document: by purl, and by the place of the target when there are several.
#[derive(Clone, Copy)]
struct References {
    is_single: bool,
}

/// Writes one document for all targets. With several, each is a component that its packages hang on.
pub(crate) fn write(report: &Report, _: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let inventories = bom::of(report);
    let references = References { is_single: inventories.len() == 1 };
    let mut components = Vec::new();
    for (at, inventory) in inventories.iter().enumerate() {
        if !references.is_single {
            components.push(component::of_target(inventory.target, &references.target(at)));
        }
        components.extend(inventory.target.os.iter().map(|os| component::of_os(os, &references.os(at))));
        let packages = inventory.components.iter();
        components
            .extend(packages.map(|found| component::of_package(found, &references.package(at, found.package.purl()))));
    }
    let known: HashSet<&str> = components.iter().filter_map(|component| component["bom-ref"].as_str()).collect();
    let vulnerabilities = vulnerability::all(report, references, &known);
    let mut document = json!({
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": "",
        "version": 1,
        "metadata": metadata(report, &inventories, references),
        "components": components,
        "dependencies": dependencies(&inventories, references),
        "vulnerabilities": vulnerabilities,
    });
    document["serialNumber"] = format!("urn:uuid:{}", bom::uuid(&document.to_string())).into();
    serde_json::to_writer_pretty(&mut *out, &document)?;
    out.write_all(b"\n")
}

impl References {
    fn root(self) -> String {
        if self.is_single { self.target(0) } else { "scan".to_owned() }
    }

    fn target(self, at: usize) -> String {
        format!("target-{at}")
    }

    fn os(self, at: usize) -> String {
        format!("target-{at}/os")
    }

    fn package(self, at: usize, purl: &Purl) -> String {
        if self.is_single { purl.to_string() } else { format!("target-{at}/{purl}") }
    }
}

fn metadata(report: &Report, inventories: &[Inventory<'_>], references: References) -> Value {
    let root = match inventories {
        [only] => component::of_target(only.target, &references.root()),
        several => json!({
            "type": "application",
            "bom-ref": references.root(),
            "name": format!("scan of {} targets", several.len()),
        }),
    };
    let tool = json!({
        "type": "application",
        "name": foreign::line(&report.tool.name),
        "version": foreign::line(&report.tool.version),
    });
    let mut metadata =
        json!({"timestamp": report.evaluated_at.to_string(), "tools": {"components": [tool]}, "component": root});
    let property = |name: &str, value: String| json!({"name": format!("portcullis:advisories:{name}"), "value": value});
    let of_data = |data: &AdvisoryData| {
        [
            property("newest", data.built_at.to_string()),
            property("age-days", data.age_days.to_string()),
            property("digest", data.digest.to_string()),
        ]
    };
    let properties: Vec<Value> = report.data.snapshots().flat_map(of_data).collect();
    if !properties.is_empty() {
        metadata["properties"] = json!(properties);
    }
    metadata
}

/// A target needs what is in it, a package what the evidence says.
fn dependencies(inventories: &[Inventory<'_>], references: References) -> Vec<Value> {
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, inventory) in inventories.iter().enumerate() {
        if !references.is_single {
            needs.entry(references.root()).or_default().push(references.target(at));
        }
        let packages = inventory.components.iter().map(|found| references.package(at, found.package.purl()));
        let os = inventory.target.os.iter().map(|_| references.os(at));
        needs.entry(references.target(at)).or_default().extend(os.chain(packages));
        for (from, to) in &inventory.edges {
            needs.entry(references.package(at, from)).or_default().push(references.package(at, to));
        }
    }
    needs.into_iter().map(|(from, to)| json!({"ref": from, "dependsOn": to})).collect()
}
