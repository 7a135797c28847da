//! Elixir and Erlang packages that are locked by Mix: `mix.lock`, one term a line (Mix, `Mix.Dep.Lock`).

mod manifest;
#[cfg(test)]
mod tests;

use std::ops::Range;

use model::{Family, ProblemKind, Provenance, Relationship};

use crate::bounds::quote;
use crate::checksum;
use crate::lines::{Line, lines};
use crate::locked::{Locked, Need, list_all, relate_unneeded};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Companion, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "mix-lock";
const NAMING: Naming = Naming { purl_type: "hex", separator: Some('/') };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("mix.lock")).with(&[Companion::Below("mix.exs")])],
    parse,
};

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let mut entries: Vec<Locked<'_>> = Vec::new();
    let mut keys: Vec<&str> = Vec::new();
    let mut last = None;
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        last = Some(line).filter(|_| !text.is_empty()).or(last);
        if text.is_empty() || text.starts_with('#') || matches!(text, "%{" | "}" | "%{}") {
            continue;
        }
        match entry(line) {
            Ok((key, entry)) => {
                keys.push(key);
                entries.push(entry);
            }
            Err(fault) => {
                let message = format!("`{}` {fault}: it is not read", quote(text));
                list.error(ProblemKind::Syntax, line.range().start, message);
            }
        }
    }
    if let Some(line) = last.filter(|line| !line.trimmed().ends_with('}')) {
        list.error(ProblemKind::Truncated, line.range().start, "the map is not closed: the file is cut short");
    }
    let manifests = manifest::texts(input);
    let asked = manifest::asked(&manifests, keys.iter().copied().zip(&entries));
    list_all(&entries, &asked, NAMING, Family::Hex, &mut list);
    match asked.is_empty() {
        true => relate_unneeded(&entries, &mut list),
        // What a package of git needs is not locked with it.
        false => relate_rest(&mut list),
    }
    list.finish()
}

/// What no `mix.exs` of the project asks for, another package does.
fn relate_rest(list: &mut PackageList<'_>) {
    let rest = list.packages.iter_mut().filter(|package| package.relationship == Relationship::Unknown);
    rest.for_each(|package| package.relationship = Relationship::Transitive);
}

/// The application, and its package: `"name": {:hex, :name, "1.0.0", …}` or `"name": {:git, "https://…", "commit", …}`.
fn entry(line: Line<'_>) -> Result<(&str, Locked<'_>), &'static str> {
    let text = line.trimmed();
    let (key, term) = text.split_once(": {").ok_or("is no `name: {…}`")?;
    let key = key.trim_matches('"');
    let words = strings(term);
    let offset = |range: &Range<usize>| line.range().start + text.len() - term.len() + range.end;
    let start = line.range().start;
    let entry = if term.starts_with(":hex,") {
        let (version, place) = words.first().ok_or("has no version")?;
        let package = term.split(':').nth(2).and_then(|rest| rest.split([',', ' ']).next()).unwrap_or(key);
        // The repository is the string behind the list of dependencies: `hexpm` or `hexpm:organisation`.
        let repository = term.rfind("], \"").and_then(|at| term[at + 4..].split('"').next()).unwrap_or("hexpm");
        Locked {
            name: if package.trim_matches('"').is_empty() { key } else { package.trim_matches('"') },
            version: Some(version),
            range: start..offset(place) + 1,
            // The last sum is of the archive, the one before of what is in it.
            checksums: words.last().map(|(sum, _)| checksum::read(sum)).unwrap_or_default(),
            provenance: match repository {
                "hexpm" => Provenance::Registry,
                other => Provenance::OtherRegistry(other.to_owned()),
            },
            needs: needs(term),
            ..Locked::default()
        }
    } else if term.starts_with(":git,") {
        let [(url, _), (commit, place), ..] = words.as_slice() else { return Err("has no address and commit") };
        let provenance = Provenance::Git(format!("{url}#{commit}"));
        Locked { name: key, range: start..offset(place) + 1, provenance, ..Locked::default() }
    } else if term.starts_with(":path,") {
        Locked { name: key, range: line.range(), provenance: Provenance::Path, ..Locked::default() }
    } else {
        return Err("is from a source that is not known");
    };
    Ok((key, entry))
}

/// The texts in a term, with their places in it.
fn strings(term: &str) -> Vec<(&str, Range<usize>)> {
    let mut strings = Vec::new();
    let mut at = 0;
    while let Some(open) = term[at..].find('"').map(|found| at + found + 1) {
        let Some(close) = term[open..].find('"').map(|found| open + found) else { break };
        strings.push((&term[open..close], open..close));
        at = close + 1;
    }
    strings
}

/// The package of each `{:name, "~> 1.0", [hex: :package, …]}`; that of the entry itself comes before the list.
fn needs(term: &str) -> Vec<Need<'_>> {
    let tuples = term.split("{:").skip(1);
    let package = |tuple: &'_ str| tuple.split_once("hex: :").map_or(0, |(before, _)| before.len() + 6);
    let names = tuples.filter_map(|tuple| tuple[package(tuple)..].split([',', '}', ']']).next());
    names.map(|name| Need::named(name.trim_matches('"'))).collect()
}
