//! Comments and annotations that accept findings, held against all rules there are: those of every profile, for a comment may
//! speak to a scan that asks for more than this one.

use gate::RuleNames;
use jiff::civil::Date;
use model::{Remark, Target};

use crate::builtin_policies;
use crate::scanner::Rooms;

/// Suppresses what the remarks of each target cover.
pub(crate) fn apply(targets: &mut [Target], remarks: &[Vec<Remark>], rooms: &Rooms, today: Date) {
    if remarks.iter().all(Vec::is_empty) {
        return;
    }
    let names = names(rooms);
    for (target, remarks) in targets.iter_mut().zip(remarks) {
        gate::apply_remarks(target, remarks, &names, today, rooms.config.require_ignore_reason);
    }
}

fn names(rooms: &Rooms) -> RuleNames {
    let mut names = RuleNames::default();
    for (id, equivalents) in builtin_policies::rule_names() {
        names.add(id, equivalents.iter().copied());
    }
    for rule in rooms.policies.rules().values() {
        names.add(rule.id.as_str(), rule.equivalents.iter().map(String::as_str));
    }
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::Config;
    use crate::policy_room::PolicyRoom;

    #[test]
    fn names_known_without_compiling_are_those_of_the_rules() {
        let mut config = Config::new("2026-08-25T00:00:00Z".parse().expect("a date"));
        config.profiles = builtin_policies::PROFILES.iter().map(|&name| name.to_owned()).collect();
        let room = PolicyRoom::open(&config).expect("the built-in policies need no compiling");
        let said: BTreeMap<&str, Vec<&str>> =
            builtin_policies::rule_names().map(|(id, names)| (id, names.to_vec())).collect();
        let rules = room.get().rules().iter().map(|loaded| &loaded.rule);
        let loaded: BTreeMap<&str, Vec<&str>> =
            rules.map(|rule| (rule.id.as_str(), rule.equivalents.iter().map(String::as_str).collect())).collect();
        assert_eq!(said, loaded);
    }
}
