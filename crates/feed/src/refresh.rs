//! Bringing the records of one ecosystem up to date: what changed one by one, or all of them.

use std::collections::{BTreeMap, BTreeSet};

use model::Ecosystem;
use network::Fault;

use crate::error::UpdateError;
use crate::fetch::{Answer, Fetcher};
use crate::layout::Address;
use crate::modified::{self, Modified};
use crate::plan::Plan;
use crate::records::{self, Taken};
use crate::store::{State, Store};
use crate::update::Change;

/// A longer list or archive is a lie.
const LONGEST_LIST: u64 = 256 << 20;
const LARGEST_ARCHIVE: u64 = 4 << 30;
/// Records fetched one by one: so many are always cheaper than an archive.
const FEW: usize = 200;
/// And beyond that a share of all records, up to a number.
const SHARE: usize = 50;
const MOST: usize = 2_000;
/// Records that may go away at once before somebody should look: more than a tenth, and more than a handful.
const HANDFUL: usize = 20;

/// One ecosystem of an update.
pub(crate) struct Refresh<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) store: &'a Store,
    pub(crate) fetcher: &'a Fetcher,
    pub(crate) ecosystem: &'a Ecosystem,
}

impl Refresh<'_> {
    /// Brings the records up to date. An error leaves them as they were.
    pub(crate) fn run(&self) -> Result<Change, UpdateError> {
        let Refresh { plan, store, ecosystem, .. } = self;
        let known = store.state(ecosystem, &plan.from.to_string()).filter(|_| !plan.afresh);
        let etag = known.as_ref().and_then(|state| state.list_etag.as_deref());
        let list = self.fetcher.small(&plan.from.modified(ecosystem), LONGEST_LIST, etag);
        let (csv, etag) = match list.map_err(|fault| self.network("modified_id.csv", fault))? {
            Answer::Same => return Ok(Change::None),
            Answer::New(bytes, etag) => (bytes, etag),
        };
        let doubtful = |why: String| UpdateError::doubtful(self.what("modified_id.csv"), why);
        let csv = String::from_utf8(csv).map_err(|_| doubtful("it is no text".to_owned()))?;
        let list = modified::parse(&csv).map_err(doubtful)?;
        match known {
            None => self.all(&list, etag),
            Some(state) => self.some(state, &list, etag),
        }
    }

    /// What changed since.
    fn some(&self, mut state: State, list: &Modified, etag: Option<String>) -> Result<Change, UpdateError> {
        let changed: Vec<&str> = list
            .iter()
            .filter(|(id, second)| state.modified.get(*id) != Some(*second))
            .map(|(id, _)| id.as_str())
            .collect();
        let gone: BTreeSet<String> = state.modified.keys().filter(|id| !list.contains_key(*id)).cloned().collect();
        self.check_shrinking(state.modified.len(), gone.len())?;
        if changed.len() > FEW.max(list.len() / SHARE).min(MOST) {
            return self.all(list, etag);
        }
        if changed.is_empty() && gone.is_empty() {
            state.list_etag = etag;
            self.write(&state)?;
            return Ok(Change::None);
        }
        let new = self.each(&changed, list)?;
        let (from, to) = (self.store.records(self.ecosystem), self.store.new_records(self.ecosystem));
        records::merge(&from, &to, &gone, &new).map_err(UpdateError::store(from))?;
        let change = Change::Some { changed: new.len(), gone: gone.len() };
        let mut known = state.modified;
        known.retain(|id, _| !gone.contains(id));
        known.extend(changed.iter().map(|id| ((*id).to_owned(), list[*id])));
        self.replace(&self.state(etag, known))?;
        Ok(change)
    }

    /// Every record. The list was fetched before the archive, so what changed between the two is fetched again next time.
    fn all(&self, list: &Modified, etag: Option<String>) -> Result<Change, UpdateError> {
        let Refresh { plan, store, ecosystem, fetcher } = self;
        let archive = store.archive(ecosystem);
        fetcher
            .large(&plan.from.all(ecosystem), &archive, LARGEST_ARCHIVE)
            .map_err(|fault| self.network("all.zip", fault))?;
        let place = store.new_records(ecosystem);
        let taken = records::from_archive(&archive, &place);
        // Whole or not: it is not to be taken up again.
        store.remove_archive(ecosystem);
        let taken = taken.map_err(|why| UpdateError::doubtful(self.what("all.zip"), why))?;
        if let Some(before) = store.state(ecosystem, &plan.from.to_string()) {
            let gone = before.modified.keys().filter(|id| !list.contains_key(*id)).count();
            self.check_shrinking(before.modified.len(), gone)?;
        }
        let late = self.late(list, &taken)?;
        let new = self.each(&late, list)?;
        let mut known = list.clone();
        if !new.is_empty() {
            let merged = place.with_extension("merged");
            records::merge(&place, &merged, &BTreeSet::new(), &new).map_err(UpdateError::store(&place))?;
            std::fs::rename(&merged, &place).map_err(UpdateError::store(&place))?;
        }
        // Of what the list does not name nothing is known yet: the next list will.
        known.retain(|id, _| taken.modified.contains_key(id) || new.contains_key(id));
        let records = taken.modified.len() + new.keys().filter(|id| !taken.modified.contains_key(*id)).count();
        self.replace(&self.state(etag, known))?;
        Ok(Change::All { records, skipped: taken.skipped })
    }

    /// Records that the list knows newer than the archive has them, or that it lacks.
    fn late<'l>(&self, list: &'l Modified, taken: &Taken) -> Result<Vec<&'l str>, UpdateError> {
        let is_late = |id: &str, second: i64| taken.modified.get(id).is_none_or(|had| *had < second);
        let late: Vec<&str> =
            list.iter().filter(|(id, second)| is_late(id.as_str(), **second)).map(|(id, _)| id.as_str()).collect();
        let most = FEW.max(list.len() / SHARE).min(MOST);
        if late.len() > most {
            let why =
                format!("{} of {} records that are listed are not in it, or are older there", late.len(), list.len());
            return Err(UpdateError::doubtful(self.what("all.zip"), why));
        }
        Ok(late)
    }

    /// Records one by one.
    fn each(&self, ids: &[&str], list: &Modified) -> Result<BTreeMap<String, Vec<u8>>, UpdateError> {
        if ids.is_empty() {
            return Ok(BTreeMap::new());
        }
        let address: &Address = &self.plan.from;
        self.fetcher.progress.begin(&format!("{} records", self.ecosystem), Some(ids.len() as u64));
        let urls = ids.iter().map(|id| address.record(self.ecosystem, id)).collect();
        let bodies = self.fetcher.many(urls, records::LONGEST);
        self.fetcher.progress.end();
        let bodies = bodies.map_err(|fault| self.network("a record", fault))?;
        let mut found = BTreeMap::new();
        for (id, json) in ids.iter().zip(bodies) {
            let what = || self.what(&format!("{id}.json"));
            let (own, second) = records::head(&json).map_err(|why| UpdateError::doubtful(what(), why))?;
            if own != *id {
                return Err(UpdateError::doubtful(what(), format!("it holds the record {own}")));
            }
            if second < list[*id] {
                return Err(UpdateError::doubtful(what(), "it is older than the list of changes says"));
            }
            found.insert(own, json);
        }
        Ok(found)
    }

    /// A list that was cut looks like one from which records were taken away.
    fn check_shrinking(&self, before: usize, gone: usize) -> Result<(), UpdateError> {
        if self.plan.allow_shrink || gone <= HANDFUL.max(before / 10) {
            return Ok(());
        }
        let why = format!("{gone} of {before} records went away; --allow-shrink takes that");
        Err(UpdateError::doubtful(self.what("modified_id.csv"), why))
    }

    fn state(&self, etag: Option<String>, modified: Modified) -> State {
        State::new(&self.plan.from.to_string(), self.ecosystem, etag, modified)
    }

    fn write(&self, state: &State) -> Result<(), UpdateError> {
        self.store.write(self.ecosystem, state).map_err(UpdateError::store(self.store.records(self.ecosystem)))
    }

    fn replace(&self, state: &State) -> Result<(), UpdateError> {
        self.store.replace(self.ecosystem, state).map_err(UpdateError::store(self.store.records(self.ecosystem)))
    }

    fn network(&self, file: &str, fault: Fault) -> UpdateError {
        UpdateError::Network { what: self.what(file), fault }
    }

    fn what(&self, file: &str) -> String {
        format!("{} {file}", self.ecosystem)
    }
}
