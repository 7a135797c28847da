//! A whole body, in memory.

use std::time::Instant;

use reqwest::Response;

use crate::client::{Http, transport};
use crate::fault::Fault;
use crate::watch::{Wait, watch};

/// A whole body of at most so many bytes.
pub async fn body(
    http: &Http,
    mut response: Response,
    host: &str,
    (name, value): (&'static str, u64),
) -> Result<Vec<u8>, Fault> {
    let timeouts = &http.reach.timeouts;
    let limit = Fault::Limit { name, value };
    let claimed = response.content_length();
    if claimed.is_some_and(|length| length > value) {
        return Err(limit);
    }
    let begun = Instant::now();
    let mut bytes = Vec::new();
    loop {
        let left = timeouts.total.saturating_sub(begun.elapsed());
        let wait = Wait { host, what: "gave no more bytes", limit: timeouts.idle.min(left) };
        match watch(&http.cancel, wait, response.chunk()).await?.map_err(|error| transport(host, error))? {
            None => return Ok(bytes),
            Some(piece) if (bytes.len() + piece.len()) as u64 > value => return Err(limit),
            Some(piece) => bytes.extend_from_slice(&piece),
        }
    }
}

/// Who gave an answer.
pub fn host_of(response: &Response) -> String {
    let url = response.url();
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}
