//! Layers that are read before their turn.
//!
//! What a layer's files are to the image, the layers below it decide: their links say where a file lies, and so who wants it. So one
//! thread, the walk, puts layers into the tree one after another, and the order of all it says is that of the layers. Reading a
//! layer needs nothing of the others: while the walk is in one, others are read, inflated, held against their digests and taken apart
//! ([`Ahead`]), and what they hold is told to the walk in their turn ([`Told`]), in the order it would have read it in. A content is
//! taken under the name its tar has, and given to the sink at once; in its turn it counts. Where the walk finds that somebody wants it
//! under another name, or again, that content is read from the layer once more.
//!
//! Those layers share a budget ([`Lanes`]) for their chunks and for what they have to tell. One that finds no room waits, but never
//! the one whose turn it is: it waits for the walk alone, which waits for nobody else.

mod again;
mod lanes;
mod reading;
mod told;

use std::io;

use crate::content_sum::ContentSum;
use crate::take::TooLarge;
use crate::tar::{Doubt, Entry, Fault};
use crate::{Interest, Ticket};

pub(super) use reading::Ahead;
pub(super) use told::Told;

/// What comes next in a layer, with what was seen on the way there.
struct Event {
    what: What,
    /// The name of the entry, or of the last one.
    path: Vec<u8>,
    link: Vec<u8>,
    /// Of the content before.
    sum: Option<ContentSum>,
    doubts: Vec<Doubt>,
}

enum What {
    Entry(Entry, Option<Foreseen>),
    /// The end, and whether bytes follow it.
    End(Result<bool, Fault>),
    Fault(Fault),
}

/// What was taken of a file under the name its tar has.
struct Foreseen {
    interest: Interest,
    came: io::Result<Came>,
}

/// What came of it.
pub(super) enum Came {
    /// Its head was not liked.
    Head(Vec<u8>),
    /// The sink has its content.
    Content {
        ticket: Ticket,
        length: usize,
    },
    TooLarge(TooLarge),
}

impl Event {
    /// Bytes it takes until it is told.
    fn bytes(&self) -> usize {
        let head = match &self.what {
            What::Entry(_, Some(Foreseen { came: Ok(Came::Head(head)), .. })) => head.len(),
            _ => 0,
        };
        let doubts: usize = self.doubts.iter().map(|doubt| size_of::<Doubt>() + doubt.message.len()).sum();
        size_of::<Event>() + self.path.len() + self.link.len() + head + doubts
    }
}
