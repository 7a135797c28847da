//! From the word that was typed to a source: a prefix decides, else the content does.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use portcullis::model::{Purl, TargetKind};
use portcullis::{Source, artifact};

/// Which kinds of source a command accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// Any.
    All,
    /// Only images.
    Images,
    /// Only folders and files.
    Trees,
    /// Only inventories made by others.
    Sboms,
}

/// Reads one source. Standard input stands for a file of this name, and is read within these limits.
pub(crate) fn parse(
    word: &str,
    name: Option<&str>,
    limits: &artifact::Limits,
    accepted: Accepted,
) -> anyhow::Result<Source> {
    let source = read(word, name, limits)?;
    let fits = match accepted {
        Accepted::All => true,
        Accepted::Images => is_image(&source)?,
        Accepted::Trees => !is_image(&source)?,
        Accepted::Sboms => portcullis::is_sbom(&source),
    };
    if !fits {
        let kind = match accepted {
            Accepted::Images => "an image",
            Accepted::Sboms => "an inventory of CycloneDX or SPDX",
            Accepted::All | Accepted::Trees => "a folder or file",
        };
        bail!("{word} is not {kind}; use `portcullis scan` to scan anything");
    }
    Ok(source)
}

/// Where files without a name lie.
pub(crate) fn spool() -> PathBuf {
    std::env::temp_dir()
}

fn read(word: &str, name: Option<&str>, limits: &artifact::Limits) -> anyhow::Result<Source> {
    if word == "-" {
        let options =
            artifact::Options { limits: limits.clone(), spool: Some(spool()), ..artifact::Options::default() };
        let stream = artifact::Stream::read(std::io::stdin().lock(), &options);
        let given = name.unwrap_or(STDIN).to_owned();
        // An inventory is small.
        return Ok(match stream.in_memory() {
            Some(bytes) if name.is_none() => unnamed(bytes.to_vec()),
            Some(bytes) => Source::Bytes { name: given, bytes: bytes.to_vec() },
            None => Source::Stream { name: given, stream },
        });
    }
    let Some((prefix, rest)) = word.split_once(':').filter(|(prefix, _)| is_prefix(prefix)) else {
        return plain(word);
    };
    let path = || existing(rest);
    Ok(match prefix {
        "dir" => Source::Artifact(artifact::Source::Directory(path()?)),
        "file" => Source::Artifact(artifact::Source::File(path()?)),
        "rootfs" if path()?.is_file() => Source::Artifact(artifact::Source::RootTar(path()?)),
        "rootfs" => Source::Artifact(artifact::Source::Rootfs(path()?)),
        "oci" => Source::Artifact(artifact::Source::OciLayout(path()?)),
        "oci-archive" => Source::Artifact(artifact::Source::OciArchive(path()?)),
        "docker-archive" => Source::Artifact(artifact::Source::DockerArchive(path()?)),
        "purl" => Source::Purls { name: rest.to_owned(), purls: vec![purl(rest)?] },
        "purls" => Source::PurlList(path()?),
        "sbom" => Source::Sbom(path()?),
        #[cfg(feature = "registry")]
        "registry" | "docker" | "podman" => crate::registry::source(prefix, rest)?,
        other => bail!("`{other}:` sources cannot be read by this program: it was built without them"),
    })
}

/// What standard input is called where nobody gives it a name.
const STDIN: &str = "stdin";

/// Standard input without a name. Images and inventories tell themselves; other text is taken for YAML, which JSON is too: what
/// `kubectl` and `helm template` write is then told by its content.
fn unnamed(bytes: Vec<u8>) -> Source {
    let is_wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_text = is_wide || (!bytes.contains(&0) && std::str::from_utf8(&bytes).is_ok());
    let mut source = Source::Bytes { name: STDIN.to_owned(), bytes };
    if is_text
        && !portcullis::is_sbom(&source)
        && let Source::Bytes { name, .. } = &mut source
    {
        name.push_str(".yaml");
    }
    source
}

fn is_prefix(text: &str) -> bool {
    const PREFIXES: [&str; 12] = [
        "dir",
        "file",
        "rootfs",
        "oci",
        "oci-archive",
        "docker-archive",
        "purl",
        "purls",
        "registry",
        "docker",
        "podman",
        "sbom",
    ];
    PREFIXES.contains(&text)
}

fn plain(word: &str) -> anyhow::Result<Source> {
    if word.starts_with("pkg:") {
        return Ok(Source::Purls { name: word.to_owned(), purls: vec![purl(word)?] });
    }
    let path = PathBuf::from(word);
    if path.exists() {
        return Ok(Source::Detect(from_here(path)));
    }
    #[cfg(feature = "registry")]
    if let Some(source) = crate::registry::detect(word) {
        return Ok(source);
    }
    bail!(
        "{word}: no such file or folder, no known prefix (dir: file: rootfs: oci: oci-archive: docker-archive: registry: \
         docker: podman: sbom: purl: purls:), and no image reference with a registry, tag or digest (registry:{word} forces one)"
    )
}

fn existing(path: &str) -> anyhow::Result<PathBuf> {
    let path = PathBuf::from(path);
    if !path.exists() {
        bail!("{}: no such file or folder", path.display());
    }
    Ok(from_here(path))
}

/// An absolute path into the working folder, from there: services look for what a report names in a repository, whose root that mostly is.
fn from_here(path: PathBuf) -> PathBuf {
    let here = std::env::current_dir().ok();
    match here.as_deref().and_then(|here| path.strip_prefix(here).ok()) {
        Some(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Some(inside) => inside.to_owned(),
        None => path,
    }
}

fn purl(text: &str) -> anyhow::Result<Purl> {
    text.parse().with_context(|| format!("{text} is no package URL"))
}

fn is_image(source: &Source) -> anyhow::Result<bool> {
    let is_image = |source: &artifact::Source| {
        matches!(
            source,
            artifact::Source::OciLayout(_) | artifact::Source::OciArchive(_) | artifact::Source::DockerArchive(_)
        )
    };
    Ok(match source {
        Source::Artifact(source) => is_image(source),
        Source::Detect(path) => is_image(&artifact::detect(path)?),
        // What is an image and damaged is one still.
        Source::Bytes { name, bytes } => artifact::open_bytes(name, bytes.clone(), &artifact::Options::default())
            .map_or(true, |opened| opened.kind() == TargetKind::Image),
        Source::Stream { name, stream } => artifact::open_stream(name, stream, &artifact::Options::default())
            .map_or(true, |opened| opened.kind() == TargetKind::Image),
        Source::Sbom(_) | Source::PurlList(_) | Source::Purls { .. } => false,
        #[cfg(feature = "registry")]
        Source::Registry(_) | Source::Daemon(_) => true,
    })
}
