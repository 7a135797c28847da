//! What `uses` names: `owner/repository[/folder]@reference`, an image, or a folder of the same repository.

use model::{PackageState, ProblemKind, Purl};

use crate::bounds::{check_word, quote};
use crate::dockerfile::add_image;
use crate::package_list::PackageList;
use crate::tree::Node;

const TYPE: &str = "github";

pub(super) fn add_reference(node: &Node<'_>, text: &str, list: &mut PackageList<'_>) {
    let Some(uses) = node.text().map(str::trim).filter(|uses| !uses.is_empty()) else { return };
    let range = node.start as usize..node.end as usize;
    if let Some(image) = uses.strip_prefix("docker://") {
        add_image(image, range, list);
        return;
    }
    // The repository's own code.
    if uses.starts_with("./") || uses.starts_with("../") {
        return;
    }
    let Some((owner, repository, folder, reference)) = split(uses) else {
        let message = format!("`{}` names no action and no reference: it is not read", quote(uses));
        list.error(ProblemKind::Shape, range.start, message);
        return;
    };
    // Behind a commit a comment says the version, which tools that raise it keep true; nobody has checked it.
    let stated =
        Some(reference).filter(|reference| is_commit(reference)).and_then(|_| version_in_comment(text, range.end));
    let version = stated.unwrap_or(reference);
    let commit = stated.map(|_| format!("git+https://github.com/{owner}/{repository}@{reference}"));
    let qualifiers = commit.as_deref().map(|commit| ("vcs_url", commit));
    match check_word(version).map_err(str::to_owned).and_then(|version| {
        Purl::build(TYPE, Some(owner), repository, Some(version), qualifiers, folder).map_err(|error| error.to_string())
    }) {
        Ok(purl) => {
            if let Some(at) = list.add_purl(&format!("{owner}/{repository}"), purl, range)
                && stated.is_some()
            {
                list.packages[at].state = PackageState::Inferred;
            }
        }
        Err(fault) => {
            let message = format!("action `{}` is not read: {fault}", quote(uses));
            list.error(ProblemKind::Shape, range.start, message);
        }
    }
}

fn split(uses: &str) -> Option<(&str, &str, Option<&str>, &str)> {
    let (path, reference) = uses.rsplit_once('@')?;
    let mut pieces = path.splitn(3, '/');
    let (owner, repository, folder) = (pieces.next()?, pieces.next()?, pieces.next());
    let is_whole = !owner.is_empty() && !repository.is_empty() && !reference.is_empty();
    is_whole.then_some((owner, repository, folder, reference))
}

fn is_commit(reference: &str) -> bool {
    matches!(reference.len(), 40 | 64) && reference.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The version in `# v4.1.2`, `# tag=v4.1.2` or `# pin@v4.1.2` at the end of the line; a tag that moves is none.
fn version_in_comment(text: &str, end: usize) -> Option<&str> {
    let rest = text.get(end..)?.lines().next()?;
    let comment = rest.trim_start_matches(['"', '\'']).trim_start().strip_prefix('#')?;
    let word = comment.split_whitespace().find(|word| word.contains('.'))?;
    let word = word.rsplit(['=', '@']).next()?;
    let numbers = word.trim_start_matches('v');
    let is_version = numbers.starts_with(|first: char| first.is_ascii_digit()) && numbers.matches('.').count() >= 2;
    is_version.then_some(word)
}
