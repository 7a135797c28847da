//! What is known of attacks: the evidence that matching adds to a finding, read back.

use model::Finding;
use serde_json::Value;

/// What the finding's evidence says of attacks; nothing where the data had none.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Threat {
    /// The catalogue of exploited vulnerabilities lists it.
    pub(crate) exploited: Option<Exploited>,
    /// Probability of attacks within thirty days, from 0 to 1 (EPSS).
    pub(crate) predicted: Option<f64>,
}

/// An entry of the catalogue of exploited vulnerabilities.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Exploited {
    /// The day it was listed.
    pub(crate) since: Option<String>,
    /// Ransomware uses it.
    pub(crate) ransomware: bool,
}

impl Threat {
    pub(crate) fn of(finding: &Finding) -> Threat {
        let listed = finding.evidence.get("kev").and_then(Value::as_array).filter(|list| !list.is_empty());
        let exploited = listed.map(|list| Exploited {
            since: list.iter().filter_map(|entry| entry["added"].as_str()).min().map(str::to_owned),
            ransomware: list.iter().any(|entry| entry["ransomware"].as_bool().unwrap_or_default()),
        });
        let predicted = finding.evidence.get("epss").and_then(|epss| epss["score"].as_f64());
        Threat { exploited, predicted: predicted.filter(|score| (0.0..=1.0).contains(score)) }
    }

    /// `known to be exploited since 2024-01-02, also by ransomware; 94.2 % likely to be attacked within 30 days`.
    pub(crate) fn words(&self) -> String {
        let mut words = Vec::new();
        if let Some(exploited) = &self.exploited {
            let since = exploited.since.as_ref().map(|day| format!(" since {day}")).unwrap_or_default();
            let ransomware = if exploited.ransomware { ", also by ransomware" } else { "" };
            words.push(format!("known to be exploited{since}{ransomware}"));
        }
        words
            .extend(self.predicted.map(|score| format!("{:.1} % likely to be attacked within 30 days", score * 100.0)));
        words.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::testing;

    fn check(evidence: &[(&str, Value)], expected: &str) {
        let mut finding = testing::vulnerability("CVE-2020-1", "pkg:npm/a@1");
        finding.evidence = evidence.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        assert_eq!(Threat::of(&finding).words(), expected);
    }

    #[test]
    fn words() {
        check(&[], "");
        check(&[("kev", json!([])), ("epss", json!("high"))], "");
        check(&[("epss", json!({"score": 7.0}))], "");
        check(&[("kev", json!([{"id": "CVE-2020-1"}]))], "known to be exploited");
        check(
            &[
                ("kev", json!([{"added": "2024-02-01"}, {"added": "2024-01-02", "ransomware": true}])),
                ("epss", json!({"score": 0.9421, "percentile": 0.99})),
            ],
            "known to be exploited since 2024-01-02, also by ransomware; 94.2 % likely to be attacked within 30 days",
        );
    }
}
