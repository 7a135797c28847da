//! Waivers from the `[[ignore]]` tables of a settings file.

use std::ops::Range;

use jiff::civil::Date;
use model::LineIndex;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::LocatedFault;
use super::{Waiver, WaiverError, WaiverFault};

/// The largest file that is read.
const MOST_BYTES: usize = 4 << 20;
/// The most waivers of one file.
const MOST_WAIVERS: usize = 10_000;
/// The most patterns of one list.
const MOST_PATTERNS: usize = 1_000;
const KEYS: [&str; 6] = ["id", "paths", "packages", "targets", "reason", "expires"];

/// Reads the `[[ignore]]` tables of a settings file; its other sections are not looked at.
///
/// `source` is the file as reports name it. `from_scanned_tree` says that it lies inside what is scanned: whoever wrote
/// the code wrote the waivers too. A wrong waiver is an error and not a problem, for a mistyped scope would hide what
/// nobody accepted; all faults are in it.
///
/// ```toml
/// [[ignore]]
/// id = "CVE-2020-8203"              # a rule or any alias, wildcards allowed
/// packages = ["pkg:npm/lodash"]     # optional; also paths = ["deploy/**"] and targets = ["registry/app*"]
/// reason = "no input reaches it"
/// expires = "2027-01-31"            # optional; the last day it holds
/// ```
pub fn parse_waivers(text: &str, source: &str, from_scanned_tree: bool) -> Result<Vec<Waiver>, WaiverError> {
    let index = LineIndex::new(text.as_bytes());
    let mut reader = Reader { source, from_scanned_tree, index, faults: Vec::new() };
    if text.len() > MOST_BYTES {
        reader.fault(0..0, WaiverFault::TooMany { what: "bytes in a file of waivers", limit: MOST_BYTES });
        return Err(WaiverError { faults: reader.faults });
    }
    let waivers = match DeTable::parse(text) {
        Ok(settings) => reader.waivers(settings.get_ref()),
        Err(error) => {
            reader.fault(error.span().unwrap_or(0..0), WaiverFault::Syntax(one_line(error.message())));
            Vec::new()
        }
    };
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| (fault.line, fault.column));
    if faults.is_empty() { Ok(waivers) } else { Err(WaiverError { faults }) }
}

struct Reader<'a> {
    source: &'a str,
    from_scanned_tree: bool,
    index: LineIndex<'a>,
    faults: Vec<LocatedFault>,
}

impl Reader<'_> {
    fn waivers(&mut self, settings: &DeTable<'_>) -> Vec<Waiver> {
        let Some(ignore) = settings.get("ignore") else { return Vec::new() };
        let Some(entries) = ignore.get_ref().as_array() else {
            self.wrong_type("ignore", "a list of tables, each headed `[[ignore]]`", ignore);
            return Vec::new();
        };
        if entries.len() > MOST_WAIVERS {
            self.fault(ignore.span(), WaiverFault::TooMany { what: "waivers in one file", limit: MOST_WAIVERS });
            return Vec::new();
        }
        entries.iter().filter_map(|entry| self.waiver(entry)).collect()
    }

    fn waiver(&mut self, entry: &Spanned<DeValue<'_>>) -> Option<Waiver> {
        let Some(table) = entry.get_ref().as_table() else {
            self.wrong_type("ignore", "a list of tables, each headed `[[ignore]]`", entry);
            return None;
        };
        self.refuse_unknown_keys(table);
        let id = self.required(table, "id", entry.span());
        let reason = self.required(table, "reason", entry.span());
        let (id, reason) = (id?, reason?);
        let waiver = match Waiver::new(id.get_ref(), reason.get_ref(), self.source) {
            Ok(waiver) => waiver,
            Err(fault) => {
                let span = if fault == WaiverFault::EmptyReason { reason.span() } else { id.span() };
                self.fault(span, fault);
                return None;
            }
        };
        let waiver = self.scoped(waiver, table, "paths", Waiver::in_path)?;
        let waiver = self.scoped(waiver, table, "packages", Waiver::in_package)?;
        let waiver = self.scoped(waiver, table, "targets", Waiver::in_target)?;
        let mut waiver = self.limited(waiver, table)?;
        if waiver.is_boundless() {
            self.fault(id.span(), WaiverFault::Boundless(waiver.id().to_owned()));
            return None;
        }
        waiver.line = Some(self.index.position(id.span().start).line);
        waiver.from_scanned_tree = self.from_scanned_tree;
        Some(waiver)
    }

    fn refuse_unknown_keys(&mut self, table: &DeTable<'_>) {
        for key in table.keys() {
            let name = key.get_ref();
            if !KEYS.contains(&name.as_ref()) {
                self.fault(key.span(), WaiverFault::UnknownKey { key: name.to_string(), near: nearest_key(name) });
            }
        }
    }

    fn required(&mut self, table: &DeTable<'_>, key: &'static str, entry: Range<usize>) -> Option<Spanned<String>> {
        let Some(value) = table.get(key) else {
            self.fault(entry, WaiverFault::MissingKey(key));
            return None;
        };
        match value.get_ref().as_str() {
            Some(text) => Some(Spanned::new(value.span(), text.to_owned())),
            None => {
                self.wrong_type(key, "a text", value);
                None
            }
        }
    }

    fn scoped(
        &mut self,
        mut waiver: Waiver,
        table: &DeTable<'_>,
        key: &'static str,
        narrow: fn(Waiver, &str) -> Result<Waiver, WaiverFault>,
    ) -> Option<Waiver> {
        let Some(list) = table.get(key) else { return Some(waiver) };
        let Some(patterns) = list.get_ref().as_array() else {
            self.wrong_type(key, "a list of texts", list);
            return None;
        };
        if patterns.is_empty() {
            self.fault(list.span(), WaiverFault::EmptyScope(key.to_owned()));
            return None;
        }
        if patterns.len() > MOST_PATTERNS {
            self.fault(list.span(), WaiverFault::TooMany { what: "patterns in one list", limit: MOST_PATTERNS });
            return None;
        }
        for pattern in patterns.iter() {
            let Some(text) = pattern.get_ref().as_str() else {
                self.wrong_type(key, "a list of texts", pattern);
                return None;
            };
            match narrow(waiver, text) {
                Ok(narrowed) => waiver = narrowed,
                Err(fault) => {
                    self.fault(pattern.span(), fault);
                    return None;
                }
            }
        }
        Some(waiver)
    }

    fn limited(&mut self, waiver: Waiver, table: &DeTable<'_>) -> Option<Waiver> {
        let Some(value) = table.get("expires") else { return Some(waiver) };
        let written = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Datetime(date) => date.to_string(),
            _ => {
                self.wrong_type("expires", "a date", value);
                return None;
            }
        };
        match written.parse::<Date>() {
            // A date with a time parses as its day alone; which end of the day was meant would be a guess.
            Ok(date) if date.to_string() == written => Some(waiver.until(date)),
            _ => {
                self.fault(value.span(), WaiverFault::Date(written));
                None
            }
        }
    }

    fn wrong_type(&mut self, key: &str, expected: &'static str, value: &Spanned<DeValue<'_>>) {
        let found = value.get_ref().type_str();
        self.fault(value.span(), WaiverFault::WrongType { key: key.to_owned(), expected, found });
    }

    fn fault(&mut self, span: Range<usize>, fault: WaiverFault) {
        let start = self.index.position(span.start);
        self.faults.push(LocatedFault { file: self.source.to_owned(), line: start.line, column: start.column, fault });
    }
}

/// The key that may have been meant; none when all are far.
fn nearest_key(name: &str) -> Option<&'static str> {
    let near = KEYS.iter().map(|key| (strsim::damerau_levenshtein(name, key), *key)).min()?;
    (near.0 <= 2 || near.1.starts_with(name) || name.starts_with(near.1)).then_some(near.1)
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}
