//! How well causes are found: of what built-in rules find in their examples, how much lands on the same line when the rules no longer
//! say where, and how many evaluations that takes.

use std::path::{Path, PathBuf};

use portcullis::model::{Cancel, Document, Finding, Format, Location, Origin, TreePath};
use portcullis::policy::{self, Options, PolicyFile, PolicySet};
use portcullis::{builtin_policies, document};

pub(crate) fn print() {
    let (mut right, mut all, mut named, mut searched) = (0, 0, Search::default(), Search::default());
    for id in ids() {
        let files = builtin_policies::files_of_rule(&id).expect("a rule");
        let (with, without) = (loaded(files.clone(), false), loaded(files, true));
        for example in failing(&id) {
            for document in documents(&example) {
                let expected = findings(&with, &document, &id, &mut named);
                let found = findings(&without, &document, &id, &mut searched);
                all += expected.len();
                right += expected.iter().filter(|line| found.contains(line)).count();
            }
        }
    }
    println!("count  evaluations for a cause, built-in policies as they are (goal 0): {}", named.rank(99));
    println!(
        "count  evaluations for a cause, the same without their paths (goal 12 at the median): median {}, 99th {}",
        searched.rank(50),
        searched.rank(99)
    );
    println!(
        "ratio  findings at an attribute that was proved to make the difference (goal 0.95): {:.3}",
        searched.proved as f64 / searched.evaluations.len() as f64
    );
    println!(
        "ratio  causes found on the line that the policy names (goal 0.95): {:.3} of {all}",
        right as f64 / all as f64
    );
}

/// What it took to find causes.
#[derive(Default)]
struct Search {
    evaluations: Vec<u64>,
    /// Findings at a value whose change, or at an object whose lack was proved to make the difference.
    proved: usize,
}

impl Search {
    fn rank(&mut self, percent: usize) -> u64 {
        self.evaluations.sort_unstable();
        let at = self.evaluations.len().saturating_sub(1) * percent / 100;
        self.evaluations.get(at).copied().unwrap_or_default()
    }
}

/// The lines of what a rule finds.
fn findings(set: &PolicySet, document: &Document, id: &str, search: &mut Search) -> Vec<Option<u32>> {
    let found = set.evaluate(document, &Cancel::new()).findings;
    let own: Vec<&Finding> = found.iter().filter(|finding| finding.rule.as_str() == id).collect();
    let spent = own.iter().map(|finding| finding.evidence.get("evaluations").and_then(|spent| spent.as_u64()));
    search.evaluations.extend(spent.map(Option::unwrap_or_default));
    let by = own.iter().filter_map(|finding| finding.evidence.get("located_by")?.as_str());
    search.proved += by.filter(|by| ["rule", "cause", "absence"].contains(by)).count();
    own.iter().map(|finding| finding.locations.first().and_then(Location::line)).collect()
}

fn loaded(mut files: Vec<PolicyFile>, is_hidden: bool) -> PolicySet {
    for file in files.iter_mut().filter(|file| !file.name.starts_with("lib/")) {
        // A line inside a script is beyond the search: both say where the script is.
        file.text = file.text.replace("\"text\":", "\"unused\":");
        if is_hidden {
            file.text = file.text.replace("\"path\":", "\"unused_path\":");
        }
    }
    let (set, errors) = policy::load(files, &Options::default());
    assert!(errors.is_empty(), "{errors:?}");
    set
}

fn ids() -> Vec<String> {
    let rules = builtin_policies::files().into_iter();
    rules.filter_map(|file| file.name.strip_suffix("/rule.rego").map(str::to_owned)).collect()
}

fn failing(id: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies").join(id);
    let entries = std::fs::read_dir(folder).expect("the folder of a rule").map(|entry| entry.expect("an entry").path());
    let is_failing = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("fail"));
    entries.filter(is_failing).collect()
}

fn documents(path: &Path) -> Vec<Document> {
    let name = path.file_name().expect("a name").to_string_lossy().into_owned();
    let origin = Origin::file(TreePath::new(name.as_str()).expect("a path"));
    let format = document::format_of(&origin.path).unwrap_or(Format::Dockerfile);
    document::parse(format, &origin, &std::fs::read(path).expect("an example"), &document::Limits::default()).0
}
