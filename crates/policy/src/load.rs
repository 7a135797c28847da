//! Files to a set of policies: parse, refuse what would not mean what it says, gather the rules that are asked.

use std::collections::BTreeMap;

use model::{DocumentKind, FindingClass, Rule, RuleId};

use crate::annotation::{self, Annotation, Facts, Fields};
use crate::conftest::Action;
use crate::package::{Body, Entry, Package};
use crate::rego::{self, Fault, Module, RuleKind};
use crate::{Input, Lint, LoadedRule, Options, PolicyError, PolicyFile, PolicySet, Trust, digest_of, sum_of};

/// A policy file that was read: each can be read alone.
pub struct ParsedPolicy {
    sum: [u8; 32],
    module: Result<Module, PolicyError>,
}

impl ParsedPolicy {
    /// Reads a file. What is wrong with it is told when it is loaded.
    pub fn of(file: &PolicyFile, options: &Options) -> ParsedPolicy {
        ParsedPolicy { sum: sum_of(&file.text), module: rego::parse(file, options) }
    }
}

/// Loads policies. Everything that is wrong is an error; what is not stays, so that a check can go on.
pub fn load(files: Vec<PolicyFile>, options: &Options) -> (PolicySet, Vec<PolicyError>) {
    load_parsed(files.into_iter().map(|file| ParsedPolicy::of(&file, options)).collect(), options)
}

/// Loads policies that were read before.
pub fn load_parsed(files: Vec<ParsedPolicy>, options: &Options) -> (PolicySet, Vec<PolicyError>) {
    let digest = digest_of(files.iter().map(|file| file.sum));
    let mut errors = Vec::new();
    let mut modules = Vec::new();
    for file in files {
        match file.module {
            Ok(module) => modules.push(module),
            Err(error) => errors.push(error),
        }
    }
    for trust in [Trust::Builtin, Trust::User] {
        errors.extend(rego::check(&mut modules, trust, options));
    }
    let annotations: Vec<Vec<Annotation>> = modules
        .iter()
        .map(|module| {
            let (annotations, faults) = annotation::read(module);
            errors.extend(faults);
            annotations
        })
        .collect();
    let mut gathered = Gathered { modules: &modules, annotations: &annotations, options, rules: Vec::new() };
    let packages = gathered.packages();
    let rules = gathered.rules;
    // With a broken file among them a package may lack what it needs, and the first error is the one to see.
    if errors.is_empty() {
        errors.extend(packages.iter().filter_map(|package| not_compiled(package, &modules, &rules, options)));
    }
    errors.sort();
    errors.dedup();
    (PolicySet::new(modules, packages, rules, digest, options.clone()), errors)
}

/// Compiles the user's packages now. Built-in ones are known to compile, and wait until a document of their kind is met.
fn not_compiled(package: &Package, modules: &[Module], rules: &[LoadedRule], options: &Options) -> Option<PolicyError> {
    let rule = &rules[package.entries.first()?.rule];
    if rule.trust == Trust::Builtin {
        return None;
    }
    let error = match package.program(modules, options).as_ref().err()? {
        Fault::Error { file, line: Some(line), column, message } => {
            let file = file.as_deref().unwrap_or(&rule.file);
            PolicyError::at(file, *line, column.unwrap_or(1), message.clone())
        }
        fault => PolicyError::in_file(&rule.file, fault.to_string()),
    };
    Some(error.of(Lint::Refused))
}

struct Gathered<'a> {
    modules: &'a [Module],
    annotations: &'a [Vec<Annotation>],
    options: &'a Options,
    rules: Vec<LoadedRule>,
}

impl Gathered<'_> {
    fn packages(&mut self) -> Vec<Package> {
        let mut by_name: BTreeMap<(Trust, &[String]), Vec<usize>> = BTreeMap::new();
        for (place, module) in self.modules.iter().enumerate() {
            by_name.entry((module.trust, &module.package)).or_default().push(place);
        }
        let asked = by_name.into_iter().filter(|((trust, package), _)| self.is_asked(*trust, package));
        let asked: Vec<_> = asked.collect();
        asked.into_iter().filter_map(|((trust, package), places)| self.package(trust, package, &places)).collect()
    }

    fn is_asked(&self, trust: Trust, package: &[String]) -> bool {
        match trust {
            Trust::Builtin => package.first().is_some_and(|first| first != "lib"),
            Trust::User => self.options.namespaces.include(&package.join(".")),
        }
    }

    fn package(&mut self, trust: Trust, package: &[String], places: &[usize]) -> Option<Package> {
        let mut entries: Vec<Entry> = Vec::new();
        let mut kinds: Vec<DocumentKind> = Vec::new();
        let mut input = Input::Document;
        for place in places {
            for rule in self.modules[*place].rules() {
                let ([name], RuleKind::Element | RuleKind::Value) = (&rule.name[..1.min(rule.name.len())], rule.kind)
                else {
                    continue;
                };
                let Some((action, suffix)) = Action::of(name) else { continue };
                let index = self.rule(*place, name, rule.lines.0, action);
                let body = Body::new(index, *place, rule.range.clone());
                kinds.extend(&self.rules[index].kinds);
                input = input.max(self.rules[index].input);
                if let Some(entry) = entries.iter_mut().find(|entry| entry.name == *name) {
                    entry.bodies.push(body);
                    continue;
                }
                let path = self.modules[*place].rule_path(name);
                let (name, suffix) = (name.clone(), suffix.to_owned());
                entries.push(Entry { path, name, action, suffix, rule: index, bodies: vec![body] });
            }
        }
        if entries.is_empty() {
            return None;
        }
        if entries.iter().flat_map(|entry| &entry.bodies).any(|body| self.rules[body.rule].kinds.is_empty()) {
            kinds.clear();
        }
        entries.sort_by(|left, right| (left.action, &left.name).cmp(&(right.action, &right.name)));
        let has_exception = places.iter().any(|place| {
            self.modules[*place].rules().iter().any(|rule| rule.name.first().is_some_and(|n| n == "exception"))
        });
        let exception = has_exception.then(|| self.modules[places[0]].rule_path("exception"));
        let among: Vec<usize> = (0..self.modules.len()).filter(|place| self.modules[*place].trust == trust).collect();
        let needed = rego::needed(self.modules, &among, package);
        Some(Package::new(package.join("."), kinds, input, entries, exception).with_modules(self.modules, &needed))
    }

    /// The place of a rule in the list; it is added there unless the same is known of another body of it.
    fn rule(&mut self, place: usize, name: &str, line: u32, action: Action) -> usize {
        let module = &self.modules[place];
        let all: Vec<(&Module, &[Annotation])> = self
            .modules
            .iter()
            .zip(self.annotations)
            .filter(|(other, _)| other.trust == module.trust)
            .map(|(module, found)| (module, &found[..]))
            .collect();
        let fields = Facts::of(module, &[name.to_owned()], line, &all);
        let loaded = loaded(module, name, line, action, fields);
        let same = |other: &LoadedRule| other.rule == loaded.rule && other.package == loaded.package;
        if let Some(index) = self.rules.iter().position(same) {
            return index;
        }
        self.rules.push(loaded);
        self.rules.len() - 1
    }
}

fn loaded(module: &Module, name: &str, line: u32, action: Action, fields: Fields) -> LoadedRule {
    let package = module.package_name();
    let mut kinds = fields.kinds;
    if kinds.is_empty() && module.trust == Trust::Builtin {
        kinds.extend(module.package.iter().take(1).flat_map(|first| annotation::kinds_of_domain(first)));
    }
    let id = fields.id.unwrap_or_else(|| id_of(&package, name));
    let domain = id.as_str().split('/').next().unwrap_or_default().to_owned();
    let class = if kinds == [DocumentKind::Image] { FindingClass::Image } else { FindingClass::Policy };
    let mut rule = Rule::new(id, class, fields.title.unwrap_or_default());
    rule.description = fields.description.unwrap_or_default();
    rule.remediation = fields.remediation.unwrap_or_default();
    rule.severity = fields.severity.unwrap_or(action.severity());
    rule.links = fields.links;
    rule.profiles = fields.profiles;
    rule.controls = fields.controls;
    rule.equivalents = fields.equivalents;
    rule.domain = domain;
    LoadedRule {
        rule,
        kinds,
        input: fields.input.unwrap_or_default(),
        objects: fields.objects,
        parameters: fields.parameters,
        package,
        name: name.to_owned(),
        file: module.file.clone(),
        line,
        trust: module.trust,
        text: module.text.clone(),
    }
}

/// `<package>/<rule name>`; what an id cannot hold is written as `_`.
fn id_of(package: &str, name: &str) -> RuleId {
    let text: String =
        format!("{package}/{name}").chars().map(|c| if c.is_ascii_graphic() { c } else { '_' }).collect();
    let short: String = text.chars().take(255).collect();
    short.parse().expect("printable ASCII of at most 255 characters, with a slash")
}
