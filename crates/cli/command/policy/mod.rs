//! `policy`: list, show, check and test rules, show what they see, hold reports against catalogues of controls, and move policies
//! through registries.

mod check;
mod compliance;
mod image;
mod input;
mod junit;
mod migrate;
#[cfg(feature = "registry")]
mod registry;
mod test;

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{anyhow, bail};
use portcullis::builtin_policies;
use portcullis::model::Rule;
use portcullis::policy::{self, Lint, LoadedRule, Namespaces, Options, PolicyFile, PolicySet};
use serde_json::{Value, json};

use super::explain;
use crate::arguments::{ListFormat, PolicyCommand, PolicyList, PolicySelection, PolicyShow};
use crate::settings;

/// Does what was asked.
pub(crate) fn run(command: &PolicyCommand) -> anyhow::Result<ExitCode> {
    match command {
        PolicyCommand::List(arguments) => list(arguments),
        PolicyCommand::Show(arguments) => show(arguments),
        PolicyCommand::Check(arguments) => check::run(arguments),
        PolicyCommand::Test(arguments) => test::run(arguments),
        PolicyCommand::Compliance(arguments) => compliance::run(arguments),
        PolicyCommand::Input(arguments) => input::run(arguments),
        PolicyCommand::Migrate(arguments) => migrate::run(arguments),
        #[cfg(feature = "registry")]
        PolicyCommand::Pull(arguments) => registry::pull(arguments),
        #[cfg(feature = "registry")]
        PolicyCommand::Push(arguments) => registry::push(arguments),
    }
}

/// The built-in rule of that id.
pub(crate) fn builtin_rule(id: &str) -> anyhow::Result<Option<LoadedRule>> {
    let Some(files) = builtin_policies::files_of_rule(id) else { return Ok(None) };
    let set = load(files)?;
    Ok(set.rules().iter().find(|rule| rule.rule.id.as_str() == id).cloned())
}

/// The built-in rule of that id, or those that another tool calls so: `DL3008`, `hadolint:DL3008`.
pub(crate) fn builtin_rules_called(name: &str) -> anyhow::Result<Vec<LoadedRule>> {
    if let Some(rule) = builtin_rule(name)? {
        return Ok(vec![rule]);
    }
    let is_called = |other: &&str| {
        let short = other.split_once(':').map_or(*other, |(_, short)| short);
        other.eq_ignore_ascii_case(name) || short.eq_ignore_ascii_case(name)
    };
    let called = builtin_policies::rule_names().filter(|(_, others)| others.iter().any(is_called));
    called.filter_map(|(id, _)| builtin_rule(id).transpose()).collect()
}

/// The built-in rule that was probably meant.
pub(crate) fn near_builtin(name: &str) -> Option<&'static str> {
    nearest(name, builtin_policies::rule_names().map(|(id, _)| id))
}

/// What is known of a rule.
pub(crate) fn write_rule(rule: &Rule, out: &mut impl std::io::Write) -> anyhow::Result<()> {
    explain::write_facts(rule, out)
}

fn list(arguments: &PolicyList) -> anyhow::Result<ExitCode> {
    let selection = &arguments.selection;
    let set = selected(selection)?;
    if let Some(unknown) = arguments.profiles.iter().find(|name| !builtin_policies::PROFILES.contains(&name.as_str())) {
        bail!("there is no profile `{unknown}`; there are {}", builtin_policies::PROFILES.join(", "));
    }
    let is_asked = |rule: &&LoadedRule| {
        arguments.profiles.is_empty() || rule.rule.profiles.iter().any(|profile| arguments.profiles.contains(profile))
    };
    let mut rules: Vec<&LoadedRule> = set.rules().iter().filter(is_asked).collect();
    rules.sort_by(|left, right| left.rule.id.cmp(&right.rule.id));
    let mut out = BufWriter::new(std::io::stdout().lock());
    match selection.format {
        ListFormat::Json => {
            let list: Vec<Value> = rules.iter().map(|rule| facts(rule)).collect();
            writeln!(out, "{}", serde_json::to_string_pretty(&list)?)?;
        }
        ListFormat::Text => {
            let width = rules.iter().map(|rule| rule.rule.id.as_str().len()).max().unwrap_or(0);
            for rule in &rules {
                writeln!(out, "{:width$}  {:8}  {}", rule.rule.id, rule.rule.severity, rule.rule.title)?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn facts(loaded: &LoadedRule) -> Value {
    let rule = &loaded.rule;
    json!({
        "id": rule.id, "title": rule.title, "severity": rule.severity, "domain": rule.domain, "profiles": rule.profiles,
        "controls": rule.controls, "equivalents": rule.equivalents, "description": rule.description, "remediation": rule.remediation, "links": rule.links,
        "package": loaded.package, "rule": loaded.name, "file": loaded.file, "line": loaded.line,
    })
}

fn show(arguments: &PolicyShow) -> anyhow::Result<ExitCode> {
    if let Some(lint) = Lint::named(&arguments.rule) {
        write!(std::io::stdout(), "{}", lint.page())?;
        return Ok(ExitCode::SUCCESS);
    }
    let selection = &arguments.selection;
    let is_builtin = !selection.no_builtin_policies && selection.policies.is_empty();
    let builtin = builtin_policies::files_of_rule(&arguments.rule).filter(|_| is_builtin);
    let set = builtin.map_or_else(|| selected(selection), load)?;
    let Some(rule) = set.rules().iter().find(|rule| rule.rule.id.as_str() == arguments.rule) else {
        let of_domain = set.rules().iter().filter(|rule| rule.rule.domain == arguments.rule).count();
        if of_domain > 0 {
            bail!("`{}` is a domain of {of_domain} rules; `portcullis policy list` lists them", arguments.rule);
        }
        let near = nearest(&arguments.rule, set.rules().iter().map(|rule| rule.rule.id.as_str()));
        let hint = near.map(|id| format!("; is it {id}?")).unwrap_or_default();
        bail!("no rule is called `{}`{hint} (`portcullis policy list` lists them)", arguments.rule);
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    match arguments.selection.format {
        ListFormat::Json => writeln!(out, "{}", serde_json::to_string_pretty(&facts(rule))?)?,
        ListFormat::Text => {
            write_rule(&rule.rule, &mut out)?;
            writeln!(out, "\n{}:{}\n\n{}", rule.file, rule.line, rule.source().trim_end())?;
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The id that shares the longest beginning and end with what was typed; nothing when little fits.
fn nearest<'a>(typed: &str, ids: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let shared = |id: &str| {
        let ahead = id.bytes().zip(typed.bytes()).take_while(|(left, right)| left == right).count();
        let behind = id.bytes().rev().zip(typed.bytes().rev()).take_while(|(left, right)| left == right).count();
        (ahead + behind).min(id.len())
    };
    let best = ids.max_by_key(|id| shared(id))?;
    (shared(best) * 2 > typed.len()).then_some(best)
}

fn selected(selection: &PolicySelection) -> anyhow::Result<PolicySet> {
    let mut files = if selection.no_builtin_policies { Vec::new() } else { builtin_policies::files() };
    if !selection.policies.is_empty() {
        files.extend(user_files(&selection.policies)?.0);
    }
    load(files)
}

/// Every `.rego` file at these paths, and the data of bundles among them; no file at all is an error.
fn user_files(paths: &[PathBuf]) -> anyhow::Result<(Vec<PolicyFile>, Value)> {
    let (mut files, mut data) = (Vec::new(), json!({}));
    for path in paths {
        match settings::bundle(path, None)? {
            Some(bundle) => {
                files.extend(bundle.files);
                settings::put_data(&mut data, bundle.data, path)?;
            }
            None => files.extend(settings::policy_files(path)?),
        }
    }
    if files.is_empty() {
        bail!(
            "no .rego file at {}",
            paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
        );
    }
    Ok((files, data))
}

fn load(files: Vec<PolicyFile>) -> anyhow::Result<PolicySet> {
    let (set, errors) = policy::load(files, &all_namespaces());
    if errors.is_empty() {
        Ok(set)
    } else {
        Err(anyhow!("{}", errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
    }
}

fn all_namespaces() -> Options {
    Options { namespaces: Namespaces::All, ..Options::default() }
}
