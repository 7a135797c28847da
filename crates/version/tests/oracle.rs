//! What the reference implementations answered, as `cargo xtask oracle` recorded it: no difference that nobody judged, and
//! none that is no longer there. The pairs are made again from the shared advisory sets.

use std::cmp::Ordering;

use portcullis_version::{Scheme, compare};
use testkit::versions::record::{Record, UNJUDGED, digest};
use testkit::versions::{self, Corpus, Recipe};

/// Pairs that both have to order; fewer were no proof.
const FEWEST: usize = 20_000;

#[track_caller]
fn check(recipe: &Recipe, scheme: Scheme) {
    let Some(corpus) = Corpus::of(recipe) else { return };
    let path = testkit::workspace().join(format!("crates/version/oracle/{}.txt", recipe.name));
    let text = std::fs::read_to_string(&path).expect("a record");
    let record = Record::parse(&text).expect("a record that xtask wrote");
    let pairs = versions::pairs(recipe, &corpus);
    let again = "run `cargo xtask oracle` again";
    assert_eq!(pairs.len(), record.answers.len(), "{again}");
    assert_eq!(digest(&pairs), record.digest, "the pairs are not those that were asked; {again}");
    let unjudged: Vec<&String> =
        record.differences.iter().filter(|(_, judgement)| *judgement == UNJUDGED).map(|(line, _)| line).collect();
    assert!(unjudged.is_empty(), "nobody judged {unjudged:#?}");
    let ours = |left: &str, right: &str| sign(scheme, left, right);
    let judged = |_: &str, _: &str, line: &str| record.differences.get(line).cloned().unwrap_or_default();
    let now = Record::new(&record.judge, &pairs, &record.answers, ours, judged);
    let new: Vec<&String> = now.differences.keys().filter(|line| !record.differences.contains_key(*line)).collect();
    assert!(new.is_empty(), "{} now answers otherwise:\n{new:#?}", scheme.name());
    assert_eq!(now, record, "the record says what is no longer so; {again}");
    // A reference that answers nothing, or an ordering that reads nothing, would agree too.
    assert!(now.counts.agreed + now.counts.differed >= FEWEST, "{:?}", now.counts);
    // The order is turned with the pair.
    for (left, right) in pairs.iter().step_by(7) {
        let turned = match ours(right, left) {
            '<' => '>',
            '>' => '<',
            other => other,
        };
        assert_eq!(ours(left, right), turned, "{left} and {right}");
    }
}

fn sign(scheme: Scheme, left: &str, right: &str) -> char {
    match compare(scheme, left, right) {
        Ok(Ordering::Less) => '<',
        Ok(Ordering::Equal) => '=',
        Ok(Ordering::Greater) => '>',
        Err(_) => '!',
    }
}

#[test]
fn dpkg() {
    check(&versions::DPKG, Scheme::Debian);
}

#[test]
fn rpm() {
    check(&versions::RPM, Scheme::Rpm);
}

#[test]
fn packaging() {
    check(&versions::PEP440, Scheme::Pep440);
}

#[test]
fn rubygems() {
    check(&versions::RUBYGEMS, Scheme::RubyGems);
}

#[test]
fn maven_artifact() {
    check(&versions::MAVEN, Scheme::Maven);
}

#[test]
fn npm_semver() {
    check(&versions::NPM, Scheme::SemVer);
}

#[test]
fn composer_semver() {
    check(&versions::COMPOSER, Scheme::Packagist);
}

#[test]
fn go_semver() {
    check(&versions::GO, Scheme::Go);
}
