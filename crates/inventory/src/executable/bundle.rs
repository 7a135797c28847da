//! .NET programs in one file: the host says behind a mark where the bundle begins, and the bundle where its `deps.json` lies
//! (dotnet/runtime, design document "Bundle design for single file").

use std::ops::Range;

use memchr::memmem;
use model::ProblemKind;

use super::{CLAIMS, container};
use crate::fault_log::FaultLog;
use crate::nuget::read_deps;
use crate::{Detector, Evidence, Input, Parsed};

const NAME: &str = "dotnet-bundle";

/// The SHA-256 of `.net core bundle`; the eight bytes before it say where the bundle begins.
pub(super) const MARK: [u8; 32] = [
    0x8b, 0x12, 0x02, 0xb9, 0x6a, 0x61, 0x20, 0x38, 0x72, 0x7b, 0x93, 0x02, 0x14, 0xd7, 0xa0, 0x32, 0x13, 0xf5, 0xb9,
    0xe6, 0xef, 0xae, 0x33, 0x18, 0xee, 0x3b, 0x2d, 0xce, 0x24, 0xb3, 0x6a, 0xae,
];

/// The largest list of a real program is far below.
const MAX_DEPS: usize = 64 << 20;

pub(crate) const DETECTOR: Detector = Detector { name: NAME, evidence: Evidence::Both, claims: CLAIMS, parse };

fn parse(input: &Input<'_>) -> Parsed {
    let Some(start) = begin(input.bytes).filter(|start| *start > 0) else { return Parsed::default() };
    let mut faults = FaultLog::new(input.origin);
    match deps(input.bytes, start) {
        Ok(Some(range)) => {
            let mut parsed = read_deps(&Input { bytes: &input.bytes[range], ..*input }, NAME);
            // Lines of a list that nobody can open lead nowhere.
            parsed.packages.iter_mut().for_each(|package| package.locations = vec![input.origin.location()]);
            return parsed;
        }
        Ok(None) => {
            let message = "a .NET program in one file without a deps.json: which packages it holds is not known";
            faults.warning(ProblemKind::Unsupported, None, message);
        }
        Err(reason) => {
            let message = format!("the bundle of a .NET program {reason}: which packages it holds is not known");
            faults.error(ProblemKind::Truncated, None, message);
        }
    }
    Parsed { problems: faults.into_problems(), ..Parsed::default() }
}

/// Where the bundle begins; 0 in a host that has none. The mark is a variable that the host's maker fills in; of a host whose
/// headers cannot be read it may stand anywhere.
fn begin(bytes: &[u8]) -> Option<usize> {
    let begin_in = |data: &[u8]| {
        let at = memmem::find(data, &MARK)?.checked_sub(8)?;
        usize::try_from(long(data, at)?).ok()
    };
    match container::open(bytes) {
        Ok(files) => files.iter().flat_map(container::writable).find_map(|(_, data)| begin_in(data)),
        Err(_) => begin_in(bytes),
    }
}

/// Versions, number of files, identity, then place and size of `deps.json`. Before version 2 of the header they are in the list of
/// files, which .NET Core 3 wrote; it unpacks itself, so its files are found where they run.
fn deps(bytes: &[u8], start: usize) -> Result<Option<Range<usize>>, &'static str> {
    let cut = "lies beyond the end of the file";
    let major = bytes.get(start..start.saturating_add(4)).and_then(|four| four.first_chunk::<4>()).ok_or(cut)?;
    let major = u32::from_le_bytes(*major);
    if major < 2 {
        return Ok(None);
    }
    let length = usize::from(*bytes.get(start + 12).ok_or(cut)?);
    if length >= 0x80 {
        return Err("has an identity longer than any known");
    }
    let place = start + 13 + length;
    let (offset, size) = (long(bytes, place).ok_or(cut)?, long(bytes, place + 8).ok_or(cut)?);
    if size == 0 {
        return Ok(None);
    }
    let (offset, size) = (usize::try_from(offset).map_err(|_| cut)?, usize::try_from(size).map_err(|_| cut)?);
    let end = offset.checked_add(size).filter(|end| *end <= bytes.len() && size <= MAX_DEPS).ok_or(cut)?;
    Ok(Some(offset..end))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk::<8>()?))
}
