//! Comments and annotations that accept findings, from the file to every report.

use serde_json::Value;

use crate::command::{FORMATS, Folder, NOW, portcullis_in, scan_json};
use crate::sarif::check_schema;

const TREE: &str = "\
--- deploy/pod.yaml
apiVersion: v1
kind: Pod
metadata:
  name: agent
spec:
  containers:
    - name: agent
      image: registry.example.org/agent:1.0@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
      securityContext:
        privileged: true # portcullis: ignore kubernetes/privileged-container -- it loads a driver, until 2027-01-01
--- requirements.txt
# portcullis: ignore CVE-2021-35042 -- no query is built from input
django==3.2.0
";

fn suppressed(report: &Value) -> Vec<&Value> {
    let findings = report["targets"][0]["findings"].as_array().expect("findings");
    findings.iter().filter(|finding| finding["status"] == "suppressed").collect()
}

fn problems(report: &Value) -> Vec<String> {
    let problems = report["targets"][0]["problems"].as_array().expect("problems");
    let of_kind = problems.iter().filter(|problem| problem["kind"] == "suppression");
    of_kind
        .map(|problem| {
            format!(
                "{} {}:{} {}",
                problem["severity"].as_str().unwrap_or("?"),
                problem["path"].as_str().unwrap_or("?"),
                problem["line"],
                problem["message"].as_str().unwrap_or("?")
            )
        })
        .collect()
}

/// Rules that are suppressed in a file, and what is said of its comments.
fn check(name: &str, text: &str, options: &[&str]) -> (Vec<String>, Vec<String>) {
    let folder = Folder::new();
    folder.write(name, text);
    let report = scan_json(folder.path(), &[&[".", "--scanners", "policy", "--profile", "strict"], options].concat());
    let mut rules: Vec<String> =
        suppressed(&report).iter().map(|finding| finding["rule"].as_str().unwrap_or("?").to_owned()).collect();
    rules.sort();
    rules.dedup();
    let said = problems(&report).into_iter().filter(|said| !said.contains("suppressed by comments")).collect();
    (rules, said)
}

fn rules(name: &str, text: &str) -> Vec<String> {
    let (rules, said) = check(name, text, &[]);
    assert_eq!(said, Vec::<String>::new(), "{name}");
    rules
}

#[test]
fn a_comment_beside_the_code_suppresses_and_is_counted() {
    let folder = Folder::with(TREE);
    let report = scan_json(folder.path(), &[]);
    let both = suppressed(&report);
    let shown: Vec<&str> = both.iter().filter_map(|finding| finding["rule"].as_str()).collect();
    assert_eq!(shown, ["kubernetes/privileged-container", "CVE-2021-35042"]);
    let expected = serde_json::json!({
        "reason": "it loads a driver", "expires": "2027-01-01", "source": "deploy/pod.yaml", "line": 10, "kind": "in-source",
        "from_scanned_tree": true
    });
    assert_eq!((&both[0]["suppression"], &both[0]["gate"]), (&expected, &false.into()));
    let said = problems(&report);
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("2 findings suppressed by comments and annotations"), "{said:?}");
    assert!(report["verdict"]["reasons"].to_string().contains("by the scanned tree itself"), "{:#}", report["verdict"]);
}

#[test]
fn every_format_says_so() {
    let folder = Folder::with(TREE);
    // SPDX has no findings.
    for format in FORMATS.into_iter().filter(|format| *format != "spdx") {
        let run = portcullis_in(folder.path(), &["scan", "--now", NOW, "-f", format, "--include-suppressed"], b"");
        let is_about_packages = format == "cyclonedx";
        let reason = if is_about_packages { "no query is built from input" } else { "it loads a driver" };
        assert!(run.stdout.contains(reason), "{format}: {}", run.stdout);
        let place = if is_about_packages { "requirements.txt" } else { "deploy/pod.yaml" };
        assert!(run.stdout.contains(place), "{format}: {}", run.stdout);
    }
}

#[test]
fn sarif_says_in_source() {
    let folder = Folder::with(TREE);
    let run = portcullis_in(folder.path(), &["scan", "--now", NOW, "-f", "sarif", "--include-suppressed"], b"");
    let log: Value = serde_json::from_str(&run.stdout).expect("SARIF is JSON");
    check_schema(&log);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let result =
        results.iter().find(|result| result["ruleId"] == "kubernetes/privileged-container").expect("the finding");
    let suppression = &result["suppressions"][0];
    assert_eq!(suppression["kind"], "inSource", "{suppression:#}");
    assert_eq!(suppression["justification"], "it loads a driver");
    assert_eq!(suppression["location"]["physicalLocation"]["region"]["startLine"], 10, "{suppression:#}");
    assert!(
        suppression["location"]["physicalLocation"]["artifactLocation"]["uri"]
            .as_str()
            .is_some_and(|uri| uri.ends_with("deploy/pod.yaml"))
    );
    let default = portcullis_in(folder.path(), &["scan", "--now", NOW, "-f", "sarif"], b"");
    assert!(default.stdout.contains("2 findings suppressed by comments"), "{}", default.stdout);
}

#[test]
fn auditors_see_everything() {
    let folder = Folder::with(TREE);
    assert_eq!(suppressed(&scan_json(folder.path(), &["--no-inline-ignores"])).len(), 0);
    folder.write("portcullis.toml", "no-inline-ignores = true\n");
    assert_eq!(suppressed(&scan_json(folder.path(), &[])).len(), 0);
    folder.write("portcullis.toml", "require-ignore-reason = true\n");
    folder.write("requirements.txt", "django==3.2.0 # portcullis: ignore CVE-2021-35042\n");
    let report = scan_json(folder.path(), &[]);
    assert_eq!(suppressed(&report).len(), 1);
    assert!(
        problems(&report).iter().any(|said| said.contains("requirements.txt:1") && said.contains("gives no reason")),
        "{:?}",
        problems(&report)
    );
}

#[test]
fn blocks_files_and_annotations() {
    let pod = |top: &str, inside: &str| {
        format!(
            "{top}apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    - name: a\n      image: quay.io/a/b:1\n{inside}      securityContext:\n        privileged: true\n"
        )
    };
    let rule = "kubernetes/privileged-container";
    let block = format!("      # portcullis: ignore-block {rule} -- why\n");
    assert_eq!(rules("a.yaml", &pod("", &block)), [rule]);
    let line = format!("      # portcullis: ignore {rule} -- why\n");
    let (none, said) = check("a.yaml", &pod("", &line), &[]);
    assert!(
        none.is_empty() && said == [format!("note a.yaml:9 ignore comment of {rule} covers no finding")],
        "{said:?}"
    );
    let file = format!("# portcullis: ignore-file {rule} -- why\n---\n");
    assert_eq!(rules("a.yaml", &pod(&file, "")), [rule]);
    let deployment = |annotations: &str, inner: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  annotations: {{{annotations}}}\nspec:\n  template:\n    metadata:\n      annotations: {{{inner}}}\n    spec:\n      containers:\n        - name: a\n          image: quay.io/a/b:1\n          securityContext: {{privileged: true}}\n"
        )
    };
    for annotation in [
        "portcullis.dev/ignore.privileged-container: why",
        "ignore-check.kube-linter.io/privileged-container: why",
        "checkov.io/skip1: CKV_K8S_16=why",
    ] {
        assert_eq!(rules("a.yaml", &deployment(annotation, "")), [rule], "{annotation}");
        assert_eq!(rules("a.yaml", &deployment("", annotation)), [rule], "{annotation}");
    }
}

#[test]
fn forms_of_other_tools() {
    let found = rules("Dockerfile", "FROM alpine:3.20\n# hadolint ignore=DL3020\nADD a.txt /a.txt\nUSER 1000\n");
    assert_eq!(found, ["dockerfile/add-for-copy"]);
    let workflow = "on: issues\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 5\n    steps:\n      - run: echo \"${{ github.event.issue.title }}\" # zizmor: ignore[template-injection] why\n";
    let found = rules(".github/workflows/a.yml", workflow);
    assert!(found.iter().any(|rule| rule == "github-actions/template-injection"), "{found:?}");
    let found = rules(
        "Dockerfile",
        "FROM alpine:3.20\n#trivy:ignore:DS-0005 tfsec:ignore:DS005\nADD a.txt /a.txt\nUSER 1000\n",
    );
    assert_eq!(found, ["dockerfile/add-for-copy"]);
}

#[test]
fn a_hash_in_a_text_is_no_comment() {
    let rule = "kubernetes/privileged-container";
    let text = format!(
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    x: \"# portcullis: ignore-block {rule} -- why\"\nspec:\n  containers:\n    - name: a\n      image: quay.io/a/b:1\n      args:\n        - |\n          # portcullis: ignore-block {rule} -- why\n      securityContext:\n        privileged: true\n"
    );
    assert_eq!(check("a.yaml", &text, &[]), (vec![], vec![]));
}
