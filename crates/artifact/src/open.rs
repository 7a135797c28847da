//! From a source to an artifact.

use std::io::{self, Read};
use std::path::Path;

use crate::artifact::Body;
use crate::exclude::Exclusions;
use crate::file::SingleFile;
use crate::folder::Folder;
use crate::image::{
    ArchiveKind, Image, Platform, is_root_tar, kind_of_archive, open_archive, open_layout, open_root_tar,
};
use crate::input::{Cut, Stream};
use crate::stream::{Compression, Store};
use crate::tar::{BLOCK, is_header};
use crate::{Artifact, OpenError, Options, Source};

/// Opens a source: reads what says what it is, and nothing else of its contents.
pub fn open(source: &Source, options: &Options) -> Result<Artifact, OpenError> {
    let name = source.to_string();
    let body = match source {
        Source::Stdin { .. } => return Err(OpenError::Stdin),
        Source::Directory(path) => Body::Folder(folder(path, false, options)?),
        Source::Rootfs(path) => Body::Folder(folder(path, true, options)?),
        Source::RootTar(path) => {
            expect(path, "a tar", Path::is_file)?;
            Body::RootTar(Box::new(open_root_tar(&Store::File(path.clone()), &name)?))
        }
        Source::File(path) => {
            expect(path, "a regular file", Path::is_file)?;
            Body::File(SingleFile::on_disk(path))
        }
        Source::OciLayout(path) => {
            expect(path, "an OCI layout folder", |path| path.join("index.json").is_file())?;
            Body::Image(Box::new(open_layout(path, options)?))
        }
        Source::OciArchive(path) => Body::Image(Box::new(archive(path, ArchiveKind::Oci, options)?)),
        Source::DockerArchive(path) => Body::Image(Box::new(archive(path, ArchiveKind::Docker, options)?)),
    };
    finish(name, body, options)
}

/// Opens bytes that are held in memory: an image archive, or one file called `name`.
pub fn open_bytes(name: &str, bytes: Vec<u8>, options: &Options) -> Result<Artifact, OpenError> {
    open_stream(name, &Stream::of(bytes), options)
}

/// Reads a stream to its end and opens what it holds.
pub fn open_reader(name: &str, reader: impl Read, options: &Options) -> Result<Artifact, OpenError> {
    open_stream(name, &Stream::read(reader, options), options)
}

/// Opens what a stream held: an image archive, or one file called `name`. Where it was cut off, what came before is kept, if
/// anything can be told from it.
pub fn open_stream(name: &str, stream: &Stream, options: &Options) -> Result<Artifact, OpenError> {
    let store = stream.store();
    let explained = |error| stream.cut().map_or(error, |cut| cut.error(name));
    let image = match kind_of_archive(store, &options.limits).ok().flatten() {
        Some(kind) => Some((false, open_archive(store, name, kind, options).map_err(explained)?)),
        None if is_root_tar(store, &options.limits).unwrap_or(false) => Some((true, open_root_tar(store, name)?)),
        None => None,
    };
    let problem = stream.cut().map(Cut::problem);
    let body = match (image, stream.cut()) {
        (Some((is_root, mut image)), _) => {
            image.problems.extend(problem);
            if is_root { Body::RootTar(Box::new(image)) } else { Body::Image(Box::new(image)) }
        }
        // Images name their layers at the end.
        (None, Some(cut)) if may_be_archive(store) => return Err(cut.error(name)),
        (None, _) => Body::File(SingleFile::of_stream(name, store.clone(), problem)),
    };
    finish(name.to_owned(), body, options)
}

/// It begins as a tar does, or is compressed.
fn may_be_archive(store: &Store) -> bool {
    let Ok(blob) = store.whole() else { return false };
    blob.head(BLOCK).is_ok_and(|head| is_header(&head) || Compression::of(&head) != Compression::None)
}

pub(crate) fn finish(name: String, body: Body, options: &Options) -> Result<Artifact, OpenError> {
    // Asked of every source, so that a wrong word on the command line is always said.
    options.platform.as_deref().map(str::parse::<Platform>).transpose()?;
    let name = match &body {
        Body::Image(image) => image.whole_reference().map_or(name, str::to_owned),
        Body::Folder(_) | Body::RootTar(_) | Body::File(_) => name,
    };
    let exclusions = Exclusions::new(&options.exclude)?;
    Ok(Artifact {
        name,
        body,
        limits: options.limits.clone(),
        exclusions,
        layers_at_once: options.layers_at_once(),
        cache: options.cache.clone(),
    })
}

fn folder(path: &Path, is_rootfs: bool, options: &Options) -> Result<Folder, OpenError> {
    expect(path, "a folder", Path::is_dir)?;
    let honour_gitignore = options.honour_gitignore && !is_rootfs;
    Ok(Folder { root: path.to_owned(), is_rootfs, honour_gitignore, threads: options.threads })
}

fn archive(path: &Path, kind: ArchiveKind, options: &Options) -> Result<Image, OpenError> {
    let expected = match kind {
        ArchiveKind::Oci => "an OCI image archive",
        ArchiveKind::Docker => "a Docker image archive",
    };
    expect(path, expected, Path::is_file)?;
    open_archive(&Store::File(path.to_owned()), &path.display().to_string(), kind, options)
}

fn expect(path: &Path, expected: &'static str, test: impl Fn(&Path) -> bool) -> Result<(), OpenError> {
    match path.metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(OpenError::Missing { path: path.to_owned() }),
        Err(error) => Err(OpenError::Io { path: path.to_owned(), error }),
        Ok(_) if test(path) => Ok(()),
        Ok(_) => Err(OpenError::WrongKind { path: path.to_owned(), expected }),
    }
}
