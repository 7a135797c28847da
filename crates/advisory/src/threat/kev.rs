//! CISA's Known Exploited Vulnerabilities catalogue, JSON.

use jiff::Timestamp;
use serde::Deserialize;

use super::{Exploited, List, midnight};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Catalogue {
    date_released: Option<String>,
    vulnerabilities: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(rename = "cveID")]
    id: String,
    #[serde(rename = "dateAdded")]
    added: Option<String>,
    #[serde(rename = "knownRansomwareCampaignUse")]
    ransomware: Option<String>,
}

/// Reads a catalogue.
pub(super) fn parse(json: &[u8]) -> Result<List<Exploited>, String> {
    let catalogue: Catalogue = serde_json::from_slice(json).map_err(|error| format!("not a KEV catalogue: {error}"))?;
    let released = catalogue.date_released.and_then(|date| date.parse::<Timestamp>().ok());
    let entries = catalogue.vulnerabilities.into_iter().map(|entry| {
        let ransomware = entry.ransomware.is_some_and(|word| word.eq_ignore_ascii_case("known"));
        (entry.id, Exploited { added: entry.added.as_deref().and_then(midnight), ransomware })
    });
    Ok(List { date: released.map(Timestamp::as_second), entries: entries.collect() })
}
