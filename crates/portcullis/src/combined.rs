//! Documents of all sources of a run joined into one input, as Conftest's `--combine` does it.

use std::collections::BTreeMap;

use model::{Cancel, Document, Finding, Location, Origin, Problem, TargetKind, TreePath};
use policy::Evaluation;

use crate::ScannerKind;
use crate::scanner::Rooms;
use crate::target::Prepared;

/// Judges the documents of all targets together where that is asked for; gives what was found, by target.
pub(crate) fn judge(rooms: &Rooms, targets: &mut [Prepared<'_>], cancel: &Cancel) -> BTreeMap<usize, Evaluation> {
    if !(rooms.config.combine && rooms.config.scanners.has(ScannerKind::Policy)) {
        return BTreeMap::new();
    }
    let joined = Joined::take(targets);
    let evaluation = rooms.policies.judge_combined(&joined.members(), cancel);
    let found = joined.sort_out(evaluation);
    joined.put_back(targets);
    found
}

/// Every file with documents, in the order of the paths that rules see. While they are joined, a file goes by its place here: two
/// targets may have files of one path.
struct Joined(Vec<File>);

struct File {
    seen: String,
    target: usize,
    origin: Origin,
    documents: Vec<Document>,
}

impl Joined {
    fn take(targets: &mut [Prepared<'_>]) -> Joined {
        let mut files: Vec<File> = Vec::new();
        for (target, prepared) in targets.iter_mut().enumerate() {
            for document in std::mem::take(&mut prepared.contents.documents) {
                match files.last_mut() {
                    Some(file) if file.target == target && file.origin == document.origin => {
                        file.documents.push(document);
                    }
                    _ => {
                        let origin = document.origin.clone();
                        let seen = seen(prepared.target.kind, &prepared.target.name, &origin.path);
                        files.push(File { seen, target, origin, documents: vec![document] });
                    }
                }
            }
        }
        files.sort_by(|left, right| left.seen.cmp(&right.seen));
        for (place, file) in files.iter_mut().enumerate() {
            let mark = Origin::file(TreePath::new(place.to_string()).expect("a number is a name"));
            file.documents.iter_mut().for_each(|document| document.origin = mark.clone());
        }
        Joined(files)
    }

    /// Every document, a file that was named twice once.
    fn members(&self) -> Vec<(&str, &Document)> {
        let is_first = |place: usize| place == 0 || self.0[place - 1].seen != self.0[place].seen;
        let files = self.0.iter().enumerate().filter(|(place, _)| is_first(*place)).map(|(_, file)| file);
        files.flat_map(|file| file.documents.iter().map(|document| (file.seen.as_str(), document))).collect()
    }

    /// What was found, by target, with its places in that target's files.
    fn sort_out(&self, evaluation: Evaluation) -> BTreeMap<usize, Evaluation> {
        let first = self.0.first().map_or(0, |file| file.target);
        let mut found: BTreeMap<usize, Evaluation> = BTreeMap::new();
        let counts = Evaluation { findings: Vec::new(), problems: Vec::new(), ..evaluation };
        found.insert(first, counts);
        for finding in evaluation.findings {
            let place = finding.locations.first().and_then(|location| self.file(&location.path));
            let target = place.map_or(first, |file| file.target);
            found.entry(target).or_default().findings.push(self.placed(finding, target));
        }
        for problem in evaluation.problems {
            let file = problem.path.as_ref().and_then(|path| self.file(path));
            let target = file.map_or(first, |file| file.target);
            let path = file.map(|file| file.origin.path.clone());
            found.entry(target).or_default().problems.push(Problem { path, ..problem });
        }
        found
    }

    /// Places in other targets than its own are said in the evidence: a location is a place in the target.
    fn placed(&self, finding: Finding, target: usize) -> Finding {
        let mut elsewhere = Vec::new();
        let mut locations = Vec::new();
        for location in finding.locations {
            let Some(file) = self.file(&location.path) else { continue };
            if file.target == target {
                let Origin { path, layer } = file.origin.clone();
                locations.push(Location { path, layer, ..location });
            } else {
                elsewhere.push(location.line().map_or(file.seen.clone(), |line| format!("{}:{line}", file.seen)));
            }
        }
        let mut finding = Finding { locations, ..finding };
        if !elsewhere.is_empty() {
            finding.evidence.insert("elsewhere".to_owned(), elsewhere.into());
        }
        finding
    }

    fn put_back(self, targets: &mut [Prepared<'_>]) {
        for File { target, origin, documents, .. } in self.0 {
            let own = documents.into_iter().map(|document| Document { origin: origin.clone(), ..document });
            targets[target].contents.documents.extend(own);
        }
        let documents = targets.iter_mut().map(|target| &mut target.contents.documents);
        documents.for_each(|documents| documents.sort_by(|left, right| left.origin.cmp(&right.origin)));
    }

    fn file(&self, mark: &TreePath) -> Option<&File> {
        mark.to_str()?.parse().ok().and_then(|place: usize| self.0.get(place))
    }
}

/// A file as Conftest names it: as the user named it, or below the folder that was named.
fn seen(kind: TargetKind, target: &str, file: &TreePath) -> String {
    match kind {
        TargetKind::File => target.to_owned(),
        TargetKind::Directory => cleaned(&format!("{target}/{file}")),
        _ => file.to_string(),
    }
}

fn cleaned(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        if part == ".." && parts.last().is_some_and(|last| *last != "..") {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    let root = if path.starts_with('/') { "/" } else { "" };
    root.to_owned() + &parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_as_conftest_names_them() {
        let named = |kind, target: &str, file: &str| seen(kind, target, &TreePath::new(file).expect("a path"));
        assert_eq!(named(TargetKind::File, "./in/x.json", "x.json"), "./in/x.json");
        assert_eq!(named(TargetKind::Directory, "./in/sub/", "a/x.json"), "in/sub/a/x.json");
        assert_eq!(named(TargetKind::Directory, ".", "x.json"), "x.json");
        assert_eq!(named(TargetKind::Directory, "../in/../b", "x.json"), "../b/x.json");
        assert_eq!(named(TargetKind::Directory, "/in", "x.json"), "/in/x.json");
    }
}
