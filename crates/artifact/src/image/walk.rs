//! The entries of one layer: into the tree, and past the sink.

use model::{LayerIndex, Origin, PathError, Problem, ProblemKind, TreePath};

use super::caching::Caching;
use super::content::Whose;
use super::entries::Entries;
use super::exact::ExactPaths;
use super::held::Held;
use super::ledger::Ledger;
use super::links::Links;
use super::special::Specials;
use crate::error::printable;
use crate::limits::limit_problem;
use crate::record::Record;
use crate::stream::Pool;
use crate::tar::{Entry, Fault, Kind};
use crate::tree::{ContentId, Folder, NodeId, NodeKind, PlaceError, Tree, split};
use crate::{FileMeta, Interest};

/// What a walk over layers carries from one to the next.
pub(super) struct LayerWalk<'w> {
    pub(super) record: Record<'w>,
    pub(super) tree: Tree,
    pub(super) exact: ExactPaths,
    pub(super) held: Held,
    pub(super) links: Links,
    pub(super) ledger: Ledger,
    pub(super) specials: Specials,
    /// The tree has as many names as it may: nothing more can be placed.
    pub(super) full: bool,
    pub(super) caching: Caching<'w>,
    /// Where chunks of all layers come from.
    pub(super) pool: Pool,
}

/// One entry, with what else must be known of it.
struct Item {
    entry: Entry,
    path: TreePath,
    id: ContentId,
}

const WHITEOUT: &[u8] = b".wh.";
const OPAQUE: &[u8] = b".wh..wh..opq";
/// Notes of a storage driver that no runtime unpacks.
const DRIVER_NOTE: &[u8] = b".wh..wh.";
/// The longest target of a link: no system takes more.
const LONGEST_TARGET: usize = 4096;

/// True where a file of this path is one in the image: no whiteout, and no note of a storage driver.
pub(super) fn is_placed_as_file(path: &[u8]) -> bool {
    !is_driver_note(path) && !split(path).1.starts_with(WHITEOUT)
}

fn is_driver_note(path: &[u8]) -> bool {
    path.starts_with(DRIVER_NOTE) && path != OPAQUE
}

impl LayerWalk<'_> {
    /// Reads the layer's tar to its end, or until something stops it. A fault is of the tar alone.
    pub(super) fn read(&mut self, layer: LayerIndex, reader: &mut impl Entries) -> Result<(), Fault> {
        let limit = self.record.limits.layer_entries;
        let mut last = None;
        for number in 0_u64.. {
            if self.record.is_cancelled() || self.full {
                return Ok(());
            }
            let next = reader.next();
            self.doubts(layer, reader);
            if let (Some(last), Some(sum)) = (last, reader.take_sum()) {
                self.ledger.passed(last, sum);
            }
            let Some(entry) = next? else { break };
            if number >= limit {
                let what = "the layer has more entries; the rest was not read";
                self.record.problem(limit_problem("layer_entries", limit, what).in_layer(Some(layer)));
                return Ok(());
            }
            let id = ContentId { layer: layer.0, entry: u32::try_from(number).unwrap_or(u32::MAX) };
            last = Some(id);
            self.enter(id, entry, reader)?;
        }
        if reader.drain()? {
            let what = "bytes follow the end of the layer's tar; no runtime reads them, some tools do";
            self.record.problem(Problem::warning(ProblemKind::Archive, what).in_layer(Some(layer)));
        }
        Ok(())
    }

    fn doubts(&mut self, layer: LayerIndex, reader: &mut impl Entries) {
        for doubt in reader.take_doubts() {
            let what = format!("{} (byte {} of the layer's tar)", doubt.message, doubt.offset);
            let problem = if doubt.grave { Problem::error } else { Problem::warning };
            let problem = problem(ProblemKind::Archive, what).in_layer(Some(layer));
            match TreePath::rooted(reader.path()) {
                Ok(path) => self.record.problem(problem.in_file(&path)),
                Err(_) => self.record.problem(problem),
            }
        }
    }

    fn enter(&mut self, id: ContentId, entry: Entry, reader: &mut impl Entries) -> Result<(), Fault> {
        let path = match TreePath::rooted(reader.path()) {
            Ok(path) => path,
            // The root itself.
            Err(PathError::Empty) if entry.kind == Kind::Folder => return Ok(()),
            Err(error) => {
                self.bad_path(id, &entry, reader.path(), &error);
                return Ok(());
            }
        };
        if is_driver_note(path.as_bytes()) {
            return Ok(());
        }
        let item = Item { entry, path, id };
        let (folder, name) = split(item.path.as_bytes());
        let folder = match self.tree.folder_at(folder, id.layer) {
            Ok(folder) => folder,
            Err(error) => {
                self.no_place(&item, error);
                return Ok(());
            }
        };
        let result = if name.starts_with(WHITEOUT) {
            self.whiteout(&item, folder, name);
            Ok(Ok(()))
        } else {
            self.place(&item, folder, name, reader)
        };
        if self.tree.take_links_changed() {
            self.changed_at(&item, folder, name);
        }
        if let Err(error) = result? {
            self.no_place(&item, error);
        }
        Ok(())
    }

    fn place(
        &mut self,
        item: &Item,
        folder: Folder,
        name: &[u8],
        reader: &mut impl Entries,
    ) -> Result<Result<(), PlaceError>, Fault> {
        let layer = item.id.layer;
        Ok(match item.entry.kind {
            Kind::File => return self.file(item, folder, name, reader),
            Kind::HardLink => self.hard_link(item, folder, name, reader),
            Kind::Folder => self.tree.put_folder(folder.id, name, layer).map(drop),
            Kind::SymbolicLink if reader.link().len() <= LONGEST_TARGET => {
                let put = self.tree.put_link(folder.id, name, layer, reader.link());
                put.map(|node| self.ledger.occurred(node, 0))
            }
            Kind::SymbolicLink => {
                let what = "a symbolic link leads to a path longer than any system takes";
                self.problem(item, Problem::error(ProblemKind::Link, what));
                self.tree.put_other(folder.id, name, layer).map(drop)
            }
            Kind::Device | Kind::Pipe => self.tree.put_other(folder.id, name, layer).map(drop),
            Kind::Other => Ok(()),
        })
    }

    /// A regular file: offered under its own name, else under an exact path that leads to it.
    fn file(
        &mut self,
        item: &Item,
        folder: Folder,
        name: &[u8],
        reader: &mut impl Entries,
    ) -> Result<Result<(), PlaceError>, Fault> {
        let size = item.entry.size;
        let executable = item.entry.is_executable();
        self.warn_of_second_writing(item, folder, name);
        let node = match self.tree.put_file(folder.id, name, item.id, size, executable) {
            Ok(node) => node,
            Err(error) => return Ok(Err(error)),
        };
        self.ledger.wrote(item.id, node, size);
        self.specials.wrote(item.id, item.entry.mode, self.record.limits.special_files);
        self.record.saw_file();
        let origin = Origin { path: self.stored_path(item, folder, node), layer: Some(LayerIndex(item.id.layer)) };
        let mut file = FileMeta { origin, size, executable };
        let mut interest = self.record.sink.interest(&file);
        let mut through = false;
        if !matches!(interest, Interest::Whole { .. })
            && let Some((exact, wanted)) = self.through_links(&file)
        {
            (file, interest, through) = (exact, wanted, true);
        }
        let whose = Whose { file, interest, node, id: item.id, through };
        self.receive(whose, reader)?;
        Ok(Ok(()))
    }

    /// The file under the exact path that leads to it, if somebody wants it so.
    fn through_links(&mut self, file: &FileMeta) -> Option<(FileMeta, Interest)> {
        let exact = self.exact.leading_to(&self.tree, file.origin.path.as_bytes())?;
        let origin = Origin { path: TreePath::rooted(exact).ok()?, layer: file.origin.layer };
        let file = FileMeta { origin, ..*file };
        let interest = self.record.sink.interest(&file);
        matches!(interest, Interest::Whole { .. }).then_some((file, interest))
    }

    fn hard_link(
        &mut self,
        item: &Item,
        folder: Folder,
        name: &[u8],
        reader: &mut impl Entries,
    ) -> Result<(), PlaceError> {
        let target = reader.link();
        let found = TreePath::rooted(target).ok().and_then(|target| self.tree.find(target.as_bytes()));
        let Some(found) = found.filter(|found| self.tree.kind(*found) != NodeKind::Folder) else {
            let target = printable(&String::from_utf8_lossy(target));
            let what = format!("a hard link leads to `{target}`, which is no file of this or a lower layer");
            self.problem(item, Problem::error(ProblemKind::Link, what));
            return self.tree.put_other(folder.id, name, item.id.layer).map(drop);
        };
        self.warn_of_second_writing(item, folder, name);
        let node = self.tree.put_same(folder.id, name, item.id.layer, found)?;
        // A further name costs nothing.
        self.ledger.occurred(node, 0);
        let NodeKind::File { content, size, executable } = self.tree.kind(node) else { return Ok(()) };
        self.record.saw_file();
        let origin = Origin { path: self.stored_path(item, folder, node), layer: Some(LayerIndex(content.layer)) };
        let file = FileMeta { origin, size, executable };
        let Some(interest) = self.links.offer(file.clone(), node, content, &self.record) else { return Ok(()) };
        self.receive_again(Whose { file, interest, node, id: content, through: false }, reader);
        Ok(())
    }

    fn whiteout(&mut self, item: &Item, folder: Folder, name: &[u8]) {
        let layer = item.id.layer;
        if name == OPAQUE {
            self.tree.hide_below(folder.id, layer);
        } else if !name.starts_with(DRIVER_NOTE) {
            match &name[WHITEOUT.len()..] {
                b"" | b"." | b".." => {
                    let what = "a whiteout names no file; it was passed over";
                    self.problem(item, Problem::error(ProblemKind::Path, what));
                }
                hidden => {
                    if let Some((node, _)) = self.tree.named(folder.id, hidden) {
                        let below = self.tree.bytes_below(node, layer);
                        self.ledger.occurred(node, below);
                    }
                    self.tree.hide(folder.id, hidden, layer);
                }
            }
        }
    }

    /// A link came or went, or a whiteout hid something: exact paths may lead elsewhere now.
    fn changed_at(&mut self, item: &Item, folder: Folder, name: &[u8]) {
        let name = name.strip_prefix(WHITEOUT).unwrap_or(name);
        let own;
        let (path, _) = match folder.straight {
            true => split(item.path.as_bytes()),
            false => {
                own = self.tree.path_of(folder.id);
                (own.as_slice(), name)
            }
        };
        self.exact.changed_at(path);
        self.exact.changed_at(&if path.is_empty() { name.to_vec() } else { [path, b"/", name].concat() });
    }

    /// Contents are held back so that only the last of a name is delivered; a large one may have gone already.
    fn warn_of_second_writing(&mut self, item: &Item, folder: Folder, name: &[u8]) {
        let Some((node, NodeKind::File { content, .. })) = self.tree.named(folder.id, name) else { return };
        if content.layer == item.id.layer && self.held.was_delivered_at(content, node) {
            let what = "the file is written twice in its layer, and both contents were read; only the last counts for a runtime";
            self.problem(item, Problem::warning(ProblemKind::Archive, what));
        }
    }

    /// Where the file system has it: folders of its name may have been links.
    fn stored_path(&self, item: &Item, folder: Folder, node: NodeId) -> TreePath {
        if folder.straight {
            return item.path.clone();
        }
        TreePath::rooted(self.tree.path_of(node)).unwrap_or_else(|_| item.path.clone())
    }

    fn bad_path(&mut self, id: ContentId, entry: &Entry, raw: &[u8], error: &PathError) {
        let raw = printable(&String::from_utf8_lossy(raw));
        let what = format!("`{raw}` was not read: {error} (byte {} of the layer's tar)", entry.offset);
        self.record.problem(Problem::error(ProblemKind::Path, what).in_layer(Some(LayerIndex(id.layer))));
    }

    fn no_place(&mut self, item: &Item, error: PlaceError) {
        match error {
            PlaceError::Full => {
                let limit = self.record.limits.image_entries;
                let what = "the image has more files and folders; the rest was not read";
                let problem = limit_problem("image_entries", limit, what);
                self.record.problem(problem.in_layer(Some(LayerIndex(item.id.layer))));
                self.full = true;
            }
            PlaceError::Loop => {
                let limit = self.record.limits.link_hops as u64;
                let problem = limit_problem("link_hops", limit, "its folders are links without end; it was not read");
                self.problem(item, problem);
            }
        }
    }

    fn problem(&mut self, item: &Item, problem: Problem) {
        self.record.problem(problem.in_file(&item.path).in_layer(Some(LayerIndex(item.id.layer))));
    }
}
