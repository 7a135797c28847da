//! References of images as package URLs: `oci` with a digest, else `docker` with a tag (purl-spec, both types).

use std::ops::Range;

use crate::package_list::{Naming, PackageList};

const OCI: Naming = Naming { purl_type: "oci", separator: None };
const DOCKER: Naming = Naming { purl_type: "docker", separator: Some('/') };

/// The host that a reference without one means, and the folder that a bare name means there.
const DEFAULT_HOST: &str = "docker.io";
const DEFAULT_FOLDER: &str = "library";

/// A reference taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Reference<'t> {
    host: &'t str,
    path: &'t str,
    tag: Option<&'t str>,
    digest: Option<&'t str>,
}

/// Adds an image; `None` of what is none, which is a problem then.
pub(crate) fn add_image(text: &str, range: Range<usize>, list: &mut PackageList<'_>) -> Option<usize> {
    let reference = split(text);
    let bare = matches!(reference.host, "" | DEFAULT_HOST) && !reference.path.contains('/');
    let path = if bare { format!("{DEFAULT_FOLDER}/{}", reference.path) } else { reference.path.to_owned() };
    let host = if reference.host.is_empty() { DEFAULT_HOST } else { reference.host };
    let whole = format!("{host}/{path}");
    let at = match reference.digest {
        Some(digest) => {
            let last = path.rsplit('/').next().unwrap_or(&path).to_lowercase();
            let qualifiers = [("repository_url", whole.as_str()), ("tag", reference.tag.unwrap_or_default())];
            list.add_qualified(OCI, &last, Some(digest), &qualifiers, range)?
        }
        None => {
            let registry = if host == DEFAULT_HOST { "" } else { host };
            list.add_qualified(DOCKER, &path, reference.tag, &[("repository_url", registry)], range)?
        }
    };
    // As the engine prints it: without its own host and folder.
    list.packages[at].name = if host == DEFAULT_HOST { reference.path.to_owned() } else { whole };
    Some(at)
}

/// `[host[:port]/]path[:tag][@digest]` (distribution, `reference`): the first piece is a host when it looks like one.
fn split(text: &str) -> Reference<'_> {
    let (rest, digest) = text.split_once('@').map_or((text, None), |(rest, digest)| (rest, Some(digest)));
    let last = rest.rfind('/').map_or(0, |at| at + 1);
    let (rest, tag) = match rest[last..].find(':') {
        Some(at) => (&rest[..last + at], Some(&rest[last + at + 1..])),
        None => (rest, None),
    };
    let is_host = |first: &str| first.contains(['.', ':']) || first == "localhost";
    match rest.split_once('/').filter(|(first, _)| is_host(first)) {
        Some((host, path)) => Reference { host, path, tag, digest },
        None => Reference { host: "", path: rest, tag, digest },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, host: &str, path: &str, tag: Option<&str>, digest: Option<&str>) {
        assert_eq!(split(text), Reference { host, path, tag, digest });
    }

    #[test]
    fn references() {
        check("nginx", "", "nginx", None, None);
        check("nginx:1.25", "", "nginx", Some("1.25"), None);
        check("team/tool:1@sha256:ab", "", "team/tool", Some("1"), Some("sha256:ab"));
        check("localhost:5000/a/b", "localhost:5000", "a/b", None, None);
        check("host.example/a:2", "host.example", "a", Some("2"), None);
    }
}
