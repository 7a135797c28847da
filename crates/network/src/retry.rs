//! When a request is tried again: exponential back-off with full jitter, or as long as the host asks for.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::time::Duration;

use crate::fault::Fault;

const FIRST: Duration = Duration::from_millis(200);
const LONGEST: Duration = Duration::from_secs(10);
/// A host that asks for more patience is not waited for.
const LONGEST_ASKED: Duration = Duration::from_secs(60);

/// How long to wait after so many failures in a row; `None` to give up.
pub fn pause(fault: &Fault, failures: u32, most: u32) -> Option<Duration> {
    if !fault.is_passing() || failures > most {
        return None;
    }
    let backoff = LONGEST.min(FIRST * 2_u32.saturating_pow(failures.saturating_sub(1).min(16)));
    match fault {
        Fault::RateLimited { after: Some(after), .. } if *after > LONGEST_ASKED => None,
        Fault::RateLimited { after: Some(after), .. } => Some(*after + jitter(FIRST)),
        _ => Some(backoff / 4 + jitter(backoff * 3 / 4)),
    }
}

/// Anything up to so long. Each hasher of the standard library has keys of its own, which is all the chance we need.
fn jitter(most: Duration) -> Duration {
    let chance = u32::try_from(RandomState::new().build_hasher().finish() >> 32).unwrap_or_default();
    most * (chance % 1000) / 1000
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limited(seconds: u64) -> Fault {
        Fault::RateLimited { host: "r".to_owned(), after: Some(Duration::from_secs(seconds)), hint: "" }
    }

    #[test]
    fn waits_longer_each_time_and_gives_up() {
        let fault = Fault::Status { host: "r".to_owned(), status: 503 };
        assert!(pause(&fault, 1, 4).is_some_and(|pause| pause <= FIRST));
        assert!(pause(&fault, 4, 4).is_some_and(|pause| pause >= Duration::from_millis(400)));
        assert_eq!(pause(&fault, 5, 4), None);
        assert_eq!(pause(&Fault::Refused(String::new()), 1, 4), None);
    }

    #[test]
    fn waits_as_long_as_asked_but_not_for_ever() {
        assert!(pause(&limited(3), 1, 4).is_some_and(|pause| pause >= Duration::from_secs(3)));
        assert_eq!(pause(&limited(3600), 1, 4), None);
    }
}
