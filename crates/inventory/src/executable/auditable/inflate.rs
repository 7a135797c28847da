//! Bounded inflation.

use std::io::Read;

use flate2::read::ZlibDecoder;
use model::ProblemKind;

/// The list of the largest workspaces is below 1 MiB.
const MAX_JSON: u64 = 16 << 20;

/// Why a list could not be inflated.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) kind: ProblemKind,
    pub(super) reason: String,
}

/// Inflates a zlib stream. Bytes after its end are padding of the section.
pub(super) fn inflate(data: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut json = Vec::new();
    match ZlibDecoder::new(data).take(MAX_JSON + 1).read_to_end(&mut json) {
        Ok(_) if json.len() as u64 > MAX_JSON => {
            let reason = format!("inflates to more than {} MiB and is not read", MAX_JSON >> 20);
            Err(Fault { kind: ProblemKind::Limit, reason })
        }
        Ok(_) => Ok(json),
        Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Err(Fault {
            kind: ProblemKind::Truncated,
            reason: "ends in the middle of its compressed stream".to_owned(),
        }),
        Err(error) => Err(Fault { kind: ProblemKind::Compression, reason: format!("cannot be inflated: {error}") }),
    }
}
