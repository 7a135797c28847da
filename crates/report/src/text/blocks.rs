//! What is shown together: all findings of one package, or one finding of a document.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use model::{Finding, FindingClass, LayerIndex, Location, Purl, Severity, Span, Status, Target, TreePath};

use crate::count::plural;
use crate::threat::Threat;

/// Findings that are shown together; never empty.
pub(super) struct Block<'a> {
    /// Worst first, one a rule.
    pub(super) findings: Vec<&'a Finding>,
    /// Where, each place once.
    pub(super) places: Vec<&'a Location>,
    known: HashSet<(&'a TreePath, Option<Span>, Option<LayerIndex>)>,
}

/// The open findings of a target: what fails the gate first, then worst first, then in the order of the report.
pub(super) fn of(target: &Target) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    let mut by_package: HashMap<(&Purl, bool), usize> = HashMap::new();
    for finding in target.findings.iter().filter(|finding| finding.status == Status::Open) {
        // What is there and what is hidden are two things, whatever they are called.
        let package = finding.package.as_ref().map(|package| (package, finding.hidden_by.is_some()));
        let known = package.and_then(|package| by_package.get(&package).copied());
        let at = known.unwrap_or(blocks.len());
        if known.is_none() {
            blocks.push(Block { findings: Vec::new(), places: Vec::new(), known: HashSet::new() });
            by_package.extend(package.map(|package| (package, at)));
        }
        blocks[at].push(finding);
    }
    for block in &mut blocks {
        block.findings.sort_by_key(|finding| (rank(finding), finding.rule.clone()));
        block.findings.dedup_by(|later, earlier| later.rule == earlier.rule);
    }
    blocks.sort_by_key(|block| rank(block.worst()));
    blocks
}

/// Orders by risk: what fails the gate, then what is malicious, then what is known to be exploited, whatever their rating; then by severity
/// and score, and of equal ones by the prediction of attacks. What nobody has rated is not harmless.
pub(super) fn rank(finding: &Finding) -> impl Ord + use<> {
    let weight = match finding.severity {
        _ if finding.class == FindingClass::Malicious => 6,
        Severity::Critical => 5,
        Severity::High => 4,
        Severity::Medium => 3,
        Severity::Unknown => 2,
        Severity::Low => 1,
        Severity::Negligible => 0,
    };
    let threat = Threat::of(finding);
    let tenths_of_percent = threat.predicted.map(|share| (share * 1000.0).round() as u32);
    let attacked = (weight == 6, threat.exploited.is_some());
    (Reverse(finding.gate), Reverse(attacked), Reverse(weight), Reverse(finding.score), Reverse(tenths_of_percent))
}

impl<'a> Block<'a> {
    fn push(&mut self, finding: &'a Finding) {
        self.findings.push(finding);
        // A finding of a document has its cause first, and what is related after it; a package has places.
        for place in &finding.locations {
            if self.known.insert((&place.path, place.span, place.layer)) {
                self.places.push(place);
            }
        }
    }

    pub(super) fn worst(&self) -> &'a Finding {
        self.findings[0]
    }

    pub(super) fn gate(&self) -> bool {
        self.worst().gate
    }

    /// Whether all of it came with the base image.
    pub(super) fn is_of_base(&self) -> bool {
        self.findings.iter().all(|finding| finding.base == Some(true))
    }

    pub(super) fn severity(&self) -> Severity {
        self.worst().severity
    }

    /// `3 vulnerabilities`; `2 findings` when they are of several classes.
    pub(super) fn noun(&self) -> String {
        let first = self.worst().class;
        let is_one_class = self.findings.iter().all(|finding| finding.class == first);
        let noun = match first {
            FindingClass::Vulnerability if is_one_class => "vulnerability",
            FindingClass::License if is_one_class => "licence finding",
            _ => "finding",
        };
        format!("{} {}", self.findings.len(), plural(self.findings.len(), noun))
    }
}
