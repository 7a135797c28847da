//! A source tree with something of every class.

use std::collections::BTreeMap;

use model::{
    Chains, Coverage, Finding, FindingClass, Location, Package, PackageCoverage, PolicyCoverage, Problem, ProblemKind,
    Purl, Relationship, Scope, Severity, Skipped, Status, Suppression, SuppressionKind, Target,
};

use serde_json::json;

use super::{empty_target, finding, package, path, piece, place, vulnerability};

const LOCK: &str = "web/package-lock.json";

pub(super) fn target() -> Target {
    let packages = packages();
    Target {
        name: "services/shop".to_owned(),
        coverage: Coverage {
            files_seen: 1_204,
            files_read: 9,
            bytes_read: 41_234,
            skipped: vec![Skipped { path: path("web/huge.yaml"), reason: "larger than 16 MiB".to_owned() }],
            documents: 4,
            document_kinds: [("dockerfile".to_owned(), 1), ("kubernetes".to_owned(), 3)].into(),
            objects: [("apps/v1/Deployment".to_owned(), 2), ("v1/Service".to_owned(), 1)].into(),
            packages: PackageCoverage { matched: 5, no_advisory_source: 1, undecided: 1 },
            policies: PolicyCoverage { evaluated: 80, unknown: 2, ..PolicyCoverage::default() },
        },
        findings: traced(&packages, [vulnerable(), policies(), others(), set_aside()].concat()),
        packages,
        problems: problems(),
        ..empty_target()
    }
}

/// With the chains a scanner would give them.
fn traced(packages: &[Package], mut findings: Vec<Finding>) -> Vec<Finding> {
    let chains = Chains::new(packages);
    for finding in &mut findings {
        let chain = finding.package.as_ref().map(|purl| chains.to(purl, None)).unwrap_or_default();
        finding.via = chain.iter().map(|package| package.purl().clone()).collect();
    }
    findings
}

fn packages() -> Vec<Package> {
    let located = |purl: &str, relationship, scope, line, dependencies: &[&str]| {
        let mut package = package(purl);
        package.relationship = relationship;
        package.scope = scope;
        package.locations = vec![place(LOCK, &[], 0, line, (7, 26))];
        package.dependencies = dependencies.iter().map(|name| (*name).to_owned()).collect();
        package
    };
    let mut express =
        located("pkg:npm/express@4.17.1", Relationship::Direct, Scope::Runtime, 20, &["body-parser", "qs"]);
    express.license = model::License::stated("AGPL-3.0-only");
    express.checksums = vec![format!("sha512:{}", "5".repeat(128)).parse().expect("a checksum")];
    vec![
        express,
        located("pkg:npm/body-parser@1.19.0", Relationship::Transitive, Scope::Runtime, 30, &["qs"]),
        located("pkg:npm/qs@6.7.0", Relationship::Transitive, Scope::Runtime, 41, &[]),
        located("pkg:npm/lodash@4.17.4", Relationship::Direct, Scope::Development, 52, &[]),
        located("pkg:npm/flatmap-stream@0.1.1", Relationship::Transitive, Scope::Runtime, 61, &[]),
        located("pkg:npm/axios@0.21.1", Relationship::Direct, Scope::Runtime, 80, &[]),
        located("pkg:npm/request@2.88.2", Relationship::Direct, Scope::Runtime, 70, &[]),
    ]
}

fn locked(name: &str, version: &str, line: u32) -> Location {
    let lines = [
        format!("    \"node_modules/{name}\": {{"),
        format!("      \"version\": \"{version}\","),
        "      \"dev\": false".to_owned(),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let end = 7 + u32::try_from(version.len()).expect("a short version") + 13;
    place(LOCK, &lines, line - 1, line, (7, end))
}

fn vulnerable() -> Vec<Finding> {
    let mut findings: Vec<Finding> = (1..=11_u32)
        .map(|number| {
            let severity = Severity::WORST_FIRST[number as usize % 5];
            let mut finding = vulnerability(&format!("CVE-2020-{}", 1000 + number), "pkg:npm/lodash@4.17.4");
            finding.severity = severity;
            finding.gate = severity >= Severity::High;
            finding.title = format!("Prototype pollution in lodash, variant {number}");
            finding.fixed_in = if number == 3 { Vec::new() } else { vec![format!("4.17.{}", 4 + number)] };
            finding.locations = vec![locked("lodash", "4.17.4", 52)];
            finding
        })
        .collect();
    let mut single = vulnerability("CVE-2022-24999", "pkg:npm/qs@6.7.0");
    single.score = model::Score::new(7.5);
    single.title = "Prototype poisoning in qs".to_owned();
    single.message =
        "qs 6.7.0 is affected by CVE-2022-24999; fixed in 6.7.3. A query string can set the prototype of an object."
            .to_owned();
    single.aliases = vec!["GHSA-hrpp-h998-j3pp".to_owned()];
    single.fixed_in = vec!["6.2.4".to_owned(), "6.7.3".to_owned(), "6.10.3".to_owned()];
    single.remedy = Some("upgrade to 6.7.3".to_owned());
    single.locations = vec![locked("qs", "6.7.0", 41), locked("body-parser/node_modules/qs", "6.7.0", 44)];
    single.evidence = BTreeMap::from([
        ("kev".to_owned(), json!([{"id": "CVE-2022-24999", "added": "2024-01-02", "ransomware": false}])),
        ("epss".to_owned(), json!({"id": "CVE-2022-24999", "score": 0.4213, "percentile": 0.97})),
    ]);
    single.line_hash = Some("39fa2ee980eb94b0:1".to_owned());
    findings.push(single);
    findings
}

fn policies() -> Vec<Finding> {
    let yaml =
        ["      containers:", "        - name: web", "          securityContext:", "            privileged: true"];
    let mut privileged = finding(
        "kubernetes/privileged-container",
        FindingClass::Policy,
        Severity::Critical,
        "container web runs privileged.",
    );
    privileged.title = "Privileged container".to_owned();
    privileged.remedy = Some("Set securityContext.privileged to false.".to_owned());
    privileged.locations = vec![place("deploy/web.yaml", &yaml, 18, 21, (13, 29))];
    privileged.line_hash = Some("a1b2c3d4e5f60718:1".to_owned());
    let docker = ["RUN apt-get update && \\", "\tapt-get install -y curl \u{202e}evil\x1b[31m", "USER root"];
    let mut apt = finding(
        "dockerfile/apt-cache",
        FindingClass::Policy,
        Severity::Low,
        "apt lists stay in the layer. Remove /var/lib/apt/lists in the same RUN.",
    );
    apt.title = "Package lists left in a layer".to_owned();
    apt.locations = vec![piece("Dockerfile", &docker, 3, (3, 1), (5, 1))];
    vec![privileged, apt]
}

fn others() -> Vec<Finding> {
    let about = |mut finding: Finding, purl: &str, name: &str, version: &str, line| {
        finding.package = Some(purl.parse::<Purl>().expect("a purl"));
        finding.locations = vec![locked(name, version, line)];
        finding
    };
    let malicious = finding(
        "MAL-2018-1",
        FindingClass::Malicious,
        Severity::Critical,
        "flatmap-stream 0.1.1 is malicious: it steals wallets.",
    );
    let unmaintained =
        finding("RUSTSEC-2021-0139", FindingClass::Unmaintained, Severity::Unknown, "request 2.88.2 is unmaintained.");
    let licence = finding(
        "license/agpl-3.0-only",
        FindingClass::License,
        Severity::Medium,
        "express 4.17.1 is licensed under AGPL-3.0-only.",
    );
    let mut secret =
        finding("secret/private-key", FindingClass::Secret, Severity::High, "a private key lies in the tree.");
    secret.locations = vec![place("deploy/key <&> \"1\".pem", &["-----BEGIN PRIVATE KEY-----"], 1, 1, (1, 28))];
    vec![
        about(malicious, "pkg:npm/flatmap-stream@0.1.1", "flatmap-stream", "0.1.1", 61),
        about(unmaintained, "pkg:npm/request@2.88.2", "request", "2.88.2", 70),
        about(licence, "pkg:npm/express@4.17.1", "express", "4.17.1", 20),
        secret,
    ]
}

fn set_aside() -> Vec<Finding> {
    let mut waived = vulnerability("CVE-2023-45857", "pkg:npm/axios@0.21.1");
    waived.gate = false;
    waived.status = Status::Suppressed;
    waived.locations = vec![locked("axios", "0.21.1", 80)];
    waived.suppression = Some(Suppression {
        reason: "the proxy \x1b[1mstrips\x1b[0m the header".to_owned(),
        expires: Some("2027-03-01".parse().expect("a date")),
        source: "portcullis.toml".to_owned(),
        line: None,
        kind: SuppressionKind::Waiver,
        from_scanned_tree: true,
    });
    let mut undecided = finding(
        "terraform/public-bucket",
        FindingClass::Policy,
        Severity::High,
        "the value of var.acl is known only when applied.",
    );
    undecided.gate = false;
    undecided.status = Status::Unknown;
    undecided.locations = vec![place("infra/main.tf", &["  acl = var.acl"], 7, 7, (3, 16))];
    vec![waived, undecided]
}

fn problems() -> Vec<Problem> {
    let mut problems = vec![
        Problem::error(ProblemKind::Truncated, "the lockfile ends inside an object, packages after it were not read")
            .in_file(&path(LOCK))
            .at_line(90),
        Problem::note(ProblemKind::DataAge, "the data is dated after the day of judgement"),
    ];
    problems.extend((0..7).map(|number| {
        Problem::warning(
            ProblemKind::Version,
            format!("CVE-2019-{number} cannot be decided for odd {number}.x: not a version"),
        )
        .in_file(&path(LOCK))
        .at_line(100 + number)
    }));
    problems
}
