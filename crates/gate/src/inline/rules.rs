//! Which rules of ours a name means.

use std::collections::{BTreeMap, BTreeSet};

use super::tool::Tool;

/// The rules there are, by their ids and by what other tools call the same.
#[derive(Clone, Debug, Default)]
pub struct RuleNames {
    /// Lower case.
    ids: BTreeSet<String>,
    /// `checkov:ckv_k8s_16`, lower case and as short as tools write it, to ids.
    equivalents: BTreeMap<String, BTreeSet<String>>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// These rules or advisories, in lower case.
    Ids(Vec<String>),
    /// None that there is, but one of a similar name may be.
    Unknown(Option<String>),
}

/// How alike a name must be to be offered.
const LEAST_ALIKE: f64 = 0.7;

impl RuleNames {
    /// Adds a rule: its id, and what others call the same, as in `hadolint:DL3008`.
    pub fn add<'e>(&mut self, id: &str, equivalents: impl IntoIterator<Item = &'e str>) {
        let id = id.to_ascii_lowercase();
        for name in equivalents {
            if let Some((tool, name)) = name.split_once(':') {
                self.equivalents.entry(key(tool, name)).or_default().insert(id.clone());
            }
        }
        self.ids.insert(id);
    }

    pub(super) fn meaning(&self, tool: Tool, name: &str) -> Meaning {
        if tool == Tool::Portcullis {
            return self.own(name);
        }
        let found: BTreeSet<&String> =
            tool.catalogues().iter().flat_map(|catalogue| self.of(catalogue, name)).collect();
        if found.is_empty() { Meaning::Unknown(self.near_equivalent(tool, name)) } else { ids(found) }
    }

    /// An id, its form in the key of an annotation, what another tool calls it, or an advisory, of which no list is kept.
    fn own(&self, name: &str) -> Meaning {
        let lower = name.to_ascii_lowercase();
        let spelled = [lower.clone(), lower.replacen('.', "/", 1), format!("kubernetes/{lower}")];
        if let Some(id) = spelled.into_iter().find(|id| self.ids.contains(id)) {
            return Meaning::Ids(vec![id]);
        }
        if let Some((tool, id)) = name.split_once(':') {
            let found: BTreeSet<&String> = self.of(tool, id).collect();
            return if found.is_empty() { Meaning::Unknown(None) } else { ids(found) };
        }
        let is_advisory =
            !name.contains('/') && name.contains('-') && name.contains(|mark: char| mark.is_ascii_digit());
        if is_advisory { Meaning::Ids(vec![lower]) } else { Meaning::Unknown(self.near_id(&lower)) }
    }

    fn of(&self, tool: &str, name: &str) -> impl Iterator<Item = &String> {
        self.equivalents.get(&key(tool, name)).into_iter().flatten()
    }

    fn near_id(&self, name: &str) -> Option<String> {
        let tail = |id: &str| id.rsplit('/').next().unwrap_or_default().to_owned();
        let alike = |id: &&String| {
            let whole = strsim::normalized_damerau_levenshtein(name, id);
            whole.max(strsim::normalized_damerau_levenshtein(&tail(name), &tail(id)) - 0.05)
        };
        nearest(self.ids.iter(), alike).cloned()
    }

    fn near_equivalent(&self, tool: Tool, name: &str) -> Option<String> {
        let wanted = key(tool.name(), name);
        let prefix = format!("{}:", tool.name());
        let same = self.equivalents.keys().filter(|key| key.starts_with(&prefix));
        // Numbers that differ by one are alike and mean other things.
        let same = same.filter(|key| !key.ends_with(|last: char| last.is_ascii_digit()));
        nearest(same, |key| strsim::normalized_damerau_levenshtein(&wanted, key)).cloned()
    }
}

fn nearest<'n>(names: impl Iterator<Item = &'n String>, alike: impl Fn(&&'n String) -> f64) -> Option<&'n String> {
    let scored = names.map(|name| (alike(&name), name)).filter(|(score, _)| *score >= LEAST_ALIKE);
    scored.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name)
}

fn ids(found: BTreeSet<&String>) -> Meaning {
    Meaning::Ids(found.into_iter().cloned().collect())
}

/// Trivy wrote `KSV017` and `AVD-KSV-0017` before it wrote `KSV-0017`.
fn key(tool: &str, name: &str) -> String {
    let name = name.trim().to_ascii_lowercase();
    let name = name.strip_prefix("avd-").filter(|_| tool != "checkov").unwrap_or(&name);
    let digits = name.len() - name.trim_end_matches(|digit: char| digit.is_ascii_digit()).len();
    let (letters, number) = name.split_at(name.len() - digits);
    let is_short =
        matches!(tool, "trivy" | "tfsec") && digits == 3 && letters.chars().all(|one| one.is_ascii_lowercase());
    if is_short { format!("{tool}:{letters}-0{number}") } else { format!("{tool}:{name}") }
}
