//! Reports that come back in: JSON that `convert` is given.

use model::Report;
use report::{Format, Options, write};

/// A report that can be read can be written in every format, and reads back as the same.
pub fn target(data: &[u8]) {
    let Ok(read) = serde_json::from_slice::<Report>(data) else { return };
    for format in Format::ALL {
        let mut out = Vec::new();
        let options = Options { include_suppressed: true, verbose: true, ..Options::default() };
        write(&read, *format, &options, &mut out).expect("memory takes all");
        assert!(std::str::from_utf8(&out).is_ok(), "{format} is not UTF-8");
        if *format == Format::Json {
            let again: Report = serde_json::from_slice(&out).expect("what is written can be read");
            assert_eq!(again, read);
        }
    }
}
