//! Policies through a registry on loopback (Debian's `docker-registry`): what Conftest pushed we pull, what we pushed Conftest pulls and OPA
//! takes as a bundle. What came out lies in `crates/policy/oracle/registry.txt`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde_json::Value as Json;

use super::super::prepare;
use super::tools::{Tools, put, scratch};
use super::{Said, record};
use crate::setup::workspace;

const POLICY: &str = "package main

import rego.v1

deny contains msg if {
	not input.team in data.teams.known
	msg := sprintf(\"%s is no team\", [input.team])
}
";
const WAIT: Duration = Duration::from_secs(20);

/// Ends a service with the chore.
struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Pushes and pulls in every direction.
pub(super) fn ask(tools: &Tools) -> anyhow::Result<Said> {
    prepare::debian("docker-registry", Path::new("/usr/bin/docker-registry"))?;
    let folder = scratch("registry")?;
    put(&folder.join("policy/deny.rego"), POLICY)?;
    put(&folder.join("policy/teams/data.json"), "{\"known\":[\"a\"]}")?;
    let (_registry, address) = registry(&folder)?;
    let plain = ["--plain-http", &address];
    let (theirs, ours) = (format!("{address}/team/theirs:1"), format!("{address}/team/ours:1"));
    run(tools.conftest().args(["push", &theirs, "--policy", "policy", "--tls=false"]).current_dir(&folder))?;
    run(portcullis(&folder).args(["policy", "pull", &format!("oci:{theirs}"), "--output", "pulled"]).args(plain))?;
    run(portcullis(&folder).args(["policy", "push", "policy", &format!("oci:{ours}")]).args(plain))?;
    run(tools
        .conftest()
        .args(["pull", &format!("oci://{ours}"), "--policy", "taken", "--tls=false"])
        .current_dir(&folder))?;
    let mut lines = vec![
        format!("pull\t{}\tportcullis\t{}", tools.conftest_version, compared(&folder, "policy", "pulled")?),
        format!("pull\tportcullis\t{}\t{}", tools.conftest_version, compared(&folder, "policy", "taken")?),
    ];
    let bundle = format!("{address}/team/bundle:1");
    run(tools.opa().args(["build", "--bundle", "policy", "--output", "bundle.tar.gz"]).current_dir(&folder))?;
    run(portcullis(&folder).args(["policy", "push", "bundle.tar.gz", &format!("oci:{bundle}")]).args(plain))?;
    let answer = opa(tools, &folder, &address, &bundle)?;
    lines.push(format!("pull\tportcullis\t{}\t{answer}", tools.opa_version));
    for (who, name) in [(tools.conftest_version.as_str(), "theirs"), ("portcullis", "ours"), ("portcullis", "bundle")] {
        lines.extend(layers(&folder, name)?.into_iter().map(|layer| format!("layer\t{who}\t{layer}")));
    }
    let mut text = "# Who pushed, who pulled and what came out; then the layers that each pushed.\n".to_owned();
    lines.iter().try_for_each(|line| writeln!(text, "{line}"))?;
    std::fs::write(record::folder().join("registry.txt"), text)?;
    let differences = lines.iter().filter(|line| line.contains("differs")).cloned().collect();
    Ok(Said { summary: "three directions recorded; tests/policy_registry.rs compares".to_owned(), differences })
}

fn registry(folder: &Path) -> anyhow::Result<(Service, String)> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let data = folder.join("data");
    let config = format!(
        "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {}\nhttp:\n  addr: {address}\n",
        data.display()
    );
    put(&folder.join("registry.yml"), &config)?;
    let mut command = Command::new("docker-registry");
    command.args(["serve", "registry.yml"]).current_dir(folder).stdout(Stdio::null()).stderr(Stdio::null());
    let service = Service(command.spawn().context("docker-registry could not be started")?);
    waits(|| TcpStream::connect(&address).is_ok()).context("the registry does not start")?;
    Ok((service, address))
}

fn waits(is_there: impl Fn() -> bool) -> anyhow::Result<()> {
    let start = Instant::now();
    while !is_there() {
        anyhow::ensure!(start.elapsed() < WAIT, "nothing within {WAIT:?}");
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

/// Our program, built with the workspace.
fn portcullis(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO"));
    let manifest = workspace().join("Cargo.toml");
    command.args(["run", "--quiet", "--manifest-path"]).arg(manifest).arg("--").current_dir(folder);
    command
}

fn run(command: &mut Command) -> anyhow::Result<()> {
    let output = command.output().with_context(|| format!("{command:?} could not be started"))?;
    anyhow::ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(())
}

/// `equal`, or what differs.
fn compared(folder: &Path, left: &str, right: &str) -> anyhow::Result<String> {
    let mut differing = Vec::new();
    for name in ["deny.rego", "teams/data.json"] {
        let read = |side: &str| std::fs::read(folder.join(side).join(name)).ok();
        if read(left).is_none() || read(left) != read(right) {
            differing.push(name);
        }
    }
    Ok(if differing.is_empty() { "equal".to_owned() } else { format!("differs: {}", differing.join(" ")) })
}

/// What OPA answers with the bundle that it takes from the registry.
fn opa(tools: &Tools, folder: &Path, registry: &str, bundle: &str) -> anyhow::Result<String> {
    let config = serde_json::json!({
        "services": {"own": {"url": format!("http://{registry}"), "type": "oci"}},
        "bundles": {"own": {"service": "own", "resource": bundle}},
    });
    put(&folder.join("opa.json"), &config.to_string())?;
    put(&folder.join("input.json"), "{\"input\": {\"team\": \"b\"}}")?;
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string();
    let mut command = tools.opa();
    command.args(["run", "--server", "--addr", &address, "--config-file", "opa.json"]).current_dir(folder);
    let _service = Service(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
    let asked = || {
        let mut ask = Command::new("curl");
        ask.args(["--silent", "--data", "@input.json"]).arg(format!("http://{address}/v1/data/main/deny"));
        ask.current_dir(folder).output().map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let is_right = || asked().is_ok_and(|answer| answer.contains("b is no team"));
    Ok(if waits(is_right).is_ok() { "equal".to_owned() } else { format!("differs: {}", asked()?) })
}

/// Media type and name of every layer, read where the registry keeps its manifests.
fn layers(folder: &Path, name: &str) -> anyhow::Result<Vec<String>> {
    let root = folder.join("data/docker/registry/v2");
    let link = root.join("repositories/team").join(name).join("_manifests/tags/1/current/link");
    let digest = std::fs::read_to_string(&link).with_context(|| link.display().to_string())?;
    let digits = digest.trim().trim_start_matches("sha256:");
    let blob = root.join("blobs/sha256").join(&digits[..2]).join(digits).join("data");
    let manifest: Json = serde_json::from_slice(&std::fs::read(blob)?)?;
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let layers = manifest["layers"].as_array().context("a manifest without layers")?.iter();
    let found: BTreeMap<String, String> = layers
        .map(|layer| (text(&layer["annotations"]["org.opencontainers.image.title"]), text(&layer["mediaType"])))
        .collect();
    let config = text(&manifest["config"]["mediaType"]);
    let lines = found.into_iter().map(|(title, kind)| format!("{kind}\t{title}"));
    Ok(lines.chain([format!("{config}\tconfig")]).collect())
}
