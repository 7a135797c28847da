//! Blocks of an image by whose they are, where it is known what the base image brought.

use model::Target;

use super::blocks::Block;
use crate::count::count;

/// Blocks that are shown together, under a heading where there are several such groups.
pub(super) struct Group<'a> {
    pub(super) heading: Option<String>,
    pub(super) blocks: Vec<Block<'a>>,
}

/// What is yours first: you can change it at once.
pub(super) fn of<'a>(target: &Target, blocks: Vec<Block<'a>>) -> Vec<Group<'a>> {
    let is_known = target.layers.iter().any(|layer| layer.base == Some(true));
    if !is_known || blocks.is_empty() {
        return vec![Group { heading: None, blocks }];
    }
    let (base, yours): (Vec<_>, Vec<_>) = blocks.into_iter().partition(Block::is_of_base);
    let group = |whose: &str, blocks: Vec<Block<'a>>| {
        let number = blocks.iter().map(|block| block.findings.len()).sum();
        Group { heading: Some(format!("{whose}: {}", count(number, "finding"))), blocks }
    };
    let groups = [group("yours", yours), group("base image", base)];
    groups.into_iter().filter(|group| !group.blocks.is_empty()).collect()
}
