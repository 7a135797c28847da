//! OPA's metadata annotations: `# METADATA` and YAML in the comment lines below it, before a package or a rule.

mod block;
mod facts;
mod fields;
mod yaml;

pub(crate) use facts::Facts;
pub(crate) use fields::{Fields, kinds_of_domain};

use crate::rego::Module;
use crate::{Lint, PolicyError};

/// One annotation.
#[derive(Clone, Debug)]
pub(crate) struct Annotation {
    /// What it speaks of.
    pub(crate) scope: Scope,
    /// 1-based line of the rule it stands before; `None` before a package.
    pub(crate) rule: Option<u32>,
    pub(crate) fields: Fields,
}

/// What an annotation speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// The rule, or body of one, that follows.
    Rule,
    /// All rules of the same name in the package.
    Document,
    /// All of the package.
    Package,
    /// The package and all packages below it.
    Subpackages,
}

/// Reads all annotations of a module. A broken one is an error: what its author meant to say would be lost.
pub(crate) fn read(module: &Module) -> (Vec<Annotation>, Vec<PolicyError>) {
    let mut annotations = Vec::new();
    let mut errors = Vec::new();
    for block in block::find(&module.text) {
        match annotation(module, &block) {
            Ok(annotation) => annotations.extend(annotation),
            Err((line, message)) => errors.push(PolicyError::at(&module.file, line, 1, message).of(Lint::Annotation)),
        }
    }
    (annotations, errors)
}

fn annotation(module: &Module, block: &block::Block<'_>) -> Result<Option<Annotation>, (u32, String)> {
    let in_annotation = |message: String| (block.line, format!("metadata annotation: {message}"));
    let value = yaml::read(&block.yaml())
        .map_err(|(line, message)| (block.line + line, format!("metadata annotation is no valid YAML: {message}")))?;
    let (scope, fields) = fields::read(&value).map_err(in_annotation)?;
    if module.package_line() >= block.end {
        let scope = scope.unwrap_or(Scope::Package);
        return Ok(Some(Annotation { scope, rule: None, fields }));
    }
    let rule = module.rules().iter().map(|rule| rule.lines.0).filter(|line| *line >= block.end).min();
    // At the end of a file there is nothing it could speak of.
    Ok(rule.map(|rule| Annotation { scope: scope.unwrap_or(Scope::Rule), rule: Some(rule), fields }))
}
