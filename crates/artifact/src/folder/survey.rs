//! What lies in a folder and who wants it, found on several threads and told in the order of names.
//!
//! Looking at twenty thousand files costs more than reading the fifty that somebody wants. So the looking is shared
//! out, and what is wanted comes back sorted: what is delivered depends on the folder alone.

use std::cmp::Ordering;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};
use model::{Cancel, Origin, Problem, ProblemKind, TreePath};

use super::filter::Filter;
use super::look::{Look, Looker};
use super::{Folder, names};
use crate::exclude::Exclusions;
use crate::{FileMeta, Interest, Limits, Sink};

/// What is longer may be no path of a target, which is said.
const MOST_PLAIN: usize = 1024;

/// So many entries are looked at on one thread: others that start and wait for each other take longer than they help.
const FEW: u64 = 64;

/// Everything of a folder that matters.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Regular files, wanted or not.
    pub(super) files: u64,
    /// Files that somebody wants, in the order of their names.
    pub(super) wanted: Vec<Wanted>,
    /// Links, in the order of their names.
    pub(super) links: Vec<TreePath>,
    /// Entries that could not be looked at, in the order of what is said.
    pub(super) problems: Vec<Problem>,
    /// What was passed over, and why, in the order of names.
    pub(super) passed_over: Vec<(TreePath, String)>,
    /// There are more entries than the limit allows, and these were not looked at.
    pub(super) is_cut: bool,
    /// Files that somebody would want, were they not left out by `.gitignore`.
    left_out: Vec<TreePath>,
}

/// A file that somebody wants.
#[derive(Debug)]
pub(super) struct Wanted {
    pub(super) file: FileMeta,
    pub(super) interest: Interest,
    pub(super) place: PathBuf,
}

/// What every thread knows.
struct Surveyor<'s> {
    filter: Arc<Filter>,
    sink: &'s dyn Sink,
    cancel: &'s Cancel,
    most: u64,
    count: AtomicU64,
    found: Mutex<Survey>,
}

/// What one thread found so far.
struct Part<'p> {
    surveyor: &'p Surveyor<'p>,
    survey: Survey,
    looker: Looker,
}

impl Folder {
    /// Looks at every entry. A folder with more entries than the limit is cut at the same entry on every machine.
    pub(super) fn survey(&self, limits: &Limits, exclusions: &Exclusions, sink: &dyn Sink, cancel: &Cancel) -> Survey {
        let surveyor = |most| Surveyor {
            filter: Arc::new(Filter::new(self, exclusions)),
            sink,
            cancel,
            most,
            count: AtomicU64::new(0),
            found: Mutex::default(),
        };
        let few = surveyor(FEW.min(limits.folder_entries));
        let survey = few.one_by_one(&self.walker(&few.filter));
        if !few.met_more() {
            return survey.sorted();
        }
        let many = surveyor(limits.folder_entries);
        self.walker(&many.filter).threads(self.threads).build_parallel().visit(&mut &many);
        if !many.met_more() {
            return many.finish().sorted();
        }
        let cut = surveyor(limits.folder_entries);
        Survey { is_cut: true, ..cut.in_order(self.walker(&cut.filter)) }.sorted()
    }
}

impl Surveyor<'_> {
    /// Whether there were more entries than it was to look at.
    fn met_more(&self) -> bool {
        self.count.load(Relaxed) > self.most
    }

    /// One entry after another, in the order of names: which entries lie beyond a limit must not be a matter of luck.
    fn in_order(&self, mut walker: WalkBuilder) -> Survey {
        walker.sort_by_file_name(|left, right| left.as_encoded_bytes().cmp(right.as_encoded_bytes()));
        self.one_by_one(&walker)
    }

    fn one_by_one(&self, walker: &WalkBuilder) -> Survey {
        let mut part = Part { surveyor: self, survey: Survey::default(), looker: Looker::default() };
        for entry in walker.build() {
            if part.visit(entry) == WalkState::Quit {
                break;
            }
        }
        drop(part);
        self.finish()
    }

    /// What all threads found.
    fn finish(&self) -> Survey {
        let mut survey = std::mem::take(&mut *self.found.lock().unwrap_or_else(PoisonError::into_inner));
        let (passed_over, problems) = self.filter.finish();
        survey.passed_over = passed_over;
        survey.problems.extend(problems);
        survey.problems.extend(warning_of(&mut survey.left_out));
        survey
    }
}

impl<'p> ParallelVisitorBuilder<'p> for &'p Surveyor<'p> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 'p> {
        Box::new(Part { surveyor: self, survey: Survey::default(), looker: Looker::default() })
    }
}

impl ParallelVisitor for Part<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        let seen = self.surveyor.count.fetch_add(1, Relaxed);
        if seen >= self.surveyor.most || self.surveyor.cancel.is_cancelled() {
            return WalkState::Quit;
        }
        match entry {
            Ok(entry) => self.enter(entry),
            Err(error) => self.survey.problems.push(self.folder().unreadable(&error)),
        }
        WalkState::Continue
    }
}

impl Part<'_> {
    fn folder(&self) -> &Folder {
        &self.surveyor.filter.folder
    }

    fn enter(&mut self, entry: DirEntry) {
        let Some(kind) = entry.file_type().filter(|kind| entry.depth() > 0 && !kind.is_dir()) else { return };
        if self.surveyor.filter.is_ignored(&entry) {
            self.leave_out(&entry, kind.is_file());
        } else if kind.is_file() {
            self.ask(entry);
        } else if let Some(path) = self.tree_path(&entry).filter(|_| kind.is_symlink()) {
            self.survey.links.push(path);
        }
    }

    /// What nobody would want is not worth a word: it is often all that a build made.
    fn leave_out(&mut self, entry: &DirEntry, is_file: bool) {
        if !is_file || self.is_unwanted(entry, false) {
            return;
        }
        let path = self.tree_path(entry).filter(|path| self.surveyor.filter.pass_over_ignored(path));
        self.survey.left_out.extend(path);
    }

    /// Makes as little as can be of a file that nobody wants: there are twenty thousand of those.
    fn ask(&mut self, entry: DirEntry) {
        let look = self.looker.look(&entry);
        if look.as_ref().is_ok_and(|look| self.is_unwanted(&entry, look.executable)) {
            self.survey.files += 1;
            return;
        }
        let Some(path) = self.tree_path(&entry) else { return };
        self.survey.files += 1;
        let Look { size, executable } = match look {
            Ok(look) => look,
            Err(reason) => {
                let what = format!("the file could not be read: {reason}");
                return self.survey.problems.push(Problem::error(ProblemKind::Io, what).in_file(&path));
            }
        };
        let file = FileMeta { origin: Origin::file(path), size, executable };
        let interest = self.surveyor.sink.interest(&file);
        if interest != Interest::Skip {
            self.survey.wanted.push(Wanted { file, interest, place: entry.into_path() });
        }
    }

    /// True of a plain path that the sink wants nothing of.
    fn is_unwanted(&self, entry: &DirEntry, executable: bool) -> bool {
        let path = names::below(&self.folder().root, entry.path());
        path.is_some_and(|path| path.len() <= MOST_PLAIN && !self.surveyor.sink.may_want(path, executable))
    }

    /// The path of an entry; `None` of one that is none, which is a problem then.
    fn tree_path(&mut self, entry: &DirEntry) -> Option<TreePath> {
        let problem = match self.folder().tree_path(entry.path()) {
            Ok(path) => return Some(path),
            Err(error) => {
                let name = crate::error::printable(&entry.path().to_string_lossy());
                Problem::error(ProblemKind::Path, format!("`{name}` was not read: {error}"))
            }
        };
        self.survey.problems.push(problem);
        None
    }
}

impl Drop for Part<'_> {
    /// Where the walker lets a thread hand in what it found.
    fn drop(&mut self) {
        let part = std::mem::take(&mut self.survey);
        let mut found = self.surveyor.found.lock().unwrap_or_else(PoisonError::into_inner);
        found.files += part.files;
        found.wanted.extend(part.wanted);
        found.links.extend(part.links);
        found.problems.extend(part.problems);
        found.left_out.extend(part.left_out);
    }
}

/// Files that a message names before it counts the others.
const NAMED: usize = 3;

/// What `.gitignore` left out is worth a warning where somebody would have wanted it.
fn warning_of(left_out: &mut [TreePath]) -> Option<Problem> {
    left_out.sort_by(by_name);
    let names: Vec<String> = left_out.iter().take(NAMED).map(ToString::to_string).collect();
    let more = left_out.len() - names.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let names = names.join(", ");
    let message =
        format!("left out by .gitignore, and there all the same: {names}{more}; --no-gitignore reads what it names");
    (!left_out.is_empty()).then(|| Problem::warning(ProblemKind::Suppression, message))
}

impl Survey {
    fn sorted(mut self) -> Survey {
        self.wanted.sort_by(|left, right| by_name(&left.file.origin.path, &right.file.origin.path));
        self.links.sort_by(by_name);
        self.passed_over.sort_by(|left, right| by_name(&left.0, &right.0));
        self.problems.sort_by(|left, right| (&left.path, &left.message).cmp(&(&right.path, &right.message)));
        self
    }
}

/// The order of a walk that sorts each folder's names: component by component.
fn by_name(left: &TreePath, right: &TreePath) -> Ordering {
    let is_slash = |byte: &u8| *byte == b'/';
    left.as_bytes().split(is_slash).cmp(right.as_bytes().split(is_slash))
}
