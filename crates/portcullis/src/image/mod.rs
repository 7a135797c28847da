//! Facts about an image as a document that policies judge.

mod base;
mod config;
mod instruction;
mod judge;
mod layers;
mod mask;
mod places;
mod shape;
mod sights;
mod support;

use artifact::Artifact;
use model::{Document, DocumentKind, Format, LayerIndex, Location, Origin, Os, Problem, ProblemKind, Target, TreePath};

pub(crate) use base::{Base, Boundary};
pub(crate) use judge::{along, placed};
pub(crate) use mask::{mask, mask_document};
pub(crate) use places::cache_folders;
pub(crate) use sights::Sights;

/// What an image says of itself, and what could not be read of it.
#[derive(Clone, Debug)]
pub struct ImageDocument {
    /// As rules see it; absent where it would be larger than a document may be.
    pub document: Option<Document>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

use crate::kept::Walked;
use crate::scanner::Rooms;
use shape::{Cut, Image};

/// What the walk and the parsers saw of an image.
pub(crate) struct Seen<'a> {
    pub(crate) artifact: &'a Artifact,
    pub(crate) walked: &'a Walked,
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
    let Seen { artifact, walked, boundary, .. } = *seen;
    let now = rooms.config.now;
    let sights = walked.sights.clone().attributed(&|layer: LayerIndex| boundary.is_base(layer));
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
        cut: Cut { special_files: sights.more_special_files, programs: sights.more_programs },
        special_files: sights.special_files,
        programs: sights.programs,
        caches: sights.caches,
        files: walked.files_seen,
        efficiency: walked.efficiency.clone(),
    }
}

#[cfg(test)]
mod tests;
