//! Documents of every format as a policy's author meets them: what a rule sees, data, bundles, Gatekeeper.

use serde_json::Value;

use crate::command::{Folder, findings, portcullis_in, scan_json};

const TEMPLATE: &str = "\
--- gate/template.yaml
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
          not input.review.object.metadata.labels[input.parameters.label]
          msg := sprintf(\"%v has no %v\", [input.review.name, input.parameters.label])
        }
--- gate/constraint.yaml
apiVersion: constraints.gatekeeper.sh/v1beta1
kind: Owner
metadata: {name: must-have}
spec:
  match: {kinds: [{apiGroups: [''], kinds: [Namespace]}]}
  parameters: {label: owner}
--- deploy/all.yaml
apiVersion: v1
kind: Namespace
metadata:
  name: good
  labels: {owner: a}
---
apiVersion: v1
kind: Namespace
metadata:
  name: bad
  labels: {team: b}
";

#[test]
fn input_shows_values_and_their_lines() {
    let folder = Folder::with(
        "--- main.tf\nmodule \"m\" {\n  source = \"./x\"\n}\n--- app.ini\n[a]\nb = 1\n--- broken.toml\na = \n",
    );
    let run = portcullis_in(folder.path(), &["policy", "input", "main.tf", "app.ini"], b"");
    let shown: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    assert_eq!((run.code, shown["schema"].as_str()), (0, Some("portcullis.input/1")));
    let documents = shown["documents"].as_array().expect("documents");
    let kinds: Vec<&str> = documents.iter().filter_map(|document| document["kind"].as_str()).collect();
    assert_eq!(kinds, ["terraform", "hcl-syntax", "plain"]);
    assert_eq!(documents[0]["input"], serde_json::json!({"module": {"m": [{"source": "./x"}]}}));
    let places = documents[0]["places"].as_array().expect("places");
    let source = places.iter().find(|place| place["path"] == "module.m[0].source").expect("a place");
    assert_eq!((&source["line"], &source["column"], &source["key"]["column"]), (&2.into(), &12.into(), &3.into()));
    let combined = portcullis_in(folder.path(), &["policy", "input", "main.tf", "app.ini", "--combine"], b"");
    let combined: Value = serde_json::from_str(&combined.stdout).expect("JSON");
    assert_eq!(combined[0], serde_json::json!({"path": "app.ini", "contents": {"a": {"b": 1}}}));
    let broken = portcullis_in(folder.path(), &["policy", "input", "broken.toml"], b"");
    assert!(broken.code == 4 && broken.stderr.contains("broken.toml:1:"), "{} {}", broken.code, broken.stderr);
    let forced = portcullis_in(folder.path(), &["policy", "input", "-", "--parser", "dotenv"], b"A=1\n");
    let forced: Value = serde_json::from_str(&forced.stdout).expect("JSON");
    assert_eq!(forced["documents"][0]["input"], serde_json::json!({"A": "1"}));
    let unknown = portcullis_in(folder.path(), &["policy", "input", "-", "--parser", "cobol"], b"");
    assert!(unknown.code == 2 && unknown.stderr.contains("yaml"), "{}", unknown.stderr);
}

#[test]
fn a_policy_judges_every_format() {
    let policy = "--- p.rego\npackage main\nimport rego.v1\ndeny contains \"debug\" if input.app.debug == true\ndeny contains \"debug\" if input.app[_].debug == true\n";
    for (name, text, line) in [
        ("a.toml", "# c\n[app]\ndebug = true\n", 3),
        ("a.ini", "[app]\nx = 1\ndebug = true\n", 3),
        ("a.jsonc", "{\n // c\n \"app\": {\n  \"debug\": true,\n }\n}\n", 4),
        ("a.hcl", "app {\n  debug = true\n}\n", 2),
    ] {
        let folder = Folder::with(policy);
        folder.write(name, text);
        let report = scan_json(folder.path(), &[".", "--policy", "p.rego", "--no-builtin-policies"]);
        assert_eq!(findings(&report), [format!("policy main/deny {name}:{line}")], "{name}");
    }
    let folder = Folder::with(policy);
    folder.write("a.toml", "app = {\n");
    let quiet = scan_json(folder.path(), &[".", "--scanners", "policy", "--allow-empty"]);
    assert_eq!(quiet["verdict"]["exit_code"], 0, "no policy asks for TOML: {quiet:#}");
    let asked = scan_json(folder.path(), &[".", "--policy", "p.rego", "--scanners", "policy"]);
    assert_eq!(asked["verdict"]["exit_code"], 4, "{asked:#}");
}

/// Nobody should take the silence of rules for a pass.
#[test]
fn what_no_rule_can_judge_is_named() {
    let folder = Folder::with(
        "--- main.tf.json\n{\"module\": {\"a\": {\"source\": \"a/b/c\"}}}\n--- a.jsonnet\n{}\n--- main.tf\nlocals {}\n",
    );
    let skipped =
        |arguments: &[&str]| scan_json(folder.path(), arguments)["targets"][0]["coverage"]["skipped"].to_string();
    let all = skipped(&[]);
    assert!(all.contains("Jsonnet is not read") && !all.contains("main.tf"), "{all}");
    let report = scan_json(folder.path(), &[]);
    assert!(findings(&report).contains(&"policy terraform/module-not-pinned main.tf.json:1".to_owned()), "{report:#}");
}

#[test]
fn data_and_bundles() {
    let policy = "package main\nimport rego.v1\ndeny contains msg if {\n\tsome port in data.ports.denied\n\tinput.port == port\n\tmsg := sprintf(\"port %d\", [port])\n}\n";
    let folder =
        Folder::with("--- a.yaml\nport: 22\n--- data/ports/list.yaml\ndenied: [22]\n--- more.json\n{\"x\": 1}\n");
    folder.write("rules/p.rego", policy);
    let base = ["a.yaml", "--no-builtin-policies", "--policy"];
    let report = scan_json(folder.path(), &[&base[..], &["rules", "--data", "data", "--data", "more.json"]].concat());
    assert_eq!(findings(&report), ["policy main/deny a.yaml:1"]);
    folder.write("bundle/.manifest", "{\"roots\": [\"main\", \"ports\"]}");
    folder.write("bundle/p.rego", policy);
    folder.write("bundle/ports/data.json", "{\"denied\": [22]}");
    assert_eq!(findings(&scan_json(folder.path(), &[&base[..], &["bundle"]].concat())), ["policy main/deny a.yaml:1"]);
    let checked = portcullis_in(folder.path(), &["policy", "check", "bundle"], b"");
    assert_eq!((checked.code, checked.stderr.as_str()), (0, ""), "its data is given");
    folder.write("bundle/out/data.json", "{\"x\": 1}");
    let run = portcullis_in(folder.path(), &["scan", "a.yaml", "--policy", "bundle"], b"");
    assert!(run.code == 2 && run.stderr.contains("roots"), "{} {}", run.code, run.stderr);
}

#[test]
fn what_is_not_signed_is_refused_where_a_key_is_given() {
    let policy = "--- a.yaml\nport: 22\n--- b/.manifest\n{\"roots\": [\"main\"]}\n--- b/p.rego\npackage main\ndeny contains \"x\"\n--- plain/p.rego\npackage main\ndeny contains \"x\"\n--- key\nsecret\n";
    let folder = Folder::with(policy);
    let refused = |path: &str, expected: &str| {
        let scan = ["scan", "a.yaml", "--policy", path, "--verification-key", "key"];
        let test = ["policy", "test", path, "--verification-key", "key"];
        for arguments in [&scan[..], &test[..]] {
            let run = portcullis_in(folder.path(), arguments, b"");
            assert!(run.code == 2 && run.stderr.contains(expected), "{path}: {} {}", run.code, run.stderr);
        }
    };
    refused("b", "it is not signed");
    refused("plain", "it is not signed");
    refused("plain/p.rego", "must be in a signed bundle");
    folder.write("b/.signatures.json", "{\"signatures\": [\"a.b.c\"]}");
    refused("b", "no token of three parts");
}

#[test]
fn coverage_of_tests() {
    let folder = Folder::with(
        "--- p.rego\npackage a\nimport rego.v1\ndeny contains \"x\" if input.a\ndeny contains \"y\" if input.b\n--- p_test.rego\npackage a_test\nimport rego.v1\nimport data.a\ntest_a if a.deny with input as {\"a\": true}\n",
    );
    let text = portcullis_in(folder.path(), &["policy", "test", ".", "--coverage", "--filter", "test_a"], b"");
    assert_eq!(text.code, 0, "{}", text.stderr);
    assert!(text.stdout.contains("1 passed") && text.stdout.contains("% of all: "), "{}", text.stdout);
    let json = portcullis_in(folder.path(), &["policy", "test", ".", "--coverage", "-f", "json"], b"");
    let answer: Value = serde_json::from_str(&json.stdout).unwrap_or_else(|error| panic!("{error}: {}", json.stderr));
    assert!(answer["coverage"]["files"].as_object().is_some_and(|files| files.len() == 2), "{answer:#}");
    assert!(answer["coverage"]["coverage"].as_f64().is_some_and(|share| share > 50.0), "{answer:#}");
    let without = portcullis_in(folder.path(), &["policy", "test", ".", "-f", "json"], b"");
    assert!(!without.stdout.contains("coverage"), "{}", without.stdout);
}

#[test]
fn policies_read_files_of_the_tree_alone() {
    let policy = "--- p.rego\npackage main\nimport rego.v1\ndeny contains parse_config_file(data.file).msg\n--- tree/other.yaml\nmsg: from the file\n--- tree/a.json\n{}\n--- secret.yaml\nmsg: secret\n";
    let folder = Folder::with(policy);
    let messages = |file: &str| {
        folder.write("data.json", format!("{{\"file\": {file:?}}}"));
        let report = scan_json(
            folder.path(),
            &["tree", "--policy", "p.rego", "--no-builtin-policies", "--data", "data.json", "--exclude", "other.yaml"],
        );
        let findings = report["targets"][0]["findings"].as_array().expect("findings").clone();
        findings.iter().map(|finding| finding["message"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(messages("other.yaml"), ["from the file"]);
    assert_eq!(messages("../secret.yaml"), Vec::<String>::new());
}

#[test]
fn gatekeeper_judges_manifests() {
    let folder = Folder::with(TEMPLATE);
    let report = scan_json(folder.path(), &["deploy", "--policy", "gate", "--no-builtin-policies"]);
    assert_eq!(findings(&report), ["policy Owner/must-have all.yaml:11"]);
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!((&finding["message"], &finding["severity"]), (&"bad has no owner".into(), &"high".into()));
    assert_eq!(report["verdict"]["exit_code"], 1);
    let check = portcullis_in(folder.path(), &["policy", "check", "gate"], b"");
    assert!(check.code == 0 && check.stdout.contains("1 constraint"), "{}{}", check.stdout, check.stderr);
    folder.write(
        "gate/constraint.yaml",
        "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Other\nmetadata: {name: a}\n",
    );
    let run = portcullis_in(folder.path(), &["scan", "deploy", "--policy", "gate"], b"");
    assert!(run.code == 2 && run.stderr.contains("constraint.yaml:1"), "{}", run.stderr);
}

#[test]
fn gatekeepers_suites_are_tests() {
    let folder = Folder::with(TEMPLATE);
    folder.write("gate/good.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: good, labels: {owner: a}}\n");
    folder.write("gate/bad.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: bad}\n");
    let suite = |violations: &str| {
        format!(
            "apiVersion: test.gatekeeper.sh/v1alpha1\nkind: Suite\nmetadata: {{name: s}}\ntests:\n- name: owner\n  template: template.yaml\n  constraint: constraint.yaml\n  cases:\n  - name: good\n    object: good.yaml\n    assertions: [{{violations: no}}]\n  - name: bad\n    object: bad.yaml\n    assertions: [{{violations: {violations}, message: has no owner}}]\n"
        )
    };
    folder.write("gate/suite.yaml", suite("1"));
    let run = portcullis_in(folder.path(), &["policy", "test", "gate", "-f", "json"], b"");
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    assert_eq!((run.code, &answer["passed"], &answer["failed"]), (0, &2.into(), &0.into()), "{answer:#}");
    folder.write("gate/suite.yaml", suite("2"));
    let run = portcullis_in(folder.path(), &["policy", "test", "gate", "-v"], b"");
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("pass  gate/suite.yaml: owner: good"), "{}", run.stdout);
    assert!(run.stdout.contains("got 1 violations") && run.stdout.contains("want exactly 2"), "{}", run.stdout);
    let one = portcullis_in(folder.path(), &["policy", "test", "gate", "--run", "^good$"], b"");
    assert!(one.code == 0 && one.stdout.contains("1 passed, 0 failed"), "{}{}", one.stdout, one.stderr);
}

#[test]
fn patches_of_kustomizations_are_no_objects() {
    let folder = Folder::with(
        "--- base/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [pod.yaml]\n\
         --- base/pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: b}]\n\
         --- over/kustomization.yaml\napiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../base]\npatches:\n  - path: ./p/pod.yaml\npatchesStrategicMerge: [old.yaml]\n\
         --- over/p/pod.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n    - name: a\n      securityContext: {privileged: true}\n\
         --- over/old.yaml\napiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: d}]\n",
    );
    let report = scan_json(folder.path(), &[]);
    let target = &report["targets"][0];
    let findings = target["findings"].as_array().expect("a list");
    let of = |path: &str| {
        let of_path = findings.iter().filter(|finding| finding["locations"][0]["path"] == path);
        of_path.map(|finding| finding["rule"].as_str().expect("a rule")).collect::<Vec<_>>()
    };
    assert!(of("base/pod.yaml").len() > 3, "{findings:?}");
    assert_eq!(of("over/old.yaml"), ["kubernetes/latest-tag"]);
    assert_eq!(of("over/p/pod.yaml"), ["kubernetes/privileged-container"]);
    let warned =
        target["problems"].to_string().matches("a patch of over/kustomization.yaml, judged by what it holds").count();
    assert_eq!(warned, 2, "{target:#}");
    // Whoever judges whatever there is sees them.
    folder.write(
        "any.rego",
        "package main\nimport rego.v1\ndeny contains \"d\" if input.spec.containers[_].image == \"d\"\n",
    );
    let report = scan_json(folder.path(), &["--no-builtin-policies", "--policy", "any.rego"]);
    assert!(report["targets"][0]["findings"].to_string().contains("over/old.yaml"), "{report:#}");
}

#[test]
fn kustomizations_are_known_by_their_names() {
    const OBJECT: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: d}]\n";
    let check = |name: &str, head: &str, is_one: bool| {
        let folder = Folder::with(&format!(
            "--- {name}\n{head}resources: [pod.yaml]\npatches:\n  - path: merge.yaml\n  - path: six.yaml\n    target: {{kind: Pod}}\n\
             --- pod.yaml\n{OBJECT}--- merge.yaml\n{OBJECT}\
             --- six.yaml\n- op: replace\n  path: /spec/containers/0/image\n  value: b\n"
        ));
        let report = scan_json(folder.path(), &[]);
        let target = &report["targets"][0];
        let of = |path: &str| {
            let findings = target["findings"].as_array().expect("a list").iter();
            findings.filter(|finding| finding["locations"][0]["path"] == path).count()
        };
        let warned = target["problems"].to_string().matches("judged by what it holds").count();
        assert_eq!(
            (of("merge.yaml") == 1, warned, of("six.yaml")),
            (is_one, usize::from(is_one), 0),
            "{name}: {target:#}"
        );
        assert!(of("pod.yaml") > 3, "{name}: {target:#}");
        let kinds = &target["coverage"]["document_kinds"];
        assert_eq!((&kinds["plain"], &report["verdict"]["exit_code"]), (&Value::Null, &0.into()), "{name}: {target:#}");
    };
    check("kustomization.yaml", "", true);
    check("kustomization.yml", "kind: Component\n", true);
    check("Kustomization", "apiVersion: kustomize.config.k8s.io/v1alpha1\n", true);
    check("Kustomization", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n", true);
    check("component.yaml", "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n", true);
    check("other.yaml", "", false);
    check("kustomization.yaml", "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n", false);
}
