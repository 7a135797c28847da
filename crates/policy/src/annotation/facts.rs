//! What annotations say of one rule, the nearest first.

use super::{Annotation, Fields, Scope};
use crate::rego::Module;

/// A module with its annotations.
pub(crate) type Annotated<'a> = (&'a Module, &'a [Annotation]);

/// What annotations say of one rule: the rule's own before its document's, its package's, and those of packages above.
pub(crate) struct Facts;

impl Facts {
    /// For the rule that starts at a line of a module; `all` are the modules that may speak of it.
    pub(crate) fn of(module: &Module, name: &[String], line: u32, all: &[Annotated<'_>]) -> Fields {
        let mut fields = Fields::default();
        let own = all.iter().filter(|(other, _)| std::ptr::eq(*other, module)).flat_map(|(_, found)| *found);
        own.filter(|one| one.scope == Scope::Rule && one.rule == Some(line)).for_each(|one| fields.fill(&one.fields));
        let package = || all.iter().filter(|(other, _)| other.package == module.package);
        for (other, found) in package() {
            let names = |line: u32| other.rules().iter().any(|rule| rule.lines.0 == line && rule.name == name);
            let documents = found.iter().filter(|one| one.scope == Scope::Document && one.rule.is_some_and(names));
            documents.for_each(|one| fields.fill(&one.fields));
        }
        for (_, found) in package() {
            found.iter().filter(|one| one.scope == Scope::Package).for_each(|one| fields.fill(&one.fields));
        }
        for depth in (0..=module.package.len()).rev() {
            let above = all.iter().filter(|(other, _)| other.package == module.package[..depth]);
            for (_, found) in above {
                found.iter().filter(|one| one.scope == Scope::Subpackages).for_each(|one| fields.fill(&one.fields));
            }
        }
        fields
    }
}

impl Fields {
    /// Takes from another what this one does not say.
    fn fill(&mut self, other: &Fields) {
        fn fill<T: Clone>(mine: &mut Option<T>, other: &Option<T>) {
            if mine.is_none() {
                mine.clone_from(other);
            }
        }
        fn fill_list<T: Clone>(mine: &mut Vec<T>, other: &[T]) {
            if mine.is_empty() {
                mine.extend_from_slice(other);
            }
        }
        fill(&mut self.title, &other.title);
        fill(&mut self.description, &other.description);
        fill(&mut self.id, &other.id);
        fill(&mut self.severity, &other.severity);
        fill(&mut self.remediation, &other.remediation);
        fill(&mut self.input, &other.input);
        fill_list(&mut self.links, &other.links);
        fill_list(&mut self.kinds, &other.kinds);
        fill_list(&mut self.profiles, &other.profiles);
        fill_list(&mut self.controls, &other.controls);
        fill_list(&mut self.equivalents, &other.equivalents);
        fill_list(&mut self.objects, &other.objects);
        fill_list(&mut self.parameters, &other.parameters);
    }
}
