//! Waiting that ends: when it is done, when it took too long, or when the scan is stopped.

use std::pin::pin;
use std::time::{Duration, Instant};

use model::Cancel;

use crate::fault::Fault;

/// How often a wait looks whether the scan was stopped.
const GLANCE: Duration = Duration::from_millis(50);

/// What is waited for, and how long.
#[derive(Clone, Copy)]
pub struct Wait<'w> {
    /// Who.
    pub host: &'w str,
    /// What to say of them if it takes too long.
    pub what: &'static str,
    /// How long.
    pub limit: Duration,
}

/// Waits for a future.
pub async fn watch<F: Future>(cancel: &Cancel, wait: Wait<'_>, future: F) -> Result<F::Output, Fault> {
    let mut future = pin!(future);
    let end = Instant::now() + wait.limit;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        match tokio::time::timeout(GLANCE.min(left), future.as_mut()).await {
            Ok(output) => return Ok(output),
            Err(_) if cancel.is_cancelled() => return Err(Fault::Cancelled),
            Err(_) if left.is_zero() => {
                return Err(Fault::Slow { host: wait.host.to_owned(), what: wait.what, limit: wait.limit });
            }
            Err(_) => {}
        }
    }
}

/// Sleeps, unless the scan is stopped.
pub async fn sleep(cancel: &Cancel, duration: Duration) -> Result<(), Fault> {
    let wait = Wait { host: "", what: "", limit: duration + GLANCE };
    watch(cancel, wait, tokio::time::sleep(duration)).await
}
