//! Ruby gems that are installed: the specifications RubyGems writes, Ruby code of a fixed form (RubyGems, `Specification#to_ruby`).

#[cfg(test)]
mod tests;

use model::{License, ProblemKind};

use crate::bundler::NAMING;
use crate::lines::{Line, lines};
use crate::package_list::PackageList;
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "gem-installed";

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Installed,
    claims: &[Claim::new(Pattern::PathMatches(is_specification)).limit(8 << 20)],
    parse,
};

/// In the folder `specifications`, or the folder of gems that come with Ruby below it.
fn is_specification(path: &str) -> bool {
    // Asked of every file: what most lack comes first.
    let Some((folder, _)) = path.ends_with(".gemspec").then(|| path.rsplit_once('/')).flatten() else { return false };
    let folder = folder.strip_suffix("/default").unwrap_or(folder);
    folder == "specifications" || folder.ends_with("/specifications")
}

fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let text = list.text();
    let (mut name, mut version, mut license) = (None, None, None);
    let mut receiver = "s";
    for line in lines(text) {
        let trimmed = line.trimmed();
        if let Some(rest) = trimmed.strip_prefix("Gem::Specification.new do |") {
            receiver = rest.split('|').next().unwrap_or(receiver);
        }
        let Some(assignment) = trimmed.strip_prefix(receiver).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let Some((attribute, value)) = assignment.split_once('=') else { continue };
        match attribute.trim() {
            "name" => name = name.or(string(value).map(|value| (value, line))),
            "version" => version = version.or(string(value).map(|value| (value, line))),
            "licenses" | "license" => license = license.or_else(|| licenses(value)),
            _ => {}
        }
    }
    // The comment at the top says it in words of their own.
    let stub = lines(text).find(|line| line.text.starts_with("# stub: "));
    let words: Vec<&str> = stub.map_or(Vec::new(), |line| line.text[8..].split_whitespace().collect());
    let stubbed = |at: usize| words.get(at).copied().zip(stub);
    match (name.or(stubbed(0)), version.or(stubbed(1))) {
        (Some((name, first)), Some((version, last))) => add(&mut list, (name, first), (version, last), license),
        _ => {
            let message = "the specification of a gem does not name it and its version: it is not read";
            list.error(ProblemKind::Shape, 0, message);
        }
    }
    list.finish()
}

fn add(list: &mut PackageList<'_>, name: (&str, Line<'_>), version: (&str, Line<'_>), license: Option<License>) {
    let (first, last) = (name.1.range(), version.1.range());
    let range = first.start.min(last.start)..first.end.max(last.end);
    if let Some(at) = list.add(NAMING, name.0, Some(version.0), range) {
        list.packages[at].license = license;
    }
}

/// `"x".freeze`.
fn string(value: &str) -> Option<&str> {
    let value = value.trim();
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    value[1..].split(quote).next().filter(|text| !text.is_empty())
}

/// `["MIT".freeze, "Ruby".freeze]`, of which one may be chosen.
fn licenses(value: &str) -> Option<License> {
    let quote = if value.contains('"') { '"' } else { '\'' };
    License::any_of(value.split(quote).skip(1).step_by(2))
}
