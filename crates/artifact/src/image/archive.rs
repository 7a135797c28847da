//! Image archives: the members of a tar, found once and read in place.

use std::collections::HashMap;

use model::{Problem, ProblemKind, TreePath};

use super::store::{Blobs, Holder};
use super::{Image, docker, oci};
use crate::limits::limit_problem;
use crate::stream::{Blob, Bounds, Compression, Inflating, Spool, Store, StreamFault, inflate_head, inflate_into};
use crate::tar::{BLOCK, Kind, Reader, Skip, is_header};
use crate::{Limits, OpenError, Options};

/// What an archive's members say it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ArchiveKind {
    /// An OCI layout.
    Oci,
    /// What `docker save` writes; may hold an OCI layout too.
    Docker,
}

/// Which kind of image archive the bytes are; `None` for anything else.
pub(crate) fn kind_of_archive(store: &Store, limits: &Limits) -> Result<Option<ArchiveKind>, StreamFault> {
    let blob = store.whole()?;
    if !is_header(&inflate_head(&blob, BLOCK).unwrap_or_default()) {
        return Ok(None);
    }
    match Compression::of(&blob.head(BLOCK)?) {
        Compression::None => Ok(kind_of_members(store.seeking()?, limits, false)),
        _ => Ok(kind_of_members(Inflating::new(&blob, bounds(limits))?, limits, true)),
    }
}

/// Opens an image archive. `asked` is what it was said to be.
pub(crate) fn open_archive(
    store: &Store,
    place: &str,
    asked: ArchiveKind,
    options: &Options,
) -> Result<Image, OpenError> {
    let limits = &options.limits;
    let store = unpacked(store, place, options)?;
    let (members, problems) = members(&store, place, limits)?;
    let blobs = Blobs { place: place.to_owned(), holder: Holder::Archive(members), problems };
    let has = |name: &str| matches!(blobs.named(name), Ok(Some(_)));
    match (has("index.json"), has("manifest.json")) {
        (true, true) if asked == ArchiveKind::Oci => oci::open(&blobs, options),
        (_, true) => docker::open(&blobs, options),
        (true, false) => oci::open(&blobs, options),
        (false, false) => {
            Err(blobs.damaged("it holds neither `index.json` nor `manifest.json`, so no image can be told"))
        }
    }
}

/// An archive that is compressed as a whole can only be read in place once it lies somewhere as it is.
fn unpacked(store: &Store, place: &str, options: &Options) -> Result<Store, OpenError> {
    let fault = |fault: StreamFault| match fault {
        StreamFault::Limit { limit, value, what } => OpenError::Limit { place: place.to_owned(), what, limit, value },
        other => OpenError::Damaged { place: place.to_owned(), what: other.to_string() },
    };
    let blob = store.whole().map_err(|error| fault(error.into()))?;
    let head = blob.head(BLOCK).map_err(|error| fault(error.into()))?;
    if Compression::of(&head) == Compression::None {
        return Ok(store.clone());
    }
    let folder = options.spool.as_deref();
    inflate_into(Spool::new(folder), &blob, &Spool::bounds(folder, &options.limits)).map_err(fault)
}

fn bounds(limits: &Limits) -> Bounds {
    Bounds::new(limits, "memory_bytes", limits.memory_bytes)
}

type Members = HashMap<Vec<u8>, Blob>;

/// All members, links among them resolved. Of a name that comes twice the last counts, as when it is unpacked.
fn members(store: &Store, place: &str, limits: &Limits) -> Result<(Members, Vec<Problem>), OpenError> {
    let damaged = |what: String| OpenError::Damaged { place: place.to_owned(), what };
    let whole = store.whole().map_err(|error| damaged(format!("it could not be read: {error}")))?;
    let source = store.seeking().map_err(|error| damaged(format!("it could not be read: {error}")))?;
    let mut reader = Reader::new(source, limits.tar_header_bytes);
    let mut found = Members::new();
    let mut links = Vec::new();
    let mut problems = Vec::new();
    let mut count = 0;
    loop {
        match reader.next() {
            Ok(None) => break,
            Err(fault) => {
                let what = format!("the archive could not be read to its end: {fault}");
                problems.push(Problem::error(fault.kind(), what));
                break;
            }
            Ok(Some(entry)) => {
                count += 1;
                if count > limits.archive_members {
                    let what = "the archive has more members; the rest was not read";
                    problems.push(limit_problem("archive_members", limits.archive_members as u64, what));
                    break;
                }
                let Ok(path) = TreePath::new(reader.path()) else { continue };
                match entry.kind {
                    Kind::File if !entry.sparse => {
                        found.insert(path.as_bytes().to_vec(), whole.piece(entry.content_offset, entry.size));
                    }
                    Kind::SymbolicLink => links.extend(path.sibling(reader.link()).ok().map(|target| (path, target))),
                    Kind::HardLink => links.extend(TreePath::new(reader.link()).ok().map(|target| (path, target))),
                    _ => {}
                }
            }
        }
    }
    problems.extend(reader.take_doubts().into_iter().filter(|doubt| doubt.grave).map(|doubt| {
        let what = format!("the archive is ambiguous at byte {}: {}", doubt.offset, doubt.message);
        Problem::error(ProblemKind::Archive, what)
    }));
    resolve(&mut found, &links, limits.link_hops);
    Ok((found, problems))
}

/// Old archives store a layer once and link to it from every image.
fn resolve(found: &mut Members, links: &[(TreePath, TreePath)], hops: usize) {
    let targets: HashMap<&[u8], &[u8]> =
        links.iter().map(|(link, target)| (link.as_bytes(), target.as_bytes())).collect();
    for (link, target) in links {
        let chain = std::iter::successors(Some(target.as_bytes()), |at| targets.get(at).copied());
        let blob = chain.take(hops).find_map(|at| found.get(at).cloned());
        if let Some(blob) = blob.filter(|_| !found.contains_key(link.as_bytes())) {
            found.insert(link.as_bytes().to_vec(), blob);
        }
    }
}

/// Tells by names. `hurry` ends at the first that tells, for every further byte costs. An archive that is cut short
/// before the telling names is still one, by the names of its blobs: whoever opens it says what is missing.
fn kind_of_members<R: Skip>(source: R, limits: &Limits, hurry: bool) -> Option<ArchiveKind> {
    let mut reader = Reader::new(source, limits.tar_header_bytes);
    let mut kind = None;
    let mut likely = None;
    for _ in 0..limits.archive_members {
        let Ok(Some(_)) = reader.next() else { break };
        let Ok(path) = TreePath::new(reader.path()) else { continue };
        let name = path.as_bytes();
        likely = likely.or(of_blob(name));
        match telling(name).or(likely.filter(|_| hurry)) {
            Some(ArchiveKind::Docker) => return Some(ArchiveKind::Docker),
            Some(ArchiveKind::Oci) if hurry => return Some(ArchiveKind::Oci),
            Some(ArchiveKind::Oci) => kind = Some(ArchiveKind::Oci),
            None if hurry && !may_lead(name) => return None,
            None => {}
        }
    }
    kind.or(likely)
}

fn telling(name: &[u8]) -> Option<ArchiveKind> {
    match name {
        b"manifest.json" => Some(ArchiveKind::Docker),
        b"index.json" | b"oci-layout" => Some(ArchiveKind::Oci),
        _ => None,
    }
}

/// Blobs of a layout, and what old Docker archives call their layers and configurations.
fn of_blob(name: &[u8]) -> Option<ArchiveKind> {
    const IN_DOCKER: [&[u8]; 6] = [b".json", b".tar", b".tar.gz", b"/json", b"/layer.tar", b"/VERSION"];
    let (name, kind) = match name.strip_prefix(b"blobs/sha256/") {
        Some(rest) => (rest, ArchiveKind::Oci),
        None => (name.strip_prefix(b"sha256:").unwrap_or(name), ArchiveKind::Docker),
    };
    let (id, rest) = name.split_at_checked(64)?;
    let fits = match kind {
        ArchiveKind::Oci => rest.is_empty(),
        ArchiveKind::Docker => IN_DOCKER.contains(&rest),
    };
    (fits && id.iter().all(u8::is_ascii_hexdigit)).then_some(kind)
}

/// Other names that come before the telling ones in image archives.
fn may_lead(name: &[u8]) -> bool {
    let endings: [&[u8]; 4] = [b".json", b".tar", b".tar.gz", b".tgz"];
    let is_named = !name.contains(&b'/') && endings.iter().any(|ending| name.ends_with(ending));
    let first = name.split(|byte| *byte == b'/').next().unwrap_or_default();
    is_named || first.len() == 64 || first.starts_with(b"sha256:") || matches!(first, b"blobs" | b"repositories")
}
