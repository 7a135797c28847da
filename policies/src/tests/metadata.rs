//! What list, reports and the catalogue show is there, and true to the folder.

use std::collections::BTreeSet;

use model::Severity;

use super::{POLICIES, examples, folder};
use crate::{CATALOGUES, MODULES, PROFILES};

#[test]
fn every_rule_says_what_it_is() {
    for loaded in POLICIES.rules() {
        let rule = &loaded.rule;
        let id = rule.id.as_str();
        assert!(!rule.title.is_empty() && !rule.title.ends_with('.'), "{id}: title");
        assert!(rule.description.ends_with('.'), "{id}: description");
        assert!(rule.remediation.ends_with('.'), "{id}: remediation");
        assert!(!rule.links.is_empty() && rule.links.iter().all(|link| link.starts_with("https://")), "{id}: links");
        let is_rated = matches!(rule.severity, Severity::Critical | Severity::High | Severity::Medium | Severity::Low);
        assert!(is_rated, "{id}: severity");
        assert!(!rule.profiles.is_empty(), "{id}: in no profile");
        for profile in &rule.profiles {
            assert!(PROFILES.contains(&profile.as_str()), "{id}: profile {profile}");
        }
        for control in &rule.controls {
            let (catalogue, name) = control.split_once('/').unwrap_or_default();
            let catalogue = CATALOGUES.iter().find(|known| known.id == catalogue);
            let known = catalogue.and_then(|catalogue| catalogue.controls.iter().find(|known| known.id == name));
            assert!(known.is_some_and(|known| known.beyond.is_none()), "{id}: control {control}");
            let is_in = |profile: &&&str| rule.profiles.iter().any(|own| own == **profile);
            let wants = catalogue.into_iter().flat_map(|catalogue| catalogue.profiles);
            assert_eq!(
                wants.clone().filter(is_in).count(),
                wants.count(),
                "{id}: serves {control} outside its profile"
            );
        }
        for equivalent in &rule.equivalents {
            let (tool, name) = equivalent.split_once(':').unwrap_or_default();
            let tools = ["hadolint", "checkov", "trivy", "kube-linter", "zizmor", "dockle"];
            assert!(tools.contains(&tool), "{id}: {equivalent}");
            assert!(!name.is_empty(), "{id}: {equivalent}");
        }
    }
}

#[test]
fn profiles_of_modules_are_what_the_metadata_says() {
    for loaded in POLICIES.rules() {
        let module = MODULES.iter().find(|module| module.path == loaded.file).expect("every rule has its module");
        assert_eq!(module.profiles, loaded.rule.profiles, "{}", loaded.file);
        assert_eq!(module.equivalents, loaded.rule.equivalents, "{}", loaded.file);
    }
}

#[test]
fn every_control_that_a_document_can_show_has_a_rule() {
    let served: BTreeSet<&str> =
        POLICIES.rules().iter().flat_map(|loaded| loaded.rule.controls.iter().map(String::as_str)).collect();
    for catalogue in CATALOGUES {
        assert!(catalogue.profiles.iter().all(|profile| PROFILES.contains(profile)), "{}", catalogue.id);
        for control in catalogue.controls {
            let name = format!("{}/{}", catalogue.id, control.id);
            assert_eq!(served.contains(&name[..]), control.beyond.is_none(), "{name}");
        }
    }
}

#[test]
fn identifier_package_and_folder_agree() {
    for loaded in POLICIES.rules() {
        let id = loaded.rule.id.as_str();
        assert_eq!(loaded.file, format!("{id}/rule.rego"));
        assert_eq!(loaded.package, id.replace('/', ".").replace('-', "_"));
        assert_eq!(loaded.name, "deny", "{id}");
        assert!(!loaded.kinds.is_empty(), "{id}: judges no kind");
        for kind in &loaded.kinds {
            assert_eq!(loaded.rule.domain, kind.domain(), "{id}: the domain is that of the kinds that are judged");
        }
    }
}

#[test]
fn every_folder_is_a_rule_with_examples() {
    let loaded: BTreeSet<&str> = POLICIES.rules().iter().map(|loaded| loaded.rule.id.as_str()).collect();
    let folders: BTreeSet<&str> = MODULES.iter().filter_map(|module| module.path.strip_suffix("/rule.rego")).collect();
    assert_eq!(loaded, folders);
    for id in folders {
        assert!(!examples(id, "pass").is_empty() && !examples(id, "fail").is_empty(), "{id}: examples");
        assert!(folder(id).join("expected.txt").is_file(), "{id}: expected.txt");
    }
}

#[test]
fn modules_are_sorted_and_all_there() {
    assert!(MODULES.windows(2).all(|pair| pair[0].path < pair[1].path));
    let on_disk = walk(&testkit::workspace().join("policies"));
    assert_eq!(MODULES.len(), on_disk);
}

fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    entries.map(|path| if path.is_dir() { walk(&path) } else { usize::from(is_module(&path)) }).sum()
}

fn is_module(path: &std::path::Path) -> bool {
    let name = path.to_string_lossy();
    name.ends_with(".rego") && !name.ends_with("_test.rego")
}
