//! A RustSec advisory-db repository folder, read through the `rustsec` crate.
//!
//! The crate is asked file by file, so that one bad advisory costs only itself. It was made for trusted input and has
//! places that panic on absurd text; what reaches it is checked first, and a panic that remains is caught and named.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use ::rustsec::Advisory;
use ::rustsec::osv::ranges_for_advisory;
use jiff::Timestamp;
use jiff::civil::Date;
use model::{Ecosystem, Family, RuleId};

use crate::rating;
use crate::record::{Affected, Event, EventKind, Informational, Record, Subject};

/// Digits in a row of a version: more overflow the crate's arithmetic.
const MOST_DIGITS: usize = 18;

/// True for a folder laid out as the advisory database.
pub(crate) fn is_repository(folder: &Path) -> bool {
    let crates = std::fs::read_dir(folder.join("crates")).into_iter().flatten().flatten();
    crates.take(64).any(|entry| {
        let files = std::fs::read_dir(entry.path()).into_iter().flatten().flatten();
        files.take(64).any(|file| is_advisory_name(&file.file_name().to_string_lossy()))
    })
}

/// True for the name of an advisory's file.
pub(crate) fn is_advisory_name(name: &str) -> bool {
    name.starts_with("RUSTSEC-") && name.ends_with(".md")
}

/// Reads one advisory. `summaries` keeps its title.
pub(crate) fn parse(text: &str, summaries: bool) -> Result<Record, String> {
    refuse_what_panics(text)?;
    let read = || -> Result<Record, String> {
        let advisory: Advisory = text.parse().map_err(|error: ::rustsec::Error| refused(&error.to_string()))?;
        convert(&advisory, summaries)
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err("the rustsec crate failed on this advisory".to_owned()))
}

/// The crate draws the place under its first line; the last line says what is wrong there.
fn refused(error: &str) -> String {
    let mut lines = error.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or_default();
    let last = lines.next_back().map(|line| format!(": {}", line.trim())).unwrap_or_default();
    format!("not a RustSec advisory: {first}{last}")
}

fn refuse_what_panics(text: &str) -> Result<(), String> {
    if !text.starts_with("```toml") {
        return Err("not a RustSec advisory: it does not begin with a block of TOML".to_owned());
    }
    let front_matter = text.split("\n```").next().unwrap_or_default();
    let mut run = 0;
    for byte in front_matter.bytes() {
        run = if byte.is_ascii_digit() { run + 1 } else { 0 };
        if run > MOST_DIGITS {
            return Err(format!("a number has more than {MOST_DIGITS} digits"));
        }
    }
    Ok(())
}

fn convert(advisory: &Advisory, summaries: bool) -> Result<Record, String> {
    let metadata = &advisory.metadata;
    let id = metadata.id.as_str();
    if metadata.id.is_placeholder() || id.parse::<RuleId>().is_err() {
        return Err(format!("`{}` is no advisory id", id.escape_debug()));
    }
    let names = |list: &[::rustsec::advisory::Id]| {
        list.iter().map(|id| id.as_str().to_owned()).filter(|id| id.parse::<RuleId>().is_ok()).collect()
    };
    let mut record = Record {
        id: id.to_owned(),
        published: midnight(metadata.date.as_str()),
        withdrawn: metadata.withdrawn.is_some(),
        aliases: names(&metadata.aliases),
        related: names(&metadata.related),
        links: links(advisory),
        informational: metadata.informational.as_ref().map(|kind| Informational::from_word(kind.as_str())),
        summary: summaries.then(|| metadata.title.clone()),
        ..Record::default()
    };
    record.ratings.extend(metadata.cvss.as_ref().map(ToString::to_string).filter(|vector| rating::is_vector(vector)));
    // A crate of another registry is not the public crate of that name.
    if metadata.source.as_ref().is_none_or(::rustsec::SourceId::is_default_registry) {
        let ecosystem = Ecosystem { family: Family::CratesIo, release: None };
        let name = Family::CratesIo.normalise_name(metadata.package.as_str()).into_owned();
        let subject = Subject { ecosystem: ecosystem.to_string(), name };
        record.affected.insert(subject, affected(advisory));
    }
    Ok(record)
}

fn affected(advisory: &Advisory) -> Affected {
    let event = |kind, version: String| Event { version, kind };
    let ranges = ranges_for_advisory(&advisory.versions).into_iter().map(|range| {
        let start = range.introduced.map_or_else(|| "0".to_owned(), |version| version.to_string());
        let mut events = vec![event(EventKind::Introduced, start)];
        events.extend(range.fixed.map(|version| event(EventKind::Fixed, version.to_string())));
        events.sort();
        events
    });
    Affected { ranges: ranges.collect(), ..Affected::default() }
}

fn links(advisory: &Advisory) -> Vec<String> {
    let own = format!("https://rustsec.org/advisories/{}.html", advisory.metadata.id.as_str());
    let others = advisory.metadata.url.iter().chain(&advisory.metadata.references).map(ToString::to_string);
    std::iter::once(own).chain(others).take(3).collect()
}

fn midnight(date: &str) -> Option<i64> {
    let date: Date = date.parse().ok()?;
    let midnight: Timestamp = format!("{date}T00:00:00Z").parse().ok()?;
    Some(midnight.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "```toml\n[advisory]\nid = \"RUSTSEC-2020-0001\"\npackage = \"Foo_bar\"\ndate = \"2020-01-02\"\naliases = [\"CVE-2020-1\"]\n\n[versions]\npatched = [\">= 1.2.0\"]\nunaffected = [\"< 1.0.0\"]\n```\n\n# Title\n\nText.\n";

    #[test]
    fn reads_an_advisory() {
        let record = parse(GOOD, true).expect("an advisory");
        let (subject, affected) = record.affected.first_key_value().expect("one crate");
        assert_eq!((subject.ecosystem.as_str(), subject.name.as_str()), ("crates.io", "foo-bar"));
        let range = affected.ranges.first().expect("a range");
        let texts: Vec<&str> = range.iter().map(|event| event.version.as_str()).collect();
        assert_eq!(texts, ["1.0.0", "1.2.0"]);
        assert_eq!((record.published, record.summary.as_deref()), (Some(1_577_923_200), Some("Title")));
    }

    #[test]
    fn absurd_input_is_refused() {
        assert!(parse("`````ééééééééééééééééééééé", false).is_err());
        let huge = GOOD.replace(">= 1.2.0", "> 1.0.18446744073709551615");
        assert!(parse(&huge, false).is_err());
        assert!(parse(&GOOD.replace("< 1.0.0", "< 1.5.0"), false).is_err(), "overlapping ranges");
    }

    proptest::proptest! {
        #[test]
        fn never_panics(cut in 0..GOOD.len(), byte in 0..128u8) {
            let mut bytes = GOOD.as_bytes().to_vec();
            bytes[cut] = byte;
            let _ = parse(&String::from_utf8_lossy(&bytes), false);
            let _ = parse(&GOOD[..cut], false);
        }
    }
}
