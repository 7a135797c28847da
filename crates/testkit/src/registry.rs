//! A registry on loopback that does as a test says, and writes down what it was asked.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use crate::image::{Files, Image};

/// One request, as far as tests look at it.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Method.
    pub method: String,
    /// Path with query.
    pub path: String,
    /// Headers by lower-case name.
    pub headers: BTreeMap<String, String>,
    /// Its number among all requests, from 0.
    pub number: usize,
}

/// What is written back: all of it the test's choice.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Status.
    pub status: u16,
    /// Headers; `Content-Length` is added where it is missing and `chunked` is not set.
    pub headers: Vec<(String, String)>,
    /// Body.
    pub body: Vec<u8>,
    /// So many bytes of the body and then the end of the connection.
    pub cut: Option<usize>,
    /// So many bytes at a time, with a pause between.
    pub drip: Option<(usize, Duration)>,
}

impl Answer {
    /// A status with a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Answer {
        Answer { status, headers: Vec::new(), body: body.into(), cut: None, drip: None }
    }

    /// With a header.
    pub fn header(mut self, name: &str, value: &str) -> Answer {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A redirect.
    pub fn redirect(to: &str) -> Answer {
        Answer::new(307, "").header("Location", to)
    }

    /// That ends after so many bytes.
    pub fn cut(mut self, bytes: usize) -> Answer {
        self.cut = Some(bytes);
        self
    }

    /// That comes drop by drop.
    pub fn drip(mut self, bytes: usize, pause: Duration) -> Answer {
        self.drip = Some((bytes, pause));
        self
    }
}

type Handler = dyn Fn(&Request) -> Answer + Send + Sync;

/// A server on a loopback port; it ends with its owner.
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<Request>>>,
    ended: Arc<AtomicBool>,
}

impl Server {
    /// Answers every request with what the handler gives.
    pub fn start(handler: impl Fn(&Request) -> Answer + Send + Sync + 'static) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port");
        let address = listener.local_addr().expect("it is bound");
        let asked: Arc<Mutex<Vec<Request>>> = Arc::default();
        let ended = Arc::new(AtomicBool::new(false));
        let (handler, numbers): (Arc<Handler>, _) = (Arc::new(handler), Arc::new(AtomicUsize::new(0)));
        let (log, end) = (Arc::clone(&asked), Arc::clone(&ended));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if end.load(Ordering::Relaxed) {
                    return;
                }
                let (handler, log, numbers) = (Arc::clone(&handler), Arc::clone(&log), Arc::clone(&numbers));
                thread::spawn(move || serve(stream, &handler, &log, &numbers));
            }
        });
        Server { address, asked, ended }
    }

    /// `127.0.0.1:PORT`.
    pub fn host(&self) -> String {
        self.address.to_string()
    }

    /// What it was asked so far.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().expect("no handler panics").clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
    }
}

/// The honest answer of a registry that holds these files of a layout and this image as any tag.
pub fn honest(files: &Files, image: &Image, request: &Request) -> Answer {
    // Storage that registries redirect to has its own signature in the query.
    let path = request.path.split('?').next().unwrap_or_default();
    let range = request.headers.get("range");
    let target = path.rsplit('/').next().unwrap_or_default();
    let blob = files.get(&format!("blobs/sha256/{}", target.trim_start_matches("sha256:")));
    let is_manifest = path.contains("/manifests/");
    let body = match blob {
        Some(blob) => blob.clone(),
        None if is_manifest && !target.starts_with("sha256:") => image.manifest(),
        None => return Answer::new(404, ""),
    };
    let media_type = "application/vnd.oci.image.manifest.v1+json";
    let media_type = if is_manifest { media_type } else { "application/octet-stream" };
    let from = range.and_then(|range| range.trim_start_matches("bytes=").trim_end_matches('-').parse::<usize>().ok());
    let answer = match from.filter(|from| *from < body.len()) {
        Some(from) => {
            let range = format!("bytes {from}-{}/{}", body.len() - 1, body.len());
            Answer::new(206, &body[from..]).header("Content-Range", &range)
        }
        None => Answer::new(200, body),
    };
    answer.header("Content-Type", media_type)
}

fn serve(stream: TcpStream, handler: &Arc<Handler>, log: &Mutex<Vec<Request>>, numbers: &AtomicUsize) {
    let Ok(mut writer) = stream.try_clone() else { return };
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut request = Request { number: numbers.fetch_add(1, Ordering::Relaxed), ..Request::default() };
    if reader.read_line(&mut line).unwrap_or(0) == 0 {
        return;
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    request.method = words.next().unwrap_or_default();
    request.path = words.next().unwrap_or_default();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).unwrap_or(0) == 0 || line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':') {
            request.headers.insert(name.trim().to_lowercase(), value.trim().to_owned());
        }
    }
    let answer = handler(&request);
    log.lock().expect("no handler panics").push(request);
    // Whoever asked may be gone.
    let _ = write(&mut writer, &answer);
}

fn write(writer: &mut TcpStream, answer: &Answer) -> std::io::Result<()> {
    let mut head = format!("HTTP/1.1 {} Any\r\nConnection: close\r\n", answer.status);
    if !answer.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-length")) {
        head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    for (name, value) in &answer.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    writer.write_all(format!("{head}\r\n").as_bytes())?;
    let body = &answer.body[..answer.cut.unwrap_or(answer.body.len()).min(answer.body.len())];
    match answer.drip {
        None => writer.write_all(body)?,
        Some((bytes, pause)) => {
            for piece in body.chunks(bytes.max(1)) {
                writer.write_all(piece)?;
                thread::sleep(pause);
            }
        }
    }
    writer.flush()
}
