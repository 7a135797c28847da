//! One result of a rule as a finding.

use model::{Document, Finding, Location, NodePath, Segment, Status, Suppression, SuppressionKind};
use serde_json::Value as Json;

use crate::conftest::{Outcome, Place};
use crate::locate::{Cause, Grade, Located, Placed};
use crate::{LoadedRule, Options, Trust};

/// A finding without a place.
pub(crate) fn unplaced(rule: &LoadedRule, outcome: &Outcome, options: &Options) -> Finding {
    let severity = outcome.severity.unwrap_or(rule.rule.severity);
    let message = cut(&outcome.message, options.message_bytes);
    let mut finding = Finding::new(rule.rule.id.clone(), rule.rule.class, severity, message);
    let title = if rule.rule.title.is_empty() { first_sentence(&finding.message) } else { rule.rule.title.clone() };
    finding.title = title;
    finding.remedy = Some(rule.rule.remediation.clone()).filter(|remedy| !remedy.is_empty());
    // Only of our own: what a user's policy means by the word is not for us to say, and it must not pass for it.
    if rule.trust == Trust::Builtin && outcome.details.get("status").is_some_and(|status| status == "unknown") {
        finding.status = Status::Unknown;
    }
    if !outcome.details.is_empty() {
        finding.evidence.insert("details".to_owned(), Json::Object(outcome.details.clone()));
    }
    finding
}

/// Marks a finding as excepted by the policy itself.
pub(crate) fn except(finding: &mut Finding, rule: &LoadedRule) {
    finding.status = Status::Suppressed;
    finding.suppression = Some(Suppression {
        reason: format!("an `exception` rule of package `{}` covers it", rule.package),
        expires: None,
        source: rule.file.clone(),
        line: None,
        kind: SuppressionKind::Exception,
        from_scanned_tree: false,
    });
}

/// Puts a finding where its result says it is; false if that is not in the documents.
pub(crate) fn put_where_named(
    finding: &mut Finding,
    documents: &[&Document],
    is_combined: bool,
    place: &Place,
) -> bool {
    let among = |documents: &[&Document], place: &Place| {
        documents.iter().find_map(|document| {
            let (path, span) = Placed::named(document, place)?;
            Some((path, document.origin.at(span)))
        })
    };
    let named = match place.in_one_of(documents.len()).filter(|_| is_combined) {
        Some((index, place)) => among(&documents[index..=index], &place),
        None => among(documents, place),
    };
    let Some((path, location)) = named else { return false };
    put(finding, location, &path, Located::Rule);
    true
}

/// Puts a finding where the search found its cause.
pub(crate) fn put_at_cause(
    finding: &mut Finding,
    documents: &[&Document],
    is_combined: bool,
    cause: &Cause,
    located: Located,
) {
    let Some(placed) = Placed::of(documents, is_combined, &cause.path) else {
        // All documents together are the cause, or none could be told: the files, without a line.
        finding.locations = documents.iter().take(1).map(|document| document.origin.location()).collect();
        finding.evidence.insert("located_by".to_owned(), located.name().into());
        return;
    };
    put(finding, placed.location(cause.grade), &placed.path, located);
    let shown = |path: &[Segment]| Placed::of(documents, is_combined, path).map(|placed| placed.path.to_string());
    if let Some(missing) = cause.missing.as_deref().and_then(shown) {
        finding.evidence.insert("missing".to_owned(), missing.into());
    }
    for other in &cause.others {
        if let Some(placed) = Placed::of(documents, is_combined, other) {
            finding.locations.push(placed.location(Grade::Value));
        }
    }
}

fn put(finding: &mut Finding, location: Location, path: &NodePath, located: Located) {
    finding.locations = vec![location];
    finding.evidence.insert("path".to_owned(), path.to_string().into());
    finding.evidence.insert("located_by".to_owned(), located.name().into());
}

/// The first sentence, at most a line.
fn first_sentence(message: &str) -> String {
    let line = message.trim().lines().next().unwrap_or_default();
    let end = line.match_indices(". ").next().map_or(line.len(), |(at, _)| at);
    let sentence: String = line[..end].trim_end_matches('.').chars().take(120).collect();
    sentence
}

fn cut(message: &str, most: usize) -> String {
    if message.len() <= most {
        return message.to_owned();
    }
    let end = (0..=most).rev().find(|end| message.is_char_boundary(*end)).unwrap_or(0);
    format!("{}… (cut at {most} bytes)", &message[..end])
}
