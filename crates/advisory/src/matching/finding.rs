//! From a group of records to a finding and its rule. Words are made from facts; no source's prose is in them.

use std::collections::BTreeSet;

use model::{Finding, FindingClass, Package, Rule, RuleId, Severity};

use super::group::Group;
use super::hit::{Hit, Question};
use super::{evidence, remedy, weakness};
use crate::rating::{self, Rated};
use crate::record::Informational;

/// The finding of a group, and what it is an instance of.
pub(super) fn make(package: &Package, question: &Question<'_>, group: &Group<'_>) -> (Finding, Rule) {
    let (name, aliases) = group.names();
    let id: RuleId = name.parse().expect("ids are checked when a snapshot is built, and blocks when they are read");
    let class = class(group, name);
    let mut rated = rate(group);
    // A malicious package is seldom rated, and must not pass for want of a number.
    if class == FindingClass::Malicious && rated.severity == Severity::Unknown {
        rated = Rated { severity: Severity::Critical, score: None, origin: "class" };
    }
    let what = Words::of(class, group);
    let fixed_in = remedy::fixed_in(question, group);
    let version = question.version.map(|version| format!(" {version}")).unwrap_or_default();
    let shown =
        format!("{}{}", package.name, package.version.as_deref().map(|text| format!(" {text}")).unwrap_or_default());
    // Another spelling of the name is nothing to tell; another package is.
    let own_name = question.ecosystem.family.normalise_name(&package.name);
    let through = if own_name == question.name { String::new() } else { format!(" (as {}{version})", question.name) };
    let mut finding = Finding::new(id.clone(), class, rated.severity, what.message(&shown, &through, name, &fixed_in));
    if let Some(said) = disagreement(group) {
        finding.message = format!("{} {said}", finding.message);
    }
    finding.score = rated.score;
    finding.title = what.title(&package.name);
    finding.aliases.clone_from(&aliases);
    finding.package = Some(package.purl().clone());
    finding.remedy = Some(remedy::sentence(class, &package.name, &fixed_in));
    finding.fixed_in = fixed_in;
    finding.locations.clone_from(&package.locations);
    finding.evidence = evidence::of(question, group, &rated);
    let mut rule = Rule::new(id, class, what.rule_title(name));
    rule.severity = rated.severity;
    rule.aliases = aliases;
    rule.cwes = cwes(group).into_iter().map(|number| format!("CWE-{number}")).collect();
    rule.links = links(group);
    rule.domain = question.ecosystem.family.osv_name().to_owned();
    (finding, rule)
}

/// What kind of thing it is, in words.
struct Words {
    class: FindingClass,
    informational: Option<Informational>,
    weakness: Option<&'static str>,
    summary: Option<String>,
}

impl Words {
    fn of(class: FindingClass, group: &Group<'_>) -> Words {
        Words {
            class,
            informational: group.hits.iter().find_map(|hit| hit.record.informational),
            weakness: cwes(group).into_iter().find_map(weakness::name),
            summary: group.hits.iter().find_map(|hit| hit.record.summary.clone()),
        }
    }

    /// `Path traversal in lodash`.
    fn title(&self, package: &str) -> String {
        match (self.class, self.informational) {
            (FindingClass::Malicious, _) => format!("Malicious package {package}"),
            (FindingClass::Unmaintained, Some(Informational::Unmaintained)) => format!("{package} is unmaintained"),
            (FindingClass::Unmaintained, Some(Informational::Unsound)) => format!("{package} is unsound"),
            (FindingClass::Unmaintained, _) => format!("Notice about {package}"),
            _ => format!("{} in {package}", capitalised(self.weakness.unwrap_or("known vulnerability"))),
        }
    }

    /// `CVE-2021-23337: command injection`.
    fn rule_title(&self, id: &str) -> String {
        if let Some(summary) = &self.summary {
            return summary.clone();
        }
        let what = match (self.class, self.informational) {
            (FindingClass::Malicious, _) => "malicious package",
            (FindingClass::Unmaintained, Some(Informational::Unmaintained)) => "unmaintained package",
            (FindingClass::Unmaintained, Some(Informational::Unsound)) => "unsound package",
            (FindingClass::Unmaintained, _) => "notice",
            _ => self.weakness.unwrap_or("known vulnerability"),
        };
        format!("{id}: {what}")
    }

    /// One sentence that stands alone, and one about the fix.
    fn message(&self, shown: &str, through: &str, id: &str, fixed_in: &[String]) -> String {
        let first = match (self.class, self.informational) {
            (FindingClass::Malicious, _) => format!("{shown}{through} is a malicious package ({id})."),
            (FindingClass::Unmaintained, Some(Informational::Unmaintained)) => {
                format!("{shown}{through} is no longer maintained ({id}).")
            }
            (FindingClass::Unmaintained, Some(Informational::Unsound)) => {
                format!("{shown}{through} is unsound: safe code that uses it can break memory safety ({id}).")
            }
            (FindingClass::Unmaintained, _) => format!("{id} is a notice about {shown}{through}."),
            _ => match self.weakness {
                Some(weakness) => format!("{shown}{through} is affected by {id} ({weakness})."),
                None => format!("{shown}{through} is affected by {id}."),
            },
        };
        match fixed_in {
            [] if self.class == FindingClass::Vulnerability => format!("{first} No fixed version is known."),
            [] => first,
            fixes => format!("{first} Fixed in {}.", fixes.join(", ")),
        }
    }
}

/// `name` is the group's first: a name of a malicious package, a record's own or an alias, comes before all others.
fn class(group: &Group<'_>, name: &str) -> FindingClass {
    if name.starts_with("MAL-") {
        FindingClass::Malicious
    } else if group.hits.iter().all(|hit| hit.record.informational.is_some()) {
        FindingClass::Unmaintained
    } else {
        FindingClass::Vulnerability
    }
}

/// `Sources disagree: GHSA-… (ghsa) does not count this version.`; `None` where nobody says otherwise.
fn disagreement(group: &Group<'_>) -> Option<String> {
    let names: BTreeSet<String> =
        group.contrary.iter().map(|other| format!("{} ({})", other.record.id, other.source)).collect();
    let count = if names.len() == 1 { "does" } else { "do" };
    let names = names.into_iter().collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("Sources disagree: {names} {count} not count this version."))
}

fn rate(group: &Group<'_>) -> Rated {
    rating::rate(group.hits.iter().flat_map(|hit| ratings(hit)).map(String::as_str))
}

/// Ratings for the package alone go before those of the record.
fn ratings(hit: &Hit) -> &[String] {
    if hit.ratings.is_empty() { &hit.record.ratings } else { &hit.ratings }
}

fn cwes(group: &Group<'_>) -> BTreeSet<u64> {
    group.hits.iter().flat_map(|hit| hit.record.cwes.iter().copied()).collect()
}

/// The links of all its records, those of the first record first.
fn links(group: &Group<'_>) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for link in group.hits.iter().flat_map(|hit| &hit.record.links) {
        if !links.contains(link) {
            links.push(link.clone());
        }
    }
    links
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().collect::<String>() + characters.as_str()).unwrap_or_default()
}
