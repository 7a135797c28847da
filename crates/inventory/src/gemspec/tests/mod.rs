//! A specification, and what is left of a broken one.

use insta::assert_snapshot;

use super::{DETECTOR, is_specification};
use crate::hostile::survives;
use crate::listing::{list, run};

const RAKE: &str = include_str!("../../../../../fixtures/installed/gemspec/rake-13.0.6.gemspec");

fn check(text: &str) -> String {
    list(&run(&DETECTOR, "usr/lib/ruby/gems/3.0.0/specifications/rake-13.0.6.gemspec", text.as_bytes()))
}

#[test]
fn a_specification() {
    assert_snapshot!(check(RAKE), @r"pkg:gem/rake@13.0.6 · lines 5-6 · license MIT OR Ruby");
}

#[test]
fn broken() {
    assert_snapshot!(check("# stub: rake 13.0.6 ruby lib\n"), @r"pkg:gem/rake@13.0.6 · line 1");
    assert_snapshot!(check("Gem::Specification.new do |gem|\n gem.name = 'a'\nend\n"), @r"Error Shape line 1: the specification of a gem does not name it and its version: it is not read");
}

#[test]
fn names_of_files() {
    assert!(
        is_specification("gems/specifications/a.gemspec") && is_specification("x/specifications/default/a.gemspec")
    );
    assert!(!is_specification("gems/a/a.gemspec"));
}

#[test]
fn survives_anything() {
    survives(&DETECTOR, "specifications/a.gemspec", RAKE.as_bytes());
}
