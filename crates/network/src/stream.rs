//! From the thread of the network to whoever reads: a bounded channel of pieces as one stream.

use std::io::{self, Read};

use reqwest::Response;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::fault::Fault;

/// Pieces on their way. A piece is what a few reads of a socket gave, so this bounds memory to a few MiB.
const PIECES: usize = 16;

/// Bytes, or why there are no more.
pub type Piece = Result<Vec<u8>, Fault>;

/// A sender for the network's thread, and the reader.
pub fn pipe() -> (Sender<Piece>, Incoming) {
    let (sender, receiver) = channel(PIECES);
    (sender, Incoming { receiver, piece: Vec::new(), at: 0 })
}

/// What comes, as one stream.
pub struct Incoming {
    receiver: Receiver<Piece>,
    piece: Vec<u8>,
    at: usize,
}

impl Read for Incoming {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.piece.len() {
            match self.receiver.blocking_recv() {
                None => return Ok(0),
                Some(Err(fault)) => return Err(io::Error::other(fault.to_string())),
                Some(Ok(piece)) => (self.piece, self.at) = (piece, 0),
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
