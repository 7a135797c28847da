//! Promise: asking every built-in policy of a document costs little more than reading it, cold and warm, however many documents
//! and unrelated policies there are. Bound: reading the same documents.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench talks to who runs it")]

#[path = "policy/causes.rs"]
mod causes;
mod input;
mod ratio;

use std::fmt::Write as _;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use criterion::Criterion;
use portcullis::model::{Cancel, Document, Format, Origin, TreePath};
use portcullis::policy::{self, Asking, Options, PolicyFile, PolicySet, Prepared, Trust};
use portcullis::{Config, Scanner, Source, builtin_policies, document};

/// Files of two objects each.
const FILES: usize = 200;
/// Rounds of which the 99th percentile is told.
const ROUNDS: usize = 2_000;

fn main() {
    let mut criterion = Criterion::default().sample_size(20).configure_from_args();
    let (many, one) = (manifests("policy-many", FILES), manifests("policy-one", 1));
    let mut group = criterion.benchmark_group("policy");
    group.bench_function("read-many", |bencher| bencher.iter(|| read_all(&many)));
    group.bench_function("cold-many", |bencher| bencher.iter(|| scan_cold(&many, &[])));
    group.bench_function("cold-many-strict", |bencher| bencher.iter(|| scan_cold(&many, &["--profile", "strict"])));
    group.bench_function("cold-one", |bencher| bencher.iter(|| scan_cold(&one, &[])));
    group.bench_function("own-start", |bencher| bencher.iter(|| run(&["--version"])));
    let texts = by_texts();
    let document = read(input::DEPLOYMENT);
    group.bench_function("texts", |bencher| bencher.iter(|| black_box(texts.evaluate(&document, &Cancel::new()))));
    group.finish();
    ratio::print("400 objects in 200 files, cold, to reading them (goal 3)", "policy/cold-many", &["policy/read-many"]);
    ratio::print_time("400 objects in 200 files, cold (goal 60 ms)", "policy/cold-many");
    ratio::print_time("the same with the profile strict", "policy/cold-many-strict");
    ratio::print_time("one file, cold (goal 12 ms)", "policy/cold-one");
    ratio::print_time("this program's own start", "policy/own-start");
    ratio::print_time("a failing deployment by the texts of all policies, interpreted, causes found", "policy/texts");
    print_percentile();
    print_compiled();
    print_growth();
    print_unrelated();
    causes::print();
}

/// 50 policies on one deployment, in process and warm.
fn print_percentile() {
    let is_rule = |file: &&PolicyFile| file.name.starts_with("kubernetes/");
    let files = builtin_policies::files();
    let libraries = files.iter().filter(|file| file.name.starts_with("lib/"));
    let (set, errors) =
        policy::load(libraries.chain(files.iter().filter(is_rule).take(50)).cloned().collect(), &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    let document = read(&objects(0));
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| set.evaluate(&document, &Cancel::new()))).collect();
    times.sort();
    let of = |share: usize| times[ROUNDS * share / 100 - 1].as_secs_f64() * 1e3;
    println!(
        "time   50 policies on one deployment, as the user's are asked, warm: median {:.2} ms, 99th {:.2} ms",
        of(50),
        of(99)
    );
}

/// The built-in policies of the profile `recommended` on one deployment, as a scan asks them.
fn print_compiled() {
    let compiled = builtin_policies::compiled(&Options::default().data).expect("the build is whole");
    let profiles = ["recommended".to_owned()];
    let document = read(&objects(0));
    let limit = Duration::from_secs(5);
    let ask = || compiled.ask(&Prepared::of(&document), Asking { profiles: &profiles, limit });
    let asked = ask().expect("an answer").asked;
    assert!(asked >= 50, "{asked}");
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(ask)).collect();
    times.sort();
    let of = |share: usize| times[ROUNDS * share / 100 - 1].as_secs_f64() * 1e3;
    println!(
        "time   {asked} built-in policies on one deployment, warm (goal 1 ms at the 99th for 50): median {:.2} ms, 99th {:.2} ms",
        of(50),
        of(99)
    );
}

/// The time of an object among ten thousand times as many.
fn print_growth() {
    let scanner = scanner();
    let per_object = |files: usize| {
        let folder = manifests(&format!("policy-growth-{files}"), files);
        let scan = || scanner.scan(&[Source::detect(&folder)], &Cancel::new()).expect("a tree");
        scan();
        timed(scan).as_secs_f64() * 1e6 / (2 * files) as f64
    };
    let (few, many) = (per_object(200), per_object(10_000));
    println!("ratio  one object among 20,000 to one among 400 (goal 1): {:.2} ({many:.0} µs)", many / few);
}

/// The same document with 200 and with 1,000 policies loaded that judge other kinds.
fn print_unrelated() {
    let median = |count: usize| {
        let rule = |at: usize| PolicyFile {
            name: format!("u{at}.rego"),
            text: format!(
                "# METADATA\n# scope: package\n# custom:\n#   kind: compose\npackage u{at}\n\nimport rego.v1\n\ndeny contains \"no\" if input.services.x{at}\n"
            ),
            trust: Trust::User,
        };
        let asked = PolicyFile {
            name: "main.rego".to_owned(),
            text: "package main\n\nimport rego.v1\n\ndeny contains \"no\" if input.spec.x\n".to_owned(),
            trust: Trust::User,
        };
        let files = (0..count).map(rule).chain([asked]).collect();
        let options = Options { namespaces: policy::Namespaces::All, ..Options::default() };
        let (set, errors) = policy::load(files, &options);
        assert!(errors.is_empty(), "{errors:?}");
        let document = read(&objects(0));
        let mut times: Vec<Duration> = (0..ROUNDS).map(|_| timed(|| set.evaluate(&document, &Cancel::new()))).collect();
        times.sort();
        times[ROUNDS / 2].as_secs_f64()
    };
    println!("ratio  1,000 unrelated policies loaded to 200 (goal 1): {:.2}", median(1_000) / median(200));
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let started = Instant::now();
    black_box(work());
    started.elapsed()
}

fn scanner() -> Scanner {
    Scanner::new(Config::new(input::NOW.parse().expect("a date"))).expect("the built-in policies compile")
}

fn by_texts() -> PolicySet {
    let (set, errors) = policy::load(builtin_policies::files(), &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    set
}

fn scan_cold(folder: &Path, more: &[&str]) {
    let folder = folder.display().to_string();
    run(&[&["scan", "--now", "2026-08-25", "--fail-on", "none", &folder], more].concat());
}

fn run(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_portcullis"));
    let status = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("it starts").success(), "{arguments:?}");
}

/// A folder with so many files of a deployment and its service, which pass.
fn manifests(name: &str, files: usize) -> PathBuf {
    let folder = input::folder(name);
    for at in 0..files {
        let path = folder.join(format!("app-{at}.yaml"));
        if !path.exists() {
            std::fs::write(path, objects(at)).expect("target is writable");
        }
    }
    folder
}

fn objects(at: usize) -> String {
    let mut text = String::new();
    write!(
        text,
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: app-{at}\n  namespace: shop\n  labels: {{app: app-{at}}}\nspec:\n  replicas: 2\n  selector: {{matchLabels: {{app: app-{at}}}}}\n  template:\n    metadata: {{labels: {{app: app-{at}}}}}\n    spec:\n      automountServiceAccountToken: false\n      containers:\n      - name: main\n        image: registry.example/app-{at}:1.{at}\n        ports: [{{containerPort: 8080}}]\n        resources:\n          requests: {{cpu: 100m, memory: 64Mi}}\n          limits: {{memory: 128Mi}}\n        readinessProbe: {{httpGet: {{path: /, port: 8080}}}}\n        securityContext:\n          allowPrivilegeEscalation: false\n          readOnlyRootFilesystem: true\n          runAsNonRoot: true\n          capabilities: {{drop: [ALL]}}\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: app-{at}, namespace: shop}}\nspec:\n  selector: {{app: app-{at}}}\n  ports: [{{port: 80, targetPort: 8080}}]\n"
    )
    .expect("a string takes all");
    text
}

fn read_all(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("it was made").map(|entry| entry.expect("an entry").path());
    let texts = entries.map(|path| std::fs::read_to_string(path).expect("text"));
    texts.map(|text| parse(&text).len()).sum()
}

fn read(text: &str) -> Document {
    parse(text).remove(0)
}

fn parse(text: &str) -> Vec<Document> {
    let origin = Origin::file(TreePath::new("deployment.yaml").expect("a path"));
    let (documents, problems) = document::parse(Format::Yaml, &origin, text.as_bytes(), &document::Limits::default());
    assert!(problems.is_empty(), "{problems:?}");
    documents
}
