//! A list in a file without section headers: its zlib stream is looked for in what is loaded.

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memchr_iter;
use object::{File, Object, ObjectSegment};

/// How cargo-auditable begins its list.
const BEGINNING: &[u8] = b"{\"packages\":[";
/// Second bytes of a zlib stream of the usual window.
const LEVELS: [u8; 4] = [0x01, 0x5e, 0x9c, 0xda];
/// Places that are tried; each costs the inflation of some bytes.
const MAX_TRIES: usize = 50_000;

/// The bytes from the beginning of a list on; none in a file that has sections.
pub(super) fn find<'a>(file: &File<'a>) -> Option<&'a [u8]> {
    if file.sections().next().is_some() {
        return None;
    }
    let segments = file.segments().filter_map(|segment| segment.data().ok());
    let places = segments.flat_map(|data| memchr_iter(0x78, data).map(move |at| &data[at..]));
    let streams = places.filter(|rest| rest.get(1).is_some_and(|level| LEVELS.contains(level)));
    streams.take(MAX_TRIES).find(|stream| begins_a_list(stream))
}

fn begins_a_list(stream: &[u8]) -> bool {
    let mut beginning = [0; BEGINNING.len()];
    // Nothing larger is set up for a stream that is none.
    let input = &stream[..stream.len().min(512)];
    ZlibDecoder::new_with_buf(input, vec![0; 512]).read_exact(&mut beginning).is_ok() && beginning == BEGINNING
}
