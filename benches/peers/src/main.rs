//! Opening and asking a snapshot of 250,000 names, beside redb and SQLite that hold the same records under the same keys.
//!
//! A hit and a miss reach the bytes of a record, or find that there are none, in each of them; ours are checked against their sums.
//! Somebody has to read and compare these bytes still: an answer, which only the snapshot gives, is that. `cargo run --release --manifest-path benches/peers/Cargo.toml`.

mod made;
mod peer;
mod redb_peer;
mod snapshot_peer;
mod sqlite_peer;

use std::time::{Duration, Instant};

use peer::Peer;

/// Questions of one round.
const QUESTIONS: usize = 20_000;
const ROUNDS: usize = 11;

fn main() {
    let folder = made::folder();
    let peers: [&dyn Peer; 3] = [&snapshot_peer::SnapshotPeer, &redb_peer::RedbPeer, &sqlite_peer::SqlitePeer];
    println!("{} names, one record each", made::NAMES);
    println!(
        "{:10} {:>10} {:>12} {:>12} {:>12} {:>12} {:>12}",
        "", "size MiB", "build ms", "open µs", "hit ns", "miss ns", "answer ns"
    );
    let mut first: Option<Figures> = None;
    for peer in peers {
        let figures = measure(peer, &folder);
        let against = first.as_ref().map(|ours| figures.against(ours)).unwrap_or_default();
        println!("{:10} {figures}{against}", peer.name());
        first.get_or_insert(figures);
    }
}

struct Figures {
    size: u64,
    build: Duration,
    open: Duration,
    hit: Duration,
    miss: Duration,
    /// Of a store that gives answers.
    answer: Option<Duration>,
}

fn measure(peer: &dyn Peer, folder: &std::path::Path) -> Figures {
    let path = folder.join(peer.name());
    let _ = std::fs::remove_file(&path);
    let started = Instant::now();
    peer.build(&path);
    let build = started.elapsed();
    let open = median((0..ROUNDS).map(|_| {
        let started = Instant::now();
        let reader = peer.open(&path);
        let took = started.elapsed();
        drop(reader);
        took
    }));
    let reader = peer.open(&path);
    let hit = ask(true, &|name| reader.has(name));
    let miss = ask(false, &|name| reader.has(name));
    let gives_answers = reader.answers(&made::name(0), "0.5.0").is_some();
    let answer = gives_answers.then(|| ask(true, &|name| reader.answers(name, "0.5.0") == Some(true)));
    Figures { size: std::fs::metadata(&path).expect("it was built").len(), build, open, hit, miss, answer }
}

/// The median time of one question.
fn ask(present: bool, asks: &dyn Fn(&str) -> bool) -> Duration {
    let name = |at: usize| if present { made::name(at) } else { format!("absent-{at}") };
    let names: Vec<String> = (0..QUESTIONS).map(|at| name((at * 7_919) % made::NAMES)).collect();
    let round = || {
        let started = Instant::now();
        let found = names.iter().filter(|name| asks(name)).count();
        let took = started.elapsed();
        assert_eq!(found, if present { QUESTIONS } else { 0 });
        took / QUESTIONS as u32
    };
    round();
    median((0..ROUNDS).map(|_| round()))
}

fn median(times: impl Iterator<Item = Duration>) -> Duration {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    times[times.len() / 2]
}

impl Figures {
    fn against(&self, ours: &Figures) -> String {
        let ratio = |theirs: Duration, ours: Duration| theirs.as_secs_f64() / ours.as_secs_f64();
        let (open, hit, miss) = (ratio(self.open, ours.open), ratio(self.hit, ours.hit), ratio(self.miss, ours.miss));
        format!("   to ours: open {open:.2}, hit {hit:.2}, miss {miss:.2}")
    }
}

impl std::fmt::Display for Figures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "{:>10.1} {:>12.0} {:>12.1} {:>12} {:>12} {:>12}",
            self.size as f64 / f64::from(1 << 20),
            self.build.as_secs_f64() * 1e3,
            self.open.as_secs_f64() * 1e6,
            self.hit.as_nanos(),
            self.miss.as_nanos(),
            self.answer.map_or_else(String::new, |answer| answer.as_nanos().to_string())
        )
    }
}
