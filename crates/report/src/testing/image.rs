//! An image with layers, an operating system and findings of its packages.

use model::{
    Coverage, DiveFigures, Efficiency, Finding, FindingClass, LayerIndex, Location, Os, Package, PackageCoverage,
    Problem, ProblemKind, Reclaimable, Score, Severity, SourcePackage, Target, TargetKind, TreePath, Waste, WasteCause,
};

use super::{digest, finding, layer, package, path, place, vulnerability};

const OPENSSL: &str = "pkg:deb/debian/libssl3@3.0.11-1~deb12u1?arch=amd64&distro=debian-12";
const CURL: &str = "pkg:deb/debian/curl@7.88.1-10%2Bdeb12u4?arch=amd64&distro=debian-12";

pub(super) fn target() -> Target {
    Target {
        kind: TargetKind::Image,
        name: "docker.example:5000/team/shop:1.2".to_owned(),
        digest: Some(digest('c')),
        platform: Some("linux/amd64".to_owned()),
        os: Some(Os {
            id: "debian".to_owned(),
            version: Some("12".to_owned()),
            codename: None,
            like: Vec::new(),
            name: None,
        }),
        layers: vec![
            layer(
                0,
                'd',
                "/bin/sh -c #(nop) ADD file:5fbb1e0bc0ac5d5ee2e1f83bd9cd0e9fd26a9ad31fbf3e8cdc3e91bd2b4e47f1 in / ",
            ),
            layer(1, 'e', "RUN apt-get update && apt-get install -y curl # \x1b]0;owned\x07"),
        ],
        coverage: Coverage {
            files_seen: 8_431,
            files_read: 3,
            bytes_read: 91_000_000,
            packages: PackageCoverage { matched: 2, no_advisory_source: 0, undecided: 0 },
            ..Coverage::default()
        },
        packages: packages(),
        findings: findings(),
        problems: vec![
            Problem::error(ProblemKind::DigestMismatch, "the layer does not have the digest of its manifest")
                .in_layer(Some(LayerIndex(1))),
        ],
        efficiency: Some(efficiency()),
    }
}

fn efficiency() -> Efficiency {
    let path = |path: &str| TreePath::rooted(path).expect("a path");
    let waste = |cause, bytes, of, by, same_as: Option<&str>| {
        let (layer, by) = (LayerIndex(1 - by), LayerIndex(by));
        Waste { path: path(of), layer, bytes, cause, by, same_as: same_as.map(path) }
    };
    let caused = |layer, cause, bytes| Reclaimable { layer: LayerIndex(layer), cause, files: 1, bytes };
    Efficiency {
        total_bytes: 180_000_000,
        reclaimable_bytes: 39_000_000,
        hidden_bytes: 32_000_000,
        causes: vec![
            caused(0, WasteCause::Deleted, 30_000_000),
            caused(0, WasteCause::DuplicateContent, 2_000_000),
            caused(1, WasteCause::DuplicateContent, 4_000_000),
            caused(1, WasteCause::Cache, 3_000_000),
        ],
        waste: vec![
            waste(WasteCause::Deleted, 30_000_000, "/var/cache/apt/pkgcache.bin", 1, None),
            waste(WasteCause::DuplicateContent, 4_000_000, "/opt/copy.so", 0, Some("/usr/lib/one.so")),
            waste(WasteCause::Cache, 3_000_000, "/root/.cache/pip/http/a", 0, None),
            waste(WasteCause::DuplicateContent, 2_000_000, "/srv/data.bin", 1, None),
        ],
        more_waste: 0,
        dive: DiveFigures { efficiency: 0.875, wasted_bytes: 30_000_000, user_wasted_ratio: Some(0.5) },
    }
}

fn packages() -> Vec<Package> {
    let installed = |purl: &str, source: Option<&str>, line| {
        let mut package = package(purl);
        let version = "3.0.11-1~deb12u1".to_owned();
        package.source = source.map(|name| Box::new(SourcePackage { name: name.to_owned(), version }));
        package.locations = vec![status(line, "")];
        package.found_by = "dpkg".into();
        package
    };
    vec![installed(CURL, None, 210), installed(OPENSSL, Some("openssl"), 1_204)]
}

fn status(line: u32, name: &str) -> Location {
    let text = format!("Package: {name}");
    let end = 1 + u32::try_from(text.len()).expect("a short name");
    let mut location =
        place("/var/lib/dpkg/status", &["", &text, "Status: install ok installed"], line - 1, line, (1, end));
    location.layer = Some(LayerIndex(u32::from(line < 1_000)));
    location
}

fn findings() -> Vec<Finding> {
    let about = |rule: &str, purl: &str, severity: Severity, score: f64, place: Location| {
        let mut finding = vulnerability(rule, purl);
        finding.severity = severity;
        finding.score = Score::new(score);
        finding.gate = severity >= Severity::High;
        finding.locations = vec![place];
        finding
    };
    let mut critical = about("CVE-2024-5535", OPENSSL, Severity::Critical, 9.0, status(1_204, "libssl3"));
    critical.fixed_in = vec!["3.0.14-1~deb12u1".to_owned()];
    let open = about("CVE-2023-6237", OPENSSL, Severity::Low, 0.0, status(1_204, "libssl3"));
    let mut medium = about("CVE-2023-46218", CURL, Severity::Medium, 6.5, status(210, "curl"));
    medium.fixed_in = vec!["7.88.1-10+deb12u5".to_owned()];
    let mut image =
        finding("image/runs-as-root", FindingClass::Image, Severity::Medium, "the image has no USER and runs as root.");
    image.title = "Image runs as root".to_owned();
    let mut old = finding(
        "end-of-life/debian-12",
        FindingClass::EndOfLife,
        Severity::High,
        "debian 12 is past its end of life since 2026-06-10.",
    );
    old.locations = vec![Location { layer: Some(LayerIndex(0)), ..Location::file(path("/usr/lib/os-release")) }];
    vec![critical, open, medium, image, old]
}
