//! Haskell packages that are frozen by Cabal: `cabal.project.freeze` (Cabal user guide, "cabal freeze").

#[cfg(test)]
mod tests;

use model::ProblemKind;

use crate::bounds::quote;
use crate::lines::{Line, lines};
use crate::package_list::{Naming, PackageList};
use crate::{Claim, Detector, Evidence, Input, Parsed, Pattern};

const NAME: &str = "cabal-freeze";
const NAMING: Naming = Naming { purl_type: "hackage", separator: None };

pub(crate) const DETECTOR: Detector = Detector {
    name: NAME,
    evidence: Evidence::Locked,
    claims: &[Claim::new(Pattern::Name("cabal.project.freeze"))],
    parse,
};

/// A field begins at the margin and goes on in lines that are indented. Who asks for what, the file does not say.
fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, NAME);
    let mut is_constraints = false;
    let mut goes_on = None;
    for line in lines(list.whole_text()) {
        let text = line.trimmed();
        if text.is_empty() || text.starts_with("--") {
            continue;
        }
        let (skip, value) = match text.split_once(':').filter(|_| line.indent() == 0) {
            Some((field, value)) => {
                is_constraints = field.eq_ignore_ascii_case("constraints");
                (field.len() + 1, value)
            }
            None => (0, text),
        };
        if is_constraints {
            goes_on = value.trim_end().ends_with(',').then_some(line.range().start);
            constraints(line, skip, value, &mut list);
        }
    }
    if let Some(start) = goes_on {
        list.error(
            ProblemKind::Truncated,
            start,
            "a constraint is expected behind the last comma: the file is cut short",
        );
    }
    list.finish()
}

fn constraints(line: Line<'_>, skip: usize, text: &str, list: &mut PackageList<'_>) {
    let mut at = line.range().start + skip;
    for piece in text.split(',') {
        let start = at + (piece.len() - piece.trim_start().len());
        add(piece.trim(), start, list);
        at += piece.len() + 1;
    }
}

/// `any.aeson ==2.1.2.1`; `aeson +ordered-keymap` sets a flag, `base installed` takes what the compiler has.
fn add(text: &str, start: usize, list: &mut PackageList<'_>) {
    let Some((name, constraint)) = text.split_once(' ') else {
        if !text.is_empty() {
            list.error(ProblemKind::Syntax, start, format!("`{}` is no constraint: it is not read", quote(text)));
        }
        return;
    };
    let name = name.rsplit_once(['.', ':']).map_or(name, |(_, name)| name);
    match constraint.trim().strip_prefix("==") {
        Some(version) if !version.contains(['*', '|', '&']) => {
            list.add(NAMING, name, Some(version.trim()), start..start + text.len());
        }
        Some(_) => {
            list.warning(ProblemKind::Shape, start, format!("`{}` pins no version: it is not read", quote(text)));
        }
        None if constraint.split_whitespace().all(is_setting) => {}
        None => {
            list.warning(ProblemKind::Shape, start, format!("`{}` pins no version: it is not read", quote(text)));
        }
    }
}

/// A flag that is set, or what of a package is meant.
fn is_setting(word: &str) -> bool {
    word.starts_with(['+', '-']) || matches!(word, "installed" | "source" | "test" | "bench")
}
