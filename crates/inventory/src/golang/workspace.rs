//! `go.work`: what several modules of one tree are built with together (Go modules reference, "Workspaces").
//!
//! Its `replace` counts before those of the modules; what it replaces stands in their `go.mod` still, so it is said.

use model::{ProblemKind, Provenance, Scope};

use super::directive::{Directive, workspace_directives};
use super::{NAMING, WORKSPACE, add_standard_library};
use crate::bounds::quote;
use crate::package_list::PackageList;
use crate::{Input, Parsed};

pub(super) fn parse(input: &Input<'_>) -> Parsed {
    let mut list = PackageList::new(input, WORKSPACE.name);
    let text = list.whole_text();
    let directives = workspace_directives(text, &mut list);
    for directive in &directives {
        let Directive::Replace { old, new } = directive else { continue };
        let built = if new.is_folder() { old } else { new };
        if let Some(at) = list.add(NAMING, built.path, built.version, new.range()) {
            list.packages[at].scope = Scope::Runtime;
            if new.is_folder() {
                list.set_provenance(at, Provenance::Path);
            }
        }
        let message =
            format!("the workspace replaces `{}`: what a go.mod says of it is not what is built", quote(old.path));
        list.note(ProblemKind::Unsupported, old.range().start, message);
    }
    add_standard_library(&directives, &mut list);
    list.finish()
}
