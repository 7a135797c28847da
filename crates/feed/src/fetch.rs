//! Getting files: small ones into memory, large ones onto disk, where they are taken up again where they ended.

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use model::Cancel;
use network::{Ask, Fault, Hints, Http, Origin, Pace, Reach, Response, Runtime, Url, Wait};
use tokio::task::JoinSet;

use crate::progress::Progress;

/// Requests at a time, where many small files are wanted.
const AT_ONCE: usize = 8;
/// After so many bytes of progress earlier failures are forgiven.
const PROGRESS: u64 = 1 << 20;

/// Gets files of one origin.
pub(crate) struct Fetcher {
    http: Arc<Http>,
    runtime: Runtime,
    pub(crate) progress: Arc<dyn Progress>,
}

/// A file that came, or need not.
pub(crate) enum Answer {
    /// It is the one that is known already.
    Same,
    /// Its bytes, and the mark of this state of it.
    New(Vec<u8>, Option<String>),
}

impl Fetcher {
    pub(crate) fn new(
        origin: &Origin,
        reach: &Reach,
        progress: Arc<dyn Progress>,
        cancel: &Cancel,
    ) -> Result<Fetcher, Fault> {
        let http = Arc::new(Http::new(origin.clone(), reach, cancel)?);
        Ok(Fetcher { http, runtime: Runtime::start()?, progress })
    }

    /// A small file, unless it is still the one with the mark that is known.
    pub(crate) fn small(&self, url: &Url, limit: u64, known: Option<&str>) -> Result<Answer, Fault> {
        let (http, url, known) = (Arc::clone(&self.http), url.clone(), known.map(str::to_owned));
        self.runtime.run(async move { small(&http, &url, limit, known.as_deref()).await })
    }

    /// Many small files, in the order of their addresses.
    pub(crate) fn many(&self, urls: Vec<Url>, limit: u64) -> Result<Vec<Vec<u8>>, Fault> {
        let (http, progress) = (Arc::clone(&self.http), Arc::clone(&self.progress));
        self.runtime.run(async move { many(&http, urls, limit, &*progress).await })
    }

    /// A large file, written to `place`. What an earlier run left of it there is taken up again, if it is still the same.
    pub(crate) fn large(&self, url: &Url, place: &Path, limit: u64) -> Result<(), Fault> {
        let (http, progress) = (Arc::clone(&self.http), Arc::clone(&self.progress));
        let mut large = Large { url: url.clone(), place: place.to_owned(), limit, total: None };
        self.runtime.run(async move { large.all(&http, &*progress).await })
    }
}

async fn small(http: &Http, url: &Url, limit: u64, known: Option<&str>) -> Result<Answer, Fault> {
    let mut failures = 0;
    loop {
        match small_once(http, url, limit, known).await {
            Err(fault) => {
                failures += 1;
                let Some(wait) = network::pause(&fault, failures, http.reach.retries.0) else { return Err(fault) };
                network::sleep(&http.cancel, wait).await?;
            }
            answer => return answer,
        }
    }
}

async fn small_once(http: &Http, url: &Url, limit: u64, known: Option<&str>) -> Result<Answer, Fault> {
    let ask = Ask { if_none_match: known, ..Ask::default() };
    let response = http.send(url.clone(), &ask).await?;
    let host = network::host_of(&response);
    if response.status() == 304 && known.is_some() {
        return Ok(Answer::Same);
    }
    refuse(&response, &host, url)?;
    let mark = network::header(&response, "etag").map(str::to_owned);
    let bytes = network::body(http, response, &host, ("file_bytes", limit)).await?;
    Ok(Answer::New(bytes, mark))
}

async fn many(http: &Arc<Http>, urls: Vec<Url>, limit: u64, progress: &dyn Progress) -> Result<Vec<Vec<u8>>, Fault> {
    let mut found: Vec<Vec<u8>> = vec![Vec::new(); urls.len()];
    let mut waiting = urls.into_iter().enumerate();
    let mut running = JoinSet::new();
    let mut done = 0;
    loop {
        while running.len() < AT_ONCE
            && let Some((at, url)) = waiting.next()
        {
            let http = Arc::clone(http);
            running.spawn(async move { (at, small(&http, &url, limit, None).await) });
        }
        // Dropping the set ends what still runs.
        let Some(ended) = running.join_next().await else { return Ok(found) };
        let (at, answer) = ended.map_err(|_| Fault::Cancelled)?;
        if let Answer::New(bytes, _) = answer? {
            found[at] = bytes;
        }
        done += 1;
        progress.at(done);
    }
}

/// One large file on its way.
struct Large {
    url: Url,
    place: PathBuf,
    limit: u64,
    /// The size it is said to have.
    total: Option<u64>,
}

impl Large {
    async fn all(&mut self, http: &Http, progress: &dyn Progress) -> Result<(), Fault> {
        let begun = Instant::now();
        let (mut failures, mut failed_at) = (0, 0);
        loop {
            let fault = match self.some(http, progress).await {
                Ok(()) => return Ok(()),
                Err(fault) => fault,
            };
            let passed = self.passed();
            if passed >= failed_at + PROGRESS {
                failures = 0;
            }
            failures += 1;
            failed_at = passed;
            let left = http.reach.timeouts.total.saturating_sub(begun.elapsed());
            match network::pause(&fault, failures, http.reach.retries.0) {
                Some(wait) if wait < left => network::sleep(&http.cancel, wait).await?,
                _ => return Err(fault),
            }
        }
    }

    /// As much as one connection gives.
    async fn some(&mut self, http: &Http, progress: &dyn Progress) -> Result<(), Fault> {
        // Without a mark nothing says that the rest belongs to what is there.
        let known = self.mark();
        let from = if known.is_some() { self.passed() } else { 0 };
        let ask = Ask { from, if_range: known.as_deref().filter(|_| from > 0), ..Ask::default() };
        let response = http.send(self.url.clone(), &ask).await?;
        let host = network::host_of(&response);
        if response.status() == 416 {
            // What is there is no beginning of what is to be had: begin again.
            self.forget().map_err(|error| self.disk(&error))?;
            return Err(Fault::Short { host, passed: from, size: self.total.unwrap_or_default() });
        }
        refuse(&response, &host, &self.url)?;
        let from = if response.status() == 206 { self.continued(&response, &host, from)? } else { 0 };
        if from == 0 {
            self.total = response.content_length();
        }
        if self.total.is_some_and(|total| total > self.limit) {
            return Err(Fault::Limit { name: "archive_bytes", value: self.limit });
        }
        let file = self.begin(&response, from).map_err(|error| self.disk(&error))?;
        progress.begin(&self.url.path().trim_start_matches('/').replace("%20", " "), self.total);
        self.pieces(http, response, file, from, progress).await
    }

    /// Where a partial answer begins, held against what was asked for.
    fn continued(&mut self, response: &Response, host: &str, asked: u64) -> Result<u64, Fault> {
        let lie = || Fault::Lie(format!("{host} gives another part of the file than it was asked for"));
        let range = network::header(response, "content-range").and_then(|text| text.strip_prefix("bytes "));
        let (range, total) = range.and_then(|range| range.split_once('/')).ok_or_else(lie)?;
        let begin = range.split_once('-').and_then(|(begin, _)| begin.parse::<u64>().ok());
        if asked == 0 || begin != Some(asked) {
            return Err(lie());
        }
        let total = total.parse::<u64>().ok();
        if self.total.is_some() && total.is_some() && self.total != total {
            return Err(Fault::Lie(format!("{host} says that the file has another size than before")));
        }
        self.total = self.total.or(total);
        Ok(asked)
    }

    async fn pieces(
        &self,
        http: &Http,
        mut response: Response,
        mut file: File,
        from: u64,
        progress: &dyn Progress,
    ) -> Result<(), Fault> {
        let (timeouts, host) = (&http.reach.timeouts, network::host_of(&response));
        let mut passed = from;
        let mut pace = Pace::default();
        loop {
            let asked = Instant::now();
            let wait = Wait { host: &host, what: "gave no more bytes", limit: timeouts.idle };
            let piece = network::watch(&http.cancel, wait, response.chunk()).await?;
            let Some(piece) = piece.map_err(|error| network::transport(&host, error))? else { break };
            passed += piece.len() as u64;
            if passed > self.limit {
                return Err(Fault::Limit { name: "archive_bytes", value: self.limit });
            }
            file.write_all(&piece).map_err(|error| self.disk(&error))?;
            progress.at(passed);
            pace.add(asked.elapsed(), piece.len());
            if pace.is_slow(timeouts.idle, timeouts.slowest) {
                return Err(Fault::Slow { host, what: "gave hardly a byte", limit: timeouts.idle });
            }
        }
        progress.end();
        match self.total {
            Some(size) if size != passed => Err(Fault::Short { host, passed, size }),
            _ => file.sync_all().map_err(|error| self.disk(&error)),
        }
    }

    /// Opens the file for what comes, and writes down which state of it that is.
    fn begin(&self, response: &Response, from: u64) -> std::io::Result<File> {
        if from > 0 {
            let mut file = File::options().write(true).open(&self.place)?;
            file.set_len(from)?;
            file.seek(SeekFrom::Start(from))?;
            return Ok(file);
        }
        self.forget()?;
        let file = File::create(&self.place)?;
        // A weak mark says that two states mean the same, not that they are the same bytes.
        if let Some(mark) = network::header(response, "etag").filter(|mark| !mark.starts_with("W/")) {
            std::fs::write(self.mark_place(), mark)?;
        }
        Ok(file)
    }

    fn forget(&self) -> std::io::Result<()> {
        for path in [self.mark_place(), self.place.clone()] {
            match std::fs::remove_file(path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn mark(&self) -> Option<String> {
        std::fs::read_to_string(self.mark_place()).ok().filter(|mark| !mark.is_empty() && mark.len() < 1024)
    }

    fn mark_place(&self) -> PathBuf {
        let mut name = self.place.clone().into_os_string();
        name.push(".etag");
        PathBuf::from(name)
    }

    fn passed(&self) -> u64 {
        std::fs::metadata(&self.place).map_or(0, |about| about.len())
    }

    fn disk(&self, error: &std::io::Error) -> Fault {
        Fault::Refused(format!("{} cannot be written: {error}", self.place.display()))
    }
}

fn refuse(response: &Response, host: &str, url: &Url) -> Result<(), Fault> {
    let what = url.path().trim_start_matches('/');
    network::refusal(response, host, what, Hints::default()).map_or(Ok(()), Err)
}
