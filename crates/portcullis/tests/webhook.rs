//! The example of a webhook answers over a real connection.

#[path = "../examples/webhook.rs"]
#[allow(dead_code, reason = "its `main` is for people")]
mod webhook;

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;

use portcullis::admission::{Admission, AdmissionSettings};

/// The answer to a body: its status and what it says.
fn post(address: std::net::SocketAddr, body: &str, length: Option<usize>) -> (String, String) {
    let mut stream = TcpStream::connect(address).expect("it listens");
    let length = length.map(|length| format!("Content-Length: {length}\r\n")).unwrap_or_default();
    write!(stream, "POST /validate HTTP/1.1\r\nHost: x\r\n{length}\r\n{body}").expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
    (head.split(' ').nth(1).unwrap_or_default().to_owned(), body.to_owned())
}

#[test]
fn the_example_answers() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let admission = Arc::new(Admission::new(AdmissionSettings::default()).expect("policies"));
    std::thread::spawn(move || webhook::serve(&listener, &admission));
    let request = r#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u-1","kind":{"group":"","version":"v1","kind":"Pod"},"operation":"CREATE","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"b:1","securityContext":{"privileged":true}}]}}}}"#;
    let (status, body) = post(address, request, Some(request.len()));
    let answer: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status.as_str(), &answer["response"]["allowed"]), ("200", &false.into()), "{body}");
    assert_eq!(post(address, "{", Some(1)).0, "400");
    assert_eq!(post(address, "", None).0, "413");
    assert_eq!(post(address, "", Some(usize::MAX)).0, "413");
}
