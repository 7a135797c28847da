//! The official suite of package URLs: parse, build, validate.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use portcullis_model::{Purl, PurlError};
use serde_json::Value;

/// The number of cases, so that a suite that is not read is noticed.
const CASES: usize = 586;

/// Runs one case; the fault says what came out instead.
fn check(case: &Value) -> Result<(), String> {
    let found: Result<Value, PurlError> = match case["test_type"].as_str() {
        Some("build") => build(&case["input"]).map(|purl| purl.to_string().into()),
        Some("parse") => parse(case).map(|purl| components(&purl)),
        Some("validate") => text(&case["input"]).parse::<Purl>().map(|purl| purl.to_string().into()),
        other => return Err(format!("unknown kind of test: {other:?}")),
    };
    let expected = &case["expected_output"];
    match (found, case["expected_failure"] == true) {
        (Err(_), true) => Ok(()),
        (Ok(found), true) => Err(format!("should fail, gave {found}")),
        (Err(fault), false) => Err(format!("{fault}")),
        (Ok(found), false) if found == *expected || is_same(&found, expected) => Ok(()),
        (Ok(found), false) => Err(format!("gave {found}, expected {expected}")),
    }
}

/// Cases of the group `required` are about the strict reading, `recommended` ones about what is also read.
fn parse(case: &Value) -> Result<Purl, PurlError> {
    if case["test_group"] == "required" {
        Purl::parse_strict(text(&case["input"]))
    } else {
        text(&case["input"]).parse()
    }
}

fn build(input: &Value) -> Result<Purl, PurlError> {
    let part = |name: &str| input[name].as_str();
    let qualifiers = input["qualifiers"].as_object().into_iter().flatten();
    let qualifiers = qualifiers.map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default()));
    let purl_type = part("type").unwrap_or_default();
    Purl::build(
        purl_type,
        part("namespace"),
        part("name").unwrap_or_default(),
        part("version"),
        qualifiers,
        part("subpath"),
    )
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn components(purl: &Purl) -> Value {
    serde_json::json!({
        "type": purl.purl_type().as_str(), "namespace": purl.namespace(), "name": purl.name(),
        "version": purl.version(), "qualifiers": purl.qualifiers().collect::<BTreeMap<_, _>>(), "subpath": purl.subpath(),
    })
}

/// The suite writes no qualifiers as null.
fn is_same(found: &Value, expected: &Value) -> bool {
    let mut expected = expected.clone();
    if expected.is_object() && expected["qualifiers"].is_null() {
        expected["qualifiers"] = serde_json::json!({});
    }
    *found == expected
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect();
    files.sort();
    files
}

/// Types whose definition asks for a namespace that a package database does not tell.
const UNKNOWN_DISTRIBUTION: &[&str] = &["alpm", "apk", "deb", "rpm", "golang"];

/// Checks what a type definition says of presence and case against what is built.
fn check_definition(definition: &Value) -> Result<(), String> {
    let purl_type = text(&definition["type"]);
    let qualifiers = definition["qualifiers_definition"].as_array().into_iter().flatten();
    let needed: Vec<(&str, &str)> =
        qualifiers.filter(|rule| rule["requirement"] == "required").map(|rule| (text(&rule["key"]), "q")).collect();
    let name = if purl_type == "chrome-extension" { "ABCDEFGHIJKLMNOPABCDEFGHIJKLMNOP" } else { "Name" };
    let version = if purl_type == "chrome-extension" { "1.0" } else { "V1" };
    let build = |namespace| Purl::build(purl_type, namespace, name, Some(version), needed.iter().copied(), None);
    let namespace = &definition["namespace_definition"];
    let is_prohibited = namespace["requirement"] == "prohibited";
    let is_required = namespace["requirement"] == "required" && !UNKNOWN_DISTRIBUTION.contains(&purl_type);
    if build(Some("Space")).is_err() != is_prohibited || build(None).is_err() != is_required {
        return Err(format!("{purl_type}: presence of the namespace"));
    }
    if !needed.is_empty() && Purl::new(purl_type, None, name, None).is_ok() {
        return Err(format!("{purl_type}: presence of a qualifier"));
    }
    let purl = build(if is_prohibited { None } else { Some("Space") }).map_err(|fault| fault.to_string())?;
    let parts = [("namespace", purl.namespace()), ("name", Some(purl.name())), ("version", purl.version())];
    for (part, found) in parts {
        let is_folded = definition[format!("{part}_definition")]["case_sensitive"] == false;
        if found.is_some_and(|found| found.bytes().any(|byte| byte.is_ascii_uppercase()) == is_folded)
            && found != Some("1.0")
        {
            return Err(format!("{purl_type}: case of the {part}"));
        }
    }
    Ok(())
}

#[test]
fn every_type_definition() {
    let Some(folder) = testkit::shared("conformance/purl/types") else { return };
    let mut seen = 0;
    for file in files_below(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "json")) {
        let definition = serde_json::from_slice(&std::fs::read(file).expect("a definition")).expect("JSON");
        seen += 1;
        assert_eq!(check_definition(&definition), Ok(()));
    }
    assert_eq!(seen, 42);
}

#[test]
fn every_case_of_the_suite() {
    let Some(folder) = testkit::shared("conformance/purl/tests") else { return };
    let mut seen = 0;
    let mut faults = Vec::new();
    for file in files_below(&folder) {
        let suite: Value = serde_json::from_slice(&std::fs::read(&file).expect("a suite")).expect("JSON");
        for case in suite["tests"].as_array().expect("cases") {
            seen += 1;
            if let Err(fault) = check(case) {
                let name = file.file_stem().unwrap_or_default().display();
                faults.push(format!("{name} {} {} {}: {fault}", case["test_type"], case["test_group"], case["input"]));
            }
        }
    }
    assert!(faults.is_empty(), "{} of {seen} cases:\n{}", faults.len(), faults.join("\n"));
    assert_eq!(seen, CASES);
}
