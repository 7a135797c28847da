//! A registry on loopback that holds one layout: blobs go from the file to the socket.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;

/// Serves the layout's image as `app:1`, until the bench ends; gives `127.0.0.1:PORT`.
pub(crate) fn layout(layout: &Path, manifest: &str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
    let host = listener.local_addr().expect("it is bound").to_string();
    let (layout, manifest) = (layout.to_owned(), manifest.to_owned());
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let (layout, manifest) = (layout.clone(), manifest.clone());
            thread::spawn(move || while matches!(answer(&stream, &layout, &manifest), Ok(true)) {});
        }
    });
    host
}

/// Answers one request; false at the end of the connection.
fn answer(stream: &TcpStream, layout: &Path, manifest: &str) -> io::Result<bool> {
    let mut lines = BufReader::new(stream);
    let mut request = String::new();
    if lines.read_line(&mut request)? == 0 {
        return Ok(false);
    }
    let mut header = String::new();
    while lines.read_line(&mut header)? > 2 {
        header.clear();
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let (kind, digest) = match path.rsplit('/').next().unwrap_or_default() {
        "1" => ("application/vnd.oci.image.manifest.v1+json", manifest),
        digest => ("application/octet-stream", digest.trim_start_matches("sha256:")),
    };
    let file: PathBuf = layout.join("blobs/sha256").join(digest);
    let mut out = stream;
    match File::open(file) {
        Ok(mut file) => {
            let length = file.metadata()?.len();
            write!(out, "HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\r\n")?;
            io::copy(&mut file, &mut out)?;
        }
        Err(_) => write!(out, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")?,
    }
    Ok(true)
}
