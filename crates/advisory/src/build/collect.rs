//! Takes what is read: parses, counts, and keeps the problems.

use std::collections::{BTreeMap, BTreeSet};

use model::{Problem, ProblemKind};

use super::draft::Drafts;
use super::error::BuildError;
use super::options::BuildOptions;
use super::statistics::Statistics;
use crate::input::{Place, Receiver};
use crate::lifetime;
use crate::osv::{self, Parsed, Refused};
use crate::record::Record;
use crate::rustsec;

/// Gathers the records of a build.
pub(super) struct Collector<'a> {
    options: &'a BuildOptions,
    source: String,
    drafts: Drafts,
    statistics: Statistics,
    problems: Vec<Problem>,
    dropped: u64,
    /// Ecosystems nothing is known of, with how many entries spoke of them.
    unknown: BTreeMap<String, u64>,
}

impl<'a> Collector<'a> {
    pub(super) fn new(options: &'a BuildOptions) -> Collector<'a> {
        Collector {
            options,
            source: String::new(),
            drafts: Drafts::default(),
            statistics: Statistics::default(),
            problems: Vec::new(),
            dropped: 0,
            unknown: BTreeMap::new(),
        }
    }

    /// What was gathered; problems that were only counted, and unknown ecosystems, become one problem each.
    pub(super) fn finish(mut self) -> (Drafts, Statistics, Vec<Problem>) {
        if self.dropped > 0 {
            let message = format!("{} more problems were counted but not kept", self.dropped);
            self.problems.push(Problem::warning(ProblemKind::Limit, message));
        }
        for (ecosystem, count) in &self.unknown {
            let name = ecosystem.escape_debug();
            let message = format!(
                "{count} entries speak of the ecosystem `{name}`, of which nothing is known here, and are left out"
            );
            self.problems.push(Problem::warning(ProblemKind::Unsupported, message));
        }
        (self.drafts, self.statistics, self.problems)
    }

    fn take(&mut self, outcome: Result<Parsed, Refused>, place: &Place) -> Result<(), BuildError> {
        let parsed = match outcome {
            Ok(parsed) => parsed,
            Err(Refused { line, reason }) => {
                let place = match (place.line, line) {
                    (None, Some(line)) => place.at_line(line),
                    _ => place.clone(),
                };
                return self.fault(reason, &place);
            }
        };
        self.warn(&parsed, place);
        let ecosystems: BTreeSet<String> = parsed.unknown_ecosystems.into_iter().collect();
        for ecosystem in ecosystems {
            self.statistics.unknown_ecosystems += 1;
            // The list is bounded like every other; what is beyond is in the count above.
            if self.unknown.len() < self.options.limits.problems || self.unknown.contains_key(&ecosystem) {
                *self.unknown.entry(ecosystem).or_default() += 1;
            }
        }
        self.add(parsed.record)
    }

    fn add(&mut self, mut record: Record) -> Result<(), BuildError> {
        if self.drafts.drafts.len() >= self.options.limits.records {
            return Err(BuildError::TooLarge(format!("there are more than {} records", self.options.limits.records)));
        }
        record.source.clone_from(&self.source);
        self.statistics.read += 1;
        self.drafts.add(record);
        Ok(())
    }

    fn warn(&mut self, parsed: &Parsed, place: &Place) {
        if !parsed.warnings.is_empty() {
            self.statistics.warned += 1;
        }
        for warning in &parsed.warnings {
            let message = format!("{}: {warning}", parsed.record.id);
            self.keep(Problem::warning(ProblemKind::Advisory, message), place);
        }
    }

    fn keep(&mut self, mut problem: Problem, place: &Place) {
        problem.path.clone_from(&place.path);
        problem.line = place.line;
        if self.problems.len() < self.options.limits.problems {
            self.problems.push(problem);
        } else {
            self.dropped += 1;
        }
    }
}

impl Receiver for Collector<'_> {
    fn source(&mut self, name: &str) {
        let facts = self.options.sources.iter().find(|facts| facts.input == name);
        name_or(facts.map(|facts| facts.name.as_str()), name).clone_into(&mut self.source);
    }

    fn osv(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        self.take(osv::parse(json, self.options.summaries), place)
    }

    fn osv_value(&mut self, value: serde_json::Value, place: &Place) -> Result<(), BuildError> {
        let outcome = osv::parse_value(value, self.options.summaries);
        // A line of a value that was already parsed means nothing.
        self.take(outcome.map_err(|refused| Refused { line: None, ..refused }), place)
    }

    fn rustsec(&mut self, text: &str, place: &Place) -> Result<(), BuildError> {
        match rustsec::parse(text, self.options.summaries) {
            Ok(record) => self.add(record),
            Err(reason) => self.fault(reason, place),
        }
    }

    fn kev(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        self.drafts.threats.take_kev(json).or_else(|reason| self.fault(reason, place))
    }

    fn epss(&mut self, csv: &str, place: &Place) -> Result<(), BuildError> {
        self.drafts.threats.take_epss(csv).or_else(|reason| self.fault(reason, place))
    }

    fn lifetimes(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        match lifetime::parse(json) {
            Err(reason) => return self.fault(reason, place),
            // Of two entries of one product the greater one stays: the order of reading does not matter.
            Ok(product) => {
                let known = self.drafts.products.entry(product.id.clone()).or_insert_with(|| product.clone());
                if *known < product {
                    *known = product;
                }
            }
        }
        Ok(())
    }

    fn fault(&mut self, message: String, place: &Place) -> Result<(), BuildError> {
        if self.options.strict {
            let path = place.path.as_ref().map(ToString::to_string).unwrap_or_default();
            let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
            return Err(BuildError::Strict { place: format!("{path}{line}: "), message });
        }
        self.statistics.skipped += 1;
        self.keep(Problem::error(ProblemKind::Advisory, message), place);
        Ok(())
    }
}

fn name_or<'a>(known: Option<&'a str>, name: &'a str) -> &'a str {
    known.filter(|known| !known.is_empty()).unwrap_or(name)
}
