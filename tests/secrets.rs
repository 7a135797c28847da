//! What a rule about secrets finds is in no report.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::command::{FORMATS, Folder, NOW, portcullis_in, scan_json};

/// Every rule that looks at what may be a secret, and of its failing examples the texts that nobody may read in a report.
const RULES: &[(&str, &[&str])] = &[
    ("azure-pipelines/secret-in-pipeline", &["93hd83hd", "correct-horse", "AKIA", "f3a9c1d2e4b5", "abc"]),
    ("compose/secret-in-environment", &["correct horse", "1234", "AKIA", "changeme", "93hd83hd", "correct-horse"]),
    ("dockerfile/password-in-run", &["correct-horse"]),
    ("dockerfile/secret-in-env", &["93hd", "correct horse", "correct-horse"]),
    ("dockerfile/secret-in-run", &["5f0e1d2c", "cm9ib3Q6NWYwZTFkMmM"]),
    ("github-actions/hardcoded-container-credentials", &["correct-horse", "password: 12345"]),
    (
        "github-actions/secret-in-workflow",
        &["93hd83hd", "12345678", "PASSWORD: postgres", ":postgres@", "AKIA", "f3a9c1d2e4b5", "correct-horse"],
    ),
    (
        "gitlab-ci/secret-in-variable",
        &["93hd83hd", "correct-horse", "PASSWORD: postgres", "abc", "AKIA", "f3a9c1d2e4b5"],
    ),
    ("image/secret-in-env", &["f3a9c1d2e4b5", "changeme", "hunter22"]),
    ("image/secret-in-history", &["f3a9c1d2e4b5", "hunter22", "dXNlcjpodW50ZXIyMg"]),
    ("kubernetes/secret-in-config-map", &["correct horse", "correct-horse"]),
    ("kubernetes/secret-in-env", &["correct horse", "correct-horse", "1234", "93hd83hd", "changeme", "AKIA"]),
    ("kubernetes/secret-in-manifest", &["aHVudGVyMg", "4f9d0c6e"]),
    ("terraform/backend-credentials", &["made-up-for", "hunter22"]),
    ("terraform/output-not-sensitive", &["correct-horse"]),
    ("terraform/secret-default", &["correct-horse", "changeme", "hunter22"]),
];

/// The examples that fail, with their texts.
fn examples(rule: &str) -> Vec<(String, String)> {
    let folder = testkit::workspace().join("policies").join(rule);
    let files = fs::read_dir(folder).expect("the rule's folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    let failing = files.filter(|path| name(path).starts_with("fail"));
    failing.map(|path| (name(&path), fs::read_to_string(&path).expect("a text"))).collect()
}

#[test]
fn secrets_that_rules_find_are_in_no_report() {
    for (rule, secrets) in RULES {
        let examples = examples(rule);
        for secret in *secrets {
            assert!(examples.iter().any(|(_, text)| text.contains(secret)), "{rule}: no example has `{secret}`");
        }
        for (name, text) in examples {
            let folder = Folder::new();
            folder.write(&name, &text);
            let mut arguments = vec!["scan".to_owned(), name.clone(), "--now".to_owned(), NOW.to_owned()];
            for format in FORMATS {
                arguments.extend(["-f".to_owned(), format!("{format}=report.{format}")]);
            }
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let run = portcullis_in(folder.path(), &arguments, b"");
            let read = |format: &str| fs::read_to_string(folder.path().join(format!("report.{format}")));
            let json = read("json").unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
            let report: Value = serde_json::from_str(&json).expect("JSON");
            let findings = report["targets"][0]["findings"].as_array().expect("findings");
            assert!(findings.iter().any(|finding| finding["rule"] == *rule), "{rule}: {name}: {report:#}");
            for format in FORMATS {
                let shown = read(format).expect("each report is written");
                for secret in *secrets {
                    let line = shown.lines().find(|line| line.contains(secret)).unwrap_or_default();
                    let around =
                        line.find(secret).map(|at| line[..at].char_indices().nth_back(80).map_or(0, |(at, _)| at));
                    let around = around.map_or("", |at| &line[at..]);
                    assert_eq!(around, "", "{rule}: {name}: {format} shows `{secret}`");
                }
            }
            findings.iter().for_each(|finding| columns_are_kept(finding, &text));
        }
    }
}

/// What is covered is as wide as what is there.
fn columns_are_kept(finding: &Value, text: &str) {
    let widths = |text: &str| text.lines().map(|line| line.chars().count()).collect::<Vec<_>>();
    for location in finding["locations"].as_array().expect("locations") {
        let Some(shown) = location["snippet"]["text"].as_str() else { continue };
        let first = location["snippet"]["line"].as_u64().expect("a line") as usize - 1;
        let shown = widths(shown);
        assert_eq!(shown, widths(text)[first..first + shown.len()], "{finding:#}");
    }
}

#[test]
fn every_rule_about_secrets_is_among_them() {
    let policies = testkit::workspace().join("policies");
    let folders = |path: &Path| {
        let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
        entries.filter(|path| path.is_dir()).collect::<Vec<_>>()
    };
    for rule in folders(&policies).iter().flat_map(|domain| folders(domain)) {
        let Ok(text) = fs::read_to_string(rule.join("rule.rego")) else { continue };
        let is_about_values =
            ["is_literal(", "is_disclosed(", "is_secret_value(", "\"conceal\""].iter().any(|word| text.contains(word));
        let id = rule.strip_prefix(&policies).expect("below it").to_string_lossy().replace('\\', "/");
        let is_known = RULES.iter().any(|(known, _)| *known == id);
        assert_eq!(is_about_values, is_known, "{id}: whatever values it finds must be in no report");
    }
}

#[test]
fn lines_beside_a_secret_do_not_show_it() {
    let folder = Folder::with(
        "--- Dockerfile\nFROM debian\nENV DB_PASSWORD=pw\nRUN sudo ls\n\
         --- key.yaml\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  key: |\n    -----BEGIN PRIVATE KEY-----\n    MIIEvQIBADANBgkq\n    hkiG9w0BAQEFAASC\n    -----END PRIVATE KEY-----\n",
    );
    let report = scan_json(folder.path(), &["--fail-on", "none"]);
    let shown = report.to_string();
    assert!(shown.contains("ENV DB_PASSWORD=**") && !shown.contains("=pw"), "{report:#}");
    assert!(shown.contains("BEGIN PRIVATE KEY") && !shown.contains("MIIE") && !shown.contains("hkiG"), "{report:#}");
}

#[test]
fn a_policy_of_a_user_says_what_is_not_shown() {
    let folder = Folder::with(
        "--- app.yaml\n# once: Tr0ub4dor\nlogin: Tr0ub4dor # é\npin: 12\n\
         --- login.rego\npackage main\n\nimport rego.v1\n\ndeny contains {\"msg\": sprintf(\"login %s at https://me:f3a9@example.org\", [input.login]), \"path\": [\"login\"], \"text\": input.login, \"conceal\": input.login}\n\n\
         warn contains {\"msg\": \"pin\", \"path\": [\"pin\"], \"conceal\": [input.pin]}\n",
    );
    let report = scan_json(folder.path(), &["app.yaml", "--policy", "login.rego", "--no-builtin-policies"]);
    let findings = report["targets"][0]["findings"].as_array().expect("findings");
    assert_eq!(findings[0]["message"], "login *** at https://me:***@example.org");
    assert_eq!(findings[0]["locations"][0]["snippet"]["text"], "# once: *********\nlogin: ********* # é\npin: **");
    assert_eq!(findings[0]["evidence"]["details"].get("conceal"), None);
    assert!(!report.to_string().contains("Tr0ub4dor"), "{report:#}");
}

#[test]
fn credentials_of_registries_are_in_no_inventory() {
    let folder = Folder::with(
        "--- package-lock.json\n{\"name\": \"x\", \"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"a\": \"1.0.0\"}},\n\
         \"node_modules/a\": {\"version\": \"1.0.0\", \"resolved\": \"https://me:hunter22@registry.example.org/a/-/a-1.0.0.tgz\"}}}\n\
         --- requirements.txt\n--index-url https://me:hunter22@pypi.example.org/simple\nb==1.0\nc @ git+https://hunter22@git.example.org/c.git\n\
         d @ https://me:hunter22@files.example.org/d-1.0.tar.gz\n--nothing https://me:hunter22@example.org\n",
    );
    let reports = FORMATS.map(|format| format!("--format={format}=report.{format}"));
    let arguments: Vec<&str> = ["scan", "--now", NOW].into_iter().chain(reports.iter().map(String::as_str)).collect();
    let run = portcullis_in(folder.path(), &arguments, b"");
    for format in FORMATS {
        let shown = fs::read_to_string(folder.path().join(format!("report.{format}")))
            .unwrap_or_else(|error| panic!("{error}: {}", run.stderr));
        assert!(!shown.contains("hunter22"), "{format}: {shown}");
    }
    let json = fs::read_to_string(folder.path().join("report.json")).expect("a report");
    for place in
        ["https://registry.example.org", "https://pypi.example.org/simple", "git+https://git.example.org/c.git"]
    {
        assert!(json.contains(place), "{place}: {json}");
    }
}
