//! Which of a snapshot's ecosystems speak of a package: releases are written in several ways.

use std::ops::Range;

use model::{Ecosystem, Family};

use super::open::Snapshot;

/// Where the ecosystems of each family are in a snapshot's list. A scan asks for it once for each package.
pub(super) struct Families(Vec<Range<usize>>);

impl Snapshot {
    /// Numbers of the ecosystems whose records hold for packages of `ecosystem`: its release, and records without one.
    pub(crate) fn ecosystems_of<'a>(&'a self, ecosystem: &'a Ecosystem) -> impl Iterator<Item = u32> + 'a {
        let asked = ecosystem.release.as_deref();
        self.releases_of(ecosystem.family)
            .filter(move |(_, release)| match (release, asked) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(listed), Some(asked)) => is_same_release(ecosystem.family, listed, asked),
            })
            .map(|(number, _)| number)
    }

    /// Numbers and releases of all ecosystems of a family.
    pub(crate) fn releases_of(&self, family: Family) -> impl Iterator<Item = (u32, Option<&str>)> {
        let name = family.osv_name();
        let names = self.ecosystem_names();
        self.families().of(family).filter_map(move |at| {
            let listed = names[at].as_str();
            let release = match listed[name.len()..].strip_prefix(':') {
                Some(release) => Some(release),
                None if listed.len() == name.len() => None,
                None => return None,
            };
            Some((at as u32, release))
        })
    }
}

impl Families {
    /// `names` are sorted.
    pub(super) fn among(names: &[String]) -> Families {
        let place = |family: Family| {
            let name = family.osv_name();
            let first = names.partition_point(|listed| listed.as_str() < name);
            let count = names[first..].iter().take_while(|listed| listed.starts_with(name)).count();
            first..first + count
        };
        Families(Family::all().map(place).collect())
    }

    fn of(&self, family: Family) -> Range<usize> {
        self.0[family as usize].clone()
    }
}

/// Whether two releases of a family are the same one.
fn is_same_release(family: Family, listed: &str, asked: &str) -> bool {
    if listed == asked {
        return true;
    }
    match family {
        Family::Ubuntu => listed.trim_end_matches(":LTS") == asked.trim_end_matches(":LTS"),
        Family::Alpine => listed.trim_start_matches('v') == asked.trim_start_matches('v'),
        // `enterprise_linux:9::appstream`: product, major release, repository.
        Family::RedHat => {
            let mut parts = listed.split(':');
            parts.next() == Some("enterprise_linux") && parts.next() == asked.split('.').next()
        }
        // `Leap 15.5`, `leap-15.5` and `15.5`.
        Family::OpenSuse => {
            let plain = |text: &str| text.to_ascii_lowercase().replace([' ', '_'], "-");
            let (listed, asked) = (plain(listed), plain(asked));
            listed == asked || listed.strip_prefix("leap-") == Some(asked.as_str())
        }
        // `Linux Enterprise Server 15 SP5` and its modules, `Linux Enterprise Module for Basesystem 15 SP5`, are all of 15.5.
        Family::Suse => {
            let (major, pack) = asked.split_once('.').unwrap_or((asked, "0"));
            let ending = if pack == "0" { format!(" {major}") } else { format!(" {major} SP{pack}") };
            listed.starts_with("Linux Enterprise") && listed.ends_with(&ending)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_written_in_several_ways() {
        assert!(is_same_release(Family::Ubuntu, "22.04:LTS", "22.04"));
        assert!(is_same_release(Family::RedHat, "enterprise_linux:9::appstream", "9"));
        assert!(!is_same_release(Family::RedHat, "enterprise_linux:8::baseos", "9"));
        assert!(is_same_release(Family::OpenSuse, "Leap 15.5", "leap-15.5"));
        assert!(is_same_release(Family::OpenSuse, "Leap 15.5", "15.5"));
        assert!(is_same_release(Family::Suse, "Linux Enterprise Server 15 SP5", "15.5"));
        assert!(is_same_release(Family::Suse, "Linux Enterprise Module for Basesystem 15", "15.0"));
        assert!(!is_same_release(Family::Suse, "Linux Enterprise Server 15 SP4", "15.5"));
        assert!(!is_same_release(Family::Debian, "11", "12"));
    }
}
