//! The document of an image: its shape, and what becomes of configurations that are not what they say.

use insta::assert_snapshot;
use model::{Cancel, ProblemSeverity};
use proptest::prelude::*;
use serde_json::{Value, json};
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use crate::{Config, ImageDocument, Scanner, ScannerKind, Scanners, Source};

fn scanner(documents: document::Limits) -> Scanner {
    let mut config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
    config.scanners = Scanners::new([ScannerKind::Image]).expect("one");
    config.builtin_policies = false;
    config.jobs = 1;
    config.documents = documents;
    Scanner::new(config).expect("nothing can be wrong")
}

fn document_of(scanner: &Scanner, image: &Image) -> ImageDocument {
    let source = Source::Bytes { name: "app".to_owned(), bytes: image.oci_archive() };
    scanner.image_document(&source, &Cancel::new()).expect("it can be opened").expect("an image")
}

fn example() -> Image {
    let own = [
        Entry::file("usr/bin/sudo", "x").mode(0o4755),
        Entry::symlink("usr/bin/cc", "sudo"),
        Entry::file("home/me/.npm/_cacache/a", "xx"),
        Entry::file("a", "y"),
    ];
    let base = Layer::files(&[("etc/os-release", "ID=debian\nVERSION_ID=9\n"), ("a", "x")]);
    let top = format!(r#"{{"runImage":{{"topLayer":"{}"}}}}"#, base.diff_id());
    Image::new([base.created_by("ADD rootfs.tar / "), Layer::of(&own).created_by("RUN |1 A=b /bin/sh -c make")])
        .named("registry.example/app:1")
        .empty_step(1, "ENV C=d")
        .run(json!({
            "User": "1000", "Env": ["C=d", "E"], "Cmd": ["run"], "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGINT",
            "Labels": {"io.buildpacks.lifecycle.metadata": top, "org.opencontainers.image.base.name": "debian:9"},
        }))
        .config_fields(json!({"created": "2026-08-20T00:00:00Z"}))
}

/// Without digests, which say nothing here.
fn plain(value: &mut Value) {
    match value {
        Value::String(text) if text.starts_with("sha256:") => "sha256:…".clone_into(text),
        Value::String(text) if text.contains("sha256:") => "…".clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(plain),
        Value::Object(members) => members.values_mut().for_each(plain),
        _ => {}
    }
}

#[test]
fn the_whole_shape() {
    let found = document_of(&scanner(document::Limits::default()), &example());
    assert!(found.problems.is_empty(), "{:?}", found.problems);
    let mut value = found.document.expect("a document").root.to_json();
    plain(&mut value);
    let lines: Vec<String> =
        value.as_object().expect("an object").iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_snapshot!(lines.join("\n"), @r#"
    schema: "portcullis.image/1"
    evaluated_at: "2026-08-25T00:00:00Z"
    name: "registry.example/app:1"
    digest: "sha256:…"
    platform: "linux/amd64"
    created: "2026-08-20T00:00:00Z"
    age_days: 5
    config: {"user":"1000","env":[{"name":"C","value":"d"},{"name":"E","value":""}],"entrypoint":[],"cmd":["run"],"healthcheck":null,"exposed_ports":["80/tcp"],"volumes":[],"labels":{"io.buildpacks.lifecycle.metadata":"…","org.opencontainers.image.base.name":"debian:9"},"working_dir":"","stop_signal":"SIGINT"}
    history: [{"index":0,"instruction":"ADD rootfs.tar / ","created":null,"age_days":null,"empty_layer":false,"layer":0,"variables":[]},{"index":1,"instruction":"ENV C=d","created":null,"age_days":null,"empty_layer":true,"layer":null,"variables":[{"name":"C","value":"d"}]},{"index":2,"instruction":"RUN |1 A=b /bin/sh -c make","created":null,"age_days":null,"empty_layer":false,"layer":1,"variables":[{"name":"A","value":"b"}]}]
    layers: [{"index":0,"digest":"sha256:…","diff_id":"sha256:…","size":165,"instruction":"ADD rootfs.tar / ","base":true},{"index":1,"digest":"sha256:…","diff_id":"sha256:…","size":247,"instruction":"RUN |1 A=b /bin/sh -c make","base":false}]
    os: {"id":"debian","version":"9","name":null,"path":"/etc/os-release","layer":0,"end_of_life":{"state":"ended","date":"2020-07-18","extended_until":"2022-07-01"}}
    base: {"reference":"debian:9","digest":null,"layers":1,"known_by":"label","created":null,"age_days":null}
    special_files: [{"path":"/usr/bin/sudo","layer":1,"mode":"4755","setuid":true,"setgid":false,"base":false}]
    programs: [{"name":"cc","path":"/usr/bin/cc","layer":1,"base":false},{"name":"sudo","path":"/usr/bin/sudo","layer":1,"base":false}]
    caches: [{"tool":"npm","path":"/home/me/.npm/_cacache","layer":1,"files":1,"bytes":2,"base":false}]
    cut: {"special_files":0,"programs":0}
    files: 5
    efficiency: {"total_bytes":28,"reclaimable_bytes":3,"hidden_bytes":1,"causes":[{"layer":0,"cause":"overwritten","files":1,"bytes":1},{"layer":1,"cause":"cache","files":1,"bytes":2}],"waste":[{"path":"/home/me/.npm/_cacache/a","layer":1,"bytes":2,"cause":"cache","by":1},{"path":"/a","layer":0,"bytes":1,"cause":"overwritten","by":1}],"dive":{"efficiency":0.9642857142857143,"wasted_bytes":2,"user_wasted_ratio":0.5}}
    "#);
}

#[test]
fn what_is_larger_than_a_document_may_be_is_a_problem() {
    let found = document_of(&scanner(document::Limits { bytes: 100, ..document::Limits::default() }), &example());
    assert!(found.document.is_none());
    let [problem] = &found.problems[..] else { panic!("{:?}", found.problems) };
    assert_eq!(problem.severity, ProblemSeverity::Error);
    assert!(
        problem.message.starts_with("what the image says of itself was not judged by policies"),
        "{}",
        problem.message
    );
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "[ -~\\p{L}\u{0}-\u{1f}]{0,12}".prop_map(Value::from),
        Just(json!("A=b")),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[ -~]{0,8}", inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A document, or an error that says why there is none; the same twice.
    #[test]
    fn any_configuration(
        run in prop::collection::hash_map(
            prop::sample::select(vec!["User", "Env", "Cmd", "Labels", "ExposedPorts", "Healthcheck", "StopSignal", "WorkingDir"]),
            json_value(),
            0..4,
        ),
        history in json_value(),
        created in json_value(),
    ) {
        let scanner = scanner(document::Limits::default());
        let run: serde_json::Map<String, Value> = run.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let fields = json!({"history": history, "created": created});
        let image = Image::new([Layer::files(&[("a", "x")])]).run(Value::Object(run)).config_fields(fields);
        let (first, second) = (document_of(&scanner, &image), document_of(&scanner, &image));
        let shown = |found: &ImageDocument| found.document.as_ref().map(|document| document.root.to_json());
        prop_assert_eq!(shown(&first), shown(&second));
        let value = shown(&first);
        prop_assert!(value.is_some());
        // What cannot be read is said, and is nothing that a rule could take for an answer.
        let is_read = !value.expect("asked above")["config"].is_null();
        let errors = first.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).count();
        prop_assert_eq!(is_read, errors == 0);
    }
}
