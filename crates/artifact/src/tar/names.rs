//! What an entry is called when its header, a GNU long name and pax records may all say it.

use super::block::Block;
use super::pax::Pax;

/// Headers that came before an entry and change it.
#[derive(Debug, Default)]
pub(super) struct Before {
    pub(super) pax: Option<Pax>,
    pub(super) long_name: Option<Vec<u8>>,
    pub(super) long_link: Option<Vec<u8>>,
}

impl Before {
    pub(super) fn is_empty(&self) -> bool {
        self.pax.is_none() && self.long_name.is_none() && self.long_link.is_none()
    }

    /// The name and the name it links to. A GNU long name wins over pax, as in Go.
    pub(super) fn name(&self, block: &Block, path: &mut Vec<u8>, link: &mut Vec<u8>) {
        let pax_path = self.pax.as_ref().and_then(|pax| pax.path.as_deref());
        let pax_link = self.pax.as_ref().and_then(|pax| pax.link.as_deref());
        path.clear();
        match self.long_name.as_deref().or(pax_path) {
            Some(name) => path.extend_from_slice(name),
            None => {
                if !block.prefix().is_empty() {
                    path.extend_from_slice(block.prefix());
                    path.push(b'/');
                }
                path.extend_from_slice(block.name());
            }
        }
        link.clear();
        link.extend_from_slice(self.long_link.as_deref().or(pax_link).unwrap_or(block.link()));
    }

    /// Both a GNU long name and pax records give a name, and not the same one.
    pub(super) fn contradicts_itself(&self) -> bool {
        let differ = |long: &Option<Vec<u8>>, pax: Option<&Vec<u8>>| match (long, pax) {
            (Some(long), Some(pax)) => long != pax,
            _ => false,
        };
        differ(&self.long_name, self.pax.as_ref().and_then(|pax| pax.path.as_ref()))
            || differ(&self.long_link, self.pax.as_ref().and_then(|pax| pax.link.as_ref()))
    }
}
