//! Conditions on what nobody could judge.

use model::{Status, Target};

/// One thing to hold of what was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CoverageTerm {
    /// A package that no source of advisories speaks of.
    NoAdvisorySource,
    /// A version that some advisory could not be compared with, or a policy that could not decide.
    Undecided,
}

impl CoverageTerm {
    const ALL: [CoverageTerm; 2] = [CoverageTerm::NoAdvisorySource, CoverageTerm::Undecided];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            CoverageTerm::NoAdvisorySource => "no-advisory-source",
            CoverageTerm::Undecided => "undecided",
        }
    }

    /// The condition of this name.
    pub(super) fn named(text: &str) -> Option<CoverageTerm> {
        CoverageTerm::ALL.into_iter().find(|term| term.name() == text)
    }

    /// How many packages or answers of a target it is met by.
    pub(crate) fn number(self, target: &Target) -> u64 {
        let packages = &target.coverage.packages;
        match self {
            CoverageTerm::NoAdvisorySource => packages.no_advisory_source,
            CoverageTerm::Undecided => packages.undecided.saturating_add(undecided_answers(target)),
        }
    }
}

/// What a rule could not decide is a finding of status `unknown`; what has no such finding is counted in coverage alone.
fn undecided_answers(target: &Target) -> u64 {
    let is_open = |finding: &&model::Finding| finding.status == Status::Unknown && finding.hidden_by.is_none();
    let findings = target.findings.iter().filter(is_open).count() as u64;
    findings.max(target.coverage.policies.unknown)
}
