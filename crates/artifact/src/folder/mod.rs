//! Folders on disk: source trees and unpacked root file systems.
//!
//! Entries come in the order of their names. `.git` folders are not visited. In a source tree, the `.gitignore` files of
//! the tree itself are honoured if asked for, no others; what they leave out is told. Links to folders are not followed; links to files:
//!
//! - In a source tree, a link that leads to a file inside the tree is offered under its own name once everything else
//!   went by, unless what it leads to was delivered already. One that leads out of the tree is never followed: where
//!   it is wanted by its name, that is a problem.
//! - In a root file system, links are followed for the exact paths a sink asks for, and for nothing else; absolute
//!   targets and `..` stay inside the root. `dev`, `proc` and `sys` are not visited: they are the machine's, not the root's.

mod filter;
mod gitignore;
mod links;
mod look;
mod names;
mod rooted;
mod survey;

use std::collections::HashSet;
use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;
use model::{Cancel, Origin, Problem, ProblemKind, TreePath};

use self::filter::Filter;
use crate::exclude::Exclusions;
use crate::file::is_executable;
use crate::limits::limit_problem;
use crate::record::{Offer, Record};
use crate::tar::Plain;
use crate::{FileMeta, Interest, Limits, Sink, View, Walk};

/// A folder to be walked.
#[derive(Clone, Debug)]
pub(crate) struct Folder {
    pub(crate) root: PathBuf,
    pub(crate) is_rootfs: bool,
    pub(crate) honour_gitignore: bool,
    /// How many threads look around; 0 is one a core.
    pub(crate) threads: usize,
}

/// What a walk over a folder carries.
struct FolderWalk<'w> {
    folder: &'w Folder,
    record: Record<'w>,
    links: Vec<TreePath>,
    delivered: HashSet<TreePath>,
}

impl Folder {
    pub(crate) fn walk(&self, limits: &Limits, exclusions: &Exclusions, sink: &dyn Sink, cancel: &Cancel) -> Walk {
        let record = Record::new(sink, cancel, limits, exclusions, &[]);
        let mut walk = FolderWalk { folder: self, record, links: Vec::new(), delivered: HashSet::new() };
        let survey = self.survey(limits, exclusions, sink, cancel);
        walk.record.saw_files(survey.files);
        survey.problems.into_iter().for_each(|problem| walk.record.problem(problem));
        if survey.is_cut {
            let what = "the folder has more entries; the rest was not read";
            walk.record.problem(limit_problem("folder_entries", limits.folder_entries, what));
        }
        for wanted in survey.wanted {
            if walk.record.is_cancelled() {
                break;
            }
            walk.read(&wanted.file, wanted.interest, &wanted.place);
        }
        walk.links = survey.links;
        if self.is_rootfs {
            walk.exact_paths();
        } else {
            walk.offer_links();
        }
        for (path, reason) in survey.passed_over {
            walk.record.skipped(&path, reason);
        }
        walk.record.is_cancelled();
        walk.record.finish(View::default())
    }

    fn walker(&self, filter: &Arc<Filter>) -> WalkBuilder {
        let filter = Arc::clone(filter);
        let mut walker = WalkBuilder::new(&self.root);
        walker.standard_filters(false).follow_links(false).filter_entry(move |entry| filter.is_visited(entry));
        walker
    }

    fn unreadable(&self, error: &ignore::Error) -> Problem {
        let (place, reason) = names::of_error(error);
        let what = format!("it could not be read, and what is below it neither: {reason}");
        let problem = Problem::error(ProblemKind::Io, what);
        match place.map(|place| self.tree_path(place)) {
            Some(Ok(path)) => problem.in_file(&path),
            Some(Err(_)) | None => problem,
        }
    }

    fn tree_path(&self, path: &Path) -> Result<TreePath, model::PathError> {
        names::tree_path(&self.root, path, self.is_rootfs)
    }
}

impl FolderWalk<'_> {
    /// Offers a file under a name; `place` is where it lies.
    fn offer(&mut self, path: &TreePath, place: &Path) {
        match place.metadata() {
            Ok(metadata) => {
                let file = meta(path, place, &metadata);
                let interest = self.record.sink.interest(&file);
                self.read(&file, interest, place);
            }
            Err(error) => self.unreadable_file(path, &error),
        }
    }

    /// Reads as much of a file as is wanted. It is opened only if somebody wants it.
    fn read(&mut self, file: &FileMeta, interest: Interest, place: &Path) {
        if interest == Interest::Skip {
            return;
        }
        let taken = File::open(place).and_then(|body| self.record.take(file, interest, &mut Plain(body)));
        match taken {
            Ok(Offer::Content(content)) => {
                self.record.deliver(file, content);
                self.delivered.insert(file.origin.path.clone());
            }
            Ok(Offer::Skipped | Offer::HeadSeen(_) | Offer::Refused) => {}
            Err(error) => self.unreadable_file(&file.origin.path, &error),
        }
    }

    fn unreadable_file(&mut self, path: &TreePath, error: &io::Error) {
        let what = format!("the file could not be read: {error}");
        self.record.problem(Problem::error(ProblemKind::Io, what).in_file(path));
    }
}

fn meta(path: &TreePath, place: &Path, metadata: &Metadata) -> FileMeta {
    FileMeta { origin: Origin::file(path.clone()), size: metadata.len(), executable: is_executable(place, metadata) }
}

#[cfg(test)]
mod tests;
