//! Which findings fail the gate.
//!
//! Conditions stand beside each other with commas, and a finding fails that meets one of them; `+` joins what must hold
//! together: `critical,high+fixable,kev,epss>0.5`.

use std::fmt;
use std::str::FromStr;

use model::{Finding, FindingClass, Severity};

/// Which findings fail the gate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailOn {
    /// One of them is enough; with none the gate only reports.
    conditions: Vec<Condition>,
}

/// What must hold together of one finding.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Condition(Vec<Term>);

/// One thing to hold of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Term {
    /// Any finding, also of unknown severity.
    Any,
    /// This severity or a worse one; what has no severity does not count.
    AtLeast(Severity),
    /// Known to be exploited.
    Exploited,
    /// A version without it exists.
    Fixable,
    /// A malicious package.
    Malicious,
    /// The predicted probability of an attack is higher; in millionths.
    LikelierThan(u32),
}

/// A text that names no condition.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no condition; there are none, low, medium, high, critical, any, kev, fixable, malicious and epss>0.5 (a number \
     from 0 to 1), beside each other with commas or joined with +"
)]
pub struct FailOnError(String);

impl FailOn {
    /// Whether a finding fails the gate.
    pub fn matches(&self, finding: &Finding) -> bool {
        self.conditions.iter().any(|condition| condition.0.iter().all(|term| term.matches(finding)))
    }

    /// Whether the gate only reports.
    pub fn is_none(&self) -> bool {
        self.conditions.is_empty()
    }

    /// The severity, where nothing but a severity is asked of a finding.
    pub(crate) fn threshold(&self) -> Option<Severity> {
        match self.conditions.as_slice() {
            [Condition(terms)] => match terms.as_slice() {
                [Term::AtLeast(least)] => Some(*least),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether every finding fails.
    pub(crate) fn is_any(&self) -> bool {
        self.conditions.iter().any(|condition| condition.0 == [Term::Any])
    }
}

impl Term {
    fn matches(self, finding: &Finding) -> bool {
        match self {
            Term::Any => true,
            Term::AtLeast(least) => finding.severity != Severity::Unknown && finding.severity >= least,
            Term::Exploited => finding.evidence.get("kev").is_some_and(|kev| !kev.is_null()),
            Term::Fixable => !finding.fixed_in.is_empty(),
            Term::Malicious => finding.class == FindingClass::Malicious,
            Term::LikelierThan(bound) => predicted(finding).is_some_and(|score| score > bound),
        }
    }
}

/// The prediction that goes with a finding, in millionths, as the data has it.
fn predicted(finding: &Finding) -> Option<u32> {
    let score = finding.evidence.get("epss")?.get("score")?.as_f64()?;
    millionths(score)
}

fn millionths(share: f64) -> Option<u32> {
    (0.0..=1.0).contains(&share).then(|| (share * 1_000_000.0).round() as u32)
}

impl Default for FailOn {
    fn default() -> FailOn {
        FailOn { conditions: vec![Condition(vec![Term::AtLeast(Severity::High)])] }
    }
}

impl FromStr for FailOn {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<FailOn, FailOnError> {
        // `none` stands alone: beside others it would say two things.
        if text == "none" {
            return Ok(FailOn { conditions: Vec::new() });
        }
        let condition = |text: &str| text.split('+').map(str::parse).collect::<Result<_, _>>().map(Condition);
        Ok(FailOn { conditions: text.split(',').map(condition).collect::<Result<_, _>>()? })
    }
}

impl FromStr for Term {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<Term, FailOnError> {
        let text = text.trim();
        let fault = || FailOnError(text.to_owned());
        Ok(match text {
            "low" => Term::AtLeast(Severity::Low),
            "medium" => Term::AtLeast(Severity::Medium),
            "high" => Term::AtLeast(Severity::High),
            "critical" => Term::AtLeast(Severity::Critical),
            "any" => Term::Any,
            "kev" => Term::Exploited,
            "fixable" => Term::Fixable,
            "malicious" => Term::Malicious,
            _ => {
                let bound = text.strip_prefix("epss").and_then(|rest| rest.trim_start().strip_prefix('>'));
                let share: f64 = bound.ok_or_else(fault)?.trim().parse().map_err(|_| fault())?;
                Term::LikelierThan(millionths(share).ok_or_else(fault)?)
            }
        })
    }
}

impl fmt::Display for FailOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_none() {
            return f.write_str("none");
        }
        for (at, condition) in self.conditions.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { "," })?;
            for (at, term) in condition.0.iter().enumerate() {
                write!(f, "{}{term}", if at == 0 { "" } else { "+" })?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Term::Any => f.write_str("any"),
            Term::AtLeast(severity) => severity.fmt(f),
            Term::Exploited => f.write_str("kev"),
            Term::Fixable => f.write_str("fixable"),
            Term::Malicious => f.write_str("malicious"),
            Term::LikelierThan(bound) => write!(f, "epss>{}", f64::from(*bound) / 1_000_000.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn finding(rule: &str) -> Finding {
        let rule = rule.parse().expect("a rule id");
        Finding::new(rule, FindingClass::Vulnerability, Severity::High, "A message.")
    }

    #[test]
    fn words_round_trip() {
        for word in [
            "none",
            "low",
            "medium",
            "high",
            "critical",
            "any",
            "kev",
            "fixable",
            "malicious",
            "epss>0.5",
            "epss>0",
            "critical,high+fixable,kev,epss>0.000001",
            "kev+fixable+low",
        ] {
            assert_eq!(word.parse::<FailOn>().map(|fail_on| fail_on.to_string()).as_deref(), Ok(word));
        }
        assert_eq!(Ok(FailOn::default()), "high".parse());
        assert_eq!("high , kev + fixable,epss > 0.5".parse::<FailOn>(), "high,kev+fixable,epss>0.5".parse());
        let wrong =
            ["", "HIGH", "hihg", "negligible", "unknown", "high,", "+kev", "none,kev", "none+kev", "epss", "epss>2"];
        for wrong in wrong.into_iter().chain(["epss>", "epss>-1", "epss>NaN", "epss<0.5", "kev+"]) {
            assert!(wrong.parse::<FailOn>().is_err(), "{wrong}");
        }
    }

    fn check(fail_on: &str, failing: &[Severity]) {
        let fail_on: FailOn = fail_on.parse().expect("a threshold");
        let found: Vec<Severity> = Severity::WORST_FIRST
            .into_iter()
            .filter(|severity| fail_on.matches(&Finding { severity: *severity, ..finding("A-1") }))
            .collect();
        assert_eq!(found, failing, "{fail_on}");
    }

    #[test]
    fn thresholds() {
        check("none", &[]);
        check("critical", &Severity::WORST_FIRST[..1]);
        check("high", &Severity::WORST_FIRST[..2]);
        check("low", &Severity::WORST_FIRST[..4]);
        check("any", &Severity::WORST_FIRST);
        check("critical,low", &Severity::WORST_FIRST[..4]);
        check("critical+low", &Severity::WORST_FIRST[..1]);
        check("kev,fixable,malicious,epss>0", &[]);
    }

    #[test]
    fn conditions_look_at_what_is_known_of_attacks_and_fixes() {
        let plain = Finding { severity: Severity::Medium, ..finding("A-1") };
        let known = Finding { evidence: [("kev".to_owned(), json!([{"id": "CVE-1"}]))].into(), ..plain.clone() };
        let likely = Finding { evidence: [("epss".to_owned(), json!({"score": 0.5}))].into(), ..plain.clone() };
        let fixable = Finding { fixed_in: vec!["2.0".to_owned()], ..plain.clone() };
        let malicious = Finding { class: FindingClass::Malicious, ..plain.clone() };
        let names = [
            ("plain", &plain),
            ("known", &known),
            ("likely", &likely),
            ("fixable", &fixable),
            ("malicious", &malicious),
        ];
        let failing = |fail_on: &str| {
            let fail_on: FailOn = fail_on.parse().expect("conditions");
            let failing = names.iter().filter(|(_, finding)| fail_on.matches(finding)).map(|(name, _)| *name);
            failing.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(failing("kev"), "known");
        assert_eq!(failing("malicious,fixable"), "fixable malicious");
        assert_eq!((failing("epss>0.49").as_str(), failing("epss>0.5").as_str()), ("likely", ""));
        assert_eq!((failing("medium+kev").as_str(), failing("high+kev").as_str()), ("known", ""));
        assert_eq!(failing("high,kev,epss>0.1"), "known likely");
        assert_eq!(failing("any+fixable"), "fixable");
        // What the data does not say is not taken for anything.
        assert_eq!(failing("epss>0"), "likely");
    }

    #[test]
    fn no_threshold_takes_an_unknown_severity_for_a_known_one() {
        for word in ["low", "medium", "high", "critical"] {
            let fail_on: FailOn = word.parse().expect("a threshold");
            assert!(!fail_on.matches(&Finding { severity: Severity::Unknown, ..finding("A-1") }));
        }
    }
}
