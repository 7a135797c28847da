//! Gatekeeper: templates, constraints, whom they speak of, and where their findings are.

use insta::assert_snapshot;
use model::Cancel;

use super::{documents, shown};
use crate::{Gatekeeper, Options};

const TEMPLATE: &str = r#"
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata:
  name: teamlabels
  annotations:
    metadata.gatekeeper.sh/title: "Labels a team needs"
    description: Every object must say whose it is.
spec:
  crd:
    spec:
      names:
        kind: TeamLabels
      validation:
        openAPIV3Schema:
          type: object
          properties:
            labels:
              type: array
              items:
                type: string
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package teamlabels

        import data.lib.names

        violation[{"msg": msg, "details": {"missing": missing}}] {
          missing := names.required - {label | input.review.object.metadata.labels[label]}
          count(missing) > 0
          msg := sprintf("%v lacks labels: %v", [input.review.object.metadata.name, missing])
        }
      libs:
        - |
          package lib.names
          required = {label | label := input.parameters.labels[_]}
"#;

const CONSTRAINT: &str = "
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: TeamLabels
metadata: {name: owner}
spec:
  match:
    kinds: [{apiGroups: [''], kinds: [Namespace, ConfigMap]}]
  parameters: {labels: [owner]}
";

fn loaded(text: &str) -> Gatekeeper {
    let (gatekeeper, errors) = Gatekeeper::load(&documents(text), &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    gatekeeper
}

/// The findings of templates and constraints on objects.
fn check(policies: &[&str], objects: &str) -> String {
    let gatekeeper = loaded(&policies.join("\n---\n"));
    let objects_read = documents(objects);
    shown(&gatekeeper.judge(&objects_read.iter().collect::<Vec<_>>(), &Cancel::new()), objects)
}

/// What is wrong with templates and constraints.
fn faults(policies: &[&str]) -> String {
    let (_, errors) = Gatekeeper::load(&documents(&policies.join("\n---\n")), &Options::default());
    errors.iter().map(|error| format!("{error}\n")).collect()
}

#[test]
fn a_violation_has_its_place() {
    let objects = "apiVersion: v1
kind: Namespace
metadata:
  name: prod
  labels:
    team: a
---
apiVersion: v1
kind: Namespace
metadata:
  name: test
  labels:
    owner: b
---
apiVersion: v1
kind: Service
metadata: {name: other}
";
    assert_snapshot!(check(&[TEMPLATE, CONSTRAINT], objects), @r#"
    high TeamLabels/owner: prod lacks labels: {"owner"}
      5:3 «labels»
      absence metadata.labels lacks metadata.labels.owner
    "#);
    let gatekeeper = loaded(&format!("{TEMPLATE}\n---\n{CONSTRAINT}"));
    assert_eq!(gatekeeper.rules()[0].title, "Labels a team needs");
}

#[test]
fn actions_are_severities() {
    let object = "apiVersion: v1\nkind: Namespace\nmetadata: {name: prod}\n";
    let with =
        |action: &str| check(&[TEMPLATE, &CONSTRAINT.replace("spec:\n", &format!("spec:\n  {action}\n"))], object);
    assert_snapshot!(with("enforcementAction: warn"), @r#"
    low TeamLabels/owner: prod lacks labels: {"owner"}
      3:1 «metadata»
      absence metadata lacks metadata.labels.owner
    "#);
    assert_snapshot!(with("enforcementAction: dryrun"), @r#"
    negligible TeamLabels/owner: prod lacks labels: {"owner"}
      3:1 «metadata»
      absence metadata lacks metadata.labels.owner
    "#);
    assert_snapshot!(with("enforcementAction: scoped\n  scopedEnforcementActions: [{action: warn, enforcementPoints: [{name: '*'}]}, {action: deny, enforcementPoints: [{name: audit.gatekeeper.sh}]}]"), @r#"
    high TeamLabels/owner: prod lacks labels: {"owner"}
      3:1 «metadata»
      absence metadata lacks metadata.labels.owner
    "#);
}

/// Which of these objects a `match` speaks of.
fn spoken_of(matching: &str) -> String {
    const OBJECTS: &str = "# objects
{apiVersion: v1, kind: Namespace, metadata: {name: prod, labels: {stage: live}}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: kube-system}}
---
{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: prod, labels: {app: web}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: dns, namespace: kube-system}}
---
{apiVersion: apps/v1, kind: Deployment, metadata: {generateName: api-, namespace: prod}}
---
{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: admin}}
";
    let template =
        TEMPLATE.replace("count(missing) > 0", "true").replace("input.review.object.metadata.name, ", "\"it\", ");
    let constraint = CONSTRAINT.replace("kinds: [{apiGroups: [''], kinds: [Namespace, ConfigMap]}]", matching);
    let gatekeeper = loaded(&format!("{template}\n---\n{constraint}"));
    let objects = documents(OBJECTS);
    let found = gatekeeper.judge(&objects.iter().collect::<Vec<_>>(), &Cancel::new());
    let lines = found.findings.iter().filter_map(|finding| finding.locations.first()?.line());
    let mut lines: Vec<u32> = lines.collect();
    lines.sort_unstable();
    let names = ["prod", "kube-system", "web", "dns", "api-", "admin"];
    let found: Vec<&str> = lines.iter().map(|line| names[(*line as usize - 2) / 2]).collect();
    found.join(" ")
}

#[test]
fn matching() {
    assert_snapshot!(spoken_of("scope: '*'"), @"prod kube-system web dns api- admin");
    assert_snapshot!(spoken_of("kinds: [{apiGroups: [''], kinds: [Pod]}, {apiGroups: ['*'], kinds: [ClusterRole]}]"), @"web dns admin");
    assert_snapshot!(spoken_of("kinds: [{kinds: [Deployment]}]"), @"api-");
    assert_snapshot!(spoken_of("scope: Namespaced"), @"web dns api-");
    assert_snapshot!(spoken_of("scope: Cluster"), @"prod kube-system admin");
    assert_snapshot!(spoken_of("namespaces: ['kube-*']"), @"kube-system dns admin");
    assert_snapshot!(spoken_of("excludedNamespaces: ['*-system']"), @"prod web api- admin");
    assert_snapshot!(spoken_of("excludedNamespaces: ['*ro*']"), @"kube-system dns admin");
    assert_snapshot!(spoken_of("labelSelector: {matchLabels: {app: web}}"), @"web");
    assert_snapshot!(spoken_of("labelSelector: {matchExpressions: [{key: app, operator: Exists}]}"), @"web");
    assert_snapshot!(spoken_of("labelSelector: {matchExpressions: [{key: app, operator: NotIn, values: [web]}]}"), @"prod kube-system dns api- admin");
    assert_snapshot!(spoken_of("labelSelector: {matchExpressions: [{key: stage, operator: DoesNotExist}, {key: app, operator: In, values: [web, b]}]}"), @"web");
    assert_snapshot!(spoken_of("namespaceSelector: {matchLabels: {stage: live}}"), @"prod web api- admin");
    assert_snapshot!(spoken_of("name: 'a*'"), @"api- admin");
    assert_snapshot!(spoken_of("name: '*i*'"), @"api- admin");
    assert_snapshot!(spoken_of("source: Generated"), @"");
}

#[test]
fn a_namespace_that_is_not_known_is_no_pass() {
    let constraint = CONSTRAINT.replace("match:\n", "match:\n    namespaceSelector: {matchLabels: {a: b}}\n");
    assert_snapshot!(check(&[TEMPLATE, &constraint], "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: x}\n"), @"error policy: constraint `TeamLabels/owner` chooses by labels of the namespace `x`, which is not among the documents: whether it speaks of this object is not known");
}

#[test]
fn other_objects_are_the_inventory() {
    let template = r#"
apiVersion: templates.gatekeeper.sh/v1beta1
kind: ConstraintTemplate
metadata: {name: uniquehost}
spec:
  crd: {spec: {names: {kind: UniqueHost}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
        - engine: K8sNativeValidation
          source: {validations: []}
        - engine: Rego
          source:
            version: v1
            rego: |
              package uniquehost

              violation contains {"msg": msg} if {
                some namespace, name
                other := data.inventory.namespace[namespace]["networking.k8s.io/v1"]["Ingress"][name]
                name != input.review.name
                other.spec.host == input.review.object.spec.host
                msg := sprintf("%s has the host of %s/%s", [input.review.name, namespace, name])
              }
"#;
    let constraint = "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: UniqueHost\nmetadata: {name: one}\n";
    let objects = "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: one}
spec: {host: h}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: b, namespace: two}
spec: {host: h}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: c, namespace: two}
spec: {host: i}
";
    assert_snapshot!(check(&[template, constraint], objects), @r"
    high UniqueHost/one: a has the host of two/b
      4:8 «host: h»
      cause spec.host
    high UniqueHost/one: b has the host of one/a
      9:8 «host: h»
      cause spec.host
    ");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    assert_snapshot!(faults(&[CONSTRAINT]), @"input:2:1: there is no ConstraintTemplate for the kind `TeamLabels`; load its file too");
    assert_snapshot!(faults(&[TEMPLATE, &CONSTRAINT.replace("labels: [owner]", "labels: owner")]), @"input:47:15: `parameters` are not as the template for `TeamLabels` wants them: labels: Invalid type. Expected: array, given: string");
    assert_snapshot!(faults(&[TEMPLATE, &CONSTRAINT.replace("match:\n", "match:\n    labelSelector: {matchExpressions: [{key: a, operator: Has}]}\n")]), @"input:46:5: `match.labelSelector`: `Has` is no operator of a selector: In, NotIn, Exists or DoesNotExist");
    assert_snapshot!(faults(&[TEMPLATE, &CONSTRAINT.replace("spec:\n", "spec:\n  enforcementAction: explode\n")]), @"input:41:1: `enforcementAction`: `explode` is none of deny, warn, dryrun and scoped");
    assert_snapshot!(faults(&[&TEMPLATE.replace("count(missing) > 0", "http.send({})")]), @"input:31:12: there is no function `http.send`; a scan uses no network, so give what it would fetch as data");
    assert_snapshot!(faults(&[&TEMPLATE.replace("violation[", "deny[")]), @"input:25:9: the Rego of a template needs a rule `violation`");
    assert_snapshot!(faults(&[&TEMPLATE.replace("      rego: |\n        package teamlabels", "      notrego: |\n        package teamlabels")]), @"input:23:7: a target of a template needs `rego`, or `code` for the engine Rego");
    let cel = "apiVersion: templates.gatekeeper.sh/v1\nkind: ConstraintTemplate\nspec: {crd: {spec: {names: {kind: A}}}, targets: [{target: admission.k8s.gatekeeper.sh, code: [{engine: K8sNativeValidation, source: {}}]}]}\n";
    assert_snapshot!(faults(&[cel]), @"input:3:51: a template in CEL alone is not evaluated here: give it Rego too");
}
