//! CycloneDX against its own schema, and as a graph.

use std::collections::HashSet;

use model::Report;
use proptest::prelude::*;
use serde_json::Value;

use crate::{Format, Options, testing, write};

fn bom(report: &Report) -> Value {
    let mut bytes = Vec::new();
    write(report, Format::Cyclonedx, &Options::default(), &mut bytes).expect("a Vec takes every write");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn read(name: &str) -> Option<Value> {
    let path = testkit::shared("conformance/cyclonedx/schema")?.join(name);
    Some(serde_json::from_slice(&std::fs::read(path).expect("the schema is readable")).expect("JSON"))
}

fn check(report: &Report) {
    check_graph(&bom(report));
    let Some(schema) = read("bom-1.6.schema.json") else { return };
    let others = ["spdx.schema.json", "jsf-0.82.schema.json"];
    let registry = others.iter().fold(jsonschema::Registry::new(), |registry, name| {
        let schema = read(name).expect("it lies beside the other");
        registry.add(format!("http://cyclonedx.org/schema/{name}"), schema).expect("a schema")
    });
    let registry = registry.prepare().expect("schemas that refer to each other");
    let validator = jsonschema::options().with_registry(&registry).build(&schema).expect("a valid schema");
    let bom = bom(report);
    let errors: Vec<String> =
        validator.iter_errors(&bom).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// References are unique, and what is referred to is there.
fn check_graph(bom: &Value) {
    let list = |name: &str| bom[name].as_array().cloned().unwrap_or_default();
    let mut references = HashSet::new();
    let components = list("components");
    for component in components.iter().chain([&bom["metadata"]["component"]]) {
        let reference = component["bom-ref"].as_str().expect("a reference");
        assert!(references.insert(reference.to_owned()), "{reference} is there twice");
    }
    for dependency in list("dependencies") {
        let on = dependency["dependsOn"].as_array().cloned().expect("a list");
        assert!(
            on.iter().chain([&dependency["ref"]]).all(|name| references.contains(name.as_str().unwrap_or_default())),
            "{dependency}"
        );
    }
    for vulnerability in list("vulnerabilities") {
        let affects = vulnerability["affects"].as_array().cloned().expect("a list");
        assert!(!affects.is_empty());
        assert!(affects.iter().all(|one| references.contains(one["ref"].as_str().unwrap_or_default())), "{affects:?}");
    }
}

#[test]
fn keeps_to_its_schema() {
    check(&testing::report());
    check(&testing::empty_report());
    check(&testing::report_of(Vec::new()));
}

#[test]
fn a_component_and_its_vulnerability() {
    let mut report = testing::report();
    report.targets.truncate(1);
    let bom = bom(&report);
    let find = |list: &str, key: &str, value: &str| {
        let found = bom[list].as_array().expect("a list").iter().find(|one| one[key] == value);
        serde_json::to_string_pretty(found.expect("it is there")).expect("JSON")
    };
    insta::assert_snapshot!(find("components", "name", "qs"), @r#"
        {
          "type": "library",
          "bom-ref": "pkg:npm/qs@6.7.0",
          "name": "qs",
          "version": "6.7.0",
          "scope": "required",
          "purl": "pkg:npm/qs@6.7.0",
          "evidence": {
            "occurrences": [
              {
                "location": "web/package-lock.json",
                "line": 41
              }
            ]
          },
          "properties": [
            {
              "name": "portcullis:found-by",
              "value": "npm-lock"
            }
          ]
        }
        "#);
    insta::assert_snapshot!(find("dependencies", "ref", "pkg:npm/express@4.17.1"), @r#"
        {
          "ref": "pkg:npm/express@4.17.1",
          "dependsOn": [
            "pkg:npm/body-parser@1.19.0",
            "pkg:npm/qs@6.7.0"
          ]
        }
        "#);
    insta::assert_snapshot!(find("vulnerabilities", "id", "CVE-2022-24999"), @r#"
        {
          "bom-ref": "vulnerability/CVE-2022-24999",
          "id": "CVE-2022-24999",
          "source": {
            "url": "https://nvd.example/vuln/detail/CVE-2022-24999"
          },
          "ratings": [
            {
              "severity": "high",
              "score": 7.5
            }
          ],
          "cwes": [
            1321
          ],
          "description": "A query string can set the prototype of an object. See [the <b>advisory</b>](http://evil.example) and {0}.",
          "recommendation": "upgrade to 6.7.3",
          "advisories": [
            {
              "url": "https://nvd.example/vuln/detail/CVE-2022-24999"
            }
          ],
          "affects": [
            {
              "ref": "pkg:npm/qs@6.7.0",
              "versions": [
                {
                  "version": "6.7.0",
                  "status": "affected"
                }
              ]
            }
          ],
          "properties": [
            {
              "name": "portcullis:alias",
              "value": "GHSA-hrpp-h998-j3pp"
            }
          ]
        }
        "#);
}

#[test]
fn what_a_layer_deleted_is_not_shipped() {
    let mut report = testing::report();
    report.targets.truncate(1);
    report.targets[0].packages.iter_mut().for_each(|package| package.state = model::PackageState::RemovedLater);
    let bom = bom(&report);
    assert_eq!((&bom["components"], &bom["vulnerabilities"]), (&serde_json::json!([]), &serde_json::json!([])));
}

#[test]
fn a_waiver_claims_no_state() {
    let bom = bom(&testing::report());
    let waived = bom["vulnerabilities"].as_array().expect("a list").iter().find(|one| one["id"] == "CVE-2023-45857");
    insta::assert_snapshot!(waived.expect("it is there")["analysis"].to_string(), @r#"{"detail":"accepted: the proxy \\u{1b}[1mstrips\\u{1b}[0m the header"}"#);
}

#[test]
fn equal_reports_have_equal_names() {
    let name = |report: &Report| bom(report)["serialNumber"].clone();
    assert_eq!(name(&testing::report()), name(&testing::report()));
    assert_ne!(name(&testing::report()), name(&testing::empty_report()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn hostile_texts_keep_to_the_schema(bad in any::<String>()) {
        let mut report = testing::report();
        report.tool.version.clone_from(&bad);
        for target in &mut report.targets {
            target.name.clone_from(&bad);
            for package in &mut target.packages {
                package.name.clone_from(&bad);
                package.version = Some(bad.clone());
                package.license = model::License::stated(&bad);
            }
            target.findings.iter_mut().for_each(|finding| finding.remedy = Some(bad.clone()));
        }
        report.rules.values_mut().for_each(|rule| {
            rule.cwes = vec![bad.clone(), "CWE-0".to_owned()];
            rule.links = vec![bad.clone(), format!("https://h/{bad}")];
        });
        check(&report);
    }
}
