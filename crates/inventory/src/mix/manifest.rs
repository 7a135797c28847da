//! What `mix.exs` asks for, of what the lockfile holds (Mix documentation, "mix deps").
//!
//! The file is a program. A tuple that begins with the name of a locked application is how it asks for one, however its
//! list is put together; tuples of other names mean other things.

use std::collections::HashMap;

use model::Scope;

use crate::Input;
use crate::locked::{Locked, Need};

/// The manifests of the project and of the applications in it; those in `deps` are of what was fetched.
pub(super) fn texts<'a>(input: &Input<'a>) -> Vec<&'a str> {
    let is_fetched = |path: &str| path.split('/').any(|folder| folder == "deps");
    let own = input.companions.iter().filter(|file| file.path.to_str().is_some_and(|path| !is_fetched(path)));
    own.filter_map(|file| std::str::from_utf8(file.bytes).ok()).collect()
}

/// The packages that are asked for, of those that are locked under the names of their applications.
pub(super) fn asked<'t>(manifests: &[&str], locked: impl Iterator<Item = (&'t str, &'t Locked<'t>)>) -> Vec<Need<'t>> {
    let mut scopes: HashMap<&str, Scope> = HashMap::new();
    for (name, scope) in manifests.iter().flat_map(|text| tuples(text)) {
        let known = scopes.entry(name).or_insert(scope);
        *known = if *known == Scope::Development { scope } else { *known };
    }
    let asked = locked.filter_map(|(application, entry)| {
        let scope = *scopes.get(application)?;
        Some(Need { version: entry.version, scope, ..Need::named(entry.name) })
    });
    asked.collect()
}

/// `{:name, …}`, and whether it is for development only: `only: :dev`.
fn tuples(text: &str) -> impl Iterator<Item = (&str, Scope)> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with('#'));
    let starts = code.flat_map(|line| line.match_indices("{:").map(move |(at, _)| &line[at + 2..]));
    starts.filter_map(|tuple| {
        let (name, rest) = tuple.split_once(',')?;
        let rest = rest.split("{:").next().unwrap_or(rest);
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let options = rest.split_once("only:").map(|(_, only)| only.split(['}', ']']).next().unwrap_or(only));
        let is_shipped = options.is_none_or(|only| only.contains(":prod"));
        is_name.then_some((name, if is_shipped { Scope::Runtime } else { Scope::Development }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_program() {
        let text = "defp deps do\n  [{:a, \"~> 1.0\"}, {:b, git: \"x\", only: [:dev, :test]},\n  # {:no, \"1\"}\n  {:c, \"1\", only: :prod}]\nend\n{:ok, x}";
        let found: Vec<String> = tuples(text).map(|(name, scope)| format!("{name} {scope:?}")).collect();
        assert_eq!(found, ["a Runtime", "b Development", "c Runtime", "ok Runtime"]);
    }
}
