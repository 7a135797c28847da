//! What an entry of the cache is named after.

use std::fmt::Write as _;

use model::{Digest, Layer};
use sha2::{Digest as _, Sha256};

use crate::exclude::Exclusions;
use crate::{Limits, Sink};

/// Changes with the format of entries, and with whatever the walk takes from a layer.
const FORMAT: &str = "portcullis layer cache 2";

/// The name of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    pub(super) sum: [u8; 32],
    pub(super) part: Part,
}

/// What an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Part {
    /// What the walk took from a layer.
    Layer,
    /// What the second pass over an image took from all of its layers.
    Again,
    /// What was made of an image.
    Derived,
    /// What was made of those contents of a layer that are not kept themselves.
    Results,
}

/// The keys of an image's layers, base first. It breaks at the first layer that cannot be kept, and stays broken.
#[derive(Debug)]
pub(crate) struct Chain {
    at: Option<[u8; 32]>,
}

impl Part {
    const ALL: [Part; 4] = [Part::Layer, Part::Again, Part::Derived, Part::Results];

    pub(super) fn ending(self) -> &'static str {
        match self {
            Part::Layer => "layer",
            Part::Again => "again",
            Part::Derived => "image",
            Part::Results => "results",
        }
    }

    /// As it is written.
    pub(super) fn number(self) -> u8 {
        match self {
            Part::Layer => 0,
            Part::Again => 1,
            Part::Derived => 2,
            Part::Results => 3,
        }
    }

    pub(super) fn of_number(number: u8) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.number() == number)
    }
}

impl Key {
    /// Hexadecimal digits and an ending: nothing an image says of itself.
    pub(super) fn file_name(&self) -> String {
        let mut name = String::with_capacity(70);
        for byte in self.sum {
            write!(name, "{byte:02x}").expect("a string takes all");
        }
        name + "." + self.part.ending()
    }

    /// True for the names that [`Key::file_name`] gives.
    pub(super) fn is_file_name(name: &str) -> bool {
        let Some((sum, ending)) = name.split_once('.') else { return false };
        sum.len() == 64
            && sum.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
            && Part::ALL.iter().any(|part| part.ending() == ending)
    }
}

impl Key {
    /// The key of another part of the same.
    pub(crate) fn of(self, part: Part) -> Key {
        Key { part, ..self }
    }
}

impl Chain {
    /// For walks of this sink with these limits. Broken from the start where the sink does not say what it wishes.
    pub(crate) fn new(sink: &dyn Sink, limits: &Limits, exclusions: &Exclusions) -> Chain {
        Chain { at: sink.wishes().map(|wishes| first(&wishes, sink, limits, exclusions)) }
    }

    /// Keeps nothing.
    pub(crate) fn broken() -> Chain {
        Chain { at: None }
    }

    /// The key of the next layer; `None`, from here on, where nothing says what it must hold.
    pub(crate) fn next(&mut self, layer: &Layer) -> Option<Key> {
        let (below, diff_id) = (self.at?, layer.diff_id);
        self.at = diff_id.map(|diff_id| {
            let mut sum = Sha256::new();
            sum.update(below);
            sum.update([1]);
            put(&mut sum, Some(diff_id));
            // The blob belongs to it: another blob for the same content may hide a lie that was never looked at.
            put(&mut sum, layer.digest);
            sum.update(layer.size.to_le_bytes());
            sum.finalize().into()
        });
        Some(Key { sum: self.at?, part: Part::Layer })
    }

    /// The key of something that all layers so far belong to.
    pub(crate) fn whole(&self, part: Part) -> Option<Key> {
        Some(Key { sum: self.at?, part })
    }

    pub(crate) fn break_off(&mut self) {
        self.at = None;
    }
}

fn first(wishes: &str, sink: &dyn Sink, limits: &Limits, exclusions: &Exclusions) -> [u8; 32] {
    let mut sum = Sha256::new();
    let limits = format!("{limits:?}");
    let words = [FORMAT, wishes, &limits].map(str::to_owned).into_iter();
    let mut exact = sink.exact_paths();
    exact.sort();
    let lists = [exact, exclusions.texts().to_vec()];
    for list in std::iter::once(words.collect::<Vec<_>>()).chain(lists) {
        sum.update((list.len() as u64).to_le_bytes());
        for word in list {
            sum.update((word.len() as u64).to_le_bytes());
            sum.update(word);
        }
    }
    sum.finalize().into()
}

fn put(sum: &mut Sha256, digest: Option<Digest>) {
    let text = digest.map(|digest| digest.to_string()).unwrap_or_default();
    sum.update((text.len() as u64).to_le_bytes());
    sum.update(text);
}
