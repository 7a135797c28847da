//! What a report says was there to judge, and what became of it.

use std::collections::BTreeSet;

use portcullis::Report;
use portcullis::model::{Finding, ProblemSeverity, RuleId, Status};
use portcullis::policy::{LoadedRule, PolicySet, RuleObjects};

/// Kinds of objects that are named before the rest is counted.
const MOST_NAMES: usize = 4;

/// Of many, those that readers know best are named first.
const WELL_KNOWN: [&str; MOST_NAMES] = ["Pod", "Deployment", "StatefulSet", "Job"];

/// What a report says of all its targets.
pub(super) struct Seen<'r> {
    report: &'r Report,
    profiles: &'r [String],
    parameters: &'r [String],
    /// Domains of documents.
    domains: BTreeSet<&'r str>,
    /// `apiVersion` and `kind` of objects.
    objects: Vec<(&'r str, &'r str)>,
    /// Rules that gave no answer at least once.
    unanswered: BTreeSet<&'r RuleId>,
}

impl<'r> Seen<'r> {
    pub(super) fn of(report: &'r Report) -> Seen<'r> {
        let policies = report.data.policies.as_ref();
        let coverage = || report.targets.iter().map(|target| &target.coverage);
        let objects = coverage().flat_map(|coverage| coverage.objects.keys());
        Seen {
            report,
            profiles: policies.map(|data| &data.profiles[..]).unwrap_or_default(),
            parameters: policies.map(|data| &data.parameters[..]).unwrap_or_default(),
            domains: coverage().flat_map(|coverage| coverage.document_kinds.keys().map(String::as_str)).collect(),
            objects: objects.filter_map(|name| name.rsplit_once('/')).collect(),
            unanswered: coverage().flat_map(|coverage| &coverage.policies.unanswered).collect(),
        }
    }

    /// Findings of these rules that stand so.
    pub(super) fn count(&self, rules: &[&LoadedRule], status: Status) -> usize {
        self.findings(rules, status).count()
    }

    fn findings<'s>(&'s self, rules: &'s [&LoadedRule], status: Status) -> impl Iterator<Item = &'r Finding> + 's {
        let is_own = move |finding: &&Finding| {
            finding.status == status && rules.iter().any(|loaded| loaded.rule.id == finding.rule)
        };
        self.report.targets.iter().flat_map(|target| &target.findings).filter(is_own)
    }

    /// Why a rule judged nothing; `None` if it did.
    pub(super) fn why_not_judged(&self, set: &PolicySet, loaded: &LoadedRule) -> Option<String> {
        if !loaded.rule.profiles.iter().any(|profile| self.profiles.contains(profile)) {
            return Some("the scan did not ask its rules; scan with --profile".to_owned());
        }
        if let Some(missing) = loaded.parameters.iter().find(|name| !self.parameters.contains(name)) {
            return Some(format!("the scan was not given `parameters.{missing}` (--data)"));
        }
        let domain = loaded.rule.domain.as_str();
        if !self.domains.contains(domain) {
            return Some(format!("the scan met no {domain} document"));
        }
        let objects = set.objects_of(&loaded.rule.id)?;
        if self.objects.is_empty() {
            return Some("the report does not say which objects were there; scan again".to_owned());
        }
        let is_judged = objects.are_among(&self.objects);
        let incomplete = if self.is_incomplete() { ", and the scan is incomplete" } else { "" };
        (!is_judged).then(|| format!("no {} was seen{incomplete}", named(&objects)))
    }

    /// Why it cannot be said that these rules would have found nothing, though they found nothing.
    pub(super) fn why_undecided(&self, rules: &[&LoadedRule]) -> Option<String> {
        if let Some(loaded) = rules.iter().find(|loaded| self.unanswered.contains(&loaded.rule.id)) {
            return Some(format!("{} gave no answer of some of what was there", loaded.rule.id));
        }
        if let Some(finding) = self.findings(rules, Status::Unknown).next() {
            return Some(format!("{} could not decide: {}", finding.rule, finding.message));
        }
        self.is_incomplete().then(|| "nothing was found, but the scan is incomplete".to_owned())
    }

    fn is_incomplete(&self) -> bool {
        self.report.targets.iter().any(|target| {
            target.coverage.policies.unknown > 0
                || target.problems.iter().any(|problem| problem.severity == ProblemSeverity::Error)
        })
    }
}

/// `Role or ClusterRole`; of many, some, and how many more.
fn named(objects: &RuleObjects) -> String {
    let mut kinds = objects.kinds();
    kinds.sort_by_key(|kind| WELL_KNOWN.iter().position(|known| known == kind).unwrap_or(WELL_KNOWN.len()));
    match &kinds[..] {
        [] => "object".to_owned(),
        many if many.len() > MOST_NAMES => {
            format!("{} or other of {} kinds", many[..MOST_NAMES].join(", "), many.len())
        }
        [one] => (*one).to_owned(),
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
    }
}
