//! `explain --package PURL --advisory ID`: why a package is affected, or why it is not.

use std::io::Write;

use anyhow::{Context as _, anyhow, bail};
use portcullis::advisory::{Reasoning, Snapshot};
use portcullis::model::{Ecosystem, Package, Purl};
use serde_json::{Value, json};

use super::explain::{bounds, field};

/// Says what the records named `id` say of a package.
pub(super) fn write(
    purl: &str,
    id: &str,
    snapshot: &Snapshot,
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let parsed: Purl = purl.parse().with_context(|| format!("--package {purl}: no package URL"))?;
    let package = Package::new(parsed.display_name(), parsed, "explain");
    let ecosystem = Ecosystem::of(package.purl())
        .ok_or_else(|| anyhow!("--package {purl}: no advisory speaks of packages of its type"))?;
    let records = snapshot.records(id)?;
    if records.is_empty() {
        bail!("{id}: the advisory data has no record of that name; `portcullis db status` says what there is");
    }
    let reasonings = snapshot.why(&package, id)?;
    let (name, _) = ecosystem.advisory_subject(&package);
    let spoken: Vec<String> = records
        .iter()
        .flat_map(|record| &record.packages)
        .map(|package| format!("{} {}", package.ecosystem, package.name))
        .collect();
    let digest = snapshot.info().digest;
    if as_json {
        let value = json!({
            "package": purl, "advisory": id, "ecosystem": ecosystem.to_string(), "name": name, "snapshot": digest,
            "reasonings": reasonings, "speaks_of": spoken,
        });
        writeln!(out, "{}", serde_json::to_string_pretty(&value)?)?;
        return Ok(());
    }
    writeln!(out, "{id} and {purl}")?;
    if reasonings.is_empty() {
        field(out, "answer", "not affected: the advisory does not speak of this package")?;
        field(out, "looked up", &format!("{ecosystem} {name}"))?;
        if !snapshot.has_source(&ecosystem) {
            field(out, "but", &format!("the advisory data has no source for {ecosystem} at all"))?;
        }
        spoken.iter().take(12).try_for_each(|package| field(out, "speaks of", package))?;
    }
    reasonings.iter().try_for_each(|reasoning| write_one(reasoning, out))?;
    field(out, "snapshot", &digest.to_string())?;
    Ok(())
}

fn write_one(reasoning: &Reasoning, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out)?;
    field(out, "record", &reasoning.id)?;
    field(out, "answer", &format!("{}: {}", reasoning.answer.replace('-', " "), reasoning.reason))?;
    field(out, "looked up", &format!("{} {}", reasoning.ecosystem, reasoning.name))?;
    let version = reasoning.version.as_deref().unwrap_or("none");
    let ordering = reasoning.ordering.map_or_else(
        || "which cannot be ordered".to_owned(),
        |ordering| format!("compared by the {ordering} ordering"),
    );
    field(out, "version", &format!("{version}, {ordering}"))?;
    reasoning.ranges.iter().try_for_each(|(range, holds)| {
        let holds = match holds {
            Some(true) => "holds it",
            Some(false) => "does not hold it",
            None => "cannot be told",
        };
        field(out, "range", &format!("{}: {holds}", shown(range)))
    })
}

/// A range with nothing to say is every version.
fn shown(range: &Value) -> String {
    let said = bounds(range);
    if said.is_empty() { "every version".to_owned() } else { said }
}
