//! What the program does while it is counted: every room on inputs of usual shape and size, all from this repository.

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context as _;

use crate::setup::workspace;

/// So often the small scans run: as much of the whole as the large ones.
const ROUNDS: usize = 5;
/// How a scan ends that read everything, and how one among whose files are some that are broken on purpose.
const WHOLE: i32 = 0;
const INCOMPLETE: i32 = 4;
/// Judged as of one day, so that today's date is no input.
const NOW: &str = "2026-08-14";

/// Runs it on everything. It must be built with counters, and leaves what they counted where it was told.
pub(super) fn run(program: &Path, folder: &Path) -> anyhow::Result<()> {
    let _ = std::fs::remove_dir_all(folder);
    let (lockfile, objects) = (folder.join("lockfile"), folder.join("objects"));
    for made in [&lockfile, &objects] {
        std::fs::create_dir_all(made)?;
    }
    std::fs::write(lockfile.join("package-lock.json"), npm_lockfile(1_000))?;
    for number in 0..100 {
        std::fs::write(
            objects.join(format!("service-{number}.yaml")),
            DEPLOYMENT.replace("ledger", &format!("s{number}")),
        )?;
    }
    let demo = workspace().join("fixtures/demo");
    for _ in 0..ROUNDS {
        scan(program, &[&lockfile], &["text", "json", "sarif"], WHOLE)?;
        scan(program, &[&objects], &["text", "sarif"], WHOLE)?;
        scan(program, &[&demo], &["text", "html", "markdown"], WHOLE)?;
    }
    scan(program, &[&workspace().join("crates"), &workspace().join("fixtures")], &["text", "cyclonedx"], INCOMPLETE)?;
    for root in roots(program, folder)? {
        scan(program, &[&root], &["text", "json"], INCOMPLETE)?;
    }
    Ok(())
}

fn scan(program: &Path, sources: &[&PathBuf], formats: &[&str], expected: i32) -> anyhow::Result<()> {
    for format in formats {
        let mut scan = Command::new(program);
        scan.args(["scan", "--now", NOW, "--fail-on", "none", "--no-cache", "--format", format]).args(sources);
        let status = scan.stdout(Stdio::null()).stderr(Stdio::null()).status().context("it does not start")?;
        anyhow::ensure!(status.code() == Some(expected), "{scan:?} ended with {status}, not {expected}");
    }
    Ok(())
}

/// Roots as archives, plain and compressed: the sources of this repository, as many small files, and one large program.
fn roots(program: &Path, folder: &Path) -> anyhow::Result<[PathBuf; 2]> {
    let (plain, compressed) = (folder.join("root.tar"), folder.join("root.tar.gz"));
    let mut archive = tar::Builder::new(Vec::new());
    archive.append_dir_all("usr/src/portcullis", workspace().join("crates"))?;
    archive.append_dir_all("usr/share/portcullis", workspace().join("fixtures"))?;
    archive.append_path_with_name(program, "usr/bin/portcullis")?;
    archive.append_dir_all("etc", workspace().join("crates/xtask/src/demo"))?;
    let bytes = archive.into_inner()?;
    std::fs::write(&plain, &bytes)?;
    let mut encoder = flate2::write::GzEncoder::new(File::create(&compressed)?, flate2::Compression::default());
    encoder.write_all(&bytes)?;
    encoder.finish()?;
    Ok([plain, compressed])
}

/// A `package-lock.json` of version 3; one package in twenty has advisories.
fn npm_lockfile(packages: usize) -> String {
    const KNOWN: [(&str, &str); 5] = [
        ("lodash", "4.17.4"),
        ("handlebars", "4.0.5"),
        ("jquery", "1.9.0"),
        ("minimist", "0.0.8"),
        ("express", "4.16.0"),
    ];
    let package = |number: usize| {
        let (name, version) = match (number.is_multiple_of(20), KNOWN[number / 20 % KNOWN.len()]) {
            (true, (name, version)) => (format!("p{number}/node_modules/{name}"), version.to_owned()),
            (false, _) => (format!("p{number}"), format!("1.{}.{}", number % 20, number % 7)),
        };
        format!(
            "    \"node_modules/{name}\": {{\n      \"version\": \"{version}\",\n      \"integrity\": \"sha512-{:0>86}==\",\n      \"license\": \"MIT\",\n      \"dependencies\": {{ \"p{}\": \"^1.0.0\" }}\n    }}",
            number,
            (number + 1) % packages
        )
    };
    let rows: Vec<String> = (0..packages).map(package).collect();
    format!(
        "{{\n  \"name\": \"training\",\n  \"version\": \"1.0.0\",\n  \"lockfileVersion\": 3,\n  \"requires\": true,\n  \"packages\": {{\n    \"\": {{ \"name\": \"training\", \"version\": \"1.0.0\", \"dependencies\": {{ \"p1\": \"^1.0.0\" }} }},\n{}\n  }}\n}}\n",
        rows.join(",\n")
    )
}

/// A Kubernetes deployment that some rules find something in, and its service.
const DEPLOYMENT: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: ledger
spec:
  replicas: 2
  selector:
    matchLabels: {app: ledger}
  template:
    metadata:
      labels: {app: ledger}
    spec:
      containers:
        - name: api
          image: registry.example/ledger:1.4.2
          ports: [{containerPort: 8080}]
          resources:
            limits: {memory: 256Mi}
          securityContext:
            allowPrivilegeEscalation: false
        - name: sidecar
          image: registry.example/proxy:latest
          securityContext:
            privileged: true
---
apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  selector: {app: ledger}
  ports: [{port: 80, targetPort: 8080}]
";

#[cfg(test)]
mod tests {
    use super::npm_lockfile;

    #[test]
    fn the_lockfile_is_one() {
        let lockfile: serde_json::Value = serde_json::from_str(&npm_lockfile(60)).expect("JSON");
        let packages = lockfile["packages"].as_object().expect("packages");
        assert_eq!(packages.len(), 61);
        assert_eq!(packages["node_modules/p20/node_modules/handlebars"]["version"], "4.0.5");
    }
}
