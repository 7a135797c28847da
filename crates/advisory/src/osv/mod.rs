//! OSV records: JSON to [`Record`].

mod affected;
mod facts;
#[cfg(test)]
mod tests;
mod wire;

use model::RuleId;

use crate::record::Record;
use wire::Wire;

/// A record that was read, with what somebody should look at.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) record: Record,
    pub(crate) warnings: Vec<String>,
    /// Ecosystems we have no facts about; what the record says of them is not kept.
    pub(crate) unknown_ecosystems: Vec<String>,
}

/// Why a text is no OSV record.
#[derive(Debug)]
pub(crate) struct Refused {
    /// 1-based line within the text, where the fault has one.
    pub(crate) line: Option<u32>,
    /// What is wrong, in one sentence.
    pub(crate) reason: String,
}

/// Reads one record. `summaries` keeps its title.
pub(crate) fn parse(json: &[u8], summaries: bool) -> Result<Parsed, Refused> {
    let wire: Wire = serde_json::from_slice(json).map_err(|error| syntax(&error))?;
    convert(wire, summaries)
}

/// Reads one record that was an element of an array.
pub(crate) fn parse_value(value: serde_json::Value, summaries: bool) -> Result<Parsed, Refused> {
    let wire: Wire = serde_json::from_value(value).map_err(|error| syntax(&error))?;
    convert(wire, summaries)
}

fn syntax(error: &serde_json::Error) -> Refused {
    let line = u32::try_from(error.line()).ok().filter(|line| *line > 0);
    Refused { line, reason: format!("not an OSV record: {error}") }
}

fn convert(wire: Wire, summaries: bool) -> Result<Parsed, Refused> {
    if wire.id.parse::<RuleId>().is_err() {
        let reason = format!("`{}` is no advisory id", wire.id.escape_debug());
        return Err(Refused { line: None, reason });
    }
    let mut parsed = Parsed { record: Record::default(), warnings: Vec::new(), unknown_ecosystems: Vec::new() };
    facts::take(&wire, summaries, &mut parsed);
    affected::take(&wire, &mut parsed);
    parsed.record.id = wire.id;
    Ok(parsed)
}
