//! Compiles loaded rules and writes them.

use std::collections::BTreeSet;

use super::header::{GroupHeader, Header, RuleHeader, Rules};
use crate::group::Group;
use crate::rego::{DocumentNeeds, Machine};
use crate::sieve::{Listed, needs_of};
use crate::{Input, PolicySet};

/// A group, and its program or why there is none.
type Written = (Rules, Result<Vec<u8>, String>);

/// Rules of one program: the compiler counts what can be asked in a byte.
const MOST_TOGETHER: usize = 200;

impl PolicySet {
    /// The bytes of a [`Precompiled`](crate::Precompiled) of all groups; `stamp` has to be given again to open it. Rules of the ids
    /// in `except` are left out, because the machine does not give what their texts give. What it cannot compile is told by
    /// `Precompiled::missing`.
    pub fn precompile(&self, stamp: &str, except: &[&str]) -> Vec<u8> {
        let mut header = Header { stamp: stamp.to_owned(), ..Header::default() };
        header.files = self.modules.iter().map(|module| module.file.clone()).collect();
        let mut behind = Vec::new();
        for group in &self.groups {
            let mut all = Vec::new();
            let (excepted, rules) = self.rules_of(group, except);
            if !excepted.is_empty() {
                let why = "the machine does not give what the text gives".to_owned();
                all.push((listed(&excepted), Err(why)));
            }
            for rules in rules.chunks(MOST_TOGETHER) {
                let whole = self.written(rules);
                // A rule that the machine cannot compile does not keep the others from it.
                all.extend(if whole.1.is_ok() { vec![whole] } else { self.parted(rules) });
            }
            for (rules, program) in all {
                let profiles = rules.rules.iter().flat_map(|rule| rule.profiles.iter().cloned()).collect();
                let mut put = |bytes: &[u8]| {
                    behind.extend_from_slice(bytes);
                    (behind.len() - bytes.len(), bytes.len())
                };
                let written = put(&postcard::to_allocvec(&rules).expect("names and numbers can be written"));
                let (program, fault) = match program {
                    Ok(program) => (put(&program), String::new()),
                    Err(fault) => ((0, 0), fault),
                };
                let (kinds, input) = (group.kinds.clone(), group.input);
                header.groups.push(GroupHeader { kinds, input, profiles, rules: written, program, fault });
            }
        }
        header.write(&behind)
    }

    fn written(&self, rules: &[Rule]) -> Written {
        let asked: Vec<String> = rules.iter().map(|rule| rule.header.path.clone()).collect();
        let needed: BTreeSet<usize> = rules.iter().flat_map(|rule| rule.header.files.iter().copied()).collect();
        let modules = needed.iter().map(|place| &self.modules[*place]);
        let program = Machine::compile(modules, &asked, &self.options).map_err(|fault| fault.to_string());
        (listed(rules), program)
    }

    /// Those that the machine can compile together, and each of the others.
    fn parted(&self, rules: &[Rule]) -> Vec<Written> {
        let is_good = |rule: &&Rule| self.written(std::slice::from_ref(*rule)).1.is_ok();
        let (good, bad): (Vec<&Rule>, Vec<&Rule>) = rules.iter().partition(is_good);
        let good: Vec<Rule> = good.into_iter().cloned().collect();
        let bad = bad.into_iter().map(|rule| self.written(std::slice::from_ref(rule)));
        [self.written(&good)].into_iter().chain(bad).collect()
    }

    /// Those that are left out, and the others.
    fn rules_of(&self, group: &Group, except: &[&str]) -> (Vec<Rule>, Vec<Rule>) {
        let packages = group.packages.iter().map(|place| &self.packages[*place]);
        let entries = packages.flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
        let (mut excepted, mut others) = (Vec::new(), Vec::new());
        for (package, entry) in entries {
            let rule = &self.rules()[entry.rule].rule;
            let list = if except.contains(&rule.id.as_str()) { &mut excepted } else { &mut others };
            let needs = needs_of(package, entry, &self.modules, group.input == Input::Document);
            let (path, profiles, files) = (entry.path.clone(), rule.profiles.clone(), package.modules.clone());
            list.push(Rule { header: RuleHeader { path, profiles, files, needs: Vec::new() }, needs });
        }
        (excepted, others)
    }
}

/// A rule, and what it needs in words.
#[derive(Clone)]
struct Rule {
    header: RuleHeader,
    needs: DocumentNeeds,
}

/// Rules with what they need as places in one list.
fn listed(rules: &[Rule]) -> Rules {
    let Listed { marks, needs } = Listed::of(rules.iter().map(|rule| &rule.needs));
    let header = |(rule, needs): (&Rule, Vec<Vec<usize>>)| RuleHeader { needs, ..rule.header.clone() };
    Rules { rules: rules.iter().zip(needs).map(header).collect(), marks }
}
