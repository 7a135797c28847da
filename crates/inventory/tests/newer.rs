//! Lockfiles from the future: each format that numbers itself says that the number is not known, and still gives what can be read.

use model::{Origin, ProblemKind, ProblemSeverity, TreePath};
use portcullis_inventory::{Input, detectors};

/// Detector, name of a file, and a lockfile of a version nobody has seen.
const FROM_THE_FUTURE: &[(&str, &str, &str)] = &[
    (
        "cargo-lock",
        "Cargo.lock",
        "version = 99\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"\n",
    ),
    (
        "npm-lock",
        "package-lock.json",
        "{\"lockfileVersion\": 99, \"packages\": {\"node_modules/a\": {\"version\": \"1.0.0\"}}}\n",
    ),
    (
        "yarn-lock",
        "yarn.lock",
        "__metadata:\n  version: 99\n\n\"a@npm:^1\":\n  version: 1.0.0\n  resolution: \"a@npm:1.0.0\"\n",
    ),
    (
        "pnpm-lock",
        "pnpm-lock.yaml",
        "lockfileVersion: '99.0'\npackages:\n  a@1.0.0:\n    resolution: {integrity: sha512-x}\n",
    ),
    (
        "bun-lock",
        "bun.lock",
        "{\"lockfileVersion\": 99, \"packages\": {\"a\": [\"a@1.0.0\", \"\", {}, \"sha512-x\"]}}\n",
    ),
    ("deno-lock", "deno.lock", "{\"version\": \"99\", \"npm\": {\"a@1.0.0\": {\"integrity\": \"x\"}}}\n"),
    (
        "pipfile-lock",
        "Pipfile.lock",
        "{\"_meta\": {\"pipfile-spec\": 99}, \"default\": {\"a\": {\"version\": \"==1.0.0\"}}}\n",
    ),
    (
        "poetry-lock",
        "poetry.lock",
        "[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n\n[metadata]\nlock-version = \"99.0\"\n",
    ),
    ("pdm-lock", "pdm.lock", "[metadata]\nlock_version = \"99.0\"\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\n"),
    (
        "uv-lock",
        "uv.lock",
        "version = 99\n\n[[package]]\nname = \"a\"\nversion = \"1.0.0\"\nsource = { registry = \"https://pypi.org/simple\" }\n",
    ),
    ("pylock", "pylock.toml", "lock-version = \"99.0\"\n\n[[packages]]\nname = \"a\"\nversion = \"1.0.0\"\n"),
    ("conda-lock", "conda-lock.yml", "version: 99\npackage:\n- name: a\n  version: 1.0.0\n  manager: conda\n"),
    ("pixi-lock", "pixi.lock", "version: 99\npackages:\n- conda: https://c.example/noarch/a-1.0.0-0.conda\n"),
    (
        "sbt-lock",
        "build.sbt.lock",
        "{\"lockVersion\": 99, \"dependencies\": [{\"org\": \"g\", \"name\": \"a\", \"version\": \"1.0.0\", \"configurations\": [\"compile\"]}]}\n",
    ),
    (
        "nuget-lock",
        "packages.lock.json",
        "{\"version\": 99, \"dependencies\": {\"net8.0\": {\"a\": {\"type\": \"Direct\", \"resolved\": \"1.0.0\"}}}}\n",
    ),
    (
        "swift-resolved",
        "Package.resolved",
        "{\"version\": 99, \"pins\": [{\"identity\": \"a\", \"location\": \"https://git.example/a\", \"state\": {\"version\": \"1.0.0\"}}]}\n",
    ),
    ("conan-lock", "conan.lock", "{\"version\": \"99\", \"requires\": [\"a/1.0.0\"]}\n"),
    (
        "julia-manifest",
        "Manifest.toml",
        "manifest_format = \"99.0\"\n\n[[deps.a]]\nuuid = \"7876af07-990d-54b4-ab0e-23690620f79a\"\nversion = \"1.0.0\"\n",
    ),
    (
        "module-bazel-lock",
        "MODULE.bazel.lock",
        "{\"lockFileVersion\": 9999, \"registryFileHashes\": {\"https://bcr.bazel.build/modules/a/1.0.0/source.json\": \"x\"}}\n",
    ),
    (
        "flake-lock",
        "flake.lock",
        "{\"version\": 99, \"root\": \"root\", \"nodes\": {\"root\": {}, \"a\": {\"locked\": {\"type\": \"github\", \"owner\": \"o\", \"repo\": \"a\", \"rev\": \"1\"}}}}\n",
    ),
    ("carton-snapshot", "cpanfile.snapshot", "# carton snapshot format: version 99.0\nDISTRIBUTIONS\n  A-1.0\n"),
    ("rebar-lock", "rebar.lock", "{\"99.0.0\",\n[{<<\"a\">>,{pkg,<<\"a\">>,<<\"1.0.0\">>},0}]}.\n"),
];

#[test]
fn what_is_newer_is_said_and_read() {
    let mut wrong = Vec::new();
    for (name, path, text) in FROM_THE_FUTURE {
        let detector = detectors().iter().find(|detector| detector.name == *name).expect("a detector of this name");
        let origin = Origin::file(TreePath::new(*path).expect("a path"));
        let parsed = (detector.parse)(&Input { origin: &origin, bytes: text.as_bytes(), companions: &[] });
        let is_said = parsed
            .problems
            .iter()
            .any(|problem| problem.kind == ProblemKind::FormatVersion && problem.severity != ProblemSeverity::Note);
        if parsed.packages.len() != 1 || !is_said {
            wrong.push(format!("{name}: {} packages, {:?}", parsed.packages.len(), parsed.problems));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
