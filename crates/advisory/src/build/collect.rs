//! Takes what is read: parses, counts, and keeps the problems.

use std::collections::{BTreeMap, BTreeSet};

use model::{Problem, ProblemKind};

use super::draft::{Drafts, Prepared};
use super::error::BuildError;
use super::options::BuildOptions;
use super::parallel;
use super::statistics::Statistics;
use crate::input::{Place, Receiver};
use crate::lifetime;
use crate::osv::{self, Parsed, Refused};
use crate::rustsec;

/// Bytes of records that are gathered before they are parsed together: enough for every core, little beside the rest.
const BATCH: usize = 4 << 20;

/// A record that was read, with what somebody should look at.
struct Taken {
    id: String,
    warnings: Vec<String>,
    unknown_ecosystems: Vec<String>,
    prepared: Prepared,
}

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
    /// Texts of records that wait to be parsed, and where they are from.
    waiting: Vec<(Vec<u8>, Place)>,
    waiting_bytes: usize,
    /// What was parsed and is not taken yet: that is done while the next batch is parsed.
    parsed: Vec<(Outcome, Place)>,
}

type Outcome = Result<Taken, Refused>;

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
            waiting: Vec::new(),
            waiting_bytes: 0,
            parsed: Vec::new(),
        }
    }

    /// What was gathered; problems that were only counted, and unknown ecosystems, become one problem each.
    pub(super) fn finish(mut self) -> Result<(Drafts, Statistics, Vec<Problem>), BuildError> {
        self.flush()?;
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
        Ok((self.drafts, self.statistics, self.problems))
    }

    /// Parses what waits and takes it, in the order of its coming.
    fn flush(&mut self) -> Result<(), BuildError> {
        self.advance()?;
        let parsed = std::mem::take(&mut self.parsed);
        self.take_all(parsed)
    }

    /// Parses what waits, on every core, while what was parsed before is taken.
    fn advance(&mut self) -> Result<(), BuildError> {
        self.waiting_bytes = 0;
        let (waiting, before) = (std::mem::take(&mut self.waiting), std::mem::take(&mut self.parsed));
        let summaries = self.options.summaries;
        let parse = |(json, _): &(Vec<u8>, Place)| osv::parse(json, summaries).map(Taken::of);
        let (outcomes, taken) = parallel::map_beside(&waiting, parse, || self.take_all(before));
        self.parsed = outcomes.into_iter().zip(waiting.into_iter().map(|(_, place)| place)).collect();
        taken
    }

    fn take_all(&mut self, parsed: Vec<(Outcome, Place)>) -> Result<(), BuildError> {
        parsed.into_iter().try_for_each(|(outcome, place)| self.take(outcome, &place))
    }

    fn take(&mut self, outcome: Outcome, place: &Place) -> Result<(), BuildError> {
        let taken = match outcome {
            Ok(taken) => taken,
            Err(Refused { line, reason }) => {
                let place = match (place.line, line) {
                    (None, Some(line)) => place.at_line(line),
                    _ => place.clone(),
                };
                return self.refuse(reason, &place);
            }
        };
        self.warn(&taken, place);
        let ecosystems: BTreeSet<String> = taken.unknown_ecosystems.into_iter().collect();
        for ecosystem in ecosystems {
            self.statistics.unknown_ecosystems += 1;
            // The list is bounded like every other; what is beyond is in the count above.
            if self.unknown.len() < self.options.limits.problems || self.unknown.contains_key(&ecosystem) {
                *self.unknown.entry(ecosystem).or_default() += 1;
            }
        }
        self.add(taken.prepared)
    }

    fn add(&mut self, prepared: Prepared) -> Result<(), BuildError> {
        if self.drafts.drafts.len() >= self.options.limits.records {
            return Err(BuildError::TooLarge(format!("there are more than {} records", self.options.limits.records)));
        }
        self.statistics.read += 1;
        self.drafts.add(prepared, &self.source);
        Ok(())
    }

    fn refuse(&mut self, message: String, place: &Place) -> Result<(), BuildError> {
        if self.options.strict {
            let path = place.path.as_ref().map(ToString::to_string).unwrap_or_default();
            let line = place.line.map(|line| format!(":{line}")).unwrap_or_default();
            return Err(BuildError::Strict { place: format!("{path}{line}: "), message });
        }
        self.statistics.skipped += 1;
        self.keep(Problem::error(ProblemKind::Advisory, message), place);
        Ok(())
    }

    fn warn(&mut self, taken: &Taken, place: &Place) {
        if !taken.warnings.is_empty() {
            self.statistics.warned += 1;
        }
        for warning in &taken.warnings {
            let message = format!("{}: {warning}", taken.id);
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

impl Taken {
    fn of(parsed: Parsed) -> Taken {
        let Parsed { record, warnings, unknown_ecosystems } = parsed;
        Taken { id: record.id.clone(), warnings, unknown_ecosystems, prepared: Prepared::of(record) }
    }
}

impl Receiver for Collector<'_> {
    fn source(&mut self, name: &str) -> Result<(), BuildError> {
        let facts = self.options.sources.iter().find(|facts| facts.input == name);
        let name = name_or(facts.map(|facts| facts.name.as_str()), name);
        if self.source != name {
            self.flush()?;
            name.clone_into(&mut self.source);
        }
        Ok(())
    }

    fn osv(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        self.waiting.push((json.to_vec(), place.clone()));
        self.waiting_bytes += json.len();
        if self.waiting_bytes >= BATCH { self.advance() } else { Ok(()) }
    }

    fn osv_value(&mut self, value: serde_json::Value, place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        let outcome = osv::parse_value(value, self.options.summaries).map(Taken::of);
        // A line of a value that was already parsed means nothing.
        self.take(outcome.map_err(|refused| Refused { line: None, ..refused }), place)
    }

    fn rustsec(&mut self, text: &str, place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        match rustsec::parse(text, self.options.summaries) {
            Ok(record) => self.add(Prepared::of(record)),
            Err(reason) => self.refuse(reason, place),
        }
    }

    fn kev(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        self.drafts.threats.take_kev(json).or_else(|reason| self.refuse(reason, place))
    }

    fn epss(&mut self, csv: &str, place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        self.drafts.threats.take_epss(csv).or_else(|reason| self.refuse(reason, place))
    }

    fn lifetimes(&mut self, json: &[u8], place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        match lifetime::parse(json) {
            Err(reason) => return self.refuse(reason, place),
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

    /// Faults are told in the order of reading.
    fn fault(&mut self, message: String, place: &Place) -> Result<(), BuildError> {
        self.flush()?;
        self.refuse(message, place)
    }
}

fn name_or<'a>(known: Option<&'a str>, name: &'a str) -> &'a str {
    known.filter(|known| !known.is_empty()).unwrap_or(name)
}
