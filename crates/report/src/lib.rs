//! Writers of a report, one folder a format; pure.
//!
//! The verdict is in the report before a writer sees it: no format changes it. Texts of others (names, messages, source
//! lines) pass through `foreign` before a person or a viewer sees them.

mod foreign;
mod format;
mod json;
mod options;
mod sarif;
mod sentence;
mod text;
#[cfg(test)]
mod testing;

pub use format::{Format, UnknownFormat, write};
pub use options::Options;
