//! What is known of attacks: CISA's catalogue of exploited vulnerabilities (KEV) and FIRST's predictions (EPSS).
//!
//! Both are lists of CVE ids. They are joined when a snapshot is built: a record carries what is said of the CVEs it names.

mod epss;
mod kev;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use model::AdvisorySource;

use crate::record::Record;

/// Names of the lists among a snapshot's sources.
pub(crate) const KEV: &str = "CISA KEV";
pub(crate) const EPSS: &str = "EPSS";

/// What the lists say, by CVE id.
#[derive(Clone, Debug, Default)]
pub(crate) struct Threats {
    exploited: Option<List<Exploited>>,
    predicted: Option<List<Predicted>>,
}

/// One list and the date it is of, in seconds since 1970.
#[derive(Clone, Debug)]
struct List<T> {
    date: Option<i64>,
    entries: BTreeMap<String, T>,
}

/// What is known of attacks on one CVE.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Threat {
    pub(crate) id: String,
    pub(crate) exploited: Option<Exploited>,
    pub(crate) predicted: Option<Predicted>,
}

/// An entry of the catalogue of exploited vulnerabilities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Exploited {
    /// When it was added, in seconds since 1970.
    pub(crate) added: Option<i64>,
    /// Known to be used by ransomware.
    pub(crate) ransomware: bool,
}

/// The predicted probability of an attack within 30 days, and the share of CVEs with a lower one; in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Predicted {
    pub(crate) score: u32,
    pub(crate) percentile: u32,
}

/// True for the beginning of a KEV catalogue.
pub(crate) fn is_kev(start: &[u8]) -> bool {
    let key = br#""catalogVersion""#;
    start.windows(key.len()).take(4096).any(|window| window == key)
}

impl Threats {
    /// Takes a KEV catalogue. Of several the newest counts.
    pub(crate) fn take_kev(&mut self, json: &[u8]) -> Result<(), String> {
        let list = kev::parse(json)?;
        if self.exploited.as_ref().is_none_or(|known| known.date < list.date) {
            self.exploited = Some(list);
        }
        Ok(())
    }

    /// Takes an EPSS table. Of several the newest counts.
    pub(crate) fn take_epss(&mut self, csv: &str) -> Result<(), String> {
        let list = epss::parse(csv)?;
        if self.predicted.as_ref().is_none_or(|known| known.date < list.date) {
            self.predicted = Some(list);
        }
        Ok(())
    }

    /// What is known of the CVEs a record names. What it only mentions counts where `mentions` says so: distributions name
    /// what an advisory fixes in that way.
    pub(crate) fn of(&self, record: &Record, mentions: bool) -> Vec<Threat> {
        if self.exploited.is_none() && self.predicted.is_none() {
            return Vec::new();
        }
        let own = std::iter::once(&record.id).chain(&record.aliases).chain(&record.upstream);
        let mentioned = record.related.iter().filter(|_| mentions);
        let mut threats: Vec<Threat> =
            own.chain(mentioned).filter(|name| name.starts_with("CVE-")).filter_map(|name| self.threat(name)).collect();
        threats.sort();
        threats.dedup();
        threats
    }

    fn threat(&self, id: &str) -> Option<Threat> {
        let exploited = self.exploited.as_ref().and_then(|list| list.entries.get(id)).copied();
        let predicted = self.predicted.as_ref().and_then(|list| list.entries.get(id)).copied();
        (exploited.is_some() || predicted.is_some()).then(|| Threat { id: id.to_owned(), exploited, predicted })
    }

    /// The lists as sources, so that their age can be shown.
    pub(crate) fn sources(&self) -> Vec<AdvisorySource> {
        let exploited = self.exploited.as_ref().map(|list| source(KEV, list, Some("CC0-1.0")));
        let predicted = self.predicted.as_ref().map(|list| source(EPSS, list, None));
        exploited.into_iter().chain(predicted).collect()
    }
}

fn source<T>(name: &str, list: &List<T>, license: Option<&str>) -> AdvisorySource {
    AdvisorySource {
        name: name.to_owned(),
        newest: list.date.and_then(|second| jiff::Timestamp::from_second(second).ok()),
        records: list.entries.len() as u64,
        license: license.map(str::to_owned),
    }
}

/// Seconds since 1970 of a day.
fn midnight(day: &str) -> Option<i64> {
    let day: jiff::civil::Date = day.parse().ok()?;
    let midnight: jiff::Timestamp = format!("{day}T00:00:00Z").parse().ok()?;
    Some(midnight.as_second())
}
