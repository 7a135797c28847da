//! What a finding does to an answer.

use std::collections::BTreeMap;

use model::{Finding, Severity};

/// What a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// It is written into the audit log.
    Audit,
    /// Whoever sent the request is warned.
    Warn,
    /// The request is refused.
    Enforce,
}

/// What the findings of each policy do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions {
    /// By rule id (`kubernetes/privileged-container`), or by all that begins so (`kubernetes/*`); an id comes before what is
    /// shorter. These come before all else.
    pub by_rule: BTreeMap<String, Action>,
    /// Findings of this severity or a worse one are enforced, others warn. A constraint has its `enforcementAction`
    /// instead: `deny`, `warn`, or `dryrun`, which is audit.
    pub enforce_from: Severity,
}

impl Actions {
    pub(super) fn of(&self, finding: &Finding) -> Action {
        let rule = finding.rule.as_str();
        let named = self.by_rule.get(rule).copied().or_else(|| self.by_prefix(rule));
        named.or_else(|| of_constraint(finding)).unwrap_or(match finding.severity >= self.enforce_from {
            true => Action::Enforce,
            false => Action::Warn,
        })
    }

    fn by_prefix(&self, rule: &str) -> Option<Action> {
        let fits = |pattern: &str| pattern.strip_suffix('*').is_some_and(|prefix| rule.starts_with(prefix));
        let fitting = self.by_rule.iter().filter(|(pattern, _)| fits(pattern));
        fitting.max_by_key(|(pattern, _)| pattern.len()).map(|(_, action)| *action)
    }
}

impl Default for Actions {
    fn default() -> Actions {
        Actions { by_rule: BTreeMap::new(), enforce_from: Severity::High }
    }
}

fn of_constraint(finding: &Finding) -> Option<Action> {
    match finding.evidence.get("enforcement_action")?.as_str()? {
        "deny" => Some(Action::Enforce),
        "warn" => Some(Action::Warn),
        "dryrun" => Some(Action::Audit),
        // What is not known is no reason to let something in.
        _ => Some(Action::Enforce),
    }
}
