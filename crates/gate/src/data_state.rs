//! The advisory data as far as the gate cares.

use model::{DataOverride, Timestamp};

/// How old data that the user installed may be, in days, unless an option says otherwise.
pub const DEFAULT_MAX_DATA_AGE_DAYS: u32 = 14;

/// The advisory data as far as the gate cares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataState {
    /// Which snapshot it is, where several are stacked: each counts alone.
    pub name: Option<String>,
    /// A scanner that needs advisories was asked for; without one the rest does not matter.
    pub asked: bool,
    /// Why the data could not be used: missing, damaged, refused.
    pub refused: Option<String>,
    /// Whole days from the newest record to the date of judgement; `None` when no data was opened.
    pub age_days: Option<u32>,
    /// True for the default that comes with the program: its age only warns, unless an option gives a limit.
    pub embedded: bool,
    /// It has the list of what is known to be exploited.
    pub has_exploited: bool,
    /// It has predictions of attacks.
    pub has_predicted: bool,
    /// The newest record is dated after the date of judgement.
    pub in_future: bool,
    /// When its publisher wants it no longer to be relied on, where that time is over.
    pub expired: Option<Timestamp>,
    /// What stood against it when it was installed, and was allowed.
    pub overrides: Vec<DataOverride>,
    /// Why it is not known how the data got here, although something says so.
    pub doubtful_origin: Option<String>,
}

/// What is wrong with the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DataFault {
    /// It cannot be used at all.
    Missing(String),
    /// It is older than the limit.
    TooOld { age: u32, limit: u32 },
    /// Its publisher set it an end, and that is over.
    Expired(Timestamp),
}

/// The days that count: those asked for, else the default for data the user installed; `None` lets any age pass.
fn limit(data: &DataState, explicit: Option<u32>) -> Option<u32> {
    explicit.or((!data.embedded).then_some(DEFAULT_MAX_DATA_AGE_DAYS))
}

/// What stands against the data, if anything does.
pub(crate) fn fault(data: &DataState, explicit: Option<u32>) -> Option<DataFault> {
    if !data.asked {
        return None;
    }
    let age = match (&data.refused, data.age_days) {
        (Some(reason), _) => return Some(DataFault::Missing(reason.clone())),
        (None, None) => return Some(DataFault::Missing("no data was opened".to_owned())),
        (None, Some(age)) => age,
    };
    let too_old = limit(data, explicit).filter(|limit| age > *limit).map(|limit| DataFault::TooOld { age, limit });
    too_old.or(data.expired.map(DataFault::Expired))
}

/// The age of embedded data that is worth a warning although no limit was asked for.
pub(crate) fn old_but_embedded(data: &DataState, explicit: Option<u32>) -> Option<u32> {
    let unlimited = data.asked && data.refused.is_none() && limit(data, explicit).is_none();
    data.age_days.filter(|age| unlimited && *age > DEFAULT_MAX_DATA_AGE_DAYS)
}
