//! Whether a block of affected versions holds a version.

use std::cell::OnceCell;

use model::Family;
use version::{Scheme, Version};

use crate::range::{Incomparable, Window, windows};
use crate::snapshot::SnapshotError;
use crate::snapshot::affected::{AffectedView, RawRange};

/// A version, read when a first block is compared with it, and once for all of them.
pub(crate) struct Judge<'a> {
    /// OSV name of the family.
    family: &'static str,
    scheme: Option<Scheme>,
    text: Option<&'a str>,
    /// `nodejs:18`: the stream of the rpm module the package was built for, where that is known.
    module: Option<&'a str>,
    version: OnceCell<Result<Version, String>>,
}

/// What a block says of a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Decision {
    Affected(Why),
    NotAffected,
    /// It speaks of builds of this stream of a module, and the package is of another.
    OtherModule(String),
    Undecided(String),
}

/// What made it affected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The list of versions has it, in this spelling.
    Listed(String),
    /// A window holds it.
    Window(Window),
}

impl<'a> Judge<'a> {
    pub(crate) fn new(family: Family, text: Option<&'a str>) -> Judge<'a> {
        Judge::with_scheme(family.osv_name(), family.scheme(), text)
    }

    /// The same of a package built for a stream of a module.
    pub(crate) fn of_module(self, module: Option<&'a str>) -> Judge<'a> {
        Judge { module, ..self }
    }

    fn with_scheme(family: &'static str, scheme: Option<Scheme>, text: Option<&'a str>) -> Judge<'a> {
        Judge { family, scheme, text, module: None, version: OnceCell::new() }
    }

    /// The version, or why it cannot be compared.
    pub(crate) fn version(&self) -> Result<&Version, &str> {
        self.version.get_or_init(|| self.read()).as_ref().map_err(String::as_str)
    }

    fn read(&self) -> Result<Version, String> {
        match (self.text, self.scheme) {
            (None, _) => Err("no version is known".to_owned()),
            (Some(_), None) => Err(format!("versions of {} cannot be ordered yet", self.family)),
            (Some(text), Some(scheme)) => Version::parse(scheme, text).map_err(|error| error.to_string()),
        }
    }

    pub(crate) fn decide(&self, affected: &AffectedView<'_>) -> Result<Decision, SnapshotError> {
        if let (Some(own), Some(theirs)) = (self.module, affected.module)
            && own != theirs
        {
            return Ok(Decision::OtherModule(theirs.to_owned()));
        }
        if let Some(window) = affected.windows.iter().find(|window| window.is_everything()) {
            return Ok(Decision::Affected(Why::Window(window.clone())));
        }
        if let Some(why) = self.listed_as_it_is(affected)? {
            return Ok(Decision::Affected(why));
        }
        if says_nothing_comparable(affected) {
            return Ok(nothing_to_compare(affected));
        }
        match self.version() {
            Ok(version) => compare(version, affected),
            Err(_) if is_empty(affected)? => Ok(Decision::NotAffected),
            Err(reason) => Ok(Decision::Undecided(reason.to_owned())),
        }
    }

    fn listed_as_it_is(&self, affected: &AffectedView<'_>) -> Result<Option<Why>, SnapshotError> {
        let Some(text) = self.text else { return Ok(None) };
        let mut why = None;
        affected.versions.clone().sorted_texts(|listed| {
            if listed == text {
                why = Some(Why::Listed(listed.to_owned()));
            }
            // The list is sorted.
            listed < text
        })?;
        Ok(why)
    }
}

/// The same version may be listed in another spelling, or lie in a window.
fn compare(version: &Version, affected: &AffectedView<'_>) -> Result<Decision, SnapshotError> {
    let mut doubt = None;
    for window in &affected.windows {
        match window.contains(version) {
            Ok(true) => return Ok(Decision::Affected(Why::Window(window.clone()))),
            Ok(false) => {}
            Err(error) => doubt = Some(error),
        }
    }
    for range in &affected.raw {
        match holds(version, range) {
            Ok(Some(window)) => return Ok(Decision::Affected(Why::Window(window))),
            Ok(None) => {}
            Err(error) => doubt = Some(error),
        }
    }
    let mut why = None;
    affected.versions.clone().sorted_texts(|listed| {
        if is_equal(version, listed) {
            why = Some(Why::Listed(listed.to_owned()));
        }
        why.is_none()
    })?;
    Ok(match (why, doubt) {
        (Some(why), _) => Decision::Affected(why),
        (None, Some(error)) => Decision::Undecided(error.to_string()),
        (None, None) => Decision::NotAffected,
    })
}

/// A range that could not be swept when the snapshot was built; the ordering may have learnt since.
fn holds(version: &Version, range: &RawRange) -> Result<Option<Window>, Incomparable> {
    let exclusive = |text: &str| range.exclusive.iter().any(|listed| listed == text);
    for window in windows(Some(version.scheme()), &range.events, exclusive)? {
        if window.contains(version)? {
            return Ok(Some(window));
        }
    }
    Ok(None)
}

fn is_equal(version: &Version, listed: &str) -> bool {
    let scheme: Scheme = version.scheme();
    Version::parse(scheme, listed).is_ok_and(|listed| version.compare(&listed) == Some(std::cmp::Ordering::Equal))
}

fn says_nothing_comparable(affected: &AffectedView<'_>) -> bool {
    !affected.says_something
}

fn nothing_to_compare(affected: &AffectedView<'_>) -> Decision {
    let reason = if affected.has_commits {
        "the record gives only ranges of commits, which versions cannot be compared with"
    } else {
        "the record gives no versions that can be compared"
    };
    Decision::Undecided(reason.to_owned())
}

/// Ranges that hold nothing ("introduced 1, fixed 1") and no list: any version is clean.
fn is_empty(affected: &AffectedView<'_>) -> Result<bool, SnapshotError> {
    let mut listed = false;
    affected.versions.clone().sorted_texts(|_| {
        listed = true;
        false
    })?;
    Ok(!listed && affected.windows.is_empty() && affected.raw.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::range::{Lower, Upper};
    use crate::record::{Event, EventKind};
    use crate::snapshot::affected::{self, AffectedParts};
    use crate::snapshot::section::{Kind, Section, push_block};

    /// Decides without any ordering, as for an ecosystem whose ordering is not built.
    fn check(windows: &[Window], raw: &[RawRange], versions: &[&str], text: &str, expected: &str) {
        let parts = AffectedParts {
            has_commits: false,
            says_something: true,
            module: None,
            windows,
            raw,
            versions,
            ratings: &[],
        };
        let mut bytes = Vec::new();
        push_block(Kind::Affected, &mut bytes, &affected::write(&parts)).expect("it is small");
        let section = Section { kind: Kind::Affected, bytes: &bytes };
        let view = affected::read(section.block(0).expect("whole")).expect("whole");
        let decision = Judge::with_scheme("Klingon", None, Some(text)).decide(&view).expect("whole");
        let shown = match decision {
            Decision::Affected(_) => "affected",
            Decision::NotAffected => "not affected",
            Decision::OtherModule(_) => "of another module",
            Decision::Undecided(reason) => &reason.clone(),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_ordering_that_does_not_exist_decides_nothing() {
        let event = |kind, version: &str| Event { version: version.to_owned(), kind };
        let range = RawRange {
            events: vec![event(EventKind::Introduced, "0"), event(EventKind::Fixed, "2")],
            exclusive: Vec::new(),
        };
        let undecided = "versions of Klingon cannot be ordered yet";
        check(&[], std::slice::from_ref(&range), &["1.0"], "1.0", "affected");
        check(&[], std::slice::from_ref(&range), &["1.0"], "1.5", undecided);
        check(&[], &[], &["1.0"], "1.5", undecided);
        check(&[], &[], &[], "1.5", "not affected");
        check(&[Window { lower: Lower::Start, upper: Upper::Never }], &[], &[], "1.5", "affected");
    }
}
