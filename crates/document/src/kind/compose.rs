//! Services of Docker Compose.

use model::{DocumentKind, Format, Node, TreePath};

use super::{Teller, has_text, is_mapping, members, stem};

pub(super) const TELLER: Teller = Teller {
    kind: DocumentKind::Compose,
    formats: &[Format::Yaml, Format::Json],
    is_named: is_compose_file,
    is_such: is_compose,
    may_be_such: |text| text.may_have("services") && text.may_have_any(&["image", "build", "extends"]),
};

/// What may stand at the top, beside extensions (`x-…`): Compose refuses anything else.
const TOP: &[&str] = &["version", "name", "include", "services", "networks", "volumes", "configs", "secrets", "models"];

/// `compose.yaml`, `docker-compose.override.yml`, `docker-compose-dev.yml`, `prod.compose.yaml`.
fn is_compose_file(path: &TreePath) -> bool {
    let Some(stem) = stem(path) else { return false };
    ["compose", "docker-compose", "podman-compose"].iter().any(|base| {
        let begins = stem.strip_prefix(base).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-', '_']));
        begins || stem.strip_suffix(base).is_some_and(|rest| rest.ends_with('.'))
    })
}

fn is_compose(root: &Node) -> bool {
    let is_known = |name: &str| TOP.contains(&name) || name.starts_with("x-");
    let is_service = |service: &Node| {
        has_text(service, "image") || service.get("build").is_some_and(is_build) || is_extended(service)
    };
    members(root).all(|(name, _)| is_known(name))
        && root.get("services").is_some_and(|services| members(services).any(|(_, service)| is_service(service)))
}

fn is_build(build: &Node) -> bool {
    build.as_str().is_some() || is_mapping(build)
}

fn is_extended(service: &Node) -> bool {
    service.get("extends").is_some_and(|extends| extends.as_str().is_some() || has_text(extends, "service"))
}
