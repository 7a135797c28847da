//! Rules: what holds for every finding of an advisory or a policy, and nothing of this code base.

use std::collections::{BTreeMap, BTreeSet};

use model::{Finding, FindingClass, Report, Rule, RuleId, Severity};
use serde_json::json;

use super::message;
use super::model::{Configuration, Descriptor, Properties, Text};
use super::severity;
use super::taxonomy::{self, Weaknesses};
use crate::link::link;
use crate::{commonmark, sentence};

/// Services keep no more tags of a rule.
const MOST_TAGS: usize = 10;
/// How many of them are weaknesses.
const MOST_CWES: usize = 5;
/// The longest name services accept.
const MOST_NAME: usize = 255;
/// Links shown in the help of a rule.
const MOST_LINKS: usize = 20;

/// The rules of the findings that are written.
pub(super) struct Rules {
    /// Sorted by id.
    pub(super) descriptors: Vec<Descriptor>,
    /// The place of each.
    pub(super) places: BTreeMap<RuleId, usize>,
    /// What they are instances of.
    pub(super) weaknesses: Weaknesses,
}

pub(super) fn of(report: &Report, findings: &[&Finding]) -> Rules {
    let mut by_rule: BTreeMap<&RuleId, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        by_rule.entry(&finding.rule).or_default().push(finding);
    }
    let ids: BTreeSet<&str> = by_rule.keys().map(|id| id.as_str()).collect();
    let places = by_rule.keys().enumerate().map(|(at, id)| ((*id).clone(), at)).collect();
    let rules: Vec<(Rule, Vec<&Finding>)> = by_rule
        .into_iter()
        .map(|(id, findings)| (report.rules.get(id).cloned().unwrap_or_else(|| implied(findings[0])), findings))
        .collect();
    let weaknesses = Weaknesses::of(rules.iter().map(|(rule, _)| rule));
    let descriptors = rules.iter().map(|(rule, findings)| descriptor(rule, findings, &ids, &weaknesses)).collect();
    Rules { descriptors, places, weaknesses }
}

/// What can be said of a rule that the report names and does not describe. Its findings' words may name a package or a
/// file, so only identifiers are taken.
fn implied(finding: &Finding) -> Rule {
    let mut rule = Rule::new(finding.rule.clone(), finding.class, "");
    rule.severity = finding.severity;
    rule.aliases.clone_from(&finding.aliases);
    rule
}

fn descriptor(rule: &Rule, findings: &[&Finding], ids: &BTreeSet<&str>, weaknesses: &Weaknesses) -> Descriptor {
    let title = match rule.title.trim() {
        "" => format!("{} {}", class_noun(rule.class), rule.id),
        title => title.to_owned(),
    };
    let description = if rule.description.trim().is_empty() { title.as_str() } else { rule.description.as_str() };
    let worst = findings.iter().map(|finding| finding.severity).max().unwrap_or(rule.severity);
    // An alias that is a rule of its own here is no former name of this one.
    let deprecated_ids = distinct(&rule.aliases).filter(|alias| !ids.contains(alias.as_str())).collect();
    Descriptor {
        id: rule.id.to_string(),
        deprecated_ids,
        name: name(rule, &title),
        short_description: short(&title),
        full_description: Text {
            text: message::description(&sentence::with_stop(&message::plain(description))),
            markdown: Some(message::description(&sentence::with_stop(&commonmark::markdown(description)))),
        },
        help: Some(help(rule, &title)),
        help_uri: rule.links.iter().find_map(|address| link(address)).map(str::to_owned),
        default_configuration: Some(Configuration { level: severity::level(worst) }),
        relationships: weaknesses.relationships(rule),
        properties: properties(rule, findings, worst),
    }
}

fn short(title: &str) -> Text {
    Text { text: message::description(&sentence::with_stop(&message::plain(title))), markdown: None }
}

fn help(rule: &Rule, title: &str) -> Text {
    let mut text = Vec::new();
    let mut markdown = Vec::new();
    let mut paragraph = |heading: &str, body: &str| {
        if !body.trim().is_empty() {
            text.push(format!("{heading}{}", message::plain_lines(body)));
            let heading = if heading.is_empty() { String::new() } else { format!("**{}** ", heading.trim_end()) };
            markdown.push(format!("{heading}{}", commonmark::markdown_lines(body)));
        }
    };
    paragraph("", if rule.description.trim().is_empty() { title } else { &rule.description });
    paragraph("What to do: ", &rule.remediation);
    paragraph("Also known as: ", &rule.aliases.join(", "));
    paragraph("Weaknesses: ", &rule.cwes.join(", "));
    paragraph("Controls: ", &rule.controls.join(", "));
    let links: Vec<&str> = rule.links.iter().filter_map(|address| link(address)).take(MOST_LINKS).collect();
    if !links.is_empty() {
        text.push(format!("Read more:\n{}", links.join("\n")));
        markdown.push(links.iter().map(|link| format!("- <{link}>")).collect::<Vec<_>>().join("\n"));
    }
    Text { text: text.join("\n\n"), markdown: Some(markdown.join("\n\n")) }
}

fn properties(rule: &Rule, findings: &[&Finding], worst: Severity) -> Properties {
    let mut properties = Properties::new();
    let is_security = severity::is_security(rule.class);
    let mut tags = vec![rule.class.name().to_owned()];
    if is_security {
        tags.insert(0, "security".to_owned());
        // A text, not a number: services refuse the whole file otherwise.
        if let Some(number) = severity::worst_number(findings) {
            properties.insert("security-severity", json!(format!("{number:.1}")));
        }
    }
    if !rule.domain.is_empty() {
        tags.push(message::plain(&rule.domain));
    }
    let cwes: BTreeSet<u32> = rule.cwes.iter().filter_map(|id| taxonomy::number(id)).collect();
    tags.extend(cwes.into_iter().take(MOST_CWES).map(|number| format!("external/cwe/cwe-{number}")));
    tags.truncate(MOST_TAGS);
    tags.sort();
    tags.dedup();
    properties.insert("tags", json!(tags));
    properties.insert("precision", json!(precision(rule.class)));
    properties.insert("problem.severity", json!(problem_severity(worst)));
    if !rule.aliases.is_empty() {
        properties.insert("aliases", json!(rule.aliases));
    }
    if !rule.controls.is_empty() {
        properties.insert("controls", json!(rule.controls));
    }
    properties
}

/// Versions are compared exactly; a policy judges what its author could see.
fn precision(class: FindingClass) -> &'static str {
    match class {
        FindingClass::Vulnerability | FindingClass::Malicious => "very-high",
        _ => "high",
    }
}

fn problem_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium | Severity::Unknown => "warning",
        Severity::Low | Severity::Negligible => "recommendation",
    }
}

/// A readable identifier in Pascal case: of the policy's own words, or of the title.
fn name(rule: &Rule, title: &str) -> String {
    let words = match rule.class {
        FindingClass::Policy => rule.id.as_str().rsplit('/').next().unwrap_or_default(),
        _ => title,
    };
    let mut name = String::new();
    for word in words.split(|character: char| !character.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let (first, rest) = word.split_at(1);
        name.push_str(&first.to_ascii_uppercase());
        name.push_str(rest);
    }
    name.truncate(MOST_NAME);
    if name.is_empty() || name == rule.id.as_str() { class_noun(rule.class).replace(' ', "") } else { name }
}

fn class_noun(class: FindingClass) -> &'static str {
    match class {
        FindingClass::Vulnerability => "Vulnerability",
        FindingClass::Malicious => "Malicious package",
        FindingClass::Unmaintained => "Unmaintained package",
        FindingClass::Policy => "Policy",
        FindingClass::Secret => "Secret",
        FindingClass::License => "Licence",
        FindingClass::Image => "Image",
        FindingClass::EndOfLife => "End of life",
    }
}

fn distinct(texts: &[String]) -> impl Iterator<Item = String> {
    texts.iter().filter(|text| !text.is_empty()).cloned().collect::<BTreeSet<_>>().into_iter()
}
