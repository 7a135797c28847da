//! Every fixture, broken: cut at every fiftieth and with every fiftieth byte flipped. Nothing panics, nothing is endless,
//! and where packages are lost something is said; the readers whose files cannot show it are listed with their number.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use model::{Origin, Problem, TargetKind, TreePath};
use portcullis_inventory::{ClaimTable, Input, Parsed, detectors};

/// How many cuts and flips a file gets.
const PIECES: usize = 50;

/// What a reader kept silent about.
#[derive(Default)]
struct Silence {
    cuts: usize,
    silent_cuts: usize,
    flips: usize,
    silent_flips: usize,
}

#[test]
fn what_is_lost_is_said() {
    let mut silences: BTreeMap<&str, Silence> = BTreeMap::new();
    for folder in ["lockfiles", "installed"] {
        let root = testkit::workspace().join("fixtures").join(folder);
        for file in files_below(&root) {
            let bytes = std::fs::read(&file).expect("a readable fixture");
            for (detector, path) in claimants(&file, &root) {
                let silence = silences.entry(detectors()[detector].name).or_default();
                break_one(detector, &path, &bytes, silence);
            }
        }
    }
    let shown: String = silences
        .iter()
        .filter(|(_, silence)| silence.silent_cuts + silence.silent_flips > 0)
        .map(|(name, silence)| {
            let Silence { cuts, silent_cuts, flips, silent_flips } = silence;
            format!("{name}: {silent_cuts} of {cuts} cuts, {silent_flips} of {flips} flips\n")
        })
        .collect();
    // Formats of lines look whole when cut between two of them; a flip can turn a key into another that nobody reads, or two
    // names into one. `requirements` and `java-release` are written by hand, and need not end in a line break.
    insta::assert_snapshot!(shown, @r"
    cabal-freeze: 0 of 98 cuts, 3 of 98 flips
    cartfile-resolved: 2 of 49 cuts, 0 of 49 flips
    carton-snapshot: 4 of 98 cuts, 0 of 98 flips
    chart-lock: 2 of 98 cuts, 1 of 98 flips
    composer-installed: 0 of 98 cuts, 1 of 98 flips
    conan-lock: 0 of 147 cuts, 10 of 147 flips
    conda-environment: 39 of 98 cuts, 0 of 98 flips
    conda-explicit: 1 of 98 cuts, 0 of 98 flips
    conda-lock: 6 of 98 cuts, 0 of 98 flips
    deno-lock: 0 of 147 cuts, 2 of 147 flips
    dockerfile: 43 of 49 cuts, 6 of 49 flips
    gemfile-lock: 5 of 147 cuts, 3 of 147 flips
    github-actions: 51 of 98 cuts, 12 of 98 flips
    gleam-manifest: 5 of 49 cuts, 1 of 49 flips
    go-mod: 0 of 49 cuts, 1 of 49 flips
    go-work: 2 of 49 cuts, 1 of 49 flips
    gradle-catalog: 2 of 49 cuts, 1 of 49 flips
    gradle-lock: 1 of 49 cuts, 1 of 49 flips
    gradle-verification: 0 of 49 cuts, 2 of 49 flips
    java-release: 19 of 49 cuts, 2 of 49 flips
    julia-manifest: 1 of 49 cuts, 4 of 49 flips
    mix-lock: 0 of 98 cuts, 1 of 98 flips
    module-bazel-lock: 0 of 49 cuts, 2 of 49 flips
    nuget-central: 0 of 49 cuts, 14 of 49 flips
    nuget-config: 0 of 98 cuts, 9 of 98 flips
    paket-lock: 2 of 49 cuts, 3 of 49 flips
    pdm-lock: 2 of 98 cuts, 1 of 98 flips
    pixi-lock: 2 of 147 cuts, 0 of 147 flips
    pnpm-lock: 6 of 196 cuts, 0 of 196 flips
    pylock: 8 of 147 cuts, 2 of 147 flips
    requirements: 115 of 147 cuts, 0 of 147 flips
    sbt-lock: 0 of 49 cuts, 4 of 49 flips
    stack-lock: 1 of 98 cuts, 2 of 98 flips
    swift-resolved: 0 of 49 cuts, 1 of 49 flips
    terraform-lock: 1 of 98 cuts, 5 of 98 flips
    uv-lock: 3 of 98 cuts, 0 of 98 flips
    vcpkg-manifest: 0 of 49 cuts, 3 of 49 flips
    wordpress: 21 of 147 cuts, 10 of 147 flips
    yarn-pnp: 0 of 49 cuts, 1 of 49 flips
    ");
}

fn break_one(detector: usize, path: &TreePath, bytes: &[u8], silence: &mut Silence) {
    let whole = read(detector, path, bytes);
    let is_new = |problem: &Problem| whole.problems.iter().all(|known| known.message != problem.message);
    let is_silent =
        |parsed: &Parsed| parsed.packages.len() < whole.packages.len() && !parsed.problems.iter().any(is_new);
    for piece in 1..PIECES {
        let at = bytes.len() * piece / PIECES;
        silence.cuts += 1;
        silence.silent_cuts += usize::from(is_silent(&read(detector, path, &bytes[..at])));
        let mut flipped = bytes.to_vec();
        if let Some(byte) = flipped.get_mut(at) {
            *byte ^= 0x15;
        }
        silence.flips += 1;
        silence.silent_flips += usize::from(is_silent(&read(detector, path, &flipped)));
    }
}

fn read(detector: usize, path: &TreePath, bytes: &[u8]) -> Parsed {
    let origin = Origin::file(path.clone());
    (detectors()[detector].parse)(&Input { origin: &origin, bytes, companions: &[] })
}

/// Whoever claims the file where it lies, or by its name alone.
fn claimants(file: &Path, root: &Path) -> Vec<(usize, TreePath)> {
    let inside = file.strip_prefix(root).expect("below the root").display().to_string();
    let name = file.file_name().expect("a file has a name").to_string_lossy().into_owned();
    let mut found: Vec<(usize, TreePath)> = Vec::new();
    for kind in [TargetKind::Directory, TargetKind::Image] {
        let table = ClaimTable::new(kind, true);
        for place in [inside.as_str(), name.as_str()] {
            let path = if kind == TargetKind::Image { TreePath::rooted(place) } else { TreePath::new(place) };
            let path = path.expect("a valid path");
            for id in table.route(&path, false).detectors {
                let at = detectors().iter().position(|other| std::ptr::eq(*other, id.detector()));
                let at = at.expect("an id is of a detector");
                if found.iter().all(|(known, _)| *known != at) {
                    found.push((at, path.clone()));
                }
            }
        }
    }
    found
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for path in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}
