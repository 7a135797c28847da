//! The 512-byte header block and its fields.

use super::number::{self, NoNumber};

/// Everything in a tar comes in blocks of so many bytes.
pub(crate) const BLOCK: usize = 512;

/// One header block.
pub(super) struct Block(pub(super) [u8; BLOCK]);

/// What the magic and its version say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Before POSIX: no magic.
    V7,
    /// POSIX.1-1988 and its successor pax.
    Ustar,
    /// Jörg Schilling's `star`: as ustar, with a shorter prefix.
    Star,
    /// GNU: other fields where ustar has its prefix.
    Gnu,
}

/// True where a block can be the first of a tar: its checksum holds and it is not empty.
pub(crate) fn is_header(bytes: &[u8]) -> bool {
    match bytes.first_chunk::<BLOCK>() {
        Some(bytes) => {
            let block = Block(*bytes);
            !block.is_zero() && block.checksum_holds()
        }
        None => false,
    }
}

impl Block {
    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    /// The sum of all bytes, those of the checksum field taken as spaces. Some old writers summed signed bytes.
    pub(super) fn checksum_holds(&self) -> bool {
        const FIELD: std::ops::Range<usize> = 148..156;
        let Ok(claimed) = number::parse(&self.0[FIELD]) else { return false };
        // No sum of a block overflows; where nothing is checked many bytes are added at once.
        let sum = |bytes: &[u8]| bytes.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
        let spaces = u32::from(b' ') * FIELD.len() as u32;
        let unsigned = sum(&self.0) - sum(&self.0[FIELD]) + spaces;
        if claimed == i64::from(unsigned) {
            return true;
        }
        let outside = self.0[..FIELD.start].iter().chain(&self.0[FIELD.end..]);
        let negative = outside.filter(|byte| **byte >= 0x80).count();
        claimed == i64::from(unsigned) - (negative as i64) * 256
    }

    pub(super) fn format(&self) -> Format {
        match &self.0[257..265] {
            b"ustar  \0" => Format::Gnu,
            magic if magic.starts_with(b"ustar\0") => {
                if &self.0[508..512] == b"tar\0" {
                    Format::Star
                } else {
                    Format::Ustar
                }
            }
            _ => Format::V7,
        }
    }

    pub(super) fn type_flag(&self) -> u8 {
        self.0[156]
    }

    pub(super) fn name(&self) -> &[u8] {
        text(&self.0[..100])
    }

    pub(super) fn link(&self) -> &[u8] {
        text(&self.0[157..257])
    }

    /// What comes before the name, with a `/` between.
    pub(super) fn prefix(&self) -> &[u8] {
        match self.format() {
            Format::Ustar => text(&self.0[345..500]),
            Format::Star => text(&self.0[345..476]),
            // Go once wrote the ustar prefix under the GNU magic, over the times; its reader still takes it for one.
            Format::Gnu if self.has_prefix_over_times() => text(&self.0[345..500]),
            Format::V7 | Format::Gnu => b"",
        }
    }

    /// Under the GNU magic: the fields of the times hold no times but a name.
    pub(super) fn has_prefix_over_times(&self) -> bool {
        let times = [&self.0[345..357], &self.0[357..369]];
        let is_broken = |field: &&[u8]| field[0] != 0 && number::parse(field).is_err();
        self.format() == Format::Gnu && times.iter().any(is_broken) && text(&self.0[345..500]).is_ascii()
    }

    pub(super) fn mode(&self) -> Result<u32, NoNumber> {
        number::parse(&self.0[100..108]).and_then(|mode| u32::try_from(mode & 0o7777).map_err(|_| NoNumber))
    }

    /// Bytes that follow, before padding.
    pub(super) fn size(&self) -> Result<u64, NoNumber> {
        number::parse(&self.0[124..136]).and_then(|size| u64::try_from(size).map_err(|_| NoNumber))
    }

    /// True where the size field says that the size did not fit.
    pub(super) fn size_is_filled(&self) -> bool {
        self.0[124..135].iter().all(|byte| *byte == b'7')
    }

    /// Old GNU sparse: the size of the file with its holes.
    pub(super) fn real_size(&self) -> Result<u64, NoNumber> {
        number::parse(&self.0[483..495]).and_then(|size| u64::try_from(size).map_err(|_| NoNumber))
    }

    /// Old GNU sparse: the first entries of the map.
    pub(super) fn sparse_entries(&self) -> &[u8] {
        &self.0[386..482]
    }

    /// Old GNU sparse: a block with more of the map follows.
    pub(super) fn sparse_continues(&self) -> bool {
        self.0[482] != 0
    }
}

/// The bytes before the first NUL.
pub(super) fn text(field: &[u8]) -> &[u8] {
    field.split(|byte| *byte == 0).next().unwrap_or(field)
}
