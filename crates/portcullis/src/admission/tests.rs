//! Requests and the answers to them.

use std::collections::BTreeMap;
use std::time::Duration;

use model::{Document, Format, Origin, TreePath};
use policy::{PolicyFile, Trust};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Action, Actions, Admission, AdmissionSettings, AdmissionSetupError, FailureMode, RequestError};

const TEMPLATE: &str = "\
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: owner}
spec:
  crd: {spec: {names: {kind: Owner}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package owner
        violation[{\"msg\": msg}] {
          not input.review.object.metadata.labels.owner
          msg := sprintf(\"%v of %v has no owner\", [input.review.operation, input.review.userInfo.username])
        }
";

fn documents(text: &str) -> Vec<Document> {
    let origin = Origin::file(TreePath::new("gate.yaml").expect("a path"));
    let (documents, problems) = document::parse(Format::Yaml, &origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents
}

fn constraint(action: &str, more: &str) -> Vec<Document> {
    documents(&format!(
        "{TEMPLATE}---\napiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Owner\nmetadata: {{name: must}}\nspec: {{enforcementAction: {action}{more}}}\n"
    ))
}

fn rego(text: &str) -> Vec<PolicyFile> {
    let text = format!("package main\nimport rego.v1\n{text}\n");
    vec![PolicyFile { name: "policy.rego".to_owned(), text, trust: Trust::User }]
}

/// Nothing but what is added.
fn bare() -> AdmissionSettings {
    AdmissionSettings { profiles: Vec::new(), ..AdmissionSettings::default() }
}

fn privileged_pod() -> Value {
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "namespace": "shop"},
        "spec": {"containers": [{"name": "a", "image": "quay.io/a/b:1", "securityContext": {"privileged": true}}]}
    })
}

fn request(operation: &str, object: &Value, old: &Value) -> Value {
    let said = if object.is_object() { object } else { old };
    let version = said["apiVersion"].as_str().unwrap_or_default();
    let (group, version) = version.split_once('/').unwrap_or(("", version));
    json!({
        "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "unknown": [1],
        "request": {
            "uid": "u-1", "kind": {"group": group, "version": version, "kind": said["kind"]}, "operation": operation,
            "resource": {"group": group, "version": version, "resource": "x"}, "name": "a", "namespace": "shop",
            "userInfo": {"username": "jane"}, "object": object, "oldObject": old, "dryRun": false, "options": null
        }
    })
}

fn ask(settings: AdmissionSettings, request: &Value) -> Value {
    let admission = Admission::new(settings).unwrap_or_else(|error| panic!("{error}"));
    let review = admission.review(request.to_string().as_bytes()).expect("an answer");
    let answer: Value = serde_json::from_slice(&review.to_json()).expect("JSON");
    assert_eq!((&answer["apiVersion"], &answer["kind"]), (&"admission.k8s.io/v1".into(), &"AdmissionReview".into()));
    assert_eq!(answer["response"]["uid"], "u-1");
    answer["response"].clone()
}

fn create(settings: AdmissionSettings, object: &Value) -> Value {
    ask(settings, &request("CREATE", object, &Value::Null))
}

#[test]
fn builtin_policies_refuse() {
    let answer = create(AdmissionSettings::default(), &privileged_pod());
    assert_eq!((&answer["allowed"], &answer["status"]["code"]), (&false.into(), &403.into()), "{answer:#}");
    let message = answer["status"]["message"].as_str().expect("a message");
    assert!(message.contains("kubernetes/privileged-container: ") && message.contains("runs privileged"), "{message}");
}

#[test]
fn each_policy_has_its_action() {
    let with = |action: Action| {
        let by_rule = BTreeMap::from([
            ("kubernetes/*".to_owned(), Action::Audit),
            ("kubernetes/privileged-container".to_owned(), action),
        ]);
        let actions = Actions { by_rule, ..Actions::default() };
        create(AdmissionSettings { actions, ..AdmissionSettings::default() }, &privileged_pod())
    };
    let warned = with(Action::Warn);
    assert_eq!((&warned["allowed"], &warned["status"]), (&true.into(), &Value::Null), "{warned:#}");
    assert!(warned["warnings"].to_string().contains("runs privileged"), "{warned:#}");
    let audited = with(Action::Audit);
    assert_eq!((&audited["allowed"], &audited["warnings"]), (&true.into(), &Value::Null), "{audited:#}");
    let annotation = &audited["auditAnnotations"]["kubernetes.privileged-container"];
    assert!(annotation.as_str().is_some_and(|text| text.contains("runs privileged")), "{audited:#}");
    assert_eq!(with(Action::Enforce)["allowed"], false);
}

#[test]
fn constraints_have_their_own_actions() {
    let pod = privileged_pod();
    let with = |action: &str| create(AdmissionSettings { constraints: constraint(action, ""), ..bare() }, &pod);
    let denied = with("deny");
    assert_eq!(denied["status"]["message"], "portcullis: Owner/must: CREATE of jane has no owner", "{denied:#}");
    assert_eq!(with("warn")["warnings"], json!(["Owner/must: CREATE of jane has no owner"]));
    let dry = with("dryrun");
    assert_eq!(
        (&dry["allowed"], &dry["auditAnnotations"]["Owner.must"]),
        (&true.into(), &"CREATE of jane has no owner".into())
    );
}

#[test]
fn a_deletion_is_judged_by_what_it_deletes() {
    let pod = privileged_pod();
    let delete = |settings| ask(settings, &request("DELETE", &Value::Null, &pod));
    let answer = delete(AdmissionSettings { constraints: constraint("deny", ""), ..bare() });
    assert_eq!(answer["status"]["message"], "portcullis: Owner/must: DELETE of jane has no owner");
    assert_eq!(delete(AdmissionSettings::default())["allowed"], true, "what is wrong may go");
    let nothing = ask(AdmissionSettings::default(), &{
        let mut nothing = request("DELETE", &Value::Null, &pod);
        nothing["request"]["oldObject"] = Value::Null;
        nothing
    });
    assert_eq!((&nothing["allowed"], &nothing["status"]["code"]), (&false.into(), &500.into()));
}

#[test]
fn connections_subresources_and_dry_runs() {
    let deny = || AdmissionSettings { policies: rego("deny contains input.kind"), ..bare() };
    let options = json!({"apiVersion": "v1", "kind": "PodExecOptions", "command": ["sh"]});
    let mut connect = request("CONNECT", &options, &Value::Null);
    connect["request"]["subResource"] = "exec".into();
    assert_eq!(ask(deny(), &connect)["status"]["message"], "portcullis: main/deny: PodExecOptions");
    let mut status = request("UPDATE", &privileged_pod(), &privileged_pod());
    assert_eq!(ask(AdmissionSettings::default(), &status)["allowed"], false);
    status["request"]["subResource"] = "status".into();
    assert_eq!(ask(AdmissionSettings::default(), &status)["allowed"], true);
    let mut dry = request("CREATE", &privileged_pod(), &Value::Null);
    dry["request"]["dryRun"] = true.into();
    assert_eq!(ask(deny(), &dry)["allowed"], false);
}

#[test]
fn what_gives_no_answer_is_never_allowed() {
    let pod = privileged_pod();
    // The engine refuses to divide by what is no number.
    let broken = || {
        rego(
            "deny contains msg if { x := input.metadata.name / 2; msg := sprintf(\"%v\", [x]) }\nwarn contains \"seen\"",
        )
    };
    let closed = create(AdmissionSettings { policies: broken(), ..bare() }, &pod);
    if closed["status"].is_null() {
        // A builtin that only fails in strict mode is undefined, as for OPA.
        assert_eq!(closed["warnings"], json!(["main/warn: seen"]));
    }
    let slow = || {
        rego(
            "deny contains \"x\" if { count([1 | a := numbers.range(1, 3000)[_]; b := numbers.range(1, 3000)[_]; a + b == 0]) > 0 }",
        )
    };
    let late = AdmissionSettings { policies: slow(), deadline: Duration::from_millis(30), ..bare() };
    let closed = create(late.clone(), &pod);
    assert_eq!((&closed["allowed"], &closed["status"]["code"]), (&false.into(), &500.into()), "{closed:#}");
    let endless = AdmissionSettings { policies: rego("deny contains \"no\""), deadline: Duration::MAX, ..bare() };
    assert_eq!(create(endless, &pod)["status"]["code"], 403);
    let open = create(AdmissionSettings { failure: FailureMode::Open, ..late }, &pod);
    assert_eq!(open["allowed"], true);
    assert!(open["warnings"].to_string().contains("not judged"), "{open:#}");
    assert!(open["auditAnnotations"]["not-judged"].is_string(), "{open:#}");
}

#[test]
fn a_namespace_that_is_not_known_is_a_failure() {
    let chosen = ", match: {namespaceSelector: {matchLabels: {team: a}}}";
    let settings = || AdmissionSettings { constraints: constraint("deny", chosen), ..bare() };
    let pod = privileged_pod();
    let unknown = create(settings(), &pod);
    assert_eq!(unknown["status"]["code"], 500, "{unknown:#}");
    let namespace = |team: &str| {
        documents(&format!("apiVersion: v1\nkind: Namespace\nmetadata: {{name: shop, labels: {{team: {team}}}}}\n"))
    };
    let known = create(AdmissionSettings { cluster: namespace("a"), ..settings() }, &pod);
    assert_eq!(known["status"]["code"], 403, "{known:#}");
    let other = create(AdmissionSettings { cluster: namespace("b"), ..settings() }, &pod);
    assert_eq!(other["allowed"], true, "{other:#}");
}

#[test]
fn annotations_of_the_object_accept_nothing() {
    let mut pod = privileged_pod();
    pod["metadata"]["annotations"] = json!({"portcullis.dev/ignore.privileged-container": "trust me"});
    assert_eq!(create(AdmissionSettings::default(), &pod)["allowed"], false);
}

#[test]
fn what_is_no_review_has_no_answer() {
    let admission =
        Admission::new(AdmissionSettings { policies: rego("deny contains \"no\""), ..bare() }).expect("policies");
    let change = |path: &str, value: Value| {
        let mut request = request("CREATE", &privileged_pod(), &Value::Null);
        *request.pointer_mut(path).expect("a member") = value;
        request.to_string()
    };
    for body in [
        change("/apiVersion", "admission.k8s.io/v1beta1".into()),
        change("/kind", "Pod".into()),
        change("/request/uid", "".into()),
        change("/request/uid", 1.into()),
        change("/request/operation", "PATCH".into()),
        change("/request/kind/kind", "Service".into()),
        change("/request/object/kind", Value::Null),
        change("/request", Value::Null),
        "{}".to_owned(),
    ] {
        let error = admission.review(body.as_bytes()).expect_err("no review");
        assert!(matches!(error, RequestError::Shape(_)) && error.http_status() == 400, "{error}");
    }
    let twice = change("/request/uid", "u".into()).replace("\"object\":", "\"object\":{},\"object\":");
    assert!(admission.review(twice.as_bytes()).is_err());
    assert!(matches!(admission.review(b"{"), Err(RequestError::Syntax(_))));
    let large = AdmissionSettings { most_bytes: 10, policies: rego("deny contains \"no\""), ..bare() };
    let error = Admission::new(large).expect("policies").review(&[b' '; 11]).expect_err("too large");
    assert_eq!(error.http_status(), 413);
}

#[test]
fn policies_are_replaced_whole() {
    let with = |message: &str| AdmissionSettings { policies: rego(&format!("deny contains {message:?}")), ..bare() };
    let admission = Admission::new(with("first")).expect("policies");
    let body = request("CREATE", &privileged_pod(), &Value::Null).to_string();
    let said = || admission.review(body.as_bytes()).expect("an answer").response.status.expect("refused").message;
    assert!(said().ends_with("first"));
    let broken = AdmissionSettings { policies: rego("deny contains"), ..bare() };
    assert!(matches!(admission.reload(broken), Err(AdmissionSetupError::Policies(_))));
    assert!(said().ends_with("first"));
    std::thread::scope(|scope| {
        let askers: Vec<_> = (0..4).map(|_| scope.spawn(|| (0..50).map(|_| said()).collect::<Vec<_>>())).collect();
        admission.reload(with("second")).expect("policies");
        for asker in askers {
            let all = asker.join().expect("no panic");
            assert!(all.iter().all(|said| said.ends_with("first") || said.ends_with("second")));
        }
    });
    assert!(said().ends_with("second"));
    assert!(matches!(admission.reload(bare()), Err(AdmissionSetupError::NoPolicy)));
    assert!(matches!(
        admission.reload(AdmissionSettings { profiles: vec!["x".to_owned()], ..bare() }),
        Err(AdmissionSetupError::Profile(_))
    ));
}

#[test]
fn rules_that_see_all_documents_are_named() {
    let admission = Admission::new(AdmissionSettings::default()).expect("policies");
    let names = admission.not_asked();
    assert!(!names.is_empty() && names.iter().all(|name| name.starts_with("kubernetes/")), "{names:?}");
}

#[test]
fn rules_that_see_all_documents_see_the_object_among_the_others() {
    let deployment = |app: &str| {
        json!({
            "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
            "spec": {"selector": {"matchLabels": {"app": app}}, "template": {
                "metadata": {"labels": {"app": app}}, "spec": {"containers": [{"name": "a", "image": "quay.io/a/b:1"}]}}}
        })
    };
    let service = json!({
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"selector": {"app": "web"}, "ports": [{"port": 80}]}
    });
    let settings = |others: &[&Value], is_whole| AdmissionSettings {
        cluster: others.iter().flat_map(|other| documents(&other.to_string())).collect(),
        cluster_is_whole: is_whole,
        actions: Actions {
            by_rule: BTreeMap::from([
                ("kubernetes/*".to_owned(), Action::Warn),
                ("kubernetes/dangling-service".to_owned(), Action::Enforce),
            ]),
            ..Actions::default()
        },
        ..AdmissionSettings::default()
    };
    let refused =
        |others: &[&Value], is_whole, object: &Value| create(settings(others, is_whole), object)["allowed"] == false;
    assert!(refused(&[&deployment("other")], true, &service), "it selects nothing");
    assert!(!refused(&[&deployment("web")], true, &service));
    assert!(!refused(&[&deployment("other")], false, &service), "not all objects are known");
    // The object takes the place of its older self; what is wrong with others is not its fault.
    assert!(refused(&[&deployment("other"), &service], true, &service));
    assert!(!refused(&[&deployment("web"), &service], true, &deployment("other")));
    let deleted = ask(settings(&[&deployment("other")], true), &request("DELETE", &Value::Null, &service));
    assert_eq!(deleted["allowed"], true);
    let all = Admission::new(settings(&[], true)).expect("policies");
    assert_eq!(all.not_asked(), Vec::<String>::new());
}

#[test]
fn warnings_are_as_short_as_the_api_wants_them() {
    let many = rego(
        "warn contains sprintf(\"%d %s\", [n, concat(\"\", [\"é\" | numbers.range(1, 400)[_]])]) if some n in numbers.range(1, 40)",
    );
    let answer = create(AdmissionSettings { policies: many, ..bare() }, &privileged_pod());
    let warnings: Vec<&str> =
        answer["warnings"].as_array().expect("warnings").iter().filter_map(Value::as_str).collect();
    assert!(warnings.iter().all(|warning| warning.chars().count() <= 256));
    assert!(warnings.iter().map(|warning| warning.chars().count()).sum::<usize>() <= 4096);
    assert!(warnings.last().is_some_and(|last| last.starts_with("and ")), "{warnings:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_allowed(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let admission = denying();
        prop_assert!(!admission.review(&bytes).is_ok_and(|review| review.response.allowed));
    }

    #[test]
    fn no_damage_makes_a_request_allowed(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>(), is_cut in any::<bool>()) {
        let mut body = request("CREATE", &privileged_pod(), &Value::Null).to_string().into_bytes();
        let place = at.index(body.len());
        body[place] = byte;
        if is_cut {
            body.truncate(cut.index(body.len()));
        }
        prop_assert!(!denying().review(&body).is_ok_and(|review| review.response.allowed));
    }
}

/// Refuses whatever it is asked.
fn denying() -> &'static Admission {
    static ADMISSION: std::sync::OnceLock<Admission> = std::sync::OnceLock::new();
    ADMISSION.get_or_init(|| {
        Admission::new(AdmissionSettings { policies: rego("deny contains \"no\""), ..bare() }).expect("policies")
    })
}
