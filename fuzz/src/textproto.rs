//! Files in the text format of protocol buffers as documents.

use model::Format;

use crate::documents;

/// Reads the bytes as one file.
pub fn target(data: &[u8]) {
    documents::check(Format::Textproto, data);
}
