//! GitLab's reports: what its schema asks, and no shape that its own samples do not have.

use std::collections::{BTreeSet, HashSet};

use model::Report;
use proptest::prelude::*;
use serde_json::Value;

use crate::{Format, Options, testing, write};

const ALL: [Format; 3] = [Format::GitlabContainer, Format::GitlabDependency, Format::GitlabSast];

fn gitlab(report: &Report, format: Format) -> Value {
    let mut bytes = Vec::new();
    write(report, format, &Options::default(), &mut bytes).expect("a Vec takes every write");
    serde_json::from_slice(&bytes).expect("JSON")
}

/// What the schema of generation 15 requires, as far as a wrong value makes the service refuse the file.
fn check(report: &Report, format: Format) {
    let file = gitlab(report, format);
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    assert_eq!(file["version"], "15.0.7");
    let scan = &file["scan"];
    for time in ["start_time", "end_time"] {
        assert!(text(&scan[time]).len() == 19 && text(&scan[time]).contains('T'), "{scan}");
    }
    for tool in ["analyzer", "scanner"] {
        for field in ["id", "name", "version"] {
            assert_ne!(text(&scan[tool][field]), "", "{tool} {field}");
        }
    }
    assert!(["success", "failure"].contains(&scan["status"].as_str().expect("a text")));
    for message in scan["messages"].as_array().expect("a list") {
        assert!(["info", "warn", "fatal"].contains(&message["level"].as_str().expect("a text")));
        assert_ne!(text(&message["value"]), "");
    }
    let mut ids = HashSet::new();
    for one in file["vulnerabilities"].as_array().expect("a list") {
        assert!(ids.insert(text(&one["id"])), "{} is there twice", one["id"]);
        assert!((1..=255).contains(&text(&one["name"]).chars().count()));
        assert!(
            ["Info", "Unknown", "Low", "Medium", "High", "Critical"]
                .contains(&one["severity"].as_str().expect("a text"))
        );
        let identifiers = one["identifiers"].as_array().expect("a list");
        assert!(!identifiers.is_empty() && identifiers.len() <= 20);
        for identifier in identifiers {
            assert!(["type", "name", "value"].iter().all(|field| !text(&identifier[field]).is_empty()), "{identifier}");
        }
        let needed: &[&str] = match format {
            Format::GitlabContainer => &["image", "operating_system"],
            _ => &["file"],
        };
        assert!(needed.iter().all(|field| !text(&one["location"][field]).is_empty()), "{one}");
        assert_eq!(one["location"].get("dependency").is_some(), format != Format::GitlabSast);
    }
}

/// Every path of keys in a document: `vulnerabilities[].location.image`.
fn paths(value: &Value, at: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            let path = format!("{at}.{key}");
            paths(value, &path, all);
            all.insert(path);
        }),
        Value::Array(items) => items.iter().for_each(|item| paths(item, &format!("{at}[]"), all)),
        _ => {}
    }
}

#[test]
fn each_type_of_scan() {
    for format in ALL {
        check(&testing::report(), format);
        check(&testing::empty_report(), format);
    }
}

/// Paths of keys that no sample has are ours alone, and only these.
#[test]
fn shapes_are_those_of_the_service() {
    let Some(samples) = testkit::shared("conformance/gitlab-samples") else { return };
    let Some(goldens) = testkit::shared("samples/peer-goldens") else { return };
    let mut files: Vec<_> =
        ["alpine-310.gitlab.golden", "npm.gitlab.golden"].iter().map(|name| goldens.join(name)).collect();
    for folder in ["gitlab_container_scan", "gitlab_dep_scan", "gitlab_sast"] {
        let entries = std::fs::read_dir(samples.join(folder)).expect("the samples are unpacked");
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    let mut known = BTreeSet::new();
    for file in files {
        let document = serde_json::from_slice(&std::fs::read(&file).expect("a sample")).expect("JSON");
        paths(&document, "", &mut known);
    }
    let mut ours = BTreeSet::new();
    ALL.iter().for_each(|format| paths(&gitlab(&testing::report(), *format), "", &mut ours));
    let alone: Vec<String> = ours.difference(&known).cloned().collect();
    insta::assert_snapshot!(alone.join("\n"), @r"
        .scan.messages
        .scan.messages[].level
        .scan.messages[].value
        ");
}

#[test]
fn each_finding_is_in_one_file() {
    let report = testing::report();
    let mut ids: Vec<String> = Vec::new();
    for format in ALL {
        let file = gitlab(&report, format);
        ids.extend(file["vulnerabilities"].as_array().expect("a list").iter().map(|one| one["id"].to_string()));
    }
    let number = ids.len();
    let open =
        report.targets.iter().flat_map(|target| &target.findings).filter(|one| one.status == model::Status::Open);
    assert_eq!(number, open.count());
    assert_eq!(ids.into_iter().collect::<HashSet<_>>().len(), number);
}

/// It has no file, and its tag would make it new with every build. Whoever reads another file is told.
#[test]
fn what_is_about_an_image_as_a_whole_stands_at_the_image() {
    let file = gitlab(&testing::report(), Format::GitlabSast);
    let all = file["vulnerabilities"].as_array().expect("a list");
    let found = all.iter().find(|one| one["identifiers"][0]["name"] == "image/runs-as-root").expect("it is there");
    assert_eq!(found["location"], serde_json::json!({"file": "docker.example:5000/team/shop"}));
    for (format, other) in [(Format::GitlabContainer, "`gitlab-sast`"), (Format::GitlabSast, "`gitlab-container`")] {
        let messages = gitlab(&testing::report(), format)["scan"]["messages"].to_string();
        assert!(messages.contains(&format!("written with the format {other}")), "{messages}");
    }
}

#[test]
fn a_vulnerability_of_each() {
    let find = |format: Format, name: &str| {
        let file = gitlab(&testing::report(), format);
        let all = file["vulnerabilities"].as_array().cloned().expect("a list");
        let found = all.into_iter().find(|one| one["identifiers"][0]["name"] == name).expect("it is there");
        serde_json::to_string_pretty(&found).expect("JSON")
    };
    insta::assert_snapshot!(find(Format::GitlabContainer, "CVE-2023-46218"), @r#"
        {
          "id": "1332af965f15f8a895c3872cc46c539b",
          "name": "curl 7.88.1-10+deb12u4 is affected by CVE-2023-46218",
          "description": "curl 7.88.1-10+deb12u4 is affected by CVE-2023-46218.",
          "severity": "Medium",
          "solution": "Upgrade to 7.88.1-10+deb12u5.",
          "location": {
            "dependency": {
              "package": {
                "name": "curl"
              },
              "version": "7.88.1-10+deb12u4"
            },
            "operating_system": "debian:12",
            "image": "docker.example:5000/team/shop:1.2"
          },
          "identifiers": [
            {
              "type": "cve",
              "name": "CVE-2023-46218",
              "value": "CVE-2023-46218"
            }
          ]
        }
        "#);
    insta::assert_snapshot!(find(Format::GitlabDependency, "CVE-2022-24999"), @r#"
        {
          "id": "6cf562411120d5bf1fbf258385665bf1",
          "name": "Prototype poisoning in qs",
          "description": "qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3. A query string can set the prototype of an object.",
          "severity": "High",
          "solution": "upgrade to 6.7.3",
          "location": {
            "file": "services/shop/web/package-lock.json",
            "dependency": {
              "package": {
                "name": "qs"
              },
              "version": "6.7.0"
            }
          },
          "identifiers": [
            {
              "type": "cve",
              "name": "CVE-2022-24999",
              "value": "CVE-2022-24999",
              "url": "https://nvd.example/vuln/detail/CVE-2022-24999"
            },
            {
              "type": "ghsa",
              "name": "GHSA-hrpp-h998-j3pp",
              "value": "GHSA-hrpp-h998-j3pp"
            },
            {
              "type": "cwe",
              "name": "CWE-1321",
              "value": "1321"
            }
          ],
          "links": [
            {
              "url": "https://nvd.example/vuln/detail/CVE-2022-24999"
            }
          ]
        }
        "#);
    insta::assert_snapshot!(find(Format::GitlabSast, "kubernetes/privileged-container"), @r#"
        {
          "id": "050281d1d287c2f5aef132fb4ad63994",
          "name": "Privileged container",
          "description": "container web runs privileged.",
          "severity": "Critical",
          "solution": "Set securityContext.privileged to false.",
          "location": {
            "file": "services/shop/deploy/web.yaml",
            "start_line": 21,
            "end_line": 21
          },
          "identifiers": [
            {
              "type": "portcullis_policy",
              "name": "kubernetes/privileged-container",
              "value": "kubernetes/privileged-container"
            },
            {
              "type": "cwe",
              "name": "CWE-250",
              "value": "250"
            }
          ]
        }
        "#);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn hostile_texts_stay_acceptable(bad in any::<String>()) {
        let mut report = testing::report();
        report.verdict.reasons.push(bad.clone());
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for finding in &mut target.findings {
                finding.title.clone_from(&bad);
                finding.message.clone_from(&bad);
                finding.aliases = vec![bad.clone()];
                finding.remedy = Some(bad.clone());
            }
        }
        ALL.iter().for_each(|format| check(&report, *format));
    }
}
