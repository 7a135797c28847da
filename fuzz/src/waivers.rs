//! Waivers in a settings file.

use gate::{apply_waivers, parse_waivers};
use jiff::civil::date;

/// Reads the bytes as a settings file; every fault has its line.
pub fn target(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match parse_waivers(text, "portcullis.toml", true) {
        Ok(waivers) => {
            let problems = apply_waivers(&mut [], &waivers, date(2026, 11, 23));
            assert_eq!(problems.len(), waivers.len(), "an unused waiver that is not said");
        }
        Err(error) => assert!(!error.faults.is_empty() && error.faults.iter().all(|fault| fault.line > 0)),
    }
}
