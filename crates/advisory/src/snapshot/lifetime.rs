//! Release cycles of one product.
//!
//! ```text
//! body  = id:text cycles:list(cycle)
//! cycle = name:text support:end extended:end
//! end   = 0 not said · 1 open · 2 over · 3 year:number month:byte day:byte
//! ```
//!
//! Products are sorted by id. There are a few hundred, and one is asked for in a scan: the section is read from its start.

use jiff::civil::Date;

use super::cursor::Cursor;
use super::encode;
use super::error::SnapshotError;
use super::open::Snapshot;
use super::section::Kind;
use crate::lifetime::{Cycle, Product, SupportEnd};

/// Writes the body of a block.
pub(crate) fn write(product: &Product) -> Vec<u8> {
    let mut out = Vec::new();
    encode::text(&mut out, &product.id);
    encode::number(&mut out, product.cycles.len() as u64);
    for cycle in &product.cycles {
        encode::text(&mut out, &cycle.name);
        write_end(&mut out, Some(cycle.support));
        write_end(&mut out, cycle.extended);
    }
    out
}

fn write_end(out: &mut Vec<u8>, end: Option<SupportEnd>) {
    match end {
        None => out.push(0),
        Some(SupportEnd::Open) => out.push(1),
        Some(SupportEnd::Over) => out.push(2),
        Some(SupportEnd::After(date)) => {
            out.push(3);
            encode::number(out, date.year().unsigned_abs().into());
            out.extend([date.month().unsigned_abs(), date.day().unsigned_abs()]);
        }
    }
}

fn read(mut cursor: Cursor<'_>) -> Result<Product, SnapshotError> {
    let id = cursor.text()?.to_owned();
    let cycles = cursor.list(|cursor| {
        let name = cursor.text()?.to_owned();
        let support = read_end(cursor)?.ok_or_else(|| cursor.damaged("a cycle has no end"))?;
        Ok(Cycle { name, support, extended: read_end(cursor)? })
    })?;
    Ok(Product { id, cycles })
}

fn read_end(cursor: &mut Cursor<'_>) -> Result<Option<SupportEnd>, SnapshotError> {
    Ok(match cursor.byte()? {
        0 => None,
        1 => Some(SupportEnd::Open),
        2 => Some(SupportEnd::Over),
        3 => {
            let year = i16::try_from(cursor.number()?).unwrap_or(i16::MAX);
            let (month, day) = (cursor.byte()?.cast_signed(), cursor.byte()?.cast_signed());
            let date = Date::new(year, month, day).map_err(|_| cursor.damaged("a date is none"))?;
            Some(SupportEnd::After(date))
        }
        _ => return Err(cursor.damaged("an end has an unknown form")),
    })
}

impl Snapshot {
    /// The cycles of a product.
    pub(crate) fn product(&self, id: &str) -> Result<Option<Product>, SnapshotError> {
        let section = self.section(Kind::Lifetimes);
        let mut at = 0;
        while at < section.bytes.len() {
            let (cursor, next) = section.block_and_next(at)?;
            if cursor.clone().text()? == id {
                return read(cursor).map(Some);
            }
            at = next;
        }
        Ok(None)
    }
}
