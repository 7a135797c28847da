//! Real registries and container engines on this machine, filled by skopeo: they give the packages that the image's own
//! `dpkg-query` lists, whatever the way.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::command::{Folder, NOW, Run, portcullis_with};
use crate::images::{debian, dpkg_line};

const USER: &str = "scanner";
const PASSWORD: &str = "a-password-nobody-may-see";

/// A program that runs until the test ends.
pub(crate) struct Service(Child);

impl Drop for Service {
    fn drop(&mut self) {
        // Engines end what they started when they are asked to; killed, they would not.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

impl Service {
    fn start(command: &mut Command, log: &Path) -> Service {
        let log = std::fs::File::create(log).unwrap();
        command.stdin(Stdio::null()).stdout(log.try_clone().unwrap()).stderr(log);
        Service(command.spawn().unwrap())
    }

    /// False when the program ended, or took longer than half a minute.
    fn waits_for(&mut self, is_there: impl Fn() -> bool) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(30) {
            if is_there() {
                return true;
            }
            if self.0.try_wait().unwrap().is_some() {
                return false;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        false
    }
}

pub(crate) fn is_missing(programs: &[&str]) -> bool {
    let missing: Vec<_> =
        programs.iter().filter(|program| Command::new(program).arg("--version").output().is_err()).collect();
    if !missing.is_empty() {
        testkit::skip(&format!("{missing:?}"), "not installed; run `cargo xtask test` as root once");
    }
    !missing.is_empty()
}

fn execute(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Debian's registry on a free port, with these lines of configuration beside its storage.
pub(crate) fn registry(folder: &Folder, more: &str) -> (Service, String) {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let address = format!("127.0.0.1:{port}");
    let data = folder.path().join("data");
    let config = format!(
        "version: 0.1\nstorage:\n  filesystem:\n    rootdirectory: {}\nhttp:\n  addr: {address}\n{more}",
        data.display()
    );
    let config = folder.write("registry.yml", config);
    let mut command = Command::new("docker-registry");
    let mut service = Service::start(command.arg("serve").arg(config), &folder.path().join("registry.log"));
    assert!(service.waits_for(|| TcpStream::connect(&address).is_ok()), "the registry does not start");
    (service, address)
}

fn push(image: &Path, to: &str, more: &[&str]) {
    let source = format!("oci:{}:latest", image.display());
    let common = ["--insecure-policy", "copy", "--quiet", "--dest-tls-verify=false"];
    execute(Command::new("skopeo").args(common).args(more).args([&source, to]));
}

fn scan(arguments: &[&str], environment: &[(&str, &str)]) -> (Run, Value) {
    let folder = Folder::new();
    let common = ["scan", "--fail-on", "none", "-f", "json", "--now", NOW];
    let run = portcullis_with(folder.path(), &[&common, arguments].concat(), environment);
    assert!(!run.stderr.contains("panicked") && !run.stderr.contains(PASSWORD), "{}", run.stderr);
    let report = serde_json::from_str(&run.stdout).unwrap_or_default();
    (run, report)
}

#[track_caller]
fn check(arguments: &[&str], environment: &[(&str, &str)], expected: &BTreeSet<String>) -> Value {
    let (run, report) = scan(arguments, environment);
    let target = &report["targets"][0];
    assert_eq!(run.code, 0, "{}{:#}", run.stderr, target["problems"]);
    let packages = target["packages"].as_array().unwrap().iter();
    let found: BTreeSet<String> =
        packages.filter(|package| package["type"] == "deb" && package["state"].is_null()).map(dpkg_line).collect();
    assert_eq!(&found, expected);
    report
}

#[test]
fn a_registry_without_tls() {
    let Some((image, expected)) = debian() else { return };
    if is_missing(&["docker-registry", "skopeo"]) {
        return;
    }
    let folder = Folder::new();
    let (_service, address) = registry(&folder, "");
    push(&image, &format!("docker://{address}/team/app:1"), &[]);
    let zstd = ["--dest-compress-format", "zstd", "--format", "oci"];
    push(&image, &format!("docker://{address}/team/app:zstd"), &zstd);
    let reference = format!("registry:{address}/team/app");
    let report = check(&["--plain-http", &address, &format!("{reference}:1")], &[], &expected);
    let digest = report["targets"][0]["digest"].as_str().unwrap();
    let by_digest = check(&["--plain-http", &address, &format!("{reference}@{digest}")], &[], &expected);
    assert_eq!(by_digest["targets"][0]["layers"], report["targets"][0]["layers"]);
    check(&["--plain-http", &address, &format!("{reference}:zstd")], &[], &expected);
    let (run, _) = scan(&["--plain-http", &address, &format!("{reference}:missing")], &[]);
    assert_ne!(run.code, 0, "{}", run.stdout);
}

#[test]
fn a_registry_with_tls_and_a_password() {
    let Some((image, expected)) = debian() else { return };
    if is_missing(&["docker-registry", "skopeo", "openssl"]) || is_htpasswd_missing() {
        return;
    }
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name).display().to_string();
    certificates(folder.path());
    let users = Command::new("htpasswd").args(["-Bbn", USER, PASSWORD]).output().unwrap();
    folder.write("users", users.stdout);
    let more = format!(
        "  tls:\n    certificate: {}\n    key: {}\nauth:\n  htpasswd:\n    realm: test\n    path: {}\n",
        at("server.pem"),
        at("server.key"),
        at("users")
    );
    let (_service, address) = registry(&folder, &more);
    let credentials = format!("{USER}:{PASSWORD}");
    push(&image, &format!("docker://{address}/team/app:1"), &["--dest-creds", &credentials]);
    let reference = format!("registry:{address}/team/app:1");
    let authority = at("ca.pem");
    let own = [("PORTCULLIS_REGISTRY_USER", USER), ("PORTCULLIS_REGISTRY_PASSWORD", PASSWORD)];
    check(&["--registry-ca", &authority, &reference], &own, &expected);
    let refused = |arguments: &[&str], environment: &[(&str, &str)], said: &str| {
        let (run, report) = scan(&[&["--registry-retries", "0"], arguments].concat(), environment);
        let problems = report["targets"][0]["problems"].to_string() + &run.stderr;
        assert!(run.code != 0 && problems.to_lowercase().contains(said), "{}: {problems}", run.code);
    };
    refused(&["--registry-ca", &authority, &reference], &[], "401");
    let wrong = [("PORTCULLIS_REGISTRY_USER", USER), ("PORTCULLIS_REGISTRY_PASSWORD", "another")];
    refused(&["--registry-ca", &authority, &reference], &wrong, "401");
    refused(&[&reference], &own, "certificate");
}

fn is_htpasswd_missing() -> bool {
    let is_missing = Command::new("htpasswd").output().is_err();
    if is_missing {
        testkit::skip("htpasswd", "not installed; run `cargo xtask test` as root once");
    }
    is_missing
}

/// An authority and a certificate for the loopback address, both new.
fn certificates(folder: &Path) {
    std::fs::write(folder.join("names"), "subjectAltName=IP:127.0.0.1,DNS:localhost\n").unwrap();
    for line in [
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=test-authority",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out server.pem -extfile names",
    ] {
        execute(Command::new("openssl").args(line.split(' ')).current_dir(folder));
    }
}

/// The Docker Engine needs much of its machine: where it is installed and does not start, that is said, and is no fault.
#[test]
fn the_docker_engine() {
    let Some((image, expected)) = debian() else { return };
    if is_missing(&["dockerd", "skopeo"]) {
        return;
    }
    let folder = Folder::new();
    let at = |name: &str| folder.path().join(name);
    let socket = at("docker.sock");
    let host = format!("unix://{}", socket.display());
    let mut command = Command::new("dockerd");
    command.args(["--storage-driver=vfs", "--iptables=false", "--ip6tables=false", "--bridge=none", "-H", &host]);
    command.arg("--data-root").arg(at("data")).arg("--exec-root").arg(at("exec")).arg("--pidfile").arg(at("pid"));
    let mut service = Service::start(&mut command, &at("log"));
    if !service.waits_for(|| std::os::unix::net::UnixStream::connect(&socket).is_ok()) {
        let log = std::fs::read_to_string(at("log")).unwrap_or_default();
        eprintln!("NOTE the Docker Engine does not start on this machine: {}", log.lines().last().unwrap_or_default());
        return;
    }
    push(&image, "docker-daemon:team/app:1", &["--dest-daemon-host", &host]);
    check(&["docker:team/app:1"], &[("DOCKER_HOST", &host)], &expected);
    let (run, report) = scan(&["docker:team/app:2"], &[("DOCKER_HOST", &host)]);
    let problems = report["targets"][0]["problems"].to_string() + &run.stderr;
    assert!(run.code != 0 && problems.contains("team/app:2"), "{problems}");
    drop(service);
    let (run, report) = scan(&["docker:team/app:1"], &[("DOCKER_HOST", &host)]);
    let problems = report["targets"][0]["problems"].to_string() + &run.stderr;
    assert!(run.code != 0 && problems.contains("DOCKER_HOST"), "{problems}");
}

#[test]
fn podman() {
    let Some((image, expected)) = debian() else { return };
    if is_missing(&["podman"]) {
        return;
    }
    let folder = Folder::new();
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    let engine = || {
        let mut command = Command::new("podman");
        command.args(["--storage-driver=vfs", "--cgroup-manager=cgroupfs", "--events-backend=none"]);
        command.arg("--root").arg(at("root")).arg("--runroot").arg(at("run"));
        command
    };
    // Podman makes a name of the path, and not every path can be one.
    std::os::unix::fs::symlink(image.canonicalize().unwrap(), at("image")).unwrap();
    execute(engine().args(["pull", "--quiet"]).arg(format!("oci:{}:latest", at("image").display())));
    let listed = engine().args(["images", "--quiet"]).output().unwrap();
    let id = String::from_utf8(listed.stdout).unwrap().trim().to_owned();
    let socket = at("podman.sock");
    let host = format!("unix://{}", socket.display());
    let mut command = engine();
    let mut service = Service::start(command.args(["system", "service", "--time=0", &host]), &at("log"));
    assert!(service.waits_for(|| std::os::unix::net::UnixStream::connect(&socket).is_ok()), "podman does not serve");
    check(&[&format!("podman:{id}")], &[("CONTAINER_HOST", &host)], &expected);
}
