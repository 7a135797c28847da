//! A validating webhook in a few lines: a plain HTTP listener around [`portcullis::admission`]. API servers speak TLS only: put this
//! behind whatever ends it in your house.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use portcullis::admission::{Admission, AdmissionSettings};

const MOST_BYTES: u64 = 8 << 20;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let admission = Arc::new(Admission::new(AdmissionSettings::default())?);
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8443".to_owned());
    serve(&TcpListener::bind(address)?, &admission)?;
    Ok(())
}

/// Answers one connection after another, each in a thread of its own.
pub(crate) fn serve(listener: &TcpListener, admission: &Arc<Admission>) -> io::Result<()> {
    for stream in listener.incoming() {
        let (stream, admission) = (stream?, Arc::clone(admission));
        // A connection that breaks is its client's matter.
        std::thread::spawn(move || drop(answer(stream, &admission)));
    }
    Ok(())
}

/// Reads one request and answers it.
fn answer(stream: TcpStream, admission: &Admission) -> io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    // Headers count too: nothing that is sent is read without an end.
    let mut head = (&mut reader).take(16 << 10);
    let mut length = None;
    let mut line = String::new();
    while head.read_line(&mut line)? > 2 {
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
        line.clear();
    }
    let (status, body) = match length.filter(|length| *length <= MOST_BYTES) {
        None => (413, b"a request needs a length that is not too large".to_vec()),
        Some(length) => {
            let mut body = Vec::new();
            reader.take(length).read_to_end(&mut body)?;
            match admission.review(&body) {
                Ok(review) => (200, review.to_json()),
                Err(error) => (error.http_status(), error.to_string().into_bytes()),
            }
        }
    };
    let kind = if status == 200 { "application/json" } else { "text/plain" };
    let mut stream = stream;
    write!(
        stream,
        "HTTP/1.1 {status} \r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body)
}
