//! Buffers that contents of files are read into, used again: fresh memory costs more than the copy that fills it.

use std::io::{self, Read};
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// Smaller contents are allocated as they come.
const LEAST: usize = 64 << 10;

/// Larger buffers are given back to the system: few files need them. Compilers and libraries of 30 MB are not few.
const MOST: usize = 40 << 20;

/// Bytes that may lie idle.
const IDLE: usize = 48 << 20;

/// How much larger a buffer becomes that is full.
const GROWTH: usize = 4;

/// The content of a file.
#[derive(Debug, Default)]
pub struct FileBytes {
    /// All of it initialised, so that it need not be filled with zeros before it is filled with content.
    buffer: Vec<u8>,
    length: usize,
    /// How long it is said to be: no reason to have so much room, but one to have no more before that much is there.
    claimed: usize,
    shelf: Option<Arc<Shelf>>,
}

/// Buffers nobody uses now.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    idle: Mutex<Idle>,
}

#[derive(Debug, Default)]
struct Idle {
    buffers: Vec<Vec<u8>>,
    bytes: usize,
}

impl FileBytes {
    /// The content, for whoever keeps it.
    pub fn into_vec(mut self) -> Vec<u8> {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.truncate(self.length);
        buffer.shrink_to_fit();
        buffer
    }

    /// Nothing yet; for a content that claims to be so long.
    pub(crate) fn begin(shelf: &Arc<Shelf>, claimed: u64) -> FileBytes {
        let claimed = usize::try_from(claimed).unwrap_or(usize::MAX);
        if claimed < LEAST {
            return FileBytes { buffer: vec![0; claimed], length: 0, claimed, shelf: None };
        }
        FileBytes { buffer: shelf.take(claimed), length: 0, claimed, shelf: Some(Arc::clone(shelf)) }
    }

    /// Reads on until so many bytes are there, or the end. The buffer grows with what really comes, whatever was claimed.
    pub(crate) fn read_up_to(&mut self, most: u64, body: &mut dyn Read) -> io::Result<()> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        while self.length < most {
            let end = self.buffer.len().min(most);
            let read = if self.length < end {
                retry(|| body.read(&mut self.buffer[self.length..end]))?
            } else {
                self.read_beyond(most, body)?
            };
            if read == 0 {
                break;
            }
            self.length += read;
        }
        Ok(())
    }

    /// Asks for a few bytes more before there is room for them: most contents end where they said they would.
    fn read_beyond(&mut self, most: usize, body: &mut dyn Read) -> io::Result<usize> {
        let mut probe = [0; 32];
        let wanted = probe.len().min(most - self.length);
        let read = retry(|| body.read(&mut probe[..wanted]))?;
        if read > 0 {
            let filled = self.length + read;
            let most = if filled <= self.claimed { self.claimed.min(most) } else { most };
            let room = self.buffer.len().saturating_mul(GROWTH).max(LEAST).min(most).max(filled);
            self.buffer.reserve_exact(room - self.buffer.len());
            self.buffer.resize(room, 0);
            self.buffer[self.length..self.length + read].copy_from_slice(&probe[..read]);
        }
        Ok(read)
    }
}

impl Shelf {
    /// The smallest buffer that is long enough, else the largest, else a new one.
    fn take(&self, wanted: usize) -> Vec<u8> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let lengths = idle.buffers.iter().map(Vec::len).enumerate();
        let best =
            lengths.min_by_key(|(_, length)| if *length >= wanted { (false, *length) } else { (true, MOST - *length) });
        match best {
            Some((at, _)) => {
                let buffer = idle.buffers.swap_remove(at);
                idle.bytes -= buffer.len();
                buffer
            }
            None => vec![0; LEAST],
        }
    }

    fn give_back(&self, buffer: Vec<u8>) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if (LEAST..=MOST).contains(&buffer.len()) && idle.bytes + buffer.len() <= IDLE {
            idle.bytes += buffer.len();
            idle.buffers.push(buffer);
        }
    }
}

impl Drop for FileBytes {
    fn drop(&mut self) {
        if let Some(shelf) = self.shelf.take() {
            shelf.give_back(std::mem::take(&mut self.buffer));
        }
    }
}

impl Deref for FileBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.buffer[..self.length]
    }
}

impl From<Vec<u8>> for FileBytes {
    fn from(buffer: Vec<u8>) -> FileBytes {
        FileBytes { length: buffer.len(), claimed: buffer.len(), buffer, shelf: None }
    }
}

/// A signal that came between is no reason to stop.
fn retry(mut read: impl FnMut() -> io::Result<usize>) -> io::Result<usize> {
    loop {
        match read() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            result => return result,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_was_claimed_the_content_is_what_came(
            contents in proptest::collection::vec((0_usize..400_000, 0_u64..500_000, 0_u64..400_000), 1..8),
        ) {
            let shelf = Arc::new(Shelf::default());
            for (number, (length, claimed, most)) in contents.into_iter().enumerate() {
                let content: Vec<u8> = (0..length).map(|at| (at * (number + 3)) as u8).collect();
                let mut bytes = FileBytes::begin(&shelf, claimed);
                let mut body = content.as_slice();
                bytes.read_up_to(most / 2, &mut body).expect("memory can be read");
                bytes.read_up_to(most, &mut body).expect("memory can be read");
                prop_assert_eq!(&*bytes, &content[..length.min(usize::try_from(most).expect("small"))]);
                if number % 2 == 0 {
                    let expected = bytes.to_vec();
                    prop_assert_eq!(bytes.into_vec(), expected);
                }
            }
        }
    }

    #[test]
    fn room_grows_with_what_comes_and_not_beyond_what_was_claimed() {
        let shelf = Arc::new(Shelf::default());
        let length = 5 << 20;
        let mut honest = FileBytes::begin(&shelf, length);
        honest.read_up_to(u64::MAX, &mut io::repeat(1).take(length)).expect("memory can be read");
        assert_eq!(honest.buffer.capacity() as u64, length);
        let mut boasting = FileBytes::begin(&shelf, 1 << 40);
        boasting.read_up_to(u64::MAX, &mut io::repeat(1).take(length)).expect("memory can be read");
        assert!(boasting.buffer.capacity() <= GROWTH * (length as usize), "{}", boasting.buffer.capacity());
    }

    #[test]
    fn buffers_are_used_again_and_idle_ones_are_bounded() {
        let shelf = Arc::new(Shelf::default());
        let content = vec![7; 3 << 20];
        for _ in 0..100 {
            let mut bytes = FileBytes::begin(&shelf, content.len() as u64);
            bytes.read_up_to(u64::MAX, &mut content.as_slice()).expect("memory can be read");
        }
        assert_eq!(shelf.idle.lock().expect("nobody panicked").buffers.len(), 1);
        (0..40)
            .map(|_| FileBytes { buffer: vec![0; 3 << 20], length: 0, claimed: 0, shelf: Some(Arc::clone(&shelf)) })
            .for_each(drop);
        assert!(shelf.idle.lock().expect("nobody panicked").bytes <= IDLE);
    }
}
