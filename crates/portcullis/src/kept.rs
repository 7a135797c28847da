//! What was made of an image, as it is kept in the cache: everything before advisories and policies, which change from day to day.
//!
//! JSON of what the report shows anyway, then the texts that findings may point into, each with its length before it.

use std::sync::Arc;

use artifact::{Derived, KeptLayer, Walk};
use model::{Efficiency, LayerIndex, Location, Origin, Os, Package, Problem, Skipped, TreePath};
use serde::{Deserialize, Serialize};

use crate::assemble::Contents;
use crate::image::Sights;
use crate::named::Fetched;
use crate::parse::Parsed;
use crate::snippet::{Text, Texts};

/// What a walk had to say, as far as a target keeps it.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Walked {
    pub(crate) files_seen: u64,
    pub(crate) files_read: u64,
    pub(crate) bytes_read: u64,
    pub(crate) problems: Vec<Problem>,
    pub(crate) skipped: Vec<Skipped>,
    pub(crate) efficiency: Option<Efficiency>,
    pub(crate) sights: Sights,
}

/// The JSON.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Head {
    walked: Walked,
    packages: Vec<Package>,
    problems: Vec<Problem>,
    os: Option<Os>,
    os_place: Option<Location>,
    texts: Vec<(TreePath, Option<LayerIndex>)>,
}

impl Walked {
    pub(crate) fn of(walk: &Walk) -> Walked {
        let Walk { files_seen, files_read, bytes_read, problems, skipped, efficiency, .. } = walk;
        Walked {
            files_seen: *files_seen,
            files_read: *files_read,
            bytes_read: *bytes_read,
            problems: problems.clone(),
            skipped: skipped.clone(),
            efficiency: efficiency.clone(),
            sights: Sights::of(walk),
        }
    }

    /// Counts what was fetched afterwards.
    pub(crate) fn add(&mut self, fetched: Fetched) {
        self.files_read += fetched.files;
        self.bytes_read += fetched.bytes;
        self.problems.extend(fetched.problems);
    }
}

/// What came of one file of a layer whose content is not kept.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Outcome {
    path: TreePath,
    packages: Vec<Package>,
    problems: Vec<Problem>,
    os: Option<Os>,
    owned_files: Vec<(usize, TreePath)>,
    text: Option<Vec<u8>>,
}

impl Outcome {
    /// `None` of a document, which is never read for how it begins.
    fn of(parsed: &Parsed) -> Option<Outcome> {
        let Parsed {
            origin,
            packages,
            documents,
            problems,
            os,
            owned_files,
            text,
            read_as_document,
            judged_as_document: _,
            remarks,
            by_head: _,
        } = parsed;
        (documents.is_empty() && remarks.is_empty() && !read_as_document).then(|| Outcome {
            path: origin.path.clone(),
            packages: packages.clone(),
            problems: problems.clone(),
            os: os.clone(),
            owned_files: owned_files.clone(),
            text: text.as_deref().cloned(),
        })
    }

    fn is_nothing(&self) -> bool {
        let Outcome { path: _, packages, problems, os, owned_files, text } = self;
        packages.is_empty() && problems.is_empty() && os.is_none() && owned_files.is_empty() && text.is_none()
    }

    fn into_parsed(self, layer: LayerIndex) -> Parsed {
        let Outcome { path, packages, problems, os, owned_files, text } = self;
        let origin = Origin { path, layer: Some(layer) };
        let text = text.map(Arc::new);
        Parsed { packages, problems, os, owned_files, text, by_head: true, ..Parsed::nothing(&origin) }
    }
}

/// Keeps what came of those contents of layers that the cache does not hold.
pub(crate) fn keep_results(layers: &[KeptLayer], parsed: &[Parsed]) {
    for kept in layers {
        let own = parsed.iter().filter(|parsed| parsed.by_head && parsed.origin.layer == Some(kept.layer));
        let Some(mut all) = own.map(Outcome::of).collect::<Option<Vec<Outcome>>>() else { continue };
        all.retain(|outcome| !outcome.is_nothing());
        // Whichever thread was first.
        all.sort_by(|left, right| left.path.cmp(&right.path));
        let Ok(json) = serde_json::to_vec(&all) else { continue };
        if serde_json::from_slice::<Vec<Outcome>>(&json).is_ok_and(|read| read == all) {
            kept.keep(&json);
        }
    }
}

/// What was kept so.
pub(crate) fn results(layer: LayerIndex, bytes: &[u8]) -> Option<Vec<Parsed>> {
    let all: Vec<Outcome> = serde_json::from_slice(bytes).ok()?;
    Some(all.into_iter().map(|outcome| outcome.into_parsed(layer)).collect())
}

/// What was kept of an image.
pub(crate) fn find(derived: &Derived) -> Option<(Contents, Walked)> {
    let found = read(&derived.find()?)?;
    derived.used();
    Some(found)
}

/// Keeps what was made of an image, if it reads back as it is.
pub(crate) fn keep(derived: &Derived, contents: &Contents, walk: &Walk) {
    if !walk.is_whole || contents.document_files > 0 || !contents.documents.is_empty() {
        return;
    }
    if let Some(bytes) = written(contents, walk) {
        derived.keep(walk, &bytes);
    }
}

fn written(contents: &Contents, walk: &Walk) -> Option<Vec<u8>> {
    let Contents { packages, documents: _, problems, os, os_place, texts, document_files: _, remarks } = contents;
    // Inline ignores are read in trees alone.
    remarks.is_empty().then_some(())?;
    let places = packages.iter().flat_map(|package| &package.locations).chain(os_place);
    let mut texts: Vec<(&Origin, &Text)> = places.filter_map(|place| texts.text_of(place)).collect();
    texts.sort();
    texts.dedup();
    let head = Head {
        walked: Walked::of(walk),
        packages: packages.clone(),
        problems: problems.clone(),
        os: os.clone(),
        os_place: os_place.clone(),
        texts: texts.iter().map(|(origin, _)| (origin.path.clone(), origin.layer)).collect(),
    };
    let json = serde_json::to_vec(&head).ok()?;
    if serde_json::from_slice::<Head>(&json).ok()? != head {
        return None;
    }
    let mut bytes = Vec::new();
    for part in std::iter::once(json.as_slice()).chain(texts.iter().map(|(_, text)| text.as_slice())) {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    Some(bytes)
}

fn read(mut bytes: &[u8]) -> Option<(Contents, Walked)> {
    let mut part = || {
        let (length, rest) = bytes.split_first_chunk::<8>()?;
        let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        bytes = rest;
        Some(part)
    };
    let Head { walked, packages, problems, os, os_place, texts: origins } = serde_json::from_slice(part()?).ok()?;
    let mut texts = Texts::default();
    for (path, layer) in origins {
        texts.insert(Origin { path, layer }, Arc::new(part()?.to_vec()));
    }
    bytes.is_empty().then_some(())?;
    Some((Contents { packages, problems, os, os_place, texts, ..Contents::default() }, walked))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contents() -> Contents {
        let path = TreePath::rooted("/var/lib/dpkg/status").expect("a path");
        let purl: model::Purl = "pkg:deb/debian/zlib1g@1".parse().expect("a purl");
        let mut package = Package::new("zlib1g".to_owned(), purl, "dpkg");
        let position = model::Position { line: 1, column: 2, offset: 1 };
        let mut location = Location::at(path.clone(), model::Span { start: position, end: position });
        location.layer = Some(LayerIndex(3));
        package.locations = vec![location];
        let mut texts = Texts::default();
        texts.insert(Origin { path, layer: Some(LayerIndex(3)) }, Arc::new(b"Package: \xff".to_vec()));
        texts.insert(Origin::file(TreePath::rooted("/nobody/points/here").expect("a path")), Arc::new(b"x".to_vec()));
        Contents { packages: vec![package], texts, ..Contents::default() }
    }

    #[test]
    fn what_is_kept_is_what_was_made() {
        let walk = Walk { files_seen: 3, is_whole: true, ..Walk::default() };
        let bytes = written(&contents(), &walk).expect("it reads back");
        let (found, walked) = read(&bytes).expect("just written");
        assert_eq!((found.packages, walked), (contents().packages, Walked { files_seen: 3, ..Walked::default() }));
        let text = found.texts.text_of(&contents().packages[0].locations[0]).map(|(_, text)| text.to_vec());
        assert_eq!(text.as_deref(), Some(b"Package: \xff".as_slice()));
        for length in 0..bytes.len() {
            assert!(read(&bytes[..length]).is_none(), "cut at {length}");
        }
    }
}
