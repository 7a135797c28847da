//! For tests: a sink that writes down what it was given, and a walk told in lines.

use std::fmt::Write as _;
use std::sync::Mutex;

use model::{Cancel, LayerIndex, Origin, TreePath};

use crate::error::printable;
use crate::{Artifact, FileBytes, FileMeta, Interest, Sink, Ticket, View, Walk};

/// Wants files by their names, and keeps what it gets.
#[derive(Default)]
pub(crate) struct Recorder {
    /// Wants files whose path ends so; `""` is all.
    pub(crate) endings: Vec<&'static str>,
    /// Wants files of exactly these paths.
    pub(crate) exactly: Vec<&'static str>,
    /// The most bytes of such a file; 0 is 1 MiB.
    pub(crate) limit: u64,
    /// Wants the head of executables, and all of those that begin so.
    pub(crate) magic: Option<&'static [u8]>,
    pub(crate) exact: Vec<&'static str>,
    /// Folders that are caches.
    pub(crate) caches: Vec<&'static str>,
    /// Says of its wishes what every such recorder says.
    pub(crate) same_name: bool,
    /// Files it wanted because of how they begin, and those of layers that a cache stands in for.
    pub(crate) sniffed: Mutex<Vec<Origin>>,
    pub(crate) recalled: Mutex<Vec<(Origin, Vec<u8>)>>,
    pub(crate) received: Mutex<Vec<(Origin, Vec<u8>)>>,
    /// Contents that came before their turn; a ticket is a place here.
    pub(crate) foreseen: Mutex<Vec<Option<Vec<u8>>>>,
}

impl Recorder {
    pub(crate) fn all() -> Recorder {
        Recorder::ending(&[""])
    }

    pub(crate) fn ending(endings: &[&'static str]) -> Recorder {
        Recorder { endings: endings.to_vec(), ..Recorder::default() }
    }

    /// One that wants the same and has received nothing.
    pub(crate) fn afresh(&self) -> Recorder {
        let Recorder { endings, exactly, limit, magic, exact, caches, .. } = self;
        let (endings, exactly, exact, caches) = (endings.clone(), exactly.clone(), exact.clone(), caches.clone());
        Recorder { endings, exactly, limit: *limit, magic: *magic, exact, caches, ..Recorder::default() }
    }

    /// Walks, and tells contents, problems and skipped files, one a line.
    pub(crate) fn tell(&self, artifact: &Artifact) -> String {
        let walk = artifact.walk(self, &Cancel::new());
        self.lines(&walk)
    }

    /// What it keeps of a layer: the contents themselves.
    pub(crate) fn results(&self, layer: LayerIndex) -> Vec<u8> {
        let (received, sniffed) =
            (self.received.lock().expect("no test panics"), self.sniffed.lock().expect("no test panics"));
        let own = received.iter().filter(|(origin, _)| origin.layer == Some(layer) && sniffed.contains(origin));
        let own: Vec<(&TreePath, &Vec<u8>)> = own.map(|(origin, content)| (&origin.path, content)).collect();
        serde_json::to_vec(&own).expect("JSON is writable")
    }

    pub(crate) fn lines(&self, walk: &Walk) -> String {
        let mut text = String::new();
        for (origin, content) in self.received.lock().expect("no test panics here").iter() {
            let layer = origin.layer.map(|layer| format!(" layer {}", layer.0)).unwrap_or_default();
            let by = walk.view.hidden_by(origin).map(|layer| format!(" by {}", layer.0)).unwrap_or_default();
            let hidden = if walk.view.is_visible(origin) { String::new() } else { format!(" (hidden{by})") };
            let content = printable(&String::from_utf8_lossy(content));
            writeln!(text, "{}{layer}{hidden}: {content}", origin.path).expect("a string takes all");
        }
        for problem in &walk.problems {
            let path = problem.path.as_ref().map(|path| format!(" {path}")).unwrap_or_default();
            let layer = problem.layer.map(|layer| format!(" layer {}", layer.0)).unwrap_or_default();
            let (severity, kind) = (problem.severity.name(), problem.kind.name());
            writeln!(text, "{severity} {kind}{path}{layer}: {}", problem.message).expect("a string takes all");
        }
        for skipped in &walk.skipped {
            writeln!(text, "skipped {}: {}", skipped.path, skipped.reason).expect("a string takes all");
        }
        text
    }
}

impl Sink for Recorder {
    fn may_want(&self, path: &[u8], executable: bool) -> bool {
        let is_named = self.exactly.iter().any(|exact| path == exact.as_bytes());
        let ends = self.endings.iter().any(|ending| printable(&String::from_utf8_lossy(path)).ends_with(ending));
        is_named || ends || (executable && self.magic.is_some())
    }

    fn interest(&self, file: &FileMeta) -> Interest {
        let path = file.origin.path.to_string();
        let limit = if self.limit == 0 { 1 << 20 } else { self.limit };
        let is_named = self.exactly.iter().any(|exact| file.origin.path.as_bytes() == exact.as_bytes());
        if is_named || self.endings.iter().any(|ending| path.ends_with(ending)) {
            return Interest::Whole { limit };
        }
        match self.magic {
            Some(magic) if file.executable => Interest::Head(magic.len()),
            _ => Interest::Skip,
        }
    }

    fn interest_after_head(&self, file: &FileMeta, head: &[u8]) -> Interest {
        if Some(head) != self.magic {
            return Interest::Skip;
        }
        self.sniffed.lock().expect("no test panics here").push(file.origin.clone());
        Interest::Whole { limit: 1 << 20 }
    }

    fn keeps_results(&self, file: &FileMeta) -> bool {
        self.sniffed.lock().expect("no test panics here").contains(&file.origin)
    }

    fn recall(&self, layer: LayerIndex, kept: &[u8]) -> bool {
        let Ok(found) = serde_json::from_slice::<Vec<(TreePath, Vec<u8>)>>(kept) else { return false };
        let found = found.into_iter().map(|(path, content)| (Origin { path, layer: Some(layer) }, content));
        self.recalled.lock().expect("no test panics here").extend(found);
        true
    }

    fn known(&self, file: &FileMeta) {
        let recalled = self.recalled.lock().expect("no test panics here");
        let (_, content) = recalled.iter().find(|(origin, _)| *origin == file.origin).expect("it was kept");
        self.content(file, content.clone().into());
    }

    fn content(&self, file: &FileMeta, content: FileBytes) {
        self.received.lock().expect("no test panics here").push((file.origin.clone(), content.into_vec()));
    }

    fn foresees(&self) -> bool {
        true
    }

    fn foresee(&self, _: &FileMeta, content: FileBytes) -> Ticket {
        let mut foreseen = self.foreseen.lock().expect("no test panics here");
        foreseen.push(Some(content.into_vec()));
        Ticket(foreseen.len() as u64 - 1)
    }

    fn foreseen(&self, file: &FileMeta, Ticket(ticket): Ticket) {
        let place = usize::try_from(ticket).expect("a place");
        let content = self.foreseen.lock().expect("no test panics here")[place].take();
        self.content(file, content.expect("it counts once").into());
    }

    fn exact_paths(&self) -> Vec<String> {
        self.exact.iter().map(|path| (*path).to_owned()).collect()
    }

    fn cache_folders(&self, _: &View) -> Vec<String> {
        self.caches.iter().map(|folder| (*folder).to_owned()).collect()
    }

    fn wishes(&self) -> Option<String> {
        let Recorder { endings, exactly, limit, magic, .. } = self;
        let own = format!("{endings:?} {exactly:?} {limit} {magic:?}");
        Some(if self.same_name { "recorder".to_owned() } else { own })
    }
}
