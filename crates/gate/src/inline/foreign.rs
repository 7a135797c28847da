//! Forms of other tools, as their documentation gives them.

use super::directive::{Directive, Reaching, Read, Rules};
use super::own::bad_date;
use super::tool::Tool;

/// All that a comment says.
pub(super) fn comment(text: &str) -> Vec<Read> {
    let one = checkov(text).or_else(|| kics(text)).or_else(|| hadolint(text)).or_else(|| zizmor(text));
    match one {
        Some(read) => vec![read],
        None => aqua(text),
    }
}

/// What an annotation of an object says.
pub(super) fn annotation(key: &str, text: &str) -> Option<Read> {
    if let Some(check) = key.strip_prefix("ignore-check.kube-linter.io/") {
        let rules = Rules::Named(vec![check.to_owned()]);
        return Some(Ok(Directive::new(Tool::KubeLinter, rules, Reaching::Around).because(text)));
    }
    if key == "kube-linter.io/ignore-all" {
        return Some(Ok(Directive::new(Tool::KubeLinter, Rules::All, Reaching::Around).because(text)));
    }
    // `checkov.io/skip1: CKV_K8S_20=reason`
    let number = key.strip_prefix("checkov.io/skip")?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| {
        let (ids, reason) = text.split_once('=').unwrap_or((text, ""));
        named(Tool::Checkov, ids, Reaching::Around).map(|directive| directive.because(reason))
    })
}

/// `checkov:skip=ID,ID:reason`, in the block it is about; the tool's two other names do as well.
fn checkov(text: &str) -> Option<Read> {
    let rest = ["checkov", "bridgecrew", "cortex"].iter().find_map(|name| text.strip_prefix(name))?;
    let rest = rest.strip_prefix(":skip=")?;
    let (ids, reason) = rest.split_once(':').unwrap_or((rest, ""));
    Some(named(Tool::Checkov, ids, Reaching::Around).map(|directive| directive.because(reason)))
}

/// `kics-scan ignore-line`, `ignore-block`, and at the head of a file `ignore` and `disable=ID,ID`.
fn kics(text: &str) -> Option<Read> {
    let rest = text.strip_prefix("kics-scan ")?.trim();
    Some(match rest {
        "ignore-line" => Ok(Directive::new(Tool::Kics, Rules::All, Reaching::Lines)),
        "ignore-block" => Ok(Directive::new(Tool::Kics, Rules::All, Reaching::Block)),
        "ignore" => Ok(Directive::new(Tool::Kics, Rules::All, Reaching::File)),
        _ => match rest.strip_prefix("disable=") {
            Some(ids) => named(Tool::Kics, ids, Reaching::File),
            None => Err("is a form of KICS that is not followed here".to_owned()),
        },
    })
}

/// `hadolint ignore=DL3006,DL3008` before an instruction, `hadolint global ignore=` for the file.
fn hadolint(text: &str) -> Option<Read> {
    let rest = text.strip_prefix("hadolint ")?.trim_start();
    let (rest, reach) = match rest.strip_prefix("global ") {
        Some(rest) => (rest.trim_start(), Reaching::File),
        None => (rest, Reaching::Lines),
    };
    let ids = rest.strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    let (ids, reason) = ids.split_once('#').unwrap_or((ids, ""));
    Some(named(Tool::Hadolint, ids, reach).map(|directive| directive.because(reason)))
}

/// `zizmor: ignore[rule,rule] reason`, anywhere among the lines of a finding.
fn zizmor(text: &str) -> Option<Read> {
    let rest = text.strip_prefix("zizmor: ignore[")?;
    let Some((ids, reason)) = rest.split_once(']') else { return Some(Err("has no `]`".to_owned())) };
    Some(named(Tool::Zizmor, ids, Reaching::Within).map(|directive| directive.because(reason)))
}

/// `trivy:ignore:ID:exp:2027-01-01`, several in one comment, before a block, on its first line or on a line.
fn aqua(text: &str) -> Vec<Read> {
    let starts = |word: &str| word.starts_with("trivy:ignore:") || word.starts_with("tfsec:ignore:");
    if !starts(text) {
        return Vec::new();
    }
    let words = text.split_whitespace().map(|word| word.trim_start_matches('#'));
    let (directives, others): (Vec<&str>, Vec<&str>) = words.partition(|word| starts(word));
    let reason = others.join(" ");
    let read = |word: &str| aqua_one(word).map(|directive| directive.because(&reason));
    directives.into_iter().map(read).collect()
}

fn aqua_one(word: &str) -> Read {
    let mut parts = word.split(':');
    let tool = if parts.next() == Some("tfsec") { Tool::Tfsec } else { Tool::Trivy };
    let id = parts.nth(1).unwrap_or_default();
    if id.contains('[') {
        return Err("holds only for some values of an attribute, which is not followed here".to_owned());
    }
    let rules = if id == "*" { Rules::All } else { Rules::Named(vec![id.to_owned()]) };
    let mut directive = Directive::new(tool, rules, Reaching::Block);
    if id.is_empty() {
        return Err("names no rule".to_owned());
    }
    while let Some(key) = parts.next() {
        let value = parts.next().unwrap_or_default();
        match key {
            "exp" => directive.expires = Some(value.parse().map_err(|_| bad_date(value))?),
            // Which workspace is applied no file says.
            other => return Err(format!("holds only for `{other}`, which is not followed here")),
        }
    }
    Ok(directive)
}

fn named(tool: Tool, ids: &str, reach: Reaching) -> Read {
    let names: Vec<String> = ids.split(',').map(str::trim).filter(|id| !id.is_empty()).map(str::to_owned).collect();
    if names.is_empty() {
        return Err("names no rule".to_owned());
    }
    Ok(Directive::new(tool, Rules::Named(names), reach))
}
