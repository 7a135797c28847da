//! `policy input` of an image: what it says of itself, and what was seen in it.

use std::path::Path;

use anyhow::anyhow;
use portcullis::model::{Document, Problem};
use portcullis::{Cancel, Config, Scanner, ScannerKind, Scanners, Source, artifact};

use crate::arguments::PolicyInput;
use crate::settings;
use crate::source::{self, Accepted};

/// The image a word names: by its prefix, or by what lies there.
pub(super) fn source(path: &Path, arguments: &PolicyInput) -> anyhow::Result<Option<Source>> {
    if let Some(word) = path.to_str().and_then(|word| word.strip_prefix("image:")) {
        return source::parse(word, None, &artifact::Limits::default(), Accepted::Images).map(Some);
    }
    // What can be read once only, a pipe, is no image.
    let is_stored = path.metadata().is_ok_and(|about| about.is_file() || about.is_dir());
    if !is_stored || arguments.parser.is_some() {
        return Ok(None);
    }
    let Ok(found) = artifact::detect(path) else {
        return Ok(None);
    };
    let is_image = matches!(
        found,
        artifact::Source::OciLayout(_) | artifact::Source::OciArchive(_) | artifact::Source::DockerArchive(_)
    );
    Ok(is_image.then_some(Source::Artifact(found)))
}

/// The document of an image, and what could not be read.
pub(super) fn read(source: &Source, arguments: &PolicyInput) -> anyhow::Result<(Vec<Document>, Vec<Problem>)> {
    let mut config = Config::new(settings::now(arguments.now.as_deref())?);
    config.scanners = Scanners::new([ScannerKind::Image]).unwrap_or_default();
    // They tell which values not to repeat.
    config.builtin_policies = !arguments.show_secrets;
    let base =
        arguments.base.as_deref().map(|word| source::parse(word, None, &artifact::Limits::default(), Accepted::Images));
    config.base = base.transpose()?;
    let found = Scanner::new(config)?.image_document(source, &Cancel::new())?;
    let found = found.ok_or_else(|| anyhow!("{source} is no image"))?;
    Ok((found.document.into_iter().collect(), found.problems))
}
