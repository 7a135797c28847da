//! `policy` commands and user policies, as an author meets them.

use serde_json::Value;

use crate::command::{Folder, NOW, findings, portcullis, portcullis_in, scan_json};

const SERVICE: &str = "\
--- service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  ports:
    - port: 80
--- team.rego
package main

import rego.v1

deny contains msg if {
	input.kind == \"Service\"
	input.spec.type == \"LoadBalancer\"
	msg := sprintf(\"service %s is public\", [input.metadata.name])
}
";

#[test]
fn a_policy_without_lines_gives_a_line() {
    let folder = Folder::with(SERVICE);
    let report = scan_json(folder.path(), &["service.yaml", "--policy", "team.rego", "--no-builtin-policies"]);
    assert_eq!(findings(&report), ["policy main/deny service.yaml:6"]);
    assert_eq!(report["verdict"]["exit_code"], 1);
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!(
        (finding["severity"].as_str(), finding["message"].as_str()),
        (Some("high"), Some("service web is public"))
    );
}

#[test]
fn namespaces_are_asked_by_name() {
    let folder = Folder::with(&SERVICE.replace("package main", "package company.rules"));
    let asked = |more: &[&str]| {
        let base = ["service.yaml", "--policy", "team.rego", "--no-builtin-policies"];
        findings(&scan_json(folder.path(), &[&base[..], more].concat()))
    };
    assert_eq!(asked(&[]), Vec::<String>::new());
    let silent = scan_json(folder.path(), &["service.yaml", "--policy", "team.rego", "--no-builtin-policies"]);
    assert!(
        silent["targets"][0]["problems"].to_string().contains("company.rules"),
        "its silence is no pass: {silent:#}"
    );
    assert_eq!(asked(&["--namespace", "company.rules"]), ["policy company.rules/deny service.yaml:6"]);
    assert_eq!(asked(&["--all-namespaces"]), ["policy company.rules/deny service.yaml:6"]);
}

#[test]
fn a_policy_that_does_not_compile_is_a_usage_error_with_its_line() {
    let folder = Folder::with("--- a.yaml\na: 1\n--- bad.rego\npackage main\n\ndeny contains msg if {\n\tmsg :=\n}\n");
    let run = portcullis_in(folder.path(), &["scan", "--policy", "bad.rego"], b"");
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("bad.rego:4:") && run.stdout.contains("exit code 2"), "{}", run.stdout);
    let check = portcullis_in(folder.path(), &["policy", "check", "bad.rego"], b"");
    assert_eq!(check.code, 2, "{}{}", check.stdout, check.stderr);
}

#[test]
fn other_policies_are_asked_where_one_does_not_compile() {
    let folder = Folder::with(
        "--- a.yaml\na: 1\n--- p/bad.rego\npackage lib\n\nis_one(x) if x == \n--- p/needs.rego\npackage main\n\nimport data.lib\n\ndeny contains \"needs\" if lib.is_one(input.a)\n\
         --- p/asks.rego\npackage main\n\ndeny contains \"asks\" if data.lib.limit > input.a\n--- p/good.rego\npackage main\n\ndeny contains \"good\" if input.a == 1\n",
    );
    let common = ["scan", "a.yaml", "--no-builtin-policies", "--now", NOW, "-f", "json", "--policy"];
    let run = portcullis_in(folder.path(), &[&common[..], &["p"]].concat(), b"");
    assert_eq!(run.code, 2, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(findings(&report), ["policy main/deny a.yaml:1"], "{report:#}");
    assert_eq!(report["targets"][0]["findings"][0]["message"], "good");
    assert_eq!((&report["verdict"]["exit_code"], &report["verdict"]["outcome"]), (&2.into(), &"misconfigured".into()));
    assert!(report["targets"][0]["problems"].to_string().contains("p/bad.rego:4:"), "{report:#}");
    assert!(run.stderr.contains("p/bad.rego:4:"), "{}", run.stderr);
    let none = portcullis_in(folder.path(), &[&common[..], &["p/bad.rego"]].concat(), b"");
    let report: Value = serde_json::from_str(&none.stdout).unwrap();
    assert_eq!((none.code, findings(&report).len()), (2, 0));
}

#[test]
fn builtins_that_would_be_silent_are_refused() {
    let folder = Folder::with(
        "--- a.yaml\na: 1\n--- net.rego\npackage main\n\nimport rego.v1\n\ndeny contains msg if {\n\tanswer := http.send({\"method\": \"get\", \"url\": \"x\"})\n\tmsg := answer.body\n}\n",
    );
    let run = portcullis_in(folder.path(), &["scan", "--policy", "net.rego"], b"");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("net.rego:6") && run.stderr.contains("http.send"), "{}", run.stderr);
}

#[test]
fn list_and_show_say_what_there_is() {
    let run = portcullis(&["policy", "list", "-f", "json"]);
    let rules: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let rules = rules.as_array().expect("a list");
    assert!(rules.len() >= 20, "{} rules", rules.len());
    for rule in rules {
        for key in ["id", "title", "severity", "domain", "profiles", "controls"] {
            assert!(!rule[key].is_null(), "`{key}` is missing: {rule}");
        }
        let show = portcullis(&["policy", "show", rule["id"].as_str().unwrap()]);
        assert_eq!(show.code, 0, "{}", show.stderr);
        assert!(show.stdout.contains(rule["title"].as_str().unwrap()), "{}", show.stdout);
    }
    assert!(portcullis(&["policy", "list"]).stdout.contains("kubernetes/privileged-container"));
    let unknown = portcullis(&["policy", "show", "kubernetes/privileged-containr"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("kubernetes/privileged-container"), "a near name is offered: {}", unknown.stderr);
    let domain = portcullis(&["policy", "show", "kubernetes"]);
    assert!(domain.code == 2 && domain.stderr.contains("`kubernetes` is a domain of "), "{}", domain.stderr);
}

/// A policy that lies elsewhere counts, and one that a cluster mounts counts once.
#[cfg(unix)]
#[test]
fn links_among_policies() {
    let folder = Folder::with(SERVICE);
    let rename = |from: &str, to: &str| std::fs::rename(folder.path().join(from), folder.path().join(to)).unwrap();
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, folder.path().join(at)).unwrap();
    std::fs::create_dir_all(folder.path().join("rules/..2026")).unwrap();
    let count = || {
        let report = scan_json(folder.path(), &["service.yaml", "--policy", "rules", "--no-builtin-policies"]);
        report["targets"][0]["findings"].as_array().unwrap().len()
    };
    link("../team.rego", "rules/team.rego");
    assert_eq!(count(), 1);
    rename("team.rego", "rules/..2026/team.rego");
    std::fs::remove_file(folder.path().join("rules/team.rego")).unwrap();
    link("..2026", "rules/..data");
    link("..data/team.rego", "rules/team.rego");
    assert_eq!(count(), 1);
}

#[test]
fn explain_knows_rules_advisories_and_findings() {
    assert!(portcullis(&["explain", "kubernetes/privileged-container"]).stdout.contains("privileged"));
    let rule = portcullis(&["explain", "kubernetes/privileged-container", "--json"]).stdout;
    assert_eq!(serde_json::from_str::<Value>(&rule).expect("JSON")["id"], "kubernetes/privileged-container");
    assert!(portcullis(&["explain", "DL3008"]).stdout.contains("dockerfile/apt-unpinned"), "as Hadolint calls it");
    let near = portcullis(&["explain", "kubernetes/priviledged-container"]).stderr;
    assert!(near.contains("is it kubernetes/privileged-container?"), "{near}");
    assert!(portcullis(&["explain", "cve-2020-26235"]).stdout.contains("RUSTSEC-2020-0071"));
    let advisory = portcullis(&["explain", "CVE-2020-26235"]);
    assert_eq!(advisory.code, 0, "{}", advisory.stderr);
    assert!(advisory.stdout.contains("RUSTSEC-2020-0071") && advisory.stdout.contains("time"), "{}", advisory.stdout);
    let folder = Folder::with(SERVICE);
    let run = portcullis_in(
        folder.path(),
        &["scan", "service.yaml", "--policy", "team.rego", "--no-builtin-policies", "--now", NOW, "-f", "json=a.json"],
        b"",
    );
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: Value = serde_json::from_str(&std::fs::read_to_string(folder.path().join("a.json")).unwrap()).unwrap();
    let fingerprint = report["targets"][0]["findings"][0]["fingerprint"].as_str().unwrap();
    let explained = portcullis_in(folder.path(), &["explain", fingerprint, "--report", "a.json"], b"");
    assert!(explained.stdout.contains("service web is public"), "{}{}", explained.stdout, explained.stderr);
    assert_eq!(portcullis(&["explain", "CVE-0000-0000"]).code, 2);
}

#[test]
fn the_builtin_examples_pass() {
    let run = portcullis(&["policy", "test", "policies", "-f", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    assert_eq!((run.code, answer["failed"].as_u64(), answer["errors"].as_u64()), (0, Some(0), Some(0)), "{answer:#}");
    assert!(answer["passed"].as_u64() >= Some(40), "{answer:#}");
}

#[test]
fn test_rules_and_their_failures_are_cases() {
    let folder = Folder::with(SERVICE);
    folder.write(
        "team_test.rego",
        "package main\n\nimport rego.v1\n\ntest_public if {\n\tcount(deny) == 1 with input as {\"kind\": \"Service\", \"metadata\": {\"name\": \"a\"}, \"spec\": {\"type\": \"LoadBalancer\"}}\n}\n\ntest_wrong if {\n\tcount(deny) == 7 with input as {\"kind\": \"Service\"}\n}\n",
    );
    let run = portcullis_in(folder.path(), &["policy", "test", ".", "-f", "json"], b"");
    let answer: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
    assert_eq!((run.code, &answer["passed"], &answer["failed"]), (1, &1.into(), &1.into()), "{answer:#}");
    let failed = answer["cases"].as_array().unwrap().iter().find(|case| case["outcome"] == "fail").unwrap();
    assert!(failed.to_string().contains("test_wrong"), "{failed}");
    let junit = portcullis_in(folder.path(), &["policy", "test", ".", "-f", "junit"], b"");
    assert!(junit.stdout.starts_with("<?xml") && junit.stdout.contains("failures=\"1\""), "{}", junit.stdout);
    let empty = Folder::with("--- a.txt\nnothing\n");
    assert_eq!(portcullis_in(empty.path(), &["policy", "test", "."], b"").code, 2);
}

#[test]
fn faults_of_policies_in_every_format() {
    let folder = Folder::with(
        "--- p/bad.rego\npackage main\n\ndeny contains msg if {\n\tmsg := cuont(input.a)\n}\n\
         --- p/slip.rego\n# METADATA\n# custom:\n#   kind: kubernetes\npackage slip\n\ndeny contains msg if {\n\tinput.metdata.name == \"a\"\n\tmsg := sprintf(\"%s %d\", [input.kind])\n}\n",
    );
    let check = |more: &[&str]| {
        portcullis_in(folder.path(), &[&["policy", "check", "p", "--now", NOW][..], more].concat(), b"")
    };
    let run = check(&["-f", "sarif"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let log: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stdout));
    crate::sarif::check_schema(&log);
    let results = log["runs"][0]["results"].as_array().unwrap().iter();
    let shown = results.map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        let level = result["level"].as_str().unwrap();
        format!("{level} {} {uri}:{}", result["ruleId"].as_str().unwrap(), place["region"]["startLine"])
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        [
            "error rego/unknown-function p/bad.rego:4",
            "note rego/unknown-field p/slip.rego:7",
            "note rego/sprintf p/slip.rego:8"
        ]
    );
    for rule in log["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap() {
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"), "{rule:#}");
        assert!(rule["help"]["text"].as_str().unwrap().len() > 80, "{rule:#}");
    }
    for format in ["json", "junit", "github", "html", "gitlab-sast"] {
        let run = check(&["-f", format]);
        assert_eq!(run.code, 2, "{format}: {}", run.stderr);
        assert!(run.stdout.contains("cuont"), "{format}: {}", run.stdout);
    }
    std::fs::remove_file(folder.path().join("p/bad.rego")).unwrap();
    let both = check(&["-f", "text", "-f", "json=check.json"]);
    assert_eq!(both.code, 0, "{}", both.stderr);
    assert!(both.stderr.contains("metdata") && both.stdout.contains("all compile"), "{}", both.stderr);
    let report: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.path().join("check.json")).unwrap()).unwrap();
    assert_eq!(report["verdict"]["outcome"], "pass");
}

#[test]
fn our_own_policies_have_no_slips() {
    let root = testkit::workspace().join("fixtures");
    let mut folders = vec![testkit::workspace().join("policies")];
    let conventions: Vec<_> =
        std::fs::read_dir(root.join("conventions")).unwrap().flatten().map(|entry| entry.path()).collect();
    folders.extend(conventions);
    folders.extend(std::fs::read_dir(root.join("gatekeeper")).unwrap().flatten().map(|entry| entry.path()));
    for folder in folders.iter().filter(|folder| folder.is_dir()) {
        let data = folder.join("data");
        let more = if data.exists() { vec!["--data".to_owned(), data.display().to_string()] } else { Vec::new() };
        let more: Vec<&str> = more.iter().map(String::as_str).collect();
        let run = portcullis_in(folder, &[&["policy", "check", "."], &more[..]].concat(), b"");
        assert!(run.code == 0 || folder.ends_with("labels"), "{}: {}", folder.display(), run.stderr);
        let slips =
            run.stderr.lines().filter(|line| line.contains("[rego/unknown-field") || line.contains("[rego/sprintf"));
        assert_eq!(slips.collect::<Vec<_>>(), Vec::<&str>::new(), "{}", folder.display());
    }
}
