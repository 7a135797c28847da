//! A block of addresses, and blocks put together.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Addresses from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Block {
    pub(super) is_v6: bool,
    pub(super) first: u128,
    pub(super) last: u128,
    /// What it is called by: the first, or the address it was made of.
    named: u128,
}

impl Block {
    /// `10.0.0.0/8`.
    pub(super) fn of(text: &str) -> Option<Block> {
        let (address, length) = text.split_once('/')?;
        let (is_v6, address, bits) = parts(address)?;
        let is_plain = length.bytes().all(|digit| digit.is_ascii_digit());
        let length: u32 = length.parse().ok().filter(|length| is_plain && *length <= bits)?;
        Some(Block::with_host(is_v6, address, bits - length))
    }

    /// One address.
    pub(super) fn of_address(text: &str) -> Option<Block> {
        let (is_v6, address, _) = parts(text)?;
        Some(Block { is_v6, first: address, last: address, named: address })
    }

    /// An IPv4 address as the block of its class, which is what OPA takes an address alone for when blocks are put together.
    pub(super) fn of_class(text: &str) -> Option<Block> {
        let (is_v6, address, _) = parts(text)?;
        let host = match address >> 24 {
            _ if is_v6 => return None,
            0..=127 => 24,
            128..=191 => 16,
            _ => 8,
        };
        // It keeps the address's name.
        Some(Block { named: address, ..Block::with_host(is_v6, address, host) })
    }

    fn with_host(is_v6: bool, address: u128, host_bits: u32) -> Block {
        let host = if host_bits == 0 { 0 } else { u128::MAX >> (128 - host_bits) };
        Block { is_v6, first: address & !host, last: address | host, named: address & !host }
    }

    fn bits(self) -> u32 {
        if self.is_v6 { 128 } else { 32 }
    }
}

impl fmt::Display for Block {
    /// `10.0.0.0/8`; only of a block that one prefix names.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.bits() - (self.last ^ self.first).count_ones();
        if self.is_v6 {
            write!(f, "{}/{length}", Ipv6Addr::from(self.named))
        } else {
            write!(f, "{}/{length}", Ipv4Addr::from(u32::try_from(self.named).unwrap_or_default()))
        }
    }
}

/// The fewest blocks with the same addresses, in their order. OPA keeps an IPv4 address as the IPv6 one that stands for it, so that a block of
/// the one family may hold blocks of the other. `None` for a range that goes on beyond the last IPv4 address, which ends OPA with a panic.
pub(super) fn merged(blocks: Vec<Block>) -> Option<Vec<Block>> {
    let mut blocks: Vec<Block> = blocks.into_iter().map(Block::mapped).collect();
    blocks.sort_by_key(|block| (block.last, block.first));
    let mut ranges: Vec<Block> = Vec::new();
    // From the last on, so that one that holds all before it meets them all.
    for block in blocks.into_iter().rev() {
        match ranges.last_mut() {
            Some(next) if before(next.first) <= block.last => {
                next.first = next.first.min(block.first);
                next.named = next.first;
            }
            _ => ranges.push(block),
        }
    }
    let is_whole = |range: &Block| !MAPPED.contains(&range.first) || MAPPED.contains(&range.last);
    ranges.iter().all(is_whole).then(|| ranges.into_iter().rev().flat_map(prefixes).map(Block::unmapped).collect())
}

/// The IPv6 addresses that stand for IPv4 ones.
const MAPPED: std::ops::RangeInclusive<u128> = 0xffff_0000_0000..=0xffff_ffff_ffff;

/// The address before another of its family; the first of a family has none.
fn before(address: u128) -> u128 {
    if address == *MAPPED.start() { address } else { address.saturating_sub(1) }
}

impl Block {
    fn mapped(self) -> Block {
        if self.is_v6 { self } else { self.moved(true, |address| address | *MAPPED.start()) }
    }

    /// Of the family that its name is of.
    fn unmapped(self) -> Block {
        let is_v4 = MAPPED.contains(&self.first) && MAPPED.contains(&self.last);
        if is_v4 { self.moved(false, |address| address & 0xffff_ffff) } else { self }
    }

    fn moved(self, is_v6: bool, address: impl Fn(u128) -> u128) -> Block {
        Block { is_v6, first: address(self.first), last: address(self.last), named: address(self.named) }
    }
}

/// A range as blocks that one prefix names each.
fn prefixes(range: Block) -> Vec<Block> {
    // One that is named by an address inside was put together with none.
    if range.named != range.first {
        return vec![range];
    }
    let mut out = Vec::new();
    let mut first = range.first;
    loop {
        let aligned = if first == 0 { range.bits() } else { first.trailing_zeros().min(range.bits()) };
        let left = range.last - first;
        let fits = (0..=aligned).rev().find(|bits| size(*bits) <= left).unwrap_or(0);
        let last = first + size(fits);
        out.push(Block { first, last, named: first, ..range });
        match last.checked_add(1).filter(|next| *next <= range.last) {
            Some(next) => first = next,
            None => return out,
        }
    }
}

/// Addresses of a block of so many bits, less one.
fn size(bits: u32) -> u128 {
    if bits == 0 { 0 } else { u128::MAX >> (128 - bits) }
}

/// Family, address, bits.
fn parts(text: &str) -> Option<(bool, u128, u32)> {
    Some(match text.parse().ok()? {
        IpAddr::V4(address) => (false, u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (true, u128::from(address), 128),
    })
}
