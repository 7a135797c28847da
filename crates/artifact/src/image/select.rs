//! Which image of an index is meant.

use std::collections::HashSet;

use model::Digest;

use super::descriptor::Descriptor;
use super::manifest::{self, Parsed};
use super::platform::{Platform, choose};
use super::store::{Blobs, config_limit};
use super::{ImageConfig, media_type};
use crate::remote::Part;
use crate::{OpenError, Options};

/// The annotation of an image's reference, or of the tag of one.
pub(super) const NAME: &str = "org.opencontainers.image.ref.name";

/// The manifest that is meant, and what it is called.
#[derive(Debug)]
pub(super) struct Selected {
    pub(super) descriptor: Descriptor,
    pub(super) reference: Option<String>,
}

/// Chooses among the entries of an outermost index: by what was asked for, else the only image there is; then by platform.
pub(super) fn select(blobs: &Blobs, entries: &[Descriptor], options: &Options) -> Result<Selected, OpenError> {
    let asked = options.platform.as_deref().map(str::parse::<Platform>).transpose()?;
    let images: Vec<&Descriptor> = entries.iter().filter(|entry| !entry.is_attestation()).collect();
    let image = one_image(blobs, &images, options.image.as_deref())?;
    let mut leaves = Leaves { blobs, options, seen: HashSet::new(), found: Vec::new() };
    for descriptor in &image {
        leaves.enter(descriptor, 0)?;
    }
    let leaves = leaves.found;
    let platforms: Vec<Option<Platform>> = match leaves.as_slice() {
        [_] if asked.is_none() => vec![None],
        leaves => {
            leaves.iter().map(|leaf| leaf.platform.clone().or_else(|| platform_of(blobs, leaf, options))).collect()
        }
    };
    let chosen = choose(&platforms, asked.as_ref()).ok_or_else(|| match asked {
        Some(asked) => OpenError::NoSuchPlatform {
            place: blobs.place.clone(),
            asked: asked.to_string(),
            platforms: platforms.iter().flatten().map(Platform::to_string).collect(),
        },
        None => blobs.damaged("its index leads to no image"),
    })?;
    let reference = image.iter().find_map(|descriptor| descriptor.reference()).map(str::to_owned);
    Ok(Selected { descriptor: leaves[chosen].clone(), reference })
}

/// The entries that are one image: one entry, or one for each platform.
fn one_image<'d>(
    blobs: &Blobs,
    images: &[&'d Descriptor],
    asked: Option<&str>,
) -> Result<Vec<&'d Descriptor>, OpenError> {
    let place = || blobs.place.clone();
    let named: Vec<&Descriptor> = match asked {
        Some(asked) => images.iter().copied().filter(|image| is_called(image, asked)).collect(),
        None => images.to_vec(),
    };
    if let (Some(asked), true) = (asked, named.is_empty()) {
        return Err(OpenError::NoSuchImage { place: place(), asked: asked.to_owned(), names: names(images) });
    }
    let digests: HashSet<Digest> = named.iter().map(|image| image.digest).collect();
    if digests.len() <= 1 {
        return Ok(named.into_iter().take(1).collect());
    }
    let references: HashSet<Option<&str>> = named.iter().map(|image| image.reference()).collect();
    let is_one = references.len() == 1 && named.iter().all(|image| image.platform.is_some());
    if is_one { Ok(named) } else { Err(OpenError::SeveralImages { place: place(), names: names(&named) }) }
}

/// By its reference, the tag of it, or its digest.
fn is_called(image: &Descriptor, asked: &str) -> bool {
    let names = ["io.containerd.image.name", NAME];
    let by_name = names
        .iter()
        .filter_map(|name| image.annotation(name))
        .any(|reference| reference == asked || reference.rsplit_once(':').is_some_and(|(_, tag)| tag == asked));
    by_name || image.digest.to_string() == asked
}

fn names(images: &[&Descriptor]) -> Vec<String> {
    let mut names: Vec<String> =
        images.iter().map(|image| image.reference().map_or_else(|| image.digest.to_string(), str::to_owned)).collect();
    names.sort();
    names.dedup();
    names
}

/// Collects the manifests that nested indexes lead to.
struct Leaves<'a> {
    blobs: &'a Blobs,
    options: &'a Options,
    seen: HashSet<Digest>,
    found: Vec<Descriptor>,
}

impl Leaves<'_> {
    fn enter(&mut self, descriptor: &Descriptor, depth: usize) -> Result<(), OpenError> {
        let limits = &self.options.limits;
        let limit = |what: &str, limit, value: usize| OpenError::Limit {
            place: self.blobs.place.clone(),
            what: what.to_owned(),
            limit,
            value: value as u64,
        };
        // A document that was read leads nowhere new: without this, indexes that repeat each other would cost without end.
        if !self.seen.insert(descriptor.digest) {
            return Ok(());
        }
        if self.seen.len() > limits.index_manifests {
            return Err(limit("its index leads to more manifests", "index_manifests", limits.index_manifests));
        }
        let is_index = media_type::is_index(&descriptor.media_type)
            || (descriptor.media_type.is_empty()
                && matches!(manifest::read(self.blobs, descriptor, limits), Ok(Parsed::Index(_))));
        if !is_index {
            self.found.push(descriptor.clone());
            return Ok(());
        }
        if depth >= limits.index_depth {
            return Err(limit("indexes lie deeper inside each other", "index_depth", limits.index_depth));
        }
        match manifest::read(self.blobs, descriptor, limits)? {
            Parsed::Index(entries) => entries
                .iter()
                .filter(|entry| !entry.is_attestation())
                .try_for_each(|entry| self.enter(entry, depth + 1)),
            Parsed::Manifest(_) => Err(self.blobs.damaged(format!("{} is no index", descriptor.digest))),
        }
    }
}

/// What an image's own configuration says it is for; `None` where that cannot be read.
fn platform_of(blobs: &Blobs, leaf: &Descriptor, options: &Options) -> Option<Platform> {
    let Ok(Parsed::Manifest(manifest)) = manifest::read(blobs, leaf, &options.limits) else { return None };
    let config = blobs.described(&manifest.config, Part::Config, config_limit(&options.limits)).ok()?;
    Platform::of(&serde_json::from_slice::<ImageConfig>(&config).ok()?)
}
