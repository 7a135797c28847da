//! One artifact read: walked once, every file given to whoever wants it, put together.

use std::collections::{BTreeSet, HashMap};

use artifact::{Artifact, View, Walk};
use inventory::{ClaimTable, CompanionFile, DetectorId};
use model::{Cancel, LayerIndex, Problem, ProblemKind, Skipped, TargetKind, TreePath};
use rayon::prelude::*;

use crate::ScannerKind;
use crate::assemble::{Contents, assemble};
use crate::collect::{Collector, DocumentRoute, Kept, Output, Routes};
use crate::hidden::Hidden;
use crate::image::Boundary;
use crate::kept::{self, Walked};
use crate::named;
use crate::parse::{Parsed, parse_file};
use crate::scanner::Rooms;

/// Walks an artifact and parses what is wanted of it. Also gives what was met on the way and may hold images.
/// What later layers hide is looked at too where it tells what the base image brought, and where it is asked for.
pub(crate) fn read(
    rooms: &Rooms,
    artifact: &Artifact,
    boundary: Option<&Boundary>,
    cancel: &Cancel,
) -> (Contents, Walked, Vec<TreePath>) {
    let config = &rooms.config;
    let more = match artifact.kind().is_installed_software() {
        true => config.evidence.lockfiles_in_images,
        false => config.evidence.installed_in_trees,
    };
    let packages = config.scanners.has(ScannerKind::Vulnerability);
    let system = artifact.kind() == TargetKind::Image && config.scanners.has(ScannerKind::Image);
    let claims = if packages { ClaimTable::new(artifact.kind(), more) } else { ClaimTable::of_system() };
    let routes = Routes {
        claims: &claims,
        packages: packages || system,
        documents: config
            .scanners
            .has(ScannerKind::Policy)
            .then_some(DocumentRoute { policies: &rooms.policies, limits: &config.documents }),
        remarks: config.inline_ignores && !artifact.kind().is_installed_software(),
        kind: artifact.kind(),
        more,
        is_of_system: !packages,
    };
    let boundary = boundary.filter(|boundary| config.evidence.all_layers || boundary.is_known());
    rooms.threads.mingle();
    if artifact.kind() == TargetKind::Image {
        rooms.threads.start_anywhere();
    }
    let output = Output::default();
    let (known, walk) = rayon::in_place_scope(|pool| {
        let collector = Collector::new(&routes, pool, &rooms.threads, &output);
        // What is kept of a whole image is what is there in the end.
        let derived = artifact.derived(&collector).filter(|_| boundary.is_none());
        match derived.as_ref().and_then(kept::find) {
            Some(known) => (Some(known), None),
            None => (None, Some((artifact.walk(&collector, cancel), derived))),
        }
    });
    let (mut contents, mut walked) = known.unwrap_or_default();
    let mut images = Vec::new();
    if let Some((walk, derived)) = walk {
        let unread = std::mem::take(&mut *output.unread.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let mut output = output;
        output.settle();
        let kept = output.kept.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let fetched = named::fetch(artifact, &routes, kept, cancel);
        (contents, images) = put_together(&routes, output, &walk, boundary, config.evidence.all_layers);
        if let Some(derived) = derived {
            kept::keep(&derived, &contents, &walk);
        }
        walked = Walked::of(&walk);
        walked.add(fetched);
        tell_unread(&mut walked, unread, rooms.policies.judges_anything());
    }
    (contents, walked, images)
}

/// Names what no reader can read. Where policies judge whatever there is, they miss it: that is a warning.
fn tell_unread(walked: &mut Walked, unread: Vec<(TreePath, &'static str)>, is_missed: bool) {
    for (path, name) in unread {
        let reason = format!("{name} is not read; give what its own tool makes of it as JSON");
        if is_missed {
            walked.problems.push(Problem::warning(ProblemKind::Policy, reason.clone()).in_file(&path));
        }
        walked.skipped.push(Skipped { path, reason });
    }
}

/// What a walk delivered, parsed and put together; and what may hold images.
fn put_together(
    routes: &Routes<'_>,
    output: Output,
    walk: &Walk,
    boundary: Option<&Boundary>,
    all_layers: bool,
) -> (Contents, Vec<TreePath>) {
    let mut parsed = output.parsed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    kept::keep_results(&walk.kept, &parsed);
    let mut images = output.images.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    images.sort();
    images.dedup();
    let mut kept = output.kept.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    // Companions are looked for among paths that are sorted.
    kept.sort_by(|left, right| left.origin.cmp(&right.origin));
    let visible: Vec<&Kept> = kept.iter().filter(|file| walk.view.is_visible(&file.origin)).collect();
    parsed.extend(parse_kept(routes, &visible, &|_| true));
    let Some(boundary) = boundary else { return (assemble(parsed, &walk.view), images) };
    let (parsed, mut hidden): (Vec<_>, Vec<_>) =
        parsed.into_iter().partition(|file| walk.view.is_visible(&file.origin));
    hidden.extend(parse_hidden(routes, &kept, &walk.view));
    let mut contents = assemble(parsed, &walk.view);
    let hidden = Hidden::of(hidden, &walk.view, contents.os.as_ref(), boundary);
    hidden.attribute(&mut contents.packages, boundary);
    if all_layers {
        contents.add_hidden(hidden.list(&contents.packages, boundary));
    }
    (contents, images)
}

/// Files that a later layer hides, each with what was beside it when its layer ended.
fn parse_hidden(routes: &Routes<'_>, kept: &[Kept], view: &View) -> Vec<Parsed> {
    let is_hidden = |file: &Kept| !view.is_visible(&file.origin);
    let layers: BTreeSet<_> = kept.iter().filter(|file| is_hidden(file)).map(|file| file.origin.layer).collect();
    let of_layer = |layer: Option<LayerIndex>| {
        // Sorted by path, then by layer: the last to come is the uppermost.
        let mut beside: Vec<&Kept> = Vec::new();
        for file in kept.iter().filter(|file| file.origin.layer <= layer) {
            if beside.last().is_some_and(|last| last.origin.path == file.origin.path) {
                beside.pop();
            }
            beside.push(file);
        }
        parse_kept(routes, &beside, &|file| file.origin.layer == layer && is_hidden(file))
    };
    layers.into_iter().flat_map(of_layer).collect()
}

/// Files that wait for others, now that all are there.
fn parse_kept(routes: &Routes<'_>, kept: &[&Kept], is_asked: &(dyn Fn(&Kept) -> bool + Sync)) -> Vec<Parsed> {
    let paths: Vec<TreePath> = kept.iter().map(|file| file.origin.path.clone()).collect();
    let by_path: HashMap<&TreePath, &Kept> = kept.iter().map(|file| (&file.origin.path, *file)).collect();
    kept.par_iter()
        .filter(|file| !file.wanted.detectors.is_empty() || file.wanted.format.is_some())
        .filter(|file| is_asked(file))
        .map(|file| {
            let companions = companions_of(routes, file, &paths, &by_path);
            let parsed =
                parse_file(routes, &file.origin, &file.bytes, &file.wanted, &companions, || file.bytes.clone());
            let texts = parsed.texts_beside(&companions);
            std::iter::once(parsed).chain(texts).collect::<Vec<_>>()
        })
        .flatten()
        .collect()
}

/// What the readers of a file want with it, each once.
fn companions_of<'k>(
    routes: &Routes<'_>,
    file: &'k Kept,
    paths: &[TreePath],
    by_path: &HashMap<&TreePath, &'k Kept>,
) -> Vec<CompanionFile<'k>> {
    let find = |path: &TreePath| named::companion(by_path, path);
    let own = CompanionFile { path: &file.origin.path, bytes: &file.bytes };
    let of_reader = |id: &DetectorId| {
        let beside = routes.claims.companions(*id, own.path, paths);
        let beside = beside.into_iter().filter_map(find);
        beside.chain(routes.claims.named(*id, own, &find).files).collect::<Vec<_>>()
    };
    let mut companions: Vec<CompanionFile<'_>> = file.wanted.detectors.iter().flat_map(of_reader).collect();
    companions.sort_by_key(|companion| companion.path);
    companions.dedup_by_key(|companion| companion.path);
    companions
}
