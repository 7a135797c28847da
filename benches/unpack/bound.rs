//! The bound: inflating the layers on one thread while another hashes the same bytes, with the crates the program uses.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufReader, Read, Write as _};
use std::net::{Shutdown, TcpStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use crate::process::own_cpu;

/// How a layer is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    Gzip,
    Zstd,
    Plain,
}

/// What the bound took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    /// The larger of inflating and hashing, run at the same time on two threads.
    pub(crate) wall: Duration,
    /// Their sum.
    pub(crate) cpu: Duration,
}

/// Layers of an image, opened for the bound.
pub(crate) struct Layers {
    pub(crate) blobs: Vec<PathBuf>,
    /// The uncompressed tars, in memory: the hashing thread has its bytes at hand.
    pub(crate) contents: Vec<Vec<u8>>,
    pub(crate) stored: Stored,
}

impl Layers {
    pub(crate) fn bytes(&self) -> usize {
        self.contents.iter().map(Vec::len).sum()
    }

    /// Both at once.
    pub(crate) fn measure(&self) -> Bound {
        let (begun, cpu) = (Instant::now(), own_cpu());
        std::thread::scope(|scope| {
            scope.spawn(|| self.hash());
            scope.spawn(|| self.inflate());
        });
        Bound { wall: begun.elapsed(), cpu: own_cpu().saturating_sub(cpu) }
    }

    /// The same, the blobs fetched from a server of this machine by a third thread instead of read: what no scan of a registry that
    /// runs beside it can be quicker than.
    pub(crate) fn measure_fetched(&self, host: &str) -> Duration {
        let begun = Instant::now();
        std::thread::scope(|scope| {
            scope.spawn(|| self.hash());
            scope.spawn(|| self.inflate());
            scope.spawn(|| self.blobs.iter().for_each(|blob| fetch(host, blob)));
        });
        begun.elapsed()
    }

    fn inflate(&self) {
        for blob in &self.blobs {
            black_box(drain(reader(blob, self.stored)));
        }
    }

    /// The stored bytes and the content; once where they are the same.
    fn hash(&self) {
        for (blob, content) in self.blobs.iter().zip(&self.contents) {
            if self.stored != Stored::Plain {
                let mut sum = Sha256::new();
                let mut file = File::open(blob).expect("a blob");
                let mut buffer = vec![0; 256 << 10];
                while let Some(read) = Some(file.read(&mut buffer).expect("a blob")).filter(|read| *read > 0) {
                    sum.update(&buffer[..read]);
                }
                black_box(sum.finalize());
            }
            black_box(Sha256::digest(content));
        }
    }
}

/// Reads a layer into memory.
pub(crate) fn content(blob: &PathBuf, stored: Stored) -> Vec<u8> {
    let mut bytes = Vec::new();
    reader(blob, stored).read_to_end(&mut bytes).expect("a layer");
    bytes
}

fn reader(blob: &PathBuf, stored: Stored) -> Box<dyn Read> {
    let file = BufReader::with_capacity(256 << 10, File::open(blob).expect("a blob"));
    match stored {
        Stored::Gzip => Box::new(flate2::bufread::MultiGzDecoder::new(file)),
        Stored::Zstd => Box::new(zstd::Decoder::with_buffer(file).expect("a zstd layer")),
        Stored::Plain => Box::new(file),
    }
}

/// Lets all bytes of a blob come over a socket.
fn fetch(host: &str, blob: &Path) {
    let mut socket = TcpStream::connect(host).expect("the server of this bench");
    let digest = blob.file_name().expect("a blob").to_string_lossy();
    write!(socket, "GET /v2/app/blobs/sha256:{digest} HTTP/1.1\r\n\r\n").expect("it listens");
    socket.shutdown(Shutdown::Write).expect("it is open");
    let length = blob.metadata().expect("a blob").len();
    assert!(drain(socket) > length, "the whole blob and a header");
}

fn drain(mut reader: impl Read) -> u64 {
    let mut buffer = vec![0; 256 << 10];
    let mut bytes = 0;
    loop {
        match reader.read(&mut buffer).expect("a layer") {
            0 => return bytes,
            read => bytes += read as u64,
        }
    }
}
