//! What documents of a kind have, as far as their shape says: the table that references are held against.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::reference::Step;

/// The shape of one kind: what stands at which path.
#[derive(Default)]
pub(super) struct Shape {
    /// The name, as messages say it.
    pub(super) kind: String,
    places: BTreeMap<Vec<String>, Names>,
}

#[derive(Default)]
struct Names {
    known: BTreeSet<String>,
    /// There may be others.
    is_open: bool,
}

/// A step that a shape does not know.
pub(super) struct Slip {
    pub(super) name: String,
    /// What is called nearly so.
    pub(super) meant: Option<String>,
    /// Which step it is.
    pub(super) at: usize,
}

static SHAPES: LazyLock<BTreeMap<&'static str, Shape>> = LazyLock::new(|| {
    let mut shapes: BTreeMap<&str, Shape> = BTreeMap::new();
    let lines = include_str!("shapes.txt").lines().filter(|line| !line.starts_with('#'));
    for (place, names) in lines.filter_map(|line| line.split_once(": ")) {
        let Some((kind, path)) = place.split_once(' ') else { continue };
        let steps = path.trim_end_matches('~').split('.').filter(|step| !step.is_empty()).map(str::to_owned);
        let shape = shapes.entry(kind).or_insert_with(|| Shape { kind: kind.to_owned(), places: BTreeMap::new() });
        let known = names.split(' ').map(str::to_owned).collect();
        shape.places.insert(steps.collect(), Names { known, is_open: path.ends_with('~') });
    }
    shapes
});

impl Shape {
    /// Of a kind of documents; nothing where any document is of it.
    pub(super) fn of(kind: &str) -> Option<&'static Shape> {
        SHAPES.get(kind)
    }

    /// The same, and what stands at one more place.
    pub(super) fn with(&self, path: &[&str], known: BTreeSet<String>) -> Shape {
        let places = self
            .places
            .iter()
            .map(|(path, names)| (path.clone(), Names { known: names.known.clone(), is_open: names.is_open }));
        let mut shape = Shape { kind: self.kind.clone(), places: places.collect() };
        shape.places.insert(path.iter().map(|step| (*step).to_owned()).collect(), Names { known, is_open: false });
        shape
    }

    /// The first step of a way that documents of this kind do not have.
    pub(super) fn slip(&self, steps: &[Step]) -> Option<Slip> {
        let mut path: Vec<String> = Vec::new();
        for (at, step) in steps.iter().enumerate() {
            if let (Some(names), Step::Key(name)) = (self.places.get(&path), step)
                && !names.known.contains(name)
                && !name.starts_with("x-")
            {
                let meant = names.known.iter().find(|known| is_near(known, name)).cloned();
                // One and many of a thing may both be there.
                let is_other = |meant: &String| meant.trim_end_matches('s') != name.trim_end_matches('s');
                let is_slip = !names.is_open || meant.as_ref().is_some_and(is_other);
                return is_slip.then(|| Slip { name: name.clone(), meant, at });
            }
            let next = |path: &[String], step: &str| [path, &[step.to_owned()]].concat();
            path = match step {
                Step::Key(name) if !self.leads(&next(&path, "*")) => next(&path, name),
                _ => next(&path, "*"),
            };
        }
        None
    }

    /// Whether anything is known of this place or of one below it.
    fn leads(&self, path: &[String]) -> bool {
        self.places.range(path.to_vec()..).next().is_some_and(|(other, _)| other.starts_with(path))
    }
}

/// Alike but for the case, or for one letter more, less, other or exchanged: of long names two.
fn is_near(known: &str, name: &str) -> bool {
    let most = match known.len().min(name.len()) {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    };
    known.eq_ignore_ascii_case(name) || distance(known, name) <= most
}

/// How many letters must be put in, taken out, changed or exchanged.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for i in 1..=left.len() {
        let mut row = vec![i];
        for j in 1..=right.len() {
            let changed = rows[i - 1][j - 1] + usize::from(left[i - 1] != right[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, way: &str, expected: &str) {
        let steps: Vec<Step> =
            way.split('.').map(|step| if step == "*" { Step::Any } else { Step::Key(step.to_owned()) }).collect();
        let found = Shape::of(kind).expect("the kind has a shape").slip(&steps);
        let found = found.map_or(String::new(), |slip| format!("{}: {}", slip.name, slip.meant.unwrap_or_default()));
        assert_eq!(found, expected, "{kind} {way}");
    }

    #[test]
    fn slips() {
        check("kubernetes", "metdata.name", "metdata: metadata");
        check("kubernetes", "metadata.lables.app", "lables: labels");
        check("kubernetes", "metadata.owner", "owner: ");
        check("kubernetes", "authentication.webhook", "");
        check("kubernetes", "spec.port", "");
        check("kubernetes", "spec.containers.*.imagePullpolicy", "imagePullpolicy: imagePullPolicy");
        check("kubernetes", "spec.something.else", "");
        check("compose", "services.web.priviledged", "priviledged: privileged");
        check("compose", "x-common.services", "");
        check("image", "history.*.instructions", "instructions: instruction");
        check("image", "config.labels.anything", "");
        check("dockerfile", "*.cmd", "cmd: Cmd");
    }

    #[test]
    fn every_shape_knows_the_documents_that_are_kept_of_its_kind() {
        let path = testkit::workspace().join("fixtures/shapes/shapes.json");
        let kept: serde_json::Value =
            serde_json::from_str(&std::fs::read_to_string(path).expect("the record")).expect("JSON");
        let mut held = 0;
        for (name, documents) in kept.as_object().expect("shapes by name") {
            let kind = name.trim_start_matches("portcullis.").split('/').next().unwrap_or_default();
            let Some(shape) = Shape::of(kind) else { continue };
            let mut open = vec![(Vec::new(), documents)];
            while let Some((way, value)) = open.pop() {
                let slip = shape.slip(&way).map(|slip| slip.name);
                assert_eq!(slip, None, "{name}: {value}");
                let step = |step: Step| [&way[..], &[step]].concat();
                match value {
                    serde_json::Value::Array(items) => open.extend(items.iter().map(|item| (step(Step::Any), item))),
                    serde_json::Value::Object(members) => {
                        open.extend(members.iter().map(|(key, value)| (step(Step::Key(key.clone())), value)));
                    }
                    _ => {}
                }
            }
            held += 1;
        }
        assert!(held > 10, "only {held} shapes");
    }
}
