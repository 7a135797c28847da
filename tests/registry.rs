//! Registries: honest ones give the image they hold, hostile ones nothing that is not told, nor any credential.

use std::time::{Duration, Instant};

use serde_json::Value;
use testkit::image::{Files, Image};
use testkit::layer::Layer;
use testkit::registry::{Answer, Request, Server, honest};

use crate::command::{Folder, NOW, Run, check_report, portcullis_with};

const STATUS: &str = "Package: zlib1g\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1:1.2.13.dfsg-1\nMaintainer: a\nDescription: b\n";
const USER: &str = "scanner";
const PASSWORD: &str = "a-password-nobody-may-see";

fn image() -> Image {
    let noise: String = (0..40_000_u32).map(|at| format!("{:x}", at.wrapping_mul(2_654_435_761))).collect();
    let base = Layer::files(&[("etc/os-release", "ID=debian\nVERSION_ID=12\n"), ("usr/share/noise", &noise)]);
    Image::new([base, Layer::files(&[("var/lib/dpkg/status", STATUS)])])
}

/// The blob of the base layer, which is the largest.
fn is_base(request: &Request) -> bool {
    request.path.contains("/blobs/") && request.path.ends_with(&base_digest())
}

fn base_digest() -> String {
    let manifest: Value = serde_json::from_slice(&image().manifest()).unwrap();
    manifest["layers"][0]["digest"].as_str().unwrap().to_owned()
}

/// A registry that answers honestly but where `lie` says otherwise.
fn registry(lie: impl Fn(&Request) -> Option<Answer> + Send + Sync + 'static) -> Server {
    let (image, files): (Image, Files) = (image(), image().layout());
    Server::start(move |request| lie(request).unwrap_or_else(|| honest(&files, &image, request)))
}

fn scan_with(server: &Server, arguments: &[&str], environment: &[(&str, &str)]) -> (Run, Value) {
    let folder = Folder::new();
    let host = server.host();
    let reference = format!("registry:{host}/app:1");
    let common = ["scan", "--plain-http", &host, &reference, "--fail-on", "none", "-f", "json", "--now", NOW];
    let run = portcullis_with(folder.path(), &[&common, arguments].concat(), environment);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    for output in [&run.stdout, &run.stderr] {
        let encoded = "c2Nhbm5lcjphLXBhc3N3b3JkLW5vYm9keS1tYXktc2Vl";
        assert!(!output.contains(PASSWORD) && !output.contains(encoded), "a password is shown: {output}");
        assert!(!output.contains("a-secret-token"), "a token is shown: {output}");
    }
    let report = serde_json::from_str(&run.stdout).unwrap_or_default();
    if run.code != 2 {
        check_report(&report);
    }
    (run, report)
}

fn scan(server: &Server, arguments: &[&str]) -> (Run, Value) {
    scan_with(server, arguments, &[])
}

fn packages(report: &Value) -> usize {
    report["targets"][0]["packages"].as_array().map_or(0, Vec::len)
}

/// The lie ends as an incomplete scan, whose problems say this.
#[track_caller]
fn check_refused(server: &Server, arguments: &[&str], said: &str) -> Value {
    let (run, report) = scan(server, &[&["--registry-retries", "1"], arguments].concat());
    let problems = report["targets"][0]["problems"].to_string();
    assert_eq!(run.code, 4, "{}{problems}", run.stderr);
    assert!(problems.contains(said), "`{said}` is not in {problems}");
    report
}

#[test]
fn an_honest_registry() {
    let server = registry(|_| None);
    let (run, report) = scan(&server, &[]);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    let target = &report["targets"][0];
    assert_eq!(target["name"], format!("{}/app:1", server.host()));
    assert_eq!(target["digest"], image().digest().to_string());
    assert_eq!(target["os"]["id"], "debian");
    // A word with a host is a reference; a digest is one too.
    let folder = Folder::new();
    let host = server.host();
    for word in [format!("{host}/app:1"), format!("{host}/app@{}", image().digest())] {
        let run = portcullis_with(folder.path(), &["scan", "--plain-http", &host, &word, "--now", NOW], &[]);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    }
}

#[test]
fn a_broken_connection_is_taken_up_again_where_it_ended() {
    let server = registry(|request| {
        let whole = || honest(&image().layout(), &image(), request);
        (is_base(request) && !request.headers.contains_key("range")).then(|| whole().cut(30_000))
    });
    let (run, report) = scan(&server, &[]);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    let ranges: Vec<_> = server.asked().into_iter().filter_map(|asked| asked.headers.get("range").cloned()).collect();
    assert_eq!(ranges, ["bytes=30000-"]);
}

#[test]
fn a_registry_without_ranges_is_read_again_from_the_start() {
    let server = registry(|request| {
        if !is_base(request) {
            return None;
        }
        let whole = Request { headers: Default::default(), ..request.clone() };
        let answer = honest(&image().layout(), &image(), &whole);
        Some(if request.headers.contains_key("range") { answer } else { answer.cut(30_000) })
    });
    let (run, report) = scan(&server, &[]);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
}

#[test]
fn what_is_put_together_is_verified_as_a_whole() {
    let server = registry(|request| {
        let mut answer = is_base(request).then(|| honest(&image().layout(), &image(), request))?;
        if request.headers.contains_key("range") {
            answer.body[0] ^= 1;
            return Some(answer);
        }
        Some(answer.cut(30_000))
    });
    check_refused(&server, &[], "the blob of the layer has the digest");
}

#[test]
fn lengths_that_lie() {
    let short = registry(|request| is_base(request).then(|| Answer::new(200, "short")));
    check_refused(&short, &[], "has 5 bytes where the manifest says");
    let endless = registry(|request| {
        is_base(request).then(|| {
            let mut body = honest(&image().layout(), &image(), request).body;
            body.extend([0; 5000]);
            let chunk = [format!("{:x}\r\n", body.len()).into_bytes(), body, b"\r\n0\r\n\r\n".to_vec()].concat();
            Answer::new(200, chunk).header("Transfer-Encoding", "chunked").header("Content-Length", "")
        })
    });
    check_refused(&endless, &[], "the layer was not read to its end");
    let never_whole = registry(|request| is_base(request).then(|| honest(&image().layout(), &image(), request).cut(9)));
    let report = check_refused(&never_whole, &[], "the layer was not read to its end");
    assert_eq!(packages(&report), 1, "what other layers hold is kept");
}

#[test]
fn other_parts_than_the_one_asked_for() {
    let server = registry(|request| {
        let answer = is_base(request).then(|| honest(&image().layout(), &image(), request))?;
        if request.headers.contains_key("range") {
            return Some(Answer::new(206, "x").header("Content-Range", "bytes 0-0/1"));
        }
        Some(answer.cut(30_000))
    });
    check_refused(&server, &[], "gives another part than the one from byte 30000");
}

#[test]
fn wrong_digests() {
    let blob = registry(|request| {
        let mut answer = is_base(request).then(|| honest(&image().layout(), &image(), request))?;
        let last = answer.body.len() - 1;
        answer.body[last] ^= 1;
        Some(answer)
    });
    check_refused(&blob, &[], "the blob of the layer has the digest");
    let manifest = registry(|request| {
        request.path.contains("/manifests/").then(|| {
            let answer = honest(&image().layout(), &image(), request);
            answer.header("Docker-Content-Digest", &format!("sha256:{}", "0".repeat(64)))
        })
    });
    check_refused(&manifest, &[], "gave a manifest with the digest");
}

#[test]
fn a_manifest_without_end() {
    let server =
        registry(|request| request.path.contains("/manifests/").then(|| Answer::new(200, vec![b' '; 100 << 20])));
    check_refused(&server, &[], "limit `manifest_bytes`");
}

#[test]
fn credentials_stay_with_their_host() {
    let other = Server::start(|request| honest(&image().layout(), &image(), request));
    let to = other.host();
    let server = registry(move |request| {
        if !request.headers.contains_key("authorization") {
            return Some(Answer::new(401, "").header("WWW-Authenticate", "Basic realm=\"r\""));
        }
        is_base(request).then(|| Answer::redirect(&format!("http://{to}{}?X-Signature=a-secret-token", request.path)))
    });
    let host = other.host();
    let trust = ["--registry-trust", host.as_str(), "--plain-http", host.as_str()];
    let login = [("PORTCULLIS_REGISTRY_USER", USER), ("PORTCULLIS_REGISTRY_PASSWORD", PASSWORD)];
    let (run, report) = scan_with(&server, &trust, &login);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    assert_eq!(other.asked().len(), 1);
    assert!(!other.asked()[0].headers.contains_key("authorization"), "{:?}", other.asked());
    // The same redirect, with nobody but the registry to name the host.
    let asked = other.asked().len();
    let (run, report) = scan_with(&server, &["--plain-http", &host], &login);
    assert_eq!(run.code, 4);
    assert!(report.to_string().contains("a private or link-local address"), "{report:#}");
    assert_eq!(other.asked().len(), asked, "it was asked nothing");
}

#[test]
fn nobody_is_led_to_private_addresses() {
    for target in ["https://169.254.169.254/latest/meta-data/", "https://[::ffff:10.0.0.1]/", "https://localhost/x"] {
        let server = registry(move |request| is_base(request).then(|| Answer::redirect(target)));
        check_refused(&server, &[], "private or link-local address");
    }
    let server = registry(|request| is_base(request).then(|| Answer::redirect("file:///etc/passwd")));
    check_refused(&server, &[], "neither http nor https");
}

#[test]
fn foreign_layers_are_followed_only_where_the_user_says_so() {
    let elsewhere = Server::start(|request| honest(&image().layout(), &image(), request));
    let host = elsewhere.host();
    let address = format!("http://{host}/v2/app/blobs/{}", base_digest());
    let server = registry(move |request| {
        if !request.path.contains("/manifests/") {
            return is_base(request).then(|| Answer::new(404, ""));
        }
        let mut manifest: Value = serde_json::from_slice(&image().manifest()).unwrap();
        manifest["layers"][0]["mediaType"] = "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip".into();
        manifest["layers"][0]["urls"] = serde_json::json!([address]);
        let kind = "application/vnd.oci.image.manifest.v1+json";
        Some(Answer::new(200, manifest.to_string()).header("Content-Type", kind))
    });
    check_refused(&server, &[], "--foreign-layers");
    check_refused(&server, &["--foreign-layers", "--plain-http", &host], "private or link-local address");
    assert_eq!(elsewhere.asked().len(), 0);
    let trust = ["--foreign-layers", "--plain-http", &host, "--registry-trust", &host];
    let (run, report) = scan(&server, &trust);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    assert_eq!(report["targets"][0]["os"]["id"], "debian", "the foreign layer says so");
}

#[test]
fn token_servers_get_credentials_only_where_the_user_says_so() {
    let tokens = Server::start(|request| {
        let basic = "Basic c2Nhbm5lcjphLXBhc3N3b3JkLW5vYm9keS1tYXktc2Vl";
        assert!(request.path.contains("scope=repository%3Aapp%3Apull"), "{}", request.path);
        match request.headers.get("authorization").map(String::as_str) {
            Some(shown) if shown == basic => Answer::new(200, r#"{"token":"a-secret-token"}"#),
            _ => Answer::new(401, ""),
        }
    });
    let realm = format!("Bearer realm=\"http://{}/token\",service=\"r\"", tokens.host());
    let server = registry(move |request| {
        let good = request.headers.get("authorization").is_some_and(|shown| shown == "Bearer a-secret-token");
        (!good).then(|| Answer::new(401, "").header("WWW-Authenticate", &realm))
    });
    let host = tokens.host();
    let login = [("PORTCULLIS_REGISTRY_USER", USER), ("PORTCULLIS_REGISTRY_PASSWORD", PASSWORD)];
    let (run, report) = scan_with(&server, &["--plain-http", &host], &login);
    assert_eq!(run.code, 4);
    assert!(report.to_string().contains("wants your credentials to go to the token server"), "{report:#}");
    assert_eq!(tokens.asked().len(), 0);
    let (run, report) = scan_with(&server, &["--plain-http", &host, "--registry-trust", &host], &login);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    assert_eq!(tokens.asked().len(), 1, "a token is asked for once");
}

#[test]
fn credentials_of_the_docker_configuration() {
    let server = registry(|request| {
        let basic = "Basic c2Nhbm5lcjphLXBhc3N3b3JkLW5vYm9keS1tYXktc2Vl";
        let good = request.headers.get("authorization").is_some_and(|shown| shown == basic);
        (!good).then(|| Answer::new(401, "").header("WWW-Authenticate", "Basic realm=\"r\""))
    });
    let docker = Folder::new();
    let auth = "c2Nhbm5lcjphLXBhc3N3b3JkLW5vYm9keS1tYXktc2Vl";
    docker.write("config.json", format!(r#"{{"auths":{{"{}":{{"auth":"{auth}"}}}}}}"#, server.host()));
    let (run, report) = scan_with(&server, &[], &[("DOCKER_CONFIG", docker.path().to_str().unwrap())]);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    // Without any: said, with what to do.
    check_refused(&server, &[], "refuses access (401); set PORTCULLIS_REGISTRY_USER");
    // A helper is run only when that is allowed.
    docker.write("config.json", r#"{"credsStore":"portcullis-test-none"}"#);
    let environment = [("DOCKER_CONFIG", docker.path().to_str().unwrap())];
    let (_, report) = scan_with(&server, &[], &environment);
    assert!(report.to_string().contains("--credential-helpers allows"), "{report:#}");
    let (_, report) = scan_with(&server, &["--credential-helpers"], &environment);
    assert!(report.to_string().contains("`docker-credential-portcullis-test-none` could not be started"), "{report:#}");
}

#[test]
fn who_drips_is_cut_off() {
    let server = registry(|request| {
        is_base(request).then(|| honest(&image().layout(), &image(), request).drip(1, Duration::from_millis(100)))
    });
    let begun = Instant::now();
    check_refused(&server, &["--registry-idle-timeout", "1", "--registry-timeout", "8"], "slowest accepted rate");
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    let silent = registry(|request| {
        is_base(request).then(|| honest(&image().layout(), &image(), request).drip(1, Duration::from_secs(30)))
    });
    check_refused(&silent, &["--registry-idle-timeout", "1"], "gave no more bytes within");
    let begun = Instant::now();
    scan(&silent, &["--timeout", "2"]);
    assert!(begun.elapsed() < Duration::from_secs(10), "the scan's own deadline holds: {:?}", begun.elapsed());
}

#[test]
fn rate_limits_are_waited_for_and_explained() {
    let server = registry(|request| (request.number == 0).then(|| Answer::new(429, "").header("Retry-After", "1")));
    let begun = Instant::now();
    let (run, report) = scan(&server, &[]);
    assert_eq!((run.code, packages(&report)), (0, 1), "{report:#}");
    assert!(begun.elapsed() >= Duration::from_secs(1));
    let server = registry(|_| Some(Answer::new(429, "").header("Retry-After", "86400")));
    check_refused(&server, &[], "limits how often it may be asked (429) and asks to wait 86400 s; log in");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn what_is_not_there_is_a_wrong_command_line() {
    let server = registry(|_| Some(Answer::new(404, "{}")));
    let (run, _) = scan(&server, &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("app:1 is not there"), "{}", run.stderr);
    let host = server.host();
    let folder = Folder::new();
    let reference = format!("{host}/app:1");
    let run = portcullis_with(folder.path(), &["scan", &reference, "--offline", "--plain-http", &host], &[]);
    assert_eq!(run.code, 2);
    assert_eq!(server.asked().len(), 1, "--offline asks nothing");
    // No TLS there, and none given up.
    let run = portcullis_with(folder.path(), &["scan", &reference, "--registry-retries", "0", "--now", NOW], &[]);
    assert_eq!(run.code, 4, "{}", run.stdout);
}

#[test]
fn a_digest_that_is_not_there_is_named_as_it_was_asked_for() {
    let server = registry(|_| Some(Answer::new(404, "{}")));
    let host = server.host();
    let reference = format!("{host}/app@{}", base_digest());
    let run = portcullis_with(Folder::new().path(), &["scan", &reference, "--plain-http", &host], &[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains(&format!("app@{} is not there", base_digest())), "{}", run.stderr);
}

/// As a server of plain HTTP answers who greets it with TLS.
#[test]
fn who_speaks_no_tls_is_told_with_the_option_that_helps() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let host = listener.local_addr().unwrap().to_string();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().map_while(Result::ok) {
            let mut greeting = [0; 64];
            let _ = std::io::Read::read(&mut stream, &mut greeting);
            let _ = std::io::Write::write_all(&mut stream, b"HTTP/1.0 400 Bad Request\r\n\r\nno TLS here");
        }
    });
    let run =
        portcullis_with(Folder::new().path(), &["scan", &format!("{host}/app:1"), "-f", "json", "--now", NOW], &[]);
    assert_eq!(run.code, 4, "{}", run.stderr);
    let said = format!("{host} answers without TLS; --plain-http {host} reads it so");
    assert!(run.stdout.contains(&said), "{}", run.stdout);
}
