//! Which findings fail the gate.

use std::fmt;
use std::str::FromStr;

use model::Severity;

/// Which findings fail the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// None: the gate only reports.
    None,
    /// Those of this severity or a worse one; what has no severity does not count.
    AtLeast(Severity),
    /// Every one, also of unknown severity.
    Any,
}

/// A word that names no threshold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no threshold; there are none, low, medium, high, critical and any")]
pub struct FailOnError(String);

impl FailOn {
    /// Whether a finding of this severity fails the gate.
    pub fn matches(self, severity: Severity) -> bool {
        match self {
            FailOn::None => false,
            FailOn::AtLeast(least) => severity != Severity::Unknown && severity >= least,
            FailOn::Any => true,
        }
    }
}

impl Default for FailOn {
    fn default() -> FailOn {
        FailOn::AtLeast(Severity::High)
    }
}

impl FromStr for FailOn {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<FailOn, FailOnError> {
        Ok(match text {
            "none" => FailOn::None,
            "low" => FailOn::AtLeast(Severity::Low),
            "medium" => FailOn::AtLeast(Severity::Medium),
            "high" => FailOn::AtLeast(Severity::High),
            "critical" => FailOn::AtLeast(Severity::Critical),
            "any" => FailOn::Any,
            other => return Err(FailOnError(other.to_owned())),
        })
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FailOn::None => f.pad("none"),
            FailOn::AtLeast(severity) => severity.fmt(f),
            FailOn::Any => f.pad("any"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_round_trip() {
        for word in ["none", "low", "medium", "high", "critical", "any"] {
            assert_eq!(word.parse::<FailOn>().map(|fail_on| fail_on.to_string()).as_deref(), Ok(word));
        }
        assert_eq!(FailOn::default(), FailOn::AtLeast(Severity::High));
        for wrong in ["", "HIGH", "hihg", "negligible", "unknown"] {
            assert!(wrong.parse::<FailOn>().is_err(), "{wrong}");
        }
    }

    fn check(fail_on: &str, failing: &[Severity]) {
        let fail_on: FailOn = fail_on.parse().expect("a threshold");
        let found: Vec<Severity> =
            Severity::WORST_FIRST.into_iter().filter(|severity| fail_on.matches(*severity)).collect();
        assert_eq!(found, failing, "{fail_on}");
    }

    #[test]
    fn thresholds() {
        check("none", &[]);
        check("critical", &Severity::WORST_FIRST[..1]);
        check("high", &Severity::WORST_FIRST[..2]);
        check("low", &Severity::WORST_FIRST[..4]);
        check("any", &Severity::WORST_FIRST);
    }

    #[test]
    fn no_threshold_takes_an_unknown_severity_for_a_known_one() {
        assert!(!FailOn::AtLeast(Severity::Unknown).matches(Severity::Unknown));
    }
}
