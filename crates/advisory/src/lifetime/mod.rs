//! How long products are supported: release cycles and the dates of their ends, as endoflife.date collects them.

mod finding;
#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::snapshot::{Snapshot, SnapshotError};

pub use finding::{end_of_life, lifetime_of};

/// Name among a snapshot's sources.
pub(crate) const SOURCE: &str = "endoflife.date";

/// One product and its cycles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Product {
    pub(crate) id: String,
    pub(crate) cycles: Vec<Cycle>,
}

/// One release cycle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Cycle {
    pub(crate) name: String,
    pub(crate) support: SupportEnd,
    pub(crate) extended: Option<SupportEnd>,
}

/// When support of a release cycle ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SupportEnd {
    /// No end has been announced.
    Open,
    /// It is over; nobody says since when.
    Over,
    /// After this day.
    After(Date),
}

/// What is known of the support of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lifetime {
    /// The product, as endoflife.date names it: `debian`, `alpine-linux`.
    pub product: String,
    /// The release cycle: `12`, `3.20`.
    pub cycle: String,
    /// The end of its support.
    pub support: SupportEnd,
    /// The end of extended support, which has to be paid for or turned on.
    pub extended: Option<SupportEnd>,
}

#[derive(Deserialize)]
struct WireProduct {
    id: String,
    releases: Vec<WireRelease>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireRelease {
    release_cycle: String,
    #[serde(default)]
    eol: Value,
    #[serde(default)]
    eoes: Value,
}

/// Reads one product: JSON with `id` and `releases` of `releaseCycle`, `eol` and `eoes`.
pub(crate) fn parse(json: &[u8]) -> Result<Product, String> {
    let wire: WireProduct =
        serde_json::from_slice(json).map_err(|error| format!("not a product's lifetimes: {error}"))?;
    let cycle = |release: WireRelease| {
        let support = support_end(&release.eol).ok_or_else(|| {
            format!(
                "the end of {} {} is no date, true or false",
                wire.id.escape_debug(),
                release.release_cycle.escape_debug()
            )
        })?;
        Ok(Cycle { name: release.release_cycle, support, extended: support_end(&release.eoes) })
    };
    let cycles = wire.releases.into_iter().map(cycle).collect::<Result<Vec<Cycle>, String>>()?;
    Ok(Product { id: wire.id, cycles })
}

fn support_end(value: &Value) -> Option<SupportEnd> {
    match value {
        Value::Bool(true) => Some(SupportEnd::Over),
        Value::Bool(false) => Some(SupportEnd::Open),
        Value::String(text) => text.parse().ok().map(SupportEnd::After),
        _ => None,
    }
}

impl SupportEnd {
    /// Whether support is over on a day.
    pub fn is_over(self, today: Date) -> bool {
        match self {
            SupportEnd::Open => false,
            SupportEnd::Over => true,
            SupportEnd::After(last) => today > last,
        }
    }
}

impl fmt::Display for SupportEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SupportEnd::Open => f.write_str("open"),
            SupportEnd::Over => f.write_str("over"),
            SupportEnd::After(date) => write!(f, "{date}"),
        }
    }
}

impl Snapshot {
    /// What is known of a release of a product: of the cycle `version` belongs to. `20.04.6` belongs to `20.04`, `9.3` to `9`.
    pub fn lifetime(&self, product: &str, version: &str) -> Result<Option<Lifetime>, SnapshotError> {
        let Some(product) = self.product(product)? else { return Ok(None) };
        let belongs = |cycle: &&Cycle| match version.strip_prefix(cycle.name.as_str()) {
            Some(rest) => rest.is_empty() || rest.starts_with('.'),
            None => false,
        };
        let cycle = product.cycles.iter().filter(belongs).max_by_key(|cycle| cycle.name.len());
        Ok(cycle.map(|cycle| Lifetime {
            product: product.id.clone(),
            cycle: cycle.name.clone(),
            support: cycle.support,
            extended: cycle.extended,
        }))
    }
}
