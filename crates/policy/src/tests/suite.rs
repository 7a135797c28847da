//! Gatekeeper's own test runner: counts and messages of its assertions, and what `gator verify` says of the same suites.

use insta::assert_snapshot;

use super::documents;
use crate::{Options, Suite, Tests, run_tests};

const TEMPLATE: &str = r#"
apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: ports}
spec:
  crd: {spec: {names: {kind: Ports}, validation: {openAPIV3Schema: {type: object, properties: {most: {type: integer}}}}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
        package ports
        violation[{"msg": msg}] {
          port := input.review.object.spec.ports[_].port
          port > input.parameters.most
          msg := sprintf("port %d is above %d", [port, input.parameters.most])
        }
        violation[{"msg": "it goes"}] { input.review.operation == "DELETE" }
        violation[{"msg": "another has the name"}] { data.inventory.cluster["v1"]["Namespace"][input.review.object.metadata.name] }
"#;

const CONSTRAINT: &str = "
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Ports
metadata: {name: low}
spec: {parameters: {most: 80}}
";

fn file(path: &str) -> Result<Vec<model::Document>, String> {
    let text = match path {
        "template.yaml" => TEMPLATE.to_owned(),
        "constraint.yaml" => CONSTRAINT.to_owned(),
        "wrong.yaml" => CONSTRAINT.replace("80", "many"),
        "cel.yaml" => "apiVersion: templates.gatekeeper.sh/v1\nkind: ConstraintTemplate\nspec: {crd: {spec: {names: {kind: Ports}}}, targets: [{target: admission.k8s.gatekeeper.sh, code: [{engine: K8sNativeValidation, source: {}}]}]}\n".to_owned(),
        "good.yaml" => "apiVersion: v1\nkind: Service\nmetadata: {name: good}\nspec: {ports: [{port: 80}]}\n".to_owned(),
        "bad.yaml" => "apiVersion: v1\nkind: Service\nmetadata: {name: bad}\nspec: {ports: [{port: 81}, {port: 443}]}\n".to_owned(),
        "two.yaml" => "apiVersion: v1\nkind: Service\nmetadata: {name: bad}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: bad}\n".to_owned(),
        "namespace.yaml" => "apiVersion: v1\nkind: Namespace\nmetadata: {name: good}\n".to_owned(),
        "delete.yaml" => "apiVersion: admission.k8s.io/v1\nkind: AdmissionReview\nrequest: {operation: DELETE, oldObject: {apiVersion: v1, kind: Service, metadata: {name: x}}}\n".to_owned(),
        other => return Err(format!("there is no file {other}")),
    };
    Ok(documents(&text))
}

/// The outcome of every case.
fn check(suite: &str) -> String {
    checked(suite, None)
}

fn checked(suite: &str, filter: Option<&str>) -> String {
    let document =
        &documents(&format!("apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\nmetadata: {{name: s}}\n{suite}"))[0];
    let suites = vec![Suite { document, read: &file }];
    let filter = filter.map(|filter| regex::Regex::new(filter).expect("a pattern"));
    let (report, errors) = run_tests(Tests { suites, filter, ..Tests::default() }, &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    let cases = report.cases.iter();
    let lines = cases.map(|case| format!("{} {}/{} {}\n", case.outcome.name(), case.test, case.case, case.message));
    format!("{}{} {} {} {}", lines.collect::<String>(), report.passed, report.failed, report.errors, report.skipped)
}

fn cases(cases: &str) -> String {
    check(&format!("tests:\n- name: t\n  template: template.yaml\n  constraint: constraint.yaml\n  cases:\n{cases}"))
}

#[test]
fn counts() {
    assert_snapshot!(cases("
  - {name: none, object: good.yaml, assertions: [{violations: no}]}
  - {name: some, object: bad.yaml, assertions: [{violations: yes}]}
  - {name: 'yes as text', object: bad.yaml, assertions: [{violations: 'yes'}]}
  - {name: by itself, object: bad.yaml, assertions: [{message: 'above 80'}]}
  - {name: exactly, object: bad.yaml, assertions: [{violations: 2}, {violations: 1, message: '443'}, {violations: 0, message: gone}]}
"), @r"
    pass t/none 
    pass t/some 
    pass t/yes as text 
    pass t/by itself 
    pass t/exactly 
    5 0 0 0
    ");
}

#[test]
fn messages_when_it_is_not_so() {
    assert_snapshot!(cases("
  - {name: none, object: bad.yaml, assertions: [{violations: no}]}
  - {name: some, object: good.yaml, assertions: [{violations: yes}]}
  - {name: exactly, object: bad.yaml, assertions: [{violations: 3, message: '^port'}]}
  - {name: none such, object: bad.yaml, assertions: [{violations: 'no', message: '443'}]}
"), @r#"
    fail t/none unexpected number of violations: got 2 violations but want none: got messages [port 443 is above 80 port 81 is above 80]
    fail t/some unexpected number of violations: got 0 violations but want at least 1: got messages []
    fail t/exactly unexpected number of violations: got 2 violations containing "^port" but want exactly 3: got messages [port 443 is above 80 port 81 is above 80]
    fail t/none such unexpected number of violations: got 1 violations containing "443" but want none: got messages [port 443 is above 80 port 81 is above 80]
    0 4 0 0
    "#);
}

#[test]
fn what_cannot_be_run_is_an_error() {
    assert_snapshot!(cases("
  - {name: no object, assertions: [{}]}
  - {name: no assertions, object: good.yaml}
  - {name: no such file, object: lost.yaml, assertions: [{}]}
  - {name: two objects, object: two.yaml, assertions: [{}]}
  - {name: pattern, object: bad.yaml, assertions: [{message: '('}]}
  - {name: count, object: bad.yaml, assertions: [{violations: many}]}
  - {name: skipped, skip: true, object: bad.yaml}
"), @r"
    error t/no object a case needs `object`
    error t/no assertions a case needs `assertions`
    error t/no such file lost.yaml: there is no file lost.yaml
    error t/two objects two.yaml holds 2 objects, and a case judges one
    error t/pattern `message`: regex parse error:
        (
        ^
    error: unclosed group
    error t/count `violations` must be yes, no or a number that is not negative
    skip t/skipped 
    0 0 6 1
    ");
    assert_snapshot!(check("tests:\n- {name: a, template: cel.yaml, constraint: constraint.yaml, cases: [{name: c, object: good.yaml, assertions: [{}]}]}\n- {name: b, constraint: constraint.yaml}\n- {name: d, template: template.yaml, constraint: wrong.yaml}\n- {name: e, skip: true}\n- {name: f, template: template.yaml, constraint: constraint.yaml}\n"), @r"
    error a/c input:3:55: a template in CEL alone is not evaluated here: give it Rego too
    error b/ a test needs `template`
    error d/ input:5:20: `parameters` are not as the template for `Ports` wants them: most: Invalid type. Expected: integer, given: string
    skip e/ 
    pass f/ 
    1 0 3 1
    ");
}

#[test]
fn constraints_that_must_be_refused() {
    assert_snapshot!(check("tests:\n- {name: a, invalid: true, template: template.yaml, constraint: wrong.yaml}\n- {name: b, invalid: true, template: template.yaml, constraint: constraint.yaml}\n- {name: c, invalid: true, template: template.yaml, constraint: lost.yaml}\n"), @r"
    pass a/ 
    fail b/ the constraint should not fit its template, and does
    error c/ lost.yaml: there is no file lost.yaml
    1 1 1 0
    ");
}

#[test]
fn requests_and_inventory() {
    assert_snapshot!(cases("
  - {name: request, object: delete.yaml, assertions: [{violations: 1, message: it goes}]}
  - {name: inventory, object: good.yaml, inventory: [namespace.yaml], assertions: [{violations: 1, message: another}]}
  - {name: without, object: good.yaml, assertions: [{violations: no}]}
"), @r"
    pass t/request 
    pass t/inventory 
    pass t/without 
    3 0 0 0
    ");
}

#[test]
fn some_of_them() {
    let suite = "tests:\n- {name: one, template: template.yaml, constraint: constraint.yaml, cases: [{name: a, object: good.yaml, assertions: [{violations: no}]}, {name: b, object: good.yaml, assertions: [{violations: no}]}]}\n- {name: two, template: template.yaml, constraint: constraint.yaml, cases: [{name: a, object: good.yaml, assertions: [{violations: no}]}]}\n";
    assert_snapshot!(checked(suite, Some("^b$")), @r"
    pass one/b 
    1 0 0 0
    ");
    assert_snapshot!(checked(suite, Some("two")), @r"
    pass two/a 
    1 0 0 0
    ");
    assert_snapshot!(check(&format!("skip: true\n{suite}")), @r"
    skip s/ 
    0 0 0 1
    ");
}

/// The documents of a fixture.
fn fixture(path: &std::path::Path) -> Result<Vec<model::Document>, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let origin = model::Origin::file(model::TreePath::new(&name).expect("a path"));
    let (documents, problems) = document::parse(model::Format::Yaml, &origin, &bytes, &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    Ok(documents)
}

#[test]
fn the_same_outcomes_as_gator() {
    let mut compared = 0;
    for name in ["labels", "hosts", "matching"] {
        let folder = testkit::workspace().join("fixtures/gatekeeper").join(name);
        let read = |path: &str| fixture(&folder.join(path));
        let document = &read("suite.yaml").expect("a suite")[0];
        let suites = vec![Suite { document, read: &read }];
        let (report, errors) = run_tests(Tests { suites, ..Tests::default() }, &Options::default());
        assert!(errors.is_empty(), "{errors:?}");
        let theirs = std::fs::read_to_string(folder.join("gator.txt")).expect("what gator said");
        assert_eq!(report.cases.len(), theirs.lines().count(), "{name}");
        for (ours, theirs) in report.cases.iter().zip(theirs.lines()) {
            let mut fields = theirs.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let expected = (field(), field(), field(), field());
            let message = if expected.3.is_empty() { "" } else { ours.message.as_str() };
            assert_eq!((ours.outcome.name(), ours.test.as_str(), ours.case.as_str(), message), expected, "{name}");
            compared += 1;
        }
    }
    assert_eq!(compared, 90);
}
