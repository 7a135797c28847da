//! Every reader of packages, by its name.

use inventory::{Detector, Input, Pattern, detectors};
use model::{Origin, TreePath};

/// Names under which readers look at a file: some decide by it what it holds.
const NAMES: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "package.json",
    "bun.lock",
    "yarn.lock",
    "pnpm-lock.yaml",
    "requirements.txt",
    "poetry.lock",
    "Pipfile.lock",
    "uv.lock",
    "pdm.lock",
    "pylock.toml",
    "go.mod",
    "go.sum",
    "var/lib/dpkg/status",
    "var/lib/dpkg/status.d/base",
    "lib/apk/db/installed",
    "etc/os-release",
    "usr/bin/program",
];

/// Gives the bytes to every reader that would take a file of some name, or to the one that `DETECTOR` names.
pub fn target(data: &[u8]) {
    let wanted = std::env::var("DETECTOR").ok();
    for detector in detectors() {
        if wanted.as_deref().is_none_or(|name| name == detector.name) {
            read(detector, data);
        }
    }
}

fn read(detector: &Detector, data: &[u8]) {
    let mut names: Vec<&str> = NAMES.iter().copied().filter(|name| claims(detector, name)).collect();
    if names.is_empty() {
        names.push("file");
    }
    for name in names {
        let origin = Origin::file(TreePath::new(name).expect("a valid path"));
        let parsed = (detector.parse)(&Input { origin: &origin, bytes: data, companions: &[] });
        assert!(
            parsed.problems.iter().all(|problem| problem.path.is_some()),
            "{}: a problem without a place",
            detector.name
        );
        let count = parsed.packages.len();
        assert!(parsed.owned_files.iter().all(|(at, _)| *at < count), "{}: a file of no package", detector.name);
        for package in &parsed.packages {
            assert!(!package.name.is_empty() && !package.locations.is_empty(), "{}: {package:?}", detector.name);
            let purl = package.purl().to_string();
            assert_eq!(purl.parse().as_ref(), Ok(package.purl()), "{}: {purl} reads back as another", detector.name);
        }
    }
}

fn claims(detector: &Detector, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let folder = path.strip_suffix(name).unwrap_or_default().trim_end_matches('/');
    detector.claims.iter().any(|claim| match claim.pattern {
        Pattern::Name(wanted) => wanted == name,
        Pattern::NameMatches(test) => test(name),
        Pattern::PathMatches(test) => test(path),
        Pattern::Suffix(end) => path.ends_with(end),
        Pattern::Path(wanted) => wanted == path,
        Pattern::In(wanted) => wanted == folder,
        Pattern::Magic { .. } => path == "usr/bin/program",
    })
}
