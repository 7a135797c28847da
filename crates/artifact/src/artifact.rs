//! What was opened: identity, and one walk over everything in it.

use std::path::Path;

use model::{Cancel, Digest, Layer, TargetKind};

use crate::cache::{Chain, Part};
use crate::exclude::Exclusions;
use crate::file::SingleFile;
use crate::folder::Folder;
use crate::image::{self, Image};
use crate::{Cache, Derived, ImageConfig, Limits, Sink, Walk};

/// An opened source. Nothing of its contents was read yet but what says what it is.
#[derive(Debug)]
pub struct Artifact {
    pub(crate) name: String,
    pub(crate) body: Body,
    pub(crate) limits: Limits,
    pub(crate) exclusions: Exclusions,
    pub(crate) layers_at_once: usize,
    pub(crate) cache: Option<Cache>,
}

#[derive(Debug)]
pub(crate) enum Body {
    Folder(Folder),
    File(SingleFile),
    /// A root in one tar: an image that says nothing of itself.
    RootTar(Box<Image>),
    Image(Box<Image>),
}

impl Artifact {
    /// What kind of thing it is.
    pub fn kind(&self) -> TargetKind {
        match &self.body {
            Body::Folder(folder) if folder.is_rootfs => TargetKind::Rootfs,
            Body::Folder(_) => TargetKind::Directory,
            Body::RootTar(_) => TargetKind::Rootfs,
            Body::File(_) => TargetKind::File,
            Body::Image(_) => TargetKind::Image,
        }
    }

    /// An image's whole reference if the archive or layout notes one; else what it was opened as.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What an image calls itself, if that is a whole reference: what [`name`](Self::name) is then. What it was opened as
    /// says nothing of it.
    pub fn reference(&self) -> Option<&str> {
        self.image().and_then(|image| image.whole_reference())
    }

    /// The digest of an image's manifest. A classic Docker archive has none.
    pub fn digest(&self) -> Option<Digest> {
        self.image().and_then(|image| image.digest)
    }

    /// `os/architecture[/variant]` of an image.
    pub fn platform(&self) -> Option<&str> {
        self.image().and_then(|image| image.platform.as_deref())
    }

    /// Layers of an image, base first; those that cannot be read are among them.
    pub fn layers(&self) -> &[Layer] {
        self.image().map_or(&[], |image| &image.layers)
    }

    /// The folder that was opened.
    pub fn root(&self) -> Option<&Path> {
        match &self.body {
            Body::Folder(folder) => Some(&folder.root),
            Body::File(_) | Body::RootTar(_) | Body::Image(_) => None,
        }
    }

    /// The configuration of an image, if it could be read.
    pub fn config(&self) -> Option<&ImageConfig> {
        self.image().and_then(|image| image.config.as_ref())
    }

    /// Streams every entry once past the sink. Contents count in an order that depends on the input alone.
    pub fn walk(&self, sink: &dyn Sink, cancel: &Cancel) -> Walk {
        match &self.body {
            Body::Folder(folder) => folder.walk(&self.limits, &self.exclusions, sink, cancel),
            Body::File(file) => file.walk(&self.limits, &self.exclusions, sink, cancel),
            Body::Image(image) | Body::RootTar(image) => {
                let cache = self.cache.as_ref();
                image::walk(image, &self.limits, &self.exclusions, cache, self.layers_at_once, sink, cancel)
            }
        }
    }

    /// The place of what a sink makes of this image as a whole; `None` where nothing is kept, or where the image has a fault
    /// that shows before its layers are read.
    pub fn derived(&self, sink: &dyn Sink) -> Option<Derived> {
        let (cache, image) = (self.cache.as_ref()?, self.image()?);
        let is_sound = image.problems.is_empty() && image.stored.iter().all(Result::is_ok) && !image.layers.is_empty();
        let mut chain = Chain::new(sink, &self.limits, &self.exclusions);
        let layers = image.layers.iter().map(|layer| chain.next(layer)).collect::<Option<Vec<_>>>()?;
        let key = chain.whole(Part::Derived).filter(|_| is_sound)?;
        Some(Derived { cache: cache.clone(), key, layers })
    }

    fn image(&self) -> Option<&Image> {
        match &self.body {
            Body::Image(image) | Body::RootTar(image) => Some(image),
            Body::Folder(_) | Body::File(_) => None,
        }
    }
}

const _: () = {
    const fn is_shared<T: Send + Sync>() {}
    is_shared::<Artifact>();
};
