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
