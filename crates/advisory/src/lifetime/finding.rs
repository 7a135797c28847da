//! An operating system past its end of life is a finding.

use jiff::Timestamp;
use jiff::civil::Date;
use model::{Finding, FindingClass, Os, Rule, RuleId, Severity};
use serde_json::json;

use super::{Lifetime, SupportEnd};
use crate::snapshot::{Snapshot, SnapshotError};

/// `ID` of `os-release` to the name of the product; others have the same name in both.
const PRODUCTS: &[(&str, &str)] = &[
    ("alpine", "alpine-linux"),
    ("amzn", "amazon-linux"),
    ("ol", "oracle-linux"),
    ("opensuse-leap", "opensuse"),
    ("photon", "vmware-photon"),
    ("rocky", "rocky-linux"),
    ("sle_hpc", "sles"),
];

/// A finding for a release whose support was over at `now`: high, medium while extended support still runs. Its fields for
/// places are empty. `None` also where nothing is known of the release.
pub fn end_of_life(snapshots: &[&Snapshot], os: &Os, now: Timestamp) -> Result<Option<(Finding, Rule)>, SnapshotError> {
    let Some(today) = now.to_string().get(..10).and_then(|day| day.parse::<Date>().ok()) else { return Ok(None) };
    let lifetime = lifetime_of(snapshots, os)?.filter(|lifetime| lifetime.support.is_over(today));
    Ok(lifetime.map(|lifetime| make(os, &lifetime, today)))
}

/// What is known of the support of a release; `None` where nothing is, or where the system does not say which release it is.
pub fn lifetime_of(snapshots: &[&Snapshot], os: &Os) -> Result<Option<Lifetime>, SnapshotError> {
    let Some(version) = &os.version else { return Ok(None) };
    let product = PRODUCTS.iter().find(|(id, _)| *id == os.id).map_or(os.id.as_str(), |(_, product)| product);
    for snapshot in snapshots {
        if let Some(lifetime) = snapshot.lifetime(product, version)? {
            return Ok(Some(lifetime));
        }
    }
    Ok(None)
}

fn make(os: &Os, lifetime: &Lifetime, today: Date) -> (Finding, Rule) {
    let extended = lifetime.extended.filter(|extended| !extended.is_over(today));
    let severity = if extended.is_some() { Severity::Medium } else { Severity::High };
    let name = format!("{} {}", os.id, lifetime.cycle);
    let since = match lifetime.support {
        SupportEnd::After(date) => format!(" since {date}"),
        _ => String::new(),
    };
    let still = match extended {
        Some(SupportEnd::After(date)) => format!(" Extended support runs until {date}."),
        Some(_) => " Extended support still runs.".to_owned(),
        None => String::new(),
    };
    let id = rule_id(&format!("end-of-life/{}-{}", os.id, lifetime.cycle));
    let message = format!("{name} is past its end of life{since}.{still}");
    let mut finding = Finding::new(id.clone(), FindingClass::EndOfLife, severity, message);
    finding.title = format!("{name} is past its end of life");
    finding.remedy = Some(format!("Move to a release of {} that still gets security fixes.", os.id));
    let ends = [("support_ended", Some(lifetime.support)), ("extended_support_ends", lifetime.extended)];
    for (key, end) in ends.into_iter().filter_map(|(key, end)| Some((key, end?))) {
        finding.evidence.insert(key.to_owned(), json!(end.to_string()));
    }
    let mut rule = Rule::new(id, FindingClass::EndOfLife, finding.title.clone());
    rule.severity = severity;
    rule.remediation = "Move to a release that still gets security fixes.".to_owned();
    rule.links = vec![format!("https://endoflife.date/{}", lifetime.product)];
    (finding, rule)
}

/// Names from an image may hold anything; what a rule's id cannot hold becomes `_`.
fn rule_id(text: &str) -> RuleId {
    let plain: String =
        text.chars().map(|character| if character.is_ascii_graphic() { character } else { '_' }).collect();
    let cut = &plain[..plain.len().min(255)];
    cut.parse().expect("1 to 255 printable ASCII characters")
}
