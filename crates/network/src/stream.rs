//! From the thread of the network to whoever reads: a bounded channel of pieces as one stream.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use reqwest::Response;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::fault::Fault;

/// Pieces on their way. A piece is what a few reads of a socket gave, so this bounds memory to a few MiB.
const PIECES: usize = 16;

/// Bytes, or why there are no more.
pub type Piece = Result<Vec<u8>, Fault>;

/// A sender for the network's thread, and the reader.
pub fn pipe() -> (Outgoing, Incoming) {
    let (sender, receiver) = channel(PIECES);
    let spent = Spent::default();
    let incoming = Incoming { receiver, spent: spent.clone(), piece: Vec::new(), at: 0 };
    (Outgoing { sender, spent }, incoming)
}

/// Where pieces are sent to.
#[derive(Debug)]
pub struct Outgoing {
    sender: Sender<Piece>,
    spent: Spent,
}

/// Nobody reads any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unread;

/// What comes, as one stream.
#[derive(Debug)]
pub struct Incoming {
    receiver: Receiver<Piece>,
    spent: Spent,
    piece: Vec<u8>,
    at: usize,
}

/// Pieces that were read, to be filled again: fresh memory costs more than the copy that fills it.
#[derive(Clone, Debug, Default)]
struct Spent(Arc<Mutex<Vec<Vec<u8>>>>);

impl Outgoing {
    /// Sends one piece; waits while there are as many on their way as may be.
    pub async fn send(&self, piece: Piece) -> Result<(), Unread> {
        self.sender.send(piece).await.map_err(|_| Unread)
    }

    /// An empty piece with room for so many bytes.
    pub fn piece(&self, room: usize) -> Vec<u8> {
        let mut piece = self.spent.lock().pop().unwrap_or_default();
        piece.clear();
        piece.reserve(room);
        piece
    }
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            match self.receiver.blocking_recv() {
                None => return Ok(0),
                Some(Err(fault)) => return Err(io::Error::other(fault.to_string())),
                Some(Ok(piece)) => {
                    self.at = 0;
                    let spent = std::mem::replace(&mut self.piece, piece);
                    self.spent.give_back(spent);
                }
            }
        }
        let length = buffer.len().min(self.piece.len() - self.at);
        buffer[..length].copy_from_slice(&self.piece[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

impl Spent {
    /// Keeps a few: as many as are filled while one is read.
    fn give_back(&self, piece: Vec<u8>) {
        const MOST: usize = 4;
        let mut spent = self.lock();
        if piece.capacity() > 0 && spent.len() < MOST {
            spent.push(piece);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A header's text.
pub fn header<'r>(response: &'r Response, name: &str) -> Option<&'r str> {
    response.headers().get(name)?.to_str().ok()
}
