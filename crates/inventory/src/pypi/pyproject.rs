//! What `pyproject.toml` asks for, which most lockfiles of Python do not say (PEP 621, PEP 735, Poetry's own tables).

use model::Scope;

use super::requirement;
use crate::tree::{Data, Node};
use crate::{Input, toml_tree};

/// A package the project asks for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) name: String,
    pub(crate) scope: Scope,
}

/// Reads the manifest beside a lockfile. A fault in it is for its own tool to tell: what it asks for is then not known.
pub(crate) fn beside(input: &Input<'_>) -> Vec<Asked> {
    let file = input.companion("pyproject.toml");
    file.and_then(|file| std::str::from_utf8(file.bytes).ok()).map(read).unwrap_or_default()
}

fn read(text: &str) -> Vec<Asked> {
    let (root, _) = toml_tree::read(text);
    let mut asked = Vec::new();
    let at = |path: &[&str]| path.iter().try_fold(&root, |node, key| node.get(key));
    take(at(&["project", "dependencies"]), Scope::Runtime, &mut asked);
    each(at(&["project", "optional-dependencies"]), |group| take(Some(group), Scope::Optional, &mut asked));
    each(at(&["dependency-groups"]), |group| take(Some(group), Scope::Development, &mut asked));
    take(at(&["tool", "poetry", "dependencies"]), Scope::Runtime, &mut asked);
    take(at(&["tool", "poetry", "dev-dependencies"]), Scope::Development, &mut asked);
    each(at(&["tool", "poetry", "group"]), |group| take(group.get("dependencies"), Scope::Development, &mut asked));
    each(at(&["tool", "pdm", "dev-dependencies"]), |group| take(Some(group), Scope::Development, &mut asked));
    take(at(&["tool", "uv", "dev-dependencies"]), Scope::Development, &mut asked);
    asked
}

fn each(node: Option<&Node<'_>>, mut take: impl FnMut(&Node<'_>)) {
    node.map_or(&[][..], Node::members).iter().for_each(|member| take(&member.value));
}

/// A list of requirements, or a table from names to versions.
fn take(node: Option<&Node<'_>>, scope: Scope, asked: &mut Vec<Asked>) {
    match node.map(|node| &node.data) {
        Some(Data::List(items)) => {
            let names = items.iter().filter_map(Node::text).filter_map(name_of);
            asked.extend(names.map(|name| Asked { name, scope }));
        }
        Some(Data::Map(members)) => {
            for member in members.iter().filter(|member| member.key != "python") {
                let scope = if member.value.is_set("optional") { Scope::Optional } else { scope };
                asked.push(Asked { name: member.key.to_string(), scope });
            }
        }
        _ => {}
    }
}

/// The name in a requirement; a place without a name names nothing.
pub(crate) fn name_of(requirement: &str) -> Option<String> {
    requirement::read(requirement).ok()?.name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table() {
        let asked = read(
            "[project]\ndependencies = ['a>=1', 'b[x] ; python_version < \"3\"']\n\
             [project.optional-dependencies]\nextra = ['c']\n[dependency-groups]\ntest = ['d', {include-group = 'x'}]\n\
             [tool.poetry.dependencies]\npython = '^3'\ne = {version = '1', optional = true}\n\
             [tool.poetry.group.docs.dependencies]\nf = '*'\n",
        );
        let shown: Vec<String> = asked.iter().map(|asked| format!("{} {:?}", asked.name, asked.scope)).collect();
        assert_eq!(shown, ["a Runtime", "b Runtime", "c Optional", "d Development", "e Optional", "f Development"]);
    }
}
