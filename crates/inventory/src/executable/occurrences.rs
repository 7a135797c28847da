//! Where in a file some texts occur, found block by block: the file need not be at hand as a whole.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use memchr::memmem::Finder;

/// Bytes that are searched at once.
const BLOCK: usize = 64 << 10;

/// Texts that are looked for are rare; of a file full of them nearly everything would be wanted.
const MOST: usize = 1000;

/// The stretches with so many bytes before and behind each text. `None` where there are very many, or where the file cannot be read.
pub(super) fn beside(file: &mut (impl Read + Seek), texts: &[Vec<u8>], reach: u64) -> Option<Vec<Range<u64>>> {
    let found = find(file, texts, BLOCK).ok()?;
    let found = found.filter(|found| found.len() <= MOST)?;
    Some(found.into_iter().map(|text| text.start.saturating_sub(reach)..text.end.saturating_add(reach)).collect())
}

/// The places of all texts, `None` if there are more than may be.
fn find(file: &mut (impl Read + Seek), texts: &[Vec<u8>], block: usize) -> io::Result<Option<Vec<Range<u64>>>> {
    let finders: Vec<Finder<'_>> = texts.iter().map(Finder::new).collect();
    // A text that begins in one block may end in the next.
    let overlap = texts.iter().map(|text| text.len().saturating_sub(1)).max().unwrap_or_default();
    let mut window = Vec::with_capacity(overlap + block);
    let (mut start, mut found) = (0_u64, Vec::new());
    file.seek(SeekFrom::Start(0))?;
    loop {
        let had = window.len();
        if file.take(block as u64).read_to_end(&mut window)? == 0 {
            return Ok(Some(found));
        }
        for finder in &finders {
            let length = finder.needle().len();
            // What ends within the overlap was found before.
            let mut from = (had + 1).saturating_sub(length);
            while let Some(at) = finder.find(&window[from..])
                && found.len() <= MOST
            {
                let place = start + (from + at) as u64;
                found.push(place..place + length as u64);
                from += at + 1;
            }
        }
        if found.len() > MOST {
            return Ok(None);
        }
        let passed = window.len().saturating_sub(overlap);
        window.drain(..passed);
        start += passed as u64;
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn wherever_blocks_end(
            content in proptest::collection::vec(0_u8..2, 0..200),
            texts in proptest::collection::vec(proptest::collection::vec(0_u8..2, 3..9), 1..3),
            block in 1_usize..40,
        ) {
            let found = find(&mut Cursor::new(&content), &texts, block).expect("memory can be read");
            let mut found = found.expect("there are few");
            let mut expected: Vec<Range<u64>> = Vec::new();
            for text in &texts {
                let places = (0..content.len()).filter(|at| content[*at..].starts_with(text));
                expected.extend(places.map(|at| at as u64..(at + text.len()) as u64));
            }
            found.sort_unstable_by_key(|place| (place.start, place.end));
            expected.sort_unstable_by_key(|place| (place.start, place.end));
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_file_full_of_them_is_given_up() {
        let content = b"abc".repeat(MOST + 1);
        assert_eq!(beside(&mut Cursor::new(&content), &[b"abc".to_vec()], 8), None);
        let few = beside(&mut Cursor::new(&content[..3 * MOST]), &[b"abc".to_vec()], 8).expect("not too many");
        assert_eq!((few.len(), few[0].clone(), few[9].clone()), (MOST, 0..11, 19..38));
    }
}
