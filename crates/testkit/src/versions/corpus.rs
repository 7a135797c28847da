//! Versions that advisories speak of, by package.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;

use serde_json::Value;

use super::Recipe;
use super::chance::Chance;

/// Versions of real packages.
pub struct Corpus {
    packages: Vec<Vec<String>>,
}

impl Corpus {
    /// The versions a recipe wants; `None`, said loudly, where the sets are missing.
    pub fn of(recipe: &Recipe) -> Option<Corpus> {
        let mut packages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for set in recipe.sets {
            let file = std::fs::File::open(crate::advisories(set)?).expect("the set is there");
            let mut text = String::new();
            zstd::stream::read::Decoder::new(file).expect("zstd").read_to_string(&mut text).expect("zstd");
            for line in text.lines() {
                let record: Value = serde_json::from_str(line).expect("every line was checked");
                for affected in record["affected"].as_array().into_iter().flatten() {
                    take(recipe, affected, &mut packages);
                }
            }
        }
        let packages = packages.into_values().filter(|versions| !versions.is_empty());
        Some(Corpus { packages: packages.map(|versions| versions.into_iter().collect()).collect() })
    }

    /// Versions of one package.
    pub(super) fn package(&self, chance: &mut Chance) -> &[String] {
        chance.one_of(self.packages.as_slice()).as_slice()
    }
}

fn take(recipe: &Recipe, affected: &Value, packages: &mut BTreeMap<String, BTreeSet<String>>) {
    let package = &affected["package"];
    let (Some(ecosystem), Some(name)) = (package["ecosystem"].as_str(), package["name"].as_str()) else { return };
    if !recipe.ecosystems.iter().any(|wanted| ecosystem.starts_with(wanted)) {
        return;
    }
    let family = ecosystem.split(':').next().unwrap_or_default();
    let versions = packages.entry(format!("{family} {name}")).or_default();
    let ranges = affected["ranges"].as_array().into_iter().flatten().filter(|range| range["type"] != "GIT");
    let events = ranges.flat_map(|range| range["events"].as_array().into_iter().flatten());
    let bounds = events.filter_map(Value::as_object).flatten().filter_map(|(_, version)| version.as_str());
    let listed = affected["versions"].as_array().into_iter().flatten().filter_map(Value::as_str);
    // One line and one column is what every driver can take; anything else has tests of its own.
    let plain = |text: &&str| text.bytes().all(|byte| byte.is_ascii_graphic());
    versions.extend(bounds.chain(listed).filter(plain).map(str::to_owned));
}
