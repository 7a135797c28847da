//! The older form: modules by their keys, `name@version`, each with the keys it needs.

use model::{Provenance, Scope};

use super::manifest::Asked;
use super::{NAMING, provenance};
use crate::locked::{Locked, Need, list_all};
use crate::package_list::PackageList;
use crate::tree::{Member, Node};

/// The project itself, and what comes with Bazel.
const ROOT: &str = "<root>";
const BUILT_IN: [&str; 2] = ["bazel_tools", "local_config_platform"];

pub(super) fn add(modules: &Node<'_>, asked: Option<&Asked<'_>>, list: &mut PackageList<'_>) {
    let entries: Vec<Locked<'_>> =
        modules.members().iter().filter_map(|member| entry(member, modules, asked)).collect();
    list_all(&entries, &[], NAMING, None, list);
}

fn entry<'t>(member: &'t Member<'_>, modules: &'t Node<'_>, asked: Option<&Asked<'_>>) -> Option<Locked<'t>> {
    let module = &member.value;
    let is_project = &*member.key == ROOT;
    let name = module.text_of("name").filter(|name| !name.is_empty());
    let name = name.or(member.key.split('@').next()).unwrap_or_default();
    if BUILT_IN.contains(&name) {
        return None;
    }
    let needs = module.get("deps").map_or(&[][..], Node::members).iter().filter_map(|need| {
        let needed = modules.get(need.value.text()?)?;
        let name = needed.text_of("name")?;
        let scope = match asked.filter(|_| is_project) {
            Some(asked) if asked.is_for_developers(name) => Scope::Development,
            Some(_) => Scope::Runtime,
            None => Scope::Unknown,
        };
        Some(Need { name, version: version_of(needed), scope })
    });
    let range = if module.get("version").is_some() { member.range_to("version") } else { member.range_to("name") };
    Some(Locked {
        name,
        version: version_of(module),
        range,
        provenance: place(module),
        needs: needs.collect(),
        is_project,
        ..Locked::default()
    })
}

/// A module that is overridden by a place has none.
fn version_of<'t>(module: &'t Node<'_>) -> Option<&'t str> {
    module.text_of("version").filter(|version| !version.is_empty())
}

/// The rule that fetches a module says where it is from; a module of a registry is an archive, too, and has a version.
fn place(module: &Node<'_>) -> Provenance {
    let spec = module.get("repoSpec");
    let rule = spec.and_then(|spec| spec.text_of("ruleClassName").or(spec.text_of("repoRuleId")));
    let rule = rule.map_or("", |rule| rule.rsplit('%').next().unwrap_or(rule));
    let attributes = spec.and_then(|spec| spec.get("attributes"));
    let stated = |key| attributes.and_then(|attributes| attributes.text_of(key)).unwrap_or_default();
    match (version_of(module), rule) {
        (None, "git_repository") => Provenance::Git(format!("{}#{}", stated("remote"), stated("commit"))),
        (None, "http_archive") => {
            let addresses = attributes.and_then(|attributes| attributes.get("urls")).map_or(&[][..], Node::items);
            Provenance::Url(addresses.first().and_then(Node::text).unwrap_or_default().to_owned())
        }
        (None, _) => Provenance::Path,
        (Some(_), _) => module.text_of("registry").map_or(Provenance::Registry, provenance),
    }
}
