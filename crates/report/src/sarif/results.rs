//! Results: one a finding.

use std::collections::BTreeMap;

use model::{Chains, Finding, Fingerprint, LayerIndex, RuleId, Status, SuppressionKind, Target, TargetKind, TreePath};
use serde_json::json;

use super::location;
use super::message;
use super::model::{Location, Properties, SarifResult, SarifSuppression, Text};
use super::severity;
use crate::threat::Threat;
use crate::{commonmark, foreign, sentence};

/// Services keep no more places of a result, the first included.
const MOST_LOCATIONS: usize = 100;
/// Related locations that the message links to.
const MOST_LINKS: usize = 5;
/// The longest message, in UTF-16 units; a whole page of text.
const MOST_TEXT: usize = 8_192;
/// The key that services match alerts by.
const LINE_HASH: &str = "primaryLocationLineHash";
/// Our own key; ends in a version because some readers parse one.
const IDENTITY: &str = "portcullisIdentity/v1";

/// Makes results, and numbers those whose fingerprints are equal.
#[derive(Default)]
pub(super) struct ResultWriter {
    seen: BTreeMap<Fingerprint, u32>,
}

impl ResultWriter {
    pub(super) fn result(
        &mut self,
        target: &Target,
        chains: &Chains<'_>,
        finding: &Finding,
        rules: &BTreeMap<RuleId, usize>,
    ) -> SarifResult {
        let (primary, related) = match finding.locations.split_first() {
            Some((first, others)) => (location::of(target, first), others),
            // Without a location the whole file would be refused.
            None => (location::of_target(target), &[][..]),
        };
        SarifResult {
            rule_id: finding.rule.to_string(),
            rule_index: rules.get(&finding.rule).copied().unwrap_or_default(),
            level: severity::level(finding.severity),
            kind: "fail",
            rank: severity::number(finding.severity, finding.score).map(rank),
            message: text(target, chains, finding),
            locations: vec![primary],
            related_locations: related_locations(target, related),
            partial_fingerprints: self.fingerprints(target, finding),
            suppressions: suppressions(target, finding),
            properties: properties(target, finding),
        }
    }

    fn fingerprints(&mut self, target: &Target, finding: &Finding) -> BTreeMap<&'static str, String> {
        let occurrence = self.seen.entry(finding.fingerprint.clone()).or_default();
        *occurrence += 1;
        // In a checkout the service computes the same hash from the line. Elsewhere there is no line it could see, and
        // those of a package database change with every upgrade.
        let is_checkout = matches!(target.kind, TargetKind::Directory | TargetKind::File);
        let line_hash = match &finding.line_hash {
            Some(hash) if is_checkout => hash.clone(),
            _ => format!("{}:{occurrence}", finding.fingerprint),
        };
        BTreeMap::from([(LINE_HASH, line_hash), (IDENTITY, finding.fingerprint.to_string())])
    }
}

fn rank(number: f64) -> f64 {
    (number * 10.0).round()
}

/// The finding's own words; the first sentence stands alone. Markdown adds the facts a viewer has no column for.
fn text(target: &Target, chains: &Chains<'_>, finding: &Finding) -> Text {
    let words = if finding.message.trim().is_empty() { finding.title.trim() } else { finding.message.trim() };
    let words = if words.is_empty() { finding.rule.as_str() } else { words };
    let (first, rest) = sentence::split_first(words);
    let mut plain = sentence::with_stop(&message::plain(first));
    let mut markdown = sentence::with_stop(&commonmark::markdown(first));
    if !rest.is_empty() {
        plain.push_str(&format!(" {}", sentence::with_stop(&message::plain(rest))));
        markdown.push_str(&format!("\n\n{}", sentence::with_stop(&commonmark::markdown(rest))));
    }
    plain.push_str(&links(finding));
    let facts: String =
        facts(target, chains, finding).into_iter().map(|(name, value)| format!("\n- {name}: {value}")).collect();
    if !facts.is_empty() {
        markdown.push_str(&format!("\n{facts}"));
    }
    Text { text: message::cut(&plain, MOST_TEXT), markdown: Some(message::cut(&markdown, MOST_TEXT)) }
}

/// Embedded links to the first of the related locations, by their ids.
fn links(finding: &Finding) -> String {
    let related = finding.locations.iter().skip(1).take(MOST_LINKS).enumerate();
    let links = related.map(|(at, place)| {
        let line = place.line().map(|line| format!(":{line}")).unwrap_or_default();
        format!("[{}]({})", message::link_text(&format!("{}{line}", place.path)), at + 1)
    });
    let links = links.collect::<Vec<_>>().join(", ");
    if links.is_empty() { links } else { format!(" See also {links}.") }
}

fn facts(target: &Target, chains: &Chains<'_>, finding: &Finding) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if let Some(package) = &finding.package {
        facts.push(("package", commonmark::code(&package.to_string())));
        let via: Vec<String> = finding.via.iter().map(|link| commonmark::code(&chains.label(link))).collect();
        if !via.is_empty() {
            facts.push(("via", via.join(" → ")));
        }
    }
    let threat = Threat::of(finding).words();
    if !threat.is_empty() {
        facts.push(("threat", commonmark::markdown(&threat)));
    }
    if !finding.fixed_in.is_empty() {
        let versions: Vec<String> = finding.fixed_in.iter().map(|version| commonmark::code(version)).collect();
        facts.push(("fixed in", versions.join(", ")));
    }
    if let Some(remedy) = &finding.remedy {
        facts.push(("what to do", commonmark::markdown(remedy)));
    }
    if let Some(first) = finding.locations.first() {
        facts.push(("file", commonmark::code(&first.path.to_string())));
        if let Some(index) = first.layer {
            let by = instruction(target, index).map(|by| format!(", {}", commonmark::code(by))).unwrap_or_default();
            facts.push(("layer", format!("{}{by}", index.0)));
        }
    }
    facts
}

fn instruction(target: &Target, index: LayerIndex) -> Option<&str> {
    target.layers.iter().find(|layer| layer.index == index)?.created_by.as_deref()
}

fn related_locations(target: &Target, locations: &[model::Location]) -> Vec<Location> {
    let related = |(at, place): (usize, &model::Location)| Location {
        id: Some(at + 1),
        message: Some(Text { text: format!("Also {}.", message::plain(&place.path.to_string())), markdown: None }),
        ..location::of(target, place)
    };
    locations.iter().take(MOST_LOCATIONS - 1).enumerate().map(related).collect()
}

fn properties(target: &Target, finding: &Finding) -> Properties {
    let mut properties = Properties::from([
        ("class", json!(finding.class.name())),
        ("severity", json!(finding.severity.name())),
        ("gate", json!(finding.gate)),
        ("target", json!(target.name)),
    ]);
    if let Some(package) = &finding.package {
        properties.insert("purl", json!(package.to_string()));
        properties.insert("version", json!(package.version()));
        properties.insert("fixedVersions", json!(finding.fixed_in));
    }
    if let Some(score) = finding.score {
        properties.insert("score", json!(score.value()));
    }
    let threat = Threat::of(finding);
    if let Some(exploited) = threat.exploited {
        properties.insert("kev", json!(true));
        properties.insert("kevSince", json!(exploited.since));
    }
    if let Some(score) = threat.predicted {
        properties.insert("epss", json!(score));
    }
    if !finding.aliases.is_empty() {
        properties.insert("aliases", json!(finding.aliases));
    }
    if let Some(index) = finding.locations.first().and_then(|first| first.layer) {
        properties.insert("layer", json!(index.0));
        let layer = target.layers.iter().find(|layer| layer.index == index);
        if let Some(digest) = layer.and_then(|layer| layer.digest.or(layer.diff_id)) {
            properties.insert("layerDigest", json!(digest.to_string()));
        }
    }
    if finding.locations.len() > MOST_LOCATIONS {
        properties.insert("locationsOmitted", json!(finding.locations.len() - MOST_LOCATIONS));
    }
    properties
}

/// The comment, where it is one.
fn written_at(target: &Target, suppression: &model::Suppression) -> Option<Location> {
    let line = suppression.line.filter(|_| suppression.kind == SuppressionKind::InSource)?;
    let path = TreePath::try_from(suppression.source.clone()).ok()?;
    let start = model::Position { line, column: 1, offset: 0 };
    Some(location::of(target, &model::Location::at(path, model::Span { start, end: start })))
}

fn suppressions(target: &Target, finding: &Finding) -> Vec<SarifSuppression> {
    let suppression = finding.suppression.as_ref().filter(|_| finding.status == Status::Suppressed);
    let written = |suppression: &model::Suppression| {
        let mut properties = Properties::from([
            ("source", json!(suppression.source)),
            ("fromScannedTree", json!(suppression.from_scanned_tree)),
        ]);
        if let Some(last_day) = suppression.expires {
            properties.insert("expires", json!(last_day.to_string()));
        }
        let kind = match suppression.kind {
            SuppressionKind::InSource => "inSource",
            SuppressionKind::Waiver | SuppressionKind::Exception => "external",
        };
        let justification = foreign::line(&suppression.reason);
        let location = written_at(target, suppression);
        SarifSuppression { kind, status: "accepted", justification, location, properties }
    };
    suppression.map(written).into_iter().collect()
}
