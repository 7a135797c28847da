//! Package URLs.

use model::Purl;

/// A package URL that can be read is written in a form that reads back as the same.
pub fn target(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    for line in text.lines() {
        let _ = Purl::parse_strict(line);
        if let Ok(purl) = line.parse::<Purl>() {
            let written = purl.to_string();
            let again: Purl = written.parse().expect("what is written can be read");
            assert_eq!(again, purl, "{written}");
            assert_eq!(again.to_string(), written);
            assert_eq!(purl.without_version().version(), None);
        }
    }
}
