//! Advisory data fetched over the network: the layout in which OSV publishes its records.
//!
//! Below an address that the user names, every ecosystem has a folder with `all.zip` (every record), `modified_id.csv` (id
//! and date of the last change of every record) and `ID.json` (one record). [`update`] keeps a copy of the records of the
//! ecosystems asked for in a folder of its own (`store`), fetches what changed, and builds the snapshot from the copy.
//!
//! What is promised: a snapshot is replaced only by one for which every ecosystem was brought up to date; whatever goes
//! wrong before that, the last good one stays, and so does what was fetched. Nothing is believed of the server but what it
//! gives: lengths, dates, names and numbers of records are held against each other. It signs nothing, though, so a bundle
//! ([`advisory::export`]) is the way to hand the result on.

mod error;
mod fetch;
mod layout;
mod modified;
mod plan;
mod progress;
mod records;
mod refresh;
mod store;
mod update;

pub use error::UpdateError;
pub use layout::{Address, AddressError};
pub use network::{Host, Proxies, Reach, Retries, Secret, Timeouts};
pub use plan::Plan;
pub use progress::{Progress, Quiet};
pub use update::{Change, Updated, update};
