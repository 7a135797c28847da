//! Writers of a report, one folder a format; pure.
//!
//! The verdict is in the report before a writer sees it: no format changes it. Texts of others (names, messages, source
//! lines) pass through `foreign` before a person or a viewer sees them.

mod age;
mod bom;
mod commonmark;
mod count;
mod cyclonedx;
mod fix;
mod foreign;
mod format;
mod github;
mod gitlab;
mod html;
mod json;
mod junit;
mod link;
mod markdown;
mod naming;
mod options;
mod sarif;
mod sentence;
mod spdx;
mod suppressed;
#[cfg(test)]
mod testing;
mod text;
mod threat;
/// XML for results in the shape of JUnit's.
pub mod xml;

pub use foreign::{line as one_line, visible};
pub use format::{Format, UnknownFormat, write};
pub use options::Options;
