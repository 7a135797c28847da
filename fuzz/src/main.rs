//! Runs a target on seeds and on mutations of seeds, on a stable toolchain.

use std::hash::{BuildHasher as _, RandomState};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use portcullis_fuzz::mutate::Mutator;
use portcullis_fuzz::{TARGETS, Target};

const USAGE: &str = "\
cargo run --release -- TARGET|all [SEEDS] [--rounds N | --seconds N [--from N]]

  TARGET     one of those listed without arguments
  SEEDS      a file or a folder; by default files of this repository that fit
  --rounds   mutations of each seed (default 500), the same on every machine
  --seconds  new mutations of each target for so long; with --from, those of an earlier run
";
/// An input that takes longer is a fault: every reader has limits.
const SLOW: Duration = Duration::from_secs(5);

/// How much is tried.
#[derive(Clone, Copy)]
struct Plan {
    /// Mutations of each seed, without a time.
    rounds: u64,
    time: Option<Duration>,
    /// The number of the first mutation: which there are, if not chosen, chance decides.
    from: u64,
}

/// What came of a target.
#[derive(Default)]
struct Tried {
    inputs: u64,
    faults: usize,
}

fn main() -> ExitCode {
    let mut words = Vec::new();
    let mut plan = Plan { rounds: 500, time: None, from: RandomState::new().hash_one(0) >> 16 };
    let mut arguments = std::env::args().skip(1);
    while let Some(word) = arguments.next() {
        let mut number = || arguments.next().and_then(|number| number.parse().ok());
        match word.as_str() {
            "--rounds" => plan.rounds = number().unwrap_or(plan.rounds),
            "--seconds" => plan.time = number().map(Duration::from_secs),
            "--from" => plan.from = number().unwrap_or(plan.from),
            _ => words.push(word),
        }
    }
    let chosen: Vec<&Target> = TARGETS
        .iter()
        .filter(|target| words.first().is_some_and(|word| word == target.name || word == "all"))
        .collect();
    if chosen.is_empty() {
        let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        eprint!("{USAGE}\ntargets: {}\n", names.join(" "));
        return ExitCode::from(2);
    }
    let faults: usize = chosen.iter().map(|target| smoke(target, words.get(1), plan)).sum();
    ExitCode::from(u8::from(faults > 0))
}

/// The number of inputs the target failed on.
fn smoke(target: &Target, seeds: Option<&String>, plan: Plan) -> usize {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let places = match seeds {
        Some(place) => vec![PathBuf::from(place)],
        None => target.seeds.iter().map(|place| root.join(place)).collect(),
    };
    let mut files = Vec::new();
    places.iter().for_each(|place| collect(place, &mut files));
    files.sort();
    let start = Instant::now();
    let seeds: Vec<Vec<u8>> = files.iter().filter_map(|file| std::fs::read(file).ok()).collect();
    let mut tried = Tried::default();
    match plan.time {
        None => seeds.iter().for_each(|seed| (0..=plan.rounds).for_each(|round| tried.mutation(target, seed, round))),
        Some(time) => {
            println!("{}: from mutation {}", target.name, plan.from);
            for round in (plan.from..).take_while(|_| !seeds.is_empty() && start.elapsed() < time) {
                seeds.iter().for_each(|seed| tried.mutation(target, seed, round));
            }
        }
    }
    let Tried { inputs, faults } = tried;
    println!("{}: {} seeds, {inputs} inputs, {faults} faults, {:.1?}", target.name, seeds.len(), start.elapsed());
    // A target without seeds looked at nothing, and that is no success.
    if inputs == 0 { 1 } else { faults }
}

impl Tried {
    /// The seed itself is its mutation 0.
    fn mutation(&mut self, target: &Target, seed: &[u8], round: u64) {
        let input = if round == 0 { seed.to_vec() } else { Mutator::new(seed, round).mutate(seed) };
        self.inputs += 1;
        self.faults += usize::from(!survives(target, &input));
    }
}

fn survives(target: &Target, input: &[u8]) -> bool {
    let start = Instant::now();
    let is_fine = catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok();
    let is_quick = start.elapsed() < SLOW;
    if !(is_fine && is_quick) {
        let name = input.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(*byte)));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("artifacts").join(target.name);
        let file = folder.join(format!("{name:016x}"));
        let kept = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, input));
        println!(
            "{}: {} on an input of {} bytes, kept: {}",
            target.name,
            if is_fine { "slow" } else { "panic" },
            input.len(),
            kept.is_ok()
        );
    }
    is_fine && is_quick
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) {
    if place.is_file() {
        files.push(place.to_owned());
    }
    for entry in std::fs::read_dir(place).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}
