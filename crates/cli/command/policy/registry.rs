//! `policy pull` and `policy push`: policies into a registry and out of it, in layers that Conftest and OPA read.

use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use portcullis::model::{Cancel, TreePath};
use portcullis::policy::{BUNDLE_LAYER, Bundle, BundleFile, layers_of_files};
use portcullis::registry::{BundleLayer, PulledBundle, Reference, push_bundle};

use crate::arguments::{PolicyPull, PolicyPush};
use crate::{settings, terminal};

/// Writes the policies of a registry to a folder, all or none. The reference with its digest goes to standard output.
pub(crate) fn pull(arguments: &PolicyPull) -> anyhow::Result<ExitCode> {
    let reference = named(&arguments.reference)?;
    let key = settings::verification_key(arguments.verification_key.as_deref())?;
    let PulledBundle { digest, layers } = settings::fetch(&reference, &arguments.registry.access()?)?;
    // Read as a scan would, so that nothing is written that is no policy.
    let files = settings::layer_files(&arguments.reference, layers)?;
    settings::read_bundle(&arguments.reference, files.clone(), key.as_ref())?;
    let mut written = Vec::new();
    for file in merged(files)? {
        written.push((place(&arguments.output, &file.path)?, file.bytes));
    }
    if let Some((taken, _)) = written.iter().find(|(path, _)| path.symlink_metadata().is_ok()) {
        bail!("{} is there already, and nothing is overwritten; name another folder with --output", taken.display());
    }
    for (path, bytes) in &written {
        write(&arguments.output, path, bytes).with_context(|| format!("could not write {}", path.display()))?;
    }
    terminal::note(&format!("{} files written to {}", written.len(), arguments.output.display()));
    writeln!(std::io::stdout(), "{}", pinned(&reference, &digest.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

/// Puts policies into a registry. The reference with its digest goes to standard output.
pub(crate) fn push(arguments: &PolicyPush) -> anyhow::Result<ExitCode> {
    let reference = named(&arguments.reference)?;
    let layers = layers(&arguments.path)?;
    let digest = push_bundle(&reference, &layers, &arguments.registry.access()?, &Cancel::new())
        .with_context(|| format!("the policies could not be put at {reference}"))?;
    terminal::note(&format!("{} layers pushed", layers.len()));
    writeln!(std::io::stdout(), "{}", pinned(&reference, &digest.to_string()))?;
    Ok(ExitCode::SUCCESS)
}

fn named(word: &str) -> anyhow::Result<Reference> {
    settings::reference(word)?
        .with_context(|| format!("{word}: policies of a registry are named oci:HOST/REPOSITORY:TAG"))
}

fn pinned(reference: &Reference, digest: &str) -> String {
    let text = reference.to_string();
    let name = text.split('@').next().unwrap_or_default();
    let tag = name.rfind(':').filter(|colon| !name[*colon..].contains('/'));
    format!("{}{}@{digest}", settings::OCI, &name[..tag.unwrap_or(name.len())])
}

fn layers(path: &Path) -> anyhow::Result<Vec<BundleLayer>> {
    let shown = path.display().to_string();
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if [".tar.gz", ".tgz"].iter().any(|end| name.ends_with(end)) {
        let bytes = std::fs::read(path).with_context(|| format!("could not read the bundle {shown}"))?;
        check(Bundle::of_archive(&shown, &bytes, None))?;
        return Ok(vec![BundleLayer { media_type: BUNDLE_LAYER.to_owned(), title: name, bytes }]);
    }
    let files = if path.is_dir() {
        settings::bundle_files(path)?
    } else {
        let bytes = std::fs::read(path).with_context(|| format!("could not read {shown}"))?;
        vec![BundleFile { path: name, bytes }]
    };
    if !files.iter().any(|file| file.path.ends_with(".rego")) {
        bail!("{shown}: no .rego file there");
    }
    check(Bundle::of_files(&shown, files.clone(), None))?;
    let layers = layers_of_files(files).map_err(|message| anyhow!("{shown}: {message}"))?;
    let layer = |layer: portcullis::policy::PolicyLayer| BundleLayer {
        media_type: layer.media_type,
        title: layer.title,
        bytes: layer.bytes,
    };
    Ok(layers.into_iter().map(layer).collect())
}

fn check<T>(read: Result<T, Vec<portcullis::policy::PolicyError>>) -> anyhow::Result<()> {
    read.map(|_| ()).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

/// Several files of data of one folder are one file on disk.
fn merged(files: Vec<BundleFile>) -> anyhow::Result<Vec<BundleFile>> {
    let mut kept: Vec<BundleFile> = Vec::new();
    for file in files {
        match kept.iter_mut().find(|known| known.path == file.path) {
            None => kept.push(file),
            Some(known) if known.bytes == file.bytes => {}
            Some(known) => {
                let parse = |bytes: &[u8]| serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes);
                let twice = || format!("it holds {} twice", file.path);
                let mut members = parse(&known.bytes).with_context(twice)?;
                members.extend(parse(&file.bytes).with_context(twice)?);
                known.bytes = serde_json::to_vec_pretty(&members)?;
            }
        }
    }
    Ok(kept)
}

/// Where a file goes: below the folder, whatever its name says.
fn place(folder: &Path, path: &str) -> anyhow::Result<PathBuf> {
    let inner = TreePath::new(path).with_context(|| format!("a layer is called `{}`", path.escape_debug()))?;
    let text = std::str::from_utf8(inner.as_bytes()).context("a layer has a name that is no text")?;
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
    if !text.split('/').all(is_plain) {
        bail!("a layer is called `{}`, which is no file below a folder", path.escape_debug());
    }
    Ok(folder.join(text))
}

/// Makes the folders above and the file, which must be new. A link on the way is not followed.
fn write(root: &Path, path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(root);
    std::fs::create_dir_all(root)?;
    let mut at = root.to_owned();
    for part in folder.strip_prefix(root).unwrap_or(Path::new("")).components() {
        at.push(part);
        match at.symlink_metadata() {
            Ok(about) if about.is_dir() => {}
            Ok(_) => bail!("{} is no folder", at.display()),
            Err(_) => std::fs::create_dir(&at)?,
        }
    }
    Ok(OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes)?)
}
