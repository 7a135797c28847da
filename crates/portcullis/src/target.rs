//! One source to one target: open, walk, parse, match, judge documents.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use artifact::{Artifact, View};
use model::{
    Cancel, Document, Finding, Location, Package, Problem, Purl, Remark, Rule, RuleId, Target, TargetKind, TreePath,
};

use policy::Evaluation;

use crate::ScannerKind;
use crate::advisories::Matched;
use crate::assemble::{Contents, assemble};
use crate::credential::hidden;
use crate::documents::{Judged, ask_image};
use crate::fingerprint::fingerprint_all;
use crate::image::{self, Base, Boundary, Seen};
use crate::kept::Walked;
use crate::lineage;
use crate::parse::append;
use crate::patches::Patches;
use crate::read::read;
use crate::scanner::Rooms;
use crate::secrets::Secrets;
use crate::stated::Stated;

/// A target, the rules its findings name, and what the gate must know beside.
pub(crate) struct Scanned {
    pub(crate) target: Target,
    pub(crate) rules: BTreeMap<RuleId, Rule>,
    /// Comments and annotations that accept findings.
    pub(crate) remarks: Vec<Remark>,
    /// Some scanner that was asked for had something to judge.
    pub(crate) judged: bool,
    /// The advisory snapshot turned out damaged.
    pub(crate) damage: Option<String>,
}

/// What was read and is not judged yet.
pub(crate) struct Prepared<'a> {
    pub(crate) target: Target,
    pub(crate) contents: Contents,
    patches: Patches,
    read: Option<Read<'a>>,
    /// What lies in it and may hold images.
    pub(crate) images: Vec<TreePath>,
}

/// How it was read, and of an image what is known of its base.
struct Read<'a> {
    walked: Walked,
    artifact: &'a Artifact,
    boundary: Option<Boundary>,
}

/// Reads an opened artifact.
pub(crate) fn prepare<'a>(rooms: &Rooms, artifact: &'a Artifact, base: Option<&Base>, cancel: &Cancel) -> Prepared<'a> {
    let (target, boundary) = begin(artifact, base);
    let (mut contents, walked, images) = read(rooms, artifact, boundary.as_ref(), cancel);
    let patches = match target.kind {
        TargetKind::Directory => Patches::take(rooms, &mut contents.documents),
        _ => Patches::default(),
    };
    Prepared { target, contents, patches, read: Some(Read { walked, artifact, boundary }), images }
}

/// Packages that were named, not found.
pub(crate) fn prepare_purls<'a>(name: &str, purls: &[Purl]) -> Prepared<'a> {
    let packages = purls.iter().map(|purl| Package::of_purl(purl.clone(), "purl")).collect();
    let contents = Contents { packages, ..Contents::default() };
    Prepared {
        target: Target::new(TargetKind::Purl, name),
        contents,
        patches: Patches::default(),
        read: None,
        images: Vec::new(),
    }
}

/// Packages that an inventory states.
pub(crate) fn prepare_stated<'a>(stated: &Stated) -> Prepared<'a> {
    let mut target = Target::new(stated.kind(), &stated.name);
    (target.coverage.files_seen, target.coverage.files_read) = (1, 1);
    target.coverage.bytes_read = stated.bytes.len() as u64;
    let contents = assemble(vec![stated.parse()], &View::default());
    Prepared { target, contents, patches: Patches::default(), read: None, images: Vec::new() }
}

/// Of a source that could not be opened at all: a target with one problem.
pub(crate) fn unreadable<'a>(kind: TargetKind, name: &str, problem: Problem) -> Prepared<'a> {
    let target = Target { problems: vec![problem], ..Target::new(kind, name) };
    Prepared { target, contents: Contents::default(), patches: Patches::default(), read: None, images: Vec::new() }
}

/// What an image says of itself. Where policies are loaded that find secrets in it, these are masked; nothing else is judged.
pub(crate) fn image_document(
    rooms: &Rooms,
    artifact: &Artifact,
    base: Option<&Base>,
    cancel: &Cancel,
) -> (Option<Document>, Vec<Problem>) {
    let (mut target, boundary) = begin(artifact, base);
    let (contents, walked, _) = read(rooms, artifact, None, cancel);
    target.problems.extend(walked.problems.iter().cloned());
    let os = contents.os.as_ref().map(|os| (os, contents.os_place.as_ref()));
    let boundary = boundary.unwrap_or_default();
    let document = image::document(rooms, &target, &Seen { artifact, walked: &walked, os, boundary: &boundary });
    let (document, fault) = match document {
        Ok(mut document) => {
            let evaluation = rooms.policies.judge(&[&document], &[], cancel);
            if rooms.config.builtin_policies {
                image::mask_document(&mut document.root, &evaluation.findings);
            }
            (Some(document), None)
        }
        Err(problem) => (None, Some(problem)),
    };
    target.problems.extend(fault);
    (document, target.problems)
}

/// Judges what was read. `combined` is what was found in its documents together with those of other targets.
pub(crate) fn finish(rooms: &Rooms, prepared: Prepared<'_>, combined: Evaluation, cancel: &Cancel) -> Scanned {
    let Prepared { mut target, contents, patches, read, .. } = prepared;
    let read = read.as_ref();
    let scanners = &rooms.config.scanners;
    let mut rules = BTreeMap::new();
    let mut judged = false;
    let mut damage = None;
    let mut findings = Vec::new();
    target.problems.extend(contents.problems.iter().cloned());
    if let Some(Read { walked, .. }) = read {
        target.coverage.files_seen = walked.files_seen;
        target.coverage.files_read = walked.files_read;
        target.coverage.bytes_read = walked.bytes_read;
        target.coverage.skipped = walked.skipped.clone();
        target.efficiency = walked.efficiency.clone();
        target.problems.extend(walked.problems.iter().cloned());
    }
    let seen = read.and_then(|read| {
        let os = contents.os.as_ref().map(|os| (os, contents.os_place.as_ref()));
        let Read { walked, artifact, boundary } = read;
        Some(Seen { artifact, walked, os, boundary: boundary.as_ref()? })
    });
    let seen = seen.filter(|_| scanners.has(ScannerKind::Image));
    rooms.threads.start_for_packages(contents.packages.len());
    // Neither needs the other, and of a scan that knows the image they are much.
    let (matched, of_image) = rayon::join(
        || scanners.has(ScannerKind::Vulnerability).then(|| match_contents(rooms, &contents, &target)),
        || seen.as_ref().and_then(|seen| ask_image(rooms, &target, seen, cancel)),
    );
    if let Some(matched) = matched {
        judged |= !contents.packages.is_empty();
        target.coverage.packages = matched.coverage;
        target.problems.extend(matched.problems);
        append(&mut findings, matched.findings);
        rules.extend(matched.rules.into_iter().map(|rule| (rule.id.clone(), rule)));
        damage = matched.damage;
    }
    let mut asked = Judged { target: &mut target, findings: &mut findings, rules: &mut rules };
    if scanners.has(ScannerKind::Policy) {
        judged |= contents.document_files > 0;
        asked.documents(rooms, &contents.documents, cancel);
        asked.take(rooms, combined);
        asked.count(patches.judged_only_here());
        asked.take(rooms, patches.judge(rooms, cancel));
    }
    if let Some((of_image, seen)) = of_image.zip(seen.as_ref()) {
        judged = true;
        asked.take_image(rooms, of_image, seen);
    }
    lineage::trace(&contents.packages, &mut findings);
    let secrets = Secrets::take(&mut findings, &contents.texts);
    contents.texts.illustrate(&mut findings, &secrets);
    // Whatever the policies said, and if none were asked.
    for layer in &mut target.layers {
        layer.created_by = layer.created_by.as_deref().map(|instruction| hidden(instruction).into_owned());
    }
    sort_findings(&mut findings);
    fingerprint_all(repository(&target, read.map(|read| read.artifact)), &mut findings);
    // After they have an identity, and after findings that differ in nothing but a secret are two.
    findings.iter_mut().filter(|finding| finding.package.is_none()).for_each(|finding| secrets.hide(finding));
    let named: HashSet<&RuleId> = findings.iter().map(|finding| &finding.rule).collect();
    rules.retain(|id, _| named.contains(id));
    target.os = contents.os;
    target.packages = contents.packages;
    target.findings = findings;
    for problem in &mut target.problems {
        if let Cow::Owned(message) = hidden(&problem.message) {
            problem.message = message;
        }
    }
    target.problems.sort();
    target.problems.dedup();
    target.coverage.skipped.sort();
    Scanned { target, rules, remarks: contents.remarks, judged, damage }
}

/// What advisory data says of the packages and of the operating system.
fn match_contents(rooms: &Rooms, contents: &Contents, target: &Target) -> Matched {
    let matched = rooms.advisories.match_all(&contents.packages);
    let Some(os) = &contents.os else { return matched };
    let mut of_system = rooms.advisories.match_os(os, contents.os_place.clone(), rooms.config.now);
    let layer = contents.os_place.as_ref().and_then(|place| place.layer);
    let base = layer.and_then(|index| target.layers.iter().find(|layer| layer.index == index)?.base);
    of_system.findings.iter_mut().for_each(|finding| finding.base = base);
    matched.join(of_system)
}

/// By place, then rule: the same order for any number of threads.
fn sort_findings(findings: &mut Vec<Finding>) {
    findings.sort_by(|left, right| sort_key(left).cmp(&sort_key(right)));
    findings.dedup_by(|left, right| {
        left.rule == right.rule
            && left.package == right.package
            && left.locations == right.locations
            && left.message == right.message
    });
}

/// What is about all of it comes after what has a place.
fn sort_key(finding: &Finding) -> (bool, Option<&Location>, &RuleId, Option<&Purl>, &str) {
    let place = finding.locations.first();
    (place.is_none(), place, &finding.rule, finding.package.as_ref(), &finding.message)
}

/// What is known of an artifact before its content is; of an image also where its base ends.
fn begin(artifact: &Artifact, base: Option<&Base>) -> (Target, Option<Boundary>) {
    let mut target = Target {
        digest: artifact.digest(),
        platform: artifact.platform().map(str::to_owned),
        layers: artifact.layers().to_vec(),
        ..Target::new(artifact.kind(), artifact.name())
    };
    if target.kind != TargetKind::Image {
        return (target, None);
    }
    let (boundary, problems) = Boundary::find(artifact.layers(), artifact.config(), base);
    target.layers.iter_mut().for_each(|layer| layer.base = boundary.is_base(layer.index));
    target.problems.extend(problems);
    (target, Some(boundary))
}

/// What a target's findings are fingerprinted under: an image's name without tag and digest, or where it has none that of
/// its file, wherever that lies; nothing for a tree, whose place on a disk means nothing.
fn repository<'a>(target: &'a Target, artifact: Option<&Artifact>) -> &'a str {
    if target.kind != TargetKind::Image {
        return "";
    }
    if artifact.is_some_and(|artifact| artifact.reference().is_none()) {
        return target.name.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    }
    let name = target.name.split('@').next().unwrap_or_default();
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}
