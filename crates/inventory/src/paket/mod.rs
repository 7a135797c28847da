//! .NET packages that are locked by Paket: `paket.lock` (Paket documentation, "The paket.lock file").

#[cfg(test)]
mod tests;

use model::{Family, ProblemKind, Provenance};

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "paket-lock";
const NAMING: Naming = Naming { purl_type: "nuget", separator: None };

/// Host of the public registry.
const PUBLIC: &str = "nuget.org";

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Locked, claims: CLAIMS, parse };

const CLAIMS: &[Claim] = &[Claim::new(Pattern::Name("paket.lock")).with(&[Companion::Sibling("paket.dependencies")])];

/// Which block the lines belong to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    Options,
    NuGet,
    /// Single files of repositories, which are no packages, and whole repositories.
    Repository,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let (mut block, mut remote) = (Block::Options, "");
    let mut entries: Vec<Locked<'_>> = Vec::new();
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        match (line.indent(), text) {
            (_, "") => {}
            (0, _) => block = head(line, block, &mut list),
            (_, _) if text.starts_with("remote:") => remote = text["remote:".len()..].trim(),
            (_, _) if block == Block::Options => {}
            (..5, _) if block == Block::NuGet => entries.extend(package(line, remote, &mut list)),
            (..5, _) => entries.extend(repository(line, remote)),
            (_, _) => need(line, &mut entries, &mut list),
        }
    }
    // Groups are locked one by one: the same version in two of them is one package.
    list_all(&merge(entries), &asked(input), NAMING, Family::NuGet, &mut list);
    list.finish()
}

/// `nuget Argu ~> 6` of the file that people write.
fn asked<'t>(input: &Input<'t>) -> Vec<Need<'t>> {
    let manifest = input.companion("paket.dependencies").and_then(|file| std::str::from_utf8(file.bytes).ok());
    let names =
        lines(manifest.unwrap_or_default()).filter_map(|line| line.trimmed().strip_prefix("nuget ")?.split(' ').next());
    names.filter(|name| !name.is_empty()).map(Need::named).collect()
}

fn head(line: Line<'_>, before: Block, list: &mut PackageList<'_>) -> Block {
    let text = line.trimmed();
    match text {
        "NUGET" => Block::NuGet,
        "GITHUB" | "GIT" | "GIST" | "HTTP" => Block::Repository,
        _ if text.starts_with("GROUP ") => Block::Options,
        // An option of the file or of the group, before its first block.
        _ if text.contains(':') => before,
        _ => {
            let message = format!("`{}` begins no block that is known: it is not read", quote(text));
            list.error(ProblemKind::Syntax, line.range().start, message);
            Block::Options
        }
    }
}

/// `Argu (6.1.1) - restriction: >= net6.0`.
fn package<'t>(line: Line<'t>, remote: &str, list: &mut PackageList<'_>) -> Option<Locked<'t>> {
    let text = line.trimmed();
    let parts = text.split_once(" (").and_then(|(name, rest)| Some((name, rest.split_once(')')?.0)));
    let Some((name, version)) = parts.filter(|(_, version)| !version.is_empty()) else {
        // A protocol and other options of a source stand beside its address.
        if text.split_once(": ").is_none_or(|(key, _)| key.contains(' ')) {
            let message = format!("`{}` is no package and its version: it is not read", quote(text));
            list.error(ProblemKind::Syntax, line.range().start, message);
        }
        return None;
    };
    let host = remote.split('/').nth(2).unwrap_or_default();
    let provenance = match host {
        "" if !remote.is_empty() => Provenance::Path,
        _ if host.is_empty() || host == PUBLIC || host.ends_with(".nuget.org") => Provenance::Registry,
        _ => Provenance::OtherRegistry(remote.to_owned()),
    };
    let start = line.range().start;
    Some(Locked {
        name,
        version: Some(version),
        range: start..start + text.find(')').map_or(text.len(), |at| at + 1),
        provenance,
        ..Locked::default()
    })
}

/// `src/app/Globbing.fs (commit)` below `remote: owner/project`, or `(commit)` alone for the whole of it.
fn repository<'t>(line: Line<'t>, remote: &'t str) -> Option<Locked<'t>> {
    let (_, commit) = line.trimmed().split_once('(')?;
    let commit = commit.split(')').next()?;
    let provenance = Provenance::Git(format!("{remote}#{commit}"));
    let name = remote.trim_end_matches('/').rsplit('/').next()?;
    Some(Locked { name, version: Some(commit), range: line.range(), provenance, ..Locked::default() })
}

/// `FSharp.Core (>= 4.3.2)` of the package before it.
fn need<'t>(line: Line<'t>, entries: &mut [Locked<'t>], list: &mut PackageList<'_>) {
    match (entries.last_mut(), line.trimmed().split(" (").next()) {
        (Some(entry), Some(name)) => entry.needs.push(Need::named(name)),
        _ => list.error(ProblemKind::Syntax, line.range().start, "a dependency of no package: it is not read"),
    }
}

fn merge(entries: Vec<Locked<'_>>) -> Vec<Locked<'_>> {
    let mut known = std::collections::HashSet::new();
    let mut is_new = |entry: &Locked<'_>| known.insert((entry.name.to_lowercase(), entry.version.map(str::to_owned)));
    entries.into_iter().filter(|entry| is_new(entry)).collect()
}
