//! Ruby gems that are locked by Bundler: `Gemfile.lock` and `gems.locked` (bundler, `LockfileParser`).

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use model::{Family, ProblemKind, Provenance};

use crate::bounds::quote;
use crate::checksum;
use crate::lines::{Line, lines};
use crate::locked::{Locked, Need, list_all};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "gemfile-lock";
pub(crate) const NAMING: Naming = Naming { purl_type: "gem", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[
        Claim::new(Pattern::Name("Gemfile.lock")),
        Claim::new(Pattern::Name("gems.locked")),
        // Two sets of gems for one application, as some prepare an upgrade.
        Claim::new(Pattern::Name("Gemfile.next.lock")),
        // One for each version of a framework, `gemfiles/rails_7.gemfile.lock`.
        Claim::new(Pattern::Suffix(".gemfile.lock")),
    ],
    parse,
};

/// The part of the file a line is in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// `GEM`, `GIT`, `PATH`, `PLUGIN SOURCE`: gems from one place.
    Source,
    /// What the Gemfile asks for.
    Dependencies,
    /// Sums of the gems' archives.
    Checksums,
    /// `PLATFORMS`, `RUBY VERSION`, `BUNDLED WITH`.
    Other,
}

/// Where the gems of a source are from.
#[derive(Default)]
struct Place<'t> {
    kind: &'t str,
    remote: Option<&'t str>,
    revision: Option<&'t str>,
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let mut section = None;
    let mut place = Place::default();
    let mut entries: Vec<Locked<'_>> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    let mut current = None;
    let mut asked = Vec::new();
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        match (line.indent(), section) {
            _ if text.is_empty() => {}
            (0, _) if text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b' ') => {
                section = Some(section_of(text));
                place = Place { kind: text, ..Place::default() };
            }
            (2, Some(Section::Source)) => place.take(text),
            (4, Some(Section::Source)) => match gem(line) {
                Some((name, version)) => {
                    let key = (name, version);
                    // One version for several platforms is one gem.
                    current = Some(*known.entry(key).or_insert_with(|| {
                        entries.push(entry(name, version, &place, line));
                        entries.len() - 1
                    }));
                }
                None => fault(line, "names no gem and version", &mut list),
            },
            (6, Some(Section::Source)) => {
                let need = Need::named(text.split([' ', '!']).next().unwrap_or(text));
                current.and_then(|at: usize| entries.get_mut(at)).into_iter().for_each(|entry| entry.needs.push(need));
            }
            (2, Some(Section::Dependencies)) => asked.push(Need::named(text.split([' ', '!']).next().unwrap_or(text))),
            (2, Some(Section::Checksums)) => add_sums(line, &known, &mut entries),
            (_, Some(Section::Other)) => {}
            _ => fault(line, "is no line of a Gemfile.lock", &mut list),
        }
    }
    list_all(&entries, &asked, NAMING, Family::RubyGems, &mut list);
    list.finish()
}

/// `name (1.2.3-platform) sha256=…`: one for every platform.
fn add_sums(line: Line<'_>, known: &HashMap<(&str, &str), usize>, entries: &mut [Locked<'_>]) {
    let Some((gem, sums)) = line.trimmed().split_once(") ") else { return };
    let Some((name, version)) = gem.split_once(" (") else { return };
    let place = known.get(&(name, version.split('-').next().unwrap_or(version)));
    let Some(entry) = place.and_then(|at| entries.get_mut(*at)) else { return };
    if entry.checksums.len() < checksum::MOST {
        entry.checksums.extend(checksum::read(&sums.replace('=', ":")));
    }
}

fn section_of(title: &str) -> Section {
    match title {
        "GEM" | "GIT" | "PATH" | "PLUGIN SOURCE" => Section::Source,
        "DEPENDENCIES" => Section::Dependencies,
        "CHECKSUMS" => Section::Checksums,
        _ => Section::Other,
    }
}

fn fault(line: Line<'_>, what: &str, list: &mut PackageList<'_>) {
    let message = format!("`{}` {what}: it is not read", quote(line.trimmed()));
    list.error(ProblemKind::Syntax, line.range().start, message);
}

/// `name (1.2.3-platform)`; a version of a gem has no dash.
fn gem(line: Line<'_>) -> Option<(&str, &str)> {
    let (name, version) = line.trimmed().split_once(" (")?;
    let version = version.strip_suffix(')')?.split('-').next()?;
    Some((name, version)).filter(|(name, version)| !name.is_empty() && !version.is_empty())
}

fn entry<'t>(name: &'t str, version: &'t str, place: &Place<'_>, line: Line<'_>) -> Locked<'t> {
    let is_project = place.kind == "PATH" && place.remote == Some(".");
    let provenance = place.provenance();
    Locked { name, version: Some(version), range: line.range(), provenance, is_project, ..Locked::default() }
}

impl<'t> Place<'t> {
    fn take(&mut self, text: &'t str) {
        match text.split_once(": ") {
            // The last of several remotes is the one asked first.
            Some(("remote", remote)) => self.remote = Some(remote),
            Some(("revision", revision)) => self.revision = Some(revision),
            _ => {}
        }
    }

    fn provenance(&self) -> Provenance {
        let remote = self.remote.unwrap_or_default();
        match self.kind {
            "PATH" => Provenance::Path,
            "GIT" => Provenance::Git(format!("{remote}#{}", self.revision.unwrap_or_default())),
            _ if matches!(remote.trim_end_matches('/'), "" | "https://rubygems.org" | "http://rubygems.org") => {
                Provenance::Registry
            }
            _ => Provenance::OtherRegistry(remote.to_owned()),
        }
    }
}
