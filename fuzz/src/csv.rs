//! CSV files as documents.

use model::Format;

use crate::documents;

/// Reads the bytes as one file.
pub fn target(data: &[u8]) {
    documents::check(Format::Csv, data);
}
