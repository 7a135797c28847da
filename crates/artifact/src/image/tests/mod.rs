//! Images built in memory, opened and walked.

mod ahead;
mod archives;
mod cached;
mod choice;
mod documents;
mod efficiency;
mod faults;
mod hostile;
mod layers;
mod links;
mod real;
mod remote;
mod seen;

use testkit::image::{Files, Image};
use testkit::layer::Layer;
use testkit::tar::{Entry, Tar};

use crate::recorder::Recorder;
use crate::{Artifact, Limits, OpenError, Options, open_bytes};

/// Opens an image as an OCI archive in memory.
fn opened(image: &Image, options: &Options) -> Artifact {
    open_bytes("image.tar", image.oci_archive(), options).expect("an image")
}

/// Opens files of a layout as an archive.
fn open_files(files: &Files, options: &Options) -> Result<Artifact, OpenError> {
    open_bytes("image.tar", testkit::image::archive(files), options)
}

/// Walks layers of these entries and tells every file, problem and skipped file.
fn tell(layers: &[&[Entry]]) -> String {
    tell_with(layers, &Recorder::all(), Limits::default())
}

fn tell_with(layers: &[&[Entry]], recorder: &Recorder, limits: Limits) -> String {
    let image = Image::new(layers.iter().map(|entries| Layer::of(*entries)));
    cached::tell(&image, recorder, &Options { limits, ..Options::default() })
}

/// Walks one layer of any bytes.
fn tell_tar(tar: Tar) -> String {
    let image = Image::new([Layer::from_tar(tar.finish())]);
    cached::tell(&image, &Recorder::all(), &Options::default())
}
