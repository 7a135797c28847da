//! One severity in every format: levels, numbers and ranks that agree with the word in the report.

use model::{Finding, FindingClass, Score, Severity};

use super::model::Level;

/// The level of a severity. What nobody rated is worth a look.
pub(super) fn level(severity: Severity) -> Level {
    match severity {
        Severity::Critical | Severity::High => Level::Error,
        Severity::Medium | Severity::Unknown => Level::Warning,
        Severity::Low | Severity::Negligible => Level::Note,
    }
}

/// A number above 0.0 and up to 10.0 whose band is the severity; `None` when nobody has rated it.
///
/// A distribution may rate an advisory otherwise than its score does. The gate goes by the word, so a service that shows
/// bands of the number must come to the same word.
pub(super) fn number(severity: Severity, score: Option<Score>) -> Option<f64> {
    let agreeing = score.filter(|score| score.severity() == severity).map(Score::value);
    let middle_of_band = match severity {
        Severity::Critical => 9.5,
        Severity::High => 8.0,
        Severity::Medium => 5.5,
        Severity::Low => 2.0,
        Severity::Negligible => 0.1,
        Severity::Unknown => return None,
    };
    // Services begin the worst band above 9.0, CVSS at 9.0.
    let least = if severity == Severity::Critical { 9.1 } else { 0.1 };
    Some(agreeing.unwrap_or(middle_of_band).max(least))
}

/// The number of the worst of a rule's findings.
pub(super) fn worst_number(findings: &[&Finding]) -> Option<f64> {
    findings.iter().filter_map(|finding| number(finding.severity, finding.score)).max_by(f64::total_cmp)
}

/// True where a security number belongs on the rule; licences and maintenance are no matter of security.
pub(super) fn is_security(class: FindingClass) -> bool {
    matches!(class, FindingClass::Vulnerability | FindingClass::Malicious | FindingClass::Policy | FindingClass::Secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_in_the_band_of_the_word() {
        let score = Score::new;
        assert_eq!(number(Severity::High, score(7.4)), Some(7.4));
        assert_eq!(number(Severity::Critical, score(9.0)), Some(9.1));
        assert_eq!(number(Severity::Low, score(9.8)), Some(2.0));
        assert_eq!(number(Severity::Negligible, score(0.0)), Some(0.1));
        assert_eq!(number(Severity::Unknown, score(9.8)), None);
        for severity in Severity::WORST_FIRST {
            let Some(number) = number(severity, None) else { continue };
            let band = Score::new(number).map(Score::severity);
            assert!(band == Some(severity) || severity == Severity::Negligible, "{severity}");
        }
    }
}
