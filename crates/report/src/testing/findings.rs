//! The rules that the fixture's findings name.

use std::collections::BTreeMap;

use model::{FindingClass, Rule, RuleId, Severity};

use super::rule;

pub(super) fn rules() -> BTreeMap<RuleId, Rule> {
    let mut qs = rule("CVE-2022-24999", FindingClass::Vulnerability, "Prototype poisoning in qs");
    qs.severity = Severity::High;
    qs.description =
        "A query string can set the prototype of an object.\n\nSee [the <b>advisory</b>](http://evil.example) and {0}."
            .to_owned();
    qs.aliases = vec!["GHSA-hrpp-h998-j3pp".to_owned()];
    qs.cwes = vec!["CWE-1321".to_owned()];
    qs.links = vec!["javascript:alert(1)".to_owned(), "https://nvd.example/vuln/detail/CVE-2022-24999".to_owned()];
    qs.domain = "npm".to_owned();
    let mut privileged = rule("kubernetes/privileged-container", FindingClass::Policy, "Privileged container");
    privileged.severity = Severity::Critical;
    privileged.description = "A privileged container is root on its node.".to_owned();
    privileged.remediation = "Set securityContext.privileged to false.".to_owned();
    privileged.cwes = vec!["CWE-250".to_owned(), "not a weakness".to_owned()];
    privileged.controls = vec!["cis-kubernetes-1.8/5.2.1".to_owned()];
    privileged.domain = "kubernetes".to_owned();
    let mut secret = rule("secret/private-key", FindingClass::Secret, "Private key");
    secret.description = "Long. ".repeat(400);
    [qs, privileged, secret].into_iter().map(|rule| (rule.id.clone(), rule)).collect()
}
