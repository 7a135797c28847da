//! From the thread of the network to whoever reads: a bounded channel of pieces as one stream.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Response;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::fault::Fault;

/// Pieces on their way. A piece is what a few reads of a socket gave, so this bounds memory to a few MiB.
const PIECES: usize = 8;

/// Bytes, or why there are no more.
type Piece = Result<Vec<u8>, Fault>;

/// Room of pieces that were read, to be filled again: fresh memory costs more than the copy that fills it.
type Spare = Arc<Mutex<Vec<Vec<u8>>>>;

/// The end of the network's thread, and the reader's.
pub fn pipe() -> (Outgoing, Incoming) {
    let (sender, receiver) = channel(PIECES);
    let spare = Spare::default();
    (Outgoing { sender, spare: Arc::clone(&spare) }, Incoming { receiver, spare, piece: Vec::new(), at: 0 })
}

/// Where pieces go.
pub struct Outgoing {
    sender: Sender<Piece>,
    spare: Spare,
}

impl Outgoing {
    /// Gives a piece, or why there are no more; false where nobody wants one.
    pub async fn give(&self, piece: Result<Vec<u8>, Fault>) -> bool {
        self.sender.send(piece).await.is_ok()
    }

    /// An empty piece with room for so many bytes at least.
    pub fn room(&self, bytes: usize) -> Vec<u8> {
        let lain = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut piece = lain.unwrap_or_default();
        piece.reserve_exact(bytes);
        piece
    }
}

/// What comes, as one stream.
pub struct Incoming {
    receiver: Receiver<Piece>,
    spare: Spare,
    piece: Vec<u8>,
    at: usize,
}

impl Incoming {
    fn put_by(&mut self) {
        let mut piece = std::mem::take(&mut self.piece);
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < PIECES && piece.capacity() > 0 {
            piece.clear();
            spare.push(piece);
        }
    }
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            self.put_by();
            self.at = 0;
            match self.receiver.blocking_recv() {
                None => return Ok(0),
                Some(Err(fault)) => return Err(io::Error::other(fault.to_string())),
                Some(Ok(piece)) => self.piece = piece,
            }
        }
        let length = buffer.len().min(self.piece.len() - self.at);
        buffer[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

/// A header's text.
pub fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_come_in_order_and_their_room_is_used_again() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime of one thread");
        let (outgoing, mut incoming) = pipe();
        let spare = Arc::clone(&outgoing.spare);
        let reader = std::thread::spawn(move || {
            let mut all = Vec::new();
            incoming.read_to_end(&mut all).map(|_| all)
        });
        runtime.block_on(async {
            for number in 0..100_u8 {
                let mut piece = outgoing.room(1000);
                assert!(piece.is_empty() && piece.capacity() >= 1000);
                piece.resize(500, number);
                assert!(outgoing.give(Ok(piece)).await);
            }
        });
        drop(outgoing);
        let all = reader.join().expect("it only reads").expect("there was no fault");
        assert_eq!(all, (0..100).flat_map(|number| [number; 500]).collect::<Vec<u8>>());
        let spare = spare.lock().expect("nobody panicked");
        assert!((1..=PIECES).contains(&spare.len()) && spare.iter().all(|piece| piece.capacity() >= 1000));
    }

    #[test]
    fn a_fault_comes_behind_what_came_before_it() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime of one thread");
        let (outgoing, mut incoming) = pipe();
        runtime.block_on(async {
            outgoing.give(Ok(b"some".to_vec())).await;
            outgoing.give(Err(Fault::Missing("the rest".to_owned()))).await;
        });
        let mut all = Vec::new();
        let fault = incoming.read_to_end(&mut all).expect_err("it ends with a fault");
        assert!(all == b"some" && fault.to_string().contains("the rest"), "{fault}");
        drop(incoming);
        assert!(!runtime.block_on(outgoing.give(Ok(Vec::new()))), "nobody reads any more");
    }
}
