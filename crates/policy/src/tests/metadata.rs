//! Annotations: what they say of rules, how far they reach, and what is wrong with them.

use insta::assert_snapshot;
use model::{Cancel, DocumentKind};

use super::{documents, faults, file, loaded};
use crate::{Namespaces, Options, PolicyFile, Trust, load};

const ANNOTATED: &str = "# METADATA
# scope: package
# title: A container runs privileged
# description: >
#   It can do what the host
#   can do.
# related_resources:
#   - https://example.org/first
#   - ref: https://example.org/second
#     description: More
# custom:
#   id: kubernetes/privileged-container
#   severity: critical
#   remediation: Remove privileged, or set it to false.
#   profiles: [recommended]
#   controls: [pss-baseline/privileged]
package kubernetes.privileged_container

deny contains result if {
  some c in input.spec.containers
  c.securityContext.privileged
  result := {\"msg\": sprintf(\"%s is privileged. Very.\", [c.name])}
}
";

#[test]
fn annotations_make_the_rule() {
    let (set, errors) = load(vec![file(ANNOTATED, Trust::Builtin)], &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    insta::assert_debug_snapshot!(set.rules()[0].rule, @r#"
    Rule {
        id: RuleId(
            "kubernetes/privileged-container",
        ),
        title: "A container runs privileged",
        description: "It can do what the host can do.",
        remediation: "Remove privileged, or set it to false.",
        class: Policy,
        severity: Critical,
        aliases: [],
        cwes: [],
        links: [
            "https://example.org/first",
            "https://example.org/second",
        ],
        domain: "kubernetes",
        profiles: [
            "recommended",
        ],
        controls: [
            "pss-baseline/privileged",
        ],
        equivalents: [],
    }
    "#);
    assert_eq!(set.rules()[0].kinds, [DocumentKind::Kubernetes]);
    assert!(set.wants(DocumentKind::Kubernetes) && !set.wants(DocumentKind::Dockerfile));
    let pod =
        documents("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, securityContext: {privileged: true}}]}");
    let evaluation = set.evaluate(&pod[0], &Cancel::new());
    let finding = &evaluation.findings[0];
    assert_eq!(
        (finding.title.as_str(), finding.remedy.as_deref()),
        ("A container runs privileged", Some("Remove privileged, or set it to false."))
    );
    assert_eq!(set.evaluate(&documents("a: 1")[0], &Cancel::new()).evaluated, 0);
}

#[test]
fn scopes_of_annotations() {
    let (set, errors) = load(
        vec![
            PolicyFile {
                name: "a.rego".to_owned(),
                ..file(
                    "# METADATA\n# scope: subpackages\n# custom:\n#   severity: low\n#   remediation: ask\npackage a\n",
                    Trust::User,
                )
            },
            PolicyFile {
                name: "b.rego".to_owned(),
                ..file(
                    "# METADATA\n# description: of the package\npackage a.b\n# METADATA\n# scope: document\n# title: of the document\ndeny contains \"1\" if false\n\n# METADATA\n# custom:\n#   severity: medium\nwarn contains \"2\"\n\ndeny contains \"3\"\n",
                    Trust::User,
                )
            },
        ],
        &Options { namespaces: Namespaces::All, ..Options::default() },
    );
    assert!(errors.is_empty(), "{errors:?}");
    let shown: Vec<String> = set
        .rules()
        .iter()
        .map(|loaded| {
            let rule = &loaded.rule;
            format!(
                "{} {} {:?} {:?} {:?} {}:{}",
                rule.id, rule.severity, rule.title, rule.description, rule.remediation, loaded.file, loaded.line
            )
        })
        .collect();
    assert_snapshot!(shown.join("\n"), @r#"
    a.b/deny low "of the document" "of the package" "ask" b.rego:7
    a.b/warn medium "" "of the package" "ask" b.rego:12
    "#);
}

#[test]
fn broken_annotations_are_errors() {
    assert_snapshot!(faults("package main\n# METADATA\n# title: [a\ndeny contains \"x\"\n"), @"policy.rego:4:1: metadata annotation is no valid YAML: while parsing a flow sequence, expected ',' or ']'");
    assert_snapshot!(faults("package main\n# METADATA\n# custom: {severity: dreadful}\ndeny contains \"x\"\n"), @"policy.rego:2:1: metadata annotation: `custom.severity`: `dreadful` is no severity: critical, high, medium, low, negligible or unknown");
    assert_snapshot!(faults("package main\n# METADATA\n# scope: world\ndeny contains \"x\"\n"), @"policy.rego:2:1: metadata annotation: `world` is no scope: rule, document, package or subpackages");
    assert_snapshot!(faults("package main\n# METADATA\n# custom:\n#   id: a b\ndeny contains \"x\"\n"), @"policy.rego:2:1: metadata annotation: `custom.id`: `a b` is no rule id: 1 to 255 printable ASCII characters without blanks");
}

#[test]
fn titles_without_annotation() {
    let set = loaded("package main\ndeny contains \"The first. And more.\\nAnd more.\"\n", &Options::default());
    let evaluation = set.evaluate(&documents("a: 1")[0], &Cancel::new());
    assert_eq!(evaluation.findings[0].title, "The first");
}
