//! Configurations of images: platform, history, diff ids, and the document that rules see.

use std::sync::LazyLock;

use model::{Cancel, ProblemSeverity, Timestamp};
use portcullis::{Config, Scanner, ScannerKind, Scanners, Source};

use crate::image;

/// Asks no policy: what they see is made all the same.
static SCANNER: LazyLock<Scanner> = LazyLock::new(|| {
    let mut config = Config::new(Timestamp::UNIX_EPOCH);
    config.scanners = Scanners::new([ScannerKind::Image]).expect("one scanner");
    config.builtin_policies = false;
    config.jobs = 1;
    Scanner::new(config).expect("no policy, no fault")
});

/// Reads an image with these bytes for its configuration.
pub fn target(data: &[u8]) {
    let archive = image::archive(None, Some(data), &[&[0; 1024]]);
    image::read("image.tar", archive.clone());
    let source = Source::Bytes { name: "image.tar".to_owned(), bytes: archive };
    let Ok(Some(found)) = SCANNER.image_document(&source, &Cancel::new()) else { return };
    let is_said = found.problems.iter().any(|problem| problem.severity == ProblemSeverity::Error);
    assert!(found.document.is_some() || is_said, "no document, and nobody says why");
}
