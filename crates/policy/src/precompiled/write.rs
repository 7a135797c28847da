//! Compiles loaded rules and writes them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::header::{GroupHeader, Header, Question, RuleHeader};
use crate::PolicySet;
use crate::group::Group;
use crate::rego::Machine;

/// A group, and its program or why there is none.
type Written = (GroupHeader, Result<Vec<u8>, String>);

/// The package of the rules that ask all others; no policy has that name.
const PACKAGE: &str = "portcullis_asks";

impl PolicySet {
    /// The bytes of a [`Precompiled`](crate::Precompiled) of all groups. Each of `profiles` can be asked; `stamp` has to be given
    /// again to open it. Rules of the ids in `except` are left out, because the machine does not give what their texts give.
    /// What it cannot compile is told by `Precompiled::missing`.
    pub fn precompile(&self, profiles: &[&str], stamp: &str, except: &[&str]) -> Vec<u8> {
        let mut header = Header { stamp: stamp.to_owned(), ..Header::default() };
        header.files = self.modules.iter().map(|module| module.file.clone()).collect();
        let mut programs = Vec::new();
        for group in &self.groups {
            let (excepted, rules) = self.rules_of(group, except);
            if !excepted.is_empty() {
                let (mut written, _) = self.written(group, excepted, &[]);
                written.fault = "the machine does not give what the text gives".to_owned();
                header.groups.push(written);
            }
            let whole = self.written(group, rules, profiles);
            // A rule that the machine cannot compile does not keep the others from it.
            let written = if whole.1.is_ok() { vec![whole] } else { self.parted(group, whole.0.rules, profiles) };
            for (mut written, program) in written {
                written.start = programs.len();
                match program {
                    Ok(program) => {
                        written.length = program.len();
                        programs.extend(program);
                    }
                    Err(fault) => written.fault = fault,
                }
                header.groups.push(written);
            }
        }
        header.write(&programs)
    }

    fn written(&self, group: &Group, rules: Vec<RuleHeader>, profiles: &[&str]) -> Written {
        let written = GroupHeader {
            kinds: group.kinds.clone(),
            input: group.input,
            questions: questions(&rules, profiles),
            rules,
            start: 0,
            length: 0,
            fault: String::new(),
        };
        let program = self.compiled(&written);
        (written, program)
    }

    /// Those that the machine can compile together, and each of the others.
    fn parted(&self, group: &Group, rules: Vec<RuleHeader>, profiles: &[&str]) -> Vec<Written> {
        let alone = rules.into_iter().map(|rule| self.written(group, vec![rule], profiles));
        let (good, bad): (Vec<Written>, Vec<Written>) = alone.partition(|(_, program)| program.is_ok());
        let good = good.into_iter().flat_map(|(written, _)| written.rules).collect();
        [self.written(group, good, profiles)].into_iter().chain(bad).collect()
    }

    /// Those that are left out, and the others.
    fn rules_of(&self, group: &Group, except: &[&str]) -> (Vec<RuleHeader>, Vec<RuleHeader>) {
        let packages = group.packages.iter().map(|place| &self.packages[*place]);
        let entries = packages.flat_map(|package| package.entries.iter().map(move |entry| (package, entry)));
        let rule = |(package, entry): (&crate::package::Package, &crate::package::Entry)| RuleHeader {
            path: entry.path.clone(),
            profiles: self.rules()[entry.rule].rule.profiles.clone(),
            files: package.modules.clone(),
        };
        let is_excepted = |(_, entry): &(&crate::package::Package, &crate::package::Entry)| {
            except.contains(&self.rules()[entry.rule].rule.id.as_str())
        };
        let (excepted, others): (Vec<_>, Vec<_>) = entries.partition(is_excepted);
        (excepted.into_iter().map(rule).collect(), others.into_iter().map(rule).collect())
    }

    fn compiled(&self, written: &GroupHeader) -> Result<Vec<u8>, String> {
        let mut own = format!("package {PACKAGE}\n");
        for (at, question) in written.questions.iter().enumerate() {
            let asked = written.rules.iter().enumerate().filter(|(_, rule)| rule.profiles.contains(&question.profile));
            for (place, rule) in asked {
                // An empty set is what most rules give, and says nothing.
                writeln!(
                    own,
                    "{} contains [{place}, answer] if {{ answer := {}; answer != set() }}",
                    name(at),
                    rule.path
                )
                .expect("a string takes all");
            }
        }
        let asked: Vec<String> = written.questions.iter().map(|question| question.rule.clone()).collect();
        let needed: BTreeSet<usize> = written.rules.iter().flat_map(|rule| rule.files.iter().copied()).collect();
        let modules = needed.iter().map(|place| &self.modules[*place]);
        Machine::compile(modules, own, &asked, &self.options).map_err(|fault| fault.to_string())
    }
}

fn questions(rules: &[RuleHeader], profiles: &[&str]) -> Vec<Question> {
    let has_rules = |profile: &&&str| rules.iter().any(|rule| rule.profiles.iter().any(|own| own == **profile));
    let question = |(at, profile): (usize, &&str)| Question {
        profile: (*profile).to_owned(),
        rule: format!("data.{PACKAGE}.{}", name(at)),
    };
    profiles.iter().filter(has_rules).enumerate().map(question).collect()
}

fn name(at: usize) -> String {
    format!("asks_{at}")
}
