//! The score a CVSS vector states: environmental where it says something of an environment, else temporal, else base.
//!
//! The `cvss` crate has every equation but the temporal one of version 3 and the choice between them. CVSS 4.0 has one score.

use cvss::Cvss;
use cvss::v3::metric::Metric as _;

const BASE_3: [&str; 8] = ["AV", "AC", "PR", "UI", "S", "C", "I", "A"];
const TEMPORAL: [&str; 3] = ["E", "RL", "RC"];
const ENVIRONMENTAL: [&str; 13] = ["CDP", "TD", "CR", "IR", "AR", "MAV", "MAC", "MPR", "MUI", "MS", "MC", "MI", "MA"];

/// The score of a vector; `text` is how it was written. `None` for one that leaves a base metric out, which the crate reads
/// as one without weight.
pub(super) fn score(vector: &Cvss, text: &str) -> Option<f64> {
    let named = |name: &str| metrics(text).any(|(listed, _)| listed == name);
    let is_whole = match vector {
        Cvss::CvssV30(_) | Cvss::CvssV31(_) => BASE_3.into_iter().all(named),
        _ => true,
    };
    is_whole.then(|| stated(vector, text))
}

fn stated(vector: &Cvss, text: &str) -> f64 {
    let defines =
        |names: &[&str]| metrics(text).any(|(name, value)| names.contains(&name) && !matches!(value, "X" | "ND"));
    let (temporal, environmental) = (defines(&TEMPORAL), defines(&ENVIRONMENTAL));
    match vector {
        Cvss::CvssV20(vector) if environmental => vector.environmental_score().value(),
        Cvss::CvssV20(vector) if temporal => vector.temporal_score().value(),
        Cvss::CvssV30(vector) | Cvss::CvssV31(vector) if environmental => vector.environmental_score().value(),
        Cvss::CvssV30(vector) | Cvss::CvssV31(vector) if temporal => temporal_3(vector),
        vector => vector.score(),
    }
}

/// CVSS 3.1 section 7.2: the base score times what the temporal metrics weigh, rounded up; a metric not given weighs 1.
fn temporal_3(vector: &cvss::v3::Vector) -> f64 {
    let exploit = vector.e.map_or(1.0, |metric| metric.score());
    let remediation = vector.rl.map_or(1.0, |metric| metric.score());
    let confidence = vector.rc.map_or(1.0, |metric| metric.score());
    let product = vector.base_score().value() * exploit * remediation * confidence;
    cvss::v3::Score::new(product).roundup_for_version(vector.minor_version).value()
}

fn metrics(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split('/').filter_map(|metric| metric.split_once(':'))
}
