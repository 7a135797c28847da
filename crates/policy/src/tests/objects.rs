//! Which Kubernetes objects a rule judges: what its text asks of `kind` and `apiVersion`, or its metadata names.

use crate::{Input, ObjectKind, Options, PolicyFile, PolicySet, Trust, load};

/// Loads a rule `kubernetes/one` of these fields and this text.
fn one(custom: &str, text: &str) -> (PolicySet, String) {
    let text = format!(
        "# METADATA\n# scope: package\n# custom:\n#   id: kubernetes/one\n{custom}package kubernetes.one\n\nimport rego.v1\n\n{text}\n"
    );
    let file = PolicyFile { name: "policy.rego".to_owned(), text, trust: Trust::Builtin };
    let (set, errors) = load(vec![file], &Options::default());
    (set, errors.iter().map(ToString::to_string).collect())
}

/// The kinds that the rule judges, and which of some objects.
fn check(input: Input, custom: &str, text: &str, kinds: &[&str], judged: &[&str]) {
    let input = if input == Input::Documents { "#   input: documents\n" } else { "" };
    let (set, errors) = one(&format!("{input}{custom}"), text);
    assert_eq!(errors, "", "{text}");
    let objects = set.objects_of(&"kubernetes/one".parse().expect("an id")).expect("there is the rule");
    assert_eq!(objects.kinds(), kinds, "{text}");
    let all = ["v1/Pod", "v1/Service", "serving.knative.dev/v1/Service", "apps/v1/Deployment", "example.org/v1/Pod"];
    let included = |object: &&str| {
        let (version, kind) = object.rsplit_once('/').expect("two parts");
        objects.are_among(&[(version, kind)])
    };
    assert_eq!(all.into_iter().filter(included).collect::<Vec<_>>(), judged, "{text}");
}

const ALL: [&str; 5] =
    ["v1/Pod", "v1/Service", "serving.knative.dev/v1/Service", "apps/v1/Deployment", "example.org/v1/Pod"];

#[test]
fn what_one_document_is_asked_for() {
    let check = |text: &str, kinds: &[&str], judged: &[&str]| check(Input::Document, "", text, kinds, judged);
    check("deny contains 1 if input.spec.hostNetwork == true", &[], &ALL);
    check(
        r#"deny contains 1 if { input.kind in {"Pod", "Deployment"}; input.spec.kind == "Odd" }"#,
        &["Deployment", "Pod"],
        &["v1/Pod", "apps/v1/Deployment", "example.org/v1/Pod"],
    );
    check(
        r#"deny contains 1 if { input.kind == "Service"; startswith(input.apiVersion, "serving.knative.dev/") }"#,
        &["Service"],
        &["serving.knative.dev/v1/Service"],
    );
    // A kind further down is not the object's, and what is looked up in a table is one of its keys.
    check(r#"deny contains 1 if input.roleRef.kind == "Role""#, &[], &ALL);
    check(
        "paths := {\"Pod\": 1, \"Job\": 2}\ndeny contains 1 if paths[input.kind] == 1",
        &["Job", "Pod"],
        &["v1/Pod", "example.org/v1/Pod"],
    );
    // One of two rules of the same name judges whatever there is.
    check("deny contains 1 if input.kind == \"Pod\"\ndeny contains 2 if input.a", &[], &ALL);
}

#[test]
fn what_all_documents_are_asked_for() {
    let check = |text: &str, kinds: &[&str], judged: &[&str]| check(Input::Documents, "", text, kinds, judged);
    check(
        "of(kind) := {place | some place; input[place].contents.kind == kind}\ndeny contains 1 if some place in of(\"Service\")",
        &["Service"],
        &["v1/Service", "serving.knative.dev/v1/Service"],
    );
    check(
        "deny contains 1 if { some place; item := input[place].contents; item.kind in {\"Pod\"}; item.owner.kind == \"Odd\" }",
        &["Pod"],
        &["v1/Pod", "example.org/v1/Pod"],
    );
    // One of each has to be there.
    check(
        r#"deny contains 1 if { some a, b; input[a].contents.kind == "Pod"; input[b].contents.kind == "Service" }"#,
        &["Pod"],
        &[],
    );
    check(r#"deny contains 1 if { some place; input[place].contents.owner.kind == "Odd" }"#, &[], &ALL);
}

#[test]
fn what_metadata_names() {
    let custom = "#   objects:\n#     - Service\n#     - apps/Deployment\n";
    let judged = ["v1/Service", "apps/v1/Deployment"];
    check(Input::Document, custom, "deny contains 1 if input.a", &["Deployment", "Service"], &judged);
    for wrong in ["apps/", "deployment", "/Deployment", "apps/v1/Deployment"] {
        let (_, errors) = one(&format!("#   objects: [{wrong}]\n"), "deny contains 1 if input.a");
        assert!(errors.contains(&format!("`custom.objects`: `{wrong}` names no kind of objects")), "{errors}");
    }
    let kind: ObjectKind = "apps/Deployment".parse().expect("a kind");
    assert_eq!(kind.to_string(), "apps/Deployment");
}

#[test]
fn rules_of_other_documents_judge_no_objects() {
    let text = "package dockerfile.one\n\nimport rego.v1\n\ndeny contains 1 if input.a\n".to_owned();
    let file = PolicyFile { name: "policy.rego".to_owned(), text, trust: Trust::Builtin };
    let (set, _) = load(vec![file], &Options::default());
    assert_eq!(set.rules().len(), 1);
    assert_eq!(set.objects_of(&set.rules()[0].rule.id), None);
}
