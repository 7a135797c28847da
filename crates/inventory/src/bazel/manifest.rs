//! What `MODULE.bazel` asks for: its calls of `bazel_dep`, and of the functions that override a module.

use std::collections::{BTreeSet, HashMap};

/// Modules the project asks for.
pub(super) struct Asked<'t> {
    /// True of those that only its developers need.
    modules: HashMap<&'t str, bool>,
    overridden: BTreeSet<&'t str>,
}

/// The functions that name another place; `single_version_override` and `multiple_version_override` stay with the registry.
const OVERRIDES: [&str; 3] = ["git_override", "archive_override", "local_path_override"];

impl<'t> Asked<'t> {
    pub(super) fn names(&self, module: &str) -> bool {
        self.modules.contains_key(module)
    }

    pub(super) fn is_for_developers(&self, module: &str) -> bool {
        self.modules.get(module) == Some(&true)
    }

    pub(super) fn overridden(&self) -> impl Iterator<Item = &'t str> {
        self.overridden.iter().copied()
    }
}

/// The file is a small part of Starlark in which nothing can be nested in such a call, so brackets will do.
pub(super) fn read(text: &str) -> Asked<'_> {
    let mut asked = Asked { modules: HashMap::new(), overridden: BTreeSet::new() };
    let calls = text.match_indices('(').filter_map(|(at, _)| {
        let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
        let arguments = &text[at + 1..];
        Some((text[line..at].trim(), &arguments[..arguments.find(')')?]))
    });
    for (function, arguments) in calls {
        if function == "bazel_dep" {
            let is_for_developers = value(arguments, "dev_dependency").is_some_and(|value| value.starts_with("True"));
            let name = value(arguments, "name").and_then(quoted);
            // A second call may ask for it in earnest.
            name.into_iter().for_each(|name| *asked.modules.entry(name).or_insert(true) &= is_for_developers);
        } else if OVERRIDES.contains(&function) {
            asked.overridden.extend(value(arguments, "module_name").and_then(quoted));
        }
    }
    asked
}

/// What stands behind `key =`.
fn value<'t>(arguments: &'t str, key: &str) -> Option<&'t str> {
    arguments.match_indices(key).find_map(|(at, _)| {
        let before = arguments[..at].chars().next_back();
        let is_word = before.is_none_or(|before| !before.is_alphanumeric() && before != '_');
        arguments[at + key.len()..].trim_start().strip_prefix('=').map(str::trim_start).filter(|_| is_word)
    })
}

fn quoted(value: &str) -> Option<&str> {
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value[1..].split(quote).next()
}
