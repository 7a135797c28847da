//! Every sample lockfile and every sample of an operating system: read, or refused with a place and a reason.
//!
//! The samples lie under names of their own; the table says which name each would have in a tree. The counts are a
//! snapshot, so that a change in any reader shows here.
//!
//! A peer's recorded results are a second opinion: names and versions it lists and we do not, or the other way round, are a
//! snapshot too, each with its reason in a comment.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use model::{Origin, ProblemSeverity, Scope, TargetKind, TreePath};
use portcullis_inventory::{ClaimTable, CompanionFile, DetectorId, Input, Parsed};

/// Folder of samples, end of their names, and the name such a file has in a tree; `*` keeps its own.
const NAMES: &[(&str, &str, &str)] = &[
    ("c/conan", ".lock", "conan.lock"),
    ("conda/environment", ".yaml", "environment.yaml"),
    ("conda/meta", ".json", "conda-meta/*"),
    ("dart/pub", ".lock", "pubspec.lock"),
    ("dotnet/core_deps", ".json", "*"),
    ("golang/mod", "gomod", "go.mod"),
    ("gradle/lockfile", ".lockfile", "gradle.lockfile"),
    ("hex/mix", ".lock", "mix.lock"),
    ("julia/manifest", "Manifest_v1.6.toml", "Manifest.toml"),
    ("julia/manifest", "Manifest_v1.8.toml", "Manifest.toml"),
    ("nodejs/bun", ".lock", "bun.lock"),
    ("nodejs/npm", ".json", "package-lock.json"),
    ("nodejs/packagejson", ".json", "node_modules/x/package.json"),
    ("nodejs/pnpm", ".yaml", "pnpm-lock.yaml"),
    ("nodejs/yarn", ".lock", "yarn.lock"),
    ("nuget/config", ".config", "packages.config"),
    ("nuget/lock", ".json", "packages.lock.json"),
    ("nuget/packagesprops", "", "Directory.Packages.props"),
    ("php/composer", ".lock", "composer.lock"),
    ("python/packaging", ".METADATA", "site-packages/x-1.dist-info/METADATA"),
    ("python/packaging", ".PKG-INFO", "site-packages/x-1.egg-info/PKG-INFO"),
    ("python/pip", ".txt", "requirements.txt"),
    ("python/pipenv", ".lock", "Pipfile.lock"),
    ("python/poetry", ".lock", "poetry.lock"),
    ("python/pylock", ".toml", "pylock.toml"),
    ("python/uv", ".lock", "uv.lock"),
    ("ruby/bundler", ".lock", "Gemfile.lock"),
    ("ruby/gemspec", ".gemspec", "specifications/*"),
    ("rust/cargo", ".lock", "Cargo.lock"),
    ("swift/cocoapods", ".lock", "Podfile.lock"),
    ("swift/swift", "Package.resolved", "Package.resolved"),
];

/// A recorded result of a peer, the folder it is about, and the file in it.
const PEERS: &[(&str, &str, &str)] = &[
    ("bun", "bun", "bun.lock"),
    ("cargo.lock", "cargo", "Cargo.lock"),
    ("composer.lock", "composer", "composer.lock"),
    ("cocoapods", "cocoapods", "Podfile.lock"),
    ("conan", "conan", "conan.lock"),
    ("dotnet", "dotnet", "datacollector.deps.json"),
    ("mix.lock", "mixlock", "mix.lock"),
    ("npm-with-dev", "npm", "package-lock.json"),
    ("nuget", "nuget", "packages.lock.json"),
    ("pip", "pip", "requirements.txt"),
    ("pipenv", "pipenv", "Pipfile.lock"),
    ("pnpm", "pnpm", "pnpm-lock.yaml"),
    ("poetry", "poetry", "poetry.lock"),
    ("pubspec.lock", "pubspec", "pubspec.lock"),
    ("pylock", "pylock", "pylock.toml"),
    ("uv", "uv", "uv.lock"),
    ("yarn", "yarn", "yarn.lock"),
];

/// What the readers of one kind found in all their samples.
#[derive(Default)]
struct Count {
    files: usize,
    packages: usize,
    errors: usize,
    warnings: usize,
}

#[test]
fn lockfiles() {
    let Some(root) = testkit::shared("samples/lockfiles") else { return };
    let files = files_below(&root);
    assert_eq!(files.len(), 315);
    let (counts, refusals) = sweep(TargetKind::Directory, &root, &files, canonical);
    insta::assert_snapshot!(counts, @r"
    (no claim): 62 files, 0 packages, 0 errors, 0 warnings
    bun-lock: 3 files, 8 packages, 1 errors, 1 warnings
    cargo-lock: 4 files, 28 packages, 2 errors, 4 warnings
    composer-lock: 1 files, 10 packages, 0 errors, 0 warnings
    conan-lock: 5 files, 10 packages, 0 errors, 0 warnings
    conda-environment: 6 files, 19 packages, 5 errors, 0 warnings
    conda-installed: 4 files, 2 packages, 2 errors, 0 warnings
    dotnet-deps: 8 files, 14 packages, 2 errors, 0 warnings
    gem-installed: 6 files, 4 packages, 2 errors, 0 warnings
    gemfile-lock: 3 files, 15 packages, 1 errors, 2 warnings
    go-mod: 12 files, 35 packages, 0 errors, 2 warnings
    go-sum: 8 files, 4 packages, 0 errors, 0 warnings
    gradle-lock: 2 files, 4 packages, 0 errors, 1 warnings
    julia-manifest: 9 files, 14 packages, 0 errors, 1 warnings
    maven-pom: 83 files, 71 packages, 0 errors, 12 warnings
    mix-lock: 2 files, 5 packages, 0 errors, 2 warnings
    node-installed: 13 files, 9 packages, 2 errors, 0 warnings
    npm-lock: 10 files, 119 packages, 0 errors, 1 warnings
    nuget-central: 6 files, 13 packages, 4 errors, 1 warnings
    nuget-config: 3 files, 6 packages, 1 errors, 0 warnings
    nuget-lock: 4 files, 52 packages, 0 errors, 0 warnings
    pipfile-lock: 3 files, 40 packages, 0 errors, 0 warnings
    pnpm-lock: 11 files, 371 packages, 0 errors, 4 warnings
    podfile-lock: 3 files, 2 packages, 1 errors, 3 warnings
    poetry-lock: 3 files, 31 packages, 0 errors, 0 warnings
    pubspec-lock: 3 files, 2 packages, 1 errors, 3 warnings
    pylock: 2 files, 10 packages, 2 errors, 0 warnings
    python-installed: 10 files, 10 packages, 0 errors, 0 warnings
    requirements: 11 files, 37 packages, 7 errors, 0 warnings
    sbt-lock: 2 files, 4 packages, 0 errors, 0 warnings
    swift-resolved: 3 files, 8 packages, 1 errors, 1 warnings
    uv-lock: 3 files, 22 packages, 0 errors, 3 warnings
    yarn-lock: 7 files, 45 packages, 0 errors, 6 warnings
    ");
    // "Found nothing" are empty lockfiles, and poms that hold modules or managed versions and ask for nothing themselves.
    // pip takes `#` for a comment only behind a blank, so `3.0.0#comment` is no version; the peer reads it as 3.0.0.
    insta::assert_snapshot!(refusals, @r"
    c/conan/empty_v1.lock: conan-lock found nothing in it
    conda/environment/invalid.yaml:1: the file has no `dependencies`: it is no environment of conda
    conda/environment/operator-only-dep.yaml:5: `=` names no package: it is not read
    conda/environment/operator-only-dep.yaml:6: `==` names no package: it is not read
    conda/environment/wrong-nested-dep-type.yaml:6: a requirement of pip that is no text: it is not read
    conda/environment/wrong-nested-type.yaml:5: `pip` is no list: it is not read
    conda/meta/invalid_json.json:1: a value is expected here: from here on nothing is read
    conda/meta/invalid_package.json:1: the record of a package has no name or no version: it is not read
    dart/pub/broken.lock:1: the file has no `packages`: it is no pubspec.lock
    dotnet/core_deps/invalid.deps.json:12: the JSON ends in the middle: what follows is missing
    dotnet/core_deps/no-libraries.deps.json:1: the file has no `libraries`: which packages it is about is not known
    golang/mod/normal/go.sum: go-sum found nothing in it
    golang/mod/replaced-with-local-path-and-version-mismatch/go.sum: go-sum found nothing in it
    golang/mod/replaced-with-local-path-and-version/go.sum: go-sum found nothing in it
    golang/mod/replaced-with-local-path/go.sum: go-sum found nothing in it
    golang/mod/replaced-with-version-mismatch/go.sum: go-sum found nothing in it
    golang/mod/replaced-with-version/go.sum: go-sum found nothing in it
    golang/mod/replaced/go.sum: go-sum found nothing in it
    java/pom/exclusions-parent-dependency-management/pom.xml: maven-pom found nothing in it
    java/pom/get-fields-from-multiple-depmanagements/parent/pom.xml: maven-pom found nothing in it
    java/pom/inherit-license/module/pom.xml: maven-pom found nothing in it
    java/pom/inherit-license/module/submodule/pom.xml: maven-pom found nothing in it
    java/pom/inherit-license/pom.xml: maven-pom found nothing in it
    java/pom/inherit-props/pom.xml: maven-pom found nothing in it
    java/pom/inherit-scopes-in-parents-from-root/pom.xml: maven-pom found nothing in it
    java/pom/modules-infinity-loop/module-1/pom.xml: maven-pom found nothing in it
    java/pom/modules-infinity-loop/pom.xml: maven-pom found nothing in it
    java/pom/multi-module-soft-requirement/pom.xml: maven-pom found nothing in it
    java/pom/multi-module/pom.xml: maven-pom found nothing in it
    java/pom/multiple-modules-with-deps-with-same-gav-with-props/pom.xml: maven-pom found nothing in it
    java/pom/multiple-modules-with-deps-with-same-gav/pom.xml: maven-pom found nothing in it
    java/pom/multiply-licenses/pom.xml: maven-pom found nothing in it
    java/pom/nested-modules/module1/pom.xml: maven-pom found nothing in it
    java/pom/nested-modules/pom.xml: maven-pom found nothing in it
    java/pom/no-parent-infinity-loop/parent/pom.xml: maven-pom found nothing in it
    java/pom/no-parent-infinity-loop/pom.xml: maven-pom found nothing in it
    java/pom/not-found-module/pom.xml: maven-pom found nothing in it
    java/pom/parent-child-properties/parent/pom.xml: maven-pom found nothing in it
    java/pom/parent-dependencies/child/pom.xml: maven-pom found nothing in it
    java/pom/parent-dependency-management/pom.xml: maven-pom found nothing in it
    java/pom/parent-version-is-property/pom.xml: maven-pom found nothing in it
    java/pom/project-version-from-parent/parent/pom.xml: maven-pom found nothing in it
    java/pom/project-version-from-parent/top-parent/pom.xml: maven-pom found nothing in it
    java/pom/repo-from-root-for-dep-from-module/pom.xml: maven-pom found nothing in it
    java/pom/repository/org/example/example-nested-scope-compile/1.0.0/parent/pom.xml: maven-pom found nothing in it
    java/pom/repository/org/example/example-nested-scope-empty/1.0.0/parent/pom.xml: maven-pom found nothing in it
    java/pom/repository/org/example/example-nested-scope-runtime/1.0.0/parent/pom.xml: maven-pom found nothing in it
    java/pom/transitive-parents/pom.xml: maven-pom found nothing in it
    java/pom/use-child-dep-management-in-parent/pom.xml: maven-pom found nothing in it
    julia/manifest/multiple-same-deps/Manifest.toml: julia-manifest found nothing in it
    julia/manifest/no_deps_v1.6/Manifest.toml: julia-manifest found nothing in it
    julia/manifest/no_deps_v1.9/Manifest.toml: julia-manifest found nothing in it
    julia/manifest/shadowed_dep_v1.9/Manifest.toml: julia-manifest found nothing in it
    nodejs/bun/bun_invalid.lock:1: the lockfile has no packages: nothing of it is read
    nodejs/packagejson/invalid_name.json:2: package `@invalid/packageName/` is not read: a package URL needs a name
    nodejs/packagejson/invalid_package.json:2: a `:` is expected after a key: from here on nothing is read
    nuget/config/malformed_xml.config:5: the XML ends in the middle: what follows is missing
    nuget/packagesprops/no_item_group.props: nuget-central found nothing in it
    nuget/packagesprops/no_project.props:1: the file has no `Project` element: no version of it is read
    nuget/packagesprops/packages.props:7: a version for ``, which names no package: it is not read
    nuget/packagesprops/variables_and_empty:4: a version for `$(variable2)`, which names no package: it is not read
    nuget/packagesprops/variables_and_empty:5: a version for ``, which names no package: it is not read
    python/pip/requirements_comments.txt:6: `Jinja2==3.0.0#comment` asks for something that is no version: it is not read
    python/pip/requirements_no_version.txt:3: `>=1.0.0` does not begin with the name of a package: it is not read
    python/pip/requirements_with_templating_engine.txt:1: `%ifcookiecutter.command_line_interface|lower=='click'-%}` does not begin with the name of a package: it is not read
    python/pip/requirements_with_templating_engine.txt:2: `foo|bar=='1.2.4'` has something after its name that is no version: it is not read
    python/pip/requirements_with_templating_engine.txt:3: `foo{bar}==%%` has something after its name that is no version: it is not read
    python/pip/requirements_with_templating_engine.txt:4: `foo,bar&&foobar==1.2.3` has something after its name that is no version: it is not read
    python/pip/requirements_with_templating_engine.txt:5: `foo=='invalid-version'` asks for something that is no version: it is not read
    python/pylock/sad.toml:1: the file has no `lock-version`: it is no pylock.toml
    python/pylock/sad.toml:1: wrong TOML, unquoted keys cannot be empty, expected letters, numbers, `-`, `_`: what this line says may be missing
    ruby/bundler/Gemfile_malformed.lock:1: `malformed` is no line of a Gemfile.lock: it is not read
    ruby/gemspec/malformed00.gemspec:1: the specification of a gem does not name it and its version: it is not read
    ruby/gemspec/malformed01.gemspec:1: the specification of a gem does not name it and its version: it is not read
    rust/cargo/cargo_invalid.lock:10: wrong TOML, string values must be quoted, expected literal string: what this line says may be missing
    rust/cargo/cargo_invalid.lock:9: package `normal` has no version: it is not read
    sbt/lockfile/empty.sbt.lock: sbt-lock found nothing in it
    swift/cocoapods/sad.lock:2: `AppCenter = 4.2.0` is no pod and its version: it is not read
    swift/swift/empty-Package.resolved:1: the file has no `pins`: it is no Package.resolved
    ");
}

#[test]
fn operating_systems() {
    let Some(root) = testkit::shared("samples/os-files") else { return };
    let files = files_below(&root);
    assert_eq!(files.len(), 54);
    let place = |sample: &str| match sample {
        "pkg/apk/apk" => "lib/apk/db/installed".to_owned(),
        _ if sample.starts_with("os/release/") => "etc/os-release".to_owned(),
        _ if sample.starts_with("pkg/bottlerocket_inventory/") => {
            "usr/share/bottlerocket/application-inventory.json".to_owned()
        }
        _ => sample.to_owned(),
    };
    let (counts, refusals) = sweep(TargetKind::Image, &root, &files, place);
    insta::assert_snapshot!(counts, @r"
    (no claim): 24 files, 0 packages, 0 errors, 0 warnings
    apk: 1 files, 15 packages, 2 errors, 0 warnings
    bottlerocket: 2 files, 7 packages, 0 errors, 0 warnings
    os-release: 27 files, 0 packages, 0 errors, 10 warnings
    ");
    insta::assert_snapshot!(refusals, @r"
    pkg/apk/apk:23: package `invalidPackageWithoutAVersion` has no version (`V:`): it is not read
    pkg/apk/apk:564: the package database does not end in a line break: it is cut short and packages may be missing
    ");
}

#[test]
fn beside_a_peer() {
    let Some(root) = testkit::shared("samples/peer-goldens") else { return };
    let table = ClaimTable::new(TargetKind::Directory, false);
    let (mut compared, mut differences) = (0, String::new());
    for (golden, folder, name) in PEERS {
        let text = std::fs::read_to_string(root.join(format!("{golden}.json.golden"))).expect("a recorded result");
        let golden: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let theirs: BTreeSet<String> = golden["Results"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|result| result["Target"] == *name)
            .flat_map(|result| result["Packages"].as_array().into_iter().flatten())
            .map(|package| {
                format!("{} {}", package["Name"].as_str().unwrap_or("-"), package["Version"].as_str().unwrap_or("-"))
            })
            .collect();
        let file = root.join("fixtures/repo").join(folder).join(name);
        let path = TreePath::new(name).expect("a valid path");
        let id = table.route(&path, false).detectors[0];
        let detector = id.detector();
        let neighbours = companions_of(&table, id, &file, &path);
        let companions: Vec<CompanionFile<'_>> =
            neighbours.iter().map(|(path, bytes)| CompanionFile { path, bytes }).collect();
        let bytes = std::fs::read(&file).expect("a readable sample");
        let parsed = (detector.parse)(&Input { origin: &Origin::file(path), bytes: &bytes, companions: &companions });
        let ours = parsed.packages.iter();
        let ours: BTreeSet<String> =
            ours.map(|package| format!("{} {}", package.name, package.version.as_deref().unwrap_or("-"))).collect();
        let of_developers = parsed.packages.iter().filter(|package| package.scope == Scope::Development);
        let of_developers: BTreeSet<&str> = of_developers.map(|package| package.name.as_str()).collect();
        compared += ours.intersection(&theirs).count();
        differences.extend(theirs.difference(&ours).map(|package| format!("{folder}: only the peer has {package}\n")));
        // The peer leaves out what only developers need unless it is asked for it; we list it and say so.
        let more = ours
            .difference(&theirs)
            .filter(|package| !of_developers.contains(package.rsplit_once(' ').map_or("", |(name, _)| name)));
        differences.extend(more.map(|package| format!("{folder}: only we have {package}\n")));
    }
    // What is not pinned is listed without a version, so that it is counted as undecided (pip); the peer drops it. The
    // project itself is no package of a registry (dotnet, uv, yarn); the peer lists it as the root.
    insta::assert_snapshot!(differences, @r"
    dotnet: only the peer has Microsoft.VisualStudio.TestPlatform.Common 17.2.0-release-20220408-11
    pip: only we have MarkupSafe -
    uv: only the peer has uv-test 0.1.0
    yarn: only the peer has integration 1.0.0
    ");
    insta::assert_snapshot!(compared, @r"67");
}

/// Gives every sample to whoever claims its place; counts by detector, and what was refused.
fn sweep(kind: TargetKind, root: &Path, files: &[PathBuf], place: impl Fn(&str) -> String) -> (String, String) {
    let table = ClaimTable::new(kind, true);
    let mut counts: BTreeMap<&str, Count> = BTreeMap::new();
    let mut refusals = Vec::new();
    for file in files {
        let sample = shown(root, file);
        let path = place(&sample);
        let path = if kind == TargetKind::Image { TreePath::rooted(&path) } else { TreePath::new(&path) };
        let path = path.expect("a valid path");
        let bytes = std::fs::read(file).expect("a readable sample");
        let route = table.route(&path, false);
        if route.detectors.is_empty() {
            counts.entry("(no claim)").or_default().files += 1;
        }
        for id in route.detectors {
            let detector = id.detector();
            let neighbours = companions_of(&table, id, file, &path);
            let companions: Vec<CompanionFile<'_>> =
                neighbours.iter().map(|(path, bytes)| CompanionFile { path, bytes }).collect();
            let origin = Origin::file(path.clone());
            let parsed = (detector.parse)(&Input { origin: &origin, bytes: &bytes, companions: &companions });
            let count = counts.entry(detector.name).or_default();
            count.add(&parsed);
            refusals.extend(refusals_of(&sample, detector.name, &parsed));
        }
    }
    refusals.sort();
    let counts = counts.iter().map(|(name, count)| {
        let Count { files, packages, errors, warnings } = count;
        format!("{name}: {files} files, {packages} packages, {errors} errors, {warnings} warnings\n")
    });
    (counts.collect(), refusals.concat())
}

impl Count {
    fn add(&mut self, parsed: &Parsed) {
        let of = |severity| parsed.problems.iter().filter(|problem| problem.severity == severity).count();
        self.files += 1;
        self.packages += parsed.packages.len();
        self.errors += of(ProblemSeverity::Error);
        self.warnings += of(ProblemSeverity::Warning);
    }
}

/// What was not read, each with its place; a file that gave nothing must have said why.
fn refusals_of(sample: &str, detector: &str, parsed: &Parsed) -> Vec<String> {
    let nothing = parsed.packages.is_empty() && parsed.os.is_none();
    let unexplained =
        (nothing && parsed.problems.is_empty()).then(|| format!("{sample}: {detector} found nothing in it\n"));
    let errors = parsed.problems.iter().filter(|problem| problem.severity == ProblemSeverity::Error).map(|problem| {
        let line = problem.line.unwrap_or_else(|| panic!("{sample}: a problem without a place: {problem:?}"));
        format!("{sample}:{line}: {}\n", problem.message)
    });
    errors.chain(unexplained).collect()
}

/// What the detector wants beside a sample, of the other files in the sample's folder and below it.
fn companions_of(table: &ClaimTable, id: DetectorId, file: &Path, path: &TreePath) -> Vec<(TreePath, Vec<u8>)> {
    let folder = file.parent().expect("a sample lies in a folder");
    let mut near: Vec<PathBuf> = files_below(folder).into_iter().filter(|other| other != file).collect();
    near.sort_by_key(|other| shown(folder, other));
    let paths: Vec<TreePath> = near.iter().filter_map(|other| path.sibling(shown(folder, other)).ok()).collect();
    let wanted = table.companions(id, path, &paths);
    let wanted = paths.iter().zip(&near).filter(|(path, _)| wanted.contains(path));
    wanted.map(|(path, other)| (path.clone(), std::fs::read(other).expect("a readable sample"))).collect()
}

/// The place a sample would have in a tree.
fn canonical(sample: &str) -> String {
    let row = NAMES.iter().find(|(folder, ending, _)| sample.starts_with(folder) && sample.ends_with(ending));
    let (folder, name) = sample.rsplit_once('/').unwrap_or(("", sample));
    match row {
        Some((_, _, own)) => format!("{folder}/{}", own.replace('*', name)),
        None => sample.to_owned(),
    }
}

fn shown(root: &Path, file: &Path) -> String {
    file.strip_prefix(root).expect("below the root").display().to_string()
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}
