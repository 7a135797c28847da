//! The sink of a walk: routes every file to whoever wants it, and has it parsed while the walk goes on.

use std::collections::HashSet;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use artifact::{FileBytes, FileMeta, Gathered, Interest, Sink, Ticket, View};
use inventory::{ClaimTable, DetectorId, evidence_in, suffices};
use model::{DocumentKind, Format, LayerIndex, Origin, TargetKind, TreePath};

use crate::embedded::may_be_image;
use crate::image;
use crate::kept;
use crate::parse::{Parsed, parse_file};
use crate::policy_room::PolicyRoom;
use crate::snippet::Text;
use crate::threads::Threads;

/// Contents waiting to be parsed; beyond this the walk parses them itself, and so waits.
const MOST_WAITING: usize = 64 << 20;

/// What one file is read for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Detectors that want it.
    pub(crate) detectors: Vec<DetectorId>,
    /// The language it is written in, if documents are judged here.
    pub(crate) format: Option<Format>,
    /// It is wanted because of how it begins.
    pub(crate) by_head: bool,
}

/// A file some detector wants only beside another.
pub(crate) struct Kept {
    pub(crate) origin: Origin,
    pub(crate) bytes: Text,
    pub(crate) wanted: Wanted,
}

/// What decides, for one target, which files are read.
pub(crate) struct Routes<'a> {
    pub(crate) claims: &'a ClaimTable,
    /// Packages are asked for.
    pub(crate) packages: bool,
    /// Documents are judged, and kept from the prefilter.
    pub(crate) documents: Option<DocumentRoute<'a>>,
    /// Comments that say what to ignore are read. Of an image they are not: whoever made it did not write for who judges it.
    pub(crate) remarks: bool,
    pub(crate) kind: TargetKind,
    /// The claims are those alone that tell the operating system.
    pub(crate) is_of_system: bool,
    /// What counts beside what counts anyway, as the claims were made with.
    pub(crate) more: bool,
}

/// How documents are told.
#[derive(Clone, Copy)]
pub(crate) struct DocumentRoute<'a> {
    pub(crate) policies: &'a PolicyRoom,
    pub(crate) limits: &'a document::Limits,
}

/// The sink: what was parsed, and what waits for its companions.
pub(crate) struct Collector<'scope, 'pool> {
    routes: &'scope Routes<'scope>,
    pool: &'pool rayon::Scope<'scope>,
    threads: &'pool Threads,
    output: &'scope Output,
    /// What magic claims said of a file, between its head and its content.
    sniffed: Mutex<Vec<(Origin, Vec<DetectorId>)>>,
    /// What came of files of layers that the cache stands in for.
    recalled: Mutex<Vec<Parsed>>,
}

/// Where the sink puts what it has.
#[derive(Default)]
pub(crate) struct Output {
    pub(crate) parsed: Mutex<Vec<Parsed>>,
    pub(crate) kept: Mutex<Vec<Kept>>,
    /// Files of a tree that may hold images, or mark folders that do.
    pub(crate) images: Mutex<Vec<TreePath>>,
    /// Files of a tree in a language of configuration that has no reader here.
    pub(crate) unread: Mutex<Vec<(TreePath, &'static str)>>,
    /// Files that were given to be parsed.
    given: AtomicUsize,
    waiting: AtomicUsize,
    /// Of layers that were read before their turn.
    foreseen: Foreseen,
}

/// What came of contents before anybody knew whether they count.
#[derive(Default)]
struct Foreseen {
    tickets: AtomicU64,
    parsed: Mutex<Vec<(Ticket, Parsed)>>,
    kept: Mutex<Vec<(Ticket, Kept)>>,
    /// Those that count.
    counting: Mutex<HashSet<Ticket>>,
}

impl<'scope, 'pool> Collector<'scope, 'pool> {
    pub(crate) fn new(
        routes: &'scope Routes<'scope>,
        pool: &'pool rayon::Scope<'scope>,
        threads: &'pool Threads,
        output: &'scope Output,
    ) -> Collector<'scope, 'pool> {
        Collector { routes, pool, threads, output, sniffed: Mutex::default(), recalled: Mutex::default() }
    }

    fn receive(&self, file: &FileMeta, content: FileBytes, ticket: Option<Ticket>) {
        let route = self.routes.claims.route(&file.origin.path, file.executable);
        let mut detectors = if self.routes.packages { route.detectors } else { Vec::new() };
        let sniffed = self.take_sniffed(&file.origin);
        let by_head = !sniffed.is_empty();
        detectors.extend(sniffed);
        let wanted = Wanted { detectors, format: self.routes.format_of(file.origin.path.as_bytes()), by_head };
        let waits = route.companion || wanted.detectors.iter().any(|id| has_companions(*id));
        if waits && self.routes.packages {
            let kept = Kept { origin: file.origin.clone(), bytes: Arc::new(content.into_vec()), wanted };
            return self.output.keep(kept, ticket);
        }
        let (routes, output, origin) = (self.routes, self.output, file.origin.clone());
        let size = content.len();
        let files = output.given.fetch_add(1, Ordering::Relaxed);
        let waiting = output.waiting.fetch_add(size, Ordering::Relaxed);
        self.threads.start_for_files(files, waiting);
        if waiting > MOST_WAITING {
            output.parse(routes, &origin, content, &wanted, ticket);
        } else {
            self.pool.spawn(move |_| output.parse(routes, &origin, content, &wanted, ticket));
        }
    }

    fn take_sniffed(&self, origin: &Origin) -> Vec<DetectorId> {
        let mut sniffed = self.sniffed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match sniffed.iter().position(|(other, _)| other == origin) {
            Some(at) => sniffed.swap_remove(at).1,
            None => Vec::new(),
        }
    }
}

impl Routes<'_> {
    /// Whether a kustomization says something of objects that are judged.
    pub(crate) fn reads_kustomizations(&self) -> bool {
        let is_tree = self.kind == TargetKind::Directory;
        is_tree && self.documents.is_some_and(|route| route.policies.wants(DocumentKind::Kubernetes))
    }

    fn format_of(&self, path: &[u8]) -> Option<Format> {
        // An image is judged by what it runs; manifests that happen to lie in it are not applied anywhere.
        let route = self.documents.filter(|_| !self.kind.is_installed_software())?;
        // Files of a format that no policy asks for are not even opened.
        document::format_of_path(path)
            .filter(|format| document::kinds_of(*format).iter().any(|kind| route.policies.wants(*kind)))
    }
}

impl Sink for Collector<'_, '_> {
    fn may_want(&self, path: &[u8], executable: bool) -> bool {
        self.routes.packages && self.routes.claims.wants(path, executable)
            || self.routes.kind == TargetKind::Directory && may_be_image(path)
            || self.routes.format_of(path).is_some()
            // Asked, so that it is named.
            || self.routes.documents.is_some() && document::language_without_reader_of_path(path).is_some()
    }

    fn interest(&self, file: &FileMeta) -> Interest {
        if self.routes.kind == TargetKind::Directory && may_be_image(file.origin.path.as_bytes()) {
            self.output.images.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(file.origin.path.clone());
        }
        if self.routes.documents.is_some()
            && !self.routes.kind.is_installed_software()
            && let Some(what) = document::language_without_reader(&file.origin.path)
        {
            locked(&self.output.unread).push((file.origin.path.clone(), what));
        }
        let route = if self.routes.packages {
            self.routes.claims.route(&file.origin.path, file.executable)
        } else {
            inventory::Route::default()
        };
        let format = self.routes.format_of(file.origin.path.as_bytes());
        if route.detectors.is_empty() && !route.companion && format.is_none() {
            return if route.head > 0 { Interest::Head(route.head) } else { Interest::Skip };
        }
        let document_limit =
            self.routes.documents.filter(|_| format.is_some()).map_or(0, |route| route.limits.bytes as u64);
        Interest::Whole { limit: route.limit.max(document_limit) }
    }

    fn interest_after_head(&self, file: &FileMeta, head: &[u8]) -> Interest {
        let (detectors, limit) = self.routes.claims.sniff(head);
        if detectors.is_empty() {
            return Interest::Skip;
        }
        self.sniffed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((file.origin.clone(), detectors));
        Interest::Whole { limit }
    }

    fn content(&self, file: &FileMeta, content: FileBytes) {
        self.receive(file, content, None);
    }

    fn foresees(&self) -> bool {
        true
    }

    fn foresee(&self, file: &FileMeta, content: FileBytes) -> Ticket {
        let ticket = Ticket(self.output.foreseen.tickets.fetch_add(1, Ordering::Relaxed));
        self.receive(file, content, Some(ticket));
        ticket
    }

    fn foreseen(&self, _: &FileMeta, ticket: Ticket) {
        locked(&self.output.foreseen.counting).insert(ticket);
    }

    fn exact_paths(&self) -> Vec<String> {
        if self.routes.packages {
            self.routes.claims.exact_paths().into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        }
    }

    fn cache_folders(&self, view: &View) -> Vec<String> {
        image::cache_folders(view).into_iter().map(|(_, folder)| folder).collect()
    }

    /// What waits for its companions needs its content again.
    fn keeps_results(&self, file: &FileMeta) -> bool {
        let sniffed = self.sniffed.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let known = sniffed.iter().find(|(origin, _)| *origin == file.origin);
        known.is_some_and(|(_, detectors)| !detectors.iter().any(|id| has_companions(*id)))
    }

    fn recall(&self, layer: LayerIndex, kept: &[u8]) -> bool {
        let Some(found) = kept::results(layer, kept) else { return false };
        self.recalled.lock().unwrap_or_else(std::sync::PoisonError::into_inner).extend(found);
        true
    }

    fn known(&self, file: &FileMeta) {
        self.take_sniffed(&file.origin);
        let mut recalled = self.recalled.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // Most come to nothing, and are not listed.
        if let Some(at) = recalled.iter().position(|parsed| parsed.origin == file.origin) {
            let parsed = recalled.swap_remove(at);
            self.output.parsed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(parsed);
        }
    }

    /// All that decides about a file of an image: the claims, which are those of these sources, and which of them are asked.
    fn wishes(&self) -> Option<String> {
        let Routes { packages, kind, more, is_of_system, .. } = self.routes;
        let sources = concat!(env!("CARGO_PKG_VERSION"), " ", env!("PORTCULLIS_SOURCES"));
        kind.is_installed_software()
            .then(|| format!("portcullis {sources} {kind:?} packages={packages} more={more} system={is_of_system}"))
    }
}

impl Output {
    /// Puts what counts of layers that were read before their turn beside the rest.
    pub(crate) fn settle(&mut self) {
        let Foreseen { parsed, kept, counting, .. } = std::mem::take(&mut self.foreseen);
        let counting = counting.into_inner().unwrap_or_else(PoisonError::into_inner);
        locked(&self.parsed).extend(counted(parsed, &counting));
        locked(&self.kept).extend(counted(kept, &counting));
    }

    fn parse(
        &self,
        routes: &Routes<'_>,
        origin: &Origin,
        mut content: FileBytes,
        wanted: &Wanted,
        ticket: Option<Ticket>,
    ) {
        let size = content.len();
        let parsed = match evidence(origin, &content) {
            Some(parts) => parse_copied(routes, origin, &parts, wanted),
            None => parse_copied(routes, origin, content.whole(), wanted),
        };
        match ticket {
            None => locked(&self.parsed).push(parsed),
            Some(ticket) => locked(&self.foreseen.parsed).push((ticket, parsed)),
        }
        self.waiting.fetch_sub(size, Ordering::Relaxed);
    }

    fn keep(&self, kept: Kept, ticket: Option<Ticket>) {
        match ticket {
            None => locked(&self.kept).push(kept),
            Some(ticket) => locked(&self.foreseen.kept).push((ticket, kept)),
        }
    }
}

fn counted<T>(foreseen: Mutex<Vec<(Ticket, T)>>, counting: &HashSet<Ticket>) -> impl Iterator<Item = T> {
    let foreseen = foreseen.into_inner().unwrap_or_else(PoisonError::into_inner);
    foreseen.into_iter().filter_map(|(ticket, one)| counting.contains(&ticket).then_some(one))
}

/// Of a content whose buffer is used again.
fn parse_copied(routes: &Routes<'_>, origin: &Origin, bytes: &[u8], wanted: &Wanted) -> Parsed {
    parse_file(routes, origin, bytes, wanted, &[], || Arc::new(bytes.to_vec()))
}

/// A panic under a lock is a problem of the file it was about, and leaves what is behind it whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What readers look at of a large program, if that says as much as all of it.
fn evidence(origin: &Origin, content: &FileBytes) -> Option<Gathered> {
    let parts = content.gather(&evidence_in(content.reader()?, origin.path.file_name())?)?;
    suffices(&parts).then_some(parts)
}

fn has_companions(id: DetectorId) -> bool {
    id.detector().claims.iter().any(|claim| !claim.companions.is_empty())
}
