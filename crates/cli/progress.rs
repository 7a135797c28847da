//! How far a download is, on a terminal: one line that is written over, and nothing at all elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portcullis::feed::{Progress, Quiet};

/// Often enough to be seen moving.
const OFTEN: Duration = Duration::from_millis(100);
const MIB: u64 = 1 << 20;

/// Progress on standard error, if that is a terminal and progress is wanted.
pub(crate) fn on_terminal(wanted: bool) -> Arc<dyn Progress> {
    if wanted && std::io::stderr().is_terminal() { Arc::new(Line::default()) } else { Arc::new(Quiet) }
}

#[derive(Default)]
struct Line(Mutex<Shown>);

#[derive(Default)]
struct Shown {
    what: String,
    total: Option<u64>,
    last: Option<Instant>,
}

impl Progress for Line {
    fn begin(&self, what: &str, total: Option<u64>) {
        // A server's words are among them.
        let what = what.chars().filter(|c| !c.is_control()).take(60).collect();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Shown { what, total, last: None };
    }

    fn at(&self, position: u64) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.last.is_some_and(|last| last.elapsed() < OFTEN) {
            return;
        }
        shown.last = Some(Instant::now());
        let _ = write!(std::io::stderr(), "\r\x1b[K{}  {}", shown.what, amount(position, shown.total));
    }

    fn end(&self) {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}

/// `3.2 of 120.0 MiB`, or plain numbers of what is few.
fn amount(position: u64, total: Option<u64>) -> String {
    let tenth = |bytes: u64| format!("{}.{}", bytes / MIB, bytes % MIB * 10 / MIB);
    match total {
        Some(total) if total < 64 * 1024 => format!("{position} of {total}"),
        Some(total) => format!("{} of {} MiB", tenth(position), tenth(total)),
        None => format!("{} MiB", tenth(position)),
    }
}
