//! Facts about an image as a document that policies judge.

mod base;
mod config;
mod instruction;
mod judge;
mod layers;
mod mask;
mod places;
mod shape;
mod support;

use artifact::{Artifact, Walk};
use model::{Document, DocumentKind, Format, LayerIndex, Location, Origin, Os, Problem, ProblemKind, Target, TreePath};

pub(crate) use base::{Base, Boundary};
pub(crate) use judge::judge;
pub(crate) use mask::mask;

/// What an image says of itself, and what could not be read of it.
#[derive(Clone, Debug)]
pub struct ImageDocument {
    /// As rules see it; absent where it would be larger than a document may be.
    pub document: Option<Document>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

use crate::scanner::Rooms;
use shape::{Cut, Image, SpecialFile};

/// Files with special bits, and programs, that a rule sees; the others are counted.
const MOST_FILES: usize = 2000;

/// What the walk and the parsers saw of an image.
pub(crate) struct Seen<'a> {
    pub(crate) artifact: &'a Artifact,
    pub(crate) walk: &'a Walk,
    pub(crate) os: Option<(&'a Os, Option<&'a Location>)>,
    pub(crate) boundary: &'a Boundary,
}

/// The document; `None`, with the reason, where it would be larger than a document may be.
pub(crate) fn document(rooms: &Rooms, target: &Target, seen: &Seen<'_>) -> Result<Document, Problem> {
    let text = serde_json::to_vec_pretty(&facts(rooms, target, seen)).expect("no key of a map is anything but a text");
    let origin = Origin::file(TreePath::new("image.json").expect("a plain name"));
    let (documents, problems) = document::parse(Format::Json, &origin, &text, &rooms.config.documents);
    let found = documents.into_iter().find(|document| document.kind == DocumentKind::Image);
    found.filter(|_| problems.is_empty()).ok_or_else(|| {
        let why = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
        let what = format!("what the image says of itself was not judged by policies: {why}");
        Problem::error(ProblemKind::Limit, what)
    })
}

fn facts(rooms: &Rooms, target: &Target, seen: &Seen<'_>) -> Image {
    let Seen { artifact, walk, boundary, .. } = *seen;
    let now = rooms.config.now;
    let is_base = |layer: LayerIndex| boundary.is_base(layer);
    let (programs, more_programs) = places::programs(&walk.view, &is_base, MOST_FILES);
    let listed = walk.specials.iter().take(MOST_FILES).map(|file| SpecialFile {
        path: file.path.clone(),
        layer: file.layer,
        mode: format!("{:04o}", file.mode),
        setuid: file.mode & 0o4000 != 0,
        setgid: file.mode & 0o2000 != 0,
        base: is_base(file.layer),
    });
    let special_files: Vec<SpecialFile> = listed.collect();
    let config = artifact.config();
    let created = config.and_then(|config| config.created.clone());
    Image {
        schema: shape::SCHEMA,
        evaluated_at: now.to_string(),
        name: target.name.clone(),
        digest: target.digest,
        platform: target.platform.clone(),
        age_days: support::age_days(created.as_deref(), now),
        created,
        config: config.map(|config| config::of(&config.config)),
        history: layers::history(config, artifact.layers(), now),
        layers: layers::of(&target.layers),
        os: seen.os.map(|(os, place)| support::of(&rooms.advisories, os, place, now)),
        base: boundary.facts(config, now),
        cut: Cut {
            special_files: walk.more_specials + (walk.specials.len() - special_files.len()) as u64,
            programs: more_programs,
        },
        special_files,
        programs,
        caches: places::caches(&walk.view, &is_base),
        files: walk.files_seen,
        efficiency: walk.efficiency.clone(),
    }
}

#[cfg(test)]
mod tests;
