//! What consumers refuse, as research/07 lists it for GitHub, Azure, GitLab, DefectDojo, Jenkins and editors.

use serde_json::Value;

use super::sarif;
use crate::{Options, testing};

/// Fails for anything that makes a consumer refuse the file or drop a result.
pub(super) fn check(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    assert!(text(&log["$schema"]).ends_with("sarif-2.1.0.json"));
    let runs = list(&log["runs"]);
    assert!(runs.len() <= 20);
    for run in runs {
        check_run(run);
    }
}

fn check_run(run: &Value) {
    let driver = &run["tool"]["driver"];
    for field in ["name", "fullName", "version", "semanticVersion"] {
        assert_ne!(text(&driver[field]), "", "{field}");
    }
    let id = text(&run["automationDetails"]["id"]);
    assert!(id.contains('/') && id.ends_with('/'), "without a slash the category is empty: {id}");
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert!(text(&run["originalUriBaseIds"]["SRCROOT"]["uri"]).ends_with('/'));
    let rules = list(&driver["rules"]);
    let results = list(&run["results"]);
    assert!(rules.len() <= 25_000 && results.len() <= 25_000);
    rules.iter().for_each(check_rule);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("a small index");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        check_result(result);
    }
    for notification in run["invocations"][0]["toolExecutionNotifications"].as_array().into_iter().flatten() {
        assert_ne!(text(&notification["message"]["text"]), "");
        let index =
            usize::try_from(notification["descriptor"]["index"].as_u64().expect("an index")).expect("a small index");
        assert_eq!(driver["notifications"][index]["id"], notification["descriptor"]["id"]);
    }
    let taxa = |relationship: &Value| {
        run["taxonomies"][0]["taxa"][relationship["target"]["index"].as_u64().expect("an index") as usize]["id"].clone()
    };
    for relationship in rules.iter().flat_map(|rule| rule["relationships"].as_array().into_iter().flatten()) {
        assert_eq!(relationship["target"]["id"], taxa(relationship));
    }
}

fn check_rule(rule: &Value) {
    for field in ["id", "name"] {
        assert!((1..=255).contains(&text(&rule[field]).chars().count()), "{field}: {rule}");
    }
    for field in ["shortDescription", "fullDescription"] {
        assert!((1..=1024).contains(&text(&rule[field]["text"]).encode_utf16().count()), "{field}: {rule}");
    }
    assert_ne!(text(&rule["help"]["text"]), "");
    assert!(["note", "warning", "error"].contains(&text(&rule["defaultConfiguration"]["level"])));
    if let Some(uri) = rule.get("helpUri") {
        assert!(text(uri).starts_with("https://") || text(uri).starts_with("http://"), "{uri}");
    }
    let properties = &rule["properties"];
    assert!(list(&properties["tags"]).len() <= 10);
    if let Some(number) = properties.get("security-severity") {
        let number: f64 = text(number).parse().expect("a number in a text");
        assert!((0.1..=10.0).contains(&number), "{number}");
    }
}

fn check_result(result: &Value) {
    assert_eq!(result["kind"], "fail");
    assert_ne!(text(&result["message"]["text"]), "");
    assert!(["note", "warning", "error"].contains(&text(&result["level"])));
    assert_eq!(list(&result["locations"]).len(), 1, "some readers make a finding of each");
    let related = result["relatedLocations"].as_array().into_iter().flatten();
    assert!(related.clone().count() < 100);
    list(&result["locations"]).iter().chain(related).for_each(check_location);
    for (key, value) in result["partialFingerprints"].as_object().expect("fingerprints") {
        let is_versioned = key.rsplit_once("/v").is_some_and(|(_, version)| version.parse::<u32>().is_ok());
        assert!(is_versioned || !key.contains('/'), "{key}");
        assert_ne!(text(value), "");
    }
    assert!(result["rank"].is_null() || result["rank"].as_f64().is_some_and(|rank| (0.0..=100.0).contains(&rank)));
}

fn check_location(location: &Value) {
    let physical = &location["physicalLocation"];
    let uri = text(&physical["artifactLocation"]["uri"]);
    let first = uri.split('/').next().unwrap_or_default();
    assert!(
        !uri.is_empty() && uri.is_ascii() && !first.contains(':') && !uri.contains('\\') && !uri.contains(' '),
        "{uri}"
    );
    assert!(uri.split('/').all(|part| !matches!(part, "" | "." | "..")), "{uri}");
    let number = |name: &str| physical["region"][name].as_u64().filter(|number| *number >= 1).expect("a number from 1");
    let (start, end) = ((number("startLine"), number("startColumn")), (number("endLine"), number("endColumn")));
    assert!(start <= end, "{location}");
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn all_take_the_fixture() {
    check(&sarif(&testing::report(), &Options::default()));
    check(&sarif(&testing::report(), &Options { include_suppressed: true, ..Options::default() }));
    check(&sarif(&testing::empty_report(), &Options::default()));
}

#[test]
fn weaknesses_are_tags_and_relationships() {
    let log = sarif(&testing::report(), &Options::default());
    let rule = list(&log["runs"][0]["tool"]["driver"]["rules"])
        .iter()
        .find(|rule| rule["id"] == "CVE-2022-24999")
        .expect("the rule");
    insta::assert_snapshot!(rule["properties"]["tags"].to_string(), @r#"["external/cwe/cwe-1321","npm","security","vulnerability"]"#);
    insta::assert_snapshot!(rule["relationships"].to_string(), @r#"[{"target":{"id":"CWE-1321","index":1,"toolComponent":{"name":"CWE","index":0}},"kinds":["superset"]}]"#);
    insta::assert_snapshot!(log["runs"][0]["taxonomies"][0]["taxa"].to_string(), @r#"[{"id":"CWE-250","helpUri":"https://cwe.mitre.org/data/definitions/250.html"},{"id":"CWE-1321","helpUri":"https://cwe.mitre.org/data/definitions/1321.html"}]"#);
}

#[test]
fn help_is_written_in_neither_language_by_others() {
    let log = sarif(&testing::report(), &Options::default());
    let rule = list(&log["runs"][0]["tool"]["driver"]["rules"])
        .iter()
        .find(|rule| rule["id"] == "CVE-2022-24999")
        .expect("the rule");
    insta::assert_snapshot!(text(&rule["help"]["text"]), @r"
        A query string can set the prototype of an object.

        See \[the <b>advisory</b>\](http://evil.example) and {{0}}.

        Also known as: GHSA-hrpp-h998-j3pp

        Weaknesses: CWE-1321

        Read more:
        https://nvd.example/vuln/detail/CVE-2022-24999
        ");
    insta::assert_snapshot!(text(&rule["help"]["markdown"]), @r"
        A query string can set the prototype of an object.

        See \[the &lt;b&gt;advisory&lt;/b&gt;\](http&#58;//evil.example) and {0}.

        **Also known as:** GHSA-hrpp-h998-j3pp

        **Weaknesses:** CWE-1321

        - <https://nvd.example/vuln/detail/CVE-2022-24999>
        ");
}
