//! Charts of Helm: what one says of itself, and its values. Its templates are no YAML before they are rendered.

use model::{DocumentKind, Format, TreePath};

use super::{Teller, stem};

/// Told by name alone: a mapping of any names could be either.
pub(super) const CHART: Teller = Teller {
    kind: DocumentKind::HelmChart,
    formats: &[Format::Yaml],
    is_named: |path| path.file_name() == b"Chart.yaml",
    is_such: |_| false,
    may_be_such: |_| false,
};

pub(super) const VALUES: Teller = Teller {
    kind: DocumentKind::HelmValues,
    formats: &[Format::Yaml],
    is_named: is_values_file,
    is_such: |_| false,
    may_be_such: |_| false,
};

/// `values.yaml`, `values-prod.yml`, `values.prod.yaml`, `prod-values.yaml`.
fn is_values_file(path: &TreePath) -> bool {
    let Some(stem) = stem(path) else { return false };
    let begins = stem.strip_prefix("values").is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
    begins || stem.strip_suffix("values").is_some_and(|rest| rest.ends_with(['.', '-', '_']))
}
