//! One file to packages and documents. A parser that panics is a problem, never the end of the scan.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gate::REMARK_MARKS;
use inventory::{CompanionFile, DetectorId, Input};
use model::{Document, Format, Origin, Os, Package, Problem, ProblemKind, Remark, TreePath};

use crate::claims;
use crate::collect::{Routes, Wanted};
use crate::snippet::Text;

/// What one file gave.
pub(crate) struct Parsed {
    pub(crate) origin: Origin,
    pub(crate) packages: Vec<Package>,
    pub(crate) documents: Vec<Document>,
    pub(crate) problems: Vec<Problem>,
    /// What the file says to whoever judges it.
    pub(crate) remarks: Vec<Remark>,
    pub(crate) os: Option<Os>,
    /// (place in `packages`, path from the root)
    pub(crate) owned_files: Vec<(usize, TreePath)>,
    /// The text, kept for the lines findings point at.
    pub(crate) text: Option<Text>,
    /// It was read as what it may be, with its comments.
    pub(crate) read_as_document: bool,
    /// Some scanner has something to say of it: it holds a document that is judged, or could not be read.
    pub(crate) judged_as_document: bool,
    /// It was read because of how it begins.
    pub(crate) by_head: bool,
}

/// Gives a file to everybody who wants it. `text` makes what is kept of it for the lines findings point at.
pub(crate) fn parse_file(
    routes: &Routes<'_>,
    origin: &Origin,
    bytes: &[u8],
    wanted: &Wanted,
    companions: &[CompanionFile<'_>],
    text: impl FnOnce() -> Text,
) -> Parsed {
    let mut parsed = Parsed { by_head: wanted.by_head, ..Parsed::nothing(origin) };
    for id in &wanted.detectors {
        parsed.detect(*id, &Input { origin, bytes, companions });
    }
    if let Some(format) = wanted.format {
        parsed.read_documents(routes, format, bytes);
    }
    parsed.read_remarks(routes, bytes);
    if is_text(bytes) && !(parsed.packages.is_empty() && parsed.documents.is_empty()) {
        parsed.text = Some(text());
    }
    parsed
}

impl Parsed {
    /// Of a file that gave nothing yet.
    pub(crate) fn nothing(origin: &Origin) -> Parsed {
        Parsed {
            origin: origin.clone(),
            packages: Vec::new(),
            documents: Vec::new(),
            problems: Vec::new(),
            remarks: Vec::new(),
            os: None,
            owned_files: Vec::new(),
            text: None,
            read_as_document: false,
            judged_as_document: false,
            by_head: false,
        }
    }

    fn detect(&mut self, id: DetectorId, input: &Input<'_>) {
        let detector = id.detector();
        let os = self.os.clone();
        self.take(detector.name, detector.parse, input);
        // What the operating system is, the system itself says.
        if claims::is_claim(detector.name) {
            self.os = os;
        }
    }

    /// Reads the file with one reader.
    pub(crate) fn take(&mut self, reader: &str, parse: fn(&Input<'_>) -> inventory::Parsed, input: &Input<'_>) {
        match catch_unwind(AssertUnwindSafe(|| parse(input))) {
            Ok(found) => {
                let before = self.packages.len();
                append(&mut self.packages, found.packages);
                self.problems.extend(found.problems);
                self.os = self.os.take().or(found.os);
                self.owned_files.extend(found.owned_files.into_iter().map(|(at, path)| (before + at, path)));
            }
            Err(_) => self.problems.push(fault_of_our_own(input.origin, reader)),
        }
    }

    /// The texts of companions that packages point into: what is found there is shown with its lines too.
    pub(crate) fn texts_beside(&self, companions: &[CompanionFile<'_>]) -> Vec<Parsed> {
        if companions.is_empty() {
            return Vec::new();
        }
        let places = self.packages.iter().flat_map(|package| &package.locations);
        let named: HashSet<&TreePath> =
            places.map(|place| &place.path).filter(|path| **path != self.origin.path).collect();
        let shown = companions.iter().filter(|file| named.contains(file.path) && is_text(file.bytes));
        let text = |file: &CompanionFile<'_>| {
            let origin = Origin { path: file.path.clone(), layer: self.origin.layer };
            Parsed { text: Some(Arc::new(file.bytes.to_vec())), ..Parsed::nothing(&origin) }
        };
        shown.map(text).collect()
    }

    /// Documents nobody judges are not read: a tree is full of YAML that no policy asks about, and damage in it is no
    /// gap in what was asked. What might be of a judged kind is read, and then damage is a problem.
    fn read_documents(&mut self, routes: &Routes<'_>, format: Format, bytes: &[u8]) {
        let Some(route) = routes.documents else { return };
        let origin = &self.origin;
        let look = document::Look::new(format, &origin.path, bytes);
        let may_be = |kind| route.policies.wants(kind) && look.may_be(kind);
        let is_overlay = routes.reads_kustomizations() && document::is_kustomization_file(&origin.path);
        if !(is_overlay || document::kinds_of(format).iter().copied().any(may_be)) {
            return;
        }
        let marks = if routes.remarks { REMARK_MARKS } else { &[] };
        let read = || document::parse_with_remarks(format, origin, bytes, route.limits, marks);
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok((documents, problems, remarks)) => {
                self.read_as_document = true;
                self.remarks = remarks;
                let mut kept = documents;
                // What a kustomization says of its patches counts also where nobody judges it.
                kept.retain(|document| {
                    let is_judged = route.policies.wants(document.kind);
                    self.judged_as_document |= is_judged;
                    is_judged || is_overlay && document::is_kustomization(&origin.path, &document.root)
                });
                self.documents.extend(kept);
                self.judged_as_document |= !problems.is_empty();
                self.problems.extend(problems);
            }
            Err(_) => self.problems.push(fault_of_our_own(&self.origin, "the document reader")),
        }
    }

    /// Of a file that is read for its packages alone. No document is there to tell blocks from.
    fn read_remarks(&mut self, routes: &Routes<'_>, bytes: &[u8]) {
        if !routes.remarks || self.packages.is_empty() || self.read_as_document {
            return;
        }
        let most = document::Limits::default().remarks;
        let read = || document::remarks_beside(&self.origin, bytes, most, REMARK_MARKS);
        match catch_unwind(AssertUnwindSafe(read)) {
            Ok(remarks) => self.remarks = remarks,
            Err(_) => self.problems.push(fault_of_our_own(&self.origin, "the reader of comments")),
        }
    }
}

/// Moves a list behind another. Most are behind an empty one, and lists of packages and findings are large: nothing is copied then.
pub(crate) fn append<T>(list: &mut Vec<T>, more: Vec<T>) {
    if list.is_empty() {
        *list = more;
    } else {
        list.extend(more);
    }
}

fn is_text(bytes: &[u8]) -> bool {
    !bytes.iter().take(4096).any(|byte| *byte == 0)
}

fn fault_of_our_own(origin: &Origin, reader: &str) -> Problem {
    let message = format!("{reader} failed on this file, which is a fault of ours; nothing of it was read");
    Problem::error(ProblemKind::Internal, message).at(&origin.location())
}
