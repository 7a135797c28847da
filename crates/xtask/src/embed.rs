//! `cargo xtask embed-advisories`: the embedded snapshot, from the advisory sets whose licence lets them be used.

use std::path::{Path, PathBuf};

use advisory::{BuildOptions, Built, SourceFacts};
use anyhow::Context as _;
use model::Problem;

use crate::setup::workspace;

/// A set that may be embedded: file, name to show, licence.
type Set = (&'static str, &'static str, &'static str);

/// The sets of `shared/advisories` at its top level. What lies in `licence-not-stated` there is never embedded.
const SETS: &[Set] = &[
    ("rustsec", "RustSec", "CC0-1.0"),
    ("pypa", "Python Packaging Advisory Database", "CC-BY-4.0"),
    ("govulndb", "Go Vulnerability Database", "CC-BY-4.0"),
    ("almalinux", "AlmaLinux OSV database", "MIT"),
    ("rubysec", "Ruby Advisory Database", "public domain"),
    ("friendsofphp", "FriendsOfPHP security advisories", "Unlicense"),
    ("nodejs-security-wg-npm", "Node.js Security Working Group", "MIT"),
    ("retirejs-npm", "Retire.js", "Apache-2.0"),
    ("project-kb-maven", "project KB", "CC0-1.0"),
    ("dotnet-nuget", ".NET release notes", "MIT"),
    ("ghsa-sample", "GitHub Advisory Database (sample)", "CC-BY-4.0"),
];

/// Lifetimes of products, below the shared test data; those of operating systems are embedded.
const LIFETIMES: &str = "conformance/eol/endoflife.jsonl";

const TARGET: &str = "advisories/data/default.snapshot";

/// Builds the snapshot from the folder given, else from the shared one.
pub(crate) fn run(arguments: &[String]) -> anyhow::Result<()> {
    let folder = arguments.first().map_or_else(|| workspace().join("../shared/advisories"), PathBuf::from);
    let lifetimes = workspace().join(".cache/shared").join(LIFETIMES);
    let (built, problems) = build(&folder, &lifetimes)?;
    for problem in &problems {
        let line = problem.line.map(|line| format!(":{line}")).unwrap_or_default();
        let path = problem.path.as_ref().map(|path| String::from_utf8_lossy(path.file_name()).into_owned());
        println!("{}{line}: {}", path.unwrap_or_default(), problem.message);
    }
    let target = workspace().join(TARGET);
    advisory::write(&built.bytes, &target)?;
    println!("{TARGET}: {} bytes, {}", built.bytes.len(), built.statistics);
    describe(&target)
}

/// The snapshot of the sets in a folder, and of the lifetimes of operating systems.
fn build(folder: &Path, lifetimes: &Path) -> anyhow::Result<(Built, Vec<Problem>)> {
    let sets = SETS.iter().map(|(file, ..)| folder.join(format!("{file}.jsonl.zst")));
    let from: Vec<PathBuf> = sets.chain([of_systems(lifetimes)?]).collect();
    let all = SETS.iter().chain([&("endoflife", "endoflife.date", "MIT")]);
    let sources = all.map(|(file, name, license)| SourceFacts {
        input: (*file).to_owned(),
        name: (*name).to_owned(),
        license: Some((*license).to_owned()),
    });
    let options = BuildOptions { sources: sources.collect(), ..BuildOptions::default() };
    advisory::build(&from, &options).context("the advisory sets cannot be read")
}

/// A file with those products alone that are operating systems.
fn of_systems(lifetimes: &Path) -> anyhow::Result<PathBuf> {
    let text = std::fs::read_to_string(lifetimes)
        .with_context(|| format!("{}: `cargo xtask setup` unpacks it", lifetimes.display()))?;
    let is_system =
        |line: &&str| serde_json::from_str::<serde_json::Value>(line).is_ok_and(|product| product["category"] == "os");
    let systems: Vec<&str> = text.lines().filter(is_system).collect();
    let folder = workspace().join(".cache/lifetimes");
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("endoflife.jsonl");
    std::fs::write(&file, systems.join("\n") + "\n")?;
    Ok(file)
}

fn describe(path: &Path) -> anyhow::Result<()> {
    let snapshot = advisory::Snapshot::open(path)?;
    snapshot.verify()?;
    let info = snapshot.info();
    println!("digest {}, newest record of {}", info.digest, info.newest);
    for source in info.sources {
        let newest = source.newest.map(|newest| newest.to_string()[..10].to_owned()).unwrap_or_default();
        println!(
            "  {:40} {:>6} records, newest {newest:10}  {}",
            source.name,
            source.records,
            source.license.unwrap_or_default()
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails when sets, format or orderings changed and the file was not made again.
    #[test]
    fn the_embedded_snapshot_is_what_the_sets_give() {
        let Some(path) = testkit::advisories("rustsec.jsonl.zst") else { return };
        let Some(lifetimes) = testkit::shared(LIFETIMES) else { return };
        let (built, _) =
            build(path.parent().expect("a file is in a folder"), &lifetimes).expect("the sets can be read");
        let embedded = std::fs::read(workspace().join(TARGET)).expect("the snapshot is part of the repository");
        assert!(built.bytes == embedded, "run `cargo xtask embed-advisories` and commit {TARGET}");
    }
}
