//! Collects the packages of one file: checks names, builds package URLs, places everything, and bounds it.

use std::borrow::Cow;
use std::ops::Range;

use model::{LineIndex, Origin, Package, ProblemKind, Provenance, Purl, Span};

use crate::address::without_credentials;
use crate::bounds::{MAX_PACKAGES, check_word, quote};
use crate::fault_log::FaultLog;
use crate::tree::{Fault, Node};
use crate::{Input, Parsed};

/// How an ecosystem names its packages.
#[derive(Clone, Copy)]
pub(crate) struct Naming {
    /// The type of its package URLs.
    pub(crate) purl_type: &'static str,
    /// What parts the namespace from the name, where it occurs last: `/` of `@scope/name`.
    pub(crate) separator: Option<char>,
}

/// The packages of one file, and what is wrong with it.
pub(crate) struct PackageList<'a> {
    pub(crate) faults: FaultLog<'a>,
    pub(crate) lines: LineIndex<'a>,
    pub(crate) packages: Vec<Package>,
    input: &'a Input<'a>,
    found_by: &'static str,
    full: bool,
}

impl<'a> PackageList<'a> {
    pub(crate) fn new(input: &'a Input<'a>, found_by: &'static str) -> PackageList<'a> {
        PackageList::with_lines(input, LineIndex::new(input.bytes), found_by)
    }

    fn with_lines(input: &'a Input<'a>, lines: LineIndex<'a>, found_by: &'static str) -> PackageList<'a> {
        PackageList { faults: FaultLog::new(input.origin), lines, packages: Vec::new(), input, found_by, full: false }
    }

    /// The same for a file that has no lines.
    pub(crate) fn of_binary(input: &'a Input<'a>, found_by: &'static str) -> PackageList<'a> {
        PackageList::with_lines(input, LineIndex::new(b""), found_by)
    }

    /// Where the file is from.
    pub(crate) fn origin(&self) -> &'a Origin {
        self.input.origin
    }

    /// The file as text; what follows a byte that is none is a problem and is left out.
    pub(crate) fn text(&mut self) -> &'a str {
        match std::str::from_utf8(self.input.bytes) {
            Ok(text) => text,
            Err(error) => {
                let at = error.valid_up_to();
                let message = "the file is not UTF-8 from this line on: what follows is not read";
                self.error(ProblemKind::Encoding, at, message);
                std::str::from_utf8(&self.input.bytes[..at]).unwrap_or_default()
            }
        }
    }

    /// The text of a file whose tool ends it with a line break. Without one it was cut or edited by hand, and nobody can
    /// tell from the rest what is missing.
    pub(crate) fn whole_text(&mut self) -> &'a str {
        let text = self.text();
        if !text.is_empty() && !text.ends_with('\n') {
            let message = "the file does not end in a line break, as its tool writes it: it may be cut short";
            self.warning(ProblemKind::Truncated, text.len(), message);
        }
        text
    }

    /// Makes room for as many packages as the values that were read can be.
    pub(crate) fn expect(&mut self, packages: usize) {
        self.packages.reserve(packages.min(MAX_PACKAGES));
    }

    /// Adds a package and gives its place; `None` when it cannot be one, which is a problem then.
    pub(crate) fn add(
        &mut self,
        naming: Naming,
        name: &str,
        version: Option<&str>,
        range: Range<usize>,
    ) -> Option<usize> {
        self.add_qualified(naming, name, version, &[], range)
    }

    /// The same with qualifiers of its URL; for some types there is no URL without them.
    pub(crate) fn add_qualified(
        &mut self,
        naming: Naming,
        name: &str,
        version: Option<&str>,
        qualifiers: &[(&str, &str)],
        range: Range<usize>,
    ) -> Option<usize> {
        match naming.purl(name, version, qualifiers) {
            Ok(purl) => self.add_purl(name, purl, range),
            Err(fault) => {
                let message = format!("package `{}` is not read: {fault}", quote(name));
                self.error(ProblemKind::Shape, range.start, message);
                None
            }
        }
    }

    /// The same where the evidence has the URL.
    pub(crate) fn add_purl(&mut self, name: &str, purl: Purl, range: Range<usize>) -> Option<usize> {
        if self.packages.len() >= MAX_PACKAGES {
            if !std::mem::replace(&mut self.full, true) {
                let message = format!("more than {MAX_PACKAGES} packages: from here on nothing is read");
                self.error(ProblemKind::Limit, range.start, message);
            }
            return None;
        }
        let mut package = Package::new(name, purl, self.found_by);
        package.locations = vec![self.input.origin.at(self.span(range))];
        self.packages.push(package);
        Some(self.packages.len() - 1)
    }

    /// The same where the whole file is the evidence, as it has no lines.
    pub(crate) fn add_whole_file(&mut self, naming: Naming, name: &str, version: Option<&str>) -> Option<usize> {
        self.add_whole_file_qualified(naming, name, version, &[])
    }

    /// The same with qualifiers of its URL.
    pub(crate) fn add_whole_file_qualified(
        &mut self,
        naming: Naming,
        name: &str,
        version: Option<&str>,
        qualifiers: &[(&str, &str)],
    ) -> Option<usize> {
        let at = self.add_qualified(naming, name, version, qualifiers, 0..0)?;
        self.packages[at].locations = vec![self.input.origin.location()];
        Some(at)
    }

    /// Name, version and place of a table that has both; without them there is no package, which is a problem then.
    pub(crate) fn name_and_version<'t>(&mut self, node: &'t Node<'_>) -> Option<(&'t str, &'t str, Range<usize>)> {
        let filled = |key| node.text_of(key).filter(|text| !text.is_empty());
        let start = node.member("name").map_or(node.start, |member| member.start) as usize;
        let Some(name) = filled("name") else {
            self.error(ProblemKind::Shape, start, "a package without a name: it is not read");
            return None;
        };
        let Some(version) = filled("version") else {
            let message = format!("package `{}` has no version: it is not read", quote(name));
            self.error(ProblemKind::Shape, start, message);
            return None;
        };
        // The lines that another version would change.
        let ends = ["name", "version"].iter().filter_map(|key| node.get(key)).map(|value| value.end as usize);
        Some((name, version, start..ends.max().unwrap_or(start)))
    }

    /// Adds a package from somewhere, and says so in its URL: [`PackageList::add`] and [`PackageList::set_provenance`] at once, for
    /// lists that are long.
    pub(crate) fn add_from(
        &mut self,
        naming: Naming,
        name: &str,
        version: Option<&str>,
        provenance: Provenance,
        range: Range<usize>,
    ) -> Option<usize> {
        let provenance = without_credentials(provenance);
        let at = match qualifier(&provenance) {
            Some((key, value)) => self.add_qualified(naming, name, version, &[(key, &*value)], range)?,
            None => self.add(naming, name, version, range)?,
        };
        self.packages[at].provenance = provenance;
        Some(at)
    }

    /// Says where a package is from, in its URL too.
    pub(crate) fn set_provenance(&mut self, at: usize, provenance: Provenance) {
        let provenance = without_credentials(provenance);
        let package = &mut self.packages[at];
        if let Some((key, value)) = qualifier(&provenance)
            && let Ok(purl) = package.purl().clone().with_qualifier(key, &value)
        {
            package.set_purl(purl);
        }
        package.provenance = provenance;
    }

    /// Reports the faults of a text.
    pub(crate) fn report(&mut self, faults: impl IntoIterator<Item = Fault>) {
        for fault in faults {
            self.error(fault.kind, fault.offset, fault.message);
        }
    }

    /// Says of a number of the format that is none of these, the last of which is the newest, what it is taken for.
    pub(crate) fn check_version(&mut self, version: Option<&Node<'_>>, known: &[&str]) {
        let is_known = |version: &&Node<'_>| version.word().is_some_and(|word| known.contains(&word));
        let Some(version) = version.filter(|version| !is_known(version)) else { return };
        let (shown, newest) = (quote(version.word().unwrap_or("?")), known.last().unwrap_or(&"?"));
        let message = format!("lock version {shown} is not known: it is read as version {newest}, and may say more");
        self.warning(ProblemKind::FormatVersion, version.start as usize, message);
    }

    /// Something at an offset was not read.
    pub(crate) fn error(&mut self, kind: ProblemKind, offset: usize, message: impl Into<String>) {
        self.faults.error(kind, Some(self.line(offset)), message);
    }

    /// Somebody should look at an offset.
    pub(crate) fn warning(&mut self, kind: ProblemKind, offset: usize, message: impl Into<String>) {
        self.faults.warning(kind, Some(self.line(offset)), message);
    }

    /// Something at an offset is worth knowing.
    pub(crate) fn note(&mut self, kind: ProblemKind, offset: usize, message: impl Into<String>) {
        self.faults.note(kind, Some(self.line(offset)), message);
    }

    /// 1-based line of an offset.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.lines.position(offset).line
    }

    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        self.lines.span(range)
    }

    pub(crate) fn finish(self) -> Parsed {
        Parsed { packages: self.packages, problems: self.faults.into_problems(), ..Parsed::default() }
    }
}

impl Naming {
    fn purl(self, name: &str, version: Option<&str>, qualifiers: &[(&str, &str)]) -> Result<Purl, String> {
        check_word(name).map_err(|fault| format!("its name {fault}"))?;
        check_word(version.unwrap_or_default()).map_err(|fault| format!("its version {fault}"))?;
        let (namespace, last) = match self.separator.and_then(|separator| name.rsplit_once(separator)) {
            Some((namespace, last)) => (Some(namespace), last),
            None => (None, name),
        };
        Purl::build(self.purl_type, namespace, last, version, qualifiers.iter().copied(), None)
            .map_err(|error| error.to_string())
    }
}

/// What a package URL says of where the package is from.
fn qualifier(provenance: &Provenance) -> Option<(&'static str, Cow<'_, str>)> {
    match provenance {
        Provenance::Registry | Provenance::Path => None,
        Provenance::OtherRegistry(url) => Some(("repository_url", Cow::Borrowed(url))),
        Provenance::Git(url) => Some(("vcs_url", vcs_url(url))),
        Provenance::Url(url) => Some(("download_url", Cow::Borrowed(url))),
    }
}

/// As SPDX writes the place of a package in a repository, with its tool before the address.
fn vcs_url(url: &str) -> Cow<'_, str> {
    const ADDRESSES: [&str; 5] = ["http://", "https://", "ssh://", "file://", "git://"];
    if ADDRESSES.iter().any(|scheme| url.starts_with(scheme)) {
        Cow::Owned(format!("git+{url}"))
    } else {
        Cow::Borrowed(url)
    }
}
