//! One source to one target: open, walk, parse, match, judge documents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use artifact::{Artifact, View, Walk};
use inventory::{ClaimTable, CompanionFile};
use model::{
    Cancel, Document, Finding, FindingClass, Package, Problem, ProblemSeverity, Purl, Remark, Rule, RuleId, Target,
    TargetKind, TreePath,
};
use rayon::prelude::*;

use crate::ScannerKind;
use crate::assemble::{Contents, assemble};
use crate::collect::{Collector, DocumentRoute, Kept, Output, Routes};
use crate::fingerprint::fingerprint_all;
use crate::kept::{self, Walked};
use crate::lineage;
use crate::parse::{Parsed, parse_file};
use crate::scanner::Rooms;
use crate::stated::Stated;

/// A target, the rules its findings name, and what the gate must know beside.
pub(crate) struct Scanned {
    pub(crate) target: Target,
    pub(crate) rules: BTreeMap<RuleId, Rule>,
    /// What the files say to whoever judges them.
    pub(crate) remarks: Vec<Remark>,
    /// Some scanner that was asked for had something to judge.
    pub(crate) judged: bool,
    /// The advisory snapshot turned out damaged.
    pub(crate) damage: Option<String>,
}

/// Scans an opened artifact. Also returns what was met on the way and may hold images.
pub(crate) fn scan_artifact(rooms: &Rooms, artifact: &Artifact, cancel: &Cancel) -> (Scanned, Vec<TreePath>) {
    let config = &rooms.config;
    let more = match artifact.kind().is_installed_software() {
        true => config.evidence.lockfiles_in_images,
        false => config.evidence.installed_in_trees,
    };
    let claims = ClaimTable::new(artifact.kind(), more);
    let routes = Routes {
        claims: &claims,
        packages: config.scanners.has(ScannerKind::Vulnerability),
        documents: config
            .scanners
            .has(ScannerKind::Policy)
            .then_some(DocumentRoute { policies: &rooms.policies, limits: &config.documents }),
        remarks: config.inline_ignores && !artifact.kind().is_installed_software(),
        kind: artifact.kind(),
        more,
    };
    let output = Output::default();
    let (known, walk) = rayon::in_place_scope(|pool| {
        let collector = Collector::new(&routes, pool, &output);
        let derived = artifact.derived(&collector);
        match derived.as_ref().and_then(kept::find) {
            Some(known) => (Some(known), None),
            None => (None, Some((artifact.walk(&collector, cancel), derived))),
        }
    });
    let (mut contents, mut walked) = known.unwrap_or_default();
    let mut images = Vec::new();
    if let Some((walk, derived)) = walk {
        (contents, images) = put_together(&routes, output, &walk);
        if let Some(derived) = derived {
            kept::keep(&derived, &contents, &walk);
        }
        walked = Walked::of(&walk);
    }
    (finish(rooms, empty_target(artifact), contents, Some(walked), cancel), images)
}

/// What a walk delivered, parsed and put together; and what may hold images.
fn put_together(routes: &Routes<'_>, output: Output, walk: &Walk) -> (Contents, Vec<TreePath>) {
    let mut parsed = output.parsed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    kept::keep_results(&walk.kept, &parsed);
    let mut images = output.images.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    images.sort();
    images.dedup();
    let mut kept = output.kept.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    kept.retain(|file| walk.view.is_visible(&file.origin));
    // Companions are looked for among paths that are sorted.
    kept.sort_by(|left, right| left.origin.path.cmp(&right.origin.path));
    parsed.extend(parse_kept(routes, &kept));
    (assemble(parsed, &walk.view), images)
}

/// Matches packages that were named, not found.
pub(crate) fn scan_purls(rooms: &Rooms, name: &str, purls: &[Purl], cancel: &Cancel) -> Scanned {
    let packages = purls.iter().map(|purl| Package::new(purl.display_name(), purl.clone(), "purl")).collect();
    let target = Target::new(TargetKind::Purl, name);
    finish(rooms, target, Contents { packages, ..Contents::default() }, None, cancel)
}

/// Matches packages that an inventory states.
pub(crate) fn scan_stated(rooms: &Rooms, stated: &Stated, cancel: &Cancel) -> Scanned {
    let mut target = Target::new(stated.kind(), &stated.name);
    (target.coverage.files_seen, target.coverage.files_read) = (1, 1);
    target.coverage.bytes_read = stated.bytes.len() as u64;
    finish(rooms, target, assemble(vec![stated.parse()], &View::default()), None, cancel)
}

/// Files that wait for others, now that all are there.
fn parse_kept(routes: &Routes<'_>, kept: &[Kept]) -> Vec<Parsed> {
    let paths: Vec<TreePath> = kept.iter().map(|file| file.origin.path.clone()).collect();
    let by_path: HashMap<&TreePath, &Kept> = kept.iter().map(|file| (&file.origin.path, file)).collect();
    kept.par_iter()
        .filter(|file| !file.wanted.detectors.is_empty() || file.wanted.format.is_some())
        .map(|file| {
            let ids = file.wanted.detectors.iter();
            let beside = ids.flat_map(|id| routes.claims.companions(*id, &file.origin.path, &paths));
            let companions: Vec<CompanionFile<'_>> = beside
                .filter_map(|path| by_path.get(path))
                .map(|other| CompanionFile { path: &other.origin.path, bytes: &other.bytes })
                .collect();
            parse_file(routes, &file.origin, &file.bytes, &file.wanted, &companions)
        })
        .collect()
}

fn finish(rooms: &Rooms, mut target: Target, contents: Contents, walked: Option<Walked>, cancel: &Cancel) -> Scanned {
    let scanners = &rooms.config.scanners;
    let mut rules = BTreeMap::new();
    let mut judged = false;
    let mut damage = None;
    let mut findings = Vec::new();
    target.problems.extend(contents.problems);
    if let Some(walked) = walked {
        target.coverage.files_seen = walked.files_seen;
        target.coverage.files_read = walked.files_read;
        target.coverage.bytes_read = walked.bytes_read;
        target.coverage.skipped = walked.skipped;
        target.efficiency = walked.efficiency;
        target.problems.extend(walked.problems);
    }
    if scanners.has(ScannerKind::Vulnerability) {
        let mut matched = rooms.advisories.match_all(&contents.packages);
        if let Some(os) = &contents.os {
            matched = matched.join(rooms.advisories.match_os(os, contents.os_place, rooms.config.now));
        }
        judged |= !contents.packages.is_empty();
        target.coverage.packages = matched.coverage;
        target.problems.extend(matched.problems);
        findings.extend(matched.findings);
        rules.extend(matched.rules.into_iter().map(|rule| (rule.id.clone(), rule)));
        damage = matched.damage;
    }
    if scanners.has(ScannerKind::Policy) {
        judged |= contents.document_files > 0;
        judge_documents(rooms, &contents.documents, &mut target, &mut findings, cancel);
        if findings.iter().any(|finding| finding.class == FindingClass::Policy) {
            rules.extend(rooms.policies.rules());
        }
    }
    lineage::trace(&contents.packages, &mut findings);
    contents.texts.illustrate(&mut findings);
    sort_findings(&mut findings);
    fingerprint_all(repository(&target), &mut findings);
    rules.retain(|id, _| findings.iter().any(|finding| finding.rule == *id));
    target.os = contents.os;
    target.packages = contents.packages;
    target.findings = findings;
    target.problems.sort();
    target.problems.dedup();
    target.coverage.skipped.sort();
    Scanned { target, rules, remarks: contents.remarks, judged, damage }
}

fn judge_documents(
    rooms: &Rooms,
    documents: &[Document],
    target: &mut Target,
    findings: &mut Vec<Finding>,
    cancel: &Cancel,
) {
    target.coverage.documents = documents.len() as u64;
    for document in documents {
        *target.coverage.document_kinds.entry(document.kind.domain().to_owned()).or_default() += 1;
    }
    if documents.is_empty() {
        return;
    }
    let all: Vec<&Document> = documents.iter().collect();
    let evaluation = rooms.policies.judge(&all, &unread(&target.problems), cancel);
    findings.extend(evaluation.findings);
    target.problems.extend(evaluation.problems);
    target.coverage.policies.evaluated += evaluation.evaluated;
    target.coverage.policies.unknown += evaluation.unknown;
}

/// Files that may hold documents and could not be read.
fn unread(problems: &[Problem]) -> Vec<TreePath> {
    let is_error = |problem: &&Problem| problem.severity == ProblemSeverity::Error;
    let paths = problems.iter().filter(is_error).filter_map(|problem| problem.path.as_ref());
    let found: BTreeSet<&TreePath> = paths.filter(|path| document::format_of(path).is_some()).collect();
    found.into_iter().cloned().collect()
}

/// By place, then rule: the same order for any number of threads.
fn sort_findings(findings: &mut Vec<Finding>) {
    findings.sort_by(|left, right| {
        let key = |finding: &Finding| {
            (finding.locations.first().cloned(), finding.rule.clone(), finding.package.clone(), finding.message.clone())
        };
        key(left).cmp(&key(right))
    });
    findings.dedup_by(|left, right| {
        left.rule == right.rule
            && left.package == right.package
            && left.locations == right.locations
            && left.message == right.message
    });
}

fn empty_target(artifact: &Artifact) -> Target {
    Target {
        digest: artifact.digest(),
        platform: artifact.platform().map(str::to_owned),
        layers: artifact.layers().to_vec(),
        ..Target::new(artifact.kind(), artifact.name())
    }
}

/// What a target's findings are fingerprinted under: an image's name without tag and digest; nothing for a tree, whose
/// place on a disk means nothing.
fn repository(target: &Target) -> &str {
    if target.kind != TargetKind::Image {
        return "";
    }
    let name = target.name.split('@').next().unwrap_or_default();
    match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => repository,
        _ => name,
    }
}

/// For a source that could not be opened at all: a target with one problem.
pub(crate) fn unreadable(kind: TargetKind, name: &str, problem: Problem) -> Scanned {
    let target = Target { problems: vec![problem], ..Target::new(kind, name) };
    Scanned { target, rules: BTreeMap::new(), remarks: Vec::new(), judged: false, damage: None }
}
