//! What an image says of itself: every built-in rule of images, failing and passing, through the program.

use serde_json::{Value, json};
use testkit::image::Image;
use testkit::layer::Layer;
use testkit::tar::Entry;

use crate::command::{Folder, portcullis_in, scan_json};

const OS: &str = "ID=debian\nVERSION_ID=12\n";

/// A configuration that no rule has anything against.
fn run() -> Value {
    json!({
        "User": "10001", "Entrypoint": ["/app"], "Healthcheck": {"Test": ["CMD", "/app", "check"]},
        "Labels": {"org.opencontainers.image.source": "https://example.com/a", "org.opencontainers.image.revision": "1"},
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut run = run();
    run[name] = value;
    run
}

fn system(os: &str) -> Layer {
    Layer::files(&[("etc/os-release", os)]).created_by("ADD rootfs.tar / ")
}

/// Two layers: a system, and what was put on it.
fn image(entries: &[Entry], run: Value) -> Image {
    Image::new([system(OS), Layer::of(entries).created_by("COPY . /")]).run(run)
}

fn app() -> Vec<Entry> {
    vec![Entry::file("app", "x").mode(0o755)]
}

/// One rule with an image that fails it, the place of what is found (path and layer), and one that passes it.
struct Case {
    rule: &'static str,
    fails: Image,
    place: Option<(&'static str, u64)>,
    passes: Image,
}

fn configured(rule: &'static str, fails: Value, passes: Value) -> Case {
    Case { rule, fails: image(&app(), fails), place: None, passes: image(&app(), passes) }
}

fn filled(rule: &'static str, fails: &[Entry], place: (&'static str, u64), passes: &[Entry]) -> Case {
    Case { rule, fails: image(fails, run()), place: Some(place), passes: image(passes, run()) }
}

fn cases() -> Vec<Case> {
    let old = json!({"history": [
        {"created": "2024-01-01T00:00:00Z", "created_by": "ADD"}, {"created": "2026-08-01T00:00:00Z", "created_by": "COPY"},
    ]});
    let new = json!({"history": [
        {"created": "2026-08-01T00:00:00Z", "created_by": "ADD"}, {"created": "2026-08-01T00:00:00Z", "created_by": "COPY"},
    ]});
    let on = |os: &str| Image::new([system(os), Layer::of(&app()).created_by("COPY . /")]).run(run());
    let big = "x".repeat(50_000_001);
    let program = |path: &str, mode| Entry::file(path, "x").mode(mode);
    vec![
        configured("image/runs-as-root", with("User", json!("root:root")), run()),
        configured("image/no-user", with("User", json!("")), run()),
        configured(
            "image/secret-in-env",
            with("Env", json!(["A=b", "API_TOKEN=f3a9c1d2e4b5"])),
            with("Env", json!(["TOKEN_FILE=/run/t"])),
        ),
        configured(
            "image/exposed-ssh",
            with("ExposedPorts", json!({"22/tcp": {}})),
            with("ExposedPorts", json!({"2222/tcp": {}})),
        ),
        configured(
            "image/missing-healthcheck",
            with("Healthcheck", Value::Null),
            with("Healthcheck", json!({"Test": ["NONE"]})),
        ),
        configured("image/missing-label", with("Labels", json!({"a": "b"})), run()),
        Case {
            rule: "image/secret-in-history",
            fails: image(&app(), run()).empty_step(1, "ARG API_TOKEN=f3a9c1d2e4b5"),
            place: None,
            passes: image(&app(), run()).empty_step(1, "ARG API_TOKEN"),
        },
        Case {
            rule: "image/end-of-life",
            fails: on("ID=debian\nVERSION_ID=9\n"),
            place: Some(("/etc/os-release", 0)),
            passes: on("ID=debian\nVERSION_ID=13\n"),
        },
        Case {
            rule: "image/old-base",
            fails: image(&app(), run()).config_fields(old),
            place: None,
            passes: image(&app(), run()).config_fields(new),
        },
        filled("image/setuid-file", &[program("bin/x", 0o4755)], ("/bin/x", 1), &[program("bin/x", 0o755)]),
        filled(
            "image/package-cache",
            &[Entry::file("root/.cache/pip/http/a", "x")],
            ("/root/.cache/pip", 1),
            &[Entry::file("var/lib/apt/lists/lock", ""), Entry::file("root/.cache/x", "x")],
        ),
        filled(
            "image/build-tools",
            &[program("usr/bin/gcc-12", 0o755), Entry::symlink("usr/bin/gcc", "gcc-12")],
            ("/usr/bin/gcc", 1),
            &[program("usr/bin/env", 0o755), program("opt/gcc", 0o755)],
        ),
        Case {
            rule: "image/wasted-space",
            fails: Image::new([Layer::files(&[("sdk.tar", &big)]), Layer::files(&[(".wh.sdk.tar", "")])]).run(run()),
            place: Some(("/sdk.tar", 0)),
            passes: Image::new([Layer::files(&[("sdk.tar", "x")]), Layer::files(&[(".wh.sdk.tar", "")])]).run(run()),
        },
    ]
}

/// Data that knows how long releases of Debian are supported.
fn lifetimes(folder: &Folder) {
    folder.write(
        "data/endoflife.jsonl",
        r#"{"id":"debian","releases":[{"releaseCycle":"13","eol":"2028-08-09"},{"releaseCycle":"12","eol":"2028-06-30"},{"releaseCycle":"9","eol":"2020-07-18"}]}"#,
    );
    folder.write(
        "data/a.json",
        r#"{"id":"OWN-1","modified":"2026-08-20T00:00:00Z","affected":[{"package":{"ecosystem":"PyPI","name":"a"},"versions":["1"]}]}"#,
    );
    let run = portcullis_in(folder.path(), &["db", "build", "--from", "data", "-o", "own.snapshot"], b"");
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn every_rule_fails_and_passes() {
    let folder = Folder::new();
    lifetimes(&folder);
    let cases = cases();
    let mut arguments = vec!["--profile", "strict", "--scanners", "image", "--fail-on", "none", "--db", "own.snapshot"];
    let mut names = Vec::new();
    for (at, case) in cases.iter().enumerate() {
        for (what, image) in [("fails", &case.fails), ("passes", &case.passes)] {
            let name = format!("{at}-{what}.tar");
            folder.write(&name, image.oci_archive());
            names.push(name);
        }
    }
    arguments.extend(names.iter().map(String::as_str));
    let report = scan_json(folder.path(), &arguments);
    let targets = report["targets"].as_array().unwrap();
    assert_eq!(targets.len(), names.len());
    for (case, pair) in cases.iter().zip(targets.chunks(2)) {
        let found = |target: &Value| -> Vec<Value> {
            assert_eq!(target["problems"], json!([]), "{}", case.rule);
            let own = target["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == case.rule);
            own.cloned().collect()
        };
        let [finding] = &found(&pair[0])[..] else { panic!("{}: {:#}", case.rule, pair[0]["findings"]) };
        assert_eq!((&finding["class"], &finding["status"]), (&json!("image"), &json!("open")), "{}", case.rule);
        let place = finding["locations"]
            .get(0)
            .map(|place| (place["path"].as_str().unwrap(), place["layer"].as_u64().unwrap()));
        assert_eq!(place, case.place, "{}", case.rule);
        assert_eq!(found(&pair[1]), Vec::<Value>::new(), "{}", case.rule);
        assert_eq!(pair[0]["coverage"]["document_kinds"]["image"], 1);
    }
    // Each rule has its page.
    let rules = report["rules"].as_object().unwrap();
    assert!(cases.iter().all(|case| rules[case.rule]["class"] == "image"), "{rules:#?}");
    // One of them is here for every rule there is.
    let list = portcullis_in(folder.path(), &["policy", "list", "-f", "json"], b"").stdout;
    let list: Value = serde_json::from_str(&list).unwrap();
    let known = list.as_array().unwrap().iter().filter(|rule| rule["domain"] == "image").count();
    assert_eq!(known, cases.len());
}

#[test]
fn no_secret_is_repeated() {
    let folder = Folder::new();
    let secret = "f3a9c1d2e4b5";
    let bearer = "c2VjcmV0LXNlY3JldA";
    let program = Entry::file("bin/x", "x").mode(0o4755);
    let layers = [
        system(OS),
        Layer::of([&program]).created_by(&format!("RUN |1 NPM_TOKEN={secret} /bin/sh -c npm ci # buildkit")),
        Layer::of([&program]).created_by(&format!("RUN /bin/sh -c curl https://me:{secret}@example.com/")),
        Layer::of([&program])
            .created_by(&format!("RUN /bin/sh -c curl -H \"Authorization: Bearer {bearer}\" https://a.example/")),
        Layer::of([&program])
            .created_by(&format!("RUN |1 GIT_TOKEN={secret} /bin/sh -c curl -H 'authorization: basic {bearer}' b")),
    ];
    let check = format!("curl -fsH \"Authorization: token {bearer}\" http://localhost/");
    let mut config = with("Env", json!([format!("API_TOKEN={secret}")]));
    config["Healthcheck"] = json!({"Test": ["CMD-SHELL", check]});
    let image = Image::new(layers).run(config).empty_step(1, &format!("HEALTHCHECK &{{[\"CMD-SHELL\" {check:?}]}}"));
    folder.write("a.tar", image.empty_step(1, &format!("ARG GIT_TOKEN={secret}")).oci_archive());
    let formats = ["text", "json", "sarif", "github", "junit", "markdown", "html", "gitlab-sast"];
    let arguments: Vec<String> =
        formats.iter().flat_map(|format| ["-f".to_owned(), format!("{format}=out.{format}")]).collect();
    let arguments: Vec<&str> =
        ["scan", "a.tar", "-v"].into_iter().chain(arguments.iter().map(String::as_str)).collect();
    let run = portcullis_in(folder.path(), &arguments, b"");
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    for format in formats {
        let text = std::fs::read_to_string(folder.path().join(format!("out.{format}"))).unwrap();
        assert!(!text.contains(secret) && !text.contains(bearer), "{format}");
    }
    let shown = |more: &[&str]| {
        let run = portcullis_in(folder.path(), &[&["policy", "input", "a.tar"], more].concat(), b"");
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let input = shown(&[]);
    assert!(!input.contains(secret) && !input.contains(bearer) && input.contains(r#""name": "API_TOKEN""#), "{input}");
    assert!(
        input.contains("NPM_TOKEN=*** /bin/sh -c npm ci") && input.contains("not shown: it holds a secret"),
        "{input}"
    );
    assert!(shown(&["--show-secrets"]).contains(secret));
    let text = std::fs::read_to_string(folder.path().join("out.text")).unwrap();
    assert!(text.contains("ENV `API_TOKEN` holds a secret") && text.contains("gives `GIT_TOKEN` a secret"), "{text}");
    let json = std::fs::read_to_string(folder.path().join("out.json")).unwrap();
    assert!(json.contains("RUN |1 NPM_TOKEN=*** /bin/sh -c npm ci") && json.contains("not shown: it holds a secret"));
}

#[test]
fn what_is_not_known_of_a_system_is_said() {
    let folder = Folder::new();
    let image = Image::new([system("ID=nobodyknows\nVERSION_ID=1\n"), Layer::of(&app())]).run(run());
    folder.write("a.tar", image.oci_archive());
    let report = scan_json(folder.path(), &["a.tar"]);
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["status"]), (&json!("image/end-of-life"), &json!("unknown")), "{finding:#}");
    let reasons = report["verdict"]["reasons"].to_string();
    assert!(reasons.contains("1 finding undecided and not counted"), "{reasons}");
}

#[test]
fn the_end_of_life_is_said_once() {
    let folder = Folder::new();
    let image = Image::new([system("ID=debian\nVERSION_ID=9\n"), Layer::of(&app())]).run(run());
    folder.write("a.tar", image.oci_archive());
    lifetimes(&folder);
    let report = scan_json(folder.path(), &["a.tar", "--fail-on", "none", "--db", "own.snapshot"]);
    let findings = report["targets"][0]["findings"].as_array().unwrap();
    let said: Vec<_> =
        findings.iter().filter(|finding| finding["message"].as_str().unwrap().contains("end of life")).collect();
    let [finding] = said[..] else { panic!("{findings:#?}") };
    assert_eq!((&finding["class"], &finding["aliases"]), (&json!("end-of-life"), &json!(["image/end-of-life"])));
}

#[test]
fn parameters_and_dates_are_inputs() {
    let folder = Folder::with("--- strict.yaml\nparameters:\n  base_age_days: 10\n  wasted_bytes: 0\n");
    let history = json!({"history": [{"created": "2026-08-01T00:00:00Z"}, {"created": "2026-08-01T00:00:00Z"}]});
    let layers = [Layer::files(&[("gone", "x")]), Layer::files(&[(".wh.gone", "")])];
    folder.write("a.tar", Image::new(layers).run(run()).config_fields(history).oci_archive());
    let rules = |more: &[&str]| -> Vec<String> {
        let report = scan_json(folder.path(), &[&["a.tar", "--profile", "strict", "--fail-on", "none"], more].concat());
        let findings = report["targets"][0]["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(rules(&[]), Vec::<String>::new());
    // What has a place comes first.
    assert_eq!(rules(&["--data", "strict.yaml"]), ["image/wasted-space", "image/old-base"]);
}

/// No rules and no data but one's own.
const ALONE: &[&str] = &["--no-builtin-policies", "--scanners", "policy,image"];

#[test]
fn a_rule_of_ones_own_sees_what_policy_input_shows() {
    let folder = Folder::with(
        "--- own.rego\n# METADATA\n# scope: package\n# custom:\n#   kind: image\npackage main\n\nimport rego.v1\n\n\
         deny contains msg if {\n\tinput.config.working_dir == \"/tmp\"\n\tmsg := \"it works in /tmp\"\n}\n",
    );
    folder.write("a.tar", image(&app(), with("WorkingDir", json!("/tmp"))).oci_archive());
    let report =
        scan_json(folder.path(), &[&["a.tar", "--policy", "own.rego", "--fail-on", "any"][..], ALONE].concat());
    assert_eq!(report["verdict"]["exit_code"], 1, "{report:#}");
    let finding = &report["targets"][0]["findings"][0];
    assert_eq!((&finding["rule"], &finding["class"]), (&json!("main/deny"), &json!("image")));
    let shown = |words: &[&str]| -> Value {
        let run = portcullis_in(folder.path(), &[&["policy", "input", "--now", "2026-08-25"], words].concat(), b"");
        assert_eq!(run.code, 0, "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let (by_prefix, by_content) = (shown(&["image:a.tar"]), shown(&["a.tar"]));
    assert_eq!(by_prefix["documents"][0]["input"]["config"], by_content["documents"][0]["input"]["config"]);
    let document = &by_content["documents"][0];
    assert_eq!((&document["kind"], &document["input"]["schema"]), (&json!("image"), &json!("portcullis.image/1")));
    assert_eq!(document["input"]["config"]["working_dir"], "/tmp");
    assert_eq!(document["input"]["os"]["id"], "debian");
    // What is shown is what is judged, also from a file.
    folder.write("kept.json", document["input"].to_string());
    let report =
        scan_json(folder.path(), &["kept.json", "--policy", "own.rego", "--no-builtin-policies", "--fail-on", "any"]);
    assert_eq!(report["targets"][0]["findings"][0]["rule"], "main/deny", "{report:#}");
}

#[test]
fn policies_about_files_do_not_judge_images() {
    let folder =
        Folder::with("--- own.rego\npackage main\n\nimport rego.v1\n\ndeny contains \"no kind\" if not input.kind\n");
    folder.write("a.tar", image(&app(), run()).oci_archive());
    let report = scan_json(folder.path(), &[&["a.tar", "--policy", "own.rego", "--allow-empty"][..], ALONE].concat());
    assert_eq!(report["targets"][0]["findings"], json!([]));
}
