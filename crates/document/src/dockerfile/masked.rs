//! The text with pieces made blank, byte for byte, so that every offset stays what it was.

use std::ops::Range;

use super::lines::Line;
use crate::source::Source;

/// The text without the lines of here-documents and the `<<` that announce them.
pub(super) fn without_here_documents(source: &Source<'_>, lines: &[Line]) -> String {
    let mut bytes = source.text.as_bytes().to_vec();
    for line in lines {
        for document in &line.documents {
            fill(&mut bytes, document.range.clone(), b' ');
            for at in [document.start.at, document.start.at + 1] {
                fill(&mut bytes, line.joined.source(&(at..at + 1)), b'_');
            }
        }
    }
    text(bytes)
}

/// Makes a piece blank.
pub(super) fn blank(masked: &mut String, range: Range<usize>) {
    let mut bytes = std::mem::take(masked).into_bytes();
    fill(&mut bytes, range, b' ');
    *masked = text(bytes);
}

fn fill(bytes: &mut [u8], range: Range<usize>, with: u8) {
    for byte in bytes.get_mut(range).unwrap_or_default() {
        if *byte != b'\n' {
            *byte = with;
        }
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("whole characters were replaced by ASCII")
}
