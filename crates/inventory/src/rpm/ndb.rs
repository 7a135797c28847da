//! NDB, rpm's own form: slots that point at blobs (rpm, `lib/backend/ndb/rpmpkg.c`). All numbers are little-endian.

use model::ProblemKind;

use super::Blobs;

pub(super) const MAGIC: &[u8] = b"RpmP";

const PAGE: usize = 4096;
/// Bytes of a slot, and of the unit blobs are placed in.
const SLOT: usize = 16;
/// The header takes the place of the first two slots.
const HEADER: usize = 2 * SLOT;

/// All headers.
pub(super) fn read(bytes: &[u8]) -> Blobs {
    let mut found = Blobs::default();
    let pages = number(bytes, 12).unwrap_or_default() as usize;
    let end = pages.saturating_mul(PAGE);
    if number(bytes, 4) != Some(0) {
        found.fault(
            ProblemKind::FormatVersion,
            "the NDB database is of a version that is not known: nothing of it is read",
        );
        return found;
    }
    let Some(slots) = bytes.get(HEADER..end) else {
        found.fault(ProblemKind::Truncated, "the NDB database is cut inside its slots: nothing of it is read");
        return found;
    };
    // Slots may point at the same blob; together they cannot hold more than the file.
    let mut left = bytes.len();
    for slot in slots.chunks_exact(SLOT) {
        // An empty slot has a magic and nothing else.
        let (Some(package), Some(offset)) = (number(slot, 4).filter(|package| *package > 0), number(slot, 8)) else {
            continue;
        };
        match blob(bytes, package, offset as usize * SLOT) {
            Some(blob) if slot.starts_with(b"Slot") && blob.len() <= left => {
                left -= blob.len();
                if !found.push(blob.to_vec()) {
                    break;
                }
            }
            _ => found.fault(
                ProblemKind::Shape,
                format!("package number {package} of the NDB database is damaged: it is not read"),
            ),
        }
    }
    found
}

/// Magic, package, generation, length, and then the header.
fn blob(bytes: &[u8], package: u32, at: usize) -> Option<&[u8]> {
    let head = bytes.get(at..at.checked_add(SLOT)?)?;
    let length = number(head, 12)? as usize;
    let fits = head.starts_with(b"BlbS") && number(head, 4) == Some(package);
    bytes.get(at + SLOT..(at + SLOT).checked_add(length)?).filter(|_| fits)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}
