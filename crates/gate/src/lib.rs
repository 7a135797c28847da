//! Findings, waivers and completeness to a verdict; pure.
//!
//! Nothing here reads a file or a clock: waivers come as text, the date as an argument. The order of calls is
//! [`apply_waivers`], [`apply_remarks`] for every target, then [`judge`]; formats are written after both and cannot change either.

mod count;
mod data_state;
mod fail_on;
mod inline;
mod verdict;
mod waiver;

pub use data_state::{DEFAULT_MAX_DATA_AGE_DAYS, DataState};
pub use fail_on::{FailOn, FailOnError};
pub use inline::{REMARK_MARKS, RuleNames, apply_remarks};
pub use verdict::{Gate, Scan, judge};
pub use waiver::{LocatedFault, Waiver, WaiverError, WaiverFault, apply_waivers, parse_waivers};
