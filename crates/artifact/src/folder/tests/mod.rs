//! Folders on disk, walked.

mod ignored;
mod roots;
mod trees;

use testkit::scratch::Scratch;

use crate::recorder::Recorder;
use crate::{Options, Source, open};

/// Walks a source tree and tells every file, problem and skipped file.
fn tell(scratch: &Scratch, options: &Options) -> String {
    tell_as(&Source::Directory(scratch.path().to_owned()), &Recorder::all(), options)
}

fn tell_as(source: &Source, recorder: &Recorder, options: &Options) -> String {
    recorder.tell(&open(source, options).expect("a folder"))
}
