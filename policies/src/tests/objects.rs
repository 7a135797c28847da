//! What a rule says it judges is what it finds something in: a control passes by it.

use model::{Cancel, Document, DocumentKind, Node};
use policy::{Input, LoadedRule, PolicySet, RuleObjects};

use super::{POLICIES, documents, examples};

fn objects_of(set: &PolicySet, id: &str) -> Option<RuleObjects> {
    set.objects_of(&id.parse().expect("an id"))
}

fn is_judged(objects: &RuleObjects, documents: &[&Document]) -> bool {
    fn text<'d>(document: &'d Document, name: &str) -> &'d str {
        document.root.get(name).and_then(Node::as_str).unwrap_or_default()
    }
    let seen: Vec<(&str, &str)> =
        documents.iter().map(|document| (text(document, "apiVersion"), text(document, "kind"))).collect();
    objects.are_among(&seen)
}

/// What one rule gives for documents, each alone or all together.
fn is_found(set: &PolicySet, loaded: &LoadedRule, documents: &[&Document]) -> bool {
    let evaluation = match (loaded.input, documents) {
        (Input::Document, [document]) => set.evaluate(document, &Cancel::new()),
        _ => set.evaluate_together(documents, &[], &Cancel::new()),
    };
    evaluation.findings.iter().any(|finding| finding.rule == loaded.rule.id)
}

/// The inputs of a rule in its failing examples.
fn inputs<'d>(loaded: &LoadedRule, documents: &'d [Document]) -> Vec<Vec<&'d Document>> {
    match loaded.input {
        Input::Document => documents.iter().map(|document| vec![document]).collect(),
        Input::Documents => vec![documents.iter().collect()],
    }
}

#[test]
fn findings_are_in_objects_that_are_judged() {
    let mut found = 0;
    for loaded in POLICIES.rules().iter().filter(|loaded| loaded.kinds == [DocumentKind::Kubernetes]) {
        let id = loaded.rule.id.as_str();
        let objects = objects_of(&POLICIES, id).expect("a rule of Kubernetes");
        for file in examples(id, "fail") {
            let documents = documents(&file);
            let inputs = inputs(loaded, &documents);
            for input in inputs.iter().filter(|input| is_found(&POLICIES, loaded, input)) {
                assert!(is_judged(&objects, input), "{}: {:?}", file.display(), objects.kinds());
                found += 1;
            }
        }
    }
    assert!(found > 150, "only {found}");
}

/// A rule of a control that judges whatever there is would make the control pass by anything.
#[test]
fn rules_of_controls_judge_certain_objects() {
    let rules = POLICIES.rules().iter().filter(|loaded| loaded.kinds == [DocumentKind::Kubernetes]);
    let of_controls = rules.filter(|loaded| !loaded.rule.controls.is_empty()).map(|loaded| loaded.rule.id.as_str());
    let judging = |version: &str, kind: &str| -> Vec<&str> {
        let is_judging =
            |id: &&str| objects_of(&POLICIES, id).is_some_and(|objects| objects.are_among(&[(version, kind)]));
        of_controls.clone().filter(is_judging).collect()
    };
    // Any object may be in the default namespace.
    let any = ["kubernetes/default-namespace"];
    for (version, kind) in [("argoproj.io/v1alpha1", "Application"), ("example.org/v1", "Service"), ("v1", "Endpoints")]
    {
        assert_eq!(judging(version, kind), any, "{version} {kind}");
    }
    assert_eq!(
        judging("networking.istio.io/v1", "Gateway"),
        ["kubernetes/default-namespace", "kubernetes/istio-gateway-without-tls"]
    );
    assert_eq!(judging("v1", "Service"), ["kubernetes/default-namespace", "kubernetes/load-balancer-open"]);
    let role = judging("rbac.authorization.k8s.io/v1", "Role");
    assert!(role.len() > 8 && role.iter().all(|id| any.contains(id) || id.starts_with("kubernetes/rbac-")), "{role:?}");
    let (pod, rollout) = (judging("v1", "Pod"), judging("argoproj.io/v1alpha1", "Rollout"));
    assert!(pod == rollout && pod.len() > 30 && pod.contains(&"kubernetes/pod-not-isolated"), "{pod:?} {rollout:?}");
}

/// Rules that say nothing without parameters name these, and no others do.
#[test]
fn rules_that_need_parameters_name_them() {
    let bare = super::load_with(serde_json::json!({}), |_| true, true);
    for loaded in bare.rules() {
        let id = loaded.rule.id.as_str();
        let finds = examples(id, "fail").iter().any(|file| {
            let documents = documents(file);
            inputs(loaded, &documents).iter().any(|input| is_found(&bare, loaded, input))
        });
        assert_eq!(finds, loaded.parameters.is_empty(), "{id}");
    }
}
