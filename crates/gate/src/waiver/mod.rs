//! Waivers: findings that somebody accepted, with the reason, and for how long.

mod apply;
mod error;
mod parse;
mod pattern;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use model::{Finding, Suppression, SuppressionKind};

pub use self::apply::apply_waivers;
pub use self::error::{LocatedFault, WaiverError, WaiverFault};
pub use self::parse::parse_waivers;
use self::pattern::{Pattern, Subject};

/// One accepted rule or advisory. It always has a reason; without a scope it holds everywhere.
#[derive(Clone, Debug)]
pub struct Waiver {
    id: Pattern,
    paths: Vec<Pattern>,
    packages: Vec<Pattern>,
    targets: Vec<Pattern>,
    reason: String,
    expires: Option<Date>,
    source: String,
    line: Option<u32>,
    from_scanned_tree: bool,
}

impl Waiver {
    /// Accepts a rule, an advisory or any alias of one. `id` may hold wildcards; `source` says who decided so.
    pub fn new(id: &str, reason: &str, source: &str) -> Result<Waiver, WaiverFault> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(WaiverFault::EmptyReason);
        }
        Ok(Waiver {
            id: Pattern::id(id)?,
            paths: Vec::new(),
            packages: Vec::new(),
            targets: Vec::new(),
            reason: reason.to_owned(),
            expires: None,
            source: source.to_owned(),
            line: None,
            from_scanned_tree: false,
        })
    }

    /// Only in files whose path in the target matches; several calls widen the scope.
    pub fn in_path(mut self, glob: &str) -> Result<Waiver, WaiverFault> {
        self.paths.push(Pattern::path(glob)?);
        Ok(self)
    }

    /// Only in packages whose URL matches, with or without version; several calls widen the scope.
    pub fn in_package(mut self, glob: &str) -> Result<Waiver, WaiverFault> {
        self.packages.push(Pattern::package(glob)?);
        Ok(self)
    }

    /// Only in targets whose name matches; several calls widen the scope.
    pub fn in_target(mut self, glob: &str) -> Result<Waiver, WaiverFault> {
        self.targets.push(Pattern::target(glob)?);
        Ok(self)
    }

    /// Holds until the end of this day.
    pub fn until(mut self, last_day: Date) -> Waiver {
        self.expires = Some(last_day);
        self
    }

    /// What it accepts, as written.
    pub fn id(&self) -> &str {
        self.id.as_str()
    }

    fn has_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last_day| last_day < today)
    }

    /// A waiver of everything, everywhere, is a switched-off gate.
    fn is_boundless(&self) -> bool {
        let narrows = |scope: &[Pattern]| !scope.is_empty() && !scope.iter().any(Pattern::is_wildcard_only);
        self.id.is_wildcard_only()
            && ![&self.paths, &self.packages, &self.targets].into_iter().any(|scope| narrows(scope))
    }

    fn covers(&self, finding: &Finding, subject: &Subject<'_>) -> bool {
        let in_scope = |scope: &[Pattern], names: &[String]| {
            scope.is_empty() || scope.iter().any(|pattern| names.iter().any(|name| pattern.matches(name)))
        };
        let named = self.id.matches(finding.rule.as_str()) || finding.aliases.iter().any(|id| self.id.matches(id));
        named
            && in_scope(&self.paths, &subject.paths)
            && in_scope(&self.packages, &subject.packages)
            && (self.targets.is_empty() || self.targets.iter().any(|pattern| pattern.matches(subject.target)))
    }

    fn suppression(&self) -> Suppression {
        Suppression {
            reason: self.reason.clone(),
            expires: self.expires,
            source: self.source.clone(),
            line: self.line,
            kind: SuppressionKind::Waiver,
            from_scanned_tree: self.from_scanned_tree,
        }
    }

    /// `portcullis.toml:12`, for messages.
    fn place(&self) -> String {
        match self.line {
            Some(line) => format!("{}:{line}", self.source),
            None => self.source.clone(),
        }
    }
}
