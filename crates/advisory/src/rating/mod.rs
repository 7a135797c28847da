//! How bad: CVSS vectors, bare scores and severity words, and which of them counts.
//!
//! A rating is kept as text: a CVSS vector as its source wrote it, `score/3=7.5` for a bare CVSS 3 score, or `word=high`;
//! `lent/ID=` stands before a vector that another record of the same CVE lends to one without any.
//! The best kind wins: CVSS 4.0 before 3.1, 3.0, 2.0; then bare scores in the same order; then words. Among ratings of one
//! kind the worst wins. What cannot be read is passed over; when nothing is left the severity is unknown.

mod vector;

use cvss::Cvss;
use model::{Score, Severity};

/// What a pile of ratings comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rated {
    pub(crate) severity: Severity,
    pub(crate) score: Option<Score>,
    /// Where the severity is from: `CVSS:3.1`, `score/3`, `word`, or empty.
    pub(crate) origin: &'static str,
}

/// A rating that could be read. Ordered by which one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Weighed {
    kind: Kind,
    tenths: u16,
    severity: Severity,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Word,
    Score2,
    Score3,
    Score4,
    Cvss2,
    Cvss30,
    Cvss31,
    Cvss4,
}

/// The rating that counts.
pub(crate) fn rate<'a>(ratings: impl Iterator<Item = &'a str>) -> Rated {
    match ratings.filter_map(weigh).max() {
        None => Rated { severity: Severity::Unknown, score: None, origin: "" },
        Some(best) => Rated {
            severity: best.severity,
            score: (best.kind != Kind::Word).then(|| Score::new(f64::from(best.tenths) / 10.0)).flatten(),
            origin: best.kind.origin(),
        },
    }
}

/// The text kept for a bare score of a CVSS version, if the number is one.
pub(crate) fn score_text(version: u8, number: &str) -> Option<String> {
    let value: f64 = number.trim().parse().ok()?;
    Score::new(value).map(|score| format!("score/{version}={score}"))
}

/// The text kept for a severity word, if it is one.
pub(crate) fn word_text(word: &str) -> Option<String> {
    // Debian marks an urgency that a person has set with asterisks.
    let severity: Severity = word.trim().trim_end_matches('*').parse().ok()?;
    (severity != Severity::Unknown).then(|| format!("word={severity}"))
}

/// The text kept for a vector that another record of the same CVE lends.
pub(crate) fn lent_text(id: &str, vector: &str) -> String {
    format!("lent/{id}={vector}")
}

/// True for a vector that gives a score, as a source writes one.
pub(crate) fn is_vector(text: &str) -> bool {
    !text.starts_with("lent/") && weigh(text).is_some_and(|weighed| weighed.kind >= Kind::Cvss2)
}

fn weigh(text: &str) -> Option<Weighed> {
    if let Some(rest) = text.strip_prefix("lent/") {
        let (_, vector) = rest.split_once('=')?;
        return if vector.starts_with("lent/") { None } else { weigh(vector) };
    }
    if let Some(word) = text.strip_prefix("word=") {
        return Some(Weighed { kind: Kind::Word, tenths: 0, severity: word.parse().ok()? });
    }
    if let Some(rest) = text.strip_prefix("score/") {
        let (version, number) = rest.split_once('=')?;
        let kind = match version {
            "2" => Kind::Score2,
            "3" => Kind::Score3,
            "4" => Kind::Score4,
            _ => return None,
        };
        return weighed(kind, number.parse().ok()?);
    }
    let parsed: Cvss = text.parse().ok()?;
    let kind = match parsed {
        Cvss::CvssV20(_) => Kind::Cvss2,
        Cvss::CvssV30(_) => Kind::Cvss30,
        Cvss::CvssV31(_) => Kind::Cvss31,
        Cvss::CvssV40(_) => Kind::Cvss4,
        _ => return None,
    };
    weighed(kind, vector::score(&parsed, text)?)
}

fn weighed(kind: Kind, value: f64) -> Option<Weighed> {
    let score = Score::new(value)?;
    // CVSS 2 knows no "critical" and no "none"; the 3.1 scale is used for all, so that equal scores weigh the same.
    Some(Weighed { kind, tenths: (score.value() * 10.0).round() as u16, severity: score.severity() })
}

impl Kind {
    fn origin(self) -> &'static str {
        match self {
            Kind::Word => "word",
            Kind::Score2 => "score/2",
            Kind::Score3 => "score/3",
            Kind::Score4 => "score/4",
            Kind::Cvss2 => "CVSS:2.0",
            Kind::Cvss30 => "CVSS:3.0",
            Kind::Cvss31 => "CVSS:3.1",
            Kind::Cvss4 => "CVSS:4.0",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ratings: &[&str], severity: Severity, score: Option<f64>, origin: &str) {
        let rated = rate(ratings.iter().copied());
        assert_eq!((rated.severity, rated.score, rated.origin), (severity, score.and_then(Score::new), origin));
    }

    const V2: &str = "AV:N/AC:L/Au:N/C:P/I:P/A:P";
    const V30: &str = "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    const V31: &str = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
    const V4: &str = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N";

    #[test]
    fn newest_kind_of_vector_wins() {
        check(&[V2], Severity::High, Some(7.5), "CVSS:2.0");
        check(&[V2, V30], Severity::Critical, Some(9.8), "CVSS:3.0");
        check(&[V2, V30, V31], Severity::High, Some(7.5), "CVSS:3.1");
        check(&[V4, V31], Severity::Medium, Some(6.9), "CVSS:4.0");
    }

    #[test]
    fn scores_then_words() {
        check(&["word=low", "score/3=7.5", "score/4=2.1"], Severity::Low, Some(2.1), "score/4");
        check(&["word=low", "word=high"], Severity::High, None, "word");
        check(&[], Severity::Unknown, None, "");
    }

    #[test]
    fn unreadable_vectors_are_passed_over() {
        check(&["CVSS:3.1/AV:N/", "word=medium"], Severity::Medium, None, "word");
        check(&["CVSS:3.1/AV:P/AC:H/PR:H/UI:R/S:U/C:N/I:N"], Severity::Unknown, None, "");
        check(&["CVSS:9.9/AV:N", "nonsense", "/", ":", ""], Severity::Unknown, None, "");
        assert!(!is_vector("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:U/A:U"));
        assert!(is_vector(V31) && !is_vector(&lent_text("A-1", V31)));
        check(&[&lent_text("A-1", V31)], Severity::High, Some(7.5), "CVSS:3.1");
    }

    #[test]
    fn words() {
        assert_eq!(word_text("MODERATE").as_deref(), Some("word=medium"));
        assert_eq!(word_text("low**").as_deref(), Some("word=low"));
        assert_eq!(word_text("not yet assigned"), None);
        assert_eq!(score_text(3, "7.5").as_deref(), Some("score/3=7.5"));
        assert_eq!(score_text(3, "11"), None);
    }
}
