//! Contents of files that somebody wants, on their way to whoever does.

use super::ahead::Came;
use super::entries::{Asked, Entries};
use super::held::{Bytes, Content};
use super::walk::LayerWalk;
use crate::cache::{Given, NotKept};
use crate::record::Offer;
use crate::take::Taken;
use crate::tar::{Fault, Plain};
use crate::tree::{ContentId, NodeId};
use crate::{FileMeta, Interest};

/// A content, and the name it is wanted under.
pub(super) struct Whose {
    pub(super) file: FileMeta,
    pub(super) interest: Interest,
    pub(super) node: NodeId,
    pub(super) id: ContentId,
    /// The name is an exact path that leads there.
    pub(super) through: bool,
}

impl LayerWalk<'_> {
    /// Reads as much as is wanted of the file the reader is at.
    pub(super) fn receive(&mut self, whose: Whose, reader: &mut impl Entries) -> Result<(), Fault> {
        let Whose { file, interest, node, id, through } = whose;
        if interest == Interest::Skip {
            return Ok(());
        }
        if let Some(reason) = self.record.exclusion(&file.origin.path) {
            self.record.note(&file, Taken::Excluded(reason));
            return Ok(());
        }
        let by_head = matches!(interest, Interest::Head(_));
        let asked = Asked { interest, file: &file, sink: self.record.sink };
        let offer = match reader.foreseen(&file, interest) {
            Some(Ok(Came::Content { ticket, length })) => {
                let bytes = Bytes::Foreseen { ticket, size: length, by_head };
                self.held.push(Content { file, bytes, node, id, through }, &self.tree, &mut self.record);
                return Ok(());
            }
            Some(Ok(Came::Head(head))) => Ok(Offer::HeadSeen(head)),
            Some(Ok(Came::TooLarge(limit))) => Ok(self.record.note(&file, Taken::TooLarge(limit))),
            Some(Err(error)) => Err(error),
            None => self.record.take(&file, interest, &mut reader.body(&asked)),
        };
        let bytes = match offer {
            Ok(Offer::Content(bytes)) => Bytes::Read { bytes, by_head },
            Ok(Offer::HeadSeen(head)) => {
                self.links.keep_head(id, head);
                return Ok(());
            }
            Ok(Offer::Skipped | Offer::Refused) => return Ok(()),
            Err(error) if Given::is(&error) => Bytes::Known { size: usize::try_from(file.size).unwrap_or(usize::MAX) },
            Err(error) if NotKept::is(&error) => {
                self.links.not_kept(file, interest, node, id, through);
                return Ok(());
            }
            Err(error) => return Err(error.into()),
        };
        self.held.push(Content { file, bytes, node, id, through }, &self.tree, &mut self.record);
        Ok(())
    }

    /// A further name of a content that went by: it may wait still, else it is read in a second pass.
    pub(super) fn receive_again(&mut self, whose: Whose, reader: &mut impl Entries) {
        let Whose { file, interest, node, id, through } = whose;
        if let Some(Bytes::Foreseen { .. }) = self.held.waiting(id)
            && let Ok(contents) = reader.again(&self.held.foreseen(), &self.record.taking)
        {
            self.held.read_again(contents);
        }
        let waiting = match self.held.waiting(id) {
            Some(Bytes::Read { bytes, by_head }) => {
                // The cache does not hold it, and who keeps what comes of it does so under its first name.
                self.caching.spoil_if(*by_head);
                Some(bytes.copy())
            }
            Some(Bytes::Known { .. } | Bytes::Foreseen { .. }) | None => None,
        };
        match waiting.map(|bytes| self.record.take(&file, interest, &mut Plain(bytes.as_slice()))) {
            Some(Ok(Offer::Content(bytes))) => {
                let bytes = Bytes::Read { bytes, by_head: false };
                self.held.push(Content { file, bytes, node, id, through }, &self.tree, &mut self.record);
            }
            Some(_) => {}
            None => self.links.want(file, interest, node, id),
        }
    }
}
