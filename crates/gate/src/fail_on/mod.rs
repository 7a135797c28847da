//! Which findings and images fail the gate.
//!
//! Conditions stand beside each other with commas, and a finding fails that meets one of them; `+` joins what must hold
//! together: `critical,high+fixable,kev,epss>0.5`. Some are about an image, not a finding: `efficiency<0.9`; and two about
//! what nobody could judge: `no-advisory-source`, `undecided`.

mod coverage;
mod image;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use model::{Finding, FindingClass, Severity};

pub(crate) use coverage::CoverageTerm;
pub(crate) use image::{Answer, ImageTerm};

/// Which findings and images fail the gate. With no condition at all it only reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailOn {
    /// Of a finding one of them is enough.
    conditions: Vec<Condition>,
    /// Of an image one of them is enough.
    images: Vec<ImageTerm>,
    /// Of what was not judged one of them is enough.
    coverage: Vec<CoverageTerm>,
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
     from 0 to 1), beside each other with commas or joined with +; of what could not be judged, never joined, undecided and \
     no-advisory-source; and of images, never joined, efficiency<0.9, wasted>100MB, wasted-ratio>0.1, reclaimable>100MB, and of \
     one cause overwritten>10MB, deleted>10MB, duplicate-content>10MB and cache>10MB"
)]
pub struct FailOnError(String);

impl FailOn {
    /// Whether a finding fails the gate.
    pub fn matches(&self, finding: &Finding) -> bool {
        self.conditions.iter().any(|condition| condition.0.iter().all(|term| term.matches(finding)))
    }

    /// Whether the gate only reports.
    pub fn is_none(&self) -> bool {
        self.conditions.is_empty() && self.images.is_empty() && self.coverage.is_empty()
    }

    /// Whether it is asked of findings.
    pub(crate) fn asks_findings(&self) -> bool {
        !self.conditions.is_empty()
    }

    /// What is asked of images.
    pub(crate) fn images(&self) -> &[ImageTerm] {
        &self.images
    }

    /// What is asked of coverage.
    pub(crate) fn coverage(&self) -> &[CoverageTerm] {
        &self.coverage
    }

    /// Whether it asks what is known to be exploited.
    pub(crate) fn asks_exploited(&self) -> bool {
        self.terms().any(|term| *term == Term::Exploited)
    }

    /// Whether it asks how likely an attack is.
    pub(crate) fn asks_predicted(&self) -> bool {
        self.terms().any(|term| matches!(term, Term::LikelierThan(_)))
    }

    fn terms(&self) -> impl Iterator<Item = &Term> {
        self.conditions.iter().flat_map(|condition| &condition.0)
    }

    /// The conditions on findings alone, as they are written.
    pub(crate) fn of_findings(&self) -> FailOn {
        FailOn { conditions: self.conditions.clone(), images: Vec::new(), coverage: Vec::new() }
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
        let conditions = vec![Condition(vec![Term::AtLeast(Severity::High)])];
        FailOn { conditions, images: Vec::new(), coverage: Vec::new() }
    }
}

impl FromStr for FailOn {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<FailOn, FailOnError> {
        // `none` stands alone: beside others it would say two things.
        if text == "none" {
            return Ok(FailOn { conditions: Vec::new(), images: Vec::new(), coverage: Vec::new() });
        }
        let (coverage, others): (Vec<&str>, Vec<&str>) =
            text.split(',').map(str::trim).partition(|text| CoverageTerm::named(text).is_some());
        let (images, conditions): (Vec<&str>, Vec<&str>) =
            others.into_iter().partition(|text| ImageTerm::is_meant(text));
        let condition = |text: &str| text.split('+').map(str::parse).collect::<Result<_, _>>().map(Condition);
        Ok(FailOn {
            conditions: conditions.into_iter().map(condition).collect::<Result<_, _>>()?,
            images: images.into_iter().map(str::parse).collect::<Result<_, _>>()?,
            coverage: coverage.into_iter().filter_map(CoverageTerm::named).collect(),
        })
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
        let conditions = self.conditions.iter().map(ToString::to_string);
        let images = self.images.iter().map(ToString::to_string);
        let coverage = self.coverage.iter().map(|term| term.name().to_owned());
        f.write_str(&conditions.chain(images).chain(coverage).collect::<Vec<_>>().join(","))
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.iter().map(ToString::to_string).collect::<Vec<_>>().join("+"))
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
