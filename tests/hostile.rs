//! Damaged and hostile input through the whole program: a clear message, the right code, never a panic, never a pass
//! without having looked.

use crate::command::{Folder, NOW, Run, portcullis_in, scan_json};

fn scan(folder: &Folder, arguments: &[&str]) -> Run {
    let run = portcullis_in(folder.path(), &[&["scan", "--now", NOW], arguments].concat(), b"");
    assert!((0..=5).contains(&run.code), "code {}: {}", run.code, run.stderr);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    run
}

fn demo_image() -> Vec<u8> {
    std::fs::read(testkit::workspace().join("fixtures/demo/service-image.tar")).expect("`cargo xtask demo` made it")
}

/// What a cut leaves is either not a pass, or all that the whole image holds: every layer is checked against its digest.
#[test]
fn an_image_cut_anywhere_is_never_a_pass_with_less() {
    let image = demo_image();
    let folder = Folder::new();
    let packages = |end: usize, prefix: &str| {
        folder.write("image.tar", &image[..end]);
        let run = scan(&folder, &[&format!("{prefix}image.tar"), "--fail-on", "none", "-f", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap_or_default();
        (run.code, report["targets"][0]["packages"].clone())
    };
    let (code, whole) = packages(image.len(), "");
    assert!(code == 0 && whole.as_array().is_some_and(|packages| packages.len() > 5), "{whole:#}");
    for part in 1..24 {
        let end = image.len() * part / 24;
        for prefix in ["", "docker-archive:", "oci-archive:"] {
            let (code, left) = packages(end, prefix);
            assert!(code != 0 || left == whole, "cut at {end} of {}: a pass of {prefix}", image.len());
        }
    }
}

#[test]
fn an_image_with_a_flipped_byte_is_never_a_panic() {
    let image = demo_image();
    let folder = Folder::new();
    for at in (0..image.len()).step_by(image.len() / 40) {
        let mut bytes = image.clone();
        bytes[at] ^= 0x21;
        folder.write("image.tar", &bytes);
        scan(&folder, &["image.tar"]);
    }
}

#[test]
fn laughing_yaml_is_a_located_problem() {
    let mut text = String::from("apiVersion: v1\nkind: Pod\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for at in 1..12 {
        let aliases = vec![format!("*a{}", at - 1); 10].join(", ");
        text.push_str(&format!("a{at}: &a{at} [{aliases}]\n"));
    }
    let folder = Folder::new();
    folder.write("bomb.yaml", text);
    let report = scan_json(folder.path(), &[]);
    assert_eq!(report["verdict"]["exit_code"], 4, "{:#}", report["verdict"]);
    let problem = &report["targets"][0]["problems"][0];
    assert_eq!((problem["kind"].as_str(), problem["path"].as_str()), (Some("limit"), Some("bomb.yaml")), "{problem}");
    assert!(problem["line"].is_u64(), "{problem}");
}

#[test]
fn deep_nesting_is_a_located_problem() {
    let folder = Folder::new();
    folder.write("package-lock.json", format!("{{\"packages\":{}", "[".repeat(200_000)));
    folder.write("pod.json", format!("{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"a\":{}", "{\"a\":".repeat(100_000)));
    let report = scan_json(folder.path(), &[]);
    assert_eq!(report["verdict"]["exit_code"], 4);
    let paths: Vec<&str> = report["targets"][0]["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|problem| problem["path"].as_str())
        .collect();
    assert!(paths.contains(&"package-lock.json") && paths.contains(&"pod.json"), "{paths:?}");
}

#[test]
fn a_policy_that_would_hang_the_parser_is_refused_at_once() {
    let folder = Folder::with("--- pod.yaml\napiVersion: v1\nkind: Pod\n");
    folder.write("deep.rego", format!("package main\n\nx := {}1{}\n", "[".repeat(60), "]".repeat(60)));
    let run = scan(&folder, &["--policy", "deep.rego"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("deep.rego:3"), "{}", run.stderr);
}

#[test]
fn a_policy_that_never_ends_is_an_error_not_a_pass() {
    let folder = Folder::with("--- pod.yaml\napiVersion: v1\nkind: Pod\n");
    folder.write(
        "slow.rego",
        "package main\n\nimport rego.v1\n\ndeny contains msg if {\n\tsome a in numbers.range(1, 100000)\n\tsome b in numbers.range(1, 100000)\n\ta * b < 0\n\tmsg := \"never\"\n}\n",
    );
    let run = scan(&folder, &["--policy", "slow.rego", "--no-builtin-policies", "--timeout", "20"]);
    assert_eq!(run.code, 4, "{}{}", run.stdout, run.stderr);
}

#[test]
fn names_cannot_steer_the_terminal() {
    let folder = Folder::with("--- requirements.txt\ndjango==3.2.0\n");
    let name = "evil\u{1b}[2J\u{202e}gpj.yaml";
    folder.write(
        name,
        "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: \"x\\u001b[31m\"\n      image: nginx\n",
    );
    let run = scan(&folder, &[]);
    assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{}", run.stdout);
    assert!(run.stdout.contains("evil\\x1b"), "{}", run.stdout);
}

#[test]
#[cfg(unix)]
fn links_out_of_the_tree_are_not_followed() {
    let outside = Folder::with("--- requirements.txt\ndjango==3.2.0\n");
    let folder = Folder::with("--- notes.txt\nnothing here\n");
    std::os::unix::fs::symlink(outside.path().join("requirements.txt"), folder.path().join("requirements.txt"))
        .unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("tools")).unwrap();
    let image = testkit::workspace().join("fixtures/demo/service-image.tar");
    std::os::unix::fs::symlink(image, folder.path().join("image.tar")).unwrap();
    let report = scan_json(folder.path(), &[]);
    assert_eq!(report["targets"].as_array().map(Vec::len), Some(1), "the image behind a link was opened");
    assert_eq!(report["targets"][0]["findings"], serde_json::json!([]));
    assert_ne!(report["verdict"]["exit_code"], 0, "what was not followed is said: {report:#}");
}

#[test]
fn standard_input_is_told_from_its_content() {
    let folder = Folder::new();
    let lockfile =
        portcullis_in(folder.path(), &["scan", "-", "--name", "requirements.txt", "--now", NOW], b"django==3.2.0\n");
    assert_eq!(lockfile.code, 1, "{}", lockfile.stderr);
    let image =
        portcullis_in(folder.path(), &["scan", "-", "--now", NOW, "--fail-on", "none", "-f", "json"], &demo_image());
    assert!(image.stdout.contains("\"image\""), "{}{}", image.stdout, image.stderr);
    let nothing = portcullis_in(folder.path(), &["scan", "-", "--now", NOW], b"");
    assert_eq!(nothing.code, 3, "{}{}", nothing.stdout, nothing.stderr);
}

/// Every test that `docs/hostile.md` names is there.
#[test]
fn the_page_of_attacks_names_tests_that_are_there() {
    let root = testkit::workspace();
    let page = std::fs::read_to_string(root.join("docs/hostile.md")).unwrap();
    let mut sources = String::new();
    let mut folders = vec![root.join("crates"), root.join("tests")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                sources.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let rows = page
        .lines()
        .filter(|line| line.starts_with("| "))
        .filter_map(|line| line.trim_end_matches(" |").rsplit(" | ").next());
    let names: Vec<&str> = rows.flat_map(|tests| tests.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 60, "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !sources.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
