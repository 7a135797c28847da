//! One blob, piece by piece, taken up again where a connection ends. The reader sums all pieces, whichever connection
//! they came by, so that a blob put together is verified as a whole.

use std::time::Instant;

use artifact::{Part, Wanted};
use network::{Ask, Fault, Hints, Outgoing, Pace, Wait, header, host_of, pause, refusal, sleep, transport, watch};
use reqwest::{Response, Url};

use super::document::TYPES;
use super::session::Session;

/// After so many bytes of progress earlier failures are forgiven.
const PROGRESS: u64 = 1 << 20;

/// Bytes that are sent at once. Sockets give a few thousand, and whoever reads need not be woken for each.
const BLOCK: usize = 128 << 10;

/// Room for a block and what the last read of the socket has beyond it.
const ROOM: usize = 2 * BLOCK;

/// A blob on its way.
struct Download<'d> {
    session: &'d Session,
    wanted: &'d Wanted,
    to: &'d Outgoing,
    passed: u64,
    begun: Instant,
}

/// Sends all pieces of a blob, or those that came and why there are no more.
pub(super) async fn feed(session: &Session, wanted: &Wanted, to: &Outgoing) {
    let mut download = Download { session, wanted, to, passed: 0, begun: Instant::now() };
    if let Err(fault) = download.all().await {
        // Nobody may be listening any more.
        to.give(Err(fault)).await;
    }
}

impl Download<'_> {
    async fn all(&mut self) -> Result<(), Fault> {
        let http = &self.session.http;
        let mut failures = 0;
        let mut failed_at = 0;
        loop {
            let fault = match self.some().await {
                Ok(()) => return Ok(()),
                Err(fault) => fault,
            };
            if self.passed >= failed_at + PROGRESS {
                failures = 0;
            }
            failures += 1;
            failed_at = self.passed;
            let left = http.reach.timeouts.total.saturating_sub(self.begun.elapsed());
            match pause(&fault, failures, http.reach.retries.0) {
                Some(wait) if wait < left => sleep(&http.cancel, wait).await?,
                _ => return Err(fault),
            }
        }
    }

    /// As much as one connection gives.
    async fn some(&mut self) -> Result<(), Fault> {
        let (response, host) = self.open().await?;
        let skip = self.placed(&response, &host)?;
        self.pieces(response, &host, skip).await
    }

    /// From the registry, else where the manifest says that a foreign layer is.
    async fn open(&self) -> Result<(Response, String), Fault> {
        let Session { http, .. } = self.session;
        let Wanted { part, digest, urls, .. } = self.wanted;
        let types = TYPES.join(", ");
        let kind = if *part == Part::Manifest { "manifests" } else { "blobs" };
        let accept = (*part == Part::Manifest).then_some(types.as_str());
        let ask = Ask { accept, from: self.passed, ..Ask::default() };
        let url = self.session.url(kind, &digest.to_string())?;
        let response = self.session.send(url, &ask).await?;
        let host = host_of(&response);
        match refusal(&response, &host, &digest.to_string(), self.session.access.hints(&http.home)) {
            None => Ok((response, host)),
            Some(Fault::Missing(_)) if !urls.is_empty() && self.session.access.foreign_layers => {
                self.foreign(&ask).await
            }
            Some(Fault::Missing(what)) if !urls.is_empty() => Err(Fault::Refused(format!(
                "{what} is not there, it is foreign and kept elsewhere; --foreign-layers lets the manifest's address be followed"
            ))),
            Some(fault) => Err(fault),
        }
    }

    /// Anonymously, and by the rules for strangers.
    async fn foreign(&self, ask: &Ask<'_>) -> Result<(Response, String), Fault> {
        let http = &self.session.http;
        let mut last = Fault::Refused("the manifest gives no valid address for a foreign layer".to_owned());
        for url in self.wanted.urls.iter().filter_map(|url| Url::parse(url).ok()) {
            match http.send(url, ask).await {
                Err(fault) => last = fault,
                Ok(response) => {
                    let host = host_of(&response);
                    match refusal(&response, &host, "the foreign layer", Hints::default()) {
                        None => return Ok((response, host)),
                        Some(fault) => last = fault,
                    }
                }
            }
        }
        Err(last)
    }

    /// How many bytes of this answer were had before. An answer that is not of this blob is refused before it is read.
    fn placed(&self, response: &Response, host: &str) -> Result<u64, Fault> {
        let size = self.wanted.size;
        let lie = |what: String| Err(Fault::Lie(format!("{host} {what} where the manifest says {size} bytes")));
        if response.status() == 206 {
            let range = header(response, "content-range").and_then(|text| text.strip_prefix("bytes "));
            let (start, total) = match range.and_then(|text| text.split_once('/')) {
                Some((range, total)) => (range.split('-').next().unwrap_or_default(), total),
                None => return lie("gives a part without saying which".to_owned()),
            };
            if start.parse() != Ok(self.passed) || (total != "*" && total.parse() != Ok(size)) {
                return lie(format!("gives another part than the one from byte {}", self.passed));
            }
            return Ok(0);
        }
        match response.content_length() {
            Some(length) if length != size => lie(format!("has {length} bytes")),
            _ => Ok(self.passed),
        }
    }

    async fn pieces(&mut self, response: Response, host: &str, skip: u64) -> Result<(), Fault> {
        let mut block = Vec::new();
        let result = self.blocks(response, host, skip, &mut block).await;
        // What came before a fault is good: whoever takes up from there goes on behind it.
        if !block.is_empty() {
            self.to.give(Ok(block)).await;
        }
        result
    }

    /// Sends full blocks; what is left is in the last.
    async fn blocks(
        &mut self,
        mut response: Response,
        host: &str,
        mut skip: u64,
        block: &mut Vec<u8>,
    ) -> Result<(), Fault> {
        let Session { http, .. } = self.session;
        let mut pace = Pace::default();
        loop {
            let timeouts = &http.reach.timeouts;
            let left = timeouts.total.saturating_sub(self.begun.elapsed());
            let wait = Wait { host, what: "gave no more bytes", limit: timeouts.idle.min(left) };
            let asked = Instant::now();
            let piece = watch(&http.cancel, wait, response.chunk()).await?.map_err(|error| transport(host, error))?;
            let Some(piece) = piece else { break };
            pace.add(asked.elapsed(), piece.len());
            if pace.is_slow(timeouts.idle, timeouts.slowest) {
                let what = "gave less than the slowest accepted rate";
                return Err(Fault::Slow { host: host.to_owned(), what, limit: timeouts.idle });
            }
            let had = usize::try_from(skip).unwrap_or(usize::MAX).min(piece.len());
            skip -= had as u64;
            let new = &piece[had..];
            self.passed += new.len() as u64;
            if self.passed > self.wanted.size {
                let size = self.wanted.size;
                return Err(Fault::Lie(format!("{host} gives more than the {size} bytes the manifest says")));
            }
            block.extend_from_slice(new);
            if block.len() >= BLOCK && !self.to.give(Ok(std::mem::replace(block, self.to.room(ROOM)))).await {
                // Nobody wants more.
                return Ok(());
            }
        }
        let (passed, size) = (self.passed, self.wanted.size);
        if passed == size { Ok(()) } else { Err(Fault::Short { host: host.to_owned(), passed, size }) }
    }
}
