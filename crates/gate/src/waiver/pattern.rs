//! Patterns of waivers, and the names of a finding they are compared with.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use model::{Finding, Purl};

use super::WaiverFault;

/// The longest pattern that is read.
const MOST_LENGTH: usize = 1024;

/// A compiled pattern and what was written.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    written: String,
    matcher: GlobSet,
}

/// The names of a finding that scopes are compared with.
pub(super) struct Subject<'a> {
    pub(super) target: &'a str,
    /// The path of the smallest cause, without a leading `/`.
    pub(super) paths: Vec<String>,
    /// The package's URL in full, without qualifiers, without version.
    pub(super) packages: Vec<String>,
}

impl Pattern {
    /// Identifiers of advisories differ in case between their publishers; `*` crosses the `/` of policies.
    pub(super) fn id(written: &str) -> Result<Pattern, WaiverFault> {
        build(written, written, |glob| {
            glob.case_insensitive(true).literal_separator(false);
        })
    }

    /// Relative to the target; `*` stays inside one folder, `**` does not, and a folder stands for what is below it.
    pub(super) fn path(written: &str) -> Result<Pattern, WaiverFault> {
        let plain = written.trim_start_matches("./").trim_start_matches('/');
        let glob = if plain.ends_with('/') { format!("{plain}**") } else { plain.to_owned() };
        build(written, &glob, |glob| {
            glob.literal_separator(true);
        })
    }

    /// A package URL; written in any form that means the same, for instance `pkg:npm/@scope/name`.
    pub(super) fn package(written: &str) -> Result<Pattern, WaiverFault> {
        if !written.starts_with("pkg:") {
            return Err(WaiverFault::Package(written.to_owned()));
        }
        let has_wildcard = written.contains(['*', '[', '{']);
        let glob = match written.parse::<Purl>() {
            Ok(purl) if !has_wildcard => globset::escape(&purl.to_string()),
            Err(_) if !has_wildcard => return Err(WaiverFault::Package(written.to_owned())),
            _ => written.replace("/@", "/%40"),
        };
        build(written, &glob, |glob| {
            glob.literal_separator(false);
        })
    }

    /// A target by the name the user gave it.
    pub(super) fn target(written: &str) -> Result<Pattern, WaiverFault> {
        build(written, written, |glob| {
            glob.literal_separator(false);
        })
    }

    pub(super) fn matches(&self, name: &str) -> bool {
        self.matcher.is_match(name)
    }

    pub(super) fn as_str(&self) -> &str {
        &self.written
    }

    /// True when no letter or digit narrows it.
    pub(super) fn is_wildcard_only(&self) -> bool {
        let rest = self.written.strip_prefix("pkg:").unwrap_or(&self.written);
        !rest.chars().any(char::is_alphanumeric)
    }
}

impl<'a> Subject<'a> {
    pub(super) fn of(target: &'a str, finding: &Finding) -> Subject<'a> {
        let cause = finding.locations.first();
        let paths = cause.map(|location| location.path.to_string().trim_start_matches('/').to_owned());
        let packages = finding.package.as_ref().map(|purl| {
            let full = purl.to_string();
            let bare = full.split(['?', '#']).next().unwrap_or_default().to_owned();
            [full, bare, purl.without_version().to_string()]
        });
        Subject { target, paths: paths.into_iter().collect(), packages: packages.into_iter().flatten().collect() }
    }
}

fn build(written: &str, glob: &str, options: impl Fn(&mut GlobBuilder<'_>)) -> Result<Pattern, WaiverFault> {
    let fault = |reason: String| WaiverFault::Pattern { pattern: written.to_owned(), reason };
    if written.trim().is_empty() {
        return Err(fault("it is empty".to_owned()));
    }
    if written.len() > MOST_LENGTH {
        let pattern = written.chars().take(40).collect();
        return Err(WaiverFault::Pattern { pattern, reason: format!("it is longer than {MOST_LENGTH} bytes") });
    }
    let mut builder = GlobBuilder::new(glob);
    builder.backslash_escape(true);
    options(&mut builder);
    let explain = |error: globset::Error| fault(error.kind().to_string());
    // A set of one: unlike a lone matcher, it returns the error of a pattern that is too large to compile.
    let matcher = GlobSetBuilder::new().add(builder.build().map_err(explain)?).build().map_err(explain)?;
    Ok(Pattern { written: written.to_owned(), matcher })
}
