//! SPDX against its own schema, and as a graph.

use std::collections::HashSet;

use model::Report;
use proptest::prelude::*;
use serde_json::Value;

use crate::{Format, Options, testing, write};

fn spdx(report: &Report) -> Value {
    let mut bytes = Vec::new();
    write(report, Format::Spdx, &Options::default(), &mut bytes).expect("a Vec takes every write");
    serde_json::from_slice(&bytes).expect("JSON")
}

fn check(report: &Report) {
    let document = spdx(report);
    check_graph(&document);
    let Some(path) = testkit::shared("conformance/spdx/spdx-schema-2.3.json") else { return };
    let schema: Value = serde_json::from_slice(&std::fs::read(path).expect("the schema is readable")).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let errors: Vec<String> =
        validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// Identifiers are unique and of the allowed characters; relationships join what is there.
fn check_graph(document: &Value) {
    let mut ids = HashSet::from(["SPDXRef-DOCUMENT".to_owned()]);
    for package in document["packages"].as_array().expect("a list") {
        let id = package["SPDXID"].as_str().expect("an id");
        assert!(id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)), "{id}");
        assert!(ids.insert(id.to_owned()), "{id} is there twice");
    }
    for relationship in document["relationships"].as_array().expect("a list") {
        for end in ["spdxElementId", "relatedSpdxElement"] {
            assert!(ids.contains(relationship[end].as_str().expect("an id")), "{relationship}");
        }
    }
    let namespace = document["documentNamespace"].as_str().expect("a text");
    assert!(namespace.starts_with("urn:uuid:") && !namespace.contains('#'));
}

#[test]
fn keeps_to_its_schema() {
    check(&testing::report());
    check(&testing::empty_report());
}

#[test]
fn a_package_and_what_it_needs() {
    let mut report = testing::report();
    report.targets.truncate(1);
    let document = spdx(&report);
    let packages = document["packages"].as_array().expect("a list");
    let express = packages.iter().find(|package| package["name"] == "express").expect("it is there");
    insta::assert_snapshot!(serde_json::to_string_pretty(express).expect("JSON"), @r#"
    {
      "SPDXID": "SPDXRef-target-0-package-2",
      "name": "express",
      "downloadLocation": "NOASSERTION",
      "filesAnalyzed": false,
      "licenseConcluded": "NOASSERTION",
      "licenseDeclared": "AGPL-3.0-only",
      "copyrightText": "NOASSERTION",
      "primaryPackagePurpose": "LIBRARY",
      "versionInfo": "4.17.1",
      "sourceInfo": "found by npm-lock in web/package-lock.json",
      "checksums": [
        {
          "algorithm": "SHA512",
          "checksumValue": "55555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555"
        }
      ],
      "externalRefs": [
        {
          "referenceCategory": "PACKAGE-MANAGER",
          "referenceType": "purl",
          "referenceLocator": "pkg:npm/express@4.17.1"
        }
      ]
    }
    "#);
    let name = |id: &Value| {
        packages
            .iter()
            .find(|package| package["SPDXID"] == *id)
            .and_then(|package| package["name"].as_str())
            .unwrap_or_default()
    };
    let needs = document["relationships"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|one| one["relationshipType"] == "DEPENDS_ON");
    let needs: Vec<String> =
        needs.map(|one| format!("{} > {}", name(&one["spdxElementId"]), name(&one["relatedSpdxElement"]))).collect();
    insta::assert_snapshot!(needs.join("\n"), @r"
        body-parser > qs
        express > body-parser
        express > qs
        ");
    insta::assert_snapshot!(document["creationInfo"].to_string(), @r#"{"created":"2026-08-24T00:00:00Z","creators":["Tool: portcullis-0.1.0"],"comment":"judged with embedded advisory data of 2026-08-21, 2 days old"}"#);
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
        }
        check(&report);
    }
}
