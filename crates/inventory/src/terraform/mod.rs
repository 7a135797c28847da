//! Providers that are locked by Terraform and OpenTofu: `.terraform.lock.hcl` (Terraform language, "Dependency Lock File").

#[cfg(test)]
mod tests;

use model::{ProblemKind, Provenance};

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "terraform-lock";
/// No type of providers is registered. `generic` would lose that all of these are of one kind, so this is what Syft writes.
const NAMING: Naming = Naming { purl_type: "terraform", separator: Some('/') };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name(".terraform.lock.hcl"))],
    parse,
};

/// A block that has not ended.
struct Block<'t> {
    /// `None` of a block that is no provider.
    provider: Option<&'t str>,
    start: usize,
    version: Option<(&'t str, usize)>,
}

/// The programs write one thing a line, so lines will do; whatever else a line says is a problem.
fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let mut open: Option<Block<'_>> = None;
    let mut is_in_list = false;
    let mut last = 0;
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        if text.is_empty() || text.starts_with('#') || text.starts_with("//") {
            continue;
        }
        last = line.range().start;
        match (&mut open, text) {
            (_, "]") if is_in_list => is_in_list = false,
            (_, _) if is_in_list => {}
            (Some(_), "}") => open.take().into_iter().for_each(|block| add(&block, &mut list)),
            (Some(block), _) => is_in_list = argument(block, line, &mut list),
            (None, _) => match block(line) {
                Some(block) if text.ends_with('}') => add(&block, &mut list),
                Some(block) => open = Some(block),
                None => fault(line, "begins no block", &mut list),
            },
        }
    }
    if let Some(block) = open {
        list.error(ProblemKind::Truncated, last, "a block is not closed: the file is cut short");
        add(&block, &mut list);
    }
    list.finish()
}

/// `provider "registry.terraform.io/hashicorp/aws" {`.
fn block(line: Line<'_>) -> Option<Block<'_>> {
    let (head, _) = line.trimmed().split_once('{')?;
    let (kind, label) = head.trim().split_once(char::is_whitespace)?;
    let label = label.trim().strip_prefix('"')?.strip_suffix('"')?;
    Some(Block { provider: Some(label).filter(|_| kind == "provider"), start: line.range().start, version: None })
}

/// Reads `name = value`; true when the value is a list that goes on.
fn argument<'t>(block: &mut Block<'t>, line: Line<'t>, list: &mut PackageList<'_>) -> bool {
    let text = line.trimmed();
    let Some((name, value)) = text.split_once('=').map(|(name, value)| (name.trim(), value.trim())) else {
        fault(line, "is no argument", list);
        return false;
    };
    if name == "version" {
        let quoted = value.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(version, _)| version);
        block.version = quoted.filter(|version| !version.is_empty()).map(|version| (version, line.range().end));
    }
    value.starts_with('[') && !value.contains(']')
}

/// Which configuration or module asked for it, the file does not say.
fn add(block: &Block<'_>, list: &mut PackageList<'_>) {
    let Some(provider) = block.provider else { return };
    let Some((version, end)) = block.version else {
        let message = format!("provider `{}` has no version: it is not read", quote(provider));
        list.error(ProblemKind::Shape, block.start, message);
        return;
    };
    let Some(at) = list.add(NAMING, provider, Some(version), block.start..end) else { return };
    let host = provider.split('/').next().unwrap_or_default();
    if !matches!(host, "registry.terraform.io" | "registry.opentofu.org") {
        list.set_provenance(at, Provenance::OtherRegistry(host.to_owned()));
    }
}

fn fault(line: Line<'_>, what: &str, list: &mut PackageList<'_>) {
    let message = format!("`{}` {what}: it is not read", quote(line.trimmed()));
    list.error(ProblemKind::Syntax, line.range().start, message);
}
