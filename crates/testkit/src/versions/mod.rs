//! Pairs of versions to hold an ordering against its reference implementation: real ones of the shared advisory sets, and
//! mutations of them as packagers and release scripts make them. The same sets give the same pairs on every machine.

mod chance;
mod corpus;
mod mutate;
mod recipes;
pub mod record;

use chance::Chance;
pub use corpus::Corpus;
pub use recipes::{COMPOSER, DPKG, GO, MAVEN, NPM, PEP440, RPM, RUBYGEMS};

/// Which versions are wanted, and how they are varied.
#[derive(Clone, Copy, Debug)]
pub struct Recipe {
    /// Names the recipe, and begins its chain of chances.
    pub name: &'static str,
    /// How many pairs: so many that some 20,000 are ones that both sides order.
    pub pairs: usize,
    /// Files of the shared sets.
    pub sets: &'static [&'static str],
    /// Beginnings of the OSV ecosystems whose versions are taken.
    pub ecosystems: &'static [&'static str],
    /// What versions of the scheme begin with now and then.
    pub beginnings: &'static [&'static str],
    /// What they end with.
    pub endings: &'static [&'static str],
    /// What stands between their parts.
    pub marks: &'static [&'static str],
    /// Words in them.
    pub words: &'static [&'static str],
}

/// The pairs of a recipe, each once.
pub fn pairs(recipe: &Recipe, corpus: &Corpus) -> Vec<(String, String)> {
    let number = recipe.pairs;
    let mut chance = Chance::new(recipe.name);
    let mut seen = std::collections::HashSet::new();
    let mut pairs = Vec::with_capacity(number);
    // A corpus too small for so many pairs ends this.
    for _ in 0..number * 20 {
        let pair = pair(recipe, corpus, &mut chance);
        let fits = |text: &str| !text.is_empty() && text.len() <= 120;
        if fits(&pair.0) && fits(&pair.1) && seen.insert(pair.clone()) {
            pairs.push(pair);
        }
        if pairs.len() == number {
            break;
        }
    }
    pairs
}

fn pair(recipe: &Recipe, corpus: &Corpus, chance: &mut Chance) -> (String, String) {
    let package = corpus.package(chance);
    let own = |chance: &mut Chance| chance.one_of(package).clone();
    let changed = |chance: &mut Chance, text: &str| {
        let mut text = mutate::once(recipe, text, chance);
        while chance.of(3) == 0 {
            text = mutate::once(recipe, &text, chance);
        }
        text
    };
    let left = own(chance);
    match chance.of(10) {
        0..3 => {
            let right = own(chance);
            (left, right)
        }
        3 => {
            let other = corpus.package(chance);
            let right = chance.one_of(other).clone();
            (left, right)
        }
        4..7 => {
            let right = changed(chance, &left);
            (left, right)
        }
        7 => {
            let right = changed(chance, &left);
            (right, left)
        }
        _ => {
            let (one, other) = (changed(chance, &left), changed(chance, &left));
            (one, other)
        }
    }
}
