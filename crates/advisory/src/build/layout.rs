//! From drafts to the bytes of a file.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _};
use jiff::Timestamp;
use model::{AdvisorySource, Ecosystem, sort_large_by};

use super::draft::{Draft, Drafts, Numbered};
use super::error::BuildError;
use super::lending;
use super::options::BuildOptions;
use super::parallel::both;
use super::statistics::Statistics;
use crate::record::Subject;
use crate::snapshot::entry::{self, Posting};
use crate::snapshot::head::{self, Parts};
use crate::snapshot::section::{Kind, push_block};
use crate::snapshot::{groups, index, lifetime, record, sum::sum};

/// A section that grows, and what was already written into it.
struct Blocks<K> {
    kind: Kind,
    bytes: Vec<u8>,
    offsets: HashMap<K, u32>,
}

/// Sorts, unites equal ids, writes.
pub(super) fn lay_out(
    mut drafts: Drafts,
    options: &BuildOptions,
    statistics: &mut Statistics,
) -> Result<Vec<u8>, BuildError> {
    let mut list = std::mem::take(&mut drafts.drafts);
    let (order, ()) =
        both(|| Order::of(&drafts.subjects), || sort_large_by(&mut list, |left, right| left.record.cmp(&right.record)));
    lending::lend(&mut list);
    let sources = sources(&list, options);
    let mut layout = Layout::new(&drafts, &order, sources);
    let mut rest = list.as_slice();
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|draft| draft.record.id == first.record.id).count();
        let (same_id, others) = rest.split_at(count);
        layout.add(same_id, statistics)?;
        rest = others;
    }
    layout.newest = options.as_of.map_or(layout.newest, Timestamp::as_second);
    // Giving back so many small pieces takes a while.
    both(move || drop(list), || layout.finish(statistics)).1
}

/// The order of subjects by ecosystem and name.
struct Order {
    /// Numbers of subjects.
    sorted: Vec<u32>,
    /// The place of each number among them.
    ranks: Vec<u32>,
}

impl Order {
    fn of(subjects: &Numbered<Subject>) -> Order {
        let mut sorted: Vec<u32> = (0..subjects.len() as u32).collect();
        sorted.sort_by_key(|number| &subjects[*number as usize]);
        let mut ranks = vec![0; sorted.len()];
        sorted.iter().enumerate().for_each(|(rank, number)| ranks[*number as usize] = rank as u32);
        Order { sorted, ranks }
    }
}

struct Layout<'a> {
    drafts: &'a Drafts,
    order: &'a Order,
    sources: Vec<AdvisorySource>,
    newest: i64,
    records: Blocks<()>,
    affected: Blocks<u32>,
    texts: Blocks<String>,
    ids: Vec<(u64, u32)>,
    /// Each with the rank of its subject.
    postings: Vec<(u32, Posting)>,
}

impl<'a> Layout<'a> {
    fn new(drafts: &'a Drafts, order: &'a Order, sources: Vec<AdvisorySource>) -> Layout<'a> {
        Layout {
            drafts,
            order,
            sources,
            newest: 0,
            records: Blocks::new(Kind::Records),
            affected: Blocks::new(Kind::Affected),
            texts: Blocks::new(Kind::Texts),
            ids: Vec::new(),
            postings: Vec::new(),
        }
    }

    /// Writes the records of one id as one: the facts of the newest; of each package what the newest say of it.
    fn add(&mut self, same_id: &[Draft], statistics: &mut Statistics) -> Result<(), BuildError> {
        let Some(draft) = same_id
            .iter()
            .max_by(|left, right| (left.record.newest(), &left.record).cmp(&(right.record.newest(), &right.record)))
        else {
            return Ok(());
        };
        let record = &draft.record;
        let number = self.sources.iter().position(|source| source.name == record.source).unwrap_or(0);
        let source = &mut self.sources[number];
        let newest = record.newest();
        source.records += 1;
        source.newest = source.newest.max(newest.and_then(|second| Timestamp::from_second(second).ok()));
        self.newest = self.newest.max(newest.unwrap_or(0));
        let is_of_distribution = draft.packages.first().is_some_and(|(subject, _)| self.is_of_distribution(*subject));
        let threats = self.drafts.threats.of(record, is_of_distribution);
        let texts = &mut self.texts;
        let mut full = false;
        let body = record::write(record, number as u32, &threats, &mut |text| {
            texts.offset_of(text, |body| crate::snapshot::encode::text(body, text)).unwrap_or_else(|| {
                full = true;
                0
            })
        });
        let offset = self.records.push(&body).filter(|_| !full).ok_or_else(too_large)?;
        for name in std::iter::once(&record.id).chain(&record.aliases).chain(&record.upstream) {
            self.ids.push((sum(0, name.as_bytes()), offset));
        }
        statistics.records += 1;
        if record.withdrawn {
            statistics.withdrawn += 1;
            return Ok(());
        }
        if same_id.iter().all(|draft| draft.packages.is_empty()) {
            statistics.without_package += 1;
        }
        self.add_packages(same_id, offset)
    }

    fn add_packages(&mut self, same_id: &[Draft], record: u32) -> Result<(), BuildError> {
        let mut newest: BTreeMap<u32, (Option<i64>, Vec<u32>)> = BTreeMap::new();
        for draft in same_id {
            let date = draft.record.newest();
            for (subject, body) in &draft.packages {
                let known = newest.entry(self.order.ranks[*subject as usize]).or_default();
                if date > known.0 {
                    *known = (date, Vec::new());
                }
                if date == known.0 {
                    known.1.push(*body);
                }
            }
        }
        for (rank, mut bodies) in newest.into_iter().map(|(rank, (_, bodies))| (rank, bodies)) {
            bodies.sort_by(|left, right| self.drafts.bodies[*left as usize].cmp(&self.drafts.bodies[*right as usize]));
            bodies.dedup();
            for number in bodies {
                let body = &self.drafts.bodies[number as usize];
                let affected =
                    self.affected.offset_of(&number, |out| out.extend_from_slice(body)).ok_or_else(too_large)?;
                self.postings.push((rank, Posting { record, affected }));
            }
        }
        Ok(())
    }

    fn is_of_distribution(&self, subject: u32) -> bool {
        let subject = self.drafts.subjects.get_index(subject as usize);
        subject
            .and_then(|subject| Ecosystem::from_osv(&subject.ecosystem))
            .is_some_and(|known| known.family.has_releases())
    }

    fn finish(mut self, statistics: &mut Statistics) -> Result<Vec<u8>, BuildError> {
        let mut ecosystems: Vec<String> = Vec::new();
        let mut packages = Vec::with_capacity(self.order.sorted.len());
        // Those of one subject stay in the order of their records.
        self.postings.sort_by_key(|(rank, _)| *rank);
        for postings in self.postings.chunk_by(|left, right| left.0 == right.0) {
            let subject = &self.drafts.subjects[self.order.sorted[postings[0].0 as usize] as usize];
            if ecosystems.last() != Some(&subject.ecosystem) {
                ecosystems.push(subject.ecosystem.clone());
            }
            let number = ecosystems.len() as u32 - 1;
            let postings = postings.iter().map(|(_, posting)| *posting);
            packages.push((entry::key(number, &subject.name), entry::write(number, &subject.name, postings)));
        }
        statistics.packages = packages.len() as u64;
        let mut lifetimes = Blocks::<()>::new(Kind::Lifetimes);
        for product in self.drafts.products.values() {
            lifetimes.push(&lifetime::write(product)).ok_or_else(too_large)?;
        }
        self.sources.extend(self.drafts.threats.sources());
        self.sources.extend(lifetime_source(self.drafts));
        let ids = std::mem::take(&mut self.ids);
        let (packages, ids) = both(|| groups::write(packages), || index::write(ids));
        let (names, packages) = packages.ok_or_else(too_large)?;
        Ok(head::assemble(&Parts {
            newest: self.newest,
            records: statistics.records,
            packages: statistics.packages,
            ecosystems,
            sources: self.sources,
            sections: vec![
                (Kind::NameIndex, names),
                (Kind::Entries, packages),
                (Kind::Affected, self.affected.bytes),
                (Kind::Records, self.records.bytes),
                (Kind::Texts, self.texts.bytes),
                (Kind::IdIndex, ids),
                (Kind::Lifetimes, lifetimes.bytes),
            ],
        }))
    }
}

impl<K: std::hash::Hash + Eq> Blocks<K> {
    fn new(kind: Kind) -> Blocks<K> {
        Blocks { kind, bytes: Vec::new(), offsets: HashMap::new() }
    }

    /// `None` when the section is full.
    fn push(&mut self, body: &[u8]) -> Option<u32> {
        push_block(self.kind, &mut self.bytes, body)
    }

    /// The offset of what a key stands for, written at its first use.
    fn offset_of<Q>(&mut self, key: &Q, write: impl FnOnce(&mut Vec<u8>)) -> Option<u32>
    where
        K: Borrow<Q>,
        Q: std::hash::Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(offset) = self.offsets.get(key) {
            return Some(*offset);
        }
        let mut body = Vec::new();
        write(&mut body);
        let offset = self.push(&body)?;
        self.offsets.insert(key.to_owned(), offset);
        Some(offset)
    }
}

/// The sources that gave a record, sorted, with the licences that are known.
fn sources(drafts: &[Draft], options: &BuildOptions) -> Vec<AdvisorySource> {
    let mut names: Vec<&str> = drafts.iter().map(|draft| draft.record.source.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let license = |name: &str| options.sources.iter().find(|facts| facts.name == name)?.license.clone();
    let source =
        |name: &str| AdvisorySource { name: name.to_owned(), newest: None, records: 0, license: license(name) };
    names.into_iter().map(source).collect()
}

/// Lifetimes have no date of their own.
fn lifetime_source(drafts: &Drafts) -> Option<AdvisorySource> {
    let records = drafts.products.len() as u64;
    let license = Some("MIT".to_owned());
    (records > 0).then(|| AdvisorySource { name: crate::lifetime::SOURCE.to_owned(), newest: None, records, license })
}

fn too_large() -> BuildError {
    BuildError::TooLarge("a section of the snapshot would be larger than 4 GiB".to_owned())
}
